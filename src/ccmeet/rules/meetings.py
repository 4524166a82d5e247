"""Meetings: the one the article is about, and other editions and series it mentions.

The article's own is the name that most speaks for: in the headline, first in the text, with a
verb of holding, numbered. It may be printed in several forms.
What names only two sides (汉中·巴中座谈会) is a single meeting without a series. 第九届会商会 alone
belongs to the series the article is about.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from ccmeet.lexicon.namesakes import (
    is_same_meeting,
    is_same_series,
    number_rank,
    retells,
    series_key,
)
from ccmeet.lexicon.places import load_places
from ccmeet.lexicon.reasons import reason
from ccmeet.lexicon.series import load_series_words
from ccmeet.model.fact import Fact
from ccmeet.model.reading import MeetingName, MeetingRead, Reading, State
from ccmeet.numerals import NUMERAL, read_number
from ccmeet.text import Span

_HELD = re.compile(
    r"[^，。；\n《]{0,24}?(?:，(?=[于在以\d])[^，。；\n《]{0,18}?){0,2}(?:召开|举行|举办|[办开]在|开会|开幕|启幕|落幕|闭幕|收官|收尾|开了?席|开场|揭幕|开锣|在[^，。；\n]{2,9}开(?=[，。；])|拉开|举)"
)
_HOLDS = re.compile(
    r"(?:召开|举行|举办|召集|主持|出席|参加|迎来|承办|筹备|亮相|聚焦|走进)[了的]?[^，。；\n]{0,6}$"
    r"|(?<![召展公离])开(?:了|起)?(?:一[场次个])?“$"
)
_HELD_AS = re.compile("(?:召开|举行|举办)的$")
_PAST = re.compile(r"以来|之后|后，|曾|时|部署|精神|确定|要求|议定|达成|提出的|通过的|签署的")
_EARLIER = re.compile(r"(?:19|20)\d\d年[^，。；\n]{0,8}$|自$")
_OTHER_TIME = re.compile(
    r"(?:刚|去年|前年|明年|上届|下届|下一届|上一届|上次|此前|曾|继|自|按照|根据|落实|贯彻|迄今|来年|(?:19|20)\d\d年)"
    r"[^，。；\n]{0,12}$"
)
_MEANWHILE = re.compile(
    "期间，[^。；]{2,40}(?:会议|会商会|联席会|大会|峰会)[^。；]{0,24}(?:召开|举行|举办)"
)
"""第三届云江论坛期间，…联席会议举行: what the other was held beside."""
_BY_NUMBER = re.compile(
    rf"(?<=[，。；])(?P<name>第(?P<n>{NUMERAL})[届次])(?=(?:将|拟|定于|由|预定|计划)[^，。；]{{0,30}}(?:承办|举办|举行|召开))"
)
_FOUNDS = re.compile("(?:设立|建立|成立|创办|创设|创立|搭建)了?“?$")
"""设立沿江合作论坛: a meeting that is to come about, not the one told of."""
_THIS_IS = re.compile(r"(?:这|此次|本次|本届|今年)[^，。；\n]{0,4}(?:为|是|系)[^，。；\n]{0,14}$")
_COUNTS = re.compile(
    rf"(?:本次|此次|今年|本届|这次|这)[^，。；\n]{{0,14}}?(?:为|是|系)(?:第(?P<n>{NUMERAL})[届次](?![^，。；\n]{{0,4}}会))"
)
_RESULTS = re.compile("(?:上)?(?:确定|议定|商定|部署|签署|明确|通过)的")
_IS_SET = re.compile("(?:定于|拟于|将于|预定于?|计划于?)[^，。；]{0,24}(?:召开|举行|举办)")
_REGULAR = re.compile("会商|联席")
"""拟提请第九届会商会审议: another meeting, told by its number and kind alone."""
_BRACKET = re.compile("（[^（）]*）")
_LONG_AGO = re.compile(r"上周|上月|此前|去年|前年|明年|曾")
_YEAR = re.compile(r"[12一二][\d零〇○一二三四五六七八九]{3}(?=年)")
_ONCE = re.compile(
    "(?:启动|成立|动员|签约|誓师|表彰|总结|揭牌|推介|宣传|庆祝|纪念|部署|千人|万人)大会$"
)
"""一体化发展启动大会: a meeting that no second follows."""
_MOST = 40
"""Names weighed, and other meetings told; an article that names more is a list."""


def read_meetings(reading: Reading) -> Reading:
    """Name, series and edition of every meeting; the article's own first, others `mentioned`."""
    folded, names = reading.source.folded, reading.mentions.names
    full = [n for n in names if not n.is_general and _is_ours(folded, n)]
    full = full or [n for n in names if _is_ours(folded, n)]
    weights = {name: _weight(reading, name) for name in full[:_MOST]}
    main = max(weights, key=lambda n: (weights[n], -n.span.start), default=None)
    if not main or weights[main] < 3 or not _is_told_of(reading, main):
        main = _referred_to(reading, full) or _numbered_alone(reading)
    if not main:
        return reading
    same = [n for n in names if is_same_meeting(n, main) or retells(reading, n, main)]
    main = _numbered_form(reading, same, main)
    if main.edition is not None:
        same = [n for n in same if n.edition in (main.edition, None)]
    else:
        # 自2013年首届会议召开以来 beside an unnumbered name tells another meeting's number.
        numbered = [n for n in same if n.edition is not None][:_MOST]
        numbered = [n for n in numbered if _weight(reading, n) >= 3]
        likely = max(
            numbered,
            key=lambda n: (not n.is_general, _weight(reading, n), -n.span.start),
            default=None,
        )
        number = likely.edition if likely and not _looks_back(reading, likely.edition) else None
        same = [n for n in same if n.edition in (number, None)]
    body = [n.series for n in same if any(b.span.holds(n.span) for b in reading.source.body())]
    # 联席会 and 联席会议 are of one length: the one that the text prints more often, then first
    best = max(
        same,
        key=lambda n: (
            not n.is_general,
            number_rank(n),
            not _spells_out(n, same),
            len(n.series.removesuffix("议")),
            body.count(n.series),
            -n.span.start,
        ),
    )
    first = _counted(reading, _meeting(reading, best, same, "held"), same)
    own = tuple(n.span for n in same if n == best or n.ordinal or not n.is_general)
    mentions = reading.mentions._replace(own=own)
    others = _others(reading, best, first, {n.span for n in same})
    return replace(reading, meetings=(first, *others), mentions=mentions)


