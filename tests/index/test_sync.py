"""Only what changed is read; what is gone is forgotten; a scan can be watched and stopped."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from reinvent_tui.index import queries, reading, sync
from reinvent_tui.index.queries import Contents
from reinvent_tui.index.store import Index
from reinvent_tui.index.sync import Progress, synchronise
from reinvent_tui.library import files, load
from reinvent_tui.library.files import FileState, Root, open_roots
from reinvent_tui.library.habits import Habits
from reinvent_tui.library.model import Post
from reinvent_tui.library.topics import Vocabulary, load_vocabulary
from support import DAY_1, DAY_2, write_library


@pytest.fixture
def roots(library: Path) -> tuple[Root, ...]:
    return open_roots([library])


@pytest.fixture
def index(cache: Path, roots: tuple[Root, ...]) -> Iterator[Index]:
    found = Index(cache, roots)
    yield found
    found.close()


def after(calls: int) -> Callable[[], bool]:
    """Return a ``cancelled`` that is true once it was asked more than ``calls`` times."""
    asked = count(1)
    return lambda: next(asked) > calls


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files whose bytes were read."""
    names: list[str] = []
    read_text = files.read_text

    def counted(path: str) -> object:
        names.append(Path(path).name)
        return read_text(path)

    monkeypatch.setattr(load, "read_text", counted)
    return names


def contents(index: Index) -> Contents:
    with index.connection() as connection:
        return queries.contents(connection)


def titles(index: Index) -> list[str]:
    with index.connection() as connection:
        found = queries.contents(connection)
        entries = queries.entries(connection, found.sessions)
        return [entries[row].title for row in found.sessions]


def test_unchanged_files_are_not_opened_again(index: Index, roots: tuple[Root, ...], opened: list[str]) -> None:
    report = synchronise(index, roots)
    assert (report.files, report.read, report.removed, report.complete) == (2, 2, 0, True)
    assert sorted(opened) == ["day-1.md", "day-2.md"]
    opened.clear()
    assert synchronise(index, roots).read == 0
    assert opened == []


def test_a_changed_file_alone_is_read(index: Index, library: Path, roots: tuple[Root, ...], opened: list[str]) -> None:
    synchronise(index, roots)
    before = contents(index).sessions
    opened.clear()
    text = DAY_2 + "\n## Third\n\nMore.\n"
    (library / "day-2.md").write_text(text, encoding="utf-8")
    assert synchronise(index, roots).read == 1
    assert opened == ["day-2.md"]
    assert titles(index) == ["Security Talk", "Aurora Serverless", "Second Keynote", "Third"]
    assert list(contents(index).sessions[:3]) == list(before), "a session that stays keeps its row"


def test_the_time_alone_makes_a_file_changed(
    index: Index, library: Path, roots: tuple[Root, ...], opened: list[str]
) -> None:
    synchronise(index, roots)
    opened.clear()
    os.utime(library / "day-1.md", ns=(1, 1))
    synchronise(index, roots)
    assert opened == ["day-1.md"]


