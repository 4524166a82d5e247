"""Where things are on the site: a record's page, the places in it, links between pages.

Paths are those of the files under `build/`, with `/` and no first slash. Links are relative and
name `index.html`, so that the same pages open from a disk, under a sub-path and at a root.
"""

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar
from urllib.parse import quote, urlsplit

from ccmeet.model.archive import Archive
from ccmeet.model.article import Block
from ccmeet.model.records import TYPES, AreaRecord, ArticleRecord, MeetingRecord, Record
from ccmeet.showing.words import han_number

_R = TypeVar("_R", bound=Record)
_NOT_IN_URL = re.compile(r"[\s\x00-\x1f\x7f<>\"\\\\^`{|}]")


def page_of(kind: str, id: str) -> str:
    """The page of a record, by its type's folder: ("cities", "changsha")."""
    return f"{kind}/{id}/index.html"


def link(page: str, target: str) -> str:
    """The relative link from a page to a file of the site; `target` may end in `#anchor`.

    >>> link("cities/changsha/index.html", "articles/a/index.html#p2")
    '../../articles/a/index.html#p2'
    """
    path, mark, anchor = target.partition("#")
    relative = posixpath.relpath(path, posixpath.dirname(page) or ".") if path != page else ""
    return quote(relative, safe="/") + mark + anchor


def absolute(base_url: str | None, path: str) -> str:
    """A page's full address where the site's is known, else an empty string.

    The directory's own address stands for its `index.html`.
    """
    if not base_url:
        return ""
    return base_url.rstrip("/") + "/" + quote(path.removesuffix("index.html"), safe="/")


def web_address(url: str | None) -> str:
    """The address if it is one of the web (http or https, with a host), else an empty string.

    `javascript:`, `data:`, blanks and control characters never become a link.
    """
    if not url or _NOT_IN_URL.search(url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.hostname else ""


def name_of(record: Record) -> str:
    """What a record is called: its headline, label or name; its id where none is known."""
    if isinstance(record, ArticleRecord):
        return record.headline or record.id
    if isinstance(record, AreaRecord):
        return record.label or record.id
    name: str | None = getattr(record, "name", None)
    return name or record.id


def withdrawn(archive: Archive) -> tuple[tuple[str, Record], ...]:
    """The records taken back, with their types: a page stays at each address and says so."""
    return tuple(
        (kind, record)
        for kind in TYPES
        for record in archive.of(kind).values()
        if record.status == "withdrawn"
    )


def published(archive: Archive) -> Archive:
    """The archive without its drafts and what was withdrawn, which are kept but not shown."""
    return replace(
        archive,
        articles=_shown(archive.articles),
        series=_shown(archive.series),
        meetings=_shown(archive.meetings),
        cities=_shown(archive.cities),
        areas=_shown(archive.areas),
        documents=_shown(archive.documents),
        officials=_shown(archive.officials),
    )


def titled(archive: Archive) -> Archive:
    """The archive with a title for each meeting that has no name: 第三届云江城市会商会.

    Only for headings, links and search: the data to take away say what the records say.
    """
    meetings = {
        id: meeting if meeting.name else replace(meeting, name=_title(archive, meeting))
        for id, meeting in archive.meetings.items()
    }
    return replace(archive, meetings=meetings)


def _title(archive: Archive, meeting: MeetingRecord) -> str | None:
    series = archive.series.get(meeting.series or "")
    edition = f"第{han_number(meeting.edition)}届" if meeting.edition else ""
    return f"{edition}{series.name}" if series and series.name else None


def _shown(records: Mapping[str, _R]) -> dict[str, _R]:
    return {id: record for id, record in records.items() if record.status == "published"}


def block_anchors(blocks: Iterable[Block]) -> tuple[str, ...]:
    """The anchor of each block in its article's page: `p1`, `p2` … for the running text.

    Headings are `h1` …; other blocks stand at places of their own: `headline`, `captions`,
    `credits`, `notice`.
    """
    counts = {"p": 0, "h": 0}
    places = {"headline": "headline", "caption": "captions", "credit": "credits"}
    anchors = []
    for block in blocks:
        letter = {"dateline": "p", "paragraph": "p", "heading": "h"}.get(block.kind)
        if letter:
            counts[letter] += 1
            anchors.append(f"{letter}{counts[letter]}")
        else:
            anchors.append(places.get(block.kind, "notice"))
    return tuple(anchors)


def quote_anchor(id: str) -> str:
    """The anchor of a quote on its official's page: `q-…`, whether or not its id says so."""
    return id if id.startswith("q-") else f"q-{id}"
