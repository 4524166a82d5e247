"""What can be found by searching: for each page its passages, facets and romanised names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from ccmeet.model.archive import Archive
from ccmeet.model.records import (
    ArticleRecord,
    MeetingRecord,
    OfficialRecord,
    Post,
    Quote,
    Record,
)
from ccmeet.partialdate import PartialDate
from ccmeet.showing.addresses import block_anchors, name_of, page_of, published, quote_anchor
from ccmeet.showing.search_index import Document, Passage, index_files
from ccmeet.showing.typeset import full_width
from ccmeet.text import Span, sentences

RANKS = ("cities", "officials", "series", "meetings", "documents", "areas", "articles")
"""The types in the order of their results: names come before what was written."""

_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz")


def search_files(archive: Archive) -> dict[str, bytes]:
    """The search index of the whole archive, by path. Drafts are left out."""
    archive = published(archive)
    return index_files(find_documents(archive), facet_values(archive))


def facet_values(archive: Archive) -> dict[str, object]:
    """What a search may be narrowed to: types, cities and areas as [id, name], years."""
    linked = _Links(archive)
    years = {year for kind in RANKS for id in archive.of(kind) for year in linked.years(kind, id)}
    return {
        "types": list(RANKS),
        "cities": [[id, name_of(city)] for id, city in archive.cities.items()],
        "areas": [[id, name_of(area)] for id, area in archive.areas.items()],
        "years": sorted(years, reverse=True),
    }


def find_documents(archive: Archive) -> Iterator[Document]:
    """Every page of a record, as it can be found."""
    linked = _Links(archive)
    for rank, kind in enumerate(RANKS):
        for id, record in archive.of(kind).items():
            yield Document(
                id=id,
                rank=rank,
                url=page_of(kind, id),
                title=_clean(name_of(record)),
                about=_about(record, linked),
                date=linked.date(kind, id),
                passages=tuple(_passages(record, archive, linked)),
                roman=tuple(_roman(record)),
                facets=tuple(linked.facets(kind, id)),
            )


class _Links:
    """What records have to do with each other: dates, years, cities and areas by record."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.reports: dict[str, list[MeetingRecord]] = defaultdict(list)
        for meeting in archive.meetings.values():
            for source in meeting.sources:
                if isinstance(source, str):
                    self.reports[source].append(meeting)
        self.spans = _evidence_spans(archive) if archive.site.excerpts_only else {}

    def date(self, kind: str, id: str) -> PartialDate | None:
        return max(self.dates(kind, id), default=None)

    def dates(self, kind: str, id: str) -> list[PartialDate]:
        record: Record = self.archive.of(kind)[id]
        if isinstance(record, OfficialRecord):
            said = [self.said(quote) for quote in record.quotes]
            dates = [*said, *(post.as_of for post in record.posts)]
        elif isinstance(record, ArticleRecord):
            dates = [record.date_published]
        elif isinstance(record, MeetingRecord):
            dates = [record.start_date]
        else:
            dates = [getattr(record, "date", None)]
        return [date for date in dates if date]

    def said(self, quote: Quote) -> PartialDate | None:
        article = self.archive.articles.get(quote.article or "")
        meeting = self.archive.meetings.get(quote.meeting or "")
        published = article.date_published if article else None
        return published or (meeting.start_date if meeting else None)

    def years(self, kind: str, id: str) -> list[int]:
        return sorted({date.year for date in self.dates(kind, id)})

    def meetings(self, kind: str, id: str) -> list[MeetingRecord]:
        """The meetings that a record is of or about."""
        archive = self.archive
        if kind == "meetings":
            return [archive.meetings[id]]
        if kind == "articles":
            return self.reports[id]
        named = [archive.documents[id].meeting] if kind == "documents" else []
        return [archive.meetings[m] for m in named if m and m in archive.meetings]

    def facets(self, kind: str, id: str) -> list[str]:
        """The filters that a record falls under."""
        meetings = self.meetings(kind, id)
        cities = {p.city for m in meetings for p in m.participants} | {m.location for m in meetings}
        areas = {a.area for m in meetings for a in m.areas}
        areas |= {p.area for m in meetings for p in m.progress}
        if kind == "cities":
            cities.add(id)
        elif kind == "areas":
            areas.add(id)
        elif kind == "officials":
            cities.update(post.city for post in self.archive.officials[id].posts)
        elif kind == "series":
            cities.update(self.archive.series[id].members)
        return [
            *(f"y:{year}" for year in self.years(kind, id)),
            *(f"c:{city}" for city in sorted(filter(None, cities))),
            *(f"a:{area}" for area in sorted(filter(None, areas))),
        ]


def _about(record: Record, linked: _Links) -> str:
    """A line under a result's title: what tells it from its like."""
    parts: tuple[object, ...]
    if isinstance(record, ArticleRecord):
        parts = (record.publisher, record.date_published)
    elif isinstance(record, MeetingRecord):
        city = linked.archive.cities.get(record.location or "")
        parts = (record.start_date, city and name_of(city))
    elif isinstance(record, OfficialRecord):
        parts = tuple(_post(post) for post in record.posts[-1:])
    else:
        parts = (getattr(record, "province", None), getattr(record, "date", None))
    return "，".join(_clean(str(part)) for part in parts if part)


