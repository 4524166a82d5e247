"""What `check` finds: each mistake of a kind, on the seed's archive with that one mistake made."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from ccmeet.ingest import read_source
from ccmeet.model.archive import Archive
from ccmeet.model.records import Progress, Quote
from ccmeet.partialdate import PartialDate
from ccmeet.reading.assemble import assemble
from ccmeet.reading.lint import lint
from ccmeet.rules import read_article

FILE = "content/articles/rednet-14141790.txt"
DATA = (Path(__file__).parent.parent / FILE).read_bytes()
HASHES = {FILE: hashlib.sha256(DATA).hexdigest()}
TEN = "changjiang-zhongyou-chengshiqun-shenghui-chengshi-huishanghui-10"
NINE = "changjiang-zhongyou-chengshiqun-shenghui-chengshi-huishanghui-9"


@cache
def seed() -> Archive:
    found = assemble([read_article(read_source(DATA, FILE))], Archive())
    records = {kind: {id: e.record for id, e in each.items()} for kind, each in found.items()}
    return Archive(extracted=found, **records)  # type: ignore[arg-type]


def changed(kind: str, id: str, **values: object) -> Archive:
    archive = seed()
    record = replace(archive.of(kind)[id], **values)  # type: ignore[arg-type]
    return replace(archive, **{kind: {**archive.of(kind), id: record}})  # type: ignore[arg-type]


def said(archive: Archive, hashes: dict[str, str] = HASHES) -> list[str]:
    return [f"{p.severity} {p.field}: {p.message}" for p in lint(archive, hashes)]


def test_a_sound_archive_has_no_problem() -> None:
    assert said(seed()) == []


CASES: dict[str, tuple[Callable[[], Archive], str]] = {
    "a place that is no record": (
        lambda: changed("meetings", TEN, location="changsa"),
        "error location: ",
    ),
    "dates the wrong way round": (
        lambda: changed("meetings", TEN, end_date=PartialDate(2024, 7, 27)),
        "error end_date: ",
    ),
    "an edition before the one it follows": (
        lambda: changed("meetings", NINE, start_date=PartialDate(2025, 2, 21)),
        "warning edition: ",
    ),
    "direct speech that nobody printed": (
        lambda: changed(
            "officials",
            "yu-zhijun",
            quotes=(
                Quote(
                    id="q-1",
                    article="rednet-14141790",
                    meeting=TEN,
                    mode="direct",
                    verb="说",
                    text="这句话报上没有",
                ),
            ),
        ),
        "error quotes.q-1.text: ",
    ),
    "a notice left out": (
        lambda: changed("articles", "rednet-14141790", notice=None),
        "error notice: ",
    ),
    "progress in an area that is no record": (
        lambda: changed("meetings", TEN, progress=(Progress(area="hangtian", text="已启动"),)),
        "error progress.hangtian.area: ",
    ),
    "two cities of one code": (
        lambda: changed("cities", "hefei", identifier="430100"),
        "identifier: the same identifier as changsha",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_one_mistake_is_one_finding_with_a_remedy(case: str) -> None:
    make, expected = CASES[case]
    archive = make()
    assert [line for line in said(archive) if expected in line], said(archive)
    assert all(problem.hint for problem in lint(archive, HASHES))


def test_an_article_that_changed_is_told() -> None:
    assert any("sha256" in line for line in said(seed(), {FILE: "0" * 64}))


def test_evidence_that_is_not_in_the_text_is_told() -> None:
    archive = seed()
    read = archive.extracted["articles"]["rednet-14141790"]
    moved = replace(read, text="。" + read.text)
    articles = {"rednet-14141790": moved}
    assert said(replace(archive, extracted={**archive.extracted, "articles": articles}))
