"""What a line of a page may be, and the line while it is being understood."""

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ccmeet.ingest import lines as look
from ccmeet.ingest.credits import Credit
from ccmeet.text import Span

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

    @property
    def is_body(self) -> bool:
        """Whether this is a paragraph of the running text."""
        return self.kind in ("paragraph", "dateline")


_SITE_NAME = re.compile(
    r"\S{0,14}(?:网|网站|门户|频道|官网|首页|中心|客户端|在线|之窗|平台|论坛|专栏|要闻|动态)"
    r"(?:[ ]?[·•|｜丨-][ ]?\S{1,4})?"
    # 云江政协报新闻中心(云江政协报主办的新闻网站), 云江观察 - 长江经济门户: a site's name and
    # what it calls itself
    r"|\S{2,16}（[^（）]{2,24}(?:网站|平台|门户|官网|媒体)）"
    r"|\S{2,10}[ ]?[-–—|_·][ ]?\S{0,12}(?:门户|网站|官网|首页|(?:资讯|信息|新闻|门户)网)"
)


def is_headline(words: str) -> bool:
    """Whether a short line can be a headline: neither a site's name nor a menu's word."""
    fits = look.count_han(words) >= 6 and len(words) <= 90
    return fits and not _SITE_NAME.fullmatch(words)


_MARKS = re.compile(r"\W")


def plain(words: str) -> str:
    """Letters, figures and characters alone, for comparing titles."""
    return _MARKS.sub("", words)


OUTLET = re.compile(
    r"[\w·—-]{0,14}(?:网|报|社|台|广播|卫视|传媒|融媒|全媒体?|在线|新闻|时刻|客户端|频道|发布|头条"
    r"|杂志|周刊|信息港|热线|论坛|之窗|之声|云|融媒体中心)"
)
"""The name of an outlet that stands alone."""
