"""Everything that takes time, done in threads. Nothing here touches a widget: answers are messages."""

from __future__ import annotations

import contextlib
import posixpath
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote

from textual.message import Message
from textual.screen import Screen

from reinvent_tui.clean import clean_line
from reinvent_tui.config import Settings, save_settings
from reinvent_tui.errors import IndexDamagedError, IndexUnavailableError, QueryInterruptedError
from reinvent_tui.index.queries import Contents, SessionDetails
from reinvent_tui.index.sync import Progress, Report
from reinvent_tui.index.values import Facet
from reinvent_tui.page.highlight import colour
from reinvent_tui.page.model import Block, Code
from reinvent_tui.paths import config_folder
from reinvent_tui.tui.messages import (
    Browsed,
    CodeColoured,
    ContentsRead,
    EntriesRead,
    Failed,
    HitEntriesRead,
    HitsRead,
    IndexDamaged,
    LinkFound,
    PageAhead,
    PageChanged,
    PageRead,
    RelatedRead,
    Request,
    ScanEnded,
    ScanProgressed,
    WholePageRead,
)
from reinvent_tui.tui.source import Page, Source
from reinvent_tui.tui.widgets.sidebar import Target

if TYPE_CHECKING:
    from reinvent_tui.index.search import Answer

FIRST_HITS = 14
"""Hits that come with their passages at once: a screenful."""


