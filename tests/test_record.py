"""Records: values whose classes cost nothing to make."""

from __future__ import annotations

from reinvent_tui.record import Record


class Point(Record):
    x: int
    y: int = 2


class Other(Record):
    x: int
    y: int = 2


class Nothing(Record):
    pass


class NothingElse(Record):
    pass


def test_fields_come_in_order_by_name_or_by_default() -> None:
    assert (Point(1).x, Point(1).y) == (1, 2)
    assert Point(1, 3).y == Point(1, y=3).y == Point(x=1, y=3).y == 3
    match Point(4, 5):
        case Point(x, y=5):
            assert x == 4
        case _:
            raise AssertionError


def test_equal_are_those_of_one_class_with_the_same_values() -> None:
    assert Point(1) == Point(1, 2)
    assert hash(Point(1)) == hash(Point(1, 2))
    assert Point(1) != Point(2)
    assert Point(1) != Other(1)
    assert Nothing() != NothingElse()
    assert Nothing() == Nothing()


def test_a_record_can_be_read_and_changed_into_another() -> None:
    assert repr(Point(1)) == "Point(x=1, y=2)"
    assert Point(1).replaced(y=7) == Point(1, 7)
