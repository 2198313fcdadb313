"""How well the search answers what readers would ask, against answers labelled by hand.

``python tests/relevance.py [--misses] [--file QUESTIONS.json …]`` prints, for each library and each kind of question,
the mean reciprocal rank of the best answer, and how often the first passage shown of it holds the answer; beside it
the rank of a plain full-text table: any of the words, stemmed, bm25 with the title at ten times the text. The bundled
posts are always asked; other people's notes where the corpora are.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TypedDict, cast

import yaml

from reinvent_tui.index import queries
from reinvent_tui.index.excerpts import Marked, best_of
from reinvent_tui.index.library import open_library
from reinvent_tui.index.search import Answer, Searcher
from reinvent_tui.library.files import open_roots
from scoring import CORPORA

ROOT = Path(__file__).resolve().parents[1]
GIVEN = CORPORA.parent / "reference" / "search-questions.json"
OWN = ROOT / "tests" / "data" / "questions.json"
LIBRARIES = {
    "serverless-blog": ("blog-serverless",),
    "five-confs": ("new-underyx", "new-linguinee", "new-malantonio", "new-failure-driven"),
}
"""Folders that a library of the questions consists of, where it is not the folder of that name."""
DEEPEST = 50
"""Rank after which an answer is as good as not found."""


class Question(TypedDict):
    """What is asked of the bundled posts, and what answers it."""

    query: str
    sessions: list[str]
    takeaways: list[str]
    kind: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the sessions that answer it."""

    library: str
    kind: str
    query: str
    answers: dict[str, list[str]]
    """Beginnings or parts of the passages that answer it, by title for the bundled posts, else by path."""
    by_title: bool = False


@dataclass(slots=True)
class Result:
    """What became of some questions."""

    ours: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)
    passages: list[bool] = field(default_factory=list)

    def line(self, name: str) -> str:
        shown = f"{sum(self.passages) / len(self.passages):7.2f}" if self.passages else "      –"
        return f"{name:28} {len(self.ours):4} {mean(self.ours):7.3f} {mean(self.plain):7.3f} {shown}"


def mean(values: Sequence[float]) -> float:
    """Return the mean; 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def questions() -> list[Question]:
    """Return the questions on the bundled posts."""
    text = (ROOT / "tests" / "data" / "relevance.yaml").read_text("utf-8")
    return cast("list[Question]", yaml.safe_load(text))


def asked_of_posts() -> list[Asked]:
    """Return the questions on the bundled posts, with their answers by title."""
    return [
        Asked("posts", one["kind"], one["query"], dict.fromkeys(one["sessions"], one["takeaways"]), by_title=True)
        for one in questions()
    ]


def asked_of(path: Path) -> list[Asked]:
    """Return the questions of a file, with their answers by path."""
    asked = []
    for one in json.loads(path.read_text("utf-8")):
        answers: dict[str, list[str]] = {}
        for place in one.get("answers", ()):
            answers.setdefault(place[0], []).append(_text_at(*place))
        for answer in () if "answers" in one else (one, *one.get("also", ())):
            answers.setdefault(answer["path"], []).append(answer["passage"])
        asked.append(Asked(one["library"], one["kind"], one["query"], answers))
    return asked


def _text_at(path: str, line: int, start: int, end: int) -> str:
    """Return what stands at a place of somebody's notes; nothing where they are not at hand."""
    file = CORPORA / path
    if not file.is_file():
        return ""
    lines = file.read_text("utf-8", errors="replace").split("\n")
    return lines[line - 1][start:end] if line <= len(lines) else ""


@contextmanager
def searcher_on(*paths: Path) -> Iterator[Searcher]:
    """Give a searcher over the posts under ``paths``."""
    with tempfile.TemporaryDirectory() as folder:
        library = open_library(open_roots(list(paths)), Path(folder), None)
        library.synchronise()
        with library.searcher() as searcher:
            yield searcher
        library.close()


def passages_of(searcher: Searcher, answer: Answer, most: int = 2) -> dict[int, list[Marked]]:
    """Return the best passages of each hit, the best first."""
    known = {hit.row: searcher.details(hit.row) for hit in answer.hits}
    return {row: best_of(found[1], answer.matcher, most) for row, found in known.items() if found is not None}


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


class Plain:
    """The full-text table that our own search is held against: any word, stemmed, the title at ten times the text."""

    def __init__(self, sessions: Iterable[tuple[int, str, str]]) -> None:
        self._connection = sqlite3.connect(":memory:")
        self._connection.execute("CREATE VIRTUAL TABLE t USING fts5(title, body, tokenize='porter unicode61')")
        self._connection.executemany("INSERT INTO t(rowid, title, body) VALUES (?, ?, ?)", sessions)

    def search(self, text: str) -> list[int]:
        """Return the rows that have any of the words, the best first."""
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", text))
        sql = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t, 10, 1) LIMIT ?"
        return [row for (row,) in self._connection.execute(sql, (words, DEEPEST))] if words else []


