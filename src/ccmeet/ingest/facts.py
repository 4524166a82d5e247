"""Blocks and page facts from the rows of an article."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ccmeet.ingest.credits import Role
from ccmeet.ingest.names import find_names, split_source
from ccmeet.ingest.rows import Kind, Row, plain
from ccmeet.ingest.stamps import date_in_address, find_stamps, in_china, is_set
from ccmeet.lexicon.reasons import reason
from ccmeet.model.article import ArticleFacts, Block, BlockKind, Image
from ccmeet.model.fact import Fact
from ccmeet.partialdate import PartialDate
from ccmeet.text import Span

_BLOCK_KINDS: dict[Kind, BlockKind] = {
    "headline": "headline", "dateline": "dateline", "heading": "heading",
    "paragraph": "paragraph", "caption": "caption", "credit": "credit", "byline": "credit",
    "image": "credit", "notice": "notice",
}  # fmt: skip
BYLINE = "byline-line"
"""The rule of an outlet that was read from a byline, a weaker word than 来源："""


def blocks_of(rows: Sequence[Row]) -> tuple[Block, ...]:
    """The rows as blocks, in order."""
    return tuple(Block(_BLOCK_KINDS[row.kind], *row.span) for row in rows)


def facts_of(text: str, folded: str, rows: Sequence[Row]) -> ArticleFacts:
    """What the page's own lines say of the article; the first of each kind counts."""
    places = _places(folded, rows)
    publisher = _first(text, places.get("publisher", []), "credit-line")
    byline = _first(text, places.get("outlet", []), BYLINE)
    # A dateline that names another outlet, which the rules read, says more than the site's name.
    reprinted = any(r.kind == "dateline" and not _OWN.match(r.words) for r in rows)
    site = None if reprinted else _first(text, places.get("site", []), BYLINE)
    date = _date(folded, places.get("date", [])) or _date(folded, places.get("updated", []))
    return ArticleFacts(
        headline=_headline(text, folded, rows),
        url=_first(text, places.get("url", []), "credit-line"),
        publisher=publisher or byline or site,
        section=_section(text, folded, rows)
        or _first(text, places.get("section", []), "page-head"),
        author=_names(text, folded, places.get("author", [])),
        editor=_names(text, folded, places.get("editor", [])),
        date_published=date,
        notice=_first(text, [r.span for r in rows if r.kind == "notice"], "reprint-notice"),
        images=_images(text, rows),
    )


def with_address_date(page: ArticleFacts) -> ArticleFacts:
    """The facts with the date of the page's address, where the page prints none."""
    if page.date_published or not page.url:
        return page
    date = date_in_address(page.url.value, page.url.spans[0].start)
    return replace(page, date_published=date)


_OWN = re.compile(r"\s*(?:[（(][^）)]*[）)]|本[报网台刊站])")
_IS_OUTLET = re.compile("(?:日报|晚报|晨报|早报|时报|商报|都市报|快报|新闻|网|社|台|在线|客户端)$")
_NO_OUTLET = re.compile(
    r"未知|不详|网络|互联网|其他|转载|佚名|无|本站(?:原创)?|原创|待[添补核]\w|[A-Za-z]{1,3}"
)


def _places(folded: str, rows: Sequence[Row]) -> dict[Role | str, list[Span]]:
    """Where the values of each role stand; `outlet` is one that a byline names."""
    found: dict[Role | str, list[Span]] = {}
    for row in rows:
        for role, value in row.credits:
            outlet, reporters = split_source(folded, value)
            if role == "author" and reporters and _IS_OUTLET.search(outlet.of(folded)):
                found.setdefault("outlet", []).append(outlet)
            if role != "publisher":
                found.setdefault(role, []).append(value)
                continue
            if outlet.start < outlet.end and not _NO_OUTLET.fullmatch(outlet.of(folded)):
                found.setdefault("outlet" if row.kind == "byline" else role, []).append(outlet)
            if reporters:
                found.setdefault("author", []).append(reporters)
    return found


def _first(text: str, places: Sequence[Span], rule: str) -> Fact[str] | None:
    """The value that stands first, with all the places where the same words are printed."""
    if not places:
        return None
    value = places[0].of(text)
    return Fact(value, tuple(p for p in places if p.of(text) == value), rule)


def _names(text: str, folded: str, places: Sequence[Span]) -> tuple[Fact[str], ...]:
    names: dict[str, list[Span]] = {}
    for place in places:
        for name in find_names(folded, place):
            names.setdefault("".join(name.of(text).split()), []).append(name)
    return tuple(Fact(name, tuple(spans), "credit-line") for name, spans in names.items())


