"""The whole site: every page of an archive, rendered, with the theme's files and the sitemap."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

from ccmeet.errors import ContentError, Problem, raise_if_any
from ccmeet.model.archive import Archive
from ccmeet.model.records import TYPES, Record
from ccmeet.showing import calendar, feeds
from ccmeet.showing.addresses import absolute, name_of, page_of, published, titled, withdrawn
from ccmeet.showing.data import data_files, downloads, record_json
from ccmeet.showing.jsonld import home_data, record_data, script_json
from ccmeet.showing.linkcheck import Links
from ccmeet.showing.links import list_path
from ccmeet.showing.pages.area import area_page
from ccmeet.showing.pages.article import article_page
from ccmeet.showing.pages.city import city_page
from ccmeet.showing.pages.data import data_page
from ccmeet.showing.pages.document import document_page
from ccmeet.showing.pages.frame import SECTIONS, Page
from ccmeet.showing.pages.home import home_page
from ccmeet.showing.pages.lists import all_lists
from ccmeet.showing.pages.meeting import meeting_page
from ccmeet.showing.pages.official import official_page
from ccmeet.showing.pages.prose import (
    not_found_page,
    prose_page,
    redirect_page,
    withdrawn_page,
)
from ccmeet.showing.pages.search import search_page
from ccmeet.showing.pages.series import series_page
from ccmeet.showing.relations import join_records
from ccmeet.showing.render import Theme, load_theme
from ccmeet.showing.search import search_files
from ccmeet.showing.view import View
from ccmeet.showing.words import Words

RESERVED = frozenset({*SECTIONS, "search", "data", "feeds", "index", "404"})
"""Folders of the site that a page of content/pages/ may not take."""


Maker = Callable[[], Page]
Put = Callable[[str, bytes], str]
"""Takes a file of the site, path and content, and returns a token for it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A site that is about to be made: `fixed` files, and pages and records still to be printed.

    `archive` is as it stands in the files, for the records' own JSON.
    """

    archive: Archive
    theme: Theme
    fixed: Mapping[str, bytes]
    pages: tuple[Maker, ...]
    records: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Made:
    """A share of a site: for each path what `Put` returned, the sitemap's pages, the links."""

    files: dict[str, str]
    listed: list[str]
    links: Links


def plan_site(archive: Archive, theme: Path | None = None) -> Plan:
    """Everything that is known of a site before its pages are printed.

    `theme` is a project's own `templates/`. Raises TemplateError for a broken theme.
    """
    gone, archive = withdrawn(archive), published(archive)
    used = load_theme(theme, archive.site.interface)
    data = data_files(archive)
    records = tuple((kind, id) for kind in TYPES for id in archive.of(kind))
    named = titled(archive)
    fixed = used.static() | data | feeds.feed_files(named) | calendar.calendar_files(named)
    fixed |= search_files(named) | {".nojekyll": b""}
    return Plan(archive, used, fixed, page_makers(named, used.words, data, gone), records)


def print_share(plan: Plan, put: Put, share: int, shares: int) -> Made:
    """Print every `shares`th page and record file, and hand each to `put`.

    Raises TemplateError; ContentError where two files would lie at one path.
    """
    made = Made({}, [], Links(plan.archive.site.base_url))
    for make in plan.pages[share::shares]:
        page = make()
        if page.path in made.files or page.path in plan.fixed:
            raise ContentError(_twice(page.path))
        html = plan.theme.render(page)
        made.files[page.path] = put(page.path, html)
        made.links.add(page.path, html)
        if page.frame.head.index:
            made.listed.append(page.path)
    for kind, id in plan.records[share::shares]:
        path = page_of(kind, id).replace("index.html", "index.json")
        made.files[path] = put(path, record_json(plan.archive, kind, id))
    return made


