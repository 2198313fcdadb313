"""Find the speakers of a session, in the notations used in notes.

By-lines (``by [Name](https://…)``), labels (``Speaker: Name, Company``), lists
under ``**Speakers**``, small headings under the title, lines of names before
the notes begin, names in titles (``Keynote: Name``), and sentences of a blog
(``a chalk talk by [Name](…)``). Notations from thirty repositories of notes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from reinvent_tui.library.bylines import byline, is_confirmed
from reinvent_tui.library.days import date_in
from reinvent_tui.library.names import (
    DOCTOR,
    HANDLE,
    LINK,
    LINKED,
    LONGEST_LINE,
    MAX_SPEAKERS,
    bare_line,
    cut,
    may_be_names,
    names_in,
    unique,
)
from reinvent_tui.library.outline import Heading, plain
from reinvent_tui.library.words import PART, is_role, looks_like_name

HEAD_LINES = 12
"""Number of lines of text after a title that are searched for names."""
LABEL_LINES = 60
BYLINE_LINES = 6

_LABEL = re.compile(
    r"(?:speakers?|presenters?|presented\s+by|talk\s+by|given\s+by|hosts?|hosted\s+by|panell?ists?|moderators?|authors?|"
    r"\w+\s+reps(?:\s*-\s*.*)?)\s*(?:\(s\))?\s*(?::|$|\s[-–—]\s)\s*(.*)",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"\W*(?:speakers|authors|presenters|hosts|panell?ists|moderators)", re.IGNORECASE)
_BYLINE = re.compile(
    r"(?:(?:presented|given|held|talk|session)\s+)?by[: ]\s*(.+)|with\s+(?=[A-Z\[])(.+)", re.IGNORECASE
)
_PROSE = re.compile(
    r"(?:talk|session|keynote|workshop|presentation|chalk talk|code talk|lecture|deep dive|panel)s?\W{0,3}\s*"
    r"(?:given\s+|presented\s+|held\s+|led\s+)?"
    rf"(?:by|from|with)\s+((?:(?:AWS|the)\s+)?(?:Dr\.?\s+)?{LINKED}"
    rf"(?:\s*(?:,|and|&|,\s*and)\s+(?:Dr\.?\s+)?{LINKED})*)"
)
_PROSE_PLAIN = re.compile(
    r"(?:talk|session|keynote|workshop|presentation|lecture|deep dive)s?\s+"
    r"(?:given\s+|presented\s+|held\s+|led\s+)?by\s+"
    r"(?:Dr\.?\s+)?((?:[A-Z][\w'’-]+\s+){1,2}[A-Z][\w'’-]+)(?:\s+and\s+((?:[A-Z][\w'’-]+\s+){1,2}[A-Z][\w'’-]+))?"
)
_SOMEONES_TALK = re.compile(
    r"((?:[A-Z][\w-]+\s+){1,2}[A-Z][\w-]+)['’]s?\s+(?:[\w-]+\s+){0,2}(?:talk|session|keynote|deep dive|workshop)"
)
# Each of the three patterns above needs one of these.
_TALKED = ("talk", "session", "keynote", "workshop", "presentation", "lecture", "deep dive", "panel")
_WHOLE_LINK = re.compile(r"^\s*\[(\w[^\[\]]*:[^\[\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)\s*$")


@dataclass(frozen=True, slots=True)
class _SessionLines:
    """The lines of one session."""

    lines: list[str]
    inside: dict[int, Heading]
    """The headings in it, by line."""
    hidden: set[int]
    start: int
    end: int
    whole: bool
    usual: bool


def in_text(
    lines: list[str],
    headings: list[Heading],
    hidden: set[int],
    start: int,
    end: int,
    *,
    whole_file: bool = False,
    usual: bool = False,
) -> tuple[str, ...]:
    """Return the speakers named in the lines from ``start`` to ``end``.

    Args:
        lines: all lines of the post.
        headings: its headings, including bold lines.
        hidden: lines that are code.
        start: the line after the title.
        end: the line after the session.
        whole_file: True if the file is a single session: names may be on lines of their own under its title.
        usual: True if a line of names stands under the titles of its neighbours.
    """
    low = bisect_left(headings, start, key=lambda heading: heading.line)
    high = bisect_left(headings, end, lo=low, key=lambda heading: heading.line)
    inside = {heading.line: heading for heading in headings[low:high]}
    session = _SessionLines(lines, inside, hidden, start, end, whole_file, usual)
    for finder in (_labelled, _small_headings, _lines_of_names, _in_abstract, _head_lines):
        names = finder(session)
        if names:
            return names
    return _in_prose("\n".join(line for at, line in enumerate(lines[start:end], start) if at not in hidden))


def _labelled(session: _SessionLines) -> tuple[str, ...]:
    lines, inside, hidden, start, end = session.lines, session.inside, session.hidden, session.start, session.end
    seen = 0
    speakers: list[str] = []
    at = start - 1
    while (at := at + 1) < end:
        if at in hidden or not lines[at].strip():
            continue
        seen += 1
        if seen > LABEL_LINES:
            break
        bare = bare_line(_WHOLE_LINK.sub(r"\1", lines[at]))
        match = _LABEL.match(bare.replace("**", "").replace("__", "")) if bare else None
        if match and len(bare) < 800:
            plural = bool(_PLURAL.match(bare))
            label_alone = not match[1].strip(" *_")
            rest = bare.split(":", 1)[1] if ":" in bare and not label_alone else match[1]
            # "Host" may be a machine.
            strict = bare.lower().startswith("host")
            names = names_in(rest, strict=strict, plural=plural) if not label_alone else ()
            if label_alone or " reps" in bare.lower():
                names = _listed(lines, hidden, at, end)
            speakers.extend(names)
        elif speakers:
            break
        by = _BYLINE.match(bare)
        if by and seen <= BYLINE_LINES and not speakers and not any(start <= line < at for line in inside):
            text = by[1] or by[2]
            while at + 1 < end and re.match(r"\s*(?:and|&|,)\s", lines[at + 1]):
                at += 1
                text = f"{text} {lines[at].strip()}"
            # "by stefan hupe" is a name, "By default everything waits" is not.
            names = names_in(text, strict=not LINK.search(text) and (len(text.split()) > 3 or bare[:1].isupper()))
            if names:
                return names
    return unique(speakers)


def _indent(line: str) -> int:
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())


def _listed(lines: list[str], hidden: set[int], label: int, end: int) -> tuple[str, ...]:
    """Return the names under a label: list items, or lines up to an empty one."""
    speakers: list[str] = []
    listed = False
    nested = bool(re.match(r"\s*[-*+•]\s", lines[label]))
    for at in range(label + 1, min(end, label + 2 * MAX_SPEAKERS)):
        text = lines[at].strip()
        if nested and _indent(lines[at]) <= _indent(lines[label]):
            break
        if at in hidden or (not text and (speakers or listed)):
            break
        if not text:
            continue
        if text.startswith("#"):
            break
        item = bool(re.match(r"[-*+•]\s", text)) or text in ("-", "*")
        if listed and not item:
            continue
        listed = listed or item
        names = names_in(bare_line(text), strict=False) if len(text) < (400 if "](" in text else 160) else ()
        if names and not (not item and is_role(bare_line(text)) and not looks_like_name(cut(bare_line(text)))):
            speakers.extend(names)
        elif not item:
            break
    return unique(speakers)


def _small_headings(session: _SessionLines) -> tuple[str, ...]:
    """Return the names that are headings of their own right under the title."""
    lines, inside, start, end = session.lines, session.inside, session.start, session.end
    speakers: list[str] = []
    at = start
    while at < end:
        if not lines[at].strip():
            at += 1
            continue
        heading = inside.get(at)
        if heading is None:
            break
        names = (byline(heading.text) if is_confirmed(heading.text) else ()) or names_in(heading.text, strict=True)
        if not names:
            break
        speakers.extend(names)
        at = heading.end
    return unique(speakers)


_HANDLE_LINE = re.compile(r"(?:twitter|x|github|linkedin|mastodon|slides?)\s*[-:–]\s*\S+$|@\w+$", re.IGNORECASE)


def _lines_of_names(session: _SessionLines) -> tuple[str, ...]:
    """Return the names on the first lines under a title, one line or several of the same form."""
    lines, inside, hidden = session.lines, session.inside, session.hidden
    names: list[str] = []
    confirmed = session.usual
    blank = 0
    for at in range(session.start, min(session.end, session.start + 2 * MAX_SPEAKERS)):
        text = lines[at].strip()
        if not text:
            blank += 1
            if names and blank > 1:
                break
            continue
        if at in inside or at in hidden:
            break
        here = byline(text)
        if not here and names and _HANDLE_LINE.match(bare_line(text)):
            confirmed = True
            continue
        if not here:
            break
        blank = 0
        names.extend(here)
        confirmed = confirmed or is_confirmed(text)
    return unique(names) if confirmed else ()


_ABSTRACT = re.compile(r"\W*(?:abstract|speakers?|presenters?|description|panell?ists?)\W*", re.IGNORECASE)


def _in_abstract(session: _SessionLines) -> tuple[str, ...]:
    """Return the names if a list of nothing else begins the section of the abstract or the speakers."""
    first = next((line for line in sorted(session.inside) if _ABSTRACT.fullmatch(session.inside[line].text)), None)
    if first is None:
        return ()
    names: list[str] = []
    for at in range(session.inside[first].end, session.end):
        text = session.lines[at].strip()
        if not text:
            if names:
                break
            continue
        here = byline(text) if at not in session.inside and text.startswith(("-", "*", "+")) else ()
        if not here:
            break
        names.extend(here)
    return unique(names)


def _head_lines(session: _SessionLines) -> tuple[str, ...]:
    """Return the names on short lines between a title and the notes themselves."""
    lines, inside, hidden, start, end = session.lines, session.inside, session.hidden, session.start, session.end
    if not session.whole:
        first = next((at for at in range(start, end) if lines[at].strip()), end)
        return _first_item(lines, first) if first < end and first not in inside and first not in hidden else ()
    head: list[str] = []
    for at in range(start, end):
        text = lines[at].strip()
        if at in inside or at in hidden or len(head) >= HEAD_LINES:
            break
        head.append(text)
    block = _block_of_names(head)
    if block:
        return block
    speakers: list[str] = []
    for position, text in enumerate(head):
        bare = bare_line(text)
        if (
            not bare
            or len(bare) > 110
            or (bare.endswith((".", ":", "?")) and not bare.endswith(("Inc.", "Ltd.", "Co.")))
            or text.startswith(("-", "+"))
        ):
            if bare and len(bare) > 110:
                if speakers:
                    break
                continue
            continue
        names = names_in(bare, strict=True)
        if names and _is_introduced(bare, names, head, position, follows_names=bool(speakers)):
            speakers.extend(names)
    return unique(speakers)


def _first_item(lines: list[str], at: int) -> tuple[str, ...]:
    """Return the name in the first item under a talk's heading: ``- Josh Bloom, GE``."""
    bare = bare_line(lines[at])
    if len(bare) > 70 or bare.endswith((":", ".", "?")) or "http" in bare:
        return ()
    names = [piece for piece in bare.split(",") if looks_like_name(cut(piece))]
    first = cut(bare)
    if not looks_like_name(first) or not bare.startswith(first):
        return ()
    return unique(cut(piece) for piece in names) if len(names) == bare.count(",") + 1 else (first,)


