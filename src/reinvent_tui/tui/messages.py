"""What worker threads tell the screen. Each answer carries the request that it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from reinvent_tui.index.queries import Contents, Entry
from reinvent_tui.index.sync import Progress, Report
from reinvent_tui.page.model import Code, Position, Span
from reinvent_tui.tui.source import Page
from reinvent_tui.tui.widgets.hit_list import HitEntry
from reinvent_tui.tui.widgets.sidebar import Target

if TYPE_CHECKING:
    from reinvent_tui.index.related import Related
    from reinvent_tui.index.search import Answer
    from reinvent_tui.index.values import Facet, Value

START = Position(0, 0)


@dataclass(frozen=True, slots=True)
class Request:
    """A wish to read something."""

    number: int
    """Later wishes have higher numbers; answers to earlier ones are dropped."""
    target: Target
    anchor: str = ""
    """Heading to go to."""
    position: Position = START
    """Place to go to, where no heading is named."""
    line: int = 0
    """Line of the post to go to."""


@dataclass(eq=False, repr=False)
class PageRead(Message):
    """A page that was asked for; ``page`` is None where it is gone."""

    request: Request
    page: Page | None


@dataclass(eq=False, repr=False)
class PageAhead(Message):
    """A page that may be asked for next."""

    generation: int
    row: int
    page: Page


@dataclass(eq=False, repr=False)
class WholePageRead(Message):
    """All of a page whose head is on screen."""

    request: Request
    page: Page


@dataclass(eq=False, repr=False)
class PageChanged(Message):
    """The session on screen, read again after a scan; ``page`` is None where it is gone."""

    request: Request
    page: Page | None


@dataclass(eq=False, repr=False)
class CodeColoured(Message):
    """The colours of a page's code."""

    request: Request
    colours: list[tuple[Code, tuple[Span, ...]]]


@dataclass(eq=False, repr=False)
class ContentsRead(Message):
    """What the library holds now."""

    number: int
    """Later answers have higher numbers; one that comes after a later one is dropped."""
    contents: Contents
    entries: list[Entry]


@dataclass(eq=False, repr=False)
class EntriesRead(Message):
    """Titles that the sidebar asked for."""

    entries: list[Entry]


@dataclass(eq=False, repr=False)
class LinkFound(Message):
    """Where a link inside the library leads; ``row`` is None where nothing has that name."""

    request: Request
    """What was on screen when it was followed."""
    target: str
    row: int | None
    anchor: str


@dataclass(eq=False, repr=False)
class HitsRead(Message):
    """What a query found; an answer to an earlier query than the last is dropped."""

    number: int
    text: str
    answer: Answer
    rows: list[int]
    """Rows of the hits, in the order that was wished for."""
    entries: list[HitEntry]
    """The first of them, as the list shows them."""


@dataclass(eq=False, repr=False)
class Browsed(Message):
    """What a query selects, and what that is about; an answer to an earlier choice is dropped."""

    number: int
    query: str
    contents: Contents
    """Narrowed to the selection; of an empty query all."""
    entries: list[Entry]
    """Titles of the first of its sessions."""
    facet: Facet
    values: list[Value]
    total: int


@dataclass(eq=False, repr=False)
class RelatedRead(Message):
    """Sessions that have to do with the one on screen."""

    request: Request
    related: list[Related]


@dataclass(eq=False, repr=False)
class HitEntriesRead(Message):
    """Further hits, as the list shows them."""

    number: int
    entries: list[HitEntry]


@dataclass(eq=False, repr=False)
class ScanProgressed(Message):
    """A scan stored another batch."""

    progress: Progress


@dataclass(eq=False, repr=False)
class ScanEnded(Message):
    """A scan is over; ``report`` is None where it failed for the reason of ``error``."""

    report: Report | None
    error: str = ""
    asked: bool = False
    """True where the reader asked for it."""


@dataclass(eq=False, repr=False)
class IndexDamaged(Message):
    """The index holds what makes no sense."""


@dataclass(eq=False, repr=False)
class Failed(Message):
    """Something could not be done, in words."""

    text: str
