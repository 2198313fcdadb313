"""Front matter, and its formats other than YAML.

Sources: Hugo's documentation, "Front matter" (TOML, JSON); Pelican's
documentation, "Writing content" (``Key: value`` lines); MultiMarkdown's
metadata, which has the same form; Franklin.jl's ``@def``.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from typing import TypeAlias

from reinvent_tui.clean import clean
from reinvent_tui.library.model import Problem

Node: TypeAlias = str | list["Node"] | dict[str, "Node"]
"""A parsed value: strings, lists and mappings only."""

MAX_DEPTH = 20
"""Levels of nesting."""
MAX_CHARACTERS = 64 * 1024

_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"([A-Za-z][\w -]{0,30}?)[ \t]*:[ \t]+(\S.*)$")
_DEF = re.compile(r"@def[ \t]+(\w+)[ \t]*=[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_MACRO = re.compile(r"\{\{[^{}\n]*\}\}[ \t]*\n")
_KNOWN = frozenset(
    [
        "title",
        "date",
        "modified",
        "category",
        "categories",
        "tags",
        "tag",
        "keywords",
        "slug",
        "author",
        "authors",
        "summary",
        "event",
        "day",
        "speaker",
        "speakers",
        "code",
        "status",
        "source",
        "subtitle",
        "lang",
    ]
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of a post."""

    values: dict[str, Node] = field(default_factory=dict)
    """Keys in lower case."""
    lines: dict[str, int] = field(default_factory=dict)
    """Line in the file of each top-level key, from 1."""
    body_line: int = 1
    """Line in the file at which the text after the front matter begins, from 1."""
    problems: tuple[Problem, ...] = ()

    def text(self, key: str) -> str:
        """Return the value of ``key`` if it is a scalar, else an empty string."""
        value = self.values.get(key, "")
        return value.strip() if isinstance(value, str) else ""


def other_front_matter(text: str) -> tuple[FrontMatter, str] | None:
    """Return front matter in a format other than YAML and the text after it, or None if there is none."""
    for reader in (_toml, _json, _franklin, _pelican):
        result = reader(text)
        if result is not None:
            return result
    return None


