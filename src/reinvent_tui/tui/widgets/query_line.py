"""The line in which a query is typed, at the bottom of the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from reinvent_tui.tui.textual_patches.query_input import QueryInput


class QueryLine(QueryInput):
    """One line of text; what is typed is told at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "walk(1)", "Next hit", id="query.down", tooltip="Go to the next hit", show=False),
        Binding("up", "walk(-1)", "Hit before", id="query.up", tooltip="Go to the hit before", show=False),
        Binding("pagedown", "walk(5)", "Hits down", id="query.page-down", tooltip="Go five hits down", show=False),
        Binding("pageup", "walk(-5)", "Hits up", id="query.page-up", tooltip="Go five hits up", show=False),
        Binding("ctrl+e", "explain", "Explain", id="query.explain", tooltip="Explain the query in words", show=False),
        Binding(
            "ctrl+t",
            "order",
            "Order",
            id="query.order",
            tooltip="Put the hits in the order of days, or best first",
            show=False,
        ),
        Binding(
            "escape", "leave", "Back", id="query.leave", tooltip="Leave the search, back to what was there", show=False
        ),
        *(
            Binding(
                f"alt+{number}",
                f"offer({number})",
                f"Offer {number}",
                id=f"query.offer-{number}",
                tooltip=words,
                show=False,
            )
            for number, words in ((at, f"Take the offer {at} where nothing was found") for at in range(1, 10))
        ),
    ]
    DEFAULT_CSS = """
    QueryLine, QueryLine:focus {
        height: 1; border: none; padding: 0 1; background: $surface; color: $foreground;
    }
    """

    @dataclass(eq=False, repr=False)
    class Typed(Message):
        """The query is another one."""

        text: str

    @dataclass(eq=False, repr=False)
    class Walked(Message):
        """The reader wants to go ``step`` hits on."""

        step: int

    @dataclass(eq=False, repr=False)
    class Left(Message):
        """The reader wants to leave; ``to_page`` where to read what was found."""

        to_page: bool

    @dataclass(eq=False, repr=False)
    class Wished(Message):
        """The reader wants something else: ``explain``, ``order``, or an offer by its number."""

        what: str
        number: int = 0

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False

    def open(self, placeholder: str, text: str) -> None:
        """Begin to type."""
        self.show_text(placeholder, text)
        self.screen.set_focus(self, scroll_visible=False)  # at once: the next letters are for it

    def show_text(self, placeholder: str, text: str) -> None:
        """Show a query that was chosen elsewhere."""
        self.placeholder = placeholder
        with self.prevent(Input.Changed):
            self.value = text
        self.cursor_position = len(text)

    def on_input_changed(self, message: Input.Changed) -> None:
        message.stop()
        self.post_message(self.Typed(message.value))

    async def action_submit(self) -> None:
        """Read what was found."""
        self._leave(to_page=True)

    def _leave(self, *, to_page: bool) -> None:
        # Let go of the keys at once: the next one may be typed already, and is not for this line.
        self.screen.set_focus(None)
        self.post_message(self.Left(to_page=to_page))

    def action_walk(self, step: int) -> None:
        """Walk the hits."""
        self.post_message(self.Walked(step))

    def action_explain(self) -> None:
        """Explain the query."""
        self.post_message(self.Wished("explain"))

    def action_order(self) -> None:
        """Change the order of the hits."""
        self.post_message(self.Wished("order"))

    def action_offer(self, number: int) -> None:
        """Take an offer."""
        self.post_message(self.Wished("offer", number))

    def action_leave(self) -> None:
        """Leave without reading."""
        self._leave(to_page=False)
