"""All that a site is made of, as jobs: each makes one page, or files that belong together."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from ccmeet.errors import ContentError, Problem
from ccmeet.model.archive import Archive
from ccmeet.model.records import TYPES, ArticleRecord, Record
from ccmeet.showing import calendar, feeds
from ccmeet.showing.addresses import name_of, page_of
from ccmeet.showing.data import data_files, downloads, record_json
from ccmeet.showing.jsonld import home_data, record_data, script_json
from ccmeet.showing.links import list_path
from ccmeet.showing.pages.area import area_page
from ccmeet.showing.pages.article import article_page
from ccmeet.showing.pages.city import city_page
from ccmeet.showing.pages.data import data_page
from ccmeet.showing.pages.document import document_page
from ccmeet.showing.pages.frame import SECTIONS, Page
from ccmeet.showing.pages.home import home_page
from ccmeet.showing.pages.lists import list_pages
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
from ccmeet.showing.search import search_files
from ccmeet.showing.sentences import sentences_of, sentences_script
from ccmeet.showing.view import View

RESERVED = frozenset({*SECTIONS, "search", "data", "feeds", "index", "404"})
"""Folders of the site that a page of content/pages/ may not take."""

Product = tuple[str, Page | bytes]
"""A file of the site: its path, and a page still to be printed or what the file holds."""


@dataclass(frozen=True, slots=True)
class Job:
    """A part of the site still to be made. `name` is its own; `about` is what it was given beside
    the archive's tables, as text."""

    name: str
    make: Callable[[], Iterable[Product]]
    about: str = ""


def site_jobs(
    view: View, plain: Archive, gone: Sequence[tuple[str, Record]] = ()
) -> tuple[Job, ...]:
    """Every job of a site. `view` is of an archive without drafts whose meetings are all titled,
    `plain` the same as it stands in the files; `gone` are withdrawn records with their types."""
    return (
        # The longest come first, so that no process is left alone with one in the end.
        Job("search", partial(_search, view.archive)),
        Job("data", partial(_data, view, plain)),
        _page_job("home", partial(_home, view)),
        *(Job(f"list of {kind}", partial(_list, view, kind)) for kind in SECTIONS),
        *_record_jobs(view, plain),
        *_feed_jobs(view),
        *_prose_jobs(view, gone),
    )


def _page_job(name: str, make: Callable[[], Page], about: str = "") -> Job:
    def made() -> Iterator[Product]:
        page = make()
        yield page.path, page

    return Job(name, made, about)


def _search(archive: Archive) -> Iterable[Product]:
    return search_files(archive).items()


def _data(view: View, plain: Archive) -> Iterator[Product]:
    files = data_files(plain)
    yield from files.items()
    page = data_page(view, downloads(files))
    yield page.path, page


def _home(view: View) -> Page:
    return home_page(view, script_json(home_data(view.archive)))


def _list(view: View, kind: str) -> Iterator[Product]:
    for page in list_pages(view, kind):
        yield page.path, page


def _record_jobs(view: View, plain: Archive) -> Iterator[Job]:
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
        for id in plain.of(kind):
            yield Job(page_of(kind, id), partial(_record, view, plain, make, kind, id))


def _record(
    view: View, plain: Archive, make: Callable[..., Page], kind: str, id: str
) -> Iterator[Product]:
    archive = view.archive
    record = archive.of(kind)[id]
    crumbs = (
        (archive.site.title, "index.html"),
        (view.words(f"nav.{kind}"), list_path(kind)),
        (name_of(record), page_of(kind, id)),
    )
    told = record_data(archive, view.relations, kind, id, crumbs)
    yield page_of(kind, id), make(view, record, script_json(told))
    yield page_of(kind, id).replace("index.html", "index.json"), record_json(plain, kind, id)
    if isinstance(record, ArticleRecord):
        yield sentences_of(id), sentences_script(view, record)


def _feed_jobs(view: View) -> Iterator[Job]:
    archive, relations = view.archive, view.relations

    def job(path: str, make: Callable[[], bytes]) -> Job:
        return Job(path, lambda: ((path, make()),))

    yield job(feeds.ALL, partial(feeds.whole_feed, archive))
    yield job(calendar.ALL, partial(calendar.whole_calendar, archive))
    for id in archive.cities:
        yield job(feeds.feed_of("cities", id), partial(feeds.city_feed, archive, relations, id))
    for id in archive.officials:
        yield job(feeds.feed_of("officials", id), partial(feeds.official_feed, archive, id))
    for id in archive.series:
        path = calendar.calendar_of(id)
        yield job(path, partial(calendar.series_calendar, archive, relations, id))


def _prose_jobs(view: View, gone: Sequence[tuple[str, Record]]) -> Iterator[Job]:
    """Pages that people wrote, and those that say where something went."""
    yield _page_job("search page", partial(search_page, view))
    yield _page_job("not found", partial(not_found_page, view))
    for stem, text in view.archive.pages.items():
        if stem in RESERVED:
            raise ContentError(twice(list_path(stem)))
        yield _page_job(list_path(stem), partial(prose_page, view, stem, text), text)
    for kind in TYPES:
        for id, record in view.archive.of(kind).items():
            for alias in record.aliases:
                moved = partial(redirect_page, view, kind, alias, id)
                yield _page_job(f"{page_of(kind, alias)} of {id}", moved)
    for kind, record in gone:
        for id in (record.id, *record.aliases):
            taken = partial(withdrawn_page, view, kind, record, id)
            yield _page_job(f"{page_of(kind, id)} withdrawn", taken, repr(record))


def twice(path: str) -> Problem:
    return Problem(
        "error",
        f"two pages would lie at {path}",
        hint="an alias or a page of content/pages/ has the name of another page; rename it",
    )
