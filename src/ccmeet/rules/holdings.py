"""Sentences that say that the article's own meeting was or will be held, the surest first.

Its name (or 会议, 会商会) with a verb of holding; then those who 参加 or gather for it; for a
visit, the sentences of its coming, talks and signing. A sentence about another edition or
another meeting is none.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from ccmeet.model.reading import Holding, Reading
from ccmeet.numerals import NUMERAL, read_number
from ccmeet.text import HAN, Span, sentences

_SINCE_IN = "|".join(f"(?<=在{'.' * length})" for length in range(2, 9))
_HOLD = re.compile(
    r"召开|举行|举办|办在|开在|开会|开幕|启幕|落幕|闭幕|拉开帷幕|拉开大幕|拉开序幕|落下帷幕|落幕|开场(?!白)|揭幕|开锣|收官|收尾|开了?席|圆满|召集|如期而至|会聚|亮相|登场|开了(?=整|[一两半][天日])|开了?(?:一[场次个])?(?=“)|举(?=第)"
    # 会商会6日放在岳阳开。
    rf"|(?:{_SINCE_IN})(?<![展公离推拉打分盛散避敞召铺揭张])开(?=[，。；]|$)"
)
_JOIN = re.compile(
    r"参加(?!会见)|主持(?=[^，。；]{2,20}会)|出席(?!会见)|参会|与会|齐聚|共聚|汇聚|聚首|相聚|聚会|碰头|延期|推迟|改期|签署|签约|会商|共商"
    # 方大同在沿江会商会上说
    r"|上(?<=[会议坛].)(?=(?:作了?[^，。；]{0,6})?(?:发言|讲话|致辞|表态|表示|说|指出|强调|介绍|提出|透露|建议))"
)
_VISIT = re.compile(
    r"考察(?!团|组)|访问(?!团)|调研(?!组)|会见|会谈|座谈|洽谈|商谈(?!会)|恳谈(?!会)|面谈|坐下来谈|坐[到在]一起|回访|拜访|对接|签约|签署|签订|签下|缔结|来到|率队|举行|举办|召开|"
    r"开会(?![议员])|碰头|聚首|会商(?!会)"
)
_REFER = re.compile(
    r"(?:此次|本次|这次|本届|该|会商会|联席会议|联席会|协调会|座谈会|峰会|论坛|年会|会晤|会议|大会|圆桌会|推进会)"
    r"(?![精通指])"
)
_OTHER = re.compile(
    r"发布会|[上下]一?[届次]|以来|明年|去年|前年|此前|曾|每年|轮流|将由|已(?:成功|连续)?举|自(?=\d|首)|创办|发起|历[届次]|原则上|开幕式|闭幕式|仪式"
)
_SET_FOR = re.compile("(?:定于|拟于|将于|预定于?|计划于?)明年")
_NUMBERED = re.compile(rf"第({NUMERAL})[届次]")
_ABOUT = re.compile("的?(?:新闻发布|发布会|筹备|预备|通气|媒体|动员|倒计时|组委会|秘书处)")
"""After its name: an event before the meeting."""
_HOLDS_ANOTHER = re.compile(rf"[了的过]?[{HAN}“]{{0,20}}(?:会|论坛|仪式)")
_HOLDS_NEXT = re.compile(rf"[了的]?第({NUMERAL})[届次]")
"""论坛拟于2026年举办第三届: another edition."""
_PLANNED = re.compile(r"(?:原定|原计划|原拟|本应|本定)[^，。；]*$")
_TOGETHER = re.compile("(?:[暨和与及、并]|以及)$")
_CALLED = re.compile("（(?:以下|下文)?(?:简?称)?(?:为|：)?“?$")
_MOST = 40
"""Sentences kept, and names looked at in one."""

_SHOWN = ("headline", "caption")


def read_holdings(reading: Reading) -> Reading:
    """Fill `mentions.holdings`: body before headline and captions, held before joined."""
    if not reading.meetings:
        return reading
    meeting = reading.meetings[0]
    mine, named = _named(reading)
    blocks = [b for b in reading.source.blocks if b.kind not in ("credit", "notice")]
    told = [(s, b.kind in _SHOWN) for b in blocks for s in sentences(reading.source.folded, b.span)]
    found = list(_in(reading, told, _HOLD, mine, named))
    joined = list(_in(reading, told, _JOIN, mine, named))
    visits = list(_visits(reading)) if not meeting.series else []
    ordered: dict[Span, Holding] = {}
    for group in (found, joined, visits):
        for holding in sorted(group, key=lambda h: (h.headline, h.sentence)):
            ordered.setdefault(holding.sentence, holding)
    mentions = reading.mentions._replace(holdings=tuple(ordered.values())[:_MOST])
    return replace(reading, mentions=mentions)


def _named(reading: Reading) -> tuple[set[Span], list[Span]]:
    """The spans that name the meeting, and all that name any: 会议 and 全体大会 alone don't."""
    folded, mine = reading.source.folded, set(reading.mentions.own)
    names = [n for n in reading.mentions.names if n.ordinal or not n.is_general]
    ends = {s.end for s in mine}
    for other in reading.mentions.names:
        # A联席会议暨B论坛在…举行: held together.
        joint = _TOGETHER.search(folded, max(0, other.span.start - 2), other.span.start)
        # A大会（简称大会）将于…举行: its short name.
        called = _CALLED.search(folded, max(0, other.span.start - 6), other.span.start)
        if (joint and joint.start() in ends) or (called and called.start() in ends):
            mine.add(other.span)
    return mine, sorted({*mine, *(n.span for n in names)})


