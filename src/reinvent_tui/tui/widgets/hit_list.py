"""The hits of a search: three lines each, with the words that were found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.message import Message

from reinvent_tui.clean import clean_line
from reinvent_tui.index.matching import densest
from reinvent_tui.page.cells import width_of
from reinvent_tui.tui.palette import Palette
from reinvent_tui.tui.widgets.line_list import LineList, cut

if TYPE_CHECKING:
    from reinvent_tui.index.excerpts import Marked
    from reinvent_tui.index.suggestions import Suggestion

WITH_CODE = 36
"""Cells: a narrower list leaves the codes out."""
CONTEXT = 18
"""Characters before the first word that was found in a passage."""


@dataclass(frozen=True, slots=True)
class HitEntry:
    """A hit as the list shows it."""

    row: int
    title: str
    code: str
    day: str
    passages: tuple[Marked, ...]
    lacks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    """Topics, inferred ones with their sign, without those that the query names already."""


class HitList(LineList):
    """Hits, or ways on where there are none."""

    HEIGHT: ClassVar[int] = 3

    @dataclass(eq=False, repr=False)
    class Wanted(Message):
        """Hits are on screen whose passages are not known."""

        rows: list[int]

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:
        super().__init__(palette, id=id)
        self.rows: list[int] = []
        self.offers: tuple[Suggestion, ...] = ()
        self.message: tuple[str, str] = ("", "")
        """What stands over the offers."""
        self._entries: dict[int, HitEntry] = {}
        self._asked: set[int] = set()

    def show_hits(self, rows: list[int], entries: Iterable[HitEntry], offers: tuple[Suggestion, ...] = ()) -> None:
        """Show other hits, the cursor on the first."""
        self.rows, self.offers, self.message = rows, offers, ("", "")
        self._entries = {entry.row: entry for entry in entries}
        self._asked.clear()
        self._begin(len(rows))

    def show_offers(self, message: tuple[str, str], offers: tuple[Suggestion, ...]) -> None:
        """Show that nothing was found, and ways on."""
        self.rows, self.offers, self.message = [], offers, message
        self._begin(1 + len(offers))

    def _begin(self, count: int) -> None:
        self.set_reactive(LineList.cursor, 0)
        self.scroll_to(y=0, animate=False, force=True)
        self.set_count(count)

    def add_entries(self, entries: Iterable[HitEntry]) -> None:
        """Fill in hits that were asked for."""
        self._entries.update((entry.row, entry) for entry in entries)
        self.refresh()

    @property
    def current(self) -> int:
        """Row of the session under the cursor; 0 where there is none."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else 0

    def entry(self, row: int) -> HitEntry | None:
        """Return what is known of a hit."""
        return self._entries.get(row)

    def offer_at(self, index: int) -> Suggestion | None:
        """Return the way on that a row offers."""
        return self.offers[index - 1] if 0 < index <= len(self.offers) else None

    @property
    def shows_cursor(self) -> bool:
        return bool(self.rows) or self.cursor > 0

    def draw_line(self, index: int, line: int, width: int) -> list[Segment]:
        if not self.rows:
            return self._draw_offer(index, line, width)
        entry = self._entries.get(self.rows[index])
        if entry is None:
            self._ask()
            return [Segment("   …" if line == 0 else "", self.palette.style("side-faint"))]
        if line == 0:
            return self._draw_title(entry, width, here=index == self.cursor)
        if line - 1 < len(entry.passages):
            return self._draw_passage(entry.passages[line - 1], width)
        if line == 1 + len(entry.passages) and entry.tags:
            return [Segment(f"   {cut('  '.join(entry.tags), width - 4)}", self.palette.style("side-faint"))]
        return []

    def _draw_title(self, entry: HitEntry, width: int, *, here: bool) -> list[Segment]:
        blank = self.palette.style("side-blank")
        shown = (entry.day, entry.code) if width >= WITH_CODE else (entry.day or entry.code,)
        facts = " ".join(part for part in shown if part)
        if entry.lacks:
            facts = " ".join(f"-{word}" for word in entry.lacks)
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
        sign = "• " if marked.passage.kind == "takeaway" else "  "
        text, spans = _excerpt(marked, width - 5)
        segments = [Segment(f" {sign}", self.palette.style("side-accent"))]
        at = 0
        soft, strong = self.palette.style("side-soft"), self.palette.style("side-match")
        for start, end in spans:
            segments += [Segment(text[at:start], soft), Segment(text[start:end], strong)]
            at = end
        segments.append(Segment(text[at:], soft))
        return [segment for segment in segments if segment.text]

    def _draw_offer(self, index: int, line: int, width: int) -> list[Segment]:
        if index == 0:
            role = "side" if line == 0 else "side-soft"
            return [Segment(f"  {cut(self.message[line] if line < 2 else '', width - 3)}", self.palette.style(role))]
        offer = self.offers[index - 1]
        here = index == self.cursor
        if line == 0:
            return [
                Segment(" ▌ " if here else "   ", self.palette.style("side-current")),
                Segment(cut(offer.words, width - 4), self.palette.style("side-current" if here else "side")),
            ]
        if line == 1:
            count = "1 session" if offer.count == 1 else f"{offer.count:,} sessions"
            return [Segment(f"   {count} · Alt+{index}", self.palette.style("side-faint"))]
        return []

    def _ask(self) -> None:
        top = self.scroll_offset.y // self.HEIGHT
        around = self.rows[max(0, top - 5) : top + self.size.height // self.HEIGHT + 12]
        wanted = [row for row in around if row not in self._entries and row not in self._asked]
        if wanted:
            self._asked.update(wanted)
            self.post_message(self.Wanted(wanted))


def _excerpt(marked: Marked, room: int) -> tuple[str, list[tuple[int, int]]]:
    """Return the part of a passage around the words that were found closest together, and the found words in it."""
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
