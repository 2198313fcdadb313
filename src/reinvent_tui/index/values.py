"""What lists of topics and the like are made of: known to screens before anything is counted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Facet(Enum):
    """What sessions are sorted by; the value is the field of the query language."""

    TAG = "tag"
    TRACK = "track"
    LEVEL = "level"
    EVENT = "event"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True)
class Value:
    """One topic, or another value of a facet, in a selection."""

    name: str
    sessions: int
    """How many sessions of the selection have it."""
    given: bool = True
    """False where no author gave it, and the program inferred it."""
    words: str = ""
    """What the name stands for, where that says more: ``DAT`` is Databases."""
