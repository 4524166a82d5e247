"""From lines to an article: which line is headline, credit, caption, running text, or nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from ccmeet.errors import SourceError
from ccmeet.ingest import lines as look
from ccmeet.ingest.credits import (
    Credit,
    Role,
    find_names,
    read_byline,
    read_credits,
    split_source,
)
from ccmeet.ingest.stamps import find_stamps
from ccmeet.model.article import ArticleFacts, Block, BlockKind, Image
from ccmeet.model.fact import Fact
from ccmeet.partialdate import PartialDate
from ccmeet.text import Span

Kind = Literal[
    "headline", "dateline", "heading", "paragraph", "caption", "credit", "notice",
    "image", "short", "abstract", "stop", "none",
]  # fmt: skip


class Line(NamedTuple):
    """A line of a page, without the space around it, and what its page says it is, if anything."""

    span: Span
    hint: Kind | None = None
    adjacent: bool = False  # no blank line before it


@dataclass(slots=True)
class _Row:
    """A line while it is being understood."""

    span: Span
    words: str
    kind: Kind
    adjacent: bool
    credits: tuple[Credit, ...] = ()


@dataclass(slots=True)
class _Found:
    """What the credit lines say, in the order of the page."""

    values: dict[Role, list[Span]] = field(default_factory=dict)

    def add(self, role: Role, value: Span) -> None:
        places = self.values.setdefault(role, [])
        if value.start < value.end and value not in places:
            places.append(value)

    def of(self, role: Role) -> list[Span]:
        return self.values.get(role, [])


def lay_out(
    text: str, folded: str, lines: Sequence[Line]
) -> tuple[tuple[Block, ...], ArticleFacts]:
    """Divide a page's lines into blocks, and read what the page says of the article.

    `lines` are in order and don't overlap. Raises SourceError where no running text is found.
    """
    rows = [row for line in lines for row in _rows(folded, line)]
    _drop_after_stop(rows)
    _settle_opening(rows)
    _settle_short_lines(rows)
    if not any(r.kind in ("paragraph", "dateline") for r in rows):
        _rescue(rows)
    facts = _facts(text, folded, rows)
    return _blocks(rows), facts


# --- a line by itself --------------------------------------------------------------------------


def _rows(folded: str, line: Line) -> list[_Row]:
    words = line.span.of(folded)
    if line.hint:
        return [_Row(line.span, words, line.hint, line.adjacent)]
    if look.is_notice(words):
        return [_Row(line.span, words, "notice", line.adjacent)]
    credit = _credit_rows(folded, line, words)
    return credit or [_Row(line.span, words, _kind(words), line.adjacent)]


def _credit_rows(folded: str, line: Line, words: str) -> list[_Row]:
    """The line as a credit, with what stands before its first label as a line of its own."""
    if len(words) > 300 or look.is_dateline(words):
        return []
    read = read_credits(folded, line.span)
    if read:
        span, credits = read
        return _with_lead(folded, line, span, credits)
    byline = read_byline(folded, line.span)
    if byline and not look.is_caption(words):
        outlet, names = byline
        found = (Credit("publisher", outlet),) if outlet else ()
        return [_Row(line.span, words, "credit", line.adjacent, (*found, Credit("author", names)))]
    return _stamp_row(folded, line, words)


_NOISE = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2})?|星期[一二三四五六日天]|周[一二三四五六日]|北京时间|[^\w]+|[TZ]"
)
_OUTLET_NAME = re.compile(
    r"[\w·]{0,14}(?:网|报|社|台|在线|新闻|时刻|客户端|频道|发布|头条|杂志|周刊)"
)


def _with_lead(folded: str, line: Line, span: Span, credits: tuple[Credit, ...]) -> list[_Row]:
    lead = look.trimmed(folded, line.span.start, span.start)
    stamps = list(find_stamps(folded, lead))
    if stamps:
        credits = (Credit("date", stamps[0].span), *credits)
        span = Span(stamps[0].span.start, span.end)
        lead = look.trimmed(folded, line.span.start, span.start)
    rows = []
    if look.count_han(lead.of(folded)) >= 8 and not look.is_chrome(lead.of(folded)):
        rows.append(_Row(lead, lead.of(folded), "short", line.adjacent))
    kind: Kind = "credit" if credits else "none"
    rows.append(_Row(span, span.of(folded), kind, bool(rows) or line.adjacent, credits))
    return rows


def _stamp_row(folded: str, line: Line, words: str) -> list[_Row]:
    """A line that is a date, perhaps with the outlet's name: 2024-07-29 10:23 红网."""
    if len(words) > 60:
        return []
    stamps = list(find_stamps(folded, line.span))
    if not stamps:
        return []
    stamp = stamps[0]
    rest = (
        folded[line.span.start : stamp.whole.start] + " " + folded[stamp.whole.end : line.span.end]
    )
    others = [w for w in _NOISE.sub(" ", rest).split() if not look.is_chrome(w)]
    found = [Credit("date", stamp.span)]
    span = stamp.whole
    if len(others) == 1 and _OUTLET_NAME.fullmatch(others[0]):
        at = folded.find(others[0], line.span.start)
        found.append(Credit("publisher", Span(at, at + len(others[0]))))
        span = Span(min(span.start, at), max(span.end, at + len(others[0])))
    elif others:
        return []
    return [_Row(look.trimmed(folded, *span), words, "credit", line.adjacent, tuple(found))]


