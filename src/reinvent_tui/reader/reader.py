"""The reader: what each event means, and in which order the parts hear of it.

Every method is an event and returns the effects for the screen. A part that
reacts to another's event is called by name here.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from reinvent_tui.index.queries import Contents, Entry
from reinvent_tui.reader.effects import (
    Effect,
    Focus,
    Later,
    Moment,
    Pane,
    ShowContents,
    ShowCurrent,
    ShowDocument,
    ShowEntries,
    ShowQuery,
)
from reinvent_tui.reader.find import PageFind
from reinvent_tui.reader.history import History
from reinvent_tui.reader.library_state import LibraryState
from reinvent_tui.reader.navigator import Navigator
from reinvent_tui.reader.page_values import SessionPage
from reinvent_tui.reader.panes import ESCAPE, Exit, Lists, Panes, State
from reinvent_tui.reader.search import Search
from reinvent_tui.reader.selection import LibrarySelection
from reinvent_tui.reader.status import Status
from reinvent_tui.reader.targets import (
    AT_START,
    DayTarget,
    EventTarget,
    Place,
    SessionTarget,
    Spot,
    TakeawayMark,
    TakeawaysTarget,
    Target,
    View,
    Where,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from reinvent_tui.page.document import Document
    from reinvent_tui.reader.arrivals import Arrivals
    from reinvent_tui.reader.link_events import LinkEvents
    from reinvent_tui.reader.place_events import PlaceEvents
    from reinvent_tui.reader.query_events import QueryEvents
    from reinvent_tui.reader.topic_events import TopicEvents

SELECTION_PLACEHOLDER = "nothing chosen yet"


class First(NamedTuple):
    """What the first frame shows, read before the screen opens."""

    contents: Contents
    entries: list[Entry]
    page: SessionPage | None
    version: int
    """Of the index."""


class Reader:
    """What a person is doing."""

    def __init__(self, first: First, names: list[str], *, inferred: bool) -> None:
        self.library = LibraryState(first.contents, names, first.version)
        self.navigator = Navigator(first.page, inferred=inferred)
        self.history = History()
        self.search = Search()
        self.find = PageFind()
        self.selection = LibrarySelection(first.contents, inferred=inferred)
        self.panes = Panes()
        self.status = Status()
        self._entries = first.entries
        self._walked_from: Place | None = None
        """Where the reader was before walking the sidebar."""

    # Events by what they are about: none of them comes before the first paint, and the start does without.

    @cached_property
    def queries(self) -> QueryEvents:
        """Searching the library, and finding in the page."""
        from reinvent_tui.reader.query_events import QueryEvents

        return QueryEvents(self)

    @cached_property
    def topics(self) -> TopicEvents:
        """The topic pane, what is selected, and pages of takeaways."""
        from reinvent_tui.reader.topic_events import TopicEvents

        return TopicEvents(self)

    @cached_property
    def links(self) -> LinkEvents:
        """Following links, and copying."""
        from reinvent_tui.reader.link_events import LinkEvents

        return LinkEvents(self)

    @cached_property
    def places(self) -> PlaceEvents:
        """Back and forward in history."""
        from reinvent_tui.reader.place_events import PlaceEvents

        return PlaceEvents(self)

    @cached_property
    def arrivals(self) -> Arrivals:
        """Answers of jobs, and moments that are due."""
        from reinvent_tui.reader.arrivals import Arrivals

        return Arrivals(self)

    # What it is like now

    @property
    def contents(self) -> Contents:
        """What the sidebar shows: the library, or what of it is selected."""
        return self.selection.contents

    @property
    def query(self) -> str:
        """The query in force: of the search that is open, or what narrows the library."""
        return self.search.text if self.search.is_open else self.selection.query

    @property
    def state(self) -> State:
        """What the reader is doing."""
        by_focus = {Pane.TOPICS: State.TOPICS, Pane.HITS: State.HITS, Pane.SIDEBAR: State.SIDEBAR}
        panes = self.panes
        if panes.focus is Pane.QUERY:
            return State.FINDING if self.find.is_typing else State.TYPING
        if panes.focus in by_focus:
            return by_focus[panes.focus]
        if panes.lists is Lists.ALONE:
            return State.ALONE
        return self._page_state()

    def _page_state(self) -> State:
        if isinstance(self.navigator.target, TakeawaysTarget):
            return State.TAKEAWAYS
        if self.search.is_open:
            return State.HIT
        if self.selection.is_narrow:
            return State.NARROWED
        return State.EMPTY if self.navigator.page is None and not self.library.contents.sessions else State.PAGE

    def here(self, view: View) -> Place:
        """Return the place to come back to; keys may come faster than pages, so it is where the reader is going."""
        wanted, page = self.navigator.wanted, self.navigator.page
        if not self.navigator.has_arrived:
            spot = wanted.where if isinstance(wanted.where, Spot) else AT_START
            return Place(wanted.target, wanted.name, spot, self.selection.query, self.search.place)
        name = page.details.session.id if isinstance(page, SessionPage) else ""
        spot = view.spot._replace(mark=view.mark if isinstance(view.mark, TakeawayMark) else None)
        return Place(self.navigator.shown.target, name, spot, self.selection.query, self.search.place)

    # Opening

    def start(self) -> list[Effect]:
        """Show what the index held at the start."""
        page = self.navigator.page
        effects: list[Effect] = [
            ShowContents(self.contents, self.library.contents),
            ShowEntries(self._entries),
            *self.focus(Pane.PAGE),
            Later(0, Moment.SCAN),  # the first frame is drawn from the index as it was
        ]
        if isinstance(page, SessionPage):
            return [*effects, *self.navigator.show(page), ShowCurrent(page.details.row)]
        return [*effects, ShowDocument(self._waiting_page(), AT_START)]

    def _waiting_page(self) -> Document:
        from reinvent_tui.reader.pages.messages import waiting_page

        return waiting_page(self.library.names)

    def open(self, target: Target, where: Where = AT_START, name: str = "") -> list[Effect]:
        """Show what ``target`` names, at a place on it."""
        # A day or event of the narrowed library counts only what is selected of it: its page shows all of it.
        target = self.library.as_now(target) or target
        contents = self.library.contents
        effects = self.navigator.open(target, where, contents, inferred=self.selection.inferred, name=name)
        self.find.note = self.status.pointed = ""
        return [*effects, *self.show_current()]

    def show_current(self) -> list[Effect]:
        """Mark in the sidebar what is on the page, or on its way there."""
        match self.navigator.target:
            case SessionTarget(row):
                return [ShowCurrent(row)]
            case DayTarget(heading) | EventTarget(heading):
                return [ShowCurrent(heading)]
            case TakeawaysTarget():
                return [ShowCurrent(0)]

    def open_first(self) -> list[Effect]:
        """Show the library's first session, as long as no other was asked for."""
        sessions = self.contents.sessions or self.library.contents.sessions
        if not sessions:
            return self.arrivals.show_nothing()
        effects = self.open(SessionTarget(sessions[0]))
        self.navigator.at_start = True
        return effects

    def jump(self, target: Target, view: View, where: Where = AT_START) -> list[Effect]:
        """Go somewhere, and remember where the reader was."""
        self.settle()
        self.history.jump(self.here(view))
        self.search.stop_following()
        return [*self.open(target, where), *self.focus(Pane.PAGE), *self.show_query()]

    def go_session(self, step: int, view: View) -> list[Effect]:
        """Go to a session near by; with hits shown, to a hit near by."""
        search = self.search
        if search.is_open and search.page_is_behind:
            return self.queries.follow()  # first the hit that is about to be shown
        if search.is_open and search.rows and search.row == self.navigator.row:
            if not search.has_hit(step):
                return self.tell("this is the last hit" if step > 0 else "this is the first hit")
            return [*search.move(step), *self.queries.show_hit()]
        row = self.neighbour(step, view)
        if row is not None:
            search.stop_following()
            if isinstance(self.navigator.target, TakeawaysTarget):
                self.history.jump(self.here(view))
            return self.open(SessionTarget(row))
        if not self.contents.sessions:
            return []
        return self.tell("this is the last session" if step > 0 else "this is the first session")

    def neighbour(self, step: int, view: View) -> int | None:
        """Return the row of the session that ``J`` or ``K`` goes to; None if there is none."""
        at_hand = self.topics.session_at_hand(view) if isinstance(self.navigator.target, TakeawaysTarget) else 0
        return self.navigator.neighbour(step, self.contents, self.library.contents, at_hand=at_hand)

    def sidebar_moved(self, target: Target, view: View) -> list[Effect]:
        """Let the page go along with the cursor of the sidebar."""
        if self._walked_from is None:
            self._walked_from = self.here(view)
        return self.open(target)

    def sidebar_chosen(self, row: int, view: View) -> list[Effect]:
        """Read the session of a row of the sidebar."""
        effects: list[Effect] = []
        if self.navigator.row != row:
            effects = self.sidebar_moved(SessionTarget(row), view)
        return [*effects, *self.leave_sidebar()]

    def leave_sidebar(self) -> list[Effect]:
        """Go from the sidebar into the page."""
        return [*self.focus(Pane.PAGE), *self.show_query()]

    # Searches and selections

    def settle(self) -> None:
        """Make where a search or a walk in the sidebar began a place to come back to."""
        self._settle_search()
        self._settle_walk()

    def _settle_walk(self) -> None:
        walked, self._walked_from = self._walked_from, None
        if walked is not None and walked.target != self.navigator.target:
            self.history.jump(walked)

    def _settle_search(self) -> None:
        origin, self.search.origin = self.search.origin, None
        if origin is not None and self.search.is_open:
            if origin.search is None or origin.search.query != self.search.text:
                self.history.jump(origin)
            self.search.remember()

    def end_search(self) -> list[Effect]:
        """Put the library back in the place of the hits."""
        self.panes.end_search()
        self.panes.has_query = False
        effects = self.search.close()
        if self.panes.has_topics or self.selection.is_narrow:
            # The library may have been read again while hits were in its place.
            effects += self.selection.browse(self.selection.query, self.library.contents, typing=False)
        return effects

    def select(self, query: str) -> list[Effect]:
        """Narrow the library to a query, or show all of it."""
        selection = self.selection
        selection.set_query(query, self.library.contents)
        effects: list[Effect] = []
        if not query:
            effects.append(ShowContents(selection.contents, self.library.contents))
        if query or self.panes.has_topics:
            effects += selection.browse(query, self.library.contents, typing=False)
        return effects

    def show_query(self) -> list[Effect]:
        """Show the query line while it says what is chosen or is typed in, and only then."""
        panes = self.panes
        if panes.focus is Pane.QUERY:
            panes.has_query = True
            return []
        shown = panes.has_topics or (self.selection.is_narrow and not self.search.is_open)
        panes.has_query = shown
        return [ShowQuery(self.query, SELECTION_PLACEHOLDER)]

    # Panes

    def focus(self, pane: Pane) -> list[Effect]:
        """Give a pane the focus."""
        self._leave(self.panes.focus, pane)
        return [Focus(self.panes.go_to(pane))]

    def _leave(self, pane: Pane, other: Pane) -> None:
        """Settle what was done in a pane that the focus leaves: this is the one place that says what becomes of it."""
        if pane is other:
            return
        if pane is Pane.SIDEBAR:
            self._settle_walk()
        elif pane is Pane.QUERY:
            self._settle_search()
            self.find.leave(keep=True)

    def focused(self, pane: Pane, view: View) -> list[Effect]:
        """Take note of what got the focus, from a click; into the line that says what is chosen: to type."""
        if pane is Pane.QUERY and not (self.find.is_typing or self.search.is_open):
            return self.queries.begin_search(view)
        before = self.panes.focus
        self._leave(before, pane)
        self.panes.take_focus(pane)
        return self.show_query() if before is Pane.QUERY is not pane else []

    def next_pane(self) -> list[Effect]:
        """Go to the next pane."""
        return [*self.focus(self.panes.next_pane(self.state)), *self.show_query()]

    def toggle_lists(self) -> list[Effect]:
        """Show the lists, or hide them."""
        return self._refocused(self.panes.toggle_lists)

    def toggle_alone(self) -> list[Effect]:
        """Give the page the screen for itself, or show everything again."""
        effects = self._refocused(self.panes.toggle_alone)
        return [*effects, *self.tell("the page alone: Esc shows everything")] if self.state is State.ALONE else effects

    def _refocused(self, toggle: Callable[[], None]) -> list[Effect]:
        before = self.panes.focus
        toggle()
        self._leave(before, self.panes.focus)
        return [Focus(self.panes.focus), *self.show_query()]

    def resized(self, width: int) -> list[Effect]:
        """Fit the panes to a screen of ``width`` columns."""
        self.panes.resized(width)
        return []

    def tell(self, text: str, *, error: bool = False) -> list[Effect]:
        """Say something for a moment."""
        return self.status.tell(text, error=error)

    def page_moved(self, *, at_top: bool) -> list[Effect]:
        """Take note that the page shows another part of itself."""
        if not at_top:
            self.navigator.at_start = False
        return []

    def escape(self, view: View) -> list[Effect]:
        """Leave the innermost state and keep what was found or chosen; the page drops its own marks before."""
        way = ESCAPE[self.state]
        open_beside = way is Exit.CLEAR_SELECTION and self.panes.shows_topics
        if open_beside or (way is Exit.NOTHING and self.panes.has_topics):
            way = Exit.CLOSE_TOPICS  # it stayed open beside the page
        match way:
            case Exit.CLOSE_HITS:
                return self.queries.close_hits(view)
            case Exit.CLOSE_TOPICS:
                return self.topics.close()
            case Exit.TO_PAGE:
                return self.leave_sidebar()
            case Exit.LEAVE_TAKEAWAYS:
                return self.topics.leave_takeaways(view)
            case Exit.CLEAR_SELECTION:
                self.history.jump(self.here(view))
                self.selection.forget_steps()
                return [*self.select(""), *self.show_current(), *self.show_query()]
            case Exit.SHOW_LISTS:
                return self.toggle_alone()
            case Exit.CANCEL_SEARCH | Exit.LEAVE_FIND:
                return self.queries.leave(view)
            case Exit.NOTHING:
                return []
