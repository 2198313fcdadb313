"""What file names say beside a title: the event, the speaker, a date."""

from __future__ import annotations

import pytest

from reinvent_tui.library.draft import draft_of
from reinvent_tui.library.file_events import beginnings, event_in
from reinvent_tui.library.habits import Library
from reinvent_tui.library.model import Session
from reinvent_tui.library.recognise import read_draft
from reinvent_tui.library.titles import from_file_name


def sessions_of(files: dict[str, str], path: str) -> list[Session]:
    library = Library([draft_of(text, at).sketch for at, text in files.items()], "notes")
    return list(read_draft(draft_of(files[path], path), "notes", None, library.habits_of(path)).sessions)


@pytest.mark.parametrize(
    ("stem", "event", "rest"),
    [
        ("2031-05-04-0930-mossconf-growing-ferns", "mossconf", "growing ferns"),
        ("2031-05-04-moss-meetup", "moss meetup", ""),
        ("moss-meetup-2031-05-04", "moss meetup", "05 04"),
        ("MossConf-EU-may31", "MossConf EU", "may31"),
        ("MossConf-AI-in-production", "MossConf", "AI in production"),
        ("fernjam-2031", "fernjam", ""),
        ("MossFest", "MossFest", ""),
        ("2031-mossdays", "mossdays", ""),
        ("moss-camp-2031-keynote", "moss camp", "keynote"),
    ],
)
def test_a_file_name_begins_with_an_event(stem: str, event: str, rest: str) -> None:
    assert event_in(stem) == (event, rest)


@pytest.mark.parametrize(
    "stem",
    [
        *("spring-one-2031-queues", "growing-moss", "notes-2031-05-04", "bigdata-bootcamp", "my-day-2031", "2031", ""),
        *(
            "building-a-conference-app",
            "manifest-v3",
            "autoconf-and-automake",
            "hello-world-2031-intro",
            "meetup-notes",
        ),
        *(
            "icon-2031-set",
            "falcon-2031-launch",
            "2031-live-coding",
            "2031-next-steps",
            "friday-2031-x",
            "k8s-manifest",
        ),
        *(
            "2031-05-02-summit-of-everest",
            "conference-notes",
            "2031-conference-app-architecture",
            "basecamp-performance",
        ),
        *("organising-a-conference-2031-lessons", "three-days-2031-in-paris", "12-factor-apps-summit"),
    ],
)
def test_a_file_name_that_is_a_title_is_no_event(stem: str) -> None:
    assert event_in(stem) == ("", "")


def test_names_that_begin_alike_before_a_year_begin_with_an_event() -> None:
    stems = ["green-one-2031-pots", "green-one-2031-ferns-for-flats", "lichen"]
    assert event_in(stems[0], beginnings(stems)) == ("green one", "pots")
    assert event_in("lichen", beginnings(stems)) == ("", "")
    weeks = ["garden-week-2031-pots", "garden-week-2031-soil"]
    assert event_in(weeks[1], beginnings(weeks)) == ("garden week", "soil")
    # Titles that share their first words are no event.
    assert event_in("how-to-grow", beginnings(["how-to-grow", "how-to-water"])) == ("", "")


def test_the_event_in_a_name_is_that_of_the_talk_and_not_in_its_title() -> None:
    files = {
        "green-one-2031-pots.md": "Clay breathes.\n",
        "green-one-2031-ferns-for-flats.md": "# Ferns for flats\n\nThey like shade.\n",
    }
    (pots,) = sessions_of(files, "green-one-2031-pots.md")
    assert (pots.title, pots.event, dict(pots.origin)["event"]) == ("pots", "green one 2031", "file name")
    (ferns,) = sessions_of(files, "green-one-2031-ferns-for-flats.md")
    assert (ferns.title, ferns.event) == ("Ferns for flats", "green one 2031")


def test_a_folder_goes_before_the_beginning_of_a_file_name() -> None:
    files = {"GardenConf 2031/moss-meetup.md": "# Meeting about moss\n\nText.\n"}
    (session,) = sessions_of(files, "GardenConf 2031/moss-meetup.md")
    assert session.event == "GardenConf 2031"


@pytest.mark.parametrize(
    ("path", "heading", "title", "speakers"),
    [
        ("moss-in-pots.md", "Ada Pebble", "moss in pots", ("Ada Pebble",)),
        ("ada-pebble.md", "Ada Pebble", "Ada Pebble", ()),
        ("01-ada-pebble.md", "Ada Pebble", "Ada Pebble", ()),
        ("ada-pebble-notes.md", "Ada Pebble", "Ada Pebble", ()),
        ("mellow-fern_ada-pebble.md", "Mellow Fern", "Mellow Fern", ("Ada Pebble",)),
        ("growing-moss-ada-pebble.md", "Growing moss", "Growing moss", ()),
        ("growing-moss-takes-courage.md", "Growing moss", "Growing moss", ()),
        ("moss_Ada_Pebble.md", "Growing moss", "Growing moss", ()),
        ("moss-in-pots_Ada_Pebble.md", "Growing moss in pots", "Growing moss in pots", ("Ada Pebble",)),
        ("growing-moss-at-scale.md", "Growing moss", "Growing moss", ()),
    ],
)
def test_a_file_name_and_a_heading_are_title_and_speaker(
    path: str, heading: str, title: str, speakers: tuple[str, ...]
) -> None:
    (session,) = sessions_of({path: f"# {heading}\n\nClay breathes, and holds water.\n"}, path)
    assert session.title == title
    assert set(session.speakers) >= set(speakers)
    if not speakers and title != "Ada Pebble":
        assert session.speakers == ()


def test_the_heading_that_is_only_a_speaker_stays_on_the_page() -> None:
    (session,) = sessions_of({"moss-in-pots.md": "# Ada Pebble\n\nClay.\n"}, "moss-in-pots.md")
    assert "Ada Pebble" in session.source[session.body_start :]
    assert session.speakers == ("Ada Pebble",)


def test_a_date_at_the_end_of_a_name_is_no_title() -> None:
    assert from_file_name("microservices-2031-06-17.md").text == "microservices"
    assert from_file_name("2031-06-17.md").text == "2031 06 17"


@pytest.mark.parametrize(
    ("name", "title", "speakers"),
    [
        ("Growing moss by Ada Pebble", "Growing moss", ("Ada Pebble",)),
        ("Growing moss - Ada Pebble & Bo Stone", "Growing moss", ("Ada Pebble", "Bo Stone")),
        ("Growing moss - Ronan McDonald", "Growing moss", ("Ronan McDonald",)),
        ("Death By Thousand Cuts", "Death By Thousand Cuts", ()),
    ],
)
def test_a_file_name_with_spaces_is_read_as_a_title(name: str, title: str, speakers: tuple[str, ...]) -> None:
    (session,) = sessions_of({f"{name}.md": "Clay breathes, and holds water.\n"}, f"{name}.md")
    assert (session.title, session.speakers) == (title, speakers)


def test_words_of_a_file_name_are_kept_where_the_folder_names_the_event() -> None:
    files = {"PyCon 2031/mossconf-app.md": "Text.\n"}
    (session,) = sessions_of(files, "PyCon 2031/mossconf-app.md")
    assert (session.title, session.event) == ("mossconf app", "PyCon 2031")
