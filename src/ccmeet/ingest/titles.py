"""The title of a saved page: what its template, its first heading, its head and its looks say."""

import re
from collections.abc import Sequence

from ccmeet.ingest import lines as look
from ccmeet.ingest.density import Run
from ccmeet.ingest.html import Page
from ccmeet.ingest.layout import read_leads, read_line
from ccmeet.ingest.rows import is_headline, plain
from ccmeet.text import fold

_BEFORE = 25  # runs before the running text that may hold its title
_NAMED = ("og:title", "headline", "articletitle", "twitter:title", "title")
_SITE = (
    r"[^_|｜\-–—]{0,14}(?:网|网站|门户|频道|在线|新闻|客户端|报|报刊|电视台|传媒|社|要闻|时政|资讯|中心|平台"
    r"|正文|公众号|百家号|网易号|网易订阅|手机版|详情|The Paper)"
)
_TAIL = re.compile(r"\s*(?:[_|｜]+|-{1,2}|\s[–—]|——)\s*(?P<tail>[^_|｜–—-]{1,24})$")
_HEAD = re.compile(rf"(?P<head>{_SITE})\s*(?:[_|｜]|-{{1,2}}|[：:–—])\s*")


_BADGE = re.compile(r"^[\[【（(][^\]】）)]{1,8}[\]】）)]\s*")


def find_title(page: Page, first: int, last: int) -> tuple[int | None, str]:
    """The run that shows the title, if one does, and the title; "" where the page has none.

    `first` and `last` are the body's runs. A title that page and head agree on is sure; then
    come a heading, what is marked as a title, the head's, and the line above the credits.
    """
    named = {m.name.lower(): m.content for m in reversed(page.metas)}
    heads = [t for t in (*(named.get(n, "") for n in _NAMED), page.head_title) if t]
    if page.title:
        return _place(page.runs[:last], page.title), cleaned(page.title)
    opening = _opening(page.runs, first, last, heads)
    headings = [(i, t) for i, t in opening if page.runs[i].mark == "title"]
    bare = [head for head in map(cleaned, heads) if is_headline(head)]
    for some in (headings, opening):
        agreed = [(i, t) for i, t in some if _agrees(t, heads)]
        # [要闻] …: the page may set a badge before what its head calls the title.
        agreed = agreed or [
            (i, head) for head in bare for i, t in some if _BADGE.sub("", t) == head
        ]
        if agreed:
            return max(agreed, key=lambda each: look.count_han(each[1]))
    marked = [(i, t) for i, t in opening if page.runs[i].is_titled]
    if headings or marked:
        return (headings or marked[-1:])[0]
    for title in map(cleaned, heads):
        if is_headline(title) and not re.fullmatch(_SITE, title):
            return _place(page.runs[:last], title), title
    return _above_credits(page.runs, opening)


def _opening(
    runs: Sequence[Run], first: int, last: int, heads: Sequence[str]
) -> list[tuple[int, str]]:
    """The lines before the running text, and all first headings, that can be a title."""
    prose = (i for i in range(first, last) if look.is_prose(runs[i].words) and not runs[i].is_link)
    end = next(prose, last)
    found = []
    for i, run in enumerate(runs[:last]):
        if run.mark != "title" and not (end - _BEFORE <= i < end):
            continue
        if run.mark in ("image", "caption") or (run.is_link and run.mark != "title"):
            continue
        # A date and credits may stand in the heading itself: <h1>…<span>2014-05-08 来源：…
        title = read_leads(run.words) if read_line(run.words) else run.words
        is_short = run.mark == "title" and _is_short_title(title, heads)
        if (
            (is_short or is_headline(title))
            and not look.is_chrome(fold(title))
            and not look.is_stop(fold(title))
        ):
            found.append((i, title))
    return found


def _is_short_title(title: str, heads: Sequence[str]) -> bool:
    """A title of few characters that the head begins with."""
    return look.count_han(title) >= 3 and any(cleaned(head).startswith(title) for head in heads)


def _agrees(title: str, heads: Sequence[str]) -> bool:
    return any(plain(title) in plain(head) for head in heads)


def _place(runs: Sequence[Run], title: str) -> int | None:
    words = plain(title)
    return next((i for i, run in enumerate(runs) if words and plain(run.words) in (words,)), None)


def _above_credits(
    runs: Sequence[Run], opening: Sequence[tuple[int, str]]
) -> tuple[int | None, str]:
    """The nearest line above the first line of credit: pages laid out by tables mark nothing."""
    for i, title in reversed(opening):
        below = [run.words for run in runs[i + 1 : i + 4]]
        if any(map(read_line, below)):
            return i, title
    return None, ""


def cleaned(title: str) -> str:
    """Without the names of site and channel around it."""
    if (head := _HEAD.match(title)) and look.count_han(title[head.end() :]) >= 8:
        title = title[head.end() :]
    while (tail := _TAIL.search(title)) and look.count_han(title[: tail.start()]) >= 4:
        if not re.fullmatch(_SITE, tail["tail"].strip()) and look.count_han(tail["tail"]) > 6:
            break
        title = title[: tail.start()].rstrip()
    return title
