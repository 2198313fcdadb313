"""Feed the full-text index with the sessions that it does not know as they are."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter

from reinvent_tui.index.facets import EVENT_MARK, EVERYTHING, PATH_MARK, term, words_of
from reinvent_tui.index.words import folded, indexed
from reinvent_tui.library.codes import base_of, level_of, track_of
from reinvent_tui.library.topics import readable

_STALE = """
SELECT session.id, title, code, speakers, source, body_start, tag_start, tag_end,
       day.event, day.number, day.date, day.name, (SELECT path FROM post WHERE post.id = session.post)
FROM session JOIN day ON day.id = session.day WHERE session.stale ORDER BY session.id
"""
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


_COLUMNS = "title, code, speakers, tags, takeaways, body, facets"
_PUT = f"""
INSERT INTO indexed (id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET title = excluded.title, code = excluded.code, speakers = excluded.speakers,
    tags = excluded.tags, takeaways = excluded.takeaways, body = excluded.body, facets = excluded.facets
"""
_FED = "SELECT id FROM session WHERE stale"


def feed(connection: sqlite3.Connection) -> None:
    """Index every session that is new, was changed, or stands under another day; the caller holds the transaction.

    Everything goes into the full-text tables in one statement each: FTS5 writes
    what it has gathered to disk whenever a statement may be undone alone, and
    with a statement (or a trigger) for each session that is a segment for each.
    """
    found = connection.execute(_STALE).fetchall()
    if not found:
        return
    connection.execute(
        f"INSERT INTO fts(fts, rowid, {_COLUMNS}) SELECT 'delete', id, {_COLUMNS} FROM indexed WHERE id IN ({_FED})"
    )
    connection.execute(
        "INSERT INTO takeaway_fts(takeaway_fts, rowid, words, facets) SELECT 'delete', id, words, facets FROM takeaway "
        f"WHERE session IN ({_FED}) AND words IS NOT NULL"
    )
    words: Counter[str] = Counter()
    for row in found:
        words.update(_prepare(connection, row))
    # FTS5 can tell the words too, but looks at every place of each to count them: 20 ms for «the».
    connection.executemany(
        "INSERT INTO word VALUES (?, ?) ON CONFLICT (term) DO UPDATE SET sessions = sessions + excluded.sessions",
        words.items(),
    )
    connection.execute(
        f"INSERT INTO fts(rowid, {_COLUMNS}) SELECT id, {_COLUMNS} FROM indexed WHERE id IN ({_FED}) ORDER BY id"
    )
    connection.execute(
        "INSERT INTO takeaway_fts(rowid, words, facets) SELECT id, words, facets FROM takeaway "
        f"WHERE session IN ({_FED}) ORDER BY id"
    )
    connection.execute("UPDATE session SET stale = 0 WHERE stale")


def _prepare(connection: sqlite3.Connection, found: tuple[object, ...]) -> set[str]:
    """Write what the full-text index is to hold of one session; return its words."""
    (row, title, code, speakers, source, body_start, tag_start, tag_end, event, number, date, day_name, path) = found
    assert isinstance(row, int)  # for the types: SQLite gives what the table says
    names = [str(name) for name in json.loads(str(speakers))]
    tags = [
        (str(name), bool(given))
        for name, given in connection.execute("SELECT name, given FROM tag WHERE session = ? ORDER BY rowid", (row,))
    ]
    takeaways = connection.execute("SELECT id, text FROM takeaway WHERE session = ? ORDER BY id", (row,)).fetchall()
    facets = _facets(
        str(code),
        names,
        tags,
        str(event),
        number,
        str(date or ""),
        str(day_name),
        str(path),
        has_takeaways=bool(takeaways),
    )
    text = str(source)
    start, tag_from, tag_to = int(str(body_start)), int(str(tag_start)), int(str(tag_end))
    body = text[start:tag_from] + text[tag_to:] if tag_to else text[start:]
    texts = (
        indexed(str(title)),
        f"{code} {base_of(str(code))}" if "-" in str(code) else str(code),
        indexed(" , ".join(names)),
        indexed(" , ".join(name for name, _ in tags)),
        indexed(" \n ".join(str(takeaway) for _, takeaway in takeaways)),
        indexed(readable(body) if "](" in body or "http" in body else body),
    )
    connection.execute(_PUT, (row, *texts, facets))
    connection.executemany(
        "UPDATE takeaway SET words = ?, facets = ? WHERE id = ?",
        [(indexed(str(takeaway)), facets, takeaway_row) for takeaway_row, takeaway in takeaways],
    )
    return set(folded(" ".join(texts)))


def _facets(
    code: str,
    speakers: list[str],
    tags: list[tuple[str, bool]],
    event: str,
    number: object,
    date: str,
    day_name: str,
    path: str,
    *,
    has_takeaways: bool,
) -> str:
    found = [EVERYTHING]
    for name, given in tags:
        # A parent matches its children: aws/lambda is aws too.
        parts = name.split("/")
        names = ["/".join(parts[: at + 1]) for at in range(len(parts))]
        found.extend(term(kind, each) for each in names for kind in ("tg" if given else "t"))
    found.extend(term("s", name) for name in speakers)
    if code:
        found += [term("c", code), term("c", base_of(code)), term("k", track_of(code))]
        level = level_of(code)
        found.extend([term("l", str(level))] if level else [])
    if number is not None:
        found.append(term("n", str(number)))
    if date:
        found += [term("d", date.replace("-", "")), term("y", date[:4])]
        found.append(term("w", _weekday(date)))
    elif event[-4:].isdecimal():
        found.append(term("y", event[-4:]))
    if day_name:
        found.append(term("w", day_name))
    if number is None and not date and not day_name:
        found.append(term("h", "undated"))
    present = {
        "code": code,
        "speaker": speakers,
        "takeaway": has_takeaways,
        "date": date,
        "day": date or number is not None,
    }
    found.extend(term("h", name) for name, there in present.items() if there)
    found.extend([term("h", "tag")] if any(given for _, given in tags) else [])
    return " ".join([*found, term("e", event), *words_of(EVENT_MARK, event), *words_of(PATH_MARK, path)])


def _weekday(date: str) -> str:
    import datetime as dt

    return _WEEKDAYS[dt.date.fromisoformat(date).weekday()]