class Library:
    """One library that is asked."""

    def __init__(self, searcher: Searcher) -> None:
        self.searcher = searcher
        found = searcher.connection.execute(
            "SELECT session.id, session.title, source, file FROM session JOIN post ON post.id = session.post"
        ).fetchall()
        self._titles: dict[int, str] = {row: title for row, title, _, _ in found}
        self._files = {row: Path(file.decode()) for row, _, _, file in found}
        self._plain = Plain((row, title, text) for row, title, text, _ in found)

    def _key(self, row: int, question: Asked) -> str:
        if question.by_title:
            return self._titles[row]
        file = self._files[row]
        return file.relative_to(CORPORA).as_posix() if file.is_relative_to(CORPORA) else file.as_posix()

    def _rank(self, rows: Iterable[int], question: Asked) -> tuple[int, int]:
        """Return the rank of the first answer and its row; 0 if there is none. A file counts once."""
        keys: dict[str, int] = {}
        for row in rows:
            keys.setdefault(self._key(row, question), row)
        ranked = enumerate(list(keys.items())[:DEEPEST], start=1)
        return next(((rank, row) for rank, (key, row) in ranked if key in question.answers), (0, 0))

    def ask(self, question: Asked, *results: Result, misses: bool = False) -> None:
        """Ask a question of both searches."""
        answer = self.searcher.search(question.query)
        rank, row = self._rank((hit.row for hit in answer.hits), question)
        plain, _ = self._rank(self._plain.search(question.query), question)
        shown = self._shows_answer(answer, question, row) if rank and any(question.answers.values()) else None
        for result in results:
            result.ours.append(1 / rank if rank else 0.0)
            result.plain.append(1 / plain if plain else 0.0)
            if any(question.answers.values()):
                result.passages.append(bool(shown))
        if misses and (rank != 1 or shown is False):
            best = [self._titles[hit.row] for hit in answer.hits[:3]]
            print(f"{rank:2}, FTS5 {plain:2}, passage {shown}: {question.library}: {question.query!r}: {best}")

    def _shows_answer(self, answer: Answer, question: Asked, row: int) -> bool:
        """Return whether the first passage shown of a session holds an answer."""
        hit = next(hit for hit in answer.hits if hit.row == row)
        marked = passages_of(self.searcher, replace(answer, hits=(hit,)), 1)
        text = " ".join(_plain(one.passage.text) for one in marked[row])
        return any(_plain(wanted) in text for wanted in question.answers[self._key(row, question)])


@contextmanager
def library_of(name: str) -> Iterator[Library | None]:
    """Give a library by its name in the questions; None where its notes are not at hand."""
    folders = [ROOT / "posts"] if name == "posts" else [CORPORA / each for each in LIBRARIES.get(name, (name,))]
    if not all(folder.is_dir() for folder in folders):
        yield None
        return
    with searcher_on(*folders) as searcher:
        yield Library(searcher)


@cache
def measure() -> tuple[float, float, float]:
    """Return, for the bundled posts: mean reciprocal rank, recall at 5, and how often the first passage is right."""
    recalls = []
    result = Result()
    with library_of("posts") as library:
        assert library is not None
        for question in asked_of_posts():
            library.ask(question, result)
            titles = queries.entries(library.searcher.connection, found := _first(library.searcher, question.query))
            recalls.append(len({titles[row].title for row in found} & question.answers.keys()) / len(question.answers))
    return mean(result.ours), mean(recalls), mean(list(map(float, result.passages)))


def _first(searcher: Searcher, query: str) -> list[int]:
    return [hit.row for hit in searcher.search(query).hits[:5]]


def report(sets: dict[str, list[Asked]], *, misses: bool = False) -> None:
    """Print the tables."""
    head = f"{'':28} {'asked':>4} {'ours':>6} {'FTS5':>7} {'passage':>8}"
    by_name: dict[tuple[str, str], Result] = {}
    by_kind: dict[str, Result] = {}
    names = dict.fromkeys(question.library for asked in sets.values() for question in asked)
    for name in names:
        with library_of(name) as library:
            if library is None:
                continue
            for group, asked in sets.items():
                for question in (one for one in asked if one.library == name):
                    results = (
                        by_name.setdefault((group, name), Result()),
                        by_name.setdefault((group, "all"), Result()),
                    )
                    kinds = by_kind.setdefault(question.kind, Result()), by_kind.setdefault("all", Result())
                    library.ask(question, *results, *kinds, misses=misses)
    print(head)
    for (group, name), result in sorted(by_name.items()):
        print(result.line(f"{group}: {name}"))
    print("\n" + head)
    for kind, result in sorted(by_kind.items()):
        print(result.line(kind))


def main() -> int:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print what is not found at once")
    parser.add_argument("--file", type=Path, action="append", help="ask these questions only")
    arguments = parser.parse_args()
    if arguments.file:
        sets = {path.stem: asked_of(path) for path in arguments.file}
    else:
        sets = {"bundled": asked_of_posts()}
        sets |= {path.stem: asked_of(path) for path in (GIVEN, OWN) if path.is_file()}
    report(sets, misses=arguments.misses)
    return 0


if __name__ == "__main__":
    sys.exit(main())
