"""Pictures as geometry: timelines, the dots of areas and editions, the cities' positions.

Only numbers, names and classes; the theme's SVG templates draw them. A picture never says what
a page does not also say in words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ccmeet.partialdate import PartialDate
from ccmeet.showing.shown import Shown

State = Literal["dated", "open", "miss", "key", "off"]


@dataclass(frozen=True, slots=True)
class Stop:
    """A meeting to be put on a timeline: number, place, date (`when`: within its year), page.

    Place and date lead to their evidence; a place without any is a word for its being unknown.
    `name` calls the meeting where there is no room for more than its dot.

    `state`: dated, open (held, no date found), miss (no source found), key (the one this page
    is about), off (held, but not what this timeline counts).
    """

    label: str
    place: Shown
    date: PartialDate | None
    when: Shown | None
    href: str | None
    state: State
    name: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A stop in place: `x` in percent of the wide drawing, `y` in px of the tall one.

    `labelled` says whether there is room for its number and date, `placed` for its place too.
    """

    stop: Stop
    x: float
    y: float
    labelled: bool
    placed: bool


@dataclass(frozen=True, slots=True)
class Leg:
    """The axis between two stops; `gap` where a date on either side is not known."""

    start: float
    end: float
    top: float
    bottom: float
    gap: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """The start of a year, and the middle of it where its number stands."""

    year: int
    x: float
    middle: float
    y: float
    labelled: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    label: str
    dots: tuple[Dot, ...]
    legs: tuple[Leg, ...]
    ticks: tuple[Tick, ...]
    height: float
    true: bool
    """Whether the tall drawing is to scale: stops that were pushed apart have no year marks."""
    first: int
    last: int
    """The years at the drawing's ends; the last one's start is the right-hand end."""


_LEFT, _RIGHT = 4.0, 96.0
_ROW = 48.0
"""Height of a year in the tall drawing, px; stops stand at least a row apart."""
_CLOSE = 5.2
"""Stops nearer than this, in percent of the width, would print over each other."""


