"""Session codes in all their forms, and what looks like one and is none."""

from __future__ import annotations

import pytest

from reinvent_tui.library import codes
from reinvent_tui.library.recognise import read_post
from reinvent_tui.library.word_lists import word_list


@pytest.mark.parametrize(
    ("title", "code", "rest"),
    [
        ("DAT336 - Queues Without Tears", "DAT336", "Queues Without Tears"),
        ("DAT336: Queues Without Tears", "DAT336", "Queues Without Tears"),
        ("DAT336 Queues Without Tears", "DAT336", "Queues Without Tears"),
        ("SRV305-R1 – Queues Without Tears", "SRV305-R1", "Queues Without Tears"),
        ("SRV305-R | Queues Without Tears", "SRV305-R", "Queues Without Tears"),
        ("ARC403-L2 - Queues Without Tears", "ARC403-L2", "Queues Without Tears"),
        ("NET-312 - Queues Without Tears", "NET312", "Queues Without Tears"),
        ("NET-312-R1 - Queues Without Tears", "NET312-R1", "Queues Without Tears"),
        ("DEV 203 Queues Without Tears", "DEV203", "Queues Without Tears"),
        ("Queues Without Tears (AIM379)", "AIM379", "Queues Without Tears"),
        ("Queues (AIM379) Without Tears", "AIM379", "Queues Without Tears"),
        ("[ARC305] Queues Without Tears", "ARC305", "Queues Without Tears"),
        ("Queues Without Tears - GPSTEC302", "GPSTEC302", "Queues Without Tears"),
        ("XYZ204: Queues Without Tears", "XYZ204", "Queues Without Tears"),
        ("DAT336", "DAT336", ""),
    ],
)
def test_codes_in_titles(title: str, code: str, rest: str) -> None:
    assert codes.code_in(title) == (code, rest)


@pytest.mark.parametrize(
    "title",
    [
        "CVE-2018-1234",
        "CVE-2018-123",
        "UTF008",
        "RFC123",
        "RFC 123",
        "HTTP404",
        "HTTP 404 and its friends",
        "SHA256",
        "SHA256 explained",
        "AWS 101",
        "AWS101",
        "AWS-101",
        "ISO 270",
        "GPT400",
        "TOP 100 mistakes",
        "Room 203",
        "dat336 in small letters",
        "Dat336",
        "DAT33",
        "DAT3361",
        "DAT636",
        "DA336",
        "X-DAT336",
        "We cut 300 queries",
        "What it means to lose NASA 300 times over",
        "",
    ],
)
def test_what_is_no_code(title: str) -> None:
    assert codes.code_in(title) == ("", title)


@pytest.mark.parametrize("title", ["SQL 101 for Everybody", "API 101", "REST 101", "PHP 500 errors", "BMW 320 recalls"])
def test_a_number_after_a_word_is_no_code(title: str) -> None:
    assert codes.code_in(title) == ("", title)


@pytest.mark.parametrize("code", ["SEC403", "SEC403-R1", "WIN302"])
def test_codes_of_tracks_whose_letters_mean_more(code: str) -> None:
    assert codes.code_in(f"{code} - Queues Without Tears") == (code, "Queues Without Tears")
    assert codes.code_in_name(code.lower()) == (code, "")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("DAT336", "DAT336"),
        ("  **SRV305-R1**", "SRV305-R1"),
        ("(AIM379)", "AIM379"),
        ("`DEV 203`", "DEV203"),
        ("NET-312", "NET312"),
        ("DAT336 - Queues", ""),
        ("HTTP404", ""),
        ("dat336", ""),
        ("", ""),
    ],
)
def test_a_line_that_is_a_code(line: str, code: str) -> None:
    assert codes.is_code(line) == code


@pytest.mark.parametrize(
    ("stem", "code"),
    [
        ("dat336", "DAT336"),
        ("DAT336", "DAT336"),
        ("srv305-r1", "SRV305-R1"),
        ("net-312", "NET312"),
        ("dev 203", "DEV203"),
        ("arc305-queues", "ARC305"),
        ("queues_arc305", "ARC305"),
        ("2018-11-26-DAT336-queues", "DAT336"),
        ("xyz204", "XYZ204"),
        ("XYZ204-queues", "XYZ204"),
        ("xyz204-queues", ""),
        ("sha256-explained", ""),
        ("http404", ""),
        ("utf008", ""),
        ("rfc123", ""),
        ("aws-101", ""),
        ("cve-2018-1234", ""),
        ("day100", ""),
        ("may300", ""),
        ("queues", ""),
    ],
)
def test_small_letters_are_a_code_in_the_names_of_files(stem: str, code: str) -> None:
    assert codes.code_in_name(stem)[0] == code


def test_the_rest_of_a_name_stays() -> None:
    assert codes.code_in_name("arc305-queues-at-night") == ("ARC305", "queues-at-night")
    assert codes.code_in_name("queues-at-night") == ("", "queues-at-night")


@pytest.mark.parametrize(
    ("code", "track", "level", "base"),
    [
        ("DAT336", "DAT", 300, "DAT336"),
        ("SRV305-R1", "SRV", 300, "SRV305"),
        ("GPSTEC102-R2-L", "GPSTEC", 100, "GPSTEC102"),
        ("XYZ501", "XYZ", 500, "XYZ501"),
        ("XYZ901", "XYZ", None, "XYZ901"),
        ("own id", "", None, "own id"),
        ("", "", None, ""),
    ],
)
def test_track_level_and_base(code: str, track: str, level: int | None, base: str) -> None:
    assert (codes.track_of(code), codes.level_of(code), codes.base_of(code)) == (track, level, base)


@pytest.mark.parametrize(
    ("title", "rest"),
    [
        ("[REPEAT 1] Queues", "Queues"),
        ("[Repeat] Queues", "Queues"),
        ("Queues [REPEAT]", "Queues"),
        ("[repeatable] Queues", "[repeatable] Queues"),
    ],
)
def test_the_mark_of_a_repeat_is_no_title(title: str, rest: str) -> None:
    assert codes.without_repeat(title) == rest


def test_tracks_are_letters_with_a_meaning() -> None:
    assert len(codes.tracks()) >= 40
    for letters, name in codes.tracks().items():
        assert letters.isupper()
        assert name


def test_no_track_is_in_the_list_of_what_is_none() -> None:
    assert {letters for letters in codes.tracks() if letters.lower() in word_list("not_tracks")} <= {"AES"}


@pytest.mark.parametrize(
    ("text", "path", "code", "origin"),
    [
        ("# DAT336 - Queues\n\nWords.\n", "queues.md", "DAT336", "heading"),
        ("# Queues\n\n(DAT336)\n\nWords.\n", "queues.md", "DAT336", "text"),
        ("# Queues\n\nWords.\n", "dat336.md", "DAT336", "file name"),
        ("---\ncode: dat 336\n---\n# Queues\n", "arc301.md", "DAT336", "front matter"),
        ("# Queues\n\nWords on DAT336 in a sentence.\n", "queues.md", "", ""),
    ],
)
def test_where_the_code_of_a_post_comes_from(text: str, path: str, code: str, origin: str) -> None:
    (session,) = read_post(text, path).sessions
    assert (session.code, dict(session.origin).get("code", "")) == (code, origin)
