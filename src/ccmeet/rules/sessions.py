"""When, where and how a meeting was held: days, city, venue, format, state and theme.

All of it is read from sentences that say so of this meeting: its name (or 会议, 会商会) with a verb
of holding. A reception for its guests (会见) gives the city but not the days.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ccmeet.model.fact import Basis, Fact
from ccmeet.model.reading import DateSeen, Format, MeetingRead, PlaceSeen, Reading, State
from ccmeet.numerals import read_number
from ccmeet.partialdate import PartialDate
from ccmeet.text import HAN, Span, sentences

_HOLD = re.compile(
    r"召开|举行|举办|开会|开幕|启幕|落幕|闭幕|拉开帷幕|拉开大幕|圆满|召集|如期而至|会聚|亮相|举(?=第)"
)
_REFER = re.compile(
    r"(?:此次|本次|这次|本届|该|会商会|联席会议|联席会|协调会|座谈会|峰会|论坛|年会|会晤|会议|大会)"
    r"(?![精通指])"
)
_AHEAD = re.compile(r"将(?!军)|定于|拟于|拟在|即将|计划于|预定|预计")
_LATE = re.compile(r"延期|推迟|改期|延后")
_VIDEO = re.compile(
    r"(?:以|采用|采取|通过|用)?(?:网络)?视频(?:会议|连线|方式|形式|会商)|线上(?!线下)|云端|电视电话会议"
)
_MIXED = re.compile(r"线上线下|线下线上|线下|主会场")
_THEME = (
    re.compile(r"以[^“”，。；\n]{0,8}“(?P<t>[^\n]{2,60}?)”为(?:会议)?主题"),
    re.compile(r"以(?P<t>[^“”。；\n]{4,50}?)为(?:会议)?主题"),
    re.compile(r"主题(?:为|是|定为|确定为|：|聚焦)?\s?“(?P<t>[^\n]{2,60}?)”"),
    re.compile(r"“(?P<t>[^“”\n]{4,60})”(?:是|成为)[^，。\n]{0,10}主题"),
    re.compile(r"主题(?:为|是|：)(?P<t>[^“”，。；\n]{4,40})"),
)
_HOUSE = (
    r"(?:会议中心|会展中心|博览中心|文化中心|艺术中心|国际中心|中心|宾馆|酒店|大厦|会堂|会议厅|礼堂|饭店|"
    r"展览馆|博物馆|体育馆|图书馆|大剧院|迎宾馆|会议室|山庄|大学)"
)
_VENUE = re.compile(rf"[{HAN}A-Za-z0-9·]{{2,20}}?{_HOUSE}")
_PLACED = re.compile(r"(?:在|于|齐聚|相聚|聚首|会聚|汇聚|走进|来到|落户|做客)\s?$")
_RECEIVED = re.compile(r"会见|接见|看望")
_LASTS = re.compile(r"(?:为期|历时|会期)(?P<n>[两二三四五\d])天")
_GAP = re.compile(
    r"[，、\s]*(?:[上下中]午|晚|起|晚间|当天|，)*[，\s]*(?:在(?:(?!会见|接见)[^，。；]){2,14})?，?\s*(?:由[^，。；]{2,14}的)?"
)


@dataclass(frozen=True, slots=True)
class _Holding:
    """A sentence that says that a meeting was or will be held, and the verb in it."""

    sentence: Span
    verb: Span
    headline: bool = False


def read_sessions(reading: Reading) -> Reading:
    """Complete each meeting that is known by name."""
    if not reading.meetings:
        return reading
    first, *others = reading.meetings
    return replace(
        reading, meetings=(_main(reading, first), *(_mentioned(reading, m) for m in others))
    )


def _main(reading: Reading, meeting: MeetingRead) -> MeetingRead:
    holdings = sorted(_holdings(reading, meeting), key=lambda h: (h.headline, h.sentence))
    found = [(h, d) for h in holdings if (d := _days_of(reading, meeting, h))]
    days = found[0][1] if found else _days_before_name(reading, meeting)
    start, end = _days(reading, holdings, days) if days else (None, None)
    location = next((p for h in holdings if (p := _place_of(reading, h))), None)
    city = _city(reading, location, "host-city") if location else _received_in(reading, meeting)
    meeting = replace(
        meeting,
        start_date=start,
        end_date=end,
        location=city,
        venue=next((v for h in holdings if (v := _venue(reading, h))), None),
        theme=_theme(reading),
    )
    meeting = replace(meeting, state=_state(reading, meeting, holdings))
    form = _format(reading, meeting, holdings)
    is_video = form is not None and form.value == "video"
    return replace(meeting, format=form, location=None if is_video else meeting.location)


def _holdings(reading: Reading, meeting: MeetingRead) -> Iterator[_Holding]:
    """Sentences that hold this meeting: its name nearest to a verb of holding."""
    folded = reading.source.folded
    others = [s for m in reading.meetings if m is not meeting for s in m.name.spans]
    mine = [*meeting.name.spans, *(meeting.edition.spans if meeting.edition else ())]
    for block in reading.source.blocks:
        if block.kind in ("credit", "notice"):
            continue
        for sentence in sentences(folded, block.span):
            for verb in _HOLD.finditer(folded, *sentence):
                named = _nearest(folded, sentence, verb, mine, others)
                if named:
                    head = block.kind in ("headline", "caption")
                    yield _Holding(sentence, Span(*verb.span()), head)
                    break


def _nearest(
    folded: str, sentence: Span, verb: re.Match[str], mine: list[Span], others: list[Span]
) -> bool:
    """Whether the thing held is one of `mine`: the name before the verb, or after 召开的."""
    if re.match(r"[了的]{0,2}$|[了的]?[“\d长第]", folded[verb.end() : verb.end() + 2]):
        after = [s for s in (*mine, *others) if verb.end() <= s.start <= verb.end() + 4]
        if after:
            return after[0] in mine
    before = [s for s in (*mine, *others) if sentence.start <= s.start and s.end <= verb.start()]
    if before:
        return max(before) in mine
    if re.match(rf"[了的过]?[{HAN}“]{{0,20}}(?:会|论坛)", folded[verb.end() : sentence.end]):
        return False
    clause = folded[sentence.start : verb.start()]
    return bool(_REFER.search(clause)) and not re.search(
        r"发布会|上届|以来|第[一-龥\d]+[届次]", clause
    )


def _days_of(reading: Reading, meeting: MeetingRead, holding: _Holding) -> DateSeen | None:
    """The date nearest before the verb, in the sentence that holds the meeting."""
    if _RECEIVED.search(reading.source.folded, holding.sentence.start, holding.verb.start):
        return None
    before = [
        d
        for d in reading.mentions.dates
        if holding.sentence.start <= d.span.start and d.span.end <= holding.verb.start
    ]
    days = [d for d in before if d.start.day] or before
    if days:
        return days[-1]
    after = [
        d
        for d in reading.mentions.dates
        if d.start.day and holding.verb.end <= d.span.start <= holding.verb.end + 2
    ]
    return after[0] if after else None


def _days_before_name(reading: Reading, meeting: MeetingRead) -> DateSeen | None:
    """A day right before the name: 7月28日至29日,…会商会签署…"""
    folded = reading.source.folded
    for name in meeting.name.spans:
        for seen in reading.mentions.dates:
            gap = seen.start.day and 0 <= name.start - seen.span.end <= 24
            if gap and _GAP.fullmatch(folded, seen.span.end, name.start):
                return seen
    return None


def _days(
    reading: Reading, holdings: list[_Holding], days: DateSeen
) -> tuple[Fact[PartialDate], Fact[PartialDate]]:
    """First and last day; 为期两天 carries a single day on."""
    start = _day(days, days.start)
    end = _day(days, days.end)
    zone = holdings[0].sentence if holdings else days.span
    lasts = _LASTS.search(reading.source.folded, zone.start, zone.end)
    if lasts and days.start == days.end and days.start.day:
        more = timedelta((read_number(lasts["n"]) or 1) - 1)
        told = date(days.start.year, days.start.month, days.start.day)
        closes = re.search("闭幕|落幕|结束", zone.of(reading.source.folded))
        other = told - more if closes else told + more
        why = f"据“{lasts[0]}”自{days.start}推算"
        value = PartialDate(other.year, other.month, other.day)
        reckoned = Fact(value, (*end.spans, Span(*lasts.span())), "date", "inferred", why)
        return (reckoned, end) if closes else (start, reckoned)
    return start, end


def _day(seen: DateSeen, value: PartialDate) -> Fact[PartialDate]:
    basis: Basis = "inferred" if seen.why else "stated"
    return Fact(value, (seen.span, *seen.witness), "date", basis, seen.why)


def _place_of(reading: Reading, holding: _Holding) -> tuple[PlaceSeen, ...] | None:
    """The places right after 在, or right before the verb, that say where it was held."""
    folded, verb = reading.source.folded, holding.verb
    runs = _runs(folded, [p for p in reading.mentions.places if holding.sentence.holds(p.span)])
    for run in runs:
        start, end = run[0].span.start, run[-1].whole.end
        placed = _PLACED.search(folded, max(holding.sentence.start, start - 3), start)
        if placed and end <= verb.start and not re.search("[，。；]", folded[end : verb.start]):
            return run
        if end == verb.start and holding.headline:
            return run
    for run in runs:
        start, end = run[0].span.start, run[-1].whole.end
        if start >= verb.end and _PLACED.search(folded, max(verb.end - 4, start - 3), start):
            return run
        met = re.compile(r"(?:成功|隆重|顺利|正式|圆满)?(?:召开|举行|举办|开幕|启幕|开会)")
        if _PLACED.search(folded, max(0, start - 3), start) and met.match(folded, end):
            return run
    return None


def _runs(folded: str, places: list[PlaceSeen]) -> list[tuple[PlaceSeen, ...]]:
    """Places written on without a mark between: 湖北武汉, 江苏省苏州市昆山市."""
    runs: list[list[PlaceSeen]] = []
    for place in places:
        if runs and runs[-1][-1].whole.end == place.span.start:
            runs[-1].append(place)
        else:
            runs.append([place])
    return [tuple(run) for run in runs]


def _city(reading: Reading, run: tuple[PlaceSeen, ...], rule: str) -> Fact[str]:
    cities = [p for p in run if p.level != "province"] or list(run)
    place = cities[0]
    return _named(reading, place, rule)


def _named(reading: Reading, place: PlaceSeen, rule: str) -> Fact[str]:
    printed = place.span.of(reading.source.text)
    if len(printed) == 1:
        why = f"“{printed}”是{place.short}的简称"
        return Fact(place.short, (place.span,), rule, "inferred", why)
    return Fact(printed, (place.span,), rule)


def _received_in(reading: Reading, meeting: MeetingRead) -> Fact[str] | None:
    """28日在长沙会见前来参加…会商会的客人: the city, not the days."""
    folded = reading.source.folded
    for place in reading.mentions.places:
        met = re.match(r"会见|接见|看望", folded[place.whole.end : place.whole.end + 2])
        if not met or not _PLACED.search(folded, max(0, place.span.start - 3), place.span.start):
            continue
        after = folded[place.whole.end : place.whole.end + 30]
        if re.search(r"参加|出席|来[^，。]{0,6}会", after):
            printed = place.span.of(reading.source.text)
            why = f"据在{printed}会见前来赴会的客人推定"
            return Fact(printed, (place.span,), "host-city", "inferred", why)
    return None


def _venue(reading: Reading, holding: _Holding) -> Fact[str] | None:
    folded = reading.source.folded
    for mark in re.finditer("在|于", folded[holding.sentence.start : holding.verb.start]):
        start = holding.sentence.start + mark.end()
        named = start
        for place in reading.mentions.places:
            if place.span.start == start:
                start = place.whole.end
        if re.fullmatch(_HOUSE, folded[start : holding.verb.start]):
            start = named  # 厦门宾馆: the city is part of the name
        found = _VENUE.match(folded, start, holding.verb.start)
        if found and found.end() == holding.verb.start:
            span = Span(*found.span())
            return Fact(span.of(reading.source.text), (span,), "venue")
    return None


def _theme(reading: Reading) -> Fact[str] | None:
    folded = reading.source.folded
    for pattern in _THEME:
        for block in reading.source.blocks:
            if block.kind in ("credit", "notice"):
                continue
            found = pattern.search(folded, block.start, block.end)
            if found and "”，“" not in found["t"]:
                span = Span(*found.span("t"))
                return Fact(span.of(reading.source.text), (span,), "theme")
    return None


def _state(reading: Reading, meeting: MeetingRead, holdings: list[_Holding]) -> Fact[State]:
    folded = reading.source.folded
    for holding in sorted(holdings, key=lambda h: not h.headline):
        lead = Span(holding.sentence.start, holding.verb.start)
        if late := _LATE.search(folded, holding.sentence.start, holding.sentence.end):
            return Fact("postponed", (Span(*late.span()),), "state")
        ahead = list(_AHEAD.finditer(folded, lead.start, lead.end))
        if ahead and not re.search("[，。；]", folded[ahead[-1].end() : lead.end]):
            return Fact("announced", (Span(ahead[-1].start(), holding.verb.end),), "state")
    if holdings:
        return Fact("held", (holdings[0].verb,), "state")
    published = reading.article.date_published
    if published and meeting.start_date and _is_later(meeting.start_date.value, published.value):
        why = "会期在发布日期之后"
        return Fact("announced", meeting.start_date.spans, "state", "inferred", why)
    why = "文中记述了会议的活动，未说尚未召开"
    return Fact("held", meeting.name.spans, "state", "inferred", why)


def _is_later(day: PartialDate, than: PartialDate) -> bool:
    return day > than and not than.covers(day)


def _format(
    reading: Reading, meeting: MeetingRead, holdings: list[_Holding]
) -> Fact[Format] | None:
    folded = reading.source.folded
    body = reading.source.body()
    zones = [h.sentence for h in holdings] + [b.span for b in body[:2]]
    for zone in zones:
        found = _VIDEO.search(folded, zone.start, zone.end)
        if found and not _MIXED.search(folded, zone.start, zone.end):
            return Fact("video", (Span(*found.span()),), "format")
    if meeting.location:
        why = f"会议在{meeting.location.value}举行，未提视频形式"
        return Fact("in-person", meeting.location.spans, "format", "inferred", why)
    gather = re.compile(r"齐聚|共聚|相聚|聚首|会聚|汇聚|东道主|与会|出席|发言|参会")
    for block in reading.source.blocks:
        found = gather.search(folded, block.start, block.end) if holdings else None
        if found and block.kind not in ("credit", "notice"):
            why = f"据“{found[0]}”推定，未提视频形式"
            return Fact("in-person", (Span(*found.span()),), "format", "inferred", why)
    return None


def _mentioned(reading: Reading, meeting: MeetingRead) -> MeetingRead:
    """Day and city of another edition, where they stand right beside its name."""
    folded = reading.source.folded
    for name in meeting.name.spans:
        end = re.compile("[，。；、\n]|$").search(folded, name.end)
        after = Span(name.end, end.start() if end else name.end)
        held = _HOLD.search(folded, *after)
        near = [
            d
            for d in reading.mentions.dates
            if (held and after.holds(d.span)) or -1 <= name.start - d.span.end <= 1
        ]
        ahead = folded[name.start - 30 : name.start] if name.start > 30 else folded[: name.start]
        before = re.search(r"，[^，。；]*$|^", ahead)
        if not near and held and before:
            near = [d for d in reading.mentions.dates if 0 <= name.start - d.span.end <= 3]
        if near:
            start, end_day = _day(near[-1], near[-1].start), _day(near[-1], near[-1].end)
            full = end_day if near[-1].end.day else None
            meeting = replace(meeting, start_date=start, end_date=full)
        run = (
            _place_of(reading, _Holding(Span(name.start, after.end), Span(*held.span())))
            if held
            else None
        )
        if run:
            return replace(meeting, location=_city(reading, run, "host-city"))
    return meeting
