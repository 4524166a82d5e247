"""A document's page: what it is, what each meeting did with it, and the list through the years."""

from dataclasses import dataclass
from typing import ClassVar

from ccmeet.model.records import DocumentRecord, MeetingDocument, keyed
from ccmeet.showing.addresses import page_of
from ccmeet.showing.citation import Citation, cite_page
from ccmeet.showing.markdown import Html, to_html
from ccmeet.showing.pages.disputes import Dispute, disputes_of
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
from ccmeet.showing.pages.papers import ListYear, chain_of, signatories
from ccmeet.showing.relations import Within
from ccmeet.showing.shown import Link, Shown, gather, line_up
from ccmeet.showing.typeset import full_width, phrases
from ccmeet.showing.view import Values, View


@dataclass(frozen=True, slots=True)
class DocumentUse:
    """What one meeting did with the document, and who signed."""

    meeting: Link
    date: Shown | None
    action: Shown | None
    signatories: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    TEMPLATE: ClassVar[str] = "document.html"
    path: str
    frame: Frame
    title: tuple[tuple[str, bool], ...]
    name: Shown | None
    kicker: tuple[Shown, ...]
    facts: tuple[Fact, ...]
    uses: tuple[DocumentUse, ...]
    chain: tuple[ListYear, ...]
    disputes: tuple[Dispute, ...]
    sources: tuple[SourceRow, ...]
    note: Html
    citation: Citation
    toc: tuple[Entry, ...]


def document_page(view: View, document: DocumentRecord, jsonld: str | None = None) -> DocumentPage:
    """The page of one document."""
    path = page_of("documents", document.id)
    view = view.at(path)
    words, values = view.words, view.values("documents", document)
    title = view.name("documents", document.id)
    within = view.relations.document_meetings.get(document.id, ())
    citation = cite_page(words("document.title", name=title), view.archive.site, path)
    head = make_head(
        view, path, words("document.title", name=title), citation=citation, jsonld=jsonld
    )
    chain = chain_of(view, document)
    articles = articles_of(document, *(one.meeting for one in within))
    disputes = disputes_of(values)
    sections = (("facts", True), ("disputed", disputes), ("uses", True), ("chain", chain),
                ("src", True), ("cite", True))  # fmt: skip
    return DocumentPage(
        path=path,
        frame=make_frame(view, head, "documents", articles),
        title=phrases(words("document.title", name=title)),
        name=values.shown(("name",), document.name),
        kicker=line_up((values.shown(("classification",), document.classification),
                        values.shown(("period",), document.period))),
        facts=_facts(view, values, document),
        uses=tuple(_use(view, one) for one in within),
        chain=chain,
        disputes=disputes,
        sources=source_rows(view, document.sources),
        note=to_html(document.note or "", view.root),
        citation=citation,
        toc=tuple(Entry(id, words(f"section.{id}")) for id, there in sections if there),
    )  # fmt: skip


def _facts(view: View, values: Values, document: DocumentRecord) -> tuple[Fact, ...]:
    words, unsaid = view.words, view.words("none.unsaid")
    meeting = view.archive.meetings.get(document.meeting or "")
    rows: list[tuple[str, tuple[Shown, ...]]] = [
        ("name", gather([values.shown(("name",), document.name)])),
        ("classification", gather([values.shown(("classification",), document.classification)])),
        ("period", gather([values.shown(("period",), document.period)])),
        ("signed_on", gather([values.shown(("date",), document.date)])),
        ("meeting", gather([values.refers(("meeting",), document.meeting,
                                          view.meeting_name(meeting) if meeting else "")])),
        ("previous", gather([values.refers(("previous",), document.previous)])),
    ]  # fmt: skip
    if document.short_names:
        short = (values.shown(("short_names", key), name, full_width(name))
                 for key, name in keyed("", document.short_names))  # fmt: skip
        rows.insert(1, ("short_names", gather(short)))
    return tuple(
        Fact(words(f"fact.{name}"), shown, "" if shown else unsaid, name)
        for name, shown in rows
        if shown or name not in ("previous",)
    )


def _use(view: View, within: Within[MeetingDocument]) -> DocumentUse:
    meeting = within.meeting
    values = view.values("meetings", meeting)
    key = within.item.document or ""
    return DocumentUse(
        view.link("meetings", meeting.id),
        date_shown(values, meeting),
        values.shown(("documents", key, "action"), within.item.action),
        signatories(view, values, key, within.item),
    )
