"""A saved HTML page: its tree becomes runs of text, meta values and what a template points at."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Comment, NavigableString, Tag

from ccmeet.errors import SourceError
from ccmeet.ingest.classes import (
    chrome_of,
    is_caption_class,
    is_credit_class,
    is_heading_class,
    is_hidden,
    is_title_class,
)
from ccmeet.ingest.density import Mark, Run, choose_body
from ccmeet.ingest.embedded import (
    as_html,
    find_embedded,
    key_of,
    read_keys,
    read_linked_data,
    read_variables,
)
from ccmeet.ingest.lines import count_han, is_chrome, is_stop
from ccmeet.outlets import Outlet, load_outlets
from ccmeet.text import HAN

MAX_TAGS = 50_000
"""Ten times what the largest news pages have."""
MAX_DEPTH = 500
"""Levels of nesting; news pages have twenty to forty."""
_HINT = "Save the page again; such nesting is no newspaper's."


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Never text of the page; and boxes that hold none of it, unless they hold nearly all:
# whole pages of ASP.NET and of one university CMS stand in a <form>.
_NO_TEXT = _set(
    """
    script style noscript template iframe select option textarea input svg object embed canvas
    audio video head title map rt rp math
    """
)
_ASIDE = _set("form button nav footer aside dialog")
_INLINE = _set(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q ruby rb s
    samp small span strike strong sub sup time tt u var wbr o:p
    """
)
_LEAVES = _set("p h1 h2 h3 h4 h5 h6 li dt dd figcaption blockquote pre")


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
    if outlet:
        return _by_template(page, soup, outlet, walk.numbers)
    return page if choose_body(page.runs) is not None else _otherwise(page, soup)


def _otherwise(page: Page, soup: BeautifulSoup) -> Page:
    """The page read again where no running text was seen: with all that was dropped, and with
    what it keeps in a <textarea> or in a script's data. A page without any stays as it is."""
    areas = (as_html(_text(tag)) for tag in soup.find_all("textarea", limit=50))
    scripts = [str(tag.string or "") for tag in soup.find_all("script", limit=200)]
    embedded = max((*areas, find_embedded(scripts)), key=count_han)
    if embedded:
        page = replace(page, metas=(*_beside(soup, scripts), *page.metas))
    for found in (embedded, ""):
        if found:
            soup.append(BeautifulSoup(found, "lxml"))
            _check_depth(soup)
        runs = tuple(_Walk(_dropped(soup, None) if found else set()).runs(soup))
        if choose_body(runs) is not None:
            return replace(page, runs=runs)
    return page


def _beside(soup: BeautifulSoup, scripts: list[str]) -> Iterator[Meta]:
    """What such a page keeps beside the text: the classes of its other <textarea>s, JSON keys."""
    for tag in soup.find_all("textarea", limit=50):
        key = next((k for k in map(key_of, _tokens(tag, "class")) if k), "")
        words = _words(tag)
        if key and words and len(words) <= 100:
            yield Meta(key, words)
    for script in scripts:
        yield from (Meta(*each) for each in read_keys(script))


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
        yield from (Meta(*each) for each in read_linked_data(tag.string or ""))
    scripts = (str(tag.string or "") for tag in soup.find_all("script", limit=200))
    yield from (Meta(*each) for each in islice(read_variables(scripts), 1))


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


_MOST = 0.6  # of a page's running text: who holds so much is no chrome


