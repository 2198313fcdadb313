"""The verbs that browse: tags, takeaways. They import no Textual."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from reinvent_tui.cli import output
from reinvent_tui.cli.verbs import nearby, opened, warn
from reinvent_tui.index import queries
from reinvent_tui.index.search import Searcher
from reinvent_tui.index.takeaways import TakeawayHit
from reinvent_tui.index.values import Facet
from reinvent_tui.library.topics import load_vocabulary
from reinvent_tui.paths import config_folder


@contextlib.contextmanager
def _asked(paths: list[Path]) -> Iterator[Searcher]:
    """Open a library, brought up to date, to be asked."""
    with opened(paths) as library, library.index.search_connection() as connection:
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
        found = searcher.takeaways(query, queries.contents(searcher.connection))
        takeaways = [takeaway for day in found.days for told in day.sessions for takeaway in told.takeaways]
        readings = {
            row: queries.session_details(searcher.connection, row)
            for row in {takeaway.session for takeaway in takeaways}
        }
        if found.of_sessions and takeaways:
            print("reinvent-tui: no takeaway has these words; those of the sessions that do:", file=sys.stderr)
        pairs = [(takeaway, details) for takeaway in takeaways if (details := readings[takeaway.session]) is not None]
        if as_json:
            output.write_json_array(
                {"text": takeaway.text, "line": takeaway.line, "session": output.session_object(details)}
                for takeaway, details in pairs
            )
        else:
            for takeaway, details in pairs:
                print(_line(takeaway, details))
    return 0 if takeaways else 1


def _line(takeaway: TakeawayHit, details: queries.SessionDetails) -> str:
    session = details.session
    code = f"{session.code} " if session.code else ""
    return f"{nearby(details.file)}:{takeaway.line}: {code}{session.title}: {takeaway.text}"
