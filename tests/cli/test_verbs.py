"""The verbs of the shell: list, show, check."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from reinvent_tui.cli.main import main
from reinvent_tui.library import correction_files
from support import write_library

KEYS = {
    "id": str,
    "event": str,
    "day": int,
    "date": str,
    "title": str,
    "code": str,
    "track": str,
    "level": int,
    "speakers": list,
    "tags": list,
    "takeaways": list,
    "words": int,
    "path": str,
    "line": int,
    "origin": dict,
}
MAY_BE_NULL = {"day", "date", "code", "track", "level"}
AURORA = "day-1.md#aurora-serverless"


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str


class Run(Protocol):
    def __call__(self, *arguments: str | Path) -> Result: ...


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Run the program in this process."""

    def call(*arguments: str | Path) -> Result:
        status = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Result(status, captured.out, captured.err)

    yield call
    gc.enable()  # the program's start switches it off


def test_list_is_a_line_for_each_session_with_tabs_where_it_is_piped(run: Run, library: Path) -> None:
    result = run("list", "-l", library)
    assert (result.status, result.err) == (0, "")
    assert [line.split("\t") for line in result.out.splitlines()] == [
        ["TestConf 2018", "Day 1", "", "Security Talk", "security regions", "day-1.md:15"],
        ["TestConf 2018", "Day 1", "DAT336", "Aurora Serverless", "aurora databases ·aurora-serverless", "day-1.md:32"],
        ["TestConf 2018", "Day 2", "", "Second Keynote", "", "day-2.md:8"],
    ]


def test_list_says_which_day_as_far_as_it_is_known(run: Run, tmp_path: Path) -> None:
    texts = {"a": "# A\n\n2019-12-03\n\nText.\n", "b": "# B\n\nText.\n", "Monday": "# C\n\nText.\n"}
    folder = write_library(tmp_path / "Acme", {f"{name}.md": text for name, text in texts.items()})
    rows = [line.split("\t") for line in run("list", "-l", folder).out.splitlines()]
    assert {row[3]: row[1] for row in rows} == {"A": "2019-12-03", "B": "Undated", "C": "Monday"}


def check_types(found: dict[str, object]) -> None:
    assert list(found) == list(KEYS)
    for key, kind in KEYS.items():
        value = found[key]
        assert type(value) is kind or (value is None and key in MAY_BE_NULL), key
    assert isinstance(found["tags"], list)
    for tag in found["tags"]:
        assert list(tag) == ["name", "given"]
        assert (type(tag["name"]), type(tag["given"])) == (str, bool)
    for key in ("speakers", "takeaways"):
        assert all(isinstance(item, str) for item in found[key])  # type: ignore[attr-defined]
    assert isinstance(found["origin"], dict)
    assert set(found["origin"]) <= set(KEYS)
    assert all(isinstance(item, str) for item in found["origin"].values())


def test_list_as_json_has_exactly_the_public_keys(run: Run, library: Path) -> None:
    result = run("list", "--json", "-l", library)
    sessions = json.loads(result.out)
    assert (result.status, result.err, len(sessions)) == (0, "", 3)
    for found in sessions:
        check_types(found)
    assert len(result.out.splitlines()) == 5, "one object a line"


def test_list_without_a_library_lists_the_bundled_posts(run: Run) -> None:
    sessions = json.loads(run("list", "--json").out)
    assert len(sessions) >= 45
    assert {found["event"] for found in sessions} == {"AWS re:Invent 2018"}
    for found in sessions:
        check_types(found)


def test_list_of_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run("list", "-l", tmp_path / "empty") == Result(0, "", "")
    assert json.loads(run("list", "--json", "-l", tmp_path / "empty").out) == []


def test_show_as_json_says_all_that_is_known(run: Run, library: Path) -> None:
    result = run("show", "DAT336", "--json", "-l", library)
    found = json.loads(result.out)
    check_types(found)
    assert [found[key] for key in ("id", "path", "line", "words")] == [AURORA, "day-1.md", 32, 21]
    assert [found[key] for key in ("event", "day", "date")] == ["TestConf 2018", 1, "2018-11-26"]
    assert [found[key] for key in ("title", "code", "track", "level")] == ["Aurora Serverless", "DAT336", "DAT", 300]
    assert found["speakers"] == ["Ada Lovelace", "Alan Turing"]
    assert found["takeaways"] == ["Long transactions block scaling."]
    assert [tag["name"] for tag in found["tags"] if tag["given"]] == ["aurora", "databases"]
    assert [tag["name"] for tag in found["tags"] if not tag["given"]] == ["aurora-serverless"]
    stated = ("event", "code", "day", "date", "speakers", "tags")
    assert found["origin"] == dict.fromkeys(stated, "front matter") | {"title": "heading", "takeaways": "text"}


