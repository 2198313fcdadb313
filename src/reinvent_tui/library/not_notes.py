"""Weigh the evidence that a file is no notes: a project's README, a changelog, a page of a site, a list of links."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from reinvent_tui.library.about import is_readme
from reinvent_tui.library.candidates import Candidate
from reinvent_tui.library.draft import Draft
from reinvent_tui.library.events import known_conference, self_named_conference, year_in
from reinvent_tui.library.evidence import score, weights
from reinvent_tui.library.habits import Habits
from reinvent_tui.library.outline import plain

_PROJECT_NAME = re.compile(
    r"changelog|changes|history|licen[cs]e(?:[._-].*)?|contributing|contributors|code[_-]of[_-]conduct|security|robots|"
    r"requirements.*|package|humans|authors|notice|install(?:ation)?|todo|draft|page|default|search|404|test|"
    r"(?:.*[\W_])?template(?:[\W_].*)?|issue_template|bug_report|cname|credits|support|faq|privacy|terms|tags?|categories|archives?",
    re.IGNORECASE,
)
_CODE_FOLDER = re.compile(
    r"src|lib|libs|tests?|code|demos?|examples?|themes?|scaffolds|archetypes|public|static|apps?|frontend|backend|lambdas?|"
    r"infra(?:structure)?|scripts|packages?|layouts|templates|_includes|_layouts|assets|vendor|bin|labs?|projects?|"
    r"[\w-]*-(?:app|project|code|demo|labs?)|(?:app|project|code|demo|labs?)-[\w-]*|\.[\w-]+",
    re.IGNORECASE,
)
_PROJECT_SECTION = re.compile(
    r"\W*(?:(?:project\s+|local\s+|quick\s*)?(?:set[\s-]?up|start|install(?:ation|ing)?|usage|build(?:ing)?|develop(?:ment|ing)|"
    r"requirements?|prerequisites?|deploy(?:ment|ing)?|configuration|commands?|scripts?|testing|running.*|getting\s+started|"
    r"how\s+to\s+(?:use|run|build|install|contribute).*|licen[cs]e|contribut(?:ing|ors|ion).*|credits|acknowledg\w+|changelog|"
    r"table\s+of\s+contents|folder\s+structure|project\s+structure|customi[sz]e.*|compiles?\s+.*|lints?\s+.*|add\s+\w+|"
    r"publish\s+\w+|initiali[sz]e\s+\w+|about\s+this\s+repo.*|structure|roadmap|support|features|api\s+reference|faq))\W*",
    re.IGNORECASE,
)
_VERSION = re.compile(
    r"\[?v?\d+\.\d+(?:\.\d+)?(?:[-+][\w.]+)?\]?(?:\s.*)?|\[?unreleased\]?|(?:major|minor|patch)\s+changes",
    re.IGNORECASE,
)
_PAGE_KEYS = ("layout", "type", "menu", "outputs", "permalink", "sitemap", "comments")
_LINKED = re.compile(r"\]\(|https?://|^\s*[-*+]\s*\[[^\]]+\]|\]\[")
_COMMAND = re.compile(
    r"\b(?:npm|yarn|pip|brew|docker|git|bundle|rails|cargo|go|make|mvn|gradle|pnpm|npx)\s+(?:run|install|clone|build|i|get|new|up|start|test)\b"
)


TELLING = frozenset(
    {
        *("name of a project's file", "in a folder of code", "front matter of a page", "readme named as the event"),
        *("sections of a project", "versions as headings", "an index"),
    }
)
OF_README = frozenset({"no text", "little text", "commands"})
"""What shows it of a README."""
CAUTION = 0.3
"""Evidence that must be left over: to hide notes is worse than to list what is none."""


@dataclass(frozen=True, slots=True)
class Found:
    """What recognition has found in a file before it decides whether it is notes."""

    chosen: Candidate
    names: bool
    """True if it names a speaker."""
    code: bool
    """True if it has a session's code."""
    entries: int
    """Number of posts that it links."""
    is_index: bool
    """True if most of it are links to posts, or it only says what the folder is."""


