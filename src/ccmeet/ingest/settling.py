"""What a line is by the lines around it: headline, heading, menu, what follows the end."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ccmeet.errors import SourceError
from ccmeet.ingest import lines as look
from ccmeet.ingest.credits import Credit
from ccmeet.ingest.names import find_names, is_person
from ccmeet.ingest.rows import OUTLET, Row, is_headline, plain
from ccmeet.lexicon.people import SURE, load_people
from ccmeet.text import HAN, Span, fold


def drop_after_stop(rows: Sequence[Row]) -> None:
    """After a list of other articles begins, only editors, links and notices are still ours."""
    seen_body = stopped = False
    signed_off = _signed_off(rows)
    for i, row in enumerate(rows):
        if row.kind == "stop":
            stopped, row.kind = stopped or seen_body, "none"
        elif stopped and not (row.is_given and row.credits):
            dated = any(c.role == "date" for r in rows[:i] for c in r.credits)
            ours = ("editor", "url", "original", *(() if dated else ("date",)))
            row.credits = tuple(c for c in row.credits if c.role in ours)
            row.kind = row.kind if row.credits or row.kind == "notice" else "none"
        seen_body = seen_body or row.is_body
        stopped = stopped or i == signed_off


def _signed_off(rows: Sequence[Row]) -> int | None:
    """The first line that names an editor after most of the running text, if there is one.

    What follows it is no article's: readers' comments, the site's telephone number.
    """
    if not any(credit.role == "editor" for row in rows for credit in row.credits):
        return None
    total = sum(look.count_han(row.words) for row in rows if row.is_body)
    seen = 0
    for i, row in enumerate(rows):
        seen += look.count_han(row.words) if row.is_body else 0
        if 3 * seen > 2 * total and any(credit.role == "editor" for credit in row.credits):
            return i
    return None


_OPENING = 200  # lines before the running text, the site's menus included


def settle_opening(rows: Sequence[Row]) -> None:
    """Find the headline among the short lines that stand before the running text."""
    first = next((i for i, r in enumerate(rows) if r.is_body), len(rows))
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
        _unmark(head)
    title = plain("".join(r.words for r in opening if r.kind == "headline"))
    for i, row in enumerate(opening):
        if i > place and row.kind == "short" and _is_signature(opening, i):
            row.kind, row.credits = "byline", (Credit("author", row.span),)
        if row.kind == "short":
            again = look.count_han(row.words) >= 6 and plain(row.words) in title
            is_chrome = i < place or _OFFICE_ALONE.fullmatch(row.words)
            row.kind = "headline" if again else "none" if is_chrome else "short"


_BULLET = re.compile("[-–•·●■◆][ ]+")


def _unmark(head: Row) -> None:
    """Take a list's mark off a headline: - 云江四市会商."""
    if mark := _BULLET.match(head.words):
        head.span = Span(head.span.start + mark.end(), head.span.end)
        head.words = head.words[mark.end() :]


_NAME = re.compile(rf"[{HAN}]{{2,3}}(?:[ ]{{1,4}}[{HAN}]{{2,3}}){{0,3}}")


def _is_signature(opening: Sequence[Row], place: int) -> bool:
    """A person's name alone on a line, between the headline and the page's date."""
    words = opening[place].words
    dated = any(c.role == "date" for r in opening[place:] for c in r.credits)
    if not dated or not _NAME.fullmatch(words):
        return False
    folded = fold(words)
    return all(is_person(folded, name) for name in find_names(folded, Span(0, len(folded))))


_OFFICE = re.compile(r"\S*(?:政府|委员会|委|局|厅|办|部|会|公司|学院)")


def _begins(row: Row, head: Row) -> bool:
    """Whether a short line right before the headline's first full line is its beginning."""
    fits = row.kind == "short" and is_headline(row.words) and not _OFFICE.fullmatch(row.words)
    return fits and plain(row.words) not in plain(head.words)


