"""Find the files of a library and read them as text in any encoding."""

from __future__ import annotations

import codecs
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from reinvent_tui.clean import clean, clean_line
from reinvent_tui.errors import LibraryError
from reinvent_tui.library.model import Problem
from reinvent_tui.paths import shown

SUFFIXES = frozenset({".md", ".markdown", ".txt"})
MAX_BYTES = 16 * 1024 * 1024
"""Longer files are truncated: notes are never that long, but logs and dumps may be."""

SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})


class Root(NamedTuple):
    """A folder, or a single file, that the library was opened on."""

    path: Path
    name: str
    """Display name; unique among the roots of a library."""

    def relative(self, path: str) -> str:
        """Return the absolute ``path`` relative to this root."""
        base = self.path if self.path.is_dir() else self.path.parent
        return clean_line(shown(os.path.relpath(path, base)).replace(os.sep, "/"))


class FileState(NamedTuple):
    """Identifies a version of a file."""

    path: str
    """Absolute."""
    size: int
    """Bytes."""
    mtime_ns: int
    root: int
    """Index of the root that contains it."""


class Unreadable(NamedTuple):
    """A folder or file that a scan could not read."""

    path: str
    reason: str


def open_roots(paths: list[Path]) -> tuple[Root, ...]:
    """Check that ``paths`` can be opened, and give each a unique name.

    Raises:
        LibraryError: a path does not exist, is neither folder nor file, or is not readable.
    """
    resolved: list[Path] = []
    for path in paths:
        checked = _check(path)
        if checked not in resolved:
            resolved.append(checked)
    return tuple(Root(path, name) for path, name in zip(resolved, _names(resolved), strict=True))


def _check(path: Path) -> Path:
    name = clean(shown(path))
    try:
        resolved = path.expanduser().resolve()
        mode = resolved.stat().st_mode
        if stat.S_ISDIR(mode):
            with os.scandir(resolved) as entries:
                next(entries, None)
        elif stat.S_ISREG(mode):
            with resolved.open("rb") as file:
                if "NUL" in decode(file.read(4096))[1]:
                    raise LibraryError(
                        f"{name} is not a text file: open a folder of notes, or a .md, .markdown or .txt file"
                    )
        else:
            raise LibraryError(f"{name} is neither a folder nor a file: open one of these")
    except FileNotFoundError:
        raise LibraryError(
            f"there is no file or folder {name}: check the path, or omit it to open the bundled posts"
        ) from None
    except PermissionError:
        raise LibraryError(f"no permission to read {name}: try `ls -ld {name}` to see who can") from None
    except (OSError, RuntimeError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise LibraryError(f"cannot open {name}: {clean(reason)}") from None
    return resolved


def _names(paths: list[Path]) -> list[str]:
    """Return the shortest suffix of each path that is unique among them."""
    depth = 1
    names = [path.name or "/" for path in paths]
    while len(set(names)) < len(names) and depth < 64:
        depth += 1
        names = ["/".join(path.parts[-depth:]) for path in paths]
    return [clean_line(shown(name)) for name in names]


def walk(roots: tuple[Root, ...], unreadable: list[Unreadable]) -> Iterator[FileState]:
    """Yield every post under ``roots`` once; folders come in no particular order.

    Hidden folders and folders of installed packages are skipped; symlink loops are
    walked once. What cannot be read is added to ``unreadable``.
    """
    seen: set[tuple[int, int]] = set()
    for number, root in enumerate(roots):
        if root.path.is_dir():
            yield from _walk_folder(str(root.path), number, seen, unreadable)
        else:
            state = _file_state(str(root.path), number, seen, unreadable)
            if state is not None:
                yield state


def _walk_folder(top: str, root: int, seen: set[tuple[int, int]], unreadable: list[Unreadable]) -> Iterator[FileState]:
    pending = [top]
    while pending:
        folder = pending.pop()
        try:
            status = os.stat(folder)
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            with os.scandir(folder) as entries:
                children = list(entries)
        except OSError as error:
            unreadable.append(Unreadable(folder, error.strerror or str(error)))
            continue
        for entry in children:
            try:
                is_folder = entry.is_dir()
            except OSError:  # a symlink to itself
                is_folder = False
            if is_folder:
                if not entry.name.startswith(".") and entry.name not in SKIPPED_FOLDERS:
                    pending.append(entry.path)
            elif os.path.splitext(entry.name)[1].lower() in SUFFIXES and not entry.name.startswith("."):
                state = _file_state(entry.path, root, seen, unreadable)
                if state is not None:
                    yield state


def _file_state(path: str, root: int, seen: set[tuple[int, int]], unreadable: list[Unreadable]) -> FileState | None:
    try:
        status = os.stat(path)
    except FileNotFoundError:
        return None  # a broken symlink, or deleted just now
    except OSError as error:
        unreadable.append(Unreadable(path, error.strerror or str(error)))
        return None
    if not stat.S_ISREG(status.st_mode) or (status.st_dev, status.st_ino) in seen:
        return None
    seen.add((status.st_dev, status.st_ino))
    return FileState(path, status.st_size, status.st_mtime_ns, root)


def read_text(path: str) -> tuple[str, list[Problem]]:
    r"""Return the text of the file at ``path``, cleaned, with ``\n`` line ends.

    Raises:
        OSError: the file cannot be read.
    """
    with open(path, "rb") as file:
        data = file.read(MAX_BYTES + 1)
    problems = []
    if len(data) > MAX_BYTES:
        problems.append(Problem(0, f"longer than {MAX_BYTES >> 20} MB: only the beginning is shown"))
        data = data[:MAX_BYTES]
    text, problem = decode(data)
    if problem:
        problems.append(Problem(0, problem, hint=problem.startswith("encoded as")))
    return clean(text.replace("\r\n", "\n").replace("\r", "\n")), problems


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes) -> tuple[str, str]:
    """Decode ``data``; also return what had to be guessed (empty if nothing).

    In this order: a byte order mark; UTF-8; UTF-16 if every other byte is NUL;
    Windows-1252, which accepts any byte.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            return text, "" if encoding == "utf-8" else f"encoded as {encoding.upper()}, not UTF-8"
    head = data[:4096]
    if b"\0" in head and len(head) >= 8:
        for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
            if head[start::2].count(0) > len(head) * 0.3:
                return data.decode(encoding, "replace"), f"encoded as {encoding.upper()}, not UTF-8"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and len(data) == MAX_BYTES:
            return data[: error.start].decode("utf-8"), ""
        line = data.count(b"\n", 0, error.start) + 1
        return (
            data.decode("cp1252", "replace").replace("\ufffd", "?"),
            f"not UTF-8 (first at line {line}): read as Windows-1252",
        )
    return text, "contains NUL bytes: may not be a text file" if "\0" in text else ""
