"""Distinguish an index of other posts (a README with links) from notes, and read its entries."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from reinvent_tui.library import codes
from reinvent_tui.library.about import READMES
from reinvent_tui.library.days import is_only_a_day, when_in
from reinvent_tui.library.events import Conference
from reinvent_tui.library.model import NEVER, IndexEntry, When
from reinvent_tui.library.outline import Heading, plain

_LINK = re.compile(
    r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?([^()\s>]*(?:\([^()\s]*\)[^()\s]*)*)>?(?:\s+[\"'][^\"']*[\"'])?\s*\)"
)
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|#|//", re.IGNORECASE)
_DEFINITION = re.compile(r" {0,3}\[([^\[\]]+)\]:\s*<?(\S+?)>?(?:\s+[\"'(].*)?$")
_REFERENCE = re.compile(r"\[([^\[\]]+)\](?:\[([^\[\]]*)\])?(?![(:])")
_NO_POST = re.compile(r"\.(?:png|jpe?g|gif|svg|pdf|webp)$", re.IGNORECASE)
_ABOUT_NOTES = re.compile(r"\b(?:notes|repo(?:sitory)?|folder|sessions|contributing|conferences)\b", re.IGNORECASE)
_TEMPLATE = re.compile(r"(?:^|[\W_])template(?:$|[\W_])", re.IGNORECASE)
LONGEST_LINE = 2000
ABOUT_WORDS = 150
TEMPLATE_CHARACTERS = 400


class Index(NamedTuple):
    """What a file says of other posts."""

    entries: tuple[IndexEntry, ...]
    is_index: bool
    """True if it is little else than links to posts, or only says what its folder is."""


def read_index(lines: list[str], hidden: set[int], headings: list[Heading], path: str, event: Conference) -> Index:
    """Return what the lines say of other posts.

    An index is a README whose list items link to other files, any file in which most
    lines do, a top-level README that only describes the folder, or an empty template.
    """
    stem = PurePosixPath(path).stem.lower()
    readme = stem in READMES
    text = "\n".join(lines)
    if _TEMPLATE.search(stem) and len(text.strip()) <= TEMPLATE_CHARACTERS:
        return Index((), is_index=True)
    shown = [at for at, line in enumerate(lines) if line.strip() and at not in hidden]
    if not (readme or len(shown) <= 400):
        return Index((), is_index=False)
    found = _entries(lines, hidden, headings, path, event)
    entries = tuple(entry for _, entry in found)
    item_lines = {at for at, _ in found}
    titled = {heading.line for heading in headings}
    rest = [at for at in shown if at not in titled]
    mostly = len(item_lines) >= 3 and len(item_lines) * 10 >= len(rest) * 6
    if (readme and len(item_lines) >= 2) or mostly or (readme and item_lines and len(item_lines) * 2 >= len(rest)):
        return Index(entries, is_index=True)
    top = readme and "/" not in path
    about = bool(top and len(text.split()) <= ABOUT_WORDS and _ABOUT_NOTES.search(text))
    empty = bool(readme and len(text.split()) <= 12 and _ABOUT_NOTES.search(text))
    return Index(entries if readme else (), is_index=about or empty)


def linked_titles(lines: list[str], hidden: set[int], path: str) -> Iterator[tuple[str, str]]:
    """Yield path and title of each post that a page of links names, however the links are written."""
    folder = posixpath.dirname(path)
    definitions = _definitions(lines)
    for at, line in enumerate(lines):
        if at in hidden or "[" not in line or len(line) > LONGEST_LINE or _DEFINITION.match(line):
            continue
        for title, address in _links_of(line, definitions):
            target = _target(address, folder)
            if target:
                yield target, plain(title)


def _definitions(lines: list[str]) -> dict[str, str]:
    """Return the addresses of links by reference."""
    matches = (_DEFINITION.match(line) for line in lines if line[:4].lstrip()[:1] == "[")
    return {match[1].casefold(): match[2] for match in matches if match}


def _links_of(line: str, definitions: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield text and address of the links in a line: inline, and by reference if there are ``definitions``."""
    for match in _LINK.finditer(line):
        yield match[1], match[2]
    for match in _REFERENCE.finditer(line) if definitions else ():
        address = definitions.get((match[2] or match[1]).casefold())
        if address:
            yield match[1], address


def _target(address: str, folder: str) -> str:
    """Return the path of the post at a link's address; empty if it leads elsewhere."""
    target = unquote(address.split("#", 1)[0].split("?", 1)[0])
    if not target or _OUTSIDE.match(address) or _NO_POST.search(target):
        return ""
    joined = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(joined)


def _entries(
    lines: list[str], hidden: set[int], headings: list[Heading], path: str, event: Conference
) -> list[tuple[int, IndexEntry]]:
    days = {heading.line: heading for heading in headings if heading.level <= 6}
    folder = posixpath.dirname(path)
    entries: list[tuple[int, IndexEntry]] = []
    when = NEVER
    definitions = _definitions(lines)
    mark = "[" if definitions else "]("
    readme = PurePosixPath(path).stem.lower() in READMES
    for at, line in enumerate(lines):
        if at in days:
            text = plain(days[at].text)
            when = when_in(text, event) if is_only_a_day(text) or when_in(text, event, weekdays=False) else NEVER
        elif readme and len(line) < 60 and not line.startswith((" ", "-", "*", "+", "[")) and is_only_a_day(line):
            when = when_in(line, event)
        if at in hidden or mark not in line or len(line) > LONGEST_LINE or not re.match(r"\s*(?:[-*+|]|\d+[.)])", line):
            continue
        for title, address in _links_of(line, definitions):
            target = _target(address, folder)
            if target:
                own_when = _own_day(plain(line), event)
                entries.append((at, IndexEntry(target, own_when or when, codes.code_in(plain(title))[0])))
                break
    return entries


def _own_day(line: str, event: Conference) -> When:
    """Return the day given by an entry itself, such as ``Day 2`` or ``2019-12-03``."""
    return when_in(line, event, weekdays=False) if len(line) < 200 else NEVER
