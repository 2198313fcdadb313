"""The shell verbs that browse: tags, takeaways. They import no Textual."""

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


@contextlib.contextmanager
def searcher_on(paths: list[Path]) -> Iterator[Searcher]:
    """Open a library, bring it up to date, and yield its searcher."""
    with opened(paths) as library, library.index.searcher() as searcher:
        warn(library.report)
        yield searcher


def tags(query: str, paths: list[Path], *, as_json: bool) -> int:
    """Print the topics of the sessions that match ``query``, with counts; return 0, or 1 if there are none."""
    with searcher_on(paths) as searcher:
        values = searcher.browser.values(Facet.TAG, searcher.browser.select(query).rows)
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
    """Print the takeaways that match ``query``, in reading order; return 0, or 1 if there are none."""
    with searcher_on(paths) as searcher:
        found = searcher.takeaways(query, queries.contents(searcher.connection))
        sessions = [session for day in found.days for session in day.sessions]
        hits = [hit for session in sessions for hit in session.takeaways]
        details_of = {session.row: queries.session_details(searcher.connection, session.row) for session in sessions}
    if found.of_sessions and hits:
        print("reinvent-tui: no takeaway matches; showing those of matching sessions:", file=sys.stderr)
    pairs = [(hit, details) for hit in hits if (details := details_of[hit.session]) is not None]
    if as_json:
        output.write_json_array(
            {"text": hit.text, "line": hit.line, "session": output.session_object(details)} for hit, details in pairs
        )
    else:
        for hit, details in pairs:
            print(_line(hit, details))
    return 0 if hits else 1


def _line(hit: TakeawayHit, details: queries.SessionDetails) -> str:
    session = details.session
    code = f"{session.code} " if session.code else ""
    return f"{nearby(details.file)}:{hit.line}: {code}{session.title}: {hit.text}"
