"""Walking takeaways, and what ``y`` copies in every state of the mark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reading import ORCHARD, Reading, reading
from reinvent_tui.reader.panes import State
from support import Using, jobs_on, opened_in_browser, using, write_library

INTERNAL = re.compile(r"(session|tag|day):")


async def copy(on: Reading) -> str:
    """Copy, and return what is on the clipboard; nothing internal ever is."""
    await on.press("y")
    text = on.clipboard
    assert text
    assert not INTERNAL.search(text)
    assert "copied" in on.said
    return text


# Walking


async def test_walking_the_takeaways_of_a_session(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        assert on.bar_beside == ""
        seen = []
        for key in ("full_stop", "full_stop", "comma"):
            await on.press(key)
            seen.append(on.bar_beside)
        assert seen == ["• Alpha lesson one.", "• Alpha lesson two.", "• Alpha lesson one."]


@pytest.mark.parametrize(("keys", "word"), [(["full_stop"] * 3, "last"), (["full_stop", "comma"], "first")])
async def test_at_the_last_takeaway_the_mark_stays(tmp_path: Path, keys: list[str], word: str) -> None:
    async with reading(tmp_path) as on:
        await on.press(*keys)
        assert word in on.said
        assert on.bar_beside.startswith("• Alpha lesson")


async def test_a_takeaway_out_of_sight_is_brought_on_screen(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("J", "full_stop")
        assert on.bar_beside == "• Beta lesson one."


async def test_walking_begins_at_what_is_on_screen(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("T", "full_stop")
        assert on.bar_beside == "• Alpha lesson one."
        await on.press("full_stop", "full_stop", "full_stop")
        assert on.bar_beside == "• Delta lesson one."
        await on.press("comma")
        assert on.bar_beside == "• Beta lesson one."


async def test_a_page_without_takeaways_says_so(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.go_to("Gamma")
        await on.press("full_stop")
        assert "no takeaways" in on.said
        assert not on.is_marked


async def test_a_takeaway_of_a_hit_can_be_walked_to(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.search("zebra sleeps")
        await on.press("enter", "full_stop")
        assert on.bar_beside == "• Delta lesson one."
        assert on.shows_hits


# The page of takeaways


async def test_j_goes_to_the_session_after_the_takeaway_at_hand(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("T", "full_stop", "full_stop", "full_stop")
        assert on.bar_beside == "• Beta lesson one."
        await on.press("J")
        await on.rest()
        assert on.title == "Gamma Talk"
        assert on.marked_in_sidebar == "Gamma Talk"


async def test_k_goes_to_the_session_before_the_takeaway_at_hand(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("T", "full_stop", "full_stop", "full_stop", "K")
        await on.rest()
        assert on.title == "Alpha Talk"


async def test_j_without_a_mark_goes_on_from_where_they_were_gathered(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.go_to("Gamma")
        await on.press("T", "J")
        await on.rest()
        assert on.title == "Delta Talk"


async def test_enter_is_at_the_takeaway_and_back_is_at_the_mark_before(tmp_path: Path) -> None:
    async with reading(tmp_path, (110, 16)) as on:
        await on.press("T", "full_stop", "full_stop", "full_stop", "full_stop", "full_stop")
        assert on.bar_beside == "• Delta lesson two."
        line = on.spot
        assert not on.at_start
        await on.press("enter")
        await on.rest()
        assert on.title == "Delta Talk"
        assert "Delta lesson" in on.text
        await on.press("alt+left")
        await on.rest()
        assert on.on_takeaways
        assert on.spot == line


async def test_takeaways_of_what_is_selected(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.narrow("plums", "apples")
        await on.press("T")
        assert "Beta lesson" in on.text
        assert "Epsilon lesson" in on.text
        assert "Alpha lesson" not in on.text
        await on.press("T")
        await on.rest()
        assert on.title == "Beta Talk"
        assert on.sidebar_titles == ["Beta Talk", "Epsilon Talk"]


async def test_enter_without_a_mark_stays(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("T")
        before = on.text
        await on.press("enter")
        await on.rest()
        assert on.text == before


# Copying


@pytest.mark.parametrize("on_takeaways", [False, True])
async def test_y_on_a_takeaway(tmp_path: Path, *, on_takeaways: bool) -> None:
    async with reading(tmp_path) as on:
        if on_takeaways:
            await on.press("T")
        await on.press("full_stop", "full_stop")
        text = await copy(on)
        for part in ("Alpha lesson two.", "Alpha Talk", "ALP101", "TestConf 2018", "https://example.com/day-1"):
            assert part in text
        assert text.startswith("- ")
        assert "Alpha lesson one." not in text


async def test_y_on_a_takeaway_without_an_address_names_the_post(tmp_path: Path) -> None:
    post = "# Lone Talk\n\n## Takeaways\n\n- Only this.\n"
    async with reading(tmp_path, files={"notes/lone.md": post}) as on:
        await on.press("full_stop")
        text = await copy(on)
        assert "Only this." in text
        assert "Lone Talk" in text
        assert "notes/lone.md" in text


async def test_y_on_a_link_outside(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.mark("/this")
        assert await copy(on) == "https://example.com/this"


async def test_y_on_a_topic(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("l", "l")
        assert await copy(on) == "pears"


async def test_y_on_a_link_to_a_session(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("tab", "g", "j")
        await on.rest()
        await on.press("tab", "l")
        text = await copy(on)
        for part in ("Alpha Talk", "ALP101", "TestConf 2018"):
            assert part in text


async def test_y_on_a_link_to_a_day(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("tab", "g")
        await on.rest()
        await on.press("tab", "l")
        assert "Day 1" in await copy(on)


async def test_y_on_a_link_in_the_page(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.mark("beta")
        assert "beta" in await copy(on)


async def test_y_on_a_selection(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        view = on.screen.view
        x, y = view.region.x + view.left, view.region.y
        await on.pilot.mouse_down(offset=(x, y))
        await on.pilot.hover(offset=(x + 5, y))
        await on.pilot.mouse_up(offset=(x + 5, y))
        await on.rest()
        assert await copy(on) == "Alpha"


async def test_y_with_nothing_marked(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        text = await copy(on)
        assert "Alpha lesson one." in text
        assert "Beta lesson" not in text
        assert "[this](https://example.com/this)" in text
        assert f"{len(text):,} characters" in on.said
        assert "session" in on.said


async def test_y_with_nothing_marked_on_a_page_of_takeaways(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("T")
        text = await copy(on)
        assert text.count("lesson") == 6
        assert "6 takeaways" in on.said


async def test_y_on_a_mark_that_was_scrolled_out_of_sight_is_of_the_session(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("full_stop", "G")
        text = await copy(on)
        assert len(text) > 1000


async def test_nothing_internal_is_copied_from_any_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened_in_browser(monkeypatch)
    async with reading(tmp_path, (110, 60), ORCHARD) as on:
        for page in (["T"], ["T", "tab", "g", "j", "tab"], ["tab", "g", "tab"]):
            await on.press(*page)
            await on.rest()
            for _ in range(8):
                await on.press("l")
                if on.is_marked:
                    await copy(on)


async def test_back_on_the_page_of_takeaways_the_same_one_is_marked(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("T")
        await on.rest()
        await on.press("full_stop", "full_stop")
        marked = on.marked_takeaway
        assert marked
        await on.press("enter")
        await on.rest()
        assert not on.on_takeaways
        await on.press("alt+left")
        await on.rest()
        assert on.on_takeaways
        assert on.marked_takeaway == marked
        assert marked in on.bar_beside


async def test_on_a_session_too(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("full_stop")
        marked = on.marked_takeaway
        await on.press("T")
        await on.rest()
        await on.press("alt+left")
        await on.rest()
        assert on.marked_takeaway == marked == "Alpha lesson one."


async def test_esc_leaves_the_takeaways_where_what_was_read_before_is_gone(tmp_path: Path, cache: Path) -> None:
    notes = write_library(tmp_path / "notes", {"a.md": "# One\n\nText.\n\n## Takeaways\n\n- A lesson.\n"})
    with jobs_on(cache, notes) as jobs:
        async with using(Using, jobs) as on:
            (notes / "a.md").rename(notes / "b.md")
            await on.press("T", "r")
            await on.rest()
            await on.press("escape")
            await on.rest()
            assert on.screen.reader.state is State.PAGE
            assert on.screen.reader.navigator.page is not None
            assert "no longer in the library" in on.said
