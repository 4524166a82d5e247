"""Timelines of meetings: a series' editions with their gaps, as a page wants to count them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ccmeet.model.records import MeetingRecord
from ccmeet.showing.addresses import page_of
from ccmeet.showing.periods import Period, years_of
from ccmeet.showing.pictures import State, Stop, Timeline, draw_timeline
from ccmeet.showing.view import View


@dataclass(frozen=True, slots=True)
class Slot:
    """An edition of a series: its meeting, or none where no source was found."""

    number: int
    meeting: MeetingRecord | None


def editions_of(view: View, series: str) -> tuple[Slot, ...]:
    """The numbered editions of a series from the first known to the last, gaps included."""
    meetings = view.relations.series_meetings.get(series, ())
    held: dict[int, MeetingRecord] = {}
    for meeting in meetings:
        if meeting.edition:
            held.setdefault(meeting.edition, meeting)
    if not held:
        return ()
    return tuple(Slot(number, held.get(number)) for number in range(min(held), max(held) + 1))


def periods_of(view: View, series: str) -> tuple[Period, ...]:
    """The documents that a series' meetings signed or adopted, those whose years are known."""
    found = {}
    for meeting in view.relations.series_meetings.get(series, ()):
        for item in meeting.documents:
            document = view.archive.documents.get(item.document or "")
            years = years_of(document.period) if document else None
            if document and years and item.action in ("signed", "adopted", "witnessed"):
                link = view.link("documents", document.id)
                found[document.id] = Period(link.text, link.href, *years, meeting.start_date)
    return tuple(found.values())[:_MOST]


_MOST = 30
"""More documents than this would make a picture too tall to see at once."""

Count = Callable[[MeetingRecord], State | None]
"""What a page's timeline makes of a meeting; None leaves the usual: dated or open."""


def series_line(
    view: View, series: str, label: str, count: Count = lambda meeting: None, reach: int = 0
) -> Timeline | None:
    """The timeline of a series' editions, or of all its meetings where they have no number.

    It goes on to the end of the year `reach`.
    """
    slots = editions_of(view, series)
    if slots:
        return draw_timeline(label, [_stop(view, slot, count) for slot in slots], reach)
    meetings = view.relations.series_meetings.get(series, ())
    return meetings_line(view, meetings, label, count)


def meetings_line(
    view: View, meetings: Sequence[MeetingRecord], label: str, count: Count = lambda meeting: None
) -> Timeline | None:
    """The timeline of meetings that belong to no one series; only those with a date."""
    dated = [m for m in reversed(meetings) if m.start_date]
    return draw_timeline(label, [_stop(view, Slot(m.edition or 0, m), count) for m in dated])


def _stop(view: View, slot: Slot, count: Count) -> Stop:
    words, meeting = view.words, slot.meeting
    label = str(slot.number) if slot.number else ""
    if meeting is None:
        name = f"{words.edition(slot.number)}: {words('none.source')}"
        return Stop(label, words("timeline.no_source"), None, "", None, "miss", name)
    place = view.short_city(meeting.location)
    if not place:
        place = (
            words("values.format.video_short")
            if meeting.format == "video"
            else words("timeline.no_place")
        )
    state = count(meeting) or ("dated" if meeting.start_date else "open")
    when = str(meeting.start_date or words("none.date"))
    name = words("list.comma").join((view.meeting_name(meeting, meeting.series), when, place))
    href = view.to(page_of("meetings", meeting.id))
    return Stop(label, place, meeting.start_date, _in_year(view, meeting), href, state, name)


def _in_year(view: View, meeting: MeetingRecord) -> str:
    """A meeting's day within its year, as a timeline has room for it: 07.28, 2 月."""
    date = meeting.start_date
    if date is None or not date.month:
        return ""
    if not date.day:
        month = view.words.get(f"months.{date.month}") or str(date.month)
        return view.words("date.month_only", month=month)
    return f"{date.month:02}.{date.day:02}"
