"""The mouse: wheel, click, drag, selection by text, and links."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from reinvent_tui.page.model import Position
from reinvent_tui.reader.jobs import Jobs
from reinvent_tui.reader.page_values import SessionPage
from reinvent_tui.tui.app import ReaderApp
from reinvent_tui.tui.widgets.splitter import Splitter
from support import (
    jobs_on,
    long_session,
    make_app,
    opened_in_browser,
    press,
    reader_of,
    rest,
    screen_text,
    settle,
    write_library,
)


def find(app: ReaderApp, words: str) -> tuple[int, int]:
    """Return the screen's column and row at which ``words`` stand."""
    for row, line in enumerate(screen_text(app).split("\n")):
        if words in line:
            return line.index(words), row
    raise AssertionError(f"{words!r} is not on screen:\n{screen_text(app)}")


async def mouse(pilot: Pilot[None], kind: type[events.MouseEvent], x: int, y: int, button: int = 1) -> None:
    driver = pilot.app._driver
    assert driver is not None
    driver.process_message(kind(None, x, y, 0, 0, button, False, False, False, screen_x=x, screen_y=y))
    await settle(pilot)


async def drag(pilot: Pilot[None], start: tuple[int, int], *ways: tuple[int, int]) -> None:
    await mouse(pilot, events.MouseMove, *start)
    await mouse(pilot, events.MouseDown, *start)
    for way in ways:
        await mouse(pilot, events.MouseMove, *way)
    await mouse(pilot, events.MouseUp, *ways[-1])


async def test_dragging_selects_text_and_y_copies_it_as_written(jobs: Jobs) -> None:
    app = make_app(jobs)
    async with app.run_test(size=(70, 30)) as pilot:
        await settle(pilot)
        start = find(app, "first summary")
        end = find(app, "another post")
        await drag(pilot, start, (end[0] + len("another"), end[1]))
        assert reader_of(app).view.selected_text() == "first summary, with a page and another"
        await press(pilot, "y")
        assert app.clipboard == "first summary, with a page and another"
        await press(pilot, "escape")
        assert not reader_of(app).view.selection
        await drag(pilot, find(app, "Ask why"), (find(app, "on a second")[0] + 11, find(app, "on a second")[1]))
        await press(pilot, "ctrl+c")
        assert app.clipboard == "- Ask why, first.\n- Ask again on a second"


async def test_a_selection_survives_another_width_and_grows_over_screens(tmp_path: Path, cache: Path) -> None:
    folder = write_library(tmp_path / "long", {"a.md": long_session()})
    with jobs_on(cache, folder) as jobs:
        app = make_app(jobs)
        async with app.run_test(size=(100, 20)) as pilot:
            await settle(pilot)
            view = reader_of(app).view
            start = find(app, "Paragraph 0")
            await mouse(pilot, events.MouseMove, *start)
            await mouse(pilot, events.MouseDown, *start)
            await mouse(pilot, events.MouseMove, start[0], 25)
            await pilot.pause(0.5)
            await mouse(pilot, events.MouseUp, start[0], 18)
            text = view.selected_text()
            assert text.startswith("Paragraph 0")
            assert len(text) > 1500, "the page went along"
            assert "\n\n" in text
            await pilot.resize_terminal(60, 20)
            await rest(pilot)
            assert view.selected_text() == text


async def test_double_and_triple_click_select_a_word_and_a_block(jobs: Jobs) -> None:
    app = make_app(jobs)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        view = reader_of(app).view
        x, y = find(app, "summary")
        await pilot.click(view, (x - view.region.x, y - view.region.y), times=2)
        await settle(pilot)
        assert view.selected_text() == "summary"
        await pilot.click(view, (x - view.region.x, y - view.region.y), times=3)
        await settle(pilot)
        assert view.selected_text() == "The first summary, with a page and another post."


