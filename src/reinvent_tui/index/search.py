"""Ask the index: hits in order, with their passages, and a way on where there are none."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from reinvent_tui.index import queries
from reinvent_tui.index.browse import Browser
from reinvent_tui.index.compile import Compiled, hardly_typed, optional_words
from reinvent_tui.index.excerpts import Marked, best_of
from reinvent_tui.index.fts import AT_ONCE, FtsQueries
from reinvent_tui.index.lexicon import Lexicon
from reinvent_tui.index.matching import Matcher
from reinvent_tui.index.query import ALL, Query, parse
from reinvent_tui.index.ranking import bonus_of
from reinvent_tui.index.related import Related, related
from reinvent_tui.index.suggestions import Hit, Suggestion, closest, spellings, suggestions
from reinvent_tui.index.takeaways import Takeaways, find_takeaways
from reinvent_tui.index.words import folded
from reinvent_tui.library.passages import Passage, passages
from reinvent_tui.library.topics import Vocabulary

RANKED: Final = 200
"""Hits of one answer, unless more are asked for."""
REORDERED: Final = 24
"""Hits that are put in order by more than bm25."""
REMEMBERED: Final = 256
"""Sessions whose passages are kept: the next letter mostly finds the same ones."""
LEAST_LETTERS: Final = 3
"""Of a word that is ranked while it is typed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found."""

    query: Query
    hits: tuple[Hit, ...]
    """The best first; as many as were asked for."""
    total: int
    """How many sessions match; in a preview answer, at least."""
    takeaway_count: int | None
    """How many takeaways match; None where they are not counted yet."""
    total_takeaways: int
    """How many takeaways there are."""
    matcher: Matcher
    closest: bool = False
    """True where no session has all the words, and these have most of them."""
    suggestions: tuple[Suggestion, ...] = ()
    explanation: tuple[str, ...] = ()
    unmatched_word: str = ""
    """The word that no session has, where that is why nothing is found."""
    is_partial: bool = False
    """True where so many match that these are the first of the index; the best take longer than a frame to find."""


@dataclass(slots=True)
class Searcher:
    """Answers queries over one connection; not for two threads at once."""

    connection: sqlite3.Connection
    topics: Vocabulary
    lexicon: Lexicon = field(init=False)
    browser: Browser = field(init=False)
    _fts: FtsQueries = field(init=False)
    _sessions: dict[int, tuple[queries.SessionDetails, list[Passage]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lexicon = Lexicon(self.connection, self.topics)
        self._fts = FtsQueries(self.connection, self.lexicon)
        self.browser = Browser(self._fts)

    def refresh(self) -> None:
        """Forget what is no longer so; to be called before the browser is asked, searching does it itself."""
        if self._fts.changed():
            self._sessions.clear()
            self.browser.forget()

    def count_only_given(self, given_only: bool) -> None:  # noqa: FBT001 -- the one thing it is about
        """Say whether tags that the program inferred do not count."""
        self._fts.given_only = given_only

    def search(
        self, text: str, *, typing: bool = False, strict: bool = False, preview: bool = False, limit: int = RANKED
    ) -> Answer:
        """Return what ``text`` finds.

        Args:
            text: as it was typed.
            typing: True where its last word may go on.
            strict: whether all words must be there; a quoted query always is.
            preview: True where a first answer within a frame is better than the best one.
            limit: most hits to return.
        """
        self.refresh()
        fts = self._fts
        query = parse(text, typing=typing)
        strict = strict or query.quoted
        optional = frozenset() if strict else optional_words(query)
        compiled = fts.compiled(query, optional | hardly_typed(query))
        total, hits, late = self._hits(query, compiled, limit, preview=preview)
        answer = Answer(
            query,
            tuple(hits),
            total,
            None if late else fts.count_takeaways(compiled) if not compiled.together and total else 0,
            fts.total_takeaways(),
            compiled.matcher,
            explanation=(*query.hints, *compiled.explanation),
            is_partial=late,
        )
        if total or query.root == ALL:
            return answer
        if not strict:
            close = closest(fts, query, limit, preview=preview)
            if close is not None and close.hits:
                return replace(
                    answer,
                    hits=close.hits,
                    total=close.total,
                    matcher=close.matcher,
                    closest=True,
                    suggestions=tuple(spellings(fts, query)[0]),
                    is_partial=close.is_partial,
                )
        found, unmatched_word = suggestions(fts, query)
        return replace(answer, suggestions=found, unmatched_word=unmatched_word)

    def takeaways(
        self, text: str, contents: queries.Contents, days: Iterable[queries.Day] | None = None, most: int = 0
    ) -> Takeaways:
        """Return the takeaways that ``text`` finds; see :func:`reinvent_tui.index.takeaways.find_takeaways`."""
        self.refresh()
        return find_takeaways(self._fts, self.browser, text, contents, days, most)

    def related(self, details: queries.SessionDetails) -> list[Related]:
        """Return the sessions that have to do with one."""
        self.refresh()
        return related(self._fts, self.browser, details)

    def rows(self, text: str) -> set[int]:
        """Return the rows of all sessions that ``text`` matches."""
        self.refresh()
        return self._fts.rows_of(parse(text).root)

    # Hits

    def _hits(self, query: Query, compiled: Compiled, limit: int, *, preview: bool) -> tuple[int, list[Hit], bool]:
        """Return how many sessions match, the first of them, and whether better ones may come."""
        if compiled.together:
            return *self._together_hits(query, compiled, limit), False
        fts, match = self._fts, compiled.match
        first = fts.first_rows(match, max(AT_ONCE + 1, limit)) if preview else []
        many = len(first) > AT_ONCE
        total = len(first) if preview else fts.count(match)
        ranked = bool(compiled.matcher.terms)
        if len(query.words) == 1 and len(query.words[0].text) < LEAST_LETTERS:
            ranked = ranked and not (query.words[0].typed_last and total > RANKED)
        late = many or (preview and ranked and fts.is_slow_to_rank(total, compiled.matcher.terms))
        if late or not ranked:
            rows = first[:limit] if preview else fts.first_rows(match, limit)
            return total, [Hit(row, 0.0) for row in rows], late
        best = fts.ranked(match, max(limit, RANKED))
        return total, self._better_order(query, compiled.matcher, best)[:limit], False

    def _better_order(self, query: Query, matcher: Matcher, rows: list[tuple[int, float]]) -> list[Hit]:
        """Return hits reordered by what bm25 does not see: exact titles and codes, several words in one takeaway."""
        if not rows:
            return []
        facts = self._fts.facts_of([row for row, _ in rows[:REORDERED]])
        typed = folded(query.text)
        needed = Matcher(tuple(wanted for wanted in matcher.terms if wanted.required))
        top = rows[0][1] or 1.0
        hits = [Hit(row, score / top) for row, score in rows[REORDERED:]]
        for row, score in rows[:REORDERED]:
            hits.append(Hit(row, score / top + bonus_of(typed, needed, facts[row])))
        return sorted(hits, key=lambda hit: -hit.score)

    def _together_hits(self, query: Query, compiled: Compiled, limit: int) -> tuple[int, list[Hit]]:
        """Return the hits of a query with words that must stand in one takeaway: sets of rows, put together here."""
        rows = self._fts.rows_of(query.root)
        words = " OR ".join(f"({match})" for match in compiled.together)
        order: dict[int, float] = {}
        for row, score in self.connection.execute(
            "SELECT session, score FROM "
            "(SELECT rowid AS id, bm25(takeaway_fts) AS score FROM takeaway_fts WHERE takeaway_fts MATCH ? "
            "ORDER BY score LIMIT 2000) "
            "JOIN takeaway USING (id) ORDER BY score",
            (words,),
        ):
            order.setdefault(row, score)
        best = sorted(rows, key=lambda row: (order.get(row, 0.0), row))
        return len(rows), [Hit(row, -order.get(row, 0.0)) for row in best[:limit]]

    # Passages

    def passages(self, hits: Iterable[Hit], matcher: Matcher, most: int = 2) -> dict[int, list[Marked]]:
        """Return the best passages of each hit, the best first."""
        found: dict[int, list[Marked]] = {}
        for hit in hits:
            known = self.details(hit.row)
            if known is not None:
                found[hit.row] = best_of(known[1], matcher, most)
        return found

    def details(self, row: int) -> tuple[queries.SessionDetails, list[Passage]] | None:
        """Return a session with its passages; None where it is gone."""
        known = self._sessions.get(row)
        if known is None:
            details = queries.session_details(self.connection, row)
            if details is None:
                return None
            if len(self._sessions) >= REMEMBERED:
                self._sessions.clear()
            session = details.session
            blocks = passages(session.body, session.body_line, session.takeaways)
            known = self._sessions[row] = (details, blocks)
        return known
