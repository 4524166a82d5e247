"""What a line of a page is by itself: credit, caption, running text, or the site's chrome."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ccmeet.ingest import lines as look
from ccmeet.ingest.credits import Credit, read_credits, read_issue
from ccmeet.ingest.names import find_names, is_person, read_byline
from ccmeet.ingest.rows import OUTLET, Kind, Line, Row
from ccmeet.ingest.settling import (
    check_article,
    drop_after_stop,
    settle_opening,
    settle_short_lines,
)
from ccmeet.ingest.stamps import Stamp, find_stamps
from ccmeet.text import HAN, Span, fold


def read_rows(folded: str, lines: Sequence[Line]) -> list[Row]:
    """What each line is. `lines` are in order and don't overlap; rows of kind `none` are chrome.

    Raises SourceError where no running text is found.
    """
    rows = [row for line in lines for row in _rows(folded, line)]
    drop_after_stop(rows)
    settle_opening(rows)
    settle_short_lines(rows)
    check_article(rows)
    return [row for row in rows if row.kind != "none"]


@lru_cache(maxsize=2048)
def read_line(words: str) -> tuple[Credit, ...]:
    """What a line says if it is one of credit; places count from its start."""
    rows = _rows_of(words)
    return tuple(credit for row in rows for credit in row.credits)


def read_leads(words: str) -> str:
    """What stands before the first credit of a line: a headline with its date run on to it."""
    rows = _rows_of(words)
    return next((row.span.of(words) for row in rows if row.kind in ("short", "headline")), "")


def _rows_of(words: str) -> list[Row]:
    folded = fold(words)
    if look.is_dateline(folded):
        return []
    return _credit_rows(folded, Span(0, len(words)), folded)


def _rows(folded: str, line: Line) -> list[Row]:
    words = line.span.of(folded)
    if line.hint:
        return [Row(line.span, words, line.hint, line.credits, is_given=True)]
    if look.is_notice(words):
        return [Row(line.span, words, "notice")]
    rows = _run_on(folded, line.span)
    is_dateline = not rows and look.is_dateline(words)
    if not rows and not is_dateline:
        rows = _credit_rows(folded, line.span, words)
    rows = rows or _signed_off(folded, line.span, is_dateline)
    rows = rows or _captioned(folded, line.span, is_dateline)
    if line.outside:
        return [row for row in rows if row.kind in ("credit", "byline")]
    return rows or [Row(line.span, words, _kind(words, is_dateline), as_text=line.as_text)]


_RUN_ON = re.compile(
    r"(?:https?://\S+[ ]{1,4})?(?P<date>(?:19|20)\d\d[-/年]\d{1,2}[-/月]\d{1,2}日?)"
    r"[ ]{0,4}(?:\d{1,2}:\d\d(?::\d\d)?)?[ ]{0,4}来源：[ ]{0,4}"
    rf"(?P<outlet>[{HAN}]{{1,8}}?(?:网站|网|报|社|台))[ ]{{0,4}}(?=\d{{1,2}}月\d{{1,2}}日|本[报网])"
)


def _run_on(folded: str, line: Span) -> list[Row]:
    """Credits that the text is run on to: 2011-11-23 13:35 来源: 临江网站11月13日,…."""
    found = _RUN_ON.match(folded, *line)
    if not found or not list(find_stamps(folded, Span(*found.span("date")))):
        return []
    credits = (
        Credit("publisher", Span(*found.span("outlet"))),
        Credit("date", Span(*found.span("date"))),
    )
    head = look.trimmed(folded, *found.span())
    rest = look.trimmed(folded, found.end(), line.end)
    words = rest.of(folded)
    kind = _kind(words, look.is_dateline(words))
    return [Row(head, head.of(folded), "credit", credits), Row(rest, words, kind)]


_LAST_CREDITS = re.compile(
    r"[。！？”）]\s{0,4}(?=(?:本报|本网)?(?:记者|通讯员|来源|作者|编辑|责编|责任编辑|文字)[：:/])"
)


def _signed_off(folded: str, line: Span, is_dateline: bool) -> list[Row]:
    """Running text with credits run on to its end: ….记者:林一舟 摄像:田野 责编:高飞."""
    tail = _LAST_CREDITS.search(folded, max(line.start, line.end - 90), line.end)
    read = read_credits(folded, Span(tail.end(), line.end)) if tail else None
    if not tail or not read or read[0].start > tail.end() or tail.start() - line.start < 19:
        return []
    head = look.trimmed(folded, line.start, tail.start() + 1)
    words = head.of(folded)
    credits = Row(Span(tail.end(), line.end), folded[tail.end() : line.end], "credit", read[1])
    return [Row(head, words, _kind(words, is_dateline)), credits]


_ADDRESS = re.compile(r"https?://[\w.-]+/[\w./?=&%#~:+-]{3,}")
"""The page's address, alone on a line."""
_LAST_SHOT = re.compile("[。！？”][ ]{0,2}(?=图为[^。\n]{2,60}。?[^。\n]{0,16}[摄图]$)")


