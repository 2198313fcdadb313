"""Bring the index up to date with the disk: read what changed, forget what is gone."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from reinvent_tui import paths
from reinvent_tui.clean import clean_line
from reinvent_tui.index.store import Index
from reinvent_tui.index.write import group_by_day, put_post, remove_files
from reinvent_tui.library.files import FileState, Root, Unreadable, walk
from reinvent_tui.library.model import Post, Problem

FIRST_BATCH_SECONDS = 0.1
LONGEST_BATCH_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a scan has come."""

    indexed: int
    total: int
    """Files to read; those that did not change are not among them."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a scan found."""

    files: int
    """Posts on disk."""
    read: int
    """Posts that were new or changed, and so were read."""
    removed: int
    unreadable: tuple[Unreadable, ...]
    complete: bool
    """False where the scan was told to stop early."""


def synchronise(
    index: Index,
    roots: tuple[Root, ...],
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Report:
    """Read every post that is new or changed into ``index`` and forget the ones that are gone.

    Changed files are read newest first and stored in batches, so that a screen
    can show them while the rest is read. Files whose size and time are those of
    the index are not opened.

    Args:
        index: where to store.
        roots: what to scan.
        progress: called after each batch that changed something.
        cancelled: asked between files; True ends the scan after the current batch.

    Raises:
        IndexUnavailableError: the index cannot be written; of its kind IndexDamagedError, where a new one would do.
    """
    unreadable: list[Unreadable] = []
    with index.writing() as connection:
        known = {
            os.fsdecode(file): (size, mtime_ns)
            for file, size, mtime_ns in connection.execute("SELECT file, size, mtime_ns FROM post")
        }
        states: list[FileState] = []
        for state in walk(roots, unreadable):
            states.append(state)
            if cancelled():
                return Report(len(states), 0, 0, tuple(unreadable), complete=False)
        found = {state.path for state in states}
        found.update(item.path for item in unreadable)
        blocked = tuple(item.path.rstrip(os.sep) + os.sep for item in unreadable)
        gone = [path for path in known if path not in found and not path.startswith(blocked or ("\0",))]
        own_topics = paths.config_folder() / "topics.yaml"
        topics = _fingerprint(own_topics)
        # Other topics mean other tags, of every post.
        if topics != _meta(connection, "topics"):
            known_states: dict[str, tuple[int, int]] = {}
        else:
            known_states = known
        changed = [state for state in states if known_states.get(state.path) != (state.size, state.mtime_ns)]
        changed.sort(key=lambda state: state.mtime_ns, reverse=True)
        writer = _Writer(connection, progress, len(changed))
        if gone:
            writer.remove(gone)
        if changed:
            # The YAML parser and all recognising: not needed where nothing changed.
            from reinvent_tui.library.load import load_post
            from reinvent_tui.library.topics import load_vocabulary

            vocabulary = load_vocabulary(own_topics)
        for state in changed:
            if cancelled():
                break
            try:
                writer.add(state, load_post(state, roots, vocabulary))
            except FileNotFoundError:
                unreadable.append(Unreadable(state.path, "gone while it was being read"))
        writer.flush()
        if writer.done == len(changed):
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('topics', ?)", (topics,))
    complete = writer.done == len(changed) or not cancelled()
    return Report(len(states), writer.done, len(gone), tuple(unreadable), complete)


def _fingerprint(path: Path) -> str:
    """Return what tells one version of a file from another; empty where it is missing."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _meta(connection: sqlite3.Connection, key: str) -> str:
    found = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(found[0]) if found is not None else ""


class _Writer:
    """Collects posts and stores them in transactions that grow with the scan."""

    def __init__(self, connection: sqlite3.Connection, progress: Callable[[Progress], None], total: int) -> None:
        self._connection = connection
        self._progress = progress
        self._total = total
        self._pending: list[tuple[FileState, Post]] = []
        self._started = time.monotonic()
        self._seconds = FIRST_BATCH_SECONDS
        self.done = 0

    def remove(self, paths: list[str]) -> None:
        from reinvent_tui.index.fts_writer import feed

        self._connection.execute("BEGIN IMMEDIATE")
        remove_files(self._connection, paths)
        group_by_day(self._connection)
        feed(self._connection)
        self._connection.execute("COMMIT")
        self._progress(Progress(0, self._total))

    def add(self, state: FileState, post: Post) -> None:
        self._pending.append((state, post))
        if time.monotonic() - self._started >= self._seconds:
            self.flush()

    def _put(self, state: FileState, post: Post) -> None:
        """Store one post; what cannot be stored never hides another post."""
        if not post.readable:
            state = replace(state, mtime_ns=-1)  # so that the next scan tries again
        self._connection.execute("SAVEPOINT post")
        try:
            put_post(self._connection, state, post)
        except (sqlite3.IntegrityError, sqlite3.DataError, ValueError, OverflowError) as error:
            self._connection.execute("ROLLBACK TO post")
            problem = Problem(0, clean_line(f"cannot be stored: {error}"))
            put_post(self._connection, state, Post(post.path, post.path, post.event, problems=(problem,)))
        self._connection.execute("RELEASE post")

    def flush(self) -> None:
        if not self._pending:
            return
        from reinvent_tui.index.fts_writer import feed

        self._connection.execute("BEGIN IMMEDIATE")
        try:
            for state, post in self._pending:
                self._put(state, post)
            group_by_day(self._connection)
            feed(self._connection)
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
        self.done += len(self._pending)
        self._pending.clear()
        self._progress(Progress(self.done, self._total))
        self._seconds = min(self._seconds * 2, LONGEST_BATCH_SECONDS)
        self._started = time.monotonic()
