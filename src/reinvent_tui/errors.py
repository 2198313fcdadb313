"""Exceptions raised by this program.

::

    ReinventError
    ├── LibraryError            a requested folder or file cannot be opened
    ├── QueryInterruptedError   a query was superseded before it was answered
    └── IndexUnavailableError   the index cannot be read or written at the moment
        └── IndexDamagedError   the index is corrupt: rebuilding it helps

A fault *inside* a post is never an exception: it is a
:class:`reinvent_tui.library.model.Problem`, returned with what could be read.
"""

from __future__ import annotations


class ReinventError(Exception):
    """Base class of all errors that are reported to the user in one line."""


class LibraryError(ReinventError):
    """A requested path cannot be opened as a library."""


class QueryInterruptedError(ReinventError):
    """A query was cancelled because its answer is no longer needed."""


class IndexUnavailableError(ReinventError):
    """The index cannot be read or written: locked, disk full, closed, or no writable location for it."""


class IndexDamagedError(IndexUnavailableError):
    """The index file is corrupt; it can be deleted and rebuilt."""
