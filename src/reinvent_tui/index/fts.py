"""The full-text statements that a search is made of."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from itertools import groupby
from operator import and_, or_
from typing import Final

from reinvent_tui.index.compile import Compiled, compile_query
from reinvent_tui.index.facets import EVERYTHING
from reinvent_tui.index.fts_syntax import quoted
from reinvent_tui.index.lexicon import Lexicon
from reinvent_tui.index.matching import Term
from reinvent_tui.index.query import And, Field, Node, Not, Or, Phrase, Query, Word, parse
from reinvent_tui.index.query_parts import is_group, needs_rows
from reinvent_tui.index.ranking import Facts
from reinvent_tui.index.rowset import RowSet

WEIGHTS: Final = "10.0, 10.0, 6.0, 6.0, 4.0, 1.0, 0.0"
"""Of title, code, speakers, tags, takeaways, body, and facets."""
REMEMBERED_FACTS: Final = 4096
RANKED_WITHIN_FRAME: Final = 1500
"""Matches that bm25 ranks within a frame: 2.4 µs each, measured."""
OCCURRENCES_PER_MATCH: Final = 20
"""Sessions with a word of the query that cost bm25 as much as one match: 0.12 µs each, measured."""


@dataclass(slots=True)
class FtsQueries:
    """Queries over one connection; what it caches is dropped when the library changes."""

    connection: sqlite3.Connection
    lexicon: Lexicon
    given_only: bool = False
    """True if inferred tags do not count."""
    predicates: Mapping[str, RowSet] = field(default_factory=dict)
    """Sessions by what a query can say of them with ``is:``, beyond what the full-text index knows.

    The seam for filters that are kept elsewhere, such as ``is:unread``: the caller
    supplies their sessions, and they combine with everything else in a query.
    """
    _dates: list[str] | None = None
    _total_takeaways: int | None = None
    _total_sessions: int | None = None
    _version: int = -1
    _facts: dict[int, Facts] = field(default_factory=dict)

    def refresh(self) -> bool:
        """Drop what is cached if the library changed since the last call; return whether it did."""
        (version,) = self.connection.execute("PRAGMA data_version").fetchone()
        if version == self._version:
            return False
        self._version = version
        self._dates = self._total_takeaways = self._total_sessions = None
        self._facts.clear()
        self.lexicon.forget()
        return True

    def dates(self) -> list[str]:
        """Return all dates of the library."""
        if self._dates is None:
            rows = self.connection.execute("SELECT DISTINCT date FROM day WHERE date IS NOT NULL ORDER BY date")
            self._dates = [date for (date,) in rows]
        return self._dates

    def total_sessions(self) -> int:
        """Return the number of sessions in the library."""
        if self._total_sessions is None:
            self._total_sessions = self._number("SELECT count(*) FROM session")
        return self._total_sessions

    def total_takeaways(self) -> int:
        """Return the number of takeaways in the library."""
        if self._total_takeaways is None:
            self._total_takeaways = self._number("SELECT count(*) FROM takeaway")
        return self._total_takeaways

    def _number(self, sql: str, *values: object) -> int:
        (number,) = self.connection.execute(sql, values).fetchone()
        return int(number)

    # Compiling

    def compiled(self, query: Query, drop: frozenset[str] = frozenset()) -> Compiled:
        """Return a query compiled; ``drop`` are words, as typed, that may be missing."""
        return compile_query(
            query,
            self.lexicon,
            self.dates,
            drop=drop,
            given_only=self.given_only,
            predicates=self.predicates.keys(),
        )

    def compiled_node(self, node: Node) -> Compiled:
        """Return a part of a query compiled."""
        return self.compiled(Query("", node))

    # Sets of rows

    def rows(self, match: str) -> RowSet:
        """Return the sessions that an expression matches."""
        return RowSet.from_rows(self._ids("fts", match))

    def takeaway_ids(self, match: str) -> set[int]:
        """Return the ids of the takeaways that an expression matches."""
        return set(self._ids("takeaway_fts", match))

    def _ids(self, table: str, match: str) -> list[int]:
        # One row with all ids, parsed in C, takes a third of the time of a row for each.
        (joined,) = self.connection.execute(
            f"SELECT group_concat(rowid) FROM {table} WHERE {table} MATCH ?", (match,)
        ).fetchone()
        ids: list[int] = json.loads(f"[{joined or ''}]")
        return ids

    def rows_of(self, node: Node) -> RowSet:
        """Return the sessions that a tree means, if need be by combining the sets of its parts."""
        if not needs_rows(node, self.predicates):
            return self.rows(self.compiled_node(node).match)
        if isinstance(node, Field):
            return self._rows_of_field(node)
        if isinstance(node, Not):
            return self.rows(quoted(EVERYTHING)) - self.rows_of(node.part)
        if isinstance(node, Or):
            return reduce(or_, map(self.rows_of, node.parts))
        assert isinstance(node, And)
        sets: list[RowSet] = []
        # Adjacent words may mean more than each alone.
        for apart, group in groupby(node.parts, lambda part: needs_rows(part, self.predicates)):
            parts = tuple(group)
            sets.extend(map(self.rows_of, parts if apart else [And(parts)]))
        return reduce(and_, sets)

    def _rows_of_field(self, node: Field) -> RowSet:
        inner = node.inner
        if node.name == "takeaway" and is_group(inner):
            return self._rows_of_takeaways(node)
        if isinstance(inner, Field):
            return self.rows_of(inner)
        if isinstance(inner, Not):
            return self.rows_of(Not(Field(node.name, inner.part)))
        if isinstance(inner, And | Or):
            return self.rows_of(type(inner)(tuple(Field(node.name, part) for part in inner.parts)))
        assert isinstance(inner, Word | Phrase)
        return self.predicates[inner.text.lower()]

    def _rows_of_takeaways(self, node: Field) -> RowSet:
        """Return the sessions that have all words of a group in one takeaway."""
        (match,) = self.compiled_node(node).takeaway_groups
        sessions = self.connection.execute(
            "SELECT DISTINCT session FROM takeaway "
            "WHERE id IN (SELECT rowid FROM takeaway_fts WHERE takeaway_fts MATCH ?)",
            (match,),
        )
        return RowSet.from_rows([row for (row,) in sessions])

    # Counts

    def count(self, match: str) -> int:
        """Return how many sessions an expression matches."""
        return self._number("SELECT count(*) FROM fts WHERE fts MATCH ?", match)

    def total(self, node: Node) -> int:
        """Return how many sessions a tree matches."""
        if needs_rows(node, self.predicates):
            return len(self.rows_of(node))
        return self.count(self.compiled_node(node).match)

    def total_of(self, text: str, *, typing: bool = False) -> int:
        """Return how many sessions a query matches."""
        return self.total(parse(text, typing=typing).root)

    def count_takeaways(self, compiled: Compiled) -> int:
        """Return how many takeaways a query matches that is one expression."""
        match = compiled.takeaway_match
        if not compiled.of_sessions:
            return self._number("SELECT count(*) FROM takeaway_fts WHERE takeaway_fts MATCH ?", match)
        return self._number(
            "SELECT count(*) FROM takeaway WHERE id IN (SELECT rowid FROM takeaway_fts WHERE takeaway_fts MATCH ?) "
            "AND session IN (SELECT rowid FROM fts WHERE fts MATCH ?)",
            match,
            compiled.match,
        )

    def count_takeaways_in(self, compiled: Compiled, rows: RowSet) -> int:
        """Return how many takeaways of the sessions in ``rows`` a query matches."""
        sessions = self.connection.execute(
            "SELECT session FROM takeaway WHERE id IN (SELECT rowid FROM takeaway_fts WHERE takeaway_fts MATCH ?)",
            (compiled.takeaway_match,),
        )
        return sum(session in rows for (session,) in sessions)

    def estimated_count(self, terms: Iterable[Term]) -> int:
        """Return in about how many sessions terms occur; one with several of them counts for each."""
        return sum(self.lexicon.estimate(term) for term in set(terms))

    # Ordered rows

    def is_slow_to_rank(self, matches: int, terms: Iterable[Term]) -> bool:
        """Return True if the estimated cost of bm25 exceeds the frame budget.

        It visits all matches, and all sessions in which one of the terms occurs.
        """
        return matches + self.estimated_count(terms) // OCCURRENCES_PER_MATCH > RANKED_WITHIN_FRAME

    def first_rows(self, match: str, limit: int) -> list[int]:
        """Return the first rows that an expression matches, by row id: fast, however many match."""
        rows = self.connection.execute("SELECT rowid FROM fts WHERE fts MATCH ? ORDER BY rowid LIMIT ?", (match, limit))
        return [row for (row,) in rows]

    def ranked(self, match: str, limit: int) -> list[tuple[int, float]]:
        """Return the best rows, each with its bm25 score (the higher the better): 2 µs for each match."""
        rows = self.connection.execute(
            f"SELECT rowid, bm25(fts, {WEIGHTS}) AS score FROM fts WHERE fts MATCH ? ORDER BY score LIMIT ?",
            (match, limit),
        )
        return [(row, -score) for row, score in rows]

    def takeaway_scores(self, match: str, limit: int) -> dict[int, float]:
        """Return the sessions of the best takeaways, each with the bm25 score of its best one."""
        rows = self.connection.execute(
            "SELECT session, score FROM (SELECT rowid AS id, bm25(takeaway_fts) AS score FROM takeaway_fts "
            "WHERE takeaway_fts MATCH ? ORDER BY score LIMIT ?) JOIN takeaway USING (id) ORDER BY score",
            (match, limit),
        )
        scores: dict[int, float] = {}
        for row, score in rows:
            scores.setdefault(row, -score)
        return scores

    def facts_of(self, rows: list[int]) -> dict[int, Facts]:
        """Return what ranking looks at in each session; empty facts for one that is gone."""
        missing = [row for row in rows if row not in self._facts]
        if missing:
            if len(self._facts) > REMEMBERED_FACTS:
                self._facts.clear()
                missing = rows
            self._facts.update(dict.fromkeys(missing, Facts.of("", "", "")))
            marks = ", ".join("?" * len(missing))
            for row, *texts in self.connection.execute(
                f"SELECT id, title, code, tags FROM indexed WHERE id IN ({marks})", missing
            ):
                self._facts[row] = Facts.of(*texts)
        return self._facts
