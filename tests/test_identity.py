"""Rename and merge: no reference is left behind, no value and no former id is lost."""

from dataclasses import replace

import pytest

from ccmeet.errors import UsageError
from ccmeet.model.archive import Archive, Extracted, Overruled
from ccmeet.model.records import TYPES, CityRecord, OfficialRecord, leaves
from ccmeet.reading.assemble import assemble
from ccmeet.reading.identity import merge, rename
from readings import make_reading

TEXT = (
    "雪河5月4日讯 雪河城市第二届会商会5月3日在东湾召开，西洲参加。签署《雪河城市2031年合作清单》，"
    "东湾市市长签署。推进交通互通。东湾市副市长韦大川说：“好。”西洲市副市长韦大川表示，西洲将推进。"
)


def reading(id: str = "snow-1"):  # type: ignore[no-untyped-def]
    def official(city: str, verb: str, mode: str, words: str) -> dict[str, object]:
        return {
            "name": "韦大川",
            "city": city,
            "attribution_text": f"{city}市副市长",
            "posts": [{"organization": f"{city}市", "title": "副市长", "city": city}],
            "quotes": [{"mode": (mode, verb), "verb": verb, "text": words}],
        }

    return make_reading(
        id,
        TEXT,
        article={"date_published": ("2031-05-04", "5月4日", "年份据网址")},
        meetings=[
            {
                "name": "雪河城市第二届会商会",
                "state": ("held", "召开"),
                "series": ("雪河城市会商会", "雪河城市第二届会商会"),
                "edition": (2, "第二届"),
                "start_date": ("2031-05-03", "5月3日", "年份据报道"),
                "location": "东湾",
                "participants": [
                    {"role": ("host", "东湾"), "city": "东湾"},
                    {"role": ("member", "西洲"), "city": "西洲"},
                ],
                "areas": [{"label": "交通互通"}],
                "documents": [
                    {
                        "title": "雪河城市2031年合作清单",
                        "action": ("signed", "签署"),
                        "signatories": ["东湾市市长"],
                    }
                ],
            }
        ],
        officials=[
            official("东湾", "说", "direct", "好。"),
            official("西洲", "表示", "indirect", "西洲将推进。"),
        ],
    )


def archive_of(found: dict[str, dict[str, Extracted]], **more: object) -> Archive:
    records = {kind: {id: e.record for id, e in found[kind].items()} for kind in TYPES}
    return Archive(**records, extracted=found, **more)  # type: ignore[arg-type]


@pytest.fixture
def archive() -> Archive:
    return archive_of(assemble([reading()], Archive()))


def every_text(archive: Archive) -> set[str]:
    """All values and all steps of all paths, of records and of what was read."""
    found: set[str] = set()
    for kind in TYPES:
        records = [*archive.of(kind).values()]
        extracted = [*archive.extracted[kind].values()]
        for record in [*records, *(each.record for each in extracted)]:
            told = [(path, value) for path, value in leaves(record) if path[:8] != "aliases/"]
            found |= {str(value) for _, value in told}
            found |= {step for path, _ in told for step in path.split("/")[1:]}
        for each in extracted:
            found |= {step for path in each.evidence for step in path.split("/")[1:]}
            found |= {place.article for places in each.evidence.values() for place in places}
        found |= {*archive.of(kind), *archive.extracted[kind]}
    return found


@pytest.mark.parametrize(
    ("kind", "old"),
    [
        ("cities", "dongwan"),
        ("meetings", "xuehe-chengshi-huishanghui-2"),
        ("series", "xuehe-chengshi-huishanghui"),
        ("areas", "jiaotong-hutong"),
        ("documents", "xuehe-chengshi-2031-hezuo-qingdan"),
        ("officials", "wei-dachuan"),
        ("articles", "snow-1"),
    ],
)
def test_rename_reaches_every_reference(archive: Archive, kind: str, old: str) -> None:
    assert old in every_text(archive)
    changed = rename(archive, f"{kind}/{old}", "new-name")
    assert old not in every_text(changed)
    assert changed.of(kind)["new-name"].aliases == (old,)
    for each in TYPES:
        assert len(changed.of(each)) == len(archive.of(each))
        for id, extracted in changed.extracted[each].items():
            assert id == extracted.record.id
            known = {path for path, _ in leaves(extracted.record)}
            assert set(extracted.evidence) <= known, each


def test_a_renamed_record_is_found_again_by_the_parser(archive: Archive) -> None:
    for kind, old in [("cities", "dongwan"), ("officials", "wei-dachuan"), ("articles", "snow-1")]:
        changed = rename(archive, f"{kind}/{old}", "new-name")
        again = assemble([reading()], changed)
        assert set(again[kind]) == set(changed.of(kind))
        assert again[kind]["new-name"].evidence == changed.extracted[kind]["new-name"].evidence


def test_rename_back_and_again(archive: Archive) -> None:
    there = rename(archive, "dongwan", "east-bay")
    back = rename(there, "east-bay", "dongwan")
    assert back.cities["dongwan"].aliases == ("east-bay",)
    assert rename(back, "dongwan", "cities/bay").cities["bay"].aliases == ("east-bay", "dongwan")


