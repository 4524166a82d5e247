"""A meeting's page: what it was in one screen, then everything the sources say of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from ccmeet.model.records import MeetingRecord, keyed
from ccmeet.showing.addresses import page_of
from ccmeet.showing.citation import Citation, cite_page
from ccmeet.showing.markdown import Html, to_html
from ccmeet.showing.pages.frame import (
    Dispute,
    Entry,
    Fact,
    Frame,
    SourceRow,
    articles_of,
    disputes_of,
    make_frame,
    make_head,
    source_rows,
)
from ccmeet.showing.pages.maps import series_map
from ccmeet.showing.pages.papers import ListYear, Paper, chain_of, papers_of
from ccmeet.showing.pages.speech import Quoted, quotes_of
from ccmeet.showing.pictures import CityMap
from ccmeet.showing.typeset import phrases
from ccmeet.showing.view import Link, Shown, Values, View, gather
from ccmeet.showing.words import Words


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
    about: str
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
    edition: str
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
        edition=words.edition(meeting.edition) if meeting.edition else "",
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


def facts_of(view: View, values: Values, meeting: MeetingRecord) -> tuple[Fact, ...]:
    """The meeting as a catalogue entry; what no source says is said to be so."""
    words = view.words
    unsaid = words("none.unsaid")

    def one(name: str, *shown: Shown | None) -> Fact:
        found = gather(shown)
        return Fact(words(f"fact.{name}"), found, "" if found else unsaid, name)

    def some(name: str, *shown: Shown | None) -> tuple[Fact, ...]:
        fact = one(name, *shown)
        return (fact,) if fact.values else ()

    roles = [(role, participants(view, values, meeting, role)) for role in _ROLES]
    edition = words.edition(meeting.edition) if meeting.edition else ""
    facts = (
        one("name", values.shown(("name",), meeting.name)),
        *some("series", values.refers(("series",), meeting.series)),
        *some("edition", values.shown(("edition",), meeting.edition, edition)),
        *_dates(values, meeting, one),
        one("location", values.refers(("location",), meeting.location)),
        one("venue", values.shown(("venue",), meeting.venue)),
        one("format", values.shown(("format",), meeting.format)),
        one("state", values.shown(("state",), meeting.state)),
        one("theme", values.shown(("theme",), meeting.theme)),
        *(one(role, *shown) for role, shown in roles if shown or role in ("host", "member")),
        one("areas", *_labels(view, values, meeting)),
        one("documents", *(
            replace(paper.title, text=words("document.title", name=paper.title.text),
                    beside=paper.action.text if paper.action else "")
            for paper in papers_of(view, values, meeting.documents)
        )),
        *some("refers_to", *(
            values.shown(("refers_to", id), id) for id in meeting.refers_to
            if view.find("meetings", id)
        )),
    )  # fmt: skip
    missing = tuple(fact.label for fact in facts if not fact.values)
    if len(missing) <= _FEW:
        return facts
    rest = Fact(unsaid, (), words.join(missing), "unsaid")
    return (*(fact for fact in facts if fact.values), rest)


_FEW = 3

_ROLES = ("host", "member", "observer", "guest")


def _dates(values: Values, meeting: MeetingRecord, one: Callable[..., Fact]) -> tuple[Fact, ...]:
    """The first day and the last, each with its own evidence; one row where they are one day."""
    if meeting.end_date is None or meeting.end_date == meeting.start_date:
        return (one("date", date_shown(values, meeting)),)
    return (
        one("start_date", values.shown(("start_date",), meeting.start_date)),
        one("end_date", values.shown(("end_date",), meeting.end_date)),
    )


def _labels(view: View, values: Values, meeting: MeetingRecord) -> tuple[Shown | None, ...]:
    """The areas agreed on, as printed."""
    return tuple(
        values.shown(
            ("areas", key, "label" if area.label else "area"), area.label or area.area,
            area.label or "", view.link("areas", area.area).href,
        )
        for key, area in keyed("area|label", meeting.areas)
        if area.area or area.label
    )  # fmt: skip


def date_shown(values: Values, meeting: MeetingRecord, prose: bool = False) -> Shown | None:
    """The meeting's days, with the mark of the first."""
    if not meeting.start_date:
        return None
    words = values.view.words
    if prose:
        text = words.dates(meeting.start_date, meeting.end_date)
    elif meeting.end_date and meeting.end_date != meeting.start_date:
        text = words("date.iso_span", start=meeting.start_date, end=_rest(meeting))
    else:
        text = str(meeting.start_date)
    return values.shown(("start_date",), meeting.start_date, text)


