"""Run the reader with ``python -m reinvent_tui``."""

from __future__ import annotations

from reinvent_tui.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
