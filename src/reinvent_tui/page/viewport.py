"""Walk a document row by row. Only visited rows are laid out."""

from __future__ import annotations

from typing import NamedTuple

from reinvent_tui.page.document import Document
from reinvent_tui.page.model import Line, Position


class Place(NamedTuple):
    """A row of a laid-out document."""

    block: int
    row: int


START = Place(0, 0)


class Viewport(NamedTuple):
    """A document at one width."""

    document: Document
    width: int

    def rows(self, block: int) -> tuple[Line, ...]:
        """Return the rows of a block."""
        return self.document.rows(block, self.width)

    def move(self, place: Place, rows: int) -> Place:
        """Return the row ``rows`` below ``place`` (above, if negative), clamped to the document."""
        block, row = place.block, place.row + rows
        while row < 0:
            if block == 0:
                return START
            block -= 1
            row += len(self.rows(block))
        last = len(self.document) - 1
        while block < last and row >= len(self.rows(block)):
            row -= len(self.rows(block))
            block += 1
        if block >= last >= 0:
            row = min(row, max(0, len(self.rows(last)) - 1))
        return Place(max(0, block), max(0, row))

    def window(self, top: Place, height: int) -> list[tuple[int, Line]]:
        """Return the blocks and lines of up to ``height`` rows from ``top``."""
        lines: list[tuple[int, Line]] = []
        row = top.row
        for block in range(top.block, len(self.document)):
            rows = self.rows(block)
            lines.extend((block, line) for line in rows[row : row + height - len(lines)])
            row = 0
            if len(lines) >= height:
                break
        return lines

    def last_top(self, height: int) -> Place:
        """Return the top row of the last full screen."""
        if not len(self.document):
            return START
        last = len(self.document) - 1
        return self.move(Place(last, max(0, len(self.rows(last)) - 1)), 1 - height)

    def position(self, place: Place) -> Position:
        """Return the text position of a row."""
        if place.block >= len(self.document):
            return Position(0, 0)
        rows = self.rows(place.block)
        if not rows:
            return Position(place.block, 0)
        return Position(place.block, rows[min(place.row, len(rows) - 1)].start)

    def place(self, position: Position) -> Place:
        """Return the row that contains the text at ``position``."""
        if position.block >= len(self.document):
            return self.last_top(1)
        rows = self.rows(position.block)
        gap = min(self.document.blocks[position.block].gap, len(rows))
        for row in range(gap, len(rows)):
            line = rows[row]
            if position.offset < line.end or (row + 1 == len(rows)) or position.offset < rows[row + 1].start:
                return Place(position.block, row)
        return Place(position.block, gap if gap < len(rows) else 0)
