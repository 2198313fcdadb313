"""The names of the five lists of the topic pane, in a row; a narrow pane shows those around the one that is listed."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, NamedTuple

from rich.segment import Segment

from reinvent_tui.index.values import Facet
from reinvent_tui.tui.palette import Palette

CAPTIONS: Final = MappingProxyType(
    {
        Facet.TAG: "topics",
        Facet.TRACK: "tracks",
        Facet.LEVEL: "levels",
        Facet.EVENT: "events",
        Facet.SPEAKER: "speakers",
    }
)
FACETS: Final = tuple(Facet)
TABS_ROW: Final = 1
"""Row of the pane that they stand in."""
ELLIPSIS: Final = "…"
BETWEEN: Final = 2


class FacetTab(NamedTuple):
    """A name, or the ellipsis for those before or after, and which list a click on it is for."""

    column: int
    text: str
    facet: Facet


def facet_tabs(current: Facet, width: int) -> list[FacetTab]:
    """Return what fits into ``width`` cells, always in the same order, the current one with it."""
    at = FACETS.index(current)
    for first in range(at + 1):
        for last in range(len(FACETS), at, -1):
            tabs = _row(first, last)
            if tabs[-1].column + len(tabs[-1].text) < width:
                return tabs
    return [FacetTab(1, CAPTIONS[current], current)]


def draw_tabs(current: Facet, width: int, palette: Palette) -> list[Segment]:
    """Draw them."""
    segments: list[Segment] = []
    used = 0
    for tab in facet_tabs(current, width):
        here = tab.facet is current
        segments += [
            Segment(" " * (tab.column - used), palette.style("side-blank")),
            Segment(tab.text, palette.style("side-current" if here else "side-faint")),
        ]
        used = tab.column + len(tab.text)
    return segments


def facet_at(current: Facet, width: int, column: int) -> Facet | None:
    """Return the list that a click at a column is for."""
    tabs = facet_tabs(current, width)
    return next((tab.facet for tab in tabs if tab.column <= column < tab.column + len(tab.text)), None)


def _row(first: int, last: int) -> list[FacetTab]:
    shown = [(CAPTIONS[facet], facet) for facet in FACETS[first:last]]
    if first:
        shown.insert(0, (ELLIPSIS, FACETS[first - 1]))
    if last < len(FACETS):
        shown.append((ELLIPSIS, FACETS[last]))
    tabs: list[FacetTab] = []
    column = 1
    for text, facet in shown:
        tabs.append(FacetTab(column, text, facet))
        column += len(text) + BETWEEN
    return tabs
