"""What a selection of sessions is about: its topics, tracks, levels, events and speakers, with counts.

Sets of sessions are bits of whole numbers, one number for each value: a count is
one AND and one sum of bits, whatever the size of the library. They are read with
one query a facet, and kept until the library changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from reinvent_tui.index.asking import Asker
from reinvent_tui.index.query import ALL, And, Field, Node, Not, Or, Word, parse
from reinvent_tui.index.read import Contents
from reinvent_tui.index.values import Facet, Value
from reinvent_tui.library.codes import level_of, track_of, tracks
from reinvent_tui.library.topics import tag_key

_BINARY: Final = bytes(byte == ord("1") for byte in range(256))
"""Digits to numbers."""
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


@dataclass(slots=True)
class _Sets:
    all: dict[str, int] = field(default_factory=dict)
    given: dict[str, int] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)
    """How many sessions of the whole library have each value."""
    everything: list[Value] | None = None
    """The values of the whole library, once they were asked for."""
    sometimes: frozenset[str] = frozenset()
    """Values that an author gave in some sessions and the program inferred in others."""


class Browser:
    """Counts what selections hold; asks through an :class:`Asker`, and is told when its library changed."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self._sets: dict[Facet, _Sets] = {}
        self._everything: int | None = None

    def forget(self) -> None:
        """Forget all sets: the library changed."""
        self._sets.clear()
        self._everything = None

    def everything(self) -> int:
        """Return the bits of all sessions."""
        if self._everything is None:
            self._everything = bits_of(row for (row,) in self._asker.connection.execute("SELECT id FROM session"))
        return self._everything

    def sets(self, facet: Facet, *, given_only: bool = False) -> Mapping[str, int]:
        """Return the bits of each value of a facet; a topic has the sessions of the narrower ones too."""
        known = self._sets.get(facet)
        if known is None:
            known = self._sets[facet] = self._read(facet)
        return known.given if given_only else known.all

    def _read(self, facet: Facet) -> _Sets:
        name_of: Callable[[str], Iterable[str]] = {
            Facet.TAG: _with_parents,
            Facet.TRACK: lambda code: [track_of(code)],
            Facet.LEVEL: lambda code: [str(level_of(code) or "")],
        }.get(facet, lambda name: [name])
        found = _Sets()
        for stored, given, rows in self._asker.connection.execute(_QUERIES[facet]):
            bits = bits_of(map(int, rows.split(",")))
            for name in name_of(stored):
                if name:
                    found.all[name] = found.all.get(name, 0) | bits
                    if given:
                        found.given[name] = found.given.get(name, 0) | bits
        found.totals = {name: bits.bit_count() for name, bits in found.all.items()}
        found.sometimes = frozenset(name for name, bits in found.given.items() if bits != found.all[name])
        return found

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
        return bits_of(self._asker.rows_of(node))

    def _of_tags(self, node: Node) -> int:
        if isinstance(node, Field):
            return self._of_tags(node.inner)
        if isinstance(node, Word):
            sets = self.sets(Facet.TAG, given_only=self._asker.given_only)
            key = tag_key(node.text)
            topic = self._asker.lexicon.topics.topic_of(key.replace("-", " "))
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
        wanted = self.sets(facet, given_only=given_only)
        sets = self._sets[facet]
        if bits == self.everything() and not given_only:
            if sets.everything is None:
                sets.everything = _valued(facet, sets, sets.totals, bits)
            return sets.everything
        counts = {name: count for name, own in wanted.items() if (count := (own & bits).bit_count())}
        return _valued(facet, sets, counts, bits)


def _valued(facet: Facet, sets: _Sets, counts: Mapping[str, int], bits: int) -> list[Value]:
    return [
        Value(
            name,
            count,
            bool(sets.given[name] & bits) if name in sets.sometimes else name in sets.given,
            _words(facet, name),
        )
        for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


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
        self._place = {row: at for at, row in enumerate(contents.sessions)}
        self._size = max(contents.sessions, default=0) + 1

    def narrowed(self, bits: int) -> Contents:
        """Return the contents with only the sessions whose bits are set."""
        sessions = self.contents.sessions
        if bits.bit_count() * 8 < len(sessions):
            kept = bytearray(len(sessions))
            for row in rows_in(bits):
                if row in self._place:
                    kept[self._place[row]] = 1
            return self.contents.narrowed(kept)
        flags = bin(bits)[:1:-1].encode().ljust(self._size, b"0").translate(_BINARY)
        return self.contents.narrowed(bytes([flags[row] for row in sessions]))


def rows_in(bits: int) -> list[int]:
    """Return the rows whose bits are set, in order."""
    found: list[int] = []
    for at, byte in enumerate(bits.to_bytes((bits.bit_length() + 7) // 8, "little")):
        if byte:
            found.extend(at * 8 + bit for bit in range(8) if byte >> bit & 1)
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
