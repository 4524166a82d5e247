"""Enumerations: how a printed list begins, the items it has, and the words that close it.

在A、B、C等方面 · 六大行动：A、B… · 重点围绕A、B以及C · 推进A、B两项任务. A verb that governs a list
is no part of its first item; a noun or a verb that each item has is each one's own.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ccmeet.lexicon.words import sought
from ccmeet.numerals import NUMERAL, read_number
from ccmeet.text import HAN, Span

_LEADS = (
    "将 重点 主要 共同 分别 着重 明确 确定 商定 约定 在 围绕 聚焦 着眼 就 侧重 涉及 涵盖 包括 从 "
    "对 通过 着力 紧扣 瞄准 覆盖 聚力 突出 紧盯 关注 锚定 沿着 抓住 关于 包含 有 提出"
)
_ABOUT = sought(
    r"(?:将|重点|主要|共同|分别|着重|明确|确定|商定|约定)*(?:(?<!旨)在|围绕|聚焦|着眼于?|就|侧重于?|涉及|涵盖|包括|从|"
    r"对(?![接标话外内口策照比])|(?<=将)通过(?![了《])|着力|紧扣|瞄准|覆盖|聚力|突出|"
    r"紧盯|关注|锚定|沿着|抓住|关于|包含|有(?![关力效序利所望])|提出)",
    _LEADS.split(),
)
_DEEPEN = re.compile(
    r"(?:深化|加强|推动|推进|推出|开展|强化|拓展|扩大|促进|抓好|抓实|做好|实现|签订|签署|实施|达成|完成|落实|形成|启动|部署|共推|举办|召开|交流|聚力|把|以|设(?![施备计立置想])|分为?|明确|确定|敲定|研究|讨论|审议|商讨|商议|探讨|探索|寻求|谋求|开拓|挖掘)了?"
)
_EVER = "(?:进一步|持续|全面|不断|深入|共同|联合|积极|加快|大力|着力|切实)*"
_GOVERNS = re.compile(f"{_EVER}{_DEEPEN.pattern}")
_BUILDS = re.compile(f"{_EVER}(?:建立|健全|完善|构建|搭建|创新)(?:[和并、](?:建立|健全|完善))?")
_BUILT = re.compile("(?:工作|合作|协调|联动)?(?:机制|制度|体系|平台)")
_ARE_BUILT = re.compile(
    "(?:(?!建立|健全|完善|构建|搭建)[^，。；]){2,40}?(?:等|[两二三四五六七八九十\\d]+[大个项])"
    "(?:工作|合作|协作|协调|联动)*(?:机制|制度)"
)
"""建立信息互通、案件共侦、人员互训三项机制: one verb for all of them."""
_TWO_VERBS = re.compile(
    "(?:建立|健全|完善|构建|巩固|深化|拓展|推进|推动|促进|加强|扩大|加快|支持|开展|提升)$"
)
_DEED = (
    "(?:交流|引进|培养|培育|培训|开发|利用|保护|保存|管理|治理|监管|防控|防治|防范|修复|传承|弘扬|推广|应用|运用|转化|"
    "建设|运营|维护|规划|收集|处理|处置|整合|宣传|营销|采集|收集|共享|互通|发布|调度|调配|预警|预报|使用)"
)
_NEEDS_A_THING = (
    "(?:培养|培育|开发|利用|保护|保存|管理|治理|监管|防治|修复|传承|弘扬|推广|应用|运用|转化|"
    "维护|处理|处置|使用|运营|发布)"
)
_TWO_DEEDS = re.compile(rf"[^、和与及]{{2,8}}{_DEED}(?:和|与|及|以及){_NEEDS_A_THING}$")
"""人才交流和培养, 资源开发与保护: two deeds done to one thing, and one label."""
_OF_FIELD = re.compile("(?<=..)(?:领域|方面)$")
_FIELD = (
    r"(?:重点|合作|主要|关键|重要|优先|核心|新兴|各|多个|若干|诸多)*(?:方面|领域|范畴|工作|内容|议题|任务|行动|专题|主题|板块|事项|"
    r"课题|方向|问题|环节|主线|主轴|路径|赛道|战线|重点(?![工领任项推围])|(?<=件)事)"
)
_TOGETHER = r"(?:合作|协同|协作|联动|对接)"
_DO = (
    r"(?:持续|进一步|全面|继续|联合|共同|深入|密切|广泛|积极)*(?:开展|深化|加强|进行|(?<!发)展开|达成|推进|签署|联手|发力|(?:合作|协作)?(?:事宜|事项)?(?:谈拢|谈妥|交换了?(?:意见|看法))|交流(?![上等、与和及方领合])|讨论|对话|"
    r"磋商|研讨|共商|铺排|探讨|会商|携手|突破(?![性口])|谋划|提速|部署|协商|制定)"
)
_NUMBER = rf"[这共]?(?P<count>{NUMERAL})?(?P<unit>[个大项条]|类(?:共?{NUMERAL}项)?|件(?=事))?"
_AS_FOCUS = (
    r"(?:作为|列为|定为|当作|为)(?:(?:今年|明年|今后|当前|下一步|下步|未来|近期)的?)?"
    r"(?:合作|工作|主攻)?的?(?:重点|突破口|抓手|切入点|主攻方向)"
)
"""把甲、乙、丙作为今后合作的重点."""
_N = r"[两二三四五六七八九十\d]"
_COUNTED_AS = (
    r"(?:重点|合作|主要|专项|具体|重大)*"
    r"(?:协议|共识|文件|事项|任务|行动|工程|计划|举措|工作机制|工作|机制|制度)"
)
_CLOSES = {
    "topic": re.compile(
        rf"(?P<etc>等){_NUMBER}(?P<what>{_FIELD})?|共?(?P<count2>{_N}+)(?:[个大项]|类(?:{_N}+项)?|件(?=事))(?P<what2>{_FIELD})|$"
    ),
    "about": re.compile(
        rf"(?P<etc>等)?{_NUMBER}(?P<what>{_FIELD}|的{_TOGETHER}|上(?=[^市海线下]|下功夫)|{_DO})|"
        rf"等(?P<what2>{_TOGETHER})?|$"
    ),
    "deepen": re.compile(
        rf"(?P<etc>等)?{_NUMBER}(?P<what>的?(?:{_FIELD}|{_TOGETHER}|{_COUNTED_AS})|上(?=[^市海线下]|下功夫)|{_DO}|"
        rf"{_AS_FOCUS})|"
        rf"等(?P<what2>{_TOGETHER})?|“(?P<count2>{_N}+)[个大项][^“”]{{1,6}}”|$"
    ),
}
_CLOSES["bare"] = _CLOSES["topic"]
_COUNTED = re.compile(
    rf"(?P<count>{NUMERAL})[大个项条]”?“?(?:重点|合作|主要|专项|具体|重大|领域)*"
    r"(?:行动|领域|方面|任务|议题|重点|工程|工作|专题|板块|方向|主线|主轴|路径|赛道|战线|举措|事项|内容|合作|计划|共识)?”?"
    r"(?:的)?(?:加强|深化|开展|推进|扩大|拓展|达成|进行|展开|携手|协同)*(?:合作|工作|协作|共识|行动|一致)?(?:，?(?:即|包括|分别是|分别为|主要包括|涵盖|涉及|为|是))?[：，]?\s?“?$"
)
_TOPIC = re.compile(
    rf"(?:议题|专题|合作领域|合作重点|重点领域|合作内容|(?:以下|下列|如下)(?:{_N}个?|几个|几)?{_FIELD}(?:(?:开展|展开|深化|加强|推进|进行)合作)?)(?:主要|分别)*(?:为|是|有(?P<count>{NUMERAL})?[个项]?|包括|涉及|涵盖|聚焦|围绕)?"
    r"[：，]?\s?“?$"
)
_INTRODUCES = re.compile(r"(?:即|分别是|分别为|主要是|主要包括|包括|涵盖|涉及|是|为)(?!期)“?")
_HOW = re.compile(f"如何(?:更好地?)?{_EVER}(?:推进|推动|加强|深化|做好|开展|促进|扩大|拓展|实现)")
"""围绕如何推进A、B等方面合作: the question governs the list."""
_OPENS_LIST = re.compile("[：“为是有括即及盖焦绕]")
_GOVERNED = re.compile(
    rf"{_TOGETHER}|(?:等)?[两二三四五六七八九十\d]+[大个项条](?:{_FIELD}|{_COUNTED_AS})|等{_FIELD}|{_AS_FOCUS}|(?:工程|行动)(?=[，。；]|$)"
    # 推进规划同图、交通同网“两个同”
    rf"|“{_N}+[个大项][^“”]{{1,6}}”(?=[，。；]|$)"
    # 推动设施互联互通、产业共建共享、生态联防联治
    rf"|[{HAN}]{{2}}[互共联协同][{HAN}][互共联协同][{HAN}](?=[、和与及])"
)
_ENDS = re.compile(
    rf"等{_N}*[个大项条]?{_FIELD}|共?{_N}(?:[个大项]|类(?:{_N}+项)?|件(?=事)){_FIELD}"
    rf"|等?{_N}+[大个项]{_COUNTED_AS}"
)
_BEFORE_QUOTES = re.compile(rf"{_DEEPEN.pattern}(?=“)")
_OF_THEM = re.compile(
    rf"(?:(?:{_N}+[省市])?(?:交界|毗邻|接壤|边界|边际|沿线)地区|{_N}+(?:市州|省市|市县|[市省地])|彼此|双方|各方)"
    r"(?:之间)?(?:的)?(?=[^、，。；]{4})"
)
"""推进四市设施互联、服务共享: whose the areas are."""
MARK = re.compile("、|(?<=”)(?=“)")
"""What parts the items of a list."""

_LAST = re.compile(r"以及|及(?![时其早格])|和(?![谐平])|与(?!会|时)")
_LAST_BUT_AND = re.compile("以及|和(?![谐平])|与(?!会|时)")
_AND = re.compile("(?<=..)(?<!以)及(?=..)")
_SET_DOWN = "(?:政策|规划|法规|法律|标准|制度|机制|计划)"
_PAIR = re.compile(f"(?!{_SET_DOWN}(?:以及|及){_SET_DOWN})(..)(?:以及|及)(..)")
"""农业及文化, but 政策及规划 is one matter."""
_COUNTS_THEM = re.compile(r"“[两二三四五六七八九十\d]+[个大项][^“”]{1,8}”$")
_LONGEST = 300
"""Characters: as far as an enumeration is followed."""

Lead = tuple[int, str, int | None]
"""Where the first item begins, what kind of words lead to it, the number printed there."""


class Listed(NamedTuple):
    """A list's items, where what leads to them ends, and the words that close it."""

    items: tuple[Span, ...]
    start: int
    closed: re.Match[str]