def test_links_of_pages_and_notes_follow(archive: Archive) -> None:
    text = (
        "见[东湾](cities/dongwan/#x)与[旧港](cities/dongwan-old/)、cities/dongwan/，"
        "[外站](https://example.org/cities/dongwan/)。\n\n[b]: cities/dongwan/\n"
    )
    noted = replace(archive.cities["xizhou"], note=text)
    before = replace(archive, pages={"about": text}, cities={**archive.cities, "xizhou": noted})
    after = rename(before, "cities/dongwan", "bay")
    expected = text.replace("(cities/dongwan/", "(cities/bay/").replace(
        ": cities/dongwan", ": cities/bay"
    )
    assert after.pages["about"] == after.cities["xizhou"].note == expected
    assert expected.count("bay") == 2


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("dongwen", "x", "Did you mean `dongwan`"),
        ("dongwan", "xizhou", "taken by xizhou"),
        ("dongwan", "dongwan", "taken by dongwan"),
        ("dongwan", "Ost Bucht", "can't be an id"),
        ("dongwan", "a" * 81, "too long"),
        ("dongwan", "../x", "can't be an id"),
        ("dongwan", "con", "device"),
        ("dongwan", "a\0b", "can't be an id"),
        ("nowhere/dongwan", "x", "no record"),
    ],
)
def test_rename_refuses(archive: Archive, old: str, new: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        rename(archive, old, new)


def test_one_id_of_two_types_must_be_said_in_full(archive: Archive) -> None:
    cities = {**archive.cities, "snow-1": CityRecord(id="snow-1", name="雪")}
    both = replace(archive, cities=cities)
    with pytest.raises(UsageError, match="several records"):
        rename(both, "snow-1", "x")
    assert rename(both, "cities/snow-1", "x").articles == both.articles


def test_two_people_of_one_name_become_one(archive: Archive) -> None:
    assert set(archive.officials) == {"wei-dachuan", "wei-dachuan-xizhou"}
    merged = merge(archive, "wei-dachuan", "wei-dachuan-xizhou")
    person = merged.officials["wei-dachuan"]
    assert set(merged.officials) == {"wei-dachuan"}
    assert person.aliases == ("wei-dachuan-xizhou",)
    assert [post.city for post in person.posts] == ["dongwan", "xizhou"]
    assert [quote.id for quote in person.quotes] == ["snow-1-1", "snow-1-2"]
    read = merged.extracted["officials"]["wei-dachuan"]
    assert set(read.evidence) <= {path for path, _ in leaves(read.record)}
    assert len(read.evidence["name"]) == 1  # both names were made at the first place


def test_a_merge_outlives_the_next_parse(archive: Archive) -> None:
    merged = merge(archive, "wei-dachuan", "wei-dachuan-xizhou")
    again = assemble([reading()], merged)
    assert again["officials"].keys() == {"wei-dachuan"}
    record = again["officials"]["wei-dachuan"].record
    assert isinstance(record, OfficialRecord) and len(record.quotes) == 2


def test_merged_cities_meet_in_every_list(archive: Archive) -> None:
    merged = merge(archive, "cities/dongwan", "xizhou")
    assert [p.city for p in merged.meetings["xuehe-chengshi-huishanghui-2"].participants] == [
        "dongwan"
    ]
    assert merged.series["xuehe-chengshi-huishanghui"].members == ("dongwan",)
    city = merged.cities["dongwan"]
    assert city.name == "东湾市" and city.other_names == ("东湾", "西洲")
    assert city.aliases == ("xizhou",) and city.sources == ("snow-1",)


def test_the_kept_record_has_the_say_and_the_other_is_not_lost(archive: Archive) -> None:
    one = CityRecord(id="dongwan", name="东湾市", note="甲", identifier="1")
    two = CityRecord(id="xizhou", name="西洲", note="乙", identifier="2", pinyin="xizhou")
    both = replace(archive, cities={"dongwan": one, "xizhou": two})
    merged = merge(both, "dongwan", "xizhou").cities["dongwan"]
    assert (merged.name, merged.identifier, merged.pinyin) == ("东湾市", "1", "xizhou")
    assert merged.note == "甲\n\n乙"
    read = merge(both, "dongwan", "xizhou").extracted["cities"]["dongwan"]
    assert "name" not in read.candidates  # another name is no dispute
    [place] = read.evidence["other_names/西洲"]
    assert place.exact == "西洲"


@pytest.mark.parametrize(
    ("keep", "gone", "words"),
    [
        ("dongwan", "dongwan", "itself"),
        ("dongwan", "wei-dachuan", "cities/dongwan and officials/wei-dachuan are of two types"),
        ("cities/dongwan", "officials/wei-dachuan", "two types"),
        ("x", "dongwan", "no record `x`"),
        ("dongwan", "cities/xizho", "Did you mean `xizhou`"),
    ],
)
def test_merge_refuses(archive: Archive, keep: str, gone: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        merge(archive, keep, gone)


def test_a_former_id_is_told(archive: Archive) -> None:
    renamed = rename(archive, "dongwan", "bay")
    with pytest.raises(UsageError, match="That is now cities/bay"):
        rename(renamed, "dongwan", "x")


def test_what_people_overruled_moves_along(archive: Archive) -> None:
    meeting = "xuehe-chengshi-huishanghui-2"
    paths = {
        "location": Overruled("dongwan", None),
        "participants/dongwan/role": Overruled("host", "guest"),
    }
    read = archive.extracted["meetings"]
    read = {meeting: replace(read[meeting], overruled=paths)}
    changed = rename(
        replace(archive, extracted={**archive.extracted, "meetings": read}), "dongwan", "bay"
    )
    assert changed.extracted["meetings"][meeting].overruled == {
        "location": Overruled("bay", None),
        "participants/bay/role": Overruled("host", "guest"),
    }
