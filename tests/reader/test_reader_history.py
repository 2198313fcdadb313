"""The stack of places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reinvent_tui.page.model import Position
from reinvent_tui.reader.history import MOST, History
from reinvent_tui.reader.targets import Place, SearchPlace, SessionTarget, Spot, TakeawaysTarget, Target

TARGETS: st.SearchStrategy[Target] = st.one_of(
    st.integers(1, 4).map(SessionTarget), st.sampled_from(["", "tag:a"]).map(TakeawaysTarget)
)
PLACES = st.builds(
    Place,
    target=TARGETS,
    spot=st.integers(0, 3).map(lambda block: Spot(Position(block, 0))),
    selection=st.sampled_from(["", "tag:a"]),
    search=st.one_of(st.none(), st.just(SearchPlace("zebra", by_day=False, row=2))),
)


def place(row: int) -> Place:
    return Place(SessionTarget(row))


@given(st.lists(PLACES, max_size=20), st.lists(st.integers(1, 3), max_size=20))
def test_back_then_forward_is_the_identity(places: list[Place], steps: list[int]) -> None:
    history = History()
    here = place(0)
    for there in places:
        history.jump(here)
        here = there
    for count in steps:
        walked = [here]
        for _ in range(count):
            before = history.back(walked[-1])
            if before is None:
                break
            walked.append(before)
        for expected in reversed(walked[:-1]):
            here = walked.pop()
            assert history.forward(here) == expected
        here = walked[0]


@given(st.lists(PLACES, max_size=20), st.data())
def test_forward_then_back_is_the_identity(places: list[Place], data: st.DataObject) -> None:
    history = History()
    here = place(0)
    for there in places:
        history.jump(here)
        here = there
    for _ in range(data.draw(st.integers(0, 20))):
        before = history.back(here)
        if before is None:
            break
        here = before
    after = history.forward(here)
    if after is not None:
        assert history.back(after) == here


@given(st.lists(PLACES, max_size=20))
def test_going_somewhere_new_ends_what_was_forward(places: list[Place]) -> None:
    history = History()
    here = place(0)
    for there in places:
        history.jump(here)
        here = there
    history.back(here)
    history.jump(here)
    assert history.forward(place(99)) is None


def test_an_empty_history_goes_nowhere() -> None:
    history = History()
    assert history.back(place(1)) is None
    assert history.forward(place(1)) is None
    assert list(history.before) == []


def test_a_place_that_is_here_is_passed_over() -> None:
    history = History()
    history.jump(place(1))
    history.jump(place(2))
    assert history.back(place(2)) == place(1)
    assert history.forward(place(1)) == place(2)


def test_the_same_place_twice_is_one() -> None:
    history = History()
    history.jump(place(1))
    history.jump(place(1))
    assert history.back(place(2)) == place(1)
    assert history.back(place(1)) is None


def test_it_forgets_what_is_long_ago() -> None:
    history = History()
    for row in range(MOST + 10):
        history.jump(place(row))
    here = place(MOST + 10)
    count = 0
    while (before := history.back(here)) is not None:
        here = before
        count += 1
    assert count == MOST
    assert here == place(10)
