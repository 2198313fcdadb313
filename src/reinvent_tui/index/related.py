"""Sessions related to one: the same session in other notes, and those that share its topics and speakers."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final

from reinvent_tui.index.browse import Browser
from reinvent_tui.index.facets import term
from reinvent_tui.index.fts import FtsQueries
from reinvent_tui.index.fts_syntax import quoted
from reinvent_tui.index.queries import SessionDetails, entries
from reinvent_tui.index.rowset import RowSet
from reinvent_tui.library.codes import base_of

MOST: Final = 5
MOST_WEIGHED: Final = 400
"""Candidates to score."""
SPEAKER_WEIGHT: Final = 1.5
"""A common speaker is worth as much as a topic that a session in thirty has."""
LEAST_WEIGHT: Final = 2.0
"""Lowest score that is worth showing: more than one common topic."""
NAMED: Final = 3
"""Shared topics that are named."""


@dataclass(frozen=True, slots=True)
class Related:
    """A related session, and why it is related."""

    row: int
    title: str
    code: str
    event: str
    reason: str


def related(fts: FtsQueries, browser: Browser, details: SessionDetails) -> list[Related]:
    """Return up to five related sessions: first the same session of another year or note-taker, then the closest."""
    reasons = dict(_same(fts, details))
    for row, reason in _close(fts, browser, details):
        if len(reasons) >= MOST:
            break
        reasons.setdefault(row, reason)
    names = entries(fts.connection, reasons)
    events = _events(fts, reasons)
    return [
        Related(row, names[row].title, names[row].code, events.get(row, ""), reason)
        for row, reason in list(reasons.items())[:MOST]
        if row in names
    ]


def _same(fts: FtsQueries, details: SessionDetails) -> list[tuple[int, str]]:
    """Return repeats of a session, and other people's notes of it, by its code or title."""
    session, connection = details.session, fts.connection
    reasons: dict[int, str] = {}
    if session.code:
        base = base_of(session.code)
        for row, code in connection.execute(
            "SELECT id, code FROM session WHERE code >= ? AND code < ? AND id <> ? LIMIT 20",
            (base, base + "\U0010ffff", details.row),
        ):
            if base_of(code) == base:
                reasons[row] = f"the same session, {base}"
    if len(session.title.split()) > 1:
        for (row,) in connection.execute(
            "SELECT id FROM session WHERE title = ? COLLATE NOCASE AND id <> ? LIMIT 20", (session.title, details.row)
        ):
            reasons.setdefault(row, "the same session, by its title")
    return list(reasons.items())[:MOST]


def _close(fts: FtsQueries, browser: Browser, details: SessionDetails) -> list[tuple[int, str]]:
    """Return sessions that share topics and speakers, those that share the rarest first, each with the reason."""
    total = fts.total_sessions() or 1
    topics = {
        tag.name: (math.log(total / len(rows)), rows)
        for tag in details.session.tags
        if (tag.given or not fts.given_only) and (rows := browser.of_topic(tag.name))
    }
    itself = RowSet.from_rows([details.row])
    speakers = {name: _with_speaker(fts, name) - itself for name in details.session.speakers}
    candidates = _sharing([rows - itself for _, rows in topics.values()], MOST_WEIGHED)
    scored = []
    for row in _union(speakers.values()) | candidates:
        shared = [(weight, name) for name, (weight, rows) in topics.items() if row in rows]
        same = [name for name, rows in speakers.items() if row in rows]
        score = sum(weight for weight, _ in shared) + SPEAKER_WEIGHT * math.log(total) / 3 * len(same)
        if score >= LEAST_WEIGHT:
            scored.append((-score, row, _reason(sorted(shared, reverse=True), same)))
    return [(row, reason) for _, row, reason in sorted(scored)[: 2 * MOST]]


def _union(sets: Iterable[RowSet]) -> RowSet:
    return reduce(or_, sets, RowSet.EMPTY)


def _with_speaker(fts: FtsQueries, name: str) -> RowSet:
    return RowSet.from_rows(fts.first_rows(quoted(term("s", name)), MOST_WEIGHED))


def _sharing(sets: list[RowSet], most: int) -> RowSet:
    """Return about ``most`` sessions that are in as many of the sets as possible."""
    # levels[n]: in more than n of the sets.
    levels = [RowSet.EMPTY] * len(sets)
    for rows in sets:
        for at in range(len(levels) - 1, 0, -1):
            levels[at] |= levels[at - 1] & rows
        levels[0] |= rows
    sharing = RowSet.EMPTY
    for level in reversed(levels):
        if sharing and len(sharing | level) > most:
            break
        sharing |= level
    return sharing


def _reason(shared: list[tuple[float, str]], speakers: list[str]) -> str:
    parts = [f"shares {', '.join(name for _, name in shared[:NAMED])}"] if shared else []
    if speakers:
        parts.append("same speaker" if len(speakers) == 1 else "same speakers")
    return "; ".join(parts)


def _events(fts: FtsQueries, rows: dict[int, str]) -> dict[int, str]:
    marks = ", ".join("?" * len(rows))
    return dict(
        fts.connection.execute(
            f"SELECT session.id, day.event FROM session JOIN day ON day.id = session.day WHERE session.id IN ({marks})",
            list(rows),
        ).fetchall()
    )
