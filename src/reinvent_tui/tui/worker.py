"""Runs jobs in threads. Nothing here touches a widget: answers are messages."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import TYPE_CHECKING

from reinvent_tui.errors import QueryInterruptedError
from reinvent_tui.reader.jobs import Jobs
from reinvent_tui.reader.requests import (
    BrowseRequest,
    ColourCode,
    EntriesRequest,
    FindRelated,
    HitsRequest,
    PageRequest,
    PrepareSearch,
    Request,
    ScanRequest,
    SearchRequest,
)

if TYPE_CHECKING:
    from reinvent_tui.reader.answers import Answer

READERS = 2
"""Threads that read pages and titles: a page does not wait for one that is no longer wanted."""


class Worker:
    """Runs the jobs of one screen: queries one after the other, a scan beside them, reading in two threads."""

    def __init__(self, jobs: Jobs, post: Callable[[Answer], object]) -> None:
        """Make a worker; ``post`` hands an answer to the event loop, and may be called in any thread."""
        self._jobs = jobs
        self._post_answer = post
        self._stop = threading.Event()
        self._queries = ThreadPoolExecutor(1, "query")
        self._readers = ThreadPoolExecutor(READERS, "read")
        self._scans = ThreadPoolExecutor(1, "scan")
        self._running: set[Future[None]] = set()
        self._lock = threading.Lock()
        """For what is running: a query that made way for another one is submitted again by its thread."""
        self._latest: dict[tuple[type, bool], Request] = {}

    def stop(self) -> None:
        """Cancel pending work and shut the threads down without waiting for them."""
        self._stop.set()
        for pool in (self._queries, self._readers, self._scans):
            pool.shutdown(wait=False, cancel_futures=True)
        self._jobs.interrupt()

    @property
    def is_busy(self) -> bool:
        """True while a job runs or waits for its turn."""
        with self._lock:
            return not all(future.done() for future in self._running)

    def interrupt(self) -> None:
        """End the query that runs: another one is wanted."""
        self._jobs.interrupt()

    def start(self, request: Request) -> None:
        """Do what is requested, in a thread; the last request of a kind makes earlier ones pointless."""
        if self._stop.is_set():
            return
        kind = _kind(request)
        if kind is not None:
            self._latest[kind] = request
        if isinstance(request, SearchRequest) or (isinstance(request, PageRequest) and not request.whole):
            self._latest.pop((FindRelated, False), None)  # it was for the page before, and would only be in the way
        self._submit(request)

    def _submit(self, request: Request) -> None:
        with self._lock, contextlib.suppress(RuntimeError):  # the pool was shut down just now
            if self._stop.is_set():
                return
            self._running = {future for future in self._running if not future.done()}
            self._running.add(self._pool(request).submit(copy_context().run, self._run, request))

    def _pool(self, request: Request) -> ThreadPoolExecutor:
        match request:
            case SearchRequest() | HitsRequest() | BrowseRequest() | FindRelated() | PrepareSearch():
                return self._queries
            case ScanRequest():
                return self._scans
            case _:
                return self._readers

    def _run(self, request: Request) -> None:
        if self._is_pointless(request):
            return
        try:
            answer = self._jobs.answer(request, self._post, lambda: self._is_pointless(request))
        except QueryInterruptedError:
            # If it is still wanted it made way for a query of another kind, which waits: it comes after that.
            self._submit(request)
            return
        except Exception as error:  # noqa: BLE001 -- whatever it is, the reader goes on and is told
            from reinvent_tui.tui.failed_jobs import failure

            answer = failure(request, error)
        if answer is not None:
            self._post(answer)

    def _is_pointless(self, request: Request) -> bool:
        kind = _kind(request)
        return self._stop.is_set() or (kind is not None and self._latest.get(kind) is not request)

    def _post(self, answer: Answer) -> None:
        if not self._stop.is_set():
            self._post_answer(answer)


def _kind(request: Request) -> tuple[type, bool] | None:
    """Return the kind of which only the last request is wanted; None if each is wanted for itself."""
    if isinstance(request, HitsRequest | ColourCode | EntriesRequest):
        return None
    return type(request), isinstance(request, PageRequest) and request.whole
