"""Lay out one block: its text as lines of a given width."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from reinvent_tui.page import cells
from reinvent_tui.page.model import Block, Filled, Kind, Line, Mark, Prefix, Run, Span

CODE_INDENT = "  "


def lay_out(block: Block, filled: Filled, width: int) -> tuple[Line, ...]:
    """Return the lines of ``block``, each at most ``width`` cells wide, without the gap before it.

    Table rows are laid out by :mod:`reinvent_tui.page.table`.
    """
    prefixes, markers = fitting(block, width)
    room = width - sum(cells.width_of(prefix.rest) for prefix in prefixes)
    if block.kind is Kind.RULE:
        length = min(room, 12) if block.role == "footnote" else room
        lines = [Line((Run("─" * length, "rule"),), 0, 0)]
    elif block.kind in (Kind.CODE, Kind.HTML):
        lines = _preformatted(block, filled, room)
    else:
        lines = _flowing(block, filled, room)
    return (*markers, *_with_prefixes(lines, prefixes, block.opened))


def fitting(block: Block, width: int) -> tuple[tuple[Prefix, ...], list[Line]]:
    """Return the prefixes that leave room for text, and lines for the markers of those that do not.

    If nesting is too deep for the width, the outermost containers are dropped
    first. Markers that carry text (numbers) then get lines of their own.
    """
    least = min(12, (width * 3 + 4) // 5)
    prefixes = block.prefixes
    dropped = 0
    total = sum(cells.width_of(prefix.rest) for prefix in prefixes)
    while dropped < len(prefixes) and width - total < least:
        total -= cells.width_of(prefixes[dropped].rest)
        dropped += 1
    lines: list[Line] = []
    for index in range(max(0, len(prefixes) - block.opened), dropped):
        marker = prefixes[index].first.strip()
        if marker[:1].isalnum() or marker.startswith("["):
            parts = cells.wrap(marker, 0, len(marker), width)
            lines.extend(Line((Run(marker[start:end], prefixes[index].role),), 0, 0) for start, end in parts)
    return prefixes[dropped:], lines


def _with_prefixes(lines: list[Line], prefixes: tuple[Prefix, ...], opened: int) -> Iterable[Line]:
    if not prefixes:
        return lines
    fresh = max(0, len(prefixes) - opened)
    first = tuple(
        Run(prefix.first if index >= fresh else prefix.rest, prefix.role) for index, prefix in enumerate(prefixes)
    )
    rest = tuple(Run(prefix.rest, prefix.role) for prefix in prefixes)
    return [Line((*(rest if index else first), *line.runs), line.start, line.end) for index, line in enumerate(lines)]


def gap_line(block: Block, width: int) -> Line:
    """Return the empty line before ``block``; the bars of quotations continue through it."""
    prefixes = block.prefixes[: block.gap_depth]
    shown, _ = fitting(Block(block.kind, "", 0, prefixes), width)
    return Line(tuple(Run(prefix.rest, prefix.role) for prefix in shown if prefix.rest.strip()), 0, 0)


def _flowing(block: Block, filled: Filled, room: int) -> list[Line]:
    text = filled.text
    painter = Painter(filled, block.role)
    lines: list[Line] = []
    start = 0
    while True:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        for begin, stop in cells.wrap(text, start, end, room):
            lines.append(Line(tuple(painter.runs(begin, stop, room)), begin, stop))
        if end >= len(text):
            return lines
        start = end + 1


def _preformatted(block: Block, filled: Filled, room: int) -> list[Line]:
    text = filled.text
    painter = Painter(filled, block.role)
    indent = CODE_INDENT if room > 2 * len(CODE_INDENT) + 4 else ""
    inner = room - 2 * len(indent)
    lines: list[Line] = []
    start = 0
    while True:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        for begin, stop in _code_parts(text, start, end, inner):
            lead = indent if begin == start or not indent else "↪ "
            runs = painter.runs(begin, stop, inner)
            used = sum(cells.width_of(run.text) for run in runs)
            tail = Run(" " * (inner - used + len(indent)), block.role)
            lines.append(Line((Run(lead, block.role, Mark.DIM), *runs, tail) if indent else (*runs, tail), begin, stop))
        if end >= len(text):
            return lines
        start = end + 1


def _code_parts(text: str, start: int, end: int, room: int) -> list[tuple[int, int]]:
    """Break a line of code without dropping white space."""
    if cells.width_of(text[start:end]) <= room:
        return [(start, end)]
    parts = cells.wrap(text, start, end, room)
    begins = [begin for begin, _ in parts]
    whole = list(zip(begins, [*begins[1:], end], strict=True))
    # The space at a break overhangs only if there is no room for it.
    return whole if all(cells.width_of(text[begin:stop]) <= room for begin, stop in whole) else parts


class Painter:
    """Cuts a block's text into runs.

    The spans are swept once, then each line takes a slice of them: the cost of a
    paragraph of ten thousand spans is that of its visible lines.
    """

    def __init__(self, filled: Filled, role: str) -> None:
        self._text = filled.text
        self._role = role
        self._pieces: list[Span] = []
        at = 0
        for span in filled.spans:
            if span.start > at:
                self._pieces.append(Span(at, span.start))
            self._pieces.append(span)
            at = span.end
        if at < len(filled.text):
            self._pieces.append(Span(at, len(filled.text)))
        self._starts = [piece.start for piece in self._pieces]

    def runs(self, start: int, end: int, room: int) -> list[Run]:
        """Return the text from ``start`` to ``end``; characters wider than ``room`` cells are replaced."""
        runs: list[Run] = []
        index = max(0, bisect_right(self._starts, start) - 1)
        while index < len(self._pieces) and self._pieces[index].start < end:
            piece = self._pieces[index]
            begin, stop = max(start, piece.start), min(end, piece.end)
            if begin < stop:
                role = piece.role or self._role
                runs.extend(self._drawn(begin, stop, role, piece.mark, piece.link, room))
            index += 1
        return runs

    def _drawn(self, begin: int, stop: int, role: str, mark: int, link: int, room: int) -> Iterable[Run]:
        text = self._text[begin:stop]
        if "\t" in text:
            at = begin
            for piece in text.replace("\t", "\0\t\0").split("\0"):
                if piece:
                    drawn = cells.TAB[: max(1, room)] if piece == "\t" else piece
                    yield Run(drawn, role, mark, link, at, len(piece))
                    at += len(piece)
        elif room < 2 and cells.width_of(text) > room:
            yield Run(cells.STAND_IN, role, mark, link, begin, stop - begin)
        else:
            yield Run(text, role, mark, link, begin, stop - begin)
