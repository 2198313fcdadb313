"""A set of rows is what a Python set is, in order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reinvent_tui.index.rowset import RowSet

ROWS = st.sets(st.integers(0, 3000)) | st.sets(st.integers(0, 40)) | st.sets(st.integers(0, 10**6), max_size=5)


@given(ROWS, ROWS)
def test_it_equals_python_sets(one: set[int], two: set[int]) -> None:
    first, second = RowSet.from_rows(one), RowSet.from_rows(two)
    assert list(first) == first.rows() == sorted(one)
    assert len(first) == len(one)
    assert bool(first) == bool(one)
    assert set(first | second) == one | two
    assert set(first & second) == one & two
    assert set(first - second) == one - two
    assert first.count_common(second) == len(one & two)
    assert (first == second) == (one == two)
    assert (first == second) <= (hash(first) == hash(second))


@given(ROWS, st.integers(-2, 3001))
def test_it_knows_what_is_in_it(rows: set[int], row: int) -> None:
    assert (row in RowSet.from_rows(rows)) == (row in rows)


@given(st.lists(st.integers(0, 60)))
def test_it_is_made_of_rows_in_any_order_and_repeated(rows: list[int]) -> None:
    assert RowSet.from_rows(rows) == RowSet.from_rows(iter(rows)) == RowSet.from_rows(set(rows))


@given(ROWS, st.integers(0, 50))
def test_its_flags(rows: set[int], size: int) -> None:
    assert list(RowSet.from_rows(rows).flags(size)) == [row in rows for row in range(size)]


def test_an_empty_one() -> None:
    assert RowSet.EMPTY == RowSet.from_rows(()) == RowSet()
    assert not RowSet.EMPTY
    assert set() != RowSet.EMPTY
    assert repr(RowSet.from_rows([2, 1])) == "RowSet.from_rows([1, 2])"
