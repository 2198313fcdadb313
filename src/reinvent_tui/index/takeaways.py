"""The takeaways of a selection, in reading order."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reinvent_tui.index.browse import Browser
from reinvent_tui.index.fts import FtsQueries
from reinvent_tui.index.queries import CHUNK, Contents, Day, entries, introductions
from reinvent_tui.index.query import ALL, parse
from reinvent_tui.index.rowset import RowSet


@dataclass(frozen=True, slots=True)
class TakeawayHit:
    """A takeaway that a query found."""

    session: int
    """Row of its session."""
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class SessionTakeaways:
    """A session with its takeaways."""

    row: int
    title: str
    code: str
    takeaways: tuple[TakeawayHit, ...]


@dataclass(frozen=True, slots=True)
class DayTakeaways:
    """A day with takeaways."""

    day: Day
    count: int
    """Number of takeaways."""
    session_count: int
    """Number of sessions that have any."""
    sessions: tuple[SessionTakeaways, ...]
    """Those sessions; if only the first takeaways were requested, later days have none here."""


@dataclass(frozen=True, slots=True)
class Takeaways:
    """The takeaways of a selection."""

    days: tuple[DayTakeaways, ...]
    """In the order requested; by default the newest event first, each from its first day to its last."""
    of_sessions: bool = False
    """True if no takeaway has the words of the query: then these are all takeaways of the matching sessions."""

    @property
    def session_count(self) -> int:
        """Number of sessions that have any."""
        return sum(day.session_count for day in self.days)

    @property
    def count(self) -> int:
        """Number of takeaways."""
        return sum(day.count for day in self.days)

    @property
    def complete(self) -> bool:
        """True if all of them are here, not only the first."""
        return all(len(day.sessions) == day.session_count for day in self.days)

    def years(self) -> list[int]:
        """Return the years that have takeaways, in order."""
        return sorted({year for day in self.days if (year := year_of(day.day)) is not None})


def year_of(day: Day) -> int | None:
    """Return the year of a day, from its date or its event's name; None if neither has one."""
    if isinstance(day.date, dt.date):
        return day.date.year
    return int(day.event[-4:]) if day.event[-4:].isdecimal() else None


def find_takeaways(
    fts: FtsQueries, browser: Browser, query: str, contents: Contents, days: Iterable[Day] | None = None, most: int = 0
) -> Takeaways:
    """Return the takeaways that match ``query``: the words in the takeaway itself, the filters on its session.

    If no takeaway has the words, those of the sessions that have them are
    returned, and ``of_sessions`` is True.

    Args:
        fts: the full-text index.
        browser: resolves the query to sessions.
        query: what was typed.
        contents: the library.
        days: the days to look at, in the order wanted; all of ``contents`` if None.
        most: about how many to read; 0 for all. All are counted.
    """
    days = contents.days if days is None else days
    root = parse(query).root
    if root == ALL:
        return Takeaways(_by_day(fts, None, _counts(fts, None), contents, days, most))
    compiled = fts.compiled(parse(query))
    selected = browser.rows_of(root)
    matching = fts.takeaway_ids(compiled.takeaway_match)
    # A takeaway is not indexed with its session's title and speakers: those filter the sessions.
    counts = _restrict(_counts(fts, matching), selected)
    if counts:
        return Takeaways(_by_day(fts, matching, counts, contents, days, most))
    counts = _restrict(_counts(fts, None), selected)
    return Takeaways(_by_day(fts, None, counts, contents, days, most), of_sessions=bool(compiled.matcher))


def _restrict(counts: dict[int, int], rows: RowSet) -> dict[int, int]:
    return {row: counts[row] for row in rows if row in counts}


def _counts(fts: FtsQueries, ids: set[int] | None) -> dict[int, int]:
    """Return how many takeaways each session has, of all or of those in ``ids``."""
    if ids is None:
        return dict(fts.connection.execute("SELECT session, count(*) FROM takeaway GROUP BY session").fetchall())
    rows = fts.connection.execute("SELECT id, session FROM takeaway").fetchall()
    return Counter(session for takeaway, session in rows if takeaway in ids)


def _by_day(
    fts: FtsQueries, ids: set[int] | None, counts: dict[int, int], contents: Contents, days: Iterable[Day], most: int
) -> tuple[DayTakeaways, ...]:
    """Return the days that have any, the first of them with the takeaways in ``ids`` (None for all)."""
    result = []
    read = 0
    # What a day teaches as a whole comes before its sessions.
    of_days = introductions(fts.connection)
    for day in days:
        rows = [row for row in of_days.get(day.id, ()) if row in counts]
        rows += [row for row in contents.sessions[day.start : day.start + day.count] if row in counts]
        if not rows:
            continue
        count = sum(counts[row] for row in rows)
        wanted = rows if not most else rows[: max(0, most - read)]
        result.append(DayTakeaways(day, count, len(rows), _read(fts, ids, wanted)))
        read += count if len(wanted) == len(rows) else most
    return tuple(result)


def _read(fts: FtsQueries, ids: set[int] | None, rows: Sequence[int]) -> tuple[SessionTakeaways, ...]:
    """Return sessions with their takeaways."""
    by_session: dict[int, list[TakeawayHit]] = {}
    for start in range(0, len(rows), CHUNK):
        part = rows[start : start + CHUNK]
        marks = ", ".join("?" * len(part))
        for takeaway, session, text, line in fts.connection.execute(
            f"SELECT id, session, text, line FROM takeaway WHERE session IN ({marks}) ORDER BY id", part
        ):
            if ids is None or takeaway in ids:
                by_session.setdefault(session, []).append(TakeawayHit(session, text, line))
    names = entries(fts.connection, rows)
    return tuple(
        SessionTakeaways(row, names[row].title, names[row].code, tuple(by_session[row]))
        for row in rows
        if row in by_session and row in names
    )
