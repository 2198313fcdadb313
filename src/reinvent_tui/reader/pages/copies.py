"""What goes to the clipboard: Markdown that says where it is from."""

from __future__ import annotations

from reinvent_tui.index.queries import SessionDetails
from reinvent_tui.index.takeaways import Takeaways
from reinvent_tui.reader.dates import day_label


def _source(details: SessionDetails) -> str:
    """Return title, code, event and source of a session."""
    session = details.session
    title = session.title or "Untitled"
    address = details.origin.strip()
    linked = f"[{title}](<{address}>)" if " " in address else f"[{title}]({address})" if address else title
    facts = [f"{linked} ({session.code})" if session.code else linked, session.event]
    if not address:
        facts.append(details.path)
    return ", ".join(fact for fact in facts if fact)


def session_line(details: SessionDetails) -> str:
    """Return a session as an item of a Markdown list."""
    return f"- {_source(details)}\n"


def takeaway_item(details: SessionDetails, text: str) -> str:
    """Return a takeaway as an item of a Markdown list, with its session below it: several make one list."""
    return f"- {text}\n  ({_source(details)})\n"


def takeaways_text(takeaways: Takeaways) -> str:
    """Return takeaways as Markdown: a heading for each day and session."""
    parts: list[str] = []
    event = ""
    for day in takeaways.days:
        if day.day.event != event:
            event = day.day.event
            parts.append(f"# {event}\n")
        parts.append(f"## {'  '.join(part for part in day_label(day.day) if part)}\n")
        for session in day.sessions:
            code = f" ({session.code})" if session.code else ""
            items = "\n".join(f"- {takeaway.text}" for takeaway in session.takeaways)
            parts.append(f"### {session.title or 'Untitled'}{code}\n\n{items}\n")
    return "\n".join(parts)
