"""Session codes: ``DAT336``, ``SRV305-R1``, ``NET-312``, ``DEV 203``, ``(AIM379)``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

from reinvent_tui.library.word_lists import word_list

_SUFFIX = r"(?:-(?:R\d{0,2}|[LSP]\d?|[A-Z]{1,3}\d?))*"
_STRICT = re.compile(rf"(?<![\w-])([A-Z]{{3,7}})([1-5]\d{{2}})({_SUFFIX})(?![\w])")
_LOOSE = re.compile(rf"(?<![\w-])([A-Z]{{3,7}})[ -]([1-5]\d{{2}})({_SUFFIX})(?![\w])")
_NAME = re.compile(r"(?:^|[\W_])([A-Za-z]{3,7})[-_ ]?([1-5]\d{2})((?:-(?:[Rr]\d?|[LlSsPp]))*)(?=$|[\W_])")
_STATED = re.compile(r"([A-Za-z]{2,7})[ -]?(\d{2,4})((?:-[A-Za-z0-9]{1,3})*)")
_BRACKETED = re.compile(rf"(?<=\[)([A-Z]{{3,7}})(\d{{2,3}})({_SUFFIX})(?=\])")
_REPEAT = re.compile(r"\[\s*repeat(?:\s*\d*)?\s*\]\s*", re.IGNORECASE)
_DIGITS = re.compile(r"\d\d")
_PARTS = re.compile(r"([A-Z]{2,7})(\d)")


LONGEST = 1000
"""Characters of a line in which a code is looked for; a longer one is no title."""


@cache
def tracks() -> Mapping[str, str]:
    """Return the names of known tracks, by the letters of their codes."""
    text = files("reinvent_tui.library").joinpath("tracks.toml").read_text("utf-8")
    return MappingProxyType({str(letters): str(name) for letters, name in tomllib.loads(text).items()})


def stated_code(text: str) -> str:
    """Normalise an explicitly given code: ``dat 336-r1`` is ``DAT336-R1``."""
    match = _STATED.fullmatch(text)
    return f"{match[1]}{match[2]}{match[3]}".upper() if match else text[:40]


def track_of(code: str) -> str:
    """Return the letters of a code."""
    match = _PARTS.match(code)
    return match[1] if match else ""


def level_of(code: str) -> int | None:
    """Return the level given by a code's first digit: 100 to 500."""
    match = _PARTS.match(code)
    return int(match[2]) * 100 if match and match[2] in "12345" else None


def base_of(code: str) -> str:
    """Return a code without suffixes for repeats and formats: ``ARC305-R1`` is ``ARC305``."""
    return code.split("-", 1)[0]


def _match(text: str) -> re.Match[str] | None:
    for pattern in (_STRICT, _LOOSE):
        for match in pattern.finditer(text):
            letters = match[1]
            course = pattern is _LOOSE and match[2] == "101"  # "API 101" is a course
            if (letters.lower() in word_list("not_tracks") and letters not in tracks()) or course:
                continue
            # With a gap or unknown letters, a code must be in a typical position: at the start, or in brackets.
            before, after = text[: match.start()].strip(), text[match.end() :].strip()
            placed = not before or before[-1] in "([{" or before.endswith((":", "-", "–", "|")) or not after
            if letters in tracks() or placed:
                return match
    return None


def code_in(title: str) -> tuple[str, str]:
    """Split a heading or first line into its code and the rest as a title.

    ``GPSTEC302 - SaaS`` gives ``GPSTEC302`` and ``SaaS``. Without a code: an empty
    string and the title unchanged.
    """
    return _code_in(title) if len(title) <= LONGEST and _DIGITS.search(title) else ("", title)


@lru_cache(maxsize=2048)
def _code_in(title: str) -> tuple[str, str]:
    match = _match(title) or _BRACKETED.search(title)
    if match is None:
        return "", title
    before, after = title[: match.start()], title[match.end() :]
    if before.rstrip().endswith(("(", "[")) and after.lstrip().startswith((")", "]")):
        before, after = before.rstrip()[:-1], after.lstrip()[1:]
    rest = f"{before.strip(' -–—:|·,')} {after.strip(' -–—:|·,')}".strip()
    return f"{match[1]}{match[2]}{match[3]}", rest


def is_code(line: str) -> str:
    """Return the code if ``line`` is nothing but a code, else an empty string."""
    code, rest = code_in(line.strip().strip("*_`()[]"))
    return code if code and not rest else ""


def code_in_name(stem: str) -> tuple[str, str]:
    """Return the code in a file name, and the rest of the name."""
    for match in _NAME.finditer(stem):
        letters = match[1].upper()
        known = letters in tracks()
        whole = match.group(0).strip(" -_") == stem
        if (letters.lower() in word_list("not_tracks") and letters not in tracks()) or not (
            known or match[1].isupper() or (whole and len(letters) <= 6)
        ):
            continue
        rest = f"{stem[: match.start()]} {stem[match.end() :]}".strip(" -_")
        return f"{letters}{match[2]}{match[3].upper()}", rest
    return "", stem


def without_repeat(title: str) -> str:
    """Return a title without its repeat marker: ``[REPEAT 1] Build Web Apps``."""
    return _REPEAT.sub("", title).strip()
