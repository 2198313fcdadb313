"""A monkey at the real reader: ``python tests/monkey.py [--events 20000] [--seed N] [--library NAME] [--corpora]``.

It presses random keys (one by one, and several in one piece, as over a slow line), clicks, drags, turns the wheel,
resizes the terminal, changes files on disk, changes themes, and takes the focus away from the terminal. After some
events it lets the reader come to rest and looks at what must always hold; ``held.py`` says what that is. Every round
is a library and a seed of its own, so a line that is printed with a find plays it again. A find is made shorter, by
leaving out events for as long as it happens without them.

``--library`` is one of the monkey's own (``posts``, ``tiny``, ``empty``, ``hostile``, ``events``) or a folder, which is
copied first. ``--corpora`` adds all folders below the one that the environment variable REINVENT_CORPORA names.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import faulthandler
import io
import json
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent))

from textual import events
from textual.geometry import Size
from textual.pilot import Pilot

from held import Find, check, check_closed, check_history, draw
from monkey_acts import LIBRARIES, NEW_POSTS, Act, Monkey, size_of
from reinvent_tui.paths import log_folder
from reinvent_tui.reader.jobs import Jobs
from reinvent_tui.tui.app import ReaderApp
from support import POSTS, jobs_on, key_event, make_app, rest, write_library

ROUND = 250
"""Events of a round."""
LONGEST_ROUND = 180
"""Seconds after which a round that hangs ends the program, with a traceback of each thread."""


class Player:
    """Does what the monkey decided, in one library; begins again where the monkey quits."""

    def __init__(self, jobs: Jobs, folder: Path) -> None:
        self._jobs = jobs
        self._folder = folder
        self._errors: list[BaseException] = []

    async def play(self, acts: Sequence[Act], done: Callable[[int], object]) -> None:
        """Do all acts; raise a find. ``done`` hears how many were done."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: self._note(context))
        at = 0
        while at < len(acts):
            app = make_app(self._jobs)
            found: Find | None = None
            with contextlib.suppress(Exception):  # run_test raises again what is in app._exception
                async with app.run_test(size=(100, 30)) as pilot:
                    try:
                        while at < len(acts) and not app._exit:
                            at += 1
                            done(at)
                            await self._do(acts[at - 1], app, pilot)
                            self._look_for_errors(app)
                        await self._leave(app)
                    except Find as error:
                        found = error
                    except Exception as error:  # noqa: BLE001 -- whatever it is, it is a find
                        found = Find.of_exception(app._exception or error)
            if found is not None:
                raise found
            self._look_for_errors(app)

    @staticmethod
    async def _leave(app: ReaderApp) -> None:
        app.exit()
        assert app._task is not None
        _, running = await asyncio.wait({app._task}, timeout=10)
        if running:
            raise Find("the app does not end", str(app.screen_stack))

    def _note(self, context: dict[str, object]) -> None:
        error = context.get("exception")
        self._errors.append(error if isinstance(error, BaseException) else RuntimeError(str(context.get("message"))))

    def _look_for_errors(self, app: ReaderApp) -> None:
        error = app._exception or (self._errors[0] if self._errors else None)
        if error is not None:
            raise Find.of_exception(error)
        log = log_folder() / "errors.log"
        if log.exists():
            text = log.read_text("utf-8")
            raise Find("a job failed: " + text.rstrip().rpartition("\n")[2], text)

    async def _do(self, act: Act, app: ReaderApp, pilot: Pilot[None]) -> None:  # noqa: C901
        match act:
            case Act("keys", keys):
                for key in keys:
                    app.post_message(key_event(key))
                await asyncio.sleep(0)
            case Act("wait", (milliseconds,)):
                await asyncio.sleep(int(milliseconds) / 1000)
                if not app._exit:
                    draw(app)
            case Act("check" | "close" | "history"):
                await self._check(act, app, pilot)
            case Act("disk", (kind, which, what)):
                self._change(kind, int(which), int(what))
                app.post_message(key_event("r"))
            case Act("resize", (width, height)):
                size = Size(int(width), int(height))
                app._driver._size = size  # type: ignore[union-attr]
                app.post_message(events.Resize(size, size))
            case Act("blur"):
                app.post_message(events.AppBlur())
            case Act("focus"):
                app.post_message(events.AppFocus())
            case Act("theme", (number,)):
                app.choose_theme(sorted(app.available_themes)[int(number) % len(app.available_themes)])
            case Act("paste", (text,)):
                app.post_message(events.Paste(text))
            case Act(kind, words):
                self._point(app, kind, [int(word) for word in words])

    async def _check(self, act: Act, app: ReaderApp, pilot: Pilot[None]) -> None:
        app.post_message(events.AppFocus())
        await rest(pilot)
        if app._exit:
            return
        check(app)
        if act.kind == "close":
            await check_closed(app, pilot, in_one_piece="in one piece" in act.words)
        elif act.kind == "history":
            await check_history(app, pilot)

    def _change(self, kind: str, which: int, what: int) -> None:
        files = sorted(path for path in self._folder.rglob("*") if path.is_file())
        text = NEW_POSTS[what % len(NEW_POSTS)]
        content = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        if kind == "write" or not files:
            (self._folder / f"new-{which % 6}.md").write_bytes(content)
            return
        path = files[which % len(files)]
        if kind == "append":
            path.write_bytes(path.read_bytes() + b"\n\n" + content)
        elif kind == "remove":
            path.unlink()
        else:
            path.rename(path.with_name(f"renamed-{what % 6}.md"))

    @staticmethod
    def _point(app: ReaderApp, kind: str, numbers: list[int]) -> None:
        width, height = app.size
        x, y, other_x, other_y = (n * size // 1000 for n, size in zip(numbers, (width, height) * 2, strict=False))

        def send(event: type[events.MouseEvent], x: int = x, y: int = y, button: int = numbers[4]) -> None:
            driver = app._driver
            assert driver is not None
            driver.process_message(event(None, x, y, 0, 0, button, False, False, False, screen_x=x, screen_y=y))

        steps: dict[str, tuple[type[events.MouseEvent], ...]] = {
            "move": (events.MouseMove,),
            "down": (events.MouseDown,),
            "up": (events.MouseUp,),
            "click": (events.MouseMove, events.MouseDown, events.MouseUp),
            "double": (events.MouseDown, events.MouseUp) * 2,
            "drag": (events.MouseMove, events.MouseDown),
            "wheel-down": (events.MouseScrollDown,) * 3,
            "wheel-up": (events.MouseScrollUp,) * 3,
        }
        for step in steps[kind]:
            send(step)
        if kind == "drag":
            send(events.MouseMove, other_x, other_y)
            send(events.MouseUp, other_x, other_y)


@contextmanager
def harmless(home: Path) -> Iterator[None]:
    """Keep settings, caches and logs in ``home``, and the browser and the editor shut."""
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CACHE", "CONFIG", "STATE", "DATA")}
    with (
        mock.patch.dict(os.environ, {**folders, "HOME": str(home), "EDITOR": "true"}),
        mock.patch("reinvent_tui.tui.app.ReaderApp.leave_on_signals"),  # they end the monkey, not the reader
        mock.patch("webbrowser.get", object),
        mock.patch("webbrowser.open", return_value=True),
        mock.patch("reinvent_tui.tui.editor.subprocess.run", return_value=mock.Mock(returncode=0)),
    ):
        yield


def play(library: str, acts: Sequence[Act], done: Callable[[int], object] = lambda _: None) -> Find | None:
    """Let the reader undergo ``acts`` on a fresh copy of a library; return what was found."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, harmless(Path(name) / "home"):
        folder = Path(name) / "library"
        source = POSTS if library == "posts" else Path(library)
        if library == "posts" or library not in LIBRARIES:
            shutil.copytree(source, folder, ignore=shutil.ignore_patterns(".git"))
        else:
            folder.mkdir()
            write_library(folder, LIBRARIES[library])
        # Textual prints tracebacks, with all variables, to standard error.
        with jobs_on(Path(name) / "cache", folder, scanned=False) as jobs, contextlib.redirect_stderr(io.StringIO()):
            try:
                asyncio.run(Player(jobs, folder).play(acts, done))
            except Find as find:
                return find
    return None


def shortened(library: str, acts: Sequence[Act], kind: str, seconds: float) -> list[Act]:
    """Leave out as many acts as possible for as long as a find of the same kind is made."""
    end = time.monotonic() + seconds

    def fails(some: Sequence[Act]) -> bool:
        found = play(library, some)
        return found is not None and found.kind == kind

    best = list(acts)
    size = max(1, len(best) // 2)
    while time.monotonic() < end:
        at, before = 0, len(best)
        while at < len(best) - 1 and time.monotonic() < end:
            some = best[:at] + best[min(at + size, len(best) - 1) :]  # the last act is where it is found
            if fails(some):
                best = some
            else:
                at += size
        if size == 1 and len(best) == before:
            break
        size = max(1, size // 2)
    for at in range(len(best)):
        while best[at].kind == "keys" and time.monotonic() < end:
            keys = best[at].words
            fewer = [Act("keys", keys[:key] + keys[key + 1 :]) for key in range(len(keys))]
            kept = next((some for some in fewer if fails([*best[:at], some, *best[at + 1 :]])), None)
            if kept is None:
                break
            best[at] = kept
    return best


def report(library: str, seed: int, acts: Sequence[Act], found: Find, seconds: float) -> None:
    """Print a find, and how to see it again."""
    print(f"\nFOUND ({library}): {found.kind}\n{found.details}")
    print(f"again: python tests/monkey.py --seed {seed} --events 1 --library {library}")
    print("the last acts:", *(" ".join((act.kind, *act.words)) for act in acts[-60:]), sep="\n  ")
    if seconds:
        short = shortened(library, acts, found.kind, seconds)
        print(
            f"shorter ({len(short)}): python tests/monkey.py --library {library} --acts '{json.dumps(short)}'",
            flush=True,
        )


def main() -> int:
    """Run the monkey; return 1 if it found anything."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--events", type=int, default=20_000, help="about as many")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--library", action="append", metavar="NAME", help=f"{', '.join(LIBRARIES)} or a folder")
    parser.add_argument("--corpora", action="store_true", help="also the folders in $REINVENT_CORPORA")
    parser.add_argument("--acts", help="play these, as a find prints them")
    parser.add_argument(
        "--shrink", type=float, default=60, metavar="SECONDS", help="time to make a find shorter; 0: none"
    )
    options = parser.parse_args()
    libraries: list[str] = options.library or list(LIBRARIES)
    if options.corpora:
        libraries += sorted(str(path) for path in Path(os.environ["REINVENT_CORPORA"]).iterdir() if path.is_dir())
    finds: Counter[str] = Counter()
    seed, total, begin = options.seed, 0, time.monotonic()
    while total < options.events:
        library = libraries[seed % len(libraries)]
        monkey = Monkey(seed)
        acts = [monkey.act() for _ in range(ROUND - 1)] + [Act("close", ("one by one",))]
        if options.acts:
            acts = [Act(kind, tuple(words)) for kind, words in json.loads(options.acts)]
        done: list[int] = [0]
        faulthandler.dump_traceback_later(LONGEST_ROUND, exit=True)
        found = play(library, acts, done.append)
        faulthandler.cancel_dump_traceback_later()
        total += sum(map(size_of, acts[: done[-1]]))
        print(f"{seed} {library}: {done[-1]} acts; {total:,} events in {time.monotonic() - begin:.0f} s", flush=True)
        if found is not None:
            finds[found.kind] += 1
            known = finds[found.kind] > 1
            report(library, seed, acts[: done[-1]], found, 0 if known or options.acts else options.shrink)
        if options.acts:
            break
        seed += 1
    print(
        "\nnothing found" if not finds else "\nfound:",
        *(f"{count} × {kind}" for kind, count in finds.items()),
        sep="\n",
    )
    return 1 if finds else 0


if __name__ == "__main__":
    sys.exit(main())
