"""Topics: a vocabulary with aliases, and which of them a session is about.

**When a topic is inferred.** Whole words only; code, links' addresses and images
are not read. A mention in the title weighs 6, in a heading 3, in a takeaway 2,
elsewhere 1. A topic matters where it weighs at least 4, or 2 in a session of
fewer than 80 words: named once in passing it never does. A broader topic is not
added for a narrower one. At most eight, the weightiest first; and never one
that the author gave as a tag, under whatever name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

from reinvent_tui.library import codes
from reinvent_tui.library.front_matter import parse_yaml
from reinvent_tui.library.heads import Node
from reinvent_tui.library.model import Tag

MAX_INFERRED = 8
TITLE_WEIGHT, HEADING_WEIGHT, TAKEAWAY_WEIGHT = 6, 3, 2
LEAST_WEIGHT = 4
SHORT_WORDS, SHORT_WEIGHT = 80, 2
MAX_CHARACTERS = 200_000
"""Of a longer session only the beginning is read for topics."""

_WORD = r"[^\W_]+(?:[+#]+(?!\w))?|\.net\b"
_TOKEN = re.compile(_WORD, re.IGNORECASE)
_UNREAD = re.compile(
    r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]*`|!\[[^\[\]\n]{0,300}\]\([^()\n]{0,1000}\)|\]\([^()\n]{0,1000}\)|"
    r"https?://\S+|<[^<>\n]*>",
    re.DOTALL,
)
_CLAUSE_END = r"[,;:!?()\[\]|]|\.(?=\s)|\n[ \t]*(?=\n|[-*+#>]|\d+\.)"
_PIECE = re.compile(rf"({_WORD})|{_CLAUSE_END}", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s_\-\u2010-\u2014]+")


def tag_key(name: str) -> str:
    """Return the one spelling that all variants of a tag are shown in.

    ``Big Data``, ``big_data`` and ``big-data`` are one; ``C``, ``C#`` and ``C++`` are three.
    """
    return _SEPARATORS.sub("-", name.strip().lstrip("#").casefold()).strip("-")


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the vocabulary."""

    tag: str
    name: str
    """Its proper name."""
    parents: tuple[str, ...] = ()


def tokens_of(text: str) -> list[str]:
    """Return the words of ``text`` as the vocabulary compares them, case kept."""
    return _TOKEN.findall(text)


def with_parents(tag: str) -> list[str]:
    """Return a nested tag after the tags that contain it: ``aws``, ``aws/lambda``."""
    parts = tag.split("/")
    return ["/".join(parts[: at + 1]) for at in range(len(parts))]


