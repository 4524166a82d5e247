"""From mentions to ids: which meeting, document and person of the archive each article means."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ccmeet.lexicon.places import load_places
from ccmeet.model.archive import Archive
from ccmeet.model.fact import Fact
from ccmeet.model.reading import DocumentRead, MeetingRead, OfficialRead, Reading
from ccmeet.model.records import DocumentRecord, MeetingRecord, OfficialRecord
from ccmeet.reading.names import (
    body_key,
    is_any_meeting,
    leading_place,
    person_key,
    place_id,
    place_key,
    place_of,
    text_key,
)
from ccmeet.reading.pinyin import LIMIT
from ccmeet.reading.register import (
    Minter,
    Register,
    area_register,
    article_ids,
    city_register,
    known_places,
    known_records,
    mint_document,
    mint_meeting,
    mint_official,
    series_register,
)
from ccmeet.reading.same import (
    Document,
    Meeting,
    Official,
    Place,
    group,
    same_document,
    same_meeting,
    same_official,
)


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids of everything that the readings name.

    `meetings`, `documents`, `officials` and `quotes` go by the numbers of the reading, of the
    meeting or official in it, and of the document or quote in that. A meeting that is only
    mentioned, without an edition or a date to tell which, has none.
    """

    articles: Mapping[str, str]
    cities: Register
    series: Register
    areas: Register
    meetings: Mapping[tuple[int, int], str]
    documents: Mapping[tuple[int, int, int], str]
    officials: Mapping[tuple[int, int], str]
    quotes: Mapping[tuple[int, int, int], str]


def resolve(readings: Sequence[Reading], standing: Archive) -> Ids:
    """The id of each thing that the readings name, standing ones kept, new ones minted.

    The order of `readings` is the order in which new ids are minted.
    """
    articles = article_ids(standing, [(r.source.id, r.source.file) for r in readings])
    series = series_register(standing)
    meetings = _meetings(readings, standing, articles, series)
    return Ids(
        articles=articles,
        cities=city_register(standing),
        series=series,
        areas=area_register(standing),
        meetings=meetings,
        documents=_documents(readings, standing, articles, series, meetings),
        officials=_officials(readings, standing, articles, meetings),
        quotes=_quotes(readings, standing, articles),
    )


def _places(facts: Sequence[Fact[Any]], article: str) -> frozenset[Place]:
    return frozenset((article, span.start, span.end) for fact in facts for span in fact.spans)


def _value(fact: Fact[Any] | None) -> Any:
    return fact.value if fact else None


def own_series(read: MeetingRead) -> Fact[str] | None:
    """The series a meeting is printed to belong to, if its name tells it from others: two
    articles' 市长联席会议 are not one series."""
    return None if read.series and is_any_meeting(read.series.value) else read.series


# ---------- meetings ----------


def _meetings(
    readings: Sequence[Reading], standing: Archive, articles: Mapping[str, str], series: Register
) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], Meeting] = {}
    for n, reading in enumerate(readings):
        for m, read in enumerate(reading.meetings):
            if _is_known_by(read):
                found[n, m] = _meeting(read, articles[reading.source.id], series)
    # What is told best is placed first, so that a vaguer mention finds it.
    order = sorted(found, key=lambda place: _vagueness(found[place]))
    groups, homes = group(
        _known_meetings(standing), [found[place] for place in order], same_meeting
    )
    minter = Minter.of(standing, "meetings")
    for each in groups:
        each.id = each.id or mint_meeting(each.members.values(), minter)
    return {place: home.id for place, home in zip(order, homes, strict=True)}


def _is_known_by(read: MeetingRead) -> bool:
    which = (own_series(read) and read.edition) or read.start_date
    return bool(which) or read.state.value != "mentioned"


def _vagueness(meeting: Meeting) -> int:
    if meeting.series and meeting.edition:
        return 0
    return 1 if meeting.start and meeting.start.day else 2


def _meeting(read: MeetingRead, article: str, series: Register) -> Meeting:
    name = own_series(read)
    return Meeting(
        name=text_key(read.name.value),
        article=article,
        series=series.id(name.value) if name else "",
        edition=_value(read.edition),
        start=_value(read.start_date),
        end=_value(read.end_date),
        places=_places([read.name], article),
    )


def _known_meetings(standing: Archive) -> Iterator[tuple[str, Meeting]]:
    for id, record in known_records(standing, "meetings").items():
        if isinstance(record, MeetingRecord):
            yield (
                id,
                Meeting(
                    name=text_key(record.name or ""),
                    series=record.series or "",
                    edition=record.edition,
                    start=record.start_date,
                    end=record.end_date,
                    places=known_places(standing, "meetings", id),
                ),
            )


# ---------- documents ----------


def _documents(
    readings: Sequence[Reading],
    standing: Archive,
    articles: Mapping[str, str],
    series: Register,
    meetings: Mapping[tuple[int, int], str],
) -> dict[tuple[int, int, int], str]:
    found: dict[tuple[int, int, int], Document] = {}
    for n, reading in enumerate(readings):
        article = articles[reading.source.id]
        for m, meeting in enumerate(reading.meetings):
            name = own_series(meeting)
            home = series.id(name.value) if name else ""
            for d, read in enumerate(meeting.documents):
                found[n, m, d] = _document(read, article, home, meetings.get((n, m), ""))
    order = sorted(found, key=lambda place: (-len(found[place].key), place))
    groups, homes = group(
        _known_documents(standing), [found[place] for place in order], same_document
    )
    minter = Minter.of(standing, "documents")
    for each in groups:
        each.id = each.id or mint_document(each.members.values(), minter)
    return {place: home.id for place, home in zip(order, homes, strict=True)}


