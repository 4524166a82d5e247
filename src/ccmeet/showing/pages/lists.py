"""The lists: meetings, series, cities, areas, documents, officials, articles; in parts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import ClassVar

from ccmeet.model.records import ArticleRecord, DocumentRecord, MeetingRecord
from ccmeet.showing.links import list_path
from ccmeet.showing.pages.frame import SECTIONS, Frame, make_frame, make_head
from ccmeet.showing.pages.speech import posts_line
from ccmeet.showing.relations import EARLIEST, cities_of
from ccmeet.showing.typeset import full_width
from ccmeet.showing.view import Link, View

PART = 100
"""Rows a page."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """A record in a list: what leads the line (a date, a code), its link, words after it."""

    lead: str
    link: Link
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading: a year, a city, a province. `id` is its anchor, once a page."""

    id: str
    heading: str
    rows: tuple[ListRow, ...]


@dataclass(frozen=True, slots=True)
class ListPage:
    """One part of a list. `empty` says what is missing and how to add it, where there is nothing.

    `parts` are the links to the parts near this one, the first and the last; this one has no way,
    and where parts are left out stands "…". `jumps` lead to each group's beginning.
    """

    TEMPLATE: ClassVar[str] = "list.html"
    path: str
    frame: Frame
    kind: str
    title: str
    lead: str
    groups: tuple[Group, ...]
    empty: str
    part: int
    parts: tuple[Link, ...]
    previous: str
    following: str
    jumps: tuple[Link, ...]


