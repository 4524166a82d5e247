"""Days the text names, with the year and month that newspapers leave out.

A year that is not printed comes from, in order: the page's date or its address, the dateline,
a dated word in the text (2024年3月, 《…2024年…》, 2021…联席会议); each date says which. Spans of
years (2023-2025年) and editions (第十届) are no dates.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ccmeet.model.fact import Fact
from ccmeet.model.reading import DateSeen, Reading
from ccmeet.numerals import read_number
from ccmeet.partialdate import PartialDate
from ccmeet.text import HAN, Span

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = r"(?:(?:19|20)\d\d|[一二][零〇○0九一二三四五六七八]{3})"
_TO = r"\s?(?:至|到|-|—+|－|–|~|～|、)\s?"
_FORM = re.compile(
    rf"(?<!\d)(?<!\d\.)(?:(?P<iy>20\d\d)(?P<sep>[-/.])(?P<im>\d{{1,2}})(?P=sep)(?P<id>\d{{1,2}})(?![\d.])"
    rf"|(?P<period>{_YEAR}年?(?:{_TO}|—){_YEAR}年)"
    rf"|(?:(?P<y>{_YEAR})年)?(?:(?P<m>{_N})月)(?P<d>{_N})(?:[日号])?"
    rf"{_TO}(?:(?P<m2>{_N})月)?(?P<d2>{_N})[日号]"
    rf"|(?:(?P<y3>{_YEAR})年)?(?:(?P<m3>{_N})月)(?P<d3>{_N})[日号]"
    rf"|(?P<d4>\d{{1,2}})日?{_TO}(?P<d5>\d{{1,2}})日"
    rf"|(?:(?P<y6>{_YEAR})年)(?P<m6>{_N})月"
    rf"|(?P<y7>{_YEAR})年"
    r"|(?P<relmonth>本月|上月|下月)(?P<d8>\d{1,2})日"
    r"|(?P<d9>\d{1,2})日"
    r"|(?P<lost>(?:1[0-2]|[1-9])\d{1,2})日)"
    rf"|(?<![目当以之提此年光如文])(?P<relday>今[天日晨晚]|昨[天日晚晨]|明[天日]|前[天日])"
    rf"(?:（(?:(?P<m10>\d{{1,2}})月)?(?P<d10>\d{{1,2}})日）)?"
)
_DAYS_AWAY = {"今": 0, "昨": -1, "明": 1, "前": -2}
_MONTHS_AWAY = {"本月": 0, "上月": -1, "下月": 1}
_AHEAD = re.compile(r"(?:将|定|拟|预计)[^，。；]{0,6}$")
_NAME_YEAR = re.compile(
    rf"(?<!\d)(20\d\d)(?=(?:年度?|[·.])?[{HAN}“”]{{2,24}}"
    r"(?:会议|会商会|论坛|峰会|座谈会|协调会|年会|会晤|恳谈会))"
)
_YEAR_IN_TITLE = re.compile(
    r"《[^《》]{0,40}?(?<!\d)(20\d\d)年?(?!\d|\s?[-—－–~～至])[^《》]{0,40}》"
)
_YEAR_OF_MEETING = re.compile(rf"(?<![\d零〇一二三四五六七八九])({_YEAR})年的?(?:这|此|本)[次届]")
_MONTH_IN_TEXT = re.compile(r"(?<!\d)(20\d\d)年(\d{1,2})月")


@dataclass(frozen=True, slots=True)
class _Anchor:
    """The day (or month, or year) that other dates are reckoned from, and how it is known."""

    date: PartialDate
    why: str
    witness: tuple[Span, ...] = ()
    is_title: bool = False
    """The year is that of a document's title: in November and December, of next year's work."""

    def day(self) -> datetime.date | None:
        d = self.date
        return datetime.date(d.year, d.month, d.day) if d.day else None


def read_dates(reading: Reading) -> Reading:
    """All dates of the body, and the day of publication where only the dateline tells it."""
    folded, published = reading.source.folded, reading.article.date_published
    anchor = _page_anchor(published) or _full_date(folded) or _dated_word(folded)
    zones = [b.span for b in reading.source.blocks if b.kind not in ("credit", "notice")]
    found = [m for zone in zones for m in _FORM.finditer(folded, zone.start, zone.end)]
    dateline = reading.mentions.dateline
    opening = [m for m in found if dateline and dateline.start <= m.start() < dateline.end]
    told = _read(folded, opening, anchor) if opening else ()
    if told and told[0].start.day:
        day = told[0]
        anchor = _Anchor(day.start, f"电头日期{day.start}", (day.span, *day.witness))
        if not published or not published.value.day:
            published = _published(reading, day)
    if published and not published.value.day:
        published = None  # an address with a month alone (/202302/) tells the year, no day
    dates = (*told, *_read(folded, [m for m in found if m not in opening], anchor))
    return replace(
        reading,
        article=replace(reading.article, date_published=published),
        mentions=replace(reading.mentions, dates=tuple(sorted(dates, key=lambda d: d.span))),
    )


def _published(reading: Reading, day: DateSeen) -> Fact[PartialDate] | None:
    """The dateline's day as that of publication: an outlet's own report, no reprinted telegram."""
    dateline, publisher = reading.mentions.dateline, reading.article.publisher
    words = dateline.of(reading.source.folded) if dateline else ""
    own = publisher and any(s.meets(dateline) for s in publisher.spans) if dateline else False
    if words.rstrip().endswith("电") and (own or not publisher):
        return None
    why = f"发布日期未印，据电头日期推定；{day.why}" if day.why else "发布日期未印，据电头日期推定"
    return Fact(day.start, (day.span, *day.witness), "dateline", "inferred", why)


def _page_anchor(published: Fact[PartialDate] | None) -> _Anchor | None:
    if not published:
        return None
    how = "网址中的日期" if published.rule == "address-date" else "发布日期"
    return _Anchor(published.value, f"{how}{published.value}", published.spans)


def _full_date(folded: str) -> _Anchor | None:
    """The last full day printed in running text: near enough to the report's own day."""
    found = re.search(r"(?<!\d)(20\d\d)年(\d{1,2})月(\d{1,2})日", folded)
    day = _date(int(found[1]), int(found[2]), int(found[3])) if found else None
    return _Anchor(day, f"文中“{found[0]}”", (Span(*found.span()),)) if found and day else None


