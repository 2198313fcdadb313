"""Output of the shell verbs: sessions as lines, text or JSON.

The keys of the JSON objects are public: other programs read them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from reinvent_tui.index.queries import SessionDetails
from reinvent_tui.library.calendar_names import MONTH_NAMES
from reinvent_tui.library.codes import level_of, track_of, tracks
from reinvent_tui.library.heading_rest import rest_of_session

if TYPE_CHECKING:
    from reinvent_tui.index.excerpts import Marked

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


def session_object(details: SessionDetails) -> dict[str, Json]:
    """Return the public JSON object of a session."""
    session = details.session
    return {
        "id": session.id,
        "event": session.event,
        "day": session.day,
        "date": session.date.isoformat() if session.date else None,
        "title": session.title,
        "code": session.code or None,
        "track": track_of(session.code) or None,
        "level": level_of(session.code),
        "speakers": list(session.speakers),
        "tags": [{"name": tag.name, "given": tag.given} for tag in session.tags],
        "takeaways": [takeaway.text for takeaway in session.takeaways],
        "words": details.words,
        "path": details.path,
        "line": session.line,
        "origin": dict(session.origin),
    }


def write_json_array(objects: Iterable[dict[str, Json]]) -> None:
    """Write ``objects`` as one array, one object per line, as they are produced."""
    sys.stdout.write("[")
    separator = "\n"
    for value in objects:
        sys.stdout.write(f"{separator}{json.dumps(value, ensure_ascii=False)}")
        separator = ",\n"
    sys.stdout.write("\n]\n")


def day_of(details: SessionDetails) -> str:
    """Return the day of a session in a word or two: ``Day 2``, ``2019-12-03``, ``Monday``."""
    when = details.session.when
    if when.day is not None:
        return f"Day {when.day}"
    return when.date.isoformat() if when.date else when.name or "Undated"


def session_lines(sessions: list[SessionDetails], width: int) -> Iterator[str]:
    """Yield a line for each session: event, day, code, title, tags, path.

    Args:
        sessions: in reading order.
        width: width of the terminal, for aligned columns; 0 separates the fields by tabs.
    """
    rows = [
        (
            details.session.event,
            day_of(details),
            details.session.code,
            details.session.title,
            " ".join(tag.name if tag.given else f"·{tag.name}" for tag in details.session.tags),
            f"{details.path}:{details.session.line}",
        )
        for details in sessions
    ]
    if not width:
        yield from ("\t".join(row) for row in rows)
        return
    from reinvent_tui.page.cells import width_of

    sizes = [
        min(max((width_of(row[at]) for row in rows), default=0), limit) for at, limit in enumerate((24, 10, 12, 60, 36))
    ]
    for row in rows:
        cells = [_padded(text, size) for text, size in zip(row, sizes, strict=False)]
        yield f"{'  '.join(cells)}  {row[-1]}".rstrip()


def _padded(text: str, size: int) -> str:
    from reinvent_tui.page.cells import width_of

    if width_of(text) <= size:
        return text + " " * (size - width_of(text))
    kept = text
    while width_of(kept) > size - 1:
        kept = kept[:-1]
    return f"{kept}…" + " " * (size - 1 - width_of(kept))


def session_text(details: SessionDetails, width: int) -> Iterator[str]:
    """Yield a session as plain text, at most ``width`` columns wide: its metadata with their sources, and its text."""
    from reinvent_tui.page.cells import wrap
    from reinvent_tui.page.document import Document

    session = details.session
    yield from (session.title[start:end] for start, end in wrap(session.title, 0, len(session.title), width))
    yield ""
    origin = dict(session.origin)
    for name, value, field in _facts(details):
        source = f"  ({origin[field]})" if field in origin else ""
        lines = [value[start:end] for start, end in wrap(value, 0, len(value), max(20, width - 11 - len(source)))]
        yield f"{name:<9}  {lines[0]}{source}"
        yield from (f"{'':<9}  {line}" for line in lines[1:])
    yield ""
    document = Document(session.body, session.references)
    for index in range(len(document)):
        for line in document.rows(index, width):
            yield "".join(run.text for run in line.runs).replace("\u00a0", " ").rstrip()


def _facts(details: SessionDetails) -> Iterator[tuple[str, str, str]]:
    session = details.session
    yield "event", session.event, "event"
    yield "day", day_of(details), "day" if session.day is not None or session.when.name else "date"
    if session.date is not None and session.day is not None:
        yield "date", f"{session.date.day} {MONTH_NAMES[session.date.month - 1][:3]} {session.date.year}", "date"
    if session.code:
        track = tracks().get(track_of(session.code), "")
        level = level_of(session.code)
        words = ", ".join(part for part in (track, f"level {level}" if level else "") if part)
        yield "code", f"{session.code}{f' ({words})' if words else ''}", "code"
    if session.speakers:
        yield "speakers", ", ".join(session.speakers), "speakers"
    rest = rest_of_session(session)
    if rest:
        yield "heading", " ".join((rest.text, *rest.links)).strip(), ""
    given = [tag.name for tag in session.tags if tag.given]
    if given:
        yield "tags", ", ".join(given), "tags"
    inferred = [tag.name for tag in session.tags if not tag.given]
    if inferred:
        yield "inferred", ", ".join(inferred), ""
    if session.takeaways:
        yield "takeaways", str(len(session.takeaways)), "takeaways"
    yield "from", f"{details.path}:{session.line}", ""


def passage_object(marked: Marked) -> dict[str, Json]:
    """Return the public JSON object of a passage."""
    passage = marked.passage
    return {
        "kind": passage.kind,
        "text": passage.text,
        "line": passage.line,
        "matches": [[start, end] for start, end in marked.spans],
    }


def emphasised(text: str, spans: Iterable[tuple[int, int]], marks: tuple[str, str]) -> str:
    """Return ``text`` with ``marks`` before and after each of its ``spans``."""
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts += [text[at:start], marks[0], text[start:end], marks[1]]
        at = end
    return "".join([*parts, text[at:]])
