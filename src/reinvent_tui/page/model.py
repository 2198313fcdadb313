"""Values of a page: blocks of text, and the lines that they are laid out to."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final, NamedTuple


class Mark:
    """Text attributes, as bit flags.

    Plain ints: ``enum.IntFlag`` costs a microsecond per ``|``, and a page has thousands.
    """

    NONE = 0
    STRONG = 1
    EMPHASIS = 2
    CODE = 4
    STRUCK = 8
    LINK = 16
    DIM = 32


MARKS: Final = ("CODE", "STRONG", "EMPHASIS", "STRUCK", "LINK", "DIM")
"""Names of the flags, in the order in which their styles are applied."""


class Kind(Enum):
    """Kind of a block."""

    PARAGRAPH = auto()
    HEADING = auto()
    CODE = auto()
    HTML = auto()
    RULE = auto()
    ROW = auto()
    """One row of a table."""
    STYLED = auto()
    """Plain text with spans of its own: the header of a page, a list of sessions."""


class Prefix(NamedTuple):
    """Text that a container puts before the lines of its blocks."""

    first: str
    """Before the first line of its first block: a bullet, a number."""
    rest: str
    """Before all other lines; as wide as ``first``."""
    role: str = "marker"
    copied: str = ""
    """Replacement for ``first`` in copied text."""


class Span(NamedTuple):
    """A range of a block's text with its own style."""

    start: int
    end: int
    mark: int = Mark.NONE
    role: str = ""
    """Empty: that of the block."""
    link: int = -1
    """Index into the block's links, or -1."""


class Filled(NamedTuple):
    """A block's text as it is shown, searched, selected and copied."""

    text: str
    spans: tuple[Span, ...] = ()
    """Ordered, not overlapping."""
    links: tuple[str, ...] = ()
    """Targets."""
    cells: tuple[int, ...] = ()
    """For a table row: offset in ``text`` of each cell; cells are separated by tabs."""


@dataclass(slots=True)
class Code:
    """A block of code; long ones are drawn in parts that share it."""

    text: str
    language: str
    spans: tuple[Span, ...] | None = None
    """None until highlighted."""


@dataclass(slots=True)
class Table:
    """Data shared by the rows of one table."""

    header: tuple[str, ...]
    """Markdown of the header cells."""
    alignments: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    """Markdown of the first body rows, to measure columns by."""
    shapes: dict[int, TableShape] = field(default_factory=dict)
    """By width in cells."""


class TableShape(NamedTuple):
    """The columns of a table at one width."""

    widths: tuple[int, ...]
    """Width of each column in cells; empty if the table is drawn as a list."""
    ruled: bool
    """True if cells wrap, so that rows need a rule between them."""


@dataclass(slots=True)
class Block:
    """A part of a page that is laid out independently."""

    kind: Kind
    source: str
    """Its Markdown, or its text if it has no inline markup."""
    line: int
    """Line of the Markdown that it comes from, from 0."""
    prefixes: tuple[Prefix, ...] = ()
    """Containers around it, outermost first."""
    opened: int = 0
    """Number of innermost containers that begin with this block."""
    gap: int = 1
    """Empty lines before it."""
    gap_depth: int = 0
    """Number of containers that continue through those empty lines."""
    level: int = 0
    """For a heading: 1 to 6."""
    role: str = "text"
    table: Table | None = None
    row: tuple[str, ...] = ()
    """Markdown of the cells of a table row."""
    header_row: bool = False
    last_row: bool = False
    code: Code | None = None
    offset: int = 0
    """Offset in ``code`` at which this part begins."""
    filled: Filled | None = None


class Run(NamedTuple):
    """A part of a line in one style."""

    text: str
    """As drawn."""
    role: str
    mark: int = Mark.NONE
    link: int = -1
    start: int = -1
    """Offset in the block's text; -1 for decoration: a bullet, a rule, padding."""
    length: int = 0
    """Number of characters of the block's text that it shows."""


class Line(NamedTuple):
    """One row of a page."""

    runs: tuple[Run, ...]
    start: int
    """Offset in the block's text at which the line begins."""
    end: int


class Position(NamedTuple):
    """A position in a page's text, independent of layout."""

    block: int
    offset: int


class HeadingMark(NamedTuple):
    """A heading that can be jumped to."""

    block: int
    level: int
    text: str
    anchor: str
