"""Text saved from a blog page: no markup, only lines that stand by themselves.

The title and a subtitle come first; each session's name is a short line of its
own between paragraphs; a by-line with a date is at the end, usually after a row
of punctuation.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass

from reinvent_tui.library.days import date_in, is_only_a_day
from reinvent_tui.library.words import PART, TAKEAWAYS

LONGEST_NAME = 90
PARAGRAPH = 140
"""Characters; a longer line is prose, not a name."""
SENTENCE = 60
"""Characters; a line of so many that ends like a sentence is prose."""
LAST_LINES = 12

_WRITTEN = (
    r"(?:written|posted|published|authored|geschrieben|ver(?:ö|oe)ffentlicht|verfasst|gepostet|(?:é|e)crit|publi(?:é|e)|escrito|"
    r"publicado|scritto|pubblicato|geschreven|gepubliceerd)"
)
"""In English, German, French, Spanish, Italian and Dutch."""
_BY = r"(?:by|von|par|por|da|door)"
_BYLINE = re.compile(
    rf"(?:{_WRITTEN}\s+(?:{_BY}\s+(.{{2,60}}?)\s+)?(?:on|at|am|le|el|il|op)\s+(.{{6,40}})|"
    rf"{_WRITTEN}\s+{_BY}\s+(.{{2,60}}?)|"
    r"by\s+([A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){1,3})(?:\s*(?:,|\||·|on|[-–—])\s*(.{6,40}))?)"
    r"\s*\.?",
    re.IGNORECASE,
)
_ROW = re.compile(r"\s*([*_\-=#~·•])(?:\s*\1){2,}\s*$")
_ITEM = re.compile(r"\s*(?:[-*+•·–]|\d{1,2}[.)])\s+\S")
_NUMBERED = re.compile(r"\s*\d{1,2}[.)]\s+\S")
_ABOUT_ALL = re.compile(
    r".*\b(?:session|talk|day|keynote)s?\b.*\b(?:summar(?:y|ies)|recaps?|notes|overview|highlights)\b.*|"
    r".*\b(?:summar(?:y|ies)|recaps?|notes|overview|highlights)\b.*\b(?:sessions|talks|day|week)\b.*|"
    r"(?:my\s+)?(?:first|second|third|last)\s+day.*",
    re.IGNORECASE,
)
"""A line that names what follows as a whole, not one session."""
_QUESTION = re.compile(r"(?:why|what|how|when|where|who)\b.*|.*\?", re.IGNORECASE)
_CODE_LINE = re.compile(r"[{};=<>|\\]|^\s{4,}|=>|\(\)")


@dataclass(frozen=True, slots=True)
class BlogText:
    """Roles of the lines of such a text."""

    title: int
    """Index of the title line."""
    subtitle: int | None
    names: tuple[int, ...]
    """Indexes of the lines that name a session."""
    end: int
    """Index of the line after the last session."""
    author: str = ""
    date: dt.date | None = None


def read_blog_text(lines: list[str]) -> BlogText | None:
    """Return the roles of the lines, or None if this is no blog text: fewer than two names between prose."""
    shown = [at for at, line in enumerate(lines) if line.strip()]
    if len(shown) < 5 or len(lines[shown[0]].strip()) > LONGEST_NAME:
        return None
    if _is_wrapped(lines, shown[0]):
        return None
    end, author, date = _footer(lines, shown)
    title = shown[0]
    subtitle = _subtitle(lines, shown)
    begin = (subtitle if subtitle is not None else title) + 1
    candidates = [at for at in range(begin, end) if _is_name(lines, at, begin, end)]
    prose = sum(_is_prose(lines[at]) for at in range(begin, end))
    names = _sessions_among(lines, candidates, end)
    if len(names) < 2 or prose < 2:
        return None
    return BlogText(title, subtitle, tuple(names), end, author, date)


def _is_wrapped(lines: list[str], first: int) -> bool:
    """Return whether the first line is the beginning of a paragraph that goes on, not a title."""
    after = lines[first + 1].strip() if first + 1 < len(lines) else ""
    return len(lines[first].strip()) >= SENTENCE and after[:1].islower()


def _sessions_among(lines: list[str], candidates: list[int], end: int) -> list[int]:
    """Return the lines that name sessions: not what stands over all of them, and not the parts of each."""
    texts = Counter(lines[at].strip().casefold() for at in candidates)
    names = [at for at in candidates if texts[lines[at].strip().casefold()] == 1]
    numbered = [at for at in names if _NUMBERED.match(lines[at])]
    if len(numbered) >= 2:
        # Beside a series of numbers, other lines are parts.
        names = numbered
    else:
        names = [at for at in names if not _NUMBERED.match(lines[at])]
        others = [at for at in names if not _QUESTION.fullmatch(lines[at].strip())]
        # One question may be a title; several are parts of the sessions around them.
        names = others if len(others) >= 2 and len(names) - len(others) >= 2 else names
    names = [at for at in names if not _ABOUT_ALL.fullmatch(lines[at].strip())]
    return [at for at in names if _has_prose(lines, at, tuple(names), end)]


def _footer(lines: list[str], shown: list[int]) -> tuple[int, str, dt.date | None]:
    """Return where the text ends before its by-line, and the author and date of the by-line."""
    for at in reversed(shown[-LAST_LINES:]):
        match = _BYLINE.fullmatch(lines[at].strip().strip("*_ "))
        if not match:
            continue
        author = next((name for name in (match[1], match[3], match[4]) if name), "").strip()
        date = date_in(lines[at])
        if not author and date is None:
            continue
        end = at
        for before in range(at - 1, max(-1, at - 4), -1):
            if _ROW.match(lines[before]):
                end = before
                break
            if lines[before].strip():
                break
        return end, author, date
    return len(lines), "", None


def _subtitle(lines: list[str], shown: list[int]) -> int | None:
    """Return the line of a subtitle: short, right after the title, followed by prose."""
    second, third = shown[1], shown[2]
    short = len(lines[second].strip()) <= LONGEST_NAME and not _ITEM.match(lines[second])
    right_below = second - shown[0] == 1 and third - second > 1
    followed = len(lines[third].strip()) >= PARAGRAPH // 2 and second - shown[0] <= 3
    return second if short and (right_below or followed) else None


def _is_name(lines: list[str], at: int, begin: int, end: int) -> bool:
    text = lines[at].strip()
    item = _ITEM.match(lines[at]) and not _NUMBERED.match(lines[at])
    if not 2 <= len(text) <= LONGEST_NAME or item or _ROW.match(text) or _CODE_LINE.search(lines[at]):
        return False
    alone = (at == begin or not lines[at - 1].strip()) and (at + 1 >= end or not lines[at + 1].strip())
    # If no line is empty, a name is recognised by the long lines before and after it.
    before = at - 1 < begin or _is_prose(lines[at - 1])
    between = before and at + 1 < end and _is_prose(lines[at + 1])
    if not (alone or between):
        return False
    if (
        PART.fullmatch(text)
        or TAKEAWAYS.fullmatch(text)
        or text[-1] in ".,;:"
        or not (any(character.isupper() for character in text.split()[0]) or text[0].isdigit())
    ):
        return False
    if is_only_a_day(text):
        return False
    return not re.fullmatch(r"https?://\S+|\W+|(?:photo|image|figure|source)\b.*", text, re.IGNORECASE)


def _has_prose(lines: list[str], at: int, names: tuple[int, ...], end: int) -> bool:
    """Return whether there is a paragraph between a name and the next one."""
    stop = next((other for other in names if other > at), end)
    return any(_is_prose(line) for line in lines[at + 1 : stop])


def _is_prose(line: str) -> bool:
    text = line.strip()
    return len(text) >= PARAGRAPH or (len(text) >= SENTENCE and text.endswith((".", "!", "?", "…", "”", '"')))
