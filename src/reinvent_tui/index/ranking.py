"""Ranking signals beyond bm25: exact codes and titles, words in titles, several words in one takeaway."""

from __future__ import annotations

from dataclasses import dataclass

from reinvent_tui.index.matching import Matcher
from reinvent_tui.index.words import folded


@dataclass(frozen=True, slots=True)
class Facts:
    """What ranking looks at in one session, tokenised once."""

    title: tuple[str, ...]
    title_words: frozenset[str]
    tag_words: frozenset[str]
    codes: frozenset[str]
    takeaways: tuple[str, ...]

    @classmethod
    def of(cls, title: str, code: str, tags: str, takeaways: str) -> Facts:
        """Return the facts in indexed texts, in which takeaways are lines."""
        words = tuple(folded(title))
        codes = frozenset(part.lower().replace("-", "") for part in code.split())
        lines = tuple(takeaways.split("\n")) if takeaways else ()
        return cls(words, frozenset(words), frozenset(folded(tags)), codes, lines)


def bonus_of(typed: list[str], matcher: Matcher, facts: Facts) -> float:
    """Return the bonus of a hit on top of bm25, whose best is 1: for the code, the exact title, words in the title."""
    bonus = 0.0
    terms = matcher.terms
    if facts.codes and "".join(typed) in facts.codes:
        bonus += 10
    if typed and tuple(typed) == facts.title:
        bonus += 5
    if not terms:
        return bonus
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
    return bonus + share / len(terms) + 0.3 * best_takeaway(facts.takeaways, matcher) / len(terms)


def best_takeaway(takeaways: tuple[str, ...], matcher: Matcher) -> int:
    """Return the most words that one of a session's takeaways has."""
    best, most = 0, len(matcher.terms)
    for takeaway in takeaways:
        count = matcher.count_in(takeaway)
        if count > best:
            best = count
            if best == most:
                break
    return best
