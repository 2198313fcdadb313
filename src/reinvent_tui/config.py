"""User settings: a small JSON file, read once and replaced atomically."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import NamedTuple

MIN_TEXT_WIDTH = 40
MAX_TEXT_WIDTH = 200
MIN_SIDEBAR_WIDTH = 20
MAX_SIDEBAR_WIDTH = 80


class Settings(NamedTuple):
    """Appearance settings."""

    theme: str = "reinvent-dark"
    """Name of the theme; an unknown one is ignored."""

    text_width: int = 80
    """Maximum width of the page's text, in cells."""

    sidebar_width: int = 0
    """Width of the sidebar, in cells; 0 derives it from the width of the terminal."""

    inferred: bool = True
    """Whether topics that were inferred are shown and searched."""


def _checked(value: object, default: int | str, low: int, high: int) -> int | str:
    if isinstance(default, bool):
        return value if isinstance(value, bool) else default
    if isinstance(default, str):
        return value if isinstance(value, str) and value else default
    if isinstance(value, bool) or not isinstance(value, int):
        return default
    return value if value == 0 == default or low <= value <= high else default


def load_settings(folder: Path) -> Settings:
    """Read the settings in ``folder``.

    A missing or damaged file counts as unset, and so does each invalid value.
    """
    try:
        stored = json.loads((folder / "settings.json").read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    if not isinstance(stored, dict):
        return Settings()
    bounds = {
        "text_width": (MIN_TEXT_WIDTH, MAX_TEXT_WIDTH),
        "sidebar_width": (MIN_SIDEBAR_WIDTH, MAX_SIDEBAR_WIDTH),
    }
    values = {
        name: _checked(stored.get(name), default, *bounds.get(name, (0, 0)))
        for name, default in Settings._field_defaults.items()
    }
    return Settings(**values)  # type: ignore[arg-type]  # each checked against its default's type


def save_settings(folder: Path, settings: Settings) -> None:
    """Write ``settings`` into ``folder`` atomically.

    Raises:
        OSError: the folder or file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix=".settings-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(settings._asdict(), file, indent=2)
            file.write("\n")
        Path(name).replace(folder / "settings.json")
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
