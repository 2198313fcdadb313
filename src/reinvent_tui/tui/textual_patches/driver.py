"""Reads from the terminal and writes to it: input that never fails, leaving at once, and a terminal that goes away.

Stands for ``textual.drivers.linux_driver.LinuxDriver.run_input_thread``, ``disable_input`` and
``start_application_mode``; calls ``LinuxDriver._disable_mouse_support``, reads ``_key_thread``, ``_app`` and
``_debug``, and wraps ``_file``.

Why:

- Textual's input thread notices only after up to two waits of 0.1 s that the app ends: here a pipe wakes it up.
- A terminal that hangs up makes Textual read nothing for ever, at full speed; here the app ends.
- An error while writing to such a terminal ends Textual's writing thread, and joining it blocks for ever.
- Some input ends the program, see :mod:`reinvent_tui.tui.textual_patches.input_parser`.

Waits for: Textualize/textual#6456 for bytes that are no UTF-8, #5140 for terminals that are closed; for the delay no
issue is known.

When Textual changes this code: compare ``run_input_thread`` and ``disable_input`` with Textual's;
``start_application_mode`` changed in 8.2.4 and in 8.2.8. ``tests/cli/test_terminal.py`` and
``tests/cli/test_terminal_input.py`` run all of it in a pseudo-terminal. On Windows Textual's own driver is used.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import sys
from typing import IO, Any, cast

if sys.platform == "win32":
    from textual.drivers.windows_driver import WindowsDriver as ReaderDriver
else:
    from textual.drivers.linux_driver import LinuxDriver

    from reinvent_tui.tui.textual_patches.input_parser import InputParser

    class _LastingFile:
        """Standard error that may go away: what is written to a terminal that hung up is dropped."""

        def __init__(self, file: IO[str]) -> None:
            self._file = file

        def write(self, text: str) -> int:
            with contextlib.suppress(OSError):
                return self._file.write(text)
            return 0

        def flush(self) -> None:
            with contextlib.suppress(OSError):
                self._file.flush()

        def fileno(self) -> int:
            return self._file.fileno()

        def isatty(self) -> bool:
            return self._file.isatty()

    class ReaderDriver(LinuxDriver):
        """Textual's driver, but leaving is at once, and a terminal that goes away ends the app."""

        _wake: int | None = None

        def start_application_mode(self) -> None:
            """Take the terminal."""
            if self._file is not None and not isinstance(self._file, _LastingFile):
                self._file = cast("Any", _LastingFile(self._file))
            super().start_application_mode()  # type: ignore[no-untyped-call]

        def disable_input(self) -> None:
            """Disable further input."""
            self._disable_mouse_support()
            self.flush()
            self.exit_event.set()
            wake, self._wake = self._wake, None
            if wake is not None:
                # The thread may have ended by itself, and then nothing reads the pipe.
                with contextlib.suppress(OSError):
                    os.write(wake, b"\0")
            if self._key_thread is not None:
                self._key_thread.join()
            if wake is not None:
                os.close(wake)
            # The thread is gone; what is left to do is Textual's.
            self.exit_event.clear()
            super().disable_input()

        def _read(self) -> bytes:
            """Return what was typed; nothing if the terminal is gone, and then the app ends too."""
            try:
                data = os.read(self.fileno, 4096)
            except OSError:
                data = b""
            if not data:
                self._app.call_later(self._app.exit)
            return data

        def run_input_thread(self) -> None:
            """Wait for input and dispatch events."""
            reading, self._wake = os.pipe()
            parser = InputParser(debug=self._debug)
            with selectors.DefaultSelector() as selector:
                selector.register(self.fileno, selectors.EVENT_READ)
                selector.register(reading, selectors.EVENT_READ)
                try:
                    while not self.exit_event.is_set():
                        ready = {key.fd for key, _ in selector.select(0.1)}
                        if self.fileno in ready:
                            data = self._read()
                            if not data:
                                break
                            for event in parser.feed(data):
                                self.process_message(event)
                        for event in parser.tick():
                            self.process_message(event)
                finally:
                    os.close(reading)  # the other end is closed by the thread that ends this one
