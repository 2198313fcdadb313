"""A short run of the monkey; ``tests/monkey.py`` runs longer ones."""

from __future__ import annotations

import pytest

from monkey import play
from monkey_acts import Act, Monkey


@pytest.mark.parametrize(("library", "seed"), [("tiny", 1), ("hostile", 2), ("empty", 3)])
def test_no_sequence_of_events_breaks_the_reader(library: str, seed: int) -> None:
    monkey = Monkey(seed)
    acts = [*(monkey.act() for _ in range(40)), Act("close", ("in one piece",))]
    found = play(library, acts)
    assert found is None, f"{found}: {found.details}"


def test_what_a_wrong_reader_does_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reinvent_tui.reader.topic_events.TopicEvents.close", lambda _: 1 / 0)
    found = play("tiny", [Act("keys", ("t",)), Act("check"), Act("keys", ("escape",)), Act("check")])
    assert found is not None
    assert "ZeroDivisionError" in found.kind
