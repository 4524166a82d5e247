"""Where an official with a bare title (市委书记, 区长) is from, by what the article tells around.

In order: the outlet's own city (我市), the place that the person speaks for (临江将…), the city
whose delegation the headline follows, the host's, the dateline's, the headline's. A city that is
only visited, or whose officials are only received, is none.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from ccmeet.lexicon.attributions import Attribution
from ccmeet.lexicon.offices import Post, city_in
from ccmeet.lexicon.places import Place, load_places
from ccmeet.lexicon.reasons import reason
from ccmeet.model.article import Article
from ccmeet.model.fact import Fact
from ccmeet.model.reading import Reading
from ccmeet.text import Span, places_of

_DATELINE = re.compile(r"\s*[^\s，。；：（）]{2,20}?\d{1,2}月\d{1,2}日[讯电]")
_GUEST = re.compile(
    r"[^。；\n]{0,24}?(?:率(?:我[市省]|[^，。；\n]{0,12}代表团)[^，。；\n]{0,8}?[赴来到]|赴|前往|在)"
    r"(?P<place>[^，。；\n]{2,8}?)(?<!分会场)(?:参加|出席|进行|学习|考察|拜访|访问|列席|对接|调研|交流|洽谈|走访|开展)"
)
# 市委书记…率我市代表团赴南昌: the paper's own city is not the one that it reports from.
_OUR_TEAM = re.compile(
    r"我[省市州][^。；，\n]{0,12}(?:代表团|考察团)[^。；，\n]{0,6}[赴抵到](?P<place>[^。；，\n]{2,8})"
)
# 会见开封市委书记张三一行: the guest's city is not the host's.
_GUESTS = re.compile(r"(?:会见|接见|会晤|欢迎)了?([^。；，\n]{2,40}?)(?:一行|客人|代表团|来宾|$)")
_AWAY = re.compile(
    r"率(?:领|队)?我[市州县区]|我[市州县区](?:参加|出席|赴)|我[市州县区][^。；，\n]{0,12}(?:代表团|考察团)(?!.{0,4}来)|我市(?:市委|副?市长|领导)"
)
_SPEAKS = re.compile(r"(?:表示|说|指出|强调|认为|介绍|希望|提出|建议)(?=[，：])")
_SAYS = re.compile(rf"[^。；！？\n]{{0,14}}?{_SPEAKS.pattern}[，：]“?")
_SPEAKS_FOR = re.compile(
    r"(?:^|(?<=[，。；：“]))(?:(?:[这近]些|近几|多|一)年来?)?(?P<place>[\u4e00-\u9fff]{2,5}?)[市州区县]?"
    r"(?P<verb>将|愿|要|会|正(?!式)|抓住|抓紧|始终|积极|坚持|高度|同(?=[^，。]{0,8}各)|作为(?=[^。；]{2,60}?，[将愿会要]))"
)
"""一年来，临江市抓住…, 下一步，临江将…: the speaker's own."""

_SPEAKS_OF = re.compile(
    r"(?:^|(?<=[，。；：“]))(?P<place>[\u4e00-\u9fff]{2,5}?)[市州区县]?(?P<verb>是|地处|位于)"
)
"""A guest's 临江是三省的通衢: who travels tells of home."""

_TELLS = re.compile(
    r"[^。；！？\n]{0,60}?(?P<words>介绍了?(?P<place>[\u4e00-\u9fff]{2,4}?)[市州区县]?的?"
    r"(?:[市州区县]情|概况|基本情况|(?:经济社会)?发展情况))"
)
"""孙大同致辞，并介绍了临江市情: whose affairs one tells."""

_STANDS_FOR = re.compile(
    r"[^。；，\n]{0,8}代表(?:中共)?(?:[^。；，\n]{2,6}(?:省委|省政府|省人民政府)[、和及与])?(?:中共)?"
    r"(?P<place>[\u4e00-\u9fff]{2,4}?)[市州县区](?:委|政府|人民政府)"
)
"""市委书记A首先代表…省委和临江市委致辞: in whose name one speaks."""

