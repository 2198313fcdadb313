"""Install the reader with the lowest versions that it allows, and use it.

``python tests/lowest_versions.py`` does both. ``… install FOLDER`` only installs, with any Python and beside whatever
else runs, and ``… use FOLDER`` uses what was installed there.

A terminal of its own: the first page is seen, a search has hits, ``q`` quits. Ends with a status other than 0 only if
the reader itself fails; if the versions cannot be installed here, it says so.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 120
"""How long installing may take."""


def lowest_pins() -> list[str]:
    """Return the dependencies of ``pyproject.toml``, each at its lower bound."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = (re.match(r"([\w.-]+)>=([\w.]+)", line) for line in project["dependencies"])
    return [f"{match[1]}=={match[2]}" for match in found if match]


def install(folder: Path) -> str:
    """Make a virtual environment with the lowest versions; return what went wrong."""
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    lowest = [str(folder / "bin" / "uv"), "pip", "install", "--quiet", "--python", python]
    if not run([*pip, "uv"]):
        failure = run([*lowest, "--resolution", "lowest-direct", str(ROOT)])
        if not failure:
            return ""
    # No uv, or its index cannot be reached: pip may know another one.
    return run([*pip, str(ROOT), *lowest_pins()])


def run(command: list[str]) -> str:
    """Run a command; return what went wrong."""
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return result.stderr[-2000:] or "failed" if result.returncode else ""


def versions(python: Path) -> str:
    """Return the versions of the direct dependencies in an environment, in one line."""
    names = [pin.split("==")[0] for pin in lowest_pins()]
    script = f"from importlib.metadata import version; print(*(f'{{n}} {{version(n)}}' for n in {names}), sep=', ')"
    return subprocess.run([str(python), "-c", script], capture_output=True, text=True, check=True).stdout.strip()


def use(python: Path, home: Path) -> None:
    """Open the bundled posts, search them, and quit."""
    from terminal import Terminal  # needs a library that a Python without the test extra has not

    places = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CACHE", "CONFIG", "STATE", "DATA")}
    terminal = Terminal(["-m", "reinvent_tui"], (120, 40), python=python, environment={**places, "HOME": str(home)})
    try:
        terminal.wait_for("▌ Security Discussion")
        terminal.wait_for("AWS re:Invent 2018")
        terminal.type("/aurora serverless")
        terminal.wait_for("Keep transactions short")
        terminal.type("\r")
        terminal.wait_for("close hits")
        terminal.type("q")
        status = terminal.wait_for_end()
    finally:
        terminal.close()
    if status or b"Traceback" in terminal.raw:
        raise AssertionError(f"it ended with status {status}:\n{terminal.raw[-2000:].decode(errors='replace')}")


def main() -> int:
    """Install and use it; return 1 only if the reader fails."""
    steps, folders = sys.argv[1:2] or ["install", "use"], sys.argv[2:3]
    with tempfile.TemporaryDirectory() as temporary:
        environment = Path(folders[0] if folders else temporary) / "venv"
        failure = install(environment) if "install" in steps else ""
        if failure:
            print(f"not tried: the lowest versions cannot be installed here:\n{failure}", file=sys.stderr)
        if failure or "use" not in steps:
            return 0
        return use_or_say(environment, Path(temporary))


def use_or_say(environment: Path, home: Path) -> int:
    """Use what was installed; return 1 if the reader fails."""
    python = environment / "bin" / "python"
    if not (environment / "bin" / "reinvent-tui").exists():
        return 0  # it could not be installed, which was said
    print(versions(python), flush=True)
    try:
        use(python, home)
    except AssertionError as error:
        print(f"the reader fails with the lowest versions: {error}", file=sys.stderr)
        return 1
    print("the reader works with the lowest versions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
