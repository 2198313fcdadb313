"""How the reader looks, as pictures.

After a change that is meant: ``pytest tests/tui/test_snapshots.py --snapshot-update``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from reinvent_tui.config import Settings
from support import DAY_1, DAY_2, jobs_on, make_app, settle, write_library

SHOWCASE = DAY_1 + (
    "\n| Service | What is new | Status |\n|---|---|---|\n"
    "| Aurora Serverless | Scales to zero after five minutes without connections | GA |\n"
    "| Firecracker | Micro-VMs in 125 ms | open jobs |\n\n"
    "> [!WARNING]\n> Cold starts can be too slow for production.\n\n- [x] tried\n- [ ] decided\n"
)

Compare = Callable[..., bool]


@pytest.mark.parametrize("theme", ["reinvent-dark", "reinvent-light"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
def test_the_reader(snap_compare: Compare, tmp_path: Path, cache: Path, theme: str, size: tuple[int, int]) -> None:
    folder = write_library(tmp_path / "library", {"day-1.md": SHOWCASE, "day-2.md": DAY_2})

    async def before(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await pilot.press("J")
        await settle(pilot)

    with jobs_on(cache, folder) as jobs:
        app = make_app(jobs, Settings(theme=theme))
        assert snap_compare(app, terminal_size=size, run_before=before)


@pytest.mark.parametrize("key", ["s", "o", "question_mark", "f"])
def test_over_the_page(snap_compare: Compare, tmp_path: Path, cache: Path, key: str) -> None:
    folder = write_library(tmp_path / "library", {"day-1.md": SHOWCASE, "day-2.md": DAY_2})

    async def before(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await pilot.press(key)
        await settle(pilot)

    with jobs_on(cache, folder) as jobs:
        size = (60, 20) if key == "s" else (80, 24)
        assert snap_compare(make_app(jobs), terminal_size=size, run_before=before)


def test_nothing_to_read(snap_compare: Compare, tmp_path: Path, cache: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    with jobs_on(cache, folder) as jobs:
        assert snap_compare(make_app(jobs), terminal_size=(80, 24), run_before=settle)
