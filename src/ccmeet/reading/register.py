"""Which id each thing has: that of its standing record, or one minted now, once and for all."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from ccmeet.codec import DEVICES
from ccmeet.model.archive import Archive
from ccmeet.model.records import Record
from ccmeet.partialdate import PartialDate
from ccmeet.reading.names import NAME_KEYS, OTHER_NAMES, area_key, place_id
from ccmeet.reading.pinyin import LIMIT, person_slug, words_slug
from ccmeet.reading.same import Document, Meeting, Official, Place

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def known_records(archive: Archive, kind: str) -> Mapping[str, Record]:
    """The standing records of a type, and those read before whose file people have deleted:
    what was deleted keeps its id, so that it stays deleted."""
    read = {id: each.record for id, each in archive.extracted.get(kind, {}).items()}
    return {**read, **archive.of(kind)}


def known_places(archive: Archive, kind: str, id: str) -> frozenset[Place]:
    """Where the names of a record were read."""
    found = archive.extracted.get(kind, {}).get(id)
    paths = found.evidence.items() if found else ()
    return frozenset(
        (place.article, place.start, place.end)
        for path, places in paths
        if path.partition("/")[0] in ("name", "short_names", "other_names")
        for place in places
    )


@dataclass(slots=True)
class Minter:
    """The ids of one record type that can't be given: in use, former, no file's name."""

    taken: set[str]

    @classmethod
    def of(cls, archive: Archive, kind: str) -> "Minter":
        records = known_records(archive, kind)
        former = {alias for each in records.values() for alias in each.aliases}
        return cls({*records, *former, *DEVICES})

    def mint(self, *wanted: str) -> str:
        """The first of the wanted ids that is free, else the last with a number; taken from now.

        Wanted ids are ASCII; empty ones are passed over.
        """
        bases = [cut for each in wanted if (cut := each[:LIMIT].strip("-"))] or ["unnamed"]
        found = next((each for each in bases if each not in self.taken), "")
        number = 1
        while not found:
            number += 1
            numbered = f"{bases[-1][: LIMIT - 5]}-{number}"
            found = "" if numbered in self.taken else numbered
        self.taken.add(found)
        return found


@dataclass(slots=True)
class Register:
    """The ids of a type whose things are known by name alone: cities, series, areas."""

    key: Callable[[str], str]
    slug: Callable[[str], str]
    minter: Minter
    ids: dict[str, str] = field(default_factory=dict)

    def id(self, printed: str) -> str:
        """The id of what is printed so; a new name gets a new one."""
        key = self.key(printed)
        if key not in self.ids:
            self.ids[key] = self.minter.mint(self.slug(printed))
        return self.ids[key]


def _register(archive: Archive, kind: str, slug: Callable[[str], str]) -> Register:
    register = Register(NAME_KEYS[kind], slug, Minter.of(archive, kind))
    name, others = OTHER_NAMES[kind]
    standing = list(known_records(archive, kind).items())
    # What was read under a name that people have since replaced is still the same thing.
    before = [(id, each.record) for id, each in archive.extracted.get(kind, {}).items()]
    # A preferred name counts for more than what another record lists as another name.
    for records, names in product((standing, before), (name, others)):
        for id, record in records:
            value = getattr(record, names) or ()
            for printed in (value,) if isinstance(value, str) else value:
                register.ids.setdefault(register.key(printed), id)
    return register


def city_register(archive: Archive) -> Register:
    return _register(archive, "cities", place_id)


def series_register(archive: Archive) -> Register:
    return _register(archive, "series", words_slug)


def area_register(archive: Archive) -> Register:
    return _register(archive, "areas", lambda label: words_slug(area_key(label)))


def article_ids(archive: Archive, sources: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """The record of each article, by its own id; `sources` are pairs of that and its file."""
    minter = Minter.of(archive, "articles")
    known: dict[str, str] = {}
    for id, record in archive.articles.items():
        known |= dict.fromkeys(record.aliases, id) | {id: id}
        if record.source and record.source.file:
            known[record.source.file] = id
    known |= {id: id for id in archive.extracted.get("articles", {}) if id not in known}
    ids: dict[str, str] = {}
    for own, file in sources:
        slug = own if _ID.fullmatch(own) and len(own) <= LIMIT else words_slug(own)
        ids[own] = known.get(file) or known.get(own) or minter.mint(slug)
    return ids


def mint_meeting(members: Iterable[Meeting], minter: Minter) -> str:
    """<series>-10 by its edition, else by its year, month and day as far as needed."""
    several = list(members)
    edition = next((each.edition for each in several if each.edition), None)
    series = next((each.series for each in several if each.series), "")
    start = max((each.start for each in several if each.start), default=None)
    if series and edition:
        return minter.mint(_with(series, str(edition)))
    name = series or words_slug(max((each.name for each in several), key=len))
    return minter.mint(*(_with(name, each) for each in _as_exact(start)))


def _as_exact(day: PartialDate | None) -> list[str]:
    if day is None:
        return [""]
    parts = f"{day.year:04}", f"{day.month:02}", f"{day.day:02}"
    return ["-".join(parts[: n + 1]) for n in range(3 if day.day else 2 if day.month else 1)]


def _with(name: str, ending: str) -> str:
    """The name with an ending; a long one loses whole words to make room."""
    room = LIMIT - len(ending) - 1
    if len(name) > room:
        name = name[: room + 1].rpartition("-")[0] or name[:room]
    return f"{name}-{ending}".strip("-")


def mint_document(members: Iterable[Document], minter: Minter) -> str:
    """By the fullest title in print."""
    return minter.mint(words_slug(max((each.title for each in members), key=len)))


def mint_official(members: Iterable[Official], minter: Minter, city: Callable[[str], str]) -> str:
    """By the name; the second person of that name gets the city too. `city` slugs its key."""
    several = list(members)
    name = person_slug(several[0].name)
    cities = sorted({city(key) for each in several for key in each.cities})
    return minter.mint(name, *(_with(name, each) for each in cities[:1]))
