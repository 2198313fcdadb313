"""Opens links that lead out of the library."""

from __future__ import annotations

from reinvent_tui.clean import clean
from reinvent_tui.reader.link_kinds import LinkKind, kind_of


def open_outside(target: str) -> bool:
    """Open ``target`` in the browser or mail program; return False if it is not opened, or there is none."""
    if kind_of(target) is not LinkKind.OUTSIDE or clean(target) != target or any(map(str.isspace, target)):
        return False
    import webbrowser

    try:
        browser = webbrowser.get()
        if type(browser) is webbrowser.GenericBrowser:
            return False  # a browser for this very terminal: it would write over the reader
        return webbrowser.open(target)
    except (webbrowser.Error, OSError):
        return False
