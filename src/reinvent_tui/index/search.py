"""Answers queries: ranked hits with passages, and suggestions if nothing matches."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from typing import Final

from reinvent_tui.index import queries
from reinvent_tui.index.browse import Browser
from reinvent_tui.index.compile import Compiled
from reinvent_tui.index.facets import ONLY_LINKS
from reinvent_tui.index.fts import RANKED_WITHIN_FRAME, FtsQueries
from reinvent_tui.index.fts_syntax import quoted
from reinvent_tui.index.lexicon import Lexicon
from reinvent_tui.index.matching import Matcher, Term
from reinvent_tui.index.query import ALL, And, Node, Query, Word, parse
from reinvent_tui.index.query_parts import (
    barely_typed,
    needs_rows,
    optional_words,
    parts_of,
    signs_of,
    without_words,
)
from reinvent_tui.index.ranking import WEIGHTS, bonus_of
from reinvent_tui.index.related import Related, related
from reinvent_tui.index.scoring import COMMON, Postings, Ranker, Tally, flags
from reinvent_tui.index.suggestions import MOST_SUGGESTED, Hit, Suggestion, reason, spellings, suggestions
from reinvent_tui.index.takeaways import Takeaways, find_takeaways
from reinvent_tui.index.words import folded
from reinvent_tui.library.passages import Passage, passages
from reinvent_tui.library.topics import Vocabulary

RANKED: Final = 200
"""Hits of one answer, unless more are requested."""
REORDERED: Final = 24
"""Hits that are ordered by more than bm25."""
MOST_CLOSE: Final = 50
"""Hits that lack some of the words."""
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
    close: int = 0
    """How many of the hits lack some of the words."""
    closest: bool = False
    """True if no session has all the words, and these have most of them."""
    suggestions: tuple[Suggestion, ...] = ()
    explanation: tuple[str, ...] = ()
    reason: str = ""
    """Why nothing was found, in words."""
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
    ranker: Ranker = field(init=False)
    _details: dict[int, tuple[queries.SessionDetails, list[Passage]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lexicon = Lexicon(self.connection, self.topics)
        self.fts = FtsQueries(self.connection, self.lexicon)
        self.browser = Browser(self.fts)
        self.ranker = Ranker(Postings(self.connection), self.lexicon)

    def refresh(self) -> None:
        """Drop what is cached if the library changed; called before the browser is used, searching does it itself."""
        if self.fts.refresh():
            self._details.clear()
            self.browser.invalidate()
            self.ranker.postings.forget()

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
        barely = barely_typed(query)
        drop = barely if strict else barely | optional_words(query)
        compiled = self.fts.compiled(query, drop)
        words = [word for word in query.words if word.text not in drop]
        if query.root == ALL and signs_of(query):
            answer = self._answer_to_signs(query, compiled, limit)
        elif words and not compiled.takeaway_groups:
            answer = self._answer_to_words(query, words, compiled, limit, strict=strict, preview=preview)
        elif needs_rows(query.root, self.fts.predicates):
            answer = self._answer_from_rows(query, without_words(query.root, drop), compiled, limit)
        else:
            answer = self._answer(query, compiled, limit, preview=preview)
        if answer.total or query.root == ALL:
            return answer
        if answer.hits:
            return replace(answer, suggestions=tuple(spellings(self.fts, query)[:MOST_SUGGESTED]))
        return replace(answer, suggestions=suggestions(self.fts, query), reason=reason(self.fts, query))

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
            hits = [Hit(row, score) for row, score in fts.ranked(match, limit)]
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

    def _answer_to_words(
        self, query: Query, words: list[Word], compiled: Compiled, limit: int, *, strict: bool, preview: bool
    ) -> Answer:
        """Return the answer to a query with words outside its filters: sessions that have all of them, or some."""
        fts = self.fts
        terms = fts.compiled_node(And(tuple(words))).matcher.terms
        others = tuple(part for part in parts_of(query.root) if not isinstance(part, Word))
        within = fts.rows_of(And(others)) if others else None
        is_slow = self._is_slow(query, terms, preview=preview)
        most = RANKED_WITHIN_FRAME if is_slow else COMMON
        tally = None if is_slow else self.ranker.tally(query, words, terms, within)
        if tally is None:  # or all of the words are common
            answer = self._answer(query, compiled, limit, preview=preview)
            if answer.total:
                return answer
            tally = self.ranker.tally(query, words, terms, within, common=most, whatever_it_takes=True)
        assert tally is not None
        hits = self._ordered(query, terms, tally, limit, strict=strict)
        total = tally.complete
        takeaway_count = 0 if not total else self._takeaways_of(query, compiled)
        answer = self._made(query, compiled, hits, total, takeaway_count)
        close = sum(bool(hit.lacks) for hit in hits)
        known = dict(zip(terms, tally.rarities, strict=True))
        rarities = tuple(known.get(term, max(tally.rarities)) for term in compiled.matcher.terms)
        matcher = Matcher(compiled.matcher.terms, rarities)
        is_partial = is_slow and preview
        return replace(answer, close=close, closest=not total and bool(hits), matcher=matcher, is_partial=is_partial)

    def _ordered(self, query: Query, terms: tuple[Term, ...], tally: Tally, limit: int, *, strict: bool) -> list[Hit]:
        """Return the hits, the best first; what a session lacks counts against it."""
        top = max(tally.scores.values(), default=1.0)
        having: list[tuple[float, int]] = []
        lacking: list[tuple[float, int]] = []
        only_links = flags(self.ranker.postings.rows(quoted(ONLY_LINKS)), tally.scores)
        for row, score, missing in tally.sessions():
            if only_links[row]:
                score *= WEIGHTS.only_links  # noqa: PLW2901 -- the same score, of less worth
            if not missing:
                having.append((-score / top, row))
            elif not strict:
                lacking.append((WEIGHTS.missing * missing - score / top, row))
        groups = nsmallest(limit, having), nsmallest(MOST_CLOSE, lacking)
        head = [row for group in groups for _, row in group[:REORDERED]]
        facts = self.fts.facts_of(head)
        typed = folded(query.text)
        bonus = {row: bonus_of(typed, terms, facts[row]) for row in head}
        hits = [
            Hit(row, bonus.get(row, 0.0) - score, tuple([terms[at].text for at in tally.lacks(row)]))
            for group in groups
            for score, row in group
        ]
        hits.sort(key=lambda hit: -hit.score)
        least = WEIGHTS.close * hits[0].score if hits else 0.0
        return [hit for hit in hits if not hit.lacks or hit.score >= least][:limit]

    def _answer_to_signs(self, query: Query, compiled: Compiled, limit: int) -> Answer:
        """Return the sessions with all signs of a query without words: they are in no index, so all text is read."""
        signs = signs_of(query)
        has_all = " AND ".join(["(instr(title, ?) OR instr(source, ?))"] * len(signs))
        found = self.connection.execute(
            f"SELECT id FROM session WHERE {has_all} ORDER BY id", [sign for sign in signs for _ in range(2)]
        ).fetchall()
        return self._made(query, compiled, [Hit(row, 0.0) for (row,) in found[:limit]], len(found), 0)

    def _is_slow(self, query: Query, terms: tuple[Term, ...], *, preview: bool) -> bool:
        if len(query.words) == 1 and len(query.words[0].text) < LEAST_LETTERS and query.words[0].typed_last:
            return True
        return preview and self.fts.estimated_count(terms) > RANKED_WITHIN_FRAME

    def _takeaways_of(self, query: Query, compiled: Compiled) -> int:
        if needs_rows(query.root, self.fts.predicates):
            return self.fts.count_takeaways_in(compiled, self.fts.rows_of(query.root))
        return self.fts.count_takeaways(compiled)

    def _answer_from_rows(self, query: Query, root: Node, compiled: Compiled, limit: int) -> Answer:
        """Return the answer to a query whose parts are combined as sets of rows; ``root`` is what must match."""
        rows = self.fts.rows_of(root)
        if compiled.takeaway_groups:
            match = " OR ".join(f"({group})" for group in compiled.takeaway_groups)
            scores = self.fts.takeaway_scores(match, RANKED_TAKEAWAYS)
            best = sorted(rows, key=lambda row: (-scores.get(row, 0.0), row))
            hits = [Hit(row, scores.get(row, 0.0)) for row in best[:limit]]
            return self._made(query, compiled, hits, len(rows), 0)
        hits = [Hit(row, 0.0) for row in rows.rows()[:limit]]
        takeaway_count = self.fts.count_takeaways_in(compiled, rows) if rows else 0
        return self._made(query, compiled, hits, len(rows), takeaway_count)

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
