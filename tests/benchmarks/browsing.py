"""How fast topics are counted and combined: ``python tests/benchmarks/browsing.py [SESSIONS …] [--keep FOLDER]``.

Prints, for a library with 1,000 topics, the CPU of all threads from the key to the
painted pane: opening it, picking, leaving out, flipping any and all, going back; the
same beside one ``SELECT name, count(*) … GROUP BY name`` of SQLite; and how long a page
of takeaways takes to its first screen and to scroll by one.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

from textual.pilot import Pilot

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from search import SEED, encode_frames, made, told

from reinvent_tui.index.library import LibraryIndex
from reinvent_tui.reader.answers import Browsed, PageRead
from reinvent_tui.reader.jobs import Jobs
from reinvent_tui.tui.app import ReaderApp
from reinvent_tui.tui.messages import Answered
from support import key_event, make_app, reader_of, settle

ROUNDS = 60


class Keys:
    """Presses keys and takes the time until their answer is painted."""

    def __init__(self, app: ReaderApp, pilot: Pilot[None]) -> None:
        self.screen = reader_of(app)
        self._pilot = pilot
        self._answered = asyncio.Event()
        driver = app._driver
        assert driver is not None
        self._driver = driver
        post_message = self.screen.post_message

        def noticed(message: object) -> bool:
            result = post_message(message)  # type: ignore[arg-type]
            if isinstance(message, Answered) and isinstance(message.answer, Browsed | PageRead):
                self._answered.set()
            return result

        self.screen.post_message = noticed  # type: ignore[method-assign]

    async def press(self, *keys: str) -> None:
        """Press keys and wait for whatever they do."""
        for key in keys:
            self._driver.send_message(key_event(key))
        await settle(self._pilot)

    async def timed(self, key: str, *, waits: bool = True) -> float:
        """Press a key; return the CPU seconds until its answer is painted."""
        self._answered.clear()
        began = time.process_time()
        self._driver.send_message(key_event(key))
        if waits:
            await asyncio.wait_for(self._answered.wait(), 30)
        painted = asyncio.Event()
        await asyncio.sleep(0)
        while waits and self.screen.frames.holds:
            await asyncio.sleep(0.001)
        self.screen.call_after_refresh(painted.set)
        await painted.wait()
        seconds = time.process_time() - began
        await settle(self._pilot)
        return seconds


async def time_keys(jobs: Jobs) -> dict[str, list[float]]:
    """Return CPU seconds: of opening the pane again, of choices in it, of gathering takeaways, of a screen of them."""
    chance = random.Random(SEED)  # noqa: S311 -- the same choices at every run
    app = make_app(jobs)
    found: dict[str, list[float]] = {"pane opened": [], "choice made": [], "gathered": [], "screen of takeaways": []}
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        encode_frames(app)
        keys = Keys(app, pilot)
        await keys.press("t", "escape")  # the sets are read once
        for _ in range(ROUNDS):
            found["pane opened"].append(await keys.timed("t"))
            await keys.press(*["down"] * chance.randrange(12))
            for key in (chance.choice(("enter", "exclamation_mark")), "enter", "backspace"):
                found["choice made"].append(await keys.timed(key))
            while keys.screen.reader.panes.has_topics or keys.screen.reader.selection.is_narrow:
                await keys.press("escape")  # every round begins with the whole library
        for _ in range(5):
            found["gathered"].append(await keys.timed("T"))
            found["screen of takeaways"] += [await keys.timed("space", waits=False) for _ in range(20)]
            await keys.press("T")  # leaves them
    return found


def grouped(library: LibraryIndex) -> list[float]:
    """Return the seconds of SQLite's own count of all topics, as it would be asked without sets."""
    found = []
    with library.connection() as connection:
        for _ in range(5):
            began = time.process_time()
            connection.execute(
                "SELECT name, count(DISTINCT session) FROM tag WHERE session IN "
                "(SELECT session FROM tag WHERE name = 'topic-5') GROUP BY name"
            ).fetchall()
            found.append(time.process_time() - began)
    return found


def measure(folder: Path, count: int) -> None:
    """Measure one library and print."""
    library, *_ = made(folder, count)
    print(f"{count:,} sessions, 1,000 topics")
    for name, seconds in asyncio.run(time_keys(Jobs(library))).items():
        told(f"{name}, CPU ({len(seconds)})", seconds)
    told("SQLite, count by name of one topic", grouped(library))
    library.close()


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[1000, 100_000], metavar="SESSIONS")
    parser.add_argument("--keep", type=Path, help="folder in which libraries and indexes stay for the next run")
    arguments = parser.parse_args()
    for count in arguments.counts:
        if arguments.keep is not None:
            measure(arguments.keep / str(count), count)
        else:
            with tempfile.TemporaryDirectory() as name:
                measure(Path(name), count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
