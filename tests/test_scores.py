"""Floors under what is read of people in whole articles: scores may rise, never slip unnoticed.

The articles of tests/scores/articles are invented, each a family of phrasings: a report, a
reporter's notes, a visit, a briefing in half-width marks, a page in traditional script, a deputies'
meeting, captions. Their gold was corrected by hand from what was read: it guards, it doesn't prove.
"""

import runpy
from pathlib import Path

import pytest

SCORES = Path(__file__).parent / "scores"
READINGS = runpy.run_path(str(SCORES / "readings.py"), run_name="readings")
FLOORS = {
    "official names": (1.0, 1.0),
    "officials": (1.0, 1.0),
    "official cities": (1.0, 1.0),
    "official posts": (1.0, 1.0),
    "official verbs": (1.0, 1.0),
    "speaker and mode": (1.0, 1.0),
    "speech": (1.0, 1.0),
}
"""Recall and precision by field."""


@pytest.fixture(scope="module")
def scores() -> dict[str, tuple[float, float]]:
    read = READINGS["score_folder"](SCORES / "articles")
    return {field: (score.recall, score.precision) for field, score in read.items()}


@pytest.mark.parametrize("field", FLOORS)
def test_no_score_slips(field: str, scores: dict[str, tuple[float, float]]) -> None:
    recall, precision = scores[field]
    assert (recall, precision) >= FLOORS[field], f"{field}: R {recall:.3f} P {precision:.3f}"
    assert precision >= FLOORS[field][1], f"{field}: P {precision:.3f}"


def test_a_miss_and_an_invention_are_counted(tmp_path: Path) -> None:
    text = "四市会商会召开\n\n3月5日，四市会商会在临江召开。临江市委书记方大同表示，要修好路。\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    gold = """
officials:
- {name: 方大同, title: 临江市委书记, verb: 表示, speech: {mode: direct, text: 要修好路}}
- {name: 白若川, title: 南浦市市长, verb: 出席, speech: null}
"""
    (tmp_path / "a.gold.yaml").write_text(gold, "utf-8")
    read = READINGS["score_folder"](tmp_path)
    assert tuple(read["official names"]) == (1, 1, 0)
    assert tuple(read["official verbs"]) == (1, 0, 0)
    assert tuple(read["speaker and mode"]) == (0, 1, 1)
    assert tuple(read["speech"]) == (1, 0, 0)