def _document(read: DocumentRead, article: str, series: str, meeting: str) -> Document:
    return Document(
        title=read.title.value,
        key=text_key(read.title.value),
        article=article,
        series=series,
        meeting=meeting,
        short=frozenset(text_key(each.value) for each in read.short_names),
        places=_places([read.title, *read.short_names], article),
    )


def _known_documents(standing: Archive) -> Iterator[tuple[str, Document]]:
    """Each standing document, in the context of each meeting that did something with it."""
    contexts: dict[str, set[tuple[str, str]]] = {}
    for id, meeting in known_records(standing, "meetings").items():
        if isinstance(meeting, MeetingRecord):
            for each in meeting.documents:
                contexts.setdefault(each.document or "", set()).add((meeting.series or "", id))
    for id, record in known_records(standing, "documents").items():
        if isinstance(record, DocumentRecord):
            for series, meeting_id in sorted(contexts.get(id, {("", record.meeting or "")})):
                yield (
                    id,
                    Document(
                        title=record.name or "",
                        key=text_key(record.name or ""),
                        series=series,
                        meeting=meeting_id,
                        short=frozenset(map(text_key, record.short_names)),
                        places=known_places(standing, "documents", id),
                    ),
                )


# ---------- officials ----------


def _officials(
    readings: Sequence[Reading],
    standing: Archive,
    articles: Mapping[str, str],
    meetings: Mapping[tuple[int, int], str],
) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], Official] = {}
    for n, reading in enumerate(readings):
        for o, read in enumerate(reading.officials):
            found[n, o] = _official(read, articles[reading.source.id], meetings.get((n, 0), ""))
    order = sorted(found, key=lambda place: (not found[place].cities, place))
    groups, homes = group(
        _known_officials(standing), [found[place] for place in order], same_official
    )
    minter = Minter.of(standing, "officials")
    for each in groups:
        each.id = each.id or mint_official(each.members.values(), minter, _slug_of_key)
    return {place: home.id for place, home in zip(order, homes, strict=True)}


def _slug_of_key(key: str) -> str:
    """A city's key, code or name, as the ending of an id."""
    names = {place.code: name for name, place in load_places().by_name.items()}
    return place_id(names.get(key, key))


def _official(read: OfficialRead, article: str, meeting: str) -> Official:
    bodies = [post.organization.value for post in read.posts if post.organization]
    cities = [fact.value for fact in (read.city, *(post.city for post in read.posts)) if fact]
    heads = [head for head, _ in map(leading_place, bodies) if head]
    return Official(
        name=person_key(read.name.value),
        article=article,
        cities=frozenset(map(place_key, (*cities, *filter(_is_city, heads)))),
        bodies=frozenset(map(body_key, bodies)),
        meetings=frozenset({meeting} - {""}),
        places=_places([read.name], article),
    )


def _is_city(name: str) -> bool:
    """A city ties a name to one person; a province has too many people of that name."""
    place = place_of(name)
    return place is None or place.level != "province"


def _known_officials(standing: Archive) -> Iterator[tuple[str, Official]]:
    names = {
        id: record.name or id
        for id, record in known_records(standing, "cities").items()
        if hasattr(record, "name")
    }
    for id, record in known_records(standing, "officials").items():
        if not isinstance(record, OfficialRecord):
            continue
        bodies = [post.organization for post in record.posts if post.organization]
        cities = [names.get(post.city, post.city) for post in record.posts if post.city]
        heads = [head for head, _ in map(leading_place, bodies) if head]
        for name in (record.name or "", *record.other_names):
            yield (
                id,
                Official(
                    name=person_key(name),
                    cities=frozenset(map(place_key, (*cities, *filter(_is_city, heads)))),
                    bodies=frozenset(map(body_key, bodies)),
                    meetings=frozenset(q.meeting for q in record.quotes if q.meeting),
                    places=known_places(standing, "officials", id),
                ),
            )


def _quotes(
    readings: Sequence[Reading], standing: Archive, articles: Mapping[str, str]
) -> dict[tuple[int, int, int], str]:
    """<article>-1, <article>-2 … in print order; one that had a number keeps it."""
    known: dict[tuple[str, object], str] = {}
    for id, each in standing.extracted.get("officials", {}).items():
        known |= _known_quotes(each.record)
        known |= {
            (place.article, place.start): path.split("/")[1]
            for path, places in each.evidence.items()
            if path.startswith("quotes/") and path.endswith("/text")
            for place in places
        }
        known |= _known_quotes(standing.officials.get(id))
    minter = Minter(set(known.values()))
    ids: dict[tuple[int, int, int], str] = {}
    for n, reading in enumerate(readings):
        article = articles[reading.source.id]
        spoken = [
            (quote.text.spans[0].start, text_key(quote.text.value), (n, o, q))
            for o, official in enumerate(reading.officials)
            for q, quote in enumerate(official.quotes)
        ]
        for start, text, place in sorted(spoken):
            old = known.get((article, text)) or known.get((article, start))
            fresh = (f"{article[: LIMIT - 6]}-{number}" for number in range(1, 10**5))
            ids[place] = old or minter.mint(
                next(each for each in fresh if each not in minter.taken)
            )
    return ids


def _known_quotes(record: object) -> dict[tuple[str, object], str]:
    if not isinstance(record, OfficialRecord):
        return {}
    return {(q.article or "", text_key(q.text or "")): q.id for q in record.quotes if q.id}
