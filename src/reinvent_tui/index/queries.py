"""What the screens ask of the index."""

from __future__ import annotations

import datetime as dt
import json
import re
import sqlite3
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from reinvent_tui.library.model import Problem, Session, Tag, Takeaway, When

CHUNK = 500
"""Most rows asked for in one statement; SQLite allows 32,766 parameters, builds may allow 999."""


@dataclass(frozen=True, slots=True)
class Day:
    """A group of sessions in the sidebar."""

    id: int
    event: str
    number: int | None
    date: dt.date | None
    start: int
    """Index in ``Contents.sessions`` of its first session."""
    count: int
    name: str = ""
    """What it is called where neither number nor date is known."""
    of: int = 0
    """How many sessions it has, where these contents are narrowed to some; else 0."""


@dataclass(frozen=True, slots=True)
class Event:
    """A conference in one year, with its days in order."""

    name: str
    days: tuple[Day, ...]
    of: int = 0
    """How many sessions it has, where these contents are narrowed to some; else 0."""

    @property
    def count(self) -> int:
        """Number of sessions."""
        return sum(day.count for day in self.days)


@dataclass(frozen=True, slots=True)
class Contents:
    """The whole library in reading order: rows of sessions, and how they are grouped."""

    events: tuple[Event, ...]
    sessions: array[int]
    """Row of each session, in reading order."""

    @property
    def days(self) -> tuple[Day, ...]:
        """The days of all events, in reading order."""
        return tuple(day for event in self.events for day in event.days)

    def narrowed(self, sessions: Iterable[int], count: Callable[[int, int], int]) -> Contents:
        """Return the contents with only some ``sessions``, given in order.

        ``count`` tells how many of them are among those from one index up to another.
        """
        events = []
        start = 0
        for event in self.events:
            days = []
            for day in event.days:
                left = count(day.start, day.start + day.count)
                if left:
                    days.append(replace(day, start=start, count=left, of=day.count))
                start += left
            if days:
                events.append(Event(event.name, tuple(days), event.count))
        return Contents(tuple(events), array("q", sessions))


_StoredDay: TypeAlias = tuple[int, int | None, dt.date | None, int, str]
"""Row, number, date, count of sessions, and name of a day."""

EMPTY = Contents((), array("q"))


@dataclass(frozen=True, slots=True)
class Entry:
    """A session as a list shows it."""

    row: int
    title: str
    code: str


@dataclass(frozen=True, slots=True)
class SessionDetails:
    """A session with what a page needs to know of its post and day."""

    row: int
    session: Session
    words: int
    file: bytes
    """Absolute path of the post."""
    path: str
    """Path of the post below the folder that was opened."""
    author: str
    origin: str
    day: int
    """Row of the day it stands under."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class DayText:
    """What the posts of a day say before their first session."""

    titles: tuple[str, ...]
    intros: tuple[str, ...]
    path: str
    """Path of the first of those posts."""
    problems: tuple[tuple[str, Problem], ...]
    """Paths and problems of the day's posts."""


def contents(connection: sqlite3.Connection) -> Contents:
    """Return the library in reading order: newest event first, each from its first day to its last."""
    rows = connection.execute(
        """SELECT day.id, day.event, day.number, day.date, counted.n, day.name
           FROM (SELECT day, count(*) AS n FROM session WHERE day IS NOT NULL GROUP BY day) AS counted
           JOIN day ON day.id = counted.day"""
    ).fetchall()
    by_event: dict[str, list[_StoredDay]] = {}
    for row, event, number, date, count, name in rows:
        by_event.setdefault(event, []).append((row, number, _date(date), count, name))
    sessions: array[int] = array("q")
    events = []
    for name in sorted(by_event, key=lambda name: _event_order(name, by_event[name])):
        days = []
        for row, number, date, count, called in sorted(by_event[name], key=_day_order(by_event[name])):
            days.append(Day(row, name, number, date, len(sessions), count, called))
            found = connection.execute("SELECT id FROM session WHERE day = ? ORDER BY place", (row,)).fetchall()
            sessions.extend([session for (session,) in found])
        events.append(Event(name, tuple(days)))
    return Contents(tuple(events), sessions)


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _day_order(days: list[_StoredDay]) -> Callable[[_StoredDay], tuple[int, int]]:
    """Return the sort key for the days of one event: by number, by date, undated last.

    A day that has both tells which number the other dates would have.
    """
    first = next((date.toordinal() - number for _, number, date, _, _ in days if number is not None and date), 0)

    def key(day: _StoredDay) -> tuple[int, int]:
        _, number, date, _, name = day
        if number is None and date is None:
            if not name:
                return (2, 0)
            # Rare, and its patterns take their time: the start does without.
            from reinvent_tui.library.days import name_order

            return (1, name_order(name))
        return (0, number if number is not None else date.toordinal() - first if date else 0)

    return key


def _event_order(name: str, days: list[_StoredDay]) -> tuple[int, str]:
    latest = max((date.toordinal() for _, _, date, _, _ in days if date), default=0)
    return (-latest, name.casefold())


def entries(connection: sqlite3.Connection, rows: Iterable[int]) -> dict[int, Entry]:
    """Return the sessions of ``rows`` as a list shows them; rows that are gone are left out."""
    wanted = list(rows)
    found: dict[int, Entry] = {}
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        marks = ", ".join("?" * len(part))
        for row, title, code in connection.execute(f"SELECT id, title, code FROM session WHERE id IN ({marks})", part):
            found[row] = Entry(row, title, code)
    return found


