"""Provinces and cities of China: names, codes, positions, and where they stand in a text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import takewhile
from typing import Literal

from ccmeet.codec import load_data
from ccmeet.text import Span

Level = Literal["province", "municipality", "prefecture", "county", "district"]


@dataclass(frozen=True, slots=True)
class Place:
    """One place. `code` is its GB/T 2260 code; `longitude` and `latitude` are
    degrees to one decimal, absent where no source gave them."""

    name: str
    short: str
    code: str
    level: Level
    pinyin: str
    province: str = ""
    letter: str = ""
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """All known places by full and short name, and the names that need care."""

    by_name: Mapping[str, Place]
    letters: Mapping[str, Place]
    regions: Mapping[str, tuple[Place, ...]]
    homographs: frozenset[str]
    longest: Mapping[str, int]
    """By a name's first two characters the length of the longest name that begins with them."""
    opening: re.Pattern[str]
    """A character that a name begins with, before one that a name goes on with."""

    def signs_opening(self, folded: str) -> list[Place]:
        """The places by whose signs, one each, a text opens: 湘鄂赣…, 沪港…."""
        return [self.letters[sign] for sign in takewhile(self.letters.__contains__, folded)]

    def sides_opening(self, name: str) -> list[Place]:
        """Those of a meeting's name, where it is sure that they are signs: 湘鄂渝黔政协…,
        沪港合作会议, but no 新青年…."""
        signs = self.signs_opening(name)
        is_sure = len(signs) > 2 or name[2:4] in ("政协", "人大", "商务", "合作")
        return signs if len(signs) > 1 and is_sure else []

    def find(self, folded: str) -> Iterator[tuple[Span, Place]]:
        """Every place named in a folded text, leftmost and longest, homographs included.

        The span covers the name as printed, with 市 or 省 where the full name is printed.
        One-character names and regions are left out: they need their surroundings.
        """
        longest, names, done = self.longest, self.by_name, 0
        for first in self.opening.finditer(folded):
            place = first.start()
            if place < done:
                continue
            for length in range(longest.get(folded[place : place + 2], 0), 1, -1):
                found = names.get(folded[place : place + length])
                if found:
                    done = min(place + length, len(folded))
                    yield Span(place, done), found
                    break

    def regions_in(self, folded: str, zone: Span) -> Iterator[tuple[Span, tuple[Place, ...]]]:
        """Regions known by a name of their own in a zone, each with its cities: 长株潭, 厦漳泉."""
        for region, cities in self.regions.items():
            at = folded.find(region, *zone)
            if at >= 0:
                yield Span(at, at + len(region)), cities


@cache
def load_places() -> Places:
    """The places of cities.yaml. Where two share a short name the higher level has it."""
    data = load_data((files("ccmeet.lexicon") / "cities.yaml").read_text("utf-8"))
    provinces = [_province(row) for row in data["provinces"]]
    cities = [_city(row) for row in data["cities"]]
    by_name: dict[str, Place] = {}
    for rank in ("province", "municipality", "prefecture", "county"):
        for place in (p for p in (*provinces, *cities) if p.level == rank):
            by_name.setdefault(place.name, place)
            by_name.setdefault(place.short, place)
    letters = {p.letter: p for p in provinces}
    letters |= {letter: by_name[name] for letter, name in data["letters"].items()}
    regions = {name: tuple(by_name[n] for n in names) for name, names in data["regions"].items()}
    counties = {p.short for p in cities if p.level == "county" and by_name[p.short] is p}
    longest: dict[str, int] = {}
    for name in by_name:
        longest[name[:2]] = max(len(name), longest.get(name[:2], 0))
    homographs = frozenset(data["homographs"]) | counties
    firsts, seconds = ("".join(sorted(set(signs))) for signs in zip(*longest, strict=True))
    opening = re.compile(f"[{firsts}](?=[{seconds}])")
    return Places(by_name, letters, regions, homographs, longest, opening)


def _province(row: Mapping[str, str]) -> Place:
    level: Level = "municipality" if row.get("municipality") == "yes" else "province"
    return _place(row, level)


def _city(row: Mapping[str, str]) -> Place:
    return _place(row, "county" if row.get("level") == "county" else "prefecture")


def _place(row: Mapping[str, str], level: Level) -> Place:
    longitude, latitude = row.get("longitude"), row.get("latitude")
    return Place(
        name=row["name"],
        short=row["short"],
        code=row["code"],
        level=level,
        pinyin=row["pinyin"],
        province=row.get("province", ""),
        letter=row.get("letter", ""),
        longitude=float(longitude) if longitude else None,
        latitude=float(latitude) if latitude else None,
    )
