"""Topics, tracks and speakers picked by hand, takeaways on one page, and what is related."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from textual.widget import Widget

from reinvent_tui.config import load_settings
from reinvent_tui.index.values import Facet
from reinvent_tui.paths import config_folder
from reinvent_tui.reader.answers import Browsed
from reinvent_tui.reader.jobs import Jobs
from reinvent_tui.reader.requests import BrowseRequest
from support import Using, jobs_on, key_event, settle, using, write_library

POST = """---
event: Conf {year}
day: {day}
date: {year}-11-2{day}
sessions:
  Aurora Scaling {year}: {{code: DAT336, speakers: [Ada Lovelace], tags: [databases, serverless, aws/aurora]}}
  Lambda Internals {year}: {{code: SRV40{day}, speakers: [Alan Turing], tags: [serverless, aws/lambda]}}
  Closing Words {year}: {{tags: [keynote]}}
---

## Aurora Scaling {year}

It scales.

### Takeaways

- Long transactions block scaling in {year}.
- A cold start takes half a minute.

## Lambda Internals {year}

Kubernetes, Kubernetes and Kubernetes; Kubernetes, Kubernetes and Kubernetes. It is not about it at all.

### Takeaways

- Keep functions warm.

## Closing Words {year}

Nothing to learn.
"""


class Browsing(Using):
    """The app while a test browses with it."""

    @property
    def topics(self) -> list[str]:
        return self.screen.topics.names

    @property
    def query(self) -> str:
        return self.screen.query_line.value

    @property
    def sidebar(self) -> list[int]:
        """Sessions of each day in the sidebar."""
        assert self.screen.sidebar.contents is self.screen.reader.contents
        return [day.count for day in self.screen.sidebar.contents.days]


def browsing(jobs: Jobs, size: tuple[int, int] = (110, 40)) -> AbstractAsyncContextManager[Browsing]:
    return using(Browsing, jobs, size)


@pytest.fixture
def jobs(tmp_path: Path, cache: Path) -> Iterator[Jobs]:
    files = {f"{year}.md": POST.format(year=year, day=day) for year, day in ((2015, 1), (2018, 2), (2019, 3))}
    with jobs_on(cache, write_library(tmp_path / "library", files)) as found:
        yield found


async def test_topics_narrow_the_sidebar_and_stand_in_the_query_line(jobs: Jobs) -> None:
    async with browsing(jobs) as on:
        await on.press("t")
        assert on.screen.topics.has_focus
        assert on.topics[:2] == ["aws", "serverless"]
        await on.type("serv")
        assert on.topics == ["serverless"]
        await on.press("enter")
        assert on.query == "tag:serverless"
        assert on.sidebar == [2, 2, 2]
        assert "2 of 3" in on.text
        assert "also tagged" in on.text
        assert "aws" not in on.topics, "every one of these has it: it narrows nothing"
        assert "keynote" not in on.topics
        await on.type("data")
        await on.press("exclamation_mark")
        assert on.query == "tag:serverless -tag:databases"
        assert on.sidebar == [1, 1, 1]
        await on.press("backspace")
        assert on.query == "tag:serverless"
        await on.press("backspace")
        assert on.query == ""
        assert on.sidebar == [3, 3, 3]
        await on.press("escape")
        assert not on.screen.reader.panes.has_topics


async def test_several_are_marked_and_any_of_them_is_enough(jobs: Jobs) -> None:
    async with browsing(jobs) as on:
        await on.press("t")
        await on.type("database")
        await on.press("space")
        assert "*" in on.text
        await on.type("keynote")
        await on.press("space", "enter")
        assert on.query == "tag:databases tag:keynote"
        assert on.sidebar == []
        await on.press("vertical_line")
        assert on.query == "tag:(databases OR keynote)"
        assert on.sidebar == [2, 2, 2]
        assert "any of these" in on.text
        await on.press("vertical_line")
        assert on.query == "tag:databases tag:keynote"
        await on.press("up", "up", "up", "enter")
        assert on.query == "tag:keynote", "Enter on what was chosen lets it go"


async def test_keys_typed_before_the_list_is_there_are_for_the_list(jobs: Jobs) -> None:
    async with browsing(jobs) as on:
        driver = on.app._driver
        assert driver is not None
        on.screen.action_event("topics")
        for key in ("k", "e", "y", "enter"):
            driver.send_message(key_event(key))
        await settle(on.pilot)
        assert on.query == "tag:keynote"


async def test_marks_and_filter_are_gone_when_the_pane_comes_back(jobs: Jobs) -> None:
    async with browsing(jobs) as on:
        await on.press("t", "enter", "down", "space")
        assert "*" in on.text
        query = on.query
        await on.press("escape", "t")
        assert on.query == query
        assert "*" not in on.text
        assert on.screen.topics.filter == ""


async def test_nested_names_fold_and_a_parent_matches_its_children(jobs: Jobs) -> None:
    async with browsing(jobs) as on:
        await on.press("t")
        assert "aws/lambda" not in on.topics
        await on.press("right")
        assert on.topics[:3] == ["aws", "aws/aurora", "aws/lambda"]
        await on.press("down", "left")
        assert on.screen.topics.cursor == 0
        await on.press("left")
        assert "aws/lambda" not in on.topics
        await on.press("enter")
        assert on.query == "tag:aws"
        assert on.sidebar == [2, 2, 2]


async def test_sorted_by_name_and_by_count(jobs: Jobs) -> None:
    async with browsing(jobs) as on:
        await on.press("t", "ctrl+t")
        assert on.topics == sorted(on.topics)
        await on.press("ctrl+t")
        assert on.topics != sorted(on.topics)


async def test_other_facets_have_the_same_keys(jobs: Jobs) -> None:
    async with browsing(jobs) as on:
        await on.press("t", "right_square_bracket")
        assert on.topics == ["DAT", "SRV"]
        assert "Databases" in on.text
        await on.press("right_square_bracket")
        assert on.topics == ["300", "400"]
        await on.press("right_square_bracket")
        assert sorted(on.topics) == ["Conf 2015", "Conf 2018", "Conf 2019"]
        await on.press("enter")
        assert on.query.startswith('event:"Conf 20')
        assert len(on.sidebar) == 1
        await on.press("right_square_bracket")
        assert on.topics == ["Ada Lovelace", "Alan Turing"]
        await on.press("enter")
        assert on.query.endswith('speaker:"Ada Lovelace"')
        assert on.sidebar == [1]
        await on.press("left_square_bracket", "left_square_bracket", "left_square_bracket")
        assert on.screen.topics.facet is Facet.TRACK


async def test_inferred_topics_are_told_apart_and_can_be_switched_off(jobs: Jobs) -> None:
    async with browsing(jobs) as on:
        await on.press("J", "t")
        assert "kubernetes" in on.topics
        assert "·kubernetes" in on.text
        await on.press("ctrl+g")
        assert "kubernetes" not in on.topics
        assert "·kubernetes" not in on.text
        assert "given only" in on.text
        await settle(on.pilot)
        assert not load_settings(config_folder()).inferred
        assert _selected(on, jobs, inferred=False) == 0
        await on.press("ctrl+g")
        assert "kubernetes" in on.topics
        assert _selected(on, jobs, inferred=True) == 3


def _selected(on: Browsing, jobs: Jobs, *, inferred: bool) -> int:
    request = BrowseRequest(1, "tag:kubernetes", Facet.TAG, on.screen.reader.library.contents, False, inferred)
    answer = jobs.answer(request, lambda _: None, lambda: False)
    assert isinstance(answer, Browsed)
    return answer.total


async def test_the_pane_opens_closes_and_keeps_the_choice(jobs: Jobs) -> None:
    async with browsing(jobs) as on:
        await on.press("t")
        await on.type("keynote")
        await on.press("enter", "tab")
        assert on.screen.view.has_focus
        await on.press("t")
        assert not on.screen.reader.panes.has_topics
        assert on.query == "tag:keynote"
        assert on.sidebar == [1, 1, 1]
        await on.rest()
        assert on.title == "Closing Words 2019", "the page follows"
        await on.press("J")
        assert on.title == "Closing Words 2018"
        await on.press("escape")
        assert on.sidebar == [3, 3, 3]


async def test_a_choice_composes_with_a_search(jobs: Jobs) -> None:
    async with browsing(jobs) as on:
        await on.press("t")
        await on.type("serverless")
        await on.press("enter", "slash")
        assert on.query == "tag:serverless "
        await on.type("s")
        assert on.query == "tag:serverless s"
        assert len(on.screen.hits.rows) == 6
        entry = on.screen.hits.entry(on.screen.hits.rows[0])
        assert entry is not None
        assert entry.tags
        assert "serverless" not in entry.tags, "the query names it already"
        await on.press("enter", "t")
        assert on.screen.reader.search.is_open
        assert not on.screen.reader.panes.has_topics
        await on.press("t")
        await on.type("databases")
        await on.press("enter")
        assert on.query == "tag:serverless tag:databases s", "the search goes along"
        assert len(on.screen.hits.rows) == 3
        await on.press("escape")
        assert not on.screen.reader.panes.has_topics
        assert on.screen.reader.search.is_open
        await on.press("escape")
        assert not on.screen.reader.search.is_open
        assert on.query == "tag:serverless"
        assert on.sidebar == [2, 2, 2]


async def test_a_topic_under_the_title_is_picked_with_keys_and_mouse(jobs: Jobs) -> None:
    async with browsing(jobs) as on:
        await on.press("l")
        assert on.screen.view.mark is not None
        assert on.screen.view.mark[-1] == "tag:databases"
        await on.press("right", "left", "right", "h", "l", "enter")
        assert on.query == "tag:serverless"
        assert on.sidebar == [2, 2, 2]
        lines = on.text.split("\n")
        row = next(at for at, line in enumerate(lines) if "databases  serverless" in line)
        await on.pilot.click(offset=(lines[row].index("databases  serverless") + 2, row))
        await settle(on.pilot)
        assert on.query == "tag:serverless tag:databases"


async def test_takeaways_are_one_page_and_lead_to_their_sessions(jobs: Jobs) -> None:
    async with browsing(jobs) as on:
        await on.press("T")
        assert on.title == "Takeaways"
        assert "9 takeaways · 6 sessions · 3 events, the newest first" in on.text
        headings = [heading.text for heading in on.screen.reader.navigator.page.document.headings]  # type: ignore[union-attr]
        assert headings[0].startswith("Conf 2019")
        assert "latest mention" in headings[0]
        assert "2016 to 2017: nothing" in _whole(on)
        await on.press("l", "l", "enter")
        assert on.title.startswith("Aurora Scaling 2019")
        await on.press("backspace")
        assert on.title == "Takeaways"
        assert on.screen.reader.navigator.page is not None
        await on.press("ctrl+t")
        headings = [heading.text for heading in on.screen.reader.navigator.page.document.headings]
        assert headings[0].startswith("Conf 2015")
        assert "first mention" in headings[0]
        assert "2016 to 2017: nothing" in _whole(on)
        await on.press("ctrl+f")
        await on.type("minute")
        assert "1 of 3 matches" in on.text


def _whole(on: Browsing) -> str:
    page = on.screen.reader.navigator.page
    assert page is not None
    return "\n".join(page.document.filled(block).text for block in range(len(page.document)))


async def test_takeaways_of_a_query_and_of_a_day(jobs: Jobs) -> None:
    async with browsing(jobs) as on:
        await on.press("t")
        await on.type("databases")
        await on.press("enter", "T")
        assert "tag:databases" in on.text
        assert "6 takeaways · 3 sessions" in on.text
        await on.press("backspace", "escape", "escape", "escape")
        await on.press("tab", "k", "T")
        assert "3 takeaways · 2 sessions" in on.text, "of the day that is open"


async def test_a_scan_leaves_the_takeaways_on_screen_and_brings_new_ones(tmp_path: Path, jobs: Jobs) -> None:
    async with browsing(jobs) as on:
        await on.press("T")
        post = tmp_path / "library" / "2019.md"
        post.write_text(
            post.read_text().replace("- Keep functions warm.", "- Keep functions warm.\n- Keep them small.")
        )
        await on.press("r")
        assert on.title == "Takeaways"
        assert "10 takeaways" in on.text
        assert "Keep them small." in on.text


async def test_topics_on_a_narrow_screen_lie_over_the_page(jobs: Jobs) -> None:
    async with browsing(jobs, (60, 24)) as on:
        await on.press("t")
        assert "type to filter" in on.text
        await on.press("enter", "tab")
        assert "also tagged" not in on.text
        assert on.screen.view.has_focus
        await on.press("t")
        assert "also tagged" in on.text, "still open: it comes back"
        assert on.query == "tag:aws"


async def test_letting_go_of_all_that_was_searched_leaves_the_search(jobs: Jobs) -> None:
    async with browsing(jobs) as on:
        await on.press("t", "slash")
        await on.type("tag:keynote")
        assert "keynote" in on.topics, "the list goes along with what is typed"
        await on.press("enter", "tab", "tab")
        on.screen.topics.focus()
        await on.press("enter")
        assert not on.screen.reader.search.is_open
        assert on.sidebar == [3, 3, 3]


async def test_finding_in_the_page_alone_forgets_no_choice(jobs: Jobs) -> None:
    async with browsing(jobs) as on:
        await on.press("t", "enter", "escape", "z", "slash")
        await on.type("cold")
        await on.press("escape", "z", "escape")
        assert on.query == ""
        assert on.sidebar == [3, 3, 3]


async def test_the_order_of_takeaways_says_where_it_works(jobs: Jobs) -> None:
    async with browsing(jobs) as on:
        await on.press("ctrl+t")
        assert "of gathered takeaways" in on.said


async def test_related_sessions_stand_under_the_page(jobs: Jobs) -> None:
    async with browsing(jobs) as on:
        assert "Related" not in on.text, "who only passes by does not wait for them"
        before = on.screen.view.spot
        await on.pilot.pause(0.4)
        await settle(on.pilot)
        assert on.screen.view.spot == before
        assert "Related" in on.text
        assert "the same session, DAT336" in on.text
        await on.press("f")
        label = next(key for key, place in on.screen.view.labels.items() if place.target.startswith("session:"))
        await on.press(label)
        assert on.title in ("Aurora Scaling 2018", "Aurora Scaling 2015")


async def test_keys_in_one_piece_are_for_what_they_open(jobs: Jobs) -> None:
    async with browsing(jobs) as on:
        await on.type("tserv")
        assert on.screen.topics.filter == "serv"
        assert on.topics == ["serverless"]
        await on.press("escape", "escape")
        await on.type("tq")
        assert on.screen.topics.filter == "q"
        assert "none with “q”" in on.text
        await on.press("escape", "escape")
        await on.type("/scal")
        assert on.query == "scal"
        await on.press("escape")
        await on.type("s/q")
        assert on.query == "q"
        assert on.app.is_running


async def test_tab_goes_round_and_the_keys_shown_are_those_of_the_pane(jobs: Jobs) -> None:
    async with browsing(jobs) as on:
        await on.press("t")
        seen: list[tuple[Widget | None, bool]] = []
        for _ in range(4):
            seen.append((on.screen.focused, "leave out" in on.text))
            await on.press("tab")
        assert seen == [(on.screen.topics, True), (on.screen.view, False), (on.screen.sidebar, False), seen[0]]
        await on.press("s")
        assert not on.screen.reader.panes.shows_topics
        await on.press("t")
        assert on.screen.focused is on.screen.topics, "hidden with the sidebar, it is shown, not closed"
        await on.press("escape")
        assert "leave out" not in on.text


async def test_the_selection_stays_in_sight_and_the_takeaways_go_along(jobs: Jobs) -> None:
    async with browsing(jobs) as on:
        await on.press("t")
        await on.type("databa")
        await on.press("enter", "T")
        assert "3 sessions" in on.text
        await on.press("ctrl+f")
        await on.type("cold")
        assert "matches" in on.text
        await on.press("enter", "escape")
        assert on.screen.reader.panes.has_query, "what is chosen is still to be seen"
        assert on.query == "tag:databases"
        await on.press("t", "t", "enter")
        assert on.query == ""
        assert "6 sessions" in on.text


async def test_the_pane_stays_on_a_screen_that_gets_narrow(jobs: Jobs) -> None:
    async with browsing(jobs, size=(100, 30)) as on:
        await on.press("t")
        await on.pilot.resize_terminal(60, 24)
        await on.rest()
        assert on.screen.topics.has_focus
        assert on.screen.reader.panes.shows_topics
        assert "type to filter" in on.text
        await on.pilot.resize_terminal(100, 30)
        await on.rest()
        await on.press("tab")
        await on.pilot.resize_terminal(60, 24)
        await on.rest()
        assert on.screen.focused is on.screen.view
        assert not on.screen.reader.panes.shows_topics


async def test_takeaways_of_one_event_of_several_say_which(jobs: Jobs, tmp_path: Path, cache: Path) -> None:
    async with browsing(jobs) as on:
        await on.press("slash")
        await on.type("2015")
        await on.press("enter", "T")
        assert "Conf 2015" in on.text.split("Takeaways", 1)[1]
        assert "1 session" in on.text
    alone = write_library(tmp_path / "alone", {"2015.md": POST.format(year=2015, day=1)})
    with jobs_on(cache, alone) as single:
        async with browsing(single) as on:
            await on.press("T")
            assert "Conf 2015" not in on.text.split("Takeaways", 1)[1]
