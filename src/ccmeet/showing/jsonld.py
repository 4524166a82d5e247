"""Records as schema.org JSON-LD: what machines read in each page, and no more than records say.

Addresses are absolute where the site's is known, else relative to the page, as JSON-LD allows.
"""

import json
from collections.abc import Callable, Iterable, Sequence

from ccmeet.model.archive import Archive
from ccmeet.model.records import (
    AreaRecord,
    ArticleRecord,
    CityRecord,
    DocumentRecord,
    MeetingRecord,
    OfficialRecord,
    Post,
    Quote,
    SeriesRecord,
)
from ccmeet.showing.addresses import absolute, link, name_of, page_of, quote_anchor, web_address
from ccmeet.showing.relations import Relations

Node = dict[str, object]
Crumb = tuple[str, str]
"""A step of the way to a page: its name and its page's path."""

_EVENT = "https://schema.org/Event"
_ESCAPES = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}


def script_json(data: object) -> str:
    """JSON that can't end the script element that holds it, nor open a comment in it."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def record_data(
    archive: Archive, relations: Relations, kind: str, id: str, crumbs: Sequence[Crumb] = ()
) -> Node:
    """The graph of a record's page: the record, an official's direct words, the breadcrumbs.

    Raises KeyError for a type or an id that the archive doesn't hold.
    """
    page = page_of(kind, id)
    writer = _Writer(archive, page, relations)
    return _graph(*writer.nodes(kind, id), *writer.breadcrumbs(crumbs))


def home_data(archive: Archive) -> Node:
    """The graph of the home page: the site."""
    site, writer = archive.site, _Writer(archive, "index.html")
    node: Node = {
        "@type": "WebSite",
        "name": site.title,
        "description": site.description,
        "url": absolute(site.base_url, "index.html"),
        "inLanguage": "zh-CN",
        "publisher": _organization(site.publisher),
    }
    if site.base_url:
        search = f"{absolute(site.base_url, 'search/index.html')}?q={{search_term_string}}"
        node["potentialAction"] = {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=search_term_string",
        }
    return _graph(node, *writer.breadcrumbs(()))


def dataset_data(
    archive: Archive,
    page: str,
    name: str,
    downloads: Iterable[tuple[str, str]],
    crumbs: Sequence[Crumb] = (),
) -> Node:
    """The graph of the data page: the archive as a Dataset; `downloads` are (path, media type)."""
    writer = _Writer(archive, page)
    years = [m.start_date.year for m in archive.meetings.values() if m.start_date]
    node: Node = {
        "@type": "Dataset",
        "@id": writer.at(page),
        "name": name,
        "description": archive.site.description,
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "creator": _organization(archive.site.publisher),
        "temporalCoverage": f"{min(years):04}/{max(years):04}" if years else None,
        "spatialCoverage": [writer.refer("cities", id) for id in archive.cities][:50],
        "distribution": [
            {"@type": "DataDownload", "contentUrl": writer.at(path), "encodingFormat": media}
            for path, media in downloads
        ],
    }
    return _graph(node, *writer.breadcrumbs(crumbs))


def _graph(*nodes: Node) -> Node:
    return {"@context": "https://schema.org", "@graph": [_filled(node) for node in nodes]}


def _filled(node: Node) -> Node:
    """The node without what isn't known."""
    return {key: value for key, value in node.items() if value not in (None, "", [], {})}


def _organization(name: str | None) -> Node:
    return {"@type": "Organization", "name": name} if name else {}


