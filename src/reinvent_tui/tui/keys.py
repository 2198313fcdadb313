"""How the keys of the reader are bound, and doing what one is bound to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.dom import DOMNode

from reinvent_tui.reader.status import Hint
from reinvent_tui.tui.key_names import hint_keys, keys_by_id
from reinvent_tui.tui.textual_patches.bindings import bindings_of
from reinvent_tui.tui.themes import theme_names

if TYPE_CHECKING:
    from reinvent_tui.reader.commands import DoAction
    from reinvent_tui.tui.screen import ReaderScreen


class Keys:
    """The keys of a screen, its widgets and the app, by the ids of their bindings."""

    def __init__(self, screen: ReaderScreen) -> None:
        self._screen = screen
        self._keys: dict[str, list[str]] = {}

    @property
    def nodes(self) -> list[DOMNode]:
        """Everything that has keys."""
        screen = self._screen
        return [screen.view, screen.sidebar, screen.topics, screen.query_line, screen, screen.app]

    def of_hint(self, hint: Hint) -> str:
        """Return the names of the keys that a hint is about, as they are bound now."""
        self._keys = self._keys or keys_by_id(self.nodes)
        return hint_keys(hint, self._keys)

    def changed(self) -> None:
        """Find out again how the keys are bound."""
        self._keys = {}
        self._screen.status.refresh()

    def hint_at_other_case(self, character: str) -> None:
        """Say what a letter does in the other case, if it does anything where the focus is now."""
        other = character.swapcase()
        focused = self._screen.focused
        nodes = [*([focused] if focused is not None else []), self._screen, self._screen.app]
        bound = (binding.tooltip for node in nodes for key, binding in bindings_of(node) if key == other != character)
        words = next(filter(None, bound), "")
        if words:
            self._screen.tell(f"{character} does nothing here; {other}: {words[0].lower()}{words[1:]}")

    def named_actions(self) -> list[DoAction]:
        """Return the actions that the palette offers."""
        from reinvent_tui.reader.commands import DoAction

        nodes = (self._screen, self._screen.app)
        keys = keys_by_id(nodes)
        bound = {binding.id: binding for node in nodes for _, binding in bindings_of(node) if binding.show}
        found = [
            DoAction(id_, binding.action, binding.tooltip, " ".join(keys[id_])) for id_, binding in bound.items() if id_
        ]
        themes = [
            DoAction("", f"app.use_theme({name!r})", f"Theme: {name}", "") for name in theme_names(self._screen.app)
        ]
        return [*found, DoAction("", "themes", "Theme…", ""), *themes]

    def run(self, id_: str | None) -> None:
        """Do what the key with an id does; without a key, the action of the screen that is called so."""
        if not id_:
            return
        focused = self._screen.focused
        for node in [*([focused] if focused is not None else []), *self.nodes]:
            action = next((binding.action for _, binding in bindings_of(node) if binding.id == id_), "")
            if action:
                self._screen.call_later(self._screen.app.run_action, action, node)
                return
        self._screen.call_later(self._screen.app.run_action, id_, self._screen)
