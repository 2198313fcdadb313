"""The Textual app: themes, the screen, and a way out that leaves the terminal as it was."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import traceback
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.screen import Screen

from reinvent_tui.config import Settings
from reinvent_tui.paths import log_folder, shown
from reinvent_tui.tui import themes
from reinvent_tui.tui.palette import Palette
from reinvent_tui.tui.reader import ReaderScreen
from reinvent_tui.tui.source import First, Source
from reinvent_tui.tui.textual_patches.app import PatchedApp

COLLECT_AFTER = 20_000
"""New objects until Python looks for garbage among the youngest."""


class ReaderApp(PatchedApp):
    """The reader."""

    TITLE = "reinvent-tui"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "quit", "Quit", id="app.quit", tooltip="Quit"),
        Binding(
            "ctrl+q", "quit", "Quit", id="app.quit-anywhere", tooltip="Quit, from anywhere", show=False, priority=True
        ),
        Binding("ctrl+z", "suspend_process", "Suspend", id="app.suspend", tooltip="Suspend; fg comes back", show=False),
        Binding(
            "ctrl+p",
            "command_palette",
            "Palette",
            id="app.palette",
            tooltip="Go to a session by title or code, or do anything by name",
            priority=True,
        ),
    ]
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(self, source: Source, first: First, settings: Settings) -> None:
        super().__init__()
        self._source = source
        self._first = first
        self._settings = settings
        self._reader: ReaderScreen | None = None
        self.failure = ""
        """What ended the app, if it was not the reader."""
        for theme in themes.OWN:
            self.register_theme(theme)
        self.animation_level = "none"
        self.theme = settings.theme if settings.theme in self.available_themes else themes.DEFAULT

    @property
    def settings(self) -> Settings:
        """The looks as they are now."""
        return self._reader.settings if self._reader is not None else self._settings

    def get_default_screen(self) -> Screen[object]:
        self._reader = ReaderScreen(self._source, self._first, self._settings, Palette(self.current_theme))
        return self._reader  # type: ignore[return-value]

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        for name in sorted(self.available_themes, key=lambda name: (not name.startswith("reinvent-"), name)):
            yield SystemCommand(f"Theme: {name}", "Use this theme, now and from now on", partial(self._use_theme, name))
        yield SystemCommand("Quit", "Leave the reader", self.exit)

    def _use_theme(self, name: str) -> None:
        self.theme = name

    def action_command_palette(self) -> None:
        """Open the palette."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder="A session's title or code, a theme, or what to do …"))

    def on_mount(self) -> None:
        self.theme_changed_signal.subscribe(self, self._theme_changed)
        self.leave_on_signals()
        self.call_after_refresh(self._collect_again)

    @staticmethod
    def _collect_again() -> None:
        gc.freeze()
        gc.enable()
        # A collection takes up to 10 ms: at Python's own threshold one comes every few keys.
        gc.set_threshold(COLLECT_AFTER)

    def _theme_changed(self, _: object) -> None:
        palette = Palette(self.current_theme)
        for screen in self.screen_stack:
            if isinstance(screen, ReaderScreen):
                screen.restyle(palette)
                if screen.settings.theme != self.theme:
                    screen.settings = replace(screen.settings, theme=self.theme)
                    screen.loader.save(screen.settings)

    def report_failure(self) -> None:
        """Write what went wrong to a file, and say so in one line: nobody reads a traceback in a terminal."""
        with contextlib.suppress(OSError):
            folder = log_folder()
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"crash-{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S}.txt"
            path.write_text(traceback.format_exc(), "utf-8")
            self.failure = f"something went wrong that should not have; the details are in {shown(path)}"
        self.failure = self.failure or "something went wrong that should not have"
