"""Record files as people write them: what is read, and what stays when the parser updates them."""

from dataclasses import replace
from typing import Any

import pytest

from ccmeet.codec import decode_record, encode_record
from ccmeet.model.records import CityRecord, MeetingArea, MeetingRecord, ParticipantRecord, Position
from ccmeet.partialdate import PartialDate

FILE = "content/records/cities/yunzhou.yaml"


@pytest.mark.parametrize(
    "written",
    [
        "no",
        "yes",
        "on",
        "off",
        "null-",
        "12:30",
        "010",
        "0x1F",
        "1e3",
        "2024-05",
        "2024-05-17",
        "+1",
    ],
)
def test_a_text_is_what_was_typed(written: str) -> None:
    record = decode_record("cities", f"id: yunzhou\nname: {written}\n", FILE).record
    assert isinstance(record, CityRecord)
    assert record.name == written
    again = decode_record("cities", encode_record("cities", record), FILE).record
    assert again == record


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024", PartialDate(2024)),
        ("2024-05", PartialDate(2024, 5)),
        ("'2024-05-17'", PartialDate(2024, 5, 17)),
        ('"2024-05-17"', PartialDate(2024, 5, 17)),
    ],
)
def test_a_date_is_as_exact_as_it_was_typed(written: str, date: PartialDate) -> None:
    text = f"id: yunzhou\nstart_date: {written}\n"
    record = decode_record("meetings", text, FILE).record
    assert record == MeetingRecord(id="yunzhou", start_date=date)


CITY = """\
# yaml-language-server: $schema=../../schemas/cities.json
# 本市的批注

pinyin: "Yunzhou"   # 拼音
id: yunzhou
other_names: [云州, 'Yun: zhou']  # 方括号
name: >-
  云州市
note: |
  第一段。

  # 不是批注
# 位置未核
position:
    longitude: 113.0     # 东经

    latitude: 28.2
"""


def city() -> Any:
    return decode_record("cities", CITY, FILE).record


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        ({}, "", ""),
        ({"pinyin": "Yun"}, 'pinyin: "Yunzhou"   # 拼音', "pinyin: Yun   # 拼音"),
        ({"pinyin": None}, 'pinyin: "Yunzhou"   # 拼音', "# 拼音"),
        ({"name": "云州"}, "name: >-\n  云州市", "name: 云州"),
        (
            {"province": "江南省"},
            "  # 方括号\n",
            "  # 方括号\nprovince: 江南省\n",
        ),
        (
            {"other_names": ("云州", "云")},
            "other_names: [云州, 'Yun: zhou']  # 方括号",
            "# 方括号\nother_names:\n  - 云州\n  - 云",
        ),
        (
            {"position": Position(longitude=113.0, latitude=28.3)},
            "latitude: 28.2",
            "latitude: 28.3",
        ),
        (
            {"position": Position(latitude=28.2)},
            "    longitude: 113.0     # 东经\n",
            "    # 东经\n",
        ),
    ],
    ids=[
        "nothing",
        "value",
        "field gone",
        "folded",
        "field new",
        "brackets",
        "inner",
        "inner gone",
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_only_what_differs_is_written(
    change: dict[str, Any], old: str, new: str, line_end: str, mark: str
) -> None:
    standing = mark + CITY.replace("\n", line_end)
    expected = mark + CITY.replace(old, new, 1).replace("\n", line_end)
    assert encode_record("cities", replace(city(), **change), standing) == expected


MEETING = """\
id: m
participants:
# 全体成员
- city: wuhan  # 汉
  role: member

- {city: hefei, role: member}
# 东道主
- role: host
  city: changsha
areas:
  - area: keji
    items: [甲, 乙]
    # 末尾
"""


def test_items_come_and_go_among_comments() -> None:
    record = decode_record("meetings", MEETING, "m.yaml").record
    assert isinstance(record, MeetingRecord)
    wuhan, hefei, changsha = record.participants
    new = ParticipantRecord(city="nanchang", role="member")
    changed = replace(
        record,
        participants=(wuhan, replace(hefei, role="guest"), new, changsha),
        areas=(MeetingArea(area="keji", items=("甲",)),),
    )
    assert encode_record("meetings", changed, MEETING) == MEETING.replace(
        "- {city: hefei, role: member}\n",
        "- city: hefei\n  role: guest\n- city: nanchang\n  role: member\n",
    ).replace("    items: [甲, 乙]\n", "    items:\n      - 甲\n")
    fewer = replace(record, participants=(hefei, changsha))
    assert encode_record("meetings", fewer, MEETING) == MEETING.replace(
        "- city: wuhan  # 汉\n  role: member\n", "# 汉\n"
    )


def test_a_canonical_file_is_one_fact_a_line_and_stable() -> None:
    record = replace(city(), note=None)
    text = encode_record("cities", record)
    assert text == (
        "# yaml-language-server: $schema=../../schemas/cities.json\nid: yunzhou\nname: 云州市\n"
        "other_names:\n  - 云州\n  - 'Yun: zhou'\npinyin: Yunzhou\n"
        "position:\n  longitude: 113.0\n  latitude: 28.2\n"
    )
    assert encode_record("cities", record, text) == text
    long = "长" * 5000 + " " + "句" * 5000
    assert f"name: {long}\n" in encode_record("cities", replace(record, name=long))
