"""Finds what a query matches in a text, for ranking and for highlights in lists, on pages and in the shell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from reinvent_tui.index.words import Token, fold, is_stop_word, spelled, tokens


@dataclass(frozen=True, slots=True)
class Term:
    """One word or sequence of words of a query, with all the forms that count as matches."""

    text: str
    """As it was typed."""
    exact: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    sequences: tuple[tuple[str, ...], ...] = ()
    """Adjacent words; with ``open_end`` a prefix of the last one is enough."""
    forms: frozenset[str] = frozenset()
    """Inflected forms: they count a little less."""
    open_end: bool = False
    near: int = 0
    """How many other words may be between those of a sequence."""
    weak: tuple[tuple[str, ...], ...] = ()
    """Synonyms and similar spellings, as adjacent words: a session that has one lacks the word, but may be close."""

    def spans_in(self, text: str) -> list[tuple[int, int, int]]:
        """Return start, end and weight (3 exact, 2 inflected form, 1 prefix, 0 weak) of each match in ``text``."""
        return self.spans(tokens(text))

    def spans(self, words: list[Token]) -> list[tuple[int, int, int]]:
        """Return the same for the words of a text."""
        result = []
        for at, token in enumerate(words):
            word = token.word
            if word in self.exact:
                result.append((token.start, token.end, 3))
            elif word in self.forms:
                result.append((token.start, token.end, 2))
            elif self.prefixes and word.startswith(self.prefixes):
                result.append((token.start, token.end, 1))
            for sequence in self.sequences:
                end = self._end_of_sequence(words, at, sequence)
                if end:
                    result.append((token.start, words[end - 1].end, 3))
            for sequence in self.weak:
                end = self._end_of_sequence(words, at, sequence)
                if end:
                    result.append((token.start, words[end - 1].end, 0))
        return result

    def _end_of_sequence(self, words: list[Token], at: int, sequence: tuple[str, ...]) -> int:
        """Return the index after the last word of a sequence that begins at ``at``; 0 if none does."""
        if words[at].word != sequence[0] and not (self.near and words[at].word in sequence):
            return 0
        if self.near:
            window = [token.word for token in words[at : at + len(sequence) + self.near]]
            if not all(word in window for word in sequence):
                return 0
            return at + max(window.index(word) for word in sequence) + 1
        last = len(sequence) - 1
        if at + last >= len(words):
            return 0
        for offset, word in enumerate(sequence):
            here = words[at + offset].word
            if here != word and not (self.open_end and offset == last and here.startswith(word)):
                return 0
        return at + len(sequence)


def pattern_of(term: Term) -> re.Pattern[str]:
    """Return a pattern for lower-case ASCII text.

    Its groups are for exact words and sequences, forms, prefixes, and weak alternatives.
    """

    def one(words: Iterable[str]) -> str:
        # The longest first, since the first alternative that matches is taken.
        return "|".join(sorted(map(spelled, words), key=len, reverse=True)) or "(?!)"

    ends = "(?![a-z0-9])"
    sequences = [
        "[^a-z0-9]+".join(map(spelled, sequence)) + ("[a-z0-9]*" if term.open_end else "")
        for sequence in term.sequences
    ]
    exact = "|".join([*sequences, one(term.exact)]) if sequences else one(term.exact)
    prefixes = "|".join(re.escape(prefix) + "[a-z0-9]*" for prefix in term.prefixes) or "(?!)"
    weak = "|".join("[^a-z0-9]+".join(map(spelled, sequence)) for sequence in term.weak) or "(?!)"
    groups = (exact, one(term.forms), prefixes, weak)
    return re.compile("(?<![a-z0-9])(?:" + "|".join(f"({group}){ends}" for group in groups) + ")")


class TermMatcher:
    """Searches texts for one term, and caches the results: the same texts are searched again as the query is typed."""

    REMEMBERED = 4000
    """Texts."""

    def __init__(self, term: Term) -> None:
        self._term = term
        self._pattern = pattern_of(term)
        self._seeds = _seeds(term)
        self._weights: dict[str, tuple[int, int]] = {}

    def weigh(self, text: str) -> tuple[int, int]:
        """Return the weight of the best match (as :meth:`Term.spans_in`), and the number of matches."""
        known = self._weights.get(text)
        if known is None:
            if len(self._weights) >= self.REMEMBERED:
                self._weights.clear()
            known = self._weights[text] = self._weighed(text)
        return known

    def _weighed(self, text: str) -> tuple[int, int]:
        if self._term.near or not text.isascii():
            weights = [weight for _, _, weight in self._term.spans_in(text)]
            return max(weights, default=0), len(weights)
        plain = text.lower()
        # Every match begins with one of the seeds; most texts contain none.
        first = -1
        for seed in self._seeds:  # a loop: this runs for hundreds of texts at every key
            at = plain.find(seed)
            if at >= 0 and (at < first or first < 0):
                first = at
        if first < 0:
            return 0, 0
        weights = [4 - (match.lastindex or 1) for match in self._pattern.finditer(plain, first)]
        return max(weights, default=0), len(weights)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return the matches in ``text``."""
        if not text.isascii() or self._term.near:
            return [(start, end) for start, end, _ in self._term.spans(tokens(text))]
        return [match.span() for match in self._pattern.finditer(text.lower())]


