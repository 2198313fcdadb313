"""Where the takeaways of a page are."""

from __future__ import annotations

from reinvent_tui.page.document import Document
from reinvent_tui.page.model import Block
from reinvent_tui.reader.link_kinds import LinkKind, kind_of, session_of
from reinvent_tui.reader.page_values import Page, SessionPage, TakeawaysPage
from reinvent_tui.reader.targets import Mark, TakeawayMark

NEAR = 50
"""Blocks: more than there are between two takeaways."""


def takeaway_marks(page: Page | None) -> list[TakeawayMark]:
    """Return the takeaways of a page in order, each with the block that it begins in."""
    match page:
        case SessionPage():
            return _of_session(page)
        case TakeawaysPage(document=document):
            found = (takeaway_in(document, block) for block in range(document.head_size, len(document)))
            return [mark for mark in found if mark is not None]
        case _:
            return []


def takeaway_in(document: Document, block: int) -> TakeawayMark | None:
    """Return the takeaway that a block of a page of takeaways is, if it is one."""
    filled = document.blocks[block].filled
    links = filled.links if filled is not None else ()
    if len(links) != 1 or kind_of(links[0]) is not LinkKind.SESSION:
        return None
    row, line = session_of(links[0])
    return TakeawayMark(block, row, line, document.filled(block).text) if line else None


def takeaway_from(document: Document, block: int) -> TakeawayMark | None:
    """Return the first takeaway of a page of takeaways from a block on, if there is one near."""
    blocks = range(max(block, document.head_size), min(block + NEAR, len(document)))
    return next((mark for mark in (takeaway_in(document, index) for index in blocks) if mark is not None), None)


def _of_session(page: SessionPage) -> list[TakeawayMark]:
    session = page.details.session
    at = {session.body_line + block.line: index for index, block in _text_blocks(page.document)}
    marks = []
    for takeaway in session.takeaways:
        block = at.get(takeaway.line)
        if block is not None:
            marks.append(TakeawayMark(block, page.details.row, takeaway.line, takeaway.text))
    return sorted(marks)


def _text_blocks(document: Document) -> list[tuple[int, Block]]:
    """Return the blocks of the Markdown, the last one first: of several that begin at a line the first counts."""
    indexes = range(document.text_end - 1, document.head_size - 1, -1)
    return [(index, document.blocks[index]) for index in indexes]


def next_takeaway(marks: list[TakeawayMark], mark: Mark | None, top: int, step: int) -> TakeawayMark | None:
    """Return the takeaway ``step`` after the mark; without one, the first from the block at the top of the screen."""
    if not marks:
        return None
    if isinstance(mark, TakeawayMark) and mark in marks:
        at = marks.index(mark) + step
    else:
        block = mark.block if mark is not None else top
        at = sum(known.block < block for known in marks) - (1 if step < 0 else 0)
    return marks[at] if 0 <= at < len(marks) else None
