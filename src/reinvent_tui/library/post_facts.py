"""Facts that a post gives for all of its sessions: event, day, title."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from reinvent_tui.library import codes, fields
from reinvent_tui.library.about import RANGE, days_of
from reinvent_tui.library.candidates import PostMetadata
from reinvent_tui.library.days import (
    WEEKDAY,
    date_in,
    filled,
    is_only_a_day,
    joined,
    may_be_a_day,
    number_in,
    numeric_date,
    when_in,
)
from reinvent_tui.library.events import Conference, known_conference
from reinvent_tui.library.front_matter_formats import FrontMatter, Node
from reinvent_tui.library.habits import NO_HABITS, Habits
from reinvent_tui.library.model import NEVER, Origin, When
from reinvent_tui.library.outline import LONGEST_HEADING, Heading, plain
from reinvent_tui.library.post_event import PostEvent, event_of
from reinvent_tui.library.sketch import LONGEST_SECTION
from reinvent_tui.library.slug import slug
from reinvent_tui.library.speakers import names_only
from reinvent_tui.library.stand_ins import is_title, name_of
from reinvent_tui.library.titles import Title, first_line_title, from_file_name, title_of
from reinvent_tui.library.words import PART, PLACEHOLDER, looks_like_name

HEAD_LINES = 30
EVENT_LINES = 8
"""So many lines of a post may say ``Event: …``."""
LONG_NAME = 4
"""Words with which a file name may be a title."""
AROUND = dt.timedelta(days=3)
"""A post dated further from its event was published then; that date is not the day it covers."""

_ITEM = re.compile(r"\s*(?:[-*+•]\s|#)")
_TITLE_DAY = re.compile(
    r"(?:^|[^\w]\s*|\b(?:notes|recap|keynotes|my|on|of|from|the|\d{4}))\s*\b(?:day|tag|jour|d[ií]a|giorno)[\s#-]*(?:\d{1,2}|one|two|three|four|five)\s*(?:$|[:;,.()|/–—-])",
    re.IGNORECASE,
)
_BEGINS_DATED = re.compile(rf"{WEEKDAY}\b[,\s]|\d{{1,2}}(?:st|nd|rd|th)?\s+\w+\s+\d{{4}}", re.IGNORECASE)
_DATED = re.compile(r"(?:date|when|day)\s*:", re.IGNORECASE)
_TIMED = re.compile(r"\d{1,2}[:.]\d{2}|\b\d{1,2}\s*[ap]m\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PostFacts:
    """Facts that hold for all sessions of a post."""

    title: str
    title_heading: Heading | None
    """The heading that is the post's title."""
    title_line: int | None
    """Index of the line that is the title, if no heading is."""
    whole_title: tuple[Title, str, str]
    """Title and code of the post read as a single session, with their origins."""
    event: PostEvent
    when: tuple[When, str]
    metadata: PostMetadata
    _text_when: When
    _head_when: When
    """From the text between the title and the next heading."""
    _path_when: tuple[tuple[When, str], ...]
    _first_day: tuple[dt.date, dt.date] | None

    def event_of_many(self, sessions: Sequence[str]) -> str:
        """Return the event of a post with sessions of those headings; its title may say more than a folder."""
        heading = self.title_heading
        titled = heading is not None and heading.text not in sessions
        return self.event.of_many(self.title if titled else "", self.metadata.stem)

    def of_blog(self, title: str, date: dt.date | None) -> PostFacts:
        """Return these facts with the event that the title of a blog text names, in the year of its by-line.

        Args:
            title: of the text.
            date: when it was written; it gives the year if the event was held then.
        """
        event = self.event
        if event.origin == Origin.FOLDER and not known_conference(event.name).name:
            known = known_conference(title)
            event = PostEvent(known, Origin.HEADING) if known.name else event
        conference = event.conference
        week = conference.days.get(date.year) if date is not None and conference.year is None else None
        if date is not None and week is not None and week[0] - AROUND <= date <= week[1] + AROUND:
            event = replace(event, conference=conference.in_year(date.year))
        return replace(self, event=event)

    def with_byline(self, date: dt.date | None, title: str) -> tuple[When, str]:
        """Return the day of a blog text: that of its title, completed by the date of its by-line.

        If the title counts the day and the event's week is known, the day decides:
        a by-line says when the text was written, often on the morning after.
        """
        titled = _title_when(title, self.event.conference)
        if titled.day is not None and titled.date is None:
            titled = titled._replace(date=self.event.conference.date_of_number(titled.day))
        dated = self._near(When(None, date))
        when = joined(titled, dated, self.when[0])
        origin = Origin.HEADING if titled else Origin.TEXT if dated else self.when[1]
        return filled(when, self.event.conference), origin

    def _near(self, when: When) -> When:
        return _near(when, self.event.conference)

    def when_of(
        self, heading: str, day: str, session_matter: dict[str, Node], *, several_days: bool, whole: bool
    ) -> tuple[When, str]:
        """Return the day of a session, and where it was found.

        Args:
            heading: Markdown of its heading.
            day: Markdown of the day heading above it; empty if there is none.
            session_matter: front matter of this session.
            several_days: True if the post covers more than one day.
            whole: True if the post is a single session.
        """
        candidates: list[tuple[When, str]] = []
        if session_matter and not whole:
            candidates.append((fields.day_and_date(FrontMatter(values=session_matter))[0], Origin.FRONT_MATTER))
        if day:
            candidates.append((when_in(plain(day), self.event.conference), Origin.HEADING))
        if heading and not whole:
            own = date_in(plain(heading), self.event.conference.year)
            candidates.append((When(None, own), Origin.HEADING))
        if not (several_days and any(when for when, _ in candidates)):
            candidates.append(self.when)
        if whole:
            candidates.append((self._text_when, Origin.TEXT))
        elif not several_days:
            candidates.append((self._head_when, Origin.TEXT))
        candidates.extend(self._path_when)
        when = joined(*(when for when, _ in candidates))
        if when.date is None and when.day is not None and self._first_day is not None:
            first, last = self._first_day
            date = first + dt.timedelta(when.day - 1)
            when = when._replace(date=date if date <= last else None)
        origin = next((source for when, source in candidates if when), "")
        return filled(when, self.event.conference), origin


