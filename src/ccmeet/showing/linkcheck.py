"""A check of the whole site before it is written: every link and anchor on it leads somewhere."""

import posixpath
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from ccmeet.errors import Problem

_LINK = re.compile(r'\s(?:href|src|action)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_ALLOWED = ("http://", "https://", "mailto:")
_ENTITY = {"&amp;": "&", "&#34;": '"', "&#39;": "'", "&lt;": "<", "&gt;": ">"}


Wanted = dict[tuple[str, str], tuple[str, str]]
"""Places of the site that its pages link to: (path, anchor) → (a page that does, the link)."""


@dataclass(slots=True)
class Links:
    """What pages link to, and the places they have. Filled page by page, joined, checked.

    `base_url` tells where links that begin with `/` start.
    """

    base_url: str | None = None
    anchors: dict[str, tuple[str, ...]] = field(default_factory=dict)
    wanted: Wanted = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    known: set[tuple[int, str]] = field(default_factory=set)

    def add(self, path: str, page: bytes) -> None:
        """Read a page as the theme printed it: attributes in double quotes."""
        html = page.decode()
        ids = [_plain(id) for id in _ID.findall(html)]
        self.anchors[path] = tuple(ids)
        for id in sorted({id for id in ids if ids.count(id) > 1} if _has_twins(ids) else ()):
            self.problems.append(Problem("error", f"the id {id} stands twice on the page", path))
        depth = path.count("/")
        up = "../" * depth
        for link in dict.fromkeys(_LINK.findall(html)):
            # The same way up to the root and down again is one place on every page so deep.
            from_root = depth > 0 and link.startswith(up)
            if from_root:
                if (depth, link) in self.known:
                    continue
                self.known.add((depth, link))
            self._want(path, _plain(link))

    def join(self, other: "Links") -> None:
        """Take in what was read of other pages."""
        self.anchors |= other.anchors
        self.problems += other.problems
        for place, source in other.wanted.items():
            self.wanted[place] = min(source, self.wanted.get(place, source))

    def check(self, files: Container[str]) -> tuple[Problem, ...]:
        """What is wrong, by page: nothing, if all is well.

        Found are dead links and anchors, links that leave the site upwards, schemes other than
        http, https and mailto, and ids that stand twice on a page. A dead place is told once,
        with one page that links to it.
        """
        found = list(self.problems)
        anchors: dict[str, frozenset[str]] = {}
        for (target, anchor), (page, link) in self.wanted.items():
            if target not in files:
                found.append(Problem("error", f"the link {link} leads nowhere", page))
            elif anchor and not anchor.startswith(":~:"):
                there = anchors.get(target)
                if there is None:
                    there = anchors[target] = frozenset(self.anchors.get(target, ()))
                if unquote(anchor) not in there:
                    told = f"the link {link} leads to a place that {target} does not have"
                    found.append(Problem("error", told, page))
        return tuple(sorted(found, key=lambda p: (p.path or "", p.message)))

    def _want(self, page: str, link: str) -> None:
        """Note the place of the site that a link leads to, or what is wrong with it."""
        if _SCHEME.match(link):
            if not link.startswith(_ALLOWED):
                told = f"a link may not lead to {link}"
                self.problems.append(Problem("error", told, page))
            return
        base = urlsplit(self.base_url).path.rstrip("/") + "/" if self.base_url else "/"
        address, _, anchor = link.partition("#")
        path = unquote(address.partition("?")[0])
        if path.startswith("/"):
            target = path.removeprefix(base) if path.startswith(base) else "../"
        elif path:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
        else:
            target = page
        if target.startswith("../"):
            self.problems.append(Problem("error", f"the link {link} leaves the site", page))
        else:
            self.wanted.setdefault((target, anchor), (page, link))


def check_links(files: Mapping[str, bytes], base_url: str | None = None) -> tuple[Problem, ...]:
    """What is wrong with the links of a site that is all at hand, as `Links.check` tells it."""
    links = Links(base_url)
    for path, content in files.items():
        if path.endswith(".html"):
            links.add(path, content)
    return links.check(files)


def _has_twins(ids: Sequence[str]) -> bool:
    return len(set(ids)) != len(ids)


def _plain(value: str) -> str:
    for entity, char in _ENTITY.items():
        value = value.replace(entity, char)
    return value