def test_what_is_gone_is_forgotten(index: Index, library: Path, roots: tuple[Root, ...]) -> None:
    synchronise(index, roots)
    (library / "day-1.md").unlink()
    assert synchronise(index, roots).removed == 1
    assert titles(index) == ["Second Keynote"]
    assert [day.number for day in contents(index).days] == [2]
    with index.connection() as connection:
        for table in ("takeaway", "tag", "session"):
            (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            assert count == {"takeaway": 1, "tag": 0, "session": 1}[table]


def test_posts_in_a_folder_that_cannot_be_read_now_are_kept(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roots = open_roots([write_library(tmp_path / "lib", {"sub/a.md": "# A", "b.md": "# B"})])
    index = Index(cache, roots)
    synchronise(index, roots)
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr("reinvent_tui.library.files.os.scandir", refuse)
    report = synchronise(index, roots)
    assert (report.removed, len(report.unreadable)) == (0, 1)
    assert sorted(titles(index)) == ["A", "B"]
    index.close()


def test_a_file_that_vanishes_while_it_is_read_does_not_stop_the_scan(
    index: Index, library: Path, roots: tuple[Root, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    load_draft = load.load_draft

    def vanishing(state: FileState, of: tuple[Root, ...]) -> load.Loaded:
        if state.path.endswith("day-1.md"):
            (library / "day-1.md").unlink()
        return load_draft(state, of)

    monkeypatch.setattr(reading, "load_draft", vanishing)
    report = synchronise(index, roots)
    assert (report.read, len(report.unreadable)) == (1, 1)
    assert titles(index) == ["Second Keynote"]


def test_batches_are_stored_newest_first_and_told_of(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_library(tmp_path / "many", {f"{number:02}.md": f"# Talk {number}" for number in range(30)})
    for number in range(30):
        os.utime(folder / f"{number:02}.md", ns=(number * 10**9, number * 10**9))
    monkeypatch.setattr(sync, "FIRST_BATCH_SECONDS", 0)
    monkeypatch.setattr(sync, "LONGEST_BATCH_SECONDS", 0)
    roots = open_roots([folder])
    index = Index(cache, roots)
    seen: list[tuple[Progress, str]] = []

    def progress(progress: Progress) -> None:
        if progress.indexed == 1:
            seen.append((progress, titles(index)[0]))

    synchronise(index, roots, progress)
    assert seen == [(Progress(1, 30), "Talk 29")]
    assert len(titles(index)) == 30
    index.close()


def test_a_stopped_scan_keeps_what_it_read_and_goes_on_later(tmp_path: Path, cache: Path) -> None:
    folder = write_library(tmp_path / "many", {f"{number:02}.md": f"# Talk {number}" for number in range(30)})
    roots = open_roots([folder])
    index = Index(cache, roots)
    report = synchronise(index, roots, cancelled=after(40))  # while the files are read
    assert not report.complete
    assert 0 < report.read < 30
    assert synchronise(index, roots).read == 30 - report.read
    assert len(titles(index)) == 30
    index.close()


def test_days_stated_by_number_and_by_date_are_one(tmp_path: Path, cache: Path) -> None:
    folder = write_library(
        tmp_path / "lib",
        {
            "a.md": "---\nevent: E\nday: 1\ndate: 2018-11-26\n---\n## A\n",
            "b.md": "---\nevent: E\nday: 1\n---\n## B\n",
            "c.md": "---\nevent: E\ndate: 2018-11-26\n---\n## C\n",
            "d.md": "---\nevent: E\nday: 2\n---\n## D\n",
            "e.md": "---\nevent: E\n---\n## E\n",
            "f.md": "---\nevent: F\ndate: 2019-01-01\n---\n## F\n",
        },
    )
    roots = open_roots([folder])
    index = Index(cache, roots)
    synchronise(index, roots)
    assert [(event.name, event.count) for event in contents(index).events] == [("F", 1), ("E", 5)]
    assert [(day.number, str(day.date), day.count) for day in contents(index).events[1].days] == [
        (1, "2018-11-26", 3),
        (2, "None", 1),
        (None, "None", 1),
    ]
    index.close()


def test_sessions_of_a_day_stand_in_natural_order(tmp_path: Path, cache: Path) -> None:
    names = ["talk-10.md", "talk-2.md", "Talk-1.md", "sub/talk-3.md"]
    folder = write_library(tmp_path / "lib", {name: f"# {name[:-3]}" for name in names})
    roots = open_roots([folder])
    index = Index(cache, roots)
    synchronise(index, roots)
    assert titles(index) == ["sub/talk-3", "Talk-1", "talk-2", "talk-10"]
    index.close()


def test_several_roots_keep_apart_what_is_called_the_same(tmp_path: Path, cache: Path) -> None:
    for name in ("one", "two"):
        write_library(tmp_path / name, {"post.md": f"# From {name}"})
    roots = open_roots([tmp_path / "one", tmp_path / "two"])
    index = Index(cache, roots)
    synchronise(index, roots)
    with index.connection() as connection:
        assert queries.find_session(connection, "one/post.md") != queries.find_session(connection, "two/post.md")
        assert len(queries.find_path(connection, "two/post.md")) == 1
    index.close()


def test_a_post_that_cannot_be_stored_does_not_hide_another(
    index: Index, roots: tuple[Root, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    recognised = load.recognised

    def twice(loaded: load.Loaded, vocabulary: Vocabulary, habits: Habits) -> Post:
        post = recognised(loaded, vocabulary, habits)
        return post._replace(sessions=post.sessions * 2) if post.path == "day-1.md" else post

    monkeypatch.setattr(reading, "recognised", twice)
    synchronise(index, roots)
    assert titles(index) == ["Second Keynote"]
    with index.connection() as connection:
        (problem,) = connection.execute("SELECT text FROM problem").fetchone()
    assert problem.startswith("cannot be stored")


def test_a_file_that_could_not_be_read_is_tried_again(
    index: Index, roots: tuple[Root, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(load, "read_text", refuse)
    synchronise(index, roots)
    monkeypatch.undo()
    assert synchronise(index, roots).read == 2
    assert titles(index) == ["Security Talk", "Aurora Serverless", "Second Keynote"]


def test_a_name_that_is_not_utf8_is_read(tmp_path: Path, cache: Path) -> None:
    folder = tmp_path / "lib"
    folder.mkdir()
    path = os.fsencode(folder) + b"/caf\xe9.md"
    with open(path, "wb") as file:
        file.write(b"# Coffee")
    roots = open_roots([folder])
    index = Index(cache, roots)
    synchronise(index, roots)
    assert titles(index) == ["Coffee"]
    with index.connection() as connection:
        details = queries.session_details(connection, contents(index).sessions[0])
    assert details is not None
    assert details.file == path
    assert details.path == "caf\ufffd.md"
    assert synchronise(index, roots).read == 0
    index.close()


def test_a_session_comes_back_as_it_was_read(index: Index, roots: tuple[Root, ...]) -> None:
    from reinvent_tui.library.recognise import read_post

    synchronise(index, roots)
    (first, second) = read_post(DAY_1, "day-1.md", vocabulary=load_vocabulary()).sessions
    with index.connection() as connection:
        rows = queries.contents(connection).sessions
        for row, session in zip(rows, (first, second), strict=False):
            details = queries.session_details(connection, row)
            assert details is not None
            assert details.session == session
            assert details.words == len(session.body.split())
        assert queries.session_details(connection, 10**9) is None
        day = queries.contents(connection).days[0]
        assert queries.day_text(connection, day.id).intros == ("What the day was about.",)


def test_a_file_is_recognised_again_when_its_neighbours_change(tmp_path: Path, cache: Path) -> None:
    talk = "# {}\n\n## Choosing a pot\n\n- clay\n\n## Costs of it\n\n- many\n"
    folder = write_library(tmp_path / "lib", {"2031/mossconf/moss.md": talk.format("Moss")})
    roots = open_roots([folder])
    index = Index(cache, roots)
    synchronise(index, roots)
    with index.connection() as connection:
        assert connection.execute("SELECT event FROM session WHERE listed").fetchall()[0] == ("mossconf 2031",)
    write_library(folder, {"2031/mossconf/README.md": "# GardenConf 2031\n\nNotes of mine.\n"})
    assert synchronise(index, roots).read == 1
    with index.connection() as connection:
        events = connection.execute("SELECT event FROM session WHERE listed").fetchall()
    assert set(events) == {("GardenConf 2031",)}
    (folder / "2031/mossconf/README.md").unlink()
    synchronise(index, roots)
    with index.connection() as connection:
        assert set(connection.execute("SELECT event FROM session WHERE listed")) == {("mossconf 2031",)}
    index.close()


def test_what_a_cancelled_scan_left_is_recognised_with_all_neighbours_later(tmp_path: Path, cache: Path) -> None:
    files = {f"a/{number:02}.md": f"# Talk {number}\n\n## Setup\n\nx\n" for number in range(20)}
    folder = write_library(tmp_path / "lib", files)
    roots = open_roots([folder])
    index = Index(cache, roots)
    assert not synchronise(index, roots, cancelled=after(32)).complete
    synchronise(index, roots)
    other = Index(cache / "other", roots)
    synchronise(other, roots)
    stored = []
    for one in (index, other):
        with one.connection() as connection:
            stored.append(connection.execute("SELECT path, habits FROM post ORDER BY path").fetchall())
        one.close()
    assert stored[0] == stored[1]
