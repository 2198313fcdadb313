"""The event of a post: stated, named by its title, by its folders and a README in them, or by file names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from reinvent_tui.library import codes
from reinvent_tui.library.days import is_only_a_day, number_in
from reinvent_tui.library.events import Conference, known_conference, self_named_conference, year_in
from reinvent_tui.library.fields import names
from reinvent_tui.library.front_matter_formats import FrontMatter
from reinvent_tui.library.habits import Habits
from reinvent_tui.library.model import Origin, When
from reinvent_tui.library.outline import plain
from reinvent_tui.library.stand_ins import name_of
from reinvent_tui.library.words import PART

_DATED_NAME = re.compile(r"(?:19|20)\d{2}(?:[-_.]?\d{2}[-_.]?\d{2})?")
_DAY_OR_NUMBER = re.compile(
    r"^\d+[a-z]?\b\s*|\b(?:day|tag|jour|d[ií]a|giorno)\s*(?:\d+|one|two|three|four|five)\b", re.IGNORECASE
)
_NO_EVENT = re.compile(
    r"notes?|keynotes?|talks?|sessions?|lightning|day|days|morning|afternoon|evening|continued|part|workshops?|posts?|index|readme|\W*",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"[\s*_>-]*(?:event|conference)\s*:[\s*_]*(\S.{1,80})$", re.IGNORECASE)
"""``Event: GardenConf 2031`` under a title."""
LONGEST_EVENT = 8
"""Words."""
NAMED_BESIDE = 4
"""Words that a title which names its event may have beside that name."""


@dataclass(frozen=True, slots=True)
class PostEvent:
    """The event of a post, and what says so."""

    conference: Conference
    origin: str
    stated: bool = False
    """True if front matter gives it."""
    in_folder: bool = False
    """True if its folders, or a README in them, name it."""
    folder_year: int | None = None

    @property
    def name(self) -> str:
        """Its name, with the year if known."""
        return self.conference.name

    def of_many(self, title: str, stem: str) -> str:
        """Return the event of a post with several sessions, if only a folder names one.

        It is the post's title, or the file name if it has none: ``ODSC East`` in
        ``odsc-east-2017.md`` is ``ODSC East 2017``. Without a year neither is an event.
        """
        year = self.conference.year
        if self.origin != Origin.FOLDER or known_conference(self.name).name or (year is None and not self.in_folder):
            return self.name
        text = title
        if not title:
            text = _DAY_OR_NUMBER.sub(" ", re.sub(r"[\s_-]+", " ", _DATED_NAME.sub(" ", stem)).strip()).strip()
        day = is_only_a_day(text) or number_in(text) is not None
        words = [word for word in text.split() if not _NO_EVENT.fullmatch(word)]
        if day or not words or len(text.split()) > LONGEST_EVENT or PART.fullmatch(text) or codes.code_in(text)[0]:
            return self.name
        name = re.sub(r"\s*\((\d{4})\)$", r" \1", text)
        says_year = self.folder_year is None and bool(title) and year_in(name)
        if self.in_folder and not says_year and not _is_more_of(name, self.name):
            return self.name
        return name if year_in(name) or year is None else f"{name} {year}"

    def on(self, name: str, date: dt.date | None) -> str:
        """Return the event ``name`` of this post with the year of a session's date, if it has none."""
        known = self.in_folder or self.origin != Origin.FOLDER or known_conference(name).name
        lacks = not self.stated and bool(name) and year_in(name) is None
        return f"{name} {date.year}" if known and lacks and date is not None else name


def _is_more_of(name: str, event: str) -> bool:
    """Return whether a name says more of the event that a folder names: ``ODSC East 2017`` of ``ODSC``."""
    bare, known = (re.sub(r"[\W_]|(?:19|20)\d\d", "", text.casefold()) for text in (name, event))
    return bool(known) and known in bare


