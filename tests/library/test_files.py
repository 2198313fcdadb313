"""Finding files and reading their bytes as text."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reinvent_tui.errors import LibraryError
from reinvent_tui.library import files
from reinvent_tui.library.files import Unreadable, decode, open_roots, read_text, walk
from reinvent_tui.library.load import load_post
from support import write_library


def found(*paths: Path) -> list[str]:
    unreadable: list[Unreadable] = []
    roots = open_roots(list(paths))
    return sorted(roots[state.root].relative(state.path) for state in walk(roots, unreadable))


def test_posts_are_found_below_any_folder(tmp_path: Path) -> None:
    names = ["a.md", "b.MARKDOWN", "sub/deep/c.txt", "d.pdf", ".hidden/e.md", ".f.md", "node_modules/g.md"]
    write_library(tmp_path, dict.fromkeys(names, "x"))
    assert found(tmp_path) == ["a.md", "b.MARKDOWN", "sub/deep/c.txt"]


def test_one_file_is_a_library_whatever_its_name(tmp_path: Path) -> None:
    write_library(tmp_path, {"notes.org": "x"})
    assert found(tmp_path / "notes.org") == ["notes.org"]


def test_a_file_reached_twice_is_one(tmp_path: Path) -> None:
    write_library(tmp_path, {"sub/a.md": "x"})
    (tmp_path / "link.md").symlink_to(tmp_path / "sub" / "a.md")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere")
    assert len(found(tmp_path)) == 1
    assert len(found(tmp_path, tmp_path / "sub", tmp_path)) == 1


def test_what_cannot_be_looked_into_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_library(tmp_path, {"shut/a.md": "x", "b.md": "x"})
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    unreadable: list[Unreadable] = []
    roots = open_roots([tmp_path])
    assert len(list(walk(roots, unreadable))) == 1
    assert unreadable == [Unreadable(str(tmp_path / "shut"), "Permission denied")]


def test_roots_have_names_of_their_own(tmp_path: Path) -> None:
    for folder in ("x/notes", "y/notes"):
        (tmp_path / folder).mkdir(parents=True)
    assert [root.name for root in open_roots([tmp_path / "x/notes", tmp_path / "y/notes"])] == ["x/notes", "y/notes"]


@pytest.mark.parametrize("name", ["missing", "missing\x1b[2J", "a\x00b"])
def test_a_path_that_does_not_exist_is_said_in_one_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(LibraryError) as error:
        open_roots([tmp_path / name])
    assert "\x1b" not in str(error.value)
    assert "\n" not in str(error.value)


def test_a_pipe_is_no_library(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(LibraryError, match="neither"):
        open_roots([tmp_path / "pipe.md"])
    assert found(tmp_path) == []


def test_no_permission_is_said_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(LibraryError, match=r"no permission to read .*: try `ls -ld"):
        open_roots([tmp_path])


@pytest.mark.parametrize(
    ("data", "text", "said"),
    [
        (b"plain", "plain", ""),
        ("Grüße".encode(), "Grüße", ""),
        (b"\xef\xbb\xbfmarked", "marked", ""),
        ("Grüße".encode("utf-16"), "Grüße", "UTF-16"),
        (b"\xfe\xff" + "Grüße".encode("utf-16-be"), "Grüße", "UTF-16"),
        ("no mark here".encode("utf-16-le"), "no mark here", "UTF-16"),
        ("no mark here".encode("utf-16-be"), "no mark here", "UTF-16"),
        ("ab\nGrüße".encode("latin-1"), "ab\nGrüße", "line 2"),
        (b"\x93quoted\x94", "“quoted”", "Windows-1252"),
        (b"a\x00b", "a\x00b", "NUL"),
        (b"", "", ""),
    ],
)
def test_encodings(data: bytes, text: str, said: str) -> None:
    decoded, problem = decode(data)
    assert decoded == text
    assert said in problem
    assert bool(said) == bool(problem)


@given(st.binary(max_size=400))
def test_any_bytes_are_text(data: bytes) -> None:
    decode(data)[0].encode("utf-8", "surrogatepass")


def test_line_ends_and_controls(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"a\r\nb\rc\x1b[2J\n")
    assert read_text(str(path))[0] == "a\nb\nc␛[2J\n"


def test_a_huge_file_is_read_only_so_far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 1000)
    path = tmp_path / "a.md"
    path.write_text("é" * 2000, encoding="utf-8")
    text, problems = read_text(str(path))
    assert len(text) == 500
    assert "only the beginning" in problems[0].text


def test_a_file_without_permission_is_a_post_with_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_library(tmp_path, {"a.md": "x"})
    roots = open_roots([tmp_path])
    (state,) = walk(roots, [])

    def refuse(_: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("reinvent_tui.library.load.read_text", refuse)
    post = load_post(state, roots)
    assert post.problems[0].text == "cannot be read: Permission denied"
    assert [session.title for session in post.sessions] == ["a"]


def test_a_file_that_vanished_is_said(tmp_path: Path) -> None:
    write_library(tmp_path, {"a.md": "x"})
    roots = open_roots([tmp_path])
    (state,) = walk(roots, [])
    (tmp_path / "a.md").unlink()
    with pytest.raises(FileNotFoundError):
        load_post(state, roots)
