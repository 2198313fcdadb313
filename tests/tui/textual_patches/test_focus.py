"""Something has the focus for as long as the terminal has it."""

from __future__ import annotations

from textual import events

from reinvent_tui.reader.jobs import Jobs
from support import make_app, press, reader_of, settle


async def test_a_mouse_beside_all_widgets_takes_no_focus(jobs: Jobs) -> None:
    app = make_app(jobs)
    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        view = reader_of(app).view
        for x, y in ((200, 5), (5, 200)):
            for kind in (events.MouseMove, events.MouseDown, events.MouseUp):
                app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y))
        await settle(pilot)
        assert view.has_focus


async def test_the_terminal_takes_the_focus_and_gives_it_back(jobs: Jobs) -> None:
    app = make_app(jobs)
    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        view = reader_of(app).view
        app.post_message(events.AppBlur())
        await settle(pilot)
        assert not view.has_focus
        app.post_message(events.AppFocus())
        await settle(pilot)
        assert view.has_focus
        await press(pilot, "question_mark")
        assert app.focused is not None
