"""Officials: names, posts, cities and acts, in all the phrasings of tests/corpus/officials.yaml."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccmeet.codec import load_data
from ccmeet.lexicon.attributions import find_attributions
from ccmeet.lexicon.names import find_names
from ccmeet.model.article import Article, ArticleFacts, Block
from ccmeet.model.fact import Fact
from ccmeet.model.reading import MeetingRead, OfficialRead, Reading
from ccmeet.rules import read_article
from ccmeet.rules.officials import RULES, read_officials
from ccmeet.rules.places import read_places
from ccmeet.text import Span, fold

CORPUS = load_data((Path(__file__).parent / "corpus" / "officials.yaml").read_text("utf-8"))
PHRASINGS = [(case["reads"], text) for case in CORPUS["cases"] for text in case["in"]]


def article(text: str, **page: Any) -> Article:
    """An article whose paragraphs are the lines of `text`."""
    lines = re.finditer(r"[^\n]+", text)
    blocks = tuple(Block("paragraph", line.start(), line.end()) for line in lines)
    return Article("a", "a.txt", "", text, blocks, ArticleFacts(**page))


def read(text: str) -> tuple[OfficialRead, ...]:
    return read_officials(read_places(Reading(article(text)))).officials


def line_of(official: OfficialRead) -> str:
    """An official as the corpus writes it."""
    parts = (official.name, official.attribution_text, official.city, official.verb)
    return " | ".join(part.value if part else "-" for part in parts)


@pytest.mark.parametrize(("expected", "text"), PHRASINGS, ids=[text for _, text in PHRASINGS])
def test_phrasing_is_read(expected: list[str], text: str) -> None:
    assert [line_of(official) for official in read(text)] == expected


@pytest.mark.parametrize("text", CORPUS["not"])
def test_nobody_is_invented(text: str) -> None:
    assert [line_of(official) for official in read(text)] == []


def test_posts_are_split_and_share_their_body() -> None:
    (official,) = read("临江市发展改革委党组成员、副主任石开出席。")
    assert [(p.organization.value, p.title.value) for p in official.posts if p.organization] == [
        ("临江市发展改革委", "党组成员"),
        ("临江市发展改革委", "副主任"),
    ]


def test_a_mayor_s_body_is_the_city_and_not_its_committee() -> None:
    (official,) = read("临江市委副书记、市长于海洋出席。")
    bodies = [post.organization.value for post in official.posts if post.organization]
    assert bodies == ["临江市委", "临江市"]


def test_a_former_post_is_no_post() -> None:
    (official,) = read("市政府参事、原临江市副市长徐小河发言。")
    assert [post.title.value for post in official.posts] == ["参事"]


def test_a_province_is_told_by_the_city_of_a_later_post() -> None:
    (official,) = read("省委常委、长沙市委书记马冬梅出席。")
    province = official.posts[0].city
    assert province and (province.value, province.basis, province.why) == (
        "湖南",
        "inferred",
        "长沙属湖南",
    )
    assert official.city and official.city.value == "长沙"


def test_a_bare_province_comes_from_the_outlet_and_says_so() -> None:
    text = "来源:湖南日报\n省委书记马冬梅出席。"
    publisher = Fact("湖南日报", (Span(3, 7),), "credit")
    source = article(text, publisher=publisher)
    (official,) = read_officials(Reading(source)).officials
    assert official.city and official.city.value == "湖南"
    assert official.city.basis == "inferred" and "湖南日报" in official.city.why


def test_a_bare_mayor_comes_from_the_host_where_the_outlet_has_no_city() -> None:
    text = "会商会在株洲召开。市长于海洋致辞。"
    name, place = Fact("会商会", (Span(0, 3),), "x"), Fact("株洲", (Span(4, 6),), "x")
    meeting = MeetingRead(name, Fact("held", (Span(6, 8),), "x"), location=place)
    reading = Reading(article(text), meetings=(meeting,))
    (official,) = read_officials(reading).officials
    assert official.city and official.city.value == "株洲"


@pytest.mark.parametrize(("title", "city"), [("九江市委书记", "岳阳"), ("岳阳市委书记", None)])
def test_a_bare_mayor_is_of_the_first_of_two_sides_if_the_second_s_are_told(
    title: str, city: str | None
) -> None:
    text = f"岳阳与九江市举行沿江发展座谈会。市委副书记、市长方大同主持会议。{title}于海洋致辞。"
    first, _ = read_article(article(text)).officials
    assert (first.city.value if first.city else None) == city


def in_zhuzhou(text: str, publisher: str = "") -> tuple[OfficialRead, ...]:
    """The officials of a report on a meeting held in 株洲, by a paper that may be told."""
    whole = f"{publisher}\n会商会在株洲召开。{text}"
    place = whole.index("株洲")
    name = Fact("会商会", (Span(place - 4, place - 1),), "x")
    location = Fact("株洲", (Span(place, place + 2),), "x")
    meeting = MeetingRead(name, Fact("held", location.spans, "x"), location=location)
    told = Fact(publisher, (Span(0, len(publisher)),), "credit") if publisher else None
    source = article(whole, publisher=told)
    return read_officials(Reading(source, source.page, meetings=(meeting,))).officials


@pytest.mark.parametrize(
    "text",
    [
        "市委常委、副市长于海洋率领我市代表团出席会议。",
        "我市市委常委、副市长于海洋参会。",
        "市委常委、副市长于海洋率我市代表团赴株洲参加会议。",
    ],
)
def test_a_paper_s_own_city_is_not_the_one_it_reports_from(text: str) -> None:
    (unknown,) = in_zhuzhou(text)
    assert unknown.city is None
    (official,) = in_zhuzhou(text, "岳阳日报")
    assert official.city and (official.city.value, official.city.basis) == ("岳阳", "inferred")
    assert [post.organization.value for post in official.posts if post.organization] == ["市委"]


def test_who_joins_from_a_branch_hall_in_his_city_is_at_home() -> None:
    (official,) = in_zhuzhou("市委副书记、市长方大同在岳阳分会场出席并发言。", "岳阳日报")
    assert official.city and official.city.value == "岳阳"


def test_a_host_is_not_of_his_guest_s_city() -> None:
    host, guest = in_zhuzhou("市委书记方大同会见株洲市委书记于海洋一行。")
    assert host.city is None
    assert guest.city and guest.city.value == "株洲"


def test_posts_in_a_caption_count_for_a_name_in_the_text() -> None:
    text = "临江市副市长林小满作情况通报。记者 王小明 摄\n林小满致辞。"
    blocks = (Block("caption", 0, 24), Block("paragraph", 25, len(text)))
    reading = Reading(Article("a", "a.txt", "", text, blocks))
    assert [o.name.value for o in read_officials(reading).officials] == ["林小满"]


def test_evidence_stands_where_it_says() -> None:
    text = "　　臨江市委書記、市長於海洋(左一)，南浦市發改委黨組成員、副主任劉  爽出席並致辭。"
    for official in read(text):
        facts = [official.name, official.attribution_text, official.city, official.verb]
        facts += [fact for p in official.posts for fact in (p.title, p.organization, p.city)]
        for fact in filter(None, facts):
            assert fact.rule in RULES
            if fact.basis == "stated":
                printed = "".join(span.of(text) for span in fact.spans)
                assert re.sub(r"\s", "", printed) == fact.value


def test_names_without_posts_are_found_where_their_place_says_so() -> None:
    text = "江城网十一月三日电（石小川）马大河：会商会明天开幕。"
    names = [name.of(text) for name in find_names(fold(text), Span(0, len(text)))]
    assert names == ["石小川", "马大河"]


WORDS = [
    "临江市",
    "市委书记",
    "、",
    "，",
    "副",
    "方大同",
    "出席",
    "并",
    "讲话",
    "（",
    "）",
    "“",
    "”",
]
WORDS += ["原", "省长", "和", " ", "\n", "三市", "·", "表示", "。", "記者", "黨組成員", "1", "a"]


@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join) | st.text(max_size=80))
def test_no_text_raises(text: str) -> None:
    read(text)
    folded = fold(text)
    for person in find_attributions(folded, Span(0, len(folded))):
        assert person.name.start < person.name.end <= len(text)
