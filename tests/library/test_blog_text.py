"""Text saved from a blog page: no markup, only lines that stand alone between paragraphs."""

from __future__ import annotations

import datetime as dt

import pytest

from reinvent_tui.library.blog_text import read_blog_text
from reinvent_tui.library.model import Post
from reinvent_tui.library.recognise import read_post

TITLE, SUBTITLE = "Acme Week - Day 1", "What I saw, heard and ate"
NAMES = ["Queues Without Tears", "Caches at Night", "The Long Panel"]
LESSONS = ["Takeaways", "- Measure first.\n- Then cut."]
BYLINE = "Written by A. Name on 5 December 2019"


def prose(topic: str) -> str:
    return (
        f"The {topic} took most of an hour, with numbers from the field and the story of what broke first, and why. "
        "Somebody asked about the bill after that, and the answer was as long as the question had been short."
    )


BEGINNING = [TITLE, SUBTITLE, prose("train")]
TALKS = [NAMES[0], prose("queue"), prose("second queue"), NAMES[1], prose("cache"), *LESSONS, NAMES[2], prose("panel")]
WHOLE = [*BEGINNING, *TALKS, "* * *", BYLINE]


def read(parts: list[str], path: str = "week/saved.txt") -> Post:
    return read_post("\n\n".join(parts) + "\n", path, "Acme Week")


def test_it_is_read_whole() -> None:
    post = read(WHOLE)
    assert (post.title, post.author, post.day, post.date) == (TITLE, "A. Name", 1, dt.date(2019, 12, 5))
    assert [session.title for session in post.sessions] == NAMES
    assert {(session.event, session.day, session.date) for session in post.sessions} == {
        ("Acme Week", 1, dt.date(2019, 12, 5))
    }
    assert post.problems == ()


def test_its_takeaways_are_those_of_the_talk_they_stand_under() -> None:
    lessons = [[takeaway.text for takeaway in session.takeaways] for session in read(WHOLE).sessions]
    assert lessons == [[], ["Measure first.", "Then cut."], []]


def test_no_text_is_lost_and_none_stands_twice() -> None:
    post = read(WHOLE)
    shown = "\n".join([post.title, post.intro, *(session.source for session in post.sessions)])
    for part in WHOLE:
        assert shown.count(part) == 1
    assert post.intro.startswith(f"{SUBTITLE}\n\n{BEGINNING[2]}")
    assert BYLINE in post.intro


def test_its_lines_are_those_of_the_file() -> None:
    lines = ("\n\n".join(WHOLE)).split("\n")
    for session in read(WHOLE).sessions:
        assert lines[session.line - 1] == session.title


@pytest.mark.parametrize("row", ["* * *", "***", "*****", "---", "- - -", "_ _ _", "=====", "~ ~ ~", "· · ·", "• • •"])
def test_a_row_of_signs_ends_the_last_talk(row: str) -> None:
    parts = [*BEGINNING, *TALKS, row, BYLINE]
    found = read_blog_text("\n\n".join(parts).split("\n"))
    assert found is not None
    assert "\n\n".join(parts).split("\n")[found.end] == row


@pytest.mark.parametrize(
    ("line", "author", "date"),
    [
        ("Written by A. Name on 5 December 2019", "A. Name", dt.date(2019, 12, 5)),
        ("Written by A. Name on December 5, 2019.", "A. Name", dt.date(2019, 12, 5)),
        ("_Posted by Mira Tolland on 2019-12-05_", "Mira Tolland", dt.date(2019, 12, 5)),
        ("Posted on December 5th, 2019", "", dt.date(2019, 12, 5)),
        ("Published by Mira Tolland", "Mira Tolland", None),
        ("By Mira Tolland | 5 Dec 2019", "Mira Tolland", dt.date(2019, 12, 5)),
        ("By Mira Tolland", "Mira Tolland", None),
        ("Thanks for reading!", "", None),
    ],
)
def test_bylines(line: str, author: str, date: dt.date | None) -> None:
    post = read([*BEGINNING, *TALKS, line])
    assert (post.author, post.date) == (author, date)
    assert [session.title for session in post.sessions] == NAMES


@pytest.mark.parametrize("after", [["Share this"], ["About me", "Mira writes."], ["Tags: queues", "2 Comments"]])
def test_nothing_of_a_footer_is_a_talk(after: list[str]) -> None:
    assert [session.title for session in read([*WHOLE, *after]).sessions] == NAMES


@pytest.mark.parametrize(
    "line",
    ["Photo: the hall", "Monday", "Conclusion", "https://example.com/a", "and then", "* * *", "Lunch;", "- a note"],
)
def test_lines_that_are_no_name_of_a_talk(line: str) -> None:
    parts = [*BEGINNING, *TALKS[:3], line, prose("walk"), *TALKS[3:]]
    assert [session.title for session in read(parts).sessions] == NAMES


