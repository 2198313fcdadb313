"""What the files of a folder show of each of them."""

from __future__ import annotations

import datetime as dt

import pytest

from reinvent_tui.library.draft import draft_of
from reinvent_tui.library.habits import NO_HABITS, Habits, Library, digest
from reinvent_tui.library.recognise import read_draft

TALK = "# {}\n\n## Choosing a pot\n\n- clay breathes\n- water it\n\n## Resources\n\n- a book\n"


def habits_of(files: dict[str, str], path: str, name: str = "library") -> Habits:
    return Library([draft_of(text, at).sketch for at, text in files.items()], name).habits_of(path)


def titles_of(files: dict[str, str], path: str) -> list[str]:
    habits = habits_of(files, path)
    return [session.title for session in read_draft(draft_of(files[path], path), "library", None, habits).sessions]


def test_a_file_alone_has_none() -> None:
    assert habits_of({"a.md": TALK.format("Moss")}, "a.md") == NO_HABITS
    assert habits_of({}, "a.md") == NO_HABITS


def test_files_of_one_talk_each_are_told_by_each_other() -> None:
    titles = [("a", "Growing moss"), ("b", "Ferns"), ("c", "Lichen")]
    files = {f"talks/{name}.md": TALK.format(title) for name, title in titles}
    habits = habits_of(files, "talks/a.md")
    assert (habits.single, habits.siblings) == (1.0, 2)
    assert set(habits.sections) == {"choosing-a-pot", "resources"}
    assert titles_of(files, "talks/a.md") == ["Growing moss"]


def test_folders_that_stand_for_their_readmes_are_siblings() -> None:
    files = {f"talks/{name}/README.md": TALK.format(name) for name in ("moss", "ferns", "lichen")}
    assert habits_of(files, "talks/moss/README.md").single == 1.0
    assert titles_of(files, "talks/moss/README.md") == ["moss"]


def test_what_front_matter_states_needs_no_neighbours() -> None:
    files = {"a.md": "---\nevent: Acme 2018\n---\n# A\n", "b.md": "# B\n", "c.md": "# C\n"}
    assert habits_of(files, "a.md") == NO_HABITS


@pytest.mark.parametrize(
    ("path", "readme", "event", "year"),
    [
        ("2031/mossforum-2k31/m1a-pots.md", "", "mossforum", 2031),
        ("2031-11-MossConf/moss.md", "", "MossConf", 2031),
        ("2031_05 fern days/moss.md", "", "fern days", 2031),
        ("2031-11-20-MossConf/moss.md", "", "MossConf", 2031),
        ("mossconf-2031-10years/moss.md", "", "mossconf 10years", 2031),
        ("2031/gardenjs/talks/moss.md", "", "gardenjs", 2031),
        ("2016/MOSSCON/Day 1/pots.md", "", "MOSSCON", 2016),
        ("talks/moss.md", "# GardenConf 2031 Notes\n", "GardenConf", 2031),
        ("talks/moss.md", "# Notes\n\nNotes from the 2012 MossWorld conference.\n", "MossWorld", 2012),
        ("talks/moss.md", "# Talks\n\nNotes collected at [Moss:Town 2022](https://x.example).\n", "Moss:Town", 2022),
        ("talks/moss.md", "# Conference Notes\n\nMy notes from various conferences.\n", "", None),
        ("talks/moss.md", "# My notes\n\nWritten in 2019.\n", "", None),
        ("talks/moss.md", "# Notes\nNotes from the O'Moss Garden Conference\n", "O'Moss Garden Conference", None),
        ("talks/moss.md", "mossconf-notes\n====\n\nMy notes from Moss Conf 2031-08-15.\n", "mossconf", 2031),
        ("talks/moss.md", "# MossConf UK notes. 2031\n", "MossConf UK", 2031),
        ("talks/moss.md", "# Notes\n\nNotes from sessions at the 2031 East Moss Conference\n", "East Moss", 2031),
        ("talks/moss.md", "# moss-summit-notes\n\nMoss Summit notes from February 2031\n", "moss-summit", 2031),
        ("talks/README.md", "# Talk\n", "", None),
        ("talks/moss.md", "# Notes\nNotes from the Moss and Fern Conference.\n", "Moss and Fern Conference", None),
        ("talks/moss.md", "# MossConf notes\nLast edited 2023. MossConf was great.\n", "MossConf", None),
        ("talks/moss.md", "# moss-summit notes\nMoss Summit was founded in 1999.\n", "moss-summit", None),
    ],
)
def test_folders_and_readmes_name_the_event(path: str, readme: str, event: str, year: int | None) -> None:
    files = {path: TALK.format("Moss"), **({"README.md": readme} if readme else {})}
    habits = habits_of(files, path)
    assert (habits.event, habits.year) == (event, year)


def test_folders_of_conferences_are_events() -> None:
    files = {"Moss Days/a.md": "# A\n", "Fern Week/b.md": "# B\n"}
    assert habits_of(files, "Moss Days/a.md", "conference-notes").event == "Moss Days"
    assert habits_of(files, "Moss Days/a.md", "garden").event == ""


def test_a_readme_gives_the_days_of_the_event() -> None:
    files = {"a/moss.md": "# Moss\n", "a/README.md": "# GardenConf 2031\n\nOctober 27 - 29, 2031, in town\n"}
    habits = habits_of(files, "a/moss.md")
    assert (habits.first, habits.last) == (dt.date(2031, 10, 27), dt.date(2031, 10, 29))


def test_an_index_gives_titles_and_days_however_its_links_are_written() -> None:
    links = "Thursday, May 8, 2031\n- [Growing Moss] ([Ada Pebble])\n\n[Growing Moss]: talks/moss.md\n"
    readme = f"# GardenConf 2031\n\n{links}"
    assert habits_of({"talks/moss.md": "# Moss\n", "README.md": readme}, "talks/moss.md").title == "Growing Moss"
    entries = read_draft(draft_of(readme, "README.md")).entries
    assert [(entry.target, entry.when.date) for entry in entries] == [("talks/moss.md", dt.date(2031, 5, 8))]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["3-12-31", "3-13-31"], "month"),
        (["13-3-31", "12-3-31"], "day"),
        (["05_05_31", "05_06_31"], "month"),
        (["05_05_31", "06_05_31"], "day"),
        (["03-04-31"], "unknown"),
    ],
)
def test_the_order_of_month_and_day_is_that_of_neighbours(names: list[str], expected: str) -> None:
    files = {f"{name}/moss.md": "# Moss\n" for name in names}
    first = habits_of(files, f"{names[0]}/moss.md").month_first
    assert first is {"month": True, "day": False, "unknown": None}[expected]


def test_speakers_at_the_end_of_titles_are_told_by_their_shape() -> None:
    files = {
        "a.md": "# growing moss (ada pebble)\n",
        "b.md": "# ferns for flats (bo stone / @bo)\n",
        "c.md": "# lichen (cy sand)\n",
    }
    habits = habits_of(files, "b.md")
    assert habits.tail == "brackets"
    (session,) = read_draft(draft_of(files["b.md"], "b.md"), "", None, habits).sessions
    assert (session.title, session.speakers) == ("ferns for flats", ("bo stone",))


def test_the_digest_changes_with_the_habits_and_only_with_them() -> None:
    assert digest(Habits(sections=("a", "b"))) == digest(Habits(sections=("a", "b")))
    assert digest(Habits()) != digest(Habits(event="Acme"))
