"""Days and dates in words. English names, whatever the locale: posts are not translated either."""

from __future__ import annotations

import datetime as dt

from reinvent_tui.index.queries import Day
from reinvent_tui.library.calendar_names import MONTH_NAMES, WEEKDAY_NAMES
from reinvent_tui.library.model import When


def long_date(date: dt.date) -> str:
    """Return ``Mon 26 November 2018``."""
    return f"{WEEKDAY_NAMES[date.weekday()][:3]} {date.day} {MONTH_NAMES[date.month - 1]} {date.year}"


def short_date(date: dt.date) -> str:
    """Return ``Mon 26 Nov``."""
    return f"{WEEKDAY_NAMES[date.weekday()][:3]} {date.day} {MONTH_NAMES[date.month - 1][:3]}"


def day_label(day: Day) -> tuple[str, str]:
    """Return what a day is called, and its date where that is not its name."""
    if day.number is not None:
        return f"Day {day.number}", short_date(day.date) if day.date else ""
    if day.date is not None:
        return f"{short_date(day.date)} {day.date.year}", ""
    return day.name or "Undated", ""


def short_day(when: When) -> str:
    """Return the day of a session as a list shows it: ``Day 2``, ``3 Dec 2019``, ``Monday``."""
    if when.day is not None:
        return f"Day {when.day}"
    if when.date is not None:
        return f"{when.date.day} {MONTH_NAMES[when.date.month - 1][:3]} {when.date.year}"
    return when.name


def reading_minutes(words: int) -> int:
    """Return how long ``words`` take to read, in minutes, at least 1.

    230 words a minute is Brysbaert's mean for English non-fiction (2019, J. Mem. Lang. 109), rounded.
    """
    return max(1, round(words / 230))
