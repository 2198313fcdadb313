"""The exceptions that this program raises on purpose.

::

    ReinventError
    ├── LibraryError            a folder or file that was asked for cannot be opened
    ├── QueryInterruptedError   another query was wanted before this one was answered
    └── IndexUnavailableError   the index cannot be read or written now
        └── IndexDamagedError   what is in it makes no sense: a new one would do

What is wrong *inside* a post is never an exception: it is a
:class:`reinvent_tui.library.model.Problem`, carried beside what could be read.
"""

from __future__ import annotations


class ReinventError(Exception):
    """Base of all errors that a reader is told about in one line."""


class LibraryError(ReinventError):
    """A path that was asked for cannot be opened as a library."""


class QueryInterruptedError(ReinventError):
    """A query was ended because its answer is no longer wanted."""


class IndexUnavailableError(ReinventError):
    """The index cannot be read or written: locked, disk full, closed, or no place for it anywhere."""


class IndexDamagedError(IndexUnavailableError):
    """The index file is damaged; it can be thrown away and made anew."""
