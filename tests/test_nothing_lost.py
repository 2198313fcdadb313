"""Whatever stands on the page of a session is found by the search."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reinvent_tui.index.library import open_library
from reinvent_tui.index.words import folded, indexed
from reinvent_tui.library.days import is_only_a_day, number_in
from reinvent_tui.library.files import open_roots, read_text, walk
from reinvent_tui.library.front_matter import split
from reinvent_tui.library.heading_rest import SMALL, rest_of_session
from reinvent_tui.library.load import load_all
from reinvent_tui.library.model import Post
from reinvent_tui.library.outline import plain
from reinvent_tui.library.recognise import read_post
from reinvent_tui.library.searchable import searchable, without_comments
from reinvent_tui.page.document import Document
from reinvent_tui.paths import topics_file
from scoring import CORPORA
from support import write_library

OURS = frozenset({"image", "without", "description", ""})
"""Words that the page itself adds; and the empty one, which some characters of no word are folded to."""
LONGEST_WORD = 50
"""Longer ones the page may cut: names of images, lines without a space."""


def on_page(body: str, references: str = "") -> set[str]:
    """Return the words on a page."""
    document = Document(body, references)
    texts = (document.filled(index).text for index in range(len(document)))
    return {word for text in texts for word in folded(indexed(text))}


def in_index(body: str, references: str = "") -> set[str]:
    """Return the words that are indexed of a session's text."""
    return set(folded(indexed(f"{searchable(body)}\n\n{searchable(references)}")))


FRAGMENTS = (
    *(
        "word",
        " ",
        " ",
        "\n",
        "\n\n",
        "**",
        "*",
        "_",
        "~~",
        "`",
        "```\n",
        "    ",
        "- ",
        "> ",
        "# ",
        "1. ",
        "|",
        "\n|---|---|\n",
    ),
    *(
        "<b>",
        "</b>",
        "<br>",
        "<!-- said -->",
        "<!-- ",
        " -->",
        "&eacute;",
        "&amp;",
        "&#233;",
        "&lt;",
        "\\",
        "é",
        "東京",
        " c++ ",
    ),
    *(
        "[one](two.md)",
        "![three](four.png)",
        "[",
        "](",
        ")",
        "<https://five.example/six>",
        " https://seven.example/eight ",
    ),
    *("Nine", "10", "un", "bound", ":rocket:", " C# ", "{#id}", "a->b"),
)


@settings(derandomize=True, max_examples=600)  # with markup of no sense at all a page may still have a word of its own
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))
@example("**un**bound and server*ful* caf&eacute;")
@example("un[bound](x.md) and [bro](x.md)[ken](y.md) and [**Final T**](x)**houghts**")
@example("![over two\nlines](x.png)")
@example("`<!-- shown -->` and ```\n<!-- too -->\n```")
@example("text\n\n    <!-- code -->")
@example("<!-- no end\n\ntext")
@example("| a |\n|---|\n| b | beyond |")
def test_any_words_on_a_page_are_indexed(markdown: str) -> None:
    missing = on_page(markdown) - in_index(markdown) - OURS
    assert missing == set()


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    assert on_page(text) - in_index(text) - OURS == set()


@pytest.mark.parametrize(
    ("markdown", "word"),
    [
        ("Slides are [here](https://slides.example/1).\n\nRun `kubectl drain` first.", "kubectl"),
        ("[x](y)\n\n```\naws s3api\n```", "s3api"),
        ("[x](y)\n\n~~~sh\naws s3api\n~~~", "s3api"),
        ("It is at https://docs.walrus.example/guide/install.html.", "install"),
        ("<https://slides.example/deck>", "deck"),
        ("![diagram of the pipeline](flow.png)", "pipeline"),
        ("![diagram](flow.png)", "flow"),
        ("[Read it](https://target.example/paper)", "paper"),
        ("| A |\n|---|\n| one | walrus |", "walrus"),
        ("<div>in a box</div>", "box"),
    ],
)
def test_words_in_code_addresses_and_tables_are_indexed(markdown: str, word: str) -> None:
    assert word in in_index(markdown)


def test_a_footnote_from_elsewhere_in_the_post_is_found(tmp_path: Path) -> None:
    text = "# Day\n\n## One\n\nSaid so[^a], and [`Socket`][s]s.\n\n## Two\n\nNo.\n\n[^a]: By a walrus.\n[s]: https://x.example\n"
    folder = write_library(tmp_path / "notes", {"a.md": text})
    library = open_library(open_roots([folder]), tmp_path / "cache", topics_file())
    try:
        library.synchronise()
        with library.searcher() as searcher:
            found = searcher.search("walrus said", strict=True)
            assert [hit.row for hit in found.hits] == [hit.row for hit in searcher.search("sockets", strict=True).hits]
            assert found.total == 1
    finally:
        library.close()


@pytest.mark.parametrize(
    "markdown",
    [
        "First part.\n\n<!-- more -->\n\nSecond part.<!-- check this number --> It goes on.",
        "<!-- prettier-ignore -->\nText",
        "<!--\nover\n\nlines\n-->\n\nText",
        "- item <!-- hidden -->\n- <!-- alone -->",
    ],
)
def test_comments_are_neither_shown_nor_found(markdown: str) -> None:
    hidden = {"more", "check", "number", "prettier", "over", "lines", "hidden", "alone"}
    assert not on_page(markdown) & hidden
    assert not in_index(markdown) & hidden
    assert on_page(markdown) & {"first", "text", "item"}


