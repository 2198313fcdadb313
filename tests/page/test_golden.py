"""Every construct, laid out at several widths, as text that can be read and compared.

After a change that is meant: ``REWRITE_GOLDEN=1 pytest tests/page/test_golden.py``, and read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reinvent_tui.page.document import Document
from reinvent_tui.page.model import MARKS, Line, Mark
from reinvent_tui.page.viewport import START, Viewport

HERE = Path(__file__).parent


def drawn(line: Line) -> str:
    return "".join(run.text for run in line.runs).rstrip()


def described(line: Line) -> str:
    """Return a line with what its runs are, where that is more than plain text."""
    parts = []
    for run in line.runs:
        marks = ",".join(name for name in MARKS if getattr(Mark, name) & run.mark)
        link = f"->{run.link}" if run.link >= 0 else ""
        parts.append(f"{run.role}{'+' + marks if marks else ''}{link}:{run.text!r}")
    return " | ".join(parts)


def check(path: Path, text: str) -> None:
    if os.environ.get("REWRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("width", [20, 40, 80, 120])
def test_layout(width: int) -> None:
    document = Document((HERE / "constructs.md").read_text(encoding="utf-8"))
    rows = Viewport(document, width).window(START, 10_000)
    check(HERE / "golden" / f"width-{width}.txt", "\n".join(drawn(line) for _, line in rows) + "\n")


def test_roles() -> None:
    document = Document((HERE / "constructs.md").read_text(encoding="utf-8"))
    rows = Viewport(document, 60).window(START, 10_000)
    check(HERE / "golden" / "roles-60.txt", "\n".join(described(line) for _, line in rows) + "\n")
