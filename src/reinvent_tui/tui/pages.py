"""Make the pages of the reader: a session, a day, an event, or a message, each with its header."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reinvent_tui.clean import clean, clean_line
from reinvent_tui.index.queries import Day, DayText, Entry, Event, SessionDetails
from reinvent_tui.page.document import Document, head_of
from reinvent_tui.page.model import Block, Filled, Kind, Mark, Prefix, Span
from reinvent_tui.tui.dates import day_label, long_date, reading_minutes

if TYPE_CHECKING:
    from reinvent_tui.index.related import Related

SESSION_LINK = "session:"
"""Begins the target of a link to a session by its row in the index."""
DAY_LINK = "day:"
TAG_LINK = "tag:"

MAX_LISTED = 2000


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a header, drawn in one way."""

    text: str
    role: str = ""
    link: str = ""
    quiet: bool = False
    """True where a link looks like the text around it."""


def styled(pieces: list[Piece], role: str, gap: int = 0, prefixes: tuple[Prefix, ...] = ()) -> Block:
    """Return a block of plain text made of ``pieces``."""
    parts: list[str] = []
    spans: list[Span] = []
    links: list[str] = []
    at = 0
    for piece in pieces:
        text = clean(piece.text)
        end = at + len(text)
        if piece.link:
            links.append(piece.link)
        if piece.role or piece.link:
            mark = Mark.LINK if piece.link and not piece.quiet else Mark.NONE
            spans.append(Span(at, end, mark, piece.role, len(links) - 1 if piece.link else -1))
        parts.append(text)
        at = end
    filled = Filled("".join(parts), tuple(spans), tuple(links))
    return Block(
        Kind.STYLED, filled.text, 0, prefixes=prefixes, opened=len(prefixes), gap=gap, role=role, filled=filled
    )


def _kept(text: str) -> str:
    """Return ``text`` as one word: a line is not broken inside of it."""
    return text.replace(" ", "\u00a0")


def _joined(facts: list[str]) -> str:
    """Return ``facts`` with dots between them, to be broken between facts only."""
    return " ·\u00a0".join(map(_kept, facts))


def _sessions(count: int) -> str:
    return "1 session" if count == 1 else f"{count:,} sessions"


def session_header(reading: SessionDetails, *, inferred: bool = True) -> list[Block]:
    """Return what stands over a session: title, day, code, speakers, tags, reading time, and what is wrong."""
    session = reading.session
    facts = [f"Day {session.day}"] if session.day is not None else []
    facts += [long_date(session.date)] if session.date else []
    facts += [session.when.name] if session.when.name else []
    facts += [session.code] if session.code else []
    facts.append(f"{reading_minutes(reading.words)} min")
    blocks = [styled([Piece(session.title or "Untitled")], "title"), styled([Piece(_joined(facts))], "meta")]
    if session.speakers:
        blocks.append(styled([Piece(", ".join(session.speakers))], "meta"))
    tags = [tag for tag in session.tags if tag.given or inferred]
    if tags:
        pieces: list[Piece] = []
        for tag in tags:
            sign = "" if tag.given else "·"
            pieces += [
                Piece("  ") if pieces else Piece(""),
                Piece(
                    _kept(sign + tag.name), "tag" if tag.given else "tag-inferred", f"{TAG_LINK}{tag.name}", quiet=True
                ),
            ]
        blocks.append(styled(pieces, "meta"))
    for problem in reading.problems[:3]:
        where = f"{reading.path}:{problem.line}" if problem.line else reading.path
        blocks.append(styled([Piece(f"! {where}: {problem.text}")], "problem"))
    return blocks


def session_page(reading: SessionDetails, *, whole: bool = False, inferred: bool = True) -> Document:
    """Return a session's page; of a long one only the head, unless it is asked for whole.

    Topics that the program inferred are left out where ``inferred`` is false.
    """
    body = reading.session.body
    shown = body if whole else head_of(body)
    head = session_header(reading, inferred=inferred)
    if not body.strip():
        head.append(styled([Piece("This session has no text.")], "faint", gap=1))
    return Document(shown, reading.session.references, head, complete=len(shown) == len(body))


