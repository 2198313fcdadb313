"""Lines of names under a title: ``Ada Pebble, Mossworks``, ``Bo Stone & Cy Sand``, ``Di Reed - @di``."""

from __future__ import annotations

import re
from functools import lru_cache

from reinvent_tui.library.names import AND, DOCTOR, HANDLE, LINK, bare_line, may_be_names, unique
from reinvent_tui.library.outline import plain
from reinvent_tui.library.word_lists import word_list
from reinvent_tui.library.words import PART, is_role, looks_like_name

LONGEST = 200
MOST_WORDS = 26
LONGEST_COMPANY = 8
"""Words of a role or company beside a name."""
_CUT = re.compile(r"\s+[-–—|/]+(?:\s+|$)|\s*[(\[|]|\s+@\s*(?=\w)|\s+(?:at|from)\s+(?=[A-Z])|,\s*")
_BY = re.compile(r"^(?:[-–—*>\s]*)(?:(?:talk|session|presented|given|presentation)\s+)?by\s+(?=[A-Z\[])", re.IGNORECASE)
_FIRST = re.compile(r"[-*+•>#_\[(–—\s]*(?:\d{1,2}[.)]\s+)?(?:[Bb]y\b|[A-Z]|[^\x00-\x7f]|[a-z]+ by\b)")
_SENTENCE = re.compile(r"[^\W\d_]{4,}[.!?]$|:$|\?$")
_BRACKETED = re.compile(r"\s*\([^()]*\)")


def is_person(text: str) -> bool:
    """Return whether a piece of a by-line looks like a name; its last word may have another meaning: ``Val Head``."""
    if looks_like_name(text):
        return True
    # "Masatoshi SEKI", "Gil SEDGE": surnames in capitals.
    words = text.split()
    if 2 <= len(words) <= 3 and sum(word.isupper() and len(word) > 2 for word in words) == 1:
        return looks_like_name(text.title())
    first = text.split(maxsplit=1)[0].lower() if text.strip() else ""
    return first not in word_list("not_names") and looks_like_name(text, labelled=True)


def byline(line: str) -> tuple[str, ...]:
    """Return the names in a line that may be nothing but names, roles, companies and handles; () if it is not."""
    return _byline(line) if len(line) <= LONGEST and _FIRST.match(line) else ()


@lru_cache(maxsize=2048)
def _byline(line: str) -> tuple[str, ...]:
    bare = _BY.sub("", bare_line(line))
    if not may_be_names(bare):
        return ()
    names = _names(_without_handles(bare))[0]
    return names or _beside_handle(bare)


def _beside_handle(bare: str) -> tuple[str, ...]:
    """Return a name whose surname is a role too, if nothing but a handle stands beside it: ``Val Head - @val``."""
    text = _without_handles(bare)
    words = [word.lower() for word in text.split()]
    if text == bare or len(words) != 2 or not text.istitle() or words[0] in word_list("roles") | word_list("not_names"):
        return ()
    return (text,)


def is_confirmed(line: str) -> bool:
    """Return whether a line of names has what only a by-line has: a role, a company, a handle, or "by"."""
    if len(line) > LONGEST:
        return False
    bare = bare_line(line)
    if _BY.match(line) or HANDLE.search(plain(bare)) or re.search(r"\[@\w+\]\(", bare):
        return True
    return _names(_without_handles(bare))[1]


def _without_handles(text: str) -> str:
    """Return a line as plain text without handles, addresses and links of handles."""
    text = LINK.sub(lambda match: " " if match[1].startswith(("@", "http")) else match[1], text)
    return HANDLE.sub(" ", plain(text)).strip(" *_>#-–—|,;:")


def _names(text: str) -> tuple[tuple[str, ...], bool]:
    """Return the names in ``text``, and whether there is a role or company beside them."""
    if not text or len(text.split()) > MOST_WORDS or _SENTENCE.search(text) or PART.fullmatch(text):
        return (), False
    names: list[str] = []
    bare = _BRACKETED.sub(" ", text)
    beside = bare != text
    parts = [part.strip() for part in AND.split(bare) if part.strip()]
    for number, part in enumerate(parts):
        pieces = [piece.strip(" .,;:)]_*") for piece in _CUT.split(part) if piece and piece.strip(" .,;:)]_*-–—|")]
        if not pieces:
            continue
        first = DOCTOR.sub("", pieces[0])
        if not is_person(first):
            # "Ada Pebble, Moss and Fern": the rest of a company.
            if number == 0 or len(part.split()) > LONGEST_COMPANY or not part[:1].isupper():
                return (), False
            continue
        names.append(first)
        rest = pieces[1:]
        if any(len(piece.split()) > LONGEST_COMPANY for piece in rest):
            return (), False
        # Nothing but names: people. One beside a role or a company is a company too.
        if rest and all(looks_like_name(piece) and not is_role(piece) for piece in rest):
            names.extend(rest)
        else:
            beside = beside or bool(rest)
    return unique(names), beside
