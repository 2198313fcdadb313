"""Ranking signals beyond bm25: exact codes and titles, words in titles, several words in one takeaway."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reinvent_tui.index.matching import Term
from reinvent_tui.index.words import folded


@dataclass(frozen=True, slots=True)
class Weights:
    """All numbers of the order of hits. They were chosen by the labelled questions of ``tests/relevance.py``."""

    name: float = 0.95
    """Of another name, and of a word that is written in parts, where the word itself is 1."""
    form: float = 0.9
    """Of an inflected form."""
    prefix: float = 0.5
    """Of a word that only begins with what is being typed."""
    weak: float = 0.3
    """Of a synonym, and of a word that is spelled alike."""
    near: float = 0.25
    """What neighbouring words add that stand close together, as a part of the rarity of the commoner one."""
    in_a_row: float = 0.5
    """What they add where they stand as they were typed."""
    near_words: int = 8
    """Words that may be between those that stand close together."""
    in_title: float = 0.3
    """What a query adds whose words are all in the title; the best score without is 1."""
    whole_title: float = 5.0
    code: float = 10.0
    missing: float = 0.05
    """What a session loses that lacks all the words; for some, by how rare they are."""
    only_links: float = 0.3
    """Factor for sessions that are hardly more than links: they come last."""
    close: float = 0.2
    """Least score, as a part of the best one, of a session that lacks some words."""


WEIGHTS: Final = Weights()


@dataclass(frozen=True, slots=True)
class Facts:
    """What ranking looks at in one session, tokenised once."""

    title: tuple[str, ...]
    title_words: frozenset[str]
    tag_words: frozenset[str]
    codes: frozenset[str]

    @classmethod
    def of(cls, title: str, code: str, tags: str) -> Facts:
        """Return the facts in indexed texts."""
        words = tuple(folded(title))
        codes = frozenset(part.lower().replace("-", "") for part in code.split())
        return cls(words, frozenset(words), frozenset(folded(tags)), codes)


def bonus_of(typed: list[str], terms: Sequence[Term], facts: Facts) -> float:
    """Return what a hit gains for the code, the exact title, and words in the title."""
    bonus = 0.0
    if facts.codes and "".join(typed) in facts.codes:
        bonus += WEIGHTS.code
    if typed and tuple(typed) == facts.title:
        bonus += WEIGHTS.whole_title
    share = 0.0
    for term in terms:
        if term.exact & facts.title_words:
            share += 1.0
        elif term.forms & facts.title_words:
            share += 0.8
        elif term.prefixes and any(word.startswith(term.prefixes) for word in facts.title):
            share += 0.6
        elif term.exact & facts.tag_words:
            share += 0.7
    return bonus + WEIGHTS.in_title * share / (len(terms) or 1)
