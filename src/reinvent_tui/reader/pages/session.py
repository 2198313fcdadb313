"""The page of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinvent_tui.index.queries import SessionDetails
from reinvent_tui.library.model import Session
from reinvent_tui.page.blocks import Piece, bullet, kept, meta, notice, paragraph, problem, styled, title
from reinvent_tui.page.document import Document, head_of
from reinvent_tui.page.model import Block
from reinvent_tui.reader.dates import long_date, reading_minutes
from reinvent_tui.reader.link_kinds import SESSION_LINK, TAG_LINK

if TYPE_CHECKING:
    from reinvent_tui.index.related import Related


def session_header(details: SessionDetails, *, inferred: bool = True) -> list[Block]:
    """Return what is above the text of a session: title, day, code, speakers, tags, reading time, and what is wrong."""
    session = details.session
    facts = [f"Day {session.day}"] if session.day is not None else []
    facts += [long_date(session.date)] if session.date else []
    facts += [session.when.name] if session.when.name else []
    facts += [session.code] if session.code else []
    facts.append(f"{reading_minutes(details.words)} min")
    blocks = [title(session.title or "Untitled"), meta(facts)]
    if session.speakers:
        blocks.append(meta(", ".join(session.speakers)))
    blocks += _rest_of_heading(session)
    tags = [tag for tag in session.tags if tag.given or inferred]
    if tags:
        pieces: list[Piece] = []
        for tag in tags:
            dot = "" if tag.given else "·"
            pieces += [
                Piece("  ") if pieces else Piece(""),
                Piece(
                    kept(dot + tag.name), "tag" if tag.given else "tag-inferred", f"{TAG_LINK}{tag.name}", quiet=True
                ),
            ]
        blocks.append(styled(pieces, "meta"))
    for one in details.problems[:3]:
        where = f"{details.path}:{one.line}" if one.line else details.path
        blocks.append(problem(f"{where}: {one.text}"))
    return blocks


def _rest_of_heading(session: Session) -> list[Block]:
    """Return what the heading in the file says beside the lines above, and the links in it."""
    if session.source[: session.body_start].strip("#=-* \n") == session.title:
        return []
    from reinvent_tui.library.heading_rest import (
        rest_of_session,  # its patterns are slow to import: not before the first page
    )

    rest = rest_of_session(session)
    pieces = [Piece(rest.text)] if rest.text else []
    for link in rest.links:
        pieces += [Piece("  ")] if pieces else []
        pieces.append(Piece(link.split("://", 1)[-1], link=link))
    return [styled(pieces, "meta")] if pieces else []


def session_page(details: SessionDetails, *, whole: bool = False, inferred: bool = True) -> Document:
    """Return a session's page; of a long one only the head, unless it is asked for whole.

    Topics that the program inferred are left out if ``inferred`` is false.
    """
    body = details.session.body
    shown = body if whole else head_of(body)
    head = session_header(details, inferred=inferred)
    if not body.strip():
        head.append(notice("This session has no text."))
    return Document(shown, details.session.references, head, complete=len(shown) == len(body))


def related_blocks(related: list[Related]) -> list[Block]:
    """Return what is below a session: related ones, each with the reason."""
    blocks = [paragraph([Piece("Related", "label")], role="faint", gap=2)] if related else []
    for one in related:
        pieces = [Piece(one.title or "Untitled", link=f"{SESSION_LINK}{one.row}")]
        facts = "  ".join(part for part in (one.code, one.event, one.reason) if part)
        pieces.append(Piece(f"  {facts}", "faint"))
        blocks.append(bullet(pieces))
    return blocks