def _rest(meeting: MeetingRecord) -> str:
    """The last day without the year and month it shares with the first."""
    start, end = str(meeting.start_date), str(meeting.end_date)
    shared = 8 if start[:8] == end[:8] else 5 if start[:5] == end[:5] else 0
    return end[shared:] or end


def participants(
    view: View, values: Values, meeting: MeetingRecord, role: str
) -> tuple[Shown, ...]:
    """Who took a part: cities with their marks, or a number where only that was printed."""
    shown: list[Shown | None] = []
    for key, part in keyed("city|role", meeting.participants):
        if part.role != role:
            continue
        at = ("participants", key)
        if part.city:
            link = view.link("cities", part.city, view.short_city(part.city))
            # The city's own evidence is where its name stands; a host's role stands elsewhere.
            path = (*at, "role") if role == "host" else (*at, "city")
            value = part.role if role == "host" else part.city
            shown.append(values.shown(path, value, link.text, link.href))
        elif part.count is not None:
            text = view.words("participants.unnamed", n=part.count)
            shown.append(values.shown((*at, "count"), part.count, text))
    return gather(shown)


def lead_of(view: View, values: Values, meeting: MeetingRecord) -> tuple[str | Shown, ...]:
    """The meeting in a sentence: when, who, where, what was signed; each value with its mark."""
    words = view.words
    clauses: list[tuple[str | Shown, ...]] = []
    if date := date_shown(values, meeting, prose=True):
        clauses.append((date,))
    hosts = participants(view, values, meeting, "host")
    cities = (*hosts, *participants(view, values, meeting, "member"))
    row = _in_row(words, tuple(_plain_host(view, values, meeting, cities)))
    if place := values.refers(("location",), meeting.location):
        clauses.append(words.fill("lead.place", place=place))
    elif meeting.format == "video" and (held := values.shown(("format",), meeting.format)):
        clauses.append((held,))
    if row:
        clauses.append((*_slot(words, "lead.who", row),))
    if observers := participants(view, values, meeting, "observer"):
        clauses.append(_slot(words, "lead.observers", _in_row(words, observers)))
    for action in ("signed", "witnessed"):
        count = sum(item.action == action for item in meeting.documents)
        if count:
            clauses.append((words(f"lead.{action}", n=count),))
    if not clauses:
        return (words("lead.nothing"),)
    pieces: list[str | Shown] = []
    for number, clause in enumerate(clauses):
        pieces += (words("list.comma"),) * (number > 0) + clause
    return (*pieces, words("list.stop"))


def _plain_host(
    view: View, values: Values, meeting: MeetingRecord, cities: tuple[Shown, ...]
) -> tuple[Shown | None, ...]:
    """Hosts and members in the order printed, each with the mark of its own name."""
    parts = [
        (key, part) for key, part in keyed("city|role", meeting.participants)
        if part.city and part.role in ("host", "member")
    ]  # fmt: skip
    shown = [
        values.refers(("participants", key, "city"), part.city, view.short_city(part.city))
        for key, part in parts
    ]
    return gather(shown) if shown else cities


def _in_row(words: Words, shown: tuple[Shown | None, ...]) -> tuple[str | Shown, ...]:
    pieces: list[str | Shown] = []
    for value in filter(None, shown):
        pieces += [words("list.and")] * bool(pieces) + [value]
    return tuple(pieces)


def _slot(words: Words, key: str, row: tuple[str | Shown, ...]) -> tuple[str | Shown, ...]:
    pieces: list[str | Shown] = []
    for piece in words.fill(key, row=row):
        pieces += [piece] if isinstance(piece, str) else list(piece)
    return tuple(pieces)


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
        link = view.link("areas", done.area, done.label or "")
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
    return gather(
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
        return Edition(Link(name), "", view.words(none))
    parts = (str(found.start_date or ""), view.short_city(found.location))
    about = view.words("list.comma").join(filter(None, parts))
    return Edition(view.link("meetings", found.id, name), about)
