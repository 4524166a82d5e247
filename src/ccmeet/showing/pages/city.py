"""A city's page: its part in each edition, its officials, what they said, what was signed."""

from collections import Counter
from dataclasses import dataclass
from typing import ClassVar

from ccmeet.model.fact import Evidence
from ccmeet.model.records import CityRecord, MeetingRecord, keyed
from ccmeet.showing.addresses import page_of
from ccmeet.showing.citation import Citation, cite_page
from ccmeet.showing.markdown import Html, to_html
from ccmeet.showing.pages.facts import date_shown
from ccmeet.showing.pages.frame import (
    Entry,
    Fact,
    Frame,
    SourceRow,
    articles_of,
    make_frame,
    make_head,
    source_rows,
)
from ccmeet.showing.pages.lines import meetings_line, series_line
from ccmeet.showing.pages.maps import cities_map, map_roles
from ccmeet.showing.pages.papers import each_signatory
from ccmeet.showing.pages.speech import Person, Quoted, person, quotes_of
from ccmeet.showing.pictures import CityMap, State, Timeline
from ccmeet.showing.relations import Attended
from ccmeet.showing.shown import Link, Shown, gather, line_up
from ccmeet.showing.typeset import full_width
from ccmeet.showing.view import View


@dataclass(frozen=True, slots=True)
class Signed:
    """A document of a meeting the city took part in, and who signed for the city, if printed."""

    link: Link
    act: Shown | None
    by: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class PartRow:
    """A meeting that the city took part in: when, in which role, and the documents."""

    meeting: Link
    series: Link | None
    date: Shown | None
    roles: tuple[Shown, ...]
    signed: tuple[Signed, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A sentence that names the city, in three pieces, and the report it stands in."""

    before: str
    exact: str
    after: str
    place: Link


@dataclass(frozen=True, slots=True)
class CityPage:
    TEMPLATE: ClassVar[str] = "city.html"
    path: str
    frame: Frame
    title: str
    name: Shown | None
    kicker: tuple[Shown, ...]
    lead: tuple[str | Shown, ...]
    facts: tuple[Fact, ...]
    lines: tuple[tuple[Link, Timeline], ...]
    mentions: tuple[Mention, ...]
    parts: tuple[PartRow, ...]
    people: tuple[Person, ...]
    said: tuple[Quoted, ...]
    map: CityMap | None
    sources: tuple[SourceRow, ...]
    note: Html
    citation: Citation
    toc: tuple[Entry, ...]


def city_page(view: View, city: CityRecord, jsonld: str | None = None) -> CityPage:
    """The page of one city."""
    path = page_of("cities", city.id)
    view = view.at(path)
    words = view.words
    short = view.short_city(city.id)
    attended = view.relations.city_meetings.get(city.id, ())
    series = view.relations.city_series.get(city.id, ())
    parts = tuple(_part(view, city.id, one) for one in attended)
    people = tuple(person(view, o) for o in view.relations.city_officials.get(city.id, ()))
    said = quotes_of(view, view.relations.city_said.get(city.id, ()))
    lines = _lines(view, city.id, attended)
    citation = cite_page(short, view.archive.site, path)
    hosted = sum(one.meeting.location == city.id for one in attended)
    lead: list[str | Shown] = [Shown(words("city.lead", n=len(attended)), "#parts")]
    if hosted:
        lead += [words("list.comma"), Shown(words("city.hosted", n=hosted), "#parts")]
    lead.append(words("list.stop"))
    about = "".join(piece if isinstance(piece, str) else piece.text for piece in lead)
    values = view.values("cities", city)
    articles = [s.quote.article for s in view.relations.city_said.get(city.id, ())]
    articles += articles_of(*(one.meeting for one in attended))
    mentions = mentions_of(view, city.id)
    sections = (("line", lines), ("parts", True), ("said", said), ("mentions", mentions),
                ("people", people),
                ("src", city.sources), ("cite", True))  # fmt: skip
    return CityPage(
        path=path,
        frame=make_frame(
            view, make_head(view, path, short, about, citation=citation, jsonld=jsonld),
            "cities", (a for a in articles if a),
        ),
        title=short,
        name=values.shown(("other_names", short), short) if short in city.other_names
        else values.shown(("name",), city.name),
        kicker=line_up((values.shown(("province",), city.province),
                        values.shown(("metro_area",), city.metro_area))),
        lead=tuple(lead),
        facts=_facts(view, city, len(attended), hosted),
        lines=lines,
        mentions=mentions,
        parts=parts,
        people=people,
        said=said,
        map=cities_map(view, map_roles(view, series[0]) | {city.id: "member"}
                       if series else {city.id: "member"}, city.id),
        sources=source_rows(view, city.sources),
        note=to_html(city.note or "", view.root),
        citation=citation,
        toc=tuple(Entry(id, words(f"section.{id}")) for id, there in sections if there),
    )  # fmt: skip


def _facts(view: View, city: CityRecord, attended: int, hosted: int) -> tuple[Fact, ...]:
    words, values = view.words, view.values("cities", city)
    others = (values.shown(("other_names", k), name) for k, name in keyed("", city.other_names))
    rows = (
        ("full_name", gather([values.shown(("name",), city.name)])),
        ("other_names", gather(others)),
        ("province", gather([values.shown(("province",), city.province)])),
        ("metro_area", gather([values.shown(("metro_area",), city.metro_area)])),
        ("identifier", gather([values.shown(("identifier",), city.identifier)])),
        ("series", _series(view, city.id)),
        ("attended", (Shown(words("count.meetings", n=attended), "#parts"),)),
        ("hosted", (Shown(words("count.meetings", n=hosted), "#parts"),) if hosted else ()),
    )
    return tuple(Fact(words(f"fact.{key}"), shown, key=key) for key, shown in rows if shown)


def _series(view: View, city: str) -> tuple[Shown, ...]:
    """The series a city belongs to, each with the mark of the place that says so."""
    found = []
    for id in view.relations.city_series.get(city, ()):
        values, link = view.values("series", view.archive.series[id]), view.link("series", id)
        path = (
            ("members", city)
            if city in view.archive.series[id].members
            else ("observers", city, "city")
        )
        found.append(values.shown(path, city, link.text, link.href))
    return gather(found)


_MENTIONS = 12


def mentions_of(view: View, city: str) -> tuple[Mention, ...]:
    """Sentences that name the city, one a paragraph, those of the latest report first."""
    read = view.archive.extracted.get("cities", {}).get(city)
    found: dict[tuple[str, int], Evidence] = {}
    for evidence in sorted(
        (e for places in (read.evidence.values() if read else ()) for e in places),
        key=lambda e: e.start,
    ):
        article = view.archive.extracted.get("articles", {}).get(evidence.article)
        if article and evidence.article in view.archive.articles:
            found.setdefault(
                (evidence.article, article.text.rfind("\n", 0, evidence.start)), evidence
            )
    latest = sorted(found.values(), key=lambda e: e.start)
    latest.sort(key=lambda e: str(view.archive.articles[e.article].date_published), reverse=True)
    values = view.values("cities", view.archive.cities[city])
    proofs = (values.quoted(values.told(e, "", ""), e) for e in latest[:_MENTIONS])
    return tuple(
        Mention(p.before, p.exact, p.after, Link(p.source or p.sign, p.href)) for p in proofs
    )


def _part(view: View, city: str, attended: Attended) -> PartRow:
    meeting = attended.meeting
    values = view.values("meetings", meeting)
    roles = gather(
        values.shown(("participants", key, "role"), part.role)
        for key, part in keyed("city|role", meeting.participants)
        if part.city == city
    ) or gather([values.shown(("location",), city, view.words("values.role.host"))])
    series = view.link("series", meeting.series) if meeting.series else None
    return PartRow(
        view.link("meetings", meeting.id, view.meeting_name(meeting, meeting.series)),
        series,
        date_shown(values, meeting),
        roles,
        _signed(view, city, meeting),
    )


def _signed(view: View, city: str, meeting: MeetingRecord) -> tuple[Signed, ...]:
    values = view.values("meetings", meeting)
    names = {view.short_city(city), view.name("cities", city)}
    found = []
    for key, item in keyed("document", meeting.documents):
        if item.action not in ("signed", "witnessed", "adopted"):
            continue
        own = gather(
            shown
            for who, shown in each_signatory(view, values, key, item)
            if who.city == city or any(name in (who.name or "") for name in names)
        )
        act = values.shown(("documents", key, "action"), item.action)
        found.append(Signed(view.link("documents", item.document), act, own))
    return tuple(found)  # fmt: skip


_LINES = 3
"""More timelines would push all else out of sight; the table of its parts tells every meeting."""


def _lines(
    view: View, city: str, attended: tuple[Attended, ...]
) -> tuple[tuple[Link, Timeline], ...]:
    """Timelines of the series that the city met in most: filled where a source names the city."""
    there = {one.meeting.id: one for one in attended}

    def count(meeting: MeetingRecord) -> State | None:
        if meeting.id not in there:
            return "off"
        return "key" if meeting.location == city else None

    found = []
    often = Counter(one.meeting.series for one in attended if one.meeting.series)
    for series, _ in often.most_common(_LINES):
        name = view.name("series", series)
        label = view.words("timeline.city", city=view.short_city(city), name=name)
        if line := series_line(view, series, label, count):
            found.append((view.link("series", series), line))
    if not found:
        meetings = tuple(one.meeting for one in attended)
        label = view.words("timeline.label", name=full_width(view.short_city(city)))
        if line := meetings_line(view, meetings, label, count):
            found.append((Link(""), line))
    return tuple(found)
