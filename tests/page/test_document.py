"""Documents: anchors, progress, copying, heads of long texts, and what hostile text does to them."""

from __future__ import annotations

import itertools

import pytest

from reinvent_tui.page.document import HEAD_CHARACTERS, Document, head_of
from reinvent_tui.page.highlight import colour
from reinvent_tui.page.model import Mark, Position
from reinvent_tui.page.viewport import START, Viewport


def lines(markdown: str, width: int = 40) -> list[str]:
    rows = Viewport(Document(markdown), width).window(START, 10_000)
    return ["".join(run.text for run in line.runs).rstrip() for _, line in rows]


def texts(markdown: str) -> list[str]:
    document = Document(markdown)
    return [document.filled(index).text for index in range(len(document))]


def test_headings_have_anchors_of_their_own() -> None:
    document = Document("# A *b* `c`!\n\n## Same\n\n## Same\n\n> ### In a quote\n")
    assert [(heading.level, heading.text, heading.anchor) for heading in document.headings] == [
        (1, "A b c!", "a-b-c"),
        (2, "Same", "same"),
        (2, "Same", "same-1"),
        (3, "In a quote", "in-a-quote"),
    ]
    assert document.find_anchor("same-1") == 2
    assert document.find_anchor("Same 1") == 2
    assert document.find_anchor("nowhere") is None


def test_footnotes_are_numbered_by_first_use_and_stand_last() -> None:
    document = Document("[^b] and [^a] and [^b]\n\n[^a]: Note a\n[^b]: Note b\n[^c]: Never used\n")
    assert document.filled(0).text == "[1] and [2] and [1]"
    assert document.filled(0).links == ("#fn-1", "#fn-2", "#fn-1")
    assert [document.filled(index).text for index in range(2, len(document))] == ["Note b", "Note a", "Never used"]
    assert document.find_anchor("fn-2") == 3


def test_definitions_from_elsewhere_are_used_but_not_shown() -> None:
    document = Document("[a] and[^n]", "[a]: https://x.y\n\n[^n]: A note\n")
    assert document.filled(0).links[0] == "https://x.y"
    assert [document.filled(index).text for index in range(len(document))] == ["a and[1]", "", "A note"]


@pytest.mark.parametrize(
    ("markdown", "text", "links"),
    [
        ("https://x.y/a_b_c.", "https://x.y/a_b_c.", ("https://x.y/a_b_c",)),
        ("(www.x.y)", "(www.x.y)", ("http://www.x.y",)),
        ("a.b@c.de", "a.b@c.de", ("mailto:a.b@c.de",)),
        ("README.md and node.js", "README.md and node.js", ()),
        ("[![alt](i.png)](https://x.y)", "[image: alt]", ("https://x.y",)),
        ("![](https://x.y/photo.jpg)", "[image: photo.jpg]", ("https://x.y/photo.jpg",)),
        ("![](data:image/png;base64,AAAA)", "[image: without description]", ()),
        ("<b>raw</b> text", "<b>raw</b> text", ()),
        ("a&nbsp;&copy;&#x1b;[2J&#x202e;", "a\u00a0©\ufffd[2J\ufffd", ()),
    ],
)
def test_inline(markdown: str, text: str, links: tuple[str, ...]) -> None:
    document = Document(markdown)
    assert document.filled(0).text == text
    assert document.filled(0).links == links


def test_code_is_never_reflowed_and_keeps_its_tabs() -> None:
    document = Document("```make\nall:\n\tgcc   -o x\n\n\n```\n")
    assert document.filled(0).text == "all:\n\tgcc   -o x\n\n"
    assert lines("```\na\n\tb\n```")[1] == "      b"
    assert document.copied(Position(0, 0), Position(0, 99)) == "all:\n\tgcc   -o x\n\n"


def test_colours_know_the_code_and_never_guess() -> None:
    roles = {span.role for span in colour("def f(): return 'x'  # c\n", "python")}
    assert roles >= {"code-keyword", "code-string", "code-comment", "code-name"}
    assert colour("SELECT 1", "") == ()
    assert colour("SELECT 1", "no such language") == ()
    assert colour("x = 1\n" * 20_000, "python") == ()


def test_tables_never_lose_a_sign() -> None:
    table = "| One | Two | Three |\n|---|---|---|\n| short | a very long cell with many words | x |\n"
    for width in range(1, 90):
        drawn = "".join("".join(lines(table, width)).split())
        for word in ("One", "Two", "Three", "short", "verylongcellwithmanywords"):
            if width > 12:
                assert word in drawn.replace("─", "") or width < 60, (width, word)
        letters = sorted(drawn.replace("─", "").replace(":", ""))
        assert letters == sorted("OneTwoThreeshortaverylongcellwithmanywordsx"), width


def test_a_table_without_rows_still_shows_its_header() -> None:
    assert "".join("".join(lines("| a long header | another one |\n|---|---|\n", 8)).split()) == "alongheaderanotherone"


def test_a_table_in_a_list_stays_in_it() -> None:
    assert lines("- item\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n")[2:] == ["  a  b", "  ─  ─", "  1  2"]


