"""Lines of credit: 来源： 作者： 编辑： 发布时间：, several on one line, with or without a colon."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from ccmeet.ingest.stamps import find_stamps
from ccmeet.text import HAN, Span

Role = Literal["publisher", "author", "editor", "date", "url", "other"]

# What a label says. Photographers, proofreaders and producers are neither authors nor editors.
_LABELS: dict[Role, str] = {
    "publisher": "来源 稿源 出处 转自 转载自 原载 来自 供稿单位",
    "author": "作者 记者 撰文 撰稿 采写 文字 通讯员 实习生 供稿 文",
    "editor": (
        "编辑 责编 责任编辑 编审 终审 初审 复审 一审 二审 三审 审核 审校 审稿 主编 编校 编发 值班编委"
    ),
    "date": "发布时间 发布日期 发表时间 发表日期 发稿时间 发文日期 刊发时间 录入时间 上传时间 添加时间 "
    "更新时间 更新日期 创建时间 发表于 发布于 时间 日期",
    "url": "本文链接 原文链接 原文地址 文章链接 本文地址 文章地址 本文网址 本页网址 网址",
    "other": (
        "浏览次数 浏览人次 浏览量 浏览 点击次数 点击数 点击量 点击 阅读次数 阅读量 阅读数 阅读 访问量 人气 "
        "字体 字号 分享到 分享 打印 校对 责校 监制 监审 统筹 策划 制作 制图 视频 摄影 摄像 图片 图 剪辑 美编 "
        "设计 排版 评论 关键词 关键字 标签 索引号 文号 主题词 字数 栏目 频道 分类 类别 审签 签发 出品 总监"
    ),
}
_ROLE: dict[str, Role] = {word: role for role, words in _LABELS.items() for word in words.split()}


def _spaced(word: str) -> str:
    """The label with room between its characters: 来　源."""
    return r"[ ]{0,4}".join(word) if len(word) == 2 else word


_WORD = "|".join(_spaced(w) for w in sorted(_ROLE, key=len, reverse=True))
_BEFORE = rf"(?:(?<![{HAN}])(?:本报|本网|本站|全媒体|融媒体|新闻|文章|稿件|信息|消息|资料|本文|执行|值班|实习|特约|网站|责任|本期|页面){{1,2}})?"
_LABEL = re.compile(
    rf"(?<![{HAN}])(?P<short>[文图])[ ]{{0,2}}[：:/|｜丨][ ]?"
    rf"|{_BEFORE}(?P<word>{_WORD})(?:[/、|｜]{_BEFORE}(?:{_WORD}))*[ ]{{0,2}}(?:[：:/|｜丨]|(?<=于)(?=[ ]?\d))"
)
# Without a colon, only at the start of a short line, after a date or after a wide space.
_BARE = re.compile(
    rf"(?:(?<=^)|(?<=[ \t|｜])|(?<=日)){_BEFORE}(?P<word>{_WORD})[ \t]{{1,4}}(?=[{HAN}《\d])"
)
_BARE_ROLES = {"publisher", "author", "editor", "date"}
_PROSE = re.compile(r"[。！？；]|，.*，")
_VALUE_END = re.compile(r"[ ]{2,}|\t|[【\[|｜]|[ ]*https?:")
_MAX = 60  # code points of one value


class Credit(NamedTuple):
    """One labelled value: what the label says, and where the value stands."""

    role: Role
    value: Span


def read_credits(folded: str, line: Span) -> tuple[Span, tuple[Credit, ...]] | None:
    """The labelled values of a line, and the stretch they fill; None for a line of another kind.

    The stretch begins at the first label, so that a headline before it can be told apart.
    """
    labels = _labels(folded, line)
    if not labels or _PROSE.search(folded, line.start, labels[0][0].start):
        return None
    credits: list[Credit] = []
    ends = [label[0].start for label in labels[1:]] + [line.end]
    for (label, role), end in zip(labels, ends, strict=True):
        value = _value(folded, role, Span(label.end, end))
        if value is None:
            return None
        if value.start < value.end:
            credits.append(Credit(role, value))
    told = [c for c in credits if c.role != "other"]
    return Span(labels[0][0].start, told[-1].value.end if told else line.end), tuple(told)


def _labels(folded: str, line: Span) -> list[tuple[Span, Role]]:
    found = [(Span(*m.span()), _role(m)) for m in _LABEL.finditer(folded, line.start, line.end)]
    if len(line.of(folded)) <= _MAX and not _PROSE.search(folded, line.start, line.end):
        for m in _BARE.finditer(folded, line.start, line.end):
            place, role = Span(*m.span()), _role(m)
            if role in _BARE_ROLES and not any(place.meets(other) for other, _ in found):
                found.append((place, role))
    return sorted(found)


def _role(label: re.Match[str]) -> Role:
    short = label.groupdict().get("short")
    return _ROLE[short or label["word"].replace(" ", "")]


def _value(folded: str, role: Role, zone: Span) -> Span | None:
    """Where the value of one label stands; an empty span for none, None where this is prose."""
    if role == "date":
        stamps = list(find_stamps(folded, zone))
        if stamps:
            return stamps[0].span
        return None if _PROSE.search(folded, zone.start, zone.end) else Span(zone.end, zone.end)
    words = zone.of(folded)
    start = zone.start + len(words) - len(words.lstrip(" \t·—-"))
    end = zone.end
    if role == "url":
        address = re.compile(r"\S*").match(folded, start, end)
        return Span(*address.span()) if address else Span(end, end)
    if role == "other":
        return Span(zone.end, zone.end) if len(words) > _MAX else Span(start, end)
    if role == "publisher":
        cut = _VALUE_END.search(folded, start, end)
        end = cut.start() if cut else end
    for stamp in find_stamps(folded, Span(start, end)):
        end = stamp.span.start
        break
    value = folded[start:end].rstrip(" \t\u200b，、；;.。|｜丨/·-—）)】]（(【[")
    if len(value) > _MAX or re.search("[。！？；]", value):
        return None
    return Span(start, start + len(value))


# --- names -----------------------------------------------------------------------------------

_DUTY = "通讯员|实习生|见习生|评论员|撰稿人|特约作者|主持人|主播"
_REPORTER = r"(?:全媒体|融媒体|融媒|新媒体|特派|首席|实习|见习|特约|驻站|文字|摄影|视频)*记者"
NAME = rf"[{HAN}]{{2,4}}(?:·[{HAN}]{{1,8}}){{0,3}}|[{HAN}][ ]{{1,4}}[{HAN}](?![{HAN}])"
_PART = re.compile(
    rf"(?<![{HAN}])[{HAN}][ ]{{1,4}}[{HAN}](?![{HAN}])|[^ \t、，,;；/|｜丨（）()\[\]【】&]+"
)
_GLUED = re.compile(rf"(?:[^ \t、，,;；/|｜丨（）()]*?{_REPORTER}|{_DUTY})[：:]?")
_NOBODY = re.compile(
    r"佚名|未知|不详|匿名|无|暂无|admin\w*|administrator|网络|互联网|[-\d:：.\s]*", re.I
)
_PHOTO = re.compile(r"(?:摄影|图片|摄像|图|视频)[/：:|｜丨 ].*|[（(].*?摄.*?[）)]")


def find_names(folded: str, value: Span) -> Iterator[Span]:
    """The names in the value of an author's or editor's label, in order, without their duties.

    韩阳 实习生 李明 gives two; 红网时刻新闻记者 余雅琴 gives one; 佚名 and admin give none.
    """
    words = _PHOTO.sub(lambda m: " " * len(m[0]), value.of(folded))
    words = _GLUED.sub(lambda m: " " * len(m[0]), words)
    for part in _PART.finditer(words):
        if not _NOBODY.fullmatch(part[0]) and len(part[0]) <= 16:
            yield Span(*part.span()).shifted(value.start)


_SOURCE = re.compile(rf"(?P<outlet>.*?)(?:{_REPORTER}|[ ](?:{_DUTY}|作者))[ ：:/]*(?P<names>.*)")


def split_source(folded: str, value: Span) -> tuple[Span, Span | None]:
    """四川在线记者 王成栋: the outlet, and the stretch that holds the reporters if any."""
    found = _SOURCE.fullmatch(folded, value.start, value.end)
    if not found or not found["names"]:
        return _bare_title(folded, value), None
    return _bare_title(folded, Span(*found.span("outlet"))), Span(*found.span("names"))


def _bare_title(folded: str, value: Span) -> Span:
    """Without the marks around it: 《湖南日报》."""
    words = value.of(folded)
    left = len(words) - len(words.lstrip(" 《“【（"))
    return Span(value.start + left, value.start + len(words.rstrip(" 》”】）")))


_BYLINE = re.compile(
    rf"[□■◎●▲△◆○\s（(【\[]*(?:(?:文|文图|图文|文/图)[/|｜丨：: ]{{1,2}})?"
    rf"(?P<outlet>[{HAN}A-Za-z]{{0,12}}?)[ ]?(?:{_REPORTER}|{_DUTY})[ ：:/|｜丨]*"
    rf"(?P<names>(?:{NAME})(?:[ 、，/]{{1,4}}(?:(?:{_REPORTER}|{_DUTY})[ ：:/]*)?(?:{NAME})){{0,9}})"
    rf"[ ]*(?:文/?图|图/?文|文|报道|采写|摄影报道|综合)?[）)】\]\s]*"
)
_OURS = {"本报", "本网", "本站", "本刊", "我台", "本台", "文", "图文"}


def read_byline(folded: str, line: Span) -> tuple[Span | None, Span] | None:
    """A line that is a byline alone (四川在线记者 王成栋): outlet or None, and the names' stretch."""
    found = _BYLINE.fullmatch(folded, line.start, line.end)
    if not found:
        return None
    outlet = found["outlet"]
    known = len(outlet) >= 2 and outlet not in _OURS
    return (Span(*found.span("outlet")) if known else None), Span(*found.span("names"))
