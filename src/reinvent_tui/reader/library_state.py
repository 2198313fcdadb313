"""What the library holds, and whether it is being read from disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinvent_tui.index.queries import Contents
from reinvent_tui.reader.effects import Effect, Later, Load, Moment
from reinvent_tui.reader.requests import CheckIndex, ContentsRequest, ScanRequest
from reinvent_tui.reader.targets import DayTarget, EventTarget, SessionTarget, TakeawaysTarget, Target

if TYPE_CHECKING:
    from reinvent_tui.reader.answers import ContentsRead, ScanEnded, ScanProgressed

CHECK_SECONDS = 3.0
"""Pause between looks whether another program changed the index."""


class LibraryState:
    """The library as the index has it; scans come one at a time."""

    def __init__(self, contents: Contents, names: list[str], version: int) -> None:
        self.contents = contents
        """Everything there is."""
        self.names = names
        """What the opened folders are called."""
        self.generation = 0
        """Grows whenever the contents are read again."""
        self.unreadable: list[str] = []
        self.scanning = False
        self.work = ""
        """What goes on in the background, in words."""
        self._version = version
        """Version of the index that the contents were read from."""
        self._number = 0
        self._again: ScanRequest | None = None
        """A scan that was wanted while another one was running."""
        self._rebuilt = False

    def as_now(self, target: Target) -> Target | None:
        """Return a target as the library has it now; None if it is a day or an event that is gone."""
        match target:
            case DayTarget(day):
                return next((DayTarget(known) for known in self.contents.days if known.id == day.id), None)
            case EventTarget(event):
                return next((EventTarget(known) for known in self.contents.events if known.name == event.name), None)
            case SessionTarget() | TakeawaysTarget():
                return target

    def scan(self, *, asked: bool = False) -> list[Effect]:
        """Bring the index up to date, after the scan that runs if there is one."""
        if self.scanning:
            self._again = ScanRequest(asked=asked or (self._again is not None and self._again.asked))
            return []
        self.scanning = True
        self.work = "looking for changes" if asked else ""
        return [Load(ScanRequest(asked=asked))]

    def rebuild(self) -> list[Effect]:
        """Make a damaged index again, once: a second time would not help."""
        if self._rebuilt or self.scanning:
            return []
        self._rebuilt = self.scanning = True
        return [Load(ScanRequest(fresh=True))]

    def scan_progressed(self, answer: ScanProgressed, rows: list[int]) -> list[Effect]:
        """Show how far the scan is, and what there is by now."""
        if answer.total:
            self.work = f"indexed {answer.indexed:,} of {answer.total:,}"
        return self.read_contents(rows)

    def scan_ended(self, answer: ScanEnded) -> tuple[list[Effect], bool]:
        """Return what to do next, and whether the contents are no longer those of the index."""
        self.scanning = False
        self.work = ""
        report = answer.report
        if report is None:
            self.unreadable = self.unreadable if self.contents.sessions else [answer.error]
            changed = False
        else:
            self.unreadable = [f"{item.path}: {item.reason}" for item in report.unreadable]
            changed = bool(report.read or report.removed or not self.contents.sessions)
            changed = changed or self.is_stale(answer.version)
        again, self._again = self._again, None
        return self.scan(asked=again.asked) if again is not None else [], changed

    def check(self) -> list[Effect]:
        """Find out whether another program changed the index; a scan finds out by itself."""
        return [Later(CHECK_SECONDS, Moment.CHECK_INDEX)] if self.scanning else [Load(CheckIndex())]

    def is_stale(self, version: int) -> bool:
        """Return True if the index at ``version`` may hold something else than these contents."""
        return version != self._version

    def read_contents(self, rows: list[int]) -> list[Effect]:
        """Read what the library holds, with the titles of ``rows``."""
        self._number += 1
        return [Load(ContentsRequest(self._number, tuple(rows)))]

    def contents_read(self, answer: ContentsRead) -> bool:
        """Take what the library holds; return False if a later answer is here already."""
        if answer.request.number < self.generation:
            return False
        self.contents = answer.contents
        self.generation = answer.request.number
        self._version = answer.version
        return True