def read_list(folded: str, zone: Span, lead: Lead) -> Listed | None:
    """The list that `lead` leads to, up to the end of its clause; None where nothing closes it."""
    start, kind, _ = lead
    zone = Span(start, min(zone.end, start + _LONGEST))
    for opening in (_HOW, _INTRODUCES, _ABOUT, _BEFORE_QUOTES, _OF_THEM):
        if said := opening.match(folded, start, zone.end):
            start = said.end()
    last = _last_mark(folded, Span(start, zone.end))
    closing = _close(folded, Span(last, zone.end), _CLOSES[kind])
    if closing is None:
        return None
    inner, closed = closing
    # 文化及创意、创新及科技、体育及旅游和民生服务: what joins words within items parts none
    within = sum(bool(_AND.search(part)) for part in folded[start : last - 1].split("、")) > 1
    items = [
        *_split(folded, Span(start, last - 1) if last > start else None, not within),
        *_last(folded, inner, _LAST_BUT_AND if within else _LAST),
    ]
    items = _with_verb(folded, _without_verb(folded, items, closed))
    return Listed(tuple(_with_noun(folded, items, closed)), start, closed)


def lead_of(folded: str, sentence: Span, clause: Span, mark: int) -> Lead | None:
    """Where the first item begins, what kind of words lead to it, and the number printed there.

    `clause` begins after the item before, where one list follows another.
    """
    opens = folded[clause.start - 1 : clause.start] != "、"
    ends = [clause.start] if opens else []
    ends += [m.end() for m in _OPENS_LIST.finditer(folded, clause.start + 1, mark - 1)]
    for pattern in (_TOPIC, _COUNTED):
        for end in ends:
            found = pattern.search(folded, max(sentence.start, end - 30), end)
            if found and folded[found.start() - 1 : found.start()] != "第":
                printed = found["count"]
                return end, "topic", read_number(printed) if printed else None
    if cues := list(_ABOUT.finditer(folded, clause.start, mark)):
        return cues[-1].end(), "about", None
    cues = list(_DEEPEN.finditer(folded, clause.start, mark))
    if not cues and _ARE_BUILT.match(folded, mark, clause.end):
        cues = list(_BUILDS.finditer(folded, clause.start, mark))
    if cues and _GOVERNED.search(folded, mark, min(clause.end, mark + _LONGEST)):
        return cues[-1].end(), "deepen", None
    before = folded[max(sentence.start, clause.start - 1) : clause.start]
    return (clause.start, "bare", None) if before == "：" else None


