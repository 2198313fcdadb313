"""The part of the reader's screen that searches the library, and finds in the page."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from textual import on
from textual.timer import Timer

from reinvent_tui.config import Settings
from reinvent_tui.index.matching import Literal, Matcher
from reinvent_tui.plural import counted
from reinvent_tui.tui.answers import Before, told, why_nothing
from reinvent_tui.tui.arranging import Part
from reinvent_tui.tui.following import FollowingScreen
from reinvent_tui.tui.messages import HitEntriesRead, HitsRead, PageRead, WholePageRead
from reinvent_tui.tui.palette import Palette
from reinvent_tui.tui.source import First, Source
from reinvent_tui.tui.widgets.hit_list import HitList
from reinvent_tui.tui.widgets.line_list import LineList
from reinvent_tui.tui.widgets.query_line import QueryLine
from reinvent_tui.tui.widgets.sidebar import Target
from reinvent_tui.tui.widgets.status_line import Keys

if TYPE_CHECKING:
    from reinvent_tui.index.search import Answer

SEARCH_PLACEHOLDER = "words, “a phrase”, -not, tag:serverless, day:2, dat401 …"
FIND_PLACEHOLDER = "find in this page"
SEARCH_KEYS = (("Enter", "read"), ("↓ ↑", "hits"), ("Esc", "back"), ("Ctrl+e", "explain"), ("Ctrl+t", "by day"))
FIND_KEYS = (("Enter", "read"), ("↓ ↑", "matches"), ("Esc", "back"))
FOUND_KEYS = (("n N", "next match"), ("/", "query"), ("Esc", "back"), ("Space", "page"), ("?", "keys"))


PAGE_SECONDS = 0.06
"""Pause after a letter until the page follows."""


class SearchingScreen(FollowingScreen):
    """Queries, hits and matches."""

    def __init__(self, source: Source, first: First, settings: Settings, palette: Palette) -> None:
        super().__init__(source, first, settings, palette)
        self._before: Before | None = None
        """Set while a search is open."""
        self._finding = False
        """True while the query line finds in the page."""
        self._found = False
        """True while the page shows what was found in it by ``ctrl+f``."""
        self._answer: Answer | None = None
        self._query_text = ""
        self._query_number = 0
        self._by_day = False
        self._positions: dict[int, int] = {}
        self._answered = self._asked_well = 0
        """The query that was answered last, and the last one whose best hits were asked for."""
        self._walked_from = 0
        """The query among whose hits the reader moved."""
        self._back_to: Before | None = None
        """Where to be once the page from before the search is there again."""
        self._waiting: Timer | None = None
        self._page_due = 0.0
        """When the page is to follow the list, on the monotonic clock."""
        self._finder_wanted: Matcher | None = None
        """What to mark when the page follows the list."""
        self._seek: tuple[int, int, int] | None = None
        """Session and line of the passage to go to, and which end of the page if there is none (1 first, -1 last)."""

    @property
    def searching(self) -> bool:
        """True while hits stand in place of the sidebar."""
        return self._before is not None

    # Opening and leaving

    def action_search(self) -> None:
        """Search the library; in the page alone, find in it."""
        if self.shows(Part.ALONE):
            self.action_find()
            return
        self._finding = False
        self._at_start = False
        if self._before is None:
            kept = self.parts & {Part.ALONE, Part.WIDE, Part.OVER}
            self._before = Before(self._request.target, self.view.position, self.view.top, self.view.measure, kept)
            self._query_text = ""
            self.change_parts(remove={Part.WIDE})  # hits need their list; Esc hides it again
        self._open_line(SEARCH_PLACEHOLDER, self._query_text)
        self.loader.prepare_search()

    def action_find(self) -> None:
        """Find in the page."""
        self._finding = True
        self._open_line(FIND_PLACEHOLDER, "")

    def _open_line(self, placeholder: str, text: str) -> None:
        self.change_parts(add={Part.QUERY})
        self.query_line.open(placeholder, text)

    def _close_line(self) -> None:
        self.change_parts(remove={Part.QUERY})
        self.go_to(self.view)

    @on(QueryLine.Left)
    def _line_left(self, message: QueryLine.Left) -> None:
        if self._finding:
            self._leave_find(keep=message.to_page)
        elif not message.to_page or not self._query_text.strip():
            self.leave_search()
        elif self._answer is not None and not self.hits.rows and self.hits.offers:
            self._take_offer(max(1, self.hits.cursor))
        else:
            self._read_hit()

    def _read_hit(self) -> None:
        """Go from the hits into the page."""
        self._walked_from = self._query_number
        self._page_follows()
        self.change_parts(remove={Part.QUERY, Part.OVER})
        self.go_to(self.view)
        self._tell_found()

    def leave_search(self) -> bool:
        """Bring back what was there before the search; tell whether one was open."""
        before = self._before
        if before is None:
            return self._leave_find(keep=False)
        self._before = None
        self._answer = None
        self._query_text = ""
        self._seek = None
        self._finder_wanted = None
        self._stop_waiting()
        self.source.interrupt()
        self.view.find(None)
        self.change_parts(remove={Part.HITS, Part.QUERY, Part.OVER, Part.ALONE, Part.WIDE}, add=before.parts)
        self.status.note = ""
        self.show_target("")
        self.follow_sidebar = True
        self.go_to(self.view)
        self._back_to = before
        self.open(before.target, position=before.position)
        return True

    def _leave_find(self, *, keep: bool) -> bool:
        """End finding in the page; what was found stays marked if it was asked to."""
        was = self._finding or self._found
        self._finding = False
        self._found = keep and self.view.current_match[0] >= 0
        if not self._found:
            self.view.find(self._answer.matcher if self._answer is not None else None)
            self.status.note = ""
        self._close_line()
        return was

    # Typing

    @on(QueryLine.Typed)
    def _typed(self, message: QueryLine.Typed) -> None:
        if self._finding:
            self._find_typed(message.text)
            return
        self._query_text = message.text
        if message.text.strip():
            self._ask()
        else:
            self._answer = None
            self._finder_wanted = None
            self.source.interrupt()
            self.change_parts(remove={Part.HITS})
            self.view.find(None)
            self.status.note = ""

    def _ask(self) -> None:
        self._query_number = self.loader.search(self._query_text, self._places() if self._by_day else None)

    def _places(self) -> dict[int, int]:
        if len(self._positions) != len(self.contents.sessions):
            self._positions = {row: at for at, row in enumerate(self.contents.sessions)}
        return self._positions

    @on(HitsRead)
    def _hits_read(self, message: HitsRead) -> None:
        if message.number != self._query_number or not self.searching or message.text != self._query_text:
            return
        better = self._answered == message.number
        self._answered = message.number
        if better and self._answer is not None and self._walked_from == message.number:
            # The best came late: rows do not move under a reader who is among them already.
            self._answer = replace(message.answer, hits=self._answer.hits)
            self._tell_answer(self._answer)
            return
        answer = self._answer = message.answer
        self.change_parts(add={Part.HITS, Part.OVER} if self.narrow else {Part.HITS})
        if message.rows:
            self.hits.show_hits(message.rows, message.entries, answer.suggestions)
        else:
            self.hits.show_offers(why_nothing(answer), answer.suggestions)
        self._tell_answer(answer)
        self._finder_wanted = answer.matcher
        if better:
            self._page_follows()
            return
        # While letters come, the list goes along with each, the page with the last.
        self._page_due = monotonic() + PAGE_SECONDS
        if self._waiting is None:
            self._waiting = self.set_timer(PAGE_SECONDS, self._page_may_follow)

    def _page_may_follow(self) -> None:
        """Let the page follow if no letter came meanwhile; one timer serves all letters typed in a row."""
        self._waiting = None
        rest = self._page_due - monotonic()
        if rest > 0.001:
            self._waiting = self.set_timer(rest, self._page_may_follow)
        elif not self._wants_better():
            self._page_follows()

    def _wants_better(self) -> bool:
        """Ask for the best hits, once, where the first ones came in haste; tell whether they did."""
        preview = self._answer is not None and self._answer.is_partial
        if preview and self._asked_well != self._query_number:
            self._asked_well = self._query_number
            self.loader.search_well(self._query_text, self._places() if self._by_day else None)
        return preview

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None

    def _page_follows(self) -> None:
        """Show the hit under the cursor, with what was found in it."""
        self._stop_waiting()
        self._wants_better()
        if self._finder_wanted is not None and self.searching:
            self.view.find(self._finder_wanted)
            self._finder_wanted = None
            if self.hits.current:
                self._show_hit()

    @on(HitEntriesRead)
    def _hit_entries_read(self, message: HitEntriesRead) -> None:
        if message.number == self._query_number:
            self.hits.add_entries(message.entries)

    @on(HitList.Wanted)
    def _hits_wanted(self, message: HitList.Wanted) -> None:
        if self._answer is not None:
            self.loader.hit_entries(self._query_number, self._answer, message.rows)

    def _tell_answer(self, answer: Answer) -> None:
        self.status.note = told(answer)

    def keys_here(self) -> Keys:
        if self.focused is self.query_line:
            return FIND_KEYS if self._finding else SEARCH_KEYS
        return FOUND_KEYS if self.searching else super().keys_here()

    # Hits

    @on(QueryLine.Walked)
    def _walked(self, message: QueryLine.Walked) -> None:
        if self._finding:
            self.view.next_match(1 if message.step > 0 else -1)
            self._tell_found()
        else:
            self.hits.move_cursor(self.hits.cursor + message.step)

    @on(LineList.Moved)
    def _hit_reached(self, message: LineList.Moved) -> None:
        if message.list is self.hits:
            message.stop()
            self._walked_from = self._query_number
            self.hits.refresh()
            if self.hits.current and not self._page_waits():
                self._show_hit()

    @on(LineList.Chosen)
    def _hit_chosen(self, message: LineList.Chosen) -> None:
        if message.list is self.hits:
            message.stop()
            if not self.hits.rows:
                self._take_offer(message.index)
            else:
                self._read_hit()

    def _page_waits(self) -> bool:
        """Bring a page that waits for the last letter at once; tell whether one did."""
        waits = self._finder_wanted is not None
        self._page_follows()
        return waits

    def _show_hit(self, end: int = 1) -> None:
        """Show the session under the cursor at its best passage, or (``end`` -1) at its last match."""
        row = self.hits.current
        entry = self.hits.entry(row)
        line = entry.passages[0].passage.line if entry is not None and entry.passages and end > 0 else 0
        self._seek = (row, line, end)
        self.follow_sidebar = False
        page = self.page
        if page is not None and page.reading is not None and page.reading.row == row and self._request == self._shown:
            self._go_to_passage()
        else:
            self.open(Target(session=row))

    def after_show(self) -> None:
        """Go to what was found, once its page is there."""
        self.tell_keys()
        before, self._back_to = self._back_to, None
        if before is not None and before.target == self._request.target and before.width == self.view.measure:
            self.view.go_to_place(before.top)
        self._go_to_passage()

    def _go_to_passage(self) -> None:
        page = self.page
        if self._seek is None or page is None or page.reading is None or page.reading.row != self._seek[0]:
            return
        _, line, end = self._seek
        if end < 0:
            self.view.last_match()
        elif line:
            self.view.go_to_line(line - page.reading.session.body_line)
        else:
            self.view.first_match()
        if page.document.complete:
            self._seek = None
        self._tell_found()

    @on(WholePageRead)
    def _go_on_seeking(self, message: WholePageRead) -> None:
        if message.request == self._request:
            self.call_after_refresh(self._go_to_passage)

    @on(PageRead)
    def _nothing_to_seek(self, message: PageRead) -> None:
        if message.page is None:
            self._seek = None

    # Matches

    def _find_typed(self, text: str) -> None:
        self.view.find(Literal(text))
        if (text.strip() and self.view.next_match(1)) or (text.strip() and self.view.first_match()):
            self._tell_found()
        else:
            self.status.note = "not in this page" if text.strip() else ""

    def action_next_match(self, step: int) -> None:
        """Go to a match near by: in this page, then in the next hit."""
        if self.view.next_match(step):
            self._tell_found()
        elif self.searching and not self._found and self._has_hit(step):
            self.hits.move_cursor(self.hits.cursor + step)
            self._show_hit(step)
        elif self._found or self.searching:
            self.tell("this is the last match" if step > 0 else "this is the first match")
        else:
            self.tell("nothing was searched for: / searches, ctrl+f finds in the page")

    def _has_hit(self, step: int) -> bool:
        return 0 <= self.hits.cursor + step < len(self.hits.rows)

    def _tell_found(self) -> None:
        """Say which match of how many the reader is at."""
        at, total = self.view.count_matches()
        if self._finding or self._found:
            self.status.note = f"{at:,} of {counted(total, 'match')}" if total else ""
        elif self.searching and self._answer is not None and not self.shows(Part.QUERY):
            place = f"hit {self.hits.cursor + 1:,} of {self._answer.total:,}"
            self.status.note = f"{place}, match {at:,} of {total:,}" if at else place

    # Wishes

    @on(QueryLine.Wished)
    def _wished(self, message: QueryLine.Wished) -> None:
        if self._finding or self._answer is None:
            return
        if message.what == "explain":
            lines = self._answer.explanation or ("all words are looked for as they stand",)
            self.status.target = "" if self.status.target else " · ".join(lines)
        elif message.what == "order":
            self._by_day = not self._by_day
            self.tell("in the order of days" if self._by_day else "best first")
            self._ask()
        else:
            self._take_offer(message.number)

    def _take_offer(self, number: int) -> None:
        offer = self.hits.offer_at(number)
        if offer is not None:
            self._open_line(SEARCH_PLACEHOLDER, offer.query)
            self._query_text = offer.query
            self._ask()
