"""Locations on this machine: bundled posts, cache, configuration, logs."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

APP_NAME = "reinvent-tui"


def bundled_posts() -> Path:
    """Return the folder of the bundled library.

    In a wheel it is inside the package; in a checkout, at the top level.
    """
    package = Path(__file__).resolve().parent
    inside = package / "posts"
    return inside if inside.is_dir() else package.parents[1] / "posts"


def in_checkout() -> bool:
    """Return True if the program runs from a checkout, so that the bundled posts are the checkout's own."""
    return not (Path(__file__).resolve().parent / "posts").is_dir()


def cache_folder() -> Path:
    """Return the user's cache folder for this program; it may not exist yet."""
    return platformdirs.user_cache_path(APP_NAME)


def config_folder() -> Path:
    """Return the user's configuration folder for this program; it may not exist yet."""
    return platformdirs.user_config_path(APP_NAME)


def topics_file() -> Path:
    """Return the file of the user's own topics (it may not exist)."""
    return config_folder() / "topics.yaml"


def log_folder() -> Path:
    """Return the user's log folder for this program; it may not exist yet."""
    return platformdirs.user_log_path(APP_NAME)


def shown(path: str | os.PathLike[str]) -> str:
    """Return ``path`` as text that can always be encoded.

    Bytes of a file name that are not valid UTF-8 become U+FFFD.
    """
    return os.fsencode(path).decode("utf-8", "replace")
