"""A screen whose focus is not lost to a mouse beside all widgets.

Stands in front of ``textual.screen.Screen.set_focus``.

Why: after the terminal grew, and before the screen is laid out again, the mouse can be where no widget is yet.
Textual then takes the focus from every widget (``Screen._forward_event``), and nothing gives it back.

Waits for: Textual leaving the focus alone there. No issue is known.

When Textual changes this code: an app that lost the terminal's focus calls ``set_focus(None)`` too, after ``app_focus``
became False. ``tests/tui/textual_patches/test_focus.py`` tries both.
"""

from __future__ import annotations

from textual.screen import Screen, ScreenResultType
from textual.widget import Widget


class KeepsFocus(Screen[ScreenResultType]):
    """A screen in which something has the focus for as long as the terminal has it."""

    def set_focus(
        self,
        widget: Widget | None,
        scroll_visible: bool = True,  # noqa: FBT001, FBT002 -- as Textual has it
        from_app_focus: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        """Give a widget the focus; give it to none only if the terminal lost it."""
        if widget is not None or not self.app.app_focus:
            super().set_focus(widget, scroll_visible, from_app_focus)