def _block_of_names(head: list[str]) -> tuple[str, ...]:
    """Return the names if the first lines under a title are nothing but names, one to four, one per line."""
    block: list[str] = []
    for text in head:
        if not text and block:
            break
        if text:
            block.append(bare_line(text))
    if not 1 <= len(block) <= 4 or not any(looks_like_name(line) for line in block):
        return ()
    if all(looks_like_name(line) or re.fullmatch(r"[A-Z][a-z]{2,12}", line) for line in block):
        return unique(block)
    return ()


def _is_introduced(bare: str, names: tuple[str, ...], head: list[str], position: int, *, follows_names: bool) -> bool:
    """Return whether the context confirms a name: a role, a handle, or lines typical of the head of notes."""
    rest = bare[bare.find(names[-1]) + len(names[-1]) :]
    if is_role(rest) or "@" in rest:
        return True
    if rest.strip(" .,;*()"):
        return False
    after = next((text for text in head[position + 1 :] if text), "")
    before = next((text for text in reversed(head[:position]) if text), "")
    if after and len(after) < 80 and (is_role(after) or HANDLE.match(after) or after.startswith("@")):
        return True
    if before and (date_in(before) or (follows_names and len(before) < 80)):
        return True
    # Directly under a code on a line of its own.
    return bool(before) and re.fullmatch(r"[A-Z]{3,7}[ -]?\d{3}[\w-]*", before) is not None