def _dated_word(folded: str) -> _Anchor | None:
    """The year of the meeting's own name, of a month in the text or of a document's title."""
    if name := _NAME_YEAR.search(folded):
        return _year_anchor(name, f"会议名称中的“{name[1]}”")
    if year := _YEAR_OF_MEETING.search(folded):
        written = read_number(year[1]) or 0
        why = f"文中“{year[1]}年”"
        return _Anchor(PartialDate(written), why, (Span(*year.span(1)),)) if written else None
    months = max(_MONTH_IN_TEXT.finditer(folded), key=lambda m: m[1], default=None)
    title = max(_YEAR_IN_TITLE.finditer(folded), key=lambda m: m[1], default=None)
    if title and (not months or title[1] >= months[1]):
        return _year_anchor(title, f"文中《…{title[1]}年…》", title=True)
    return _year_anchor(months, f"文中“{months[0]}”") if months else None


def _year_anchor(found: re.Match[str], why: str, title: bool = False) -> _Anchor:
    return _Anchor(PartialDate(int(found[1])), why, (Span(*found.span(1)),), title)


def _read(
    folded: str, found: Iterable[re.Match[str]], anchor: _Anchor | None
) -> tuple[DateSeen, ...]:
    """Each printed date made whole; one that can't be is left out."""
    dates: list[DateSeen] = []
    for match in found:
        base = anchor
        if dates and not (base and base.date.month):
            last = dates[-1].end
            if last.month and (not base or base.date.year == last.year):
                words = dates[-1].span.of(folded)
                base = _Anchor(last, f"前文“{words}”", (dates[-1].span, *dates[-1].witness))
        if match["period"]:
            continue
        if seen := _complete(folded, match, base):
            dates.append(seen)
    return tuple(dates)


