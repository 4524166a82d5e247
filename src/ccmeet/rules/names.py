"""Names of meetings as printed: where each begins and ends, its ordinal, year and series.

A name ends in a word for a meeting (lexicon/series.yaml) and begins where a verb, a mark or a
date ends. Its ordinal may stand before (首届…会商会), inside (…第十届会商会) or after it
(…联席会议第五次会议); the series is the name without it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from ccmeet.lexicon.places import load_places
from ccmeet.lexicon.series import SeriesWords, load_series_words
from ccmeet.model.reading import MeetingName, Reading
from ccmeet.numerals import NUMERAL, read_number
from ccmeet.text import HAN, Span

_ORDINAL = re.compile(rf"第\s?(?P<n>{NUMERAL})\s?[届次轮回期]|(?P<first>首届|首次|首轮)")
_TAIL = re.compile(
    rf"(?:（\s?)?第\s?(?P<n>{NUMERAL})\s?[届次](?:(?:全体|工作|正式|专题|市长|主任|书记)?(?:会议|年会|会商会|会商|大会|"
    rf"例会|峰会)|）)|首[次届](?:全体|工作)?会议|(?P<y>20\d\d)(?:年?度?(?:年会|例会)|年度?(?:工作)?会议)"
)
_COORDINATES = re.compile("协调会|合作会|协作会|协商会")
_KIND = re.compile("(?:全体|市长|主任|书记)会议$")
"""协调会第二十七次全体会议: a body that meets in several kinds of sessions; the kind is kept."""
_YEAR = re.compile(r"(?P<y>20\d\d)(?:年度|年|[·.]|—)?")
_YEAR_INSIDE = re.compile(rf"(?<=[{HAN}”）])(?P<y>20\d\d)年度?(?=[{HAN}]|$)")
_RUN = re.compile(
    rf"(?:[{HAN}\dA-Za-z·“”‘’+—-]|（[\dA-Za-z+]{{1,8}}）|（[{HAN}]{{1,2}}）|（[市县区州旗盟、]{{3,7}}）|"
    r"(?<=第) (?=\d)|(?<=\d) (?=[届次])){1,44}$"
)
_UNITS = re.compile("（[市县区州旗盟、]{1,6}、[市县区州旗盟]）$")
"""七县（市、区）合作会议: a mark within what is counted parts nothing."""
_LISTS = re.compile(r"（(?![市县区州旗盟、]+）)[^（）\n]{2,50}、[^（）\n]{1,50}）")
_SIBLING = re.compile(rf"第\s?(?P<n>{NUMERAL})\s?[届次]?|首[届次]")
_SIBLINGS = re.compile(rf"(?:(?:第\s?{NUMERAL}\s?[届次]?|首[届次])[、和与及])+$")
"""首届、第二届会商会: ordinals that share the noun of the last."""
_PASSING = re.compile(f"{_LISTS.pattern}|{_YEAR_INSIDE.pattern}")
_LISTED = re.compile(rf"{_LISTS.pattern}$")
_NO_MEETING = re.compile(
    r"制度|机制|办公室|成员|领导小组|平台|章程|秘书处|会址|广场|大道|中心|展览|大厦|大厅|厅|馆|室|酒店|桌|代表团"
)
_PREPARES = re.compile(rf"(?:第{NUMERAL}次)?(?:(?:预备|筹备)(?:工作)?会议?|协调会议?)")
"""…第十次联席会议预备会, …第十届会商会第二次协调会: a meeting of its own, before the meeting."""

_ONLY_SAYS = re.compile("纪要|精神|议定|由|确定|指出|强调|要求|认为|通知|方案|议题")
"""After a name without a number: the meeting's words, not the meeting."""
_BODY = re.compile(r"(?:机制|委员会|联盟|共同体|组织|协会|理事会|商会|办公室|领导小组)$")
_COUNTED = re.compile(rf"{NUMERAL}个?(?:省会|城市|省市|市州|[省市地州区县城])")
_SEATS = tuple("市区县州省盟旗")
_SEAT = re.compile(rf"[{HAN}]{{1,5}}?[市区县州省盟旗]")
_DASH = re.compile("——|--")
_REGION_ENDS = re.compile("(?:三角洲?|都市圈|经济圈|城市群|经济区|经济带)$")
_REGION_NEXT = re.compile(rf"[{HAN}]{{2,8}}?(?:三角洲?|都市圈|经济圈|城市群|经济区|经济带)")
_REGION_BEFORE = re.compile(
    rf"(?<![{HAN}])(?:20\d\d年)?[{HAN}]{{2,12}}(?:都市圈|经济[圈区带]|城市群|发展区)$"
)
_CONVENES = re.compile(
    r"(?:，?(?:日前|近日|[昨今][日天]|\d{1,2}日)(?:[上下]午)?，?)?(?:在[^，。；、]{2,10}?)?(?:首次|再次|又一次|如期|共同|联合|隆重|专门|成功)*"
    r"(?:召开|举行|举办)(?:了|过)?(?:一[次场])?$"
)
"""云江城市群政协主席在岳阳首次举行联席会议: the verb between who meets and what they hold."""
_WHO_MEETS = re.compile(
    r"(?:(?:城市群|都市圈|经济圈|经济区|经济带)(?:各市|各地|城市|[二两三四五六七八九十\d]+市)?"
    r"|[二两三四五六七八九十\d]+个?(?:省会城市|省市|市州|城市|[市省地州县]))"
    r"(?:政协|人大|党政|政府|主要|领导人?|负责人|主席|主任|市长|省长|州长|县长|书记)*$"
)
_JOINS = ("与", "和", "同", "及", "暨")


