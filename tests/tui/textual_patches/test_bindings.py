"""Bindings are told as they are in force."""

from __future__ import annotations

from reinvent_tui.reader.jobs import Jobs
from reinvent_tui.tui.textual_patches.bindings import bindings_of
from support import make_app, reader_of, settle


def keys_of(found: list[tuple[str, object]]) -> set[str]:
    return {key for key, _ in found}


async def test_a_key_that_was_remapped_is_told(jobs: Jobs) -> None:
    app = make_app(jobs)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "q" in keys_of([*bindings_of(app)])
        app.set_keymap({"app.quit": "f9"})
        assert {"f9", "ctrl+q"} <= keys_of([*bindings_of(app)])
        assert "q" not in keys_of([*bindings_of(app)])
        assert "slash" in keys_of([*bindings_of(reader_of(app))])
