"""Turns the bytes that a terminal sends into messages, and never fails.

Stands in front of ``textual._xterm_parser.XTermParser.feed`` and ``tick``, and reads and sets
``textual._parser.Parser._awaiting`` and ``_timeout_time``.

Why:

- Bytes that are no UTF-8 raise in Textual (Textualize/textual#6456, a fix is proposed in #6498). The first part of a
  character that comes in two reads decodes to nothing, which its parser takes for the end of the input.
- What its parser raises ends the program, see :mod:`reinvent_tui.tui.textual_patches.sequences`.
- A sequence that its parser does not know, or of which only the beginning came, is typed as if it were keys, and ``q``
  is one of them.
- A paste whose end never comes swallows every key for good.
- It takes Alt and a digit for a character that WezTerm's users on a Mac may mean: ``¡`` for Alt+1.

So a control sequence is collected here, and given to Textual's parser only when it is complete. A lone ESC, ESC
with a letter, and all else is Textual's.

When Textual changes this code: ``tests/tui/textual_patches/test_input_parser.py`` feeds random bytes. The parser's
contract that is relied on: ``feed`` with one character never delivers the messages of a later one, and while
``_awaiting.timeout`` is set the parser waits for the rest of a sequence.
"""

from __future__ import annotations

import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from string import digits

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.constants import ESCAPE_DELAY
from textual.message import Message

from reinvent_tui.tui.textual_patches.sequences import plain

PASTE_SECONDS = 2.0
"""How long a paste may pause; after that its end is taken to be lost."""

_ESCAPE = "\x1b"
_BEGINNING = "\x1b["
_LEGACY_MOUSE = "\x1b[M"
"""The beginning of an X10 mouse report; three characters follow."""
_LONGEST = 64
"""Characters of a control sequence; a longer one means nothing."""


class _Parser(XTermParser):
    """Textual's parser, which can time out and restart on demand."""

    @property
    def delay(self) -> float | None:
        """Seconds until an incomplete sequence times out; None if there is none."""
        return self._awaiting.timeout

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:  # noqa: FBT001, FBT002
        if len(sequence) == len("\x1b1") and sequence[0] == _ESCAPE and sequence[1] in digits:
            # Textual reads what WezTerm sends for Option and a digit; all other terminals send it for Alt.
            return [events.Key(f"alt+{sequence[1]}", None)]
        return super()._sequence_to_key_events(sequence, alt)

    def give_up(self) -> Iterable[Message]:
        """Time out now."""
        self._timeout_time = 0.0
        return self.tick()

    def renew(self) -> None:
        """Drop an incomplete sequence and restart, after an error too; what is known of the terminal is kept."""
        super(XTermParser, self).__init__()


class InputParser:
    """Reads keys, the mouse, pastes and a terminal's reports from bytes that may be cut anywhere."""

    def __init__(self, *, debug: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._decode = getincrementaldecoder("utf-8")("ignore").decode
        self._parser = _Parser(debug)
        self._escaped = False
        """True after an ESC."""
        self._sequence = ""
        """A control sequence that is not complete yet."""
        self._paste: str | None = None
        """What came of a paste that has not ended yet."""
        self._deadline: float | None = None

    def feed(self, data: bytes) -> Iterator[Message]:
        """Yield what ``data`` means, after all that came before."""
        text = self._decode(data)
        at = 0
        while at < len(text):
            if self._paste is None:
                yield from self._take(text[at])
                at += 1
            else:
                rest = self._pasted(text[at:])
                at = len(text) - len(rest)
                if rest or self._paste.endswith(BRACKETED_PASTE_END):
                    yield from self._end_paste()
        if text:
            self._set_deadline()

    def tick(self) -> Iterator[Message]:
        """Yield what a timeout makes certain; to be called regularly."""
        if self._deadline is None or self._clock() < self._deadline:
            return
        self._deadline = None
        if self._paste is not None:
            yield from self._end_paste()
        elif len(self._sequence) > len(_BEGINNING):
            self._forget()  # incomplete for too long
        else:
            if self._sequence:  # somebody may have typed it: Alt+[
                self._sequence = ""
                yield from self._guarded(lambda: self._parser.feed("["))
            yield from self._guarded(self._parser.give_up)
            self._set_deadline()

    def _set_deadline(self) -> None:
        delay = ESCAPE_DELAY if self._sequence else self._parser.delay
        if self._paste is not None:
            delay = PASTE_SECONDS
        self._deadline = None if delay is None else self._clock() + delay

    def _take(self, character: str) -> Iterator[Message]:
        """Yield what one more character outside a paste means."""
        if self._sequence:
            yield from self._continue(character)
        elif character == "[" and self._parser.delay is not None and self._escaped:
            self._sequence = _BEGINNING
        else:
            self._escaped = character == _ESCAPE
            yield from self._guarded(lambda: self._parser.feed(character))

    def _continue(self, character: str) -> Iterator[Message]:
        """Yield what one more character of a control sequence means."""
        if character < " " or (character > "~" and not self._sequence.startswith(_LEGACY_MOUSE)):
            # Not part of a sequence: the incomplete one is dropped.
            self._forget()
            yield from self._take(character)
            return
        if len(self._sequence) < _LONGEST:
            self._sequence += character
        if _is_complete(self._sequence, character):
            sequence = plain(self._sequence) if len(self._sequence) < _LONGEST else ""
            if sequence == BRACKETED_PASTE_START:
                self._paste = ""
            elif sequence.startswith(_BEGINNING):
                yield from self._guarded(lambda: self._parser.feed(sequence[1:]))
                sequence = ""
            # Also if the parser did not recognise it and waits for more.
            self._forget()
            for typed in sequence if self._paste is None else "":
                yield from self._guarded(partial(self._parser.feed, typed))

    def _forget(self) -> None:
        self._sequence = ""
        self._escaped = False
        self._parser.renew()

    def _pasted(self, text: str) -> str:
        """Add to a paste; return what comes after its end."""
        assert self._paste is not None
        before = len(self._paste)
        self._paste += text
        end = self._paste.find(BRACKETED_PASTE_END, max(0, before - len(BRACKETED_PASTE_END)))
        if end < 0:
            return ""
        end += len(BRACKETED_PASTE_END)
        rest, self._paste = self._paste[end:], self._paste[:end]
        return rest

    def _end_paste(self) -> Iterator[Message]:
        text, self._paste = (self._paste or "").removesuffix(BRACKETED_PASTE_END), None
        yield events.Paste(text.replace("\x00", ""))

    def _guarded(self, step: Callable[[], Iterable[Message]]) -> Iterator[Message]:
        """Yield the messages of one step of Textual's parser; if it raises, restart it and go on."""
        try:
            yield from step()
        except Exception:  # noqa: BLE001 -- whatever it is, the next key must be read
            self._forget()


def _is_complete(sequence: str, last: str) -> bool:
    """Tell whether a control sequence ends with its last character."""
    if sequence in ANSI_SEQUENCES_KEYS:
        return True
    if sequence.startswith(_LEGACY_MOUSE):
        return len(sequence) >= len(_LEGACY_MOUSE) + 3
    return "@" <= last <= "~" and sequence != "\x1b[["  # the Linux console's function keys go on after that
