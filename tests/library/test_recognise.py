"""The native form of a post, and plain Markdown without any."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reinvent_tui.library.model import Post, Tag
from reinvent_tui.library.recognise import read_post
from support import DAY_1


def read(text: str, path: str = "folder/post.md") -> Post:
    return read_post(text, path, "A Conference")


def test_the_native_form_is_read_whole() -> None:
    post = read(DAY_1, "day-1.md")
    assert (post.title, post.event, post.day, post.date) == (
        "Day 1: arriving",
        "TestConf 2018",
        1,
        dt.date(2018, 11, 26),
    )
    assert post.intro == "What the day was about."
    assert post.problems == ()
    talk, aurora = post.sessions
    assert talk.id == "day-1.md#security-talk"
    assert talk.tags == (Tag("security"), Tag("regions"))
    assert [takeaway.text for takeaway in talk.takeaways] == ["Ask why, first.", "Ask again on a second line."]
    assert (aurora.code, aurora.speakers) == ("DAT336", ("Ada Lovelace", "Alan Turing"))
    assert aurora.tags == (Tag("aurora"), Tag("databases"))
    assert (aurora.day, aurora.date, aurora.event) == (1, dt.date(2018, 11, 26), "TestConf 2018")


def test_lines_are_those_of_the_file() -> None:
    lines = DAY_1.split("\n")
    for session in read(DAY_1).sessions:
        assert lines[session.line - 1] == f"## {session.title}"
        assert session.source == "\n".join(lines[session.line - 1 : session.line - 1 + session.source.count("\n") + 1])
        for number, line in enumerate(session.body.split("\n")):
            assert line in ("", lines[session.body_line - 1 + number])
        for takeaway in session.takeaways:
            assert takeaway.text.split()[0] in lines[takeaway.line - 1]


def test_the_tag_line_is_not_in_the_body_but_in_the_copy() -> None:
    talk = read(DAY_1).sessions[0]
    assert "Tags:" not in talk.body
    assert "Tags: security, regions" in talk.source


def test_tags_of_the_post_come_first_and_once() -> None:
    post = read("---\ntags: [Serverless, aws]\nevent: Acme\n---\n## One\n\n#aurora #serverless\n\nText.\n\n## Two\n")
    assert [tag.name for tag in post.sessions[0].tags] == ["serverless", "aws", "aurora"]
    assert [tag.name for tag in post.sessions[1].tags] == ["serverless", "aws"]


def test_a_post_without_sections_is_one_session() -> None:
    post = read("---\ntitle: One talk\ncode: dat 401\nspeaker: Ada\nday: Day 2\n---\n# Ignored\n\n## Part\n\nText.\n")
    (session,) = post.sessions
    assert (session.id, session.title, session.code, session.day) == ("folder/post.md", "One talk", "DAT401", 2)
    assert session.speakers == ("Ada",)
    assert "## Part" in session.body


def test_parts_of_a_session_are_not_sessions() -> None:
    (session,) = read("# Talk\n\nText.\n\n## Takeaways\n\n- One.\n\n## Sources\n\n- Here.\n").sessions
    assert session.title == "Talk"
    assert [takeaway.text for takeaway in session.takeaways] == ["One."]


def test_plain_markdown_has_its_sections_as_sessions() -> None:
    post = read("# Acme Week 2018\n\nIntro.\n\n## First\n\nA.\n\n### Detail\n\nB.\n\n## Second\n\nC.\n")
    assert (post.title, post.event, post.intro) == ("Acme Week 2018", "Acme Week 2018", "Intro.")
    assert [session.title for session in post.sessions] == ["First", "Second"]
    assert "### Detail" in post.sessions[0].body


def test_a_title_is_found_without_any_heading() -> None:
    (session,) = read("\nSRV409 - A Serverless Journey\n\nText.").sessions
    assert (session.title, session.code) == ("A Serverless Journey", "SRV409")
    assert read("A sentence that goes on\nin a second line.").title == "post"


def test_ids_stay_when_other_sessions_and_lines_are_added() -> None:
    before = {session.title: session.id for session in read("## A\n\nx\n\n## B\n\ny\n").sessions}
    after = {
        session.title: session.id for session in read("Intro\n\n## New\n\n## A\n\nmore\n\nx\n\n## B\n\ny\n").sessions
    }
    assert before.items() <= after.items()


def test_sessions_of_one_title_have_ids_of_their_own() -> None:
    post = read("## Keynote\n\n## Keynote\n\n## Keynote\n")
    assert [session.id.partition("#")[2] for session in post.sessions] == ["keynote", "keynote-1", "keynote-2"]


def test_a_title_that_looks_like_anothers_id_gets_its_own() -> None:
    post = read("## Aurora\n\n## Aurora\n\n## Aurora 1\n")
    assert len({session.id for session in post.sessions}) == 3


def test_no_text_between_sessions_is_lost() -> None:
    text = "Preface\n\n# Day\n\nIntro\n\n## A\n\na\n\n# Appendix\n\nmore\n\n## B\n\nb\n\n# Workshop\n\nrest\n"
    post = read(text)
    shown = post.title + post.intro + "".join(session.title + session.body for session in post.sessions)
    for word in ("Preface", "Intro", "Appendix", "more", "Workshop", "rest"):
        assert word in shown


@pytest.mark.parametrize(
    "heading",
    ["[" + "\\a" * 400, "a" + " " * 40_000 + "b", "[" * 3000, "*" * 3000, "![](" * 900, "`" * 3999, "_a " * 1300],
    ids=["escapes", "spaces", "brackets", "stars", "images", "backticks", "underscores"],
)
def test_no_heading_takes_long(heading: str) -> None:
    """A pattern that tries every way to match would not end here."""
    assert read(f"## {heading}\n\n### Takeaways\n\n- {heading}\n").sessions
    assert read(f"{heading}\n\nby {heading}\n\n**{heading}**\n\n- summary: {heading}\n").sessions


def test_a_session_that_is_told_of_but_missing_is_a_problem() -> None:
    post = read("---\ntitle: x\nsessions:\n  Here: {}\n  Gone: {code: A100}\n---\n## Here\n")
    assert [(problem.line, problem.text) for problem in post.problems] == [(3, "no heading for the session 'Gone'")]


def test_bad_fields_are_problems_with_their_lines() -> None:
    post = read("---\ntitle: x\nday: soon\ndate: 2019-15-05\n---\nText.\n")
    assert [(problem.line, problem.text.split(":")[0]) for problem in post.problems] == [
        (3, "day is not a number"),
        (4, "date is not a valid date"),
    ]
    assert len(post.sessions) == 1


def test_definitions_elsewhere_in_the_post_reach_the_session() -> None:
    post = read(
        "# Acme Week 2018\n\n## A\n\nSee [it][ref] and[^1].\n\n## B\n\nNo.\n\n"
        "[ref]: https://x.y\n[^1]: A note\n    goes on.\n"
    )
    assert post.sessions[0].references == "[ref]: https://x.y\n\n[^1]: A note\n    goes on."
    assert post.sessions[1].references == ""


TEXT = st.lists(
    st.sampled_from(
        [
            "# A",
            "## B",
            "## B",
            "### C",
            "### Takeaways",
            "- x",
            "  y",
            "",
            "text",
            "---",
            "a: b",
            "```",
            "Tags: a, b",
            "#x #y",
            "[r]: u",
            "[r]",
        ]
    ),
    max_size=40,
).map("\n".join)


@given(st.one_of(TEXT, st.text(max_size=300)))
@example("#")
@example("# ")
def test_any_text_is_a_post(text: str) -> None:
    post = read(text)
    lines = text.split("\n")
    assert post.title
    ids = [session.id for session in post.sessions]
    assert ids
    assert len(set(ids)) == len(ids)
    for session in post.sessions:
        assert 1 <= session.line <= len(lines)
        assert session.source.rstrip("\n") in text
        for number, line in enumerate(session.body.split("\n")):
            assert line in ("", lines[session.body_line - 1 + number])
        for takeaway in session.takeaways:
            assert takeaway.text
            assert 1 <= takeaway.line <= len(lines)


DAY = """# AcmeConf 2018 - Day 1

