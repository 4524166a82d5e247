"""What counts as one thing, and the ids things get: the corpora `same` and `ids`, pair by pair."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccmeet.codec import load_data
from ccmeet.reading import names
from ccmeet.reading.pinyin import LIMIT, person_slug, words_slug
from ccmeet.reading.same import Document, Official, group, same_document, same_official
from ccmeet.text import fold

CORPUS = Path(__file__).parent / "corpus"
SAME = load_data((CORPUS / "same.yaml").read_text("utf-8"))
IDS = load_data((CORPUS / "ids.yaml").read_text("utf-8"))
KEYS = {
    "places": names.place_key,
    "series": names.series_key,
    "areas": names.area_key,
    "bodies": names.body_key,
    "people": names.person_key,
    "posts": lambda post: names.post_key(*post[:2], names.place_key(post[2]) if post[2] else ""),
}
SLUGS = {"titles": words_slug, "people": person_slug, "places": names.place_id}


@pytest.mark.parametrize("kind", KEYS)
@pytest.mark.parametrize("side", ["same", "not"])
def test_keys(kind: str, side: str) -> None:
    for one, other in SAME[kind][side]:
        joined = KEYS[kind](one) == KEYS[kind](other)
        assert joined is (side == "same"), f"{one} / {other}"


@pytest.mark.parametrize("side", ["same", "not"])
def test_documents_of_one_series(side: str) -> None:
    for titles in SAME["documents"][side]:
        found = [document(title, f"a{n}") for n, title in enumerate(titles)]
        groups, _ = group([], found, same_document)
        assert (len(groups) == 1) is (side == "same"), titles


def document(title: str, article: str, series: str = "yunjiang", **more: object) -> Document:
    return Document(title, names.text_key(title), article, series, **more)  # type: ignore[arg-type]


def test_a_common_title_is_one_document_only_within_a_series() -> None:
    assert not same_document(document("战略合作协议", "a"), document("战略合作协议", "b", "xuehe"))
    long = "云江雪河四市战略合作框架协议"
    assert same_document(document(long, "a"), document(long, "b", "xuehe"))


def test_a_short_form_that_may_be_either_of_two_is_neither() -> None:
    full = [document(f"{name}城市合作计划(2031-2033年)", name) for name in ("云江", "雪河")]
    groups, homes = group([], [*full, document("合作计划(2031-2033年)", "c")], same_document)
    assert len(groups) == 3 and homes[2] not in homes[:2]


def test_an_article_with_two_titles_means_two_documents() -> None:
    pair = [document("云江2031年合作事项", "a"), document("云江2031年科技合作事项", "a")]
    assert len(group([], pair, same_document)[0]) == 2
    apart = [document("云江2031年合作事项", "a"), document("云江2031年科技合作事项", "b")]
    assert len(group([], apart, same_document)[0]) == 1


def test_records_that_people_keep_apart_stay_apart() -> None:
    known = [("wei-da", person("东湾")), ("wei-da-2", person("东湾"))]
    groups, homes = group(known, [person("东湾", "a")], same_official)
    assert [each.id for each in groups] == ["wei-da", "wei-da-2"]
    assert homes[0] is groups[0]


def person(city: str, article: str = "") -> Official:
    return Official("韦达", article, frozenset({city}))


@pytest.mark.parametrize("kind", SLUGS)
def test_ids(kind: str) -> None:
    for id, printed in IDS[kind].items():
        assert {SLUGS[kind](name) for name in printed} == {id}


def test_places_have_ids_of_their_own() -> None:
    places = {p.code: p for p in names.load_places().by_name.values()}
    ids = [names._place_ids()[code] for code in places]
    assert len(set(ids)) == len(ids) and all(re.fullmatch(r"[a-z]+(-[a-z]+)*", i) for i in ids)


def test_a_long_title_keeps_its_years_and_whole_words() -> None:
    title = "云江中游城市群省会城市高质量协同发展与对外开放合作三年行动计划(2031-2033年)"
    id = words_slug(title)
    assert len(id) <= LIMIT and id.endswith("-2031-2033")
    assert set(id.split("-")) <= set(words_slug(title, 400).split("-"))


@given(
    st.text(st.sampled_from("长江市委第2031年-—（）《》“·/.\\\0 éAz９𠮷"), max_size=200) | st.text()
)
@settings(deadline=None, max_examples=200)
def test_no_name_breaks_a_key_or_an_id(odd: str) -> None:
    for slug in (words_slug, person_slug, names.place_id):
        assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", id := slug(odd)), (slug, id)
        assert len(id) <= LIMIT
    for key in (names.series_key, names.area_key, names.body_key, names.person_key):
        assert key(odd) == key(fold(odd))
    place = names.kind_place(odd)
    assert names.kind_of(odd) == (fold(odd)[slice(*place)] if place else "")
    assert names.yearless(odd) is not None and names.post_key(odd, odd, odd)


def test_kinds_and_years_of_titles() -> None:
    assert names.kind_of("合作行动计划(2031-2033年)") == "计划"
    assert names.kind_of("共建倡议书") == "倡议"
    assert names.kind_of("合作意向书") == "意向书"
    assert names.kind_of("云江日报") == ""
    assert names.years_of("２０３１年事项") == (2031, 2031)
    assert names.years_of("计划（2031—2033年）") == (2031, 2033)
    assert names.years_of("第2031号方案") is None
    assert names.yearless("计划（2031—2033年）") == names.yearless("计划(2034-2036年)") == "计划"
