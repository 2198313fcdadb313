"""The index file: where it is kept, and how it survives whatever happens to it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
import threading
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TypeAlias

from reinvent_tui.errors import IndexDamagedError, IndexUnavailableError, QueryInterruptedError
from reinvent_tui.index.schema import APPLICATION_ID, STATEMENTS, VERSION
from reinvent_tui.library.files import Root

Connection: TypeAlias = sqlite3.Connection
"""For rooms that pass a connection on without speaking SQL themselves."""

BUSY_SECONDS = 10.0


class Index:
    """One set of opened folders, cached in one SQLite file.

    Reading goes through :meth:`connection`, from any thread; writing through
    :meth:`writing`, one thread at a time. Other readers of the same library may
    have the file open too (write-ahead log). If the cache folder cannot be
    written the index is a temporary file, and if even that fails, in memory.
    """

    def __init__(self, folder: Path, roots: tuple[Root, ...]) -> None:
        """Open the index for ``roots`` in ``folder``, or make a new one.

        Raises:
            IndexUnavailableError: SQLite can keep it nowhere.
        """
        self._name = _name_of(roots)
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._lock = threading.RLock()
        self._search_lock = threading.Lock()
        self._search_connection: sqlite3.Connection | None = None
        self._closed = False
        self._resets = 0
        self._address, self._reader = self._open_somewhere(folder)

    @property
    def remembered(self) -> bool:
        """False if the index is temporary, and gone with this process."""
        return self._temporary is None and not self._address.startswith("file:")

    def _open_somewhere(self, folder: Path) -> tuple[str, sqlite3.Connection]:
        reasons = []
        for make in (partial(self._on_disk, folder), self._in_temporary_folder, self._in_memory):
            try:
                address = make()
                return address, _open(address)
            except (OSError, sqlite3.Error) as error:
                reasons.append(str(error))
        if self._temporary is not None:
            self._temporary.cleanup()
        raise IndexUnavailableError(f"cannot keep an index anywhere: {'; '.join(reasons)}")

    def _on_disk(self, folder: Path) -> str:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return str(folder / f"{self._name}.sqlite3")

    def _in_temporary_folder(self) -> str:
        self._temporary = tempfile.TemporaryDirectory(prefix="reinvent-tui-", ignore_cleanup_errors=True)
        return os.path.join(self._temporary.name, "index.sqlite3")

    def _in_memory(self) -> str:
        if self._temporary is not None:
            self._temporary.cleanup()
            self._temporary = None
        return f"file:reinvent-tui-{os.urandom(16).hex()}?mode=memory&cache=shared"

    @contextlib.contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Context manager yielding the shared read connection, guarded by a lock.

        Raises:
            IndexUnavailableError: SQLite cannot read; IndexDamagedError, a kind of it, if :meth:`reset` would help.
        """
        with self._lock, _translated():
            if self._closed:
                raise IndexUnavailableError("the index is closed")
            yield self._reader

    @contextlib.contextmanager
    def search_connection(self) -> Iterator[sqlite3.Connection]:
        """Context manager yielding the search connection, guarded by a lock; see :meth:`interrupt`.

        Raises:
            QueryInterruptedError: :meth:`interrupt` was called while a statement ran.
            IndexUnavailableError: SQLite cannot read; IndexDamagedError, a kind of it, if :meth:`reset` would help.
        """
        with self._search_lock, _translated():
            if self._closed:
                raise IndexUnavailableError("the index is closed")
            if self._search_connection is None:
                self._search_connection = _connect(self._address)
            yield self._search_connection

    def interrupt(self) -> None:
        """End the query that is running, if any: its answer is no longer wanted."""
        connection = self._search_connection
        if connection is not None:
            with contextlib.suppress(sqlite3.ProgrammingError):
                connection.interrupt()

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Context manager yielding a new connection, to write with in transactions.

        Raises:
            IndexUnavailableError: SQLite cannot write; IndexDamagedError, a kind of it, if :meth:`reset` would help.
        """
        with _translated(), contextlib.closing(_connect(self._address)) as connection:
            yield connection

    def data_version(self) -> int:
        """Return a number that changes whenever another connection, of any process, commits to the index, or on reset.

        It takes the lock of the read connection for some microseconds.
        """
        with self.connection() as connection:
            (version,) = connection.execute("PRAGMA data_version").fetchone()
            # The numbers of a connection mean nothing for the one that replaces it.
            return (self._resets << 32) | int(version)

    def reset(self) -> None:
        """Throw the index away and start an empty one in its place."""
        with self._lock, _translated():
            self._reader.close()
            self._close_search_connection()
            if not self._address.startswith("file:"):
                _remove(self._address)
            self._reader = _open(self._address)
            self._resets += 1

    def _close_search_connection(self) -> None:
        self.interrupt()
        with self._search_lock:
            if self._search_connection is not None:
                self._search_connection.close()
                self._search_connection = None

    def close(self) -> None:
        """Close the file; a temporary one is removed."""
        with self._lock:
            self._closed = True
            self._close_search_connection()
            self._reader.close()
            if self._temporary is not None:
                self._temporary.cleanup()


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    """Raise SQLite's errors as ours."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_INTERRUPT:
            raise QueryInterruptedError(str(error)) from error
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise IndexDamagedError(str(error)) from error
        raise IndexUnavailableError(str(error)) from error


def _connect(address: str) -> sqlite3.Connection:
    memory = address.startswith("file:")
    connection = sqlite3.connect(
        address, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, uri=memory, cached_statements=64
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        if memory:
            # Shared memory has no snapshots: without this, readers fail while a batch is written.
            connection.execute("PRAGMA read_uncommitted = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _open(address: str) -> sqlite3.Connection:
    """Return a connection to an index of this version; a file that is none is replaced.

    Raises:
        sqlite3.Error: the place cannot be written.
    """
    try:
        return _prepared(address)
    except sqlite3.DatabaseError as error:
        if address.startswith("file:") or _is_about_the_place(error):
            raise
        _remove(address)
        return _prepared(address)


def _is_about_the_place(error: sqlite3.DatabaseError) -> bool:
    """Return True for a read-only folder, a full disk or a lock, False for a damaged file."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
    )


def _prepared(address: str) -> sqlite3.Connection:
    connection = _connect(address)
    try:
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        if (version, application) != (VERSION, APPLICATION_ID):
            _create(connection)
        # A folder that can be read but not written shows only now.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("SELECT count(*) FROM (SELECT 1 FROM session LIMIT 1)").fetchone()
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _create(connection: sqlite3.Connection) -> None:
    """Create the tables of this version in an empty database."""
    connection.execute("BEGIN IMMEDIATE")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if (version, application) == (VERSION, APPLICATION_ID):
        connection.execute("COMMIT")  # another reader was faster
        return
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if tables:
        connection.execute("ROLLBACK")
        raise sqlite3.DatabaseError("an index of another version")
    for statement in STATEMENTS:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _remove(address: str) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(OSError):
            os.unlink(address + suffix)


def _name_of(roots: tuple[Root, ...]) -> str:
    """Return the name of the index of ``roots``: two checksums, which cost the start less than importing a digest.

    Two libraries that had the same name would cost each other their cache, and nothing else.
    """
    names = b"\0".join(sorted(os.fsencode(root.path) for root in roots))
    return f"{zlib.crc32(names):08x}{zlib.adler32(names):08x}"
