"""A page: blocks that are laid out on demand, and the page's text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from reinvent_tui.library.slug import slug
from reinvent_tui.page.inline import fill
from reinvent_tui.page.lay import gap_line, lay_out
from reinvent_tui.page.model import Block, Filled, HeadingMark, Kind, Line, Position
from reinvent_tui.page.parse import Parsed, parse
from reinvent_tui.page.table import lay_out_row, shape_of

HEAD_CHARACTERS = 16_384
"""Longer texts are shown from their head first, and completely once they have been parsed."""
HEAD_PART = 8192
HEAD_LINES = 300
MAX_CACHED = 4000
MIN_WIDTH = 1


class Document:
    """Blocks of text with their layout at one width at a time.

    Layout is lazy and cached per block; a change of width clears the cache.
    Not thread-safe.
    """

    def __init__(
        self, markdown: str, references: str = "", head: Sequence[Block] = (), *, complete: bool = True
    ) -> None:
        """Parse ``markdown`` into blocks.

        Args:
            markdown: cleaned text.
            references: link and footnote definitions from elsewhere.
            head: ready-made blocks to put before it.
            complete: False if ``markdown`` is only the beginning.
        """
        self._parsed: Parsed = parse(markdown, references)
        if head and self._parsed.blocks:
            self._parsed.blocks[0].gap = 1
        self.blocks: list[Block] = [*head, *self._parsed.blocks]
        self.complete = complete
        self._head_size = len(head)
        self._tail_at: int | None = None
        self._width = 0
        self._laid: dict[int, tuple[Line, ...]] = {}
        self._headings: list[HeadingMark] | None = None
        self._sizes: list[int] | None = None

    @property
    def has_tail(self) -> bool:
        """True if blocks were added below the text, even none."""
        return self._tail_at is not None

    @property
    def text_end(self) -> int:
        """Index of the block after the last one of the text."""
        return len(self.blocks) if self._tail_at is None else self._tail_at

    def add_tail(self, blocks: Sequence[Block]) -> None:
        """Add blocks below the text."""
        self._tail_at = len(self.blocks)
        self.blocks.extend(blocks)
        self._sizes = None

    @property
    def has_code(self) -> bool:
        """True if there is code in a named language."""
        return self._parsed.has_code

    @property
    def head_size(self) -> int:
        """Number of ready-made blocks before the text."""
        return self._head_size

    def __len__(self) -> int:
        """Return the number of blocks."""
        return len(self.blocks)

    def filled(self, index: int) -> Filled:
        """Return the text of a block, with its spans and links."""
        return fill(self.blocks[index], self._parsed)

    def rows(self, index: int, width: int) -> tuple[Line, ...]:
        """Return the lines of a block at ``width`` cells, including the gap before it."""
        if width != self._width:
            self._laid.clear()
            self._width = width
        known = self._laid.get(index)
        if known is None:
            if len(self._laid) >= MAX_CACHED:
                self._laid.clear()
            known = self._laid[index] = self._lay_out(index, max(MIN_WIDTH, width))
        return known

    def _lay_out(self, index: int, width: int) -> tuple[Line, ...]:
        block = self.blocks[index]
        filled = self.filled(index)
        if block.kind is Kind.ROW and block.table is not None:
            inner = width - sum(len(prefix.rest) for prefix in block.prefixes)
            shape = shape_of(block.table, max(1, inner), self._plain)
            labels = () if shape.widths else tuple(self._plain(cell) for cell in block.table.header)
            lines = lay_out_row(block, filled, width, shape, labels)
        else:
            lines = lay_out(block, filled, width)
        if not block.gap:
            return lines
        return (*[gap_line(block, width)] * block.gap, *lines)

    def _plain(self, markdown: str) -> str:
        return fill(Block(Kind.PARAGRAPH, markdown, 0), self._parsed).text

    def forget(self, indexes: Sequence[int]) -> None:
        """Drop the cached layout of the blocks at ``indexes``."""
        for index in indexes:
            self.blocks[index].filled = None
            self._laid.pop(index, None)

    @property
    def headings(self) -> list[HeadingMark]:
        """The headings of the text, in order, each with a unique anchor."""
        if self._headings is None:
            self._headings = []
            taken: dict[str, int] = {}
            for index in range(self._head_size, len(self.blocks)):
                block = self.blocks[index]
                if block.kind is Kind.HEADING:
                    text = self.filled(index).text.replace("\n", " ")
                    anchor = slug(text)
                    count = taken.get(anchor, 0)
                    taken[anchor] = count + 1
                    self._headings.append(
                        HeadingMark(index, block.level, text, f"{anchor}-{count}" if count else anchor)
                    )
        return self._headings

    def find_anchor(self, anchor: str) -> int | None:
        """Return the block that ``#anchor`` points to: a heading or a footnote."""
        if anchor.startswith("fn-") and anchor[3:].isdecimal():
            number = -int(anchor[3:])
            return next((index for index, block in enumerate(self.blocks) if block.level == number), None)
        wanted = slug(anchor)
        return next((heading.block for heading in self.headings if heading.anchor == wanted), None)

    # Progress

    def progress(self, position: Position) -> float:
        """Return how much of the text precedes ``position``, from 0 to 1; needs no layout."""
        sizes = self._running_sizes()
        total = sizes[-1]
        if not total or position.block >= len(self.blocks):
            return 1.0 if position.block else 0.0
        size = max(1, len(self.blocks[position.block].source))
        inside = min(position.offset, size) / size * (sizes[position.block + 1] - sizes[position.block])
        return min(1.0, (sizes[position.block] + inside) / total)

    def at_fraction(self, fraction: float) -> Position:
        """Return the position at ``fraction`` of the text."""
        sizes = self._running_sizes()
        wanted = max(0.0, min(1.0, fraction)) * sizes[-1]
        index = max(0, min(len(self.blocks) - 1, bisect_right(sizes, wanted) - 1))
        size = len(self.blocks[index].source) if self.blocks else 0
        return Position(index, max(0, min(size, int(wanted - sizes[index]))))

    def _running_sizes(self) -> list[int]:
        if self._sizes is None:
            # An empty block takes a row too: count it as 40 characters.
            self._sizes = list(accumulate((len(block.source) + 40 for block in self.blocks), initial=0))
        return self._sizes

    # Text

    def copied(self, start: Position, end: Position) -> str:
        """Return the text from ``start`` to ``end`` as written, without line breaks and padding of the layout.

        List items that are copied from their beginning get their markers.
        """
        parts: list[str] = []
        for index in range(start.block, min(end.block + 1, len(self.blocks))):
            block = self.blocks[index]
            text = self.filled(index).text
            first = start.offset if index == start.block else 0
            last = end.offset if index == end.block else len(text)
            piece = text[first:last]
            if block.kind is Kind.STYLED:
                piece = piece.replace("\u00a0", " ")
            if start.block != end.block and first == 0:
                piece = _marked(block, piece)
            if parts:
                parts.append("\n" * (1 if block.gap == 0 else 2))
            if piece or block.kind is not Kind.RULE:
                parts.append(piece)
        return "".join(parts)


def _marked(block: Block, text: str) -> str:
    """Return ``text`` with the markers of the lists that contain its block."""
    fresh = len(block.prefixes) - block.opened
    lead = "".join(
        prefix.copied if index >= fresh or prefix.copied == "> " else " " * len(prefix.copied)
        for index, prefix in enumerate(block.prefixes)
    )
    rest = "".join(prefix.copied if prefix.copied == "> " else " " * len(prefix.copied) for prefix in block.prefixes)
    return lead + text.replace("\n", f"\n{rest}") if lead else text


def head_of(markdown: str) -> str:
    """Return the beginning of a long text, cut at the end of a block; a short text is returned unchanged."""
    if len(markdown) <= HEAD_CHARACTERS and markdown.count("\n", 0, HEAD_CHARACTERS) <= HEAD_LINES * 2:
        return markdown
    limit = HEAD_PART
    at = -1
    for _ in range(HEAD_LINES):
        at = markdown.find("\n", at + 1, limit)
        if at < 0:
            break
    limit = at if at >= 0 else limit
    cut = markdown.rfind("\n\n", 0, limit)
    if cut < limit // 4:
        cut = markdown.rfind("\n", 0, limit)
    return markdown[: cut + 1] if cut > 0 else markdown[:limit]
