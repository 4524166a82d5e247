"""Records from readings: what several articles say, under ids that stay, with all its evidence."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from ccmeet.ingest import read_source
from ccmeet.model.archive import Archive, Extracted
from ccmeet.model.reading import Reading
from ccmeet.model.records import (
    TYPES,
    AreaRecord,
    CityRecord,
    DocumentRecord,
    MeetingRecord,
    OfficialRecord,
    Post,
    SeriesRecord,
    leaves,
)
from ccmeet.partialdate import PartialDate
from ccmeet.reading.assemble import assemble
from ccmeet.rules import read_article
from readings import make_reading

SERIES = "xuehe-chengshi-huishanghui"
Found = dict[str, dict[str, Extracted]]


def report(id: str, date: str, text: str, *, officials: Any = (), **meeting: Any) -> Reading:
    """A report on 雪河城市会商会; what is not said of the meeting stands in `text` alone."""
    told = {"name": "雪河城市会商会", "series": "雪河城市会商会", "state": ("held", "召开")}
    return make_reading(
        id,
        text,
        article={"date_published": (date, text[:2], "年份据网址")},
        meetings=[told | meeting],
        officials=officials,
    )


def announced(**more: Any) -> Reading:
    return report(
        "b-before",
        "2031-04-30",
        "预告：雪河城市会商会5月3日将召开，主题为“同饮一河水”，拟签《雪河城市2031年合作清单》。东湾参加。",
        state=("announced", "将召开"),
        start_date=("2031-05-03", "5月3日", "年份据报道"),
        theme="同饮一河水",
        documents=[{"title": "雪河城市2031年合作清单", "action": ("planned", "拟签")}],
        participants=[{"city": "东湾", "role": ("member", "参加")}],
        **more,
    )


def held(**more: Any) -> Reading:
    return report(
        "a-held",
        "2031-05-04",
        "雪河城市会商会第二届5月3日召开，主题为“同护一河水”，签署《雪河城市2031年合作清单》。东湾市主办。",
        edition=(2, "第二届"),
        start_date=("2031-05-03", "5月3日", "年份据报道"),
        theme="同护一河水",
        documents=[{"title": "雪河城市2031年合作清单", "action": ("signed", "签署")}],
        participants=[{"city": "东湾市", "role": ("host", "主办")}],
        **more,
    )


def record(found: Found, kind: str, id: str) -> Any:
    return found[kind][id].record


# ---------- what each article gives ----------

DERIVED = ("id", "status", "sources", "aliases")
DERIVED_OF_ITEMS = {"posts": ("as_of", "article"), "quotes": ("id", "article", "meeting")}


def without_evidence(kind: str, extracted: Extracted) -> Iterator[str]:
    """The leaves that should have evidence and have none."""
    for path, _ in leaves(extracted.record):
        top, _, rest = path.partition("/")
        derived = DERIVED if kind != "articles" else (*DERIVED, "source")
        if top in derived or rest.rpartition("/")[2] in DERIVED_OF_ITEMS.get(top, ()):
            continue
        if path not in extracted.evidence:
            yield f"{kind}: {path}"


def check(found: Found) -> None:
    """What must hold for all that is ever assembled."""
    texts = {id: each.text for id, each in found["articles"].items()}
    for kind in TYPES:
        for id, each in found[kind].items():
            assert each.record.id == id and len(id) <= 80 and id.isascii()
            assert not list(without_evidence(kind, each))
            assert set(each.evidence) <= {path for path, _ in leaves(each.record)}
            candidates = (p for c in each.candidates.values() for one in c for p in one.evidence)
            for place in (*(p for ps in each.evidence.values() for p in ps), *candidates):
                assert texts[place.article][place.start : place.end] == place.exact
                assert (place.basis == "inferred") is bool(place.why)


def seed() -> Reading:
    file = "content/articles/rednet-14141790.txt"
    data = (Path(__file__).parent.parent / file).read_bytes()
    return read_article(read_source(data, file))


def test_the_first_article_end_to_end() -> None:
    reading = seed()
    found = assemble([reading], Archive())
    check(found)
    series = "changjiang-zhongyou-chengshiqun-shenghui-chengshi-huishanghui"
    meeting = record(found, "meetings", f"{series}-10")
    assert (meeting.edition, meeting.location, meeting.state) == (10, "changsha", "held")
    assert (str(meeting.start_date), str(meeting.end_date)) == ("2024-07-28", "2024-07-29")
    assert meeting.theme == "携手新质生产力,共推中部高质量发展"
    assert {(p.city, p.role, p.count) for p in meeting.participants} == {
        ("wuhan", "member", None),
        ("changsha", "host", None),
        ("hefei", "member", None),
        ("nanchang", "member", None),
        (None, "observer", 12),
    }
    areas = "交通互通 科技合作 产业发展 市场一体化 生态环保 民生服务"
    assert [a.label for a in meeting.areas if a.area] == areas.split(" ")
    done = {d.document: (d.action, [s.name for s in d.signatories]) for d in meeting.documents}
    lists = "changjiang-zhongyou-chengshiqun-{}-zhongdian-hezuo-shixiang"
    assert done == {
        lists.format(2024): ("signed", ["四省会城市及12个观察员城市的市长"]),
        "changjiang-zhongyou-sisheng-shenghui-chengshi-jingwu-hezuo-kuangjia-xieyi": (
            "witnessed",
            ["四省会城市公安部门"],
        ),
        "hezuo-xingdong-jihua-2023-2025": ("cited", []),
        lists.format(2023): ("cited", []),
    }
    assert record(found, "documents", lists.format(2024)).previous == lists.format(2023)
    assert record(found, "documents", "hezuo-xingdong-jihua-2023-2025").period == "2023/2025"
    assert set(meeting.refers_to) == {
        f"{series}-9",
        lists.format(2023),
        "hezuo-xingdong-jihua-2023-2025",
    }
    assert record(found, "meetings", f"{series}-9").state is None
    labels = [each.label for each in meeting.progress]
    assert "、".join(labels[:5]) == "交通网络化、产业协同化、市场一体化、服务共享化、治理多元化"
    spoken = {
        o.record.name: (p.organization, p.city, q.mode, q.verb, q.meeting)  # type: ignore
        for o in found["officials"].values()
        for p in o.record.posts[:1]  # type: ignore[attr-defined]
        for q in o.record.quotes  # type: ignore[attr-defined]
    }
    bodies = {"喻志军": "长沙市发展和改革委员会", "张文波": "武汉市发改委"}
    bodies |= {"刘爽": "合肥市发展和改革委员会", "雷桥亮": "南昌市发展和改革委员会"}
    verbs = {"喻志军": "表示", "张文波": "表示", "刘爽": "提出", "雷桥亮": "表示"}
    cities = {"喻志军": "changsha", "张文波": "wuhan", "刘爽": "hefei", "雷桥亮": "nanchang"}
    assert spoken == {
        name: (bodies[name], cities[name], "indirect", verbs[name], f"{series}-10")
        for name in bodies
    }
    city = record(found, "cities", "changsha")
    assert (city.name, city.other_names, city.identifier) == ("长沙市", ("长沙",), "430100")
    assert record(found, "series", series).members == ("wuhan", "changsha", "hefei", "nanchang")


def test_parsed_twice_is_parsed_once() -> None:
    for readings in ([seed()], [announced(), held()]):
        once = assemble(readings, Archive())
        records: Any = {kind: {id: e.record for id, e in once[kind].items()} for kind in TYPES}
        assert assemble(readings, Archive(**records, extracted=once)) == once


def test_nothing_read_is_nothing_recorded_but_the_article() -> None:
    found = assemble([make_reading("bare", "没有会议。")], Archive())
    assert {kind: len(each) for kind, each in found.items() if each} == {"articles": 1}
    assert found["articles"]["bare"].text == "没有会议。"
    assert assemble([], Archive()) == {kind: {} for kind in TYPES}


# ---------- several articles, one archive ----------


def test_announced_and_held_meet_and_the_order_makes_no_difference() -> None:
    later = report("c-later", "2031-06-01", "后来，雪河城市会商会第二届提到5月。", **mentioned())
    readings = [announced(), held(), later]
    found = assemble(readings, Archive())
    check(found)
    assert list(found["meetings"]) == [f"{SERIES}-2"]
    meeting = record(found, "meetings", f"{SERIES}-2")
    assert (meeting.state, meeting.edition) == ("held", 2)
    assert meeting.sources == ("b-before", "a-held", "c-later")
    assert [p.role for p in meeting.participants] == ["host"]
    assert [d.action for d in meeting.documents] == ["signed"]
    assert all(assemble(each, Archive()) == found for each in permutations(readings))


def mentioned() -> dict[str, Any]:
    return {
        "state": ("mentioned", "提到"),
        "edition": (2, "第二届"),
        "start_date": ("2031-05", "5月", "年份据报道"),
    }


def test_the_losing_value_is_kept_with_its_sentence() -> None:
    meeting = assemble([announced(), held()], Archive())["meetings"][f"{SERIES}-2"]
    assert meeting.record.theme == "同护一河水"  # type: ignore[attr-defined]
    [other] = meeting.candidates["theme"]
    assert (other.value, other.evidence[0].article) == ("同饮一河水", "b-before")
    # What was planned is no dispute once it was done, nor is being announced once it was held.
    assert set(meeting.candidates) == {"theme"}


def test_stated_over_inferred_full_over_short_later_over_earlier() -> None:
    text = "雪河城市会商会第二届5月3日召开，地点东湾会议中心，又作会议中心；5月4日，新馆。"
    base = {"edition": (2, "第二届")}
    day = ("2031-05-03", "5月3日", "年份据报道")
    one = report("one", "2031-05-05", text, venue="东湾会议中心", start_date=day, **base)
    two = report("two", "2031-05-06", text, venue="会议中心", **base)
    sure = ("2031-05-04", "5月4日")
    three = report("three", "2031-05-04", text, start_date=sure, **base)
    meeting = assemble([one, two, three], Archive())["meetings"][f"{SERIES}-2"]
    assert meeting.record.venue == "东湾会议中心"  # type: ignore[attr-defined]
    assert "venue" not in meeting.candidates  # a short form is no dispute
    assert {place.article for place in meeting.evidence["venue"]} == {"one", "two"}
    assert meeting.record.start_date == PartialDate(2031, 5, 4)  # type: ignore[attr-defined]
    assert [c.value for c in meeting.candidates["start_date"]] == ["2031-05-03"]
    four = report("four", "2031-05-07", text, venue="新馆", **base)
    meeting = assemble([one, two, four], Archive())["meetings"][f"{SERIES}-2"]
    assert meeting.record.venue == "新馆"  # type: ignore[attr-defined]
    assert [c.value for c in meeting.candidates["venue"]] == ["东湾会议中心", "会议中心"]


def test_an_exact_date_is_no_dispute_with_its_month() -> None:
    later = report("c", "2031-06-01", "后来，雪河城市会商会第二届提到5月。", **mentioned())
    meeting = assemble([held(), later], Archive())["meetings"][f"{SERIES}-2"]
    assert meeting.record.start_date == PartialDate(2031, 5, 3)  # type: ignore[attr-defined]
    assert "start_date" not in meeting.candidates
    assert {place.article for place in meeting.evidence["start_date"]} == {"a-held", "c"}


def test_two_editions_and_two_series_stay_two() -> None:
    text = "雪河城市会商会第二届、第三届召开。云江城市会商会召开于5月3日。"
    day = ("2031-05-03", "5月3日", "年份据报道")
    found = assemble(
        [
            report("a", "2031-05-04", text, edition=(2, "第二届"), start_date=day),
            report("b", "2031-05-04", text, edition=(3, "第三届"), start_date=day),
            report("c", "2031-05-04", text, series="云江城市会商会", start_date=day),
        ],
        Archive(),
    )
    assert list(found["meetings"]) == [
        f"{SERIES}-2",
        f"{SERIES}-3",
        "yunjiang-chengshi-huishanghui-2031",
    ]


def test_a_name_that_many_series_bear_is_none() -> None:
    text = "第五次市长联席会议5月3日召开。"
    any_series = ("市长联席会议", "市长联席会议")
    more = {"series": any_series, "edition": (5, "第五次"), "name": "第五次市长联席会议"}
    day = ("2031-05-03", "5月3日", "年份据报道")
    one = report("a", "2031-05-04", text, start_date=day, **more)
    two = report("b", "2032-05-04", text, start_date=("2032-05-03", *day[1:]), **more)
    vague = report("c", "2033-05-04", text, **(more | {"state": ("mentioned", "召开")}))
    found = assemble([one, two, vague], Archive())
    assert not found["series"]
    ids = ["diwuci-shizhang-lianxi-huiyi-2031", "diwuci-shizhang-lianxi-huiyi-2032"]
    assert list(found["meetings"]) == ids
    assert [record(found, "meetings", id).sources for id in ids] == [("a",), ("b",)]


def test_a_mention_that_says_not_which_meeting_makes_no_record() -> None:
    vague = report("v", "2031-05-04", "雪河城市会商会曾提到。", state=("mentioned", "提到"))
    found = assemble([vague], Archive())
    assert not found["meetings"] and list(found["series"]) == [SERIES]


def test_a_past_date_says_that_a_mentioned_meeting_was_held() -> None:
    found = assemble(
        [report("c", "2031-06-01", "后来，雪河城市会商会第二届提到5月。", **mentioned())], Archive()
    )
    [place] = found["meetings"][f"{SERIES}-2"].evidence["state"]
    assert (place.exact, place.basis) == ("5月", "inferred")


def test_named_observers_replace_their_number() -> None:
    text = "雪河城市会商会第二届召开，2个观察员城市参加。北原、南岭与会。"
    few = {"role": ("observer", "观察员城市"), "count": (2, "2个")}
    named = [{"role": ("observer", "与会"), "city": city} for city in ("北原", "南岭")]
    edition = (2, "第二届")
    count = report("a", "2031-05-04", text, edition=edition, participants=[few])
    half = report("b", "2031-05-05", text, edition=edition, participants=named[:1])
    full = report("c", "2031-05-06", text, edition=edition, participants=named)

    def observers(*readings: Reading) -> list[tuple[str | None, int | None]]:
        meeting = record(assemble(readings, Archive()), "meetings", f"{SERIES}-2")
        return [(p.city, p.count) for p in meeting.participants]

    assert observers(count, half) == [(None, 2), ("beiyuan", None)]
    assert observers(count, full) == [("beiyuan", None), ("nanling", None)]


def test_one_city_under_all_its_names() -> None:
    text = "雪河城市会商会第二届召开，武汉、武汉市、汉、武漢参加。"
    cities = [
        {"role": ("member", "参加"), "city": name} for name in ("武汉", "汉", "武漢", "武汉市")
    ]
    readings = [
        report(f"a{n}", "2031-05-04", text, edition=(2, "第二届"), participants=[each])
        for n, each in enumerate(cities)
    ]
    found = assemble(readings, Archive())
    check(found)
    assert list(found["cities"]) == ["wuhan"]
    city = record(found, "cities", "wuhan")
    assert (city.name, city.other_names, city.province) == ("武汉市", ("武汉", "汉"), "湖北省")
    assert len(record(found, "meetings", f"{SERIES}-2").participants) == 1
    assert [s for s in city.sources if isinstance(s, str)] == ["a0", "a1", "a2", "a3"]
    assert any("GB/T 2260" in (s.title or "") for s in city.sources if not isinstance(s, str))


def test_a_city_s_codes_are_looked_up_and_say_so() -> None:
    found = assemble([seed()], Archive())["cities"]["changsha"]
    city: Any = found.record
    assert (city.identifier, city.province, city.pinyin) == ("430100", "湖南省", "changsha")
    assert (city.position.longitude, city.position.latitude) == (113.0, 28.2)
    for path in ("identifier", "province", "pinyin", "position/longitude"):
        [place] = found.evidence[path]
        assert (place.rule, place.basis) == ("looked-up", "inferred")
    assert "GB/T 2260" in found.evidence["identifier"][0].why


def test_areas_joined_by_words_or_by_people() -> None:
    text = "雪河城市会商会第二届召开，推进交通互通、交通互联互通、交通网络化。"
    labels = [{"label": each} for each in ("交通互通", "交通互联互通", "交通网络化")]
    readings = [
        report(f"a{n}", "2031-05-04", text, edition=(2, "第二届"), areas=[each])
        for n, each in enumerate(labels)
    ]
    found = assemble(readings, Archive())
    assert set(found["areas"]) == {"jiaotong-hutong", "jiaotong-wangluohua"}
    area = record(found, "areas", "jiaotong-hutong")
    assert (area.label, area.other_labels) == ("交通互联互通", ("交通互通",))
    joined = AreaRecord(id="transport", label="交通互通", other_labels=("交通网络化",))
    found = assemble(readings, Archive(areas={"transport": joined}))
    assert set(found["areas"]) == {"transport"}
    [area] = record(found, "meetings", f"{SERIES}-2").areas
    assert (area.area, area.label) == ("transport", "交通互联互通")
    area = record(found, "areas", "transport")
    assert (area.label, area.other_labels) == ("交通互通", ("交通互联互通", "交通网络化"))


# ---------- names that people gave ----------


def standing_after(found: Found, kind: str, id: str, **changes: Any) -> Archive:
    """The archive after a parse and a person's changes to one record."""
    records: Any = {kind: {id: e.record for id, e in found[kind].items()} for kind in TYPES}
    records[kind][id] = replace(records[kind][id], **changes)
    return Archive(**records, extracted=found)


