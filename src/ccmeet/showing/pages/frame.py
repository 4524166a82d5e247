"""What stands around every page: its head, the masthead, the colophon."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar, Protocol

from ccmeet.model.records import Record, Source
from ccmeet.showing import calendar, feeds
from ccmeet.showing.addresses import absolute, page_of, web_address
from ccmeet.showing.citation import Citation, Pairs, cite_page
from ccmeet.showing.links import list_path
from ccmeet.showing.markdown import split_title
from ccmeet.showing.shown import Link, Origin, Proof, Shown
from ccmeet.showing.view import View, source_label, source_title

SECTIONS = ("meetings", "series", "cities", "areas", "documents", "officials", "articles")
"""The lists in the masthead, in its order; each is also a folder of the site."""


@dataclass(frozen=True, slots=True)
class Offer:
    """The page in another form: a feed, a calendar, its record as JSON; `media` is its type."""

    link: Link
    media: str


@dataclass(frozen=True, slots=True)
class Head:
    """A page's own words for machines. `title` and `description` are plain text.

    `canonical` is set where the site knows its address; `jsonld` is a JSON text; `metas` are
    citation_* tags, `graph` OpenGraph ones; `offers` are this page's feed, calendar and data.
    """

    title: str
    description: str
    canonical: str = ""
    jsonld: str | None = None
    metas: Pairs = ()
    graph: Pairs = ()
    offers: tuple[Offer, ...] = ()
    index: bool = True


@dataclass(frozen=True, slots=True)
class NavItem:
    link: Link
    current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The masthead and the colophon. `tally` counts the archive; `origins` are the articles
    whose words the page shows; `home` is the front page's file."""

    root: str
    lang: str
    site: str
    about_site: str
    publisher: str
    contact: str
    home: str
    nav: tuple[NavItem, ...]
    tally: tuple[Link, ...]
    footer: tuple[Link, ...]
    origins: tuple[Origin, ...]
    head: Head


class Page(Protocol):
    """A page: the file it becomes, the template that prints it, and its frame."""

    TEMPLATE: ClassVar[str]

    @property
    def path(self) -> str: ...

    @property
    def frame(self) -> Frame: ...


def make_frame(view: View, head: Head, section: str = "", articles: Iterable[str] = ()) -> Frame:
    """The frame of a page in one of the SECTIONS (or "home", "search" …)."""
    site, words = view.archive.site, view.words
    items = [("home", "index.html"), *((kind, list_path(kind)) for kind in SECTIONS)]
    nav = tuple(
        NavItem(Link(words(f"nav.{key}"), view.to(path)), key == section)
        for key, path in (*items, ("search", "search/index.html"))
    )
    counted = ("meetings", "articles", "cities", "officials", "documents")
    return Frame(
        root=view.root,
        lang=words.lang,
        site=site.title,
        about_site=site.description or words("site.description"),
        publisher=site.publisher or "",
        contact=site.contact or "",
        home=view.to("index.html"),
        nav=nav,
        tally=tuple(
            Link(words(f"count.{kind}", n=len(view.archive.of(kind))), view.to(list_path(kind)))
            for kind in counted
        ),
        footer=_footer(view),
        origins=view.origins(articles),
        head=head,
    )


def _footer(view: View) -> tuple[Link, ...]:
    own = [
        Link(split_title(stem, text)[0], view.to(list_path(stem)))
        for stem, text in view.archive.pages.items()
    ]
    return (*own, Link(view.words("nav.data"), view.to("data/index.html")))


def make_head(
    view: View,
    path: str,
    title: str,
    description: str = "",
    *,
    citation: Citation | None = None,
    jsonld: str | None = None,
    index: bool = True,
) -> Head:
    """A page's head; the site's name is added to the title."""
    site = view.archive.site
    citation = citation or cite_page(title, site, path)
    full = title if title == site.title else f"{title} · {site.title}"
    return Head(
        full,
        description or title,
        absolute(site.base_url, path),
        jsonld,
        citation.meta,
        (*citation.graph, ("og:description", description or title)),
        _offers(view, path) if index else (),
        index,
    )


_MEDIA = {"xml": "application/atom+xml", "ics": "text/calendar", "json": "application/json"}


def _offers(view: View, path: str) -> tuple[Offer, ...]:
    """What else the site has of a page: a record's JSON, a city's or an official's feed, a series'
    calendar; the front page and the data page offer everything's."""
    kind, _, rest = path.partition("/")
    id = rest.removesuffix("/index.html")
    paths: list[str] = []
    if kind in SECTIONS and view.find(kind, id):
        paths.append(page_of(kind, id).replace(".html", ".json"))
        if kind in ("cities", "officials"):
            paths.append(feeds.feed_of(kind, id))
        elif kind == "series":
            paths.append(calendar.calendar_of(id))
    elif path in ("index.html", list_path("data")):
        paths += [feeds.ALL, calendar.ALL]
    endings = ((file.rpartition(".")[2], file) for file in paths)
    return tuple(
        Offer(Link(view.words(f"offer.{end}"), view.to(file)), _MEDIA[end]) for end, file in endings
    )


@dataclass(frozen=True, slots=True)
class Line:
    """Values that share their evidence, in a row."""

    values: tuple[Shown, ...]
    proof: Proof | None


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a ledger: what it is called, its values, and a word where sources say nothing.

    `key` names the fact for themes ("date", "location"). `lines` are the values by evidence.
    """

    label: str
    values: tuple[Shown, ...]
    none: str = ""
    key: str = ""

    @property
    def lines(self) -> tuple[Line, ...]:
        lines: list[Line] = []
        row: list[Shown] = []
        for value in self.values:
            row.append(replace(value, proof=None))
            if value.proof:
                lines.append(Line(tuple(row), value.proof))
                row = []
        return (*lines, Line(tuple(row), None)) if row else tuple(lines)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a page's table of contents: the section's id and its heading."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source of a record: where it is to be read, who published it, and what we hold of it.

    `sign` is what marks of entered values print for it: S1.
    """

    id: str
    sign: str
    link: Link
    by: str
    held: bool


def source_rows(view: View, sources: Iterable[str | Source]) -> tuple[SourceRow, ...]:
    """The sources of a record as a list; their ids are what marks of entered values point to."""
    rows = []
    for number, source in enumerate(sources, 1):
        by = source_label(view, source)
        if isinstance(source, str):
            article = view.archive.articles.get(source)
            held = article is not None and article.source is not None
            rows.append(
                SourceRow(f"s-{number}", f"S{number}", view.link("articles", source), by, held)
            )
        else:
            link = Link(source_title(view, source), web_address(source.url) or None)
            rows.append(SourceRow(f"s-{number}", f"S{number}", link, by, False))
    return tuple(rows)


def articles_of(*records: Record) -> tuple[str, ...]:
    """The articles that records name as their sources."""
    return tuple(s for record in records for s in record.sources if isinstance(s, str))
