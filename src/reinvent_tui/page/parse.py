"""Parse Markdown into blocks: markdown-it's block pass, flattened.

Inline markup is not parsed here: it is most of the cost of a parse, and only
visible blocks need it (:mod:`reinvent_tui.page.inline`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from reinvent_tui.page.loose import loose_heading_plugin
from reinvent_tui.page.model import Block, Code, Kind, Prefix, Table

MAX_NESTING = 100
CODE_PART_LINES = 100
PARAGRAPH_PART = 4096
"""Characters; a longer paragraph is laid out in parts, so that no screen has to lay out a megabyte."""
MEASURED_ROWS = 100

_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)", re.IGNORECASE)
_TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
_FOOTNOTE_USE = re.compile(r"\[\^([^\]\s]+)\]")
_DATA_URI = re.compile(r"(data:[\w.+/-]*(?:;[\w=-]+)*,)[A-Za-z0-9+/=%]{200,}")
_DEEP = re.compile(r"^((?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])){40})(?=.*[^\s>*+-])", re.MULTILINE)
_FAR = re.compile(r"^[ \t]{90,}(?=[-*+>\d])", re.MULTILINE)

Env = dict[str, Any]  # markdown-it's own type: state collected while parsing


@cache
def parser() -> MarkdownIt:
    """Return the parser: CommonMark with GFM tables, strikethrough and autolinks, footnotes, definition lists.

    It runs the block pass only; :func:`reinvent_tui.page.inline.fill` runs the inline pass.
    """
    markdown = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    footnote_plugin(markdown, inline=False, move_to_end=False)
    deflist_plugin(markdown)
    gfm_autolink_plugin(markdown)
    loose_heading_plugin(markdown)
    markdown.core.ruler.enableOnly(["normalize", "block"])
    return markdown


class Parsed(NamedTuple):
    """The blocks of a text, and the definitions that its inline markup may refer to."""

    blocks: list[Block]
    env: Env
    footnotes: dict[str, int]
    """Number of each footnote, by label."""
    has_code: bool


def parse(markdown: str, references: str = "") -> Parsed:
    """Parse ``markdown`` into blocks.

    Args:
        markdown: cleaned text.
        references: link and footnote definitions from elsewhere.
    """
    env: Env = {}
    flat = _Flattener()
    if references:
        flat.run(parser().parse(references, env), references)
        flat.blocks.clear()  # only the definitions are needed
    text = _tamed(markdown)
    flat.run(parser().parse(text, env), text)
    numbers = _number_footnotes(flat)
    return Parsed(_with_footnotes(flat, numbers), env, numbers, flat.has_code)


def _tamed(markdown: str) -> str:
    """Limit nesting to what the parser supports: it drops text that is nested deeper."""
    if _DEEP.search(markdown):
        markdown = _DEEP.sub(r"\1\\", markdown)
    if _FAR.search(markdown):
        markdown = _FAR.sub(" " * 80, markdown)
    return markdown


def _cells(line: str) -> list[str]:
    """Return the cells of a row of a table, as the parser splits them."""
    cells = [cell.strip() for cell in escapedSplit(line.lstrip(" \t>").rstrip())]
    return cells[0 if cells[0] else 1 : -1 if len(cells) > 1 and not cells[-1] else None]


def _number_footnotes(flat: _Flattener) -> dict[str, int]:
    """Number footnotes in the order of their first reference."""
    if not flat.footnotes:
        return {}
    numbers: dict[str, int] = {}
    for block in flat.blocks:
        if block.kind not in (Kind.CODE, Kind.HTML) and "[^" in block.source:
            for label in _FOOTNOTE_USE.findall(block.source):
                if label in flat.footnotes:
                    numbers.setdefault(label, len(numbers) + 1)
    for label in flat.footnotes:
        numbers.setdefault(label, len(numbers) + 1)
    return numbers


def _with_footnotes(flat: _Flattener, numbers: dict[str, int]) -> list[Block]:
    if not numbers:
        return flat.blocks
    width = len(str(len(numbers))) + 3
    blocks = [*flat.blocks, Block(Kind.RULE, "", flat.blocks[-1].line if flat.blocks else 0, role="footnote")]
    for label, number in sorted(numbers.items(), key=lambda item: item[1]):
        prefix = Prefix(f"[{number}]".ljust(width), " " * width, "marker", f"[{number}] ")
        notes = flat.footnotes[label] or [Block(Kind.PARAGRAPH, "", 0)]
        for index, block in enumerate(notes):
            block.prefixes = (prefix, *block.prefixes)
            block.opened = block.opened + 1 if index == 0 else block.opened
            block.gap = 1 if index == 0 and number == 1 else min(block.gap, 1) if index else 0
            block.level = -number if index == 0 and not block.level else block.level
        blocks.extend(notes)
    return blocks


class _List(NamedTuple):
    ordered: bool
    tight: bool


class _Container:
    def __init__(self, prefix: Prefix, list_: _List | None = None) -> None:
        self.prefix = prefix
        self.list = list_
        self.used = False

    @property
    def tight(self) -> bool:
        return self.list is not None and self.list.tight


class _Flattener:
    """Turns the nested tokens of a block pass into a flat list of blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.footnotes: dict[str, list[Block]] = {}
        self.has_code = False
        self._containers: list[_Container] = []
        self._previous: list[_Container] = []
        self._lists: list[_List] = []
        self._target: list[Block] | None = None
        self._outer: list[tuple[list[_Container], list[Block] | None]] = []
        self._text = ""
        self._lines: list[str] = []
        """The lines of the text, once a table needs them."""

    def run(self, tokens: list[Token], text: str) -> None:
        """Add the blocks of ``text``, whose tokens are given."""
        self._text, self._lines = text, []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.type == "table_open":
                index = self._table(tokens, index)
                continue
            handle = getattr(self, f"_{token.type}", None)
            if handle is not None:
                handle(token, tokens, index)
            index += 1

    # Containers

    def _bullet_list_open(self, token: Token, tokens: list[Token], index: int) -> None:
        self._lists.append(_List(ordered=False, tight=_is_tight(tokens, index)))

    def _ordered_list_open(self, token: Token, tokens: list[Token], index: int) -> None:
        self._lists.append(_List(ordered=True, tight=_is_tight(tokens, index)))

    def _bullet_list_close(self, token: Token, tokens: list[Token], index: int) -> None:
        self._lists.pop()

    _ordered_list_close = _bullet_list_close

    def _list_item_open(self, token: Token, tokens: list[Token], index: int) -> None:
        if self._lists[-1].ordered:
            marker = f"{token.info}{token.markup} "
            prefix = Prefix(marker, " " * len(marker), "marker", marker)
        else:
            depth = sum(1 for open_list in self._lists if not open_list.ordered)
            bullet = "•◦▪"[min(depth, 3) - 1]
            prefix = Prefix(f"{bullet} ", "  ", "marker", "- ")
        inline = next((after for after in tokens[index + 1 : index + 3] if after.type == "inline"), None)
        task = _TASK.match(inline.content) if inline is not None else None
        if task and inline is not None:
            done = task[1] != " "
            inline.content = inline.content[task.end() :]
            prefix = Prefix("☑ " if done else "☐ ", "  ", "done" if done else "todo", f"- [{task[1]}] ")
        self._containers.append(_Container(prefix, self._lists[-1]))

    def _close(self, token: Token, tokens: list[Token], index: int) -> None:
        container = self._containers[-1]
        if not container.used:
            self._add(Block(Kind.PARAGRAPH, "", token.map[0] if token.map else self._last_line()))
        self._containers.pop()

    _list_item_close = _blockquote_close = _dd_close = _close

    def _blockquote_open(self, token: Token, tokens: list[Token], index: int) -> None:
        after = tokens[index + 2] if index + 2 < len(tokens) else token
        alert = (
            _ALERT.match(after.content)
            if after.type == "inline" and tokens[index + 1].type == "paragraph_open"
            else None
        )
        role = alert[1].lower() if alert else "quote"
        self._containers.append(_Container(Prefix("▌ ", "▌ ", role, "> ")))
        if alert:
            after.content = after.content[alert.end() :]
            title = Block(Kind.STYLED, alert[1].capitalize(), token.map[0] if token.map else 0, role=f"{role}-title")
            self._add(title)
            if not after.content:
                tokens[index + 1].hidden = True
                after.type = "nothing"

    def _dd_open(self, token: Token, tokens: list[Token], index: int) -> None:
        self._containers.append(_Container(Prefix("  ", "  ", "marker"), self._lists[-1]))

    def _dl_open(self, token: Token, tokens: list[Token], index: int) -> None:
        self._lists.append(_List(ordered=False, tight=True))

    _dl_close = _bullet_list_close

    def _footnote_reference_open(self, token: Token, tokens: list[Token], index: int) -> None:
        self._outer.append((self._containers, self._target))
        self._containers, self._previous = [], []
        self._target = self.footnotes.setdefault(str(token.meta["label"]), [])

    def _footnote_reference_close(self, token: Token, tokens: list[Token], index: int) -> None:
        self._containers, self._target = self._outer.pop()
        self._previous = []

    # Leaves

    def _inline(self, token: Token, tokens: list[Token], index: int) -> None:
        opening = tokens[index - 1] if index else token
        line = token.map[0] if token.map else self._last_line()
        if opening.type == "heading_open":
            level = int(opening.tag[1])
            self._add(Block(Kind.HEADING, token.content, line, level=level, role=f"h{level}"))
            return
        role = "term" if opening.type == "dt_open" else "text"
        content = token.content
        if len(content) > PARAGRAPH_PART:
            content = _DATA_URI.sub(r"\1…", content)
        for number, part in enumerate(_parts(content)):
            block = Block(Kind.PARAGRAPH, part, line, role=role)
            self._add(block, glued=number > 0)

    def _fence(self, token: Token, tokens: list[Token], index: int) -> None:
        words = token.info.split()
        self._code(token, words[0].lower().strip("{}.") if words else "")

    def _code_block(self, token: Token, tokens: list[Token], index: int) -> None:
        self._code(token, "")

    def _code(self, token: Token, language: str) -> None:
        self.has_code = self.has_code or bool(language)
        text = token.content.removesuffix("\n")
        code = Code(text, language)
        line = token.map[0] if token.map else self._last_line()
        offset = 0
        for number, part in enumerate(_chunks(text)):
            shown = line + number * CODE_PART_LINES
            self._add(Block(Kind.CODE, part, shown, role="code", code=code, offset=offset), glued=number > 0)
            offset += len(part) + 1

    def _html_block(self, token: Token, tokens: list[Token], index: int) -> None:
        line = token.map[0] if token.map else self._last_line()
        content = token.content
        if "<!--" in content:
            # Rare, and the library's patterns are slow to import: keep them out of the first page.
            from reinvent_tui.library.searchable import without_comments

            content = without_comments(content, html=True)
        if not content.strip():
            return
        for number, part in enumerate(_chunks(_DATA_URI.sub(r"\1…", content.rstrip("\n")))):
            self._add(Block(Kind.HTML, part, line + number * CODE_PART_LINES, role="html"), glued=number > 0)

    def _hr(self, token: Token, tokens: list[Token], index: int) -> None:
        self._add(Block(Kind.RULE, "", token.map[0] if token.map else self._last_line(), role="rule"))

    def _table(self, tokens: list[Token], index: int) -> int:
        """Add the rows of the table that opens at ``index``; return the index after it."""
        rows: list[tuple[int, list[str]]] = []
        alignments: list[str] = []
        header = 0
        while tokens[index].type != "table_close":
            token = tokens[index]
            if token.type == "tr_open":
                rows.append((token.map[0] if token.map else self._last_line(), []))
            elif token.type == "inline":
                rows[-1][1].append(token.content)
            elif token.type == "th_open":
                alignments.append(str(token.attrs.get("style", "")).removeprefix("text-align:") or "left")
                header = 1
            index += 1
        self._add_cells_beyond(rows)
        alignments += ["left"] * (len(rows[0][1]) - len(alignments))
        body = [tuple(cells) for _, cells in rows[header : header + MEASURED_ROWS]]
        table = Table(tuple(rows[0][1]), tuple(alignments), body)
        for number, (line, cells) in enumerate(rows):
            block = Block(Kind.ROW, "\t".join(cells), line, table=table, row=tuple(cells))
            block.header_row, block.last_row = number < header, number + 1 == len(rows)
            self._add(block, glued=number > 0)
        return index + 1

    def _add_cells_beyond(self, rows: list[tuple[int, list[str]]]) -> None:
        """Give rows the cells beyond the header's, which GFM 0.29 §4.10 drops: nothing that was noted is lost."""
        self._lines = self._lines or self._text.split("\n")
        columns = len(rows[0][1])
        for line, cells in rows[1:]:
            source = self._lines[line] if line < len(self._lines) else ""
            if source.count("|") >= columns:
                cells.extend(_cells(source)[columns:])
        widest = max(len(cells) for _, cells in rows)
        for _, cells in rows:
            cells.extend([""] * (widest - len(cells)))

    # Assembling blocks

    def _add(self, block: Block, *, glued: bool = False) -> None:
        """Append ``block`` inside the open containers; ``glued`` if it continues the previous block."""
        target = self.blocks if self._target is None else self._target
        containers = self._containers
        common = 0
        while common < min(len(containers), len(self._previous)) and containers[common] is self._previous[common]:
            common += 1
        block.gap = 0 if glued or not target else self._gap(block, target[-1], common)
        block.gap_depth = common
        block.prefixes = tuple(container.prefix for container in containers)
        for container in reversed(containers):
            if container.used:
                break
            container.used = True
            block.opened += 1
        self._previous = list(containers)
        target.append(block)

    def _gap(self, block: Block, before: Block, common: int) -> int:
        """Return the number of empty lines between ``before`` and ``block``, which share ``common`` containers."""
        containers = self._containers
        if before.role == "term" or before.role.endswith("-title"):
            return 0
        if len(containers) > common:
            opening = containers[common]
            sibling = self._previous[common] if len(self._previous) > common else None
            if opening.list is not None and sibling is not None and sibling.list is opening.list:
                return 0 if opening.tight else 1
            inside_tight = common > 0 and containers[common - 1].tight
            return 0 if opening.list is not None and inside_tight else 1
        if containers and containers[-1].tight:
            return 0
        return 2 if block.level in (1, 2) and before.kind is not Kind.HEADING else 1

    def _last_line(self) -> int:
        return self.blocks[-1].line if self.blocks else 0


def _is_tight(tokens: list[Token], index: int) -> bool:
    """Return whether the list opened at ``index`` is tight: no empty lines between its items."""
    level = tokens[index].level
    for token in tokens[index + 1 : index + 400]:
        if token.type == "paragraph_open" and token.level == level + 2:
            return token.hidden
        if token.level == level:
            break
    return True


def _parts(text: str) -> list[str]:
    """Split a very long paragraph at white space."""
    if len(text) <= PARAGRAPH_PART:
        return [text]
    parts = []
    start = 0
    while len(text) - start > PARAGRAPH_PART:
        cut = max(text.rfind(character, start + 1, start + PARAGRAPH_PART) for character in " \n")
        cut = cut if cut > 0 else start + PARAGRAPH_PART
        parts.append(text[start:cut])
        start = cut
    parts.append(text[start:])
    return parts


def _chunks(text: str) -> list[str]:
    """Split a long block of code into parts of whole lines."""
    lines = text.split("\n")
    return ["\n".join(lines[at : at + CODE_PART_LINES]) for at in range(0, len(lines), CODE_PART_LINES)]
