"""Put posts into the index and take them out. The caller holds the transaction."""

from __future__ import annotations

import json
import os
import re
import sqlite3

from reinvent_tui.library.files import FileState
from reinvent_tui.library.model import Post, Session

_DIGITS = re.compile(r"\d{1,18}")


def place_of(path: str, number: int) -> str:
    """Return a text that sorts sessions as a person would: ``talk-2`` before ``talk-10``."""
    natural = _DIGITS.sub(lambda match: match[0].zfill(18), path.casefold())
    return f"{natural}\0{number:06d}"


def put_post(connection: sqlite3.Connection, state: FileState, post: Post) -> None:
    """Store ``post`` as the content of the file of ``state``, in place of what was known of it.

    A session that stays keeps its row, so that a screen that shows it goes on showing it.
    """
    values = (state.size, state.mtime_ns, post.path, post.title, post.author, post.origin, post.intro)
    (row,) = connection.execute(
        """INSERT INTO post (file, size, mtime_ns, path, title, author, origin, intro) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (file) DO UPDATE SET size = excluded.size, mtime_ns = excluded.mtime_ns, path = excluded.path,
               title = excluded.title, author = excluded.author, origin = excluded.origin, intro = excluded.intro
           RETURNING id""",
        (os.fsencode(state.path), *values),
    ).fetchone()
    connection.execute("DELETE FROM problem WHERE post = ?", (row,))
    connection.executemany(
        "INSERT INTO problem (post, line, text) VALUES (?, ?, ?)",
        [(row, problem.line, problem.text) for problem in post.problems],
    )
    old = dict(connection.execute("SELECT name, id FROM session WHERE post = ?", (row,)).fetchall())
    for number, session in enumerate(post.sessions):
        _put_session(connection, row, old.pop(session.id, None), place_of(post.path, number), session)
    connection.executemany("DELETE FROM session WHERE id = ?", [(gone,) for gone in old.values()])


_SESSION_COLUMNS = [
    "post",
    "name",
    "place",
    "title",
    "code",
    "speakers",
    "event",
    "number",
    "date",
    "words",
    "line",
    "source",
    "source_line",
    "body_start",
    "tag_start",
    "tag_end",
    "reference_text",
]
_INSERT = f"INSERT INTO session ({', '.join(_SESSION_COLUMNS)}) VALUES ({', '.join('?' * len(_SESSION_COLUMNS))})"
_UPDATE = f"UPDATE session SET {', '.join(f'{column} = ?' for column in _SESSION_COLUMNS)} WHERE id = ?"


def _put_session(connection: sqlite3.Connection, post: int, row: int | None, place: str, session: Session) -> None:
    values = (
        post,
        session.id,
        place,
        session.title,
        session.code,
        json.dumps(session.speakers, ensure_ascii=False),
        session.event,
        session.day,
        session.date.isoformat() if session.date else None,
        len(session.body.split()),
        session.line,
        session.source,
        session.source_line,
        session.body_start,
        *session.tag_line,
        session.references,
    )
    if row is None:
        row = connection.execute(_INSERT, values).lastrowid
    else:
        connection.execute(_UPDATE, (*values, row))
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
    """Forget the posts of ``paths``, with all that came from them."""
    connection.executemany("DELETE FROM post WHERE file = ?", [(os.fsencode(path),) for path in paths])


def group_by_day(connection: sqlite3.Connection) -> None:
    """Give each session the day that it stands under.

    One post of an event may state a day's number and another its date: where
    any post states both, they are one day.
    """
    stated = connection.execute("SELECT DISTINCT event, number, date FROM session").fetchall()
    number_of = {(event, date): number for event, number, date in stated if number is not None and date}
    date_of = {(event, number): date for event, number, date in stated if number is not None and date}
    for event, number, date in stated:
        known_number = number if number is not None else number_of.get((event, date))
        known_date = date or (date_of.get((event, number)) if number is not None else None)
        connection.execute(
            "INSERT INTO day (event, number, date) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (event, known_number, known_date),
        )
        (row,) = connection.execute(
            "SELECT id FROM day WHERE event = ? AND number IS ? AND date IS ?", (event, known_number, known_date)
        ).fetchone()
        connection.execute(
            "UPDATE session SET day = ? WHERE event = ? AND number IS ? AND date IS ? AND day IS NOT ?",
            (row, event, number, date, row),
        )
    connection.execute("DELETE FROM day WHERE id NOT IN (SELECT DISTINCT day FROM session WHERE day IS NOT NULL)")
