"""Convert inline Markdown to text and spans, one block at a time."""

from __future__ import annotations

import re

from markdown_it.token import Token

from reinvent_tui.clean import clean
from reinvent_tui.page.model import Block, Filled, Kind, Mark, Span
from reinvent_tui.page.parse import Parsed, parser

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MARKS = {"strong": Mark.STRONG, "em": Mark.EMPHASIS, "s": Mark.STRUCK}


def fill(block: Block, parsed: Parsed) -> Filled:
    """Return the text of ``block`` with its spans and links, parsed on first use."""
    if block.filled is None:
        block.filled = _fill(block, parsed)
    return block.filled


def _fill(block: Block, parsed: Parsed) -> Filled:
    if block.kind is Kind.CODE:
        return _code(block)
    if block.kind in (Kind.HTML, Kind.RULE, Kind.STYLED):
        return Filled(block.source)
    writer = _Writer(parsed)
    if block.kind is Kind.ROW:
        starts = []
        for number, cell in enumerate(block.row):
            if number:
                writer.write("\t")
            starts.append(writer.length)
            writer.inline(cell)
        return writer.filled(tuple(starts))
    writer.inline(block.source)
    return writer.filled()


def _code(block: Block) -> Filled:
    spans = block.code.spans if block.code is not None else None
    if not spans:
        return Filled(block.source)
    start, end = block.offset, block.offset + len(block.source)
    inside = (span for span in spans if span.end > start and span.start < end)
    return Filled(
        block.source,
        tuple(Span(max(span.start - start, 0), min(span.end, end) - start, span.mark, span.role) for span in inside),
    )


class _Writer:
    """Collects text, and how each part of it is drawn."""

    def __init__(self, parsed: Parsed) -> None:
        self._parsed = parsed
        self._parts: list[str] = []
        self._spans: list[Span] = []
        self._links: list[str] = []
        self._marks: list[int] = []
        self._open_links: list[int] = []
        self.length = 0

    def filled(self, cells: tuple[int, ...] = ()) -> Filled:
        return Filled("".join(self._parts), tuple(self._spans), tuple(self._links), cells)

    def write(self, text: str, mark: int = Mark.NONE, role: str = "", link: int = -1) -> None:
        if not text:
            return
        for open_mark in self._marks:
            mark |= open_mark
        if link < 0 and self._open_links:
            link = self._open_links[-1]
        if link >= 0:
            mark |= Mark.LINK
        self._parts.append(text)
        end = self.length + len(text)
        if mark or role or link >= 0:
            self._spans.append(Span(self.length, end, mark, role, link))
        self.length = end

    def link(self, target: str) -> int:
        self._links.append(clean(target))
        return len(self._links) - 1

    def inline(self, markdown: str) -> None:
        """Write inline Markdown."""
        tokens: list[Token] = []
        markdown_it = parser()
        markdown_it.inline.parse(markdown.strip(" \t\n"), markdown_it, self._parsed.env, tokens)
        for token in tokens:
            self._token(token)
        self._marks.clear()
        self._open_links.clear()

    def _token(self, token: Token) -> None:
        kind = token.type
        # Entities such as &#x202e; create characters that were not in the file when it was cleaned.
        content = clean(token.content).replace("\t", " ")
        if kind in ("text", "text_special"):
            self.write(content)
        elif kind == "softbreak":
            self.write(" ")
        elif kind == "hardbreak":
            self.write("\n")
        elif kind == "code_inline":
            self.write(content, Mark.CODE)
        elif kind == "link_open":
            self._open_links.append(self.link(str(token.attrs.get("href", ""))))
        elif kind == "link_close":
            self._open_links.pop()
        elif kind == "image":
            self._image(token)
        elif kind == "html_inline":
            self._html(content)
        elif kind == "footnote_ref":
            label = str(token.meta["label"])
            number = self._parsed.footnotes.get(label, 0)
            self.write(f"[{number or label}]", role="footnote", link=self.link(f"#fn-{number}") if number else -1)
        elif kind.endswith("_open"):
            self._marks.append(_MARKS.get(kind.removesuffix("_open"), Mark.NONE))
        elif kind.endswith("_close"):
            self._marks.pop()
        else:
            self.write(content)

    def _html(self, content: str) -> None:
        if _BREAK.fullmatch(content):
            self.write("\n")
        elif not content.startswith("<!--"):
            self.write(content, role="html")

    def _image(self, token: Token) -> None:
        target = clean(str(token.attrs.get("src", "")))
        parts = (" " if child.type in ("softbreak", "hardbreak") else child.content for child in token.children or [])
        words = clean("".join(parts)).strip()
        name = "" if target.startswith("data:") else target.rstrip("/").rsplit("/", 1)[-1][:60]
        link = -1 if self._open_links or not target or target.startswith("data:") else self.link(target)
        self.write(f"[image: {words or name or 'without description'}]", role="image", link=link)
