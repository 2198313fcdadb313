"""The page as a reader handles it: selecting with the mouse, and following links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.timer import Timer

from reinvent_tui.page.model import Position, Run
from reinvent_tui.page.viewport import START
from reinvent_tui.tui.hints import LinkPlace, links_on, places_on
from reinvent_tui.tui.palette import Palette
from reinvent_tui.tui.widgets.draw import RowPainter, Selection
from reinvent_tui.tui.widgets.page_pane import PagePane

WHEEL_ROWS = 3
DRIFT_SECONDS = 0.05
FASTEST_DRIFT = 6
"""Rows each time."""


class PageView(PagePane):
    """A page whose text can be selected and whose links can be followed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open_armed", "Open", id="page.open-link", tooltip="Open the link that is marked", show=False),
        Binding("right,l", "walk_links(1)", "Next link", id="page.next-link", tooltip="Mark the next link", show=False),
        Binding(
            "left,h",
            "walk_links(-1)",
            "Link before",
            id="page.previous-link",
            tooltip="Mark the link before",
            show=False,
        ),
    ]

    @dataclass(eq=False, repr=False)
    class Pointed(Message):
        """The mouse came to a link, or left it (``target`` is empty)."""

        target: str

    @dataclass(eq=False, repr=False)
    class Followed(Message):
        """A link was chosen."""

        target: str
        seen: bool
        """True where its target was shown before it was chosen."""

    @dataclass(eq=False, repr=False)
    class Labelled(Message):
        """The links on screen got labels, or lost them (``count`` is 0)."""

        count: int

    @dataclass(eq=False, repr=False)
    class Selected(Message):
        """The reader selected text, or let go of it."""

        has_text: bool

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:
        super().__init__(palette, id=id)
        self.hints: dict[str, LinkPlace] = {}
        self.armed = ""
        self._typed = ""
        self._pointed = ""
        self._dragging = False
        self._bar_dragging = False
        self._drift_timer: Timer | None = None

    def watch_document(self) -> None:
        self.hints = {}
        self.armed = ""
        super().watch_document()

    def moved(self) -> None:
        self._drop_hints()
        super().moved()

    def painter(self) -> RowPainter:
        return RowPainter(self._palette, self.selection, self._hint_labels(), self.armed)

    # Text under the mouse

    def place_at(self, x: int, y: int) -> tuple[Position, Run | None] | None:
        """Return the text position at a cell of the widget, and the run that is drawn there."""
        rows = self.window()
        if not rows or self.document is None:
            return None
        row = rows[max(0, min(y, len(rows) - 1))]
        offset, run = row.offset_at(x - self.left)
        if y >= len(rows):
            offset, run = row.line.end, None
        return Position(row.block, offset), run

    def _link_at(self, x: int, y: int) -> str:
        rows = self.window()
        if not 0 <= y < len(rows) or self.document is None:
            return ""
        found = rows[y].run_at(x - self.left)
        return self.document.filled(rows[y].block).links[found.link] if found and found.link >= 0 else ""

    def _inside(self, event: events.MouseEvent) -> Offset:
        """Return where the mouse is in the widget's content, without its padding."""
        return event.offset - self.gutter.top_left

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._bar_dragging:
            self._drag_bar(self._inside(event).y)
        elif self._dragging:
            self._extend(*self._inside(event))
        else:
            target = self._link_at(*self._inside(event))
            if target != self._pointed:
                self._pointed = target
                self.post_message(self.Pointed(target))

    def on_leave(self) -> None:
        if self._pointed:
            self._pointed = ""
            self.post_message(self.Pointed(""))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if event.button != 1:
            return
        self._drop_hints()
        if event.x >= self.size.width - 1 and self.thumb() is not None:
            self._bar_dragging = True
            self.capture_mouse()
            self._drag_bar(self._inside(event).y)
            return
        found = self.place_at(*self._inside(event))
        if found is not None:
            self._dragging = True
            self.capture_mouse()
            self._select(Selection(found[0], found[0]))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        self.release_mouse()
        was_dragging, self._dragging, self._bar_dragging = self._dragging, False, False
        self._stop_drifting()
        if was_dragging and not self.selection:
            target = self._link_at(*self._inside(event))
            if target:
                seen = target in (self._pointed, self.armed)
                self.post_message(self.Followed(target, seen))

    def on_click(self, event: events.Click) -> None:
        if event.chain in (2, 3) and self.document is not None:
            found = self.place_at(*self._inside(event))
            if found is not None:
                text = self.document.filled(found[0].block).text
                self._select(Selection.word(found[0], text) if event.chain == 2 else Selection.block(found[0], text))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        event.prevent_default()
        self.move_rows(WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        event.prevent_default()
        self.move_rows(-WHEEL_ROWS)

    def _drag_bar(self, y: int) -> None:
        viewport = self.viewport
        if viewport is None or self.document is None:
            return
        share = y / max(1, self.size.height - 1)
        if share >= 1:
            self.go_to_place(viewport.last_top(self.size.height))
        else:
            self.go_to_place(START if share <= 0 else viewport.place(self.document.at_fraction(share)))

    # Selecting

    def _select(self, selection: Selection) -> None:
        if selection != self.selection:
            self.selection = selection
            self.refresh()
            self.post_message(self.Selected(bool(selection)))

    def _extend(self, x: int, y: int) -> None:
        """Move the end of the selection to a cell; beyond the edge the page goes along."""
        found = self.place_at(x, max(0, min(y, self.size.height - 1)))
        if found is not None and self.selection.anchor is not None:
            self._select(Selection(self.selection.anchor, found[0]))
        self._stop_drifting()
        # The farther away the mouse, the faster the page goes along.
        drift = max(y, -FASTEST_DRIFT) if y < 0 else min(max(0, y - self.size.height + 1), FASTEST_DRIFT)
        if drift:
            self._drift_timer = self.set_interval(DRIFT_SECONDS, lambda: self._drift(drift, x))

    def _drift(self, rows: int, x: int) -> None:
        self.move_rows(rows)
        found = self.place_at(x, 0 if rows < 0 else self.size.height - 1)
        if found is not None and self.selection.anchor is not None:
            self._select(Selection(self.selection.anchor, found[0]))

    def _stop_drifting(self) -> None:
        if self._drift_timer is not None:
            self._drift_timer.stop()
            self._drift_timer = None

    def clear_selection(self) -> bool:
        """Let go of the selection; tell whether there was one."""
        had = bool(self.selection)
        self._select(Selection())
        return had

    def selected_text(self) -> str:
        """Return the selected text as it was written; empty where none is."""
        if self.document is None or not self.selection:
            return ""
        return self.document.copied(*self.selection.ordered())

    # Links by letter

    def show_hints(self) -> int:
        """Label the links on screen; return how many there are."""
        self._typed = ""
        self.hints = links_on(self.window(), self.document)
        self.refresh()
        self.post_message(self.Labelled(len(self.hints)))
        return len(self.hints)

    def _drop_hints(self) -> None:
        if self.hints:
            self.hints = {}
            self.post_message(self.Labelled(0))
            self._typed = ""
            self.refresh()

    def _hint_labels(self) -> dict[tuple[int, int], str]:
        return {
            (place.block, place.start): label[len(self._typed) :]
            for label, place in self.hints.items()
            if label.startswith(self._typed)
        }

    def arm(self, target: str) -> None:
        """Mark the link to ``target`` as the one that Enter opens; empty for none."""
        if target != self.armed:
            self.armed = target
            self.refresh()

    def action_walk_links(self, step: int) -> None:
        """Mark the next link on screen, or the one before; at the edge of the screen the page goes along."""
        for _ in range(2):
            places = places_on(self.window(), self.document)
            at = next((index for index, place in enumerate(places) if place.target == self.armed), None)
            wanted = (0 if step > 0 else len(places) - 1) if at is None else at + step
            if 0 <= wanted < len(places):
                self.arm(places[wanted].target)
                self.post_message(self.Pointed(""))
                return
            if self.at_end if step > 0 else self.position == Position(0, 0):
                return
            self.move_page(step)

    def cancel(self) -> bool:
        """Leave the innermost state: labels, a marked link, a selection. Tell whether there was one."""
        if self.hints:
            self._drop_hints()
            return True
        if self.armed:
            self.arm("")
            self.post_message(self.Pointed(""))
            return True
        return self.clear_selection()

    def take_key(self, event: events.Key) -> bool:
        # While links carry labels, letters are labels and nothing else; another key ends that first.
        if not self.hints or event.key == "escape":
            return False
        if not event.is_printable:
            self._drop_hints()
            return False
        typed = self._typed + (event.character or "\0").lower()
        matching = [label for label in self.hints if label.startswith(typed)]
        if not matching:
            self._drop_hints()
        elif typed in self.hints:
            target = self.hints[typed].target
            self._drop_hints()
            self.post_message(self.Followed(target, seen=False))
        else:
            self._typed = typed
            self.refresh()
        return True

    def action_open_armed(self) -> None:
        """Open the link that is marked."""
        if self.armed:
            self.post_message(self.Followed(self.armed, seen=True))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self.armed) if action == "open_armed" else True
