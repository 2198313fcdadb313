"""Make the pages of the reader: a session, a day, an event, or a message, each with its header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinvent_tui.clean import clean_line
from reinvent_tui.index.queries import Day, DayText, Entry, Event, SessionDetails
from reinvent_tui.page.blocks import Piece, bullet, kept, meta, notice, paragraph, problem, styled, title
from reinvent_tui.page.document import Document, head_of
from reinvent_tui.page.model import Block
from reinvent_tui.plural import counted
from reinvent_tui.tui.dates import day_label, long_date, reading_minutes

if TYPE_CHECKING:
    from reinvent_tui.index.related import Related

SESSION_LINK = "session:"
"""Begins the target of a link to a session by its row in the index."""
DAY_LINK = "day:"
TAG_LINK = "tag:"

MAX_LISTED = 2000


def session_header(reading: SessionDetails, *, inferred: bool = True) -> list[Block]:
    """Return what stands over a session: title, day, code, speakers, tags, reading time, and what is wrong."""
    session = reading.session
    facts = [f"Day {session.day}"] if session.day is not None else []
    facts += [long_date(session.date)] if session.date else []
    facts += [session.when.name] if session.when.name else []
    facts += [session.code] if session.code else []
    facts.append(f"{reading_minutes(reading.words)} min")
    blocks = [title(session.title or "Untitled"), meta(facts)]
    if session.speakers:
        blocks.append(meta(", ".join(session.speakers)))
    tags = [tag for tag in session.tags if tag.given or inferred]
    if tags:
        pieces: list[Piece] = []
        for tag in tags:
            sign = "" if tag.given else "·"
            pieces += [
                Piece("  ") if pieces else Piece(""),
                Piece(
                    kept(sign + tag.name), "tag" if tag.given else "tag-inferred", f"{TAG_LINK}{tag.name}", quiet=True
                ),
            ]
        blocks.append(styled(pieces, "meta"))
    for one in reading.problems[:3]:
        where = f"{reading.path}:{one.line}" if one.line else reading.path
        blocks.append(problem(f"{where}: {one.text}"))
    return blocks


def session_page(reading: SessionDetails, *, whole: bool = False, inferred: bool = True) -> Document:
    """Return a session's page; of a long one only the head, unless it is asked for whole.

    Topics that the program inferred are left out where ``inferred`` is false.
    """
    body = reading.session.body
    shown = body if whole else head_of(body)
    head = session_header(reading, inferred=inferred)
    if not body.strip():
        head.append(notice("This session has no text."))
    return Document(shown, reading.session.references, head, complete=len(shown) == len(body))


def related_blocks(found: list[Related]) -> list[Block]:
    """Return what stands under a session: related ones, each with the reason."""
    blocks = [paragraph([Piece("Related", "label")], role="faint", gap=2)] if found else []
    for one in found:
        pieces = [Piece(one.title or "Untitled", link=f"{SESSION_LINK}{one.row}")]
        facts = "  ".join(part for part in (one.code, one.event, one.reason) if part)
        pieces.append(Piece(f"  {facts}", "faint"))
        blocks.append(bullet(pieces))
    return blocks


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


def empty_page(names: list[str], unreadable: list[str]) -> Document:
    """Return what is shown where there is nothing to read, and what to type next."""
    where = ", ".join(clean_line(name) for name in names)
    head = [
        title("No posts here"),
        meta(where),
        paragraph("A post is a file whose name ends in .md, .markdown or .txt; folders are searched through."),
    ]
    head.extend(problem(text) for text in unreadable[:5])
    head += [
        bullet([Piece("Write one and press "), Piece("r", "accent"), Piece(" to look again.")], 1),
        bullet(
            [
                Piece("Or quit with "),
                Piece("q", "accent"),
                Piece(" and open another folder: "),
                Piece("reinvent-tui PATH", "accent"),
            ]
        ),
        bullet([Piece("The bundled posts open with: "), Piece("reinvent-tui", "accent")]),
    ]
    return Document("", "", head)


def waiting_page(names: list[str]) -> Document:
    """Return what is shown while the first posts are read."""
    where = ", ".join(clean_line(name) for name in names)
    return Document("", "", [title("SessionDetails …"), meta(where)])
