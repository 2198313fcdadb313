"""How fast the search answers while it is typed: ``python tests/benchmarks/search.py [SESSIONS …] [--keep FOLDER]``.

Types 200 queries letter by letter into the real app (in memory, 120×40) and
prints the CPU time of all threads from each key to the painted hits; beside it
``rg -il`` over the same files for the same words, and the cost of building the
index beside SQLite's own bare insert of the same text.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import RenderableType
from textual._compositor import CompositorUpdate
from textual.screen import Screen

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from reinvent_tui.index.library import LibraryIndex, open_library
from reinvent_tui.library.files import open_roots
from reinvent_tui.reader.answers import HitsFound
from reinvent_tui.reader.jobs import Jobs
from reinvent_tui.tui.app import ReaderApp
from reinvent_tui.tui.messages import Answered
from relevance import questions
from support import key_event, make_app, reader_of, settle

POSTS = Path(__file__).resolve().parents[2] / "posts"
QUERIES = 200
WARM = 2
"""Queries before the measuring begins."""
SEED = 20181126
PER_FILE = 20


def write_sessions(folder: Path, count: int) -> int:
    """Write ``count`` sessions of shuffled sentences of the bundled posts; return their bytes."""
    chance = random.Random(SEED)  # noqa: S311 -- the same library at every run
    text = " ".join(path.read_text("utf-8").split("---", 2)[2] for path in sorted(POSTS.glob("*.md")))
    sentences = [
        part.strip() for part in text.replace("\n", " ").split(". ") if 30 < len(part) < 300 and "http" not in part
    ]
    tags = [f"topic-{number}" for number in range(1000)]
    size = 0
    for number in range(0, count, PER_FILE):
        parts = [f"---\nevent: Bench {2010 + number % 12}\nday: {1 + number // PER_FILE % 5}\n---\n"]
        for session in range(number, min(count, number + PER_FILE)):
            words = " ".join(chance.choice(sentences).split()[:6]).strip("#*- ")
            body = ".\n".join(chance.choices(sentences, k=6))
            takeaways = "\n".join(f"- {chance.choice(sentences)}" for _ in range(4))
            given = ", ".join(chance.sample(tags, 4))
            parts.append(f"## {words} {session}\n\nTags: {given}\n\n{body}.\n\n### Takeaways\n\n{takeaways}\n")
        path = folder / f"{number // 2000:03d}" / f"notes-{number:06d}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        content = "\n".join(parts)
        size += len(content.encode())
        path.write_text(content, "utf-8")
    return size


def typed_queries() -> list[str]:
    """Return real queries: the labelled questions, and their shorter parts."""
    found = [question["query"] for question in questions()]
    whole = list(found)
    found += [" ".join(query.split()[-2:]) for query in whole] + [query.split()[0] for query in whole]
    found += [" ".join(query.split()[-3:]) for query in whole]
    found += [" ".join(query.split()[:2]) for query in whole]
    return list(dict.fromkeys(found))[:QUERIES]


def encode_frames(app: ReaderApp) -> None:
    """Let an app in memory make of each frame what a terminal would get: it is sent nowhere, and costs the same."""
    display = app._display

    def displayed(shown: Screen[object], renderable: RenderableType | None) -> None:
        if isinstance(renderable, CompositorUpdate):
            renderable.render_segments(app.console)
        display(shown, renderable)

    app._display = displayed  # type: ignore[method-assign, assignment]


async def time_typing(jobs: Jobs, queries: list[str]) -> tuple[list[float], list[float]]:
    """Return the CPU and the wall seconds of each key, until its hits are painted."""
    app = make_app(jobs)
    cpu: list[float] = []
    wall: list[float] = []
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = reader_of(app)
        driver = app._driver
        assert driver is not None
        answered = asyncio.Event()
        post_message = screen.post_message

        def noticed(message: object) -> bool:
            result = post_message(message)  # type: ignore[arg-type]
            if isinstance(message, Answered) and isinstance(message.answer, HitsFound):
                answered.set()
            return result

        screen.post_message = noticed  # type: ignore[method-assign]
        encode_frames(app)
        for number, query in enumerate(queries):
            if number == WARM:
                cpu.clear()
                wall.clear()
            driver.send_message(key_event("slash"))
            await pilot.pause()
            for letter in query:
                await asyncio.sleep(0.02)
                answered.clear()
                began, clock = time.process_time(), time.perf_counter()
                driver.send_message(key_event(letter if letter != " " else "space"))
                try:
                    await asyncio.wait_for(answered.wait(), 5)
                except TimeoutError:
                    continue
                painted = asyncio.Event()
                screen.call_after_refresh(painted.set)
                await painted.wait()
                cpu.append(time.process_time() - began)
                wall.append(time.perf_counter() - clock)
            driver.send_message(key_event("escape"))
            await pilot.pause(0.1)
    return cpu, wall


def bare_insert(folder: Path) -> float:
    """Return the seconds that SQLite takes to insert the same text into one bare FTS5 table."""
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE t USING fts5(body, tokenize='unicode61 remove_diacritics 2', prefix='1 2')"
    )
    began = time.process_time()
    with connection:
        for path in folder.rglob("*.md"):
            for part in path.read_text("utf-8").split("\n## "):
                connection.execute("INSERT INTO t VALUES (?)", (part,))
    return time.process_time() - began


def grep(folder: Path, queries: list[str]) -> list[float]:
    """Return the seconds of ``rg -il`` for the first word of each query; none where there is no rg."""
    if shutil.which("rg") is None:
        return []
    found = []
    for query in queries:
        began = time.perf_counter()
        subprocess.run(["rg", "-il", query.split()[0], str(folder)], capture_output=True, check=False)
        found.append(time.perf_counter() - began)
    return found


def told(name: str, seconds: list[float]) -> None:
    """Print the median, the 99th percentile and the worst."""
    ordered = sorted(seconds)
    middle, high, worst = statistics.median(ordered), ordered[int(len(ordered) * 0.99)], ordered[-1]
    print(f"  {name:34} median {middle * 1000:7.1f} ms   p99 {high * 1000:7.1f} ms   worst {worst * 1000:7.1f} ms")


def made(folder: Path, count: int) -> tuple[LibraryIndex, float, float, float]:
    """Return the index of ``count`` sessions in ``folder``, made where it is not there; the MB of text, and seconds."""
    posts = folder / "library"
    size = sum(path.stat().st_size for path in posts.rglob("*.md")) or write_sessions(posts, count)
    library = open_library(open_roots([posts]), folder / "cache", None)
    began = time.process_time()
    library.synchronise()
    return library, size / 1e6, time.process_time() - began, bare_insert(posts)


def measure(folder: Path, count: int, queries: list[str]) -> None:
    """Measure one library and print."""
    library, size, built, bare = made(folder, count)
    print(f"{count:,} sessions, {size:.1f} MB, {len(queries)} queries")
    print(f"  index built in {built:.1f} s = {built / size:.2f} s/MB; a bare insert {bare:.1f} s: {built / bare:.1f} x")
    cpu, wall = asyncio.run(time_typing(Jobs(library), queries))
    told(f"CPU from key to painted hits ({len(cpu)})", cpu)
    told("time from key to painted hits", wall)
    times = grep(folder / "library", queries[:40])
    if times:
        told("rg -il, one word, no ranking", times)
    else:
        print("  rg is not installed: nothing to compare with")
    library.close()


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[1000, 100_000], metavar="SESSIONS")
    parser.add_argument("--queries", type=int, default=QUERIES, help="how many to type")
    parser.add_argument("--keep", type=Path, help="folder in which libraries and indexes stay for the next run")
    arguments = parser.parse_args()
    queries = typed_queries()[: arguments.queries]
    for count in arguments.counts:
        if arguments.keep is not None:
            measure(arguments.keep / str(count), count, queries)
        else:
            with tempfile.TemporaryDirectory() as name:
                measure(Path(name), count, queries)
    return 0


if __name__ == "__main__":
    sys.exit(main())
