"""Following links, and copying. Keeps nothing: the reader's parts do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinvent_tui.index.values import Facet
from reinvent_tui.page.model import Position
from reinvent_tui.reader.answers import LinkFound, TextReady
from reinvent_tui.reader.effects import ClearMark, Copy, Effect, Load, OpenOutside, SetMark
from reinvent_tui.reader.link_kinds import DAY_LINK, LONGEST_TARGET, TAG_LINK, LinkKind, kind_of, session_of
from reinvent_tui.reader.page_values import SessionPage, TakeawaysPage
from reinvent_tui.reader.requests import CopySession, CopyTakeaway, CopyTakeaways, LinkRequest
from reinvent_tui.reader.targets import (
    AT_START,
    Anchor,
    DayTarget,
    LinkMark,
    Mark,
    PostLine,
    SessionTarget,
    TakeawayMark,
    View,
)

if TYPE_CHECKING:
    from reinvent_tui.reader.reader import Reader

CLIPBOARD_LIMIT = 74_000
"""Bytes: xterm's limit for OSC 52; other terminals take more."""


class LinkEvents:
    """Where links lead, and what goes to the clipboard."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def follow(self, mark: LinkMark, view: View, *, seen: bool) -> list[Effect]:
        """Follow a link; one that leads out of the library only after its target was ``seen``."""
        reader, target = self._reader, mark.target
        match kind_of(target):
            case LinkKind.TOPIC:
                return [ClearMark(), *reader.topics.pick(Facet.TAG, (target.removeprefix(TAG_LINK),), view)]
            case LinkKind.SESSION:
                row, line = session_of(target)
                return reader.jump(SessionTarget(row), view, PostLine(line) if line else AT_START)
            case LinkKind.DAY:
                row = int(target.removeprefix(DAY_LINK))
                days = (known for known in reader.library.contents.days if known.id == row)
                day = next(days, None)
                return reader.jump(DayTarget(day), view) if day is not None else []
            case LinkKind.HERE | LinkKind.LIBRARY:
                return self._follow_inside(target, view)
            case LinkKind.NOWHERE:
                return reader.tell("only http, https and mailto links are opened from here", error=True)
            case LinkKind.OUTSIDE:
                return self._follow_outside(mark, seen=seen)

    def _follow_inside(self, target: str, view: View) -> list[Effect]:
        reader = self._reader
        page = reader.navigator.page
        if page is None:
            return []
        if target.startswith("#") and page.document.find_anchor(target[1:]) is not None:
            return [ClearMark(), *reader.places.jump_on_page(Anchor(target[1:]), view)]
        return [Load(LinkRequest(reader.navigator.wanted.number, target, page.path))]

    def _follow_outside(self, mark: LinkMark, *, seen: bool) -> list[Effect]:
        if len(mark.target) > LONGEST_TARGET:
            return self._reader.tell("this target is too long to be shown whole, and is not opened", error=True)
        if not seen:
            return [SetMark(mark)]  # first its full target, then the browser
        return [ClearMark(), OpenOutside(mark.target)]

    def link_found(self, answer: LinkFound, view: View) -> list[Effect]:
        """Go where a link inside the library leads."""
        reader = self._reader
        if not reader.navigator.is_wanted(answer.request.number):
            return []
        if answer.row is None:
            return reader.tell(f"nothing in this library is called {answer.request.target}", error=True)
        return reader.jump(SessionTarget(answer.row), view, Anchor(answer.anchor) if answer.anchor else AT_START)

    def opened_outside(self, *, opened: bool) -> list[Effect]:
        """Say whether a link was opened."""
        words = (
            "opened in the browser" if opened else "no browser can be started from here; a marked link can be copied"
        )
        return self._reader.tell(words)

    # Copying

    def copy(self, mark: Mark | None, selected: str) -> list[Effect]:
        """Copy what is marked, else the ``selected`` text, else the page."""
        reader = self._reader
        match mark:
            case TakeawayMark():
                return [Load(CopyTakeaway(mark))]
            case LinkMark():
                return self._copy_link(mark)
            case None:
                pass
        if selected:
            return self.copied(selected, "the selection")
        match reader.navigator.page:
            case SessionPage(details=details):
                return self.copied(details.session.source.rstrip("\n") + "\n", "the session as Markdown")
            case TakeawaysPage(target=target):
                contents = reader.library.contents
                return [Load(CopyTakeaways(target, contents, reader.selection.inferred))]
            case None:
                return reader.tell("there is nothing to copy")
            case page:
                document = page.document
                last = len(document) - 1
                end = Position(last, len(document.filled(last).text))
                return self.copied(document.copied(Position(0, 0), end), "the page")

    def _copy_link(self, mark: LinkMark) -> list[Effect]:
        match kind_of(mark.target):
            case LinkKind.TOPIC:
                return self.copied(mark.target.removeprefix(TAG_LINK), "the topic")
            case LinkKind.SESSION:
                return [Load(CopySession(session_of(mark.target)[0]))]
            case LinkKind.DAY:
                page = self._reader.navigator.page
                text = page.document.filled(mark.block).text if page is not None else ""
                return self.copied(text, "the day")
            case _:
                return self.copied(mark.target, "the link")

    def text_ready(self, answer: TextReady) -> list[Effect]:
        """Copy what had to be read first."""
        if not answer.text:
            return self._reader.tell("this is no longer in the library")
        return self.copied(answer.text, answer.words)

    def copy_selected(self, selected: str) -> list[Effect]:
        """Copy the text selected with the mouse."""
        if not selected:
            return self._reader.tell("nothing is selected")
        return self.copied(selected, "the selection")

    def copied(self, text: str, words: str) -> list[Effect]:
        """Put text on the clipboard, and say what and how much it is."""
        size = len(text.encode("utf-8", "replace"))
        much = f"{size // 1000:,} KB, more than some terminals take" if size > CLIPBOARD_LIMIT else ""
        count = much or ("1 character" if len(text) == 1 else f"{len(text):,} characters")
        return [Copy(text), *self._reader.tell(f"copied {words}: {count}")]
