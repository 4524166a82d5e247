"""Provinces, cities, districts and counties the text names, and the lists they stand in.

Homographs (朝阳, 东方, 来宾, 合作) count only with 市 or 州 behind them, their province before
them or another place beside them; one-character names (鄂湘赣, 在汉, 济哈两市) only next to each
other or where a place must stand. What no gazetteer holds is known by where it stands.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

from ccmeet.lexicon.localities import (
    find_amid,
    find_beyond,
    find_cities,
    find_districts,
    find_numbered,
    find_teams,
)
from ccmeet.lexicon.places import Place, Places, load_places
from ccmeet.model.reading import PlaceList, PlaceSeen, Reading
from ccmeet.numerals import NUMERAL, read_number
from ccmeet.text import HAN, Span, places_of

_AFTER = re.compile(r"市|省|州|地区|自治区|盟")
_DISTRICT_AFTER = re.compile("区|县|旗")
_NO_PLACE = re.compile(
    r"(?<=合作市)长|[东南西北]?[路站线港]|大[道学桥]|理工|银行|时间|机场|高铁|铁路|高速|合作组织|火车|海关|方面军|条约|县(?=[委县长政、，])"
)
_OF_A_SEA = re.compile("[沿渤黄东南上临珠环近滨]海城市")
"""渤海城市, 沿海城市: no 海城市."""
_IS_DISTRICT = re.compile("区(?=[委长政人]|副区)")
_SIGNS = re.compile("(?P<count>[两二三四五])[个座]?[市省地城]")
_BESIDE = ("、", "/", "市、", "市/")
_JOINED = re.compile(
    r"(?:市|省|州|地区|区|县|盟|旗)?(?:[、/]|\s|和|与|及|以及|暨)?\s*(?:[一-龥]{2,4}所在的)?"
)
_GROUP = (
    r"(?:省会城市|观察员(?:城市|市)?|成员(?:城市|单位)|兄弟城市|兄弟市|重点城市|城市|省市|县（市、区）|市州区|市州|盟市|市盟|地市|省区|区县|县区|市县|市|省|地|"
    r"自治州|州|盟|方|区|县)"
)
_TAIL = re.compile(
    rf"市?(?:等|这)?\s*(?P<count>{NUMERAL})?\s*[个座家]?(?:相邻|周边|沿江)?(?P<kind>{_GROUP})?"
    r"(?:(?<=[市州县省])（[市州县省区林特地、]{1,8}）)?"
)
_ARE_CITIES = re.compile("市|城市|地市|市州|(?:省会|成员|重点|兄弟)(?:城市|市)")
_FIGURE = r"[零〇○一二两三四五六七八九十百\d]"
_COUNTED = re.compile(
    # 原八一市长 has no number
    rf"(?![一二三四五六七八九]{{2}}[^十百])(?P<count>{_FIGURE}(?<![第\d].){_FIGURE}{{0,6}})[个座家]?"
    r"(?P<kind>省会城市|观察员(?:城市|市)?|成员城市|成员单位|城市|省市|市州|省区|市|省)"
)
_HELD_HERE = re.compile("成功|隆重|顺利|召开|举行|举办|开会|开幕|启幕|落幕|闭幕|会见")
_SIGN_OF = {"宁": "南京", "甬": "宁波", "赣": "赣州", "川": "成都", "琼": "海口"}
"""Cities whose sign is a province's too, or stands in none's name."""
_HERE = re.compile(r"[在抵赴](?P<letter>[一-龥])(?=召开|举行|举办|开会|签|开幕|会|成功)")


def read_places(reading: Reading) -> Reading:
    """Fill `mentions.places` and `mentions.lists`, both in text order."""
    folded, places = reading.source.folded, load_places()
    zones = [b.span for b in reading.source.blocks if b.kind not in ("credit", "notice")]
    seen = [p for zone in zones for p in _in_zone(folded, zone, places)]
    seen += [*_abbreviated(folded, zones, seen), *_known_again(folded, zones, seen)]
    seen.sort(key=lambda p: p.span)
    starts = [p.span.start for p in seen]
    within = [seen[bisect_left(starts, z.start) : bisect_left(starts, z.end)] for z in zones]
    lists = [x for z, inside in zip(zones, within, strict=True) for x in _lists(folded, z, inside)]
    lists.sort(key=lambda x: x.span)
    mentions = reading.mentions._replace(places=tuple(seen), lists=tuple(lists))
    return replace(reading, mentions=mentions)


def _in_zone(folded: str, zone: Span, places: Places) -> Iterator[PlaceSeen]:
    text = zone.of(folded)
    found = [
        (s, p)
        for s, p in places.find(text)
        if not _NO_PLACE.match(text, s.end)
        and not _OF_A_SEA.match(text, max(0, s.start - 1))
        # 济南市莱芜区: a district that was a city once
        and not (p.level == "prefecture" and _IS_DISTRICT.match(text, s.end))
    ]
    letters = list(_letters(text, places))
    found = _apart(found, letters)
    told = dict(find_numbered(text))
    found += _apart(list(told.items()), found)
    found += list(find_cities(text, [s for s, _ in found]))
    found += list(find_districts(text, [s for s, _ in found]))
    found += _apart(list(find_amid(text, [s for s, _ in found])), found)
    found += list(find_teams(text, [s for s, _ in found]))
    found += _apart(list(find_beyond(text, [s for s, _ in found])), found)
    found.sort(key=_span_of)
    sure = [
        span.of(text) not in places.homographs
        or bool(_AFTER.match(text, span.end) or text.startswith("示范区", span.end))
        or span in told
        or text.endswith(("东道主", "来自"), 0, span.start)
        or bool(
            _HELD_HERE.match(text, span.end)
            and text[max(0, span.start - 1) : span.start] in ("在", "于", "抵", "赴")
        )
        for span, _ in found
    ]
    if not all(sure):
        _vouch(text, found, sure)
    letters += [pair for pair, is_sure in zip(found, sure, strict=True) if is_sure]
    for span, place in sorted(letters, key=_span_of):
        yield _seen(text, span, place, zone.start)


def _span_of(found: tuple[Span, Place]) -> Span:
    return found[0]


def _apart(
    some: list[tuple[Span, Place]], others: list[tuple[Span, Place]]
) -> list[tuple[Span, Place]]:
    """Those of `some` that share no sign with one of the `others`."""
    if not some or not others:
        return some
    taken = {at for span, _ in others for at in range(*span)}
    return [(span, place) for span, place in some if taken.isdisjoint(range(*span))]


def _vouch(text: str, found: list[tuple[Span, Place]], sure: list[bool]) -> None:
    """Make `sure` whom a sure neighbour vouches for: one for the next, down a list and up again."""
    for index in (*range(1, len(found)), *range(len(found) - 2, -1, -1)):
        for other in (index - 1, index + 1):
            if 0 <= other < len(found) and sure[other] and not sure[index]:
                sure[index] = _vouches(text, found[index], found[other])


def _vouches(text: str, weak: tuple[Span, Place], other: tuple[Span, Place]) -> bool:
    """Whether the place beside it shows that a homograph is meant as a place."""
    (span, place), (beside, neighbour) = weak, other
    if neighbour.level in ("province", "municipality") and beside.end == span.start:
        return neighbour.name == place.province
    between = text[min(beside.end, span.end) : max(beside.start, span.start)]
    if between not in _BESIDE:
        return False
    # 市长方大同、九江市…: no place begins within a name.
    return (
        beside < span
        or not re.match(f"[{HAN}]", text[span.start - 1 : span.start])
        or bool(re.match("[由与和及同在为是含省市]", text[span.start - 1 : span.start]))
    )


def _known_again(folded: str, zones: list[Span], seen: list[PlaceSeen]) -> Iterator[PlaceSeen]:
    """在北海香格里拉大饭店, where 北海市 or 南宁、北海两市 stands elsewhere in the text."""
    homographs = load_places().homographs
    known = {p.short: p.level for p in seen if p.short in homographs or p.level == "district"}
    if not known:
        return
    starts = {p.span.start for p in seen}
    for zone in zones:
        for span in (s for name in sorted(known) for s in places_of(folded, name, zone)):
            leads = folded.endswith(("在", "于", "来", "赴", "抵"), 0, span.start)
            if leads and span.start not in starts:
                yield PlaceSeen(span, span, span.of(folded), known[span.of(folded)])


def _abbreviated(folded: str, zones: list[Span], seen: list[PlaceSeen]) -> Iterator[PlaceSeen]:
    """济哈两市, 汉、长、肥、昌四市: one sign each for places that the text names in full, or that
    make up a region's known name (厦漳泉三市)."""
    letters, regions = load_places().letters, load_places().regions
    ends = {p.whole.end for p in seen}  # 江州、临江两市: the last is named in full
    signs = {*"".join(p.short for p in seen), *letters, *(name[-1] for name in regions)}
    found = ((zone, m) for zone in zones for m in _SIGNS.finditer(folded, *zone))
    numbered = [
        (zone, m) for zone, m in found if m.start() not in ends and folded[m.start() - 1] in signs
    ]
    if not numbered:
        return
    by_sign: dict[str, dict[str, str]] = {}
    for place in seen:
        for sign in place.short:
            by_sign.setdefault(sign, {})[place.short] = place.level
    taken = {at for p in seen for at in range(*p.whole)}
    for zone, number in numbered:
        each = _signs_before(folded, zone.start, number.start(), read_number(number["count"]))
        region = regions.get("".join(s.of(folded) for s in each), ())
        named = [by_sign.get(s.of(folded), {}) for s in each]
        known = [letters.get(s.of(folded)) for s in each]
        if len(region) == len(each) > 1:  # 厦漳泉三市
            named, known = [{p.short: p.level} for p in region], list(region)
        if any(s.start in taken for s in each) or not all(
            len(n) == 1 or k for n, k in zip(named, known, strict=True)
        ):
            continue
        for span, name, letter in zip(each, named, known, strict=True):
            if len(name) == 1:
                yield PlaceSeen(span, span, *next(iter(name.items())))
            elif letter:
                yield PlaceSeen(span, span, letter.short, letter.level)


