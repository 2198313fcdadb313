"""Events in any order, answered in any order, late or never: nothing raises, and what is said of the page is so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading import ORCHARD
from reinvent_tui.index.values import Facet
from reinvent_tui.page.document import Document
from reinvent_tui.page.model import Position
from reinvent_tui.reader.bottom_line import bottom_line
from reinvent_tui.reader.effects import (
    Effect,
    Focus,
    Later,
    Load,
    MoveHitCursor,
    Pane,
    ReplaceDocument,
    ShowCurrent,
    ShowDocument,
    ShowHits,
)
from reinvent_tui.reader.jobs import Jobs
from reinvent_tui.reader.page_values import DayPage, EventPage, Page, SessionPage, TakeawaysPage
from reinvent_tui.reader.panes import Lists, State
from reinvent_tui.reader.reader import Reader
from reinvent_tui.reader.requests import (
    Answer,
    Browsed,
    BrowseRequest,
    CheckIndex,
    HitsFound,
    PageRead,
    PageRequest,
    PrepareSearch,
    Request,
    SaveSettings,
    ScanRequest,
    SearchRequest,
)
from reinvent_tui.reader.targets import (
    DayTarget,
    EventTarget,
    LinkMark,
    Mark,
    SessionTarget,
    Spot,
    TakeawayMark,
    TakeawaysTarget,
    Target,
    View,
)
from support import jobs_on, write_library


class Executor:
    """Answers from memory: each different request is worked out once."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._known: dict[str, list[Answer]] = {}
        self.first = jobs.first(inferred=True)

    def answers(self, request: Request) -> list[Answer]:
        """Return the answers to a request."""
        if isinstance(request, ScanRequest | CheckIndex | SaveSettings | PrepareSearch):
            return []  # nothing changes on disk
        key = self._key(request)
        if key not in self._known:
            posted: list[Answer] = []
            last = self._jobs.answer(request, posted.append, lambda: False)
            self._known[key] = [*posted, *([last] if last is not None else [])]
        return [answer._replace(request=request) for answer in self._known[key]]  # type: ignore[arg-type]

    @staticmethod
    def _key(request: Request) -> str:
        fields = {name: value for name, value in request._asdict().items() if name not in ("number", "generation")}
        return f"{type(request).__name__} {fields}"


@pytest.fixture(scope="module")
def executor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Executor]:
    folder = tmp_path_factory.mktemp("events")
    with jobs_on(folder / "cache", write_library(folder / "library", ORCHARD)) as jobs:
        yield Executor(jobs)


class Desk:
    """Stands for the screen: keeps what was asked for, and what is shown."""

    def __init__(self, executor: Executor) -> None:
        self.executor = executor
        self.reader = Reader(executor.first, ["library"], inferred=True)
        self.pending: list[Request] = []
        self.due: list[Later] = []
        self.now = 0.0
        self.current: object = None
        self.document: Document | None = None
        self.hits = self.cursor = 0
        self.focus = Pane.PAGE
        self.newest: dict[type, int] = {}
        self.apply(self.reader.start())

    def apply(self, effects: list[Effect]) -> None:  # noqa: C901 -- one case for each effect
        for effect in effects:
            match effect:
                case Load(request):
                    self.pending.append(request)
                    if isinstance(request, PageRequest | SearchRequest | BrowseRequest):
                        self.newest[type(request)] = request.number
                case Later():
                    self.due.append(effect)
                case ShowCurrent(target):
                    self.current = target
                case ShowDocument(document, _) | ReplaceDocument(document):
                    self.document = document
                case ShowHits(rows, _, _, cursor):
                    self.hits, self.cursor = len(rows), cursor
                case MoveHitCursor(at):
                    before, self.cursor = self.cursor, max(0, min(at, self.hits - 1))
                    if self.cursor != before:
                        self.apply(self.reader.queries.reached(self.cursor))
                case Focus(pane):
                    self.focus = pane
                case _:
                    pass

    def answer(self, at: int) -> None:
        if self.pending:
            request = self.pending.pop(at % len(self.pending))
            for answer in self.executor.answers(request):
                effects = self.reader.arrivals.answered(answer, View(), [], self.now)
                if self.is_stale(answer):
                    assert effects == [], f"answers a stale request: {answer.request}"
                self.apply(effects)

    def is_stale(self, answer: Answer) -> bool:
        match answer:
            case PageRead() | HitsFound() | Browsed():
                return answer.request.number < self.newest[type(answer.request)]
            case _:
                return False

    def elapse(self, at: int) -> None:
        if self.due:
            later = self.due.pop(at % len(self.due))
            self.now += later.seconds
            self.apply(self.reader.arrivals.elapsed(later.moment, later.number, self.now))

    def click(self, at: int) -> None:
        """Give a pane that can be seen the focus, as a click does."""
        panes = open_panes(self.reader)
        self.focus = panes[at % len(panes)]
        self.apply(self.reader.focused(self.focus))

    def escape(self) -> None:
        """Press Esc as the screen does: in the page, what find marked goes first."""
        reader = self.reader
        if reader.panes.focus is Pane.PAGE and reader.find.is_kept:
            self.apply(reader.queries.drop_find())
        else:
            self.apply(reader.escape(View()))

    def finish(self) -> None:
        """Let everything that is on its way arrive."""
        for _ in range(200):
            if not self.pending:
                return
            self.answer(0)

    def check(self) -> None:
        """The invariants."""
        reader, navigator = self.reader, self.reader.navigator
        assert self.focus is reader.panes.focus
        assert self.focus in open_panes(reader), "what has the focus can be seen"
        match navigator.target:
            case SessionTarget(row):
                assert self.current == row
            case DayTarget(heading) | EventTarget(heading):
                assert self.current == heading
            case TakeawaysTarget():
                assert self.current == 0
        if navigator.page is not None:
            assert self.document is navigator.page.document
            if navigator.has_arrived:
                assert shows(navigator.page, navigator.target)
        assert isinstance(reader.state, State)
        bottom_line(reader, View(), 0.5)

    @property
    def is_bare(self) -> bool:
        reader, panes = self.reader, self.reader.panes
        return (
            panes.focus is Pane.PAGE
            and not reader.search.is_open
            and not reader.selection.query
            and not panes.has_topics
            and not panes.has_hits
            and not panes.has_query
            and not reader.find.is_typing
            and not reader.find.is_kept
            and panes.lists is not Lists.ALONE
            and not isinstance(reader.navigator.target, TakeawaysTarget)
        )