@pytest.mark.parametrize(
    "name", ["DAT336", "dat336", "dat 336", "DAT-336", AURORA, "Aurora Serverless", "aurora serverless"]
)
def test_show_by_code_id_and_title_in_any_case(run: Run, library: Path, name: str) -> None:
    result = run("show", name, "-l", library)
    assert (result.status, result.err) == (0, "")
    lines = result.out.splitlines()
    assert lines[0] == "Aurora Serverless"
    assert "code       DAT336 (Databases, level 300)  (front matter)" in lines
    assert "speakers   Ada Lovelace, Alan Turing  (front matter)" in lines
    assert "inferred   aurora-serverless" in lines
    assert "from       day-1.md:32" in lines
    assert "• Long transactions block scaling." in lines
    assert all(len(line) <= 80 for line in lines)


def test_show_without_the_mark_of_a_repeat(run: Run, tmp_path: Path) -> None:
    folder = write_library(tmp_path / "lib", {"a.md": "# DAT336-R1 - Queues\n\nText.\n"})
    assert run("show", "dat336", "-l", folder).out.startswith("Queues\n")


def test_show_a_file_that_is_one_session_by_its_path(run: Run, tmp_path: Path) -> None:
    folder = write_library(tmp_path / "lib", {"day/talk.md": "# Queues\n\nText.\n", "b.md": "# B\n"})
    assert run("show", "day/talk.md", "-l", folder).out.startswith("Queues\n")


def test_show_as_markdown_is_the_text_as_it_stands_in_the_file(run: Run, library: Path) -> None:
    text = (library / "day-1.md").read_text(encoding="utf-8")
    assert run("show", AURORA, "--markdown", "-l", library).out == text[text.index("## Aurora") :]


@pytest.mark.parametrize("name", ["XYZ999", "%", "day-1.md#none", "mis\x1b[2Jsing\nname"])
def test_show_of_what_is_unknown_is_one_line_and_status_2(run: Run, library: Path, name: str) -> None:
    result = run("show", name, "-l", library)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("reinvent-tui: no session has the code or id ")
    assert result.err.endswith("\n")
    assert result.err.count("\n") == 1
    assert "\x1b" not in result.err


@pytest.mark.parametrize("name", ["", " ", "-"])
def test_show_of_no_name_is_unknown(run: Run, library: Path, name: str) -> None:
    assert run("show", name, "-l", library).err.startswith("reinvent-tui: no session has the code or id ")


def test_show_of_what_is_ambiguous_names_the_ids(run: Run, tmp_path: Path) -> None:
    folder = write_library(tmp_path / "lib", {"a.md": "# DAT336 - Queues\n", "b.md": "# DAT336 - Caches\n"})
    result = run("show", "DAT336", "-l", folder)
    assert (result.status, result.out) == (2, "")
    assert result.err == "reinvent-tui: 2 sessions match DAT336: use the id of one of them: a.md, b.md\n"


