"""Lay out table rows: as columns of wrapped cells, or as a list if columns would be too narrow."""

from __future__ import annotations

from collections.abc import Callable

from reinvent_tui.page import cells
from reinvent_tui.page.lay import Painter, fitting
from reinvent_tui.page.model import Block, Filled, Line, Mark, Run, Table, TableShape

BETWEEN = "  "
LEAST_COLUMN = 6
"""Cells; narrower columns would break ordinary words."""


def shape_of(table: Table, width: int, plain: Callable[[str], str]) -> TableShape:
    """Return the columns of ``table`` at ``width`` cells.

    Args:
        table: its header and first rows are measured.
        width: total width in cells.
        plain: converts the Markdown of a cell to text.
    """
    known = table.shapes.get(width)
    if known is None:
        known = table.shapes[width] = _measure(table, width, plain)
    return known


def _measure(table: Table, width: int, plain: Callable[[str], str]) -> TableShape:
    columns = max(len(table.header), 1)
    room = width - len(BETWEEN) * (columns - 1)
    if room < columns * 2:
        return TableShape((), ruled=False)
    natural = [1] * columns
    words = [1] * columns
    for row in (table.header, *table.rows):
        for index, cell in enumerate(row[:columns]):
            text = plain(cell)
            natural[index] = max(natural[index], *(cells.width_of(part) for part in text.split("\n")))
            words[index] = max(words[index], cells.longest_word(text))
    if sum(natural) <= room:
        return TableShape(tuple(natural), ruled=False)
    least = [min(size, max(LEAST_COLUMN, min(word, 20))) for size, word in zip(natural, words, strict=True)]
    if sum(least) > room:
        least = [min(size, max(LEAST_COLUMN, min(word, 12))) for size, word in zip(natural, words, strict=True)]
    if sum(least) > room:
        return TableShape((), ruled=False)
    return TableShape(tuple(_shared(natural, least, room)), ruled=True)


def _shared(natural: list[int], least: list[int], room: int) -> list[int]:
    """Distribute ``room`` cells: each column gets its minimum, the rest in proportion to what each lacks."""
    widths = list(least)
    # A single huge cell must not starve the other columns.
    wants = [min(size, room) - width for size, width in zip(natural, widths, strict=True)]
    spare = room - sum(widths)
    while spare > 0 and any(wants):
        total = sum(wants)
        for index, want in enumerate(wants):
            more = min(want, max(1, spare * want // total), room - sum(widths)) if want else 0
            widths[index] += more
            wants[index] -= more
        spare = room - sum(widths)
    return widths


def lay_out_row(
    block: Block, filled: Filled, width: int, shape: TableShape, labels: tuple[str, ...]
) -> tuple[Line, ...]:
    """Return the lines of one table row.

    Args:
        block: the row.
        filled: its text, with the offset of each cell.
        width: cells of a line.
        shape: the columns at that width.
        labels: text of the header cells, for a table drawn as a list.
    """
    prefixes, markers = fitting(block, width)
    lead = tuple(Run(prefix.rest, prefix.role) for prefix in prefixes)
    room = width - sum(cells.width_of(run.text) for run in lead)
    role = "table-head" if block.header_row else "text"
    painter = Painter(filled, role)
    if not shape.widths:
        lines = _as_list(block, filled, room, painter, labels)
    else:
        lines = _as_columns(block, filled, painter, shape)
        if block.header_row or (shape.ruled and not block.last_row):
            rule = BETWEEN.join("─" * size for size in shape.widths)
            lines.append(
                Line(
                    (Run(rule, "rule", Mark.NONE if block.header_row else Mark.DIM),),
                    len(filled.text),
                    len(filled.text),
                )
            )
    return (*markers, *(Line((*lead, *line.runs), line.start, line.end) for line in lines))


def _cell_ends(filled: Filled) -> list[tuple[int, int]]:
    return [
        (start, end)
        for start, end in zip(filled.cells, [*(at - 1 for at in filled.cells[1:]), len(filled.text)], strict=True)
    ]


def _broken(text: str, start: int, end: int, width: int) -> list[tuple[int, int]]:
    parts: list[tuple[int, int]] = []
    while True:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        parts.extend(cells.wrap(text, start, stop, width))
        if stop >= end:
            return parts
        start = stop + 1


def _as_columns(block: Block, filled: Filled, painter: Painter, shape: TableShape) -> list[Line]:
    alignments = block.table.alignments if block.table is not None else ()
    columns = [
        _broken(filled.text, start, end, size)
        for (start, end), size in zip(_cell_ends(filled), shape.widths, strict=False)
    ]
    lines: list[Line] = []
    for number in range(max(map(len, columns), default=1)):
        runs: list[Run] = []
        for index, size in enumerate(shape.widths):
            if index:
                runs.append(Run(BETWEEN, "text"))
            part = columns[index][number] if index < len(columns) and number < len(columns[index]) else None
            drawn = painter.runs(*part, size) if part else []
            free = max(0, size - sum(cells.width_of(run.text) for run in drawn))
            align = alignments[index] if index < len(alignments) else "left"
            left = {"right": free, "center": free // 2}.get(align, 0)
            runs.extend([Run(" " * left, "text"), *drawn, Run(" " * (free - left), "text")])
        shown = [run for run in runs if run.start >= 0]
        start = min((run.start for run in shown), default=len(filled.text))
        end = max((run.start + run.length for run in shown), default=len(filled.text))
        lines.append(Line(tuple(run for run in runs if run.text), start, end))
    return lines


def _as_list(block: Block, filled: Filled, room: int, painter: Painter, labels: tuple[str, ...]) -> list[Line]:
    lines: list[Line] = []
    if block.header_row:
        # Labels before each value repeat the header; without values, the header is the table.
        if block.table is not None and block.table.rows:
            return []
        labels = ()
    indent = "  " if room > 12 else ""
    for number, (start, end) in enumerate(_cell_ends(filled)):
        label = f"{labels[number]}: " if number < len(labels) and labels[number] else ""
        lines.extend(_labelled(filled, painter, label, (start, end), room, indent))
    if not (block.header_row or block.last_row):
        lines.append(Line((), len(filled.text), len(filled.text)))
    return lines


def _labelled(
    filled: Filled, painter: Painter, label: str, part: tuple[int, int], room: int, indent: str
) -> list[Line]:
    start, end = part
    lines: list[Line] = []
    label = label.replace("\n", " ")
    taken = cells.width_of(label)
    if taken > room // 2:
        for begin, stop in cells.wrap(label, 0, len(label), room):
            shown = label[begin:stop] if cells.width_of(label[begin:stop]) <= room else cells.STAND_IN
            lines.append(Line((Run(shown, "label"),), start, start))
        label, taken = "", 0
    inner = room - len(indent)
    first = room - taken if label else inner
    stop = filled.text.find("\n", start, end)
    stop = end if stop < 0 else stop
    pieces = cells.wrap(filled.text, start, stop, inner, first)
    if stop < end:
        pieces += _broken(filled.text, stop + 1, end, inner)
    for index, (begin, finish) in enumerate(pieces):
        lead = Run(label, "label") if label and index == 0 else Run(indent, "text")
        lines.append(
            Line(
                (lead, *painter.runs(begin, finish, inner)) if lead.text else tuple(painter.runs(begin, finish, inner)),
                begin,
                finish,
            )
        )
    return lines