def _post(post: Post) -> str:
    return (post.organization or "") + (post.title or "")


def _passages(record: Record, archive: Archive, linked: _Links) -> Iterator[Passage]:
    """A record's words, each with the anchor of the place where its page shows them."""
    if isinstance(record, ArticleRecord):
        found = _article(record, archive, linked)
    elif isinstance(record, MeetingRecord):
        found = _meeting(record)
    elif isinstance(record, OfficialRecord):
        found = _official(record)
    else:
        found = _others(record)
    for anchor, label, text in found:
        if text and text.strip():
            yield Passage(anchor, label, _clean(text))


_Found = Iterator[tuple[str, str, str | None]]


def _article(article: ArticleRecord, archive: Archive, linked: _Links) -> _Found:
    read = archive.extracted.get("articles", {}).get(article.id)
    for name in article.author:
        yield "", "author", name
    if read is None or not read.blocks:
        return
    for block, anchor in zip(read.blocks, block_anchors(read.blocks), strict=True):
        if block.kind == "headline":
            continue  # the title, which is searched anyway
        if archive.site.excerpts_only and block.kind not in ("credit", "notice"):
            yield anchor, anchor, _excerpt(read.text, block.span, linked.spans[article.id])
        else:
            yield anchor, anchor, block.span.of(read.text)


def _evidence_spans(archive: Archive) -> Mapping[str, set[Span]]:
    """By article: where evidence stands, for a site that shows only such sentences."""
    spans: dict[str, set[Span]] = defaultdict(set)
    for records in archive.extracted.values():
        for extracted in records.values():
            for found in extracted.evidence.values():
                for one in found:
                    spans[one.article].add(Span(one.start, one.end))
    return spans


def _excerpt(text: str, block: Span, marked: Iterable[Span]) -> str:
    kept = [
        sentence.of(text)
        for sentence in sentences(full_width(text), block)
        if any(span.meets(sentence) for span in marked)
    ]
    return "…".join(kept)


def _meeting(meeting: MeetingRecord) -> _Found:
    yield "facts", "name", meeting.name
    yield "facts", "theme", meeting.theme
    yield "facts", "venue", meeting.venue
    for area in meeting.areas:
        yield "areas", "areas", "：".join(filter(None, (area.label, "；".join(area.items))))
    for progress in meeting.progress:
        yield "areas", "progress", "：".join(filter(None, (progress.label, progress.text)))
    for document in meeting.documents:
        names = (signatory.name for signatory in document.signatories)
        yield "documents", "signatories", "、".join(filter(None, names))
    yield "", "note", meeting.note


def _official(official: OfficialRecord) -> _Found:
    yield "", "name", official.name
    for name in official.other_names:
        yield "", "name", name
    for post in official.posts:
        yield "posts", "posts", _post(post)
    for quote in official.quotes:
        said = f"“{quote.text}”" if quote.mode == "direct" else quote.text
        yield quote_anchor(quote.id) if quote.id else "said", quote.mode or "said", said
    yield "", "note", official.note


def _others(record: Record) -> _Found:
    """Series, cities, areas, documents: their names in every form, and what they are."""
    for field in ("name", "label", "classification", "period", "province", "metro_area"):
        yield "", "name", getattr(record, field, None)
    for field in ("other_names", "other_labels", "short_names"):
        for name in getattr(record, field, ()):
            yield "", "name", name
    yield "", "note", record.note


def _clean(text: str) -> str:
    """As the page prints it: full-width marks, blanks as one, no control characters."""
    printable = "".join(char if char.isprintable() or char.isspace() else "" for char in text)
    return full_width(" ".join(printable.split()))


def _roman(record: Record) -> Iterator[str]:
    """Names in Latin letters: whole, from each syllable on, and their initials."""
    if isinstance(record, OfficialRecord):
        names = (record.name, *record.other_names)
        is_person = True
    elif hasattr(record, "province"):
        names = (getattr(record, "name", None), *getattr(record, "other_names", ()))
        is_person = False
        if given := _letters(getattr(record, "pinyin", None) or ""):
            yield given
    else:
        return
    seen: set[str] = set()
    for name in filter(None, names):
        for reading in _readings(name, is_person):
            starts = ["".join(reading[place:]) for place in range(len(reading))]
            for token in (*starts, "".join(syllable[0] for syllable in reading)):
                if len(token) > 1 and token not in seen:
                    seen.add(token)
                    yield token


def _letters(text: str) -> str:
    return "".join(char for char in text.lower().replace("ü", "v") if char in _LATIN)


@cache
def _readings(name: str, is_person: bool) -> tuple[tuple[str, ...], ...]:
    """A name's syllables. A surname of several readings (单, 仇, 解) is given in each."""
    from pypinyin import Style, lazy_pinyin, pinyin  # 0.2 s to import, and only for this

    plain = tuple(filter(None, map(_letters, lazy_pinyin(name, v_to_u=False))))
    if not plain:
        return ()
    if not is_person:
        return (plain,)
    firsts = pinyin(name[0], style=Style.NORMAL, heteronym=True, v_to_u=False)[0]
    others = dict.fromkeys(filter(None, map(_letters, firsts)))
    return tuple(dict.fromkeys((plain, *((first, *plain[1:]) for first in others))))
