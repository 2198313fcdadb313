"""Fit the weights of recognition on labelled repositories, and say how good they are on one that was left out.

``python tests/fitting.py [--write] [--misses]`` prints a row for each repository, scored with
weights that were fitted on all others, and with ``--write`` stores the weights fitted on all.

The model is a conditional logit over the candidates of a post (see
:mod:`reinvent_tui.library.evidence`), fitted by gradient descent (Adam) on the log-likelihood.
Each repository counts by the root of its number of files, so that a big one does not hide ten
small ones. Weights are drawn towards what a person expects of their sign, and may not have the
other one: few repositories show each kind of evidence.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NotRequired, TypedDict
from unittest import mock

import yaml

import labelled
from labelled import Labelled, Tally, Wanted
from reinvent_tui.library import evidence, not_notes, recognise
from reinvent_tui.library.candidates import Candidate, candidates
from reinvent_tui.library.draft import Draft, draft_of
from reinvent_tui.library.evidence import PostView
from reinvent_tui.library.habits import MOST_SIBLINGS, Habits, Library
from reinvent_tui.library.heading_features import heading_features
from reinvent_tui.library.load import Loaded
from reinvent_tui.library.post_facts import metadata_of
from reinvent_tui.library.titles import title_of

Weights = Mapping[str, float]
SHAPES = Path(__file__).parent / "data" / "shapes.yaml"
WEIGHTS = Path(evidence.__file__).parent / "weights.toml"
PRIOR = 0.7
"""Weight that evidence of a known sign has before anything is fitted."""
SHRINKAGE = 0.05
ROUNDS = 300
RATE = 0.08
NEARLY = 0.005

FOR_SESSIONS = (
    *("by markers", "by days", "by dated", "by lines", "sessions: by-lines", "sessions: speakers in titles"),
    *("sessions: codes", "sessions: labels", "sessions: letters", "sessions: times", "sessions: happenings"),
    *("sessions: long titles", "sessions: number", "sessions: under days", "sessions: event or day above"),
    "sessions: siblings are not single talks",
)
AGAINST_SESSIONS = (
    *("sessions: sections", "sessions: groups", "sessions: only names", "sessions: short titles", "sessions: only one"),
    *("sessions: days among them", "sessions: marked ones inside", "sessions: headings left out"),
    *("sessions: marked ones left out", "sessions: siblings are single talks", "sessions: talk above"),
    *("sessions: below the second level", "sessions: article", "sessions: text before"),
    "sessions: inside other headings",
)
FOR_WHOLE = (
    *("whole: named like its file", "whole: a word of its file name", "whole: its file name is a title"),
    "whole: a long file name",
    *(
        "whole: siblings are single talks",
        "whole: an index links it",
        "whole: a code",
        "whole: a code in its file name",
    ),
    *("whole: a by-line", "whole: a speaker in its title", "whole: a date with a time", "whole: parts of one talk"),
    *("whole: one talk in its title", "whole: article", "whole: a speaker only in its title"),
    "whole: a title with a code before its headings",
)
AGAINST_WHOLE = (
    *("whole: siblings are not single talks", "whole: an event or day in its title", "whole: talks in its title"),
    *("whole: a day in its file name", "whole: event in front matter", "whole: days inside"),
    "whole: headings of the second level only",
    "whole: its file is named as an event",
)
NOT_NOTES = (
    *("name of a project's file", "readme", "readme at the top", "readme of a folder with other notes"),
    *("in a folder of code", "no text", "little text", "front matter of a page", "sections of a project"),
    *("versions as headings", "mostly code", "commands", "mostly links", "links to posts", "an index"),
    "readme named as the event",
)
NOTES = (
    *("words", "a speaker", "a code", "marked sessions", "several sessions", "like its siblings"),
    *("linked by an index", "dated"),
)
STRONG = frozenset(
    {
        *("whole: a code", "whole: a code in its file name", "whole: a title with a code before its headings"),
        *("whole: named like its file", "whole: days inside", "sessions: by-lines", "sessions: codes", "by markers"),
    }
)
"""Evidence that a person would call nearly certain: twice the prior weight."""
SIGNS: Mapping[str, Mapping[str, int]] = {
    "sessions": dict.fromkeys((*FOR_SESSIONS, *FOR_WHOLE), 1) | dict.fromkeys((*AGAINST_SESSIONS, *AGAINST_WHOLE), -1),
    "not notes": dict.fromkeys(NOT_NOTES, 1) | dict.fromkeys(NOTES, -1),
}


class Shape(TypedDict):
    """A small post of our own."""

    path: str
    sessions: list[str]
    text: str
    single: NotRequired[float]
    """Share of its siblings that are single talks; without it, it has no siblings."""


@dataclass(frozen=True, slots=True)
class Case:
    """One decision: its options, and which of them are right."""

    repository: str
    path: str
    options: list[dict[str, float]]
    right: list[int]


def cases_of(repository: Labelled, files: Mapping[str, Loaded], library: Library) -> dict[str, list[Case]]:
    """Return the decisions about the labelled files of a repository, by question."""
    sessions = [
        _division(
            repository.name, files[path].draft, library.habits_of(path), wanted, repository.optional.get(path, [])
        )
        for path, wanted in repository.files.items()
        if path in files
    ]
    weighed = {
        path: _evidence_of_no_notes(files[path], library.habits_of(path))
        for path in (*repository.files, *sorted(repository.not_notes))
        if path in files
    }
    notes = [
        Case(repository.name, path, [{}, values], [int(path in repository.not_notes)])
        for path, values in weighed.items()
        if values is not None
    ]
    return {"sessions": [case for case in sessions if case is not None], "not notes": notes}


def _division(name: str, draft: Draft, habits: Habits, wanted: list[Wanted], optional: list[str]) -> Case | None:
    """Return the decision how to divide a post; None if there is none, or no candidate is any good."""
    lines = draft.source.lines
    entries = heading_features(lines, draft.source.headings)
    metadata = metadata_of(draft.matter, draft.path)
    view = PostView(lines, entries, metadata, habits)
    found = candidates(lines, entries, metadata)
    scores = [_agreement(candidate, wanted, optional) for candidate in found]
    right = [at for at, score in enumerate(scores) if score >= max(scores) - NEARLY]
    if len(right) == len(found) or max(scores) < 0.3:
        return None
    return Case(name, draft.path, [evidence.evidence(view, candidate) for candidate in found], right)


def _agreement(candidate: Candidate, wanted: list[Wanted], optional: list[str]) -> float:
    """Return the F1 of a candidate's sessions; a post of one talk agrees if one was wanted."""
    if candidate.whole:
        return float(len(wanted) == 1)
    left = [title_of(entry.heading.text).text for entry in candidate.sessions]
    hits = 0
    for want in wanted:
        match = next((title for title in left if any(labelled.same_talk(own, title) for own in want.titles)), None)
        if match is not None:
            hits += 1
            left.remove(match)
    extra = sum(not any(labelled.same_talk(title, own) for own in optional) for title in left)
    return 2 * hits / (len(wanted) + hits + extra)


