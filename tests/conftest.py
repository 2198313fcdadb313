"""Fixtures for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from textual import _wait, events
from textual.dom import DOMNode

from reinvent_tui.reader.jobs import Jobs
from reinvent_tui.tui.app import ReaderApp
from reinvent_tui.tui.textual_patches.bindings import bindings_of
from support import DAY_1, DAY_2, jobs_on, write_library

settings.register_profile("default", deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", deadline=None, max_examples=4000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep caches and settings of every test away from the person's own."""
    home = tmp_path_factory.mktemp("home")
    for name in ("CACHE", "CONFIG", "STATE", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("HOME", str(home))
    for name in ("VISUAL", "EDITOR", "NO_COLOR", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture(autouse=True)
def quick_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Textual's pilot look more often whether the app is idle: it sleeps 20 ms each time."""
    monkeypatch.setattr(_wait, "SLEEP_GRANULARITY", 0.002)
    monkeypatch.setattr(_wait, "SLEEP_IDLE", 0.001)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A small library: three sessions on two days."""
    return write_library(tmp_path / "library", {"day-1.md": DAY_1, "day-2.md": DAY_2})


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A folder for the index."""
    return tmp_path / "cache"


@pytest.fixture
def jobs(library: Path, cache: Path) -> Iterator[Jobs]:
    """The small library, indexed."""
    with jobs_on(cache, library) as jobs:
        yield jobs


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
    """Record the bindings that are used; fail if one that ``@pytest.mark.presses(…)`` names was not."""
    observed = Observed()
    on_event, run_action = ReaderApp.on_event, ReaderApp.run_action

    async def on_event_seen(self: ReaderApp, event: events.Event) -> None:
        if isinstance(event, events.Key):
            observed.saw_key(event.key)
        await on_event(self, event)

    async def run_action_seen(self: ReaderApp, action: str, *namespaces: Any) -> bool:
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
