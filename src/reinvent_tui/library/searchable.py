"""The words of Markdown as a page shows them, for the index: whatever a reader can see is found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from reinvent_tui.library.outline import LONGEST_PLAIN, plain

_CODE_OR_OPENING: Final = re.compile(
    r"^(?: {4}|\t)[^\n]*$"
    r"|^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(`{1,2})(?!`)[^\n]{0,400}?(?<!`)\2(?!`)"
    r"|<!--",
    re.MULTILINE | re.DOTALL,
)

_OPENING: Final = re.compile("<!--")
_ENCODED: Final = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f]){2}")
"""A character beyond ASCII in an address, as the numbers of its bytes: RFC 3986 §2.1."""

_BROKEN: Final = re.compile(
    # It begins with one of a few characters, and looks back from there: ten times as fast as from the word on.
    r"[*~`\]!\[<>&](?:(?<=&)#?\w{1,32};"
    r"|(?<=\w[*~`\]!\[<>])(?:(?<=[*~`\[<>])|(?<=\])(?:\([^()\s]{0,400}\)|\[[^\[\]]{0,200}\])|(?<=!)\[)"
    r"(?:[*~`]{1,8}|\](?:\([^()\s]{0,400}\)|\[[^\[\]]{0,200}\])|!?\[|[<>]|!--){0,6}\w)"
)
"""A word in which markup stands, which is one word on the page: ``**un**bound``, ``caf&eacute;``."""

_APART: Final = re.compile(r"!\[[^\[\]]{0,1000}\](?:\([^()]{0,1000}\))?|</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]{0,300})?/?>")
"""Images and tags: on a page they stand by themselves, whatever they touch."""
_PARAGRAPHS: Final = re.compile(r"\n[ \t]*\n")
_INSIDE: Final = re.compile(r"(?<=\w)[*~`]+(?=\w)")


def searchable(markdown: str) -> str:
    """Return Markdown without comments, followed by the words that markup interrupts, in one piece."""
    text = without_comments(markdown) if "<!--" in markdown else markdown
    if "%" in text and _ENCODED.search(text):
        # An address is drawn as it reads.
        addresses = (part for part in text.split() if _ENCODED.search(part))
        text = "\n".join((text, *(unquote(address, errors="ignore") for address in addresses)))
    if not _BROKEN.search(markdown):
        return text
    broken = (_APART.sub(" ", part) for part in _PARAGRAPHS.split(markdown) if _BROKEN.search(part))
    parts = (plain(part) if len(part) < LONGEST_PLAIN else "\n".join(_lines(part)) for part in broken)
    # Whether a sign is markup or text is for the page to decide: both are found.
    return "\n".join((text, *(f"{part} {_INSIDE.sub('', part)}" for part in parts)))


def _lines(part: str) -> Iterator[str]:
    """Yield the lines of a long paragraph in which markup interrupts a word."""
    return (plain(line) for line in part.split("\n") if _BROKEN.search(line))


def without_comments(markdown: str, *, html: bool = False) -> str:
    """Return Markdown, or HTML, without its comments. In code they are text, and so is one without an end.

    Source: CommonMark 0.31 §6.6.
    """
    code_or_opening = _OPENING if html else _CODE_OR_OPENING
    kept: list[str] = []
    at = 0
    while match := code_or_opening.search(markdown, at):
        begin, after = match.span()
        if match[0] == "<!--":
            end = markdown.find("-->", after)
            if end < 0:
                break
            kept.append(markdown[at:begin])
            at = end + 3
        else:
            kept.append(markdown[at:after])
            at = after
    return "".join((*kept, markdown[at:]))
