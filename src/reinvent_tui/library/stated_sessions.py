"""The sessions that front matter names, and the ids of sessions."""

from __future__ import annotations

from collections.abc import Mapping

from reinvent_tui.library.front_matter_formats import FrontMatter, Node
from reinvent_tui.library.model import Session
from reinvent_tui.library.outline import Heading, plain
from reinvent_tui.library.slug import slug
from reinvent_tui.library.words import PART


def key_of(text: str) -> str:
    """Return a title as titles are compared."""
    return plain(text).casefold()


def stated_sessions(matter: FrontMatter) -> dict[str, dict[str, Node]]:
    """Return the front matter of each session, by title."""
    stated = matter.values.get("sessions", "")
    if isinstance(stated, dict):
        return {name: value if isinstance(value, dict) else {} for name, value in stated.items()}
    sessions: dict[str, dict[str, Node]] = {}
    for item in stated if isinstance(stated, list) else []:
        if isinstance(item, str):
            sessions[item] = {}
        elif isinstance(item, dict):
            name = item.get("title", "")
            sessions[name if isinstance(name, str) else ""] = item
    sessions.pop("", None)
    return sessions


def stated_headings(headings: list[Heading], stated: Mapping[str, Mapping[str, Node]]) -> list[Heading]:
    """Return the headings on the level of those that front matter names."""
    keys = {key_of(name) for name in stated}
    level = next((heading.level for heading in headings if key_of(heading.text) in keys), 0)
    return [
        heading
        for heading in headings
        if heading.level == level
        and plain(heading.text)
        and (key_of(heading.text) in keys or not PART.fullmatch(plain(heading.text)))
    ]


def session_id(path: str, session: Session, taken: dict[str, int]) -> str:
    """Return an id that does not depend on other sessions and lines of the post.

    Args:
        path: of the post.
        session: which gets it.
        taken: ids of the sessions before it, each with how many were made from it.
    """
    base = anchor = slug(session.title) or "session"
    if anchor in taken and session.code:
        base = anchor = f"{anchor}-{session.code.lower()}"
    count = taken.get(base, 0)
    while anchor in taken:
        count += 1
        anchor = f"{base}-{count}"
    taken[base] = count
    taken.setdefault(anchor, 0)
    return f"{path}#{anchor}"
