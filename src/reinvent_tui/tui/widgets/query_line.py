"""The line in which a query is typed, at the bottom of the screen."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input
from textual.widgets.input import Selection

from reinvent_tui.tui.textual_patches.query_input import QueryInput


class QueryLine(QueryInput):
    """One line of text; what is typed is told at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"screen.{action}", name, id=f"query.{id_}", tooltip=tooltip, show=False)
            for key, action, name, id_, tooltip in (
                ("enter", "submit_query", "Read", "read", "Read what was found"),
                ("down", "event('walk_found', 1)", "Next hit", "down", "Go to the next hit"),
                (
                    "up",
                    "event('walk_found', -1)",
                    "Previous hit",
                    "up",
                    "Go to the previous hit; in an empty line, earlier queries",
                ),
                ("pagedown", "event('walk_found', 5)", "Hits down", "page-down", "Go five hits down"),
                ("pageup", "event('walk_found', -5)", "Hits up", "page-up", "Go five hits up"),
                ("tab", "event('other_pane')", "Hits", "hits", "Go to the hits"),
                ("ctrl+e", "event('explain')", "Explain", "explain", "Explain the query in words"),
                ("ctrl+t", "event('turn_hits')", "Order", "order", "Put the hits in the order of days, or best first"),
                ("escape", "event('leave_query')", "Cancel", "leave", "Leave the line, back to what was there before"),
            )
        ),
        *(
            Binding(
                f"alt+{key}", f"cursor_{key}_word", f"Word {key}", id=f"query.word-{key}", tooltip=words, show=False
            )
            for key, words in (("left", "Go a word to the left"), ("right", "Go a word to the right"))
        ),
        *(
            Binding(
                f"alt+{number}",
                f"screen.event('suggestion', {number})",
                f"Suggestion {number}",
                id=f"query.suggestion-{number}",
                tooltip=f"Ask suggestion {number} if nothing was found",
                show=False,
            )
            for number in range(1, 4)
        ),
    ]
    DEFAULT_CSS = """
    QueryLine, QueryLine:focus {
        height: 1; border: none; padding: 0 1 !important; background: $surface; color: $foreground;
    }
    """

    class Typed(Message):
        """The query is another one."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False

    def show_text(self, text: str, placeholder: str, *, selected: bool = False) -> None:
        """Show a query that was put in force elsewhere; if it is ``selected``, typing replaces it."""
        self.placeholder = placeholder
        if text != self.value:
            with self.prevent(Input.Changed):
                self.value = text
        self.selection = Selection(0 if selected else len(text), len(text))

    def on_input_changed(self, message: Input.Changed) -> None:
        message.stop()
        self.post_message(self.Typed(message.value))