def post_facts(
    matter: FrontMatter,
    stated: When,
    lines: list[str],
    headings: list[Heading],
    path: str,
    default_event: str,
    habits: Habits = NO_HABITS,
) -> PostFacts:
    """Collect the facts that a post gives for all of its sessions.

    Args:
        matter: its front matter.
        stated: day and date in the front matter.
        lines: its lines.
        headings: its headings, including bold lines.
        path: below the folder that was opened.
        default_event: name of that folder.
        habits: what is known from its neighbours.
    """
    heading = _title_heading(matter, lines, headings)
    first = first_line_title(lines, set()) if heading is None and not matter.text("title") else None
    whole = _whole_title(matter, heading, first, lines, headings, path, habits)
    title = whole[0].text
    full_title = plain(matter.text("title")) or (plain(heading.text) if heading is not None else title)
    full_title = full_title[:LONGEST_HEADING]
    head = [line for line in lines[:HEAD_LINES] if line.strip()]
    found = event_of(matter, full_title, path, default_event, stated, habits, head[:EVENT_LINES])
    event = found.conference
    near, titled = _near(stated, event), _title_when(full_title, event, month_first=habits.month_first)
    when, origin = (joined(near, titled), Origin.FRONT_MATTER) if near else (titled, Origin.HEADING)
    return PostFacts(
        title=full_title if matter.text("title") or heading is not None else title,
        title_heading=heading,
        title_line=first[1] if first else None,
        whole_title=whole,
        event=found,
        when=(filled(when, event), origin),
        metadata=metadata_of(matter, path),
        _text_when=_when_of_head(head, event),
        _head_when=_when_of_head(_before_headings(lines, headings, heading), event),
        _path_when=_path_days(path, default_event, event, month_first=habits.month_first),
        _first_day=_days_of(head, event, habits),
    )


def metadata_of(matter: FrontMatter, path: str) -> PostMetadata:
    """Return what front matter and path say of a post."""
    return PostMetadata(
        title=plain(matter.text("title")),
        stem=name_of(path),
        conference=bool(matter.values.get("event") or matter.values.get("day") or matter.values.get("sessions")),
        article=bool(matter.text("title")),
    )


def _near(when: When, event: Conference) -> When:
    """Return ``when`` without a date that is not near the event."""
    week = event.days.get(event.year) if event.year is not None else None
    if week and when.date and not week[0] - AROUND <= when.date <= week[1] + AROUND:
        return when._replace(date=None)
    return when


