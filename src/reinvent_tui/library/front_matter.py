"""Read the YAML head of a post, whatever it holds, without trusting it.

A stream of parser events is built into strings, lists and mappings by a loop
of our own: it refuses aliases, depth and size before anything is made of them
(30,000 nested ``[`` crash libyaml's composer, alias bombs expand when they are
printed), knows the line of each key, and never guesses a type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from reinvent_tui.clean import clean
from reinvent_tui.library.model import Problem

Node: TypeAlias = str | list["Node"] | dict[str, "Node"]
"""What YAML becomes here: nothing but strings, lists and mappings."""

MAX_CHARACTERS = 64 * 1024
MAX_DEPTH = 20
MAX_EVENTS = 20_000

_START = re.compile(r"---[ \t]*\n")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_SIMPLE = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(.*))?$")
_NULLS = frozenset({"", "~", "null"})


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The head of a post."""

    values: dict[str, Node] = field(default_factory=dict)
    """Keys in lower case."""
    lines: dict[str, int] = field(default_factory=dict)
    """Line in the file at which each top-level key stands."""
    body_line: int = 1
    """Line in the file at which the text after the head begins, from 1."""
    problems: tuple[Problem, ...] = ()

    def text(self, key: str) -> str:
        """Return the value of ``key`` where it is a single one, else an empty string."""
        value = self.values.get(key, "")
        return value.strip() if isinstance(value, str) else ""


class _RefusedError(ValueError):
    """YAML that is not taken, with the line (from 0) at which it was noticed."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


def split(text: str) -> tuple[FrontMatter, str]:
    """Return the front matter of ``text``, and the text after it.

    Text without front matter comes back whole; so does text whose first ``---``
    is a mere rule. A head that breaks YAML's grammar gives what its plain
    ``key: value`` lines say, and a problem.
    """
    opening = _START.match(text)
    if not opening:
        return FrontMatter(), text
    end = _END.search(text, opening.end())
    if end is None:
        if not _SIMPLE.match(text[opening.end() :].split("\n", 1)[0]):
            return FrontMatter(), text
        return FrontMatter(problems=(Problem(1, "front matter is never closed: a line --- is missing"),)), text
    head = text[opening.end() : end.start()]
    body = text[end.end() :]
    body_line = text.count("\n", 0, end.end()) + 1
    try:
        node, lines = _build(head)
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as error:
        return _rescued(head, body_line, error), body
    if not isinstance(node, dict):
        # Two rules with a sentence between them are a text, not a head.
        return (FrontMatter(body_line=body_line), body) if node == "" else (FrontMatter(), text)
    return FrontMatter({key.strip().lower(): value for key, value in node.items()}, lines, body_line), body


def _rescued(head: str, body_line: int, error: Exception) -> FrontMatter:
    values: dict[str, Node] = {}
    lines: dict[str, int] = {}
    for number, line in enumerate(head[:MAX_CHARACTERS].split("\n"), start=2):
        match = _SIMPLE.match(line)
        if match:
            values[match[1].lower()] = (match[2] or "").strip().strip("\"'")
            lines[match[1].lower()] = number
    at = 0
    if isinstance(error, _RefusedError):
        at = error.line
    elif isinstance(error, yaml.MarkedYAMLError) and (mark := error.problem_mark) is not None:
        at = mark.line
    reason = (isinstance(error, yaml.MarkedYAMLError) and error.problem) or str(error).split("\n", 1)[0]
    problem = Problem(at + 2, clean(f"front matter is not valid YAML: {reason}"))
    return FrontMatter(values, lines, body_line, (problem,))


def _events(head: str) -> Iterator[yaml.Event]:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    yield from yaml.parse(head, Loader=loader)


def _build(head: str) -> tuple[Node, dict[str, int]]:
    """Return the YAML in ``head``, and the line of each top-level key."""
    if len(head) > MAX_CHARACTERS:
        raise _RefusedError(f"longer than {MAX_CHARACTERS >> 10} KB", 0)
    result: Node = ""
    lines: dict[str, int] = {}
    # Each open collection with the key that waits for its value (None: none does).
    stack: list[tuple[list[Node] | dict[str, Node], list[str]]] = []

    def add(value: Node, line: int) -> None:
        nonlocal result
        if not stack:
            result = value
            return
        parent, key = stack[-1]
        if isinstance(parent, list):
            parent.append(value)
        elif key:
            parent[key.pop()] = value
        else:
            key.append(value if isinstance(value, str) else "")
            if len(stack) == 1:
                lines[key[0].strip().lower()] = line + 2

    for count, event in enumerate(_events(head)):
        line = event.start_mark.line if event.start_mark is not None else 0
        if count > MAX_EVENTS or len(stack) > MAX_DEPTH:
            raise _RefusedError("too large or too deep", line)
        if isinstance(event, yaml.AliasEvent):
            raise _RefusedError("aliases (*name) are not supported", line)
        if isinstance(event, yaml.ScalarEvent):
            null = not event.style and event.value.lower() in _NULLS
            add("" if null else clean(event.value), line)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            value: list[Node] | dict[str, Node] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
            add(value, line)
            stack.append((value, []))
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            stack.pop()
    return result, lines
