"""What the palette offers: every session by code or title, and every action by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from heapq import nsmallest
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


BY_CODE = 1.0


def score(query: str, title: str, code: str = "") -> float:
    """Return how well a title or code matches what was typed, from 0 (not at all) to 1.

    The code counts most, then whole words, then the characters in order: ``asrv`` finds Aurora Serverless.
    """
    typed = query.casefold().strip()
    title, code = title.casefold(), code.casefold()
    return _by_words(typed, title, code) or _spread(typed.replace(" ", ""), title) if typed else 0.0


def _by_words(typed: str, title: str, code: str) -> float:
    if code and code.startswith(typed.replace(" ", "")):
        return BY_CODE
    if title.startswith(typed):
        return 0.95
    words = typed.split()
    if all(word in title or word in code for word in words):
        at_start = sum(f" {title}".count(f" {word}") > 0 for word in words)
        return 0.7 + 0.2 * at_start / len(words)
    return 0.0


def _spread(typed: str, title: str) -> float:
    at = spread = 0
    for character in typed:
        index = title.find(character, at)
        if index < 0:
            return 0.0
        spread += index - at
        at = index + 1
    return 0.5 / (1 + spread / max(1, len(typed)))


ENOUGH = 40
"""Sessions that have the words: more than fit on a screen."""

GOOD = 0.7
"""A score from which on all words of the query are there."""


class Titles:
    """The titles and codes of all sessions, ready to be matched at every letter: there may be 100,000.

    To be made in a thread.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self._titles = [entry.title.casefold() for entry in entries]
        self._codes = [entry.code.casefold() for entry in entries]
        self._all = range(len(entries))
        self._last: tuple[str, Sequence[int]] = ("", self._all)
        """What was typed last, and the indexes of the entries that may match it: what is typed on matches no others."""

    def best(self, query: str) -> list[tuple[float, Entry]]:
        """Return the sessions that match ``query`` best, best first; of equal ones the shortest, in reading order.

        Where a screenful has the words, those that only share some characters are not looked for.
        """
        typed = query.casefold().strip()
        if not typed:
            return []
        before, among = self._last
        if not before or not typed.startswith(before):
            among = self._all
        scored = self._having_words(typed, among)
        if len(scored) < ENOUGH:
            known, letters = {at for _, at in scored}, typed.replace(" ", "")
            found = self._having_letters(letters, among)
            scored += [(_spread(letters, self._titles[at]), at) for at in found if at not in known]
            self._last = (typed, sorted({*known, *found}))
        best = nsmallest(MOST, scored, key=lambda item: (-item[0], len(self._titles[item[1]]), item[1]))
        return [(points, self.entries[at]) for points, at in best]

    def _having_words(self, typed: str, among: Sequence[int]) -> list[tuple[float, int]]:
        """Return those that have the words, with their points; of those that begin with them enough are enough."""
        titles, codes, joined = self._titles, self._codes, typed.replace(" ", "")
        found = [at for at in among if codes[at].startswith(joined)]
        if len(found) >= MOST:
            return [(BY_CODE, at) for at in found]
        by_code = set(found)
        found += [at for at in among if titles[at].startswith(typed) and at not in by_code]
        if len(found) < MOST:
            rest = among
            for word in typed.split():
                rest = [at for at in rest if word in titles[at] or word in codes[at]]
            found = list({*found, *rest})
        return [(_by_words(typed, titles[at], codes[at]), at) for at in found]

    def _having_letters(self, letters: str, among: Sequence[int]) -> list[int]:
        titles = self._titles
        for letter in dict.fromkeys(letters):  # most fail here, at a fraction of the cost
            among = [at for at in among if letter in titles[at]]
        pattern = re.compile(".*?".join(map(re.escape, letters)), re.DOTALL).search
        return [at for at in among if pattern(titles[at])]


def rank(query: str, titles: Titles, actions: Sequence[DoAction]) -> list[Command]:
    """Return what the palette offers: by code, by title, then actions; the same query has the same order at any time.

    Where the words of the query are in no title as they were typed, an action that has them comes before sessions
    that only share some characters. What ends the reader is last of all.
    """
    if not query.strip():
        return [*(GoToSession(entry) for entry in titles.entries[:MOST]), *_harmless_first(actions)]
    sessions = titles.best(query)
    scored = [(score(query, action.words), number, action) for number, action in enumerate(actions)]
    scored.sort(key=lambda item: (item[2].action == "app.quit", -item[0], item[1]))
    good: list[Command] = [GoToSession(entry) for points, entry in sessions if points >= GOOD]
    named: list[Command] = [action for points, _, action in scored if points >= GOOD]
    rest: list[Command] = [GoToSession(entry) for points, entry in sessions if points < GOOD]
    vague: list[Command] = [action for points, _, action in scored if 0 < points < GOOD]
    return [*good, *named, *rest, *vague][:MOST]


def _harmless_first(actions: Sequence[DoAction]) -> list[DoAction]:
    return sorted(actions, key=lambda action: action.action == "app.quit")
