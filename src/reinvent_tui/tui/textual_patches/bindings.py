"""Tells which keys a widget, a screen or the app is bound to, remapped ones included.

Reads ``textual.dom.DOMNode._bindings`` and ``textual.app.App._keymap``.

Why: ``Screen.active_bindings`` is public, but tells only of the widget that has
the focus and what it is in; the help lists the keys of everything.

Waits for: a public way to ask one node for its bindings. No issue is known.

When Textual changes this code: ``BindingsMap.apply_keymap`` and
``App.set_keymap`` say how a remapping reaches a node;
``tests/tui/textual_patches/test_bindings.py`` remaps a key and asks for it.
"""

from __future__ import annotations

from textual.binding import Binding
from textual.dom import DOMNode


def bindings_of(node: DOMNode) -> list[tuple[str, Binding]]:
    """Return the keys of one widget, screen or app as they are in force, each with its binding."""
    bindings = node._bindings.copy()
    keymap = node.app._keymap
    if keymap:
        bindings.apply_keymap(keymap)
    return [(key, binding) for key, found in bindings.key_to_bindings.items() for binding in found]
