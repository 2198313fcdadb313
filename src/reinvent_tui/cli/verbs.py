"""The shell verbs list, show and check. None of them imports Textual."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reinvent_tui.clean import clean, clean_line
from reinvent_tui.cli import output
from reinvent_tui.errors import ReinventError
from reinvent_tui.index import queries
from reinvent_tui.index.library import LibraryIndex, open_library
from reinvent_tui.index.store import Connection
from reinvent_tui.index.sync import Report
from reinvent_tui.library.corrections import correction_problems
from reinvent_tui.library.files import open_roots
from reinvent_tui.paths import bundled_posts, cache_folder, shown, topics_file
from reinvent_tui.plural import counted


@dataclass(frozen=True, slots=True)
class OpenedLibrary:
    """A library whose index is up to date."""

    index: LibraryIndex
    report: Report


@contextlib.contextmanager
def opened(paths: list[Path]) -> Iterator[OpenedLibrary]:
    """Open the library under ``paths`` (the bundled posts if there are none) and bring its index up to date.

    Raises:
        LibraryError: one of them cannot be opened.
        IndexUnavailableError: no index can be kept anywhere.
    """
    index = open_library(open_roots(paths or [bundled_posts()]), cache_folder(), topics_file())
    try:
        yield OpenedLibrary(index, index.synchronise())
    finally:
        index.close()


def warn(report: Report) -> None:
    """Print on standard error what could not be read."""
    for item in report.unreadable:
        print(f"reinvent-tui: cannot read {clean_line(shown(item.path))}: {item.reason}", file=sys.stderr)


def list_sessions(paths: list[Path], *, as_json: bool) -> int:
    """Print every session, one line each; return the exit status."""
    with opened(paths) as library:
        warn(library.report)
        with library.index.connection() as connection:
            rows = queries.contents(connection).sessions
            sessions = (details for row in rows if (details := queries.session_details(connection, row)) is not None)
            if as_json:
                output.write_json_array(output.session_object(details) for details in sessions)
            else:
                for line in output.session_lines(list(sessions), _width()):
                    print(line)
    return 0


def _width() -> int:
    """Return the width of the terminal in columns; 0 if the output is not a terminal."""
    return shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else 0


def show(name: str, paths: list[Path], *, as_json: bool, markdown: bool) -> int:
    """Print one session; return the exit status.

    Raises:
        ReinventError: nothing, or more than one session, has that name.
    """
    with opened(paths) as library, library.index.connection() as connection:
        details = the_one(connection, name)
        if as_json:
            print(json.dumps(output.session_object(details), ensure_ascii=False, indent=2))
        elif markdown:
            print(details.session.source.strip("\n"))
        else:
            width = min(_width() or 80, 100)
            for line in output.session_text(details, width):
                print(line)
    return 0


def the_one(connection: Connection, name: str) -> queries.SessionDetails:
    """Return the only session of that name.

    Raises:
        ReinventError: nothing, or more than one session, has it.
    """
    rows = queries.find_named(connection, name)
    sessions = [details for row in rows if (details := queries.session_details(connection, row)) is not None]
    if not sessions:
        raise ReinventError(f"no session has the code or id {clean_line(name)}: see `reinvent-tui list`")
    if len(sessions) > 1:
        ids = ", ".join(details.session.id for details in sessions[:8])
        raise ReinventError(f"{len(sessions)} sessions match {clean_line(name)}: use the id of one of them: {ids}")
    return sessions[0]


def check(paths: list[Path]) -> int:
    """Print every problem as ``path:line: problem`` and a count; return 1 if a post is broken, else 0."""
    with opened(paths) as library:
        with library.index.connection() as connection:
            count, problems = queries.problems(connection)
            folders = queries.folders(connection)
        said = correction_problems(folders, [root.path for root in library.index.roots])
        for file, problem in said:
            print(f"{nearby(os.fsencode(file))}:{problem.line}: {problem.text}")
        for unreadable in library.report.unreadable:
            print(f"{clean_line(shown(unreadable.path))}:1: cannot be read: {unreadable.reason}")
        for item in problems:
            kind = "hint: " if item.problem.hint else ""
            print(f"{nearby(item.file)}:{max(1, item.problem.line)}: {kind}{item.problem.text}")
    hints = sum(item.problem.hint for item in problems)
    broken = len(problems) - hints + len(library.report.unreadable) + len(said)
    parts = [counted(broken, "problem"), counted(hints, "hint")]
    print(f"{counted(count, 'post')}: {', '.join(parts)}")
    return 1 if broken else 0


def nearby(file: bytes) -> str:
    """Return a path relative to the working folder if that is shorter, else absolute."""
    path = os.fsdecode(file)
    with contextlib.suppress(ValueError, OSError):
        relative = os.path.relpath(path)
        path = relative if len(relative) < len(path) else path
    return clean(shown(path))
