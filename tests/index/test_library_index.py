"""One composition of index, vocabulary and searcher, for the shell and the reader."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reinvent_tui.errors import IndexDamagedError, IndexUnavailableError, QueryInterruptedError
from reinvent_tui.index import queries, sync
from reinvent_tui.index.evidence import evidence_of
from reinvent_tui.index.library import LibraryIndex, open_library
from reinvent_tui.index.rowset import RowSet
from reinvent_tui.index.store import Index
from reinvent_tui.index.sync import Report
from reinvent_tui.index.values import Facet
from reinvent_tui.library.files import open_roots
from support import write_library

TALKS = """---
event: TestConf 2018
day: 1
---

## Cold Start

Tags: serverless

A cold start takes long. Kubernetes, Kubernetes and Kubernetes; Kubernetes, Kubernetes and Kubernetes.

### Takeaways

- Keep functions warm.

## Warm Pool

Tags: databases

A warm pool is quick.

### Takeaways

- A pool costs.
- Keep it small.

## Cut Flowers

Cold cuts, warm words.
"""


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[LibraryIndex]:
    folder = write_library(tmp_path / "talks", {"talks.md": TALKS})
    library = open_library(open_roots([folder]), tmp_path / "cache", tmp_path / "topics.yaml")
    library.synchronise()
    yield library
    library.close()


def titles(library: LibraryIndex) -> list[str]:
    with library.connection() as connection:
        entries = queries.entries(connection, queries.contents(connection).sessions)
        return [entry.title for entry in entries.values()]


def test_it_is_read_searched_and_brought_up_to_date(opened: LibraryIndex, tmp_path: Path) -> None:
    assert opened.names == ["talks"]
    assert opened.remembered
    assert titles(opened) == ["Cold Start", "Warm Pool", "Cut Flowers"]
    with opened.searcher() as searcher:
        assert searcher.search("pool").total == 1
    (tmp_path / "talks" / "more.md").write_text("# Another\n\nA pool of lakes.\n", "utf-8")
    assert opened.synchronise().read == 1
    with opened.searcher() as searcher:
        assert searcher.search("pool").total == 2


def test_the_searcher_is_kept_until_the_index_is_reset(opened: LibraryIndex) -> None:
    with opened.searcher() as first:
        pass
    with opened.searcher() as again:
        assert again is first
    opened.reset()
    with opened.searcher() as other:
        assert other is not first
        assert other.search("pool").total == 0


def test_whether_inferred_tags_count_is_said_with_each_use(opened: LibraryIndex) -> None:
    for given_only, found in ((False, 1), (True, 0), (False, 1)):
        with opened.searcher(given_only=given_only) as searcher:
            assert searcher.search("tag:kubernetes", strict=True).total == found
            assert searcher.browser.select("tag:kubernetes").count == found
            names = {value.name for value in searcher.browser.values(Facet.TAG, searcher.browser.everything())}
            assert ("kubernetes" in names) == bool(found)


def test_the_own_topics_are_those_of_the_file_that_was_given(opened: LibraryIndex, tmp_path: Path) -> None:
    assert opened.synchronise().read == 0
    (tmp_path / "topics.yaml").write_text("pools:\n  aliases: [warm pool]\n", "utf-8")
    assert opened.synchronise().read == 1, "other topics mean other tags of every post"
    with opened.searcher() as searcher:
        assert searcher.browser.select("tag:pools").count == 1


def test_a_damaged_index_is_made_anew_once(opened: LibraryIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    failures = [IndexDamagedError("malformed")]
    synchronise = sync.synchronise

    def damaged(*arguments: object, **options: object) -> Report:
        if failures:
            raise failures.pop()
        return synchronise(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(sync, "synchronise", damaged)
    assert opened.synchronise().read == 1, "thrown away, and read again"
    failures += [IndexDamagedError("malformed"), IndexDamagedError("malformed")]
    with pytest.raises(IndexDamagedError):
        opened.synchronise()


def test_the_data_version_changes_with_every_change_and_only_then(opened: LibraryIndex, tmp_path: Path) -> None:
    seen = [opened.data_version()]
    titles(opened)
    opened.synchronise()
    with opened.searcher() as searcher:
        searcher.search("pool")
    assert opened.data_version() == seen[0], "nothing was written"
    (tmp_path / "talks" / "talks.md").write_text(TALKS + "\nMore.\n", "utf-8")
    opened.synchronise()
    seen.append(opened.data_version())
    (path,) = (tmp_path / "cache").glob("*.sqlite3")
    code = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
        "c.execute(\"INSERT INTO meta VALUES ('another', 'process')\"); c.commit()"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    seen.append(opened.data_version())
    opened.reset()
    seen.append(opened.data_version())
    assert len(set(seen)) == 4


def test_the_data_version_of_an_index_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object) -> str:
        raise OSError("no space left")

    monkeypatch.setattr(Index, "_on_disk", nowhere)
    monkeypatch.setattr(Index, "_in_temporary_folder", nowhere)
    folder = write_library(tmp_path / "talks", {"talks.md": TALKS})
    library = open_library(open_roots([folder]), tmp_path / "cache", None)
    assert not library.remembered
    before = library.data_version()
    library.synchronise()
    assert library.data_version() != before
    library.close()


def test_an_interrupted_query_says_so_whatever_runs(opened: LibraryIndex) -> None:
    def stop() -> int:
        opened.interrupt()
        return 1

    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + stop() FROM n) SELECT count(*) FROM n"

    def ask() -> None:
        with opened.searcher() as searcher:
            searcher.connection.create_function("stop", 0, stop)
            searcher.connection.execute(endless).fetchone()

    with pytest.raises(QueryInterruptedError):
        ask()
    with opened.searcher() as searcher:
        assert searcher.search("pool").total == 1, "and the next one is answered"


def test_a_closed_library_says_so(opened: LibraryIndex) -> None:
    opened.close()
    with pytest.raises(IndexUnavailableError):
        opened.data_version()
    with pytest.raises(IndexUnavailableError), opened.searcher():
        pass


# Predicates: filters that the full-text index does not know


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("is:unread", ["Cold Start", "Cut Flowers"]),
        ("-is:unread", ["Warm Pool"]),
        ("is:Unread cold", ["Cold Start", "Cut Flowers"]),
        ("cold is:unread tag:serverless", ["Cold Start"]),
        ("is:unread OR tag:databases", ["Cold Start", "Warm Pool", "Cut Flowers"]),
        ("is:(unread -starred)", ["Cut Flowers"]),
        ("is:(unread OR starred)", ["Cold Start", "Cut Flowers"]),
        ("(is:starred cold) OR pool", ["Cold Start", "Warm Pool"]),
        ("is:unread takeaway:(keep warm)", ["Cold Start"]),
        ("is:unread takeaway:(keep small)", []),
        ("is:read", []),
        ("title:(cold takeaway:(keep warm))", ["Cold Start"]),
        ("title:(takeaway:(keep warm) takeaway:(pool costs))", []),
        ("title:(is:unread cold)", ["Cold Start"]),
        ("is:(unread title:cut)", ["Cut Flowers"]),
        ("takeaway:(is:unread)", ["Cold Start", "Cut Flowers"]),
    ],
)
def test_predicates_combine_with_everything_in_a_query(opened: LibraryIndex, query: str, found: list[str]) -> None:
    with opened.connection() as connection:
        cold, pool, closing = queries.contents(connection).sessions
    predicates = {"unread": RowSet.from_rows([cold, closing]), "starred": RowSet.from_rows([cold])}
    names = {cold: "Cold Start", pool: "Warm Pool", closing: "Cut Flowers"}
    with opened.searcher(predicates=predicates) as searcher:
        assert [names[row] for row in searcher.browser.select(query).rows] == found
        answer = searcher.search(query, strict=True)
        assert sorted(names[hit.row] for hit in answer.hits) == sorted(found)
        assert answer.total == len(found)
    with opened.searcher() as searcher:
        assert searcher.browser.select("is:unread").count == 0, "they hold for one use"


_LEAVES = st.sampled_from(
    ["cold", "pool", "is:unread", "tag:serverless", "takeaway:(keep warm)", "level:3", '"a pool"']
)
_TREES = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}) OR ({pair[1]})"),
        st.tuples(st.sampled_from(["-", "title:", "takeaway:", "is:", "tag:"]), inner).map(
            lambda pair: f"{pair[0]}({pair[1]})"
        ),
    ),
    max_leaves=6,
)


@given(text=_TREES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_nested_in_what_is_answered(opened: LibraryIndex, text: str) -> None:
    with opened.connection() as connection:
        first, *_ = contents = queries.contents(connection).sessions
    with opened.searcher(predicates={"unread": RowSet.from_rows([first])}) as searcher:
        selected = searcher.browser.select(text)
        assert set(selected.rows) <= set(contents)
        assert searcher.search(text, strict=True).total == selected.count


def test_hits_of_a_predicate_are_ranked_by_the_words_beside_it(opened: LibraryIndex) -> None:
    with opened.connection() as connection:
        every = RowSet.from_rows(queries.contents(connection).sessions)
    with opened.searcher(predicates={"unread": every}) as searcher:
        assert [hit.row for hit in searcher.search("is:unread cold start").hits] == [
            hit.row for hit in searcher.search("cold start").hits
        ]
        assert searcher.search("what is a cold start is:unread").total == 1, "questions are answered too"
        assert searcher.search("is:unread pool", limit=1).hits == searcher.search("is:unread pool").hits[:1]
        assert searcher.search("is:unread keep").takeaway_count == searcher.search("keep").takeaway_count == 2
        contents = queries.contents(searcher.connection)
        assert searcher.takeaways("is:unread keep", contents).count == 2
        assert searcher.takeaways("is:unread", contents).count == 3
        assert searcher.takeaways("-is:unread keep", contents).count == 0


def test_takeaways_without_those_of_some_titles(opened: LibraryIndex) -> None:
    with opened.searcher() as searcher:
        found = searcher.takeaways("keep -title:cold", queries.contents(searcher.connection))
        assert (found.count, found.of_sessions) == (1, False)


def test_the_statements_of_the_schema_make_triggers(opened: LibraryIndex, tmp_path: Path) -> None:
    (path,) = (tmp_path / "cache").glob("*.sqlite3")
    with closing(sqlite3.connect(path)) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")}
    assert names == {"indexed_delete", "takeaway_delete"}


def test_a_file_that_is_gone_from_the_index_has_no_explanation(opened: LibraryIndex) -> None:
    with opened.connection() as connection:
        (row, *_) = queries.contents(connection).sessions
        details = queries.session_details(connection, row)
        assert details is not None
        assert evidence_of(connection, opened.roots, details)
        gone = details._replace(file=b"/nowhere/talks.md")
        with pytest.raises(FileNotFoundError):
            evidence_of(connection, opened.roots, gone)
