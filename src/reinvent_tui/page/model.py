"""The values that a page is made of: blocks of text, and the lines they are laid out to."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final


class Mark:
    """How a piece of text differs from the text around it: flags of one number.

    Plain numbers: ``enum.IntFlag`` costs a microsecond for each ``|``, and a page has thousands.
    """

    NONE = 0
    STRONG = 1
    EMPHASIS = 2
    CODE = 4
    STRUCK = 8
    LINK = 16
    DIM = 32


MARKS: Final = ("CODE", "STRONG", "EMPHASIS", "STRUCK", "LINK", "DIM")
"""Names of the flags, in the order in which their styles are laid over each other."""


class Kind(Enum):
    """What a block is."""

    PARAGRAPH = auto()
    HEADING = auto()
    CODE = auto()
    HTML = auto()
    RULE = auto()
    ROW = auto()
    """One row of a table."""
    STYLED = auto()
    """Text that is already plain, with spans of its own: the header over a page, a list of sessions."""


@dataclass(frozen=True, slots=True)
class Prefix:
    """What a container puts before the lines of the blocks in it."""

    first: str
    """Before the first line of its first block: a bullet, a number."""
    rest: str
    """Before all other lines; as wide as ``first``."""
    role: str = "marker"
    copied: str = ""
    """What stands for ``first`` in copied text."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a block's text that is drawn in its own way."""

    start: int
    end: int
    mark: int = Mark.NONE
    role: str = ""
    """Empty: the block's own."""
    link: int = -1
    """Index among the block's links, or -1."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A block's text, as it is read, searched, selected and copied."""

    text: str
    spans: tuple[Span, ...] = ()
    """In order, without overlaps."""
    links: tuple[str, ...] = ()
    """Targets."""
    cells: tuple[int, ...] = ()
    """For a table row: offset in ``text`` of each cell; a tab parts them."""


@dataclass(slots=True)
class Code:
    """A block of code; long ones are drawn in parts that share it."""

    text: str
    language: str
    spans: tuple[Span, ...] | None = None
    """Set once it has been coloured."""


@dataclass(slots=True)
class Table:
    """What the rows of one table share."""

    header: tuple[str, ...]
    """Markdown of the header cells."""
    alignments: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    """Markdown of the body's first rows: enough to measure columns by."""
    shapes: dict[int, TableShape] = field(default_factory=dict)
    """By width in cells."""


@dataclass(frozen=True, slots=True)
class TableShape:
    """The columns of a table at one width."""

    widths: tuple[int, ...]
    """Cells of each column; empty where the table is drawn as a list."""
    ruled: bool
    """True where cells wrap, so that rows need a line between them."""


@dataclass(slots=True)
class Block:
    """A piece of a page that is laid out by itself."""

    kind: Kind
    source: str
    """Its Markdown, or its text where it has no inline markup."""
    line: int
    """Line in the Markdown that it came from, from 0."""
    prefixes: tuple[Prefix, ...] = ()
    """Containers that it stands in, outermost first."""
    opened: int = 0
    """How many of the innermost containers begin with this block."""
    gap: int = 1
    """Empty lines before it."""
    gap_depth: int = 0
    """How many containers go on through those empty lines."""
    level: int = 0
    """Of a heading, 1 to 6."""
    role: str = "text"
    table: Table | None = None
    row: tuple[str, ...] = ()
    """Markdown of the cells of a table row."""
    header_row: bool = False
    last_row: bool = False
    code: Code | None = None
    offset: int = 0
    """Where in ``code`` this part begins."""
    filled: Filled | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line that is drawn in one way."""

    text: str
    """As drawn."""
    role: str
    mark: int = Mark.NONE
    link: int = -1
    start: int = -1
    """Offset in the block's text; -1 for what is not text: a bullet, a rule, space."""
    length: int = 0
    """Characters of the block's text that it stands for."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a page."""

    runs: tuple[Run, ...]
    start: int
    """Offset in the block's text at which the line begins."""
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a page's text, whatever its layout."""

    block: int
    offset: int


@dataclass(frozen=True, slots=True)
class HeadingMark:
    """A heading that can be jumped to."""

    block: int
    level: int
    text: str
    anchor: str
