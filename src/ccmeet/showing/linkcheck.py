"""A check of the whole site before it is written: every link and anchor on it leads somewhere."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from ccmeet.errors import Problem

_LINK = re.compile(r'\s(?:href|src|action)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_ALLOWED = ("http://", "https://", "mailto:")
_ENTITY = {"&amp;": "&", "&#34;": '"', "&#39;": "'", "&lt;": "<", "&gt;": ">"}


def check_links(files: Mapping[str, bytes], base_url: str | None = None) -> tuple[Problem, ...]:
    """What is wrong with the links of a site, by file: nothing, if all is well.

    Found are dead links and anchors, links that leave the site upwards, schemes other than http,
    https and mailto, and ids that stand twice on a page. Pages are as the theme printed them:
    attributes in double quotes. `base_url` tells where links that begin with `/` start.
    """
    pages = {path: html.decode() for path, html in files.items() if path.endswith(".html")}
    ids = {path: _ID.findall(html) for path, html in pages.items()}
    anchors = {path: frozenset(map(_plain, found)) for path, found in ids.items()}
    base = urlsplit(base_url).path.rstrip("/") + "/" if base_url else "/"
    problems: list[Problem] = []
    for path, html in pages.items():
        problems += _twice(path, ids[path])
        for link in dict.fromkeys(_LINK.findall(html)):
            if told := _dead(path, _plain(link), files, anchors, base):
                problems.append(Problem("error", told, path))
    return tuple(problems)


def _plain(value: str) -> str:
    for entity, char in _ENTITY.items():
        value = value.replace(entity, char)
    return value


def _twice(path: str, ids: list[str]) -> Iterator[Problem]:
    if len(set(ids)) == len(ids):
        return
    for id in sorted({id for id in ids if ids.count(id) > 1}):
        yield Problem("error", f"the id {id} stands twice on the page", path)


def _dead(
    page: str,
    link: str,
    files: Mapping[str, bytes],
    anchors: Mapping[str, frozenset[str]],
    base: str,
) -> str:
    """What is wrong with one link, or nothing."""
    if _SCHEME.match(link):
        return "" if link.startswith(_ALLOWED) else f"a link may not lead to {link}"
    address, _, anchor = link.partition("#")
    path = unquote(address.partition("?")[0])
    if path.startswith("/"):
        if not path.startswith(base):
            return f"the link {link} leaves the site"
        target = path.removeprefix(base)
    elif path:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    else:
        target = page
    if target.startswith("../"):
        return f"the link {link} leaves the site"
    if target not in files:
        return f"the link {link} leads nowhere"
    if anchor and not anchor.startswith(":~:") and unquote(anchor) not in anchors.get(target, ()):
        return f"the link {link} leads to a place that {target} does not have"
    return ""
