"""What each key means on a page of takeaways and in what lies over the reader: further cells of the key table (§11)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reading import DAY_1, TITLES, reading
from support import key_event, opened_in_browser

# The page of takeaways


async def test_takeaways_enter_opens_the_takeaway_in_its_session(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("T", "full_stop", "full_stop", "full_stop")
        assert on.bar_beside == "• Beta lesson one."
        await on.press("enter")
        await on.rest()
        assert on.title == "Beta Talk"
        assert "Beta lesson one." in on.text
        assert on.marked_in_sidebar == "Beta Talk"


@pytest.mark.parametrize("key", ["escape", "T", "backspace", "alt+left"])
async def test_takeaways_are_left_for_where_they_were_gathered(tmp_path: Path, key: str) -> None:
    async with reading(tmp_path) as on:
        await on.press("J")
        before = await on.scroll()
        await on.press("T")
        assert on.on_takeaways
        await on.press(key)
        await on.rest()
        assert (on.title, on.spot) == ("Beta Talk", before)
        assert on.is_bare


@pytest.mark.parametrize("key", ["escape", "T"])
async def test_takeaways_that_history_came_back_to_are_left_for_where_they_were_gathered(
    tmp_path: Path, key: str
) -> None:
    async with reading(tmp_path) as on:
        await on.press("J")
        before = await on.scroll()
        await on.press("T", "full_stop", "enter")
        await on.rest()
        assert on.title == "Alpha Talk"
        await on.press("alt+left")
        await on.rest()
        assert on.on_takeaways
        await on.press(key)
        await on.rest()
        assert (on.title, on.spot) == ("Beta Talk", before)


@pytest.mark.parametrize("key", ["escape", "T", "backspace"])
async def test_takeaways_are_left_before_they_are_there(tmp_path: Path, key: str) -> None:
    async with reading(tmp_path) as on:
        before = await on.scroll()
        driver = on.app._driver
        assert driver is not None
        for name in ("T", key):
            driver.send_message(key_event(name))
        await on.rest()
        assert not on.on_takeaways
        assert (on.title, on.spot) == ("Alpha Talk", before)


@pytest.mark.parametrize("key", ["escape", "T"])
async def test_takeaways_that_were_narrowed_are_left_for_where_they_were_gathered(tmp_path: Path, key: str) -> None:
    async with reading(tmp_path) as on:
        await on.press("T")
        await on.narrow("plums", "pears")
        assert on.on_takeaways
        assert "Epsilon lesson" in on.text
        await on.press(key)
        await on.rest()
        assert not on.on_takeaways
        assert on.title == "Alpha Talk"


async def test_takeaways_esc_leaves_with_a_takeaway_marked(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("T", "full_stop", "escape")
        await on.rest()
        assert not on.is_marked
        assert on.title == "Alpha Talk"


async def test_takeaways_esc_drops_a_marked_link_first(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("T", "l", "escape")
        await on.rest()
        assert not on.is_marked
        assert on.on_takeaways


async def test_takeaways_tab_goes_to_the_sidebar(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("T", "tab")
        assert on.screen.focused is on.screen.sidebar


# An overlay

PANELS = pytest.mark.parametrize("key", ["o", "question_mark", "ctrl+p"])


@pytest.mark.parametrize(
    ("key", "filter_by", "comes"),
    [("o", "Details", "Details"), ("question_mark", "Gather", "Takeaways"), ("ctrl+p", "gamma", "Gamma Talk")],
)
async def test_overlay_enter_chooses_its_row(tmp_path: Path, key: str, filter_by: str, comes: str) -> None:
    async with reading(tmp_path) as on:
        await on.press(key)
        await on.type(filter_by)
        await on.press("enter")
        await on.rest()
        assert not on.has_panel
        lines = [line[on.screen.view.region.x :].strip(" ▐") for line in on.text.splitlines()]
        assert next(line for line in lines if line) == comes, "at the top of the page"


@PANELS
async def test_overlay_esc_closes_it(tmp_path: Path, key: str) -> None:
    async with reading(tmp_path) as on:
        await on.scroll()
        before = on.text
        await on.press(key)
        assert on.has_panel
        await on.press("escape")
        await on.rest()
        assert not on.has_panel
        assert on.text == before


@PANELS
async def test_overlay_backspace_edits_its_filter(tmp_path: Path, key: str) -> None:
    async with reading(tmp_path) as on:
        await on.go_to("Beta")
        await on.press(key)
        await on.rest()
        rows = on.panel_rows
        await on.type("qx")
        assert on.panel_rows != rows
        await on.press("backspace", "backspace", "backspace")
        await on.rest()
        assert on.panel_rows == rows
        await on.press("escape")
        assert on.title == "Beta Talk", "history did not move"


@PANELS
async def test_overlay_tab_stays_in_it(tmp_path: Path, key: str) -> None:
    async with reading(tmp_path) as on:
        await on.press(key)
        await on.press("tab")
        assert on.has_panel
        await on.press("escape")
        assert on.page_has_focus


async def test_labels_follow_what_they_label(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("f")
        assert "d beta" in on.text
        await on.press("d")
        await on.rest()
        assert on.title == "Beta Talk"


@pytest.mark.parametrize("key", ["escape", "enter"])
async def test_labels_end_and_nothing_is_followed(tmp_path: Path, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = opened_in_browser(monkeypatch)
    async with reading(tmp_path) as on:
        before = on.text
        await on.press("f", key)
        assert on.text == before
        assert not on.is_marked
        assert opened == []


MANY_LINKS = {"a.md": "# Many\n\n" + "\n\n".join(f"[link {n}](https://example.com/{n})" for n in range(40)) + "\n"}


async def test_labels_backspace_takes_back_a_letter(tmp_path: Path) -> None:
    async with reading(tmp_path, (110, 100), MANY_LINKS) as on:
        await on.press("f")
        labelled = on.text
        assert "aa link 0" in labelled
        await on.press("s")
        assert on.text != labelled
        await on.press("backspace")
        assert on.text == labelled


async def test_labels_backspace_does_not_go_back(tmp_path: Path) -> None:
    async with reading(tmp_path, files={"day-1.md": DAY_1}) as on:
        await on.press("J")
        await on.go_to("Alpha")
        await on.press("f", "backspace")
        await on.rest()
        assert on.title == "Alpha Talk"


async def test_labels_tab_does_nothing_to_the_panes(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("f", "tab")
        assert on.page_has_focus


async def test_takeaways_the_next_session_counts_from_the_top_of_the_screen(tmp_path: Path) -> None:
    async with reading(tmp_path, (110, 10)) as on:
        await on.press("T")
        await on.scroll(12)
        assert not on.at_start
        first = re.search(r"(\w+) lesson", on.text)
        assert first is not None
        here = f"{first[1]} Talk"
        assert here != TITLES[0]
        await on.press("J")
        await on.rest()
        assert on.title == TITLES[TITLES.index(here) + 1]
        await on.press("backspace")
        await on.rest()
        assert on.on_takeaways
