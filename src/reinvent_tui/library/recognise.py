"""Make a post out of a file's text: its sessions, and what belongs to each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from reinvent_tui.library import fields
from reinvent_tui.library.front_matter import FrontMatter, Node, split
from reinvent_tui.library.model import Post, Problem, Session, Tag
from reinvent_tui.library.outline import Heading, headings, plain
from reinvent_tui.library.references import Definitions
from reinvent_tui.library.slug import slug
from reinvent_tui.library.takeaways import PART_HEADING, find_takeaways

_TAG_LINE = re.compile(r"\s*(?:\*\*|__)?(?:tags?|topics?|keywords?)\s*:(?:\*\*|__)?\s*(\S.*)$", re.IGNORECASE)
_HASH_LINE = re.compile(r"\s*(?:#[^\W\d][\w/+.-]*[,\s]*)+$")


@dataclass(frozen=True, slots=True)
class _Text:
    """A post's text after its front matter, taken apart into lines."""

    lines: list[str]
    first: int
    """Line in the file of ``lines[0]``, from 1."""
    headings: list[Heading]
    hidden: set[int]
    definitions: Definitions

    def join(self, start: int, end: int) -> str:
        return "\n".join(self.lines[start:end])


def read_post(text: str, path: str, default_event: str = "") -> Post:
    r"""Return the post that ``text`` is.

    Args:
        text: the file's content, cleaned, with ``\\n`` line ends.
        path: the file below the folder that was opened, with forward slashes.
        default_event: the event where the post does not say one.
    """
    matter, body = split(text)
    lines = body.split("\n")
    found, hidden = headings(lines)
    source = _Text(lines, matter.body_line, found, hidden, Definitions.collect(lines, hidden))
    day, date, problems = fields.day_and_date(matter)
    title_heading = next((heading for heading in found if heading.level == 1), None)
    name = PurePosixPath(path).stem
    title = plain(matter.text("title") or (title_heading.text if title_heading else "")) or _first_line(source) or name
    post = Post(
        path=path,
        title=title,
        event=plain(matter.text("event")) or default_event,
        day=day,
        date=date,
        author=", ".join(fields.names(matter.values.get("author", matter.values.get("authors", "")))),
        origin=matter.text("source"),
        problems=(*matter.problems, *problems),
    )
    parts = _session_headings(matter, source)
    if not parts:
        return _one_session(post, matter, source, title_heading)
    return _many_sessions(post, matter, source, parts, title_heading)


def _first_line(source: _Text) -> str:
    """Return the first line of a text without a title, if it could be one: short, and alone."""
    for index, line in enumerate(source.lines):
        if line.strip():
            after = source.lines[index + 1].strip() if index + 1 < len(source.lines) else ""
            alone = not after and index not in source.hidden
            return plain(line.strip("# \t")) if alone and 0 < len(line.strip()) <= 100 else ""
    return ""


def _session_headings(matter: FrontMatter, source: _Text) -> list[Heading]:
    """Return the headings that begin a session; none where the whole post is one session."""
    told = {_key(name) for name in _told_sessions(matter)}
    level = next((heading.level for heading in source.headings if _key(heading.text) in told), 0)
    if not level:
        if matter.values.get("code") or matter.values.get("speakers") or matter.values.get("speaker"):
            return []
        level = 2
    candidates = [heading for heading in source.headings if heading.level == level and plain(heading.text)]
    return [
        heading for heading in candidates if _key(heading.text) in told or not PART_HEADING.match(plain(heading.text))
    ]


def _key(text: str) -> str:
    return plain(text).casefold()


def _told_sessions(matter: FrontMatter) -> dict[str, dict[str, Node]]:
    """Return what the front matter says of each session, by the title it gives."""
    stated = matter.values.get("sessions", "")
    if isinstance(stated, dict):
        return {name: value if isinstance(value, dict) else {} for name, value in stated.items()}
    told: dict[str, dict[str, Node]] = {}
    for item in stated if isinstance(stated, list) else []:
        if isinstance(item, str):
            told[item] = {}
        elif isinstance(item, dict):
            name = item.get("title", "")
            told[name if isinstance(name, str) else ""] = item
    told.pop("", None)
    return told


