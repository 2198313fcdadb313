"""Decides what Textual's parser may see of a control sequence that a terminal sent.

Stands in front of ``textual._xterm_parser.XTermParser._parse_extended_key``, ``parse_mouse_code`` and the reports of a
terminal's size: each raises, or makes an event that cannot be handled, if a parameter is not what it expects.

Why: it reads ``1:3`` as a number, a code point as a character whatever it is, and a position as a cell however far
away. Its keyboard protocol asks for plain keys only, but a program that was killed may leave a terminal in any mode,
and what is typed ahead may arrive in another program's mode.

Waits for: Textual reading the whole of https://sw.kovidgoyal.net/kitty/keyboard-protocol/. No issue is known.

When Textual changes this code: once it reads event types and alternate keys itself, :func:`plain_key` becomes
unnecessary; the cases in ``tests/tui/textual_patches/test_input_parser.py`` say what has to come out.
"""

from __future__ import annotations

import re
from typing import Final

from textual import constants
from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START

_KEY: Final = re.compile(r"\x1b\[([0-9:]*)(?:;([0-9:]*))?(?:;([0-9:]*))?([u~A-FHPQRS])")
_LIKE_A_KEY: Final = re.compile(r"\x1b\[[0-9:;]*[u~A-FHPQRS]")
"""What Textual reads as a key, whatever it says."""
_CURSOR: Final = re.compile(r"\x1b\[[0-9]+;[0-9]+R")
"""Where the cursor is; F3 with a modifier looks the same."""
_OTHER_KEYS: Final = re.compile(r"\x1b\[27;([0-9]{1,3});([0-9]{1,7})~")
"""A key as xterm's modifyOtherKeys writes it: modifiers and code point."""
_MOUSE: Final = re.compile(r"\x1b\[<([0-9]{1,3});([0-9]{1,5});([0-9]{1,5})[Mm]")
_SIZE: Final = re.compile(r"\x1b\[48((?:;[0-9]{1,5}(?::[0-9:]*)?){4})t")

READS_KEYS: Final = not getattr(constants, "DISABLE_KITTY_KEY", False)
"""False if somebody told Textual not to read the keyboard protocol; Textual 8.2.5 does not know of that yet."""

SHIFT: Final = 1
ALT: Final = 2
CAPS_LOCK: Final = 64
LOCKS: Final = 64 | 128
"""Caps Lock and Num Lock."""
RELEASED: Final = 3
MOST_CELLS: Final = 10_000
"""Rows or columns of a terminal; a report of more is a mistake, and a screen of that size would fill the memory."""
PRIVATE_USE: Final = range(0xE000, 0xF900)
"""Where the keyboard protocol has its functional keys."""
IGNORED_KEYS: Final = frozenset({*range(57358, 57361), *range(57441, 57455)})
"""Codes of Caps Lock and the like, and of Shift, Ctrl and the like: they mean nothing by themselves."""


def plain(sequence: str) -> str:
    """Return what Textual's parser reads without harm for a complete control sequence.

    The sequence, another one, the text that a key typed, or nothing if it is to be dropped.
    """
    if sequence in {BRACKETED_PASTE_START, BRACKETED_PASTE_END} or _CURSOR.fullmatch(sequence):
        return sequence
    if _LIKE_A_KEY.fullmatch(sequence) and READS_KEYS:
        if other := _OTHER_KEYS.fullmatch(sequence):
            return plain_key(other[2], other[1], "", "u")
        key = _KEY.fullmatch(sequence)
        codes, modifiers, text, end = (part or "" for part in key.groups()) if key else ("", "", "", "")
        return plain_key(codes, modifiers, text, end)
    if sequence.startswith("\x1b[<"):
        mouse = _MOUSE.fullmatch(sequence)
        return sequence if mouse and int(mouse[2]) and int(mouse[3]) else ""
    if sequence.startswith("\x1b[48;") and sequence.endswith("t"):
        return sequence if _is_size(sequence) else ""
    return sequence


def plain_key(codes: str, modifiers: str, text: str, end: str) -> str:
    """Return a key of the keyboard protocol as text, or without event type and alternate keys, or nothing.

    Args:
        codes: The key's code, then what it is with Shift, and on a standard keyboard.
        modifiers: One more than the sum of the modifiers' bits; then the event type.
        text: The code points that the key typed.
        end: The last character of the sequence.
    """
    code, shifted = _numbers(codes, 3)
    held, event = _numbers(modifiers, 2)
    typed = [_number(point) for point in text.split(":")] if text else []
    if code < 0 or not 0 <= held <= 1 + 0xFF or not 0 <= event < RELEASED or not all(map(_is_text, typed)):
        return ""
    bits = max(0, held - 1)
    if end == "u" and typed and not bits & ~(SHIFT | ALT | LOCKS):
        return "".join(map(chr, typed))
    if not _is_key(code, end):
        return ""
    if end == "u" and not bits & ~(SHIFT | LOCKS) and (character := _character(code, shifted, bits)):
        return character
    return f"\x1b[{f'{code or 1};{held}' if held else code or ''}{end}"


def _numbers(text: str, most: int) -> tuple[int, int]:
    """Return the first two of up to ``most`` numbers: 0 for one that is not given, -1 if there are too many."""
    parts = text.split(":")
    if len(parts) > most:
        return -1, -1
    return _number(parts[0]), _number(parts[1]) if len(parts) > 1 else 0


def _number(text: str) -> int:
    """Return a number, 0 for none, -1 for one that is too large to mean anything."""
    if not text:
        return 0
    return int(text) if len(text) <= len("1114111") else -1


def _is_key(code: int, end: str) -> bool:
    """Tell whether this is a key to be taken."""
    if code in IGNORED_KEYS:
        return False
    if f"{code or 1}{end}" in FUNCTIONAL_KEYS:
        return True
    return end == "u" and _is_character(code) and code not in PRIVATE_USE


def _character(code: int, shifted: int, bits: int) -> str:
    """Return what a key types with no other modifiers than Shift and the locks; empty if that is not known."""
    if not _is_text(code) or f"{code}u" in FUNCTIONAL_KEYS:
        return ""
    character, shift = chr(code), bool(bits & SHIFT)
    if shift and _is_text(shifted) and not bits & CAPS_LOCK:
        return chr(shifted)
    if not character.isalpha():
        return character if not shift or character == " " else ""
    if shift == bool(bits & CAPS_LOCK):
        return character
    upper = character.upper()
    return upper if len(upper) == 1 else ""


def _is_character(point: int) -> bool:
    return 0 < point <= 0x10FFFF and not 0xD800 <= point <= 0xDFFF


def _is_text(point: int) -> bool:
    """Tell whether a code point can have been typed: a character, and none of ECMA-48's controls."""
    return _is_character(point) and point >= 0x20 and not 0x7F <= point <= 0x9F


def _is_size(sequence: str) -> bool:
    found = _SIZE.fullmatch(sequence)
    if not found:
        return False
    rows, columns, height, width = (int(part.partition(":")[0]) for part in found[1][1:].split(";"))
    return 0 < rows <= min(height, MOST_CELLS) and 0 < columns <= min(width, MOST_CELLS)
