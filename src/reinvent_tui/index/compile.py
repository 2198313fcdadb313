"""Compiles the tree of a query to one FTS5 expression, with an explanation in words."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from reinvent_tui.index.facets import EVERYTHING, term
from reinvent_tui.index.filter_terms import filter_match, range_match
from reinvent_tui.index.fts_syntax import phrase, quoted
from reinvent_tui.index.lexicon import Lexicon
from reinvent_tui.index.matching import Matcher, Term
from reinvent_tui.index.query import And, Field, Node, Not, Or, Phrase, Query, Range, Word
from reinvent_tui.index.query_parts import is_group
from reinvent_tui.index.variants import sequences_of
from reinvent_tui.index.words import folded
from reinvent_tui.library.topics import tag_key

_COLUMNS = {"title": "title", "takeaway": "takeaways", "speaker": "speakers"}
LONGEST_NAME = 3
"""Words of the names of topics that are looked for."""
LONG_ENOUGH = 8
"""Length from which a word is split as a compound while it is typed."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A query as expressions of FTS5."""

    match: str
    """For the table of sessions."""
    matcher: Matcher
    of_sessions: bool
    """True if it looks at titles or speakers, with which a takeaway is not indexed."""
    takeaway_groups: tuple[str, ...]
    """Expressions for the table of takeaways, of groups whose words must be in one takeaway."""
    explanation: tuple[str, ...]
    _compile_takeaways: Callable[[], str]

    @property
    def takeaway_match(self) -> str:
        """For the table of takeaways: the same words, in one of them. Compiled when it is needed."""
        return self._compile_takeaways()


@dataclass(frozen=True, slots=True)
class _Scope:
    """The context of a part of a query."""

    column: str = ""
    """The column that its words must be in; empty for any."""
    negative: bool = False
    """Inside NOT: its words are not highlighted."""
    takeaways: bool = False
    """Compiled for the table of takeaways, which knows only their words and their session's filters."""


@dataclass(frozen=True, slots=True)
class _Expression:
    """A part of a query, compiled; an empty ``match`` puts no condition."""

    match: str = ""
    terms: tuple[Term, ...] = ()
    notes: tuple[str, ...] = ()
    takeaway_groups: tuple[str, ...] = ()
    of_sessions: bool = False

    def with_match(self, match: str) -> _Expression:
        return replace(self, match=match)

    def after(self, *others: _Expression) -> _Expression:
        """Return this match with what the others it was made from say, before what this one says."""
        parts = [*others, self]
        return _Expression(
            self.match,
            tuple(term for part in parts for term in part.terms),
            tuple(note for part in parts for note in part.notes),
            tuple(group for part in parts for group in part.takeaway_groups),
            any(part.of_sessions for part in parts),
        )


_NOTHING: Final = _Expression()
_ROW_PART: Final = "\ue003"
"""Stands for a part that is answered by a set of rows, in the expression of a query that has one: matches nothing."""


def compile_query(
    query: Query,
    lexicon: Lexicon,
    dates: Callable[[], list[str]],
    *,
    drop: frozenset[str] = frozenset(),
    given_only: bool = False,
    predicates: Container[str] = (),
) -> Compiled:
    """Return ``query`` compiled.

    Args:
        query: what was asked for.
        lexicon: the library's words.
        dates: gives all dates of the library, for ranges.
        drop: words, as typed, that may be missing.
        given_only: True if inferred tags do not count.
        predicates: values of ``is:`` that are answered by sets of rows.
    """
    compiler = _Compiler(lexicon, dates, drop, "g" if given_only else "t", predicates)
    whole = compiler.node(query.root, _Scope())
    return Compiled(
        whole.match or quoted(EVERYTHING),
        Matcher(whole.terms),
        whole.of_sessions,
        whole.takeaway_groups,
        tuple(dict.fromkeys(whole.notes)),
        lambda: compiler.node(query.root, _Scope(takeaways=True)).match or quoted(EVERYTHING),
    )


