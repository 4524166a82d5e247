"""Meetings and their documents: what one article says of them, entered as claims."""

from collections.abc import Callable

from ccmeet.lexicon.reasons import reason
from ccmeet.model.fact import Evidence, Fact
from ccmeet.model.reading import DocumentRead, MeetingRead, Participant
from ccmeet.partialdate import PartialDate
from ccmeet.reading.claims import Claim
from ccmeet.reading.evidence import evidence_at, evidence_of
from ccmeet.reading.names import (
    kind_of,
    kind_place,
    leading_place,
    person_key,
    place_key,
    text_key,
    years_of,
    years_place,
)
from ccmeet.reading.resolve import own_series
from ccmeet.reading.telling import Telling
from ccmeet.text import Span

TOLD = {"held": 2, "announced": 1, "postponed": 1, "mentioned": 0}
"""How an article knows of a meeting: see `claims.Claim.told`."""

_CONCLUDED = ("signed", "witnessed", "adopted")
_ROLES = frozenset({"host", "member", "observer"})
_OFFICES = frozenset(
    ("", "市", "市长", "人民政府", "市人民政府", "市政府", "政府", "市人民政府市长")
)


def tell_meeting(telling: Telling, number: int) -> None:
    """One of the reading's meetings, by its number: its record, its series, its documents."""
    read = telling.reading.meetings[number]
    id = telling.ids.meetings.get((telling.number, number), "")
    name = own_series(read)
    series = telling.series(name) if name else ""
    if series:
        _tell_members(telling, read, series)
    if id:
        told = TOLD[read.state.value]
        _tell_facts(telling, read, id, series, told)
        for each in read.participants:
            _tell_participant(telling, each, id, told)
        _tell_areas(telling, read, id, told)
    for d, document in enumerate(read.documents):
        document_id = telling.ids.documents[telling.number, number, d]
        _tell_document(telling, document, document_id)
        if id:
            _tell_action(telling, read, document, id, document_id)
    if id and number == 0:
        _tell_references(telling, id)


def _tell_facts(telling: Telling, read: MeetingRead, id: str, series: str, told: int) -> None:
    for name in ("name", "edition", "start_date", "end_date", "venue", "format", "theme"):
        fact = getattr(read, name)
        if fact:
            telling.say("meetings", id, [name], telling.claim(fact, told))
    if read.series and series:
        telling.say("meetings", id, ["series"], telling.means(read.series, series, told))
    if read.location:
        city = telling.city(read.location)
        telling.say("meetings", id, ["location"], telling.means(read.location, city, told))
    if read.state.value != "mentioned":
        telling.say("meetings", id, ["state"], telling.claim(read.state, told))
    elif read.start_date and _is_past(read.start_date.value, telling.date):
        places = telling.places(read.start_date)
        why = reason("state.past")
        telling.say("meetings", id, ["state"], telling.inferred(places, "held", "past-date", why))


def _is_past(day: PartialDate, published: PartialDate | None) -> bool:
    return published is not None and day < published and not day.covers(published)


def _tell_participant(telling: Telling, read: Participant, id: str, told: int) -> None:
    city = telling.city(read.city) if read.city else ""
    item = ["participants", city or read.role.value]
    if read.city:
        telling.say("meetings", id, [*item, "city"], telling.means(read.city, city, told))
    telling.say("meetings", id, [*item, "role"], telling.claim(read.role, told))
    if read.count:
        telling.say("meetings", id, [*item, "count"], telling.claim(read.count, told))


def _tell_members(telling: Telling, read: MeetingRead, series: str) -> None:
    """A series' cities are those that took part in its meetings, guests left out."""
    for each in read.participants:
        if not each.city or each.role.value not in _ROLES:
            continue
        city = telling.city(each.city)
        role = reason(f"role.{each.role.value}")
        why = reason("part.took", role=role, meeting=read.name.value)
        claim = telling.inferred(telling.places(each.city), city, "took-part", why)
        many = ["observers", city, "city"] if each.role.value == "observer" else ["members", city]
        telling.say("series", series, many, claim)


def _tell_areas(telling: Telling, read: MeetingRead, id: str, told: int) -> None:
    for each in read.areas:
        area = telling.area(each.label) if each.label else ""
        if each.label:
            item = ["areas", area]
            telling.say("meetings", id, [*item, "area"], telling.means(each.label, area, told))
            telling.say("meetings", id, [*item, "label"], telling.claim(each.label, told))
        for work in each.items:
            path = ["areas", area, "items", text_key(work.value)]
            telling.say("meetings", id, path, telling.claim(work, told))
    for done in read.progress:
        area = telling.area(done.label)
        item = ["progress", f"{area} {text_key(done.text.value)}"]
        telling.say("meetings", id, [*item, "area"], telling.means(done.label, area, told))
        telling.say("meetings", id, [*item, "label"], telling.claim(done.label, told))
        telling.say("meetings", id, [*item, "text"], telling.claim(done.text, told))


