"""A series' page: its timeline, its areas and cities over the editions, each edition in turn."""

from dataclasses import dataclass
from operator import itemgetter
from typing import ClassVar

from ccmeet.model.records import MeetingRecord, SeriesRecord, Source, keyed
from ccmeet.showing.addresses import page_of
from ccmeet.showing.citation import Citation, cite_page
from ccmeet.showing.markdown import Html, to_html
from ccmeet.showing.pages.facts import date_shown, participants
from ccmeet.showing.pages.frame import (
    Entry,
    Frame,
    SourceRow,
    articles_of,
    make_frame,
    make_head,
    source_rows,
)
from ccmeet.showing.pages.lines import Slot, editions_of, periods_of, series_line
from ccmeet.showing.pages.maps import cities_map, map_roles
from ccmeet.showing.pages.matrix import Matrix, area_matrix, city_matrix
from ccmeet.showing.pages.papers import Paper, papers_of
from ccmeet.showing.periods import Periods, draw_periods
from ccmeet.showing.pictures import CityMap, Timeline
from ccmeet.showing.relations import when
from ccmeet.showing.shown import Link, Shown, gather, line_up
from ccmeet.showing.typeset import phrases
from ccmeet.showing.view import View


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An edition in the list: its facts with their marks, or where it lies if no source tells."""

    number: int
    link: Link
    date: Shown | None
    place: Shown | None
    theme: Shown | None
    observers: tuple[Shown, ...]
    papers: tuple[Paper, ...]
    none: tuple[str | Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesPage:
    TEMPLATE: ClassVar[str] = "series.html"
    path: str
    frame: Frame
    title: tuple[tuple[str, bool], ...]
    name: Shown | None
    since: Shown | None
    lead: tuple[str | Shown, ...]
    other_names: tuple[Shown, ...]
    timeline: Timeline | None
    periods: Periods | None
    areas: Matrix | None
    cities: Matrix | None
    map: CityMap | None
    editions: tuple[EditionRow, ...]
    sources: tuple[SourceRow, ...]
    note: Html
    citation: Citation
    toc: tuple[Entry, ...]


def series_page(view: View, series: SeriesRecord, jsonld: str | None = None) -> SeriesPage:
    """The page of one series."""
    path = page_of("series", series.id)
    view = view.at(path)
    words, values = view.words, view.values("series", series)
    title = view.name("series", series.id)
    slots = editions_of(view, series.id)
    meetings = view.relations.series_meetings.get(series.id, ())
    rows = tuple(_row(view, slot, slots) for slot in reversed(slots)) or tuple(
        _row(view, Slot(0, meeting), slots) for meeting in meetings
    )
    areas, cities = area_matrix(view, slots, progress=True), city_matrix(view, slots, series.id)
    periods = periods_of(view, series.id)
    timeline = series_line(
        view, series.id, words("timeline.label", name=title),
        lambda m: "key" if meetings and m.id == meetings[0].id and m.start_date else None,
        max((period.last for period in periods), default=0),
    )  # fmt: skip
    first = min((m for m in meetings if m.start_date), key=when, default=None)
    citation = cite_page(title, view.archive.site, path)
    articles = articles_of(series, *meetings)
    sections = (
        ("timeline", timeline), ("areas", areas), ("cities", cities),
        ("editions", rows), ("src", True), ("cite", True),
    )  # fmt: skip
    return SeriesPage(
        path=path,
        frame=make_frame(
            view, make_head(view, path, title, citation=citation, jsonld=jsonld),
            "series", articles,
        ),
        title=phrases(title),
        name=values.shown(("name",), series.name),
        since=_since(view, first) if first else None,
        lead=_lead(view, series, slots, len(meetings)),
        other_names=gather(values.shown(("other_names", k), name)
                           for k, name in keyed("", series.other_names)),
        timeline=timeline,
        periods=draw_periods(words("periods.label", name=title), periods,
                             timeline.first, timeline.last) if timeline else None,
        areas=areas,
        cities=cities,
        map=cities_map(view, map_roles(view, series.id)),
        editions=rows,
        sources=source_rows(view, dict.fromkeys((*series.sources, *_all_sources(meetings)))),
        note=to_html(series.note or "", view.root),
        citation=citation,
        toc=tuple(
            Entry(id, words("matrix.areas" if id == "areas" else f"section.{id}"))
            for id, there in sections if there
        ),
    )  # fmt: skip


def _since(view: View, first: MeetingRecord) -> Shown | None:
    date, values = first.start_date, view.values("meetings", first)
    text = view.words("series.since", year=date.year if date else "")
    return values.shown(("start_date",), date, text)


def _all_sources(meetings: tuple[MeetingRecord, ...]) -> list[str | Source]:
    return [source for meeting in meetings for source in meeting.sources]


def _lead(
    view: View, series: SeriesRecord, slots: tuple[Slot, ...], held: int
) -> tuple[str | Shown, ...]:
    words = view.words
    pieces: list[str | Shown] = []
    values = view.values("series", series)
    for city in gather(values.refers(("members", id), id) for id in series.members):
        pieces += [words("list.and")] * bool(pieces) + [city]
    if pieces:
        pieces.append(Shown(words("series.members", n=len(series.members)), "#cities"))
    gaps = tuple(words.edition(slot.number) for slot in slots if slot.meeting is None)
    pieces.append(Shown(words("series.known", n=held), "#editions"))
    if gaps:
        pieces.append(words("series.gaps", editions=words.join(gaps)))
    return (*pieces, words("list.stop"))


def _row(view: View, slot: Slot, slots: tuple[Slot, ...]) -> EditionRow:
    meeting, words = slot.meeting, view.words
    if meeting is None:
        return EditionRow(
            slot.number, Link(words.edition(slot.number)), None, None, None, (), (),
            between(view, slot.number, slots),
        )  # fmt: skip
    values = view.values("meetings", meeting)
    place = values.refers(("location",), meeting.location)
    if place is None and meeting.format:
        place = values.shown(("format",), meeting.format)
    return EditionRow(
        slot.number,
        view.link("meetings", meeting.id, view.meeting_name(meeting, meeting.series)),
        date_shown(values, meeting),
        place,
        values.shown(("theme",), meeting.theme),
        participants(view, values, meeting, "observer"),
        papers_of(view, values, meeting.documents),
    )


def between(view: View, number: int, slots: tuple[Slot, ...]) -> tuple[str | Shown, ...]:
    """Where a missing edition lies: between the dated ones before and after it."""
    words = view.words
    dated = [(s.number, s.meeting) for s in slots if s.meeting and s.meeting.start_date]
    before = max((d for d in dated if d[0] < number), key=itemgetter(0), default=None)
    after = min((d for d in dated if d[0] > number), key=itemgetter(0), default=None)
    if before and after:
        start, end = line_up((_month(view, before[1]), _month(view, after[1])))
        return words.fill("none.between", start=start, end=end)
    return (words("none.source"),)


def _month(view: View, meeting: MeetingRecord) -> Shown:
    date = meeting.start_date
    shown = view.values("meetings", meeting).shown(("start_date",), date, str(date)[:7])
    return shown or Shown(str(date)[:7])
