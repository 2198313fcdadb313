"""The command line. Textual is imported only when the reader opens."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from reinvent_tui import __version__
from reinvent_tui.clean import clean_line
from reinvent_tui.errors import ReinventError
from reinvent_tui.paths import bundled_posts, cache_folder, config_folder, topics_file

if TYPE_CHECKING:
    import argparse

    from reinvent_tui.config import Settings
    from reinvent_tui.index.library import LibraryIndex
    from reinvent_tui.tui.app import ReaderApp

DESCRIPTION = "Read conference notes in the terminal. Without a path, opens AWS re:Invent 2018."
EPILOG = """verbs for the shell (each has --help):
  reinvent-tui list                    every session, one line each
  reinvent-tui show CODE               one session as text
  reinvent-tui search QUERY            the passages that answer a query
  reinvent-tui tags [QUERY]            topics, with how many sessions each has
  reinvent-tui takeaways [QUERY]       takeaways, in reading order
  reinvent-tui check [PATH ...]        problems in posts
  reinvent-tui fix PATH ...            put right what is told wrong of a file or folder
To open a folder with the name of a verb, write ./list"""


def _parser() -> argparse.ArgumentParser:
    import argparse

    parser = argparse.ArgumentParser(
        prog="reinvent-tui",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", type=Path, help="a folder of notes, or one file; several make one library"
    )
    parser.add_argument("--version", action="version", version=f"reinvent-tui {__version__}")
    return parser


def _verb_parser(verb: str, description: str) -> argparse.ArgumentParser:
    import argparse

    return argparse.ArgumentParser(prog=f"reinvent-tui {verb}", description=description, allow_abbrev=False)


def _add_library(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-l",
        "--library",
        metavar="PATH",
        action="append",
        default=[],
        type=Path,
        help="a folder of notes, or one file; may be given several times (default: the bundled posts)",
    )


def _list(arguments: Sequence[str]) -> int:
    from reinvent_tui.cli.verbs import list_sessions

    parser = _verb_parser("list", "Print every session, one line each: event, day, code, title, tags, path.")
    _add_library(parser)
    parser.add_argument("--json", action="store_true", help="one JSON array of objects")
    options = parser.parse_args(arguments)
    return list_sessions(options.library, as_json=options.json)


def _show(arguments: Sequence[str]) -> int:
    from reinvent_tui.cli.verbs import show

    parser = _verb_parser("show", "Print one session, with the source of each of its fields.")
    parser.add_argument("name", metavar="CODE-or-ID", help="a session's code or id, or its title")
    _add_library(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--markdown", action="store_true", help="as it is in its file")
    form.add_argument("--json", action="store_true", help="as a JSON object")
    form.add_argument("--why", action="store_true", help="the evidence by which its file was recognised")
    options = parser.parse_args(arguments)
    if options.why:
        from reinvent_tui.cli.fixing import why

        return why(options.name, options.library)
    return show(options.name, options.library, as_json=options.json, markdown=options.markdown)


def _fix(arguments: Sequence[str]) -> int:
    from reinvent_tui.cli.fixing import fix

    parser = _verb_parser(
        "fix",
        "Say what a file or folder of notes is, where the program tells it wrong. Kept in .reinvent-tui.yaml beside "
        "the notes, or in the user's configuration; the notes are never written.",
    )
    parser.add_argument(
        "paths", metavar="PATH", nargs="+", type=Path, help="files; with --event a folder or files in it"
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--one", action="store_true", help="each file is one session")
    what.add_argument("--level", metavar="N", type=int, choices=range(1, 7), help="sessions are its level-N headings")
    what.add_argument("--not-notes", action="store_true", help="the file is no notes: not listed, but still found")
    what.add_argument("--event", metavar="NAME", help="the event of a folder: 'GardenConf 2031'")
    what.add_argument("--forget", action="store_true", help="decide by evidence again")
    options = parser.parse_args(arguments)
    said = "one" if options.one else "none" if options.not_notes else f"level {options.level}" if options.level else ""
    return fix(options.paths, sessions=said, event=options.event or "")


def _search(arguments: Sequence[str]) -> int:
    from reinvent_tui.cli.searching import search

    parser = _verb_parser("search", "Print the passages that match a query, best first.")
    parser.add_argument(
        "words", metavar="QUERY", nargs="+", help='words, "a phrase", tag:serverless, day:2; after -- also -unwanted'
    )
    _add_library(parser)
    parser.add_argument("--json", action="store_true", help="one JSON array of objects")
    parser.add_argument("--strict", action="store_true", help="require all words: no partial matches")
    parser.add_argument("--limit", metavar="N", type=int, default=100, help="most sessions to print (default: 100)")
    options = parser.parse_args(arguments)
    query = " ".join(options.words)
    return search(query, options.library, as_json=options.json, strict=options.strict, limit=max(1, options.limit))


def _query_of(verb: str, description: str, arguments: Sequence[str]) -> argparse.Namespace:
    parser = _verb_parser(verb, description)
    parser.add_argument(
        "words",
        metavar="QUERY",
        nargs="*",
        help="restrict to these sessions: words, tag:serverless, day:2 (default: all)",
    )
    _add_library(parser)
    parser.add_argument("--json", action="store_true", help="one JSON array of objects")
    return parser.parse_args(arguments)


def _tags(arguments: Sequence[str]) -> int:
    from reinvent_tui.cli.browsing import tags

    options = _query_of(
        "tags", "Print topics with their number of sessions; inferred ones are marked with ·.", arguments
    )
    return tags(" ".join(options.words), options.library, as_json=options.json)


def _takeaways(arguments: Sequence[str]) -> int:
    from reinvent_tui.cli.browsing import takeaways

    options = _query_of("takeaways", "Print takeaways as path:line: code title: takeaway.", arguments)
    return takeaways(" ".join(options.words), options.library, as_json=options.json)


def _check(arguments: Sequence[str]) -> int:
    from reinvent_tui.cli.verbs import check

    parser = _verb_parser("check", "Print problems in posts as path:line: problem.")
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", type=Path, help="folders or files (default: the bundled posts)"
    )
    return check(parser.parse_args(arguments).paths)


VERBS: Mapping[str, Callable[[Sequence[str]], int]] = MappingProxyType(
    {
        "list": _list,
        "show": _show,
        "search": _search,
        "tags": _tags,
        "takeaways": _takeaways,
        "check": _check,
        "fix": _fix,
    }
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; return its exit status.

    0; 1 if ``check`` finds a broken post, or ``search``, ``tags`` or ``takeaways`` nothing; 2 if something
    could not be opened or the arguments make no sense.
    """
    # Almost nothing allocated at start is garbage: collection is enabled again after the first frame.
    gc.disable()
    given = list(sys.argv[1:] if arguments is None else arguments)
    verb = VERBS.get(given[0]) if given else None
    try:
        if verb is not None:
            status = verb(given[1:])
            sys.stdout.flush()
            return status
        # Paths alone need no parser, and the start no argparse.
        paths = _parser().parse_args(given).paths if any(word.startswith("-") for word in given) else given
        return _read([Path(path) for path in paths] or [bundled_posts()])
    except ReinventError as error:
        print(f"reinvent-tui: {clean_line(str(error))}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of the pipe, such as head, has closed it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _read(paths: list[Path]) -> int:
    import asyncio

    from reinvent_tui.config import load_settings
    from reinvent_tui.index.library import open_library
    from reinvent_tui.library.files import open_roots

    roots = open_roots(paths)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise ReinventError("the reader needs a terminal for its input and output")
    library = open_library(roots, cache_folder(), topics_file())
    try:
        from reinvent_tui.reader.jobs import Jobs
        from reinvent_tui.tui.app import ReaderApp

        jobs = Jobs(library)
        settings = load_settings(config_folder())
        app = ReaderApp(jobs, jobs.first(inferred=settings.inferred), settings)
        asyncio.run(_run(app, library, settings))
    finally:
        library.close()
    return app.return_code or 0


async def _run(app: ReaderApp, library: LibraryIndex, settings: Settings) -> None:
    """Run the app, and end the process as soon as the terminal is restored.

    Returning would wait for every thread, and one may be in the middle of a huge page.
    """
    from reinvent_tui.config import save_settings

    await app.run_async()
    _flush_terminal()
    if app.settings != settings:
        with contextlib.suppress(OSError):
            save_settings(config_folder(), app.settings)
    if not library.remembered:
        library.close()
    if app.failure:
        print(f"reinvent-tui: {app.failure}", file=sys.stderr)
    _leave(1 if app.failure else app.return_code or 0)


def _flush_terminal() -> None:
    """Discard pending mouse input, which the shell would take for typing."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import termios

        termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)


def _leave(status: int) -> None:
    """End the process without waiting for threads that only read."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    os._exit(status)
