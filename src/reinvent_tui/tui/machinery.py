"""What is changed in Textual's own machinery, all in one place.

Each with its reason. Private names are used, so Textual is pinned to a minor
range, and tests in a real pseudo-terminal watch over what these do.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import sys
from codecs import getincrementaldecoder
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from functools import cache
from typing import IO, Any, TypeAlias, cast

import rich.control
import textual.content
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor, CompositorUpdate, LayoutUpdate
from textual.binding import Binding
from textual.dom import DOMNode
from textual.geometry import Region
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.widget import Widget

from reinvent_tui.clean import CONTROLS

if sys.platform == "win32":
    from textual.drivers.windows_driver import WindowsDriver as ReaderDriver
else:
    from textual._xterm_parser import XTermParser
    from textual.drivers.linux_driver import LinuxDriver

    class _LastingFile:
        """Standard error that may go away: what is written to a terminal that hung up is dropped.

        An error would end Textual's writing thread, and with it whoever waits for it.
        """

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
        """Textual's driver, but leaving is at once, and a terminal that goes away ends the app.

        Its input thread notices the end only after two waits of 0.1 s; here a
        pipe wakes it up.
        """

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
                # The thread may have ended by itself, and nobody reads the pipe.
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
            """Return what was typed; nothing where the terminal is gone, and then the app ends too."""
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
            parser = XTermParser(self._debug)
            decode = getincrementaldecoder("utf-8")("replace").decode
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
                            for event in parser.feed(decode(data)):
                                self.process_message(event)
                        for event in parser.tick():
                            self.process_message(event)
                finally:
                    os.close(reading)  # the other end is closed by whoever ends this thread


class _RegionsUpdate(CompositorUpdate):
    """Lines of whole regions, each region of one widget."""

    def __init__(self, lines: list[tuple[int, int, Strip]]) -> None:
        self._lines = lines

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for x, y, strip in self._lines:
            yield Control.move_to(x, y).segment
            yield from strip

    def render_segments(self, console: Console) -> str:
        """Return what to write to the terminal."""
        # CSI row ; column H, as Rich's Control.move_to writes it, at a fraction of the cost.
        return "".join([f"\x1b[{y + 1};{x + 1}H{strip.render(console)}" for x, y, strip in self._lines])


class _WholeUpdate(_RegionsUpdate):
    """Lines of the whole screen; as text for a picture they come from Textual."""

    def __init__(self, lines: list[tuple[int, int, Strip]], whole: Callable[[], LayoutUpdate]) -> None:
        super().__init__(lines)
        self._whole = whole

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from self._whole().__rich_console__(console, options)


_Shown: TypeAlias = list[tuple[Widget, Region, Region]]
"""Widgets from the foremost to the last, each with where it is and what of that is to be seen."""


class RegionCompositor(Compositor):
    """Textual's compositor, but what changed is painted region by region.

    Textual asks all widgets between the first and the last change for all their
    lines, and cuts each line where any widget begins: with a list at the left and
    a line at the bottom that is the whole screen, at every key.
    """

    held = False
    """While True nothing is painted; what changed is kept for the frame after."""

    def render_update(
        self,
        full: bool = False,  # noqa: FBT001, FBT002 -- as Textual has it
        screen_stack: list[Screen[Any]] | None = None,
        simplify: bool = False,  # noqa: FBT001, FBT002
    ) -> RenderableType | None:
        """Return what is to be painted; None where nothing is, or not yet."""
        if self.held and not simplify:
            return None
        return super().render_update(full, screen_stack, simplify)

    def render_partial_update(self) -> ChopsUpdate | None:
        """Return what changed; None where nothing did."""
        screen = self.size.region
        dirty = {region.intersection(screen) for region in self._dirty_regions}
        self._dirty_regions.clear()
        regions = sorted((region for region in dirty if region.area), key=lambda region: -region.area)
        shown = self._shown()
        lines: list[tuple[int, int, Strip]] = []
        for at, region in enumerate(regions):
            if not any(other.contains_region(region) for other in regions[:at]):
                lines.extend(_painted(region, shown))
        # Textual names a narrower type than it needs.
        return cast("ChopsUpdate", _RegionsUpdate(lines)) if lines else None

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:  # noqa: FBT001, FBT002 -- as Textual has it
        """Return the whole screen."""
        if simplify:  # for a picture
            return super().render_full_update(simplify)
        self._dirty_regions.clear()
        lines = list(_painted(self.size.region, self._shown()))
        return cast("LayoutUpdate", _WholeUpdate(lines, super().render_full_update))

    def _shown(self) -> _Shown:
        return [(widget, region, region.intersection(clip)) for widget, (region, clip) in self.visible_widgets.items()]


def _painted(dirty: Region, shown: _Shown) -> Iterator[tuple[int, int, Strip]]:
    """Yield the lines of a region, each with its place: where widgets overlap, those of the foremost."""
    for at, (widget, region, seen) in enumerate(shown):
        part = seen.intersection(dirty)
        if part.area:
            strips = widget.render_lines(part.translate(-region.offset))
            yield from ((part.x, part.y + line, strip) for line, strip in enumerate(strips))
            for rest in _without(dirty, part):
                yield from _painted(rest, shown[at + 1 :])
            return


def _without(whole: Region, part: Region) -> list[Region]:
    """Return what is left of a region without a part of it: above, below, at the left, at the right."""
    around = (
        Region(whole.x, whole.y, whole.width, part.y - whole.y),
        Region(whole.x, part.bottom, whole.width, whole.bottom - part.bottom),
        Region(whole.x, part.y, part.x - whole.x, part.height),
        Region(part.right, part.y, whole.right - part.right, part.height),
    )
    return [region for region in around if region.area]


def catch_controls() -> None:
    """Let no control sign through where Textual and Rich put text together.

    Every text is cleaned before it comes here; this is the net below. Textual
    itself removes only five signs and hands ESC, C1 and bidi controls on.
    """
    for module, name in ((textual.content, "_CONTROL_STRIP_TRANSLATE"), (rich.control, "_CONTROL_STRIP_TRANSLATE")):
        table = getattr(module, name, None)
        if isinstance(table, MutableMapping):
            table.update(CONTROLS)


def compose_by_region(screen: Screen[None]) -> RegionCompositor:
    """Let a screen paint what changed region by region; see :class:`RegionCompositor`."""
    compositor = screen._compositor = RegionCompositor()  # noqa: SLF001
    return compositor


def lay_out(screen: Screen[None]) -> None:
    """Lay a screen out now: Textual would do it some messages later, when the answer to the key may be there."""
    for widget in screen.walk_children(Widget, with_self=True):
        widget._layout_required = False  # noqa: SLF001
    screen._layout_required = False  # noqa: SLF001
    screen._refresh_layout()  # noqa: SLF001


def paint(screen: Screen[None]) -> None:
    """Paint what changed on a screen now, all of it in one frame; nothing where the app is about to end."""
    if screen.app._exit:  # noqa: SLF001
        return
    compositor = screen._compositor  # noqa: SLF001
    compositor.update_widgets(set(compositor.visible_widgets))
    screen._compositor_refresh()  # noqa: SLF001


def vertical_bar(widget: Widget, make: Callable[[], ScrollBar]) -> ScrollBar:
    """Return the vertical scroll bar of a widget; ``make`` makes it when it is first asked for."""
    bar = widget._vertical_scrollbar  # noqa: SLF001
    if bar is None:
        bar = make()
        bar.display = False
        widget._vertical_scrollbar = bar  # noqa: SLF001
        widget.app._start_widget(widget, bar)  # noqa: SLF001
    return bar


_Handlers: TypeAlias = tuple[tuple[type, Callable[..., Any]], ...]


@cache
def _handlers(receiver: type, message: type[Message], name: str) -> _Handlers | None:
    """Return the handlers of a kind of message; None where it depends on the sender."""
    found: list[tuple[type, Callable[..., Any]]] = []
    decorated: set[Callable[..., Any]] = set()
    for cls in receiver.__mro__:
        known = cls.__dict__.get("_decorated_handlers") or {}
        for kind in message.__mro__:
            for method, chosen in known.get(kind, ()) if issubclass(kind, Message) else ():
                if chosen:
                    return None
                if method not in decorated:
                    decorated.add(method)
                    found.append((cls, method))
        method = cls.__dict__.get(f"_{name}") or cls.__dict__.get(name)
        if method is not None and not getattr(method, "_textual_on", None):
            found.append((cls, method))
    return tuple(found)


class QuickDispatch(MessagePump):
    """A receiver of messages that looks its handlers up once: Textual searches all its classes at every message."""

    def _get_dispatch_methods(
        self, method_name: str, message: Message
    ) -> Iterable[tuple[type, Callable[[Message], Awaitable[Any]]]]:
        handlers = _handlers(type(self), type(message), method_name)  # type: ignore[arg-type]  # classes are hashable
        if handlers is None:
            yield from super()._get_dispatch_methods(method_name, message)
            return
        for cls, method in handlers:
            if message._no_default_action:  # noqa: SLF001 -- may be set by the handler before
                break
            yield cls, method.__get__(self, cls)


def bindings_of(node: DOMNode) -> list[tuple[str, Binding]]:
    """Return the keys of one widget, screen or app as they are in force, remapped ones included.

    ``Screen.active_bindings`` tells only of what has the focus.
    """
    bindings = node._bindings.copy()  # noqa: SLF001
    keymap = node.app._keymap  # noqa: SLF001
    if keymap:
        bindings.apply_keymap(keymap)
    return [(key, binding) for key, found in bindings.key_to_bindings.items() for binding in found]
