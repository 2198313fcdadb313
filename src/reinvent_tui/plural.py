"""Counts with their nouns, in English."""

from __future__ import annotations


def counted(count: int, noun: str) -> str:
    """Return ``1 session``, ``2 sessions``, ``3 matches``, ``1,200 posts``.

    Args:
        count: how many; digits are grouped.
        noun: in the singular; of several words the last one changes.
    """
    if count == 1:
        return f"1 {noun}"
    ending = "es" if noun.endswith(("ch", "sh", "s", "x")) else "s"
    return f"{count:,} {noun}{ending}"
