"""What in a text a query found: the same words are marked in the list, on the page and in the shell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from reinvent_tui.index.words import Token, fold, spelled, tokens


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or words in a row, that a query looks for, in all the forms that count for it."""

    text: str
    """As it was typed."""
    exact: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    sequences: tuple[tuple[str, ...], ...] = ()
    """Words in a row; of the last one the beginning is enough if ``open_end``."""
    forms: frozenset[str] = frozenset()
    """Other forms of it: they count a little less."""
    open_end: bool = False
    near: int = 0
    """Words that may stand between those of a sequence."""
    required: bool = True

    def spans_in(self, text: str) -> list[tuple[int, int, int]]:
        """Return beginning, end and weight (3 exact, 2 a form, 1 a beginning) of what counts in ``text``."""
        return self.spans(tokens(text))

    def spans(self, found: list[Token]) -> list[tuple[int, int, int]]:
        """Return the same for the words of a text."""
        result = []
        for at, token in enumerate(found):
            word = token.word
            if word in self.exact:
                result.append((token.start, token.end, 3))
            elif word in self.forms:
                result.append((token.start, token.end, 2))
            elif self.prefixes and word.startswith(self.prefixes):
                result.append((token.start, token.end, 1))
            for sequence in self.sequences:
                end = self._sequence(found, at, sequence)
                if end:
                    result.append((token.start, found[end - 1].end, 3))
        return result

    def _sequence(self, found: list[Token], at: int, sequence: tuple[str, ...]) -> int:
        if found[at].word != sequence[0] and not (self.near and found[at].word in sequence):
            return 0
        if self.near:
            window = found[at : at + len(sequence) + self.near]
            words = [token.word for token in window]
            if not all(word in words for word in sequence):
                return 0
            return at + max(words.index(word) for word in sequence) + 1
        last = len(sequence) - 1
        if at + last >= len(found):
            return 0
        for offset, word in enumerate(sequence):
            here = found[at + offset].word
            if here != word and not (self.open_end and offset == last and here.startswith(word)):
                return 0
        return at + len(sequence)


def pattern_of(wanted: Term) -> re.Pattern[str]:
    """Return a pattern for ASCII text in small letters: exact words and sequences, forms, beginnings, as its groups."""

    def one(words: Iterable[str]) -> str:
        # The longest first: of alternatives the first that fits counts.
        return "|".join(sorted(map(spelled, words), key=len, reverse=True)) or "(?!)"

    ends = "(?![a-z0-9])"
    sequences = [
        "[^a-z0-9]+".join(map(spelled, sequence)) + ("[a-z0-9]*" if wanted.open_end else "")
        for sequence in wanted.sequences
    ]
    exact = "|".join([*sequences, one(wanted.exact)]) if sequences else one(wanted.exact)
    beginnings = "|".join(re.escape(prefix) + "[a-z0-9]*" for prefix in wanted.prefixes) or "(?!)"
    return re.compile(f"(?<![a-z0-9])(?:({exact}){ends}|({one(wanted.forms)}){ends}|({beginnings}){ends})")


