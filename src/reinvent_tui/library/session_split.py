"""Decide which headings of a post begin a session, and which are parts of one.

A heading is a session's if it has a code, a by-line under it, a label
(``Session: …``) or a letter of a series (``A.``, ``B.``, …). If two or more
headings do, their level is that of sessions. Otherwise days decide (``Day 2``
above its talks), then the shape: talks under a title, or parts of one talk.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reinvent_tui.library import codes, speakers
from reinvent_tui.library.days import date_in, is_only_a_day, number_in
from reinvent_tui.library.events import self_named_conference, year_in
from reinvent_tui.library.outline import BOLD, LONGEST_HEADING, Heading, plain
from reinvent_tui.library.slug import slug
from reinvent_tui.library.words import ENUMERATOR, ONE_TALK, PART, PLACEHOLDER, SESSION

_TALKS = re.compile(r"\b(?:keynotes|lightning|talks|sessions|notes\s+(?:from|on|of)|day\s*\d+|recap)\b", re.IGNORECASE)
_HAPPENING = re.compile(
    r"\b(?:keynote|session|workshop|mixer|reception|party|chalk talk|lightning talk|panel|fireside|re:play|expo)\b",
    re.IGNORECASE,
)
_ONE = re.compile(r"\b(?:keynote|talk|workshop|tutorial|deep\s+dive|panel)\b", re.IGNORECASE)
_DAY_HEADING = re.compile(r"(?:pre-?conference|workshop)?\s*days?\s*#?\d|(?:pre|post)-?conference\b", re.IGNORECASE)
_TIME = re.compile(r"\d{1,2}[:.]\d{2}|\b\d{1,2}\s*[ap]m\b", re.IGNORECASE)


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
        if part and text and not day and heading.level <= 6 and not (at == 0 or _is_wrapper(text)):
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
    r"\W*(?:(?:speaker\s+)?notes|sessions|talks|schedule|agenda|overview|keynotes|lightning\s+talks|workshops|"
    r"morning|afternoon|evening|(?:track|stage|room|hall|part)\s+\w+|block\s+\d+)\W*",
    re.IGNORECASE,
)


def _is_wrapper(text: str) -> bool:
    """Return whether a heading only groups sessions: ``Sessions``, ``Morning``, ``Track A``."""
    return bool(_WRAPPER.fullmatch(text))


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


def _has_byline(lines: list[str], headings: list[Heading], at: int) -> bool:
    heading = headings[at]
    if len(heading.text) > LONGEST_HEADING:
        return False
    if speakers.names_only(heading.text):
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
            if speakers.is_byline(lines[index]):
                return True
            if seen == 2:
                break
    return False


@dataclass(frozen=True, slots=True)
class PostMetadata:
    """What is known of a post besides its headings."""

    title: str
    """From front matter; empty if it gives none."""
    stem: str
    """File name without its extension."""
    conference: bool
    """True if front matter gives an event or a day."""
    article: bool
    """True if front matter gives a title."""


def session_headings(lines: list[str], entries: list[HeadingFeatures], metadata: PostMetadata) -> list[HeadingFeatures]:
    """Return the headings that begin a session; none if the whole post is a single one."""
    named = _name_lines(entries)
    usable = [entry for entry in entries if not PLACEHOLDER.fullmatch(entry.text) and entry.heading.line not in named]
    markers = [entry for entry in usable if entry.is_session_marker]
    tops = _tops(usable)
    first = usable[0] if usable else None
    if (
        first is not None
        and first.coded
        and not any(entry.is_session_marker for entry in usable[1:] if entry.level <= first.level)
    ):
        return []
    if len(markers) >= 2:
        sessions = _by_session_markers(usable, markers)
        if sessions:
            return sessions
    days = [entry for entry in usable if entry.day and entry.level <= 6]
    if days:
        sessions = _under_days(usable, days)
        if sessions:
            return sessions
    dated = [entry for entry in tops if date_in(entry.text)]
    if len(dated) >= 2 and len(dated) * 2 >= len(tops):
        return tops
    return _by_shape(lines, usable, tops, metadata)


def _name_lines(entries: Sequence[HeadingFeatures]) -> set[int]:
    """Return the lines of headings that name the speaker of the heading right above them."""
    name_lines: set[int] = set()
    for before, entry in pairwise(entries):
        near = entry.heading.line - before.heading.end <= 1
        if near and entry.level >= before.level and speakers.names_only(entry.heading.text):
            name_lines.add(entry.heading.line)
    return name_lines


def _tops(entries: Sequence[HeadingFeatures]) -> list[HeadingFeatures]:
    level = min((entry.level for entry in entries if entry.level <= 6), default=0)
    return [entry for entry in entries if entry.level == level]


def _by_session_markers(entries: list[HeadingFeatures], markers: list[HeadingFeatures]) -> list[HeadingFeatures]:
    """Return the sessions of a post in which several headings are session markers."""
    lettered = [entry for entry in markers if entry.lettered]
    if len(lettered) * 2 >= len(markers):
        return _lettered(entries, markers)
    counts = Counter(entry.level for entry in markers)
    # On a tie, the outermost level.
    level = max(counts, key=lambda candidate: (counts[candidate], -candidate))
    siblings = [entry for entry in entries if entry.level == level and not entry.day and not entry.part]
    if counts[level] < 2:
        # On different levels, none inside another: "### Session: A" under a day, "## Keynote: B" beside it.
        nested = any(other in markers for entry in markers for other in _inside(entries, entry))
        return [] if nested else markers
    if counts[level] < len(siblings) * 0.3 and not any(entry.coded for entry in markers):
        return []
    if level == BOLD and counts[level] * 2 < len(siblings):
        return [entry for entry in siblings if entry.is_session_marker]
    outer = [entry for entry in markers if entry.level < level]
    return sorted({*siblings, *outer}, key=lambda entry: entry.heading.line)


def _lettered(entries: list[HeadingFeatures], markers: list[HeadingFeatures]) -> list[HeadingFeatures]:
    """Return the sessions of a series ``A.``, ``B.``, …; a numbered series replaces the item that contains it."""
    sessions: list[HeadingFeatures] = []
    levels = {entry.level for entry in markers if entry.lettered}
    inner_ids: set[int] = set()
    for entry in markers:
        if id(entry) in inner_ids:
            continue
        inside = _inside(entries, entry)
        inner = [other for other in inside if other.numbered and not other.part]
        if inner:
            sessions.extend(inner)
            inner_ids.update(id(other) for other in inside)
        elif entry.lettered or not any(other.is_session_marker for other in inside):
            sessions.append(entry)
    taken = {id(entry) for entry in sessions}
    parents = {id(entry) for entry in markers if id(entry) not in taken}
    for entry in entries:
        # "Lightning talks" between K. and L. belongs to the series.
        sibling = entry.level in levels and not entry.day and not entry.part and not entry.numbered
        alone = (
            id(entry) not in taken
            and id(entry) not in parents
            and not any(other.is_session_marker for other in _inside(entries, entry))
        )
        if sibling and alone and entry.heading.line > markers[0].heading.line and entry.level >= max(levels):
            sessions.append(entry)
    return sorted(sessions, key=lambda entry: entry.heading.line)


def _inside(entries: list[HeadingFeatures], outer: HeadingFeatures) -> list[HeadingFeatures]:
    at = bisect_right(entries, outer.heading.line, key=lambda entry: entry.heading.line)
    nested = []
    for entry in entries[at:]:
        if entry.level <= outer.level:
            break
        nested.append(entry)
    return nested


def _under_days(entries: list[HeadingFeatures], days: list[HeadingFeatures]) -> list[HeadingFeatures]:
    """Return the headings one level below those of days, or the days themselves."""
    level = min(day.level for day in days)
    days = [day for day in days if day.level == level]
    if len(days) == 1 and days[0] is entries[0] and level == 1:
        inner = _inside(entries, days[0])
        if not inner:
            return []
    inside = [entry for day in days for entry in _inside(entries, day) if not entry.part]
    under = [entry for entry in inside if entry.level <= 6] or [entry for entry in inside if entry.is_session_marker]
    if not under:
        others = [entry for entry in entries if entry.level == level and not entry.part]
        return (
            [entry for entry in others if entry is not entries[0] or entry.day]
            if len(days) > 1 or len(others) > 1
            else []
        )
    inner_level = min(entry.level for entry in under)
    return [entry for entry in under if entry.level == inner_level]


def _by_shape(
    lines: list[str], entries: list[HeadingFeatures], tops: list[HeadingFeatures], metadata: PostMetadata
) -> list[HeadingFeatures]:
    headings = [entry for entry in entries if entry.level <= 6]
    if not headings:
        return []
    title = metadata.title
    title_entry: HeadingFeatures | None = None
    candidates = tops
    if not title and len(tops) == 1:
        title_entry, title = tops[0], tops[0].text
        below = [entry for entry in headings if entry is not title_entry]
        candidates = _tops(below)
        if not candidates or candidates[0].level > 2:
            return []
    elif title and len(tops) == 1 and tops[0] is headings[0] and _same(title, tops[0].text):
        title_entry = tops[0]
        candidates = _tops([entry for entry in headings if entry is not title_entry])
    # "Talks", "Morning", "Track A" group talks: sessions are one level below.
    wrappers = [entry for entry in candidates if _is_wrapper(entry.text) and _inside(headings, entry)]
    if wrappers and all(_is_wrapper(entry.text) or entry.part for entry in candidates):
        inside = [entry for wrapper in wrappers for entry in _inside(headings, wrapper) if not entry.part]
        return _tops(inside)
    usable = [entry for entry in candidates if not entry.part]
    if not usable:
        return []
    several_tops = title_entry is None and not metadata.title
    score = _one_talk(lines, title, candidates, usable, metadata, title_entry)
    if several_tops and tops[0].level != 2:
        score += 1 if _mean_words(usable) < 4 or len(usable) < 2 else -1
    return [] if score > 0 else usable


def _same(first: str, second: str) -> bool:
    return slug(first) == slug(second)


def _mean_words(entries: list[HeadingFeatures]) -> float:
    return sum(len(entry.text.split()) for entry in entries) / len(entries)


def _one_talk(
    lines: list[str],
    title: str,
    candidates: list[HeadingFeatures],
    usable: list[HeadingFeatures],
    metadata: PostMetadata,
    title_entry: HeadingFeatures | None,
) -> int:
    """Score the evidence for a single talk with parts (above 0) against several sessions (0 and below)."""
    head = _head(lines, candidates, title_entry)
    score = 0
    named = title or (candidates[0].text if title_entry is None and not metadata.title else "")
    name_words, file_words = _words(named), _words(re.sub(r"^[\d._-]+", "", metadata.stem))
    shared = len(name_words & file_words)
    if shared >= 2 and shared * 2 >= len(file_words):
        score += 2
    if codes.code_in(title)[0] or any(codes.is_code(line) for line in head[:3]) or (head and codes.code_in(head[0])[0]):
        score += 4
    if any(speakers.is_byline(line) for line in head) or _has_names(head):
        score += 3
    if any(date_in(line) and _TIME.search(line) and len(line) < 40 for line in head):
        score += 2
    if any(ONE_TALK.fullmatch(entry.text) for entry in candidates):
        score += 2
    if codes.code_in_name(metadata.stem)[0]:
        score += 4
    if _ONE.search(title) and not _TALKS.search(title):
        score += 2
    score += 2 if metadata.article and not metadata.conference else 0
    return score - _many_sessions(title, usable, metadata)


def _head(lines: list[str], candidates: list[HeadingFeatures], title_entry: HeadingFeatures | None) -> list[str]:
    """Return the lines of text between the title and the next heading."""
    start = title_entry.heading.end if title_entry is not None else 0
    end = candidates[0].heading.line
    if title_entry is None and not any(line.strip() for line in lines[:end]):
        start = candidates[0].heading.end
        end = candidates[1].heading.line if len(candidates) > 1 else len(lines)
    return [line for line in lines[start:end] if line.strip()][:12]


def _has_names(head: list[str]) -> bool:
    return len(head) <= 12 and any(speakers.names_only(line) for line in head if len(line) < 60)


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"[^\W_]+", text.casefold()) if len(word) > 2 and not word.isdecimal()}


def _many_sessions(title: str, usable: list[HeadingFeatures], metadata: PostMetadata) -> int:
    """Score the evidence for several sessions in one post."""
    points = 0
    event = self_named_conference(title)
    if event.name or number_in(title) is not None or year_in(title) or metadata.conference:
        points += 3
    if _TALKS.search(title) or _TALKS.search(metadata.stem.replace("-", " ").replace("_", " ")):
        points += 3
    if number_in(metadata.stem) is not None:
        points += 2
    if PART.fullmatch(title):
        points += 1
    if sum(bool(_HAPPENING.search(entry.text)) for entry in usable) * 3 >= len(usable):
        points += 2
    if len(usable) > 1 and _mean_words(usable) >= 5 and not metadata.article:
        points += 1
    return points
