"""Speakers at the end of a title, or before it, in the shape that all titles of a folder or a post have.

``Growing Moss - Ada Pebble``, ``Growing Moss (Ada Pebble)``, ``Growing Moss | Ada Pebble``: one
such title proves little, since the tail may be a subtitle. If most of its neighbours end in
the same shape, and in what may be names, each of them does. So it is with
``Ada Pebble - Growing Moss``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reinvent_tui.library.names import AND, DOCTOR, HANDLE, unique
from reinvent_tui.library.outline import plain
from reinvent_tui.library.word_lists import word_list
from reinvent_tui.library.words import is_role, looks_like_name

DASH, BRACKETS, PIPE = "dash", "brackets", "pipe"
COMMA = "comma"
"""Told by its neighbours only: ``Pots, Ada Pebble`` may be a list."""
HANDLE_TAIL = "handle"
"""Told by its neighbours only: ``Growing Moss - @ada``; ``Annotations - @Entity`` names nobody."""
FIRST = "first"
"""The shape of titles with their speakers before them."""
FEWEST = 3
LONGEST = 120
_TIME_TAIL = re.compile(
    r"\s*[(\[]?\b\d{1,2}[:.]\d{2}\s*(?:[ap]m)?(?:\s*[-–—]\s*\d{1,2}[:.]\d{2}\s*(?:[ap]m)?)?[)\]]?\s*$", re.IGNORECASE
)
_LEADING_TIME = re.compile(
    r"^\d{1,2}[:.h]\d{2}(?:\s*[ap]m)?(?:\s*[-–—]\s*\d{1,2}[:.h]\d{2}(?:\s*[ap]m)?)?\s*[-–—:|,]*\s+", re.IGNORECASE
)
_DASH = re.compile(r"\s+(?:--|[-–—])\s+|\s*—\s*")
_HANDLE_TAIL = re.compile(r"(?:\s[-–—|]|—|\s\(|,)\s*(@\w{2,30})\)?$")
_ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_COMMA = re.compile(r",\s+(?=[A-Z])")
_PIPE = re.compile(r"\s+\|\s+")
_AFTER_FIRST = re.compile(r"\s+(?:--|[-–—|])\s+|\s*—\s*|:\s+")
_BRACKETED = re.compile(r"\s*\([^()]*\)|\s*\[[^\[\]]*\]")
_LOOSE_WORD = re.compile(r"[^\W\d_][\w'’.-]*\.?")


class Tail(NamedTuple):
    """A title cut before what may be its speaker."""

    shape: str
    title: str
    text: str
    """What follows: names, perhaps with companies and handles."""


def tails(title: str) -> list[Tail]:
    """Return every way to cut a title before what may be a speaker."""
    text = _TIME_TAIL.sub("", plain(title)).strip()
    found = []
    for shape, pattern in ((PIPE, _PIPE), (DASH, _DASH)):
        found += [
            Tail(shape, text[: match.start()].strip(), text[match.end() :].strip())
            for match in pattern.finditer(text)
            if match.start() > 0 and text[match.end() :].strip()
        ]
    opening = _opening(text)
    if opening > 0:
        found.append(Tail(BRACKETS, text[:opening].rstrip(" -–—:"), text[opening + 1 : -1].strip()))
    comma = _COMMA.search(text)
    if comma:
        found.append(Tail(COMMA, text[: comma.start()].strip(), text[comma.end() :].strip()))
    return [tail for tail in found if tail.title and len(tail.text) <= LONGEST]


def _from_first(title: str) -> Tail | None:
    """Return a title cut after what may be its speaker; handles and companies between pipes belong to the speaker."""
    text = _LEADING_TIME.sub("", _TIME_TAIL.sub("", plain(title)).strip())
    match = _AFTER_FIRST.search(text)
    if match is None:
        return None
    parts = [part.strip() for part in _PIPE.split(text[match.end() :])]
    named = [part for part in parts if part and not HANDLE.fullmatch(part) and not _ADDRESS.fullmatch(part)]
    rest = next((part for part in named if part[:1] in '"“'), " | ".join(named)).strip('"“”')
    # "Growing Moss: Cy Sand" ends in a speaker.
    return Tail(FIRST, rest, text[: match.start()].strip()) if rest and not people(rest) else None


def _opening(text: str) -> int:
    """Return where the bracket opens that the last character of ``text`` closes; -1 if there is none."""
    if not text.endswith(")"):
        return -1
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] == ")") - (text[at] == "(")
        if not depth:
            return at
    return -1


def people(text: str, *, loose: bool = False) -> tuple[str, ...]:
    """Return the names in the tail of a title, or () if it is not made of names, companies and handles.

    Args:
        text: such as ``Ada Pebble (Mossworks) & Bo Stone, Fernco``.
        loose: whether names may be in lower case, or one word.
    """
    names: list[str] = []
    bare = HANDLE.sub(" ", _BRACKETED.sub(" ", text))
    parts = [part.strip(" ,;/|-–—") for part in AND.split(bare)]
    parts = [part for part in parts if part]
    for number, part in enumerate(parts):
        pieces = [piece.strip() for piece in re.split(r",|\s+[-–—|/]+\s+|\s+(?:at|from)\s+", part) if piece.strip()]
        if not pieces:
            continue
        first = DOCTOR.sub("", pieces[0]).strip(" .") if not re.search(r"\b[A-Z]\.$", pieces[0]) else pieces[0]
        if not _person(first, loose=loose):
            if names and is_role(part):  # "Ada Pebble, gardener and writer"
                continue
            return ()
        names.append(first)
        if number and number == len(parts) - 1:  # "Ada Pebble & Bo Stone, Big Garden"
            continue
        names.extend(piece for piece in pieces[1:] if _person(piece, loose=False) and not is_role(piece))
    return unique(names)


def _person(name: str, *, loose: bool) -> bool:
    if looks_like_name(name):
        return True
    words = name.split()
    if len(words) == 1 and (len(name) < 4 or not name[0].isupper() or name.isupper()):
        return False
    if not loose or not 1 <= len(words) <= 4 or not all(_LOOSE_WORD.fullmatch(word) for word in words):
        return False
    lower = [word.strip(".").lower() for word in words]
    # One of two words may have another meaning: "casey driscoll", "Val Head"; not both, and not the only one.
    ordinary = sum(word in word_list("not_names") or word in word_list("roles") for word in lower)
    return ordinary * 2 < len(words) or (len(words) >= 2 and ordinary * 2 == len(words) and name[:1].isupper())


def tail_of(title: str, shape: str = "") -> tuple[tuple[str, ...], str]:
    """Return the speakers at the end of a title and the title without them; nothing and the title if there are none.

    Args:
        title: Markdown of a heading, or a file name.
        shape: the shape in which its neighbours end in a speaker; empty if they do not.
    """
    found = tails(title)
    shapes = shape.split()
    for tail in found:
        names = people(tail.text) if tail.shape != COMMA or COMMA in shapes else ()
        if names:
            return names, tail.title
    first = _from_first(title) if FIRST in shapes else None
    # "Rust - What is new": before a title, one word may be anything.
    if first is not None and (names := people(first.text)):
        return names, first.title
    handle = _HANDLE_TAIL.search(title) if HANDLE_TAIL in shapes else None
    if handle and title[: handle.start()].strip():
        return (handle[1],), title[: handle.start()].strip()
    for tail in found:
        names = people(tail.text, loose=True) if tail.shape in shapes and tail.shape != COMMA else ()
        if names:
            return names, tail.title
    return (), title


def shape_of(title: str) -> str:
    """Return the shape in which ``title`` may end in a speaker, or begin with one; empty if it does neither."""
    found = tails(title)
    at_end = next((tail.shape for tail in found if people(tail.text)), "")
    first = _from_first(title) if not at_end else None
    if first is not None and people(first.text):
        return FIRST
    if not at_end and _HANDLE_TAIL.search(title):
        return HANDLE_TAIL
    loose = (tail.shape for tail in found if tail.shape != COMMA and people(tail.text, loose=True))
    return at_end or next(loose, "")


def common_shape(titles: Iterable[str]) -> str:
    """Return the shapes in which most of ``titles`` end in a speaker; empty if there is none."""
    shapes = [shape_of(title) for title in titles]
    return frequent_shapes(shapes)


def frequent_shapes(shapes: Sequence[str]) -> str:
    """Return the shapes, separated by spaces, that most titles have together; empty if most have none."""
    counts = Counter(shape for shape in shapes if shape)
    if (counts[FIRST] >= FEWEST and counts[FIRST] * 2 >= len(shapes)) or 2 <= counts[FIRST] == len(shapes):
        return " ".join(sorted(shape for shape, count in counts.items() if count >= 2))
    total = sum(counts.values())
    if total < FEWEST or total * 2 < len(shapes):
        return ""
    # A product at the beginning may look like a name: for names there, most titles must have one.
    return " ".join(sorted(shape for shape, count in counts.items() if count >= 2 and shape != FIRST))
