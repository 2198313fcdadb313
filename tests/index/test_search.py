"""What queries find, in which order, and the way on where they find nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reinvent_tui.errors import QueryInterruptedError
from reinvent_tui.index import queries
from reinvent_tui.index.matching import Literal
from reinvent_tui.index.query import parse
from reinvent_tui.index.rowset import RowSet
from reinvent_tui.index.search import Searcher
from reinvent_tui.index.store import Index
from reinvent_tui.index.sync import synchronise
from reinvent_tui.library.files import open_roots
from reinvent_tui.library.topics import load_vocabulary
from relevance import passages_of, searcher_on
from support import DAY_1, DAY_2, write_library

AURORA = """---
event: TestConf 2018
day: 1
date: 2018-11-26
sessions:
  Aurora Serverless: {code: DAT336, speakers: [Ada Lovelace], tags: [databases, serverless]}
  Lambda Internals: {code: SRV409-R1, speakers: [Alan Turing], tags: [serverless, aws/lambda]}
  Closing Words: {tags: [Big Data]}
---

## Aurora Serverless

A cold cache scales slowly. The start is another matter.

### Takeaways

- Long transactions block scaling.
- A cold start takes half a minute.

## Lambda Internals

Workers are packed; Firecracker is written in Rust, not in C++ or C#. The Café runs on .NET.

### Takeaways

- Keep functions warm.
- Coldstart times fell by half.

## Closing Words

Nothing about databases. Parsing was parsed by parsers at re:Invent, 80/20.
"""
CONTAINERS = """---
event: TestConf 2019
day: 2
date: 2019-12-03
sessions:
  Kubernetes at Scale: {code: CON203, speakers: [Grace Hopper], tags: [containers]}
---

## Kubernetes at Scale

DynamoDB keeps the state; scaling pods is easy.

### Takeaways