def test_tight_and_loose_lists() -> None:
    assert lines("- a\n- b\n  - c\n\ntext") == ["• a", "• b", "  ◦ c", "", "text"]
    assert lines("- a\n\n- b") == ["• a", "", "• b"]
    assert lines("-\n- b") == ["•", "• b"]


def test_numbers_are_kept_where_there_is_no_room() -> None:
    drawn = lines("1234. text", 3)
    assert "".join(drawn).replace(" ", "") == "1234.text"


@pytest.mark.parametrize("kind", ["NOTE", "tip", "Important", "WARNING", "CAUTION"])
def test_alerts(kind: str) -> None:
    assert lines(f"> [!{kind}]\n> Text.") == [f"▌ {kind.capitalize()}", "▌ Text."]
    assert lines(f"> [!{kind}]") == [f"▌ {kind.capitalize()}"]


def test_what_is_no_alert_stays_text() -> None:
    assert lines("> [!OTHER]\n> Text.") == ["▌ [!OTHER] Text."]


@pytest.mark.parametrize(
    "markdown",
    [
        ">" * 10_000 + " deep",
        "- " * 10_000 + "deep",
        "1. " * 5000 + "deep",
        "".join("  " * at + "- x\n" for at in range(300)) + "  " * 300 + "- deep",
    ],
)
def test_text_below_any_nesting_is_shown(markdown: str) -> None:
    assert "deep" in "".join(texts(markdown))


def test_a_huge_paragraph_is_laid_out_in_parts() -> None:
    document = Document("word " * 100_000)
    assert len(document) > 50
    viewport = Viewport(document, 70)
    viewport.window(START, 40)
    assert sum(block.filled is not None for block in document.blocks) <= 2


def test_an_embedded_picture_does_not_fill_the_page() -> None:
    document = Document(f"![a picture](data:image/png;base64,{'A' * 400_000})")
    assert [document.filled(index).text for index in range(len(document))] == ["[image: a picture]"]


def test_long_texts_have_a_head_that_ends_with_a_block() -> None:
    text = "\n\n".join(f"Paragraph {number} " + "x" * 100 for number in range(1000))
    head = head_of(text)
    assert text.startswith(head)
    assert 4000 < len(head) < HEAD_CHARACTERS
    assert head.endswith("\n")
    whole = Document(text)
    part = Document(head, complete=False)
    for index in range(len(part)):
        assert part.filled(index) == whole.filled(index)


@pytest.mark.parametrize("text", ["", "short", "x" * HEAD_CHARACTERS])
def test_short_texts_are_their_own_head(text: str) -> None:
    assert head_of(text) == text


@pytest.mark.parametrize("text", ["x" * 100_000, "x\n" * 50_000, "\n" * 100_000])
def test_heads_of_odd_texts_are_short(text: str) -> None:
    assert 0 < len(head_of(text)) <= HEAD_CHARACTERS


def test_progress_goes_from_nothing_to_all() -> None:
    document = Document("\n\n".join(f"Paragraph {number}" for number in range(50)))
    found = [document.progress(Position(index, 0)) for index in range(50)]
    assert found == sorted(found)
    assert found[0] == 0
    assert document.progress(Position(50, 0)) == 1
    assert document.at_fraction(0.5).block in range(23, 27)
    assert document.at_fraction(0).block == 0
    assert document.at_fraction(1).block == 49


def test_copying_leaves_the_layout_out() -> None:
    document = Document("A paragraph that wraps in a narrow page.\n\n- one\n- two\n  - three\n\n1. four\n\n> quoted\n")
    document.rows(0, 10)
    last = len(document) - 1
    assert document.copied(Position(0, 2), Position(0, 11)) == "paragraph"
    assert document.copied(Position(0, 2), Position(last, 99)) == (
        "paragraph that wraps in a narrow page.\n\n- one\n- two\n  - three\n\n1. four\n\n> quoted"
    )


def test_spans_are_swept_once() -> None:
    document = Document(" ".join(f"**b{number}** `c`" for number in range(3000)))
    spans = [span for index in range(len(document)) for span in document.filled(index).spans]
    assert all(before.end <= after.start or after.start == 0 for before, after in itertools.pairwise(spans))
    assert {span.mark for span in spans} <= {Mark.STRONG, Mark.CODE}


def test_a_change_of_width_lays_out_anew_only_what_is_asked_for() -> None:
    document = Document("\n\n".join(f"Paragraph {number}" for number in range(500)))
    Viewport(document, 60).window(START, 40)
    assert len(document._laid) <= 21
    Viewport(document, 50).window(START, 40)
    assert len(document._laid) <= 21


def test_html_blocks_are_shown_as_text() -> None:
    assert lines('<div class="x">\n<p>hi</p>\n</div>') == ['  <div class="x">', "  <p>hi</p>", "  </div>"]
    assert lines("<div><!-- a comment -->hi</div>") == ["  <div>hi</div>"]
    assert lines("<div>\n    <!-- `a` comment -->\n</div>")[-1] == "  </div>"


def test_a_heading_without_a_space_is_a_heading_and_a_row_of_tags_is_not() -> None:
    document = Document("###Read It\n\nText.\n\n#aurora #lambda\n\n    ##code\n")
    assert [(heading.level, heading.text) for heading in document.headings] == [(3, "Read It")]
