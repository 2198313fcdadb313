"""The palette, the help, the outline and the themes, by keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from reading import TITLES, Reading, reading
from support import screen_text


async def open_palette(on: Reading, text: str = "") -> list[str]:
    """Open the palette, type, and return what it offers."""
    await on.press("ctrl+p")
    await on.rest()
    await on.type(text)
    return on.panel_rows


async def test_the_palette_begins_with_the_sessions_in_order(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        rows = await open_palette(on)
        assert rows[:5] == TITLES


@pytest.mark.parametrize("text", ["", "q", "qu", "t", "e", "a", "quit", "u i"])
async def test_quit_is_never_first_while_there_is_anything_else(tmp_path: Path, text: str) -> None:
    async with reading(tmp_path) as on:
        rows = await open_palette(on, text)
        assert rows
        assert rows[0] != "Quit" or rows == ["Quit"]


async def test_enter_in_a_fresh_palette_does_not_quit(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("ctrl+p", "enter")
        await on.rest()
        assert on.app.is_running
        assert not on.has_panel


@pytest.mark.parametrize("text", ["gam303", "GAM", "gam 303", "gam3"])
async def test_a_code_comes_first(tmp_path: Path, text: str) -> None:
    files = {
        "day-1.md": "---\nday: 1\nsessions:\n  Other Talk:\n    code: GAM303\n---\n\n"
        "## Gam303 is only a name here, gam 303\n\nNo.\n\n## Other Talk\n\nYes.\n"
    }
    async with reading(tmp_path, files=files) as on:
        rows = await open_palette(on, text)
        assert rows[0] == "Other Talk"


async def test_titles_come_before_actions(tmp_path: Path) -> None:
    files = {"a.md": "# First\n\nA.\n", "b.md": "# The outline of it all\n\nB.\n", "c.md": "# Keys\n\nC.\n"}
    async with reading(tmp_path, files=files) as on:
        rows = await open_palette(on, "keys")
        assert rows[0] == "Keys"
        assert "Show the keys in force" in rows


async def test_letters_in_order_find_a_title(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        rows = await open_palette(on, "gmtlk")
        assert rows[0] == "Gamma Talk"


@pytest.mark.parametrize("over", ["question_mark", "o"])
@pytest.mark.parametrize("text", ["", "talk", "gam", "take", "q"])
async def test_the_palette_is_the_same_over_anything(tmp_path: Path, over: str, text: str) -> None:
    async with reading(tmp_path) as on:
        rows = await open_palette(on, text)
        await on.press("escape")
        await on.press(over)
        assert on.has_panel
        assert await open_palette(on, text) == rows


@pytest.mark.parametrize("over", ["question_mark", "o"])
async def test_a_session_chosen_over_another_overlay_is_on_the_page(tmp_path: Path, over: str) -> None:
    async with reading(tmp_path) as on:
        await on.press(over)
        await open_palette(on, "gamma")
        await on.press("enter")
        await on.rest()
        assert on.title == "Gamma Talk"
        assert on.is_bare


async def test_the_order_is_stable(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        first = await open_palette(on, "talk")
        await on.press("escape")
        await on.go_to("Epsilon")
        assert await open_palette(on, "talk") == first
        await on.press("escape")
        await on.press("T")
        assert await open_palette(on, "talk") == first


@pytest.mark.parametrize("state", [[], ["slash"], ["t"], ["T"], ["tab"], ["f"], ["z"], ["l"]])
async def test_an_action_by_name_from_any_state(tmp_path: Path, state: list[str]) -> None:
    async with reading(tmp_path) as on:
        await on.press(*state)
        await open_palette(on, "Pick a heading")
        await on.press("enter")
        await on.rest()
        if "T" not in state:
            assert "Details" in on.panel_rows


async def test_keys_pressed_before_the_palette_is_filled_are_not_lost(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("ctrl+p", "pageup", "pagedown", "end", "home")
        await on.type("gam")
        await on.press("enter")
        await on.rest()
        assert on.title == "Gamma Talk"


# Themes


async def open_themes(on: Reading) -> None:
    await open_palette(on, "theme")
    await on.press("enter")
    await on.rest()


async def test_themes_are_a_list_of_their_own(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        rows = await open_palette(on, "theme")
        assert rows[0].startswith("Theme")
        assert not any(theme in rows for theme in on.app.available_themes)
        await on.press("enter")
        await on.rest()
        assert set(on.panel_rows) == set(on.app.available_themes)


async def test_walking_the_themes_shows_them_and_esc_takes_it_back(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        before = on.app.theme
        await open_themes(on)
        seen = {on.app.theme}
        for _ in range(3):
            await on.press("down")
            await on.rest()
            seen.add(on.app.theme)
        assert len(seen) == 4
        await on.press("escape")
        await on.rest()
        assert on.app.theme == before
        assert on.app.settings.theme in {before, ""}
        assert on.is_bare


async def test_enter_keeps_a_theme(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await open_themes(on)
        await on.press("down")
        await on.rest()
        shown = on.app.theme
        await on.press("enter")
        await on.rest()
        assert on.app.theme == shown
        assert on.app.settings.theme == shown


async def test_filtering_the_themes_shows_the_one_at_hand(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        before = on.app.theme
        await open_themes(on)
        await on.type("nord")
        assert on.app.theme == "nord"
        await on.press("escape")
        await on.rest()
        assert on.app.theme == before


# No sequence of keys ends the program


@pytest.mark.parametrize("key", ["o", "question_mark", "ctrl+p"])
async def test_esc_several_times_in_one_read(tmp_path: Path, key: str) -> None:
    from support import key_event

    async with reading(tmp_path) as on:
        driver = on.app._driver
        assert driver is not None
        for _ in range(3):
            for name in (key, "escape", "escape", "escape", key, "escape"):
                driver.send_message(key_event(name))
        await on.rest()
        assert on.app.is_running
        await on.press("escape", "escape")
        await on.rest()
        assert on.is_bare


@pytest.mark.parametrize("text", ["light", "nord", "theme: reinvent-light"])
async def test_a_theme_is_found_by_its_name(tmp_path: Path, text: str) -> None:
    async with reading(tmp_path) as on:
        rows = await open_palette(on, text)
        assert rows[0].startswith("Theme: ")
        await on.press("enter")
        await on.rest()
        assert f"Theme: {on.app.theme}" == rows[0]
        assert on.screen.settings.theme == on.app.theme


async def test_the_reader_is_seen_below_a_theme_of_the_terminals_colours(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("ctrl+p")
        await on.type("theme…")
        await on.press("enter")
        await on.type("ansi")
        assert on.app.current_theme.ansi
        assert "Alpha Talk" in on.text
        await on.press("escape")
        await on.rest()
        assert on.app.theme == "reinvent-dark"


# Why, and what to do about it


@pytest.mark.presses("do.why")
async def test_a_file_is_put_right_by_keys(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        before = on.title
        await on.press("w")
        await on.rest()
        assert on.panel_rows[:3] == ["day-1.md", "Leave it as it is", "This file is one session"]
        assert any(row.startswith("Weighs most: ") for row in on.panel_rows)
        await on.press("enter")
        await on.rest()
        assert (on.title, on.is_bare) == (before, True)
        assert not list(tmp_path.rglob(".reinvent-tui.yaml"))
        await on.press("w")
        await on.rest()
        await on.type("one session")
        await on.press("enter")
        await on.rest()
        (kept,) = tmp_path.rglob(".reinvent-tui.yaml")
        assert '"day-1.md": "one"' in kept.read_text("utf-8")
        assert "Day 1: the orchard" in screen_text(on.app), "the file is one session at once"
        await on.press("g", "w")
        await on.rest()
        await on.type("again")
        await on.press("enter")
        await on.rest()
        assert "Alpha Talk" in screen_text(on.app)


@pytest.mark.presses("do.why")
async def test_the_event_of_a_folder_is_named_by_typing_it(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("w")
        await on.rest()
        assert "The event of library/: type its name" in on.panel_rows
        await on.type("Moss [red] Conf 2031")
        assert on.panel_rows[:2] == ["day-1.md", "The event of library/ is Moss [red] Conf 2031"]
        assert "The event of library/ is Moss [red] Conf 2031" in screen_text(on.app)
        await on.press("enter")
        await on.rest()
        (kept,) = tmp_path.rglob(".reinvent-tui.yaml")
        assert "Moss [red] Conf 2031" in kept.read_text("utf-8")
        assert "sessions" not in kept.read_text("utf-8")
        assert "Moss [red] Conf 2031" in screen_text(on.app), "seen at once"
        await on.press("g", "w")
        await on.rest()
        rows = on.panel_rows
        await on.press(*["down"] * (rows.index("Decide the event of library/ by evidence again") - 2), "enter")
        await on.rest()
        assert "Moss" not in kept.read_text("utf-8")
        assert "Moss [red] Conf" not in screen_text(on.app)


async def test_what_is_typed_filters_what_may_be_said_of_a_file_first(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("w")
        await on.rest()
        await on.type("no notes")
        assert on.panel_rows[1:3] == ["This file is no notes", "The event of library/ is no notes"]
        await on.press("escape")
        await on.rest()
        assert not list(tmp_path.rglob(".reinvent-tui.yaml"))


async def test_a_page_of_no_session_has_no_why(tmp_path: Path) -> None:
    async with reading(tmp_path) as on:
        await on.press("T", "w")
        await on.rest()
        assert not on.has_panel
        assert "open a session first" in screen_text(on.app)