def about(id: str, date: str, label: str) -> Reading:
    text = f"雪河城市会商会第二届召开，推进{label}。"
    return report(id, date, text, edition=(2, "第二届"), areas=[{"label": label}])


def test_a_label_that_people_gave_stays_whatever_is_printed_later() -> None:
    first = assemble([about("a", "2031-05-04", "交通互通")], Archive())
    renamed = standing_after(first, "areas", "jiaotong-hutong", label="交通")
    readings = [about("a", "2031-05-04", "交通互通"), about("b", "2031-05-05", "交通互联互通")]
    found = assemble(readings, renamed)
    [area] = [each.record for each in found["areas"].values()]
    # What people replaced is read as before, so that nothing is in conflict.
    assert (area.id, area.label, area.other_labels) == (  # type: ignore[attr-defined]
        "jiaotong-hutong",
        "交通互通",
        ("交通互联互通",),
    )


def test_a_wrong_name_that_people_replaced_comes_back_as_no_other_name() -> None:
    wrong = {"name": "韦大川表", "posts": [{"title": "市长", "city": "东湾"}]}
    right = {"name": "韦大川", "posts": [{"title": "市长", "city": "东湾"}]}
    text = "雪河城市会商会第二届召开，东湾市长韦大川表示同意。"
    edition = (2, "第二届")
    one = report("a", "2031-05-04", text, edition=edition, officials=[wrong])
    two = report("b", "2031-05-05", text, edition=edition, officials=[right])
    first = assemble([one], Archive())
    corrected = standing_after(first, "officials", "wei-dachuanbiao", name="韦大川")
    alone = assemble([one], corrected)["officials"]["wei-dachuanbiao"]
    assert alone.record == first["officials"]["wei-dachuanbiao"].record
    both = assemble([one, two], corrected)["officials"]["wei-dachuanbiao"]
    assert (both.record.name, both.record.other_names) == ("韦大川", ())  # type: ignore
    assert [each.value for each in both.candidates["name"]] == ["韦大川表"]


