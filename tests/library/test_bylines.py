"""Lines of names, and names at the end of titles."""

from __future__ import annotations

import pytest

from reinvent_tui.library.bylines import byline, is_confirmed
from reinvent_tui.library.recognise import read_post
from reinvent_tui.library.tails import common_shape, people, tail_of


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ada Pebble, Mossworks", ("Ada Pebble",)),
        ("_Bo Stone and Cy Sand_", ("Bo Stone", "Cy Sand")),
        ("Di Reed & El Rock", ("Di Reed", "El Rock")),
        ("Gil SEDGE - @gil", ("Gil SEDGE",)),
        ("-- By Ada Pebble", ("Ada Pebble",)),
        ("Ada Pebble - Gardener @ Mossworks", ("Ada Pebble",)),
        ("**Cy Sand (Greyco), Di Reed (Reedco)**", ("Cy Sand", "Di Reed")),
        ("Ada Pebble, ThornBot, [@ada](https://x.example/ada)", ("Ada Pebble",)),
        ("Kyle d'Olivet - Engineer @ Acme", ("Kyle d'Olivet",)),
        ("Val Head - @val", ("Val Head",)),
        ("Ada Pebble @ada pebble.info", ("Ada Pebble",)),
        ("Bo Stone stones.blog", ("Bo Stone",)),
        ("Moss is slow, and so are ferns.", ()),
        ("A line that only talks of Ada Pebble", ()),
        ("https://example.org/ada", ()),
        ("", ()),
    ],
)
def test_a_line_of_names(line: str, names: tuple[str, ...]) -> None:
    assert byline(line) == names


def test_only_more_than_a_name_confirms_a_line() -> None:
    assert is_confirmed("Ada Pebble, Mossworks")
    assert is_confirmed("Ada Pebble - @ada")
    assert not is_confirmed("Ada Pebble")


def test_all_speakers_of_several_lines_are_found() -> None:
    first = "## Growing Moss in a Flat\nAda Pebble - Gardener @ Mossworks\nBo Stone - Botanist @ Fernco\n\nMoss.\n"
    second = "## Ferns for All\nCy Sand - Botanist @ Fernco\n\nGreen.\n"
    post = read_post(f"# Acme Conf 2018\n\n{first}\n{second}", "notes.md")
    assert [session.speakers for session in post.sessions] == [("Ada Pebble", "Bo Stone"), ("Cy Sand",)]


def test_names_that_begin_the_abstract_are_speakers() -> None:
    text = "# Devenir mousse\n\nConference\n\n## Abstract\n\n- Bo Stone\n- Cy Sand\n\nOn ferns.\n\n## Notes\n\n- x\n"
    (session,) = read_post(text, "moss.md").sessions
    assert session.speakers == ("Bo Stone", "Cy Sand")


@pytest.mark.parametrize("heading", ["Potting Mixes", "About Me", "Log Files"])
def test_a_section_is_no_speaker(heading: str) -> None:
    text = f"# Growing Moss: the basics\n\n## {heading}\n\n- clay\n\n## Resources\n"
    (session,) = read_post(text, "moss.md").sessions
    assert session.speakers == ()


@pytest.mark.parametrize(
    ("title", "shape", "names", "rest"),
    [
        ("Growing Moss (Ada Pebble, Mossworks)", "", ("Ada Pebble",), "Growing Moss"),
        ("Growing Moss | Ada Pebble (9:10am)", "", ("Ada Pebble",), "Growing Moss"),
        ("Moss - Ada Pebble - Mossworks", "", ("Ada Pebble",), "Moss"),
        ("lichen - cy sand (greyco)", "dash", ("cy sand",), "lichen"),
        ("lichen - cy sand (greyco)", "", (), "lichen - cy sand (greyco)"),
        ("Growing Moss -- Pebble", "dash", ("Pebble",), "Growing Moss"),
        ("Type Systems - The Good, Bad and Ugly", "dash", (), "Type Systems - The Good, Bad and Ugly"),
        ("Moss in Ruby (EN)", "brackets", (), "Moss in Ruby (EN)"),
    ],
)
def test_a_speaker_at_the_end_of_a_title(title: str, shape: str, names: tuple[str, ...], rest: str) -> None:
    assert tail_of(title, shape) == (names, rest)


def test_one_title_shows_no_shape() -> None:
    assert common_shape(["moss (ada pebble)"]) == ""
    assert common_shape(["moss (ada pebble)", "ferns (bo stone)", "lichen (cy sand)", "pots"]) == "brackets"


def test_companies_and_handles_are_no_people() -> None:
    assert people("Ada Pebble & Bo Stone, Fernco") == ("Ada Pebble", "Bo Stone")
    assert people("a subtitle of the talk") == ()
