"""The page of takeaways: by event, day and session, over the years."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from reinvent_tui.index.queries import Contents, Day, Event
from reinvent_tui.index.takeaways import DayTakeaways, SessionTakeaways, Takeaways, year_of
from reinvent_tui.page.blocks import Piece, bullet, heading, meta, notice, paragraph, title
from reinvent_tui.page.document import Document
from reinvent_tui.page.model import Block
from reinvent_tui.plural import counted
from reinvent_tui.reader.dates import day_label
from reinvent_tui.reader.link_kinds import SESSION_LINK
from reinvent_tui.reader.targets import TakeawaysTarget

AT_FIRST = 300
"""Takeaways that are shown before the rest has been put together."""


def days_of(target: TakeawaysTarget, contents: Contents) -> list[Day]:
    """Return the days that are wanted, in the order of the page."""
    events = list(contents.events)
    if target.oldest_first:
        events.reverse()
    match target.scope:
        case None:
            return [day for event in events for day in event.days]
        case Event(name=name):
            return [day for event in events if event.name == name for day in event.days]
        case Day(id=row):
            return [day for event in events for day in event.days if day.id == row]


def takeaways_page(target: TakeawaysTarget, takeaways: Takeaways, *, several: bool) -> Document:
    """Return takeaways as one page; what was not read of them is not there yet.

    Where the library has ``several`` events, each is named.
    """
    events = list(dict.fromkeys(day.day.event for day in takeaways.days))
    document = Document("", "", _header(target, takeaways, events), complete=takeaways.complete)
    blocks = document.blocks
    history = _history(takeaways.days) if len(events) > 1 else {}
    missing = _missing_years(takeaways.years()) if len(events) > 1 else {}
    named = several and target.scope is None
    event = ""
    for day in takeaways.days:
        if not day.sessions:
            break
        if named and day.day.event != event:
            if event:
                blocks.extend(_gap(day, missing, oldest_first=target.oldest_first))
            event = day.day.event
            blocks.append(heading(event, 2, history.get(event, "")))
        blocks.append(heading("  ".join(part for part in day_label(day.day) if part), 3))
        for session in day.sessions:
            blocks.extend(_session_blocks(session))
    return document


def _header(target: TakeawaysTarget, takeaways: Takeaways, events: list[str]) -> list[Block]:
    where = ", ".join(part for part in (_scope_name(target.scope), target.query.strip()) if part)
    counts = [counted(takeaways.count, "takeaway"), counted(takeaways.session_count, "session")]
    if len(events) > 1:
        order = "the oldest first" if target.oldest_first else "the newest first"
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


def _scope_name(scope: Day | Event | None) -> str:
    match scope:
        case Day():
            return f"{scope.event}, {day_label(scope)[0]}"
        case Event():
            return scope.name
        case None:
            return ""


def _session_blocks(found: SessionTakeaways) -> list[Block]:
    blocks = [heading(found.title or "Untitled", 4, found.code, link=f"{SESSION_LINK}{found.row}")]
    for takeaway in found.takeaways:
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
