"""Ask the index: hits in order, with their passages, and a way on where there are none."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from reinvent_tui.index import read
from reinvent_tui.index.compile import Compiled, compile_query, optional_words, quoted
from reinvent_tui.index.excerpts import Marked, best_of
from reinvent_tui.index.facets import EVERYTHING
from reinvent_tui.index.lexicon import Lexicon
from reinvent_tui.index.matching import Matcher
from reinvent_tui.index.query import ALL, And, Field, Node, Not, Or, Query, Word, parse, written
from reinvent_tui.index.ranking import best_lesson, bonus_of
from reinvent_tui.index.words import folded, is_stop_word
from reinvent_tui.library.passages import Passage, passages
from reinvent_tui.library.topics import Vocabulary

WEIGHTS: Final = "10.0, 10.0, 6.0, 6.0, 4.0, 1.0, 0.0"
"""Of title, code, speakers, tags, takeaways, body, and filters."""
RANKED: Final = 200
"""Hits of one answer, unless more are asked for."""
REORDERED: Final = 24
"""Hits that are put in order by more than bm25."""
REMEMBERED: Final = 256
"""Sessions whose passages are kept: the next letter mostly finds the same ones."""
MANY: Final = 20_000
"""Matches from which on ranking all of them takes longer than a frame: the newest come first then."""
CLOSEST: Final = 50
LEAST_LETTERS: Final = 3
"""Of a word that is ranked while it is typed."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A session that a query found."""

    row: int
    score: float
    """The higher the better; comparable within one answer."""
    lacks: tuple[str, ...] = ()
    """Words, as typed, that it does not have."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A way on from a query that finds nothing."""

    query: str
    """What to ask instead."""
    words: str
    """What that is, for people."""
    count: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found."""

    query: Query
    hits: tuple[Hit, ...]
    """The best first; of very many the first ``RANKED`` and then all in the index's order."""
    total: int
    """How many sessions match."""
    lessons: int
    """How many takeaways match."""
    all_lessons: int
    """How many takeaways there are."""
    matcher: Matcher
    closest: bool = False
    """True where no session has all the words, and these have most of them."""
    offers: tuple[Offer, ...] = ()
    explanation: tuple[str, ...] = ()
    deadly: str = ""
    """The word that no session has, where that is why nothing is found."""