@lru_cache(maxsize=48)
def term_matcher(term: Term) -> TermMatcher:
    """Return the matcher of a term; most terms stay while a query is typed."""
    return TermMatcher(term)


OF_WEIGHT: Final = (0.4, 0.7, 0.9, 1.0)
"""What a match is worth, by its weight: a weak alternative, a prefix, an inflected form, the word itself."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """All terms of a query."""

    terms: tuple[Term, ...] = ()
    rarities: tuple[float, ...] = ()
    """How much each term says; all as much if there are none."""
    _cache: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict, compare=False, repr=False)
    _matchers: list[TermMatcher] = field(default_factory=list, compare=False, repr=False)

    def __bool__(self) -> bool:
        """Return True if there are any terms."""
        return bool(self.terms)

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the spans to highlight in ``text``, in order, without overlaps; neighbouring words are one span."""
        if not self.terms:
            return ()
        known = self._cache.get(text)
        if known is None:
            if len(self._cache) > 2000:
                self._cache.clear()
            spans = sorted({(*span, at) for at, one in enumerate(self._all()) for span in one.spans(text)})
            known = self._cache[text] = _joined(spans, text)
        return known

    def matches(self, text: str) -> list[float]:
        """Return how well ``text`` has each term: 0 if it has not, about 1 for a word as it was typed."""
        found = []
        for one in self._all():
            best, places = one.weigh(text)
            found.append(OF_WEIGHT[best] + 0.01 * min(places, 5) if places else 0.0)
        return found

    def _all(self) -> list[TermMatcher]:
        if not self._matchers:
            self._matchers.extend(map(term_matcher, self.terms))
        return self._matchers


def _seeds(term: Term) -> tuple[str, ...]:
    """Return strings such that every match begins with one of them."""
    words = [*term.exact, *term.forms, *term.prefixes]
    words += [sequence[0] for sequence in (*term.sequences, *term.weak)]
    # Special words are spelled differently from their folded form.
    written = {"" if spelled(word) != word else word for word in words}
    # Those that begin with another one are found with it.
    return tuple(word for word in written if not any(word.startswith(other) for other in written if other != word))


def _joined(spans: list[tuple[int, int, int]], text: str) -> tuple[tuple[int, int], ...]:
    """Return spans without overlaps, from those of numbered terms: neighbours in the query are one where they are."""
    result: list[tuple[int, int, int]] = []
    for start, end, term in spans:
        if result:
            first, last, before = result[-1]
            if start < last or (term == before + 1 and _is_between_words(text[last:start])):
                result[-1] = (first, max(end, last), term)
                continue
        result.append((start, end, term))
    return tuple([(start, end) for start, end, _ in result])


def _is_between_words(gap: str) -> bool:
    """Return True if two words are neighbours in spite of what is between them: little, or words that say little."""
    if len(gap) > LONGEST_GAP or "\n\n" in gap:
        return False
    words = gap.replace("-", " ").split()
    return all(map(is_stop_word, words)) and (bool(words) or len(gap) <= 2)


LONGEST_GAP = 12
"""Characters between two words that are neighbours."""
CLOSE_BY = 60
"""Characters within which matches count as close together."""


def densest(spans: Sequence[tuple[int, int]]) -> int:
    """Return the start of the match that most others follow closely."""
    starts = [start for start, _ in spans]
    return max(starts, key=lambda start: (sum(0 <= other - start <= CLOSE_BY for other in starts), -start))


@dataclass(frozen=True, slots=True)
class Literal:
    """Finds a text as it was typed, ignoring case, accents and white space: for one page."""

    text: str

    def __bool__(self) -> bool:
        """Return True if there is anything to find."""
        return bool(self.text.strip())

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the matches in ``text``."""
        typed, plain = _simple(" ".join(self.text.split())), _simple(text)
        if not typed or len(plain) != len(text):
            return ()
        found = []
        at = plain.find(typed)
        while at >= 0:
            found.append((at, at + len(typed)))
            at = plain.find(typed, at + len(typed))
        return tuple(found)


def _simple(text: str) -> str:
    """Return ``text`` in lower case and without accents, character by character, so that offsets stay valid."""
    lower = text.lower() if len(text.lower()) == len(text) else text
    if not lower.isascii():
        lower = "".join(folded if len(folded := fold(character)) == 1 else character for character in lower)
        lower = lower.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    return lower.replace("\n", " ").replace("\u00a0", " ").replace("\t", " ")
