"""The shell verb fix, and ``show --why``: what was recognised wrong, and by which evidence."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from reinvent_tui.clean import clean_line
from reinvent_tui.cli.verbs import nearby, opened, the_one
from reinvent_tui.errors import ReinventError
from reinvent_tui.index.reading import known_sketches
from reinvent_tui.library.corrections import NO_CORRECTION, Corrections, put
from reinvent_tui.library.files import FileState
from reinvent_tui.library.habits import Library
from reinvent_tui.library.load import load_draft
from reinvent_tui.library.why import why as reasons
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
    for path in paths:
        if event:
            kept = put(path if path.is_dir() else path.parent, event=event)
        elif sessions:
            kept = put(path, sessions=sessions)
        else:
            kept = put(path, sessions="", event="" if path.is_dir() else None)
        print(f"{clean_line(shown(path))}: {sessions or event or 'by evidence'} (kept in {nearby(os.fsencode(kept))})")
    return 0


def why(name: str, paths: list[Path]) -> int:
    """Print the evidence by which the file of a session was recognised; return the exit status.

    Raises:
        ReinventError: nothing, or more than one session, has that name.
    """
    with opened(paths) as library, library.index.connection() as connection:
        details = the_one(connection, name)
        roots = library.index.roots
        file = os.fsdecode(details.file)
        root, sketches = known_sketches(connection, roots, details.file)
        draft = load_draft(FileState(file, 0, 0, root), roots).draft
        habits = Library(sketches, roots[root].name).habits_of(draft.sketch.path)
        said = Corrections().of(file, roots[root].path)
        habits = replace(habits, said=said) if said != NO_CORRECTION else habits
        print(f"{details.session.title}  {nearby(details.file)}:{details.session.line}")
        for field, origin in details.session.origin:
            print(f"  {field}: from {origin}")
        for line in reasons(draft, habits):
            print(clean_line(line) if not line.startswith(" ") else f"  {clean_line(line)}")
    return 0
