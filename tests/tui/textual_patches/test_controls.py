"""No control character gets through Textual's and Rich's own texts."""

from __future__ import annotations

import pytest
from rich.control import strip_control_codes
from rich.text import Text
from textual.content import Content

from reinvent_tui.tui.textual_patches.controls import catch_controls

CONTROLS = ("\x1b", "\x9b", "\x90", "\u202e", "\u2066", "\x00", "\x07")


@pytest.mark.parametrize("character", CONTROLS, ids=[f"{ord(found):04x}" for found in CONTROLS])
def test_no_control_character_is_left(character: str) -> None:
    catch_controls()
    assert character not in Content(f"a{character}b").plain
    assert character not in Text(f"a{character}b").plain
    assert character not in strip_control_codes(f"a{character}b")
