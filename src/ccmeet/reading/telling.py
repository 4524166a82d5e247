"""One article speaking: its facts as claims, and the cities, areas and series it names."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from ccmeet.lexicon.places import Place
from ccmeet.lexicon.reasons import reason
from ccmeet.model.fact import Evidence, Fact
from ccmeet.model.reading import Reading
from ccmeet.partialdate import PartialDate
from ccmeet.reading.claims import Claim, Sheet
from ccmeet.reading.evidence import concluded, evidence_of
from ccmeet.reading.names import LOOKED_UP, district_place, place_of, text_key
from ccmeet.reading.resolve import Ids
from ccmeet.text import Span, fold

Sheets = dict[tuple[str, str], Sheet]


@dataclass(frozen=True, slots=True)
class Telling:
    """A reading, its number among all, the ids of what it names, and the sheets to enter it in.

    `article` is the id of its record, `date` the day it was published.
    """

    reading: Reading
    number: int
    ids: Ids
    sheets: Sheets
    article: str
    date: PartialDate | None

    def say(self, kind: str, id: str, path: Iterable[str], claim: Claim) -> None:
        """Enter a claim for a field of a record."""
        self.sheets.setdefault((kind, id), Sheet(kind, id)).say(path, claim)

    def has(self, kind: str, id: str, path: Iterable[str]) -> bool:
        """Whether anything was entered at or below a path."""
        sheet = self.sheets.get((kind, id))
        return sheet is not None and sheet.has(path)

    def places(self, fact: Fact[Any]) -> tuple[Evidence, ...]:
        return evidence_of(fact, self.reading.source.text, self.article)

    def claim(self, fact: Fact[Any], told: int = 0) -> Claim:
        """What a fact claims, as printed."""
        return Claim(fact.value, self.places(fact), told, self.date, others=fact.others)

    def means(self, fact: Fact[Any], value: Any, told: int = 0) -> Claim:
        """What a fact claims in the record's own form: the id of what it names."""
        return Claim(value, self.places(fact), told, self.date)

    def inferred(
        self, places: Iterable[Evidence], value: Any, rule: str, why: str, told: int = 0
    ) -> Claim:
        """A value that follows from what stands at `places`."""
        return Claim(value, concluded(places, rule, why), told, self.date)

    def settled(self, value: Any) -> Claim:
        """A value that follows from the article's being what it is."""
        return Claim(value, date=self.date, settled=True)

    # ---------- things known by name ----------

    def city(self, fact: Fact[str], printed: str = "") -> str:
        """Enter a city under a name that the fact prints (all of it, or `printed`); its id."""
        name = printed or fact.value
        city = district_place(name, self.reading.source.folded)
        if city:
            return self._district(fact, name, city)
        id, place = self.ids.cities.id(name), place_of(name)
        here = Claim(name, self._places_of(name, fact), date=self.date)
        if place is None:
            self.say("cities", id, ["name"], here)
            return id
        key = text_key(name)
        if key == place.name:
            self.say("cities", id, ["name"], here)
        else:
            why = reason("city.full", name=name)
            full = self.inferred(here.evidence, place.name, "gazetteer", why)
            self.say("cities", id, ["name"], full)
            self.say("cities", id, ["other_names", key], here)
        self._look_up(id, place, here.evidence)
        return id

    def _district(self, fact: Fact[str], name: str, city: Place) -> str:
        """Enter a district under its city's name and its own; its id."""
        full = f"{city.name}{name}"
        id, here = self.ids.cities.id(full), self._places_of(name, fact)
        why = reason("city.district", district=name, city=city.name)
        self.say("cities", id, ["name"], self.inferred(here, full, "district", why))
        known = Claim(name, here, date=self.date)
        self.say("cities", id, ["other_names", text_key(name)], known)
        if not self.has("cities", id, ["province"]):
            province = self.inferred(here[:1], city.province or city.name, "district", why)
            self.say("cities", id, ["province"], province)
        return id

    def _look_up(self, id: str, place: Place, named: tuple[Evidence, ...]) -> None:
        """Enter what the gazetteer says of a city, where the archive first names it."""
        known = {
            "identifier": place.code,
            "province": place.province,
            "pinyin": place.pinyin,
            "position/longitude": place.longitude,
            "position/latitude": place.latitude,
        }
        for path, value in known.items():
            way = path.split("/")
            if value not in ("", None) and not self.has("cities", id, way):
                table = reason(LOOKED_UP[way[0]])
                why = reason("city.table", city=place.name, table=table)
                self.say("cities", id, way, self.inferred(named[:1], value, "looked-up", why))

    def _places_of(self, name: str, fact: Fact[str]) -> tuple[Evidence, ...]:
        """Where a name opens a fact's words (武汉 in 武汉市市长); all of them where it does not."""
        text, spans = self.reading.source.folded, []
        for start, end in fact.spans:
            opens = text.startswith(fold(name), start) and start + len(name) <= end
            spans.append(Span(start, start + len(name) if opens else end))
        return self.places(replace(fact, spans=tuple(spans)))

    def area(self, label: Fact[str]) -> str:
        """Enter a cooperation area under its label as printed; its id."""
        id = self.ids.areas.id(label.value)
        self.say("areas", id, ["label"], self.claim(label))
        return id

    def series(self, name: Fact[str]) -> str:
        """Enter a series under its name as printed; its id."""
        id = self.ids.series.id(name.value)
        self.say("series", id, ["name"], self.claim(name))
        return id


def tell_article(telling: Telling) -> None:
    """The article's own record: what its page and dateline say, and the file it was read from."""
    facts, source, id = telling.reading.article, telling.reading.source, telling.article
    for name in ("headline", "url", "publisher", "section", "date_published", "notice"):
        fact = getattr(facts, name)
        if fact:
            telling.say("articles", id, [name], telling.claim(fact))
    for name in ("author", "editor"):
        for fact in getattr(facts, name):
            telling.say("articles", id, [name, text_key(fact.value)], telling.claim(fact))
    for number, image in enumerate(facts.images):
        for name in ("name", "caption"):
            fact = getattr(image, name)
            if fact:
                telling.say("articles", id, ["images", str(number), name], telling.claim(fact))
    telling.say("articles", id, ["source", "file"], telling.settled(source.file))
    telling.say("articles", id, ["source", "sha256"], telling.settled(source.sha256))
