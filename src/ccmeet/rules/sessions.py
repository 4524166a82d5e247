"""When and how a meeting was held: its days, format, state and theme.

The days stand before the verb in a sentence that holds the meeting (rules/holdings.py), or right
before its name. A reception for its guests (会见) doesn't tell them.
"""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from ccmeet.lexicon.formats import format_of, has_main_hall
from ccmeet.lexicon.reasons import reason, then
from ccmeet.model.fact import Basis, Fact
from ccmeet.model.reading import DateSeen, Holding, MeetingRead, Reading, State
from ccmeet.numerals import read_number
from ccmeet.partialdate import PartialDate
from ccmeet.text import Span

_HELD = re.compile(r"召开|举行|举办|开幕|闭幕|落幕")
_AHEAD = re.compile(
    r"(?<!现)将(?!军)|定于|拟于|拟在|拟定|即将|计划于|预定|预计|有望|明[天日]?起|(?<![向“的好美手])明[天日](?![”的])|准备(?=出席|参加|赴)"
)
_PREPARED = re.compile("(?:暨[^，。；\n]{2,24})?的?(?:各项|有关|相关|前期)*(?:筹备|筹办|准备)")
_LATE = re.compile(r"延期|推迟|改期|延后|暂缓|顺延")
_PLANNED = re.compile(r"原定|原计划|原拟|本应|本定")

_WHEN = re.compile(
    r"\s*(?:[一二三四五六七八九十]、|（[一二三四五六七八九十]）|\d[.、])?"
    r"(?:会议|召开|举办|举行|活动)?时间(?:[和、及与](?:会议)?地点)?[：:]?\s*"
)
_REPORTER = re.compile("(?:凌晨|[上下]午|晚)?，?(?:本报|本网)?记者")
_PRINTED = re.compile(
    "(?:出版|刊发)?的?，?《[^《》]{2,12}(?:[报刊网]|日报\\S{1,3})》[^，。；]{0,6}(?:[头一二三四\\d]版|刊|登|载|报[道导]|发表|披露|发文|撰文)"
)
_HEARD = re.compile("[^。；]{0,30}?(?<!上)(?:获悉|了解到)")
_THEMES = (
    re.compile(
        r"(?:以|围绕|聚焦|紧扣|突出)[^“”，。；\n]{0,8}[“\"](?P<t>[^\n]{2,60}?)[”\"](?:为|这[一个]|的|作为)?(?:会议|大会|论坛|年度)?(?:的)?(?:主题|题(?!目))"
    ),
    re.compile(r"以(?P<t>[^“”\"。；\n]{4,50}?)为(?:会议|论坛)?主题"),
    re.compile(
        r"(?:主题|(?<![的了])题目(?=[为是定：]))(?:为|是|定为|确定为|：|聚焦)*\s?"
        r"[“\"](?P<t>[^\n]{2,60}?)[”\"]"
    ),
    re.compile(r"“(?P<t>[^“”\n]{4,60})”(?:是|成为|为)[^，。\n]{0,10}主题"),
    # 主题是立足江海，聚力湾区，同塑开放: short parts of one make to the full stop
    re.compile(
        r"主题(?:定为|确定为|为|是)?(?:：|(?<=[为是]))"
        r"(?P<t>[^“”，。；：\n]{4,8}(?:，[^“”，。；：\n]{4,8}){2,5})(?=[。；\n]|$)"
    ),
    re.compile(
        r"主题(?:定为|确定为|为|是)?(?:：|(?<=[为是]))(?P<t>[^“”，。；：\n]{3,20}(?:，[^“”，。；\n]{3,12}(?=[。；\n]|$))?)"
    ),
)
_NO_THEME = re.compile(
    r"(?:主?题)?[，]?(?:作|做|发表|进行|开展|展开|举办|分别)?[^，。；\n]{0,6}(?:发言|演讲|报告|讲话|授课|分论坛|展览|图片展|"
    r"晚会|沙龙|平行论坛|分会|圆桌对话|推介|教育|党日|宣讲)"
)
_TOLD = re.compile(
    r"(?:指出|强调|表示|致辞|介绍|总结|认为|说)[时，：]|签署了|通过了|审议了|听取了|出席(?:了|会议|活动|座谈会|洽谈会)"
)
"""What only a report of a meeting that was held tells."""

_VAGUE = re.compile(r"近日|日前|近期|不久前|最近|连日来|将(?!军)|即将|拟于|定于")
_CLOSES = re.compile("闭幕|落幕|落下帷幕|收官|结束")
_LASTS = re.compile(r"(?:为期|历时|会期)(?P<n>[两二三四五\d])天")
_GAP = re.compile(
    r"[，、\s]*(?:[上下中]午|晚上?|起|晚间|当天|，)*[，\s]*(?:在(?:(?!会见|接见)[^，。；]){2,14})?，?\s*(?:由[^，。；]{2,14}的)?"
)
_RECEIVED = re.compile(r"会见|接见|看望")


