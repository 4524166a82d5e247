"""A meeting's page: what it was in one screen, then everything the sources say of it."""

from dataclasses import dataclass
from typing import ClassVar

from ccmeet.model.records import MeetingRecord, keyed
from ccmeet.showing.addresses import page_of
from ccmeet.showing.citation import Citation, cite_page
from ccmeet.showing.markdown import Html, to_html
from ccmeet.showing.pages.disputes import Dispute, disputes_of
from ccmeet.showing.pages.facts import facts_of, in_brief, lead_of
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
from ccmeet.showing.pages.maps import series_map
from ccmeet.showing.pages.papers import ListYear, Paper, chain_of, papers_of
from ccmeet.showing.pages.speech import Quoted, quotes_of
from ccmeet.showing.pictures import CityMap
from ccmeet.showing.shown import Link, Shown, gather, line_up
from ccmeet.showing.typeset import phrases
from ccmeet.showing.view import Values, View


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A cooperation area: what was reported done since the last edition, and what was agreed."""

    area: Link
    progress_label: Shown | None
    progress: Shown | None
    label: Shown | None
    items: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """The edition before or after: a link, or only its name where no source was found."""

    link: Link
    about: tuple[Shown, ...]
    none: str = ""


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """`lead` is the meeting in a sentence, in pieces: text and values. `chains` follow each list
    this meeting signed or referred to through the years."""

    TEMPLATE: ClassVar[str] = "meeting.html"
    path: str
    frame: Frame
    spine: str
    series: Link | None
    edition: Shown | None
    name: Shown | None
    title: tuple[tuple[str, bool], ...]
    lead: tuple[str | Shown, ...]
    facts: tuple[Fact, ...]
    theme: Shown | None
    rows: tuple[AreaRow, ...]
    has_progress: bool
    unplaced: tuple[Shown, ...]
    papers: tuple[Paper, ...]
    chains: tuple[tuple[ListYear, ...], ...]
    said: tuple[Quoted, ...]
    disputes: tuple[Dispute, ...]
    map: CityMap | None
    previous: Edition | None
    following: Edition | None
    sources: tuple[SourceRow, ...]
    note: Html
    citation: Citation
    toc: tuple[Entry, ...]


def meeting_page(view: View, meeting: MeetingRecord, jsonld: str | None = None) -> MeetingPage:
    """The page of one meeting."""
    path = page_of("meetings", meeting.id)
    view = view.at(path)
    words, values = view.words, view.values("meetings", meeting)
    title = view.name("meetings", meeting.id)
    rows = area_rows(view, values, meeting)
    papers = papers_of(view, values, meeting.documents)
    said = _by_city(meeting, quotes_of(view, view.relations.meeting_said.get(meeting.id, ())))
    disputes = disputes_of(values)
    lead = lead_of(view, values, meeting)
    citation = cite_page(title, view.archive.site, path)
    head = make_head(
        view, path, title, "".join(p if isinstance(p, str) else p.text for p in lead),
        citation=citation, jsonld=jsonld,
    )  # fmt: skip
    has_progress = any(row.progress for row in rows)
    theme = values.shown(("theme",), meeting.theme)
    unplaced = _unplaced(values, meeting)
    chains = tuple(
        chain for item in meeting.documents
        if (d := view.archive.documents.get(item.document or "")) and (chain := chain_of(view, d))
    )  # fmt: skip
    previous, following = neighbours(view, meeting)
    sections = (
        ("facts", True), ("disputed", disputes), ("documents", papers),
        ("areas", rows or unplaced), ("said", said), ("src", True), ("cite", True),
    )  # fmt: skip
    return MeetingPage(
        path=path,
        frame=make_frame(view, head, "meetings", articles_of(meeting)),
        spine=words.edition(meeting.edition) if meeting.edition else words("kind.meetings"),
        series=view.link("series", meeting.series) if meeting.series else None,
        edition=values.shown(("edition",), meeting.edition, words.edition(meeting.edition or 0)),
        name=values.shown(("name",), meeting.name),
        title=phrases(title),
        lead=lead,
        facts=facts_of(view, values, meeting),
        theme=theme,
        rows=rows,
        has_progress=has_progress,
        unplaced=unplaced,
        papers=papers,
        chains=tuple({chain[0].link: chain for chain in reversed(chains)}.values()),
        said=said,
        disputes=disputes,
        map=series_map(view, meeting),
        previous=previous,
        following=following,
        sources=source_rows(view, meeting.sources),
        note=to_html(meeting.note or "", view.root),
        citation=citation,
        toc=tuple(Entry(id, words(f"section.{id}")) for id, there in sections if there),
    )


def _by_city(meeting: MeetingRecord, said: tuple[Quoted, ...]) -> tuple[Quoted, ...]:
    """Quotes city by city, in the order in which the cities are listed; in print order within."""
    order = {part.city: n for n, part in reversed(list(enumerate(meeting.participants)))}
    return tuple(sorted(said, key=lambda one: order.get(one.city_id, len(order))))


def area_rows(view: View, values: Values, meeting: MeetingRecord) -> tuple[AreaRow, ...]:
    """Areas as agreed, each beside what was reported of it; then what was only reported."""
    progress = dict(keyed("area|label", meeting.progress))
    rows = []
    for key, area in keyed("area|label", meeting.areas):
        if not area.area and not area.label:
            continue
        at = ("areas", key)
        label = area.label or view.name("areas", area.area)
        link = view.link("areas", area.area, label)
        done = progress.pop(key, None)
        rows.append(
            AreaRow(
                link,
                *_progress(values, key, done),
                values.shown((*at, "label" if area.label else "area"), area.label or area.area,
                             link.text, link.href),
                gather(values.shown((*at, "items", k), item)
                       for k, item in keyed("", area.items)),
            )
        )  # fmt: skip
    for key, done in progress.items():
        link = view.link("areas", done.area) if done.area else Link(done.label or "")
        rows.append(AreaRow(link, *_progress(values, key, done), None, ()))
    return tuple(rows)


def _progress(values: Values, key: str, done: object) -> tuple[Shown | None, Shown | None]:
    if done is None:
        return None, None
    label, text = getattr(done, "label", None), getattr(done, "text", None)
    at = ("progress", key)
    return values.shown((*at, "label"), label), values.shown((*at, "text"), text)


def _unplaced(values: Values, meeting: MeetingRecord) -> tuple[Shown, ...]:
    """Agreed work that the source lists without saying which area it belongs to."""
    return line_up(
        values.shown(("areas", key, "items", k), item)
        for key, area in keyed("area|label", meeting.areas)
        if not area.area and not area.label
        for k, item in keyed("", area.items)
    )


def neighbours(view: View, meeting: MeetingRecord) -> tuple[Edition | None, Edition | None]:
    """The editions before and after, gaps told as gaps."""
    if not meeting.series or not meeting.edition:
        return None, None
    held = {
        m.edition: m for m in view.relations.series_meetings.get(meeting.series, ()) if m.edition
    }
    last = max(held)
    before, after = meeting.edition - 1, meeting.edition + 1
    previous = _edition(view, held, before, "none.source") if before > 0 else None
    none = "none.source" if after < last else "none.yet"
    return previous, _edition(view, held, after, none)


def _edition(view: View, held: dict[int, MeetingRecord], number: int, none: str) -> Edition:
    name = view.words.edition(number)
    found = held.get(number)
    if found is None:
        return Edition(Link(name), (), view.words(none))
    link = view.link("meetings", found.id, name)
    return Edition(link, in_brief(view.values("meetings", found), found))
