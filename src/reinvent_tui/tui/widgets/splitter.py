"""The edge between sidebar and page, which can be dragged."""

from __future__ import annotations

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from reinvent_tui.tui.widgets.direct import DirectLines


class Splitter(DirectLines):
    """One empty column: no line is drawn where a change of ground will do."""

    DEFAULT_CSS = """
    Splitter { width: 1; height: 1fr; background: $surface; pointer: ew-resize; }
    Splitter:hover, Splitter.-dragging { background: $primary 40%; }
    """

    class Dragged(Message):
        """The edge was dragged to a column of the screen; ``done`` when the button is released."""

        def __init__(self, column: int, *, done: bool) -> None:
            super().__init__()
            self.column, self.done = column, done

    def blank_line(self, width: int) -> Strip:
        return Strip.blank(width, Style(bgcolor=self.background_colors[1].rich_color))

    def content_lines(self, first: int, last: int) -> list[Strip]:
        return [self.blank_line(self.size.width)] * (last - first)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if event.button == 1:
            self.capture_mouse()
            self.add_class("-dragging")

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self.has_class("-dragging"):
            self.post_message(self.Dragged(event.screen_x, done=False))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self.has_class("-dragging"):
            self.remove_class("-dragging")
            self.release_mouse()
            self.post_message(self.Dragged(event.screen_x, done=True))