class Loader:
    """Runs the work of one screen."""

    def __init__(self, screen: Screen[None], source: Source) -> None:
        self._screen = screen
        self._source = source
        self._stop = threading.Event()
        self._asked = 0
        self._query = 0
        self._browsed = 0
        self._searches = ThreadPoolExecutor(1, "search")
        self._last_search: Future[None] | None = None

    def stop(self) -> None:
        """Let go of what still runs: nobody waits for it."""
        self._stop.set()
        self._searches.shutdown(wait=False, cancel_futures=True)
        self._source.interrupt()

    @property
    def searching(self) -> bool:
        """True while a query is on its way."""
        return self._last_search is not None and not self._last_search.done()

    def _run(self, work: Callable[[], Message | None], group: str, *, exclusive: bool = True) -> None:
        answer = partial(self._answer, work)
        self._screen.run_worker(answer, group=group, thread=True, exclusive=exclusive, exit_on_error=False)

    def _answer(self, work: Callable[[], Message | None]) -> None:
        """Do the work and post what comes of it."""
        try:
            message = work()
        except IndexDamagedError:
            message = IndexDamaged()
        except IndexUnavailableError as error:
            message = Failed(f"the index cannot be read: {error}")
        except Exception as error:  # noqa: BLE001 -- whatever it is, the reader goes on and is told
            message = Failed(f"something went wrong: {type(error).__name__}: {error}")
        if message is not None and not self._stop.is_set():
            self._screen.post_message(message)

    # Reading

    def open(self, request: Request, contents: Contents) -> None:
        """Read the page of a request."""
        self._run(lambda: PageRead(request, self._page(request.target, contents)), "page")

    def _page(self, target: Target, contents: Contents) -> Page | None:
        if target.day is not None:
            return self._source.day(target.day, contents)
        if target.event is not None:
            return self._source.event(target.event)
        if target.gathered is not None:
            return self._source.gathered(target.gathered, contents)
        return self._source.session(target.session)

    def read_again(self, request: Request, name: str) -> None:
        """Read the session on screen once more, by its id: its row may be another now."""

        def work() -> PageChanged:
            row = self._source.find_by_name(name)
            return PageChanged(request, self._source.session(row) if row is not None else None)

        self._run(work, "page-again")

    def whole(self, request: Request, contents: Contents) -> None:
        """Read all of the page whose head is on screen."""

        def work() -> WholePageRead | None:
            gathered = request.target.gathered
            if gathered is not None:
                page: Page | None = self._source.gathered(gathered, contents, whole=True)
            else:
                page = self._source.session(request.target.session, whole=True)
            if page is not None:
                page.document.headings  # noqa: B018 -- found here, not at the first key that asks for them
            return WholePageRead(request, page) if page is not None else None

        self._run(work, "page-whole")

    def ahead(self, generation: int, rows: Iterable[int]) -> None:
        """Read pages that may be asked for next."""
        wanted = list(rows)

        def work() -> None:
            for row in wanted:
                page = self._source.session(row)
                if page is not None and not self._stop.is_set():
                    self._screen.post_message(PageAhead(generation, row, page))

        self._run(work, "page-ahead")

    def colour(self, request: Request, blocks: list[Block]) -> None:
        """Colour the code of a page."""
        codes: dict[int, Code] = {}
        for block in blocks:
            if block.code is not None and block.code.language and block.code.spans is None:
                codes[id(block.code)] = block.code

        def work() -> CodeColoured:
            return CodeColoured(request, [(code, colour(code.text, code.language)) for code in codes.values()])

        if codes:
            self._run(work, "colour")

    def contents(self, rows: Iterable[int]) -> None:
        """Read what the library holds, and the titles of ``rows``."""
        wanted = list(rows)
        self._asked += 1
        number = self._asked
        self._run(lambda: ContentsRead(number, *self._source.contents(wanted)), "contents")

    def entries(self, rows: Iterable[int]) -> None:
        """Read titles."""
        wanted = list(rows)
        self._run(lambda: EntriesRead(self._source.entries(wanted)), "entries", exclusive=False)

    def group_again(self, request: Request, target: Target, contents: Contents) -> None:
        """Read the page of a day or event on screen once more."""
        self._run(lambda: PageChanged(request, self._page(target, contents)), "page-again")

    def find_link(self, request: Request, target: str, here: str) -> None:
        """Find the session that a relative link in the post at the path ``here`` means."""
        address, _, anchor = target.partition("#")
        path = unquote(address.partition("?")[0])
        path = posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here
        anchor = clean_line(unquote(anchor))
        self._run(lambda: LinkFound(request, target, self._source.find(path, anchor), anchor), "link")

    # Searching

    def _search(self, work: Callable[[], Message | None]) -> None:
        """Do work on the connection of the queries, one after the other.

        A worker of Textual's for every letter costs more than many a query.
        """
        if not self._stop.is_set():
            self._last_search = self._searches.submit(copy_context().run, self._answer, work)

    def prepare_search(self) -> None:
        """Bring what the first query needs, while it is typed."""

        def work() -> None:
            with contextlib.suppress(QueryInterruptedError):
                self._source.prepare_search()

        self._search(work)

    def search(self, text: str, positions: Mapping[int, int] | None) -> int:
        """Ask a query for what it finds within a frame; return its number. The one before is ended."""
        self._query += 1
        self._source.interrupt()
        self._ask(text, positions, preview=True)
        return self._query

    def search_well(self, text: str, positions: Mapping[int, int] | None) -> None:
        """Ask the query for the best that it finds: the preview answer was only the first of many."""
        self._ask(text, positions, preview=False)

    def _ask(self, text: str, positions: Mapping[int, int] | None, *, preview: bool) -> None:
        number = self._query

        def work() -> HitsRead | None:
            if number != self._query:
                return None
            try:
                return HitsRead(number, text, *self._source.search(text, positions, FIRST_HITS, preview=preview))
            except QueryInterruptedError:
                return None

        self._search(work)

    def browse(self, query: str, facet: Facet, contents: Contents, *, typing: bool) -> int:
        """Ask what a query selects, and what that is about; return the number of the answer."""
        self._browsed += 1
        number = self._browsed

        def work() -> Browsed | None:
            while number == self._browsed and not self._stop.is_set():
                with contextlib.suppress(QueryInterruptedError):  # by a search, which this goes along with
                    found = self._source.browse(query, facet, contents, typing=typing)
                    return Browsed(number, query, found.contents, found.entries, facet, found.values, found.total)
            return None

        self._search(work)
        return number

    def related(self, request: Request, reading: SessionDetails) -> None:
        """Look for what has to do with the session on screen."""

        def work() -> RelatedRead | None:
            try:
                return RelatedRead(request, self._source.related(reading))
            except QueryInterruptedError:
                return None

        self._search(work)

    def hit_entries(self, number: int, answer: Answer, rows: Iterable[int]) -> None:
        """Read further hits of an answer."""
        wanted = list(rows)

        def work() -> HitEntriesRead | None:
            try:
                return HitEntriesRead(number, self._source.hit_entries(answer, wanted))
            except QueryInterruptedError:
                return None

        self._search(work)

    # Scanning

    def scan(self, *, asked: bool = False, fresh: bool = False) -> None:
        """Bring the index up to date with the disk; ``fresh`` throws it away first."""

        def work() -> ScanEnded:
            try:
                if fresh:
                    self._source.reset()
                return ScanEnded(self._scan(), asked=asked)
            except Exception as error:  # noqa: BLE001 -- a scan that never ends would block every later one
                return ScanEnded(None, str(error) or type(error).__name__, asked=asked)

        self._run(work, "scan", exclusive=False)

    def _scan(self) -> Report:
        run = partial(self._source.synchronise, self._progressed, self._stop.is_set)
        try:
            return run()
        except IndexDamagedError:
            self._source.reset()
            return run()

    def _progressed(self, progress: Progress) -> None:
        if not self._stop.is_set():
            self._screen.post_message(ScanProgressed(progress))

    # Remembering

    def save(self, settings: Settings) -> None:
        """Remember the looks; where they cannot be written, they last for this run."""

        def work() -> Failed | None:
            try:
                save_settings(config_folder(), settings)
            except OSError as error:
                return Failed(f"settings are not remembered: {error.strerror}")
            return None

        self._run(work, "settings")
