"""Find the takeaways of a session: the text under a takeaways heading or label.

They begin with a heading, a bold line or a plain line ending in a colon, followed
by a list or paragraphs up to the next heading or label. A single line may hold one:
``Takeaway: …``. A list item may be the label of the items nested in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from reinvent_tui.clean import clean_line
from reinvent_tui.library.model import Takeaway
from reinvent_tui.library.outline import BOLD, Heading, plain
from reinvent_tui.library.words import INLINE_TAKEAWAY, TAKEAWAYS

MAX_LENGTH = 2000
LONGEST_LABEL = 400
_ITEM = re.compile(r"(\s*)(?:[-*+•]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(\S.*)$")
_QUOTE = re.compile(r"\s{0,3}>\s?")
_RULE = re.compile(r"\s{0,3}([-*_#])(?:\s*\1){2,}\s*$")
_IMAGE = re.compile(r"(?:[-*+]\s+)?!\[[^\]]*\]\([^)]*\)\s*$|<img\b[^>]*>\s*$")
_LABELLIKE = re.compile(r"(?:\*\*|__)?[A-Z][^.:!?]{0,48}(?::(?:\*\*|__)?|(?:\*\*|__):)\s*$")
_HINTS = (
    *("take", "lesson", "learn", "conclu", "summ", "tl", "recap", "action", "remember", "point", "highlight"),
    *("bottom", "insight", "finding", "message"),
)
"""Every label contains one of these; searching for each is far faster than one pattern."""


def find_takeaways(
    lines: list[str], headings: list[Heading], hidden: set[int], start: int, end: int, first: int, level: int = 0
) -> tuple[Takeaway, ...]:
    """Return the takeaways between the lines ``start`` and ``end``.

    Args:
        lines: all lines of the post.
        headings: all headings of the post, including bold lines.
        hidden: indexes of the lines that are code.
        start: index of the session's first line.
        end: index of the line after its last.
        first: line in the file of ``lines[0]``, from 1.
        level: level of the session's heading, 0 for none; parts on that level belong to the whole file.
    """
    low = bisect_left(headings, start, key=lambda heading: heading.line)
    high = bisect_left(headings, end, lo=low, key=lambda heading: heading.line)
    inside = {heading.line: heading for heading in headings[low:high]}
    takeaways: list[Takeaway] = []
    at = start
    while at < end:
        line = lines[at]
        if at in hidden or not line.strip() or (at not in inside and not _may_begin(line)):
            at += 1
            continue
        at = _Finder(lines, inside, hidden, end, first, takeaways).at(at, level)
    return tuple(takeaways)


def _may_begin(line: str) -> bool:
    """Return whether a line may contain a label: a cheap pre-filter with false positives."""
    beginning = line[:200].lower()
    return any(hint in beginning for hint in _HINTS)


def _short(text: str) -> str:
    """Return the beginning of a line as plain text, long enough to recognise a label."""
    return plain(" ".join(text[:LONGEST_LABEL].split()))


class _Finder:
    """Examines a line that may begin takeaways."""

    def __init__(
        self,
        lines: list[str],
        inside: dict[int, Heading],
        hidden: set[int],
        end: int,
        first: int,
        takeaways: list[Takeaway],
    ) -> None:
        self._lines, self._inside, self._hidden = lines, inside, hidden
        self._end, self._first, self._takeaways = end, first, takeaways

    def at(self, index: int, level: int) -> int:
        """Collect what begins at line ``index``; return the line to continue from."""
        heading = self._inside.get(index)
        if heading is not None:
            if TAKEAWAYS.fullmatch(_short(heading.text)) and not level == heading.level <= 6:
                stop = self._end_of_part(heading)
                self._takeaways.extend(_items(self._lines, self._hidden, heading.end, stop, self._first))
                return stop
            inline = INLINE_TAKEAWAY.fullmatch(_short(heading.text))
            if inline and heading.line != index - 1 and level != heading.level:
                self._add(inline[1], index)
            return heading.end
        line = _QUOTE.sub("", self._lines[index])
        item = _ITEM.match(line)
        text = item[2] if item else line.strip()
        inline = INLINE_TAKEAWAY.fullmatch(_short(text).strip("*_ "))
        if inline:
            # The label is short, but the text after it may be long.
            text = inline[1] if len(text) <= LONGEST_LABEL else text.split(":", 1)[-1]
            return self._labelled(text, index)
        label = text.rstrip().endswith((":", ":**", ":__", "**:")) or not item
        label = label or (item is not None and self._has_nested(index))
        if len(text) > 80 or not (label and TAKEAWAYS.fullmatch(plain(text))):
            return index + 1
        if item:
            return self._nested(index, len(item[1].expandtabs(4)))
        stop = self._end_of_label(index + 1)
        self._takeaways.extend(_items(self._lines, self._hidden, index + 1, stop, self._first))
        return stop

    def _has_nested(self, index: int) -> bool:
        """Return whether the next line is nested in the item at ``index``."""
        here, below = (
            _ITEM.match(self._lines[index]),
            _ITEM.match(self._lines[index + 1] if index + 1 < self._end else ""),
        )
        return bool(here and below and len(below[1].expandtabs(4)) > len(here[1].expandtabs(4)))

    def _add(self, text: str, index: int) -> None:
        cleaned = plain(clean_line(text)).strip("* ")[:MAX_LENGTH]
        if cleaned:
            self._takeaways.append(Takeaway(cleaned, self._first + index))

    def _labelled(self, text: str, index: int) -> int:
        """Collect one takeaway that begins on its label's line and may continue below."""
        parts = [text]
        at = index + 1
        while at < self._end and at not in self._inside and self._lines[at].strip() and at not in self._hidden:
            if (
                INLINE_TAKEAWAY.fullmatch(_short(self._lines[at]))
                or _ITEM.match(self._lines[at])
                or _RULE.match(self._lines[at])
                or at - index > 8
            ):
                break
            parts.append(self._lines[at])
            at += 1
        self._add(" ".join(parts), index)
        return at

    def _nested(self, index: int, indent: int) -> int:
        """Collect the items nested in the item at ``index``."""
        stop = index + 1
        while stop < self._end and stop not in self._inside:
            line = self._lines[stop]
            item = _ITEM.match(line)
            if line.strip() and ((item and len(item[1].expandtabs(4)) <= indent) or not line[:1].isspace()):
                break
            stop += 1
        self._takeaways.extend(_items(self._lines, self._hidden, index + 1, stop, self._first))
        return stop

    def _end_of_part(self, heading: Heading) -> int:
        """Return the line at which the section of a heading ends; bold lines do not end it."""
        for line, other in self._inside.items():
            if line > heading.line and (other.level <= 6 or heading.level == BOLD):
                return line
        return self._end

    def _end_of_label(self, start: int) -> int:
        """Return the line after the text of a plain label: after its list or paragraph, or at another label."""
        at = start
        seen_list = False
        while at < self._end and at not in self._inside:
            line = self._lines[at]
            item = bool(_ITEM.match(_QUOTE.sub("", line)))
            blank_before = not self._lines[at - 1].strip()
            if line.strip() and not item and at > start and blank_before:
                if seen_list and not line[:1].isspace():
                    return at
                if not seen_list and any(text.strip() for text in self._lines[start:at]):
                    return at
                if _LABELLIKE.match(line.strip()):
                    return at
            seen_list = seen_list or item
            at += 1
        return at


