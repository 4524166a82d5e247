"""Which line of a page is headline, credit, caption, running text, or no part of the article."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from ccmeet.errors import SourceError
from ccmeet.ingest import lines as look
from ccmeet.ingest.credits import Credit, read_credits, read_issue
from ccmeet.ingest.names import find_names, is_person, read_byline
from ccmeet.ingest.stamps import find_stamps
from ccmeet.text import HAN, Span, fold

Kind = Literal[
    "headline", "dateline", "heading", "paragraph", "caption", "credit", "byline", "notice",
    "image", "short", "abstract", "stop", "none",
]  # fmt: skip


class Line(NamedTuple):
    """A line of a page, without the space around it, and what its page says it is, if anything.

    `outside` says that it stands beside the article, where only credits and notices are its own;
    `as_text` that it is set as the running text is, and no caption though a picture precedes it.
    """

    span: Span
    hint: Kind | None = None
    credits: tuple[Credit, ...] = ()
    outside: bool = False
    as_text: bool = False


@dataclass(slots=True)
class Row:
    """A line, or a part of one, while it is being understood; `words` are folded.

    `is_given` says that its page told what it is, not its place or looks.
    """

    span: Span
    words: str
    kind: Kind
    credits: tuple[Credit, ...] = ()
    as_text: bool = False
    is_given: bool = False


def read_rows(folded: str, lines: Sequence[Line]) -> list[Row]:
    """What each line is. `lines` are in order and don't overlap; rows of kind `none` are chrome.

    Raises SourceError where no running text is found.
    """
    rows = [row for line in lines for row in _rows(folded, line)]
    _drop_after_stop(rows)
    _settle_opening(rows)
    _settle_short_lines(rows)
    _check_article(rows)
    return [row for row in rows if row.kind != "none"]


@lru_cache(maxsize=2048)
def read_line(words: str) -> tuple[Credit, ...]:
    """What a line says if it is one of credit; places count from its start."""
    folded = fold(words)
    rows = _credit_rows(folded, Span(0, len(words)), folded)
    return tuple(credit for row in rows for credit in row.credits)


def read_leads(words: str) -> str:
    """What stands before the first credit of a line: a headline with its date run on to it."""
    folded = fold(words)
    rows = _credit_rows(folded, Span(0, len(words)), folded)
    return next((row.span.of(words) for row in rows if row.kind in ("short", "headline")), "")


# --- a line by itself --------------------------------------------------------------------------


def _rows(folded: str, line: Line) -> list[Row]:
    words = line.span.of(folded)
    if line.hint:
        return [Row(line.span, words, line.hint, line.credits, is_given=True)]
    if look.is_notice(words):
        return [Row(line.span, words, "notice")]
    rows = _credit_rows(folded, line.span, words)
    if line.outside:
        return [row for row in rows if row.kind in ("credit", "byline")]
    return rows or [Row(line.span, words, _kind(words), as_text=line.as_text)]


def _credit_rows(folded: str, line: Span, words: str) -> list[Row]:
    """The line as a credit, with what stands before its first label as a line of its own."""
    if len(words) > 300 or look.is_dateline(words):
        return []
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
    return _stamp_row(folded, line, words) or _signed_title(folded, line)


_SHORTEST_TITLE = 6  # Han characters
_TAIL = re.compile(
    rf"(?:[ \t]+|(?<=[{HAN}！？”]))(?=(?:本报|本网)?(?:记者|通讯员))"
    rf"|[ \t]+(?=[{HAN}]{{2,3}}(?:[ ]{{1,4}}[{HAN}]{{2,3}}){{0,5}}$)"
)


def _signed_title(folded: str, line: Span) -> list[Row]:
    """A headline with its reporters run on to it: …定下清单  记者蔡早勤汤华明."""
    tail = _TAIL.search(folded, *line)
    if not tail or line.end - line.start > look.LONG:
        return []
    title, rest = Span(line.start, tail.start()), Span(tail.end(), line.end)
    words = title.of(folded)
    if look.count_han(words) < _SHORTEST_TITLE or _IN_PROSE.search(words):
        return []
    byline = _byline_row(folded, rest, rest.of(folded)) or _bare_names(folded, rest)
    return [Row(title, title.of(folded), "short"), byline] if byline else []


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
    dated = [] if byline else _stamp_row(folded, lead, words)
    if byline or dated:
        yield from [byline] if byline else dated
    elif look.count_han(words) >= 8 and not look.is_chrome(words):
        yield Row(lead, words, "short")


_NOISE = re.compile(
    r"(?:https?://|www\.)[\w./-]+|\d{1,2}:\d{2}(?::\d{2})?|星期[一二三四五六日天]|周[一二三四五六日]|北京时间"
    r"|发表于[\u4e00-\u9fff]{2,4}|(?:阅读|浏览|点击|评论|人气)(?:次数|数|量)?[：\s]{0,3}[\d.]+\s?[万次+]{0,3}"
    r"|(?:第\s?)?[A-Z]?\d{1,3}\s?版(?:[：:]\s?\w{1,8})?|[^\w]+|[TZ]"
)
_OUTLET = re.compile(
    r"[\w·]{0,14}(?:网|报|社|台|在线|新闻|时刻|客户端|频道|发布|头条|杂志|周刊|信息港|热线"
    r"|论坛|之窗|之声|融媒体中心)"
)


_PAPER = re.compile(
    rf"[{HAN}]{{2,6}}(?:日报|晚报|晨报|早报|时报|商报|都市报|新闻网|在线|广播网|发布)(?:社|客户端)?"
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
            return sorted((byline, dated), key=lambda row: row.span)
    rest = f"{lead.of(folded)} {tail.of(folded)}"
    words_left = _NOISE.sub(" ", rest).split()
    others = [w for w in words_left if not (look.is_chrome(w) or look.is_stop(w) or w.isdecimal())]
    if not others:
        return [Row(stamp.whole, stamp.whole.of(folded), "credit", (Credit("date", stamp.span),))]
    if len(others) > 2 or not _OUTLET.fullmatch(others[-1]):
        return []
    at = folded.index(others[-1], line.start)
    outlet = Span(at, at + len(others[-1]))
    span = Span(min(stamp.whole.start, at), max(stamp.whole.end, outlet.end))
    found = (Credit("date", stamp.span), Credit("outlet", outlet))
    return [Row(span, span.of(folded), "credit", found)]


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


def _is_body(row: Row) -> bool:
    return row.kind in ("paragraph", "dateline")


def _drop_after_stop(rows: Sequence[Row]) -> None:
    """After a list of other articles begins, only editors, links and notices are still ours."""
    seen_body = stopped = False
    signed_off = _signed_off(rows)
    for i, row in enumerate(rows):
        if row.kind == "stop":
            stopped, row.kind = stopped or seen_body, "none"
        elif stopped and not (row.is_given and row.credits):
            row.credits = tuple(c for c in row.credits if c.role in ("editor", "url", "original"))
            row.kind = row.kind if row.credits or row.kind == "notice" else "none"
        seen_body = seen_body or _is_body(row)
        stopped = stopped or i == signed_off


def _signed_off(rows: Sequence[Row]) -> int | None:
    """The first line that names an editor after most of the running text, if there is one.

    What follows it is no article's: readers' comments, the site's telephone number.
    """
    total = sum(look.count_han(row.words) for row in rows if _is_body(row))
    seen = 0
    for i, row in enumerate(rows):
        seen += look.count_han(row.words) if _is_body(row) else 0
        if 3 * seen > 2 * total and any(credit.role == "editor" for credit in row.credits):
            return i
    return None


_OPENING = 200  # lines before the running text, the site's menus included


def _settle_opening(rows: Sequence[Row]) -> None:
    """Find the headline among the short lines that stand before the running text."""
    first = next((i for i, r in enumerate(rows) if _is_body(r)), len(rows))
    opening = rows[max(0, first - _OPENING) : first]
    for picture, row in pairwise(opening):
        is_below = picture.kind == "image" and row.kind == "short" and not row.as_text
        if is_below and look.count_han(row.words) >= 24:
            row.kind = "caption"
    place = 0
    if not any(r.kind == "headline" for r in opening):
        candidates = [r for r in opening if r.kind == "short" and is_headline(r.words)]
        if not candidates:
            return
        full = (r for r in candidates if look.count_han(r.words) >= 10)
        head = next(full, max(candidates, key=lambda r: look.count_han(r.words)))
        place = next(i for i, r in enumerate(opening) if r is head)
        if place and _begins(opening[place - 1], head):
            place, head = place - 1, opening[place - 1]
        for row in (head, *_continuations(opening[place:])):
            row.kind = "headline"
    title = plain("".join(r.words for r in opening if r.kind == "headline"))
    for i, row in enumerate(opening):
        if row.kind == "short":
            again = look.count_han(row.words) >= 6 and plain(row.words) in title
            row.kind = "headline" if again else "none" if i < place else "short"


_SITE_NAME = re.compile(
    r"\S{0,14}(?:网|网站|门户|频道|官网|首页|中心|客户端|在线|之窗|平台|论坛|专栏|要闻|动态)"
)


def is_headline(words: str) -> bool:
    """Whether a short line can be a headline: neither a site's name nor a menu's word."""
    fits = look.count_han(words) >= 6 and len(words) <= 90
    return fits and not _SITE_NAME.fullmatch(words)


_OFFICE = re.compile(r"\S*(?:政府|委员会|委|局|厅|办|部|会|公司|学院)")


def _begins(row: Row, head: Row) -> bool:
    """Whether a short line right before the headline's first full line is its beginning."""
    fits = row.kind == "short" and is_headline(row.words) and not _OFFICE.fullmatch(row.words)
    return fits and plain(row.words) not in plain(head.words)


