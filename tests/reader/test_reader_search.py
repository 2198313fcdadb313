"""A search, a selection and the page that is wanted, without an app."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desk import Desk, Executor
from reading import ORCHARD
from reinvent_tui.index.queries import EMPTY
from reinvent_tui.index.values import Facet
from reinvent_tui.reader.answers import HitsFound, PageRead
from reinvent_tui.reader.effects import GoTo, Later, Load, Moment, Pane, ShowDocument
from reinvent_tui.reader.page_values import SessionPage
from reinvent_tui.reader.requests import BrowseRequest, PageRequest, SearchRequest
from reinvent_tui.reader.search import MOST_EARLIER, Search
from reinvent_tui.reader.selection import LibrarySelection
from reinvent_tui.reader.targets import AT_START, Place, SearchPlace, SessionTarget, Spot, TakeawaysTarget, View
from support import jobs_on, write_library


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with jobs_on(tmp_path / "cache", write_library(tmp_path / "library", ORCHARD)) as jobs:
        yield Desk(Executor(jobs))


# Search

HERE = Place(SessionTarget(1))


def test_earlier_queries_come_back_the_last_one_first() -> None:
    search = Search()
    for text in ("one", "two", "one", " ", "three"):
        search.begin(HERE, "")
        search.typed(text, EMPTY, inferred=True)
        search.remember()
        search.close()
    search.begin(HERE, "")
    assert [search.recall() for _ in range(4)] == ["three", "one", "two", None]
    search.begin(HERE, "")
    assert search.recall() == "three"


def test_it_forgets_queries_of_long_ago() -> None:
    search = Search()
    for number in range(MOST_EARLIER + 5):
        search.typed(str(number), EMPTY, inferred=True)
        search.remember()
    search.begin(HERE, "")
    found = [search.recall() for _ in range(MOST_EARLIER + 1)]
    assert found[0] == str(MOST_EARLIER + 4)
    assert found[-1] is None


def test_an_empty_query_asks_nothing() -> None:
    search = Search()
    search.begin(HERE, "")
    assert not any(isinstance(effect, Load) for effect in search.typed("  ", EMPTY, inferred=True))
    assert search.place is None


def test_the_place_of_a_search_is_its_query_order_and_hit(desk: Desk) -> None:
    reader = desk.reader
    desk.apply(reader.queries.begin_search(View()))
    desk.apply(reader.queries.typed("zebra"))
    desk.finish()
    assert reader.search.place == SearchPlace("zebra", by_day=False, row=reader.search.rows[0])
    desk.apply(reader.queries.reached(2))
    assert reader.search.place == SearchPlace("zebra", by_day=False, row=reader.search.rows[2])


def test_an_answer_to_an_earlier_query_is_dropped(desk: Desk) -> None:
    reader = desk.reader
    desk.apply(reader.queries.begin_search(View()))
    desk.apply(reader.queries.typed("zebra"))
    early = next(request for request in desk.pending if isinstance(request, SearchRequest))
    desk.apply(reader.queries.typed("lesson"))
    for answer in desk.executor.answers(early):
        assert reader.arrivals.answered(answer, View(), [], 0) == []
    desk.finish()
    assert reader.search.answer is not None
    assert len(reader.search.rows) == 4


def test_an_answer_after_the_search_was_closed_is_dropped(desk: Desk) -> None:
    reader = desk.reader
    desk.apply(reader.queries.begin_search(View()))
    desk.apply(reader.queries.typed("zebra"))
    desk.apply(reader.queries.leave(View()))
    desk.finish()
    assert not reader.panes.has_hits
    assert not reader.search.is_open


def test_enter_before_a_hasty_answer_still_reads_what_is_found(desk: Desk) -> None:
    reader = desk.reader
    desk.apply(reader.queries.begin_search(View()))
    desk.apply(reader.queries.typed("zebra sleeps"))
    desk.apply(reader.queries.submit(View(), has_match=False))
    hasty = [request for request in desk.pending if isinstance(request, SearchRequest)]
    desk.pending = [request for request in desk.pending if request not in hasty]
    (found,) = desk.executor.answers(hasty[-1])
    assert isinstance(found, HitsFound)
    partial = HitsFound(found.request, replace(found.answer, is_partial=True), found.rows, found.entries)
    desk.apply(reader.arrivals.answered(partial, View(), [], desk.now))
    while any(later.moment is Moment.FOLLOW_HITS for later in desk.due):
        desk.elapse(next(at for at, later in enumerate(desk.due) if later.moment is Moment.FOLLOW_HITS))
    desk.finish()  # the better answer
    assert reader.navigator.target == SessionTarget(reader.search.rows[0])


def test_a_match_is_not_looked_for_before_its_page_is_there(desk: Desk) -> None:
    reader = desk.reader
    desk.apply(reader.queries.begin_search(View()))
    desk.apply(reader.queries.typed("zebra"))
    desk.apply(reader.queries.submit(View(), has_match=False))
    assert reader.queries.next_match(1, moved=False) == []
    desk.finish()
    desk.apply(reader.queries.follow())
    assert reader.queries.next_match(1, moved=False) == [], "asked for, and not there yet"
    desk.finish()
    desk.apply(reader.queries.next_match(1, moved=False))
    assert reader.search.cursor == 1


@pytest.mark.parametrize("key", ["n", "J"])
def test_the_hit_that_is_about_to_be_shown_is_not_passed_over(desk: Desk, key: str) -> None:
    reader = desk.reader
    desk.apply(reader.queries.begin_search(View()))
    desk.apply(reader.queries.typed("zebra sleeps"))
    desk.apply(reader.queries.submit(View(), has_match=False))
    desk.finish()  # it is answered, and the page follows in a moment
    first = SessionTarget(reader.search.rows[0])
    assert reader.search.page_is_behind
    assert reader.navigator.target != first
    desk.apply(reader.queries.next_match(1, moved=False) if key == "n" else reader.go_session(1, View()))
    desk.finish()
    assert reader.search.cursor == 0
    assert reader.navigator.target == first


def test_esc_stays_where_the_search_led(desk: Desk) -> None:
    reader = desk.reader
    before = reader.navigator.target
    desk.apply(reader.queries.begin_search(View()))
    desk.apply(reader.queries.typed("zebra sleeps"))
    desk.finish()
    desk.apply(reader.queries.submit(View(), has_match=False))
    desk.finish()
    found = reader.navigator.target
    assert found != before
    desk.escape()
    assert reader.navigator.target == found
    assert desk.is_bare


# Selection


def test_an_empty_selection_is_the_library() -> None:
    selection = LibrarySelection(EMPTY, inferred=True)
    assert not selection.is_narrow
    assert selection.step_back("") is None
    selection.set_query("tag:a", EMPTY)
    assert selection.is_narrow
    selection.set_query("", EMPTY)
    assert selection.contents is EMPTY


def test_steps_are_taken_back_one_by_one() -> None:
    selection = LibrarySelection(EMPTY, inferred=True)
    for before, query in (("", "tag:a"), ("tag:a", "tag:a tag:b")):
        selection.remember_step(before, query)
        selection.set_query(query, EMPTY)
    steps = []
    while (step := selection.step_back(selection.query)) is not None:
        steps.append(step)
        selection.set_query(step, EMPTY)
    assert steps == ["tag:a", ""]


def test_a_query_that_no_choice_made_loses_its_last_value() -> None:
    selection = LibrarySelection(EMPTY, inferred=True)
    selection.remember_step("", "tag:a")
    assert selection.step_back("tag:b tag:c words") == "tag:b words"
    assert selection.step_back("tag:b -tag:c") == "tag:b"
    assert selection.step_back("speaker:jane") == ""
    assert selection.step_back("words") is None


def test_only_the_last_choice_is_answered() -> None:
    selection = LibrarySelection(EMPTY, inferred=True)
    requests = []
    for query in ("tag:a", "tag:b"):
        effects = selection.browse(query, EMPTY, typing=False)
        requests += [effect.request for effect in effects if isinstance(effect, Load)]
    first, last = requests
    assert isinstance(first, BrowseRequest)
    assert isinstance(last, BrowseRequest)
    assert not selection.is_last(first.number)
    assert selection.is_last(last.number)


def test_the_page_follows_the_selection_and_stays_where_it_is_selected(desk: Desk) -> None:
    reader = desk.reader
    desk.apply(reader.topics.toggle())
    desk.finish()
    for topic, title in (("plums", "Beta Talk"), ("apples", "Beta Talk"), ("pears", "Epsilon Talk")):
        desk.apply(reader.topics.pick(Facet.TAG, (topic,), View()))
        desk.finish()
        while desk.due:
            desk.elapse(0)
            desk.finish()
            desk.due = [later for later in desk.due if later.moment is Moment.FOLLOW_SELECTION]
        assert reader.navigator.page is not None
        assert reader.navigator.page.document.filled(0).text == title


# Navigator


def test_a_page_that_is_no_longer_wanted_is_not_shown(desk: Desk) -> None:
    reader = desk.reader
    desk.apply(reader.open(TakeawaysTarget()))
    stale = next(request for request in desk.pending if isinstance(request, PageRequest))
    desk.apply(reader.open(SessionTarget(reader.contents.sessions[3])))
    for answer in desk.executor.answers(stale):
        assert reader.arrivals.answered(answer, View(), [], 0) == []
    desk.finish()
    assert reader.navigator.row == reader.contents.sessions[3]


def test_a_page_that_is_ready_is_shown_at_once(desk: Desk) -> None:
    navigator = desk.reader.navigator
    first = desk.reader.contents.sessions[0]
    effects = navigator.open(SessionTarget(first), AT_START, EMPTY, inferred=True)
    assert isinstance(effects[0], ShowDocument)
    assert navigator.has_arrived


def test_a_page_opens_at_its_place(desk: Desk) -> None:
    navigator = desk.reader.navigator
    first = desk.reader.contents.sessions[0]
    where = Spot(width=66)
    effects = navigator.open(SessionTarget(first), where, EMPTY, inferred=True)
    assert isinstance(navigator.page, SessionPage)
    assert GoTo(where, navigator.page.details.session.body_line) in effects
    assert Later(0, Moment.FINISH_PAGE, navigator.wanted.number) in effects


def test_neighbours_of_a_session_out_of_the_selection_are_in_it(desk: Desk) -> None:
    reader = desk.reader
    rows = list(reader.contents.sessions)
    narrow = reader.contents.narrowed([rows[0], rows[4]], lambda start, end: sum(start <= at < end for at in (0, 4)))
    navigator = reader.navigator
    navigator.open(SessionTarget(rows[2]), AT_START, EMPTY, inferred=True)
    assert navigator.neighbour(1, narrow, reader.library.contents) == rows[4]
    assert navigator.neighbour(-1, narrow, reader.library.contents) == rows[0]


def test_keys_that_come_faster_than_pages_count_from_where_one_is_going(desk: Desk) -> None:
    reader = desk.reader
    for _ in range(3):
        desk.apply(reader.go_session(1, View()))
    assert reader.navigator.row == reader.contents.sessions[3]
    desk.finish()
    assert reader.navigator.row == reader.contents.sessions[3]


def test_a_page_that_is_gone_leaves_the_one_on_screen(desk: Desk) -> None:
    reader = desk.reader
    before = reader.navigator.target
    desk.apply(reader.open(SessionTarget(999)))
    request = next(request for request in desk.pending if isinstance(request, PageRequest))
    desk.apply(reader.arrivals.answered(PageRead(request, None), View(), [], 0))
    assert reader.navigator.target == before
    assert "no longer" in reader.status.message
    assert desk.focus is Pane.PAGE
    desk.check()
