"""A saved HTML page: its tree becomes runs of text, meta values and what a template points at."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Comment, NavigableString, Tag

from ccmeet.errors import SourceError
from ccmeet.ingest.density import Mark, Run
from ccmeet.outlets import Outlet, load_outlets
from ccmeet.text import HAN

MAX_TAGS = 50_000
"""Ten times what the largest news pages have."""
MAX_DEPTH = 500
"""Levels of nesting; news pages have twenty to forty."""
_HINT = "Save the page again; such nesting is no newspaper's."


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NO_TEXT = _set(
    """
    script style noscript template iframe form button select option textarea input svg object embed
    canvas audio video head title nav footer aside map dialog rt rp math
    """
)
_INLINE = _set(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q ruby rb s
    samp small span strike strong sub sup time tt u var wbr o:p
    """
)
_LEAVES = _set("p h1 h2 h3 h4 h5 h6 li dt dd figcaption blockquote pre")
# Single class or id tokens of what stands on an article's page and is none of it.
_CHROME_WORDS = """
    share bdshare social relate related recommend comment comments reply sidebar breadcrumb
    breadcrumbs crumb crumbs nav navbar menu footer foot copyright advert ad ads banner pager
    pagination page-turn pageturn qrcode qr-code ewm toolbar tool-bar hot hotnews hot-news rank
    ranking tags keywords disclaimer login search searchbox search-box float popup statement
"""
_CHROME_TAILS = "list box bar area wrap wrapper cont content con news link links group s"
_CHROME = re.compile(
    rf"(?:{'|'.join(_CHROME_WORDS.split())})(?:[-_]?(?:{'|'.join(_CHROME_TAILS.split())}|\d))?",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)


class Meta(NamedTuple):
    """A value from the page's head: the meta's name, and what it says."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML page without its tags.

    `runs` are in the page's order. What a template points at, if the page is of one: `title`;
    `body`, the number of the element that holds the text, or `body_text` where that stands in
    the head; `credits`, by the template's keys; `video`, the clip's address.
    """

    runs: tuple[Run, ...]
    metas: tuple[Meta, ...]
    head_title: str
    url: Meta | None
    outlet: str = ""
    title: str = ""
    body: int | None = None
    body_text: str = ""
    credits: tuple[tuple[str, Meta], ...] = ()
    video: str = ""


_XML = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


def parse_page(text: str) -> Page:
    """Read a page's HTML. Raises SourceError for one that is too large or nested too deep."""
    if text.count("<") > MAX_TAGS:
        raise SourceError(f"the page has more than {MAX_TAGS:,} tags", hint=_HINT)
    # An XML declaration makes bs4 warn; an HTML parser has no use for it.
    soup = BeautifulSoup(_XML.sub("", text, count=1), "lxml")
    _check_depth(soup)
    metas = tuple(_metas(soup))
    url = _address(soup, metas)
    outlet = _template(soup, _host(url))
    head_title = _words(soup.title) if soup.title else ""
    walk = _Walk(_dropped(soup, outlet))
    page = Page(tuple(walk.runs(soup)), metas, head_title, url)
    return _by_template(page, soup, outlet, walk.numbers) if outlet else page


def _check_depth(soup: BeautifulSoup) -> None:
    level: list[Tag] = [soup]
    for _ in range(MAX_DEPTH):
        level = [c for tag in level for c in tag.children if isinstance(c, Tag)]
        if not level:
            return
    raise SourceError(f"the page is nested more than {MAX_DEPTH} tags deep", hint=_HINT)


# --- the head --------------------------------------------------------------------------------


def _metas(soup: BeautifulSoup) -> Iterator[Meta]:
    for tag in soup.find_all("meta", limit=300):
        name = next(
            (_attr(tag, k) for k in ("name", "property", "itemprop") if tag.has_attr(k)), ""
        )
        content = " ".join(_attr(tag, "content").split())
        if name and content and len(content) <= 2000:
            yield Meta(name, content)
    for tag in soup.find_all("time", limit=20):
        if _attr(tag, "datetime"):
            yield Meta("time datetime", _attr(tag, "datetime"))
    for tag in soup.find_all("script", type="application/ld+json", limit=20):
        yield from _linked_data(tag.string or "")


