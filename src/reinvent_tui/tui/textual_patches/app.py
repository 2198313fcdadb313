"""The app's base class: keys handled at once, an orderly end on signals, and failures that go to a hook.

Stands for ``textual.app.App.on_event`` (keys only), ``App._fatal_error``, and reads
``App._loop``; calls ``App._check_bindings`` and ``MessagePump._close_messages_no_wait``.

Why:

- Keys: Textual sends a key through the queue of the widget that has the focus now, and of all that it is in, and
  looks for its binding only then. Of keys that arrive in one read, as over a slow connection, all would go to the
  widget that had the focus at the first. Textualize/textual#6605 describes one effect of it.
- Signals: Textual has no handlers for SIGTERM and SIGHUP, and leaves the terminal in its own modes.
  Waits for Textualize/textual#5140.
- Failures: Textual prints a traceback with all local variables to the terminal.
  Textualize/textual#5931 asks for a hook.

When Textual changes this code: ``tests/cli/test_terminal.py`` ends the program by signals and by a crash, and
``tests/tui/textual_patches/test_app.py`` sends keys in one piece. Compare :meth:`PatchedApp.on_event` with the
branch of ``App.on_event`` for ``events.Key``.
"""

from __future__ import annotations

import contextlib
import signal
from typing import ClassVar, Protocol, runtime_checkable

from textual import events
from textual.app import App
from textual.driver import Driver

from reinvent_tui.tui.textual_patches.controls import catch_controls
from reinvent_tui.tui.textual_patches.dispatch import QuickDispatch
from reinvent_tui.tui.textual_patches.driver import ReaderDriver

SIGNALS = ("SIGTERM", "SIGHUP")
"""What ends the app in order."""


@runtime_checkable
class TakesKeys(Protocol):
    """A widget that a :class:`PatchedApp` hands its keys to at once, past the message queue."""

    def take_key(self, event: events.Key) -> bool:
        """Do what a key means besides the bindings; tell whether it meant anything."""


class PatchedApp(QuickDispatch, App[None]):
    """Textual's app as the reader needs it."""

    DRIVER: ClassVar[type[Driver]] = ReaderDriver
    """What reads from the terminal and writes to it."""

    def __init__(self) -> None:
        super().__init__(driver_class=self.DRIVER)
        catch_controls()

    def report_failure(self) -> None:
        """Say what went wrong: the app is about to end because of the exception that is being handled.

        Called only with a real terminal. It must not raise.
        """

    def leave_on_signals(self) -> None:
        """End in order when the terminal closes or the system asks to; to be called when the app is mounted."""
        if self._loop is None:
            return
        for name in SIGNALS:
            with contextlib.suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):
                self._loop.add_signal_handler(getattr(signal, name), self.exit)

    async def on_event(self, event: events.Event) -> None:
        if not (isinstance(event, events.Key) and not event.is_forwarded and await self._key(event)):
            await super().on_event(event)

    async def _key(self, event: events.Key) -> bool:
        """Do what a key means if a widget has the focus that takes its keys at once; tell whether one has."""
        focused = self.focused
        if not isinstance(focused, TakesKeys):
            return False
        self.app_focus = True
        if not (
            await self._check_bindings(event.key, priority=True)
            or focused.take_key(event)
            or await self._check_bindings(event.key)
        ):
            self.key_was_wrong(event)
        return True

    def key_was_wrong(self, event: events.Key) -> None:
        """Hear of a key that means nothing where it was pressed."""

    def _fatal_error(self) -> None:
        if self.is_headless:
            super()._fatal_error()
        else:
            self.report_failure()
            self._close_messages_no_wait()
