"""What a heading says beside the title, speakers and code that were told from it: a time, a room, a company, a link."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from reinvent_tui.library.model import Session
from reinvent_tui.library.outline import LONGEST_HEADING, plain

_LINK = re.compile(
    r"\]\(\s*<?((?:https?|mailto):[^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:\s+[\"'][^\"']*[\"'])?\s*\)"
)
_UNDERLINE = re.compile(r"\s*(?:=+|-+)\s*")
_PARTED = re.compile(r"(?:^|\s)[-–—|,:]+(?=\s|$)")
_WORD = re.compile(r"[^\W_]+")
SMALL = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "w", "with")) | {
    *("session", "sessions", "talk", "talks", "title"),
}
"""Words that say nothing by themselves."""


class HeadingRest(NamedTuple):
    """What is left of a heading."""

    text: str = ""
    """Its plain text without what is shown, if it has words that stand nowhere else."""
    links: tuple[str, ...] = ()
    """Addresses of its links."""

    def __bool__(self) -> bool:
        """Return whether anything is left."""
        return bool(self.text or self.links)


NOTHING_LEFT = HeadingRest()


def rest_of(head: str, shown: Collection[str]) -> HeadingRest:
    """Return what is left of a heading.

    Args:
        head: the Markdown of the heading.
        shown: what the page says of the session: its title, speakers and code.
    """
    bare = head.strip("#=-* \n")
    if not bare or bare in shown or len(head) > 2 * LONGEST_HEADING:
        return NOTHING_LEFT
    lines = [line for line in head.split("\n") if line.strip() and not _UNDERLINE.fullmatch(line)]
    text = plain(" ".join(line.strip("#>* \t") for line in lines)).strip()
    known = set(_WORD.findall(" ".join(shown).casefold())) | SMALL
    left = [word for word in _WORD.findall(text.casefold()) if word not in known]
    links = tuple(dict.fromkeys(_LINK.findall(head)))
    return HeadingRest(_without(text, shown) if left else "", links)


def _without(text: str, shown: Collection[str]) -> str:
    """Return the plain text of a heading without what is shown already: ``11:35`` of ``11:35 Ada Pebble - Queues``."""
    for known in sorted(filter(None, shown), key=len, reverse=True):
        text = text.replace(known, " ", 1)
    return _PARTED.sub(" ", " ".join(text.split())).strip(" -–—|,:")


def rest_of_session(session: Session) -> HeadingRest:
    """Return what is left of a session's heading."""
    return rest_of(session.source[: session.body_start], (session.title, session.code, *session.speakers))
