"""What a README says of its folder: the event, its days, and the posts that it links."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from reinvent_tui.library.calendar_names import MONTHS
from reinvent_tui.library.events import known_conference, self_named_conference, year_in
from reinvent_tui.library.outline import Heading, plain

READMES = frozenset({"readme", "index", "_index", "summary", "contents", "toc"})
FIRST_LINES = 8
LONGEST = 500
RANGE = re.compile(
    r"(?<![a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s*(?:-|–|—|to|through)\s*"
    r"(\d{1,2})(?:st|nd|rd|th)?\b(?:,?\s+(\d{4}))?",
    re.IGNORECASE,
)
_WORD = r"[A-Z][\w.&:+/’'-]*"
_NAME = rf"{_WORD}(?:\s+(?:{_WORD}|of|the|and|for|on|&)){{0,6}}"
_YEAR_FIRST = re.compile(
    rf"\b((?:19|20)\d\d)\s+({_NAME}|[\w.&:+/-]+)\s+(?:[Cc]onference|[Ss]ummit|[Mm]eet-?up|[Ff]orum|[Ss]ymposium|[Ff]estival|[Ee]vent)\b"
)
_YEAR_LAST = re.compile(rf"\b({_NAME}|[\w.&:+/-]*\w)\s+(?:in\s+)?((?:19|20)\d\d)\b")
_AT = re.compile(
    rf"\b(?:from|at|of|attend(?:ed|ing)|during|visited)\s+(?:the\s+)?({_NAME})\s+(?:conference|summit|symposium|festival)\b"
)
_PROPER = re.compile(
    rf"\b(?:from|at|of|attend(?:ed|ing)|during|visited)\s+(?:the\s+)?"
    rf"({_WORD}\s+(?:(?:{_WORD}|and|of|for|the|&)\s+){{0,4}}(?:Conference|Summit|Symposium|Festival|Conf))\b"
)
"""``Notes from the Moss and Fern Conference``: there the word is a part of the name."""
_NOTHING_MORE = re.compile(
    r"^(?:(?:my|our|some|the|personal|raw|conference|talk|session|notes?|summar(?:y|ies)|recaps?|slides|repo(?:sitory)?|from|of|on|for|"
    r"at|in|and|to|taken|collected|public|unofficial|a|all|this|is)\b[\s:,.–-]*)+|"
    r"[\s:,.–-]+(?:(?:conference|talks?|sessions?|notes?|summar(?:y|ies)|recaps?|repo(?:sitory)?|slides|trip|report)\b[\s:,.–-]*)+$",
    re.IGNORECASE,
)
_COMMON = frozenset({"in", "on", "at", "january", "february", "march", "april", "may", "june", "july", "august"}) | {
    "september",
    "october",
    "november",
    "december",
    "copyright",
    "since",
    "until",
    "the",
    "of",
    "from",
    "for",
    "by",
}


class About(NamedTuple):
    """What a README says of the event in its folder."""

    event: str = ""
    """Name of the event, without its year; empty if it names none."""
    year: int | None = None
    first: dt.date | None = None
    """The event's first day."""
    last: dt.date | None = None


def is_readme(path: str) -> bool:
    """Return whether a file stands for its folder."""
    return PurePosixPath(path).stem.lower() in READMES


def about(lines: Sequence[str], headings: Sequence[Heading]) -> About:
    """Return what the beginning of a README says of the event in its folder."""
    texts = [plain(heading.text) for heading in headings[:1] if len(heading.text) <= LONGEST]
    titled = {heading.line for heading in headings[:1]}
    body = [
        plain(line) for at, line in enumerate(lines[:40]) if line.strip() and at not in titled and len(line) <= LONGEST
    ]
    texts += [text for text in body if not text.startswith(("#", "|", "```"))][:FIRST_LINES]
    bare = [re.sub(r"https?://\S+|<[^>]*>", " ", text).strip() for text in texts]
    name, year = "", None
    for number, text in enumerate(bare):
        name, year = _named(text, title=number == 0 and bool(titled))
        if name:
            break
    if name and year is None:
        # A title names the event, a line below it the year.
        years = (_year_beside(text, name) for text in bare[1:])
        year = next((found for found in years if found), None)
    first, last = days_of(texts, year)
    year = year or (first.year if first else None)
    return About(name, year, first, last)


