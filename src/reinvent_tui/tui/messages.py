"""What a job tells the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from reinvent_tui.reader.answers import Answer


class Answered(Message):
    """An answer to a request."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer
