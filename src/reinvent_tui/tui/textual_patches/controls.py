"""Lets no control character through where Textual and Rich put text together.

Adds to ``textual.content._CONTROL_STRIP_TRANSLATE`` and ``rich.control._CONTROL_STRIP_TRANSLATE``.

Why: every text is cleaned before it comes here; this is the net below it.
Textual and Rich remove five characters (bell, backspace, vertical tab, form feed, carriage
return) and pass ESC, C1 and bidirectional controls on to the terminal.

Waits for: Textual and Rich dropping all of ECMA-48's control characters from text. No issue is known.

When Textual or Rich change this code: the tables are looked up by name and
left alone where they are not; ``tests/tui/textual_patches/test_controls.py``
fails then. Look for the new place where ``Content`` and ``Text`` strip their text.
"""

from __future__ import annotations

from collections.abc import MutableMapping

import rich.control
import textual.content

from reinvent_tui.clean import CONTROLS

_TABLE = "_CONTROL_STRIP_TRANSLATE"


def catch_controls() -> None:
    """Let no control character through; once for the whole process."""
    for module in (textual.content, rich.control):
        table = getattr(module, _TABLE, None)
        if isinstance(table, MutableMapping):
            table.update(CONTROLS)
