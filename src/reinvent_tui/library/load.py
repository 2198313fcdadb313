"""Load the files of a library: read each once, then recognise it with the habits of its neighbours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reinvent_tui.clean import clean_line
from reinvent_tui.library.draft import Draft, draft_of
from reinvent_tui.library.files import FileState, Root, read_text
from reinvent_tui.library.habits import NO_HABITS, Habits, Library
from reinvent_tui.library.model import Post, Problem
from reinvent_tui.library.recognise import read_draft
from reinvent_tui.library.topics import Vocabulary
from reinvent_tui.paths import shown


class Loaded(NamedTuple):
    """A file that was read."""

    draft: Draft
    event: str
    """Name of the folder that was opened."""
    problems: tuple[Problem, ...]
    readable: bool
    named: bool
    """True if the file itself was opened, not a folder: it is shown whatever it is."""


def load_draft(state: FileState, roots: tuple[Root, ...]) -> Loaded:
    """Read the file of ``state``; never raises because of its contents.

    An unreadable file becomes a draft without text that carries the problem.
    With several roots, paths are prefixed with the root's name to keep them unique.

    Raises:
        FileNotFoundError: the file has been deleted since it was found.
    """
    root = roots[state.root]
    is_folder = root.path.is_dir()
    inner = root.relative(state.path)
    path = inner if len(roots) == 1 else f"{root.name}/{inner}" if is_folder else root.name
    readable = True
    try:
        text, problems = read_text(state.path)
    except FileNotFoundError:
        raise
    except OSError as error:
        reason = error.strerror or type(error).__name__
        text, problems, readable = "", [Problem(0, f"cannot be read: {reason}")], False
    event = root.name if is_folder else clean_line(shown(root.path.parent.name))
    return Loaded(draft_of(text, path, inner), event.rsplit("/", 1)[-1], tuple(problems), readable, not is_folder)


def recognised(loaded: Loaded, vocabulary: Vocabulary | None = None, habits: Habits = NO_HABITS) -> Post:
    """Return the post of a file that was read."""
    post = read_draft(loaded.draft, loaded.event, vocabulary, habits, named=loaded.named)
    return post._replace(problems=(*loaded.problems, *post.problems), readable=loaded.readable)


def load_post(state: FileState, roots: tuple[Root, ...], vocabulary: Vocabulary | None = None) -> Post:
    """Return the post in the file of ``state``, recognised by itself; see :func:`load_draft`."""
    return recognised(load_draft(state, roots), vocabulary)


def load_all(states: Iterable[FileState], roots: tuple[Root, ...], vocabulary: Vocabulary | None = None) -> list[Post]:
    """Return the posts of all ``states``, each recognised with the habits of its neighbours."""
    loaded = [(state, load_draft(state, roots)) for state in states]
    libraries = [
        Library((found.draft.sketch for state, found in loaded if state.root == number), root.name)
        for number, root in enumerate(roots)
    ]
    return [
        recognised(found, vocabulary, libraries[state.root].habits_of(found.draft.sketch.path))
        for state, found in loaded
    ]
