"""The bottom line: keys worth knowing, a message for a moment, where the reader is, and the full target of a link."""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from reinvent_tui.clean import clean_line
from reinvent_tui.page.cells import width_of, wrap
from reinvent_tui.reader.status import BottomLine, Hint
from reinvent_tui.tui.palette import Palette
from reinvent_tui.tui.widgets.direct import DirectLines
from reinvent_tui.tui.widgets.line_list import cut

BETWEEN = 3
"""Cells between the keys."""


def whole_parts(text: str, width: int) -> str:
    """Return as many parts of ``text`` from its beginning as there is room for: none is cut."""
    while width_of(text) > width:
        at = max(text.rfind(between) for between in ("  ", " · ", ", "))
        if at <= 0:
            return ""
        text = text[:at]
    return text


class StatusLine(DirectLines):
    """One line, or as many as a link's target needs above it: a target is never shown cut off."""

    DEFAULT_CSS = """
    StatusLine { dock: bottom; height: auto; background: $background; }
    """

    line: reactive[BottomLine] = reactive(BottomLine(), init=False)
    """What it says."""
    needed: reactive[bool] = reactive(default=True, init=False)
    """False while the page has the screen for itself."""

    class Pressed(Message):
        """Keys were clicked: what the first of them is bound to is wanted."""

        def __init__(self, binding: str) -> None:
            super().__init__()
            self.binding = binding

    def __init__(self, palette: Palette, keys_of: Callable[[Hint], str], *, id: str | None = None) -> None:
        """Make the line; ``keys_of`` returns the names of the keys that a hint is about, as they are bound now."""
        super().__init__(id=id)
        self._palette = palette
        self._keys_of = keys_of
        self._places: list[tuple[int, int, str]] = []
        """First and last column of each hint, and the binding that a click on it is for."""

    def watch_line(self, old: BottomLine, new: BottomLine) -> None:
        if old.target != new.target:
            self.refresh(layout=True)
        self._appear()

    def watch_needed(self) -> None:
        self._appear()

    def _appear(self) -> None:
        # The page alone has no bottom line, except to say something, or where a link leads.
        shown = self.needed or bool(self.line.target or self.line.message)
        if self.display != shown:
            self.display = shown

    def restyle(self, palette: Palette) -> None:
        """Draw in other colours."""
        self._palette = palette
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._target_lines(width)) + 1

    def _target_lines(self, width: int) -> list[str]:
        room = max(1, width - 2)
        text = clean_line(self.line.target)
        return [text[start:end] for start, end in wrap(text, 0, len(text), room)] if text else []

    def blank_line(self, width: int) -> Strip:
        return Strip.blank(width, self._palette.blank)

    def content_lines(self, first: int, last: int) -> list[Strip]:
        lines = self._target_lines(self.size.width)
        return [self._target_line(lines[y]) if y < len(lines) else self._line() for y in range(first, last)]

    def _target_line(self, text: str) -> Strip:
        blank = self._palette.blank
        segments = [Segment(" ", blank), Segment(text, self._palette.style("status-key"))]
        return Strip(segments).adjust_cell_length(self.size.width, blank)

    def _line(self) -> Strip:
        width = self.size.width
        base, blank = self._palette.style("status"), self._palette.blank
        line = self.line
        self._places = []
        # What can be done comes before where one is.
        least = width * 11 // 20 if line.is_news else width * 3 // 4
        query = cut(line.query, width // 3)
        kept = width_of(query) + 2 if query else 0
        left = self._message(width) if line.message else self._hints(least - kept, width - kept)
        used = sum(width_of(segment.text) for segment in left)
        right = whole_parts(line.place, width - used - 2 - kept)
        right = f"{query}  {right}".strip() if not line.message else right
        left.append(Segment(" " * max(0, width - used - width_of(right) - 1), blank))
        left.append(Segment(right, base))
        return Strip(left).adjust_cell_length(width, blank)

    def _message(self, width: int) -> list[Segment]:
        role = "problem" if self.line.is_error else "status-key"
        return [
            Segment(" ", self._palette.blank),
            Segment(cut(self.line.message, width - 2), self._palette.style(role)),
        ]

    def _hints(self, least: int, width: int) -> list[Segment]:
        """Return the keys that there is room for: ``least`` cells of it, more if the rest leaves it free."""
        room = max(least, width - width_of(self.line.place) - 3)
        base, blank = self._palette.style("status"), self._palette.blank
        segments = [Segment(" ", blank)]
        used = 1
        for hint in self.line.hints:
            keys = self._keys_of(hint)
            if not keys:
                continue
            size = width_of(keys) + 1 + width_of(hint.words) + (BETWEEN if used > 1 else 0)
            if used + size > room:
                break
            if used > 1:
                segments.append(Segment(" " * BETWEEN, blank))
            self._places.append((used, used + size, hint.ids[0]))
            segments += [
                Segment(keys, self._palette.style("status-key")),
                Segment(" ", blank),
                Segment(hint.words, base),
            ]
            used += size
        return segments

    def on_click(self, event: events.Click) -> None:
        if event.y == self.size.height - 1:
            binding = next((id_ for first, last, id_ in self._places if first <= event.x < last), "")
            if binding:
                event.stop()
                self.post_message(self.Pressed(binding))
