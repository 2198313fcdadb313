"""reinvent-tui: a terminal reader for conference notes."""

from __future__ import annotations

__version__ = "0.1.0"
