"""What is said of the answer to a query, and what was on screen before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reinvent_tui.page.model import Position
from reinvent_tui.page.viewport import Place
from reinvent_tui.plural import counted
from reinvent_tui.tui.arranging import Part
from reinvent_tui.tui.widgets.sidebar import Target

if TYPE_CHECKING:
    from reinvent_tui.index.search import Answer


@dataclass(frozen=True, slots=True)
class Before:
    """What was on screen before a search: Esc brings it back."""

    target: Target
    position: Position
    top: Place
    """The very row, where the page is still as wide."""
    width: int
    parts: frozenset[Part]


def why_nothing(answer: Answer) -> tuple[str, str]:
    """Return two lines on why a query finds nothing."""
    words = f"no session has “{answer.unmatched_word}”" if answer.unmatched_word else "no session has all of this"
    return "Nothing found", words + (": instead" if answer.suggestions else "")


def told(answer: Answer) -> str:
    """Return what the bottom line says of an answer: what was not understood, and how much was found."""
    hint = next(iter(answer.query.hints), "")
    if answer.closest and not hint:
        offer = f"Alt+1 {answer.suggestions[0].words}: " if answer.suggestions else ""
        return f"{offer}no session has all words: the closest follow"
    found = [f"{answer.total:,}+ sessions" if answer.is_partial else counted(answer.total, "session")]
    if answer.matcher:
        takeaways = "… takeaways" if answer.takeaway_count is None else counted(answer.takeaway_count, "takeaway")
        found.append(f"{takeaways} of {answer.total_takeaways:,}")
    return f"{hint}  {', '.join(found)}" if hint else ", ".join(found)