def _date(folded: str, places: Sequence[Span]) -> Fact[PartialDate] | None:
    for place in places:
        # The clock time stands after the value; only with it can a zone be told.
        for stamp in find_stamps(folded, Span(place.start, place.end + 40)):
            day = in_china(stamp.whole.of(folded))
            if not is_set(day or stamp.date):
                continue
            if day and day != stamp.date:
                why = reason("published.zone")
                return Fact(day, (stamp.whole,), "page-stamp", "inferred", why)
            return Fact(stamp.date, (stamp.span,), "page-stamp")
    return None


# Aggregators set a column's name before the headline: 全球报道：… The press's own (港媒看湖南|)
# stays: it is printed as part of the title.
_PREFIX = re.compile(
    r"(?:全球|环球|世界|天天|每日|今日|当前|焦点|即时|最新|实时|热点|热门|全国|速看|精选)?"
    r"(?:新|热|微|快|速)?(?:报道|快讯|资讯|头条|消息|播报|要闻|动态|热讯|速讯|短讯|快报|快播|快看|看点"
    r"|热点|热议|热文|推荐|百事通)[：:！!]\s*"
)


_HEADLINES = 6  # lines: a title seldom has more than two, and is seldom printed thrice


def _headline(text: str, folded: str, rows: Sequence[Row]) -> Fact[str] | None:
    """The headline, its lines joined by a space; where it is printed again, those places too.

    Where one line repeats the joined whole, that line is how it is printed.
    """
    places = [_bare_title(folded, r.span) for r in rows if r.kind == "headline"][:_HEADLINES]
    if not places:
        return None
    parts: list[Span] = []
    again: list[Span] = []
    whole = ""
    for place in places:
        words = plain(place.of(folded))
        repeated = bool(words) and words in whole
        (again if repeated else parts).append(place)
        whole += "" if repeated else words
    in_full = [p for p in again if plain(p.of(folded)) == whole]
    if len(parts) > 1 and in_full:
        return Fact(in_full[0].of(text), (*in_full, *parts), "headline")
    return Fact(" ".join(p.of(text) for p in parts), (*parts, *in_full), "headline")


_TAG = re.compile(
    r"【(?:[^】\n]{0,8}(?:网|报|社|台|新闻|在线|客户端|发布|讯)|[^】\n]{0,10}(?:官方|下载)[^】\n]{0,8}"
    r"|图文|组图|视频|转载|聚焦|快讯|要闻)】\s*"
)


_SITE_AFTER = re.compile(
    r"[ ]*(?:——|--|[_|｜]|[ ]-)[ ]*"
    r"\w{1,8}(?:网|日报|晚报|早报|晨报|时报|在线|频道|客户端|新闻中心)"
    r"(?:[ ]?[-_|｜—·][ ]?\w{2,12})?$"  # …_云江资讯网-专注长江信息
)
_LONGEST_SITE = 30  # code points


def _bare_title(folded: str, place: Span) -> Span:
    """Without an aggregator's column, the outlet's tag (【临江网】…), or its name behind it."""
    prefix = _PREFIX.match(folded, *place) or _TAG.match(folded, *place)
    start = prefix.end() if prefix and prefix.end() < place.end else place.start
    site = _SITE_AFTER.search(folded, max(start + 1, place.end - _LONGEST_SITE), place.end)
    return Span(start, site.start() if site else place.end)


_SECTION = re.compile(r"本文[为系是](?P<section>\w{1,10}?(?:站|频道|栏目))的?(?:原创|独家|首发)")


def _section(text: str, folded: str, rows: Sequence[Row]) -> Fact[str] | None:
    """The section that the reprint notice names: 本文为长沙站原创文章."""
    for row in rows:
        found = _SECTION.search(folded, *row.span) if row.kind == "notice" else None
        if found:
            place = Span(*found.span("section"))
            return Fact(place.of(text), (place,), "reprint-notice")
    return None


def _images(text: str, rows: Sequence[Row]) -> tuple[Image, ...]:
    images: list[Image] = []
    for row in rows:
        if row.kind == "image":
            images.append(Image(name=Fact(row.span.of(text), (row.span,), "image-name")))
        elif row.kind == "caption":
            caption = Fact(row.span.of(text), (row.span,), "image-caption")
            if images and images[-1].caption is None:
                images[-1] = replace(images[-1], caption=caption)
            else:
                images.append(Image(caption=caption))
    return tuple(images)
