"""Which panes are on the screen, which one has the focus, and what Esc and Tab mean in each state.

Enter needs no table: it is a key of the widget that has the focus, which chooses its row, follows its mark or reads
what was found.
"""

from __future__ import annotations

from enum import Enum, auto
from types import MappingProxyType
from typing import Final, NamedTuple

from reinvent_tui.reader.effects import Pane

NARROW: Final = 80
"""Columns: on a narrower screen the lists lie over the page."""


class State(Enum):
    """What the reader is doing, as far as it decides what a key means."""

    TYPING = auto()
    """Typing a query."""
    FINDING = auto()
    """Typing what to find in the page."""
    HITS = auto()
    """In the list of hits."""
    HIT = auto()
    """Reading, with hits shown."""
    TOPICS = auto()
    """In the list of topics."""
    SIDEBAR = auto()
    """In the sidebar."""
    TAKEAWAYS = auto()
    """On a page of takeaways."""
    NARROWED = auto()
    """Reading, the library narrowed."""
    PAGE = auto()
    """Reading, nothing else open."""
    ALONE = auto()
    """Reading the page alone."""
    EMPTY = auto()
    """Nothing to read."""


class Exit(Enum):
    """What Esc does."""

    CANCEL_SEARCH = auto()
    """Go back to what was there before typing began."""
    LEAVE_FIND = auto()
    CLOSE_HITS = auto()
    """Close hits and query; the session that was found stays."""
    CLOSE_TOPICS = auto()
    """Close the pane and keep what is chosen."""
    TO_PAGE = auto()
    LEAVE_TAKEAWAYS = auto()
    """Go back to where they were gathered."""
    CLEAR_SELECTION = auto()
    SHOW_LISTS = auto()
    NOTHING = auto()


ESCAPE: Final = MappingProxyType(
    {
        State.TYPING: Exit.CANCEL_SEARCH,
        State.FINDING: Exit.LEAVE_FIND,
        State.HITS: Exit.CLOSE_HITS,
        State.HIT: Exit.CLOSE_HITS,
        State.TOPICS: Exit.CLOSE_TOPICS,
        State.SIDEBAR: Exit.TO_PAGE,
        State.TAKEAWAYS: Exit.LEAVE_TAKEAWAYS,
        State.NARROWED: Exit.CLEAR_SELECTION,
        State.PAGE: Exit.NOTHING,
        State.ALONE: Exit.SHOW_LISTS,
        State.EMPTY: Exit.NOTHING,
    }
)
"""What Esc does in each state, once nothing is marked, labelled or selected on the page."""

TAB: Final = MappingProxyType(
    {
        State.TYPING: (Pane.HITS, Pane.PAGE),
        State.FINDING: (Pane.PAGE,),
        State.HITS: (Pane.TOPICS, Pane.PAGE),
        State.HIT: (Pane.HITS,),
        State.TOPICS: (Pane.PAGE,),
        State.SIDEBAR: (Pane.TOPICS, Pane.PAGE),
        State.TAKEAWAYS: (Pane.HITS, Pane.SIDEBAR),
        State.NARROWED: (Pane.SIDEBAR,),
        State.PAGE: (Pane.SIDEBAR,),
        State.ALONE: (Pane.HITS, Pane.SIDEBAR),
        State.EMPTY: (Pane.SIDEBAR,),
    }
)
"""Where Tab goes in each state: to the first of these that is open. (The sidebar always is, unless hits are.)"""


class Lists(Enum):
    """Where the lists are."""

    BESIDE = auto()
    """Beside the page; on a narrow screen not shown, or over the page."""
    HIDDEN = auto()
    ALONE = auto()
    """Nowhere, and no bottom line either: the page has the screen for itself."""


class Layout(NamedTuple):
    """What is on the screen."""

    narrow: bool = False
    side: bool = True
    """The lists."""
    topics: bool = False
    sidebar: bool = True
    hits: bool = False
    splitter: bool = True
    query: bool = False
    status: bool = True


