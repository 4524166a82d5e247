"""The whole site: every job of an archive done, with the theme's files and the sitemap.

What an earlier build left is taken as it stands where it was made from the same.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from ccmeet.errors import ContentError, raise_if_any
from ccmeet.model.archive import Archive
from ccmeet.showing.addresses import absolute, published, titled, withdrawn
from ccmeet.showing.jobs import Job, site_jobs, twice
from ccmeet.showing.left import NOTHING, Before, Left, LeftFile
from ccmeet.showing.linkcheck import LinkReader, check_pages
from ccmeet.showing.noted import Digests, Place, note_archive, note_relations
from ccmeet.showing.relations import join_records
from ccmeet.showing.render import Theme, load_theme
from ccmeet.showing.view import View

Put = Callable[[str, bytes], str]
"""Takes a file of the site, path and content, and returns a token for it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A site that is about to be made: `fixed` files, the jobs `todo`, what is `left` of others.

    `notes` gets the places of the archive that a job looks at, `digests` hashes them.
    """

    archive: Archive
    theme: Theme
    fixed: Mapping[str, bytes]
    todo: tuple[Job, ...]
    left: Mapping[str, Left]
    notes: set[Place]
    digests: Digests


@dataclass(frozen=True, slots=True)
class Made:
    """A share of a site: for each path what `Put` returned, and what each job made."""

    files: dict[str, str] = field(default_factory=dict)
    jobs: dict[str, Left] = field(default_factory=dict)


def plan_site(
    archive: Archive,
    theme: Path | None = None,
    before: Before = NOTHING,
    stamps: Mapping[Place, bytes] | None = None,
) -> Plan:
    """Everything that is known of a site before its pages are printed.

    `theme` is a project's own `templates/`; `before` is what an earlier build left of the same
    theme and settings, `stamps` as `Digests` takes them. Raises TemplateError for a broken theme.
    """
    gone, plain = withdrawn(archive), published(archive)
    used = load_theme(theme, archive.site.interface)
    named = titled(plain)
    relations = join_records(named)
    notes: set[Place] = set()
    view = View(note_archive(named, notes), note_relations(relations, notes), used.words)
    jobs = site_jobs(view, note_archive(plain, notes), gone)
    digests = Digests(named, relations, stamps or {})
    changed = {place for place, then in before.digests.items() if digests.of(place) != then}
    standing = {
        job.name: left
        for job in jobs
        if (left := before.jobs.get(job.name))
        if left.about == job.about and changed.isdisjoint(left.places)
    }
    todo = tuple(job for job in jobs if job.name not in standing)
    fixed = used.static() | {".nojekyll": b""}
    return Plan(plain, used, fixed, todo, standing, notes, digests)


def print_share(plan: Plan, put: Put, share: int, shares: int) -> Made:
    """Do every `shares`th job, and hand each file to `put`.

    Raises TemplateError; ContentError where two files would lie at one path.
    """
    made, reader = Made(), LinkReader(plan.archive.site.base_url)
    for job in plan.todo[share::shares]:
        plan.notes.clear()
        files = []
        for path, product in job.make():
            if path in made.files or path in plan.fixed:
                raise ContentError(twice(path))
            if isinstance(product, bytes):
                made.files[path] = put(path, product)
                files.append(LeftFile(path))
            else:
                html = plan.theme.render(product)
                made.files[path] = put(path, html)
                listed = product.frame.head.index
                files.append(LeftFile(path, listed, reader.read(path, html)))
        made.jobs[job.name] = Left(job.about, tuple(plan.notes), tuple(files))
    return made


def finish_site(plan: Plan, put: Put, shares: Sequence[Made]) -> Made:
    """All of a site, from the shares of it that were made.

    Raises ContentError where two files would lie at one path, or a link, an anchor or an
    evidence mark leads nowhere.
    """
    site = Made(jobs=dict(plan.left))
    site.files.update((file.path, "") for left in plan.left.values() for file in left.files)
    for made in shares:
        raise_if_any(ContentError, [twice(path) for path in made.files if path in site.files])
        site.files.update(made.files)
        site.jobs.update(made.jobs)
    pages = {file.path: file for left in site.jobs.values() for file in left.files if file.links}
    listed = [path for path, page in pages.items() if page.listed]
    rest = {**plan.fixed, **_for_robots(plan.archive, listed)}
    links = {path: page.links for path, page in pages.items() if page.links}
    raise_if_any(ContentError, check_pages(links, {*site.files, *rest}))
    site.files.update((path, put(path, content)) for path, content in rest.items())
    return site


def digests_of(plan: Plan, jobs: Mapping[str, Left]) -> dict[Place, bytes]:
    """The digest of each place that jobs looked at, for `write_left`."""
    places = {place for left in jobs.values() for place in left.places}
    return {place: plan.digests.of(place) for place in places}


def make_site(archive: Archive, theme: Path | None = None) -> dict[str, bytes]:
    """All files of the site, by their path in it. Raises as the steps that it is made of."""
    files: dict[str, bytes] = {}

    def put(path: str, content: bytes) -> str:
        files[path] = content
        return path

    plan = plan_site(archive, theme)
    finish_site(plan, put, [print_share(plan, put, 0, 1)])
    return files


def _for_robots(archive: Archive, addresses: Iterable[str]) -> Mapping[str, bytes]:
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
