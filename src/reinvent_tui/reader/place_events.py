"""Going back and forward in history. Keeps nothing: the reader's parts do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinvent_tui.reader.effects import ClearMark, Effect, GoTo, Pane
from reinvent_tui.reader.page_values import SessionPage
from reinvent_tui.reader.targets import Place, Target, View, Where

if TYPE_CHECKING:
    from reinvent_tui.reader.reader import Reader


class PlaceEvents:
    """Places that the reader was at."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def back(self, view: View) -> list[Effect]:
        """Go one step back in history."""
        self._reader.settle()
        place = self._reader.history.back(self._reader.here(view))
        return self.restore(place) if place is not None else self._reader.tell("there is nothing to go back to")

    def forward(self, view: View) -> list[Effect]:
        """Go where the reader came back from."""
        self._reader.settle()
        place = self._reader.history.forward(self._reader.here(view))
        return self.restore(place) if place is not None else self._reader.tell("there is nothing to go forward to")

    def jump_on_page(self, where: Where, view: View, body_line: int = 1) -> list[Effect]:
        """Go to another part of the page, and remember where the reader was."""
        self._reader.settle()
        self._reader.history.jump(self._reader.here(view))
        return [GoTo(where, body_line)]

    def restore(self, place: Place) -> list[Effect]:
        """Be again where the reader was: page, line, search and selection."""
        reader = self._reader
        effects: list[Effect] = [ClearMark()]
        if place.search is None and reader.search.is_open:
            effects += reader.end_search()
        if place.selection != reader.selection.query:
            effects += reader.select(place.selection)
        if place.search is not None and place.search != reader.search.place:
            reader.panes.begin_search()
            effects += reader.search.resume(place.search, reader.library.contents, inferred=reader.selection.inferred)
            reader.panes.show_hits()
        target = reader.library.as_now(place.target)
        if target is not None and self._is_here(target, place.name):
            effects += [GoTo(place.spot), *reader.show_current()]
        elif target is not None:
            effects += reader.open(target, place.spot, place.name)
        else:
            effects += reader.tell("this is no longer in the library")
        return [*effects, *reader.focus(Pane.PAGE), *reader.show_query()]

    def _is_here(self, target: Target, name: str) -> bool:
        """Return True if a page is on screen; ``name`` is the id of a session, whose row may be another one by now."""
        navigator = self._reader.navigator
        page = navigator.page
        known = page.details.session.id if isinstance(page, SessionPage) else ""
        return navigator.has_arrived and target == navigator.shown.target and name in ("", known)
