"""What is on the page: a document, with what it is about."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from reinvent_tui.index.queries import Day, Event, SessionDetails
from reinvent_tui.page.document import Document
from reinvent_tui.reader.targets import TakeawaysTarget


class SessionPage(NamedTuple):
    """A session."""

    document: Document
    details: SessionDetails

    @property
    def path(self) -> str:
        """Path of the post that its relative links start from."""
        return self.details.path


class DayPage(NamedTuple):
    """What posts say of a day, and its sessions."""

    document: Document
    day: Day
    path: str


class EventPage(NamedTuple):
    """The days of an event."""

    document: Document
    event: Event

    @property
    def path(self) -> str:
        """No post: nothing here links relatively."""
        return ""


class TakeawaysPage(NamedTuple):
    """Takeaways of a selection."""

    document: Document
    target: TakeawaysTarget
    total: int

    @property
    def path(self) -> str:
        """No post: nothing here links relatively."""
        return ""


Page: TypeAlias = SessionPage | DayPage | EventPage | TakeawaysPage
