"""Places that printed lists say took part, and those whose part stands beside their name alone.

武汉、长沙…四市, 黄石、岳阳等观察员城市, 东道主九江. Ends of railways, models to learn from and
words inside a person's speech name no participant.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ccmeet.lexicon.parts import BODIES, GUEST, OTHER_TIME, names_other, part_of_list, sides_counted
from ccmeet.model.reading import Came, PlaceList, PlaceSeen, Reading, Role
from ccmeet.numerals import read_number
from ccmeet.text import Span, fold, is_inside

_INVITED = re.compile(r"应邀|受邀")
_INVITEE = re.compile(r"(?:特邀|受邀|应邀)(?:嘉宾(?:城市|单位)?|代表|城市|单位)(?:的|为|：)?$")
_HOST = re.compile(
    r"(?:东道主|主办城市|承办城市|(?:轮值|值班)(?:方|城市|主席(?:方|城市)?)|主办方|承办方|主办地|举办地|当值(?:城市|方)?)(?:的)?(?:城市)?(?:为|是)?[，：、]?$"
)
_HOSTS = re.compile(
    r"(?:市?委)?[、，]?(?:市)?(?:人民政府|政府)?(?:承办|主办|轮值|举办|做东|坐庄|(?:作为|是|为|担任|系)(?:此次|本次|本届)?(?:会议|会商会|联席会议|活动|论坛)?的?"
    r"(?:东道主|轮值|主办|承办|当值|主席方))"
)
_ALONE = re.compile(
    r"(?:特别行政区|特区)?(?:政府[一-龥]{0,10}?(?:局|厅|司|署|办))?(?:政府)?(?:派代表|的?代表团?|派员|等)?(?:首次|也|则|还|均|将|拟)*(?:(?P<observer>(?:作为|以)观察员)|应邀|受邀|(?:派员)?列席|作为特邀|作为嘉宾)"
)
_YEAR = re.compile(r"(20\d\d)年")
_TALKS = re.compile(
    "(?:代表)?(?:分别|先后|依次)?作(?:了)?(?:交流|典型|表态|主题|专题)*发言"
    "|(?:党政|政府|经贸)?代表团(?:参会|与会|出席(?!.{0,6}的)|参加会议)"
)
_CITIES_APART = re.compile("“(?P<n>[两三四五六七八九十])市[一二两三四五六七八][区县]”")
_AS_SUCH = re.compile(
    f"成员(?:城市|单位|市)|观察员|{_CITIES_APART.pattern}"
    "|的?(?:党政|政府|主要)*(?:市长|州长|代表团?|负责人|领导|负责同志)[^，。；]{0,6}(?:与会|参会|到会)"
)
"""Words that say of a list, in whoever's mouth, that it is of those who take part."""
_ADMITS = re.compile("(?:吸收|吸纳|接纳|增补|新增)(?:[一-龥]{2,4}[市州]?、)*$")
_AS_ONE = re.compile(
    "(?:、[一-龥]{2,4}[市州]?)*(?:等[^，。；]{0,6})?(?:成?为|作为)(?:新的?|正式)?"
    "(?:成员|会员|(?P<observer>观察员))"
)
"""会议同意吸收恩施州为新成员, 吸纳三亚为观察员."""
_ALSO = re.compile("成员(?:城市|单位|市)?(?:还有|还包括|还包含|另有|另外还有)：?$")
_GOES_ON = re.compile(r"[，；、](?:以及|和)?[一-龥]{2,4}省?的")
_JOINED = re.compile("和|与|及|以及")
_MADE_UP = re.compile("组成|构成|包括|发起")


def read_rosters(reading: Reading) -> Reading:
    """Fill `mentions.came` with the places that lists, or their own words, say took part."""
    if not reading.meetings:
        return reading
    came = (*_from_lists(reading), *_named_alone(reading))
    return replace(reading, mentions=reading.mentions._replace(came=came))


def _from_lists(reading: Reading) -> Iterator[Came]:
    folded = reading.source.folded
    for listed, role in _parts(reading):
        mixed = any(p.level == "prefecture" for p in listed.places)
        # 五市政协和重庆市江津区、永川区政协: districts beside the cities, of another one
        mixed = mixed or listed.places[0].span.start > listed.span.start
        sentence = reading.source.sentence_of(listed.span)
        invited = not GUEST.search(_INVITED.sub("", sentence.of(folded)))
        # 甲、乙、丙及某市某区“三市一区”: the last city only says where the district lies
        apart = _CITIES_APART.search(folded, listed.span.end, listed.span.end + 8)
        cities = _at_one_level(listed.places[: read_number(apart["n"]) if apart else None])
        for place in (*cities, *_beside(reading, listed)):
            yield Came(place, role, True, mixed, role == "guest" and invited)


def _parts(reading: Reading) -> list[tuple[PlaceList, Role]]:
    """The lists that say who took part, and the part."""
    folded, speech = reading.source.folded, reading.speech
    meeting, came = reading.meetings[0], _came_by_number(reading)
    added = _added_to(reading)
    edition, seat = meeting.edition, fold(meeting.location.value) if meeting.location else ""
    sides = next((n for s in meeting.name.spans if (n := sides_counted(s.of(folded)))), None)
    opens = reading.mentions.dateline.end if reading.mentions.dateline else 0
    parts: dict[PlaceList, Role | None] = {}
    for listed in reading.mentions.lists:
        after = folded[listed.span.start : listed.span.end + 20]
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
        parts[listed] = role
    # 来自甲省的…，乙省的…，丙省的…等市: what is said of one list is said of all
    for one, other in pairwise(parts):
        if _GOES_ON.fullmatch(folded, one.span.end, other.span.start):
            parts[other] = parts[other] or parts[one]
    return [(listed, role) for listed, role in parts.items() if role]


def _named_alone(reading: Reading) -> Iterator[Came]:
    """Places whose part their own words tell: 东道主九江, 本届由九江承办, 安庆应邀列席."""
    folded, speech = reading.source.folded, reading.speech
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
        elif _INVITEE.search(before):
            part = "guest"
        elif _ADMITS.search(before) and (taken := _AS_ONE.match(folded, place.whole.end)):
            part = "observer" if taken["observer"] else "member"
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
    joined = _JOINED.match(reading.source.folded, listed.span.end)
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
