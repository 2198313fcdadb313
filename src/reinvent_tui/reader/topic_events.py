"""Choosing topics and other facets, and gathering takeaways. Keeps nothing: the reader's parts do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinvent_tui.index.queries import Entry
from reinvent_tui.index.values import Facet
from reinvent_tui.reader.answers import Browsed
from reinvent_tui.reader.effects import (
    AwaitValues,
    Effect,
    Hold,
    Later,
    Load,
    Moment,
    Pane,
    Release,
    SetInferred,
    ShowContents,
    ShowEntries,
    ShowValues,
)
from reinvent_tui.reader.page_values import TakeawaysPage
from reinvent_tui.reader.requests import BrowseRequest, PrepareSearch
from reinvent_tui.reader.selection import FOLLOW_SECONDS
from reinvent_tui.reader.takeaway_places import takeaway_from
from reinvent_tui.reader.targets import (
    START,
    DayTarget,
    EventTarget,
    SessionTarget,
    TakeawayMark,
    TakeawaysTarget,
    View,
)

if TYPE_CHECKING:
    from reinvent_tui.reader.reader import Reader


class TopicEvents:
    """The topic pane, what is selected, and pages of takeaways."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    # The pane

    def toggle(self) -> list[Effect]:
        """Open the topic pane, or close it if it can be seen."""
        if self._reader.panes.shows_topics:
            return self.close()
        reader = self._reader
        reader.navigator.at_start = False
        reader.panes.has_topics = True
        return [
            *reader.focus(Pane.TOPICS),
            *reader.show_query(),
            AwaitValues(),
            Load(PrepareSearch()),
            *self._browse(),
        ]

    def close(self) -> list[Effect]:
        """Close the pane and keep what is chosen; the page is on the first session of it, if it was not in it."""
        reader = self._reader
        reader.panes.has_topics = False
        effects = [*self.follow_selection(), *reader.focus(Pane.PAGE), *reader.show_query()]
        # One frame for both: the pane goes, and the page comes.
        return effects if reader.navigator.has_arrived else [Hold(), *effects]

    def _browse(self) -> list[Effect]:
        reader = self._reader
        return reader.selection.browse(reader.query, reader.library.contents, typing=reader.search.is_open)

    def browsed(self, answer: Browsed) -> list[Effect]:
        """Show what is selected, and what it is about."""
        from reinvent_tui.index.query_filters import field_filter

        reader, selection = self._reader, self._reader.selection
        request = answer.request
        if not selection.is_last(request.number):
            return []
        chosen = field_filter(request.query, request.facet.value)
        effects: list[Effect] = [ShowValues(request.facet, answer.values, chosen, answer.total)]
        if not reader.search.is_open and request.query == selection.query:
            effects += self._show_selected(answer)
            if selection.page_follows(answer):
                effects.append(Later(FOLLOW_SECONDS, Moment.FOLLOW_SELECTION, request.number))
        return [*effects, Release()]

    def given_up(self, request: BrowseRequest) -> list[Effect]:
        """Show that what a query selects cannot be told; keys that wait for it mean something again."""
        from reinvent_tui.index.query_filters import field_filter

        if not self._reader.selection.is_last(request.number):
            return []
        return [ShowValues(request.facet, [], field_filter(request.query, request.facet.value), 0), Release()]

    def _show_selected(self, answer: Browsed) -> list[Effect]:
        reader, selection = self._reader, self._reader.selection
        effects: list[Effect] = []
        # With nothing selected the library may have been read again since this was asked.
        contents = answer.contents if selection.is_narrow else reader.library.contents
        if contents is not selection.contents:
            selection.contents = contents
            effects.append(ShowContents(contents, reader.library.contents))
        if answer.entries:
            effects.append(ShowEntries(answer.entries))
        selection.total = answer.total
        return effects

    def show_contents(self, entries: list[Entry]) -> list[Effect]:
        """Show the library after it was read again, narrowed as it was."""
        reader, selection = self._reader, self._reader.selection
        effects: list[Effect] = []
        if not selection.is_narrow:
            selection.contents = reader.library.contents
            effects = [ShowContents(selection.contents, reader.library.contents), ShowEntries(entries)]
        if selection.is_narrow or reader.panes.has_topics:
            effects += self._browse()
        return effects

    def follow_selection(self, number: int | None = None) -> list[Effect]:
        """Show the first session of what is selected, if the page is not in it."""
        reader, selection = self._reader, self._reader.selection
        if number is not None and not selection.is_last(number):
            return []
        if reader.search.is_open or not selection.is_narrow or selection.holds(reader.navigator.target):
            return []
        sessions = selection.contents.sessions
        return reader.open(SessionTarget(sessions[0])) if sessions else []

    # Choosing

    def pick(self, facet: Facet, values: tuple[str, ...], view: View, *, any_of: bool = False) -> list[Effect]:
        """Want sessions that have values, or no longer."""
        from reinvent_tui.index.query_filters import toggled

        return self.choose(toggled(self._reader.query, facet.value, values, any_of=any_of), view)

    def exclude(self, facet: Facet, value: str, view: View) -> list[Effect]:
        """Leave the sessions of a value out, or no longer."""
        from reinvent_tui.index.query_filters import excluded

        return self.choose(excluded(self._reader.query, facet.value, value), view)

    def any_or_all(self, facet: Facet, view: View, *, any_of: bool) -> list[Effect]:
        """Want any of the chosen values, or all of them."""
        from reinvent_tui.index.query_filters import any_or_all, field_filter

        now = field_filter(self._reader.query, facet.value)
        if len(now.wanted) > 1 and now.any != any_of:
            return self.choose(any_or_all(self._reader.query, facet.value), view)
        return []

    def show_facet(self, facet: Facet) -> list[Effect]:
        """List the values of another facet."""
        self._reader.selection.facet = facet
        return self._browse()

    def take_back(self, view: View) -> list[Effect]:
        """Take the last choice back."""
        query = self._reader.selection.step_back(self._reader.query)
        if query is None:
            return self._reader.tell("nothing is picked")
        return self.choose(query, view, is_new=False)

    def choose(self, query: str, view: View, *, is_new: bool = True) -> list[Effect]:
        """Put a query in force: of the search that is open, else of the library."""
        reader = self._reader
        before, query = reader.query, query.strip()
        if is_new:
            reader.settle()
            reader.selection.remember_step(before, query)
            if not reader.search.is_open:
                reader.history.jump(reader.here(view))
        effects: list[Effect] = []
        target = reader.navigator.target
        if isinstance(target, TakeawaysTarget) and target.query == before.strip() and not reader.search.is_open:
            effects = reader.open(target.replaced(query=query))  # the page goes along
        if reader.search.is_open and query:
            return [*effects, *reader.queries.ask_for(query)]
        if reader.search.is_open:
            return [*effects, *reader.end_search(), *reader.show_current(), *reader.show_query()]
        reader.navigator.at_start = False
        effects += reader.select(query)
        if not reader.panes.has_topics and not query:
            return [*effects, *reader.show_query()]
        reader.selection.follow_next()
        return [*effects, *reader.show_query()]

    def switch_inferred(self, view: View) -> list[Effect]:
        """Show inferred topics, or hide them, from now on."""
        reader, selection = self._reader, self._reader.selection
        selection.inferred = not selection.inferred
        reader.navigator.forget_ready()
        effects: list[Effect] = [SetInferred(selection.inferred), *self._browse()]
        effects += reader.search.ask_again(reader.library.contents, inferred=selection.inferred)
        if isinstance(reader.navigator.target, SessionTarget | TakeawaysTarget) and reader.navigator.page is not None:
            effects += reader.open(reader.navigator.target, view.spot)
        words = "inferred topics are shown" if selection.inferred else "only topics given by authors are shown"
        return [*effects, *reader.tell(words)]

    # Takeaways

    def gather(self, view: View) -> list[Effect]:
        """Show the takeaways of what is selected as one page; on such a page, go back to where it was asked for."""
        reader = self._reader
        target = reader.navigator.target
        if isinstance(target, TakeawaysTarget):
            return self.leave_takeaways(view)
        if not reader.library.contents.sessions:
            return reader.tell("there are no sessions to gather takeaways from")
        query = reader.query.strip()
        match target:
            case DayTarget(scope) | EventTarget(scope) if not query:
                return reader.jump(TakeawaysTarget(query, scope), view)
            case _:
                return reader.jump(TakeawaysTarget(query), view)

    def session_at_hand(self, view: View) -> int:
        """Return the session at hand on a page of takeaways: marked, else at the top, else where the reader was."""
        if isinstance(view.mark, TakeawayMark):
            return view.mark.row
        page = self._reader.navigator.page
        if isinstance(page, TakeawaysPage) and view.spot.position != START:
            mark = takeaway_from(page.document, view.spot.position.block)
            if mark is not None:
                return mark.row
        before = (place.target for place in self._reader.history.before)
        return next((target.row for target in before if isinstance(target, SessionTarget)), 0)

    def no_takeaway(self, step: int, *, has_any: bool) -> list[Effect]:
        """Say that there is no further takeaway."""
        if not has_any:
            return self._reader.tell("this page has no takeaways")
        return self._reader.tell("this is the last takeaway" if step > 0 else "this is the first takeaway")

    def leave_takeaways(self, view: View) -> list[Effect]:
        """Go back to where takeaways were gathered, past all that was chosen since."""
        reader = self._reader
        place = reader.history.back(reader.here(view))
        while place is not None and isinstance(place.target, TakeawaysTarget):
            place = reader.history.back(place)
        return reader.places.restore(place) if place is not None else reader.open_first()

    def turn_order(self) -> list[Effect]:
        """Turn the order of the events on a page of takeaways."""
        reader = self._reader
        target = reader.navigator.target
        if not isinstance(target, TakeawaysTarget):
            if reader.search.is_open:
                return reader.queries.turn_order()
            return reader.tell("this turns the order of hits and of gathered takeaways")
        if len(reader.library.contents.events) <= 1:
            return reader.tell("all takeaways are of one event: there is nothing to turn")
        return reader.open(target.replaced(oldest_first=not target.oldest_first))
