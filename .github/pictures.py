"""Make the README's pictures from the program: ``python .github/pictures.py``."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))

from reinvent_tui.config import Settings  # noqa: E402
from support import POSTS, jobs_on, make_app, press, rest, settle  # noqa: E402


async def picture(name: str, theme: str, *keys: str) -> None:
    """Draw the reader on the bundled posts after ``keys`` and save it as ``name``."""
    with tempfile.TemporaryDirectory() as cache, jobs_on(Path(cache), POSTS) as jobs:
        app = make_app(jobs, Settings(theme=theme))
        async with app.run_test(size=(110, 34)) as pilot:
            await settle(pilot)
            await press(pilot, *keys)
            await rest(pilot)
            (HERE / name).write_text(app.export_screenshot(title="reinvent-tui"), encoding="utf-8")


async def main() -> None:
    """Make all pictures."""
    await picture("reader-dark.svg", "reinvent-dark", "J")
    await picture(
        "search-dark.svg",
        "reinvent-dark",
        "slash",
        *("space" if character == " " else character for character in "cold start"),
    )
    await picture("topics-dark.svg", "reinvent-dark", "t", *"secur", "enter", *"server", "enter")
    await picture("takeaways-dark.svg", "reinvent-dark", "T", "full_stop", "full_stop", "y")
    await picture("reader-light.svg", "reinvent-light", "J", "d", "f")


if __name__ == "__main__":
    asyncio.run(main())
