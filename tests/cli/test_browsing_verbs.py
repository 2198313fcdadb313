"""The verbs of the shell that browse: tags, takeaways."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reinvent_tui.cli.main import main


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """Return the status of the program, and what it wrote."""
    status = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_tags_with_counts_the_most_frequent_first(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    status, out, err = run(capsys, "tags", "-l", library)
    assert (status, err) == (0, "")
    assert out.splitlines() == ["1  aurora", "1  ·aurora-serverless", "1  databases", "1  regions", "1  security"]


def test_tags_of_a_query_as_json(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    status, out, _ = run(capsys, "tags", "tag:aurora", "--json", "-l", library)
    assert status == 0
    assert json.loads(out) == [
        {"name": "aurora", "given": True, "sessions": 1},
        {"name": "aurora-serverless", "given": False, "sessions": 1},
        {"name": "databases", "given": True, "sessions": 1},
    ]


def test_takeaways_in_reading_order_with_path_and_line(
    capsys: pytest.CaptureFixture[str], library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(library)
    status, out, err = run(capsys, "takeaways", "-l", library)
    assert (status, err) == (0, "")
    assert out.splitlines()[:2] == [
        "day-1.md:24: Security Talk: Ask why, first.",
        "day-1.md:25: Security Talk: Ask again on a second line.",
    ]
    assert out.splitlines()[2].startswith("day-1.md:")
    assert "DAT336 Aurora Serverless: Long transactions block scaling." in out


def test_takeaways_as_json_have_their_session(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    _, sessions, _ = run(capsys, "list", "--json", "-l", library)
    status, out, _ = run(capsys, "takeaways", "transactions", "--json", "-l", library)
    (found,) = json.loads(out)
    assert status == 0
    assert list(found) == ["text", "line", "session"]
    assert found["text"] == "Long transactions block scaling."
    assert isinstance(found["line"], int)
    assert found["session"] == json.loads(sessions)[1]


def test_takeaways_of_sessions_that_only_mention_the_words(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    status, out, err = run(capsys, "takeaways", "safe point", "-l", library)
    assert status == 0
    assert "Long transactions block scaling." in out
    assert "no takeaway matches" in err


@pytest.mark.parametrize("verb", ["tags", "takeaways"])
def test_nothing_found_ends_with_status_1(capsys: pytest.CaptureFixture[str], library: Path, verb: str) -> None:
    assert run(capsys, verb, "xyzzy", "-l", library) == (1, "", "")
    status, out, _ = run(capsys, verb, "xyzzy", "--json", "-l", library)
    assert (status, json.loads(out)) == (1, [])


@pytest.mark.parametrize("query", [')(("-tittle:x', "tag:", "-", "tag:(a OR", "\x1b[31m"])
@pytest.mark.parametrize("verb", ["tags", "takeaways"])
def test_no_query_is_an_error(capsys: pytest.CaptureFixture[str], library: Path, verb: str, query: str) -> None:
    status, out, err = run(capsys, verb, "-l", library, "--", query)
    assert status in (0, 1)
    assert "\x1b" not in out + err
