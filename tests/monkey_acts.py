"""What the monkey has to play with, and what it does next: libraries, keys, and random acts."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple

from reinvent_tui.tui.app import ReaderApp
from reinvent_tui.tui.panel import Panel, PanelList
from reinvent_tui.tui.screen import ReaderScreen
from reinvent_tui.tui.widgets.query_line import QueryLine
from reinvent_tui.tui.widgets.searchable_page import SearchablePage
from reinvent_tui.tui.widgets.sidebar import Sidebar
from reinvent_tui.tui.widgets.topic_list import TopicList
from support import DAY_1, DAY_2, long_session

HOSTILE: dict[str, str | bytes] = {
    "a-markup.md": "# [bold]A[/bold] [link=x]\n\n[/] [@click=app.quit]quit[/]\n\n### Takeaways\n\n- [/b] it\n",
    "b-controls.md": "# Esc \x1b[2J and \x9b31m \u202e bidi\n\n\x07bell\x00 zero\u200b wide \ud7ff\n\n* * *\n",
    "c-wide.md": f"# 漢字かな 👩‍👩‍👧‍👦 \u0301x\n\n{'ｆｕｌｌ ' * 80}\n\n### Takeaways\n\n- {'長' * 200}\n- é\u0301\n",
    "d-broken.md": "---\ntitle: [unclosed\ndate: 2019-15-05\ntags: {a: *b}\n# Broken\n\nText [x](#no) [y](gone.md).\n",
    "e-table.md": "# T\n\n|a|b|\n|-|-|\n|" + "x" * 300 + "|[l](https://e.com)|\n\n```python\ndef f():\n\treturn 1\n",
    "f-bytes.md": b"\xff\xfe\x00# Latin \xe9\n\n\x80\x81\n",
    "g-empty.md": "",
    "h-long.md": "# One line\n\n" + "word " * 5000,
    "DAT336 [x] same.md": "# Same\n\nTags: a/b, a/c, #x\n\nText.\n",
    "sub/DAT336 [x] same.md": "# Same\n\nTags: a/b\n\nText.\n",
}
SEVERAL: dict[str, str | bytes] = {
    f"{event}/day-{day}.md": f"---\nevent: {event}\nday: {day}\ndate: {event[-4:]}-11-{day:02}\n---\n"
    + "".join(
        f"\n## Talk {talk} of {event}\n\nTags: {'aurora' if talk % 2 else 'lambda'}, t{talk}\n\nScaling, see "
        f"[other](day-{3 - day}.md#talk-{talk}).\n\n### Takeaways\n\n- Lesson {talk}.\n- Scaling {day}.\n"
        for talk in range(1, 6)
    )
    for event in ("ReConf 2018", "ReConf 2019", "OtherConf 2019")
    for day in (1, 2)
}
LIBRARIES: dict[str, dict[str, str | bytes]] = {
    "posts": {},
    "tiny": {"day-1.md": DAY_1, "day-2.md": DAY_2},
    "empty": {},
    "hostile": dict(HOSTILE),
    "events": {**SEVERAL, "long.md": long_session(30)},
}
NEW_POSTS: tuple[str | bytes, ...] = (DAY_1, DAY_2, "", "# New\n\nA scaling talk.\n", *HOSTILE.values())

WORDS = (
    "aurora",
    "scaling",
    "the",
    "a",
    "zzzz",
    '"a',
    "tag:aurora ",
    "day:1",
    "-x",
    "keynote ",
    "DAT",
    "(",
    "[/]",
    "漢",
)
ODD_KEYS = (
    *(f"f{number}" for number in range(1, 13)),
    *(f"ctrl+{letter}" for letter in "abdeghijklmnorstuvwxy"),
    *(f"alt+{key}" for key in ("left", "right", "up", "1", "2", "9", "x", "backspace")),
    *("shift+tab", "ctrl+left", "ctrl+right", "ctrl+home", "shift+left", "delete", "insert", "ctrl+at", "ctrl+c"),
)
MOUSE = {"click": 3, "double": 4, "drag": 4, "wheel-down": 3, "wheel-up": 3, "history": 2, "check": 0, "wait": 0}
QUITS = ("q", "ctrl+q")


class Act(NamedTuple):
    """One thing that the monkey does, with all that chance decided for it."""

    kind: str
    words: tuple[str, ...] = ()


def size_of(act: Act) -> int:
    """Return how many events an act is."""
    return len(act.words) if act.kind == "keys" else 5 if act.kind == "close" else MOUSE.get(act.kind, 1)


def bound_keys() -> list[str]:
    """Return every key that anything is bound to, but for those that quit."""
    classes = (ReaderApp, ReaderScreen, Sidebar, TopicList, SearchablePage, QueryLine, Panel, PanelList)
    found: set[str] = set()
    for cls in classes:
        for base in cls.__mro__:
            for binding in vars(base).get("BINDINGS", ()):
                keys = binding[0] if isinstance(binding, tuple) else binding.key
                found.update(key.strip() for key in keys.split(","))
    return sorted(found - {*QUITS, "ctrl+z"})


BOUND = bound_keys()


class Monkey:
    """Decides what to do next."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311
        self._makers: tuple[tuple[int, Callable[[], Act]], ...] = (
            (34, lambda: Act("keys", (self._key(),))),
            (14, lambda: Act("keys", tuple(self._key() for _ in range(self._random.randint(2, 8))))),
            (12, self._opening),
            (12, self._mouse),
            (3, lambda: Act("resize", (str(self._size(200)), str(self._size(60))))),
            (3, self._disk),
            (2, lambda: Act(self._random.choice(("blur", "focus")))),
            (1, lambda: Act("theme", (str(self._random.randint(0, 99)),))),
            (1, lambda: Act("paste", (self._random.choice((*WORDS, "two\nlines", "x" * 300)),))),
            (8, lambda: Act("wait", (str(self._random.choice((0, 0, 1, 5, 30, 80, 350))),))),
            (9, lambda: Act("check")),
            (3, lambda: Act("close", (self._random.choice(("one by one", "in one piece")),))),
            (2, lambda: Act("history")),
        )

    def act(self) -> Act:
        """Return the next act."""
        weights = [weight for weight, _ in self._makers]
        return self._random.choices([make for _, make in self._makers], weights)[0]()

    def _key(self) -> str:
        pick = self._random.random()
        if pick < 0.62:
            return self._random.choice(BOUND)
        if pick < 0.72:
            return "escape"
        if pick < 0.78:
            return "enter"
        if pick < 0.9:
            return self._random.choice("abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        if pick < 0.996:
            return self._random.choice(ODD_KEYS)
        return self._random.choice(QUITS)

    def _size(self, most: int) -> int:
        return self._random.choice((1, 2, most, self._random.randint(1, most), self._random.randint(most // 3, most)))

    def _opening(self) -> Act:
        """Open something, do a little in it, and leave it or not, all in one piece."""
        choose = self._random.choice
        typed = [{" ": "space"}.get(character, character) for character in choose(WORDS)]
        opened = (
            "T",
            "f",
            "o",
            "t",
            "s",
            "z",
            "tab",
            "question_mark",
            "slash",
            "ctrl+p",
            "ctrl+f",
            "t",
            "slash",
            "ctrl+p",
        )
        opening = choose((*([key] for key in opened), *([key, *typed] for key in opened[7:]), ["ctrl+p", *"theme"]))
        inside = [
            choose(("down", "down", "up", "enter", "tab", "pageup", "j")) for _ in range(self._random.randint(0, 4))
        ]
        after = choose(([], ["escape"], ["escape"] * 3, ["escape"] * 7, ["enter"], ["enter", "escape", "escape"]))
        return Act("keys", (*opening, *inside, *after))

    def _mouse(self) -> Act:
        kind = self._random.choice(("move", "down", "up", "click", "click", "double", "drag", "wheel-down", "wheel-up"))
        button = self._random.choices((1, 3), (9, 1))[0]
        # In thousandths of the screen: a shorter sequence may have another size.
        return Act(kind, (*(str(self._random.randint(0, 999)) for _ in range(4)), str(button)))

    def _disk(self) -> Act:
        kind = self._random.choice(("write", "write", "append", "remove", "rename"))
        return Act("disk", (kind, str(self._random.randint(0, 99)), str(self._random.randint(0, 99))))
