"""Make the README's pictures from the program: ``python .github/pictures.py``."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))

from reinvent_tui.config import Settings  # noqa: E402
from support import POSTS, make_app, press, settle, source_on  # noqa: E402


async def picture(name: str, theme: str, *keys: str) -> None:
    """Draw the reader on the bundled posts after ``keys`` and save it as ``name``."""
    with tempfile.TemporaryDirectory() as cache, source_on(Path(cache), POSTS) as source:
        app = make_app(source, Settings(theme=theme))
        async with app.run_test(size=(110, 34)) as pilot:
            await settle(pilot)
            await press(pilot, *keys)
            await pilot.pause(0.3)
            await settle(pilot)
            (HERE / name).write_text(app.export_screenshot(title="reinvent-tui"), encoding="utf-8")


async def main() -> None:
    """Make all pictures."""
    await picture("reader-dark.svg", "reinvent-dark", "J")
    await picture(
        "search-dark.svg", "reinvent-dark", "slash", *("space" if sign == " " else sign for sign in "cold start")
    )
    await picture("topics-dark.svg", "reinvent-dark", "t", *"server", "enter", "down", "exclamation_mark", "T")
    await picture("reader-light.svg", "reinvent-light", "J", "d", "f")


if __name__ == "__main__":
    asyncio.run(main())
