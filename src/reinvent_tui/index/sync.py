"""Brings the index up to date with the disk: reads what changed, removes what is gone."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from reinvent_tui.clean import clean_line
from reinvent_tui.index.store import Index
from reinvent_tui.index.write import group_by_day, put_post, remove_files
from reinvent_tui.library.correction_files import fingerprint
from reinvent_tui.library.files import FileState, Root, Unreadable, walk
from reinvent_tui.library.model import Post, Problem
from reinvent_tui.record import Record

FIRST_BATCH_SECONDS = 0.1
LONGEST_BATCH_SECONDS = 1.0


class Progress(Record):
    """How far a scan has got."""

    indexed: int
    total: int
    """Files to read; unchanged ones are not counted."""


class Report(Record):
    """What a scan found."""

    files: int
    """Posts on disk."""
    read: int
    """Posts that were read, since they were new or changed."""
    removed: int
    unreadable: tuple[Unreadable, ...]
    complete: bool
    """False if the scan was cancelled."""


def synchronise(
    index: Index,
    roots: tuple[Root, ...],
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    *,
    topics_file: Path | None = None,
) -> Report:
    """Read every post that is new or changed into ``index`` and remove the ones that are gone.

    Changed files are read newest first and stored in batches, so that a screen
    can show them while the rest is read. Files whose size and time are those of
    the index are not opened.

    Args:
        index: where to store.
        roots: what to scan.
        progress: called after each batch that changed something.
        cancelled: called between files; True ends the scan after the current batch.
        topics_file: the reader's own topics, which may be missing.

    Raises:
        IndexUnavailableError: the index cannot be written; IndexDamagedError, a kind of it, if a new one would do.
    """
    cancelled = cancelled or (lambda: False)
    with index.writing() as connection:
        states: list[FileState] = []
        unreadable: list[Unreadable] = []
        for state in walk(roots, unreadable):
            states.append(state)
            if cancelled():
                return Report(len(states), 0, 0, tuple(unreadable), complete=False)
        topics = _fingerprint(topics_file)
        # Other topics mean other tags, of every post.
        other_topics = topics != _meta(connection, "topics")
        changes = _changes(connection, states, unreadable, all_changed=other_topics)
        writer = Writer(connection, progress or (lambda _: None), len(changes.changed))
        if changes.gone:
            writer.remove(changes.gone)
        said = fingerprint({os.path.dirname(state.path) for state in states}, [root.path for root in roots])
        other_corrections = said != _meta(connection, "corrections")
        # A scan that was cancelled may have left posts that were recognised with the habits of few neighbours.
        unfinished = _meta(connection, "unfinished")
        if changes.changed or changes.gone or other_corrections or unfinished:
            # All recognition and the YAML parser: not needed if nothing changed.
            from reinvent_tui.index.reading import Reading

            connection.execute("INSERT OR REPLACE INTO meta VALUES ('unfinished', '1')")
            reading = Reading(connection, writer, roots, topics_file, cancelled)
            reading.read(changes.changed)
            complete = writer.done == len(changes.changed)
            if complete and (reading.changes_habits or changes.gone or other_corrections or unfinished):
                reading.reread(states)
            if complete and not cancelled():
                connection.execute("DELETE FROM meta WHERE key = 'unfinished'")
            unreadable += reading.vanished
        else:
            complete = True
        # A scan that finds nothing writes nothing: other processes watch for changes of the index.
        if complete and other_topics:
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('topics', ?)", (topics,))
        if complete and other_corrections:
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('corrections', ?)", (said,))
    complete = complete or not cancelled()
    return Report(len(states), writer.done, len(changes.gone), tuple(unreadable), complete)


class _Changes(Record):
    """How the disk differs from the index."""

    changed: list[FileState]
    """New or changed files, the newest first."""
    gone: list[str]
    """Paths of posts that are no longer there."""


def _changes(
    connection: sqlite3.Connection, states: list[FileState], unreadable: list[Unreadable], *, all_changed: bool
) -> _Changes:
    known = {
        os.fsdecode(file): (size, mtime_ns)
        for file, size, mtime_ns in connection.execute("SELECT file, size, mtime_ns FROM post")
    }
    present = {state.path for state in states}
    present.update(item.path for item in unreadable)
    # What is below a folder that cannot be read may still be there.
    blocked = tuple(item.path.rstrip(os.sep) + os.sep for item in unreadable)
    gone = [path for path in known if path not in present and not (blocked and path.startswith(blocked))]
    changed = [state for state in states if all_changed or known.get(state.path) != (state.size, state.mtime_ns)]
    changed.sort(key=lambda state: state.mtime_ns, reverse=True)
    return _Changes(changed, gone)


def _fingerprint(path: Path | None) -> str:
    """Return a hash of a file's content; empty if it is missing."""
    if path is None:
        return ""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _meta(connection: sqlite3.Connection, key: str) -> str:
    for (value,) in connection.execute("SELECT value FROM meta WHERE key = ?", (key,)):
        return str(value)
    return ""


class Writer:
    """Collects posts and stores them in transactions that grow with the scan."""

    def __init__(self, connection: sqlite3.Connection, progress: Callable[[Progress], None], total: int) -> None:
        self._connection = connection
        self._progress = progress
        self._total = total
        self._pending: list[tuple[FileState, Post, str, str]] = []
        self._started = time.monotonic()
        self._seconds = FIRST_BATCH_SECONDS
        self.done = 0

    def remove(self, paths: list[str]) -> None:
        """Remove the posts of files that are gone."""
        from reinvent_tui.index.fts_writer import update_fts

        self._connection.execute("BEGIN IMMEDIATE")
        remove_files(self._connection, paths)
        group_by_day(self._connection)
        update_fts(self._connection)
        self._connection.execute("COMMIT")
        self._progress(Progress(0, self._total))

    def add(self, state: FileState, post: Post, sketch: str, habits: str, *, again: bool = False) -> None:
        """Take a post to store; ``again`` if it is stored already and was recognised with other habits."""
        self._pending.append((state, post, sketch, habits))
        self.done += not again
        if time.monotonic() - self._started >= self._seconds:
            self.flush()

    def _put(self, state: FileState, post: Post, sketch: str, habits: str) -> None:
        """Store one post; one that cannot be stored never keeps another from being stored."""
        if not post.readable:
            state = state._replace(mtime_ns=-1)  # so that the next scan tries again
        self._connection.execute("SAVEPOINT post")
        try:
            put_post(self._connection, state, post, sketch, habits)
        except (sqlite3.IntegrityError, sqlite3.DataError, ValueError, OverflowError) as error:
            self._connection.execute("ROLLBACK TO post")
            problem = Problem(0, clean_line(f"cannot be stored: {error}"))
            put_post(
                self._connection, state, Post(post.path, post.path, post.event, problems=(problem,)), sketch, habits
            )
        self._connection.execute("RELEASE post")

    def flush(self) -> None:
        """Store what was added, and tell of it."""
        if not self._pending:
            return
        from reinvent_tui.index.fts_writer import update_fts

        self._connection.execute("BEGIN IMMEDIATE")
        try:
            for state, post, sketch, habits in self._pending:
                self._put(state, post, sketch, habits)
            group_by_day(self._connection)
            update_fts(self._connection)
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
        self._pending.clear()
        self._progress(Progress(self.done, self._total))
        self._seconds = min(self._seconds * 2, LONGEST_BATCH_SECONDS)
        self._started = time.monotonic()
