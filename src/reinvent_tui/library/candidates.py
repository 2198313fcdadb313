"""The ways in which a post may be divided into sessions: which headings, or lines, may begin one.

Each way is a candidate; :mod:`reinvent_tui.library.evidence` decides between them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reinvent_tui.library.days import date_in, number_in
from reinvent_tui.library.events import known_conference, self_named_conference, year_in
from reinvent_tui.library.heading_features import HeadingFeatures, inside, is_wrapper, name_lines
from reinvent_tui.library.line_sessions import line_sessions
from reinvent_tui.library.outline import BOLD
from reinvent_tui.library.slug import slug
from reinvent_tui.library.words import PLACEHOLDER

MAX_LEVEL = 6
FEW_LINES = 5
"""Most lines of text under the heading of a day that may stand on the level of the talks."""


@dataclass(frozen=True, slots=True)
class PostMetadata:
    """What is known of a post besides its headings."""

    title: str
    """From front matter; empty if it gives none."""
    stem: str
    """File name without its extension; that of its folder if the file name says nothing (``README``)."""
    conference: bool
    """True if front matter gives an event or a day."""
    article: bool
    """True if front matter gives a title."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to divide a post."""

    kinds: tuple[str, ...]
    """Every rule that proposes it."""
    sessions: tuple[HeadingFeatures, ...]
    """The headings that begin its sessions; empty if the whole post is one."""
    title: HeadingFeatures | None = None
    """The heading above them that is the post's title."""

    @property
    def whole(self) -> bool:
        """True if the post is a single session."""
        return not self.sessions


def candidates(lines: list[str], entries: list[HeadingFeatures], metadata: PostMetadata) -> list[Candidate]:
    """Return every way to divide a post; the first is to leave it whole."""
    named = name_lines(entries)
    usable = [entry for entry in entries if not PLACEHOLDER.fullmatch(entry.text) and entry.heading.line not in named]
    proposals: list[tuple[str, Sequence[HeadingFeatures]]] = []
    markers = [entry for entry in usable if entry.is_session_marker]
    if len(markers) >= 2:
        proposals.append(("markers", _by_session_markers(usable, markers)))
    days = [entry for entry in usable if entry.day and entry.level <= MAX_LEVEL]
    if days:
        proposals.append(("days", _under_days(usable, days)))
    top = tops(usable)
    dated = [entry for entry in top if date_in(entry.text)]
    if len(dated) >= 2 and len(dated) * 2 >= len(top):
        proposals.append(("dated", top))
    proposals.append(("below", _below_title(usable, top, metadata)))
    bare = _bare_event(lines, usable)
    for level in sorted({entry.level for entry in usable}):
        here = [entry for entry in usable if entry.level == level and not entry.part and entry is not bare]
        proposals.append((f"level {level}" if level <= 3 else "deep", here))
        # "Talks" is a part of a session, unless talks are below it.
        groups = [entry for entry in usable if entry.level == level and entry.part and is_wrapper(entry.text)]
        groups = [entry for entry in groups if inside(usable, entry)]
        grouped = sorted([*here, *groups], key=lambda entry: entry.heading.line) if groups else here
        proposals.append(("unwrapped", _unwrapped(usable, grouped)))
    proposals.append(("lines", line_sessions(lines, entries)))
    found: dict[tuple[int, ...], Candidate] = {(): Candidate(("whole",), ())}
    for kind, sessions in proposals:
        key = tuple(entry.heading.line for entry in sessions)
        known = found.get(key)
        alone = len(sessions) == 1 and not (metadata.conference or _is_one_below(usable, sessions[0]))
        if not sessions or alone:
            continue
        kinds = (*known.kinds, kind) if known else (kind,)
        found[key] = Candidate(kinds, tuple(sessions), _title_above(usable, sessions))
    return list(found.values())


def _bare_event(lines: list[str], entries: Sequence[HeadingFeatures]) -> HeadingFeatures | None:
    """Return the first heading if it names the event, on the level of the talks, and has hardly any text of its own."""
    if len(entries) < 2 or entries[0].level != entries[1].level:
        return None
    first = entries[0]
    named = known_conference(first.text).name or self_named_conference(first.text).name
    text = sum(1 for line in lines[first.heading.end : entries[1].heading.line] if line.strip())
    # A day of it may have a few lines of its own, such as a link to its recordings.
    few = text <= FEW_LINES if number_in(first.text) is not None else not text
    return first if named and year_in(first.text) and few else None


def _is_one_below(entries: Sequence[HeadingFeatures], only: HeadingFeatures) -> bool:
    """Return whether a single heading may be the only session of a post: below that of an event, a day or a group."""
    first = entries[0]
    text = first.text
    eventful = first.day or number_in(text) is not None or year_in(text) or self_named_conference(text).name
    return first is not only and first.level < only.level and bool(eventful or is_wrapper(text))


def _title_above(entries: Sequence[HeadingFeatures], sessions: Sequence[HeadingFeatures]) -> HeadingFeatures | None:
    first = entries[0] if entries else None
    return first if first is not None and first.level <= MAX_LEVEL and first is not sessions[0] else None