def _complete(folded: str, match: re.Match[str], anchor: _Anchor | None) -> DateSeen | None:
    """One date with its year and month, from what is printed or from the anchor."""
    part = {k: v for k, v in match.groupdict().items() if v}
    span = Span(*match.span())
    if "lost" in part:
        return _mend(part["lost"], span, anchor)
    if "relday" in part and "d10" not in part:
        return _relative_day(part["relday"], span, anchor)
    year = _number(part, "y", "y3", "y6", "y7", "iy")
    month = _number(part, "m", "m3", "m6", "m10", "im")
    day = _number(part, "d", "d3", "d4", "d8", "d9", "d10", "id")
    last_month, last_day = _number(part, "m2"), _number(part, "d2", "d5")
    if year:
        start = _date(year, month, day)
        return _seen(span, start, last_month, last_day) if start else None
    if not anchor:
        return None
    ahead = bool(_AHEAD.search(folded, max(0, span.start - 10), span.start))
    if month:
        start, missing = _in_year(month, day, anchor), "年份"
        if start and anchor.is_title and start.year < anchor.date.year:
            missing = "年份未印，年末所议为次年事项，年份"
    else:
        shift = _MONTHS_AWAY.get(part.get("relmonth", ""))
        start, missing = _in_month(day, anchor, ahead, shift), "年月"
    why = f"{missing}未印，据{anchor.why}推定"
    return _seen(span, start, last_month, last_day, why, anchor.witness) if start else None


def _number(part: dict[str, str], *names: str) -> int:
    words = next((part[n] for n in names if n in part), "")
    return read_number(words) or 0


def _seen(
    span: Span,
    start: PartialDate,
    last_month: int,
    last_day: int,
    why: str = "",
    witness: tuple[Span, ...] = (),
) -> DateSeen | None:
    end: PartialDate | None = start
    if last_day:
        month = last_month or start.month
        end = _date(start.year + (month < start.month), month, last_day)
    return DateSeen(span, start, end, why, witness) if end and end >= start else None


def _in_year(month: int, day: int, anchor: _Anchor) -> PartialDate | None:
    """The month and day in the anchor's year, or in the year beside it where that is nearer."""
    base = anchor.day()
    if not base:
        turned = anchor.is_title and month > 10
        turned = turned or (bool(anchor.date.month) and month - anchor.date.month > 6)
        return _date(anchor.date.year - turned, month, day)
    around = [_date(base.year + step, month, day) for step in (0, -1, 1)]
    known = [d for d in around if d]
    return min(
        known, key=lambda d: abs(datetime.date(d.year, d.month, d.day or 1) - base), default=None
    )


def _in_month(day: int, anchor: _Anchor, ahead: bool, shift: int | None) -> PartialDate | None:
    """The day in the anchor's month or the one beside it: ahead where the text looks forward."""
    base = anchor.day()
    if not base:
        return _date(anchor.date.year, anchor.date.month, day) if anchor.date.month else None
    around = []
    for step in (0, -1, 1) if shift is None else (shift,):
        years, month = divmod(base.year * 12 + base.month - 1 + step, 12)
        if found := _date(years, month + 1, day):
            around.append(found)

    def distance(found: PartialDate) -> datetime.timedelta:
        away = datetime.date(found.year, found.month, found.day) - base
        against = away < datetime.timedelta(0) if ahead else away > datetime.timedelta(3)
        return abs(away) + datetime.timedelta(25 if against else 0)

    return min(around, key=distance, default=None)


def _relative_day(word: str, span: Span, anchor: _Anchor | None) -> DateSeen | None:
    base = anchor.day() if anchor else None
    if not anchor or not base:
        return None
    day = base + datetime.timedelta(_DAYS_AWAY[word[0]])
    found = PartialDate(day.year, day.month, day.day)
    why = f"文中作“{word}”，据{anchor.why}推定"
    return DateSeen(span, found, found, why, anchor.witness)


def _mend(digits: str, span: Span, anchor: _Anchor | None) -> DateSeen | None:
    """124日, a 12月4日 whose 月 a mirror lost: only where the page's day agrees to three days."""
    base = anchor.day() if anchor else None
    if not anchor or not base or (len(digits) < 3 and int(digits) <= 31):
        return None
    for cut in (1, 2):
        if not digits[cut:] or digits[cut] == "0":
            continue
        found = _in_year(int(digits[:cut]), int(digits[cut:]), anchor)
        if found and abs(
            datetime.date(found.year, found.month, found.day) - base
        ) <= datetime.timedelta(3):
            why = f"原文作“{digits}日”，缺“月”字，据{anchor.why}推定"
            return DateSeen(span, found, found, why, anchor.witness)
    return None


def _date(year: int, month: int, day: int) -> PartialDate | None:
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return None
