"""Quoting for FTS5: text that was typed is never syntax."""

from __future__ import annotations

from collections.abc import Sequence


def quoted(word: str, *, prefix: bool = False) -> str:
    """Return a word quoted for FTS5; with ``prefix`` it matches all words that begin with it."""
    return '"' + word.replace('"', '""') + '"' + ("*" if prefix else "")


def phrase(words: Sequence[str], *, open_end: bool = False) -> str:
    """Return words that must follow each other; with ``open_end`` the last may be a prefix."""
    return " + ".join([*map(quoted, words[:-1]), quoted(words[-1], prefix=open_end)])
