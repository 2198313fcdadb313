"""Where corrections are kept: beside the notes, or in the user's configuration."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable
from pathlib import Path

from reinvent_tui.paths import config_folder

NAME = ".reinvent-tui.yaml"
MAX_BYTES = 1 << 20
ABOVE = 4
"""So many folders above the one that was opened may hold the file."""


def user_file() -> Path:
    """Return where corrections are kept of notes whose folder cannot be written."""
    return config_folder() / "corrections.yaml"


def folders_for(folder: Path, root: Path) -> list[Path]:
    """Return the folders whose file of corrections counts for posts in ``folder``, the nearest first."""
    top = root if root.is_dir() else root.parent
    chain = [folder, *folder.parents]
    inside = chain.index(top) if top in chain else 0
    return chain[: inside + 1 + ABOVE]


def fingerprint(folders: Iterable[str], roots: Iterable[Path]) -> str:
    """Return a text that changes with any corrections that may apply to posts in ``folders``."""
    places = {str(one) for root in roots for one in folders_for(root if root.is_dir() else root.parent, root)}
    digest = hashlib.blake2b(digest_size=16)
    for place in [*sorted({*folders, *places}), ""]:
        file = Path(place) / NAME if place else user_file()
        with contextlib.suppress(OSError):
            digest.update(file.read_bytes()[:MAX_BYTES])
            digest.update(str(file).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
