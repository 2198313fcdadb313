"""What the reader wants done, as values. The screen does it, and nothing else touches widgets."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, TypeAlias

from reinvent_tui.index.queries import Contents, Day, Entry, Event
from reinvent_tui.index.values import Facet, Value
from reinvent_tui.page.document import Document
from reinvent_tui.reader.requests import HitEntry, Request
from reinvent_tui.reader.targets import Finder, LinkMark, Where
from reinvent_tui.record import Record

if TYPE_CHECKING:
    from reinvent_tui.index.query_filters import FieldFilter
    from reinvent_tui.index.suggestions import Suggestion


class Pane(Enum):
    """What can have the focus."""

    PAGE = auto()
    SIDEBAR = auto()
    HITS = auto()
    TOPICS = auto()
    QUERY = auto()


class Load(Record):
    """Start what takes time."""

    request: Request


class Interrupt(Record):
    """End the query that runs: its answer is no longer wanted."""


class ShowDocument(Record):
    """Show a document from its start, then go to a place on it."""

    document: Document
    where: Where


class ReplaceDocument(Record):
    """Show a document that begins as the one on screen does, without moving."""

    document: Document


class RedrawDocument(Record):
    """Draw the page again: blocks of it changed."""


class GoTo(Record):
    """Go to a place on the page."""

    where: Where
    body_line: int = 1
    """Line of the post at which the page's Markdown begins."""


class SetMark(Record):
    """Mark a link on the page: Enter follows it."""

    mark: LinkMark


class ClearMark(Record):
    """Drop the mark on the page."""


class MarkMatches(Record):
    """Mark on the page what a search finds; None marks nothing."""

    finder: Finder | None


class NextMatch(Record):
    """Go to the next match on the page, or the one before."""

    step: int


class Focus(Record):
    """Give a pane the focus."""

    pane: Pane


class ShowContents(Record):
    """Show other contents in the sidebar."""

    contents: Contents
    library: Contents


class ShowEntries(Record):
    """Fill in titles in the sidebar."""

    entries: list[Entry]


class ShowCurrent(Record):
    """Mark in the sidebar what is on the page."""

    target: int | Day | Event
    """Row of a session, or a heading."""


class ShowHits(Record):
    """Show other hits."""

    rows: list[int]
    entries: list[HitEntry]
    suggestions: tuple[Suggestion, ...]
    cursor: int = 0
    close: int = 0
    """How many of the last hits lack some of the words."""


class ShowSuggestions(Record):
    """Show that nothing was found, and what else could be asked."""

    message: tuple[str, str]
    suggestions: tuple[Suggestion, ...]


class ShowHitEntries(Record):
    """Fill in hits."""

    entries: list[HitEntry]


class MoveHitCursor(Record):
    """Put the cursor of the hits on a row."""

    at: int


class ShowValues(Record):
    """Show the values of a facet."""

    facet: Facet
    values: list[Value]
    chosen: FieldFilter
    total: int


class AwaitValues(Record):
    """Keep what is typed for the list of topics, until there is one."""


class ShowQuery(Record):
    """Show a query in the query line."""

    text: str
    placeholder: str
    selected: bool = False
    """True if what is typed next replaces it."""


class Copy(Record):
    """Put text on the clipboard."""

    text: str


class OpenOutside(Record):
    """Open an address in the browser or mail program."""

    target: str


class SetInferred(Record):
    """Remember whether inferred topics are shown."""

    inferred: bool


class Moment(Enum):
    """What may be due later."""

    FINISH_PAGE = auto()
    """Do for a page what can wait until it is painted."""
    READ_AHEAD = auto()
    FIND_RELATED = auto()
    FOLLOW_HITS = auto()
    """Let the page follow the list of hits."""
    FOLLOW_SELECTION = auto()
    """Let the page follow what was selected."""
    END_MESSAGE = auto()
    SCAN = auto()
    CHECK_INDEX = auto()


class Later(Record):
    """Tell the reader when a time is over; 0 seconds is after the next paint."""

    seconds: float
    moment: Moment
    number: int = 0


class Hold(Record):
    """Paint nothing until an answer is there that will be soon."""


class Release(Record):
    """Paint again."""


ListEffect: TypeAlias = (
    ShowContents
    | ShowEntries
    | ShowCurrent
    | ShowHits
    | ShowSuggestions
    | ShowHitEntries
    | MoveHitCursor
    | ShowValues
    | AwaitValues
    | ShowQuery
)
"""Effects on the lists and the query line."""

PageEffect: TypeAlias = ShowDocument | ReplaceDocument | RedrawDocument | GoTo | SetMark | ClearMark | MarkMatches
"""Effects on the page."""

Effect: TypeAlias = (
    PageEffect
    | ListEffect
    | Load
    | Interrupt
    | NextMatch
    | Focus
    | Copy
    | OpenOutside
    | SetInferred
    | Later
    | Hold
    | Release
)
