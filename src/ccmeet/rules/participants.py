"""Who took part: cities or provinces, as host, member, observer or guest, or only their number.

Read from those who came by the lists (rules/rosters.py) and by their officials
(rules/delegations.py), and from a series' own name (重庆四川…, 长株潭…). Who is only said to be
invited (应邀) is a guest beside others that are not.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from ccmeet.lexicon.places import load_places
from ccmeet.lexicon.reasons import reason
from ccmeet.model.fact import Fact
from ccmeet.model.reading import (
    Came,
    MeetingRead,
    Participant,
    PlaceSeen,
    PostRead,
    Reading,
    Role,
)
from ccmeet.numerals import NUMERAL
from ccmeet.text import Span, fold

_OFFICE = re.compile(
    r"(?:市|省|州|区|县)?(?:委|政府|人大|政协|代?[市省州区县]长|长|副[市省州区县]长|常务副|发展|发改|人民政府|党政)"
)
_HEADS_PROVINCE = re.compile(".*(?:省委|自治区党委)书记|.*(?:省省长|自治区主席)")
_COUNTS_CITIES = re.compile(rf"{NUMERAL}个?(?:城市|市州|市(?!长))")
_IN_IT = re.compile(
    "(?:省|自治区)?(?!重庆|北京|上海|天津)"
    "(?:[^与和及、同省—·]{2,4}?|[两二三四五六七八九十\\d]+个?(?:设区|地级|地|沿江|沿海)?)[市州区县旗]"
)
"""四川省某市…座谈会: where the city lies that meets."""


def read_participants(reading: Reading) -> Reading:
    """Complete the article's own meeting with those who took part."""
    if not reading.meetings:
        return reading
    meeting, *others = reading.meetings
    # 芜湖市市长宁波: a person's name is no place
    names = [s for o in reading.officials for s in o.name.spans]
    found = [f for f in reading.mentions.came if not any(s.meets(f.place.span) for s in names)]
    found += _spelt_out(reading, meeting, found)
    by_province = _is_between_provinces(meeting, found)
    heads = _led_by_heads(reading)
    found = [f for f in found if _fits(f, by_province) or f.place.short in heads]
    found = _as_parties(found)
    found += [f for f in _from_name(reading, meeting, found, by_province) if _fits(f, by_province)]
    named = _merge(reading, meeting, found, by_province)
    counted = _counted(reading, named)
    return replace(reading, meetings=(replace(meeting, participants=(*named, *counted)), *others))


def _is_between_provinces(meeting: MeetingRead, found: list[Came]) -> bool:
    """Whether provinces meet (省长联席会议, 三省, 重庆四川…), not cities."""
    series = meeting.series.value if meeting.series else meeting.name.value
    came = [f for f in found if f.role == "member"]
    cities = {f.place.short for f in came if f.sure and f.place.level in ("prefecture", "county")}
    if len(cities) > 1 and not any(f.place.level == "province" for f in came):
        return False
    if len(cities) > 1 and _COUNTS_CITIES.search(series):
        return False  # 四省八市政协联席会议, which leaders of provinces attend
    provinces = {f.place.short for f in came if f.place.level == "province"}
    few = {f.place.short for f in came if f.place.level in ("prefecture", "county")}
    if len(provinces) > 1 and len(few) < (1 if len(provinces) < 3 else 2):
        return True  # 江苏省委副书记、苏州市委书记A among those of four provinces
    if re.search(r"省[会會]|市[长長县]|市委|城市(?!群)|都市圈", series):
        return False
    if re.search(r"省长|三省|两省|四省|省市|省际|省區|省区|行政首[长長]", series):
        return True
    inside = load_places().find(series)
    if any(p.level == "province" and not _IN_IT.match(series, s.end) for s, p in inside):
        return True
    levels = {f.place.level for f in found if f.role == "member"}
    sides = load_places().sides_opening(fold(series))
    if not levels and sides and all(side.level in ("province", "municipality") for side in sides):
        return True
    return "province" in levels and not levels & {"prefecture", "county", "district"}


def _spelt_out(reading: Reading, meeting: MeetingRead, found: list[Came]) -> Iterator[Came]:
    """The provinces that a series lists by their signs (粤桂黔…) and the text in full, counted
    (广东、广西、贵州三省区), where no cities came and none are counted."""
    series = fold(meeting.series.value if meeting.series else meeting.name.value)
    signs = {place.short for place in load_places().signs_opening(series)}
    lists, folded = reading.mentions.lists, reading.source.folded
    counted = (g.span.of(folded) for g in lists if not g.places and (g.count or 0) > len(signs))
    cities = any(f.role == "member" and f.place.level != "province" for f in found)
    if len(signs) < 2 or cities or any(re.search("[市州]", words) for words in counted):
        return
    for listed in lists:
        if listed.count == len(signs) and {p.short for p in listed.places} == signs:
            yield from (Came(place, "member", True) for place in listed.places)