def _kind(words: str) -> Kind:
    if look.is_stop(words):
        return "stop"
    if look.is_chrome(words) or look.is_translation(words):
        return "none"
    if look.is_image_name(words):
        return "image"
    if look.is_dateline(words):
        return "dateline"
    if look.is_caption(words):
        return "caption"
    if look.is_abstract(words):
        return "abstract"
    return "paragraph" if look.is_prose(words) else "short"


# --- lines among each other --------------------------------------------------------------------


def _drop_after_stop(rows: list[_Row]) -> None:
    """After a list of other articles begins, only editors, links and notices are still ours."""
    seen_body = stopped = False
    for row in rows:
        if row.kind == "stop":
            stopped, row.kind = stopped or seen_body, "none"
        elif stopped:
            _keep_only_closing(row)
        seen_body = seen_body or row.kind in ("paragraph", "dateline")


def _keep_only_closing(row: _Row) -> None:
    row.credits = tuple(c for c in row.credits if c.role in ("editor", "url"))
    if not row.credits and row.kind != "notice":
        row.kind = "none"


def _settle_opening(rows: list[_Row]) -> None:
    """Find the headline among the short lines that stand before the running text."""
    first = next((i for i, r in enumerate(rows) if r.kind in ("paragraph", "dateline")), len(rows))
    if any(r.kind == "headline" for r in rows):
        _same_headline_again(rows[:first])
        return
    candidates = [r for r in rows[:first] if r.kind == "short" and _can_be_headline(r.words)]
    _drop_captions(rows[:first])
    candidates = [r for r in candidates if r.kind == "short"]
    if not candidates:
        return
    head = next((r for r in candidates if look.count_han(r.words) >= 10), None)
    head = head or max(candidates, key=lambda r: look.count_han(r.words))
    head.kind = "headline"
    for row in rows[: next(i for i, r in enumerate(rows) if r is head)]:
        row.kind = "none" if row.kind == "short" and row.words != head.words else row.kind
    for row in _continuations(rows[:first], head):
        row.kind = "headline"
    _same_headline_again(rows[:first])


def _drop_captions(opening: Sequence[_Row]) -> None:
    for picture, row in zip(opening, opening[1:], strict=False):
        if picture.kind == "image" and row.kind == "short" and look.count_han(row.words) >= 24:
            row.kind = "caption"


_SITE_NAME = re.compile(
    r"\S{0,14}(?:网|网站|门户|频道|官网|首页|中心|客户端|在线|之窗|平台|论坛|专栏|要闻|动态)"
)


def _can_be_headline(words: str) -> bool:
    return 6 <= look.count_han(words) and len(words) <= 90 and not _SITE_NAME.fullmatch(words)


def _continuations(opening: Sequence[_Row], head: _Row) -> list[_Row]:
    """The lines right after the headline's first that are the rest of it: no subtitle (——…)."""
    place = next(i for i, r in enumerate(opening) if r is head)
    rest: list[_Row] = []
    for row in opening[place + 1 : place + 3]:
        length = len(head.words) + sum(len(r.words) for r in rest) + len(row.words)
        same = _plain(row.words) == _plain(head.words)
        fits = row.kind == "short" and length <= 80 and look.count_han(row.words) >= 4
        if not fits or same or re.match(r"[—–\-―（(【]", row.words):
            break
        rest.append(row)
    return rest


def _same_headline_again(opening: Sequence[_Row]) -> None:
    whole = _plain("".join(r.words for r in opening if r.kind == "headline"))
    for row in opening:
        if row.kind == "short" and len(row.words) > 5 and _plain(row.words) in whole:
            row.kind = "headline"


def _plain(words: str) -> str:
    return re.sub(r"\W", "", words)


_RUN = 5  # so many short lines in a row are a menu, no headings


def _settle_short_lines(rows: list[_Row]) -> None:
    """Short lines amid running text are headings; after it, or in long rows, a menu."""
    body = [i for i, r in enumerate(rows) if r.kind in ("paragraph", "dateline")]
    first, last = (body[0], body[-1]) if body else (0, -1)
    for i, row in enumerate(rows):
        if row.kind == "abstract":
            row.kind = "none"
        if row.kind != "short":
            continue
        before = rows[i - 1].words if i else ""
        if i and rows[i - 1].kind == "image" and _looks_like_caption(row.words):
            row.kind = "caption"
        elif i > first and (look.is_enumerated(row.words) or before.endswith(("：", ":"))):
            row.kind = "paragraph" if not _is_heading(rows, i, last) else "heading"
        else:
            row.kind = "heading" if _is_heading(rows, i, last) else "none"
    for picture, row in zip(rows, rows[1:], strict=False):
        if picture.kind == "image" and row.kind == "paragraph" and _looks_like_caption(row.words):
            row.kind = "caption"


