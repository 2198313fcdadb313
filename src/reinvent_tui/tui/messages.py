"""What a job tells the screen."""

from __future__ import annotations

from textual.message import Message

from reinvent_tui.reader.requests import Answer


class Answered(Message):
    """An answer to a request."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer
