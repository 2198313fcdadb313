"""Answers queries: ranked hits with passages, and suggestions if nothing matches."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from reinvent_tui.index import queries
from reinvent_tui.index.browse import Browser
from reinvent_tui.index.compile import Compiled
from reinvent_tui.index.fts import RANKED_WITHIN_FRAME, FtsQueries
from reinvent_tui.index.lexicon import Lexicon
from reinvent_tui.index.matching import Matcher
from reinvent_tui.index.query import ALL, Node, Query, parse
from reinvent_tui.index.query_parts import (
    barely_typed,
    needs_rows,
    optional_words,
    without_row_parts,
    without_words,
)
from reinvent_tui.index.ranking import bonus_of
from reinvent_tui.index.related import Related, related
from reinvent_tui.index.rowset import RowSet
from reinvent_tui.index.suggestions import Hit, Suggestion, closest, spellings, suggestions
from reinvent_tui.index.takeaways import Takeaways, find_takeaways
from reinvent_tui.index.words import folded
from reinvent_tui.library.passages import Passage, passages
from reinvent_tui.library.topics import Vocabulary

RANKED: Final = 200
"""Hits of one answer, unless more are requested."""
REORDERED: Final = 24
"""Hits that are ordered by more than bm25."""
RANKED_WITHIN_ROWS: Final = 10_000
"""Matches of the words that are ranked for a query that also depends on sets of rows."""
RANKED_TAKEAWAYS: Final = 2000
"""Takeaways that order the hits of a query for words in one takeaway."""
REMEMBERED: Final = 256
"""Sessions whose passages are cached: most hits stay while a query is typed."""
LEAST_LETTERS: Final = 3
"""Of a word that is ranked while it is typed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found."""

    query: Query
    hits: tuple[Hit, ...]
    """The best first; as many as were requested."""
    total: int
    """Number of matching sessions; in a partial answer, at least so many."""
    takeaway_count: int | None
    """Number of matching takeaways; None if not counted yet."""
    total_takeaways: int
    """Number of takeaways in the library."""
    matcher: Matcher
    closest: bool = False
    """True if no session has all the words, and these have most of them."""
    suggestions: tuple[Suggestion, ...] = ()
    explanation: tuple[str, ...] = ()
    unmatched_word: str = ""
    """The word that no session has, if that is why nothing was found."""
    is_partial: bool = False
    """True for an unranked preview; search again with ``preview=False`` for ranked hits."""


@dataclass(slots=True)
class Searcher:
    """Answers queries over one connection; not for two threads at once."""

    connection: sqlite3.Connection
    topics: Vocabulary
    lexicon: Lexicon = field(init=False)
    fts: FtsQueries = field(init=False)
    browser: Browser = field(init=False)
    _details: dict[int, tuple[queries.SessionDetails, list[Passage]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lexicon = Lexicon(self.connection, self.topics)
        self.fts = FtsQueries(self.connection, self.lexicon)
        self.browser = Browser(self.fts)

    def refresh(self) -> None:
        """Drop what is cached if the library changed; called before the browser is used, searching does it itself."""
        if self.fts.refresh():
            self._details.clear()
            self.browser.invalidate()

    def search(
        self, text: str, *, typing: bool = False, strict: bool = False, preview: bool = False, limit: int = RANKED
    ) -> Answer:
        """Return what ``text`` finds.

        Args:
            text: the query.
            typing: True if its last word may be incomplete.
            strict: whether all words must match; they always must in a query with a phrase.
            preview: True to get unranked hits within a frame, if ranking them would take longer.
            limit: most hits to return.
        """
        self.refresh()
        query = parse(text, typing=typing)
        strict = strict or query.quoted
        optional = frozenset() if strict else optional_words(query)
        drop = optional | barely_typed(query)
        compiled = self.fts.compiled(query, drop)
        if needs_rows(query.root, self.fts.predicates):
            answer = self._answer_from_rows(query, without_words(query.root, drop), compiled, limit)
        else:
            answer = self._answer(query, compiled, limit, preview=preview)
        if answer.total or query.root == ALL:
            return answer
        if not strict:
            close = closest(self.fts, query, limit, preview=preview)
            if close is not None and close.hits:
                return replace(
                    answer,
                    hits=close.hits,
                    total=close.total,
                    matcher=close.matcher,
                    closest=True,
                    suggestions=tuple(spellings(self.fts, query)[0]),
                    is_partial=close.is_partial,
                )
        found, unmatched_word = suggestions(self.fts, query)
        return replace(answer, suggestions=found, unmatched_word=unmatched_word)

    def takeaways(
        self, text: str, contents: queries.Contents, days: Iterable[queries.Day] | None = None, most: int = 0
    ) -> Takeaways:
        """Return the takeaways that ``text`` finds; see :func:`reinvent_tui.index.takeaways.find_takeaways`."""
        self.refresh()
        return find_takeaways(self.fts, self.browser, text, contents, days, most)

    def related(self, details: queries.SessionDetails) -> list[Related]:
        """Return the sessions related to one."""
        self.refresh()
        return related(self.fts, self.browser, details)

    # Hits

    def _answer(self, query: Query, compiled: Compiled, limit: int, *, preview: bool) -> Answer:
        """Return the answer to a query that is one expression; unranked if a preview is wanted and ranking is slow."""
        fts, match = self.fts, compiled.match
        first = fts.first_rows(match, max(RANKED_WITHIN_FRAME + 1, limit)) if preview else []
        total = len(first) if preview else fts.count(match)
        ranked = bool(compiled.matcher.terms)
        if len(query.words) == 1 and len(query.words[0].text) < LEAST_LETTERS:
            ranked = ranked and not (query.words[0].typed_last and total > RANKED)
        is_partial = len(first) > RANKED_WITHIN_FRAME or (
            preview and ranked and fts.is_slow_to_rank(total, compiled.matcher.terms)
        )
        if is_partial or not ranked:
            hits = [Hit(row, 0.0) for row in (first[:limit] if preview else fts.first_rows(match, limit))]
        else:
            hits = self._reordered(query, compiled.matcher, fts.ranked(match, max(limit, RANKED)))[:limit]
        takeaway_count = None if is_partial else fts.count_takeaways(compiled) if total else 0
        return self._made(query, compiled, hits, total, takeaway_count, is_partial=is_partial)

    def _made(
        self,
        query: Query,
        compiled: Compiled,
        hits: list[Hit],
        total: int,
        takeaway_count: int | None,
        *,
        is_partial: bool = False,
    ) -> Answer:
        return Answer(
            query,
            tuple(hits),
            total,
            takeaway_count,
            self.fts.total_takeaways(),
            compiled.matcher,
            explanation=(*query.hints, *compiled.explanation),
            is_partial=is_partial,
        )

    def _reordered(self, query: Query, matcher: Matcher, rows: list[tuple[int, float]]) -> list[Hit]:
        """Return hits ordered by what bm25 does not see: exact titles and codes, several words in one takeaway."""
        if not rows:
            return []
        facts = self.fts.facts_of([row for row, _ in rows[:REORDERED]])
        typed = folded(query.text)
        required = Matcher(tuple(term for term in matcher.terms if term.required))
        top = rows[0][1] or 1.0
        hits = [Hit(row, score / top) for row, score in rows[REORDERED:]]
        for row, score in rows[:REORDERED]:
            hits.append(Hit(row, score / top + bonus_of(typed, required, facts[row])))
        return sorted(hits, key=lambda hit: -hit.score)

    def _answer_from_rows(self, query: Query, root: Node, compiled: Compiled, limit: int) -> Answer:
        """Return the answer to a query whose parts are combined as sets of rows; ``root`` is what must match."""
        rows = self.fts.rows_of(root)
        if compiled.takeaway_groups:
            match = " OR ".join(f"({group})" for group in compiled.takeaway_groups)
            scores = self.fts.takeaway_scores(match, RANKED_TAKEAWAYS)
            best = sorted(rows, key=lambda row: (-scores.get(row, 0.0), row))
            hits = [Hit(row, scores.get(row, 0.0)) for row in best[:limit]]
            return self._made(query, compiled, hits, len(rows), 0)
        hits = self._ranked_within(query, root, compiled.matcher, rows)
        ranked = RowSet.from_rows([hit.row for hit in hits])
        hits += [Hit(row, 0.0) for row in rows - ranked]
        takeaway_count = self.fts.count_takeaways_in(compiled, rows) if rows else 0
        return self._made(query, compiled, hits[:limit], len(rows), takeaway_count)

    def _ranked_within(self, query: Query, root: Node, matcher: Matcher, rows: RowSet) -> list[Hit]:
        words = self.fts.compiled_node(without_row_parts(root, self.fts.predicates))
        if not words.matcher.terms:
            return []
        best = self.fts.ranked(words.match, RANKED_WITHIN_ROWS)
        return self._reordered(query, matcher, [(row, score) for row, score in best if row in rows])

    # Passages

    def details(self, row: int) -> tuple[queries.SessionDetails, list[Passage]] | None:
        """Return a session with its passages; None if it is gone."""
        known = self._details.get(row)
        if known is None:
            details = queries.session_details(self.connection, row)
            if details is None:
                return None
            if len(self._details) >= REMEMBERED:
                self._details.clear()
            session = details.session
            blocks = passages(session.body, session.body_line, session.takeaways)
            known = self._details[row] = (details, blocks)
        return known
