"""Articles that a page carries as data: HTML or text in the JSON of a script, linked data."""

import json
import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from typing import Any

from ccmeet.ingest.lines import count_han

_LONGEST = 2_000_000  # code points of one script
_STRING = re.compile(r'"((?:[^"\\\n]|\\.){80,})"')
_FEWEST = 60  # Han characters of something that may be an article
_STOP = re.compile(r"[，。]")


def find_embedded(scripts: Iterable[str]) -> str:
    """The HTML of the longest Chinese text among the strings of a page's scripts; "" for none."""
    return max((h for s in scripts for h in _strings(s[:_LONGEST])), key=count_han, default="")


def as_html(words: str) -> str:
    """A text as HTML: escaped HTML unescaped, plain lines as paragraphs."""
    if "&lt;" in words and "<" not in words:
        words = unescape(words)
    if "<" in words:
        return words
    return "".join(f"<p>{escape(line)}</p>" for line in words.splitlines() if line.strip())


def _strings(script: str) -> Iterator[str]:
    for found in _STRING.finditer(script):
        try:
            words = json.loads(f'"{found[1]}"', strict=False)
        except ValueError:
            continue
        if count_han(words) >= _FEWEST and _STOP.search(words):
            yield as_html(words)


_KEYS = {
    "source": "source sourcename mediasource media medianame copyfrom articlesourcename",
    "author": "author authorname articleauthor",
    "editor": "editor editorname articleeditorname dutyeditor",
    "publishdate": "newstime pubtime publishtime publishdate ptime pubdate createtime articletime",
    "headline": "articletitle newstitle",
}
_KEY_OF = {word: key for key, words in _KEYS.items() for word in words.split()}
_PAIR = re.compile(
    r'"(?P<key>[A-Za-z_-]{4,20})"\s{0,3}:\s{0,3}"(?P<value>(?:[^"\\\n]|\\.){1,120})"'
)


def key_of(name: str) -> str:
    """What a key or class such as `editorName` or `article-source-name` is for; "" if nothing."""
    return _KEY_OF.get(re.sub(r"[_-]", "", name).lower(), "")


def read_keys(script: str) -> Iterator[tuple[str, str]]:
    """What a script's JSON says of its article: source, author, editor, day; the first of each."""
    told: set[str] = set()
    for pair in _PAIR.finditer(script[:_LONGEST]):
        key = key_of(pair["key"])
        if not key or key in told:
            continue
        try:
            words = str(json.loads(f'"{pair["value"]}"', strict=False)).strip()
        except ValueError:
            continue
        if words:
            told.add(key)
            yield key, words


_VARIABLE = re.compile(
    r"\b(?P<key>(?:pub|publish|create|news|article)_?(?:time|date)|ptime)['\"]?\s{0,3}[:=]\s{0,3}"
    r"['\"](?P<value>20\d\d[-/年]\d{1,2}[-/月]\d{1,2}[^'\"\n]{0,12})['\"]",
    re.IGNORECASE,
)


def read_variables(scripts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The publishing day that a script's variable holds, and no line of the page: createTime =
    '2024-07-18 16:05'. What it says was saved (time, now) is none."""
    for script in scripts:
        for found in _VARIABLE.finditer(script[:_LONGEST]):
            yield "publishdate", found["value"]


_LD_TYPES = frozenset({"NewsArticle", "Article", "BlogPosting", "ReportageNewsArticle", "WebPage"})
_LD_NAMES = {"headline": 500, "datePublished": 60, "articleSection": 60}


def read_linked_data(source: str) -> Iterator[tuple[str, str]]:
    """What JSON-LD says of an article: headline, publishing date, publisher and authors."""
    if len(source) > 200_000:
        return
    try:
        data = json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return
    items = data if isinstance(data, list) else [data]
    graph = [g for i in items if isinstance(i, dict) for g in _listed(i.get("@graph"))]
    for item in [*items, *graph][:50]:
        if isinstance(item, dict) and _LD_TYPES & set(map(str, _listed(item.get("@type")))):
            yield from _of_item(item)


def _of_item(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, longest in _LD_NAMES.items():
        if isinstance(item.get(key), str):
            yield key, " ".join(item[key].split())[:longest]
    for key in ("publisher", "sourceOrganization"):
        for body in _listed(item.get(key)):
            if isinstance(body, dict) and isinstance(body.get("name"), str):
                yield "publisher", body["name"].strip()[:60]
    for author in _listed(item.get("author")):
        if isinstance(author, dict) and author.get("@type") == "Person":
            yield "author", str(author.get("name", "")).strip()[:100]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