_LD_TYPES = _set("NewsArticle Article BlogPosting ReportageNewsArticle WebPage")


def _linked_data(source: str) -> Iterator[Meta]:
    """What JSON-LD says of an article: its headline, publishing date and authors."""
    if len(source) > 200_000:
        return
    try:
        data = json.loads(source)
    except (ValueError, RecursionError):
        return
    items = data if isinstance(data, list) else [data]
    graph = [g for i in items if isinstance(i, dict) for g in _listed(i.get("@graph"))]
    for item in [*items, *graph][:50]:
        if not isinstance(item, dict) or not _LD_TYPES & set(map(str, _listed(item.get("@type")))):
            continue
        for key in ("headline", "datePublished"):
            if isinstance(item.get(key), str):
                yield Meta(key, " ".join(item[key].split())[:500])
        for author in _listed(item.get("author")):
            if isinstance(author, dict) and author.get("@type") == "Person":
                yield Meta("author", str(author.get("name", "")).strip()[:100])


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


_SAVED_FROM = re.compile(r"(?:saved from url=\(\d{1,6}\)|\burl:)\s{0,4}(https?://\S{4,2000})")


def _address(soup: BeautifulSoup, metas: tuple[Meta, ...]) -> Meta | None:
    """The page's address: canonical link, og:url, or the comment that browsers save."""
    link = soup.find("link", rel="canonical")
    if isinstance(link, Tag) and _attr(link, "href").startswith("http"):
        return Meta("canonical", _attr(link, "href"))
    for meta in metas:
        if meta.name in ("og:url", "url") and meta.content.startswith("http"):
            return meta
    for comment in soup.find_all(string=lambda s: isinstance(s, Comment), limit=50):
        found = _SAVED_FROM.search(comment[:4000])
        if found:
            return Meta("saved from", found[1])
    return None


def _host(url: Meta | None) -> str:
    try:
        return (urlsplit(url.content).hostname or "") if url else ""
    except ValueError:
        return ""


# --- the template ----------------------------------------------------------------------------


def _template(soup: BeautifulSoup, host: str) -> Outlet | None:
    """The first template of the page's host that finds on it all that it needs."""
    for outlet in load_outlets():
        if outlet.is_at(host) and all(soup.select_one(s) for s in outlet.match or outlet.body):
            return outlet
    return None


def _by_template(page: Page, soup: BeautifulSoup, outlet: Outlet, numbers: dict[int, int]) -> Page:
    body = _first(soup, outlet.body)
    credits = tuple(
        (key, Meta(_attr(tag, "name") if tag.name == "meta" else "", _words(tag)))
        for key in ("source", "author", "editor", "date")
        for selector in getattr(outlet, key)
        for tag in soup.select(selector, limit=6)
        if _words(tag)
    )
    title = _first(soup, outlet.title)
    is_meta = body is not None and body.name == "meta"
    return replace(
        page,
        outlet=outlet.id,
        title=_words(title),
        body=numbers.get(id(body)),
        body_text=_words(body) if is_meta else "",
        credits=credits,
        video=_video(soup, outlet),
    )


def _first(soup: BeautifulSoup, selectors: tuple[str, ...]) -> Tag | None:
    found = (soup.select_one(selector) for selector in selectors)
    return next((tag for tag in found if tag is not None and _words(tag)), None)


def _video(soup: BeautifulSoup, outlet: Outlet) -> str:
    for suffix in outlet.video:
        form = re.compile(rf"https?:[\\/\w.%-]{{5,500}}{re.escape(suffix)}\b")
        for script in soup.find_all("script", limit=200):
            found = form.search(str(script.string or "")[:200_000])
            if found:
                return found[0].replace("\\", "")
    return ""


# --- the text --------------------------------------------------------------------------------


def _dropped(soup: BeautifulSoup, outlet: Outlet | None) -> set[int]:
    """The elements that are chrome by their class, hidden, or dropped by the template.

    A box that holds a heading of the first rank or the template's body is none of them,
    whatever its class says.
    """
    dropped = {id(t) for s in (outlet.drop if outlet else ()) for t in soup.select(s)}
    wanted = [t for t in [*soup.find_all("h1", limit=5)] if _words(t)]
    if outlet and (body := _first(soup, outlet.body)):
        wanted.append(body)
    kept = {id(parent) for tag in wanted for parent in (tag, *tag.parents)}
    for tag in soup.find_all(True):
        tokens = [*_tokens(tag, "class"), *_tokens(tag, "id")]
        hidden = "style" in tag.attrs and _HIDDEN.search(_attr(tag, "style"))
        if id(tag) not in kept and (hidden or any(map(_CHROME.fullmatch, tokens))):
            dropped.add(id(tag))
    return dropped


