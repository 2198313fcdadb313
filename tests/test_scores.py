"""How much of real notes is recognised, against labels made by hand."""

from __future__ import annotations

import pytest

import scoring

pytestmark = pytest.mark.skipif(not scoring.names(), reason="the corpora are not on this machine")

LEAST = {"sessions": 0.97, "day": 0.97, "code": 0.97, "speakers": 0.90, "takeaways": 0.90}


def test_the_labelled_corpora_are_recognised() -> None:
    total = {name: scoring.Score() for name in scoring.FIELDS}
    for corpus in scoring.names():
        for name, score in scoring.score_corpus(corpus).items():
            total[name].add(score)
    assert total["sessions"].wanted > 600
    for name, least in LEAST.items():
        assert total[name].f1 >= least, f"{name}: {total[name].f1:.3f}"
