"""The FTS5 expressions of filters that are terms of the index: ``year:2018``, ``level:300..``, ``path:notes``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from reinvent_tui.index.facets import EVENT_MARK, PATH_MARK, term
from reinvent_tui.index.fts_syntax import phrase, quoted
from reinvent_tui.index.query import Range
from reinvent_tui.index.words import folded

MAX_NUMBERS: Final = 5000
"""Most values in a range."""
_NUMBERS: Final = MappingProxyType({"year": ("y", 1950, 2100), "day": ("n", 0, 99), "level": ("l", 100, 500)})
"""Kind of term, least and greatest value of each numeric field."""


def filter_match(name: str, value: str, *, open_end: bool) -> str:
    """Return the expression for one value of a filter; with ``open_end`` the value may be a prefix."""
    return _FILTERS[name](value, open_end)


def _word_terms(mark: str, text: str, *, open_end: bool) -> str:
    words = [f"{mark}{word}" for word in folded(text)]
    return phrase(words, open_end=open_end) if words else ""


def _day(text: str) -> str:
    if text.isdecimal():
        return quoted(term("n", str(int(text))))
    if text.lower() == "undated":
        return quoted(term("h", "undated"))
    return quoted(term("w", text), prefix=True)


_FILTERS: Final[Mapping[str, Callable[[str, bool], str]]] = MappingProxyType(
    {
        "event": lambda text, open_end: _word_terms(EVENT_MARK, text, open_end=open_end),
        "path": lambda text, _: _word_terms(PATH_MARK, text, open_end=True),
        "year": lambda text, _: quoted(term("y", text)),
        "level": lambda text, _: quoted(term("l", f"{text}00" if len(text) == 1 else text)),
        "track": lambda text, _: quoted(term("k", text)),
        "code": lambda text, open_end: quoted(term("c", re.sub(r"\s", "", text)), prefix=open_end),
        "day": lambda text, _: _day(text),
        "date": lambda text, _: quoted(term("d", re.sub(r"\D", "", text)), prefix=True),
        "is": lambda text, _: quoted(term("h", text)),
        "has": lambda text, _: quoted(term("h", text.lower().removesuffix("s"))),
    }
)


def range_match(node: Range, dates: Callable[[], Iterable[str]]) -> str:
    """Return the expression for a range; ``dates`` gives all dates of the library."""
    terms = _dates_between(node, dates()) if node.name == "date" else _numbers_between(node)
    return f"({' OR '.join(map(quoted, terms))})" if terms else quoted(term("n", "none"))


def _dates_between(node: Range, dates: Iterable[str]) -> list[str]:
    low, high = (re.sub(r"\D", "", text) for text in (node.low, node.high))
    return [
        term("d", date)
        for date in (date.replace("-", "") for date in dates)
        if (not low or date >= low) and (not high or date[: len(high)] <= high)
    ]


def _numbers_between(node: Range) -> list[str]:
    kind, least, greatest = _NUMBERS[node.name]
    low = _number(node.low, least)
    high = min(_number(node.high, greatest), low + MAX_NUMBERS)
    step = 1
    if node.name == "level":
        step = 100
        low, high = (number * 100 if number < 10 else number for number in (low, high))
    return [term(kind, str(number)) for number in range(max(low, least), min(high, greatest) + 1, step)]


def _number(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else default
