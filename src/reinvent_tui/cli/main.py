"""The command line. Textual is imported only when the reader opens."""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reinvent_tui import __version__
from reinvent_tui.clean import clean_line
from reinvent_tui.errors import ReinventError
from reinvent_tui.paths import bundled_posts, cache_folder, config_folder

if TYPE_CHECKING:
    from reinvent_tui.config import Settings
    from reinvent_tui.index.store import Index
    from reinvent_tui.tui.app import ReaderApp

DESCRIPTION = "Read conference notes in the terminal. Without a path, opens AWS re:Invent 2018."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="reinvent-tui", description=DESCRIPTION)
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", type=Path, help="a folder of notes, or one file; several make one library"
    )
    parser.add_argument("--version", action="version", version=f"reinvent-tui {__version__}")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; return its exit status: 0, or 2 where something could not be opened."""
    # Little of what a start makes is garbage: the reader collects again after its first frame.
    gc.disable()
    options = _parser().parse_args(arguments)
    try:
        return _read(options.paths or [bundled_posts()])
    except ReinventError as error:
        print(f"reinvent-tui: {clean_line(str(error))}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _read(paths: list[Path]) -> int:
    import asyncio

    from reinvent_tui.config import load_settings
    from reinvent_tui.index.store import Index
    from reinvent_tui.library.files import open_roots

    roots = open_roots(paths)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise ReinventError("the reader needs a terminal for its input and output")
    index = Index(cache_folder(), roots)
    try:
        from reinvent_tui.tui.app import ReaderApp
        from reinvent_tui.tui.source import Source

        source = Source(index, roots)
        settings = load_settings(config_folder())
        app = ReaderApp(source, source.first(), settings)
        asyncio.run(_run(app, index, settings))
    finally:
        index.close()
    return app.return_code or 0


async def _run(app: ReaderApp, index: Index, settings: Settings) -> None:
    """Run the app, and leave the process as soon as the terminal is given back.

    Returning would wait for every thread, and one may be in the middle of a huge page.
    """
    from reinvent_tui.config import save_settings

    await app.run_async()
    _flush_terminal()
    if app.settings != settings:
        with contextlib.suppress(OSError):
            save_settings(config_folder(), app.settings)
    if not index.remembered:
        index.close()
    if app.failure:
        print(f"reinvent-tui: {app.failure}", file=sys.stderr)
    _leave(1 if app.failure else app.return_code or 0)


def _flush_terminal() -> None:
    """Drop what the mouse still sent: it would be typed into the shell."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import termios

        termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)


def _leave(status: int) -> None:
    """End the process without waiting for threads that only read."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    os._exit(status)