def _led_by_heads(reading: Reading) -> frozenset[str]:
    """Two provinces or more whose own heads came (甲省委书记、乙省省长): parties beside cities."""
    provinces = {
        fold(post.city.value)
        for official in reading.officials
        for post in official.posts
        if post.city and _HEADS_PROVINCE.fullmatch(_words(post))
    }
    return frozenset(provinces if len(provinces) > 1 else ())


def _words(post: PostRead) -> str:
    return fold((post.organization.value if post.organization else "") + post.title.value)


def _fits(found: Came, by_province: bool) -> bool:
    if by_province:
        return found.place.level in ("province", "municipality") or found.role in ("guest", "host")
    is_city = found.place.level != "province" or found.place.short in ("香港", "澳门")
    return is_city or found.role == "guest"


def _as_parties(found: list[Came]) -> list[Came]:
    """Counties beside cities that came are theirs; where all are only invited, none is a guest."""
    cities = {f.place.short for f in found if f.place.level == "prefecture" and f.role == "member"}
    if len(cities) > 1:
        found = [f for f in found if f.place.level != "district" or f.listed]
    if not any(f.role == "member" for f in found):
        found = [f._replace(role="member") if f.invited else f for f in found]
    return found


def _from_name(
    reading: Reading, meeting: MeetingRead, found: list[Came], by_province: bool
) -> Iterator[Came]:
    """Members that the series' own name lists, where the text lists no others."""
    members = {f.place.short for f in found if f.role in ("member", "host")}
    inside = [p for s in meeting.name.spans for p in reading.mentions.places_in(s)]
    # 北京市通州区、天津市武清区…签约仪式: the city only says where the district lies.
    starts = {p.span.start for p in inside if p.level in ("district", "county")}
    inside = [p for p in inside if p.whole.end not in starts]
    # 临江市委副书记、江东区委书记A与…座谈: a clause that names a visit tells its people's posts.
    posted = [p for p in inside if p.level == "district"]
    posted = [p for p in posted if _OFFICE.match(reading.source.folded, p.span.end)]
    inside = [p for p in inside if p not in posted] if len(inside) - len(posted) > 1 else inside
    if members and not by_province:
        inside = [p for p in inside if p.span.end - p.span.start > 1]  # 渝黔 of 渝黔边界…会议
    if len({p.short for p in inside}) > 1:
        for place in inside:
            yield Came(place, "member", True)
    if len(members) > 1 or len(inside) > 1:
        return
    folded, name = reading.source.folded, meeting.name.spans[0]
    for at, side in enumerate(load_places().sides_opening(name.of(folded)), name.start):
        span = Span(at, at + 1)  # 沪港合作会议
        yield Came(PlaceSeen(span, span, side.short, side.level), "member", True)
    for name in meeting.name.spans:
        for span, cities in load_places().regions_in(folded, name):
            for city in cities:
                yield Came(PlaceSeen(span, span, city.short, city.level), "member", True)


_RANK: dict[Role, int] = {"host": 0, "observer": 1, "guest": 2, "member": 3}


def _merge(
    reading: Reading, meeting: MeetingRead, found: list[Came], by_province: bool
) -> tuple[Participant, ...]:
    """Each place once, in print order, with the strongest part it is said to have taken."""
    by_short: dict[str, list[Came]] = {}
    for item in sorted(found, key=lambda f: (not f.sure, f.place.span)):
        by_short.setdefault(item.place.short, []).append(item)
    host = _host(reading, meeting, by_short, by_province)
    merged = []
    for short, items in by_short.items():
        sure = [i.role for i in items if i.sure] or [i.role for i in items]
        role: Role = "host" if short == host or "host" in sure else "member"
        if role == "member" and "member" not in sure:
            role = min(sure, key=lambda r: _RANK[r])
        merged.append(_participant(reading, meeting, short, items, role))
    if host and host not in by_short:
        merged.append(_host_alone(meeting, host))
    order: dict[Role, int] = {"host": 0, "member": 0, "observer": 1, "guest": 2}
    return tuple(sorted(merged, key=lambda p: order[p.role.value]))