def related_blocks(found: list[Related]) -> list[Block]:
    """Return what stands under a session: related ones, each with the reason."""
    bullet = (Prefix("· ", "  ", "marker", "- "),)
    blocks = [styled([Piece("Related", "label")], "faint", gap=2)] if found else []
    for one in found:
        pieces = [Piece(one.title or "Untitled", link=f"{SESSION_LINK}{one.row}")]
        facts = "  ".join(part for part in (one.code, one.event, one.reason) if part)
        pieces.append(Piece(f"  {facts}", "faint"))
        blocks.append(styled(pieces, "text", 0, bullet))
    return blocks


def _entry_block(entry: Entry, gap: int) -> Block:
    bullet = Prefix("· ", "  ", "marker", "- ")
    pieces = [Piece(entry.title or "Untitled", link=f"{SESSION_LINK}{entry.row}")]
    if entry.code:
        pieces.append(Piece(f"  {entry.code}", "soft"))
    return styled(pieces, "text", gap, (bullet,))


def day_page(day: Day, text: DayText, entries: list[Entry]) -> Document:
    """Return a day's page: what its posts say of it as a whole, and its sessions."""
    label, _ = day_label(day)
    title = text.titles[0] if len(text.titles) == 1 else label
    facts = [day.event]
    if day.date:
        facts.append(long_date(day.date))
    facts.append(_sessions(day.count))
    head = [styled([Piece(title)], "title"), styled([Piece(_joined(facts))], "meta")]
    head.extend(
        styled([Piece(f"! {path}:{problem.line}: {problem.text}")], "problem") for path, problem in text.problems[:3]
    )
    document = Document("\n\n".join(text.intros), "", head)
    for number, entry in enumerate(entries):
        document.blocks.append(_entry_block(entry, 1 if number == 0 else 0))
    if day.count > len(entries):
        document.blocks.append(styled([Piece(f"and {day.count - len(entries):,} more")], "faint"))
    return document


def event_page(event: Event) -> Document:
    """Return an event's page: its days."""
    head = [styled([Piece(event.name)], "title"), styled([Piece(_sessions(event.count))], "meta")]
    for number, day in enumerate(event.days[:MAX_LISTED]):
        label, date = day_label(day)
        pieces = [Piece(label, link=f"{DAY_LINK}{day.id}")]
        pieces.append(Piece("  " + ", ".join([*([date] if date else []), _sessions(day.count)]), "soft"))
        head.append(styled(pieces, "text", 1 if number == 0 else 0, (Prefix("· ", "  ", "marker", "- "),)))
    return Document("", "", head)


def empty_page(names: list[str], unreadable: list[str]) -> Document:
    """Return what is shown where there is nothing to read, and what to type next."""
    where = ", ".join(clean_line(name) for name in names)
    head = [
        styled([Piece("No posts here")], "title"),
        styled([Piece(where)], "meta"),
        styled(
            [Piece("A post is a file whose name ends in .md, .markdown or .txt; folders are searched through.")],
            "text",
            1,
        ),
    ]
    head.extend(styled([Piece(f"! {text}")], "problem") for text in unreadable[:5])
    bullet = (Prefix("· ", "  ", "marker", "- "),)
    head += [
        styled([Piece("Write one and press "), Piece("r", "accent"), Piece(" to look again.")], "text", 1, bullet),
        styled(
            [
                Piece("Or quit with "),
                Piece("q", "accent"),
                Piece(" and open another folder: "),
                Piece("reinvent-tui PATH", "accent"),
            ],
            "text",
            0,
            bullet,
        ),
        styled([Piece("The bundled posts open with: "), Piece("reinvent-tui", "accent")], "text", 0, bullet),
    ]
    return Document("", "", head)


def waiting_page(names: list[str]) -> Document:
    """Return what is shown while the first posts are read."""
    where = ", ".join(clean_line(name) for name in names)
    return Document("", "", [styled([Piece("Reading …")], "title"), styled([Piece(where)], "meta")])
