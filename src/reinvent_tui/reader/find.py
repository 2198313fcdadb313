"""Finding in the page (``ctrl+f``)."""

from __future__ import annotations

from reinvent_tui.reader.effects import Effect, MarkMatches, NextMatch


class PageFind:
    """What is looked for in the page on screen, apart from any search of the library."""

    def __init__(self) -> None:
        self.is_typing = False
        self.is_kept = False
        """True while what was found stays marked after typing."""
        self.text = ""
        self.note = ""
        """Which match of how many the reader is at, in words."""

    def begin(self) -> None:
        """Begin to type."""
        self.is_typing = True
        self.is_kept = False
        self.text = self.note = ""

    def typed(self, text: str) -> list[Effect]:
        """Mark what was typed, and go to the nearest match."""
        from reinvent_tui.index.matching import Literal

        self.text, self.note = text, ""
        return [MarkMatches(Literal(text)), *([NextMatch(0)] if text.strip() else [])]

    def leave(self, *, keep: bool) -> None:
        """End typing, if the reader does; what was found stays marked if it is to be kept."""
        self.is_kept = keep and bool(self.text.strip()) and (self.is_typing or self.is_kept)
        self.is_typing = False

    def drop(self) -> None:
        """Stop marking what was found."""
        self.is_kept = False
