"""Extract the names of people from a by-line: before roles and companies, in links, beside handles."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reinvent_tui.clean import clean_line
from reinvent_tui.library.outline import plain
from reinvent_tui.library.word_lists import word_list
from reinvent_tui.library.words import is_role, looks_like_name

MAX_SPEAKERS = 12
LONGEST_LINE = 800
_NOBODY = re.compile(
    r"(?:some|someone|the|a|an|from|he|she|they|we|it|unknown|various|many|several|tbd|none|https?|n/?a)\b|\d",
    re.IGNORECASE,
)
LINKED = r"\[([^\[\]]{2,60})\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)"
LINK = re.compile(LINKED)
_BOUNDARY = re.compile(
    r"\s+[-–—|/]+\s+|\s*[(\[<:,;@|]|(?<=[a-z]{3})\.\s|\s[-–—]{1,2}$|\s+(?:at|from|of|@|is|was|will|has)\s+|\s{3,}"
)
AND = re.compile(r"\s+(?:&|and|und|et|\+|/)\s+|\s*[;/]\s*|,\s*(?:and|&)\s+")
HANDLE = re.compile(
    r"[\w.]*@[\w.-]+|(?:https?:/+|www\.|github\.com/|twitter\.com/|[\w-]+\.(?:dev|io|codes|com|org|info|me|blog|tech|xyz)\b)\S*"
)
DOCTOR = re.compile(r"^(?:(?:dr|professor|prof|mr|mrs|ms|sir|dame)\.?\s+)+", re.IGNORECASE)

_OF_COMPANY = re.compile(r"[\w)]\s*,?\s+(?:at|of|from|for)\s+(?:the\s+)?$", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[-*+•]|\d+[.)])\s+")
_EMPHASIS = re.compile(r"^[*_]{1,3}|[*_]{1,3}$")


def bare_line(line: str) -> str:
    """Return a line without list, heading, quotation and emphasis markers at its ends."""
    text = line[:LONGEST_LINE].strip().lstrip("#>").strip()
    if text[:1].isalpha() and text[-1] not in "*_":
        return text
    return _EMPHASIS.sub("", _BULLET.sub("", text)).strip()


def names_in(text: str, *, strict: bool, plural: bool = False) -> tuple[str, ...]:
    """Return the names in a by-line; ``strict`` accepts only what looks like a full name."""
    text = text[:LONGEST_LINE]
    # "Ada Pebble, gardener at [Mossworks](…)": that link is no name.
    links = [match for match in LINK.finditer(text) if not _OF_COMPANY.search(text[: match.start()])]
    linked = [clean_line(match[1]) for match in links]
    if linked and not all(name.startswith("@") and re.search(r"\w\s*\(", text) for name in linked):
        before = DOCTOR.sub("", cut(plain(text[: text.index("[")]).strip(" *_#>-–—:(")))
        if all(name.startswith(("@", "http")) for name in linked) and _may_be_name(before):
            return (before,)
        # A second part in brackets is usually a handle or the company.
        people = [name for name in linked if not name.startswith(("@", "http")) and not _NOBODY.match(name)]
        # Beside a name, a link that is none is of slides or a company.
        people = [name for name in people if looks_like_name(DOCTOR.sub("", cut(name)), labelled=True)] or people
        people = people or [name for name in linked if not _NOBODY.match(name)]
        return unique(DOCTOR.sub("", name).lstrip("@") for name in people)
    text = plain(text).strip(" *_#>-–—:")
    names: list[str] = []
    for part in AND.split(text):
        pieces = [piece.strip() for piece in part.split(",")]
        # "Ada Pebble, Bo Stone, Cy Sand": three names are no companies.
        plural = plural or (len(pieces) > 2 and all(looks_like_name(piece) for piece in pieces))
        for position, piece in enumerate(pieces):
            name = DOCTOR.sub("", cut(re.sub(r"(\w)\(\w+\)", r"\1", piece))).strip(" -–—*_")
            name = name if re.search(r"\b[A-Z]\.$", name) else name.strip(" .")
            company = position > 0 and not plural and bool(names)
            if company:
                continue
            # After a label even a single lower-case word is a name.
            labelled = not strict and (position == 0) and _may_be_name(name)
            if looks_like_name(name, labelled=not strict) or labelled:
                names.append(name)
    if not names and not strict:
        handle = re.match(r"[^\w@]*(@\w+)", text)
        names = [handle[1]] if handle else []
    return unique(names)


def _may_be_name(name: str) -> bool:
    words = name.split()
    fits = 0 < len(words) <= 4 and len(name) <= 40 and not _NOBODY.match(name) and not is_role(name)
    return fits and all(re.fullmatch(r"[^\W\d_][\w'’.-]*", word) for word in words)


_ELIDED = re.compile(r"[dDoO]['’][A-Z]")
_SMALL = frozenset({"&", "and", "und", "et", "+", "/", "-"})


def may_be_names(text: str) -> bool:
    """Return whether a text may be names: a cheap pre-filter with false positives."""
    words = text.lstrip(" *_#>-–—[(").split(maxsplit=2)
    if len(words) < 2 or not words[0][:1].isupper():
        return False
    return (
        words[1][:1].isupper()
        or bool(_ELIDED.match(words[1]))
        or words[1].lower() in _SMALL
        or words[1].lower() in word_list("particles")
    )


def cut(text: str) -> str:
    """Return ``text`` up to the start of a role, company or handle."""
    text = HANDLE.sub("", text).strip()
    text = re.sub(r"^[([].*?[)\]]\s*", "", text)
    return _BOUNDARY.split(text, maxsplit=1)[0].strip()


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names without duplicates, in order, at most ``MAX_SPEAKERS``."""
    return tuple(dict.fromkeys(name for name in names if name))[:MAX_SPEAKERS]
