"""Other ways to write a word, abbreviations, and the characters that belong to a word."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import pytest

from reinvent_tui.index import queries
from reinvent_tui.index.abbreviations import abbreviations
from reinvent_tui.index.marks import IGNORABLE, MARKS
from reinvent_tui.index.search import Searcher
from reinvent_tui.index.variants import degrees, forms_of, sequences_of
from reinvent_tui.index.words import folded
from reinvent_tui.library.synonyms import synonyms
from relevance import searcher_on
from support import write_library


def titles(searcher: Searcher, text: str) -> list[str]:
    """Return the titles of the sessions that have all words."""
    rows = [hit.row for hit in searcher.search(text).hits if not hit.lacks]
    names = queries.entries(searcher.connection, rows)
    return [names[row].title for row in rows]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Łódź, Øresund, đ, straße", ["lodz", "oresund", "d", "strasse"]),
        ("æther œuvre þing ısı", ["aether", "oeuvre", "thing", "isi"]),
        ("co\u00adoperate zero\u200dwidth", ["cooperate", "zerowidth"]),
        ("हिन्दी", ["हनद"]),
        ("e\u0301te\u0301", ["ete"]),
        ("ภาษา", ["ภ", "า", "ษ", "า"]),
        ("a\u17b4b", ["ab"]),
        ("1\ufe0f\u20e3 step", ["1", "step"]),
    ],
)
def test_characters_belong_to_the_word_around_them(text: str, words: list[str]) -> None:
    assert folded(text) == words


def test_all_marks_of_unicode_are_listed() -> None:
    spans = [part.partition("-") for part in f"{MARKS} {IGNORABLE}".split()]
    listed = {code for low, _, high in spans for code in range(int(low, 16), int(high or low, 16) + 1)}
    marks = {code for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code))[0] == "M"}
    if unicodedata.unidata_version.startswith("14."):
        assert marks <= listed
    assert len(marks - listed) < 100, "marks of later versions"
    letters = {code for code in listed if chr(code).isalnum()}
    # Fillers are letters by their category, which Unicode says to ignore.
    assert letters == {0x115F, 0x1160, 0x3164, 0xFFA0}


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        (("10000",), ("10", "000")),
        (("10", "000"), ("10000",)),
        (("10000",), ("10k",)),
        (("10k",), ("10", "000")),
        (("2m",), ("2000000",)),
        (("v1", "2"), ("1", "2")),
        (("1", "2"), ("v1", "2")),
        (("125ms",), ("125", "ms")),
        (("python3",), ("python", "3")),
        (("dont",), ("don", "t")),
        (("youre",), ("you", "re")),
    ],
)
def test_what_is_one_word_may_be_written_as_several(typed: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert other in sequences_of(typed)


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("faster", {"fast", "fastest"}),
        ("biggest", {"big", "bigger"}),
        ("easier", {"easy", "easiest"}),
        ("large", {"larger", "largest"}),
        ("scp", {"scps"}),
        ("scps", {"scp", "scpss"}),
        ("server", set()),
        ("number", set()),
    ],
)
def test_forms_that_no_stemmer_knows(word: str, forms: set[str]) -> None:
    assert set(forms_of(word)) == forms


def test_degrees_of_adjectives() -> None:
    assert degrees("thin") == ("thin", "thinner", "thinnest")
    assert degrees("cool") == ("cool", "cooler", "coolest")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Use service control policies (SCPs) first.", [("scp", "service control policies")]),
        ("RCA (root cause analysis) helps.", [("rca", "root cause analysis")]),
        ("Infrastructure as Code (IaC)", [("iac", "infrastructure as code")]),
        ("the Internet of Things (IoT)", [("iot", "internet of things")]),
        ("point in time recovery (PITR)", [("pitr", "point in time recovery")]),
        ("A sentence. Code (IC)", []),
        ("It is slow (SLOW)", []),
        ("HTTP (see above)", []),
        ("no parentheses", []),
        ("(", []),
    ],
)
def test_abbreviations_that_are_spelled_out(text: str, found: list[tuple[str, str]]) -> None:
    assert [(short, " ".join(long)) for short, long in abbreviations(text)] == found


def test_every_way_to_write_it_finds_it(tmp_path: Path) -> None:
    files = {
        "policies.md": "# Guardrails\n\nAttach service control policies (SCPs) to accounts.\n",
        "short.md": "# Accounts\n\nAn SCP denies.\n",
        "event.md": "# A week at re:Invent\n\nIt doesn't rain; don't pack much. We got faster.\n",
        "numbers.md": "# Numbers\n\n10,000 users at 125 ms with v1.18 of it.\n",
        "names.md": "# Names\n\nCall `getUserById` for that.\n",
        "rocket.md": "# Launch\n\nWe did it 🚀 and so on.\n",
        "thai.md": "# Thai\n\nภาษาไทยสวยงาม\n",
        "police.md": "# Police\n\nThe police came.\n",
        "place.md": "# Łódź\n\nIn the Øresund.\n",
    }
    asked = {
        "SCP": {"Guardrails", "Accounts"},
        "SCPs": {"Guardrails", "Accounts"},
        "service control policies": {"Guardrails", "Accounts"},
        "service control policy": {"Guardrails", "Accounts"},
        "reinvent": {"A week at re:Invent"},
        "dont": {"A week at re:Invent"},
        "fastest": {"A week at re:Invent"},
        "10000": {"Numbers"},
        "10k": {"Numbers"},
        "125ms": {"Numbers"},
        "1.18": {"Numbers"},
        "user id": {"Names"},
        "getuserbyid": {"Names"},
        "ไทย": {"Thai"},
        "policy": {"Guardrails"},
        "police": {"Police"},
        "lodz": {"Łódź"},
        "oresund": {"Łódź"},
        "🚀": {"Launch"},
        "🦀": set(),
        "🚀 🦀": set(),
    }
    with searcher_on(write_library(tmp_path / "notes", files)) as searcher:
        assert {query: set(titles(searcher, query)) for query in asked} == asked
        assert "“SCP” is “service control policies” in these notes" in searcher.search("SCP").explanation
        assert not searcher.search("🦀").total


def test_a_section_that_only_links_comes_last(tmp_path: Path) -> None:
    files = {
        "links.md": "# Zebra crossings\n\n- [zebra crossing](https://zebra.example/zebra)\n- [zebra](https://z.example)\n",
        "text.md": "# Streets\n\nA zebra crossing slows cars down, and that is what a street for people needs most.\n",
    }
    with searcher_on(write_library(tmp_path / "notes", files)) as searcher:
        assert titles(searcher, "zebra crossing") == ["Streets", "Zebra crossings"]


def test_a_whole_rare_word_beats_the_beginning_of_another(tmp_path: Path) -> None:
    files = {
        "boot.md": "# Firecracker\n\nFirecracker starts a machine in a blink.\n",
        "strap.md": "# Bootstrap\n\nBootstrap bootstraps your bootstrap in a bootstrap file of bootstrap.\n",
    }
    with searcher_on(write_library(tmp_path / "notes", files)) as searcher:
        answer = searcher.search("firecracker boot", typing=True)
        names = queries.entries(searcher.connection, [hit.row for hit in answer.hits])
        assert next(names[hit.row].title for hit in answer.hits) == "Firecracker"


def test_there_are_many_synonyms_and_none_is_a_synonym_of_itself() -> None:
    pairs = {frozenset((word, other)) for word, others in synonyms().items() for other in others}
    assert len(pairs) >= 200
    assert all(len(pair) == 2 for pair in pairs)
    assert all(word == tuple(folded(" ".join(word))) for word in synonyms())


def test_a_synonym_is_found_but_never_beats_the_word(tmp_path: Path) -> None:
    files = {
        "word.md": "# Tuesday\n\nOne long day, with much to do for all; at its end there was an outage.\n",
        "synonym.md": "# Incident\n\nThe incident: an incident is an incident.\n",
        "neither.md": "# Thursday\n\nA quiet day.\n",
    }
    with searcher_on(write_library(tmp_path / "notes", files)) as searcher:
        for query in ("outage", "outages"):
            answer = searcher.search(query)
            names = queries.entries(searcher.connection, [hit.row for hit in answer.hits])
            assert [names[hit.row].title for hit in answer.hits] == ["Tuesday", "Incident"]
            assert answer.hits[1].lacks == (query,)
            assert (answer.total, answer.close) == (1, 1)
