"""What the reader shows of a library: empty, growing, changing, broken, large."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reinvent_tui.config import Settings
from reinvent_tui.errors import IndexDamagedError
from reinvent_tui.index import queries, sync
from reinvent_tui.page.document import Document
from reinvent_tui.page.model import Position
from reinvent_tui.reader.jobs import Jobs
from reinvent_tui.reader.targets import SessionTarget
from support import DAY_1, jobs_on, long_session, make_app, press, reader_of, rest, screen_text, settle, write_library


async def test_the_first_frame_comes_from_the_index(jobs: Jobs, library: Path) -> None:
    (library / "day-1.md").write_text(DAY_1.replace("The first summary", "A changed summary"))
    app = make_app(jobs)
    async with app.run_test(size=(100, 30)) as pilot:
        shown = app.screen
        assert reader_of(app).reader.navigator.page is not None, "there before anything was read from disk"
        await settle(pilot)
        assert shown is app.screen
        assert "A changed summary" in screen_text(app)


async def test_an_unread_library_is_read_and_shown(library: Path, cache: Path) -> None:
    with jobs_on(cache, library, scanned=False) as jobs:
        app = make_app(jobs)
        async with app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            text = screen_text(app)
            assert "▌ Security Talk" in text
            assert "1 of 3" in text


async def test_a_long_scan_says_how_far_it_is_and_can_be_read_meanwhile(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_library(tmp_path / "many", {f"{number:04}.md": f"# Talk {number}" for number in range(400)})
    monkeypatch.setattr(sync, "FIRST_BATCH_SECONDS", 0.0)
    lines: list[str] = []
    with jobs_on(cache, folder, scanned=False) as jobs:
        app = make_app(jobs)
        async with app.run_test(size=(100, 30)) as pilot:
            library = reader_of(app).reader.library
            for _ in range(400):
                await pilot.pause(0.01)
                if library.work and library.work not in lines:
                    lines.append(library.work)
                if lines and not library.work:
                    break
            assert any(line.startswith("indexed ") and line.endswith(" of 400") for line in lines)
            await settle(pilot)
            assert len(reader_of(app).reader.contents.sessions) == 400


@pytest.mark.parametrize("files", [{}, {"notes.pdf": "x"}, {".hidden/a.md": "x"}])
async def test_no_posts_says_what_to_do(tmp_path: Path, cache: Path, files: dict[str, str]) -> None:
    folder = tmp_path / "empty [red]"
    folder.mkdir()
    write_library(folder, files)
    with jobs_on(cache, folder) as jobs:
        app = make_app(jobs)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            text = screen_text(app)
            assert "No posts here" in text
            assert "empty [red]" in text
            assert "reinvent-tui PATH" in " ".join(text.split())
            for key in ("j", "k", "space", "J", "K", "o", "f", "y", "e", "right_square_bracket", "tab", "G", "z", "z"):
                await press(pilot, key)
            (folder / "new.md").write_text("# A New Post\n\nHello.")
            await press(pilot, "r")
            await settle(pilot)
            assert "Hello." in screen_text(app)


async def test_the_last_post_may_go_while_it_is_read(library: Path, jobs: Jobs) -> None:
    app = make_app(jobs)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        (library / "day-1.md").unlink()
        await press(pilot, "r")
        await settle(pilot)
        assert "▌ Second Keynote" in screen_text(app)
        (library / "day-2.md").unlink()
        await press(pilot, "r")
        await settle(pilot)
        assert "No posts here" in screen_text(app)


async def test_a_rescan_keeps_the_place(tmp_path: Path, cache: Path) -> None:
    folder = write_library(tmp_path / "long", {"a.md": long_session()})
    with jobs_on(cache, folder) as jobs:
        app = make_app(jobs)
        async with app.run_test(size=(100, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "space", "space", "space")
            view = reader_of(app).view
            before = view.position
            assert before > Position(0, 0)
            text = (folder / "a.md").read_text()
            (folder / "a.md").write_text(text + "\nOne more paragraph.\n")
            await press(pilot, "r")
            await settle(pilot)
            assert view.position == before
            await press(pilot, "G")
            assert "One more paragraph." in screen_text(app)


async def test_a_page_that_became_shorter_does_not_break_moving(tmp_path: Path, cache: Path) -> None:
    folder = write_library(tmp_path / "long", {"a.md": long_session()})
    with jobs_on(cache, folder) as jobs:
        app = make_app(jobs)
        async with app.run_test(size=(100, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "G")
            (folder / "a.md").write_text(long_session(12))
            await press(pilot, "r")
            await settle(pilot)
            await press(pilot, "left_square_bracket", "j", "k", "right_square_bracket", "o", "escape", "space")
            assert "1 of 1" in screen_text(app)


async def test_a_session_that_went_between_two_keys_leaves_the_page_as_it_was(jobs: Jobs) -> None:
    app = make_app(jobs)
    async with app.run_test(size=(100, 24)) as pilot:
        await settle(pilot)
        screen = reader_of(app)
        screen.apply(screen.reader.open(SessionTarget(10**6)))
        await settle(pilot)
        assert "no longer in the library" in screen.status.line.message
        await press(pilot, "J")
        assert "▌ Aurora Serverless" in screen_text(app)


async def test_keys_typed_ahead_all_count(tmp_path: Path, cache: Path) -> None:
    files = {"a.md": "\n".join(f"## Talk {number}\n" for number in range(30))}
    with jobs_on(cache, write_library(tmp_path / "lib", files)) as jobs:
        app = make_app(jobs)
        async with app.run_test(size=(100, 24)) as pilot:
            await settle(pilot)
            for _ in range(7):
                reader_of(app).action_event("session", 1)
            await settle(pilot)
            assert "8 of 30" in screen_text(app)


async def test_a_first_start_stays_at_the_first_session_while_the_library_fills(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_library(tmp_path / "many", {f"{number:03}.md": f"# Talk {number}" for number in range(200)})
    for number in range(200):
        os.utime(folder / f"{number:03}.md", ns=(number * 10**9, number * 10**9))
    monkeypatch.setattr(sync, "FIRST_BATCH_SECONDS", 0.0)
    with jobs_on(cache, folder, scanned=False) as jobs:
        app = make_app(jobs)
        async with app.run_test(size=(100, 24)) as pilot:
            await settle(pilot)
            await settle(pilot)
            assert "▌ Talk 0" in screen_text(app)
            assert "1 of 200" in screen_text(app)


async def test_damage_in_one_session_is_mended_by_reading_again(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(jobs)
    reading = queries.session_details
    failures = [IndexDamagedError("malformed")]

    def broken(connection: object, row: int) -> object:
        if failures:
            raise failures.pop()
        return reading(connection, row)  # type: ignore[arg-type]

    async with app.run_test(size=(100, 24)) as pilot:
        await settle(pilot)
        await pilot.pause(0.2)
        reader_of(app).reader.navigator.forget_ready()
        monkeypatch.setattr(queries, "session_details", broken)
        await press(pilot, "J")
        await settle(pilot)
        await settle(pilot)
        assert failures == []
        assert len(reader_of(app).reader.contents.sessions) == 3


async def test_a_link_in_the_page_alone_still_shows_its_target(jobs: Jobs) -> None:
    app = make_app(jobs)
    async with app.run_test(size=(100, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "z", "f", "a")
        assert "https://example.com/a?b=1" in "".join(screen_text(app).split("\n")[-2:])
        await press(pilot, "escape")
        assert "https://" not in "".join(screen_text(app).split("\n")[-2:])


async def test_problems_of_a_post_stand_over_it(tmp_path: Path, cache: Path) -> None:
    files = {"a.md": "---\ntitle: T\ndate: 2019-15-05\n---\nStill here.\n"}
    with jobs_on(cache, write_library(tmp_path / "lib", files)) as jobs:
        app = make_app(jobs)
        async with app.run_test(size=(120, 24)) as pilot:
            await settle(pilot)
            text = screen_text(app)
            assert "! a.md:3: date is not a valid date: 2019-15-05" in text
            assert "Still here." in text


async def test_one_file_is_a_library_of_one(library: Path, cache: Path) -> None:
    with jobs_on(cache, library / "day-2.md") as jobs:
        app = make_app(jobs)
        async with app.run_test(size=(100, 24)) as pilot:
            await settle(pilot)
            assert "1 of 1" in screen_text(app)


async def test_several_events_fold(tmp_path: Path, cache: Path) -> None:
    files = {f"{event}.md": f"---\nevent: Conf {event}\nday: 1\n---\n## Talk of {event}\n" for event in (2017, 2018)}
    with jobs_on(cache, write_library(tmp_path / "lib", files)) as jobs:
        app = make_app(jobs)
        async with app.run_test(size=(100, 24)) as pilot:
            await settle(pilot)
            assert "▾ Conf 2017" in screen_text(app)
            await press(pilot, "tab", "g", "h")
            text = screen_text(app)
            assert "▸ Conf 2017" in text
            assert "▌ Talk" not in text
            await press(pilot, "j", "j", "l")
            assert "Talk of 2018" in screen_text(app)
            await press(pilot, "h", "h")
            assert reader_of(app).sidebar.target(reader_of(app).sidebar.cursor).event.name == "Conf 2018"  # type: ignore[union-attr]


async def test_a_long_page_shows_its_head_at_once_and_its_end_after(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[int] = []
    init = Document.__init__

    def counted(self: Document, markdown: str, *args: object, **kwargs: object) -> None:
        parsed.append(len(markdown))
        init(self, markdown, *args, **kwargs)  # type: ignore[arg-type]

    text = long_session(2000)
    with jobs_on(cache, write_library(tmp_path / "long", {"a.md": text})) as jobs:
        monkeypatch.setattr(Document, "__init__", counted)
        app = make_app(jobs)
        assert parsed
        assert max(parsed) < 10_000, "only the head is parsed before the first frame"
        async with app.run_test(size=(100, 24)) as pilot:
            await press(pilot, "G")
            await settle(pilot)
            assert max(parsed) > 400_000
            assert "Paragraph 1999" in screen_text(app)
            assert reader_of(app).view.at_end


async def test_only_what_is_near_the_screen_is_laid_out(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid: list[int] = []
    lay_out = Document._lay_out

    def counted(self: Document, index: int, width: int) -> object:
        laid.append(index)
        return lay_out(self, index, width)

    monkeypatch.setattr(Document, "_lay_out", counted)
    with jobs_on(cache, write_library(tmp_path / "long", {"a.md": long_session(2000)})) as jobs:
        app = make_app(jobs)
        async with app.run_test(size=(100, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "j")
            await rest(pilot)
            for act in ("J", "space", "resize", "theme", "G", "k"):
                laid.clear()
                if act == "resize":
                    await pilot.resize_terminal(90, 24)
                elif act == "theme":
                    app.theme = "reinvent-light"
                else:
                    await press(pilot, act)
                await rest(pilot)
                assert len(laid) <= (0 if act == "theme" else 60), act


async def test_statements_for_a_key_press_are_bounded(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    statements: list[str] = []
    app = make_app(jobs)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.pause(0.2)
        await settle(pilot)
        with jobs._library.connection() as connection:
            connection.set_trace_callback(statements.append)
        await press(pilot, "j", "k", "d", "u", "f", "escape", "z", "z", "tab", "tab")
        assert statements == [], "moving on a page asks nothing of the index"
        await press(pilot, "J")
        assert len(statements) <= 4, "the page was read ahead; at most its next neighbour is asked for"


async def test_the_sidebar_asks_for_titles_of_rows_on_screen_only(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_library(tmp_path / "many", {"a.md": "\n".join(f"## Talk {number}\n" for number in range(3000))})
    asked: list[int] = []
    entries = queries.entries

    def counted(connection: object, rows: object) -> object:
        wanted = list(rows)  # type: ignore[call-overload]
        asked.append(len(wanted))
        return entries(connection, wanted)  # type: ignore[arg-type]

    with jobs_on(cache, folder) as jobs:
        monkeypatch.setattr(queries, "entries", counted)
        app = make_app(jobs)
        async with app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            await press(pilot, "tab", "G")
            assert "▌ Talk 2999" in screen_text(app)
            assert max(asked) <= 250


@pytest.mark.parametrize("width", [24, 40, 60, 79, 80, 120, 200])
async def test_every_width_shows_the_page(jobs: Jobs, width: int) -> None:
    app = make_app(jobs)
    async with app.run_test(size=(width, 24)) as pilot:
        await settle(pilot)
        text = screen_text(app)
        assert "Security Talk" in text
        assert ("▾ Day 1" in text) == (width >= 80)
        if width < 80:
            await press(pilot, "s")
            assert "▾ Day 1" in screen_text(app)
            assert reader_of(app).sidebar.has_focus
            await press(pilot, "j", "enter")
            assert "▾ Day 1" not in screen_text(app)
            assert "Aurora Serverless" in screen_text(app)
            await press(pilot, "tab")
            assert "▾ Day 1" in screen_text(app)
            await press(pilot, "escape")
            assert "▾ Day 1" not in screen_text(app)


async def test_resizing_keeps_the_place_in_the_text(tmp_path: Path, cache: Path) -> None:
    with jobs_on(cache, write_library(tmp_path / "long", {"a.md": long_session()})) as jobs:
        app = make_app(jobs)
        async with app.run_test(size=(120, 30)) as pilot:
            await settle(pilot)
            await press(pilot, "space", "space", "j")
            view = reader_of(app).view
            before = view.position
            for width in (60, 200, 85, 41, 120):
                await pilot.resize_terminal(width, 30)
                await rest(pilot)
                assert view.position == before
            assert view.window()[0].block == before.block


async def test_themes_are_chosen_and_remembered(jobs: Jobs, own_folders: Path) -> None:
    from reinvent_tui.config import load_settings
    from reinvent_tui.paths import config_folder

    app = make_app(jobs, Settings(theme="no such theme"))
    assert app.theme == "reinvent-dark"
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        before = screen_text(app)
        for theme in ("reinvent-light", "nord", "textual-ansi", "reinvent-light"):
            if theme in app.available_themes:
                app.choose_theme(theme)
                await settle(pilot)
                assert screen_text(app) == before
    assert load_settings(config_folder()).theme == "reinvent-light"


async def test_settings_that_cannot_be_written_last_for_the_run(jobs: Jobs, own_folders: Path) -> None:
    (own_folders / "config").write_text("a file where a folder should be")
    app = make_app(jobs)
    async with app.run_test(size=(160, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "less_than_sign")
        assert reader_of(app).view.measure == 76
        assert "settings cannot be saved" in reader_of(app).status.line.message


async def test_an_index_that_is_damaged_while_it_is_open_is_made_anew(library: Path, cache: Path) -> None:
    with jobs_on(cache, library) as jobs:
        app = make_app(jobs)
        (path,) = cache.glob("*.sqlite3")
        with open(path, "r+b") as file:
            file.seek(4096)
            file.write(os.urandom(path.stat().st_size - 4096))
        for log in cache.glob("*-wal"):
            log.write_bytes(b"")
        async with app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            await press(pilot, "J", "r")
            await settle(pilot)
            text = screen_text(app)
            assert "▾ Day 1" in text


async def test_code_is_coloured_after_the_paint(jobs: Jobs) -> None:
    app = make_app(jobs)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "J")
        await settle(pilot)
        roles = {run.role for row in reader_of(app).view.window() for run in row.line.runs}
        assert {"code-keyword", "code-name", "code-number"} <= roles
