"""Keys and wishes that are events of the reader and need nothing of the widgets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from reinvent_tui.reader.effects import Effect
from reinvent_tui.reader.reader import Reader
from reinvent_tui.reader.targets import View
from reinvent_tui.tui.widgets.topic_list import TopicList


def key_events(reader: Reader, seen: Callable[[], View]) -> Mapping[str, Callable[..., list[Effect]]]:
    """Return the events by the name that a binding's action gives; ``seen`` returns what is on screen then."""
    return MappingProxyType(
        {
            "session": lambda step: reader.go_session(step, seen()),
            "history": lambda step: reader.places.back(seen()) if step < 0 else reader.places.forward(seen()),
            "other_pane": reader.next_pane,
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


def topic_event(reader: Reader, wish: TopicList.Wish, view: View) -> list[Effect]:
    """Return the effects of something that is wanted in the topic pane."""
    topics = reader.topics
    match wish:
        case TopicList.Picked():
            return topics.pick(wish.facet, wish.values, view, any_of=wish.any_of)
        case TopicList.Excluded():
            return topics.exclude(wish.facet, wish.value, view)
        case TopicList.AnyOrAll():
            return topics.any_or_all(wish.facet, view, any_of=wish.any_of)
        case TopicList.FacetWanted():
            return topics.show_facet(wish.facet)
        case TopicList.InferredSwitched():
            return topics.switch_inferred(view)
        case _:
            return topics.take_back(view)