_TWO_HOLD = re.compile(
    r"(?:[^，。]{0,16}，)?(?P<sides>(?P<one>[\u4e00-\u9fff]{2,4}?)[市州县]?[与和同]"
    r"(?P<two>[\u4e00-\u9fff]{2,4}?)[市州县]?)(?:两[市地县])?(?:共同|联合|昨[日天]|今[日天])*(?:举行|召开|举办)"
)
_TITLED = "[市州县]?(?:委|人大|政协|政府|人民政府|[市州县]长|副)"
_TEAM = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,4}?)市?(?:党政|政府)?代表团(?:赴|参加|出席|前往|到|在)"
)
"""岳阳市党政代表团参加…: the city that a report follows."""

_REGIONS = {
    "政务司": "香港", "财政司": "香港", "律政司": "香港", "行政法务司": "澳门",
    "经济财政司": "澳门", "保安司": "澳门", "社会文化司": "澳门", "运输工务司": "澳门",
}  # fmt: skip
"""Departments, each headed by a 司长, that only one of the special regions has."""
_HEADS_REGION = re.compile("(?:候任|署理)?(?:行政长官|特首)")
_SECRETARY = re.compile(f"({'|'.join(_REGIONS)})(?:副|署理)?司长")
_IS_OF = re.compile(
    "(?:^|[，。；：、])(?:[^，。；：、]{0,8}[里中]，)?(?P<place>[\u4e00-\u9fff]{2,4}?)[市州县区]?"
    "(?:方面)?(?:来的|到会的|出席的|派出的|参会的)?[是为](?:[^，。；：]{4,24}、)?$"
)
"""苏州是市委书记A、市长B，无锡是市长C: whom each side sent."""
_LEADS = re.compile(
    r"率(?:领|队)?(?P<place>[\u4e00-\u9fff]{2,8}?)(?:党政|政府|政协|人大|经贸|学习|友好)*"
    r"(?:代表团|考察团|考察组|一行)"
)
"""省委书记…率云山省党政代表团: whose team one leads tells whose secretary one is."""
_SMALL = re.compile("(?P<short>[\u4e00-\u9fff]{2,4})[县区旗]")


def _visited(source: Article, last: int) -> str:
    """Where a person went as a guest: no place that a bare title may be of."""
    own = _GUEST.match(source.folded, last)
    ours = _OUR_TEAM.search(source.folded)
    guests = "".join(guest[1] for guest in _GUESTS.finditer(source.folded))
    return (own["place"] if own else "") + (ours["place"] if ours else "") + guests


def province_of_chain(source: Article, scope: str, chain: tuple[Post, ...]) -> Fact[str] | None:
    """省委常委、长沙市委书记: the province is that of the city in a later post."""
    for post in chain:
        found = city_in(source.folded, post.organization)
        place = found and _known(found[0].of(source.folded))
        if place and scope == "province" and place.province:
            value, city = (_short(place.province), found[0].of(source.text) if found else "")
            spans = (found[0],) if found else ()
            why = reason("post.province", city=city, place=value)
            return Fact(value, spans, "inherited-place", "inferred", why)
    return None


def region_of_department(source: Article, post: Span) -> Fact[str] | None:
    """香港 for 政务司司长: the only place that has the department; for 行政长官 the only special
    region that the text names."""
    told = _SECRETARY.fullmatch(source.folded, *post)
    named = [r for r in ("香港", "澳门") if r in source.folded]
    is_head = len(named) == 1 and _HEADS_REGION.fullmatch(source.folded, *post)
    if not told and not is_head:
        return None
    value = _REGIONS[told[1]] if told else named[0]
    why = reason("post.ground", ground=reason("ground.words", words=post.of(source.text)))
    return Fact(value, (post,), "inherited-place", "inferred", why)


