"""Citations: the reference-list forms, escapes, meta tags, the blank for the day of access."""

import json
import re

import pytest

from ccmeet.model.archive import Site
from ccmeet.model.records import ArticleRecord
from ccmeet.partialdate import PartialDate
from ccmeet.showing.citation import cite_article, cite_page

ARTICLE = ArticleRecord(
    id="daily-1",
    headline="三城共商 山海同行",
    url="https://news.example.cn/a/1.html",
    publisher="江岸网",
    author=("甲晓文", "乙大川"),
    date_published=PartialDate(2031, 5, 4),
)
SITE = Site(title="测试档案", publisher="测试编辑部", base_url="https://example.org/repo/")
PAGE = "articles/daily-1/index.html"


def test_reference_lists() -> None:
    cited = cite_article(ARTICLE, SITE, PAGE)
    assert cited.gb2025 == (
        "甲晓文，乙大川. 三城共商 山海同行[EB/OL]. （2031-05-04）[____-__-__]. "
        "https://news.example.cn/a/1.html."
    )
    assert cited.gb2015 == (
        "甲晓文, 乙大川. 三城共商 山海同行[EB/OL]. 江岸网, 2031(2031-05-04)[____-__-__]. "
        "https://news.example.cn/a/1.html."
    )


def test_day_of_access_fills_the_blank() -> None:
    cited = cite_article(ARTICLE, SITE, PAGE, PartialDate(2032, 1, 2))
    assert "[2032-01-02]" in cited.gb2025
    assert "[2032-01-02]" in cited.gb2015
    assert "urldate = {2032-01-02}" in cited.bibtex
    assert json.loads(cited.csl)[0]["accessed"] == {"date-parts": [[2032, 1, 2]]}


def test_more_than_three_authors() -> None:
    many = ArticleRecord(id="a", headline="题", author=("甲", "乙", "丙", "丁"))
    assert cite_article(many, SITE, PAGE).gb2025.startswith("甲，乙，丙，等. 题[EB/OL]. ")


def test_what_is_not_known_is_left_out() -> None:
    cited = cite_article(ArticleRecord(id="bare"), Site(), PAGE)
    assert cited.gb2025 == "bare[EB/OL]. [____-__-__]."
    assert cited.gb2015 == "bare[EB/OL]. [____-__-__]."
    assert set(json.loads(cited.csl)[0]) == {"id", "type", "title", "language"}
    assert not any(name == "og:url" for name, _ in cited.graph)


def test_partial_dates() -> None:
    month = ArticleRecord(id="m", headline="题", date_published=PartialDate(2031, 5))
    cited = cite_article(month, SITE, PAGE)
    assert "date = {2031-05}" in cited.bibtex
    assert json.loads(cited.csl)[0]["issued"] == {"date-parts": [[2031, 5]]}
    assert ("citation_publication_date", "2031/05") in cited.meta
    assert not any(name == "article:published_time" for name, _ in cited.graph)


@pytest.mark.parametrize("title", ["a}b", "{", r"\input{x}", "50% & #1 $x_y ~^", "甲\n乙\u2028丙"])
def test_bibtex_stays_one_entry(title: str) -> None:
    bibtex = cite_article(ArticleRecord(id="x", headline=title), SITE, PAGE).bibtex
    depth = 0
    for place, mark in enumerate(bibtex):
        depth += {"{": 1, "}": -1}.get(mark, 0)
        assert depth > 0 or place < bibtex.index("{") or place == len(bibtex) - 1
    assert depth == 0
    value = next(line for line in bibtex.splitlines() if "title" in line)
    bare = re.sub(r"\\(text[a-z]+\{\}|[$&#%_])", "", value.partition("= ")[2])
    assert not re.search(r"[\\$&#%_~^]", bare)
    assert len(bibtex.splitlines()) == 4


def test_odd_addresses_are_no_links() -> None:
    for url in (
        "javascript:alert(1)",
        "data:text/html,x",
        "https://a b",
        "//x",
        "https://",
        "ftp://x/",
    ):
        cited = cite_article(ArticleRecord(id="x", headline="题", url=url), SITE, PAGE)
        assert url not in cited.gb2025 + cited.bibtex + cited.csl
        assert not any(content == url for _, content in cited.meta)


def test_meta_tags() -> None:
    cited = cite_article(ARTICLE, SITE, PAGE)
    assert [v for k, v in cited.meta if k == "citation_author"] == ["甲晓文", "乙大川"]
    assert ("citation_publication_date", "2031/05/04") in cited.meta
    assert ("og:url", "https://example.org/repo/articles/daily-1/") in cited.graph
    assert ("og:type", "article") in cited.graph


def test_a_page_of_the_archive() -> None:
    cited = cite_page("第二届会商会", SITE, "meetings/second/index.html")
    assert cited.gb2025 == (
        "测试编辑部. 第二届会商会：测试档案[EB/OL]. [____-__-__]. "
        "https://example.org/repo/meetings/second/."
    )
    assert "author = {{测试编辑部}}" in cited.bibtex
    assert "@online{ccmeet-meetings-second," in cited.bibtex
    assert cited.meta == ()
    assert ("og:title", "第二届会商会") in cited.graph
