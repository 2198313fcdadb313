"""Facts that a post gives for all of its sessions: event, day, title."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from reinvent_tui.library import codes, fields
from reinvent_tui.library.calendar_names import MONTHS
from reinvent_tui.library.days import date_in, filled, is_only_a_day, joined, may_be_a_day, number_in, when_in
from reinvent_tui.library.events import Conference, known_conference, self_named_conference, year_in
from reinvent_tui.library.front_matter_formats import FrontMatter, Node
from reinvent_tui.library.model import NEVER, Origin, When
from reinvent_tui.library.outline import LONGEST_HEADING, Heading, plain
from reinvent_tui.library.session_split import PostMetadata
from reinvent_tui.library.titles import Title, first_line_title, from_file_name, title_of
from reinvent_tui.library.words import PART, PLACEHOLDER

HEAD_LINES = 30
_DATED_NAME = re.compile(r"(?:19|20)\d{2}(?:[-_.]?\d{2}[-_.]?\d{2})?")
_NO_EVENT = re.compile(
    r"notes?|keynotes?|talks?|sessions?|lightning|day|days|workshops?|posts?|index|readme|\W*", re.IGNORECASE
)
LONGEST_EVENT = 8
"""Words."""
AROUND = dt.timedelta(days=3)
"""A post dated further from its event was published then; that date is not the day it covers."""

_RANGE = re.compile(
    r"(?<![a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s*(?:-|–|to)\s*(\d{1,2})"
    r"(?:st|nd|rd|th)?\b(?:,?\s+(\d{4}))?",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:[-*+•]\s|#)")
_TITLE_DAY = re.compile(
    r"(?:^|[^\w]\s*|\b(?:notes|recap|keynotes|my|on|of|from|the|\d{4}))\s*\bday[\s#-]*(?:\d{1,2}|one|two|three|four|five)\s*(?:$|[:;,.()|/–—-])",
    re.IGNORECASE,
)
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
    event: Conference
    event_from: str
    when: tuple[When, str]
    metadata: PostMetadata
    _text_when: When
    _head_when: When
    """From the text between the title and the next heading."""
    _path_when: tuple[tuple[When, str], ...]
    _first_day: tuple[dt.date, dt.date] | None

    def named(self, title: str) -> str:
        """Return the event named in ``title``, if nothing better is known."""
        if self.event_from != Origin.FOLDER or known_conference(self.event.name).name:
            return self.event.name
        known = known_conference(title)
        return known.name or self.event.name

    def event_of_many(self, sessions: Sequence[str]) -> str:
        """Return the event of a post with sessions of those headings, if only the folder names one.

        It is the post's title, or the file name if the title is a session's: ``ODSC East``
        in ``odsc-east-2017.md`` is ``ODSC East 2017``. Without a year neither is an event.
        """
        if self.event_from != Origin.FOLDER or known_conference(self.event.name).name or self.event.year is None:
            return self.event.name
        heading = self.title_heading
        if heading is None or heading.text in sessions:
            title = re.sub(r"[\s_-]+", " ", _DATED_NAME.sub(" ", self.metadata.stem)).strip()
        else:
            title = self.title
        day = is_only_a_day(title) or number_in(title) is not None
        words = [word for word in title.split() if not _NO_EVENT.fullmatch(word)]
        if day or not words or len(title.split()) > LONGEST_EVENT or PART.fullmatch(title) or codes.code_in(title)[0]:
            return self.event.name
        name = re.sub(r"\s*\((\d{4})\)$", r" \1", title)
        return name if year_in(name) else f"{name} {self.event.year}"

    def with_byline(self, date: dt.date | None, title: str) -> tuple[When, str]:
        """Return the day of a blog text: that of its title, completed by the date of its by-line."""
        titled = _title_when(title, self.event)
        dated = self._near(When(None, date))
        when = joined(titled, dated, self.when[0])
        origin = Origin.HEADING if titled else Origin.TEXT if dated else self.when[1]
        return filled(when, self.event), origin

    def _near(self, when: When) -> When:
        return _near(when, self.event)

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
            candidates.append((when_in(plain(day), self.event), Origin.HEADING))
        if heading and not whole:
            own = date_in(plain(heading), self.event.year)
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
        return filled(when, self.event), origin


def post_facts(
    matter: FrontMatter, stated: When, lines: list[str], headings: list[Heading], path: str, default_event: str
) -> PostFacts:
    """Collect the facts that a post gives for all of its sessions.

    Args:
        matter: its front matter.
        stated: day and date in the front matter.
        lines: its lines.
        headings: its headings, including bold lines.
        path: below the folder that was opened.
        default_event: name of that folder.
    """
    heading = _title_heading(matter, lines, headings)
    first = first_line_title(lines, set()) if heading is None and not matter.text("title") else None
    whole = _whole_title(matter, heading, first, lines, path)
    title = whole[0].text
    full_title = plain(matter.text("title")) or (plain(heading.text) if heading is not None else title)
    full_title = full_title[:LONGEST_HEADING]
    event, event_from = _event(matter, full_title, path, default_event, stated)
    head = [line for line in lines[:HEAD_LINES] if line.strip()]
    near, titled = _near(stated, event), _title_when(full_title, event)
    when, origin = (joined(near, titled), Origin.FRONT_MATTER) if near else (titled, Origin.HEADING)
    return PostFacts(
        title=full_title if matter.text("title") or heading is not None else title,
        title_heading=heading,
        title_line=first[1] if first else None,
        whole_title=whole,
        event=event,
        event_from=event_from,
        when=(filled(when, event), origin),
        metadata=_metadata(matter, path),
        _text_when=_when_of_head(head, event),
        _head_when=_when_of_head(_before_headings(lines, headings, heading), event),
        _path_when=_path_days(path, default_event, event),
        _first_day=_dates_of(head, event),
    )


def _metadata(matter: FrontMatter, path: str) -> PostMetadata:
    return PostMetadata(
        title=plain(matter.text("title")),
        stem=PurePosixPath(path).stem,
        conference=bool(matter.values.get("event") or matter.values.get("day") or matter.values.get("sessions")),
        article=bool(matter.text("title")),
    )


def _near(when: When, event: Conference) -> When:
    """Return ``when`` without a date that is not near the event."""
    week = event.days.get(event.year) if event.year is not None else None
    if week and when.date and not week[0] - AROUND <= when.date <= week[1] + AROUND:
        return when._replace(date=None)
    return when


def _title_when(title: str, event: Conference) -> When:
    number = number_in(title) if _TITLE_DAY.search(title) else None
    if is_only_a_day(title):
        return when_in(title, event)
    return When(number, date_in(title, event.year))


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
    matter: FrontMatter, heading: Heading | None, first: tuple[Title, int] | None, lines: list[str], path: str
) -> tuple[Title, str, str]:
    """Return title and code of a post that is a single session, with their origins."""
    named = from_file_name(path)
    stated = plain(matter.text("title"))
    if stated:
        title, title_from = title_of(matter.text("title")), Origin.FRONT_MATTER
        # A title in front matter is kept word for word, except for a code.
        title = Title(codes.code_in(stated)[1] or stated, title.code)
    elif heading is not None and (len(heading.text) > LONGEST_HEADING or not PART.fullmatch(plain(heading.text))):
        title, title_from = title_of(heading.text), Origin.HEADING
    elif first is not None:
        title, title_from = first[0], Origin.TEXT
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


def _event(matter: FrontMatter, title: str, path: str, default_event: str, stated: When) -> tuple[Conference, str]:
    named = plain(matter.text("event"))
    parts = [part for part in PurePosixPath(path).parent.parts[::-1] if part != "."]
    stem = PurePosixPath(path).stem
    year = next((year for text in (title, stem, *parts, default_event) if (year := year_in(text))), None)
    year = year or (stated.date.year if stated.date else None)
    if named:
        known = known_conference(named)
        return replace(known, name=named, year=known.year or year_in(named)), Origin.FRONT_MATTER
    places = [(title, Origin.HEADING), (stem, Origin.FILE_NAME), *((part, Origin.FOLDER) for part in parts)]
    for text, source in [*places, (default_event, Origin.FOLDER)]:
        known = known_conference(text)
        if known.name:
            return known.in_year(year) if year else known, source
    called = self_named_conference(title)
    if called.name:
        if called.year is None and year:
            called = replace(called, name=f"{called.name} {year}", year=year)
        return replace(called, name=re.sub(r"\s*\((\d{4})\)$", r" \1", called.name)), Origin.HEADING
    for part in parts:
        name = re.sub(r"[\s_-]+", " ", part).strip()
        words = [word for word in name.split() if re.search(r"[^\W\d_]{2}", word)]
        if (own := year_in(name)) and words and not is_only_a_day(name) and number_in(name) is None:
            return Conference(name, own), Origin.FOLDER
    return Conference(default_event, year), Origin.FOLDER


def _dates_of(head: list[str], event: Conference) -> tuple[dt.date, dt.date] | None:
    """Return first and last day of the event from a line such as ``Dates: May 30-31, 2015``."""
    for line in head[:12]:
        match = _RANGE.search(line) if len(line) < 100 else None
        if match:
            year = int(match[4]) if match[4] else event.year
            if year is None or (event.year is not None and year != event.year):
                return None
            month = MONTHS.index(match[1].lower()) + 1
            try:
                return dt.date(year, month, int(match[2])), dt.date(year, month, int(match[3]))
            except ValueError:
                return None
    return None


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
        if len(text) > 70 or _RANGE.search(text):
            continue
        alone = is_only_a_day(text) and position < 8 and not _ITEM.match(line)
        if (
            alone
            or (_TIMED.search(text) and (date_in(text, event.year) or is_only_a_day(text.split(",", 1)[0])))
            or _DATED.match(text)
        ):
            when = when_in(text, event)
        else:
            plainly = len(text) < 40 and "http" not in text and position < 6 and not _ITEM.match(line)
            when = When(None, date_in(text, event.year)) if plainly else NEVER
        if when:
            return _near(when, event)
    return NEVER


def _path_days(path: str, default_event: str, event: Conference) -> tuple[tuple[When, str], ...]:
    """Return the days given by the file name and the folders, innermost first."""
    pure = PurePosixPath(path)
    days = []
    stem = pure.stem
    words = re.sub(r"[-_.]", " ", stem)
    file_when = When(number_in(stem), date_in(stem))
    if is_only_a_day(words) or is_only_a_day(stem):
        file_when = joined(file_when, when_in(stem, event))
    days.append((file_when, Origin.FILE_NAME))
    folders = [*(part for part in pure.parent.parts[::-1] if part not in (".", "/")), default_event]
    for folder in folders:
        when = When(number_in(folder), date_in(folder))
        if not when and is_only_a_day(re.sub(r"[-_]", " ", folder) if not re.match(r"\d+_\d+", folder) else folder):
            when = when_in(folder, event)
        days.append((when, Origin.FOLDER))
    return tuple((_near(when, event), source) for when, source in days)
