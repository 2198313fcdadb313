"""What the documents say exists: commands, keys, files, options."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from reinvent_tui import __version__
from reinvent_tui.library.recognise import read_post
from reinvent_tui.reader.jobs import Jobs
from reinvent_tui.tui.key_names import keys_in_force
from support import make_app, reader_of, settle

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [README, *((ROOT / name).read_text(encoding="utf-8") for name in ("CONTRIBUTING.md", "CHANGELOG.md"))]


def blocks(part: str) -> list[str]:
    text = README.split(f"## {part}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"```sh\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize("part", ["Run", "Test"])
def test_one_command_each(part: str) -> None:
    (block,) = blocks(part)
    assert block.count("\n") == 1


def test_ci_runs_the_test_command_exactly() -> None:
    script, run, after = (
        (ROOT / ".ci" / "run").read_text(encoding="utf-8").partition('bash -euo pipefail -c "$command"')
    )
    assert run
    assert after.split() == ["wait", "$!", ".venv/bin/python", "tests/lowest_versions.py", "use", '"$lowest"']
    script = script.partition("lowest=")[0].replace('"$(dirname "$0")/.."', f"'{ROOT}'")
    result = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout == blocks("Test")[0]


def test_files_that_are_named_exist() -> None:
    for text in DOCUMENTS:
        for name in re.findall(r"(?<![\w/~])((?:tests|src|posts|\.github|\.ci)/[\w./-]*[\w/])", text):
            assert (ROOT / name).exists(), name
        for name in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
            if "`" not in name and not name.endswith("…"):
                assert (ROOT / name).exists(), name
    for name in (
        "page",
        "library",
        "index",
        "tui",
        "cli",
        "clean.py",
        "paths.py",
        "errors.py",
        "config.py",
        "tui/textual_patches",
    ):
        assert (ROOT / "src" / "reinvent_tui" / name).exists()


async def test_keys_that_are_named_are_bound(jobs: Jobs) -> None:
    app = make_app(jobs)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        rows = [row for _, group in keys_in_force(reader_of(app).keys.nodes) for row in group]
    bound = {key for keys, _, _ in rows for key in keys.split()}
    table = README.split("## Keys\n", 1)[1].split("\n## ", 1)[0]
    named = re.findall(r"`([^`\s]{1,7})`", table)
    assert len(named) > 30
    assert {key for key in named if not key.startswith("$")} <= bound


def test_the_example_of_a_post_is_read_as_it_says() -> None:
    example = re.findall(r"```markdown\n(.*?)```", README, re.DOTALL)[0]
    post = read_post(example, "day-1.md")
    (session,) = post.sessions
    assert post.problems == ()
    assert (post.title, post.day, session.code, len(session.speakers)) == ("Day 1: and so it begins", 1, "DAT336", 2)
    assert [tag.name for tag in session.tags] == ["serverless", "aurora-serverless", "databases"]
    assert [takeaway.text for takeaway in session.takeaways] == ["One lesson a line."]


def test_the_changelog_knows_this_version() -> None:
    assert f"## [{__version__}]" in DOCUMENTS[2]


def test_the_number_of_bundled_sessions_is_right() -> None:
    from test_posts import SESSIONS

    assert f"{len(SESSIONS)} sessions" in README
    assert f"{len(SESSIONS)} sessions" in DOCUMENTS[2]


def test_the_help_of_the_command_names_its_arguments() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "reinvent_tui", "--help"], capture_output=True, text=True, check=True
    )
    assert "PATH" in result.stdout
    assert "--version" in result.stdout