def test_a_record_made_by_hand_keeps_its_name_when_an_article_comes() -> None:
    standing = Archive(
        areas={"roads": AreaRecord(id="roads", label="交通设施", other_labels=("交通互通",))}
    )
    found = assemble([about("a", "2031-05-04", "交通互通")], standing)["areas"]["roads"]
    assert found.record.label == "交通设施"  # type: ignore[attr-defined]
    [place] = found.evidence["label"]
    assert (place.exact, place.basis) == ("交通互通", "inferred")
    assert list(found.evidence) == ["label", "other_labels/交通互通"]


def test_what_was_agreed_stands_before_what_was_only_planned() -> None:
    before = announced(areas=[{"label": "东湾"}, {"label": "同饮一河水"}])
    after = held(areas=[{"label": "同护一河水"}, {"label": "东湾"}])
    meeting = record(assemble([before, after], Archive()), "meetings", f"{SERIES}-2")
    assert [area.label for area in meeting.areas] == ["同护一河水", "东湾", "同饮一河水"]
    assert meeting.sources == ("b-before", "a-held")


def test_short_titles_find_their_document() -> None:
    text = "雪河城市会商会第二届召开，围绕《雪河城市合作行动方案》（简称《行动方案》）。落实方案。"
    full = {
        "title": "雪河城市合作行动方案",
        "action": ("adopted", "围绕"),
        "short_names": ["行动方案"],
    }
    short = {"title": "行动方案", "action": ("cited", "落实")}
    edition = (2, "第二届")
    found = assemble(
        [
            report("a", "2031-05-04", text, edition=edition, documents=[full]),
            report("b", "2031-05-05", text, edition=edition, documents=[short]),
        ],
        Archive(),
    )
    [(id, document)] = found["documents"].items()
    assert id == "xuehe-chengshi-hezuo-xingdong-fangan"
    assert document.record.short_names == ("行动方案",)  # type: ignore[attr-defined]
    assert document.record.sources == ("a", "b")
    [done] = record(found, "meetings", f"{SERIES}-2").documents
    assert done.action == "adopted"


