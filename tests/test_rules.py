"""The rules together: no text raises, and every fact's words stand where its evidence says."""

import random
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from ccmeet.errors import SourceError
from ccmeet.ingest import read_source
from ccmeet.lexicon.documents import load_document_words
from ccmeet.lexicon.offices import load_offices
from ccmeet.lexicon.series import load_series_words
from ccmeet.lexicon.verbs import load_verbs
from ccmeet.lexicon.words import Sought
from ccmeet.reading.contract import as_json
from ccmeet.rules import read_article
from ccmeet.text import fold

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


def sought_patterns() -> list[Sought]:
    """What the rules and the lexicon seek by the words that it begins with."""
    lexicon = (load_verbs(), load_offices(), load_document_words(), load_series_words())
    modules = [module for name, module in sys.modules.items() if name.startswith("ccmeet.")]
    found = [value for module in modules for value in vars(module).values()]
    found += [getattr(words, spec.name) for words in lexicon for spec in fields(words)]
    return [value for value in found if isinstance(value, Sought)]


def test_what_is_sought_is_found_wherever_it_stands() -> None:
    """The words that a pattern is said to begin with are all that it begins with."""
    tests = Path(__file__).parent
    files = [*tests.glob("corpus/*.yaml"), *tests.glob("scores/*/*.txt")]
    texts = [fold(file.read_text("utf-8")) for file in files]
    texts.append("据临江市发展改革委副主任于海洋通报，今年已有两个项目开工。二00四年十月一日")
    assert len(sought_patterns()) > 5
    for one in sought_patterns():
        for text in texts:
            whole = [found.span() for found in one.pattern.finditer(text)]
            assert [found.span() for found in one.finditer(text, 0, len(text))] == whole


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
