"""The sidebar: events, days and sessions in reading order, with folding."""

from __future__ import annotations

import contextlib
from array import array
from collections.abc import Iterable
from typing import ClassVar, TypeAlias

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.message import Message

from reinvent_tui.index.queries import EMPTY, Contents, Day, Entry, Event
from reinvent_tui.page.cells import width_of
from reinvent_tui.reader.dates import day_label
from reinvent_tui.reader.targets import DayTarget, EventTarget, SessionTarget
from reinvent_tui.tui.palette import Palette
from reinvent_tui.tui.widgets.line_list import LineList, cut

MAX_ENTRIES = 5000
AHEAD = 60
"""Rows above and below the screen whose titles are asked for with it."""

LONGEST_CODE = 12
CODE_FROM_WIDTH = 30
"""Cells: a narrower sidebar leaves the codes out."""


RowTarget: TypeAlias = SessionTarget | DayTarget | EventTarget
"""What a row of the sidebar opens."""


def _counts(heading: Day | Event) -> str:
    return f"{heading.count:,} of {heading.of:,}" if heading.of else f"{heading.count:,}"


class Sidebar(LineList):
    """The library's contents."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h,left", "fold", "Fold", id="sidebar.fold", tooltip="Fold the day, or go up to it", show=False),
        Binding(
            "l,right",
            "unfold",
            "Unfold",
            id="sidebar.unfold",
            tooltip="Unfold the day, or go into the page",
            show=False,
        ),
    ]

    class TitlesNeeded(Message):
        """Rows are on screen whose titles are not known."""

        def __init__(self, rows: list[int]) -> None:
            super().__init__()
            self.rows = rows

    class Entered(Message):
        """The reader wants to go from the sidebar into the page."""

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:
        super().__init__(palette, id=id)
        self.contents: Contents = EMPTY
        self._library: Contents = EMPTY
        self.current: int | Day | Event = 0
        """What is on the page: the row of a session, or a heading; 0 for none of them."""
        self._headings: list[Day | Event] = []
        self._rows: array[int] = array("q")  # a session's index in contents, or -1 - a heading's index
        self._folded: set[tuple[str, int]] = set()
        self._folded_before: set[tuple[str, int]] | None = None
        """What was folded before the contents were narrowed."""
        self._known_days: set[tuple[str, int]] = set()
        self._entries: dict[int, Entry] = {}
        self._asked: set[int] = set()

    # Contents

    def set_contents(self, contents: Contents, library: Contents, *, fold: bool = False) -> None:
        """Show other contents; what is folded stays folded, and new days come folded but the first.

        While the ``library`` is the same one, titles that are known stay.

        Args:
            contents: what to show.
            library: what they are taken from.
            fold: True to fold all days but the first, as at a start.
        """
        target = self.target(self.cursor)
        if fold:
            self._known_days.clear()
            self._folded.clear()
        is_first = not self._known_days
        self.contents = contents
        if library is not self._library:
            self._library = library
            self._entries.clear()
            self._asked.clear()
        for day in contents.days:
            key = (day.event, day.id)
            if key not in self._known_days:
                self._known_days.add(key)
                if not (is_first and day.start == 0):
                    self._folded.add(key)
        self._fold_for(contents)
        self._lay_rows()
        self.restore(target)

    def _fold_for(self, contents: Contents) -> None:
        """Unfold all days of contents that were narrowed; fold again as before once they are whole."""
        narrowed = any(day.of for day in contents.days)
        if narrowed and self._folded_before is None:
            self._folded_before, self._folded = self._folded, set()
        elif not narrowed and self._folded_before is not None:
            self._folded, self._folded_before = self._folded_before, None

    def _lay_rows(self) -> None:
        self._headings = []
        self._rows = array("q")
        several = len(self.contents.events) > 1
        for event in self.contents.events:
            self._add_heading(event)
            if several and (event.name, 0) in self._folded:
                continue
            for day in event.days:
                self._add_heading(day)
                if (day.event, day.id) not in self._folded:
                    self._rows.extend(range(day.start, day.start + day.count))
        self.set_count(len(self._rows))

    def _add_heading(self, heading: Day | Event) -> None:
        self._headings.append(heading)
        self._rows.append(-len(self._headings))

    def add_entries(self, entries: Iterable[Entry]) -> None:
        """Fill in titles that were asked for."""
        if len(self._entries) > MAX_ENTRIES:
            self._entries.clear()
            self._asked.clear()
        self._entries.update((entry.row, entry) for entry in entries)
        self.refresh()

    def rows_around(self) -> list[int]:
        """Return the sessions on screen and a little above and below."""
        top = self.scroll_offset.y
        around = self._rows[max(0, top - AHEAD) : top + self.size.height + AHEAD]
        return [self.contents.sessions[value] for value in around if value >= 0]

    def target(self, index: int) -> RowTarget | None:
        """Return what a row opens."""
        if not 0 <= index < len(self._rows):
            return None
        value = self._rows[index]
        if value >= 0:
            return SessionTarget(self.contents.sessions[value])
        heading = self._headings[-1 - value]
        return DayTarget(heading) if isinstance(heading, Day) else EventTarget(heading)

    # Where the reader is

    def show_current(self, current: int | Day | Event) -> None:
        """Mark what is on the page, and put the cursor on it, unfolding its day."""
        before = self._row_of(self.current)
        self.current = current
        if isinstance(current, int) and current:
            self._unfold_to(current)
        row = self._row_of(current)
        if row is None:
            self.refresh()
            return
        changed = self.cursor
        self.cursor = row
        self.redraw_rows(changed, row, *([before] if before is not None else []))

    def _unfold_to(self, session: int) -> None:
        try:
            position = self.contents.sessions.index(session)
        except ValueError:
            return
        day = next((day for day in self.contents.days if day.start <= position < day.start + day.count), None)
        hidden = {(day.event, day.id), (day.event, 0)} & self._folded if day is not None else None
        if hidden:
            self._folded -= hidden
            self._lay_rows()

    def _row_of(self, current: int | Day | Event) -> int | None:
        if isinstance(current, int):
            target: RowTarget = SessionTarget(current)
        else:
            target = DayTarget(current) if isinstance(current, Day) else EventTarget(current)
        value = self._value_of(target)
        if value is None:
            return None
        try:
            return self._rows.index(value)
        except ValueError:
            return None

    def restore(self, target: RowTarget | None) -> None:
        """Put the cursor back on what it was on, if that still has a row."""
        value = self._value_of(target) if target is not None else None
        if value is not None:
            with contextlib.suppress(ValueError):
                self.cursor = self._rows.index(value)

    def _value_of(self, target: RowTarget) -> int | None:
        """Return the value that a target has among the rows; None if it is not in the contents."""
        if isinstance(target, SessionTarget):
            with contextlib.suppress(ValueError):
                return self.contents.sessions.index(target.row)
            return None
        for index, heading in enumerate(self._headings):
            match target, heading:
                case (DayTarget(day), Day()) if heading.id == day.id:
                    return -1 - index
                case (EventTarget(event), Event()) if heading.name == event.name:
                    return -1 - index
                case _:
                    pass
        return None

    # Folding

    def action_fold(self) -> None:
        """Fold at the cursor; from a session or a folded day, go up to its heading."""
        self._fold(fold=True)

    def action_unfold(self) -> None:
        """Unfold at the cursor, or go down; from a session, go into the page."""
        self._fold(fold=False)

    def _fold(self, *, fold: bool) -> None:
        target = self.target(self.cursor)
        if target is None:
            return
        if isinstance(target, SessionTarget):
            if fold:
                self.move_cursor(self._heading_above(self.cursor))
            else:
                self.post_message(self.Entered())
            return
        key = self._fold_key(target)
        if key is None or (key in self._folded) == fold:
            if not fold:
                self.move_cursor(self.cursor + 1)
            elif isinstance(target, DayTarget) and len(self.contents.events) > 1:
                self.move_cursor(self._heading_above(self.cursor))
            return
        self.toggle(self.cursor)

    def _heading_above(self, index: int) -> int:
        inside_day = self._rows[index] >= 0
        for above in range(index - 1, -1, -1):
            value = self._rows[above]
            if value < 0 and (inside_day or isinstance(self._headings[-1 - value], Event)):
                return above
        return index

    def _fold_key(self, target: RowTarget) -> tuple[str, int] | None:
        match target:
            case DayTarget(day):
                return (day.event, day.id)
            case EventTarget(event) if len(self.contents.events) > 1:
                return (event.name, 0)
            case _:
                return None

    def toggle(self, index: int) -> None:
        """Fold or unfold the day or event at a row."""
        target = self.target(index)
        key = self._fold_key(target) if target is not None else None
        if key is not None:
            self._folded ^= {key}
            self._lay_rows()

    # Drawing

    def draw(self, index: int, width: int) -> list[Segment]:
        value = self._rows[index]
        if value >= 0:
            return self._draw_session(self.contents.sessions[value], width)
        heading = self._headings[-1 - value]
        several = len(self.contents.events) > 1
        if isinstance(heading, Event):
            arrow = "" if not several else "▸ " if (heading.name, 0) in self._folded else "▾ "
            current = isinstance(self.current, Event) and self.current.name == heading.name
            role = "side-current" if current else "side-accent"
            return self._draw_heading(arrow + heading.name, "", _counts(heading), width, role, current=current)
        arrow = "▸" if (heading.event, heading.id) in self._folded else "▾"
        label, date = day_label(heading)
        current = isinstance(self.current, Day) and self.current.id == heading.id
        role = "side-current" if current else "side"
        indent = 3 if several else 1
        return self._draw_heading(
            f"{arrow} {label}", date, _counts(heading), width, role, indent=indent, current=current
        )

    def _draw_heading(
        self, label: str, date: str, number: str, width: int, role: str, *, indent: int = 1, current: bool = False
    ) -> list[Segment]:
        room = width - len(number) - 2 - indent
        name = cut(label, room)
        blank = self.palette.style("side-blank")
        lead = Segment(" " * (indent - 1) + "▌", self.palette.style("side-current")) if current else None
        segments = [lead or Segment(" " * indent, blank), Segment(name, self.palette.style(role))]
        used = indent + width_of(name)
        if date and used + 2 + len(date) <= room + indent:
            segments += [Segment("  ", blank), Segment(date, self.palette.style("side-soft"))]
            used += 2 + len(date)
        segments.append(Segment(" " * max(1, width - used - len(number) - 1), blank))
        segments += [Segment(number, self.palette.style("side-faint")), Segment(" ", blank)]
        return segments

    def _draw_session(self, row: int, width: int) -> list[Segment]:
        entry = self._entries.get(row)
        current = row == self.current
        indent = 5 if len(self.contents.events) > 1 else 3
        lead = " " * indent + ("▌ " if current else "· ")
        if entry is None:
            self._ask()
            return [Segment(f"{lead}…", self.palette.style("side-faint"))]
        code = entry.code if width >= CODE_FROM_WIDTH and width_of(entry.code) <= LONGEST_CODE else ""
        room = width - len(lead) - (width_of(code) + 2 if code else 1)
        title = cut(entry.title, room)
        space = max(0, room - width_of(title))
        role = "side-current" if current else "side"
        blank = self.palette.style("side-blank")
        return [
            Segment(" " * indent, blank),
            Segment("▌ " if current else "· ", self.palette.style("side-current" if current else "side-faint")),
            Segment(title, self.palette.style(role)),
            Segment(" " * (space + 1), blank),
            Segment(code, self.palette.style("side-faint")),
            Segment(" " if code else "", blank),
        ]

    def _ask(self) -> None:
        """Ask for the titles of the rows on screen and around it, once each."""
        wanted = [row for row in self.rows_around() if row not in self._entries and row not in self._asked]
        if wanted:
            self._asked.update(wanted)
            self.post_message(self.TitlesNeeded(wanted))
