"""The parts of the reader that decide something without a screen."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from reinvent_tui.clean import clean
from reinvent_tui.index.queries import Day, Entry
from reinvent_tui.page.cells import width_of
from reinvent_tui.page.model import Position
from reinvent_tui.reader.commands import MOST, Titles, score
from reinvent_tui.reader.dates import day_label, long_date, reading_minutes
from reinvent_tui.reader.link_kinds import LinkKind, kind_of
from reinvent_tui.tui import themes
from reinvent_tui.tui.editor import command_for
from reinvent_tui.tui.link_labels import labels
from reinvent_tui.tui.outside import open_outside
from reinvent_tui.tui.palette import Palette
from reinvent_tui.tui.widgets.draw import TextSelection
from reinvent_tui.tui.widgets.line_list import cut


@given(st.integers(0, 2000))
def test_no_label_begins_another(count: int) -> None:
    found = labels(count)
    assert len(set(found)) == count
    assert len({len(label) for label in found}) <= 1


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("https://x.y", LinkKind.OUTSIDE),
        ("HTTP://x.y", LinkKind.OUTSIDE),
        ("mailto:a@b.c", LinkKind.OUTSIDE),
        ("javascript:alert(1)", LinkKind.NOWHERE),
        ("file:///etc/passwd", LinkKind.NOWHERE),
        ("data:text/html,x", LinkKind.NOWHERE),
        ("#part", LinkKind.HERE),
        ("other.md#part", LinkKind.LIBRARY),
        ("../a b.md", LinkKind.LIBRARY),
        ("", LinkKind.LIBRARY),
        ("session:12", LinkKind.SESSION),
        ("session:x", LinkKind.NOWHERE),
        ("day:1", LinkKind.DAY),
    ],
)
def test_where_links_lead(target: str, kind: LinkKind) -> None:
    assert kind_of(target) is kind


@pytest.mark.parametrize("target", ["file:///etc/passwd", "--help", "https://x.y/ --flag", "https://x.y/\x1b[2J"])
def test_only_clean_links_are_opened(target: str) -> None:
    assert not open_outside(target)


@pytest.mark.parametrize(
    ("visual", "editor", "command"),
    [
        ("", "vim", ["vim", "+7", "/a b.md"]),
        ("nvim -R", "vim", ["nvim", "-R", "+7", "/a b.md"]),
        ("/usr/bin/nano", "", ["/usr/bin/nano", "+7", "/a b.md"]),
        ("hx", "", ["hx", "/a b.md:7"]),
        ("code", "", ["code", "--wait", "--goto", "/a b.md:7"]),
        ("code -w", "", ["code", "-w", "--goto", "/a b.md:7"]),
        ("my-editor", "", ["my-editor", "/a b.md"]),
        ("'unclosed", "", ["'unclosed", "/a b.md"]),
    ],
)
def test_editors(visual: str, editor: str, command: list[str]) -> None:
    assert command_for("/a b.md", 7, {"VISUAL": visual, "EDITOR": editor}) == command


def test_no_editor_at_all() -> None:
    assert command_for("/a.md", 1, {}) is None


ENTRIES = [
    Entry(1, "Aurora Serverless", "DAT336"),
    Entry(2, "Deep Dive on Aurora", "DAT401"),
    Entry(3, "A Serverless Journey", "SRV409"),
    Entry(4, "Data Protection", "SEC325"),
]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("dat401", [2]),
        ("dat 401", [2]),
        ("DAT", [1, 2, 4]),
        ("aurora", [1, 2]),
        ("aurora deep", [2]),
        ("asrv", [3, 1]),
        ("srv", [3, 1]),
        ("zzz", []),
        ("", []),
    ],
)
def test_going_to_a_session(query: str, rows: list[int]) -> None:
    best = Titles(ENTRIES).best(query)
    assert [entry.row for _, entry in best][: len(rows)] == rows
    assert bool(best) == bool(rows)


LETTERS = st.text(alphabet="ab c1", max_size=6)


@given(
    st.lists(st.tuples(LETTERS, st.sampled_from(["", "A1", "B1C", "a"])), max_size=30).map(
        lambda pairs: [Entry(row, title, code) for row, (title, code) in enumerate(pairs, 1)]
    ),
    st.lists(LETTERS, min_size=1, max_size=5),
)
def test_titles_are_ranked_as_if_each_was_matched_alone(entries: list[Entry], queries: list[str]) -> None:
    titles = Titles(entries)
    for query in queries:
        for end in range(len(query) + 1):  # as it is typed
            typed = query[:end]
            scored = [(score(typed, entry.title, entry.code), entry) for entry in entries]
            expected = sorted((item for item in scored if item[0]), key=lambda item: (-item[0], len(item[1].title)))
            assert titles.best(typed) == expected[:MOST]


def test_a_letter_matches_few_of_many_titles() -> None:
    entries = [Entry(row, f"Talk {row} on {'serverless' if row % 3 else 'storage'}", "") for row in range(1, 2000)]
    best = Titles(entries).best("serverless")
    assert len(best) == MOST
    assert all("serverless" in entry.title for _, entry in best)


@given(st.text(max_size=60), st.integers(0, 70))
def test_a_cut_text_fits_and_says_so(text: str, width: int) -> None:
    line = clean(" ".join(text.split()))
    shown = cut(line, width)
    assert width_of(shown) <= max(width, 0)
    assert shown == line or shown.endswith("…") or width == 0


def test_dates_in_words() -> None:
    day = dt.date(2018, 11, 26)
    assert long_date(day) == "Mon 26 November 2018"
    assert day_label(Day(1, "E", 1, day, 0, 1)) == ("Day 1", "Mon 26 Nov")
    assert day_label(Day(1, "E", 3, None, 0, 1)) == ("Day 3", "")
    assert day_label(Day(1, "E", None, day, 0, 1)) == ("Mon 26 Nov 2018", "")
    assert day_label(Day(1, "E", None, None, 0, 1)) == ("Undated", "")
    assert [reading_minutes(words) for words in (0, 100, 345, 2300)] == [1, 1, 2, 10]


READ = (
    "text",
    "title",
    "meta",
    "tag",
    "h1",
    "h2",
    "h3",
    "h4",
    "table-head",
    "label",
    "code",
    "code-keyword",
    "code-string",
    "code-number",
    "code-name",
    "note-title",
    "warning-title",
    "caution-title",
    "tip-title",
    "important-title",
    "problem",
    "side",
    "side-soft",
    "side-current",
    "status",
    "status-key",
    "footnote",
    "image",
)
QUIET = ("quote", "html", "code-comment", "side-faint", "tag-inferred")


@pytest.mark.parametrize("theme", themes.OWN, ids=lambda theme: theme.name)
def test_our_themes_can_be_read(theme: object) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1 for text; 3 to 1 for what stands back on purpose."""
    assert isinstance(theme, type(themes.DARK))
    palette = Palette(theme)
    for roles, least in ((READ, 4.5), (QUIET, 3.0)):
        for role in roles:
            style = palette.style(role)
            assert style.color is not None
            assert style.bgcolor is not None
            text, ground = (Color.from_rich_color(colour) for colour in (style.color, style.bgcolor))
            assert contrast(text, ground) >= least, role


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of WCAG 2.2."""

    def luminance(colour: Color) -> float:
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", sorted(BUILTIN_THEMES))
def test_every_theme_of_textual_gives_every_role_a_style(name: str) -> None:
    own = Palette(themes.DARK)
    palette = Palette(BUILTIN_THEMES[name])
    assert set(own._styles) == set(palette._styles)
    for mark in range(64):
        palette.style("text", mark, "selected")


def test_a_selection_is_the_text_between_two_places() -> None:
    backwards = TextSelection(Position(3, 5), Position(1, 2))
    assert backwards
    assert backwards.ordered() == (Position(1, 2), Position(3, 5))
    assert backwards.inside(1, 0, 10) == (2, 10)
    assert backwards.inside(2, 0, 10) == (0, 10)
    assert backwards.inside(3, 0, 10) == (0, 5)
    assert backwards.inside(4, 0, 10) == (0, 0)
    assert not TextSelection(Position(1, 1), Position(1, 1))
    assert not TextSelection()
