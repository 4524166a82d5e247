"""Places that sent someone: by the posts of those who attend or speak, and by whom they stand for.

江州市委常委、某县委书记 stands for the county; who is only cited (传达…讲话精神), who comes for a
party or a university stands for no place.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from ccmeet.model.reading import Came, PlaceSeen, Reading, Role
from ccmeet.text import Span, fold

_ATTENDS = re.compile(
    r"出席|参加|讲话|发言|致辞|签署|签约|主持|介绍|表示|通报|提出|指出|说|会见|倡议|强调|认为|建议|参会|与会|"
    r"代表|出席会议"
)
_ABSENT = re.compile(
    r"曾[来率赴到]|指示|批示|贺信|精神|传达|转达|率考察(?![团组队][^，。；]{0,8}[来到抵])"
)
_CARRIES = re.compile("贯彻|落实|学习|按照|根据|遵循")
_OFFICE = re.compile(
    r"(?:市|省|州|区|县)?(?:委|政府|人大|政协|代?[市省州区县]长|长|副[市省州区县]长|常务副|发展|发改|人民政府|党政)"
)
_NO_OFFICE = re.compile(
    r"[一-龥]{0,4}(?:大学|学院)|市?(?:人民)?政府驻|市?驻|办事处|[一-龥]{0,8}?(?:开发区|高新区|经开区|产业园|工业园)|集团|公司|日报|晚报|医院|海关|机场|港|商会|协会|研究|银行|社科|党校"
)
_PARTY = re.compile(
    r"(?:九三学社|民盟|民建|民革|民进|农工党|致公党|台盟|民主同盟|促进会)[^，。；、]{0,6}$"
)
_CHAIN = re.compile(r"[^，；。：\n]{0,14}、$")
_MEMBER_ONLY = re.compile("市?委常委[、，兼]")
_MARK = re.compile("[，。；、]")
_CLAUSE = re.compile("[，；]")
_REGIONS = ("香港", "澳门")
_STOP = re.compile("[。；]")
_TO_PRESS = re.compile(
    "[^，。；]{0,16}(?:[对向]本?[报台网]?记者|告诉本?[报台网]?记者|接受[^，。；]{0,10}采访)"
)
"""某新区管委会研究室副主任方大同对记者说: no delegate of the area, though of a city one may be."""
_OPENS_LIST = re.compile("观察员(?:城市|市)?|特邀(?:嘉宾|代表)?")
_AFTER_LIST = re.compile("[，；。]|出席|参加|代表")

_SPEAK_FOR_OBSERVERS = re.compile(
    "(?<![和与及、])(?:来自)?(?:[各几多数两三四五六七八九十]+[个位家])?观察员(?:城市|市)?(?:的|派来的|来的)?"
    "(?:[几多数各两三四五六七八九十]+位)?(?:主要)?(?:负责人|负责同志|代表|市长|领导|嘉宾|官员|客人|同志)"
)
"""记者拦住几位来自观察员城市的负责人，请他们谈谈: those who speak next, up to another group."""
_ASKED = re.compile("采访|[请听问]|说|谈|聊|发言|登台|登场|表态|声音|心声|话筒|话匣")
_SPEAK_FOR_MEMBERS = re.compile(
    "(?:成员|省会|东道主|主办)(?:城市)?[^，。；]{0,4}(?:负责人|代表|市长|领导|书记)"
)


def read_delegations(reading: Reading) -> Reading:
    """Add to `mentions.came` the places whose officials took part, in the order found."""
    if not reading.meetings:
        return reading
    sent = (*_from_posts(reading), *_from_officials(reading), *_from_homes(reading))
    came = (*reading.mentions.came, *sent)
    return replace(reading, mentions=reading.mentions._replace(came=came))


def _from_posts(reading: Reading) -> Iterator[Came]:
    """Places whose officials attend or speak; 湖北省委常委、武汉市委书记 stands for 武汉."""
    folded, zones = reading.source.folded, _zones_of_observers(reading)
    places = reading.mentions.places
    for index, place in enumerate(places):
        office = _OFFICE.match(folded, place.span.end)
        if not office or _is_of_party(folded, place):
            continue
        if index + 1 < len(places) and places[index + 1].span.start < office.end():
            continue  # 吉林省长春市 has no 省长
        if _NO_OFFICE.match(folded, place.span.end):
            continue
        following = places[index + 1] if index + 1 < len(places) else None
        if (
            following
            and following.level != "province"
            and place.level == "province"
            and (_CHAIN.fullmatch(folded, place.whole.end, following.span.start))
        ):
            continue
        if (
            following
            and following.level == "county"
            and _MEMBER_ONLY.match(folded, place.whole.end)
        ):
            continue  # 江州市委常委、某县委书记
        sentence = reading.source.sentence_of(place.span)
        stop = _STOP.search(folded, place.span.end, sentence.end)
        end = stop.start() if stop else sentence.end
        attends = _ATTENDS.search(folded, place.span.end, sentence.end)
        if attends and not _is_absent(folded, Span(place.span.start, end), place.span):
            yield Came(place, _role_of_post(folded, sentence, place, zones), False)


def _from_homes(reading: Reading) -> Iterator[Came]:
    """The cities of officials with bare titles who act, told elsewhere: 市长A表示，临江将…."""
    places = {p.span: p for p in reading.mentions.places}
    by_short = {p.short: p for p in reversed(reading.mentions.places)}
    named = reading.meetings[0].name.spans  # 市长A率队赴某市考察, which names a visit
    for official in reading.officials:
        words = official.attribution_text.spans if official.attribution_text else ()
        goes = any(n.holds(s) for n in named for s in official.name.spans)
        if not official.city or not (official.verb or official.quotes or goes):
            continue
        for span in official.city.spans:
            place = places.get(span) or by_short.get(fold(official.city.value))
            if place is None or (place.level == "province" and place.short not in _REGIONS):
                continue
            if place.short in _REGIONS or not any(w.holds(span) for w in words):
                yield Came(place, "member", False)


def _from_officials(reading: Reading) -> Iterator[Came]:
    """The places that the posts of officials name, who are said to be there or to speak."""
    folded, zones = reading.source.folded, _zones_of_observers(reading)
    for official in reading.officials:
        spans = official.attribution_text.spans if official.attribution_text else ()
        for span in spans:
            inside = reading.mentions.places_in(span)
            cities = _whose(folded, [p for p in inside if p.level != "province"] or inside)
            sentence = reading.source.sentence_of(span)
            if not cities or _is_absent(folded, sentence, span):
                continue
            for place in cities:
                if place.level == "district" and _TO_PRESS.match(folded, span.end):
                    continue
                if not _NO_OFFICE.match(folded, place.whole.end) and not _is_of_party(
                    folded, place
                ):
                    yield Came(place, _role_of_post(folded, sentence, place, zones), False)


def _is_absent(folded: str, sentence: Span, person: Span) -> bool:
    """Whether a person is only cited (传达…讲话精神); 市长A、B座谈，贯彻…指示精神 were there."""
    lead = _CLAUSE.split(folded[sentence.start : person.start])[-1]
    cited = _ABSENT.search(folded, person.end, sentence.end)
    if cited is None:
        return bool(_ABSENT.search(lead))
    carries = _CARRIES.search(folded, person.end, cited.start())
    return cited[0] not in ("指示", "批示", "精神") or not carries


def _whose(folded: str, places: list[PlaceSeen]) -> list[PlaceSeen]:
    """Whom a person with these places in his posts stands for.

    江州市委常委、某县委书记 for the county, 江州市某区区长 for the district.
    """
    kept = []
    for place, following in zip(places, [*places[1:], None][: len(places)], strict=True):
        small = following and following.level in ("county", "district")
        whole = small and following and following.span.start == place.whole.end
        above = small and following and following.level == "county"
        if not (whole or (above and _MEMBER_ONLY.match(folded, place.whole.end))):
            kept.append(place)
    if len(places) > 1 and places[0].whole.end == places[1].span.start:
        return kept
    return [p for p in kept if p.level != "district"] or kept


def _is_of_party(folded: str, place: PlaceSeen) -> bool:
    """九三学社西安市委主委 comes for a party and not for a city, 驻沈阳总领事 for his country."""
    if folded.startswith("驻", place.span.start - 1):
        return True
    return bool(_PARTY.search(folded[max(0, place.span.start - 14) : place.span.start]))


def _zones_of_observers(reading: Reading) -> list[Span]:
    """Where only the observers' people speak: after words that say so, up to another group."""
    folded, end = reading.source.folded, 0
    if "观察员" not in folded:
        return []
    zones: list[Span] = []
    for block in reading.source.body():
        for said in _SPEAK_FOR_OBSERVERS.finditer(folded, *block.span):
            sentence = reading.source.sentence_of(Span(*said.span()))
            rest = folded[said.end() : sentence.end]
            named = reading.mentions.places_in(Span(said.end(), sentence.end))
            if said.start() >= end and _ASKED.search(rest) and not named:
                other = _SPEAK_FOR_MEMBERS.search(folded, sentence.end)
                heading = (b.start for b in reading.source.blocks if b.kind == "heading")
                ends = [h for h in heading if h > sentence.end]
                end = min([len(folded), *ends[:1], *([other.start()] if other else [])])
                zones.append(Span(sentence.end, end))
    return zones


def _role_of_post(folded: str, sentence: Span, place: PlaceSeen, zones: list[Span]) -> Role:
    """观察员城市安庆市市长…、黄石市市长… came for observers."""
    if any(zone.holds(place.span) for zone in zones):
        return "observer"
    before = folded[sentence.start : place.span.start]
    mark = _MARK.search(folded, place.span.end, sentence.end)
    clause = folded[place.span.end : mark.start() if mark else sentence.end]
    if any(word + "观察员" in clause for word in ("作为", "以", "代表")):
        return "observer"
    lead = list(_OPENS_LIST.finditer(before))
    # The words must open the list the post stands in.
    if not lead or _AFTER_LIST.search(before, lead[-1].end()):
        return "member"
    return "observer" if lead[-1][0].startswith("观察员") else "guest"
