"""The bottom line: keys, where the reader is, what the scan does, and the full target of a link."""

from __future__ import annotations

from typing import TypeAlias

from rich.segment import Segment
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip

from reinvent_tui.clean import clean_line
from reinvent_tui.page.cells import width_of, wrap
from reinvent_tui.tui.palette import Palette
from reinvent_tui.tui.widgets.direct import DirectLines
from reinvent_tui.tui.widgets.line_list import cut

Keys: TypeAlias = tuple[tuple[str, str], ...]
"""Keys, each with what it does."""


class StatusLine(DirectLines):
    """One line, or as many as a link's target needs: a target is never shown cut off."""

    DEFAULT_CSS = """
    StatusLine { dock: bottom; height: auto; background: $background; }
    """

    keys: reactive[Keys] = reactive((), init=False)
    """Keys worth knowing here, each with what it does."""
    place: reactive[str] = reactive("", init=False)
    """Where the reader is."""
    work: reactive[str] = reactive("", init=False)
    """What goes on in the background."""
    note: reactive[str] = reactive("", init=False)
    """What can be done right now; stands in place of the work."""
    needed: reactive[bool] = reactive(default=True, init=False)
    """False where the page has the screen for itself."""
    target: reactive[str] = reactive("", layout=True, init=False)
    """Where a link leads."""
    question: reactive[str] = reactive("", layout=True, init=False)
    """What can be done with it."""

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._palette = palette

    def watch_target(self) -> None:
        self._appear()

    def watch_needed(self) -> None:
        self._appear()

    def _appear(self) -> None:
        # The page alone has no bottom line, except where a link leads.
        shown = self.needed or bool(self.target)
        if self.display != shown:
            self.display = shown

    def restyle(self, palette: Palette) -> None:
        """Draw in other colours."""
        self._palette = palette
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._target_lines(width)) if self.target else 1

    def _target_lines(self, width: int) -> list[str]:
        room = max(1, width - 2)
        text = clean_line(self.target)
        lines = [text[start:end] for start, end in wrap(text, 0, len(text), room)]
        if self.question:
            if width_of(lines[-1]) + 2 + width_of(self.question) <= room:
                lines[-1] = f"{lines[-1]}  {self.question}"
            else:
                lines.extend(
                    self.question[start:end] for start, end in wrap(self.question, 0, len(self.question), room)
                )
        return lines

    def blank_line(self, width: int) -> Strip:
        return Strip.blank(width, self._palette.blank)

    def content_lines(self, first: int, last: int) -> list[Strip]:
        return [self._line(y) for y in range(first, last)]

    def _line(self, y: int) -> Strip:
        width = self.size.width
        base, blank = self._palette.style("status"), self._palette.blank
        if self.target:
            lines = self._target_lines(width)
            text = lines[y] if y < len(lines) else ""
            return Strip([Segment(" ", blank), Segment(text, self._palette.style("status-key"))]).adjust_cell_length(
                width, blank
            )
        right = "  ".join(part for part in (self.note or self.work, self.place) if part)
        right = cut(right, max(0, width - 2))
        room = width - width_of(right) - 4
        segments = [Segment(" ", blank)]
        used = 1
        for key, words in self.keys:
            size = len(key) + 1 + len(words) + (3 if used > 1 else 0)
            if used + size > room:
                break
            if used > 1:
                segments.append(Segment("   ", blank))
            segments += [Segment(key, self._palette.style("status-key")), Segment(" ", blank), Segment(words, base)]
            used += size
        segments.append(Segment(" " * max(0, width - used - width_of(right) - 1), blank))
        segments.append(Segment(right, base))
        return Strip(segments).adjust_cell_length(width, blank)
