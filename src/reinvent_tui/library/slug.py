"""Anchors for headings, as Git forges make them."""

from __future__ import annotations

import re

_DROPPED = re.compile(r"[^\w\- ]+")


def slug(text: str) -> str:
    """Return ``text`` as an anchor: lower case, spaces to hyphens, punctuation dropped.

    The rule is GitHub's (``jch/html-pipeline``, ``TableOfContentsFilter``).
    """
    return _DROPPED.sub("", text.strip().lower()).replace(" ", "-")
