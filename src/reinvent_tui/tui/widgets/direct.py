"""Lines drawn straight to the screen, for widgets that repaint whole at every key.

Textual's own road for a line (borders, titles, hatches, tints, a cache that a
full repaint throws away) costs more than drawing it. These widgets have none
of that: only padding above, and the filters for terminals without colour.
"""

from __future__ import annotations

from textual.filter import ANSIToTruecolor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class DirectLines(Widget):
    """A widget whose subclasses draw whole lines in their final colours."""

    def blank_line(self, width: int) -> Strip:
        """Return a line of the padding."""
        raise NotImplementedError

    def content_lines(self, first: int, last: int) -> list[Strip]:
        """Return the lines from ``first`` up to ``last`` of the content, each as wide as the content."""
        raise NotImplementedError

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of ``crop``."""
        padding = self.gutter.top
        width = self.size.width
        first, last = crop.y - padding, crop.bottom - padding
        strips = [self.blank_line(width)] * max(0, min(0, last) - first)
        strips += self.content_lines(max(0, first), max(0, last))
        # The colours are those of a theme already, or the terminal's own on purpose.
        filters = [found for found in self.get_line_filters() if not isinstance(found, ANSIToTruecolor)]
        if filters:
            background = self.background_colors[1]
            for found in filters:
                strips = [strip.apply_filter(found, background) for strip in strips]
        if crop.column_span != (0, width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips
