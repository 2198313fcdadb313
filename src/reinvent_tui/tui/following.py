"""The part of the reader's screen that follows links and copies text."""

from __future__ import annotations

import asyncio

from textual import on

from reinvent_tui.config import Settings
from reinvent_tui.page.model import Position
from reinvent_tui.tui.changing import ChangingScreen
from reinvent_tui.tui.links import Way, open_outside, way_of
from reinvent_tui.tui.messages import LinkFound
from reinvent_tui.tui.pages import DAY_LINK, SESSION_LINK, TAG_LINK
from reinvent_tui.tui.palette import Palette
from reinvent_tui.tui.source import First, Source
from reinvent_tui.tui.widgets.page_view import PageView
from reinvent_tui.tui.widgets.sidebar import Target

CLIPBOARD_LIMIT = 74_000
"""Bytes: xterm's limit for OSC 52; other terminals take more."""


LONGEST_TARGET = 2000
"""Characters; what cannot be read before it opens is not opened."""


class FollowingScreen(ChangingScreen):
    """Where links lead, and what goes to the clipboard."""

    def __init__(self, source: Source, first: First, settings: Settings, palette: Palette) -> None:
        super().__init__(source, first, settings, palette)
        self._left: list[tuple[Target, Position]] = []
        """Where links were followed, the last one last."""

    def action_return(self) -> None:
        """Go back to where the last link was followed."""
        if not self._left:
            self.tell("no link was followed yet")
            return
        target, position = self._left.pop()
        self.open(target, position=position)

    def action_hints(self) -> None:
        """Label the links on screen."""
        if self.view.show_hints():
            self.go_to(self.view)
        else:
            self.tell("no links on screen")

    @on(PageView.Labelled)
    def _labelled(self, message: PageView.Labelled) -> None:
        self.status.note = "type a link's letter, or Esc" if message.count else ""

    @on(PageView.Pointed)
    def _pointed(self, message: PageView.Pointed) -> None:
        self.show_target(message.target or self.view.armed, asking=bool(self.view.armed and not message.target))

    def show_target(self, target: str, *, asking: bool = False) -> None:
        """Show where a link leads; ``asking`` where Enter would open it."""
        known = target.startswith((SESSION_LINK, DAY_LINK, TAG_LINK))
        self.status.question = "Enter opens it, y copies it, Esc leaves it" if asking and target else ""
        self.status.target = "" if known else target[:LONGEST_TARGET]

    @on(PageView.Followed)
    def _followed(self, message: PageView.Followed) -> None:
        target = message.target
        way = way_of(target)
        if way is Way.TAG:
            self.view.arm("")
            self.pick_tag(target.removeprefix(TAG_LINK))
            return
        if way is not Way.BROWSER:
            self._left.append((self._request.target, self.view.position))
        if way is Way.SESSION:
            row, _, line = target.removeprefix(SESSION_LINK).partition(":")
            self.open(Target(session=int(row)), line=int(line or 0))
        elif way is Way.DAY:
            self._open_day(int(target.removeprefix(DAY_LINK)))
        elif (
            way is Way.HERE
            and self.view.document is not None
            and self.view.document.find_anchor(target[1:]) is not None
        ):
            self.view.go_to(Position(self.view.document.find_anchor(target[1:]) or 0, 0))
        elif way in (Way.HERE, Way.LIBRARY):
            self.loader.find_link(self._request, target, self.page.path if self.page is not None else "")
        elif way is Way.NOWHERE:
            self.show_target(target)
            self.tell("only http, https and mailto links are opened from here", severity="warning")
        elif len(target) > LONGEST_TARGET:
            self.tell("this target is too long to be shown whole, and is not opened", severity="warning")
        elif message.seen:
            self._open_outside(target)
        else:
            # First its full target, then the browser.
            self.view.arm(target)
            self.show_target(target, asking=True)

    def _open_day(self, row: int) -> None:
        day = next((day for day in self.contents.days if day.id == row), None)
        if day is not None:
            self.open(Target(day=day))

    def pick_tag(self, name: str) -> None:
        """Add a topic to what is selected; the parts above say how."""

    def _open_outside(self, target: str) -> None:
        self.view.arm("")
        self.show_target("")

        async def work() -> None:
            try:
                opened = await asyncio.to_thread(open_outside, target)
            except ValueError:
                opened = False
            self.tell(
                "opened in the browser" if opened else "no browser can be started from here: y copies a link shown by f"
            )

        self.run_worker(work(), group="browser", exit_on_error=False)

    @on(LinkFound)
    def _link_found(self, message: LinkFound) -> None:
        if message.request != self._request:
            return
        if message.row is None:
            self.show_target(message.target)
            self.tell(f"nothing in this library is called {message.target}", severity="warning")
        else:
            self.open_session(message.row, message.anchor)

    # Copying

    def action_copy(self) -> None:
        """Copy a link, the selection, or the session."""
        if self.view.armed:
            self._copy(self.view.armed, "the link")
            self.view.arm("")
            self.show_target("")
        elif self.view.selection:
            self.action_copy_selection()
        elif self.page is not None and self.page.reading is not None:
            self._copy(self.page.reading.session.source.rstrip("\n") + "\n", "the session as Markdown")
        elif self.view.document is not None and len(self.view.document):
            document = self.view.document
            last = len(document) - 1
            self._copy(document.copied(Position(0, 0), Position(last, len(document.filled(last).text))), "the page")

    def action_copy_selection(self) -> None:
        """Copy the selection."""
        text = self.view.selected_text()
        if text:
            self._copy(text, "the selection")
        else:
            self.tell("nothing is selected; q quits")

    def _copy(self, text: str, what: str) -> None:
        self.app.copy_to_clipboard(text)
        size = len(text.encode("utf-8", "replace"))
        warning = f": {size // 1000} KB, more than some terminals take" if size > CLIPBOARD_LIMIT else ""
        self.tell(f"copied {what}{warning}")

    @on(PageView.Selected)
    def _selected(self, message: PageView.Selected) -> None:
        self.status.note = "y copies the selection" if message.has_text else ""
