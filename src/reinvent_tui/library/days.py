"""Parse days: dates, day numbers and weekdays, in any common notation.

Nothing is guessed: a date needs a year, a weekday needs an event whose week is
known, and a number given by the author is never replaced.
"""

from __future__ import annotations

import datetime as dt
import re
from types import MappingProxyType
from typing import Final

from reinvent_tui.library.calendar_names import MONTH_NAMES, MONTHS, WEEKDAY_NAMES, WEEKDAYS
from reinvent_tui.library.events import Conference
from reinvent_tui.library.model import NEVER, When

FIRST_YEAR, LAST_YEAR = 1970, 2099

_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|"
    r"januar|februar|märz|mai|juni|juli|okt(?:ober)?|dez(?:ember)?)\.?"  # German
)
_GERMAN = MappingProxyType({"mär": 3, "mai": 5, "okt": 10, "dez": 12})
WEEKDAY = (
    r"(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:rs?(?:day)?)?|thr|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)

_ISO = re.compile(r"(?<!\d)(\d{4})([-/._])(\d{1,2})\2(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<![\d.])((?:19|20)\d{2})(0[1-9]|1[0-2])([0-3]\d)(?!\d)")
_DAY_MONTH = re.compile(
    rf"(?<![\d.–-])(\d{{1,2}})(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{{1,2}})?(?:\s+of|\.)?[\s-]+{_MONTH}(?![a-z])"
    rf"(?:,?[\s-]+(\d{{4}})(?!\d))?",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"(?<![a-z]){_MONTH}[\s-]+(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:\s*[-–]\s*\d{{1,2}}(?!\d))?(?:,?[\s-]+(\d{{4}})(?!\d))?",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/-])")
_SHORT = re.compile(r"(?<![\d/._-])(\d{1,2})[/_](\d{1,2})(?![\d/_])")
_DOTTED = re.compile(r"(?<![\d.])([0-3]?[0-9])\.\s?([01]?[0-9])\.(?![\d.])")
"""``06.12.``: day and month, as German writes them."""
_NUMBERS: Final = ("one", "two", "three", "four", "five", "six", "seven")
_NUMBER = re.compile(
    rf"(?<![a-z])(?:days?|tag|jour|d[ií]a|giorno)[\s_-]*#?(\d{{1,2}}|{'|'.join(_NUMBERS)})(?![\da-z])(?![\s_-]*op(?:eration)?s)",
    re.IGNORECASE,
)
_STATED = re.compile(r"(?:day\s*)?#?(\d{1,2})", re.IGNORECASE)
_WEEKDAY = re.compile(rf"(?<![a-z]){WEEKDAY}(?![a-z])", re.IGNORECASE)


_DIGIT = re.compile(r"\d")
LONGEST = 120
"""Maximum length in characters of a text that is nothing but a day."""
# Cheap pre-filter: most lines contain none of these.
_DAYLIKE = re.compile(r"\d|\b(?:days?|mon|tue|wed|thu|thr|fri|sat|sun)", re.IGNORECASE)
# Other words allowed in a heading that only names a day.
_FILLERS = re.compile(
    r"[\W_]+|\b(?:19|20)\d\d\b|\b\d{1,2}(?:st|nd|rd|th)\b|\b(?:st|nd|rd|th|the|on|of|sessions?|notes)\b", re.IGNORECASE
)


def date_in(text: str, year: int | None = None) -> dt.date | None:
    """Return the first date in ``text``, or None.

    Times are not converted: the author's day is the day. ``27/11/2018`` counts if
    only one order of day and month is valid; ``year`` is used for dates without one.
    """
    if not _DIGIT.search(text):
        return None
    dates = [
        *((match.start(), _date(match[1], match[3], match[4])) for match in _ISO.finditer(text)),
        *((match.start(), _date(match[1], match[2], match[3])) for match in _COMPACT.finditer(text)),
        *((match.start(), _date(match[3] or year, _month(match[1]), match[2])) for match in _MONTH_DAY.finditer(text)),
        *((match.start(), _date(match[3] or year, _month(match[2]), match[1])) for match in _DAY_MONTH.finditer(text)),
        *((match.start(), _slashed(match, weekday_in(text))) for match in _SLASHED.finditer(text)),
    ]
    return min(((at, date) for at, date in dates if date), default=(0, None))[1]


def _month(name: str) -> int:
    short = name[:3].lower()
    return _GERMAN.get(short) or MONTHS.index(short) + 1


def _date(year: str | int | None, month: str | int, day: str | int) -> dt.date | None:
    if year is None or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _slashed(match: re.Match[str], weekday: int | None) -> dt.date | None:
    """Return the date of ``d.m.yyyy``, or of ``m/d/yyyy`` or ``d/m/yyyy`` if only one is valid, or on that weekday."""
    first, separator, second, year = match.groups()
    if separator == ".":
        return _date(year, second, first)
    american, british = _date(year, first, second), _date(year, second, first)
    if american and british and american != british:
        fitting = [date for date in (american, british) if date.weekday() == weekday]
        return fitting[0] if len(fitting) == 1 else None
    return american or british


NUMERIC = re.compile(r"(?<!\d)(?<!\d[./_-])(\d{1,2})([-_./])(\d{1,2})\2(\d{2}|\d{4})(?![\d/-])")


