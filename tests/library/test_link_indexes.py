"""An index of other posts (a README with links) is distinguished from notes, and its entries are read."""

from __future__ import annotations

import datetime as dt

import pytest

from reinvent_tui.library.model import NEVER, IndexEntry, When
from reinvent_tui.library.recognise import read_post

WORDS = "Words on what was said there, and on what was not.\n\n"


def entries(text: str, path: str = "README.md", event: str = "Acme Week") -> tuple[IndexEntry, ...]:
    post = read_post(text, path, event)
    assert post.sessions == ()
    return post.entries


def test_days_come_from_the_headings_over_the_links() -> None:
    text = (
        "# Notes\n\n- [Before](before.md)\n\n"
        "## Day 1\n\n- [Queues](one/queues.md)\n- [DAT336 - Caches](one/caches.md)\n\n"
        "## Day 2: Tuesday\n\n* [Panel](two/panel.md) by Mira Tolland\n\n## Other\n\n1. [After](after.md)\n"
    )
    assert entries(text) == (
        IndexEntry("before.md", NEVER),
        IndexEntry("one/queues.md", When(1)),
        IndexEntry("one/caches.md", When(1), "DAT336"),
        IndexEntry("two/panel.md", When(2)),
        IndexEntry("after.md", NEVER),
    )


def test_a_known_week_gives_the_dates() -> None:
    text = "## Monday\n\n- [A](a.md)\n- [B](b.md)\n\n## Nov 27\n\n- [C](c.md)\n"
    whens = [entry.when for entry in entries(text, event="AWS re:Invent 2018")]
    assert whens == [When(None, dt.date(2018, 11, 26))] * 2 + [When(None, dt.date(2018, 11, 27))]


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("- Day 3: [A](a.md)", When(3)),
        ("- [2019-12-03 A](a.md)", When(None, dt.date(2019, 12, 3))),
        ("| Day 3 | [A](a.md) |", When(3)),
        ("- [What Monday taught us](a.md)", When(1)),
    ],
)
def test_a_line_may_name_its_own_day(line: str, when: When) -> None:
    assert entries(f"## Day 1\n\n{line}\n- [B](b.md)\n")[0].when == when


@pytest.mark.parametrize(
    ("target", "path", "expected"),
    [
        ("a.md", "README.md", "a.md"),
        ("./a.md", "README.md", "a.md"),
        ("a.md#part", "README.md", "a.md"),
        ("a.md?raw=1", "README.md", "a.md"),
        ("two%20words.md", "README.md", "two words.md"),
        ("<a.md>", "README.md", "a.md"),
        ('a.md "a title"', "README.md", "a.md"),
        ("a_(b).md", "README.md", "a_(b).md"),
        ("a.md", "2018/README.md", "2018/a.md"),
        ("../b/a.md", "2018/README.md", "b/a.md"),
        ("/b/a.md", "2018/README.md", "b/a.md"),
        ("day-1/", "README.md", "day-1"),
    ],
)
def test_targets(target: str, path: str, expected: str) -> None:
    assert entries(f"- [A]({target})\n- [B](b.md)\n- [C](c.md)\n", path)[0].target == expected


@pytest.mark.parametrize(
    "link", ["https://example.com/a.md", "mailto:a@example.com", "#part", "//example.com/a", "p.png"]
)
def test_links_to_elsewhere_are_no_entries(link: str) -> None:
    found = entries(f"- [A]({link})\n- [B](b.md)\n- [C](c.md)\n")
    assert [entry.target for entry in found] == ["b.md", "c.md"]


def test_links_in_code_and_sentences_are_no_entries() -> None:
    text = "See [A](a.md) too.\n\n```\n- [B](b.md)\n```\n\n- [C](c.md)\n- [D](d.md) and [E](e.md)\n"
    assert [entry.target for entry in entries(text)] == ["c.md", "d.md"]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (f"# Acme\n\n{WORDS * 3}- [A](a.md)\n- [B](b.md)\n", "README.md"),
        (f"# Acme\n\n{WORDS * 3}- [A](a.md)\n- [B](b.md)\n", "2018/index.md"),
        ("# Talks\n\n- [A](a.md)\n- [B](b.md)\n- [C](c.md)\n", "talks.md"),
        ("# Acme\n\n- [A](a.md)\n", "README.md"),
        ("# Acme\n\nMy notes of a week.\n", "README.md"),
        ("# 2018\n\nNotes.\n", "2018/README.md"),
    ],
)
def test_what_is_an_index(text: str, path: str) -> None:
    post = read_post(text, path)
    assert post.sessions == ()
    assert post.intro == text.strip("\n")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (f"# Queues\n\n{WORDS * 4}See [caches](caches.md).\n\n- one thing\n- another\n", "README.md"),
        (f"# Queues\n\nby Mira Tolland\n\n{WORDS * 20}", "queues/README.md"),
        (f"# Queues\n\n{WORDS * 4}- [A](a.md)\n- [B](b.md)\n", "queues.md"),
        ("# Queues\n\n- [A](https://a.example)\n- [B](https://b.example)\n- [C](https://c.example)\n", "queues.md"),
        ("---\nsessions:\n  Queues: {}\n---\n## Queues\n\n- [A](a.md)\n- [B](b.md)\n", "README.md"),
    ],
)
def test_notes_are_notes_whatever_they_are_called(text: str, path: str) -> None:
    post = read_post(text, path)
    assert [session.title for session in post.sessions] == ["Queues"]
    assert post.entries == () or "README" in path


@pytest.mark.parametrize("path", ["template.md", "talks/TEMPLATE.md", "talks/session-template.md", "_template_.md"])
def test_an_empty_template_is_no_session(path: str) -> None:
    assert entries("# Title\n\nSpeaker:\n\n## Takeaways\n\n-\n", path) == ()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("template.md", f"# Templates\n\n{WORDS * 10}"),
        ("templates.md", "# Templates\n"),
        ("contemplate.md", "# Templates\n"),
    ],
)
def test_notes_on_templates_are_notes(path: str, text: str) -> None:
    assert [session.title for session in read_post(text, path).sessions] == ["Templates"]
