"""Days the text names, with the year and month that newspapers leave out.

A year or month that is not printed is reckoned from the anchor (rules/anchors.py), or from the
dateline's own day, or from the date before it (当天); each date says which. Spans of years
(2023-2025年) and editions (第十届) are no dates.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import replace

from ccmeet.lexicon.reasons import reason, then
from ccmeet.lexicon.words import sought
from ccmeet.model.fact import Fact
from ccmeet.model.reading import Anchor, DateSeen, Reading
from ccmeet.numerals import read_number
from ccmeet.partialdate import PartialDate
from ccmeet.text import Span, pairs

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_TEN = "(?:二?十[一二三四五六七八九]|[二三]?十|三十一)"
_YEAR = r"(?:(?:19|20)\d\d|[一二][零〇○0九一二三四五六七八]{3})"
_PART = r"(?:凌晨|清晨|上午|中午|下午|傍晚|晚上|晚间|晚|夜间)?"
_TO = rf"{_PART}\s?(?:至|到|-|—+|－|–|~|～|、|和|及)\s?"
_ABOUT = r"(?:份|[上中下]旬|[初底末])"
_NUMERALS = "一二三四五六七八九十"
_OPENINGS = (
    *(one + other for one in _NUMERALS for other in f"{_NUMERALS}零〇○0月日号"),
    *(word + sign for word in "今昨明前去" for sign in "年天日晨晚早夜（在于召举开闭"),
    *(word + sign for word in "本上下这" for sign in "个月周星"),
    *(word + sign for word in "当同" for sign in "天日晚"),
    *("周" + day for day in "一二三四五六日天"), "星期",
)  # fmt: skip
"""What a date in other words than figures begins with."""
_FORM = sought(
    r"(?<!\d)(?<!\d\.)(?:"
    r"(?P<iy>20\d\d)(?P<sep>[-/.])(?P<im>\d{1,2})(?P=sep)(?P<id>\d{1,2})(?![\d.])"
    # 2023-2025年, 2023年12月至2025年12月: a period.
    rf"|(?P<period>{_YEAR}年?(?:{_N}月)?{_TO}{_YEAR}(?:年(?:{_N}月)?|(?!\d))(?!{_N}[月日]))"
    # 2023年12月31日至2024年1月2日, 7月28日至29日, 6月6日、7日
    rf"|(?:(?P<y>{_YEAR})年)?(?P<m>{_N})月(?P<d>{_N})[日号]?"
    rf"{_TO}(?:(?:(?P<y2>{_YEAR})年)?(?P<m2>{_N})月)?(?P<d2>{_N})(?:[日号]|两[日天])"
    rf"|(?:(?P<y3>{_YEAR})年)?(?P<m3>{_N})月(?P<d3>{_N})[日号]"
    rf"|(?P<d4>\d{{1,2}})日?{_TO}(?P<d5>\d{{1,2}})(?:日|两[日天])"
    # 二十七、二十八两日, 十八日至十九日
    rf"|(?<![月第周期末一二三四五六七八九十])(?P<d18>{_TEN})日?{_TO}(?P<d19>{_TEN})(?:日(?![内游均元报谈])|两[日天])"
    rf"|(?P<y6>{_YEAR})年(?P<m6>{_N})月{_ABOUT}?"
    rf"|(?P<y7>{_YEAR})年(?!度)"
    rf"|(?P<m11>{_N})月(?:{_ABOUT}|(?=在|于|将|召开|举[行办]))"
    rf"|(?P<relmonth>本月|上个?月|下个?月)(?:(?P<d8>\d{{1,2}})日?(?:{_TO}(?P<d13>\d{{1,2}}))?日|{_ABOUT})?"
    rf"|(?<![之以])(?P<relyear>[今去明前]年)(?:(?P<m12>{_N})月(?:(?P<d12>{_N})日?"
    rf"(?:{_TO}(?:(?P<m13>{_N})月)?(?P<d15>{_N}))?日|{_ABOUT})?)?"
    r"|(?P<d9>\d{1,2})日(?![内游均元报])"
    r"|(?<![月第周期末一二三四五六七八九十])(?P<d14>二?十[一二三四五六七八九]|二十|三十一?|"
    r"[一二三四五六七八九十](?=日(?:[上下]午|晚|在|于|电|讯)))日(?![内游均元报谈])"
    # 10月20，…: a mirror lost the 日
    r"|(?<!\d)(?P<m14>1[0-2]|[1-9])月(?P<d16>[12]\d|3[01]|[1-9])(?=，|[在上下](?!旬))"
    r"|(?P<lost>(?:1[0-2]|[1-9])\d{1,2})日"
    r"|(?<![目当以之提此年光如文])(?P<relday>今[天日晨晚早]|昨[天日晚晨夜]|明[天日晚]|前[天日]|[今昨明](?=（\d)|昨(?=[在于]|召开|举[行办]|[开闭]幕))"
    r"(?:（(?:(?P<m10>\d{1,2})月)?(?P<d10>\d{1,2})日?）日?)?(?!头条)"
    r"|(?P<same>当[天日晚]|同[天日])"
    r"|(?<![每一两三四五六七八九十\d第至])(?P<week>[上下本这]?(?:周|星期))(?P<weekday>[一二三四五六日天])"
    r"(?=[上下]午|晚|在|于|，|将|（|召|举|的)"
    r")",
    (*"0123456789", *_OPENINGS),
)
_DAYS_AWAY = {"今": 0, "昨": -1, "明": 1, "前": -2}
_MONTHS_AWAY = {"本": 0, "上": -1, "下": 1}
_YEARS_AWAY = {"今": 0, "去": -1, "明": 1, "前": -2}
_AHEAD = re.compile(r"(?:将|定|拟|预计)[^，。；]{0,6}$")


def read_dates(reading: Reading) -> Reading:
    """All dates of the body, and the day of publication where only the dateline tells it."""
    folded, published = reading.source.folded, reading.article.date_published
    anchor = reading.mentions.anchor
    zones = [b.span for b in reading.source.blocks if b.kind not in ("credit", "notice")]
    titles = list(pairs(folded, "《"))
    found = [
        m
        for zone in zones
        for m in _FORM.finditer(folded, zone.start, zone.end)
        if not any(t.start < m.start() < t.end for t in titles)
    ]
    dateline = reading.mentions.dateline
    opening = [m for m in found if dateline and dateline.start <= m.start() < dateline.end]
    told = _read(folded, opening, anchor) if opening else ()
    if told and told[0].start.day:
        day = told[0]
        anchor = Anchor(
            day.start, reason("ground.dateline", day=day.start), (day.span, *day.witness)
        )
        if not published:
            published = _published(reading, day)
    dates = (*told, *_read(folded, [m for m in found if m not in opening], anchor))
    article = reading.article
    if published != article.date_published:
        article = replace(article, date_published=published)
    mentions = reading.mentions._replace(dates=tuple(sorted(dates, key=lambda d: d.span)))
    return replace(reading, article=article, mentions=mentions)


_TELEGRAM = re.compile(r"电\s*(?:（[^（）]*）)?\s*$")


def _published(reading: Reading, day: DateSeen) -> Fact[PartialDate] | None:
    """The dateline's day as that of publication: an outlet's own report, no reprinted telegram."""
    dateline, publisher = reading.mentions.dateline, reading.article.publisher
    words = dateline.of(reading.source.folded) if dateline else ""
    own = publisher and any(s.meets(dateline) for s in publisher.spans) if dateline else False
    if _TELEGRAM.search(words) and (own or not publisher):
        return None
    why = then(reason("published.dateline"), day.why)
    return Fact(day.start, (day.span, *day.witness), "dateline", "inferred", why)


def _read(
    folded: str, found: Iterable[re.Match[str]], anchor: Anchor | None
) -> tuple[DateSeen, ...]:
    """Each printed date made whole; one that can't be is left out."""
    dates: list[DateSeen] = []
    last: DateSeen | None = None
    for match in found:
        base = anchor
        if last and (match["same"] or _leads_on(folded, last, match, base)):
            words = last.span.of(folded)
            base = Anchor(
                last.end, reason("ground.before", words=words), (last.span, *last.witness)
            )
        if match["period"]:
            continue
        seen = _complete(folded, match, base)
        if seen:
            dates.append(seen)
        last = seen if seen or match["same"] is None else last
    return tuple(dates)


