"""Every key does what the help says it does."""

from __future__ import annotations

import ast
import subprocess
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.widgets import Input

from reinvent_tui.reader.jobs import Jobs
from reinvent_tui.tui.key_names import keys_in_force
from reinvent_tui.tui.panel import Panel
from reinvent_tui.tui.screen import ReaderScreen
from reinvent_tui.tui.textual_patches.bindings import bindings_of
from support import (
    Using,
    jobs_on,
    key_event,
    long_session,
    make_app,
    opened_in_browser,
    press,
    reader_of,
    screen_text,
    settle,
    using,
    write_library,
)


class Reading(Using):
    """The app while a test reads with it."""

    @property
    def top(self) -> tuple[int, int]:
        return (self.screen.view._top.block, self.screen.view._top.row)


def reading(jobs: Jobs, size: tuple[int, int] = (100, 30)) -> AbstractAsyncContextManager[Reading]:
    return using(Reading, jobs, size)


@pytest.fixture
def long_jobs(tmp_path: Path, cache: Path) -> object:
    folder = write_library(tmp_path / "long", {"a-long.md": long_session(), "b.md": "# B talk\n\nShort.\n"})
    with jobs_on(cache, folder) as jobs:
        yield jobs


@pytest.mark.presses(
    "page.down", "page.up", "page.start", "page.end", "read.page-down", "read.page-up", "read.half-down", "read.half-up"
)
async def test_scrolling_the_page(long_jobs: Jobs) -> None:
    async with reading(long_jobs) as on:
        view = on.screen.view
        assert view.has_focus
        start = view.window()[0]
        for down, up in (("j", "k"), ("down", "up"), ("space", "b"), ("pagedown", "pageup"), ("d", "u")):
            await on.press(down)
            assert view.window()[0] != start, down
            await on.press(up)
            assert view.window()[0] == start, up
        for end, home in (("G", "g"), ("end", "home")):
            await on.press(end)
            assert view.at_end
            assert "100 %" in on.screen.status.line.place
            await on.press(home)
            assert on.top == (0, 0)


async def test_a_page_key_moves_by_a_screen_less_two_rows(long_jobs: Jobs) -> None:
    async with reading(long_jobs) as on:
        before = [row.line for row in on.screen.view.window()]
        await on.press("space")
        after = [row.line for row in on.screen.view.window()]
        assert after[:2] == before[-2:]


async def test_space_at_the_end_goes_on_to_the_next_session(jobs: Jobs) -> None:
    async with reading(jobs, (100, 60)) as on:
        assert on.title == "Security Talk"
        await on.press("space")
        assert on.title == "Aurora Serverless"
        await on.press("space", "space")
        assert on.title == "Second Keynote"


@pytest.mark.presses("go.next-session", "go.previous-session")
async def test_sessions_one_after_the_other(jobs: Jobs) -> None:
    async with reading(jobs) as on:
        await on.press("J")
        assert on.title == "Aurora Serverless"
        await on.press("J")
        assert on.title == "Second Keynote"
        assert on.screen.sidebar.current == on.screen.reader.contents.sessions[2]
        await on.press("J")
        assert on.title == "Second Keynote", "the last one stays"
        await on.press("K", "K", "K")
        assert on.title == "Security Talk"


@pytest.mark.presses("read.next-heading", "read.previous-heading")
async def test_headings_one_after_the_other(long_jobs: Jobs) -> None:
    async with reading(long_jobs) as on:
        view = on.screen.view
        headings = view.document.headings if view.document else []
        for heading in headings[:4]:
            await on.press("right_square_bracket")
            assert view.window()[0].block == heading.block
        await on.press("left_square_bracket")
        assert view.window()[0].block == headings[2].block
        await on.press("left_square_bracket", "left_square_bracket", "left_square_bracket")
        assert on.top == (0, 0)


@pytest.mark.presses(
    "go.outline", "panel.next", "panel.previous", "panel.erase", "panel.close", "list.down", "list.choose"
)
async def test_the_outline(long_jobs: Jobs) -> None:
    async with reading(long_jobs) as on:
        await on.press("o")
        assert isinstance(on.app.screen, Panel)
        assert "Part 3" in screen_text(on.app)
        await on.press("down", "tab", "tab", "down", "shift+tab", "enter")
        assert isinstance(on.app.screen, ReaderScreen)
        assert "Part 3" in "".join(run.text for run in on.screen.view.window()[0].line.runs)
        await on.press("o")
        await on.press("5", "x")
        assert "Part" not in screen_text(on.app).split("Outline")[-1].split("5x")[-1][:40]
        await on.press("backspace", "enter")
        assert "Part 5" in "".join(run.text for run in on.screen.view.window()[0].line.runs), "letters filter"
        await on.press("o", "escape")
        assert isinstance(on.app.screen, ReaderScreen)


