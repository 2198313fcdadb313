"""The passages of a session that best show why a query matched it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from reinvent_tui.index import queries
from reinvent_tui.index.matching import Matcher
from reinvent_tui.library.passages import Passage, passages

_KINDS: Final = MappingProxyType({"takeaway": 12, "heading": -4, "code": -6})
"""Bonus of a passage for its kind."""


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
    """Return the best passages."""
    scored = []
    for number, passage in enumerate(blocks):
        count, quality = matcher.weigh(passage.text)
        kind = _KINDS.get(passage.kind, 0)
        if count or not matcher.terms:
            scored.append((count * 20 + quality + kind, -number, passage))
    scored.sort(key=lambda item: item[:2], reverse=True)
    if not scored:
        # Only the title, the code, a tag or a speaker has the words.
        first = next((passage for passage in blocks if passage.kind == "takeaway"), blocks[0] if blocks else None)
        return [Marked(first, ())] if first is not None else []
    return [Marked(passage, matcher.spans(passage.text)) for _, _, passage in scored[:most]]
