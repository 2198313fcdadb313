"""Repositories of real notes with the labels that people gave them, and how well recognition agrees with them.

The new labels (``labels2.json`` beside the corpora) are of repositories that nobody had
seen when they were labelled; the old ones (``tests/data/labels``) are of those that the
first rules were written for.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import yaml

import scoring
from reinvent_tui.library.files import Root, walk
from reinvent_tui.library.habits import Library
from reinvent_tui.library.load import Loaded, load_draft, recognised
from reinvent_tui.library.model import Post, Session, When

FIELDS = ("sessions", "title", "number", "day", "event", "speakers", "not notes listed")
FIRST_CHARACTERS = 30
"""Titles are the same talk's if one begins with so many characters of the other."""
UNLABELLED = "til-simonw"
"""Each of its files is one note: a guard against sections that are taken for talks."""
EVERY = 6
"""One in so many of those files is enough."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A session as a person labelled it."""

    titles: tuple[str, ...]
    """Any of these is right; empty if the file is one note whose title was not labelled."""
    speakers: tuple[str, ...] | None = None
    """None if not to be scored."""
    event: str = ""
    day: int | None = None
    date: str = ""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A repository with its labels."""

    name: str
    folder: str
    """The repository's own name."""
    root: Path
    files: Mapping[str, list[Wanted]]
    optional: Mapping[str, list[str]] = field(default_factory=dict)
    """Titles that may be sessions."""
    not_notes: frozenset[str] = frozenset()


