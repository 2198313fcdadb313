"""A page with marks on what a search found, to walk from one match to the next."""

from __future__ import annotations

from reinvent_tui.page.document import Document
from reinvent_tui.page.model import Position
from reinvent_tui.page.viewport import START
from reinvent_tui.reader.targets import Anchor, Finder, Passage, PostLine, Spot, TakeawayMark, Where
from reinvent_tui.tui.palette import Palette
from reinvent_tui.tui.widgets.draw import RowPainter
from reinvent_tui.tui.widgets.page_view import PageView

MOST_COUNTED = 3000
"""Blocks of a page in which matches are counted; in a longer one they are only walked."""


class SearchablePage(PageView):
    """A page with marks on what was found."""

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:
        super().__init__(palette, id=id)
        self._finder: Finder | None = None
        self._current: tuple[int, int] = (-1, -1)
        self._spans: dict[int, tuple[tuple[int, int], ...]] = {}

    def watch_document(self) -> None:
        self._spans.clear()
        self._current = (-1, -1)
        super().watch_document()

    def replace_document(self, document: Document) -> None:
        self._spans.clear()
        super().replace_document(document)

    def refresh_document(self) -> None:
        self._spans.clear()
        super().refresh_document()

    def find(self, finder: Finder | None) -> None:
        """Mark what ``finder`` finds; None marks nothing."""
        self._finder = finder or None
        self._spans.clear()
        self._current = (-1, -1)
        self.refresh()

    def matches_in(self, block: int) -> tuple[tuple[int, int], ...]:
        """Return the places in a block's text that are marked."""
        if self._finder is None or self.document is None or not 0 <= block < self.document.text_end:
            return ()
        known = self._spans.get(block)
        if known is None:
            if len(self._spans) > MOST_COUNTED * 2:
                self._spans.clear()
            known = self._spans[block] = self._finder.spans(self.document.filled(block).text)
        return known

    def painter(self) -> RowPainter:
        marks = self.matches_in if self._finder is not None else None
        return RowPainter(self._palette, self.selection, self.shown_labels(), self.link_mark, marks, self._current)

    @property
    def current_match(self) -> tuple[int, int]:
        """Block and offset of the match that the reader is at; -1 if there is none."""
        return self._current

    def count_matches(self) -> tuple[int, int]:
        """Return which match the reader is at, from 1, and how many there are; 0 if it is not worth counting."""
        if self.document is None or len(self.document) > MOST_COUNTED:
            return 0, 0
        total = at = 0
        for block in range(len(self.document)):
            for start, _ in self.matches_in(block):
                total += 1
                if (block, start) == self._current:
                    at = total
        return at, total

    def next_match(self, step: int) -> bool:
        """Go to the next match (``step`` 1) or the one before (-1); return True if there was one."""
        if self.document is None or self._finder is None:
            return False
        here = self._current if self._current[0] >= 0 else self._before_screen(step)
        block = here[0]
        while 0 <= block < len(self.document):
            spans = self.matches_in(block)
            if step > 0:
                found = next((start for start, _ in spans if (block, start) > here), None)
            else:
                found = next((start for start, _ in reversed(spans) if (block, start) < here), None)
            if found is not None:
                self.go_to_match(block, found)
                return True
            block += step
        return False

    def find_match(self, step: int) -> tuple[int, int]:
        """Go to a match near by; step 0 is the next one, or else the first. Return which it is, of how many."""
        if not self.next_match(step or 1) and not step:
            self.first_match()
        return self.count_matches()

    def _before_screen(self, step: int) -> tuple[int, int]:
        """Return where to begin: at the top of what is on screen."""
        position = self.position
        at_top = position == Position(0, 0)
        return (
            (0, -1) if at_top and step > 0 else (position.block, position.offset - 1 if step > 0 else position.offset)
        )

    def first_match(self, block: int = 0) -> bool:
        """Go to the first match in ``block`` or after it; return True if there was one."""
        self._current = (block, -1)
        if self.next_match(1):
            return True
        self._current = (-1, -1)
        return False

    def last_match(self) -> bool:
        """Go to the last match of the page; return True if there was one."""
        if self.document is None:
            return False
        self._current = (len(self.document) - 1, 10**9)
        if self.next_match(-1):
            return True
        self._current = (-1, -1)
        return False

    def go_to_match(self, block: int, offset: int) -> None:
        """Make a match the current one, and scroll unless it is well on screen."""
        self._current = (block, offset)
        viewport = self.viewport
        if viewport is None or not self.size.height:
            return
        place = viewport.place(Position(block, offset))
        rows = self.window()
        top = next(
            (at for at, row in enumerate(rows) if row.block == block and row.line.start <= offset <= row.line.end), -1
        )
        if top < 0 or top >= self.size.height - 1:
            # A third of the screen above it: that is what it is about.
            self.go_to_place(viewport.move(place, -(self.size.height // 3)))
        self.refresh()

    def go_to_where(self, where: Where, body_line: int) -> None:
        """Go to a place on the page, whose Markdown begins at ``body_line`` of its post."""
        match where:
            case Spot():
                self.go_to_spot(where)
                self._mark_again(where.mark)
            case Anchor(name):
                block = self.document.find_anchor(name) if self.document is not None else None
                if block is not None:
                    self.go_to(Position(block, 0))
            case PostLine(line):
                self.go_to_source(line - body_line)
            case Passage(-1):
                self.last_match()
            case Passage(0):
                self.first_match()
            case Passage(line):
                self.go_to_line(line - body_line)

    def _mark_again(self, mark: TakeawayMark | None) -> None:
        """Mark the takeaway that was at hand, if it is still there."""
        document = self.document
        if mark is None or document is None or mark.block >= len(document):
            return
        if document.filled(mark.block).text.split()[:3] == mark.text.split()[:3]:
            self.set_mark(mark)

    def go_to_source(self, line: int) -> None:
        """Go to the block at ``line`` of the Markdown (from 0), a third of the screen above it."""
        if self.document is None or self.viewport is None:
            return
        blocks = self.document.blocks
        head = self.document.head_size
        at = max((index for index in range(head, self.document.text_end) if blocks[index].line <= line), default=head)
        place = self.viewport.place(Position(at, 0))
        self.go_to_place(self.viewport.move(place, -(self.size.height // 3)))

    def go_to_line(self, line: int) -> None:
        """Go to the first match in the block at ``line`` of the Markdown (from 0), or near it."""
        from reinvent_tui.index.matching import densest  # with the first query: the start does without

        if self.document is None:
            return
        blocks = self.document.blocks
        head = self.document.head_size
        at = max((index for index in range(head, self.document.text_end) if blocks[index].line <= line), default=head)
        while at > head and blocks[at - 1].line == blocks[at].line:
            at -= 1
        # A paragraph of a list may begin above the line that was cut out of it.
        near = next(
            (index for index in (at, at + 1, at - 1) if head <= index < len(blocks) and self.matches_in(index)), None
        )
        if near is not None:
            self.go_to_match(near, densest(self.matches_in(near)))
        elif not self.first_match():
            self.go_to_place(START)
