"""A post that attacks the terminal: nothing of it comes out as a control sequence, and no text of it is markup."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from terminal import Terminal, reader_in_terminal

ESC, OSC, C1, BIDI = "\x1b[31;5m", "\x1b]52;c;ZXZpbA==\x07", "\x9b7m\x9d0;evil\x9c", "\u202eevil\u2066"
MARKUP = "[@click=app.quit]quit[/] [red]x[/] [/foo] [$primary]"
EVIL = f"{ESC}{OSC}{C1}{BIDI}{MARKUP}"

POST = f"""---
title: "T {MARKUP} \\x1b[2J \\u202e"
event: E{EVIL}
date: "2018-11-26"
sessions:
  S one:
    code: "C{MARKUP}"
    speakers: ["P{MARKUP} \\x1b]0;x\\x07"]
    tags: ["t{MARKUP}", "u\\x9b31m"]
---

Intro {EVIL}

## S one

Body {EVIL} and `code {EVIL}` and **bold {EVIL}**.

### Heading {EVIL}

[link {MARKUP}](https://example.com/%1b%5d0;evil%07?{ESC}x) <https://example.com/{BIDI}>
[ctrl](javascript:alert(1)) [path](../{MARKUP}) ![image {EVIL}](x{ESC}.png)
&#27;]52;c;ZXZpbA==&#7; &#x9b;31m &#x202e;evil

```python{ESC}
print("{EVIL}")
```

| head {EVIL} | b |
|---|---|
| cell {EVIL} | {MARKUP} |

<div>{EVIL}</div>

- [ ] item {EVIL}

> [!NOTE]
> alert {EVIL}

### Takeaways

- TakeawayHit {EVIL}

## S two {EVIL}

More.
"""

# What Textual itself writes: SGR, cursor, erasing, modes, and answers it asks the terminal for.
OURS = re.compile(
    rb"\x1b\[[0-9;:]*m|\x1b\[[0-9;]*[HJK]|\x1b\[\?[0-9;]+[hl]|\x1b\[\?2026\$p|\x1b\[\?2048\$p|\x1b\[>[0-9]+u|\x1b\[<u"
    rb"|\x1b\[[0-9]*[ABCD]|\x1b\]22;[a-z-]*(?:\x1b\\|\x07)|\x1b\[\?u|\x1b\[c|\x1b\[>[0-9;]*q"
)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    folder = tmp_path / "lib"
    folder.mkdir()
    (folder / f"evil{ESC}{BIDI}[@click=app.quit].md").write_text(POST, encoding="utf-8")
    (folder / f"a{ESC}{OSC}\nb.md").write_text("- only a list", encoding="utf-8")
    (folder / "other.md").write_text("# Other", encoding="utf-8")
    return folder


def check(terminal: Terminal) -> None:
    terminal.read_for(0.3)
    rest = re.sub(rb"\x1b(?:\[[0-9;?]*)?\Z", b"", OURS.sub(b"", terminal.raw))  # the last one may be under way
    assert b"\x1b" not in rest, rest[max(0, rest.find(b"\x1b") - 40) : rest.find(b"\x1b") + 60]
    text = rest.decode("utf-8")
    assert not set(text) & {chr(code) for code in [*range(9), 11, 12, *range(14, 32), *range(0x7F, 0xA0)]}
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert b"\x1b]52;" not in terminal.raw
    assert b"\x07" not in rest


def test_nothing_of_it_reaches_the_terminal(hostile: Path) -> None:
    with reader_in_terminal(hostile, size=(120, 50)) as terminal:
        terminal.wait_for("S one")
        terminal.wait_for("Body ␛[31;5m")
        for keys in (
            "\t",
            "k",
            "k",
            "j",
            "j",
            "\r",
            " ",
            "G",
            "o",
            "\x1b",
            "f",
            "a",
            "\x1b",
            "\x1b",
            "?",
            "\x1b",
            "[",
            "<",
            "J",
            "K",
        ):
            terminal.type(keys)
            terminal.read_for(0.12)
        # Over everything with the mouse, tooltips and targets included.
        for row in range(1, 50, 2):
            for column in (10, 60, 80):
                terminal.type(f"\x1b[<35;{column};{row}M")
            terminal.read(0.02)
        for keys in ("\x10", "s", "\x1b", "r"):
            terminal.type(keys)
            terminal.read_for(0.3)
        terminal._poll()
        assert terminal.status is None, "a text that looks like an action is none"
        check(terminal)
        assert "[@click=app.quit]" in terminal.raw.decode("utf-8", "replace")
        terminal.type("q")
        assert terminal.wait_for_end() == 0
        assert b"Traceback" not in terminal.raw


def test_names_of_folders_and_missing_paths_neither(tmp_path: Path) -> None:
    folder = tmp_path / f"empty{ESC}{OSC}[red]"
    folder.mkdir()
    with reader_in_terminal(folder, size=(120, 30)) as terminal:
        terminal.wait_for("No posts here")
        terminal.wait_for("[red]")
        check(terminal)
        terminal.type("q")
        terminal.wait_for_end()
