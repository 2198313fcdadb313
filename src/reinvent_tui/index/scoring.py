"""How well each session answers the words of a query, whether it has all of them or some.

A session's score is the sum over the words of how rare the word is times how strongly the session has it: bm25
(Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009), to which words that stand together add, as in
the sequential dependence model (Metzler and Croft, A Markov Random Field Model for Term Dependencies, 2005).

SQLite's own bm25 of a whole expression is no use for that: to it each inflected form is a word of its own, as rare as
it is. So it is asked for each word by itself; the answers are remembered, since most words stay while others are typed.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from reinvent_tui.index.fts_syntax import phrase, quoted
from reinvent_tui.index.lexicon import Lexicon
from reinvent_tui.index.matching import Term
from reinvent_tui.index.query import Query, Word
from reinvent_tui.index.ranking import WEIGHTS
from reinvent_tui.index.rowset import RowSet
from reinvent_tui.index.words import folded

COLUMNS: Final = "10.0, 10.0, 6.0, 6.0, 2.0, 1.0, 0.0"
"""Weights of title, code, speakers, tags, takeaways, body, and facets."""
STRONGEST: Final = 2.2
"""What bm25 gives for a word at most, beside its rarity: k1 + 1."""
COMMON: Final = 8000
"""Sessions with a word beyond which it is only counted: it says little, and each costs 2.4 µs."""
COMMON_STRENGTH: Final = 0.4
"""How strongly a session is taken to have a common word."""
REMEMBERED: Final = 200_000
"""Sessions of all remembered words together."""


@dataclass(frozen=True, slots=True)
class Found:
    """The sessions that have one word of the query."""

    scores: Mapping[int, float]
    """How much the word adds to a session's score; also of those with a weak alternative of it only."""
    having: frozenset[int] | RowSet
    """Those that have the word, a form or another name of it."""
    rarity: float
    """The greater, the fewer sessions have it."""
    is_common: bool = False
    """True if it is in so many sessions that only ``having`` is known."""


