"""Weigh the evidence for each way to divide a post, with the named weights of ``weights.toml``.

The weights are those of a conditional logit over the candidates of a post, fitted on
labelled repositories by ``tests/fitting.py``: McFadden, "Conditional logit analysis of
qualitative choice behavior" (1974).
"""

from __future__ import annotations

import math
import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files
from itertools import accumulate
from types import MappingProxyType
from typing import NamedTuple

from reinvent_tui.library import codes, speakers, title_speakers
from reinvent_tui.library.candidates import Candidate, PostMetadata, tops
from reinvent_tui.library.days import date_in, is_only_a_day, number_in
from reinvent_tui.library.events import self_named_conference, year_in
from reinvent_tui.library.habits import Habits
from reinvent_tui.library.heading_features import HeadingFeatures, inside, is_group, is_wrapper
from reinvent_tui.library.sketch import LONGEST_SECTION
from reinvent_tui.library.slug import slug
from reinvent_tui.library.stand_ins import is_title
from reinvent_tui.library.words import ONE_TALK, PART

_TALKS = re.compile(r"\b(?:keynotes|lightning|talks|sessions|notes\s+(?:from|on|of)|day\s*\d+|recap)\b", re.IGNORECASE)
_HAPPENING = re.compile(
    r"\b(?:keynote|session|workshop|mixer|reception|party|chalk talk|lightning talk|panel|fireside|re:play|expo)\b",
    re.IGNORECASE,
)
_ONE = re.compile(r"\b(?:keynote|talk|workshop|tutorial|deep\s+dive|panel|webinar|lecture)\b", re.IGNORECASE)
_TIME = re.compile(r"\d{1,2}[:.]\d{2}|\b\d{1,2}\s*[ap]m\b", re.IGNORECASE)
_QUESTION = re.compile(
    r"(?:what|why|how|when|where|who|which|is|are|do|does|can|should)\b.*|.*\?\s*|"
    r"(?:the\s+)?(?:problems?|goals?|solutions?|challenges?|examples?|history|basics?|setup|why|architecture|results?|"
    r"benefits?|pros|cons|limitations?|implementation|workflow|use\s+cases?|best\s+practices|current|future|idea|"
    r"approach|context|features?|tips|workshop|lab|start|getting\s+started|highlights?|general|issues?)",
    re.IGNORECASE,
)
_EVENT_WORD = re.compile(
    r"\b(?:session|block|track|part)\s+(?:[ivx]+|\d+|[a-z])\b|\bday\s+(?:\d+|one|two|three)\b", re.IGNORECASE
)
_STEM_WORDS = re.compile(r"[\W_]+")


LONGEST_TITLE = 120
"""Characters of a line that may be a title."""


class Shown(NamedTuple):
    """What a heading shows that may begin a session."""

    byline: bool
    speaker: bool
    """True if it names a speaker beside the title."""
    code: bool
    label: bool
    letter: bool
    time: bool
    happening: bool
    section: bool
    """True if it is called as a section of a talk is called."""
    day: bool
    group: bool
    only_names: bool
    short: bool


_SHARES = (
    "sessions: by-lines",
    "sessions: speakers in titles",
    "sessions: codes",
    "sessions: labels",
    "sessions: letters",
    "sessions: times",
    "sessions: happenings",
    "sessions: sections",
    "sessions: days",
    "sessions: groups",
    "sessions: only names",
    "sessions: short titles",
)
"""The evidence that is a share of the sessions, in the order of :class:`Shown`."""


