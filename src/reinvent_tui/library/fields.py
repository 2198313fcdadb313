"""Read single fields: days, dates, codes, names and tags, in whatever form they were written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from reinvent_tui.clean import clean_line
from reinvent_tui.library.front_matter import FrontMatter, Node
from reinvent_tui.library.model import Problem, Tag

MAX_TAGS = 64
MAX_TAG_LENGTH = 60

_DAY = re.compile(r"(?:day\s*)?#?(\d{1,2})", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:$|[T\s].*)")
_CODE = re.compile(r"([A-Za-z]{2,7})[ -]?(\d{2,4}(?:-[A-Za-z0-9]{1,3})?)")
_TAG_KEYS = ("tags", "tag", "topics", "keywords", "categories", "category")


def day_and_date(matter: FrontMatter) -> tuple[int | None, dt.date | None, list[Problem]]:
    """Return the day and date that front matter states, and what is wrong with them."""
    problems = []
    day = None
    stated = matter.text("day")
    match = _DAY.fullmatch(stated)
    if match:
        day = int(match[1])
    elif stated:
        problems.append(Problem(matter.lines.get("day", 1), f"day is not a number: {stated[:40]}"))
    stated = matter.text("date")
    date = parse_date(stated)
    if stated and date is None:
        problems.append(Problem(matter.lines.get("date", 1), f"date is not a day of the calendar: {stated[:40]}"))
    return day, date, problems


def parse_date(text: str) -> dt.date | None:
    """Return the calendar day that ``text`` begins with (ISO 8601 order), or None.

    A time after it is not converted: the day that the author wrote is the day.
    """
    match = _DATE.match(text.strip())
    if not match:
        return None
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def code(value: Node) -> str:
    """Return a session code as it is written everywhere else: ``dat 336-r1`` is ``DAT336-R1``."""
    text = clean_line(value) if isinstance(value, str) else ""
    match = _CODE.fullmatch(text)
    return f"{match[1]}{match[2]}".upper() if match else text[:40]


def names(value: Node) -> tuple[str, ...]:
    """Return names given as a list, as text with commas, or as mappings with a ``name``."""
    if isinstance(value, str):
        parts: Iterable[Node] = re.split(r"\s*[,;]\s*|\s+(?:and|&)\s+", value)
    elif isinstance(value, dict):
        parts = [value.get("name", "")]
    else:
        parts = value
    found: list[str] = []
    for part in parts:
        name = part.get("name", "") if isinstance(part, dict) else part
        if isinstance(name, str) and (cleaned := clean_line(name)) and cleaned not in found:
            found.append(cleaned)
    return tuple(found)


def words(text: str) -> tuple[str, ...]:
    """Return the tags in a line: parted by commas where it has any, else by spaces."""
    parts = text.split(",") if "," in text else text.split()
    cleaned = (clean_line(part).strip("#`*[]\"' ") for part in parts)
    return tuple(word for word in cleaned if 0 < len(word) <= MAX_TAG_LENGTH)[:MAX_TAGS]


def tags(values: dict[str, Node]) -> tuple[Tag, ...]:
    """Return the tags that front matter (or one session of it) gives."""
    found: list[Tag] = []
    for key in _TAG_KEYS:
        value = values.get(key, "")
        if not value:
            continue
        if isinstance(value, str):
            found.extend(Tag(word) for word in words(value))
        elif isinstance(value, list):
            given = (clean_line(item).lstrip("#") for item in value if isinstance(item, str))
            found.extend(Tag(name) for name in given if 0 < len(name) <= MAX_TAG_LENGTH)
    return merged(found)


def merged(*groups: Iterable[Tag]) -> tuple[Tag, ...]:
    """Return all tags in order, each once whatever its case."""
    seen: dict[str, Tag] = {}
    for group in groups:
        for tag in group:
            seen.setdefault(tag.name.casefold(), tag)
    return tuple(seen.values())[:MAX_TAGS]
