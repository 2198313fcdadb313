"""Queries for what is on screen: contents, entries, sessions, days, problems."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import sqlite3
from array import array
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Final, NamedTuple

from reinvent_tui.library.model import Problem, Session, Tag, Takeaway, When
from reinvent_tui.record import Record

CHUNK: Final = 500
"""Most parameters of one statement: SQLite allows 32,766 by default, some builds only 999."""


class Day(Record):
    """A group of sessions in the sidebar."""

    id: int
    event: str
    number: int | None
    date: dt.date | None
    start: int
    """Index in ``Contents.sessions`` of its first session."""
    count: int
    name: str = ""
    """Its name, if neither number nor date is known."""
    of: int = 0
    """How many sessions it has in all, if these contents are narrowed to some; else 0."""


class Event(Record):
    """A conference in one year, with its days in order."""

    name: str
    days: tuple[Day, ...]
    of: int = 0
    """How many sessions it has in all, if these contents are narrowed to some; else 0."""

    @property
    def count(self) -> int:
        """Number of sessions."""
        return sum(day.count for day in self.days)


class Contents(NamedTuple):
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

        ``count`` returns how many of them have a position in a range.
        """
        events = []
        start = 0
        for event in self.events:
            days = []
            for day in event.days:
                left = count(day.start, day.start + day.count)
                if left:
                    days.append(day.replaced(start=start, count=left, of=day.count))
                start += left
            if days:
                events.append(Event(event.name, tuple(days), event.count))
        return Contents(tuple(events), array("q", sessions))


EMPTY: Final = Contents((), array("q"))


class Entry(NamedTuple):
    """A session as a list shows it."""

    row: int
    title: str
    code: str


class SessionDetails(NamedTuple):
    """A session with what a page shows of its post and day."""

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
    """Row of the day it is listed under."""
    problems: tuple[Problem, ...]


class DayText(NamedTuple):
    """The introductions to a day: the text of its posts before their first session."""

    titles: tuple[str, ...]
    intros: tuple[str, ...]
    path: str
    """Path of the first of those posts."""
    problems: tuple[tuple[str, Problem], ...]
    """Paths and problems of the day's posts."""


def named_rows(connection: sqlite3.Connection) -> sqlite3.Cursor:
    """Return a cursor whose rows can be read by the names of their columns, for statements with many."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor


def contents(connection: sqlite3.Connection) -> Contents:
    """Return the library in reading order: newest event first, each from its first day to its last."""
    rows = connection.execute(
        """SELECT day.event, day.id, day.number, day.date, counted.n, day.name
           FROM (SELECT day, count(*) AS n FROM session WHERE listed AND day IS NOT NULL GROUP BY day) AS counted
           JOIN day ON day.id = counted.day"""
    ).fetchall()
    by_event: dict[str, list[Day]] = {}
    for event, row, number, date, count, name in rows:
        by_event.setdefault(event, []).append(Day(row, event, number, _date(date), 0, count, name))
    sessions: array[int] = array("q")
    events = []
    for event in sorted(by_event, key=lambda event: _event_order(event, by_event[event])):
        days = []
        for day in sorted(by_event[event], key=_day_order(by_event[event])):
            days.append(day.replaced(start=len(sessions)))
            ids = connection.execute(
                "SELECT id FROM session WHERE listed AND day = ? ORDER BY place", (day.id,)
            ).fetchall()
            sessions.extend([session for (session,) in ids])
        events.append(Event(event, tuple(days)))
    return Contents(tuple(events), sessions)


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _day_order(days: list[Day]) -> Callable[[Day], tuple[int, int]]:
    """Return the sort key for the days of one event: by number, by date, undated last.

    A day that has both determines which number the other dates would have.
    """
    first = next((day.date.toordinal() - day.number for day in days if day.number is not None and day.date), 0)

    def key(day: Day) -> tuple[int, int]:
        if day.number is not None:
            return (0, day.number)
        if day.date is not None:
            return (0, day.date.toordinal() - first)
        if not day.name:
            return (2, 0)
        # Rare, and its patterns are slow to compile: not at every start.
        from reinvent_tui.library.days import name_order

        return (1, name_order(day.name))

    return key


def _event_order(name: str, days: list[Day]) -> tuple[int, str]:
    latest = max((day.date.toordinal() for day in days if day.date), default=0)
    return (-latest, name.casefold())


def entries(connection: sqlite3.Connection, rows: Iterable[int]) -> dict[int, Entry]:
    """Return the sessions of ``rows`` as a list shows them; rows that are gone are left out."""
    wanted = list(rows)
    result: dict[int, Entry] = {}
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        marks = ", ".join("?" * len(part))
        for row, title, code in connection.execute(f"SELECT id, title, code FROM session WHERE id IN ({marks})", part):
            result[row] = Entry(row, title, code)
    return result


_SESSION_DETAILS = """
SELECT session.name, session.title, session.line, day.event, source, source_line, body_start, tag_start, tag_end,
       day.number, day.date, day.name AS day_name, code, speakers, reference_text, words, session.origin,
       post.file, post.path, post.author, post.origin AS post_origin, session.day, post.id AS post
