"""Documents as pages show them: what a meeting did with each, who signed, and the list's years."""

from collections.abc import Iterator
from dataclasses import dataclass

from ccmeet.model.records import DocumentRecord, MeetingDocument, Signatory, keyed
from ccmeet.showing.shown import Link, Shown, gather
from ccmeet.showing.typeset import full_width
from ccmeet.showing.view import Values, View


@dataclass(frozen=True, slots=True)
class Paper:
    """A document in a meeting: its title and mark, the act and its mark, who signed.

    `earlier` is the meeting that signed it, where this one only refers to it.
    """

    title: Shown
    action: Shown | None
    act: str
    signatories: tuple[Shown, ...]
    earlier: Link | None


def papers_of(
    view: View, values: Values, documents: tuple[MeetingDocument, ...]
) -> tuple[Paper, ...]:
    """The documents of a meeting's record, in its order."""
    found = []
    for key, item in keyed("document", documents):
        at = ("documents", key)
        record = view.archive.documents.get(item.document) if item.document else None
        link = view.link("documents", item.document)
        title = values.shown((*at, "document"), item.document, link.text, link.href)
        found.append(
            Paper(
                title or Shown(link.text, link.href),
                values.shown((*at, "action"), item.action),
                item.action or "",
                signatories(view, values, key, item),
                _signed_at(view, record, values.record.id, getattr(values.record, "series", None)),
            )
        )
    return tuple(found)


def signatories(view: View, values: Values, key: str, item: MeetingDocument) -> tuple[Shown, ...]:
    """Who signed, as printed, in a row."""
    return gather(shown for _, shown in each_signatory(view, values, key, item))


def each_signatory(
    view: View, values: Values, key: str, item: MeetingDocument
) -> Iterator[tuple[Signatory, Shown | None]]:
    """Who signed, each as printed; a city or person with a page is linked to it."""
    for who, signatory in keyed("name", item.signatories):
        link = (
            view.link("officials", signatory.official, signatory.name or "")
            if signatory.official
            else view.link("cities", signatory.city, signatory.name or "")
        )
        path = ("documents", key, "signatories", who)
        field, value = (
            ("name", signatory.name)
            if signatory.name
            else ("city", signatory.city)
            if signatory.city
            else ("official", signatory.official)
        )
        text = full_width(link.text)
        yield signatory, values.shown((*path, field), value, text, link.href)


def _signed_at(
    view: View, record: DocumentRecord | None, here: str, series: str | None
) -> Link | None:
    """The meeting that signed a document, if another than `here`; `series` is the reader's."""
    if record is None or not record.meeting or record.meeting == here:
        return None
    meeting = view.archive.meetings.get(record.meeting)
    if meeting is None:
        return None
    return view.link("meetings", meeting.id, view.meeting_name(meeting, series))


@dataclass(frozen=True, slots=True)
class Later:
    """What became of a list: a later meeting, what it did with it, and the progress it reported."""

    meeting: Link
    action: Shown | None
    progress: Link | None


@dataclass(frozen=True, slots=True)
class ListYear:
    """A year of a list that is drawn up again each year: who signed it, what became of it."""

    period: Shown | None
    link: Link
    meeting: Link | None
    signed: Shown | None
    current: bool
    later: tuple[Later, ...]


_LONGEST_CHAIN = 50


def chain_of(view: View, document: DocumentRecord) -> tuple[ListYear, ...]:
    """The same list through the years, the first year first; empty where there is but one."""
    first, seen = document, {document.id}
    while (before := view.archive.documents.get(first.previous or "")) and before.id not in seen:
        first = before
        seen.add(before.id)
    chain: list[DocumentRecord] = []
    step: DocumentRecord | None = first
    while step and step not in chain and len(chain) < _LONGEST_CHAIN:
        chain.append(step)
        step = view.relations.document_next.get(step.id)
    if len(chain) < 2:
        return ()
    home = view.archive.meetings.get(document.meeting or "")
    series = home.series if home else None
    return tuple(
        ListYear(
            _period(view, d),
            view.link("documents", d.id),
            _signed_at(view, d, "", series),
            _signing(view, d),
            d.id == document.id,
            _later(view, d, series),
        )
        for d in chain
    )


def _period(view: View, document: DocumentRecord) -> Shown | None:
    """The years in a document's title, else the year of its date."""
    values = view.values("documents", document)
    if document.period or not document.date:
        return values.shown(("period",), document.period)
    return values.shown(("date",), document.date, str(document.date.year))


def _signing(view: View, document: DocumentRecord) -> Shown | None:
    """What the meeting that a document comes from did with it."""
    meeting = view.archive.meetings.get(document.meeting or "")
    if meeting is None:
        return None
    for key, item in keyed("document", meeting.documents):
        if item.document == document.id:
            return view.values("meetings", meeting).shown(("documents", key, "action"), item.action)
    signed = view.words("values.action.signed")
    return view.values("documents", document).shown(("meeting",), document.meeting, signed)


def _later(view: View, document: DocumentRecord, series: str | None) -> tuple[Later, ...]:
    """The meetings that came back to a list, the earliest first."""
    found = []
    for within in reversed(view.relations.document_meetings.get(document.id, ())):
        meeting = within.meeting
        if meeting.id == document.meeting or within.item.action == "signed":
            continue
        values = view.values("meetings", meeting)
        link = view.link("meetings", meeting.id, view.meeting_name(meeting, series))
        progress = None
        if meeting.progress:
            words = view.words("chain.progress", n=len(meeting.progress))
            progress = Link(words, f"{link.href}#areas")
        path = ("documents", document.id, "action")
        found.append(Later(link, values.shown(path, within.item.action), progress))
    return tuple(found)
