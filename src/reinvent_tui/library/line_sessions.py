"""Sessions that begin with a line that is no heading: a quotation, or ``Title - Jane Doe, role``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reinvent_tui.library.bylines import byline
from reinvent_tui.library.heading_features import HeadingFeatures
from reinvent_tui.library.names import unique
from reinvent_tui.library.outline import Heading, plain
from reinvent_tui.library.words import is_role, looks_like_name

LEVEL = 8
"""Level of such a line: below every heading, and below bold lines."""
LONGEST = 200
FEWEST = 2
_QUOTED = re.compile(r" {0,3}>\s?(.*)$")
_PLAIN = re.compile(r"(?P<title>[^\s>#|*+\-`].{3,120}?)\s+[-–—]\s+(?P<name>[^\s-].{3,90})$")
_HANDLE_LINE = re.compile(r"(?:twitter|x|github|linkedin|mastodon)\s*[-:–]\s*\S+$|@\w+$", re.IGNORECASE)


def line_sessions(lines: list[str], entries: Sequence[HeadingFeatures]) -> list[HeadingFeatures]:
    """Return the lines that begin a session, as features of headings of the lowest level.

    Two or more of the same form are needed: quotations of a title and its speaker, or
    plain lines that end in a speaker with a role or are followed by a handle.
    """
    taken = {entry.heading.line for entry in entries}
    for finder in (_quotations, _plain_lines):
        found = finder(lines, taken)
        if len(found) >= FEWEST:
            # The headings among them begin sessions too, unless they only say the day.
            return found
    return []


def _feature(at: int, text: str) -> HeadingFeatures:
    return HeadingFeatures(
        heading=Heading(LEVEL, text, at, at + 1),
        text=plain(text),
        day=False,
        part=False,
        coded=False,
        byline=True,
        lettered=False,
        numbered=False,
        labelled=False,
    )


def _quotations(lines: list[str], taken: set[int]) -> list[HeadingFeatures]:
    """Return the first lines of quotations whose last line names a speaker."""
    found = []
    end = 0
    for at in [at for at, line in enumerate(lines) if ">" in line[:4]]:
        if at < end or at in taken or not _QUOTED.match(lines[at]):
            continue
        end = at
        while end < len(lines) and lines[end].lstrip()[:1] == ">":
            end += 1
        texts = [match[1].strip() for match in map(_QUOTED.match, lines[at:end]) if match and match[1].strip()]
        if 2 <= len(texts) <= 12 and 4 <= len(texts[0]) <= LONGEST and any(_is_person(text) for text in texts[1:]):
            found.append(_feature(at, texts[0]))
    return found


def _is_person(text: str) -> bool:
    return bool(byline(text)) and len(text) <= LONGEST


def quoted_names(lines: list[str], start: int) -> tuple[str, ...]:
    """Return the speakers in the rest of a quotation that begins a session, from line ``start`` on."""
    names: list[str] = []
    for line in lines[start : start + 12]:
        match = _QUOTED.match(line) if line.lstrip()[:1] == ">" else None
        if not match:
            break
        names.extend(byline(match[1]))
    return unique(names)


def _plain_lines(lines: list[str], taken: set[int]) -> list[HeadingFeatures]:
    found = []
    for at, line in enumerate(lines):
        if at in taken or len(line) > LONGEST or (" - " not in line and " – " not in line and " — " not in line):
            continue
        before = lines[at - 1].strip() if at else ""
        match = _PLAIN.match(line.strip()) if not before or at - 1 in taken else None
        if not match or line.rstrip().endswith((".", ":", "?")):
            continue
        name, _, rest = match["name"].partition(",")
        after = next((text for text in lines[at + 1 : at + 3] if text.strip()), "")
        confirmed = bool(_HANDLE_LINE.match(after.strip())) or is_role(rest) or is_role(name)
        if looks_like_name(name.strip()) and confirmed:
            found.append(_feature(at, line.strip()))
    return found