class TermMatcher:
    """Something wanted, ready to be looked for, and where it was found: the next letter asks the same texts again."""

    REMEMBERED = 4000
    """Texts."""

    def __init__(self, wanted: Term) -> None:
        self._wanted = wanted
        self._pattern = pattern_of(wanted)
        self._seeds = _seeds(wanted)
        self._weights: dict[str, tuple[int, int]] = {}

    def weigh(self, text: str) -> tuple[int, int]:
        """Return how well the best place fits (3 exact, 2 a form, 1 a beginning), and how many places there are."""
        known = self._weights.get(text)
        if known is None:
            if len(self._weights) >= self.REMEMBERED:
                self._weights.clear()
            known = self._weights[text] = self._weighed(text)
        return known

    def _weighed(self, text: str) -> tuple[int, int]:
        if self._wanted.near or not text.isascii():
            weights = [weight for _, _, weight in self._wanted.spans_in(text)]
            return max(weights, default=0), len(weights)
        plain = text.lower()
        # Every place begins with one of the seeds; most texts have none.
        first = -1
        for seed in self._seeds:  # a loop: this is asked of hundreds of texts at every key
            at = plain.find(seed)
            if at >= 0 and (at < first or first < 0):
                first = at
        if first < 0:
            return 0, 0
        weights = [4 - (match.lastindex or 1) for match in self._pattern.finditer(plain, first)]
        return max(weights, default=0), len(weights)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return the places in ``text``."""
        if not text.isascii() or self._wanted.near:
            return [(start, end) for start, end, _ in self._wanted.spans(tokens(text))]
        return [match.span() for match in self._pattern.finditer(text.lower())]


@lru_cache(maxsize=48)
def term_matcher(wanted: Term) -> TermMatcher:
    """Return what looks for ``wanted``; while a query is typed, most of its words stay."""
    return TermMatcher(wanted)


@dataclass(frozen=True, slots=True)
class Matcher:
    """All that a query looks for."""

    terms: tuple[Term, ...] = ()
    _cache: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict, compare=False, repr=False)
    _matchers: list[TermMatcher] = field(default_factory=list, compare=False, repr=False)

    def __bool__(self) -> bool:
        """Tell whether it looks for any word."""
        return bool(self.terms)

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the places in ``text`` to mark, in order, none overlapping another."""
        if not self.terms:
            return ()
        known = self._cache.get(text)
        if known is None:
            if len(self._cache) > 2000:
                self._cache.clear()
            spans = sorted({span for one in self._all() for span in one.spans(text)})
            known = self._cache[text] = _without_overlaps(spans)
        return known

    def weigh(self, text: str) -> tuple[int, int]:
        """Return how many of the wanted there are in ``text``, and how well they fit in all."""
        count = quality = 0
        for one in self._all():
            best, places = one.weigh(text)
            if places:
                count += 1
                quality += best * 10 + min(places, 5)
        return count, quality

    def count_in(self, text: str) -> int:
        """Return how many of the wanted there are in ``text``."""
        return sum([one.weigh(text)[1] > 0 for one in self._all()])

    def _all(self) -> list[TermMatcher]:
        if not self._matchers:
            self._matchers.extend(map(term_matcher, self.terms))
        return self._matchers


def _seeds(wanted: Term) -> tuple[str, ...]:
    """Return what every place that counts begins with one of."""
    words = [*wanted.exact, *wanted.forms, *wanted.prefixes]
    words += [sequence[0] for sequence in wanted.sequences]
    # Words with signs are written in another way than they are compared.
    written = {"" if spelled(word) != word else word for word in words}
    # What begins with another one is found by it.
    return tuple(word for word in written if not any(word.startswith(other) for other in written if other != word))


def _without_overlaps(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    result: list[tuple[int, int]] = []
    for start, end in spans:
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


CLOSE_BY = 60
"""Characters in which matches stand together."""


def densest(spans: Sequence[tuple[int, int]]) -> int:
    """Return where the match begins that most others follow closely: there stands what was looked for."""
    starts = [start for start, _ in spans]
    return max(starts, key=lambda start: (sum(0 <= other - start <= CLOSE_BY for other in starts), -start))


@dataclass(frozen=True, slots=True)
class Literal:
    """Finds a text as it was typed, whatever its case and the white space in it: for one page."""

    text: str

    def __bool__(self) -> bool:
        """Tell whether there is anything to look for."""
        return bool(self.text.strip())

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the places in ``text``."""
        wanted, plain = _simple(" ".join(self.text.split())), _simple(text)
        if not wanted or len(plain) != len(text):
            return ()
        found = []
        at = plain.find(wanted)
        while at >= 0:
            found.append((at, at + len(wanted)))
            at = plain.find(wanted, at + len(wanted))
        return tuple(found)


def _simple(text: str) -> str:
    """Return ``text`` in small letters without accents, sign for sign."""
    lower = text.lower() if len(text.lower()) == len(text) else text
    if not lower.isascii():
        lower = "".join(folded if len(folded := fold(sign)) == 1 else sign for sign in lower)
        lower = lower.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    return lower.replace("\n", " ").replace("\u00a0", " ").replace("\t", " ")
