"""One panel for everything that lies over the reader: a list that letters filter, Enter chooses from, Esc closes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, NamedTuple, TypeVar

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import ModalScreen
from textual.strip import Strip

from reinvent_tui.page.cells import width_of
from reinvent_tui.reader.status import IN_PANEL, BottomLine, Hint
from reinvent_tui.tui.key_names import hint_keys, keys_by_id
from reinvent_tui.tui.palette import Palette
from reinvent_tui.tui.textual_patches.bindings import bindings_of
from reinvent_tui.tui.textual_patches.dispatch import QuickDispatch
from reinvent_tui.tui.textual_patches.focus import KeepsFocus
from reinvent_tui.tui.widgets.line_list import LineList, cut
from reinvent_tui.tui.widgets.status_line import StatusLine

Value = TypeVar("Value")

WIDTH = 76
"""Cells, where there are as many."""
CAPTION_ROWS = 3
NARROW = 60
"""Cells; below, the text of a row goes before what leads it."""


class PanelRow(NamedTuple, Generic[Value]):
    """A row of a panel."""

    text: str
    value: Value | None = None
    """What is chosen with it; None for a heading, which is passed over."""
    lead: str = ""
    """In a column before the text: keys, a code."""
    note: str = ""
    """On the right."""
    indent: int = 0


class PanelList(LineList, Generic[Value]):
    """The list of a panel. Printable characters filter it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "cursor_rows(1)", "Down", id="panel.next", tooltip="Go to the next row", show=False),
        Binding(
            "shift+tab", "cursor_rows(-1)", "Up", id="panel.previous", tooltip="Go to the previous row", show=False
        ),
        Binding(
            "backspace", "erase", "Erase", id="panel.erase", tooltip="Take back a letter of the filter", show=False
        ),
    ]

    class Filtered(Message):
        """The filter is another one."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class ChosenEarly(Message):
        """Enter was pressed before there were rows."""

    def __init__(self, palette: Palette, title: str) -> None:
        super().__init__(palette)
        self.was_filled = False
        self.title = title
        self.filter = ""
        self.rows: Sequence[PanelRow[Value]] = ()
        self._lead_width = 0

    def show_rows(self, rows: Sequence[PanelRow[Value]], cursor: int = 0) -> None:
        """Show other rows, the cursor at the first from ``cursor`` on that can be chosen."""
        self.rows = rows
        self.was_filled = self.was_filled or bool(rows)
        self._lead_width = min(24, max((width_of(row.lead) for row in rows), default=0))
        at = next((index for index in range(cursor, len(rows)) if rows[index].value is not None), 0)
        self.set_reactive(LineList.cursor, at)
        self.set_count(len(rows))
        self.scroll_to(y=0, animate=False, force=True)
        self.show_row(at)

    def move_cursor(self, index: int) -> None:
        """Put the cursor on a row that can be chosen, the nearest in the direction of the move."""
        index = max(0, min(index, self.count - 1))
        step = 1 if index >= self.cursor else -1
        while 0 <= index < self.count and self.rows[index].value is None:
            index += step
        if 0 <= index < self.count:
            super().move_cursor(index)

    def take_key(self, event: events.Key) -> bool:
        if not event.is_printable or not event.character:
            return False
        self.set_filter(self.filter + event.character)
        return True

    def set_filter(self, text: str) -> None:
        """Filter by other words."""
        self.filter = text
        self.post_message(self.Filtered(text))
        self.refresh()

    def action_choose(self) -> None:
        """Choose the row under the cursor, or the first one as soon as there is any."""
        if self.count:
            super().action_choose()
        elif not self.was_filled:
            self.post_message(self.ChosenEarly())

    def action_erase(self) -> None:
        """Take back a letter of the filter."""
        if self.filter:
            self.set_filter(self.filter[:-1])

    @property
    def shows_cursor(self) -> bool:
        return True

    def padding_line(self, y: int, width: int) -> Strip:
        blank = self.palette.style("side-blank")
        segments = [Segment(" ", blank)]
        if y == 1 and self.filter:
            segments += [Segment(f" {cut(self.filter, width - 4)}", self.palette.style("side")), Segment("▏", blank)]
        elif y == 1:
            segments.append(Segment(f" {self.title}", self.palette.style("side-accent")))
            segments.append(Segment("   type to filter", self.palette.style("side-soft")))
        return Strip(segments).adjust_cell_length(width, blank).crop(0, width)

    def draw(self, index: int, width: int) -> list[Segment]:
        row = self.rows[index]
        blank = self.palette.style("side-blank")
        here = index == self.cursor and row.value is not None
        segments = [
            Segment("▌ " if here else "  ", self.palette.style("side-current")),
            Segment("  " * row.indent, blank),
        ]
        used = 2 + 2 * row.indent
        if row.value is None:
            return [*segments, Segment(cut(row.text, width - used - 1), self.palette.style("side-accent"))]
        if self._lead_width:
            lead_width = self._lead_width if width >= NARROW else min(self._lead_width, width // 4)
            lead = cut(row.lead, lead_width)
            segments.append(Segment(lead, self.palette.style("side-soft")))
            segments.append(Segment(" " * (lead_width - width_of(lead) + 2), blank))
            used += lead_width + 2
        note = cut(row.note, max(0, (width - used) // 2))
        text = cut(row.text, max(1, width - used - width_of(note) - (2 if note else 1)))
        segments.append(Segment(text, self.palette.style("side-current" if here else "side")))
        if note:
            segments.append(Segment(" " * max(1, width - used - width_of(text) - width_of(note) - 1), blank))
            segments.append(Segment(note, self.palette.style("side-soft")))
        return segments


class Panel(QuickDispatch, KeepsFocus[Value | None], ModalScreen[Value | None], Generic[Value]):
    """A list over the reader; gives what was chosen, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", id="panel.close", tooltip="Close what lies over the reader", show=False),
        Binding("ctrl+c", "close", "Close", id="panel.stop", tooltip="Close what lies over the reader", show=False),
    ]
    DEFAULT_CSS = """
    Panel { align: center middle; background: $background 60%; }
    Panel:ansi { background: transparent; }
    Panel > PanelList { max-width: 96%; padding: 3 0 1 0; background: $surface; }
    """
    AUTO_FOCUS = "PanelList"

    def __init__(
        self,
        palette: Palette,
        title: str,
        rows_for: Callable[[str], Sequence[PanelRow[Value]]],
        *,
        cursor: int = 0,
        fills: bool = False,
        reached: Callable[[Value], object] | None = None,
        unseen: bool = True,
    ) -> None:
        """Make a panel.

        Args:
            palette: its colours.
            title: what it says above the list.
            rows_for: returns the rows for a filter.
            cursor: row on which it opens.
            fills: True to take all the height there is, whatever the rows need.
            reached: hears of each row that the cursor comes to.
            unseen: whether Enter before there are rows chooses the first of them.
        """
        super().__init__()
        self.list: PanelList[Value] = PanelList(palette, title)
        self.status = StatusLine(palette, self._keys_of)
        self.rows_for = rows_for
        self._first_cursor = cursor
        self._fills = fills
        self._reached = reached
        self._unseen = unseen
        self._chosen_early = False
        self._is_closed = False

    def compose(self) -> ComposeResult:
        yield self.list
        yield self.status

    def on_mount(self) -> None:
        self.status.line = BottomLine(IN_PANEL)
        self.list.show_rows(self.rows_for(self.list.filter), self._first_cursor)
        self._fit()

    def _keys_of(self, hint: Hint) -> str:
        """Return the names of the keys that a hint is about; letters filter, whatever they do in other lists."""
        keys = keys_by_id([self.list, self])
        return hint_keys(
            hint, {id_: [name for name in names if len(name) > 1 or name in "↑↓"] for id_, names in keys.items()}
        )

    async def on_status_line_pressed(self, message: StatusLine.Pressed) -> None:
        message.stop()
        for node in (self.list, self):
            for _, binding in bindings_of(node):
                if binding.id == message.binding:
                    await self.app.run_action(binding.action, node)
                    return

    def show_rows(self) -> None:
        """Ask for the rows again: there are others now. What was chosen before there were any is chosen now."""
        self.list.show_rows(self.rows_for(self.list.filter))
        self._choose_early()

    def _choose_early(self) -> None:
        if self._chosen_early and self.list.rows:
            self.close(self.list.rows[self.list.cursor].value)

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """Take the room that the rows need without a filter, and keep it while they are filtered."""
        rows = self.app.size.height if self._fills else max(len(self.rows_for("")), 1)
        self.list.styles.width = min(WIDTH, max(10, self.app.size.width - 4))
        self.list.styles.height = min(rows + CAPTION_ROWS + 1, max(CAPTION_ROWS + 2, self.app.size.height - 3))

    def restyle(self, palette: Palette) -> None:
        """Draw in other colours."""
        self.list.restyle(palette)
        self.status.restyle(palette)

    def on_panel_list_filtered(self, message: PanelList.Filtered) -> None:
        message.stop()
        if message.text == self.list.filter:  # not typed on since
            self.list.show_rows(self.rows_for(message.text))
            self._tell_reached(self.list.cursor)

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        message.stop()
        rows = self.list.rows
        if message.index < len(rows):
            self.close(rows[message.index].value)

    def on_line_list_moved(self, message: LineList.Moved) -> None:
        message.stop()
        self._tell_reached(message.index)

    def _tell_reached(self, index: int) -> None:
        value = self.list.rows[index].value if index < len(self.list.rows) else None
        if self._reached is not None and value is not None:
            self._reached(value)

    def on_panel_list_chosen_early(self, message: PanelList.ChosenEarly) -> None:
        message.stop()
        self._chosen_early = self._unseen
        self._choose_early()

    async def on_key(self, event: events.Key) -> None:
        # The list gets the focus a moment after the panel opens: what is typed before is for it all the same.
        if self.list.has_focus or event.key == "escape":
            return
        event.stop()
        if not self.list.take_key(event):
            for key, binding in bindings_of(self.list):
                if key == event.key:
                    await self.app.run_action(binding.action, self.list)

    def on_click(self, event: events.Click) -> None:
        if event.widget is self:
            self.close(None)

    def close(self, value: Value | None) -> None:
        """Close once, and only on top: keys and clicks that were on their way meanwhile mean nothing here any more.

        (Textual calls a screen current also below another one, and closes the one on top.)
        """
        if not self._is_closed and self.app.screen is self:
            self._is_closed = True
            self.dismiss(value)

    def action_close(self) -> None:
        """Close without choosing."""
        self.close(None)
