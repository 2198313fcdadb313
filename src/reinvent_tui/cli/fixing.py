"""The shell verb fix, and ``show --why``: what was recognised wrong, and by which evidence."""

from __future__ import annotations

import os
from pathlib import Path

from reinvent_tui.clean import clean_line
from reinvent_tui.cli.verbs import nearby, opened, the_one
from reinvent_tui.errors import ReinventError
from reinvent_tui.index.evidence import evidence_of
from reinvent_tui.library.corrections import put
from reinvent_tui.paths import shown


def fix(paths: list[Path], *, sessions: str, event: str) -> int:
    """Keep what a person says of files or folders, and print where; return the exit status.

    Args:
        paths: existing files or folders.
        sessions: ``one``, ``none`` or ``level 2``; empty if the event is said, or all is to be forgotten.
        event: of the folders; empty as above.

    Raises:
        ReinventError: a path does not exist, or nothing can be written.
    """
    for path in paths:
        if not path.exists():
            raise ReinventError(f"there is no file or folder {clean_line(shown(path))}")
        if path.is_dir() and sessions:
            raise ReinventError(f"{clean_line(shown(path))} is a folder: name the files in it, or give --event")
    folders = [path if path.is_dir() else path.parent for path in paths]
    if event:
        kept = put(folders, event=event)
    elif sessions:
        kept = put(paths, sessions=sessions)
    else:
        files = [path for path in paths if not path.is_dir()]
        kept = [*put(files, sessions=""), *put([path for path in paths if path.is_dir()], sessions="", event="")]
    for path in paths:
        print(f"{clean_line(shown(path))}: {sessions or event or 'by evidence'}")
    places = ", ".join(dict.fromkeys(nearby(os.fsencode(file)) for file in kept))
    print(f"kept in {places}")
    return 0


def why(name: str, paths: list[Path]) -> int:
    """Print the evidence by which the file of a session was recognised; return the exit status.

    Raises:
        ReinventError: nothing, or more than one session, has that name.
    """
    with opened(paths) as library, library.index.connection() as connection:
        details = the_one(connection, name)
        try:
            lines = evidence_of(connection, library.index.roots, details)
        except FileNotFoundError:
            raise ReinventError(f"{nearby(details.file)}: gone while it was being read") from None
        print(f"{details.session.title}  {nearby(details.file)}:{details.session.line}")
        for line in lines:
            print(line)
    return 0
