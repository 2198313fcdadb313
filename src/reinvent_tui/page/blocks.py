"""Build the blocks of pages that are made by the program: headers, lists, messages, keys.

Everything here is plain text with spans of its own; Markdown goes through
:mod:`reinvent_tui.page.parse`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reinvent_tui.clean import clean
from reinvent_tui.page.model import Block, Filled, Kind, Mark, Prefix, Span

_BULLETS = {marker: (Prefix(f"{marker} ", "  ", "marker", "- "),) for marker in "·•"}


class Piece(NamedTuple):
    """Text that is drawn in one way."""

    text: str
    role: str = ""
    """Empty: the block's own."""
    link: str = ""
    """Target; empty: no link."""
    quiet: bool = False
    """True if a link looks like the text around it."""


def kept(text: str) -> str:
    """Return ``text`` with no-break spaces, so that a line is never broken inside of it."""
    return text.replace(" ", "\u00a0")


def joined(facts: Sequence[str]) -> str:
    """Return ``facts`` separated by dots; lines break between facts only."""
    return " ·\u00a0".join(map(kept, facts))


def styled(pieces: Sequence[Piece], role: str, gap: int = 0, prefixes: tuple[Prefix, ...] = ()) -> Block:
    """Return a block of plain text made of ``pieces``.

    Args:
        pieces: in order; control characters are replaced.
        role: style of the text that has no role of its own.
        gap: empty lines before the block.
        prefixes: containers that begin with the block, outermost first.
    """
    filled = _filled(pieces)
    return Block(
        Kind.STYLED, filled.text, 0, prefixes=prefixes, opened=len(prefixes), gap=gap, role=role, filled=filled
    )


def _filled(pieces: Sequence[Piece]) -> Filled:
    parts: list[str] = []
    spans: list[Span] = []
    links: list[str] = []
    at = 0
    for piece in pieces:
        text = clean(piece.text)
        end = at + len(text)
        if piece.link:
            links.append(piece.link)
        if piece.role or piece.link:
            mark = Mark.LINK if piece.link and not piece.quiet else Mark.NONE
            spans.append(Span(at, end, mark, piece.role, len(links) - 1 if piece.link else -1))
        parts.append(text)
        at = end
    return Filled("".join(parts), tuple(spans), tuple(links))


def title(text: str, note: str = "") -> Block:
    """Return the title of a page, with a quiet ``note`` beside it."""
    pieces = [Piece(text), Piece(f"   {note}", "soft")] if note else [Piece(text)]
    return styled(pieces, "title")


def meta(facts: str | Sequence[str]) -> Block:
    """Return a line under a title: free text, or facts that are each kept on one line."""
    return styled([Piece(facts if isinstance(facts, str) else joined(facts))], "meta")


def paragraph(pieces: str | Sequence[Piece], *, role: str = "text", gap: int = 1) -> Block:
    """Return a paragraph of plain text."""
    return styled([Piece(pieces)] if isinstance(pieces, str) else pieces, role, gap)


def heading(text: str, level: int, note: str = "", *, link: str = "") -> Block:
    """Return a heading that the outline and heading jumps know.

    Args:
        text: the heading.
        level: 1 to 6.
        note: quiet words after it.
        link: target of the heading's text; it looks like any heading.
    """
    pieces = [Piece(text, link=link, quiet=True)]
    if note:
        pieces.append(Piece(f"  {note}", "soft"))
    filled = _filled(pieces)
    return Block(Kind.HEADING, filled.text, 0, level=level, role=f"h{level}", filled=filled)


def bullet(pieces: str | Sequence[Piece], gap: int = 0, *, marker: str = "·") -> Block:
    """Return a list item; ``marker`` is ``·`` for entries of a list, ``•`` for takeaways."""
    return styled([Piece(pieces)] if isinstance(pieces, str) else pieces, "text", gap, _BULLETS[marker])


def problem(text: str) -> Block:
    """Return a line about something that could not be read."""
    return styled([Piece(f"! {text}")], "problem")


def notice(text: str, gap: int = 1) -> Block:
    """Return a quiet line in place of text: nothing here, and so on."""
    return styled([Piece(text)], "faint", gap)
