"""Opens a post in the editor of the person who reads, at a line."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

from textual.app import App, SuspendNotSupported

from reinvent_tui.paths import bundled_posts, in_checkout, shown
from reinvent_tui.reader.page_values import Page, SessionPage

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


def edit_post(app: App[None], page: Page | None) -> str:
    """Lend the terminal to an editor for the post of a page; return what went wrong, in words, or nothing."""
    if not isinstance(page, SessionPage):
        return "open a session first: this page is no file of its own"
    path = os.fsdecode(page.details.file)
    if not os.path.exists(path):
        return f"the file is gone: {page.path}"
    if Path(path).resolve().is_relative_to(bundled_posts().resolve()) and not in_checkout():
        return "the bundled posts are part of the installation: copy them somewhere to edit them"
    command = command_for(path, page.details.session.line, os.environ)
    if command is None:
        return "no editor is set: set $VISUAL or $EDITOR"
    try:
        with app.suspend():
            # Textual takes the terminal back only if nothing is raised in here.
            return _run(command)
    except SuspendNotSupported:
        return "this terminal does not support suspending for an editor"


def _run(command: list[str]) -> str:
    """Run an editor; return what went wrong, in words, or nothing."""
    name = shown(command[0])
    try:
        status = subprocess.run(command, check=False).returncode
    except (OSError, ValueError) as error:
        return f"{name} cannot be started: {getattr(error, 'strerror', None) or error}"
    return f"{name} ended with status {status}" if status else ""


def command_for(path: str, line: int, environment: Mapping[str, str]) -> list[str] | None:
    """Return the command that opens ``path`` at ``line``; None if no editor is set.

    ``$VISUAL`` wins over ``$EDITOR``, as for git and less. An editor whose way
    to say a line is not known gets the path alone.
    """
    stated = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        words = shlex.split(stated)
    except ValueError:
        words = [stated]
    if not words:
        return None
    name = os.path.basename(words[0]).removesuffix(".exe")
    if name in _PLUS_LINE:
        return [*words, f"+{line}", path]
    if name in _COLON_LINE:
        return [*words, f"{path}:{line}"]
    if name in _GOTO_LINE:
        return [*words, *(() if "--wait" in words or "-w" in words else ("--wait",)), "--goto", f"{path}:{line}"]
    return [*words, path]
