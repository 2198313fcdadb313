"""Word lists of ``words.toml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def word_list(name: str) -> frozenset[str]:
    """Return the word list ``name``."""
    import tomllib  # deferred: not needed at start

    data = tomllib.loads(files("reinvent_tui.library").joinpath("words.toml").read_text("utf-8"))
    return frozenset(str(data[name]).split())
