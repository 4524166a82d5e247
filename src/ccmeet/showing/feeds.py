"""Atom feeds (RFC 4287): everything, each city, each official.

An entry's time is its record's own date at midnight in China: a build has no clock. An entry
without a date is left out, since Atom asks for one. Without a `base_url`, links are relative to
the feed (4.2.7.1 allows references) and ids are UUIDs made from the site's title and the path.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote as in_url
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from ccmeet.model.archive import Archive, Site
from ccmeet.model.records import ArticleRecord, MeetingRecord, OfficialRecord, Quote
from ccmeet.partialdate import PartialDate
from ccmeet.showing.addresses import (
    absolute,
    name_of,
    page_of,
    published,
    quote_anchor,
    web_address,
)
from ccmeet.showing.links import root_of
from ccmeet.showing.relations import Relations, join_records

ALL = "feeds/all.xml"
NEWEST = 100
"""At most so many entries stand in a feed, the newest."""

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: the page it leads to (with anchor), when, what; `via` is the original's address."""

    target: str
    date: PartialDate
    title: str
    summary: str
    authors: tuple[str, ...] = ()
    via: str = ""


def feed_of(kind: str, id: str) -> str:
    """The path of a city's or an official's feed."""
    return f"feeds/{kind}/{id}.xml"


def feed_files(archive: Archive) -> dict[str, bytes]:
    """All feeds, by path. Drafts are left out."""
    archive = published(archive)
    relations = join_records(archive)
    files = {ALL: whole_feed(archive)}
    files |= {feed_of("cities", id): city_feed(archive, relations, id) for id in archive.cities}
    files |= {feed_of("officials", id): official_feed(archive, id) for id in archive.officials}
    return files


def whole_feed(archive: Archive) -> bytes:
    """The feed of everything, of an archive that holds no drafts."""
    return _feed(archive.site, ALL, archive.site.title, _everything(archive))


def city_feed(archive: Archive, relations: Relations, id: str) -> bytes:
    """The feed of a city: its meetings, the articles on them, what its officials said."""
    title = f"{name_of(archive.cities[id])}：{archive.site.title}"
    entries: dict[Entry, None] = {}
    for attended in relations.city_meetings.get(id, ()):
        meeting = attended.meeting
        reports = [archive.articles.get(s) for s in meeting.sources if isinstance(s, str)]
        entries |= dict.fromkeys(_meeting(meeting, archive))
        entries |= dict.fromkeys(e for report in reports if report for e in _article(report))
    for official in relations.city_officials.get(id, ()):
        entries |= dict.fromkeys(_quotes(archive, official))
    return _feed(archive.site, feed_of("cities", id), title, entries)


def official_feed(archive: Archive, id: str) -> bytes:
    """The feed of what an official said."""
    official = archive.officials[id]
    title = f"{name_of(official)}：{archive.site.title}"
    entries = _quotes(archive, official)
    return _feed(archive.site, feed_of("officials", id), title, entries)


def _everything(archive: Archive) -> Iterator[Entry]:
    for article in archive.articles.values():
        yield from _article(article)
    for meeting in archive.meetings.values():
        yield from _meeting(meeting, archive)
    for document in archive.documents.values():
        if document.date:
            page = page_of("documents", document.id)
            yield Entry(page, document.date, name_of(document), document.classification or "")


def _article(article: ArticleRecord) -> Iterator[Entry]:
    if article.date_published:
        yield Entry(
            page_of("articles", article.id),
            article.date_published,
            name_of(article),
            "，".join(filter(None, (article.publisher, str(article.date_published)))),
            article.author,
            web_address(article.url),
        )


def _meeting(meeting: MeetingRecord, archive: Archive) -> Iterator[Entry]:
    if meeting.start_date:
        city = archive.cities.get(meeting.location or "")
        days = "/".join(
            dict.fromkeys(str(day) for day in (meeting.start_date, meeting.end_date) if day)
        )
        said = (days, name_of(city) if city else "", meeting.theme or "")
        page = page_of("meetings", meeting.id)
        yield Entry(page, meeting.start_date, name_of(meeting), "，".join(filter(None, said)))


def _quotes(archive: Archive, official: OfficialRecord) -> Iterator[Entry]:
    page = page_of("officials", official.id)
    for quote in official.quotes:
        article = archive.articles.get(quote.article or "")
        meeting = archive.meetings.get(quote.meeting or "")
        date = (article and article.date_published) or (meeting and meeting.start_date)
        if date:
            target = f"{page}#{quote_anchor(quote.id)}" if quote.id else page
            title = f"{name_of(official)}：{name_of(meeting or article or official)}"
            yield Entry(target, date, title, _speech(official, quote))


def _speech(official: OfficialRecord, quote: Quote) -> str:
    """Direct words in marks; a paraphrase is the paper's and never stands in marks."""
    text = quote.text or ""
    words = f"“{text}”" if quote.mode == "direct" else text
    return f"{quote.attribution_text or ''}{name_of(official)}{quote.verb or ''}：{words}"


def _feed(site: Site, path: str, title: str, entries: Iterable[Entry]) -> bytes:
    newest = sorted(entries, key=lambda e: (e.date, e.target), reverse=True)[:NEWEST]
    updated = _time(newest[0].date) if newest else "1970-01-01T00:00:00Z"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        _element("id", _id(site, path)),
        _element("title", title),
        _element("updated", updated),
        "<author>" + _element("name", site.publisher or site.title) + "</author>",
        '<generator uri="https://pypi.org/project/ccmeet/">ccmeet</generator>',
    ]
    if site.base_url:
        lines.append(_link("self", absolute(site.base_url, path), "application/atom+xml"))
    lines.append(_link("alternate", _href(site, path, "index.html"), "text/html"))
    lines += [_entry(site, path, entry) for entry in newest]
    return "\n".join([*lines, "</feed>", ""]).encode()


def _entry(site: Site, path: str, entry: Entry) -> str:
    lines = [
        "<entry>",
        _element("id", _id(site, entry.target)),
        _element("title", entry.title),
        _element("updated", _time(entry.date)),
        *("<author>" + _element("name", name) + "</author>" for name in entry.authors),
        _link("alternate", _href(site, path, entry.target), "text/html"),
        *([_link("via", entry.via, "text/html")] if entry.via else ()),
        *([_element("summary", entry.summary)] if entry.summary else ()),
        "</entry>",
    ]
    return "\n".join(lines)


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(_NOT_XML.sub('', text))}</{name}>"


def _link(rel: str, href: str, media: str) -> str:
    return f'<link rel="{rel}" type="{media}" href={quoteattr(_NOT_XML.sub("", href))}/>'


def _href(site: Site, feed: str, target: str) -> str:
    path, mark, anchor = target.partition("#")
    full = absolute(site.base_url, path) or root_of(feed) + in_url(path, safe="/")
    return full + mark + anchor


def _id(site: Site, target: str) -> str:
    """Unique and lasting (4.2.6): the address where there is one, else a name-based UUID."""
    path, mark, anchor = target.partition("#")
    if site.base_url:
        return absolute(site.base_url, path) + mark + anchor
    name = _NOT_XML.sub("", f"ccmeet:{site.title}:{target}")
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"


def _time(date: PartialDate) -> str:
    """RFC 3339; the first day of a month or year that is all the source says."""
    return f"{date.year:04}-{date.month or 1:02}-{date.day or 1:02}T00:00:00+08:00"
