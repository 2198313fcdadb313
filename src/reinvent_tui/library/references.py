"""Link and footnote definitions, which may be far from the session that uses them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DEFINITION = re.compile(r" {0,3}\[(\^?(?:[^\[\]\\]|\\.){1,999})\]:[ \t]*(\S?)")
_USE = re.compile(r"\[(\^?(?:[^\[\]\\]|\\.){1,999})\](?!:)")


@dataclass(frozen=True, slots=True)
class _Definition:
    line: int
    text: str


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


@dataclass(frozen=True, slots=True)
class Definitions:
    """All definitions of a post (CommonMark 0.31 §4.7; GitHub's footnotes)."""

    by_label: dict[str, _Definition]
    """By label; the first definition of a label counts."""

    @classmethod
    def collect(cls, lines: list[str], hidden: set[int]) -> Definitions:
        """Return the definitions in ``lines``, including their continuation lines."""
        by_label: dict[str, _Definition] = {}
        for index, line in enumerate(lines):
            match = _DEFINITION.match(line) if "]:" in line and index not in hidden else None
            if match:
                end = index + 1
                while end < len(lines) and _continues(lines, end, footnote=match[1].startswith("^")):
                    end += 1
                text = "\n".join(lines[index:end]).rstrip()
                by_label.setdefault(_label(match[1]), _Definition(index, text))
        return cls(by_label)

    def used_by(self, body: str, start: int, end: int) -> str:
        """Return the definitions that ``body`` refers to and that are outside lines ``start`` to ``end``."""
        if not self.by_label:
            return ""
        labels = dict.fromkeys(_label(label) for label in _USE.findall(body))
        used = (self.by_label[label] for label in labels if label in self.by_label)
        return "\n\n".join(one.text for one in used if not start <= one.line < end)


def _continues(lines: list[str], index: int, *, footnote: bool) -> bool:
    """Return whether line ``index`` continues a definition."""
    line = lines[index]
    if not footnote:
        # The title or URL may be on the next line.
        return bool(re.match(r"[ \t]+(?:[\"'(]|<?https?:)", line))
    if line.strip():
        return line.startswith(("    ", "\t"))
    return index + 1 < len(lines) and lines[index + 1].startswith(("    ", "\t"))
