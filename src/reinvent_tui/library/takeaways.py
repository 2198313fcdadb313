"""Find the takeaways of a session: the text under a takeaways heading or label.

They begin with a heading, a bold line or a plain line ending in a colon, followed
by a list or paragraphs up to the next heading or label. A single line may hold one:
``Takeaway: …``. A list item may be the label of the items nested in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from itertools import takewhile
from types import MappingProxyType
from typing import Final

from reinvent_tui.clean import clean_line
from reinvent_tui.library.model import Takeaway
from reinvent_tui.library.outline import BOLD, Heading, plain
from reinvent_tui.library.words import INLINE_TAKEAWAY, PART, TAKEAWAYS

MAX_LENGTH = 2000
NO_HEADINGS: Final[Mapping[int, Heading]] = MappingProxyType({})
LONGEST_LABEL = 400
_ITEM = re.compile(r"(\s*)(?:[-*+•]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(\S.*)$")
_QUOTE = re.compile(r"^(?:\s{0,3}>\s?)+")
_RULE = re.compile(r"\s{0,3}([-*_#])(?:\s*\1){2,}\s*$")
_IMAGE = re.compile(r"(?:[-*+]\s+)?!\[[^\]]*\]\([^)]*\)\s*$|<img\b[^>]*>\s*$")
_EMPTY = re.compile(r"\s*(?:[-*+•]|\d{1,9}[.)])\s*$|\s*\{[%{].*[%}]\}\s*$")
"""An item without text, or a tag of a template."""
_ABSTRACT = re.compile(r"\W*(?:the\s+)?summary\W*", re.IGNORECASE)
LONGEST_LABEL_OF_NOTES = 60
LINES_OF_HEAD = 4
"""So many lines may stand before an abstract: speakers, a date, links."""
_LABELLIKE = re.compile(r"(?:\*\*|__)?[A-Z][^.:!?]{0,48}(?::(?:\*\*|__)?|(?:\*\*|__):)\s*$")
_HINTS = (
    *("take", "lesson", "learn", "conclu", "summ", "tl", "recap", "action", "remember", "point", "highlight"),
    *("bottom", "insight", "finding", "message", "moral", "wrap"),
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
    finder = _Finder(lines, inside, hidden, (start, end), first, takeaways)
    at = start
    while at < end:
        line = lines[at]
        if at in hidden or not line.strip() or (at not in inside and not _may_begin(line)):
            at += 1
            continue
        at = finder.at(at, level)
    return tuple(takeaways)


def _may_begin(line: str) -> bool:
    """Return whether a line may contain a label: a cheap pre-filter with false positives."""
    beginning = line[:200].lower()
    return any(hint in beginning for hint in _HINTS)


def _short(text: str) -> str:
    """Return the beginning of a line as plain text, long enough to recognise a label."""
    return plain(" ".join(text[:LONGEST_LABEL].split()))


def _is_in_list(line: str) -> bool:
    """Return whether a line is an item of a list, or continues one."""
    return bool(_ITEM.match(line)) or line[:1].isspace()


class _Finder:
    """Examines a line that may begin takeaways."""

    def __init__(
        self,
        lines: list[str],
        inside: dict[int, Heading],
        hidden: set[int],
        span: tuple[int, int],
        first: int,
        takeaways: list[Takeaway],
    ) -> None:
        self._lines, self._inside, self._hidden = lines, inside, hidden
        self._headings = list(inside.values())
        self._start, self._end = span
        self._first, self._takeaways = first, takeaways

    def at(self, index: int, level: int) -> int:
        """Collect what begins at line ``index``; return the line to continue from."""
        heading = self._inside.get(index)
        if heading is not None:
            return self._at_heading(heading, index, level)
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

    def _at_heading(self, heading: Heading, index: int, level: int) -> int:
        if TAKEAWAYS.fullmatch(_short(heading.text)) and not level == heading.level <= 6:
            stop = self._end_of_part(heading)
            if self._is_abstract(heading, stop):
                return heading.end
            inside = {other.line: other for other in takewhile(lambda other: other.line < stop, self._below(heading))}
            self._takeaways.extend(_items(self._lines, self._hidden, heading.end, stop, self._first, inside))
            return stop
        inline = INLINE_TAKEAWAY.fullmatch(_short(heading.text))
        if inline and heading.line != index - 1 and level != heading.level:
            self._add(inline[1], index)
        return heading.end

    def _has_nested(self, index: int) -> bool:
        """Return whether the next line is nested in the item at ``index``."""
        following = next((line for line in self._lines[index + 1 : min(index + 3, self._end)] if line.strip()), "")
        here, below = _ITEM.match(self._lines[index]), _ITEM.match(following)
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

    def _below(self, heading: Heading) -> Iterator[Heading]:
        """Return the headings after one."""
        at = bisect_right(self._headings, heading.line, key=lambda other: other.line)
        return (self._headings[below] for below in range(at, len(self._headings)))

    def _end_of_part(self, heading: Heading) -> int:
        """Return the line at which the section of a heading ends; bold lines do not end it."""
        ends = (other.line for at, other in enumerate(self._below(heading)) if self._ends(heading, other, first=not at))
        stop = next(ends, self._end)
        return next((at for at in range(heading.end, stop) if self._is_label_of_notes(heading.end, at, stop)), stop)

    def _is_label_of_notes(self, start: int, at: int, stop: int) -> bool:
        """Return whether a short line between two lists begins something else: ``Costs`` over a list, after a list."""
        line = self._lines[at]
        plain_line = line[:1].isalnum() and len(line) <= LONGEST_LABEL_OF_NOTES and line.rstrip()[-1:] not in ".!?:;,"
        if not plain_line or self._lines[at - 1].strip() or at + 1 >= stop or not _ITEM.match(self._lines[at + 1]):
            return False
        before = (self._lines[above] for above in range(start, at) if self._lines[above].strip())
        first = next(before, "")
        return _is_in_list(first) and all(map(_is_in_list, before))

    def _ends(self, heading: Heading, other: Heading, *, first: bool) -> bool:
        """Return whether ``other`` ends the section of ``heading``: inside it is a lesson, unless it names a part.

        ``first`` if it is the next heading.
        """
        if heading.level == BOLD:
            return True
        if other.level > 6:
            return False
        # Below a list of its own, what follows are the notes.
        if other.level <= heading.level or PART.fullmatch(_short(other.text)):
            return True
        return first and any(line.strip() for line in self._lines[heading.end : other.line])

    def _is_abstract(self, heading: Heading, stop: int) -> bool:
        """Return whether a "Summary" is the talk's abstract: it stands above the notes, which follow."""
        if heading is not self._headings[0] or not _ABSTRACT.fullmatch(_short(heading.text)):
            return False
        before = [line for line in self._lines[self._start : heading.line] if line.strip()]
        after = any(line.strip() for line in self._lines[stop : self._end])
        ruled = any(line.strip() and _RULE.match(line) for line in self._lines[heading.end : stop])
        return len(before) <= LINES_OF_HEAD and (after or ruled)

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


