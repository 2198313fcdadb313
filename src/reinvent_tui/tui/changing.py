"""The part of the reader's screen that keeps up with the library: scans, and what they bring."""

from __future__ import annotations

from textual import on

from reinvent_tui.config import Settings
from reinvent_tui.index.queries import Entry
from reinvent_tui.plural import counted
from reinvent_tui.tui.messages import (
    ContentsRead,
    IndexDamaged,
    PageChanged,
    Request,
    ScanEnded,
    ScanProgressed,
)
from reinvent_tui.tui.palette import Palette
from reinvent_tui.tui.showing import ShowingScreen
from reinvent_tui.tui.source import First, Page, Source
from reinvent_tui.tui.widgets.sidebar import Target


def _told(read: int, removed: int) -> str:
    """Return what a scan changed, in words."""
    parts = [f"{counted(read, 'post')} read"] if read else []
    if removed:
        parts.append(f"{counted(removed, 'post')} gone")
    return ", ".join(parts) or "nothing changed"


class ChangingScreen(ShowingScreen):
    """What happens when the library on disk is no longer that of the index."""

    def __init__(self, source: Source, first: First, settings: Settings, palette: Palette) -> None:
        super().__init__(source, first, settings, palette)
        self._scanning = False
        self._scan_again: bool | None = None
        """Whether the reader asked for it, where a scan was wanted while one was running."""
        self._rebuilt = False
        """True once a damaged index was made anew: a second time would not help."""

    def on_mount(self) -> None:
        # The first frame is drawn from the index as it was; what changed comes after it.
        self.call_after_refresh(self.scan)

    def scan(self, *, asked: bool = False) -> None:
        """Bring the index up to date; one scan at a time."""
        if self._scanning:
            self._scan_again = asked or bool(self._scan_again)
            return
        self._scanning = True
        self.status.work = "looking for changes" if asked else ""
        self.loader.scan(asked=asked)

    @on(ScanProgressed)
    def _scan_progressed(self, message: ScanProgressed) -> None:
        progress = message.progress
        if progress.total:
            self.status.work = f"indexed {progress.indexed:,} of {progress.total:,}"
        self.loader.contents(self.sidebar.rows_around())

    @on(ScanEnded)
    def _scan_ended(self, message: ScanEnded) -> None:
        self._scanning = False
        self.status.work = ""
        if self._scan_again is not None:
            asked, self._scan_again = self._scan_again, None
            self.scan(asked=asked)
        report = message.report
        if report is None:
            self.tell(f"the scan failed: {message.error}", severity="error")
            if not self.contents.sessions:
                self._unreadable = [message.error]
                self._show_nothing()
            return
        self._unreadable = [f"{item.path}: {item.reason}" for item in report.unreadable]
        if self._unreadable:
            count = len(self._unreadable)
            more = f" (and {count - 1} more)" if count > 1 else ""
            self.tell(f"cannot read {self._unreadable[0]}{more}", severity="warning")
        if message.asked:
            self.tell(_told(report.read, report.removed))
        if report.read or report.removed or not self.contents.sessions:
            self.loader.contents(self.sidebar.rows_around())

    @on(ContentsRead)
    def _contents_read(self, message: ContentsRead) -> None:
        if message.number < self._generation:
            return
        self.library = message.contents
        self._generation = message.number
        self._ready.clear()
        self.show_contents(message.entries)
        page = self.page
        if self._at_start and self.contents.sessions:
            if page is None or page.reading is None or page.reading.row != self.contents.sessions[0]:
                self._open_first()
            else:
                self.loader.read_again(self._request, page.reading.session.id)
        elif page is not None and self._request != self._shown:
            pass  # another page is on its way, and will be read from the index as it is now
        elif page is not None and page.reading is not None:
            self.loader.read_again(self._request, page.reading.session.id)
        elif not self.contents.sessions:
            if not self._scanning:
                self._show_nothing()
        elif page is None:
            self._open_first()
        else:
            self._open_group_again(page)
        self._tell_place()

    def show_contents(self, entries: list[Entry]) -> None:
        """Show the library in the sidebar; the parts above may narrow it."""
        self.contents = self.library
        self.sidebar.set_contents(self.contents, self.library)
        self.sidebar.add_entries(entries)

    def _open_group_again(self, page: Page) -> None:
        if self._request.target.gathered is not None:
            self.loader.group_again(self._request, self._request.target, self.library)
            return
        days = self.contents.days
        day = next((day for day in days if page.day is not None and day.id == page.day.id), None)
        event = next((event for event in self.contents.events if page.event and event.name == page.event.name), None)
        if day or event:
            self.loader.group_again(self._request, Target(day=day, event=event), self.contents)
        else:
            self.open_session(self.contents.sessions[0])

    @on(PageChanged)
    def _page_changed(self, message: PageChanged) -> None:
        if message.request != self._request or self.page is None:
            return
        if message.page is None:
            if self.contents.sessions:
                self.tell(f"no longer in the library: {self.page.document.filled(0).text}")
                self._open_first()
            else:
                self._show_nothing()
            return
        if message.page.reading is None:
            self._replace(message.page)
            return
        if message.page.reading == self.page.reading:
            return
        self.view.clear_selection()
        self._replace(message.page)
        row = message.page.reading.row
        self._request = self._shown = Request(self._request.number + 1, Target(session=row))
        self.sidebar.show_session(row)
        self._tell_place()
        self.call_after_refresh(self._finish, self._request)

    @on(IndexDamaged)
    def _index_damaged(self) -> None:
        """Make the index anew: all that it holds can be read from disk again."""
        if not self._rebuilt and not self._scanning:
            self._rebuilt = self._scanning = True
            self.loader.scan(fresh=True)