def _host(
    reading: Reading, meeting: MeetingRead, by_short: dict[str, list[Came]], by_province: bool
) -> str | None:
    """The city it was held in, if it takes part; of cities that came together, in any case."""
    if not meeting.location:
        return None
    spans = meeting.location.spans
    place = next((p for p in reading.mentions.places if p.span in spans), None)
    if by_province and (seat := load_places().by_name.get(fold(meeting.location.value))):
        home = load_places().by_name.get(seat.province)
        # 省长A主持: the province that the others came to, told by its city alone
        ours = (fold(o.city.value) for o in reading.officials if o.city)
        if home and home.short not in by_short and home.short in ours:
            return home.short
    members = [f for items in by_short.values() for f in items if f.role == "member"]
    lead = reading.source.folded[place.span.start - 2 : place.span.start] if place else ""
    if place and place.short not in by_short and lead in ("移至", "移师", "转至", "改在"):
        return None  # 会议移至北京召开, 四市市长与会
    roles = {f.role for f in by_short.get(place.short, ())} if place else set()
    if not roles and _is_small(meeting.location.value, place):
        cities = {f.place.short for f in members if f.sure or f.place.level == "prefecture"}
        if len(cities) > 1 and not _is_listed(reading.source.folded, meeting.location.value):
            return None  # the county lies in one of those that came
    if not place:  # told by one sign of its name: 来汕调研
        known = load_places().by_name.get(fold(meeting.location.value))
        fits = not by_province or (known is not None and known.level == "municipality")
        return meeting.location.value if members and fits else None
    if roles - {"observer", "guest"} or (
        not roles and not by_province and (members or meeting.series)
    ):
        return place.short
    return None


def _is_listed(folded: str, name: str) -> bool:
    """Whether a county or district is named in a list: 来自…、铜仁、黔江、武隆等州、市、区、县."""
    bare = fold(name).rstrip("县区旗")
    return f"、{bare}、" in folded or f"、{bare}等" in folded


def _is_small(name: str, place: PlaceSeen | None) -> bool:
    """Whether a place is a county or a district, known or told by its last sign."""
    return place.level in ("county", "district") if place else name.endswith(tuple("县縣区區旗"))


def _host_alone(meeting: MeetingRead, host: str) -> Participant:
    """The city of the meeting as its host, or the province that it lies in."""
    location = meeting.location
    assert location
    why = reason("host.place", place=location.value)
    role: Fact[Role] = Fact("host", location.spans, "host", "inferred", why)
    if host == fold(location.value):
        return Participant(role, Fact(location.value, location.spans, "host"))
    lies = reason("post.province", city=location.value, place=host)
    return Participant(role, Fact(host, location.spans, "host", "inferred", lies))


def _participant(
    reading: Reading, meeting: MeetingRead, short: str, items: list[Came], role: Role
) -> Participant:
    text = reading.source.text
    spans = tuple(dict.fromkeys(i.place.span for i in items))
    printed = [s for s in spans if s.of(reading.source.folded) == short]
    if printed:
        city = Fact(printed[0].of(text), spans, "participants")
    else:
        words = spans[0].of(text)
        why = reason("part.includes", words=words, city=short)
        city = Fact(short, spans, "participants", "inferred", why)
    if role == "host" and meeting.location and meeting.location.value == city.value:
        why = reason("host.place", place=city.value)
        return Participant(
            Fact("host", (*meeting.location.spans, *spans), "host", "inferred", why), city
        )
    return Participant(Fact(role, spans, "host" if role == "host" else f"{role}s"), city)


def _counted(reading: Reading, named: tuple[Participant, ...]) -> Iterator[Participant]:
    """12个观察员城市 whose names the text does not give."""
    roles = {p.role.value for p in named}
    parties = sum(p.role.value in ("host", "member") for p in named)
    speech = reading.speech
    for role, kind in (("member", r"成员|省会|^\d*[一-龥]*市$"), ("observer", "观察员")):
        if role == "observer" and role in roles:
            continue
        groups = [
            g
            for g in reading.mentions.lists
            if not g.places
            and g.count
            and re.search(kind, g.span.of(reading.source.folded))
            and (role == "observer" or "观察员" not in g.span.of(reading.source.folded))
            and not any(s.meets(g.span) for s in speech)
            and (role == "observer" or g.count > 2 * parties)
        ]
        if groups:
            count = groups[0].count
            same = tuple(g.span for g in groups if g.count == count)
            part: Role = "observer" if role == "observer" else "member"
            yield Participant(
                Fact(part, same, f"{role}s"), count=Fact(count or 0, same, "participants")
            )
