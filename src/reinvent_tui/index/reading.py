"""Reads files in two passes: first a sketch of each, then the post, with the habits that the sketches show.

Files are read in batches, whole folders together, and each is read once: a batch is
recognised with the habits of all files seen so far. If those change by later files,
the few posts that depend on it are recognised again at the end.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePath

from reinvent_tui.index.sync import Writer
from reinvent_tui.library.about import About, is_readme
from reinvent_tui.library.corrections import NO_CORRECTION, Corrections
from reinvent_tui.library.files import FileState, Root, Unreadable
from reinvent_tui.library.habits import Habits, Library, digest
from reinvent_tui.library.load import Loaded, load_draft, recognised
from reinvent_tui.library.sketch import Sketch
from reinvent_tui.library.topics import load_vocabulary

FIRST_BATCH_SECONDS = 0.15
LONGEST_BATCH_SECONDS = 2.0
BATCH_CHARACTERS = 16_000_000
AT_LAST = 25
"""So many files of a batch are still recognised when a scan is cancelled."""
READMES_FIRST = 200
"""So many READMEs at most are read before all other files: they name the events of their folders."""


class Reading:
    """One scan's reading of files."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        writer: Writer,
        roots: tuple[Root, ...],
        topics_file: Path | None,
        cancelled: Callable[[], bool],
    ) -> None:
        self.vanished: list[Unreadable] = []
        self._connection, self._writer, self._roots, self._cancelled = connection, writer, roots, cancelled
        self._known: list[Library] | None = None
        self.changes_habits = False
        """True if a file looks other than before from its neighbours."""
        self._vocabulary = load_vocabulary(topics_file)
        self._corrections = Corrections()
        self._sketches: list[dict[str, Sketch]] = [{} for _ in roots]
        for root, text in connection.execute("SELECT root, sketch FROM post WHERE sketch <> ''"):
            if 0 <= root < len(roots):
                sketch = sketch_from(text)
                self._sketches[root][sketch.path] = sketch

    def read(self, states: list[FileState]) -> None:
        """Read new and changed files, the newest folder first."""
        seconds = FIRST_BATCH_SECONDS
        pending: list[tuple[FileState, Loaded]] = []
        characters, began = 0, time.monotonic()
        for state, last in _in_folders(states):
            if self._cancelled():
                del pending[AT_LAST:]
                break
            try:
                loaded = load_draft(state, self._roots)
            except FileNotFoundError:
                self.vanished.append(Unreadable(state.path, "gone while it was being read"))
            else:
                pending.append((state, loaded))
                characters += len(loaded.draft.text)
                sketch = loaded.draft.sketch
                if self._sketches[state.root].get(sketch.path) != sketch:
                    self._sketches[state.root][sketch.path] = sketch
                    self._known = None
                    self.changes_habits = True
            slow = time.monotonic() - began >= seconds
            if pending and ((last and slow) or characters >= BATCH_CHARACTERS or (slow and len(pending) >= 500)):
                self._recognise(pending)
                seconds = min(seconds * 2, LONGEST_BATCH_SECONDS)
                characters, began = 0, time.monotonic()
        self._recognise(pending)
        self._writer.flush()

    def _libraries(self) -> list[Library]:
        """Return what the sketches of each root have in common, made again if one of them changed."""
        if self._known is None:
            pairs = zip(self._sketches, self._roots, strict=True)
            self._known = [Library(sketches.values(), root.name) for sketches, root in pairs]
        return self._known

    def _habits(self, libraries: list[Library], state: FileState, path: str) -> Habits:
        """Return what is known of a file from its neighbours and from a person."""
        habits = libraries[state.root].habits_of(path)
        said = self._corrections.of(state.path, self._roots[state.root].path)
        return replace(habits, said=said) if said != NO_CORRECTION else habits

    def _recognise(self, pending: list[tuple[FileState, Loaded]], *, again: bool = False) -> None:
        if not pending:
            return
        libraries = self._libraries()
        for number, (state, loaded) in enumerate(pending):
            if number >= AT_LAST and self._cancelled():
                break
            sketch = loaded.draft.sketch
            habits = self._habits(libraries, state, sketch.path)
            post = recognised(loaded, self._vocabulary, habits)
            self._writer.add(state, post, json.dumps(sketch, default=str), digest(habits), again=again)
        pending.clear()

    def reread(self, states: Iterable[FileState]) -> None:
        """Recognise again the files whose neighbours now show other habits."""
        libraries = self._libraries()
        stored = {
            os.fsdecode(file): (sketch, habits)
            for file, sketch, habits in self._connection.execute(
                "SELECT file, json_extract(sketch, '$[0]'), habits FROM post WHERE sketch <> ''"
            )
        }
        pending: list[tuple[FileState, Loaded]] = []
        for state in states:
            path, habits = stored.get(state.path, ("", ""))
            if not path or habits == digest(self._habits(libraries, state, path)) or self._cancelled():
                continue
            try:
                pending.append((state, load_draft(state, self._roots)))
            except FileNotFoundError:
                continue
            if len(pending) >= 500:
                self._recognise(pending, again=True)
        self._recognise(pending, again=True)
        self._writer.flush()


def _in_folders(states: list[FileState]) -> Iterator[tuple[FileState, bool]]:
    """Yield the states, files of one folder together, each with whether it is the last of its folder.

    READMEs come first, then the folder with the newest file.
    """
    readmes = [state for state in states if is_readme(PurePath(state.path).name)]
    first = set(readmes) if len(readmes) <= READMES_FIRST else set()
    for state in readmes if first else ():
        yield state, False
    folders: dict[str, list[FileState]] = {}
    for state in states:  # the newest first
        if state not in first:
            folders.setdefault(str(PurePath(state.path).parent), []).append(state)
    for members in folders.values():
        for number, state in enumerate(members, start=1):
            yield state, number == len(members)


def sketch_from(text: str) -> Sketch:
    """Return a sketch from its JSON.

    Raises:
        ValueError, TypeError: the text is damaged.
    """
    values = json.loads(text)
    sketch = Sketch(*values)
    event, year, *days = values[Sketch._fields.index("about")]
    first, last = (dt.date.fromisoformat(day) if day else None for day in days)
    return sketch._replace(
        sections=tuple(sketch.sections),
        dates=tuple((one, two, three) for one, two, three in sketch.dates),
        about=About(event, year, first, last),
        links=tuple((target, title) for target, title in sketch.links),
    )
