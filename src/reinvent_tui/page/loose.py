"""Headings without a space after their markers (``###Title``), drawn as headings.

CommonMark reads them as text; the library reads them as headings, and the page
follows it (:func:`reinvent_tui.library.outline.loose_heading`).
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock


def loose_heading_plugin(markdown: MarkdownIt) -> None:
    """Make ``markdown`` parse headings without a space after their markers."""
    markdown.block.ruler.after("heading", "loose_heading", _rule, {"alt": ["paragraph", "reference", "blockquote"]})


def _rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001, ARG001 -- markdown-it's form
    if state.is_code_block(start_line):
        return False
    start, end = state.bMarks[start_line] + state.tShift[start_line], state.eMarks[start_line]
    if not state.src.startswith("#", start):
        return False
    # Rare, and the library's patterns are slow to import: keep them out of the first page.
    from reinvent_tui.library.outline import loose_heading

    line = state.src[start:end]
    hashes = loose_heading(line)
    if not hashes:
        return False
    if silent:
        return True
    state.line = start_line + 1
    for kind, nesting in (("heading_open", 1), ("inline", 0), ("heading_close", -1)):
        token = state.push(kind, f"h{len(hashes)}" if nesting else "", nesting)  # type: ignore[arg-type]
        token.map = [start_line, state.line]
        if nesting:
            token.markup = hashes
        else:
            token.content = line[len(hashes) :].rstrip("# \t")
            token.children = []
    return True