def test_a_list_is_linked_to_the_one_before() -> None:
    before = DocumentRecord(id="old-list", name="雪河城市2030年合作清单")
    found = assemble([held()], Archive(documents={"old-list": before}))
    document = found["documents"]["xuehe-chengshi-2031-hezuo-qingdan"]
    assert document.record.previous == "old-list"  # type: ignore[attr-defined]
    assert [e.exact for e in document.evidence["previous"]] == ["2031年"]
    assert (document.record.date, document.record.meeting) == (  # type: ignore[attr-defined]
        PartialDate(2031, 5, 3),
        f"{SERIES}-2",
    )


def test_signatories_that_are_cities_or_people() -> None:
    text = (
        "雪河城市会商会第二届，东湾市市长甲子文、东湾市市长、西洲、四市代表签署《雪河2031年清单》。"
    )
    names = ["东湾市市长甲子文", "东湾市市长", "西洲", "四市代表"]
    signed = {"title": "雪河2031年清单", "action": ("signed", "签署"), "signatories": names}
    mayor = {"name": "甲子文", "posts": [{"title": "市长", "city": "东湾"}]}
    reading = report(
        "a",
        "2031-05-04",
        text,
        state=("held", "签署"),
        edition=(2, "第二届"),
        documents=[signed],
        officials=[mayor],
    )
    found = assemble([reading], Archive(cities={"xizhou": CityRecord(id="xizhou", name="西洲")}))
    [done] = record(found, "meetings", f"{SERIES}-2").documents
    assert [(s.name, s.city, s.official) for s in done.signatories] == [
        ("东湾市市长甲子文", None, "jia-ziwen"),
        ("东湾市市长", "dongwan", None),
        ("西洲", "xizhou", None),
        ("四市代表", None, None),
    ]


