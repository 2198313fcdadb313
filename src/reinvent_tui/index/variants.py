"""Other ways to write a word: numbers, versions, contractions, plurals and comparatives that no stemmer knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from reinvent_tui.library.word_lists import word_list

_THOUSANDS: Final = re.compile(r"\d{4,15}")
_IN_GROUPS: Final = re.compile(r"\d{1,3}")
_SHORT_NUMBER: Final = re.compile(r"(\d{1,6})([km])")
_UNITS: Final = {"k": "000", "m": "000000"}
_VERSION: Final = re.compile(r"v(\d+)")
_BOUNDARY: Final = re.compile(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)")
_CONTRACTION: Final = re.compile(r"([a-z]+n)(t)|(i|you|we|they)(ve|ll|re|d|m)|([a-z]{2,})(ll|ve)")
_VOWEL: Final = re.compile(r"[aeiouy]")
SHORTEST_ADJECTIVE = 3


def sequences_of(tokens: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return how what was typed as one word may be written as well, as words that follow each other.

    ``10000`` is ``10,000`` and ``10k``, ``v1.2`` is ``1.2``, ``125ms`` is ``125 ms``, ``dont`` is ``don't``.
    """
    found = dict.fromkeys(_numbers(tokens))
    if len(tokens) == 1:
        word = tokens[0]
        found |= dict.fromkeys(_parted(word))
    version = _VERSION.fullmatch(tokens[0])
    if version:
        found[(version[1], *tokens[1:])] = None
    elif tokens[0].isdigit() and len(tokens) > 1:
        found[(f"v{tokens[0]}", *tokens[1:])] = None
    found.pop(tokens, None)
    return tuple(found)


def _numbers(tokens: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    digits = "".join(tokens)
    grouped = len(tokens) > 1 and _IN_GROUPS.fullmatch(tokens[0]) and all(len(part) == 3 for part in tokens[1:])
    if digits.isdigit() and (grouped or (len(tokens) == 1 and _THOUSANDS.fullmatch(digits))):
        yield (digits,)
        yield tuple(f"{int(digits):,}".split(","))
        for unit, zeros in _UNITS.items():
            if digits.endswith(zeros) and len(digits) > len(zeros):
                yield (digits.removesuffix(zeros) + unit,)
    short = _SHORT_NUMBER.fullmatch(tokens[0]) if len(tokens) == 1 else None
    if short:
        whole = short[1] + _UNITS[short[2]]
        yield (whole,)
        yield tuple(f"{int(whole):,}".split(","))


def _parted(word: str) -> Iterator[tuple[str, ...]]:
    parts = _BOUNDARY.split(word)
    if len(parts) > 1:
        yield tuple(parts)
    contraction = _CONTRACTION.fullmatch(word)
    if contraction:
        yield tuple(part for part in contraction.groups() if part)


def forms_of(word: str) -> Iterator[str]:
    """Yield forms of a word that a stemmer does not bring together: most of them are no words.

    The plural of a short word or an abbreviation (``SCPs``), and the degrees of an adjective (``faster``).
    """
    if not _VOWEL.search(word) or len(word) <= SHORTEST_ADJECTIVE:
        yield f"{word}s"
        if word.endswith("s") and len(word) > 2:
            yield word[:-1]
    adjectives = word_list("adjectives")
    for base in (word, *_bases(word)):
        if base in adjectives:
            yield from (other for other in degrees(base) if other != word)
            return


def _bases(word: str) -> Iterator[str]:
    for ending in ("er", "est"):
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            yield stem
            yield f"{stem}e"
            if stem.endswith("i"):
                yield f"{stem[:-1]}y"
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]


def degrees(adjective: str) -> tuple[str, str, str]:
    """Return an adjective with its comparative and superlative: ``big``, ``bigger``, ``biggest``."""
    if adjective.endswith("e"):
        stem = adjective[:-1]
    elif adjective.endswith("y"):
        stem = f"{adjective[:-1]}i"
    elif re.fullmatch(r"[^aeiou]*[aeiou][bdgmnpt]", adjective):
        stem = adjective + adjective[-1]
    else:
        stem = adjective
    return adjective, f"{stem}er", f"{stem}est"
