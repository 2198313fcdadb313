"""Single fields in whatever form they were written."""

from __future__ import annotations

import datetime as dt

import pytest

from reinvent_tui.library import fields
from reinvent_tui.library.front_matter_formats import Node


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2018-11-26", dt.date(2018, 11, 26)),
        ("2018-11-26T23:20:07Z", dt.date(2018, 11, 26)),
        ("2018-11-26 23:20:07 -0800", dt.date(2018, 11, 26)),
        ("2018/1/6", dt.date(2018, 1, 6)),
        ("2018-02-30", None),
        ("2019-15-05", None),
        ("20121-04-29", None),
        ("26 November", None),
        ("", None),
    ],
)
def test_dates(text: str, date: dt.date | None) -> None:
    assert fields.parse_date(text) == date


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("dat336", "DAT336"),
        ("DEV 203", "DEV203"),
        ("NET-312", "NET312"),
        ("SRV305-R1", "SRV305-R1"),
        ("own id", "own id"),
        (["x"], ""),
    ],
)
def test_codes(value: Node, code: str) -> None:
    assert fields.code(value) == code


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Ada Lovelace", ("Ada Lovelace",)),
        ("Ada, Alan; Grace and Edsger & Donald", ("Ada", "Alan", "Grace", "Edsger", "Donald")),
        (["Ada", "Ada", ""], ("Ada",)),
        ([{"name": "Ada"}, {"title": "x"}], ("Ada",)),
        ({"name": "Ada"}, ("Ada",)),
        ("", ()),
    ],
)
def test_names(value: Node, names: tuple[str, ...]) -> None:
    assert fields.names(value) == names


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({"tags": "a, b c, a"}, ["a", "b-c"]),
        ({"tags": "a b c"}, ["a", "b", "c"]),
        ({"tags": ["Big Data", "", "2018"]}, ["big-data", "2018"]),
        ({"categories": ["x"], "keywords": "y"}, ["y", "x"]),
        ({"tags": {"a": "b"}}, []),
        ({"tags": ["x" * 100, "ok"]}, ["ok"]),
        ({}, []),
    ],
)
def test_tags(values: dict[str, Node], names: list[str]) -> None:
    assert [tag.name for tag in fields.tags(values)] == names
