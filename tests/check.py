"""Run every check: ``python tests/check.py [--fix] [PYTEST ARGUMENTS]``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Run the checks one after the other, all of them; return 1 if any failed."""
    arguments = sys.argv[1:]
    fix = "--fix" in arguments
    if fix:
        arguments.remove("--fix")
    scripts = Path(sys.executable).parent
    checks = [
        ["ruff", "format", *([] if fix else ["--check"]), "src", "tests", ".github"],
        ["ruff", "check", *(["--fix"] if fix else []), "src", "tests", ".github"],
        ["mypy"],
        ["lint-imports", "--no-cache"],
        # Not in pyproject.toml: one file runs faster without. All tests of a file run in one process. Many tests wait
        # for a program in a terminal: some more processes than cores are done sooner.
        ["pytest", f"--numprocesses={2 * (os.cpu_count() or 1) + 1}", "--dist=loadfile", *arguments],
    ]
    failed = []
    for command, *options in checks:
        print(f"$ {command} {' '.join(options)}", flush=True)
        found = scripts / command
        # A theme or a width that the environment asks for would change the pictures.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("TEXTUAL")}
        result = subprocess.run([str(found), *options], cwd=ROOT, check=False, env=environment)
        if result.returncode:
            failed.append(command)
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
