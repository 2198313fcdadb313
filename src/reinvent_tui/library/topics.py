"""Topics: a vocabulary with aliases, and inference of a session's topics.

**When a topic is inferred.** Whole words only; code, link targets and images are
ignored. A topic of the title always counts. Else a mention weighs 3 in a heading, 2
in a takeaway, and 1 elsewhere; a topic needs three mentions and a weight of at least
4, in a long text of 15 for a thousand words; in fewer than 80 words two mentions. If
the title names a topic, that is what the session is about, and others need six
mentions. Broader topics are not added for narrower ones. At most eight topics, by
descending weight, and never one that the author gave as a tag under any of its names.
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
from reinvent_tui.library.front_matter_formats import Node
from reinvent_tui.library.model import Tag

MAX_INFERRED = 8
TITLE_WEIGHT, HEADING_WEIGHT, TAKEAWAY_WEIGHT = 6, 3, 2
LEAST_WEIGHT, WEIGHT_A_WORD, MOST_NEEDED = 4, 0.015, 15
LEAST_MENTIONS, MENTIONS_BESIDE_TITLE = 3, 6
SHORT_WORDS, SHORT_MENTIONS = 80, 2
MAX_CHARACTERS = 200_000
"""Only this much of a longer session is searched for topics."""

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
    """Normalise a tag so that variant spellings are equal.

    ``Big Data``, ``big_data`` and ``big-data`` are one; ``C``, ``C#`` and ``C++`` are three.
    """
    return _SEPARATORS.sub("-", name.strip().lstrip("#").casefold()).strip("-")


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the vocabulary."""

    tag: str
    name: str
    """Display name."""
    parents: tuple[str, ...] = ()


def tokens_of(text: str) -> list[str]:
    """Return the words of ``text`` as the vocabulary compares them, case preserved."""
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
    """Its words joined, if case matters; else empty."""
    topic: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Topics and their aliases."""

    topics: Mapping[str, Topic]
    aliases: Mapping[tuple[str, ...], str]
    """Topic of each alias, by its words in lower case."""
    _by_words: Mapping[str, Mapping[str, tuple[_Alias, ...]]] = field(repr=False, default_factory=dict)
    """Aliases by their first and second words, the longest first; an empty second word for those of one."""

    _by_title_words: Mapping[str, Mapping[str, tuple[_Alias, ...]]] = field(repr=False, default_factory=dict)
    """The same for words that mean a topic in titles only."""

    def topic_of(self, words: str) -> str:
        """Return the topic that ``words`` name; empty if there is none."""
        return self.aliases.get(tuple(token.lower() for token in tokens_of(words)), "")

    def titled(self, title: str) -> Counter[str]:
        """Count the mentions of each topic in a title, where some everyday words mean a topic too."""
        return self.mentions(title) + self._count(title, self._by_title_words)

    def mentions(self, text: str) -> Counter[str]:
        """Count the mentions of each topic in ``text``; of overlapping aliases the longest counts."""
        return self._count(text, self._by_words)

    def _count(self, text: str, by_words: Mapping[str, Mapping[str, tuple[_Alias, ...]]]) -> Counter[str]:
        counts: Counter[str] = Counter()
        # An alias never spans the end of a sentence, clause or line, where the pattern yields an empty token.
        tokens: list[str] = _PIECE.findall(text)
        lower = [*map(str.lower, tokens), ""]
        after = 0
        for at in [place for place, word in enumerate(lower) if word in by_words]:
            if at < after:
                continue
            by_second = by_words[lower[at]]
            following = lower[at + 1]
            longer = by_second.get(following, ()) if following else ()
            for alias in (*longer, *by_second.get("", ())):
                end = at + 1 + len(alias.rest)
                if tuple(lower[at + 1 : end]) == alias.rest and (
                    not alias.exact or " ".join(tokens[at:end]) == alias.exact
                ):
                    counts[alias.topic] += 1
                    after = end
                    break
        return counts


def _texts(value: Node) -> list[str]:
    if isinstance(value, dict):
        return []
    items = [value] if isinstance(value, str) else value
    return [item for item in items if isinstance(item, str) and item]


def _build(entries: Mapping[str, Node]) -> Vocabulary:
    topics: dict[str, Topic] = {}
    aliases: dict[tuple[str, ...], str] = {}
    exact: dict[tuple[str, ...], str] = {}
    titles: dict[tuple[str, ...], str] = {}
    everyday: set[tuple[str, ...]] = set()

    for tag, value in entries.items():
        entry: dict[str, Node] = value if isinstance(value, dict) else {"aliases": value}
        key = tag_key(tag)
        name = entry.get("name", "")
        topics[key] = Topic(
            key, name if isinstance(name, str) and name else tag, tuple(_texts(entry.get("parents", [])))
        )
        for alias in (tag.replace("-", " "), topics[key].name, *_texts(entry.get("aliases", []))):
            aliases.setdefault(tuple(token.lower() for token in tokens_of(alias)), key)
        for alias in _texts(entry.get("exact", [])):
            exact.setdefault(tuple(tokens_of(alias)), key)
        for alias in _texts(entry.get("title", [])):
            titles.setdefault(tuple(token.lower() for token in tokens_of(alias)), key)
        everyday.update(tuple(token.lower() for token in tokens_of(word)) for word in _texts(entry.get("everyday", [])))
    aliases.pop((), None)
    exact.pop((), None)
    lower_exact = {tuple(word.lower() for word in words): key for words, key in exact.items()}
    mentioned = {words: key for words, key in aliases.items() if words not in everyday}
    titles = {words: key for words, key in titles.items() if words and words not in mentioned}
    return Vocabulary(
        topics, {**lower_exact, **aliases}, _by_first_words(mentioned, exact), _by_first_words(titles, {})
    )


def _by_first_words(
    aliases: Mapping[tuple[str, ...], str], exact: Mapping[tuple[str, ...], str]
) -> dict[str, dict[str, tuple[_Alias, ...]]]:
    """Return the aliases by their first two words, longest first."""
    found = [(words, _Alias(words[1:], "", key)) for words, key in aliases.items()]
    for words, key in exact.items():
        lower = tuple(word.lower() for word in words)
        if lower not in aliases:
            found.append((lower, _Alias(lower[1:], " ".join(words), key)))
    found.sort(key=lambda pair: -len(pair[0]))
    groups: dict[str, dict[str, tuple[_Alias, ...]]] = {}
    for words, alias in found:
        by_second = groups.setdefault(words[0], {})
        second = words[1] if len(words) > 1 else ""
        by_second[second] = (*by_second.get(second, ()), alias)
    return groups


def load_vocabulary(extra: Path | None = None) -> Vocabulary:
    """Return the bundled vocabulary, extended by the user's own file.

    A missing or invalid file is ignored.
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
    """Merge a topic with the user's additions."""
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
    """Return Markdown without code, URLs and HTML tags."""
    return _UNREAD.sub(" ", markdown[:MAX_CHARACTERS])


