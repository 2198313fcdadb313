"""What a heading says beside what was told from it is shown and found."""

from __future__ import annotations

from pathlib import Path

import pytest

from reinvent_tui.index import queries
from reinvent_tui.index.library import open_library
from reinvent_tui.library.files import open_roots
from reinvent_tui.library.heading_rest import rest_of
from reinvent_tui.reader.pages.session import session_page
from support import write_library


@pytest.mark.parametrize(
    ("head", "shown", "text", "links"),
    [
        ("## Queues\n", ["Queues"], "", ()),
        ("Queues\n======\n", ["Queues"], "", ()),
        ("## DAT336 - Queues by Ada Pebble\n", ["Queues", "DAT336", "Ada Pebble"], "", ()),
        ("## 10:30 - Queues\n", ["Queues"], "10:30", ()),
        ("## Queues - Ada Pebble, Mossworks\n", ["Queues", "Ada Pebble"], "Mossworks", ()),
        ("## [Queues](https://example.org/q_(a))\n", ["Queues"], "", ("https://example.org/q_(a)",)),
        ("## Queues ([video](https://x.org/v))\n", ["Queues"], "(video)", ("https://x.org/v",)),
        ("", ["Queues"], "", ()),
        ("# " + "x" * 100_000, ["Queues"], "", ()),
    ],
)
def test_what_is_left_of_a_heading(head: str, shown: list[str], text: str, links: tuple[str, ...]) -> None:
    assert rest_of(head, shown) == (text, links)


def test_it_stands_on_the_page_and_is_found(tmp_path: Path) -> None:
    text = "# Acme Week 2031\n\n## [Queues](https://example.org/qwerty)\n\nOne.\n\n"
    text += "## Pots - Ada Pebble, Mossworks [40 min]\n\nTwo.\n"
    folder = write_library(tmp_path / "notes", {"day.md": text})
    library = open_library(open_roots([folder]), tmp_path / "cache", tmp_path / "topics.yaml")
    library.synchronise()
    with library.connection() as connection:
        rows = list(queries.contents(connection).sessions)
        pages = [details for row in rows if (details := queries.session_details(connection, row)) is not None]
    drawn = [
        "\n".join(document.filled(at).text for at in range(len(document)))
        for document in (session_page(details, whole=True) for details in pages)
    ]
    assert "example.org/qwerty" in drawn[0]
    assert "Mossworks [40 min]" in drawn[1]
    with library.searcher() as searcher:
        for word, row in (("qwerty", rows[0]), ("mossworks", rows[1]), ("40", rows[1])):
            assert [hit.row for hit in searcher.search(word, strict=True).hits] == [row]
    library.close()
