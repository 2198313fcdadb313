"""Recognition does not change without a new parser version: the caches of readers would keep the old result.

The posts of ``tests/data/recognition`` and ``tests/data/shapes.yaml`` cover the shapes that
notes come in. What each is recognised as is kept as a digest, in one file per version.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TypeAlias

import pytest
import yaml

from reinvent_tui.library.files import open_roots, walk
from reinvent_tui.library.load import load_all
from reinvent_tui.library.model import PARSER_VERSION, Post
from reinvent_tui.library.recognise import read_post
from reinvent_tui.library.topics import load_vocabulary
from reinvent_tui.paths import bundled_posts

EXAMPLES = Path(__file__).resolve().parents[1] / "data" / "recognition"
SHAPES = EXAMPLES.parent / "shapes.yaml"
DIGESTS = EXAMPLES / f"version-{PARSER_VERSION}.json"

REWRITE = "run REWRITE_GOLDEN=1 pytest tests/library/test_parser_version.py"
CHANGED = f"""recognition changed, and PARSER_VERSION is still {PARSER_VERSION}: caches would keep the old result.
If the change is intended, raise PARSER_VERSION in src/reinvent_tui/library/model.py, {REWRITE}
and delete {DIGESTS.name}. Posts that are recognised differently:"""

Digests: TypeAlias = dict[str, dict[str, str]]


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def described(post: Post) -> bytes:
    """Return all that was recognised; the wording of problems is no part of it."""
    problems = tuple(problem._replace(text="") for problem in post.problems)
    return json.dumps(named(post._replace(problems=problems)), default=str, sort_keys=True).encode()


def named(value: object) -> object:
    """Return a value as JSON has it, with the names of its fields."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: named(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: named(part) for name, part in value._asdict().items()}
    return [named(part) for part in value] if isinstance(value, tuple | list) else value


def recognised() -> Iterator[tuple[str, dict[str, str]]]:
    vocabulary = load_vocabulary()
    for folder in (bundled_posts(), EXAMPLES):
        roots = open_roots([folder])
        states = sorted(walk(roots, []), key=lambda state: state.path)
        # What the neighbours of a file show is a part of recognition, so the text of all of them is kept.
        texts = digest(b"".join(Path(state.path).read_bytes() for state in states))
        for post in load_all(states, roots, vocabulary):
            yield f"{folder.name}/{post.path}", {"text": texts, "post": digest(described(post))}
    for number, shape in enumerate(yaml.safe_load(SHAPES.read_text("utf-8"))):
        post = read_post(shape["text"], shape["path"], "library", vocabulary)
        text = digest(f"{shape['path']} {shape['text']}".encode())
        yield f"shapes/{number}-{shape['path']}", {"text": text, "post": digest(described(post))}


def changed(known: Digests, now: Digests) -> list[str]:
    """Return the posts whose text is as it was, but that are recognised as something else."""
    return [
        path
        for path, digests in now.items()
        if path in known and known[path]["text"] == digests["text"] and known[path]["post"] != digests["post"]
    ]


def test_recognition_is_that_of_its_version() -> None:
    now = dict(recognised())
    known: Digests = json.loads(DIGESTS.read_text("utf-8")) if DIGESTS.exists() else {}
    differing = changed(known, now)
    if differing:
        pytest.fail("\n  ".join([CHANGED, *differing]))
    if os.environ.get("REWRITE_GOLDEN"):
        DIGESTS.write_text(json.dumps(now, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        known = now
    assert known == now, f"examples were added or edited, or this parser version is new: {REWRITE}"


def test_a_change_of_recognition_is_noticed() -> None:
    known = {"a.md": {"text": "1", "post": "1"}, "b.md": {"text": "1", "post": "1"}}
    now = {"a.md": {"text": "1", "post": "2"}, "b.md": {"text": "2", "post": "2"}, "c.md": {"text": "1", "post": "1"}}
    assert changed(known, now) == ["a.md"]


def test_the_examples_cover_every_kind_of_post() -> None:
    vocabulary = load_vocabulary()
    roots = open_roots([EXAMPLES])
    posts = load_all(walk(roots, []), roots, vocabulary)
    sessions = [session for post in posts for session in post.sessions]
    assert len(posts) >= 30
    assert any(post.entries for post in posts)
    assert {len(post.sessions) for post in posts} >= {0, 1, 2, 3}
    origins = {origin for session in sessions for _, origin in session.origin}
    assert origins == {"front matter", "heading", "file name", "folder", "text", "inferred"}
    fields = {field for session in sessions for field, _ in session.origin}
    assert fields == {"event", "title", "code", "day", "date", "speakers", "tags", "takeaways"}
