"""What makes one hit better than another that bm25 does not see."""

from __future__ import annotations

from dataclasses import dataclass

from reinvent_tui.index.matching import Matcher
from reinvent_tui.index.words import folded


@dataclass(frozen=True, slots=True)
class Facts:
    """What ranking looks at in one session, cut into words once."""

    title: tuple[str, ...]
    title_words: frozenset[str]
    tag_words: frozenset[str]
    codes: frozenset[str]
    takeaways: tuple[str, ...]

    @classmethod
    def of(cls, title: str, code: str, tags: str, takeaways: str) -> Facts:
        """Return the facts in texts as the index has them: takeaways are lines."""
        words = tuple(folded(title))
        codes = frozenset(part.lower().replace("-", "") for part in code.split())
        lines = tuple(takeaways.split("\n")) if takeaways else ()
        return cls(words, frozenset(words), frozenset(folded(tags)), codes, lines)


def bonus_of(typed: list[str], matcher: Matcher, facts: Facts) -> float:
    """Return what a hit is worth beyond bm25, whose best is 1: the code, the very title, words in the title."""
    bonus = 0.0
    wanted = matcher.terms
    if facts.codes and "".join(typed) in facts.codes:
        bonus += 10
    if typed and tuple(typed) == facts.title:
        bonus += 5
    if not wanted:
        return bonus
    share = 0.0
    for one in wanted:
        if one.exact & facts.title_words:
            share += 1.0
        elif one.forms & facts.title_words:
            share += 0.8
        elif one.prefixes and any(word.startswith(one.prefixes) for word in facts.title):
            share += 0.6
        elif one.exact & facts.tag_words:
            share += 0.7
    return bonus + share / len(wanted) + 0.3 * best_takeaway(facts.takeaways, matcher) / len(wanted)


def best_takeaway(takeaways: tuple[str, ...], matcher: Matcher) -> int:
    """Return how many of the words the best of a session's takeaways has."""
    best, most = 0, len(matcher.terms)
    for takeaway in takeaways:
        count = matcher.count_in(takeaway)
        if count > best:
            best = count
            if best == most:
                break
    return best
