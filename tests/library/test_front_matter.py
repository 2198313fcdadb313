"""YAML front matter of every kind: read, refused, or rescued, never fatal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reinvent_tui.library.front_matter import split
from reinvent_tui.library.front_matter_formats import FrontMatter, Node


def head(yaml: str) -> FrontMatter:
    return split(f"---\n{yaml}\n---\nBody.\n")[0]


def test_values_are_text_whatever_yaml_would_make_of_them() -> None:
    matter = head("day: 1\ndate: 2018-11-26\nok: yes\nversion: 1.10\ntime: 12:30:45\nhex: 0x10")
    assert matter.values == {
        "day": "1",
        "date": "2018-11-26",
        "ok": "yes",
        "version": "1.10",
        "time": "12:30:45",
        "hex": "0x10",
    }
    assert matter.problems == ()


def test_lists_mappings_and_lines() -> None:
    matter = head("Title: x\ntags: [a, 'b c']\nsessions:\n  One:\n    code: A1\n  Two: {}")
    assert matter.values["tags"] == ["a", "b c"]
    assert matter.values["sessions"] == {"One": {"code": "A1"}, "Two": {}}
    assert matter.lines == {"title": 2, "tags": 3, "sessions": 4}
    assert matter.body_line == 9


@pytest.mark.parametrize("null", ["", "~", "null", "NULL"])
def test_nulls_are_empty(null: str) -> None:
    assert head(f"tags: {null}").values == {"tags": ""}


def test_a_quoted_null_is_a_word() -> None:
    assert head("tag: 'null'").values == {"tag": "null"}


@pytest.mark.parametrize(
    "text",
    ["", "No head.", "# Title\n\n---\nnot: a head\n---\n", "----\na: b\n----\n", "---\njust a sentence\n---\nmore\n"],
)
def test_text_without_front_matter_comes_back_whole(text: str) -> None:
    assert split(text) == (FrontMatter(), text)


def test_an_empty_head_is_a_head() -> None:
    matter, body = split("---\n---\nBody.")
    assert (matter.values, body, matter.body_line) == ({}, "Body.", 3)


def test_dots_end_a_head() -> None:
    assert split("---\na: b\n...\nBody.")[1] == "Body."


@pytest.mark.parametrize(("end", "line"), [("", 1), ("---1\n", 3)])
def test_an_unclosed_head_gives_its_keys_and_a_problem(end: str, line: int) -> None:
    matter, body = split(f"---\ntitle: x\n{end}\nText.")
    assert body == "\nText."
    assert matter.values == {"title": "x"}
    assert (matter.problems[0].line, "not closed" in matter.problems[0].text) == (line, True)
    assert matter.body_line == (4 if end else 3)


@pytest.mark.parametrize(("text", "line"), [("---\na: b", 2), ("---\na: b\n", 3), ("---\na: b\nText", 3)])
def test_the_body_after_an_unclosed_head_begins_on_a_line_of_the_text(text: str, line: int) -> None:
    matter, _ = split(text)
    assert matter.body_line == line


def test_a_broken_head_gives_what_its_plain_lines_say() -> None:
    matter = head('title: A "quoted" thing: here\ndate: 2018-11-26\ntags: [a, b\nday: 2')
    assert matter.values["date"] == "2018-11-26"
    assert matter.values["day"] == "2"
    assert matter.problems[0].line >= 2
    assert "not valid YAML" in matter.problems[0].text


@pytest.mark.parametrize(
    ("yaml", "reason"),
    [
        ("a: &x [1]\nb: *x", "aliases"),
        ("a: " + "[" * 100_000, "longer than|too deep|valid YAML"),
        ("a: " + "[" * 30_000, "too large or too deep"),
        ("a: " + "{b: " * 50, "too large or too deep"),
        ("a: [" + "1," * 25_000 + "]", "too large or too deep"),
        ("a: '" + "x" * 70_000 + "'", "longer than 64 KB"),
    ],
)
def test_bombs_are_refused(yaml: str, reason: str) -> None:
    import re

    assert re.search(reason, head(yaml).problems[0].text)


def test_escapes_in_quotes_are_cleaned() -> None:
    assert head('title: "a\\x1b[2Jb\\u202e"').values == {"title": "a␛[2Jb\ufffd"}


def test_odd_keys_do_no_harm() -> None:
    assert head("? [a, b]\n: value\n1: x").values == {"": "value", "1": "x"}


@given(st.text(alphabet=st.sampled_from(list("ab:-[]{}&*!|>'\"#%@,? \n\t0~")), max_size=200))
def test_any_head_gives_text_lists_and_mappings(yaml: str) -> None:
    def check(node: Node) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                assert isinstance(key, str)
                check(value)
        elif isinstance(node, list):
            for item in node:
                check(item)
        else:
            assert isinstance(node, str)

    text = f"---\n{yaml}\n---\nBody.\n"
    matter, body = split(text)
    check(matter.values)
    assert text.endswith(body)
