"""The takeaways of a selection, in reading order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from reinvent_tui.index.asking import Asker
from reinvent_tui.index.browse import Browser
from reinvent_tui.index.query import ALL, parse
from reinvent_tui.index.read import Contents, Day, entries


@dataclass(frozen=True, slots=True)
class Lesson:
    """A takeaway, with the session that it is of."""

    session: int
    """Row of the session."""
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Told:
    """A session with its takeaways."""

    row: int
    title: str
    code: str
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class DayTold:
    """The sessions of a day that have takeaways."""

    day: Day
    sessions: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Lessons:
    """The takeaways of a selection."""

    days: tuple[DayTold, ...]
    """In reading order: the newest event first, each from its first day to its last."""
    of_sessions: bool = False
    """True where no takeaway has the words of the query, and these are all of the sessions that it finds."""

    @property
    def sessions(self) -> int:
        """How many sessions have any."""
        return sum(len(day.sessions) for day in self.days)

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(len(told.lessons) for day in self.days for told in day.sessions)

    def years(self) -> list[int]:
        """Return the years in which any was learned, in order."""
        return sorted({year for day in self.days if (year := year_of(day.day)) is not None})


def year_of(day: Day) -> int | None:
    """Return the year of a day, from its date or its event's name; None where neither tells."""
    if isinstance(day.date, dt.date):
        return day.date.year
    return int(day.event[-4:]) if day.event[-4:].isdecimal() else None


def lessons_of(asker: Asker, browser: Browser, query: str, contents: Contents) -> Lessons:
    """Return the takeaways that ``query`` finds: with its words in them, and of the sessions that it filters by.

    Where no takeaway has the words, those of the sessions that have them are
    returned, and the answer says so.
    """
    root = parse(query).root
    if root == ALL:
        return Lessons(_told(asker, None, contents))
    compiled = asker.compiled(parse(query))
    found = asker.lesson_ids(compiled.lessons)
    if found:
        return Lessons(_told(asker, found, contents))
    return Lessons(_told(asker, None, contents, browser.bits_of_node(root)), of_sessions=bool(compiled.matcher))


def _told(asker: Asker, ids: set[int] | None, contents: Contents, bits: int = -1) -> tuple[DayTold, ...]:
    """Return takeaways by days and sessions: those of ``ids`` (None for all) in sessions whose bits are set."""
    by_session: dict[int, list[Lesson]] = {}
    for lesson, session, text, line in asker.connection.execute(
        "SELECT id, session, text, line FROM takeaway ORDER BY session, id"
    ):
        if (ids is None or lesson in ids) and bits >> session & 1:
            by_session.setdefault(session, []).append(Lesson(session, text, line))
    names = entries(asker.connection, by_session)
    days = []
    for day in contents.days:
        rows = contents.sessions[day.start : day.start + day.count]
        told = tuple(
            Told(row, names[row].title, names[row].code, tuple(by_session[row]))
            for row in rows
            if row in by_session and row in names
        )
        if told:
            days.append(DayTold(day, told))
    return tuple(days)
