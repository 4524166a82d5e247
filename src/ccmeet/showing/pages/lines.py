"""Timelines of meetings: a series' editions with their gaps, as a page wants to count them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ccmeet.model.records import MeetingRecord
from ccmeet.partialdate import PartialDate
from ccmeet.showing.addresses import page_of
from ccmeet.showing.periods import Period, years_of
from ccmeet.showing.pictures import State, Stop, Timeline, draw_timeline
from ccmeet.showing.shown import Shown, line_up
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
        return Stop(label, Shown(words("timeline.no_source")), None, None, None, "miss", name)
    values, date = view.values("meetings", meeting), meeting.start_date
    place = values.shown(("location",), meeting.location)
    if place is None and meeting.format == "video":
        place = values.shown(("format",), meeting.format, words("values.format.video_short"))
    when = values.shown(("start_date",), date, _in_year(view, date))
    if place and when:
        place, when = line_up((place, when))
    state = count(meeting) or ("dated" if date else "open")
    href = view.to(page_of("meetings", meeting.id))
    return Stop(
        label,
        place or Shown(words("timeline.no_place")),
        date,
        when,
        href,
        state,
        view.meeting_name(meeting, meeting.series),
    )


def _in_year(view: View, date: PartialDate | None) -> str:
    """A meeting's day within its year, as a timeline has room for it: 07.28, 2 月."""
    if date is None or not date.month:
        return ""
    if not date.day:
        month = view.words.get(f"months.{date.month}") or str(date.month)
        return view.words("date.month_only", month=month)
    return f"{date.month:02}.{date.day:02}"
