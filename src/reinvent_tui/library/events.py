"""Recognise the event of notes: known conferences by name, others by what they call themselves."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

_YEAR = re.compile(r"(?<!\d)((?:19[89]|20[0-4])\d)(?!\d)")
_SHORT_YEAR = re.compile(r"['’](\d\d)\b")
# Typical names of unknown conferences.
_UNKNOWN = re.compile(
    r"[\w&.+()/ -]*?(?:\b(?:conf(?:erence)?|con|summit|festival|congress|symposium|expo|meet-?up|forum)|"
    r"(?:[a-z]conf|[A-Z]\w+Con|Camp|Fest|Days))\b[\w&.+' -]*"
)
_REGION = re.compile(r"[\s_-]+([A-Za-z]{2})(?=[\s_-]*(?:19|20)\d\d(?!\d))")
_DAY_PART = re.compile(r"\s*[-–—:,(|]*\s*\b(?:day|tag|jour|d[ií]a|giorno)\s*#?\d+\b.*$", re.IGNORECASE)
_NO_DAYS: Mapping[int, tuple[dt.date, dt.date]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Conference:
    """A conference, optionally in a known year."""

    name: str = ""
    """Includes the year if known; empty if no conference was recognised."""
    year: int | None = None
    days: Mapping[int, tuple[dt.date, dt.date]] = field(default_factory=lambda: _NO_DAYS)
    """First and last day, by year, if known."""

    @property
    def _week(self) -> tuple[dt.date, dt.date] | None:
        return self.days.get(self.year) if self.year is not None else None

    def date_of(self, weekday: int) -> dt.date | None:
        """Return the date of a weekday (0 for Monday) in the event's week, or None if the week is unknown.

        The days around it count too: workshops and parties start before the first day.
        """
        if self._week is None:
            return None
        first, last = self._week
        inside = [first + dt.timedelta(at) for at in range((last - first).days + 1)]
        around = [first - dt.timedelta(1), last + dt.timedelta(1)]
        return next((day for day in (*inside, *around) if day.weekday() == weekday), None)

    def date_of_number(self, number: int) -> dt.date | None:
        """Return the date of a day of the event, from 1, or None if the week is unknown or shorter."""
        if self._week is None or number < 1:
            return None
        date = self._week[0] + dt.timedelta(number - 1)
        return date if date <= self._week[1] else None

    def number_of(self, date: dt.date) -> int | None:
        """Return which day of the event ``date`` is, from 1, or None if the week is unknown."""
        week = self._week or self.days.get(date.year)
        if week is None or not week[0] <= date <= week[1] or (self.year is not None and date.year != self.year):
            return None
        return (date - week[0]).days + 1

    def year_of(self, month: int, day: int) -> int | None:
        """Return the year in which the event covered that day, if exactly one is known."""
        years = [
            year
            for year, (first, last) in self.days.items()
            if any((first + dt.timedelta(at)).timetuple()[1:3] == (month, day) for at in range((last - first).days + 1))
        ]
        return years[0] if len(years) == 1 else None

    def in_year(self, year: int) -> Conference:
        """Return the event with ``year`` added, if it has none yet."""
        if self.year is not None or not self.name:
            return self
        return Conference(f"{self.name} {year}", year, self.days)


@dataclass(frozen=True, slots=True)
class _KnownConference:
    name: str
    pattern: re.Pattern[str]
    days: Mapping[int, tuple[dt.date, dt.date]]


@cache
def _known() -> tuple[_KnownConference, ...]:
    """Return the conferences of ``events.toml``."""
    data = tomllib.loads(files("reinvent_tui.library").joinpath("events.toml").read_text("utf-8"))
    conferences = []
    for item in data["event"]:
        days = {
            int(year): (dt.date.fromisoformat(first), dt.date.fromisoformat(last))
            for year, (first, last) in item.get("days", {}).items()
        }
        conferences.append(_KnownConference(item["name"], re.compile(item["pattern"], re.IGNORECASE), days))
    return tuple(conferences)


def year_in(text: str) -> int | None:
    """Return the first year in ``text``: ``2018``, ``'18``."""
    match = _YEAR.search(text)
    if match:
        return int(match[1])
    short = _SHORT_YEAR.search(text)
    return 2000 + int(short[1]) if short else None


@lru_cache(maxsize=1024)
def known_conference(text: str) -> Conference:
    """Return the known conference in ``text``, with its year if given."""
    spaced = text.replace("_", " ")
    for known in _known():
        match = known.pattern.search(spaced)
        if match:
            name = f"{known.name}{_region(spaced[match.end() :], known.name)}"
            # The year next to the name takes precedence over one elsewhere in the title.
            year = year_in(spaced[match.end() : match.end() + 12]) or year_in(spaced)
            return Conference(f"{name} {year}" if year else name, year, known.days)
    return Conference()


def _region(after: str, name: str) -> str:
    """Return the two letters of a country between a conference's name and its year: ``PyCon SK 2018``."""
    match = _REGION.match(after)
    return f" {match[1].upper()}" if match and not name.endswith(match[1].upper()) else ""


@lru_cache(maxsize=1024)
def self_named_conference(title: str) -> Conference:
    """Return the event if a title looks like the name of one: ``JSConf EU 2015``, ``Polymer Summit``."""
    known = known_conference(title)
    if known.name:
        return known
    title = _DAY_PART.sub("", title.strip())
    match = _UNKNOWN.fullmatch(title) or _UNKNOWN.fullmatch(title.strip().lower())
    if match and len(title.split()) <= 8:
        return Conference(title.strip(), year_in(title))
    return Conference()
