"""The part of the reader's screen that shows things: what is open, and how answers become a page.

Attributes go down to the widgets, messages come up from them and from the
worker threads. An answer that nobody waits for any more is dropped.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace

from textual import on

from reinvent_tui.clean import clean_line
from reinvent_tui.config import Settings
from reinvent_tui.index.queries import Contents
from reinvent_tui.page.model import Position
from reinvent_tui.tui import pages
from reinvent_tui.tui.arranging import ArrangedScreen
from reinvent_tui.tui.loader import Loader
from reinvent_tui.tui.messages import (
    START,
    CodeColoured,
    EntriesRead,
    Failed,
    PageAhead,
    PageRead,
    RelatedRead,
    Request,
    WholePageRead,
)
from reinvent_tui.tui.palette import Palette
from reinvent_tui.tui.source import First, Page, Source
from reinvent_tui.tui.widgets.page_view import PageView
from reinvent_tui.tui.widgets.sidebar import Sidebar, Target
from reinvent_tui.tui.widgets.status_line import Keys

MAX_PAGES = 12
"""Pages kept ready: the ones read last, and the next ones."""

AHEAD_SECONDS = 0.05
RELATED_SECONDS = 0.3
"""Pause on a page until related ones are looked for: who only passes by does not wait for them."""

KEYS = (("Space", "page"), ("?", "keys"), ("q", "quit"), ("J K", "session"), ("o", "outline"), ("f", "links"))
"""The keys worth knowing, the first ones first: a narrow screen leaves the last ones out."""

EMPTY_KEYS = (("r", "look again"), ("?", "keys"), ("q", "quit"))


class ShowingScreen(ArrangedScreen):
    """What is on the page, in the sidebar and on the bottom line."""

    def __init__(self, source: Source, first: First, settings: Settings, palette: Palette) -> None:
        super().__init__(settings, palette)
        self.source = source
        self.loader = Loader(self, source)
        self.library: Contents = first.contents
        """All that there is."""
        self.contents: Contents = first.contents
        """What the sidebar shows: the library, or what of it a query selects."""
        self.page: Page | None = None
        """What is on screen."""
        self._first = first
        self._request = Request(0, Target())
        self._shown = self._request
        """The request that the page on screen answers."""
        self._generation = 0
        self._ready: OrderedDict[int, Page] = OrderedDict()
        self._at_start = True
        """True until the reader went anywhere: while the library fills, its first session stays on screen."""
        self._empty = False
        """True where there is nothing to read."""
        self._unreadable: list[str] = []
        self.follow_sidebar = True
        """Whether the sidebar goes along with the page."""

    def on_mount(self) -> None:
        self.view.text_width = self.settings.text_width
        self.fit()
        self.sidebar.set_contents(self.contents, self.library)
        self.sidebar.add_entries(self._first.entries)
        if self._first.page is not None and self._first.page.reading is not None:
            self._request = Request(0, Target(session=self._first.page.reading.row))
            self._show(self._first.page, self._request)
        else:
            self.view.document = pages.waiting_page(self.source.names)
        self.go_to(self.view)

    def on_unmount(self) -> None:
        self.loader.stop()

    def _show_nothing(self) -> None:
        self.page = None
        self._empty = True
        self.tell_keys()
        self.view.document = pages.empty_page(self.source.names, self._unreadable)

    # Opening

    def open(self, target: Target, anchor: str = "", position: Position = START, line: int = 0) -> None:
        """Show what ``target`` names.

        At ``anchor``, if the page has such a heading, at a ``line`` of the post, or at ``position``.
        """
        self._at_start = False
        request = self._request = Request(self._request.number + 1, target, anchor, position, line)
        if target.session and self.follow_sidebar:
            self.sidebar.show_session(target.session)
        elif target.day or target.event:
            self.sidebar.show_heading(target.day or target.event)  # type: ignore[arg-type]  # one of them is there
        ready = self._ready.get(target.session) if target.session else None
        if ready is not None:
            self._show(ready, request)
        else:
            self.loader.open(request, self.library if target.gathered else self.contents)

    def open_session(self, row: int, anchor: str = "") -> None:
        """Show the session of ``row``."""
        self.open(Target(session=row), anchor)

    def _open_first(self) -> None:
        """Show the library's first session: nobody asked for another."""
        self.open(Target(session=self.contents.sessions[0]))
        self._at_start = True

    @on(PageRead)
    def _page_read(self, message: PageRead) -> None:
        if message.request != self._request:
            return
        if message.page is None:
            self.tell("this session is no longer in the library")
            # What is on screen is again what the reader is at.
            self._request = self._shown = replace(self._shown, number=self._request.number + 1)
            self.loader.contents(self.sidebar.rows_around())
        else:
            self._show(message.page, message.request)

    def _show(self, page: Page, request: Request) -> None:
        self.page = page
        self._empty = False
        self._shown = request
        row = page.reading.row if page.reading is not None else 0
        if row:
            self._keep(row, page)
            if self.follow_sidebar:
                self.sidebar.show_session(row)
        self.view.document = page.document
        if request.anchor:
            self._go_to_anchor(request.anchor)
        elif request.line:
            self._go_to_line(request.line)
        elif request.position != START:
            self.view.go_to(request.position)
        self.status.target = ""
        self.after_show()
        self._tell_place()
        self.call_after_refresh(self._finish, request)

    def keys_here(self) -> Keys:
        """Return the keys worth knowing in the state that the screen is in; the parts above know of further states."""
        return EMPTY_KEYS if self._empty else KEYS

    def tell_keys(self) -> None:
        """Show the keys worth knowing."""
        self.status.keys = self.keys_here()

    def on_descendant_focus(self) -> None:
        self.tell_keys()

    def after_show(self) -> None:
        """Do what is to be done with every page that was opened; the parts above say what."""

    def _keep(self, row: int, page: Page) -> None:
        self._ready[row] = page
        self._ready.move_to_end(row)
        while len(self._ready) > MAX_PAGES:
            self._ready.popitem(last=False)

    def _finish(self, request: Request) -> None:
        """Do after the paint what the page can wait for."""
        page = self.page
        if request != self._request or page is None:
            return
        if not page.document.complete:
            self.loader.whole(request, self.library)
        elif page.document.has_code:
            self.loader.colour(request, page.document.blocks)
        if page.reading is not None:
            self._ask_related(request, page)
            self.set_timer(AHEAD_SECONDS, lambda: self._read_ahead(request))

    def _ask_related(self, request: Request, page: Page) -> None:
        if page.reading is not None and page.document.complete and not page.document.has_tail:
            self.set_timer(RELATED_SECONDS, lambda: self._look_for_related(request))

    def _look_for_related(self, request: Request) -> None:
        page = self.page
        if request == self._request and page is not None and page.reading is not None:
            self.loader.related(request, page.reading)

    @on(RelatedRead)
    def _related_read(self, message: RelatedRead) -> None:
        """Put what is related under the page: nothing above it moves."""
        page = self.page
        if message.request == self._request and page is not None and not page.document.has_tail:
            page.document.add_tail(pages.related_blocks(message.related))
            self.view.refresh_document()
            self._tell_place()

    def _read_ahead(self, request: Request) -> None:
        if request == self._request:
            neighbours = (self.neighbour(1), self.neighbour(-1))
            rows = [row for row in neighbours if row and row not in self._ready]
            if rows:
                self.loader.ahead(self._generation, rows)

    @on(PageAhead)
    def _page_ahead(self, message: PageAhead) -> None:
        if message.generation == self._generation:
            self._keep(message.row, message.page)

    @on(WholePageRead)
    def _whole_page_read(self, message: WholePageRead) -> None:
        if message.request != self._request:
            return
        self._replace(message.page)
        self._ask_related(message.request, message.page)
        if message.request.line:
            self._go_to_line(message.request.line)
        if message.request.anchor and self.view.position == START:
            self._go_to_anchor(message.request.anchor)
        if message.page.document.has_code:
            self.loader.colour(message.request, message.page.document.blocks)

    def _replace(self, page: Page) -> None:
        self.page = page
        if page.reading is not None:
            self._keep(page.reading.row, page)
        self.view.replace_document(page.document)

    @on(CodeColoured)
    def _code_coloured(self, message: CodeColoured) -> None:
        if message.request != self._request or self.page is None:
            return
        coloured = set()
        for code, spans in message.colours:
            code.spans = spans
            coloured.add(id(code))
        blocks = self.page.document.blocks
        self.page.document.forget([at for at, block in enumerate(blocks) if id(block.code) in coloured])
        self.view.refresh_document()

    def _go_to_line(self, line: int) -> None:
        """Go to what stands at a line of the post."""
        if self.page is not None and self.page.reading is not None:
            self.view.go_to_source(line - self.page.reading.session.body_line)

    def _go_to_anchor(self, anchor: str) -> None:
        document = self.view.document
        block = document.find_anchor(anchor) if document is not None else None
        if block is not None:
            self.view.go_to(Position(block, 0))

    def neighbour(self, step: int) -> int:
        """Return the row of the session ``step`` after the one on screen; 0 where there is none."""
        sessions = self.contents.sessions
        here = self.page
        if here is None or not sessions:
            return 0
        # Keys may come faster than pages: count from where the reader is going.
        row = self._request.target.session or (here.reading.row if here.reading is not None else 0)
        if row:
            try:
                at = sessions.index(row) + step
            except ValueError:
                return self._nearest(row, step)
        else:
            start = (
                here.day.start if here.day is not None else here.event.days[0].start if here.event is not None else 0
            )
            at = start if step > 0 else start - 1
        return sessions[at] if 0 <= at < len(sessions) else 0

    def _nearest(self, row: int, step: int) -> int:
        """Return the session in the sidebar that comes after one (or before it) that is not in it; 0 for none."""
        all_rows = self.library.sessions
        if row not in all_rows:
            return 0
        at = all_rows.index(row)
        shown = set(self.contents.sessions)
        around = all_rows[at + 1 :] if step > 0 else reversed(all_rows[:at])
        return next((other for other in around if other in shown), 0)

    # Small things

    @on(Sidebar.Wanted)
    def _titles_wanted(self, message: Sidebar.Wanted) -> None:
        self.loader.entries(message.rows)

    @on(EntriesRead)
    def _entries_read(self, message: EntriesRead) -> None:
        self.sidebar.add_entries(message.entries)

    @on(Failed)
    def _failed(self, message: Failed) -> None:
        self.tell(message.text, severity="error")

    @on(PageView.Moved)
    def _page_moved(self) -> None:
        if self.view.position != START:
            self._at_start = False
        self._tell_place()

    def _tell_place(self) -> None:
        """Say where the reader is: which session of how many, and how far down its page."""
        parts = []
        page = self.page
        if page is not None and page.reading is not None and self.contents.sessions:
            try:
                number = self.contents.sessions.index(page.reading.row) + 1
                parts.append(f"{number:,} of {len(self.contents.sessions):,}")
            except ValueError:
                pass
        if page is not None:
            parts.append(f"{self.view.progress * 100:.0f} %")
        self.status.place = " · ".join(parts)

    def tell(self, text: str, *, severity: str = "information") -> None:
        """Show a short message, in place of the one before; nothing in it is markup."""
        self.app.clear_notifications()
        self.app.notify(clean_line(text), severity=severity, markup=False, timeout=4)  # type: ignore[arg-type]
