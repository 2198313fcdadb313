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


def texts_of(text: str) -> list[str]:
    return [takeaway.text for session in read_post(text, "queues.md").sessions for takeaway in session.takeaways]


@pytest.mark.parametrize(
    "label",
    [
        *(
            "Concluding remarks",
            "My conclusion",
            "Moral",
            "Actual moral",
            "Moral of the story",
            "Wrapping up",
            "Wrap-up",
        ),
        *("Messages of the talk", "Key messages to take home", "Lesson 3"),
    ],
)
def test_other_words_for_takeaways(label: str) -> None:
    assert texts_of(f"# Queues\n\nNotes.\n\n## {label}\n\n- Wait.\n") == ["Wait."]


def test_sections_under_takeaways_are_takeaways() -> None:
    lessons = "### Wait\n\nIt is worth it.\n\n### Serve\n\n- one\n- two\n"
    found = texts_of(f"# Queues\n\nNotes.\n\n## Key Takeaways\n\n{lessons}\n## Links\n\n- x\n")
    assert found == ["Wait: It is worth it.", "Serve: one two"]


def test_a_part_ends_takeaways_whatever_its_level() -> None:
    assert texts_of("# Queues\n\nx\n\n## Takeaways\n\n- Wait.\n\n### References\n\n- a book\n") == ["Wait."]


def test_an_item_may_be_a_label() -> None:
    assert texts_of("# Queues\n\n- They are long.\n- Conclusion\n\n  - Wait.\n") == ["Wait."]


@pytest.mark.parametrize("rest", ["---\n\n- They are long.\n", "## Notes\n\n- They are long.\n"])
def test_an_abstract_above_the_notes_is_none(rest: str) -> None:
    assert texts_of(f"# Queues\n\nMira Tolland\n\n## Summary\n\nWe shall hear of queues.\n\n{rest}") == []


def test_a_summary_at_the_end_is_takeaways() -> None:
    assert texts_of("# Queues\n\n## Notes\n\n- They are long.\n\n## Summary\n\nWait.\n") == ["Wait."]


def test_empty_items_and_tags_of_templates_are_none() -> None:
    assert texts_of("# Queues\n\nx\n\n## Takeaways\n\n- \n-\n{% asset_img q.png %}\n{{ figure }}\n- Wait.\n") == [
        "Wait."
    ]


@pytest.mark.parametrize("lesson", ["sun -> moss -> roof", "keep x < 3 and y > 2", "List<String> is fine", "a > b"])
def test_no_sign_of_a_takeaway_is_lost(lesson: str) -> None:
    assert texts_of(f"# Queues\n\nx\n\n## Takeaways\n\n- {lesson}\n") == [lesson]
    assert texts_of(f"# Queues\n\nx\n\n> **Takeaways**\n>\n> - {lesson}\n") == [lesson]


def test_a_short_line_over_another_list_ends_them() -> None:
    assert texts_of(
        "# Queues\n\n## Key insights\n\n1. Wait.\n   * always\n\nCosts\n* many\n\n- Recap\n  - Serve.\n"
    ) == [
        "Wait. always",
        "Serve.",
    ]


def test_headings_below_a_list_of_takeaways_are_notes() -> None:
    assert texts_of("# Queues\n\n## Takeaways\n\n- Wait.\n\n### Costs\n\n- many\n") == ["Wait."]


def test_a_question_may_announce_them() -> None:
    assert texts_of("# Queues\n\nx\n\n## What are the biggest lessons you've learned?\n\n1. Wait.\n") == ["Wait."]