FROM session JOIN post ON post.id = session.post JOIN day ON day.id = session.day
WHERE session.id = ?
"""


def session_details(connection: sqlite3.Connection, row: int) -> SessionDetails | None:
    """Return the session of ``row``, or None if it is gone."""
    stored = named_rows(connection).execute(_SESSION_DETAILS, (row,)).fetchone()
    if stored is None:
        return None
    tags = connection.execute("SELECT name, given FROM tag WHERE session = ? ORDER BY rowid", (row,))
    takeaways = connection.execute("SELECT text, line FROM takeaway WHERE session = ? ORDER BY rowid", (row,))
    session = Session(
        id=stored["name"],
        title=stored["title"],
        line=stored["line"],
        event=stored["event"],
        source=stored["source"],
        source_line=stored["source_line"],
        body_start=stored["body_start"],
        tag_line=(stored["tag_start"], stored["tag_end"]),
        when=When(stored["number"], _date(stored["date"]), stored["day_name"]),
        origin=tuple(json.loads(stored["origin"]).items()),
        code=stored["code"],
        speakers=tuple(json.loads(stored["speakers"])),
        references=stored["reference_text"],
        tags=tuple(Tag(name, bool(given)) for name, given in tags),
        takeaways=tuple(Takeaway(text, line) for text, line in takeaways),
    )
    return SessionDetails(
        row=row,
        session=session,
        words=stored["words"],
        file=bytes(stored["file"]),
        path=stored["path"],
        author=stored["author"],
        origin=stored["post_origin"],
        day=stored["day"],
        problems=_problems_of(connection, stored["post"]),
    )


def _problems_of(connection: sqlite3.Connection, post: int) -> tuple[Problem, ...]:
    problems = connection.execute("SELECT line, text FROM problem WHERE post = ? AND NOT hint ORDER BY line", (post,))
    return tuple(Problem(line, text) for line, text in problems)


class PostProblem(NamedTuple):
    """A problem in a post."""

    file: bytes
    """Absolute path of the post."""
    problem: Problem


def problems(connection: sqlite3.Connection) -> tuple[int, list[PostProblem]]:
    """Return how many posts there are, and all their problems and hints, in the order of their paths."""
    (count,) = connection.execute("SELECT count(*) FROM post").fetchone()
    rows = connection.execute(
        "SELECT file, line, text, hint FROM problem JOIN post ON post.id = problem.post "
        "ORDER BY post.path, line, problem.rowid"
    )
    return count, [PostProblem(bytes(file), Problem(line, text, bool(hint))) for file, line, text, hint in rows]


def folders(connection: sqlite3.Connection) -> set[str]:
    """Return the folders that hold posts."""
    return {os.path.dirname(os.fsdecode(file)) for (file,) in connection.execute("SELECT file FROM post")}


def day_text(connection: sqlite3.Connection, day: int) -> DayText:
    """Return the introductions of the posts of ``day`` (its row)."""
    posts = (
        named_rows(connection)
        .execute(
            "SELECT DISTINCT post.id, post.title, post.intro, post.path "
            "FROM session JOIN post ON post.id = session.post WHERE listed AND session.day = ? "
            "ORDER BY session.place LIMIT 1000",
            (day,),
        )
        .fetchall()
    )
    introduced = [post for post in posts if post["intro"].strip()]
    return DayText(
        titles=tuple(post["title"] for post in introduced),
        intros=tuple(post["intro"] for post in introduced),
        path=introduced[0]["path"] if introduced else "",
        problems=tuple((post["path"], problem) for post in posts for problem in _problems_of(connection, post["id"])),
    )


def introductions(connection: sqlite3.Connection) -> dict[int, list[int]]:
    """Return the rows of the introductions of each day, by the day's row."""
    found: dict[int, list[int]] = {}
    for day, row in connection.execute(
        "SELECT day, id FROM session WHERE NOT listed AND day IS NOT NULL ORDER BY place"
    ):
        found.setdefault(day, []).append(row)
    return found


def find_session(connection: sqlite3.Connection, name: str) -> int | None:
    """Return the row of the session whose id is ``name``, or None."""
    for (row,) in connection.execute("SELECT id FROM session WHERE name = ? LIMIT 1", (name,)):
        return int(row)
    return None


def find_path(connection: sqlite3.Connection, path: str) -> list[int]:
    """Return the rows of the sessions of the post at ``path``, in order."""
    rows = connection.execute(
        "SELECT session.id FROM session JOIN post ON post.id = session.post WHERE post.path = ? "
        "ORDER BY listed DESC, place",
        (path,),
    )
    return [row for (row,) in rows]


def find_named(connection: sqlite3.Connection, name: str) -> list[int]:
    """Return the sessions that ``name`` identifies: by id, code, path or title, whichever matches first."""
    code = name.strip().upper().replace(" ", "")
    if not re.search(r"\w", name):
        return []
    for condition, value in (
        ("listed AND session.name = ?", name),
        ("session.code = ?", code),
        ("session.code LIKE ? || '-%'", code),
        ("replace(session.code, '-', '') = replace(?, '-', '')", code),
        ("listed AND post.path = ?", name),
        ("listed AND session.title = ? COLLATE NOCASE", name),
        ("post.path = ?", name),
        ("session.title = ? COLLATE NOCASE", name),
    ):
        rows = connection.execute(
            f"SELECT session.id FROM session JOIN post ON post.id = session.post WHERE {condition} "
            "ORDER BY post.path, place",
            (value,),
        ).fetchall()
        if rows:
            return [row for (row,) in rows]
    return []


def all_titles(connection: sqlite3.Connection, limit: int) -> list[Entry]:
    """Return up to ``limit`` sessions, to choose one by title or code, in reading order."""
    known = {row: (title, code) for row, title, code in connection.execute("SELECT id, title, code FROM session")}
    found = (row for row in contents(connection).sessions if row in known)
    return [Entry(row, *known[row]) for row in islice(found, limit)]