def _tell_references(telling: Telling, id: str) -> None:
    """The meeting refers to what its report cites: documents, and meetings before it."""
    main = telling.reading.meetings[0]
    for d, document in enumerate(main.documents):
        if document.action.value == "cited":
            other = telling.ids.documents[telling.number, 0, d]
            telling.say("meetings", id, ["refers_to", other], telling.means(document.title, other))
    for m, meeting in enumerate(telling.reading.meetings[1:], 1):
        known = telling.ids.meetings.get((telling.number, m))
        if known and known != id and not _is_later(meeting, main):
            telling.say("meetings", id, ["refers_to", known], telling.means(meeting.name, known))


def _is_later(one: MeetingRead, other: MeetingRead) -> bool:
    same_series = one.series and other.series and one.series.value == other.series.value
    if same_series and one.edition and other.edition:
        return one.edition.value > other.edition.value
    return bool(
        one.start_date and other.start_date and one.start_date.value > other.start_date.value
    )


# ---------- documents ----------


def _tell_document(telling: Telling, read: DocumentRead, id: str) -> None:
    telling.say("documents", id, ["name"], telling.claim(read.title))
    for short in read.short_names:
        path = ["short_names", text_key(short.value)]
        telling.say("documents", id, path, telling.claim(short))
    kind, years = kind_of(read.title.value), years_of(read.title.value)
    if kind:
        places = _within(telling, read.title, kind_place, "title-kind")
        telling.say("documents", id, ["classification"], Claim(kind, places, date=telling.date))
    if years:
        period = str(years[0]) if years[0] == years[1] else f"{years[0]}/{years[1]}"
        places = _within(telling, read.title, years_place, "title-years")
        telling.say("documents", id, ["period"], Claim(period, places, date=telling.date))


def _within(
    telling: Telling, title: Fact[str], find: Callable[[str], tuple[int, int] | None], rule: str
) -> tuple[Evidence, ...]:
    """The evidence for what `find` finds in a title, wherever that title stands."""
    text = telling.reading.source.text
    parts = ((span, find(span.of(text))) for span in title.spans)
    return tuple(
        evidence_at(Span(*part).shifted(span.start), text, telling.article, rule)
        for span, part in parts
        if part
    )


def _tell_action(
    telling: Telling, read: MeetingRead, document: DocumentRead, id: str, document_id: str
) -> None:
    """What the meeting did with a document, who signed it, and so when and where that was."""
    told = TOLD[read.state.value]
    item = ["documents", document_id]
    telling.say(
        "meetings", id, [*item, "document"], telling.means(document.title, document_id, told)
    )
    telling.say("meetings", id, [*item, "action"], telling.claim(document.action, told))
    for name in document.signatories:
        _tell_signatory(telling, name, id, [*item, "signatories", text_key(name.value)], told)
    if document.action.value in _CONCLUDED and read.state.value != "announced":
        telling.say("documents", document_id, ["meeting"], telling.means(document.action, id, told))
        _tell_day(telling, read, document_id, told)


def _tell_signatory(telling: Telling, name: Fact[str], id: str, path: list[str], told: int) -> None:
    telling.say("meetings", id, [*path, "name"], telling.claim(name, told))
    head, rest = leading_place(name.value)
    if place_key(name.value) in telling.ids.cities.ids:
        head, rest = name.value, ""
    if head and rest in _OFFICES:
        city = telling.city(name, head)
        telling.say("meetings", id, [*path, "city"], telling.means(name, city, told))
    for o, official in enumerate(telling.reading.officials):
        if person_key(name.value).endswith(person_key(official.name.value)):
            known = telling.ids.officials[telling.number, o]
            telling.say("meetings", id, [*path, "official"], telling.means(name, known, told))


def _tell_day(telling: Telling, read: MeetingRead, document_id: str, told: int) -> None:
    """A document was signed on the meeting's day; of several days none is said to be it."""
    if not read.start_date:
        return
    start = read.start_date.value
    end = read.end_date.value if read.end_date else start
    within = reason("date.signed-within", start=start, end=end)
    if start == end:
        day, why = start, reason("date.signed")
    elif (start.year, start.month) == (end.year, end.month):
        day, why = PartialDate(start.year, start.month), within
    elif start.year == end.year:
        day, why = PartialDate(start.year), within
    else:
        return
    places = evidence_of(read.start_date, telling.reading.source.text, telling.article)
    claim = telling.inferred(places, day, "meeting-day", why, told)
    telling.say("documents", document_id, ["date"], claim)
