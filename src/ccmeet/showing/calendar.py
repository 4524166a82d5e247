"""Calendars (RFC 5545) of the meetings: all of them, and one a series.

Meetings are whole days. One whose day isn't known has no place in a calendar and is left out.
"""

import datetime
import re
from collections.abc import Iterable

from ccmeet.model.archive import Archive, Site
from ccmeet.model.records import MeetingRecord
from ccmeet.partialdate import PartialDate
from ccmeet.showing.addresses import absolute, name_of, page_of, published
from ccmeet.showing.relations import Relations, join_records

ALL = "feeds/meetings.ics"
_OCTETS = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]")


def calendar_of(series: str) -> str:
    """The path of a series' calendar."""
    return f"feeds/series/{series}.ics"


def calendar_files(archive: Archive) -> dict[str, bytes]:
    """All calendars, by path. Drafts are left out."""
    archive = published(archive)
    relations = join_records(archive)
    own = {calendar_of(id): series_calendar(archive, relations, id) for id in archive.series}
    return {ALL: whole_calendar(archive), **own}


def whole_calendar(archive: Archive) -> bytes:
    """The calendar of all meetings, of an archive that holds no drafts."""
    return _calendar(archive, archive.site.title, archive.meetings.values())


def series_calendar(archive: Archive, relations: Relations, id: str) -> bytes:
    """The calendar of a series."""
    meetings = sorted(relations.series_meetings.get(id, ()), key=lambda meeting: meeting.id)
    return _calendar(archive, name_of(archive.series[id]), meetings)


def _calendar(archive: Archive, title: str, meetings: Iterable[MeetingRecord]) -> bytes:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//ccmeet//ccmeet//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(title)}",
    ]
    for meeting in meetings:
        if meeting.start_date and meeting.start_date.day:
            lines += _event(archive, meeting, meeting.start_date)
    lines.append("END:VCALENDAR")
    return "".join(f"{_fold(line)}\r\n" for line in lines).encode()


def _event(archive: Archive, meeting: MeetingRecord, start: PartialDate) -> list[str]:
    first = datetime.date(start.year, start.month, start.day)
    end = meeting.end_date
    last = datetime.date(end.year, end.month, end.day) if end and end.day else first
    city = archive.cities.get(meeting.location or "")
    place = [name_of(city) if city else "", meeting.venue or ""]
    address = absolute(archive.site.base_url, page_of("meetings", meeting.id))
    # DTEND is the day after the last (3.6.1); DTSTAMP may not be a clock's, so it is the start.
    values = {
        "UID": f"{meeting.id}@{_domain(archive.site)}",
        "DTSTAMP": f"{first:%Y%m%d}T000000Z",
        "DTSTART;VALUE=DATE": f"{first:%Y%m%d}",
        "DTEND;VALUE=DATE": _after(max(first, last)),
        "SUMMARY": _text(name_of(meeting)),
        "LOCATION": _text(" ".join(filter(None, place))),
        "DESCRIPTION": _text(meeting.theme or ""),
        "URL": _CONTROL.sub("", address),
        "STATUS": {"held": "CONFIRMED"}.get(meeting.state or "", "TENTATIVE"),
        "TRANSP": "TRANSPARENT",
    }
    lines = [f"{name}:{value}" for name, value in values.items() if value]
    return ["BEGIN:VEVENT", *lines, "END:VEVENT"]


def _after(day: datetime.date) -> str:
    """The next day; nothing where the calendar ends (9999-12-31)."""
    if day == datetime.date.max:
        return ""
    return f"{day + datetime.timedelta(days=1):%Y%m%d}"


def _domain(site: Site) -> str:
    return absolute(site.base_url, "").split("/")[2] if site.base_url else "ccmeet"


def _text(text: str) -> str:
    """A TEXT value (3.3.11): marks escaped, line ends as \\n, other control characters gone."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").translate(_ESCAPES))


def _fold(line: str) -> str:
    """Lines of at most 75 octets (3.1), never parted inside a character."""
    pieces, piece, size = [], "", 0
    for char in line:
        octets = len(char.encode("utf-8", "replace"))
        if size + octets > _OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + char, size + octets
    return "\r\n".join([*pieces, piece])
