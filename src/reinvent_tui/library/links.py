"""Distinguish an index of other posts (a README with links) from notes, and read its entries."""

from __future__ import annotations

import posixpath
import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from reinvent_tui.library import codes
from reinvent_tui.library.days import is_only_a_day, when_in
from reinvent_tui.library.events import Conference
from reinvent_tui.library.model import NEVER, IndexEntry, When
from reinvent_tui.library.outline import Heading, plain

_LINK = re.compile(
    r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?([^()\s>]*(?:\([^()\s]*\)[^()\s]*)*)>?(?:\s+[\"'][^\"']*[\"'])?\s*\)"
)
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|#|//", re.IGNORECASE)
_READMES = frozenset({"readme", "index", "_index", "summary", "contents", "toc"})
_ABOUT_NOTES = re.compile(r"\b(?:notes|repo(?:sitory)?|folder|sessions|contributing|conferences)\b", re.IGNORECASE)
_TEMPLATE = re.compile(r"(?:^|[\W_])template(?:$|[\W_])", re.IGNORECASE)
LONGEST_LINE = 2000
ABOUT_WORDS = 150
TEMPLATE_CHARACTERS = 400


def read_index(
    lines: list[str], hidden: set[int], headings: list[Heading], path: str, event: Conference
) -> tuple[IndexEntry, ...] | None:
    """Return the entries of an index of posts, or None if the lines are notes.

    An index is a README whose list items link to other files, any file in which most
    lines do, a top-level README that only describes the folder, or an empty template.
    """
    stem = PurePosixPath(path).stem.lower()
    readme = stem in _READMES
    text = "\n".join(lines)
    if _TEMPLATE.search(stem) and len(text.strip()) <= TEMPLATE_CHARACTERS:
        return ()
    shown = [at for at, line in enumerate(lines) if line.strip() and at not in hidden]
    if not (readme or len(shown) <= 400):
        return None
    entries = _entries(lines, hidden, headings, path, event)
    item_lines = {at for at, _ in entries}
    titled = {heading.line for heading in headings}
    rest = [at for at in shown if at not in titled]
    mostly = len(item_lines) >= 3 and len(item_lines) * 10 >= len(rest) * 6
    if (readme and len(item_lines) >= 2) or mostly or (readme and item_lines and len(item_lines) * 2 >= len(rest)):
        return tuple(entry for _, entry in entries)
    top = readme and "/" not in path
    if top and len(text.split()) <= ABOUT_WORDS and _ABOUT_NOTES.search(text):
        return tuple(entry for _, entry in entries)
    inner_empty = readme and len(text.split()) <= 12 and _ABOUT_NOTES.search(text)
    return () if inner_empty else None


def _entries(
    lines: list[str], hidden: set[int], headings: list[Heading], path: str, event: Conference
) -> list[tuple[int, IndexEntry]]:
    days = {heading.line: heading for heading in headings if heading.level <= 6}
    folder = posixpath.dirname(path)
    entries: list[tuple[int, IndexEntry]] = []
    when = NEVER
    for at, line in enumerate(lines):
        if at in days:
            text = plain(days[at].text)
            when = when_in(text, event) if is_only_a_day(text) or when_in(text, event, weekdays=False) else NEVER
        if at in hidden or "](" not in line or len(line) > LONGEST_LINE or not re.match(r"\s*(?:[-*+|]|\d+[.)])", line):
            continue
        for match in _LINK.finditer(line):
            target = unquote(match[2].split("#", 1)[0].split("?", 1)[0])
            if (
                not target
                or _OUTSIDE.match(match[2])
                or re.search(r"\.(?:png|jpe?g|gif|svg|pdf|webp)$", target, re.IGNORECASE)
            ):
                continue
            joined = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            own_when = _own_day(plain(line), event)
            entry = IndexEntry(posixpath.normpath(joined), own_when or when, codes.code_in(plain(match[1]))[0])
            entries.append((at, entry))
            break
    return entries


def _own_day(line: str, event: Conference) -> When:
    """Return the day given by an entry itself, such as ``Day 2`` or ``2019-12-03``."""
    return when_in(line, event, weekdays=False) if len(line) < 200 else NEVER
