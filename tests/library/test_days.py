"""Days: dates, numbers and weekdays, however they were written, and nothing guessed."""

from __future__ import annotations

import datetime as dt

import pytest

from reinvent_tui.library.days import (
    date_in,
    filled,
    is_only_a_day,
    joined,
    month_and_day,
    name_order,
    number_in,
    stated_number,
    weekday_in,
    when_in,
)
from reinvent_tui.library.events import Conference, known_conference
from reinvent_tui.library.model import NEVER, When

MONDAY = dt.date(2018, 11, 26)
TUESDAY = dt.date(2018, 11, 27)
IN_2018 = known_conference("re:Invent 2018")
SOME_YEAR = known_conference("re:Invent")


@pytest.mark.parametrize(
    "text",
    [
        "2018-11-26",
        "2018/11/26",
        "2018_11_26",
        "20181126",
        "notes-2018-11-26-queues",
        "2018-11-26T23:20:07Z",
        "26 November 2018",
        "26-Nov-2018",
        "26th of November, 2018",
        "November 26, 2018",
        "NOVEMBER 26 2018",
        "Nov. 26th 2018",
        "Monday 26 November 2018",
        "Nov 26-30, 2018",
        "26.11.2018",
        "26/11/2018",
        "11/26/2018",
        "Written by A. Name on 26 November 2018 in a train",
    ],
)
def test_dates_in_all_written_forms(text: str) -> None:
    assert date_in(text) == MONDAY


@pytest.mark.parametrize(
    "text",
    ["26. November 2018", "November-26-2018", "11-26-2018", "26-11-2018", "26–30 November 2018"],
)
def test_dates_in_more_written_forms(text: str) -> None:
    assert date_in(text) == MONDAY


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1/6/2018", None),
        ("3/4/2018", None),
        ("Monday - 6/12/2021", dt.date(2021, 12, 6)),  # 12 June is a Saturday
        ("Sat 6/12/2021", dt.date(2021, 6, 12)),
        ("Wed 6/12/2021", None),
        ("4/4/2018", dt.date(2018, 4, 4)),
        ("3.4.2018", dt.date(2018, 4, 3)),
        ("2018-1-6", dt.date(2018, 1, 6)),
        ("2018-02-30", None),
        ("2018-15-05", None),
        ("20121-04-29", None),
        ("30/2/2018", None),
        ("26 November", None),
        ("version 2018.11", None),
        ("", None),
    ],
)
def test_a_date_is_one_only_where_it_is_the_only_one_it_can_be(text: str, date: dt.date | None) -> None:
    assert date_in(text) == date


def test_the_first_of_several_dates_counts() -> None:
    assert date_in("2018-11-26, again on 2018-11-27") == MONDAY


def test_the_first_of_several_dates_counts_in_whatever_form() -> None:
    assert date_in("26 November 2018 (put online 2018-12-05)") == MONDAY


@pytest.mark.parametrize(("text", "year"), [("26 November", 2018), ("Nov 26th", 2018), ("November 26, 2018", 1999)])
def test_the_year_may_come_from_elsewhere(text: str, year: int) -> None:
    assert date_in(text, year) == MONDAY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11/29", (11, 29)),
        ("11_29-thurs", (11, 29)),
        ("29 November", (11, 29)),
        ("Nov 29", (11, 29)),
        ("4/4", (4, 4)),
        ("3/4", None),
        ("50/50", None),
        ("talk 1/2/3", None),
    ],
)
def test_dates_without_a_year(text: str, expected: tuple[int, int] | None) -> None:
    assert month_and_day(text) == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Day 2", 2),
        ("day-2", 2),
        ("DAY_2", 2),
        ("Day2", 2),
        ("Day Two", 2),
        ("re:Invent, day seven", 7),
        ("Day 0", 0),
        ("Day 2018", None),
        ("Today 5 talks", None),
        ("3 days", None),
        ("Day D", None),
        ("", None),
    ],
)
def test_numbers_of_days(text: str, number: int | None) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize(("text", "number"), [("2", 2), ("Day 2", 2), ("#2", 2), ("soon", None), ("Day 2 or 3", None)])
def test_a_stated_number_is_all_there_is(text: str, number: int | None) -> None:
    assert stated_number(text) == number


@pytest.mark.parametrize(
    ("text", "weekday"),
    [
        ("Monday", 0),
        ("TUESDAY", 1),
        ("Tues.", 1),
        ("Weds", 2),
        ("thr", 3),
        ("11_29-thurs", 3),
        ("sun", 6),
        ("Monitoring", None),
        ("Wedding", None),
        ("Sunset over Saturn", None),
    ],
)
def test_weekdays(text: str, weekday: int | None) -> None:
    assert weekday_in(text) == weekday


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Monday", When(None, MONDAY)),
        ("Sunday", When(None, dt.date(2018, 11, 25))),
        ("Day 2: Tuesday", When(2, TUESDAY)),
        ("Day 2", When(2)),
        ("11/27", When(None, TUESDAY)),
        ("Nov 27", When(None, TUESDAY)),
        ("Tuesday, November 27th", When(None, TUESDAY)),
        ("Monday, 27 November 2017", When(None, dt.date(2017, 11, 27))),
        ("Queues", NEVER),
    ],
)
def test_a_known_week_gives_the_date(text: str, when: When) -> None:
    assert when_in(text, IN_2018) == when


