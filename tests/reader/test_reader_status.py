"""The bottom line and its messages, without an app."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk import Desk, Executor
from reading import ORCHARD
from reinvent_tui.reader.bottom_line import bottom_line
from reinvent_tui.reader.effects import Later, Moment, Pane
from reinvent_tui.reader.panes import State
from reinvent_tui.reader.status import HINTS, Status, seconds_for
from reinvent_tui.reader.targets import LinkMark, TakeawayMark, View
from support import jobs_on, write_library


def test_a_message_lasts_a_moment() -> None:
    status = Status()
    assert status.tell("one") == [Later(seconds_for("one"), Moment.END_MESSAGE, 1)]
    assert status.message == "one"
    status.end_message(1)
    assert status.message == ""


def test_the_end_of_a_message_is_not_the_end_of_the_next_one() -> None:
    status = Status()
    status.tell("one")
    status.tell("two")
    status.end_message(1)
    assert status.message == "two"
    status.end_message(2)
    assert status.message == ""


def test_a_message_does_not_survive_what_it_was_about() -> None:
    status = Status()
    status.enter("here")
    status.tell("one")
    status.enter("there")
    assert status.message == "one", "what it is about is where it was said"
    status.enter("there")
    assert status.message == "one"
    status.enter("elsewhere")
    assert status.message == ""


def test_a_message_is_one_line_without_control_characters() -> None:
    status = Status()
    status.tell("a\n\x1b[31mb")
    assert "\n" not in status.message
    assert "\x1b" not in status.message


def test_every_state_has_hints() -> None:
    assert set(HINTS) == set(State)
    assert all(HINTS.values())


@pytest.mark.parametrize("state", [State.PAGE, State.NARROWED])
def test_search_topics_takeaways_are_among_the_first(state: State) -> None:
    ids = [hint.ids[0] for hint in HINTS[state]][:4]
    assert {"go.search", "go.topics", "go.takeaways"} <= set(ids)


def test_the_line_follows_the_state(tmp_path: Path) -> None:
    with jobs_on(tmp_path / "cache", write_library(tmp_path / "library", ORCHARD)) as jobs:
        desk = Desk(Executor(jobs))
        reader = desk.reader

        def hints(view: View | None = None) -> tuple[str, ...]:
            return tuple(hint.words for hint in bottom_line(reader, view or View(), 0.5).hints)

        page = hints()
        desk.apply(reader.next_pane())
        assert reader.panes.focus is Pane.SIDEBAR
        sidebar = hints()
        desk.apply(reader.leave_sidebar())
        assert hints() == page
        marks = (LinkMark(1, 0, "https://example.com"), LinkMark(1, 0, "tag:plums"), TakeawayMark(1, 1, 1, "A lesson"))
        seen = {page, sidebar, hints(View(is_selected=True)), *(hints(View(mark=mark)) for mark in marks)}
        assert len(seen) == 6


def test_where_a_link_leads_is_said_unless_it_is_the_readers_own(tmp_path: Path) -> None:
    with jobs_on(tmp_path / "cache", write_library(tmp_path / "library", ORCHARD)) as jobs:
        reader = Desk(Executor(jobs)).reader
        for target, said in (("https://example.com", "https://example.com"), ("session:1:2", ""), ("tag:a", "")):
            assert bottom_line(reader, View(mark=LinkMark(1, 0, target)), 0.5).target == said


def test_among_hits_it_says_which_of_how_many(tmp_path: Path) -> None:
    with jobs_on(tmp_path / "cache", write_library(tmp_path / "library", ORCHARD)) as jobs:
        desk = Desk(Executor(jobs))
        reader = desk.reader
        desk.apply(reader.queries.begin_search(View()))
        desk.apply(reader.queries.typed("zebra"))
        desk.finish()
        desk.apply(reader.queries.submit(View(), has_match=False))
        desk.finish()
        assert reader.state is State.HIT
        assert bottom_line(reader, View(), 0.5).place == "1 of 3"
        desk.apply(reader.go_session(1, View()))
        assert bottom_line(reader, View(), 0.5).place == "2 of 3"