def test_a_short_form_of_a_signatory_is_none_beside_the_full_one() -> None:
    text = "雪河城市会商会第二届召开，四市市长、四市、南岭签署《雪河2031年清单》。"

    def signed(id: str, date: str, *names: str) -> Reading:
        paper = {"title": "雪河2031年清单", "action": ("signed", "签署"), "signatories": names}
        return report(id, date, text, edition=(2, "第二届"), documents=[paper])

    def names(*readings: Reading) -> list[str]:
        [done] = record(assemble(readings, Archive()), "meetings", f"{SERIES}-2").documents
        return [signatory.name for signatory in done.signatories]

    short = signed("a", "2031-05-04", "四市", "南岭")
    assert names(short, signed("b", "2031-05-03", "四市市长")) == ["四市市长", "南岭"]
    # What one report lists side by side are two.
    assert names(signed("c", "2031-05-04", "四市", "四市市长")) == ["四市", "四市市长"]


def test_a_city_is_member_or_observer_of_a_series_as_of_its_meetings() -> None:
    text = "雪河城市会商会第二届、第三届召开，东湾、北原参加，观察员。"

    def told(id: str, date: str, role: str, number: int = 2) -> Reading:
        part = {"city": "东湾", "role": (role, "观察员" if role == "observer" else "参加")}
        edition = (number, "第二届" if number == 2 else "第三届")
        return report(id, date, text, edition=edition, participants=[part])

    def series(*readings: Reading) -> tuple[Any, Any]:
        found = record(assemble(readings, Archive()), "series", SERIES)
        return found.members, tuple(each.city for each in found.observers)

    loose, exact = told("a", "2031-05-03", "member"), told("b", "2031-05-04", "observer")
    assert series(loose, exact) == ((), ("dongwan",))
    # An observer that became a member was both.
    later = told("c", "2032-05-04", "member", 3)
    assert series(exact, later) == (("dongwan",), ("dongwan",))


