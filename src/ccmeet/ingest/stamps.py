"""Publishing dates: page stamps, meta values and addresses that carry a date."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import NamedTuple
from urllib.parse import urlsplit

from ccmeet.lexicon.reasons import reason
from ccmeet.lexicon.words import sought
from ccmeet.model.fact import Fact
from ccmeet.numerals import read_number
from ccmeet.partialdate import PartialDate
from ccmeet.text import Span

_DIGITS, _NUMERALS = "0123456789", "〇零○Oo一二三四五六七八九"
_FIGURE, _TENS = f"[{_NUMERALS}{_DIGITS}]", "[一二三四五六七八九十]{1,3}"
_YEAR = r"(?:19|20)\d\d"
_STAMP = sought(
    rf"(?<![\d-])(?P<y>{_YEAR})\s?[-/.年]\s?(?P<m>\d{{1,2}})\s?[-/.月]\s?(?P<d>\d{{1,2}})(?:(?=\d\d:\d\d)|(?!\d))(?:\s?日)?"
    rf"|(?<![\d.])(?P<d2>\d{{1,2}})\.(?P<m2>\d{{1,2}})\.(?P<y2>{_YEAR})(?![\d.])"
    rf"|(?P<y4>{_FIGURE}{{4}})年(?P<m4>{_TENS})月(?P<d4>{_TENS})日"
    rf"|(?<!\d)(?P<y3>{_YEAR})(?P<m3>[01]\d)(?P<d3>[0-3]\d)(?!\d)",
    (*_DIGITS, *(a + b for a in _NUMERALS for b in _NUMERALS + _DIGITS)),
)
_CLOCK = re.compile(
    r"[T\s]{0,3}\d{1,2}[:：时]\d{2}(?:[:：分]\d{2}秒?|分)?(?:\.\d+)?\s?(?:Z|[+-]\d{2}:?\d{2})?"
)
_MOMENT = re.compile(r"1[0-7]\d{11}(?!\d)")
_CHINA = timezone(timedelta(hours=8))


class Stamp(NamedTuple):
    """A printed date and the stretch it fills, its clock time included."""

    date: PartialDate
    span: Span
    whole: Span


def find_stamps(folded: str, within: Span) -> Iterator[Stamp]:
    """All full dates in a stretch of folded text: 2024-07-29, 2024年7月29日, 29.07.2024.

    A stretch that begins with a moment in milliseconds since 1970, as scripts keep it
    (1720152060000), is that day in China.
    """
    if moment := _MOMENT.match(folded, *within):
        day, span = datetime.fromtimestamp(int(moment[0]) / 1000, _CHINA), Span(*moment.span())
        yield Stamp(PartialDate(day.year, day.month, day.day), span, span)
    for found in _STAMP.finditer(folded, within.start, within.end):
        parts = found.groupdict()
        if parts["y4"]:
            date = _in_characters(parts["y4"], parts["m4"], parts["d4"])
        else:
            date = date_or_none(*(parts[p] or parts[p + "2"] or parts[p + "3"] for p in "ymd"))
        if date:
            clock = _CLOCK.match(folded, found.end(), within.end)
            end = clock.end() if clock else found.end()
            yield Stamp(date, Span(*found.span()), Span(found.start(), end))


_FIGURES = str.maketrans("〇零○Oo一二三四五六七八九", "00000123456789")


def _in_characters(year: str, month: str, day: str) -> PartialDate | None:
    """二00四年十月二十一日."""
    numbers = (read_number(words) for words in (month, day))
    return date_or_none(year.translate(_FIGURES), *(str(n) if n else None for n in numbers))


def date_or_none(year: str | None, month: str | None, day: str | None) -> PartialDate | None:
    """The date of these digits, or None where the calendar has no such day."""
    try:
        return PartialDate(int(year or 0), int(month or 0), int(day or 0))
    except ValueError:
        return None


def in_china(iso: str) -> PartialDate | None:
    """The day in China of a moment that is given in another zone (…T17:00:00Z), else None."""
    try:
        moment = datetime.fromisoformat(iso.strip())
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    try:
        day = moment.astimezone(_CHINA)
    except OverflowError:
        return None
    return PartialDate(day.year, day.month, day.day)


_NOUGHT = (PartialDate(1970, 1, 1), PartialDate(1969, 12, 31), PartialDate(1900, 1, 1))


def is_set(date: PartialDate) -> bool:
    """Whether a stamp's clock was ever set: 1970-01-01 08:00 is where a computer's time begins."""
    return date not in _NOUGHT


# /c/2018/07/06/N.htm, /content/2019/10/24/N.html, /rednetcms/news/20240729/N.html,
# /2021-04/10/content_1.html, /202302/50-1468816.html: full dates first, then months.
_IN_ADDRESS = (
    re.compile(rf"[/_-](?P<y>{_YEAR})[/_-](?P<m>[01]?\d)[/_-](?P<d>[0-3]?\d)(?=[/_.-]|$)"),
    re.compile(rf"[/_-](?P<y>{_YEAR})[-/]?(?P<m>[01]\d)[-/]?(?P<d>[0-3]\d)(?=[/_.t-]|$)"),
    re.compile(rf"[/_-]t?(?P<y>{_YEAR})(?P<m>[01]\d)(?P<d>[0-3]\d)(?=[/_.-]|$)"),
    re.compile(rf"/(?P<y>{_YEAR})[-/]?(?P<m>[01]\d)(?=/)(?P<d>)"),
)


def date_in_address(url: str, at: int) -> Fact[PartialDate] | None:
    """The date that an address carries, as an inferred fact; `at` is where the address stands.

    Only the path is searched. A year alone is no date (/2024/ may be a section), nor is a clock
    that was never set (/19700101/).
    """
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    offset = url.find(path)
    for form in _IN_ADDRESS:
        for found in form.finditer(path):
            date = date_or_none(found["y"], found["m"], found["d"] or None)
            if date and date.month and is_set(date):
                place = Span(at + offset + found.start("y"), at + offset + found.end("m"))
                if date.day:
                    place = Span(place.start, at + offset + found.end("d"))
                why = reason("published.address")
                return Fact(date, (place,), "address-date", "inferred", why)
    return None
