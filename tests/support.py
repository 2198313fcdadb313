"""What several tests need: libraries on disk, the app on one of them, and ways to look at its screen."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from textual import events
from textual.app import App
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from reinvent_tui.config import Settings
from reinvent_tui.index.library import open_library
from reinvent_tui.library.files import open_roots
from reinvent_tui.paths import topics_file
from reinvent_tui.tui.app import ReaderApp
from reinvent_tui.tui.reader import ReaderScreen
from reinvent_tui.tui.source import Source

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
def source_on(cache: Path, *paths: Path, scanned: bool = True) -> Iterator[Source]:
    """Give a library's source; its index is up to date if ``scanned``."""
    library = open_library(open_roots(list(paths)), cache, topics_file())
    source = Source(library)
    if scanned:
        source.synchronise(lambda _: None, lambda: False)
    try:
        yield source
    finally:
        library.close()


def make_app(source: Source, settings: Settings | None = None) -> ReaderApp:
    """Return the app on ``source``."""
    return ReaderApp(source, source.first(), settings or Settings())


def reader_of(app: ReaderApp) -> ReaderScreen:
    """Return the reader's screen, whatever lies over it."""
    screen = next(screen for screen in app.screen_stack if isinstance(screen, ReaderScreen))
    assert isinstance(screen, ReaderScreen)
    return screen


def _busy(app: App[None]) -> bool:
    searching = any(screen.loader.searching for screen in app.screen_stack if isinstance(screen, ReaderScreen))
    return searching or any(worker.is_running for worker in app.workers)


async def settle(pilot: Pilot[None]) -> None:
    """Wait until no worker runs and all messages are handled."""
    for _ in range(40):
        await pilot.pause()
        if not _busy(pilot.app):
            await pilot.pause()
            if not _busy(pilot.app):
                return
        with contextlib.suppress(WorkerCancelled):
            await pilot.app.workers.wait_for_complete()
        await asyncio.sleep(0.005)  # a query runs outside the workers


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other, each handled before the next."""
    for key in keys:
        driver = pilot.app._driver
        assert driver is not None
        # Pilot's own press sleeps 50 ms and more after each key.
        driver.send_message(key_event(key))
        await settle(pilot)


SIGNS = {
    "space": " ",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "question_mark": "?",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
}


def key_event(key: str) -> events.Key:
    """Return the event of a key by its name, such as ``ctrl+p``, ``space`` or ``J``."""
    return events.Key(key, key if len(key) == 1 else SIGNS.get(key))


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
        page = self.screen.page
        assert page is not None
        return page.document.filled(0).text

    async def press(self, *keys: str) -> None:
        await press(self.pilot, *keys)


User = TypeVar("User", bound=Using)


@asynccontextmanager
async def using(kind: type[User], source: Source, size: tuple[int, int] = (100, 30)) -> AsyncIterator[User]:
    """Run the app on ``source``."""
    app = make_app(source)
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