def _title_when(title: str, event: Conference, *, month_first: bool | None = None) -> When:
    number = number_in(title) if _TITLE_DAY.search(title) else None
    if is_only_a_day(title):
        return when_in(title, event)
    numeric = numeric_date(title, event.year, month_first=month_first) if month_first is not None else None
    return When(number, numeric or date_in(title, event.year))


def _title_heading(matter: FrontMatter, lines: list[str], headings: list[Heading]) -> Heading | None:
    """Return the title heading: the first if nothing precedes it, else the only one of level 1."""
    real = [heading for heading in headings if heading.level <= 6]
    if not real:
        return None
    first = next((heading for heading in real if not PLACEHOLDER.fullmatch(plain(heading.text))), None)
    ones = [heading for heading in real if heading.level == 1]
    if matter.text("title"):
        # With a title in front matter, a heading is the title only if it comes first and is the only one of level 1.
        return ones[0] if len(ones) == 1 and not any(line.strip() for line in lines[: ones[0].line]) else None
    if first is not None and first is real[0] and not any(line.strip() for line in lines[: first.line]):
        text = plain(first.text)
        if text and (len(text) > LONGEST_HEADING or not PART.fullmatch(text) or (first.level == 1 and len(ones) == 1)):
            return first
    placeholder = first is not real[0]
    single = len(ones) == 1 and not placeholder and not _text_before(lines, ones[0])
    return ones[0] if single and not PART.fullmatch(plain(ones[0].text)) else None


def _text_before(lines: list[str], heading: Heading) -> bool:
    """Return whether there is text before a heading, other than images, badges and links."""
    return any(re.search(r"\w", re.sub(r"!?\[[^\]]*\]\([^)]*\)|<[^>]*>", "", line)) for line in lines[: heading.line])


def _whole_title(
    matter: FrontMatter,
    heading: Heading | None,
    first: tuple[Title, int] | None,
    lines: list[str],
    headings: list[Heading],
    path: str,
    habits: Habits,
) -> tuple[Title, str, str]:
    """Return title and code of a post that is a single session, with their origins."""
    named = from_file_name(path, habits.file_event)
    stated = plain(matter.text("title"))
    says = heading is not None and _is_title_heading(heading, habits)
    if stated:
        title, title_from = title_of(matter.text("title")), Origin.FRONT_MATTER
        # A title in front matter is kept word for word, except for a code.
        title = Title(codes.code_in(stated)[1] or stated, title.code)
    elif heading is not None and says and _is_in_file_name(heading, headings, named.text):
        title, title_from = Title(named.text, ""), Origin.FILE_NAME
    elif heading is not None and says:
        title, title_from = _like_file(title_of(heading.text, habits.tail), named), Origin.HEADING
    elif is_title(name_of(path)) and not (first and first[0].code):
        title, title_from = Title(named.text, ""), Origin.FILE_NAME
    elif first is not None and (first[0].code or _begins_like(first[0].text, named.text)):
        title, title_from = first[0], Origin.TEXT
    elif habits.title and not is_only_a_day(habits.title):
        title, title_from = title_of(habits.title), Origin.FOLDER
    else:
        title, title_from = Title(named.text, ""), Origin.FILE_NAME
    code, code_from = title.code, title_from
    if not code:
        start = heading.end if heading is not None else 0
        head = [line for line in lines[start : start + 12] if line.strip()][:4]
        code, code_from = next((line_code for line in head if (line_code := codes.is_code(line))), ""), Origin.TEXT
    if not code:
        code, code_from = named.code, Origin.FILE_NAME
    return Title(title.text or named.text, code), title_from, code_from


def _is_in_file_name(heading: Heading, headings: list[Heading], named: str) -> bool:
    """Return whether the title is in the file name, and the first heading is a speaker or one section of several."""
    several = sum(other.level == heading.level for other in headings) > 1
    words, own = (set(re.findall(r"[^\W\d_]{3,}", text.casefold())) for text in (named, plain(heading.text)))
    apart = several and len(named.split()) >= LONG_NAME and not words & own
    return apart or _is_only_a_speaker(heading, named)


