"""The reader's own themes. Any other Textual theme can be chosen too."""

from __future__ import annotations

from typing import Final

from textual.app import App
from textual.theme import Theme

DARK: Final = Theme(
    name="reinvent-dark",
    primary="#e3a857",
    secondary="#8fb4c7",
    accent="#e3a857",
    foreground="#dcd8cf",
    background="#16181c",
    surface="#1c1f25",
    panel="#262a31",
    success="#9cb86d",
    warning="#e0b05c",
    error="#e0776b",
    dark=True,
)

LIGHT: Final = Theme(
    name="reinvent-light",
    primary="#96480f",
    secondary="#2f6277",
    accent="#96480f",
    foreground="#26241f",
    background="#fbf9f4",
    surface="#f1ede3",
    panel="#e6e0d2",
    success="#4b6b1f",
    warning="#855600",
    error="#a83226",
    dark=False,
)

OWN: Final = (DARK, LIGHT)
DEFAULT: Final = DARK.name


def theme_names(app: App[None]) -> list[str]:
    """Return the names of all themes, the reader's own first."""
    own = {theme.name for theme in OWN}
    return sorted(app.available_themes, key=lambda name: (name not in own, name))
