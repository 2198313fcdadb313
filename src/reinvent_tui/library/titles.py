"""Titles of sessions, from a heading, a first line or a file name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from reinvent_tui.library import codes, title_speakers
from reinvent_tui.library.days import date_in
from reinvent_tui.library.file_events import NO_EVENT, FileEvent
from reinvent_tui.library.outline import LONGEST_HEADING, plain
from reinvent_tui.library.stand_ins import STANDING_IN
from reinvent_tui.library.words import ENUMERATOR, LABEL, MINUTES, PLACEHOLDER, looks_like_name

LONGEST = 120
_ITEM = re.compile(r"\s*(?:[-*+>|]|\d+[.)])\s")
_DATE_PREFIX = re.compile(r"^(?:\d{4}[-_.]?\d{1,2}[-_.]?\d{1,2}|\d{1,2}(?=[-_.])|0\d(?= )|\d{1,2}(?= -))[-_. ]*")
_DATE_SUFFIX = re.compile(r"(?<=\w)[-_. ]+(?:19|20)\d\d[-_.]\d\d[-_.]\d\d$")
_DAY_PREFIX = re.compile(r"^day[\s_-]*\d{1,2}\s*[-_–—:.]+\s*(?:\d{1,2}\s*[-_–—:.]+\s*)?(?=\S)", re.IGNORECASE)
_LINK_AFTER = re.compile(
    r"(?<=\S)\s+[(\[]?\[(?:link|slides?|video|recording|abstract|details|info|website|schedule|session)\]\([^()]*\)[)\]]?\s*$",
    re.IGNORECASE,
)
"""``Queues ([link](…))``: the page shows it."""
_KIND_AFTER = re.compile(r"\s+[-–—|]\s*(?:keynote|panel(?:\s+discussion)?|lightning\s+talk|workshop)$", re.IGNORECASE)
"""``Growing Moss - Keynote``: what kind of session it is."""
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WHOLE_REFERENCE = re.compile(r"\[([^\[\]]+)\]")
_FIELD = re.compile(
    r"\W*(?:speakers?|presenters?|presented|hosts?|authors?|by|date|time|when|where|location|room|slides?|videos?|links?|url|"
    r"twitter|event|track|level|duration|abstract|description|tags?)\s*:",
    re.IGNORECASE,
)
"""A line that says something of the session, not its title."""
_WHOLE_LINK = re.compile(r"\s*\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\([^()]*\)\s*:?\s*")


@dataclass(frozen=True, slots=True)
class Title:
    """A title, and the code that it contained."""

    text: str
    code: str


def title_of(heading: str, shape: str = "") -> Title:
    """Return the title in the Markdown of a heading, without code, label, enumerator, by-line and final period.

    Args:
        heading: its Markdown.
        shape: the shape in which neighbouring titles end in a speaker (:mod:`reinvent_tui.library.tails`).
    """
    if len(heading) > LONGEST_HEADING:
        return Title(plain(heading), "")
    heading = _LINK_AFTER.sub("", heading)
    whole = _WHOLE_LINK.fullmatch(heading)
    text = whole[1] if whole else heading
    # Linked by-lines must be found before links are removed; a code may precede everything.
    bare = _untimed(_unlabelled(re.sub(r"\*\*|__", "", text.strip())))
    code, rest = codes.code_in(plain(bare) if not re.search(r"\bby\s+\[", bare) else bare)
    _, without = title_speakers.from_title(rest if code else bare, coded=bool(code), shape=shape)
    words = plain(without)
    if not code:
        code, words = codes.code_in(words)
    whole_reference = _WHOLE_REFERENCE.fullmatch(words)
    words = whole_reference[1] if whole_reference else words
    finished = _finished(unenumerated(codes.without_repeat(_unlabelled(words)).strip()))
    kind = _KIND_AFTER.search(finished)
    if kind and len(finished[: kind.start()].split()) > 2:
        finished = _finished(finished[: kind.start()])
    return Title(finished or code, code)


def unenumerated(title: str) -> str:
    """Return ``title`` without an enumerator such as ``A.`` or ``1:``."""
    match = ENUMERATOR.match(title)
    return title[match.end() :] if match else title


_TIME = re.compile(
    r"(?:\d{1,2}[:.h]\d{2}(?:\s*[ap]m)?(?:\s*[-–—]\s*\d{1,2}[:.h]\d{2}(?:\s*[ap]m)?)?)\s*[-–—:|,]*\s+(?=\S)",
    re.IGNORECASE,
)


def _untimed(title: str) -> str:
    """Return ``title`` without a time of day before it, ``10:30 - Opening``, and without how long it took."""
    match = _TIME.match(title)
    return MINUTES.sub("", title[match.end() :] if match else title)


def _unlabelled(title: str) -> str:
    match = LABEL.match(title)
    return title[match.end() :] if match else title


_SHORTCODE = re.compile(r"(?:^|\s):[a-z0-9_+-]+:$")
"""``:rocket:``"""


def _finished(text: str) -> str:
    """Return ``text`` without closing punctuation."""
    text = text.strip()
    text = text if _SHORTCODE.search(text) else text.rstrip(":").rstrip()
    if re.search(r"[^\s.][^\s.]\.$", text) and not re.search(r"\b(?:Inc|Ltd|Co|etc|vs|Jr|Sr|al)\.$", text):
        text = text[:-1]
    quoted = re.fullmatch(r"[\"“](.*)[\"”]", text)
    if quoted and not re.search(r"[\"“”]", quoted[1]):
        return quoted[1]
    return text.strip() if re.search(r"\w#$", text) else text.strip("# ")


def first_line_title(lines: list[str], hidden: set[int]) -> tuple[Title, int] | None:
    """Return the first line that serves as a title, and its index, or None if there is none.

    Lines with nothing but a code, a date or a placeholder are skipped. A line counts
    if it stands alone, or beside such a code.
    """
    code = ""
    beside = False
    for at, line in enumerate(lines[:40]):
        text = line.strip()
        if not text:
            continue
        if len(text) > LONGEST_HEADING:
            return None
        if at in hidden or _ITEM.match(line):
            return None
        if _FIELD.match(text):
            return None
        line_code = codes.is_code(text)
        bare = text.strip("#* ")
        if line_code or PLACEHOLDER.fullmatch(bare) or (len(text) < 30 and date_in(text) and len(text.split()) <= 3):
            code = code or line_code
            beside = True
            continue
        after = lines[at + 1].strip() if at + 1 < len(lines) else ""
        next_code = codes.is_code(after)
        inline, rest = codes.code_in(plain(text))
        fits = len(text) <= LONGEST and not re.search(r"[.,;:]$" if inline else r"[.,;:?]$", text)
        fits = fits and not looks_like_name(plain(text))
        fits = fits and not text.startswith("#")
        if not fits or not (not after or beside or next_code or inline):
            return None
        title = title_of(text)
        return Title(title.text or rest, title.code or code or next_code), at
    return None


_AFTER_UNDERSCORE = re.compile(r"[^_]*-[^_]*_([A-Za-z]+(?:[-_][A-Za-z]+){1,2})")


def name_beside(stem: str) -> tuple[str, ...]:
    """Return the speaker in a file name: ``growing-moss_ada-pebble``, where an underscore parts it from the title."""
    apart = _AFTER_UNDERSCORE.fullmatch(stem)
    name = re.sub(r"[-_]", " ", apart[1]).title() if apart else ""
    return (name,) if looks_like_name(name) else ()


def from_file_name(path: str, event: FileEvent = NO_EVENT) -> Title:
    """Return the words of a file name without the ``event`` it begins with; for a README, those of its folder."""
    pure = PurePosixPath(path)
    stem = pure.stem
    if stem.lower() in STANDING_IN and pure.parent.name:
        stem = pure.parent.name
    if event.rest:
        stem = event.rest
    code, rest = codes.code_in_name(stem)
    rest = _DAY_PREFIX.sub("", rest) or rest
    rest = _DATE_SUFFIX.sub("", _DATE_PREFIX.sub("", rest) or rest)
    rest = title_speakers.from_title(rest)[1] if " " in rest else rest
    if not re.search(r"[-_ ]", rest) and _CAMEL.search(rest):
        rest = _CAMEL.sub(" ", rest)
    # Where spaces part the words, a hyphen is one.
    words = re.sub(r"[_\s]+" if " " in rest.strip() else r"[-_\s]+", " ", rest).strip(" |:–—-")
    return Title(words or code or stem, code)
