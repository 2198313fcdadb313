"""The verb ``search``: hits as lines or JSON."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from reinvent_tui.cli import output
from reinvent_tui.cli.verbs import nearby, opened, warn
from reinvent_tui.index import read
from reinvent_tui.index.excerpts import Marked, best_passages
from reinvent_tui.index.search import Answer, Searcher
from reinvent_tui.library.topics import load_vocabulary
from reinvent_tui.paths import config_folder
from reinvent_tui.plural import counted

MOST_PASSAGES = 3


def search(query: str, paths: list[Path], *, as_json: bool, strict: bool, limit: int) -> int:
    """Print what answers ``query``; return 0, or 1 where nothing does."""
    with opened(paths) as library, library.index.searching() as connection:
        warn(library.report)
        searcher = Searcher(connection, load_vocabulary(config_folder() / "topics.yaml"))
        answer = searcher.search(query, strict=strict, limit=limit)
        found = [
            (hit, reading, best_passages(reading, answer.matcher, MOST_PASSAGES))
            for hit in answer.hits
            if (reading := read.reading(connection, hit.row)) is not None
        ]
    if as_json:
        output.write_json_array(
            {
                **output.session_object(reading),
                "score": round(hit.score, 4),
                "passages": [output.passage_object(marked) for marked in passages],
            }
            for hit, reading, passages in found
        )
    else:
        _print_hits([(reading, passages) for _, reading, passages in found], answer)
    return 0 if found else 1


def _print_hits(found: list[tuple[read.Reading, list[Marked]]], answer: Answer) -> None:
    for hint in answer.query.hints:
        print(f"reinvent-tui: {hint}", file=sys.stderr)
    if answer.closest and found:
        lacking = ", ".join(dict.fromkeys(word for hit in answer.hits for word in hit.lacks))
        print(f"reinvent-tui: no session has all these words; the closest lack some of: {lacking}", file=sys.stderr)
    emphasis = _emphasis()
    for reading, passages in found:
        session = reading.session
        title = output.emphasised(session.title, answer.matcher.spans(session.title), emphasis)
        code = f"{session.code} " if session.code else ""
        for marked in passages:
            text = output.emphasised(marked.passage.text, marked.spans, emphasis)
            print(f"{nearby(reading.file)}:{marked.passage.line}: {code}{title}: {text}")
        if not passages:
            print(f"{nearby(reading.file)}:{session.line}: {code}{title}")
    if answer.total > len(found) and found:
        more = answer.total - len(found)
        print(f"reinvent-tui: and {counted(more, 'more session')}: see --limit", file=sys.stderr)
    if not found:
        _say_why(answer)


def _say_why(answer: Answer) -> None:
    word = f": no session has \u201c{answer.deadly}\u201d" if answer.deadly else ""
    print(f"reinvent-tui: nothing found{word}", file=sys.stderr)
    for offer in answer.offers[:3]:
        print(f"  {offer.words}: {counted(offer.count, 'session')}: {offer.query}", file=sys.stderr)


def _emphasis() -> tuple[str, str]:
    """Return what switches emphasis on and off: nothing where the output is no terminal."""
    if not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return "", ""
    return ("\x1b[1m", "\x1b[0m") if os.environ.get("NO_COLOR") else ("\x1b[1;33m", "\x1b[0m")
