"""Stands for screen, threads and clock where the reader is tested without an app."""

from __future__ import annotations

from reinvent_tui.page.document import Document
from reinvent_tui.reader.answers import Answer, Browsed, Failed, HitsFound, PageRead
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
    BrowseRequest,
    CheckIndex,
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
    SessionTarget,
    TakeawaysTarget,
    Target,
    View,
)


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
        return [answer.replaced(request=request) for answer in self._known[key]]

    @staticmethod
    def _key(request: Request) -> str:
        names = (name for name in request.__match_args__ if name not in ("number", "generation"))
        fields = {name: getattr(request, name) for name in names}
        return f"{type(request).__name__} {fields}"


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

    def apply(self, effects: list[Effect]) -> None:
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
                case ShowHits(rows, _, _, cursor, _):
                    self.hits, self.cursor = len(rows), cursor
                case MoveHitCursor(at):
                    self.cursor = max(0, min(at, self.hits - 1))
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

    def fail(self, at: int) -> None:
        """Answer that something went wrong."""
        if self.pending:
            request = self.pending.pop(at % len(self.pending))
            self.apply(self.reader.arrivals.answered(Failed(request, "broken"), View(), [], self.now))

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
        self.apply(self.reader.focused(self.focus, View()))

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
