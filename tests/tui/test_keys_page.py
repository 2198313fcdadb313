"""Keys on the page and in the sidebar: links, marks, labels, and ways out."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from reading import TITLES, Reading, reading
from reinvent_tui.reader.targets import LinkMark
from support import jobs_on, opened_in_browser, using, write_library

SAME = {
    "a.md": "# Same\n\n[one](https://example.com/x) and [two](https://example.com/x), [three](https://example.com/x).\n\n"
    "| a | b |\n| - | - |\n| [four](https://example.com/x) | [five](https://example.com/y) |\n\n"
    "- [six](https://example.com/x)\n- [seven](https://example.com/x)\n\n"
    + "\n\n".join(f"Line {number} goes on." for number in range(40))
    + "\n\n[eight](https://example.com/x) [nine](https://example.com/x)\n"
}


# Links


async def walked(on: Reading, key: str, most: int = 30) -> list[LinkMark]:
    """Return what a key marks, one after the other, until it is the same."""
    marks: list[LinkMark] = []
    for _ in range(most):
        await on.press(key)
        mark = on.screen.view.mark
        if isinstance(mark, LinkMark) and (not marks or mark != marks[-1]):
            marks.append(mark)
    return marks


@pytest.mark.parametrize("size", [(110, 30), (60, 16), (110, 90)])
async def test_l_and_h_reach_every_link(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading(tmp_path, size, SAME) as on:
        there = await walked(on, "l")
        assert len(there) == 9
        assert len(set(there)) == 9
        back = await walked(on, "h")
        assert back == there[-2::-1]


async def test_each_mark_is_drawn_in_another_place(tmp_path: Path) -> None:
    async with reading(tmp_path, (110, 90), SAME) as on:
        drawn = []
        for _ in range(9):
            await on.press("l")
            drawn.append([[(seg.text, seg.style) for seg in row] for row in on.app.screen._compositor.render_strips()])
        assert all(one != other for one, other in pairwise(drawn))


@pytest.mark.parametrize("key", ["left", "right"])
async def test_arrows_do_nothing_on_a_page(tmp_path: Path, key: str) -> None:
    async with reading(tmp_path) as on:
        before = on.text
        await on.press(key, key)
        await on.rest()
        assert on.text == before
        assert not on.is_marked
        await on.press("l")
        mark = on.screen.view.mark
        await on.press(key)
        assert on.screen.view.mark == mark


@pytest.mark.parametrize("key", ["up", "down"])
async def test_arrows_never_mark(tmp_path: Path, key: str) -> None:
    async with reading(tmp_path) as on:
        await on.press(key, key)
        assert not on.is_marked


@pytest.mark.parametrize("mark", ["l", "full_stop"])
@pytest.mark.parametrize("scroll", [["space"], ["G"], ["d", "d"], ["j"] * 12])
async def test_a_mark_scrolled_out_of_sight_is_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mark: str, scroll: list[str]
) -> None:
    opened = opened_in_browser(monkeypatch)
    async with reading(tmp_path, (110, 24)) as on:
        await on.press(*[mark] * (3 if mark == "l" else 1))
        assert on.is_marked
        await on.press(*scroll)
        assert not on.is_marked
        there = on.spot
        await on.press("enter")
        await on.rest()
        assert opened == []
        assert (on.title, on.spot) == ("Alpha Talk", there)
        await on.press("g")
        assert not on.is_marked, "nor does it come back"


async def test_a_link_scrolled_out_inside_its_paragraph_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = opened_in_browser(monkeypatch)
    post = "# Wall\n\n[first](https://example.com/x) " + "and a word more " * 400 + "\n"
    async with reading(tmp_path, (110, 24), {"a.md": post}) as on:
        await on.press("l", "space")
        assert "first" not in on.text, "the paragraph goes on, but the link is above it"
        await on.press("enter")
        await on.rest()
        assert opened == []


# Labels


async def test_labels_stand_beside_what_they_label(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("f")
        assert "a this" in on.text
        assert "s this again" in on.text
        assert "d beta" in on.text
        assert "f apples" in on.text


async def test_the_rest_is_dimmed_while_links_carry_labels(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:

        def style_of(text: str) -> object:
            strips = on.app.screen._compositor.render_strips()
            return next(seg.style for strip in strips for seg in strip if text in seg.text and "Talk" not in seg.text)

        before, link = style_of("paragraph 0"), style_of("beta")
        await on.press("f")
        assert style_of("paragraph 0") != before
        assert style_of("beta") == link or style_of("beta") != style_of("paragraph 0")
        await on.press("escape")
        assert style_of("paragraph 0") == before


async def test_labels_on_a_page_without_links_say_so(tmp_path: Path) -> None:
    async with reading(tmp_path, files={"a.md": "# Plain\n\nNo way out.\n"}) as on:
        await on.press("f")
        assert "no links" in on.said


# Sidebar


async def test_walking_the_sidebar_moves_page_mark_and_cursor_together(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("tab")
        for key, title in (("j", "Beta Talk"), ("j", "Gamma Talk"), ("k", "Beta Talk")):
            await on.press(key)
            await on.rest()
            assert on.title == on.marked_in_sidebar == on.cursor_in_sidebar == title


async def test_a_heading_of_the_sidebar_is_on_the_page_and_has_the_mark(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("tab", "k")
        await on.rest()
        assert "Day 1" in on.title
        assert "Day 1" in on.marked_in_sidebar
        await on.press("k")
        await on.rest()
        assert on.title == "TestConf 2018"
        assert "TestConf 2018" in on.marked_in_sidebar


async def test_the_mark_is_always_on_the_session_on_the_page(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("J", "J", "J")
        assert on.title == on.marked_in_sidebar == on.cursor_in_sidebar == "Delta Talk"
        await on.go_to("Beta")
        assert on.marked_in_sidebar == on.cursor_in_sidebar == "Beta Talk"
        await on.press("alt+left")
        await on.rest()
        assert on.marked_in_sidebar == on.cursor_in_sidebar == "Delta Talk"


async def test_esc_in_the_sidebar_goes_to_the_page_that_was_reached(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        before = await on.scroll()
        await on.press("tab", "j")
        await on.rest()
        await on.press("escape")
        assert on.title == "Beta Talk"
        assert on.is_bare
        await on.press("alt+left")
        await on.rest()
        assert (on.title, on.spot) == ("Alpha Talk", before)


async def test_tab_and_back_leaves_everything_as_it_was(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.scroll()
        before = on.text
        await on.press("tab", "tab")
        await on.rest()
        assert on.text == before
        await on.press("escape")
        assert on.text == before


# Doing


async def test_r_shows_what_another_process_read_into_the_index(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        write_library(
            tmp_path / "library", {"day-3.md": "---\nday: 3\nevent: TestConf 2018\n---\n\n## Zeta Talk\n\nNew.\n"}
        )
        with jobs_on(tmp_path / "cache", tmp_path / "library"):
            pass  # it reads the new post
        await on.press("r")
        await on.rest()
        assert "Day 3" in on.text
        await on.go_to("Zeta")
        assert on.title == "Zeta Talk"


async def test_r_reads_a_page_again_that_another_process_read(tmp_path: Path) -> None:
    files = {"a.md": "# Apple\n\nOld words.\n", "b.md": "# Berry\n\nMore.\n"}
    async with reading(tmp_path, files=files) as on:
        assert "Old words." in on.text
        write_library(tmp_path / "library", {"a.md": "# Apple\n\nNew words, and a few more of them.\n"})
        with jobs_on(tmp_path / "cache", tmp_path / "library"):
            pass
        await on.press("r")
        await on.rest()
        assert "New words" in on.text


async def test_first_and_second_start_show_the_same(tmp_path: Path) -> None:
    texts = []
    library = write_library(tmp_path / "library", {"a.md": "# Apple\n\nWords.\n", "b.md": "# Berry\n\nMore.\n"})
    for _ in range(2):
        with jobs_on(tmp_path / "cache", library, scanned=False) as jobs:
            async with using(Reading, jobs) as on:
                await on.rest()
                texts.append(on.text)
    assert texts[0] == texts[1]


async def test_e_without_an_editor_says_which_variables_to_set(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("e")
        await on.rest()
        assert "$VISUAL" in on.said
        assert "$EDITOR" in on.said
        assert "$VISUAL" in on.bottom


# Esc


@pytest.mark.parametrize(
    "keys", [["ctrl+f"], ["ctrl+f", "w"], ["slash"], ["slash", "z", "e", "b"], ["t"], ["tab"]], ids=" ".join
)
async def test_esc_after_a_click_on_the_page_ends_with_nothing_open(tmp_path: Path, keys: list[str]) -> None:
    async with reading(tmp_path) as on:
        for key in keys:
            await on.press(key)
            await on.rest()
        await on.pilot.click(offset=(on.app.size.width - 30, 12))
        await on.rest()
        for _ in range(5):
            await on.press("escape")
            await on.rest()
        assert on.is_bare


async def test_what_find_marked_does_not_outlive_a_jump(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("ctrl+f")
        await on.type("paragraph")
        await on.go_to("Beta")
        for _ in range(5):
            await on.press("escape")
            await on.rest()
        assert on.is_bare
        assert on.screen.view.count_matches() == (0, 0)


STATES = {
    "query": ["slash"],
    "typing": ["slash", "z", "e", "b"],
    "hits": ["slash", "z", "e", "b", "tab"],
    "hit": ["slash", "z", "e", "b", "enter"],
    "hit and mark": ["slash", "z", "e", "b", "enter", "l"],
    "nothing found": ["slash", "q", "q", "q", "q"],
    "topics": ["t"],
    "topics, filtered": ["t", "p"],
    "topics, chosen": ["t", "p", "enter"],
    "topics, chosen, in the page": ["t", "p", "enter", "tab"],
    "topics and hits": ["slash", "z", "e", "b", "enter", "t", "enter"],
    "narrowed": ["t", "enter", "escape"],
    "narrowed and searched": ["t", "enter", "escape", "slash", "z", "e", "b", "enter"],
    "takeaways": ["T"],
    "takeaway": ["T", "full_stop"],
    "takeaways, narrowed": ["t", "enter", "escape", "T", "full_stop"],
    "takeaways of hits": ["slash", "l", "e", "s", "enter", "T"],
    "find": ["ctrl+f", "w", "o"],
    "find, kept": ["ctrl+f", "w", "o", "enter"],
    "find in a hit": ["slash", "z", "e", "b", "enter", "ctrl+f", "w", "enter"],
    "sidebar": ["tab"],
    "sidebar, walked": ["tab", "j", "j"],
    "labels": ["f"],
    "mark": ["l"],
    "takeaway of a session": ["full_stop"],
    "outline": ["o"],
    "help": ["question_mark"],
    "palette": ["ctrl+p"],
    "palette over help": ["question_mark", "ctrl+p"],
    "alone": ["z"],
    "alone, find": ["z", "slash", "w", "enter"],
}


@pytest.mark.parametrize("size", [(110, 30), (70, 24)], ids=["wide", "narrow"])
async def test_esc_ends_with_nothing_open(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading(tmp_path, size) as on:
        for name, keys in STATES.items():  # one after the other: nothing of one state is left in the next
            await on.press(*keys)
            await on.rest()
            for _ in range(5):
                if on.is_bare:
                    break
                await on.press("escape")
                await on.rest()
            assert on.is_bare, name
            assert on.page_title in TITLES, name
