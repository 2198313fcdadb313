"""Find the lessons of a session: the items under its takeaways heading."""

from __future__ import annotations

import re
from bisect import bisect_left

from reinvent_tui.clean import clean_line
from reinvent_tui.library.model import Takeaway
from reinvent_tui.library.outline import Heading, plain

_NAMES = (
    r"(?:(?:key|main|my|our|the|some|final)\s+)*"
    r"(?:take[\s-]?aways?|(?:key\s+)?points?|lessons(?:\s+learn(?:ed|t))?|learnings|conclusions?|summary|tl;?\s?dr|action\s+items?)"
)
TAKEAWAYS_HEADING = re.compile(_NAMES + r"\s*:?", re.IGNORECASE)
PART_HEADING = re.compile(
    rf"(?:{_NAMES}|sources?|references?|links?|resources?|further reading|notes?|speakers?|tags)\s*:?$", re.IGNORECASE
)
"""A heading that names a part of a session, never a session."""

MAX_LENGTH = 2000
_ITEM = re.compile(r"(\s*)(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(\S.*)$")
_QUOTE = re.compile(r"\s{0,3}>\s?")
_RULE = re.compile(r"\s{0,3}([-*_])(?:\s*\1){2,}\s*$")


def find_takeaways(
    lines: list[str], headings: list[Heading], hidden: set[int], start: int, end: int, first: int
) -> tuple[Takeaway, ...]:
    """Return the takeaways between the lines ``start`` and ``end``.

    They stand under a heading such as ``Takeaways``, up to the next heading;
    each item of a list is one, with what is nested in it; so is each paragraph.

    Args:
        lines: all lines of the post.
        headings: all headings of the post.
        hidden: indexes of the lines that are code.
        start: index of the session's first line.
        end: index of the line after its last.
        first: line in the file of ``lines[0]``, from 1.
    """
    found: list[Takeaway] = []
    low = bisect_left(headings, start, key=lambda heading: heading.line)
    high = bisect_left(headings, end, lo=low, key=lambda heading: heading.line)
    for index in range(low, high):
        if TAKEAWAYS_HEADING.fullmatch(plain(headings[index].text)):
            stop = headings[index + 1].line if index + 1 < high else end
            found.extend(_items(lines, hidden, headings[index].end, stop, first))
    return tuple(found)


def _items(lines: list[str], hidden: set[int], start: int, end: int, first: int) -> list[Takeaway]:
    found: list[Takeaway] = []
    parts: list[str] = []
    began = start
    indent = 0

    def finish() -> None:
        text = plain(clean_line(" ".join(parts)))[:MAX_LENGTH]
        if text:
            found.append(Takeaway(text, first + began))
        parts.clear()

    in_list = False
    for index in range(start, end):
        line = "" if index in hidden else _QUOTE.sub("", lines[index])
        item = _ITEM.match(line)
        if item and not _RULE.match(line) and (not parts or not in_list or len(item[1].expandtabs(4)) < indent + 2):
            finish()
            began, indent, in_list = index, len(item[1].expandtabs(4)), True
            parts.append(item[2])
        elif item and not _RULE.match(line):
            parts.append(item[2])
        elif not line.strip():
            if not in_list:
                finish()
        elif _RULE.match(line):
            finish()
            break
        elif in_list and parts and not line.startswith(" ") and not lines[index - 1].strip():
            finish()  # an ordinary paragraph after the list
            in_list = False
            began = index
            parts.append(line)
        else:
            if not parts:
                began = index
            parts.append(line)
    finish()
    return found
