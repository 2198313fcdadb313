"""The exceptions that this program raises on purpose.

::

    ReinventError
    ├── LibraryError     a folder or file that was asked for cannot be opened
    └── IndexFailure     no index can be kept anywhere, not even in memory

What is wrong *inside* a post is never an exception: it is a
:class:`reinvent_tui.library.model.Problem`, carried beside what could be read.
"""

from __future__ import annotations


class ReinventError(Exception):
    """Base of all errors that a reader is told about in one line."""


class LibraryError(ReinventError):
    """A path that was asked for cannot be opened as a library."""


class IndexFailure(ReinventError):
    """SQLite cannot keep an index anywhere."""
