"""What the files of a folder have in common.

A person tells what a file is by looking at its neighbours. So does the reader: the
sketches of a folder's files give its habits, and those decide about each file.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from reinvent_tui.library.about import About
from reinvent_tui.library.corrections import NO_CORRECTION, Correction
from reinvent_tui.library.days import is_only_a_day, number_in
from reinvent_tui.library.events import known_conference, year_in
from reinvent_tui.library.file_events import NO_EVENT, FileEvent, beginnings, event_in
from reinvent_tui.library.sketch import Sketch
from reinvent_tui.library.stand_ins import group_of, name_of
from reinvent_tui.library.tails import frequent_shapes

MOST_SIBLINGS = 2
FREQUENT = 0.15
"""Share of the siblings in which a heading must stand to be a part of a talk."""
STEPS = 4
FEWEST_LINES = 3

_NEUTRAL = re.compile(
    r"(?:_?posts?|_?drafts?|notes?|talks?|sessions?|presentations?|content|contents|source|src|docs?|documents?|keynotes?|"
    r"workshops?|lightning[\s_-]*talks?|conferences?|confs?|events?|summar(?:y|ies)|articles?|blogs?|pages?|markdown|md|"
    r"files|data|main|en|english|archive|misc|other|conference[\s_-]*(?:notes|talks)|talk[\s_-]*notes|[\W_]*)",
    re.IGNORECASE,
)
_CONFERENCES = re.compile(r"\b(?:conferences?|confs?|meet-?ups?|events?|summits?|talks)\b", re.IGNORECASE)
_DATE = re.compile(r"(?:19|20)\d\d(?:[-_.](?:0[1-9]|1[0-2])(?:[-_.](?:0[1-9]|[12]\d|3[01]))?(?![^\W_]))?")
"""A year, or one with its month, or with its month and day: ``2031-11-mossconf``."""
_SHORT_YEAR = re.compile(r"(?<![\dA-Za-z])2k(\d\d)(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Habits:
    """What is known of a file from its neighbours."""

    single: float = 0.0
    """Share of its siblings that look like one talk each, in steps of a quarter."""
    siblings: int = 0
    """Number of its siblings, at most ``MOST_SIBLINGS``."""
    sections: tuple[str, ...] = ()
    """Slugs of its headings that stand in several of its siblings: parts of a talk, not talks."""
    title: str = ""
    """The title under which an index links it."""
    tail: str = ""
    """Shapes in which titles of its siblings end in a speaker (:mod:`reinvent_tui.library.tails`)."""
    names_line: bool = False
    """True if a line of names stands under the titles of its siblings."""
    month_first: bool | None = None
    """Whether dates of numbers give the month first; None if nothing shows it."""
    event: str = ""
    """Name of the event that its folders, or a README in them, give; without the year."""
    year: int | None = None
    """Year of that event."""
    first: dt.date | None = None
    """First day of that event, from a README."""
    last: dt.date | None = None
    file_event: FileEvent = NO_EVENT
    """The event that its file name begins with, by itself or as its siblings do."""
    said: Correction = NO_CORRECTION
    """What a person says of it."""


NO_HABITS = Habits()


@lru_cache(maxsize=4096)
def digest(habits: Habits) -> str:
    """Return a text that changes with the habits: a file whose neighbours change is recognised again."""
    return hashlib.blake2b(repr(habits).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class Library:
    """The sketches of a library, and the habits that they show."""

    def __init__(self, sketches: Iterable[Sketch], name: str = "") -> None:
        self._name = name
        self._groups: dict[str, list[Sketch]] = {}
        self._by_path: dict[str, Sketch] = {}
        self._abouts: dict[str, About] = {}
        self._titles: dict[str, str] = {}
        dates: set[tuple[int, int, int]] = set()
        # READMEs before other front pages, then by path: what is read first must not decide.
        for sketch in sorted(sketches, key=_order):
            self._by_path[sketch.path] = sketch
            self._groups.setdefault(group_of(sketch.path), []).append(sketch)
            dates.update(sketch.dates)
            folder = sketch.path.rpartition("/")[0] or "."
            if sketch.about != About() and not self._abouts.get(folder, About()).event:
                self._abouts[folder] = sketch.about
            for target, title in sketch.links:
                self._titles.setdefault(target, title)
        self._month_first = _month_first(dates)
        self._counts = {group: (len(own), sum(sketch.single for sketch in own)) for group, own in self._groups.items()}
        self._sections = {group: _frequent(own) for group, own in self._groups.items()}
        self._tails = {
            group: frequent_shapes([sketch.tail for sketch in own if sketch.title])
            for group, own in self._groups.items()
        }
        self._beginnings = {
            group: beginnings(name_of(sketch.path) for sketch in own) for group, own in self._groups.items()
        }
        self._lines = {group: _names_line(own) for group, own in self._groups.items()}
        self._file_events: dict[str, FileEvent] = {}
        self._events: dict[str, tuple[str, int | None, About]] = {}
        top = self._abouts.get(".", About())
        # A README that names one event and its year is not that of a collection of events.
        self._of_conferences = not (top.event and top.year) and bool(
            _CONFERENCES.search(f"{_spaced(name)} {self._top_title()} {top.event}")
        )

    def _top_title(self) -> str:
        readme = (sketch for sketch in self._groups.get(".", ()) if sketch.path.lower().startswith("readme"))
        return next((sketch.title for sketch in readme), "")

    def habits_of(self, path: str) -> Habits:
        """Return the habits of the neighbours of ``path``."""
        group = group_of(path)
        own = self._by_path.get(path)
        if own is not None and own.stated:
            return NO_HABITS
        count, singles = self._counts.get(group, (0, 0))
        if own is not None:
            count, singles = count - 1, singles - own.single
        share = round(singles / count * STEPS) / STEPS if count else 0.0
        frequent = self._sections.get(group, frozenset())
        folder = path.rpartition("/")[0]
        event, year, about = self._event(folder or ".")
        return Habits(
            single=share,
            siblings=min(count, MOST_SIBLINGS),
            sections=tuple(sorted(frequent.intersection(own.sections))) if own is not None and frequent else (),
            title=self._titles.get(path) or self._titles.get(folder, ""),
            tail=self._tails.get(group, ""),
            names_line=self._lines.get(group, False),
            month_first=self._month_first,
            event=event,
            year=year,
            first=about.first,
            last=about.last,
            file_event=NO_EVENT if event else self._file_event(path, group),
        )

    def _file_event(self, path: str, group: str) -> FileEvent:
        """Return the event that a file name begins with, if its folders name no known one."""
        known = self._file_events.get(path)
        if known is None:
            named = any(known_conference(part).name for part in PurePosixPath(path).parent.parts)
            shared = self._beginnings.get(group, frozenset())
            known = self._file_events[path] = NO_EVENT if named else event_in(name_of(path), shared)
        return known

    def _event(self, folder: str) -> tuple[str, int | None, About]:
        """Return the event of a folder: of a README in it, of its name, or of the folder above."""
        known = self._events.get(folder)
        if known is None:
            known = self._events[folder] = self._find_event(folder)
        return known

    def _find_event(self, folder: str) -> tuple[str, int | None, About]:
        about = self._abouts.get(folder, About())
        parts = [part for part in PurePosixPath(folder).parts if part != "."]
        year = next((found for part in reversed(parts) if (found := folder_year(part))), None)
        if about.event:
            return about.event, year or about.year or year_in(self._name), about
        if not parts:
            return "", None, about
        name = _event_name(parts[-1])
        above = parts[-2] if len(parts) > 1 else ""
        if name:
            known = known_conference(parts[-1])
            own = folder_year(parts[-1])
            if known.name:
                return re.sub(r"\s+(?:19|20)\d\d$", "", known.name), known.year or own or about.year or year, about
            in_year = bool(folder_year(above)) and not _event_name(above)
            if own or in_year or (self._of_conferences and not above) or about.first:
                return name, own or about.year or year, about
        event, year_above, about_above = self._event(str(PurePosixPath(folder).parent))
        return event, year_above or year, about if about.first else about_above


def _order(sketch: Sketch) -> tuple[bool, str]:
    return (not sketch.path.rpartition("/")[2].lower().startswith("readme"), sketch.path)


def _spaced(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name).strip()


def folder_year(name: str) -> int | None:
    """Return the year in the name of a folder: ``2018``, ``gardenconf2018``, ``forum-2k18``."""
    short = _SHORT_YEAR.search(name)
    return 2000 + int(short[1]) if short else year_in(name)


def _event_name(folder: str) -> str:
    """Return a folder's name as that of an event, without its year; empty if it says nothing, or only a day."""
    spaced = _spaced(_DATE.sub(" ", _SHORT_YEAR.sub(" ", folder)))
    day = is_only_a_day(folder) or is_only_a_day(spaced) or number_in(folder) is not None
    return "" if day or _NEUTRAL.fullmatch(spaced) or not re.search(r"[^\W\d_]{2}", spaced) else spaced


