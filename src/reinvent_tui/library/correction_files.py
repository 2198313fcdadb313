"""Where corrections are kept: beside the notes, or in the user's configuration."""

from __future__ import annotations

import contextlib
import hashlib
import stat
from collections.abc import Iterable
from pathlib import Path

from reinvent_tui.paths import config_folder

NAME = ".reinvent-tui.yaml"
MAX_BYTES = 60_000
"""What the YAML parser takes is 64 KB."""
ABOVE = 4
"""So many folders above the one that was opened may hold the file."""


def user_file() -> Path:
    """Return where corrections are kept of notes whose folder cannot be written."""
    return config_folder() / "corrections.yaml"


def content_of(file: Path) -> bytes:
    """Return the beginning of a file of corrections, one byte more than may be in it.

    Raises:
        OSError: it is missing, cannot be read, or is no regular file.
    """
    if not stat.S_ISREG(file.stat().st_mode):
        raise OSError(f"{file} is no regular file")
    with file.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


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
            digest.update(content_of(file))
            digest.update(str(file).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
