"""Sanitised text can be written to any terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reinvent_tui.clean import clean, clean_line

HARMFUL = [
    "\x1b[2J",
    "\x1b]52;c;aGk=\x07",
    "\x9b31m",
    "\x9d0;title\x9c",
    "\x00",
    "\x7f",
    "\x85",
    "\u202eabc\u202c",
    "\u2066x\u2069",
    "\u200e",
    "\ufeff",
    "\u2028",
    "\U000e0041",
    "\ud800",
]


@pytest.mark.parametrize("text", HARMFUL)
def test_harmful_signs_are_replaced_one_for_one(text: str) -> None:
    cleaned = clean(f"a{text}b")
    assert len(cleaned) == len(text) + 2
    assert cleaned[0] == "a"
    assert cleaned[-1] == "b"
    assert not set(cleaned) & set("\x1b\x9b\x9d\x9c\x07\x00\x7f\x85\u202e\u202c\u2066\u2069\u200e\ufeff\u2028\ud800")


@given(st.text(st.characters()))
def test_no_control_is_left(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    for sign in cleaned:
        assert sign in "\t\n" or unicodedata.category(sign) not in ("Cc", "Cs", "Zl", "Zp")
        assert unicodedata.bidirectional(sign) not in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    cleaned.encode("utf-8")


def test_what_is_looked_for_is_what_is_replaced() -> None:
    import sys

    from reinvent_tui.clean import _UNSAFE, CONTROLS

    assert {code for code in range(sys.maxunicode + 1) if _UNSAFE.match(chr(code))} == set(CONTROLS)


def test_honest_text_is_untouched() -> None:
    text = "Grüße, 日本語, 👩‍👩‍👧, ک‌ی\n\ttab"
    assert clean(text) is text


def test_a_line_has_no_breaks() -> None:
    assert clean_line("  a\n\tb \x1b ") == "a b ␛"
