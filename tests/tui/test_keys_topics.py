"""Topics by keys: what is chosen is kept, and the page follows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reading import reading
from reinvent_tui.index.values import Facet


async def test_the_page_follows_the_selection(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.open_topics("plums")
        assert on.title == "Beta Talk", "the first one that is selected: the page was not"
        assert on.marked_in_sidebar == on.cursor_in_sidebar == "Beta Talk"
        await on.choose("pears")
        assert on.title == "Epsilon Talk"
        assert on.marked_in_sidebar == "Epsilon Talk"


async def test_a_page_that_is_selected_stays_to_the_line(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        there = await on.scroll()
        await on.narrow("apples")
        assert (on.title, on.spot) == ("Alpha Talk", there)
        assert on.marked_in_sidebar == "Alpha Talk"


async def test_leaving_out_follows_too(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.open_topics()
        await on.type("pears")
        await on.press("exclamation_mark")
        await on.rest()
        assert on.title == "Beta Talk"
        assert on.sidebar_titles == ["Beta Talk", "Delta Talk"]


async def test_t_closes_the_pane_and_keeps_the_choice(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.narrow("plums")
        await on.press("t")
        await on.rest()
        assert on.picked == ["plums"]
        await on.press("tab", "t")
        await on.rest()
        assert not on.shows_topics
        assert on.sidebar_titles == ["Beta Talk", "Delta Talk", "Epsilon Talk"]


async def test_backspace_takes_picks_back_until_nothing_is_chosen(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.open_topics("apples", "plums")
        seen = []
        for _ in range(3):
            await on.press("backspace")
            await on.rest()
            seen.append(on.picked)
        assert seen == [["apples"], [], []]
        assert on.shows_topics
        assert on.screen.focused is on.screen.topics


async def test_backspace_takes_back_a_pick_that_was_there_when_the_pane_opened(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.narrow("apples", "plums")
        await on.press("t")
        await on.rest()
        await on.press("backspace")
        await on.rest()
        assert on.picked == ["apples"]


async def test_the_order_of_the_five_lists_never_changes(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("t")
        await on.rest()
        words = ["topics", "tracks", "levels", "events", "speakers"]
        facets = []
        for number in range(6):
            line = on.text.splitlines()[1][: on.screen.topics.size.width]
            names = line.replace("…", " ").split()
            assert names == [word for word in words if word in names], "in order, none cut"
            assert words[number % 5] in names, "the one that is listed is among them"
            facets.append(on.facet)
            await on.press("right_square_bracket")
            await on.rest()
        assert facets == [*Facet, Facet.TAG]


async def test_the_mark_is_on_the_list_that_is_shown(tmp_path: Path) -> None:
    async with reading(tmp_path, (160, 30)) as on:
        await on.press("t")
        await on.rest()
        styles = []
        for _ in range(2):
            strip = on.app.screen._compositor.render_strips()[on.screen.topics.region.y + 1]
            segments = [segment for segment in strip if segment.text.strip().startswith(("topic", "track"))]
            styles.append([segment.style for segment in segments])
            await on.press("right_square_bracket")
            await on.rest()
        assert styles[0] == styles[1][::-1]
        assert styles[0][0] != styles[0][1]


@pytest.mark.parametrize("height", [24, 60])
async def test_the_pane_takes_no_more_rows_than_it_has_topics(tmp_path: Path, height: int) -> None:
    async with reading(tmp_path, (110, height)) as on:
        await on.press("t")
        await on.rest()
        topics = on.screen.topics
        caption = 3
        assert topics.names == ["apples", "pears", "plums"]
        assert topics.outer_size.height <= 3 + caption
        await on.press("right_square_bracket")
        await on.rest()
        assert topics.outer_size.height <= topics.count + caption


async def test_escape_with_a_filter_keeps_what_is_chosen(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.open_topics("plums")
        await on.type("ap")
        for _ in range(2):
            if on.shows_topics:
                await on.press("escape")
                await on.rest()
        assert on.page_has_focus
        assert on.sidebar_titles == ["Beta Talk", "Delta Talk", "Epsilon Talk"]


async def test_topics_over_a_search_keep_both(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.search("zebra")
        await on.press("enter")
        await on.rest()
        await on.open_topics("apples")
        assert "zebra" in on.query
        await on.press("escape")
        await on.rest()
        assert "zebra" in on.query
        assert "apples" in on.query
        assert on.title == "Alpha Talk"


async def test_a_topic_of_the_page_narrows_and_stays(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("l", "enter")
        await on.rest()
        assert on.title == "Alpha Talk"
        assert on.sidebar_titles == ["Alpha Talk", "Beta Talk", "Epsilon Talk"]


async def test_j_walks_the_selection(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.narrow("plums")
        titles = [on.title]
        for _ in range(2):
            await on.press("J")
            titles.append(on.title)
        assert titles == ["Beta Talk", "Delta Talk", "Epsilon Talk"]


@pytest.mark.parametrize("width", [50, 80, 120])
async def test_a_click_on_a_name_lists_it(tmp_path: Path, width: int) -> None:
    async with reading(tmp_path, (width, 24)) as on:
        await on.press("t")
        await on.rest()
        line = on.text.splitlines()[1]
        await on.pilot.click(on.screen.topics, offset=(line.index("levels"), 1))
        await on.rest()
        assert on.facet is Facet.LEVEL
        await on.pilot.click(on.screen.topics, offset=(on.text.splitlines()[1].index("tracks"), 1))
        await on.rest()
        assert (on.facet, on.text.count("no tracks here")) == (Facet.TRACK, 0)


async def test_a_list_without_rows_says_so(tmp_path: Path) -> None:
    async with reading(tmp_path, files={"a.md": "# Only\n\nText.\n"}) as on:
        await on.press("t")
        await on.rest()
        assert "no topics here" in on.text


async def test_after_a_pick_is_taken_back_the_others_are_in_sight(tmp_path: Path) -> None:
    tags = ", ".join(f"tag{number:02}" for number in range(40))
    files = {f"{name}.md": f"---\ntags: [{tags}, {name}]\n---\n\n# {name}\n\nText.\n" for name in ("one", "two")}
    async with reading(tmp_path, (100, 24), files=files) as on:
        await on.press("t")
        await on.type("one")
        await on.press("enter")
        await on.rest()
        await on.press("G", "enter")
        await on.rest()
        await on.press("backspace")
        await on.rest()
        assert "+ one" in on.text


async def test_what_is_chosen_stands_where_it_is_typed(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("slash")
        await on.type("zebra")
        at = on.text.splitlines()[-2].index("zebra")
        await on.press("escape", "t")
        await on.type("apples")
        await on.press("enter")
        await on.rest()
        assert on.text.splitlines()[-2].index("tag:apples") == at == 1


async def test_with_nothing_to_take_back_the_cursor_stays(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("t")
        await on.rest()
        await on.press("down", "backspace")
        await on.rest()
        assert on.screen.topics.cursor == 1
        await on.press("down", "enter")
        await on.rest()
        names = on.screen.topics.names
        assert names[on.screen.topics.cursor] == names[0], "on what was picked, not sent to the top by the key before"
