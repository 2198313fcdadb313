"""The program in a real pseudo-terminal: it starts, reads, and gives the terminal back whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from support import write_library
from terminal import Terminal, reader_in_terminal

RESTORED = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?2004l", b"\x1b[<u")
"""Normal screen, cursor, no mouse, no bracketed paste, the keyboard as it was."""


def gave_back(terminal: Terminal) -> bool:
    last = terminal.raw.rfind(b"\x1b[?1049h")
    return terminal.restored() and all(terminal.raw.rfind(sign) > last for sign in RESTORED)


def test_the_bundled_posts_open_without_a_path() -> None:
    with reader_in_terminal(size=(120, 40)) as terminal:
        terminal.wait_for("▌ Security Discussion")
        terminal.wait_for("Mon 26 November 2018")
        terminal.wait_for("AWS re:Invent 2018")
        terminal.type("q")
        assert terminal.wait_for_end() == 0


def test_start_read_quit(library: Path) -> None:
    with reader_in_terminal(library) as terminal:
        terminal.wait_for("▌ Security Talk")
        assert not terminal.restored(), "the reader has its own modes meanwhile"
        terminal.type("J")
        terminal.wait_for("▌ Aurora Serverless")
        terminal.type("\x1b[B ")
        terminal.type("q")
        assert terminal.wait_for_end() == 0
        assert gave_back(terminal)
        assert b"Traceback" not in terminal.raw


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_in_order(library: Path, number: signal.Signals) -> None:
    with reader_in_terminal(library) as terminal:
        terminal.wait_for("▌ Security Talk")
        os.kill(terminal.process, number)
        terminal.wait_for_end()
        assert gave_back(terminal)


def test_it_ends_when_its_terminal_goes_away(library: Path) -> None:
    with reader_in_terminal(library) as terminal:
        terminal.wait_for("▌ Security Talk")
        # A second handle keeps the process visible while its terminal hangs up.
        os.dup2(os.open(os.devnull, os.O_RDWR), terminal.handle)
        terminal.wait_for_end()


def test_quitting_during_a_scan_does_not_wait_for_it(tmp_path: Path) -> None:
    files = {f"{number:05}.md": f"# Talk {number}\n\n" + "word " * 200 for number in range(1500)}
    folder = write_library(tmp_path / "many", files)
    with reader_in_terminal(folder) as terminal:
        terminal.wait_for("indexed ")
        terminal.type("q")
        assert terminal.wait_for_end() == 0
        assert gave_back(terminal)
    with reader_in_terminal(folder) as terminal:
        terminal.wait_for("of 1,500")
        terminal.type("q")
        assert terminal.wait_for_end() == 0


def test_the_editor_gets_the_terminal_and_the_post_is_read_again(library: Path, tmp_path: Path) -> None:
    editor = tmp_path / "edit.py"
    editor.write_text(
        "import pathlib, sys\n"
        "path = pathlib.Path(sys.argv[-1])\n"
        "path.write_text(path.read_text().replace('Security Talk', 'Safety Talk'))\n"
        "print('editing', *sys.argv[1:-1])\n"
    )
    with reader_in_terminal(library, VISUAL=f"{sys.executable} {editor}") as terminal:
        terminal.wait_for("▌ Security Talk")
        terminal.type("e")
        terminal.wait_for("Safety Talk")
        assert b"editing" in terminal.raw
        assert terminal.raw.count(b"\x1b[?1049h") == 2
        terminal.type("q")
        assert terminal.wait_for_end() == 0
        assert gave_back(terminal)


def test_it_can_be_suspended_and_comes_back(library: Path) -> None:
    with reader_in_terminal(library) as terminal:
        terminal.wait_for("▌ Security Talk")
        terminal.type("\x1a")
        terminal.wait_for(lambda: terminal.raw.count(b"\x1b[?1049l") == 1)
        # The terminal is given back a moment before the process stops; what comes earlier continues nothing.
        terminal.wait_for(lambda: os.waitpid(terminal.process, os.WNOHANG | os.WUNTRACED)[0] == terminal.process)
        os.kill(terminal.process, signal.SIGCONT)
        terminal.wait_for(lambda: terminal.raw.count(b"\x1b[?1049h") == 2)
        # All of it is painted again, without a key.
        again = terminal.raw.rfind(b"\x1b[?1049h")
        terminal.wait_for(lambda: all(words in terminal.raw[again:] for words in (b"Aurora Serverless", b"search")))
        terminal.type("J")
        terminal.wait_for("▌ Aurora Serverless")
        terminal.type("q")
        assert terminal.wait_for_end() == 0
        assert gave_back(terminal)


@pytest.mark.parametrize("editor", ["no-such-editor", "/nowhere/editor -x", os.devnull])
def test_an_editor_that_cannot_be_started_gives_the_terminal_back(library: Path, editor: str) -> None:
    with reader_in_terminal(library, VISUAL=editor) as terminal:
        terminal.wait_for("▌ Security Talk")
        terminal.type("e")
        terminal.wait_for("cannot be started")
        assert terminal.raw.count(b"\x1b[?1049h") == 2
        terminal.type("J")
        terminal.wait_for("▌ Aurora Serverless")
        terminal.type("q")
        assert terminal.wait_for_end() == 0
        assert gave_back(terminal)


def test_quitting_does_not_wait_for_a_huge_page(tmp_path: Path) -> None:
    folder = write_library(tmp_path / "huge", {"a.md": "# Huge\n\n" + "- an item of a list\n" * 600_000})
    with reader_in_terminal(folder) as terminal:
        terminal.wait_for("an item of a list")
        terminal.read_for(0.5)
        terminal.type("q")
        # The page alone takes longer to parse than a test waits for an end.
        assert terminal.wait_for_end() == 0
        assert gave_back(terminal)


def test_a_copy_reaches_the_clipboard_of_the_terminal(library: Path) -> None:
    import base64

    with reader_in_terminal(library) as terminal:
        terminal.wait_for("▌ Security Talk")
        terminal.type("y")
        terminal.wait_for(lambda: b"\x1b]52;c;" in terminal.raw and b"\x07" in terminal.raw.split(b"\x1b]52;c;")[1])
        code = terminal.raw.split(b"\x1b]52;c;")[1].split(b"\x07")[0]
        assert base64.b64decode(code).decode().startswith("## Security Talk\n")
        terminal.type("q")
        terminal.wait_for_end()


def test_without_colour_every_state_is_still_there(library: Path) -> None:
    with reader_in_terminal(library, NO_COLOR="1") as terminal:
        terminal.wait_for("▌ Security Talk")
        terminal.type("f")
        terminal.wait_for("with a a page and")  # the label is before the link
        terminal.type("\x1b")
        terminal.wait_for(lambda: "with a a page and" not in terminal.text and "a page and" in terminal.text)
        terminal.type("q")
        terminal.wait_for_end()


def test_a_crash_is_one_line_and_a_file(library: Path, own_folders: Path) -> None:
    script = (
        "import reinvent_tui.reader.reader as reader, sys;"
        "reader.Reader.go_session = lambda self, step, view: 1 / 0;"
        "from reinvent_tui.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    terminal = Terminal(["-c", script, str(library)])
    try:
        terminal.wait_for("▌ Security Talk")
        terminal.type("J")
        assert terminal.wait_for_end() == 1
        assert gave_back(terminal)
        after = terminal.raw[terminal.raw.rfind(b"\x1b[?1049l") :].decode()
        assert "reinvent-tui: something went wrong" in after
        assert "Traceback" not in after
        (log,) = own_folders.rglob("errors.log")
        assert "ZeroDivisionError" in log.read_text()
    finally:
        terminal.close()


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "reinvent_tui", *arguments],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def test_without_a_terminal_it_says_so(library: Path) -> None:
    result = run(str(library))
    assert result.returncode == 2
    assert result.stderr == "reinvent-tui: the reader needs a terminal for its input and output\n"


def test_what_cannot_be_opened_is_one_line_and_status_2(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    for path in (tmp_path / "picture.png", tmp_path / "missing", tmp_path / "mis\x1b[2Jsing\nx", tmp_path / "pipe"):
        result = run(str(path))
        assert result.returncode == 2
        assert result.stdout == ""
        assert result.stderr.startswith("reinvent-tui: ")
        assert result.stderr.count("\n") == 1
        assert "\x1b" not in result.stderr


def test_version_and_help() -> None:
    from reinvent_tui import __version__

    assert run("--version").stdout == f"reinvent-tui {__version__}\n"
    assert "PATH" in run("--help").stdout
