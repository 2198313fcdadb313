"""What may take time, as values: a request carries all that its job needs.

Numbers grow; an answer whose request is no longer the last of its kind is dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from reinvent_tui.config import Settings
from reinvent_tui.index.queries import Contents, SessionDetails
from reinvent_tui.index.values import Facet
from reinvent_tui.page.model import Code
from reinvent_tui.reader.targets import AT_START, TakeawayMark, TakeawaysTarget, Target, Where
from reinvent_tui.record import Record

if TYPE_CHECKING:
    from reinvent_tui.index.excerpts import Marked
    from reinvent_tui.index.search import Answer as Found


class HitEntry(NamedTuple):
    """A hit as a list shows it."""

    row: int
    title: str
    code: str
    day: str
    passages: tuple[Marked, ...]
    lacks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    """Topics, inferred ones with a dot, without those that the query names."""


# Requests


class PageRequest(NamedTuple):
    """Read a page."""

    number: int
    target: Target
    where: Where = AT_START
    contents: Contents | None = None
    """The library's contents, for pages that list sessions."""
    inferred: bool = True
    """Whether inferred topics are shown and count."""
    name: str = ""
    """Id of the session, in case its row has changed."""
    whole: bool = False
    """False if the head of a long page will do."""


class PageAgain(Record):
    """Read the page on screen again after the library changed."""

    request: PageRequest
    name: str = ""
    """Id of the session: its row may have changed."""


class PagesAhead(Record):
    """Read pages that may be asked for next."""

    generation: int
    rows: tuple[int, ...]
    inferred: bool


class ColourCode(Record):
    """Highlight the code of a page."""

    number: int
    codes: tuple[Code, ...]


class FindRelated(Record):
    """Look for what has to do with the session on screen."""

    number: int
    details: SessionDetails
    inferred: bool


class ContentsRequest(Record):
    """Read what the library holds, and the titles of some rows."""

    number: int
    rows: tuple[int, ...]


class EntriesRequest(Record):
    """Read titles."""

    rows: tuple[int, ...]


class TitlesRequest(Record):
    """Read all titles, for the palette."""

    number: int


class WhyRequest(Record):
    """Say by which evidence the file of a session was recognised."""

    row: int


class ExplainRequest(Record):
    """Say a query in words."""

    query: str
    typing: bool
    inferred: bool


class FixRequest(Record):
    """Keep what a person says of a file that was told wrong, or of the event of a folder."""

    place: bytes
    """Absolute path of the file, or the folder."""
    sessions: str | None = None
    """``one``, ``none``, ``level 2``; empty to decide by evidence again, None to leave it."""
    event: str | None = None
    """Name of the folder's event; empty to decide by evidence again, None to leave it."""


class LinkRequest(Record):
    """Find the session that a relative link means."""

    number: int
    target: str
    here: str
    """Path of the post that it is written in."""


class SearchRequest(Record):
    """Find what a query matches."""

    number: int
    text: str
    order: Mapping[int, int] | None
    """Place of each session in reading order; None puts the best first."""
    preview: bool
    """True if a first answer within a frame is wanted."""
    inferred: bool


class HitsRequest(Record):
    """Read further hits of an answer."""

    number: int
    answer: Found
    rows: tuple[int, ...]
    inferred: bool


class PrepareSearch(Record):
    """Load what the first query needs, while it is typed."""


class BrowseRequest(Record):
    """Find what a query selects, and the values of a facet in it."""

    number: int
    query: str
    facet: Facet
    contents: Contents
    typing: bool
    inferred: bool


class CopySession(Record):
    """Put one session together as a line of Markdown."""

    row: int


class CopyTakeaway(Record):
    """Put one takeaway together as Markdown."""

    mark: TakeawayMark


class CopyTakeaways(Record):
    """Put a page of takeaways together as Markdown."""

    target: TakeawaysTarget
    contents: Contents
    inferred: bool


class ScanRequest(Record):
    """Bring the index up to date with the disk."""

    asked: bool = False
    """True if the reader asked for it."""
    fresh: bool = False
    """True to throw the index away first."""


class CheckIndex(Record):
    """Find out whether another program changed the index."""


class SaveSettings(Record):
    """Remember settings."""

    settings: Settings


Request: TypeAlias = (
    PageRequest
    | PageAgain
    | PagesAhead
    | ColourCode
    | FindRelated
    | ContentsRequest
    | EntriesRequest
    | TitlesRequest
    | WhyRequest
    | ExplainRequest
    | FixRequest
    | LinkRequest
    | SearchRequest
    | HitsRequest
    | PrepareSearch
    | BrowseRequest
    | CopySession
    | CopyTakeaway
    | CopyTakeaways
    | ScanRequest
    | CheckIndex
    | SaveSettings
)
