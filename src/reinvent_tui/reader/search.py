"""A search while it is typed and read: its query, its answer, and which hit the reader is at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reinvent_tui.index.queries import Contents
from reinvent_tui.reader.effects import (
    Effect,
    Interrupt,
    Later,
    Load,
    MarkMatches,
    Moment,
    MoveHitCursor,
    ShowHitEntries,
    ShowHits,
    ShowSuggestions,
)
from reinvent_tui.reader.requests import HitEntry, HitsRequest, SearchRequest
from reinvent_tui.reader.targets import Finder, Place, SearchPlace

if TYPE_CHECKING:
    from reinvent_tui.index.search import Answer
    from reinvent_tui.index.suggestions import Suggestion
    from reinvent_tui.reader.answers import HitsFound, HitsRead

PAGE_SECONDS = 0.06
"""Pause after a character is typed until the page follows the hits."""

MOST_EARLIER = 50
"""Queries of this run that can be called back."""


class Search:
    """One search; closed while the sidebar shows the library."""

    def __init__(self) -> None:
        self.is_open = False
        """True while hits are shown in place of the sidebar, or are about to be."""
        self.text = ""
        """The query."""
        self.answer: Answer | None = None
        self.rows: list[int] = []
        """Rows of the hits, in the order of the list."""
        self.cursor = 0
        """Index of the hit that the reader is at, or of a suggestion, from 1, if there are no hits."""
        self.by_day = False
        """True if hits are in the order of days, False if the best come first."""
        self.origin: Place | None = None
        """Where the reader was when typing began."""
        self.is_recalling = False
        """True while an earlier query, called back, is as it was."""
        self._number = 0
        self._answered = 0
        self._asked_well = 0
        """The last query whose best hits were asked for."""
        self._walked = 0
        """The query among whose hits the reader moved."""
        self._entries: dict[int, HitEntry] = {}
        self._finder: Finder | None = None
        """What to mark when the page follows the list."""
        self._follows_at: float | None = None
        """When the page is to follow, in the screen's seconds; None if no timer runs."""
        self._resume_row = 0
        """The hit that the reader was at when this search was left."""
        self._lacking: frozenset[int] = frozenset()
        """Hits that lack some of the words."""
        self._order: dict[int, int] = {}
        self._order_of: Contents | None = None
        self._earlier: list[str] = []
        self._recalled = 0

    # Opening and closing

    def begin(self, here: Place, text: str) -> None:
        """Begin to type, with ``text`` in the line; a new search has the best hits first."""
        self.by_day = self.by_day and self.is_open
        self.is_open = True
        self.origin = here
        self.text = text
        self.is_recalling = False
        self._recalled = 0

    def resume(self, place: SearchPlace, contents: Contents, *, inferred: bool) -> list[Effect]:
        """Open the search that was left at ``place``."""
        self.is_open = True
        self.origin = None
        self.text = place.query
        self.by_day = place.by_day
        self._drop_answer()
        effects = self.ask(contents, inferred=inferred)
        self._resume_row = place.row
        return effects

    def close(self) -> list[Effect]:
        """Show the library again."""
        self.is_open = False
        self.origin = None
        self.text = ""
        self._drop_answer()
        return [Interrupt(), MarkMatches(None)]

    def _drop_answer(self) -> None:
        self._number += 1  # what is still on its way answers an earlier query
        self.answer = None
        self.rows = []
        self.cursor = 0
        self._entries = {}
        self._resume_row = 0
        self.stop_following()

    def stop_following(self) -> None:
        """Leave the page as it is, whatever the list shows."""
        self._finder = None
        self._follows_at = None

    @property
    def place(self) -> SearchPlace | None:
        """The search as it would be left now."""
        if not self.is_open or not self.text.strip():
            return None
        return SearchPlace(self.text, self.by_day, self.row or self._resume_row)

    @property
    def row(self) -> int:
        """Row of the session of the hit that the reader is at; 0 if there is none."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else 0

    # Typing

    def typed(self, text: str, contents: Contents, *, inferred: bool) -> list[Effect]:
        """Ask for what was typed."""
        self.is_recalling = False
        self.text = text
        self._resume_row = 0
        if text.strip():
            return self.ask(contents, inferred=inferred)
        self._drop_answer()
        return [Interrupt(), MarkMatches(None)]

    def ask(self, contents: Contents, *, inferred: bool) -> list[Effect]:
        """Ask the query again, in the order that is wanted."""
        self._number += 1
        return [Interrupt(), self._load(contents, preview=True, inferred=inferred)]

    def ask_again(self, contents: Contents, *, inferred: bool) -> list[Effect]:
        """Ask the query again of a library that changed; a reader who is among the hits stays at the same one."""
        if not self.is_open or not self.text.strip():
            return []
        row = self._resume_row or (self.row if self._walked == self._number else 0)
        effects = self.ask(contents, inferred=inferred)
        self._resume_row = row
        return effects

    def _load(self, contents: Contents, *, preview: bool, inferred: bool) -> Load:
        order = self._order_by_day(contents) if self.by_day else None
        return Load(SearchRequest(self._number, self.text, order, preview, inferred))

    def _order_by_day(self, contents: Contents) -> dict[int, int]:
        if self._order_of is not contents:
            self._order = {row: at for at, row in enumerate(contents.sessions)}
            self._order_of = contents
        return self._order

    def turn_order(self, contents: Contents, *, inferred: bool) -> list[Effect]:
        """Put the hits in the order of days, or the best first."""
        self.by_day = not self.by_day
        return self.ask(contents, inferred=inferred)

    def remember(self) -> None:
        """Keep the query, to be called back later in this run."""
        text = self.text.strip()
        if text:
            self._earlier = [*(known for known in self._earlier if known != text), text][-MOST_EARLIER:]

    @property
    def has_earlier(self) -> bool:
        """True if there are queries that can be called back."""
        return bool(self._earlier)

    def recall(self) -> str | None:
        """Return the query before the one that was called back last; None if there is none."""
        if self._recalled >= len(self._earlier):
            return None
        self._recalled += 1
        return self._earlier[-self._recalled]

    # Answers

    def is_current(self, answer: HitsFound) -> bool:
        """Return True if an answer is to the query in force."""
        return self.is_open and answer.request.number == self._number

    def found(self, found: HitsFound, now: float) -> tuple[list[Effect], bool]:
        """Show what a query found; return True if the page is to follow at once.

        Otherwise it follows when no character was typed for a moment.
        """
        better = self._answered == found.request.number
        self._answered = found.request.number
        if better and self.answer is not None and self._walked == found.request.number:
            # The best hits came late: rows do not move under a reader who is among them already.
            self.answer = replace(found.answer, hits=self.answer.hits)
            return [], self.page_is_behind  # Enter may have come before the first ones did
        answer = self.answer = found.answer
        self.rows = found.rows
        self._lacking = frozenset(hit.row for hit in answer.hits if hit.lacks)
        self._entries = {entry.row: entry for entry in found.entries}
        self.cursor = 0
        if self._resume_row:
            return self._resumed(answer, found.entries), False
        effects: list[Effect] = []
        if self.rows:
            effects.append(ShowHits(self.rows, found.entries, answer.suggestions, close=self._close_at_end))
        else:
            effects.append(ShowSuggestions(why_nothing(answer), answer.suggestions))
        self._finder = answer.matcher
        if better:
            return effects, True
        waits = self._follows_at is not None
        self._follows_at = now + PAGE_SECONDS
        if not waits:
            effects.append(Later(PAGE_SECONDS, Moment.FOLLOW_HITS))
        return effects, False

    @property
    def caption(self) -> str:
        """What stands above the hits: the query, and their order where it is not that of relevance."""
        text = self.text.strip()
        return f"{text} · by day" if text and self.by_day else text

    @property
    def _close_at_end(self) -> int:
        """How many hits come after the last that has all words; 0 if none has."""
        return next((at for at, row in enumerate(reversed(self.rows)) if row not in self._lacking), 0)

    @property
    def position(self) -> str:
        """Where the reader is among the hits, in words: ``2 of 14``, or ``3 of 40 close``."""
        if self.answer is None or not self.rows:
            return ""
        lacks = self.row in self._lacking
        before = sum((row in self._lacking) == lacks for row in self.rows[: self.cursor + 1])
        if lacks:
            return f"{before:,} of {len(self._lacking):,} close"
        return f"{before:,} of {max(self.answer.total, len(self.rows) - len(self._lacking)):,}"

    def _resumed(self, answer: Answer, entries: list[HitEntry]) -> list[Effect]:
        """Show a search that was left before: its page is on screen already."""
        if self._resume_row in self.rows:
            self.cursor = self.rows.index(self._resume_row)
        self._resume_row = 0
        self._walked = self._number
        self._finder = None
        return [
            ShowHits(self.rows, entries, answer.suggestions, self.cursor, self._close_at_end),
            MarkMatches(answer.matcher),
        ]

    def follow_later(self, now: float) -> tuple[list[Effect], bool]:
        """Return what to do when the pause may be over, and whether it is.

        One timer serves all characters typed in a row.
        """
        if self._follows_at is None:
            return [], False
        rest = self._follows_at - now
        if rest > 0.001:
            return [Later(rest, Moment.FOLLOW_HITS)], False
        self._follows_at = None
        return [], True

    @property
    def is_answered(self) -> bool:
        """True if the answer is to the query in force, not to an earlier one."""
        return self._answered == self._number

    @property
    def is_partial(self) -> bool:
        """True if the hits are only the first of the index: better ones take longer than a frame."""
        return self.answer is not None and self.answer.is_partial

    def want_better(self, contents: Contents, *, inferred: bool) -> list[Effect]:
        """Ask for the best hits, once, if the first ones came in haste."""
        if not self.is_partial or self._asked_well == self._number:
            return []
        self._asked_well = self._number
        return [self._load(contents, preview=False, inferred=inferred)]

    @property
    def page_is_behind(self) -> bool:
        """True if the page does not show yet what the list does."""
        return self._finder is not None

    def follow(self) -> list[Effect]:
        """Mark on the page what the query finds."""
        self._follows_at = None
        finder, self._finder = self._finder, None
        return [MarkMatches(finder)] if finder is not None else []

    def passage_line(self) -> int:
        """Return the line of the passage that shows best why the hit at hand was found; 0 if it is not known."""
        entry = self._entries.get(self.row)
        return entry.passages[0].passage.line if entry is not None and entry.passages else 0

    # Hits

    def reached(self, index: int) -> None:
        """Take note of the hit that the reader moved to."""
        self.cursor = index
        self._walked = self._number

    def is_reading(self) -> None:
        """Take note that the reader is among the hits: their order stays."""
        self._walked = self._number

    def has_hit(self, step: int) -> bool:
        """Return True if there is a hit ``step`` after the one at hand."""
        return 0 <= self.cursor + step < len(self.rows)

    def move(self, step: int) -> list[Effect]:
        """Go to a hit near by."""
        self.reached(self.cursor + step)
        return [MoveHitCursor(self.cursor)]

    def hits_needed(self, rows: list[int], *, inferred: bool) -> list[Effect]:
        """Read hits that came on screen."""
        if self.answer is None:
            return []
        return [Load(HitsRequest(self._number, self.answer, tuple(rows), inferred))]

    def hits_read(self, answer: HitsRead) -> list[Effect]:
        """Show hits that came on screen."""
        if answer.request.number != self._number:
            return []
        self._entries.update((entry.row, entry) for entry in answer.entries)
        return [ShowHitEntries(answer.entries)]

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """What else could be asked."""
        return self.answer.suggestions if self.answer is not None else ()

    def suggestion(self, number: int) -> Suggestion | None:
        """Return what else could be asked, by its number from 1; None if there is no such thing."""
        return self.suggestions[number - 1] if 0 < number <= len(self.suggestions) else None


def why_nothing(answer: Answer) -> tuple[str, str]:
    """Return two lines on why a query finds nothing."""
    return "Nothing found", answer.reason