def _spells_out(name: MeetingName, same: list[MeetingName]) -> bool:
    """Whether a name lists the cities of one that another form names by its region."""
    others = [n.series for n in same if not n.is_general and "、" not in n.series]
    plain = name.series.replace("、", "")
    return plain != name.series and any(other != plain for other in others)


def _referred_to(reading: Reading, names: list[MeetingName]) -> MeetingName | None:
    """The edition whose results are all that an article tells (第九届会商会确定的44项事项已完成),
    or of which it tells that the day is set, in the next year even: 第六次会议定于明年5月举行."""
    opening = reading.source.body()[:1]
    told = (n for n in names if n.ordinal and any(b.span.holds(n.span) for b in opening))
    folded = reading.source.folded
    return next(
        (
            n
            for n in told
            if _RESULTS.match(folded, n.span.end) or _IS_SET.match(folded, n.span.end)
        ),
        None,
    )


def _numbered_alone(reading: Reading) -> MeetingName | None:
    """A numbered meeting without a name, whose people or cities tell whose it is: 云江三市主要领导
    6月5日在岳阳召开的第十一次联席会议上透露."""
    folded, opening = reading.source.folded, reading.source.body()[:1]
    cities = {p.short for b in opening for p in reading.mentions.places if b.span.holds(p.span)}
    strong = load_series_words().strong
    for name in reading.mentions.names if len(cities) > 1 else ():
        if not (name.ordinal and strong.fullmatch(name.noun) and name.span.start < opening[0].end):
            continue
        before = folded[max(0, name.span.start - 4) : name.span.start]
        if _HELD_AS.search(before) or _HELD.match(folded, name.span.end, opening[0].end):
            return name
    return None


