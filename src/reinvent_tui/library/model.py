"""The values that a library is made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

PARSER_VERSION = 2
"""Raised whenever the same file would be recognised differently: caches start anew."""


class Origin:
    """Where a field of a session came from, in the words that ``show`` prints."""

    FRONT_MATTER = "front matter"
    HEADING = "heading"
    FILE_NAME = "file name"
    FOLDER = "folder"
    """Its name, or what the index in it (a README) says."""
    TEXT = "text"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a post that could not be read as its author meant it."""

    line: int
    """Line in the file, from 1; 0 where the whole file is meant."""
    text: str
    hint: bool = False
    """True where everything could be read, and only the form is unusual."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A topic of a session."""

    name: str
    given: bool = True
    """True where the author wrote it, False where the program inferred it."""


@dataclass(frozen=True, slots=True)
class Takeaway:
    """One lesson of a session."""

    text: str
    """Plain text on one line, without markup."""
    line: int
    """Line in the file, from 1."""


@dataclass(frozen=True, slots=True)
class When:
    """On which day something was, as far as it is known."""

    day: int | None = None
    """Day of the event, from 1."""
    date: dt.date | None = None
    name: str = ""
    """What the day is called where its date cannot be known: ``Monday``, ``29 November``."""

    def __bool__(self) -> bool:
        """Tell whether anything is known."""
        return self.day is not None or self.date is not None or bool(self.name)


NEVER = When()


@dataclass(frozen=True, slots=True)
class Session:
    """One talk, keynote, workshop or discussion that a post summarises."""

    id: str
    """Unique in its folder: ``path/of/post.md`` or ``path/of/post.md#its-title``."""
    title: str
    line: int
    """Line of its heading in the file, from 1."""
    event: str
    source: str
    """Its Markdown as it stands in the file, heading included."""
    source_line: int
    """Line in the file at which ``source`` begins, from 1."""
    body_start: int = 0
    """Offset in ``source`` of the text after the heading."""
    tag_line: tuple[int, int] = (0, 0)
    """Offsets in ``source`` of a line that gives tags: it is shown over the page, not in it."""
    when: When = NEVER
    code: str = ""
    speakers: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    takeaways: tuple[Takeaway, ...] = ()
    references: str = ""
    """Link and footnote definitions that stand elsewhere in the post and that the text uses."""
    origin: tuple[tuple[str, str], ...] = ()
    """Each recognised field with where it came from (:class:`Origin`)."""

    @property
    def day(self) -> int | None:
        """Day of the event, from 1."""
        return self.when.day

    @property
    def date(self) -> dt.date | None:
        """Date."""
        return self.when.date

    @property
    def body(self) -> str:
        """The Markdown that the page shows: line ``n`` of it is line ``body_line + n`` of the file."""
        start, end = self.tag_line
        if end:
            return self.source[self.body_start : start] + self.source[end:]
        return self.source[self.body_start :]

    @property
    def body_line(self) -> int:
        """Line in the file at which ``body`` begins, from 1."""
        return self.source_line + self.source.count("\n", 0, self.body_start)


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """What an index of links (a README) says of another post."""

    target: str
    """Path of that post below the folder that was opened, or of the folder it lies in."""
    when: When
    code: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """One file on disk."""

    path: str
    """Path below the folder that was opened, with forward slashes."""
    title: str
    event: str
    when: When = NEVER
    author: str = ""
    origin: str = ""
    """Where the author says that the text comes from, often an address."""
    intro: str = ""
    """Markdown before the first session."""
    sessions: tuple[Session, ...] = ()
    """None where the post is an index of others."""
    entries: tuple[IndexEntry, ...] = ()
    """What it says of other posts."""
    problems: tuple[Problem, ...] = ()
    readable: bool = True
    """False where the file could not be read at all: worth trying again."""

    @property
    def day(self) -> int | None:
        """Day of the event, from 1."""
        return self.when.day

    @property
    def date(self) -> dt.date | None:
        """Date."""
        return self.when.date
