"""What each heading of a post shows by itself: a code, a by-line, a day, a part of a talk."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from reinvent_tui.library import codes, speakers
from reinvent_tui.library.bylines import byline, is_confirmed
from reinvent_tui.library.days import is_only_a_day
from reinvent_tui.library.outline import LONGEST_HEADING, Heading, plain
from reinvent_tui.library.words import ENUMERATOR, PART, SESSION

_DAY_HEADING = re.compile(r"(?:pre-?conference|workshop)?\s*days?\s*#?\d|(?:pre|post)-?conference\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HeadingFeatures:
    """A heading and its features."""

    heading: Heading
    text: str
    """Plain text of the heading."""
    day: bool
    part: bool
    """True if it names a part of a session, or is below a heading that does."""
    coded: bool
    byline: bool
    lettered: bool
    numbered: bool
    labelled: bool

    @property
    def level(self) -> int:
        """Its level."""
        return self.heading.level

    @property
    def is_session_marker(self) -> bool:
        """True if the heading alone shows that it begins a session."""
        return not self.day and not self.part and (self.coded or self.byline or self.lettered or self.labelled)


def heading_features(lines: list[str], headings: list[Heading]) -> list[HeadingFeatures]:
    """Return the features of all headings, including bold lines."""
    # Skip expensive checks for very long headings.
    texts = [plain(heading.text) if len(heading.text) <= LONGEST_HEADING else "" for heading in headings]
    lettered = _runs(texts, "letter")
    numbered = _runs(texts, "number")
    features: list[HeadingFeatures] = []
    part_level = 99
    for at, heading in enumerate(headings):
        text = texts[at]
        if heading.level <= part_level:
            part_level = 99
        day = is_only_a_day(text) or bool(_DAY_HEADING.match(text))
        too_long = len(heading.text) > LONGEST_HEADING
        part = not too_long and (bool(PART.fullmatch(text)) or not text)
        under = part_level < heading.level
        if part and text and not day and heading.level <= 6 and not (at == 0 or is_wrapper(text)):
            part_level = min(part_level, heading.level)
        features.append(
            HeadingFeatures(
                heading,
                text,
                day,
                (part and at not in lettered) or under,
                bool(codes.code_in(text)[0]),
                _has_byline(lines, headings, at),
                at in lettered,
                at in numbered,
                bool(SESSION.match(text)),
            )
        )
    return features


_WRAPPER = re.compile(
    r"\W*(?:(?:speaker\s+)?notes|sessions|talks|schedule|agenda|overview|keynotes?|lightning\s+talks|workshops|"
    r"morning|afternoon|evening|(?:track|stage|room|hall|part)\s+\w+|block\s+\d+)\W*",
    re.IGNORECASE,
)


def is_wrapper(text: str) -> bool:
    """Return whether a heading only groups sessions: ``Sessions``, ``Morning``, ``Track A``."""
    return bool(_WRAPPER.fullmatch(text))


_TRACK = re.compile(r"\W*(?:track|stage|room|hall)\s+\w+\W*|\W*(?:morning|afternoon|evening)\W*", re.IGNORECASE)


def inside(entries: Sequence[HeadingFeatures], outer: HeadingFeatures) -> list[HeadingFeatures]:
    """Return the headings below ``outer``, up to the next one on its level."""
    at = bisect_right(entries, outer.heading.line, key=lambda entry: entry.heading.line)
    nested = []
    for entry in islice(entries, at, None):
        if entry.level <= outer.level:
            break
        nested.append(entry)
    return nested


def is_group(entries: Sequence[HeadingFeatures], entry: HeadingFeatures) -> bool:
    """Return whether a heading groups sessions: ``Track A``, or ``Talks`` with headings inside."""
    if _TRACK.fullmatch(entry.text):
        return True
    if not is_wrapper(entry.text):
        return False
    at = bisect_right(entries, entry.heading.line, key=lambda entry: entry.heading.line)
    return at < len(entries) and entries[at].level > entry.level


def name_lines(entries: Sequence[HeadingFeatures]) -> set[int]:
    """Return the lines of headings that name the speaker of the heading right above them.

    Below a day or a group they are talks, and so is one that has a by-line of its own.
    """
    found: set[int] = set()
    for before, entry in pairwise(entries):
        near = entry.heading.line - before.heading.end <= 1
        groups = before.day or is_wrapper(before.text) or entry.byline
        if near and not groups and entry.level >= before.level and speakers.names_only(entry.heading.text):
            found.add(entry.heading.line)
    return found


def _runs(texts: list[str], group: str) -> set[int]:
    """Return the headings that form a series of letters or numbers from A or 1."""
    enumerated = []
    for at, text in enumerate(texts):
        match = ENUMERATOR.match(text)
        if match and match[group]:
            enumerated.append((at, match[group]))
    if not enumerated or enumerated[0][1] not in ("A", "1"):
        return set()
    # A single "A." starts a series in a short file; a single "1." proves nothing.
    enough = len(enumerated) >= 2 or (group == "letter" and len(texts) <= 6)
    return {at for at, _ in enumerated} if enough else set()


def _confirmed_below(lines: list[str], heading: Heading) -> bool:
    """Return whether a by-line with a role, a company or a handle stands right below a heading."""
    line = lines[heading.end] if heading.end < len(lines) else ""
    return bool(byline(line)) and is_confirmed(line)


def _has_byline(lines: list[str], headings: list[Heading], at: int) -> bool:
    heading = headings[at]
    if len(heading.text) > LONGEST_HEADING:
        return False
    if speakers.names_only(heading.text) and not _confirmed_below(lines, heading):
        return False
    if re.search(r"\bby\s+\[[^\]]+\]\(", heading.text):
        return True
    following = headings[at + 1] if at + 1 < len(headings) else None
    seen = 0
    for index in range(heading.end, min(heading.end + 6, len(lines))):
        if following is not None and index == following.line:
            # A heading on the same level or below that only names the speaker.
            return following.level >= heading.level and speakers.names_only(following.text)
        if lines[index].strip():
            seen += 1
            if speakers.is_byline(lines[index]) or (byline(lines[index]) and is_confirmed(lines[index])):
                return True
            if seen == 2:
                break
    return False