class _Writer:
    """Writes the nodes of one page: it knows the archive and where relative links start."""

    def __init__(self, archive: Archive, page: str, relations: Relations | None = None) -> None:
        self.archive = archive
        self.page = page
        self.relations = relations or Relations()

    def at(self, target: str) -> str:
        """The address of a file of the site, with its anchor, as seen from this page."""
        path, mark, anchor = target.partition("#")
        if base := self.archive.site.base_url:
            return absolute(base, path) + mark + anchor
        return (link(self.page, path) or "./") + mark + anchor

    def nodes(self, kind: str, id: str) -> list[Node]:
        makers: dict[str, Callable[[str], Node]] = {
            "articles": self.article,
            "series": self.series,
            "meetings": self.meeting,
            "cities": self.city,
            "areas": self.area,
            "documents": self.document,
            "officials": self.official,
        }
        node = {**makers[kind](id), "@id": self.at(page_of(kind, id))}
        return [node, *(self.quotations(id) if kind == "officials" else ())]

    def refer(self, kind: str, id: str | None) -> Node | None:
        """A record named in another's node: its type, address and name; None if there is none."""
        record = self.archive.of(kind).get(id) if id else None
        if record is None or id is None:
            return None
        types = {
            "articles": "NewsArticle",
            "series": "EventSeries",
            "meetings": "Event",
            "cities": _place_type(record) if isinstance(record, CityRecord) else "City",
            "areas": "DefinedTerm",
            "documents": "CreativeWork",
            "officials": "Person",
        }
        title = "headline" if kind == "articles" else "name"
        return {"@type": types[kind], "@id": self.at(page_of(kind, id)), title: name_of(record)}

    def several(self, kind: str, ids: Iterable[str | None]) -> list[Node]:
        return [node for node in (self.refer(kind, id) for id in dict.fromkeys(ids)) if node]

    def bodies(self, ids: Iterable[str | None]) -> list[Node]:
        """Cities as those who act: a City is a Place, and only an Organization may organise."""
        return [
            {**city, "@type": [city["@type"], "Organization"]}
            for city in self.several("cities", ids)
        ]

    def article(self, id: str) -> Node:
        article: ArticleRecord = self.archive.articles[id]
        users = self.relations.article_users.get(id, ())
        about = [user for kind, user in users if kind == "meetings"]
        return {
            "@type": "NewsArticle",
            "headline": article.headline,
            "url": web_address(article.url),
            "mainEntityOfPage": self.at(page_of("articles", id)),
            "datePublished": _date(article.date_published),
            "author": [{"@type": "Person", "name": name} for name in article.author],
            "editor": [{"@type": "Person", "name": name} for name in article.editor],
            "publisher": _organization(article.publisher),
            "articleSection": article.section,
            "copyrightNotice": article.notice,
            "inLanguage": "zh-CN",
            "about": self.several("meetings", about),
        }

    def meeting(self, id: str) -> Node:
        meeting: MeetingRecord = self.archive.meetings[id]
        hosts = [p.city for p in meeting.participants if p.role == "host"]
        others = [p.city for p in meeting.participants if p.role != "host"]
        return {
            "@type": "Event",
            "name": meeting.name,
            "description": meeting.theme,
            "startDate": _date(meeting.start_date),
            "endDate": _date(meeting.end_date),
            "eventStatus": _status(meeting),
            "eventAttendanceMode": _attendance(meeting),
            "location": self.location(meeting),
            "organizer": self.bodies(hosts),
            "attendee": self.bodies(others),
            "superEvent": self.refer("series", meeting.series),
            "about": self.several("areas", [a.area for a in meeting.areas]),
            "workFeatured": self.several("documents", [d.document for d in meeting.documents]),
            "subjectOf": self.sources(meeting.sources),
        }

    def location(self, meeting: MeetingRecord) -> Node | None:
        city = self.refer("cities", meeting.location)
        if meeting.venue:
            return _filled({"@type": "Place", "name": meeting.venue, "containedInPlace": city})
        return city

    def sources(self, sources: Iterable[object]) -> list[Node]:
        return self.several("articles", [s for s in sources if isinstance(s, str)])

    def series(self, id: str) -> Node:
        series: SeriesRecord = self.archive.series[id]
        editions = sorted(m.id for m in self.relations.series_meetings.get(id, ()))
        return {
            "@type": "EventSeries",
            "name": series.name,
            "alternateName": list(series.other_names),
            "organizer": self.bodies(series.members),
            "subEvent": self.several("meetings", editions),
        }

    def city(self, id: str) -> Node:
        city: CityRecord = self.archive.cities[id]
        place = city.position
        return {
            "@type": _place_type(city),
            "name": city.name,
            "alternateName": list(city.other_names),
            "identifier": city.identifier
            and {"@type": "PropertyValue", "propertyID": "GB/T 2260", "value": city.identifier},
            "containedInPlace": city.province
            and {"@type": "AdministrativeArea", "name": city.province},
            "geo": place
            and {
                "@type": "GeoCoordinates",
                "latitude": place.latitude,
                "longitude": place.longitude,
            },
        }

    def area(self, id: str) -> Node:
        area: AreaRecord = self.archive.areas[id]
        return {
            "@type": "DefinedTerm",
            "name": area.label,
            "alternateName": list(area.other_labels),
            "inDefinedTermSet": self.at("areas/index.html"),
        }

    def document(self, id: str) -> Node:
        document: DocumentRecord = self.archive.documents[id]
        return {
            "@type": "CreativeWork",
            "name": document.name,
            "alternateName": list(document.short_names),
            "genre": document.classification,
            "temporalCoverage": document.period,
            "dateCreated": _date(document.date),
            "subjectOf": self.refer("meetings", document.meeting),
            "inLanguage": "zh-CN",
        }

    def official(self, id: str) -> Node:
        official: OfficialRecord = self.archive.officials[id]
        return {
            "@type": "Person",
            "name": official.name,
            "alternateName": list(official.other_names),
            "jobTitle": list(dict.fromkeys(p.title for p in official.posts if p.title)),
            "affiliation": [self.employer(p) for p in official.posts if p.organization],
        }

    def employer(self, post: Post) -> Node:
        """The body of a post: one that serves a city is a government's."""
        city = self.refer("cities", post.city)
        kind = "GovernmentOrganization" if post.city else "Organization"
        return _filled({"@type": kind, "name": post.organization, "areaServed": city})

    def quotations(self, id: str) -> list[Node]:
        """The words between quotation marks; a paraphrase is the paper's, and no Quotation."""
        quotes = self.archive.officials[id].quotes
        return [self.quotation(id, quote) for quote in quotes if quote.mode == "direct"]

    def quotation(self, official: str, quote: Quote) -> Node:
        page = page_of("officials", official)
        return {
            "@type": "Quotation",
            "@id": self.at(f"{page}#{quote_anchor(quote.id)}") if quote.id else None,
            "text": quote.text,
            "creator": {"@id": self.at(page)},
            "isPartOf": self.refer("articles", quote.article),
            "about": self.refer("meetings", quote.meeting),
            "inLanguage": "zh-CN",
        }

    def breadcrumbs(self, crumbs: Sequence[Crumb]) -> list[Node]:
        if not crumbs:
            return []
        steps = [
            {"@type": "ListItem", "position": number, "name": name, "item": self.at(path)}
            for number, (name, path) in enumerate(crumbs, 1)
        ]
        return [{"@type": "BreadcrumbList", "itemListElement": steps}]


def _date(date: object) -> str | None:
    return str(date) if date else None


def _status(meeting: MeetingRecord) -> str | None:
    if meeting.state is None:
        return None
    return f"{_EVENT}{'Postponed' if meeting.state == 'postponed' else 'Scheduled'}"


def _attendance(meeting: MeetingRecord) -> str | None:
    mode = {"in-person": "Offline", "video": "Online"}.get(meeting.format or "")
    return f"https://schema.org/{mode}EventAttendanceMode" if mode else None


def _place_type(city: CityRecord) -> str:
    """A province is no City: it is known by its name's last characters."""
    is_province = (city.name or "").endswith(("省", "自治区", "特别行政区"))
    return "AdministrativeArea" if is_province else "City"
