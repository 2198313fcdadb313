"""What lists of topics and the like are made of: known to screens before anything is counted."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Facet(Enum):
    """What sessions are sorted by; the value is the field of the query language."""

    TAG = "tag"
    TRACK = "track"
    LEVEL = "level"
    EVENT = "event"
    SPEAKER = "speaker"


class Value(NamedTuple):
    """One topic, or another value of a facet, in a selection.

    (A tuple, since a thousand are made for each choice: a dataclass takes four times as long.)
    """

    name: str
    sessions: int
    """How many sessions of the selection have it."""
    given: bool = True
    """False where no author gave it, and the program inferred it."""
    words: str = ""
    """What the name stands for, where that says more: ``DAT`` is Databases."""
