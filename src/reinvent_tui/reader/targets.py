"""Values that travel: what can be opened, where on its page, and a place to come back to.

(Named tuples and records where many kinds are needed before the first paint: Python takes
seven times as long to make a frozen dataclass.)
"""

from __future__ import annotations

from typing import NamedTuple, Protocol, TypeAlias

from reinvent_tui.index.queries import Day, Event
from reinvent_tui.page.model import Position
from reinvent_tui.page.viewport import START as TOP_ROW
from reinvent_tui.page.viewport import Place as Row
from reinvent_tui.record import Record


class SessionTarget(NamedTuple):
    """A session."""

    row: int


class DayTarget(NamedTuple):
    """The page of a day: the same one, whatever the library makes of it later."""

    day: Day

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DayTarget) and other.day.id == self.day.id

    def __ne__(self, other: object) -> bool:
        return not self == other  # a tuple has its own

    def __hash__(self) -> int:
        return hash((DayTarget, self.day.id))


class EventTarget(NamedTuple):
    """The page of an event: the same one, whatever the library makes of it later."""

    event: Event

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EventTarget) and other.event.name == self.event.name

    def __ne__(self, other: object) -> bool:
        return not self == other  # a tuple has its own

    def __hash__(self) -> int:
        return hash((EventTarget, self.event.name))


class TakeawaysTarget(Record):
    """Takeaways as one page: those that a query finds, those of one day or event, or all."""

    query: str = ""
    scope: Day | Event | None = None
    oldest_first: bool = False


Target: TypeAlias = SessionTarget | DayTarget | EventTarget | TakeawaysTarget

START = Position(0, 0)


class TakeawayMark(NamedTuple):
    """The takeaway at hand."""

    block: int
    row: int
    """Row of its session."""
    line: int
    """Line of the post."""
    text: str


class Spot(NamedTuple):
    """A place on a page: the text at the top of the screen, and the exact row while the lines are as wide."""

    position: Position = START
    top: Row = TOP_ROW
    width: int = 0
    """Cells of a line; 0 if only the text counts."""
    mark: TakeawayMark | None = None
    """The takeaway that was at hand."""


class Anchor(NamedTuple):
    """A heading of the page, by its anchor."""

    name: str


class PostLine(NamedTuple):
    """What was written at a line of the post, from 1."""

    line: int


class Passage(NamedTuple):
    """What a search found at a line of the post, from 1; 0 is the first match of the page, -1 the last."""

    line: int


Where: TypeAlias = Spot | Anchor | PostLine | Passage

AT_START = Spot()


class SearchPlace(NamedTuple):
    """A search as it was left."""

    query: str
    by_day: bool
    row: int
    """Session of the hit that the reader was at; 0 if there was none."""


class Place(NamedTuple):
    """Where the reader was: what was open, where on its page, and what had been searched or selected."""

    target: Target
    name: str = ""
    """Id of the session: its row may be another when the reader comes back."""
    spot: Spot = AT_START
    selection: str = ""
    """The query that narrowed the library."""
    search: SearchPlace | None = None


class LinkMark(NamedTuple):
    """The link that Enter follows."""

    block: int
    link: int
    """Index among the block's links."""
    target: str


Mark: TypeAlias = LinkMark | TakeawayMark


class Finder(Protocol):
    """Whatever finds places in a text."""

    def __bool__(self) -> bool: ...

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the places in ``text``, in order."""
        ...


class View(NamedTuple):
    """What a reader sees of the page, as it is when a key is pressed."""

    spot: Spot = AT_START
    mark: Mark | None = None
    """The mark that is visible."""
    is_selected: bool = False
    """True if text is selected with the mouse."""
