"""Places, participants, documents, areas and progress in all the phrasings of tests/corpus."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ccmeet.codec import load_data
from ccmeet.model.article import Article, Block
from ccmeet.model.fact import Fact
from ccmeet.model.reading import Reading
from ccmeet.rules import read_article

FOLDER = Path(__file__).parent / "corpus"


def read(text: str) -> Reading:
    """All that the rules read in an article whose paragraphs are parted by /."""
    lines = text.replace("/", "\n")
    found = re.finditer(r"[^\n]+", lines)
    blocks = tuple(Block("paragraph", line.start(), line.end()) for line in found)
    return read_article(Article("a", "a.txt", "", lines, blocks))


def places(reading: Reading) -> Iterator[str]:
    yield from (place.short for place in reading.mentions.places)


def documents(reading: Reading) -> Iterator[str]:
    for each in reading.meetings[0].documents:
        signers = " + ".join(s.value for s in each.signatories)
        yield f"{each.title.value} | {each.action.value} | {signers or '-'}"


def participants(reading: Reading) -> Iterator[str]:
    """Hosts first, then as read: members, observers, guests."""
    found = reading.meetings[0].participants
    for each in sorted(found, key=lambda p: p.role.value != "host"):
        who = each.city or each.count
        assert who
        yield f"{who.value} {each.role.value}"


def areas(reading: Reading) -> Iterator[str]:
    for each in reading.meetings[0].areas:
        label = each.label.value if each.label else "-"
        items = " + ".join(i.value for i in each.items)
        yield f"{label}: {items}" if items else label


def progress(reading: Reading) -> Iterator[str]:
    for each in reading.meetings[0].progress:
        yield f"{each.label.value}: {each.text.value}"


LINES: dict[str, Callable[[Reading], Iterator[str]]] = {
    "places": places,
    "documents": documents,
    "participants": participants,
    "areas": areas,
    "progress": progress,
}


def phrasings() -> Iterator[object]:
    for rule in LINES:
        corpus = load_data((FOLDER / f"{rule}.yaml").read_text("utf-8"))
        for case in corpus["cases"]:
            before = case.get("before", corpus["before"])
            for text in case["in"]:
                yield pytest.param(rule, before, text, case["reads"], id=f"{rule}: {text}")


@pytest.mark.parametrize(("rule", "before", "text", "wanted"), tuple(phrasings()))
def test_phrasing_is_read(rule: str, before: str, text: str, wanted: list[str]) -> None:
    reading = read(f"{before}/{text}" if before else text)
    assert list(LINES[rule](reading)) == wanted
    for document in (d for m in reading.meetings for d in m.documents):
        facts: list[Fact[str]] = [document.title, *document.signatories]
        for fact in facts:
            if fact.basis == "stated":
                assert fact.value == fact.spans[0].of(reading.source.text)


def test_a_headline_s_free_title_yields_to_those_in_marks() -> None:
    head = "沿江四市敲定年度清单"
    text = f"{head}\n6月5日，沿江城市第三届会商会在岳阳召开，审议通过《沿江城市2024年工作要点》。"
    blocks = (
        Block("headline", 0, len(head)),
        Block("paragraph", len(head) + 1, len(text)),
    )
    read_all = read_article(Article("a", "a.txt", "", text, blocks))
    assert list(documents(read_all)) == ["沿江城市2024年工作要点 | adopted | -"]


def test_a_headline_s_number_is_that_of_the_cities_a_list_names() -> None:
    head = "四市一区携手建港"
    text = f"{head}\n6月5日，沿江城市第三届会商会在岳阳召开。岳阳、九江、安庆、黄石四市往后修路。"
    blocks = (
        Block("headline", 0, len(head)),
        Block("paragraph", len(head) + 1, len(text)),
    )
    read_all = read_article(Article("a", "a.txt", "", text, blocks))
    came = ["岳阳 host", "九江 member", "安庆 member", "黄石 member"]
    assert list(participants(read_all)) == came
