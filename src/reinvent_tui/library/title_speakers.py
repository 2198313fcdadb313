"""Find the speakers that a title names: ``Title by [Name](…)``, ``Keynote: Name``, ``Title - Name, Company``."""

from __future__ import annotations

import re
from functools import lru_cache

from reinvent_tui.library.codes import code_in
from reinvent_tui.library.names import DOCTOR, LINK, LINKED, LONGEST_LINE, names_in
from reinvent_tui.library.outline import plain
from reinvent_tui.library.tails import COMMA, FIRST, HANDLE_TAIL, people, tail_of
from reinvent_tui.library.words import ENUMERATOR, LABEL, MINUTES, is_role, looks_like_name

_TITLE_BY = re.compile(r"\s+(?:-\s+|–\s+)?by\s+(" + LINKED + r".*|[A-Z][^\d,:;!?]{3,60})$")
_TITLE_WITH = re.compile(r".*\s+with\s+((?:Dr\.?\s+)?[A-Z][\w.'’-]+\s+[A-Z].{0,80})$")
_TITLE_LINKED = re.compile(r"[*_]*\s*,\s*(" + LINKED + r"(?:\s*(?:,|&|and)\s*" + LINKED + r"){0,4})$")
"""``Title, [Name](url)``."""
_OF_PERSON = re.compile(r"\(https?://(?:www\.|mobile\.)?(?:twitter|x|github|linkedin|bsky|mastodon|hachyderm)\.")
"""Where people have pages: ``[Attention Mechanisms](…)`` names nobody."""
_TITLE_STAR = re.compile(r"\s+\*\s+([A-Z][^*]{3,60}?)(?:\s*\*\s*.*)?$")
_KEYNOTE = re.compile(r"(?:keynote|talk|panel|fireside chat)\s*[:–—-]\s*(.+)", re.IGNORECASE)
_KEYNOTE_OF = re.compile(r"(?:opening\s+|closing\s+)?keynote\s+(?:by\s+)?([A-Z].+)", re.IGNORECASE)
_SOMEONES = re.compile(
    r"(?:(?:Dr|Professor|Prof|Mr|Ms|Mrs)\.?\s+)?(.+?)(?:['’]s)?\s+(?:closing |opening )?keynote$", re.IGNORECASE
)
_QUOTED = re.compile(r"(.{3,80}?)\s*[|:–—-]\s*[\"“]([^\"“”]{3,200})[\"”]$")
_MARK = re.compile(r"\b(?:by|with|keynote|talk|panel|chat)\b|[(|*\"“—]|\s[-–]|\s--|,\s*\[", re.IGNORECASE)
_LABELLED = re.compile(r"^\s*(?:keynote|talk|session)\s*[:–—-]\s*", re.IGNORECASE)


def _before_quotation(title: str) -> tuple[tuple[str, ...], str] | None:
    """Return the speakers before a title in quotation marks, and that title: ``Jane Doe | "Queues"``."""
    quoted = _QUOTED.match(plain(title))
    names = people(_LABELLED.sub("", quoted[1])) if quoted else ()
    return (names, quoted[2]) if quoted and names else None


def _after_by(title: str) -> tuple[tuple[str, ...], str] | None:
    """Return the speakers of ``Title by Name`` or ``Title * Name``, and the title without them."""
    for pattern in (_TITLE_BY, _TITLE_STAR):
        match = pattern.search(title)
        # "Powered by Facial Recognition" names no speaker.
        if match and not title[: match.start()].endswith("ed"):
            names = names_in(match[1], strict=not LINK.search(match[1]))
            if names and title[: match.start()].strip():
                rest = title[: match.start()].strip()
                return names, title if pattern is _TITLE_BY and rest.lower().endswith("keynote") else rest
    linked = _TITLE_LINKED.search(title)
    people_only = linked is not None and all(_OF_PERSON.search(match[0]) for match in LINK.finditer(linked[1]))
    names = tuple(filter(looks_like_name, LINK.findall(linked[1]))) if linked and people_only else ()
    return (names, title[: linked.start()].strip(" *_,")) if linked and names else None


