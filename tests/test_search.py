"""The search index: folding, passages and their places, names in Latin letters, segments."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archives import ARCHIVE
from ccmeet.model.records import CityRecord, OfficialRecord
from ccmeet.partialdate import PartialDate
from ccmeet.showing import search_index
from ccmeet.showing.search import facet_values, find_documents, search_files
from ccmeet.showing.search_index import (
    Document,
    Passage,
    index_files,
    search_fold,
    segment_count,
    segments_of,
)
from ccmeet.showing.site import make_site

DOCUMENTS = {document.url: document for document in find_documents(ARCHIVE)}
SITE = make_site(ARCHIVE)


def document(n: int, text: str = "会商", year: int = 2031) -> Document:
    url = f"articles/a{n}/index.html"
    return Document(f"a{n}", 6, url, f"题{n}", "", PartialDate(year), (Passage("", "p1", text),))


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_every_part_of_a_text_folds_as_the_text_does(text: str, a: int, b: int) -> None:
    start, end = sorted((a, b))
    assert len(search_fold(text)) == len(text)
    assert search_fold(text)[start:end] == search_fold(text[start:end])
    assert search_fold(search_fold(text)) == search_fold(text)


def test_what_is_typed_either_way_is_one() -> None:
    assert search_fold("ＧＤＰ３．５％，協議（龍）") == search_fold("gdp3.5%,协议(龙)")
    assert search_fold("“甲”、﹁乙﹂") == search_fold('「甲」、"乙"')


def test_every_passage_leads_to_a_place_on_its_page() -> None:
    for url, found in DOCUMENTS.items():
        html = SITE[url].decode()
        for passage in found.passages:
            assert not passage.anchor or f'id="{passage.anchor}"' in html, (url, passage)


def test_every_page_of_a_record_is_found_and_no_other() -> None:
    assert set(DOCUMENTS) == {
        path for path in SITE if re.fullmatch(r"(?!data|search)[a-z]+/[^/]+/index\.html", path)
    }


def test_names_in_latin_letters() -> None:
    def roman(record: CityRecord | OfficialRecord) -> set[str]:
        kind = "cities" if isinstance(record, CityRecord) else "officials"
        archive = replace(ARCHIVE, **{kind: {record.id: record}})
        url = f"{kind}/{record.id}/index.html"
        return set(next(d.roman for d in find_documents(archive) if d.url == url))

    city = CityRecord(id="x", name="长沙市", other_names=("长沙",), pinyin="Changsha")
    assert {"changsha", "cs", "shashi", "css"} <= roman(city)
    person = roman(OfficialRecord(id="x", name="单志远"))
    assert {"shanzhiyuan", "danzhiyuan", "szy", "zhiyuan"} <= person
    assert {"lvmu", "lm"} <= roman(OfficialRecord(id="x", name="吕木"))


def test_facets() -> None:
    facets = DOCUMENTS["meetings/jiangwan-2/index.html"].facets
    assert {"y:2031", "c:dongwan", "c:xizhou", "a:traffic", "a:ecology"} <= set(facets)
    assert DOCUMENTS["articles/jiangan-1/index.html"].facets == facets
    assert "c:xizhou" in DOCUMENTS["officials/bing-mingyue/index.html"].facets
    values = facet_values(ARCHIVE)
    assert values["years"] == [2031, 2029]
    assert ["dongwan", "东湾市"] in values["cities"]  # type: ignore[operator]


def test_drafts_and_hidden_words_are_in_no_index() -> None:
    draft = replace(ARCHIVE.cities["nanpu"], status="draft")
    files = search_files(replace(ARCHIVE, cities={**ARCHIVE.cities, "nanpu": draft}))
    assert not any("南浦".encode() in content for content in files.values())
    short = replace(ARCHIVE, site=replace(ARCHIVE.site, excerpts_only=True))
    texts = b"".join(search_files(short).values()).decode()
    assert "江湾三城第二届会商会" in texts
    assert "两项协议" not in texts


def test_one_changed_page_touches_one_segment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "_SEGMENT_DOCUMENTS", 32)
    documents = [document(n, f"会商{n}共建") for n in range(200)]
    before = index_files(documents, {})
    documents[77] = document(77, "全新的文字" * 40, year=2020)
    after = index_files(documents, {})
    folders = {
        path.rsplit("/", 1)[0] for path in {*before, *after} if before.get(path) != after.get(path)
    }
    assert len(folders - {"search"}) == 1
    changed = {path for path in before if before[path] != after.get(path)}
    assert search_index.ROOT in changed
    assert search_index.FOLD not in changed


def test_segments_grow_by_doubling_and_hold_every_document_once() -> None:
    assert [segment_count(n) for n in (0, 1, 4096, 4097, 9000, 20_000)] == [1, 1, 1, 2, 4, 8]
    documents = [document(n, year=2000 + n % 30) for n in range(50)]
    for inside in segments_of(documents).values():
        days = [d.date.year for d in inside if d.date]
        assert days == sorted(days, reverse=True)
    assert sum(map(len, segments_of(documents).values())) == 50


def test_the_same_archive_gives_the_same_index_in_any_order() -> None:
    documents = list(find_documents(ARCHIVE))
    assert index_files(documents, {}) == index_files(reversed(documents), {})


def test_every_file_is_a_script_that_hands_over_json() -> None:
    for path, content in search_files(ARCHIVE).items():
        name, data = re.fullmatch(
            r'ccmeetIndex\("([^"]+)",(.*)\);\n', content.decode(), re.DOTALL
        ).groups()  # type: ignore[union-attr]
        assert path == f"search/{name}.js"
        json.loads(data)