def _last_mark(folded: str, zone: Span) -> int:
    """Where the last item begins: after the last 、 before the words that close the list."""
    last = zone.start
    for mark in MARK.finditer(folded, *zone):
        if _ENDS.search(folded, last, mark.start()):
            break
        last = mark.end()
    return last


def _close(folded: str, tail: Span, closing: re.Pattern[str]) -> tuple[Span, re.Match[str]] | None:
    """The last item of an enumeration and the words that close it."""
    # 人才交流六个方面: the number closes the list, not the verb in its last item.
    if told := _ENDS.search(folded, tail.start + 1, tail.end):
        found = closing.match(folded, told.start(), tail.end)
        if found and found.end() > told.start():
            return Span(tail.start, told.start()), found
    for end in range(min(tail.start + 2, tail.end), tail.end + 1):
        found = closing.match(folded, end, tail.end)
        if found and (found.end() > end or end == tail.end):
            return Span(tail.start, end), found
    return None


def _split(folded: str, inner: Span | None, in_two: bool) -> Iterator[Span]:
    if inner is None:
        return
    start = inner.start
    for end, following in (*(m.span() for m in MARK.finditer(folded, *inner)), (inner.end, 0)):
        item = _bare(folded, Span(start, end))
        yield from _two(folded, item) if in_two else (item,)
        start = following