_SPEAKER = re.compile(r"[问答]：|\w{2,4}：.*[？?]$")


def _continuations(rows: Sequence[Row]) -> Iterator[Row]:
    """The lines right after the headline's first that are the rest of it; no subtitle (——…)."""
    head, *others = rows
    length = len(head.words)
    for row in others[:2]:
        length += len(row.words)
        fits = row.kind == "short" and length <= look.LONG and look.count_han(row.words) >= 4
        fits = fits and not _SPEAKER.match(row.words)
        if not fits or plain(row.words) == plain(head.words) or row.words[0] in "—–―-（(【":
            return
        yield row


def plain(words: str) -> str:
    """Letters, figures and characters alone, for comparing titles."""
    return re.sub(r"\W", "", words)


_MENU = 5  # so many short lines in a row are a menu, no headings
_CAPTION = 70  # code points that a sentence under a picture seldom exceeds


def _settle_short_lines(rows: Sequence[Row]) -> None:
    """Short lines amid running text are headings; after it, or many in a row, a menu."""
    body = [i for i, r in enumerate(rows) if _is_body(r)]
    first, last = (body[0], body[-1]) if body else (len(rows), -1)
    menu = _menus(rows)
    for i, row in enumerate(rows):
        if row.kind != "short":
            continue
        before = rows[i - 1] if i else None
        is_below = before and before.kind == "image" and not row.as_text
        if is_below and _is_under_picture(row.words):
            row.kind = "caption"
        elif i < last and i not in menu and _is_subhead(row.words, i < first):
            row.kind = "heading"
        elif i > first and (look.is_item(row.words) or (before and before.words.endswith("："))):
            row.kind = "paragraph"
        else:
            row.kind = "none"
    for picture, row in pairwise(rows):
        is_below = picture.kind == "image" and row.kind == "paragraph" and not row.as_text
        if is_below and _is_under_picture(row.words):
            row.kind = "caption"


