"""Tables over the editions of a series: which areas were agreed on, which cities took part."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from ccmeet.model.records import MeetingRecord, keyed
from ccmeet.showing.pages.lines import Slot
from ccmeet.showing.pages.maps import map_roles
from ccmeet.showing.shown import Link, Shown, line_up
from ccmeet.showing.view import View

ColumnKind = Literal["full", "between", "silent", "miss"]


@dataclass(frozen=True, slots=True)
class Column:
    """An edition as a column. `kind`: full, silent (its sources list none), miss (no source), or
    between: what the edition reported done since the one before it.

    `key` marks the latest; `run` is how many columns of its kind begin here, 0 inside a run.
    """

    number: int
    year: Shown | None
    link: Link
    kind: ColumnKind
    key: bool
    run: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands where a row meets a full column; no values: listed, but not this one.

    `mark` is the part a city took (host, member, observer, guest); its value says it in words.
    """

    values: tuple[Shown, ...]
    column: Column
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    head: Link
    merged: bool
    cells: tuple[Cell, ...]
    note: Shown | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Columns from the first edition to the latest; a row has a cell for every column.

    `has_progress` says whether columns of progress stand between the editions.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def has_progress(self) -> bool:
        return any(column.kind == "between" for column in self.columns)


def area_matrix(view: View, slots: Sequence[Slot], progress: bool = False) -> Matrix | None:
    """Cooperation areas × editions, in the words each source printed.

    With `progress`, what an edition reported done since the last one stands in a column before
    it. A row is `merged` where editions worded it differently: putting them in one row is
    people's judgement, and the page says so.
    """
    found: dict[str, dict[Place, list[Shown]]] = {}
    labels: dict[str, set[str]] = {}
    for slot in slots:
        if slot.meeting is None:
            continue
        agreed = _agreed(view, slot.meeting)
        done = _done(view, slot.meeting) if progress else []
        for kind, told in (("full", agreed), ("between", done)):
            for row, label, shown in told:
                labels.setdefault(row, set()).add(label)
                found.setdefault(row, {}).setdefault((slot.number, kind), []).append(shown)
    if not found:
        return None
    listed = {place for cells in found.values() for place in cells}
    columns = _runs(_columns(view, slots, listed))
    rows = tuple(
        Row(
            view.link("areas", row),
            len(labels[row]) > 1,
            tuple(Cell(tuple(cells.get((c.number, c.kind), ())), c) for c in columns),
        )
        for row, cells in found.items()
    )
    return Matrix(columns, rows)


Place = tuple[int, str]
"""A column, by its edition and kind."""
Told = tuple[str, str, Shown]
"""What an edition says of an area: the row it belongs to, the label printed, the value."""


def _agreed(view: View, meeting: MeetingRecord) -> list[Told]:
    values, found = view.values("meetings", meeting), []
    for key, area in keyed("area|label", meeting.areas):
        path = ("areas", key, "label" if area.label else "area")
        link = view.link("areas", area.area, area.label or "")
        cell = values.shown(path, area.label or area.area, link.text, link.href)
        if cell:
            found.append((area.area or area.label or "", area.label or "", cell))
    return found


def _done(view: View, meeting: MeetingRecord) -> list[Told]:
    """What was reported done, by the name it was reported under, or by a word for its being so."""
    values, found = view.values("meetings", meeting), []
    there = f"{view.link('meetings', meeting.id).href}#areas"
    for key, done in keyed("area|label", meeting.progress):
        field, value = ("label", done.label) if done.label else ("text", done.text)
        text = "" if done.label else view.words("matrix.done")
        if shown := values.shown(("progress", key, field), value, text, there):
            found.append((done.area or done.label or "", done.label or "", shown))
    return [told for told in found if told[0]]


def _columns(view: View, slots: Sequence[Slot], listed: set[Place]) -> Iterator[Column]:
    """A column an edition, and one of progress before each that reported some."""
    for slot in slots:
        column = _column(view, slot, (slot.number, "full") in listed, slots)
        if (slot.number, "between") in listed:
            yield replace(column, kind="between", year=None)
        yield column


def city_matrix(view: View, slots: Sequence[Slot], series: str) -> Matrix | None:
    """Cities × editions: who hosted, took part, observed."""
    roles = map_roles(view, series)
    parts = {slot.number: _parts(view, slot.meeting) for slot in slots if slot.meeting}
    if not roles or not any(parts.values()):
        return None
    columns = _runs(_column(view, slot, bool(parts.get(slot.number)), slots) for slot in slots)
    order = sorted(roles, key=lambda id: roles[id] != "member")
    rows = []
    for id in order:
        cells = tuple(_part_cell(c, parts.get(c.number, {}).get(id)) for c in columns)
        if any(cell.mark for cell in cells) or roles[id] == "member":
            link = view.link("cities", id, view.short_city(id))
            rows.append(Row(link, False, cells, _standing(view, series, id, roles[id], cells)))
    bare = iter(line_up(row.note for row in rows))
    return Matrix(columns, tuple(replace(r, note=next(bare)) if r.note else r for r in rows))


def _standing(view: View, series: str, city: str, role: str, cells: Sequence[Cell]) -> Shown | None:
    """Whether a city is a member or an observer: by the series' record, else by an edition's."""
    text, record = view.words(f"values.role.{role}"), view.archive.series.get(series)
    if record and city in (*record.members, *(one.city for one in record.observers)):
        path = ("members", city) if city in record.members else ("observers", city, "city")
        return view.values("series", record).shown(path, city, text)
    seen = (value for cell in reversed(cells) for value in cell.values if value.proof)
    return next((replace(value, text=text, href=None) for value in seen), None)


_Part = tuple[str, Shown | None]
"""A city's part in a meeting: the role, and the value with its mark."""


def _part_cell(column: Column, part: _Part | None) -> Cell:
    role, shown = part or ("", None)
    return Cell((shown,) if shown else (), column, role)


def _parts(view: View, meeting: MeetingRecord) -> dict[str, _Part]:
    values = view.values("meetings", meeting)
    parts: dict[str, _Part] = {}
    for key, part in keyed("city|role", meeting.participants):
        if part.city and parts.get(part.city, ("",))[0] != "host":
            field, value = ("role", part.role) if part.role else ("city", part.city)
            shown = values.shown(("participants", key, field), value)
            parts[part.city] = part.role or "member", shown
    if meeting.location and parts.get(meeting.location, ("",))[0] != "host":
        host = view.words("values.role.host")
        parts[meeting.location] = "host", values.shown(("location",), meeting.location, host)
    return parts


def _runs(columns: Iterable[Column]) -> tuple[Column, ...]:
    """Columns with nothing in them that stand side by side, as one."""
    told: list[Column] = []
    for kind, same in groupby(columns, key=lambda column: column.kind):
        first, *others = same
        if kind in ("full", "between"):
            told += (first, *others)
        else:
            told += (replace(first, run=1 + len(others)), *(replace(c, run=0) for c in others))
    return tuple(told)


def _column(view: View, slot: Slot, full: bool, slots: Sequence[Slot]) -> Column:
    meeting = slot.meeting
    kind: ColumnKind = "miss" if meeting is None else "full" if full else "silent"
    date = meeting.start_date if meeting else None
    year = (
        view.values("meetings", meeting).shown(("start_date",), date, str(date.year))
        if meeting and date
        else None
    )
    link = view.link("meetings", meeting.id if meeting else None, str(slot.number))
    return Column(slot.number, year, link, kind, slot.number == slots[-1].number)
