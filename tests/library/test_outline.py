"""Headings, found line by line, and the words of a piece of Markdown."""

from __future__ import annotations

import pytest

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
