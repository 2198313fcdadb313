"""What a person says of notes that were told wrong."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from reinvent_tui.errors import ReinventError
from reinvent_tui.index import queries
from reinvent_tui.index.store import Index
from reinvent_tui.index.sync import synchronise
from reinvent_tui.library import correction_files, corrections
from reinvent_tui.library.corrections import NO_CORRECTION, Corrections, correction_problems, put, read
from reinvent_tui.library.files import open_roots
from support import write_library

NOTES = "# AcmeConf 2018\n\n## Growing moss\n\nby Ada Pebble\n\nx\n\n## Ferns for flats\n\nby Bo Stone\n\ny\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(correction_files, "config_folder", lambda: tmp_path / "config")
    return write_library(tmp_path / "lib", {"a/day.md": NOTES, "b.md": "# B\n\nx\n"})


def listed(folder: Path, cache: Path) -> list[tuple[str, str]]:
    roots = open_roots([folder])
    index = Index(cache, roots)
    synchronise(index, roots)
    with index.connection() as connection:
        rows = queries.contents(connection).sessions
        found = [queries.session_details(connection, row) for row in rows]
    index.close()
    return sorted((details.session.title, details.session.event) for details in found if details is not None)


def test_nothing_said_is_nothing(folder: Path) -> None:
    assert Corrections().of(str(folder / "b.md"), folder) == NO_CORRECTION
    assert read(folder / "missing.yaml").problems == ()


def test_what_is_said_counts_at_the_next_scan_and_can_be_forgotten(folder: Path, cache: Path) -> None:
    before = listed(folder, cache)
    assert [title for title, _ in before] == ["B", "Ferns for flats", "Growing moss"]
    assert put([folder / "a/day.md"], sessions="one") == [folder / "a" / correction_files.NAME]
    assert [title for title, _ in listed(folder, cache)] == ["AcmeConf 2018", "B"]
    put([folder / "a/day.md"], sessions="none")
    assert [title for title, _ in listed(folder, cache)] == ["B"]
    put([folder / "a/day.md"], sessions="level 1")
    assert [title for title, _ in listed(folder, cache)] == ["AcmeConf 2018", "B"]
    put([folder / "a/day.md"], sessions="")
    assert listed(folder, cache) == before


def test_an_event_is_that_of_a_folder_and_those_in_it(folder: Path, cache: Path) -> None:
    put([folder], event="MossConf 2031")
    assert {event for _, event in listed(folder, cache)} == {"MossConf 2031"}
    put([folder / "a"], event="FernConf 2032")
    assert dict(listed(folder, cache)) == {
        "B": "MossConf 2031",
        "Growing moss": "FernConf 2032",
        "Ferns for flats": "FernConf 2032",
    }


def test_the_notes_are_not_touched(folder: Path) -> None:
    put([folder / "a/day.md"], sessions="one")
    assert (folder / "a/day.md").read_text("utf-8") == NOTES


def test_where_the_folder_cannot_be_written_the_configuration_keeps_it(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = corrections.write

    def refuse(file: Path, keys: Sequence[str], *, sessions: str | None, event: str | None) -> None:
        if file.name == correction_files.NAME:
            raise PermissionError(13, "Permission denied")
        write(file, keys, sessions=sessions, event=event)

    monkeypatch.setattr(corrections, "write", refuse)
    assert put([folder / "a/day.md"], sessions="one") == [correction_files.user_file()]
    assert [title for title, _ in listed(folder, cache)] == ["AcmeConf 2018", "B"]


def test_where_nothing_can_be_written_it_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(file: Path, keys: Sequence[str], *, sessions: str | None, event: str | None) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(corrections, "write", refuse)
    with pytest.raises(ReinventError, match="nothing can be written"):
        put([folder / "b.md"], sessions="one")


def test_what_is_wrong_in_the_file_is_told_with_its_line_and_the_rest_counts(folder: Path) -> None:
    text = "sessions:\n  b.md: one\n  gone.md: none\n  a/day.md: maybe\nfoo: 1\n"
    (folder / correction_files.NAME).write_text(text, "utf-8")
    assert Corrections().of(str(folder / "b.md"), folder).sessions == "one"
    told = [(problem.line, problem.text) for _, problem in correction_problems({str(folder)}, [folder])]
    assert told == [
        (5, "unknown key: foo"),
        (4, "neither one, none nor level 1 to 6: maybe"),
        (3, "there is no gone.md"),
    ]


@pytest.mark.parametrize(
    "text",
    ["sessions: [", "- a", "x" * (2 << 20), "sessions: one", "sessions:\n  a: [b]\n", "sessions:\n  b.md: two\n"],
)
def test_a_broken_file_is_a_problem_and_is_not_overwritten(folder: Path, text: str) -> None:
    file = folder / correction_files.NAME
    file.write_text(text, "utf-8")
    assert read(file).problems
    assert Corrections().of(str(folder / "b.md"), folder) == NO_CORRECTION
    with pytest.raises(ReinventError, match=r"\.reinvent-tui\.yaml:\d+:"):
        put([folder / "b.md"], sessions="one")
    assert file.read_text("utf-8") == text


def test_too_many_corrections_are_refused_before_they_are_written(folder: Path) -> None:
    names = [f"{'long' * 20}-{number}.md" for number in range(800)]
    write_library(folder, dict.fromkeys(names, "# A\n"))
    with pytest.raises(ReinventError, match="would be longer"):
        put([folder / name for name in names], sessions="one")
    assert not (folder / correction_files.NAME).exists()


def test_a_link_to_a_note_is_a_note_of_its_folder(folder: Path, tmp_path: Path, cache: Path) -> None:
    (tmp_path / "real.md").write_text(NOTES, "utf-8")
    (folder / "a/day.md").unlink()
    (folder / "a/link.md").symlink_to(tmp_path / "real.md")
    put([folder / "a/link.md"], sessions="one")
    assert [title for title, _ in listed(folder, cache)] == ["AcmeConf 2018", "B"]


def test_what_is_no_regular_file_says_nothing(folder: Path, cache: Path) -> None:
    os.mkfifo(folder / correction_files.NAME)
    (folder / "a" / correction_files.NAME).symlink_to("/dev/zero")
    assert len(listed(folder, cache)) == 3


def test_names_that_no_file_can_have_are_told(folder: Path) -> None:
    (folder / correction_files.NAME).write_text(f"sessions:\n  {'a' * 300}.md: one\n  ./b.md: none\n", "utf-8")
    (told,) = correction_problems({str(folder)}, [folder])
    assert told[1].text.startswith("there is no aaa")
    assert Corrections().of(str(folder / "b.md"), folder).sessions == "none"
