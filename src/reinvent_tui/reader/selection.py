"""What narrows the library: topics and other facets that were chosen, as one query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinvent_tui.index.queries import Contents
from reinvent_tui.index.values import Facet
from reinvent_tui.reader.effects import Effect, Hold, Load
from reinvent_tui.reader.requests import BrowseRequest
from reinvent_tui.reader.targets import DayTarget, EventTarget, SessionTarget, TakeawaysTarget, Target

if TYPE_CHECKING:
    from reinvent_tui.reader.answers import Browsed

FOLLOW_SECONDS = 0.06
"""Pause after a choice until the page follows."""


class LibrarySelection:
    """The query that narrows the sidebar, and the facet that the topic pane lists."""

    def __init__(self, contents: Contents, *, inferred: bool) -> None:
        self.query = ""
        self.contents = contents
        """What the query selects of the library."""
        self.facet = Facet.TAG
        self.inferred = inferred
        """Whether inferred topics are shown and count."""
        self.total: int | None = None
        """Number of sessions that are selected, once it is known."""
        self._steps: list[tuple[str, str]] = []
        """The queries before and after each choice, to take the last choices back."""
        self._position: tuple[Contents | None, int, int | None] = (None, 0, None)
        self._number = 0
        self._follows = 0
        """The number of the choice that the page is to follow; 0 if it has."""

    @property
    def is_narrow(self) -> bool:
        """True if something is selected."""
        return bool(self.query.strip())

    def browse(self, query: str, library: Contents, *, typing: bool) -> list[Effect]:
        """Ask what ``query`` selects, and what that is about."""
        self._number += 1
        request = BrowseRequest(self._number, query, self.facet, library, typing, self.inferred)
        return [Hold(), Load(request)]

    def is_last(self, number: int) -> bool:
        """Return True if nothing was chosen since."""
        return number == self._number

    def set_query(self, query: str, library: Contents) -> None:
        """Select something else; what it is comes with the answer."""
        self.query = query
        if not query:
            self.contents = library

    def follow_next(self) -> None:
        """Let the page follow the next answer."""
        self._follows = self._number

    def page_follows(self, answer: Browsed) -> bool:
        """Return True if the page is to follow an answer, and it does so only once."""
        follows = bool(self._follows) and answer.request.number >= self._follows
        if follows:
            self._follows = 0
        return follows

    def position(self, row: int) -> int | None:
        """Return the index of a session among those that are selected; None if it is not among them.

        The last one is remembered: it is asked for at every key, and found by walking all of them.
        """
        contents, known, position = self._position
        if contents is not self.contents or known != row:
            sessions = self.contents.sessions
            position = sessions.index(row) if row in sessions else None
            self._position = (self.contents, row, position)
        return position

    def holds(self, target: Target) -> bool:
        """Return True if what is on the page is in the selection."""
        match target:
            case SessionTarget(row):
                return self.position(row) is not None
            case DayTarget(day):
                return any(known.id == day.id for known in self.contents.days)
            case EventTarget(event):
                return any(known.name == event.name for known in self.contents.events)
            case TakeawaysTarget():
                return True

    def remember_step(self, before: str, after: str) -> None:
        """Keep the queries before and after a choice."""
        self._steps.append((before, after))

    def step_back(self, query: str) -> str | None:
        """Return the query before the choice that made ``query``; None if nothing was chosen.

        A query that was typed, or come back to in history, loses its last value.
        """
        if self._steps and self._steps[-1][1] == query.strip():
            return self._steps.pop()[0]
        self.forget_steps()
        return without_last(query, self.facet)

    def forget_steps(self) -> None:
        """Forget the choices: nothing is left to be taken back."""
        self._steps.clear()


def without_last(query: str, facet: Facet) -> str | None:
    """Return ``query`` without the last value of ``facet``, else of another one; None if it has no values."""
    from reinvent_tui.index.query_filters import excluded, field_filter, toggled

    for name in dict.fromkeys((facet.value, *(known.value for known in Facet))):
        now = field_filter(query, name)
        if now.unwanted:
            return excluded(query, name, now.unwanted[-1])
        if now.wanted:
            return toggled(query, name, now.wanted[-1:])
    return None