def draw_timeline(label: str, stops: Sequence[Stop], reach: int = 0) -> Timeline | None:
    """Stops in time order on a true time axis; those without a date stand between neighbours.

    The axis goes on to the end of the year `reach`, if that is later than the last stop. None
    where fewer than two stops would make no line.
    """
    if len(stops) < 2:
        return None
    years = _years(stops)
    order = sorted(range(len(stops)), key=years.__getitem__)  # an edition dated before the last one
    stops, years = [stops[n] for n in order], [years[n] for n in order]
    dated = [stop.date.year for stop in stops if stop.date]
    first, last = int(min(years)), max(int(max(years)), reach if dated else 0) + 1
    span = max(last - first, 1)
    xs = [across(year, first, last) for year in years]
    labelled = _labelled(xs, stops)
    true_ys = [24 + (year - first) * _ROW for year in years]
    ys = _spread(true_ys)
    dots = tuple(
        Dot(stop, x, round(y, 1), told, told and there)
        for stop, x, y, told, there in zip(stops, xs, ys, labelled, _placed(xs, stops), strict=True)
    )
    legs = tuple(
        Leg(a.x, b.x, a.y, b.y, a.stop.date is None or b.stop.date is None)
        for a, b in pairwise(dots)
    )
    step = max(1, -(-span // 14))
    ticks = tuple(
        Tick(
            year,
            across(year, first, last),
            across(year + 0.5, first, last),
            round(24 + (year - first) * _ROW, 1),
            bool(dated) and min(dated) <= year <= max(*dated, reach) and (year - first) % step == 0,
        )
        for year in range(first, last + 1)
    )
    return Timeline(label, dots, legs, ticks, ys[-1] + 20, ys == true_ys, first, last)


def across(year: float, first: int, last: int) -> float:
    """A place in time, in percent of a wide drawing that runs from `first` to `last`."""
    return round(_LEFT + (_RIGHT - _LEFT) * (year - first) / max(last - first, 1), 2)


def _years(stops: Sequence[Stop]) -> list[float]:
    """Each stop's place in time, in years; the undated ones share the time between neighbours."""
    known = {n: as_year(stop.date) for n, stop in enumerate(stops) if stop.date}
    if not known:
        return [float(n) for n in range(len(stops))]
    first, last = min(known), max(known)
    years: list[float] = []
    for n in range(len(stops)):
        if n in known:
            years.append(known[n])
        elif n < first:
            years.append(known[first] - 0.9 * (first - n))
        elif n > last:
            years.append(known[last] + 0.9 * (n - last))
        else:
            before = max(k for k in known if k < n)
            after = min(k for k in known if k > n)
            share = (n - before) / (after - before)
            years.append(known[before] + share * (known[after] - known[before]))
    return years


def as_year(date: PartialDate) -> float:
    """A date as a number of years: 2024.5 is the middle of 2024."""
    month = date.month - 1 if date.month else 5.5
    day = date.day - 1 if date.day else 15
    return date.year + (month + day / 31) / 12


def _labelled(xs: list[float], stops: Sequence[Stop]) -> list[bool]:
    """Which stops have room for their words: from the right, so that the latest always has."""
    told, edge = [False] * len(xs), 200.0
    for n in reversed(range(len(xs))):
        if edge - xs[n] >= _CLOSE or stops[n].state == "key":
            told[n], edge = True, xs[n]
    return told


_EM = 1.9
"""A character of a place's name, in percent of a narrow page's drawing: 13 px of 690."""


def _placed(xs: list[float], stops: Sequence[Stop]) -> list[bool]:
    """Which places' names would cover no other, from the right."""
    placed, edge = [False] * len(xs), 200.0
    for n in reversed(range(len(xs))):
        half = sum(_EM if ord(char) > 255 else _EM / 1.8 for char in stops[n].place.text) / 2
        if xs[n] + half < edge or stops[n].state == "key":
            placed[n], edge = True, xs[n] - half - 0.3
    return placed


def _spread(ys: list[float]) -> list[float]:
    placed: list[float] = []
    for y in ys:
        placed.append(max(y, placed[-1] + 30) if placed else y)
    return placed


@dataclass(frozen=True, slots=True)
class Place:
    """A city to be put on the map. `role`: member, observer, or other; `key` is this page's."""

    name: str
    longitude: float
    latitude: float
    role: str
    href: str | None
    key: bool = False


@dataclass(frozen=True, slots=True)
class MapDot:
    place: Place
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str
    labelled: bool


@dataclass(frozen=True, slots=True)
class GridLine:
    at: float
    label: str


@dataclass(frozen=True, slots=True)
class CityMap:
    """Cities as dots, without borders or coasts; degrees as a grid."""

    label: str
    width: float
    height: float
    dots: tuple[MapDot, ...]
    meridians: tuple[GridLine, ...]
    parallels: tuple[GridLine, ...]


_WIDTH, _MARGIN = 431.0, 36.0
_LAT = 1.16
"""A degree of latitude is about 1.16 times one of longitude at 30° north: 1 / cos 30°."""


def draw_map(label: str, places: Sequence[Place]) -> CityMap | None:
    """Cities at their positions, true to scale; None for fewer than two."""
    if len(places) < 2:
        return None
    west = min(p.longitude for p in places)
    east = max(p.longitude for p in places)
    south = min(p.latitude for p in places)
    north = max(p.latitude for p in places)
    wide = _WIDTH - 3 * _MARGIN
    scale = min(wide / max(east - west, 0.5), 1.2 * wide / max((north - south) * _LAT, 0.5))
    left = 1.5 * _MARGIN + (wide - (east - west) * scale) / 2
    height = round((north - south) * _LAT * scale + 2.4 * _MARGIN, 1)

    def x(longitude: float) -> float:
        return round(left + (longitude - west) * scale, 1)

    def y(latitude: float) -> float:
        return round(_MARGIN + (north - latitude) * _LAT * scale, 1)

    # Members and this page's city are labelled first, and so keep their labels where it is tight.
    order = sorted(places, key=lambda p: (not p.key, p.role != "member", p.name))
    taken = [_dot(x(p.longitude), y(p.latitude)) for p in order]
    dots = [_label(p, x(p.longitude), y(p.latitude), taken, height) for p in order]
    step = 1 if east - west <= 7 else 2 if east - west <= 14 else 5
    return CityMap(
        label,
        _WIDTH,
        height,
        tuple(dots),
        tuple(
            GridLine(x(d), f"{d}°")
            for d in range(-(-int(west * 10) // 10), int(east) + 1)
            if d % step == 0 and d >= west
        ),
        tuple(
            GridLine(y(d), f"{d}°")
            for d in range(int(south), int(north) + 1)
            if d % step == 0 and d >= south
        ),
    )


Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


def _label(place: Place, x: float, y: float, taken: list[Box], height: float) -> MapDot:
    """The first place around a dot where its name covers nothing; without one, no name."""
    size = 18 if place.role == "member" or place.key else 13
    long, off = size * len(place.name), 11.0 if size == 18 else 8.5
    tries = (
        (x + off, y + size * 0.3, "start", x + off),
        (x - off, y + size * 0.3, "end", x - off - long),
        (x, y - off - 1, "middle", x - long / 2),
        (x, y + off + size * 0.8, "middle", x - long / 2),
    )
    own = _dot(x, y)
    for label_x, label_y, anchor, left in tries:
        top = label_y - size * 0.85
        box = left, top, left + long, top + size
        inside = left >= 0 and box[2] <= _WIDTH and size * 0.85 <= label_y <= height - 16
        if inside and not _covers_any(box, taken, own):
            taken.append(box)
            return MapDot(place, x, y, round(label_x, 1), round(label_y, 1), anchor, True)
    return MapDot(place, x, y, x, y, "middle", False)


def _dot(x: float, y: float) -> Box:
    return x - 7, y - 7, x + 7, y + 7


def _covers_any(box: Box, taken: Iterable[Box], own: Box) -> bool:
    """Whether a label's box meets one that is taken, but for the dot that it names."""
    left, top, right, bottom = box
    for other in taken:
        if (
            left < other[2]
            and other[0] < right
            and top < other[3]
            and other[1] < bottom
            and other != own
        ):
            return True
    return False
