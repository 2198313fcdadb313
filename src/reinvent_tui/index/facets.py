"""Encodes session metadata as synthetic FTS tokens, using private-use code points so that user input cannot collide.

Each filter is a term of the full-text index, so that filters combine with
words, with each other and with NOT in one query. FTS5's tokenizer treats
private-use characters as letters.
"""

from __future__ import annotations

from reinvent_tui.index.words import folded

MARK = "\ue000"
EVENT_MARK = "\ue001"
PATH_MARK = "\ue002"
EVERYTHING = f"{MARK}a"
"""A term that every session has: what NOT is subtracted from."""
ONLY_LINKS = f"{MARK}b"
"""A term of the sessions that are hardly more than links."""


def term(kind: str, value: str) -> str:
    """Return the term for a value of a facet; all but ASCII letters and digits become private-use characters."""
    encoded = (
        character if character.isalnum() and character.isascii() else chr(0xE100 + ord(character) % 0x1700)
        for character in value.casefold()
    )
    return f"{MARK}{kind}{''.join(encoded)}"


def words_of(mark: str, text: str) -> list[str]:
    """Return the words of an event's name or a path as terms."""
    return [f"{mark}{word}" for word in folded(text)]
