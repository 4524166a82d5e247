"""What an element of a page is by its class, id and style: chrome, a caption, a title, hidden."""

import re
from collections.abc import Iterable
from typing import Literal

# Single tokens of what stands on an article's page and is none of it.
_OWN_WORDS = """
    share bdshare sharedaddy social breadcrumb breadcrumbs breadcrumbnav crumb crumbs nav navbar
    menu footer foot copyright advert ad ads banner pager pagination page-turn pageturn qrcode
    qr-code ewm toolbar tool-bar keywords disclaimer login search searchbox search-box float popup
    statement entry-footer post-navigation jp-relatedposts
"""
_OTHERS_WORDS = """
    relate related recommend recommends comment comments reply replies respond sidebar hot hotnews
    hot-news rank ranking tags author-info
"""
_TAILS = "list box bar area wrap wrapper cont content con news link links group s"


def _tokens(words: str) -> re.Pattern[str]:
    tails = "|".join(_TAILS.split())
    return re.compile(rf"(?:{'|'.join(words.split())})(?:[-_]?(?:{tails}|\d))?", re.IGNORECASE)


_OWN, _OTHERS = _tokens(_OWN_WORDS), _tokens(_OTHERS_WORDS)
_CAPTION = re.compile(
    r"(?:\w{0,12}[-_])?(?:caption(?:[-_]?(?:text|txt))?"
    r"|(?:pic|img|image|photo|picture)[-_]?(?:text|txt|desc\w{0,8}|info|note|title|tit|caption|zs)"
    r"|tu(?:zhu|shuo))",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:\w{0,12}[-_])?(?:title|tit|headline|biaoti|bt)(?:[-_]?(?:\d|h1|text|con|box|big))?",
    re.IGNORECASE,
)
_HEADING = re.compile(r"\w{1,12}[-_]h[2-6]", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?:\w{0,12}[-_])?(?:source|laiyuan|author|zuozhe|editor|time|date|pubtime)(?:[-_]?(?:name|info))?",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden"
    r"|(?:left|top|text-indent|right)\s{0,3}:\s{0,3}-\d{3,}",
    re.IGNORECASE,
)
_HIDDEN_CLASS = frozenset({"hidden", "hide", "d-none", "visually-hidden", "sr-only"})

Chrome = Literal["own", "others"]


def chrome_of(tokens: Iterable[str]) -> Chrome | None:
    """Whether this is chrome: the site's `own`, or text of `others` (comments, related reports)."""
    found = list(tokens)
    if any(map(_OTHERS.fullmatch, found)):
        return "others"
    return "own" if any(map(_OWN.fullmatch, found)) else None


def is_caption_class(tokens: Iterable[str]) -> bool:
    """pictext, img_descr, wp-caption-text …"""
    return any(map(_CAPTION.fullmatch, tokens))


def is_heading_class(tokens: Iterable[str]) -> bool:
    """bjh-h3, text_h2 …"""
    return any(map(_HEADING.fullmatch, tokens))


def is_credit_class(tokens: Iterable[str]) -> bool:
    """a_source, author-name, pub_time …: set apart by its style where no blank parts it."""
    return any(map(_CREDIT.fullmatch, tokens))


def is_title_class(tokens: Iterable[str]) -> bool:
    """news_title, bt1, headline …"""
    return any(map(_TITLE.fullmatch, tokens))


def is_hidden(style: str, tokens: Iterable[str]) -> bool:
    """Whether style or class keep it from being seen."""
    return bool(_HIDDEN.search(style)) or not _HIDDEN_CLASS.isdisjoint(tokens)