def _evidence_of_no_notes(found: Loaded, habits: Habits) -> dict[str, float] | None:
    """Return the evidence that recognition weighs; None if it does not ask."""
    seen: list[dict[str, float]] = []

    def notes(draft: Draft, habits: Habits, found: not_notes.Found) -> bool:
        seen.append(not_notes.evidence(draft, habits, found))
        return False

    with mock.patch.object(recognise, "is_no_notes", notes):
        recognise.read_draft(found.draft, found.event, None, habits)
    return seen[0] if seen else None


def shapes() -> list[Case]:
    """Return the decisions about the small posts of our own, each alone in its library or with siblings of one kind."""
    found = []
    every: list[Shape] = yaml.safe_load(SHAPES.read_text("utf-8"))
    for shape in every:
        draft = draft_of(shape["text"], shape["path"])
        habits = Library([draft.sketch]).habits_of(shape["path"])
        if "single" in shape:
            habits = replace(habits, single=shape["single"], siblings=MOST_SIBLINGS)
        wanted = [Wanted((title,)) for title in shape["sessions"]] or [Wanted(())]
        case = _division("shapes", draft, habits, wanted, [])
        if case is not None:
            found.append(case)
    return found


def fit(cases: Sequence[Case], signs: Mapping[str, int]) -> dict[str, float]:
    """Return the weights under which the right options of ``cases`` are the most likely."""
    names = sorted({name for case in cases for option in case.options for name in option})
    index = {name: at for at, name in enumerate(names)}
    sizes = Counter(case.repository for case in cases)
    shares = [1 / math.sqrt(sizes[case.repository]) for case in cases]
    scale = len(sizes) / sum(shares)
    data = [
        (
            share * scale,
            [[(index[name], value) for name, value in option.items()] for option in case.options],
            set(case.right),
        )
        for share, case in zip(shares, cases, strict=True)
    ]
    prior = [PRIOR * signs.get(name, 0) * (2 if name in STRONG else 1) for name in names]
    weights, momentum, variance = list(prior), [0.0] * len(names), [0.0] * len(names)
    for number in range(1, ROUNDS + 1):
        gradient = _gradient(data, weights, prior)
        for at, slope in enumerate(gradient):
            momentum[at] = 0.9 * momentum[at] + 0.1 * slope
            variance[at] = 0.999 * variance[at] + 0.001 * slope * slope
            step = momentum[at] / (1 - 0.9**number) / (math.sqrt(variance[at] / (1 - 0.999**number)) + 1e-8)
            weights[at] -= RATE * step
            if signs.get(names[at], 0) * weights[at] < 0:
                weights[at] = 0.0
    return dict(zip(names, weights, strict=True))