def _signs_before(folded: str, floor: int, end: int, count: int | None) -> list[Span]:
    """The `count` signs before a number, with or without 、 between them."""
    signs: list[Span] = []
    place = end
    while count and place > floor and len(signs) < count:
        place -= 1
        signs.insert(0, Span(place, place + 1))
        place -= folded[place - 1] == "、"
    return signs if len(signs) == count else []


def _seen(text: str, span: Span, place: Place, by: int) -> PlaceSeen:
    printed, whole = span.of(text), span.shifted(by)
    short = whole
    ends = _DISTRICT_AFTER if place.level == "district" else _AFTER
    if printed == place.short:
        if after := ends.match(text, span.end):
            whole = Span(short.start, after.end() + by)
    elif printed.startswith(place.short):
        short = Span(whole.start, whole.start + len(place.short))
    level = place.level
    if level == "province" and place.short in _also_cities():
        level = "prefecture" if text[short.end - by : whole.end - by] in ("州", "市") else level
    return PlaceSeen(short, whole, place.short, level)


def _letters(text: str, places: Places) -> Iterator[tuple[Span, Place]]:
    """One-character names: runs such as 鄂湘赣三省, and 在汉召开."""
    for run in _letter_runs().finditer(text):
        if run[0][-2:] not in places.by_name:
            for at in range(run.start(), run.end()):
                yield Span(at, at + 1), places.letters[text[at]]
    for here in _HERE.finditer(text):
        if place := places.letters.get(here["letter"]):
            # 在宁召开 beside 南京: the sign is that city's too
            named = _SIGN_OF.get(here["letter"], "")
            known = places.by_name.get(named) if named and named in text else None
            yield Span(*here.span("letter")), known or place


