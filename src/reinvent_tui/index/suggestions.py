"""Ways on from a query that finds nothing: the closest sessions, other spellings, fewer words."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import count
from typing import Final

from reinvent_tui.index.compile import Compiled, hardly_typed
from reinvent_tui.index.fts import FtsQueries
from reinvent_tui.index.matching import Matcher
from reinvent_tui.index.query import And, Node, Query, Word, written
from reinvent_tui.index.ranking import best_takeaway
from reinvent_tui.index.words import folded, is_stop_word

CLOSEST: Final = 50
"""Sessions that are shown where none has all words."""
NEARNESS: Final = 0.35
"""What has less than this part of what the best has is not close."""
MOST_WORDS: Final = 7
"""Words of which the sessions may lack some: the rarest of a longer query."""
RANK_AT_MOST: Final = 1500
"""Sessions that have the same words, among which the best are looked for."""
COUNTED_AT_MOST: Final = 5000
"""Sessions with a word that are counted one by one."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A session that a query found."""

    row: int
    score: float
    """The higher the better; comparable within one answer."""
    lacks: tuple[str, ...] = ()
    """Words, as typed, that it does not have."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way on from a query that finds nothing."""

    query: str
    """What to ask instead."""
    words: str
    """What that is, for people."""
    count: int


@dataclass(frozen=True, slots=True)
class ClosestMatches:
    """The sessions that have most of the words."""

    hits: tuple[Hit, ...]
    total: int
    """How many were looked at: at least that many come close."""
    matcher: Matcher
    is_partial: bool = False
    """True where some were taken as they came: ranking them takes longer than a frame."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """One word of the query, alone but for the filters."""

    text: str
    compiled: Compiled
    weight: float
    """The rarer, the more."""


def closest(fts: FtsQueries, query: Query, limit: int, *, preview: bool = False) -> ClosestMatches | None:
    """Return the sessions that have most of the words; None where only one word, or none, was asked for.

    The words that weigh most come first: all but the commonest, all but the
    next, and so on, until there are enough. None of these asks for more than
    the sessions that have certain words together, so that it takes as long in
    a large library as in a small one.
    """
    hardly = hardly_typed(query)
    typed = [word for word in query.words if word.text not in hardly]
    words = [word for word in typed if not is_stop_word(word.text)] or typed
    if len(words) < 2:
        return None
    asked = _asked(fts, query, words)
    having = [one for one in asked.values() if one.weight > 0]
    if not having:
        return None
    having = sorted(having, key=lambda one: -one.weight)[:MOST_WORDS]
    found: dict[int, tuple[float, float, frozenset[str]]] = {}
    best = 0.0
    late = False
    for group, first in _groups(fts, having):
        weight = sum(one.weight for one in group)
        if len(found) >= CLOSEST or weight < best * NEARNESS:
            break
        rows, in_haste = _ranked(fts, group, first, preview=preview)
        late = late or in_haste
        best = best or (weight if rows else 0.0)
        for row, score in rows:
            found.setdefault(row, (weight, score, frozenset(one.text for one in group)))
    top = max((score for _, score, _ in found.values()), default=0.0) or 1.0
    matcher = Matcher(tuple(wanted for one in asked.values() for wanted in one.compiled.matcher.terms))
    whole = sum(abs(one.weight) for one in asked.values()) or 1.0
    hits = [
        Hit(row, weight / whole + 0.5 * score / top, tuple(text for text in asked if text not in texts))
        for row, (weight, score, texts) in found.items()
    ]
    return ClosestMatches(tuple(_by_takeaways(fts, hits, matcher)[: min(limit, CLOSEST)]), len(hits), matcher, late)


def _asked(fts: FtsQueries, query: Query, words: list[Word]) -> dict[str, _Asked]:
    """Return the words by what was typed; one that no session has weighs less than nothing."""
    rest = [part for part in parts_of(query.root) if not isinstance(part, Word)]
    everything = fts.total_sessions() or 1
    found: dict[str, _Asked] = {}
    for word in words:
        compiled = fts.compiled(Query(word.text, _together([*rest, word])))
        total = _weighed(fts, compiled, everything, filtered=bool(rest))
        weight = math.log(1 + everything / (total + 0.5))
        found[word.text] = _Asked(word.text, compiled, weight if total else -weight)
    return found


def _weighed(fts: FtsQueries, compiled: Compiled, everything: int, *, filtered: bool) -> int:
    """Return how many sessions have a word; of a common one, about how many: its weight is small whatever it is."""
    if compiled.together:
        return 0
    about = 0 if filtered else fts.estimated_count(compiled.matcher.terms)
    return min(about, everything) if about > COUNTED_AT_MOST else fts.count(compiled.match)


def _groups(fts: FtsQueries, asked: list[_Asked]) -> Iterator[tuple[tuple[_Asked, ...], list[int]]]:
    """Yield the groups of words that stand together in sessions, those that weigh most first, and these sessions.

    Best-first search: where some words stand nowhere together, none of the
    groups that have them all is asked for.
    """
    whole = sum(one.weight for one in asked)
    numbers = count()
    waiting: list[tuple[float, int, tuple[_Asked, ...], int, list[int]]] = [(-whole, next(numbers), (), 0, [])]
    while waiting:
        bound, _, group, at, rows = heappop(waiting)
        if at == len(asked):
            if group:
                yield group, rows if len(rows) > 1 else fts.first_rows(_all_of(group), RANK_AT_MOST + 1)
            continue
        larger = (*group, asked[at])
        # With the last word the group is whole, and its sessions are what is wanted.
        more = fts.first_rows(_all_of(larger), RANK_AT_MOST + 1 if at + 1 == len(asked) else 1) if group else []
        if more or not group:
            heappush(waiting, (bound, next(numbers), larger, at + 1, more))
        heappush(waiting, (bound + asked[at].weight, next(numbers), group, at + 1, rows[:1]))


def _all_of(group: tuple[_Asked, ...]) -> str:
    return " AND ".join(f"({one.compiled.match})" for one in group)


def _ranked(
    fts: FtsQueries, group: tuple[_Asked, ...], first: list[int], *, preview: bool
) -> tuple[list[tuple[int, float]], bool]:
    """Return sessions that have some words, with how well they fit; and whether haste kept them from being ranked."""
    in_haste = preview and fts.is_slow_to_rank(
        len(first), (wanted for one in group for wanted in one.compiled.matcher.terms)
    )
    if len(first) > RANK_AT_MOST or in_haste:
        return [(row, 0.0) for row in first[:CLOSEST]], len(first) <= RANK_AT_MOST
    return fts.ranked(_all_of(group), 2 * CLOSEST) if first else [], False


def _by_takeaways(fts: FtsQueries, hits: list[Hit], matcher: Matcher) -> list[Hit]:
    """Return hits in order: one takeaway with several of the words counts more than the words scattered."""
    best = sorted(hits, key=lambda hit: -hit.score)[:CLOSEST]
    facts = fts.facts_of([hit.row for hit in best])
    needed = len([wanted for wanted in matcher.terms if wanted.required]) or 1
    lifted = [
        replace(hit, score=hit.score + 0.4 * best_takeaway(facts[hit.row].takeaways, matcher) / needed) for hit in best
    ]
    return sorted(lifted, key=lambda hit: -hit.score)


def suggestions(fts: FtsQueries, query: Query) -> tuple[tuple[Suggestion, ...], str]:
    """Return ways on: close spellings, the query without a word, the query without its filters."""
    found, unmatched_word = spellings(fts, query)
    parts = parts_of(query.root)
    if len(parts) > 1:
        for at in range(len(parts)):
            rest = _together([part for index, part in enumerate(parts) if index != at])
            asked = fts.of_node(rest)
            count = fts.count(asked.match) if not asked.together else 0
            if count:
                text = written(rest)
                found.append(Suggestion(text, f"without {written(parts[at])}", count))
    good = {suggestion.query: suggestion for suggestion in found if suggestion.count}
    return tuple(list(good.values())[:9]), unmatched_word


def spellings(fts: FtsQueries, query: Query) -> tuple[list[Suggestion], str]:
    """Return the query with other spellings of the words that nobody has, and the first such word."""
    found: list[Suggestion] = []
    all_corrected = query.text
    corrected: list[str] = []
    dead: list[str] = []
    typing = any(word.typed_last for word in query.words)
    for word in query.words:
        alone = fts.of_node(word)
        if fts.estimated_count(alone.matcher.terms) > COUNTED_AT_MOST or fts.first_rows(alone.match, 1):
            continue
        dead.append(word.text)
        close = [other for token in folded(word.text)[:1] for other in fts.lexicon.close(token)]
        if close:
            all_corrected = _replaced(all_corrected, word.text, close[0])
            corrected.append(close[0])
        for other in close:
            text = _replaced(query.text, word.text, other)
            count = fts.total(text, typing=typing)
            # Where the other words find nothing either, the corrected one is still a way on.
            found.append(
                Suggestion(text, f"{other} instead of {word.text}", count)
                if count
                else Suggestion(other, f"only {other}", fts.total(other))
            )
    if len(corrected) > 1:
        words = f"{' '.join(corrected)} instead of {' '.join(dead)}"
        found.insert(0, Suggestion(all_corrected, words, fts.total(all_corrected, typing=typing)))
    return [suggestion for suggestion in found if suggestion.count], dead[0] if dead else ""


def parts_of(root: Node) -> list[Node]:
    """Return what a query is put together of."""
    return list(root.parts) if isinstance(root, And) else [root]


def _together(parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _replaced(text: str, word: str, other: str) -> str:
    at = text.rfind(word)
    return text[:at] + other + text[at + len(word) :] if at >= 0 else other
