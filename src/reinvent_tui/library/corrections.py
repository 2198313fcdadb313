"""What a person says of notes that the program told wrong: ``.reinvent-tui.yaml`` beside them.

::

    sessions:
      talks/moss.md: one          # the file is one session
      2031/day-1.md: level 2      # its sessions are its headings of the second level
      README.md: none             # it is no notes
    events:
      talks: GardenConf 2031      # the event of a folder, and of those in it

Paths are relative to the file. The file nearest to a post decides; where the folder of
notes cannot be written, the same is kept in the user's configuration, with absolute paths.
The notes themselves are never written.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from reinvent_tui.clean import clean_line
from reinvent_tui.errors import ReinventError
from reinvent_tui.library.correction_files import ABOVE, MAX_BYTES, NAME, content_of, folders_for, user_file
from reinvent_tui.library.front_matter import parse_yaml
from reinvent_tui.library.front_matter_formats import Node
from reinvent_tui.library.model import Problem
from reinvent_tui.paths import config_folder, shown

ONE, NONE = "one", "none"
LEVEL = re.compile(r"level ([1-6])")
_HEAD = "# What reinvent-tui should do differently with these notes: see `reinvent-tui fix --help`.\n"


class Correction(NamedTuple):
    """What a person says of one file."""

    sessions: str = ""
    """``one``, ``none``, ``level 2``; empty if nothing is said."""
    event: str = ""


NO_CORRECTION = Correction()


class Said(NamedTuple):
    """One file of corrections, or none."""

    sessions: Mapping[str, str]
    events: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


NOTHING = Said({}, {})
KEYS = ("sessions", "events")


def read(path: Path) -> Said:
    """Return the corrections in a file; what is wrong in it is a problem, and the rest counts."""
    try:
        text = content_of(path).decode("utf-8", "replace")
    except OSError:
        return NOTHING
    try:
        node = parse_yaml(text) if len(text) <= MAX_BYTES else "too long"
    except ValueError as error:
        return Said({}, {}, (Problem(1, clean_line(f"not valid YAML: {error}")),))
    if not isinstance(node, dict):
        return Said({}, {}, (Problem(1, "no mapping with the keys sessions and events"),) if node else ())
    problems = [
        Problem(_line(text, key), f"unknown key: {clean_line(key)}")
        for key in node
        if key not in ("sessions", "events")
    ]
    sessions, events = (_texts(node.get(key, ""), text, key, problems) for key in ("sessions", "events"))
    for name, value in list(sessions.items()):
        if value not in (ONE, NONE) and not LEVEL.fullmatch(value):
            problems.append(Problem(_line(text, name), f"neither one, none nor level 1 to 6: {clean_line(value)}"))
            del sessions[name]
    return Said(sessions, events, tuple(problems))


def _texts(node: Node, text: str, key: str, problems: list[Problem]) -> dict[str, str]:
    if not isinstance(node, dict):
        if node:
            problems.append(Problem(_line(text, key), f"{key} is no mapping"))
        return {}
    found = {}
    for name, value in node.items():
        if isinstance(value, str) and value.strip():
            found[posixpath.normpath(name.strip("/") or ".")] = clean_line(value.strip())
        else:
            problems.append(Problem(_line(text, name), f"no text: {clean_line(name)}"))
    return found


def _line(text: str, key: str) -> int:
    return next((number for number, line in enumerate(text.split("\n"), start=1) if key in line), 1)


class Corrections:
    """The corrections that apply to a library, read once from each folder."""

    def __init__(self) -> None:
        self._files: dict[Path, Said] = {}
        self._chains: dict[tuple[str, Path], tuple[tuple[Path, Said], ...]] = {}
        self._user: Said | None = None

    def of(self, file: str, root: Path) -> Correction:
        """Return what is said of the post at the absolute path ``file`` in the library of ``root``."""
        if self._user is None:
            self._user = read(user_file())
        chain = self._chain(os.path.dirname(file), root)
        if not chain and not self._user.sessions and not self._user.events:
            return NO_CORRECTION
        inner = [(os.path.relpath(file, folder).replace(os.sep, "/"), said) for folder, said in chain]
        inner.append((file.strip("/"), self._user))
        sessions = next((said.sessions[path] for path, said in inner if path in said.sessions), "")
        event = next((event for path, said in inner if (event := _event_of(path, said.events))), "")
        return Correction(sessions, event)

    def _chain(self, folder: str, root: Path) -> tuple[tuple[Path, Said], ...]:
        """Return the files of corrections that say something of posts in ``folder``, the nearest first."""
        known = self._chains.get((folder, root))
        if known is None:
            said = [(one, self._said(one)) for one in folders_for(Path(folder), root)]
            known = tuple((one, what) for one, what in said if what.sessions or what.events)
            self._chains[folder, root] = known
        return known

    def _said(self, folder: Path) -> Said:
        if folder not in self._files:
            self._files[folder] = read(folder / NAME)
        return self._files[folder]


def _event_of(inner: str, events: Mapping[str, str]) -> str:
    """Return the event of the innermost folder above the path ``inner`` that has one."""
    parts = inner.split("/")[:-1]
    keys = ["/".join(parts[:count]) or "." for count in range(len(parts), -1, -1)]
    return next((events[key] for key in keys if key in events), "")


def correction_problems(folders: Iterable[str], roots: Iterable[Path]) -> list[tuple[Path, Problem]]:
    """Return what is wrong in the files of corrections for posts in ``folders``, with the files."""
    places = {Path(folder) for folder in folders}
    places |= {one for root in roots for one in folders_for(root if root.is_dir() else root.parent, root)}
    found = []
    for file in [*(place / NAME for place in sorted(places)), user_file()]:
        said = read(file)
        found += [(file, problem) for problem in said.problems]
        base = Path("/") if file == user_file() else file.parent
        for name in (*said.sessions, *said.events):
            if not _exists(base / name):
                line = _line(content_of(file).decode("utf-8", "replace"), name)
                found.append((file, Problem(line, f"there is no {clean_line(name)}")))
    return found


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that no file can have
        return False


def put(targets: Sequence[Path], *, sessions: str | None = None, event: str | None = None) -> list[Path]:
    """Keep what a person says of files or folders; return the files in which it is kept.

    Args:
        targets: existing files or folders of notes.
        sessions: ``one``, ``none`` or ``level 2``; empty forgets what was said.
        event: of folders; empty forgets what was said.

    Raises:
        ReinventError: nothing can be kept anywhere, or a file of corrections would become too long.
    """
    by_place: dict[Path, list[Path]] = {}
    for target in targets:
        # A link to a note is a note of the folder that it stands in.
        real = target.resolve() if target.is_dir() else target.parent.resolve() / target.name
        folder = real if real.is_dir() else real.parent
        place = next((one for one in (folder, *folder.parents[:ABOVE]) if (one / NAME).exists()), folder)
        by_place.setdefault(place, []).append(real)
    return [_kept(place, members, sessions, event) for place, members in by_place.items()]


def _kept(place: Path, members: list[Path], sessions: str | None, event: str | None) -> Path:
    beside = [os.path.relpath(member, place).replace(os.sep, "/") for member in members]
    for file, keys in ((place / NAME, beside), (user_file(), [str(member).strip("/") for member in members])):
        try:
            write(file, keys, sessions=sessions, event=event)
        except OSError:
            continue
        return file
    raise ReinventError(f"nothing can be written beside {clean_line(shown(members[0]))}, nor in {config_folder()}")


def write(file: Path, keys: Sequence[str], *, sessions: str | None, event: str | None) -> None:
    """Change what ``file`` says of ``keys``; None leaves it, an empty text forgets it.

    Raises:
        ReinventError: a person wrote something into the file that would be lost, or it would become too long.
        OSError: it cannot be written.
    """
    said = read(file)
    if said.problems:
        raise ReinventError(f"{clean_line(shown(file))}:{said.problems[0].line}: {said.problems[0].text}")
    tables = {"sessions": dict(said.sessions), "events": dict(said.events)}
    for name, value in (("sessions", sessions), ("events", event)):
        for key in keys:
            if value:
                tables[name][key] = value
            elif value is not None:
                tables[name].pop(key, None)
    lines = [_HEAD]
    for name, table in tables.items():
        if table:
            lines.append(f"{name}:\n")
            lines += [f"  {_quoted(path)}: {_quoted(table[path])}\n" for path in sorted(table)]
    if len("".join(lines).encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise ReinventError(
            f"{clean_line(shown(file))} would be longer than {MAX_BYTES:,} bytes: name a folder's event instead"
        )
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part")
    part.write_text("".join(lines), encoding="utf-8", errors="surrogatepass")
    part.replace(file)


def _quoted(text: str) -> str:
    """Return a string of YAML: those of JSON are."""
    return json.dumps(text, ensure_ascii=False)
