"""What is typed into the query line, and walking what it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinvent_tui.plural import counted
from reinvent_tui.reader.answers import HitsFound
from reinvent_tui.reader.effects import (
    Effect,
    GoTo,
    Load,
    MarkMatches,
    MoveHitCursor,
    NextMatch,
    Pane,
    ShowQuery,
)
from reinvent_tui.reader.page_values import SessionPage
from reinvent_tui.reader.panes import Lists, State
from reinvent_tui.reader.requests import ExplainRequest, PrepareSearch
from reinvent_tui.reader.targets import Passage, SessionTarget, View

if TYPE_CHECKING:
    from reinvent_tui.reader.reader import Reader

SEARCH_PLACEHOLDER = "words, “a phrase”, -not, tag:serverless, day:2, dat401 …"
FIND_PLACEHOLDER = "find in this page"


class QueryEvents:
    """Searching the library, and finding in the page. Keeps nothing: the reader's parts do."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    # Opening and leaving

    def begin_search(self, view: View) -> list[Effect]:
        """Search the library, beginning with the query in force; with the page alone, find in it."""
        reader, search = self._reader, self._reader.search
        if reader.panes.lists is Lists.ALONE:
            return self.begin_find()
        if reader.state is State.TYPING:
            return []
        reader.navigator.at_start = False
        reader.find.leave(keep=False)
        was_open = search.is_open
        selected = reader.selection.query
        text = search.text if was_open else f"{selected} " if selected else ""
        search.begin(reader.here(view), text)
        reader.panes.begin_search()
        # What was searched is replaced by typing; to what is selected more is added.
        line = self._show_line(text, SEARCH_PLACEHOLDER, selected=was_open)
        effects: list[Effect] = [*line, Load(PrepareSearch())]
        if selected and not was_open:
            effects += self._ask()
        return effects

    def begin_find(self) -> list[Effect]:
        """Find in the page."""
        self._reader.settle()
        self._reader.find.begin()
        return self._show_line("", FIND_PLACEHOLDER)

    def _show_line(self, text: str, placeholder: str, *, selected: bool = False) -> list[Effect]:
        self._reader.panes.has_query = True
        return [ShowQuery(text, placeholder, selected), *self._reader.focus(Pane.QUERY)]

    def leave(self, view: View) -> list[Effect]:
        """Go back to what was there before typing began."""
        reader, search = self._reader, self._reader.search
        if reader.find.is_typing:
            return self.leave_find(keep=False)
        origin, search.origin = search.origin, None
        if origin is None:
            return self.close_hits(view)
        if origin.search is None:
            reader.panes.end_search(as_before=True)
        over = reader.panes.is_over
        effects = reader.places.restore(origin)
        return [*effects, *reader.focus(reader.panes.list_pane)] if over and origin.search is None else effects

    def close_hits(self, view: View) -> list[Effect]:
        """Close hits and query; the session that was found stays."""
        reader = self._reader
        reader.settle()
        effects = reader.end_search()
        if reader.selection.is_narrow and not reader.selection.holds(reader.navigator.target):
            reader.history.jump(reader.here(view))
            effects += reader.select("")
        return [*effects, *reader.show_current(), *reader.focus(Pane.PAGE), *reader.show_query()]

    def submit(self, view: View, *, has_match: bool) -> list[Effect]:
        """Read what was found; ``has_match`` if the page has a match that the reader is at."""
        reader, search = self._reader, self._reader.search
        if reader.find.is_typing:
            missed = not has_match and bool(reader.find.text.strip())
            effects = self.leave_find(keep=has_match)
            return [*effects, *reader.tell("not on this page")] if missed else effects
        if not search.text.strip():
            return self.leave(view)
        if search.answer is not None and not search.rows and search.answer.suggestions:
            return self.take_suggestion(max(1, search.cursor))
        if search.answer is not None and not search.rows and search.is_answered:
            return reader.tell("nothing was found: change the query, or leave with Esc")
        return self.read_hit()

    def read_hit(self) -> list[Effect]:
        """Go from the hits into the page."""
        reader = self._reader
        reader.search.is_reading()
        reader.settle()
        return [*self.follow(), *reader.focus(Pane.PAGE), *reader.show_query()]

    def leave_find(self, *, keep: bool) -> list[Effect]:
        """End finding in the page; what was found stays marked if it is to be kept."""
        reader = self._reader
        reader.find.leave(keep=keep)
        effects = [] if reader.find.is_kept else self.drop_find()
        reader.panes.has_query = False
        return [*effects, *reader.focus(Pane.PAGE), *reader.show_query()]

    def drop_find(self) -> list[Effect]:
        """Mark on the page what the search found, or nothing."""
        reader = self._reader
        answer = reader.search.answer
        reader.find.drop()
        return [MarkMatches(answer.matcher if answer is not None else None)]

    # Typing

    def typed(self, text: str) -> list[Effect]:
        """Look for what was typed, if it is not looked for already."""
        reader = self._reader
        if text == (reader.find.text if reader.find.is_typing else reader.search.text):
            return []
        if reader.find.is_typing:
            return reader.find.typed(text)
        if not reader.search.is_open:
            return []
        effects = reader.search.typed(text, reader.library.contents, inferred=reader.selection.inferred)
        if not text.strip():
            reader.panes.has_hits = False
        if reader.panes.has_topics:
            effects += reader.selection.browse(text, reader.library.contents, typing=True)
        return effects

    def _ask(self) -> list[Effect]:
        reader = self._reader
        effects = reader.search.ask(reader.library.contents, inferred=reader.selection.inferred)
        if reader.panes.has_topics:
            effects += reader.selection.browse(reader.query, reader.library.contents, typing=True)
        return effects

    def ask_for(self, text: str) -> list[Effect]:
        """Put another query in force."""
        self._reader.search.text = text
        line: list[Effect] = [ShowQuery(text, SEARCH_PLACEHOLDER)] if self._reader.panes.has_query else []
        return [*line, *self._ask()]

    def walk(self, step: int) -> list[Effect]:
        """Go to a match or hit near by; in a line that is empty, back through earlier queries."""
        search = self._reader.search
        if self._reader.find.is_typing:
            return [NextMatch(1 if step > 0 else -1)]
        if step < 0 and (not search.text.strip() or (search.is_recalling and not search.cursor)):
            earlier = search.recall()
            if earlier is None:
                return []
            effects = self.ask_for(earlier)
            search.is_recalling = True
            return effects
        last = len(search.rows) - 1 if search.rows else len(search.suggestions)
        at = min(max(search.cursor + step, 0), last)
        return [MoveHitCursor(at), *self.reached(at)] if at != search.cursor else []

    def explain(self) -> list[Effect]:
        """Say the query in words, in a panel."""
        reader = self._reader
        if not reader.search.text.strip() or reader.find.is_typing:
            return []
        return [Load(ExplainRequest(reader.search.text, typing=True, inferred=reader.selection.inferred))]

    def turn_order(self) -> list[Effect]:
        """Put the hits in the order of days, or the best first."""
        reader, search = self._reader, self._reader.search
        if search.answer is None or reader.find.is_typing:
            return []
        effects = search.turn_order(reader.library.contents, inferred=reader.selection.inferred)
        return [*effects, *reader.tell("in the order of days" if search.by_day else "best first")]

    def take_suggestion(self, number: int) -> list[Effect]:
        """Ask what was suggested instead."""
        suggestion = self._reader.search.suggestion(number)
        if suggestion is None or self._reader.find.is_typing:
            return []
        effects = self._show_line(suggestion.query, SEARCH_PLACEHOLDER)
        return [*effects, *self.ask_for(suggestion.query)]

    # Hits

    def found(self, found: HitsFound, now: float) -> list[Effect]:
        """Show what a query found."""
        reader, search = self._reader, self._reader.search
        if not search.is_current(found):
            return []
        effects, follows = search.found(found, now)
        if search.answer is not None:
            reader.panes.show_hits()
            if reader.panes.focus is Pane.SIDEBAR:
                effects += reader.focus(Pane.HITS)  # which are in its place now
        return [*effects, *self.follow()] if follows else effects

    def follow_later(self, now: float) -> list[Effect]:
        """Let the page follow if no character was typed meanwhile; the best hits come first if there are better."""
        reader, search = self._reader, self._reader.search
        effects, is_over = search.follow_later(now)
        if is_over and search.is_partial:
            return search.want_better(reader.library.contents, inferred=reader.selection.inferred)
        return self.follow() if is_over else effects

    def follow(self) -> list[Effect]:
        """Show the hit at hand, with what was found in it."""
        reader, search = self._reader, self._reader.search
        effects = search.want_better(reader.library.contents, inferred=reader.selection.inferred)
        if search.is_open and search.page_is_behind:
            effects += search.follow()
            if search.row:
                effects += self.show_hit()
        return effects

    def show_hit(self, *, last: bool = False) -> list[Effect]:
        """Show the session of the hit at hand at its best passage, or at its last match."""
        reader, search = self._reader, self._reader.search
        where = Passage(-1 if last else search.passage_line())
        page, navigator = reader.navigator.page, reader.navigator
        if isinstance(page, SessionPage) and page.details.row == search.row and navigator.has_arrived:
            return [GoTo(where, page.details.session.body_line), *reader.show_current()]
        return reader.open(SessionTarget(search.row), where)

    def reached(self, index: int) -> list[Effect]:
        """Let the page go along with the cursor of the hits."""
        search = self._reader.search
        search.reached(index)
        if not search.row:
            return []
        return self.follow() if search.page_is_behind else self.show_hit()

    def chosen(self, index: int) -> list[Effect]:
        """Read the hit of a row, or ask what it suggests."""
        return self.read_hit() if self._reader.search.rows else self.take_suggestion(index)

    # Matches

    def next_match(self, step: int, *, moved: bool) -> list[Effect]:
        """Go on into the next hit if the page has no further match (``moved`` if it had one)."""
        reader, search = self._reader, self._reader.search
        if moved:
            return []
        in_hits = search.is_open and not reader.find.is_kept
        if in_hits and search.page_is_behind:
            return self.follow()
        if in_hits and not (search.is_answered and reader.navigator.has_arrived):
            return []  # the page with the matches is on its way: none of them is passed over
        if in_hits and search.has_hit(step):
            return [*search.move(step), *self.show_hit(last=step < 0)]
        if search.is_open or reader.find.is_kept:
            return reader.tell("this is the last match" if step > 0 else "this is the first match")
        return reader.tell("nothing has been searched for yet")

    def counted(self, at: int, total: int) -> list[Effect]:
        """Say which match of how many the reader is at, while finding in the page."""
        find = self._reader.find
        if find.is_typing or find.is_kept:
            words = f"{at:,} of {counted(total, 'match')}" if total else "not on this page"
            find.note = words if find.text.strip() else ""
        return []
