"""The lines of lists: a type's records in their order, each with the values that tell it apart."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ccmeet.model.records import (
    AreaRecord,
    ArticleRecord,
    CityRecord,
    DocumentRecord,
    MeetingRecord,
    OfficialRecord,
    SeriesRecord,
    keyed,
)
from ccmeet.showing.pages.speech import posts_shown
from ccmeet.showing.relations import EARLIEST, cities_of
from ccmeet.showing.shown import Link, Shown, line_up
from ccmeet.showing.typeset import full_width
from ccmeet.showing.view import View

Entry = tuple[str, Any]
"""A record of the list's type, after the heading it stands under."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """A record in a list: what leads the line (a date, a code), its link, values after it.

    Values lead to their evidence, counts to what they count. `word` is a remark of ccmeet's own.
    """

    lead: Shown | None
    link: Link
    notes: tuple[Shown, ...]
    word: str = ""


def sorted_entries(view: View, kind: str) -> list[Entry]:
    """A type's records with the headings they stand under, in the list's order."""
    orders: dict[str, Callable[[View], Iterator[Entry]]] = {
        "meetings": _meetings,
        "series": lambda view: (("", series) for series in view.archive.series.values()),
        "cities": _cities,
        "areas": _areas,
        "documents": _documents,
        "officials": _officials,
        "articles": _articles,
    }
    return list(orders[kind](view))


def _year(date: object) -> str:
    return str(date)[:4] if date else ""


def _count(view: View, kind: str, n: int, href: str) -> Shown | None:
    """How many there are of something, leading to the list of them; nothing for none."""
    return Shown(view.words(f"count.{kind}", n=n), href) if n else None


# ---------- meetings, series ----------


def _meetings(view: View) -> Iterator[Entry]:
    undated = view.words("none.date")
    for meeting in view.relations.meetings.values():
        yield _year(meeting.start_date) or undated, meeting


def _meeting_row(view: View, meeting: MeetingRecord) -> ListRow:
    values = view.values("meetings", meeting)
    state = meeting.state if meeting.state != "held" else None
    lead, *notes = _led(
        values.shown(("start_date",), meeting.start_date),
        values.shown(("location",), meeting.location),
        values.shown(("state",), state),
        values.shown(("series",), meeting.series),
    )
    return ListRow(lead, view.link("meetings", meeting.id), tuple(filter(None, notes)))


def _led(lead: Shown | None, *notes: Shown | None) -> tuple[Shown | None, ...]:
    """What leads a line and what ends it, as one row of quiet values."""
    row = line_up((lead, *notes))
    return row if lead else (None, *row)


def _meeting_year(view: View, meeting: MeetingRecord) -> Shown | None:
    date = meeting.start_date
    return view.values("meetings", meeting).shown(("start_date",), date, _year(date))


def _series_row(view: View, series: SeriesRecord) -> ListRow:
    meetings = view.relations.series_meetings.get(series.id, ())
    years = sorted({m.start_date.year for m in meetings if m.start_date})
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(map(str, years))
    link = view.link("series", series.id)
    note = _count(view, "meetings", len(meetings), f"{link.href}#editions")
    lead = Shown(span, f"{link.href}#editions") if span else None
    return ListRow(lead, link, (note,) if note else ())


# ---------- cities, areas ----------


def _cities(view: View) -> Iterator[Entry]:
    def order(city: CityRecord) -> tuple[str, int, str]:
        met = len(view.relations.city_meetings.get(city.id, ()))
        return city.province or "\uffff", -met, city.pinyin or city.id

    other = view.words("none.province")
    for city in sorted(view.archive.cities.values(), key=order):
        yield city.province or other, city


def _city_row(view: View, city: CityRecord) -> ListRow:
    link, relations = view.link("cities", city.id), view.relations
    met = len(relations.city_meetings.get(city.id, ()))
    people = len(relations.city_officials.get(city.id, ()))
    notes = (
        _count(view, "meetings", met, f"{link.href}#parts"),
        _count(view, "officials", people, f"{link.href}#people"),
    )
    return ListRow(None, link, tuple(filter(None, notes)))


def _city_province(view: View, city: CityRecord) -> Shown | None:
    return view.values("cities", city).shown(("province",), city.province)


def _areas(view: View) -> Iterator[Entry]:
    agreed = view.relations.area_agreed
    for id in sorted(view.archive.areas, key=lambda id: (-len(agreed.get(id, ())), id)):
        yield "", view.archive.areas[id]


def _area_row(view: View, area: AreaRecord) -> ListRow:
    link, values = view.link("areas", area.id), view.values("areas", area)
    met = len({w.meeting.id for w in view.relations.area_agreed.get(area.id, ())})
    others = [
        values.shown(("other_labels", key), label, full_width(label))
        for key, label in keyed("", area.other_labels[:6])
    ]
    notes = (_count(view, "meetings", met, f"{link.href}#editions"), *line_up(others))
    return ListRow(None, link, tuple(filter(None, notes)))


# ---------- documents ----------


def _documents(view: View) -> Iterator[Entry]:
    def when(document: DocumentRecord) -> str:
        meeting = view.archive.meetings.get(document.meeting or "")
        return str(document.date or (meeting.start_date if meeting else None) or "")

    undated = view.words("none.date")
    documents = view.archive.documents.values()
    for document in sorted(documents, key=lambda d: (when(d), d.id), reverse=True):
        yield when(document)[:4] or undated, document


def _document_row(view: View, document: DocumentRecord) -> ListRow:
    values = view.values("documents", document)
    meeting = view.archive.meetings.get(document.meeting or "")
    name = view.words("document.title", name=view.name("documents", document.id))
    lead, *notes = _led(
        values.shown(("period",), document.period),
        values.shown(("classification",), document.classification),
        values.shown(("meeting",), document.meeting, view.meeting_name(meeting))
        if meeting
        else None,
    )
    link = view.link("documents", document.id, name)
    return ListRow(lead, link, tuple(filter(None, notes)))


def _document_year(view: View, document: DocumentRecord) -> Shown | None:
    if document.date:
        text = _year(document.date)
        return view.values("documents", document).shown(("date",), document.date, text)
    meeting = view.archive.meetings.get(document.meeting or "")
    return _meeting_year(view, meeting) if meeting else None


# ---------- officials ----------


def _officials(view: View) -> Iterator[Entry]:
    none = view.words("none.city")

    def order(official: OfficialRecord) -> tuple[str, str]:
        return next(iter(cities_of(official)), "\uffff"), official.id

    for official in sorted(view.archive.officials.values(), key=order):
        cities = cities_of(official)
        yield view.short_city(cities[0]) if cities else none, official


def _official_row(view: View, official: OfficialRecord) -> ListRow:
    link = view.link("officials", official.id)
    posts = posts_shown(view.values("officials", official), official)
    said = _count(view, "quotes", len(official.quotes), f"{link.href}#said")
    return ListRow(None, link, (*posts, said) if said else posts)


def _official_city(view: View, official: OfficialRecord) -> Shown | None:
    for city in cities_of(official):
        link = view.link("cities", city, view.short_city(city))
        return Shown(link.text, link.href)
    return None


# ---------- articles ----------


def _articles(view: View) -> Iterator[Entry]:
    undated = view.words("none.date")
    for article in sorted(
        view.archive.articles.values(),
        key=lambda a: (a.date_published or EARLIEST, a.id),
        reverse=True,
    ):
        yield _year(article.date_published) or undated, article


def _article_row(view: View, article: ArticleRecord) -> ListRow:
    values = view.values("articles", article)
    lead, *notes = _led(
        values.shown(("date_published",), article.date_published),
        values.shown(("publisher",), article.publisher),
        *(values.shown(("author", key), name) for key, name in keyed("", article.author)),
    )
    word = view.words("sources.cited") if article.source is None else ""
    link = view.link("articles", article.id)
    return ListRow(lead, link, tuple(filter(None, notes)), word)


def _article_year(view: View, article: ArticleRecord) -> Shown | None:
    date = article.date_published
    return view.values("articles", article).shown(("date_published",), date, _year(date))


ROWS: dict[str, Callable[[View, Any], ListRow]] = {
    "meetings": _meeting_row,
    "series": _series_row,
    "cities": _city_row,
    "areas": _area_row,
    "documents": _document_row,
    "officials": _official_row,
    "articles": _article_row,
}
"""How a record of each type becomes a line."""

HEADINGS: dict[str, Callable[[View, Any], Shown | None]] = {
    "meetings": _meeting_year,
    "cities": _city_province,
    "documents": _document_year,
    "officials": _official_city,
    "articles": _article_year,
}
"""What each group's heading leads to, made from its first record."""