@cache
def _letter_runs() -> re.Pattern[str]:
    letters = f"[{''.join(load_places().letters)}]"
    return re.compile(
        rf"{letters}(?<!{letters}.){letters}{{1,3}}(?=[一二两三四五六七八九\d]?(?:省|市|地|方))"
    )


def _lists(folded: str, zone: Span, inside: list[PlaceSeen]) -> Iterator[PlaceList]:
    """The lists of a zone that these places in it, or a number, make up."""
    taken: list[Span] = []
    index = 0
    while index < len(inside):
        run = [inside[index]]
        while index + 1 < len(inside) and (
            _JOINED.fullmatch(folded, run[-1].span.end, inside[index + 1].span.start)
            or _JOINED.fullmatch(folded, run[-1].whole.end, inside[index + 1].span.start)
            or _opens_province(folded, run, inside[index + 1 : index + 3])
        ):
            index += 1
            run.append(inside[index])
        index += 1
        if len(run) == 1 and not folded.startswith(("等", "市等"), run[0].whole.end):
            continue
        members = _as_cities(_without_provinces(folded, run))
        tail = _TAIL.match(folded, run[-1].whole.end, zone.end)
        counted = tail and tail["kind"] and (tail["count"] or "等" in tail[0] or len(run) > 1)
        if len(members) < 2 and not (counted and "等" in (tail[0] if tail else "")):
            continue
        end = Span(run[-1].whole.end, tail.end() if tail and counted else run[-1].whole.end)
        count = read_number(tail["count"]) if tail and counted and tail["count"] else None
        if alone := _joined_to(folded, members, count):
            taken.append(Span(alone[0].span.start, alone[-1].whole.end))
            at = taken[-1].end
            yield PlaceList(taken[-1], alone, Span(at, at), None)
            members = members[len(alone) :]
        taken.append(Span((members if alone else run)[0].span.start, end.end))
        if tail and count and _lie_in(members, tail["kind"], count):
            members = ()
        yield PlaceList(taken[-1], members, end, count)
    for group in _COUNTED.finditer(folded, zone.start, zone.end):
        span = Span(*group.span())
        number = read_number(group["count"])
        if number and number > 1 and not any(span.meets(t) for t in taken):
            yield PlaceList(span, (), span, number)


