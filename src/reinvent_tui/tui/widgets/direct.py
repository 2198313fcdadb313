"""Lines drawn straight to the screen, for widgets that repaint whole at every key.

Textual's own road for a line (borders, titles, hatches, tints, a cache that a
full repaint throws away) costs more than drawing it. These widgets have none
of that: only padding above, and the filters for terminals without colour.
"""

from __future__ import annotations

from typing import Self

from textual import events
from textual.containers import Horizontal, Vertical
from textual.filter import ANSIToTruecolor
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip
from textual.widget import Widget

from reinvent_tui.tui.textual_patches.dispatch import QuickDispatch


class Settled(QuickDispatch, Widget):
    """A widget that Textual need not lay out a second time once its size is known: it has no scroll bars to fit."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)


class Row(Horizontal, Settled):
    """Widgets side by side."""


class Column(Vertical, Settled):
    """Widgets one above the other."""


class DirectLines(Settled):
    """A widget whose subclasses draw whole lines in their final colours."""

    _drawn: dict[int, Strip]
    _drawn_width: int

    def __new__(cls, *_: object, **__: object) -> Self:
        """Make room for the lines: Textual refreshes a widget before its own beginning is over."""
        found = super().__new__(cls)
        found._drawn, found._drawn_width = {}, -1
        return found

    @property
    def drawn_width(self) -> int:
        """Cells of a line: what a scroll bar leaves."""
        return self.size.width - self.scrollbar_gutter.width

    def take_key(self, event: events.Key) -> bool:
        """Do what a key means besides the bindings; tell whether it meant anything."""
        return False

    def watch_has_focus(self, _has_focus: bool) -> None:  # noqa: FBT001 -- as Textual has it
        """Do without a search through the style sheet: what has the focus is drawn, not styled."""

    def blank_line(self, width: int) -> Strip:
        """Return a line of the padding."""
        raise NotImplementedError

    def padding_line(self, y: int, width: int) -> Strip:
        """Return a line above the content."""
        return self.blank_line(width)

    def content_lines(self, first: int, last: int) -> list[Strip]:
        """Return the lines from ``first`` up to ``last`` of the content, each as wide as the content."""
        raise NotImplementedError

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw anew."""
        self._drawn.clear()
        if repaint and not regions and not layout and not recompose and self.size:
            # Its scroll bar draws itself.
            gutter = self.styles.gutter
            whole = self.outer_size
            regions = (Region(-gutter.left, -gutter.top, whole.width - self.scrollbar_gutter.width, whole.height),)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of ``crop``.

        Textual asks for lines of every widget between two that changed: what
        did not change since the last time is not drawn again.
        """
        width = self.drawn_width
        if width != self._drawn_width:
            self._drawn.clear()
            self._drawn_width = width
        lines = range(crop.y, crop.bottom)
        missing = [y for y in lines if y not in self._drawn]
        if missing:
            first, last = missing[0], missing[-1] + 1
            self._drawn.update(zip(range(first, last), self._draw(first, last, width), strict=True))
        strips = [self._drawn[y] for y in lines]
        if crop.column_span != (0, width):
            (ground,) = _filtered(self, [self.blank_line(1)])
            strips = [Strip.join([strip, *[ground] * (crop.right - width)]).crop(*crop.column_span) for strip in strips]
        return strips

    def _draw(self, first: int, last: int, width: int) -> list[Strip]:
        padding = self.gutter.top
        strips = [self.padding_line(y, width) for y in range(first, min(padding, last))]
        strips += self.content_lines(max(0, first - padding), max(0, last - padding))
        return _filtered(self, strips)


class DirectScrollBar(ScrollBar, Settled):
    """Textual's scroll bar, looking the same; it is drawn at every key that changes the length of a list."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of ``crop``."""
        drawn = self.render()
        assert isinstance(drawn, ScrollBarRender)
        style = self.app.console.get_style(drawn.style)
        assert style.bgcolor is not None
        assert style.color is not None
        bar = drawn.render_bar(
            size=self.size.height,
            virtual_size=drawn.virtual_size,
            window_size=drawn.window_size,
            position=drawn.position,
            thickness=drawn.thickness,
            vertical=True,
            back_color=style.bgcolor,
            bar_color=style.color,
        )
        strips = [Strip([segment], drawn.thickness) for segment in bar.segments]
        return _filtered(self, strips[crop.y : crop.bottom])


def _filtered(widget: Widget, strips: list[Strip]) -> list[Strip]:
    """Return lines as a terminal without colours, or with few, is to get them."""
    # The colours are those of a theme already, or the terminal's own on purpose.
    filters = [found for found in widget.get_line_filters() if not isinstance(found, ANSIToTruecolor)]
    background = widget.background_colors[1] if filters else None
    for found in filters:
        assert background is not None
        strips = [strip.apply_filter(found, background) for strip in strips]
    return strips