def place_from_context(
    reading: Reading,
    scope: str,
    person: Attribution,
    last: int,
    taken: str = "",
    others: Iterable[Attribution] = (),
) -> Fact[str] | None:
    """The place of rank `scope` (province, region, city, county) that a bare 市长 means: the one
    whose team the person leads, the outlet's own, the speaker's (临江将…), the host's, the
    dateline's, at last that which one of the `others` with bare titles speaks for, since a paper
    leaves out but its own. `region` is an autonomous one, which no 省委 is of.

    `last` is where the list ends that the person stands in, before what is said of it; `taken`
    names the places that others hold the same post of.
    """
    before = Span(max(0, person.start - 40), person.start)
    if sent := _IS_OF.search(reading.source.folded, *before):
        why = reason("ground.words", words=sent[0].lstrip("，。；：、"))
        if found := _at_scope(reading, Span(*sent.span("place")), why, scope, ""):
            return found
    if led := _LEADS.match(reading.source.folded, last):
        why = reason("ground.words", words=led[0])
        if found := _at_scope(reading, Span(*led.span("place")), why, scope, ""):
            return found
        small = _SMALL.fullmatch(reading.source.folded, *led.span("place"))
        if small and scope == "county":  # 率南川县党政代表团
            why = reason("post.ground", ground=why)
            span = Span(*small.span("short"))
            return Fact(span.of(reading.source.text), (span,), "inherited-place", "inferred", why)
    if other := _other_side(reading, scope):
        return other
    if scope in ("region", "prefecture") and (only := _only_one(reading, scope)):
        return only
    visited = _visited(reading.source, last) + taken
    words = _own_words(reading, person, len(visited) > len(taken))
    theirs = (told for other in others for told in _own_words(reading, other, False))
    for span, ground in chain(_publisher(reading), words, _context(reading, scope), theirs):
        found = _at_scope(reading, span, ground, scope, visited)
        if found:
            return found
    return _first_of_two(reading) if scope == "city" else None


def _first_of_two(reading: Reading) -> Fact[str] | None:
    """岳阳与九江市举行座谈会, where only the second's officials are told with their city: a paper
    names its own first, and leaves it out of its officials' titles."""
    folded = reading.source.folded
    cities = {p.short for p in reading.mentions.places if p.level in ("prefecture", "county")}
    for holding in reading.mentions.holdings[:1]:
        two = _TWO_HOLD.match(folded, *holding.sentence)
        if not two or not {two["one"], two["two"]} <= cities:
            continue
        if re.search(two["two"] + _TITLED, folded) and not re.search(two["one"] + _TITLED, folded):
            why = reason("post.ground", ground=reason("ground.words", words=two["sides"]))
            return Fact(two["one"], (Span(*two.span("one")),), "inherited-place", "inferred", why)
    return None


def _other_side(reading: Reading, scope: str) -> Fact[str] | None:
    """我省代表团到云山省…，云水两省: of two that are told together, ours is the one not visited."""
    trip = _OUR_TEAM.search(reading.source.folded)
    seen = trip and next(iter(reading.mentions.places_in(Span(*trip.span("place")))), None)
    for two in reading.mentions.lists if seen else ():
        ours = [p for p in two.places if seen and p.short != seen.short]
        if len(two.places) == 2 and len(ours) == 1 and (known := _known(ours[0].short)):
            words = two.span.of(reading.source.text)
            why = reason("post.ground", ground=reason("ground.words", words=words))
            if _at_level(known, scope) == known.short:
                return Fact(known.short, (ours[0].span,), "inherited-place", "inferred", why)
    return None


def _only_one(reading: Reading, scope: str) -> Fact[str] | None:
    """The autonomous region or prefecture that 自治区主席 or 州长 means, where the article names
    but one."""
    found = load_places().find(reading.source.folded)
    level = "province" if scope == "region" else scope
    named = [(s, p.short) for s, p in found if p.level == level and _at_level(p, scope)]
    if len({short for _, short in named}) != 1:
        return None
    where, short = named[0]
    why = reason("post.ground", ground=reason("ground.words", words=short))
    return Fact(short, (where,), "inherited-place", "inferred", why)


def _own_words(reading: Reading, person: Attribution, is_guest: bool) -> Iterator[tuple[Span, str]]:
    """The place that a person speaks for: 张三表示，…临江将…."""
    folded, name = reading.source.folded, person.name.of(reading.source.folded)
    for block in reading.source.body():
        for told in places_of(folded, name, block.span):
            if tells := _TELLS.match(folded, told.end, block.end):
                yield Span(*tells.span("place")), reason("ground.words", words=tells["words"])
            if stands := _STANDS_FOR.match(folded, told.end, block.end):
                yield Span(*stands.span("place")), reason("ground.words", words=stands[0])
            says = _SAYS.match(folded, told.end, block.end)
            if not says:
                continue
            following = _SPEAKS.search(folded, says.end(), block.end)
            said = Span(says.end(), following.start() if following else block.end)
            for speaks in (_SPEAKS_FOR, _SPEAKS_OF)[: 1 + is_guest]:
                for own in speaks.finditer(folded, *said):
                    words = own["place"] + own["verb"]
                    yield Span(*own.span("place")), reason("ground.speech", words=words)


