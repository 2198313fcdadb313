"""Fixtures for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from reinvent_tui.reader.jobs import Jobs
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
