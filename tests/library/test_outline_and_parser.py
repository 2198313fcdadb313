"""Headings found line by line are those that markdown-it finds: same level, same text, same line.

The outline is several times as fast as a parse and knows less. Where the two differ is listed here
(``DIFFERENCES``), and looked for in real notes, in Markdown made up by Hypothesis and in examples.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reinvent_tui.library.files import open_roots, read_text, walk
from reinvent_tui.library.front_matter import split
from reinvent_tui.library.outline import headings
from reinvent_tui.page.parse import parser
from reinvent_tui.paths import bundled_posts
from scoring import CORPORA

TESTS = Path(__file__).resolve().parents[1]
LONGEST = 20_000
"""Lines of a file that is worth a parse here."""

Headings = list[tuple[int, str, int]]

DIFFERENCES: dict[str, tuple[str, Headings, Headings]] = {
    # What it is: an example, what the outline finds, what the parser finds.
    "HTML that is not closed by an empty line hides headings (CommonMark 0.31 §4.6)": (
        "<div>\n# a\n</div>",
        [(1, "a", 1)],
        [],
    ),
    "the contents of <style> and <script> are no headings": (
        "<style>\n#page code {\n</style>",
        [(1, "page code {", 1)],
        [],
    ),
    "a heading indented as far as the text of a list item is in the item": ("- a\n\n  ## b", [(2, "b", 2)], []),
    "a fence in a list item ends with the item": ("- a\n  ```\n# b", [], [(1, "b", 2)]),
    "an underline of a single character is taken for a slip": ("a\n=", [], [(1, "a", 0)]),
    "several lines over an underline are a paragraph and a rule": ("a\nb\n---", [], [(2, "a\nb", 0)]),
    "a row of tags or too many # is never underlined": ("#x #y\n---", [], [(2, "#x #y", 0)]),
    "a line of a table is never underlined": ("| a |\n===", [], [(1, "| a |", 0)]),
    "a rule is underlined like any line": ("***\n===", [(1, "***", 0)], []),
    "a definition is underlined like any line": ("[a]: b\n===", [(1, "[a]: b", 0)], []),
}
IN_REAL_NOTES = {
    # Files of the corpora in which one of these differences occurs.
    "blog-serverless/posts/2018-04-03-guide-to-distributed-teams.md",
    "blog-solita/_posts/2020-12-05-data-quality-with-r.md",
    "odd-files/catalog-92-sessions-japanese.md",
    "odd-files/catalog-92-sessions-one-file.md",
    "odd-files/dashes-rule-not-frontmatter.md",
    "odd-files/line-157595-chars-1.4MB.md",
}


def outlined(text: str) -> Headings:
    return [(heading.level, heading.text, heading.line) for heading in headings(text.split("\n"))[0]]


def parsed(text: str) -> Headings:
    """Return the headings of the page's own parser that are in no list and no quotation."""
    tokens = parser().parse(text)
    return [
        (int(token.tag[1]), tokens[index + 1].content, token.map[0])
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map
    ]


def bodies(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield path and text of each post, without its front matter."""
    roots = open_roots([folder])
    for state in sorted(walk(roots, []), key=lambda state: state.path):
        body = split(read_text(state.path)[0])[1]
        if body.count("\n") < LONGEST:
            yield Path(state.path).relative_to(folder).as_posix(), body


def differing(folder: Path) -> set[str]:
    return {path for path, body in bodies(folder) if outlined(body) != parsed(body)}


@pytest.mark.parametrize("example", DIFFERENCES.values(), ids=DIFFERENCES)
def test_known_differences(example: tuple[str, Headings, Headings]) -> None:
    text, by_line, by_parser = example
    assert (outlined(text), parsed(text)) == (by_line, by_parser)


@pytest.mark.parametrize(
    "folder", [bundled_posts(), TESTS / "data" / "recognition", TESTS / "page"], ids=lambda folder: folder.name
)
def test_the_posts_at_hand(folder: Path) -> None:
    assert sum(len(parsed(body)) for _, body in bodies(folder)) > 0
    assert differing(folder) == set()


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not on this machine")
def test_real_notes() -> None:
    assert differing(CORPORA) <= IN_REAL_NOTES


WORDS = st.text(alphabet="ab é中#*_`[]()<>!\\-=.&;:|\t", max_size=12).map(str.strip)
PLAIN = st.text(alphabet="abc é中.,", min_size=1, max_size=12).map(str.strip).filter(bool)
MARKERS = st.integers(1, 7).map(lambda count: "#" * count)
FENCES = st.sampled_from(["```", "````", "~~~", "~~~~~"])

ATX = st.builds("{} {}{}".format, MARKERS, WORDS, st.sampled_from(["", " #", " ###  "]))
SHIFTED = st.builds("{}{}".format, st.sampled_from([" ", "  ", "   "]), ATX)
LOOSE = st.builds("{}{}".format, MARKERS, PLAIN)
UNDERLINED = st.builds("{}\n{}".format, PLAIN, st.sampled_from(["==", "=====", "--", "--------", "---  "]))
INSIDE = st.lists(st.one_of(ATX, LOOSE, UNDERLINED, PLAIN, st.just("")), max_size=4).map("\n".join)
FENCED = st.builds("{0}{2}\n{1}\n{0}".format, FENCES, INSIDE, st.sampled_from(["", "py", " yaml title"]))
COMMENT = st.builds("<!-- {} -->".format, INSIDE.map(lambda text: text.replace("\n\n", "\n")))
INDENTED = ATX.map(lambda line: f"    {line}")
LISTED = st.builds("{} {}".format, st.sampled_from(["-", "*", "1.", "2)", ">"]), st.one_of(PLAIN, MARKERS, ATX))
OTHER = st.sampled_from(
    ["***", "| a | b |\n|---|---|\n| # | c |", "[r]: https://x.y", "<div>\ntext\n</div>", "- a\n- b\n  - c"]
)
BLOCKS = st.one_of(ATX, LOOSE, UNDERLINED, PLAIN, FENCED, COMMENT, INDENTED, LISTED, OTHER)


@given(st.lists(BLOCKS, max_size=8).map("\n\n".join))
def test_any_blocks(text: str) -> None:
    assert outlined(text) == parsed(text)


@given(st.lists(st.one_of(ATX, SHIFTED, LOOSE, PLAIN, FENCED, st.just("")), max_size=12).map("\n".join))
def test_headings_fences_and_text_without_empty_lines(text: str) -> None:
    assert outlined(text) == parsed(text)
