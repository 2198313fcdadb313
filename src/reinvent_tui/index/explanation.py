"""A query in words: what each part of it looks for, and how many sessions that leaves.

The words are made from what the query is compiled to, so that they say what is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from types import MappingProxyType
from typing import Final, NamedTuple

from reinvent_tui.index.fts import FtsQueries
from reinvent_tui.index.matching import Term
from reinvent_tui.index.query import And, Field, Node, Not, Or, Phrase, Query, Range, Word
from reinvent_tui.index.query_parts import barely_typed, optional_words, parts_of
from reinvent_tui.index.words import is_stop_word
from reinvent_tui.plural import counted

_FIELDS: Final = MappingProxyType(
    {
        "tag": "with the topic {}",
        "title": "with {} in the title",
        "takeaway": "with {} in a takeaway",
        "speaker": "with the speaker {}",
        "event": "of the event {}",
        "year": "of the year {}",
        "day": "of day {}",
        "date": "of the date {}",
        "code": "with the code {}",
        "track": "of the track {}",
        "level": "of the level {}",
        "path": "in files called {}",
        "is": "that are {}",
        "has": "that have {}",
    }
)
MOST_NAMED = 8
"""Words that are named of each kind."""


class ExplainedPart(NamedTuple):
    """A part of a query in words."""

    text: str
    sessions: int | None = None
    """How many it leaves by itself; None for what puts no condition."""
    details: tuple[str, ...] = ()
    """What else it finds."""


def explained(fts: FtsQueries, query: Query) -> list[ExplainedPart]:
    """Return the parts of a query in words, in order, and what could not be understood."""
    drop = optional_words(query) | barely_typed(query)
    parts: list[ExplainedPart] = []
    # Adjacent words may mean more than each alone.
    for is_word, group in groupby(parts_of(query.root), lambda part: isinstance(part, Word)):
        if is_word:
            parts += _words(fts, [part for part in group if isinstance(part, Word)], drop)
        else:
            parts += [
                ExplainedPart(sentence(part), fts.total(part), tuple(_details(fts.compiled_node(part).matcher.terms)))
                for part in group
                if part != And(())
            ]
    return [*parts, *map(ExplainedPart, query.hints)]


def _words(fts: FtsQueries, words: list[Word], drop: frozenset[str]) -> Iterator[ExplainedPart]:
    terms = iter(fts.compiled_node(And(tuple(word for word in words if word.text not in drop))).matcher.terms)
    for word in words:
        if word.text not in drop:
            yield ExplainedPart(sentence(word), fts.total(word), tuple(_details([next(terms)], alone=True)))
        elif is_stop_word(word.text):
            yield ExplainedPart(f"“{word.text}” is left out: questions have it, answers need not")
        else:
            yield ExplainedPart(f"“{word.text}” is looked for from the second letter on")


def sentence(node: Node) -> str:
    """Return a part of a query in words."""
    match node:
        case Word(text, prefix, typed_last):
            return f"words that begin with “{text}”" if prefix or typed_last else f"“{text}”"
        case Phrase(text, near):
            words = f", at most {counted(near, 'word')} apart" if near else " as it stands"
            return f"“{text}”{words}" if len(text.split()) > 1 else f"“{text}”"
        case Field(name, inner):
            return _FIELDS[name].format(sentence(inner))
        case Range(name, low, high):
            ends = f"{low} to {high}" if low and high else f"{low} and later" if low else f"up to {high}"
            return _FIELDS[name].format(ends)
        case Not() | And() | Or():
            return _combined(node)


def _combined(node: Not | And | Or) -> str:
    match node:
        case Not(part):
            inner = sentence(part)
            return f"not ({inner})" if isinstance(part, And | Or) else f"not {inner}"
        case Or(parts):
            return " or ".join(f"({sentence(part)})" if isinstance(part, And) else sentence(part) for part in parts)
        case And(parts):
            return " and ".join(f"({sentence(part)})" if isinstance(part, Or) else sentence(part) for part in parts)


def _details(terms: Iterable[Term], *, alone: bool = False) -> Iterator[str]:
    """Yield what words find beside themselves; each is named, unless it is ``alone``."""
    for term in terms:
        lead = "" if alone else f"“{term.text}”: "
        for kind, words in alternatives(term):
            yield f"{lead}{kind} {_listed(words)}"


def alternatives(term: Term) -> Iterator[tuple[str, list[str]]]:
    """Yield what a word of a query is taken for as well, by kind; forms that only its beginning brings are left out."""
    begins = tuple(term.prefixes)
    forms = sorted(form for form in term.forms if not (begins and form.startswith(begins)))
    if forms:
        yield "its forms", forms
    others = [" ".join(words) for words in term.sequences if "".join(words) not in term.exact and not term.near]
    others = [words for words in others if words.casefold() != term.text.casefold()]
    if others:
        yield "also written", others
    if term.weak:
        yield "close, but less:", [" ".join(words) for words in term.weak]


def _listed(words: list[str]) -> str:
    more = len(words) - MOST_NAMED
    return ", ".join(words[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