def _numbered_form(reading: Reading, same: list[MeetingName], main: MeetingName) -> MeetingName:
    """The name of the first paragraph that numbers a meeting which the headline names by its
    year: 联席会议2023年年会 is there 联席会议第九次会议暨2023年年会."""
    opening = reading.source.body()[:1]
    if number_rank(main) != 1 or any(b.span.holds(main.span) for b in opening):
        return main
    first = [n for n in same if any(b.span.holds(n.span) for b in opening)]
    numbered = [n for n in first if number_rank(n) == 2 and not n.is_general]
    likely = max(numbered, key=lambda n: (_weight(reading, n), -n.span.start), default=None)
    return likely if likely and _weight(reading, likely) >= 2 else main


def _is_ours(folded: str, name: MeetingName) -> bool:
    """Whether a name speaks of cities, provinces or a region at all."""
    words = load_series_words()
    printed = name.series if _is_parted(name) else name.span.of(folded)
    if words.subject.search(printed) or words.parties.search(printed):
        return True
    places = {place.short for _, place in load_places().find(printed)}
    is_strong = words.strong.fullmatch(name.noun) is not None
    signs = load_places().sides_opening(printed)
    return len(places) > 1 or (is_strong and (bool(places) or bool(signs)))


def _is_parted(name: MeetingName) -> bool:
    """Whether a verb parts the name: 沿江四市市长在岳阳举行联席会议."""
    return name.stem[0].start < name.span.start


def _is_series(name: MeetingName) -> bool:
    """Whether the name is that of a series: numbered, of a regular kind or of a region."""
    words = load_series_words()
    if name.edition is not None or words.strong.fullmatch(name.noun):
        return True
    is_regular = name.noun == "大会" and not _ONCE.search(name.series)
    is_weak = words.weak.fullmatch(name.noun) and not is_regular
    return bool(words.subject.search(name.series)) and not is_weak


def _weight(reading: Reading, name: MeetingName) -> float:
    """How much speaks for a name being that of the meeting the article is about."""
    folded, words = reading.source.folded, load_series_words()
    block = reading.source.block_of(name.span)
    body = reading.source.body()
    before = folded[max(block.start, name.span.start - 24) : name.span.start]
    weight = 3.0 if block.kind == "headline" else 0.0
    weight += 2.0 if body and block == body[0] else 1.0 if block in body[1:3] else 0.0
    if held := _HELD.match(folded, _end_of_joint(reading, name), block.end):
        weight += -4.0 if _tells_of_past(reading, held[0]) else 4.0
    weight += 2.0 if _HOLDS.search(before) else 0.0
    weight += 1.0 if folded.startswith("上", name.span.end) else 0.0
    weight += 2.0 if words.strong.fullmatch(name.noun) else 0.0
    weight += number_rank(name) or _names_two(name)
    weight -= 2.0 if words.weak.fullmatch(name.noun) and not name.ordinal else 0.0
    weight -= 4.0 if _PAST.match(folded, name.span.end) else 0.0
    weight -= 3.0 if _MEANWHILE.match(folded, name.span.end) else 0.0
    weight -= 4.0 if _OTHER_TIME.search(before) else 0.0
    weight -= 4.0 if name.edition == 1 and _EARLIER.search(before[-14:]) else 0.0
    weight -= 8.0 if _is_long_ago(reading, name) or _FOUNDS.search(before) else 0.0
    again = sum(
        n.series == name.series and n.edition == name.edition for n in reading.mentions.names
    )
    return weight + min(again - 1, 3) * 0.5