def test_districts_of_one_name_in_two_cities_are_two() -> None:
    text = "雪河城市会商会第二届召开，{}市鼓楼区参加。"
    readings = [
        report(
            id,
            "2031-05-04",
            text.format(city),
            edition=(2, "第二届"),
            participants=[{"city": "鼓楼区", "role": ("member", "参加")}],
        )
        for id, city in (("a", "南京"), ("b", "徐州"))
    ]
    found = assemble(readings, Archive())
    check(found)
    assert list(found["cities"]) == ["nanjing-gulouqu", "xuzhou-gulouqu"]
    district = record(found, "cities", "xuzhou-gulouqu")
    assert (district.name, district.other_names) == ("徐州市鼓楼区", ("鼓楼区",))
    assert district.province == "江苏省"


def test_provinces_meet_too() -> None:
    text = "雪河城市会商会第二届召开，广西、贵州省参加。"
    cities = [{"city": name, "role": ("member", "参加")} for name in ("广西", "贵州省")]
    found = assemble(
        [report("a", "2031-05-04", text, edition=(2, "第二届"), participants=cities)], Archive()
    )
    assert record(found, "cities", "guangxi").name == "广西壮族自治区"
    assert record(found, "cities", "guizhou").identifier == "520000"


# ---------- people ----------


