"""The Textual app: themes, the screen, and a way out that leaves the terminal as it was."""

from __future__ import annotations

import gc
import sys
from typing import ClassVar, Protocol, runtime_checkable

from textual import events
from textual.binding import Binding, BindingType, Keymap
from textual.screen import Screen

from reinvent_tui.config import Settings
from reinvent_tui.failures import log_failure
from reinvent_tui.paths import shown
from reinvent_tui.reader.jobs import Jobs
from reinvent_tui.reader.reader import First
from reinvent_tui.tui import themes
from reinvent_tui.tui.palette import Palette
from reinvent_tui.tui.screen import ReaderScreen
from reinvent_tui.tui.textual_patches.app import PatchedApp

COLLECT_AFTER = 20_000
"""New objects until Python looks for garbage among the youngest."""


@runtime_checkable
class Restyled(Protocol):
    """A screen that draws in the colours of a palette."""

    def restyle(self, palette: Palette) -> None:
        """Draw in other colours."""


class ReaderApp(PatchedApp):
    """The reader."""

    TITLE = "reinvent-tui"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False  # the reader has its own
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "quit", "Quit", id="app.quit", tooltip="Quit"),
        Binding(
            "ctrl+q", "quit", "Quit", id="app.quit-anywhere", tooltip="Quit, from anywhere", show=False, priority=True
        ),
        Binding(
            "ctrl+z",
            "suspend_process",
            "Suspend",
            id="app.suspend",
            tooltip="Suspend; fg comes back",
            show=False,
            priority=True,
        ),
        Binding(
            "ctrl+p",
            "palette",
            "Palette",
            id="app.palette",
            tooltip="Go to a session by code or title, or do anything by name",
            show=False,
            priority=True,
        ),
    ]

    def __init__(self, jobs: Jobs, first: First, settings: Settings) -> None:
        super().__init__()
        self._jobs = jobs
        self._first = first
        self._settings = settings
        self._reader: ReaderScreen | None = None
        self._is_painted = False
        self.failure = ""
        """What ended the app, if it was not the person who reads."""
        for theme in themes.OWN:
            self.register_theme(theme)
        self.animation_level = "none"
        self.theme = settings.theme if settings.theme in self.available_themes else themes.DEFAULT

    @property
    def settings(self) -> Settings:
        """The settings as they are now."""
        return self._reader.settings if self._reader is not None else self._settings

    def get_default_screen(self) -> Screen[object]:
        palette = Palette(self.current_theme)
        self._reader = ReaderScreen(self._jobs, self._first, self._settings, palette)
        return self._reader  # type: ignore[return-value]

    def action_palette(self) -> None:
        """Open the palette, whatever else is open."""
        if self._reader is not None:
            self._reader.overlays.palette()

    def set_keymap(self, keymap: Keymap) -> None:
        """Bind keys by the ids of bindings."""
        super().set_keymap(keymap)
        self._keys_changed()

    def update_keymap(self, keymap: Keymap) -> None:
        """Bind more keys by the ids of bindings."""
        super().update_keymap(keymap)
        self._keys_changed()

    def _keys_changed(self) -> None:
        if self._reader is not None and self._reader.is_mounted:
            self._reader.keys.changed()

    def key_was_wrong(self, event: events.Key) -> None:
        """Say which key was meant, if the same letter in the other case does something."""
        if self._reader is not None and self._reader is self.screen:
            self._reader.keys.hint_at_other_case(event.character or "")

    def notify(self, message: str, **_: object) -> None:
        """Say what Textual has to say where everything is said: nothing lies over the text."""
        if self._reader is not None:
            self._reader.tell(message)

    # Themes

    def preview_theme(self, name: str) -> None:
        """Draw in a theme, for now."""
        self.theme = name

    def choose_theme(self, name: str) -> None:
        """Draw in a theme, from now on."""
        self.theme = name
        if self._reader is not None and self._reader.settings.theme != name:
            self._reader.change_settings(self._reader.settings._replace(theme=name))

    def action_use_theme(self, name: str) -> None:
        """Draw in a theme from now on, as the palette does."""
        self.choose_theme(name)

    def _theme_changed(self, _: object) -> None:
        palette = Palette(self.current_theme)
        for screen in self.screen_stack:
            if isinstance(screen, Restyled):
                screen.restyle(palette)

    def refresh_css(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002 -- as Textual has it
        """Style everything again; at the start, where nothing has been painted, once is enough."""
        if self._is_painted:
            super().refresh_css(animate)

    # Beginning and end

    def on_mount(self) -> None:
        self.theme_changed_signal.subscribe(self, self._theme_changed)
        self.leave_on_signals()
        self.app_resume_signal.subscribe(self, self._resumed)
        self.call_after_refresh(self._painted)

    def _resumed(self, _: object) -> None:
        """Paint everything: the terminal shows what was there meanwhile."""
        self.call_later(self._paint_all)

    def _paint_all(self) -> None:
        for screen in self.screen_stack:
            screen.refresh(layout=True)
            for widget in screen.walk_children():
                widget.refresh()

    def _painted(self) -> None:
        self._is_painted = True
        gc.freeze()
        gc.enable()
        # A collection takes up to 10 ms: at Python's own threshold one comes every few keys.
        gc.set_threshold(COLLECT_AFTER)

    def report_failure(self) -> None:
        """Write what went wrong to a file, and say so in one line."""
        error = sys.exception()
        path = log_failure(error, "in the app") if error is not None else None
        where = f"; the details are in {shown(path)}" if path is not None else ""
        self.failure = f"something went wrong that should not have{where}"
