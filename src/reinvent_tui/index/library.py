"""A library that can be read, searched and brought up to date: the index, the vocabulary and the searcher together.

Whatever the first query needs (the search modules, YAML, the stemmer) is imported
with the first query, so that opening a library stays fast.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from reinvent_tui.errors import IndexDamagedError
from reinvent_tui.index.store import Connection, Index
from reinvent_tui.library.files import Root

if TYPE_CHECKING:
    from reinvent_tui.index.rowset import RowSet
    from reinvent_tui.index.search import Searcher
    from reinvent_tui.index.sync import Progress, Report


def open_library(roots: tuple[Root, ...], cache_folder: Path, topics_file: Path | None) -> LibraryIndex:
    """Open the index of the posts under ``roots``; it holds what the last scan found until it is synchronised.

    Args:
        roots: the folders and files that make up the library.
        cache_folder: where the index is kept.
        topics_file: the reader's own topics, laid over the bundled ones; it may be missing.

    Raises:
        IndexUnavailableError: no index can be kept anywhere.
    """
    return LibraryIndex(Index(cache_folder, roots), roots, topics_file)


class LibraryIndex:
    """One library through its index; methods may be called from any thread.

    Every method that reads or writes raises IndexUnavailableError if the index
    cannot be used, and IndexDamagedError, a kind of it, if :meth:`reset` would help.
    """

    def __init__(self, index: Index, roots: tuple[Root, ...], topics_file: Path | None) -> None:
        """Use :func:`open_library`."""
        self.roots = roots
        self._index = index
        self._topics_file = topics_file
        self._searcher: Searcher | None = None

    @property
    def names(self) -> list[str]:
        """Names of the opened folders and files."""
        return [root.name for root in self.roots]

    @property
    def remembered(self) -> bool:
        """False if the index is temporary, and gone with this process."""
        return self._index.remembered

    def connection(self) -> contextlib.AbstractContextManager[Connection]:
        """Return a context manager that yields the shared read connection, guarded by a lock."""
        return self._index.connection()

    @contextlib.contextmanager
    def searcher(
        self, *, given_only: bool = False, predicates: Mapping[str, RowSet] | None = None
    ) -> Iterator[Searcher]:
        """Context manager yielding the searcher, up to date, guarded by the lock of the search connection.

        What is passed holds until the context is left: no other thread uses the searcher meanwhile.

        Args:
            given_only: True if inferred tags do not count.
            predicates: sessions by what a query can say of them with ``is:``, such as ``unread``.

        Raises:
            QueryInterruptedError: :meth:`interrupt` was called while a query ran.
        """
        with self._index.search_connection() as connection:
            searcher = self._searcher
            if searcher is None or searcher.connection is not connection:
                searcher = self._searcher = self._new_searcher(connection)
            searcher.fts.given_only = given_only
            searcher.fts.predicates = predicates or {}
            searcher.refresh()
            yield searcher

    def _new_searcher(self, connection: Connection) -> Searcher:
        from reinvent_tui.index.search import Searcher
        from reinvent_tui.library.topics import load_vocabulary

        return Searcher(connection, load_vocabulary(self._topics_file))

    def interrupt(self) -> None:
        """End the query that is running, if any: its answer is no longer wanted."""
        self._index.interrupt()

    def synchronise(
        self, progress: Callable[[Progress], None] | None = None, cancelled: Callable[[], bool] | None = None
    ) -> Report:
        """Bring the index up to date with the disk; a damaged index is thrown away, once, and filled again.

        Args:
            progress: called after each batch that changed something.
            cancelled: called between files; True ends the scan after the current batch.
        """
        from reinvent_tui.index.sync import synchronise

        try:
            return synchronise(self._index, self.roots, progress, cancelled, topics_file=self._topics_file)
        except IndexDamagedError:
            self.reset()
            return synchronise(self._index, self.roots, progress, cancelled, topics_file=self._topics_file)

    def data_version(self) -> int:
        """Return a number that changes whenever the index changes, through this process or another one."""
        return self._index.data_version()

    def reset(self) -> None:
        """Throw the index away and start an empty one."""
        self._index.reset()

    def close(self) -> None:
        """Close the index; a temporary one is removed."""
        self._index.close()
