"""The shell verb ``search``: hits as lines or JSON."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from reinvent_tui.clean import clean_line
from reinvent_tui.cli import output
from reinvent_tui.cli.browsing import searcher_on
from reinvent_tui.cli.verbs import nearby
from reinvent_tui.index import queries
from reinvent_tui.index.excerpts import Marked, best_passages
from reinvent_tui.index.search import Answer
from reinvent_tui.plural import counted

MOST_PASSAGES = 3


def search(query: str, paths: list[Path], *, as_json: bool, strict: bool, limit: int) -> int:
    """Print what answers ``query``; return 0, or 1 if nothing does."""
    with searcher_on(paths) as searcher:
        answer = searcher.search(query, strict=strict, limit=limit)
        found = [
            (hit, details, best_passages(details, answer.matcher, MOST_PASSAGES))
            for hit in answer.hits
            if (details := queries.session_details(searcher.connection, hit.row)) is not None
        ]
    if as_json:
        output.write_json_array(
            {
                **output.session_object(details),
                "score": round(hit.score, 4),
                "lacks": list(hit.lacks),
                "passages": [output.passage_object(marked) for marked in passages],
            }
            for hit, details, passages in found
        )
    else:
        _print_hits([(details, passages) for _, details, passages in found], answer)
    return 0 if found else 1


def _print_hits(found: list[tuple[queries.SessionDetails, list[Marked]]], answer: Answer) -> None:
    for hint in answer.query.hints:
        print(f"reinvent-tui: {hint}", file=sys.stderr)
    if answer.close and found:
        lacking = ", ".join(dict.fromkeys(clean_line(word) for hit in answer.hits for word in hit.lacks))
        all_words = "no session has all words" if answer.closest else f"{answer.total:,} with all words"
        print(f"reinvent-tui: {all_words}, {answer.close:,} close, which lack some of: {lacking}", file=sys.stderr)
    emphasis = _emphasis()
    for details, passages in found:
        session = details.session
        title = output.emphasised(session.title, answer.matcher.spans(session.title), emphasis)
        code = f"{session.code} " if session.code else ""
        for marked in passages:
            text = output.emphasised(marked.passage.text, marked.spans, emphasis)
            print(f"{nearby(details.file)}:{marked.passage.line}: {code}{title}: {text}")
        if not passages:
            print(f"{nearby(details.file)}:{session.line}: {code}{title}")
    more = answer.total - (len(found) - answer.close)
    if more > 0 and found:
        print(f"reinvent-tui: and {counted(more, 'more session')}: see --limit", file=sys.stderr)
    if not found:
        _say_why(answer)


def _say_why(answer: Answer) -> None:
    print(f"reinvent-tui: nothing found: {clean_line(answer.reason)}", file=sys.stderr)
    for suggestion in answer.suggestions[:3]:
        print(f"  {suggestion.words}: {counted(suggestion.count, 'session')}: {suggestion.query}", file=sys.stderr)


def _emphasis() -> tuple[str, str]:
    """Return the escape sequences that start and end emphasis; none if the output is not a terminal."""
    if not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return "", ""
    return ("\x1b[1m", "\x1b[0m") if os.environ.get("NO_COLOR") else ("\x1b[1;33m", "\x1b[0m")