def read_names(reading: Reading) -> Reading:
    """Fill `mentions.names` with every printed name of a meeting, in text order."""
    zones = [b.span for b in reading.source.blocks if b.kind not in ("credit", "notice")]
    names = tuple(n for zone in zones for n in _find(reading, zone))
    return replace(reading, mentions=reading.mentions._replace(names=names))


def _find(reading: Reading, zone: Span) -> Iterator[MeetingName]:
    words, floor, folded = load_series_words(), zone.start, reading.source.folded
    held: MeetingName | None = None
    for noun in words.nouns(folded, zone):
        if noun.start() < floor or _NO_MEETING.match(folded, noun.end()):
            continue
        before = Span(max(floor, noun.start() - 44), noun.start())
        start = _in_marks(folded, before, noun.end(), words) or _left(reading, before, words)
        if held and held.span.end == start and held.ordinal is None:
            # 经济协调会第十九届市长联席会议: a body's name opens its meeting's name.
            start, held = held.span.start, None
        tail = _TAIL.match(folded, noun.end(), zone.end)
        prepares = _PREPARES.match(folded, noun.end(), zone.end)
        end = prepares.end() if prepares else noun.end()
        name = _divide(folded, Span(start, end), tail, noun)
        name = name and (_of_conveners(reading, name, before) or name)
        if name and not name.ordinal and noun[0] == "对话":
            continue  # 开展对话; but 第三届云江对话
        if name and not name.ordinal and _ONLY_SAYS.match(folded, name.span.end):
            continue
        if name and not words.other.search(folded, name.span.start, name.span.end):
            floor = name.span.end
            if held and (joint := _joined(folded, held, name)):
                held = joint
                continue
            if held:
                yield held
            yield from _siblings(folded, zone, name)
            held = name
    if held:
        yield held


def _of_conveners(reading: Reading, name: MeetingName, before: Span) -> MeetingName | None:
    """沿江四市市长在岳阳举行联席会议: a name that the verb parts from those who meet is theirs."""
    folded, is_weak = reading.source.folded, load_series_words().weak.fullmatch(name.noun)
    verb = _CONVENES.search(folded, before.start, name.span.start) if name.is_general else None
    who = _WHO_MEETS.search(folded, before.start, verb.start()) if verb and not is_weak else None
    if not who:
        return None
    start = _left(reading, Span(before.start, who.end()), load_series_words())
    stem = (Span(start, who.end()), *name.stem)
    series = "".join(part.of(folded) for part in stem)
    return name._replace(stem=stem, series=series, is_general=False)


def _joined(folded: str, first: MeetingName, second: MeetingName) -> MeetingName | None:
    """云江城市群研讨会暨第九届市长联席会: the numbered one, of the region that the first names."""
    beside = folded[first.span.end : second.span.start] == "暨"
    if not (beside and second.is_general and second.ordinal and not first.ordinal):
        return None
    regions = list(load_series_words().subject.finditer(folded, *first.stem[0]))
    # 云江城市市长论坛暨第九届市长联席会: who meets is told again
    regions = [m for m in regions if not second.series.startswith(m[0])]
    if not regions or first.is_general:
        return None
    region = Span(first.stem[0].start, regions[-1].end())
    stem = (region, *second.stem)
    series = "".join(part.of(folded) for part in stem)
    span = Span(first.span.start, second.span.end)
    return second._replace(span=span, stem=stem, series=series, is_general=False)


