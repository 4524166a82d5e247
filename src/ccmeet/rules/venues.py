"""Where a meeting was held: its city and its house.

The places right after 在 (来, 赴 …) in a sentence that holds the meeting, or right before its verb
in a headline. A reception for its guests gives the city; so does the dateline, where only the
house is named.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from ccmeet.lexicon.houses import BARE, MORE, PLAIN, SITE, VENUE, without_district
from ccmeet.lexicon.places import load_places
from ccmeet.lexicon.reasons import reason
from ccmeet.model.fact import Fact
from ccmeet.model.reading import Holding, MeetingRead, PlaceSeen, Reading
from ccmeet.text import HAN, Span

_PLACED = re.compile(
    r"(?:在|于|移至|移师|转至|改在|齐聚|相聚|聚首|会聚|汇聚|走进|来到|落户|做客|相约|云集|来|赴|到|抵|莅|访|访问|抵达|落子|花落)\s?$"
)
_GATHERS = re.compile(
    r"(?:(?:齐聚|相聚|聚首|会聚|汇聚|相约|云集|共聚|聚会|聚集|汇集)(?:在|于|到)?|聚[到在])\s?$"
)
_LETTER = re.compile(
    rf"(?<=[在来赴莅抵到])(?P<letter>[{HAN}])(?=召开|举行|举办|开幕|启幕|闭幕|落幕|签|会见|考察|调研|学习|访问)"
)
_ALIASES = {
    "宁": "南京", "穗": "广州", "鹏": "深圳", "蓉": "成都", "邕": "南宁", "筑": "贵阳",
    "榕": "福州", "甬": "宁波", "洪": "南昌", "庐": "合肥", "鹭": "厦门", "浔": "九江",
    "莞": "东莞", "禅": "佛山",
}  # fmt: skip
"""Signs for cities that are not in their names."""
_PLAIN_SIGNS = "京津沪渝穗蓉甬"
"""Signs that mean their city though the text names it nowhere."""
_HALL = re.compile(
    rf"[{HAN}]{{0,8}}?(?:会议中心|会展中心|国际中心|博览中心|文化中心|宾馆|酒店|大会堂|会堂|礼堂)(?=[，内里掌])"
)
"""长沙北辰会议中心，大屏幕亮起: a scene's house, after its city."""

_COMES = re.compile(r"(?:前往|来到?|赴|到|抵达?|莅临?|访问?)\s?$")
_TOUR = re.compile("(?:先后|分别|依次)(?:来到|到|赴|抵达|前往|走访|考察)了?$")
_TRAVELS = re.compile(r"(?:来到|赴|抵达|莅临|前往)\s?$")
_HELD_HERE = re.compile(
    r"(?:成功|隆重|顺利|正式|圆满)?(?:召开|举行|举办|开幕|启幕|开会|落幕|闭幕|开场|揭幕|开锣|开(?=[，。；]|$))"
)
_SEAT = re.compile(rf"[{HAN}]{{2,4}}?[市区]|[{HAN}]{{1,4}}?县")
_NO_SEAT = re.compile(
    r"[我本该各两二三四五六七八九十].*|全[国省市县].*|.*的.*|.*[城都省县]市|.*(?:会场|地|园|景|城|校|厂|山|湾|新|社|郊|片|港|库)区|"
    r".*(?:开发|高新|经开|示范|保税|自贸|合作|产业|工业|度假|风景|保护|试验|实验|先行|协作|经济|协同|核心|中心|自治|功能|特)区"
)
"""What ends in 市, 县 or 区 and names none: 在我市举行, 在省会城市举行, 在开发区举行."""

_OURS = re.compile(
    r"[在来到莅于]我[市州](?=召开|举行|举办|开幕|闭幕|签约|考察|学习|参观|访问|调研|交流|对接|洽谈|座谈)"
)
_OUR_OWN = re.compile("我[省市州盟]")
_COUNTY = re.compile(rf"(?P<county>[{HAN}]{{2,4}}?县)(?:{_HELD_HERE.pattern})")
_ASIDE = re.compile(r"（[^（）\n]{2,20}）")
_SCENE = re.compile(rf"(?:[{HAN}]{{0,4}}(?:之[滨畔岸]|[江河湖海][畔边岸滨]|脚下|岸边))?，")
"""在长沙湘江之滨，会议举行: the scene, before a comma."""

