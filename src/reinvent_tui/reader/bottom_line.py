"""Put the bottom line together from what the reader is doing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinvent_tui.reader.effects import Pane
from reinvent_tui.reader.link_kinds import is_internal
from reinvent_tui.reader.page_values import SessionPage, TakeawaysPage
from reinvent_tui.reader.panes import State
from reinvent_tui.reader.status import (
    BESIDE_TOPICS,
    HINTS,
    LABELLED,
    NO_TAKEAWAYS,
    NOTHING_FOUND,
    NOTHING_IN_HITS,
    NOTHING_TYPED,
    ON_FOUND,
    ON_LINK,
    ON_SELECTED,
    ON_TAKEAWAY,
    ON_TOPIC,
    SUGGESTED,
    SUGGESTED_HITS,
    BottomLine,
    Hint,
    told,
)
from reinvent_tui.reader.targets import LinkMark, TakeawayMark, View

if TYPE_CHECKING:
    from reinvent_tui.reader.reader import Reader


def subject(reader: Reader, view: View) -> object:
    """Return what the screen is about: a message goes when that changes."""
    return (reader.state, reader.navigator.target, reader.query, view.mark)


def bottom_line(reader: Reader, view: View, progress: float) -> BottomLine:
    """Return what the bottom line says.

    Args:
        reader: what the person is doing.
        view: what is on screen.
        progress: how much of the page is above the bottom of the screen, from 0 to 1.
    """
    status, state = reader.status, reader.state
    message = LABELLED if status.is_labelled else status.message
    hit = _place_of_hit(reader, state)
    found = "" if hit else _note(reader)
    right = (reader.library.work, hit or found, _place_on_page(reader, state, progress))
    return BottomLine(
        _hints(reader, state, view),
        message,
        status.is_error and not status.is_labelled,
        "  ".join(part for part in right if part),
        _target(view, status.pointed),
        f"/ {reader.search.text.strip()}" if state is State.HIT and not reader.panes.layout.side else "",
        is_news=bool(found),
    )


def _target(view: View, pointed: str) -> str:
    """Return where the link leads that Enter follows, else the one under the mouse, if it leads out of the library."""
    target = view.mark.target if isinstance(view.mark, LinkMark) else pointed
    return "" if is_internal(target) else target


def _note(reader: Reader) -> str:
    """Return what was found in the page, or by the search, or selected."""
    find, search, selection = reader.find, reader.search, reader.selection
    if find.is_typing or find.is_kept:
        return find.note
    if search.is_open:
        so_far = " so far" if reader.library.scanning and reader.library.work else ""
        return f"{told(search.answer)}{so_far}" if search.answer is not None else ""
    if selection.is_narrow and selection.total is not None:
        return f"{selection.total:,} of {len(reader.library.contents.sessions):,} sessions"
    return ""


def _hints(reader: Reader, state: State, view: View) -> tuple[Hint, ...]:
    match view.mark:
        case TakeawayMark():
            return HINTS[state] if state is State.TAKEAWAYS else ON_TAKEAWAY
        case LinkMark(target=target):
            return ON_TOPIC if is_internal(target) else ON_LINK
        case None:
            return ON_SELECTED if view.is_selected else _hints_of_state(reader, state)


def _hints_of_state(reader: Reader, state: State) -> tuple[Hint, ...]:
    if reader.find.is_kept and reader.panes.focus is Pane.PAGE:
        return (*ON_FOUND, *HINTS[state])
    if state is State.NARROWED and reader.panes.shows_topics:
        return (*BESIDE_TOPICS, *HINTS[State.PAGE])
    if state in (State.TYPING, State.HITS) and not reader.search.rows:
        return _without_hits(reader, state)
    page = reader.navigator.page
    if state is State.TAKEAWAYS and isinstance(page, TakeawaysPage) and not page.total:
        return NO_TAKEAWAYS
    return HINTS[state]


def _without_hits(reader: Reader, state: State) -> tuple[Hint, ...]:
    search = reader.search
    if search.suggestions:
        return (*SUGGESTED, *NOTHING_FOUND) if state is State.TYPING else (*SUGGESTED_HITS, *NOTHING_IN_HITS)
    if state is State.TYPING and not search.text.strip():
        return NOTHING_TYPED if search.has_earlier else NOTHING_TYPED[1:]
    if search.answer is None or not search.is_answered:
        return HINTS[state]
    return NOTHING_FOUND if state is State.TYPING else NOTHING_IN_HITS


def _place_of_hit(reader: Reader, state: State) -> str:
    return reader.search.position if state in (State.HIT, State.HITS) else ""


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
