"""Suggestions for queries without results: partial matches, spelling corrections, fewer words or filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reinvent_tui.index.fts import FtsQueries
from reinvent_tui.index.query import And, Node, Query, written
from reinvent_tui.index.query_parts import parts_of
from reinvent_tui.index.words import folded

CLOSEST: Final = 50
"""Sessions that are shown if none has all words."""
MIN_CLOSENESS: Final = 0.35
"""Least weight of a session's words, as a part of the best session's, to be close."""
MOST_WORDS: Final = 7
"""Words that are combined, the rarest of a longer query; sessions may lack some of them."""
RANK_AT_MOST: Final = 1500
"""Sessions with the same words that are ranked among each other."""
COUNTED_AT_MOST: Final = 5000
"""Sessions with a word that are counted exactly; beyond that an estimate will do."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A session that a query found."""

    row: int
    score: float
    """The higher the better; comparable within one answer."""
    lacks: tuple[str, ...] = ()
    """Words, as typed, that it lacks."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another query, for one that finds nothing."""

    query: str
    words: str
    """What it changes, in words."""
    count: int
    """Sessions that it finds."""


def suggestions(fts: FtsQueries, query: Query) -> tuple[tuple[Suggestion, ...], str]:
    """Return other queries, and the first word that no session has.

    They are the query with other spellings, without one of its words, and
    without one of its filters.
    """
    found, unmatched_word = spellings(fts, query)
    parts = parts_of(query.root)
    if len(parts) > 1:
        for at, part in enumerate(parts):
            rest = _together([*parts[:at], *parts[at + 1 :]])
            found.append(Suggestion(written(rest), f"without {written(part)}", fts.total(rest)))
    useful = {suggestion.query: suggestion for suggestion in found if suggestion.count}
    return tuple(useful.values())[:9], unmatched_word


def spellings(fts: FtsQueries, query: Query) -> tuple[list[Suggestion], str]:
    """Return the query with other spellings of the words that no session has, and the first such word."""
    found: list[Suggestion] = []
    all_corrected = query.text
    corrected: list[str] = []
    unmatched: list[str] = []
    typing = any(word.typed_last for word in query.words)
    for word in query.words:
        alone = fts.compiled_node(word)
        if fts.estimated_count(alone.matcher.terms) > COUNTED_AT_MOST or fts.first_rows(alone.match, 1):
            continue
        unmatched.append(word.text)
        close = [other for token in folded(word.text)[:1] for other in fts.lexicon.close(token)]
        if close:
            all_corrected = _replaced(all_corrected, word.text, close[0])
            corrected.append(close[0])
        for other in close:
            text = _replaced(query.text, word.text, other)
            count = fts.total_of(text, typing=typing)
            # If the other words find nothing either, the corrected one alone is still useful.
            found.append(
                Suggestion(text, f"{other} instead of {word.text}", count)
                if count
                else Suggestion(other, f"only {other}", fts.total_of(other))
            )
    if len(corrected) > 1:
        words = f"{' '.join(corrected)} instead of {' '.join(unmatched)}"
        found.insert(0, Suggestion(all_corrected, words, fts.total_of(all_corrected, typing=typing)))
    return [suggestion for suggestion in found if suggestion.count], unmatched[0] if unmatched else ""


def _together(parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _replaced(text: str, word: str, other: str) -> str:
    at = text.rfind(word)
    return text[:at] + other + text[at + len(word) :] if at >= 0 else other
