"""Logs unexpected errors with their tracebacks, which do not belong on a user's screen."""

from __future__ import annotations

import contextlib
import datetime as dt
import traceback
from pathlib import Path

from reinvent_tui.paths import log_folder

MOST_BYTES = 1_000_000
"""Size at which the log begins anew; the one before it is kept."""


def log_failure(error: BaseException, about: str) -> Path | None:
    """Append the traceback of ``error`` to ``errors.log`` in the log folder.

    Returns:
        The file; None if it cannot be written.
    """
    with contextlib.suppress(OSError):
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / "errors.log"
        if path.exists() and path.stat().st_size > MOST_BYTES:
            path.replace(folder / "errors.1.log")
        text = "".join(traceback.format_exception(error))
        with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M:%S} UTC, {about}\n{text}\n")
        return path
    return None
