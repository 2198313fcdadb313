"""Sessions that have to do with one: the same one told elsewhere, and those that share its topics and speakers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from reinvent_tui.index.browse import Browser, bits_of, rows_in
from reinvent_tui.index.compile import quoted
from reinvent_tui.index.facets import term
from reinvent_tui.index.fts import FtsQueries
from reinvent_tui.index.queries import SessionDetails, entries
from reinvent_tui.library.codes import base_of

MOST: Final = 5
MOST_WEIGHED: Final = 400
"""Sessions that share topics, of which the best are looked for."""
SPEAKER_WEIGHT: Final = 1.5
"""A common speaker is worth as much as a topic that a session in thirty has."""
LEAST_WEIGHT: Final = 2.0
"""What is shared is worth to be told: more than one common topic."""
NAMED: Final = 3
"""Shared topics that are named."""


@dataclass(frozen=True, slots=True)
class Related:
    """A session that has to do with another, and why."""

    row: int
    title: str
    code: str
    event: str
    reason: str


def related(fts: FtsQueries, browser: Browser, details: SessionDetails) -> list[Related]:
    """Return up to five related sessions: first the same session of another year or note-taker, then the closest."""
    found = dict(_same(fts, details))
    for row, reason in _close(fts, browser, details):
        if len(found) >= MOST:
            break
        found.setdefault(row, reason)
    names = entries(fts.connection, found)
    events = _events(fts, found)
    return [
        Related(row, names[row].title, names[row].code, events.get(row, ""), reason)
        for row, reason in list(found.items())[:MOST]
        if row in names
    ]


def _same(fts: FtsQueries, details: SessionDetails) -> list[tuple[int, str]]:
    """Return the same session as others noted it down, or as it was given again, by its code or its title."""
    session, connection = details.session, fts.connection
    found: dict[int, str] = {}
    if session.code:
        base = base_of(session.code)
        for row, code in connection.execute(
            "SELECT id, code FROM session WHERE code >= ? AND code < ? AND id <> ? LIMIT 20",
            (base, base + "\U0010ffff", details.row),
        ):
            if base_of(code) == base:
                found[row] = f"the same session, {base}"
    if len(session.title.split()) > 1:
        for (row,) in connection.execute(
            "SELECT id FROM session WHERE title = ? COLLATE NOCASE AND id <> ? LIMIT 20", (session.title, details.row)
        ):
            found.setdefault(row, "the same session, by its title")
    return list(found.items())[:MOST]


def _close(fts: FtsQueries, browser: Browser, details: SessionDetails) -> list[tuple[int, str]]:
    """Return the sessions that share topics and speakers, those that share the rarest first, each with the reason."""
    whole = fts.total_sessions() or 1
    weights = {
        tag.name: (math.log(whole / bits.bit_count()), bits)
        for tag in details.session.tags
        if (tag.given or not fts.given_only) and (bits := browser.of_topic(tag.name, given_only=fts.given_only))
    }
    others = ~(1 << details.row)
    speakers = {name: _with_speaker(fts, name) & others for name in details.session.speakers}
    told = 0
    for bits in speakers.values():
        told |= bits
    scored = []
    for row in rows_in(told | _sharing([bits & others for _, bits in weights.values()], MOST_WEIGHED)):
        shared = [(weight, name) for name, (weight, bits) in weights.items() if bits >> row & 1]
        same = [name for name, bits in speakers.items() if bits >> row & 1]
        score = sum(weight for weight, _ in shared) + SPEAKER_WEIGHT * math.log(whole) / 3 * len(same)
        if score >= LEAST_WEIGHT:
            scored.append((-score, row, _reason(sorted(shared, reverse=True), same)))
    return [(row, reason) for _, row, reason in sorted(scored)[: 2 * MOST]]


def _with_speaker(fts: FtsQueries, name: str) -> int:
    return bits_of(fts.first_rows(quoted(term("s", name)), MOST_WEIGHED))


def _sharing(sets: list[int], most: int) -> int:
    """Return the bits of about ``most`` sessions that are in as many of the sets as can be."""
    # levels[n]: in more than n of the sets.
    levels = [0] * len(sets)
    for bits in sets:
        for at in range(len(levels) - 1, 0, -1):
            levels[at] |= levels[at - 1] & bits
        levels[0] |= bits
    found = 0
    for bits in reversed(levels):
        if found and (found | bits).bit_count() > most:
            break
        found |= bits
    return found


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
