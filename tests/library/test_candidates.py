"""Which headings begin a session: one small text for each shape in which people write notes."""

from __future__ import annotations

import pytest

from reinvent_tui.library.model import Session
from reinvent_tui.library.recognise import read_post

WORDS = "Words on what was said there, and on what was not.\n"


def sessions(text: str, path: str = "notes.md", event: str = "Acme Week") -> tuple[Session, ...]:
    """Return the sessions of ``text``, in which a dot stands for a paragraph."""
    return read_post(text.replace("\n.\n", f"\n\n{WORDS}\n"), path, event).sessions


def titles(text: str, path: str = "notes.md", event: str = "Acme Week") -> list[str]:
    return [session.title for session in sessions(text, path, event)]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("# Queues\n.\n", "queues.md"),
        ("# Queues\n\nby Mira Tolland\n\n## Waiting\n.\n## Serving\n.\n", "queues.md"),
        ("# DAT336 - Queues\n\n## Waiting\n.\n## Serving\n.\n", "dat336.md"),
        ("# Queues\n\nDAT336\n\n## Waiting\n.\n## Serving\n.\n", "notes.md"),
        ("# Queues\n\n2019-12-03 10:15\n\n## Waiting\n.\n## Serving\n.\n", "notes.md"),
        ("# Queues\n\n### Waiting\n.\n### Serving\n.\n", "notes.md"),
        ("---\ntitle: Queues\nspeaker: Mira Tolland\n---\n## Waiting\n.\n## Serving\n.\n", "notes.md"),
        ("---\ntitle: Queues\n---\n## Waiting\n.\n## Serving\n.\n", "notes.md"),
        ("Queues\n\nWords without a heading.\n", "notes.txt"),
        ("Queues\n======\n\nWords.\n", "notes.md"),
    ],
)
def test_one_talk_per_file(text: str, path: str) -> None:
    (session,) = sessions(text, path)
    assert (session.title, session.id) == ("Queues", path)


@pytest.mark.parametrize(
    "part",
    [
        "Introduction",
        "Agenda",
        "Demo",
        "Q&A",
        "Questions",
        "Takeaways",
        "Summary",
        "Background",
        "Conclusion",
        "Abstract",
    ],
)
def test_parts_of_a_talk_make_the_other_headings_parts_too(part: str) -> None:
    assert titles(f"# Queues\n\n## {part}\n.\n## Waiting\n.\n## Serving\n.\n") == ["Queues"]
    assert titles(f"# Queues\n\n## Waiting\n.\n## Serving\n.\n## {part}\n.\n") == ["Queues"]


@pytest.mark.parametrize("part", ["Sources", "Links", "Slides", "Photos", "References", "See also", "Thanks"])
def test_a_part_is_no_talk_among_talks(part: str) -> None:
    assert titles(f"# Acme Week 2018\n\n## Queues\n.\n## Caches\n.\n## {part}\n.\n") == ["Queues", "Caches"]


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("Acme Week 2018", "acme.md"),
        ("AWS re:Invent", "acme.md"),
        ("AcmeConf", "acme.md"),
        ("Day 1", "acme.md"),
        ("Talks I heard", "acme.md"),
        ("My Week", "day-1.md"),
    ],
)
def test_a_heading_for_each_talk_under_the_title(title: str, path: str) -> None:
    text = f"# {title}\n.\n## Queues\n.\n### Waiting\n.\n## Caches\n.\n"
    assert titles(text, path) == ["Queues", "Caches"]
    assert [session.line for session in sessions(text, path)] == [5, 13]


def test_several_titles_with_bylines() -> None:
    text = "# Queues\n\nby Mira Tolland\n.\n## Waiting\n.\n# Caches\n\n*by [Ben Okri](https://example.com)*\n.\n"
    assert [(session.title, session.speakers) for session in sessions(text)] == [
        ("Queues", ("Mira Tolland",)),
        ("Caches", ("Ben Okri",)),
    ]


def test_bylines_in_the_headings() -> None:
    text = "## Queues by [Mira Tolland](https://a.example)\n.\n## Caches by [Ben Okri](https://b.example)\n.\n"
    assert [(session.title, session.speakers) for session in sessions(text)] == [
        ("Queues", ("Mira Tolland",)),
        ("Caches", ("Ben Okri",)),
    ]


def test_a_small_heading_with_a_name_is_a_byline() -> None:
    text = "## Queues\n### Mira Tolland\n.\n## Caches\n### Ben Okri\n.\n"
    assert [(session.title, session.speakers) for session in sessions(text)] == [
        ("Queues", ("Mira Tolland",)),
        ("Caches", ("Ben Okri",)),
    ]


def test_days_over_talks() -> None:
    text = (
        "# Acme Week\n.\n## Day 1\n.\n### Queues\n.\n#### Waiting\n.\n### Caches\n.\n### Takeaways\n.\n"
        "## Day 2: Tuesday\n\n### Panel\n.\n## Afterwards\n.\n"
    )
    found = sessions(text)
    assert [(session.title, session.day) for session in found] == [("Queues", 1), ("Caches", 1), ("Panel", 2)]
    assert "Day 2" not in found[1].source