def speaker(city: str, body: str, title: str, *words: str) -> dict[str, Any]:
    quotes = [{"mode": ("indirect", "表示"), "verb": "表示", "text": each} for each in words]
    post = {"organization": body, "title": title, "city": city}
    return {"name": "韦大川", "city": city, "posts": [post], "quotes": quotes}


TALK = (
    "雪河城市会商会第二届召开。东湾市发改委主任韦大川表示，甲事。乙事。"
    "东湾市发展和改革委员会副市长韦大川；西洲市副市长韦大川。"
)


def talk(id: str, date: str, *people: dict[str, Any]) -> Reading:
    return report(id, date, TALK, edition=(2, "第二届"), officials=people)


def test_one_person_in_two_posts_over_time() -> None:
    found = assemble(
        [
            talk("a", "2031-05-04", speaker("东湾", "东湾市发改委", "主任", "甲事。")),
            talk("b", "2032-05-04", speaker("东湾", "东湾市发展和改革委员会", "主任")),
            talk("c", "2033-05-04", speaker("东湾", "东湾市", "副市长", "甲事。", "乙事。")),
        ],
        Archive(),
    )
    assert list(found["officials"]) == ["wei-dachuan"]
    person = record(found, "officials", "wei-dachuan")
    assert [(p.organization, p.title, str(p.as_of), p.article) for p in person.posts] == [
        ("东湾市发展和改革委员会", "主任", "2032-05-04", "b"),
        ("东湾市", "副市长", "2033-05-04", "c"),
    ]
    assert [(q.id, q.article) for q in person.quotes] == [("a-1", "a"), ("c-2", "c")]
    posts = [each for each in found["officials"]["wei-dachuan"].candidates if "as_of" in each]
    assert not posts


