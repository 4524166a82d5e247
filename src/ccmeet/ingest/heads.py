"""What a page's head alone says of its article: meta values, linked data, the site's name."""

import re
from collections.abc import Container, Iterator

from ccmeet.ingest.credits import Credit, Role
from ccmeet.ingest.html import Page
from ccmeet.ingest.stamps import find_stamps, is_set
from ccmeet.text import HAN, Span, fold

_ROLE_OF: dict[str, Role] = {
    "source": "publisher", "author": "author", "editor": "editor", "date": "date",
}  # fmt: skip
_DATE_METAS = (
    "article:published_time", "og:article:published_time", "publishdate", "pubdate", "publish_date",
    "published_time", "publish_time", "publishtime", "og:release_date", "datepublished",
    "weibo:article:create_at", "weibo: article:create_at", "article:create_at", "apub:time",
    "_pubtime", "date", "dc.date", "others", "time datetime", "dateupdate",
)  # fmt: skip
_SOURCE_METAS = ("contentsource", "source", "og:article:source", "mediaid", "publisher")
_METAS: tuple[tuple[Role, tuple[str, ...]], ...] = (
    ("date", _DATE_METAS), ("publisher", _SOURCE_METAS), ("author", ("author",)),
    ("editor", ("editor",)), ("section", ("article:section", "articlesection", "columnname")),
)  # fmt: skip
_PERSON = re.compile(rf"[{HAN}]{{2,4}}")
_NO_PERSON = re.compile(r"[网报社台站]|编辑|管理")
_SECTION = re.compile(rf"[{HAN}]{{2,8}}")
_OUTLET = re.compile(rf"(?:来源[：:]\s?)?(?P<name>[{HAN}\w·－—《》-]{{2,30}})")


def read_value(key: str, content: str) -> tuple[Credit, ...]:
    """What an element is that a template names by `key` (source, author, editor, date)."""
    stamps = list(find_stamps(fold(content), Span(0, len(content))))
    if stamps:
        return (Credit("date", stamps[0].whole),)
    role = _ROLE_OF[key]
    return (Credit(role, Span(0, len(content))),) if role != "date" else ()


def read_heads(page: Page, told: Container[Role]) -> Iterator[tuple[Role, str, str]]:
    """Role, name and value of what is not `told` otherwise; one of each role."""
    by_name = {m.name.lower(): m for m in reversed(page.metas)}
    for role, names in _METAS:
        if role in told:
            continue
        for meta in (by_name[n] for n in names if n in by_name):
            if value := _usable(role, meta.content):
                yield role, meta.name, value
                break
    if page.url and "url" not in told:
        yield "url", page.url.name, page.url.content


_SITES = ("og:site_name", "sitename", "application-name")
_SITE = (
    rf"(?P<site>[{HAN}]{{2,10}}(?:日报|晚报|晨报|早报|时报|都市报|商报|快报|周报|新闻网|网|在线|电视台|广播网|新闻"
    r"|通讯社|客户端|政府))(?:(?:多媒体)?(?:数字|电子)报刊?|电子版|手机版|手机站|数字版|首页|门户网站|客户端)?"
)
_SITE_NAME = re.compile(_SITE)
_AFTER_TITLE = re.compile(rf"(?<=[-_|—])\s?{_SITE}$")
_BEFORE_TITLE = re.compile(rf"{_SITE}(?=\s?[-_|—:：])")
_NO_SITE = re.compile(r"微信公众|公众号|百家号|企鹅号|网易号|搜狐号|头条号|订阅")


def read_site(page: Page) -> tuple[str, str, Span] | None:
    """What names the page's site, its content, and where in it the name stands."""
    for meta in page.metas:
        found = _SITE_NAME.fullmatch(meta.content) if meta.name.lower() in _SITES else None
        if found and not _NO_SITE.search(meta.content):
            return meta.name, meta.content, Span(*found.span("site"))
    # 雪河四市共建数字水网 - 南浦新闻网: a title too may end as a site's name does.
    found = _AFTER_TITLE.search(page.head_title) or _BEFORE_TITLE.match(page.head_title)
    if not found or _NO_SITE.search(found[0]):
        return None
    return "title", page.head_title, Span(*found.span("site"))


def _usable(role: Role, content: str) -> str:
    """The value that a meta gives for a role; "" where it gives none, as an account's number."""
    if role == "date":
        dated = any(is_set(s.date) for s in find_stamps(fold(content), Span(0, len(content))))
        return content if dated else ""
    if role == "section":
        return content if _SECTION.fullmatch(content) else ""
    if role == "publisher":
        named = _OUTLET.fullmatch(content)
        return named["name"] if named and re.search(f"[{HAN}]", content) else ""
    names = content.split()
    are_people = all(_PERSON.fullmatch(n) and not _NO_PERSON.search(n) for n in names)
    return content if names and are_people else ""
