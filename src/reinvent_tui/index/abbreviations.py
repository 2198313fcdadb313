"""Abbreviations that notes spell out themselves: ``service control policies (SCPs)``, ``RCA (root cause analysis)``.

Source: Schwartz and Hearst, A Simple Algorithm for Identifying Abbreviation Definitions in Biomedical Text (2003),
held to what is safe in notes: each letter of the short form begins a word of the long one, in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from reinvent_tui.index.words import folded

_SHORT: Final = re.compile(r"(?=\w*[A-Z]\w*[A-Z])[A-Z][A-Za-z]{1,7}")
_IN_PARENTHESES: Final = re.compile(r"\(([A-Za-z][\w'’/ -]{1,70})\)")
_SENTENCE_END: Final = re.compile(r"[.;:!?()\n]")
_LINKING: Final = frozenset(("a", "an", "and", "as", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to"))
LONGEST_BEFORE = 80


def abbreviations(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the short forms that ``text`` explains, folded and in the singular, each with the words it stands for."""
    for match in _IN_PARENTHESES.finditer(text):
        inside, before = match[1], text[max(0, match.start() - LONGEST_BEFORE) : match.start()]
        if _SHORT.fullmatch(inside):
            short = _folded_short(inside)
            words = _ending_of(short, folded(_SENTENCE_END.split(before)[-1]))
        else:
            last = before.rsplit(None, 1)[-1] if before.endswith(" ") and not before.isspace() else ""
            short, words = _folded_short(last), tuple(folded(inside))
            if not _SHORT.fullmatch(last) or _ending_of(short, list(words)) != words:
                continue
        if words:
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