def read_sessions(reading: Reading) -> Reading:
    """Complete each meeting with its days; the article's own with format, state and theme."""
    if not reading.meetings:
        return reading
    first, *others = reading.meetings
    own = _of_year_before(reading, _with_days(reading, first))
    state, form, city = _state(reading, own), format_of(reading, own), own.location
    if form and form.value == "video" and city and not has_main_hall(reading, city):
        city = None
    own = replace(own, theme=_theme(reading), state=state, format=form, location=city)
    return replace(reading, meetings=(own, *(_mentioned(reading, m) for m in others)))


def _with_days(reading: Reading, meeting: MeetingRead) -> MeetingRead:
    """The meeting with the days of the first sentence that tells them to the day."""
    holdings = reading.mentions.holdings
    found = [d for h in holdings if (d := _days_of(reading, meeting, h))]
    exact = [d for d in found if d.start.day]
    before = _days_before_name(reading)
    found = [d for d in found if not _is_past(reading, d)]
    days = (
        next(iter(exact), None)
        or before
        or _days_of_notice(reading)
        or _days_of_block(reading)
        or _days_of_lead(reading)
        or next(iter(found), None)
    )
    if not days:
        return meeting
    # 26日开幕 or 27日落幕 in a headline, 10月26日至27日 below it
    days = next((d for d in exact if d.start < d.end and _spans(d, days)), days)
    zone = reading.source.block_of(days.span).span
    start, end = _days(reading, zone, days)
    end = _closing(reading, end) or end
    return replace(meeting, start_date=start, end_date=end if end.value.day else None)


def _spans(days: DateSeen, day: DateSeen) -> bool:
    """Whether a day is the first or the last of several."""
    return day.start == day.end and day.end in (days.start, days.end)


def _of_year_before(reading: Reading, meeting: MeetingRead) -> MeetingRead:
    """The days a year earlier, where no year is printed, they lie months after the page's day
    and yet the report tells what was said: a page stamped in June tells of 8月25日."""
    published, start, end = reading.article.date_published, meeting.start_date, meeting.end_date
    if not (published and start and "年份未印" in start.why and published.value.month):
        return meeting
    months = (start.value.year - published.value.year) * 12
    months += start.value.month - published.value.month
    folded, holdings = reading.source.folded, reading.mentions.holdings
    zones = [*(h.sentence for h in holdings), *(b.span for b in reading.source.body()[:2])]
    is_told = any(_TOLD.search(folded, *b.span) for b in reading.source.body())
    if (
        months < 2
        or not is_told
        or any(p.search(folded, *z) for p in (_AHEAD, _LATE) for z in zones)
    ):
        return meeting
    return replace(
        meeting, start_date=_year_before(start), end_date=_year_before(end) if end else None
    )


def _year_before(day: Fact[PartialDate]) -> Fact[PartialDate]:
    value = day.value
    told = 4 if (value.month, value.day) == (2, 29) else 1
    why = then(day.why, reason("date.year-before"))
    return replace(day, value=PartialDate(value.year - told, value.month, value.day), why=why)


def _days_of(reading: Reading, meeting: MeetingRead, holding: Holding) -> DateSeen | None:
    """The date nearest before the verb, in the sentence that holds the meeting."""
    folded, (start, verb) = reading.source.folded, (holding.sentence.start, holding.verb)
    if meeting.series and _RECEIVED.search(folded, start, verb.start):
        return None
    named = [n.span for n in reading.mentions.names if holding.sentence.holds(n.span)]
    dates = [d for d in reading.mentions.dates if holding.sentence.holds(d.span)]
    dates = [d for d in dates if d.start.month or not any(s.meets(d.span) for s in named)]
    late = _LATE.search(folded, *holding.sentence)
    if late:
        # 原定4月12日举行的论坛延期至6月3日: the new days, never the old ones.
        dates = [d for d in dates if d.span.start >= late.end()]
        return dates[0] if dates else None
    dates = [d for d in dates if not _is_dropped(folded, d)]
    dateline = reading.mentions.dateline
    before = [d for d in dates if d.span.end <= verb.start]
    signed = [d for d in before if dateline and dateline.holds(d.span)]
    own = [d for d in before if d not in signed]
    near = [d for d in own if not re.search("[，；]", folded[d.span.end : verb.start])]
    days = [d for d in near if d.start.day]
    if not any(d.start.month for d in near):  # 6月5日，2024年沿江会商会召开
        days = days or [d for d in own if d.start.day]
    days = days or near or own
    if days:
        return days[-1]
    if signed and not _VAGUE.search(folded, start, verb.start):
        return signed[0]._replace(why=then(reason("date.dateline"), signed[0].why))
    after = (d for d in dates if d.start.day and 0 <= d.span.start - verb.end <= 2)
    return next(after, None)


