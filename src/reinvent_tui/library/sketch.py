"""A sketch of a file: the little that its neighbours need to know of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from reinvent_tui.library.about import About, about, is_readme
from reinvent_tui.library.bylines import byline
from reinvent_tui.library.days import NUMERIC, is_only_a_day, number_in
from reinvent_tui.library.events import self_named_conference, year_in
from reinvent_tui.library.front_matter_formats import FrontMatter
from reinvent_tui.library.links import linked_titles
from reinvent_tui.library.outline import Heading, plain
from reinvent_tui.library.slug import slug
from reinvent_tui.library.speakers import is_byline
from reinvent_tui.library.tails import shape_of
from reinvent_tui.library.words import PART

STATED = ("sessions", "event", "day", "code", "speakers", "speaker")
"""Keys of front matter that only notes of a conference have."""
MAX_SECTIONS = 24
LONGEST_SECTION = 30
_TALKS = re.compile(r"\b(?:keynotes|lightning|talks|sessions|notes|day\s*\d+|recap|morning|afternoon)\b", re.IGNORECASE)


class Sketch(NamedTuple):
    """What a file looks like from its neighbours."""

    path: str
    single: bool
    """True if it looks like one talk: a single top heading that is no event, no day and no group, or no heading."""
    title: str
    """Plain text of its first heading; empty if it has none."""
    sections: tuple[str, ...]
    """Slugs of its other headings, at most ``MAX_SECTIONS``."""
    stated: bool = False
    """True if its front matter says what it is: the habits of its neighbours do not matter."""
    tail: str = ""
    """Shape in which its title may end in a speaker."""
    names_line: bool = False
    """True if the first line under its title may be nothing but names, companies and handles."""
    dates: tuple[tuple[int, int, int], ...] = ()
    """Dates of numbers in its path and title whose order of month and day is not known."""
    about: About = About()
    """What it says of its folder, if it is a README."""
    links: tuple[tuple[str, str], ...] = ()
    """Path and title of each post that it links."""


def sketch_of(
    path: str, matter: FrontMatter, lines: list[str], headings: Sequence[Heading], hidden: set[int]
) -> Sketch:
    """Return the sketch of the file at ``path`` with these lines and headings."""
    real = [heading for heading in headings if heading.level <= 6][:100]
    titles = [plain(heading.text[:120]) for heading in real]
    title = titles[0] if titles else ""
    level = min((heading.level for heading in real), default=0)
    top = [text for heading, text in zip(real, titles, strict=True) if heading.level == level]
    grouped = bool(
        _TALKS.search(title)
        or number_in(title) is not None
        or year_in(title)
        or self_named_conference(title).name
        or is_only_a_day(title)
    )
    single = not real or (len(top) == 1 and real[0].level == level and not grouped and not PART.fullmatch(title))
    first = real[0].line if real else 0
    single = single or any(is_byline(line) for line in lines[:first][:6])
    sections = tuple(dict.fromkeys(slug(text)[:LONGEST_SECTION] for text in titles[1 : MAX_SECTIONS + 1]))
    readme = is_readme(path)
    return Sketch(
        path,
        single,
        title,
        sections,
        stated=any(matter.values.get(key) for key in STATED),
        tail=shape_of(title) if single else "",
        names_line=bool(_first_line(lines, real, hidden)),
        dates=tuple(_numbers([*PurePosixPath(path).with_suffix("").parts, title])),
        about=about(lines, real) if readme else About(),
        links=tuple(linked_titles(lines, hidden, path)) if readme else (),
    )


def _first_line(lines: list[str], real: Sequence[Heading], hidden: set[int]) -> tuple[str, ...]:
    start = real[0].end if real else 0
    at = next((at for at in range(start, min(start + 4, len(lines))) if lines[at].strip() and at not in hidden), -1)
    return byline(lines[at]) if at >= 0 and not any(heading.line == at for heading in real) else ()


def _numbers(names: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    for name in names:
        match = NUMERIC.search(name)
        if match and 0 < int(match[1]) <= 31 and 0 < int(match[3]) <= 31:
            yield int(match[1]), int(match[3]), int(match[4])
