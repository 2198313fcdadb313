"""The reader's screen: what keys, clicks and links do."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.geometry import clamp

from reinvent_tui.config import MAX_SIDEBAR_WIDTH, MAX_TEXT_WIDTH, MIN_SIDEBAR_WIDTH, MIN_TEXT_WIDTH
from reinvent_tui.page.model import HeadingMark, Position
from reinvent_tui.paths import shown
from reinvent_tui.tui.arranging import Part
from reinvent_tui.tui.browsing import BrowsingScreen
from reinvent_tui.tui.textual_patches.bindings import bindings_of
from reinvent_tui.tui.widgets.line_list import LineList
from reinvent_tui.tui.widgets.sidebar import Sidebar
from reinvent_tui.tui.widgets.splitter import Splitter

TEXT_STEP = 4
SIDEBAR_STEP = 2


def _session_commands() -> type[Provider]:
    from reinvent_tui.tui.commands import SessionCommands

    return SessionCommands


def _reader_commands() -> type[Provider]:
    from reinvent_tui.tui.commands import ReaderCommands

    return ReaderCommands


class ReaderScreen(BrowsingScreen):
    """Read a library."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space,pagedown",
            "pages(1)",
            "Page",
            id="read.page-down",
            tooltip="Scroll the page by a screen, at its end on to the next session",
        ),
        Binding("b,pageup", "pages(-1)", "Page up", id="read.page-up", tooltip="Scroll the page back by a screen"),
        Binding(
            "d", "half_pages(1)", "Half page", id="read.half-down", tooltip="Scroll the page down by half a screen"
        ),
        Binding(
            "u", "half_pages(-1)", "Half page up", id="read.half-up", tooltip="Scroll the page up by half a screen"
        ),
        Binding(
            "right_square_bracket",
            "heading(1)",
            "Next heading",
            id="read.next-heading",
            tooltip="Go to the next heading",
        ),
        Binding(
            "left_square_bracket",
            "heading(-1)",
            "Previous heading",
            id="read.previous-heading",
            tooltip="Go to the heading before",
        ),
        Binding("slash", "search", "Search", id="go.search", tooltip="Search the library as you type"),
        Binding("ctrl+f", "find", "Find", id="go.find", tooltip="Find in the page"),
        Binding(
            "n", "next_match(1)", "Next match", id="go.next-match", tooltip="Go to the next match, on into the next hit"
        ),
        Binding("N", "next_match(-1)", "Match before", id="go.previous-match", tooltip="Go to the match before"),
        Binding("t", "topics", "Topics", id="go.topics", tooltip="Open or close the list of topics"),
        Binding("T", "takeaways", "Takeaways", id="go.takeaways", tooltip="Gather the takeaways of what is selected"),
        Binding("ctrl+t", "order", "Order", id="go.order", tooltip="Turn the order of gathered takeaways", show=False),
        Binding("J", "session(1)", "Next session", id="go.next-session", tooltip="Go to the next session"),
        Binding("K", "session(-1)", "Previous session", id="go.previous-session", tooltip="Go to the session before"),
        Binding("backspace", "return", "Back", id="go.back", tooltip="Go back to where the last link was followed"),
        Binding("o", "outline", "Outline", id="go.outline", tooltip="Pick a heading of the page"),
        Binding("f", "hints", "Links", id="go.links", tooltip="Label the links on screen; a letter follows one"),
        Binding("tab,shift+tab", "other_pane", "Other pane", id="go.other-pane", tooltip="Go to the other pane"),
        Binding("s", "sidebar", "Sidebar", id="view.sidebar", tooltip="Show or hide the sidebar"),
        Binding("z", "alone", "Page alone", id="view.alone", tooltip="Show the page alone"),
        Binding(
            "less_than_sign",
            "text_width(-1)",
            "Narrower",
            id="view.narrower-text",
            tooltip="Make the lines of text shorter",
        ),
        Binding(
            "greater_than_sign", "text_width(1)", "Wider", id="view.wider-text", tooltip="Make the lines of text longer"
        ),
        Binding(
            "minus",
            "sidebar_width(-1)",
            "Narrower sidebar",
            id="view.narrower-sidebar",
            tooltip="Make the sidebar narrower",
        ),
        Binding(
            "plus,equals_sign",
            "sidebar_width(1)",
            "Wider sidebar",
            id="view.wider-sidebar",
            tooltip="Make the sidebar wider",
        ),
        Binding(
            "y",
            "copy",
            "Copy",
            id="do.copy",
            tooltip="Copy the link shown at the bottom, else the selection, else the session as Markdown",
        ),
        Binding(
            "ctrl+c",
            "copy_selection",
            "Copy selection",
            id="do.copy-selection",
            tooltip="Copy the selection",
            show=False,
        ),
        Binding("e", "edit", "Edit", id="do.edit", tooltip="Open the post in $VISUAL or $EDITOR at this session"),
        Binding("r", "rescan", "Rescan", id="do.rescan", tooltip="Look for changed files"),
        Binding("question_mark", "help", "Keys", id="do.help", tooltip="Show the keys in force"),
        Binding(
            "escape",
            "back",
            "Back",
            id="do.back",
            tooltip="Go one step back: labels, link, selection, sidebar, page alone",
            show=False,
        ),
    ]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {
        _session_commands,
        _reader_commands,
    }
    AUTO_FOCUS = ""

    def named_actions(self) -> list[tuple[str, Binding]]:
        """Return the actions that the palette offers, each with its keys' names."""
        from reinvent_tui.tui.screens import KEY_NAMES

        keys: dict[str, list[str]] = {}
        actions: dict[str, Binding] = {}
        for key, binding in bindings_of(self):
            if binding.id and binding.tooltip and binding.show:
                keys.setdefault(binding.id, []).append(KEY_NAMES.get(key, key))
                actions[binding.id] = binding
        return [(" ".join(keys[id_]), binding) for id_, binding in actions.items()]

    # Moving

    def action_pages(self, pages: int) -> None:
        """Scroll by screens; at the end of a session go on to the next."""
        if pages > 0 and self.view.at_end and self.page is not None and self.neighbour(1):
            self.action_session(1)
        else:
            self.view.move_page(pages)

    def action_half_pages(self, pages: int) -> None:
        """Scroll by half screens."""
        self.view.move_page(pages / 2)

    def action_heading(self, step: int) -> None:
        """Go to a heading near by."""
        self.view.move_heading(step)

    def action_session(self, step: int) -> None:
        """Go to a session near by."""
        row = self.neighbour(step)
        if row:
            self.open_session(row)
        elif self.contents.sessions:
            self.tell("this is the last session" if step > 0 else "this is the first session")

    def action_other_pane(self) -> None:
        """Move the focus between sidebar and page."""
        if self.focused is self.topics:
            self.go_to(self.hits if self.shows(Part.HITS) else self.sidebar)
        elif self.focused is self.view and self.topics_shown:
            self.go_to(self.topics)
        elif self.shows(Part.HITS):
            self._other_pane_of_hits()
        elif self.sidebar.has_focus:
            self._leave_sidebar()
        elif self.narrow or self.shows(Part.ALONE, Part.WIDE):
            self.change_parts(remove={Part.ALONE, Part.WIDE}, add={Part.OVER} if self.narrow else ())
            self.go_to(self.sidebar)
        else:
            self.go_to(self.sidebar)

    def _other_pane_of_hits(self) -> None:
        if self.hits.has_focus:
            self._leave_sidebar()
            return
        self.change_parts(remove={Part.ALONE, Part.WIDE}, add={Part.OVER} if self.narrow else ())
        self.go_to(self.hits)

    def _leave_sidebar(self) -> None:
        self.change_parts(remove={Part.OVER})
        self.go_to(self.view)

    def action_outline(self) -> None:
        """Pick a heading."""
        from reinvent_tui.tui.screens import OutlineScreen

        document = self.view.document
        headings = document.headings if document is not None else []
        if not headings:
            self.tell("this page has no headings")
            return
        here = self.view.position.block
        title = HeadingMark(0, headings[0].level, document.filled(0).text if document is not None else "", "")
        headings = [title, *headings]
        current = max(index for index, heading in enumerate(headings) if heading.block <= here)

        def chosen(block: int | None) -> None:
            if block is not None:
                self.view.go_to(Position(block, 0))

        self.app.push_screen(OutlineScreen(self.palette, headings, current), chosen)

    # Looks

    def action_sidebar(self) -> None:
        """Show or hide the sidebar."""
        if self.shows(Part.ALONE) and not self.narrow:
            self.change_parts(remove={Part.ALONE, Part.WIDE})
            return
        part = Part.OVER if self.narrow else Part.WIDE
        self.toggle_part(part, remove={Part.ALONE})
        if self.narrow:
            self.go_to(self.sidebar if self.shows(Part.OVER) else self.view)
        elif self.shows(Part.WIDE):
            self.go_to(self.view)

    def action_alone(self) -> None:
        """Show the page alone, or everything again."""
        self.toggle_part(Part.ALONE, remove={Part.OVER})
        self.go_to(self.view)

    def action_text_width(self, step: int) -> None:
        """Change the length of lines; the step counts from what is on screen."""
        width = clamp(self.view.measure + step * TEXT_STEP, MIN_TEXT_WIDTH, MAX_TEXT_WIDTH)
        before = self.view.measure
        self.view.text_width = width
        if self.view.measure == before:
            self.tell(f"lines are {before} wide: there is no room for more" if step > 0 else f"lines are {before} wide")
            self.view.text_width = self.settings.text_width
            return
        self.settings = replace(self.settings, text_width=width)
        self.loader.save(self.settings)

    def action_sidebar_width(self, step: int) -> None:
        """Change the width of the sidebar."""
        if not self.narrow:
            self._resize_sidebar(self.sidebar_width(self.size.width) + step * SIDEBAR_STEP, done=True)

    def _resize_sidebar(self, width: int, *, done: bool) -> None:
        width = clamp(width, MIN_SIDEBAR_WIDTH, min(MAX_SIDEBAR_WIDTH, max(MIN_SIDEBAR_WIDTH, self.size.width - 40)))
        self.settings = replace(self.settings, sidebar_width=width)
        self.fit()
        if done:
            self.loader.save(self.settings)

    @on(Splitter.Dragged)
    def _edge_dragged(self, message: Splitter.Dragged) -> None:
        self._resize_sidebar(message.column, done=message.done)

    # Sidebar

    @on(LineList.Moved)
    def _row_reached(self, message: LineList.Moved) -> None:
        target = self.sidebar.target(message.index) if message.list is self.sidebar else None
        if target is not None:
            self.open(target)

    @on(LineList.Chosen)
    def _row_chosen(self, message: LineList.Chosen) -> None:
        target = self.sidebar.target(message.index) if message.list is self.sidebar else None
        if target is None:
            return
        if not target.session:
            self.sidebar.toggle(message.index)
            return
        if self._request.target.session != target.session:
            self.open(target)
        self._leave_sidebar()

    @on(Sidebar.Entered)
    def _entered(self) -> None:
        self._leave_sidebar()

    # The rest

    def action_edit(self) -> None:
        """Open the post in the reader's editor, and read it again after."""
        from reinvent_tui.tui.editor import command_for

        if self.page is None or self.page.reading is None:
            self.tell("open a session first: a day has no file of its own")
            return
        reading = self.page.reading
        path = os.fsdecode(reading.file)
        if not os.path.exists(path):
            self.tell(f"the file is gone: {reading.path}", severity="warning")
            self.scan()
            return
        command = command_for(path, reading.session.line, os.environ)
        if command is None:
            self.tell("no editor found: set $VISUAL or $EDITOR", severity="warning")
            return
        failure = ""
        try:
            with self.app.suspend():
                try:
                    status = subprocess.run(command, check=False).returncode
                    failure = f"{shown(command[0])} ended with status {status}" if status else ""
                except (OSError, ValueError) as error:
                    failure = f"{shown(command[0])} cannot be started: {getattr(error, 'strerror', None) or error}"
        except SuspendNotSupported:
            failure = "this terminal cannot be lent to an editor"
        if failure:
            self.tell(failure, severity="error")
        self.refresh(layout=True)
        self.scan()

    def action_rescan(self) -> None:
        """Look for changed files."""
        self.scan(asked=True)

    def action_help(self) -> None:
        """Show the keys in force."""
        from reinvent_tui.tui.screens import HelpScreen, keys_in_force

        self.app.push_screen(HelpScreen(self.palette, keys_in_force(self)))

    def action_back(self) -> None:
        """Leave the innermost state."""
        if self.view.cancel():
            self.show_target("")
        elif self.leave_search() or self.step_back():
            pass
        elif self.shows(Part.OVER):
            self._leave_sidebar()
        elif self.shows(Part.ALONE):
            self.change_parts(remove={Part.ALONE})
        elif self.sidebar.has_focus:
            self.go_to(self.view)