The zebra hall came first.

**Takeaways**

- Bring an umbrella.

## Growing moss in a dry flat

Moss.

## Ferns for people in flats

Ferns.
"""


def test_what_a_post_says_besides_its_sessions_is_kept() -> None:
    post = read(DAY)
    introduction = post.introduction
    assert introduction is not None
    assert (introduction.title, introduction.day, introduction.id) == ("AcmeConf 2018 - Day 1", 1, "folder/post.md")
    assert introduction.body.startswith("\nThe zebra hall came first.")
    assert introduction.body_line == 2
    assert [(takeaway.text, takeaway.line) for takeaway in introduction.takeaways] == [("Bring an umbrella.", 7)]
    assert len(post.sessions) == 2


def test_text_between_days_is_kept() -> None:
    post = read("# AcmeConf 2018\n\n## Day 1\n\n### Moss\n\nx\n\n## Day 2\n\nIt rained.\n\n### Ferns\n\ny\n")
    assert [session.title for session in post.sessions] == ["Moss", "Ferns"]
    assert post.introduction is not None
    assert "It rained." in post.introduction.body


def test_what_is_no_notes_is_an_introduction() -> None:
    post = read_post("# moss-app\n\n## Installation\n\n```sh\nnpm install\n```\n\n## License\n\nMIT\n", "app/README.md")
    assert post.sessions == ()
    assert post.introduction is not None
    assert "MIT" in post.introduction.body


@pytest.mark.parametrize("piece", ["-", "*-", "(", "[a](", "- ", "> ", "By ", "12-", "notes ", "conference ", "–"])
def test_no_line_takes_long(piece: str) -> None:
    """A pattern that tries every way to match would not end here."""
    line = piece * (400 // len(piece))
    for text in (line, f"# {line}\n\nx", f"# Acme 2018\n\n## {line}\n\n{line}\n\n## B\n\n- {line}\n"):
        assert read_post(text, "notes.md").sessions


def test_the_title_of_a_file_with_several_sessions_can_be_found() -> None:
    talks = "## Moss in clusters\n\nby Ada Pebble\n\nx\n\n## Ferns on nodes\n\nby Bo Stone\n\ny\n"
    introduction = read(f"# Day 1 - KubeCon Paris 2024\n\n{talks}").introduction
    assert introduction is not None
    assert (introduction.title, introduction.body) == ("Day 1 - KubeCon Paris 2024", "")


@pytest.mark.parametrize("line", ["Event: PGConf EU 2023", "Conference: PGConf EU 2023", "**Event:** PGConf EU 2023"])
def test_a_line_under_the_title_may_state_the_event(line: str) -> None:
    (session,) = read(f"# Owning Things\n\nSpeaker: Jane Doe\n{line}\n\n## Intro\n\na\n", "owning.md").sessions
    assert (session.event, dict(session.origin)["event"]) == ("PGConf EU 2023", "text")


def test_an_event_above_talks_of_its_own_level_is_none_of_them() -> None:
    talks = "# Virtual threads in practice\n\nby Ada Pebble\n\nx\n\n# Records\n\nby Bo Stone\n\ny\n"
    post = read(f"# Devoxx Belgium 2023\n\n{talks}")
    assert [session.title for session in post.sessions] == ["Virtual threads in practice", "Records"]


@pytest.mark.parametrize("heading", ["Tag 2", "Jour 2", "Día 2", "Giorno 2"])
def test_days_in_other_languages(heading: str) -> None:
    assert read(f"# FrOSCon 2023 - {heading}\n\n## Moos im Topf\n\nx\n\n## Farne im Topf\n\ny\n").day == 2


def test_a_heading_of_names_stands_over_the_title() -> None:
    talks = "#Ada Pebble\n##Growing Moss in a Flat\n- clay\n\n#Ferns for Flats\n##Bo Stone\n- green\n"
    found = [(session.title, session.speakers) for session in read(talks).sessions]
    assert found == [("Growing Moss in a Flat", ("Ada Pebble",)), ("Ferns for Flats", ("Bo Stone",))]