def shows(page: Page, target: Target) -> bool:
    match page, target:
        case SessionPage(details=details), SessionTarget(row):
            return details.row == row
        case DayPage(day=day), DayTarget(wanted):
            return day.id == wanted.id
        case EventPage(event=event), EventTarget(wanted):
            return event.name == wanted.name
        case TakeawaysPage(target=shown), TakeawaysTarget():
            return shown == target
        case _:
            return False


Event: TypeAlias = Callable[[Desk], None]


class Named(NamedTuple):
    """An event that says what it is where an example fails."""

    words: str
    do: Event

    def __repr__(self) -> str:
        return self.words


def key(words: str, effects: Callable[[Reader], list[Effect]]) -> Named:
    return Named(words, lambda desk: desk.apply(effects(desk.reader)))


def event_of(data: tuple[str, int, Mark | None]) -> Named:
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
        "back": lambda reader: reader.back(view),
        "forward": lambda reader: reader.forward(view),
        "tab": lambda reader: reader.next_pane(view),
        "lists": lambda reader: reader.toggle_lists(),
        "alone": lambda reader: reader.toggle_alone(),
        "rescan": lambda reader: reader.library.scan(asked=True),
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
    if name == "answer":
        return Named(words, lambda desk: desk.answer(number))
    if name == "elapse":
        return Named(words, lambda desk: desk.elapse(number))
    if name == "never":
        return Named(words, lambda desk: desk.pending.clear())
    if name == "focus":
        return Named(words, lambda desk: desk.click(number))
    if name == "escape":
        return Named(words, Desk.escape)
    return key(words, table[name])


def open_panes(reader: Reader) -> list[Pane]:
    """Return what can be clicked."""
    layout = reader.panes.layout
    shown = {
        Pane.PAGE: True,
        Pane.QUERY: layout.query,
        Pane.HITS: layout.side and layout.hits,
        Pane.SIDEBAR: layout.side and layout.sidebar,
        Pane.TOPICS: layout.side and layout.topics,
    }
    return [pane for pane, is_shown in shown.items() if is_shown]


NAMES = (
    *("answer", "answer", "answer", "elapse", "elapse", "never", "escape", "session", "back", "forward", "tab"),
    *("lists", "alone", "rescan", "search", "find", "leave query", "walk", "explain", "turn hits", "suggestion"),
    *("topics", "takeaways", "turn takeaways", "type", "submit", "pick", "exclude", "any", "take back", "facet"),
    *("inferred", "sidebar", "leave sidebar", "hit", "choose hit", "focus", "match", "copy", "jump", "resize"),
    *("scroll", "follow"),
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
    if not reader.history.can_go_back or reader.search.origin is not None:
        return
    desk.apply(reader.back(View()))
    desk.finish()
    if reader.here(View()) == here:
        return  # there was nowhere to go
    desk.apply(reader.forward(View()))
    desk.finish()
    there = reader.here(View())
    assert there._replace(spot=here.spot, name=here.name) == here
