"""Recognise the sessions of a post and their fields."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from pathlib import PurePosixPath

from reinvent_tui.library import fields, links
from reinvent_tui.library.blog_text import BlogText, read_blog_text
from reinvent_tui.library.candidates import Candidate, candidates
from reinvent_tui.library.corrections import LEVEL, NONE, ONE
from reinvent_tui.library.draft import Draft, PostText, draft_of
from reinvent_tui.library.evidence import PostView, choose
from reinvent_tui.library.front_matter_formats import FrontMatter, Node
from reinvent_tui.library.habits import NO_HABITS, Habits
from reinvent_tui.library.heading_features import heading_features
from reinvent_tui.library.model import Origin, Post, Problem, Session, Tag, Takeaway, When
from reinvent_tui.library.not_notes import Found, is_no_notes
from reinvent_tui.library.oddities import oddities
from reinvent_tui.library.outline import plain
from reinvent_tui.library.post_facts import PostFacts, post_facts
from reinvent_tui.library.session_speakers import Surroundings, speakers_of
from reinvent_tui.library.sketch import STATED
from reinvent_tui.library.slug import slug
from reinvent_tui.library.spans import SessionSpan, days_over, span_of, title_below, usual_lines
from reinvent_tui.library.stand_ins import name_of
from reinvent_tui.library.stated_sessions import key_of, session_id, stated_headings, stated_sessions
from reinvent_tui.library.tails import common_shape
from reinvent_tui.library.takeaways import find_takeaways
from reinvent_tui.library.titles import Title, title_of
from reinvent_tui.library.topics import Vocabulary, inferred_tags


def read_post(
    text: str,
    path: str,
    default_event: str = "",
    vocabulary: Vocabulary | None = None,
    habits: Habits = NO_HABITS,
) -> Post:
    r"""Recognise the post in ``text``, by itself or with the habits of its neighbours.

    Args:
        text: the file's content, cleaned, with ``\\n`` line ends.
        path: the file below the folder that was opened, with forward slashes.
        default_event: name of the folder, used if the post names no event.
        vocabulary: topics to infer tags from; None infers none.
        habits: what is known from its neighbours.
    """
    return read_draft(draft_of(text, path), default_event, vocabulary, habits)


def read_draft(
    draft: Draft,
    default_event: str = "",
    vocabulary: Vocabulary | None = None,
    habits: Habits = NO_HABITS,
    *,
    named: bool = False,
) -> Post:
    """Recognise the post of a draft; the arguments are those of :func:`read_post`.

    What is no notes (a project's README, a page of links) becomes a post without
    sessions, unless a person ``named`` the file.
    """
    matter, source, path = draft.matter, draft.source, draft.path
    stated, problems = fields.day_and_date(matter)
    facts = post_facts(matter, stated, source.lines, source.headings, path, default_event, habits)
    post = Post(
        path=path,
        title=facts.title or PurePosixPath(path).stem,  # a heading may say nothing: ``#``
        event=facts.event.name,
        when=facts.when[0],
        author=", ".join(fields.names(matter.values.get("author", matter.values.get("authors", "")))),
        origin=matter.text("source") or matter.text("canonical_url"),
        problems=(
            *matter.problems,
            *problems,
            *fields.tag_problems(matter),
            *oddities(draft.text, source.first, source.lines),
        ),
    )
    index = links.read_index(source.lines, source.hidden, source.headings, path, facts.event.conference)
    reader = _Reader(matter, source, facts, post._replace(entries=index.entries), vocabulary, habits)
    post = reader.read()
    said = habits.said.sessions
    if said == NONE:
        return reader.as_introduction(post)
    if reader.stated or named or said or not is_no_notes(draft, habits, reader.found(post, index)):
        return post
    return reader.as_introduction(post)


class _Reader:
    """Reads the sessions of one post."""

    def __init__(
        self,
        matter: FrontMatter,
        source: PostText,
        facts: PostFacts,
        post: Post,
        vocabulary: Vocabulary | None,
        habits: Habits,
    ) -> None:
        self._matter, self._source, self._facts, self._post = matter, source, facts, post
        self._vocabulary, self._habits = vocabulary, habits
        self._common = fields.tags(matter.values)
        self._shape = habits.tail
        self._lines_of_names = False
        self._chosen = Candidate(("whole",), ())
        self.stated = any(matter.values.get(key) for key in STATED)

    def found(self, post: Post, index: links.Index) -> Found:
        """Return what shows whether the post is notes."""
        names = any(session.speakers for session in post.sessions)
        code = any(session.code for session in post.sessions)
        return Found(self._chosen, names, code, len(index.entries), index.is_index)

    def read(self) -> Post:
        """Return the post with its sessions."""
        stated = stated_sessions(self._matter)
        said = self._habits.said.sessions
        if said == ONE:
            return self._one()
        level = LEVEL.fullmatch(said)
        if level:
            headings = [one for one in self._source.headings if one.level == int(level[1]) and plain(one.text)]
            return self._many([span_of(heading, "") for heading in headings], stated) if headings else self._one()
        if stated:
            named = stated_headings(self._source.headings, stated)
            if named:
                return self._many([span_of(heading, "") for heading in named], stated)
        one = any(self._matter.values.get(key) for key in ("code", "speakers", "speaker"))
        if not one:
            lines = self._source.lines
            entries = heading_features(lines, self._source.headings)
            view = PostView(lines, entries, self._facts.metadata, self._habits)
            self._chosen = choose(view, candidates(lines, entries, view.metadata))
            chosen = self._chosen.sessions
            if chosen:
                known = {entry.heading.line for entry in entries}
                lines_too = [entry for entry in chosen if entry.heading.line not in known]
                days = days_over(sorted([*entries, *lines_too], key=lambda entry: entry.heading.line))
                return self._many([span_of(entry.heading, days[entry.heading.line]) for entry in chosen], stated)
            if not any(entry.level <= 6 for entry in entries):
                blog = read_blog_text(self._source.lines)
                if blog is not None:
                    return self._blog(blog)
        return self._one()

    # Many sessions

    def _many(self, spans: list[SessionSpan], stated: dict[str, dict[str, Node]]) -> Post:
        source = self._source
        self._shape = common_shape(span.heading for span in spans) or self._shape
        self._lines_of_names = usual_lines(source.lines, spans)
        self._post = post = self._post._replace(event=self._facts.event_of_many([span.heading for span in spans]))
        by_key = {key_of(name): value for name, value in stated.items()}
        present = {key_of(span.heading) for span in spans}
        problems = tuple(
            Problem(self._matter.lines.get("sessions", 1), f"no heading for the session {name!r}")
            for name in stated
            if key_of(name) not in present
        )
        complete, between = self._with_ends(spans)
        several_days = len({span.day for span in spans if span.day}) > 1
        taken: dict[str, int] = {}
        sessions: list[Session] = []
        for span in complete:
            session = self._session(span, by_key.get(key_of(span.heading), {}), several_days=several_days)
            sessions.append(session._replace(id=session_id(post.path, session, taken)))
        post = post._replace(sessions=tuple(sessions), problems=(*post.problems, *problems))
        return self._introduced(post, spans[0].top, between)

    def _with_ends(self, spans: list[SessionSpan]) -> tuple[list[SessionSpan], list[tuple[int, int]]]:
        """Return the sessions with their ends, and the text under day headings between them, which is of neither."""
        source = self._source
        named_days = {span.day for span in spans if span.day}
        days = [heading.line for heading in source.headings if heading.text in named_days]
        complete: list[SessionSpan] = []
        between: list[tuple[int, int]] = []
        for span, following in zip(spans, [*(span.top for span in spans[1:]), len(source.lines)], strict=True):
            at = bisect_right(days, span.top)
            end = min(days[at], following) if at < len(days) else following
            if any(line.strip() for line in source.lines[end + 1 : following]):
                between.append((end, following))
            complete.append(replace(span, end=end))
        return complete, between

    def _introduced(self, post: Post, first: int, between: list[tuple[int, int]]) -> Post:
        """Return a post of several sessions with what it says besides them: before the ``first``, and between days."""
        source = self._source
        others = [source.join(start, end).strip("\n") for start, end in between]
        post = post._replace(intro="\n\n".join([self._intro(first), *others]).strip("\n"))
        title = self._facts.title_heading
        start = title.end if title is not None and title.line < first else 0
        lessons = [lesson for begin, end in [(start, first), *between] for lesson in self._lessons(begin, end)]
        raw = source.join(0, first)
        text_above = title is not None and any(line.strip() for line in source.lines[: title.line])
        after = len(source.join(0, start)) + 1 if start and not text_above else 0
        raw = "\n\n".join([raw, *others, source.definitions.used_by(raw, 0, first)]).rstrip("\n")
        return post._replace(introduction=self._introduction(post, tuple(lessons), raw, min(after, len(raw))))

    def _lessons(self, start: int, end: int) -> tuple[Takeaway, ...]:
        source = self._source
        return find_takeaways(source.lines, source.headings, source.hidden, start, end, source.first)

    def _introduction(
        self, post: Post, takeaways: tuple[Takeaway, ...], raw: str = "", start: int = 0
    ) -> Session | None:
        """Return what a post says besides its sessions; None if it says nothing.

        Args:
            post: with its sessions.
            takeaways: in that text.
            raw: that text as it stands in the file, from its first line on; empty for the post's ``intro``.
            start: offset in ``raw`` of the text after the title.
        """
        if not post.intro.strip() and not raw.strip():
            return None
        return Session(
            id=post.path,
            title=post.title,
            line=self._source.first,
            event=post.event,
            source=raw or post.intro,
            source_line=self._source.first,
            body_start=start,
            when=post.when,
            takeaways=takeaways,
        )

    def as_introduction(self, post: Post) -> Post:
        """Return a post that is no notes: all of its text introduces others."""
        source = self._source
        post = post._replace(
            title=self._facts.title or post.title, intro=source.join(0, len(source.lines)).strip("\n"), sessions=()
        )
        return post._replace(introduction=self._introduction(post, ()))

    def _intro(self, end: int) -> str:
        """Return the text before the first session, without the title, which the page shows anyway."""
        source = self._source
        title = self._facts.title_heading
        intro = source.join(0, end)
        # A link in the title stands nowhere else.
        if title is not None and title.line < end and "](" not in title.text:
            intro = f"{source.join(0, title.line)}\n{source.join(title.end, end)}"
        references = source.definitions.used_by(intro, 0, end)
        return f"{intro}\n\n{references}".strip("\n")

    def _blog(self, blog: BlogText) -> Post:
        """Return a post saved from a blog page."""
        lines = self._source.lines
        title = plain(self._matter.text("title")) or lines[blog.title].strip()
        ends = [*blog.names[1:], blog.end]
        taken: dict[str, int] = {}
        self._facts = self._facts.of_blog(title, blog.date)
        when = self._facts.with_byline(blog.date, title)
        post = self._post._replace(
            title=title,
            author=self._post.author or blog.author,
            when=when[0],
            event=self._facts.event.name,
        )
        sessions = []
        for name, end in zip(blog.names, ends, strict=True):
            session = self._session(SessionSpan(name, name + 1, end, lines[name].strip(), 2), {}, when=when)
            session = session._replace(event=post.event, id=session_id(post.path, session, taken))
            sessions.append(session)
        subtitle = [lines[blog.subtitle].strip()] if blog.subtitle is not None else []
        after = (blog.subtitle if blog.subtitle is not None else blog.title) + 1
        intro = "\n\n".join([*subtitle, self._source.join(after, blog.names[0]).strip("\n")]).strip("\n")
        footer = self._source.join(blog.end, len(lines)).strip()
        intro = f"{intro}\n\n{footer}".strip("\n") if footer else intro
        post = post._replace(intro=intro, sessions=tuple(sessions))
        lessons = self._lessons(after, blog.names[0])
        return post._replace(introduction=self._introduction(post, lessons))

    # One session

    def _one(self) -> Post:
        source, facts = self._source, self._facts
        title, title_from, _ = facts.whole_title
        heading = facts.title_heading if title_from != Origin.FILE_NAME else None
        if heading is not None and title_from == Origin.FRONT_MATTER and slug(heading.text) != slug(title.text):
            heading = None  # it says something else
        top = heading is not None and not any(line.strip() for line in source.lines[: heading.line])
        start = heading.end if top and heading is not None else 0
        if heading is None and facts.title_line is not None and facts.whole_title[1] == Origin.TEXT:
            start = facts.title_line + 1
        span = SessionSpan(0, start, len(source.lines), heading.text if heading is not None else "")
        session = self._session(span, dict(self._matter.values), whole=True)
        line = source.first + heading.line if heading is not None else source.first + (facts.title_line or 0)
        return self._post._replace(sessions=(session._replace(id=self._post.path, line=line),))

    # Each session

    def _session(
        self,
        span: SessionSpan,
        session_matter: dict[str, Node],
        *,
        whole: bool = False,
        several_days: bool = False,
        when: tuple[When, str] | None = None,
    ) -> Session:
        source, post, facts = self._source, self._post, self._facts
        text = source.join(span.top, span.end)
        body_start = len(source.join(span.top, span.start)) + 1 if span.start > span.top else 0
        tag_line, line_tags = fields.tag_line(source.lines, source.hidden, span.start, span.end)
        tag_start = len(source.join(span.top, tag_line)) + 1 if tag_line > span.top else 0
        title, origin = self._title_and_code(span, session_matter, whole=whole)
        names, names_from = speakers_of(self._surroundings(), span, session_matter, whole=whole)
        day, day_from = when or facts.when_of(
            span.heading, span.day, session_matter, several_days=several_days, whole=whole
        )
        takeaways = self._takeaways(span, whole=whole)
        stated_tags = fields.merged(self._common, fields.tags(session_matter))
        tags = self._with_inferred(fields.merged(stated_tags, line_tags), title, text[body_start:], takeaways)
        origins = {
            "event": facts.event.origin,
            "title": origin["title"],
            "code": origin["code"] if title.code else "",
            "day": day_from if day.day is not None or day.name else "",
            "date": day_from if day.date is not None else "",
            "speakers": names_from if names else "",
            "tags": fields.tags_origin(tags, stated=bool(stated_tags)),
            "takeaways": Origin.TEXT if takeaways else "",
        }
        return Session(
            id="",
            title=title.text,
            line=source.first + span.top,
            event=facts.event.on(post.event, day.date),
            source=text,
            source_line=source.first + span.top,
            body_start=min(body_start, len(text)),
            tag_line=(tag_start, tag_start + len(source.lines[tag_line])) if line_tags else (0, 0),
            when=day,
            code=title.code,
            speakers=names,
            tags=tags,
            takeaways=takeaways,
            references=source.definitions.used_by(text, span.top, span.end),
            origin=tuple((field, origin) for field, origin in origins.items() if origin),
        )

    def _surroundings(self) -> Surroundings:
        usual = self._habits.names_line or self._lines_of_names
        titled, subtitle = self._matter.text("title"), self._matter.text("subtitle")
        return Surroundings(self._source, self._facts, name_of(self._post.path), titled, subtitle, self._shape, usual)

    def _takeaways(self, span: SessionSpan, *, whole: bool) -> tuple[Takeaway, ...]:
        source, level = self._source, 0 if whole else span.level
        return find_takeaways(source.lines, source.headings, source.hidden, span.start, span.end, source.first, level)

    def _with_inferred(
        self, tags: tuple[Tag, ...], title: Title, body: str, takeaways: tuple[Takeaway, ...]
    ) -> tuple[Tag, ...]:
        if self._vocabulary is None:
            return tags
        texts = [takeaway.text for takeaway in takeaways]
        event = self._post.event
        return (*tags, *inferred_tags(self._vocabulary, title.text, body, texts, title.code, tags, event))

    def _title_and_code(
        self, span: SessionSpan, session_matter: dict[str, Node], *, whole: bool
    ) -> tuple[Title, dict[str, str]]:
        stated = fields.code(session_matter.get("code", ""))
        if whole:
            title, title_from, code_from = self._facts.whole_title
        else:
            heading = title_below(self._source.headings, span) or span.heading
            title = Title(plain(span.heading), "") if session_matter else title_of(heading, self._shape)
            title_from = code_from = Origin.HEADING
            if session_matter and not stated:
                title = replace(title, code=title_of(span.heading).code)
        if stated:
            title, code_from = replace(title, code=stated), Origin.FRONT_MATTER
        return title, {"title": title_from, "code": code_from}
