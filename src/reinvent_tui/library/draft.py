"""The first look at a file: its front matter, its headings, and a sketch for its neighbours."""

from __future__ import annotations

from dataclasses import dataclass

from reinvent_tui.library.front_matter import split
from reinvent_tui.library.front_matter_formats import FrontMatter
from reinvent_tui.library.outline import Heading, bold_lines, headings
from reinvent_tui.library.references import Definitions
from reinvent_tui.library.sketch import Sketch, sketch_of


@dataclass(frozen=True, slots=True)
class PostText:
    """A post's text after its front matter, split into lines."""

    lines: list[str]
    first: int
    """Line in the file of ``lines[0]``, from 1."""
    headings: list[Heading]
    """Including bold lines."""
    hidden: set[int]
    definitions: Definitions

    @classmethod
    def of(cls, body: str, first: int) -> PostText:
        """Analyse ``body``, which begins at line ``first`` of its file."""
        lines = body.split("\n")
        real, hidden = headings(lines)
        everything = sorted([*real, *bold_lines(lines, hidden)], key=lambda heading: heading.line)
        return cls(lines, first, everything, hidden, Definitions.collect(lines, hidden))

    def join(self, start: int, end: int) -> str:
        """Return the lines from ``start`` up to, not including, ``end``."""
        return "\n".join(self.lines[start:end])


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that was read but not yet recognised: that needs the habits of its neighbours."""

    path: str
    """Below the folder that was opened, with forward slashes."""
    text: str
    matter: FrontMatter
    source: PostText
    sketch: Sketch


def draft_of(text: str, path: str, inner: str = "") -> Draft:
    r"""Return the draft of the file at ``path``.

    Args:
        text: its content, cleaned, with ``\\n`` line ends.
        path: unique in the library, with forward slashes.
        inner: below the folder that was opened, if that is another.
    """
    matter, body = split(text)
    source = PostText.of(body, matter.body_line)
    return Draft(
        path, text, matter, source, sketch_of(inner or path, matter, source.lines, source.headings, source.hidden)
    )