def _closing(reading: Reading, end: Fact[PartialDate]) -> Fact[PartialDate] | None:
    """The day of the closing, told apart from that of the opening: 29日，会商会闭幕, or in its
    sentence: …28日开幕；会议29日下午闭幕."""
    folded, first = reading.source.folded, end.value
    dateline = reading.mentions.dateline
    opens = dateline.end if dateline else 0  # 7月30日讯 is the report's day
    for sentence in (h.sentence for h in reading.mentions.holdings if first.day):
        for verb in _CLOSES.finditer(folded, *sentence):
            lead = Span(max(sentence.start, min(opens, verb.start())), verb.start())
            for seen in (d for d in reading.mentions.dates if lead.holds(d.span)):
                last = seen.end
                if last > first and (last.year, last.month) == (first.year, first.month):
                    return _day(seen, last)
    return None


def _is_past(reading: Reading, seen: DateSeen) -> bool:
    """A year before that of the page: 自2013年创办."""
    published = reading.article.date_published
    return published is not None and seen.start.year < published.value.year


def _days_of_block(reading: Reading) -> DateSeen | None:
    """The day of a scene before the sentence that names the meeting, in one paragraph."""
    dateline, folded = reading.mentions.dateline, reading.source.folded
    body = [h for h in reading.mentions.holdings if not h.headline][:1]
    for holding in body:
        block = reading.source.block_of(holding.sentence)
        scene = Span(block.start, holding.sentence.start)
        days = [d for d in reading.mentions.dates if d.start.day and scene.holds(d.span)]
        if _VAGUE.search(folded, *holding.sentence):
            return None
        days = [d for d in days if not (dateline and dateline.holds(d.span))]
        return days[-1] if days and not _is_dropped(folded, days[-1]) else None
    return None


def _days_of_lead(reading: Reading) -> DateSeen | None:
    """The day that opens the text, where the headline alone names the meeting: 3月2日，县委书记…
    率团来岳考察. 在随后的座谈会上…"""
    folded, holdings, body = reading.source.folded, reading.mentions.holdings, reading.source.body()
    told = holdings and all(h.headline for h in holdings) and body
    if not told or any(_AHEAD.search(folded, *h.sentence) for h in holdings):
        return None
    seen = next((d for d in reading.mentions.dates if d.span.start == body[0].start), None)
    return seen if seen and seen.start.day and not _is_dropped(folded, seen) else None


def _days_of_notice(reading: Reading) -> DateSeen | None:
    """The days beneath a notice's heading: 会议时间和地点/10月25日至26日，…."""
    folded, body = reading.source.folded, reading.source.body()
    for heading, block in pairwise(body):
        if _WHEN.fullmatch(folded, heading.start, heading.end):
            inside = (d for d in reading.mentions.dates if d.start.day and block.span.holds(d.span))
            return next(inside, None)
    return None


def _is_dropped(folded: str, seen: DateSeen) -> bool:
    """原定7月20日, a day given up, 据7月30日《…》报道, 7月30日《…》头版, a paper's, 昨日，记者获悉,
    a reporter's: no day of the meeting."""
    before = folded[max(0, seen.span.start - 6) : seen.span.start]
    if _PRINTED.match(folded, seen.span.end):
        return True
    if _HEARD.match(folded, seen.span.end) and (
        before.endswith("记者") or _REPORTER.match(folded, seen.span.end)
    ):
        return True
    return bool(_PLANNED.search(before)) or before.endswith("据")


def _days_before_name(reading: Reading) -> DateSeen | None:
    """A day right before the name: 7月28日至29日,…会商会签署…"""
    folded = reading.source.folded
    for name in reading.mentions.own:
        for seen in reading.mentions.dates:
            gap = seen.start.day and 0 <= name.start - seen.span.end <= 24
            if (
                gap
                and not _is_dropped(folded, seen)
                and _GAP.fullmatch(folded, seen.span.end, name.start)
            ):
                return seen
    return None


def _days(
    reading: Reading, zone: Span, days: DateSeen
) -> tuple[Fact[PartialDate], Fact[PartialDate]]:
    """First and last day; 为期两天 carries a single day on."""
    start = _day(days, days.start)
    end = _day(days, days.end)
    lasts = _LASTS.search(reading.source.folded, zone.start, zone.end)
    if lasts and days.start == days.end and days.start.day:
        more = timedelta((read_number(lasts["n"]) or 1) - 1)
        told = date(days.start.year, days.start.month, days.start.day)
        closes = re.search(_CLOSES, zone.of(reading.source.folded))
        other = told - more if closes else told + more
        why = reason("date.lasts", words=lasts[0], day=days.start)
        value = PartialDate(other.year, other.month, other.day)
        reckoned = Fact(value, (*end.spans, Span(*lasts.span())), "date", "inferred", why)
        return (reckoned, end) if closes else (start, reckoned)
    return start, end


