"""Find unusual but readable constructs in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reinvent_tui.library.model import Problem
from reinvent_tui.library.outline import loose_heading

_CODE_SPAN = re.compile(r"(`+)[^`]*\1")
LONG_LINE = 20_000
MANY_HEADINGS = 5_000

_CONTROL = re.compile("[\u2400-\u2421\ufffd]")
_UNSEEN = re.compile("[\u200b]")
_BROKEN_LINK = re.compile(r"\[[^\[\]\n]*\]?\(\]\s*\S|\]\(\]")
_ROW = re.compile(r"^#{7,}\s*$")
_HTML = re.compile(r"^\s*<(?:!doctype|html|head|body|article)\b", re.IGNORECASE)
_ELEMENT = re.compile(r"^\s*<(?:iframe|script|style|object|embed|video)\b", re.IGNORECASE)
_UNDERLINED = re.compile(r"\s*\S[^\n]{0,300}\n-{3,}[ \t]*(?:\n|$)")
_SPACED_LINK = re.compile(r"\[[^\[\]\n]+\] +\(https?:")


_LINES: tuple[tuple[re.Pattern[str], str], ...] = (
    (_BROKEN_LINK, "broken link: unbalanced brackets"),
    (_SPACED_LINK, "broken link: space between ] and ("),
    (_ROW, "a row of # is a separator, not a heading"),
    (_HTML, "HTML, not Markdown: shown as text"),
    (_ELEMENT, "HTML element: shown as text"),
)


def oddities(text: str, first: int, lines: list[str]) -> list[Problem]:
    """Return hints about a post, each with the line of its first occurrence.

    Args:
        text: the whole file, cleaned.
        first: line in the file of ``lines[0]``, from 1.
        lines: the text after the front matter.
    """
    if not text.strip():
        return [Problem(0, "the file is empty", hint=True)]
    problems = []
    if re.match(r"\s*-{4,}[ \t]*\n", text):
        problems.append(Problem(1, "begins with a row of dashes that is not front matter", hint=True))
    if not any(line.strip() for line in lines):
        problems.append(Problem(0, "no text after the front matter", hint=True))
    if not text.lstrip().startswith(("-", "#", "+")) and _UNDERLINED.match(text):
        problems.append(
            Problem(1, "a title underlined with dashes is a level-2 heading: use # or = for level 1", hint=True)
        )
    for pattern, words in (
        (_CONTROL, "control or direction characters: shown as {character}"),
        (_UNSEEN, "zero-width characters"),
    ):
        match = pattern.search(text)
        if match:
            line = text.count("\n", 0, match.start()) + 1
            problems.append(Problem(line, f"contains {words.format(character=match[0])}", hint=True))
    problems.extend(_of_lines(first, lines))
    headings = sum(line.startswith("#") for line in lines)
    if headings > MANY_HEADINGS:
        problems.append(Problem(0, f"{headings:,} headings in one file", hint=True))
    return problems


_PIPE = re.compile(r"(?<!\\)\|")
_DELIMITERS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")


def _columns(line: str, known: int) -> tuple[int, bool]:
    """Return how many columns the table has that a line with a pipe belongs to, and whether the line has more.

    0 columns if it belongs to no table yet.
    """
    bare = line.strip(" \t>")
    here = len(_PIPE.findall(bare.removeprefix("|").removesuffix("|"))) + 1
    if known:
        return known, here > known
    return (here if _DELIMITERS.match(bare) else 0), False


def _of_lines(first: int, lines: list[str]) -> list[Problem]:
    """Return hints about single lines, one per kind."""
    problems: dict[str, Problem] = {}
    fenced = comment = False
    columns = 0
    for number, line in enumerate(lines, start=first):
        if len(line) > LONG_LINE:
            problems.setdefault("long", Problem(number, f"very long line: {len(line):,} characters", hint=True))
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        if comment or line.lstrip().startswith("<!--"):
            comment = "-->" not in line
            continue
        if fenced:
            continue
        line = _CODE_SPAN.sub("", line) if "`" in line else line  # noqa: PLW2901 -- code shows how, it is no slip
        columns, more = _columns(line, columns) if "|" in line else (0, False)
        if more:
            problems.setdefault("cells", Problem(number, "table row with more cells than its header", hint=True))
        for words in _slips(line):
            problems.setdefault(words, Problem(number, words, hint=True))
    return list(problems.values())


def _slips(line: str) -> Iterator[str]:
    """Yield what is unusual about a line by itself."""
    if line.startswith("#") and loose_heading(line):
        yield "heading without a space after #"
    if line.lstrip()[:1] in ("#", "<") or "(" in line:
        for pattern, words in _LINES:
            if pattern.search(line, 0, 5000):
                yield words
