"""The part of the reader's screen that browses: by topic, and through takeaways gathered on one page."""

from __future__ import annotations

from dataclasses import replace

from textual import on

from reinvent_tui.config import Settings
from reinvent_tui.index.queries import Entry
from reinvent_tui.index.values import Facet
from reinvent_tui.tui.arranging import Part
from reinvent_tui.tui.messages import Browsed
from reinvent_tui.tui.palette import Palette
from reinvent_tui.tui.searching import SearchingScreen
from reinvent_tui.tui.source import First, Source
from reinvent_tui.tui.widgets.line_list import LineList
from reinvent_tui.tui.widgets.query_line import QueryLine
from reinvent_tui.tui.widgets.sidebar import Gathered, Target
from reinvent_tui.tui.widgets.status_line import Keys
from reinvent_tui.tui.widgets.topic_list import TopicList

TOPIC_KEYS = (
    ("Enter", "choose"),
    ("!", "leave out"),
    ("Space", "mark"),
    ("|", "any, all"),
    ("[ ]", "lists"),
    ("Tab", "pane"),
    ("Esc", "back"),
)
NARROWED_PLACEHOLDER = "nothing chosen yet"


class BrowsingScreen(SearchingScreen):
    """Topics and takeaways."""

    def __init__(self, source: Source, first: First, settings: Settings, palette: Palette) -> None:
        super().__init__(source, first, settings, palette)
        self.source.inferred = settings.inferred
        self._narrowing = ""
        """The query that narrows the sidebar."""
        self._steps: list[str] = []
        """The queries before each choice: Esc goes back through them."""
        self._steps_before: list[str] = []
        """Those from before the search that is open."""
        self._browse_number = 0
        self._facet = Facet.TAG

    @property
    def query_text(self) -> str:
        """The query in force: of the search that is open, or what narrows the sidebar."""
        return self._query_text if self.searching else self._narrowing

    def keys_here(self) -> Keys:
        return TOPIC_KEYS if self.focused is self.topics else super().keys_here()

    # The pane

    def action_topics(self) -> None:
        """Open the topic pane, or close it."""
        if not self.topics_shown:
            self._at_start = False
            self.hold()
            over = {Part.OVER} if self.narrow else set()
            self.change_parts(add={Part.TOPICS, Part.QUERY, *over}, remove={Part.ALONE, Part.WIDE})
            self.loader.prepare_search()
            self.topics.given_only = not self.settings.inferred
            self._show_query()
            self.topics.await_values()
            self.go_to(self.topics)
            self._browse(self.query_text)
        else:
            self._close_topics()

    def _close_topics(self) -> None:
        kept = bool(self._narrowing) or (self.searching and self.query_line.has_focus)
        self.change_parts(remove={Part.TOPICS, Part.OVER} if kept else {Part.TOPICS, Part.OVER, Part.QUERY})
        self._show_query()
        self.go_to(self.view)

    def _close_line(self) -> None:
        super()._close_line()
        self._show_query()

    def _show_query(self) -> None:
        """Show the query line while it says what is chosen."""
        shown = self.shows(Part.TOPICS) or bool(self._narrowing)
        typing = self.searching and self.query_line.has_focus
        if shown or typing:
            self.change_parts(add={Part.QUERY})
        else:
            self.change_parts(remove={Part.QUERY})
        if shown:
            self.query_line.show_text(NARROWED_PLACEHOLDER, self.query_text)

    def _ask(self) -> None:
        super()._ask()
        if self.shows(Part.TOPICS):
            self._browse(self.query_text)

    def _browse(self, query: str) -> None:
        self.hold()
        self._browse_number = self.loader.browse(query, self._facet, self.library, typing=self.searching)

    @on(Browsed)
    def _browsed(self, message: Browsed) -> None:
        if message.number != self._browse_number:
            return
        from reinvent_tui.index.query_filters import field_filter

        name = message.facet.value
        self.topics.show_values(message.facet, message.values, field_filter(message.query, name), message.total)
        if not self.searching and message.query == self._narrowing:
            self.contents = message.contents
            if message.contents is not self.sidebar.contents:
                self.sidebar.set_contents(message.contents, self.library)
            if message.entries:
                self.sidebar.add_entries(message.entries)
            if self._narrowing:
                of = len(self.library.sessions)
                self.status.note = f"{message.total:,} of {of:,} sessions"
        self._tell_place()
        # The lists may not know of their sizes and of the focus yet: this comes after.
        self.topics.call_later(self.sidebar.call_later, self.release)

    def show_contents(self, entries: list[Entry]) -> None:
        if self._narrowing or self.shows(Part.TOPICS):
            self._browse(self.query_text)
            if self._narrowing:
                return
        super().show_contents(entries)

    # Choosing

    @on(TopicList.Wished)
    def _topics_wished(self, message: TopicList.Wished) -> None:
        from reinvent_tui.index.query_filters import excluded, toggled

        name = message.facet.value
        query = self.query_text
        if message.what == "pick":
            self.choose(toggled(query, name, message.values, any_of=self.topics.any_of))
        elif message.what == "exclude":
            self.choose(excluded(query, name, message.values[0]))
        elif message.what == "any":
            self._flip(query, name)
        elif message.what == "facet":
            self._facet = message.facet
            self._browse(query)
        elif message.what == "given":
            self._switch_inferred()
        else:
            self.step_back()

    def _flip(self, query: str, name: str) -> None:
        from reinvent_tui.index.query_filters import any_or_all, field_filter

        now = field_filter(query, name)
        if len(now.wanted) > 1 and now.any != self.topics.any_of:
            self.choose(any_or_all(query, name))

    def choose(self, query: str, *, remember: bool = True) -> None:
        """Make ``query`` the one in force: of the search that is open, else of the sidebar."""
        gathered = self._request.target.gathered
        if gathered is not None and gathered.query == self.query_text.strip() and not self.searching:
            self.open(Target(gathered=replace(gathered, query=query.strip())))  # the page goes along
        if remember:
            self._steps.append(self.query_text)
        if self.searching and query.strip():
            self._query_text = query
            self._ask()
        elif self.searching:
            self.leave_search()
            return
        else:
            self._narrowing = query
            if not query:
                self.contents = self.library
                self.status.note = ""
        self._show_query()
        self._browse(query)

    def step_back(self) -> bool:
        """Take the last choice back, or close the pane; tell whether there was anything to go back from."""
        if self._steps:
            self.choose(self._steps.pop(), remember=False)
            return True
        if self._narrowing and not self.searching:
            self.choose("", remember=False)
            return True
        if self.shows(Part.TOPICS):
            self._close_topics()
            return True
        return False

    def pick_tag(self, name: str) -> None:
        from reinvent_tui.index.query_filters import toggled

        self.choose(toggled(self.query_text, Facet.TAG.value, [name]))

    def _switch_inferred(self) -> None:
        """Show inferred topics, or hide them, from now on."""
        self.settings = replace(self.settings, inferred=not self.settings.inferred)
        self.loader.save(self.settings)
        self.source.inferred = self.settings.inferred
        self.topics.given_only = not self.settings.inferred
        self._ready.clear()
        self._browse(self.query_text)
        if self._request.target.session:
            self.open(self._request.target, position=self.view.position)
        self.tell("inferred topics are shown" if self.settings.inferred else "only topics that authors gave are shown")

    # Query line and search

    def action_search(self) -> None:
        """Search the library; what is chosen stands in the query already."""
        was_searching = self.searching
        super().action_search()
        if was_searching or not self.searching:
            return
        self._steps_before, self._steps = self._steps, []
        selected = self._narrowing
        if selected:
            self._query_text = f"{selected} "
            self.query_line.show_text("", self._query_text)
            self._ask()

    def leave_search(self) -> bool:
        was_searching = self.searching
        left = super().leave_search()
        if was_searching:
            self._steps = self._steps_before
            self._show_query()
            if self.shows(Part.TOPICS) or self._narrowing:
                self._browse(self.query_text)
        return left

    # Takeaways

    def action_takeaways(self) -> None:
        """Show the takeaways of what is selected as one page: of a query, of a day, or all."""
        target = self._request.target
        day = target.day if not self.query_text.strip() else None
        event = target.event if not self.query_text.strip() else None
        self._left.append((target, self.view.position))
        self._leave_hits()
        self.open(Target(gathered=Gathered(self.query_text.strip(), day, event)))
        self.go_to(self.view)

    def _leave_hits(self) -> None:
        """Let the page be another one than that of the hit under the cursor."""
        self._stop_waiting()
        self._finder_wanted = None
        self._seek = None
        self.change_parts(remove={Part.OVER})

    def action_order(self) -> None:
        """Turn the order of the events on a page of takeaways."""
        gathered = self._request.target.gathered
        if gathered is None:
            self.tell("this turns the order of gathered takeaways: T gathers them")
            return
        self.open(Target(gathered=replace(gathered, oldest_first=not gathered.oldest_first)))

    @on(LineList.Chosen)
    def _topic_chosen(self, message: LineList.Chosen) -> None:
        if message.list is self.topics:
            message.stop()
            self.topics.action_choose()

    @on(QueryLine.Left)
    def _query_line_left(self) -> None:
        self.call_later(self._show_query)
