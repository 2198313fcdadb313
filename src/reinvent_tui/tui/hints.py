"""Letters for the links on screen, so that one can be followed without the mouse."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from reinvent_tui.page.document import Document
from reinvent_tui.tui.pages import TAG_LINK
from reinvent_tui.tui.widgets.draw import TextRow

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""The keys under the fingers first."""


@dataclass(frozen=True, slots=True)
class LinkPlace:
    """A link on screen."""

    block: int
    start: int
    """Offset in the block's text of its first run on screen."""
    target: str


def labels(count: int) -> list[str]:
    """Return ``count`` labels of one length, so that none begins another."""
    length = 1
    while len(LETTERS) ** length < count:
        length += 1
    return ["".join(letters) for letters, _ in zip(product(LETTERS, repeat=length), range(count), strict=False)]


def links_on(rows: list[TextRow], document: Document | None) -> dict[str, LinkPlace]:
    """Return the links on ``rows`` by label, in reading order; a link that wraps is one."""
    if document is None:
        return {}
    places: dict[tuple[int, int], LinkPlace] = {}
    for row in rows:
        links = document.filled(row.block).links
        for run in row.line.runs:
            if run.link >= 0 and (row.block, run.link) not in places:
                places[(row.block, run.link)] = LinkPlace(row.block, run.start, links[run.link])
    # Topics come last: the letters of the text's own links stay what they are.
    ordered = sorted(places.values(), key=lambda place: place.target.startswith(TAG_LINK))
    return dict(zip(labels(len(places)), ordered, strict=True))


def places_on(rows: list[TextRow], document: Document | None) -> list[LinkPlace]:
    """Return the links on ``rows`` from the top."""
    return sorted(links_on(rows, document).values(), key=lambda place: (place.block, place.start))
