"""Brings the full-text index up to date with sessions that are new or changed."""

from __future__ import annotations

import datetime as dt
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reinvent_tui.index.abbreviations import abbreviations
from reinvent_tui.index.facets import EVENT_MARK, EVERYTHING, ONLY_LINKS, PATH_MARK, term, words_of
from reinvent_tui.index.queries import named_rows
from reinvent_tui.index.words import CAMEL_BOUNDARY, CAMEL_NAME, folded, indexed
from reinvent_tui.library.codes import base_of, level_of, track_of
from reinvent_tui.library.heading_rest import rest_of
from reinvent_tui.library.searchable import searchable
from reinvent_tui.library.topics import with_parents

_STALE: Final = """
SELECT session.id, listed, title, code, speakers, source, body_start, tag_start, tag_end, reference_text,
       day.event, day.number, day.date, day.name AS day_name,
       (SELECT path FROM post WHERE post.id = session.post) AS path
FROM session JOIN day ON day.id = session.day WHERE session.stale ORDER BY session.id
"""
_LINK: Final = re.compile(r"\[[^\[\]]{0,300}\]\([^()\s]{0,500}\)|<?https?://[^\s<>]+>?")
FEWEST_WORDS: Final = 6
"""Words beside its links with which a section is more than links."""
LONGEST_OF_LINKS: Final = 4000
_STALE_IDS: Final = "SELECT id FROM session WHERE stale"
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COLUMNS: Final = "title, code, speakers, tags, takeaways, body, facets"
_PUT: Final = f"""
INSERT INTO indexed (id, {_COLUMNS}) VALUES (:id, :title, :code, :speakers, :tags, :takeaways, :body, :facets)
ON CONFLICT (id) DO UPDATE SET title = excluded.title, code = excluded.code, speakers = excluded.speakers,
    tags = excluded.tags, takeaways = excluded.takeaways, body = excluded.body, facets = excluded.facets
"""


def update_fts(connection: sqlite3.Connection) -> None:
    """Index every session that is new, changed, or moved to another day; the caller holds the transaction.

    Everything goes into the full-text tables in one statement each: FTS5 flushes
    what it has gathered whenever a statement may be undone alone, so that a
    statement (or a trigger) per session would write a segment per session.
    """
    stale = named_rows(connection).execute(_STALE).fetchall()
    if not stale:
        return
    connection.execute(
        f"INSERT INTO fts(fts, rowid, {_COLUMNS}) "
        f"SELECT 'delete', id, {_COLUMNS} FROM indexed WHERE id IN ({_STALE_IDS})"
    )
    connection.execute(
        "INSERT INTO takeaway_fts(takeaway_fts, rowid, words, facets) SELECT 'delete', id, words, facets FROM takeaway "
        f"WHERE session IN ({_STALE_IDS}) AND words IS NOT NULL"
    )
    words: Counter[str] = Counter()
    spelled_out: set[tuple[str, str]] = set()
    for session in stale:
        words.update(_put_indexed(connection, session))
        spelled_out.update((short, " ".join(long)) for short, long in abbreviations(session["source"]))
    connection.executemany("INSERT OR IGNORE INTO abbreviation VALUES (?, ?)", sorted(spelled_out))
    # FTS5 can count words too, but visits every occurrence of each: 20 ms for "the".
    connection.executemany(
        "INSERT INTO word VALUES (?, ?) ON CONFLICT (term) DO UPDATE SET sessions = sessions + excluded.sessions",
        words.items(),
    )
    connection.execute(
        f"INSERT INTO fts(rowid, {_COLUMNS}) SELECT id, {_COLUMNS} FROM indexed WHERE id IN ({_STALE_IDS}) ORDER BY id"
    )
    connection.execute(
        "INSERT INTO takeaway_fts(rowid, words, facets) SELECT id, words, facets FROM takeaway "
        f"WHERE session IN ({_STALE_IDS}) ORDER BY id"
    )
    connection.execute("UPDATE session SET stale = 0 WHERE stale")


