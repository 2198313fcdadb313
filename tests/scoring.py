"""Compare what is recognised in the corpora with what careful people labelled by hand.

``python tests/scoring.py [CORPUS …] [--misses]`` prints precision, recall and F1 per field and corpus.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict, cast

import yaml

from reinvent_tui.index import queries
from reinvent_tui.index.queries import SessionDetails
from reinvent_tui.index.store import Index
from reinvent_tui.index.sync import synchronise
from reinvent_tui.library.files import open_roots

ROOT = Path(__file__).resolve().parents[1]
CORPORA = Path(os.environ.get("REINVENT_CORPORA", ROOT.parent / "shared" / "corpora"))
"""A folder for each corpus; most machines have none."""
LABELS = ROOT / "tests" / "data" / "labels"
FIELDS = ("sessions", "day", "code", "speakers", "takeaways")


class Label(TypedDict, total=False):
    """What a person says of a session."""

    title: str
    line: int
    code: str | None
    day: int | None
    date: object
    monthday: str
    speakers: list[str]
    takeaways: int


class FileLabel(TypedDict, total=False):
    """What a person says of a file."""

    path: str
    event: str | None
    sessions: list[Label]


@dataclass
class Score:
    """Counts of one field."""

    right: int = 0
    claimed: int = 0
    wanted: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.claimed if self.claimed else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def add(self, other: Score) -> None:
        self.right += other.right
        self.claimed += other.claimed
        self.wanted += other.wanted

    def count(self, right: int, claimed: int, wanted: int, miss: str) -> None:
        self.right += right
        self.claimed += claimed
        self.wanted += wanted
        if right < max(claimed, wanted):
            self.misses.append(miss)


def names() -> list[str]:
    """Return the corpora that are labelled and at hand."""
    return sorted(path.stem for path in LABELS.glob("*.yaml") if (CORPORA / path.stem).is_dir())


def recognised(corpus: Path) -> list[SessionDetails]:
    """Return the sessions of a corpus, as the reader would show them."""
    roots = open_roots([corpus])
    with tempfile.TemporaryDirectory() as folder:
        index = Index(Path(folder), roots)
        try:
            synchronise(index, roots)
            with index.connection() as connection:
                rows = queries.contents(connection).sessions
                return [found for row in rows if (found := queries.session_details(connection, row)) is not None]
        finally:
            index.close()


def _normal(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def _pairs(labels: list[Label], found: list[SessionDetails]) -> list[tuple[Label, SessionDetails]]:
    """Return labels with the sessions that are meant: of the same title, else of the same line."""
    left = list(found)
    pairs: list[tuple[Label, SessionDetails]] = []
    for by_title in (True, False):
        for label in labels:
            if any(label is known for known, _ in pairs):
                continue
            for reading in left:
                same = (
                    _normal(label["title"]) == _normal(reading.session.title)
                    if by_title
                    else abs(label["line"] - reading.session.line) <= 1
                )
                if same:
                    pairs.append((label, reading))
                    left.remove(reading)
                    break
    return pairs


def _day_is_right(label: Label, reading: SessionDetails) -> bool:
    session = reading.session
    date = str(label.get("date") or "")
    if session.date is not None and date and session.date.isoformat() != date:
        return False
    if session.when.name and date:
        import datetime as dt

        return session.when.name == f"{dt.date.fromisoformat(date):%A}"
    if label.get("day") is not None and session.day is not None and session.day != label["day"]:
        return False
    if monthday := label.get("monthday"):
        stated = f"{session.date:%m-%d}" if session.date else ""
        return stated == monthday or session.when.name.startswith(f"{int(monthday[3:])} ")
    return bool(session.when)


def score_corpus(corpus: str) -> dict[str, Score]:
    """Return the score of each field in ``corpus``."""
    scores = {name: Score() for name in FIELDS}
    found: dict[str, list[SessionDetails]] = {}
    for reading in recognised(CORPORA / corpus):
        found.setdefault(reading.path, []).append(reading)
    labels = cast("list[FileLabel]", yaml.safe_load((LABELS / f"{corpus}.yaml").read_text("utf-8")))
    for file in labels:
        wanted, here = file["sessions"], found.pop(file["path"], [])
        _score_file(scores, file["path"], wanted, here)
    for path, extra in found.items():
        _score_file(scores, path, [], extra)
    return scores


def _score_file(scores: dict[str, Score], path: str, wanted: list[Label], here: list[SessionDetails]) -> None:
    pairs = _pairs(wanted, here)
    same = [(label, reading) for label, reading in pairs if _normal(label["title"]) == _normal(reading.session.title)]
    missing = [label["title"] for label in wanted if not any(label is known for known, _ in same)]
    extra = [reading.session.title for reading in here if not any(reading is known for _, known in same)]
    scores["sessions"].count(len(same), len(here), len(wanted), f"{path}: missing {missing}, extra {extra}")
    for label, reading in pairs:
        _score_pair(scores, f"{path}:{label['line']}", label, reading)


def _score_pair(scores: dict[str, Score], where: str, label: Label, reading: SessionDetails) -> None:
    session = reading.session
    dated = bool(label.get("date") or label.get("day") is not None or label.get("monthday"))
    when = f"{session.day}/{session.date}/{session.when.name}"
    stated = f"{label.get('day')}/{label.get('date') or label.get('monthday')}"
    right = dated and _day_is_right(label, reading)
    scores["day"].count(right, bool(session.when), dated, f"{where}: {when}, wanted {stated}")
    code = label.get("code") or ""
    scores["code"].count(
        bool(code) and session.code == code,
        bool(session.code),
        bool(code),
        f"{where}: {session.code!r}, wanted {code!r}",
    )
    people, known = {_normal(name) for name in label["speakers"]}, {_normal(name) for name in session.speakers}
    scores["speakers"].count(
        len(people & known), len(known), len(people), f"{where}: {list(session.speakers)}, wanted {label['speakers']}"
    )
    count, takeaways = label["takeaways"], len(session.takeaways)
    scores["takeaways"].count(min(count, takeaways), takeaways, count, f"{where}: {takeaways}, wanted {count}")


def _table(rows: Iterable[tuple[str, dict[str, Score]]]) -> None:
    print(f"{'corpus':26}" + "".join(f"{name:>24}" for name in FIELDS))
    print(f"{'':26}" + "".join(f"{'P     R     F1':>24}" for _ in FIELDS))
    for corpus, scores in rows:
        cells = (f"{score.precision:.3f} {score.recall:.3f} {score.f1:.3f}" for score in scores.values())
        print(f"{corpus:26}" + "".join(f"{cell:>24}" for cell in cells))


def main() -> int:
    """Print the table, and with ``--misses`` every miss."""
    chosen = [name for name in sys.argv[1:] if not name.startswith("-")] or names()
    total = {name: Score() for name in FIELDS}
    rows = []
    for corpus in chosen:
        scores = score_corpus(corpus)
        rows.append((corpus, scores))
        for name, score in scores.items():
            total[name].add(score)
            if "--misses" in sys.argv:
                for miss in score.misses:
                    print(f"{corpus} {name}: {miss}")
    _table([*rows, ("all", total)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