def event_of(
    matter: FrontMatter,
    title: str,
    path: str,
    default_event: str,
    stated: When,
    habits: Habits,
    head: Sequence[str] = (),
) -> PostEvent:
    """Return the event of a post.

    Args:
        matter: its front matter.
        title: its title.
        path: below the folder that was opened.
        default_event: name of that folder.
        stated: day and date in the front matter.
        habits: what is known from its neighbours.
        head: its first lines.
    """
    said = _stated(matter, habits, head)
    if said is not None:
        return said
    stem = name_of(path)
    parts = [part for part in PurePosixPath(path).parent.parts[::-1] if part != "."]
    year = next((year for text in (title, stem, *parts, default_event) if (year := year_in(text))), None)
    year = year or habits.year or (stated.date.year if stated.date else None)
    own = known_conference(title)
    # A talk may be about another conference than that of its folder; a title that is one says so.
    if own.name and (len(title.split()) <= len(own.name.split()) + NAMED_BESIDE or not habits.event):
        return PostEvent(own.in_year(year) if year else own, Origin.HEADING)
    called = self_named_conference(title)
    if habits.event and not (called.name and called.year and len(title.split()) <= LONGEST_EVENT):
        return PostEvent(
            _of_folder(habits, habits.year or year), Origin.FOLDER, in_folder=True, folder_year=habits.year
        )
    category = next(filter(_is_event, names(matter.values.get("categories", ""))), "")
    if category:
        return PostEvent(Conference(category, year_in(category)), Origin.FRONT_MATTER)
    return _of_names(called, stem, parts, default_event, year, habits.file_event.name)


def _stated(matter: FrontMatter, habits: Habits, head: Sequence[str]) -> PostEvent | None:
    """Return the event that a person, front matter or a labelled line gives."""
    labelled = next((match[1] for line in head if (match := _LABELLED.match(line))), "")
    for name, origin in (
        (habits.said.event, Origin.CORRECTED),
        (plain(matter.text("event")), Origin.FRONT_MATTER),
        (
            next((name for name in names(matter.values.get("categories", "")) if _is_event(name)), ""),
            Origin.FRONT_MATTER,
        ),
        (plain(labelled).strip(" *_"), Origin.TEXT),
    ):
        if name:
            known = known_conference(name)
            return PostEvent(replace(known, name=name, year=known.year or year_in(name)), origin, stated=True)
    return None


def _is_event(category: str) -> bool:
    """Return whether a category of a blog is an event: the name of one, with its year, ``MossConf 2031``."""
    named = known_conference(category).name or self_named_conference(category).name
    return year_in(category) is not None and bool(named) and not is_only_a_day(category)


def _of_names(
    called: Conference, stem: str, parts: list[str], default_event: str, year: int | None, in_name: str
) -> PostEvent:
    """Return the event by the names of the file and its folders, or by what a title calls itself."""
    places = [(stem, Origin.FILE_NAME), *((part, Origin.FOLDER) for part in parts), (default_event, Origin.FOLDER)]
    for text, source in places:
        known = known_conference(text)
        if known.name:
            return PostEvent(known.in_year(year) if year else known, source)
    if called.name:
        if called.year is None and year:
            called = replace(called, name=f"{called.name} {year}", year=year)
        return PostEvent(replace(called, name=re.sub(r"\s*\((\d{4})\)$", r" \1", called.name)), Origin.HEADING)
    if in_name:
        return PostEvent(Conference(f"{in_name} {year}" if year else in_name, year), Origin.FILE_NAME)
    for part in parts:
        name = re.sub(r"[\s_-]+", " ", part).strip()
        words = [word for word in name.split() if re.search(r"[^\W\d_]{2}", word)]
        if (own_year := year_in(name)) and words and not is_only_a_day(name) and number_in(name) is None:
            return PostEvent(Conference(name, own_year), Origin.FOLDER)
    return PostEvent(Conference(default_event, year), Origin.FOLDER)


def _of_folder(habits: Habits, year: int | None) -> Conference:
    """Return the event that the folders of a post, or a README in them, name."""
    days = known_conference(habits.event).days
    if habits.first and habits.last:
        days = {**days, habits.first.year: (habits.first, habits.last)}
    return Conference(f"{habits.event} {year}" if year else habits.event, year, days)
