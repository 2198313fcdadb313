"""Decide which headings of a post begin a session, and which are parts of one.

A heading that carries a code, a by-line under it, a label (``Session: …``) or a
place in a row (``A.``, ``B.``, …) is a session's; where two or more do, their
level is that of sessions. Else days decide (``Day 2`` over its talks), else
the shape: talks under a title, or parts under a talk.
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
from reinvent_tui.library.events import called_event, year_in
from reinvent_tui.library.outline import BOLD, Heading, plain
from reinvent_tui.library.slug import slug
from reinvent_tui.library.words import ENUMERATOR, ONE_TALK, PART, PLACEHOLDER, SESSION

_TALKS = re.compile(r"\b(?:keynotes|lightning|talks|sessions|notes\s+(?:from|on|of)|day\s*\d+|recap)\b", re.IGNORECASE)
_HAPPENING = re.compile(
    r"\b(?:keynote|session|workshop|mixer|reception|party|chalk talk|lightning talk|panel|fireside|re:play|expo)\b",
    re.IGNORECASE,
)
_ONE = re.compile(r"\b(?:keynote|talk|workshop|tutorial|deep\s+dive|panel)\b", re.IGNORECASE)
_DAY_HEADING = re.compile(r"(?:pre-?conference|workshop)?\s*days?\s*#?\d|(?:pre|post)-?conference\b", re.IGNORECASE)
LONGEST_HEADING = 400
_TIME = re.compile(r"\d{1,2}[:.]\d{2}|\b\d{1,2}\s*[ap]m\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading with what can be told of it by itself."""

    heading: Heading
    text: str
    """Plain."""
    day: bool
    part: bool
    """It names a part, or stands under one that does."""
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
    def strong(self) -> bool:
        """True where it is a session's for a reason of its own."""
        return not self.day and not self.part and (self.coded or self.byline or self.lettered or self.labelled)


