"""Make the page of gathered takeaways: by event, day and session, over the years."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from reinvent_tui.index.queries import Contents, Day
from reinvent_tui.index.takeaways import DayTakeaways, SessionTakeaways, Takeaways, year_of
from reinvent_tui.page.blocks import Piece, bullet, heading, meta, notice, paragraph, title
from reinvent_tui.page.document import Document
from reinvent_tui.page.model import Block
from reinvent_tui.plural import counted
from reinvent_tui.tui.dates import day_label
from reinvent_tui.tui.pages import SESSION_LINK
from reinvent_tui.tui.widgets.sidebar import Gathered

AT_FIRST = 300
"""Takeaways that are shown before the rest has been put together."""


def days_of(wanted: Gathered, contents: Contents) -> list[Day]:
    """Return the days that are wanted, in the order in which they are to stand on the page."""
    events = list(contents.events)
    if wanted.oldest_first:
        events.reverse()
    days = [day for event in events if wanted.event in (None, event) for day in event.days]
    return [day for day in days if wanted.day is None or day.id == wanted.day.id]


def gathered_page(wanted: Gathered, takeaways: Takeaways, *, several: bool) -> Document:
    """Return takeaways as one page; what was not read of them is not there yet.

    Where the library has ``several`` events, each is named.
    """
    events = list(dict.fromkeys(day.day.event for day in takeaways.days))
    document = Document("", "", _header(wanted, takeaways, events), complete=takeaways.complete)
    blocks = document.blocks
    history = _history(takeaways.days) if len(events) > 1 else {}
    missing = _missing_years(takeaways.years()) if len(events) > 1 else {}
    named = several and wanted.day is None and wanted.event is None
    event = ""
    for day in takeaways.days:
        if not day.sessions:
            break
        if named and day.day.event != event:
            if event:
                blocks.extend(_gap(day, missing, oldest_first=wanted.oldest_first))
            event = day.day.event
            blocks.append(heading(event, 2, history.get(event, "")))
        blocks.append(heading("  ".join(part for part in day_label(day.day) if part), 3))
        for told in day.sessions:
            blocks.extend(_told(told))
    return document


def _header(wanted: Gathered, takeaways: Takeaways, events: list[str]) -> list[Block]:
    where = wanted.query.strip()
    if wanted.day is not None:
        where = f"{wanted.day.event}, {day_label(wanted.day)[0]}" + (f", {where}" if where else "")
    elif wanted.event is not None:
        where = wanted.event.name + (f", {where}" if where else "")
    counts = [counted(takeaways.count, "takeaway"), counted(takeaways.session_count, "session")]
    if len(events) > 1:
        order = "the oldest first" if wanted.oldest_first else "the newest first"
        counts += [f"{len(events):,} events, {order}"]
    head = [title("Takeaways")]
    if where:
        head.append(paragraph([Piece(where, "accent")], role="meta", gap=0))
    head.append(meta(" · ".join(counts)))
    if takeaways.of_sessions and takeaways.count:
        head.append(meta("No takeaway has these words: these are of the sessions that do."))
    if not takeaways.count:
        head.append(notice("No session of this selection has takeaways."))
    return head


def _told(told: SessionTakeaways) -> list[Block]:
    blocks = [heading(told.title or "Untitled", 4, told.code, link=f"{SESSION_LINK}{told.row}")]
    for takeaway in told.takeaways:
        target = f"{SESSION_LINK}{takeaway.session}:{takeaway.line}"
        blocks.append(bullet([Piece(takeaway.text, "text", target, quiet=True)], marker="•"))
    return blocks


def _history(days: Iterable[DayTakeaways]) -> dict[str, str]:
    """Return what to say at the events with the first and the latest mention."""
    years: dict[str, int] = {}
    for day in days:
        year = year_of(day.day)
        if year is not None:
            years[day.day.event] = max(year, years.get(day.day.event, year))
    if len(set(years.values())) < 2:
        return {}
    first, latest = min(years.values()), max(years.values())
    return {
        event: "first mention" if year == first else "latest mention"
        for event, year in years.items()
        if year in (first, latest)
    }


def _missing_years(years: list[int]) -> dict[int, list[int]]:
    """Return the years in which nothing was said, by the year after them."""
    return {later: list(range(earlier + 1, later)) for earlier, later in pairwise(years) if later - earlier > 1}


def _gap(day: DayTakeaways, missing: dict[int, list[int]], *, oldest_first: bool) -> list[Block]:
    """Return a line on the years without any that lie between the event of a day and the one above it."""
    year = year_of(day.day)
    if year is None:
        return []
    gap = missing.get(year, []) if oldest_first else next((gap for gap in missing.values() if gap[0] - 1 == year), [])
    if not gap:
        return []
    words = str(gap[0]) if len(gap) == 1 else f"{gap[0]} to {gap[-1]}"
    return [notice(f"{words}: nothing")]
