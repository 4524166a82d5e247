"""The whole site: every page of an archive, rendered, with the theme's files and the sitemap."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from ccmeet.errors import ContentError, Problem, raise_if_any
from ccmeet.model.archive import Archive
from ccmeet.model.records import TYPES
from ccmeet.showing import calendar, feeds
from ccmeet.showing.addresses import absolute, name_of, page_of, published, titled
from ccmeet.showing.data import data_files, downloads, record_json
from ccmeet.showing.jsonld import home_data, record_data, script_json
from ccmeet.showing.linkcheck import check_links
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
from ccmeet.showing.pages.prose import not_found_page, prose_page, redirect_page
from ccmeet.showing.pages.search import search_page
from ccmeet.showing.pages.series import series_page
from ccmeet.showing.relations import join_records
from ccmeet.showing.render import load_theme
from ccmeet.showing.search import search_files
from ccmeet.showing.view import View
from ccmeet.showing.words import Words

RESERVED = frozenset({*SECTIONS, "search", "data", "feeds", "index", "404"})
"""Folders of the site that a page of content/pages/ may not take."""


def make_site(archive: Archive, theme: Path | None = None) -> dict[str, bytes]:
    """All files of the site, by their path in it. `theme` is a project's own `templates/`.

    Raises TemplateError for a broken theme; ContentError where two pages would lie at one path,
    or a link, an anchor or an evidence mark leads nowhere.
    """
    archive = published(archive)
    used = load_theme(theme, archive.site.interface)
    data = data_files(archive)
    files: dict[str, bytes] = used.static()
    made = dict(data)
    made |= {
        page_of(kind, id).replace("index.html", "index.json"): record_json(archive, kind, id)
        for kind in TYPES
        for id in archive.of(kind)
    }
    archive = titled(archive)
    made |= feeds.feed_files(archive) | calendar.calendar_files(archive) | search_files(archive)
    taken = set(files) | set(made)
    addresses: list[str] = []
    problems: list[Problem] = []
    for page in make_pages(archive, used.words, data):
        if page.path in taken:
            problems.append(_twice(page.path))
        taken.add(page.path)
        made[page.path] = used.render(page)
        if page.frame.head.index:
            addresses.append(page.path)
    raise_if_any(ContentError, problems)
    files |= made
    files |= _for_robots(archive, addresses)
    files[".nojekyll"] = b""
    raise_if_any(ContentError, check_links(files, archive.site.base_url))
    return files


def make_pages(archive: Archive, words: Words, data: Mapping[str, bytes]) -> Iterator[Page]:
    """Every page of an archive that holds no drafts; `data` are the files to take away."""
    view = View(archive, join_records(archive), words)
    yield home_page(view, script_json(home_data(archive)))
    yield from all_lists(view)
    yield search_page(view)
    yield data_page(view, downloads(data), (feeds.ALL, calendar.ALL))
    yield from record_pages(view)
    for stem, text in archive.pages.items():
        if stem in RESERVED:
            raise ContentError(_twice(list_path(stem)))
        yield prose_page(view, stem, text)
    for kind in TYPES:
        for id, record in archive.of(kind).items():
            for alias in record.aliases:
                yield redirect_page(view, kind, alias, id)
    yield not_found_page(view)


def record_pages(view: View) -> Iterator[Page]:
    """The page of every record."""
    archive = view.archive

    def told(kind: str, id: str) -> str:
        crumbs = (
            (archive.site.title, "index.html"),
            (view.words(f"nav.{kind}"), list_path(kind)),
            (name_of(archive.of(kind)[id]), page_of(kind, id)),
        )
        return script_json(record_data(archive, kind, id, crumbs))

    for id, meeting in archive.meetings.items():
        yield meeting_page(view, meeting, told("meetings", id))
    for id, series in archive.series.items():
        yield series_page(view, series, told("series", id))
    for id, city in archive.cities.items():
        yield city_page(view, city, told("cities", id))
    for id, area in archive.areas.items():
        yield area_page(view, area, told("areas", id))
    for id, document in archive.documents.items():
        yield document_page(view, document, told("documents", id))
    for id, official in archive.officials.items():
        yield official_page(view, official, told("officials", id))
    for id, article in archive.articles.items():
        yield article_page(view, article, told("articles", id))


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
