"""Links inside the library: to posts, to sessions, to headings, and to nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from reinvent_tui.reader.requests import LinkRequest
from reinvent_tui.tui.screen import ReaderScreen
from support import jobs_on, make_app, opened_in_browser, press, reader_of, screen_text, settle, write_library

FILES = {
    "a.md": (
        "# Start\n\n[1](#here) [2](sub/b.md) [3](sub/b.md#second-one) [4](sub/b.md#inner-part) [5](missing.md) "
        "[6](ftp://x.y/z) [7](mailto:a@b.c) [8](sub/c%20d.md?x=1) [9](https://x.y/" + "long/" * 60 + ")\n\n"
        + "Filler.\n\n" * 60
        + "## Takeaways\n\n### Here\n\nReached.\n"
    ),
    "sub/b.md": (
        "# Acme Week 2018\n\n## First one\n\nText.\n\n## Second one\n\nMore. [up](../a.md)\n\n"
        + "x\n\n" * 50
        + "### Inner part\n\nDeep.\n"
    ),
    "sub/c d.md": "# With a space\n",
}  # fmt: skip


async def open_post(pilot: Pilot[None], path: str) -> None:
    """Open the session of a post, as its path is linked to."""
    screen = next(screen for screen in pilot.app.screen_stack if isinstance(screen, ReaderScreen))
    screen.worker.start(LinkRequest(screen.reader.navigator.wanted.number, path, ""))
    await settle(pilot)


@pytest.mark.parametrize(
    ("label", "title", "shown"),
    [
        ("a", "Start", "Reached."),
        ("s", "First one", "Text."),
        ("d", "Second one", "More."),
        ("f", "Second one", "Deep."),
        ("g", "Start", "nothing in this library is called missing.md"),
        ("h", "Start", "only http, https and mailto"),
        ("k", "With a space", "With a space"),
    ],
)
async def test_links(tmp_path: Path, cache: Path, label: str, title: str, shown: str) -> None:
    with jobs_on(cache, write_library(tmp_path / "lib", FILES)) as jobs:
        app = make_app(jobs)
        async with app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            await open_post(pilot, "a.md")
            await settle(pilot)
            await press(pilot, "f", label)
            await settle(pilot)
            page = reader_of(app).reader.navigator.page
            assert page is not None
            assert page.document.filled(0).text == title
            messages = reader_of(app).status.line.message
            assert shown in screen_text(app) + messages


async def test_a_long_target_is_shown_whole_before_it_opens(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = opened_in_browser(monkeypatch)
    target = "https://x.y/" + "long/" * 60
    with jobs_on(cache, write_library(tmp_path / "lib", FILES)) as jobs:
        app = make_app(jobs)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await open_post(pilot, "a.md")
            await settle(pilot)
            await press(pilot, "f", "l")
            assert target in "".join(screen_text(app).split())
            assert opened == []
            await press(pilot, "enter")
            assert opened == [target]
            assert "long/long" not in "".join(screen_text(app).split("\n")[-2:])


async def test_without_a_browser_it_says_so(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    with jobs_on(cache, write_library(tmp_path / "lib", {"a.md": "# A\n\nhttps://x.y\n"})) as jobs:
        app = make_app(jobs)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "f", "a", "enter")
            await settle(pilot)
            assert "no browser" in reader_of(app).status.line.message