def _two(folded: str, item: Span) -> Iterator[Span]:
    """工业、农业及文化、体育: 及 parts two short labels in the midst of a list."""
    pair = _PAIR.fullmatch(folded, *item)
    yield from (Span(*pair.span(1)), Span(*pair.span(2))) if pair else (item,)


def _last(folded: str, inner: Span, joint: re.Pattern[str]) -> Iterator[Span]:
    """The last piece, parted at 和, 与 or 以及: C和D, but 建立和完善机制 has two verbs."""
    end = max(inner.start + 2, inner.end - 1)
    mark = joint.search(folded, inner.start + 2, end)
    if mark and _TWO_DEEDS.match(folded, inner.start, inner.end):
        mark = None
    if mark and _TWO_VERBS.match(folded, inner.start, mark.start()):
        mark = joint.search(folded, mark.end(), end)
    if mark:
        # 科技教育领域及民生改善等方面
        field = _OF_FIELD.search(folded, inner.start, mark.start())
        yield _bare(folded, Span(inner.start, (field or mark).start()))
        yield _bare(folded, Span(mark.end(), inner.end))
    else:
        yield _bare(folded, inner)


def _bare(folded: str, item: Span) -> Span:
    # 一体化产业、一体化服务“两个一体化”: the quotation only counts them.
    if counted := _COUNTS_THEM.search(folded, item.start + 1, item.end):
        item = Span(item.start, counted.start())
    words = item.of(folded)
    left = len(words) - len(words.lstrip("“” ，"))
    right = len(words.rstrip("”“ ，"))
    if "“" in words[left + 1 : right] and words.endswith("”"):
        right = len(words)
    return Span(item.start + left, item.start + max(left, right))


def _without_verb(folded: str, items: list[Span], closed: re.Match[str]) -> list[Span]:
    """加强交通、旅游等方面合作, 建立信息互通、联合执法两项机制: the verb governs the list and is no
    part of its first item."""
    if not items or not re.search("合作|方面|领域|重点|任务|工作", closed[0]):
        return items
    verb = _GOVERNS.match(folded, *items[0])
    if not verb and _BUILT.match(folded, closed.end()):
        verb = _BUILDS.match(folded, *items[0])
    others = any(p.match(folded, *item) for item in items[1:] for p in (_DEEPEN, _BUILDS))
    if verb and not others and items[0].end - verb.end() > 1:
        return [Span(verb.end(), items[0].end), *items[1:]]
    return items


def _with_noun(folded: str, items: list[Span], closed: re.Match[str]) -> list[Span]:
    """推进甲工程、乙工程; 推进甲、做好对口合作: without 等 the noun is the last item's, where the
    others end in it or it has a verb."""
    noun = closed["what"]
    if len(items) < 2 or not noun or closed["etc"] or closed["count"]:
        return items
    last = items[-1]
    alike = all(folded.endswith(noun, *item) for item in items[:-1])
    own = re.fullmatch(_TOGETHER, noun) and (
        _DEEPEN.match(folded, *last) or last.of(folded) == "区域"
    )
    if last.end != closed.start() or not (alike or own):
        return items
    return [*items[:-1], Span(last.start, closed.start() + len(noun))]


def _with_verb(folded: str, items: list[Span]) -> list[Span]:
    """推进甲、加强乙、深化丙: where each item has its verb the first has its own too."""
    own = sum(bool(_DEEPEN.match(folded, *item)) for item in items[1:])
    if not items or own < max(1, len(items) - 1):
        return items
    first = items[0]
    verbs = list(_DEEPEN.finditer(folded, first.start - 4, first.start))
    if verbs and verbs[-1].end() == first.start:
        return [Span(verbs[-1].start(), first.end), *items[1:]]
    return items
