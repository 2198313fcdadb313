"""Searching by keys: nothing that was found is thrown away by leaving."""

from __future__ import annotations

from pathlib import Path

import pytest

from reading import reading


async def test_search_enter_read_on_esc_stays(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.search("zebra")
        await on.press("enter")
        await on.rest()
        await on.press("u")
        there = await on.scroll(3)
        assert on.query == "zebra", "visible while one reads"
        await on.press("escape")
        await on.rest()
        assert (on.title, on.spot) == ("Delta Talk", there)
        assert on.is_bare
        assert on.marked_in_sidebar == on.cursor_in_sidebar == "Delta Talk"


async def test_back_after_esc_is_the_search_and_then_where_it_began(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("J")
        before = await on.scroll()
        await on.search("zebra")
        await on.press("enter")
        await on.rest()
        await on.press("escape")
        await on.rest()
        for _ in range(2):
            await on.press("alt+left")
            await on.rest()
            if on.is_bare:
                break
        assert (on.title, on.spot) == ("Beta Talk", before)


async def test_walking_the_hits_and_esc_stays_on_the_last_one(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.search("zebra")
        await on.press("enter", "J", "J")
        await on.rest()
        assert on.title == "Beta Talk"
        there = on.spot
        await on.press("escape")
        await on.rest()
        assert (on.title, on.spot) == ("Beta Talk", there)
        assert on.marked_in_sidebar == "Beta Talk"


async def test_esc_in_the_list_of_hits_stays_on_the_session(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.search("zebra")
        await on.press("tab", "j")
        await on.rest()
        assert on.title == "Alpha Talk"
        there = on.spot
        await on.press("escape")
        await on.rest()
        assert (on.title, on.spot) == ("Alpha Talk", there)
        assert on.is_bare


async def test_slash_again_begins_with_the_query_in_force(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.search("zebra")
        await on.press("enter")
        await on.rest()
        await on.press("slash")
        assert on.query == "zebra"
        await on.press("end")
        await on.type(" sleeps")
        assert on.query == "zebra sleeps"
        assert on.title == "Delta Talk"


async def test_typing_replaces_the_query_in_force(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.search("zebra")
        await on.press("enter")
        await on.rest()
        await on.press("slash")
        await on.type("lesson")
        assert on.query == "lesson"
        await on.press("escape")
        await on.rest()
        assert on.query == "zebra"


async def test_enter_stays_in_a_query_that_finds_nothing(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.search("qqqq")
        await on.press("enter")
        await on.rest()
        assert on.query == "qqqq"
        assert on.screen.focused is on.screen.query_line
        assert "nothing was found" in on.text


async def test_esc_in_a_query_begun_again_is_back_at_the_hit(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.search("zebra")
        await on.press("enter")
        await on.rest()
        await on.press("J")
        there = await on.scroll(2)
        await on.press("slash")
        await on.type(" sleeps")
        await on.press("escape")
        await on.rest()
        assert (on.title, on.spot) == ("Alpha Talk", there)
        assert on.query == "zebra"
        assert on.shows_hits


async def test_slash_in_a_narrowed_library_begins_with_what_narrows_it(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.narrow("apples")
        await on.press("slash")
        assert on.query.strip() == "tag:apples"
        await on.type("zebra")
        await on.press("enter")
        await on.rest()
        assert on.title == "Alpha Talk"
        assert "Delta Talk" not in on.text


@pytest.mark.parametrize("leave", [["enter", "escape"], ["enter", "backspace"], ["tab", "escape"]])
async def test_up_in_an_empty_line_brings_earlier_queries(tmp_path: Path, leave: list[str]) -> None:
    async with reading(tmp_path) as on:
        for query in ("zebra", "lesson"):
            await on.search(query)
            await on.press(*leave)
            await on.rest()
        await on.press("slash")
        assert on.query == ""
        await on.press("up")
        await on.rest()
        assert on.query == "lesson"
        await on.press("up")
        await on.rest()
        assert on.query == "zebra"
        assert on.title == "Delta Talk", "it is asked, too"
        await on.press("up")
        await on.rest()
        assert on.query == "zebra", "there is none before"


async def test_a_query_of_nothing_and_enter_is_a_way_back(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        before = await on.scroll()
        await on.press("slash", "enter")
        await on.rest()
        assert on.is_bare
        assert (on.title, on.spot) == ("Alpha Talk", before)


async def test_a_link_from_a_hit_and_back(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.search("zebra stands")
        await on.press("enter", "g")
        await on.mark("beta")
        there = on.spot
        await on.press("enter")
        await on.rest()
        await on.press("alt+left")
        await on.rest()
        assert (on.title, on.spot) == ("Alpha Talk", there)
        assert on.query == "zebra stands"
        assert on.shows_hits
