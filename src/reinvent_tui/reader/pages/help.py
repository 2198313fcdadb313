"""The page of keys."""

from __future__ import annotations

from reinvent_tui.page.blocks import key_row, paragraph, title
from reinvent_tui.page.cells import width_of
from reinvent_tui.page.document import Document


def help_page(groups: list[tuple[str, list[tuple[str, str]]]]) -> Document:
    """Return the keys of ``groups`` (name, then keys with what they do) as a page."""
    width = max((width_of(keys) for _, rows in groups for keys, _ in rows), default=0) + 3
    head = [title("Keys", "Esc closes")]
    for name, rows in groups:
        head.append(paragraph(name, role="h3"))
        head.extend(key_row(keys, words, width) for keys, words in rows)
    return Document("", "", head)
