"""Front matter in formats other than YAML, and text that merely looks like it."""

from __future__ import annotations

import datetime as dt

import pytest

from reinvent_tui.library.front_matter import split
from reinvent_tui.library.front_matter_formats import MAX_DEPTH, FrontMatter, Node, other_front_matter
from reinvent_tui.library.model import Tag
from reinvent_tui.library.recognise import read_post

TOML = '+++\ntitle = "Queues"\ndate = 2018-11-26\ntags = ["a", "b"]\nday = 2\n+++\n\nText.\n'
JSON = '{\n  "title": "Queues",\n  "date": "2018-11-26",\n  "tags": ["a", "b"],\n  "day": 2\n}\n\nText.\n'
PELICAN = "Title: Queues\nDate: 2018-11-26 10:00\nTags: a, b\nDay: 2\n\nText.\n"
FRANKLIN = '@def title = "Queues"\n@def date = Date(2018, 11, 26)\n@def tags = ["a", "b"]\n@def day = 2\n\nText.\n'
ZOLA = '+++\ntitle = "Queues"\ndate = 2018-11-26\n[taxonomies]\ntags = ["a", "b"]\n[extra]\nday = 2\n+++\n\nText.\n'
FORMS = {"TOML": TOML, "JSON": JSON, "Pelican": PELICAN, "Franklin": FRANKLIN, "Zola": ZOLA}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_every_form_says_the_same(text: str) -> None:
    post = read_post(text, "talk.md")
    (session,) = post.sessions
    assert (post.title, session.day, session.date) == ("Queues", 2, dt.date(2018, 11, 26))
    assert session.tags == (Tag("a"), Tag("b"))
    assert session.body.strip() == "Text."
    assert all(problem.hint for problem in post.problems)


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_the_lines_of_the_text_stay_those_of_the_file(text: str) -> None:
    matter, body = split(text)
    lines = text.split("\n")
    assert "\n".join(lines[matter.body_line - 1 :]) == body
    assert lines[matter.lines["title"] - 1].strip(' "@').lower().removeprefix("def ").startswith("title")


@pytest.mark.parametrize(("name", "line"), [("TOML", 1), ("JSON", 1), ("Franklin", 1)])
def test_an_unusual_form_is_a_hint(name: str, line: int) -> None:
    (problem,) = split(FORMS[name])[0].problems
    assert (problem.line, problem.hint) == (line, True)
    assert name in problem.text


def test_a_form_that_names_its_keys_in_plain_lines_needs_no_hint() -> None:
    assert split(PELICAN)[0].problems == ()


def head(text: str) -> FrontMatter:
    found = other_front_matter(text)
    assert found is not None
    return found[0]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('\n\n+++\ntitle = "x"\n+++\n', {"title": "x"}),
        ('+++\nTitle = "x"\ndraft = true\nrate = 1.5\n+++\n', {"title": "x", "draft": "true", "rate": "1.5"}),
        ('+++\n[sessions.One]\ncode = "A1"\n+++\n', {"sessions": {"One": {"code": "A1"}}}),
        ('+++\ntags = ["top"]\n[taxonomies]\ntags = ["under"]\n+++\n', {"tags": ["top"]}),
        ("+++\n+++\n", {}),
        ('{"title": "x", "tags": [null, "a"], "day": null}\nText', {"title": "x", "tags": ["a"], "day": ""}),
        ("{}\nText", {}),
        ('{{ include }}\n\n@def title = "x"\n', {"title": "x"}),
        ("@def tags = ['a', b]\n", {"tags": ["a", "b"]}),
        ("Title: x\nSummary: one\n  goes on\n\tand on\n\nText", {"title": "x", "summary": "one goes on and on"}),
        ("Speaker: Mira Tolland\nDate: 2018-11-26\n\nText", {"speaker": "Mira Tolland", "date": "2018-11-26"}),
        ("Title: x\n# Heading\n", {"title": "x"}),
        ("Title: x", {"title": "x"}),
    ],
)
def test_values(text: str, values: dict[str, Node]) -> None:
    assert head(text).values == values


@pytest.mark.parametrize(
    ("text", "line", "values"),
    [
        ('+++\ntitle = "x"\n= 2\n+++\nText', 3, {"title": "x"}),
        ("+++\ntitle = x y\ndate = 2018-11-26\n+++\nText", 2, {"title": "x y", "date": "2018-11-26"}),
        ('+++\ntitle = "x"\ntitle = "y"\n+++\nText', 3, {"title": "y"}),
        ('{\n  "title": "x",\n  "tags": ["a",\n}\nText', 4, {}),
        ('{\n  "title": "x"\n  "day": 2\n}\nText', 3, {}),
    ],
)
def test_a_broken_head_gives_a_problem_at_its_line(text: str, line: int, values: dict[str, Node]) -> None:
    matter, body = split(text)
    assert body == "Text"
    assert [(problem.line, problem.hint) for problem in matter.problems] == [(line, False)]
    assert "front matter is not valid" in matter.problems[0].text
    assert matter.values == values


def test_a_broken_head_keeps_its_keys_apart() -> None:
    assert split('+++\nday =\ntitle = "x"\n+++\nText')[0].values.get("title") == "x"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Only text.\n",
        "+++ more\n+++\nText.\n",
        '+++\ntitle = "x"\n\nNever closed.\n',
        "++\na\n++\n",
        '{"title": "x"} is how it begins\n',
        '{ "quoted" } words\n',
        "{% include x %}\n\nText.\n",
        "{{ include }}\n\nText.\n",
        "{a: b}\n\nText.\n",
        "An @def later on\n",
        "Date: 2018-11-26\n\nOne key is not enough.\n",
        "Note: this is a sentence.\nWarning: this is another.\n\nText.\n",
        "Pros: fast\nCons: dear\nSummary: fine\n\nText.\n",
        "Title: x\nText right below.\n",
        "Monday: tired\nTuesday: more so\n\nText.\n",
        "https://example.com: a page\n\nText.\n",
        "# Queues\n\nTitle: x\nDate: 2018-11-26\n\nText.\n",
        "\nTitle: x\n\nText.\n",
    ],
)
def test_text_that_merely_looks_similar_is_no_head(text: str) -> None:
    assert other_front_matter(text) is None
    assert split(text) == (FrontMatter(), text)


@pytest.mark.parametrize("text", ["+++\nWords between two rows.\n+++\nText.\n", "@define x\n\nText.\n", "@defiance\n"])
def test_more_text_that_merely_looks_similar_is_no_head(text: str) -> None:
    assert split(text) == (FrontMatter(), text)


def test_depth_and_control_signs_do_no_harm() -> None:
    deep = "[" * (MAX_DEPTH + 5) + "]" * (MAX_DEPTH + 5)
    assert list(head(f'{{"title": "a\\u001b[2Jb", "deep": {deep}}}\n').values) == ["title", "deep"]
    assert head('{"title": "a\\u001b[2Jb"}\n').values == {"title": "a␛[2Jb"}
    assert head('+++\ntitle = "a\\u001b[2Jb"\n+++\n').values == {"title": "a␛[2Jb"}
    assert other_front_matter('{"a": ' + "[" * 100_000) is None
