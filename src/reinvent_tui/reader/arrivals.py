"""Answers and moments that come by themselves. Keeps nothing: the reader's parts do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinvent_tui.plural import counted
from reinvent_tui.reader.answers import (
    Answer,
    Browsed,
    CodeColoured,
    ContentsRead,
    EntriesRead,
    Explained,
    Failed,
    Fixed,
    HitsFound,
    HitsRead,
    IndexChecked,
    IndexDamaged,
    LinkFound,
    PageRead,
    PageReadAgain,
    PageReadAhead,
    RelatedFound,
    ScanEnded,
    ScanProgressed,
    TextReady,
    TitlesRead,
    WhyRead,
)
from reinvent_tui.reader.effects import Effect, Later, Moment, Release, ShowDocument, ShowEntries
from reinvent_tui.reader.library_state import CHECK_SECONDS
from reinvent_tui.reader.page_values import SessionPage
from reinvent_tui.reader.requests import BrowseRequest, CheckIndex, PageRequest, Request
from reinvent_tui.reader.targets import AT_START, SessionTarget, TakeawaysTarget, View

if TYPE_CHECKING:
    from reinvent_tui.reader.reader import Reader


class Arrivals:
    """What jobs found, and what is due."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def answered(self, answer: Answer, view: View, rows: list[int], now: float) -> list[Effect]:
        """Take an answer; ``rows`` are the sessions on screen in the sidebar, ``now`` is in seconds."""
        reader, navigator = self._reader, self._reader.navigator
        match answer:
            case HitsFound():
                return reader.queries.found(answer, now)
            case HitsRead():
                return reader.search.hits_read(answer)
            case Browsed():
                return reader.topics.browsed(answer)
            case PageRead():
                return self._page_read(answer, view, rows)
            case PageReadAgain():
                return self._page_read_again(answer)
            case PageReadAhead():
                navigator.read_ahead_done(answer, reader.library.generation)
                return []
            case CodeColoured():
                return navigator.coloured(answer)
            case RelatedFound():
                return navigator.related_found(answer)
            case EntriesRead():
                return [ShowEntries(answer.entries)]
            case LinkFound():
                return reader.links.link_found(answer, view)
            case TextReady():
                return reader.links.text_ready(answer)
            case TitlesRead() | WhyRead() | Explained():
                return []  # for a panel, which the screen hands it to
            case Fixed():
                return [*reader.tell(f"kept in {answer.where}"), *reader.library.scan()]
            case ContentsRead() | ScanProgressed() | ScanEnded() | IndexChecked() | IndexDamaged() | Failed():
                return self._of_library(answer, rows)

    def _of_library(
        self,
        answer: ContentsRead | ScanProgressed | ScanEnded | IndexChecked | IndexDamaged | Failed,
        rows: list[int],
    ) -> list[Effect]:
        reader, library = self._reader, self._reader.library
        match answer:
            case ContentsRead():
                return self._contents_read(answer)
            case ScanProgressed():
                return library.scan_progressed(answer, rows)
            case ScanEnded():
                return self._scan_ended(answer, rows)
            case IndexChecked():
                effects = library.read_contents(rows) if library.is_stale(answer.version) else []
                return [*effects, Later(CHECK_SECONDS, Moment.CHECK_INDEX)]
            case IndexDamaged():
                return [*self._given_up(answer.request), *library.rebuild()]
            case Failed(CheckIndex()):
                return self._given_up(answer.request)  # it is tried again: nothing to say
            case Failed():
                return [*self._given_up(answer.request), *reader.tell(answer.text, error=True)]

    def _given_up(self, request: Request) -> list[Effect]:
        """Wait no longer for what a failed request was to bring."""
        reader, navigator = self._reader, self._reader.navigator
        match request:
            case PageRequest(number=number) if navigator.is_wanted(number) and not navigator.has_arrived:
                navigator.stay()
                return [*reader.show_current(), Release()]
            case BrowseRequest():
                return reader.topics.given_up(request)
            case CheckIndex():
                return [Later(CHECK_SECONDS, Moment.CHECK_INDEX)]
            case _:
                return []

    def elapsed(self, moment: Moment, number: int, now: float) -> list[Effect]:
        """Do what is due; ``now`` is in seconds."""
        reader, navigator = self._reader, self._reader.navigator
        match moment:
            case Moment.FINISH_PAGE:
                return navigator.finish(number)
            case Moment.READ_AHEAD:
                return navigator.read_ahead(number, reader.library.generation, reader.contents, reader.library.contents)
            case Moment.FIND_RELATED:
                return navigator.find_related(number)
            case Moment.FOLLOW_HITS:
                return reader.queries.follow_later(now)
            case Moment.FOLLOW_SELECTION:
                return reader.topics.follow_selection(number)
            case Moment.END_MESSAGE:
                reader.status.end_message(number)
                return []
            case Moment.SCAN:
                return [*reader.library.scan(), Later(CHECK_SECONDS, Moment.CHECK_INDEX)]
            case Moment.CHECK_INDEX:
                return reader.library.check()

    # Pages

    def _page_read(self, answer: PageRead, view: View, rows: list[int]) -> list[Effect]:
        reader, navigator = self._reader, self._reader.navigator
        if not navigator.is_wanted(answer.request.number):
            return []
        if answer.request.whole:
            return navigator.whole_read(answer.page, answer.request.number) if answer.page is not None else []
        if answer.page is not None:
            return [*navigator.show(answer.page), *reader.show_current(), Release()]
        navigator.stay()
        effects = [*reader.tell("this is no longer in the library"), *reader.library.read_contents(rows)]
        if isinstance(navigator.target, TakeawaysTarget) and answer.request.name:
            # The reader was on the way back from the gathered takeaways, and is not kept there.
            return [*effects, *reader.topics.leave_takeaways(view)]
        return [*effects, *reader.show_current()]

    def _page_read_again(self, answer: PageReadAgain) -> list[Effect]:
        reader, navigator = self._reader, self._reader.navigator
        if answer.page is not None:
            effects = navigator.page_read_again(answer)
            return [*effects, *reader.show_current()] if effects else []
        if not navigator.is_wanted(answer.request.request.number) or navigator.page is None:
            return []
        title = navigator.page.document.filled(0).text
        if not reader.library.contents.sessions:
            return self.show_nothing()
        return [*reader.open_first(), *reader.tell(f"no longer in the library: {title}")]

    def show_nothing(self) -> list[Effect]:
        """Say that there is nothing to read."""
        from reinvent_tui.reader.pages.messages import empty_page

        reader = self._reader
        reader.navigator.show_nothing()
        return [ShowDocument(empty_page(reader.library.names, reader.library.unreadable), AT_START)]

    # The library

    def _scan_ended(self, answer: ScanEnded, rows: list[int]) -> list[Effect]:
        reader, library = self._reader, self._reader.library
        effects, has_changed = library.scan_ended(answer)
        report = answer.report
        if report is None:
            effects += reader.tell(f"the scan failed: {answer.error}", error=True)
            return effects if library.contents.sessions else [*effects, *self.show_nothing()]
        if library.unreadable:
            count = len(library.unreadable)
            more = f" (and {count - 1} more)" if count > 1 else ""
            effects += reader.tell(f"cannot read {library.unreadable[0]}{more}", error=True)
        elif answer.request.asked:
            effects += reader.tell(_changes(report.read, report.removed, has_changed=has_changed))
        return [*effects, *library.read_contents(rows)] if has_changed else effects

    def _contents_read(self, answer: ContentsRead) -> list[Effect]:
        reader, navigator, library = self._reader, self._reader.navigator, self._reader.library
        if not library.contents_read(answer):
            return []
        navigator.forget_ready()
        effects = reader.topics.show_contents(answer.entries)
        effects += reader.search.ask_again(library.contents, inferred=reader.selection.inferred)
        page = navigator.page
        if not library.contents.sessions:
            return effects if library.scanning else [*effects, *self.show_nothing()]
        if page is not None and not navigator.has_arrived:
            return effects  # another page is on its way, and is read from the index as it is now
        first = reader.contents.sessions[0] if reader.contents.sessions else 0
        at_first = isinstance(page, SessionPage) and page.details.row == first
        if (navigator.at_start and first and not at_first) or (page is None and first):
            return [*effects, *reader.open_first()]
        target = library.as_now(navigator.target)
        if target is None:
            return [*effects, *reader.open(SessionTarget(first or library.contents.sessions[0]))]
        return [*effects, *navigator.read_again(library.contents, target)]


def _changes(read: int, removed: int, *, has_changed: bool) -> str:
    """Return what a scan changed, in words."""
    parts = [f"{counted(read, 'post')} read"] if read else []
    parts += [f"{counted(removed, 'post')} gone"] if removed else []
    return ", ".join(parts) or ("changes were read already: shown now" if has_changed else "nothing changed")
