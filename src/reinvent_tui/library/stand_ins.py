"""File names that say nothing: the name of their folder stands for them."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final

STANDING_IN: Final = frozenset({"readme", "index", "notes", "_index"})
_CAPITAL_WORD = re.compile(r"[A-Z][a-z]+")


@lru_cache(maxsize=4096)
def name_of(path: str) -> str:
    """Return the file name without its extension, or that of the folder for which it stands."""
    pure = PurePosixPath(path)
    return pure.parent.name if pure.stem.lower() in STANDING_IN and pure.parent.name else pure.stem


def group_of(path: str) -> str:
    """Return the folder whose files are the siblings of ``path``: its own, or the one above if it stands for it."""
    folder, _, name = path.rpartition("/")
    if folder and name.rpartition(".")[0].lower() in STANDING_IN:
        folder = folder.rpartition("/")[0]
    return folder or "."


def is_title(stem: str) -> bool:
    """Return whether a file name is written as a title: several words with spaces and capitals."""
    return " " in stem.strip() and len(stem.split()) >= 2 and bool(_CAPITAL_WORD.search(stem))