_THERE = re.compile(
    r"[在于](?:这里|此[地间]?|该市|当地)(?:如期|成功|隆重|顺利|正式|圆满)?(?:召开|举行|举办|[开闭启落]幕)"
)
_FROM = ("来自", "、", "和", "与", "及")
_MAIN_SITE = re.compile(
    r"主会场[^，。；在]{0,2}[设在]+|在(?=[^，。；在]{2,12}设(?:立|置)?主会场)|(?<=，)(?=[^，。；在]{2,8}设(?:立|置)?主会场)"
)
_IN = re.compile("[在于]")
_SEAT_OF = re.compile("[民委政]|人大|人民|机关")
_DAY = re.compile(r"\d[日月]")
_BY = re.compile(r"(?:成功|隆重|顺利|正式|圆满|以[^，。；]{2,12})?$")


def read_venues(reading: Reading) -> Reading:
    """City and house of the article's own meeting, and the city of those it mentions."""
    if not reading.meetings:
        return reading
    meeting, *others = reading.meetings
    holdings, is_visit = reading.mentions.holdings, _is_visit(reading, meeting)
    venue = next((v for h in holdings if (v := _venue(reading, h))), None)
    house = venue.spans[0] if venue else None
    found = next((p for h in holdings if (p := _places(reading, h, is_visit, house))), None)
    city = (_below(reading, found) or _city(reading, found)) if found else None
    city = city or _by_letter(reading) or _received_in(reading)
    city = city or next((s for h in holdings if (s := _seat(reading, h, house))), None)
    city = city or next((s for h in holdings if (s := _of_outlet(reading, h))), None)
    city = city or _main_site(reading)
    if not city and (venue or is_visit):
        city = _of_dateline(reading) or (_of_house(reading, house) if house else None)
    venue = venue or _site(reading) or (_county(reading, found) if found else None)
    first = replace(meeting, location=city, venue=venue)
    return replace(reading, meetings=(first, *(_mentioned(reading, m) for m in others)))


def _is_visit(reading: Reading, meeting: MeetingRead) -> bool:
    """Whether one side came to the other: no series, or 湘潭—衡阳…座谈会 without a number."""
    if meeting.series is None:
        return True
    sides = {p.short for s in meeting.name.spans for p in reading.mentions.places_in(s)}
    return len(sides) == 2 and not meeting.edition and meeting.name.value.endswith("座谈会")


def _places(
    reading: Reading, holding: Holding, is_visit: bool = False, house: Span | None = None
) -> tuple[PlaceSeen, ...] | None:
    """The places right after 在, or right before the verb, that say where it was held."""
    folded, verb, sentence = reading.source.folded, holding.verb, holding.sentence
    inside = reading.mentions.places_in(sentence)
    inside = [p for p in inside if not house or not _is_of_name(folded, p, house)]
    runs = _runs([p for p in inside if len(p.span.of(folded)) > 1 or p.level != "province"])
    runs = list(_no_stops(folded, runs))
    for run in runs:
        start, end = run[0].span.start, run[-1].whole.end
        before = folded[max(sentence.start, start - 3) : start]
        placed = _PLACED.search(before)
        if placed and _COMES.search(before):
            placed = None
        if placed and end <= verb.start and not re.search("[，。；]", folded[end : verb.start]):
            return run
        if placed and _SCENE.match(folded, end, verb.start):
            return run
        is_subject = sum(p.level == "prefecture" for p in run) > 1  # 湘潭衡阳召开座谈会
        said = end == verb.start and holding.headline and not is_subject
        if said and not folded.endswith(_FROM, 0, start):
            return run
    here = _THERE.search(folded, *sentence)
    told = [r for r in runs if here and r[-1].whole.end <= here.start()]
    if here and not told:
        told = _before(reading, sentence)
    if told and not folded.endswith(_FROM, 0, told[-1][0].span.start):
        return told[-1]
    for run in runs:
        start = run[0].span.start
        near = 0 <= start - verb.end <= 4 and "，" not in folded[verb.end : start]
        if near and _PLACED.search(folded, max(verb.end - 4, start - 3), start):
            return run
    for run in runs:
        start, end = run[0].span.start, run[-1].whole.end
        before = folded[max(0, start - 4) : start]
        if _PLACED.search(before) and (_HELD_HERE.match(folded, end) or is_visit):
            return run
        if _GATHERS.search(before):
            return run
    for run in runs:
        start, end = run[0].span.start, run[-1].whole.end
        comes = _COMES if is_visit else _TRAVELS
        if comes.search(folded, max(0, start - 3), start) and (is_visit or end <= verb.start):
            return run
        if _HALL.match(folded, end):
            return run
    return None