_SESSION_DETAILS = """
SELECT session.id, session.name, session.title, line, day.event, source, source_line, body_start, tag_start, tag_end,
       day.number, day.date, code, speakers, reference_text, words, post.file, post.path, post.author, post.origin,
       session.day, post.id, day.name, session.origin
FROM session JOIN post ON post.id = session.post JOIN day ON day.id = session.day
"""


def session_details(connection: sqlite3.Connection, row: int) -> SessionDetails | None:
    """Return the session of ``row``, or None where it is gone."""
    found = connection.execute(_SESSION_DETAILS + "WHERE session.id = ?", (row,)).fetchone()
    if found is None:
        return None
    session = Session(
        id=found[1],
        title=found[2],
        line=found[3],
        event=found[4],
        source=found[5],
        source_line=found[6],
        body_start=found[7],
        tag_line=(found[8], found[9]),
        when=When(found[10], _date(found[11]), found[22]),
        origin=tuple(json.loads(found[23]).items()),
        code=found[12],
        speakers=tuple(json.loads(found[13])),
        references=found[14],
        tags=tuple(
            Tag(name, bool(given))
            for name, given in connection.execute(
                "SELECT name, given FROM tag WHERE session = ? ORDER BY rowid", (row,)
            )
        ),
        takeaways=tuple(
            Takeaway(text, line)
            for text, line in connection.execute(
                "SELECT text, line FROM takeaway WHERE session = ? ORDER BY rowid", (row,)
            )
        ),
    )
    words, file, path, author, origin, day, post = found[15:22]
    problems = connection.execute("SELECT line, text FROM problem WHERE post = ? AND NOT hint ORDER BY line", (post,))
    return SessionDetails(
        row,
        session,
        words,
        bytes(file),
        path,
        author,
        origin,
        day,
        tuple(Problem(line, text) for line, text in problems),
    )


@dataclass(frozen=True, slots=True)
class PostProblem:
    """A problem with the post that it is in."""

    file: bytes
    """Absolute path of the post."""
    problem: Problem


def problems(connection: sqlite3.Connection) -> tuple[int, list[PostProblem]]:
    """Return how many posts there are, and all that is wrong or odd in them, in the order of their paths."""
    (count,) = connection.execute("SELECT count(*) FROM post").fetchone()
    found = connection.execute(
        "SELECT file, line, text, hint FROM problem JOIN post ON post.id = problem.post "
        "ORDER BY post.path, line, problem.rowid"
    )
    return count, [PostProblem(bytes(file), Problem(line, text, bool(hint))) for file, line, text, hint in found]


def day_text(connection: sqlite3.Connection, day: int) -> DayText:
    """Return what the posts of ``day`` (its row) say of it as a whole."""
    posts = connection.execute(
        "SELECT DISTINCT post.id, post.title, post.intro, post.path FROM session JOIN post ON post.id = session.post "
        "WHERE session.day = ? ORDER BY session.place LIMIT 1000",
        (day,),
    ).fetchall()
    told = [post for post in posts if post[2].strip()]
    problems = [
        (path, Problem(line, text))
        for post, _, _, path in posts
        for line, text in connection.execute(
            "SELECT line, text FROM problem WHERE post = ? AND NOT hint ORDER BY line", (post,)
        )
    ]
    return DayText(
        tuple(post[1] for post in told), tuple(post[2] for post in told), told[0][3] if told else "", tuple(problems)
    )


def find_session(connection: sqlite3.Connection, name: str) -> int | None:
    """Return the row of the session whose id is ``name``, or None."""
    found = connection.execute("SELECT id FROM session WHERE name = ? LIMIT 1", (name,)).fetchone()
    return None if found is None else int(found[0])


def find_path(connection: sqlite3.Connection, path: str) -> list[int]:
    """Return the rows of the sessions of the post at ``path``, in order."""
    found = connection.execute(
        "SELECT session.id FROM session JOIN post ON post.id = session.post WHERE post.path = ? ORDER BY place", (path,)
    )
    return [row for (row,) in found]


def find_named(connection: sqlite3.Connection, name: str) -> list[int]:
    """Return the rows of the sessions that ``name`` means: an id, a code, a path or a title; the first that fits."""
    code = name.strip().upper().replace(" ", "")
    if not re.search(r"\w", name):
        return []
    for condition, value in (
        ("session.name = ?", name),
        ("session.code = ?", code),
        ("session.code LIKE ? || '-%'", code),
        ("replace(session.code, '-', '') = replace(?, '-', '')", code),
        ("post.path = ?", name),
        ("session.title = ? COLLATE NOCASE", name),
    ):
        found = connection.execute(
            f"SELECT session.id FROM session JOIN post ON post.id = session.post WHERE {condition} "
            "ORDER BY post.path, place",
            (value,),
        ).fetchall()
        if found:
            return [row for (row,) in found]
    return []


def all_titles(connection: sqlite3.Connection, limit: int) -> list[Entry]:
    """Return up to ``limit`` sessions, to pick one by its title or code; days in the order in which they were found."""
    found = connection.execute("SELECT id, title, code FROM session ORDER BY day, place LIMIT ?", (limit,))
    return [Entry(row, title, code) for row, title, code in found]
