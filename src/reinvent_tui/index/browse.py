"""Facets of a selection: its topics, tracks, levels, events and speakers, with counts.

The sessions of each value of a facet are a :class:`RowSet`. They are read with one
statement per facet and cached until the library changes.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import chain, compress
from operator import and_, itemgetter, or_
from types import MappingProxyType
from typing import Final

from reinvent_tui.index.fts import FtsQueries
from reinvent_tui.index.queries import Contents
from reinvent_tui.index.query import ALL, And, Field, Node, Not, Or, Word, parse
from reinvent_tui.index.rowset import RowSet
from reinvent_tui.index.values import Facet, Value
from reinvent_tui.library.codes import level_of, track_of, tracks
from reinvent_tui.library.topics import tag_key, with_parents

COUNTED_ONE_BY_ONE: Final = 4
"""A selection of less than one session in so many is counted session by session.

Measured for 100,000 sessions and 1,000 topics: 0.1 ms against 2 ms for 20 sessions, 2.2 ms
against 4.7 ms for 10,000; equal at 25,000.
"""
PLACED_ONE_BY_ONE: Final = 16
"""A selection of less than one session in so many is sorted, instead of filtering all contents.

Measured for 100,000 sessions: 0.1 ms against 1.6 ms for 100 sessions; equal at 8,000.
"""
_STATEMENTS: Final = MappingProxyType(
    {
        Facet.TAG: "SELECT name, given, group_concat(session) FROM tag GROUP BY name, given",
        Facet.TRACK: "SELECT code, 1, group_concat(id) FROM session WHERE code <> '' GROUP BY code",
        Facet.LEVEL: "SELECT code, 1, group_concat(id) FROM session WHERE code <> '' GROUP BY code",
        Facet.EVENT: "SELECT day.event, 1, group_concat(session.id) FROM day JOIN session ON session.day = day.id "
        "WHERE listed GROUP BY day.event",
        Facet.SPEAKER: "SELECT value, 1, group_concat(session.id) FROM session, json_each(speakers) GROUP BY value",
    }
)


@dataclass(frozen=True, slots=True)
class Selection:
    """The sessions that a query selects."""

    query: str
    rows: RowSet

    @property
    def count(self) -> int:
        """Number of sessions."""
        return len(self.rows)

    def __contains__(self, row: int) -> bool:
        return row in self.rows


class _ValueSets:
    """The sessions of each value of one facet."""

    def __init__(self, rows: Mapping[str, list[int]], shared: Mapping[str, RowSet] | None = None) -> None:
        """Make a set for each list of ``rows``, which may repeat a session; those in ``shared`` exist already."""
        shared = shared or {}
        self.sets = {name: shared.get(name) or RowSet.from_rows(rows[name]) for name in sorted(rows)}
        self._totals = {name: len(own) for name, own in self.sets.items()}
        self._rows = rows
        self._values_of_row: list[tuple[str, ...]] | None = None

    def counts(self, rows: RowSet, everything: RowSet) -> dict[str, int]:
        """Return how many of ``rows`` have each value; values that none has may be missing.

        If few are selected, or few are not, those are counted one by one;
        otherwise each value's set is intersected with the selection.
        """
        if rows == everything:
            return self._totals
        total, count = len(everything), len(rows)
        if count * COUNTED_ONE_BY_ONE <= total:
            return self._count_each(rows)
        if (total - count) * COUNTED_ONE_BY_ONE <= total:
            missing = self._count_each(everything - rows)
            return {name: total - missing.get(name, 0) for name, total in self._totals.items()}
        return {name: own.count_common(rows) for name, own in self.sets.items()}

    def _count_each(self, rows: RowSet) -> dict[str, int]:
        values = self.values_of_row()
        return Counter(chain.from_iterable([values[row] for row in rows if row < len(values)]))

    def values_of_row(self) -> list[tuple[str, ...]]:
        """Return the values of each session, by its row; made once, from the lists, which are then dropped."""
        if self._values_of_row is None:
            size = 1 + max(map(max, self._rows.values()), default=0)
            values: list[tuple[str, ...]] = [()] * size
            for name in self.sets:
                for row in set(self._rows[name]):
                    values[row] += (name,)
            self._values_of_row, self._rows = values, {}
        return self._values_of_row


class _FacetIndex:
    """One facet: all its values, and those that authors gave."""

    def __init__(self, facet: Facet, rows: Mapping[str, list[int]], given: Mapping[str, list[int]]) -> None:
        self._all = _ValueSets(rows)
        self._all.values_of_row()  # with the statement that reads the facet, not with the first narrow selection
        # Most values are either given or inferred for all their sessions: then one set serves for both.
        same = {name: self._all.sets[name] for name, own in given.items() if len(own) == len(rows[name])}
        self._given = _ValueSets(given, same)
        self._about = {
            name: (None if name in given and self._given.sets[name] != own else name in given, _words(facet, name))
            for name, own in self._all.sets.items()
        }
        self._of_everything: dict[bool, list[Value]] = {}

    def sets(self, *, given_only: bool) -> Mapping[str, RowSet]:
        """Return the sessions of each value."""
        return (self._given if given_only else self._all).sets

    def values(self, rows: RowSet, everything: RowSet, *, given_only: bool) -> list[Value]:
        """Return the values in a selection, the most frequent first."""
        if rows == everything and given_only in self._of_everything:
            return self._of_everything[given_only]
        value_sets = self._given if given_only else self._all
        counts = value_sets.counts(rows, everything)
        present = [(name, count) for name in value_sets.sets if (count := counts.get(name))]
        present.sort(key=itemgetter(1), reverse=True)  # stable: equal counts stay sorted by name
        values = []
        for name, count in present:
            given, words = self._about[name]
            if given is None:
                given = self._given.sets[name].count_common(rows) > 0
            values.append(Value(name, count, given, words))
        if rows == everything:
            self._of_everything[given_only] = values
        return values


class Browser:
    """Selects sessions by query and counts facet values; the caller invalidates it when the library changes."""

    def __init__(self, fts: FtsQueries) -> None:
        self._fts = fts
        self._facets: dict[Facet, _FacetIndex] = {}
        self._everything: RowSet | None = None

    def invalidate(self) -> None:
        """Drop all cached sets: the library changed."""
        self._facets.clear()
        self._everything = None

    def everything(self) -> RowSet:
        """Return all sessions."""
        if self._everything is None:
            rows = self._fts.connection.execute("SELECT id FROM session WHERE listed")
            self._everything = RowSet.from_rows([row for (row,) in rows])
        return self._everything

    def sets(self, facet: Facet) -> Mapping[str, RowSet]:
        """Return the sessions of each value of a facet; those of a topic include those of its subtopics."""
        return self._facet(facet).sets(given_only=self._fts.given_only)

    def _facet(self, facet: Facet) -> _FacetIndex:
        known = self._facets.get(facet)
        if known is None:
            known = self._facets[facet] = self._read(facet)
        return known

    def _read(self, facet: Facet) -> _FacetIndex:
        values_of: Callable[[str], Iterable[str]] = {
            Facet.TAG: with_parents,
            Facet.TRACK: lambda code: [track_of(code)],
            Facet.LEVEL: lambda code: [str(level_of(code) or "")],
        }.get(facet, lambda name: [name])
        every: dict[str, list[int]] = {}
        given: dict[str, list[int]] = {}
        for stored, by_author, text in self._fts.connection.execute(_STATEMENTS[facet]):
            rows = json.loads(f"[{text}]")  # 3.3 ms for 100,000 rows; map(int, text.split(",")) takes 7.9 ms
            for name in filter(None, values_of(stored)):
                every.setdefault(name, []).extend(rows)
                if by_author:
                    given.setdefault(name, []).extend(rows)
        return _FacetIndex(facet, every, given)

    def of_topic(self, name: str) -> RowSet:
        """Return the sessions of one topic, without reading those of all others."""
        if Facet.TAG in self._facets:
            return self.sets(Facet.TAG).get(name, RowSet.EMPTY)
        rows = self._fts.connection.execute(
            "SELECT session FROM tag WHERE (name = ? OR name >= ? AND name < ?) AND given >= ?",
            (name, f"{name}/", f"{name}0", self._fts.given_only),  # "0" is the character after "/"
        )
        return RowSet.from_rows([row for (row,) in rows])

    def select(self, text: str, *, typing: bool = False) -> Selection:
        """Return the sessions that match all of a query; with ``typing`` its last word may be incomplete."""
        root = parse(text, typing=typing).root
        return Selection(text, self.rows_of(root))

    def rows_of(self, node: Node) -> RowSet:
        """Return the sessions that match a query's tree.

        Tag filters are answered from the facet's sets, the rest by the full-text index.
        """
        if node == ALL:
            return self.everything()
        if not isinstance(node, And):
            return self._tagged(node) if _is_tag_filter(node) else self._matching(node)
        others = [part for part in node.parts if not _is_tag_filter(part)]
        filters = [_is_tag_filter(part) for part in node.parts]
        # Adjacent words may mean more than each alone: no filter is taken out from between them.
        if len(others) > 1 and any(filters[filters.index(False) : len(filters) - filters[::-1].index(False)]):
            return self._matching(node)
        rest = self._matching(others[0] if len(others) == 1 else And(tuple(others))) if others else self.everything()
        return reduce(and_, [self._tagged(part) for part in node.parts if _is_tag_filter(part)], rest)

    def _matching(self, node: Node) -> RowSet:
        return self._fts.rows_of(node)

    def _tagged(self, node: Node) -> RowSet:
        if isinstance(node, Field):
            return self._tagged(node.inner)
        if isinstance(node, Word):
            sets = self.sets(Facet.TAG)
            key = tag_key(node.text)
            topic = self._fts.lexicon.topics.topic_of(key.replace("-", " "))
            return sets.get(key, RowSet.EMPTY) | sets.get(topic, RowSet.EMPTY)
        if isinstance(node, Not):
            return self.everything() - self._tagged(node.part)
        assert isinstance(node, And | Or)
        return reduce(and_ if isinstance(node, And) else or_, map(self._tagged, node.parts))

    def values(self, facet: Facet, rows: RowSet) -> list[Value]:
        """Return the values of a facet in a selection, the most frequent first."""
        return self._facet(facet).values(rows, self.everything(), given_only=self._fts.given_only)


class ContentsFilter:
    """Narrows the library's contents to the sessions of a selection."""

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self._rows = tuple(contents.sessions)
        self._position = {row: at for at, row in enumerate(self._rows)}
        self._size = max(self._rows, default=0) + 1

    def narrowed(self, rows: RowSet) -> Contents:
        """Return the contents with only the sessions in ``rows``."""
        if len(rows) * PLACED_ONE_BY_ONE < len(self._rows):
            positions = sorted([self._position[row] for row in rows if row in self._position])
            return self.contents.narrowed(
                [self._rows[at] for at in positions],
                lambda start, end: bisect_left(positions, end) - bisect_left(positions, start),
            )
        flags = rows.flags(self._size)
        kept = bytes([flags[row] for row in self._rows])
        # A list first: an array grows slowly.
        return self.contents.narrowed(list(compress(self._rows, kept)), lambda start, end: kept.count(1, start, end))


def _words(facet: Facet, name: str) -> str:
    return tracks().get(name, "") if facet is Facet.TRACK else ""


def _is_tag_filter(node: Node) -> bool:
    """Return True if a part of a query filters by whole tag names and nothing else."""
    if isinstance(node, Not):
        return _is_tag_filter(node.part)
    if isinstance(node, Or | And):
        return bool(node.parts) and all(map(_is_tag_filter, node.parts))
    return isinstance(node, Field) and node.name == "tag" and _is_whole_names(node.inner)


def _is_whole_names(node: Node) -> bool:
    if isinstance(node, Word):
        return not (node.prefix or node.typed_last)
    if isinstance(node, Not):
        return _is_whole_names(node.part)
    return isinstance(node, And | Or) and bool(node.parts) and all(map(_is_whole_names, node.parts))
