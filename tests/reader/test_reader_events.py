"""Events in any order, answered in any order, late or never: nothing raises, and what is said of the page is so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import Desk, Executor
from reading import ORCHARD
from reinvent_tui.index.values import Facet
from reinvent_tui.page.model import Position
from reinvent_tui.reader.effects import (
    Effect,
    Pane,
)
from reinvent_tui.reader.reader import Reader
from reinvent_tui.reader.targets import (
    DayTarget,
    EventTarget,
    LinkMark,
    Mark,
    SessionTarget,
    Spot,
    TakeawayMark,
    Target,
    View,
)
from support import jobs_on, write_library


@pytest.fixture(scope="module")
def executor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Executor]:
    folder = tmp_path_factory.mktemp("events")
    with jobs_on(folder / "cache", write_library(folder / "library", ORCHARD)) as jobs:
        yield Executor(jobs)


Event: TypeAlias = Callable[[Desk], None]


class Named(NamedTuple):
    """An event that says what it is where an example fails."""

    words: str
    do: Event

    def __repr__(self) -> str:
        return self.words


def key(words: str, effects: Callable[[Reader], list[Effect]]) -> Named:
    return Named(words, lambda desk: desk.apply(effects(desk.reader)))


ONLY_IN = {
    "leave query": Pane.QUERY,
    "walk": Pane.QUERY,
    "submit": Pane.QUERY,
    "suggestion": Pane.QUERY,
    "sidebar": Pane.SIDEBAR,
    "leave sidebar": Pane.SIDEBAR,
    "choose hit": Pane.HITS,
    "pick": Pane.TOPICS,
    "exclude": Pane.TOPICS,
    "any": Pane.TOPICS,
    "take back": Pane.TOPICS,
    "facet": Pane.TOPICS,
    "follow": Pane.PAGE,
}
"""What a pane does only while it has the focus."""


def event_of(data: tuple[str, int, Mark | None]) -> Named:  # noqa: PLR0911 -- what is no key has its own
    """Return an event by its name, a number for whatever it needs, and what is marked."""
    name, number, mark = data
    step = 1 if number % 2 else -1
    view = View(Spot(Position(number % 5, 0)), mark)
    words = f"{name} {number}" if mark is None else f"{name} {number} {mark}"
    sign = ("zebra", "lesson", "", "qqqq", "zebra tag:plums", "tag:", "-", "day:1", '"')[number % 9]
    topic = ("apples", "pears", "plums", "nowhere")[number % 4]

    def target(reader: Reader) -> Target:
        contents = reader.contents
        sessions = [SessionTarget(row) for row in contents.sessions]
        known: list[Target] = [*sessions, *map(DayTarget, contents.days), *map(EventTarget, contents.events)]
        return known[number % len(known)] if known else SessionTarget(1)

    table: dict[str, Callable[[Reader], list[Effect]]] = {
        "session": lambda reader: reader.go_session(step, view),
        "back": lambda reader: reader.places.back(view),
        "forward": lambda reader: reader.places.forward(view),
        "tab": lambda reader: reader.next_pane(),
        "lists": lambda reader: reader.toggle_lists(),
        "alone": lambda reader: reader.toggle_alone(),
        "rescan": lambda reader: reader.library.scan(asked=True),
        "changed": lambda reader: reader.library.read_contents([]),
        "search": lambda reader: reader.queries.begin_search(view),
        "find": lambda reader: reader.queries.begin_find(),
        "leave query": lambda reader: reader.queries.leave(view),
        "walk": lambda reader: reader.queries.walk(step),
        "explain": lambda reader: reader.queries.explain(),
        "turn hits": lambda reader: reader.queries.turn_order(),
        "suggestion": lambda reader: reader.queries.take_suggestion(number % 3),
        "topics": lambda reader: reader.topics.toggle(),
        "takeaways": lambda reader: reader.topics.gather(view),
        "turn takeaways": lambda reader: reader.topics.turn_order(),
        "type": lambda reader: reader.queries.typed(sign),
        "submit": lambda reader: reader.queries.submit(view, has_match=number % 2 > 0),
        "pick": lambda reader: reader.topics.pick(Facet.TAG, (topic,), view, any_of=number % 3 == 0),
        "exclude": lambda reader: reader.topics.exclude(Facet.TAG, topic, view),
        "any": lambda reader: reader.topics.any_or_all(Facet.TAG, view, any_of=number % 2 > 0),
        "take back": lambda reader: reader.topics.take_back(view),
        "facet": lambda reader: reader.topics.show_facet(list(Facet)[number % len(Facet)]),
        "inferred": lambda reader: reader.topics.switch_inferred(view),
        "sidebar": lambda reader: reader.sidebar_moved(target(reader), view),
        "leave sidebar": lambda reader: reader.leave_sidebar(),
        "hit": lambda reader: reader.queries.reached(number % 4),
        "choose hit": lambda reader: reader.queries.chosen(number % 4),
        "match": lambda reader: reader.queries.next_match(step, moved=number % 3 == 0),
        "copy": lambda reader: reader.links.copy(mark, ""),
        "jump": lambda reader: reader.jump(target(reader), view),
        "resize": lambda reader: reader.resized(60 + number % 2 * 60),
        "scroll": lambda reader: reader.page_moved(at_top=number % 2 > 0),
        "follow": lambda reader: (
            reader.links.follow(mark, view, seen=number % 2 > 0) if isinstance(mark, LinkMark) else []
        ),
    }
    pane = ONLY_IN.get(name)
    if name == "answer":
        return Named(words, lambda desk: desk.answer(number))
    if name == "fail":
        return Named(words, lambda desk: desk.fail(number))
    if name == "elapse":
        return Named(words, lambda desk: desk.elapse(number))
    if name == "never":
        return Named(words, lambda desk: desk.pending.clear())
    if name == "focus":
        return Named(words, lambda desk: desk.click(number))
    if name == "escape":
        return Named(words, Desk.escape)
    return key(words, lambda reader: table[name](reader) if pane in {None, reader.panes.focus} else [])


NAMES = (
    *("answer", "answer", "answer", "elapse", "elapse", "never", "escape", "session", "back", "forward", "tab"),
    *("lists", "alone", "rescan", "search", "find", "leave query", "walk", "explain", "turn hits", "suggestion"),
    *("topics", "takeaways", "turn takeaways", "type", "submit", "pick", "exclude", "any", "take back", "facet"),
    *("inferred", "sidebar", "leave sidebar", "hit", "choose hit", "focus", "match", "copy", "jump", "resize"),
    *("scroll", "follow", "fail", "changed"),
)
MARKS: st.SearchStrategy[Mark | None] = st.one_of(
    st.none(),
    st.integers(1, 5).map(lambda row: TakeawayMark(3, row, 9, "A lesson")),
    st.sampled_from(
        [
            "https://example.com",
            "session:2",
            "session:2:30",
            "day:1",
            "tag:plums",
            "#beta-talk",
            "day-2.md",
            "#x",
            "x:y",
        ]
    ).map(lambda target: LinkMark(2, 0, target)),
)
EVENTS = st.tuples(st.sampled_from(NAMES), st.integers(0, 60), MARKS).map(event_of)


@given(happened=st.lists(EVENTS, max_size=40))
def test_no_sequence_of_events_raises_and_the_mark_is_what_is_on_the_page(
    executor: Executor, happened: list[Named]
) -> None:
    desk = Desk(executor)
    desk.check()
    for event in happened:
        event.do(desk)
        desk.check()
    desk.finish()
    desk.check()


@given(happened=st.lists(EVENTS, max_size=25))
def test_five_times_esc_ends_with_nothing_open(executor: Executor, happened: list[Named]) -> None:
    desk = Desk(executor)
    for event in happened:
        event.do(desk)
    desk.finish()
    for _ in range(5):
        desk.escape()
        desk.finish()
        desk.check()
    assert desk.is_bare, desk.reader.state


JUMPS = st.tuples(
    st.sampled_from(["jump", "takeaways", "pick", "search", "type", "submit", "escape", "follow", "session"]),
    st.integers(0, 60),
    MARKS,
).map(event_of)


@settings(max_examples=100)
@given(happened=st.lists(JUMPS, max_size=15))
def test_back_then_forward_is_the_identity_on_the_reader(executor: Executor, happened: list[Named]) -> None:
    desk = Desk(executor)
    for event in happened:
        event.do(desk)
        desk.finish()
    reader = desk.reader
    if reader.panes.focus is not Pane.PAGE:
        return
    here = reader.here(View())
    if not any(reader.history.before) or reader.search.origin is not None:
        return
    desk.apply(reader.places.back(View()))
    desk.finish()
    if reader.here(View()) == here:
        return  # there was nowhere to go
    desk.apply(reader.places.forward(View()))
    desk.finish()
    there = reader.here(View())
    assert there._replace(spot=here.spot, name=here.name) == here
