"""Suggestions for queries without results: partial matches, spelling corrections, fewer words or filters."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import count
from typing import Final

from reinvent_tui.index.compile import Compiled
from reinvent_tui.index.fts import FtsQueries
from reinvent_tui.index.matching import Matcher
from reinvent_tui.index.query import And, Node, Query, Word, written
from reinvent_tui.index.query_parts import barely_typed, needs_rows
from reinvent_tui.index.ranking import best_takeaway
from reinvent_tui.index.words import folded, is_stop_word

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


@dataclass(frozen=True, slots=True)
class ClosestMatches:
    """The sessions that have most of the words."""

    hits: tuple[Hit, ...]
    total: int
    """Number of sessions that were considered: at least so many are close."""
    matcher: Matcher
    is_partial: bool = False
    """True if some are unranked, since ranking them takes longer than a frame."""


@dataclass(frozen=True, slots=True)
class _WeightedWord:
    """One word of the query, with the query's filters."""

    text: str
    compiled: Compiled
    weight: float
    """The rarer the word, the greater; negative if no session has it."""


def closest(fts: FtsQueries, query: Query, limit: int, *, preview: bool = False) -> ClosestMatches | None:
    """Return the sessions that have most of the words; None for a query of fewer than two words.

    Combinations of words are tried in the order of their weight: all but the
    commonest, all but the next, and so on, until there are enough sessions.
    Each is a query for sessions that have certain words together, so that it
    takes as long in a large library as in a small one.
    """
    barely = barely_typed(query)
    typed = [word for word in query.words if word.text not in barely]
    words = [word for word in typed if not is_stop_word(word.text)] or typed
    if len(words) < 2:
        return None
    weighted = _weighted_words(fts, query, words)
    occurring = sorted((word for word in weighted.values() if word.weight > 0), key=lambda word: -word.weight)
    if not occurring:
        return None
    matches, is_partial = _partial_matches(fts, occurring[:MOST_WORDS], preview=preview)
    top = max((score for _, score, _ in matches.values()), default=0.0) or 1.0
    matcher = Matcher(tuple(term for word in weighted.values() for term in word.compiled.matcher.terms))
    whole = sum(abs(word.weight) for word in weighted.values()) or 1.0
    hits = [
        Hit(row, weight / whole + 0.5 * score / top, tuple(text for text in weighted if text not in texts))
        for row, (weight, score, texts) in matches.items()
    ]
    return ClosestMatches(
        tuple(_by_takeaways(fts, hits, matcher)[: min(limit, CLOSEST)]), len(hits), matcher, is_partial
    )


def _partial_matches(
    fts: FtsQueries, words: list[_WeightedWord], *, preview: bool
) -> tuple[dict[int, tuple[float, float, frozenset[str]]], bool]:
    """Return sessions with the weight of their words, their bm25 score and those words; and whether any is unranked."""
    matches: dict[int, tuple[float, float, frozenset[str]]] = {}
    best = 0.0
    is_partial = False
    for group, first in _groups(fts, words):
        weight = sum(word.weight for word in group)
        if len(matches) >= CLOSEST or weight < best * MIN_CLOSENESS:
            break
        rows, unranked = _ranked(fts, group, first, preview=preview)
        is_partial = is_partial or unranked
        best = best or (weight if rows else 0.0)
        for row, score in rows:
            matches.setdefault(row, (weight, score, frozenset(word.text for word in group)))
    return matches, is_partial


def _weighted_words(fts: FtsQueries, query: Query, words: list[Word]) -> dict[str, _WeightedWord]:
    """Return the words by what was typed."""
    filters = [part for part in parts_of(query.root) if not isinstance(part, Word)]
    everything = fts.total_sessions() or 1
    weighted: dict[str, _WeightedWord] = {}
    for word in words:
        node = _together([*filters, word])
        compiled = fts.compiled(Query(word.text, node))
        count = 0 if needs_rows(node, fts.predicates) else _about(fts, compiled, everything, filtered=bool(filters))
        weight = math.log(1 + everything / (count + 0.5))
        weighted[word.text] = _WeightedWord(word.text, compiled, weight if count else -weight)
    return weighted


def _about(fts: FtsQueries, compiled: Compiled, everything: int, *, filtered: bool) -> int:
    """Return how many sessions have a word; an estimate for a common one, whose weight is small in any case."""
    estimate = 0 if filtered else fts.estimated_count(compiled.matcher.terms)
    return min(estimate, everything) if estimate > COUNTED_AT_MOST else fts.count(compiled.match)


def _groups(fts: FtsQueries, words: list[_WeightedWord]) -> Iterator[tuple[tuple[_WeightedWord, ...], list[int]]]:
    """Yield groups of words that occur together, in the order of their weight, with the first of their sessions.

    Best-first search: once some words are known to occur nowhere together, no
    larger group that contains them is tried.
    """
    numbers = count()
    weight = sum(word.weight for word in words)
    waiting: list[tuple[float, int, tuple[_WeightedWord, ...], int, list[int]]] = [(-weight, next(numbers), (), 0, [])]
    while waiting:
        bound, _, group, at, rows = heappop(waiting)
        if at == len(words):
            if group:
                yield group, rows if len(rows) > 1 else fts.first_rows(_all_of(group), RANK_AT_MOST + 1)
            continue
        larger = (*group, words[at])
        # The last word completes the group: then its sessions are wanted, not only whether there are any.
        limit = RANK_AT_MOST + 1 if at + 1 == len(words) else 1
        more = fts.first_rows(_all_of(larger), limit) if group else []
        if more or not group:
            heappush(waiting, (bound, next(numbers), larger, at + 1, more))
        heappush(waiting, (bound + words[at].weight, next(numbers), group, at + 1, rows[:1]))


def _all_of(group: tuple[_WeightedWord, ...]) -> str:
    return " AND ".join(f"({one.compiled.match})" for one in group)


def _ranked(
    fts: FtsQueries, group: tuple[_WeightedWord, ...], first: list[int], *, preview: bool
) -> tuple[list[tuple[int, float]], bool]:
    """Return sessions that have some words, with their scores; and whether they are unranked to save time."""
    terms = [term for word in group for term in word.compiled.matcher.terms]
    unranked = preview and fts.is_slow_to_rank(len(first), terms)
    if len(first) > RANK_AT_MOST or unranked:
        return [(row, 0.0) for row in first[:CLOSEST]], len(first) <= RANK_AT_MOST
    return fts.ranked(_all_of(group), 2 * CLOSEST) if first else [], False


def _by_takeaways(fts: FtsQueries, hits: list[Hit], matcher: Matcher) -> list[Hit]:
    """Return hits in order: several words in one takeaway count more than the same words scattered."""
    best = sorted(hits, key=lambda hit: -hit.score)[:CLOSEST]
    facts = fts.facts_of([hit.row for hit in best])
    required = sum(term.required for term in matcher.terms) or 1
    raised = [
        replace(hit, score=hit.score + 0.4 * best_takeaway(facts[hit.row].takeaways, matcher) / required)
        for hit in best
    ]
    return sorted(raised, key=lambda hit: -hit.score)


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


def parts_of(root: Node) -> list[Node]:
    """Return the parts of a query that must all match."""
    return list(root.parts) if isinstance(root, And) else [root]


def _together(parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _replaced(text: str, word: str, other: str) -> str:
    at = text.rfind(word)
    return text[:at] + other + text[at + len(word) :] if at >= 0 else other
