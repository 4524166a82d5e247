"""A cooperation area's page: what was agreed and what was reported done, edition by edition."""

from dataclasses import dataclass
from typing import ClassVar

from ccmeet.model.records import AreaRecord, MeetingRecord, keyed
from ccmeet.showing.addresses import page_of
from ccmeet.showing.citation import Citation, cite_page
from ccmeet.showing.markdown import Html, to_html
from ccmeet.showing.pages.facts import date_shown
from ccmeet.showing.pages.frame import (
    Entry,
    Frame,
    SourceRow,
    articles_of,
    make_frame,
    make_head,
    source_rows,
)
from ccmeet.showing.shown import Link, Shown, gather
from ccmeet.showing.typeset import phrases
from ccmeet.showing.view import View


@dataclass(frozen=True, slots=True)
class AreaEdition:
    """The area in one meeting: its label there, the agreed work, and what had been done before."""

    meeting: Link
    series: Link | None
    date: Shown | None
    label: Shown | None
    items: tuple[Shown, ...]
    progress: Shown | None


@dataclass(frozen=True, slots=True)
class AreaPage:
    TEMPLATE: ClassVar[str] = "area.html"
    path: str
    frame: Frame
    title: tuple[tuple[str, bool], ...]
    name: Shown
    lead: Shown
    other_labels: tuple[Shown, ...]
    broader: Shown | None
    narrower: tuple[Link, ...]
    editions: tuple[AreaEdition, ...]
    sources: tuple[SourceRow, ...]
    note: Html
    citation: Citation
    toc: tuple[Entry, ...]


def area_page(view: View, area: AreaRecord, jsonld: str | None = None) -> AreaPage:
    """The page of one cooperation area."""
    path = page_of("areas", area.id)
    view = view.at(path)
    words, values = view.words, view.values("areas", area)
    title = view.name("areas", area.id)
    agreed = view.relations.area_agreed.get(area.id, ())
    progress = view.relations.area_progress.get(area.id, ())
    meetings = {one.meeting.id: one.meeting for one in agreed}
    meetings |= {one.meeting.id: one.meeting for one in progress}
    editions = tuple(
        _edition(view, area.id, m)
        for m in sorted(
            meetings.values(), key=lambda m: (str(m.start_date or ""), m.edition or 0), reverse=True
        )
    )
    citation = cite_page(title, view.archive.site, path)
    lead = words("area.lead", n=len({one.meeting.id for one in agreed}))
    head = make_head(view, path, title, lead, citation=citation, jsonld=jsonld)
    sections = (("editions", True), ("src", area.sources), ("cite", True))
    return AreaPage(
        path=path,
        frame=make_frame(view, head, "areas", articles_of(*meetings.values())),
        title=phrases(title),
        name=values.shown(("label",), area.label) or Shown(title),
        lead=Shown(lead, "#editions"),
        other_labels=tuple(filter(None, (
            values.shown(("other_labels", k), label) for k, label in keyed("", area.other_labels)
        ))),
        broader=values.refers(("broader",), area.broader),
        narrower=tuple(view.link("areas", id)
                       for id in view.relations.narrower.get(area.id, ())),
        editions=editions,
        sources=source_rows(view, area.sources),
        note=to_html(area.note or "", view.root),
        citation=citation,
        toc=tuple(Entry(id, words(f"section.{id}")) for id, there in sections if there),
    )  # fmt: skip


def _edition(view: View, area: str, meeting: MeetingRecord) -> AreaEdition:
    values = view.values("meetings", meeting)
    label: Shown | None = None
    items: tuple[Shown, ...] = ()
    done: Shown | None = None
    for key, item in keyed("area|label", meeting.areas):
        if item.area == area:
            field = "label" if item.label else "area"
            label = values.shown(("areas", key, field), item.label or item.area)
            items = gather(
                values.shown(("areas", key, "items", k), text) for k, text in keyed("", item.items)
            )
    for key, report in keyed("area|label", meeting.progress):
        if report.area == area:
            done = values.shown(("progress", key, "text"), report.text)
    return AreaEdition(
        view.link("meetings", meeting.id, view.meeting_name(meeting, meeting.series)),
        view.link("series", meeting.series) if meeting.series else None,
        date_shown(values, meeting),
        label,
        items,
        done,
    )