- Databases are hard to scale in pods.
"""


@pytest.fixture
def searcher(tmp_path: Path) -> Iterator[Searcher]:
    folder = write_library(tmp_path / "lib", {"notes/2018.md": AURORA, "notes/2019.md": CONTAINERS})
    with searcher_on(folder) as found:
        yield found


def titles(searcher: Searcher, text: str, *, typing: bool = False, strict: bool = True) -> list[str]:
    answer = searcher.search(text, typing=typing, strict=strict)
    assert answer.total == len(answer.hits)
    entries = queries.entries(searcher.connection, [hit.row for hit in answer.hits])
    return [entries[hit.row].title for hit in answer.hits]


def rows(searcher: Searcher, text: str) -> RowSet:
    return searcher.fts.rows_of(parse(text).root)


A, L, C, K = "Aurora Serverless", "Lambda Internals", "Closing Words", "Kubernetes at Scale"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("transactions", [A]),
        ("TRANSACTIONS", [A]),
        ("cafe", [L]),
        ("parse", [C]),
        ("c++", [L]),
        ("c#", [L]),
        (".net", [L]),
        ("re:invent", [C]),
        ("80/20", [C]),
        ('"half a minute"', [A]),
        ('"minute half"', []),
        ('"minute half"~4', [A]),
        ("firecr*", [L]),
        ("ada", [A]),
        ("dat336", [A]),
        ("dat 336", [A]),
        ("code:srv409", [L]),
        ("ddb", [K]),
        ("k8s", [K]),
        ("tag:serverless", [A, L]),
        ("tag:aws", [L]),
        ("tag:big-data", [C]),
        ('tag:"Big Data"', [C]),
        ("tag:serverless -tag:databases", [L]),
        ("title:aurora", [A]),
        ("title:databases", []),
        ("speaker:hopper", [K]),
        ("takeaway:databases", [K]),
        ("takeaway:(cold start)", [A, L]),
        ("takeaway:(long scaling)", [A]),
        ("takeaway:(long cold)", []),
        ("takeaway:(cold start) -title:aurora", [L]),
        ("-takeaway:(long scaling) tag:serverless", [L]),
        ("takeaway:(long scaling) OR code:con203", [A, K]),
        ("year:2019", [K]),
        ("year:2018..2019 databases", [C, K, A]),
        ("date:2019-12", [K]),
        ("date:2018-11-26..2018-12-31 tag:serverless", [A, L]),
        ("date:2019-01-01..", [K]),
        ("day:2", [K]),
        ("day:monday tag:databases", [A]),
        ("day:1 day:2 speaker:(ada OR grace)", [A, K]),
        ("level:300..", [A, L]),
        ("level:2", [K]),
        ("track:CON", [K]),
        ("event:2019", [K]),
        ('event:"TestConf 2018" tag:big-data', [C]),
        ("path:2019", [K]),
        ("has:code -has:takeaways", []),
        ("-has:code", [C]),
        ("is:undated", []),
        ("(aurora OR kubernetes) scale", [A, K]),
        ("nothing -databases", []),
    ],
)
def test_a_query_finds_these_and_no_others(searcher: Searcher, text: str, found: list[str]) -> None:
    assert sorted(titles(searcher, text)) == sorted(found)


@pytest.mark.parametrize("text", ["cold start", "cold-start", "coldstart"])
def test_compounds_find_each_other(searcher: Searcher, text: str) -> None:
    assert set(titles(searcher, text)) >= {A, L}


def test_words_in_the_title_come_first(searcher: Searcher) -> None:
    assert titles(searcher, "scale")[0] == K
    assert titles(searcher, "internals aurora OR lambda")[0] == L


def test_each_letter_narrows_and_a_stem_does_not_break_typing(searcher: Searcher) -> None:
    before: set[str] = set()
    for end in range(3, len("scaling") + 1):
        found = set(titles(searcher, "scaling"[:end], typing=True))
        assert {A, K} <= found
        assert not before or found <= before
        before = found


def test_counts_are_told(searcher: Searcher) -> None:
    answer = searcher.search("databases")
    assert (answer.total, answer.takeaway_count, answer.total_takeaways) == (3, 1, 5)


def test_the_explanation_names_aliases_and_forms(searcher: Searcher) -> None:
    told = " ".join(searcher.search("ddb scale").explanation)
    assert "Amazon DynamoDB" in told
    assert "scaling" in told


def test_a_single_letter_is_not_looked_for_until_the_next_one(searcher: Searcher) -> None:
    assert titles(searcher, "scaling z", typing=True) == titles(searcher, "scaling", typing=True)
    assert titles(searcher, "s", typing=True), "alone it is"
    assert not searcher.search("scaling z", strict=True).hits, "and in a query that is complete"


def test_the_closest_follow_where_no_session_has_all_words(searcher: Searcher) -> None:
    answer = searcher.search("why do long transactions block kubernetes")
    assert answer.closest
    assert answer.hits[0].lacks == ("kubernetes",)
    assert not searcher.search("transactions kubernetes", strict=True).hits
    assert not searcher.search('"transactions" kubernetes').hits


def test_a_mended_word_is_offered_alone_where_the_others_find_nothing_beside_it(searcher: Searcher) -> None:
    answer = searcher.search("firecraker xylophones")
    assert not answer.total
    assert ("firecracker", "only firecracker", 1) in [
        (suggestion.query, suggestion.words, suggestion.count) for suggestion in answer.suggestions
    ]


def test_a_dead_end_offers_ways_on(searcher: Searcher) -> None:
    answer = searcher.search("aurra")
    assert (answer.total, answer.hits[0].lacks) == (0, ("aurra",))
    assert [(suggestion.query, suggestion.count) for suggestion in answer.suggestions] == [("aurora", 1)]
    answer = searcher.search("transactions year:2019", strict=True)
    assert {(suggestion.query, suggestion.count) for suggestion in answer.suggestions} == {
        ("transactions", 1),
        ("year:2019", 1),
    }


def test_passages_are_takeaways_first_with_what_was_found(searcher: Searcher) -> None:
    answer = searcher.search("cold start")
    (hit,) = [hit for hit in answer.hits if queries.entries(searcher.connection, [hit.row])[hit.row].title == A]
    first = passages_of(searcher, answer)[hit.row][0]
    assert (first.passage.kind, first.passage.text) == ("takeaway", "A cold start takes half a minute.")
    assert [first.passage.text[start:end] for start, end in first.spans] == ["cold start"]
    assert AURORA.split("\n")[first.passage.line - 1] == "- A cold start takes half a minute."


def test_a_query_is_few_statements(searcher: Searcher) -> None:
    searcher.search("cold start", typing=True)
    statements: list[str] = []
    searcher.connection.set_trace_callback(statements.append)
    searcher.search("cold start", typing=True)
    searcher.connection.set_trace_callback(None)
    own = [statement for statement in statements if not statement.startswith("--") and "vocabulary" not in statement]
    assert len([statement for statement in own if "fts" in statement]) <= 4
    assert len(own) <= 8


TEXTS = st.text(alphabet=st.sampled_from(list('abcdé +#.*-:()"~ORtagyer12\ue000\x00“')), max_size=40) | st.text(
    max_size=30
)


@given(TEXTS)
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_answered(searcher: Searcher, text: str) -> None:
    for typing in (False, True):
        answer = searcher.search(text, typing=typing)
        for hit_row, marked in passages_of(searcher, answer).items():
            assert hit_row in {hit.row for hit in answer.hits}
            for one in marked:
                for start, end in one.spans:
                    assert 0 <= start < end <= len(one.passage.text)


QUERIES = st.sampled_from(
    [
        "cold",
        "scale",
        "tag:serverless",
        "year:2018",
        "-databases",
        '"cold start"',
        "takeaway:(cold start)",
        "title:at",
        "zzz",
    ]
)


@given(QUERIES, QUERIES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_two_queries_compose_as_their_sets_do(searcher: Searcher, first: str, second: str) -> None:
    one, two, everything = rows(searcher, first), rows(searcher, second), rows(searcher, "")
    assert rows(searcher, f"({first}) ({second})") == one & two
    assert rows(searcher, f"({first}) OR ({second})") == one | two
    assert rows(searcher, f"-({first})") == everything - one
    assert len(everything) == 4


def test_a_changed_file_is_found_by_its_new_words(tmp_path: Path) -> None:
    folder = write_library(
        tmp_path / "lib", {"a.md": "# Talk\n\nAbout zebras.\n", "b.md": "# Other\n\nAbout llamas.\n"}
    )
    roots = open_roots([folder])
    index = Index(tmp_path / "cache", roots)
    synchronise(index, roots)
    with index.search_connection() as connection:
        searcher = Searcher(connection, load_vocabulary())
        assert len(searcher.search("zebras").hits) == 1
    (folder / "a.md").write_text("# Talk\n\nAbout gnus, now.\n", "utf-8")
    (folder / "b.md").unlink()
    synchronise(index, roots)
    with index.search_connection() as connection:
        assert [len(searcher.search(text, strict=True).hits) for text in ("zebras", "gnus", "llamas")] == [0, 1, 0]
        connection.execute("INSERT INTO fts(fts, rank) VALUES ('integrity-check', 1)")
        connection.execute("INSERT INTO takeaway_fts(takeaway_fts, rank) VALUES ('integrity-check', 1)")
    index.close()


def test_an_interrupted_query_says_so(tmp_path: Path) -> None:
    folder = write_library(tmp_path / "lib", {"a.md": "# Talk\n\nText.\n"})
    roots = open_roots([folder])
    index = Index(tmp_path / "cache", roots)
    synchronise(index, roots)

    def stop() -> int:
        index.interrupt()
        return 1

    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + stop() FROM n) SELECT count(*) FROM n"

    def ask() -> None:
        with index.search_connection() as connection:
            connection.create_function("stop", 0, stop)
            connection.execute(endless).fetchone()

    with pytest.raises(QueryInterruptedError):
        ask()
    index.close()


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("A Cold\nStart", "cold start", [(2, 12)]),
        ("Café", "cafe", [(0, 4)]),
        ("it’s", "it's", [(0, 4)]),
        ("aaa", "aa", [(0, 2)]),
        ("İstanbul x", "x", [(9, 10)]),
        ("nothing", "", []),
    ],
)
def test_a_text_is_found_as_it_was_typed(text: str, typed: str, found: list[tuple[int, int]]) -> None:
    assert list(Literal(typed).spans(text)) == found


def test_the_questions_of_readers_are_answered() -> None:
    from relevance import measure, questions

    rank, recall, _ = measure()
    assert len(questions()) >= 60
    assert rank >= 0.9
    assert recall >= 0.9
    assert parse("").words == ()


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("zzzz", "no session has “zzzz”"),
        ('"aurora zzzz"', "no session has “aurora zzzz” as it stands"),
        ("aurora day:9", "no day 9: days 1 to 2"),
        ("aurora day:7..9", "no day 7..9: days 1 to 2"),
        ("year:2031", "no year 2031: all is of year 2018"),
        ("tag:zzzz", "no topic “zzzz”"),
        ("speaker:zzzz", "no speaker “zzzz”"),
        ("path:zzzz", "no file called “zzzz”"),
        ("aurora -serverless", "no session matches all of this"),
    ],
)
def test_what_finds_nothing_says_which_part_of_it(tmp_path: Path, query: str, reason: str) -> None:
    with searcher_on(write_library(tmp_path / "notes", {"day-1.md": DAY_1, "day-2.md": DAY_2})) as searcher:
        answer = searcher.search(query)
        assert (answer.hits, answer.reason) == ((), reason)
        assert len(answer.suggestions) <= 3


def test_each_misspelt_word_is_mended_by_itself(searcher: Searcher) -> None:
    suggestion = searcher.search("aurra transactoins").suggestions[0]
    assert (suggestion.query, suggestion.count) == ("aurora transactions", 1)


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("cold start", "A cold start is cold.", ["cold start", "cold"]),
        ("cold start", "A cold-start.", ["cold-start"]),
        ("cold start", "Start cold. Start.", ["Start", "cold", "Start"]),
        ("scale to zero", "They scale to zero, or scale down to zero.", ["scale to zero", "scale", "zero"]),
        ("cold start time", "cold start time", ["cold start time"]),
        ("cold start", "cold, and then start", ["cold", "start"]),
    ],
)
def test_neighbouring_words_are_one_match(searcher: Searcher, query: str, text: str, found: list[str]) -> None:
    matcher = searcher.search(query).matcher
    assert [text[start:end] for start, end in matcher.spans(text)] == found
