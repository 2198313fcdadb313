"""Which style each role of a page and a list has, in any theme.

Hierarchy is by weight and space; one accent colour. Each state can be told
without colour: by a character, bold, underline or reverse.
"""

from __future__ import annotations

from functools import cache

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from reinvent_tui.page.model import MARKS, Mark
from reinvent_tui.record import Record

_ALERTS = {"note": "secondary", "tip": "success", "important": "primary", "warning": "warning", "caution": "error"}


class _Colours(Record):
    text: Color
    ground: Color
    panel: Color
    raised: Color
    accents: dict[str, Color]

    def muted(self, share: float) -> Color:
        return self.ground.blend(self.text, share)


class Palette:
    """The styles of one theme."""

    def __init__(self, theme: Theme) -> None:
        """Compute the styles of ``theme``; a theme of the terminal's own colours gets weights only."""
        self._plain = theme.ansi
        self._styles = _plain_styles() if theme.ansi else _coloured_styles(_colours(theme))
        self.base = self._styles["text"]
        self.blank = Style(bgcolor=self.base.bgcolor)
        """For empty cells."""
        over = self._styles["side-cursor"]
        self.cursor = Style(bgcolor=over.bgcolor, reverse=over.reverse)
        """Laid over the row under the cursor of the list that has the focus."""
        self._combined: dict[tuple[str, int, str], Style] = {}

    def style(self, role: str, mark: int = Mark.NONE, state: str = "") -> Style:
        """Return the style of ``role`` with ``mark``; ``state`` is a further role laid over it."""
        key = (role, mark, state)
        known = self._combined.get(key)
        if known is None:
            known = self._combined[key] = self._combine(role, mark, state)
        return known

    def ground(self, role: str) -> Style:
        """Return the style of empty cells of ``role``."""
        return Style(bgcolor=self.style(role).bgcolor)

    def _combine(self, role: str, mark: int, state: str) -> Style:
        style = self.base + self._styles.get(role, Style.null())
        for name in MARKS:
            if mark & getattr(Mark, name):
                style += self._styles[f"mark-{name}"]
        return style + self._styles[state] if state else style


def _colours(theme: Theme) -> _Colours:
    values = theme.to_color_system().generate()

    def colour(name: str, default: str) -> Color:
        return Color.parse(values.get(name) or default)

    accents = {name: colour(name, "#888888") for name in ("primary", "secondary", "success", "warning", "error")}
    return _Colours(
        colour("foreground", "#e0e0e0"),
        colour("background", "#121212"),
        colour("surface", "#1e1e1e"),
        colour("panel", "#333333"),
        accents,
    )


def _rich(
    colour: Color | None = None,
    ground: Color | None = None,
    *,
    bold: bool | None = None,
    italic: bool | None = None,
    underline: bool | None = None,
) -> Style:
    return Style(
        color=colour.rich_color if colour else None,
        bgcolor=ground.rich_color if ground else None,
        bold=bold,
        italic=italic,
        underline=underline,
    )