def _before(reading: Reading, sentence: Span) -> list[tuple[PlaceSeen, ...]]:
    """The city of the scene that the paragraph sets first, where it names but one: 五月的岳阳，
    湖水初涨。昨日，会商会在这里举行."""
    block = reading.source.block_of(sentence)
    runs = _runs(reading.mentions.places_in(Span(block.start, sentence.start)))
    cities = [run for run in runs if run[-1].level not in ("province", "district")]
    return cities if len({run[-1].short for run in cities}) == 1 else []


def _no_stops(folded: str, runs: list[tuple[PlaceSeen, ...]]) -> Iterator[tuple[PlaceSeen, ...]]:
    """The runs but for the stops of a tour: 代表团先后到甲市、乙市、丙市."""
    left = 0
    for run in runs:
        start = run[0].span.start
        goes_on = folded[left:start] in ("、", "和", "与")
        if goes_on or _TOUR.search(folded, max(0, start - 8), start):
            left = run[-1].whole.end
        else:
            yield run


def _runs(places: list[PlaceSeen]) -> list[tuple[PlaceSeen, ...]]:
    """Places written on without a mark between: 湖北武汉, 江苏省苏州市昆山市."""
    runs: list[list[PlaceSeen]] = []
    for place in places:
        if runs and runs[-1][-1].whole.end == place.span.start:
            runs[-1].append(place)
        else:
            runs.append([place])
    return [tuple(run) for run in runs]


def _city(reading: Reading, run: tuple[PlaceSeen, ...]) -> Fact[str]:
    place = next((p for p in run if p.level != "province"), run[0])
    printed = place.span.of(reading.source.text)
    if len(printed) == 1:
        why = reason("place.short", words=printed, place=place.short)
        return Fact(place.short, (place.span,), "host-city", "inferred", why)
    return Fact(printed, (place.span,), "host-city")


def _below(reading: Reading, run: tuple[PlaceSeen, ...]) -> Fact[str] | None:
    """在云山省南川县举行: the county rather than its province, where no gazetteer holds it."""
    folded = reading.source.folded
    seat = _SEAT.match(folded, run[-1].whole.end) if run[-1].level == "province" else None
    if not seat or _NO_SEAT.fullmatch(seat[0]) or not _HELD_HERE.match(folded, seat.end()):
        return None
    return _of_seat(reading, Span(*seat.span()))


def _county(reading: Reading, run: tuple[PlaceSeen, ...]) -> Fact[str] | None:
    """在云州临江市南川县召开: the county, which the city's name leaves untold."""
    county = _COUNTY.match(reading.source.folded, run[-1].whole.end)
    if not county or run[-1].level == "province":
        return None
    span = Span(*county.span("county"))
    return Fact(span.of(reading.source.text), (span,), "venue")


