"""The reader's screen: it composes widgets, turns keys and messages into events, and applies their effects."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import clamp

from reinvent_tui.config import MAX_TEXT_WIDTH, MIN_TEXT_WIDTH, Settings
from reinvent_tui.reader import effects as fx
from reinvent_tui.reader.bottom_line import bottom_line, subject
from reinvent_tui.reader.effects import Effect, Pane
from reinvent_tui.reader.jobs import Jobs
from reinvent_tui.reader.panes import State
from reinvent_tui.reader.reader import First, Reader
from reinvent_tui.reader.requests import EntriesRequest, ExplainRequest, SaveSettings, TitlesRequest, WhyRequest
from reinvent_tui.reader.takeaway_places import next_takeaway, takeaway_marks
from reinvent_tui.reader.targets import START, SessionTarget, TakeawayMark, View
from reinvent_tui.tui.arrangement import Arrangement, lists_width
from reinvent_tui.tui.bindings import screen_bindings
from reinvent_tui.tui.keys import Keys
from reinvent_tui.tui.messages import Answered
from reinvent_tui.tui.outside import open_outside
from reinvent_tui.tui.palette import Palette
from reinvent_tui.tui.textual_patches.compositor import FrameHold
from reinvent_tui.tui.textual_patches.dispatch import QuickDispatch
from reinvent_tui.tui.textual_patches.focus import KeepsFocus
from reinvent_tui.tui.widgets.direct import Row
from reinvent_tui.tui.widgets.hit_list import HitList
from reinvent_tui.tui.widgets.line_list import LineList
from reinvent_tui.tui.widgets.page_view import PageView
from reinvent_tui.tui.widgets.query_line import QueryLine
from reinvent_tui.tui.widgets.searchable_page import SearchablePage
from reinvent_tui.tui.widgets.sidebar import Sidebar
from reinvent_tui.tui.widgets.splitter import Splitter
from reinvent_tui.tui.widgets.status_line import StatusLine
from reinvent_tui.tui.widgets.topic_list import TopicList
from reinvent_tui.tui.worker import Worker

if TYPE_CHECKING:
    from reinvent_tui.tui.app import ReaderApp
    from reinvent_tui.tui.overlays import Overlays

TEXT_STEP = 4
SIDEBAR_STEP = 2


class ReaderScreen(QuickDispatch, KeepsFocus[None]):
    """Read a library."""

    BINDINGS: ClassVar[list[BindingType]] = screen_bindings()
    AUTO_FOCUS = ""
    app: ReaderApp

    def __init__(self, jobs: Jobs, first: First, settings: Settings, palette: Palette) -> None:
        super().__init__()
        self.frames = FrameHold(self)
        self.settings = settings
        self.palette = palette
        self.reader = Reader(first, jobs.names, inferred=settings.inferred)
        self.worker = Worker(jobs, lambda answer: self.post_message(Answered(answer)))
        self.sidebar = Sidebar(palette)
        self.hits = HitList(palette)
        self.topics = TopicList(palette)
        self.view = SearchablePage(palette, id="page")
        self.query_line = QueryLine()
        self.keys = Keys(self)
        self.status = StatusLine(palette, self.keys.of_hint)
        self.panes = Arrangement(self.sidebar, self.hits, self.topics, self.view, self.query_line, self.status)

    def compose(self) -> ComposeResult:
        yield Row(self.panes.side, self.panes.splitter, self.view, id="body")
        yield self.query_line
        yield self.status

    def on_mount(self) -> None:
        self.view.text_width = self.settings.text_width
        self.topics.given_only = not self.settings.inferred
        self._fit(self.app.size.width)
        self.apply(self.reader.start())

    @cached_property
    def _events(self) -> Mapping[str, Callable[..., list[Effect]]]:
        from reinvent_tui.tui.key_events import key_events

        return key_events(self.reader, lambda: self.seen)

    @cached_property
    def overlays(self) -> Overlays:
        """What opens panels; it is made when the first one is wanted."""
        from reinvent_tui.tui.overlays import Overlays

        return Overlays(self.app, self)

    def on_unmount(self) -> None:
        self.frames.drop()
        self.worker.stop()

    # Events and effects

    @property
    def seen(self) -> View:
        """What the reader sees of the page."""
        return View(self.view.spot, self.view.mark, is_selected=bool(self.view.selection))

    def apply(self, effects: list[Effect], *, by_itself: bool = False) -> None:
        """Do what the reader wants done, and show what state that leaves it in.

        ``by_itself`` if no key or click is the reason: a message that is shown stays.
        """
        waits = any(isinstance(effect, fx.Hold) for effect in effects)
        changes = self.panes.changes_to(self.reader.panes.layout)
        if waits or changes:
            self.frames.hold()  # one frame for all that follows
        self.panes.show(self.reader.panes.layout)
        for effect in effects:
            self._apply(effect)
        if changes and not waits:
            self._release_soon()
        seen = self.seen
        self.reader.status.enter(subject(self.reader, seen), by_itself=by_itself)
        self.status.line = bottom_line(self.reader, seen, self.view.progress)

    def _apply(self, effect: Effect) -> None:
        match effect:
            case fx.Load(request):
                self.worker.start(request)
            case fx.Interrupt():
                self.worker.interrupt()
            case fx.NextMatch(step):
                self.reader.queries.counted(*self.view.find_match(step))
            case fx.Focus(pane):
                self.set_focus(self.panes.widget_of(pane), scroll_visible=False)
            case fx.Copy(text):
                self.app.copy_to_clipboard(text)
            case fx.OpenOutside(target):
                self.run_worker(self._open(target), group="browser", exit_on_error=False)
            case fx.SetInferred(inferred):
                self.topics.given_only = not inferred
                self.change_settings(self.settings._replace(inferred=inferred))
            case fx.Later(seconds, moment, number):
                self._later(seconds, moment, number)
            case fx.Hold():
                pass  # held already
            case fx.Release():
                if self.frames.holds:
                    self._release_soon()
            case _:
                self.panes.apply(effect, self.reader)

    def _release_soon(self) -> None:
        # The panes may not know of their sizes and of the focus yet: this comes after.
        self.topics.call_later(self.sidebar.call_later, self.view.call_later, self.frames.release)

    def _later(self, seconds: float, moment: fx.Moment, number: int) -> None:
        def elapsed() -> None:
            self.apply(self.reader.arrivals.elapsed(moment, number, monotonic()), by_itself=True)

        if seconds:
            self.set_timer(seconds, elapsed)
        else:
            self.call_after_refresh(elapsed)

    @on(Answered)
    def _answered(self, message: Answered) -> None:
        if isinstance(message.answer.request, TitlesRequest | WhyRequest | ExplainRequest):
            self.overlays.show_answer(message.answer)
        arrivals = self.reader.arrivals
        effects = arrivals.answered(message.answer, self.seen, self.sidebar.rows_around(), monotonic())
        self.apply(effects, by_itself=True)

    # Keys

    def action_event(self, name: str, *arguments: int) -> None:
        """Tell the reader of an event that needs nothing of the widgets."""
        self._take_typed()
        self.apply(self._events[name](*arguments))

    @on(StatusLine.Pressed)
    def _hint_pressed(self, message: StatusLine.Pressed) -> None:
        self.keys.run(message.binding)

    # Moving and reading

    def action_pages(self, pages: int) -> None:
        """Scroll by screens; at the end of a session go on to the next."""
        if pages > 0 and self.view.at_end and self.reader.neighbour(1, self.seen) is not None:
            self.action_event("session", 1)
        else:
            self.view.move_page(pages)

    def action_half_pages(self, pages: int) -> None:
        self.view.move_page(pages / 2)

    def action_heading(self, step: int) -> None:
        self.view.move_heading(step)

    def action_back(self) -> None:
        """Leave the innermost state."""
        mark, state = self.view.mark, self.reader.state
        leaves = state is State.TAKEAWAYS and isinstance(mark, TakeawayMark)  # a reader walks them there
        if not leaves and self.focused is self.view and (self.view.clear_marks() or self.reader.find.is_kept):
            self.apply(self.reader.queries.drop_find() if self.reader.find.is_kept else [])
        else:
            self.apply(self.reader.escape(self.seen))

    def action_walk_takeaways(self, step: int) -> None:
        """Mark a takeaway near by."""
        marks = takeaway_marks(self.reader.navigator.page)
        mark = next_takeaway(marks, self.view.mark, self.view.position.block, step)
        if mark is not None:
            self.view.show_mark(mark)
        self.apply([] if mark is not None else self.reader.topics.no_takeaway(step, has_any=bool(marks)))

    def action_next_match(self, step: int) -> None:
        """Go to a match near by: in this page, then in the next hit."""
        moved = self.view.next_match(step)
        self.reader.queries.counted(*self.view.count_matches())
        self.apply(self.reader.queries.next_match(step, moved=moved))

    def _take_typed(self) -> None:
        """Take what is in the query line: what was typed in one piece with a key may not be told yet."""
        if self.focused is self.query_line:
            self.apply(self.reader.queries.typed(self.query_line.value))

    def action_submit_query(self) -> None:
        self._take_typed()
        self.apply(self.reader.queries.submit(self.seen, has_match=self.view.current_match[0] >= 0))

    def action_labels(self) -> None:
        if self.view.show_labels():
            self.apply(self.reader.focus(Pane.PAGE))
        else:
            self.tell("no links on screen")

    def action_copy(self) -> None:
        self.apply(self.reader.links.copy(self.view.mark, self.view.selected_text()))

    def action_copy_selection(self) -> None:
        self.apply(self.reader.links.copy_selected(self.view.selected_text()))

    def action_outline(self) -> None:
        if not self.overlays.outline():
            self.tell("this page has no headings")

    def action_help(self) -> None:
        self.overlays.help()

    def action_why(self) -> None:
        self.overlays.why()

    def action_themes(self) -> None:
        self.overlays.themes()

    def tell(self, text: str) -> None:
        """Say something on the bottom line for a moment."""
        self.apply(self.reader.tell(text))

    def action_edit(self) -> None:
        from reinvent_tui.tui.editor import edit_post

        failure = edit_post(self.app, self.reader.navigator.page)
        self.refresh(layout=True)
        self.apply(
            [*self.reader.tell(failure, error=True), *self.reader.library.scan()]
            if failure
            else self.reader.library.scan()
        )

    def go_to_session(self, row: int) -> None:
        self.apply(self.reader.jump(SessionTarget(row), self.seen))

    # Widgets

    @on(PageView.Moved)
    @on(PageView.Marked)
    @on(PageView.Selected)
    def _page_changed(self) -> None:
        self.apply(self.reader.page_moved(at_top=self.view.position == START), by_itself=True)

    @on(PageView.Pointed)
    def _pointed(self, message: PageView.Pointed) -> None:
        self.reader.status.pointed = message.target
        self.apply([])

    @on(PageView.Labelled)
    def _labelled(self, message: PageView.Labelled) -> None:
        self.reader.status.is_labelled = bool(message.count)
        self.apply([])

    @on(PageView.Followed)
    def _followed(self, message: PageView.Followed) -> None:
        self.apply(self.reader.links.follow(message.mark, self.seen, seen=message.seen))

    @on(LineList.Moved)
    def _row_reached(self, message: LineList.Moved) -> None:
        if message.index != message.list.cursor:
            return  # it moved on, or has other rows by now
        if message.list is self.hits:
            self.apply(self.reader.queries.reached(message.index))
        elif message.list is self.sidebar and (target := self.sidebar.target(message.index)) is not None:
            self.apply(self.reader.sidebar_moved(target, self.seen))

    @on(LineList.Chosen)
    def _row_chosen(self, message: LineList.Chosen) -> None:
        if message.list is self.hits:
            self.apply(self.reader.queries.chosen(message.index))
        elif message.list is self.topics:
            self.topics.action_choose()
        elif isinstance(target := self.sidebar.target(message.index), SessionTarget):
            self.apply(self.reader.sidebar_chosen(target.row, self.seen))
        else:
            self.sidebar.toggle(message.index)

    @on(Sidebar.Entered)
    def _sidebar_left(self) -> None:
        if self.reader.panes.focus is Pane.SIDEBAR:  # a key after that one may have led elsewhere
            self.apply(self.reader.leave_sidebar())

    @on(Sidebar.TitlesNeeded)
    def _titles_needed(self, message: Sidebar.TitlesNeeded) -> None:
        self.worker.start(EntriesRequest(tuple(message.rows)))

    @on(HitList.HitsNeeded)
    def _hits_needed(self, message: HitList.HitsNeeded) -> None:
        self.apply(self.reader.search.hits_needed(message.rows, inferred=self.settings.inferred))

    @on(QueryLine.Typed)
    def _typed(self, message: QueryLine.Typed) -> None:
        if message.text == self.query_line.value:  # no other text was put there since
            self.apply(self.reader.queries.typed(message.text))

    @on(TopicList.Wish)
    def _wished(self, message: TopicList.Wish) -> None:
        from reinvent_tui.tui.key_events import topic_event

        self.apply(topic_event(self.reader, message, self.seen))

    def on_descendant_focus(self) -> None:
        pane = self.panes.pane_of(self.focused)
        if pane is not None:
            self.apply(self.reader.focused(pane, self.seen))

    async def _open(self, target: str) -> None:
        self.apply(self.reader.links.opened_outside(opened=await asyncio.to_thread(open_outside, target)))

    # Looks

    def on_resize(self, event: events.Resize) -> None:
        self._fit(event.size.width)
        self.apply([])

    def _fit(self, width: int) -> None:
        self.reader.panes.resized(width)
        self.panes.fit(width, self.settings.sidebar_width, narrow=self.reader.panes.is_narrow)
        self.call_after_refresh(self.panes.share_side)

    def action_text_width(self, step: int) -> None:
        """Change the length of lines; the step counts from what is on screen."""
        before = self.view.measure
        self.view.text_width = clamp(before + step * TEXT_STEP, MIN_TEXT_WIDTH, MAX_TEXT_WIDTH)
        if self.view.measure == before:
            self.view.text_width = self.settings.text_width
            self.tell(f"lines are {before} wide" + (": there is no room for more" if step > 0 else ""))
        else:
            self.change_settings(self.settings._replace(text_width=self.view.text_width))

    def action_sidebar_width(self, step: int) -> None:
        """Change the width of the sidebar."""
        if not self.reader.panes.is_narrow:
            width = lists_width(self.size.width, self.settings.sidebar_width)
            self._resize_lists(width + step * SIDEBAR_STEP, done=True)

    @on(Splitter.Dragged)
    def _edge_dragged(self, message: Splitter.Dragged) -> None:
        self._resize_lists(message.column, done=message.done)

    def _resize_lists(self, width: int, *, done: bool) -> None:
        settings = self.settings._replace(sidebar_width=lists_width(self.size.width, max(1, width)))
        self.change_settings(settings, save=done)
        self._fit(self.size.width)

    def change_settings(self, settings: Settings, *, save: bool = True) -> None:
        """Put other settings in force, and remember them."""
        self.settings = settings
        if save:
            self.worker.start(SaveSettings(settings))

    def restyle(self, palette: Palette) -> None:
        """Draw in other colours."""
        self.palette = palette
        for widget in (self.sidebar, self.hits, self.topics, self.view, self.status):
            widget.restyle(palette)
