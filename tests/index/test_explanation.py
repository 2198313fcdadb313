"""Every query in words, as it is compiled."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reinvent_tui.index.explanation import explained
from reinvent_tui.index.query import parse
from reinvent_tui.index.search import Searcher
from relevance import searcher_on
from support import DAY_1, DAY_2, write_library

OTHER = """# Guardrails

Attach service control policies (SCPs) and scale them. Coldstart is one word here, a cold start is two.
"""


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    """A searcher on the small library and one more session."""
    files = {"day-1.md": DAY_1, "day-2.md": DAY_2, "other.md": OTHER}
    with searcher_on(write_library(tmp_path_factory.mktemp("notes"), files)) as searcher:
        yield searcher


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("aurora", [("“aurora”", 1)]),
        ("the aurora", [("“the” is left out: questions have it, answers need not", None), ("“aurora”", 1)]),
        ('"long transactions"', [("“long transactions” as it stands", 1)]),
        ('"block long"~3', [("“block long”, at most 3 words apart", 1)]),
        ("scal*", [("words that begin with “scal”", 2)]),
        ("tag:nothing", [("with the topic “nothing”", 0)]),
        ("-aurora", [("not “aurora”", 3)]),
        ("aurora OR keynote", [("“aurora” or “keynote”", 3)]),
        ("day:1..2", [("of day 1 to 2", 3)]),
        ("day:2..", [("of day 2 and later", 1)]),
        ("day:..1", [("of day up to 1", 2)]),
        ("title:(aurora -zebra)", [("with “aurora” and not “zebra” in the title", 1)]),
        ("-(aurora keynote)", [("not (“aurora” and “keynote”)", 4)]),
        ("has:takeaways", [("that have “takeaways”", 3)]),
        ("tittle:aurora", [("“tittle”", 0), ("“aurora”", 1), ("no field “tittle:”, did you mean “title:”?", None)]),
        ("", []),
    ],
)
def test_a_query_in_words(searcher: Searcher, query: str, parts: list[tuple[str, int | None]]) -> None:
    assert [(part.text, part.sessions) for part in explained(searcher.fts, parse(query))] == parts


@pytest.mark.parametrize(
    ("query", "details"),
    [
        ("scale", ("its forms scaling",)),
        ("SCPs", ("also written service control policies",)),
        ("cold start", ("also written coldstart",)),
        ("aurra", ("close, but less: aurora",)),
        ("-(scale)", ()),
    ],
)
def test_what_else_a_word_finds(searcher: Searcher, query: str, details: tuple[str, ...]) -> None:
    (first, *_) = explained(searcher.fts, parse(query))
    assert set(details) <= set(first.details)
    assert bool(first.details) == bool(details)


def test_a_letter_that_waits_for_the_next_one(searcher: Searcher) -> None:
    parts = explained(searcher.fts, parse("aurora x", typing=True))
    assert parts[1].text == "“x” is looked for from the second letter on"


PIECES = st.sampled_from(
    [
        "aurora",
        "the",
        '"long transactions"',
        "-keynote",
        "tag:x",
        "(a OR scale)",
        "day:1..3",
        "OR",
        "scal*",
        "cold start",
        "title:",
        "x:y",
        ")",
    ]
)


@given(st.lists(PIECES, max_size=6))
def test_the_words_are_those_of_the_compiled_query(searcher: Searcher, pieces: list[str]) -> None:
    query = parse(" ".join(pieces))
    parts = explained(searcher.fts, query)
    told = " ".join(part.text for part in parts)
    for term in searcher.fts.compiled(query).matcher.terms:
        assert term.text in told
        said = " ".join(line for part in parts for line in part.details)
        assert all(form in said for form in sorted(term.forms)[:3]) or term.prefixes
    for part in parts:
        assert part.sessions is None or 0 <= part.sessions <= 4