def _seat(reading: Reading, holding: Holding, house: Span | None) -> Fact[str] | None:
    """A place that no gazetteer holds, shown by 市, 县 or 区: 在临澄市举行, 在南川县某宾馆举行."""
    folded, sentence = reading.source.folded, holding.sentence
    for mark in _IN.finditer(folded, sentence.start, holding.verb.start):
        ours = _OUR_OWN.match(folded, mark.end())  # 在我州南川县举行
        start = ours.end() if ours else _past_seats(reading, mark.end())
        found = _SEAT.match(folded, start, holding.verb.start)
        if not found or _NO_SEAT.fullmatch(found[0]):
            continue
        aside = _ASIDE.match(folded, found.end())  # 在南川县（青山新区南川组团）召开
        held = _HELD_HERE.match(folded, aside.end() if aside else found.end())
        if held or (house and found.end() == house.start):
            return _of_seat(reading, Span(*found.span()))
    return None


def _of_seat(reading: Reading, seat: Span) -> Fact[str]:
    span = Span(seat.start, seat.end - seat.of(reading.source.folded).endswith("市"))
    span = _shorter(reading, span) or span
    return Fact(span.of(reading.source.text), (span,), "host-city")


def _shorter(reading: Reading, seat: Span) -> Span | None:
    """在南川召开 where 南川区 stands elsewhere in the text: its name without 区 or 县."""
    folded, short = reading.source.folded, Span(seat.start, seat.end - 1)
    if seat.end - seat.start < 3 or seat.of(folded)[-1] not in "区县":
        return None
    held = re.compile(rf"[在于]({re.escape(short.of(folded))})(?:{_HELD_HERE.pattern})")
    found = (held.search(folded, *b.span) for b in reading.source.body())
    return next((Span(*f.span(1)) for f in found if f), None)


def _main_site(reading: Reading) -> Fact[str] | None:
    """会议在长沙设主会场, 主会场设在长沙, 长沙设主会场."""
    runs = _runs(list(reading.mentions.places))
    for block in reading.source.body()[:4]:
        for said in _MAIN_SITE.finditer(reading.source.folded, block.start, block.end):
            if run := next((r for r in runs if r[0].span.start == said.end()), None):
                return _city(reading, run)
    return None


def _of_outlet(reading: Reading, holding: Holding) -> Fact[str] | None:
    """在我市召开, 来我市考察 in a paper that bears its city's name."""
    publisher = reading.article.publisher or reading.source.page.publisher
    ours = _OURS.search(reading.source.folded, *holding.sentence)
    if not publisher or not ours:
        return None
    name = publisher.spans[0].of(reading.source.folded)
    for where, place in load_places().find(name):
        if place.level in ("prefecture", "municipality"):
            why = reason("place.ours", words=ours[0], publisher=publisher.value, place=place.short)
            spans = (where.shifted(publisher.spans[0].start), Span(*ours.span()))
            return Fact(place.short, spans, "host-city", "inferred", why)
    return None


def _of_house(reading: Reading, house: Span) -> Fact[str] | None:
    """The city whose name a house bears, where nothing else tells: 在长沙会议中心举行."""
    for place in reading.mentions.places:
        if place.span.start == house.start and house.holds(place.whole):
            printed = place.span.of(reading.source.text)
            why = reason("place.house", house=house.of(reading.source.text))
            return Fact(printed, (place.span,), "host-city", "inferred", why)
    return None


def _by_letter(reading: Reading) -> Fact[str] | None:
    """在镇召开, where of all cities named only 镇江 has this sign (and 宁 means 南京)."""
    folded, found = reading.source.folded, None
    for holding in reading.mentions.holdings:
        found = _LETTER.search(folded, *holding.sentence)
        if found:
            break
    if not found:
        return None
    letter = found["letter"]
    cities = {
        p.short
        for p in reading.mentions.places
        if p.level != "province" and (letter in p.short or p.short == _meant(letter))
    }
    own = cities & {_meant(letter)} or cities
    if not own and letter in _PLAIN_SIGNS:
        own = {_meant(letter)}
    if len(own) != 1:
        return None
    (city,) = own
    why = reason("place.letter", words=letter, place=city)
    return Fact(city, (Span(*found.span("letter")),), "host-city", "inferred", why)


def _meant(letter: str) -> str:
    """The city that a sign stands for though it may not be in its name: 穗, 沪."""
    known = load_places().letters.get(letter)
    return _ALIASES.get(letter) or (known.short if known else "")