def _items(lines: list[str], hidden: set[int], start: int, end: int, first: int) -> list[Takeaway]:
    """Return each top-level list item, including nested ones, and each paragraph."""
    collector = _Items(first)
    for index in range(start, end):
        line = "" if index in hidden else _QUOTE.sub("", lines[index])
        if _IMAGE.match(line.strip()):
            continue
        if line.strip() and _RULE.match(line):
            break
        collector.line(index, line, after_blank=not lines[index - 1].strip())
    collector.finish()
    return collector.takeaways


class _Items:
    """Assembles lines into list items and paragraphs."""

    def __init__(self, first: int) -> None:
        self.takeaways: list[Takeaway] = []
        self._first = first
        self._parts: list[str] = []
        self._began = 0
        self._indent = 0
        self._in_list = False

    def finish(self) -> None:
        """Complete the current item or paragraph."""
        text = plain(clean_line(" ".join(self._parts)))[:MAX_LENGTH]
        # A paragraph that ends in a colon introduces the list after it.
        introduces = not self._in_list and text.endswith(":")
        if text and not introduces:
            self.takeaways.append(Takeaway(text, self._first + self._began))
        self._parts.clear()

    def line(self, index: int, line: str, *, after_blank: bool) -> None:
        """Process the line at ``index``."""
        item = _ITEM.match(line)
        if item:
            indent = len(item[1].expandtabs(4))
            if not self._parts or not self._in_list or indent < self._indent + 2:
                self._begin(index, in_list=True)
                self._indent = indent
            self._parts.append(item[2])
        elif not line.strip():
            if not self._in_list:
                self.finish()
        else:
            paragraph_after_list = self._in_list and self._parts and not line[:1].isspace() and after_blank
            if paragraph_after_list:
                self._begin(index, in_list=False)
            elif not self._parts:
                self._began = index
            self._parts.append(line)

    def _begin(self, index: int, *, in_list: bool) -> None:
        self.finish()
        self._began, self._in_list = index, in_list