def _says(text: str, name: str) -> bool:
    """Return whether a line has the name of an event, however it is spaced: ``Moss Summit`` for ``moss-summit``."""
    return _squeezed(name) in _squeezed(text)


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _year_beside(text: str, name: str) -> int | None:
    """Return the year that stands near the name of an event in a line: ``Moss Summit notes from February 2031``."""
    at = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
    if at is None:
        return None
    before = text[max(0, at.start() - 50) : at.start()].rpartition(". ")[2]
    after = text[at.end() : at.end() + 50].partition(". ")[0]
    near = _says(before, name) or _says(after, name)
    return year_in(text) if near and not _OTHER_YEAR.search(before) else None


_OTHER_YEAR = re.compile(r"\b(?:founded|since|edited|updated|written|until)\b", re.IGNORECASE)


_LABEL = re.compile(r"^\W*(?:event|conference|conf|at)\W*:\W*", re.IGNORECASE)
_NO_NAME = re.compile(
    r"(?:(?:conferences?|confs?|events?|talks?|meet-?ups?|summits?|notes?|sessions?|tech|technology|developers?|software|it|"
    r"various|other|this|that|past|attended|last|next|years?|slides|videos?|and|[^\w\s]+)\s+)+",
    re.IGNORECASE,
)


def _named(text: str, *, title: bool) -> tuple[str, int | None]:
    """Return the event that a title or a sentence names, and its year."""
    name, year = _any_name(_LABEL.sub("", text), title=title)
    if not re.search(r"[^\W\d_]{2}", name):
        return "", None
    return ("", None) if _NO_NAME.fullmatch(f"{name} ") else (name, year)


def _any_name(text: str, *, title: bool) -> tuple[str, int | None]:
    known = known_conference(text)
    if known.name:
        return re.sub(r"\s+(?:19|20)\d\d$", "", known.name), known.year
    if title:
        bare = _NOTHING_MORE.sub("", _NOTHING_MORE.sub("", text)).strip(" -–—:,")
        called = self_named_conference(bare)
        if called.name and len(called.name.split()) <= 6:
            return _NOTHING_MORE.sub("", _without_year(called.name)) or called.name, called.year
        year = year_in(bare)
        name = _NOTHING_MORE.sub("", _without_year(bare)) or bare
        if year and name and len(name.split()) <= 6:
            return name, year
        return "", None
    for pattern, name_at, year_at in ((_YEAR_FIRST, 2, 1), (_YEAR_LAST, 1, 2), (_PROPER, 1, 0), (_AT, 1, 0)):
        for match in pattern.finditer(text):
            name = match[name_at] if pattern is _PROPER else _NOTHING_MORE.sub("", match[name_at]).strip(" -–—:,.")
            # "Written in 2019" names nothing.
            if pattern is _YEAR_LAST and " in " in match[0] and " " not in name and name.istitle():
                continue
            if name and name.split()[-1].lower() not in _COMMON and name.lower() not in _COMMON and len(name) > 2:
                return name, int(match[year_at]) if year_at else year_in(text)
    return "", None


def _without_year(name: str) -> str:
    return re.sub(r"\s{2,}", " ", re.sub(r"[(\[]?\b(?:19|20)\d\d\b[)\]]?|\s*\(.*\)$", " ", name)).strip(" -–—:,")


def days_of(texts: Sequence[str], year: int | None) -> tuple[dt.date | None, dt.date | None]:
    """Return first and last day of an event from a line such as ``Dates: May 30-31, 2015``."""
    for text in texts[:12]:
        match = RANGE.search(text) if len(text) <= LONGEST else None
        if match:
            stated = int(match[4]) if match[4] else year
            if stated is None or (year is not None and stated != year):
                return None, None
            month = MONTHS.index(match[1].lower()) + 1
            try:
                return dt.date(stated, month, int(match[2])), dt.date(stated, month, int(match[3]))
            except ValueError:
                return None, None
    return None, None
