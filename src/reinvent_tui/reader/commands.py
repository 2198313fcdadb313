"""What the palette offers: every session by code or title, and every action by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from reinvent_tui.index.queries import Entry

MOST = 200
"""Rows that are offered; a person types on rather than read further."""


class GoToSession(NamedTuple):
    """Read a session."""

    entry: Entry


class DoAction(NamedTuple):
    """Do what a key does."""

    binding: str
    """Id of the binding; empty if no key does it."""
    action: str
    words: str
    keys: str


Command: TypeAlias = GoToSession | DoAction


def score(query: str, title: str, code: str = "") -> float:
    """Return how well a title or code matches what was typed, from 0 (not at all) to 1.

    The code counts most, then whole words, then the characters in order: ``asrv`` finds Aurora Serverless.
    """
    typed = query.casefold().strip()
    title, code = title.casefold(), code.casefold()
    if not typed:
        return 0.0
    if code and code.startswith(typed.replace(" ", "")):
        return 1.0
    if title.startswith(typed):
        return 0.95
    words = typed.split()
    if all(word in title or word in code for word in words):
        at_start = sum(f" {title}".count(f" {word}") > 0 for word in words)
        return 0.7 + 0.2 * at_start / len(words)
    return _spread(typed.replace(" ", ""), title)


def _spread(typed: str, title: str) -> float:
    at = spread = 0
    for character in typed:
        index = title.find(character, at)
        if index < 0:
            return 0.0
        spread += index - at
        at = index + 1
    return 0.5 / (1 + spread / max(1, len(typed)))


GOOD = 0.7
"""A score from which on all words of the query are there."""


def best_sessions(query: str, entries: Sequence[Entry]) -> list[tuple[float, Entry]]:
    """Return the sessions that match ``query`` best, best first; of equal ones in reading order."""
    scored = [(points, entry) for entry in entries if (points := score(query, entry.title, entry.code)) > 0]
    scored.sort(key=lambda item: (-item[0], len(item[1].title)))
    return scored[:MOST]


def rank(query: str, entries: Sequence[Entry], actions: Sequence[DoAction]) -> list[Command]:
    """Return what the palette offers: by code, by title, then actions; the same query has the same order at any time.

    Where the words of the query are in no title as they were typed, an action that has them comes before sessions
    that only share some characters. What ends the reader is last of all.
    """
    if not query.strip():
        return [*(GoToSession(entry) for entry in entries[:MOST]), *_harmless_first(actions)]
    sessions = best_sessions(query, entries)
    scored = [(score(query, action.words), number, action) for number, action in enumerate(actions)]
    scored.sort(key=lambda item: (item[2].action == "app.quit", -item[0], item[1]))
    good: list[Command] = [GoToSession(entry) for points, entry in sessions if points >= GOOD]
    named: list[Command] = [action for points, _, action in scored if points >= GOOD]
    rest: list[Command] = [GoToSession(entry) for points, entry in sessions if points < GOOD]
    vague: list[Command] = [action for points, _, action in scored if 0 < points < GOOD]
    return [*good, *named, *rest, *vague][:MOST]


def _harmless_first(actions: Sequence[DoAction]) -> list[DoAction]:
    return sorted(actions, key=lambda action: action.action == "app.quit")