def _day(seen: DateSeen, value: PartialDate) -> Fact[PartialDate]:
    basis: Basis = "inferred" if seen.why else "stated"
    return Fact(value, (seen.span, *seen.witness), "date", basis, seen.why)


def _state(reading: Reading, meeting: MeetingRead) -> Fact[State]:
    """Announced, postponed or held, as the surest sentence says and the dates allow."""
    folded, holdings = reading.source.folded, reading.mentions.holdings
    is_ahead = _is_ahead(reading, meeting)
    told = next((h.sentence for h in holdings if not h.headline), None)
    if not meeting.series:  # what else is told of a visit may be still to come: 两市还将对接…
        holdings = tuple(h for h in holdings if h.headline or h.sentence == told) or holdings
    for holding in sorted(holdings, key=lambda h: not h.headline):
        late = _LATE.search(folded, *holding.sentence)
        if late and (is_ahead or not meeting.start_date):
            return Fact("postponed", (Span(*late.span()),), "state")
        lead = Span(holding.sentence.start, holding.verb.start)
        ahead = list(_AHEAD.finditer(folded, lead.start, lead.end))
        if ahead and not re.search("[，。；]", folded[ahead[-1].end() : lead.end]):
            return Fact("announced", (Span(ahead[-1].start(), holding.verb.end),), "state")
    if is_ahead and meeting.start_date:
        why = reason("state.ahead")
        return Fact("announced", meeting.start_date.spans, "state", "inferred", why)
    if holdings:
        return Fact("held", (holdings[0].verb,), "state")
    for name in reading.mentions.own:
        if prepared := _PREPARED.match(folded, name.end):
            why = reason("state.prepared")
            return Fact("announced", (Span(name.start, prepared.end()),), "state", "inferred", why)
    why = reason("state.told")
    return Fact("held", meeting.name.spans, "state", "inferred", why)


def _is_ahead(reading: Reading, meeting: MeetingRead) -> bool:
    """Whether the meeting begins after the day of publication."""
    published, start = reading.article.date_published, meeting.start_date
    if not published or not start:
        return False
    return start.value > published.value and not start.value.covers(published.value)


def _theme(reading: Reading) -> Fact[str] | None:
    """The theme told, but for that of another edition: 第八届…拟于11月举行，主题为…."""
    folded = reading.source.folded
    own = reading.mentions.own
    others = [n.span for n in reading.mentions.names if n.ordinal and n.span not in own]
    blocks = [b for b in reading.source.blocks if b.kind not in ("credit", "notice")]
    zones = [b.span for b in blocks if folded.find("题", *b.span) >= 0]
    for pattern in _THEMES:
        for zone in zones:
            for found in pattern.finditer(folded, *zone):
                if "”，“" in found["t"] or _NO_THEME.match(folded, found.end()):
                    continue
                span = Span(*found.span("t"))
                lead = Span(reading.source.sentence_of(span).start, span.start)
                ours = any(lead.holds(s) for s in own)
                if ours or not any(lead.holds(s) for s in others):
                    return Fact(span.of(reading.source.text), (span,), "theme")
    return None


def _mentioned(reading: Reading, meeting: MeetingRead) -> MeetingRead:
    """Days of another edition, where they stand right beside its name."""
    for name in (*meeting.name.spans, *(meeting.edition.spans if meeting.edition else ())):
        if near := _dates_beside(reading, name):
            start, end = _day(near[-1], near[-1].start), _day(near[-1], near[-1].end)
            full = end if near[-1].end.day else None
            return replace(meeting, start_date=start, end_date=full)
    return meeting


def _dates_beside(reading: Reading, name: Span) -> list[DateSeen]:
    """首届会商会2013年2月在汉召开, 2013年首届…, 去年在武汉举行的第九届…"""
    folded, dates = reading.source.folded, reading.mentions.dates
    end = re.compile("[，。；、\n]|$").search(folded, name.end)
    after = Span(name.end, end.start() if end else name.end)
    if _HELD.search(folded, *after) and (near := [d for d in dates if after.holds(d.span)]):
        return near
    return [d for d in dates if _is_beside(folded[d.span.end : name.start], d.span.end, name.start)]


def _is_beside(between: str, end: int, start: int) -> bool:
    return -1 <= start - end <= 3 or bool(
        0 < start - end < 24
        and re.fullmatch(r"，?在?[^，。；、\n]{0,12}(?:召开|举行|举办)的", between)
    )