def _node(value: object, depth: int = 0) -> Node:
    """Convert a TOML or JSON value to strings, lists and mappings."""
    if depth > MAX_DEPTH or value is None:
        return ""
    if isinstance(value, dict):
        return {clean(str(key)): _node(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_node(item, depth + 1) for item in value if item is not None]
    if isinstance(value, bool):
        return str(value).lower()
    return clean(str(value))


def _flat(values: dict[str, object]) -> dict[str, Node]:
    """Normalise the keys; the contents of Zola's tables are moved to the top level."""
    result: dict[str, Node] = {}
    for key, value in values.items():
        if key in ("taxonomies", "extra") and isinstance(value, dict):
            for inner, item in value.items():
                result.setdefault(clean(str(inner)).lower(), _node(item))
        else:
            result[clean(key).strip().lower()] = _node(value)
    return result


def _lines_of(text: str, keys: dict[str, Node], end: int) -> dict[str, int]:
    lines: dict[str, int] = {}
    for number, line in enumerate(text[:end].split("\n"), start=1):
        key = re.match(r"\s*\"?([\w-]+)\"?\s*[=:]", line)
        if key and key[1].lower() in keys:
            lines.setdefault(key[1].lower(), number)
    return lines


def _toml(text: str) -> tuple[FrontMatter, str] | None:
    match = _TOML.match(text[: MAX_CHARACTERS * 2].lstrip("\n")) if text.lstrip("\n").startswith("+++") else None
    if not match:
        return None
    skipped = len(text) - len(text.lstrip("\n"))
    end = skipped + match.end()
    body_line = text.count("\n", 0, end) + 1
    try:
        values = _flat(tomllib.loads(match[1]))
    except (ValueError, RecursionError) as error:
        plain: dict[str, Node] = {
            key.lower(): value.strip(" \"'")
            for key, value in re.findall(r"^([\w-]+)[ \t]*=[ \t]*(.+)$", match[1], re.MULTILINE)
        }
        if not plain:
            return None  # two rows of + with text between them
        where = re.search(r"at line (\d+)", str(error))
        line = skipped + 1 + (int(where[1]) if where else 1)
        problem = Problem(line, clean(f"front matter is not valid TOML: {str(error).split(chr(10), 1)[0]}"))
        return FrontMatter(plain, {}, body_line, (problem,)), text[end:]
    hint = Problem(skipped + 1, "front matter is TOML (+++), not YAML", hint=True)
    return FrontMatter(values, _lines_of(text, values, end), body_line, (hint,)), text[end:]


def _json(text: str) -> tuple[FrontMatter, str] | None:
    start = len(text) - len(text.lstrip())
    # Hugo ends JSON front matter at a closing brace on a line of its own.
    if not re.match(r"\{\s*[\"}]", text[start : start + 200]):
        return None
    try:
        values, end = json.JSONDecoder().raw_decode(text[: start + MAX_CHARACTERS], start)
    except (ValueError, RecursionError) as error:
        close = text.find("\n}\n", start, start + MAX_CHARACTERS)
        if close < 0:
            return None
        line = text.count("\n", 0, start) + getattr(error, "lineno", 1)
        problem = Problem(line, clean(f"front matter is not valid JSON: {error}"))
        return FrontMatter({}, {}, text.count("\n", 0, close + 3) + 1, (problem,)), text[close + 3 :]
    if not isinstance(values, dict) or (text[end:].lstrip(" \t")[:1] not in ("\n", "")):
        return None
    line_end = text.find("\n", end)
    end = len(text) if line_end < 0 else line_end + 1
    head = _flat(values)
    hint = Problem(text.count("\n", 0, start) + 1, "front matter is JSON, not YAML", hint=True)
    return FrontMatter(head, _lines_of(text, head, end), text.count("\n", 0, end) + 1, (hint,)), text[end:]


def _franklin(text: str) -> tuple[FrontMatter, str] | None:
    start = 0
    while (macro := _MACRO.match(text, start)) or text.startswith("\n", start):
        start = macro.end() if macro else start + 1
    if not re.match(r"@def\s+\w+\s*=", text[start : start + 200]):
        return None
    values: dict[str, Node] = {}
    lines: dict[str, int] = {}
    end = start
    while (match := _DEF.match(text, end)) is not None:
        raw = match[2]
        date = re.fullmatch(r"Date\((\d{4}),\s*(\d{1,2}),\s*(\d{1,2})\)", raw)
        items = re.fullmatch(r"\[(.*)\]", raw)
        values[match[1].lower()] = (
            f"{date[1]}-{int(date[2]):02d}-{int(date[3]):02d}"
            if date
            else [item.strip(" \"'") for item in items[1].split(",")]
            if items
            else raw.strip("\"'")
        )
        lines[match[1].lower()] = text.count("\n", 0, match.start()) + 1
        end = match.end()
        while text.startswith("\n", end):
            end += 1
    problem = Problem(text.count("\n", 0, start) + 1, "front matter is Franklin's (@def), not YAML", hint=True)
    return FrontMatter(values, lines, text.count("\n", 0, end) + 1, (problem,)), text[end:]


def _pelican(text: str) -> tuple[FrontMatter, str] | None:
    """Read leading ``Key: value`` lines: with a title or two known keys, ended by an empty line."""
    values: dict[str, Node] = {}
    lines: dict[str, int] = {}
    at = 0
    number = 1
    last = ""
    while at < len(text) and number <= 60:
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        line = text[at:stop]
        match = _KEY.match(line)
        if match and match[1].lower() not in values:
            last = match[1].lower()
            values[last] = match[2].strip()
            lines[last] = number
        elif last and line[:1] in " \t" and line.strip():
            values[last] = f"{values[last]} {line.strip()}"
        else:
            break
        at, number = stop + 1, number + 1
    known = [key for key in values if key in _KNOWN]
    ended = at >= len(text) or not text[at:].split("\n", 1)[0].strip() or text.startswith(("#", "---"), at)
    if not ended or not ("title" in values or len(known) >= 2) or len(known) * 2 < len(values):
        return None
    return FrontMatter(values, lines, text.count("\n", 0, min(at, len(text))) + 1), text[at:]
