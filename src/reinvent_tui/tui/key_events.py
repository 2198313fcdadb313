"""Keys that are events of the reader and need nothing of the widgets: by the name that a binding's action gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from reinvent_tui.reader.effects import Effect
from reinvent_tui.reader.reader import Reader
from reinvent_tui.reader.targets import View


def key_events(reader: Reader, seen: Callable[[], View]) -> Mapping[str, Callable[..., list[Effect]]]:
    """Return the events by name; ``seen`` returns what is on screen when a key is pressed."""
    return MappingProxyType(
        {
            "session": lambda step: reader.go_session(step, seen()),
            "history": lambda step: reader.back(seen()) if step < 0 else reader.forward(seen()),
            "other_pane": lambda: reader.next_pane(seen()),
            "sidebar": reader.toggle_lists,
            "alone": reader.toggle_alone,
            "rescan": lambda: reader.library.scan(asked=True),
            "search": lambda: reader.queries.begin_search(seen()),
            "find": reader.queries.begin_find,
            "leave_query": lambda: reader.queries.leave(seen()),
            "walk_found": reader.queries.walk,
            "explain": reader.queries.explain,
            "turn_hits": reader.queries.turn_order,
            "suggestion": reader.queries.take_suggestion,
            "topics": reader.topics.toggle,
            "takeaways": lambda: reader.topics.gather(seen()),
            "turn_takeaways": reader.topics.turn_order,
        }
    )
