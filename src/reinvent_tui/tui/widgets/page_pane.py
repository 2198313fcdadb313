"""A document on screen: drawn row by row, and moved through.

The top row is kept as a place in the document, never as a count of rows from
its beginning: nothing above the screen has to be laid out to know where it is.
"""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive, var
from textual.strip import Strip

from reinvent_tui.page.document import Document
from reinvent_tui.page.model import Position
from reinvent_tui.page.viewport import START, Place, Viewport
from reinvent_tui.reader.targets import Spot
from reinvent_tui.tui.palette import Palette
from reinvent_tui.tui.widgets.direct import DirectLines
from reinvent_tui.tui.widgets.draw import RowPainter, TextRow, TextSelection

MARGIN = 2
"""Empty cells at each side of the text, where there is room."""


class PagePane(DirectLines, can_focus=True):
    """A document on screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll_rows(1)", "Down", id="page.down", tooltip="Scroll down by a line", show=False),
        Binding("k,up", "scroll_rows(-1)", "Up", id="page.up", tooltip="Scroll up by a line", show=False),
        Binding("g,home", "start", "Start", id="page.start", tooltip="Go to the start of the page", show=False),
        Binding("G,end", "end", "End", id="page.end", tooltip="Go to the end of the page", show=False),
    ]
    ALLOW_SELECT = False
    DEFAULT_CSS = """
    PagePane { width: 1fr; height: 1fr; background: $background; color: $foreground; }
    """

    document: var[Document | None] = var(None, init=False)
    """What is shown."""
    text_width: reactive[int] = reactive(80, init=False)
    """Widest line, in cells."""

    class Moved(Message):
        """The page shows another part of its document."""

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._palette = palette
        self._top = START
        self._anchor = Position(0, 0)
        self._rows: list[TextRow] | None = None
        self._thumb: tuple[int, int] | None = None
        self._laid_size = Size(0, 0)
        self._wants_end = False
        self._wanted: Spot | None = None
        """A place to be at, beyond what there is of the page, or room for."""
        self.selection = TextSelection()

    # Layout

    @property
    def measure(self) -> int:
        """Cells of a line of text at the current size."""
        return max(1, min(self.text_width, self.size.width - self._margin * 2 - 1))

    @property
    def _margin(self) -> int:
        return MARGIN if self.size.width >= 30 else 0

    @property
    def left(self) -> int:
        """Column at which text begins."""
        return max(self._margin, (self.size.width - 1 - self.measure) // 2)

    @property
    def viewport(self) -> Viewport | None:
        """The document at the current width; None where there is nothing to show."""
        return Viewport(self.document, self.measure) if self.document is not None and len(self.document) else None

    def window(self) -> list[TextRow]:
        """Return the rows on screen."""
        if self._rows is None:
            viewport = self.viewport
            found = viewport.window(self._top, self.size.height) if viewport else []
            self._rows = [TextRow(block, line) for block, line in found]
            self._thumb = self._find_thumb()
        return self._rows

    def moved(self) -> None:
        """Draw another part of the document, and say so."""
        self._draw_again()

    def height_changed(self) -> None:
        """Draw as many rows as there is room for now, from the same one on, and say so."""
        self._draw_again()

    def _draw_again(self) -> None:
        self._rows = None
        self.refresh()
        self.post_message(self.Moved())

    def watch_document(self) -> None:
        self._top = START
        self._anchor = Position(0, 0)
        self._wants_end = False
        self._wanted = None
        self.selection = TextSelection()
        self.moved()

    def replace_document(self, document: Document) -> None:
        """Show ``document``, which begins as the current one does, without moving."""
        self.set_reactive(PagePane.document, document)
        self._keep_place()
        if self._wants_end and self._wanted is None:
            self.action_end()

    def refresh_document(self) -> None:
        """Draw again after blocks of the document changed, or there are more."""
        self._rows = None
        self.refresh()
        if self._wanted is not None:
            self.go_to_spot(self._wanted)

    def watch_text_width(self) -> None:
        self._keep_place()

    def on_resize(self, event: events.Resize) -> None:
        if event.size != self._laid_size:
            same_width = event.size.width == self._laid_size.width and self._wanted is None
            self._laid_size = event.size
            if same_width and self.viewport is not None and event.size.height:
                # Nothing is laid out again: the very row stays at the top.
                top = min(self._top, self.viewport.last_top(event.size.height))
                if top == self._top:
                    self.height_changed()
                else:
                    self._top = top
                    self.moved()
            else:
                self._keep_place()

    def _keep_place(self) -> None:
        """Lay out anew so that the text at the top of the screen stays there."""
        viewport, wanted = self.viewport, self._wanted
        if wanted is not None:
            self.go_to_spot(wanted)
        elif viewport is not None and self.size.height:
            at_start = self._anchor == Position(0, 0)
            self._top = START if at_start else min(viewport.place(self._anchor), viewport.last_top(self.size.height))
            if self._anchor.block >= len(viewport.document):
                self._anchor = viewport.position(self._top)  # the text became shorter than that
        self.moved()

    def restyle(self, palette: Palette) -> None:
        """Draw in other colours; nothing is laid out again."""
        self._palette = palette
        self.refresh()

    # Moving

    @property
    def position(self) -> Position:
        """The text position of the top row."""
        return self._anchor

    @property
    def spot(self) -> Spot:
        """The place that is at the top of the screen, to come back to."""
        return self._wanted or Spot(self._anchor, self._top, self.measure)

    def go_to_spot(self, spot: Spot) -> None:
        """Go to a place: to the very row if lines are as wide as they were, else to the text that was at the top."""
        viewport = self.viewport
        blocks = len(self.document) if self.document is not None else 0
        if viewport is None or max(spot.top.block, spot.position.block) >= blocks:
            self.action_end()  # the text became shorter than that
            is_there = False
        else:
            top = spot.top if spot.width == self.measure else viewport.place(spot.position)
            self.go_to_place(top)
            is_there = self._top == top
        # The rest of the page, what is related to it, or room for it may come later: go on to the very row then.
        self._wanted = None if is_there else spot

    @property
    def progress(self) -> float:
        """How much of the text is above the bottom of the screen, from 0 to 1."""
        rows = self.window()
        if self.document is None or not rows:
            return 1.0
        if len(rows) < self.size.height or self.at_end:
            return 1.0
        return self.document.progress(Position(rows[-1].block, rows[-1].line.end))

    @property
    def at_end(self) -> bool:
        """True where the last row of the document is on screen."""
        viewport = self.viewport
        if viewport is None:
            return True
        rows = self.window()
        if len(rows) < self.size.height:
            return True
        bottom = viewport.move(self._top, self.size.height - 1)
        return viewport.move(bottom, 1) == bottom

    def go_to_place(self, top: Place) -> None:
        """Bring a row to the top of the screen, or as near as the document's end allows."""
        viewport = self.viewport
        if viewport is None or not self.size.height:
            return
        # Only near the end is it worth laying out the last screen.
        below = viewport.window(top, self.size.height)
        if len(below) < self.size.height:
            top = min(top, viewport.last_top(self.size.height))
        self._wants_end = False
        self._wanted = None
        if top != self._top:
            self._top = top
            self._anchor = Position(0, 0) if top == START else viewport.position(top)
            self.moved()

    def move_rows(self, rows: int) -> None:
        """Scroll by ``rows``; negative is up."""
        viewport = self.viewport
        if viewport is not None:
            self.go_to_place(viewport.move(self._top, rows))

    def move_page(self, share: float) -> None:
        """Scroll by a share of the screen; a whole page leaves two rows for the eye."""
        height = self.size.height
        rows = max(1, height - 2) if abs(share) == 1 else max(1, int(height * abs(share)))
        self.move_rows(rows if share > 0 else -rows)

    def go_to(self, position: Position) -> None:
        """Bring the text at ``position`` to the top of the screen."""
        viewport = self.viewport
        if viewport is not None:
            self.go_to_place(viewport.place(position))

    def move_heading(self, step: int) -> None:
        """Go to the next heading (``step`` 1) or the previous one (-1)."""
        document = self.document
        if document is None:
            return
        here = self._anchor.block if self._top != START else -1
        viewport = self.viewport
        if viewport is not None and here >= 0 and self._top.row < document.blocks[here].gap:
            here -= 1
        blocks = [heading.block for heading in document.headings]
        if step > 0:
            following = next((block for block in blocks if block > here), None)
            if following is not None:
                self.go_to(Position(following, 0))
        else:
            before = [block for block in blocks if block < here]
            if before:
                self.go_to(Position(before[-1], 0))
            else:
                self.go_to_place(START)

    def action_scroll_rows(self, rows: int) -> None:
        """Scroll by ``rows``."""
        self.move_rows(rows)

    def action_start(self) -> None:
        """Go to the start."""
        self.go_to_place(START)

    def action_end(self) -> None:
        """Go to the end."""
        viewport = self.viewport
        if viewport is not None:
            self.go_to_place(viewport.last_top(self.size.height))
            # Of a long page only the head may be there yet: go on to the end when all of it is.
            self._wants_end = not viewport.document.complete

    # Drawing

    def painter(self) -> RowPainter:
        """Return what draws the rows in their current state."""
        return RowPainter(self._palette, self.selection)

    def blank_line(self, width: int) -> Strip:
        return Strip([Segment(" " * width, self._palette.blank)], width)

    def content_lines(self, first: int, last: int) -> list[Strip]:
        width = self.size.width
        rows = self.window()
        painter = self.painter()
        left = self.left
        blank = self._palette.blank
        margin = Segment(" " * left, blank)
        marked = self.marked_block
        thumb = range(*self._thumb) if self._thumb is not None else None
        strips = []
        for y in range(first, last):
            drawn, cells = painter.draw(rows[y]) if y < len(rows) else ([], 0)
            is_marked = y < len(rows) and rows[y].block == marked and bool(drawn)
            segments = [*(self._bar(left) if is_marked else [margin]), *drawn]
            free = width - left - cells
            if free > 0:
                segments.append(Segment(" " * (free - 1), blank))
                role = "track" if thumb is None or y not in thumb else "thumb"
                segments.append(Segment("▐", self._palette.style(role)) if thumb is not None else Segment(" ", blank))
            strips.append(Strip(segments, max(width, left + cells)).adjust_cell_length(width, blank))
        return strips

    @property
    def marked_block(self) -> int:
        """Index of the block with a bar beside it; -1 if there is none."""
        return -1

    def _bar(self, left: int) -> list[Segment]:
        """Return the margin of a block that is marked; without a margin the bar takes no room."""
        at = left - 2 if left > 2 else left - 1
        if at < 0:
            return []
        bar, blank = self._palette.style("bar"), self._palette.blank
        return [Segment(" " * at, blank), Segment("▌", bar), Segment(" " * (left - at - 1), blank)]

    def thumb(self) -> tuple[int, int] | None:
        """Return the rows of the scroll bar's thumb; None where everything is on screen."""
        self.window()
        return self._thumb

    def _find_thumb(self) -> tuple[int, int] | None:
        document = self.document
        rows = self.window()
        height = self.size.height
        if (
            document is None
            or not rows
            or (self._top == START and len(rows) < height)
            or (self._top == START and self.at_end)
        ):
            return None
        first = document.progress(Position(rows[0].block, rows[0].line.start))
        share = max(0.0, self.progress - first)
        size = max(1, min(height, round(share * height)))
        free = height - size
        scrolled = first / (1 - share) if share < 1 else 0.0
        start = free if self.at_end else min(round(scrolled * free), free)
        return start, start + size
