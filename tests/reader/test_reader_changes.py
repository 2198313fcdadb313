"""The library changes under the reader, jobs fail, and the reader leaves what was begun by any road."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk import Desk, Executor
from reading import ORCHARD
from reinvent_tui.index.values import Facet
from reinvent_tui.reader.answers import Failed, IndexDamaged
from reinvent_tui.reader.bottom_line import bottom_line
from reinvent_tui.reader.effects import Effect, GoTo, Later, Load, Moment, MoveHitCursor, Pane, Release, ShowValues
from reinvent_tui.reader.page_values import DayPage
from reinvent_tui.reader.panes import State
from reinvent_tui.reader.reader import Reader
from reinvent_tui.reader.requests import BrowseRequest, CheckIndex, PageRequest, ScanRequest, SearchRequest
from reinvent_tui.reader.targets import DayTarget, LinkMark, Passage, SessionTarget, View
from support import jobs_on, write_library


@pytest.fixture(scope="module")
def executor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Executor]:
    folder = tmp_path_factory.mktemp("changes")
    with jobs_on(folder / "cache", write_library(folder / "library", ORCHARD)) as jobs:
        yield Executor(jobs)


@pytest.fixture
def desk(executor: Executor) -> Desk:
    desk = Desk(executor)
    desk.pending.clear()
    return desk


def search(desk: Desk, text: str) -> None:
    desk.apply(desk.reader.queries.begin_search(View()))
    desk.apply(desk.reader.queries.typed(text))
    desk.finish()


# Leaving

LEAVE: dict[str, Callable[[Reader], list[Effect]]] = {
    "topics": lambda reader: reader.topics.toggle(),
    "search": lambda reader: reader.queries.begin_search(View()),
    "find": lambda reader: reader.queries.begin_find(),
    "tab": lambda reader: reader.next_pane(),
    "escape": lambda reader: reader.escape(View()),
    "lists": lambda reader: reader.toggle_lists(),
    "alone": lambda reader: reader.toggle_alone(),
    "click": lambda reader: reader.focused(Pane.PAGE, View()),
    "takeaways": lambda reader: reader.topics.gather(View()),
}


@pytest.mark.parametrize("way", LEAVE.values(), ids=LEAVE)
def test_where_a_walk_in_the_sidebar_began_is_a_place_to_come_back_to(
    desk: Desk, way: Callable[[Reader], list[Effect]]
) -> None:
    reader = desk.reader
    begin = reader.navigator.target
    desk.apply(reader.focus(Pane.SIDEBAR))
    walked = SessionTarget(reader.library.contents.sessions[3])
    desk.apply(reader.sidebar_moved(walked, View()))
    desk.finish()
    desk.apply(way(reader))
    desk.finish()
    assert begin in [place.target for place in reader.history.before]
    if reader.navigator.target == walked:
        desk.apply(reader.places.back(View()))
        desk.finish()
        assert reader.navigator.target == begin


def test_back_out_of_a_walk_is_where_it_began(desk: Desk) -> None:
    reader = desk.reader
    begin = reader.navigator.target
    desk.apply(reader.focus(Pane.SIDEBAR))
    desk.apply(reader.sidebar_moved(SessionTarget(reader.library.contents.sessions[3]), View()))
    desk.finish()
    desk.apply(reader.places.back(View()))
    desk.finish()
    assert reader.navigator.target == begin


# Links


def test_a_marked_link_is_shown_before_what_is_under_the_mouse(desk: Desk) -> None:
    reader = desk.reader
    reader.status.pointed = "https://pointed.example"
    marked = View(mark=LinkMark(1, 0, "https://marked.example"))
    assert bottom_line(reader, marked, 0.5).target == "https://marked.example"
    assert bottom_line(reader, View(), 0.5).target == "https://pointed.example"


def test_another_page_has_nothing_under_the_mouse(desk: Desk) -> None:
    reader = desk.reader
    reader.status.pointed = "https://pointed.example"
    desk.apply(reader.go_session(1, View()))
    desk.finish()
    assert bottom_line(reader, View(), 0.5).target == ""


# Days of a narrowed library


def narrow(desk: Desk, topic: str) -> None:
    desk.apply(desk.reader.topics.pick(Facet.TAG, (topic,), View()))
    desk.finish()


def test_the_page_of_a_day_has_all_its_sessions_in_a_narrowed_library(desk: Desk) -> None:
    reader = desk.reader
    narrow(desk, "plums")
    day = reader.contents.days[-1]
    whole = next(known for known in reader.library.contents.days if known.id == day.id)
    assert day != whole, "this day has other sessions, or begins elsewhere"
    desk.apply(reader.open(DayTarget(day)))
    desk.finish()
    page = reader.navigator.page
    assert isinstance(page, DayPage)
    assert page.day == whole
    assert DayTarget(day) == DayTarget(whole)
    assert not DayTarget(day) != DayTarget(whole)  # noqa: SIM202 -- a tuple compares otherwise


def test_the_session_after_a_day_that_is_not_selected_is_the_next_selected_one(desk: Desk) -> None:
    reader = desk.reader
    narrow(desk, "plums")
    hidden = [day for day in reader.library.contents.days if all(known.id != day.id for known in reader.contents.days)]
    days = hidden or [reader.library.contents.days[0]]
    for day in days:
        desk.apply(reader.open(DayTarget(day)))
        desk.finish()
        for step in (1, -1):
            row = reader.neighbour(step, View())
            assert row is None or row in reader.contents.sessions


# Hits


def test_back_into_the_hit_before_is_at_its_last_match(desk: Desk) -> None:
    reader = desk.reader
    search(desk, "lesson")
    desk.apply(reader.queries.submit(View(), has_match=False))
    desk.finish()
    desk.apply(reader.queries.next_match(1, moved=False))
    desk.finish()
    assert reader.search.cursor == 1
    effects = reader.queries.next_match(-1, moved=False)
    places = [effect.where for effect in effects if isinstance(effect, GoTo)]
    wanted = [e.request.where for e in effects if isinstance(e, Load) and isinstance(e.request, PageRequest)]
    assert [*places, *wanted] == [Passage(-1)]
    assert MoveHitCursor(0) in effects


def test_hits_are_asked_for_again_when_the_library_changed_and_the_reader_stays_at_one(desk: Desk) -> None:
    reader = desk.reader
    search(desk, "lesson")
    desk.apply(reader.queries.submit(View(), has_match=False))
    desk.apply(reader.go_session(1, View()))
    desk.finish()
    at, row = reader.search.cursor, reader.search.row
    assert at == 1
    desk.apply(reader.library.read_contents([]))
    desk.answer(0)
    assert any(isinstance(request, SearchRequest) for request in desk.pending)
    desk.finish()
    for _ in range(10):
        desk.elapse(0)
        desk.finish()
    assert (reader.search.cursor, reader.search.row, reader.navigator.row) == (at, row, row)


def test_what_is_selected_is_asked_for_again_when_a_search_ends(desk: Desk) -> None:
    reader = desk.reader
    narrow(desk, "plums")
    search(desk, "lesson")
    desk.apply(reader.library.read_contents([]))
    desk.finish()
    desk.apply(reader.queries.leave(View()))
    asked = [request for request in desk.pending if isinstance(request, BrowseRequest)]
    assert [request.contents for request in asked] == [reader.library.contents]


def test_hits_are_in_the_order_of_days_of_the_whole_library(desk: Desk) -> None:
    reader = desk.reader
    narrow(desk, "plums")
    search(desk, "lesson")
    desk.apply(reader.queries.turn_order())
    (request,) = (request for request in desk.pending if isinstance(request, SearchRequest))
    assert request.order is not None
    assert list(request.order) == list(reader.library.contents.sessions)


# Failures


@pytest.mark.parametrize("damaged", [False, True])
def test_a_page_that_cannot_be_read_leaves_the_one_on_screen(desk: Desk, damaged: bool) -> None:  # noqa: FBT001
    reader = desk.reader
    before = reader.navigator.target
    desk.apply(reader.open(DayTarget(reader.library.contents.days[0])))
    (request,) = (request for request in desk.pending if isinstance(request, PageRequest))
    answer = IndexDamaged(request) if damaged else Failed(request, "broken")
    effects = reader.arrivals.answered(answer, View(), [], 0.0)
    desk.apply(effects)
    assert reader.navigator.has_arrived
    assert reader.navigator.target == before
    assert desk.current == reader.navigator.row
    assert Release() in effects
    assert any(isinstance(e, Load) and isinstance(e.request, ScanRequest) for e in effects) == damaged
    assert ("broken" in reader.status.message) != damaged


@pytest.mark.parametrize("answer", [Failed(CheckIndex(), "locked"), IndexDamaged(CheckIndex())], ids=["f", "d"])
def test_a_check_that_failed_is_made_again_and_nothing_is_said(desk: Desk, answer: Failed | IndexDamaged) -> None:
    effects = desk.reader.arrivals.answered(answer, View(), [], 0.0)
    assert [e.moment for e in effects if isinstance(e, Later)] == [Moment.CHECK_INDEX]
    assert desk.reader.status.message == ""


def test_a_choice_that_cannot_be_answered_does_not_swallow_keys(desk: Desk) -> None:
    reader = desk.reader
    desk.apply(reader.topics.toggle())
    (request,) = (request for request in desk.pending if isinstance(request, BrowseRequest))
    effects = reader.arrivals.answered(Failed(request, "broken"), View(), [], 0.0)
    assert any(isinstance(effect, ShowValues) for effect in effects)
    assert Release() in effects
    desk.apply(reader.topics.show_facet(Facet.LEVEL))
    assert Release() not in reader.arrivals.answered(Failed(request, "broken"), View(), [], 0.0), "an earlier one"


# Topics


def test_esc_in_the_page_beside_open_topics_keeps_what_is_chosen(desk: Desk) -> None:
    reader = desk.reader
    desk.apply(reader.topics.toggle())
    narrow(desk, "plums")
    desk.apply(reader.next_pane())
    assert reader.state is State.NARROWED
    desk.escape()
    desk.finish()
    assert reader.query == "tag:plums"
    assert not reader.panes.has_topics
    desk.escape()
    desk.finish()
    assert desk.is_bare


def test_inferred_topics_count_at_once_in_a_search_and_on_a_page_of_takeaways(desk: Desk) -> None:
    reader = desk.reader
    search(desk, "lesson")
    desk.apply(reader.topics.switch_inferred(View()))
    assert any(isinstance(request, SearchRequest) and not request.inferred for request in desk.pending)
    desk.finish()
    desk.apply(reader.topics.gather(View()))
    desk.finish()
    desk.apply(reader.topics.switch_inferred(View()))
    assert any(isinstance(request, PageRequest) and request.inferred for request in desk.pending)


def test_ids_of_sessions_are_never_used_twice(tmp_path: Path) -> None:
    folder = write_library(tmp_path / "library", ORCHARD)
    with jobs_on(tmp_path / "cache", folder) as jobs:
        before = set(jobs.first(inferred=True).contents.sessions)
    for path in folder.rglob("*.md"):
        path.unlink()
    with jobs_on(tmp_path / "cache", folder) as jobs:
        assert not len(jobs.first(inferred=True).contents.sessions)
    write_library(folder, ORCHARD)
    with jobs_on(tmp_path / "cache", folder) as jobs:
        after = set(jobs.first(inferred=True).contents.sessions)
    assert len(after) == len(before)
    assert not after & before
