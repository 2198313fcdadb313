"""Titles: of headings, first lines and file names, without what is no part of them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from reinvent_tui.library.recognise import read_post
from reinvent_tui.library.titles import Title, first_line_title, from_file_name, title_of, unenumerated


def day_of(headings: Sequence[str]) -> str:
    """Return a post of a day with a talk under each heading."""
    return "# Acme Week 2031\n" + "".join(f"\n## {heading}\n\nText.\n" for heading in headings)


@pytest.mark.parametrize(
    ("heading", "text", "code"),
    [
        ("Queues Without Tears", "Queues Without Tears", ""),
        ("**Queues Without Tears**", "Queues Without Tears", ""),
        ("Queues Without `Tears`", "Queues Without Tears", ""),
        ("Queues Without Tears:", "Queues Without Tears", ""),
        ("R&amp;D &mdash; the &quot;new&quot; way", 'R&D — the "new" way', ""),
        ("Queues <!-- not yet --> Without Tears", "Queues Without Tears", ""),
        ("Queues<br>Without <sub>Tears</sub><a name='x'></a>", "Queues Without Tears", ""),
        ("Queues of `<b>` and `&amp;`", "Queues of <b> and &amp;", ""),
        ("Queues &lt;b&gt; Without", "Queues <b> Without", ""),
        ("Liftoff :rocket:", "Liftoff :rocket:", ""),
        ("AT&T and a < b > c", "AT&T and a < b > c", ""),
        ("Queues Without Tears.", "Queues Without Tears", ""),
        ("“Queues Without Tears”", "Queues Without Tears", ""),
        ("Queues Without Tears...", "Queues Without Tears...", ""),
        ("Queues at Acme Inc.", "Queues at Acme Inc.", ""),
        ("Tears “and” Queues", "Tears “and” Queues", ""),
        ("[Queues Without Tears](https://example.com)", "Queues Without Tears", ""),
        ("DAT336 - Queues Without Tears", "Queues Without Tears", "DAT336"),
        ("`DAT336` Queues", "Queues", "DAT336"),
        ("DAT336-R1: Queues Without Tears", "Queues Without Tears", "DAT336-R1"),
        ("[DAT336 - Queues](https://example.com)", "Queues", "DAT336"),
        ("Session: [DAT336 - Queues](https://example.com)", "Queues", "DAT336"),
        ("Session 3: [DAT336 - Queues](https://example.com)", "Queues", "DAT336"),
        ("[REPEAT 1] DAT336-R1 Queues", "Queues", "DAT336-R1"),
        ("DAT336-R1 [REPEAT] Queues", "Queues", "DAT336-R1"),
        ("Queues (DAT336)", "Queues", "DAT336"),
        ("Session: Queues", "Queues", ""),
        ("Talk - Queues", "Queues", ""),
        ("Session 2 – Queues", "Queues", ""),
        ("Title: Queues", "Queues", ""),
        ("A. Queues", "Queues", ""),
        ("B2. Queues", "Queues", ""),
        ("A1.D Queues", "Queues", ""),
        ("3: Queues", "Queues", ""),
        ("10) Queues", "Queues", ""),
        ("Queues by [Mira Tolland](https://example.com)", "Queues", ""),
        ("Queues by Mira Tolland and Ben Okri", "Queues", ""),
        ("DAT336 - Queues with Mira Tolland", "Queues", "DAT336"),
        ("Queues with Mira Tolland", "Queues with Mira Tolland", ""),
        ("Keynote: Mira Tolland", "Keynote: Mira Tolland", ""),
        ("Powered by Facial Recognition", "Powered by Facial Recognition", ""),
        ("Safe by Design", "Safe by Design", ""),
        ("K8s and H2O", "K8s and H2O", ""),
        ("A/B Testing", "A/B Testing", ""),
        ("3D Printing", "3D Printing", ""),
        ("CVE-2018-1234: a Bad Day", "CVE-2018-1234: a Bad Day", ""),
    ],
)
def test_titles_of_headings(heading: str, text: str, code: str) -> None:
    assert title_of(heading) == Title(text, code)


@pytest.mark.parametrize("title", ["S3 Deep Dive", "C5 and M5 at Work", "V8 Internals", "Q3 Results"])
def test_a_name_with_a_number_is_no_enumeration(title: str) -> None:
    assert title_of(title).text == title


@pytest.mark.parametrize("title", ["1.5 Years of Queues", "2.0 Is Late", "A.I. for Everybody"])
def test_a_stop_inside_a_word_is_no_enumeration(title: str) -> None:
    assert title_of(title).text == title


@pytest.mark.parametrize(
    ("time", "title"), [("10:30 ", "Opening Keynote"), ("9:00 - ", "Queues"), ("14.15: ", "Queues")]
)
def test_a_time_is_kept_or_left_out_whole(time: str, title: str) -> None:
    assert title_of(f"{time}{title}").text in (title, f"{time}{title}")


@pytest.mark.parametrize("title", ["What Is New in C#", "Moving to F#"])
def test_the_name_of_a_language_keeps_its_sign(title: str) -> None:
    assert title_of(title).text == title


@pytest.mark.parametrize("heading", ["**DAT336**: *Queues*", "**DAT336** - **Queues**"])
def test_code_and_title_may_each_be_emphasised(heading: str) -> None:
    assert title_of(heading) == Title("Queues", "DAT336")


def test_a_monster_is_taken_as_it_is() -> None:
    monster = "A. Session: " + "queue " * 100
    assert title_of(monster).text == monster.strip()


@pytest.mark.parametrize(("title", "rest"), [("C. Queues", "Queues"), ("7: Queues", "Queues"), ("Queues", "Queues")])
def test_enumerations(title: str, rest: str) -> None:
    assert unenumerated(title) == rest


@pytest.mark.parametrize(
    ("text", "title", "code", "line"),
    [
        ("Queues Without Tears\n\nWords.", "Queues Without Tears", "", 0),
        ("\n\nQueues\n\nWords.", "Queues", "", 2),
        ("DAT336\nQueues\n\nWords.", "Queues", "DAT336", 1),
        ("Queues\nDAT336\n\nWords.", "Queues", "DAT336", 0),
        ("DAT336 - Queues\nWords right below.", "Queues", "DAT336", 0),
        ("2018-11-26\nDAT336\nQueues\n\nWords.", "Queues", "DAT336", 2),
        ("26 Nov 2018\nQueues\n\nWords.", "Queues", "", 1),
        ("{{title}}\nQueues\n\nWords.", "Queues", "", 1),
        ("DAT336 - What is a queue?\n\nWords.", "What is a queue?", "DAT336", 0),
    ],
)
def test_first_lines_that_are_titles(text: str, title: str, code: str, line: int) -> None:
    assert first_line_title(text.split("\n"), set()) == (Title(title, code), line)


@pytest.mark.parametrize(
    "text",
    [
        "Words that go on\nin the next line.",
        "A sentence that stands alone.\n\nWords.",
        "What is a queue?\n\nWords.",
        "- an item\n\nWords.",
        "1. an item\n\nWords.",
        "Mira Tolland\n\nWords.",
        "# Queues\n\nWords.",
        "queue " * 30 + "\n\nWords.",
        "x" * 500,
        "\n\n",
    ],
)
def test_first_lines_that_are_none(text: str) -> None:
    assert first_line_title(text.split("\n"), set()) is None


def test_a_line_of_code_is_no_title() -> None:
    assert first_line_title(["import queues", "", "Words."], {0}) is None


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("talks/queues-without_tears.md", "queues without tears", ""),
        ("2018-11-26-queues.md", "queues", ""),
        ("20181126_queues.md", "queues", ""),
        ("03-queues.md", "queues", ""),
        ("QueuesWithoutTears.md", "Queues Without Tears", ""),
        ("AWSQueues.md", "AWS Queues", ""),
        ("dat336.md", "DAT336", "DAT336"),
        ("dat336-queues.md", "queues", "DAT336"),
        ("2018-11-26-DAT336-R1-queues.md", "queues", "DAT336-R1"),
        ("queues/README.md", "queues", ""),
        ("queues/index.md", "queues", ""),
        ("README.md", "README", ""),
        ("2018.md", "2018", ""),
        ("3d-printing.md", "3d printing", ""),
    ],
)
def test_titles_of_files(path: str, text: str, code: str) -> None:
    title = from_file_name(path)
    assert (title.text, title.code) == (text, code)


def test_a_name_that_the_vocabulary_knows_is_not_parted() -> None:
    assert from_file_name("DynamoDB.md").text == "DynamoDB"


@pytest.mark.parametrize(
    ("text", "title", "origin"),
    [
        ("---\ntitle: 'Queues: a Talk.'\n---\nWords.\n", "Queues: a Talk.", "front matter"),
        ("---\ntitle: DAT336 - Queues\n---\nWords.\n", "Queues", "front matter"),
        ("# Queues.\n\nWords.\n", "Queues", "heading"),
        ("Queues\n\nWords.\n", "Queues", "text"),
        ("- an item\n", "talk", "file name"),
    ],
)
def test_where_the_title_of_a_post_comes_from(text: str, title: str, origin: str) -> None:
    (session,) = read_post(text, "talk.md").sessions
    assert (session.title, dict(session.origin)["title"]) == (title, origin)


@pytest.mark.parametrize("attributes", ["{#rd .wide}", "{.wide}", "  {#rd}"])
def test_attributes_of_a_heading_are_no_title(attributes: str) -> None:
    post = read_post(f"# Acme Week 2018\n\n## Queues {attributes}\n\nText.\n\n## Pots {{of clay}}\n\nText.\n", "day.md")
    assert [session.title for session in post.sessions] == ["Queues", "Pots {of clay}"]


@pytest.mark.parametrize(
    ("heading", "title", "speakers"),
    [
        ("Talk 1. Queues at night", "Queues at night", ()),
        ("Keynote 2. Queues at night", "Keynote 2. Queues at night", ()),
        ("Queues at night by Ada Pebble", "Queues at night", ("Ada Pebble",)),
        ("Death By Thousand Cuts", "Death By Thousand Cuts", ()),
        ("Step By Step", "Step By Step", ()),
        ("Design By Contract", "Design By Contract", ()),
        ("*Queues*, [Ada Pebble](https://twitter.com/ada)", "Queues", ("Ada Pebble",)),
        (
            "Queues at night, [Ada Pebble](https://twitter.com/ada), [Bo Stone](https://github.com/bo)",
            "Queues at night",
            ("Ada Pebble", "Bo Stone"),
        ),
        ("Queues, [the slides](https://example.org/slides)", "Queues, the slides", ()),
        ("Annotations - @Entity", "Annotations - @Entity", ()),
        ("Queues by Ada Pebble (@ada1)", "Queues by Ada Pebble (@ada1)", ("Ada Pebble",)),
        ("Paper, [Attention Mechanisms](https://example.org)", "Paper, Attention Mechanisms", ()),
        ("Queues - Ada Pebble (@ada)", "Queues", ("Ada Pebble",)),
        ("Queues at night by Ada Pebble [40 min]", "Queues at night", ("Ada Pebble",)),
        ("Queues at night ([link](https://example.org/q))", "Queues at night", ()),
        ("Queues at [Night](https://example.org/q)", "Queues at Night", ()),
        ("Keynote Ada Pebble", "Keynote Ada Pebble", ("Ada Pebble",)),
        ("What @Input does", "What @Input does", ()),
        ("Queues at night - Keynote", "Queues at night", ()),
        ("Queues at night - Panel discussion", "Queues at night", ()),
        ("Security - Workshop", "Security - Workshop", ()),
        (
            "Queues: how they grow - Ada Pebble, Creative Developer at Big Garden",
            "Queues: how they grow",
            ("Ada Pebble",),
        ),
        ("Queues - Ada Pebble, gardener and writer", "Queues", ("Ada Pebble",)),
        ("Queues - Ada Pebble & Bo Stone, Fernwood Media", "Queues", ("Ada Pebble", "Bo Stone")),
    ],
)
def test_labels_and_by_lines_of_titles(heading: str, title: str, speakers: tuple[str, ...]) -> None:
    post = read_post(f"# Acme Week 2031\n\n## {heading}\n\nText.\n\n## Pots - Cy Sand\n\nText.\n", "day.md")
    first = post.sessions[0]
    assert (first.title, first.speakers) == (title, speakers)


def test_speakers_before_titles_are_told_by_their_neighbours() -> None:
    headings = (
        "Ada Pebble - The shade we need",
        "Bo Stone - Clay",
        "Di Loam - Burrito: wrap it",
        "Cy Sand: Pots for all",
    )
    text = day_of(headings)
    sessions = read_post(text, "day.md").sessions
    assert [session.title for session in sessions] == ["The shade we need", "Clay", "Burrito: wrap it", "Pots for all"]
    assert [session.speakers for session in sessions] == [("Ada Pebble",), ("Bo Stone",), ("Di Loam",), ("Cy Sand",)]


def test_products_before_titles_are_no_speakers() -> None:
    headings = ("Amazon Aurora - What is new", "Ada Pebble - Clay", "Rust - What we know", "Visual Studio - The editor")
    text = day_of(headings)
    titles = [session.title for session in read_post(text, "day.md").sessions]
    assert titles[0] == headings[0]
    assert titles[2] == headings[2]


def test_handles_and_companies_between_pipes_are_no_titles() -> None:
    headings = (
        'Ada Pebble | @ada | Mossworks | "The shade we need"',
        "Bo Stone | @bo | ferns.example.org | Clay",
        'Cy Sand | Formerly Big Garden | "Pots for all"',
    )
    text = day_of(headings)
    sessions = read_post(text, "day.md").sessions
    assert [session.title for session in sessions] == ["The shade we need", "Clay", "Pots for all"]
    assert [session.speakers for session in sessions] == [("Ada Pebble",), ("Bo Stone",), ("Cy Sand",)]


def test_a_time_before_a_speaker_belongs_to_neither() -> None:
    headings = ("11:00 Ada Pebble - Your tech skills are not enough", "11:35 Bo Stone - Scaling the early team")
    text = day_of(headings)
    sessions = read_post(text, "day.md").sessions
    assert [session.title for session in sessions] == ["Your tech skills are not enough", "Scaling the early team"]
    assert [session.speakers for session in sessions] == [("Ada Pebble",), ("Bo Stone",)]


def test_sections_under_a_long_file_name_are_no_titles() -> None:
    text = "# Flat ones\n\nThey hold water.\n\n# Birds\n\nThey pull it out.\n"
    (session,) = read_post(text, "how-moss-came-to-our-roofs.md").sessions
    assert (session.title, dict(session.origin)["title"]) == ("how moss came to our roofs", "file name")


def test_a_day_of_an_event_on_the_level_of_its_talks_is_none_of_them() -> None:
    text = "# MossConf 2031 - Day 1\n* [Recording](https://example.org)\n\n# Growing ferns - Ada Pebble\n\nText.\n"
    text += "\n# Clay - Bo Stone\n\nText.\n"
    post = read_post(text, "2031-05-01-mossconf-day-1.md")
    assert [session.title for session in post.sessions] == ["Growing ferns", "Clay"]
    assert {(session.event, session.when.day) for session in post.sessions} == {("MossConf 2031", 1)}


def test_a_blog_says_the_event_in_its_categories_and_the_speakers_in_its_subtitle() -> None:
    text = "---\ntitle: Cuttings\nsubtitle: Ada Pebble & Bo Stone\ncategories: [MossConf 2031]\n---\n\nText.\n"
    (session,) = read_post(text, "_posts/2031-05-01-cuttings.md").sessions
    assert (session.event, session.speakers) == ("MossConf 2031", ("Ada Pebble", "Bo Stone"))
    other = text.replace("Ada Pebble & Bo Stone", "How to take them").replace("MossConf 2031", "gardening, 2031")
    (session,) = read_post(other, "_posts/2031-05-01-cuttings.md").sessions
    assert session.speakers == ()
    assert "gardening" not in session.event


def test_names_after_a_comma_are_told_by_their_neighbours() -> None:
    headings = ("Clay in the office, Ada Pebble, Mossworks", "Spores at night, Bo Stone", "Shade, Cy Sand", "Rust, Go")
    text = day_of(headings)
    sessions = read_post(text, "day.md").sessions
    assert [session.title for session in sessions] == ["Clay in the office", "Spores at night", "Shade", "Rust, Go"]
    assert [session.speakers for session in sessions] == [("Ada Pebble",), ("Bo Stone",), ("Cy Sand",), ()]
    alone = "# Acme Week 2031\n\n## Shade, Cy Sand\n\nText.\n\n## Clay\n\nText.\n\n## Spores\n\nText.\n"
    assert read_post(alone, "day.md").sessions[0].title == "Shade, Cy Sand"


def test_a_heading_of_three_names_names_three_speakers() -> None:
    text = "# State of the garden\n\n## Ada Pebble, Bo Stone, Cy Sand\n\nMuch grew.\n"
    (session,) = read_post(text, "state-of-the-garden.md").sessions
    assert session.speakers == ("Ada Pebble", "Bo Stone", "Cy Sand")


def test_handles_at_the_end_are_told_by_their_neighbours() -> None:
    headings = ("Physical web - @ada", "Reactive queues - @bo_stone", "Out of the shed (@cy)", "Moss - Di Loam (@di)")
    text = day_of(headings)
    sessions = read_post(text, "day.md").sessions
    assert [session.title for session in sessions] == ["Physical web", "Reactive queues", "Out of the shed", "Moss"]
    assert [session.speakers for session in sessions] == [("@ada",), ("@bo_stone",), ("@cy",), ("Di Loam",)]


def test_two_names_before_titles_prove_little() -> None:
    headings = (
        "Bo Stone - Clay and pots",
        "Pebble Works - The hard way",
        "Visual Studio - all of us",
        "Shade",
        "Water",
    )
    text = day_of(headings)
    titles = [session.title for session in read_post(text, "day.md").sessions]
    assert titles[2:] == [*headings[2:]]


def test_a_long_subtitle_costs_no_time() -> None:
    text = f"---\ntitle: Cuttings\nsubtitle: {'1-' * 20_000}\n---\n\nText.\n"
    (session,) = read_post(text, "cuttings.md").sessions
    assert session.speakers == ()
