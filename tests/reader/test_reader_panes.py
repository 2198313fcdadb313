"""Panes, and the tables of what Esc and Tab mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reinvent_tui.reader.effects import Pane
from reinvent_tui.reader.panes import ESCAPE, NARROW, TAB, Exit, Lists, Panes, State


@pytest.mark.parametrize(
    ("state", "does"),
    [
        (State.TYPING, Exit.CANCEL_SEARCH),
        (State.FINDING, Exit.LEAVE_FIND),
        (State.HITS, Exit.CLOSE_HITS),
        (State.HIT, Exit.CLOSE_HITS),
        (State.TOPICS, Exit.CLOSE_TOPICS),
        (State.SIDEBAR, Exit.TO_PAGE),
        (State.TAKEAWAYS, Exit.LEAVE_TAKEAWAYS),
        (State.NARROWED, Exit.CLEAR_SELECTION),
        (State.ALONE, Exit.SHOW_LISTS),
        (State.EMPTY, Exit.NOTHING),
    ],
)
def test_esc(state: State, does: Exit) -> None:
    assert ESCAPE[state] is does


def test_every_state_has_its_keys() -> None:
    assert set(ESCAPE) == set(TAB) == set(State)


@pytest.mark.parametrize(
    ("state", "hits", "topics", "pane"),
    [
        (State.TYPING, True, False, Pane.HITS),
        (State.TYPING, False, False, Pane.PAGE),
        (State.HIT, True, False, Pane.HITS),
        (State.TOPICS, False, True, Pane.PAGE),
        (State.NARROWED, False, False, Pane.SIDEBAR),
        (State.TAKEAWAYS, False, False, Pane.SIDEBAR),
        (State.PAGE, False, False, Pane.SIDEBAR),
        (State.SIDEBAR, False, False, Pane.PAGE),
        (State.SIDEBAR, False, True, Pane.TOPICS),
        (State.HITS, True, False, Pane.PAGE),
    ],
)
def test_tab(state: State, pane: Pane, *, hits: bool, topics: bool) -> None:
    panes = Panes()
    panes.has_hits, panes.has_topics = hits, topics
    assert panes.next_pane(state) is pane


EVENTS = st.one_of(
    st.sampled_from([Pane.PAGE, Pane.SIDEBAR, Pane.HITS, Pane.TOPICS]).map(lambda pane: ("go_to", pane)),
    st.sampled_from(["toggle_lists", "toggle_alone", "begin_search", "show_hits", "end_search"]).map(
        lambda name: (name, None)
    ),
    st.integers(20, 200).map(lambda width: ("resized", width)),
)


@given(st.lists(EVENTS, max_size=30))
def test_what_has_the_focus_can_be_seen(happened: list[tuple[str, object]]) -> None:
    panes = Panes()
    for name, argument in happened:
        if argument is Pane.HITS and not panes.has_hits:
            continue
        if argument is Pane.TOPICS:
            panes.has_topics = True
        if argument is Pane.SIDEBAR and panes.has_hits:
            continue
        if name == "show_hits" and panes.focus is Pane.SIDEBAR:
            continue
        getattr(panes, name)(*([] if argument is None else [argument]))
        if name == "end_search":
            panes.go_to(Pane.PAGE)
        layout = panes.layout
        seen = {
            Pane.PAGE: True,
            Pane.QUERY: layout.query,
            Pane.HITS: layout.side and layout.hits,
            Pane.SIDEBAR: layout.side and layout.sidebar,
            Pane.TOPICS: layout.side and layout.topics,
        }
        assert seen[panes.focus], (name, argument, panes.focus, layout)
        assert layout.hits is not layout.sidebar


def test_a_search_puts_the_lists_back_as_they_were() -> None:
    panes = Panes()
    panes.toggle_lists()
    assert panes.lists is Lists.HIDDEN
    panes.begin_search()
    panes.show_hits()
    assert panes.layout.side
    panes.end_search()
    assert panes.lists is Lists.HIDDEN


def test_on_a_narrow_screen_the_lists_lie_over_the_page_while_they_are_in_use() -> None:
    panes = Panes()
    panes.resized(NARROW - 1)
    assert not panes.layout.side
    panes.go_to(Pane.SIDEBAR)
    assert panes.layout.side
    panes.go_to(Pane.PAGE)
    assert not panes.layout.side


def test_a_page_alone_has_nothing_beside_it() -> None:
    panes = Panes()
    panes.toggle_alone()
    layout = panes.layout
    assert (layout.side, layout.splitter, layout.status) == (False, False, False)
    panes.toggle_alone()
    assert panes.layout.side


def test_a_list_that_was_clicked_just_before_the_screen_got_narrow_stays_in_sight() -> None:
    panes = Panes()
    panes.resized(100)
    panes.resized(40)
    assert not panes.layout.side
    panes.take_focus(Pane.SIDEBAR)
    assert panes.layout.side
    assert panes.focus is Pane.SIDEBAR
