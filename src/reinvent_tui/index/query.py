"""Parses the query language into a tree. No text is an error.

All ``words`` must match; ``"a phrase"``, ``"near words"~5``, ``-not``, ``OR``,
``(groups)``, ``pre*``, ``field:value``, ``field:(a OR b)``, ``year:2018..2020``.
What cannot be parsed is searched as words, and a hint says so.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from reinvent_tui.index.words import folded

FIELDS: Final = (
    "tag",
    "title",
    "takeaway",
    "speaker",
    "event",
    "year",
    "day",
    "date",
    "code",
    "track",
    "level",
    "path",
    "is",
    "has",
)
RANGED: Final = frozenset({"year", "day", "date", "level"})
ONE_VALUE: Final = frozenset({"event", "year", "day", "date", "code", "track", "level", "path"})
"""Fields of which a session has one value: repeated, they are alternatives."""

_SYNONYMS: Final = {
    "tags": "tag",
    "takeaways": "takeaway",
    "speakers": "speaker",
    "topic": "tag",
    "by": "speaker",
    "file": "path",
}
MAX_DEPTH = 30
MAX_WORDS = 64

_LEX = re.compile(
    r"""\s*(?:
    (?P<open>\() | (?P<close>\))
    | (?P<not>-(?=[^\s\-)])(?![A-Za-z0-9](?:[\s)]|$)))  # -S is an option of a command, which nobody excludes
    | (?P<field>[A-Za-z]+):(?=(?P<value>\S?))
    | ["“”«»](?P<phrase>[^"“”«»]*)(?:["“”«»](?:~(?P<near>\d{1,2}))?|$)
    | (?P<word>[^\s()"“”«»]+)
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it was typed; possibly a prefix."""

    text: str
    prefix: bool = False
    typed_last: bool = False
    """True if it is still being typed."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other, or are at most ``near`` words apart."""

    text: str
    near: int = 0


@dataclass(frozen=True, slots=True)
class Field:
    """A filter."""

    name: str
    inner: Node


@dataclass(frozen=True, slots=True)
class Range:
    """A filter by a range of values; an open end is empty."""

    name: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class And:
    """All of them."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of them."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything else."""

    part: Node


Node: TypeAlias = Word | Phrase | Field | Range | And | Or | Not
ALL: Final = And(())
"""The empty query."""


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query."""

    text: str
    root: Node
    hints: tuple[str, ...] = ()
    """What could not be parsed, and what may be meant."""
    quoted: bool = False
    """True if it contains a phrase: then all words must match."""

    @property
    def words(self) -> tuple[Word, ...]:
        """The words that must match, in order: those in the outermost group, outside filters and NOT."""
        parts = self.root.parts if isinstance(self.root, And) else (self.root,)
        return tuple(part for part in parts if isinstance(part, Word))


def parse(text: str, *, typing: bool = False) -> Query:
    """Parse ``text``; with ``typing`` its last word may be incomplete."""
    return _Parser(text, typing=typing).query()


class _Parser:
    def __init__(self, text: str, *, typing: bool) -> None:
        self._text = text
        self._typing = typing
        self._at = 0
        self._hints: list[str] = []
        self._quoted = False
        self._count = 0

    def query(self) -> Query:
        root = self._either(0)
        while self._at < len(self._text):  # an unmatched closing parenthesis
            self._at += 1
            root = _and([root, self._either(0)])
        return Query(self._text, _single_values(root), tuple(dict.fromkeys(self._hints)), self._quoted)

    def _next(self) -> re.Match[str] | None:
        match = _LEX.match(self._text, self._at)
        if match is None or match.end() == self._at or not match.group(0).strip():
            return None
        return match

    def _either(self, depth: int) -> Node:
        """Parse alternatives up to a closing parenthesis."""
        found = [self._all(depth)]
        while (match := self._next()) is not None and match["word"] in ("OR", "|", "||"):
            self._at = match.end()
            found.append(self._all(depth))
        real = [part for part in found if part != ALL]
        return real[0] if len(real) == 1 else Or(tuple(real)) if real else ALL

    def _all(self, depth: int) -> Node:
        found: list[Node] = []
        while (match := self._next()) is not None:
            if match["close"] or match["word"] in ("OR", "|", "||"):
                break
            self._at = match.end()
            if match["word"] in ("AND", "&", "&&"):
                continue
            part = self._part(match, depth)
            if part is not None and self._count < MAX_WORDS:
                self._count += 1
                found.append(part)
        return _and(found)

    def _part(self, match: re.Match[str], depth: int) -> Node | None:
        if match["open"]:
            return self._group(depth)
        if match["not"] or match["word"] == "NOT":
            following = self._next()
            if following is None or following["close"]:
                return None
            self._at = following.end()
            part = self._part(following, depth)
            return Not(part) if part is not None and part != ALL else None
        if match["field"]:
            return self._field(match, depth)
        if match["phrase"] is not None:
            self._quoted = True
            words = folded(match["phrase"])
            return Phrase(match["phrase"].strip(), int(match["near"] or 0)) if words else None
        return self._word(match["word"], match.end())

    def _group(self, depth: int) -> Node | None:
        if depth >= MAX_DEPTH:
            return None
        inner = self._either(depth + 1)
        closing = self._next()
        if closing is not None and closing["close"]:
            self._at = closing.end()
        return inner if inner != ALL else None

    def _word(self, text: str, end: int) -> Node | None:
        starred = text.endswith("*")
        if not folded(text):
            return None
        last = self._typing and end == len(self._text) and not starred
        return Word(text.rstrip("*"), starred, last)

    def _field(self, match: re.Match[str], depth: int) -> Node | None:
        typed = match["field"].lower()
        name = _SYNONYMS.get(typed, typed)
        if name not in FIELDS:
            return self._no_field(match, typed)
        following = self._next() if match["value"] else None
        if following is None:
            self._hints.append(f"“{typed}:” needs a value")
            return None
        return None if following["close"] else self._value(name, following, depth)

    def _no_field(self, match: re.Match[str], typed: str) -> Node | None:
        """Return the word before a colon that names no field: in «re:invent» the colon is part of the word."""
        close = difflib.get_close_matches(typed, FIELDS, 1, 0.7)
        if close:
            self._hints.append(f"no field “{typed}:”, did you mean “{close[0]}:”?")
        following = self._next() if match["value"] and not close else None
        if following is None or not following["word"] or following.start("word") != match.end():
            return self._word(match["field"], match.end())
        self._at = following.end()
        return self._word(f"{match['field']}:{following['word']}", following.end())

    def _value(self, name: str, match: re.Match[str], depth: int) -> Node | None:
        if match["field"]:  # a value with a colon in it, such as a time
            stop = re.compile(r"\S+").match(self._text, match.start("field"))
            value = stop[0] if stop else ""
            self._at = stop.end() if stop else match.end()
            return Field(name, Word(value)) if folded(value) else None
        self._at = match.end()
        word = match["word"] or ""
        if word in ("OR", "AND"):  # here it is a value
            return Field(name, Word(word))
        if ".." in word and name in RANGED:
            low, _, high = word.partition("..")
            return Range(name, low.strip("."), high.strip("."))
        inner = self._part(match, depth)
        return Field(name, inner) if inner is not None else None


def _and(parts: list[Node]) -> Node:
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, And) else [part])
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def _single_values(node: Node) -> Node:
    """Return the tree with repeated filters on a single-valued field as alternatives."""
    if isinstance(node, Or):
        return replace(node, parts=tuple(map(_single_values, node.parts)))
    if not isinstance(node, And):
        return node
    groups: dict[str, list[Node]] = {}
    for part in node.parts:
        if isinstance(part, Field | Range) and part.name in ONE_VALUE:
            groups.setdefault(part.name, []).append(part)
    result: list[Node] = []
    for part in node.parts:
        name = part.name if isinstance(part, Field | Range) and part.name in ONE_VALUE else ""
        if not name:
            result.append(_single_values(part))
        elif groups[name]:
            both, groups[name] = groups[name], []
            result.append(both[0] if len(both) == 1 else Or(tuple(both)))
    return result[0] if len(result) == 1 else And(tuple(result))


def written(node: Node) -> str:
    """Return the text of a part of a query."""
    if isinstance(node, Field | Not):
        inner = node.inner if isinstance(node, Field) else node.part
        text = f"({written(inner)})" if isinstance(inner, And | Or) else written(inner)
        return f"{node.name}:{text}" if isinstance(node, Field) else f"-{text}"
    if isinstance(node, Range):
        return f"{node.name}:{node.low}..{node.high}"
    if isinstance(node, And | Or):
        other, separator = (Or, " ") if isinstance(node, And) else (And, " OR ")
        return separator.join(f"({written(part)})" if isinstance(part, other) else written(part) for part in node.parts)
    if isinstance(node, Word):
        return node.text + ("*" if node.prefix else "")
    return f'"{node.text}"' + (f"~{node.near}" if node.near else "")
