"""Events that file names begin with: ``2031-05-04-mossconf-growing-ferns.md``, ``spring-forum-2031-queues.md``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

MOST_WORDS: Final = 4
_LEADING = re.compile(
    r"^(?:(?:19|20)\d{2}(?:[-_.]?\d{2}(?:[-_.]?\d{2})?)?|0\d(?=[-_.])|\d{4}(?=[-_. ]))(?:[-_. ]+(?:\d{4}(?=[-_. ]))?)"
)
_PARTS = re.compile(r"[-_. ]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAMED = re.compile(r"(?i:(?!auto)[a-z]{3,}conf)|[A-Z][A-Za-z]*[a-z](?:Con|Fest|Camp|Days|Summit)")
"""A word that means an event by itself."""
_EVENT = re.compile(
    r"conference|conf|summit|meetups?|symposium|congress|camp|festival|[a-z]{3,}(?:camp|fest)", re.IGNORECASE
)
"""A word that ends the name of an event, if there is a date as well, or other files begin in the same way."""
_EVENT_OF_A_YEAR = re.compile(r"[a-z]*(?:con|days|jam|forum|expo|world|week)", re.IGNORECASE)
"""A word that ends the name of an event, if the file name is nothing but that and a year."""
_REGION = re.compile(r"EU|US|UK|NA|AU|NZ|CA|DE|FR|JP|BR|NL|PL|IE|SF|NY")
"""``EU`` in ``MossConf-EU-growing-ferns``."""
_NO_EVENT = re.compile(r"(?:notes?|talks?|sessions?|keynotes?|day|part|post|draft)", re.IGNORECASE)
_OF_A_SENTENCE = frozenset({"a", "an", "the", "of", "to", "in", "for", "and", "my", "our", "how", "on", "at", "with"})


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


def event_in(stem: str, shared: frozenset[tuple[str, ...]] = frozenset()) -> FileEvent:
    """Return the event with which a file name begins.

    A word such as ``mossconf`` says so by itself; others need a date as well, or files
    of the folder that begin in the same way.

    Args:
        stem: the file name without its extension.
        shared: with which words other files of the folder begin too (:func:`beginnings`).
    """
    words, dated = _words(stem), _LEADING.match(stem) is not None
    for length in range(min(MOST_WORDS, len(words)), 0, -1):
        name = words[:length]
        lower = tuple(word.lower() for word in name)
        year = length < len(words) and bool(_YEAR.fullmatch(words[length]))
        if _NO_EVENT.fullmatch(name[-1]) or any(_YEAR.fullmatch(word) or word.isdecimal() for word in name):
            continue
        if not _OF_A_SENTENCE.isdisjoint(lower):
            continue
        rest = words[length + 1 :] if year else words[length:]
        if not year and rest and _REGION.fullmatch(rest[0]) and _NAMED.fullmatch(name[-1]):
            name, rest = [*name, rest[0]], rest[1:]
        alone = not any(word.isalpha() for word in rest)
        agreed = (year or dated) and lower in shared
        if (
            _NAMED.fullmatch(words[length - 1])
            or (_EVENT.fullmatch(name[-1]) and length > 1 and (year or dated or lower in shared))
            or (_EVENT_OF_A_YEAR.fullmatch(name[-1]) and (year or dated) and (alone or agreed))
            or (year and (agreed or any(_EVENT.fullmatch(word) for word in name[1:])))
        ):
            return FileEvent(" ".join(name), " ".join(rest))
    return NO_EVENT


def _words(stem: str) -> list[str]:
    return [word for word in _PARTS.split(_LEADING.sub("", stem)) if word]