@pytest.mark.parametrize("name", ["Why Queues?", "2 Ways to Wait", "Queues (and Caches)", "Ünder the Hood"])
def test_lines_that_are(name: str) -> None:
    assert [session.title for session in read([*WHOLE[:3], name, prose("walk"), *TALKS]).sessions] == [name, *NAMES]


def test_a_name_without_prose_under_it_is_none() -> None:
    assert [session.title for session in read([*BEGINNING, *TALKS, "The End", "Bye."]).sessions] == NAMES


def test_a_subtitle_is_not_needed() -> None:
    post = read([TITLE, prose("train"), *TALKS, BYLINE])
    assert [session.title for session in post.sessions] == NAMES
    assert post.intro.startswith("The train took")


def test_names_may_stand_between_long_lines_without_empty_ones() -> None:
    text = "\n".join([TITLE, "", prose("train"), NAMES[0], prose("queue"), NAMES[1], prose("cache")])
    assert [session.title for session in read_post(text, "saved.txt").sessions] == NAMES[:2]


def test_a_date_that_is_not_near_the_event_is_when_it_was_written() -> None:
    post = read(["AWS re:Invent 2019 - Day 2", *WHOLE[1:-1], "Written by A. Name on 20 January 2020"])
    assert (post.event, post.author, post.day, post.date) == ("AWS re:Invent 2019", "A. Name", 2, dt.date(2019, 12, 3))


def test_front_matter_goes_before_what_the_page_says() -> None:
    text = "---\ntitle: My Week\nauthor: Ben Okri\n---\n" + "\n\n".join(WHOLE)
    post = read_post(text, "saved.txt")
    assert (post.title, post.author) == ("My Week", "Ben Okri")


@pytest.mark.parametrize(
    "parts",
    [
        ["Milk", "Eggs", "Bread", "Butter", "Two apples", "Call the bank", "Sleep"],
        ["Milk\nEggs\nBread\nButter\nTwo apples\nCall the bank\nSleep"],
        [TITLE, NAMES[0], "It was good.", NAMES[1], "It was too.", NAMES[2], "So was this."],
        [TITLE, prose("train"), NAMES[0], prose("queue"), prose("cache")],
        [TITLE, *(prose(word) for word in ("train", "queue", "cache", "panel"))],
        ["x = {", "y = 2", prose("code"), "}", "z();", prose("more"), "end;"],
        [],
    ],
)
def test_other_texts_are_none(parts: list[str]) -> None:
    assert read_blog_text("\n\n".join(parts).split("\n")) is None
    assert len(read(parts).sessions) == 1


def test_a_text_with_headings_is_none() -> None:
    text = "\n\n".join(["# Acme", *TALKS])
    assert [session.title for session in read_post(text, "saved.md").sessions] == ["Acme"]


EVENT_TITLE, WRITTEN = "AWS re:Invent - Day 1", "Written by Ada Pebble on 27 November 2018"
QUEUE, CACHE, PANEL = prose("queue"), prose("cache"), prose("panel")
HEAD = (EVENT_TITLE, SUBTITLE, prose("train"))
WITH_PARTS = (
    *(NAMES[0], QUEUE, "What it is about", prose("second queue"), *LESSONS),
    *(NAMES[1], CACHE, "What it is for", prose("second cache"), NAMES[2], PANEL),
)
NUMBERED = (f"1. {NAMES[0]}", QUEUE, "The bill", prose("bill"), f"2. {NAMES[1]}", CACHE, f"3. {NAMES[2]}", PANEL)
NAMED = (NAMES[0], QUEUE, NAMES[1], CACHE, NAMES[2], PANEL)
LAYOUTS = {
    "no empty lines": ("\n", (*HEAD, *NAMED, WRITTEN)),
    "numbered headings": ("\n\n", (*HEAD, *NUMBERED, WRITTEN)),
    "parts of each talk": (
        "\n\n",
        (
            *HEAD[:2],
            "Session summaries of the first day",
            HEAD[2],
            *WITH_PARTS,
            "* * *",
            "By Ada Pebble, 27 November 2018",
        ),
    ),
    "a German by-line": ("\n\n", (*HEAD, *NAMED, "Geschrieben von Ada Pebble am 27. November 2018")),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_other_layouts_give_the_same_sessions(layout: str) -> None:
    between, parts = LAYOUTS[layout]
    post = read_post(between.join(parts), "saved.txt", "saved")
    assert [session.title for session in post.sessions] == NAMES
    assert (post.event, post.author) == ("AWS re:Invent 2018", "Ada Pebble")
    assert prose("train") in post.intro
    # The title counts the day; the by-line says when it was written.
    assert {(session.day, session.date) for session in post.sessions} == {(1, dt.date(2018, 11, 26))}