_DATE_ALONE = re.compile(
    r"(?:\d{1,2}月\d{1,2}日|\d{1,2}-\d{1,2})\s?(?:\d{1,2}:\d{2})?|\d+\s?(?:天|小时|分钟)前"
)


def _is_subhead(words: str, is_above: bool) -> bool:
    """A heading amid the text; above it, where credits stand too, one that says something."""
    if not is_above:
        return look.count_han(words) >= 2
    is_credit = _DATE_ALONE.fullmatch(words) or _OUTLET.fullmatch(words)
    return look.count_han(words) >= 5 and not is_credit


def _menus(rows: Sequence[Row]) -> set[int]:
    """The places of short lines that stand in long rows of their kind."""
    found: set[int] = set()
    run: list[int] = []
    for i, row in enumerate(rows):
        if row.kind != "short" or look.is_item(row.words):
            run = []
            continue
        run.append(i)
        if len(run) >= _MENU:
            found.update(run[-_MENU:])
    return found


def _is_under_picture(words: str) -> bool:
    """A single sentence of moderate length, right after a picture."""
    stops = len(re.findall(r"[。！？；]", words))
    return len(words) <= _CAPTION and (stops == 1 or (not stops and len(words) > 24))


_BROKEN_PAGE = re.compile(
    r"页面不存在|找不到.{0,6}页|访问的.{0,6}(?:页面|内容|网页)|已(?:被)?(?:删除|下线|撤回)|404|请稍[后候]|请.{0,6}登录"
    r"|验证码|完成.{0,6}验证|访问.{0,6}异常|用户名|系统(?:检测|维护|升级)|(?:启用|开启|支持)\s?JavaScript|浏览器版本|正在(?:加载|跳转)"
)
_SHORTEST = 10  # Han characters of running text below which there is no article


def _check_article(rows: Sequence[Row]) -> None:
    if not any(map(_is_body, rows)):
        for row in rows:
            row.kind = "paragraph" if row.kind == "abstract" else row.kind
    for row in rows:
        row.kind = "none" if row.kind == "abstract" else row.kind
    body = [row.words for row in rows if _is_body(row)]
    length = sum(map(look.count_han, body))
    if length < _SHORTEST or (length < 80 and any(map(_BROKEN_PAGE.search, body))):
        raise SourceError(
            "no article in it: no running Chinese text was found",
            hint="Save the article's own page, after it has loaded, or paste its text.",
        )
