"""The years that documents cover, as bars on a timeline's own scale, with the day of signing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ccmeet.partialdate import PartialDate
from ccmeet.showing.pictures import across, as_year

_PERIOD = re.compile(r"(\d{4})(?:\s*[/—–-]\s*(\d{4}))?")


@dataclass(frozen=True, slots=True)
class Period:
    """A document to be drawn: its name, page, first and last year, and when it was signed."""

    name: str
    href: str | None
    first: int
    last: int
    signed: PartialDate | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A period in place, in percent of the width; `before` where its name stands left of it."""

    period: Period
    years: str
    start: float
    width: float
    end: float
    signed: float | None
    before: bool


@dataclass(frozen=True, slots=True)
class Periods:
    """Bars from top to bottom; the years' starts as (percent, year); what they show in words."""

    label: str
    bars: tuple[Bar, ...]
    years: tuple[tuple[float, int], ...]


def years_of(period: str | None) -> tuple[int, int] | None:
    """The years of a record's period, `2024` or `2023/2025`; None for anything else."""
    found = _PERIOD.fullmatch(period or "")
    if found is None:
        return None
    first = int(found[1])
    return first, max(first, int(found[2] or first))


def draw_periods(label: str, periods: Sequence[Period], first: int, last: int) -> Periods | None:
    """Bars for the years from `first` to the start of `last`; None where there are none.

    What lies outside those years is left out, or cut at their ends.
    """
    bars = []
    for one in sorted(periods, key=lambda p: (p.first, p.last)):
        if one.last < first or one.first >= last:
            continue
        start = across(max(one.first, first), first, last)
        end = across(min(one.last + 1, last), first, last)
        years = str(one.first) if one.first == one.last else f"{one.first}–{one.last}"
        signed = across(as_year(one.signed), first, last) if one.signed else None
        bars.append(Bar(one, years, start, round(end - start, 2), end, signed, end > _LATE))
    years_at = tuple((across(year, first, last), year) for year in range(first, last + 1))
    return Periods(label, tuple(bars), years_at) if bars else None


_LATE = 66
"""A bar that ends further right, in percent, has its name on its left, where there is room."""
