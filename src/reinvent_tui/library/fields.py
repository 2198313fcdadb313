"""Read the fields of front matter: days, names and tags, in any common notation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from reinvent_tui.clean import clean_line
from reinvent_tui.library.codes import stated_code
from reinvent_tui.library.days import date_in, stated_number
from reinvent_tui.library.front_matter_formats import FrontMatter, Node
from reinvent_tui.library.model import Origin, Problem, Tag, When
from reinvent_tui.library.topics import tag_key

MAX_TAGS = 64
MAX_TAG_LENGTH = 60

_TAG_KEYS = ("tags", "tag", "topics", "keywords", "categories", "category")
_DATE_KEYS = ("date", "datepublished", "published", "created", "pubdate", "rss_pubdate")
_NULLS = frozenset({"null", "none", "~"})
_TAG_LINE = re.compile(r"\s*(?:\*\*|__)?(?:tags?|topics?|keywords?)\s*:(?:\*\*|__)?\s*(\S.*)$", re.IGNORECASE)
_HASH_LINE = re.compile(r"\s*(?:#[^\W\d][\w/+.-]*[,\s]*)+$")
_STRICT_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:$|[T\s].*)")


def day_and_date(matter: FrontMatter) -> tuple[When, list[Problem]]:
    """Return the day and date in front matter, and any problems with them."""
    problems = []
    stated = matter.text("day")
    day = stated_number(stated)
    if stated and day is None:
        problems.append(Problem(matter.lines.get("day", 1), f"day is not a number: {stated[:40]}"))
    key = next((key for key in _DATE_KEYS if matter.text(key)), "date")
    stated = matter.text(key)
    date = parse_date(stated)
    line = matter.lines.get(key, 1)
    if stated and date is None:
        problems.append(Problem(line, f"{key} is not a valid date: {stated[:40]}"))
    elif stated and not _STRICT_DATE.fullmatch(stated):
        problems.append(Problem(line, f"{key} is not written as YYYY-MM-DD: {stated[:40]}", hint=True))
    elif key in matter.values and not stated and matter.lines.get("date"):
        problems.append(Problem(line, "date is empty", hint=True))
    return When(day, date), problems


def parse_date(text: str) -> dt.date | None:
    """Return the date in ``text``, or None.

    Times are not converted: the author's day is the day.
    """
    head = re.match(r"\s*(\d+)-(\d+)-(\d+)", text)
    if head and len(head[1]) != 4 and len(head[3]) != 4:
        return None
    return date_in(text)


def code(value: Node) -> str:
    """Normalise a session code: ``dat 336-r1`` is ``DAT336-R1``."""
    return stated_code(clean_line(value) if isinstance(value, str) else "")


def names(value: Node) -> tuple[str, ...]:
    """Return names given as a list, as comma-separated text, or as mappings with a ``name``."""
    if isinstance(value, str):
        parts: Iterable[Node] = re.split(r"\s*[,;]\s*|\s+(?:and|&)\s+", value)
    elif isinstance(value, dict):
        parts = [value.get("name", "")]
    else:
        parts = value
    cleaned_names: list[str] = []
    for part in parts:
        name = part.get("name", "") if isinstance(part, dict) else part
        if isinstance(name, str) and (cleaned := clean_line(name)) and cleaned not in cleaned_names:
            cleaned_names.append(cleaned)
    return tuple(cleaned_names)


def words(text: str) -> tuple[str, ...]:
    """Return the tags in a line: separated by commas or semicolons if it has any, else by spaces."""
    parts = re.split(r"[,;]", text) if re.search(r"[,;]", text) else text.split()
    cleaned = (tag_key(clean_line(part).strip("`*[]\"' ")) for part in parts)
    return tuple(word for word in cleaned if 0 < len(word) <= MAX_TAG_LENGTH)[:MAX_TAGS]


def _tag_names(value: Node) -> list[str]:
    if isinstance(value, str):
        return list(words(value))
    if isinstance(value, dict):
        return []
    names = []
    for item in value:
        if isinstance(item, list):
            names += _tag_names(item)
        elif isinstance(item, str) and item.strip().lower() not in _NULLS:
            name = tag_key(clean_line(item).strip("\"'` "))
            if 0 < len(name) <= MAX_TAG_LENGTH:
                names.append(name)
    return names


def tags(values: dict[str, Node]) -> tuple[Tag, ...]:
    """Return the tags in front matter, of the post or of one session."""
    return merged([Tag(name) for key in _TAG_KEYS for name in _tag_names(values.get(key, ""))])


def tag_line(lines: list[str], hidden: set[int], start: int, end: int) -> tuple[int, tuple[Tag, ...]]:
    """Return the index of the line of tags below a heading, and the tags.

    Only the first line of text between the lines ``start`` and ``end`` counts. Without
    tags: ``start`` and none.
    """
    for index in range(start, end):
        line = lines[index]
        if not line.strip():
            continue
        match = _TAG_LINE.match(line)
        if match:
            return index, tuple(Tag(word) for word in words(match[1]))
        if _HASH_LINE.match(line) and index not in hidden:
            return index, tuple(Tag(word) for word in words(line.replace(",", " ")))
        break
    return start, ()


def tag_problems(matter: FrontMatter) -> list[Problem]:
    """Return hints about unusual tags in front matter."""
    problems = []
    for key in _TAG_KEYS:
        value = matter.values.get(key, "")
        line = matter.lines.get(key, 1)
        if isinstance(value, str) and re.search(r"[\s,;]", value.strip()):
            problems.append(Problem(line, f"{key} is text, not a list: read as {', '.join(words(value))}", hint=True))
        elif isinstance(value, dict):
            problems.append(Problem(line, f"{key} is a mapping, not a list"))
        elif isinstance(value, str) and value.strip().replace(".", "").isdecimal():
            problems.append(Problem(line, f"{key} is a number: read as text", hint=True))
        elif isinstance(value, list) and any(not isinstance(item, str) for item in value):
            problems.append(Problem(line, f"{key} contains items that are not text", hint=True))
        elif isinstance(value, list) and any(
            not item.strip() or item.strip().lower() in _NULLS for item in value if isinstance(item, str)
        ):
            problems.append(Problem(line, f"{key} contains an empty item (null): ignored", hint=True))
    title = matter.text("title")
    if title.isdecimal():
        problems.append(Problem(matter.lines.get("title", 1), f"title is a number, {title}: read as text", hint=True))
    return problems


def merged(*groups: Iterable[Tag]) -> tuple[Tag, ...]:
    """Merge tags in order without duplicates; given tags take precedence over inferred ones."""
    seen: dict[str, Tag] = {}
    for group in groups:
        for tag in group:
            known = seen.get(tag.name)
            if known is None or (tag.given and not known.given):
                seen[tag.name] = tag
    return tuple(seen.values())[:MAX_TAGS]


def tags_origin(tags: tuple[Tag, ...], *, stated: bool) -> str:
    """Return where a session's tags come from; empty if it has none."""
    if stated:
        return Origin.FRONT_MATTER
    return "" if not tags else Origin.TEXT if any(tag.given for tag in tags) else Origin.INFERRED
