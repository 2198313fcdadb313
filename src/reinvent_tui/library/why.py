"""Say in plain words why a post was recognised as it was: ``show --why``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from reinvent_tui.library import evidence, not_notes
from reinvent_tui.library.candidates import Candidate, candidates
from reinvent_tui.library.draft import Draft
from reinvent_tui.library.evidence import PostView, score, weights
from reinvent_tui.library.habits import Habits
from reinvent_tui.library.heading_features import heading_features
from reinvent_tui.library.not_notes import Found
from reinvent_tui.library.post_facts import metadata_of
from reinvent_tui.plural import counted

MOST = 6
"""Pieces of evidence named for each way to divide a post."""
LEAST = 0.05
"""Evidence that weighs less is not named."""


@cache
def words_of(question: str) -> Mapping[str, str]:
    """Return what each piece of evidence for a question is called in plain words, by its name in ``weights.toml``."""
    data = tomllib.loads(files("reinvent_tui.library").joinpath("evidence.toml").read_text("utf-8"))
    return MappingProxyType({str(name): str(words) for name, words in data[question].items()})


def why(draft: Draft, habits: Habits) -> Iterator[str]:
    """Yield lines on how the post of a draft was divided into sessions, and what its neighbours show."""
    said = habits.said
    if said.sessions:
        yield f"A person said so: sessions: {said.sessions}."
    if said.event:
        yield f"A person said so: event: {said.event}."
    lines = draft.source.lines
    entries = heading_features(lines, draft.source.headings)
    metadata = metadata_of(draft.matter, draft.path)
    view = PostView(lines, entries, metadata, habits)
    table = weights("sessions")
    found = sorted(
        ((candidate, evidence.evidence(view, candidate)) for candidate in candidates(lines, entries, metadata)),
        key=lambda pair: -score(pair[1], table),
    )
    for rank, (candidate, values) in enumerate(found[:2]):
        verb = "Weighs most" if rank == 0 else "Next"
        yield f"{verb}: {_described(candidate)} ({score(values, table):+.1f})"
        yield from _pieces(values, "sessions")
    values = not_notes.evidence(draft, habits, Found(found[0][0], names=False, code=False, entries=0, is_index=False))
    table = weights("not notes")
    yield f"That it is no notes at all: {score(values, table):+.1f} (it is not listed above {not_notes.CAUTION:+.1f})"
    yield from _pieces(values, "not notes")
    yield from _neighbours(habits)


def _described(candidate: Candidate) -> str:
    if candidate.whole:
        return "the file is one session"
    first = candidate.sessions[0].text[:60]
    return f"{counted(len(candidate.sessions), 'session')}, the first {first!r}"


def _pieces(values: Mapping[str, float], question: str) -> Iterator[str]:
    """Yield the pieces of evidence that weigh most, with their weight."""
    table, words = weights(question), words_of(question)
    weighed = [(name, value * table.get(name, 0.0)) for name, value in values.items() if name]
    weighed.sort(key=lambda pair: -abs(pair[1]))
    for name, weight in weighed[:MOST]:
        if abs(weight) >= LEAST:
            yield f"  {weight:+.1f}  {words.get(name, name)}"


def _neighbours(habits: Habits) -> Iterator[str]:
    if habits.siblings:
        yield f"Its neighbours: {habits.single:.0%} look like one talk each."
    if habits.sections:
        yield f"Headings that stand in several of them: {', '.join(habits.sections)}."
    if habits.tail:
        yield f"Their titles end in a speaker: {habits.tail}."
    if habits.names_line:
        yield "A line of names stands under their titles."
    if habits.event:
        year = f" {habits.year}" if habits.year else ""
        yield f"The folder, or a README in it, names the event: {habits.event}{year}."
    if habits.title:
        yield f"An index links it as {habits.title!r}."
    if habits.month_first is not None:
        yield f"Dates of numbers give the {'month' if habits.month_first else 'day'} first."
