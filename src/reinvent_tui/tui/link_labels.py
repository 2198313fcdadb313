"""The links on screen, and letters for them, so that one can be followed without the mouse."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from reinvent_tui.page.document import Document
from reinvent_tui.reader.link_kinds import TAG_LINK
from reinvent_tui.reader.targets import LinkMark
from reinvent_tui.tui.widgets.draw import TextRow

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""The keys under the fingers first."""


def labels(count: int) -> list[str]:
    """Return ``count`` labels of one length, so that none begins another."""
    length = 1
    while len(LETTERS) ** length < count:
        length += 1
    return ["".join(letters) for letters, _ in zip(product(LETTERS, repeat=length), range(count), strict=False)]


def links_on(rows: Iterable[TextRow], document: Document | None) -> dict[LinkMark, int]:
    """Return the links on ``rows`` from the top, each with the offset of its first run there; one that wraps is one."""
    if document is None:
        return {}
    places: dict[LinkMark, int] = {}
    for row in rows:
        links = document.filled(row.block).links
        for run in row.line.runs:
            if run.link >= 0:
                places.setdefault(LinkMark(row.block, run.link, links[run.link]), run.start)
    return places


def labelled(places: dict[LinkMark, int]) -> dict[str, LinkMark]:
    """Return links by label, in reading order; topics come last, so that the text's own links keep their letters."""
    ordered = sorted(places, key=lambda mark: mark.target.startswith(TAG_LINK))
    return dict(zip(labels(len(ordered)), ordered, strict=True))