def _captioned(folded: str, line: Span, is_dateline: bool) -> list[Row]:
    """Running text with a caption run on to its end: ….图为会场.本报记者 林一舟 摄."""
    tail = _LAST_SHOT.search(folded, max(line.start, line.end - 90), line.end)
    if not tail or tail.start() - line.start < 19:
        return []
    head, shot = Span(line.start, tail.start() + 1), Span(tail.end(), line.end)
    words = head.of(folded)
    return [
        Row(head, words, _kind(words, is_dateline)),
        Row(shot, shot.of(folded), "caption"),
    ]


def _credit_rows(folded: str, line: Span, words: str) -> list[Row]:
    """The line as a credit, with what stands before its first label as a line of its own."""
    if len(words) > 300:
        return []
    if _ADDRESS.fullmatch(words):
        return [Row(line, words, "credit", (Credit("url", line),))]
    byline = _byline_row(folded, line, words)
    if byline:
        return [byline]
    read = read_issue(folded, line) or read_credits(folded, line)
    if read:
        span, credits = read
        return [
            *_lead_rows(folded, Span(line.start, span.start)),
            *_labelled(folded, span, credits),
        ]
    return _stamp_row(folded, line, words) or _signed_title(folded, line, words)


_SHORTEST_TITLE = 6  # Han characters
_SIGNED = re.compile("[ \t]|记者|通讯员")
_TAIL = re.compile(
    rf"(?:[ \t]+|(?<=[{HAN}！？”]))(?=(?:本报|本网)?(?:记者|通讯员))"
    rf"|[ \t]+(?=[{HAN}]{{2,3}}(?:[ ]{{1,4}}[{HAN}]{{2,3}}){{0,5}}$)"
)


def _signed_title(folded: str, line: Span, words: str) -> list[Row]:
    """A headline with its reporters run on to it: …定下清单  记者蔡早勤汤华明."""
    if len(words) > look.LONG or not _SIGNED.search(words):
        return []
    tail = _TAIL.search(folded, *line)
    if not tail:
        return []
    title, rest = Span(line.start, tail.start()), Span(tail.end(), line.end)
    head = title.of(folded)
    if look.count_han(head) < _SHORTEST_TITLE or _IN_PROSE.search(head):
        return []
    byline = _byline_row(folded, rest, rest.of(folded)) or _bare_names(folded, rest)
    return [Row(title, head, "short"), byline] if byline else []


_IN_PROSE = re.compile("[。；，（【]")


def _bare_names(folded: str, rest: Span) -> Row | None:
    """Two or more names run on to a headline, and nothing else."""
    names = list(find_names(folded, rest))
    if len(names) < 2 or not all(is_person(folded, name) for name in names):
        return None
    return Row(rest, rest.of(folded), "byline", (Credit("author", rest),))


