"""What must hold whenever the reader has come to rest, whatever was done before."""

from __future__ import annotations

import traceback

from textual.pilot import Pilot

from reinvent_tui.index.queries import Day, Event
from reinvent_tui.reader.effects import Pane
from reinvent_tui.reader.navigator import RELATED_SECONDS
from reinvent_tui.reader.page_values import DayPage, EventPage, SessionPage, TakeawaysPage
from reinvent_tui.reader.panes import Lists
from reinvent_tui.reader.targets import DayTarget, EventTarget, Place, SessionTarget, TakeawaysTarget
from reinvent_tui.tui.app import ReaderApp
from reinvent_tui.tui.panel import Panel
from reinvent_tui.tui.screen import ReaderScreen
from support import key_event, press, reader_of, rest


class Find(Exception):  # noqa: N818
    """Something does not hold."""

    def __init__(self, kind: str, details: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.details = details

    @classmethod
    def of_exception(cls, error: BaseException) -> Find:
        """Return the find that an exception is; the same place is the same kind."""
        frames = traceback.extract_tb(error.__traceback__)
        ours = [frame for frame in frames if "reinvent_tui" in frame.filename] or list(frames)
        where = f"{ours[-1].filename.rpartition('src/')[2]}:{ours[-1].lineno}" if ours else "nowhere"
        return cls(f"{type(error).__name__} at {where}", "".join(traceback.format_exception(error)))


def _hold(condition: object, kind: str, details: object = "") -> None:
    if not condition:
        raise Find(kind, str(details))


def draw(app: ReaderApp) -> None:
    """Draw all screens: without a terminal nothing is drawn by itself."""
    for screen in app.screen_stack:
        screen._compositor.render_strips()


def check(app: ReaderApp) -> None:
    """Look at everything that must hold."""
    screen = reader_of(app)
    draw(app)
    _check_page(screen)
    _check_panes(app, screen)
    _check_answers(screen)
    _check_bottom_line(app, screen)


def _check_page(screen: ReaderScreen) -> None:
    """The page is the one that is wanted, and the one that is marked."""
    navigator, current = screen.reader.navigator, screen.sidebar.current
    page, target = navigator.page, navigator.target
    if page is None:
        _hold(not screen.reader.library.contents.sessions, "there is no page, but there are sessions")
        return
    _hold(navigator.has_arrived, "a page is on its way for ever", target)
    _hold(screen.view.document is page.document, "the document on screen is not that of the page")
    of_page: object
    wanted: object = target
    marked: object = current
    match page:
        case SessionPage(details=details):
            of_page = details.row
            wanted = target.row if isinstance(target, SessionTarget) else target
        case DayPage(day=day):
            of_page = day.id
            wanted = target.day.id if isinstance(target, DayTarget) else target
            marked = current.id if isinstance(current, Day) else current
        case EventPage(event=event):
            of_page = event.name
            wanted = target.event.name if isinstance(target, EventTarget) else target
            marked = current.name if isinstance(current, Event) else current
        case TakeawaysPage():
            of_page = page.target
            marked = page.target if current == 0 else current
    _hold(of_page == wanted, "the page is not the one that is wanted", f"page {of_page}, target {target}")
    _hold(of_page == marked, "the sidebar marks something else", f"page {of_page}, sidebar {marked}")
    if screen.reader.panes.has_hits and isinstance(page, SessionPage):
        _hold(screen.hits.current == page.details.row, "the hits mark something else", screen.hits.current)


def _check_panes(app: ReaderApp, screen: ReaderScreen) -> None:
    """What is shown, and what has the focus, is what the state says."""
    panes, layout = screen.reader.panes, screen.reader.panes.layout
    shown = {
        "side": (screen.panes.side, layout.side),
        "topics": (screen.topics, layout.topics),
        "sidebar": (screen.sidebar, layout.sidebar),
        "hits": (screen.hits, layout.hits),
        "query line": (screen.query_line, layout.query),
    }
    for name, (widget, wanted) in shown.items():
        _hold(widget.display == wanted, f"the {name} is shown, or not, against the layout", layout)
    _hold(screen.query_line.display == panes.has_query, "the query line is shown, or not, against has_query")
    _hold(panes.focus is not Pane.QUERY or panes.has_query, "the query line has the focus, and is not shown")
    if isinstance(app.screen, Panel):
        _hold(app.screen.list.has_focus, "a panel's list has not got the focus", app.focused)
        return
    focused, wanted_focus = screen.focused, screen.panes.widget_of(panes.focus)
    _hold(focused is wanted_focus, "the focus is not where the state says", f"{focused}, state {panes.focus}")
    hidden = [node for node in wanted_focus.ancestors_with_self if not node.display]
    _hold(not hidden, "what has the focus is hidden", f"{wanted_focus} in {layout}")


def _check_answers(screen: ReaderScreen) -> None:
    """What is shown answers what was asked last."""
    reader = screen.reader
    search, selection = reader.search, reader.selection
    if search.is_open and search.text.strip():
        _hold(search.answer is not None, "a search has no answer", search.text)
        _hold(search._answered == search._number, "a search shows the answer to another query", search.text)
        _hold(
            screen.hits.asked == search.caption, "the hits say another query", f"{screen.hits.asked} / {search.caption}"
        )
        _hold(screen.hits.rows == search.rows, "the hits shown are not the hits found", search.text)
        if search.rows:
            _hold(screen.hits.cursor == search.cursor, "the cursor of the hits is elsewhere")
    if not selection.is_narrow:
        _hold(selection.contents is reader.library.contents, "nothing is selected, but the library is narrowed")
    _hold(screen.sidebar.contents is selection.contents, "the sidebar shows other contents")
    _hold(reader.panes.has_hits == (search.is_open and search.answer is not None), "hits are shown without a search")
    if screen.query_line.display and not reader.find.is_typing:
        _hold(screen.query_line.value == reader.query, "the query line says another query", screen.query_line.value)


def _check_bottom_line(app: ReaderApp, screen: ReaderScreen) -> None:
    line = screen.status.line
    _hold("something went wrong" not in line.message, "something went wrong", line.message)
    if screen.status.display and app.size.width >= 40 and app.size.height >= 3 and screen.is_current:
        text = "".join(strip.text for strip in screen.status.render_lines(screen.status.size.region))
        _hold(text.strip(), "the bottom line is empty", line)


async def check_closed(app: ReaderApp, pilot: Pilot[None], *, in_one_piece: bool) -> None:
    """Five times Esc close everything, and the reader still answers."""
    before = f"{reader_of(app).reader.state} {app.screen_stack} {reader_of(app).reader.navigator.target}"
    if in_one_piece:
        for _ in range(5):
            app.post_message(key_event("escape"))
    else:
        await press(pilot, *["escape"] * 5)
    await rest(pilot)
    check(app)
    _check_nothing_open(app, before)
    await press(pilot, "question_mark")
    _hold(isinstance(app.screen, Panel), "the reader does not answer a key", app.screen_stack)
    await press(pilot, "escape")
    _hold(isinstance(app.screen, ReaderScreen), "the help does not close", app.screen_stack)


def _check_nothing_open(app: ReaderApp, before: str) -> None:
    screen = reader_of(app)
    reader, view = screen.reader, screen.view
    panes = reader.panes
    still = {
        "an overlay": len(app.screen_stack) > 1,
        "a search": reader.search.is_open or panes.has_hits,
        "the topics": panes.has_topics,
        "a selection": reader.selection.is_narrow,
        "a page of takeaways": isinstance(reader.navigator.target, TakeawaysTarget),
        "a mark": view.mark is not None or bool(view.selection) or bool(view.labels),
        "finding": reader.find.is_typing or reader.find.is_kept,
        "the query line": panes.has_query,
        "the page alone": panes.lists is Lists.ALONE,
        "another pane": panes.focus is not Pane.PAGE,
    }
    left = [name for name, is_open in still.items() if is_open]
    _hold(not left, f"after Esc five times there is still {' and '.join(left)}", f"before: {before}")


def _named(place: Place) -> tuple[object, ...]:
    """Return a place with the id of a day, and the name of an event: what is in them may change with the library."""
    match place.target:
        case DayTarget(day):
            return ("day", day.id, *place[1:])
        case EventTarget(event):
            return ("event", event.name, *place[1:])
        case _:
            return place


async def check_history(app: ReaderApp, pilot: Pilot[None]) -> None:
    """Going back and forward again changes nothing."""
    screen = reader_of(app)
    reader = screen.reader
    if not screen.is_current or reader.panes.focus is not Pane.PAGE or screen.view.labels:
        return
    here, depth = reader.here(screen.seen), len(reader.history._back)
    await press(pilot, "alt+left")
    await rest(pilot)
    check(app)
    if len(reader.history._back) == depth or "no longer" in reader.status.message:
        return
    gone_back = reader.here(screen.seen)
    if gone_back == here:
        return  # that place became this one when the library changed
    await press(pilot, "alt+right")
    await pilot.pause(RELATED_SECONDS + 0.02)  # what is related makes the page longer
    await rest(pilot)
    check(app)
    again = reader.here(screen.seen)
    # The same row, or the same text where lines are of another width.
    same_place = (again.spot.top, again.spot.width) == (here.spot.top, here.spot.width)
    same_place = same_place or again.spot.position == here.spot.position
    same = same_place and _named(again._replace(spot=here.spot)) == _named(here)
    _hold(
        same or "no longer" in reader.status.message,
        "back and forward is not where it began",
        f"{here}\nback: {gone_back}\nagain: {again}",
    )