def _tells_of_past(reading: Reading, words: str) -> bool:
    """Whether the words between a name and its verb say that it was held long ago, or will be
    next year; the report's own year (于2024年6月6日在…举行) says neither."""
    if _LONG_AGO.search(words):
        return True
    anchor, year = reading.mentions.anchor, _YEAR.search(words)
    return bool(year and not (anchor and read_number(year[0]) == anchor.date.year))


def _end_of_joint(reading: Reading, name: MeetingName) -> int:
    """Where the names end of meetings held together: 第九届…论坛暨2014年…论坛在…举办."""
    end = name.span.end
    if not reading.source.folded.startswith("暨", end):
        return end
    return next((n.span.end for n in reading.mentions.names if n.span.start == end + 1), end)


def _names_two(name: MeetingName) -> bool:
    """Whether a name tells both sides: 汉中·巴中座谈会."""
    return len({place.short for _, place in load_places().find(name.series)}) == 2


def _is_long_ago(reading: Reading, name: MeetingName) -> bool:
    """Whether the date right before a name lies long before the page's: 2013年2月23日，首届…"""
    folded, anchor = reading.source.folded, reading.mentions.anchor
    for seen in reading.mentions.dates if anchor and anchor.date.month else ():
        between = folded[seen.span.end : name.span.start]
        if len(between) <= 6 and seen.span.end <= name.span.start and "。" not in between:
            months = (anchor.date.year - seen.start.year) * 12 if anchor else 0
            return months - seen.start.month + (anchor.date.month if anchor else 0) > 9
    return False


def _is_told_of(reading: Reading, name: MeetingName) -> bool:
    """Whether the article tells of the meeting: near its top, or that it is held or joined."""
    folded, body = reading.source.folded, reading.source.body()
    if any(b.kind == "headline" and b.span.holds(name.span) for b in reading.source.blocks):
        return True
    if any(b.span.holds(name.span) for b in body[:3]):
        return True
    before = folded[max(0, name.span.start - 24) : name.span.start]
    return bool(_HELD.match(folded, name.span.end) or _HOLDS.search(before))


def _meeting(
    reading: Reading, name: MeetingName, same: list[MeetingName], state: State
) -> MeetingRead:
    text = reading.source.text
    printed = name.span.of(text)
    spans = tuple(n.span for n in same if n.span.of(text) == printed)
    ordinals = tuple(n.ordinal for n in same if n.ordinal and n.edition == name.edition)
    stem = _plain_stem(reading, name)
    series = "".join(part.of(text) for part in stem)
    if _is_parted(name):
        printed, spans = series, stem
    return MeetingRead(
        name=Fact(printed, spans, "meeting-name"),
        state=Fact(state, spans, "state"),
        series=Fact(series, stem, "series") if _is_series(name) and not name.is_general else None,
        edition=Fact(name.edition, ordinals, "edition") if name.edition is not None else None,
    )


def _plain_stem(reading: Reading, name: MeetingName) -> tuple[Span, ...]:
    """The series' words; without a bracket (四城市（4+3）市长峰会) where it is printed so too."""
    bare = _BRACKET.sub("", name.series)
    if bare == name.series:
        return name.stem
    return next((n.stem for n in reading.mentions.names if n.series == bare), name.stem)


def _counted(reading: Reading, meeting: MeetingRead, same: list[MeetingName]) -> MeetingRead:
    """The edition that only a later sentence tells: 第五次会议昨日召开, 今年已是第五届."""
    if meeting.edition or not meeting.series:
        return meeting
    folded = reading.source.folded
    for name in same:
        before = folded[max(0, name.span.start - 20) : name.span.start]
        held = _HELD.match(folded, name.span.end)
        own = (held and not _tells_of_past(reading, held[0])) or _THIS_IS.search(before)
        if name.ordinal and name.edition and own and not _looks_back(reading, name.edition):
            return replace(meeting, edition=Fact(name.edition, (name.ordinal,), "edition"))
    for block in reading.source.body():
        found = _COUNTS.search(folded, block.start, block.end)
        if found and (number := read_number(found["n"])):
            return replace(meeting, edition=Fact(number, (Span(*found.span()),), "edition"))
    return meeting


