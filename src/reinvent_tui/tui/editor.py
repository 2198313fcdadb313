"""Open a post in the reader's own editor, at a line."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Mapping

_PLUS_LINE = frozenset(
    [
        "vi",
        "vim",
        "nvim",
        "view",
        "gvim",
        "nano",
        "pico",
        "emacs",
        "emacsclient",
        "kak",
        "micro",
        "joe",
        "jed",
        "ne",
        "mg",
        "mcedit",
        "less",
        "sensible-editor",
        "editor",
    ]
)
_COLON_LINE = frozenset(["hx", "helix", "subl", "sublime_text", "zed"])
_GOTO_LINE = frozenset(["code", "codium", "code-insiders", "cursor"])
_FALLBACKS = ("sensible-editor", "editor", "nano", "vi")


def command_for(path: str, line: int, environment: Mapping[str, str]) -> list[str] | None:
    """Return the command that opens ``path`` at ``line``; None where no editor is known.

    ``$VISUAL`` wins over ``$EDITOR``, as for git and less. An editor whose way
    to say a line is not known gets the path alone.
    """
    stated = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        words = shlex.split(stated)
    except ValueError:
        words = [stated]
    if not words:
        found = next((name for name in _FALLBACKS if shutil.which(name)), None)
        if found is None:
            return None
        words = [found]
    name = os.path.basename(words[0]).removesuffix(".exe")
    if name in _PLUS_LINE:
        return [*words, f"+{line}", path]
    if name in _COLON_LINE:
        return [*words, f"{path}:{line}"]
    if name in _GOTO_LINE:
        return [*words, *(() if "--wait" in words or "-w" in words else ("--wait",)), "--goto", f"{path}:{line}"]
    return [*words, path]
