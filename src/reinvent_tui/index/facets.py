"""Facts of a session as words of the index that nobody can type.

Each filter is a term of the full-text index, so that filters compose with
words, with each other and with NOT in one query. A term begins with a sign
from Unicode's private area; FTS5 takes such signs for letters.
"""

from __future__ import annotations

from reinvent_tui.index.words import folded

MARK = "\ue000"
EVENT_MARK = "\ue001"
PATH_MARK = "\ue002"
EVERYTHING = f"{MARK}a"
"""A term that every session has: what NOT is subtracted from."""


def term(kind: str, value: str) -> str:
    """Return the term for a value of a facet; what is no letter or digit becomes one, each its own."""
    letters = (
        sign if sign.isalnum() and sign.isascii() else chr(0xE100 + ord(sign) % 0x1700) for sign in value.casefold()
    )
    return f"{MARK}{kind}{''.join(letters)}"


def words_of(mark: str, text: str) -> list[str]:
    """Return the words of an event's name or a path as terms."""
    return [f"{mark}{word}" for word in folded(text)]
