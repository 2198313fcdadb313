"""The one place that decides what the bottom line says."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from reinvent_tui.clean import clean_line
from reinvent_tui.plural import counted
from reinvent_tui.reader.effects import Effect, Later, Moment
from reinvent_tui.reader.panes import State

if TYPE_CHECKING:
    from reinvent_tui.index.search import Answer

LEAST_SECONDS, MOST_SECONDS = 2.5, 6.0
SECONDS_A_CHARACTER = 0.06
"""How long a message stays: about as long as it takes to read it."""


class Hint(NamedTuple):
    """Keys worth knowing: ids of bindings, and what they do in a word or two."""

    ids: tuple[str, ...]
    words: str


def _hints(*pairs: tuple[str, str]) -> tuple[Hint, ...]:
    return tuple(Hint(tuple(ids.split()), words) for ids, words in pairs)


GO: Final = _hints(("go.search", "search"), ("go.topics", "topics"), ("go.takeaways", "takeaways"))
READ: Final = _hints(
    ("do.help", "keys"),
    ("read.page-down", "read on"),
    ("app.quit", "quit"),
    ("go.next-session go.previous-session", "session"),
    ("page.next-takeaway page.previous-takeaway", "takeaway"),
    ("do.copy", "copy"),
    ("go.outline", "outline"),
    ("go.links", "links"),
)

HINTS: Final = MappingProxyType(
    {
        State.TYPING: _hints(
            ("query.read", "read"),
            ("query.down query.up", "hits"),
            ("query.leave", "cancel"),
            ("query.explain", "explain"),
            ("query.order", "by day"),
        ),
        State.FINDING: _hints(("query.read", "read"), ("query.down query.up", "matches"), ("query.leave", "cancel")),
        State.HITS: _hints(
            ("list.choose", "read"),
            ("list.down list.up", "hits"),
            ("go.other-pane", "page"),
            ("go.search", "query"),
            ("do.back", "close"),
            ("do.help", "keys"),
        ),
        State.HIT: _hints(
            ("go.next-match go.previous-match", "match"),
            ("go.next-session go.previous-session", "hit"),
            ("go.search", "query"),
            ("do.back", "close hits"),
            ("go.back", "back"),
            ("go.topics", "topics"),
            ("go.takeaways", "takeaways"),
            ("do.help", "keys"),
        ),
        State.TOPICS: _hints(
            ("list.choose", "pick"),
            ("topics.exclude", "leave out"),
            ("topics.erase", "undo"),
            ("do.back", "done"),
            ("topics.mark", "mark"),
            ("topics.any", "any, all"),
            ("topics.previous-list topics.next-list", "lists"),
            ("go.other-pane", "page"),
        ),
        State.SIDEBAR: _hints(
            ("list.choose", "read"),
            ("sidebar.fold sidebar.unfold", "fold"),
            ("go.search", "search"),
            ("go.topics", "topics"),
            ("go.takeaways", "takeaways"),
            ("go.other-pane", "page"),
            ("do.help", "keys"),
            ("app.quit", "quit"),
        ),
        State.TAKEAWAYS: _hints(
            ("page.next-takeaway page.previous-takeaway", "takeaway"),
            ("page.open-link", "open"),
            ("do.copy", "copy"),
            ("do.back", "leave"),
            ("go.order", "oldest first"),
            ("go.search", "search"),
            ("do.help", "keys"),
        ),
        State.NARROWED: (*_hints(("do.back", "all sessions")), *GO, *READ),
        State.PAGE: (*GO, *READ),
        State.ALONE: _hints(("view.alone", "show everything")),
        State.EMPTY: _hints(("do.rescan", "look again"), ("do.help", "keys"), ("app.quit", "quit")),
    }
)
"""Keys worth knowing in each state, the first ones first: a narrow screen leaves the last ones out."""

ON_LINK: Final = _hints(("page.open-link", "opens it"), ("do.copy", "copies it"), ("do.back", "drops it"))
ON_TOPIC: Final = _hints(("page.open-link", "picks it"), ("do.copy", "copies it"), ("do.back", "drops it"))
ON_TAKEAWAY: Final = _hints(
    ("do.copy", "copy"), ("page.next-takeaway page.previous-takeaway", "takeaway"), ("do.back", "drop the mark")
)
ON_FOUND: Final = _hints(("go.next-match go.previous-match", "match"), ("do.back", "drop it"))
BESIDE_TOPICS: Final = _hints(("do.back", "close topics"), ("go.other-pane", "topics"))
NOTHING_TYPED: Final = _hints(("query.up", "earlier queries"), ("query.leave", "cancel"))
SUGGESTED: Final = _hints(("query.read", "search that instead"), ("query.down query.up", "suggestions"))
NOTHING_FOUND: Final = _hints(("query.leave", "cancel"), ("query.explain", "explain"))
SUGGESTED_HITS: Final = _hints(("list.choose", "search that instead"), ("list.down list.up", "suggestions"))
NOTHING_IN_HITS: Final = _hints(("go.search", "query"), ("do.back", "close"), ("do.help", "keys"))
NO_TAKEAWAYS: Final = _hints(("do.back", "leave"), ("go.search", "search"), ("do.help", "keys"))
IN_PANEL: Final = _hints(("list.choose", "choose"), ("list.down list.up", "rows"), ("panel.close", "close"))
ON_SELECTED: Final = _hints(("do.copy", "copy the selection"), ("do.back", "drop it"))
LABELLED: Final = "type a label to follow its link · Esc"


class BottomLine(NamedTuple):
    """What the bottom line says."""

    hints: tuple[Hint, ...] = ()
    message: str = ""
    """Replaces the keys for a moment."""
    is_error: bool = False
    place: str = ""
    """Where the reader is, or what goes on; on the right, as much of it as there is room for."""
    target: str = ""
    """Where a link leads: in full, however many lines it takes."""
    query: str = ""
    """The query in force where nothing else shows it; before the place, and not left out."""
    is_news: bool = False
    """True if the place says what was found: that counts more than further keys."""


class Status:
    """Messages, and what is said of the query and of links."""

    def __init__(self) -> None:
        self.message = ""
        self.is_error = False
        self.pointed = ""
        """Target of the link under the mouse."""
        self.is_labelled = False
        """True while links carry labels."""
        self._number = 0
        self._told_in: object = None
        self._is_new = False

    def tell(self, text: str, *, error: bool = False) -> list[Effect]:
        """Say something for a moment, in place of what was said before."""
        self._number += 1
        self.message = clean_line(text)
        self.is_error = error
        self._is_new = True
        return [Later(seconds_for(self.message), Moment.END_MESSAGE, self._number)]

    def end_message(self, number: int) -> None:
        """Stop saying something, if nothing else was said since."""
        if number == self._number:
            self.message = ""

    def enter(self, about: object, *, by_itself: bool = False) -> None:
        """Take note of what the screen is about now: no message survives what it was about.

        What changes by itself takes none away: it may be what the message is about.
        """
        if self._is_new or by_itself:
            self._told_in = about
            self._is_new = False
        elif self.message and about != self._told_in:
            self.message = ""


def seconds_for(message: str) -> float:
    """Return how long a message is shown."""
    return min(MOST_SECONDS, max(LEAST_SECONDS, len(message) * SECONDS_A_CHARACTER))


def told(answer: Answer) -> str:
    """Return what a query found, in words: what was not understood, and how much there is."""
    hint = next(iter(answer.query.hints), "")
    if answer.closest and not hint:
        return f"no session has all words: {answer.close:,} close"
    if answer.close:
        parts = [f"{answer.total:,} with all words", f"{answer.close:,} close"]
    else:
        parts = [f"{answer.total:,}+ sessions" if answer.is_partial else counted(answer.total, "session")]
    if answer.matcher:
        count = "…" if answer.takeaway_count is None else f"{answer.takeaway_count:,}"
        noun = "takeaway" if answer.takeaway_count == 1 else "takeaways"
        parts.append(f"{count} {noun} of {answer.total_takeaways:,}")
    return f"{hint}  {', '.join(parts)}" if hint else ", ".join(parts)
