"""What the screens get from the index, as whole answers. Called in worker threads only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reinvent_tui.errors import IndexDamagedError
from reinvent_tui.index import queries
from reinvent_tui.index.library import LibraryIndex
from reinvent_tui.index.queries import Contents, Day, Entry, Event, SessionDetails
from reinvent_tui.index.sync import Progress, Report
from reinvent_tui.index.values import Facet, Value
from reinvent_tui.library.slug import slug
from reinvent_tui.page.document import Document
from reinvent_tui.tui import pages
from reinvent_tui.tui.dates import short_day
from reinvent_tui.tui.widgets.hit_list import HitEntry
from reinvent_tui.tui.widgets.sidebar import Gathered

FIRST_TITLES = 60
"""Titles that come at once with what a query selects: a screenful."""

if TYPE_CHECKING:
    from reinvent_tui.index.browse import ContentsFilter
    from reinvent_tui.index.related import Related
    from reinvent_tui.index.search import Answer, Searcher
    from reinvent_tui.index.suggestions import Hit


@dataclass(frozen=True, slots=True)
class Page:
    """Something to read, with what it is."""

    document: Document
    reading: SessionDetails | None = None
    """The session; None for the page of a day or event."""
    day: Day | None = None
    event: Event | None = None
    path: str = ""
    """Path of the post that its relative links start from."""


@dataclass(frozen=True, slots=True)
class First:
    """What the first frame shows, read before the screen opens."""

    contents: Contents
    entries: list[Entry]
    page: Page | None


@dataclass(frozen=True, slots=True)
class Browsing:
    """What a query selects, and what that is about."""

    contents: Contents
    entries: list[Entry]
    values: list[Value]
    total: int


def _has_heading(reading: SessionDetails, anchor: str) -> bool:
    from reinvent_tui.library.outline import headings, plain

    found, _ = headings(reading.session.body.split("\n"))
    return any(slug(plain(heading.text)) == slug(anchor) for heading in found)


class Source:
    """A library, through its index."""

    def __init__(self, library: LibraryIndex) -> None:
        self.library = library
        self.roots = library.roots
        self.inferred = True
        """Whether topics that the program inferred are shown and searched."""
        self._narrowing: ContentsFilter | None = None

    @property
    def names(self) -> list[str]:
        """What the opened folders are called."""
        return self.library.names

    def first(self) -> First:
        """Return what the index holds already; a damaged one is made anew, and holds nothing yet."""
        try:
            return self._first()
        except IndexDamagedError:
            self.library.reset()
            return self._first()

    def _first(self) -> First:
        contents, entries = self.contents(())
        row = contents.sessions[0] if contents.sessions else 0
        return First(contents, entries, self.session(row) if row else None)

    def contents(self, rows: Iterable[int]) -> tuple[Contents, list[Entry]]:
        """Return the contents, and the sessions of ``rows`` and of the beginning as a list shows them."""
        with self.library.connection() as connection:
            contents = queries.contents(connection)
            wanted = dict.fromkeys([*rows, *contents.sessions[:100]])
            return contents, list(queries.entries(connection, wanted).values())

    def entries(self, rows: Iterable[int]) -> list[Entry]:
        """Return the sessions of ``rows`` as a list shows them."""
        with self.library.connection() as connection:
            return list(queries.entries(connection, rows).values())

    def titles(self, limit: int) -> list[Entry]:
        """Return up to ``limit`` sessions."""
        with self.library.connection() as connection:
            return queries.all_titles(connection, limit)

    def session(self, row: int, *, whole: bool = False) -> Page | None:
        """Return the page of a session; None where it is gone."""
        with self.library.connection() as connection:
            reading = queries.session_details(connection, row)
        if reading is None:
            return None
        document = pages.session_page(reading, whole=whole, inferred=self.inferred)
        return Page(document, reading, path=reading.path)

    def day(self, day: Day, contents: Contents) -> Page:
        """Return the page of a day."""
        rows = contents.sessions[day.start : day.start + min(day.count, pages.MAX_LISTED)]
        with self.library.connection() as connection:
            text = queries.day_text(connection, day.id)
            found = queries.entries(connection, rows)
        return Page(pages.day_page(day, text, [found[row] for row in rows if row in found]), day=day, path=text.path)

    def event(self, event: Event) -> Page:
        """Return the page of an event."""
        return Page(pages.event_page(event), event=event)

    def find(self, path: str, anchor: str) -> int | None:
        """Return the session that a link to ``path`` and ``anchor`` means; None where there is none."""
        with self.library.connection() as connection:
            if anchor:
                row = queries.find_session(connection, f"{path}#{anchor}")
                if row is not None:
                    return row
            rows = queries.find_path(connection, path)
            for row in rows if anchor else ():
                reading = queries.session_details(connection, row)
                if reading is not None and _has_heading(reading, anchor):
                    return row
            return rows[0] if rows else None

    def interrupt(self) -> None:
        """End the query that runs: another one is wanted."""
        self.library.interrupt()

    def prepare_search(self) -> None:
        """Load the topics and the stemmer."""
        with self._searcher() as searcher:
            searcher.lexicon.forms("prepared")

    def search(
        self, text: str, positions: Mapping[int, int] | None, first: int, *, preview: bool = False
    ) -> tuple[Answer, list[int], list[HitEntry]]:
        """Return what a query finds while it is typed, the rows of its hits, and the first of them with their passages.

        Args:
            text: the query.
            positions: place of each session in the library, to put the hits in its order; None leaves the best first.
            first: how many hits to return with their passages.
            preview: True where a first answer within a frame is better than the best one.

        Raises:
            QueryInterruptedError: another one was wanted meanwhile.
        """
        with self._searcher() as searcher:
            answer = searcher.search(text, typing=True, preview=preview)
            hits = list(answer.hits)
            if positions is not None:
                hits.sort(key=lambda hit: positions.get(hit.row, 0))
            return answer, [hit.row for hit in hits], self._hit_entries(searcher, answer, hits[:first])

    def hit_entries(self, answer: Answer, rows: Iterable[int]) -> list[HitEntry]:
        """Return hits of an answer with their passages."""
        wanted = set(rows)
        with self._searcher() as searcher:
            hits = [hit for hit in answer.hits if hit.row in wanted]
            return self._hit_entries(searcher, answer, hits)

    def browse(self, query: str, facet: Facet, contents: Contents, *, typing: bool) -> Browsing:
        """Return what ``query`` selects of ``contents``, and the values of ``facet`` in it."""
        from reinvent_tui.index.browse import ContentsFilter

        with self._searcher() as searcher:
            browser = searcher.browser
            selection = browser.select(query, typing=typing)
            values = browser.values(facet, selection.rows)
            if not query.strip():
                return Browsing(contents, [], values, selection.count)
            if self._narrowing is None or self._narrowing.contents is not contents:
                self._narrowing = ContentsFilter(contents)
            contents = self._narrowing.narrowed(selection.rows)
            found = queries.entries(searcher.connection, contents.sessions[:FIRST_TITLES])
            return Browsing(contents, list(found.values()), values, selection.count)

    def gathered(self, wanted: Gathered, contents: Contents, *, whole: bool = False) -> Page:
        """Return takeaways as one page; of very many only the first, unless it is asked for whole."""
        from reinvent_tui.tui.gathered import AT_FIRST, days_of, gathered_page

        with self._searcher() as searcher:
            days = days_of(wanted, contents)
            takeaways = searcher.takeaways(wanted.query, contents, days, 0 if whole else AT_FIRST)
        return Page(gathered_page(wanted, takeaways, several=len(contents.events) > 1))

    def related(self, reading: SessionDetails) -> list[Related]:
        """Return the sessions that have to do with one."""
        with self._searcher() as searcher:
            return searcher.related(reading)

    def _searcher(self) -> AbstractContextManager[Searcher]:
        return self.library.searcher(given_only=not self.inferred)

    def _hit_entries(self, searcher: Searcher, answer: Answer, hits: list[Hit]) -> list[HitEntry]:
        from reinvent_tui.index.excerpts import best_of
        from reinvent_tui.index.query_filters import field_filter

        named = {name.casefold() for name in field_filter(answer.query.text, "tag").wanted}

        entries = []
        for hit in hits:
            known = searcher.details(hit.row)
            if known is not None:
                session = known[0].session
                marked = tuple(best_of(known[1], answer.matcher, 2))
                day = short_day(session.when)
                tags = tuple(
                    tag.name if tag.given else f"·{tag.name}"
                    for tag in session.tags
                    if tag.name.casefold() not in named and (tag.given or self.inferred)
                )
                entries.append(HitEntry(hit.row, session.title, session.code, day, marked, hit.lacks, tags))
        return entries

    def find_by_name(self, name: str) -> int | None:
        """Return the row of the session whose id is ``name``."""
        with self.library.connection() as connection:
            return queries.find_session(connection, name)

    def synchronise(self, progress: Callable[[Progress], None], cancelled: Callable[[], bool]) -> Report:
        """Bring the index up to date; see :meth:`reinvent_tui.index.library.LibraryIndex.synchronise`."""
        return self.library.synchronise(progress, cancelled)

    def reset(self) -> None:
        """Throw a damaged index away."""
        self.library.reset()
