"""Expands words by the library's own vocabulary: inflected forms, compounds, other names, close spellings."""

from __future__ import annotations

import difflib
import re
import sqlite3
from functools import cache, lru_cache
from itertools import islice
from typing import Protocol

from reinvent_tui.index.fts_syntax import phrase
from reinvent_tui.index.matching import Term
from reinvent_tui.index.variants import forms_of
from reinvent_tui.library.synonyms import synonyms
from reinvent_tui.library.topics import Topic, Vocabulary, tokens_of

MAX_FORMS = 24
MAX_RANGE = 400
"""Words of the library that are compared for one stem."""
LEAST_STEMMED = 4
MAX_ALIASES = 6
LEAST_PART = 2
LIKELY_PARTS = 3
"""Ways to take a word apart that are looked for."""
LONGEST_COMPOUND = 24


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 -- Snowball's name


@cache
def _stemmer() -> _Stemmer:
    import snowballstemmer  # type: ignore[import-untyped]  # it has no types of its own

    stemmer: _Stemmer = snowballstemmer.stemmer("english")
    return stemmer


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of an English word (Snowball's English stemmer)."""
    return _stemmer().stemWord(word)


def _is_name(words: tuple[str, ...], topic: Topic) -> bool:
    """Return True if ``words`` are another name of ``topic``, not only related to it.

    ``ddb`` is DynamoDB and ``apigw`` API Gateway: their letters occur in the
    name in this order. ``cold start`` is related to serverless and is not its name.
    """
    glued = "".join(words)
    for name in (topic.name, topic.tag):
        tokens = [token.lower() for token in tokens_of(name)]
        if any(word in tokens and len(word) > 3 for word in words) and len(words) <= len(tokens) + 1:
            return True
        full = "".join(token for token in tokens if token not in ("aws", "amazon", "apache"))
        if full[:1] == glued[:1] and (_is_subsequence(glued, full) or _is_subsequence(full, glued)):
            return True
        # k8s, i18n: the first letter, how many are left out, the last one.
        numeronym = re.fullmatch(r"([a-z])(\d+)([a-z])", glued)
        if numeronym and len(full) == int(numeronym[2]) + 2 and full[0] == glued[0]:
            return True
    return False


def _is_subsequence(letters: str, text: str) -> bool:
    """Return True if ``letters`` occur in ``text`` in their order."""
    at = 0
    for letter in letters:
        at = text.find(letter, at) + 1
        if not at:
            return False
    return True


@cache
def _stems_of_synonyms() -> dict[str, str]:
    return {stem(words[0]): words[0] for words in reversed(list(synonyms())) if len(words) == 1}


class Lexicon:
    """The words of one library, read through a connection and cached until the library changes."""

    def __init__(self, connection: sqlite3.Connection, topics: Vocabulary) -> None:
        self._connection = connection
        self.topics = topics
        self._forms: dict[str, tuple[str, ...]] = {}
        self._counts: dict[str, int] = {}
        self._close: dict[str, list[str]] = {}
        self._parts: dict[str, tuple[str, str] | None] = {}
        self._abbreviations: dict[tuple[str, ...], list[tuple[str, ...]]] | None = None

    def forget(self) -> None:
        """Drop the cache: the library changed."""
        self._forms.clear()
        self._counts.clear()
        self._close.clear()
        self._parts.clear()
        self._abbreviations = None

    def count(self, word: str) -> int:
        """Return in about how many sessions ``word`` occurs; 0 if it never occurred in any."""
        known = self._counts.get(word)
        if known is None:
            found = self._connection.execute("SELECT sessions FROM word WHERE term = ?", (word,)).fetchone()
            known = self._counts[word] = int(found[0]) if found else 0
        return known

    def count_prefix(self, prefix: str) -> int:
        """Return in about how many sessions words with a ``prefix`` occur; a session counts for each of them."""
        key = f"{prefix}*"
        known = self._counts.get(key)
        if known is None:
            (found,) = self._connection.execute(
                "SELECT sum(sessions) FROM word WHERE term >= ? AND term < ?", (prefix, prefix + "\U0010ffff")
            ).fetchone()
            known = self._counts[key] = found or 0
        return known

    def estimate(self, term: Term) -> int:
        """Return in about how many sessions a word of a query occurs, whatever it is written as; some count twice."""
        words = sum(map(self.count, term.exact | term.forms)) + sum(map(self.count_prefix, term.prefixes))
        return words + sum(min(map(self.count, sequence)) for sequence in term.sequences)

    def forms(self, word: str) -> tuple[str, ...]:
        """Return the other words of the library with the stem of ``word``."""
        known = self._forms.get(word)
        if known is None:
            known = self._forms[word] = self._find_forms(word)
        return known

    def _find_forms(self, word: str) -> tuple[str, ...]:
        if not word.isascii() or not word.isalpha():
            return ()
        found = [form for form in forms_of(word) if self.count(form)]
        if len(word) >= LEAST_STEMMED:
            wanted = stem(word)
            # A stem differs from its words in the last letter at most: «happi» of «happy».
            begin = wanted[: max(3, len(wanted) - 1)]
            rows = self._connection.execute(
                "SELECT term FROM word WHERE term >= ? AND term < ? LIMIT ?", (begin, begin + "\U0010ffff", MAX_RANGE)
            )
            found += [term for (term,) in rows if term != word and stem(term) == wanted]
        return tuple(dict.fromkeys(found))[:MAX_FORMS]

    def parts(self, word: str) -> tuple[str, str] | None:
        """Return the two words that ``word`` may be a compound of, if they stand together: ``cold`` and ``start``."""
        if not 2 * LEAST_PART <= len(word) <= LONGEST_COMPOUND:
            return None
        if word not in self._parts:
            splits = ((word[:at], word[at:]) for at in range(LEAST_PART, len(word) - LEAST_PART + 1))
            known = [(min(self.count(one), self.count(other)), (one, other)) for one, other in splits]
            likely = [pair for count, pair in sorted(known, reverse=True)[:LIKELY_PARTS] if count]
            self._parts[word] = next((pair for pair in likely if self.occurs(pair)), None)
        return self._parts[word]

    def occurs(self, words: tuple[str, ...]) -> bool:
        """Return True if words follow each other somewhere in the library."""
        found = self._connection.execute("SELECT 1 FROM fts WHERE fts MATCH ? LIMIT 1", (phrase(words),))
        return all(map(self.count, words)) and found.fetchone() is not None

    def names(self, words: tuple[str, ...]) -> tuple[str, tuple[tuple[str, ...], ...]]:
        """Return the topic that ``words`` name, and its other names as words; empty if there is none."""
        topic = self.topics.aliases.get(words, "")
        if not topic:
            return "", ()
        full = self.topics.topics[topic]
        if not _is_name(words, full):
            return "", ()
        others = [
            alias
            for alias, of in self.topics.aliases.items()
            if of == topic and alias != words and _is_name(alias, full)
        ]
        # Names that contain the typed word are found with it.
        others = [alias for alias in others if not (len(words) == 1 and words[0] in alias)]
        return full.name, tuple(others[:MAX_ALIASES])

    def abbreviations(self, words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """Return what the notes say that ``words`` stand for, or what stands for them."""
        if self._abbreviations is None:
            # All at once: there are few, and each word of a query asks for several.
            self._abbreviations = {}
            for short, long in self._connection.execute("SELECT short, long FROM abbreviation"):
                both = (short,), tuple(long.split())
                for one, other in (both, both[::-1]):
                    self._abbreviations.setdefault(one, []).append(other)
        last = words[-1]
        endings = dict.fromkeys((last, last.removesuffix("s"), f"{last}s", f"{last.removesuffix('y')}ies"))
        found = (other for ending in endings for other in self._abbreviations.get((*words[:-1], ending), ()))
        return tuple(islice(dict.fromkeys(found), MAX_ALIASES))

    def synonyms(self, words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """Return synonyms of ``words``, or of the word that one is a form of, as far as the library may have them."""
        known = synonyms()
        found = known.get(words) or (known.get((self._base_of(words[0]),)) if len(words) == 1 else None) or ()
        return tuple(other for other in found if all(map(self.count, other)))

    @staticmethod
    def _base_of(word: str) -> str:
        """Return the word in the list of synonyms that has the same stem; the word itself if none has."""
        return _stems_of_synonyms().get(stem(word), word) if word.isalpha() else word

    def close(self, word: str, limit: int = 3) -> list[str]:
        """Return words of the library, and names of topics, that are spelled like ``word``."""
        known = self._close.get(word)
        if known is None:
            known = self._close[word] = self._find_close(word)
        return known[:limit]

    def _find_close(self, word: str, limit: int = 9) -> list[str]:
        if len(word) < 3:
            return []
        rows = self._connection.execute(
            "SELECT term FROM word WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ? LIMIT 20000",
            (word[:1], word[:1] + "\U0010ffff", len(word) - 2, len(word) + 2),
        )
        candidates = {term for (term,) in rows}
        candidates |= {token.lower() for topic in self.topics.topics.values() for token in tokens_of(topic.name)}
        candidates.discard(word)
        found = difflib.get_close_matches(word, sorted(candidates), limit, 0.72)
        found.sort(
            key=lambda other: (-round(difflib.SequenceMatcher(None, word, other).ratio(), 1), -self.count(other))
        )
        return [other for other in found if self.count(other)]