class Panes:
    """What is shown at the width there is, and what has the focus."""

    def __init__(self) -> None:
        self.is_narrow = False
        self.lists = Lists.BESIDE
        self.is_over = False
        """On a narrow screen: True while the lists lie over the page."""
        self.has_topics = False
        self.has_hits = False
        self.has_query = False
        """True while the query line is shown."""
        self.focus = Pane.PAGE
        self._before_search: tuple[Lists, bool] | None = None

    @property
    def layout(self) -> Layout:
        """What is on the screen."""
        beside = self.lists is Lists.BESIDE
        return Layout(
            narrow=self.is_narrow,
            side=self.is_over if self.is_narrow else beside,
            topics=self.has_topics,
            sidebar=not self.has_hits,
            hits=self.has_hits,
            splitter=beside and not self.is_narrow,
            query=self.has_query,
            status=self.lists is not Lists.ALONE or self.has_query,
        )

    @property
    def shows_topics(self) -> bool:
        """True if the list of topics can be seen."""
        return self.has_topics and self.layout.side

    @property
    def list_pane(self) -> Pane:
        """The list that is shown in the sidebar's place."""
        return Pane.HITS if self.has_hits else Pane.SIDEBAR

    def resized(self, width: int) -> None:
        """Fit a screen of ``width`` columns; lists that are in use stay in sight."""
        was_narrow, self.is_narrow = self.is_narrow, width < NARROW
        if not self.is_narrow:
            self.is_over = False
        elif not was_narrow:
            busy = self.focus in (Pane.SIDEBAR, Pane.HITS, Pane.TOPICS)
            self.is_over = self.lists is Lists.BESIDE and (busy or (self.has_hits and self.focus is Pane.QUERY))

    def show_lists(self) -> None:
        """Bring the lists on screen."""
        self.lists = Lists.BESIDE
        self.is_over = self.is_narrow

    def go_to(self, pane: Pane) -> Pane:
        """Give a pane the focus, and bring it on screen; return it."""
        if pane in (Pane.SIDEBAR, Pane.HITS, Pane.TOPICS):
            self.show_lists()
        elif pane is Pane.PAGE:
            self.is_over = False
        self.focus = pane
        return pane

    def take_focus(self, pane: Pane) -> None:
        """Take note that a pane got the focus by a click; what was hidden since the click stays in use."""
        if pane in (Pane.SIDEBAR, Pane.HITS, Pane.TOPICS) and not self.layout.side:
            self.show_lists()
        self.focus = pane

    def toggle_lists(self) -> None:
        """Show the lists, or hide them."""
        if self.is_narrow:
            self.lists = Lists.BESIDE
            self.is_over = not self.is_over
            self.focus = self.list_pane if self.is_over else Pane.PAGE
        else:
            self.lists = Lists.HIDDEN if self.lists is Lists.BESIDE else Lists.BESIDE
            if self.lists is Lists.HIDDEN and self.focus is not Pane.QUERY:
                self.focus = Pane.PAGE

    def toggle_alone(self) -> None:
        """Give the page the screen for itself, or show everything again."""
        self.lists = Lists.BESIDE if self.lists is Lists.ALONE else Lists.ALONE
        self.is_over = False
        self.focus = Pane.PAGE

    def begin_search(self) -> None:
        """Make room for a query, and remember how the lists were."""
        if self._before_search is None:
            self._before_search = (self.lists, self.is_over)
        self.lists = Lists.BESIDE  # hits need their list

    def show_hits(self) -> None:
        """Put hits in the sidebar's place; on a narrow screen over the page while they are in use."""
        self.has_hits = True
        if self.is_narrow and self.focus is not Pane.PAGE:
            self.is_over = True

    def end_search(self, *, as_before: bool = False) -> None:
        """Put the sidebar back; ``as_before`` also on a narrow screen over the page, if it was."""
        self.has_hits = False
        lists, over = self._before_search or (self.lists, False)
        self._before_search = None
        self.lists = lists
        self.is_over = over and as_before and self.is_narrow

    def next_pane(self, state: State) -> Pane:
        """Return where Tab goes."""
        closed = {pane for pane, is_open in ((Pane.TOPICS, self.has_topics), (Pane.HITS, self.has_hits)) if not is_open}
        pane = next((pane for pane in TAB[state] if pane not in closed), Pane.PAGE)
        return self.list_pane if pane is Pane.SIDEBAR else pane
