"""Measure and wrap text in terminal cells.

Widths are Rich's, which also composes the screen, so that a line is as wide
on screen as it is measured here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from rich.cells import cell_len, split_graphemes

TAB = "    "
"""Replacement for a tab when drawn."""

STAND_IN = "\u25a1"
"""Replacement for a character that is wider than the whole line."""

# Characters that take one cell each, alone and together: the fast path for European text.
_NARROW_CLASS = "[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e\u2500-\u25fc]"
_NARROW = re.compile(f"{_NARROW_CLASS}*")

# A long word or URL breaks after one of these, if one is far enough to the right.
_SOFT = "/?&=-_.,;:|\\+#%@"

# Characters that must not start, or end, a line in Japanese and Chinese (JIS X 4051, reduced).
_NOT_FIRST = frozenset("、。，．・：；？！）］｝〉》」』】〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.!?:;)]}%”’")
_NOT_LAST = frozenset("（［｛〈《「『【〔([{“‘")


def is_narrow(text: str) -> bool:
    """Return whether each character of ``text`` takes one cell."""
    return (text.isascii() and text.isprintable()) or _NARROW.fullmatch(text) is not None


def width_of(text: str) -> int:
    """Return the width of ``text`` in cells; a tab takes four."""
    if is_narrow(text):
        return len(text)
    return cell_len(text.replace("\t", TAB))


def longest_word(text: str) -> int:
    """Return the width of the widest word of ``text``, in cells."""
    return max(map(width_of, text.split()), default=0)


def wrap(text: str, start: int, end: int, width: int, first: int | None = None) -> list[tuple[int, int]]:
    """Break one line of text into parts of at most ``width`` cells.

    White space at a break belongs to no part. Words that do not fit are broken,
    but never between a character and its combining characters. A single character
    that is wider than ``width`` is still a part of its own.

    Args:
        text: contains the line.
        start: offset of the line in ``text``.
        end: offset of the line's end.
        width: cells of a part, at least 1.
        first: cells of the first part, if different.

    Returns:
        Offsets in ``text`` of the start and end of each part; at least one part.
    """
    width = max(1, width)
    first = width if first is None else max(1, first)
    if is_narrow(text[start:end]):
        return _wrap_narrow(text, start, end, width, first)
    return _wrap_wide(text, start, end, width, first)


def _wrap_narrow(text: str, start: int, end: int, width: int, first: int) -> list[tuple[int, int]]:
    parts: list[tuple[int, int]] = []
    room = first
    while end - start > room:
        cut = text.rfind(" ", start + 1, start + room + 1)
        if cut < 0 or not text[start:cut].strip():
            cut = following = start + _soft_cut(text[start : start + room], room)
        else:
            following = cut
            while cut > start and text[cut - 1] == " ":
                cut -= 1
        parts.append((start, cut))
        start = following
        while start < end and text[start] == " ":
            start += 1
        room = width
    if start < end or not parts:
        parts.append((start, end))
    return parts


def _soft_cut(word: str, room: int) -> int:
    """Return where to break a word that is longer than ``room`` characters."""
    at = max(word.rfind(character, room // 2) for character in _SOFT)
    return at + 1 if at >= 0 else room


def _wrap_wide(text: str, start: int, end: int, width: int, first: int) -> list[tuple[int, int]]:
    clusters = _clusters(text[start:end])
    begins = [begin for begin, _, _ in clusters]
    ends = list(accumulate((cells for _, _, cells in clusters), initial=0))
    parts: list[tuple[int, int]] = []
    line = text[start:end]
    at = 0
    room = first
    while at < len(clusters):
        # The first cluster that does not fit completely.
        over = bisect_right(ends, ends[at] + room, lo=at) - 1
        if over >= len(clusters):
            parts.append((start + begins[at], end))
            break
        over = max(over, at + 1)
        cut = _break_before(line, begins, at, over) if over < len(clusters) else over
        stop = begins[cut] if cut < len(clusters) else len(line)
        trimmed = stop
        while trimmed > begins[at] + 1 and line[trimmed - 1] == " ":
            trimmed -= 1
        parts.append((start + begins[at], start + trimmed))
        at = cut
        # A space with a combining character is visible: keep it.
        while at < len(clusters) and line[slice(*clusters[at][:2])] == " ":
            at += 1
        room = width
    return parts or [(start, end)]


def _clusters(text: str) -> list[tuple[int, int, int]]:
    """Return start, end and width in cells of each grapheme cluster."""
    if "\t" not in text:
        return _graphemes(text)
    clusters: list[tuple[int, int, int]] = []
    offset = 0
    for piece in re.split("(\t)", text):
        if piece == "\t":
            clusters.append((offset, offset + 1, len(TAB)))
        else:
            clusters.extend((offset + begin, offset + end, cells) for begin, end, cells in _graphemes(piece))
        offset += len(piece)
    return clusters


_JOINED = re.compile(f"\u200d(?={_NARROW_CLASS})")
"""A joiner before a character that it cannot join: only pictures are joined (Unicode UAX #29, rule GB11)."""


def _graphemes(text: str) -> list[tuple[int, int, int]]:
    """Return start, end and width of each grapheme cluster, as they are drawn in whatever runs they stand."""
    if "\u200d" not in text or not _JOINED.search(text):
        return split_graphemes(text)[0]
    clusters: list[tuple[int, int, int]] = []
    start = 0
    for end in [*(match.end() for match in _JOINED.finditer(text)), len(text)]:
        clusters.extend(
            (start + begin, start + stop, cells) for begin, stop, cells in split_graphemes(text[start:end])[0]
        )
        start = end
    return clusters


def _break_before(line: str, begins: list[int], at: int, over: int) -> int:
    """Return the last cluster after ``at``, up to ``over``, that may start a line."""
    for index in range(over, at, -1):
        before, after = line[begins[index] - 1], line[begins[index]]
        if after == " ":
            return index
        if before == " ":
            if line[begins[at] : begins[index]].strip():
                return index
            break
        ideographic = before >= "\u2e80" or after >= "\u2e80"
        if ideographic and after not in _NOT_FIRST and before not in _NOT_LAST:
            return index
        if over - index > 400:
            break
    return over
