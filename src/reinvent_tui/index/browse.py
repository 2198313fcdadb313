"""What a selection of sessions is about: its topics, tracks, levels, events and speakers, with counts.

Sets of sessions are bits of whole numbers, one number for each value. They are read
with one query a facet, and kept until the library changes. How many sessions of a
selection have each value is counted session by session where they are few, or all but
few, else with one AND and one sum of bits for each value.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, compress
from operator import itemgetter
from types import MappingProxyType
from typing import Final

from reinvent_tui.index.fts import FtsQueries
from reinvent_tui.index.queries import Contents
from reinvent_tui.index.query import ALL, And, Field, Node, Not, Or, Word, parse
from reinvent_tui.index.values import Facet, Value
from reinvent_tui.library.codes import level_of, track_of, tracks
from reinvent_tui.library.topics import tag_key

_BINARY: Final = bytes(byte == ord("1") for byte in range(256))
"""Digits to numbers."""
_BITS: Final = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))
FEW: Final = 4
"""Sessions are few where they are less than one in so many."""
_QUERIES: Final = MappingProxyType(
    {
        Facet.TAG: "SELECT name, given, group_concat(session) FROM tag GROUP BY name, given",
        Facet.TRACK: "SELECT code, 1, group_concat(id) FROM session WHERE code <> '' GROUP BY code",
        Facet.LEVEL: "SELECT code, 1, group_concat(id) FROM session WHERE code <> '' GROUP BY code",
        Facet.EVENT: "SELECT day.event, 1, group_concat(session.id) FROM day JOIN session ON session.day = day.id "
        "GROUP BY day.event",
        Facet.SPEAKER: "SELECT value, 1, group_concat(session.id) FROM session, json_each(speakers) GROUP BY value",
    }
)


@dataclass(frozen=True, slots=True)
class Selection:
    """The sessions that a query selects."""

    query: str
    bits: int
    """Bit ``n`` is set where the session of row ``n`` is in it."""

    @property
    def count(self) -> int:
        """How many there are."""
        return self.bits.bit_count()

    def __contains__(self, row: int) -> bool:
        """Tell whether the session of ``row`` is in it."""
        return bool(self.bits >> row & 1)


class _Sets:
    """The sessions of each value of one facet."""

    def __init__(self, rows: Mapping[str, list[int]], known: Mapping[str, int] | None = None) -> None:
        """Make sets of ``rows``, which may name a session twice; ``known`` are bits of some of them."""
        known = known or {}
        self.bits = {name: known.get(name) or bits_of(rows[name]) for name in sorted(rows)}
        self._totals = {name: bits.bit_count() for name, bits in self.bits.items()}
        self._rows = rows
        self._of_row: list[tuple[str, ...]] | None = None

    def counts(self, bits: int, everything: int) -> dict[str, int]:
        """Return how many of the sessions in ``bits`` have each value; values that none has may be missing.

        Few sessions are counted one by one, and where few are missing it is
        those; in between each value is counted with one AND and one sum of bits.
        """
        if bits == everything:
            return self._totals
        whole, count = everything.bit_count(), bits.bit_count()
        if count * FEW <= whole:
            return self._counted(bits)
        if (whole - count) * FEW <= whole:
            missing = self._counted(everything & ~bits)
            return {name: total - missing.get(name, 0) for name, total in self._totals.items()}
        return {name: (own & bits).bit_count() for name, own in self.bits.items()}

    def _counted(self, bits: int) -> dict[str, int]:
        if self._of_row is None:
            self.prepare()
            assert self._of_row is not None
        of_row = self._of_row
        return Counter(chain.from_iterable([of_row[row] for row in rows_in(bits) if row < len(of_row)]))

    def prepare(self) -> None:
        """Note for each session what it has, so that few of them can be counted."""
        size = max((bits.bit_length() for bits in self.bits.values()), default=0)
        of_row: list[tuple[str, ...]] = [()] * size
        for name, total in self._totals.items():
            rows, names = self._rows[name], (name,)
            for row in rows if len(rows) == total else set(rows):
                of_row[row] += names
        # Copied one after the other: lists are walked three times as fast where their items lie in a row.
        self._of_row, self._rows = [tuple(list(names)) for names in of_row], {}  # noqa: C414


class _Facets:
    """What is known of one facet: all, and what authors gave."""

    def __init__(self, facet: Facet, rows: Mapping[str, list[int]], given: Mapping[str, list[int]]) -> None:
        self.all = _Sets(rows)
        self.all.prepare()
        # Most have one author for all their sessions, or none: the same numbers serve for both.
        same = {name: self.all.bits[name] for name, own in given.items() if len(own) == len(rows[name])}
        self.given = _Sets(given, same)
        self._about = {
            name: (None if name in given and self.given.bits[name] != bits else name in given, _words(facet, name))
            for name, bits in self.all.bits.items()
        }
        self._everything: dict[bool, list[Value]] = {}

    def of(self, *, given_only: bool) -> _Sets:
        """Return the sets to count with."""
        return self.given if given_only else self.all

    def values(self, bits: int, everything: int, *, given_only: bool) -> list[Value]:
        """Return the values that occur in a selection, the most frequent first."""
        if bits == everything and given_only in self._everything:
            return self._everything[given_only]
        sets = self.of(given_only=given_only)
        counts = sets.counts(bits, everything)
        some = [(name, count) for name in sets.bits if (count := counts.get(name))]
        some.sort(key=itemgetter(1), reverse=True)  # stable: where there are as many, by name
        found = []
        for name, count in some:
            given, words = self._about[name]
            found.append(Value(name, count, bool(self.given.bits[name] & bits) if given is None else given, words))
        if bits == everything:
            self._everything[given_only] = found
        return found


class Browser:
    """Counts what selections hold; asks through :class:`FtsQueries`, and is told when its library changed."""

    def __init__(self, fts: FtsQueries) -> None:
        self._fts = fts
        self._facets: dict[Facet, _Facets] = {}
        self._everything: int | None = None

    def forget(self) -> None:
        """Forget all sets: the library changed."""
        self._facets.clear()
        self._everything = None

    def everything(self) -> int:
        """Return the bits of all sessions."""
        if self._everything is None:
            self._everything = bits_of(row for (row,) in self._fts.connection.execute("SELECT id FROM session"))
        return self._everything

    def sets(self, facet: Facet, *, given_only: bool = False) -> Mapping[str, int]:
        """Return the bits of each value of a facet; a topic has the sessions of the narrower ones too."""
        return self._facet(facet).of(given_only=given_only).bits

    def _facet(self, facet: Facet) -> _Facets:
        known = self._facets.get(facet)
        if known is None:
            known = self._facets[facet] = self._read(facet)
        return known

    def _read(self, facet: Facet) -> _Facets:
        name_of: Callable[[str], Iterable[str]] = {
            Facet.TAG: _with_parents,
            Facet.TRACK: lambda code: [track_of(code)],
            Facet.LEVEL: lambda code: [str(level_of(code) or "")],
        }.get(facet, lambda name: [name])
        every: dict[str, list[int]] = {}
        given: dict[str, list[int]] = {}
        for stored, by_author, text in self._fts.connection.execute(_QUERIES[facet]):
            rows = json.loads(f"[{text}]")  # at a fourth of the time of int() for each
            for name in filter(None, name_of(stored)):
                every.setdefault(name, []).extend(rows)
                if by_author:
                    given.setdefault(name, []).extend(rows)
        return _Facets(facet, every, given)

    def of_topic(self, name: str, *, given_only: bool = False) -> int:
        """Return the bits of one topic, without reading those of all others."""
        if Facet.TAG in self._facets:
            return self.sets(Facet.TAG, given_only=given_only).get(name, 0)
        rows = self._fts.connection.execute(
            "SELECT session FROM tag WHERE (name = ? OR name >= ? AND name < ?) AND given >= ?",
            (name, f"{name}/", f"{name}0", given_only),  # "0" is the sign after "/"
        )
        return bits_of({row for (row,) in rows})

    def select(self, text: str, *, typing: bool = False) -> Selection:
        """Return what a query selects: all its words must be there; ``typing`` lets its last word go on."""
        root = parse(text, typing=typing).root
        return Selection(text, self.everything() if root == ALL else self.bits_of_node(root))

    def bits_of_node(self, node: Node) -> int:
        """Return the bits of the sessions that a query's tree means.

        What is said of tags alone is answered from the sets, the rest by the full-text index.
        """
        if isinstance(node, And):
            tags = [part for part in node.parts if _is_about_tags(part)]
            others = [part for part in node.parts if not _is_about_tags(part)]
            # Words that stand side by side may mean more than each alone: no filter is taken from between them.
            together = [_is_about_tags(part) for part in node.parts]
            if len(others) > 1 and any(together[together.index(False) : len(together) - together[::-1].index(False)]):
                return self._asked(node)
            bits = self._asked(others[0] if len(others) == 1 else And(tuple(others))) if others else self.everything()
            for part in tags:
                bits &= self._of_tags(part)
            return bits
        return self._of_tags(node) if _is_about_tags(node) else self._asked(node)

    def _asked(self, node: Node) -> int:
        return bits_of(self._fts.rows_of(node))

    def _of_tags(self, node: Node) -> int:
        if isinstance(node, Field):
            return self._of_tags(node.inner)
        if isinstance(node, Word):
            sets = self.sets(Facet.TAG, given_only=self._fts.given_only)
            key = tag_key(node.text)
            topic = self._fts.lexicon.topics.topic_of(key.replace("-", " "))
            return sets.get(key, 0) | (sets.get(topic, 0) if topic else 0)
        if isinstance(node, Not):
            return self.everything() & ~self._of_tags(node.part)
        assert isinstance(node, And | Or)
        parts = [self._of_tags(part) for part in node.parts]
        result = parts[0]
        for part in parts[1:]:
            result = result & part if isinstance(node, And) else result | part
        return result

    def values(self, facet: Facet, bits: int, *, given_only: bool = False) -> list[Value]:
        """Return the values that occur in a selection, the most frequent first."""
        return self._facet(facet).values(bits, self.everything(), given_only=given_only)


def bits_of(rows: Iterable[int]) -> int:
    """Return a number with the bits of ``rows`` set."""
    found = sorted(rows)
    if not found:
        return 0
    marks = bytearray(found[-1] // 8 + 1)
    for row in found:
        marks[row >> 3] |= 1 << (row & 7)
    return int.from_bytes(marks, "little")


class Places:
    """Where the sessions stand in the library's contents: from rows to places, and back to contents of some."""

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self._rows = tuple(contents.sessions)
        self._place = {row: at for at, row in enumerate(self._rows)}
        self._size = max(self._rows, default=0) + 1
        self._flags_of = itemgetter(*self._rows, 0)

    def narrowed(self, bits: int) -> Contents:
        """Return the contents with only the sessions whose bits are set."""
        if bits.bit_count() * FEW < len(self._rows):
            places = sorted([self._place[row] for row in rows_in(bits) if row in self._place])
            return self.contents.narrowed(
                [self._rows[place] for place in places],
                lambda start, end: bisect_left(places, end) - bisect_left(places, start),
            )
        flags = flags_of(bits).ljust(self._size, b"\0")
        kept = bytearray(self._flags_of(flags))
        # A list first: an array grows slowly.
        return self.contents.narrowed(list(compress(self._rows, kept)), lambda start, end: kept.count(1, start, end))


