"""Input that is cut, broken or in another program's mode, through a real pseudo-terminal: the reader goes on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from terminal import Terminal, reader_in_terminal


@pytest.fixture
def terminal(library: Path) -> Iterator[Terminal]:
    """The reader on a small library, which is seen to quit in order."""
    with reader_in_terminal(library) as found:
        found.wait_for("▌ Security Talk")
        yield found
        found.read_for(0.3)
        found.type("q")
        assert found.wait_for_end() == 0
        assert b"Traceback" not in found.raw
        assert b"went wrong" not in found.raw


def send(terminal: Terminal, *pieces: bytes) -> None:
    for piece in pieces:
        os.write(terminal.handle, piece)
        terminal.read_for(0.04)


def test_a_character_in_two_reads_is_one_in_the_query(terminal: Terminal) -> None:
    send(terminal, b"/", b"caf", b"\xc3", b"\xa9", b"\xe6\xbc", b"\xa2", b"!")
    terminal.wait_for(lambda: "café漢!" in terminal.text.replace(" ", ""))
    send(terminal, b"\x1b")


def test_bytes_of_another_encoding_are_nothing(terminal: Terminal) -> None:
    send(terminal, b"/", b"au\xe9ro", b"\xff", b"\xe9", b"ra")
    terminal.wait_for("aurora")
    send(terminal, b"\x1b")


def test_keys_of_a_terminal_that_another_program_left_in_its_mode(terminal: Terminal) -> None:
    send(terminal, b"\x1b[106:74;2u")
    terminal.wait_for("▌ Aurora Serverless")
    send(terminal, b"\x1b[106:74;2:3u", b"\x1b[106;1:3u", b"\x1b[1;1:3A", b"\x1b[9999999999u", b"\x1b[57441;2u")
    send(terminal, b"\x1b[1;", b"\x1b[-5u", b"\x1b[113;1:3u", b"\x1b[" + b"1;" * 100 + b"u", b"\x1b[<0;", b"\x1b[")
    terminal.read_for(0.3)
    assert "▌ Aurora Serverless" in terminal.text
    send(terminal, b"\x1b[75;2u")
    terminal.wait_for("▌ Security Talk")
    send(terminal, b"\x1b[10", b"6:74;", b"2u")
    terminal.wait_for("▌ Aurora Serverless")


def test_a_mouse_far_away(terminal: Terminal) -> None:
    for report in (b"0;0;0M", b"0;99999;99999M", b"0;99999;99999m", b"64;99999;3M", b"35;-1;-7M", b"0;9999999999;1M"):
        send(terminal, b"\x1b[<" + report)
    send(terminal, b"\x1b[48;99999;99999;99999;99999t", b"\x1b[48;0;0;0;0t")
    send(terminal, b"J")
    terminal.wait_for("▌ Aurora Serverless")


def test_a_paste_whose_end_never_comes(terminal: Terminal) -> None:
    send(terminal, b"/", b"\x1b[200~aurora\x1b[31m")
    terminal.wait_for("aurora")
    send(terminal, b"\x1b")
    terminal.wait_for("▌ Security Talk")
