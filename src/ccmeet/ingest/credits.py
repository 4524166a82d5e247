"""Lines of credit: 来源： 作者： 编辑： 发布时间：; several on a line, with a colon or without."""

import re
from typing import Literal, NamedTuple

from ccmeet.ingest.stamps import find_stamps
from ccmeet.lexicon.words import one_of, sought
from ccmeet.text import HAN, Span

Role = Literal[
    "headline", "original", "publisher", "outlet", "site", "author", "editor", "date", "updated",
    "section", "url", "other",
]  # fmt: skip

# What a label says. `original` is the title that a reprint had elsewhere; `outlet` is a name with
# no label of its own, a weaker word than 来源：, and `site` that of the page's site. Photographers,
# proofreaders and producers are neither authors nor editors.
_LABELS: dict[Role, str] = {
    "headline": "标题 题目",
    "original": "原标题 原题",
    "publisher": "来源 稿源 出处 转自 转载自 原载 来自 来源于 供稿单位",
    "outlet": "发布机构 发布单位 发文机关",
    "author": "作者 记者 撰文 撰稿 采写 文字 通讯员 实习生 供稿 文",
    "editor": """
        编辑 责编 责任编辑 编审 终审 初审 复审 一审 二审 三审 审核 审校 审稿 主编 编校 编发
        值班编委 值班编辑 执行编辑 新闻编辑 网络编辑 见习编辑 实习编辑
        """,
    "date": """
        发布时间 发布日期 发表时间 发表日期 发稿时间 发文日期 发文时间 刊发时间 录入时间 上传时间
        添加时间 创建时间 公开日期 成文日期 发表于 发布于 刊发于 时间 日期
        """,
    "updated": "更新时间 更新日期 更新于 修改时间 修改于 编辑时间 编辑于",
    "url": "本文链接 原文链接 原文地址 文章链接 本文地址 文章地址 本文网址 本页网址 网址",
    "other": """
        浏览次数 浏览人次 浏览量 浏览 点击次数 点击数 点击量 点击率 点击 阅读次数 阅读量 阅读数
        阅读时间 阅读 访问量 访问次数 人气 字体大小
        字号大小 字体 字号 分享到 分享 打印 校对 责校 监制 监审 统筹
        图片编辑 视频编辑 视觉编辑 美术编辑 策划 制作 制图 视频 摄影 摄像 图片 图 剪辑 美编
        设计 排版 评论 关键词 关键字 标签 索引号
        文号 主题词 字数 栏目 频道 分类 类别 审签 签发 出品 总监
        """,
}
_ROLE: dict[str, Role] = {word: role for role, words in _LABELS.items() for word in words.split()}
_ALONE = {"文", "图"}  # words so short that they are labels only at the start of something

_ISSUE = re.compile(
    rf"《\s?(?P<paper>[{HAN}]{{2,12}})\s?》\s?（\s?(?P<date>\d{{4}}\s?年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?日)"
    r"[^（）]{0,20}版\s?）"
)
_WORD = one_of(w for w in _ROLE if w not in _ALONE)
_SPLIT = "来源 作者 编辑 时间 日期 责编 记者"  # often set apart: 来　源：
_SPACED = "|".join(r"[ \t]{1,4}".join(word) for word in _SPLIT.split())
_MODIFIERS = "本报 本网 本站 全媒体 融媒体 新闻 文章 稿件 信息 消息 资料 本文 网站 责任 本期 页面"
_BEFORE = rf"(?:(?<![{HAN}])(?:{one_of(_MODIFIERS.split())}){{1,2}})?"
_LABEL = sought(
    r"【(?P<boxed>作者|记者|来源|责任编辑|编辑|责编|终审|审核)】(?=[ ]?[^\s【])|"
    rf"(?:(?<![{HAN}])(?P<alone>[文图])|(?<!只看该){_BEFORE}(?P<word>{_WORD}|{_SPACED}))"
    rf"(?:[/、|｜]{_BEFORE}(?:{_WORD}))*(?:(?:\*\*)?[ \t]{{0,2}}[：:/|｜丨]|(?<=于)(?=[ ]?\d))",
    (*_ROLE, *_MODIFIERS.split(), "【", *(word[0] + " " for word in _SPLIT.split())),
)
_LABEL_MARK = re.compile("[：:/|｜丨】于]")
"""What every label ends with: where none stands there is none."""
# Without a colon, only at the start of a short line, after a date or after a space.
_BARE = re.compile(
    rf"(?:(?<![^\s|｜（【\[(])|(?<=日)){_BEFORE}(?P<word>{_WORD})[ \t]{{1,4}}(?=[{HAN}《\d])"
)
_BARE_ROLES = frozenset({"publisher", "author", "editor", "date"})
_CREW = frozenset(
    ["校对", "责校", "监制", "监审", "统筹", "策划", "制图", "摄影", "摄像", "美编", "排版"]
)
_NEEDS_COLON = frozenset(
    ["记者", "通讯员", "实习生", "供稿", "来自", "出处", "时间", "日期", "审核", "文字"]
)

