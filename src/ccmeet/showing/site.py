"""The whole site: every page of an archive, rendered, with the theme's files and the sitemap."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from ccmeet.errors import ContentError, Problem, raise_if_any
from ccmeet.model.archive import Archive
from ccmeet.model.records import TYPES
from ccmeet.showing.addresses import absolute, page_of, published
from ccmeet.showing.links import list_path
from ccmeet.showing.pages.area import area_page
from ccmeet.showing.pages.article import article_page
from ccmeet.showing.pages.city import city_page
from ccmeet.showing.pages.document import document_page
from ccmeet.showing.pages.frame import SECTIONS, Page
from ccmeet.showing.pages.home import home_page
from ccmeet.showing.pages.lists import all_lists
from ccmeet.showing.pages.meeting import meeting_page
from ccmeet.showing.pages.official import official_page
from ccmeet.showing.pages.prose import not_found_page, prose_page, redirect_page
from ccmeet.showing.pages.series import series_page
from ccmeet.showing.relations import join_records
from ccmeet.showing.render import load_theme
from ccmeet.showing.view import View
from ccmeet.showing.words import Words


def make_site(archive: Archive, theme: Path | None = None) -> dict[str, bytes]:
    """All files of the site, by their path in it. `theme` is a project's own `templates/`.

    Raises TemplateError for a broken theme, ContentError where two pages would lie at one path.
    """
    archive = published(archive)
    used = load_theme(theme, archive.site.interface)
    files: dict[str, bytes] = dict(used.static())
    addresses: list[str] = []
    problems = []
    for page in make_pages(archive, used.words):
        if page.path in files:
            problems.append(_twice(page.path))
        files[page.path] = used.render(page)
        if page.frame.head.index:
            addresses.append(page.path)
    raise_if_any(ContentError, problems)
    files |= _for_robots(archive, addresses)
    files[".nojekyll"] = b""
    return files


def make_pages(archive: Archive, words: Words) -> Iterator[Page]:
    """Every page of an archive that holds no drafts."""
    view = View(archive, join_records(archive), words)
    yield home_page(view)
    yield from all_lists(view)
    for meeting in archive.meetings.values():
        yield meeting_page(view, meeting)
    for series in archive.series.values():
        yield series_page(view, series)
    for city in archive.cities.values():
        yield city_page(view, city)
    for area in archive.areas.values():
        yield area_page(view, area)
    for document in archive.documents.values():
        yield document_page(view, document)
    for official in archive.officials.values():
        yield official_page(view, official)
    for article in archive.articles.values():
        yield article_page(view, article)
    for stem, text in archive.pages.items():
        yield prose_page(view, stem, text)
    for kind in TYPES:
        for id, record in archive.of(kind).items():
            for alias in record.aliases:
                yield redirect_page(view, kind, alias, id)
    yield not_found_page(view)


def _twice(path: str) -> Problem:
    return Problem(
        "error",
        f"two pages would lie at {path}",
        hint="an alias or a page of content/pages/ has the name of another page; rename it",
    )


def _for_robots(archive: Archive, addresses: list[str]) -> Mapping[str, bytes]:
    """robots.txt, and the sitemap where the site knows its address (sitemaps.org 0.9)."""
    base = archive.site.base_url
    robots = "User-agent: *\nAllow: /\n"
    if not base:
        return {"robots.txt": robots.encode(), "sitemap.xml": _sitemap(()).encode()}
    urls = tuple(absolute(base, path) for path in sorted(addresses))
    robots += f"Sitemap: {absolute(base, 'sitemap.xml')}\n"
    return {"robots.txt": robots.encode(), "sitemap.xml": _sitemap(urls).encode()}


def _sitemap(urls: tuple[str, ...]) -> str:
    rows = "".join(f"<url><loc>{escape(url)}</loc></url>\n" for url in urls)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'
    )


RESERVED = frozenset({*SECTIONS, "search", "data", "feeds", "index", "404"})
"""Folders of the site that a page of content/pages/ may not take."""


def reserved_page(stem: str) -> bool:
    """Whether a page's name is taken by a part of the site."""
    return stem in RESERVED or list_path(stem) == page_of("", stem)