def _leads_on(folded: str, last: DateSeen, match: re.Match[str], anchor: Anchor | None) -> bool:
    """Whether the date before tells the month: no page does, and no other year lies between."""
    if not last.end.month or (anchor and anchor.date.month):
        return False
    if anchor:
        return anchor.date.year == last.end.year
    return not re.search("[。\n]", folded[last.span.end : match.start()])


def _complete(folded: str, match: re.Match[str], anchor: Anchor | None) -> DateSeen | None:
    """One date with its year and month, from what is printed or from the anchor."""
    part = {k: v for k, v in match.groupdict().items() if v}
    span = Span(*match.span())
    if "lost" in part:
        return _mend(part["lost"], span, anchor)
    if away := _days_away(part, anchor):
        return _relative_day(away, span, anchor)
    year = _number(part, "y", "y3", "y6", "y7", "iy")
    month = _number(part, "m", "m3", "m6", "m10", "m11", "m12", "m14", "im")
    day = _number(part, "d", "d3", "d4", "d8", "d9", "d10", "d12", "d14", "d16", "d18", "id")
    last_month = _number(part, "m2", "m13")
    last_day = _number(part, "d2", "d5", "d13", "d15", "d19")
    last_year = _number(part, "y2")
    if year:
        start = _date(year, month, day)
        return _seen(span, start, (last_year, last_month, last_day)) if start else None
    if not anchor:
        return None
    why, start = _completed(folded, span, part, month, day, anchor)
    last = (last_year, last_month, last_day)
    return _seen(span, start, last, why, anchor.witness) if start else None


