"""Facets and their values: plain values, so that screens need not import what counts them."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Facet(Enum):
    """What sessions can be grouped by; the value is the field of the query language."""

    TAG = "tag"
    TRACK = "track"
    LEVEL = "level"
    EVENT = "event"
    SPEAKER = "speaker"


class Value(NamedTuple):
    """One topic, or another value of a facet, in a selection.

    A tuple, since a thousand are made for each selection: creating a dataclass takes four times as long.
    """

    name: str
    sessions: int
    """How many sessions of the selection have it."""
    given: bool = True
    """False if no author gave it, and the program inferred it."""
    words: str = ""
    """What the name stands for, if that says more: ``DAT`` is Databases."""