class PostView:
    """What the evidence is taken from: a post, and what all of its candidates have in common, found once."""

    def __init__(
        self, lines: list[str], entries: Sequence[HeadingFeatures], metadata: PostMetadata, habits: Habits
    ) -> None:
        self.lines = lines
        self.entries = entries
        self.metadata = metadata
        self.habits = habits
        self._shown: dict[int, Shown] = {}

    def shows(self, entry: HeadingFeatures) -> Shown:
        """Return what a heading shows."""
        known = self._shown.get(entry.heading.line)
        if known is None:
            markdown, text = entry.heading.text, entry.text
            section = bool(PART.fullmatch(text) or _QUESTION.fullmatch(text))
            known = self._shown[entry.heading.line] = Shown(
                byline=entry.byline,
                speaker=bool(title_speakers.of_heading(markdown)),
                code=entry.coded,
                label=entry.labelled,
                letter=entry.lettered,
                time=bool(_TIME.search(text)),
                happening=bool(_HAPPENING.search(text)),
                section=section or slug(text)[:LONGEST_SECTION] in self.habits.sections,
                day=entry.day,
                group=is_group(self.entries, entry),
                only_names=speakers.names_only(markdown),
                short=len(text.split()) <= 2,
            )
        return known

    @cached_property
    def title_heading(self) -> HeadingFeatures | None:
        """The heading that gives the post as a whole its title, if front matter does not."""
        first = self.entries[0] if self.entries else None
        return first if first is not None and first.level <= 6 and not self.metadata.title else None

    @cached_property
    def title(self) -> str:
        """The title that the post as a whole seems to have."""
        return self.metadata.title or (self.title_heading.text if self.title_heading is not None else "")

    @cached_property
    def eventful(self) -> bool:
        """True if the title names an event, a day or a part of one."""
        title = self.title
        named = self_named_conference(title).name or number_in(title) is not None or year_in(title)
        return bool(named or _EVENT_WORD.search(title))

    @cached_property
    def offsets(self) -> list[int]:
        """Characters before each line."""
        return list(accumulate((len(line) for line in self.lines), initial=0))

    def above(self, entry: HeadingFeatures) -> HeadingFeatures | None:
        """Return the heading that one lies below, which may be none of the entries."""
        at = bisect_left(self.entries, entry.heading.line, key=lambda other: other.heading.line) - 1
        while at >= 0 and self.entries[at].level >= entry.level:
            at = self._above[at]
        return self.entries[at] if at >= 0 else None

    @cached_property
    def _above(self) -> list[int]:
        """For each entry, the number of the one that it lies below; -1 for none."""
        found: list[int] = []
        for number, entry in enumerate(self.entries):
            at = number - 1
            while at >= 0 and self.entries[at].level >= entry.level:
                at = found[at]
            found.append(at)
        return found

    @cached_property
    def days(self) -> list[HeadingFeatures]:
        """The headings of days."""
        return [entry for entry in self.entries if entry.day]


@cache
def weights(question: str) -> Mapping[str, float]:
    """Return the fitted weights for a question (``sessions``, ``not notes``), by the name of their evidence."""
    data = tomllib.loads(files("reinvent_tui.library").joinpath("weights.toml").read_text("utf-8"))
    return MappingProxyType({str(name): float(weight) for name, weight in data.get(question, {}).items()})


def choose(view: PostView, found: Sequence[Candidate]) -> Candidate:
    """Return the candidate with the most evidence; the first of equals."""
    if len(found) == 1:
        return found[0]
    table = weights("sessions")
    return max(found, key=lambda candidate: score(evidence(view, candidate), table))


def score(values: Mapping[str, float], table: Mapping[str, float]) -> float:
    """Return the sum of the weighted evidence."""
    return sum(value * table.get(name, 0.0) for name, value in values.items())


def evidence(view: PostView, candidate: Candidate) -> dict[str, float]:
    """Return the evidence for a candidate, by name; what is 0 is left out."""
    values = _of_whole(view) if candidate.whole else _of_sessions(view, candidate)
    return {name: float(value) for name, value in values.items() if value}


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"[^\W_]+", text.casefold()) if len(word) > 2 and not word.isdecimal()}


