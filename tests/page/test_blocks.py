"""Blocks of the pages that the program makes, and counts with their nouns."""

from __future__ import annotations

import pytest

from reinvent_tui.page import blocks
from reinvent_tui.page.blocks import Piece
from reinvent_tui.page.document import Document
from reinvent_tui.page.model import Block, Filled, Kind, Mark, Position, Span
from reinvent_tui.plural import counted


def filled(block: Block) -> Filled:
    assert block.filled is not None
    return block.filled


def drawn(block: Block, width: int = 40) -> list[str]:
    document = Document("", "", [block])
    return ["".join(run.text for run in line.runs).rstrip() for line in document.rows(0, width)]


def test_pieces_become_spans_in_order() -> None:
    block = blocks.styled([Piece("See "), Piece("this", "tag", "tag:x"), Piece(" now", "soft")], "text")
    assert block.source == "See this now"
    assert filled(block).links == ("tag:x",)
    assert filled(block).spans == (Span(4, 8, Mark.LINK, "tag", 0), Span(8, 12, role="soft"))


def test_a_quiet_link_looks_like_the_text_around_it() -> None:
    block = blocks.styled([Piece("a", link="one"), Piece("b", link="two", quiet=True)], "text")
    assert [(span.mark, span.link) for span in filled(block).spans] == [(Mark.LINK, 0), (Mark.NONE, 1)]


def test_controls_never_reach_a_block() -> None:
    for block in (
        blocks.title("a\x1b[1m"),
        blocks.heading("a\x1b[1m", 2, "b\x9b"),
        blocks.problem("a\x1b"),
        blocks.meta(["a\x07"]),
    ):
        assert not any(character < " " or "\x7f" <= character < "\xa0" for character in filled(block).text)


def test_a_title_may_carry_a_note() -> None:
    assert drawn(blocks.title("Keys")) == ["Keys"]
    block = blocks.title("Keys", "Esc closes")
    assert (drawn(block), block.role) == (["Keys   Esc closes"], "title")
    assert filled(block).spans == (Span(4, 17, role="soft"),)


def test_facts_are_broken_between_them_only() -> None:
    facts = ["Day 1", "Mon 26 November 2018", "4 min"]
    rows = [row.replace("\u00a0", " ") for row in drawn(blocks.meta(facts), 22)]
    assert rows == ["Day 1", "· Mon 26 November 2018", "· 4 min"]


def test_free_text_under_a_title_is_broken_anywhere() -> None:
    assert drawn(blocks.meta("Ann Lee, Bob Ray"), 12) == ["Ann Lee, Bob", "Ray"]


def test_headings_are_headings_of_the_page() -> None:
    page = Document("", "", [])
    page.blocks.append(blocks.heading("Aurora", 4, "DAT336", link="session:7"))
    assert [(mark.level, mark.text) for mark in page.headings] == [(4, "Aurora  DAT336")]
    block = page.blocks[0]
    assert (block.kind, block.role, block.gap) == (Kind.HEADING, "h4", 1)
    assert filled(block).spans == (Span(0, 6, link=0), Span(6, 14, role="soft"))
    assert filled(blocks.heading("Plain", 2)).spans == ()


@pytest.mark.parametrize("marker", ["·", "•"])
def test_bullets_hang_and_are_copied_as_markdown(marker: str) -> None:
    block = blocks.bullet("one two three", marker=marker)
    assert drawn(block, 11) == [f"{marker} one two", "  three"]
    page = Document("", "", [block, blocks.bullet([Piece("four")])])
    assert page.copied(Position(0, 0), Position(1, 4)) == "- one two three\n- four"


def test_gaps_before_blocks() -> None:
    assert blocks.paragraph("x").gap == 1
    assert blocks.bullet("x").gap == 0
    assert blocks.bullet("x", 1).gap == 1
    assert blocks.notice("x").gap == 1
    assert blocks.notice("x", gap=0).gap == 0


def test_problems_begin_with_their_mark() -> None:
    block = blocks.problem("a.md:3: bad")
    assert (drawn(block), block.role) == (["! a.md:3: bad"], "problem")


@pytest.mark.parametrize(
    ("count", "noun", "words"),
    [
        (0, "session", "0 sessions"),
        (1, "session", "1 session"),
        (2, "session", "2 sessions"),
        (1, "match", "1 match"),
        (3, "match", "3 matches"),
        (2, "post", "2 posts"),
        (2, "day", "2 days"),
        (1200, "more session", "1,200 more sessions"),
    ],
)
def test_counts_carry_their_noun(count: int, noun: str, words: str) -> None:
    assert counted(count, noun) == words
