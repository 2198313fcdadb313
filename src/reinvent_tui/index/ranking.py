"""What makes one hit better than another that bm25 does not see."""

from __future__ import annotations

from reinvent_tui.index.matching import Matcher
from reinvent_tui.index.words import folded


def bonus_of(typed: str, matcher: Matcher, title: str, code: str, tags: str, takeaways: str) -> float:
    """Return what a hit is worth beyond bm25, whose best is 1: the code, the very title, words in the title."""
    title_words = folded(title)
    bonus = 0.0
    wanted = matcher.wanted
    glued = typed.replace(" ", "")
    if code and glued and glued in {part.lower().replace("-", "") for part in code.split()}:
        bonus += 10
    if typed and typed == " ".join(title_words):
        bonus += 5
    if not wanted:
        return bonus
    in_title = set(title_words)
    in_tags = set(folded(tags))
    share = 0.0
    for one in wanted:
        if one.exact & in_title:
            share += 1.0
        elif one.forms & in_title:
            share += 0.8
        elif any(word.startswith(one.prefixes) for word in in_title if one.prefixes):
            share += 0.6
        elif one.exact & in_tags:
            share += 0.7
    if not matcher.count_in(takeaways):
        return bonus + share / len(wanted)
    return bonus + share / len(wanted) + 0.3 * best_lesson(takeaways, matcher) / len(wanted)


def best_lesson(takeaways: str, matcher: Matcher) -> int:
    """Return how many of the words the best of a session's takeaways has."""
    return max((matcher.count_in(lesson) for lesson in takeaways.split("\n")), default=0)