class _Walk:
    """One way through the tree, not by recursion; block elements are numbered as they are met."""

    def __init__(self, dropped: set[int]) -> None:
        self.numbers: dict[int, int] = {}
        self._dropped = dropped
        self._parts: list[str] = []
        self._linked = 0

    def runs(self, soup: BeautifulSoup) -> Iterator[Run]:
        """The page's paragraphs in order, each with the elements around it."""
        around: list[Tag] = [soup]
        left: list[Iterator[Any]] = [iter(soup.contents)]
        while left:
            child = next(left[-1], None)
            if child is None:
                left.pop()
                if around[-1].name not in _INLINE:
                    yield from self._flush(around)
                around.pop()
            elif isinstance(child, Tag):
                if child.name in _NO_TEXT or id(child) in self._dropped:
                    continue
                if child.name not in _INLINE:
                    yield from self._flush(around)
                    self.numbers[id(child)] = len(self.numbers) + 1
                if child.name == "img":
                    yield from self._picture(child, around)
                around.append(child)
                left.append(iter(child.contents))
            elif type(child) is NavigableString:
                self._parts.append(str(child))
                if any(t.name == "a" for t in around):
                    self._linked += len("".join(child.split()))

    def _flush(self, around: list[Tag]) -> Iterator[Run]:
        """The text since the last break."""
        words = _one_line("".join(self._parts))
        if words:
            yield self._run(words, self._linked, around, _mark(around))
        self._parts, self._linked = [], 0

    def _picture(self, tag: Tag, around: list[Tag]) -> Iterator[Run]:
        """A picture's file name, so that its caption is known as one."""
        keys = ("data-src", "data-original", "src")
        source = next((_attr(tag, k) for k in keys if _attr(tag, k)), "")
        try:
            name = unquote(urlsplit(source).path).rpartition("/")[2]
        except ValueError:
            return
        if _PICTURE_NAME.fullmatch(name):
            yield self._run(name, 0, around, "image")

    def _run(self, words: str, linked: int, around: list[Tag], mark: Mark | None) -> Run:
        blocks = [t for t in around if id(t) in self.numbers]
        path = tuple(self.numbers[id(t)] for t in blocks)
        boxes = tuple(self.numbers[id(t)] for t in blocks if t.name not in _LEAVES)
        return Run(words, linked, path, boxes, mark)


_PICTURE_NAME = re.compile(r"[\w.()（）@-]{1,100}\.(?:jpe?g|png|gif|webp|bmp)", re.IGNORECASE)


def _mark(around: list[Tag]) -> Mark | None:
    names = {t.name for t in around[-4:]}
    if "h1" in names:
        return "title"
    if "figcaption" in names:
        return "caption"
    return "heading" if names & {"h2", "h3", "h4", "h5", "h6"} else None


_GAP_IN_CHINESE = re.compile(rf"(?<=[{HAN}，。；：、！？”》）])[ \t]*[\r\n]\s*(?=[{HAN}“《（])")


def _one_line(words: str) -> str:
    """As a browser shows it; a line break in the source between Chinese is no space."""
    words = _GAP_IN_CHINESE.sub("", words)
    return re.sub(r"[ \t\r\n\f\v\u2028\u2029\u0085]+", " ", words).strip(
        " \u3000\u00a0\u200b\ufeff"
    )


def _words(tag: Tag | None) -> str:
    if tag is None:
        return ""
    if tag.name == "meta":
        return _one_line(_attr(tag, "content"))
    return _one_line("".join(map(str, tag.find_all(string=True, limit=5000))))


def _attr(tag: Tag, name: str) -> str:
    value = tag.get(name)
    return " ".join(value) if isinstance(value, list) else str(value or "").strip()


def _tokens(tag: Tag, name: str) -> list[str]:
    value = tag.get(name)
    return value if isinstance(value, list) else str(value or "").split()
