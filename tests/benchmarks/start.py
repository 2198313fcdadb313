"""How much a start costs beside a bare Textual app: ``python tests/benchmarks/start.py [ROUNDS]``.

CPU time of the whole process (all threads), from its beginning until the first
session's text is on the terminal. Both programs take turns, so that a busy
machine is busy for both. Linux only: the time is read from /proc.
"""

from __future__ import annotations

import compileall
import os
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support import long_session, write_library
from terminal import Terminal

BARE = """
from textual.app import App
from textual.widget import Widget
class Bare(Widget):
    def render(self):
        return "MARK-ON-SCREEN"
class BareApp(App):
    def compose(self):
        yield Bare()
BareApp().run()
"""


def cpu_seconds(process: int) -> float:
    """Return the CPU time of all threads of a process, in seconds."""
    total = 0
    for task in Path(f"/proc/{process}/task").iterdir():
        total += int((task / "schedstat").read_text().split()[0])
    return total / 1e9


def start(arguments: list[str], marker: bytes) -> float:
    """Return the CPU seconds until ``marker`` is written."""
    terminal = Terminal(arguments, (120, 40), drawn=False)  # drawing would let the program run on unseen
    try:
        terminal.wait_for(lambda: marker in terminal.raw)
        return cpu_seconds(terminal.process)
    finally:
        terminal.close()


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    root = Path(__file__).resolve().parents[2]
    compileall.compile_dir(str(root / "src"), quiet=2)
    with tempfile.TemporaryDirectory() as home:
        os.environ.update({"XDG_CACHE_HOME": f"{home}/cache", "XDG_CONFIG_HOME": f"{home}/config"})
        long = write_library(Path(home) / "long", {"a.md": "# Marked Title\n\n" + long_session(4000)})
        programs = {
            "a bare Textual app": (["-c", BARE], b"MARK-ON-SCREEN"),
            "reinvent-tui, bundled posts": (["-m", "reinvent_tui"], b"fireside chat"),
            "reinvent-tui, one page of 1 MB": (["-m", "reinvent_tui", str(long)], b"Paragraph 0"),
        }
        for arguments, marker in programs.values():
            start(arguments, marker)  # fill the index and the disk cache
        times: dict[str, list[float]] = {name: [] for name in programs}
        for _ in range(rounds):
            for name, (arguments, marker) in programs.items():
                times[name].append(start(arguments, marker))
    bare = statistics.median(times["a bare Textual app"])
    print(f"CPU until the first session's text is on screen, median of {rounds} rounds")
    for name, found in times.items():
        middle = statistics.median(found)
        print(f"  {name:34} {middle * 1000:6.0f} ms   {middle / bare:5.2f} x bare")


if __name__ == "__main__":
    main()