@pytest.mark.parametrize(
    "text", ["<!-- " * 200_000, "a --> " + "<!-- " * 200_000, "`<!--` " * 100_000, "<!-- x --> " * 100_000]
)
def test_any_number_of_comments_takes_time_in_proportion(text: str) -> None:
    assert len(searchable(text)) <= 2 * len(text)  # it would not end in a test's time otherwise


@pytest.mark.parametrize(
    "text",
    [
        "See https://example.org/%E6%97%85/%C3%BCber-uns for more",
        "See [the page](https://example.org/%E6%97%85) for more",
        "<https://example.org/stra%C3%9Fe?a=%20b>",
        "50% of 20%, and %zz, %E6, %FF%FF",
    ],
)
def test_addresses_are_found_as_they_read(text: str) -> None:
    assert {word for word in on_page(text) if len(word) < LONGEST_WORD} <= in_index(text)


def test_any_number_of_encoded_characters_takes_time_in_proportion() -> None:
    assert len(searchable("%E6%97" * 100_000)) < 3 * 600_000
    assert len(searchable("x" * 300_000 + "%E6")) < 700_000


def test_a_comment_without_an_end_is_text() -> None:
    text = "Before\n\n<!-- here it\n\ngoes on"
    assert {"here", "goes"} <= on_page(text)
    assert {"here", "goes"} <= in_index(text)


def test_cells_beyond_the_header_are_drawn() -> None:
    text = "| Service | Price |\n|---|---|\n| Lambda | 0.20 | free for a walrus |\n| Pipes | `left|right` |\n| one |"
    assert {"walrus", "right"} <= on_page(text)
    assert {"walrus", "right"} <= on_page("> " + text.replace("\n", "\n> "))
    assert {"walrus", "right"} <= on_page("- item\n\n  " + text.replace("\n", "\n  "))


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not on this machine")
def test_words_of_real_notes_are_indexed() -> None:
    words: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for folder in sorted(path for path in CORPORA.iterdir() if path.name.startswith(("new-", "odd"))):
        roots = open_roots([folder])
        for post in load_all(walk(roots, []), roots):
            introductions = [post.introduction] if post.introduction is not None else []
            for kind, session in [
                *(("session", one) for one in post.sessions),
                *(("intro", one) for one in introductions),
            ]:
                shown = {word for word in on_page(session.body, session.references) if len(word) < LONGEST_WORD}
                words[kind] += len(shown)
                lost[kind] += len(shown - in_index(session.body, session.references) - OURS)
    assert words["session"] > 10_000
    assert words["intro"] > 3_000
    assert not +lost


WORD = re.compile(r"[^\W_]+")
NO_WORDS = re.compile(r"\]\([^()]*\)|<[^<>]*>|\{[^{}]*\}|:\w+:")


def lost_words(post: Post, markdown: str) -> set[str]:
    """Return the words of a file's text that stand on no page of its post."""
    parts = [post.title, post.intro]
    for session in (*post.sessions, *([post.introduction] if post.introduction else [])):
        head = session.source[: session.body_start]
        rest = rest_of_session(session)
        parts += [session.title, session.body, session.references, session.code, *session.speakers]
        # A line of tags is shown as tags; anchors, tags and attributes of a heading are no words.
        parts += [rest.text, *rest.links, session.source[slice(*session.tag_line)], *NO_WORDS.findall(head)]
    # A heading that only names a day is the day's name in the sidebar.
    lines = [line for line in without_comments(markdown).split("\n") if not (line.startswith("#") and _is_day(line))]
    # Markup may stand in a word of a heading.
    words = set(WORD.findall("\n".join(lines)))
    words &= set(WORD.findall("\n".join(plain(line) if line.startswith("#") else line for line in lines)))
    lost = words - set(WORD.findall("\n".join(parts)))
    return {word for word in lost if word.casefold() not in SMALL}  # of a heading; they say nothing by themselves


def _is_day(heading: str) -> bool:
    return is_only_a_day(heading.strip("# ")) or number_in(heading) is not None


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not on this machine")
def test_words_of_real_files_stand_on_their_pages() -> None:
    words = 0
    lost = {}
    for folder in sorted(path for path in CORPORA.iterdir() if path.is_dir()):
        roots = open_roots([folder])
        for state, post in zip(walk(roots, []), load_all(walk(roots, []), roots), strict=True):
            body = split(read_text(state.path)[0])[1]
            words += len(set(WORD.findall(body)))
            if missing := lost_words(post, body):
                lost[f"{folder.name}/{post.path}"] = sorted(missing)[:5]
    assert words > 100_000
    assert lost == {}


LINES = (
    *("# Acme Conf 2018", "## Day 1", "## Day 2", "### Alpha talk", "### Beta talk by Ada Pebble", "## Gamma"),
    *("words here", "- item", "**Delta**", "> quoted", "Takeaways:", "by Bo Stone", "DAT336 - Epsilon", "| a | b |"),
    *("---", "", "```", "Zeta", "# Project setup", "npm install", "[one](two.md)", "=====", "-----"),
)


@given(st.lists(st.sampled_from(LINES), max_size=14))
def test_words_of_any_file_stand_on_its_pages(lines: list[str]) -> None:
    text = "\n".join(lines)
    for path in ("notes.md", "app/README.md", "day-1.txt"):
        # Between two rules at the top stands front matter.
        assert lost_words(read_post(text, path), split(text)[1]) == set()
