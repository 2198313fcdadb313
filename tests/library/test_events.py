"""Events: known conferences by their names, others as they call themselves."""

from __future__ import annotations

import datetime as dt

import pytest

from reinvent_tui.library.events import Conference, known_conference, self_named_conference, year_in
from reinvent_tui.library.recognise import read_post

WEEKS = [
    (2012, "2012-11-27", 3),
    (2013, "2013-11-12", 4),
    (2014, "2014-11-11", 4),
    (2015, "2015-10-06", 4),
    (2016, "2016-11-28", 5),
    (2017, "2017-11-27", 5),
    (2018, "2018-11-26", 5),
    (2019, "2019-12-02", 5),
    (2021, "2021-11-29", 5),
    (2022, "2022-11-28", 5),
    (2023, "2023-11-27", 5),
    (2024, "2024-12-02", 5),
    (2025, "2025-12-01", 5),
]


@pytest.mark.parametrize(
    "text",
    [
        "re:Invent",
        "RE:INVENT",
        "reInvent",
        "reinvent",
        "re-invent",
        "re_invent",
        "Re Invent",
        "re: Invent",
        "AWS re:Invent",
        "aws-reinvent",
        "AWS_reInvent",
        "#reInvent",
        "My week at AWS re:Invent, told late",
    ],
)
def test_reinvent_in_all_spellings(text: str) -> None:
    assert known_conference(text).name == "AWS re:Invent"


@pytest.mark.parametrize(
    "form", ["AWS re:Invent {}", "aws-reinvent-{}", "reinvent{}", "{} re:Invent", "AWS_reInvent_{}"]
)
@pytest.mark.parametrize(("year", "first", "days"), WEEKS, ids=str)
def test_reinvent_in_all_years(form: str, year: int, first: str, days: int) -> None:
    event = known_conference(form.format(year))
    begin = dt.date.fromisoformat(first)
    assert (event.name, event.year) == (f"AWS re:Invent {year}", year)
    assert event.number_of(begin) == 1
    assert event.number_of(begin + dt.timedelta(days - 1)) == days
    assert event.number_of(begin - dt.timedelta(1)) is None
    assert event.number_of(begin + dt.timedelta(days)) is None
    assert event.date_of(begin.weekday()) == begin


@pytest.mark.parametrize("text", ["AWSreInvent", "awsreinvent", "#AWSreInvent"])
def test_reinvent_in_one_word_with_aws(text: str) -> None:
    assert known_conference(text).name == "AWS re:Invent"


@pytest.mark.parametrize("text", ["Reinventing Storage", "How we reinvented paging", "The reinvention of a queue"])
def test_what_only_begins_like_it_is_no_event(text: str) -> None:
    assert known_conference(text) == Conference()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("re:Invent '18", "AWS re:Invent 2018"),
        ("Seen in 2020: re:Invent 2019", "AWS re:Invent 2019"),
        ("re:Inforce 2019", "AWS re:Inforce 2019"),
        ("AWS Summit 2019 in Berlin", "AWS Summit 2019"),
        ("KubeCon EU 2019", "KubeCon Europe 2019"),
        ("kubecon-na-2019", "KubeCon North America 2019"),
        ("KubeCon 2019", "KubeCon 2019"),
        ("google-io-2019", "Google I/O 2019"),
        ("MS Ignite 2019", "Microsoft Ignite 2019"),
        ("wwdc2019", "WWDC 2019"),
        ("devopsdays", "DevOpsDays"),
        ("pre:invent", ""),
        ("A talk on queues", ""),
        ("", ""),
    ],
)
def test_known_events(text: str, name: str) -> None:
    assert known_conference(text).name == name


@pytest.mark.parametrize(
    ("weekday", "date"),
    [(0, "2018-11-26"), (4, "2018-11-30"), (5, "2018-12-01"), (6, "2018-11-25")],
)
def test_date_of_weekdays_in_and_around_the_week(weekday: int, date: str) -> None:
    assert known_conference("re:Invent 2018").date_of(weekday) == dt.date.fromisoformat(date)


def test_date_of_needs_a_known_week() -> None:
    assert known_conference("re:Invent").date_of(0) is None
    assert known_conference("re:Invent 2011").date_of(0) is None
    assert known_conference("KubeCon 2019").date_of(0) is None
    assert known_conference("re:Invent 2014").date_of(0) == dt.date(2014, 11, 10), "the day before it"
    assert known_conference("re:Invent 2014").date_of(6) is None


def test_number_of_takes_the_year_of_the_date_where_the_event_has_none() -> None:
    assert known_conference("re:Invent").number_of(dt.date(2017, 11, 28)) == 2
    assert known_conference("re:Invent 2018").number_of(dt.date(2017, 11, 28)) is None
    assert Conference("Acme Week 2018", 2018).number_of(dt.date(2018, 11, 28)) is None


def test_year_of_is_the_only_year_that_had_the_day() -> None:
    event = known_conference("re:Invent")
    assert event.year_of(10, 7) == 2015
    assert event.year_of(11, 30) is None
    assert event.year_of(1, 1) is None


def test_in_year_adds_a_year_once() -> None:
    event = known_conference("re:Invent").in_year(2018)
    assert (event.name, event.year) == ("AWS re:Invent 2018", 2018)
    assert event.in_year(2019) == event
    assert Conference().in_year(2018) == Conference()


@pytest.mark.parametrize(
    ("title", "name", "year"),
    [
        ("AcmeConf EU 2015", "AcmeConf EU 2015", 2015),
        ("Acme Summit", "Acme Summit", None),
        ("  FrobFest 2019 ", "FrobFest 2019", 2019),
        ("GizmoCon", "GizmoCon", None),
        ("Third Meetup of the Frob People", "Third Meetup of the Frob People", None),
        ("Notes on re:Invent 2018", "AWS re:Invent 2018", 2018),
        ("A Talk on Queues", "", None),
        ("What nobody says about a summit until the very end of it", "", None),
        ("", "", None),
    ],
)
def test_events_as_they_call_themselves(title: str, name: str, year: int | None) -> None:
    event = self_named_conference(title)
    assert (event.name, event.year) == (name, year)


@pytest.mark.parametrize(
    "title",
    ["Building Silicon at Scale", "Falcon Heavy Data", "Moving Basecamp Away", "How to Run a Good Meeting"],
)
def test_a_talk_is_no_event(title: str) -> None:
    assert self_named_conference(title) == Conference()
    assert read_post(f"# {title}\n\nWords.\n", "talk.md", "Acme Week").event == "Acme Week"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2018", 2018),
        ("acme2018notes", 2018),
        ("'18", 2018),
        ("’19", 2019),
        ("2018 and 2019", 2018),
        ("20188", None),
        ("1234", None),
        ("2050", None),
        ("Acme", None),
    ],
)
def test_years(text: str, year: int | None) -> None:
    assert year_in(text) == year
