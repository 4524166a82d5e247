"""Records that are probably one and the same thing.

Every finding is a warning: two people of one name do exist, and only a person can tell.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

from ccmeet.errors import Problem
from ccmeet.model.archive import Archive
from ccmeet.model.records import DocumentRecord, OfficialRecord, Record
from ccmeet.reading.wording import problem_at
from ccmeet.text import fold

R = TypeVar("R", bound=Record)

_MARKS = re.compile(r"[\W_]+")
_NUMBERS = re.compile(r"[0-9]+|[一二三四五六七八九十百]+")
_LONG_ENOUGH = 6


def check_likeness(archive: Archive) -> Iterator[Problem]:
    """Every pair that looks like one: people, documents, meetings, places, areas, articles."""
    yield from _people(archive)
    yield from _titles(archive)
    meetings = (m for m in archive.meetings.values() if m.series and m.edition)
    for first, second in pairs(meetings, lambda m: [(m.series, m.edition)]):
        message = f"edition {second.edition} of {second.series}, as {first.id} is"
        yield _alike(archive, "meetings", first, second, "edition", message)
    dated = (m for m in archive.meetings.values() if m.series and m.start_date)
    for early, late in pairs(dated, lambda m: [(m.series, m.start_date)]):
        # Without an edition an announcement and a report of the meeting can't be told to be one.
        if not (early.edition and late.edition) and late.start_date and late.start_date.day:
            message = f"begins on {late.start_date}, as {early.id} of its series does"
            yield _alike(archive, "meetings", early, late, "start_date", message)
    for here, there in pairs(archive.cities.values(), lambda city: [city.name, city.identifier]):
        field = "name" if here.name == there.name else "identifier"
        message = f"the same {field} as {here.id}"
        yield _alike(archive, "cities", here, there, field, message)
    for kind, field in (("series", "name"), ("articles", "url")):
        for one, other in pairs(archive.of(kind).values(), lambda r, f=field: [getattr(r, f)]):  # type: ignore[misc]
            yield _alike(archive, kind, one, other, field, f"the same {field} as {one.id}")
    areas = archive.areas.values()
    for area, like in pairs(areas, lambda area: [area.label, *area.other_labels]):
        shared = {area.label, *area.other_labels} & {like.label, *like.other_labels}
        message = f"{'、'.join(sorted(filter(None, shared)))} is a label of {area.id} too"
        yield _alike(archive, "areas", area, like, "label", message)


def pairs(records: Iterable[R], keys: Callable[[R], Iterable[Hashable]]) -> Iterator[tuple[R, R]]:
    """Each record that shares a key (None is none) with an earlier one, beside that one."""
    first: dict[Hashable, R] = {}
    for record in records:
        known = [first[key] for key in keys(record) if key is not None and key in first]
        if known:
            yield known[0], record
        for key in keys(record):
            first.setdefault(key, record)


def bare(text: str) -> str:
    """A name or title without marks and blanks, traditional characters and widths folded."""
    return _MARKS.sub("", fold(text))


def _people(archive: Archive) -> Iterator[Problem]:
    """People of one name who serve the same city, or of whom one has no city at all."""
    by_name: defaultdict[str, list[OfficialRecord]] = defaultdict(list)
    for official in archive.officials.values():
        for name in dict.fromkeys(
            bare(name) for name in (official.name, *official.other_names) if name
        ):
            by_name[name].append(official)
    told = set()
    for name, people in by_name.items():
        for number, other in enumerate(people):
            for one in people[:number]:
                mine, theirs = _cities(one), _cities(other)
                if (mine & theirs or not mine or not theirs) and (one.id, other.id) not in told:
                    told.add((one.id, other.id))
                    where = "、".join(sorted(mine & theirs)) or "no city known of one of them"
                    message = f"{name} is also {one.id} ({where})"
                    yield _alike(archive, "officials", one, other, "name", message)


def _cities(official: OfficialRecord) -> set[str]:
    return {post.city for post in official.posts if post.city}


def _titles(archive: Archive) -> Iterator[Problem]:
    """Documents whose titles differ only in marks or by one character more.

    A title of another year or number is another document, so numbers must agree; a character
    exchanged (北京, 南京) makes another title too.
    """
    by_title: dict[tuple[str, str], list[DocumentRecord]] = defaultdict(list)
    for document in archive.documents.values():
        if document.name:
            by_title[bare(document.name), _numbers(document.name)].append(document)
    for (title, numbers), documents in by_title.items():
        shorter = [
            each
            for cut in dict.fromkeys(title[:n] + title[n + 1 :] for n in range(len(title)))
            if len(cut) >= _LONG_ENOUGH
            for each in by_title.get((cut, numbers), ())
        ]
        for number, other in enumerate(documents):
            for one in [*shorter, *documents[:number]]:
                if not (one.period and other.period and one.period != other.period):
                    message = f"nearly the title of {one.id} ({one.name})"
                    yield _alike(archive, "documents", one, other, "name", message)


def _numbers(title: str) -> str:
    return " ".join(_NUMBERS.findall(fold(title)))


def _alike(
    archive: Archive, kind: str, one: Record, other: Record, path: str, message: str
) -> Problem:
    merge = f"ccmeet merge {kind}/{one.id} {kind}/{other.id}"
    hint = f"If they are one: `{merge}`. If not, tell them apart here."
    return problem_at(archive, "warning", kind, other.id, path, message, hint)
