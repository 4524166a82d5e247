"""Meetings without a name of their own: a visit, a reception or a signing between two cities.

Read only where no named meeting is: a clause of the headline or of the first paragraphs in which
a delegation comes, is received or sits down to talk (…党政代表团来…考察), or two cities sign. The
clause as printed is the meeting's name; it has no series.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ccmeet.model.fact import Fact
from ccmeet.model.reading import MeetingRead, PlaceSeen, Reading
from ccmeet.text import HAN, Span, clauses, sentences

_VISIT = re.compile(
    r"考察(?!团|组)|访问(?!团)|调研(?!组)|会见|会谈|座谈|洽谈|拜访|走访|互访|到访|来访|对接(?!共享|服务|平台|机制)|交流(?!团)|签约|"
    r"签署|签订|结对|缔结|签下|来到|抵达|莅临|前往|商谈(?!会)|恳谈(?!会)|面谈|坐下来谈|坐[到在]一起|回访|开会(?![议员])|碰头|聚首|会商(?!会)"
    # 代表团先后到甲、乙、丙，学习考察…
    f"|(?<=[团组])(?:先后|分别|依次)[到赴](?=[{HAN}]{{2}})"
)
_PARTY = re.compile(
    r"代表团|代表(?=齐聚|相聚|聚首|会聚|汇聚|云集|共聚)|考察团|考察组|访问团|交流团|调研组|调研团|代表队|一行|客人|嘉宾|来宾|率队|率团|带队|两市|两地|三市|"
    r"双方|[两二三四五六七八九十]+个?(?:市|地|省|城|县|州|区|方)"
    r"|(?:书记|省长|市长|州长|县长|区长)[^，。；]{2,16}[与和同][^，。；]{2,16}(?:书记|省长|市长|州长|县长|区长)"
)
_SHORT = re.compile("对口|同城化|融合发展|协同发展|结对|一体化")
_HERE = re.compile(
    r"来我[市省州区县]|我[市省州]|[来赴到抵莅访][一-龥]{1,5}?(?=考察|调研|访问|学习|参观|交流|对接|洽谈)"
)
_LEAD_IN = re.compile(
    rf"[\s【】（）\d年月日{HAN}]{{0,8}}?(?:[上中下]午|[上下]旬|晚上?|日前|近日|今天|昨天|今日|昨日)|(?:\d{{1,2}}月)?\d{{1,2}}日(?:(?=在)|由)"
)
_JOINED = re.compile("(?:人民政府|政府)?[与和同、]?")
_WITH_US = re.compile("我[市省州区县](?:人民政府|政府)?[与和同]$")
_WHEN = r"(?:[昨今][日天]|\d{1,2}日|[上下]午|正式|共同|联合|成功|携手)*"
_SIGNS = re.compile(
    rf"(?:人民政府|政府)?{_WHEN}(?:在[^，。；]{{2,16}}?)?{_WHEN}(?:签署|签订|缔结|签下)"
)
_AGREES = re.compile(
    rf"的?[{HAN}]{{0,12}}?(?:商定|约定|议定|敲定|一致同意|达成|通过(?=了|《|$)|表决$|(?:围绕|就)[^，。；]{{2,60}}(?:开展|展开|深化|加强)[^，。；]{{0,6}}合作)"
)
_CEREMONY = re.compile(
    "(?:举行|举办)(?:了)?(?:《[^《》]+》|[^，。；《》]){0,24}(?:签约|签字|签署|签订)仪式"
    # 甲省与乙市合作对接活动在丙举行
    "|(?:对接|交流|合作|协作|考察)(?:活动|仪式)[^，。；]{0,16}(?:举行|举办|启动)"
)
"""甲市、乙市在…举行《…》签约仪式: the places themselves hold it."""

_THANKS = re.compile("[来到]访?[^，。；]{0,6}表示(?:热烈|衷心|诚挚)?(?:的)?(?:欢迎|感谢)")
_WISHES = re.compile(
    "希望|期待|愿(?=[^望])|为(?:了|把|进一步|深入|加快|推进|推动|深化|更好|贯彻|落实|加强|学习|持续)"
)
_GOES = re.compile(rf"(?:赴|前往)[{HAN}]{{2,5}}[市州县区]?(?:学习)?(?:考察|调研|访问)")
_LONGEST = 60


def read_visits(reading: Reading) -> Reading:
    """Where no meeting is named that says whose it is, the visit or signing told first."""
    if reading.meetings and _is_told(reading):
        return reading
    found = next(_clauses(reading), None)
    if not found:
        return reading
    name = Fact(found.of(reading.source.text), (found,), "visit-name")
    meeting = MeetingRead(name, Fact("held", (found,), "state"))
    mentions = reading.mentions._replace(own=(found, *reading.mentions.own))
    return replace(reading, meetings=(meeting, *reading.meetings[1:]), mentions=mentions)


def _is_told(reading: Reading) -> bool:
    """Whether the meeting's name says whose it is: 两市座谈会 doesn't, the visit around it does."""
    first = reading.meetings[0]
    words = first.name.spans[0].of(reading.source.folded)
    inside = [p for s in first.name.spans for p in reading.mentions.places_in(s)]
    return first.series is not None or bool(inside) or bool(_SHORT.search(words))


def _clauses(reading: Reading) -> Iterator[Span]:
    """Clauses that tell of a visit, in text order, without the date they begin with."""
    folded, places = reading.source.folded, reading.mentions.places
    heads = [b for b in reading.source.blocks if b.kind == "headline"]
    lead = [*heads, *reading.source.body()[:3]]
    opens = reading.mentions.dateline.end if reading.mentions.dateline else 0
    cities = {p.short for p in places for b in lead if b.span.holds(p.span)}
    for block in lead:
        for sentence in sentences(folded, block.span):
            for clause in _parts(folded, sentence):
                verb = _VISIT.search(folded, *clause)
                if not verb and _agree(reading, clause):
                    yield Span(clause.start, min(clause.end, clause.start + _LONGEST))
                if not verb or _WISHES.match(folded, *clause) or _THANKS.search(folded, *clause):
                    continue
                told = _PARTY.search(folded, *clause) or _GOES.search(folded, *clause)
                told = told or _hold(folded, clause, places)
                if not told and not _sign(folded, clause, places):
                    continue
                here = _HERE.search(folded, *clause)
                received = verb[0] == "会见" and len(cities) > 0
                if len(cities) > 1 or received or (cities and here):
                    led = re.compile(r"由[^，。]{2,40}?率领的").match(folded, *clause)
                    start = led.end() if led else clause.start
                    if clause.start < opens < clause.end:
                        start = max(start, min(opens, verb.start()))
                    yield Span(start, min(clause.end, start + _LONGEST))


def _agree(reading: Reading, clause: Span) -> bool:
    """Whether a counted list of cities agrees on something: 甲、乙、丙三市商定了三项合作."""
    lists = (x for x in reading.mentions.lists if clause.holds(x.span))
    whole = (x for x in lists if len(x.places) == x.count)
    return any(_AGREES.match(reading.source.folded, x.span.end, clause.end) for x in whole)


def _hold(folded: str, clause: Span, places: tuple[PlaceSeen, ...]) -> re.Match[str] | None:
    """The ceremony or activity that two places or more hold in a clause, if there is one."""
    several = len({p.short for p in places if clause.holds(p.span)}) > 1
    return _CEREMONY.search(folded, *clause) if several else None


def _sign(folded: str, clause: Span, places: tuple[PlaceSeen, ...]) -> bool:
    """Whether two places themselves sign: 长沙市与武汉市在…签署协议, not their firms."""
    inside = [p for p in places if clause.holds(p.whole)]
    for place in inside:  # 我市与某市签订…
        ours = _WITH_US.search(folded, clause.start, place.span.start)
        if ours and _SIGNS.match(folded, place.whole.end, clause.end):
            return True
    for one, other in pairwise(inside):
        joined = _JOINED.fullmatch(folded, one.whole.end, other.span.start)
        if joined and _SIGNS.match(folded, other.whole.end, clause.end):
            return True
    return False


def _parts(folded: str, sentence: Span) -> Iterator[Span]:
    """The clauses of a sentence, parted at blanks too (headlines), dates left off."""
    for clause in clauses(folded, sentence):
        start = clause.start
        for blank in re.finditer(r"\s+|$", folded[clause.start : clause.end]):
            end = clause.start + blank.start()
            if lead_in := _LEAD_IN.match(folded, start, end):
                start = lead_in.end()
            if end > start:
                yield Span(start, end)
            start = clause.start + blank.end()
