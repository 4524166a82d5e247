"""A check of the whole site before it is written: every link and anchor on it leads somewhere."""

import posixpath
import re
from collections.abc import Container, Mapping
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from ccmeet.errors import Problem

# A literal blank in front finds its places several times faster than a class of them does.
_ATTRIBUTES = [
    re.compile(f'{blank}(href|src|action|id)="([^"]*)"') for blank in (" ", r"\n", r"\t", r"\r")
]
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_ALLOWED = ("http://", "https://", "mailto:")
_ENTITY = {"&amp;": "&", "&#34;": '"', "&#39;": "'", "&lt;": "<", "&gt;": ">"}

Wanted = tuple[str, str, str]
"""A place of the site that a page links to: its file, its anchor, the link as it is written."""


class PageLinks(NamedTuple):
    """What a page links to, the anchors it has, and what is wrong with it by itself."""

    wanted: tuple[Wanted, ...]
    anchors: tuple[str, ...]
    wrong: tuple[str, ...]


class LinkReader:
    """Reads the links of pages; `base_url` tells where links that begin with `/` start."""

    def __init__(self, base_url: str | None = None) -> None:
        self._base = urlsplit(base_url).path.rstrip("/") + "/" if base_url else "/"
        self._known: dict[tuple[int, str], Wanted | str] = {}

    def read(self, path: str, page: bytes) -> PageLinks:
        """The links of a page as the theme printed it: attributes in double quotes."""
        html = page.decode()
        found = [pair for pattern in _ATTRIBUTES for pair in pattern.findall(html)]
        ids = [_plain(value) for name, value in found if name == "id"]
        twins = sorted({id for id in ids if ids.count(id) > 1}) if len(set(ids)) < len(ids) else ()
        wrong = [f"the id {id} stands twice on the page" for id in twins]
        depth = path.count("/")
        up = "../" * depth
        wanted = []
        for link in dict.fromkeys(value for name, value in found if name != "id"):
            # The same way up to the root and down again is one place on every page so deep.
            if depth and link.startswith(up):
                place = self._known.get((depth, link))
                if place is None:
                    place = self._known[depth, link] = self._place(path, _plain(link))
            else:
                place = self._place(path, _plain(link))
            if isinstance(place, tuple):
                wanted.append(place)
            elif place:
                wrong.append(place)
        return PageLinks(tuple(wanted), tuple(ids), tuple(wrong))

    def _place(self, page: str, link: str) -> Wanted | str:
        """The place of the site that a link leads to; or what is wrong with it; "" for another
        site's address."""
        if _SCHEME.match(link):
            return "" if link.startswith(_ALLOWED) else f"a link may not lead to {link}"
        address, _, anchor = link.partition("#")
        path = unquote(address.partition("?")[0])
        if path.startswith("/"):
            target = path.removeprefix(self._base) if path.startswith(self._base) else "../"
        elif path:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
        else:
            target = page
        if page == "404.html":  # shown at any depth, it tries several ways up
            target = target.removeprefix("../" * target.count("../"))
        if target.startswith("../"):
            return f"the link {link} leaves the site"
        return target, "" if anchor.startswith(":~:") else unquote(anchor), link


def check_pages(pages: Mapping[str, PageLinks], files: Container[str]) -> tuple[Problem, ...]:
    """What is wrong with a site's links, by page: nothing, if all is well.

    Found are dead links and anchors, links that leave the site upwards, schemes other than
    http, https and mailto, and ids that stand twice on a page. A dead place is told once, with
    the first page that links to it.
    """
    found = [Problem("error", told, path) for path, page in pages.items() for told in page.wrong]
    places = {page: frozenset(links.anchors) for page, links in pages.items()}
    dead: dict[tuple[str, str], Problem] = {}
    seen: set[Wanted] = set()
    for path in sorted(pages):
        for place in pages[path].wanted:
            if place in seen:
                continue
            seen.add(place)
            target, anchor, link = place
            if target not in files:
                told = f"the link {link} leads nowhere"
            elif anchor and anchor not in places.get(target, ()):
                told = f"the link {link} leads to a place that {target} does not have"
            else:
                continue
            dead.setdefault((target, anchor), Problem("error", told, path))
    return tuple(sorted([*found, *dead.values()], key=lambda p: (p.path or "", p.message)))


def check_links(files: Mapping[str, bytes], base_url: str | None = None) -> tuple[Problem, ...]:
    """What is wrong with the links of a site that is all at hand, as `check_pages` tells it."""
    reader = LinkReader(base_url)
    pages = {path: reader.read(path, html) for path, html in files.items() if _is_page(path)}
    return check_pages(pages, files)


def _is_page(path: str) -> bool:
    return path.endswith(".html")


def _plain(value: str) -> str:
    if "&" not in value:
        return value
    for entity, char in _ENTITY.items():
        value = value.replace(entity, char)
    return value
