"""The bundled library keeps its own form."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import yaml

from reinvent_tui.library.files import open_roots, walk
from reinvent_tui.library.load import load_post
from reinvent_tui.library.model import Post, Session
from support import POSTS

TAG_NAMES = """
keynote announcements serverless lambda compute containers networking storage databases dynamodb aurora-serverless
data-lake streaming analytics machine-learning security identity governance saas devops iac developer-tools
observability resilience chaos-engineering architecture hybrid graphql workshop new-launch logistics
"""
TAGS = frozenset(TAG_NAMES.split())


def load() -> list[Post]:
    roots = open_roots([POSTS])
    return sorted((load_post(state, roots) for state in walk(roots, [])), key=lambda post: post.path)


LIBRARY = load()
SESSIONS = [session for post in LIBRARY for session in post.sessions]


def test_there_is_one_post_for_each_day_of_the_week() -> None:
    assert [(post.day, post.date) for post in LIBRARY] == [
        (day, dt.date(2018, 11, 25) + dt.timedelta(days=day)) for day in range(1, 6)
    ]
    assert {post.event for post in LIBRARY} == {"AWS re:Invent 2018"}
    assert all(post.problems == () for post in LIBRARY)
    assert all(post.intro and post.author for post in LIBRARY)


def test_there_are_at_least_45_sessions() -> None:
    assert len(SESSIONS) >= 45
    assert len({session.id for session in SESSIONS}) == len(SESSIONS)
    codes = [session.code for session in SESSIONS if session.code]
    assert len(set(codes)) == len(codes), "no session is told twice"


def test_day_1_begins_with_the_sessions_of_its_source() -> None:
    first = LIBRARY[0]
    assert [(session.title, session.code) for session in first.sessions[:5]] == [
        ("Security Discussion", ""),
        ("Aurora Serverless", "DAT336"),
        ("Serverless Architecture Patterns and Practices", "ARC305"),
        ("Architecting Next Generation SaaS Solutions on AWS", "ARC324"),
        ("Monday Night Live", ""),
    ]
    assert "Scott Baldwin" in first.intro
    assert first.origin.startswith("https://scottjbaldwin.github.io/")
    assert all(first.origin in session.body for session in first.sessions[:5])


@pytest.mark.parametrize("session", SESSIONS, ids=lambda session: session.id)
def test_a_session_is_whole(session: Session) -> None:
    assert 3 <= len(session.takeaways) <= 6
    assert len({takeaway.text for takeaway in session.takeaways}) == len(session.takeaways)
    assert session.tags
    assert {tag.name for tag in session.tags} <= TAGS
    summary, _, rest = session.body.partition("### Takeaways")
    paragraphs = [part for part in summary.split("\n\n") if len(part.split()) > 20]
    assert paragraphs
    _, _, sources = rest.partition("### Sources")
    assert re.findall(r"^- \[.+\]\(https://\S+\)$", sources.strip(), re.MULTILINE)


def test_every_session_that_is_told_of_is_there() -> None:
    for path in POSTS.glob("*.md"):
        text = path.read_text(encoding="utf-8")
        told = yaml.safe_load(text.split("---\n")[1])["sessions"]
        assert list(told) == re.findall(r"^## (.+)$", text, re.MULTILINE)
