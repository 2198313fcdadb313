"""Real notes by people who never heard of this program, if they are at hand."""

from __future__ import annotations

import pytest

from reinvent_tui.library.files import Unreadable, open_roots, walk
from reinvent_tui.library.load import load_all, load_post
from reinvent_tui.page.cells import width_of
from reinvent_tui.page.document import Document
from scoring import CORPORA

pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not on this machine")
NAMES = sorted(path.name for path in CORPORA.iterdir()) if CORPORA.is_dir() else []


@pytest.mark.parametrize("name", NAMES)
def test_every_file_loads_and_lays_out(name: str) -> None:
    roots = open_roots([CORPORA / name])
    unreadable: list[Unreadable] = []
    for post in load_all(walk(roots, unreadable), roots):
        assert post.sessions or post.intro or any("no text" in problem.text for problem in post.problems)
        for session in post.sessions:
            document = Document(session.body, session.references)
            for index in range(min(len(document), 200)):
                for line in document.rows(index, 66):
                    assert sum(width_of(run.text) for run in line.runs) <= 66
    assert unreadable == []


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("odd-files")])
def test_every_oddity_is_named(name: str) -> None:
    roots = open_roots([CORPORA / name])
    for state in walk(roots, []):
        post = load_post(state, roots)
        if "GOOD" not in post.path:
            assert post.problems, post.path
