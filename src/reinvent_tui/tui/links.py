"""What a link's target is, and how one that leads out of the library is opened."""

from __future__ import annotations

import re
from enum import Enum, auto

from reinvent_tui.clean import clean
from reinvent_tui.tui.pages import DAY_LINK, SESSION_LINK, TAG_LINK

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SESSION = re.compile(rf"{SESSION_LINK}\d+(?::\d+)?")
_DAY = re.compile(rf"{DAY_LINK}\d+")
_TAG = re.compile(rf"{TAG_LINK}.+")
_OUTSIDE = frozenset({"http", "https", "mailto"})


class Way(Enum):
    """Where a link leads."""

    BROWSER = auto()
    SESSION = auto()
    DAY = auto()
    TAG = auto()
    """A topic, to be picked."""
    HERE = auto()
    """A heading of this page."""
    LIBRARY = auto()
    """A path: perhaps another post."""
    NOWHERE = auto()
    """A scheme that is not opened from here."""


def way_of(target: str) -> Way:
    """Return where ``target`` leads."""
    if target.startswith("#"):
        return Way.HERE
    for pattern, way in ((_SESSION, Way.SESSION), (_DAY, Way.DAY), (_TAG, Way.TAG)):
        if pattern.fullmatch(target):
            return way
    scheme = _SCHEME.match(target)
    if scheme is None:
        return Way.LIBRARY
    return Way.BROWSER if scheme[1].lower() in _OUTSIDE else Way.NOWHERE


def open_outside(target: str) -> bool:
    """Open ``target`` in the browser or mail program; tell whether there was one to ask.

    Raises:
        ValueError: its scheme is not one that is opened.
    """
    if way_of(target) is not Way.BROWSER or clean(target) != target or any(sign.isspace() for sign in target):
        raise ValueError(f"not opened: {target}")
    import webbrowser

    try:
        browser = webbrowser.get()
        if type(browser) is webbrowser.GenericBrowser:
            return False  # a browser for this very terminal: it would write over the reader
        return webbrowser.open(target)
    except (webbrowser.Error, OSError):
        return False
