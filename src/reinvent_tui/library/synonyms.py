"""Words that people use for each other, from ``synonyms.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def synonyms() -> Mapping[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the synonyms of each word or phrase, as words in lower case."""
    import tomllib  # deferred: not needed at start

    data = tomllib.loads(files("reinvent_tui.library").joinpath("synonyms.toml").read_text("utf-8"))
    found: dict[tuple[str, ...], dict[tuple[str, ...], None]] = {}
    for group in data["groups"]:
        words = [tuple(re.findall(r"\w+", str(word))) for word in group]
        for word in words:
            found.setdefault(word, {}).update((other, None) for other in words if other != word)
    return MappingProxyType({word: tuple(others) for word, others in found.items()})
