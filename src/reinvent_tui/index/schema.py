"""The tables of the index."""

from __future__ import annotations

from typing import Final

from reinvent_tui.library.model import PARSER_VERSION

SCHEMA_VERSION = 10
VERSION: Final = SCHEMA_VERSION * 1000 + PARSER_VERSION
"""Stored as ``user_version``; an index with another version is thrown away."""

APPLICATION_ID: Final = 0x52495455  # "RITU"

STATEMENTS: Final = (
    """
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
)
    """,
    """
CREATE TABLE post (
    id INTEGER PRIMARY KEY,
    file BLOB NOT NULL UNIQUE,      -- absolute path, as the bytes of the file system
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    path TEXT NOT NULL,             -- below the folder that was opened
    title TEXT NOT NULL,
    author TEXT NOT NULL,
    origin TEXT NOT NULL,
    intro TEXT NOT NULL,
    root INTEGER NOT NULL,
    sketch TEXT NOT NULL,           -- JSON: what its neighbours need to know of it
    habits TEXT NOT NULL            -- digest of the habits with which it was recognised
)
    """,
    """
CREATE TABLE problem (
    post INTEGER NOT NULL REFERENCES post ON DELETE CASCADE,
    line INTEGER NOT NULL,
    text TEXT NOT NULL,
    hint INTEGER NOT NULL
)
    """,
    "CREATE INDEX problem_post ON problem(post)",
    """
CREATE TABLE entry (                -- what a page of links says about another post
    post INTEGER NOT NULL REFERENCES post ON DELETE CASCADE,
    target TEXT NOT NULL,
    number INTEGER,
    date TEXT,
    day_name TEXT NOT NULL,
    code TEXT NOT NULL
)
    """,
    "CREATE INDEX entry_post ON entry(post)",
    """
CREATE TABLE day (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- a reader may keep it: it never means another day
    event TEXT NOT NULL,
    number INTEGER,
    date TEXT,
    name TEXT NOT NULL              -- if neither number nor date is known: Monday
)
    """,
    "CREATE UNIQUE INDEX day_key ON day(event, ifnull(number, -1), ifnull(date, ''), name)",
    """
CREATE TABLE session (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- as with days
    post INTEGER NOT NULL REFERENCES post ON DELETE CASCADE,
    name TEXT NOT NULL,             -- Session.id
    listed INTEGER NOT NULL,        -- 0 for the introduction of a post, which can be found but is no session
    day INTEGER REFERENCES day,     -- the day it is listed under; set when the batch is complete
    place TEXT NOT NULL,            -- sorts sessions of one day into reading order
    title TEXT NOT NULL,
    code TEXT NOT NULL,
    speakers TEXT NOT NULL,         -- JSON
    event TEXT NOT NULL,            -- as stated; the day has the full name
    number INTEGER,
    date TEXT,
    day_name TEXT NOT NULL,
    stale INTEGER NOT NULL DEFAULT 1, -- 1 until the full-text index is up to date with it
    borrowed INTEGER NOT NULL DEFAULT 0, -- 1 if its day comes from an entry
    origin TEXT NOT NULL,           -- JSON: where each field came from
    words INTEGER NOT NULL,
    line INTEGER NOT NULL,
    source TEXT NOT NULL,
    source_line INTEGER NOT NULL,
    body_start INTEGER NOT NULL,
    tag_start INTEGER NOT NULL,
    tag_end INTEGER NOT NULL,
    reference_text TEXT NOT NULL
)
    """,
    "CREATE UNIQUE INDEX session_name ON session(post, name)",
    "CREATE INDEX session_by_name ON session(name)",
    "CREATE INDEX session_stated_day ON session(event, number, date, day_name)",
    "CREATE INDEX session_place ON session(day, place) WHERE listed",
    "CREATE INDEX session_introduction ON session(day) WHERE NOT listed",
    "CREATE INDEX session_code ON session(code) WHERE code <> ''",
    "CREATE INDEX session_title ON session(title COLLATE NOCASE)",
    "CREATE INDEX session_stale ON session(stale) WHERE stale",
    """
CREATE TABLE takeaway (
    id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
    text TEXT NOT NULL,
    line INTEGER NOT NULL,
    words TEXT,                     -- its words, as they are indexed
    facets TEXT                     -- its session's filters
)
    """,
    "CREATE INDEX takeaway_session ON takeaway(session)",
    """
CREATE TABLE tag (
    session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
    name TEXT NOT NULL,
    given INTEGER NOT NULL
)
    """,
    "CREATE INDEX tag_session ON tag(session)",
    "CREATE INDEX tag_name ON tag(name, given, session)",
    """
CREATE TABLE indexed (              -- the content of the full-text index, which needs it to delete a row
    id INTEGER PRIMARY KEY REFERENCES session ON DELETE CASCADE,
    title TEXT NOT NULL,
    code TEXT NOT NULL,
    speakers TEXT NOT NULL,
    tags TEXT NOT NULL,
    takeaways TEXT NOT NULL,
    body TEXT NOT NULL,
    facets TEXT NOT NULL
)
    """,
    """
CREATE VIRTUAL TABLE fts USING fts5(
    title, code, speakers, tags, takeaways, body, facets,
    content='indexed', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='1 2 3'
)
    """,
    """
CREATE TABLE word (                 -- words of the sessions; none is removed with a session
    term TEXT PRIMARY KEY,
    sessions INTEGER NOT NULL       -- in about how many it occurred when they were indexed
) WITHOUT ROWID
    """,
    """
CREATE TABLE abbreviation (         -- short forms that a session spells out; none is removed with it
    short TEXT NOT NULL,
    long TEXT NOT NULL,             -- its words, separated by spaces
    PRIMARY KEY (short, long)
) WITHOUT ROWID
    """,
    """
CREATE VIRTUAL TABLE takeaway_fts USING fts5(
    words, facets,
    content='takeaway', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='1 2 3'
)
    """,
    """
CREATE TRIGGER indexed_delete AFTER DELETE ON indexed BEGIN
    INSERT INTO fts(fts, rowid, title, code, speakers, tags, takeaways, body, facets)
    VALUES ('delete', old.id, old.title, old.code, old.speakers, old.tags, old.takeaways, old.body, old.facets);
END
    """,
    """
CREATE TRIGGER takeaway_delete AFTER DELETE ON takeaway WHEN old.words IS NOT NULL BEGIN
    INSERT INTO takeaway_fts(takeaway_fts, rowid, words, facets) VALUES ('delete', old.id, old.words, old.facets);
END
    """,
)
"""Create the tables, indexes and triggers, in order."""