def is_no_notes(draft: Draft, habits: Habits, found: Found) -> bool:
    """Return whether the file of a draft is more likely no notes than notes."""
    if not _may_be(draft, found):
        return False
    values = evidence(draft, habits, found)
    # A short file is no proof: something must show what else it is.
    telling = not values.keys().isdisjoint(TELLING) or ("readme" in values and not values.keys().isdisjoint(OF_README))
    return telling and score(values, weights("not notes")) > CAUTION


def _may_be(draft: Draft, found: Found) -> bool:
    """Return whether anything tells that a file is no notes: a cheap pre-filter with false positives."""
    pure = PurePosixPath(draft.path)
    return (
        found.is_index
        or is_readme(draft.path)
        or bool(_PROJECT_NAME.fullmatch(pure.stem))
        or any(_CODE_FOLDER.fullmatch(part) for part in pure.parent.parts)
        or any(key in draft.matter.values for key in _PAGE_KEYS)
        or any(
            _PROJECT_SECTION.fullmatch(heading.text) or _VERSION.fullmatch(heading.text)
            for heading in draft.source.headings[:60]
        )
    )


def evidence(draft: Draft, habits: Habits, found: Found) -> dict[str, float]:
    """Return the evidence that the file of a draft is no notes, by name; what is 0 is left out."""
    path, source = draft.path, draft.source
    pure = PurePosixPath(path)
    shown = [line for at, line in enumerate(source.lines) if line.strip() and at not in source.hidden]
    headings = [plain(heading.text[:120]) for heading in source.headings if heading.level <= 6][:60]
    body = [line for line in shown if not line.lstrip().startswith("#")]
    words = sum(len(line.split()) for line in body[:400])
    title = draft.sketch.title or plain(draft.matter.text("title"))
    hidden = sum(1 for at in source.hidden if source.lines[at].strip())
    readme = is_readme(path)
    folders = pure.parent.parts
    event = (
        known_conference(title).name
        or self_named_conference(title).name
        or (year_in(title) and len(title.split()) <= 6)
    )
    sessions = found.chosen.sessions
    values: Mapping[str, float] = {
        "": 1,
        "name of a project's file": bool(_PROJECT_NAME.fullmatch(pure.stem)),
        "readme": readme,
        "readme at the top": readme and not folders,
        "readme of a folder with other notes": readme and bool(folders) and habits.siblings >= 2,
        "in a folder of code": min(sum(1 for part in folders[1:] if _CODE_FOLDER.fullmatch(part)), 2)
        + 0.5 * bool(folders and _CODE_FOLDER.fullmatch(folders[0])),
        "no text": words < 4,
        "little text": 4 <= words < 40,
        "words": min(max(math.log(1 + words) - 5, -2), 2),
        "front matter of a page": any(key in draft.matter.values for key in _PAGE_KEYS)
        and not draft.matter.text("date"),
        "sections of a project": _share(headings, _PROJECT_SECTION) * (readme or habits.single < 0.5),
        "versions as headings": _share(headings, _VERSION),
        "mostly code": hidden / max(1, len(shown) + hidden),
        "commands": min(len(_COMMAND.findall(draft.text[:20000])), 5) / 5,
        "mostly links": sum(bool(_LINKED.search(line)) for line in body[:300]) / max(1, len(body[:300])),
        "links to posts": min(found.entries, 5) / 5,
        "an index": found.is_index,
        "readme named as the event": readme and bool(event),
        "a speaker": found.names,
        "a code": found.code,
        "marked sessions": bool(sessions) and sum(entry.is_session_marker for entry in sessions) / len(sessions),
        "several sessions": len(sessions) > 2,
        "like its siblings": (not readme or bool(folders)) and habits.single >= 0.5 and habits.siblings >= 2,
        "linked by an index": bool(habits.title) and not readme,
        "dated": bool(draft.matter.text("date")),
    }
    return {name: float(value) for name, value in values.items() if value}


def _share(texts: Sequence[str], pattern: re.Pattern[str]) -> float:
    return sum(bool(pattern.fullmatch(text)) for text in texts) / len(texts) if texts else 0.0