def _byline_row(folded: str, line: Span, words: str) -> Row | None:
    byline = read_byline(folded, line)
    if not byline or look.is_caption(words):
        return None
    outlet, names = byline
    found = (Credit("publisher", outlet),) if outlet else ()
    return Row(line, words, "byline", (*found, Credit("author", names)))


def _labelled(folded: str, span: Span, credits: tuple[Credit, ...]) -> Iterator[Row]:
    titles = [c.value for c in credits if c.role == "headline"]
    for title in titles[:1]:
        yield Row(title, title.of(folded), "headline")
        span = Span(title.end, max(title.end, span.end))
        credits = tuple(c for c in credits if c.role != "headline" and c.value.start >= title.end)
    if credits or not titles:
        span = look.trimmed(folded, *span)
        yield Row(span, span.of(folded), "credit" if credits else "none", credits)


def _lead_rows(folded: str, span: Span) -> Iterator[Row]:
    """What stands before the first label: a date, a byline, a headline, or the site's chrome."""
    lead = look.trimmed(folded, *span)
    words = lead.of(folded)
    if not words:
        return
    byline = _byline_row(folded, lead, words)
    dated = [] if byline else _stamp_row(folded, lead, words) or _dated_title(folded, lead)
    if byline or dated:
        yield from [byline] if byline else dated
    elif look.count_han(words) >= 8 and not look.is_chrome(words):
        yield Row(lead, words, "short")


_GLUED_CRUMBS = re.compile(r"[^。，；：！？]{0,20}?首页[^。，；：！？]{0,12}?正文")


def _dated_title(folded: str, lead: Span) -> list[Row]:
    """A headline with the site's path before it and the date run on: …正文四市会商2031-05-04."""
    stamp = next(find_stamps(folded, lead), None)
    if not stamp or stamp.whole.end < lead.end:
        return []
    crumbs = _GLUED_CRUMBS.match(folded, lead.start, stamp.whole.start)
    title = look.trimmed(folded, crumbs.end() if crumbs else lead.start, stamp.whole.start)
    words = title.of(folded)
    if look.count_han(words) < _SHORTEST_TITLE or _IN_PROSE.search(words):
        return []
    date = Credit("date", stamp.span)
    return [
        Row(title, words, "short"),
        Row(stamp.whole, stamp.whole.of(folded), "credit", (date,)),
    ]


_NOISE = re.compile(
    r"(?:https?://|www\.)[\w./-]+|\d{1,2}:\d{2}(?::\d{2})?|星期[一二三四五六日天]|周[一二三四五六日]|北京时间"
    r"|发表于[\u4e00-\u9fff]{2,4}|(?:阅读|浏览|点击|评论|人气)(?:次数|数|量)?[：\s]{0,3}[\d.]+\s?[万次+]{0,3}"
    r"|(?<=[报网])(?:数字报|电子报|电子版)|[上下]一[版期篇]"
    r"|(?:第\s?)?[A-Z]?\d{1,3}\s?版(?:[：: ]\s?(?!\w*[报网])\w{1,8})?|[^\w]+|[TZ]"
)
_PAPER = re.compile(
    rf"[{HAN}]{{2,6}}(?:日报|晚报|晨报|早报|时报|商报|都市报|新闻网|在线|广播网|发布)(?:社|客户端)?"
)


def _outlet_row(folded: str, span: Span) -> list[Row]:
    if folded[span.start : span.start + 1] in ("（", "("):
        span = Span(span.start + 1, span.end)
    words = span.of(folded)
    return (
        [Row(span, words, "credit", (Credit("outlet", span),))] if OUTLET.fullmatch(words) else []
    )


