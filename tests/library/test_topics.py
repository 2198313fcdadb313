"""Topics: how tags are spelled, what a text mentions, and what may be inferred from it."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from reinvent_tui.library.model import Tag
from reinvent_tui.library.recognise import read_post
from reinvent_tui.library.topics import (
    MAX_INFERRED,
    Vocabulary,
    inferred_tags,
    load_vocabulary,
    readable,
    tag_key,
    tokens_of,
)

LONG = "and so it went on for the rest of the hour " * 20


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Big Data", "big-data"),
        ("big_data", "big-data"),
        ("BIG-DATA", "big-data"),
        ("big—data", "big-data"),
        ("  Big   Data ", "big-data"),
        ("#aurora", "aurora"),
        ("-aurora-", "aurora"),
        ("C", "c"),
        ("C#", "c#"),
        ("C++", "c++"),
        (".NET", ".net"),
        ("Node.js", "node.js"),
        ("Straße", "strasse"),
        ("#", ""),
    ],
)
def test_a_tag_has_one_spelling(name: str, key: str) -> None:
    assert tag_key(name) == key


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kafka", {"kafka": 1}),
        ("Apache Kafka, KAFKA and kafka", {"kafka": 3}),
        ("kafkaesque, prekafka, kafka's", {"kafka": 1}),
        ("Aurora Serverless", {"aurora-serverless": 1}),
        ("Aurora and Aurora Serverless", {"aurora": 1, "aurora-serverless": 1}),
        ("machine-learning", {"machine-learning": 1}),
        ("an AMI", {"ec2": 1}),
        ("an ami", {}),
        ("React", {"reactjs": 1}),
        ("they react", {}),
        ("C# and C++", {"c#": 1, "c++": 1}),
        ("C", {}),
        ("let it go, Go home", {}),
        ("", {}),
    ],
)
def test_mentions(vocabulary: Vocabulary, text: str, expected: dict[str, int]) -> None:
    assert vocabulary.mentions(text) == Counter(expected)


@pytest.mark.parametrize(
    "text", ["Aurora. Serverless came next", "Lambda, Aurora, Serverless", "for Aurora\n\nServerless"]
)
def test_a_name_ends_with_its_sentence(vocabulary: Vocabulary, text: str) -> None:
    assert "aurora-serverless" not in vocabulary.mentions(text)


def test_the_longest_name_wins_wherever_it_stands(vocabulary: Vocabulary) -> None:
    text = "s3 lambda aurora serverless kinesis data firehose s3"
    assert vocabulary.mentions(text) == Counter({"s3": 2, "lambda": 1, "aurora-serverless": 1, "kinesis": 1})


@pytest.mark.parametrize(
    ("words", "topic"), [("K8s", "kubernetes"), ("apache  kafka", "kafka"), ("ami", "ec2"), ("a queue of people", "")]
)
def test_the_topic_of_a_name(vocabulary: Vocabulary, words: str, topic: str) -> None:
    assert vocabulary.topic_of(words) == topic


def inferred(
    vocabulary: Vocabulary, body: str, title: str = "A Talk", lessons: tuple[str, ...] = (), code: str = ""
) -> list[str]:
    return [tag.name for tag in inferred_tags(vocabulary, title, body, lessons, code, ())]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Kafka.", False),
        ("Kafka and kafka.", True),
        (f"{LONG} Kafka. Kafka. Kafka.", False),
        (f"{LONG} Kafka. Kafka. Kafka. Kafka.", True),
        (f"{LONG}\n## Kafka\n", False),
        (f"{LONG}\n## Kafka\n\nKafka.", False),
        (f"{LONG}\n## Kafka\n\nKafka. Kafka.", True),
        (f"{LONG} `Kafka Kafka` `Kafka Kafka`", False),
        (f"{LONG}\n```\nKafka Kafka\nKafka Kafka\n```\n", False),
        (f"{LONG}\n~~~\nKafka Kafka\nKafka Kafka\n", False),
        (f"{LONG} https://kafka/kafka https://kafka.example/kafka", False),
        (f"{LONG} [here](kafka-kafka) [there](https://kafka/kafka)", False),
        (f"{LONG} [Kafka](a) [Kafka](b) [Kafka](c) [Kafka](d)", True),
        (f"{LONG} ![Kafka Kafka](a.png) ![Kafka Kafka](b.png)", False),
        (f"{LONG} <img alt='Kafka Kafka Kafka Kafka'>", False),
    ],
)
def test_the_rule_for_a_body(vocabulary: Vocabulary, body: str, *, expected: bool) -> None:
    assert (inferred(vocabulary, body) == ["kafka"]) == expected


def test_the_rule_for_titles_lessons_and_tracks(vocabulary: Vocabulary) -> None:
    assert inferred(vocabulary, LONG, title="Kafka at Night") == ["kafka"]
    assert inferred(vocabulary, f"{LONG} Kafka.", lessons=("Kafka waits.",)) == []
    assert inferred(vocabulary, f"{LONG} Kafka. Kafka.", lessons=("Kafka.", "Kafka!")) == []
    assert inferred(vocabulary, f"{LONG} Kafka. Kafka. Kafka.", lessons=("Kafka.", "Kafka!")) == ["kafka"]
    assert inferred(vocabulary, LONG, code="DAT336") == ["databases"]
    assert inferred(vocabulary, LONG, code="XYZ336") == []


def test_a_broader_topic_is_not_added_for_a_narrower_one(vocabulary: Vocabulary) -> None:
    assert vocabulary.topics["kafka"].parents
    assert inferred(vocabulary, LONG, title="Kafka") == ["kafka"]


def test_the_weightiest_come_first_and_eight_at_most(vocabulary: Vocabulary) -> None:
    text = "Kafka. " * 6 + "Redis. " * 7
    assert inferred(vocabulary, text, title="Kubernetes") == ["kubernetes", "redis", "kafka"]
    names = [topic.name for topic in list(vocabulary.topics.values())[:60]]
    assert len(inferred(vocabulary, " and ".join(names * 16))) == MAX_INFERRED


def test_a_mention_in_passing_is_not_enough(vocabulary: Vocabulary) -> None:
    assert inferred(vocabulary, "Kafka. " * 5, title="Kubernetes") == ["kubernetes"], "the title says what it is about"
    assert inferred(vocabulary, "Kafka. Kafka.") == ["kafka"], "hardly anything else is in it"
    assert inferred(vocabulary, f"{LONG} Kafka. Kafka. Kafka.") == []
    assert inferred(vocabulary, f"{LONG} Kafka. Kafka. Kafka. Kafka.") == ["kafka"]
    assert inferred(vocabulary, f"# Kafka\n\n{LONG} Kafka.") == [], "two mentions"
    assert inferred(vocabulary, f"# Kafka\n\n{LONG} Kafka. Kafka.") == ["kafka"]
    assert inferred(vocabulary, f"{LONG * 4}" + "Kafka. " * 10) == []
    assert inferred(vocabulary, f"{LONG * 20}" + "Kafka. " * 15) == ["kafka"]
    assert inferred(vocabulary, f"# Kafka\n\n{LONG}") == [], "one mention, however it stands out"


def test_everyday_words_mean_a_topic_as_tags_or_in_titles_only(vocabulary: Vocabulary) -> None:
    assert inferred(vocabulary, f"{LONG} " + "hybrid polly design " * 9, title="Polly wants a hybrid") == []
    assert vocabulary.topic_of("hybrid") == "hybrid"
    assert inferred(vocabulary, LONG, title="Secure tests for designers") == ["security", "testing", "design"]
    assert inferred(vocabulary, f"{LONG} " + "secure tests for designers " * 9) == []


@pytest.mark.parametrize("given", ["kafka", "apache-kafka", "apache kafka"])
def test_a_topic_that_is_given_is_not_inferred_again(vocabulary: Vocabulary, given: str) -> None:
    assert inferred_tags(vocabulary, "Kafka", "", (), "", [Tag(given)]) == ()


def test_a_post_has_what_its_author_gave_first(vocabulary: Vocabulary) -> None:
    post = read_post("# Kafka on Kubernetes\n\nTags: Kafka, own words\n\nText.\n", "talk.md", "", vocabulary)
    assert post.sessions[0].tags == (Tag("kafka"), Tag("own-words"), Tag("kubernetes", given=False))


def test_what_is_readable_has_no_code_and_addresses() -> None:
    text = readable("a `b` [c](d) ![e](f) https://g <h> ~~~\ni\n~~~ j")
    assert text.split() == ["a", "[c", "j"]


def test_the_readers_own_topics_are_merged(vocabulary: Vocabulary, tmp_path: Path) -> None:
    own = tmp_path / "topics.yaml"
    own.write_text(
        "frobs:\n  name: Acme Frobs\n  aliases: [frobnication]\n  exact: [FRB]\n  parents: [compute]\n"
        "kafka:\n  aliases: [zorblatt]\nshorts: [bermudas]\nsingle: onesie\n",
        encoding="utf-8",
    )
    merged = load_vocabulary(own)
    assert len(merged.topics) == len(vocabulary.topics) + 3
    assert merged.mentions("Acme Frobs, frobnication, FRB, frb") == Counter({"frobs": 3})
    assert merged.mentions("zorblatt or Kafka") == Counter({"kafka": 2})
    assert merged.mentions("bermudas and a onesie") == Counter({"shorts": 1, "single": 1})
    assert merged.topics["frobs"].parents == ("compute",)
    assert merged.topics["kafka"] == vocabulary.topics["kafka"]


@pytest.mark.parametrize(
    "content",
    ["", "a: [", "- only\n- a list", "a sentence", "{", "a: &x [b]\nc: *x", "\0", "5", "\ta: b", b"\xff\xfea"],
)
def test_a_broken_file_adds_nothing(vocabulary: Vocabulary, tmp_path: Path, content: str | bytes) -> None:
    own = tmp_path / "topics.yaml"
    own.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert load_vocabulary(own) == vocabulary


def test_a_missing_file_adds_nothing(vocabulary: Vocabulary, tmp_path: Path) -> None:
    assert load_vocabulary(tmp_path / "none.yaml") == vocabulary
    assert load_vocabulary(tmp_path) == vocabulary


def test_aliases_that_are_no_list_add_nothing(vocabulary: Vocabulary, tmp_path: Path) -> None:
    own = tmp_path / "topics.yaml"
    own.write_text("kafka: {aliases: {in: german}}\n", encoding="utf-8")
    assert load_vocabulary(own).mentions("in time") == Counter()


Entries = dict[str, dict[str, object]]


@pytest.fixture(scope="module")
def entries() -> Entries:
    """The vocabulary as it is written."""
    found: Entries = yaml.safe_load(files("reinvent_tui.library").joinpath("topics.yaml").read_text("utf-8"))
    return found


def texts(entry: dict[str, object], key: str) -> list[str]:
    value = entry.get(key, [])
    assert isinstance(value, list)
    assert all(isinstance(item, str) for item in value)
    return value


def test_the_vocabulary_is_large_and_whole(vocabulary: Vocabulary, entries: Entries) -> None:
    assert len(entries) >= 150
    assert set(vocabulary.topics) == set(entries)
    for tag, entry in entries.items():
        assert tag == tag_key(tag)
        assert isinstance(entry["name"], str)
        assert set(entry) <= {"name", "aliases", "exact", "title", "everyday", "parents"}
        assert set(texts(entry, "parents")) <= set(entries) - {tag}


def test_an_alias_belongs_to_one_topic_only_and_stands_once(entries: Entries) -> None:
    owners: dict[tuple[str, ...], str] = {}
    for tag, entry in entries.items():
        written = [*texts(entry, "aliases"), *texts(entry, "exact"), *texts(entry, "title")]
        assert len(set(written)) == len(written), tag
        for alias in (tag.replace("-", " "), str(entry["name"]), *written):
            words = tuple(word.lower() for word in tokens_of(alias))
            assert words, f"{tag}: {alias} has no words"
            assert owners.setdefault(words, tag) == tag, f"{alias} means {tag} and {owners[words]}"


def test_no_topic_is_broader_than_itself(entries: Entries) -> None:
    for tag, entry in entries.items():
        above, seen = list(texts(entry, "parents")), set[str]()
        while above:
            parent = above.pop()
            assert parent != tag
            if parent not in seen:
                seen.add(parent)
                above.extend(texts(entries[parent], "parents"))
