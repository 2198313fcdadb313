"""Which page is wanted, which one is shown, and which ones are ready."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from reinvent_tui.index.queries import Contents, Day
from reinvent_tui.page.model import Block
from reinvent_tui.reader.effects import Effect, GoTo, Later, Load, Moment, RedrawDocument, ReplaceDocument, ShowDocument
from reinvent_tui.reader.page_values import Page, SessionPage, TakeawaysPage
from reinvent_tui.reader.requests import ColourCode, FindRelated, PageAgain, PageRequest, PagesAhead
from reinvent_tui.reader.targets import (
    AT_START,
    Anchor,
    DayTarget,
    EventTarget,
    Passage,
    PostLine,
    SessionTarget,
    TakeawaysTarget,
    Target,
    Where,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reinvent_tui.reader.answers import CodeColoured, PageReadAgain, PageReadAhead, RelatedFound

MAX_PAGES = 12
"""Pages kept ready: the ones read last, and the next ones."""

AHEAD_SECONDS = 0.05
RELATED_SECONDS = 0.3
"""Time on a page until related sessions are looked for: passing by does not wait for them."""


class Navigator:
    """The page: wanted, shown, and what is done with it once it is shown."""

    def __init__(self, page: SessionPage | None, *, inferred: bool) -> None:
        target = SessionTarget(page.details.row) if page is not None else SessionTarget(0)
        self.wanted = PageRequest(0, target, inferred=inferred)
        """The request that was made last."""
        self.shown = self.wanted
        """The request that the page on screen answers."""
        self.page: Page | None = page
        """What is on screen."""
        self.at_start = True
        """True until the reader went anywhere: while the library fills, its first session stays on screen."""
        self._number = 0
        self._ready: OrderedDict[int, SessionPage] = OrderedDict()
        if page is not None:
            self._keep(page)

    # Opening

    @property
    def target(self) -> Target:
        """What the reader is at, or on the way to."""
        return self.wanted.target

    @property
    def row(self) -> int:
        """Row of the session that is wanted; 0 if it is another kind of page."""
        target = self.wanted.target
        return target.row if isinstance(target, SessionTarget) else 0

    @property
    def has_arrived(self) -> bool:
        """True if the page on screen is the one that is wanted."""
        return self.wanted.number == self.shown.number

    def open(self, target: Target, where: Where, contents: Contents, *, inferred: bool, name: str = "") -> list[Effect]:
        """Show what ``target`` names, at a place on it."""
        self.at_start = False
        self._number += 1
        self.wanted = PageRequest(self._number, target, where, contents, inferred, name)
        ready = self._ready.get(target.row) if isinstance(target, SessionTarget) else None
        if ready is not None and name in ("", ready.details.session.id):
            return self.show(ready)
        return [Load(self.wanted)]

    def show(self, page: Page) -> list[Effect]:
        """Show the page that is wanted."""
        self.page = page
        if isinstance(page, SessionPage):
            # Its row may be another than the one that was asked for.
            self.wanted = self.wanted._replace(target=SessionTarget(page.details.row))
            self._keep(page)
        self.shown = self.wanted
        return [
            ShowDocument(page.document, AT_START),
            *self._go_to(self.wanted.where),
            Later(0, Moment.FINISH_PAGE, self.wanted.number),
        ]

    def show_nothing(self) -> None:
        """Have no page."""
        self.page = None
        self._number += 1  # what is still on its way is not wanted any more
        self.wanted = self.shown = PageRequest(self._number, SessionTarget(0), inferred=self.wanted.inferred)

    def stay(self) -> None:
        """Be again where the page on screen is: what was wanted is gone."""
        self._number += 1
        self.wanted = self.shown = self.shown._replace(number=self._number)

    def is_wanted(self, number: int) -> bool:
        """Return True if a request is the last one that was made."""
        return number == self.wanted.number

    def _go_to(self, where: Where) -> list[Effect]:
        if where == AT_START:
            return []
        line = self.page.details.session.body_line if isinstance(self.page, SessionPage) else 1
        return [GoTo(where, line)]

    def _keep(self, page: SessionPage) -> None:
        row = page.details.row
        self._ready[row] = page
        self._ready.move_to_end(row)
        while len(self._ready) > MAX_PAGES:
            self._ready.popitem(last=False)

    def forget_ready(self) -> None:
        """Forget the pages that are ready: they would be others now."""
        self._ready.clear()

    # After the paint

    def finish(self, number: int) -> list[Effect]:
        """Start what a page can wait for until it is painted."""
        page = self.page
        if not self.is_wanted(number) or page is None:
            return []
        effects: list[Effect] = []
        if not page.document.complete:
            effects.append(Load(self.wanted._replace(whole=True)))
        elif page.document.has_code:
            effects += self._colour(page.document.blocks)
        if isinstance(page, SessionPage):
            effects += self._related_later(page)
            effects.append(Later(AHEAD_SECONDS, Moment.READ_AHEAD, number))
        return effects

    def whole_read(self, page: Page, number: int) -> list[Effect]:
        """Show all of the page whose head is on screen."""
        if not self.is_wanted(number):
            return []
        effects = self.replace(page)
        if isinstance(page, SessionPage):
            effects += self._related_later(page)
        if isinstance(self.wanted.where, PostLine | Anchor | Passage):
            effects += self._go_to(self.wanted.where)
        if page.document.has_code:
            effects += self._colour(page.document.blocks)
        return effects

    def replace(self, page: Page) -> list[Effect]:
        """Put the same page in place of the one on screen, with more in it or changed."""
        self.page = page
        if isinstance(page, SessionPage):
            self._keep(page)
        return [ReplaceDocument(page.document)]

    def _colour(self, blocks: list[Block]) -> list[Effect]:
        codes = {
            id(block.code): block.code
            for block in blocks
            if block.code is not None and block.code.language and block.code.spans is None
        }
        return [Load(ColourCode(self.wanted.number, tuple(codes.values())))] if codes else []

    def coloured(self, answer: CodeColoured) -> list[Effect]:
        """Draw the code of the page with its highlighting."""
        if not self.is_wanted(answer.request.number) or self.page is None:
            return []
        document = self.page.document
        coloured = set()
        for code, spans in zip(answer.request.codes, answer.spans, strict=True):
            code.spans = spans
            coloured.add(id(code))
        document.forget([at for at, block in enumerate(document.blocks) if id(block.code) in coloured])
        return [RedrawDocument()]

    def _related_later(self, page: SessionPage) -> list[Effect]:
        if not page.document.complete or page.document.has_tail:
            return []
        return [Later(RELATED_SECONDS, Moment.FIND_RELATED, self.wanted.number)]

    def find_related(self, number: int) -> list[Effect]:
        """Look for sessions that have to do with the one on screen."""
        page = self.page
        if self.is_wanted(number) and isinstance(page, SessionPage) and not page.document.has_tail:
            return [Load(FindRelated(number, page.details, self.wanted.inferred))]
        return []

    def related_found(self, answer: RelatedFound) -> list[Effect]:
        """Put what is related below the page: nothing above it moves."""
        from reinvent_tui.reader.pages.session import related_blocks

        page = self.page
        if not self.is_wanted(answer.request.number) or page is None or page.document.has_tail:
            return []
        page.document.add_tail(related_blocks(answer.related))
        return [RedrawDocument()]

    def read_ahead(self, number: int, generation: int, contents: Contents, library: Contents) -> list[Effect]:
        """Read the neighbours of the page, so that going on takes no time."""
        if not self.is_wanted(number):
            return []
        neighbours = (self.neighbour(step, contents, library) for step in (1, -1))
        rows = tuple(row for row in neighbours if row is not None and row not in self._ready)
        return [Load(PagesAhead(generation, rows, self.wanted.inferred))] if rows else []

    def read_ahead_done(self, answer: PageReadAhead, generation: int) -> None:
        """Keep a page that may be asked for next."""
        if answer.request.generation == generation and answer.request.inferred == self.wanted.inferred:
            self._keep(answer.page)

    # Neighbours

    def neighbour(self, step: int, contents: Contents, library: Contents, *, at_hand: int = 0) -> int | None:
        """Return the row of the session ``step`` after the wanted one; None if there is none.

        Keys may come faster than pages, so this counts from where the reader is going. What is not in ``contents``
        has the neighbours in it that come next in ``library``. On a page of takeaways it counts from the session
        ``at_hand``, if there is one.
        """
        sessions = contents.sessions
        target = self.wanted.target
        if isinstance(target, TakeawaysTarget) and at_hand:
            target = SessionTarget(at_hand)
        match target:
            case SessionTarget(row):
                try:
                    at = sessions.index(row) + step
                except ValueError:
                    return _nearest(row, step, contents, library)
            case DayTarget(day):
                return _next_to((known for known in contents.days if known.id == day.id), day, step, contents, library)
            case EventTarget(event):
                known = next((known for known in contents.events if known.name == event.name), None)
                days = known.days if known is not None else ()
                return _next_to(iter(days), event.days[0], step, contents, library) if event.days else None
            case TakeawaysTarget():
                at = _beside(0, step)
        return sessions[at] if 0 <= at < len(sessions) else None

    # Changes

    def read_again(self, contents: Contents, target: Target) -> list[Effect]:
        """Read the page on screen again, as much of it as there is: the library changed, and ``target`` with it."""
        page = self.page
        whole = isinstance(page, TakeawaysPage) and page.document.complete
        name = page.details.session.id if isinstance(page, SessionPage) else ""
        return [Load(PageAgain(self.wanted._replace(target=target, contents=contents, whole=whole), name))]

    def page_read_again(self, answer: PageReadAgain) -> list[Effect]:
        """Show what became of the page on screen."""
        page = answer.page
        if page is None or not self.is_wanted(answer.request.request.number):
            return []
        target = answer.request.request.target
        if isinstance(page, SessionPage):
            if isinstance(self.page, SessionPage) and page.details == self.page.details:
                return []
            target = SessionTarget(page.details.row)
        effects = self.replace(page)
        self._number += 1
        self.wanted = self.shown = PageRequest(
            self._number, target, contents=answer.request.request.contents, inferred=self.wanted.inferred
        )
        return [*effects, Later(0, Moment.FINISH_PAGE, self._number)]


def _beside(start: int, step: int) -> int:
    """Return the index of the session after a heading whose first session is at ``start``, or before it."""
    return start if step > 0 else start - 1


def _next_to(shown: Iterator[Day], day: Day, step: int, contents: Contents, library: Contents) -> int | None:
    """Return the session after a heading, or before it: it begins with the first day ``shown``, else with ``day``."""
    first = next(shown, None)
    if first is None:
        begin = library.sessions[day.start] if day.start < len(library.sessions) else 0
        return _nearest(begin, step, contents, library)
    at = _beside(first.start, step)
    return contents.sessions[at] if 0 <= at < len(contents.sessions) else None


def _nearest(row: int, step: int, contents: Contents, library: Contents) -> int | None:
    all_rows = library.sessions
    if row not in all_rows:
        return None
    at = all_rows.index(row)
    shown = set(contents.sessions)
    around = all_rows[at + 1 :] if step > 0 else reversed(all_rows[:at])
    return next((other for other in around if other in shown), None)
