"""Tables over the editions of a series: which areas were agreed on, which cities took part."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from ccmeet.model.records import MeetingRecord, keyed
from ccmeet.showing.pages.lines import Slot
from ccmeet.showing.pages.maps import map_roles
from ccmeet.showing.view import Link, Shown, View

ColumnKind = Literal["full", "silent", "miss"]


@dataclass(frozen=True, slots=True)
class Column:
    """An edition as a column. `kind`: full, silent (its sources list none), miss (no source).

    `key` marks the latest; `run` is how many columns of its kind begin here, 0 inside a run.
    """

    number: int
    year: str
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
    note: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Columns from the first edition to the latest; a row has a cell for every column."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def area_matrix(view: View, slots: Sequence[Slot]) -> Matrix | None:
    """Cooperation areas × editions, in the words each source printed.

    A row is `merged` where editions worded it differently: putting them in one row is people's
    judgement, and the page says so.
    """
    found: dict[str, dict[int, list[Shown]]] = {}
    labels: dict[str, set[str]] = {}
    for slot in slots:
        if slot.meeting is None:
            continue
        values = view.values("meetings", slot.meeting)
        for key, area in keyed("area|label", slot.meeting.areas):
            if not (area.area or area.label):
                continue
            path = ("areas", key, "label" if area.label else "area")
            link = view.link("areas", area.area, area.label or "")
            cell = values.shown(path, area.label or area.area, link.text, link.href)
            row = area.area or area.label or ""
            labels.setdefault(row, set()).add(area.label or "")
            if cell:
                found.setdefault(row, {}).setdefault(slot.number, []).append(cell)
    if not found:
        return None
    listed = {number for cells in found.values() for number in cells}
    columns = _runs(_column(view, slot, slot.number in listed, slots) for slot in slots)
    rows = tuple(
        Row(
            view.link("areas", row),
            len(labels[row]) > 1,
            tuple(Cell(tuple(cells.get(c.number, ())), c) for c in columns),
        )
        for row, cells in found.items()
    )
    return Matrix(columns, rows)


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
            rows.append(Row(link, False, cells, view.words(f"values.role.{roles[id]}")))
    return Matrix(columns, tuple(rows))


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
        if kind == "full":
            told += (first, *others)
        else:
            told += (replace(first, run=1 + len(others)), *(replace(c, run=0) for c in others))
    return tuple(told)


def _column(view: View, slot: Slot, full: bool, slots: Sequence[Slot]) -> Column:
    meeting = slot.meeting
    kind: ColumnKind = "miss" if meeting is None else "full" if full else "silent"
    year = str(meeting.start_date.year) if meeting and meeting.start_date else ""
    link = view.link("meetings", meeting.id if meeting else None, str(slot.number))
    return Column(slot.number, year, link, kind, slot.number == slots[-1].number)