@dataclass(slots=True)
class Postings:
    """The sessions of phrases, read through one connection and remembered until the library changes."""

    connection: sqlite3.Connection
    _strengths: dict[str, dict[int, float]] = field(default_factory=dict)
    _rows: dict[str, RowSet] = field(default_factory=dict)
    _kept: int = 0
    _total: int | None = None

    def forget(self) -> None:
        """Drop what is remembered: the library changed."""
        self._strengths.clear()
        self._rows.clear()
        self._kept = 0
        self._total = None

    @property
    def total(self) -> int:
        """How many rows there are, introductions included."""
        if self._total is None:
            (self._total,) = self.connection.execute("SELECT count(*) FROM indexed").fetchone()
        return self._total or 0

    def rarity(self, count: int) -> float:
        """Return the rarity of what ``count`` rows have: never negative, unlike SQLite's."""
        return math.log(1 + (self.total - count + 0.5) / (count + 0.5))

    def strengths(self, match: str) -> dict[int, float]:
        """Return the rows of one phrase, each with how strongly it has it: above 0, at most 1."""
        known = self._strengths.get(match)
        if known is None:
            found = self.connection.execute(
                f"SELECT rowid, bm25(fts, {COLUMNS}) FROM fts WHERE fts MATCH ?", (match,)
            ).fetchall()
            count = len(found)
            # SQLite multiplies by the rarity of the phrase: in at least half of the rows it takes a millionth instead.
            rarity = max(1e-6, math.log((self.total - count + 0.5) / (count + 0.5))) if self.total > count else 1e-6
            known = {row: -score / (rarity * STRONGEST) for row, score in found}
            self._make_room(count)
            self._strengths[match] = known
        return known

    def rows(self, match: str) -> RowSet:
        """Return the rows that an expression matches."""
        known = self._rows.get(match)
        if known is None:
            # One row with all ids, parsed in C, takes a third of the time of a row for each.
            (joined,) = self.connection.execute(
                "SELECT group_concat(rowid) FROM fts WHERE fts MATCH ?", (match,)
            ).fetchone()
            ids: list[int] = json.loads(f"[{joined or ''}]")
            known = RowSet.from_rows(ids)
            self._make_room(len(ids) // 32)
            self._rows[match] = known
        return known

    def _make_room(self, count: int) -> None:
        self._kept += count
        if self._kept > REMEMBERED:
            self._strengths.clear()
            self._rows.clear()
            self._kept = count


def found_of(term: Term, postings: Postings, lexicon: Lexicon, common: float = COMMON) -> Found:
    """Return the sessions that have a word of the query, each with what that adds to its score.

    In more than ``common`` of them the word is only counted.
    """
    whole = [(phrase(sequence, open_end=term.open_end), WEIGHTS.name) for sequence in term.sequences]
    if term.near:
        words = " ".join(map(quoted, term.sequences[0]))
        whole = [(f"NEAR({words}, {term.near})", WEIGHTS.name)]
    whole += [(quoted(word), 1.0) for word in term.exact]
    whole += [(quoted(word), WEIGHTS.form) for word in term.forms]
    begun = [(quoted(prefix, prefix=True), WEIGHTS.prefix) for prefix in term.prefixes]
    if lexicon.estimate(term) > common:
        rows = postings.rows(" OR ".join(match for match, _ in (*whole, *begun)))
        return Found({}, rows, postings.rarity(len(rows)), is_common=True)
    scores: dict[int, float] = {}
    rarity = _add(scores, whole, postings)
    is_begun_only = not scores
    # What only begins with the word is as rare as all of that: it never makes the word itself less rare.
    rarity_begun = _add(scores, begun, postings)
    having = frozenset(scores)
    rarity = rarity_begun if is_begun_only and having else rarity
    weak = [(phrase(sequence), WEIGHTS.weak) for sequence in term.weak]
    _add(scores, weak, postings, most=rarity)
    return Found(scores, having, rarity)


def _add(
    scores: dict[int, float], group: Iterable[tuple[str, float]], postings: Postings, most: float = math.inf
) -> float:
    """Add a group of alternatives, which are as rare as all of them together; return how rare that is."""
    found = [(postings.strengths(match), weight) for match, weight in group]
    if not found:
        return 0.0
    rows = found[0][0].keys() if len(found) == 1 else set[int]().union(*(strengths for strengths, _ in found))
    rarity = min(most, postings.rarity(len(rows)))
    for strengths, weight in found:
        factor = weight * rarity
        for row, strength in strengths.items():
            score = factor * strength
            if score > scores.get(row, 0.0):
                scores[row] = score
    return rarity


def together(
    first: Term, second: Term, between: Sequence[str], founds: tuple[Found, Found], postings: Postings
) -> dict[int, float]:
    """Return the sessions in which two neighbouring words of a query stand together, and what that adds."""
    if founds[0].is_common and founds[1].is_common:
        return {}
    ends = _wordings(first), _wordings(second)
    if not all(ends):
        return {}
    rarity = min(founds[0].rarity, founds[1].rarity)
    pairs = [(one, other) for one in ends[0] for other in ends[1] if one != other]
    if not pairs:
        return {}
    near = " OR ".join(f"NEAR({quoted(one)} {quoted(other)}, {WEIGHTS.near_words})" for one, other in pairs)
    scores = dict.fromkeys(postings.rows(near), WEIGHTS.near * rarity)
    row = " OR ".join(phrase([one, *between, other]) for one, other in pairs)
    scores.update(dict.fromkeys(postings.rows(row), WEIGHTS.in_a_row * rarity))
    return scores


def _wordings(term: Term) -> list[str]:
    """Return the single words that a term means: as it was typed, and the first of its forms."""
    return [*sorted(term.exact), *sorted(term.forms)[:3]]


@dataclass(slots=True)
class Tally:
    """The sessions that have any of the words."""

    rarities: tuple[float, ...]
    """Of each word."""
    scores: dict[int, float] = field(default_factory=dict)
    has: dict[int, int] = field(default_factory=dict)
    """The words that each session has, as bits."""
    _lacking: dict[int, tuple[int, ...]] = field(default_factory=dict)

    @property
    def complete(self) -> int:
        """How many sessions have all words."""
        every = (1 << len(self.rarities)) - 1
        return sum([self.has.get(row) == every for row in self.scores])

    def lacks(self, row: int) -> tuple[int, ...]:
        """Return the numbers of the words that a session lacks."""
        has = self.has.get(row, 0)
        known = self._lacking.get(has)
        if known is None:
            known = self._lacking[has] = tuple(at for at in range(len(self.rarities)) if not has >> at & 1)
        return known

    def sessions(self) -> Iterator[tuple[int, float, float]]:
        """Yield each session with its score, and how much of the query it lacks: 0 to 1, the rarer the words the more.

        A word that is in most sessions counts as little as it says; but one that is lacking is never nothing.
        """
        has = self.has
        whole = sum(self.rarities) or 1.0
        missing = {(1 << len(self.rarities)) - 1: 0.0}
        for row, score in self.scores.items():
            bits = has.get(row, 0)
            lacks = missing.get(bits)
            if lacks is None:
                lacks = missing[bits] = sum(self.rarities[at] for at in self.lacks(row)) / whole or 1e-9
            yield row, score, lacks

    def add(self, at: int, found: Found) -> None:
        """Count a word that is not common."""
        scores, has, bit = self.scores, self.has, 1 << at
        for row, score in found.scores.items():
            scores[row] = scores.get(row, 0.0) + score
        for row in found.having:
            has[row] = has.get(row, 0) | bit

    def add_common(self, at: int, found: Found) -> None:
        """Count a common word in the sessions that have one that is not."""
        bit, score = 1 << at, found.rarity * COMMON_STRENGTH
        has_it = flags(found.having, self.scores)
        for row in self.scores:
            if has_it[row]:
                self.scores[row] += score
                self.has[row] = self.has.get(row, 0) | bit

    def add_bonus(self, scores: Mapping[int, float]) -> None:
        """Add to sessions that have any of the words."""
        for row, score in scores.items():
            if row in self.scores:
                self.scores[row] += score

    def keep(self, rows: RowSet) -> None:
        """Keep these sessions only."""
        kept = flags(rows, self.scores)
        self.scores = {row: score for row, score in self.scores.items() if kept[row]}


@dataclass(frozen=True, slots=True)
class Ranker:
    """Adds up what the words of a query are worth in each session."""

    postings: Postings
    lexicon: Lexicon

    def tally(
        self,
        query: Query,
        words: Sequence[Word],
        terms: tuple[Term, ...],
        within: RowSet | None,
        *,
        common: int = COMMON,
        whatever_it_takes: bool = False,
    ) -> Tally | None:
        """Return the sessions ``within`` a set (None for all) that have any of the words; None if all are common.

        Args:
            query: gives the words between those that count.
            words: those that count.
            terms: what each of them matches.
            within: rows that the rest of the query leaves.
            common: in how many sessions a word is only counted.
            whatever_it_takes: True to rank by the rarest word even if it is common.
        """
        founds = [found_of(term, self.postings, self.lexicon, common) for term in terms]
        if all(found.is_common for found in founds):
            if not whatever_it_takes:
                return None
            at = min(range(len(founds)), key=lambda number: len(founds[number].having))
            founds[at] = found_of(terms[at], self.postings, self.lexicon, math.inf)
        tally = Tally(tuple(found.rarity for found in founds))
        for at, found in enumerate(founds):
            if not found.is_common:
                tally.add(at, found)
        if within is not None:
            tally.keep(within)
        for at, found in enumerate(founds):
            if found.is_common:
                tally.add_common(at, found)
        for at in range(len(terms) - 1):
            between = _between(query, words[at], words[at + 1])
            pair = founds[at], founds[at + 1]
            tally.add_bonus(together(terms[at], terms[at + 1], between, pair, self.postings))
        return tally


def flags(rows: frozenset[int] | RowSet, of: Iterable[int]) -> bytes:
    """Return one byte for each row id up to the highest in ``of``: 1 for those in a set. A bit of it takes a µs."""
    whole = rows if isinstance(rows, RowSet) else RowSet.from_rows(rows)
    return whole.flags(max(of, default=0) + 1)


def _between(query: Query, first: Word, second: Word) -> list[str]:
    """Return the words that were typed between two that count."""
    words = query.words
    begin, end = words.index(first), words.index(second)
    return [token for word in words[begin + 1 : end] for token in folded(word.text)]
