"""The archive's records joined: who met where, what was signed, what was read from which article.

Made once a build, in one pass over the records; every page takes what it needs by id.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Generic, TypeVar

from ccmeet.model.archive import Archive
from ccmeet.model.records import (
    TYPES,
    DocumentRecord,
    MeetingArea,
    MeetingDocument,
    MeetingRecord,
    OfficialRecord,
    Progress,
    Quote,
    join_path,
    keyed,
    leaves,
)
from ccmeet.partialdate import PartialDate
from ccmeet.showing.marks import Marking, Use, mark_article

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
Pairs = Mapping[str, tuple[T, ...]]
EARLIEST = PartialDate(1)


@dataclass(frozen=True, slots=True)
class Said:
    """A quote, who said it, and the path of its fields ("quotes/q-1") in the official's record."""

    official: OfficialRecord
    quote: Quote
    key: str


@dataclass(frozen=True, slots=True)
class Attended:
    """A meeting and the parts that a city took in it, in print order."""

    meeting: MeetingRecord
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Within(Generic[T]):
    """Something that lies in a meeting's record: the meeting and the item."""

    meeting: MeetingRecord
    item: T


class OnDemand(Mapping[K, T]):
    """A mapping whose values are made when they are first asked for: few pages need all."""

    __slots__ = ("_keys", "_made", "_make")

    def __init__(self, keys: Iterable[K], make: Callable[[K], T]) -> None:
        self._keys, self._make, self._made = dict.fromkeys(keys), make, dict[K, T]()

    def __getitem__(self, key: K) -> T:
        if key not in self._made:
            if key not in self._keys:
                raise KeyError(key)
            self._made[key] = self._make(key)
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[K]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


@dataclass(frozen=True, slots=True)
class Relations:
    """What refers to what. Keys are ids; meetings run from the latest to the first."""

    meetings: Mapping[str, MeetingRecord] = field(default_factory=dict)
    series_meetings: Pairs[MeetingRecord] = field(default_factory=dict)
    city_meetings: Pairs[Attended] = field(default_factory=dict)
    city_series: Pairs[str] = field(default_factory=dict)
    city_officials: Pairs[OfficialRecord] = field(default_factory=dict)
    area_agreed: Pairs[Within[MeetingArea]] = field(default_factory=dict)
    area_progress: Pairs[Within[Progress]] = field(default_factory=dict)
    narrower: Pairs[str] = field(default_factory=dict)
    document_meetings: Pairs[Within[MeetingDocument]] = field(default_factory=dict)
    document_next: Mapping[str, DocumentRecord] = field(default_factory=dict)
    meeting_said: Pairs[Said] = field(default_factory=dict)
    city_said: Pairs[Said] = field(default_factory=dict)
    article_users: Pairs[tuple[str, str]] = field(default_factory=dict)
    markings: Mapping[str, Marking] = field(default_factory=dict)
    marked_from: Pairs[tuple[str, str]] = field(default_factory=dict)
    """By article: the records (type, id) whose values its marks show."""
    read: Mapping[tuple[str, str], Mapping[str, object]] = field(default_factory=dict)
    """What the parser read, by record (type, id) and field path."""


def when(meeting: MeetingRecord) -> tuple[PartialDate, int, str]:
    """What meetings are ordered by: the first day, then the edition, then the id."""
    return meeting.start_date or EARLIEST, meeting.edition or 0, meeting.id


def cities_of(official: OfficialRecord) -> tuple[str, ...]:
    """The cities that an official's posts serve, each once."""
    return tuple(dict.fromkeys(post.city for post in official.posts if post.city))