def tops(entries: Sequence[HeadingFeatures]) -> list[HeadingFeatures]:
    """Return the headings on the outermost level."""
    level = min((entry.level for entry in entries if entry.level <= MAX_LEVEL), default=0)
    return [entry for entry in entries if entry.level == level]


def _unwrapped(entries: list[HeadingFeatures], here: list[HeadingFeatures]) -> list[HeadingFeatures]:
    """Return ``here`` with days and headings that only group sessions replaced by what is below them."""
    result: list[HeadingFeatures] = []
    for entry in here:
        if entry.day or is_wrapper(entry.text):
            result.extend(other for other in tops(inside(entries, entry)) if not other.part)
        else:
            result.append(entry)
    return result


def _by_session_markers(entries: list[HeadingFeatures], markers: list[HeadingFeatures]) -> list[HeadingFeatures]:
    """Return the sessions of a post in which several headings are session markers."""
    lettered = [entry for entry in markers if entry.lettered]
    if len(lettered) * 2 >= len(markers):
        return _lettered(entries, markers)
    counts = Counter(entry.level for entry in markers)
    # On a tie, the outermost level.
    level = max(counts, key=lambda candidate: (counts[candidate], -candidate))
    siblings = [entry for entry in entries if entry.level == level and not entry.day and not entry.part]
    if counts[level] < 2:
        # On different levels, none inside another: "### Session: A" under a day, "## Keynote: B" beside it.
        nested = any(other in markers for entry in markers for other in inside(entries, entry))
        return [] if nested else markers
    if counts[level] < len(siblings) * 0.3 and not any(entry.coded for entry in markers):
        return []
    if level == BOLD and counts[level] * 2 < len(siblings):
        return [entry for entry in siblings if entry.is_session_marker]
    outer = [entry for entry in markers if entry.level < level]
    return sorted({*siblings, *outer}, key=lambda entry: entry.heading.line)


def _lettered(entries: list[HeadingFeatures], markers: list[HeadingFeatures]) -> list[HeadingFeatures]:
    """Return the sessions of a series ``A.``, ``B.``, …; a numbered series replaces the item that contains it."""
    sessions: list[HeadingFeatures] = []
    levels = {entry.level for entry in markers if entry.lettered}
    inner_ids: set[int] = set()
    for entry in markers:
        if id(entry) in inner_ids:
            continue
        below = inside(entries, entry)
        inner = [other for other in below if other.numbered and not other.part]
        if inner:
            sessions.extend(inner)
            inner_ids.update(id(other) for other in below)
        elif entry.lettered or not any(other.is_session_marker for other in below):
            sessions.append(entry)
    taken = {id(entry) for entry in sessions}
    parents = {id(entry) for entry in markers if id(entry) not in taken}
    for entry in entries:
        # "Lightning talks" between K. and L. belongs to the series.
        sibling = entry.level in levels and not entry.day and not entry.part and not entry.numbered
        alone = (
            id(entry) not in taken
            and id(entry) not in parents
            and not any(other.is_session_marker for other in inside(entries, entry))
        )
        if sibling and alone and entry.heading.line > markers[0].heading.line and entry.level >= max(levels):
            sessions.append(entry)
    return sorted(sessions, key=lambda entry: entry.heading.line)


def _under_days(entries: list[HeadingFeatures], days: list[HeadingFeatures]) -> list[HeadingFeatures]:
    """Return the headings one level below those of days, or the days themselves."""
    level = min(day.level for day in days)
    days = [day for day in days if day.level == level]
    if len(days) == 1 and days[0] is entries[0] and level == 1 and not inside(entries, days[0]):
        return []
    below = [entry for day in days for entry in inside(entries, day) if not entry.part]
    under = [entry for entry in below if entry.level <= MAX_LEVEL] or [
        entry for entry in below if entry.is_session_marker
    ]
    if not under:
        others = [entry for entry in entries if entry.level == level and not entry.part]
        return (
            [entry for entry in others if entry is not entries[0] or entry.day]
            if len(days) > 1 or len(others) > 1
            else []
        )
    inner_level = min(entry.level for entry in under)
    return [entry for entry in under if entry.level == inner_level]


def _below_title(
    entries: list[HeadingFeatures], top: list[HeadingFeatures], metadata: PostMetadata
) -> list[HeadingFeatures]:
    """Return the headings right below the title, or those below headings that only group sessions."""
    headings = [entry for entry in entries if entry.level <= MAX_LEVEL]
    if not headings:
        return []
    level = top
    alone = len(top) == 1
    if alone and (not metadata.title or (top[0] is headings[0] and slug(metadata.title) == slug(top[0].text))):
        level = tops([entry for entry in headings if entry is not top[0]])
    wrappers = [entry for entry in level if is_wrapper(entry.text) and inside(headings, entry)]
    if wrappers and all(is_wrapper(entry.text) or entry.part for entry in level):
        return tops([entry for wrapper in wrappers for entry in inside(headings, wrapper) if not entry.part])
    return [entry for entry in level if not entry.part]