Data = list[tuple[float, list[list[tuple[int, float]]], set[int]]]


def _gradient(data: Data, weights: list[float], prior: list[float]) -> list[float]:
    gradient = [SHRINKAGE * (weight - expected) for weight, expected in zip(weights, prior, strict=True)]
    for share, options, right in data:
        scores = [sum(weights[at] * value for at, value in option) for option in options]
        highest = max(scores)
        powers = [math.exp(score - highest) for score in scores]
        total, good = sum(powers), sum(powers[at] for at in right)
        for number, option in enumerate(options):
            slope = powers[number] / total - (powers[number] / good if number in right else 0)
            if abs(slope) > 1e-4:
                for at, value in option:
                    gradient[at] += share * slope * value
    return gradient


Cases = Mapping[str, Sequence[Case]]


def weights_without(cases: Cases, repository: str) -> dict[str, dict[str, float]]:
    """Return the weights fitted on all repositories but one, by question."""
    return {
        question: fit([case for case in own if case.repository != repository], SIGNS[question])
        for question, own in cases.items()
    }


def tallied(repository: Labelled, weights: Mapping[str, Weights]) -> Tally:
    """Return how well a repository is recognised with the given weights."""
    table: Callable[[str], Weights] = weights.__getitem__
    files, library = labelled.loaded(repository)
    with mock.patch.object(evidence, "weights", table), mock.patch.object(not_notes, "weights", table):
        return labelled.tally(repository, labelled.recognise(files, library))


def _left_out(task: tuple[Labelled, Cases]) -> Tally:
    repository, cases = task
    return tallied(repository, weights_without(cases, repository.name))


def _row(name: str, shares: Iterable[float | None]) -> str:
    return f"{name:24}" + "".join(f"{'–' if share is None else f'{share:.2f}':>10}" for share in shares)


def _print_table(repositories: list[Labelled], tallies: list[Tally], *, misses: bool) -> None:
    print(f"{'':24}" + "".join(f"{name.split()[0]:>10}" for name in labelled.FIELDS))
    for repository, counts in zip(repositories, tallies, strict=True):
        print(_row(repository.name, map(counts.share, labelled.FIELDS)))
        if misses:
            print("\n".join(f"    {miss[:200]}" for miss in counts.misses))
    total = Tally()
    for counts in tallies:
        total.right.update(counts.right)
        total.total.update(counts.total)
    print(_row("all talks", map(total.share, labelled.FIELDS)))
    means = []
    for name in labelled.FIELDS:
        shares = [share for counts in tallies if (share := counts.share(name)) is not None]
        means.append(sum(shares) / len(shares) if shares else None)
    print(_row("mean of repositories", means))


def write(weights: Mapping[str, Weights]) -> None:
    """Store weights where recognition finds them."""
    lines = ["# The weight of each piece of evidence. Fitted by tests/fitting.py; do not edit by hand."]
    for question, table in weights.items():
        lines += ["", f'["{question}"]', *(f'"{name}" = {table[name]:.3f}' for name in sorted(table))]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    """Fit, and print the table of what was left out of the fitting."""
    parser = argparse.ArgumentParser(
        description="Fit the weights of recognition, leaving one repository out at a time."
    )
    parser.add_argument("--write", action="store_true", help="store the weights fitted on all repositories")
    parser.add_argument("--misses", action="store_true", help="print what is told wrong")
    options = parser.parse_args()
    repositories = labelled.repositories()
    if not repositories:
        print("the labelled repositories are not on this machine", file=sys.stderr)
        return 1
    cases: dict[str, list[Case]] = {"sessions": shapes(), "not notes": []}
    for repository in repositories:
        for question, own in cases_of(repository, *labelled.loaded(repository)).items():
            cases[question] += own
    print(f"{len(cases['sessions'])} decisions how to divide a post, {len(cases['not notes'])} whether it is notes")
    with ProcessPoolExecutor() as pool:
        tallies = list(pool.map(_left_out, [(repository, cases) for repository in repositories]))
    _print_table(repositories, tallies, misses=options.misses)
    if options.write:
        write({question: fit(own, SIGNS[question]) for question, own in cases.items()})
    return 0


if __name__ == "__main__":
    sys.exit(main())