def join_records(archive: Archive) -> Relations:
    """Join the records of an archive, which holds no drafts."""
    meetings = tuple(sorted(archive.meetings.values(), key=when, reverse=True))
    officials = archive.officials.values()
    said = tuple(sorted(_said(officials), key=lambda one: _printed(archive, one)))
    uses = _uses(archive)
    return Relations(
        meetings={meeting.id: meeting for meeting in meetings},
        series_meetings=_series_meetings(meetings),
        city_meetings=_city_meetings(meetings),
        city_series=_grouped(
            (city, id)
            for id, series in archive.series.items()
            for city in (*series.members, *(o.city for o in series.observers if o.city))
        ),
        city_officials=_grouped((city, o) for o in officials for city in cities_of(o)),
        area_agreed=_grouped((a.area, Within(m, a)) for m in meetings for a in m.areas if a.area),
        area_progress=_grouped(
            (p.area, Within(m, p)) for m in meetings for p in m.progress if p.area
        ),
        narrower=_grouped((a.broader, a.id) for a in archive.areas.values() if a.broader),
        document_meetings=_grouped(
            (d.document, Within(m, d)) for m in meetings for d in m.documents if d.document
        ),
        document_next={d.previous: d for d in archive.documents.values() if d.previous},
        meeting_said=_grouped((s.quote.meeting, s) for s in said if s.quote.meeting),
        city_said=_grouped((city, s) for s in said for city in cities_of(s.official)),
        article_users=_article_users(archive),
        markings=OnDemand(uses, partial(_marking, archive, uses)),
        marked_from={
            article: tuple(dict.fromkeys((use.kind, use.id) for use in found))
            for article, found in uses.items()
        },
        read=OnDemand(
            ((kind, id) for kind, found in archive.extracted.items() for id in found),
            partial(_leaves_read, archive),
        ),
    )


def _leaves_read(archive: Archive, record: tuple[str, str]) -> Mapping[str, object]:
    kind, id = record
    return dict(leaves(archive.extracted[kind][id].record))


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    groups: dict[str, list[T]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}


def _series_meetings(meetings: tuple[MeetingRecord, ...]) -> dict[str, tuple[MeetingRecord, ...]]:
    groups = _grouped((m.series, m) for m in meetings if m.series)
    # Within a series the number counts before the date: an edition without a date has its place.
    return {
        id: tuple(sorted(group, key=lambda m: (m.edition or 0, when(m)), reverse=True))
        for id, group in groups.items()
    }


def _city_meetings(meetings: tuple[MeetingRecord, ...]) -> dict[str, tuple[Attended, ...]]:
    found: dict[str, list[Attended]] = {}
    for meeting in meetings:
        roles: dict[str, list[str]] = {}
        for part in meeting.participants:
            if part.city:
                roles.setdefault(part.city, []).append(part.role or "")
        if meeting.location and meeting.location not in roles:
            roles[meeting.location] = []
        for city, parts in roles.items():
            found.setdefault(city, []).append(Attended(meeting, tuple(filter(None, parts))))
    return {city: tuple(attended) for city, attended in found.items()}


def _said(officials: Iterable[OfficialRecord]) -> Iterable[Said]:
    for official in officials:
        for key, quote in keyed("id", official.quotes):
            if quote.text:
                yield Said(official, quote, key)


def _printed(archive: Archive, said: Said) -> tuple[str, int, str]:
    """Where a quote stands in print: the article, and the place in it."""
    path = join_path("quotes", said.key, "text")
    places = archive.evidence("officials", said.official.id, path)
    return said.quote.article or "", places[0].start if places else 0, said.official.id


def _article_users(archive: Archive) -> dict[str, tuple[tuple[str, str], ...]]:
    return _grouped(
        (source, (kind, id))
        for kind in TYPES
        if kind != "articles"
        for id, record in archive.of(kind).items()
        for source in record.sources
        if isinstance(source, str)
    )


def _uses(archive: Archive) -> Mapping[str, list[Use]]:
    """By article that is shown: which values of which records stand on which of its words."""
    uses: dict[str, list[Use]] = {}
    for kind, read in archive.extracted.items():
        shown = archive.of(kind)
        for id, extracted in read.items():
            if id not in shown:
                continue
            for path, places in extracted.evidence.items():
                for evidence in places:
                    if evidence.rule == "looked-up":
                        continue  # a city's codes would crowd the margin beside its name
                    uses.setdefault(evidence.article, []).append(Use(kind, id, path, evidence))
            for path, others in extracted.candidates.items():
                for other in others:
                    for evidence in other.evidence:
                        uses.setdefault(evidence.article, []).append(Use(kind, id, path, evidence))
    texts = archive.extracted.get("articles", {})
    return {
        article: found
        for article, found in uses.items()
        if article in texts and article in archive.articles
    }


def _marking(archive: Archive, uses: Mapping[str, list[Use]], article: str) -> Marking:
    return mark_article(archive.extracted["articles"][article].text, uses[article])
