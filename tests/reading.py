"""The app as one uses it who knows only the keys: a library with long pages, and what can be seen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from reinvent_tui.index.values import Facet
from reinvent_tui.page.model import Position
from reinvent_tui.reader.targets import LinkMark, Spot, TakeawayMark, TakeawaysTarget
from reinvent_tui.tui.panel import Panel
from support import Using, jobs_on, using, write_library


def _paragraphs(word: str, count: int) -> str:
    return "\n\n".join(f"{word} paragraph {number}: " + "words that fill the line " * 5 for number in range(count))


DAY_1 = f"""---
title: "Day 1: the orchard"
event: TestConf 2018
day: 1
date: 2018-11-26
source: https://example.com/day-1
sessions:
  Alpha Talk:
    code: ALP101
    tags: [apples, pears]
  Beta Talk:
    code: BET202
    tags: [apples, plums]
  Gamma Talk:
    code: GAM303
    tags: [pears]
---

What the day was about.

## Alpha Talk

Read [this](https://example.com/this), [this again](https://example.com/this), then [beta](#beta-talk).

### Takeaways

- Alpha lesson one.
- Alpha lesson two.

### Details

{_paragraphs("Alpha", 12)}

The zebra stands here, far down.

{_paragraphs("Further", 12)}

The last [word](https://example.com/last) of alpha.

## Beta Talk

{_paragraphs("Beta", 20)}

A second zebra is in the middle of this one.

{_paragraphs("Later", 8)}

### Takeaways

- Beta lesson one.

## Gamma Talk

Short, and without a zoo.
"""

DAY_2 = f"""---
title: "Day 2: the market"
event: TestConf 2018
day: 2
date: 2018-11-27
source: https://example.com/day-2
sessions:
  Delta Talk:
    code: DEL404
    tags: [plums]
  Epsilon Talk:
    code: EPS505
    tags: [apples, pears, plums]
---

## Delta Talk

{_paragraphs("Delta", 20)}

Here the third zebra sleeps.

### Takeaways

- Delta lesson one.
- Delta lesson two.

## Epsilon Talk

All of it, briefly.

### Takeaways

1. Epsilon lesson one.
"""

ORCHARD = {"day-1.md": DAY_1, "day-2.md": DAY_2}
TITLES = ["Alpha Talk", "Beta Talk", "Gamma Talk", "Delta Talk", "Epsilon Talk"]
"""In reading order."""


class Reading(Using):
    """The app while a test reads with it, as far as it can be seen."""

    @property
    def spot(self) -> Spot:
        return self.screen.view.spot

    @property
    def at_start(self) -> bool:
        return self.screen.view.position == Position(0, 0)

    @property
    def page_title(self) -> str:
        """The title of the page; empty if there is none."""
        return self.title if self.screen.reader.navigator.page is not None else ""

    @property
    def on_takeaways(self) -> bool:
        return isinstance(self.screen.reader.navigator.target, TakeawaysTarget)

    @property
    def page_has_focus(self) -> bool:
        return self.screen.focused is self.screen.view

    @property
    def bottom(self) -> str:
        """The bottom line, as it is drawn."""
        return self.text.splitlines()[-1]

    @property
    def bottom_keys(self) -> str:
        """The bottom line without what it says on the right."""
        return self.bottom.removesuffix(self.screen.status.line.place).strip()

    @property
    def query(self) -> str:
        """The query that can be seen: in its line, or over the hits; empty if there is none."""
        if self.screen.query_line.display:
            return self.screen.query_line.value
        first = self.text.splitlines()[0]
        return first[: self.screen.hits.size.width].strip(" /") if self.shows_hits else ""

    @property
    def shows_hits(self) -> bool:
        return self.screen.hits.display and self.screen.panes.side.display

    @property
    def shows_sidebar(self) -> bool:
        return self.screen.sidebar.display and self.screen.panes.side.display

    @property
    def shows_topics(self) -> bool:
        return self.screen.topics.display and self.screen.panes.side.display

    @property
    def sidebar_titles(self) -> list[str]:
        """The sessions that the sidebar lists, by their first word."""
        rows = [line[:40] for line in self.text.splitlines()]
        return [title for title in TITLES if any(f"{sign} {title}" in row for row in rows for sign in "·▌")]

    @property
    def marked_in_sidebar(self) -> str:
        """The row of the sidebar with the mark."""
        rows = [line[: self.screen.sidebar.size.width] for line in self.text.splitlines()]
        marked = [row.split("▌")[1].strip() for row in rows if "▌" in row]
        assert len(marked) <= 1, "one mark"
        row = marked[0] if marked else ""
        return next((title for title in TITLES if row.startswith(title)), row)

    @property
    def cursor_in_sidebar(self) -> str:
        """The title of the row under the sidebar's cursor."""
        sidebar = self.screen.sidebar
        row = sidebar.draw(sidebar.cursor, sidebar.size.width)
        text = "".join(segment.text for segment in row)
        return next((title for title in TITLES if title in text), text.strip())

    @property
    def bar_beside(self) -> str:
        """The text with the bar beside it; empty if there is none on the page."""
        left = self.screen.view.region.x
        lines = [line[left:] for line in self.text.splitlines()]
        return " ".join(line.split("▌")[1].strip(" ▐") for line in lines if "▌" in line)

    @property
    def marked_link(self) -> str:
        """Where the link that is drawn as marked leads."""
        mark = self.screen.view.mark
        return mark.target if isinstance(mark, LinkMark) else ""

    @property
    def is_marked(self) -> bool:
        return self.screen.view.mark is not None

    @property
    def marked_takeaway(self) -> str:
        mark = self.screen.view.mark
        return mark.text if isinstance(mark, TakeawayMark) else ""

    @property
    def panel(self) -> Panel[object]:
        """What lies over the reader."""
        assert isinstance(self.app.screen, Panel)
        return self.app.screen

    @property
    def has_panel(self) -> bool:
        return isinstance(self.app.screen, Panel)

    @property
    def panel_rows(self) -> list[str]:
        return [row.text for row in self.panel.list.rows]

    @property
    def clipboard(self) -> str:
        return self.app.clipboard

    @property
    def is_bare(self) -> bool:
        """True with nothing open: the page, the sidebar beside it, nothing marked, narrowed or searched for."""
        screen = self.screen
        return (
            not self.has_panel
            and self.page_has_focus
            and not self.is_marked
            and not screen.view.labels
            and not screen.view.selection
            and self.query == ""
            and not screen.query_line.display
            and not self.shows_topics
            and not self.shows_hits
            and (self.shows_sidebar or self.app.size.width < 80)
            and not self.on_takeaways
            and not screen.reader.query
        )

    async def scroll(self, rows: int = 7) -> Spot:
        """Scroll the page, and return where it is then."""
        await self.press(*["j"] * rows)
        return self.spot

    async def search(self, text: str) -> None:
        """Type a query, from anywhere, in place of what stands in the line."""
        await self.press("slash", "ctrl+a", "ctrl+k")
        await self.type(text)

    async def choose(self, *topics: str) -> None:
        """Pick topics in their pane, which is open."""
        for topic in topics:
            await self.type(topic)
            await self.press("enter")
            await self.rest()

    async def open_topics(self, *topics: str) -> None:
        """Open the pane and pick topics in it."""
        await self.press("t")
        await self.rest()
        await self.choose(*topics)

    async def narrow(self, *topics: str) -> None:
        """Narrow the library to topics, and go back into the page."""
        await self.open_topics(*topics)
        await self.press("escape")
        await self.rest()

    async def mark(self, target: str) -> None:
        """Mark the first link from here on that leads to ``target``."""
        for _ in range(40):
            await self.press("l")
            if target in self.marked_link:
                return
        raise AssertionError(target)

    async def go_to(self, title: str) -> None:
        """Read a session, by the palette."""
        await self.press("ctrl+p")
        await self.type(title)
        await self.press("enter")
        await self.rest()

    @property
    def picked(self) -> list[str]:
        """The topics that are chosen, as their pane shows them."""
        topics = self.screen.topics
        lines = ["".join(seg.text for seg in topics.draw(at, 40)) for at in range(topics.count)]
        return [topics.names[at] for at, line in enumerate(lines) if line.lstrip().startswith("+")]

    @property
    def facet(self) -> Facet:
        return self.screen.topics.facet


@asynccontextmanager
async def reading(
    folder: Path, size: tuple[int, int] = (110, 30), files: Mapping[str, str] | None = None
) -> AsyncIterator[Reading]:
    """Read a library that is written below ``folder``."""
    (folder / "library").mkdir()
    library = write_library(folder / "library", files if files is not None else ORCHARD)
    with jobs_on(folder / "cache", library) as jobs:
        async with using(Reading, jobs, size) as on:
            yield on
