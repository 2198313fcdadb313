"""The palette: every action by name, and every session by title or code."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from rich.text import Text
from textual.command import DiscoveryHit, Hit, Hits, Provider

from reinvent_tui.index.queries import Entry

if TYPE_CHECKING:
    from reinvent_tui.tui.reader import ReaderScreen

MAX_TITLES = 200_000
MAX_HITS = 40
GOOD = 0.7
"""A score from which on all words of the query are there."""


def score(query: str, entry: Entry) -> float:
    """Return how well a session fits what was typed, from 0 (not at all) to 1.

    Its code, its words, and last the letters in order: ``asrv`` finds Aurora Serverless.
    """
    wanted = query.casefold().strip()
    title, code = entry.title.casefold(), entry.code.casefold()
    if not wanted:
        return 0.0
    if code and code.startswith(wanted.replace(" ", "")):
        return 1.0
    if title.startswith(wanted):
        return 0.95
    words = wanted.split()
    if all(word in title or word in code for word in words):
        begins = sum(f" {title}".count(f" {word}") > 0 for word in words)
        return 0.7 + 0.2 * begins / len(words)
    at = 0
    spread = 0
    for letter in wanted.replace(" ", ""):
        found = title.find(letter, at)
        if found < 0:
            return 0.0
        spread += found - at
        at = found + 1
    return 0.5 / (1 + spread / max(1, len(wanted)))


def best(query: str, entries: list[Entry]) -> list[tuple[float, Entry]]:
    """Return the sessions that fit ``query`` best, best first."""
    scored = [(points, entry) for entry in entries if (points := score(query, entry)) > 0]
    scored.sort(key=lambda item: (-item[0], len(item[1].title)))
    return scored[:MAX_HITS]


class SessionCommands(Provider):
    """Go to any session."""

    def __init__(self, screen: ReaderScreen, match_style: object = None) -> None:
        super().__init__(screen, match_style)  # type: ignore[arg-type]
        self._entries: list[Entry] = []

    async def startup(self) -> None:
        reader = cast("ReaderScreen", self.screen)
        self._entries = await asyncio.to_thread(reader.source.titles, MAX_TITLES)

    async def discover(self) -> Hits:
        reader = cast("ReaderScreen", self.screen)
        for entry in self._entries[:MAX_HITS]:
            name = f"{entry.code}  {entry.title}" if entry.code else entry.title
            yield DiscoveryHit(Text(name), partial(reader.open_session, entry.row), text=name)

    async def search(self, query: str) -> Hits:
        reader = cast("ReaderScreen", self.screen)
        for points, entry in await asyncio.to_thread(best, query, self._entries):
            name = f"{entry.code}  {entry.title}" if entry.code else entry.title
            # A session's own title or code comes before any command that shares some letters.
            yield Hit(
                points * 100 if points >= GOOD else points,
                Text(name),
                partial(reader.open_session, entry.row),
                text=name,
            )


class ReaderCommands(Provider):
    """Do what a key does, by name."""

    async def discover(self) -> Hits:
        for words, run in self._actions():
            yield DiscoveryHit(Text(words), run, text=words)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for words, run in self._actions():
            points = matcher.match(words)
            if points > 0:
                yield Hit(points, Text(words), run, text=words)

    def _actions(self) -> list[tuple[str, Callable[[], Awaitable[None]]]]:
        reader = cast("ReaderScreen", self.screen)
        return [
            (f"{binding.tooltip} ({key})", partial(reader.run_action, binding.action))
            for key, binding in reader.named_actions()
        ]
