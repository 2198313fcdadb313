"""Any text at any width: no line too wide, nothing lost, nothing raised."""

from __future__ import annotations

import itertools

from hypothesis import example, given
from hypothesis import strategies as st

from reinvent_tui.clean import clean
from reinvent_tui.page.cells import STAND_IN, width_of, wrap
from reinvent_tui.page.document import Document
from reinvent_tui.page.model import Kind, Line, Position
from reinvent_tui.page.viewport import START, Place, Viewport

CONSTRUCTS = ["日", "本", "。", "é", "👩‍👩‍👧", "🇫🇮", "‍", "️", "ک", "\n\n", "\n- ", "\n> ", "\n| a | b |\n|---|---|\n| "]
SIGNS = st.sampled_from([*" \n\t#*_`~[]()<>!|:-+.0123456789=\\\"'&;/^abcXYZéßñ", *CONSTRUCTS])
MARKDOWN = st.lists(SIGNS, max_size=120).map("".join)
ANY_TEXT = st.one_of(st.text(max_size=200), MARKDOWN)
WIDTHS = st.one_of(st.integers(1, 12), st.integers(1, 140))


def visible(text: str) -> str:
    return "".join(text.split())


def text_of(lines: tuple[Line, ...], text: str) -> str:
    """Return the characters of ``text`` that are drawn in ``lines``, in the order of the text."""
    pieces = sorted({(run.start, run.length) for line in lines for run in line.runs if run.start >= 0 and run.length})
    return "".join(text[start : start + length] for start, length in pieces)


@given(ANY_TEXT, WIDTHS)
@example("0*\u200d*0", 1)
@example("é*\u200d\u200d*ü x", 2)
def test_no_line_is_wider_than_the_page_and_nothing_is_lost(markdown: str, width: int) -> None:
    document = Document(clean(markdown))
    for index in range(len(document)):
        rows = document.rows(index, width)
        for line in rows:
            assert sum(width_of(run.text) for run in line.runs) <= width
        filled = document.filled(index)
        block = document.blocks[index]
        if block.kind is Kind.ROW and block.header_row and len(rows) == block.gap:
            continue  # its cells are the labels of every row below it
        assert visible(text_of(rows, filled.text)) == visible(filled.text)


@given(ANY_TEXT, WIDTHS)
def test_what_is_drawn_is_the_text(markdown: str, width: int) -> None:
    document = Document(clean(markdown))
    for index in range(len(document)):
        text = document.filled(index).text
        for line in document.rows(index, width):
            for run in line.runs:
                if run.start >= 0 and run.text != STAND_IN:
                    assert run.text.strip() == text[run.start : run.start + run.length].replace("\t", "").strip()


WORDS = st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd"]), min_size=1, max_size=30)


@given(st.lists(WORDS, min_size=1, max_size=30), WIDTHS)
def test_plain_words_are_all_there_in_order(words: list[str], width: int) -> None:
    document = Document(" ".join(words))
    drawn = "".join(document.filled(index).text for index in range(len(document)))
    shown = "".join(text_of(document.rows(index, width), document.filled(index).text) for index in range(len(document)))
    assert visible(shown) == visible(drawn)
    if not words[0].isdecimal():
        assert visible(drawn) == "".join(words)


@given(st.text(max_size=300), WIDTHS)
def test_wrapping_loses_only_white_space(text: str, width: int) -> None:
    line = clean(text).replace("\n", " ")
    parts = wrap(line, 0, len(line), width)
    assert parts
    assert visible("".join(line[start:end] for start, end in parts)) == visible(line)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(parts))
    for start, end in parts:
        assert width_of(line[start:end]) <= max(width, 2, width_of("\t") if "\t" in line[start:end] else 0)


@given(MARKDOWN, WIDTHS, st.integers(1, 30), st.lists(st.integers(-40, 40), max_size=8))
def test_walking_stays_inside_and_comes_back(markdown: str, width: int, height: int, steps: list[int]) -> None:
    viewport = Viewport(Document(clean(markdown)), width)
    place = START
    for step in steps:
        place = viewport.move(place, step)
        if len(viewport.document):
            assert 0 <= place.block < len(viewport.document)
            assert 0 <= place.row < max(1, len(viewport.rows(place.block)))
        assert len(viewport.window(place, height)) <= height
    everything = viewport.window(START, 100_000)
    last = viewport.last_top(height)
    assert len(viewport.window(last, 100_000)) <= max(height, 1)
    assert len(viewport.window(last, height)) == min(height, len(everything))


@given(MARKDOWN, WIDTHS, WIDTHS)
def test_the_place_in_the_text_survives_another_width(markdown: str, before: int, after: int) -> None:
    document = Document(clean(markdown))
    for index in range(len(document)):
        rows = Viewport(document, before).rows(index)
        gap = document.blocks[index].gap
        for row in range(gap, len(rows)):
            position = Viewport(document, before).position(Place(index, row))
            place = Viewport(document, after).place(position)
            assert place.block == index
            found = Viewport(document, after).rows(index)
            if found and document.blocks[index].kind is not Kind.ROW:
                line = found[place.row]
                assert line.start <= position.offset or place.row == document.blocks[index].gap
                assert position.offset <= max(line.end, position.offset if line.start == line.end else 0) or (
                    place.row + 1 == len(found) or found[place.row + 1].start >= position.offset
                )


@given(MARKDOWN)
def test_copying_everything_gives_every_character(markdown: str) -> None:
    document = Document(clean(markdown))
    if not len(document):
        return
    last = len(document) - 1
    copied = document.copied(Position(0, 0), Position(last, len(document.filled(last).text)))
    at = 0
    for sign in visible("".join(document.filled(index).text for index in range(len(document)))):
        at = copied.find(sign, at) + 1
        assert at > 0