def _of_whole(view: PostView) -> dict[str, float]:
    title, entry, eventful = view.title, view.title_heading, view.eventful
    metadata, habits = view.metadata, view.habits
    top = tops(view.entries)
    head = _head(view, entry)
    first = sum(1 for line in view.lines[: top[0].heading.line] if line.strip()) if top else 0
    in_name = habits.file_event
    spaced = _STEM_WORDS.sub(" ", metadata.stem)
    file_words = _words(in_name.rest if in_name.name else re.sub(r"^[\d._-]+", "", metadata.stem))
    shared = len(_words(title) & file_words)
    grouped = eventful or bool(_TALKS.search(title))
    return {
        "whole": 1,
        "whole: named like its file": shared >= 2 and shared * 2 >= len(file_words) and not grouped,
        "whole: a long file name": len(file_words) >= 4 and not grouped and not _TALKS.search(spaced),
        "whole: its file name is a title": is_title(metadata.stem) and not grouped,
        "whole: a word of its file name": shared == 1 and not grouped,
        "whole: siblings are single talks": habits.single * (habits.siblings >= 2),
        "whole: siblings are not single talks": (1 - habits.single) * (habits.siblings >= 2),
        "whole: no siblings": habits.siblings < 2,
        "whole: an index links it": bool(habits.title),
        "whole: a code": bool(
            codes.code_in(title)[0]
            or any(codes.is_code(line) for line in head[:3])
            or (head and codes.code_in(head[0])[0])
        ),
        "whole: a title with a code before its headings": first > 0 and _is_coded_title(head),
        "whole: a code in its file name": bool(codes.code_in_name(metadata.stem)[0]),
        "whole: a by-line": (len(top) < 2 or first > 0)
        and (any(speakers.is_byline(line) for line in head) or _has_names(head)),
        "whole: a speaker in its title": bool(entry is not None and title_speakers.of_heading(entry.heading.text)),
        "whole: a speaker only in its title": entry is not None
        and view.shows(entry).speaker
        and not any(view.shows(other).speaker or other.byline for other in view.entries if other is not entry),
        "whole: a date with a time": any(date_in(line) and _TIME.search(line) and len(line) < 40 for line in head),
        "whole: parts of one talk": any(
            ONE_TALK.fullmatch(other.text) for other in view.entries[:12] if other is not entry
        ),
        "whole: one talk in its title": bool(
            (_ONE.search(title) or _ONE.search(spaced)) and not _TALKS.search(title) and not _TALKS.search(spaced)
        ),
        "whole: article": metadata.article and not metadata.conference,
        "whole: an event or day in its title": eventful and not metadata.article,
        "whole: an event as title of an article": eventful and metadata.article,
        "whole: talks in its title": bool(_TALKS.search(title) or _TALKS.search(spaced)),
        "whole: a day in its file name": number_in(metadata.stem) is not None
        or is_only_a_day(_STEM_WORDS.sub("-", metadata.stem)),
        "whole: event in front matter": metadata.conference,
        "whole: its title is a part": bool(title) and bool(PART.fullmatch(title)),
        "whole: its file is named as an event": bool(in_name.name) and not in_name.rest and not metadata.article,
        "whole: several headings of the first level": len(top) > 1 and top[0].level == 1 and not metadata.article,
        "whole: several top headings": len(top) > 1 and not metadata.article,
        "whole: days inside": any(
            other.day and inside(view.entries, other) for other in view.entries if other is not entry
        ),
        "whole: headings of the second level only": len(top) > 1 and top[0].level > 1 and not metadata.article,
        "whole: no title": not title,
        "whole: text before headings": bool(head) and entry is not None,
    }


def _head(view: PostView, title: HeadingFeatures | None) -> list[str]:
    """Return the lines before the first heading, or those between it and the next one."""
    first = view.entries[0].heading.line if view.entries else len(view.lines)
    head = [line for line in view.lines[:first] if line.strip()][:12]
    if head or title is None:
        return head
    start = title.heading.end
    following = (other.heading.line for other in view.entries if other.heading.line >= start and other is not title)
    return [line for line in view.lines[start : next(following, len(view.lines))] if line.strip()][:12]