_YEAR = re.compile(r"\s*\b(?:19|20)\d\d\b\s*")
_INITIALS = re.compile(r"[A-Z]{2,6}")


def _called(event: str) -> re.Pattern[str]:
    """Return a pattern of what an event is called: its name, and initials in it (``DDD`` of ``DDD Melbourne 2024``)."""
    name = _YEAR.sub(" ", event).strip()
    initials = [word for word in name.split() if _INITIALS.fullmatch(word)]
    names = sorted({name, *initials}, key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(text)}\b" for text in names if text) or r"(?!)")


def inferred_tags(
    vocabulary: Vocabulary,
    title: str,
    body: str,
    takeaways: Iterable[str],
    code: str,
    given: Iterable[Tag],
    event: str = "",
) -> tuple[Tag, ...]:
    """Return the topics of a session that its author did not give.

    A topic in the title always counts; the name and the initials of the event never do.
    """
    text = readable(body)
    if event and vocabulary.mentions(event):
        called = _called(event)
        title, text = called.sub(" ", title), called.sub(" ", text)
        takeaways = [called.sub(" ", takeaway) for takeaway in takeaways]
    mentioned = vocabulary.mentions(text)
    weights = _weighed(vocabulary, mentioned, text, takeaways)
    titled = vocabulary.titled(title)
    least, weight = _least(len(text.split()), titled=bool(titled))
    passing = [topic for topic in weights if mentioned[topic] < least or weights[topic] < weight]
    for topic in passing:
        del weights[topic]
    for topic in titled:
        weights[topic] += TITLE_WEIGHT
    track = codes.tracks().get(codes.track_of(code), "")
    if track:
        # Words of the track name that the vocabulary knows are topics: "Databases", "Serverless".
        for topic in vocabulary.mentions(track):
            weights[topic] += LEAST_WEIGHT
    known = {tag_key(tag.name) for tag in given}
    known |= {vocabulary.topic_of(name.replace("-", " ")) for name in known}
    chosen = [topic for topic, _ in weights.most_common() if topic not in known]
    chosen.sort(key=lambda topic: topic not in titled)
    return tuple(Tag(topic, given=False) for topic in chosen[:MAX_INFERRED])


def _weighed(vocabulary: Vocabulary, mentioned: Counter[str], text: str, takeaways: Iterable[str]) -> Counter[str]:
    """Return the weight of each topic's mentions, which is greater in headings and takeaways."""
    weights = Counter(mentioned)
    for line in text.split("\n"):
        if line.startswith("#"):
            for topic, count in vocabulary.mentions(line).items():
                weights[topic] += (HEADING_WEIGHT - 1) * count
    for takeaway in takeaways:
        for topic, count in vocabulary.mentions(takeaway).items():
            weights[topic] += (TAKEAWAY_WEIGHT - 1) * count
    return weights


def _least(words: int, *, titled: bool) -> tuple[int, float]:
    """Return the mentions and the weight that a topic needs in a text of so many words.

    Args:
        words: number of words.
        titled: whether the title names a topic.
    """
    weight = max(LEAST_WEIGHT, min(WEIGHT_A_WORD * words, MOST_NEEDED))
    if titled:
        return MENTIONS_BESIDE_TITLE, weight
    return (SHORT_MENTIONS, 0) if words < SHORT_WORDS else (LEAST_MENTIONS, weight)