def _joined_to(
    folded: str, members: tuple[PlaceSeen, ...], count: int | None
) -> tuple[PlaceSeen, ...]:
    """长沙市和岳阳、安庆两个观察员城市: those before 和 whom the number leaves out."""
    others = members[: -(count or 0)]
    if not others or any(p.level not in ("prefecture", "municipality") for p in members):
        return ()
    gaps = [folded[a.whole.end : b.span.start] for a, b in pairwise(members)]
    joint, inner = gaps[len(others) - 1], gaps[len(others) :]
    return others if joint in ("和", "与", "及", "以及") and joint not in inner else ()


def _lie_in(members: tuple[PlaceSeen, ...], kind: str, count: int) -> bool:
    """Whether places only say where counted cities lie: 湘鄂赣四市 are of three provinces."""
    wide = all(place.level in ("province", "municipality") for place in members)
    return wide and count > len(members) and bool(_ARE_CITIES.fullmatch(kind))


def _opens_province(folded: str, run: list[PlaceSeen], following: list[PlaceSeen]) -> bool:
    """福建厦门、漳州，广东的汕头、潮州: after the comma the next province's cities, after 的 a
    province's own; the first, where it is the paper's own, may be left out (岳阳市、长沙市，
    江西省九江市、南昌市)."""
    if not following:
        return False
    gap = folded[run[-1].whole.end : following[0].span.start]
    if run[-1].level == "province":
        return gap == "的" and following[0].level != "province"
    opens = run[0].level == "province" or len(run) > 1
    if len(following) < 2 or not opens or following[0].level != "province":
        return False
    if following[0].span.end - following[0].span.start == 1:
        return False  # 到甘肃省，甘青两省…
    beside = folded[following[0].whole.end : following[1].span.start]
    return gap == "，" and beside in ("", "的")


def _without_provinces(folded: str, run: list[PlaceSeen]) -> tuple[PlaceSeen, ...]:
    """湖北武汉、湖南长沙 are two cities: a province right before its own city only says where."""
    by_name = load_places().by_name
    kept = []
    for place, following in zip(run, [*run[1:], None], strict=True):
        city = by_name.get(following.short) if following else None
        known = by_name.get(place.short)
        inside = bool(city and known and city.province == known.name)
        # 天津市武清区, 十堰市张湾区, 甘南州合作市
        small = following and following.level == "district" and place.level != "district"
        inside = inside or bool(small and folded[place.whole.end - 1] == "市")
        county = following and following.level == "county" and place.level == "prefecture"
        inside = inside or bool(county and folded[place.whole.end - 1] in "州盟")
        beside = following and folded[place.whole.end : following.span.start] in ("", "的")
        if not (inside and beside):
            kept.append(place)
    return tuple(kept)


@cache
def _also_cities() -> frozenset[str]:
    """Provinces' names that are a city's or an autonomous prefecture's too: 吉林, 海南."""
    names = [n for n in load_places().by_name if n.endswith(("市", "自治州"))]
    provinces = [p.short for p in load_places().by_name.values() if p.level == "province"]
    return frozenset(p for p in provinces if any(n.startswith(p) for n in names))


def _as_cities(run: tuple[PlaceSeen, ...]) -> tuple[PlaceSeen, ...]:
    """吉林 among cities is the city of that name, not the province."""
    cities = sum(place.level in ("prefecture", "county") for place in run)
    return tuple(
        place._replace(level="prefecture")
        if place.level == "province" and place.short in _also_cities() and 2 * cities > len(run)
        else place
        for place in run
    )
