"""The scores of whole readings hold their floors, and the floors follow the scores.

`tests/scores/floors.json` pins recall and precision of each field, for three sets of invented
articles: `development`, which rules may be written from; `evaluation`, whose author had not seen
the rules; `articles`, families of phrasings of people, whose gold was corrected by hand from what
was read (it guards, it doesn't prove). A score below its floor fails. So does a floor that lies a
step below its score: else a later loss would pass. `pytest tests/test_scores.py --update-floors`
raises floors and enters new fields, and fails that run; only a person's hand lowers one.
"""

import json
from pathlib import Path

import pytest

from scores.readings import Score, score_folder

SCORES = Path(__file__).parent / "scores"
FLOORS = SCORES / "floors.json"
STEP = 0.04
SETS = ("development", "evaluation", "articles")
Floors = dict[str, dict[str, list[float]]]  # set → field → recall, precision


def problems(scores: dict[str, Score], floors: dict[str, list[float]]) -> list[str]:
    """What is wrong between scores and floors, a line each."""
    found = [f"{field}: no longer measured" for field in floors if field not in scores]
    for field, score in scores.items():
        if field not in floors:
            found.append(f"{field}: has no floor yet")
            continue
        measured = {"recall": score.recall, "precision": score.precision}
        for (name, value), floor in zip(measured.items(), floors[field], strict=True):
            if value < floor:
                found.append(f"{field}: {name} {value:.4f} fell below its floor {floor}")
            elif value >= floor + STEP:
                found.append(f"{field}: {name} {value:.4f} has left its floor {floor} behind")
    return found


def raised(scores: dict[str, Score], floors: dict[str, list[float]]) -> dict[str, list[float]]:
    """The floors, none lower than before, for the fields that are measured."""
    return {
        field: [
            max(old, int(new * 100) / 100)
            for old, new in zip(
                floors.get(field, [0.0, 0.0]), (score.recall, score.precision), strict=True
            )
        ]
        for field, score in scores.items()
    }


def read_floors() -> Floors:
    return json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}


def write_floors(floors: Floors) -> None:
    """One field a line, so that a difference reads well."""
    sets = []
    for name in SETS:
        rows = [f"  {json.dumps(f)}: {json.dumps(v)}" for f, v in floors.get(name, {}).items()]
        sets.append(f" {json.dumps(name)}: {{\n" + ",\n".join(rows) + "\n }")
    FLOORS.write_text("{\n" + ",\n".join(sets) + "\n}\n", encoding="utf-8", newline="\n")


@pytest.mark.parametrize("name", SETS)
def test_scores_hold_their_floors(name: str, update_floors: bool) -> None:
    scores, floors = score_folder(SCORES / name), read_floors()
    assert sum(score.right for score in scores.values()) > 300, f"{name}: hardly a fact is read"
    if update_floors:
        new = {**floors, name: raised(scores, floors.get(name, {}))}
        if new != floors:
            write_floors(new)
            pytest.fail(f"{FLOORS} was written anew: look at the difference")
    found = problems(scores, floors.get(name, {}))
    assert not found, "\n".join(
        [
            *found,
            "",
            "floors that scores have left behind: pytest tests/test_scores.py --update-floors",
        ]
    )


def test_a_floor_can_neither_be_missed_nor_left_behind() -> None:
    score = Score(right=9, missed=1, wrong=0)
    assert problems({"a": score}, {"a": [0.9, 1.0]}) == []
    assert problems({"a": score}, {"a": [0.895, 1.0]}) == []
    assert "below its floor" in problems({"a": score}, {"a": [0.901, 1.0]})[0]
    assert "left its floor" in problems({"a": score}, {"a": [0.85, 1.0]})[0]
    assert "no floor" in problems({"a": score}, {})[0]
    assert "no longer" in problems({}, {"a": [0.9, 1.0]})[0]
    assert raised({"a": score}, {"a": [0.95, 0.5], "b": [1.0, 1.0]}) == {"a": [0.95, 1.0]}


@pytest.mark.parametrize("name", SETS)
def test_each_article_has_its_gold(name: str) -> None:
    files = {file.name for file in (SCORES / name).iterdir()}
    stems = {file.split(".")[0] for file in files}
    assert files == {f"{stem}{end}" for stem in stems for end in (".txt", ".gold.yaml")}


def test_a_miss_and_an_invention_are_counted(tmp_path: Path) -> None:
    text = "四市会商会召开\n\n3月5日，四市会商会在临江召开。临江市委书记方大同表示，要修好路。\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    gold = """
officials:
- {name: 方大同, title: 临江市委书记, verb: 表示, speech: {mode: direct, text: 要修好路}}
- {name: 白若川, title: 南浦市市长, verb: 出席, speech: null}
"""
    (tmp_path / "a.gold.yaml").write_text(gold, "utf-8")
    read = score_folder(tmp_path)
    assert tuple(read["official names"]) == (1, 1, 0)
    assert tuple(read["official verbs"]) == (1, 0, 0)
    assert tuple(read["speaker and mode"]) == (0, 1, 1)
    assert tuple(read["speech"]) == (1, 0, 0)
