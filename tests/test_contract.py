"""`ccmeet parse --json`: values as printed, a pointer for every leaf, absent what isn't read."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ccmeet.errors import Problem
from ccmeet.model.fact import Fact
from ccmeet.model.reading import Reading
from ccmeet.reading.contract import as_json, facts
from readings import make_reading

TEXT = "雲江會商 三城相聚\n5月4日訊 雲江第二屆會商會5月3日在東灣召開，甲晓文主持，乙大川主持。"


def read() -> Reading:
    return make_reading(
        "river-1",
        TEXT,
        article={
            "headline": "雲江會商 三城相聚",
            "author": ["甲晓文"],
            "date_published": ("2031-05-04", "5月4日", "年份据网址"),
        },
        meetings=[
            {
                "name": "雲江第二屆會商會",
                "state": ("held", "召開"),
                "edition": (2, "第二屆"),
                "location": "東灣",
                "participants": [{"role": ("host", "東灣"), "city": "東灣"}],
                "areas": [{"label": None, "items": ["三城相聚"]}],
            }
        ],
        officials=[{"name": "乙大川", "verb": "主持"}],
    )


def test_values_as_printed_and_nothing_that_is_not() -> None:
    told = as_json(read())
    assert told["source"] == "content/articles/river-1.txt"
    assert told["article"] == {
        "headline": "雲江會商 三城相聚",
        "author": ["甲晓文"],
        "date_published": "2031-05-04",
        "text": TEXT,
    }
    assert told["meetings"] == [
        {
            "name": "雲江第二屆會商會",
            "state": "held",
            "edition": 2,
            "location": "東灣",
            "participants": [{"role": "host", "city": "東灣"}],
            "areas": [{"items": ["三城相聚"]}],
        }
    ]
    assert told["officials"] == [{"name": "乙大川", "verb": "主持", "quotes": []}]
    assert told["problems"] == [] and "candidates" not in told


def test_every_leaf_has_evidence_that_stands_in_the_text() -> None:
    told = as_json(read())
    pointers = {entry["pointer"] for entry in told["evidence"]}
    assert pointers == set(leaves_of(told)) - {"/article/text"}
    for entry in told["evidence"]:
        assert TEXT[entry["start"] : entry["end"]] == entry["exact"]
        assert ("why" in entry) is (entry["basis"] == "inferred")


def leaves_of(told: dict[str, Any]) -> Iterator[str]:
    def walk(node: Any, pointer: str) -> Iterator[str]:
        if isinstance(node, dict):
            for name, value in node.items():
                yield from walk(value, f"{pointer}/{name}")
        elif isinstance(node, list):
            for number, value in enumerate(node):
                yield from walk(value, f"{pointer}/{number}")
        else:
            yield pointer

    for name in ("article", "meetings", "officials"):
        yield from walk(told[name], f"/{name}")


def test_words_that_stand_twice_are_told_apart() -> None:
    evidence = {entry["pointer"]: entry for entry in as_json(read())["evidence"]}
    assert evidence["/officials/0/verb"]["prefix"].endswith("甲晓文")
    assert evidence["/officials/0/verb"]["suffix"] == "，乙大川主持。"
    assert "prefix" not in evidence["/meetings/0/state"]


def test_other_values_that_the_words_allow() -> None:
    reading = read()
    place = reading.meetings[0].location
    assert place
    doubtful: Fact[str] = replace(place, others=("東灣區",))
    reading = replace(reading, meetings=(replace(reading.meetings[0], location=doubtful),))
    told = as_json(reading)
    assert told["candidates"] == [{"pointer": "/meetings/0/location", "values": ["東灣區"]}]


def test_problems_and_plain_json() -> None:
    problem = Problem("warning", "no publisher", hint="add it to the front matter")
    told = as_json(replace(read(), problems=(problem, Problem("warning", "short"))))
    assert told["problems"] == [
        {
            "severity": "warning",
            "message": "no publisher",
            "hint": "add it to the front matter",
        },
        {"severity": "warning", "message": "short"},
    ]
    assert json.loads(json.dumps(told)) == told
    assert [found.pointer for found in facts(read())][:2] == [
        "/article/headline",
        "/article/author/0",
    ]
