"""Stores posts in the index and removes them. The caller holds the transaction."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from typing import Final

from reinvent_tui.library.files import FileState
from reinvent_tui.library.model import Origin, Post, Session, When

_DIGITS = re.compile(r"\d{1,18}")


def place_of(path: str, number: int) -> str:
    """Return a text that sorts sessions as a person would: ``talk-2`` before ``talk-10``."""
    natural = _DIGITS.sub(lambda match: match[0].zfill(18), path.casefold())
    return f"{natural}\0{number:06d}"


def put_post(connection: sqlite3.Connection, state: FileState, post: Post, sketch: str = "", habits: str = "") -> None:
    """Store ``post`` as the content of the file of ``state``, replacing what was stored for it.

    A session that is still there keeps its row, so that a screen can go on showing it.

    Args:
        connection: of the index.
        state: the version of the file.
        post: what was recognised in it.
        sketch: what its neighbours need to know of it, as JSON.
        habits: digest of the habits with which it was recognised.
    """
    values = (
        state.size,
        state.mtime_ns,
        post.path,
        post.title,
        post.author,
        post.origin,
        post.intro,
        state.root,
        sketch,
        habits,
    )
    (row,) = connection.execute(
        """INSERT INTO post (file, size, mtime_ns, path, title, author, origin, intro, root, sketch, habits)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (file) DO UPDATE SET size = excluded.size, mtime_ns = excluded.mtime_ns, path = excluded.path,
               title = excluded.title, author = excluded.author, origin = excluded.origin, intro = excluded.intro,
               root = excluded.root, sketch = excluded.sketch, habits = excluded.habits
           RETURNING id""",
        (os.fsencode(state.path), *values),
    ).fetchone()
    connection.execute("DELETE FROM problem WHERE post = ?", (row,))
    connection.executemany(
        "INSERT INTO problem (post, line, text, hint) VALUES (?, ?, ?, ?)",
        [(row, problem.line, problem.text, problem.hint) for problem in post.problems],
    )
    connection.execute("DELETE FROM entry WHERE post = ?", (row,))
    connection.executemany(
        "INSERT INTO entry (post, target, number, date, day_name, code) VALUES (?, ?, ?, ?, ?, ?)",
        [(row, entry.target, *_stored(entry.when), entry.code) for entry in post.entries],
    )
    old = dict(connection.execute("SELECT name, id FROM session WHERE post = ?", (row,)).fetchall())
    for number, session in enumerate(post.sessions):
        _put_session(connection, row, old.pop(session.id, None), place_of(post.path, number), session)
    if post.introduction is not None:
        name = post.introduction.id
        _put_session(connection, row, old.pop(name, None), place_of(post.path, -1), post.introduction, listed=False)
    connection.executemany("DELETE FROM session WHERE id = ?", [(gone,) for gone in old.values()])


_SESSION_COLUMNS: Final = (
    *("post", "name", "listed", "place", "title", "code", "speakers", "event", "number", "date", "day_name", "origin"),
    *("words", "line", "source", "source_line", "body_start", "tag_start", "tag_end", "reference_text", "stale"),
)
_INSERT: Final = (
    f"INSERT INTO session ({', '.join(_SESSION_COLUMNS)}) "
    f"VALUES ({', '.join(f':{column}' for column in _SESSION_COLUMNS)})"
)
_UPDATE: Final = (
    f"UPDATE session SET {', '.join(f'{column} = :{column}' for column in _SESSION_COLUMNS)} WHERE id = :id"
)


def _stored(when: When) -> tuple[int | None, str | None, str]:
    return when.day, when.date.isoformat() if when.date else None, when.name


def _put_session(
    connection: sqlite3.Connection, post: int, row: int | None, place: str, session: Session, *, listed: bool = True
) -> None:
    number, date, day_name = _stored(session.when)
    tag_start, tag_end = session.tag_line
    values = {
        "id": row,
        "post": post,
        "name": session.id,
        "listed": listed,
        "place": place,
        "title": session.title,
        "code": session.code,
        "speakers": json.dumps(session.speakers, ensure_ascii=False),
        "event": session.event,
        "number": number,
        "date": date,
        "day_name": day_name,
        "origin": json.dumps(dict(session.origin)),
        "words": len(session.body.split()),
        "line": session.line,
        "source": session.source,
        "source_line": session.source_line,
        "body_start": session.body_start,
        "tag_start": tag_start,
        "tag_end": tag_end,
        "reference_text": session.references,
        "stale": True,
    }
    if row is None:
        row = connection.execute(_INSERT, values).lastrowid
    else:
        connection.execute(_UPDATE, values)
        connection.execute("DELETE FROM takeaway WHERE session = ?", (row,))
        connection.execute("DELETE FROM tag WHERE session = ?", (row,))
    connection.executemany(
        "INSERT INTO takeaway (session, text, line) VALUES (?, ?, ?)",
        [(row, takeaway.text, takeaway.line) for takeaway in session.takeaways],
    )
    connection.executemany(
        "INSERT INTO tag (session, name, given) VALUES (?, ?, ?)",
        [(row, tag.name, tag.given) for tag in session.tags],
    )


def remove_files(connection: sqlite3.Connection, paths: list[str]) -> None:
    """Remove the posts of ``paths``, with everything that came from them."""
    connection.executemany("DELETE FROM post WHERE file = ?", [(os.fsencode(path),) for path in paths])


def group_by_day(connection: sqlite3.Connection) -> None:
    """Assign each session the day that it is listed under.

    One post of an event may state a day's number and another its date: if any
    post states both, they are one day. An event without a year is the one with
    a year, if the library has only one of that name.
    """
    _borrow(connection)
    stated = connection.execute("SELECT DISTINCT event, number, date, day_name FROM session").fetchall()
    names = _full_names({event for event, _, _, _ in stated})
    number_of = {(names[event], date): number for event, number, date, _ in stated if number is not None and date}
    dates: dict[tuple[str, int], set[str]] = {}
    for event, number, date, _ in stated:
        if number is not None and date:
            dates.setdefault((names[event], number), set()).add(date)
    # Two conferences may have the same name: a number with several dates identifies no day.
    date_of = {key: next(iter(stated_dates)) for key, stated_dates in dates.items() if len(stated_dates) == 1}
    for event, number, date, name in stated:
        full = names[event]
        known_number = number if number is not None else number_of.get((full, date))
        known_date = date or (date_of.get((full, number)) if number is not None else None)
        key = (full, known_number, known_date, name)
        connection.execute(
            "INSERT INTO day (event, number, date, name) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", key
        )
        (row,) = connection.execute(
            "SELECT id FROM day WHERE event = ? AND number IS ? AND date IS ? AND name = ?", key
        ).fetchone()
        connection.execute(
            "UPDATE session SET day = ?, stale = 1 "
            "WHERE event = ? AND number IS ? AND date IS ? AND day_name = ? AND day IS NOT ?",
            (row, event, number, date, name, row),
        )
    connection.execute("DELETE FROM day WHERE id NOT IN (SELECT DISTINCT day FROM session WHERE day IS NOT NULL)")


_YEAR_END = re.compile(r"(.+) ((?:19|20)\d\d)")


def _full_names(events: set[str]) -> dict[str, str]:
    years: dict[str, list[str]] = {}
    for event in events:
        match = _YEAR_END.fullmatch(event)
        if match:
            years.setdefault(match[1], []).append(event)
    return {event: years[event][0] if len(years.get(event, ())) == 1 else event for event in events}


def _borrow(connection: sqlite3.Connection) -> None:
    """Give sessions without a day the one that a page of links states for their post."""
    connection.execute(
        "UPDATE session SET number = NULL, date = NULL, day_name = '', borrowed = 0, "
        "origin = json_remove(origin, '$.day', '$.date') WHERE borrowed = 1"
    )
    for target, number, date, name in connection.execute(
        "SELECT target, number, date, day_name FROM entry "
        "WHERE number IS NOT NULL OR date IS NOT NULL OR day_name <> '' "
        "ORDER BY (SELECT path FROM post WHERE post.id = entry.post), rowid"
    ).fetchall():
        origin = {
            "$.day": number is not None or bool(name),
            "$.date": date is not None,
        }
        paths = [path for path, there in origin.items() if there]
        sets = ", ".join(f"'{path}', '{Origin.FOLDER}'" for path in paths)
        connection.execute(
            f"UPDATE session SET number = ?, date = ?, day_name = ?, borrowed = 1, origin = json_set(origin, {sets}) "
            "WHERE number IS NULL AND date IS NULL AND day_name = '' "
            "AND post IN (SELECT id FROM post WHERE path IN (?, ? || '/README.md', ? || '/index.md', ? || '.md'))",
            (number, date, name, target, target, target, target),
        )
