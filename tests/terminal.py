"""A real pseudo-terminal with the program in it: raw bytes out, keys in, and the screen as pyte draws it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pyte

PATIENCE = 20.0
"""Seconds until a test gives up waiting; nothing is measured with it."""


class Terminal:
    """A program that runs in a pseudo-terminal of its own."""

    def __init__(
        self,
        arguments: list[str],
        size: tuple[int, int] = (100, 30),
        *,
        drawn: bool = True,
        python: Path | str = sys.executable,
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.size = size
        self.drawn = drawn
        self.raw = b""
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.status: int | None = None
        process, self.handle = pty.fork()
        columns, rows = size
        window = struct.pack("HHHH", rows, columns, 0, 0)
        if process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, window)
            os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **environment})
            os.execv(python, [str(python), *arguments])
        self.process = process
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, window)
        self.modes = self._modes()

    def _modes(self) -> list[object]:
        return list(termios.tcgetattr(self.handle))

    def restored(self) -> bool:
        """Tell whether the terminal's modes are those from before the program."""
        return self._modes() == self.modes

    def read(self, seconds: float = 0.05) -> bool:
        """Take what the program writes; tell whether it wrote anything."""
        ready, _, _ = select.select([self.handle], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.handle, 65536)
        except OSError:  # the program is gone
            return False
        self.raw += data
        if not self.drawn:
            return bool(data)
        with contextlib.suppress(Exception):  # pyte does not know every sequence
            self._stream.feed(data)
        return bool(data)

    def read_for(self, seconds: float) -> None:
        """Take what the program writes during ``seconds``."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read(0.02)

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait_for(self, what: str | Callable[[], bool]) -> None:
        """Read until ``what`` is on the screen, or holds."""
        deadline = time.monotonic() + PATIENCE

        def holds() -> bool:
            return what in self.text if isinstance(what, str) else what()

        while not holds():
            self.read()
            if time.monotonic() > deadline:
                raise AssertionError(f"{what!r} never came; the screen:\n{self.text}")

    def type(self, keys: str) -> None:
        """Send keys."""
        os.write(self.handle, keys.encode())

    def wait_for_end(self) -> int:
        """Read until the program ends; return its exit status."""
        deadline = time.monotonic() + PATIENCE
        while self.status is None:
            self.read()
            self._poll()
            if time.monotonic() > deadline:
                raise AssertionError(f"it never ended; the screen:\n{self.text}")
        while self.read(0):
            pass
        return self.status

    def _poll(self) -> None:
        if self.status is None:
            done, status = os.waitpid(self.process, os.WNOHANG)
            if done:
                self.status = os.waitstatus_to_exitcode(status)

    def close(self) -> None:
        """End the program, if it still runs."""
        self._poll()
        if self.status is None:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        os.close(self.handle)


@contextlib.contextmanager
def reader_in_terminal(*paths: Path | str, size: tuple[int, int] = (100, 30), **environment: str) -> Iterator[Terminal]:
    """Run ``python -m reinvent_tui`` on ``paths``."""
    terminal = Terminal(["-m", "reinvent_tui", *map(str, paths)], size, environment=environment)
    try:
        yield terminal
    finally:
        terminal.close()
