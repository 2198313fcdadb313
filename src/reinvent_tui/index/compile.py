"""From the tree of a query to one expression of FTS5, with what it means in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import takewhile

from reinvent_tui.index.facets import EVENT_MARK, EVERYTHING, PATH_MARK, term
from reinvent_tui.index.lexicon import Lexicon
from reinvent_tui.index.matching import Matcher, Term
from reinvent_tui.index.query import And, Field, Node, Not, Or, Phrase, Query, Range, Word
from reinvent_tui.index.words import folded, is_stop_word
from reinvent_tui.library.topics import tag_key

_COLUMNS = {"title": "title", "takeaway": "takeaways", "speaker": "speakers"}
_IS = {"undated": "undated"}
MAX_NUMBER = 5000
LONG_ENOUGH = 8
"""Letters of a word that is taken apart while it is typed."""


def quoted(word: str, *, prefix: bool = False) -> str:
    """Return a word as FTS5 takes it literally."""
    return '"' + word.replace('"', '""') + '"' + ("*" if prefix else "")


def _phrase(words: tuple[str, ...] | list[str], *, open_end: bool = False) -> str:
    return (
        " + ".join(quoted(word) for word in words[:-1])
        + (" + " if len(words) > 1 else "")
        + quoted(words[-1], prefix=open_end)
    )


@dataclass(slots=True)
class Compiled:
    """A query, ready to be asked."""

    match: str
    """For the table of sessions."""
    make_takeaway_match: Callable[[], str]
    matcher: Matcher
    of_sessions: bool
    """True where it asks for titles or speakers, of which a takeaway knows nothing."""
    together: list[str] = field(default_factory=list)
    """Expressions for the takeaway table whose words must be in one takeaway, in order of their ``TAKEAWAY_MARK``."""
    explanation: list[str] = field(default_factory=list)

    @property
    def takeaway_match(self) -> str:
        """For the table of takeaways: the same words, in one of them."""
        return self.make_takeaway_match()


def compile_query(
    query: Query,
    lexicon: Lexicon,
    dates: Callable[[], list[str]],
    *,
    drop: frozenset[str] = frozenset(),
    given_only: bool = False,
) -> Compiled:
    """Return ``query`` compiled.

    Args:
        query: what was asked for.
        lexicon: the library's words.
        dates: gives all dates of the library, for ranges.
        drop: words, as typed, that may be missing.
        given_only: True where tags that the program inferred do not count.
    """
    return _Compiler(query, lexicon, dates, drop, "g" if given_only else "t").run()


class _Compiler:
    def __init__(
        self, query: Query, lexicon: Lexicon, dates: Callable[[], list[str]], drop: frozenset[str], tag_kind: str
    ) -> None:
        self._query, self._lexicon, self._dates, self._drop = query, lexicon, dates, drop
        self._tag_kind = tag_kind
        self._wanted: list[Term] = []
        self._of_sessions = False
        self._together: list[str] = []
        self._said: list[str] = []
        self._negative = 0
        self._column = ""
        self._for_takeaways = False

    def run(self) -> Compiled:
        match = self._node(self._query.root) or quoted(EVERYTHING)
        matcher = Matcher(tuple(self._wanted))
        said = list(dict.fromkeys(self._said))
        return Compiled(match, self._takeaways, matcher, self._of_sessions, list(self._together), said)

    def _takeaways(self) -> str:
        """Return the expression for the table of takeaways; many a query never asks for it."""
        self._for_takeaways = True
        return self._node(self._query.root) or quoted(EVERYTHING)

    def _node(self, node: Node) -> str:
        if isinstance(node, Word | Phrase):
            return self._word(node) if isinstance(node, Word) else self._quoted_phrase(node)
        if isinstance(node, Field | Range):
            return self._field(node) if isinstance(node, Field) else self._range(node)
        if isinstance(node, Not):
            self._negative += 1
            inner = self._node(node.part)
            self._negative -= 1
            return f"({quoted(EVERYTHING)} NOT ({inner}))" if inner else ""
        if isinstance(node, Or):
            parts = [part for part in map(self._node, node.parts) if part]
            return f"({' OR '.join(parts)})" if parts else ""
        return self._and(node)

    def _and(self, node: And) -> str:
        wanted: list[str] = []
        unwanted: list[str] = []
        parts = list(node.parts)
        at = 0
        while at < len(parts):
            part = parts[at]
            if isinstance(part, Not):
                self._negative += 1
                inner = self._node(part.part)
                self._negative -= 1
                unwanted.extend([inner] if inner else [])
                at += 1
                continue
            run = [one for one in takewhile(lambda one: isinstance(one, Word), parts[at:]) if isinstance(one, Word)]
            if len(run) > 1:
                wanted.extend(self._words(run))
            else:
                expression = self._node(part)
                wanted.extend([expression] if expression else [])
            at += max(1, len(run))
        positive = " AND ".join(wanted)
        if not unwanted:
            return f"({positive})" if len(wanted) > 1 else positive
        return f"(({positive or quoted(EVERYTHING)}) NOT ({' OR '.join(unwanted)}))"

    # Words

    def _words(self, words: list[Word]) -> list[str]:
        """Return words in a row: where two make one word of the library, or a name, that counts too."""
        found: list[str] = []
        at = 0
        while at < len(words):
            taken = self._named_together(words, at) or self._joined(words, at)
            if taken is not None:
                expression, count = taken
                found.append(expression)
                at += count
                continue
            expression = self._word(words[at])
            found.extend([expression] if expression else [])
            at += 1
        return found

    def _named_together(self, words: list[Word], at: int) -> tuple[str, int] | None:
        """Return words that together are a name of a topic: ``elastic compute cloud``."""
        for count in (3, 2):
            group = words[at : at + count]
            if len(group) < count or any(word.prefix or word.typed_last for word in group):
                continue
            names = tuple(token for word in group for token in folded(word.text))
            topic, others = self._lexicon.names(names)
            if others:
                each = [self._word(word) for word in group]
                self._say_names(" ".join(word.text for word in group), topic, others)
                self._want(Term(" ".join(names), sequences=others, required=False))
                return (
                    f"(({' AND '.join(part for part in each if part)}) OR {' OR '.join(map(_phrase, others))})",
                    count,
                )
        return None

    def _joined(self, words: list[Word], at: int) -> tuple[str, int] | None:
        """Return two words that stand as one in the library: ``cold start`` finds ``coldstart``."""
        if at + 1 >= len(words):
            return None
        first, second = folded(words[at].text), folded(words[at + 1].text)
        if len(first) != 1 or len(second) != 1 or len(first[0]) < 2 or len(second[0]) < 2:
            return None
        joined = first[0] + second[0]
        if not self._lexicon.count(joined):
            return None
        each = [part for part in (self._word(words[at]), self._word(words[at + 1])) if part]
        self._want(Term(joined, exact=frozenset([joined]), required=False))
        self._said.append(f"“{words[at].text} {words[at + 1].text}” also finds {joined}")
        return f"(({' AND '.join(each)}) OR {quoted(joined)})" if each else quoted(joined), 2

    def _want(self, wanted: Term) -> None:
        if not self._negative:
            self._wanted.append(wanted)

    def _word(self, word: Word) -> str:
        tokens = folded(word.text)
        if not tokens or (word.text in self._drop and not self._column):
            return ""
        open_end = word.prefix or word.typed_last
        if len(tokens) > 1:
            joined = "".join(tokens)
            self._want(
                Term(
                    word.text,
                    exact=frozenset([joined]),
                    prefixes=(joined,) if open_end else (),
                    sequences=(tuple(tokens),),
                    open_end=open_end,
                )
            )
            return self._columned(f"({_phrase(tokens, open_end=open_end)} OR {quoted(joined, prefix=open_end)})")
        token = tokens[0]
        alternatives = [quoted(token, prefix=open_end)]
        forms = () if word.prefix else self._lexicon.forms(token)
        alternatives += [quoted(form) for form in forms if not (open_end and form.startswith(token))]
        sequences: list[tuple[str, ...]] = []
        # What is still being typed is no compound yet, unless it is long.
        split = None if open_end and len(token) < LONG_ENOUGH else self._lexicon.parts(token)
        if split is not None:
            sequences.append(split)
            self._said.append(f"“{word.text}” also finds “{' '.join(split)}”")
        topic, others = ("", ()) if word.prefix else self._lexicon.names((token,))
        sequences.extend(others)
        if others:
            self._say_names(word.text, topic, others)
        alternatives += [_phrase(sequence) for sequence in sequences]
        if forms and not self._negative:
            self._said.append(f"“{word.text}” also finds {', '.join(sorted(forms)[:6])}")
        self._want(
            Term(
                word.text,
                exact=frozenset([token]),
                prefixes=(token,) if open_end else (),
                sequences=tuple(sequences),
                forms=frozenset(forms),
            )
        )
        return self._columned(f"({' OR '.join(alternatives)})" if len(alternatives) > 1 else alternatives[0])

    def _say_names(self, typed: str, topic: str, others: tuple[tuple[str, ...], ...]) -> None:
        names = ", ".join(" ".join(words) for words in others[:4])
        self._said.append(f"“{typed}” is {topic}: also finds {names}")

    def _columned(self, expression: str) -> str:
        if self._for_takeaways:
            return f"{{words}} : ({expression})" if self._column in ("", "takeaways") else quoted(EVERYTHING)
        return f"{{{self._column}}} : ({expression})" if self._column else expression

    def _quoted_phrase(self, phrase: Phrase) -> str:
        words = tuple(folded(phrase.text))
        self._want(Term(phrase.text, sequences=(words,), near=phrase.near))
        if phrase.near and len(words) > 1:
            return self._columned(f"NEAR({' '.join(quoted(word) for word in words)}, {phrase.near})")
        return self._columned(_phrase(words))

    # Filters

    def _field(self, node: Field) -> str:
        column = _COLUMNS.get(node.name)
        if column is None:
            return self._values(
                node.inner, lambda value, *, open_end: self._filter(node.name, value, open_end=open_end)
            )
        if column == "takeaways" and self._several_words(node.inner):
            return self._one_takeaway(node.inner)
        before, self._column = self._column, column
        expression = self._node(node.inner)
        self._column = before
        self._of_sessions = self._of_sessions or column != "takeaways"
        return expression

    @staticmethod
    def _several_words(node: Node) -> bool:
        return isinstance(node, And) and len(node.parts) > 1

    def _one_takeaway(self, node: Node) -> str:
        """Return what finds takeaways with all the words in one: sessions are then asked for by their rows."""
        takeaways, self._for_takeaways = self._for_takeaways, True
        expression = self._node(node)
        self._for_takeaways = takeaways
        if takeaways:
            return expression
        self._together.append(expression)
        return quoted(f"{TAKEAWAY_MARK}{len(self._together) - 1}")

    def _values(self, node: Node, single: Callable[..., str]) -> str:
        """Return the expression of a filter's value, which may be a group."""
        if isinstance(node, Word):
            return single(node.text, open_end=node.prefix)
        if isinstance(node, Phrase):
            return single(node.text, open_end=False)
        if isinstance(node, Not):
            return f"({quoted(EVERYTHING)} NOT ({self._values(node.part, single)}))"
        if isinstance(node, And | Or):
            parts = [part for part in (self._values(part, single) for part in node.parts) if part]
            return f"({(' AND ' if isinstance(node, And) else ' OR ').join(parts)})" if parts else ""
        return self._node(node)

    def _filter(self, name: str, value: str, *, open_end: bool) -> str:
        makers: dict[str, Callable[[str, bool], str]] = {
            "tag": self._tag,
            "event": lambda text, open_end: self._terms(EVENT_MARK, text, open_end=open_end),
            "path": lambda text, _: self._terms(PATH_MARK, text, open_end=True),
            "year": lambda text, _: quoted(term("y", text)),
            "level": lambda text, _: quoted(term("l", f"{text}00" if len(text) == 1 else text)),
            "track": lambda text, _: quoted(term("k", text)),
            "code": lambda text, open_end: quoted(term("c", re.sub(r"[\s]", "", text)), prefix=open_end),
            "day": self._day,
            "date": lambda text, _: quoted(term("d", re.sub(r"\D", "", text)), prefix=True),
            "is": lambda text, _: quoted(term("h", _IS.get(text.lower(), text))),
            "has": lambda text, _: quoted(term("h", text.lower().removesuffix("s"))),
        }
        return makers[name](value, open_end)

    @staticmethod
    def _terms(mark: str, text: str, *, open_end: bool) -> str:
        words = [f"{mark}{word}" for word in folded(text)]
        return _phrase(words, open_end=open_end) if words else ""

    def _tag(self, text: str, open_end: bool) -> str:  # noqa: FBT001 -- one form for all filters
        key = tag_key(text)
        topic = self._lexicon.topics.topic_of(key.replace("-", " "))
        found = [quoted(term(self._tag_kind, key), prefix=open_end)]
        if topic and topic != key:
            found.append(quoted(term(self._tag_kind, topic)))
            self._said.append(f"tag “{text}” is {topic}")
        return f"({' OR '.join(found)})" if len(found) > 1 else found[0]

    @staticmethod
    def _day(text: str, _: bool) -> str:  # noqa: FBT001 -- one form for all filters
        if text.isdecimal():
            return quoted(term("n", str(int(text))))
        if text.lower() == "undated":
            return quoted(term("h", "undated"))
        return quoted(term("w", text), prefix=True)

    def _range(self, node: Range) -> str:
        if node.name == "date":
            low, high = (re.sub(r"\D", "", text) for text in (node.low, node.high))
            inside = [
                date
                for date in (date.replace("-", "") for date in self._dates())
                if (not low or date >= low) and (not high or date[: len(high)] <= high)
            ]
            parts = [quoted(term("d", date)) for date in inside]
        else:
            kind = {"year": "y", "day": "n", "level": "l"}[node.name]
            first, last = {"year": (1950, 2100), "day": (0, 99), "level": (100, 500)}[node.name]
            low_number = _number(node.low, first)
            high_number = min(_number(node.high, last), low_number + MAX_NUMBER)
            step = 100 if node.name == "level" else 1
            low_number = low_number * 100 if node.name == "level" and low_number < 10 else low_number
            high_number = high_number * 100 if node.name == "level" and high_number < 10 else high_number
            parts = [
                quoted(term(kind, str(number)))
                for number in range(max(low_number, first), min(high_number, last) + 1, step)
            ]
        return f"({' OR '.join(parts)})" if parts else quoted(term("n", "none"))


TAKEAWAY_MARK = "\ue003"
"""Begins the mark of a group whose words must stand in one takeaway."""


def _number(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else default


def hardly_typed(query: Query) -> frozenset[str]:
    """Return the last word while it is one letter, beside others: nearly every session has a word that begins so."""
    *others, last = query.words or (None,)
    if last is None or not others:
        return frozenset()
    return frozenset([last.text]) if last.typed_last and len(last.text) == 1 else frozenset()


def optional_words(query: Query) -> frozenset[str]:
    """Return the words of a question that its answer need not have, as typed; none where only such words are there."""
    stops = frozenset(word.text for word in query.words if is_stop_word(word.text) and not word.prefix)
    content = [word for word in query.words if word.text not in stops]
    return stops if content else frozenset()