def test_show_takes_one_form_only(run: Run, library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run("show", "DAT336", "--json", "--markdown", "-l", library)
    assert ended.value.code == 2
    assert "not allowed with" in capsys.readouterr().err


def test_several_libraries_are_one(run: Run, library: Path, tmp_path: Path) -> None:
    other = write_library(tmp_path / "other", {"queues.md": "# NET312 - Queues\n\nText.\n"})
    both = ("-l", library, "--library", other)
    paths = [line.split("\t")[-1] for line in run("list", *both).out.splitlines()]
    assert sorted(paths) == ["library/day-1.md:15", "library/day-1.md:32", "library/day-2.md:8", "other/queues.md:1"]
    assert run("show", "NET312", *both).out.startswith("Queues\n")
    assert run("show", f"library/{AURORA}", *both).status == 0


BAD = {
    "a.md": "---\ntitle: x\nday: soon\ndate: 2019-15-05\n---\nText.\n",
    "b.md": "Text.\n\n##Loose\n",
    "c.md": "# Fine\n\nText.\n",
}


def test_check_prints_problems_with_path_and_line(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_library(tmp_path / "lib", BAD)
    monkeypatch.chdir(tmp_path)
    result = run("check", "lib")
    assert (result.status, result.err) == (1, "")
    assert result.out.splitlines() == [
        "lib/a.md:3: day is not a number: soon",
        "lib/a.md:4: date is not a valid date: 2019-15-05",
        "lib/b.md:3: hint: heading without a space after #",
        "3 posts: 2 problems, 1 hint",
    ]


def test_check_of_hints_only_is_status_0(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_library(tmp_path / "lib", BAD)
    monkeypatch.chdir(folder)
    result = run("check", folder / "b.md", folder / "c.md")
    assert result.status == 0
    assert result.out == "b.md:3: hint: heading without a space after #\n2 posts: 0 problems, 1 hint\n"


def test_the_bundled_posts_are_clean(run: Run) -> None:
    assert run("check") == Result(0, "5 posts: 0 problems, 0 hints\n", "")


@pytest.mark.parametrize("verb", [["list", "-l"], ["show", "x", "-l"], ["check"]])
def test_what_cannot_be_opened_is_one_line_and_status_2(run: Run, tmp_path: Path, verb: list[str]) -> None:
    result = run(*verb, tmp_path / "none")
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("reinvent-tui: there is no file or folder ")
    assert result.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [["list"], ["list", "--json"], ["show", "DAT336"], ["show", "DAT336", "--json"], ["check"], ["show", "XYZ999"]],
    ids=" ".join,
)
def test_no_verb_imports_textual(library: Path, arguments: list[str]) -> None:
    given = [*arguments, *([] if arguments == ["check"] else ["-l"]), str(library)]
    script = (
        "import sys\nfrom reinvent_tui.cli.main import main\nmain(sys.argv[1:])\n"
        "print('\\nmodules', *(name for name in sys.modules if name.split('.')[0] == 'textual'))"
    )
    result = subprocess.run([sys.executable, "-c", script, *given], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "modules"


MOSS = "# AcmeConf 2018\n\n## Growing moss\n\nby Ada Pebble\n\nx\n\n## Ferns for flats\n\nby Bo Stone\n\ny\n"


def test_fix_says_what_a_file_is(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_library(tmp_path / "lib", {"moss.md": MOSS})
    monkeypatch.chdir(tmp_path)
    assert len(run("list", "-l", folder).out.splitlines()) == 2
    result = run("fix", "--one", folder / "moss.md")
    assert (result.status, result.err) == (0, "")
    assert result.out == f"{folder / 'moss.md'}: one\nkept in lib/{correction_files.NAME}\n"
    assert "AcmeConf 2018" in run("list", "-l", folder).out
    assert len(run("list", "-l", folder).out.splitlines()) == 1
    run("fix", "--not-notes", folder / "moss.md")
    assert run("list", "-l", folder).out == ""
    assert "Ada Pebble" in run("search", "-l", folder, "pebble").out, "what is not listed is found"
    run("fix", "--level", "2", folder / "moss.md")
    run("fix", "--event", "MossConf 2031", folder)
    assert run("list", "-l", folder).out.count("MossConf 2031") == 2
    run("fix", "--forget", folder, folder / "moss.md")
    assert run("list", "-l", folder).out.count("AcmeConf 2018") == 2
    assert (folder / "moss.md").read_text("utf-8") == MOSS


def test_fix_of_what_cannot_be_is_one_line(run: Run, tmp_path: Path) -> None:
    folder = write_library(tmp_path / "lib", {"moss.md": MOSS})
    missing = run("fix", "--one", folder / "gone.md")
    assert (missing.status, missing.err.count("\n")) == (2, 1)
    assert "no file or folder" in missing.err
    assert "is a folder" in run("fix", "--one", folder).err


def test_check_names_what_is_wrong_in_corrections(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_library(tmp_path / "lib", {"moss.md": MOSS})
    (folder / correction_files.NAME).write_text("sessions:\n  gone.md: one\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = run("check", folder)
    assert (result.status, result.out.splitlines()[0]) == (1, f"lib/{correction_files.NAME}:2: there is no gone.md")


def test_show_why_names_the_evidence(run: Run, tmp_path: Path) -> None:
    folder = write_library(tmp_path / "lib", {"moss.md": MOSS, "README.md": "# AcmeConf 2018\n\n- [Moss](moss.md)\n"})
    run("fix", "--event", "MossConf 2031", folder)
    result = run("show", "--why", "-l", folder, "Growing moss")
    assert (result.status, result.err) == (0, "")
    for words in (
        "Weighs most: 2 sessions",
        "speakers stand under the headings",
        "Next: ",
        "A person said so: event: MossConf 2031",
    ):
        assert words in result.out
    assert "event: from correction" in result.out


def test_show_why_says_that_topics_were_inferred(run: Run, tmp_path: Path) -> None:
    folder = write_library(tmp_path / "lib", {"lambda.md": "# Serverless security\n\nLambda needs IAM roles.\n"})
    lines = run("show", "--why", "-l", folder, "Serverless security").out.splitlines()
    assert "  tags: inferred" in lines
    assert "  title: from heading" in lines
