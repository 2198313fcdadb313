"""Search as it is typed, hits, matches, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from reinvent_tui.index.search import Searcher
from reinvent_tui.reader.jobs import Jobs
from reinvent_tui.reader.panes import Lists
from reinvent_tui.reader.requests import SearchRequest
from reinvent_tui.tui.widgets.hit_list import BELOW
from reinvent_tui.tui.widgets.query_line import QueryLine
from support import (
    DAY_1,
    DAY_2,
    Using,
    jobs_on,
    key_event,
    using,
    write_library,
)

LONG = (
    "# A Long Talk\n\n"
    + "".join(f"Paragraph {number} of many words that fill the line and go on.\n\n" for number in range(80))
    + "### Takeaways\n\n- The zebra comes at the end.\n- Scaling scales.\n"
)


class Searching(Using):
    """The app while a test searches with it."""

    @property
    def hits(self) -> list[str]:
        entries = (self.screen.hits.entry(row) for row in self.screen.hits.rows)
        return [entry.title if entry is not None else "" for entry in entries]

    @property
    def marked(self) -> str:
        """The text of the match that the reader is at."""
        view = self.screen.view
        block, offset = view.current_match
        assert view.document is not None
        if block < 0:
            return ""
        end = next(end for start, end in view.matches_in(block) if start == offset)
        return view.document.filled(block).text[offset:end]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return write_library(tmp_path / "library", {"day-1.md": DAY_1, "day-2.md": DAY_2, "long.md": LONG})


def searching(jobs: Jobs, size: tuple[int, int] = (110, 30)) -> AbstractAsyncContextManager[Searching]:
    return using(Searching, jobs, size)


@pytest.fixture
def jobs(library: Path, cache: Path) -> Iterator[Jobs]:
    with jobs_on(cache, library) as found:
        yield found


async def test_hits_come_with_each_letter_and_the_page_follows(jobs: Jobs) -> None:
    async with searching(jobs) as on:
        await on.press("slash")
        assert isinstance(on.app.focused, QueryLine)
        await on.type("scal")
        assert set(on.hits) == {"Aurora Serverless", "A Long Talk"}
        assert on.title == on.hits[0]
        assert "2 sessions, 2 takeaways of 6" in on.text
        await on.type("ing blocks")
        assert on.hits == ["Aurora Serverless"]
        assert "Long transactions block scaling." in on.text


async def test_the_page_is_at_the_best_passage(jobs: Jobs) -> None:
    async with searching(jobs) as on:
        await on.press("slash")
        await on.type("zebra")
        assert on.title == "A Long Talk"
        assert "The zebra comes at the end." in on.text
        assert on.marked == "zebra"


async def test_escape_brings_back_exactly_what_was_there(jobs: Jobs) -> None:
    async with searching(jobs) as on:
        await on.press("J", "J", "J", "d")
        before = (on.text, on.screen.view.position)
        await on.press("slash")
        await on.type("aurora")
        assert on.text != before[0]
        await on.press("escape")
        await on.rest()
        assert (on.text, on.screen.view.position) == before
        await on.press("slash")
        await on.type("keynote")
        await on.press("enter", "escape")
        await on.rest()
        assert on.title == "Second Keynote", "what was found stays"
        assert not on.screen.reader.search.is_open
        await on.press("alt+left")
        await on.rest()
        assert (on.text, on.screen.view.position) == before


async def test_arrows_walk_the_hits_while_the_cursor_stays_in_the_line(jobs: Jobs) -> None:
    async with searching(jobs) as on:
        await on.press("slash")
        await on.type("scal")
        await on.press("down")
        await on.rest()
        assert on.title == on.hits[1]
        assert isinstance(on.app.focused, QueryLine)
        await on.press("up")
        await on.rest()
        assert on.title == on.hits[0]
        await on.press("pagedown", "pageup")
        assert on.screen.hits.cursor == 0


async def test_enter_reads_and_n_goes_on_into_the_next_hit(jobs: Jobs) -> None:
    async with searching(jobs) as on:
        await on.press("slash")
        await on.type("scal")
        await on.press("enter")
        await on.rest()
        assert on.app.focused is on.screen.view
        first = on.title
        seen = {on.marked}
        for _ in range(6):
            await on.press("n")
            await on.rest()
            seen.add(on.marked)
            if on.title != first:
                break
        assert on.title == on.hits[1]
        assert on.marked.lower().startswith("scal")
        await on.press("N")
        await on.rest()
        assert on.title == first
        assert on.screen.status.line.place == "1 of 2"


async def test_a_key_right_after_enter_is_for_the_page(jobs: Jobs) -> None:
    async with searching(jobs) as on:
        await on.press("slash")
        driver = on.app._driver
        assert driver is not None
        for key in (*"scal", "enter", "n"):
            driver.send_message(key_event(key))
        await on.rest()
        assert on.screen.view.has_focus
        assert on.screen.reader.search.text == "scal", "what was typed in one piece with Enter is read"
        assert on.title == on.hits[0]


async def test_n_without_a_search_says_what_to_do(jobs: Jobs) -> None:
    async with searching(jobs) as on:
        await on.press("n")
        assert "nothing has been searched for" in on.said


async def test_tab_goes_between_page_and_hits(jobs: Jobs) -> None:
    async with searching(jobs) as on:
        await on.press("slash")
        await on.type("scal")
        await on.press("enter", "tab")
        assert on.screen.hits.has_focus
        await on.press("j")
        await on.rest()
        assert on.title == on.hits[1]
        await on.press("tab")
        assert on.screen.view.has_focus
        await on.press("slash")
        assert on.screen.query_line.value == "scal"


async def test_a_code_goes_to_its_session(jobs: Jobs) -> None:
    async with searching(jobs) as on:
        await on.press("slash")
        await on.type("dat336")
        await on.press("enter")
        assert on.title == "Aurora Serverless"


async def test_the_query_is_explained(jobs: Jobs) -> None:
    async with searching(jobs) as on:
        await on.press("slash")
        await on.type("scale ")
        await on.press("ctrl+e")
        assert "“scale”" in on.text
        assert "its forms scales, scaling" in on.text
        await on.press("escape")
        assert "its forms" not in on.text
        assert on.screen.query_line.value == "scale "


async def test_hits_in_the_order_of_days(jobs: Jobs) -> None:
    async with searching(jobs) as on:
        await on.press("slash")
        await on.type("takeaways")
        await on.press("ctrl+t")
        await on.rest()
        order = list(on.screen.reader.contents.sessions)
        assert on.screen.hits.rows == sorted(on.screen.hits.rows, key=order.index)
        assert "/ takeaways · by day" in on.text
        await on.press("escape", "slash")
        await on.type("takeaways")
        await on.rest()
        assert "· by day" not in on.text, "each search has its own order"


async def test_a_dead_end_offers_a_way_on(jobs: Jobs) -> None:
    async with searching(jobs) as on:
        await on.press("slash")
        await on.type("aurora year:2099")
        assert "Nothing found" in on.text
        assert "without year:2099" in on.text
        await on.press("alt+1")
        await on.rest()
        assert on.hits == ["Aurora Serverless"]


async def test_a_misspelt_word_finds_what_is_spelled_alike_and_may_be_mended(jobs: Jobs) -> None:
    async with searching(jobs) as on:
        await on.press("slash")
        await on.type("aurra ")
        assert on.hits == ["Aurora Serverless"]
        assert "without aurra" in on.text
        await on.press("alt+1")
        await on.rest()
        assert on.screen.query_line.value.strip() == "aurora"
        assert on.hits == ["Aurora Serverless"]


async def test_an_offer_is_taken_from_the_list_too_and_the_query_is_to_be_seen(jobs: Jobs) -> None:
    async with searching(jobs) as on:
        await on.press("slash")
        await on.type("aurora -serverless")
        await on.press("tab", "ctrl+f", "escape")
        assert not on.screen.reader.panes.has_query
        on.screen.hits.focus()
        await on.press("down", "enter")
        await on.rest()
        assert on.screen.reader.panes.has_query
        assert on.screen.query_line.has_focus
        assert on.screen.query_line.value in ("aurora", "-serverless")


async def test_hits_are_shown_where_the_sidebar_was_hidden(jobs: Jobs) -> None:
    async with searching(jobs) as on:
        await on.press("s", "slash")
        await on.type("aurora")
        assert on.screen.hits.is_on_screen
        await on.press("escape")
        assert on.screen.reader.panes.lists is Lists.HIDDEN


async def test_the_closest_say_what_they_lack(jobs: Jobs) -> None:
    async with searching(jobs) as on:
        await on.press("slash")
        await on.type("aurora zebra ")
        assert "no session has all words: 2 close" in on.text
        assert "without zebra" in on.text
        assert "without aurora" in on.text


async def test_a_hint_is_told(jobs: Jobs) -> None:
    async with searching(jobs, (140, 30)) as on:
        await on.press("slash")
        await on.type("tittle:aurora")
        assert "did you mean “title:”" in on.text


async def test_finding_in_the_page(jobs: Jobs) -> None:
    async with searching(jobs) as on:
        await on.press("J", "ctrl+f")
        await on.type("scal")
        assert on.marked == "Scal"
        assert "1 of 3 matches" in on.text
        await on.press("down")
        assert "2 of 3 matches" in on.text
        await on.press("enter", "n")
        assert "3 of 3 matches" in on.text
        await on.press("n")
        assert "last match" in on.said
        await on.press("N", "ctrl+f", "escape")
        assert on.marked == ""


async def test_finding_what_is_not_there(jobs: Jobs) -> None:
    async with searching(jobs) as on:
        await on.press("ctrl+f")
        await on.type("zzz")
        assert "not on this page" in on.text


async def test_slash_finds_in_the_page_that_stands_alone(jobs: Jobs) -> None:
    async with searching(jobs) as on:
        await on.press("z", "slash")
        await on.type("regions")
        assert not on.screen.reader.search.is_open


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_at_every_size(jobs: Jobs, size: tuple[int, int]) -> None:
    async with searching(jobs, size) as on:
        await on.press("slash")
        await on.type("aurora")
        assert "Aurora Serverless" in on.text
        await on.press("enter")
        await on.rest()
        assert on.title == "Aurora Serverless"
        assert "Scaling waits" in on.text
        await on.press("escape")
        await on.rest()
        assert on.title == "Aurora Serverless"
        await on.press("backspace")
        await on.rest()
        assert on.title == "Security Talk"


async def test_an_answer_that_nobody_waits_for_is_dropped(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    async with searching(jobs) as on:
        await on.press("slash")
        await on.type("auro")
        asked: list[str] = []
        search = Searcher.search

        def noted(self: Searcher, text: str, **options: bool) -> object:
            asked.append(text)
            return search(self, text, **options)

        monkeypatch.setattr(Searcher, "search", noted)
        on.screen.worker.start(SearchRequest(10**6, "keynote", None, preview=True, inferred=True))
        await on.rest()
        assert asked == ["keynote"]
        assert on.hits == ["Aurora Serverless"]


async def test_text_in_a_post_is_never_markup_in_the_list(tmp_path: Path, cache: Path) -> None:
    folder = write_library(tmp_path / "odd", {"a.md": "# A [red]talk[/foo]\n\n- Zebra [/bar] \x1b[31m one.\n"})
    with jobs_on(cache, folder) as jobs:
        async with searching(jobs) as on:
            await on.press("slash")
            await on.type("zebra")
            assert "[red]talk[/foo]" in on.text
            assert "\x1b" not in on.text


async def test_sessions_that_lack_words_come_below_a_line_and_are_counted_apart(tmp_path: Path, cache: Path) -> None:
    files = {
        "one.md": "# Functions\n\nA cold start of a function takes long.\n",
        "two.md": "# Winter\n\nIt was cold.\n",
        "three.md": "# Sports\n\nThe start of a race.\n",
    }
    with jobs_on(cache, write_library(tmp_path / "notes", files)) as jobs:
        async with searching(jobs) as on:
            await on.press("slash")
            await on.type("cold start")
            assert on.hits == ["Functions", "Winter", "Sports"]
            assert "1 with all words, 2 close" in on.text
            above, below = on.text.split(BELOW)
            assert "Functions" in above
            assert "without start" in below
            assert "without cold" in below
            await on.press("enter")
            await on.rest()
            assert "1 of 1" in on.text
            await on.press("J")
            await on.rest()
            assert "1 of 2 close" in on.text
