"""The hits of a search: three lines each, with the words that were found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from reinvent_tui.clean import clean_line
from reinvent_tui.page.cells import width_of
from reinvent_tui.reader.requests import HitEntry
from reinvent_tui.tui.palette import Palette
from reinvent_tui.tui.widgets.line_list import LineList, cut

if TYPE_CHECKING:
    from reinvent_tui.index.excerpts import Marked
    from reinvent_tui.index.suggestions import Suggestion

WITH_CODE = 36
"""Cells: a narrower list leaves the codes out."""
CONTEXT = 18
"""Characters before the first word that was found in a passage."""


BELOW = "── these lack some words ──"


class HitList(LineList):
    """Hits, or suggestions if there are none."""

    HEIGHT: ClassVar[int] = 3

    class HitsNeeded(Message):
        """Hits are on screen whose passages are not known."""

        def __init__(self, rows: list[int]) -> None:
            super().__init__()
            self.rows = rows

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:
        super().__init__(palette, id=id)
        self.rows: list[int] = []
        self.suggestions: tuple[Suggestion, ...] = ()
        self.message: tuple[str, str] = ("", "")
        """What is above the suggestions."""
        self.asked = ""
        """The query that found them, above the list."""
        self.current = 0
        """Row of the session that is on the page."""
        self._close = 0
        self._entries: dict[int, HitEntry] = {}
        self._asked: set[int] = set()

    def show_hits(
        self,
        rows: list[int],
        entries: Iterable[HitEntry],
        suggestions: tuple[Suggestion, ...] = (),
        cursor: int = 0,
        close: int = 0,
    ) -> None:
        """Show other hits, the cursor on one of them; the last ``close`` of them lack some of the words."""
        self.rows, self.suggestions, self.message = rows, suggestions, ("", "")
        self._close = close
        self._entries = {entry.row: entry for entry in entries}
        self._asked.clear()
        self._begin(len(rows), cursor)

    def show_suggestions(self, message: tuple[str, str], suggestions: tuple[Suggestion, ...]) -> None:
        """Show that nothing was found, and what else could be asked."""
        self.rows, self.suggestions, self.message = [], suggestions, message
        self._begin(1 + len(suggestions), 0)

    def _begin(self, count: int, cursor: int) -> None:
        self.set_reactive(LineList.cursor, cursor)
        self.scroll_to(y=0, animate=False, force=True)
        self.set_count(count)
        if cursor:
            self.show_row(cursor)

    def show_query(self, query: str) -> None:
        """Say above the list what was asked."""
        if query != self.asked:
            self.asked = query
            self.refresh()

    def show_current(self, row: int) -> None:
        """Mark the hit whose session is on the page."""
        if row != self.current:
            self.current = row
            self.refresh()

    def add_entries(self, entries: Iterable[HitEntry]) -> None:
        """Fill in hits that were asked for."""
        self._entries.update((entry.row, entry) for entry in entries)
        self.refresh()

    def entry(self, row: int) -> HitEntry | None:
        """Return what is known of a hit."""
        return self._entries.get(row)

    @property
    def shows_cursor(self) -> bool:
        return bool(self.rows) or self.cursor > 0

    def padding_line(self, y: int, width: int) -> Strip:
        blank = self.palette.style("side-blank")
        text = cut(f"/ {self.asked.strip()}", width - 3) if y == 0 and self.asked.strip() else ""
        segments = [Segment(" ", blank), Segment(text, self.palette.style("side-soft"))]
        return Strip(segments).adjust_cell_length(width, blank)

    def draw_line(self, index: int, line: int, width: int) -> list[Segment]:
        if not self.rows:
            return self._draw_suggestion(index, line, width)
        entry = self._entries.get(self.rows[index])
        if entry is None:
            self._ask()
            return [Segment("   …" if line == 0 else "", self.palette.style("side-faint"))]
        if line == 0:
            return self._draw_title(entry, width, here=entry.row == self.current)
        ends = line == self.HEIGHT - 1 and self._close and index == len(self.rows) - self._close - 1
        if not ends and line - 1 < len(entry.passages):
            return self._draw_passage(entry.passages[line - 1], width)
        text = BELOW if ends else "  ".join(entry.tags) if line == 1 + len(entry.passages) else ""
        return [Segment(f"   {cut(text, width - 4)}", self.palette.style("side-faint"))] if text else []

    def _draw_title(self, entry: HitEntry, width: int, *, here: bool) -> list[Segment]:
        blank = self.palette.style("side-blank")
        shown = (entry.day, entry.code) if width >= WITH_CODE else (entry.day or entry.code,)
        facts = " ".join(part for part in shown if part)
        if entry.lacks:
            facts = f"without {', '.join(entry.lacks)}"
        facts = cut(facts, width // 2)
        room = width - 4 - width_of(facts)
        title = cut(entry.title or "Untitled", room)
        role = "side-current" if here else "side"
        return [
            Segment("▌" if here else " ", self.palette.style("side-current")),
            Segment(title, self.palette.style(role)),
            Segment(" " * max(1, width - 2 - width_of(title) - width_of(facts)), blank),
            Segment(facts, self.palette.style("side-faint")),
            Segment(" ", blank),
        ]

    def _draw_passage(self, marked: Marked, width: int) -> list[Segment]:
        bullet = "• " if marked.passage.kind == "takeaway" else "  "
        text, spans = _excerpt(marked, width - 5)
        segments = [Segment(f" {bullet}", self.palette.style("side-accent"))]
        at = 0
        soft, strong = self.palette.style("side-soft"), self.palette.style("side-match")
        for start, end in spans:
            segments += [Segment(text[at:start], soft), Segment(text[start:end], strong)]
            at = end
        segments.append(Segment(text[at:], soft))
        return [segment for segment in segments if segment.text]

    def _draw_suggestion(self, index: int, line: int, width: int) -> list[Segment]:
        if index == 0:
            role = "side" if line == 0 else "side-soft"
            return [Segment(f"  {cut(self.message[line] if line < 2 else '', width - 3)}", self.palette.style(role))]
        suggestion = self.suggestions[index - 1]
        here = index == self.cursor
        if line == 0:
            return [
                Segment(" ▌ " if here else "   ", self.palette.style("side-current")),
                Segment(cut(suggestion.words, width - 4), self.palette.style("side-current" if here else "side")),
            ]
        if line == 1:
            count = "1 session" if suggestion.count == 1 else f"{suggestion.count:,} sessions"
            return [Segment(f"   {count} · Alt+{index}", self.palette.style("side-faint"))]
        return []

    def _ask(self) -> None:
        top = self.scroll_offset.y // self.HEIGHT
        around = self.rows[max(0, top - 5) : top + self.size.height // self.HEIGHT + 12]
        wanted = [row for row in around if row not in self._entries and row not in self._asked]
        if wanted:
            self._asked.update(wanted)
            self.post_message(self.HitsNeeded(wanted))


def _excerpt(marked: Marked, room: int) -> tuple[str, list[tuple[int, int]]]:
    """Return the part of a passage around the words that were found closest together, and the found words in it."""
    from reinvent_tui.index.matching import densest  # with the first query: the start does without

    text = clean_line(marked.passage.text)
    if len(text) != len(marked.passage.text):  # only white space at its ends
        text = marked.passage.text
    spans = [(start, end) for start, end in marked.spans if end <= len(text)]
    begin = 0
    first = densest(spans) if spans else 0
    if any(start >= first and end > room for start, end in spans[:6]):
        begin = max(0, first - CONTEXT)
        space = text.find(" ", begin, first)
        begin = space + 1 if space >= 0 else begin
    lead = "…" if begin else ""
    shown = cut(lead + text[begin:], room)
    shift = len(lead) - begin
    kept = len(shown) - (1 if shown.endswith("…") else 0)
    return shown, [(start + shift, min(end + shift, kept)) for start, end in spans if begin <= start < kept - shift]