def _frequent(members: list[Sketch]) -> frozenset[str]:
    counts = Counter(section for sketch in members for section in sketch.sections)
    least = max(3, FREQUENT * len(members))
    return frozenset(section for section, count in counts.items() if count >= least)


def _names_line(members: list[Sketch]) -> bool:
    count = sum(sketch.names_line for sketch in members)
    return count >= FEWEST_LINES and count * 2 >= len(members)


def _month_first(dates: set[tuple[int, int, int]]) -> bool | None:
    """Return whether dates such as ``3-12-31`` give the month first.

    A number above 12 decides; else the order in which the days lie closer together,
    since an event has neighbouring days.
    """
    if any(first > 12 for first, second, _ in dates) != any(second > 12 for first, second, _ in dates):
        return any(second > 12 for _, second, _ in dates)
    spans = []
    for first_is_month in (True, False):
        try:
            days = [
                dt.date(2000 + year % 100, *((first, second) if first_is_month else (second, first)))
                for first, second, year in dates
            ]
        except ValueError:
            return None
        by_year: dict[int, list[dt.date]] = {}
        for day in days:
            by_year.setdefault(day.year, []).append(day)
        spans.append(sum((max(own) - min(own)).days for own in by_year.values()))
    return spans[0] < spans[1] if spans[0] != spans[1] else None