def _in_prose(text: str) -> tuple[str, ...]:
    """Return the names in the first sentence such as "a chalk talk by [Name](…)"."""
    text = " ".join(text[:4000].split())
    if not any(word in text for word in _TALKED):
        return ()
    for pattern in (_PROSE, _PROSE_PLAIN, _SOMEONES_TALK):
        match = pattern.search(text)
        if match:
            if pattern is _PROSE:
                names = names_in(match[1], strict=False)
            else:
                names = unique(name for name in match.groups() if name and looks_like_name(name))
            if names:
                return names
    return ()


def is_byline(line: str) -> bool:
    """Return whether a line under a heading names the speaker, which makes the heading a session's."""
    bare = bare_line(line) if len(line) <= LONGEST_LINE else ""
    if not bare or len(bare) > 200:
        return False
    match = _LABEL.match(bare.replace("**", ""))
    if match and match[1].strip():
        return True
    by = _BYLINE.match(bare)
    if not by:
        return False
    loose = LINK.match((by[1] or by[2]).strip()) or (len((by[1] or by[2]).split()) <= 3 and bare[:1].islower())
    return bool(names_in(by[1] or by[2], strict=not loose))


def names_only(heading: str) -> bool:
    """Return whether a heading is nothing but names."""
    return _names_only(heading[:LONGEST_LINE])


@lru_cache(maxsize=2048)
def _names_only(heading: str) -> bool:
    words = plain(heading)
    if not may_be_names(words):
        return False
    names = names_in(words, strict=True)
    if not names or PART.fullmatch(words):
        return False
    bare = DOCTOR.sub("", words.strip(" *_#>-–—"))
    rest = bare
    for name in names:
        rest = rest.replace(name, "", 1)
    # "Jane Doe: Building things", "Building things - Jane Doe" and 'Jane Doe | "Building things"' are talks.
    parted = re.search(r"(?::|\s[-–—])\s+\S|\|\s*[\"“]\w", rest) is not None
    return bare.startswith(names[0].split()[0]) and (not parted or is_role(rest))
