"""The keys in force, as a keyboard names them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from textual.binding import Binding
from textual.dom import DOMNode

from reinvent_tui.reader.status import Hint
from reinvent_tui.tui.textual_patches.bindings import bindings_of

KEY_NAMES: Final = MappingProxyType(
    {
        "question_mark": "?",
        "exclamation_mark": "!",
        "vertical_line": "|",
        "left_square_bracket": "[",
        "right_square_bracket": "]",
        "less_than_sign": "<",
        "greater_than_sign": ">",
        "full_stop": ".",
        "comma": ",",
        "plus": "+",
        "equals_sign": "=",
        "minus": "-",
        "slash": "/",
        "down": "↓",
        "up": "↑",
        "left": "←",
        "right": "→",
        "alt+left": "Alt+←",
        "alt+right": "Alt+→",
        "escape": "Esc",
        "enter": "Enter",
        "space": "Space",
        "tab": "Tab",
        "backspace": "Backspace",
        "shift+tab": "Shift+Tab",
        "pagedown": "PgDn",
        "pageup": "PgUp",
        "home": "Home",
        "end": "End",
    }
)
_CHORD = re.compile(r"(ctrl|alt)\+(.+)")

GROUPS: Final = (
    ("Go", ("go.",)),
    ("Read", ("page.", "read.")),
    ("Do", ("do.", "app.")),
    ("Look", ("view.",)),
    ("Sidebar and lists", ("sidebar.", "list.")),
    ("In the list of topics", ("topics.",)),
    ("While a query is typed", ("query.",)),
)

_LIKE_THE_FIRST = re.compile(r"query\.suggestion-[2-9]")
"""Keys that need no line of their own: Alt+2 takes the second suggestion, as Alt+1 the first."""


def key_name(key: str) -> str:
    """Return what a key is called: ``Ctrl+f``, ``Space``, ``?``."""
    known = KEY_NAMES.get(key)
    if known is not None:
        return known
    chord = _CHORD.fullmatch(key)
    return f"{chord[1].capitalize()}+{KEY_NAMES.get(chord[2], chord[2])}" if chord else key


def keys_by_id(nodes: Iterable[DOMNode]) -> dict[str, list[str]]:
    """Return the names of the keys of each binding of some widgets, screens or the app, by its id."""
    keys: dict[str, list[str]] = {}
    for node in nodes:
        for key, binding in bindings_of(node):
            if binding.id and key_name(key) not in keys.setdefault(binding.id, []):
                keys[binding.id].append(key_name(key))
    return {id_: sorted(names, key=_rank) for id_, names in keys.items()}


def hint_keys(hint: Hint, keys: dict[str, list[str]]) -> str:
    """Return the keys that a hint is about: one for each binding; empty if one of them has none."""
    first = [keys[id_][0] for id_ in hint.ids if keys.get(id_)]
    return " ".join(first) if len(first) == len(hint.ids) else ""


def keys_in_force(nodes: list[DOMNode]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Return the keys that work on some widgets and screens, in groups: keys, what they do, id of the binding."""
    keys = keys_by_id(nodes)
    words: dict[str, str] = {}
    for node in nodes:
        for _, binding in bindings_of(node):
            if binding.id and binding.tooltip and not _LIKE_THE_FIRST.fullmatch(binding.id):
                words[binding.id] = binding.tooltip
    order = list(dict.fromkeys(id_ for node in nodes for id_ in _stated_order(node)))
    groups = []
    for name, prefixes in GROUPS:
        rows = [
            (" ".join(keys[id_]), words[id_], id_)
            for id_ in order
            if id_.startswith(prefixes) and id_ in words and id_ in keys
        ]
        if rows:
            groups.append((name, rows))
    return groups


def _rank(key: str) -> bool:
    """Put the keys under the fingers before arrows and named ones."""
    return not (len(key) == 1 and key.isascii())


def _stated_order(node: DOMNode) -> list[str]:
    """Return the ids of a node's bindings in the order in which its classes state them."""
    return [
        binding.id
        for cls in reversed(type(node).__mro__)
        for binding in vars(cls).get("BINDINGS", ())
        if isinstance(binding, Binding) and binding.id
    ]