@dataclass(frozen=True, slots=True)
class _Alias:
    rest: tuple[str, ...]
    """Its words after the first, in lower case."""
    exact: str
    """Its words joined, where case counts; else empty."""
    topic: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Topics and the words that mean them."""

    topics: Mapping[str, Topic]
    aliases: Mapping[tuple[str, ...], str]
    """Words of each alias, in lower case, and its topic."""
    _by_first: Mapping[str, tuple[_Alias, ...]] = field(repr=False, default_factory=dict)

    def topic_of(self, words: str) -> str:
        """Return the topic that ``words`` are a name of; empty where there is none."""
        return self.aliases.get(tuple(token.lower() for token in tokens_of(words)), "")

    def mentions(self, text: str) -> Counter[str]:
        """Return how often ``text`` names each topic; of overlapping names the longest counts."""
        found: Counter[str] = Counter()
        by_first = self._by_first
        # A name ends where a sentence, a clause or a line does: an empty piece stands there.
        tokens: list[str] = _PIECE.findall(text)
        lower = list(map(str.lower, tokens))
        after = 0
        for at in [place for place, word in enumerate(lower) if word in by_first]:
            if at < after:
                continue
            for alias in by_first[lower[at]]:
                end = at + 1 + len(alias.rest)
                if tuple(lower[at + 1 : end]) == alias.rest and (
                    not alias.exact or " ".join(tokens[at:end]) == alias.exact
                ):
                    found[alias.topic] += 1
                    after = end
                    break
        return found


def _texts(value: Node) -> list[str]:
    if isinstance(value, dict):
        return []
    items = [value] if isinstance(value, str) else value
    return [item for item in items if isinstance(item, str) and item]


def _build(entries: Mapping[str, Node]) -> Vocabulary:
    topics: dict[str, Topic] = {}
    aliases: dict[tuple[str, ...], str] = {}
    exact: dict[tuple[str, ...], str] = {}

    for tag, value in entries.items():
        said: dict[str, Node] = value if isinstance(value, dict) else {"aliases": value}
        key = tag_key(tag)
        name = said.get("name", "")
        topics[key] = Topic(
            key, name if isinstance(name, str) and name else tag, tuple(_texts(said.get("parents", [])))
        )
        for alias in (tag.replace("-", " "), topics[key].name, *_texts(said.get("aliases", []))):
            aliases.setdefault(tuple(token.lower() for token in tokens_of(alias)), key)
        for alias in _texts(said.get("exact", [])):
            exact.setdefault(tuple(tokens_of(alias)), key)
    aliases.pop((), None)
    exact.pop((), None)
    lower_exact = {tuple(word.lower() for word in words): key for words, key in exact.items()}
    return Vocabulary(topics, {**lower_exact, **aliases}, _by_first_word(aliases, exact))


def _by_first_word(
    aliases: Mapping[tuple[str, ...], str], exact: Mapping[tuple[str, ...], str]
) -> dict[str, tuple[_Alias, ...]]:
    """Return the aliases by their first word, the longest first."""
    by_first: dict[str, list[_Alias]] = {}
    for words, key in aliases.items():
        by_first.setdefault(words[0], []).append(_Alias(words[1:], "", key))
    for words, key in exact.items():
        lower = tuple(word.lower() for word in words)
        if lower not in aliases:
            by_first.setdefault(lower[0], []).append(_Alias(lower[1:], " ".join(words), key))
    for group in by_first.values():
        group.sort(key=lambda alias: -len(alias.rest))
    return {first: tuple(group) for first, group in by_first.items()}


def load_vocabulary(extra: Path | None = None) -> Vocabulary:
    """Return the bundled vocabulary, with the topics of the reader's own file laid over it.

    A file that is missing or makes no sense adds nothing.
    """
    text = ""
    if extra is not None:
        try:
            text = extra.read_text("utf-8")
        except (OSError, ValueError):
            text = ""
    return _loaded(text)


@cache
def _loaded(extra: str) -> Vocabulary:
    bundled = parse_yaml(files("reinvent_tui.library").joinpath("topics.yaml").read_text("utf-8"))
    entries: dict[str, Node] = dict(bundled) if isinstance(bundled, dict) else {}
    if extra:
        try:
            own = parse_yaml(extra)
        except ValueError:
            own = {}
        for tag, value in own.items() if isinstance(own, dict) else ():
            entries[tag] = _merged(entries.get(tag, {}), value)
    return _build(entries)


def _merged(old: Node, new: Node) -> Node:
    """Return a topic with what the reader's file adds to it."""
    before = old if isinstance(old, dict) else {}
    after: dict[str, Node] = new if isinstance(new, dict) else {"aliases": new}
    result: dict[str, Node] = {**before, **after}
    for key in ("aliases", "exact", "parents"):
        both: list[Node] = []
        for value in (before.get(key, []), after.get(key, [])):
            both.extend(_texts(value))
        result[key] = both
    return result


def readable(markdown: str) -> str:
    """Return Markdown without code, addresses and tags of HTML."""
    return _UNREAD.sub(" ", markdown[:MAX_CHARACTERS])


def inferred_tags(
    vocabulary: Vocabulary, title: str, body: str, takeaways: Iterable[str], code: str, given: Iterable[Tag]
) -> tuple[Tag, ...]:
    """Return the topics that matter in a session and that its author did not give."""
    text = readable(body)
    weights = vocabulary.mentions(text)
    for line in text.split("\n"):
        if line.startswith("#"):
            for topic, count in vocabulary.mentions(line).items():
                weights[topic] += (HEADING_WEIGHT - 1) * count
    for takeaway in takeaways:
        for topic, count in vocabulary.mentions(takeaway).items():
            weights[topic] += (TAKEAWAY_WEIGHT - 1) * count
    for topic in vocabulary.mentions(title):
        weights[topic] += TITLE_WEIGHT
    track = codes.tracks().get(codes.track_of(code), "")
    if track:
        # Words of a track that the vocabulary knows are its topics: «Databases», «Serverless».
        for topic in vocabulary.mentions(track):
            weights[topic] += LEAST_WEIGHT
    least = SHORT_WEIGHT if len(text.split()) < SHORT_WORDS else LEAST_WEIGHT
    known = {tag_key(tag.name) for tag in given}
    known |= {vocabulary.topic_of(name.replace("-", " ")) for name in known}
    chosen = [topic for topic, weight in weights.most_common() if weight >= least and topic not in known]
    return tuple(Tag(topic, given=False) for topic in chosen[:MAX_INFERRED])