def list_pages(view: View, kind: str) -> Iterator[ListPage]:
    """The pages of one type's list."""
    seen_from: dict[str, list[Row]] = {}
    count = max(1, -(-len(view.archive.of(kind)) // PART))
    for number in range(1, count + 1):
        here = view.at(list_path(kind, number))
        if here.root not in seen_from:
            seen_from[here.root] = sorted_rows(here, kind)
        yield _part(here, kind, seen_from[here.root], number, count)


Row = tuple[str, ListRow]


def _part(view: View, kind: str, rows: list[Row], number: int, count: int) -> ListPage:
    words = view.words
    path, title = list_path(kind, number), words(f"list.{kind}.title")
    lead, begins = words(f"count.{kind}", n=len(rows)), _begins(rows)
    head = make_head(view, path, title if number == 1 else f"{title} {number}", lead)
    here = rows[PART * (number - 1) : PART * number]
    groups = [
        Group(begins[heading][1], heading, tuple(row for _, row in same))
        for heading, same in groupby(here, key=lambda row: row[0])
    ]
    anchors = [group.id for group in groups]
    groups = [
        group if group.id not in anchors[:place] else replace(group, id="")
        for place, group in enumerate(groups)
    ]
    jumps = tuple(
        Link(heading, f"{view.to(list_path(kind, part))}#{anchor}")
        for heading, (part, anchor) in begins.items() if heading
    )  # fmt: skip
    return ListPage(
        path=path,
        frame=make_frame(view, head, kind),
        kind=kind,
        title=title,
        lead=lead,
        groups=tuple(groups),
        empty="" if rows else words(f"list.{kind}.empty"),
        part=number,
        parts=_parts(view, kind, number, count) if count > 1 else (),
        previous=view.to(list_path(kind, number - 1)) if number > 1 else "",
        following=view.to(list_path(kind, number + 1)) if number < count else "",
        jumps=jumps if len(jumps) > _FEW else (),
    )


_FEW = 3
"""So few groups are seen at a glance, and need no list of their own."""


def _begins(rows: list[Row]) -> dict[str, tuple[int, str]]:
    """Where each heading first stands: the part, and the anchor there."""
    found: dict[str, tuple[int, str]] = {}
    for place, (heading, _) in enumerate(rows):
        found.setdefault(heading, (place // PART + 1, f"g-{len(found) + 1}"))
    return found


def _parts(view: View, kind: str, number: int, count: int) -> tuple[Link, ...]:
    near = {1, count, *range(max(1, number - 2), min(count, number + 2) + 1)}
    links: list[Link] = []
    for n in sorted(near):
        if n > 1 and n - 1 not in near:
            links.append(Link("…"))
        links.append(Link(str(n), None if n == number else view.to(list_path(kind, n))))
    return tuple(links)


def sorted_rows(view: View, kind: str) -> list[Row]:
    """A type's rows with the headings they stand under, in the list's order."""
    makers: dict[str, Callable[[View], Iterable[Row]]] = {
        "meetings": _meetings,
        "series": _series,
        "cities": _cities,
        "areas": _areas,
        "documents": _documents,
        "officials": _officials,
        "articles": _articles,
    }
    return list(makers[kind](view))


def _year(date: object) -> str:
    return str(date)[:4] if date else ""


def _meetings(view: View) -> Iterator[Row]:
    undated = view.words("none.date")
    for meeting in view.relations.meetings:
        yield _year(meeting.start_date) or undated, meeting_row(view, meeting)


def meeting_row(view: View, meeting: MeetingRecord) -> ListRow:
    """A meeting as lists show it."""
    words = view.words
    notes = [view.short_city(meeting.location)]
    if meeting.state and meeting.state != "held":
        notes.append(words(f"values.state.{meeting.state}"))
    if meeting.series:
        notes.append(view.name("series", meeting.series))
    name = view.name("meetings", meeting.id)
    link = view.link("meetings", meeting.id, name)
    return ListRow(str(meeting.start_date or ""), link, tuple(filter(None, notes)))


def _series(view: View) -> Iterator[Row]:
    for id in view.archive.series:
        meetings = view.relations.series_meetings.get(id, ())
        years = sorted({m.start_date.year for m in meetings if m.start_date})
        span = f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(map(str, years))
        note = view.words("count.meetings", n=len(meetings))
        yield "", ListRow(span, view.link("series", id), (note,))


def _cities(view: View) -> Iterator[Row]:
    def order(id: str) -> tuple[str, int, str]:
        city = view.archive.cities[id]
        met = len(view.relations.city_meetings.get(id, ()))
        return city.province or "\uffff", -met, city.pinyin or id

    other = view.words("none.province")
    for id in sorted(view.archive.cities, key=order):
        met = len(view.relations.city_meetings.get(id, ()))
        notes = [view.words("count.meetings", n=met)] if met else []
        if people := view.relations.city_officials.get(id):
            notes.append(view.words("count.officials", n=len(people)))
        city = view.archive.cities[id]
        yield city.province or other, ListRow("", view.link("cities", id), tuple(notes))


def _areas(view: View) -> Iterator[Row]:
    agreed = view.relations.area_agreed
    for id in sorted(view.archive.areas, key=lambda id: (-len(agreed.get(id, ())), id)):
        area = view.archive.areas[id]
        notes = [view.words("count.meetings", n=len({w.meeting.id for w in agreed.get(id, ())}))]
        if area.other_labels:
            notes.append(view.words.join(tuple(map(full_width, area.other_labels[:6]))))
        yield "", ListRow("", view.link("areas", id), tuple(notes))


def _documents(view: View) -> Iterator[Row]:
    def when(document: DocumentRecord) -> str:
        if document.date:
            return str(document.date)
        meeting = view.archive.meetings.get(document.meeting or "")
        return str(meeting.start_date or "") if meeting else ""

    documents = view.archive.documents.values()
    undated = view.words("none.date")
    for document in sorted(documents, key=lambda d: (when(d), d.id), reverse=True):
        meeting = view.archive.meetings.get(document.meeting or "")
        notes = [document.classification or "", view.meeting_name(meeting) if meeting else ""]
        name = view.words("document.title", name=view.name("documents", document.id))
        link = view.link("documents", document.id, name)
        heading = when(document)[:4] or undated
        yield heading, ListRow(document.period or "", link, tuple(filter(None, notes)))


def _officials(view: View) -> Iterator[Row]:
    none = view.words("none.city")

    def order(id: str) -> tuple[str, str]:
        cities = cities_of(view.archive.officials[id])
        return cities[0] if cities else "\uffff", id

    for id in sorted(view.archive.officials, key=order):
        official = view.archive.officials[id]
        cities = cities_of(official)
        notes = [posts_line(view, official)]
        if official.quotes:
            notes.append(view.words("count.quotes", n=len(official.quotes)))
        heading = view.short_city(cities[0]) if cities else none
        yield heading, ListRow("", view.link("officials", id), tuple(filter(None, notes)))


def _articles(view: View) -> Iterator[Row]:
    undated = view.words("none.date")
    order: Sequence[ArticleRecord] = sorted(
        view.archive.articles.values(),
        key=lambda a: (a.date_published or EARLIEST, a.id),
        reverse=True,
    )
    for article in order:
        notes = [article.publisher or "", view.words.join(article.author)]
        if article.source is None:
            notes.append(view.words("sources.cited"))
        row = ListRow(
            str(article.date_published or ""),
            view.link("articles", article.id),
            tuple(filter(None, notes)),
        )
        yield _year(article.date_published) or undated, row


def all_lists(view: View) -> Iterator[ListPage]:
    """Every list of the site."""
    for kind in SECTIONS:
        yield from list_pages(view, kind)
