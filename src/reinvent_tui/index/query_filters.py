"""Reads and writes the values of one field in a query, so that choosing from a list and typing are the same.

A chosen topic is ``tag:serverless`` in the query, an excluded one ``-tag:keynote``;
of several topics all may be wanted (``tag:a tag:b``) or any (``tag:(a OR b)``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from reinvent_tui.index.query import And, Field, Node, Not, Or, Phrase, Range, Word, parse, written
from reinvent_tui.index.words import folded


@dataclass(frozen=True, slots=True)
class FieldFilter:
    """The whole values of one field in a query, at its outermost level."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    any: bool = False
    """True if one of the wanted values is enough."""
    rest: tuple[Node, ...] = field(default=(), repr=False)
    """Everything else in the query."""

    def text(self, name: str) -> str:
        """Return the query with these values of the field ``name``."""
        parts = [part for part in self.rest if _is_filter(part)]
        if self.any and len(self.wanted) > 1:
            parts.append(Field(name, Or(tuple(map(_value, self.wanted)))))
        else:
            parts.extend(Field(name, _value(value)) for value in self.wanted)
        parts.extend(Not(Field(name, _value(value))) for value in self.unwanted)
        # Words come last: the last one may be incomplete, and still be typed.
        parts.extend(part for part in self.rest if not _is_filter(part))
        return " ".join(written(part) if not isinstance(part, Or) else f"({written(part)})" for part in parts)


def _is_filter(node: Node) -> bool:
    if isinstance(node, Not):
        return _is_filter(node.part)
    if isinstance(node, Or):
        return all(map(_is_filter, node.parts))
    return isinstance(node, Field | Range)


def field_filter(query: str, name: str) -> FieldFilter:
    """Return the values of the field ``name`` in ``query``."""
    root = parse(query).root
    parts = root.parts if isinstance(root, And) else (root,)
    wanted: list[str] = []
    unwanted: list[str] = []
    rest: list[Node] = []
    any_of = False
    for part in parts:
        inside = part.part if isinstance(part, Not) else part
        # The parser turns repeated single-valued fields into alternatives.
        alternatives = inside.parts if isinstance(inside, Or) else (inside,)
        values = [value for each in alternatives for value in _values(each, name)]
        if not values or not all(_values(each, name) for each in alternatives):
            rest.append(part)
        elif isinstance(part, Not):
            unwanted.extend(values)
        else:
            any_of = any_of or len(values) > 1
            wanted.extend(values)
    return FieldFilter(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)), any_of, tuple(rest))


def _values(node: Node, name: str) -> list[str]:
    if not isinstance(node, Field) or node.name != name:
        return []
    inner = node.inner.parts if isinstance(node.inner, Or) else (node.inner,)
    return [part.text for part in inner if isinstance(part, Word | Phrase)] if all(map(_is_value, inner)) else []


def _is_value(node: Node) -> bool:
    return (isinstance(node, Word) and not node.prefix) or (isinstance(node, Phrase) and not node.near)


def _value(text: str) -> Node:
    """Return a value as a word, or as a phrase if it is not a single word of a query."""
    root = parse(f"tag:{text}").root
    single = isinstance(root, Field) and isinstance(root.inner, Word) and root.inner.text == text
    return Word(text) if single and folded(text) else Phrase(text.replace('"', " "))


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def toggled(query: str, name: str, values: Iterable[str], *, any_of: bool = False) -> str:
    """Return ``query`` without ``values`` if it has them all, else with them.

    With ``any_of``, one of the wanted values is enough.
    """
    now = field_filter(query, name)
    values = list(values)
    has = all(any(_same(value, known) for known in now.wanted) for value in values)
    wanted = [known for known in now.wanted if not any(_same(known, value) for value in values)]
    unwanted = tuple(known for known in now.unwanted if not any(_same(known, value) for value in values))
    return FieldFilter(tuple(wanted if has else [*wanted, *values]), unwanted, now.any or any_of, now.rest).text(name)


def excluded(query: str, name: str, value: str) -> str:
    """Return ``query`` with a value excluded, or no longer excluded if it was."""
    now = field_filter(query, name)
    wanted = tuple(known for known in now.wanted if not _same(known, value))
    has = any(_same(known, value) for known in now.unwanted)
    unwanted = tuple(known for known in now.unwanted if not _same(known, value))
    return FieldFilter(wanted, unwanted if has else (*unwanted, value), now.any, now.rest).text(name)


def any_or_all(query: str, name: str) -> str:
    """Return ``query`` switched between any of the wanted values and all of them."""
    now = field_filter(query, name)
    return FieldFilter(now.wanted, now.unwanted, not now.any, now.rest).text(name)