def _siblings(folded: str, zone: Span, name: MeetingName) -> Iterator[MeetingName]:
    """The editions that a list of ordinals names before its last: 首届、第二届会商会."""
    shared = _SIBLINGS.search(folded, max(zone.start, name.span.start - 40), name.span.start)
    if not shared or not name.ordinal or name.ordinal.start > name.span.start:
        return
    for ordinal in _SIBLING.finditer(folded, *shared.span()):
        where = Span(*ordinal.span())
        yield name._replace(span=where, ordinal=where, edition=read_number(ordinal["n"] or "1"))


def _in_marks(folded: str, before: Span, end: int, words: SeriesWords) -> int:
    """Where a name begins that stands alone between quotation marks, 0 where none does: there
    和 and 与 are part of it (在东港开“海区城市发展与合作论坛”)."""
    mark = folded.rfind("“", *before) if folded[end : end + 1] == "”" else -1
    if mark < 0 or any(stop in folded[mark:end] for stop in "，。；”"):
        return 0
    if folded.endswith(("届", "次"), before.start, mark):
        return 0  # 第十届“云江会商会”: the ordinal belongs to the name
    found = words.breaks.finditer(folded, mark + 1, before.end)
    return mark + 1 if all(b["keep"] or b[0] in _JOINS for b in found) else 0


def _left(reading: Reading, before: Span, words: SeriesWords) -> int:
    """Where a name begins that ends at `before.end`; a list of its cities in brackets is in it."""
    folded, start = reading.source.folded, _left_of_brackets(reading, before, words)
    listed = _LISTED.search(folded, max(0, start - 60), start)
    if not listed:
        return start
    open = listed.start()
    outer = _left_of_brackets(reading, Span(max(0, open - 24), open), words)
    return outer if _speaks(folded[outer:open]) else start


def _left_of_brackets(reading: Reading, before: Span, words: SeriesWords) -> int:
    folded = reading.source.folded
    mark = max(folded.rfind(mark, *before) for mark in "，。、")
    if units := _UNITS.search(folded, before.start, mark + 3) if mark > 0 else None:
        mark = max(folded.rfind(mark, before.start, units.start()) for mark in "，。、")
    run = _RUN.search(folded, max(before.start, mark + 1), before.end)
    start = run.start() if run else before.end
    for found in words.breaks.finditer(folded, start, before.end + 2):  # 成立会议 is kept whole
        if found.start() < before.end and not found["keep"] and not _joins(reading, found, before):
            start = found.end()
    for dash in _DASH.finditer(folded, start, before.end):
        # 兄弟同心——杭绍第二次联席会议; but 汉中——巴中座谈会.
        if not any(p.whole.end == dash.start() for p in reading.mentions.places_in(before)):
            start = dash.end()
            break
    while folded[start : start + 1] in ("”", "·", "—", "-", "+", *_JOINS):
        if folded.startswith(("同城", "同步", "同心"), start):
            break
        start += 1
    start += 2 * folded.startswith(("一次", "一场"), start, before.end)
    quoted = folded[start : before.end]
    if quoted.count("”") > quoted.count("“"):
        start += quoted.rindex("”") + 1
    elif quoted.startswith("“") and "”" not in quoted:
        start += 1
    return _past_list(reading, start, before)


def _joins(reading: Reading, found: re.Match[str], name: Span) -> bool:
    """绥化市与湛江市…会议, 生态保护和高质量发展…会议: a joint between two places or two fields
    belongs to the name."""
    if found[0] not in _JOINS:
        return False
    folded, field = reading.source.folded, load_series_words().field
    before = folded[found.start() - 2 : found.start()]
    if field.fullmatch(before) and field.match(folded, found.end()):
        return True
    if _REGION_ENDS.search(folded, name.start, found.start()):
        region = _REGION_NEXT.match(folded, found.end(), name.end)
        if region:
            return True  # 黄河三角与云江都市圈文旅恳谈会
    is_body = before in ("政府", "政协", "人大", "市委", "省委")
    if (is_body or before[-1:] in _SEATS) and _SEAT.match(folded, found.end()):
        return True
    places = [p.whole for p in reading.mentions.places_in(name) if name.holds(p.whole)]
    ends = any(p.end == found.start() for p in places)
    return ends and any(p.start == found.end() for p in places)