def _put_indexed(connection: sqlite3.Connection, session: sqlite3.Row) -> set[str]:
    """Store the words of one session and its takeaways as they are indexed; return the words."""
    row, code = session["id"], session["code"]
    speakers: list[str] = json.loads(session["speakers"])
    tags = [
        (name, bool(given))
        for name, given in connection.execute("SELECT name, given FROM tag WHERE session = ? ORDER BY rowid", (row,))
    ]
    takeaways = connection.execute("SELECT id, text FROM takeaway WHERE session = ? ORDER BY id", (row,)).fetchall()
    facts = _Facts(
        code=code,
        speakers=speakers,
        tags=tags,
        has_takeaways=bool(takeaways),
        only_links=_only_links(session["source"][session["body_start"] :]),
        event=session["event"],
        number=session["number"],
        date=session["date"] or "",
        day_name=session["day_name"],
        path=session["path"],
    )
    # An introduction is found by its words, and is no session to filter.
    facets = " ".join(facts.terms()) if session["listed"] else ""
    texts = {
        "title": indexed(session["title"]),
        "code": f"{code} {base_of(code)}" if "-" in code else code,
        "speakers": indexed(" , ".join(speakers)),
        "tags": indexed(" , ".join(name for name, _ in tags)),
        "takeaways": indexed(" \n ".join(text for _, text in takeaways)),
        "body": _indexed_body(session, [session["title"], code, *speakers]),
    }
    connection.execute(_PUT, {"id": row, **texts, "facets": facets})
    connection.executemany(
        "UPDATE takeaway SET words = ?, facets = ? WHERE id = ?",
        [(indexed(text), facets, takeaway) for takeaway, text in takeaways],
    )
    return set(folded(" ".join(texts.values())))


def _indexed_body(session: sqlite3.Row, shown: list[str]) -> str:
    source: str = session["source"]
    start, tag_start, tag_end = session["body_start"], session["tag_start"], session["tag_end"]
    body = source[start:tag_start] + source[tag_end:] if tag_end else source[start:]
    rest = rest_of(source[:start], shown)
    text = "\n\n".join((searchable(body), searchable(session["reference_text"]), rest.text, *rest.links))
    # A word in it is not found in "getUserById", which is one word: its parts are words too.
    parts = " ".join(CAMEL_BOUNDARY.sub(" ", name) for name in dict.fromkeys(CAMEL_NAME.findall(text)))
    return indexed(f"{text}\n{parts}" if parts else text)


def _only_links(body: str) -> bool:
    """Return True if a text has links, and hardly a word beside them."""
    if len(body) > LONGEST_OF_LINKS or ("](" not in body and "://" not in body):
        return False
    return len(folded(_LINK.sub(" ", body))) < FEWEST_WORDS


@dataclass(frozen=True, slots=True)
class _Facts:
    """The metadata of a session that can be filtered by."""

    code: str
    speakers: list[str]
    tags: list[tuple[str, bool]]
    """Names, and whether an author gave them."""
    has_takeaways: bool
    only_links: bool
    event: str
    number: int | None
    date: str
    day_name: str
    path: str

    def terms(self) -> list[str]:
        """Return the terms of the session in the index."""
        return [
            EVERYTHING,
            *self._tag_terms(),
            *(term("s", name) for name in self.speakers),
            *self._code_terms(),
            *self._day_terms(),
            *self._presence_terms(),
            *((ONLY_LINKS,) if self.only_links else ()),
            term("e", self.event),
            *words_of(EVENT_MARK, self.event),
            *words_of(PATH_MARK, self.path),
        ]

    def _tag_terms(self) -> Iterator[str]:
        for tag, given in self.tags:
            # A parent matches its children: aws/lambda is aws too.
            for name in with_parents(tag):
                yield term("t", name)
                if given:
                    yield term("g", name)

    def _code_terms(self) -> Iterator[str]:
        if not self.code:
            return
        yield from (term("c", self.code), term("c", base_of(self.code)), term("k", track_of(self.code)))
        level = level_of(self.code)
        if level:
            yield term("l", str(level))

    def _day_terms(self) -> Iterator[str]:
        if self.number is not None:
            yield term("n", str(self.number))
        if self.date:
            yield from (term("d", self.date.replace("-", "")), term("y", self.date[:4]))
            yield term("w", _WEEKDAYS[dt.date.fromisoformat(self.date).weekday()])
        elif self.event[-4:].isdecimal():
            yield term("y", self.event[-4:])
        if self.day_name:
            yield term("w", self.day_name)

    def _presence_terms(self) -> Iterator[str]:
        present = {
            "undated": self.number is None and not self.date and not self.day_name,
            "code": self.code,
            "speaker": self.speakers,
            "takeaway": self.has_takeaways,
            "date": self.date,
            "day": self.date or self.number is not None,
            "tag": any(given for _, given in self.tags),
        }
        return (term("h", name) for name, there in present.items() if there)
