"""Tokenises text, for the index and for highlighting: both see the same tokens.

A token is a run of letters and digits, in lower case and without accents.
``C++``, ``C#``, ``F#`` and ``.NET`` are tokens; so is each Chinese, Japanese or
Korean character, since these languages put no spaces between words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from reinvent_tui.library.word_lists import word_list

_SPECIALS: Final = MappingProxyType(
    {
        "c++": "cplusplus",
        "c#": "csharp",
        "f#": "fsharp",
        ".net": "dotnet",
        "g++": "gplusplus",
        "notepad++": "notepadplusplus",
    }
)
_SPECIAL = r"(?<![\w+#])(?:notepad\+\+|[cg]\+\+|[cf]\#)(?![\w+#])|(?<![\w.])\.net(?!\w)|(?<=asp)\.net(?!\w)"
_IDEOGRAPH = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_LAST_LETTER = "\u302f"
"""The last character before those that are tokens by themselves."""
_PLAIN = re.compile(r"[a-z0-9]+")
_SPECIAL_ONLY = re.compile(_SPECIAL, re.IGNORECASE)
_MAYBE_SPECIAL = re.compile(r"[CcGgDd]\+\+|[CcFf]#|\.[nN][eE][tT]")
"""Fast pre-check for special words; matches some texts that have none."""


@cache
def _token(*, ideographs: bool) -> re.Pattern[str]:
    """Return the pattern of a token; the one for ideographs is slow to compile, and most texts have none."""
    if not ideographs:
        return re.compile(rf"(?i:{_SPECIAL})|[^\W_](?:[^\W_]|[\u0300-\u036f])*")
    return re.compile(
        rf"(?i:{_SPECIAL})|[{_IDEOGRAPH}]|(?:(?![{_IDEOGRAPH}])[^\W_])"
        rf"(?:(?![{_IDEOGRAPH}])[^\W_]|[\u0300-\u036f])*"
    )


def _token_in(text: str) -> re.Pattern[str]:
    return _token(ideographs=not text.isascii() and max(text) > _LAST_LETTER)


_SPELLED: Final = MappingProxyType({folded: re.escape(written) for written, folded in _SPECIALS.items()})


def spelled(word: str) -> str:
    """Return a pattern for the spelling of a folded word: ``cplusplus`` is ``C++`` in a text."""
    written = _SPELLED.get(word)
    return f"(?:{written}|{word})" if written else re.escape(word)


@dataclass(frozen=True, slots=True)
class Token:
    """A word in a text."""

    word: str
    """Folded."""
    start: int
    end: int


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return a word in lower case and without accents, for comparison."""
    lower = word.casefold()
    special = _SPECIALS.get(lower)
    if special is not None:
        return special
    if lower.isascii():
        return lower
    decomposed = unicodedata.normalize("NFKD", lower)
    return "".join(character for character in decomposed.casefold() if character.isalnum())


def tokens(text: str) -> list[Token]:
    """Return the words of ``text`` with their positions."""
    return [Token(fold(match[0]), match.start(), match.end()) for match in _token_in(text).finditer(text)]


def folded(text: str) -> list[str]:
    """Return the words of ``text``."""
    if text.isascii() and not _MAYBE_SPECIAL.search(text):
        return _PLAIN.findall(text.lower())
    return [fold(word) for word in _token_in(text).findall(text)]


def indexed(text: str) -> str:
    """Return ``text`` as it is indexed, so that SQLite's tokenizer finds the same words."""
    if not text.isascii():
        return " ".join(folded(text))
    if _MAYBE_SPECIAL.search(text):
        return _SPECIAL_ONLY.sub(lambda match: f" {fold(match[0])} ", text)
    return text


def is_stop_word(word: str) -> bool:
    """Return True for a word that questions contain and their answers need not."""
    return word.lower().replace("’", "'") in word_list("stop_words")
