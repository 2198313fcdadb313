"""The pages of a day and of an event."""

from __future__ import annotations

from reinvent_tui.index.queries import Day, DayText, Entry, Event
from reinvent_tui.page.blocks import Piece, bullet, meta, notice, problem, title
from reinvent_tui.page.document import Document
from reinvent_tui.page.model import Block
from reinvent_tui.plural import counted
from reinvent_tui.reader.dates import day_label, long_date
from reinvent_tui.reader.link_kinds import DAY_LINK, SESSION_LINK

MAX_LISTED = 2000


def _entry_block(entry: Entry, gap: int) -> Block:
    pieces = [Piece(entry.title or "Untitled", link=f"{SESSION_LINK}{entry.row}")]
    if entry.code:
        pieces.append(Piece(f"  {entry.code}", "soft"))
    return bullet(pieces, gap)


def day_page(day: Day, text: DayText, entries: list[Entry]) -> Document:
    """Return a day's page: what its posts say of it as a whole, and its sessions."""
    label, _ = day_label(day)
    name = text.titles[0] if len(text.titles) == 1 else label
    facts = [day.event]
    if day.date:
        facts.append(long_date(day.date))
    facts.append(counted(day.count, "session"))
    head = [title(name), meta(facts)]
    head.extend(problem(f"{path}:{one.line}: {one.text}") for path, one in text.problems[:3])
    document = Document("\n\n".join(text.intros), "", head)
    for number, entry in enumerate(entries):
        document.blocks.append(_entry_block(entry, 1 if number == 0 else 0))
    if day.count > len(entries):
        document.blocks.append(notice(f"and {day.count - len(entries):,} more", gap=0))
    return document


def event_page(event: Event) -> Document:
    """Return an event's page: its days."""
    head = [title(event.name), meta(counted(event.count, "session"))]
    for number, day in enumerate(event.days[:MAX_LISTED]):
        label, date = day_label(day)
        pieces = [Piece(label, link=f"{DAY_LINK}{day.id}")]
        pieces.append(Piece("  " + ", ".join([*([date] if date else []), counted(day.count, "session")]), "soft"))
        head.append(bullet(pieces, 1 if number == 0 else 0))
    return Document("", "", head)