def finish_site(plan: Plan, put: Put, shares: Sequence[Made]) -> dict[str, str]:
    """All paths of a site, each with what `put` returned for it.

    Raises ContentError where two files would lie at one path, or a link, an anchor or an
    evidence mark leads nowhere.
    """
    links = Links(plan.archive.site.base_url)
    files: dict[str, str] = {}
    for made in shares:
        raise_if_any(ContentError, [_twice(path) for path in made.files if path in files])
        files |= made.files
        links.join(made.links)
    robots = _for_robots(plan.archive, [path for made in shares for path in made.listed])
    rest = {**plan.fixed, **robots}
    raise_if_any(ContentError, links.check({*files, *rest}))
    return files | {path: put(path, content) for path, content in rest.items()}


def make_site(archive: Archive, theme: Path | None = None) -> dict[str, bytes]:
    """All files of the site, by their path in it. Raises as the steps that it is made of."""
    files: dict[str, bytes] = {}

    def put(path: str, content: bytes) -> str:
        files[path] = content
        return path

    plan = plan_site(archive, theme)
    finish_site(plan, put, [print_share(plan, put, 0, 1)])
    return files


def page_makers(
    archive: Archive,
    words: Words,
    data: Mapping[str, bytes],
    gone: Sequence[tuple[str, Record]] = (),
) -> tuple[Maker, ...]:
    """Every page of an archive that holds no drafts, to be made when it is called for.

    `data` are the files to take away, `gone` the records that were withdrawn, with their types.
    """
    view = View(archive, join_records(archive), words)
    makers: list[Maker] = [
        lambda: home_page(view, script_json(home_data(archive))),
        *(partial(_same, page) for page in all_lists(view)),
        lambda: search_page(view),
        lambda: data_page(view, downloads(data)),
        *record_makers(view),
    ]
    for stem, text in archive.pages.items():
        if stem in RESERVED:
            raise ContentError(_twice(list_path(stem)))
        makers.append(partial(prose_page, view, stem, text))
    makers += [
        partial(redirect_page, view, kind, alias, id)
        for kind in TYPES
        for id, record in archive.of(kind).items()
        for alias in record.aliases
    ]
    makers += [
        partial(withdrawn_page, view, kind, record, id)
        for kind, record in gone
        for id in (record.id, *record.aliases)
    ]
    makers.append(partial(not_found_page, view))
    return tuple(makers)


def _same(page: Page) -> Page:
    return page


def record_makers(view: View) -> Iterator[Maker]:
    """The page of every record, made when it is called for."""
    archive = view.archive
    pages: dict[str, Callable[..., Page]] = {
        "meetings": meeting_page,
        "series": series_page,
        "cities": city_page,
        "areas": area_page,
        "documents": document_page,
        "officials": official_page,
        "articles": article_page,
    }
    for kind, make in pages.items():
        for id in archive.of(kind):
            yield partial(_record_page, view, make, kind, id)


def _record_page(view: View, make: Callable[..., Page], kind: str, id: str) -> Page:
    archive = view.archive
    crumbs = (
        (archive.site.title, "index.html"),
        (view.words(f"nav.{kind}"), list_path(kind)),
        (name_of(archive.of(kind)[id]), page_of(kind, id)),
    )
    return make(view, archive.of(kind)[id], script_json(record_data(archive, kind, id, crumbs)))


def _twice(path: str) -> Problem:
    return Problem(
        "error",
        f"two pages would lie at {path}",
        hint="an alias or a page of content/pages/ has the name of another page; rename it",
    )


def _for_robots(archive: Archive, addresses: list[str]) -> Mapping[str, bytes]:
    """robots.txt and the sitemap (sitemaps.org 0.9).

    A search engine takes full addresses only: without `base_url` the sitemap lists the pages
    from the site's root, and robots.txt doesn't point to it.
    """
    base, robots = archive.site.base_url, "User-agent: *\nAllow: /\n"
    pages = sorted(addresses)
    if base:
        pages = [absolute(base, path) for path in pages]
        robots += f"Sitemap: {absolute(base, 'sitemap.xml')}\n"
    return {"robots.txt": robots.encode(), "sitemap.xml": _sitemap(pages).encode()}


def _sitemap(urls: list[str]) -> str:
    rows = "".join(f"<url><loc>{escape(url)}</loc></url>\n" for url in urls)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'
    )