def _looks_like_caption(words: str) -> bool:
    """A single sentence of moderate length, right after a picture."""
    stops = len(re.findall(r"[。！？；]", words))
    return (
        stops == 1 and len(words) <= LONG_CAPTION or (not stops and 24 < len(words) <= LONG_CAPTION)
    )


LONG_CAPTION = 70


def _is_heading(rows: Sequence[_Row], i: int, last: int) -> bool:
    """Whether a short line heads the running text after it, and is not one of a menu."""
    start = end = i
    while start and rows[start - 1].kind in ("short", "heading"):
        start -= 1
    while end + 1 < len(rows) and rows[end + 1].kind == "short":
        end += 1
    return i < last and end - start + 1 < _RUN and look.count_han(rows[i].words) >= 2


def _rescue(rows: Sequence[_Row]) -> None:
    """A text without one sentence that ends: its abstract or longest lines, or no article."""
    raise SourceError(
        "no article in it: not one paragraph of running text was found",
        hint="Save the article's own page, after it has loaded, or paste its text.",
    )


# --- what it comes to --------------------------------------------------------------------------

_BLOCK_KINDS: dict[Kind, BlockKind] = {
    "headline": "headline", "dateline": "dateline", "heading": "heading",
    "paragraph": "paragraph", "caption": "caption", "credit": "credit", "notice": "notice",
    "image": "credit",
}  # fmt: skip


def _blocks(rows: Sequence[_Row]) -> tuple[Block, ...]:
    kinds = [(row, _BLOCK_KINDS.get(row.kind)) for row in rows]
    return tuple(Block(kind, *row.span) for row, kind in kinds if kind)


def _facts(text: str, folded: str, rows: Sequence[_Row]) -> ArticleFacts:
    found = _Found()
    for row in rows:
        for role, value in row.credits:
            if role != "publisher":
                found.add(role, value)
                continue
            outlet, reporters = split_source(folded, value)
            found.add("publisher", outlet)
            if reporters:
                found.add("author", reporters)
    return ArticleFacts(
        headline=_headline(text, folded, rows),
        url=_first(text, found.of("url"), "credit-line"),
        publisher=_first(text, found.of("publisher"), "credit-line"),
        section=_section(text, folded, rows),
        author=_names(text, folded, found.of("author")),
        editor=_names(text, folded, found.of("editor")),
        date_published=_date(folded, found.of("date")),
        notice=_first(text, [r.span for r in rows if r.kind == "notice"], "reprint-notice"),
        images=_images(text, rows),
    )


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
            names.setdefault(re.sub(r"\s+", "", name.of(text)), []).append(name)
    return tuple(Fact(name, tuple(spans), "credit-line") for name, spans in names.items())


def _date(folded: str, places: Sequence[Span]) -> Fact[PartialDate] | None:
    for place in places:
        for stamp in find_stamps(folded, place):
            return Fact(stamp.date, (stamp.span,), "page-stamp")
    return None


_PREFIX = re.compile(
    r"(?:全球|环球|世界|天天|每日|今日|当前|焦点|即时|最新|实时|热点|热门|全国|快讯|速看|精选|观|要闻)?"
    r"(?:报道|快讯|资讯|头条|消息|播报|要闻|动态|热讯|速讯|短讯|快报|快播|快看|看点|热点|热议|热文|热推荐|微速讯|新动态|新消息|新资讯|热消息|聚看点|百事通)"
    r"[：:！!]\s*"
)
_BYLINE_TAIL = re.compile(r"\s+(?:本报|本网)?(?:记者|通讯员)\s?\S+(?:\s\S{2,4}){0,4}$")


def _headline(text: str, folded: str, rows: Sequence[_Row]) -> Fact[str] | None:
    places = [r.span for r in rows if r.kind == "headline"]
    if not places:
        return None
    parts: list[Span] = []
    again: list[Span] = []
    whole = ""
    for place in places:
        part = _without_prefix(folded, place)
        repeated = bool(whole) and _plain(part.of(folded)) in whole
        (again if repeated else parts).append(part)
        whole += _plain(part.of(folded))
    return Fact(" ".join(p.of(text) for p in parts), (*parts, *again), "headline")


def _without_prefix(folded: str, place: Span) -> Span:
    """Without an aggregator's 全球报道： before it and reporters after it; 港媒看湖南| stays."""
    prefix = _PREFIX.match(folded, *place)
    start = prefix.end() if prefix and prefix.end() < place.end else place.start
    tail = _BYLINE_TAIL.search(folded, start, place.end)
    return Span(start, tail.start() if tail else place.end)


_SECTION = re.compile(
    r"本文[为系是](?P<section>\w{1,10}?(?:站|频道|栏目|分站))(?:的)?(?:原创|独家|首发)"
)


def _section(text: str, folded: str, rows: Sequence[_Row]) -> Fact[str] | None:
    for row in rows:
        found = _SECTION.search(folded, *row.span) if row.kind == "notice" else None
        if found:
            place = Span(*found.span("section"))
            return Fact(place.of(text), (place,), "reprint-notice")
    return None


def _images(text: str, rows: Sequence[_Row]) -> tuple[Image, ...]:
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
