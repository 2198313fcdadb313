"""The part of the reader's screen that says which widgets are there, and how much room they have."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto

from textual import events
from textual.app import ComposeResult
from textual.geometry import clamp
from textual.screen import Screen
from textual.widget import Widget

from reinvent_tui.config import MAX_SIDEBAR_WIDTH, MIN_SIDEBAR_WIDTH, Settings
from reinvent_tui.tui.palette import Palette
from reinvent_tui.tui.textual_patches.compositor import FrameHold, lay_out
from reinvent_tui.tui.textual_patches.dispatch import QuickDispatch
from reinvent_tui.tui.widgets.direct import Column, Row
from reinvent_tui.tui.widgets.found import FoundView
from reinvent_tui.tui.widgets.hit_list import HitList
from reinvent_tui.tui.widgets.line_list import LineList
from reinvent_tui.tui.widgets.query_line import QueryLine
from reinvent_tui.tui.widgets.sidebar import Sidebar
from reinvent_tui.tui.widgets.splitter import Splitter
from reinvent_tui.tui.widgets.status_line import StatusLine
from reinvent_tui.tui.widgets.topic_list import TopicList

NARROW = 80
"""Columns: on a narrower screen the sidebar lies over the page."""


class Part(Enum):
    """What may be on the screen, or may be away from it."""

    TOPICS = auto()
    HITS = auto()
    """They stand in place of the sidebar."""
    QUERY = auto()
    OVER = auto()
    """On a narrow screen, the lists: they lie over the page."""
    ALONE = auto()
    """The page, and nothing else."""
    WIDE = auto()
    """The page, without lists beside it."""


class ArrangedScreen(QuickDispatch, Screen[None]):
    """The widgets, and which of them are shown.

    They are shown and hidden one by one, not by classes of the screen: Textual
    styles every widget anew for those, which takes as long as all the rest.
    """

    def __init__(self, settings: Settings, palette: Palette) -> None:
        super().__init__()
        self.frames = FrameHold(self)
        """Holds painting back for an answer that will come soon."""
        self.settings = settings
        self.palette = palette
        self.topics = TopicList(palette)
        """The topic pane."""
        self.sidebar = Sidebar(palette)
        """The sidebar."""
        self.hits = HitList(palette)
        """The hits."""
        self.view = FoundView(palette, id="page")
        """The page."""
        self.query_line = QueryLine()
        """The line in which a query is typed."""
        self.status = StatusLine(palette)
        """The bottom line."""
        self._side = Column(self.topics, self.sidebar, self.hits, id="side")
        self._splitter = Splitter()
        self._parts: frozenset[Part] = frozenset()

    def compose(self) -> ComposeResult:
        yield Row(self._side, self._splitter, self.view, id="body")
        yield self.query_line
        yield self.status

    @property
    def narrow(self) -> bool:
        """True where the sidebar lies over the page."""
        return self.has_class("-narrow")

    def shows(self, *parts: Part) -> bool:
        """Tell whether one of these is on the screen."""
        return not self._parts.isdisjoint(parts)

    @property
    def parts(self) -> frozenset[Part]:
        """All that :meth:`shows` is true for."""
        return self._parts

    def change_parts(self, *, add: Iterable[Part] = (), remove: Iterable[Part] = ()) -> None:
        """Put parts on the screen, and take others away."""
        parts = (self._parts - set(remove)) | set(add)
        if parts != self._parts:
            self._parts = parts
            self._show_parts()
            if self.is_current:
                lay_out(self)

    def toggle_part(self, part: Part, *, remove: Iterable[Part] = ()) -> None:
        """Put a part on the screen, or take it away if it is there; take others away too."""
        if self.shows(part):
            self.change_parts(remove={part, *remove})
        else:
            self.change_parts(add={part}, remove=remove)

    def _show_parts(self) -> None:
        beside = not self.shows(Part.ALONE, Part.WIDE)
        for widget, shown in (
            (self._side, self.shows(Part.OVER) if self.narrow else beside),
            (self.topics, self.shows(Part.TOPICS)),
            (self.sidebar, not self.shows(Part.HITS)),
            (self.hits, self.shows(Part.HITS)),
            (self._splitter, beside and not self.narrow),
            (self.query_line, self.shows(Part.QUERY)),
        ):
            if widget.display != shown:
                widget.display = shown
        self.status.needed = not self.shows(Part.ALONE) or self.shows(Part.QUERY)

    @property
    def topics_shown(self) -> bool:
        """True where the topic pane is to be seen."""
        return self.shows(Part.TOPICS) and self._side.display

    def go_to(self, widget: Widget) -> None:
        """Give a widget the focus at once: keys that were typed in a row are for it."""
        self.set_focus(widget, scroll_visible=False)

    # Frames

    @property
    def holds_frames(self) -> bool:
        """True while nothing is painted."""
        return self.frames.holds

    def hold(self) -> None:
        """Paint nothing until an answer is there that will be soon: one frame then shows all that a key did."""
        self.frames.hold()

    def release(self) -> None:
        """Paint again."""
        self.frames.release()

    def on_unmount(self) -> None:
        self.frames.drop()

    # Room

    def on_resize(self, event: events.Resize) -> None:
        self.fit(event.size.width)

    def fit(self, width: int = 0) -> None:
        """Give the sidebar its room."""
        width = width or self.app.size.width
        was_narrow = self.narrow
        self.set_class(width < NARROW, "-narrow")
        if width >= NARROW:
            self._parts -= {Part.OVER}
        elif not was_narrow and self._in_lists():
            self._parts |= {Part.OVER}
        self._show_parts()
        lists: tuple[LineList, ...] = (self.sidebar, self.hits, self.topics)
        for found in lists:
            found.styles.width = width if width < NARROW else self.sidebar_width(width)

    def _in_lists(self) -> bool:
        """Tell whether the reader is busy with the lists, so that they stay on a screen that gets narrow."""
        lists = (self.topics, self.sidebar, self.hits)
        return any(widget.has_focus for widget in lists) or (self.shows(Part.HITS) and self.query_line.has_focus)

    def sidebar_width(self, width: int) -> int:
        """Return the cells of the sidebar on a screen of ``width`` columns."""
        wanted = self.settings.sidebar_width or clamp(width * 35 // 100, 24, 44)
        return clamp(wanted, MIN_SIDEBAR_WIDTH, min(MAX_SIDEBAR_WIDTH, max(MIN_SIDEBAR_WIDTH, width - 40)))

    def restyle(self, palette: Palette) -> None:
        """Draw in other colours."""
        self.palette = palette
        for widget in (self.sidebar, self.hits, self.topics, self.view, self.status):
            widget.restyle(palette)
