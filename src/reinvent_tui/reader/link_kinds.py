"""What a link's target is."""

from __future__ import annotations

import re
from enum import Enum, auto

SESSION_LINK = "session:"
"""Begins the target of a link to a session by its row in the index; a line of its post may follow."""
DAY_LINK = "day:"
TAG_LINK = "tag:"

LONGEST_TARGET = 2000
"""Characters; what cannot be read before it opens is not opened."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SESSION = re.compile(rf"{SESSION_LINK}\d+(?::\d+)?")
_DAY = re.compile(rf"{DAY_LINK}\d+")
_TAG = re.compile(rf"{TAG_LINK}.+")
_OUTSIDE = frozenset({"http", "https", "mailto"})


class LinkKind(Enum):
    """Where a link leads."""

    OUTSIDE = auto()
    """To the browser or mail program."""
    SESSION = auto()
    DAY = auto()
    TOPIC = auto()
    """To a topic, to be picked."""
    HERE = auto()
    """To a heading of this page."""
    LIBRARY = auto()
    """To a path: perhaps another post."""
    NOWHERE = auto()
    """By a scheme that is not opened from here."""


def kind_of(target: str) -> LinkKind:
    """Return where ``target`` leads."""
    if target.startswith("#"):
        return LinkKind.HERE
    for pattern, kind in ((_SESSION, LinkKind.SESSION), (_DAY, LinkKind.DAY), (_TAG, LinkKind.TOPIC)):
        if pattern.fullmatch(target):
            return kind
    scheme = _SCHEME.match(target)
    if scheme is None:
        return LinkKind.LIBRARY
    return LinkKind.OUTSIDE if scheme[1].lower() in _OUTSIDE else LinkKind.NOWHERE


def is_internal(target: str) -> bool:
    """Return True if a target is the reader's own, and means nothing to a person."""
    return target.startswith((SESSION_LINK, DAY_LINK, TAG_LINK))


def session_of(target: str) -> tuple[int, int]:
    """Return the row of the session that a link leads to, and the line of its post, or 0."""
    row, _, line = target.removeprefix(SESSION_LINK).partition(":")
    return int(row), int(line or 0)
