"""One history for every jump: back and forward, to the very line."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from reading import Reading, reading
from reinvent_tui.reader.targets import Spot

Jump = Callable[[Reading], Awaitable[None]]


async def by_link(on: Reading) -> None:
    await on.press("g")
    await on.mark("beta")
    await on.press("enter")


async def by_hit(on: Reading) -> None:
    await on.search("zebra sleeps")
    await on.press("enter")


async def by_closed_hits(on: Reading) -> None:
    await by_hit(on)
    await on.press("escape")


async def by_palette(on: Reading) -> None:
    await on.go_to("Epsilon")


async def by_takeaways(on: Reading) -> None:
    await on.press("T")


async def by_takeaway(on: Reading) -> None:
    await on.press("T", "G", "comma", "enter")


async def by_selection(on: Reading) -> None:
    await on.narrow("plums")


async def by_topic_on_the_page(on: Reading) -> None:
    await on.press("g", "l", "enter")


async def by_sidebar(on: Reading) -> None:
    await on.press("tab", "j", "enter")


JUMPS = [
    by_link,
    by_hit,
    by_closed_hits,
    by_palette,
    by_takeaways,
    by_takeaway,
    by_selection,
    by_topic_on_the_page,
    by_sidebar,
]


def seen(on: Reading) -> tuple[str, Spot, str, bool, list[str]]:
    """Return where the reader is: page, line, query, hits, and what the sidebar lists."""
    return on.title, on.spot, on.query, on.shows_hits, on.sidebar_titles


async def step(on: Reading, key: str) -> None:
    await on.press(key)
    await on.rest()


@pytest.mark.parametrize("jump", JUMPS)
async def test_back_is_where_one_was_to_the_very_line(tmp_path: Path, jump: Jump) -> None:
    async with reading(tmp_path) as on:
        if jump not in (by_link, by_topic_on_the_page):  # these go to what is to be followed
            await on.scroll()
        before = seen(on)
        await jump(on)
        await on.rest()
        assert seen(on) != before
        for _ in range(3):  # a jump may be of several
            if seen(on)[:4] == before[:4]:
                break
            await step(on, "alt+left")
        assert seen(on)[:4] == before[:4]


@pytest.mark.parametrize("jump", JUMPS)
async def test_back_then_forward_is_the_identity(tmp_path: Path, jump: Jump) -> None:
    async with reading(tmp_path) as on:
        await jump(on)
        await on.rest()
        await on.scroll(3)
        there = seen(on)
        await step(on, "alt+left")
        assert seen(on)[:4] != there[:4]
        await step(on, "alt+right")
        assert seen(on)[:4] == there[:4]
        assert on.page_has_focus


@pytest.mark.parametrize("jump", [by_link, by_hit, by_palette, by_takeaways, by_selection])
async def test_forward_then_back_is_the_identity(tmp_path: Path, jump: Jump) -> None:
    async with reading(tmp_path) as on:
        await jump(on)
        await on.rest()
        await step(on, "alt+left")
        await on.scroll(5)
        here = seen(on)
        await step(on, "alt+right")
        await step(on, "alt+left")
        assert seen(on)[:4] == here[:4]


async def test_history_walks_jumps_of_every_kind(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        places = []
        for jump in (by_palette, by_hit, by_palette, by_takeaways):
            await on.scroll(3)
            places.append(seen(on)[:4])
            await jump(on)
            await on.rest()
        last = seen(on)[:4]
        walked = []
        for _ in places:
            await step(on, "alt+left")
            walked.append(seen(on)[:4])
        assert walked == places[::-1]
        forth = []
        for _ in places:
            await step(on, "alt+right")
            forth.append(seen(on)[:4])
        assert forth == [*places[1:], last]


async def test_going_to_the_next_session_is_no_place_in_history(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        before = await on.scroll()
        await on.go_to("Gamma")
        await on.press("J", "J")
        await on.rest()
        assert on.title == "Epsilon Talk"
        await step(on, "alt+left")
        assert (on.title, on.spot) == ("Alpha Talk", before)


async def test_backspace_is_back(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.go_to("Gamma")
        await on.go_to("Epsilon")
        await step(on, "backspace")
        assert on.title == "Gamma Talk"
        await step(on, "backspace")
        assert on.title == "Alpha Talk"
        await step(on, "alt+right")
        assert on.title == "Gamma Talk"


@pytest.mark.parametrize(("key", "words"), [("alt+left", "back"), ("backspace", "back"), ("alt+right", "forward")])
async def test_at_the_end_of_history_the_page_stays(tmp_path: Path, key: str, words: str) -> None:
    async with reading(tmp_path) as on:
        there = await on.scroll()
        await on.press(key)
        assert (on.title, on.spot) == ("Alpha Talk", there)
        assert words in on.said


async def test_a_new_jump_ends_what_was_forward(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.go_to("Gamma")
        await step(on, "alt+left")
        await on.go_to("Epsilon")
        await step(on, "alt+right")
        assert on.title == "Epsilon Talk"


async def test_a_pick_taken_back_and_a_selection_cleared_are_in_history(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.narrow("apples")
        await on.narrow("plums")
        assert on.sidebar_titles == ["Beta Talk", "Epsilon Talk"]
        await step(on, "escape")
        assert on.is_bare
        await step(on, "alt+left")
        assert on.sidebar_titles == ["Beta Talk", "Epsilon Talk"]
        await step(on, "alt+left")
        assert on.sidebar_titles == ["Alpha Talk", "Beta Talk", "Epsilon Talk"]
        await step(on, "alt+left")
        assert on.is_bare


async def test_the_line_survives_a_change_of_width(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.scroll(20)
        text = on.spot.position
        await on.go_to("Gamma")
        await on.press("less_than_sign", "less_than_sign")
        await step(on, "alt+left")
        assert on.spot.position.block == text.block