async def test_the_wheel_scrolls_what_is_under_it(tmp_path: Path, cache: Path) -> None:
    files = {f"t{number:02}.md": f"# Talk {number}" for number in range(40)} | {"a.md": long_session()}
    with jobs_on(cache, write_library(tmp_path / "many", files)) as jobs:
        app = make_app(jobs)
        async with app.run_test(size=(100, 20)) as pilot:
            await settle(pilot)
            screen = reader_of(app)
            await mouse(pilot, events.MouseScrollDown, 60, 10)
            assert screen.view.position > Position(0, 0)
            assert screen.sidebar.scroll_offset.y == 0
            await mouse(pilot, events.MouseScrollDown, 5, 10)
            assert screen.sidebar.scroll_offset.y == 3
            await mouse(pilot, events.MouseScrollUp, 5, 10)
            await mouse(pilot, events.MouseScrollUp, 60, 10)
            assert screen.sidebar.scroll_offset.y == 0
            assert screen.view.position == Position(0, 0)


async def test_the_scroll_bar_can_be_dragged(tmp_path: Path, cache: Path) -> None:
    with jobs_on(cache, write_library(tmp_path / "long", {"a.md": long_session(200)})) as jobs:
        app = make_app(jobs)
        async with app.run_test(size=(100, 20)) as pilot:
            await settle(pilot)
            view = reader_of(app).view
            assert view.thumb() is not None
            await drag(pilot, (99, 1), (99, 10))
            assert 0.35 < view.progress < 0.75
            await drag(pilot, (99, 10), (99, 18))
            assert view.at_end
            await drag(pilot, (99, 18), (99, 1))
            assert view.position == Position(0, 0)


async def test_clicks_in_the_sidebar_open_and_fold(jobs: Jobs) -> None:
    app = make_app(jobs)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.click(offset=find(app, "Aurora Serverless"))
        await settle(pilot)
        page = reader_of(app).reader.navigator.page
        assert page is not None
        assert isinstance(page, SessionPage)
        assert page.details.session.code == "DAT336"
        assert reader_of(app).view.has_focus
        await pilot.click(offset=find(app, "Day 2"))
        await settle(pilot)
        assert "Second Keynote" in screen_text(app)


async def test_the_edge_of_the_sidebar_can_be_dragged(jobs: Jobs) -> None:
    app = make_app(jobs)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        edge = app.screen.query_one(Splitter).region.x
        await drag(pilot, (edge, 5), (50, 5))
        assert reader_of(app).sidebar.size.width == 50
        await drag(pilot, (50, 5), (3, 5))
        assert reader_of(app).sidebar.size.width == 20
        await drag(pilot, (20, 5), (99, 5))
        assert reader_of(app).view.size.width >= 38


async def test_a_link_opens_after_its_target_was_shown(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = opened_in_browser(monkeypatch)
    app = make_app(jobs)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        x, y = find(app, "page and")
        # A terminal that does not report motion: the first click shows the target, the second opens it.
        await mouse(pilot, events.MouseDown, x, y)
        await mouse(pilot, events.MouseUp, x, y)
        assert opened == []
        assert "https://example.com/a?b=1" in "".join(screen_text(app).split("\n")[-2:])
        await mouse(pilot, events.MouseDown, x, y)
        await mouse(pilot, events.MouseUp, x, y)
        await settle(pilot)
        assert opened == ["https://example.com/a?b=1"]
        # One that does: the target was shown while the mouse came.
        await mouse(pilot, events.MouseMove, x, y)
        assert "https://example.com/a?b=1" in "".join(screen_text(app).split("\n")[-2:])
        await mouse(pilot, events.MouseDown, x, y)
        await mouse(pilot, events.MouseUp, x, y)
        await settle(pilot)
        assert len(opened) == 2
        await mouse(pilot, events.MouseMove, 50, 25)
        assert "example.com" not in "".join(screen_text(app).split("\n")[-2:])


async def test_a_click_on_a_link_to_a_post_opens_it_here(jobs: Jobs) -> None:
    app = make_app(jobs)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        x, y = find(app, "post.")
        await mouse(pilot, events.MouseDown, x, y)
        await mouse(pilot, events.MouseUp, x, y)
        assert "▌ Second Keynote" in screen_text(app)