def from_title(title: str, *, coded: bool = False, shape: str = "") -> tuple[tuple[str, ...], str]:
    """Return the speakers in the Markdown of a heading, and the heading without their by-line.

    ``Title by [Name](…)`` and, with a code, ``Title with Name and Name`` lose the
    by-line; ``Keynote: Name`` is kept whole.

    Args:
        title: Markdown of the heading.
        coded: True if it has a code.
        shape: the shape in which neighbouring titles end in a speaker (:mod:`reinvent_tui.library.tails`).
    """
    # A colon or a comma means something beside like titles only.
    marked = _MARK.search(title) or (shape and any(told in shape for told in (COMMA, FIRST, HANDLE_TAIL)))
    return _from_title(title, coded, shape) if marked else ((), title)


@lru_cache(maxsize=1024)
def _from_title(title: str, coded: bool, shape: str) -> tuple[tuple[str, ...], str]:  # noqa: FBT001 -- part of a key
    found = _before_quotation(title) or _after_by(title)
    if found is not None:
        return found
    words = plain(title)
    match = _TITLE_WITH.match(words)
    if match:
        names = names_in(match[1], strict=True)
        before = words[: match.start(1)].rsplit(" with ", 1)[0]
        keep = re.search(r"(?:keynote|session|talk|chat|interview|panel)$", before, re.IGNORECASE)
        # "… with Apache Kafka" names no speaker; with a code, or after "keynote", it does.
        if names and keep:
            return names, title
        if names and coded:
            return names, title[: title.rindex(" with ")].strip()
    if FIRST in shape.split():
        names, rest = _at_an_end(title, shape)
        if names:
            return names, rest
    for candidate in _named_parts(words):
        names = names_in(candidate, strict=True)
        if names:
            return names, title
    return _at_an_end(title, shape)


def _at_an_end(title: str, shape: str) -> tuple[tuple[str, ...], str]:
    """Return the names of ``Title (Jane Doe, Company)`` or ``Title - Jane Doe``, and the title without them."""
    names, rest = tail_of(title, shape)
    # "Keynote - Jane Doe" says nothing without its speaker.
    alone = rest.lower() == "keynote" and not plain(title)[len(rest) :].lstrip().startswith("(")
    return names, title if alone else rest


def of_heading(heading: str, shape: str = "") -> tuple[str, ...]:
    """Return the speakers in a heading that may have labels and a code."""
    if len(heading) > LONGEST_LINE:
        return ()
    bare = MINUTES.sub("", heading.strip().strip("*_"))
    for pattern in (LABEL, ENUMERATOR):
        match = pattern.match(bare)
        bare = bare[match.end() :] if match else bare
    code, rest = code_in(bare)
    return from_title(rest, coded=bool(code), shape=shape)[0]


def _named_parts(title: str) -> list[str]:
    keynote = _KEYNOTE.match(title) or _KEYNOTE_OF.match(title)
    if keynote:
        return [keynote[1]]
    someones = _SOMEONES.match(title)
    if someones:
        return [DOCTOR.sub("", someones[1])]
    by = re.search(r"\bby\s+((?:Dr\.?\s+)?[A-Z].+)$", title)
    if by:
        return [DOCTOR.sub("", by[1])]
    # "Peter DeSantis - SVP AWS": beside a role it is a name.
    parts = re.split(r"\s+[-–—]\s+", title, maxsplit=1)
    return [parts[0]] if len(parts) == 2 and is_role(parts[1]) and people(parts[0]) else []


def plain_links(heading: str) -> str:
    """Return a heading without a link around all of it; other links may be by-lines and are kept."""
    whole = re.fullmatch(r"\s*\[([^\[\]]*)\]\([^()]*\)\s*", heading)
    return whole[1] if whole else heading
