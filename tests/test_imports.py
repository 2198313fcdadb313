"""What is imported when: the shell's part without Textual, the reader's start without what it does not need yet."""

from __future__ import annotations

import subprocess
import sys

import pytest


def imported(code: str) -> set[str]:
    script = f"{code}\nimport sys; print(*sorted(sys.modules))"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(result.stdout.split())


@pytest.mark.parametrize(
    "module",
    [
        "reinvent_tui.cli.main",
        "reinvent_tui.library.load",
        "reinvent_tui.index.sync",
        "reinvent_tui.index.queries",
        "reinvent_tui.index.search",
    ],
)
def test_no_textual_outside_the_reader(module: str) -> None:
    assert not imported(f"import {module}") & {"textual", "rich", "textual.app"}


def test_the_page_knows_no_widgets() -> None:
    assert "textual" not in imported("import reinvent_tui.page.viewport")


def test_opening_a_library_imports_nothing_that_only_a_query_or_a_scan_needs() -> None:
    rooms = {"search", "browse", "compile", "lexicon", "matching", "rowset", "sync", "write", "fts_writer"}
    late = {"yaml", "snowballstemmer", *(f"reinvent_tui.index.{name}" for name in rooms)}
    assert not imported("import reinvent_tui.index.library") & late


def test_the_first_frame_does_not_wait_for_what_comes_later() -> None:
    late = {"yaml", "pygments.lexers", "webbrowser", "reinvent_tui.library.recognise", "textual.widgets._markdown"}
    late |= {f"reinvent_tui.library.{name}" for name in ("outline", "searchable")}  # patterns of hardly any page
    assert not imported("import reinvent_tui.tui.app, reinvent_tui.page.parse") & late


def test_the_version_needs_hardly_anything() -> None:
    quietly = "with contextlib.suppress(SystemExit): main(['--version'])"
    code = f"import contextlib\nfrom reinvent_tui.cli.main import main\n{quietly}"
    found = imported(code)
    assert not found & {"textual", "rich", "yaml", "sqlite3", "markdown_it"}
