"""One stack of places, back and forward, for every jump there is."""

from __future__ import annotations

from collections.abc import Iterator

from reinvent_tui.reader.targets import Place

MOST = 200
"""Places that are kept in each direction."""


class History:
    """Where the reader was, and where the reader came back from.

    The place where the reader is now is not kept here: it moves with every key,
    so every jump passes it in.
    """

    def __init__(self) -> None:
        self._back: list[Place] = []
        self._forward: list[Place] = []

    def jump(self, here: Place) -> None:
        """Remember ``here``, which the reader leaves for somewhere new."""
        if not self._back or self._back[-1] != here:
            self._back.append(here)
            del self._back[:-MOST]
        self._forward.clear()

    def back(self, here: Place) -> Place | None:
        """Return the place before ``here``, or None if there is none."""
        return self._step(self._back, self._forward, here)

    def forward(self, here: Place) -> Place | None:
        """Return the place that the reader came back from, or None if there is none."""
        return self._step(self._forward, self._back, here)

    @staticmethod
    def _step(source: list[Place], other: list[Place], here: Place) -> Place | None:
        while source and source[-1] == here:
            source.pop()  # going there would change nothing
        if not source:
            return None
        other.append(here)
        del other[:-MOST]
        return source.pop()

    @property
    def before(self) -> Iterator[Place]:
        """The places before this one, the last first."""
        return reversed(self._back)
