"""Questions to the full-text tables that a search is made of."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from reinvent_tui.index.compile import Compiled, compile_query, quoted
from reinvent_tui.index.facets import EVERYTHING
from reinvent_tui.index.lexicon import Lexicon
from reinvent_tui.index.matching import Term
from reinvent_tui.index.query import And, Field, Node, Not, Or, Query, parse
from reinvent_tui.index.ranking import Facts

WEIGHTS: Final = "10.0, 10.0, 6.0, 6.0, 4.0, 1.0, 0.0"
"""Of title, code, speakers, tags, takeaways, body, and filters."""
REMEMBERED_FACTS: Final = 4096
AT_ONCE: Final = 1500
"""Matches that are ranked within a frame: measured, 2.4 µs each."""
OCCURRENCES_PER_MATCH: Final = 20
"""Sessions with a word of the query that cost bm25 as much as a match: measured, 0.12 µs each."""


@dataclass(slots=True)
class FtsQueries:
    """Asks one connection; what it remembers is forgotten when the library changes."""

    connection: sqlite3.Connection
    lexicon: Lexicon
    given_only: bool = False
    """True where tags that the program inferred do not count."""
    _dates: list[str] | None = None
    _takeaways: int = -1
    _sessions: int = -1
    _version: int = -1
    _facts: dict[int, Facts] = field(default_factory=dict)

    def changed(self) -> bool:
        """Tell whether the library changed since the last time, and forget what was so before."""
        (version,) = self.connection.execute("PRAGMA data_version").fetchone()
        if version == self._version:
            return False
        self._version = version
        self._dates = None
        self._takeaways = self._sessions = -1
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
        """Return how many sessions there are."""
        if self._sessions < 0:
            self._sessions = int(self.connection.execute("SELECT count(*) FROM session").fetchone()[0])
        return self._sessions

    def total_takeaways(self) -> int:
        """Return how many takeaways there are."""
        if self._takeaways < 0:
            self._takeaways = int(self.connection.execute("SELECT count(*) FROM takeaway").fetchone()[0])
        return self._takeaways

    def compiled(self, query: Query, drop: frozenset[str] = frozenset()) -> Compiled:
        """Return a query compiled; ``drop`` are words, as typed, that may be missing."""
        return compile_query(query, self.lexicon, self.dates, drop=drop, given_only=self.given_only)

    def of_node(self, node: Node) -> Compiled:
        """Return a part of a query compiled."""
        return self.compiled(Query("", node))

    def ids(self, match: str) -> set[int]:
        """Return the rows of the sessions that an expression finds."""
        return self._ids("fts", match)

    def count(self, match: str) -> int:
        """Return how many sessions an expression finds."""
        return int(self.connection.execute("SELECT count(*) FROM fts WHERE fts MATCH ?", (match,)).fetchone()[0])

    def count_takeaways(self, compiled: Compiled) -> int:
        """Return how many takeaways a query finds."""
        if not compiled.of_sessions:
            sql, values = "SELECT count(*) FROM takeaway_fts WHERE takeaway_fts MATCH ?", (compiled.takeaway_match,)
            return int(self.connection.execute(sql, values).fetchone()[0])
        found = self.connection.execute(
            "SELECT count(*) FROM takeaway WHERE id IN (SELECT rowid FROM takeaway_fts WHERE takeaway_fts MATCH ?) "
            "AND session IN (SELECT rowid FROM fts WHERE fts MATCH ?)",
            (compiled.takeaway_match, compiled.match),
        )
        return int(found.fetchone()[0])

    def takeaway_ids(self, match: str) -> set[int]:
        """Return the rows of the takeaways that an expression finds."""
        return self._ids("takeaway_fts", match)

    def _ids(self, table: str, match: str) -> set[int]:
        found = self.connection.execute(
            f"SELECT group_concat(rowid) FROM {table} WHERE {table} MATCH ?", (match,)
        ).fetchone()
        return set(map(int, found[0].split(","))) if found and found[0] else set()

    def is_slow_to_rank(self, matches: int, wanted: Iterable[Term]) -> bool:
        """Tell whether ranking takes longer than a frame.

        It goes through the matches, and through all sessions in which one of the words stands.
        """
        return matches + self.estimated_count(wanted) // OCCURRENCES_PER_MATCH > AT_ONCE

    def estimated_count(self, wanted: Iterable[Term]) -> int:
        """Return in about how many sessions words stand; one that has several of them counts for each."""
        wanted = list(wanted)
        words = {word for one in wanted for word in one.exact | one.forms}
        beginnings = {beginning for one in wanted for beginning in one.prefixes}
        return sum(map(self.lexicon.count, words)) + sum(map(self.lexicon.count_begun, beginnings))

    def first_rows(self, match: str, limit: int) -> list[int]:
        """Return the first rows that an expression finds, in the order of the index: quick, however many."""
        found = self.connection.execute(
            "SELECT rowid FROM fts WHERE fts MATCH ? ORDER BY rowid LIMIT ?", (match, limit)
        )
        return [row for (row,) in found]

    def ranked(self, match: str, limit: int) -> list[tuple[int, float]]:
        """Return the rows that fit best, each with how well (bm25; the higher the better): 2 µs for each match."""
        found = self.connection.execute(
            f"SELECT rowid, bm25(fts, {WEIGHTS}) AS score FROM fts WHERE fts MATCH ? ORDER BY score LIMIT ?",
            (match, limit),
        )
        return [(row, -score) for row, score in found]

    def total(self, text: str, *, typing: bool = False) -> int:
        """Return how many sessions a query finds."""
        root = parse(text, typing=typing).root
        compiled = self.compiled(Query(text, root))
        return len(self.rows_of(root)) if compiled.together else self.count(compiled.match)

    def rows_of(self, node: Node) -> set[int]:
        """Return the rows that a tree means, where some of its words must stand in one takeaway."""
        compiled = self.of_node(node)
        if not compiled.together:
            return self.ids(compiled.match)
        if isinstance(node, Field):
            (match,) = compiled.together
            found = self.connection.execute(
                "SELECT DISTINCT session FROM takeaway "
                "WHERE id IN (SELECT rowid FROM takeaway_fts WHERE takeaway_fts MATCH ?)",
                (match,),
            )
            return {row for (row,) in found}
        if isinstance(node, Not):
            return self.ids(quoted(EVERYTHING)) - self.rows_of(node.part)
        sets = [self.rows_of(part) for part in node.parts] if isinstance(node, And | Or) else []
        return set.intersection(*sets) if isinstance(node, And) else set.union(*sets)

    def facts_of(self, rows: list[int]) -> dict[int, Facts]:
        """Return the facts of sessions; of one that is gone, none."""
        missing = [row for row in rows if row not in self._facts]
        if missing:
            if len(self._facts) > REMEMBERED_FACTS:
                self._facts.clear()
                missing = rows
            self._facts.update(dict.fromkeys(missing, Facts.of("", "", "", "")))
            marks = ", ".join("?" * len(missing))
            for row, *texts in self.connection.execute(
                f"SELECT id, title, code, tags, takeaways FROM indexed WHERE id IN ({marks})", missing
            ):
                self._facts[row] = Facts.of(*texts)
        return self._facts