def _dropped(soup: BeautifulSoup, outlet: Outlet | None) -> set[int]:
    """The elements that are chrome by name or class, hidden, or dropped by the template.

    A box that holds a heading of the first rank, the template's body or most of the page's
    running text is none of them, whatever its class says (the body of a saved WeChat page is
    hidden until its script has run). Of comments, though, there may be more than of the article.
    """
    dropped = {id(t) for s in (outlet.drop if outlet else ()) for t in soup.select(s)}
    wanted = [t for t in [*soup.find_all("h1", limit=5)] if _words(t)]
    if outlet and (body := _first(soup, outlet.body)):
        wanted.append(body)
    kept = {id(parent) for tag in wanted for parent in (tag, *tag.parents)}
    prose = _prose(soup)
    enough = max(1.0, _MOST * prose.get(id(soup), 0))
    for tag in soup.find_all(True):
        if id(tag) in kept:
            continue
        tokens = [*_tokens(tag, "class"), *_tokens(tag, "id")]
        chrome = chrome_of(tokens)
        is_aside = chrome or _is_aside(tag) or tag.has_attr("hidden")
        is_aside = is_aside or is_hidden(
            _attr(tag, "style") if "style" in tag.attrs else "", tokens
        )
        if is_aside and (chrome == "others" or prose.get(id(tag), 0) < enough):
            dropped.add(id(tag))
    return dropped


def _is_aside(tag: Tag) -> bool:
    """A box beside the article by its name; an article's own <footer> holds its credits."""
    return tag.name in _ASIDE and not (tag.name == "footer" and tag.find_parent("article"))


def _prose(soup: BeautifulSoup) -> dict[int, int]:
    """By element how many Han characters of running text it holds."""
    held: dict[int, int] = {}
    for words in soup.find_all(string=_HAS_STOP):
        if type(words) is NavigableString and (count := count_han(words)) >= _SENTENCE:
            for parent in words.parents:
                held[id(parent)] = held.get(id(parent), 0) + count
    return held


_HAS_STOP = re.compile("[，。]")
_SENTENCE = 10  # Han characters


class _Walk:
    """One way through the tree, not by recursion; block elements are numbered as they are met."""

    def __init__(self, dropped: set[int]) -> None:
        self.numbers: dict[int, int] = {}
        self._dropped = dropped
        self._parts: list[str] = []
        self._inline: list[frozenset[str]] = []
        self._linked = 0
        self._pictured: set[int] = set()

    def runs(self, soup: BeautifulSoup) -> Iterator[Run]:
        """The page's paragraphs in order, each with the elements around it."""
        pictures = soup.select("figure img")
        self._pictured = {id(t) for p in pictures for t in p.parents if t.name == "figure"}
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
                if child.name in _NO_TEXT or id(child) in self._dropped or _is_chrome_link(child):
                    continue
                if child.name not in _INLINE:
                    yield from self._flush(around)
                    self.numbers[id(child)] = len(self.numbers) + 1
                elif "class" in child.attrs and is_credit_class(_tokens(child, "class")):
                    self._parts.append(" ")
                if child.name == "img":
                    yield from self._picture(child, around)
                around.append(child)
                left.append(iter(child.contents))
            elif type(child) is NavigableString:
                self._add(str(child), around)

    def _add(self, words: str, around: list[Tag]) -> None:
        self._parts.append(words)
        if not words.strip():
            return
        inline = frozenset(_set_as(t) for t in around[-6:] if t.name in _INLINE)
        self._inline.append(inline)
        if any(t.name == "a" for t in around):
            self._linked += len("".join(words.split()))

    def _flush(self, around: list[Tag]) -> Iterator[Run]:
        """The text since the last break."""
        raw = "".join(self._parts)
        words = _one_line(raw)
        if words:
            mark = _mark(around, self._pictured)
            if mark is None and len(words) <= _BOLD_LINE and self._is_heading(words):
                mark = "heading"
            yield self._run(words, self._linked, around, mark, _look(raw, around, self._inline))
        self._parts, self._inline, self._linked = [], [], 0

    def _is_heading(self, words: str) -> bool:
        """Whether all of a line is set bold, or by the class of a heading."""
        if all("h3" in names for names in self._inline):
            return True
        return all(names & _BOLD for names in self._inline) and not _HAS_STOP.search(words)

    def _picture(self, tag: Tag, around: list[Tag]) -> Iterator[Run]:
        """A picture's file name, so that its caption is known as one."""
        keys = ("data-src", "data-original", "data-lazy-src", "original", "_src", "src")
        source = next((_attr(tag, k) for k in keys if _attr(tag, k)), "")
        try:
            name = unquote(urlsplit(source).path).rpartition("/")[2]
        except ValueError:
            return
        yield self._run(name if _PICTURE_NAME.fullmatch(name) else "", 0, around, "image")

    def _run(
        self, words: str, linked: int, around: list[Tag], mark: Mark | None, look: str = ""
    ) -> Run:
        blocks = [t for t in around if id(t) in self.numbers]
        path = tuple(self.numbers[id(t)] for t in blocks)
        boxes = tuple(self.numbers[id(t)] for t in blocks if t.name not in _LEAVES)
        return Run(words, linked, path, boxes, mark, look, is_title_class(_near(around)))


