"""Read YAML front matter from untrusted text.

Strings, lists and mappings are built from the stream of parser events, so that
aliases, depth and size are refused before anything is constructed (30,000 nested
``[`` crash libyaml's composer, alias bombs expand when printed). The line of each
key is recorded, and types are never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import yaml

from reinvent_tui.clean import clean
from reinvent_tui.library.front_matter_formats import MAX_CHARACTERS, MAX_DEPTH, FrontMatter, Node, other_front_matter
from reinvent_tui.library.model import Problem

MAX_EVENTS = 20_000

_START = re.compile(r"---[ \t]*\n")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_SIMPLE = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(.*))?$")
_NULLS = frozenset({"", "~", "null"})


class _RefusedError(ValueError):
    """Rejected YAML, with the line (from 0) of the cause."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


def split(text: str) -> tuple[FrontMatter, str]:
    """Split ``text`` into its front matter and the text after it.

    Formats: YAML between ``---`` lines; TOML between ``+++`` lines and JSON in braces
    (Hugo); ``Key: value`` lines (Pelican, MultiMarkdown); ``@def key = "value"``
    (Franklin). Text without front matter is returned whole; so is text whose first
    ``---`` is a thematic break. From malformed front matter the plain ``key: value``
    lines are kept, with a problem.
    """
    start = len(text) - len(text.lstrip("\n"))
    opening = _START.match(text, start)
    if not opening:
        other = other_front_matter(text)
        return (other[0], other[1]) if other is not None else (FrontMatter(), text)
    end = _END.search(text, opening.end())
    if end is None or _is_too_far(text[opening.end() : end.start()]):
        return _unclosed(text, opening.end())
    head = text[opening.end() : end.start()]
    body = text[end.end() :]
    first = text.count("\n", 0, opening.end())
    body_line = text.count("\n", 0, end.end()) + 1
    try:
        node, lines = _build(head)
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as error:
        keyed = _SIMPLE.match(head.split("\n", 1)[0])
        if not keyed and not all(map(_may_be_front_matter, head.split("\n"))):
            return FrontMatter(), text  # two thematic breaks with text between them
        return _rescued(head, first, body_line, error), body
    if not isinstance(node, dict):
        # Two thematic breaks with a sentence between them are text, not front matter.
        return (FrontMatter(body_line=body_line), body) if node == "" else (FrontMatter(), text)
    values = {key.strip().lower(): value for key, value in node.items()}
    shifted = {key: line + first - 1 for key, line in lines.items()}
    problems = [Problem(1, "empty lines before the front matter", hint=True)] if start else []
    if text.startswith("...", end.start()):
        problems.append(Problem(body_line - 1, "front matter ends with ..., not ---", hint=True))
    problems.extend(_split_items(values, shifted))
    if "\t" in head:
        line = head.count("\n", 0, head.index("\t")) + first + 1
        problems.append(Problem(line, "a tab in the front matter", hint=True))
    return FrontMatter(values, shifted, body_line, tuple(problems)), body


def _split_items(values: dict[str, Node], lines: dict[str, int]) -> Iterator[Problem]:
    """Split the values that are lists without a space after the dash, in place; yield a hint for each."""
    for key, value in values.items():
        if isinstance(value, str) and re.match(r"-\w[^\n]*\s-\w", value):
            values[key] = [item.strip() for item in re.split(r"(?:^|\s)-(?=\w)", value) if item.strip()]
            yield Problem(lines.get(key, 1), f"items of {key} need a space after the dash", hint=True)


def _is_too_far(head: str) -> bool:
    """Return whether text up to a closing line is too long, and does not start like front matter."""
    return len(head) > MAX_CHARACTERS and not all(map(_may_be_front_matter, head.split("\n", 60)[:60]))


def _may_be_front_matter(line: str) -> bool:
    """Return whether a line may be front matter: a key, an item, a comment, indented, or empty."""
    return not line.strip() or line[:1] in " \t#-" or bool(_SIMPLE.match(line))


def _unclosed(text: str, start: int) -> tuple[FrontMatter, str]:
    """Return the keys of front matter that is never closed, and the text after them."""
    lines = text[start:].split("\n")
    if not _SIMPLE.match(lines[0]):
        return FrontMatter(), text
    count = 0
    while (
        count < len(lines)
        and lines[count].strip()
        and _may_be_front_matter(lines[count])
        and not lines[count].startswith("---")
    ):
        count += 1
    first = text.count("\n", 0, start)
    closing = count < len(lines) and lines[count].startswith("---")
    body = "\n".join(lines[count + closing :])
    reason = "front matter is not closed: a --- line is missing"
    # If nothing follows, the body is the rest of the last line.
    body_line = first + min(count + closing + 1, len(lines))
    matter = _rescued("\n".join(lines[:count]), first, body_line, ValueError(reason))
    return replace(matter, problems=(Problem(first + count + 1 if closing else 1, reason),)), body


def _rescued(head: str, first: int, body_line: int, error: Exception) -> FrontMatter:
    """Return the plain lines of malformed front matter; ``first`` is the line before it."""
    values: dict[str, Node] = {}
    lines: dict[str, int] = {}
    key = ""
    for number, line in enumerate(head[:MAX_CHARACTERS].split("\n"), start=first + 1):
        match = _SIMPLE.match(line.strip() if line[:1] == "\t" else line)
        item = re.match(r"\s*-\s*(\S.*)$", line)
        if match:
            key = match[1].lower()
            values[key] = unquoted((match[2] or "").strip())
            lines[key] = number
        elif item and key:
            before = values[key]
            values[key] = [*(before if isinstance(before, list) else []), unquoted(item[1].strip())]
    at = 0
    if isinstance(error, _RefusedError):
        at = error.line
    elif isinstance(error, yaml.MarkedYAMLError) and (mark := error.problem_mark) is not None:
        at = mark.line
    reason = (isinstance(error, yaml.MarkedYAMLError) and error.problem) or str(error).split("\n", 1)[0]
    problem = Problem(at + first + 1, clean(f"front matter is not valid YAML: {reason}"))
    return FrontMatter(values, lines, body_line, (problem,))


def unquoted(text: str) -> str:
    """Return ``text`` without surrounding quotation marks."""
    inner = text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text
    list_form = re.fullmatch(r"\[(.*)\]", inner)
    return ", ".join(part.strip(" \"'") for part in list_form[1].split(",")) if list_form else inner


def parse_yaml(text: str) -> Node:
    """Parse YAML into strings, lists and mappings only.

    Raises:
        ValueError: it is invalid, too large, or uses aliases.
    """
    try:
        return _build(text)[0]
    except (yaml.YAMLError, RecursionError, OverflowError) as error:
        raise ValueError(str(error)) from error


def _events(head: str) -> Iterator[yaml.Event]:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    yield from yaml.parse(head, Loader=loader)


def _build(head: str) -> tuple[Node, dict[str, int]]:
    """Return the YAML in ``head``, and the line of each top-level key."""
    if len(head) > MAX_CHARACTERS:
        raise _RefusedError(f"longer than {MAX_CHARACTERS >> 10} KB", 0)
    result: Node = ""
    lines: dict[str, int] = {}
    # Open collections, each with the key that awaits its value, if any.
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
            add("" if not event.style and event.value.lower() in _NULLS else clean(event.value), line)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            value: list[Node] | dict[str, Node] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
            add(value, line)
            stack.append((value, []))
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            stack.pop()
    return result, lines