@pytest.mark.parametrize("days", [("Monday", "Tuesday"), ("Nov 26", "Nov 27"), ("2018-11-26", "2018-11-27")])
def test_days_by_their_dates_over_talks(days: tuple[str, str]) -> None:
    text = f"# AWS re:Invent 2018\n\n## {days[0]}\n\n### Queues\n.\n## {days[1]}\n\n### Caches\n.\n"
    assert [(session.title, session.day) for session in sessions(text)] == [("Queues", 1), ("Caches", 2)]


def test_labelled_talks_with_codes_and_links_under_days() -> None:
    text = (
        "# My re:Invent 2018\n\n## Day 1\n\n### Session: [DAT336 - Queues](https://example.com/q)\n.\n"
        "### Session: [NET312-R1 - Caches](https://example.com/c)\n.\n"
        "## Day 2\n\n### Session: [ARC301 - Panel](https://example.com/p)\n.\n"
    )
    assert [(session.title, session.code, session.day) for session in sessions(text)] == [
        ("Queues", "DAT336", 1),
        ("Caches", "NET312-R1", 1),
        ("Panel", "ARC301", 2),
    ]


def test_breaks_are_no_talks() -> None:
    text = "# Acme Week\n\n## Day 1\n\n### Queues\n.\n### Lunch\n.\n## Day 2\n\n### Coffee break\n.\n### Panel\n.\n"
    assert titles(text) == ["Queues", "Panel"]


def test_a_labelled_talk_beside_the_days_is_one() -> None:
    assert titles("## Day 1\n\n### Session: Queues\n.\n## Keynote: Caches\n.\n") == ["Queues", "Keynote: Caches"]


@pytest.mark.parametrize("groups", [("Talks", "Links"), ("Morning", "Afternoon"), ("Track A", "Track B")])
def test_talks_under_what_groups_them(groups: tuple[str, str]) -> None:
    text = f"# Acme Week 2018\n\n## {groups[0]}\n\n### Queues\n.\n### Caches\n.\n## {groups[1]}\n.\n"
    assert titles(text)[:2] == ["Queues", "Caches"]


def test_days_without_talks_are_sessions() -> None:
    text = "# Acme Week\n\n## Day 1\n.\n## Day 2\n.\n"
    assert [(session.title, session.day) for session in sessions(text)] == [("Day 1", 1), ("Day 2", 2)]


def test_underlined_headings() -> None:
    text = "Acme Week 2018\n==============\n.\nQueues\n------\n.\nCaches\n------\n.\n"
    assert titles(text) == ["Queues", "Caches"]


def test_headings_without_a_space() -> None:
    assert titles("#Acme Week 2018\n.\n##Queues\n.\n##Caches\n.\n") == ["Queues", "Caches"]


def test_bold_lines_in_a_row_of_letters() -> None:
    text = "# Acme Week\n.\n**A. Queues**\n.\n**Takeaways**\n\n- Wait.\n\n**B. Caches**\n.\n**C. Panel**\n.\n"
    found = sessions(text)
    assert [session.title for session in found] == ["Queues", "Caches", "Panel"]
    assert [takeaway.text for takeaway in found[0].takeaways] == ["Wait."]


def test_headings_in_a_row_of_letters() -> None:
    assert titles("# My Week\n\n## A. Queues\n.\n### Waiting\n.\n## B. Caches\n.\n") == ["Queues", "Caches"]


def test_codes_in_bold_lines() -> None:
    assert titles("# My Week\n.\n**DAT336 - Queues**\n.\n**NET312 - Caches**\n.\n") == ["Queues", "Caches"]


def test_bold_lines_alone_are_parts() -> None:
    assert titles("# Queues\n.\n**Waiting**\n.\n**Serving**\n.\n") == ["Queues"]


def test_no_heading_at_all_but_rows_of_signs() -> None:
    text = "Queues Without Tears\n.\n##########\n.\n##########\n.\n"
    (session,) = sessions(text, "notes.txt")
    assert session.title == "Queues Without Tears"
    assert session.body.count("##########") == 2


@pytest.mark.parametrize("text", ["", "\n\n", "Words.\n", "- one\n- two\n", "```\n# no heading\n```\n"])
def test_whatever_there_is_is_one_session(text: str) -> None:
    assert titles(text) == ["notes"]


@pytest.mark.parametrize(("first", "second"), [("10:00 Queues", "11:30 Caches"), ("S3 Deep Dive", "V8 Internals")])
def test_talks_keep_their_names(first: str, second: str) -> None:
    found = titles(f"# Acme Week 2018\n\n## {first}\n.\n## {second}\n.\n")
    assert found in ([first, second], ["Queues", "Caches"])


def test_days_with_ordinals_over_talks() -> None:
    text = "# AWS re:Invent 2018\n\n## Monday 26th\n\n### Queues\n.\n## Tuesday 27th\n\n### Caches\n.\n"
    assert [(session.title, session.day) for session in sessions(text)] == [("Queues", 1), ("Caches", 2)]


def test_a_talk_on_day_2_operations_was_not_on_day_2() -> None:
    (session,) = sessions("# Day 2 Operations for Small Teams\n.\n", "day-2-operations.md")
    assert session.day is None
