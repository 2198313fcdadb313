"""Facets with counts, what is picked in a query, gathered takeaways, related sessions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reinvent_tui.index import queries
from reinvent_tui.index.query import parse
from reinvent_tui.index.query_filters import any_or_all, excluded, field_filter, toggled
from reinvent_tui.index.search import Searcher
from reinvent_tui.index.values import Facet
from relevance import searcher_on
from support import write_library

TAGS = ("databases", "serverless", "aws/lambda", "aws/aurora", "c++", "big-data", "aws")
SESSIONS = [
    (2016, "Alpha Talk", "DAT301", "Ada Lovelace", ("databases", "aws/aurora")),
    (2016, "Beta Talk", "SRV302", "Alan Turing", ("serverless", "aws/lambda")),
    (2018, "Alpha Again", "DAT301-R1", "Ada Lovelace", ("databases", "serverless")),
    (2018, "Gamma Talk", "", "Grace Hopper", ("c++", "big-data")),
    (2019, "Beta Talk", "", "Alan Turing", ("aws", "serverless")),
    (2019, "Delta", "NET401", "", ()),
]


def _post(year: int) -> str:
    parts = [f"---\nevent: Conf {year}\nday: 1\ndate: {year}-11-26\n---\n"]
    for when, title, code, speaker, tags in SESSIONS:
        if when == year:
            heading = f"## {code}: {title}" if code else f"## {title}"
            by = f"Speaker: {speaker}\n\n" if speaker else ""
            line = f"Tags: {', '.join(tags)}\n\n" if tags else ""
            parts.append(
                f"{heading}\n\n{line}{by}Words of {title.split()[0]}.\n\n### Takeaways\n\n- Learn {title}.\n- Rest.\n"
            )
    return "\n".join(parts)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    folder = write_library(tmp_path_factory.mktemp("lib"), {f"{year}.md": _post(year) for year in (2016, 2018, 2019)})
    with searcher_on(folder) as found:
        found.refresh()
        yield found


def _counts(searcher: Searcher, facet: Facet, query: str = "") -> dict[str, int]:
    browser = searcher.browser
    return {value.name: value.sessions for value in browser.values(facet, browser.select(query).rows)}


def test_topics_with_counts_a_parent_with_its_children(searcher: Searcher) -> None:
    counts = _counts(searcher, Facet.TAG)
    assert counts["serverless"] == 3
    assert counts["aws"] == 3, "one that says so, and two of its children"
    assert counts["aws/lambda"] == 1
    assert list(counts.values()) == sorted(counts.values(), reverse=True)
    assert _counts(searcher, Facet.TAG, "tag:databases") == {"databases": 2, "serverless": 1, "aws": 1, "aws/aurora": 1}


def test_the_other_facets(searcher: Searcher) -> None:
    assert _counts(searcher, Facet.TRACK) == {"DAT": 2, "NET": 1, "SRV": 1}
    assert _counts(searcher, Facet.LEVEL) == {"300": 3, "400": 1}
    assert _counts(searcher, Facet.EVENT) == {"Conf 2016": 2, "Conf 2018": 2, "Conf 2019": 2}
    assert _counts(searcher, Facet.SPEAKER)["Ada Lovelace"] == 2
    assert _counts(searcher, Facet.EVENT, "track:DAT") == {"Conf 2016": 1, "Conf 2018": 1}


def test_a_facet_is_read_with_one_query(searcher: Searcher) -> None:
    searcher.browser.invalidate()
    statements: list[str] = []
    searcher.connection.set_trace_callback(statements.append)
    for query in ("", "tag:serverless", "-tag:serverless tag:aws", "tag:(databases OR c++)"):
        searcher.browser.values(Facet.TAG, searcher.browser.select(query).rows)
    searcher.connection.set_trace_callback(None)
    assert len([statement for statement in statements if statement.startswith("SELECT")]) == 2, "rows, and tags"


def test_what_is_inferred_does_not_count_where_it_is_switched_off(tmp_path: Path) -> None:
    text = "# A Talk\n\nKubernetes here, Kubernetes there, and Kubernetes everywhere else.\n"
    with searcher_on(write_library(tmp_path / "lib", {"a.md": text})) as searcher:
        searcher.refresh()
        browser = searcher.browser
        (value,) = [value for value in browser.values(Facet.TAG, browser.everything()) if value.name == "kubernetes"]
        assert not value.given
        assert browser.select("tag:kubernetes").count == 1
        searcher.fts.given_only = True
        assert browser.select("tag:kubernetes").count == 0
        assert searcher.search("tag:kubernetes").total == 0
        assert browser.values(Facet.TAG, browser.everything()) == []


_VALUE = st.sampled_from([f"tag:{name}" for name in (*TAGS, "nobody", "ddb")])
_LEAF = st.one_of(_VALUE, st.sampled_from(["alpha", "learn", "track:DAT", "year:2018", "talk", "level:300.."]))
_TREE = st.recursive(
    _LEAF,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}) OR ({pair[1]})"),
        inner.map(lambda text: f"-({text})"),
    ),
    max_leaves=6,
)


@given(text=_TREE)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_sets_of_tags_mean_what_the_full_text_index_means(searcher: Searcher, text: str) -> None:
    assert searcher.browser.select(text).rows == searcher.fts.rows_of(parse(text).root)


# Picking


@pytest.mark.parametrize(
    ("query", "values", "expected"),
    [
        ("", ["serverless"], "tag:serverless"),
        ("cold start", ["serverless"], "tag:serverless cold start"),
        ("tag:serverless", ["serverless"], ""),
        ("tag:a tag:b", ["c", "d"], "tag:a tag:b tag:c tag:d"),
        ("-tag:a", ["a"], "tag:a"),
        ("tag:a OR x", ["b"], "tag:b (tag:a OR x)"),
        ("tag:(a OR b)", ["c"], "tag:(a OR b OR c)"),
        ("year:2018..", ["c++"], "year:2018.. tag:c++"),
    ],
)
def test_picking_writes_into_the_query(query: str, values: list[str], expected: str) -> None:
    assert toggled(query, "tag", values) == expected


def test_leaving_out_and_any(searcher: Searcher) -> None:
    assert excluded("tag:a", "tag", "a") == "-tag:a"
    assert excluded("-tag:a", "tag", "a") == ""
    assert any_or_all("tag:a tag:b x", "tag") == "tag:(a OR b) x"
    assert any_or_all("tag:(a OR b)", "tag") == "tag:a tag:b"
    assert toggled("tag:a", "tag", ["b"], any_of=True) == "tag:(a OR b)"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("event", "AWS re:Invent 2018"),
        ("speaker", "Ada O'Lovelace"),
        ("speaker", 'A "B" C'),
        ("track", "DAT"),
        ("tag", "OR"),
    ],
)
def test_values_of_several_words_are_quoted_and_found_again(field: str, value: str) -> None:
    query = toggled("cold", field, [value])
    assert len(field_filter(query, field).wanted) == 1
    assert toggled(query, field, field_filter(query, field).wanted) == "cold"


def test_two_values_of_one_field_are_alternatives() -> None:
    query = toggled(toggled("", "track", ["DAT"]), "track", ["SRV"])
    assert query == "track:DAT track:SRV"
    assert toggled(query, "track", ["DAT"]) == "track:SRV"


@given(query=st.text(max_size=40), value=st.sampled_from(TAGS))
def test_whatever_was_typed_a_topic_can_be_picked_and_let_go(query: str, value: str) -> None:
    once = toggled(query, "tag", [value])
    if value not in [name.casefold() for name in field_filter(query, "tag").wanted]:
        assert value in field_filter(once, "tag").wanted
        assert value not in field_filter(toggled(once, "tag", [value]), "tag").wanted


# Takeaways and related sessions


def test_takeaways_of_a_selection_in_reading_order(searcher: Searcher) -> None:
    contents = queries.contents(searcher.connection)
    everything = searcher.takeaways("", contents)
    assert everything.count == 12
    assert [day.day.event for day in everything.days] == ["Conf 2019", "Conf 2018", "Conf 2016"]
    assert everything.years() == [2016, 2018, 2019]
    assert searcher.takeaways("tag:databases", contents).count == 4
    learned = searcher.takeaways("alpha", contents)
    assert (learned.count, learned.of_sessions) == (2, False), "those that have the word"
    said = searcher.takeaways("words alpha", contents)
    assert (said.count, said.of_sessions) == (4, True), "no takeaway has both: all of the sessions that do"
    assert searcher.takeaways("nothingness", contents).count == 0


def test_takeaways_of_a_speaker_or_a_title_are_of_those_sessions_alone(searcher: Searcher) -> None:
    contents = queries.contents(searcher.connection)
    for query, count in (('speaker:"Ada Lovelace"', 4), ("title:gamma", 2), ("learn speaker:turing", 2)):
        assert searcher.takeaways(query, contents).count == count
        assert searcher.search(query).takeaway_count == count


def _related(searcher: Searcher, title: str) -> list[tuple[str, str]]:
    for row in queries.contents(searcher.connection).sessions:
        details = queries.session_details(searcher.connection, row)
        if details is not None and details.session.title == title:
            return [(one.title, one.reason) for one in searcher.related(details)]
    raise AssertionError(title)


def test_the_same_session_elsewhere_comes_first(searcher: Searcher) -> None:
    assert _related(searcher, "Alpha Talk")[0] == ("Alpha Again", "the same session, DAT301")
    assert _related(searcher, "Beta Talk")[0] == ("Beta Talk", "the same session, by its title")


def test_related_sessions_say_why(tmp_path: Path) -> None:
    sessions = "".join(f"## Filler {number}\n\nTags: filler\n\nWords.\n\n" for number in range(40))
    sessions += "## Here\n\nTags: aurora, databases\n\nSpeaker: Ada Lovelace\n\nWords.\n\n"
    sessions += "## There\n\nTags: aurora, databases\n\nSpeaker: Ada Lovelace\n\nWords.\n\n"
    with searcher_on(write_library(tmp_path / "lib", {"a.md": f"# Day 1\n\n{sessions}"})) as searcher:
        assert _related(searcher, "Here") == [("There", "shares databases, aurora; same speaker")]
        assert _related(searcher, "Filler 3") == [], "what all the others share is no reason"