def test_one_name_in_two_cities_is_two_people_until_someone_says_otherwise() -> None:
    readings = [
        talk("a", "2031-05-04", speaker("东湾", "东湾市发改委", "主任")),
        talk("b", "2031-05-05", speaker("西洲", "西洲市", "副市长")),
    ]
    assert list(assemble(readings, Archive())["officials"]) == ["wei-dachuan", "wei-dachuan-xizhou"]
    posts = (Post(city="dongwan"), Post(city="xizhou"))
    one = OfficialRecord(id="wei", name="韦大川", posts=posts)
    cities = {
        "dongwan": CityRecord(id="dongwan", name="东湾"),
        "xizhou": CityRecord(id="xizhou", name="西洲"),
    }
    found = assemble(readings, Archive(officials={"wei": one}, cities=cities))
    assert list(found["officials"]) == ["wei"]


def test_quotes_keep_their_numbers_when_others_are_found_before_them() -> None:
    first = talk("a", "2031-05-04", speaker("东湾", "东湾市发改委", "主任", "乙事。"))
    once = assemble([first], Archive())
    records: Any = {kind: {id: e.record for id, e in once[kind].items()} for kind in TYPES}
    more = talk("a", "2031-05-04", speaker("东湾", "东湾市发改委", "主任", "甲事。", "乙事。"))
    person = record(
        assemble([more], Archive(**records, extracted=once)), "officials", "wei-dachuan"
    )
    assert [(q.text, q.id) for q in person.quotes] == [("甲事。", "a-2"), ("乙事。", "a-1")]


# ---------- ids that stay ----------


@pytest.mark.parametrize("aliased", [False, True])
def test_standing_ids_are_kept(aliased: bool) -> None:
    aliases = (f"{SERIES}-2",) if aliased else ()
    standing = Archive(
        series={"snow": SeriesRecord(id="snow", name="雪河城市會商會")},
        meetings={"second": MeetingRecord(id="second", series="snow", edition=2, aliases=aliases)},
        cities={"east": CityRecord(id="east", name="东湾")},
        documents={"list": DocumentRecord(id="list", name="雪河城市2031年合作清单")},
    )
    found = assemble([announced(), held()], standing)
    for kind, id in [
        ("series", "snow"),
        ("meetings", "second"),
        ("cities", "east"),
        ("documents", "list"),
    ]:
        assert list(found[kind]) == [id]


def test_a_deleted_record_keeps_its_id_so_that_it_stays_deleted() -> None:
    once = assemble([held()], Archive())
    assert set(assemble([held()], Archive(extracted=once))["meetings"]) == set(once["meetings"])


def test_an_id_in_use_or_in_former_use_is_not_given_away() -> None:
    taken = CityRecord(id="elsewhere", name="别处", aliases=("dongwan",))
    found = assemble([held()], Archive(cities={"elsewhere": taken}))
    assert list(found["cities"]) == ["dongwan-2"]


def test_an_article_is_known_by_its_file_under_any_id() -> None:
    once = assemble([held()], Archive())["articles"]["a-held"].record
    moved: Any = replace(once, id="snow-2031", aliases=("a-held",))
    found = assemble([held()], Archive(articles={"snow-2031": moved}))
    assert list(found["articles"]) == ["snow-2031"]
    places = found["meetings"][f"{SERIES}-2"].evidence["edition"]
    assert {place.article for place in places} == {"snow-2031"}


def test_a_file_name_that_is_no_id_gets_one() -> None:
    found = assemble([make_reading("雪河 Report_1", "没有会议。")], Archive())
    assert list(found["articles"]) == ["xuehe-report-1"]
