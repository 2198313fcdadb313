"""The passages of a session that best show why a query matched it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import repeat
from operator import mul
from types import MappingProxyType
from typing import Final

from reinvent_tui.index import queries
from reinvent_tui.index.matching import Matcher
from reinvent_tui.library.passages import Passage, passages

_KINDS: Final = MappingProxyType({"takeaway": 0.15})
"""Bonus of a passage for its kind, where one that has all words weighs 1."""

LONG: Final = 300
"""Characters from which a passage is long: it has more words by chance."""
LENGTH: Final = 0.2
"""How much the score of one three times as long is divided by, beside 1."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage with the spans that match."""

    passage: Passage
    spans: tuple[tuple[int, int], ...]


def best_passages(details: queries.SessionDetails, matcher: Matcher, most: int = 2) -> list[Marked]:
    """Return the best passages of a session: those with many of the words, as typed, and takeaways before others."""
    session = details.session
    return best_of(passages(session.body, session.body_line, session.takeaways), matcher, most)


def best_of(blocks: list[Passage], matcher: Matcher, most: int) -> list[Marked]:
    """Return the best passages: those with the rarest of the words, in the library and among the passages."""
    matches = [matcher.matches(passage.text) for passage in blocks]
    weights = [
        rarity * _rarity_among(sum(term > 0 for term in column), len(blocks))
        for rarity, column in zip(matcher.rarities or repeat(1.0), zip(*matches, strict=True), strict=False)
    ]
    whole = sum(weights) or 1.0
    scored = []
    for number, (passage, found) in enumerate(zip(blocks, matches, strict=True)):
        if any(found) or not matcher.terms:
            score = sum(map(mul, weights, found)) / whole
            length = 1 + LENGTH * math.log(max(1.0, len(passage.text) / LONG))
            scored.append((score / length + _KINDS.get(passage.kind, 0.0), -number, passage))
    scored.sort(key=lambda item: item[:2], reverse=True)
    if not scored:
        # Only the title, the code, a tag or a speaker has the words.
        first = next((passage for passage in blocks if passage.kind == "takeaway"), blocks[0] if blocks else None)
        return [Marked(first, ())] if first is not None else []
    return [Marked(passage, matcher.spans(passage.text)) for _, _, passage in scored[:most]]


def _rarity_among(count: int, total: int) -> float:
    """Return how rare a word is among the passages: one that most have, such as the topic, says little of one."""
    return math.log(1 + (total - count + 0.5) / (count + 0.5)) if count else 0.0