def _at_scope(
    reading: Reading, span: Span, ground: str, scope: str, visited: str
) -> Fact[str] | None:
    """The first place in a span that is of the rank that a title means, guests' places not."""
    held = reading.meetings[0].location if reading.meetings else None
    is_sign = held and span == held.spans[0] and span.end - span.start == 1  # 来汕调研
    host = _known(held.value) if held and is_sign else None
    if host and _at_level(host, scope) and host.short not in visited:
        why = reason("post.ground", ground=ground)
        return Fact(host.short, (span,), "inherited-place", "inferred", why)
    for where, place in load_places().find(span.of(reading.source.folded)):
        value, stands = _at_level(place, scope), where.shifted(span.start)
        if value and place.short not in visited and _is_meant(reading, stands, place, span):
            why = reason("post.ground", ground=ground)
            return Fact(value, (stands,), "inherited-place", "inferred", why)
    if scope == "county":  # a district that no gazetteer holds
        for seen in reading.mentions.places:
            if seen.level == "district" and span.holds(seen.span) and seen.short not in visited:
                why = reason("post.ground", ground=ground)
                return Fact(seen.short, (seen.span,), "inherited-place", "inferred", why)
    return None


def _is_meant(reading: Reading, stands: Span, place: Place, span: Span) -> bool:
    """Whether a name that is a word too (合作, 朝阳) is the place's: 朝阳日报, but no 粤港合作…."""
    if stands.of(reading.source.folded) not in load_places().homographs:
        return True
    if any(seen.span.start == stands.start for seen in reading.mentions.places):
        return True
    return stands.start == span.start and not any(b.span == span for b in reading.source.blocks)


def place_of_publisher(reading: Reading, scope: str) -> Fact[str] | None:
    """The place that 我市 means: the paper's own, whatever city it reports from."""
    for span, ground in _publisher(reading):
        found = _at_scope(reading, span, ground, scope, "")
        if found:
            return found
    return None


def _publisher(reading: Reading) -> Iterator[tuple[Span, str]]:
    publisher = reading.article.publisher or reading.source.page.publisher
    if publisher:
        yield publisher.spans[0], reason("ground.publisher", publisher=publisher.value)
    section = reading.article.section
    if section and section.value.endswith("站"):  # an outlet's house for one city: 岳阳站
        yield section.spans[0], reason("ground.publisher", publisher=section.value)


def _context(reading: Reading, scope: str) -> Iterator[tuple[Span, str]]:
    for block in (b for b in reading.source.blocks if b.kind == "headline"):
        if team := _TEAM.search(reading.source.folded, *block.span):
            yield Span(*team.span("place")), reason("ground.headline")
    if scope not in ("province", "region") and _AWAY.search(reading.source.folded):
        return  # what the paper calls its own city is not where it reports from
    for meeting in reading.meetings[:1]:
        if meeting.location:
            yield meeting.location.spans[0], reason("ground.place", place=meeting.location.value)
    for block in reading.source.blocks:
        dateline = _DATELINE.match(reading.source.folded, block.start, block.end)
        if block.kind in ("dateline", "paragraph") and dateline:
            yield Span(*dateline.span()), reason("ground.opening", words=dateline[0].strip())
    for block in reading.source.blocks:
        if block.kind == "headline":
            yield block.span, reason("ground.headline")


def _at_level(place: Place, scope: str) -> str | None:
    if scope == "county":
        # a 县委 is of no city of a county's rank
        return place.short if place.level == "county" and place.name[-1] != "市" else None
    if scope in ("province", "region"):
        name = place.province or (place.name if place.level == "province" else "")
        return _short(name) if name.endswith("省" if scope == "province" else "自治区") else None
    if scope == "prefecture":
        return place.short if place.name.endswith("州") else None
    return place.short if place.level in ("prefecture", "municipality") else None


def level_of(short: str) -> str:
    """Whether a place by its short name is a province, or else a city."""
    place = _known(short)
    return "province" if place is not None and place.level == "province" else "city"


def _known(short: str) -> Place | None:
    return load_places().by_name.get(short)


def _short(province: str) -> str:
    place = _known(province)
    return place.short if place else province