def _past_list(reading: Reading, start: int, before: Span) -> int:
    """厦门、泉州、龙岩闽西南五市…: the list ends before the name; 湘、鄂两省… is part of it."""
    folded = reading.source.folded
    if start == 0 or folded[start - 1] != "、":
        return start
    region = _REGION_BEFORE.search(folded, max(0, start - 20), start - 1)
    if region and _REGION_NEXT.match(folded, start, before.end):
        return region.start()  # 2024年云江发展区、南浦都市圈联席会议
    last = next((p for p in reading.mentions.places if p.whole.start == start), None)
    if not last:
        return start
    if _COUNTED.match(folded, last.whole.end):
        chain = [x for x in reading.mentions.lists if x.span.start < start < x.span.end]
        return chain[0].span.start if chain else start
    return last.whole.end if last.whole.end < before.end else start


def _divide(
    folded: str, span: Span, tail: re.Match[str] | None, noun: re.Match[str]
) -> MeetingName | None:
    """The name parted into ordinal or year, and the stem that names the series."""
    inside = list(_ORDINAL.finditer(folded, *span))
    ordinal = tail or (inside[-1] if inside else None)
    year = _YEAR.match(folded, *span)
    start = year.end() if year else span.start
    if ordinal:
        return _numbered(folded, Span(start, span.end), ordinal, tail is not None, noun)
    if span.end <= start:
        return None
    year = year or _YEAR_INSIDE.search(folded, *span)
    if not year:
        return _name(folded, span, (span,), None, None, noun[0])
    if year.start() > span.start:
        start = span.start  # 云江城市群2024年度市长联席会议
    where = Span(*year.span("y"))
    return _name(folded, span, (Span(start, span.end),), where, int(year["y"]), noun[0])


def _numbered(
    folded: str, span: Span, ordinal: re.Match[str], is_tail: bool, noun: re.Match[str]
) -> MeetingName | None:
    """A name with an ordinal before, inside or behind it."""
    told = ordinal.groupdict()
    number = read_number(told.get("n") or told.get("y") or "1")
    where, start = Span(*ordinal.span()), span.start
    if where.start < start or not number:
        return None
    before, after = Span(start, where.start), Span(where.end, span.end)
    if is_tail:
        stem: tuple[Span, ...] = (span,)
        if _COORDINATES.fullmatch(noun[0]) and (session := _KIND.search(folded, *where)):
            stem = (span, Span(*session.span()))
    elif before.end - before.start <= 4 and not _speaks(before.of(folded)):
        start, stem = where.start, (after,)
    elif after.of(folded) == "会议" and _BODY.search(before.of(folded)):
        stem = (before,)  # 协调机制第三次会议 is a meeting of the 协调机制
    else:
        stem = (before, after)
    if stem[0].of(folded).count("“") > stem[0].of(folded).count("”") and len(stem) == 1:
        stem = (Span(stem[0].start + (stem[0].of(folded)[0] == "“"), stem[0].end),)  # 第十届“…会议”
    stem = tuple(part for part in stem if part.start < part.end)
    whole = Span(start, max(span.end, where.end))
    yearly = re.search("(?:年|例)会$", where.of(folded)) if is_tail else None
    kind = yearly[0] if yearly else noun[0]
    return _name(folded, whole, stem, where, number, kind) if stem else None


def _name(
    folded: str,
    span: Span,
    stem: tuple[Span, ...],
    ordinal: Span | None,
    edition: int | None,
    noun: str,
) -> MeetingName:
    stem = tuple(piece for part in stem for piece in _lasting(folded, part))
    series = "".join(part.of(folded) for part in stem)
    is_general = bool(load_series_words().general.fullmatch(series))
    return MeetingName(span, stem, ordinal, edition, noun, series, is_general)


def _lasting(folded: str, part: Span) -> Iterator[Span]:
    """What every edition's name has in common: no list of cities in brackets, no year."""
    start = part.start
    for passing in _PASSING.finditer(folded, *part):
        if passing.start() > start:
            yield Span(start, passing.start())
        start = max(start, passing.end())
    if part.end > start:
        yield Span(start, part.end)


def _speaks(words: str) -> bool:
    """Whether words name a place, a region (渝黔) or the sides that meet."""
    found, places = load_series_words(), load_places()
    if found.subject.search(words) or found.parties.search(words) or any(places.find(words)):
        return True
    return len(words) > 1 and all(sign in places.letters for sign in words)
