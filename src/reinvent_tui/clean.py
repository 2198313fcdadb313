"""Sanitise untrusted text at the trust boundary.

Terminals act on control characters anywhere in their input, and Textual passes
most of them through. :func:`clean` replaces each with one visible character, so
that the length of the text and all offsets into it stay valid.

Sources: ECMA-48 (C0 and C1 controls), Unicode UAX #9 and Trojan Source
(CVE-2021-42574) for the bidirectional controls.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

REPLACEMENT: Final = "\ufffd"
UNSEEN: Final = "\u200b"
"""Replacement for characters that can be dropped silently: zero width space."""


def _controls() -> dict[int, str]:
    table = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"}
    table[0x7F] = "\u2421"
    bidi = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
    annotations = range(0xFFF9, 0xFFFC)
    unsafe = [*range(0x80, 0xA0), *bidi, *annotations, *range(0xD800, 0xE000)]
    table.update(dict.fromkeys(unsafe, REPLACEMENT))
    # Direction marks are common in ordinary Persian and Hebrew text: hide them rather than mark them.
    marks = [0x061C, 0x200E, 0x200F, 0xFEFF, *range(0xE0000, 0xE0080)]
    table.update(dict.fromkeys(marks, UNSEEN))
    # Unicode's line and paragraph separators: nothing else here treats them as line breaks.
    table.update({0x2028: " ", 0x2029: " "})
    return table


CONTROLS: Final = MappingProxyType(_controls())
"""Code points that never reach the terminal, and the replacement for each."""

# The same characters as ranges: a set of two thousand takes milliseconds to compile, on every start.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_BREAKS = re.compile(r"[\t\n]+")


def clean(text: str) -> str:
    """Return ``text`` with each control character replaced by a single character.

    Tabs and newlines are kept. The length never changes.
    """
    # Most texts contain nothing to replace, and a search is far cheaper than a translation.
    return text.translate(CONTROLS) if _UNSAFE.search(text) else text


def clean_line(text: str) -> str:
    """Return ``text`` cleaned, on one line, stripped of surrounding white space."""
    return _BREAKS.sub(" ", clean(text)).strip()
