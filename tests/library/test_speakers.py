"""Speakers: found in all the forms in which people note them down, and nowhere else."""

from __future__ import annotations

import pytest

from reinvent_tui.library import speakers
from reinvent_tui.library.names import MAX_SPEAKERS
from reinvent_tui.library.recognise import read_post

WORDS = "\n\nSome words on what was said, in a sentence that names no one at all.\n"
MIRA, BEN, JUNO = "Mira Tolland", "Ben Okri", "Juno van Dam"


def found(text: str) -> tuple[str, ...]:
    (session,) = read_post(f"{text}{WORDS}", "talk.md").sessions
    return session.speakers


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("by Mira Tolland", (MIRA,)),
        ("By: Mira Tolland", (MIRA,)),
        ("*by Mira Tolland and Ben Okri*", (MIRA, BEN)),
        ("by [Mira Tolland](https://example.com/mira)", (MIRA,)),
        ("by [Mira Tolland](https://example.com/a), [Ben Okri](https://example.com/b)", (MIRA, BEN)),
        ("by [Mira Tolland](https://example.com) ([@mira](https://example.com))", (MIRA,)),
        ("by Mira Tolland\nand Ben Okri", (MIRA, BEN)),
        ("by Dr. Mira Tolland, Acme", (MIRA,)),
    ],
)
def test_bylines(text: str, names: tuple[str, ...]) -> None:
    assert found(f"# Queues\n\n{text}") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Speaker: Mira Tolland, Acme", (MIRA,)),
        ("**Speaker:** Mira Tolland", (MIRA,)),
        ("**Speaker**: Mira Tolland (Acme)", (MIRA,)),
        ("- Speaker: Mira Tolland\n- Level: 300", (MIRA,)),
        ("Speaker: Mira Tolland - Senior Engineer", (MIRA,)),
        ("Speaker: Mira Tolland at Acme", (MIRA,)),
        ("Speaker(s): Mira Tolland & Ben Okri", (MIRA, BEN)),
        ("Speakers: Mira Tolland, Ben Okri, Juno van Dam", (MIRA, BEN, JUNO)),
        ("Speakers: Mira Tolland, Acme; Ben Okri, Frob", (MIRA, BEN)),
        ("Speakers: Mira Tolland from Acme, Ben Okri from Frob", (MIRA, BEN)),
        ("Presenter - Mira Tolland", (MIRA,)),
        ("Presented by: Mira Tolland", (MIRA,)),
        ("Panelists: Mira Tolland (Acme), Ben Okri (Frob)", (MIRA, BEN)),
        ("Moderator: Juno van Dam\nPanelists: Mira Tolland, Ben Okri", (JUNO, MIRA, BEN)),
        ("Hosted by: Mira Tolland", (MIRA,)),
        ("Author: Mira Tolland", (MIRA,)),
        ("Speaker: mira", ("mira",)),
        ("Speaker: @miratolland", ("@miratolland",)),
        ("Speaker: J. R. Tolland", ("J. R. Tolland",)),
        ("Speaker: José Ñíguez-O’Neill", ("José Ñíguez-O’Neill",)),
        ("Speaker: Mira Tolland, Head of Queues at [Acme](https://acme.example), author", (MIRA,)),
        ("Speakers: [Mira Tolland](https://m.example), Director at [Simply Acme](https://a.example)", (MIRA,)),
        (
            "Speakers: [Mira Tolland](https://m.example) and [Ben Okri](https://b.example) of [Frob Labs](https://f.example)",
            (MIRA, BEN),
        ),
        ("Speaker: Professor Mira Tolland", (MIRA,)),
        ("Speaker: TBD", ()),
        ("Speaker:", ()),
        ("Speakers should talk less than they do.", ()),
    ],
)
def test_labels(text: str, names: tuple[str, ...]) -> None:
    assert found(f"# Queues\n\n{text}") == names


@pytest.mark.parametrize(
    "text",
    [
        "**Speakers**\n\n- Mira Tolland, Acme\n- Ben Okri (Frob)",
        "Speakers:\n- Mira Tolland\n- Ben Okri",
        "## Speakers\n\n* Mira Tolland - Engineer\n* Ben Okri - Analyst",
        "- Speakers:\n  - Mira Tolland\n  - Ben Okri\n- Level: 300",
        "Acme Reps:\n- Mira Tolland\n- Ben Okri",
        "### Mira Tolland\n\n### Ben Okri",
        "Mira Tolland\nBen Okri",
        "Mira Tolland, Principal Engineer\nBen Okri, Analyst at Frob",
        "Mira Tolland @mira\nBen Okri @ben",
    ],
)
def test_lists_small_headings_and_lines_of_names(text: str) -> None:
    assert found(f"# Queues\n\n{text}") == (MIRA, BEN)


def test_a_name_stands_under_a_date() -> None:
    assert found("# Queues\n\n2019-12-03\n\nMira Tolland\n\n- a note") == (MIRA,)


