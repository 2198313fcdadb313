"""The one door that every text from outside passes.

Terminals obey control characters wherever they stand, and Textual hands most
of them on. :func:`clean` replaces each by a visible sign, one for one, so that
offsets into the text stay valid.

Sources: ECMA-48 (C0 and C1 controls), Unicode UAX #9 and Trojan Source
(CVE-2021-42574) for the bidirectional controls.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

REPLACEMENT: Final = "\ufffd"
UNSEEN: Final = "\u200b"
"""Zero width space: harmless, and what a sign becomes whose absence nobody misses."""


def _controls() -> dict[int, str]:
    table = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"}
    table[0x7F] = "\u2421"
    bidi = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
    annotations = range(0xFFF9, 0xFFFC)
    unsafe = [*range(0x80, 0xA0), *bidi, *annotations, *range(0xD800, 0xE000)]
    table.update(dict.fromkeys(unsafe, REPLACEMENT))
    # Honest Persian and Hebrew texts are full of direction marks: unseen rather than ugly.
    marks = [0x061C, 0x200E, 0x200F, 0xFEFF, *range(0xE0000, 0xE0080)]
    table.update(dict.fromkeys(marks, UNSEEN))
    # Unicode's own line separators: a line break that nothing else here knows.
    table.update({0x2028: " ", 0x2029: " "})
    return table


CONTROLS: Final = MappingProxyType(_controls())
"""Code points that never reach the terminal, and the sign that stands for each."""

# The same signs as ranges: a set of two thousand takes milliseconds to compile, at every start.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_BREAKS = re.compile(r"[\t\n]+")


def clean(text: str) -> str:
    """Return ``text`` with every control sign replaced, one sign for one sign.

    Tabs and newlines stay. The length never changes.
    """
    # Most texts hold nothing to replace, and a search is far cheaper than a translation.
    return text.translate(CONTROLS) if _UNSAFE.search(text) else text


def clean_line(text: str) -> str:
    """Return ``text`` cleaned, on one line and without white space at its ends."""
    return _BREAKS.sub(" ", clean(text)).strip()
