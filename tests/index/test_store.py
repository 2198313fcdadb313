"""The index survives what happens to its file."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from reinvent_tui.errors import IndexDamagedError, IndexUnavailableError
from reinvent_tui.index import queries, store
from reinvent_tui.index.schema import VERSION
from reinvent_tui.index.store import Index
from reinvent_tui.index.sync import synchronise
from reinvent_tui.library.files import Root, open_roots
from support import DAY_1, write_library


@pytest.fixture
def roots(library: Path) -> tuple[Root, ...]:
    return open_roots([library])


def titles(index: Index) -> list[str]:
    with index.connection() as connection:
        contents = queries.contents(connection)
        entries = queries.entries(connection, contents.sessions)
        return [entries[row].title for row in contents.sessions]


ALL = ["Security Talk", "Aurora Serverless", "Second Keynote"]


def filled(cache: Path, roots: tuple[Root, ...]) -> Index:
    index = Index(cache, roots)
    synchronise(index, roots)
    return index


def only_file(cache: Path) -> Path:
    (path,) = cache.glob("*.sqlite3")
    return path


def test_it_is_there_at_the_next_start(cache: Path, roots: tuple[Root, ...]) -> None:
    filled(cache, roots).close()
    again = Index(cache, roots)
    assert again.remembered
    assert titles(again) == ALL
    again.close()


def test_each_set_of_folders_has_its_own(cache: Path, tmp_path: Path, roots: tuple[Root, ...]) -> None:
    filled(cache, roots).close()
    other = open_roots([write_library(tmp_path / "other", {"a.md": "# A"})])
    for some in (other, (*roots, *other), (*other, *roots)):
        Index(cache, some).close()
    assert len(list(cache.glob("*.sqlite3"))) == 3


@pytest.mark.parametrize("damage", ["garbage", "empty", "truncated", "header", "folder of another program"])
def test_a_damaged_one_is_made_anew(cache: Path, roots: tuple[Root, ...], damage: str) -> None:
    filled(cache, roots).close()
    path = only_file(cache)
    data = path.read_bytes()
    if damage == "garbage":
        path.write_bytes(os.urandom(len(data)))
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "truncated":
        path.write_bytes(data[: len(data) // 3])
    elif damage == "header":
        path.write_bytes(b"x" * 100 + data[100:])
    else:
        path.unlink()
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE theirs (x)")
        other.close()
    index = Index(cache, roots)
    try:
        synchronise(index, roots)
    except IndexDamagedError:
        index.reset()
        synchronise(index, roots)
    assert titles(index) == ALL
    index.close()


SCHEMA_PAGES = 6
"""Where the definitions of the tables stand."""


def test_damage_that_shows_later_is_told_apart(cache: Path, roots: tuple[Root, ...]) -> None:
    filled(cache, roots).close()
    index = Index(cache, roots)
    with open(only_file(cache), "r+b") as file:
        file.seek(SCHEMA_PAGES * 4096)
        file.write(b"\xff" * (only_file(cache).stat().st_size - SCHEMA_PAGES * 4096))
    # The reading connection may have its pages in memory; a new one sees the damage.
    with pytest.raises(IndexDamagedError), index.writing() as fresh:
        fresh.execute("SELECT count(*), max(title) FROM session").fetchone()
    index.reset()
    synchronise(index, roots)
    assert titles(index) == ALL
    index.close()


def test_one_of_an_older_version_is_made_anew(
    cache: Path, roots: tuple[Root, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "VERSION", VERSION - 1)
    filled(cache, roots).close()
    monkeypatch.undo()
    index = Index(cache, roots)
    assert titles(index) == []
    synchronise(index, roots)
    assert titles(index) == ALL
    index.close()


def test_a_deleted_one_is_made_anew_and_does_not_disturb_a_running_reader(cache: Path, roots: tuple[Root, ...]) -> None:
    index = filled(cache, roots)
    for path in cache.iterdir():
        path.unlink()
    assert titles(index) == ALL
    index.close()
    again = filled(cache, roots)
    assert titles(again) == ALL
    again.close()


def test_where_the_cache_folder_cannot_be_written_it_is_temporary(tmp_path: Path, roots: tuple[Root, ...]) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("not a folder")
    index = filled(blocked / "cache", roots)
    assert not index.remembered
    assert titles(index) == ALL
    index.close()


def test_a_read_only_file_does_not_stop_it(
    cache: Path, roots: tuple[Root, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = store._connect

    def read_only(address: str) -> sqlite3.Connection:
        connection = connect(address)
        if str(cache) in address:
            connection.execute("PRAGMA query_only = ON")
        return connection

    filled(cache, roots).close()
    monkeypatch.setattr(store, "_connect", read_only)
    index = filled(cache, roots)
    assert not index.remembered
    assert titles(index) == ALL
    index.close()


def test_where_nothing_can_be_written_it_is_in_memory(
    tmp_path: Path, roots: tuple[Root, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("not a folder")

    def refuse(**_: object) -> None:
        raise OSError("read-only file system")

    monkeypatch.setattr(tempfile, "TemporaryDirectory", refuse)
    index = filled(blocked / "cache", roots)
    assert not index.remembered
    assert titles(index) == ALL
    synchronise(index, roots)
    index.close()


def test_where_not_even_memory_helps_it_says_so(
    tmp_path: Path, roots: tuple[Root, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: str) -> None:
        raise sqlite3.OperationalError("no such luck")

    monkeypatch.setattr(store, "_open", refuse)
    with pytest.raises(IndexUnavailableError, match="no such luck"):
        Index(tmp_path / "cache", roots)


def test_a_closed_one_refuses(cache: Path, roots: tuple[Root, ...]) -> None:
    index = filled(cache, roots)
    index.close()
    with pytest.raises(IndexUnavailableError, match="closed"):
        titles(index)


def test_two_readers_may_start_and_scan_at_once(cache: Path, tmp_path: Path) -> None:
    folder = write_library(tmp_path / "many", {f"{number:03}.md": DAY_1 for number in range(150)})
    script = (
        "import sys; from pathlib import Path; from reinvent_tui.index.store import Index;"
        "from reinvent_tui.index.sync import synchronise; from reinvent_tui.library.files import open_roots;"
        "from reinvent_tui.index import queries;"
        "roots = open_roots([Path(sys.argv[1])]); index = Index(Path(sys.argv[2]), roots); synchronise(index, roots);"
        "c = index.connection().__enter__(); print(len(queries.contents(c).sessions))"
    )
    command = [sys.executable, "-c", script, str(folder), str(cache)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    for process in running:
        out, error = process.communicate(timeout=60)
        assert (out.strip(), error) == ("300", "")


def test_reading_goes_on_while_a_batch_is_written(cache: Path, roots: tuple[Root, ...]) -> None:
    index = filled(cache, roots)
    with index.writing() as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM post")
        found: list[list[str]] = []
        thread = threading.Thread(target=lambda: found.append(titles(index)))
        thread.start()
        thread.join(timeout=5)
        connection.execute("ROLLBACK")
    assert found == [ALL]
    index.close()