def _completed(
    folded: str, span: Span, part: dict[str, str], month: int, day: int, anchor: Anchor
) -> tuple[str, PartialDate | None]:
    """What was not printed and where it is from, and the date with it."""
    if words := part.get("relyear"):
        if words[0] == "今" and not month:
            return "", None  # 今年 alone dates nothing
        why = reason("date.word-year", words=words, ground=anchor.why)
        return why, _date(anchor.date.year + _YEARS_AWAY[words[0]], month, day)
    if month:
        start = _in_year(month, day, anchor)
        if start and anchor.is_title and start.year < anchor.date.year:
            return reason("date.year-ahead", ground=anchor.why), start
        return reason("date.year", ground=anchor.why), start
    shift = _MONTHS_AWAY.get(part.get("relmonth", " ")[0])
    ahead = bool(_AHEAD.search(folded, max(0, span.start - 10), span.start))
    return reason("date.month", ground=anchor.why), _in_month(day, anchor, ahead, shift)


def _days_away(part: dict[str, str], anchor: Anchor | None) -> tuple[str, int] | None:
    """A word that counts from the anchor's day (昨日, 本周五, 当天), and how many days away."""
    if "same" in part:
        return part["same"], 0
    if "relday" in part and "d10" not in part:
        return part["relday"], _DAYS_AWAY[part["relday"][0]]
    base = _day_of(anchor) if anchor else None
    if "weekday" not in part or not base:
        return None
    wanted = "一二三四五六日".index(part["weekday"].replace("天", "日"))
    away = wanted - base.weekday()
    if part["week"][0] in "上下":
        away += 7 * _MONTHS_AWAY[part["week"][0]]
    elif part["week"][0] not in "本这" and away > 0:
        away -= 7  # a bare 周三 in a report is the last one
    return part["week"] + part["weekday"], away


def _number(part: dict[str, str], *names: str) -> int:
    words = next((part[n] for n in names if n in part), "")
    return read_number(words) or 0


def _seen(
    span: Span,
    start: PartialDate,
    last: tuple[int, int, int],
    why: str = "",
    witness: tuple[Span, ...] = (),
) -> DateSeen | None:
    year, month, day = last
    end: PartialDate | None = start
    if day:
        month = month or start.month
        end = _date(year or start.year + (month < start.month), month, day)
    return DateSeen(span, start, end, why, witness) if end and end >= start else None


def _in_year(month: int, day: int, anchor: Anchor) -> PartialDate | None:
    """The month and day in the anchor's year, or in the year beside it where that is nearer."""
    base = _day_of(anchor)
    if not base:
        turned = anchor.is_title and month > 10
        turned = turned or (bool(anchor.date.month) and month - anchor.date.month > 6)
        return _date(anchor.date.year - turned, month, day)
    around = [_date(base.year + step, month, day) for step in (0, -1, 1)]
    known = [d for d in around if d]
    return min(
        known, key=lambda d: abs(datetime.date(d.year, d.month, d.day or 1) - base), default=None
    )


def _in_month(day: int, anchor: Anchor, ahead: bool, shift: int | None) -> PartialDate | None:
    """The day in the anchor's month or the one beside it: ahead where the text looks forward."""
    base = _day_of(anchor)
    if not base:
        month = anchor.date.month + (shift or 0)
        return _date(anchor.date.year, month, day) if anchor.date.month else None
    around = []
    for step in (0, -1, 1) if shift is None else (shift,):
        years, month = divmod(base.year * 12 + base.month - 1 + step, 12)
        if found := _date(years, month + 1, day):
            around.append(found)

    def distance(found: PartialDate) -> datetime.timedelta:
        away = datetime.date(found.year, found.month, found.day or 1) - base
        against = away < datetime.timedelta(0) if ahead else away > datetime.timedelta(3)
        return abs(away) + datetime.timedelta(25 if against else 0)

    return min(around, key=distance, default=None)


def _relative_day(away: tuple[str, int], span: Span, anchor: Anchor | None) -> DateSeen | None:
    base = _day_of(anchor) if anchor else None
    if not anchor or not base:
        return None
    word, days = away
    day = base + datetime.timedelta(days)
    found = PartialDate(day.year, day.month, day.day)
    why = reason("date.words", words=word, ground=anchor.why)
    return DateSeen(span, found, found, why, anchor.witness)


def _day_of(anchor: Anchor) -> datetime.date | None:
    d = anchor.date
    return datetime.date(d.year, d.month, d.day) if d.day else None


def _mend(digits: str, span: Span, anchor: Anchor | None) -> DateSeen | None:
    """124日, a 12月4日 whose 月 a mirror lost: only where the page's day agrees to three days."""
    base = _day_of(anchor) if anchor else None
    if not anchor or not base or (len(digits) < 3 and int(digits) <= 31):
        return None
    for cut in (1, 2):
        if not digits[cut:] or digits[cut] == "0":
            continue
        found = _in_year(int(digits[:cut]), int(digits[cut:]), anchor)
        if found and abs(
            datetime.date(found.year, found.month, found.day) - base
        ) <= datetime.timedelta(3):
            why = reason("date.lost-month", digits=digits, ground=anchor.why)
            return DateSeen(span, found, found, why, anchor.witness)
    return None


def _date(year: int, month: int, day: int) -> PartialDate | None:
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return None
