"""What is typed in one piece acts in the order in which it was typed."""

from __future__ import annotations

from textual import events

from reinvent_tui.reader.jobs import Jobs
from support import CHARACTERS, key_event, make_app, reader_of, settle


async def typed(jobs: Jobs, *keys: str) -> tuple[str, bool]:
    """Send keys without waiting in between; return what is in the line, and whether it still has the focus."""
    app = make_app(jobs)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        for key in keys:
            app.post_message(key_event(key))
        await settle(pilot)
        line = reader_of(app).query_line
        return line.value, line.has_focus


async def test_backspace_takes_the_letter_before_it(jobs: Jobs) -> None:
    assert await typed(jobs, "slash", *"ab", "backspace", *"cd") == ("acd", True)


async def test_the_cursor_moves_between_letters(jobs: Jobs) -> None:
    assert await typed(jobs, "slash", *"bc", "home", "a", "end", "d", "left", "x") == ("abcxd", True)


async def test_keys_after_enter_are_not_for_the_line(jobs: Jobs) -> None:
    value, focused = await typed(jobs, "slash", *"aurora", "enter", "j", "J")
    assert (value, focused) == ("aurora", False)


async def test_an_editing_key_that_is_bound_twice_does_what_the_line_says(jobs: Jobs) -> None:
    # ctrl+e explains the query here; in Textual's line it goes to the end.
    assert await typed(jobs, "slash", *"ac", "left", "ctrl+e", "b") == ("abc", True)


async def test_a_letter_that_was_queued_keeps_its_character(jobs: Jobs) -> None:
    app = make_app(jobs)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        reader.query_line.post_message(events.Key("space", CHARACTERS["space"]))
        await settle(pilot)
        assert reader.query_line.value == ""
