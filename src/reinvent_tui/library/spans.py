"""Positions of sessions in their post."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from reinvent_tui.library.bylines import byline
from reinvent_tui.library.heading_features import HeadingFeatures
from reinvent_tui.library.outline import Heading, plain
from reinvent_tui.library.speakers import names_only
from reinvent_tui.library.words import PART


@dataclass(frozen=True, slots=True)
class SessionSpan:
    """Position of a session in its post."""

    top: int
    """Index of its first line."""
    start: int
    """Index of the line after its heading."""
    end: int
    heading: str
    """Markdown of its heading; empty if it has none."""
    level: int = 0
    day: str = ""
    """The day heading above it, if any."""


def span_of(heading: Heading, day: str) -> SessionSpan:
    """Return the span that a heading begins; its end is not known yet."""
    return SessionSpan(heading.line, heading.end, 0, heading.text, heading.level, day)


def days_over(entries: Sequence[HeadingFeatures]) -> dict[int, str]:
    """Return the day heading that applies to each heading, by line."""
    days: dict[int, str] = {}
    day, day_level = "", 0
    for entry in entries:
        if entry.day:
            day, day_level = entry.heading.text, entry.level
        days[entry.heading.line] = day
        if not entry.day and entry.level <= day_level and not entry.is_session_marker:
            # A heading on the day's level that is neither a day nor a session ends the day.
            day, day_level = "", 0
            days[entry.heading.line] = ""
    return days


def usual_lines(lines: list[str], spans: Sequence[SessionSpan]) -> bool:
    """Return whether a line of names stands under most of the headings of a post."""
    count = 0
    for span in spans:
        first = next((lines[at] for at in range(span.start, min(span.start + 3, len(lines))) if lines[at].strip()), "")
        count += bool(byline(first))
    return count >= 3 and count * 2 >= len(spans)


def title_below(headings: Sequence[Heading], span: SessionSpan) -> str:
    """Return the Markdown of the title that stands right below a heading of nothing but names; empty if none does.

    It is the only heading of its level in the session: several are sections.
    """
    low = bisect_left(headings, span.start, key=lambda heading: heading.line)
    high = bisect_left(headings, span.end, lo=low, key=lambda heading: heading.line)
    inside = [heading for heading in headings[low:high] if heading.level <= 6]
    if not inside or inside[0].line - span.start > 1 or not names_only(span.heading):
        return ""
    first = inside[0]
    alone = sum(heading.level == first.level for heading in inside) == 1
    return first.text if alone and not PART.fullmatch(plain(first.text)) and not names_only(first.text) else ""
