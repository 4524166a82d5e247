"""How to cite an article, or a page of this archive: reference-list forms and meta tags.

A build knows no clock, so the day of access is a blank that the reader (or the copy button)
fills in, unless a date is handed in.
"""

import json
from dataclasses import dataclass

from ccmeet.model.archive import Site
from ccmeet.model.records import ArticleRecord
from ccmeet.partialdate import PartialDate
from ccmeet.showing.addresses import absolute, web_address

ACCESS_BLANK = "____-__-__"
"""Stands for the day of access; site.js puts the reader's date there when copying."""

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """One thing to cite, in every form. `meta` is (name, content), `graph` (property, content)."""

    gb2025: str
    gb2015: str
    bibtex: str
    csl: str
    meta: Pairs
    graph: Pairs


@dataclass(frozen=True, slots=True)
class _Work:
    key: str
    title: str
    authors: tuple[str, ...]
    publisher: str
    date: PartialDate | None
    url: str
    is_body: bool = False
    """Whether the author is a body, whose name no program may take apart."""


def cite_article(
    article: ArticleRecord, site: Site, page: str, accessed: PartialDate | None = None
) -> Citation:
    """Cite an article as published; its page in this archive is `page` (og:url)."""
    work = _Work(
        article.id,
        article.headline or article.id,
        article.author,
        article.publisher or "",
        article.date_published,
        web_address(article.url),
    )
    return _cite(work, accessed, _highwire(work), _open_graph(work, site, page, "article"))


def cite_page(title: str, site: Site, page: str, accessed: PartialDate | None = None) -> Citation:
    """Cite a page of this archive: kept by the site's publisher, at its address if that is set."""
    authors = (site.publisher,) if site.publisher else ()
    key = page.removesuffix("index.html").strip("/").replace("/", "-") or "home"
    full = f"{title}：{site.title}" if title != site.title else title
    work = _Work(f"ccmeet-{key}", full, authors, "", None, absolute(site.base_url, page), True)
    graph = _open_graph(work, site, page, "website", title)
    return _cite(work, accessed, (), graph)


def _cite(work: _Work, accessed: PartialDate | None, meta: Pairs, graph: Pairs) -> Citation:
    return Citation(
        _gb2025(work, accessed), _gb2015(work, accessed), _bibtex(work, accessed),
        _csl(work, accessed), meta, graph,
    )  # fmt: skip


def _gb2025(work: _Work, accessed: PartialDate | None) -> str:
    """GB/T 7714—2025, 8.11.3 (web pages): author. title[EB/OL]. （date）[access]. address."""
    head = f"{_authors(work, '，')}{work.title}[EB/OL]. "
    date = f"（{work.date}）" if work.date else ""
    return f"{head}{date}[{accessed or ACCESS_BLANK}]. {_stop(work.url)}".rstrip()


def _gb2015(work: _Work, accessed: PartialDate | None) -> str:
    """GB/T 7714—2015, 4.6.1 (electronic resources): publisher, year(date)[access]. address."""
    head = f"{_authors(work, ', ')}{work.title}[EB/OL]. "
    date = f"({work.date})" if work.date else ""
    if work.publisher:
        year = f", {work.date.year}" if work.date else ""
        date = f"{work.publisher}{year}{date}"
    return f"{head}{date}[{accessed or ACCESS_BLANK}]. {_stop(work.url)}".rstrip()


def _authors(work: _Work, comma: str) -> str:
    """The first three authors, 等 for more; nothing where none is printed (4.1, both editions)."""
    if not work.authors:
        return ""
    names = [*work.authors[:3], "等"] if len(work.authors) > 3 else work.authors
    return comma.join(names) + ". "


def _stop(url: str) -> str:
    return f"{url}." if url else ""


_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{mark: f"\\{mark}" for mark in "$&#%_"},
        **{chr(code): " " for code in (*range(32), 127, 0x85, 0x2028, 0x2029)},
    }
)


def _tex(text: str) -> str:
    """Text for a BibTeX field. Braces become words: BibTeX counts even escaped ones."""
    return text.translate(_TEX)


def _bibtex(work: _Work, accessed: PartialDate | None) -> str:
    """A biblatex `@online` entry; the address is read verbatim there and isn't escaped."""
    names = (f"{{{_tex(name)}}}" if work.is_body or " " in name else _tex(name)
             for name in work.authors)  # fmt: skip
    values = {
        "author": " and ".join(names),
        "title": _tex(work.title),
        "date": str(work.date or ""),
        "organization": _tex(work.publisher),
        "url": work.url,
        "urldate": str(accessed or ""),
        "langid": "chinese",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in values.items() if value)
    return f"@online{{{work.key},\n{lines}\n}}"


def _csl(work: _Work, accessed: PartialDate | None) -> str:
    """CSL-JSON, a list of one. Names stay whole: where to part them isn't printed."""
    item: dict[str, object] = {
        "id": work.key,
        "type": "webpage",
        "title": work.title,
        "author": [{"literal": name} for name in work.authors],
        "container-title": work.publisher,
        "issued": _date_parts(work.date),
        "accessed": _date_parts(accessed),
        "URL": work.url,
        "language": "zh-CN",
    }
    return json.dumps([{k: v for k, v in item.items() if v}], ensure_ascii=False, indent=1)


def _date_parts(date: PartialDate | None) -> dict[str, object]:
    if date is None:
        return {}
    return {"date-parts": [[part for part in (date.year, date.month, date.day) if part]]}


def _highwire(work: _Work) -> Pairs:
    """The `citation_*` tags that Google Scholar and Zotero read."""
    pairs = [("citation_title", work.title)]
    pairs += [("citation_author", name) for name in work.authors]
    if work.date:
        pairs.append(("citation_publication_date", str(work.date).replace("-", "/")))
    if work.publisher:
        pairs.append(("citation_publisher", work.publisher))
    if work.url:
        pairs.append(("citation_fulltext_html_url", work.url))
    return (*pairs, ("citation_language", "zh-CN"))


def _open_graph(work: _Work, site: Site, page: str, kind: str, title: str = "") -> Pairs:
    """OpenGraph (ogp.me). `og:url` needs the site's address, and is left out without it."""
    pairs = [
        ("og:type", kind),
        ("og:title", title or work.title),
        ("og:site_name", site.title),
        ("og:locale", "zh_CN"),
    ]
    if address := absolute(site.base_url, page):
        pairs.append(("og:url", address))
    if kind == "article":
        pairs += [("article:author", name) for name in work.authors]
        if work.date and work.date.day:
            pairs.append(("article:published_time", str(work.date)))
    return tuple(pairs)