def _items(
    lines: list[str], hidden: set[int], start: int, end: int, first: int, headings: Mapping[int, Heading] = NO_HEADINGS
) -> list[Takeaway]:
    """Return each top-level list item, including nested ones, each paragraph, and each section with its heading."""
    collector = _Items(first)
    for index in range(start, end):
        heading = headings.get(index)
        if heading is not None and heading.level <= 6:
            collector.section(index, heading.text)
            continue
        line = "" if index in hidden else _QUOTE.sub("", lines[index])
        if _IMAGE.match(line.strip()) or _EMPTY.match(line):
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
        self._in_section = False

    def section(self, index: int, heading: str) -> None:
        """Begin the takeaway of a section: its heading, and what stands under it."""
        self.finish()
        self._began, self._in_list, self._in_section = index, False, True
        self._parts.append(heading if heading.endswith((".", ":", "!", "?")) else f"{heading}:")

    def finish(self) -> None:
        """Complete the current item or paragraph."""
        text = plain(clean_line(" ".join(self._parts)))[:MAX_LENGTH]
        if self._in_section:
            text, self._in_section = text.removesuffix(":"), False
        # A paragraph that ends in a colon introduces the list after it.
        introduces = not self._in_list and text.endswith(":")
        if text and not introduces:
            self.takeaways.append(Takeaway(text, self._first + self._began))
        self._parts.clear()

    def line(self, index: int, line: str, *, after_blank: bool) -> None:
        """Process the line at ``index``."""
        item = _ITEM.match(line)
        if self._in_section:
            if line.strip():
                self._parts.append(item[2] if item else line)
            return
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