_OFFICE_ALONE = re.compile(
    rf"[{HAN}]{{2,12}}(?:省|市|州|县|区|政府|委)[{HAN}]{{0,8}}(?:新闻局|新闻办|办公室|委员会|[局厅委])"
)
"""临江市人民政府新闻办公室: who issued it, on a line beneath the headline."""
_SPEAKER = re.compile(r"[问答]：|\w{2,4}：.*[？?]$")
_DECK = re.compile(
    rf"(?P<names>[{HAN}]{{2,4}}(?:[ 、，]+[{HAN}]{{2,4}}?)*?)[ ]*等?(?:领导|同志)?[ ]*"
    r"(?:共同|分别|并)*(?:出席|参加|陪同|主持|讲话|致辞|会见|见证|座谈|介绍)[^，。；：]{0,16}"
)
"""方大同 于海洋等出席座谈会: who came, beneath a headline that is whole without it."""


_IS_WHOLE = re.compile("(?:召开|举行|举办|开幕|启幕|闭幕|落幕|揭牌|成立|启动|开会)[ ]?$")
"""What a whole headline ends with: the lines after it are its deck, and no rest of it."""
_ONE_LINE = 15  # Han characters that a line of a headline has at least where it is whole
_TWO_LINES = 36  # and that two lines seldom exceed where they are one headline


def _are_two(head: Row, row: Row) -> bool:
    """Whether a full line below a full headline says something of its own."""
    one, other = look.count_han(head.words), look.count_han(row.words)
    return min(one, other) >= _ONE_LINE and one + other >= _TWO_LINES


def _continuations(rows: Sequence[Row]) -> Iterator[Row]:
    """The lines right after the headline's first that are the rest of it; no subtitle (——…)."""
    head, *others = rows
    in_one = [plain(row.words) for row in others]  # a line that prints the joined whole
    length = len(head.words)
    for row in others[:2]:
        length += len(row.words)
        fits = row.kind == "short" and length <= look.LONG and look.count_han(row.words) >= 4
        joined = plain(head.words) + plain(row.words)
        is_deck = _IS_WHOLE.search(head.words) or _are_two(head, row)
        fits = fits and not (is_deck and joined not in in_one)
        fits = fits and not _SPEAKER.match(row.words) and not _is_deck(row.words)
        fits = fits and not _OFFICE_ALONE.fullmatch(row.words)
        # …举行 方大同讲话 / 方大同讲话 于海洋出席: a deck that says the headline's end again
        first = row.words.split()[0]
        fits = fits and not (len(first) > 4 and head.words.endswith(first))
        if not fits or plain(row.words) == plain(head.words) or row.words[0] in "—–―-（(【":
            return
        yield row


def _is_deck(words: str) -> bool:
    """Whether a line only tells by name who came or spoke."""
    deck = _DECK.fullmatch(words)
    names = list(find_names(words, Span(*deck.span("names")))) if deck else []
    guesses = (load_people().name_at(words, *name, cornered=True) for name in names)
    weight = sum(g.weight for g, n in zip(guesses, names, strict=True) if g and g.span == n)
    return len(names) > 1 and weight >= SURE * len(names)


_MENU = 5  # so many short lines in a row are a menu, no headings
_CAPTION = 70  # code points that a sentence under a picture seldom exceeds


def settle_short_lines(rows: Sequence[Row]) -> None:
    """Short lines amid running text are headings; after it, or many in a row, a menu."""
    body = [i for i, r in enumerate(rows) if r.is_body]
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
    is_credit = _DATE_ALONE.fullmatch(words) or OUTLET.fullmatch(words)
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
_GONE = re.compile(
    r"(?<!\d)404(?!\d)|页面不存在|页面未找到|(?:文章|页面|网页|内容|稿件)已(?:被)?(?:删除|下线|撤回)"
)
_SHORTEST = 10  # Han characters of running text below which there is no article


def check_article(rows: Sequence[Row]) -> None:
    if not any(row.is_body for row in rows):
        for row in rows:
            row.kind = "paragraph" if row.kind == "abstract" else row.kind
    for row in rows:
        row.kind = "none" if row.kind == "abstract" else row.kind
    body = [row.words for row in rows if row.is_body]
    length = sum(map(look.count_han, body))
    is_broken = length < 80 and any(map(_BROKEN_PAGE.search, body))
    is_gone = any(row.kind == "headline" and _GONE.search(row.words) for row in rows)
    is_gone = is_gone and any(_BROKEN_PAGE.search(r.words) for r in rows if r.kind != "headline")
    if length < _SHORTEST or is_broken or is_gone:
        raise SourceError(
            "no article in it: no running Chinese text was found",
            hint="Save the article's own page, after it has loaded, or paste its text.",
        )
