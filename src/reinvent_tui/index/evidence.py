"""Why a session was recognised as it was, from the file and from what the index knows of its neighbours."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import replace

from reinvent_tui.clean import clean_line
from reinvent_tui.index.queries import SessionDetails
from reinvent_tui.index.reading import sketch_from
from reinvent_tui.library.corrections import NO_CORRECTION, Corrections
from reinvent_tui.library.files import FileState, Root
from reinvent_tui.library.habits import Library
from reinvent_tui.library.load import load_draft
from reinvent_tui.library.model import Origin
from reinvent_tui.library.why import why


def evidence_of(connection: sqlite3.Connection, roots: tuple[Root, ...], details: SessionDetails) -> list[str]:
    """Return lines that say where each field of a session comes from, and by which evidence its file was divided.

    Raises:
        FileNotFoundError: the file is gone.
    """
    found = connection.execute("SELECT root FROM post WHERE file = ?", (details.file,)).fetchone()
    if found is None:  # another reader has taken it out of the index since
        raise FileNotFoundError(os.fsdecode(details.file))
    number = min(found[0], len(roots) - 1)
    rows = connection.execute("SELECT sketch FROM post WHERE root = ? AND sketch <> ''", (number,))
    library = Library([sketch_from(text) for (text,) in rows], roots[number].name)
    file = os.fsdecode(details.file)
    draft = load_draft(FileState(file, 0, 0, number), roots).draft
    habits = library.habits_of(draft.sketch.path)
    said = Corrections().of(file, roots[number].path)
    habits = replace(habits, said=said) if said != NO_CORRECTION else habits
    fields = [
        f"  {field}: {origin}" if origin == Origin.INFERRED else f"  {field}: from {origin}"
        for field, origin in details.session.origin
    ]
    evidence = (f"  {clean_line(line)}" if line.startswith(" ") else clean_line(line) for line in why(draft, habits))
    return [*fields, *evidence]