def _set_as(tag: Tag) -> str:
    """An inline element's name, h3 where its class calls it a heading: <span class="bjh-h3">."""
    return "h3" if "class" in tag.attrs and is_heading_class(_tokens(tag, "class")) else tag.name


_BOLD = _set("b strong")
_BOLD_LINE = 40  # code points
_CHROME_LINK = 20  # code points


def _is_chrome_link(tag: Tag) -> bool:
    """A link that is a button of the site's, glued to text: 返回搜狐，查看更多; 举报."""
    if tag.name != "a":
        return False
    words = _words(tag)
    return 2 <= len(words) <= _CHROME_LINK and (is_chrome(words) or is_stop(words))


def _look(raw: str, around: list[Tag], inline: list[frozenset[str]]) -> str:
    """How a paragraph is set, so that a caption set otherwise than the text can be told."""
    block = next((t for t in reversed(around) if t.name not in _INLINE), around[0])
    indent = "indented" if raw.lstrip(" \t\r\n")[:1] in ("\u3000", "\u2003", "\xa0") else ""
    names = sorted(inline[0]) if inline else []
    parts = (block.name, _attr(block, "class"), _attr(block, "style"), _attr(block, "align"))
    return "|".join((*parts, indent, *names))


_PICTURE_NAME = re.compile(r"[\w.()（）@-]{1,100}\.(?:jpe?g|png|gif|webp|bmp)", re.IGNORECASE)


def _mark(around: list[Tag], pictured: set[int]) -> Mark | None:
    near = around[-4:]
    names = {t.name for t in near}
    if "h1" in names:
        return "title"
    if is_caption_class(_near(around)) or _is_figure_text(around, pictured):
        return "caption"
    if names & {"h2", "h3", "h4", "h5", "h6"}:
        return "heading"
    return None


def _is_figure_text(around: list[Tag], pictured: set[int]) -> bool:
    """Whether this stands in the caption of a figure with a picture in it."""
    near = around[-5:]
    is_caption = any(t.name == "figcaption" for t in near)
    return is_caption and any(id(t) in pictured for t in near)


def _near(around: list[Tag]) -> list[str]:
    """The classes of what stands closest around."""
    return [token for tag in around[-3:] for token in _tokens(tag, "class")]


_GAP_IN_CHINESE = re.compile(rf"(?<=[{HAN}，。；：、！？”》）])[ \t]*[\r\n]\s*(?=[{HAN}“《（])")


def _one_line(words: str) -> str:
    """As a browser shows it; a line break in the source between Chinese is no space."""
    words = _GAP_IN_CHINESE.sub("", words)
    return re.sub(r"[ \t\r\n\f\v\u2028\u2029\u0085]+", " ", words).strip(
        " \u3000\u00a0\u200b\ufeff"
    )


def _text(tag: Tag) -> str:
    return "".join(map(str, tag.find_all(string=True, limit=5000)))


def _words(tag: Tag | None) -> str:
    if tag is None:
        return ""
    if tag.name == "meta":
        return _one_line(_attr(tag, "content"))
    return _one_line(_text(tag))


def _attr(tag: Tag, name: str) -> str:
    value = tag.get(name)
    return " ".join(value) if isinstance(value, list) else str(value or "").strip()


def _tokens(tag: Tag, name: str) -> list[str]:
    value = tag.get(name)
    return value if isinstance(value, list) else str(value or "").split()