async def test_keys_in_one_piece_close_the_outline_once(long_jobs: Jobs) -> None:
    async with reading(long_jobs) as on:
        for keys in (("enter", "enter"), ("enter", "escape"), ("escape", "escape")):
            await on.press("o")
            driver = on.app._driver
            assert driver is not None
            for key in keys:
                driver.send_message(key_event(key))
            await settle(on.pilot)
            assert on.screen.is_current


async def test_a_page_without_headings_has_no_outline(tmp_path: Path, cache: Path) -> None:
    folder = write_library(tmp_path / "one", {"a.md": "Only text."})
    with jobs_on(cache, folder) as jobs:
        async with reading(jobs) as on:
            await on.press("o")
            assert isinstance(on.app.screen, ReaderScreen)


@pytest.mark.presses(
    "go.other-pane",
    "list.up",
    "list.start",
    "list.end",
    "list.page-down",
    "list.page-up",
    "sidebar.fold",
    "sidebar.unfold",
)
async def test_panes_and_the_sidebar_list(jobs: Jobs) -> None:
    async with reading(jobs) as on:
        sidebar, view = on.screen.sidebar, on.screen.view
        for key in ("tab", "shift+tab"):
            await on.press(key)
            assert sidebar.has_focus
            await on.press(key)
            assert view.has_focus
        await on.press("tab")
        await on.press("j")
        assert on.title == "Aurora Serverless", "the page follows the cursor"
        await on.press("up")
        assert on.title == "Security Talk"
        await on.press("k")
        assert on.title == "Day 1: arriving", "a day has a page of its own"
        await on.press("G")
        assert sidebar.cursor == sidebar.count - 1
        await on.press("g")
        assert sidebar.cursor == 0
        assert on.title == "TestConf 2018", "and so has an event"
        await on.press("pagedown")
        assert sidebar.cursor == sidebar.count - 1
        await on.press("pageup", "home", "end", "home", "down")
        assert sidebar.cursor == 1
        rows = sidebar.count
        await on.press("h")
        assert sidebar.count == rows - 2
        await on.press("l")
        assert sidebar.count == rows
        await on.press("left", "right", "right")
        assert sidebar.count == rows
        assert on.title == "Security Talk"
        await on.press("h")
        assert sidebar.cursor == 1
        await on.press("enter")
        assert sidebar.count == rows - 2, "Enter folds a day"
        await on.press("enter", "j", "l")
        assert view.has_focus, "right from a session goes into the page"


async def test_enter_on_a_session_goes_into_the_page(jobs: Jobs) -> None:
    async with reading(jobs) as on:
        await on.press("tab", "j", "enter")
        assert on.screen.view.has_focus
        assert on.title == "Aurora Serverless"


async def test_the_next_session_unfolds_its_day(jobs: Jobs) -> None:
    async with reading(jobs) as on:
        assert "Second Keynote" not in screen_text(on.app)
        await on.press("J", "J")
        assert "▌ Second Keynote" in screen_text(on.app)


@pytest.mark.presses("view.sidebar", "view.alone")
async def test_sidebar_and_page_alone(jobs: Jobs) -> None:
    async with reading(jobs) as on:
        await on.press("s")
        assert "▾ Day 1" not in screen_text(on.app)
        await on.press("s")
        assert "▾ Day 1" in screen_text(on.app)
        await on.press("z")
        text = screen_text(on.app)
        assert "▾ Day 1" not in text
        assert "keys" not in text
        await on.press("z")
        assert "▾ Day 1" in screen_text(on.app)
        await on.press("z", "escape")
        assert "▾ Day 1" in screen_text(on.app)
        await on.press("s", "tab")
        assert on.screen.sidebar.has_focus
        assert "▾ Day 1" in screen_text(on.app)


@pytest.mark.presses("view.narrower-text", "view.wider-text")
async def test_text_width(jobs: Jobs, own_folders: Path) -> None:
    async with reading(jobs, (160, 30)) as on:
        view = on.screen.view
        assert view.measure == 80
        await on.press("less_than_sign")
        assert view.measure == 76
        await on.press("greater_than_sign", "greater_than_sign")
        assert view.measure == 84
        for _ in range(20):
            await on.pilot.press("greater_than_sign")
        await settle(on.pilot)
        widest = view.measure
        assert widest == view.size.width - 5
        await on.press("less_than_sign")
        assert view.measure == widest - 4, "no steps are lost at the edge"
    assert '"text_width": ' in (own_folders / "config" / "reinvent-tui" / "settings.json").read_text()


