"""What several tests need: libraries on disk, the app on one of them, and ways to look at its screen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from textual import events
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from reinvent_tui.config import Settings
from reinvent_tui.index.library import open_library
from reinvent_tui.library.files import open_roots
from reinvent_tui.paths import topics_file
from reinvent_tui.reader.jobs import Jobs
from reinvent_tui.reader.search import PAGE_SECONDS
from reinvent_tui.reader.selection import FOLLOW_SECONDS
from reinvent_tui.tui.app import ReaderApp
from reinvent_tui.tui.screen import ReaderScreen

POSTS = Path(__file__).resolve().parents[1] / "posts"

DAY_1 = """---
title: "Day 1: arriving"
event: TestConf 2018
day: 1
date: 2018-11-26
sessions:
  Aurora Serverless:
    code: DAT336
    speakers: [Ada Lovelace, Alan Turing]
    tags: [aurora, databases]
---

What the day was about.

## Security Talk

Tags: security, regions

The first summary, with a [page](https://example.com/a?b=1) and
another [post](day-2.md#second-keynote).

### Takeaways

- Ask why, first.
- Ask again
  on a second line.

### Sources

- [Notes](https://example.com/notes)

## Aurora Serverless

Scaling waits for a safe point.

```python
def scale() -> int:
    return 1
```

### Takeaways

- Long transactions block scaling.
"""

DAY_2 = """---
title: "Day 2: going on"
event: TestConf 2018
day: 2
date: 2018-11-27
---

## Second Keynote

Announcements, in order.

### Takeaways

1. One of them matters.
"""


def long_session(paragraphs: int = 60) -> str:
    """Return a post of one long session with many headings."""
    parts = ["# A Long Talk", ""]
    for number in range(paragraphs):
        if number % 10 == 0:
            parts += [f"### Part {number // 10 + 1}", ""]
        parts += [f"Paragraph {number} " + "with some more words to fill the line " * 6, ""]
    return "\n".join(parts)


def write_library(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write ``files`` (path to content) below ``folder`` and return it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, encoding="utf-8")
    return folder


@contextmanager
def jobs_on(cache: Path, *paths: Path, scanned: bool = True) -> Iterator[Jobs]:
    """Give the jobs of a library; its index is up to date if ``scanned``."""
    library = open_library(open_roots(list(paths)), cache, topics_file())
    if scanned:
        library.synchronise()
    try:
        yield Jobs(library)
    finally:
        library.close()


def make_app(jobs: Jobs, settings: Settings | None = None) -> ReaderApp:
    """Return the app on a library."""
    settings = settings or Settings()
    return ReaderApp(jobs, jobs.first(inferred=settings.inferred), settings)


def reader_of(app: ReaderApp) -> ReaderScreen:
    """Return the reader's screen, whatever lies over it."""
    screen = next(screen for screen in app.screen_stack if isinstance(screen, ReaderScreen))
    assert isinstance(screen, ReaderScreen)
    return screen


PATIENCE = 20.0
"""Seconds until a test gives up on an app that does not come to rest."""
QUIET_TURNS = 3
"""Turns of the event loop without work after which an app seems to be at rest: a message may be on its way."""


def _is_busy(app: App[None]) -> bool:
    running = any(screen.worker.is_busy for screen in app.screen_stack if isinstance(screen, ReaderScreen))
    return running or any(worker.is_running for worker in app.workers)


async def settle(pilot: Pilot[None]) -> None:
    """Wait until no job runs, all messages are handled and all is painted; timers that are set may still be due."""
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE
    while loop.time() < end:
        quiet = 0
        while quiet < QUIET_TURNS and loop.time() < end:
            await asyncio.sleep(0.002 if _is_busy(pilot.app) else 0)
            pilot.app.screen._on_timer_update()
            quiet = 0 if _work_of(pilot.app) else quiet + 1
        # Every widget answers once: none is in the middle of a message. Dear, hence last. (Pilot's own pause sleeps
        # 20 ms and more: it guesses from the processor's time when all is done.)
        await pilot._wait_for_screen()
        if not _work_of(pilot.app):
            return
    pytest.fail(f"still busy after {PATIENCE:.0f} s: {_work_of(pilot.app)}")


def _work_of(app: App[None]) -> list[object]:
    """Return what an app still has to do."""
    if app._exit:
        return []
    pumps = [app, *(node for screen in app.screen_stack for node in screen.walk_children(with_self=True))]
    work: list[object] = [pump for pump in pumps if pump.message_queue_size or pump._next_callbacks]
    work += [screen._callbacks for screen in app.screen_stack if screen._callbacks]
    work += ["resize"] if app._resize_event is not None else []
    work += ["jobs"] if _is_busy(app) else []
    return [*work, *(["paint"] if _is_dirty(app.screen) else [])]


def _is_dirty(screen: Screen[object]) -> bool:
    required = screen._layout_required or screen._scroll_required or screen._repaint_required
    return required or bool(screen._dirty_widgets)


async def rest(pilot: Pilot[None]) -> None:
    """Wait until what follows a pause (the page follows hits and choices) has followed too."""
    await settle(pilot)
    while _follows(pilot.app):
        await asyncio.sleep(0.01)
        await settle(pilot)


def _follows(app: App[None]) -> bool:
    """Return True while something is to follow a short pause."""
    timers = {timer for screen in app.screen_stack if isinstance(screen, ReaderScreen) for timer in screen._timers}
    short = max(FOLLOW_SECONDS, PAGE_SECONDS)
    tasks = {timer._task for timer in timers if timer._interval <= short and timer._repeat == 0}
    return any(task is not None and not task.done() for task in tasks)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other, each handled before the next."""
    for key in keys:
        driver = pilot.app._driver
        assert driver is not None
        # Pilot's own press sleeps 50 ms and more after each key.
        driver.send_message(key_event(key))
        await settle(pilot)


CHARACTERS = {
    "space": " ",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "question_mark": "?",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "full_stop": ".",
    "comma": ",",
}


def key_event(key: str) -> events.Key:
    """Return the event of a key by its name, such as ``ctrl+p``, ``space`` or ``J``."""
    return events.Key(key, key if len(key) == 1 else CHARACTERS.get(key))


class Using:
    """The app while a test uses it."""

    def __init__(self, app: ReaderApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> ReaderScreen:
        return reader_of(self.app)

    @property
    def text(self) -> str:
        return screen_text(self.app)

    @property
    def title(self) -> str:
        page = self.screen.reader.navigator.page
        assert page is not None
        return page.document.filled(0).text

    @property
    def said(self) -> str:
        """The message on the bottom line."""
        return self.screen.status.line.message

    async def rest(self) -> None:
        """Wait until the page has followed the hits, or the choice."""
        await rest(self.pilot)

    async def type(self, text: str) -> None:
        """Type characters in one piece."""
        driver = self.app._driver
        assert driver is not None
        for character in text:
            driver.send_message(key_event({" ": "space", "/": "slash"}.get(character, character)))
        await self.rest()

    async def press(self, *keys: str) -> None:
        await press(self.pilot, *keys)


User = TypeVar("User", bound=Using)


@asynccontextmanager
async def using(kind: type[User], jobs: Jobs, size: tuple[int, int] = (100, 30)) -> AsyncIterator[User]:
    """Run the app on a library."""
    app = make_app(jobs)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield kind(app, pilot)


def opened_in_browser(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Keep the browser shut; return the list that gets what would have been opened."""
    opened: list[str] = []

    def note(target: str) -> bool:
        opened.append(target)
        return True

    monkeypatch.setattr("webbrowser.get", object)
    monkeypatch.setattr("webbrowser.open", note)
    return opened


def screen_text(app: ReaderApp) -> str:
    """Return what is on the screen, as lines of text."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    lines = ["".join(segment.text for segment in strip) for strip in strips]
    assert len(lines) == height
    assert all(len(line) <= width for line in lines)
    return "\n".join(line.rstrip() for line in lines)
