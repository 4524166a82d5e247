"""Whether dates fit together: within a record, along a series, between reports and meetings."""

from collections.abc import Iterator

from ccmeet.errors import Problem
from ccmeet.model.archive import Archive
from ccmeet.model.records import MeetingRecord
from ccmeet.partialdate import PartialDate
from ccmeet.reading.wording import problem_at


def check_chronology(archive: Archive) -> Iterator[Problem]:
    """Every contradiction of dates and editions that the records hold."""
    for id, meeting in archive.meetings.items():
        yield from _meeting(archive, id, meeting)
    for id in archive.series:
        yield from _order(archive, id)
    for id, series in archive.series.items():
        for observer in series.observers:
            if is_before(observer.until, observer.since):
                message = f"observer until {observer.until}, but since {observer.since}"
                path = f"observers/{observer.city or '#1'}"
                hint = "Correct one of the two."
                yield problem_at(archive, "error", "series", id, path, message, hint)
    yield from _documents(archive)


def is_before(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether `one` lies before `other` for certain: 2024-07 and 2024-07-29 decide nothing."""
    if not one or not other:
        return False
    for mine, theirs in zip(
        (one.year, one.month, one.day), (other.year, other.month, other.day), strict=True
    ):
        if not mine or not theirs:
            return False
        if mine != theirs:
            return mine < theirs
    return False


def _meeting(archive: Archive, id: str, meeting: MeetingRecord) -> Iterator[Problem]:
    start, end = meeting.start_date, meeting.end_date
    if is_before(end, start):
        message = f"ends on {end}, before it begins on {start}"
        hint = "Correct one of the two dates."
        yield problem_at(archive, "error", "meetings", id, "end_date", message, hint)
    if meeting.edition is not None and meeting.edition < 1:
        hint = "Editions are counted from 1."
        message = f"edition {meeting.edition}"
        yield problem_at(archive, "error", "meetings", id, "edition", message, hint)
    reports = [
        archive.articles[source]
        for source in meeting.sources
        if isinstance(source, str) and source in archive.articles
    ]
    if (
        meeting.state == "held"
        and reports
        and all(is_before(report.date_published, start) for report in reports)
    ):
        last = max(str(report.date_published) for report in reports)
        message = f"held from {start}, but its latest report was published on {last}"
        hint = "Correct the date, or write `state: announced`."
        yield problem_at(archive, "warning", "meetings", id, "start_date", message, hint)


def _order(archive: Archive, series: str) -> Iterator[Problem]:
    """Editions of a series that lie before the edition they follow."""
    meetings = sorted(
        (m for m in archive.meetings.values() if m.series == series and m.edition and m.start_date),
        key=lambda meeting: (meeting.edition or 0, meeting.id),
    )
    latest: MeetingRecord | None = None
    for meeting in meetings:
        another = latest and latest.edition != meeting.edition
        if latest and another and is_before(meeting.start_date, latest.start_date):
            message = (
                f"edition {meeting.edition} begins on {meeting.start_date}, "
                f"before edition {latest.edition} ({latest.id}: {latest.start_date})"
            )
            hint = "Correct the edition or the date of one of the two."
            yield problem_at(archive, "warning", "meetings", meeting.id, "edition", message, hint)
            continue
        latest = meeting


def _documents(archive: Archive) -> Iterator[Problem]:
    for id, document in archive.documents.items():
        meeting = archive.meetings.get(document.meeting or "")
        if meeting and is_before(document.date, meeting.start_date):
            message = f"dated {document.date}, before its meeting began ({meeting.start_date})"
            hint = "Correct the date, or name the meeting that adopted it."
            yield problem_at(archive, "warning", "documents", id, "date", message, hint)
        before = archive.documents.get(document.previous or "")
        if before and is_before(document.date, before.date):
            message = f"dated {document.date}, before the list it follows ({before.date})"
            hint = "`previous` names the list of an earlier year."
            yield problem_at(archive, "warning", "documents", id, "previous", message, hint)
