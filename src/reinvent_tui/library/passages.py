"""Split a session's Markdown into passages: takeaways, paragraphs, list items, headings, code."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reinvent_tui.library.model import Takeaway
from reinvent_tui.library.outline import plain

_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s*(\S.*)")
_ITEM = re.compile(r"\s*(?:>\s*)*(?:[-*+•]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?(\S.*)")
_RULE = re.compile(r"\s*(?:[-*_=#]\s*){3,}$|\s*\|?[\s:|-]+\|?\s*$")
_IMAGE = re.compile(r"\s*(?:!\[[^\]]*\]\([^)]*\)\s*)+$")
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of a session's text that a search hit points to."""

    kind: str
    """``takeaway``, ``paragraph``, ``item``, ``heading``, ``code``."""
    text: str
    """Plain text on one line."""
    line: int
    """Line in the file, from 1."""


def passages(body: str, first_line: int, takeaways: tuple[Takeaway, ...] = ()) -> list[Passage]:
    """Return the passages of ``body``, in order.

    Args:
        body: Markdown of a session.
        first_line: line in the file at which it begins, from 1.
        takeaways: those of the session; passages at their lines become takeaways.
    """
    cutter = _Cutter({takeaway.line: takeaway for takeaway in takeaways})
    for number, line in enumerate(body.split("\n"), start=first_line):
        cutter.line(number, line)
    return cutter.done()


class _Cutter:
    """Assembles lines into passages."""

    def __init__(self, takeaways: dict[int, Takeaway]) -> None:
        self._takeaways = takeaways
        self._passages: list[Passage] = []
        self._parts: list[str] = []
        self._kind = "paragraph"
        self._began = 0
        self._fence = ""

    def done(self) -> list[Passage]:
        """Return the passages, including takeaways that were not cut at the same lines."""
        self._finish()
        left = (Passage("takeaway", takeaway.text, takeaway.line) for takeaway in self._takeaways.values())
        return [*self._passages, *left]

    def _finish(self) -> None:
        if self._parts:
            joined = " ".join(self._parts)[:LONGEST]
            text = joined if self._kind == "code" else plain(joined)
            takeaway = self._takeaways.pop(self._began, None)
            if takeaway is not None:
                self._passages.append(Passage("takeaway", takeaway.text, self._began))
            elif text:
                self._passages.append(Passage(self._kind, text, self._began))
        self._parts.clear()

    def line(self, number: int, line: str) -> None:
        """Process the next line."""
        opening = _FENCE.match(line)
        if self._fence or opening:
            self._code(number, line, opening[1] if opening else "")
        elif not line.strip() or _RULE.match(line) or _IMAGE.match(line):
            self._finish()
        else:
            self._text(number, line)

    def _code(self, number: int, line: str, fence: str) -> None:
        if fence and (not self._fence or fence.startswith(self._fence)):
            self._finish()
            self._fence = "" if self._fence else fence
            self._kind, self._began = "code", number + 1
        elif line.strip():
            self._parts.append(line.strip())

    def _text(self, number: int, line: str) -> None:
        heading, item = _HEADING.match(line), _ITEM.match(line)
        if heading or item or number in self._takeaways or not self._parts:
            self._finish()
            self._kind = "heading" if heading else "item" if item else "paragraph"
            self._began = number
        self._parts.append(heading[1].rstrip("# ") if heading else item[1] if item else line.strip(" >"))
        if heading:
            self._finish()
