"""Who took part: cities or provinces, as host, member, observer or guest, or only their number.

Read from lists that say so (武汉、长沙…四市, 黄石、岳阳等观察员城市), from those who came
(rules/delegations.py), and from a series' own name (重庆四川…, 长株潭…). Ends of railways,
models to learn from and words inside a person's speech name no participant. Who is only said to
be invited (应邀) is a guest beside others that are not.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ccmeet.lexicon.parts import BODIES, GUEST, OTHER_TIME, names_other, part_of_list, sides_counted
from ccmeet.lexicon.places import load_places
from ccmeet.lexicon.reasons import reason
from ccmeet.model.fact import Fact
from ccmeet.model.reading import (
    Came,
    MeetingRead,
    Participant,
    PlaceList,
    PlaceSeen,
    PostRead,
    Reading,
    Role,
)
from ccmeet.numerals import read_number
from ccmeet.text import Span, fold, is_inside

_OFFICE = re.compile(
    r"(?:市|省|州|区|县)?(?:委|政府|人大|政协|代?[市省州区县]长|长|副[市省州区县]长|常务副|发展|发改|人民政府|党政)"
)
_INVITED = re.compile(r"应邀|受邀")
_HOST = re.compile(
    r"(?:东道主|主办城市|承办城市|(?:轮值|值班)(?:方|城市|主席(?:方|城市)?)|主办方|承办方|主办地|举办地|当值(?:城市|方)?)(?:的)?(?:城市)?(?:为|是)?[，：、]?$"
)
_HOSTS = re.compile(
    r"(?:市委)?[、，]?(?:市)?(?:人民政府|政府)?(?:承办|主办|轮值|举办|(?:作为|是|为|担任|系)(?:此次|本次|本届)?(?:会议|会商会|联席会议|活动|论坛)?的?"
    r"(?:东道主|轮值|主办|承办|当值|主席方))"
)
_HEADS_PROVINCE = re.compile(".*(?:省委|自治区党委)书记|.*(?:省省长|自治区主席)")
_IN_IT = re.compile("(?:省|自治区)?(?!重庆|北京|上海|天津)[^与和及、同省—·]{2,4}?[市州区县旗]")
"""四川省某市…座谈会: where the city lies that meets."""
_ALONE = re.compile(
    r"(?:特别行政区|特区)?(?:政府[一-龥]{0,10}?(?:局|厅|司|署|办))?(?:政府)?(?:派代表|代表|派员|等)?(?:首次|也|则|还|均|将|拟)*(?:(?P<observer>(?:作为|以)观察员)|应邀|受邀|(?:派员)?列席|作为特邀|作为嘉宾)"
)
_YEAR = re.compile(r"(20\d\d)年")
_TALKS = re.compile(
    "(?:代表)?(?:分别|先后|依次)?作(?:了)?(?:交流|典型|表态|主题|专题)*发言"
    "|(?:党政|政府|经贸)?代表团(?:参会|与会|出席(?!.{0,6}的)|参加会议)"
)
_CITIES_APART = re.compile("“(?P<n>[两三四五六七八九十])市[一二两三四五六七八][区县]”")
_AS_SUCH = re.compile(f"成员(?:城市|单位|市)|观察员|{_CITIES_APART.pattern}")
"""Words that say of a list, in whoever's mouth, that it is of those who take part."""
_ALSO = re.compile("成员(?:城市|单位|市)?(?:还有|还包括|还包含|另有|另外还有)：?$")
_MADE_UP = re.compile("组成|构成|包括|发起")