def _stamp_row(folded: str, line: Span, words: str) -> list[Row]:
    """A line that is a date, perhaps with the outlet's name: 2024-07-29 10:23 红网."""
    stamp = next(find_stamps(folded, line), None) if len(words) <= look.LONG else None
    if stamp is None and _PAPER.fullmatch(words):
        return [Row(line, words, "credit", (Credit("outlet", line),))]
    if stamp is None:
        return []
    lead = look.trimmed(folded, line.start, stamp.whole.start)
    tail = look.trimmed(folded, stamp.whole.end, line.end)
    for signed in (lead, tail):  # 临江日报 记者 龚小晓 2024.03.19
        if byline := _byline_row(folded, signed, signed.of(folded)):
            dated = Row(
                stamp.whole, stamp.whole.of(folded), "credit", (Credit("date", stamp.span),)
            )
            other = tail if signed is lead else lead
            named = _outlet_row(folded, other)
            return sorted((byline, dated, *named), key=lambda row: row.span)
    words_before = lead.of(folded).rsplit(" ", 1)
    if len(words_before) == 2 and OUTLET.fullmatch(words_before[1]):
        # 记者 李小军 临江网—临江日报 2018-12-10
        signed = look.trimmed(folded, lead.start, lead.end - len(words_before[1]))
        if byline := _byline_row(folded, signed, signed.of(folded)):
            outlet = Span(lead.end - len(words_before[1]), lead.end)
            row = Row(
                Span(outlet.start, stamp.whole.end),
                folded[outlet.start : stamp.whole.end],
                "credit",
                (Credit("outlet", outlet), Credit("date", stamp.span)),
            )
            return [byline, row]
    rest = f"{lead.of(folded)} {tail.of(folded)}"
    words_left = _NOISE.sub(" ", rest).split()
    others = [w for w in words_left if not (look.is_chrome(w) or look.is_stop(w) or w.isdecimal())]
    if not others:
        return [Row(stamp.whole, stamp.whole.of(folded), "credit", (Credit("date", stamp.span),))]
    if 1 < len(others) < 5 and (rows := _signed_stamp(folded, line, stamp, others)):
        return rows
    if len(others) > 2:
        return []
    if not OUTLET.fullmatch(others[-1]):
        # 印象临江 2024-07-29 08:12: an account's name, too short for a headline
        is_clocked = stamp.whole.end - stamp.span.end > 4
        if len(others) > 1 or not is_clocked or look.count_han(others[0]) >= _SHORTEST_TITLE:
            return []
        return [Row(stamp.whole, stamp.whole.of(folded), "credit", (Credit("date", stamp.span),))]
    at = folded.index(others[-1], line.start)
    outlet = Span(at, at + len(others[-1]))
    span = Span(min(stamp.whole.start, at), max(stamp.whole.end, outlet.end))
    found = (Credit("date", stamp.span), Credit("outlet", outlet))
    return [Row(span, span.of(folded), "credit", found)]


def _signed_stamp(folded: str, line: Span, stamp: Stamp, others: Sequence[str]) -> list[Row]:
    """要闻 临江晚报 林一舟 2023-10-26 07:48: a day beside an outlet and who wrote for it."""
    outlets = [word for word in others if OUTLET.fullmatch(word)]
    named = others[others.index(outlets[0]) + 1 :] if len(outlets) == 1 else []
    places = [Span(at, at + len(n)) for n in named if (at := folded.index(n, line.start)) >= 0]
    if not places or not all(is_person(folded, place) for place in places):
        return []
    at = folded.index(outlets[0], line.start)
    credits = (
        Credit("outlet", Span(at, at + len(outlets[0]))),
        *(Credit("author", place) for place in places),
        Credit("date", stamp.span),
    )
    return [Row(line, line.of(folded), "credit", credits)]


def _kind(words: str, is_dateline: bool) -> Kind:
    if look.is_stop(words):
        return "stop"
    if look.is_chrome(words) or look.is_translation(words):
        return "none"
    if look.is_image_name(words):
        return "image"
    if is_dateline:
        return "dateline"
    if look.is_caption(words):
        return "caption"
    if look.is_abstract(words):
        return "abstract"
    return "paragraph" if look.is_prose(words) else "short"