def _one_session(post: Post, matter: FrontMatter, source: _Text, title: Heading | None) -> Post:
    top = title is not None and not any(line.strip() for line in source.lines[: title.line])
    start = title.end if top and title is not None else 0
    session = _session(post, source, (0, start, len(source.lines)), post.title, dict(matter.values))
    line = source.first + title.line if title is not None else source.first
    return replace(post, sessions=(replace(session, id=post.path, line=line),))


def _many_sessions(post: Post, matter: FrontMatter, source: _Text, parts: list[Heading], title: Heading | None) -> Post:
    told = {_key(name): value for name, value in _told_sessions(matter).items()}
    stated = {name: _key(name) for name in _told_sessions(matter)}
    present = {_key(heading.text) for heading in parts}
    problems = tuple(
        Problem(matter.lines.get("sessions", 1), f"no heading for the session {name!r}")
        for name, key in stated.items()
        if key not in present
    )
    ends = [heading.line for heading in parts[1:]] + [len(source.lines)]
    taken: set[str] = set()
    sessions: list[Session] = []
    common = fields.tags(matter.values)
    for heading, end in zip(parts, ends, strict=True):
        said = told.get(_key(heading.text), {})
        session = _session(post, source, (heading.line, heading.end, end), plain(heading.text), said)
        tags = fields.merged(common, session.tags)
        sessions.append(replace(session, id=_session_id(post.path, session, taken), tags=tags))
    intro = source.join(0, parts[0].line)
    if title is not None and title.line < parts[0].line:
        intro = f"{source.join(0, title.line)}\n{source.join(title.end, parts[0].line)}"
    references = source.definitions.used_by(intro, 0, parts[0].line)
    intro = f"{intro}\n\n{references}".strip("\n")
    return replace(post, intro=intro, sessions=tuple(sessions), problems=(*post.problems, *problems))


def _session_id(path: str, session: Session, taken: set[str]) -> str:
    """Return an id that other sessions and lines of the post do not change."""
    base = anchor = slug(session.title) or "session"
    if anchor in taken and session.code:
        base = anchor = f"{anchor}-{session.code.lower()}"
    count = 0
    while anchor in taken:
        count += 1
        anchor = f"{base}-{count}"
    taken.add(anchor)
    return f"{path}#{anchor}"


def _session(post: Post, source: _Text, at: tuple[int, int, int], title: str, said: dict[str, Node]) -> Session:
    """Return the session in the lines ``at``: its first, the one after its heading, and the one after its last."""
    top, start, end = at
    text = source.join(top, end)
    body_start = len(source.join(top, start)) + 1 if start > top else 0
    tag_line, given = _tag_line(source, start, end)
    tag_start = len(source.join(top, tag_line)) + 1 if tag_line > top else 0
    day, date, _ = fields.day_and_date(FrontMatter(values=said))
    return Session(
        id="",
        title=title,
        line=source.first + top,
        event=post.event,
        source=text,
        source_line=source.first + top,
        body_start=min(body_start, len(text)),
        tag_line=(tag_start, tag_start + len(source.lines[tag_line])) if given else (0, 0),
        day=day if day is not None else post.day,
        date=date if date is not None else post.date,
        code=fields.code(said.get("code", "")),
        speakers=fields.names(said.get("speakers", said.get("speaker", ""))),
        tags=fields.merged(fields.tags(said), given),
        takeaways=find_takeaways(source.lines, source.headings, source.hidden, start, end, source.first),
        references=source.definitions.used_by(text, top, end),
    )


def _tag_line(source: _Text, start: int, end: int) -> tuple[int, tuple[Tag, ...]]:
    """Return the index of the line that gives tags, and the tags; only the first line of text counts."""
    for index in range(start, end):
        line = source.lines[index]
        if not line.strip():
            continue
        match = _TAG_LINE.match(line)
        if match:
            return index, tuple(Tag(word) for word in fields.words(match[1]))
        if _HASH_LINE.match(line) and index not in source.hidden:
            return index, tuple(Tag(word) for word in fields.words(line.replace(",", " ")))
        break
    return start, ()
