"""Puts panes on the screen and gives them their room, as the reader's state of the panes says."""

from __future__ import annotations

from textual.geometry import clamp
from textual.screen import Screen
from textual.widget import Widget

from reinvent_tui.config import MAX_SIDEBAR_WIDTH, MIN_SIDEBAR_WIDTH
from reinvent_tui.reader import effects as fx
from reinvent_tui.reader.effects import Pane
from reinvent_tui.reader.panes import Layout
from reinvent_tui.reader.reader import Reader
from reinvent_tui.tui.textual_patches.compositor import lay_out
from reinvent_tui.tui.widgets.direct import Column
from reinvent_tui.tui.widgets.hit_list import HitList
from reinvent_tui.tui.widgets.query_line import QueryLine
from reinvent_tui.tui.widgets.searchable_page import SearchablePage
from reinvent_tui.tui.widgets.sidebar import Sidebar
from reinvent_tui.tui.widgets.splitter import Splitter
from reinvent_tui.tui.widgets.status_line import StatusLine
from reinvent_tui.tui.widgets.topic_list import TopicList

LEAST_PAGE = 40
"""Cells that the lists leave to the page."""
TOPIC_CAPTION = 3
"""Rows above the list of topics."""


class Arrangement:
    """The widgets of the reader's screen, and which of them are shown.

    They are shown and hidden one by one, not by classes of the screen: Textual
    styles every widget again for those, which takes as long as all the rest.
    """

    def __init__(
        self,
        sidebar: Sidebar,
        hits: HitList,
        topics: TopicList,
        view: SearchablePage,
        query_line: QueryLine,
        status: StatusLine,
    ) -> None:
        self.sidebar = sidebar
        self.hits = hits
        self.topics = topics
        self.view = view
        self.query_line = query_line
        self.status = status
        self.side = Column(topics, sidebar, hits, id="side")
        self.splitter = Splitter()
        self._shown: Layout | None = None
        self._topic_rows: int | None = None

    @property
    def _screen(self) -> Screen[None]:
        return self.view.screen  # type: ignore[return-value]  # Textual does not say what a screen gives

    def widget_of(self, pane: Pane) -> Widget:
        """Return the widget of a pane."""
        match pane:
            case Pane.PAGE:
                return self.view
            case Pane.SIDEBAR:
                return self.sidebar
            case Pane.HITS:
                return self.hits
            case Pane.TOPICS:
                return self.topics
            case Pane.QUERY:
                return self.query_line

    def pane_of(self, widget: Widget | None) -> Pane | None:
        """Return the pane that a widget is; None if it is none."""
        return next((pane for pane in Pane if self.widget_of(pane) is widget), None)

    def changes_to(self, layout: Layout) -> bool:
        """Return True if another layout is shown, so that everything would be painted."""
        return self._shown is not None and layout != self._shown

    def show(self, layout: Layout) -> None:
        """Show the panes of a layout, and lay the screen out at once."""
        if layout == self._shown:
            return
        screen = self._screen
        if self._shown is None or layout.narrow != self._shown.narrow:
            screen.set_class(layout.narrow, "-narrow")
        is_first = self._shown is None  # Textual is about to lay out a first time
        was_open = self._shown is not None and self._shown.topics
        self._shown = layout
        for widget, shown in (
            (self.side, layout.side),
            (self.topics, layout.topics),
            (self.sidebar, layout.sidebar),
            (self.hits, layout.hits),
            (self.splitter, layout.splitter),
            (self.query_line, layout.query),
        ):
            if widget.display != shown:
                widget.display = shown
        self.status.needed = layout.status
        if was_open and not layout.topics:
            self.topics.reset()
        if screen.is_current and not is_first:
            lay_out(screen)

    def fit(self, width: int, wanted: int, *, narrow: bool) -> None:
        """Give the lists their room on a screen of ``width`` columns; ``wanted`` is 0 if nobody chose it."""
        cells = width if narrow else lists_width(width, wanted)
        # The column as well: Textual would lay its lists out twice to learn how wide they are.
        for widget in (self.side, self.sidebar, self.hits, self.topics):
            widget.styles.width = cells

    def apply(self, effect: fx.PageEffect | fx.ListEffect, reader: Reader) -> None:
        """Do what the reader wants done with the page, a list or the query line."""
        match effect:
            case fx.ShowDocument(document):
                self.view.document = document
            case fx.ReplaceDocument(document):
                self.view.replace_document(document)
            case fx.RedrawDocument():
                self.view.refresh_document()
            case fx.GoTo(where, body_line):
                self.view.go_to_where(where, body_line)
            case fx.SetMark(mark):
                self.view.set_mark(mark)
            case fx.ClearMark():
                self.view.clear_marks()
            case fx.MarkMatches(finder):
                self.view.find(finder)
            case _:
                self._apply_to_lists(effect, reader)

    def _apply_to_lists(self, effect: fx.ListEffect, reader: Reader) -> None:
        match effect:
            case fx.ShowContents(contents, library):
                self.sidebar.set_contents(contents, library, fold=reader.navigator.at_start)
                self.share_side()
            case fx.ShowEntries(entries):
                self.sidebar.add_entries(entries)
            case fx.ShowCurrent(target):
                self.sidebar.show_current(target)
                self.hits.show_current(target if isinstance(target, int) else 0)
            case fx.ShowHits(rows, entries, suggestions, cursor, close):
                self.hits.show_query(reader.search.caption)
                self.hits.show_hits(rows, entries, suggestions, cursor, close)
            case fx.ShowSuggestions(message, suggestions):
                self.hits.show_query(reader.search.caption)
                self.hits.show_suggestions(message, suggestions)
            case fx.ShowHitEntries(entries):
                self.hits.add_entries(entries)
            case fx.MoveHitCursor(at):
                self.hits.put_cursor(at)
            case fx.ShowValues(facet, values, chosen, total):
                self.topics.show_values(facet, values, chosen, total)
                self.share_side()
            case fx.AwaitValues():
                self.topics.await_values()
            case fx.ShowQuery(text, placeholder, selected):
                self.query_line.show_text(text, placeholder, selected=selected)

    def share_side(self) -> None:
        """Share the column of the lists: what has few rows takes no more than it has."""
        height = self.side.size.height
        if self._shown is None or not self._shown.topics or not height:
            return
        rows = self.topics.wanted_rows + TOPIC_CAPTION
        others = self.sidebar if self._shown.sidebar else self.hits
        free = height - others.count * others.HEIGHT - 1
        wanted = min(rows, max(height // 2, free))
        if wanted != self._topic_rows:
            self._topic_rows = wanted
            self.topics.styles.height = wanted
            lay_out(self._screen)


def lists_width(width: int, wanted: int) -> int:
    """Return the cells of the lists on a screen of ``width`` columns, if that many are wanted (0: as it suits)."""
    cells = wanted or clamp(width * 35 // 100, 24, 44)
    return clamp(cells, MIN_SIDEBAR_WIDTH, min(MAX_SIDEBAR_WIDTH, max(MIN_SIDEBAR_WIDTH, width - LEAST_PAGE)))