def _joined_matches(parts: Iterable[_Expression], operator: str) -> str:
    matches = [part.match for part in parts if part.match]
    return f"({f' {operator} '.join(matches)})" if len(matches) > 1 else "".join(matches)


@dataclass(frozen=True, slots=True)
class _Compiler:
    """Turns trees into expressions; it has no state, so that a tree can be compiled for both tables."""

    lexicon: Lexicon
    dates: Callable[[], list[str]]
    drop: frozenset[str]
    tag_kind: str
    predicates: Container[str]

    def node(self, node: Node, scope: _Scope) -> _Expression:
        match node:
            case Word():
                return self._word(node, scope)
            case Phrase():
                return self._quoted_phrase(node, scope)
            case Field() | Range():
                return self._field(node, scope)
            case Not():
                inner = self.node(node.part, replace(scope, negative=True))
                return inner.with_match(f"({quoted(EVERYTHING)} NOT ({inner.match}))" if inner.match else "")
            case Or():
                parts = [self.node(part, scope) for part in node.parts]
                matches = [part.match for part in parts if part.match]
                return _Expression(f"({' OR '.join(matches)})" if matches else "").after(*parts)
            case And():
                return self._and(node, scope)

    def _and(self, node: And, scope: _Scope) -> _Expression:
        wanted: list[_Expression] = []
        unwanted: list[_Expression] = []
        said: list[_Expression] = []
        for is_words, group in groupby(node.parts, lambda part: isinstance(part, Word)):
            if is_words:
                compiled = self._words([word for word in group if isinstance(word, Word)], scope)
                wanted += compiled
                said += compiled
                continue
            for part in group:
                if isinstance(part, Not):
                    unwanted.append(self.node(part.part, replace(scope, negative=True)))
                    said.append(unwanted[-1])
                else:
                    wanted.append(self.node(part, scope))
                    said.append(wanted[-1])
        positive = _joined_matches(wanted, "AND")
        negative = [part.match for part in unwanted if part.match]
        if negative:
            positive = f"(({positive or quoted(EVERYTHING)}) NOT ({' OR '.join(negative)}))"
        return _Expression(positive).after(*said)

    # Words

    def _words(self, words: list[Word], scope: _Scope) -> list[_Expression]:
        """Return adjacent words; if together they are a name, or one word of the library, that matches too."""
        compiled: list[_Expression] = []
        at = 0
        while at < len(words):
            taken = self._named_together(words, at, scope) or self._joined(words, at, scope)
            expression, count = taken or (self._word(words[at], scope), 1)
            compiled.append(expression)
            at += count
        return compiled

    def _named_together(self, words: list[Word], at: int, scope: _Scope) -> tuple[_Expression, int] | None:
        """Return words that together are a name of a topic: ``elastic compute cloud``."""
        for count in (5, 4, 3, 2):
            group = words[at : at + count]
            if len(group) < count or any(word.prefix or word.typed_last for word in group):
                continue
            names = tuple(token for word in group for token in folded(word.text))
            shorts = self.lexicon.abbreviations(names)
            topic, others = self.lexicon.names(names) if count <= LONGEST_NAME else ("", ())
            if shorts:
                typed = " ".join(word.text for word in group)
                note = f"“{typed}” is “{', '.join(map(' '.join, shorts))}” in these notes"
                return _also((*shorts, *others), note, [self._word(word, scope) for word in group], scope), count
            if others:
                typed = " ".join(word.text for word in group)
                note = _names_note(typed, topic, others)
                return _also(others, note, [self._word(word, scope) for word in group], scope), count
        return None

    def _joined(self, words: list[Word], at: int, scope: _Scope) -> tuple[_Expression, int] | None:
        """Return two words that the library writes as one: ``cold start`` finds ``coldstart``."""
        if at + 1 >= len(words):
            return None
        first, second = folded(words[at].text), folded(words[at + 1].text)
        if len(first) != 1 or len(second) != 1 or len(first[0]) < 2 or len(second[0]) < 2:
            return None
        joined = first[0] + second[0]
        if not self.lexicon.count(joined):
            return None
        note = f"“{words[at].text} {words[at + 1].text}” also finds {joined}"
        return _also(((joined,),), note, [self._word(word, scope) for word in words[at : at + 2]], scope), 2

    def _word(self, word: Word, scope: _Scope) -> _Expression:
        tokens = folded(word.text)
        if not tokens or (word.text in self.drop and not scope.column):
            return _NOTHING
        return self._tokens(word, tokens, scope) if len(tokens) > 1 else self._token(word, tokens[0], scope)

    def _tokens(self, word: Word, tokens: list[str], scope: _Scope) -> _Expression:
        """Return a typed word that is several for the index: ``cold-start``."""
        open_end = word.prefix or word.typed_last
        joined = "".join(tokens)
        others = tuple(other for other in sequences_of(tuple(tokens)) if self.lexicon.occurs(other))
        term = Term(
            word.text,
            exact=frozenset([joined]),
            prefixes=(joined,) if open_end else (),
            sequences=(tuple(tokens), *others),
            open_end=open_end,
        )
        alternatives = [phrase(tokens, open_end=open_end), quoted(joined, prefix=open_end), *map(phrase, others)]
        return _Expression(_in_column(f"({' OR '.join(alternatives)})", scope), _terms(scope, term))

    def _token(self, word: Word, token: str, scope: _Scope) -> _Expression:
        """Return a word with its inflected forms, its parts if it is a compound, and other names of what it names."""
        open_end = word.prefix or word.typed_last
        forms = () if word.prefix else self.lexicon.forms(token)
        notes: list[str] = []
        sequences: list[tuple[str, ...]] = []
        # What is still being typed is not treated as a compound yet, unless it is long.
        parts = None if open_end and len(token) < LONG_ENOUGH else self.lexicon.parts(token)
        written = [other for other in sequences_of((token,)) if self.lexicon.occurs(other)]
        for other in dict.fromkeys([*([parts] if parts is not None else ()), *written]):
            sequences.append(other)
            notes.append(f"“{word.text}” also finds “{' '.join(other)}”")
        if not open_end:
            for long in self.lexicon.abbreviations((token,)):
                sequences.append(long)
                notes.append(f"“{word.text}” is “{' '.join(long)}” in these notes")
        topic, others = ("", ()) if word.prefix else self.lexicon.names((token,))
        if others:
            sequences.extend(others)
            notes.append(_names_note(word.text, topic, others))
        if forms and not scope.negative:
            notes.append(f"“{word.text}” also finds {', '.join(sorted(forms)[:6])}")
        alternatives = [quoted(token, prefix=open_end)]
        alternatives += [quoted(form) for form in forms if not (open_end and form.startswith(token))]
        alternatives += [phrase(sequence) for sequence in sequences]
        match = f"({' OR '.join(alternatives)})" if len(alternatives) > 1 else alternatives[0]
        weak = () if open_end or scope.negative else self.lexicon.synonyms((token,))
        if not (open_end or forms or sequences or weak or scope.negative or self.lexicon.count(token)):
            weak = tuple((other,) for other in self.lexicon.close(token, 2))
        term = Term(
            word.text,
            exact=frozenset([token]),
            prefixes=(token,) if open_end else (),
            sequences=tuple(sequences),
            forms=frozenset(forms),
            weak=weak,
        )
        return _Expression(_in_column(match, scope), _terms(scope, term), tuple(notes))

    @staticmethod
    def _quoted_phrase(node: Phrase, scope: _Scope) -> _Expression:
        words = tuple(folded(node.text))
        if node.near and len(words) > 1:
            match = f"NEAR({' '.join(quoted(word) for word in words)}, {node.near})"
        else:
            match = phrase(words)
        return _Expression(_in_column(match, scope), _terms(scope, Term(node.text, sequences=(words,), near=node.near)))

    # Filters

    def _field(self, node: Field | Range, scope: _Scope) -> _Expression:
        if isinstance(node, Range):
            return _Expression(range_match(node, self.dates))
        column = _COLUMNS.get(node.name)
        if column is None:
            return self._values(node.name, node.inner, scope)
        if column == "takeaways" and is_group(node.inner):
            group = self.node(node.inner, replace(scope, column="", takeaways=True))
            if scope.takeaways:
                return group
            return _Expression(quoted(_ROW_PART), takeaway_groups=(group.match,)).after(group)
        inner = self.node(node.inner, replace(scope, column=column))
        return replace(inner, of_sessions=inner.of_sessions or column != "takeaways")

    def _values(self, name: str, node: Node, scope: _Scope) -> _Expression:
        """Return the expression of a filter's value, which may be a group."""
        if isinstance(node, Word | Phrase):
            open_end = isinstance(node, Word) and node.prefix
            return self._filter(name, node.text, scope, open_end=open_end)
        if isinstance(node, Not):
            inner = self._values(name, node.part, scope)
            return inner.with_match(f"({quoted(EVERYTHING)} NOT ({inner.match}))" if inner.match else "")
        if isinstance(node, And | Or):
            parts = [self._values(name, part, scope) for part in node.parts]
            matches = [part.match for part in parts if part.match]
            operator = " AND " if isinstance(node, And) else " OR "
            return _Expression(f"({operator.join(matches)})" if matches else "").after(*parts)
        return self.node(node, scope)

    def _filter(self, name: str, value: str, scope: _Scope, *, open_end: bool) -> _Expression:
        if name == "tag":
            return self._tag(value, open_end=open_end)
        if name == "is" and value.lower() in self.predicates:
            return _Expression(_session_condition(scope) if scope.takeaways else quoted(_ROW_PART))
        return _Expression(filter_match(name, value, open_end=open_end))

    def _tag(self, text: str, *, open_end: bool) -> _Expression:
        key = tag_key(text)
        topic = self.lexicon.topics.topic_of(key.replace("-", " "))
        match = quoted(term(self.tag_kind, key), prefix=open_end)
        if not topic or topic == key:
            return _Expression(match)
        return _Expression(f"({match} OR {quoted(term(self.tag_kind, topic))})", notes=(f"tag “{text}” is {topic}",))


