"""The front page: the latest meeting in one screen, the editions in time, the ways in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from ccmeet.model.records import MeetingRecord
from ccmeet.showing.citation import cite_page
from ccmeet.showing.links import list_path
from ccmeet.showing.pages.facts import facts_of, lead_of
from ccmeet.showing.pages.frame import SECTIONS, Fact, Frame, articles_of, make_frame, make_head
from ccmeet.showing.pages.lines import Slot, editions_of, meetings_line, series_line
from ccmeet.showing.pages.maps import cities_map, map_roles, series_map
from ccmeet.showing.pages.matrix import Matrix, area_matrix
from ccmeet.showing.pages.papers import Paper, papers_of
from ccmeet.showing.pages.series import between
from ccmeet.showing.pages.speech import Quoted, quotes_of
from ccmeet.showing.pictures import CityMap, State, Timeline
from ccmeet.showing.shown import Link, Shown, line_up
from ccmeet.showing.typeset import phrases
from ccmeet.showing.view import View


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest meeting, as the front page tells it."""

    link: Link
    title: tuple[tuple[str, bool], ...]
    kicker: tuple[Shown, ...]
    lead: tuple[str | Shown, ...]
    theme: Shown | None
    facts: tuple[Fact, ...]
    papers: tuple[Paper, ...]
    articles: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something the archive lacks: what, and what is known of it."""

    name: Link
    known: tuple[str | Shown, ...]


@dataclass(frozen=True, slots=True)
class HomePage:
    """`lists` are the ways to all of a type, by the type's name, each saying how many there are;
    `area_links` the areas agreed on most, for where there are no editions to lay side by side."""

    TEMPLATE: ClassVar[str] = "home.html"
    path: str
    frame: Frame
    latest: Latest | None
    map: CityMap | None
    series: Link | None
    timeline: Timeline | None
    timeline_title: Link
    said: tuple[Quoted, ...]
    more_said: Link | None
    areas: Matrix | None
    areas_href: str
    area_links: tuple[Link, ...]
    gaps: tuple[Gap, ...]
    papers: tuple[Paper, ...]
    cities: tuple[Link, ...]
    lists: Mapping[str, Link]
    recent: tuple[Link, ...]
    search: str


_FACTS = ("date", "start_date", "end_date", "location", "format", "member", "observer", "areas")
_QUOTES, _PAPERS, _GAPS, _CITIES, _RECENT, _AREAS, _EDITIONS, _DRAWN = 2, 4, 6, 24, 5, 12, 12, 30


def home_page(view: View, jsonld: str | None = None) -> HomePage:
    """The front page."""
    path = "index.html"
    view = view.at(path)
    words, site = view.words, view.archive.site
    meetings = tuple(view.relations.meetings.values())
    # An announced meeting may come to nothing; the front page tells of one that was held.
    latest = next((m for m in meetings if m.state != "postponed" and m.start_date), None)
    latest = latest or next(iter(meetings), None)
    series = latest.series if latest else None
    slots = editions_of(view, series) if series else ()
    said = view.relations.meeting_said.get(latest.id, ()) if latest else ()
    timeline, drawn = _timeline(view, series, latest)
    head = make_head(
        view, path, site.title, site.description or words("site.description"),
        citation=cite_page(site.title, site, path), jsonld=jsonld,
    )  # fmt: skip
    busiest = sorted(
        view.archive.cities, key=lambda id: (-len(view.relations.city_meetings.get(id, ())), id)
    )
    meeting_said = quotes_of(view, said)
    return HomePage(
        path=path,
        frame=make_frame(view, head, "home", articles_of(latest) if latest else ()),
        latest=_latest(view, latest) if latest else None,
        map=(cities_map(view, map_roles(view, series), latest.location or "")
             if series and latest else series_map(view, latest) if latest else None),
        series=view.link("series", series) if series else None,
        timeline=timeline,
        timeline_title=_span(view, drawn, series),
        said=meeting_said[:_QUOTES],
        more_said=_more_said(view, latest, len(meeting_said)) if latest else None,
        areas=_areas(view, slots),
        areas_href=f"{view.link('series', series).href}#areas" if series else "",
        area_links=tuple(view.link("areas", id) for id in sorted(
            view.archive.areas, key=lambda id: (-len(view.relations.area_agreed.get(id, ())), id)
        )[:_CITIES]),
        gaps=_gaps(view, series)[:_GAPS],
        papers=_papers(view)[:_PAPERS],
        cities=tuple(view.link("cities", id, view.short_city(id)) for id in busiest[:_CITIES]),
        lists={kind: Link(words(f"count.{kind}", n=len(view.archive.of(kind))),
                          view.to(list_path(kind))) for kind in SECTIONS},
        recent=tuple(view.link("meetings", m.id) for m in meetings[1 : _RECENT + 1]),
        search=view.to("search/index.html"),
    )  # fmt: skip


def _latest(view: View, meeting: MeetingRecord) -> Latest:
    words, values = view.words, view.values("meetings", meeting)
    title = view.name("meetings", meeting.id)
    start = meeting.start_date
    kicker = (
        values.shown(("edition",), meeting.edition, words.edition(meeting.edition or 0)),
        values.shown(("start_date",), start, words.dates(start, meeting.end_date) if start else ""),
        values.shown(("location",), meeting.location),
    )
    return Latest(
        view.link("meetings", meeting.id),
        phrases(title),
        line_up(kicker),
        lead_of(view, values, meeting),
        values.shown(("theme",), meeting.theme),
        tuple(f for f in facts_of(view, values, meeting) if f.values and f.key in _FACTS),
        tuple(p for p in papers_of(view, values, meeting.documents) if p.act != "cited"),
        tuple(view.link("articles", id) for id in articles_of(meeting)),
    )


def _timeline(
    view: View, series: str | None, latest: MeetingRecord | None
) -> tuple[Timeline | None, tuple[MeetingRecord, ...]]:
    """The editions of the latest meeting's series in time, or the latest meetings of all; and
    the meetings that are drawn."""
    if latest is None:
        return None, ()

    def key(meeting: MeetingRecord) -> State | None:
        return "key" if meeting.id == latest.id and meeting.start_date else None

    if series:
        label = view.words("timeline.label", name=view.name("series", series))
        if line := series_line(view, series, label, key):
            return line, view.relations.series_meetings[series]
    label = view.words("timeline.label", name=view.archive.site.title)
    drawn = tuple(view.relations.meetings.values())[:_DRAWN]
    return meetings_line(view, drawn, label, key), drawn


def _span(view: View, meetings: tuple[MeetingRecord, ...], series: str | None) -> Link:
    """The years of the meetings drawn and their number, leading to the list of them."""
    years = [m.start_date.year for m in meetings if m.start_date]
    text = (
        view.words("home.span", first=min(years), last=max(years), n=len(meetings))
        if years
        else view.words("count.meetings", n=len(meetings))
    )
    listed = view.to(list_path("meetings"))
    return Link(text, f"{view.link('series', series).href}#editions" if series else listed)


def _areas(view: View, slots: Sequence[Slot]) -> Matrix | None:
    """Areas over the editions; of many, those of the latest one and those agreed on most."""
    matrix = area_matrix(view, slots[-_EDITIONS:])
    if matrix is None or len(matrix.rows) <= _AREAS:
        return matrix
    told = sorted(
        matrix.rows,
        key=lambda row: (not row.cells[-1].values, -sum(bool(cell.values) for cell in row.cells)),
    )[:_AREAS]
    return replace(matrix, rows=tuple(row for row in matrix.rows if row in told))


def _more_said(view: View, meeting: MeetingRecord, count: int) -> Link | None:
    link = view.link("meetings", meeting.id, view.words("home.all_said", n=count))
    return Link(link.text, f"{link.href}#said") if count else None


def _gaps(view: View, series: str | None) -> tuple[Gap, ...]:
    """Editions no source was found for, and meetings whose day or place is not known."""
    slots = editions_of(view, series) if series else ()
    gaps = [
        Gap(Link(view.words.edition(slot.number)), between(view, slot.number, slots))
        for slot in reversed(slots)
        if slot.meeting is None
    ]
    if slots and slots[0].number > 1:
        first, last = view.words.edition(1), view.words.edition(slots[0].number - 1)
        name = first if slots[0].number == 2 else view.words("none.from_to", start=first, end=last)
        gaps.append(Gap(Link(name), (view.words("none.source"),)))
    for meeting in view.relations.meetings.values():
        lacks = [] if meeting.start_date else [view.words("fact.date")]
        if not meeting.location and meeting.format != "video":
            lacks.append(view.words("fact.location"))
        if lacks:
            link = view.link("meetings", meeting.id, view.meeting_name(meeting, series))
            gaps.append(Gap(link, (view.words("none.lacks", what=view.words.join(tuple(lacks))),)))
    return tuple(gaps)


def _papers(view: View) -> tuple[Paper, ...]:
    """The documents signed last."""
    found: list[Paper] = []
    for meeting in tuple(view.relations.meetings.values())[:_PAPERS]:
        values = view.values("meetings", meeting)
        found += [p for p in papers_of(view, values, meeting.documents) if p.act == "signed"]
    return tuple(found)
