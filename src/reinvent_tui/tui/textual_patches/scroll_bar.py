"""Gives a widget a vertical scroll bar of a class of its own.

Stands for the property ``textual.widget.Widget.vertical_scrollbar``, reads and
sets ``Widget._vertical_scrollbar``, and calls ``App._start_widget``.

Why: Textual draws its scroll bar through all its styles at every key that
changes the length of a list, and asks for no class to use instead.
``ScrollBar.renderer`` (Textualize/textual#1496) chooses what is drawn, not how.

Waits for: a class attribute of ``Widget`` that names the scroll bar to make. No issue is known.

When Textual changes this code: copy what ``Widget.vertical_scrollbar`` does
now. Deleting this costs speed only.
"""

from __future__ import annotations

from collections.abc import Callable

from textual.scrollbar import ScrollBar
from textual.widget import Widget


def vertical_bar(widget: Widget, make: Callable[[], ScrollBar]) -> ScrollBar:
    """Return the vertical scroll bar of a widget; ``make`` makes it when it is first asked for."""
    bar = widget._vertical_scrollbar
    if bar is None:
        bar = make()
        bar.display = False
        widget._vertical_scrollbar = bar
        widget.app._start_widget(widget, bar)
    return bar
