"""What takes time, for one library. What the first frame needs is here; the rest is imported with the first request."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from reinvent_tui.errors import IndexDamagedError
from reinvent_tui.index import queries
from reinvent_tui.reader.page_values import SessionPage
from reinvent_tui.reader.pages.session import session_page
from reinvent_tui.reader.reader import First

if TYPE_CHECKING:
    from reinvent_tui.index.library import LibraryIndex
    from reinvent_tui.reader.answerer import Answerer
    from reinvent_tui.reader.answers import Answer
    from reinvent_tui.reader.requests import Request

Post: TypeAlias = "Callable[[Answer], object]"
"""Hands over an answer before the last one of a job."""

FIRST_ENTRIES = 100
"""Titles that come with the contents: more than a screenful."""


class Jobs:
    """What is asked of a library; but for the first frame in threads only."""

    def __init__(self, library: LibraryIndex) -> None:
        self._library = library

    @property
    def names(self) -> list[str]:
        """What the opened folders are called."""
        return self._library.names

    def interrupt(self) -> None:
        """End the query that runs: another one is wanted."""
        self._library.interrupt()

    def first(self, *, inferred: bool) -> First:
        """Return what the index holds already; a damaged one is made again, and holds nothing yet."""
        try:
            return self._first(inferred=inferred)
        except IndexDamagedError:
            self._library.reset()
            return self._first(inferred=inferred)

    def _first(self, *, inferred: bool) -> First:
        version = self._library.data_version()
        with self._library.connection() as connection:
            contents = queries.contents(connection)
            entries = list(queries.entries(connection, contents.sessions[:FIRST_ENTRIES]).values())
        sessions = contents.sessions
        page = session_page_of(self._library, sessions[0], inferred=inferred) if sessions else None
        return First(contents, entries, page, version)

    @cached_property
    def _answerer(self) -> Answerer:
        from reinvent_tui.reader.answerer import Answerer

        return Answerer(self._library)

    def answer(self, request: Request, post: Post, is_cancelled: Callable[[], bool]) -> Answer | None:
        """Return the answer to a request; what is known before is handed to ``post``.

        Raises:
            QueryInterruptedError: another query was wanted meanwhile.
            IndexUnavailableError: the index cannot be read or written.
        """
        return self._answerer.answer(request, post, is_cancelled)


def session_page_of(library: LibraryIndex, row: int, *, whole: bool = False, inferred: bool) -> SessionPage | None:
    """Return the page of a session, of a long one only the head unless it is wanted whole; None if it is gone."""
    with library.connection() as connection:
        details = queries.session_details(connection, row)
    if details is None:
        return None
    document = session_page(details, whole=whole, inferred=inferred)
    if whole:
        document.headings  # noqa: B018 -- found here, not at the first key that asks for them
    return SessionPage(document, details)
