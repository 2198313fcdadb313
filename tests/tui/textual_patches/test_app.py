"""Keys that come in one piece each act where the one before them left the focus."""

from __future__ import annotations

import pytest

from reinvent_tui.reader.jobs import Jobs
from support import key_event, make_app, reader_of, settle


async def test_keys_in_one_piece_follow_the_focus(jobs: Jobs) -> None:
    app = make_app(jobs)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        for key in ("tab", "j", "slash", "k", "escape", "slash", "j"):
            app.post_message(key_event(key))
        await settle(pilot)
        assert reader_of(app).query_line.value == "j"


async def test_with_no_terminal_a_failure_is_raised(jobs: Jobs) -> None:
    app = make_app(jobs)
    reported: list[str] = []
    app.report_failure = lambda: reported.append("failure")  # type: ignore[method-assign]

    def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        async with app.run_test():
            app.call_later(fail)
    assert reported == []