def _looks_back(reading: Reading, edition: int | None) -> bool:
    """Whether `edition` is but the first of three or more through which an article tells of a
    series, each with a sentence of its own and none in the headline."""
    folded = reading.source.folded
    told: set[int | None] = set()
    for name in reading.mentions.names:
        block = next(b for b in reading.source.blocks if b.span.holds(name.span))
        if number_rank(name) == 2 and block.kind == "headline":
            return False
        before = folded[max(block.start, name.span.start - 14) : name.span.start]
        if number_rank(name) == 2 and re.search("(?:^|[，。；])[^。；]{0,4}$", before):
            told.add(name.edition)
    return len(told) > 2 and edition == min(n for n in told if n)


def _others(
    reading: Reading, main: MeetingName, first: MeetingRead, own: set[Span]
) -> Iterator[MeetingRead]:
    """Other editions and other series that the text names with an ordinal, each once."""
    folded, names = reading.source.folded, reading.mentions.names
    told: set[tuple[str, int | None]] = set()
    heads = [b for b in reading.source.blocks if b.kind == "headline"]
    for name in names:
        if len(told) > 2 * _MOST:
            break
        ours = is_same_series(name, main)
        if number_rank(name) == 1 and any(b.span.holds(name.span) for b in heads):
            continue  # a headline's 2004年…联席会 is the article's own meeting, freely named
        is_main = name.span in own or (
            main.edition is not None and ours and is_same_meeting(name, main)
        )
        if not name.ordinal or is_main:
            continue
        key = (series_key(main) if ours else series_key(name), name.edition)
        if key in told or (name.noun, name.edition) in told:
            continue
        is_short = name.is_general and _REGULAR.match(name.noun)
        if not (ours or is_short or _is_ours(folded, name)):
            continue
        if ours:
            told.add((name.noun, name.edition))
        told.add(key)
        same = [n for n in names if n == name or _is_named_again(n, name, main)]
        meeting = _meeting(reading, name, same, "mentioned")
        shorter = first.series and _is_shorter(name, main)
        if ours and first.series and (name.is_general or shorter):
            why = reason("series.above", name=meeting.name.value, series=first.series.value)
            spans = (name.span, *first.series.spans)
            series = Fact(first.series.value, spans, "series", "inferred", why)
            meeting = replace(meeting, series=series)
        elif is_short and not ours:
            meeting = replace(meeting, series=None)
        yield meeting
    if first.series and first.edition:
        yield from _told_by_number(reading, first, told)


def _told_by_number(
    reading: Reading, first: MeetingRead, told: set[tuple[str, int | None]]
) -> Iterator[MeetingRead]:
    """The next edition by its number alone: 首届…在岳阳举行，第二届拟于明年由九江承办."""
    assert first.series and first.edition
    known = {edition for _, edition in told} | {first.edition.value}
    for block in reading.source.body():
        for found in _BY_NUMBER.finditer(reading.source.folded, *block.span):
            number = read_number(found["n"])
            if number in known or number is None:
                continue
            known.add(number)
            span = Span(*found.span("name"))
            name = Fact(span.of(reading.source.text), (span,), "meeting-name")
            why = reason("series.above", name=name.value, series=first.series.value)
            spans = (span, *first.series.spans)
            yield MeetingRead(
                name=name,
                state=Fact("mentioned", (span,), "state"),
                series=Fact(first.series.value, spans, "series", "inferred", why),
                edition=Fact(number, (span,), "edition"),
            )


def _is_shorter(name: MeetingName, main: MeetingName) -> bool:
    """四市协作发展联席会议 for 甲、乙、丙、丁四市协作发展联席会议."""
    return name.series != main.series and main.series.endswith(name.series)


def _is_named_again(again: MeetingName, name: MeetingName, main: MeetingName) -> bool:
    ours = is_same_series(name, main) == is_same_series(again, main)
    return ours and again.edition == name.edition and is_same_series(again, name)
