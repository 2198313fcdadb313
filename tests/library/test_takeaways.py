"""Takeaways: the items of the list, or the paragraphs, under the heading that announces them."""

from __future__ import annotations

import pytest

from reinvent_tui.library.recognise import read_post


def takeaways(text: str) -> list[str]:
    return [takeaway.text for takeaway in read_post(f"# Talk\n\n{text}", "talk.md").sessions[0].takeaways]


@pytest.mark.parametrize(
    "heading",
    [
        "Takeaways",
        "Key Takeaways:",
        "TAKEAWAYS",
        "Take-aways",
        "Key points",
        "Lessons learned",
        "Lessons Learnt",
        "Conclusions",
        "Summary",
        "TL;DR",
        "Action items",
        "My key takeaways",
        "**Takeaways**",
    ],
)
def test_headings_that_announce_them(heading: str) -> None:
    assert takeaways(f"### {heading}\n\n- One.\n- Two.\n") == ["One.", "Two."]


@pytest.mark.parametrize("heading", ["Takeaway food", "Summary of changes", "Background", "Points of presence"])
def test_headings_that_do_not(heading: str) -> None:
    assert takeaways(f"### {heading}\n\n- One.\n") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("* One\n* Two", ["One", "Two"]),
        ("1. One\n2) Two\n10. Three", ["One", "Two", "Three"]),
        ("- One\n  goes on\n- Two", ["One goes on", "Two"]),
        ("- One\n\n- Two\n\n- Three", ["One", "Two", "Three"]),
        ("- One\n  - inner\n  - more\n- Two", ["One inner more", "Two"]),
        ("- [x] Done\n- [ ] Open", ["Done", "Open"]),
        ("A paragraph\nof two lines.\n\nAnother.", ["A paragraph of two lines.", "Another."]),
        ("- One\n\nAfter the list.", ["One", "After the list."]),
        ("- One\n\n---\n\nNot any more.", ["One"]),
        ("> - quoted", ["quoted"]),
        ("- **Bold** and [link](http://x.y)", ["Bold and link"]),
        ("", []),
    ],
)
def test_forms(text: str, expected: list[str]) -> None:
    assert takeaways(f"## Takeaways\n\n{text}\n") == expected


def test_they_end_at_the_next_heading() -> None:
    assert takeaways("### Takeaways\n\n- One\n\n#### Sources\n\n- Not this\n") == ["One"]


def test_a_monster_is_cut() -> None:
    assert len(takeaways("### Takeaways\n\n- " + "x" * 50_000)[0]) == 2000
