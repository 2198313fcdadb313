"""The speakers of one session: stated, in its title, its text, or the name of its file."""

from __future__ import annotations

from typing import NamedTuple

from reinvent_tui.library import fields, speakers, title_speakers
from reinvent_tui.library.draft import PostText
from reinvent_tui.library.front_matter_formats import Node
from reinvent_tui.library.line_sessions import LEVEL as LINE_LEVEL
from reinvent_tui.library.line_sessions import quoted_names
from reinvent_tui.library.model import Origin
from reinvent_tui.library.names import names_in
from reinvent_tui.library.post_facts import PostFacts
from reinvent_tui.library.spans import SessionSpan, title_below
from reinvent_tui.library.tails import LONGEST, people
from reinvent_tui.library.titles import name_beside


class Surroundings(NamedTuple):
    """What is known of the post of a session."""

    source: PostText
    facts: PostFacts
    stem: str
    """Its file name without the extension."""
    title: str
    """Title in its front matter; empty if it gives none."""
    subtitle: str
    """Subtitle in its front matter, which may be nothing but names."""
    shape: str
    """Shapes in which titles name their speakers (:mod:`reinvent_tui.library.tails`)."""
    usual: bool
    """True if a line of names usually stands under a title."""


Found = tuple[tuple[str, ...], str]
"""Names, and where they come from."""


def speakers_of(around: Surroundings, span: SessionSpan, stated: dict[str, Node], *, whole: bool) -> Found:
    """Return the speakers of the session in ``span`` and their origin.

    Args:
        around: what is known of its post.
        span: where it stands.
        stated: its front matter.
        whole: whether it is the whole post.
    """
    names = fields.names(stated.get("speakers", stated.get("speaker", "")))
    if names:
        return names, Origin.FRONT_MATTER
    source = around.source
    only = _only_names(around, span, whole=whole)
    if only:
        return names_in(only, strict=True), Origin.HEADING
    names = quoted_names(source.lines, span.start) if span.level == LINE_LEVEL else ()
    if not names:
        names = speakers.in_text(
            source.lines,
            source.headings,
            source.hidden,
            span.start,
            span.end,
            whole_file=whole,
            usual=around.usual,
        )
        titled = span.heading or (around.title if whole else "")
        in_title = title_speakers.of_heading(title_speakers.plain_links(titled), around.shape) if titled else ()
        if in_title and not (names and set(in_title) <= set(names)):
            return in_title, Origin.HEADING
    return _beside_text(around) if whole and not names else (names, Origin.TEXT)


def _beside_text(around: Surroundings) -> Found:
    """Return the speakers that a subtitle, or the name of the file, gives."""
    names = people(around.subtitle) if len(around.subtitle) <= LONGEST else ()
    if names:
        return names, Origin.FRONT_MATTER
    in_title = title_speakers.from_title(around.stem)[0] if " " in around.stem else ()
    return in_title or name_beside(around.stem), Origin.FILE_NAME


def _only_names(around: Surroundings, span: SessionSpan, *, whole: bool) -> str:
    """Return the heading that is nothing but names, if the title is elsewhere."""
    if not whole:
        return span.heading if title_below(around.source.headings, span) else ""
    heading = around.facts.title_heading
    elsewhere = heading is not None and around.facts.whole_title[1] == Origin.FILE_NAME
    return heading.text if heading is not None and elsewhere and speakers.names_only(heading.text) else ""
