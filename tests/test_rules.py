"""The rules together: no text raises, and every fact's words stand where its evidence says."""

import random
from pathlib import Path

import pytest

from ccmeet.errors import SourceError
from ccmeet.ingest import read_source
from ccmeet.reading.contract import as_json
from ccmeet.rules import read_article

SEED = (Path(__file__).parent.parent / "content/articles/rednet-14141790.txt").read_text("utf-8")
PIECES = (
    *"，。；：、“”《》（）【】()\n 第届次首年月日市省等和与在将",
    "第十届", "首届", "会商会", "联席会议", "观察员城市", "7月28日至29日", "昨日", "2023-2025年",
    "《", "》《", "表示", "一是", "共同签署", "12个", "四市", "武汉、",
    "等方面", "记者", "讯(", "电",
)  # fmt: skip


def mutated(seed: int) -> str:
    """The seed article cut, shuffled and salted; the same for one number everywhere."""
    chance, text = random.Random(seed), SEED
    for _ in range(chance.randint(1, 12)):
        start = chance.randrange(len(text))
        end = min(len(text), start + chance.choice((0, 1, 3, 20, 200)))
        piece = chance.choice((*PIECES, text[end : end + 30], ""))
        text = text[:start] + piece + text[end:]
    return text


@pytest.mark.parametrize("block", range(10))
def test_no_text_raises_and_evidence_holds(block: int) -> None:
    for seed in range(block * 20, block * 20 + 20):
        try:
            article = read_source(mutated(seed).encode(), "content/articles/mutated.txt")
        except SourceError:
            continue
        told = as_json(read_article(article))
        for place in told["evidence"]:
            assert place["exact"], (seed, place)
            assert article.text[place["start"] : place["end"]] == place["exact"], (seed, place)
            assert place["basis"] == "stated" or place["why"], (seed, place)


def test_the_same_text_is_read_the_same() -> None:
    one, other = (
        as_json(read_article(read_source(SEED.encode(), "content/articles/a.txt")))
        for _ in range(2)
    )
    assert one == other


def test_the_meeting_of_the_seed() -> None:
    told = as_json(read_article(read_source(SEED.encode(), "content/articles/a.txt")))
    meeting, ninth = told["meetings"]
    assert {key: meeting[key] for key in ("edition", "start_date", "end_date", "location")} == {
        "edition": 10,
        "start_date": "2024-07-28",
        "end_date": "2024-07-29",
        "location": "长沙",
    }
    assert meeting["series"] == ninth["series"] == "长江中游城市群省会城市会商会"
    assert meeting["theme"] == "携手新质生产力,共推中部高质量发展"
    assert [(p.get("city"), p["role"], p.get("count")) for p in meeting["participants"]] == [
        ("武汉", "member", None),
        ("长沙", "host", None),
        ("合肥", "member", None),
        ("南昌", "member", None),
        (None, "observer", 12),
    ]
    assert [area.get("label") for area in meeting["areas"]] == [
        "交通互通", "科技合作", "产业发展", "市场一体化", "生态环保", "民生服务", None,
    ]  # fmt: skip
    assert [(d["title"], d["action"]) for d in meeting["documents"]] == [
        ("长江中游城市群2024年重点合作事项", "signed"),
        ("长江中游四省省会城市警务合作框架协议", "witnessed"),
        ("合作行动计划(2023-2025年)", "cited"),
        ("长江中游城市群2023年重点合作事项", "cited"),
    ]
    assert (ninth["edition"], ninth["state"]) == (9, "mentioned")
