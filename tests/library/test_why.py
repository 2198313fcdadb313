"""Evidence is named in plain words."""

from __future__ import annotations

import pytest

from reinvent_tui.library.draft import draft_of
from reinvent_tui.library.evidence import weights
from reinvent_tui.library.habits import NO_HABITS
from reinvent_tui.library.why import why, words_of


@pytest.mark.parametrize("question", ["sessions", "not notes"])
def test_every_piece_of_evidence_has_plain_words(question: str) -> None:
    assert words_of(question).keys() == weights(question).keys()
    for words in words_of(question).values():
        assert len(words.split()) > 2
        assert not words.startswith(("by ", "whole:", "sessions:"))


def test_what_was_weighed_is_said_without_our_own_names() -> None:
    text = "# MossConf 2031\n\n## DAT336 - Queues\n\nText.\n\n## ARC305 - Ferns\n\nText.\n"
    lines = list(why(draft_of(text, "mossconf.md"), NO_HABITS))
    assert any(line.endswith("the headings have session codes") for line in lines)
    assert not any("sessions:" in line or "whole:" in line or "by markers" in line for line in lines)
