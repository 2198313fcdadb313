"""A list of any length with one line a row: only the rows on screen are drawn.

(Textual's own lists build every row first: seconds for 100,000.)
"""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from reinvent_tui.clean import clean
from reinvent_tui.page.cells import is_narrow, width_of, wrap
from reinvent_tui.tui.palette import Palette
from reinvent_tui.tui.textual_patches.scroll_bar import vertical_bar
from reinvent_tui.tui.widgets.direct import DirectLines, DirectScrollBar

WHEEL_ROWS = 3


class LineList(DirectLines, ScrollView, can_focus=True):
    """Rows with a cursor. Subclasses draw a row; the owner hears of moves and choices."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "cursor_rows(1)", "Down", id="list.down", tooltip="Go to the next row", show=False),
        Binding("k,up", "cursor_rows(-1)", "Up", id="list.up", tooltip="Go to the row before", show=False),
        Binding("g,home", "cursor_to(0)", "Start", id="list.start", tooltip="Go to the first row", show=False),
        Binding("G,end", "cursor_to(-1)", "End", id="list.end", tooltip="Go to the last row", show=False),
        Binding(
            "pagedown", "cursor_pages(1)", "Page down", id="list.page-down", tooltip="Go down by a screen", show=False
        ),
        Binding("pageup", "cursor_pages(-1)", "Page up", id="list.page-up", tooltip="Go up by a screen", show=False),
        Binding("enter", "choose", "Choose", id="list.choose", tooltip="Choose the row", show=False),
    ]
    ALLOW_SELECT = False
    DEFAULT_CSS = """
    LineList { scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0; overflow-x: hidden; overflow-y: scroll;
        background: $surface; scrollbar-background: $surface; scrollbar-background-hover: $surface;
        scrollbar-background-active: $surface; scrollbar-color: $foreground 16%;
        scrollbar-color-hover: $foreground 40%; scrollbar-color-active: $primary; }
    """

    HEIGHT: ClassVar[int] = 1
    """Lines of a row."""

    cursor: reactive[int] = reactive(0, init=False)
    """Index of the row under the cursor."""

    class Moved(Message):
        """The cursor came to a row."""

        def __init__(self, source: LineList, index: int) -> None:
            super().__init__()
            self.list = source
            self.index = index

    class Chosen(Message):
        """A row was chosen with Enter or a click."""

        def __init__(self, source: LineList, index: int) -> None:
            super().__init__()
            self.list = source
            self.index = index

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.palette = palette
        self._count = 0
        self._laid_height = 0

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scroll bar, made when it is first asked for."""
        return vertical_bar(
            self, lambda: DirectScrollBar(vertical=True, name="vertical", thickness=self.scrollbar_size_vertical)
        )

    @property
    def count(self) -> int:
        """Number of rows."""
        return self._count

    def set_count(self, count: int) -> None:
        """Say how many rows there are, and draw them anew."""
        self._count = count
        self.virtual_size = Size(self.size.width, count * self.HEIGHT)
        self._fit_bar()
        self.set_reactive(LineList.cursor, max(0, min(self.cursor, count - 1)))
        self.refresh()

    def restyle(self, palette: Palette) -> None:
        """Draw in other colours."""
        self.palette = palette
        self.refresh()

    def draw(self, index: int, width: int) -> list[Segment]:
        """Return the segments of a row, at most ``width`` cells; subclasses say how."""
        raise NotImplementedError

    def draw_line(self, index: int, line: int, width: int) -> list[Segment]:
        """Return the segments of one line of a row; rows of several lines say how."""
        return self.draw(index, width)

    def blank_line(self, width: int) -> Strip:
        return Strip.blank(width, self.palette.style("side-blank"))

    def content_lines(self, first: int, last: int) -> list[Strip]:
        width = self.drawn_width
        top = self.scroll_offset.y
        return [self._row(top + y, width) for y in range(first, last)]

    @property
    def shows_cursor(self) -> bool:
        """True where the row under the cursor is to be seen as such."""
        return self.has_focus

    def _row(self, number: int, width: int) -> Strip:
        ground = self.palette.style("side-blank")
        index, line = divmod(number, self.HEIGHT)
        if not 0 <= index < self._count:
            return Strip.blank(width, ground)
        segments = self.draw_line(index, line, width)
        used = sum(width_of(segment.text) for segment in segments)
        if used < width:
            segments.append(Segment(" " * (width - used), ground))
        if index == self.cursor and self.shows_cursor:
            over = self.palette.cursor
            segments = [Segment(text, (style or ground) + over) for text, style, _ in segments]
        strip = Strip(segments, max(used, width))
        return strip if used <= width else strip.crop(0, width)

    def on_resize(self) -> None:
        self.virtual_size = Size(self.size.width, self._count * self.HEIGHT)
        self._fit_bar()
        before, self._laid_height = self._laid_height, self.size.height
        if self.scroll_offset.y <= self.cursor * self.HEIGHT < self.scroll_offset.y + before:
            self.show_row(self.cursor)  # it was to be seen, and still is

    def _fit_bar(self) -> None:
        bar = self.vertical_scrollbar
        top = min(self.scroll_offset.y, max(0, self._count * self.HEIGHT - self.size.height))
        bar.window_virtual_size, bar.window_size, bar.position = self._count * self.HEIGHT, self.size.height, top

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def watch_cursor(self, old: int, new: int) -> None:
        self.show_row(new)
        self.redraw_rows(old, new)

    def redraw_rows(self, *indexes: int) -> None:
        """Draw only some rows anew."""
        for index in indexes:
            if 0 <= index < self._count:
                for line in range(self.HEIGHT):
                    self.refresh_line(index * self.HEIGHT + line)

    def show_row(self, index: int) -> None:
        """Scroll as little as brings a row on screen."""
        top, height = self.scroll_offset.y, self.size.height
        first, last = index * self.HEIGHT, (index + 1) * self.HEIGHT - 1
        if height and not (top <= first and last < top + height):
            target = first if first < top else last - height + 1
            self.scroll_to(y=target, animate=False, force=True)

    def put_cursor(self, index: int) -> None:
        """Put the cursor on a row where the owner wants it: it needs not be told."""
        self.cursor = max(0, min(index, self._count - 1))

    def move_cursor(self, index: int) -> None:
        """Put the cursor on a row, as a key or click does."""
        index = max(0, min(index, self._count - 1))
        if self._count and index != self.cursor:
            self.cursor = index
            self.post_message(self.Moved(self, index))

    def action_cursor_rows(self, rows: int) -> None:
        """Move the cursor by ``rows``."""
        self.move_cursor(self.cursor + rows)

    def action_cursor_pages(self, pages: int) -> None:
        """Move the cursor by screens."""
        self.move_cursor(self.cursor + pages * max(1, self.size.height // self.HEIGHT - 1))

    def action_cursor_to(self, index: int) -> None:
        """Move the cursor to a row; -1 is the last."""
        self.move_cursor(index if index >= 0 else self._count - 1)

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self._count:
            self.post_message(self.Chosen(self, self.cursor))

    def on_click(self, event: events.Click) -> None:
        index = (self.scroll_offset.y + event.y - self.gutter.top) // self.HEIGHT
        if event.y >= self.gutter.top and 0 <= index < self._count:
            self.move_cursor(index)
            self.post_message(self.Chosen(self, index))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        event.prevent_default()
        self.scroll_to(y=self.scroll_offset.y + WHEEL_ROWS, animate=False)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        event.prevent_default()
        self.scroll_to(y=self.scroll_offset.y - WHEEL_ROWS, animate=False)


def cut(text: str, width: int) -> str:
    """Return ``text`` in at most ``width`` cells, with an ellipsis where something is missing."""
    if width <= 0:
        return ""
    text = clean(text)
    if is_narrow(text):
        return text if len(text) <= width else text[: width - 1].rstrip() + "…"
    if width_of(text) <= width:
        return text
    start, end = wrap(text.replace(" ", "\u00a0"), 0, len(text), width - 1)[0] if width > 1 else (0, 0)
    shown = text[start:end]
    return (shown if width_of(shown) < width else "") + "…"
