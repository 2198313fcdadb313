"""The query language: what is typed becomes a tree, and no text is an error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reinvent_tui.index.query import ALL, And, Field, Node, Not, Or, Phrase, Range, Word, parse, written
from reinvent_tui.index.words import folded, indexed, tokens


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("cold start", And((Word("cold"), Word("start")))),
        ('"cold start"', Phrase("cold start")),
        ("“cold start”", Phrase("cold start")),
        ('"cold start"~5', Phrase("cold start", 5)),
        ("aurora -serverless", And((Word("aurora"), Not(Word("serverless"))))),
        ("NOT aurora", Not(Word("aurora"))),
        ("aurora OR rds", Or((Word("aurora"), Word("rds")))),
        ("(aurora OR rds) cost", And((Or((Word("aurora"), Word("rds"))), Word("cost")))),
        ("a AND b", And((Word("a"), Word("b")))),
        ("par*", Word("par", prefix=True)),
        ("tag:big-data", Field("tag", Word("big-data"))),
        ("tags:x", Field("tag", Word("x"))),
        ('speaker:"Ada Lovelace"', Field("speaker", Phrase("Ada Lovelace"))),
        ("-tag:keynote", Not(Field("tag", Word("keynote")))),
        ("title:(aurora OR rds)", Field("title", Or((Word("aurora"), Word("rds"))))),
        ("takeaway:(cold start)", Field("takeaway", And((Word("cold"), Word("start"))))),
        ("year:2018..2020", Range("year", "2018", "2020")),
        ("level:300..", Range("level", "300", "")),
        ("date:..2018-11-28", Range("date", "", "2018-11-28")),
        ("day:1 day:2", Or((Field("day", Word("1")), Field("day", Word("2"))))),
        ("tag:a tag:b", And((Field("tag", Word("a")), Field("tag", Word("b"))))),
        ("day:1 x day:2", And((Or((Field("day", Word("1")), Field("day", Word("2")))), Word("x")))),
        ("re:invent", Word("re:invent")),
        ("lambda@edge", Word("lambda@edge")),
        ("80/20", Word("80/20")),
        ("tag:OR", Field("tag", Word("OR"))),
        ("", ALL),
        ("- -- ( ) OR AND", ALL),
        ('"', ALL),
        ("aurora )( x", And((Word("aurora"), Word("x")))),
    ],
)
def test_what_is_typed_becomes_a_tree(text: str, root: Node) -> None:
    assert parse(text).root == root


def test_the_last_word_may_go_on_while_it_is_typed() -> None:
    assert parse("cold st", typing=True).root == And((Word("cold"), Word("st", typed_last=True)))
    assert parse("cold st ", typing=True).root == And((Word("cold"), Word("st")))
    assert parse('"cold st"', typing=True).root == Phrase("cold st")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("tittle:aurora", "no field “tittle:”, did you mean “title:”?"),
        ("tag:", "“tag:” needs a value"),
    ],
)
def test_what_is_not_understood_is_hinted_at(text: str, hint: str) -> None:
    assert parse(text).hints == (hint,)


def test_a_misspelt_field_is_searched_as_words() -> None:
    assert parse("tittle:aurora").root == And((Word("tittle"), Word("aurora")))


@given(st.text(alphabet=st.sampled_from(list('ab1 :-()"*~.OR|,“”é\u202e\n')), max_size=60) | st.text(max_size=80))
def test_any_text_is_a_query_and_can_be_written_again(text: str) -> None:
    for typing in (False, True):
        query = parse(text, typing=typing)
        assert all(isinstance(word, Word) for word in query.words)
        again = parse(written(query.root))
        assert parse(written(again.root)).root == again.root


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("C++ and C# and F#", ["cplusplus", "and", "csharp", "and", "fsharp"]),
        (".NET, ASP.NET", ["dotnet", "asp", "dotnet"]),
        ("Café cafe\u0301 ÜBER", ["cafe", "cafe", "uber"]),
        ("don’t stop_it", ["don", "t", "stop", "it"]),
        ("日本 AWS", ["日", "本", "aws"]),
        ("s3 80/20 re:Invent", ["s3", "80", "20", "re", "invent"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert folded(text) == words


@given(st.text(max_size=100))
def test_words_have_their_places(text: str) -> None:
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        assert folded(text[token.start : token.end]) == [token.word]


@given(st.text(alphabet=st.characters(max_codepoint=0x3000, exclude_categories=["Cs", "Cc"]), max_size=60))
def test_what_is_indexed_has_the_same_words(text: str) -> None:
    assert folded(indexed(text)) == folded(text)


@given(text=st.text(alphabet=st.characters(max_codepoint=0x302F), max_size=40))
def test_an_ideograph_changes_no_other_word(text: str) -> None:
    *before, last = tokens(f"{text} 漢")
    assert before == tokens(text)
    assert last.word == "漢"


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("git log -S", And((Word("git"), Word("log"), Word("-S")))),
        ("ls -l x", And((Word("ls"), Word("-l"), Word("x")))),
        ("git -keynote", And((Word("git"), Not(Word("keynote"))))),
        ("git -日", And((Word("git"), Not(Word("日"))))),
        ("git --stat", And((Word("git"), Word("--stat")))),
    ],
)
def test_an_option_of_a_command_is_a_word(text: str, root: Node) -> None:
    assert parse(text).root == root
