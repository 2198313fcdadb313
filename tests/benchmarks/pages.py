"""What opening and changing a page costs beside Textual's own Markdown: ``python tests/benchmarks/pages.py [ROUNDS]``.

CPU time of the process for each step, until the screen is full and quiet.
Both draw the same text at 120x40, in the same process, one after the other.
``open`` is to the first full screen; for ours what goes on after it (the rest
of a long page, colours) is counted apart, as ``settled``.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widgets import Markdown

from reinvent_tui.page.document import Document, head_of
from reinvent_tui.tui.palette import Palette
from reinvent_tui.tui.themes import DARK, LIGHT
from reinvent_tui.tui.widgets.page_view import PageView
from support import POSTS, jobs_on, make_app, reader_of, settle

SIZES = {"3 KB": 3_000, "8 KB": 8_000, "28 KB": 28_000, "45 KB": 45_000, "1.5 MB": 1_500_000}
LARGEST_FOR_TEXTUAL = 100_000
"""Characters: Textual's Markdown takes minutes beyond."""


def text_of(size: int) -> str:
    """Return ``size`` characters made of the bundled posts: prose, lists, tables, links."""
    posts = "\n\n".join(path.read_text(encoding="utf-8").split("---\n", 2)[2] for path in sorted(POSTS.glob("*.md")))
    return (posts * (size // len(posts) + 1))[:size]


class OursApp(App[None]):
    """Only the page."""

    def __init__(self) -> None:
        super().__init__()
        for theme in (DARK, LIGHT):
            self.register_theme(theme)

    def compose(self) -> ComposeResult:
        yield PageView(Palette(DARK))


class TheirsApp(App[None]):
    """Textual's own."""

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Markdown()


async def cost(step: Callable[[], Awaitable[None]]) -> float:
    """Return the CPU seconds of ``step``."""
    gc.collect()
    start = time.process_time()
    await step()
    return time.process_time() - start


async def painted(pilot: Pilot[None]) -> None:
    """Wait until the screen is painted, without sleeping."""
    done = asyncio.Event()
    pilot.app.screen.call_after_refresh(done.set)
    await done.wait()


async def ours(text: str, rounds: int) -> dict[str, float]:
    """Return the costs of our page."""
    app = OursApp()
    found: dict[str, list[float]] = {}
    async with app.run_test(size=(120, 40)) as pilot:
        view = app.query_one(PageView)

        async def show() -> None:
            view.document = Document(head_of(text))
            await painted(pilot)
            app.screen._compositor.render_strips()

        async def rest() -> None:
            view.replace_document(Document(text))
            await painted(pilot)

        async def resize() -> None:
            view.text_width = 70 if view.text_width != 70 else 80
            await painted(pilot)
            app.screen._compositor.render_strips()

        async def theme() -> None:
            view.restyle(Palette(LIGHT))
            await painted(pilot)
            app.screen._compositor.render_strips()

        for _ in range(rounds):
            for name, step in (("open", show), ("settled", rest), ("resize", resize), ("theme", theme)):
                found.setdefault(name, []).append(await cost(step))
    return {name: statistics.median(times) for name, times in found.items()}


async def theirs(text: str, rounds: int) -> dict[str, float]:
    """Return the costs of Textual's Markdown."""
    found: dict[str, list[float]] = {}
    for _ in range(rounds):
        app = TheirsApp()
        async with app.run_test(size=(120, 40)) as pilot:
            widget = app.query_one(Markdown)

            async def show() -> None:
                await widget.update(text)  # noqa: B023 -- awaited in this round
                await painted(pilot)

            async def resize() -> None:
                await pilot.resize_terminal(110, 40)
                await painted(pilot)

            async def theme() -> None:
                app.theme = "textual-light"  # noqa: B023
                await painted(pilot)

            for name, step in (("open", show), ("resize", resize), ("theme", theme)):
                found.setdefault(name, []).append(await cost(step))
    return {name: statistics.median(times) for name, times in found.items()}


async def switching() -> tuple[float, float]:
    """Return the median and worst CPU seconds of ``J`` through all bundled posts, to the full screen."""
    import tempfile

    times: list[float] = []
    with tempfile.TemporaryDirectory() as cache, jobs_on(Path(cache), POSTS) as jobs:
        app = make_app(jobs)
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            screen = reader_of(app)
            for _ in range(len(screen.reader.contents.sessions) - 1):
                await asyncio.sleep(0.08)  # as long as a person takes to press a key again
                await settle(pilot)
                before = screen.reader.navigator.page
                start = time.process_time()
                screen.action_event("session", 1)
                while screen.reader.navigator.page is before:
                    await asyncio.sleep(0)
                await painted(pilot)
                screen._compositor.render_strips()
                times.append(time.process_time() - start)
    return statistics.median(times), max(times)


async def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    logging.disable()
    print(f"CPU in ms, median of {rounds} rounds, 120x40; Textual's Markdown / ours = ratio")
    for name, size in SIZES.items():
        text = text_of(size)
        mine = await ours(text, rounds)
        if size > LARGEST_FOR_TEXTUAL:
            print(
                f"  {name:7}",
                "  ".join(f"{step} {mine[step] * 1000:.1f}" for step in mine),
                " (Textual's: not waited for)",
            )
            continue
        other = await theirs(text, max(1, min(rounds, 3)))
        parts = [
            f"{step} {other[step] * 1000:7.0f} / {mine[step] * 1000:5.1f} = {other[step] / mine[step]:5.0f} x"
            for step in ("open", "resize", "theme")
        ]
        print(f"  {name:7}", "   ".join(parts), f"  settled {mine['settled'] * 1000:.1f}")
    median, worst = await switching()
    print(f"  next session (J) through posts/: median {median * 1000:.1f} ms, worst {worst * 1000:.1f} ms")


if __name__ == "__main__":
    asyncio.run(main())
