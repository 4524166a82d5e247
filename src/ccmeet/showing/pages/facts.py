"""A meeting's facts: as a catalogue entry, and in a sentence; each value with its mark."""

from collections.abc import Callable
from dataclasses import replace

from ccmeet.model.records import MeetingRecord, keyed
from ccmeet.showing.pages.frame import Fact
from ccmeet.showing.pages.papers import papers_of
from ccmeet.showing.shown import Shown, gather, line_up
from ccmeet.showing.view import Values, View
from ccmeet.showing.words import Words


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
                    beside=paper.action)
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
"""More fields than this that no source tells share one row."""

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


def in_brief(values: Values, meeting: MeetingRecord) -> tuple[Shown, ...]:
    """When and where, or by which means, as a line beside the meeting's name has room for it."""
    where = values.shown(("location",), meeting.location)
    if where is None and meeting.format == "video":
        where = values.shown(("format",), meeting.format)
    return line_up((values.shown(("start_date",), meeting.start_date), where))


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
    listed = f"{view.link('meetings', meeting.id).href}#documents"
    for action in ("signed", "witnessed"):
        count = sum(item.action == action for item in meeting.documents)
        if count:
            clauses.append((Shown(words(f"lead.{action}", n=count), listed),))
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