def _in(
    reading: Reading,
    told: list[tuple[Span, bool]],
    verbs: re.Pattern[str],
    mine: set[Span],
    named: list[Span],
) -> Iterator[Holding]:
    """The sentences that one of the verbs makes a holding; each is told with whether it is a
    headline or caption."""
    folded = reading.source.folded
    for sentence, is_shown in told:
        for verb in verbs.finditer(folded, *sentence):
            first = bisect_left(named, (sentence.start, 0))
            within = named[first : min(bisect_left(named, (sentence.end, 0)), first + _MOST)]
            is_object = folded.startswith("的", verb.end())
            if is_object and _PLANNED.search(folded, sentence.start, verb.start()):
                continue  # 原定7月20日举行的论坛将于7月28日召开
            if _is_mine(reading, sentence, verb, mine, within):
                yield Holding(sentence, Span(*verb.span()), is_shown)
                break


def _is_mine(
    reading: Reading, sentence: Span, verb: re.Match[str], mine: set[Span], named: list[Span]
) -> bool:
    """Whether the thing held is one of `mine`: the name before the verb, or after 召开的."""
    folded, edition = reading.source.folded, reading.meetings[0].edition
    after = next((s for s in named if 0 <= s.start - verb.end() <= 12), None)
    if after and not re.search("[，。；]", folded[verb.end() : after.start]):
        return after in mine and not _ABOUT.match(folded, after.end)
    before = [s for s in named if s.end <= verb.start()]
    if before:
        between = folded[before[-1].end : verb.start()]
        return before[-1] in mine and not _OTHER.search(_SET_FOR.sub("", between))
    if _HOLDS_ANOTHER.match(folded, verb.end(), sentence.end):
        return False
    other_one = _HOLDS_NEXT.match(folded, verb.end(), sentence.end)
    if other_one and (not edition or read_number(other_one[1]) != edition.value):
        return False
    clause = folded[sentence.start : verb.start()]
    numbers = (read_number(n[1]) for n in _NUMBERED.finditer(clause))
    other = _OTHER.search(clause) or any(not edition or n != edition.value for n in numbers)
    return verb.re is _HOLD and bool(_REFER.search(clause)) and not other


def _visits(reading: Reading) -> Iterator[Holding]:
    """Sentences near the top in which those who meet come, talk or sign."""
    folded, body = reading.source.folded, reading.source.body()
    name = reading.meetings[0].name.spans[0]
    for block in (*(b for b in reading.source.blocks if b.kind == "headline"), *body[:3]):
        for sentence in sentences(folded, block.span):
            verb = _VISIT.search(folded, *sentence)
            first = _VISIT.search(folded, *name) if sentence.holds(name) else None
            if verb:
                span = Span(*(first or verb).span())
                yield Holding(sentence, span, block.kind == "headline")
