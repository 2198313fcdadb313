"""Put the bottom line together from what the reader is doing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinvent_tui.reader.link_kinds import is_internal
from reinvent_tui.reader.page_values import SessionPage
from reinvent_tui.reader.panes import State
from reinvent_tui.reader.status import (
    HINTS,
    LABELLED,
    ON_LINK,
    ON_SELECTED,
    ON_TAKEAWAY,
    ON_TOPIC,
    BottomLine,
    Hint,
)
from reinvent_tui.reader.targets import LinkMark, TakeawayMark, View

if TYPE_CHECKING:
    from reinvent_tui.reader.reader import Reader


def bottom_line(reader: Reader, view: View, progress: float, *, by_itself: bool = False) -> BottomLine:
    """Return what the bottom line says.

    Args:
        reader: what the person is doing.
        view: what is on screen.
        progress: how much of the page is above the bottom of the screen, from 0 to 1.
        by_itself: True if no key or click led here: a message that is shown stays.
    """
    status, state = reader.status, reader.state
    status.enter((state, reader.navigator.target, reader.query, view.mark), by_itself=by_itself)
    mark = view.mark
    target = status.pointed or (mark.target if isinstance(mark, LinkMark) else "")
    target = "" if is_internal(target) else target
    message = LABELLED if status.is_labelled else status.message
    right = (reader.library.work, _place_of_hit(reader, state) or status.note, _place_on_page(reader, state, progress))
    return BottomLine(
        _hints(state, view),
        message,
        status.is_error and not status.is_labelled,
        "  ".join(part for part in right if part),
        status.explanation or target,
    )


def _hints(state: State, view: View) -> tuple[Hint, ...]:
    match view.mark:
        case TakeawayMark():
            return HINTS[state] if state is State.TAKEAWAYS else ON_TAKEAWAY
        case LinkMark(target=target):
            return ON_TOPIC if is_internal(target) else ON_LINK
        case None:
            return ON_SELECTED if view.is_selected else HINTS[state]


def _place_of_hit(reader: Reader, state: State) -> str:
    search = reader.search
    if state not in (State.HIT, State.HITS) or search.answer is None or not search.rows:
        return ""
    return f"{search.cursor + 1:,} of {max(search.answer.total, len(search.rows)):,}"


def _place_on_page(reader: Reader, state: State, progress: float) -> str:
    page = reader.navigator.page
    if page is None or state in (State.HITS, State.TYPING, State.TOPICS):
        return ""
    parts = []
    if isinstance(page, SessionPage) and state is not State.HIT:
        position = reader.selection.position(page.details.row)
        if position is not None:
            parts.append(f"{position + 1:,} of {len(reader.contents.sessions):,}")
    if state is not State.HIT:
        parts.append(f"{progress * 100:.0f} %")
    return " · ".join(parts)