def _is_only_a_speaker(heading: Heading, named: str) -> bool:
    """Return whether a heading names the speaker of a talk whose title is the file's name: ``# Ada Pebble``."""
    if not names_only(heading.text):
        return False
    speaker = set(slug(plain(heading.text)).split("-"))
    words = [word for word in slug(named).split("-") if word not in speaker]
    # "zend-expressive-ada-pebble" under "# Zend Expressive": there the file name has both.
    both = speaker <= set(slug(named).split("-")) and looks_like_name(" ".join(words).title())
    return not both and any(len(word) > 2 and not word.isdecimal() and not PART.fullmatch(word) for word in words)


def _is_title_heading(heading: Heading, habits: Habits) -> bool:
    """Return whether a heading may be the title: it is no part of a talk, here or in the neighbours."""
    text = plain(heading.text)
    if len(heading.text) > LONGEST_HEADING:
        return True
    return not PART.fullmatch(text) and slug(text)[:LONGEST_SECTION] not in habits.sections


def _like_file(title: Title, named: Title) -> Title:
    """Return ``title`` as the file name has it, if that only leaves out "notes"."""
    shorter = re.sub(r"\s+notes$", "", title.text, flags=re.IGNORECASE)
    return Title(shorter, title.code) if slug(shorter) == slug(named.text) else title


def _begins_like(line: str, name: str) -> bool:
    """Return whether a first line may be the title of a file of that name: it has a word of it, or the name has few."""
    words = set(re.findall(r"[^\W\d_]{3,}", name.casefold()))
    return len(words) < 2 or bool(words & set(re.findall(r"[^\W\d_]{3,}", line.casefold())))


def _days_of(head: list[str], event: Conference, habits: Habits) -> tuple[dt.date, dt.date] | None:
    """Return first and last day of the event: from the head of the post, or from a README."""
    first, last = days_of(head, event.year)
    first, last = (first, last) if first else (habits.first, habits.last)
    return (first, last) if first and last else None


def _before_headings(lines: list[str], headings: list[Heading], title: Heading | None) -> list[str]:
    """Return the lines of text between the title and the next heading."""
    start = title.end if title is not None else 0
    end = next((other.line for other in headings if other.line >= start and other is not title), len(lines))
    return [line for line in lines[start:end] if line.strip()][:HEAD_LINES]


def _when_of_head(head: list[str], event: Conference) -> When:
    """Return the day in a short line under the title: ``2022-05-11 12:20``, ``Monday, Dec 2, 12:15 PM``."""
    for position, line in enumerate(head):
        if not may_be_a_day(line):
            continue
        text = re.sub(r"^\W+", "", plain(line)).strip()
        if len(text) > 70 or RANGE.search(text):
            continue
        alone = is_only_a_day(text) and position < 8 and not _ITEM.match(line)
        if (
            alone
            or (_TIMED.search(text) and (date_in(text, event.year) or is_only_a_day(text.split(",", 1)[0])))
            or _DATED.match(text)
        ):
            when = when_in(text, event)
        else:
            plainly = (
                (len(text) < 40 or _BEGINS_DATED.match(text) is not None)
                and "http" not in text
                and position < 6
                and not _ITEM.match(line)
            )
            when = When(None, date_in(text, event.year)) if plainly else NEVER
        if when:
            return _near(when, event)
    return NEVER


def _path_days(
    path: str, default_event: str, event: Conference, *, month_first: bool | None
) -> tuple[tuple[When, str], ...]:
    """Return the days given by the file name and the folders, innermost first."""
    pure = PurePosixPath(path)
    days = []
    stem = pure.stem
    words = re.sub(r"[-_.]", " ", stem)
    file_when = When(number_in(stem), date_in(stem) or numeric_date(stem, event.year, month_first=month_first))
    if is_only_a_day(words) or is_only_a_day(stem):
        file_when = joined(file_when, when_in(stem, event))
    days.append((file_when, Origin.FILE_NAME))
    folders = [*(part for part in pure.parent.parts[::-1] if part not in (".", "/")), default_event]
    for folder in folders:
        when = When(number_in(folder), date_in(folder) or numeric_date(folder, event.year, month_first=month_first))
        if not when and is_only_a_day(re.sub(r"[-_]", " ", folder) if not re.match(r"\d+_\d+", folder) else folder):
            when = when_in(folder, event)
        days.append((when, Origin.FOLDER))
    return tuple((_near(when, event), source) for when, source in days)
