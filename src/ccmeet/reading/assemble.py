"""From readings to records: what each article says, entered under the ids of what it means.

The public door is `assemble`. How differences are settled stands in `claims`, which name is the
name in `naming`, what is said in more words and fewer in `overlap`, what is one and the same in
`same`, how ids are found in `resolve`, what is entered where in `telling`, `meetings`, `people`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ccmeet.lexicon.reasons import reason
from ccmeet.model.archive import Archive, Extracted
from ccmeet.model.reading import Reading
from ccmeet.model.records import TYPES, CityRecord, DocumentRecord
from ccmeet.reading.claims import settle
from ccmeet.reading.evidence import concluded
from ccmeet.reading.meetings import TOLD, tell_meeting
from ccmeet.reading.names import GAZETTEER, yearless, years_of
from ccmeet.reading.naming import choose_name, kept_name
from ccmeet.reading.overlap import settle_overlaps
from ccmeet.reading.people import tell_official
from ccmeet.reading.register import known_records
from ccmeet.reading.resolve import resolve
from ccmeet.reading.telling import Sheets, Telling, tell_article

Found = dict[str, dict[str, Extracted]]


def assemble(readings: Sequence[Reading], standing: Archive) -> Found:
    """What the articles say, as extracted records by type and id, ids in order.

    `readings` are those of all the archive's articles: a record joins what several say, and one
    made without an article loses its part. `standing` is the archive as it is, whose ids stay.
    The order of the readings makes no difference. Nothing is raised.
    """
    ordered = sorted(readings, key=lambda r: (_published(r), r.source.id))
    ids = resolve(ordered, standing)
    sheets: Sheets = {}
    # What was agreed comes before what was planned to be, in each list that both add to.
    for number, reading in sorted(enumerate(ordered), key=lambda pair: -_told(pair[1])):
        date = reading.article.date_published
        article = ids.articles[reading.source.id]
        _tell(Telling(reading, number, ids, sheets, article, date.value if date else None))
    settle_overlaps(sheets)
    rank = {ids.articles[reading.source.id]: n for n, reading in enumerate(ordered)}
    found: Found = {kind: {} for kind in TYPES}
    for kind, id in sorted(sheets):
        sheet = choose_name(sheets[kind, id], kept_name(kind, id, standing))
        sources = sorted(sheet.sources, key=rank.__getitem__)
        found[kind][id] = settle(replace(sheet, sources=dict.fromkeys(sources)))
    for reading in ordered:
        article, source = ids.articles[reading.source.id], reading.source
        read = found["articles"][article]
        found["articles"][article] = replace(read, text=source.text, blocks=source.blocks)
    found["cities"] = {id: _cite_gazetteer(each) for id, each in found["cities"].items()}
    found["documents"] = _link_lists(found["documents"], standing)
    return found


def _published(reading: Reading) -> str:
    date = reading.article.date_published
    return str(date.value) if date else ""


def _told(reading: Reading) -> int:
    return max((TOLD[read.state.value] for read in reading.meetings[:1]), default=0)


def _tell(telling: Telling) -> None:
    tell_article(telling)
    for number in range(len(telling.reading.meetings)):
        tell_meeting(telling, number)
    for number in range(len(telling.reading.officials)):
        tell_official(telling, number)


def _cite_gazetteer(city: Extracted) -> Extracted:
    """A city that the gazetteer knows owes it values that no article prints."""
    record = city.record
    if not isinstance(record, CityRecord) or not record.identifier:
        return city
    return replace(city, record=replace(record, sources=(*record.sources, *GAZETTEER)))


def _link_lists(documents: dict[str, Extracted], standing: Archive) -> dict[str, Extracted]:
    """Each list linked to the one before it: the same title for the years that end there."""
    records = {id: each.record for id, each in documents.items()}
    known = {**known_records(standing, "documents"), **records}
    lists: dict[tuple[str, int], list[str]] = {}
    for id, record in sorted(known.items()):
        name = record.name if isinstance(record, DocumentRecord) else None
        years = years_of(name or "")
        if name and years:
            lists.setdefault((yearless(name), years[1]), []).append(id)
    return {id: _with_previous(each, lists) for id, each in documents.items()}


def _with_previous(document: Extracted, lists: Mapping[tuple[str, int], list[str]]) -> Extracted:
    record = document.record
    years = years_of(record.name or "") if isinstance(record, DocumentRecord) else None
    if not isinstance(record, DocumentRecord) or not record.name or not years:
        return document
    before = lists.get((yearless(record.name), years[0] - 1), [])
    if len(before) != 1:
        return document  # two of one name: a person says which
    why = reason("list.before", year=years[0] - 1)
    places = concluded(document.evidence.get("period", ()), "list-before", why)
    return replace(
        document,
        record=replace(record, previous=before[0]),
        evidence={**document.evidence, "previous": places},
    )