def normal(text: str) -> str:
    """Return the letters and digits of a title, without case and accents."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", plain).strip()


def same_talk(first: str, second: str) -> bool:
    """Return whether two titles name the same talk."""
    a, b = normal(first), normal(second)
    return bool(a and b) and (a[:FIRST_CHARACTERS] in b or b[:FIRST_CHARACTERS] in a)


def repositories() -> list[Labelled]:
    """Return the labelled repositories that are at hand."""
    found = [*_new(), *_old()]
    root = scoring.CORPORA / UNLABELLED
    paths = sorted(str(path.relative_to(root)) for path in root.rglob("*.md") if path.name != "README.md")
    if paths:
        found.append(Labelled(UNLABELLED, UNLABELLED, root, {path: [Wanted(())] for path in paths[::EVERY]}))
    return found


def _new() -> Iterable[Labelled]:
    file = scoring.CORPORA / "labels2.json"
    for name, labels in json.loads(file.read_text("utf-8")).items() if file.exists() else ():
        files: dict[str, list[Wanted]] = {}
        for label in labels["sessions"]:
            speakers = label.get("speakers")
            wanted = Wanted(
                tuple(label.get("titles", [label["title"]])),
                None if speakers is None else tuple(speakers),
                label.get("event") or "",
                label.get("day"),
                label.get("date") or "",
            )
            files.setdefault(label["path"], []).append(wanted)
        optional: dict[str, list[str]] = {}
        for label in labels["optional"]:
            optional.setdefault(label["path"], []).append(label["title"])
        folder = labels.get("folder") or name
        yield Labelled(name, folder, scoring.CORPORA / name, files, optional, frozenset(labels["not_notes"]))


def _old() -> Iterable[Labelled]:
    for name in scoring.names():
        text = (scoring.LABELS / f"{name}.yaml").read_text("utf-8")
        labels = cast("list[scoring.FileLabel]", yaml.safe_load(text))
        files = {
            label["path"]: [
                Wanted(
                    (session["title"],),
                    tuple(session["speakers"]),
                    label.get("event") or "",
                    session.get("day"),
                    str(session.get("date") or ""),
                )
                for session in label["sessions"]
            ]
            for label in labels
            if label["sessions"]
        }
        none = frozenset(label["path"] for label in labels if not label["sessions"])
        yield Labelled(name, name, scoring.CORPORA / name, files, {}, none)


def loaded(repository: Labelled) -> tuple[dict[str, Loaded], Library]:
    """Return the files of a repository, and what they have in common."""
    roots = (Root(repository.root, repository.folder),)
    files = {
        found.draft.path: found for found in (load_draft(state, roots) for state in walk(roots, [])) if found.readable
    }
    return files, Library((found.draft.sketch for found in files.values()), repository.folder)


def recognise(files: Mapping[str, Loaded], library: Library) -> dict[str, Post]:
    """Return the posts, with the days that pages of links give to others, as in the index."""
    posts = {path: recognised(found, None, library.habits_of(path)) for path, found in files.items()}
    days = {entry.target: entry.when for post in posts.values() for entry in post.entries if entry.when}
    for path, post in posts.items():
        when = next(
            (days[key] for key in (path, path.rpartition("/")[0], path.rpartition(".")[0]) if key in days), When()
        )
        if when:
            posts[path] = post._replace(
                sessions=tuple(session if session.when else session._replace(when=when) for session in post.sessions)
            )
    return posts


@dataclass
class Tally:
    """Counts of what was right, by field."""

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def count(self, name: str, right: float, total: float, miss: str = "") -> None:
        """Count ``right`` of ``total``; for F1 these are twice the hits, and the wanted plus the claimed."""
        self.right[name] += right  # type: ignore[assignment]
        self.total[name] += total  # type: ignore[assignment]
        if right < total and miss:
            self.misses.append(f"{name}: {miss}")

    def share(self, name: str) -> float | None:
        """Return the share that was right; None if nothing was to be scored."""
        return self.right[name] / self.total[name] if self.total[name] else None


def tally(repository: Labelled, posts: Mapping[str, Post]) -> Tally:
    """Return how far the posts of a repository agree with its labels."""
    counts = Tally()
    for path, wanted in repository.files.items():
        sessions = list(posts[path].sessions) if path in posts else []
        optional = repository.optional.get(path, [])
        pairs = _pairs(wanted, sessions)
        matched = {id(session) for _, session in pairs}
        extra = [
            session.title
            for session in sessions
            if id(session) not in matched and not any(same_talk(title, session.title) for title in optional)
        ]
        missing = [(*want.titles, "one talk")[0] for want in wanted if not any(want is known for known, _ in pairs)]
        where = f"{path}: missing {missing[:3]}, extra {extra[:3]}"
        counts.count("sessions", 2 * len(pairs), len(wanted) + len(pairs) + len(extra), where)
        counts.count("number", len(wanted) == len(pairs) + len(extra), 1)
        for want, session in pairs:
            _tally_pair(counts, path, want, session)
    for path in sorted(repository.not_notes):
        listed = bool(posts[path].sessions) if path in posts else False
        counts.count("not notes listed", listed, 1)
        if listed:
            counts.misses.append(f"not notes listed: {path}")
    return counts


def _pairs(wanted: list[Wanted], sessions: list[Session]) -> list[tuple[Wanted, Session]]:
    if len(wanted) == 1 and not wanted[0].titles:
        return [(wanted[0], sessions[0])] if len(sessions) == 1 else []
    pairs: list[tuple[Wanted, Session]] = []
    left = list(sessions)
    for exact in (True, False):
        for want in wanted:
            if any(want is known for known, _ in pairs):
                continue
            for session in left:
                same = _is_exact(want, session) if exact else any(same_talk(t, session.title) for t in want.titles)
                # Several days may have a keynote.
                other_day = want.titles[0] == "Keynote" and want.day and session.day and want.day != session.day
                if same and not other_day:
                    pairs.append((want, session))
                    left.remove(session)
                    break
    return pairs


def _is_exact(want: Wanted, session: Session) -> bool:
    return any(normal(title) == normal(session.title) for title in want.titles)


def _tally_pair(counts: Tally, path: str, want: Wanted, session: Session) -> None:
    if want.titles:
        counts.count("title", _is_exact(want, session), 1, f"{path}: {session.title!r}, wanted {want.titles[0]!r}")
    if want.day or want.date:
        date = session.date.isoformat() if session.date else ""
        right = bool(want.date and date == want.date) or bool(want.day and session.day == want.day)
        # Where the week of the event is not known, the weekday is all that can be said.
        right = right or bool(want.date and session.when.name == f"{dt.date.fromisoformat(want.date):%A}")
        counts.count("day", right, 1, f"{path}: {session.day} {date}, wanted {want.day} {want.date}")
    if want.event:
        counts.count(
            "event", _is_event(want.event, session.event), 1, f"{path}: {session.event!r}, wanted {want.event!r}"
        )
    if want.speakers is not None:
        left, hits = list(want.speakers), 0
        for name in session.speakers:
            match = next((known for known in left if _is_name(known, name)), None)
            if match is not None:
                hits += 1
                left.remove(match)
        claimed = len(want.speakers) + len(session.speakers)
        counts.count("speakers", 2 * hits, claimed, f"{path}: {list(session.speakers)}, wanted {list(want.speakers)}")


def _is_event(want: str, event: str) -> bool:
    match = re.fullmatch(r"(.*?)\s*((?:19|20)\d\d)?", want)
    assert match is not None
    squeezed = normal(event).replace(" ", "")
    named = any(normal(name).replace(" ", "") in squeezed for name in match[1].split("//"))
    return named and (not match[2] or match[2] in squeezed or f"2k{match[2][2:]}" in squeezed)


def _is_name(first: str, second: str) -> bool:
    a, b = set(normal(first).split()), set(normal(second).split())
    return bool(a and b) and (a <= b or b <= a)
