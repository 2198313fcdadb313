"""The page as a reader handles it: selecting with the mouse, and following links."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.timer import Timer

from reinvent_tui.page.document import Document
from reinvent_tui.page.model import Position, Run
from reinvent_tui.page.viewport import START
from reinvent_tui.reader.takeaway_places import takeaway_in
from reinvent_tui.reader.targets import LinkMark, Mark, TakeawayMark
from reinvent_tui.tui.link_labels import labelled, links_on
from reinvent_tui.tui.palette import Palette
from reinvent_tui.tui.widgets.draw import RowPainter, TextSelection
from reinvent_tui.tui.widgets.page_pane import PagePane

WHEEL_ROWS = 3
DRIFT_SECONDS = 0.05
FASTEST_DRIFT = 6
"""Rows each time."""


class PageView(PagePane):
    """A page whose text can be selected and whose links can be followed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "follow_mark", "Open", id="page.open-link", tooltip="Follow the link that is marked", show=False
        ),
        Binding("l", "walk_links(1)", "Next link", id="page.next-link", tooltip="Mark the next link", show=False),
        Binding(
            "h",
            "walk_links(-1)",
            "Previous link",
            id="page.previous-link",
            tooltip="Mark the previous link",
            show=False,
        ),
    ]

    class Pointed(Message):
        """The mouse came to a link, or left it (``target`` is empty)."""

        def __init__(self, target: str) -> None:
            super().__init__()
            self.target = target

    class Marked(Message):
        """Something else is marked, or nothing."""

    class Followed(Message):
        """A link was chosen; ``seen`` if its target was shown before."""

        def __init__(self, mark: LinkMark, *, seen: bool) -> None:
            super().__init__()
            self.mark, self.seen = mark, seen

    class Labelled(Message):
        """The links on screen got labels, or lost them (``count`` is 0)."""

        def __init__(self, count: int) -> None:
            super().__init__()
            self.count = count

    class Selected(Message):
        """The reader selected text, or dropped the selection."""

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:
        super().__init__(palette, id=id)
        self.labels: dict[str, LinkMark] = {}
        self.mark: Mark | None = None
        """What is marked; out of sight nothing is."""
        self._offsets: dict[LinkMark, int] = {}
        self._typed = ""
        self._pointed = ""
        self._dragging = False
        self._bar_dragging = False
        self._drift_timer: Timer | None = None

    def watch_document(self) -> None:
        self.labels = {}
        self.mark = None
        self._point_at("")
        super().watch_document()

    def replace_document(self, document: Document) -> None:
        self.set_mark(None)
        super().replace_document(document)

    def moved(self) -> None:
        self._drop_labels()
        self._point_at("")  # another text is under the mouse by now
        super().moved()
        if not self._sees(self.mark):
            self.set_mark(None)  # what cannot be seen is not acted on

    def height_changed(self) -> None:
        super().height_changed()
        viewport, mark = self.viewport, self.mark
        if viewport is not None and mark is not None and not self._sees(mark):
            # The page became lower, perhaps because the target of the mark is shown below it.
            place = viewport.place(Position(mark.block, 0))
            self.go_to_place(viewport.move(place, 1 - self.size.height))

    def _sees(self, mark: Mark | None) -> bool:
        match mark:
            case None:
                return True
            case LinkMark(block, link):
                return any(
                    row.block == block and any(run.link == link for run in row.line.runs) for row in self.window()
                )
            case TakeawayMark(block):
                return any(row.block == block for row in self.window())

    def painter(self) -> RowPainter:
        return RowPainter(self._palette, self.selection, self.shown_labels(), self.link_mark)

    @property
    def link_mark(self) -> tuple[int, int]:
        """Block and index of the link that is drawn as marked."""
        return (self.mark.block, self.mark.link) if isinstance(self.mark, LinkMark) else (-1, -1)

    @property
    def marked_block(self) -> int:
        return self.mark.block if isinstance(self.mark, TakeawayMark) else -1

    def set_mark(self, mark: Mark | None) -> None:
        """Mark a link or a takeaway; on a page of takeaways the link of one is the takeaway."""
        if isinstance(mark, LinkMark) and self.document is not None:
            mark = takeaway_in(self.document, mark.block) or mark
        if mark != self.mark:
            self.mark = mark
            self.refresh()
            self.post_message(self.Marked())

    def show_mark(self, mark: TakeawayMark) -> None:
        """Mark a takeaway, and bring it on screen."""
        viewport = self.viewport
        rows = self.window()
        if viewport is not None and (not any(row.block == mark.block for row in rows[:-1])):
            # A third of the screen above it: what it is about is there.
            place = viewport.place(Position(mark.block, 0))
            self.go_to_place(viewport.move(place, -(self.size.height // 3)))
        self.set_mark(mark)

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

    def _link_at(self, x: int, y: int) -> LinkMark | None:
        rows = self.window()
        if not 0 <= y < len(rows) or self.document is None:
            return None
        run = rows[y].run_at(x - self.left)
        if run is None or run.link < 0:
            return None
        return LinkMark(rows[y].block, run.link, self.document.filled(rows[y].block).links[run.link])

    def _inside(self, event: events.MouseEvent) -> Offset:
        """Return where the mouse is in the widget's content, without its padding."""
        return event.offset - self.gutter.top_left

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._bar_dragging:
            self._drag_bar(self._inside(event).y)
        elif self._dragging:
            self._extend(*self._inside(event))
        else:
            link = self._link_at(*self._inside(event))
            self._point_at(link.target if link is not None else "")

    def _point_at(self, target: str) -> None:
        if target != self._pointed:
            self._pointed = target
            self.post_message(self.Pointed(target))

    def on_leave(self) -> None:
        self._point_at("")

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if event.button != 1:
            return
        self._drop_labels()
        if event.x >= self.size.width - 1 and self.thumb() is not None:
            self._bar_dragging = True
            self.capture_mouse()
            self._drag_bar(self._inside(event).y)
            return
        found = self.place_at(*self._inside(event))
        if found is not None:
            self._dragging = True
            self.capture_mouse()
            self._select(TextSelection(found[0], found[0]))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        self.release_mouse()
        was_dragging, self._dragging, self._bar_dragging = self._dragging, False, False
        self._stop_drifting()
        if was_dragging and not self.selection:
            link = self._link_at(*self._inside(event))
            if link is not None:
                # With a link marked, its target is the one that is shown.
                shown = self.mark.target if isinstance(self.mark, LinkMark) else self._pointed
                self.post_message(self.Followed(link, seen=link.target == shown))

    def on_click(self, event: events.Click) -> None:
        if event.chain in (2, 3) and self.document is not None:
            found = self.place_at(*self._inside(event))
            if found is not None:
                text = self.document.filled(found[0].block).text
                self._select(
                    TextSelection.word(found[0], text) if event.chain == 2 else TextSelection.block(found[0], text)
                )

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

    def _select(self, selection: TextSelection) -> None:
        if selection != self.selection:
            self.selection = selection
            self.refresh()
            self.post_message(self.Selected())

    def _extend(self, x: int, y: int) -> None:
        """Move the end of the selection to a cell; beyond the edge the page goes along."""
        found = self.place_at(x, max(0, min(y, self.size.height - 1)))
        if found is not None and self.selection.anchor is not None:
            self._select(TextSelection(self.selection.anchor, found[0]))
        self._stop_drifting()
        # The farther away the mouse, the faster the page goes along.
        drift = max(y, -FASTEST_DRIFT) if y < 0 else min(max(0, y - self.size.height + 1), FASTEST_DRIFT)
        if drift:
            self._drift_timer = self.set_interval(DRIFT_SECONDS, lambda: self._drift(drift, x))

    def _drift(self, rows: int, x: int) -> None:
        self.move_rows(rows)
        found = self.place_at(x, 0 if rows < 0 else self.size.height - 1)
        if found is not None and self.selection.anchor is not None:
            self._select(TextSelection(self.selection.anchor, found[0]))

    def _stop_drifting(self) -> None:
        if self._drift_timer is not None:
            self._drift_timer.stop()
            self._drift_timer = None

    def clear_selection(self) -> bool:
        """Drop the selection; return True if there was one."""
        had = bool(self.selection)
        self._select(TextSelection())
        return had

    def selected_text(self) -> str:
        """Return the selected text as it was written; empty where none is."""
        if self.document is None or not self.selection:
            return ""
        return self.document.copied(*self.selection.ordered())

    # Links

    def show_labels(self) -> int:
        """Label the links on screen; return how many there are."""
        self.clear_marks()
        self._typed = ""
        self._offsets = links_on(self.window(), self.document)
        self.labels = labelled(self._offsets)
        self.refresh()
        self.post_message(self.Labelled(len(self.labels)))
        return len(self.labels)

    def _drop_labels(self) -> None:
        if self.labels:
            self.labels = {}
            self.post_message(self.Labelled(0))
            self._typed = ""
            self.refresh()

    def shown_labels(self) -> dict[tuple[int, int], str]:
        """Return what is still to be typed of each label, by block and offset of its link."""
        return {
            (mark.block, self._offsets[mark]): label[len(self._typed) :]
            for label, mark in self.labels.items()
            if label.startswith(self._typed)
        }

    def action_walk_links(self, step: int) -> None:
        """Mark the next link on screen, or the previous one; at the edge of the screen the page goes along."""
        for _ in range(2):
            places = list(links_on(self.window(), self.document))
            at = self._mark_among(places, step) + step
            if 0 <= at < len(places):
                self.set_mark(places[at])
                return
            if self.at_end if step > 0 else self.position == Position(0, 0):
                return
            self.move_page(step)

    def _mark_among(self, places: list[LinkMark], step: int) -> int:
        """Return the index of the mark among the links on screen; without one, the index before the first to go to."""
        mark = self.mark
        if isinstance(mark, LinkMark) and mark in places:
            return places.index(mark)
        if isinstance(mark, TakeawayMark):
            before = sum(place.block < mark.block for place in places)
            inside = sum(place.block == mark.block for place in places)
            if inside and places[before].target.endswith(f":{mark.line}"):
                return before
            return before - 1 if step > 0 else before
        return -1 if step > 0 else len(places)

    def clear_marks(self) -> bool:
        """Drop labels, the mark and the selection; return True if there was anything."""
        had = bool(self.labels) or self.mark is not None or bool(self.selection)
        self._drop_labels()
        self.set_mark(None)
        self.clear_selection()
        return had

    def take_key(self, event: events.Key) -> bool:
        # While links carry labels, letters are labels and nothing else; another key ends that first.
        if not self.labels or event.key == "escape":
            return False
        if event.key == "backspace":
            self._typed = self._typed[:-1]
            self.refresh()
            return True
        if event.key in ("tab", "shift+tab"):
            return True  # there is no other pane while labels are shown
        if not event.is_printable:
            self._drop_labels()
            return False
        typed = self._typed + (event.character or "\0").lower()
        matching = [label for label in self.labels if label.startswith(typed)]
        if not matching:
            self._drop_labels()
        elif typed in self.labels:
            mark = self.labels[typed]
            self._drop_labels()
            self.post_message(self.Followed(mark, seen=False))
        else:
            self._typed = typed
            self.refresh()
        return True

    def action_follow_mark(self) -> None:
        """Follow the link that is marked; a takeaway of a page of them opens in its session."""
        mark = self.mark
        if isinstance(mark, TakeawayMark) and self.document is not None:
            links = self.document.filled(mark.block).links
            target = next((link for link in links if link.endswith(f":{mark.row}:{mark.line}")), "")
            mark = LinkMark(mark.block, links.index(target), target) if target else None
        if isinstance(mark, LinkMark):
            self.post_message(self.Followed(mark, seen=True))