def read_participants(reading: Reading) -> Reading:
    """Complete the article's own meeting with those who took part."""
    if not reading.meetings:
        return reading
    meeting, *others = reading.meetings
    # 芜湖市市长宁波: a person's name is no place
    names = [s for o in reading.officials for s in o.name.spans]
    found = [*_from_lists(reading), *reading.mentions.came]
    found = [f for f in found if not any(s.meets(f.place.span) for s in names)]
    found += _spelt_out(reading, meeting, found)
    by_province = _is_between_provinces(meeting, found)
    heads = _led_by_heads(reading)
    found = [f for f in found if _fits(f, by_province) or f.place.short in heads]
    found = _as_parties(found)
    found += [f for f in _from_name(reading, meeting, found, by_province) if _fits(f, by_province)]
    named = _merge(reading, meeting, found, by_province)
    counted = _counted(reading, named)
    return replace(reading, meetings=(replace(meeting, participants=(*named, *counted)), *others))


def _from_lists(reading: Reading) -> Iterator[Came]:
    folded, speech = reading.source.folded, _speech(reading)
    meeting, came = reading.meetings[0], _came_by_number(reading)
    added = _added_to(reading)
    edition, seat = meeting.edition, fold(meeting.location.value) if meeting.location else ""
    sides = next((n for s in meeting.name.spans if (n := sides_counted(s.of(folded)))), None)
    opens = reading.mentions.dateline.end if reading.mentions.dateline else 0
    for listed in reading.mentions.lists:
        after = folded[listed.span.start : listed.span.end + 8]
        as_such = bool(_AS_SUCH.search(after)) and not _MADE_UP.search(after)
        if not listed.places or (not as_such and any(s.meets(listed.span) for s in speech)):
            continue
        if any(n.span.holds(listed.span) for n in reading.mentions.names):
            continue  # the provinces of 湘鄂渝黔省际联席会议
        sentence = reading.source.sentence_of(listed.span)
        if is_inside(folded, listed.span.start, "《", sentence.start):
            continue
        zone = Span(min(max(sentence.start, opens), listed.span.start), sentence.end)
        is_whole = len({seat, *(p.short for p in listed.places)} - {""}) == sides
        number = edition.value if edition else None
        role = part_of_list(folded, listed, zone, number, is_whole)
        number = listed.count or len(listed.places)
        if role is None and number in came and len(listed.places) == number:
            role = "member"
        if role is None and (as_such or listed in added):
            role = "member"
        if role:
            mixed = any(p.level == "prefecture" for p in listed.places)
            # 五市政协和重庆市江津区、永川区政协: districts beside the cities, of another one
            mixed = mixed or listed.places[0].span.start > listed.span.start
            invited = not GUEST.search(_INVITED.sub("", sentence.of(folded)))
            # 甲、乙、丙及某市某区“三市一区”: the last city only says where the district lies
            apart = _CITIES_APART.search(folded, listed.span.end, listed.span.end + 8)
            cities = _at_one_level(listed.places[: read_number(apart["n"]) if apart else None])
            for place in (*cities, *_beside(reading, listed)):
                yield Came(place, role, True, mixed, role == "guest" and invited)
    for place in reading.mentions.places:
        before = folded[max(0, place.span.start - 12) : place.span.start]
        alone = _ALONE.match(folded, place.whole.end)
        as_such = "东道主" in before or bool(alone and alone["observer"])
        host = _HOST.search(before)
        part: Role = "observer" if alone and alone["observer"] else "guest"
        other = host and (OTHER_TIME.search(before[: host.start()]) or _of_year(reading, before))
        if (host and not other) or _is_said_to_host(reading, place):
            part = "host"
        elif before.endswith(("观察员", "观察员城市", "观察员市")):
            part = "observer"
        elif _TALKS.match(folded, place.whole.end) and not _is_other_time(folded, place):
            part = "member"
        elif not alone:
            continue
        if as_such or not any(s.holds(place.span) for s in speech):
            yield Came(place, part, True)


def _added_to(reading: Reading) -> list[PlaceList]:
    """The lists that others are added to: 由甲、乙、丙组成…，成员城市还包括丁、戊."""
    folded, named = reading.source.folded, [g for g in reading.mentions.lists if g.places]
    return [
        one
        for one, other in pairwise(named)
        if _ALSO.search(folded, one.span.end, other.span.start)
        and reading.source.block_of(one.span).span.holds(other.span)
    ]


