"""The bottom line: the keys of the state one is in, as they are bound, and a message for a moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from reading import DAY_1, Reading, reading
from reinvent_tui.reader.effects import Moment
from reinvent_tui.reader.reader import Reader
from reinvent_tui.reader.status import LEAST_SECONDS, MOST_SECONDS, seconds_for


def first_keys(on: Reading, count: int = 3) -> list[str]:
    """Return the first hints of the bottom line."""
    return [hint.strip() for hint in on.bottom.split("   ")][:count]


async def test_on_a_page_search_topics_takeaways_come_first(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        assert first_keys(on) == ["/ search", "t topics", "T takeaways"]


@pytest.mark.parametrize("width", [80, 60, 50])
async def test_on_a_narrow_screen_too(tmp_path: Path, width: int) -> None:
    async with reading(tmp_path, (width, 24)) as on:
        assert first_keys(on)[0] == "/ search"
        assert "t topics" in on.bottom


async def test_a_narrowed_page_has_them_among_the_first(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.narrow("apples")
        hints = first_keys(on, 4)
        assert {"/ search", "t topics", "T takeaways"} < set(hints)
        assert any(hint.startswith("Esc") for hint in hints)


STATES = {
    "page": ([], "/ search"),
    "typing": (["slash"], "Esc cancel"),
    "topics": (["t"], "Enter pick"),
    "sidebar": (["tab"], "Enter read"),
    "takeaways": (["T"], "Enter open"),
    "labels": (["f"], "type a label"),
    "link": (["l", "l", "l"], "Enter opens it"),
    "topic": (["l"], "Enter picks it"),
    "takeaway": (["full_stop"], "y copy"),
    "find": (["ctrl+f"], "Esc cancel"),
    "hits": (["slash", "z", "e", "b", "tab"], "Esc close"),
    "hit": (["slash", "z", "e", "b", "enter"], "Esc close hits"),
}


async def test_it_changes_with_the_state(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        seen: dict[str, str] = {}
        for name, (keys, hint) in STATES.items():
            await on.press(*keys)
            await on.rest()
            assert hint in on.bottom, name
            assert on.bottom_keys not in seen or name == "find", f"{name} as {seen.get(on.bottom_keys)}"
            seen[on.bottom_keys] = name
            for _ in range(5):
                if not on.is_bare:
                    await on.press("escape")
                    await on.rest()
            assert on.is_bare, name


async def test_it_changes_back(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        before = on.bottom
        for keys in (
            ["tab", "tab"],
            ["f", "escape"],
            ["T", "T"],
            ["t", "escape"],
            ["slash", "escape"],
            ["l", "escape"],
        ):
            await on.press(*keys)
            await on.rest()
            assert on.bottom == before, keys


async def test_in_an_empty_library(tmp_path: Path) -> None:
    async with reading(tmp_path, files={}) as on:
        await on.rest()
        assert "r look again" in on.bottom
        assert "q quit" in on.bottom
        assert "T takeaways" not in on.bottom
        assert "of" not in on.screen.status.line.place


@pytest.mark.parametrize(
    ("hint", "comes"),
    [("/ search", "query"), ("t topics", "topics"), ("T takeaways", "takeaways"), ("? keys", "help")],
)
async def test_a_hint_can_be_clicked(tmp_path: Path, hint: str, comes: str) -> None:
    async with reading(tmp_path) as on:
        column = on.bottom.index(hint)
        await on.pilot.click(offset=(column, on.app.size.height - 1))
        await on.rest()
        came = {
            "query": on.screen.focused is on.screen.query_line,
            "topics": on.screen.focused is on.screen.topics,
            "takeaways": on.on_takeaways,
            "help": on.has_panel,
        }
        assert came == {**dict.fromkeys(came, False), comes: True}


async def test_a_hint_of_the_topics_can_be_clicked(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.open_topics("plums")
        column = on.bottom.index("Esc done")
        await on.pilot.click(offset=(column, on.app.size.height - 1))
        await on.rest()
        assert not on.shows_topics
        assert on.title == "Beta Talk"


async def test_it_is_made_from_the_keys_in_force(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        on.app.set_keymap({"go.search": "exclamation_mark", "go.topics": "ctrl+y"})
        await on.rest()
        assert first_keys(on) == ["! search", "Ctrl+y topics", "T takeaways"]
        await on.press("exclamation_mark")
        assert on.screen.focused is on.screen.query_line


async def test_a_remapped_hint_can_be_clicked(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        on.app.set_keymap({"go.topics": "ctrl+y"})
        await on.rest()
        await on.pilot.click(offset=(on.bottom.index("Ctrl+y topics"), on.app.size.height - 1))
        await on.rest()
        assert on.shows_topics


async def test_keys_of_lists_are_made_from_the_keys_in_force_too(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        on.app.set_keymap({"do.back": "ctrl+y"})
        await on.press("t")
        await on.rest()
        assert "Ctrl+y done" in on.bottom


# Messages


async def test_a_message_replaces_it_for_a_moment(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        before = on.text
        await on.press("y")
        assert "copied" in on.bottom
        assert "/ search" not in on.bottom
        assert on.text.splitlines()[:-1] == before.splitlines()[:-1], "nothing lies over the text"
        reader = on.screen.reader
        on.screen.apply(reader.arrivals.elapsed(Moment.END_MESSAGE, reader.status._number, 0))
        await on.rest()
        assert on.text == before


async def test_a_message_that_was_replaced_does_not_end_the_new_one(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("y")
        reader: Reader = on.screen.reader
        first = reader.status._number
        await on.press("alt+left")
        assert "back" in on.bottom
        on.screen.apply(reader.arrivals.elapsed(Moment.END_MESSAGE, first, 0))
        assert "back" in on.bottom


@pytest.mark.parametrize("leave", [["J"], ["tab"], ["slash"], ["t"], ["T"], ["z"]])
async def test_a_message_does_not_survive_the_state_it_was_about(tmp_path: Path, leave: list[str]) -> None:
    async with reading(tmp_path) as on:
        await on.press("y")
        assert "copied" in on.said
        await on.press(*leave)
        await on.rest()
        assert "copied" not in on.said
        assert "copied" not in on.text


async def test_a_message_about_a_takeaway_does_not_survive_its_mark(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("full_stop", "full_stop", "full_stop")
        assert "last takeaway" in on.said
        await on.press("comma")
        assert on.said == ""


# Where one is


async def test_in_a_hit_list_it_says_which_of_how_many(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.search("zebra")
        await on.press("tab", "j")
        await on.rest()
        assert on.bottom.endswith("2 of 3")
        assert on.screen.status.line.place == "2 of 3"
        await on.press("tab")
        assert on.screen.status.line.place == "2 of 3"


async def test_on_a_page_it_says_which_session_and_how_far(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("J")
        assert on.screen.status.line.place.startswith("2 of 5 · ")
        await on.press("G")
        assert on.screen.status.line.place == "2 of 5 · 100 %"
        await on.narrow("plums")
        assert "1 of 3" in on.screen.status.line.place


async def test_where_a_marked_link_leads_is_said(tmp_path: Path) -> None:
    async with reading(tmp_path, files={"a.md": DAY_1}) as on:
        await on.mark("/this")
        assert "https://example.com/this" in on.text
        await on.press("g", "escape", "l")
        assert "tag:" not in on.text


@pytest.mark.parametrize("key", ["v", "%", "5", "left", "right", "ctrl+y", "f5"])
async def test_a_wrong_key_says_nothing(tmp_path: Path, key: str) -> None:
    async with reading(tmp_path) as on:
        before = on.text
        await on.press(key)
        await on.rest()
        assert on.text == before


async def test_the_query_is_seen_where_the_hits_are_not(tmp_path: Path) -> None:
    async with reading(tmp_path, (60, 20)) as on:
        await on.press("slash")
        await on.type("zebra")
        await on.press("enter")
        await on.rest()
        assert not on.shows_hits
        assert on.bottom.endswith("/ zebra  1 of 3")


async def test_help_is_named_at_60_columns(tmp_path: Path) -> None:
    async with reading(tmp_path, (60, 20)) as on:
        assert "? keys" in on.bottom
        assert "q quit" not in on.bottom


@pytest.mark.parametrize("width", range(40, 122, 9))
async def test_nothing_on_it_is_cut(tmp_path: Path, width: int) -> None:
    async with reading(tmp_path, (width, 24)) as on:
        for keys in (["slash", "l", "e", "s"], ["enter"], ["escape"], ["T"], ["T", "t", "p", "enter"]):
            await on.press(*keys)
            await on.rest()
            assert "…" not in on.bottom, keys


async def test_only_what_works_is_offered_where_nothing_was_found(tmp_path: Path) -> None:
    async with reading(tmp_path, (120, 30)) as on:
        await on.press("slash")
        assert "read" not in on.bottom
        assert "earlier" not in on.bottom
        await on.type("qqqqqqqq")
        assert first_keys(on)[:2] == ["Esc cancel", "Ctrl+e explain"]
        assert "by day" not in on.bottom
        await on.press("tab")
        assert "read" not in on.bottom
        await on.press("escape", "slash")
        await on.type("zebra")
        await on.press("enter", "escape", "slash")
        await on.rest()
        assert first_keys(on)[0] == "↑ earlier queries"
        await on.type("zebrra")
        assert first_keys(on)[0] == "Enter search that instead"
        await on.press("tab")
        assert first_keys(on)[0] == "Enter search that instead"


async def test_where_there_are_no_takeaways_none_can_be_opened(tmp_path: Path) -> None:
    async with reading(tmp_path, files={"a.md": "# Only\n\nText.\n"}) as on:
        await on.press("T")
        await on.rest()
        assert first_keys(on)[0] == "Esc leave"


@pytest.mark.parametrize("key", ["o", "question_mark", "ctrl+p"])
async def test_over_the_page_it_names_the_panels_keys(tmp_path: Path, key: str) -> None:
    async with reading(tmp_path) as on:
        await on.press(key)
        await on.rest()
        assert first_keys(on) == ["Enter choose", "↓ ↑ rows", "Esc close"]
        await on.pilot.click(offset=(on.bottom.index("Esc"), on.app.size.height - 1))
        await on.rest()
        assert not on.has_panel


async def test_the_page_alone_says_how_to_end_it(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("z")
        assert "Esc shows everything" in on.bottom
        await on.press("z")
        assert "/ search" in on.bottom


def test_a_longer_message_stays_longer() -> None:
    assert seconds_for("copied") == LEAST_SECONDS
    assert LEAST_SECONDS < seconds_for("x" * 60) < seconds_for("x" * 80) < MOST_SECONDS
    assert seconds_for("x" * 1000) == MOST_SECONDS
