"""Abbreviations that notes spell out themselves: ``service control policies (SCPs)``, ``RCA (root cause analysis)``.

Source: Schwartz and Hearst, A Simple Algorithm for Identifying Abbreviation Definitions in Biomedical Text (2003),
held to what is safe in notes: each letter of the short form begins a word of the long one, in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from reinvent_tui.index.words import folded

_SHORT: Final = r"(?=\w*[A-Z]\w*[A-Z])[A-Z][A-Za-z]{1,7}"
_DEFINED: Final = re.compile(rf"\(({_SHORT})\)")
_SPELLED_OUT: Final = re.compile(rf"(?<![\w-])({_SHORT}) \(([A-Za-z][\w'’/ -]{{4,70}})\)")
_LINKING: Final = frozenset(("a", "an", "and", "as", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to"))
LONGEST_BEFORE = 80


def abbreviations(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the short forms that ``text`` explains, folded and in the singular, each with the words it stands for."""
    if "(" not in text:
        return
    for match in _DEFINED.finditer(text):
        before = text[max(0, match.start() - LONGEST_BEFORE) : match.start()]
        short = _folded_short(match[1])
        words = _ending_of(short, folded(re.split(r"[.;:!?()\n]", before)[-1]))
        if words:
            yield short, words
    for match in _SPELLED_OUT.finditer(text):
        short, words = _folded_short(match[1]), tuple(folded(match[2]))
        if _ending_of(short, list(words)) == words:
            yield short, words


def _folded_short(text: str) -> str:
    return "".join(folded(text.removesuffix("s")))


def _ending_of(short: str, words: list[str]) -> tuple[str, ...]:
    """Return the last of ``words`` that begin with the letters of ``short``, and those that link them; or nothing."""
    at = len(words)
    for letter in reversed(short):
        at -= 1
        while at >= 0 and words[at] in _LINKING and not words[at].startswith(letter):
            at -= 1
        if at < 0 or not words[at].startswith(letter):
            return ()
    found = tuple(words[at:])
    return found if len(found) > 1 else ()
