"""What is painted region by region is what Textual would have painted whole."""

from __future__ import annotations

import asyncio

import pyte
import pytest
from rich.console import RenderableType
from textual._compositor import CompositorUpdate
from textual.screen import Screen

from reinvent_tui.page.document import Document
from reinvent_tui.reader import navigator, topic_events
from reinvent_tui.reader.jobs import Jobs
from reinvent_tui.reader.requests import BrowseRequest, Request
from reinvent_tui.tui.screen import ReaderScreen
from reinvent_tui.tui.textual_patches.compositor import RegionsUpdate
from support import make_app, press, reader_of, screen_text, settle

WALK = (
    *("J", "space", "t", "down", "enter", "exclamation_mark", "escape", "tab", "tab", "T", "d", "backspace"),
    *("slash", "s", "c", "a", "l", "down", "ctrl+e", "ctrl+e", "enter", "n", "escape", "f", "escape"),
    *(
        "s",
        "s",
        "z",
        "z",
        "minus",
        "plus",
        "less_than_sign",
        "ctrl+t",
        "o",
        "j",
        "escape",
        "question_mark",
        "j",
        "escape",
    ),
)


@pytest.mark.parametrize("size", [(110, 30), (60, 20)])
async def test_the_terminal_shows_what_the_compositor_holds(jobs: Jobs, size: tuple[int, int]) -> None:
    app = make_app(jobs)
    terminal = pyte.Screen(*size)
    stream = pyte.Stream(terminal)
    display = app._display

    def displayed(screen: Screen[object], renderable: RenderableType | None) -> None:
        if isinstance(renderable, CompositorUpdate):
            stream.feed(renderable.render_segments(app.console))
        display(screen, renderable)

    app._display = displayed  # type: ignore[method-assign]
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for at, key in enumerate(WALK):
            await press(pilot, key)
            await pilot.pause(0.02)
            await settle(pilot)
            shown = "\n".join(line.rstrip() for line in terminal.display)
            assert shown == screen_text(app), f"after {' '.join(WALK[: at + 1])}"
        assert reader_of(app).is_current


async def test_without_colours_nothing_has_one(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = make_app(jobs)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "t", "x", "q", "z")
        segments = [segment for strip in app.screen._compositor.render_strips() for segment in strip]
        colours = [colour for _, style, _ in segments if style for colour in (style.color, style.bgcolor) if colour]
        triplets = [colour.triplet for colour in colours if colour.triplet is not None]
        assert triplets
        assert all(triplet.red == triplet.green == triplet.blue for triplet in triplets)


async def test_a_key_of_the_topic_pane_paints_everything_once(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigator, "RELATED_SECONDS", 60)
    monkeypatch.setattr(topic_events, "FOLLOW_SECONDS", 60)  # and so does the page that follows
    monkeypatch.setattr(Document, "has_code", False)  # its colours come in a frame of their own
    app = make_app(jobs)
    frames: list[RegionsUpdate] = []
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        reader_of(app).frames.seconds = 60  # however busy the machine is
        display = app._display

        def displayed(screen: Screen[object], renderable: RenderableType | None) -> None:
            if isinstance(renderable, RegionsUpdate):
                frames.append(renderable)
            display(screen, renderable)

        monkeypatch.setattr(app, "_display", displayed)
        for key in ("t", "enter", "exclamation_mark", "escape"):
            frames.clear()
            await press(pilot, key)
            cells = [sum(strip.cell_length for _, _, strip in frame.lines) for frame in frames]
            # A scroll bar may hear of its size last, and come by itself.
            assert sum(cells) <= 1.05 * 100 * 30, (key, cells)
            assert max(cells[1:], default=0) <= 30, (key, cells)


def never_browse(monkeypatch: pytest.MonkeyPatch, screen: ReaderScreen) -> None:
    """Let no answer to a choice of topics come."""
    start = screen.worker.start

    def started(request: Request) -> None:
        if not isinstance(request, BrowseRequest):
            start(request)

    monkeypatch.setattr(screen.worker, "start", started)


async def test_a_frame_does_not_wait_long_for_an_answer(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(jobs)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        screen = reader_of(app)
        never_browse(monkeypatch, screen)
        await press(pilot, "t")
        while screen.frames.holds:
            await pilot.pause(screen.frames.seconds / 3)
        assert "type to filter" in screen_text(app)


async def test_frames_come_while_keys_follow_each_other(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(jobs)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        screen = reader_of(app)
        never_browse(monkeypatch, screen)
        for _ in range(10):
            screen.frames.hold()
            await pilot.pause(screen.frames.seconds / 3)
            if not screen.frames.holds:
                break
        else:
            pytest.fail("no frame came")


async def test_leaving_does_not_wait_for_a_frame(jobs: Jobs) -> None:
    failures: list[str] = []
    app = make_app(jobs)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        asyncio.get_running_loop().set_exception_handler(lambda _, context: failures.append(str(context)))
        for delay in (0.0, 0.001, 0.003, 0.006):
            asyncio.get_running_loop().call_later(delay, reader_of(app).frames.release)
        reader_of(app).frames.hold()
        app.exit()
    await asyncio.sleep(0.06)
    assert failures == []
