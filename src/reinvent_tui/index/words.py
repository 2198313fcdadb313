"""Tokenises text, for the index and for highlighting: both see the same tokens.

A token is a run of letters and digits, in lower case and without accents; marks and
what Unicode says to ignore, such as a soft hyphen, are part of the word around them.
``C++``, ``C#``, ``F#`` and ``.NET`` are tokens; so is each character of Chinese, Japanese,
Korean, Thai, Lao, Burmese and Khmer, which put no spaces between words.
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
_UNSPACED = (
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"  # Japanese, Chinese, Korean
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
)
"""Scripts that put no spaces between words: each character is a token."""
_PLAIN = re.compile(r"[a-z0-9]+")
_SPECIAL_ONLY = re.compile(_SPECIAL, re.IGNORECASE)
_MAYBE_SPECIAL = re.compile(r"[CcGgDd]\+\+|[CcFf]#|\.[nN][eE][tT]")
"""Fast pre-check for special words; matches some texts that have none."""


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Patterns that take milliseconds to compile, for text beyond ASCII."""

    needed: re.Pattern[str]
    """Finds what the plain pattern takes for the end of a word, or does not."""
    token: re.Pattern[str]


@cache
def _beyond_ascii() -> _Patterns:
    from reinvent_tui.index.marks import IGNORABLE, MARKS, ranges

    inside = ranges(MARKS) + ranges(IGNORABLE)
    letter = f"(?:(?![{_UNSPACED}])[^\\W_])"
    token = f"(?i:{_SPECIAL})|(?![\\W_])[{_UNSPACED}][{inside}]*|{letter}(?:{letter}|[{inside}])*"
    return _Patterns(re.compile(f"[{_UNSPACED}{inside}]"), re.compile(token))


_SIMPLE = re.compile(rf"(?i:{_SPECIAL})|[^\W_]+")
_RUN = re.compile(r"[^\W_]+")


@lru_cache(maxsize=4096)
def _is_special(character: str) -> bool:
    return not character.isascii() and _beyond_ascii().needed.match(character) is not None


def _token_in(text: str) -> re.Pattern[str]:
    simple = _SIMPLE if _MAYBE_SPECIAL.search(text) else _RUN
    if text.isascii():
        return simple
    # A text has few different characters beyond ASCII, and a pattern of so many is slow to search with.
    return _beyond_ascii().token if any(map(_is_special, set(text))) else simple


_SPELLED: Final = MappingProxyType({folded: re.escape(written) for written, folded in _SPECIALS.items()})


def spelled(word: str) -> str:
    """Return a pattern for the spelling of a folded word: ``cplusplus`` is ``C++`` in a text."""
    written = _SPELLED.get(word)
    return f"(?:{written}|{word})" if written else re.escape(word)


CAMEL_NAME: Final = re.compile(r"(?<![A-Za-z0-9])[A-Z]*+[a-z0-9]++[A-Z][A-Za-z0-9]*")
"""A name that is written as several words without spaces: ``getUserById``."""
CAMEL_BOUNDARY: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


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
    decomposed = unicodedata.normalize("NFKD", lower).casefold()
    return "".join([_plain_letter(character) for character in decomposed if character.isalnum()])


_LIGATURES: Final = MappingProxyType({"æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ŋ": "n"})
_WITH = re.compile(r"LATIN SMALL LETTER (?:DOTLESS |LONG )?([A-Z]) WITH ")


def _plain_letter(character: str) -> str:
    """Return a Latin letter without what Unicode does not take apart: ø is "o with stroke"."""
    if character.isascii():
        return character
    with_more = _WITH.match(unicodedata.name(character, ""))
    return with_more[1].lower() if with_more else _LIGATURES.get(character, character)


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
