"""What jobs found, as values: each answer carries its request.

(Apart from the requests, since nothing is answered before the first paint.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from reinvent_tui.index.queries import Contents, Entry
from reinvent_tui.index.values import Value
from reinvent_tui.page.model import Span
from reinvent_tui.reader.page_values import Page, SessionPage
from reinvent_tui.reader.requests import (
    BrowseRequest,
    CheckIndex,
    ColourCode,
    ContentsRequest,
    CopySession,
    CopyTakeaway,
    CopyTakeaways,
    EntriesRequest,
    ExplainRequest,
    FindRelated,
    FixRequest,
    HitEntry,
    HitsRequest,
    LinkRequest,
    PageAgain,
    PageRequest,
    PagesAhead,
    Request,
    ScanRequest,
    SearchRequest,
    TitlesRequest,
    WhyRequest,
)
from reinvent_tui.record import Record

if TYPE_CHECKING:
    from reinvent_tui.index.explanation import ExplainedPart
    from reinvent_tui.index.related import Related
    from reinvent_tui.index.search import Answer as Found
    from reinvent_tui.index.sync import Report
    from reinvent_tui.reader.commands import Titles


class PageRead(Record):
    """A page that was asked for; None if it is gone."""

    request: PageRequest
    page: Page | None


class PageReadAgain(Record):
    """The page on screen after the library changed; None if it is gone."""

    request: PageAgain
    page: Page | None


class PageReadAhead(Record):
    """A page that may be asked for next."""

    request: PagesAhead
    page: SessionPage


class CodeColoured(Record):
    """The highlighting of a page's code."""

    request: ColourCode
    spans: list[tuple[Span, ...]]
    """For each code of the request."""


class RelatedFound(Record):
    """Sessions that have to do with the one on screen."""

    request: FindRelated
    related: list[Related]


class ContentsRead(Record):
    """What the library holds now."""

    request: ContentsRequest
    contents: Contents
    entries: list[Entry]
    version: int
    """Of the index, as it was read."""


class EntriesRead(Record):
    """Titles."""

    request: EntriesRequest
    entries: list[Entry]


class TitlesRead(Record):
    """All titles."""

    request: TitlesRequest
    titles: Titles


class WhyRead(Record):
    """The evidence for a file, in lines; none if it is gone."""

    request: WhyRequest
    file: bytes
    path: str
    lines: tuple[str, ...]


class Explained(Record):
    """A query in words."""

    request: ExplainRequest
    parts: tuple[ExplainedPart, ...]
    total: int
    """Sessions that have all of it."""
    close: int
    """Sessions that are shown although they lack some words."""


class Fixed(Record):
    """What a person said is kept."""

    request: FixRequest
    where: str


class LinkFound(Record):
    """Where a relative link leads; None if nothing has that name."""

    request: LinkRequest
    row: int | None
    anchor: str


class HitsFound(Record):
    """What a query found."""

    request: SearchRequest
    answer: Found
    rows: list[int]
    """Rows of the hits in the order that was asked for."""
    entries: list[HitEntry]
    """The first of them."""


class HitsRead(Record):
    """Further hits."""

    request: HitsRequest
    entries: list[HitEntry]


class Browsed(Record):
    """What a query selects, and what that is about."""

    request: BrowseRequest
    contents: Contents
    """Narrowed to the selection; everything if the query is empty."""
    entries: list[Entry]
    values: list[Value]
    total: int


class TextReady(Record):
    """Something to copy."""

    request: CopySession | CopyTakeaway | CopyTakeaways
    text: str
    """Empty if it is gone."""
    words: str
    """What it is."""


class ScanProgressed(Record):
    """A scan stored another batch."""

    request: ScanRequest
    indexed: int
    total: int


class ScanEnded(Record):
    """A scan is over; the report is None if it failed for the reason given."""

    request: ScanRequest
    report: Report | None
    error: str
    version: int
    """Of the index after it."""


class IndexChecked(Record):
    """Which version the index has now."""

    request: CheckIndex
    version: int


class IndexDamaged(Record):
    """The index cannot be understood; it can be made again."""

    request: Request


class Failed(Record):
    """Something could not be done, in words."""

    request: Request
    text: str


Answer: TypeAlias = (
    PageRead
    | PageReadAgain
    | PageReadAhead
    | CodeColoured
    | RelatedFound
    | ContentsRead
    | EntriesRead
    | TitlesRead
    | WhyRead
    | Explained
    | Fixed
    | LinkFound
    | HitsFound
    | HitsRead
    | Browsed
    | TextReady
    | ScanProgressed
    | ScanEnded
    | IndexChecked
    | IndexDamaged
    | Failed
)