@dataclass(slots=True)
class Searcher:
    """Answers queries over one connection; not for two threads at once."""

    connection: sqlite3.Connection
    topics: Vocabulary
    lexicon: Lexicon = field(init=False)
    _dates: list[str] | None = None
    _lessons: int = -1
    _version: int = -1
    _readings: dict[int, tuple[read.Reading, list[Passage]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lexicon = Lexicon(self.connection, self.topics)

    def _refresh(self) -> None:
        (version,) = self.connection.execute("PRAGMA data_version").fetchone()
        if version != self._version:
            self._version = version
            self._dates = None
            self._lessons = -1
            self._readings.clear()
            self.lexicon.forget()

    def dates(self) -> list[str]:
        """Return all dates of the library."""
        if self._dates is None:
            rows = self.connection.execute("SELECT DISTINCT date FROM day WHERE date IS NOT NULL ORDER BY date")
            self._dates = [date for (date,) in rows]
        return self._dates

    def search(self, text: str, *, typing: bool = False, strict: bool = False, limit: int = RANKED) -> Answer:
        """Return what ``text`` finds.

        Args:
            text: as it was typed.
            typing: True where its last word may go on.
            strict: whether all words must be there; a quoted query always is.
            limit: most hits to return.
        """
        self._refresh()
        query = parse(text, typing=typing)
        strict = strict or query.quoted
        drop = frozenset() if strict else optional_words(query)
        compiled = compile_query(query, self.lexicon, self.dates, drop=drop)
        hits, total = self._hits(query, compiled, limit)
        answer = Answer(
            query,
            tuple(hits),
            total,
            self._count("lesson", compiled.lessons) if not compiled.together and total else 0,
            self._all_lessons(),
            compiled.matcher,
            explanation=(*query.hints, *compiled.explanation),
        )
        if total or query.root == ALL:
            return answer
        if not strict:
            closest = self._closest(query, limit)
            if closest is not None:
                spelled = tuple(self._spellings(query)[0])
                return replace(closest, all_lessons=answer.all_lessons, explanation=answer.explanation, offers=spelled)
        offers, deadly = self._offers(query)
        return replace(answer, offers=offers, deadly=deadly)

    def rows(self, text: str) -> set[int]:
        """Return the rows of all sessions that ``text`` matches."""
        self._refresh()
        return self._rows_of(parse(text).root)

    def _ids(self, table: str, match: str) -> set[int]:
        found = self.connection.execute(
            f"SELECT group_concat(rowid) FROM {table} WHERE {table} MATCH ?", (match,)
        ).fetchone()
        return set(map(int, found[0].split(","))) if found and found[0] else set()

    def _count(self, table: str, match: str) -> int:
        return int(
            self.connection.execute(f"SELECT count(*) FROM {table} WHERE {table} MATCH ?", (match,)).fetchone()[0]
        )

    def _all_lessons(self) -> int:
        if self._lessons < 0:
            self._lessons = int(self.connection.execute("SELECT count(*) FROM takeaway").fetchone()[0])
        return self._lessons

    # Hits

    def _hits(self, query: Query, compiled: Compiled, limit: int) -> tuple[list[Hit], int]:
        if compiled.together:
            return self._together_hits(query, compiled, limit)
        words = compiled.matcher.wanted
        if not words:
            return self._in_order(compiled.match, limit), self._count("fts", compiled.match)
        total = self._count("fts", compiled.match)
        short = all(len(word.text) < LEAST_LETTERS for word in query.words) and len(query.words) == 1
        if total > MANY or (short and query.words[0].typed_last and total > RANKED):
            return self._in_order(compiled.match, limit), total
        rows = self.connection.execute(
            f"SELECT rowid, bm25(fts, {WEIGHTS}) AS score FROM fts WHERE fts MATCH ? ORDER BY score LIMIT ?",
            (compiled.match, max(limit, RANKED)),
        ).fetchall()
        return self._better_order(query, compiled.matcher, rows)[:limit], total

    def _in_order(self, match: str, limit: int) -> list[Hit]:
        rows = self.connection.execute("SELECT rowid FROM fts WHERE fts MATCH ? ORDER BY rowid LIMIT ?", (match, limit))
        return [Hit(row, 0.0) for (row,) in rows]

    def _better_order(self, query: Query, matcher: Matcher, rows: list[tuple[int, float]]) -> list[Hit]:
        """Return hits with what bm25 does not see: an exact title or code, words as they were typed, in one lesson."""
        if not rows:
            return []
        best = rows[:REORDERED]
        marks = ", ".join("?" * len(best))
        texts = {
            row: (title, code, tags, takeaways)
            for row, title, code, tags, takeaways in self.connection.execute(
                f"SELECT id, title, code, tags, takeaways FROM indexed WHERE id IN ({marks})", [row for row, _ in best]
            )
        }
        typed = " ".join(folded(query.text))
        needed = Matcher(tuple(wanted for wanted in matcher.wanted if wanted.required))
        top = -rows[0][1] or 1.0
        hits = [Hit(row, -score / top) for row, score in rows[REORDERED:]]
        for row, score in rows[:REORDERED]:
            title, code, tags, takeaways = texts.get(row, ("", "", "", ""))
            hits.append(Hit(row, -score / top + bonus_of(typed, needed, title, code, tags, takeaways)))
        return sorted(hits, key=lambda hit: -hit.score)

    def _together_hits(self, query: Query, compiled: Compiled, limit: int) -> tuple[list[Hit], int]:
        """Return the hits of a query with words that must stand in one takeaway: sets of rows, put together here."""
        rows = self._rows_of(query.root)
        words = " OR ".join(f"({match})" for match in compiled.together)
        order: dict[int, float] = {}
        for row, score in self.connection.execute(
            "SELECT session, score FROM "
            "(SELECT rowid AS id, bm25(lesson) AS score FROM lesson WHERE lesson MATCH ? ORDER BY score LIMIT 2000) "
            "JOIN takeaway USING (id) ORDER BY score",
            (words,),
        ):
            order.setdefault(row, score)
        best = sorted(rows, key=lambda row: (order.get(row, 0.0), row))
        return [Hit(row, -order.get(row, 0.0)) for row in best[:limit]], len(rows)

    def _rows_of(self, node: Node) -> set[int]:
        """Return the rows that a tree means, where some of its words must stand in one takeaway."""
        compiled = compile_query(Query("", node), self.lexicon, self.dates)
        if not compiled.together:
            return self._ids("fts", compiled.match)
        if isinstance(node, Field):
            (match,) = compiled.together
            found = self.connection.execute(
                "SELECT DISTINCT session FROM takeaway WHERE id IN (SELECT rowid FROM lesson WHERE lesson MATCH ?)",
                (match,),
            )
            return {row for (row,) in found}
        if isinstance(node, Not):
            return self._ids("fts", quoted(EVERYTHING)) - self._rows_of(node.part)
        sets = [self._rows_of(part) for part in node.parts] if isinstance(node, And | Or) else []
        return set.intersection(*sets) if isinstance(node, And) else set.union(*sets)

    # Nothing found

    def _closest(self, query: Query, limit: int) -> Answer | None:
        """Return the sessions that have most of the words; None where only one word, or none, was asked for."""
        words = [word for word in query.words if not is_stop_word(word.text)] or list(query.words)
        if len(words) < 2:
            return None
        rest = [part for part in _parts(query.root) if not isinstance(part, Word)]
        single: dict[str, Compiled] = {}
        for word in words:
            asked = Query(word.text, _together([*rest, word]), (), quoted=False)
            single[word.text] = compile_query(asked, self.lexicon, self.dates)
        everything = self._count("fts", quoted(EVERYTHING)) or 1
        weights, having = {}, {}
        for text, compiled in single.items():
            count = self._count("fts", compiled.match) if not compiled.together else 0
            weights[text] = math.log(1 + everything / (count + 0.5))
            if 0 < count <= MANY:
                having[text] = self._ids("fts", compiled.match)
        if not having:
            return None
        scores: dict[int, float] = {}
        for text, rows in having.items():
            for row in rows:
                scores[row] = scores.get(row, 0.0) + weights[text]
        best = max(scores.values())
        # What has only the commonest of the words is not close.
        near = sorted((row for row, score in scores.items() if score >= best * 0.35), key=lambda row: -scores[row])
        order = self._order_of([single[text].match for text in having])
        top = max(order.values(), default=1.0) or 1.0
        matcher = Matcher(tuple(wanted for compiled in single.values() for wanted in compiled.matcher.wanted))
        asked_weight = sum(weights.values()) or 1.0
        hits = [
            Hit(
                row,
                scores[row] / asked_weight + 0.5 * order.get(row, 0.0) / top,
                tuple(text for text in single if row not in having.get(text, set())),
            )
            for row in near[:1000]
        ]
        hits = self._by_lessons(hits, matcher)
        return Answer(query, tuple(hits[: min(limit, CLOSEST)]), len(hits), 0, 0, matcher, closest=True)

    def _order_of(self, matches: list[str]) -> dict[int, float]:
        """Return the rows that any of the expressions finds, with how well they fit: the higher the better."""
        found = self.connection.execute(
            f"SELECT rowid, bm25(fts, {WEIGHTS}) AS score FROM fts WHERE fts MATCH ? ORDER BY score LIMIT 1000",
            (" OR ".join(f"({match})" for match in matches),),
        )
        return {row: -score for row, score in found}

    def _by_lessons(self, hits: list[Hit], matcher: Matcher) -> list[Hit]:
        """Return hits in order: one lesson with several of the words counts more than the words scattered."""
        hits = sorted(hits, key=lambda hit: -hit.score)
        best = hits[:RANKED]
        marks = ", ".join("?" * len(best))
        lessons = dict(
            self.connection.execute(
                f"SELECT id, takeaways FROM indexed WHERE id IN ({marks})", [hit.row for hit in best]
            ).fetchall()
        )
        count = len([wanted for wanted in matcher.wanted if wanted.required]) or 1
        lifted = [
            replace(hit, score=hit.score + 0.4 * best_lesson(lessons.get(hit.row, ""), matcher) / count) for hit in best
        ]
        return [*sorted(lifted, key=lambda hit: -hit.score), *hits[RANKED:]]

    def _offers(self, query: Query) -> tuple[tuple[Offer, ...], str]:
        """Return ways on: close spellings, the query without a word, the query without its filters."""
        found, deadly = self._spellings(query)
        parts = _parts(query.root)
        if len(parts) > 1:
            for at in range(len(parts)):
                rest = _together([part for index, part in enumerate(parts) if index != at])
                asked = compile_query(Query("", rest, (), quoted=False), self.lexicon, self.dates)
                count = self._count("fts", asked.match) if not asked.together else 0
                if count:
                    text = written(rest)
                    found.append(Offer(text, f"without {written(parts[at])}", count))
        good = {offer.query: offer for offer in found if offer.count}
        return tuple(list(good.values())[:9]), deadly

    def _spellings(self, query: Query) -> tuple[list[Offer], str]:
        """Return the query with other spellings of the words that nobody has, and the first such word."""
        found: list[Offer] = []
        all_mended = query.text
        mended: list[str] = []
        dead: list[str] = []
        typing = any(word.typed_last for word in query.words)
        for word in query.words:
            alone = compile_query(Query("", word), self.lexicon, self.dates)
            if self._count("fts", alone.match):
                continue
            dead.append(word.text)
            close = [other for token in folded(word.text)[:1] for other in self.lexicon.close(token)]
            if close:
                all_mended = _replaced(all_mended, word.text, close[0])
                mended.append(close[0])
            for other in close:
                text = _replaced(query.text, word.text, other)
                count = self._total(text, typing=typing)
                # Where the other words find nothing either, the mended one is still a way on.
                found.append(
                    Offer(text, f"{other} instead of {word.text}", count)
                    if count
                    else Offer(other, f"only {other}", self._total(other))
                )
        if len(mended) > 1:
            words = f"{' '.join(mended)} instead of {' '.join(dead)}"
            found.insert(0, Offer(all_mended, words, self._total(all_mended, typing=typing)))
        return [offer for offer in found if offer.count], dead[0] if dead else ""

    def _total(self, text: str, *, typing: bool = False) -> int:
        root = parse(text, typing=typing).root
        compiled = compile_query(Query(text, root), self.lexicon, self.dates)
        return len(self._rows_of(root)) if compiled.together else self._count("fts", compiled.match)

    # Passages

    def passages(self, hits: Iterable[Hit], matcher: Matcher, most: int = 2) -> dict[int, list[Marked]]:
        """Return the best passages of each hit, the best first."""
        found: dict[int, list[Marked]] = {}
        for hit in hits:
            known = self.reading(hit.row)
            if known is not None:
                found[hit.row] = best_of(known[1], matcher, most)
        return found

    def reading(self, row: int) -> tuple[read.Reading, list[Passage]] | None:
        """Return a session with its passages; None where it is gone."""
        known = self._readings.get(row)
        if known is None:
            reading = read.reading(self.connection, row)
            if reading is None:
                return None
            if len(self._readings) >= REMEMBERED:
                self._readings.clear()
            session = reading.session
            blocks = passages(session.body, session.body_line, session.takeaways)
            known = self._readings[row] = (reading, blocks)
        return known


def _parts(root: Node) -> list[Node]:
    return list(root.parts) if isinstance(root, And) else [root]


def _together(parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _replaced(text: str, word: str, other: str) -> str:
    at = text.rfind(word)
    return text[:at] + other + text[at + len(word) :] if at >= 0 else other
