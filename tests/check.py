"""Run every check: ``python tests/check.py [--fix] [PYTEST ARGUMENTS]``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Run the checks, all of them; return 1 if any failed."""
    arguments = sys.argv[1:]
    fix = "--fix" in arguments
    if fix:
        arguments.remove("--fix")
    # Not in pyproject.toml: one file runs faster without. Many tests wait
    # for a program in a terminal: some more processes than cores are done sooner.
    tests = ["pytest", f"--numprocesses={2 * (os.cpu_count() or 1)}", "--dist=worksteal", *arguments]
    quick = [
        ["ruff", "format", *([] if fix else ["--check"]), "src", "tests", ".github"],
        ["ruff", "check", *(["--fix"] if fix else []), "src", "tests", ".github"],
        ["lint-imports", "--no-cache"],
    ]
    passed = {command[0]: wait_for(command, start(command)) for command in quick}
    # The type checker has one process: beside the tests it costs no time of its own.
    types = start(["mypy"], kept=True)
    passed["pytest"] = wait_for(tests, start(tests))
    passed["mypy"] = wait_for(["mypy"], types)
    failed = [name for name, fine in passed.items() if not fine]
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed", flush=True)
    return 1 if failed else 0


def start(command: list[str], *, kept: bool = False) -> subprocess.Popen[str]:
    """Start a tool of this environment in the checkout; what it prints is ``kept`` for later, or seen at once."""
    # A theme or a width that the environment asks for would change the pictures.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TEXTUAL")}
    if not kept:
        print(f"$ {' '.join(command)}", flush=True)
    tool = [str(Path(sys.executable).parent / command[0]), *command[1:]]
    output = subprocess.PIPE if kept else None
    return subprocess.Popen(
        tool, cwd=ROOT, env=environment, text=True, stdout=output, stderr=output and subprocess.STDOUT
    )


def wait_for(command: list[str], process: subprocess.Popen[str]) -> bool:
    """Wait for a tool, print what it has not printed itself, and return whether it passed."""
    said = process.communicate()[0]
    if said is not None:
        print(f"$ {' '.join(command)}\n{said}", end="", flush=True)
    return process.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