def _coloured_styles(colours: _Colours) -> dict[str, Style]:
    accent = colours.accents["primary"]
    cool = colours.accents["secondary"]
    soft, faint, line = colours.muted(0.68), colours.muted(0.55), colours.muted(0.22)
    code = colours.ground.blend(colours.raised, 0.45)
    styles = _shared_styles()
    styles |= {
        "text": _rich(colours.text, colours.ground),
        "title": _rich(accent, bold=True),
        "meta": _rich(soft),
        "tag": _rich(cool),
        "tag-inferred": _rich(faint, italic=True),
        "problem": _rich(colours.accents["warning"]),
        "h1": _rich(accent, bold=True),
        "h2": _rich(accent, bold=True),
        "h3": _rich(colours.text, bold=True),
        "h4": _rich(soft, bold=True),
        "h5": _rich(soft, bold=True, italic=True),
        "h6": _rich(soft, italic=True),
        "term": _rich(colours.text, bold=True),
        "marker": _rich(accent),
        "todo": _rich(accent),
        "done": _rich(colours.accents["success"]),
        "quote": _rich(faint),
        "rule": _rich(line),
        "table-head": _rich(colours.text, bold=True),
        "label": _rich(soft, bold=True),
        "html": _rich(faint),
        "image": _rich(soft, italic=True),
        "footnote": _rich(cool),
        "code": _rich(None, code),
        "code-comment": _rich(faint, code, italic=True),
        "code-keyword": _rich(accent, code),
        "code-string": _rich(colours.accents["success"], code),
        "code-number": _rich(colours.accents["warning"], code),
        "code-name": _rich(cool, code),
        "mark-LINK": _rich(cool, underline=True),
        "mark-CODE": _rich(colours.text, code),
        "mark-DIM": _rich(line),
        "selected": _rich(colours.ground, colours.muted(0.7)),
        "hint": _rich(colours.ground, accent, bold=True),
        "dimmed": _rich(colours.muted(0.4)),
        "bar": _rich(accent),
        "match": _rich(None, colours.ground.blend(accent, 0.34)),
        "match-current": _rich(colours.ground, accent, bold=True),
        "side-match": _rich(accent, colours.panel, bold=True, underline=True),
        "query": _rich(colours.text, colours.raised),
        "armed": _rich(colours.ground, cool),
        "faint": _rich(faint),
        "soft": _rich(soft),
        "accent": _rich(accent),
        "thumb": _rich(colours.muted(0.35)),
        "track": _rich(colours.muted(0.06)),
        "side": _rich(colours.text, colours.panel),
        "side-blank": _rich(None, colours.panel),
        "side-soft": _rich(soft, colours.panel),
        "side-faint": _rich(faint, colours.panel),
        "side-accent": _rich(accent, colours.panel),
        "side-current": _rich(accent, colours.panel, bold=True),
        "side-cursor": _rich(None, colours.raised.blend(colours.text, 0.08)),
        "status": _rich(soft, colours.ground),
        "status-key": _rich(colours.text, colours.ground, bold=True),
    }
    for name, source in _ALERTS.items():
        styles[name] = _rich(colours.accents[source])
        styles[f"{name}-title"] = _rich(colours.accents[source], bold=True)
    return styles


@cache
def _shared_tuple() -> tuple[tuple[str, Style], ...]:
    return (
        ("mark-STRONG", Style(bold=True)),
        ("mark-EMPHASIS", Style(italic=True)),
        ("mark-STRUCK", Style(strike=True)),
    )


def _shared_styles() -> dict[str, Style]:
    return dict(_shared_tuple())


def _plain_styles() -> dict[str, Style]:
    bold, dim, italic, reverse = Style(bold=True), Style(dim=True), Style(italic=True), Style(reverse=True)
    styles = _shared_styles()
    styles |= dict.fromkeys(
        ("title", "h1", "h2", "h3", "h4", "term", "table-head", "label", "hint", "side-current", "status-key"), bold
    )
    styles |= dict.fromkeys(
        (
            "meta",
            "quote",
            "rule",
            "html",
            "code-comment",
            "mark-DIM",
            "faint",
            "soft",
            "dimmed",
            "track",
            "side-soft",
            "side-faint",
            "status",
        ),
        dim,
    )
    styles |= dict.fromkeys(("h5", "h6", "image", "tag-inferred"), italic)
    styles["thumb"] = bold
    styles["match"] = Style(bold=True, underline=True)
    styles["side-match"] = Style(bold=True, underline=True)
    styles["match-current"] = reverse
    styles |= dict.fromkeys(("selected", "hint", "armed", "side-cursor"), reverse)
    plain = (
        "text bar tag problem marker todo done footnote accent side side-blank side-accent query "
        "code code-keyword code-string code-number code-name"
    )
    styles |= dict.fromkeys(plain.split(), Style.null())
    styles |= {"mark-LINK": Style(underline=True), "mark-CODE": bold}
    for name in _ALERTS:
        styles[name] = Style.null()
        styles[f"{name}-title"] = bold
    return styles
