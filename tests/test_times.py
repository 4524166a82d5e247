"""Dates, names of meetings and all that is read of them, in the phrasings of tests/corpus."""

import re
from pathlib import Path
from typing import Any

import pytest

from ccmeet.codec import load_data
from ccmeet.model.article import Article, ArticleFacts, Block
from ccmeet.model.fact import Fact
from ccmeet.model.reading import Reading
from ccmeet.partialdate import PartialDate
from ccmeet.rules import read_article
from ccmeet.text import Span

CORPUS = Path(__file__).parent / "corpus"


def read(text: str, page: str = "") -> Reading:
    """What is read of a text: before # its headline, ¶ between paragraphs; the page's own day."""
    headline, _, body = text.rpartition("#")
    text = "\n".join((headline, *body.split("¶"))) if headline else body.replace("¶", "\n")
    lines = list(re.finditer(r"[^\n]+", text))
    kinds = ("headline" if headline and not n else "paragraph" for n in range(len(lines)))
    blocks = tuple(Block(k, x.start(), x.end()) for k, x in zip(kinds, lines, strict=False))
    day = Fact(PartialDate.parse(page), (Span(0, 1),), "page-date") if page else None
    source = Article("a", "a.txt", "", text, blocks, ArticleFacts(date_published=day))
    return read_article(source)


def cases(name: str) -> list[Any]:
    return [
        pytest.param(case["reads"], text, case.get("page", ""), id=text[:60])
        for case in load_data((CORPUS / name).read_text("utf-8"))["cases"]
        for text in case["in"]
    ]


def nots(name: str) -> list[str]:
    return list(load_data((CORPUS / name).read_text("utf-8"))["not"])


@pytest.mark.parametrize(("expected", "text", "page"), cases("dates.yaml"))
def test_dates(expected: list[str], text: str, page: str) -> None:
    dates = read(text, page).mentions.dates
    found = [f"{d.start}" if d.start == d.end else f"{d.start}/{d.end}" for d in dates]
    assert found == expected


@pytest.mark.parametrize("text", nots("dates.yaml"))
def test_no_date_is_invented(text: str) -> None:
    assert read(text, "2024-07-30").mentions.dates == ()


MEETINGS = [*cases("editions.yaml"), *cases("series.yaml"), *cases("sessions.yaml")]


@pytest.mark.parametrize(("expected", "text", "page"), MEETINGS)
def test_meetings(expected: dict[str, Any], text: str, page: str) -> None:
    first, *others = read(text, page).meetings
    found: dict[str, Any] = {"others": [str(m.edition.value) for m in others if m.edition]}
    for name in expected.keys() - {"others"}:
        fact = getattr(first, name)
        found[name] = str(fact.value) if fact else "null"
    wanted = {"others": [], **expected}
    assert found == (wanted if "others" in expected else {**wanted, "others": found["others"]})


@pytest.mark.parametrize("by", ["", "（记者 石军）", "(石军) "])
def test_a_dateline_s_day_is_that_of_a_report_and_of_no_telegram(by: str) -> None:
    days = {
        kind: read(
            f"2024年云江四市市长会议召开#江城网7月29日{kind}{by}四市市长会议29日召开。"
        ).article
        for kind in "讯电"
    }
    assert [bool(days[kind].date_published) for kind in "讯电"] == [True, False]


@pytest.mark.parametrize("text", nots("series.yaml"))
def test_no_meeting_is_invented(text: str) -> None:
    assert read(text, "2024-07-30").meetings == ()


@pytest.mark.parametrize(("expected", "text", "page"), cases("datelines.yaml"))
def test_datelines(expected: dict[str, Any], text: str, page: str) -> None:
    facts = read(text, page).article
    assert [fact.value for fact in facts.author] == expected["author"]
    assert [fact.value for fact in facts.editor] == expected.get("editor", [])
    if "publisher" in expected:
        assert facts.publisher and facts.publisher.value == expected["publisher"]


def test_another_edition_is_told_of_wherever_it_is_numbered() -> None:
    """A headline names the next edition, and only a later sentence says when and where."""
    _, following = read(
        "第十一届云江四市会商会花落武汉#7月29日，第十届云江四市会商会在长沙举行。"
        "第十一届会商会将于2025年在武汉举行。",
        "2024-07-30",
    ).meetings
    assert following.location and following.location.value == "武汉"
    assert following.start_date and str(following.start_date.value) == "2025"
