"""Value objects of a library."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

PARSER_VERSION = 5
"""Increment when the same file would be recognised differently: cached indexes are rebuilt."""


class Origin:
    """Provenance of a recognised field, in the words that ``show`` prints."""

    FRONT_MATTER = "front matter"
    HEADING = "heading"
    FILE_NAME = "file name"
    FOLDER = "folder"
    """Its name, or an index in it (a README)."""
    TEXT = "text"
    INFERRED = "inferred"
    CORRECTED = "correction"
    """Said by a person: ``reinvent-tui fix``."""


class Problem(NamedTuple):
    """Part of a post that could not be read as the author meant it."""

    line: int
    """Line in the file, from 1; 0 for the whole file."""
    text: str
    hint: bool = False
    """True if everything could be read and only the form is unusual."""


class Tag(NamedTuple):
    """A topic of a session."""

    name: str
    given: bool = True
    """True if the author wrote it, False if the program inferred it."""


class Takeaway(NamedTuple):
    """One lesson of a session."""

    text: str
    """Plain text on one line, without markup."""
    line: int
    """Line in the file, from 1."""


class When(NamedTuple):
    """The day of a session or post, as far as known."""

    day: int | None = None
    """Day of the event, from 1."""
    date: dt.date | None = None
    name: str = ""
    """Name of the day if its date is unknown: ``Monday``, ``29 November``."""

    def __bool__(self) -> bool:
        """Return whether anything is known."""
        return self.day is not None or self.date is not None or bool(self.name)


NEVER = When()


class Session(NamedTuple):
    """One talk, keynote, workshop or discussion that a post summarises."""

    id: str
    """Unique in its library: ``path/of/post.md`` or ``path/of/post.md#its-title``."""
    title: str
    line: int
    """Line of its heading in the file, from 1."""
    event: str
    source: str
    """Its Markdown as in the file, including the heading."""
    source_line: int
    """Line in the file at which ``source`` begins, from 1."""
    body_start: int = 0
    """Offset in ``source`` of the text after the heading."""
    tag_line: tuple[int, int] = (0, 0)
    """Offsets in ``source`` of a line of tags: shown in the header of the page, not in its text."""
    when: When = NEVER
    code: str = ""
    speakers: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    takeaways: tuple[Takeaway, ...] = ()
    references: str = ""
    """Link and footnote definitions from elsewhere in the post that the text uses."""
    origin: tuple[tuple[str, str], ...] = ()
    """Provenance of each recognised field (:class:`Origin`)."""

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
        """The Markdown to display: line ``n`` of it is line ``body_line + n`` of the file."""
        start, end = self.tag_line
        if end:
            return self.source[self.body_start : start] + self.source[end:]
        return self.source[self.body_start :]

    @property
    def body_line(self) -> int:
        """Line in the file at which ``body`` begins, from 1."""
        return self.source_line + self.source.count("\n", 0, self.body_start)


class IndexEntry(NamedTuple):
    """An entry about another post in an index of links (a README)."""

    target: str
    """Path of that post, or of its folder, below the folder that was opened."""
    when: When
    code: str = ""


class Post(NamedTuple):
    """One file on disk."""

    path: str
    """Path below the folder that was opened, with forward slashes."""
    title: str
    event: str
    when: When = NEVER
    author: str = ""
    origin: str = ""
    """Source that the author gives for the text, often a URL."""
    intro: str = ""
    """Markdown before the first session."""
    sessions: tuple[Session, ...] = ()
    """Empty if the post is an index of others."""
    introduction: Session | None = None
    """The same text as ``intro`` as something that can be found and opened; its title is the post's."""
    entries: tuple[IndexEntry, ...] = ()
    """Its entries about other posts."""
    problems: tuple[Problem, ...] = ()
    readable: bool = True
    """False if the file could not be read at all: worth retrying."""

    @property
    def day(self) -> int | None:
        """Day of the event, from 1."""
        return self.when.day

    @property
    def date(self) -> dt.date | None:
        """Date."""
        return self.when.date
