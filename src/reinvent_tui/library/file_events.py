"""Events that file names begin with: ``2031-05-04-mossconf-growing-ferns.md``, ``spring-forum-2031-queues.md``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

MOST_WORDS: Final = 4
_LEADING = re.compile(
    r"^(?:(?:19|20)\d{2}(?:[-_.]?\d{2}(?:[-_.]?\d{2})?)?|\d{1,2}(?=[-_.])|\d{4}(?=[-_. ]))"
    r"(?:[-_. ]+(?:\d{4}(?=[-_. ]))?)"
)
_PARTS = re.compile(r"[-_. ]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_ONLY = re.compile(r"(?:19|20)\d\d[-_. ]+(?!\d)")
"""``2031-mossdays``: a year, and no date."""
_EVENT = re.compile(
    r"[a-z]{2,}conf|conference|summit|meetups?|symposium|(?!boot)[a-z]{3,}(?:camp|fest)|congress", re.IGNORECASE
)
_EVENT_OF_A_YEAR = re.compile(r"[a-z]*(?:con|days?|jam|forum|expo|world|week|live|conf|next)", re.IGNORECASE)
_REGION = re.compile(r"[A-Z]{2}")
"""``EU`` in ``MossConf-EU-growing-ferns``."""
_NO_EVENT = re.compile(r"(?:notes?|talks?|sessions?|keynotes?|day|week|part|post|draft|the|my|a|an)", re.IGNORECASE)


class FileEvent(NamedTuple):
    """The event that a file name begins with."""

    name: str
    """As it is written there, without the year."""
    rest: str
    """The words of the file name after the event and its year."""


NO_EVENT: Final = FileEvent("", "")


def beginnings(stems: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Return the words, in lower case, with which several of the file names of a folder begin."""
    counts: Counter[tuple[str, ...]] = Counter()
    for stem in stems:
        words = [word.lower() for word in _words(stem)]
        counts.update(tuple(words[:length]) for length in range(1, min(MOST_WORDS, len(words)) + 1))
    return frozenset(words for words, count in counts.items() if count > 1)


@lru_cache(maxsize=4096)
def event_in(stem: str, shared: frozenset[tuple[str, ...]] = frozenset()) -> FileEvent:
    """Return the event with which a file name begins.

    It ends in a word for an event (``mossconf``), or before a year. If no such word is
    in it, other files of the folder must begin in the same way.

    Args:
        stem: the file name without its extension.
        shared: with which words other files of the folder begin too (:func:`beginnings`).
    """
    words = _words(stem)
    for length in range(min(MOST_WORDS, len(words)), 0, -1):
        name = words[:length]
        year = length < len(words) and bool(_YEAR.fullmatch(words[length]))
        led = length == 1 and bool(_YEAR_ONLY.match(stem)) and bool(_EVENT_OF_A_YEAR.fullmatch(name[0]))
        named = any(_EVENT.fullmatch(word) for word in name) or (year and bool(_EVENT_OF_A_YEAR.fullmatch(name[-1])))
        ends = year or led or bool(_EVENT.fullmatch(name[-1]))
        lower = tuple(word.lower() for word in name)
        # "notes-2031-…" begins with no event; nor does a word of a title that happens to be shared.
        ordinary = _NO_EVENT.fullmatch(name[-1]) or any(_YEAR.fullmatch(word) or word.isdecimal() for word in name)
        if ends and not ordinary and (named or led or (year and lower in shared)):
            rest = words[length + 1 :] if year else words[length:]
            if not year and rest and _REGION.fullmatch(rest[0]):
                name, rest = [*name, rest[0]], rest[1:]
            return FileEvent(" ".join(name), " ".join(rest))
    return NO_EVENT


def _words(stem: str) -> list[str]:
    return [word for word in _PARTS.split(_LEADING.sub("", stem)) if word]