@pytest.mark.presses("view.narrower-sidebar", "view.wider-sidebar")
async def test_sidebar_width(jobs: Jobs) -> None:
    async with reading(jobs) as on:
        before = on.screen.sidebar.size.width
        await on.press("minus")
        assert on.screen.sidebar.size.width == before - 2
        await on.press("plus", "equals_sign")
        assert on.screen.sidebar.size.width == before + 2
        for _ in range(60):
            await on.pilot.press("plus")
        await settle(on.pilot)
        assert on.screen.view.size.width >= 38


@pytest.mark.presses("do.copy", "do.copy-selection")
async def test_copying(jobs: Jobs) -> None:
    async with reading(jobs) as on:
        await on.press("y")
        assert on.app.clipboard.startswith("## Security Talk\n\nTags: security, regions\n\nThe first summary")
        assert on.app.clipboard.endswith("- [Notes](https://example.com/notes)\n")
        on.app.copy_to_clipboard("before")
        await on.press("ctrl+c")
        assert on.app.clipboard == "before", "nothing is selected"
        await on.press("tab", "k")
        await on.press("y")
        assert on.app.clipboard.startswith("Day 1: arriving")


@pytest.mark.presses("go.links", "page.open-link", "do.back", "go.back")
async def test_links_by_letter(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = opened_in_browser(monkeypatch)
    async with reading(jobs) as on:
        await on.press("f")
        assert list(on.screen.view.labels) == ["a", "s", "d", "f", "g"], "the topics come last"
        await on.press("escape")
        assert on.screen.view.labels == {}
        await on.press("f", "a")
        assert opened == [], "first the whole target is shown"
        assert "https://example.com/a?b=1" in "".join(screen_text(on.app).split("\n")[-2:])
        await on.press("escape", "enter")
        assert opened == []
        await on.press("f", "a", "enter")
        assert opened == ["https://example.com/a?b=1"]
        await on.press("f", "a", "y")
        assert on.app.clipboard == "https://example.com/a?b=1"
        await on.press("f", "s")
        assert on.title == "Second Keynote", "a link to another post opens it here"
        await on.press("backspace")
        assert on.title == "Security Talk", "and Backspace comes back"
        await on.press("backspace", "J", "J")
        assert on.title == "Second Keynote"
        await on.press("f")
        assert on.screen.view.labels == {}


async def test_a_key_that_is_no_label_ends_the_labels(jobs: Jobs) -> None:
    async with reading(jobs) as on:
        await on.press("f", "q")
        assert on.screen.view.labels == {}
        assert on.app.is_running, "a letter that is no label does nothing else"
        await on.press("f", "down")
        assert on.screen.view.labels == {}


@pytest.mark.presses("do.edit")
async def test_editing(jobs: Jobs, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from contextlib import nullcontext

    calls: list[list[str]] = []

    def edit(command: list[str], *, check: bool) -> subprocess.CompletedProcess[str]:
        assert not check
        calls.append(command)
        path = library / "day-1.md"
        path.write_text(path.read_text().replace("The first summary", "A better summary"))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setenv("EDITOR", "nvim -u NONE")
    monkeypatch.setattr("reinvent_tui.tui.editor.subprocess.run", edit)
    async with reading(jobs) as on:
        monkeypatch.setattr(on.app, "suspend", nullcontext)
        await on.press("e")
        assert calls == [["nvim", "-u", "NONE", "+15", str(library / "day-1.md")]]
        assert (library / "day-1.md").read_text().split("\n")[14] == "## Security Talk"
        await settle(on.pilot)
        assert "A better summary" in screen_text(on.app)
        calls.clear()
        await on.press("tab", "k", "e")
        assert calls == [], "a day has no file of its own"


async def test_an_editor_that_fails_is_said(jobs: Jobs, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from contextlib import nullcontext

    monkeypatch.setenv("VISUAL", "/nowhere/editor")
    async with reading(jobs) as on:
        await on.press("e")  # headless: the terminal cannot be lent
        assert "does not support suspending" in on.said
        monkeypatch.setattr(on.app, "suspend", nullcontext)
        await on.press("e")
        assert "/nowhere/editor cannot be started" in on.said
        monkeypatch.setenv("VISUAL", "false")
        await on.press("e")
        assert "false ended with status 1" in on.said
        (library / "day-1.md").unlink()
        await on.press("e")
        assert "the file is gone: day-1.md" in on.said
        await settle(on.pilot)
        assert on.title == "Second Keynote"


@pytest.mark.presses("do.rescan")
async def test_rescanning(jobs: Jobs, library: Path) -> None:
    async with reading(jobs) as on:
        (library / "day-2.md").write_text("---\nevent: TestConf 2018\nday: 2\n---\n## A New One\n\nText.\n")
        await on.press("r")
        await settle(on.pilot)
        await on.press("J", "J")
        assert on.title == "A New One"
        await on.press("r")
        assert "nothing changed" in on.said
        on.screen.apply(on.screen.reader.library.scan())
        on.screen.action_event("rescan")  # while that one is running
        await settle(on.pilot)
        await settle(on.pilot)
        assert "nothing changed" in on.said


@pytest.mark.presses("do.help", "app.palette", "panel.stop")
async def test_help_and_palette(jobs: Jobs) -> None:
    async with reading(jobs, (100, 40)) as on:
        for key in ("escape", "ctrl+c"):
            await on.press("question_mark")
            assert isinstance(on.app.screen, Panel)
            assert "Keys" in on.text
            await on.press(key)
            assert isinstance(on.app.screen, ReaderScreen)
        await on.press("question_mark")
        await on.type("next session")
        assert "Go to the next session" in on.text
        await on.press("enter")
        assert isinstance(on.app.screen, ReaderScreen)
        assert on.title == "Aurora Serverless", "Enter does what the key of the row does"
        await on.press("ctrl+p")
        await on.type("keynote")
        await on.press("enter")
        assert on.title == "Second Keynote"


async def test_going_to_a_session_by_code(jobs: Jobs) -> None:
    async with reading(jobs) as on:
        await on.press("ctrl+p")
        await on.type("dat336")
        await on.press("enter")
        assert on.title == "Aurora Serverless"


async def test_what_is_typed_before_the_palette_has_rows_is_for_it(jobs: Jobs) -> None:
    async with reading(jobs) as on:
        driver = on.app._driver
        assert driver is not None
        for key in ("ctrl+p", *"dat336", "enter"):
            driver.send_message(key_event(key))
        await on.rest()
        assert isinstance(on.app.screen, ReaderScreen)
        assert on.title == "Aurora Serverless"


@pytest.mark.parametrize(
    "key",
    [
        pytest.param("q", marks=pytest.mark.presses("app.quit", "app.suspend")),
        pytest.param("ctrl+q", marks=pytest.mark.presses("app.quit-anywhere")),
    ],
)
async def test_quitting(jobs: Jobs, key: str) -> None:
    app = make_app(jobs)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("ctrl+z")  # a terminal in memory cannot be suspended; the pseudo-terminal's test can
        await pilot.press(key)
    assert not app.is_running
    assert app.return_code == 0


async def test_ctrl_q_quits_from_anywhere(jobs: Jobs) -> None:
    app = make_app(jobs)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "question_mark")
        await pilot.press("ctrl+q")
    assert not app.is_running


async def test_a_wrong_key_says_something_only_if_the_other_case_would_have_worked(jobs: Jobs) -> None:
    async with reading(jobs) as on:
        for key in ("v", "ctrl+b", "f7", "left", "right"):
            await on.press(key)
            assert on.said == ""
        await on.press("R")
        assert on.said == "R does nothing here; r: look for changed files"
        await on.press("tab")
        await on.press("L")
        assert "l: unfold the day" in on.said


async def test_keys_can_be_remapped_by_id(jobs: Jobs) -> None:
    app = make_app(jobs)
    app.set_keymap({"go.next-session": "n"})
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "n")
        page = reader_of(app).reader.navigator.page
        assert page is not None
        assert page.document.filled(0).text == "Aurora Serverless"
        rows = [row[:2] for _, group in keys_in_force(reader_of(app).keys.nodes) for row in group]
        assert ("n", "Go to the next session, or hit") in rows
        assert "n K session" in screen_text(app)


async def test_the_help_names_every_key_in_force(jobs: Jobs) -> None:
    async with reading(jobs, (100, 130)) as on:
        rows = [row for _, group in keys_in_force(on.screen.keys.nodes) for row in group]
        await on.press("question_mark")
        text = screen_text(on.app)
        for keys, words, _ in rows:
            assert keys in text
            assert words.split()[0] in text


@pytest.mark.presses(
    "go.search",
    "go.find",
    "go.next-match",
    "go.previous-match",
    "query.read",
    "query.down",
    "query.up",
    "query.page-down",
    "query.page-up",
    "query.hits",
    "query.explain",
    "query.order",
    "query.leave",
    "query.word-left",
    "query.word-right",
    *(f"query.suggestion-{number}" for number in range(1, 4)),
)
async def test_searching(jobs: Jobs) -> None:
    """What each of these does is tested in test_searching.py; here each is pressed once."""
    async with reading(jobs) as on:
        await on.press("slash", "t", "a", "k", "e")
        assert on.screen.reader.search.is_open
        walked = [0]
        for key in ("down", "up", "pagedown", "pageup"):
            await on.press(key)
            walked.append(on.screen.hits.cursor)
        assert walked == [0, 1, 0, 2, 0]
        await on.press("ctrl+e")
        assert "What is looked for" in on.text
        await on.press("escape", "alt+left")
        assert on.screen.query_line.cursor_position == 0
        await on.press("alt+right")
        assert on.screen.query_line.cursor_position == len("take")
        await on.press("ctrl+t")
        assert "order of days" in on.said
        for number in range(1, 4):
            await on.press(f"alt+{number}")
            assert on.screen.query_line.value == "take"
        await on.press("tab")
        assert on.screen.hits.has_focus
        await on.press("slash", "enter", "n", "N")
        assert on.screen.view.current_match[0] >= 0
        await on.press("ctrl+f", "escape", "slash", "escape")
        assert on.screen.view.has_focus


@pytest.mark.presses(
    "go.topics",
    "go.takeaways",
    "go.order",
    "go.forward",
    "page.next-link",
    "page.previous-link",
    "page.next-takeaway",
    "page.previous-takeaway",
    *(
        f"topics.{name}"
        for name in [
            "mark",
            "exclude",
            "any",
            "next-list",
            "previous-list",
            "order",
            "given",
            "fold",
            "unfold",
            "erase",
        ]
    ),
)
async def test_browsing(jobs: Jobs) -> None:
    """What each of these does is tested in test_browsing.py; here each is pressed once."""
    async with reading(jobs) as on:
        await on.press("l", "h", "full_stop", "comma", "escape", "t")
        assert on.screen.topics.has_focus
        await on.press("space", "vertical_line", "right_square_bracket", "left_square_bracket", "ctrl+t", "ctrl+g")
        await on.press("ctrl+g", "left", "right", "exclamation_mark")
        assert on.screen.query_line.value.startswith("-tag:")
        await on.press("backspace")
        assert on.screen.query_line.value == ""
        await on.press("escape")
        assert not on.screen.reader.panes.has_topics
        await on.press("T")
        assert on.title == "Takeaways"
        await on.press("ctrl+t", "backspace")
        assert on.title != "Takeaways"
        await on.press("alt+right")
        assert on.title == "Takeaways"


async def test_every_binding_has_an_id_a_tooltip_and_a_test(jobs: Jobs) -> None:
    async with reading(jobs) as on:
        nodes = [*on.screen.keys.nodes, on.screen.hits]
        await on.press("question_mark")
        panel = on.app.screen
        assert isinstance(panel, Panel)
        nodes += [panel, panel.list]
        bound = [binding for node in nodes for _, binding in bindings_of(node)]
    own = [binding for binding in bound if binding.id or binding.action not in INPUTS | TEXTUALS]
    for binding in own:
        assert binding.id, binding
        assert binding.tooltip, binding
    assert {binding.id for binding in own} == pressed_by_tests()


def pressed_by_tests() -> set[str]:
    """Return the ids that the marks of tests name: each test fails where it does not press what its mark names."""
    found: set[str] = set()
    for path in Path(__file__).parent.glob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.presses":
                found.update(eval(f"({ast.unparse(ast.Tuple(node.args, ast.Load()))})", {"range": range}))  # noqa: S307 -- our own source
    return found


TEXTUALS = {
    "scroll_up",
    "scroll_down",
    "scroll_left",
    "scroll_right",
    "scroll_home",
    "scroll_end",
    "page_up",
    "page_down",
    "page_left",
    "page_right",
    "help_quit",
    "screen.copy_text",
    "app.focus_next",
    "app.focus_previous",
    "minimize",
}
"""Actions that Textual binds by itself, under keys of ours or to no effect here."""


INPUTS = {binding.action for binding in Input.BINDINGS if isinstance(binding, Binding)}
"""What Textual's line for text does with its keys."""
