"""How well the search answers what readers of the bundled posts would ask, against answers labelled by hand.

``python tests/relevance.py [--misses]`` prints mean reciprocal rank and recall at 5.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypedDict, cast

import yaml

from reinvent_tui.index import queries
from reinvent_tui.index.excerpts import Marked, best_of
from reinvent_tui.index.library import open_library
from reinvent_tui.index.search import Answer, Searcher
from reinvent_tui.library.files import open_roots

ROOT = Path(__file__).resolve().parents[1]


class Question(TypedDict):
    """What is asked, and what answers it."""

    query: str
    sessions: list[str]
    takeaways: list[str]
    kind: str


def questions() -> list[Question]:
    """Return the labelled questions."""
    text = (ROOT / "tests" / "data" / "relevance.yaml").read_text("utf-8")
    return cast("list[Question]", yaml.safe_load(text))


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


def measure(*, misses: bool = False) -> tuple[float, float, float]:
    """Return mean reciprocal rank, recall at 5, and how often the first passages hold a wanted takeaway."""
    ranks, recalls, takeaways = [], [], []
    with searcher_on(ROOT / "posts") as searcher:
        for question in questions():
            answer = searcher.search(question["query"])
            titles = [
                found[hit.row].title if (found := queries.entries(searcher.connection, [hit.row])) else ""
                for hit in answer.hits[:20]
            ]
            rank = next((at for at, title in enumerate(titles, start=1) if title in question["sessions"]), 0)
            ranks.append(1 / rank if rank else 0.0)
            recalls.append(len(set(titles[:5]) & set(question["sessions"])) / len(question["sessions"]))
            if question["takeaways"] and rank:
                marked = passages_of(searcher, replace(answer, hits=answer.hits[:5]))
                shown = [_plain(one.passage.text) for found in marked.values() for one in found]
                takeaways.append(
                    any(text.startswith(_plain(wanted)) for text in shown for wanted in question["takeaways"])
                )
            if misses and rank != 1:
                print(f"{rank}: {question['query']!r} wanted {question['sessions']}, got {titles[:3]} {answer.closest}")
    return sum(ranks) / len(ranks), sum(recalls) / len(recalls), sum(takeaways) / len(takeaways)


def main() -> int:
    """Print the measures."""
    rank, recall, takeaways = measure(misses="--misses" in sys.argv)
    print(
        f"{len(questions())} questions: MRR {rank:.3f}, recall at 5 {recall:.3f}, takeaway in passages {takeaways:.3f}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