def numeric_date(text: str, year: int | None, *, month_first: bool | None) -> dt.date | None:
    """Return the date of numbers in ``text``, such as ``3-12-31`` or ``05.06.2031``, or None.

    Args:
        text: the name of a folder or file, or a title.
        year: year of the event, which a year of two digits must agree with.
        month_first: the order that neighbours show; None accepts only what is valid in one order.
    """
    match = NUMERIC.search(text)
    if not match or (len(match[4]) == 2 and year is not None and year % 100 != int(match[4])):
        return None
    full = int(match[4]) if len(match[4]) == 4 else 2000 + int(match[4])
    american, british = _date(full, match[1], match[3]), _date(full, match[3], match[1])
    if month_first is None:
        return None if american and british and american != british else american or british
    return (american if month_first else british) or american or british


def month_and_day(text: str) -> tuple[int, int] | None:
    """Return month and day of a date without a year, such as ``11/29`` or ``11_29-thurs``."""
    match = _MONTH_DAY.search(text)
    if match:
        return _valid(_month(match[1]), int(match[2]))
    match = _DAY_MONTH.search(text)
    if match:
        return _valid(_month(match[2]), int(match[1]))
    # Without a weekday it may be the number of a section.
    match = _DOTTED.search(text) if weekday_in(text) is not None else None
    if match and (found := _valid(int(match[2]), int(match[1]))):
        return found
    match = _SHORT.search(text)
    # 3/4 is ambiguous.
    if match and int(match[1]) > 12:
        return _valid(int(match[2]), int(match[1]))
    if match and (int(match[2]) > 12 or int(match[1]) == int(match[2]) or int(match[1]) in (11, 12)):
        return _valid(int(match[1]), int(match[2]))
    return None


def _valid(month: int, day: int) -> tuple[int, int] | None:
    return (month, day) if _date(2024, month, day) else None


def number_in(text: str) -> int | None:
    """Return the number of a day, such as ``Day 2``, ``day-2`` or ``Day Two``; 0 is valid."""
    match = _NUMBER.search(text)
    if not match:
        return None
    word = match[1].lower()
    return _NUMBERS.index(word) + 1 if word in _NUMBERS else int(word)


def weekday_in(text: str) -> int | None:
    """Return the weekday in ``text``, 0 for Monday."""
    match = _WEEKDAY.search(text)
    return WEEKDAYS.index(match[1][:3].lower().replace("thr", "thu")) if match else None


def may_be_a_day(text: str) -> bool:
    """Return whether ``text`` may contain a day: a cheap pre-filter with false positives."""
    return _DAYLIKE.search(text) is not None


def stated_number(text: str) -> int | None:
    """Return the number in a front matter's ``day``: ``2`` or ``Day 2``."""
    match = _STATED.fullmatch(text)
    return int(match[1]) if match else None


def when_in(text: str, event: Conference, *, weekdays: bool = True) -> When:
    """Return the day that ``text`` gives.

    Args:
        text: a heading, a file or folder name, or a line under a title.
        event: provides the year of dates without one, and the week of weekdays.
        weekdays: whether the name of a weekday is enough.
    """
    number = number_in(text)
    # "Day 1 – 29 Nov" is not a range.
    text = _NUMBER.sub(" ", text)
    date = date_in(text, event.year)
    if date is None:
        short = month_and_day(text)
        if short is not None:
            year = event.year or event.year_of(*short)
            date = _date(year, *short)
            if date is None:
                return When(number, None, "" if number is not None else f"{short[1]} {MONTH_NAMES[short[0] - 1]}")
    weekday = weekday_in(text) if weekdays and date is None else None
    if weekday is None:
        return When(number, date)
    date = event.date_of(weekday)
    return When(number, date, "" if date or number is not None else WEEKDAY_NAMES[weekday])


def is_only_a_day(text: str) -> bool:
    """Return whether a heading or name gives nothing but a day: ``Day 2: Tuesday``, ``2019-12-02``."""
    if len(text) > LONGEST or not _DAYLIKE.search(text):
        return False
    rest = text
    dotted = (_DOTTED,) if weekday_in(text) is not None else ()
    for pattern in (_ISO, _COMPACT, _DAY_MONTH, _MONTH_DAY, _SLASHED, _NUMBER, _WEEKDAY, _SHORT, *dotted):
        rest = pattern.sub(" ", rest)
    return rest != text and not _FILLERS.sub("", rest)


def filled(when: When, event: Conference) -> When:
    """Add the day number to ``when`` if the event's week is known."""
    if when.day is None and when.date is not None:
        return when._replace(day=event.number_of(when.date))
    return when


def joined(*whens: When) -> When:
    """Merge several sources in order of priority; later ones fill gaps if they do not contradict."""
    result = NEVER
    for when in whens:
        if not result:
            result = when
        elif when and not (result.day is not None and when.day is not None and result.day != when.day):
            same = result.date is None or when.date is None or result.date == when.date
            if same:
                day = result.day if result.day is not None else when.day
                date = result.date or when.date
                result = When(day, date, "" if date or day is not None else result.name or when.name)
    return result


def name_order(name: str) -> int:
    """Return a sort key for names of days: weekdays from Monday, then dates by month and day."""
    if name in WEEKDAY_NAMES:
        return WEEKDAY_NAMES.index(name)
    short = month_and_day(name)
    return 100 * short[0] + short[1] if short else 9999