def test_a_name_stands_under_a_code() -> None:
    assert found("# Queues\n\nARC301\n\nMira Tolland\n\n- a note") == (MIRA,)


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("Queues by Mira Tolland", (MIRA,)),
        ("Queues - by Mira Tolland and Ben Okri", (MIRA, BEN)),
        ("Queues by [Mira Tolland](https://example.com) & [Ben Okri](https://example.com)", (MIRA, BEN)),
        ("Queues * Mira Tolland", (MIRA,)),
        ("ARC301 - Queues with Mira Tolland and Ben Okri", (MIRA, BEN)),
        ("Keynote: Mira Tolland", (MIRA,)),
        ("Keynote with Mira Tolland", (MIRA,)),
        ("Mira Tolland's Keynote", (MIRA,)),
        ("Dr. Mira Tolland Opening Keynote", (MIRA,)),
        ("Mira Tolland - SVP, Acme", (MIRA,)),
    ],
)
def test_names_in_titles(heading: str, names: tuple[str, ...]) -> None:
    assert found(f"# {heading}") == names


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("It was a chalk talk by [Mira Tolland](https://example.com) on waiting.", (MIRA,)),
        ("A session with [Mira Tolland](https://a.example) and [Ben Okri](https://b.example).", (MIRA, BEN)),
        ("I heard a session given by Mira Tolland and Ben Okri.", (MIRA, BEN)),
        ("Then I went to Mira Tolland's talk on waiting.", (MIRA,)),
        ("A talk with Service Level Objectives in it.", ()),
        ("The session by Amazon Web Services was full.", ()),
    ],
)
def test_sentences(sentence: str, names: tuple[str, ...]) -> None:
    assert found(f"# Queues\n\nThe room was full of people who had come to hear it. {sentence}") == names


def test_each_talk_of_a_post_has_its_own() -> None:
    text = "# Acme Week\n\n## Queues\n\n- Mira Tolland, Acme\n- a note\n\n## Caches\n\n*by Ben Okri*\n\nWords.\n"
    assert [session.speakers for session in read_post(text, "day-1.md").sessions] == [(MIRA,), (BEN,)]


def test_front_matter_wins() -> None:
    assert found("---\nspeaker: Ben Okri\n---\n# Queues\n\nby Mira Tolland") == (BEN,)


@pytest.mark.parametrize("name", ["Apache Kafka", "Machine Learning", "Das Boot", "Amazon Kinesis", "Las Vegas"])
@pytest.mark.parametrize(
    "form",
    [
        "# {}",
        "# Streams with {}",
        "# ARC301 - Streams with {}",
        "# Deep Dive by {}",
        "# Keynote: {}",
        "# Queues\n\n{}",
        "# Queues\n\n### {}",
        "# Queues\n\nA talk by {} was next.",
    ],
)
def test_no_false_names(form: str, name: str) -> None:
    assert found(form.format(name)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "# ARC301 - Queues with Elastic Beanstalk",
        "# ARC301 - Debugging with Visual Studio",
        "# Queues\n\n### Circuit Breaker",
        "# Queues\n\n### Load Balancing",
        "# Queues\n\n### Active Directory",
        "# Queues\n\nCircuit Breaker",
        "# Queues\n\nBy default everything waits",
        "# Queues by [the book](https://example.com/book)",
        "# Queues\n\nHosts: Linux, Windows",
    ],
)
def test_no_false_names_of_things_that_no_list_knows(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Presented by Mira Tolland", (MIRA,)),
        ("With Mira Tolland and Ben Okri", (MIRA, BEN)),
        ("Speakers: Mira Tolland, Jo van Dam", (MIRA, "Jo van Dam")),
        ("Speakers: Mira Tolland, Ed Wu", (MIRA, "Ed Wu")),
    ],
)
def test_more_forms_of_names(text: str, names: tuple[str, ...]) -> None:
    assert found(f"# Queues\n\n{text}") == names


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("by Mira Tolland", True),
        ("_by [Mira Tolland](https://example.com)_", True),
        ("Speaker: Mira", True),
        ("by the way, it was full", False),
        ("Speaker:", False),
        ("by and large it worked out better than we had thought", False),
        ("", False),
    ],
)
def test_lines_that_say_who_spoke(line: str, *, expected: bool) -> None:
    assert speakers.is_byline(line) == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("Mira Tolland", True), ("Mira Tolland, Acme", True), ("Queues", False), ("Machine Learning", False), ("", False)],
)
def test_headings_that_are_only_names(heading: str, *, expected: bool) -> None:
    assert speakers.names_only(heading) == expected


def test_there_are_never_more_than_a_dozen() -> None:
    names = ", ".join(f"Mira Tolland{letter * 3}" for letter in "abcdefghijklmnop")
    assert len(found(f"# Queues\n\nSpeakers: {names}")) == MAX_SPEAKERS
