"""The small screens over the reader: the outline of a page, and the keys in force."""

from __future__ import annotations

import re
from typing import ClassVar

from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widgets import Label

from reinvent_tui.page.cells import width_of
from reinvent_tui.page.document import Document
from reinvent_tui.page.model import HeadingMark, Prefix
from reinvent_tui.tui.pages import Piece, styled
from reinvent_tui.tui.palette import Palette
from reinvent_tui.tui.textual_patches.bindings import bindings_of
from reinvent_tui.tui.widgets.line_list import LineList, cut
from reinvent_tui.tui.widgets.page_view import PageView


class HeadingList(LineList):
    """The headings of a page, indented by level."""

    def __init__(self, palette: Palette, headings: list[HeadingMark]) -> None:
        super().__init__(palette)
        self._headings = headings
        self._top_level = min((heading.level for heading in headings), default=1)
        self.set_count(len(headings))

    def draw(self, index: int, width: int) -> list[Segment]:
        heading = self._headings[index]
        indent = "  " * (heading.level - self._top_level)
        here = index == self.cursor
        role = "side-current" if here else "side"
        marker = Segment("▌ ", self.palette.style(role)) if here else Segment("  ", self.palette.style("side-blank"))
        space = Segment(indent, self.palette.style("side-blank"))
        return [marker, space, Segment(cut(heading.text, width - 2 - len(indent)), self.palette.style(role))]


class OutlineScreen(ModalScreen[int | None]):
    """Pick a heading; gives its block."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,o,q", "close", "Close", id="outline.close", tooltip="Close the outline"),
    ]

    def __init__(self, palette: Palette, headings: list[HeadingMark], current: int) -> None:
        super().__init__()
        self._palette = palette
        self._headings = headings
        self._current = current

    def compose(self) -> ComposeResult:
        with Vertical(id="panel"):
            yield Label(Text("Outline   Enter goes there, Esc closes"), id="caption")
            yield HeadingList(self._palette, self._headings)

    def on_mount(self) -> None:
        headings = self.query_one(HeadingList)
        headings.styles.height = min(len(self._headings), max(3, self.app.size.height - 8))
        headings.cursor = self._current
        headings.focus()

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        message.stop()
        if self.is_current:  # not chosen, or closed, by the key before
            self.dismiss(self._headings[message.index].block)

    def action_close(self) -> None:
        """Close without going anywhere."""
        self.dismiss(None)


class HelpScreen(ModalScreen[None]):
    """The keys in force, as a page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q", "close", "Close", id="help.close", tooltip="Close the help"),
        Binding("space", "pages(1)", "Page", id="help.page-down", tooltip="Scroll down by a page", show=False),
        Binding("b", "pages(-1)", "Page up", id="help.page-up", tooltip="Scroll up by a page", show=False),
    ]

    def __init__(self, palette: Palette, keys: list[tuple[str, list[tuple[str, str]]]]) -> None:
        super().__init__()
        self._palette = palette
        self._keys = keys

    def compose(self) -> ComposeResult:
        with Vertical(id="panel"):
            yield PageView(self._palette)

    def on_mount(self) -> None:
        view = self.query_one(PageView)
        view.document = help_page(self._keys)
        view.focus()

    def on_click(self, event: events.Click) -> None:
        if event.widget is self:
            self.dismiss(None)

    def action_pages(self, pages: int) -> None:
        """Scroll by pages."""
        self.query_one(PageView).move_page(pages)

    def action_close(self) -> None:
        """Close the help."""
        self.dismiss(None)


def help_page(groups: list[tuple[str, list[tuple[str, str]]]]) -> Document:
    """Return the keys of ``groups`` (name, then keys with what they do) as a page."""
    width = max((width_of(keys) for _, rows in groups for keys, _ in rows), default=0) + 3
    head = [styled([Piece("Keys"), Piece("   Esc closes", "soft")], "title")]
    for name, rows in groups:
        head.append(styled([Piece(name)], "h3", 1))
        for keys, words in rows:
            column = Prefix(keys + " " * (width - width_of(keys)), " " * width, "accent", f"{keys}  ")
            head.append(styled([Piece(words)], "text", 0, (column,)))
    return Document("", "", head)


KEY_NAMES = {
    "question_mark": "?",
    "exclamation_mark": "!",
    "vertical_line": "|",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "slash": "/",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "backspace": "Backspace",
    "shift+tab": "Shift+Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
}

_GROUPS = (
    ("Read", ("page.", "read.")),
    ("Sidebar and lists", ("sidebar.", "list.")),
    ("Go", ("go.",)),
    ("In the list of topics", ("topics.",)),
    ("While a query is typed", ("query.",)),
    ("Look", ("view.",)),
    ("Do", ("do.", "app.")),
)


_LIKE_THE_FIRST = re.compile(r"query\.offer-[2-9]")
"""Keys that need no line of their own: Alt+2 takes the second offer, as Alt+1 the first."""


def keys_in_force(screen: Screen[None]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the keys that work on ``screen``, as they are bound now, in groups."""
    keys: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    for node in (*screen.query("PageView, Sidebar, QueryLine, TopicList").results(), screen, screen.app):
        for id_ in _stated_order(node):
            keys.setdefault(id_, [])
        for key, binding in bindings_of(node):
            if binding.id in keys and binding.tooltip and not _LIKE_THE_FIRST.fullmatch(binding.id):
                words[binding.id] = binding.tooltip
                if KEY_NAMES.get(key, key) not in keys[binding.id]:
                    keys[binding.id].append(KEY_NAMES.get(key, key))
    groups = []
    for name, prefixes in _GROUPS:
        rows = [
            (" ".join(sorted(keys[id_], key=_rank)), words[id_])
            for id_ in keys
            if id_.startswith(prefixes) and id_ in words
        ]
        if rows:
            groups.append((name, rows))
    return groups


def _rank(key: str) -> bool:
    """Put the keys under the fingers before arrows and named ones."""
    return not (len(key) == 1 and key.isascii())


def _stated_order(node: DOMNode) -> list[str]:
    """Return the ids of a node's bindings in the order in which its classes state them."""
    return [
        binding.id
        for cls in reversed(type(node).__mro__)
        for binding in vars(cls).get("BINDINGS", ())
        if isinstance(binding, Binding) and binding.id
    ]