def test_a_day_before_its_month_is_read_where_no_other_order_is_possible() -> None:
    assert when_in("27/11", IN_2018) == When(None, TUESDAY)


@pytest.mark.parametrize(
    ("text", "event", "when"),
    [
        ("Tuesday", Conference(), When(name="Tuesday")),
        ("Day 2, Tuesday", Conference(), When(2)),
        ("11/29", Conference(), When(name="29 November")),
        ("October 7", SOME_YEAR, When(None, dt.date(2015, 10, 7))),
        ("Tuesday", Conference("Acme Week 2018", 2018), When(name="Tuesday")),
    ],
)
def test_an_unknown_week_gives_a_name(text: str, event: Conference, when: When) -> None:
    assert when_in(text, event) == when


def test_a_weekday_counts_only_where_it_may() -> None:
    assert when_in("What Monday taught us", IN_2018, weekdays=False) == NEVER


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Day 2", True),
        ("Day 2: Tuesday", True),
        ("Day Two - Wednesday 28th November 2018", True),
        ("Monday (Nov 26)", True),
        ("2019-12-02", True),
        ("Day 2 sessions", True),
        ("Day 2 Operations", False),
        ("Monday Night Live", False),
        ("Keynote", False),
        ("2018", False),
        ("", False),
    ],
)
def test_what_is_only_a_day(text: str, *, expected: bool) -> None:
    assert is_only_a_day(text) == expected


@pytest.mark.parametrize("text", ["Day 2 Sessions", "Day 1 Notes", "Notes of Day 2", "Monday 26th", "Tuesday 3rd"])
def test_what_is_only_a_day_too(text: str) -> None:
    assert is_only_a_day(text)


@pytest.mark.parametrize(
    ("found", "result"),
    [
        ((), NEVER),
        ((NEVER, NEVER), NEVER),
        ((NEVER, When(2)), When(2)),
        ((When(2), When(None, TUESDAY)), When(2, TUESDAY)),
        ((When(None, TUESDAY), When(2)), When(2, TUESDAY)),
        ((When(None, MONDAY), When(2, TUESDAY)), When(None, MONDAY)),
        ((When(name="Monday"), When(1)), When(1)),
        ((When(name="Monday"), When(name="Tuesday")), When(name="Monday")),
    ],
)
def test_joined_takes_the_first_and_adds_what_agrees(found: tuple[When, ...], result: When) -> None:
    assert joined(*found) == result


def test_joined_adds_no_date_of_another_day() -> None:
    assert joined(When(2), When(3, dt.date(2018, 11, 28))) == When(2)


@pytest.mark.parametrize(
    ("when", "event", "day"),
    [
        (When(None, TUESDAY), IN_2018, 2),
        (When(None, TUESDAY), SOME_YEAR, 2),
        (When(5, TUESDAY), IN_2018, 5),
        (When(None, dt.date(2018, 12, 24)), IN_2018, None),
        (When(None, dt.date(2017, 11, 27)), IN_2018, None),
        (When(None, TUESDAY), Conference("Acme Week 2018", 2018), None),
        (NEVER, IN_2018, None),
    ],
)
def test_filled_adds_the_number_of_a_date_and_nothing_else(when: When, event: Conference, day: int | None) -> None:
    assert filled(when, event) == When(day, when.date)


def test_names_of_days_sort_as_the_days_do() -> None:
    names = ["Sunday", "1 December", "29 November", "Friday", "Monday", "Some day", "28 November"]
    days = ["Monday", "Friday", "Sunday", "28 November", "29 November", "1 December", "Some day"]
    assert sorted(names, key=name_order) == days


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("06.12. - Thursday", (12, 6)),
        ("Thu 6. 12.", (12, 6)),
        ("6. 12.", None),  # a section
        ("31.6.", None),
        ("1.2.3", None),
        ("version 1.13.", None),
    ],
)
def test_days_and_months_with_dots(text: str, found: tuple[int, int] | None) -> None:
    assert month_and_day(text) == found


def test_a_heading_with_dots_and_a_weekday_is_only_a_day() -> None:
    assert is_only_a_day("06.12. - Thursday")
    assert not is_only_a_day("1.2. Queues")
    assert when_in("06.12. - Thursday", Conference("Acme 2031", 2031)).date == dt.date(2031, 12, 6)
