"""The verbs that browse: tags, takeaways. They import no Textual."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from reinvent_tui.cli import output
from reinvent_tui.cli.verbs import nearby, opened, warn
from reinvent_tui.index import read
from reinvent_tui.index.lessons import Lesson
from reinvent_tui.index.search import Searcher
from reinvent_tui.index.values import Facet
from reinvent_tui.library.topics import load_vocabulary
from reinvent_tui.paths import config_folder


@contextlib.contextmanager
def _asked(paths: list[Path]) -> Iterator[Searcher]:
    """Open a library, brought up to date, to be asked."""
    with opened(paths) as library, library.index.searching() as connection:
        warn(library.report)
        searcher = Searcher(connection, load_vocabulary(config_folder() / "topics.yaml"))
        searcher.refresh()
        yield searcher


def tags(query: str, paths: list[Path], *, as_json: bool) -> int:
    """Print the topics of the sessions that ``query`` finds, with counts; return 0, or 1 where there are none."""
    with _asked(paths) as searcher:
        values = searcher.browser.values(Facet.TAG, searcher.browser.select(query).bits)
    if as_json:
        output.write_json_array(
            {"name": value.name, "given": value.given, "sessions": value.sessions} for value in values
        )
    else:
        width = len(f"{max((value.sessions for value in values), default=0):,}")
        for value in values:
            print(f"{value.sessions:>{width},}  {'' if value.given else '·'}{value.name}")
    return 0 if values else 1


def takeaways(query: str, paths: list[Path], *, as_json: bool) -> int:
    """Print the takeaways that ``query`` finds, in reading order; return 0, or 1 where there are none."""
    with _asked(paths) as searcher:
        found = searcher.lessons(query, read.contents(searcher.connection))
        lessons = [lesson for day in found.days for told in day.sessions for lesson in told.lessons]
        readings = {row: read.reading(searcher.connection, row) for row in {lesson.session for lesson in lessons}}
        if found.of_sessions and lessons:
            print("reinvent-tui: no takeaway has these words; those of the sessions that do:", file=sys.stderr)
        pairs = [(lesson, reading) for lesson in lessons if (reading := readings[lesson.session]) is not None]
        if as_json:
            output.write_json_array(
                {"text": lesson.text, "line": lesson.line, "session": output.session_object(reading)}
                for lesson, reading in pairs
            )
        else:
            for lesson, reading in pairs:
                print(_line(lesson, reading))
    return 0 if lessons else 1


def _line(lesson: Lesson, reading: read.Reading) -> str:
    session = reading.session
    code = f"{session.code} " if session.code else ""
    return f"{nearby(reading.file)}:{lesson.line}: {code}{session.title}: {lesson.text}"
