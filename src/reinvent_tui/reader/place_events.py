"""Going back and forward in history. Keeps nothing: the reader's parts do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinvent_tui.reader.effects import ClearMark, Effect, GoTo, Pane
from reinvent_tui.reader.targets import DayTarget, EventTarget, Place, SessionTarget, TakeawaysTarget, Target, View

if TYPE_CHECKING:
    from reinvent_tui.reader.reader import Reader


class PlaceEvents:
    """Places that the reader was at."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def back(self, view: View) -> list[Effect]:
        """Go one step back in history."""
        place = self._reader.history.back(self._reader.here(view))
        return self.restore(place) if place is not None else self._reader.tell("there is nothing to go back to")

    def forward(self, view: View) -> list[Effect]:
        """Go where the reader came back from."""
        place = self._reader.history.forward(self._reader.here(view))
        return self.restore(place) if place is not None else self._reader.tell("there is nothing to go forward to")

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
            effects += reader.search.resume(place.search, reader.contents, inferred=reader.selection.inferred)
            reader.panes.show_hits()
        target = self._as_now(place.target)
        if target == reader.navigator.shown.target and reader.navigator.has_arrived:
            effects += [GoTo(place.spot), *reader.show_current()]
        elif target is not None:
            effects += reader.open(target, place.spot, place.name)
        else:
            effects += reader.tell("this is no longer in the library")
        return [*effects, *reader.focus(Pane.PAGE), *reader.show_query()]

    def _as_now(self, target: Target) -> Target | None:
        """Return a target as the library has it now; None if it is gone."""
        contents = self._reader.contents
        match target:
            case DayTarget(day):
                return next((DayTarget(known) for known in contents.days if known.id == day.id), None)
            case EventTarget(event):
                return next((EventTarget(known) for known in contents.events if known.name == event.name), None)
            case SessionTarget() | TakeawaysTarget():
                return target