def marks_of(lines: list[str], headings: list[Heading]) -> list[Mark]:
    """Return all headings (bold lines among them) with what can be told of each."""
    # A monster is no title: it is not looked at closely.
    texts = [plain(heading.text) if len(heading.text) <= LONGEST_HEADING else "" for heading in headings]
    lettered = _runs(texts, "letter")
    numbered = _runs(texts, "number")
    found: list[Mark] = []
    part_level = 99
    for at, heading in enumerate(headings):
        text = texts[at]
        if heading.level <= part_level:
            part_level = 99
        day = is_only_a_day(text) or bool(_DAY_HEADING.match(text))
        monster = len(heading.text) > LONGEST_HEADING
        part = not monster and (bool(PART.fullmatch(text)) or not text)
        under = part_level < heading.level
        if part and text and not day and heading.level <= 6 and not (at == 0 or _is_wrapper(text)):
            part_level = min(part_level, heading.level)
        found.append(
            Mark(
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
    return found


_WRAPPER = re.compile(
    r"\W*(?:(?:speaker\s+)?notes|sessions|talks|schedule|agenda|overview|keynotes|lightning\s+talks|workshops|"
    r"morning|afternoon|evening|(?:track|stage|room|hall|part)\s+\w+|block\s+\d+)\W*",
    re.IGNORECASE,
)


def _is_wrapper(text: str) -> bool:
    """Tell whether a heading may stand over sessions and is none: ``Sessions``, ``Morning``, ``Track A``."""
    return bool(_WRAPPER.fullmatch(text))


def _runs(texts: list[str], group: str) -> set[int]:
    """Return the headings that stand in a row of letters or numbers which begins at the beginning."""
    found = []
    for at, text in enumerate(texts):
        match = ENUMERATOR.match(text)
        if match and match[group]:
            found.append((at, match[group]))
    if not found or found[0][1] not in ("A", "1"):
        return set()
    # A lone «A.» begins a row in a short file; a lone «1.» is anything.
    enough = len(found) >= 2 or (group == "letter" and len(texts) <= 6)
    return {at for at, _ in found} if enough else set()


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
            # A heading of the same kind or smaller that says nothing but who spoke.
            return following.level >= heading.level and speakers.names_only(following.text)
        if lines[index].strip():
            seen += 1
            if speakers.is_byline(lines[index]):
                return True
            if seen == 2:
                break
    return False


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of a post besides its headings."""

    title: str
    """As front matter gives it; empty where it does not."""
    stem: str
    """Name of the file, without its ending."""
    conference: bool
    """True where front matter says that it is of an event, or of a day of one."""
    article: bool
    """True where front matter stands over it."""


def session_headings(lines: list[str], marks: list[Mark], clues: Clues) -> list[Mark]:
    """Return the headings that begin a session; none where the whole post is one."""
    named = _name_lines(marks)
    usable = [mark for mark in marks if not PLACEHOLDER.fullmatch(mark.text) and mark.heading.line not in named]
    strong = [mark for mark in usable if mark.strong]
    tops = _tops(usable)
    first = usable[0] if usable else None
    if first is not None and first.coded and not any(mark.strong for mark in usable[1:] if mark.level <= first.level):
        return []
    if len(strong) >= 2:
        found = _by_strong_marks(usable, strong)
        if found:
            return found
    days = [mark for mark in usable if mark.day and mark.level <= 6]
    if days:
        found = _under_days(usable, days)
        if found:
            return found
    dated = [mark for mark in tops if date_in(mark.text)]
    if len(dated) >= 2 and len(dated) * 2 >= len(tops):
        return tops
    return _by_shape(lines, usable, tops, clues)


def _name_lines(marks: Sequence[Mark]) -> set[int]:
    """Return the lines of headings that say who spoke, right under one that says what about."""
    found: set[int] = set()
    for before, mark in pairwise(marks):
        near = mark.heading.line - before.heading.end <= 1
        if near and mark.level >= before.level and speakers.names_only(mark.heading.text):
            found.add(mark.heading.line)
    return found


def _tops(marks: Sequence[Mark]) -> list[Mark]:
    level = min((mark.level for mark in marks if mark.level <= 6), default=0)
    return [mark for mark in marks if mark.level == level]


def _by_strong_marks(marks: list[Mark], strong: list[Mark]) -> list[Mark]:
    """Return the sessions where several headings carry marks of their own."""
    lettered = [mark for mark in strong if mark.lettered]
    if len(lettered) * 2 >= len(strong):
        return _lettered(marks, strong)
    counts = Counter(mark.level for mark in strong)
    # Of equally many, the outer ones.
    level = max(counts, key=lambda candidate: (counts[candidate], -candidate))
    siblings = [mark for mark in marks if mark.level == level and not mark.day and not mark.part]
    if counts[level] < 2:
        # On levels of their own, none inside another: «### Session: A» under a day, «## Keynote: B» beside it.
        nested = any(other in strong for mark in strong for other in _inside(marks, mark))
        return [] if nested else strong
    if counts[level] < len(siblings) * 0.3 and not any(mark.coded for mark in strong):
        return []
    if level == BOLD and counts[level] * 2 < len(siblings):
        return [mark for mark in siblings if mark.strong]
    outer = [mark for mark in strong if mark.level < level]
    return sorted({*siblings, *outer}, key=lambda mark: mark.heading.line)


def _lettered(marks: list[Mark], strong: list[Mark]) -> list[Mark]:
    """Return the sessions of a row ``A.``, ``B.``, …: where one holds a row of its own, those in it."""
    found: list[Mark] = []
    levels = {mark.level for mark in strong if mark.lettered}
    inner_ids: set[int] = set()
    for mark in strong:
        if id(mark) in inner_ids:
            continue
        inside = _inside(marks, mark)
        inner = [other for other in inside if other.numbered and not other.part]
        if inner:
            found.extend(inner)
            inner_ids.update(id(other) for other in inside)
        elif mark.lettered or not any(other.strong for other in inside):
            found.append(mark)
    taken = {id(mark) for mark in found}
    parents = {id(mark) for mark in strong if id(mark) not in taken}
    for mark in marks:
        # «Lightning talks» between K. and L. is one of them.
        sibling = mark.level in levels and not mark.day and not mark.part and not mark.numbered
        alone = (
            id(mark) not in taken
            and id(mark) not in parents
            and not any(other.strong for other in _inside(marks, mark))
        )
        if sibling and alone and mark.heading.line > strong[0].heading.line and mark.level >= max(levels):
            found.append(mark)
    return sorted(found, key=lambda mark: mark.heading.line)


def _inside(marks: list[Mark], outer: Mark) -> list[Mark]:
    at = bisect_right(marks, outer.heading.line, key=lambda mark: mark.heading.line)
    found = []
    for mark in marks[at:]:
        if mark.level <= outer.level:
            break
        found.append(mark)
    return found


def _under_days(marks: list[Mark], days: list[Mark]) -> list[Mark]:
    """Return the headings under those of days: on the level right below, or the days themselves."""
    level = min(day.level for day in days)
    days = [day for day in days if day.level == level]
    if len(days) == 1 and days[0] is marks[0] and level == 1:
        inner = _inside(marks, days[0])
        if not inner:
            return []
    inside = [mark for day in days for mark in _inside(marks, day) if not mark.part]
    under = [mark for mark in inside if mark.level <= 6] or [mark for mark in inside if mark.strong]
    if not under:
        others = [mark for mark in marks if mark.level == level and not mark.part]
        return [mark for mark in others if mark is not marks[0] or mark.day] if len(days) > 1 or len(others) > 1 else []
    inner_level = min(mark.level for mark in under)
    return [mark for mark in under if mark.level == inner_level]


def _by_shape(lines: list[str], marks: list[Mark], tops: list[Mark], clues: Clues) -> list[Mark]:
    headings = [mark for mark in marks if mark.level <= 6]
    if not headings:
        return []
    title = clues.title
    title_mark: Mark | None = None
    candidates = tops
    if not title and len(tops) == 1:
        title_mark, title = tops[0], tops[0].text
        below = [mark for mark in headings if mark is not title_mark]
        candidates = _tops(below)
        if not candidates or candidates[0].level > 2:
            return []
    elif title and len(tops) == 1 and tops[0] is headings[0] and _same(title, tops[0].text):
        title_mark = tops[0]
        candidates = _tops([mark for mark in headings if mark is not title_mark])
    # «Talks», «Morning», «Track A» stand over talks: those are one level below.
    wrappers = [mark for mark in candidates if _is_wrapper(mark.text) and _inside(headings, mark)]
    if wrappers and all(_is_wrapper(mark.text) or mark.part for mark in candidates):
        inside = [mark for wrapper in wrappers for mark in _inside(headings, wrapper) if not mark.part]
        return _tops(inside)
    usable = [mark for mark in candidates if not mark.part]
    if not usable:
        return []
    several_tops = title_mark is None and not clues.title
    score = _one_talk(lines, title, candidates, usable, clues, title_mark)
    if several_tops and tops[0].level != 2:
        score += 1 if _mean_words(usable) < 4 or len(usable) < 2 else -1
    return [] if score > 0 else usable


def _same(first: str, second: str) -> bool:
    return slug(first) == slug(second)


def _mean_words(marks: list[Mark]) -> float:
    return sum(len(mark.text.split()) for mark in marks) / len(marks)


def _one_talk(
    lines: list[str], title: str, candidates: list[Mark], usable: list[Mark], clues: Clues, title_mark: Mark | None
) -> int:
    """Return how much speaks for one talk with parts (above 0), or for several sessions (0 and below)."""
    head = _head(lines, candidates, title_mark)
    score = 0
    named = title or (candidates[0].text if title_mark is None and not clues.title else "")
    name_words, file_words = _words(named), _words(re.sub(r"^[\d._-]+", "", clues.stem))
    shared = len(name_words & file_words)
    if shared >= 2 and shared * 2 >= len(file_words):
        score += 2
    if codes.code_in(title)[0] or any(codes.is_code(line) for line in head[:3]) or (head and codes.code_in(head[0])[0]):
        score += 4
    if any(speakers.is_byline(line) for line in head) or _names_in(head):
        score += 3
    if any(date_in(line) and _TIME.search(line) and len(line) < 40 for line in head):
        score += 2
    if any(ONE_TALK.fullmatch(mark.text) for mark in candidates):
        score += 2
    if codes.code_in_name(clues.stem)[0]:
        score += 4
    if _ONE.search(title) and not _TALKS.search(title):
        score += 2
    score += 2 if clues.article and not clues.conference else 0
    return score - _many_sessions(title, usable, clues)


def _head(lines: list[str], candidates: list[Mark], title_mark: Mark | None) -> list[str]:
    """Return the lines of text between the title and the first heading after it."""
    start = title_mark.heading.end if title_mark is not None else 0
    end = candidates[0].heading.line
    if title_mark is None and not any(line.strip() for line in lines[:end]):
        start = candidates[0].heading.end
        end = candidates[1].heading.line if len(candidates) > 1 else len(lines)
    return [line for line in lines[start:end] if line.strip()][:12]


def _names_in(head: list[str]) -> bool:
    return len(head) <= 12 and any(speakers.names_only(line) for line in head if len(line) < 60)


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"[^\W_]+", text.casefold()) if len(word) > 2 and not word.isdecimal()}


def _many_sessions(title: str, usable: list[Mark], clues: Clues) -> int:
    """Return how much speaks for several sessions in one post."""
    points = 0
    event = called_event(title)
    if event.name or number_in(title) is not None or year_in(title) or clues.conference:
        points += 3
    if _TALKS.search(title) or _TALKS.search(clues.stem.replace("-", " ").replace("_", " ")):
        points += 3
    if number_in(clues.stem) is not None:
        points += 2
    if PART.fullmatch(title):
        points += 1
    if sum(bool(_HAPPENING.search(mark.text)) for mark in usable) * 3 >= len(usable):
        points += 2
    if len(usable) > 1 and _mean_words(usable) >= 5 and not clues.article:
        points += 1
    return points