def _also(others: tuple[tuple[str, ...], ...], note: str, words: list[_Expression], scope: _Scope) -> _Expression:
    """Return words that must all match, each of which other names of all of them match too."""
    alternatives = _in_column(" OR ".join(map(phrase, others)), scope)
    matches = [f"({word.match} OR {alternatives})" for word in words if word.match]
    terms = tuple(replace(term, sequences=(*term.sequences, *others)) for word in words for term in word.terms)
    notes = tuple(said for word in words for said in word.notes)
    return _Expression(f"({' AND '.join(matches)})" if matches else "", terms, (*notes, note))


def _terms(scope: _Scope, term: Term) -> tuple[Term, ...]:
    return () if scope.negative else (term,)


def _names_note(typed: str, topic: str, others: tuple[tuple[str, ...], ...]) -> str:
    return f"“{typed}” is {topic}: also finds {', '.join(' '.join(words) for words in others[:4])}"


def _in_column(match: str, scope: _Scope) -> str:
    if scope.takeaways:
        return f"{{words}} : ({match})" if scope.column in ("", "takeaways") else _session_condition(scope)
    return f"{{{scope.column}}} : ({match})" if scope.column else match


def _session_condition(scope: _Scope) -> str:
    """Return what a condition on sessions is for takeaways: none, since they are filtered by session afterwards."""
    return "" if scope.negative else quoted(EVERYTHING)
