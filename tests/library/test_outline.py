"""Headings found line by line are those that the parser finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reinvent_tui.library.outline import headings, plain


def found(text: str) -> list[tuple[int, str]]:
    return [(heading.level, heading.text) for heading in headings(text.split("\n"))[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# One\n## Two ##\n###### Six", [(1, "One"), (2, "Two"), (6, "Six")]),
        ("####### seven\n#nospace\n    # code", []),
        ("```\n# no\n```\n# yes", [(1, "yes")]),
        ("~~~~\n# no\n~~~\n# no\n~~~~\n# yes", [(1, "yes")]),
        ("<!-- # no\n# no -->\n# yes", [(1, "yes")]),
        ("Title\n=====\n\nSub\n---", [(1, "Title"), (2, "Sub")]),
        ("- item\n---\n\ntext\n\n---", []),
        ("#\n# ", [(1, ""), (1, "")]),
    ],
)
def test_headings(text: str, expected: list[tuple[int, str]]) -> None:
    assert found(text) == expected


@given(
    st.lists(
        st.sampled_from(["# a", "## b c", "text", "", "```", "~~~", "- item", "  indented", "### d ###"]), max_size=20
    )
)
def test_the_parser_agrees(lines: list[str]) -> None:
    text = "\n".join(lines)
    tokens = MarkdownIt("commonmark").disable("lheading").parse(text)
    parsed = [
        (int(token.tag[1]), tokens[index + 1].content)
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0
    ]
    assert found(text) == parsed


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("**Bold** and *em* `code`", "Bold and em code"),
        ("[DAT336 - Aurora](https://x.y/a_(b))", "DAT336 - Aurora"),
        ("![alt](pic.png) after", "alt after"),
        ("[text][ref] <https://x.y>", "text https://x.y"),
        ("snake_case_name stays", "snake_case_name stays"),
        (r"a \*star\*", "a *star*"),
        ("2 * 3 * 4", "2 * 3 * 4"),
    ],
)
def test_plain_words(markdown: str, words: str) -> None:
    assert plain(markdown) == words