def flags_of(bits: int) -> bytes:
    """Return a byte for each bit, 1 or 0, up to the last that is set."""
    return bin(bits)[:1:-1].encode().translate(_BINARY)


def rows_in(bits: int) -> list[int]:
    """Return the rows whose bits are set, in order."""
    found: list[int] = []
    if bits.bit_count() * 50 < bits.bit_length():
        flags = flags_of(bits)
        at = flags.find(1)
        while at >= 0:
            found.append(at)
            at = flags.find(1, at + 1)
        return found
    for start, byte in enumerate(bits.to_bytes((bits.bit_length() + 7) // 8, "little")):
        if byte:
            for bit in _BITS[byte]:
                found.append(start * 8 + bit)  # noqa: PERF401 -- a list for each byte takes four times as long
    return found


def _with_parents(name: str) -> list[str]:
    parts = name.split("/")
    return ["/".join(parts[: at + 1]) for at in range(len(parts))]


def _words(facet: Facet, name: str) -> str:
    return tracks().get(name, "") if facet is Facet.TRACK else ""


def _is_about_tags(node: Node) -> bool:
    """Tell whether a part of a query filters by whole names of tags and nothing else."""
    if isinstance(node, Not):
        return _is_about_tags(node.part)
    if isinstance(node, Or | And):
        return bool(node.parts) and all(map(_is_about_tags, node.parts))
    return isinstance(node, Field) and node.name == "tag" and _is_of_names(node.inner)


def _is_of_names(node: Node) -> bool:
    if isinstance(node, Word):
        return not (node.prefix or node.typed_last)
    if isinstance(node, Not):
        return _is_of_names(node.part)
    return isinstance(node, And | Or) and bool(node.parts) and all(map(_is_of_names, node.parts))
