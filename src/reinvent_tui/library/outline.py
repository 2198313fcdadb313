"""Find the headings of Markdown text, line by line.

Recognition needs headings and lists, not a syntax tree: this single pass costs a
fraction of a full parse. Rules: CommonMark 0.31 §4.2 (ATX), §4.3 (setext),
§4.4 (indented code), §4.5 (fenced code), §4.6 (comments).
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache

from reinvent_tui.clean import clean

_ATX = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
# No space after the marker: text in CommonMark, but meant as a heading. A single # may start a row of #tags.
_LOOSE = re.compile(r"(#{2,6})(?=[^\W\d_]|[\[*\"'“(])|(#)(?=[^\W\d_][\w'’-]* +[\w(\"'])(?!.*\s#\w)")
_BOLD = re.compile(r" {0,3}(?:\*\*|__)(?=\S)((?:(?!\*\*|__).){1,200})(?:\*\*|__)[ \t]*(:?)[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_PARAGRAPH = re.compile(r" {0,3}(?![>#|`~]|[-*+][ \t]|\d{1,9}[.)][ \t])\S")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a text."""

    level: int
    text: str
    """Markdown of the heading, without its markers."""
    line: int
    """Index of its first line, from 0."""
    end: int
    """Index of the line after it."""


LONGEST_HEADING = 400
"""Characters; a longer heading is not a title, and used unchanged."""
BOLD = 7
"""Level of a line that is entirely bold and stands alone, which many authors use as a heading."""


def bold_lines(lines: list[str], hidden: set[int]) -> list[Heading]:
    """Return lines that are entirely bold and stand alone, as headings of the lowest level."""
    bold = []
    for index, line in enumerate(lines):
        match = _BOLD.match(line) if line.lstrip()[:2] in ("**", "__") and index not in hidden else None
        if match and (index == 0 or not lines[index - 1].strip() or lines[index - 1].lstrip().startswith("#")):
            bold.append(Heading(BOLD, match[1].strip() + match[2], index, index + 1))
    return bold


def loose_heading(line: str) -> str:
    """Return the marker of a heading written without a space after it (``###Title``), else an empty string."""
    match = _LOOSE.match(line) if line.startswith("#") else None
    return match[1] or match[2] if match else ""


def headings(lines: list[str]) -> tuple[list[Heading], set[int]]:
    """Return the headings in ``lines``, and the indexes of lines that are code or comments."""
    result: list[Heading] = []
    hidden: set[int] = set()
    fence = ""
    comment = False
    for index, line in enumerate(lines):
        if fence:
            hidden.add(index)
            bare = line.strip()
            if len(bare) >= len(fence) and not bare.strip(fence[0]):
                fence = ""
            continue
        if comment or line.lstrip().startswith("<!--"):
            hidden.add(index)
            comment = "-->" not in line
            continue
        opening = _FENCE.match(line)
        if opening:
            fence = opening[1]
            hidden.add(index)
            continue
        heading = _heading(lines, index)
        if heading:
            result.append(heading)
    return result, hidden


def _heading(lines: list[str], index: int) -> Heading | None:
    line = lines[index]
    atx = _ATX.match(line) if "#" in line[:4] else None
    if atx:
        text = line[atx.end() :].strip()
        bare = text.rstrip("#")
        # A closing sequence of # counts only after a space.
        text = bare.rstrip() if bare != text and (not bare or bare[-1] in " \t") else text
        return Heading(len(atx[1]), text, index, index + 1)
    hashes = loose_heading(line)
    if hashes:
        return Heading(len(hashes), line[len(hashes) :].rstrip("# \t"), index, index + 1)
    after = lines[index + 1] if index + 1 < len(lines) else ""
    if after[:4].strip()[:1] in ("=", "-") and _PARAGRAPH.match(line):
        underline = _SETEXT.match(after)
        alone = index == 0 or not _PARAGRAPH.match(lines[index - 1])
        if underline and alone and len(underline[1]) > 1:
            return Heading(1 if underline[1][0] == "=" else 2, line.strip(), index, index + 2)
    return None


_INLINE = (
    (re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\((?:[^()]|\([^()]*\))*\)"), r"\1"),
    (re.compile(r"!?\[([^\[\]]*)\]\[[^\]]*\]"), r"\1"),
    (re.compile(r"<((?:https?|mailto):[^ <>]*)>"), r"\1"),
    (re.compile(r"(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=[^\s_])(.+?)(?<=[^\s_])_(?![\w_])"), r"\1"),
)
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_COMMENT = re.compile(r"<!--.*?-->")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|cite|code|del|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|tt|u|var)"
    r"(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_ATTRIBUTES = re.compile(r"(?<=\S)[ \t]*\{[#.:][^{}]{0,200}\}$")
"""``{#name .class}`` at the end of a heading: https://pandoc.org/MANUAL.html#extension-header_attributes"""
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ESCAPED = re.compile("[\ue021-\ue07e]")


def _shielded(character: str) -> str:
    return chr(0xE000 + ord(character))


_MARKUP = re.compile(r"[\[\]<`*_~\\&]")


LONGEST_PLAIN = 2500
"""Characters; a longer text is not a title, and used unchanged."""


def plain(markdown: str) -> str:
    """Return short Markdown as plain text on one line."""
    return _plain_again(markdown) if len(markdown) <= LONGEST_CACHED else _plain(markdown)


LONGEST_CACHED = 200
"""Characters; what is shorter may be a heading, which many rules look at."""


@lru_cache(maxsize=4096)
def _plain_again(markdown: str) -> str:
    return _plain(markdown)


def _plain(markdown: str) -> str:
    text = " ".join(markdown.split())
    if text.endswith("}"):
        text = _ATTRIBUTES.sub("", text)
    if _MARKUP.search(text) and len(text) < LONGEST_PLAIN:
        # Move escaped characters to the private use area, so that no pattern takes them for markup.
        text = _ESCAPE.sub(lambda match: _shielded(match[1]), text)
        text = _CODE.sub(lambda match: _PUNCTUATION.sub(lambda sign: _shielded(sign[0]), match[2]), text)
        if "<" in text:
            text = _TAG.sub("", _BREAK.sub(" ", _COMMENT.sub("", text)))
        for pattern, replacement in _INLINE:
            text = pattern.sub(replacement, text)
        if "&" in text:
            # An entity may stand for a character that the file was cleaned of.
            text = _ENTITY.sub(lambda match: clean(html.unescape(match[0])), text)
        text = " ".join(_ESCAPED.sub(lambda match: chr(ord(match[0]) - 0xE000), text).split())
    return text.strip()
