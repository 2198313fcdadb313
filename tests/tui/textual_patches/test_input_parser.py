"""Whatever bytes come, cut anywhere: the keys that they mean, and nothing else, and the next key works."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.message import Message

from reinvent_tui.tui.textual_patches.input_parser import PASTE_SECONDS, InputParser
from reinvent_tui.tui.textual_patches.sequences import plain

ESC = b"\x1b"


class Typist:
    """Someone who types bytes, with a clock."""

    def __init__(self) -> None:
        self.now = 0.0
        self.messages: list[Message] = []
        self.parser = InputParser(clock=lambda: self.now)

    def type(self, *pieces: bytes, pause: float = 0.01) -> Typist:
        for piece in pieces:
            self.messages += self.parser.feed(piece)
            self.wait(pause)
        return self

    def wait(self, seconds: float) -> Typist:
        self.now += seconds
        self.messages += self.parser.tick()
        return self

    @property
    def keys(self) -> list[str]:
        return [message.key for message in self.messages if isinstance(message, events.Key)]

    @property
    def characters(self) -> str:
        return "".join(message.character or "" for message in self.messages if isinstance(message, events.Key))


def messages_of(*pieces: bytes) -> list[Message]:
    """Return what bytes mean, and see that the next key is read."""
    typist = Typist().type(*pieces).wait(0.11)
    found = list(typist.messages)
    typist.type(b"q")
    assert typist.keys[-1:] == ["q"], pieces
    return found


def keys_of(*pieces: bytes) -> list[str]:
    found = messages_of(*pieces)
    assert all(isinstance(message, events.Key) for message in found), found
    return [message.key for message in found if isinstance(message, events.Key)]


@pytest.mark.parametrize("character", ["é", "ß", "漢", "🚀", "\u0301"])
def test_a_character_that_comes_in_pieces(character: str) -> None:
    data = character.encode()
    for at in range(1, len(data)):
        typist = Typist().type(data[:at], data[at:])
        assert typist.characters == character
    assert Typist().type(*(data[at : at + 1] for at in range(len(data)))).characters == character


@pytest.mark.parametrize("stray", [b"\xe9", b"\xff", b"\x80", b"\xc3", b"\xf0\x9f", b"\xed\xa0\x80", b"\xc0\xaf"])
def test_bytes_that_are_no_character_are_nothing(stray: bytes) -> None:
    assert keys_of(stray) == []
    assert keys_of(b"a" + stray, b"b") == ["a", "b"]
    assert keys_of(b"a" + stray + b"b") == ["a", "b"]
    assert keys_of(stray + b"\x1b[A") == ["up"]


KITTY: dict[bytes, list[str]] = {
    # The event types: pressed, repeated, released.
    b"106;1:1u": ["j"],
    b"106;1:2u": ["j"],
    b"106;1:3u": [],
    b"106;:3u": [],
    b"1;1:1A": ["up"],
    b"1;1:2A": ["up"],
    b"1;1:3A": [],
    b"1;5:2D": ["ctrl+left"],
    b"3;1:2~": ["delete"],
    b"3;1:3~": [],
    b"27;1:1u": ["escape"],
    b"27;1:3u": [],
    b"57421;1:1u": ["pageup"],
    # Alternate keys.
    b"106:74;2u": ["J"],
    b"106:74;2:3u": [],
    b"106:74;6u": ["ctrl+shift+j"],
    b"106:74:106;1u": ["j"],
    b"106::106;5u": ["ctrl+j"],
    b"49:33;2u": ["exclamation_mark"],
    b"1092:1060;2u": ["Ф"],
    # Shift and Caps Lock without them.
    b"106;2u": ["J"],
    b"106;65u": ["J"],
    b"106;66u": ["j"],
    b"106;129u": ["j"],
    b"223;2u": ["shift+ß"],
    b"9;2u": ["shift+tab"],
    b"49;2u": ["shift+1"],
    b"32u": ["space"],
    b"32;2u": ["space"],
    # Associated text.
    b"97;;229u": ["å"],
    b"97;2;65u": ["A"],
    b"0;;229u": ["å"],
    b"97;;97:769u": ["a", "combining_acute_accent"],
    b"97;3;229u": ["å"],
    b"97;5;97u": ["ctrl+a"],
    b"0;5;97u": [],
    b"97;;27u": [],
    b"97;;155u": [],
    b"97;;:u": [],
    # Keys that are only modifiers.
    b"57441;2u": [],
    b"57441;2:3u": [],
    b"57358u": [],
    b"57360;129u": [],
    # xterm's modifyOtherKeys.
    b"27;2;74~": ["J"],
    b"27;5;112~": ["ctrl+p"],
    b"27;5;9~": ["ctrl+tab"],
    # No characters, and junk.
    b"9999999999u": [],
    b"99999999u": [],
    b"1114112u": [],
    b"55296u": [],
    b"57343u": [],
    b"57999u": [],
    b"0u": [],
    b"-5u": [],
    b"106;-1u": [],
    b"106;999u": [],
    b"106;1:9u": [],
    b"106;1:3:1u": [],
    b"106:74:106:1;2u": [],
    b"106;1;1114112u": [],
    b"106;1;55296u": [],
    b"106;1;1;1;1u": [],
    b":::u": [],
    b";;;u": [],
    b"?1u": [],
    b"?u": [],
    b"106~": [],
    b"1;1:3R": [],
    b"<u": [],
    b"=5u": [],
    b"106 u": [],
    b"?62;22c": [],
    b"38:5:1m": [],
    b"1" * 200 + b"u": [],
    b"1;" * 200 + b"A": [],
    # What came before is as it was.
    b"A": ["up"],
    b"[A": ["f1"],
    b"Z": ["shift+tab"],
    b"1;5C": ["ctrl+right"],
    b"5~": ["pageup"],
    b"113u": ["q"],
}


@pytest.mark.parametrize("sequence", KITTY, ids=lambda sequence: sequence[:20].decode())
def test_keys_of_the_keyboard_protocol(sequence: bytes) -> None:
    assert keys_of(b"\x1b[" + sequence) == KITTY[sequence]
    assert keys_of(b"a\x1b[" + sequence + b"b") == ["a", *KITTY[sequence], "b"]


@pytest.mark.parametrize(
    "sequence", [found for found in KITTY if KITTY[found] and len(found) < 20], ids=lambda sequence: sequence.decode()
)
def test_a_sequence_that_is_cut_anywhere(sequence: bytes) -> None:
    whole = b"\x1b[" + sequence
    for at in range(1, len(whole)):
        assert keys_of(whole[:at], whole[at:]) == KITTY[sequence]
    assert keys_of(*(whole[at : at + 1] for at in range(len(whole)))) == KITTY[sequence]


@pytest.mark.parametrize(("sequence", "text"), [(b"32u", " "), (b"32;2u", " "), (b"97;;229u", "å"), (b"106;2u", "J")])
def test_a_key_that_types_has_its_character(sequence: bytes, text: str) -> None:
    assert Typist().type(b"\x1b[" + sequence).characters == text


@pytest.mark.parametrize("sequence", ["\x1b[1;", "\x1b[106;1:", "\x1b[<0;5", "\x1b[M!"], ids=ascii)
def test_a_sequence_whose_end_never_comes_types_nothing(sequence: str) -> None:
    assert keys_of(sequence.encode()) == []


def test_escape_is_quick() -> None:
    typist = Typist().type(ESC).wait(0.1)
    assert typist.keys == ["escape"]
    assert keys_of(ESC + ESC) == ["escape", "escape"]
    assert keys_of(ESC, b"\x1b[A") == ["escape", "up"]


def test_a_letter_soon_after_escape_is_with_alt() -> None:
    assert keys_of(ESC, b"j") == ["alt+j"]
    assert keys_of(b"\x1b[") == ["left_square_bracket"]
    assert Typist().type(ESC).wait(0.11).type(b"j").keys == ["escape", "j"]
    assert Typist().type(ESC).wait(0.11).type(b"[").keys == ["escape", "left_square_bracket"]


@pytest.mark.parametrize("digit", "0123456789")
def test_a_digit_with_alt_is_no_character(digit: str) -> None:
    (event,) = (message for message in Typist().type(ESC + digit.encode()).messages if isinstance(message, events.Key))
    assert (event.key, event.character) == (f"alt+{digit}", None)


@pytest.mark.parametrize("sequence", ANSI_SEQUENCES_KEYS, ids=ascii)
def test_what_textual_reads_is_read_as_before(sequence: str) -> None:
    if plain(sequence) != sequence or len(sequence) < 2 or sequence[1:].isdigit():
        return
    parser = XTermParser()
    theirs = [message.key for message in parser.feed(sequence) if isinstance(message, events.Key)]
    assert Typist().type(sequence.encode()).keys == theirs


MICE = (b"<0;0;5M", b"<0;5;0m", b"<0;-3;4M", b"<0;999999999999;4M", b"<9999;1;1M", b"<;;M", b"<0;5M", b"<0;1;2;3M")


@pytest.mark.parametrize("report", [*MICE, b"0;1M", b"<0:1;2;3M", b"32;10;20M", b"M!!!", b"M\xe9\xe9\xe9", b"<M"])
def test_junk_about_the_mouse_is_nothing(report: bytes) -> None:
    assert messages_of(b"\x1b[" + report) == []


def test_the_mouse_is_where_it_was_clicked() -> None:
    pressed, released = messages_of(b"\x1b[<0;12;7M\x1b[<0;12;7m")
    assert isinstance(pressed, events.MouseDown)
    assert isinstance(released, events.MouseUp)
    assert (pressed.x, pressed.y) == (11, 6)


@pytest.mark.parametrize("report", [b"48;0;0;0;0t", b"48;99999;99999;9;9t", b"48;24;80;0;0t", b"48;24t"])
def test_a_terminal_without_a_sensible_size_keeps_the_one_it_has(report: bytes) -> None:
    assert messages_of(b"\x1b[" + report) == []


def test_a_terminal_says_its_size() -> None:
    (resize,) = messages_of(b"\x1b[48;24;80;480;800t")
    assert isinstance(resize, events.Resize)
    assert tuple(resize.size) == (80, 24)


def test_a_paste_in_pieces_is_one_and_nothing_in_it_is_a_key() -> None:
    data = b"\x1b[200~one \x1b[31m q \x1b tw\xc3\xb6\x1b[201~x"
    for at in range(1, len(data)):
        typist = Typist().type(data[:at], data[at:])
        paste, key = typist.messages
        assert isinstance(paste, events.Paste)
        assert paste.text == "one \x1b[31m q \x1b twö"
        assert isinstance(key, events.Key)


def test_a_paste_that_never_ends_is_over_after_a_while() -> None:
    typist = Typist().type(b"\x1b[200~some text").wait(PASTE_SECONDS / 2).type(b" more").wait(PASTE_SECONDS / 2)
    assert typist.messages == []
    typist.wait(PASTE_SECONDS).type(b"q")
    paste, key = typist.messages
    assert isinstance(paste, events.Paste)
    assert paste.text == "some text more"
    assert isinstance(key, events.Key)


def test_a_parser_that_fails_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    known = XTermParser._sequence_to_key_events

    def fail(self: XTermParser, sequence: str, alt: bool = False) -> Sequence[events.Key]:  # noqa: FBT001, FBT002
        if sequence == "x":
            raise ZeroDivisionError
        return list(known(self, sequence, alt))

    monkeypatch.setattr(XTermParser, "_sequence_to_key_events", fail)
    assert keys_of(b"axb\x1b[Ax") == ["a", "b", "up"]


PIECES = st.one_of(
    st.sampled_from([b"\x1b", b"\x1b[", b"\x1b[<", b"\x1b[M", b"\x1bO", b"\x1b]", b"\x1bP", b"\x1b[48;", b"\x1b[200~"]),
    st.sampled_from([b";", b":", b"u", b"~", b"A", b"M", b"m", b"t", b"R", b"?", b"$y", b"-", b"\x07", b"\x1b[201~"]),
    st.integers(-1, 10**12).map(lambda number: str(number).encode()),
    st.sampled_from(["é", "漢", "🚀", "q", "\ud800"]).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.binary(min_size=1, max_size=3),
)


@given(st.lists(PIECES, max_size=30).map(b"".join), st.data())
def test_no_bytes_end_it_and_the_next_key_is_read(data: bytes, draw: st.DataObject) -> None:
    cuts = sorted(draw.draw(st.lists(st.integers(0, len(data)), max_size=6)))
    pieces = [data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    pauses = draw.draw(st.lists(st.sampled_from([0.0, 0.05, 0.2, 3.0]), min_size=len(pieces), max_size=len(pieces)))
    typist = Typist()
    for piece, pause in zip(pieces, pauses, strict=True):
        typist.type(piece, pause=pause)
    typist.wait(PASTE_SECONDS if typist.parser._paste is not None else 0.1)
    typist.type(b"q")
    assert typist.keys[-1:] == ["q"]
    assert typist.characters[-1:] == "q"
