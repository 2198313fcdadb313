"""What each key means in each state: one test for each cell of the table in the house plan (§11)."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.color_triplet import ColorTriplet

from reading import Reading, reading
from support import opened_in_browser

BACK = pytest.mark.parametrize("key", ["backspace", "alt+left"])


def contrast(on: Reading, row: int, text: str) -> float:
    """Return how far the colour of ``text`` on a row of the screen is from the ground that it stands on."""
    strip = on.app.screen._compositor.render_strips()[row]
    style = next(segment.style for segment in strip if text in segment.text)
    assert style is not None
    assert style.color is not None
    assert style.bgcolor is not None
    ink, ground = style.color.get_truecolor(), style.bgcolor.get_truecolor()

    def light(colour: ColorTriplet) -> float:
        return 0.3 * colour.red + 0.6 * colour.green + 0.1 * colour.blue

    distance = abs(light(ink) - light(ground))
    return distance / 2 if style.dim else distance


# Typing a query


async def test_typing_enter_goes_into_the_page_at_the_hit(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.search("zebra")
        await on.press("enter")
        await on.rest()
        assert on.page_has_focus
        assert on.title == "Delta Talk"
        assert "the third zebra sleeps" in "\n".join(line[40:] for line in on.text.splitlines())
        assert on.query == "zebra"
        assert on.shows_hits


async def test_typing_enter_dims_the_query(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.search("zebra")
        typed = contrast(on, on.screen.query_line.region.y, "zebra")
        await on.press("enter")
        await on.rest()
        assert "zebra" in on.text.splitlines()[0]
        assert contrast(on, 0, "zebra") < typed


async def test_typing_esc_is_back_to_what_was_there_before_the_search(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("J")
        before = await on.scroll()
        await on.search("zebra")
        assert on.title == "Delta Talk"
        await on.press("escape")
        await on.rest()
        assert (on.title, on.spot) == ("Beta Talk", before)
        assert on.is_bare
        assert on.marked_in_sidebar == "Beta Talk"


@BACK
async def test_typing_backspace_edits_the_line(tmp_path: Path, key: str) -> None:
    async with reading(tmp_path) as on:
        await on.go_to("Gamma")
        await on.search("zebra")
        await on.press(key)
        await on.type("x")
        assert on.screen.focused is on.screen.query_line
        assert on.query == {"backspace": "zebrx", "alt+left": "xzebra"}[key]


async def test_typing_tab_goes_to_the_hits(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.search("zebra")
        await on.press("tab")
        assert on.screen.focused is on.screen.hits
        assert on.query == "zebra"


# Reading a hit, hits shown


async def read_hit(on: Reading, query: str = "zebra") -> None:
    await on.search(query)
    await on.press("enter")
    await on.rest()


async def test_hit_enter_follows_a_visible_mark(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await read_hit(on, "zebra stands")
        assert on.title == "Alpha Talk"
        await on.press("g")
        await on.mark("beta")
        await on.press("enter")
        await on.rest()
        assert on.title == "Beta Talk"


async def test_hit_enter_does_nothing_without_a_mark(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await read_hit(on)
        before = on.text
        await on.press("enter")
        await on.rest()
        assert on.text == before


async def test_hit_esc_closes_the_hits_and_stays(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await read_hit(on)
        there = await on.scroll(2)
        await on.press("escape")
        await on.rest()
        assert (on.title, on.spot) == ("Delta Talk", there)
        assert on.is_bare
        assert on.shows_sidebar
        assert on.marked_in_sidebar == "Delta Talk"


@BACK
async def test_hit_back_is_where_the_search_began(tmp_path: Path, key: str) -> None:
    async with reading(tmp_path) as on:
        await on.press("J")
        before = await on.scroll()
        await read_hit(on)
        await on.scroll(2)
        await on.press(key)
        await on.rest()
        assert (on.title, on.spot) == ("Beta Talk", before)
        assert on.is_bare
        assert on.marked_in_sidebar == "Beta Talk"


async def test_hit_tab_goes_to_the_hits(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await read_hit(on)
        await on.press("tab")
        assert on.screen.focused is on.screen.hits


# Topics pane


async def test_topics_enter_picks_and_unpicks(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.open_topics("plums")
        assert on.picked == ["plums"]
        assert on.sidebar_titles == ["Beta Talk", "Delta Talk", "Epsilon Talk"]
        await on.press("home", "enter")
        await on.rest()
        assert on.picked == []
        assert on.sidebar_titles[:3] == ["Alpha Talk", "Beta Talk", "Gamma Talk"]


async def test_topics_esc_closes_the_pane_and_keeps_what_is_chosen(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.open_topics("plums", "apples")
        await on.press("escape")
        await on.rest()
        assert not on.shows_topics
        assert on.page_has_focus
        assert on.title == "Beta Talk", "the first session of the selection"
        assert on.sidebar_titles == ["Beta Talk", "Epsilon Talk"]
        assert "plums" in on.query
        assert "apples" in on.query


async def test_topics_esc_at_once_is_on_the_first_session_of_the_selection(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.open_topics()
        await on.type("plums")
        await on.press("enter", "escape")
        await on.rest()
        assert on.title == "Beta Talk"
        assert on.marked_in_sidebar == "Beta Talk"


async def test_topics_backspace_takes_back_a_letter_of_the_filter_first(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.open_topics("plums")
        await on.type("ap")
        await on.press("backspace")
        await on.rest()
        assert on.screen.topics.filter == "a"
        assert "plums" in on.query


@BACK
async def test_topics_backspace_takes_the_last_pick_back(tmp_path: Path, key: str) -> None:
    async with reading(tmp_path) as on:
        await on.open_topics("plums", "apples")
        await on.press(key)
        await on.rest()
        assert on.sidebar_titles == ["Beta Talk", "Delta Talk", "Epsilon Talk"]
        assert "apples" not in on.query
        await on.press(key)
        await on.rest()
        assert on.sidebar_titles[:3] == ["Alpha Talk", "Beta Talk", "Gamma Talk"]


async def test_topics_tab_goes_to_the_page(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.open_topics("plums")
        await on.press("tab")
        assert on.page_has_focus
        assert on.shows_topics


# Page, library narrowed


async def test_narrowed_enter_follows_a_visible_mark(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.narrow("apples")
        await on.mark("beta")
        await on.press("enter")
        await on.rest()
        assert on.title == "Beta Talk"


async def test_narrowed_esc_clears_the_narrowing(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.narrow("plums")
        there = await on.scroll()
        await on.press("escape")
        await on.rest()
        assert on.is_bare
        assert (on.title, on.spot) == ("Beta Talk", there)
        assert on.sidebar_titles[:3] == ["Alpha Talk", "Beta Talk", "Gamma Talk"]


@BACK
async def test_narrowed_esc_is_brought_back_by_history(tmp_path: Path, key: str) -> None:
    async with reading(tmp_path) as on:
        await on.narrow("plums")
        there = await on.scroll()
        await on.press("escape")
        await on.rest()
        await on.press(key)
        await on.rest()
        assert (on.title, on.spot) == ("Beta Talk", there)
        assert on.sidebar_titles == ["Beta Talk", "Delta Talk", "Epsilon Talk"]
        assert "plums" in on.query


@BACK
async def test_narrowed_back_is_one_step_back_in_history(tmp_path: Path, key: str) -> None:
    async with reading(tmp_path) as on:
        before = await on.scroll()
        await on.narrow("plums")
        assert on.title == "Beta Talk"
        await on.press(key)
        await on.rest()
        assert (on.title, on.spot) == ("Alpha Talk", before)
        assert on.is_bare


async def test_narrowed_tab_goes_to_the_sidebar(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.narrow("plums")
        await on.press("tab")
        assert on.screen.focused is on.screen.sidebar


# The page, nothing open


async def test_page_enter_follows_a_visible_mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = opened_in_browser(monkeypatch)
    async with reading(tmp_path) as on:
        await on.mark("/this")
        await on.press("enter")
        await on.rest()
        assert opened == ["https://example.com/this"]
        assert on.title == "Alpha Talk"


async def test_page_enter_does_nothing_without_a_mark(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        before = on.text
        await on.press("enter")
        await on.rest()
        assert on.text == before


@pytest.mark.parametrize("key", ["l", "full_stop"])
async def test_page_esc_drops_the_mark(tmp_path: Path, key: str) -> None:
    async with reading(tmp_path) as on:
        before = on.text
        await on.press(key)
        assert on.is_marked
        await on.press("escape")
        assert not on.is_marked
        assert on.text == before


@BACK
async def test_page_back_is_one_step_back(tmp_path: Path, key: str) -> None:
    async with reading(tmp_path) as on:
        before = await on.scroll()
        await on.go_to("Epsilon")
        assert on.title == "Epsilon Talk"
        await on.press(key)
        await on.rest()
        assert (on.title, on.spot) == ("Alpha Talk", before)


async def test_page_tab_goes_to_the_sidebar(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("tab")
        assert on.screen.focused is on.screen.sidebar