def _is_coded_title(head: list[str]) -> bool:
    """Return whether the first line is a title with a code: ``DAT336 - Queues``."""
    code = codes.code_in(head[0])[0] if head and len(head[0]) <= LONGEST_TITLE else ""
    return bool(code) and head[0].lstrip("*_[( ").startswith(code)


def _has_names(head: list[str]) -> bool:
    return any(speakers.names_only(line) for line in head[:6] if len(line) < 60)


def _is_inside_another(
    view: PostView, session: HeadingFeatures, title: HeadingFeatures | None, marked: set[int]
) -> bool:
    """Return whether a heading lies below one that is no session, and neither title, day nor group."""
    above = view.above(session)
    if above is None or above is title or above.heading.line in marked:
        return False
    return not (above.day or above.part or is_wrapper(above.text) or view.shows(above).group)


def _of_sessions(view: PostView, candidate: Candidate) -> dict[str, float]:
    sessions, habits, metadata = candidate.sessions, view.habits, view.metadata
    entries = view.entries
    count = len(sessions)
    values = {f"by {kind}": 1.0 for kind in candidate.kinds}
    title, entry, eventful = view.title, view.title_heading, view.eventful
    above = [other for other in entries if other.heading.line < sessions[0].heading.line]
    level = min(other.level for other in sessions)
    marked = {other.heading.line for other in sessions}
    below = [
        other
        for other in entries
        if other.level > level and other.heading.line not in marked and not other.part and other.level <= 6
    ]
    outside = [
        other
        for other in entries
        if other.level <= level
        and other.heading.line not in marked
        and not other.part
        and not other.day
        and other is not entry
    ]
    lengths, days = view.offsets, view.days
    ends = [*(other.heading.line for other in sessions[1:]), len(view.lines)]
    texts = [lengths[end] - lengths[other.heading.end] for other, end in zip(sessions, ends, strict=True)]
    words = sum(len(other.text.split()) for other in sessions) / count
    under_days = sum(1 for other in sessions if days and days[0].heading.line < other.heading.line) / count
    shown = zip(*(view.shows(other) for other in sessions), strict=True)
    values |= {name: sum(column) / count for name, column in zip(_SHARES, shown, strict=True)}
    values |= {
        "sessions": 1,
        "sessions: long titles": min(max(words - 4, -3), 4) / 4,
        "sessions: number": math.log(count),
        "sessions: only one": count == 1,
        "sessions: text": math.log(1 + sorted(texts)[count // 2]) - 6,
        "sessions: without text": sum(text < 20 for text in texts) / count,
        "sessions: under days": under_days,
        "sessions: days among them": bool(days) and under_days < 1 and not all(other.day for other in sessions),
        "sessions: marked ones inside": bool(below) and sum(other.is_session_marker for other in below) / len(below),
        "sessions: headings inside": bool(below) and min(len(below) / count, 6) / 6,
        "sessions: inside other headings": sum(_is_inside_another(view, other, entry, marked) for other in sessions)
        / count,
        "sessions: headings left out": min(len(outside) / count, 2),
        "sessions: marked ones left out": bool(outside)
        and sum(other.is_session_marker for other in outside) / len(outside),
        "sessions: siblings are single talks": habits.single * (habits.siblings >= 2),
        "sessions: siblings are not single talks": (1 - habits.single) * (habits.siblings >= 2),
        "sessions: event or day above": eventful
        and entry is not None
        and entry.heading.line < sessions[0].heading.line,
        "sessions: talk above": bool(above) and not eventful and len(title.split()) >= 4,
        "sessions: text before": min(lengths[sessions[0].heading.line] / 400, 3) if sessions[0].heading.line else 0,
        "sessions: below the second level": level in (3, 4, 5, 6),
        "sessions: bold lines": level == 7,
        "sessions: article": metadata.article and not metadata.conference,
        "sessions: of several top headings": level == min((other.level for other in entries), default=0) and count > 1,
    }
    return values