def _received_in(reading: Reading) -> Fact[str] | None:
    """28日在长沙会见前来参加…会商会的客人: the city, not the days."""
    folded = reading.source.folded
    for place in reading.mentions.places:
        met = re.match(r"会见|接见|看望", folded[place.whole.end : place.whole.end + 2])
        if not met or not _PLACED.search(folded, max(0, place.span.start - 3), place.span.start):
            continue
        after = folded[place.whole.end : place.whole.end + 30]
        if re.search(r"参加|出席|来[^，。]{0,6}会", after):
            printed = place.span.of(reading.source.text)
            why = reason("place.guests", place=printed)
            return Fact(printed, (place.span,), "host-city", "inferred", why)
    return None


def _of_dateline(reading: Reading) -> Fact[str] | None:
    """The city of the dateline: 本报济南8月4日讯 of a meeting in 南郊宾馆."""
    dateline = reading.mentions.dateline
    for place in reading.mentions.places:
        if dateline and dateline.holds(place.span) and place.level != "province":
            printed = place.span.of(reading.source.text)
            why = reason("place.opening", words=dateline.of(reading.source.text).strip())
            return Fact(printed, (place.span,), "host-city", "inferred", why)
    return None


def _venue(reading: Reading, holding: Holding) -> Fact[str] | None:
    """The house named after the last 在 before the verb: 于12月5日在长沙会展中心举行."""
    folded, verb = reading.source.folded, holding.verb
    for mark in reversed(list(_IN.finditer(folded, holding.sentence.start, verb.start))):
        start = _past_seats(reading, mark.end())
        found = VENUE.match(folded, start, verb.start)
        while found and found.end() < verb.start and not _BY.match(folded, found.end(), verb.start):
            longer = MORE.match(folded, found.end(), verb.start)
            if not longer:
                break
            found = re.compile(".+").match(folded, start, longer.end())
        if found and _BY.match(folded, found.end(), verb.start) and not _DAY.search(found[0]):
            span = without_district(folded, Span(*found.span()))
            return Fact(span.of(reading.source.text), (span,), "venue")
    return None


def _past_seats(reading: Reading, start: int) -> int:
    """Where the house begins: after its province and 长沙市, but 长沙会展中心 is its whole name."""
    folded = reading.source.folded
    for place in reading.mentions.places:
        if place.span.start != start:
            continue
        is_seat = place.level == "province" or place.whole.end > place.span.end
        # 株洲市民中心, 长沙市委礼堂: the 市 belongs to 市民, 市委.
        belongs = _SEAT_OF.match(folded, place.whole.end) or (
            place.level != "province" and PLAIN.match(folded, place.whole.end)
        )
        if is_seat and not belongs:
            start = place.whole.end
    return start


def _is_of_name(folded: str, place: PlaceSeen, house: Span) -> bool:
    """Whether a place within a house's name says nothing of where it lies: 九江宾馆 may stand
    anywhere; 长沙光明大酒店 stands in 长沙."""
    if not house.holds(place.span):
        return False
    plain = BARE.fullmatch(folded, place.span.end, house.end)
    return place.span.start > house.start or plain is not None


def _site(reading: Reading) -> Fact[str] | None:
    """会场设在…, 地点：…."""
    folded = reading.source.folded
    for block in reading.source.body()[:4]:
        if found := SITE.search(folded, block.start, block.end):
            span = without_district(folded, Span(*found.span("v")))
            return Fact(span.of(reading.source.text), (span,), "venue")
    return None


def _mentioned(reading: Reading, meeting: MeetingRead) -> MeetingRead:
    """The city of another edition, said in the clause that names it."""
    folded = reading.source.folded
    for name in (*meeting.name.spans, *(meeting.edition.spans if meeting.edition else ())):
        end = re.compile("[，。；、\n]|$").search(folded, name.end)
        clause = Span(name.start, end.start() if end else name.end)
        held = _HELD_HERE.search(folded, *clause)
        if not held:
            continue
        if run := _places(reading, Holding(clause, Span(*held.span()))):
            return replace(meeting, location=_city(reading, run))
    return meeting
