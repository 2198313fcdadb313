"""Watches which keys a test presses: ``@pytest.mark.presses("go.search", …)`` names bindings, and they must be used."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual import events
from textual.dom import DOMNode

from reinvent_tui.tui.app import ReaderApp
from reinvent_tui.tui.textual_patches.bindings import bindings_of


class Observed:
    """Bindings whose action ran while one of their keys was pressed."""

    def __init__(self) -> None:
        self._keys: set[str] = set()
        self._ids: dict[str, set[str]] = {}

    def saw_key(self, key: str) -> None:
        self._keys.add(key)

    def saw_action(self, action: object, node: object) -> None:
        for key, binding in bindings_of(node) if isinstance(node, DOMNode) else ():
            if binding.action == action and binding.id:
                self._ids.setdefault(binding.id, set()).add(key)

    @property
    def ids(self) -> set[str]:
        return {id_ for id_, keys in self._ids.items() if keys & self._keys}


@pytest.fixture(autouse=True)
def observed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Observed]:
    """Record the bindings that are used; fail if one that the test's mark names was not."""
    observed = Observed()
    on_event, run_action = ReaderApp.on_event, ReaderApp.run_action

    async def on_event_seen(self: ReaderApp, event: events.Event) -> None:
        if isinstance(event, events.Key):
            observed.saw_key(event.key)
        await on_event(self, event)

    async def run_action_seen(self: ReaderApp, action: str, *namespaces: DOMNode) -> bool:
        ran = await run_action(self, action, *namespaces)
        if ran:
            observed.saw_action(action, namespaces[0] if namespaces else self)
        return ran

    monkeypatch.setattr(ReaderApp, "on_event", on_event_seen)
    monkeypatch.setattr(ReaderApp, "run_action", run_action_seen)
    yield observed
    monkeypatch.undo()
    named = {id_ for mark in request.node.iter_markers("presses") for id_ in mark.args}
    if named and not getattr(request.node, "failed", False):
        assert named <= observed.ids, f"not pressed: {sorted(named - observed.ids)}"
