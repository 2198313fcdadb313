"""Which parts of a query are optional, and which need sets of rows."""

from __future__ import annotations

from collections.abc import Container

from reinvent_tui.index.query import And, Field, Node, Not, Or, Phrase, Query, Word
from reinvent_tui.index.words import is_stop_word


def needs_rows(node: Node, predicates: Container[str] = ()) -> bool:
    """Return True if a part of a query has conditions that are no terms of the sessions' full-text index."""
    if isinstance(node, And | Or):
        return any(needs_rows(part, predicates) for part in node.parts)
    if isinstance(node, Not):
        return needs_rows(node.part, predicates)
    if not isinstance(node, Field):
        return False
    return (
        (node.name == "takeaway" and is_group(node.inner))
        or (node.name == "is" and _has_value(node.inner, predicates))
        or needs_rows(node.inner, predicates)
    )


def is_group(node: Node) -> bool:
    """Return True if a part consists of several that must match together."""
    return isinstance(node, And) and len(node.parts) > 1


def _has_value(node: Node, values: Container[str]) -> bool:
    if isinstance(node, And | Or):
        return any(_has_value(part, values) for part in node.parts)
    if isinstance(node, Not):
        return _has_value(node.part, values)
    return isinstance(node, Word | Phrase) and node.text.lower() in values


def without_row_parts(node: Node, predicates: Container[str] = ()) -> Node:
    """Return what is left of a query without the parts that need rows: what ranks its sessions."""
    if not needs_rows(node, predicates):
        return node
    parts = node.parts if isinstance(node, And) else ()
    return And(tuple(part for part in parts if not needs_rows(part, predicates)))


def without_words(node: Node, drop: Container[str]) -> Node:
    """Return a query without some of the words that must match, given as they were typed."""
    parts = node.parts if isinstance(node, And) else (node,)
    kept = tuple(part for part in parts if not (isinstance(part, Word) and part.text in drop))
    return kept[0] if len(kept) == 1 else And(kept)


def barely_typed(query: Query) -> frozenset[str]:
    """Return the last word while it is a single letter after others: nearly every session has such a word."""
    *others, last = query.words or (None,)
    if last is None or not others:
        return frozenset()
    return frozenset([last.text]) if last.typed_last and len(last.text) == 1 else frozenset()


def optional_words(query: Query) -> frozenset[str]:
    """Return the stop words of a query, as typed; none if it has no other words."""
    stops = frozenset(word.text for word in query.words if is_stop_word(word.text) and not word.prefix)
    content = [word for word in query.words if word.text not in stops]
    return stops if content else frozenset()


def signs_of(query: Query) -> list[str]:
    """Return the parts of a query that are neither words nor its own syntax: ``🚀``, ``->``."""
    return [part for part in query.text.split() if not any(map(str.isalnum, part)) and part.strip('"()-*|&“”«»:')]


def parts_of(root: Node) -> list[Node]:
    """Return the parts of a query that must all match."""
    return list(root.parts) if isinstance(root, And) else [root]
