"""What becomes of jobs: interrupted, pointless, failed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from reinvent_tui.errors import IndexDamagedError, IndexUnavailableError, QueryInterruptedError
from reinvent_tui.index.queries import EMPTY, SessionDetails
from reinvent_tui.index.values import Facet
from reinvent_tui.reader.answers import Answer, Browsed, Failed, IndexDamaged, LinkFound, ScanEnded
from reinvent_tui.reader.jobs import Jobs, Post
from reinvent_tui.reader.requests import (
    BrowseRequest,
    FindRelated,
    LinkRequest,
    PageRequest,
    PrepareSearch,
    Request,
    ScanRequest,
    SearchRequest,
)
from reinvent_tui.reader.targets import SessionTarget
from reinvent_tui.tui.worker import Worker
from support import Using, using

SEARCH = SearchRequest(1, "cold start", None, preview=True, inferred=True)


class ScriptedJobs(Jobs):
    """Jobs that answer as a test says."""

    def __init__(self, answer: Callable[[Request], Answer | None]) -> None:
        self._scripted = answer

    def answer(self, request: Request, post: Post, is_cancelled: Callable[[], bool]) -> Answer | None:
        return self._scripted(request)

    def interrupt(self) -> None:
        pass


def finish(worker: Worker) -> None:
    end = time.monotonic() + 10
    while worker.is_busy:
        assert time.monotonic() < end
        time.sleep(0.001)


def browse(number: int) -> BrowseRequest:
    return BrowseRequest(number, "", Facet.TAG, EMPTY, typing=False, inferred=True)


def link(number: int) -> LinkRequest:
    return LinkRequest(number, "a.md", "")


def test_a_choice_that_a_query_interrupted_is_answered_all_the_same() -> None:
    failures = [QueryInterruptedError(), QueryInterruptedError()]

    def answer(request: Request) -> Answer:
        if failures:
            raise failures.pop()
        assert isinstance(request, BrowseRequest)
        return Browsed(request, EMPTY, [], [], 0)

    posted: list[Answer] = []
    worker = Worker(ScriptedJobs(answer), posted.append)
    worker.start(browse(1))
    finish(worker)
    worker.stop()
    assert [type(answer) for answer in posted] == [Browsed]


def test_a_query_that_made_way_comes_after_the_one_it_made_way_for() -> None:
    answered: list[str] = []
    go_on = threading.Event()

    def answer(request: Request) -> Answer | None:
        if isinstance(request, BrowseRequest) and not go_on.is_set():
            go_on.wait(10)
            raise QueryInterruptedError
        answered.append(type(request).__name__)
        return None

    worker = Worker(ScriptedJobs(answer), lambda _: None)
    worker.start(browse(1))
    worker.start(SEARCH)
    go_on.set()
    finish(worker)
    worker.stop()
    assert answered == ["SearchRequest", "BrowseRequest"]


@pytest.mark.parametrize("later", [SEARCH, PageRequest(1, SessionTarget(2), inferred=True)])
def test_what_is_related_to_a_page_that_is_left_is_not_looked_for(later: Request) -> None:
    started, go_on = threading.Event(), threading.Event()
    answered: list[Request] = []

    def answer(request: Request) -> Answer | None:
        if isinstance(request, PrepareSearch):
            started.set()
            go_on.wait(10)
        answered.append(request)
        return None

    worker = Worker(ScriptedJobs(answer), lambda _: None)
    worker.start(PrepareSearch())
    started.wait(10)
    worker.start(FindRelated(1, cast("SessionDetails", None), inferred=True))
    worker.start(later)
    go_on.set()
    finish(worker)
    worker.stop()
    assert later in answered
    assert not any(isinstance(request, FindRelated) for request in answered)


def test_only_the_last_request_of_a_kind_that_waits_is_done() -> None:
    asked: list[int] = []
    go_on = threading.Event()

    def answer(request: Request) -> Answer:
        assert isinstance(request, BrowseRequest)
        asked.append(request.number)
        go_on.wait(10)
        return Browsed(request, EMPTY, [], [], 0)

    worker = Worker(ScriptedJobs(answer), lambda _: None)
    for number in range(1, 6):
        worker.start(browse(number))
        while not asked:
            time.sleep(0.001)
    go_on.set()
    finish(worker)
    worker.stop()
    assert asked == [1, 5]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (IndexDamagedError("malformed"), None),
        (IndexUnavailableError("locked"), "the index cannot be read: locked"),
        (ZeroDivisionError("a bug"), "something went wrong (ZeroDivisionError); the details are in "),
    ],
)
def test_a_failure_is_an_answer_and_a_bug_is_logged(error: Exception, words: str | None, own_folders: Path) -> None:
    def answer(_: Request) -> Answer:
        raise error

    posted: list[Answer] = []
    worker = Worker(ScriptedJobs(answer), posted.append)
    worker.start(link(1))
    finish(worker)
    worker.stop()
    (found,) = posted
    logs = list(own_folders.rglob("errors.log"))
    if words is None:
        assert isinstance(found, IndexDamaged)
    else:
        assert isinstance(found, Failed)
        assert found.text.startswith(words)
    assert bool(logs) == isinstance(error, ZeroDivisionError)
    for log in logs:
        assert str(log) in str(found)
        assert "ZeroDivisionError: a bug" in log.read_text()
        assert "Traceback" in log.read_text()
        assert "while answering LinkRequest" in log.read_text()


def test_a_scan_that_fails_ends() -> None:
    def answer(_: Request) -> Answer:
        raise OSError("disk full")

    posted: list[Answer] = []
    worker = Worker(ScriptedJobs(answer), posted.append)
    worker.start(ScanRequest())
    finish(worker)
    worker.stop()
    (found,) = posted
    assert isinstance(found, ScanEnded)
    assert found.report is None
    assert "OSError" in found.error


def test_nothing_is_answered_after_the_end() -> None:
    go_on = threading.Event()

    def answer(request: Request) -> Answer:
        go_on.wait(10)
        assert isinstance(request, LinkRequest)
        return LinkFound(request, None, "")

    posted: list[Answer] = []
    worker = Worker(ScriptedJobs(answer), posted.append)
    worker.start(link(1))
    worker.stop()
    go_on.set()
    finish(worker)
    worker.start(link(2))
    assert posted == []


async def test_a_bug_in_a_job_is_said_and_the_reader_goes_on(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    async with using(Using, jobs) as on:
        answer = jobs.answer

        def broken(request: Request, post: Post, is_cancelled: Callable[[], bool]) -> Answer | None:
            if isinstance(request, BrowseRequest):
                raise KeyError("a bug")
            return answer(request, post, is_cancelled)

        monkeypatch.setattr(jobs, "answer", broken)
        await on.press("t")
        assert "something went wrong (KeyError)" in on.said
        assert "errors.log" in on.said
        await on.press("escape", "J")
        assert on.title == "Aurora Serverless"
