"""Paints what changed region by region, at once, and holds frames back for answers that will come soon.

Stands for ``textual._compositor.Compositor.render_update``, ``render_partial_update``
and ``render_full_update``, and calls ``Screen._refresh_layout`` and ``Screen._compositor_refresh``.

Why: Textual asks all widgets between the first and the last change for all their lines and cuts each line
at every widget's edge. With a list on the left and a status line at the bottom, that is the whole screen at
every key. It also lays out and paints from the message queue, so that one key can produce several frames.

Waits for: a compositor that keeps dirty regions apart. Textualize/textual#4086 asks for smaller updates of one
widget; no issue about the compositor itself is known.

When Textual changes this code: ``tests/tui/textual_patches/test_compositor.py`` compares the terminal with Textual's
own full rendering after every key of a walk. If it fails, read ``Compositor._render_chops`` and
``Screen._compositor_refresh`` first. Deleting :class:`RegionCompositor` costs speed only; :func:`lay_out` and
:func:`paint` may be replaced by ``screen.refresh(layout=True)``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias, cast

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor, CompositorUpdate, LayoutUpdate
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

HELD_SECONDS = 0.03
"""How long a frame may wait for an answer: too short to be noticed."""


class RegionsUpdate(CompositorUpdate):
    """Lines of whole regions, each region of one widget."""

    def __init__(self, lines: list[tuple[int, int, Strip]]) -> None:
        self.lines = lines
        """Column, row and content of each line."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for x, y, strip in self.lines:
            yield Control.move_to(x, y).segment
            yield from strip

    def render_segments(self, console: Console) -> str:
        """Return what to write to the terminal."""
        # CSI row ; column H, as Rich's Control.move_to writes it, at a fraction of the cost.
        return "".join([f"\x1b[{y + 1};{x + 1}H{strip.render(console)}" for x, y, strip in self.lines])


class _WholeUpdate(RegionsUpdate):
    """Lines of the whole screen; as text for a picture they come from Textual."""

    def __init__(self, lines: list[tuple[int, int, Strip]], whole: Callable[[], LayoutUpdate]) -> None:
        super().__init__(lines)
        self._whole = whole

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from self._whole().__rich_console__(console, options)


_Shown: TypeAlias = list[tuple[Widget, Region, Region]]
"""Widgets from the foremost to the last, each with where it is and which part of that is visible."""


class RegionCompositor(Compositor):
    """Textual's compositor, but what changed is painted region by region."""

    held = False
    """While True nothing is painted; what changed is kept for the frame after."""

    def render_update(
        self,
        full: bool = False,  # noqa: FBT001, FBT002 -- as Textual has it
        screen_stack: list[Screen[Any]] | None = None,
        simplify: bool = False,  # noqa: FBT001, FBT002
    ) -> RenderableType | None:
        """Return what to paint; None if nothing is to be painted, or not yet."""
        if self.held and not simplify:
            return None
        return super().render_update(full, screen_stack, simplify)

    def render_partial_update(self) -> ChopsUpdate | None:
        """Return what changed; None if nothing did."""
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
        return cast("ChopsUpdate", RegionsUpdate(lines)) if lines else None

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
    """Return what is left of a region without a part of it: above, below, to the left, to the right."""
    around = (
        Region(whole.x, whole.y, whole.width, part.y - whole.y),
        Region(whole.x, part.bottom, whole.width, whole.bottom - part.bottom),
        Region(whole.x, part.y, part.x - whole.x, part.height),
        Region(part.right, part.y, whole.right - part.right, part.height),
    )
    return [region for region in around if region.area]


class FrameHold:
    """Holds the frames of a screen until an answer is there that will be soon: one frame then shows all of it.

    Keys that follow each other do not extend the time: what they do is seen at
    the latest when the time of the first one is over. To be made after ``Screen.__init__``: it installs a
    :class:`RegionCompositor`.
    """

    def __init__(self, screen: Screen[None], seconds: float = HELD_SECONDS) -> None:
        self.seconds = seconds
        """How long a frame is held at most."""
        self._screen = screen
        self._compositor = compose_by_region(screen)
        self._timer: asyncio.TimerHandle | None = None

    @property
    def holds(self) -> bool:
        """True while nothing is painted."""
        return self._timer is not None

    def hold(self) -> None:
        """Paint nothing until :meth:`release`, or until the time is over."""
        if self._timer is None:
            self._compositor.held = True
            self._timer = asyncio.get_running_loop().call_later(self.seconds, self.release)

    def release(self) -> None:
        """Paint now what was held back, in one frame; nothing if no frame is held."""
        if self._timer is not None:
            self.drop()
            if self._screen.is_current:
                paint(self._screen)

    def drop(self) -> None:
        """End the hold without a frame; to be called when the screen is unmounted."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
            self._compositor.held = False


def compose_by_region(screen: Screen[None]) -> RegionCompositor:
    """Let a screen paint what changed region by region; :class:`FrameHold` calls it for its screen."""
    compositor = screen._compositor = RegionCompositor()
    return compositor


def lay_out(screen: Screen[None]) -> None:
    """Lay a screen out now: Textual would do it some messages later, when the answer to the key may be there."""
    for widget in screen.walk_children(Widget, with_self=True):
        if widget._layout_required:
            widget._layout_required = False
            for ancestor in widget.ancestors:  # as ``Widget._check_refresh`` has it
                if not isinstance(ancestor, Widget):
                    break
                ancestor._clear_arrangement_cache()
                ancestor._layout_updates += 1
                if not ancestor.styles.auto_dimensions:
                    break
    screen._refresh_layout()


def paint(screen: Screen[None]) -> None:
    """Paint what changed on a screen now, all of it in one frame; nothing if the app is about to end."""
    if screen.app._exit:
        return
    compositor = screen._compositor
    compositor.update_widgets(set(compositor.visible_widgets))
    screen._compositor_refresh()
