"""Oddities: texts that can be read all the same, named with their lines."""

from __future__ import annotations

import pytest

from reinvent_tui.library.model import Problem
from reinvent_tui.library.oddities import LONG_LINE, MANY_HEADINGS, oddities
from reinvent_tui.library.recognise import read_post


def found(text: str) -> list[tuple[int, str]]:
    problems = read_post(text, "talk.md").problems
    assert all(problem.hint for problem in problems)
    return [(problem.line, problem.text) for problem in problems]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 0, "the file is empty"),
        (" \n\t\n", 0, "the file is empty"),
        ("---\ntitle: x\n---\n", 0, "no text after the front matter"),
        ("------\n\nText.\n", 1, "begins with a row of dashes that is not front matter"),
        ("One.\n\nA ␛ sign.\n", 3, "contains control or direction characters: shown as ␛"),
        ("One \ufffd.\n", 1, "contains control or direction characters: shown as \ufffd"),
        ("One.\nTwo\u200b.\n", 2, "contains zero-width characters"),
        ("One.\n" + "x" * (LONG_LINE + 1), 2, f"very long line: {LONG_LINE + 1:,} characters"),
        ("# T\n\n##Loose\n", 3, "heading without a space after #"),
        ("#A loose title\n\nText.\n", 1, "heading without a space after #"),
        ("# T\n\n########\n\nText.\n", 3, "a row of # is a separator, not a heading"),
        ("One.\n[a(](b)\n", 2, "broken link: unbalanced brackets"),
        ("[a](]https://example.com)\n", 1, "broken link: unbalanced brackets"),
        ("See [a] (https://example.com).\n", 1, "broken link: space between ] and ("),
        ("<html>\n<body>\n", 1, "HTML, not Markdown: shown as text"),
        ("<!DOCTYPE html>\n", 1, "HTML, not Markdown: shown as text"),
        ("# a\n" * (MANY_HEADINGS + 1), 0, f"{MANY_HEADINGS + 1:,} headings in one file"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_odd(text: str, line: int, words: str) -> None:
    assert found(text) == [(line, words)]


@pytest.mark.parametrize(
    "text",
    [
        "# T\n\nText.\n",
        "---\ntitle: x\n---\nText.\n",
        "```\n##Loose\n[a] (https://example.com)\n```\n",
        "~~~\n[a(](b)\n~~~\n",
        "    ##Loose\n",
        "#tag #other\n",
        "#1 of all\n",
        "#!/bin/sh\n",
        "[a](https://example.com/a_(b)) (and so on)\n",
        "[a][b] (c)\n\n[b]: https://example.com\n",
        "[x] (not an address)\n",
        "- [ ] to do (soon)\n",
        "call(list[0](1))\n",
        "<div>\n",
        "Text with <html> in it.\n",
        "# a\n" * 100,
        "x" * LONG_LINE,
    ],
    ids=lambda text: text[:30],
)
def test_what_is_not(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["`[a] (https://example.com)` is wrong\n", "<!--\n##Loose\n-->\n\nText.\n"])
def test_what_is_in_code_or_a_comment_is_not(text: str) -> None:
    assert found(text) == []


def test_html_may_be_indented() -> None:
    assert found("  <html>\n") == [(1, "HTML, not Markdown: shown as text")]


def test_each_kind_is_told_once_where_it_first_stands() -> None:
    assert found("# T\n\n##One\n\n##Two\n\n##Three\n") == [(3, "heading without a space after #")]


def test_several_kinds_are_all_told() -> None:
    text = "# T\n\n##One\n\n########\n\n[a] (https://example.com)\n\n[b](]x)\n"
    assert [line for line, _ in found(text)] == [3, 5, 7, 9]


def test_lines_count_from_the_beginning_of_the_file() -> None:
    assert found("---\ntitle: x\n---\n\n##One\n") == [(5, "heading without a space after #")]
    assert oddities("a\nb\n##One", 3, ["##One"]) == [Problem(3, "heading without a space after #", hint=True)]


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ("| one | two |", False),
        ("| one |", False),
        ("| one | two | three |", True),
        ("> | one | two | three |", True),
        ("| one | `two|three` |", False),
        ("| one | two\\|three |", False),
        ("one | two | three", True),
        ("\nnone | of | this", False),
    ],
)
def test_a_row_with_more_cells_than_its_header_is_named(rows: str, named: bool) -> None:  # noqa: FBT001
    quote = "> " if rows.startswith(">") else ""
    lines = [f"{quote}| a | b |", f"{quote}|---|:-:|", *rows.split("\n")]
    words = [problem.text for problem in oddities("\n".join(lines), 1, lines)]
    assert ("table row with more cells than its header" in words) == named