_PROSE = re.compile(r"[。！？；]|，.*，")
_SENTENCE = re.compile(r"[。！？；]")
_VALUE_END = re.compile(
    r"[ ]{2,}|\t|[ ]+\d{1,6}$|[【\[|｜]|[ ]*https?:|[ ](?=\w{2,8}[：:])"
    # 临江新闻网 用手机看本页: words of the page after an outlet's name
    rf"|(?<=[网报社台线闻端刊])[ ](?![^【\[]*(?:[网报社台线闻端刊](?:[ ]|$)|记者|通讯员|作者))"
    rf"(?=[{HAN}]{{4,}}(?:[ ]|$))"
    r"|[ ](?:参与互动|举报|我要|评论|收藏|订阅|关注|\+关注|分享|打印|纠错|"
    r"字[号体]|[大小]\s|点赞|扫码|返回|朗读|听新闻)"
    # 临江日报 0条评论, 临江日报12人参与
    r"|[ ](?:阅读|浏览|点击|人气)[ ]?\d|[ ]A[+-]"
    r"|[ （(]*\d[\d.]{0,7}[ ）)]*[条个人次万]{0,2}[ ]?"
    r"(?:评论|跟帖|留言|浏览|阅读|点[赞击]|参与|看过|转发)"
)
_TOOLS = re.compile(
    rf"[ \t]{{1,4}}(?=[{HAN}]{{2,6}}[：:])"
    r"|[\[【(（|\s]{0,4}(?:(?:内容)?纠错|打印(?:本页|[】\]\s]|$)|关闭(?:本页|窗口|[】\]\s]|$)|我要评论|字号|字体)"
)
"""石绍云 【打印】【关闭】: a page's tools after a name."""

_NEVER_SET = re.compile(r"[0\s:：/\-.年月日时分秒]*")
"""时间：0000-00-00 00:00:00."""
_ADDRESS = re.compile(r"\S*")
_TRAILING = " *\t\u200b，、；;.。|｜丨/·-—）)】]（(【["
_MAX = 60  # code points of one value
_LEAD = 80  # code points before the first label


class Credit(NamedTuple):
    """One labelled value: what the label says, and where the value stands."""

    role: Role
    value: Span


def read_credits(folded: str, line: Span) -> tuple[Span, tuple[Credit, ...]] | None:
    """The labelled values of a line, and the stretch they fill; None for a line of another kind.

    The stretch begins at the first label, so that a headline before it can be told apart.
    A date without a label of its own beside labelled values is the publishing date.
    """
    labels = _labels(folded, line)
    if not labels or _PROSE.search(folded, line.start, labels[0][0].start):
        return None
    credits: list[Credit] = []
    ends = [label.start for label, _ in labels[1:]] + [line.end]
    for (label, role), end in zip(labels, ends, strict=True):
        value = _value(folded, role, Span(label.end, end))
        if value is None:
            return None
        if value.start < value.end:
            credits.append(Credit(role, value))
    start = labels[0][0].start
    told = [c for c in credits if c.role != "other"]
    if not any(c.role == "date" for c in told):
        told += [Credit("date", s.span) for s in find_stamps(folded, Span(start, line.end))
                 if not any(c.value.meets(s.span) for c in told)][:1]  # fmt: skip
    end = max((c.value.end for c in told), default=line.end)
    return Span(start, end), tuple(told)


def read_issue(folded: str, line: Span) -> tuple[Span, tuple[Credit, ...]] | None:
    """The issue named at a line's end: 《 临江日报 》（ 2023年03月06日 第 01 版）."""
    found = _ISSUE.search(folded, *line)
    if not found or found.end() < line.end:
        return None
    credits = (
        Credit("publisher", Span(*found.span("paper"))),
        Credit("date", Span(*found.span("date"))),
    )
    return Span(*found.span()), credits


def _labels(folded: str, line: Span) -> list[tuple[Span, Role]]:
    head = Span(line.start, min(line.end, line.start + _LEAD))
    if not _LABEL_MARK.search(folded, *head) or not _LABEL.search(folded, *head):
        found = []
    else:
        labels = _LABEL.finditer(folded, line.start, line.end)
        found = [(Span(*m.span()), _role(m)) for m in labels]
    if line.end - line.start <= _MAX and not _PROSE.search(folded, line.start, line.end):
        for m in _BARE.finditer(folded, line.start, line.end):
            place, role = Span(*m.span()), _role(m)
            usable = role in _BARE_ROLES and m["word"] not in _NEEDS_COLON
            usable = usable or (bool(found) and m["word"] in _CREW)  # 编辑 石绍云 校对 方小雨
            if usable and not any(place.meets(other) for other, _ in found):
                found.append((place, role))
    return sorted(found)


def _role(label: re.Match[str]) -> Role:
    alone = label.groupdict().get("alone") or label.groupdict().get("boxed")
    return _ROLE[alone or "".join(label["word"].split())]


def _value(folded: str, role: Role, zone: Span) -> Span | None:
    """Where the value of one label stands; an empty span for none, None where this is prose."""
    nothing = Span(zone.end, zone.end)
    words = zone.of(folded)
    start = zone.start + len(words) - len(words.lstrip(" \t*·—-"))
    if role in ("date", "updated"):
        stamp = next(find_stamps(folded, zone), None)
        if stamp:
            return stamp.span
        if _NEVER_SET.fullmatch(words):
            return nothing
        return None if _PROSE.search(folded, *zone) or len(words) > 12 else nothing
    if role == "url":
        address = _ADDRESS.match(folded, start, zone.end)
        return Span(*address.span()) if address else nothing
    if role == "other":
        return nothing if len(words) > _MAX else Span(start, max(start, zone.end))
    end = zone.end
    if role in ("publisher", "outlet", "headline", "original") and (
        cut := _VALUE_END.search(folded, start, end)
    ):
        end = cut.start()
    if role in ("author", "editor") and (cut := _TOOLS.search(folded, start, end)):
        end = cut.start()
    if role not in ("headline", "original") and (
        stamp := next(find_stamps(folded, Span(start, end)), None)
    ):
        end = stamp.span.start
    value = folded[start:end].rstrip(_TRAILING)
    if len(value) > _MAX or _SENTENCE.search(value):
        return None
    return Span(start, start + len(value))
