"""The lists: meetings, series, cities, areas, documents, officials, articles; in parts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import ClassVar

from ccmeet.showing.links import list_path
from ccmeet.showing.pages.frame import Frame, make_frame, make_head
from ccmeet.showing.pages.rows import HEADINGS, ROWS, Entry, ListRow, sorted_entries
from ccmeet.showing.shown import Link, Shown
from ccmeet.showing.view import View

PART = 100
"""Rows a page."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading: a year, a city, a province. `id` is its anchor, once a page.

    The heading leads to the city's page, or to where a city's province is told, in its first row.
    """

    id: str
    heading: str
    rows: tuple[ListRow, ...]
    to: Shown | None = None


@dataclass(frozen=True, slots=True)
class ListPage:
    """One part of a list. `empty` says what is missing and how to add it, where there is nothing.

    `parts` are the links to the parts near this one, the first and the last; this one has no way,
    and where parts are left out stands "…". `jumps` lead to each group's beginning.
    """

    TEMPLATE: ClassVar[str] = "list.html"
    path: str
    frame: Frame
    kind: str
    title: str
    lead: str
    groups: tuple[Group, ...]
    empty: str
    part: int
    parts: tuple[Link, ...]
    previous: str
    following: str
    jumps: tuple[Link, ...]


def list_pages(view: View, kind: str) -> Iterator[ListPage]:
    """The pages of one type's list."""
    entries = sorted_entries(view, kind)
    count = max(1, -(-len(entries) // PART))
    for number in range(1, count + 1):
        yield _part(view.at(list_path(kind, number)), kind, entries, number, count)


def _part(view: View, kind: str, entries: list[Entry], number: int, count: int) -> ListPage:
    words = view.words
    path, title = list_path(kind, number), words(f"list.{kind}.title")
    lead, begins = words(f"count.{kind}", n=len(entries)), _begins(entries)
    head = make_head(view, path, title if number == 1 else f"{title} {number}", lead)
    make_row, make_heading = ROWS[kind], HEADINGS.get(kind)
    groups = []
    for heading, same in groupby(entries[PART * (number - 1) : PART * number], key=itemgetter(0)):
        records = [record for _, record in same]
        to = make_heading(view, records[0]) if make_heading else None
        to = replace(to, bare=True) if to else None  # the first row shows its mark
        rows = tuple(make_row(view, record) for record in records)
        groups.append(Group(begins[heading][1], heading, rows, to))
    anchors = [group.id for group in groups]
    groups = [
        group if group.id not in anchors[:place] else replace(group, id="")
        for place, group in enumerate(groups)
    ]
    jumps = tuple(
        Link(heading, f"{view.to(list_path(kind, part))}#{anchor}")
        for heading, (part, anchor) in begins.items() if heading
    )  # fmt: skip
    return ListPage(
        path=path,
        frame=make_frame(view, head, kind),
        kind=kind,
        title=title,
        lead=lead,
        groups=tuple(groups),
        empty="" if entries else words(f"list.{kind}.empty"),
        part=number,
        parts=_parts(view, kind, number, count) if count > 1 else (),
        previous=view.to(list_path(kind, number - 1)) if number > 1 else "",
        following=view.to(list_path(kind, number + 1)) if number < count else "",
        jumps=jumps if len(jumps) > _FEW else (),
    )


_FEW = 3
"""So few groups are seen at a glance, and need no list of their own."""


def _begins(entries: list[Entry]) -> dict[str, tuple[int, str]]:
    """Where each heading first stands: the part, and the anchor there."""
    found: dict[str, tuple[int, str]] = {}
    for place, (heading, _) in enumerate(entries):
        found.setdefault(heading, (place // PART + 1, f"g-{len(found) + 1}"))
    return found


def _parts(view: View, kind: str, number: int, count: int) -> tuple[Link, ...]:
    near = {1, count, *range(max(1, number - 2), min(count, number + 2) + 1)}
    links: list[Link] = []
    for n in sorted(near):
        if n > 1 and n - 1 not in near:
            links.append(Link("…"))
        links.append(Link(str(n), None if n == number else view.to(list_path(kind, n))))
    return tuple(links)
