"""What to say, and what to offer, where a query finds nothing: other spellings, fewer words or filters."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from reinvent_tui.index.fts import FtsQueries
from reinvent_tui.index.query import ALL, And, Field, Node, Not, Phrase, Query, Range, Word, written
from reinvent_tui.index.query_parts import optional_words, parts_of
from reinvent_tui.index.words import folded

MOST_SUGGESTED: Final = 3
"""Other queries that are offered: as many as a person takes in at a look."""
LEAST_MENDED: Final = 4
"""Letters of a word that is still being typed from which other spellings are looked for."""
MOST_VALUES: Final = 8
"""Values of a field that are named."""
_NOUNS: Final = MappingProxyType({"tag": "topic", "path": "file called", "is": "such thing as", "has": "such thing as"})
COUNTED_AT_MOST: Final = 5000
"""Sessions with a word that are counted exactly; beyond that an estimate will do."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A session that a query found."""

    row: int
    score: float
    """The higher the better; comparable within one answer."""
    lacks: tuple[str, ...] = ()
    """Words, as typed, that it lacks."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another query, for one that finds nothing."""

    query: str
    words: str
    """What it changes, in words."""
    count: int
    """Sessions that it finds."""


def suggestions(fts: FtsQueries, query: Query) -> tuple[Suggestion, ...]:
    """Return other queries: with other spellings, without one of the words, without one of the filters."""
    found = spellings(fts, query)
    parts = parts_of(query.root)
    optional = optional_words(query)
    says = [not (isinstance(part, Word) and part.text in optional) for part in parts]
    if sum(says) > 1:  # without a word that says nothing, it finds no more
        for at, part in enumerate(parts):
            if not says[at]:
                continue
            rest = _together([*parts[:at], *parts[at + 1 :]])
            found.append(Suggestion(written(rest), f"without {written(part)}", fts.total(rest)))
    useful = {suggestion.query: suggestion for suggestion in found if suggestion.count}
    return tuple(useful.values())[:MOST_SUGGESTED]


def reason(fts: FtsQueries, query: Query) -> str:
    """Return in words which part of a query finds nothing, and what it could be; if all do, that none has them all."""
    for part in parts_of(query.root):
        if part != ALL and not isinstance(part, Not) and not fts.total(part):
            return _nothing_has(fts, part)
    return "no session matches all of this"


def _nothing_has(fts: FtsQueries, part: Node) -> str:
    match part:
        case Word(text):
            return f"no session has “{text}”"
        case Phrase(text):
            return f"no session has “{text}” as it stands"
        case Field(name, Word(text) | Phrase(text)) | Range(name, text):
            value = text if isinstance(part, Field) else written(part).partition(":")[2]
            known = _known_values(fts, name)
            value = value if value[:1].isdecimal() else f"“{value}”"
            return f"no {_NOUNS.get(name, name)} {value}" + (f": {known}" if known else "")
    return f"no session matches {written(part)}"


def _known_values(fts: FtsQueries, name: str) -> str:
    """Return the values that the library has of a field of numbers, in words."""
    if name == "day":
        found = fts.connection.execute("SELECT DISTINCT number FROM day WHERE number IS NOT NULL ORDER BY number")
    elif name == "year":
        found = fts.connection.execute(
            "SELECT DISTINCT CAST(substr(date, 1, 4) AS INTEGER) FROM day WHERE date IS NOT NULL ORDER BY 1"
        )
    else:
        return ""
    numbers = [number for (number,) in found]
    if not numbers:
        return f"none of the {name}s is known"
    first, last = numbers[0], numbers[-1]
    if first == last:
        return f"all is of {name} {first}"
    whole = last - first + 1 == len(numbers)
    return f"{name}s {first} to {last}" if whole else f"{name}s {', '.join(map(str, numbers[:MOST_VALUES]))}"


def spellings(fts: FtsQueries, query: Query) -> list[Suggestion]:
    """Return the query with other spellings of the words that no session has."""
    found: list[Suggestion] = []
    all_corrected = query.text
    corrected: list[str] = []
    unmatched: list[str] = []
    typing = any(word.typed_last for word in query.words)
    for word in query.words:
        if word.typed_last and len(word.text) < LEAST_MENDED:
            continue  # it is just begun
        alone = fts.compiled_node(word)
        if fts.estimated_count(alone.matcher.terms) > COUNTED_AT_MOST or fts.first_rows(alone.match, 1):
            continue
        unmatched.append(word.text)
        close = [other for token in folded(word.text)[:1] for other in fts.lexicon.close(token)]
        if close:
            all_corrected = _replaced(all_corrected, word.text, close[0])
            corrected.append(close[0])
        for other in close:
            text = _replaced(query.text, word.text, other)
            count = fts.total_of(text, typing=typing)
            # If the other words find nothing either, the corrected one alone is still useful.
            found.append(
                Suggestion(text, f"{other} instead of {word.text}", count)
                if count
                else Suggestion(other, f"only {other}", fts.total_of(other))
            )
    if len(corrected) > 1:
        words = f"{' '.join(corrected)} instead of {' '.join(unmatched)}"
        found.insert(0, Suggestion(all_corrected, words, fts.total_of(all_corrected, typing=typing)))
    return [suggestion for suggestion in found if suggestion.count]


def _together(parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _replaced(text: str, word: str, other: str) -> str:
    at = text.rfind(word)
    return text[:at] + other + text[at + len(word) :] if at >= 0 else other
