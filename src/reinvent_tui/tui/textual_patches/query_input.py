"""A line of input whose bound keys act in the order in which they were typed.

Stands in front of ``textual.widgets.Input._on_key``, and replaces ``Input.virtual_size``.

Why:

- Textual inserts a character when its event reaches the line, but looks for the binding of a key only after the event
  went all the way up. Of keys that arrive in one read, a Backspace may act after the letters that follow it, and Enter
  after letters that are not for the line any more. Waits for Textualize/textual#6605.
- A key that was on its way when the line lost the focus is for whatever has the focus now.
- Textual lays the whole screen out at every letter, because ``virtual_size`` asks for it; the line never changes its
  size.

When Textual changes this code: a handler called ``on_key`` in a subclass must still be called before
``Input._on_key``, and ``prevent_default`` must still keep that from being called.
``tests/tui/textual_patches/test_query_input.py`` types in one piece.
"""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from reinvent_tui.tui.textual_patches.bindings import bindings_of
from reinvent_tui.tui.textual_patches.dispatch import QuickDispatch


class QueryInput(QuickDispatch, Input):
    """One line of text that does what a key means when the key comes."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)

    async def on_key(self, event: events.Key) -> None:
        if self.screen.focused is not self:
            # It was queued before the focus moved.
            self.app.post_message(events.Key(event.key, event.character))
        elif event.is_printable or not await self._act(event.key):
            return
        event.stop()
        event.prevent_default()

    async def _act(self, key: str) -> bool:
        """Run the action that a key is bound to on this line; tell whether there is one."""
        for bound, binding in bindings_of(self):
            if bound == key and await self.app.run_action(binding.action, self):
                return True
        return False
