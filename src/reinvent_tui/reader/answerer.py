"""Whole answers to requests, from the index. Called in threads; nothing here keeps state of the reader."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from reinvent_tui.clean import clean_line
from reinvent_tui.config import save_settings
from reinvent_tui.index import queries
from reinvent_tui.index.queries import SessionDetails
from reinvent_tui.library.slug import slug
from reinvent_tui.page.highlight import colour
from reinvent_tui.paths import config_folder, shown
from reinvent_tui.reader.answers import (
    Answer,
    Browsed,
    CodeColoured,
    ContentsRead,
    EntriesRead,
    Explained,
    Failed,
    Fixed,
    HitsFound,
    HitsRead,
    IndexChecked,
    LinkFound,
    PageRead,
    PageReadAgain,
    PageReadAhead,
    RelatedFound,
    ScanEnded,
    ScanProgressed,
    TextReady,
    TitlesRead,
    WhyRead,
)
from reinvent_tui.reader.jobs import FIRST_ENTRIES, Post, session_page_of
from reinvent_tui.reader.page_values import DayPage, EventPage, Page, TakeawaysPage
from reinvent_tui.reader.requests import (
    BrowseRequest,
    CheckIndex,
    ColourCode,
    ContentsRequest,
    CopySession,
    CopyTakeaway,
    CopyTakeaways,
    EntriesRequest,
    ExplainRequest,
    FindRelated,
    FixRequest,
    HitEntry,
    HitsRequest,
    LinkRequest,
    PageAgain,
    PageRequest,
    PagesAhead,
    PrepareSearch,
    Request,
    SaveSettings,
    ScanRequest,
    SearchRequest,
    TitlesRequest,
    WhyRequest,
)
from reinvent_tui.reader.targets import DayTarget, EventTarget, SessionTarget, TakeawaysTarget

if TYPE_CHECKING:
    from reinvent_tui.index.browse import ContentsFilter
    from reinvent_tui.index.library import LibraryIndex
    from reinvent_tui.index.search import Answer as Found
    from reinvent_tui.index.search import Searcher
    from reinvent_tui.index.suggestions import Hit
    from reinvent_tui.index.sync import Progress

FIRST_HITS = 14
"""Hits that come with their passages at once: a screenful."""
FIRST_TITLES = 60
"""Titles that come at once with what a query selects: a screenful."""
MAX_TITLES = 200_000
"""Titles that the palette knows."""


class Answerer:
    """Does what takes time, for one library."""

    def __init__(self, library: LibraryIndex) -> None:
        self._library = library
        self._filter: ContentsFilter | None = None
        """Used by queries only, which come one at a time."""

    def answer(self, request: Request, post: Post, is_cancelled: Callable[[], bool]) -> Answer | None:
        """Return the answer to a request; what is known before is handed to ``post``.

        Raises:
            QueryInterruptedError: another query was wanted meanwhile.
            IndexUnavailableError: the index cannot be read or written.
        """
        match request:
            case PageRequest():
                return PageRead(request, self._page(request))
            case PageAgain():
                return PageReadAgain(request, self._page_again(request))
            case PagesAhead():
                self._pages_ahead(request, post, is_cancelled)
                return None
            case ColourCode(codes=codes):
                return CodeColoured(request, [colour(code.text, code.language) for code in codes])
            case ContentsRequest():
                return self._contents(request)
            case EntriesRequest(rows):
                with self._library.connection() as connection:
                    return EntriesRead(request, list(queries.entries(connection, rows).values()))
            case TitlesRequest():
                from reinvent_tui.reader.commands import Titles

                with self._library.connection() as connection:
                    return TitlesRead(request, Titles(queries.all_titles(connection, MAX_TITLES)))
            case WhyRequest():
                return self._why(request)
            case ExplainRequest():
                return self._explain(request)
            case FixRequest():
                return _fix(request)
            case LinkRequest():
                return self._link(request)
            case ScanRequest():
                return self._scan(request, post, is_cancelled)
            case CheckIndex():
                return IndexChecked(request, self._library.data_version())
            case SaveSettings():
                return _save(request)
            case CopySession() | CopyTakeaway() | CopyTakeaways():
                return self._copy(request)
            case FindRelated() | SearchRequest() | HitsRequest() | PrepareSearch() | BrowseRequest():
                return self._query(request)

    def _query(
        self, request: FindRelated | SearchRequest | HitsRequest | PrepareSearch | BrowseRequest
    ) -> Answer | None:
        match request:
            case SearchRequest():
                return self._search(request)
            case HitsRequest(answer=answer, rows=rows, inferred=inferred):
                wanted = set(rows)
                with self._library.searcher(given_only=not inferred) as searcher:
                    hits = [hit for hit in answer.hits if hit.row in wanted]
                    return HitsRead(request, _hit_entries(searcher, answer, hits, inferred=inferred))
            case BrowseRequest():
                return self._browse(request)
            case FindRelated(details=details, inferred=inferred):
                with self._library.searcher(given_only=not inferred) as searcher:
                    return RelatedFound(request, searcher.related(details))
            case PrepareSearch():
                with self._library.searcher() as searcher:
                    searcher.lexicon.forms("prepared")
                return None

    # Pages

    def _page(self, request: PageRequest) -> Page | None:
        match request.target:
            case SessionTarget(row):
                row = self._row_now(row, request.name)
                return (
                    session_page_of(self._library, row, whole=request.whole, inferred=request.inferred) if row else None
                )
            case DayTarget():
                return self._day(request.target, request)
            case EventTarget(event):
                from reinvent_tui.reader.pages.day import event_page

                return EventPage(event_page(event), event)
            case TakeawaysTarget():
                return self._takeaways(request.target, request)

    def _row_now(self, row: int, name: str) -> int:
        """Return the row of the session called ``name``, if that is known; it may have changed."""
        if not name:
            return row
        with self._library.connection() as connection:
            return queries.find_session(connection, name) or 0

    def _day(self, target: DayTarget, request: PageRequest) -> DayPage | None:
        from reinvent_tui.reader.pages.day import MAX_LISTED, day_page

        day, contents = target.day, request.contents
        rows = contents.sessions[day.start : day.start + min(day.count, MAX_LISTED)] if contents is not None else ()
        with self._library.connection() as connection:
            text = queries.day_text(connection, day.id)
            entries = queries.entries(connection, rows)
        return DayPage(day_page(day, text, [entries[row] for row in rows if row in entries]), day, text.path)

    def _takeaways(self, target: TakeawaysTarget, request: PageRequest) -> TakeawaysPage:
        from reinvent_tui.reader.pages.takeaways import AT_FIRST, days_of, takeaways_page

        contents = request.contents or queries.EMPTY
        with self._library.searcher(given_only=not request.inferred) as searcher:
            most = 0 if request.whole else AT_FIRST
            takeaways = searcher.takeaways(target.query, contents, days_of(target, contents), most)
        document = takeaways_page(target, takeaways, several=len(contents.events) > 1)
        return TakeawaysPage(document, target, takeaways.count)

    def _page_again(self, request: PageAgain) -> Page | None:
        if not request.name:
            return self._page(request.request)
        with self._library.connection() as connection:
            row = queries.find_session(connection, request.name)
        return session_page_of(self._library, row, inferred=request.request.inferred) if row is not None else None

    def _pages_ahead(self, request: PagesAhead, post: Post, is_cancelled: Callable[[], bool]) -> None:
        for row in request.rows:
            page = session_page_of(self._library, row, inferred=request.inferred)
            if is_cancelled():
                return
            if page is not None:
                post(PageReadAhead(request, page))

    def _why(self, request: WhyRequest) -> Answer:
        from reinvent_tui.index.evidence import evidence_of

        with self._library.connection() as connection:
            details = queries.session_details(connection, request.row)
            if details is None:
                return WhyRead(request, b"", "", ())
            try:
                lines = evidence_of(connection, self._library.roots, details)
            except FileNotFoundError:
                lines = []
            return WhyRead(request, details.file, details.path, tuple(lines))

    def _explain(self, request: ExplainRequest) -> Explained:
        from reinvent_tui.index.explanation import explained

        with self._library.searcher(given_only=not request.inferred) as searcher:
            answer = searcher.search(request.query, typing=request.typing)
            parts = explained(searcher.fts, answer.query)
        return Explained(request, tuple(parts), answer.total, answer.close)

    def _link(self, request: LinkRequest) -> LinkFound:
        address, _, anchor = request.target.partition("#")
        path = unquote(address.partition("?")[0])
        here = request.here
        path = posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here
        anchor = clean_line(unquote(anchor))
        return LinkFound(request, self._find(path, anchor), anchor)

    def _find(self, path: str, anchor: str) -> int | None:
        """Return the session that a link to ``path`` and ``anchor`` means; None if there is none."""
        with self._library.connection() as connection:
            if anchor:
                row = queries.find_session(connection, f"{path}#{anchor}")
                if row is not None:
                    return row
            rows = queries.find_path(connection, path)
            for row in rows if anchor else ():
                details = queries.session_details(connection, row)
                if details is not None and _has_heading(details, anchor):
                    return row
            return rows[0] if rows else None

    # The library

    def _contents(self, request: ContentsRequest) -> ContentsRead:
        # The version first: a change while the contents are read is noticed later.
        version = self._library.data_version()
        with self._library.connection() as connection:
            contents = queries.contents(connection)
            rows = dict.fromkeys([*request.rows, *contents.sessions[:FIRST_ENTRIES]])
            return ContentsRead(request, contents, list(queries.entries(connection, rows).values()), version)

    def _scan(self, request: ScanRequest, post: Post, is_cancelled: Callable[[], bool]) -> ScanEnded:
        def progressed(progress: Progress) -> None:
            if not is_cancelled():
                post(ScanProgressed(request, progress.indexed, progress.total))

        if request.fresh:
            self._library.reset()
        report = self._library.synchronise(progressed, is_cancelled)
        return ScanEnded(request, report, "", self._library.data_version())

    # Queries

    def _search(self, request: SearchRequest) -> HitsFound:
        with self._library.searcher(given_only=not request.inferred) as searcher:
            answer = searcher.search(request.text, typing=True, preview=request.preview)
            hits = list(answer.hits)
            order = request.order
            if order is not None:
                hits.sort(key=lambda hit: order.get(hit.row, 0))
            entries = _hit_entries(searcher, answer, hits[:FIRST_HITS], inferred=request.inferred)
            return HitsFound(request, answer, [hit.row for hit in hits], entries)

    def _browse(self, request: BrowseRequest) -> Browsed:
        from reinvent_tui.index.browse import ContentsFilter

        contents = request.contents
        with self._library.searcher(given_only=not request.inferred) as searcher:
            browser = searcher.browser
            selection = browser.select(request.query, typing=request.typing)
            values = browser.values(request.facet, selection.rows)
            if not request.query.strip():
                return Browsed(request, contents, [], values, selection.count)
            if self._filter is None or self._filter.contents is not contents:
                self._filter = ContentsFilter(contents)
            narrowed = self._filter.narrowed(selection.rows)
        with self._library.connection() as connection:
            entries = queries.entries(connection, narrowed.sessions[:FIRST_TITLES])
        return Browsed(request, narrowed, list(entries.values()), values, selection.count)

    # Copies

    def _copy(self, request: CopySession | CopyTakeaway | CopyTakeaways) -> TextReady:
        from reinvent_tui.reader.pages.copies import session_line, takeaway_item, takeaways_text

        match request:
            case CopySession(row):
                details = self._details(row)
                return TextReady(request, session_line(details) if details is not None else "", "the session's title")
            case CopyTakeaway(mark):
                details = self._details(mark.row)
                return TextReady(
                    request, takeaway_item(details, mark.text) if details is not None else "", "the takeaway"
                )
            case CopyTakeaways(target, contents, inferred):
                from reinvent_tui.plural import counted
                from reinvent_tui.reader.pages.takeaways import days_of

                with self._library.searcher(given_only=not inferred) as searcher:
                    takeaways = searcher.takeaways(target.query, contents, days_of(target, contents))
                return TextReady(request, takeaways_text(takeaways), counted(takeaways.count, "takeaway"))

    def _details(self, row: int) -> SessionDetails | None:
        with self._library.connection() as connection:
            return queries.session_details(connection, row)


def _hit_entries(searcher: Searcher, answer: Found, hits: Iterable[Hit], *, inferred: bool) -> list[HitEntry]:
    from reinvent_tui.index.excerpts import best_of
    from reinvent_tui.index.query_filters import field_filter
    from reinvent_tui.reader.dates import short_day

    named = {name.casefold() for name in field_filter(answer.query.text, "tag").wanted}
    entries = []
    for hit in hits:
        known = searcher.details(hit.row)
        if known is None:
            continue
        session = known[0].session
        tags = tuple(
            tag.name if tag.given else f"·{tag.name}"
            for tag in session.tags
            if tag.name.casefold() not in named and (tag.given or inferred)
        )
        passages = tuple(best_of(known[1], answer.matcher, 2))
        day = short_day(session.when)
        entries.append(HitEntry(hit.row, session.title, session.code, day, passages, hit.lacks, tags))
    return entries


def _has_heading(details: SessionDetails, anchor: str) -> bool:
    from reinvent_tui.library.outline import headings, plain

    found, _ = headings(details.session.body.split("\n"))
    return any(slug(plain(heading.text)) == slug(anchor) for heading in found)


def _fix(request: FixRequest) -> Answer:
    from reinvent_tui.library.corrections import put

    (kept,) = put([Path(os.fsdecode(request.place))], sessions=request.sessions, event=request.event)
    return Fixed(request, clean_line(shown(kept.name)))


def _save(request: SaveSettings) -> Failed | None:
    try:
        save_settings(config_folder(), request.settings)
    except OSError as error:
        return Failed(request, f"settings cannot be saved: {error.strerror}")
    return None