def _at_one_level(places: tuple[PlaceSeen, ...]) -> tuple[PlaceSeen, ...]:
    """重庆 of 湖北、贵州、重庆三省市 stands for a province, and is no city that came."""
    levels = {p.level for p in places}
    if levels != {"province", "municipality"}:
        return places
    return tuple(p._replace(level="province") for p in places)


def _of_year(reading: Reading, words: str) -> bool:
    """Whether words name a year after the meeting's: 2023年轮值城市为…."""
    start, year = reading.meetings[0].start_date, _YEAR.search(words)
    return bool(start and year and int(year[1]) > start.value.year)


def _is_other_time(folded: str, place: PlaceSeen) -> bool:
    """Whether a place's clause tells of another year's meeting."""
    lead = re.split("[，。；]", folded[max(0, place.span.start - 30) : place.span.start])[-1]
    return bool(re.search("去年|上届|此前|曾", lead))


def _beside(reading: Reading, listed: PlaceList) -> tuple[PlaceSeen, ...]:
    """The county of 六市和某县, which the number of the list leaves out."""
    joined = re.compile("和|与|及|以及").match(reading.source.folded, listed.span.end)
    if not joined:
        return ()
    places = reading.mentions.places
    first = next((i for i, p in enumerate(places) if p.span.start == joined.end()), None)
    near = () if first is None else places[first : first + 2]
    if len(near) > 1 and near[0].level == "prefecture" and near[0].whole.end == near[1].span.start:
        near = near[1:]  # 四市和长沙市望城区
    return tuple(p for p in near[:1] if p.level in ("district", "county"))


def _came_by_number(reading: Reading) -> set[int]:
    """11个城市代表 came, or 十一市 are the headline's: a list of eleven elsewhere names them."""
    folded = reading.source.folded
    heads = [b.span for b in reading.source.blocks if b.kind == "headline"]
    return {
        g.count
        for g in reading.mentions.lists
        if not g.places
        and g.count
        and g.count > 2
        and "观察员" not in g.span.of(folded)
        and (BODIES.match(folded, g.span.end) or any(h.holds(g.span) for h in heads))
    }


def _is_said_to_host(reading: Reading, place: PlaceSeen) -> bool:
    """本届会商会由九江市承办, of this meeting and not of the next."""
    folded = reading.source.folded
    if not _HOSTS.match(folded, place.whole.end):
        return False
    sentence = reading.source.sentence_of(place.span)
    clause = Span(sentence.start, place.whole.end + 16)
    named = [s for m in reading.meetings[1:] for s in m.name.spans if clause.holds(s)]
    ours = reading.meetings[0].edition
    return not named and not names_other(folded, clause, ours.value if ours else None)


def _speech(reading: Reading) -> tuple[Span, ...]:
    return tuple(s for o in reading.officials for q in o.quotes for s in q.text.spans)


def _is_between_provinces(meeting: MeetingRead, found: list[Came]) -> bool:
    """Whether provinces meet (省长联席会议, 三省, 重庆四川…), not cities."""
    series = meeting.series.value if meeting.series else meeting.name.value
    came = [f for f in found if f.role == "member"]
    cities = {f.place.short for f in came if f.sure and f.place.level in ("prefecture", "county")}
    if len(cities) > 1 and not any(f.place.level == "province" for f in came):
        return False
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
        return found.place.level in ("province", "municipality") or found.role in ("guest",)
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
    for region, places in load_places().regions.items():
        for name in meeting.name.spans:
            at = folded.find(region, name.start, name.end)
            for known in places if at >= 0 else ():
                span = Span(at, at + len(region))
                yield Came(PlaceSeen(span, span, known.short, known.level), "member", True)


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
    speech = _speech(reading)
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
