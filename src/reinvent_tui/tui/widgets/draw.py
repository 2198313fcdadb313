"""Turn laid-out lines into the segments of a strip, with what is selected or labelled on them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import field
from typing import NamedTuple

from rich.cells import split_graphemes
from rich.segment import Segment

from reinvent_tui.page.cells import width_of
from reinvent_tui.page.model import Line, Position, Run
from reinvent_tui.tui.palette import Palette

_WORD = re.compile(r"[\w'’\-./@]+")


class TextSelection(NamedTuple):
    """Text selected with the mouse, by positions in the text: it survives any change of layout."""

    anchor: Position | None = None
    end: Position | None = None

    def __bool__(self) -> bool:
        """Tell whether any text is selected."""
        return self.anchor is not None and self.anchor != self.end

    def ordered(self) -> tuple[Position, Position]:
        """Return its beginning and its end."""
        start, end = self.anchor or Position(0, 0), self.end or Position(0, 0)
        return (start, end) if start <= end else (end, start)

    def inside(self, block: int, start: int, end: int) -> tuple[int, int]:
        """Return the part of the text from ``start`` to ``end`` of ``block`` that is selected; empty if none."""
        if not self:
            return 0, 0
        first, last = self.ordered()
        if not first.block <= block <= last.block:
            return 0, 0
        low = max(start, first.offset) if block == first.block else start
        high = min(end, last.offset) if block == last.block else end
        return (low, high) if low < high else (0, 0)

    @classmethod
    def word(cls, position: Position, text: str) -> TextSelection:
        """Return the word of ``text`` at ``position``."""
        for match in _WORD.finditer(text):
            if match.start() <= position.offset < match.end():
                return cls(Position(position.block, match.start()), Position(position.block, match.end()))
        return cls()

    @classmethod
    def block(cls, position: Position, text: str) -> TextSelection:
        """Return all of ``text``, the block that ``position`` is in."""
        return cls(Position(position.block, 0), Position(position.block, len(text)))


class TextRow(NamedTuple):
    """A line of a document on screen."""

    block: int
    line: Line

    def run_at(self, x: int) -> Run | None:
        """Return the run that is drawn at column ``x`` of the text."""
        at = 0
        for run in self.line.runs:
            at += width_of(run.text)
            if x < at:
                return run if x >= 0 else None
        return None

    def offset_at(self, x: int) -> tuple[int, Run | None]:
        """Return the offset in the block's text nearest to column ``x``, and the run there."""
        at = 0
        offset = self.line.start
        for run in self.line.runs:
            size = width_of(run.text)
            if run.start >= 0:
                if x < at:
                    return max(offset, run.start) if offset > self.line.start else run.start, run
                if x < at + size:
                    return run.start + _characters(run, x - at), run
                offset = run.start + run.length
            at += size
        return offset, None


def _characters(run: Run, cells: int) -> int:
    """Return how many characters of ``run`` are drawn in its first ``cells`` cells."""
    if len(run.text) != run.length:  # a tab, or a stand-in: one piece
        return 0
    used = 0
    for start, _, size in split_graphemes(run.text)[0]:
        if used + size > cells:
            return start
        used += size
    return run.length


class RowPainter(NamedTuple):
    """Draws rows in one palette and state."""

    palette: Palette
    selection: TextSelection
    labels: dict[tuple[int, int], str] = field(default_factory=dict)
    """Labels of links, by block and offset of the link's beginning; what is no link is dimmed beside them."""
    mark: tuple[int, int] = (-1, -1)
    """Block, and index among its links, of the link that is marked."""
    marks: Callable[[int], tuple[tuple[int, int], ...]] | None = None
    """Gives the places in a block's text that a search found."""
    current: tuple[int, int] = (-1, -1)
    """Block and offset of the one that the reader is at."""

    def draw(self, row: TextRow) -> tuple[list[Segment], int]:
        """Return the segments of ``row``, and their width in cells."""
        segments: list[Segment] = []
        width = 0
        for run in row.line.runs:
            is_link = run.link >= 0
            state = "armed" if is_link and (row.block, run.link) == self.mark else ""
            if self.labels and not is_link:
                state = "dimmed"
            label = self.labels.get((row.block, run.start), "") if is_link else ""
            if label:
                width += self._label(segments, label)
            # A no-break space is a space to the eye, and to a search of the screen.
            self._run(segments, row.block, run, run.text.replace("\u00a0", " "), state)
            width += width_of(run.text)
        return segments, width

    def _label(self, segments: list[Segment], label: str) -> int:
        """Put a label before a link, with a space after it; return by how many cells the rest of the line moves.

        Spaces before the link make room for it, but for one that keeps it apart from a word before.
        """
        free = 0
        if segments:
            before, style, _ = segments[-1]
            text = before.rstrip(" ")
            free = len(before) - len(text)
            if text or len(segments) > 1:
                free = max(0, free - 1)
            free = min(free, len(label) + 1)
            segments[-1] = Segment(before[: len(before) - free], style)
        segments += [Segment(label, self.palette.style("hint")), Segment(" ", self.palette.blank)]
        return len(label) + 1 - free

    def _run(self, segments: list[Segment], block: int, run: Run, text: str, state: str) -> None:
        if run.start < 0 and text.isspace():
            segments.append(Segment(text, self.palette.ground(run.role)))
            return
        style = self.palette.style(run.role, run.mark, state)
        overlays = self._overlays(block, run) if run.start >= 0 else []
        if not overlays:
            segments.append(Segment(text, style))
            return
        if len(text) != run.length:  # one piece: a tab, or a stand-in
            segments.append(Segment(text, self.palette.style(run.role, run.mark, overlays[0][2])))
            return
        at = 0
        for low, high, name in overlays:
            if low > at:
                segments.append(Segment(text[at:low], style))
            segments.append(Segment(text[low:high], self.palette.style(run.role, run.mark, name)))
            at = high
        if at < len(text):
            segments.append(Segment(text[at:], style))

    def _overlays(self, block: int, run: Run) -> list[tuple[int, int, str]]:
        """Return the parts of a run that are drawn in another way, by offsets in the run: selected, or found."""
        first, last = run.start, run.start + run.length
        low, high = self.selection.inside(block, first, last)
        found: list[tuple[int, int, str]] = [(low - first, high - first, "selected")] if low < high else []
        for start, end in self.marks(block) if self.marks is not None else ():
            if end <= first or start >= last:
                continue
            name = "match-current" if (block, start) == self.current else "match"
            # What is selected stays so.
            for begin, stop in _outside(max(start, first), min(end, last), low, high):
                found.append((begin - first, stop - first, name))
        return sorted(found)


def _outside(start: int, end: int, low: int, high: int) -> list[tuple[int, int]]:
    """Return what of ``start`` to ``end`` is not between ``low`` and ``high``."""
    if low >= high or end <= low or start >= high:
        return [(start, end)]
    return [part for part in ((start, low), (high, end)) if part[0] < part[1]]
