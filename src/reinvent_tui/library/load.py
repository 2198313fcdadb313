"""Load one file of a library as a post."""

from __future__ import annotations

from reinvent_tui.clean import clean_line
from reinvent_tui.library.files import FileState, Root, read_text
from reinvent_tui.library.model import Post, Problem
from reinvent_tui.library.recognise import read_post
from reinvent_tui.library.topics import Vocabulary
from reinvent_tui.paths import shown


def load_post(state: FileState, roots: tuple[Root, ...], vocabulary: Vocabulary | None = None) -> Post:
    """Return the post in the file of ``state``; never raises because of its contents.

    An unreadable file becomes a post without text that carries the problem.
    With several roots, paths are prefixed with the root's name to keep them unique.

    Raises:
        FileNotFoundError: the file has been deleted since it was found.
    """
    root = roots[state.root]
    path = root.relative(state.path)
    if len(roots) > 1:
        path = f"{root.name}/{path}" if root.path.is_dir() else root.name
    readable = True
    try:
        text, problems = read_text(state.path)
    except FileNotFoundError:
        raise
    except OSError as error:
        reason = error.strerror or type(error).__name__
        text, problems, readable = "", [Problem(0, f"cannot be read: {reason}")], False
    event = root.name if root.path.is_dir() else clean_line(shown(root.path.parent.name))
    post = read_post(text, path, event.rsplit("/", 1)[-1], vocabulary)
    return post._replace(problems=(*problems, *post.problems), readable=readable)
