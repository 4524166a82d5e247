"""Areas of cooperation: the list that a meeting agreed on, and the work printed under each.

在A、B、C等方面 · 六大行动：A、B… · 重点围绕A、B以及C · 议题为A、B · 一是A；二是B. What was achieved
so far and what one person says is no agreement. Of several lists the one is taken that most
speaks for being agreed; a number beside it (六个方面) checks it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from ccmeet.lexicon.labels import is_label
from ccmeet.lexicon.undertakings import is_personal, is_summing_up
from ccmeet.lexicon.words import sought
from ccmeet.model.fact import Fact
from ccmeet.model.reading import AreaRead, Reading
from ccmeet.numerals import NUMERAL, read_number
from ccmeet.text import Span, clauses, sentences

_LEADS = (
    "将 重点 主要 共同 分别 着重 明确 确定 商定 约定 在 围绕 聚焦 着眼 就 侧重 涉及 涵盖 包括 从 "
    "对 通过 着力 紧扣 瞄准 覆盖 聚力 突出 紧盯 关注 锚定 关于 包含 有 提出"
)
_ABOUT = sought(
    r"(?:将|重点|主要|共同|分别|着重|明确|确定|商定|约定)*(?:在|围绕|聚焦|着眼于?|就|侧重于?|涉及|涵盖|包括|从|"
    r"对(?![接标话外内口策照比])|(?<=将)通过(?![了《])|着力|紧扣|瞄准|覆盖|聚力|突出|"
    r"紧盯|关注|锚定|关于|包含|有(?![关力效序利所望])|提出)",
    _LEADS.split(),
)
_DEEPEN = re.compile(
    r"(?:深化|加强|推动|推进|推出|开展|强化|拓展|扩大|促进|抓好|抓实|做好|实现|签订|签署|实施|达成|完成|落实|形成|启动|部署|共推|举办|召开|交流|聚力|把|以|设(?![施备计立置想])|分为?|研究|讨论|审议|商讨|商议)了?"
)
_EVER = "(?:进一步|持续|全面|不断|深入|共同|联合|积极|加快|大力|着力|切实)*"
_GOVERNS = re.compile(f"{_EVER}{_DEEPEN.pattern}")
_BUILDS = re.compile(f"{_EVER}(?:建立|健全|完善|构建|搭建|创新)(?:[和并、](?:建立|健全|完善))?")
_BUILT = re.compile("(?:工作|合作|协调|联动)?(?:机制|制度|体系|平台)")
_TWO_VERBS = re.compile(
    "(?:建立|健全|完善|构建|巩固|深化|拓展|推进|推动|促进|加强|扩大|加快|支持|开展|提升)$"
)
_OF_FIELD = re.compile("(?<=..)(?:领域|方面)$")
_FIELD = (
    r"(?:重点|合作|主要|关键|重要|优先|核心|新兴|各|多个|若干|诸多)*(?:方面|领域|工作|内容|议题|任务|行动|专题|主题|板块|事项|"
    r"课题|方向|问题|环节|重点(?![工领任项推围])|(?<=件)事)"
)
_TOGETHER = r"(?:合作|协同|协作|联动|对接)"
_DO = (
    r"(?:持续|进一步|全面|继续|联合|共同|深入|密切|广泛|积极)*(?:开展|深化|加强|进行|(?<!发)展开|达成|推进|签署|联手|发力|交流(?![上等、与和方领合])|讨论|对话|"
    r"磋商|研讨|共商|铺排|探讨|会商|携手|突破(?![性口])|谋划|提速|部署|协商|制定)"
)
_NUMBER = rf"(?:这)?(?P<count>{NUMERAL})?(?P<unit>[个大项条]|件(?=事))?"
_N = r"[两二三四五六七八九十\d]"
_COUNTED_AS = (
    r"(?:重点|合作|主要|专项|具体|重大)*(?:协议|共识|文件|事项|任务|行动|工程|计划|举措|工作)"
)
_CLOSES = {
    "topic": re.compile(
        rf"(?P<etc>等){_NUMBER}(?P<what>{_FIELD})?|(?P<count2>{_N}+)(?:[个大项]|件(?=事))(?P<what2>{_FIELD})|$"
    ),
    "about": re.compile(
        rf"(?P<etc>等)?{_NUMBER}(?P<what>{_FIELD}|的{_TOGETHER}|上(?=[^市海线下]|下功夫)|{_DO})|"
        rf"等(?P<what2>{_TOGETHER})?|$"
    ),
    "deepen": re.compile(
        rf"(?P<etc>等)?{_NUMBER}(?P<what>的?(?:{_FIELD}|{_TOGETHER}|{_COUNTED_AS})|上(?=[^市海线下]|下功夫)|{_DO}|"
        r"(?:作为|为)(?:合作|工作|主攻)?(?:的)?重点)|"
        rf"等(?P<what2>{_TOGETHER})?|$"
    ),
}
_COUNTED = re.compile(
    rf"(?P<count>{NUMERAL})[大个项条]”?“?(?:重点|合作|主要|专项|具体|重大|领域)*"
    r"(?:行动|领域|方面|任务|议题|重点|工程|工作|专题|板块|方向|举措|事项|内容|合作|计划|共识)?”?"
    r"(?:的)?(?:加强|深化|开展|推进|扩大|拓展|达成|进行|展开|携手|协同)*(?:合作|工作|协作|共识|行动|一致)?(?:，?(?:即|包括|分别是|分别为|主要包括|涵盖|涉及|为|是))?[：，]?\s?“?$"
)
_ENUMERATES = re.compile("[、和与及]|”“|等[方领]")
_TOPIC = re.compile(
    rf"(?:议题|专题|合作领域|合作重点|重点领域|合作内容)(?:主要|分别)*(?:为|是|有(?P<count>{NUMERAL})?[个项]?|包括|涉及|涵盖|聚焦|围绕)?"
    r"[：，]?\s?“?$"
)
_WEIGHTS = {"topic": 3.5, "about": 2.0, "deepen": 2.0, "bare": 1.0}
_CLOSES["bare"] = _CLOSES["topic"]
_INTRODUCES = re.compile(r"(?:即|分别是|分别为|主要是|主要包括|包括|涵盖|涉及|是|为)(?!期)“?")
_OPENS_LIST = re.compile("[：“为是有括即及盖焦绕]")
_POINT = sought(
    r"(?:[一二三四五六七八九十]是|（[一二三四五六七八九十]）|(?<!\d)\d[.．](?!\d)|(?:首先|其次|再次)(?:是)?，?)(?:要)?(?P<point>[^。；，：\n]{2,40})",
    (*(n + "是" for n in "一二三四五六七八九十"), *"（0123456789", "首先", "其次", "再次"),
)
_GOVERNED = re.compile(
    rf"{_TOGETHER}|(?:等)?[两二三四五六七八九十\d]+[大个项条](?:{_FIELD}|{_COUNTED_AS})|等{_FIELD}|为(?:合作)?重点|(?:工程|行动)(?=[，。；]|$)"
)
_ENDS = re.compile(rf"等{_N}*[个大项条]?{_FIELD}|{_N}(?:[个大项]|件(?=事)){_FIELD}")
_BEFORE_QUOTES = re.compile(rf"{_DEEPEN.pattern}(?=“)")
_FIRMS = re.compile("企业(?:之间|代表)?(?:还|也|分别)?(?:就|围绕|在)$")
_OF_THEM = re.compile(rf"{_N}+(?:市州|省市|市县|[市省地])(?=[^、，。；]{{4}})")
"""推进四市设施互联、服务共享: whose the areas are."""
_AIM = re.compile(
    "(?:.{2,12}(?:城市群|都市圈|经济[区圈带]|区域|地区|[市地方省]))?"
    "(?:互联互通|(?:协同|共同|协调|一体化|高质量|融合)发展|优势互补|互利共赢|合作共赢)"
    "|(?:深化|加强|推动|推进|促进|扩大|拓展)(?:区域|城市|省际|地区|双边|务实|全面|友好|之间|间)*(?:合作|协作)"
    "|实现(?:互利|互惠|合作|优势)?(?:共赢|互补)"
)
"""推动某城市群互联互通、协同发展: what all work is for is no area."""
_PURPOSE = re.compile("为(?:了|进一步|深入|加快|推动|深化|更好|贯彻|落实)")
_MARK = re.compile("、|(?<=”)(?=“)")
_LAST = re.compile(r"以及|及(?![时其早格])|和(?![谐平])|与(?!会|时)")
_SET_DOWN = "(?:政策|规划|法规|法律|标准|制度|机制|计划)"
_PAIR = re.compile(f"(?!{_SET_DOWN}(?:以及|及){_SET_DOWN})(..)(?:以及|及)(..)")
"""农业及文化, but 政策及规划 is one matter."""
_COUNTS_THEM = re.compile(r"“[两二三四五六七八九十\d]+[个大项][^“”]{1,8}”$")
_DONE = re.compile(
    r"进展|成效|成果|取得(?!新?突破|更大)|以来|已[^有]|成绩|得到了|都有|不断|优势(?!互补)|介绍了|一年来"
)
_HAVE_DONE = re.compile("(?:相继|先后|陆续|已经?)[^，。；]{0,4}(?:开展|举办|实施|推出|组织)了")
_TIME_OVER = re.compile("(?:以来|[年月]来|过去[^，]{0,6}|去年|上年)$")
_AGREED = re.compile(
    r"合作|协同|联动|共建|共同|携手|协作|深化|商定|达成|共识|讨论|审议|会商|未来|一体化|共享|发力|互动|对接|铺排|协商"
)
_BODY = re.compile(
    r"会议|会商|此次|本次|本届|[二两三四五六七八九十\d](?:市|省|地|城|方|省市)|各市|各方|双方|多方|与会|嘉宾|城市|"
    r"计划|行动|方案|事项|协议|共识|清单|纲要|联席会|论坛|签署|将"
)
_ARRANGED = re.compile(r"铺排|合作事项|重点事项|开展|实施|合作|推进|落实")
_MORE = re.compile(
    r"，(?:并|还|同时)?(?P<item>(?:召开|举办|推介|建立|共建|开展|推进|打造|推动|组织|设立|加强|深化)"
    r"[^，；。]{4,40})"
)


_LONGEST = 300
"""Characters: as far as an enumeration is followed."""


_PROPOSED = re.compile(
    r"提出(?:了)?[^，。；]{0,8}(?:建议|意见|倡议|举措|设想|思路|主张)[，。；：]"
    r"(?:其中|主要|具体)*(?:包括|涉及|涵盖|有|是|为)(?:了)?：?$"
)
"""四市代表提出了许多建议。其中包括：…: what all proposed."""

_REPORTED = re.compile("(?:工作|建设|推进|落实|进展|开展)*(?:情况)?的?(?:汇报|报告|通报|说明)")
"""听取关于通道建设、旅游通航工作的汇报: what was reported on is not what was agreed."""


class _List(NamedTuple):
    """A printed enumeration: its items, what stands before and after, how much speaks for it."""

    items: tuple[Span, ...]
    sentence: Span
    end: int
    weight: float


_Lead = tuple[int, str, int | None]
"""Where the first item begins, what kind of words lead to it, the number printed there."""


def read_areas(reading: Reading) -> Reading:
    """Complete the article's own meeting with its areas of cooperation."""
    if not reading.meetings:
        return reading
    meeting, *others = reading.meetings
    if meeting.areas:
        return reading  # told in numbered paragraphs (rules/programmes.py)
    lists = list(_lists(reading))
    best = max(lists, key=lambda x: (x.weight, -x.end), default=None)
    if best is None or best.weight < 3:
        return reading
    best = _with_other_papers(reading.source.folded, best, lists)
    rest = [x for x in lists if x is not best and x.items[0].start > best.end]
    areas = tuple(_with_items(reading, best, rest))
    return replace(reading, meetings=(replace(meeting, areas=areas), *others))


def _with_other_papers(folded: str, best: _List, lists: list[_List]) -> _List:
    """《甲协议》在…达成共识。《乙协议》对…达成共识: the areas of papers told one after the other."""
    papers = [x for x in lists if x.weight >= 3 and folded.startswith("《", x.sentence.start)]
    if best not in papers:
        return best
    chain = [best]
    for one, other in (*pairwise(papers), *pairwise(reversed(papers))):
        first, last = sorted((one.sentence, other.sentence))
        if chain[-1] is one and first.end == last.start:
            chain.append(other)
    chain.sort(key=lambda x: x.items[0])
    items = tuple(dict.fromkeys(item for x in chain for item in x.items))
    return best._replace(items=items, end=chain[-1].end)


def _lists(reading: Reading) -> Iterator[_List]:
    folded = reading.source.folded
    places = frozenset(p.span.start for p in reading.mentions.places)
    for block in reading.source.body():
        if block.kind == "heading":
            continue
        for sentence in sentences(folded, block.span):
            if not _ENUMERATES.search(folded, *sentence):
                continue
            for clause in _clauses(folded, sentence):
                if listed := _listed(reading, places, sentence, clause):
                    yield listed
        if points := _points(reading, block.span):
            yield points


def _clauses(folded: str, sentence: Span) -> Iterator[Span]:
    """Clauses that hold an enumeration, joined with one that goes on with 以及."""
    kept: Span | None = None
    for clause in clauses(folded, sentence):
        if kept and folded.startswith(("以及", "和"), clause.start):
            kept = Span(kept.start, clause.end)
            continue
        if kept:
            yield kept
        kept = clause if _ENUMERATES.search(folded, clause.start, clause.end) else None
    if kept:
        yield kept


def _listed(reading: Reading, places: frozenset[int], sentence: Span, clause: Span) -> _List | None:
    """The enumeration of a clause that most speaks for being one of areas."""
    folded = reading.source.folded
    marks = [m.start() for m in _MARK.finditer(folded, *clause)]
    found: list[_List] = []
    floor = clause.start
    for mark in marks or [clause.end]:
        lead = _lead(folded, sentence, Span(floor, clause.end), mark)
        # 围绕甲、推广乙、强化丙: a verb within a list opens no list of its own.
        if lead and not (found and lead[0] < found[-1].end):
            zone = Span(lead[0], min(clause.end, lead[0] + _LONGEST))
            listed = _from_lead(reading, places, sentence, zone, lead)
            found += [listed] if listed else []
        floor = mark + 1
    return max(found, key=lambda x: x.weight, default=None)


def _from_lead(
    reading: Reading, places: frozenset[int], sentence: Span, zone: Span, lead: _Lead
) -> _List | None:
    """The enumeration that begins with `zone`, if it may be one of areas."""
    folded = reading.source.folded
    start, kind, count = lead
    for opening in (_INTRODUCES, _ABOUT, _BEFORE_QUOTES, _OF_THEM):
        if said := opening.match(folded, start, zone.end):
            start = said.end()
    last = _last_mark(folded, Span(start, zone.end))
    closing = _close(folded, Span(last, zone.end), _CLOSES[kind])
    if closing is None:
        return None
    inner, closed = closing
    items = [
        *_split(folded, Span(start, last - 1) if last > start else None),
        *_last(folded, inner),
    ]
    items = _with_verb(folded, _without_verb(folded, items, closed))
    items = _with_noun(folded, items, closed)
    alone = len(items) == 1 and re.match("等方面|等领域", closed[0])
    if len(items) < (1 if alone else 2) or not all(is_label(i.of(folded)) for i in items):
        return None
    if _PURPOSE.match(re.split("[，；：。]", folded[sentence.start : start])[-1]):
        return None
    if _REPORTED.match(folded, closed.end()):
        return None
    if _FIRMS.search(folded, sentence.start, items[0].start):
        return None
    if all(_AIM.fullmatch(i.of(folded)) for i in items):
        return None
    theme = reading.meetings[0].theme
    if theme and any(s.holds(items[0]) for s in theme.spans):
        return None
    printed = closed["count"] or closed.groupdict().get("count2")
    count = read_number(printed) if printed else count
    if _names_places(places, items):
        return None
    if is_personal(reading, sentence, start) and not (
        count == len(items) and is_summing_up(reading, sentence, start)
    ):
        return None
    what = closed["what"] or closed["what2"] or ""
    weight = _WEIGHTS[kind] + _weight(folded, sentence, Span(start, closed.end()), what)
    weight += 2.0 if _is_proposed_by_all(reading, Span(sentence.start, items[0].start)) else 0.0
    weight += 3.0 if count == len(items) else -2.0 if count and count > 1 else 0.0
    weight += 0.5 if not what and closed["etc"] else 0.0
    weight += min(len(items) - 2, 4) * 0.3
    return _List(tuple(items), sentence, closed.end(), weight)


def _last_mark(folded: str, zone: Span) -> int:
    """Where the last item begins: after the last 、 before the words that close the list."""
    last = zone.start
    for mark in _MARK.finditer(folded, *zone):
        if _ENDS.search(folded, last, mark.start()):
            break
        last = mark.end()
    return last


def _names_places(places: frozenset[int], items: list[Span]) -> bool:
    """长春和大连: a list of places is none of areas."""
    return any(at in places for i in items if i.end - i.start < 6 for at in range(*i))


def _weight(folded: str, sentence: Span, listed: Span, what: str) -> float:
    """What the words around an enumeration say for its being agreed on."""
    after = folded[listed.end : sentence.end][:30]
    before = folded[sentence.start : listed.start][-40:]
    weight = 1.5 if re.search("方面|领域|议题|行动", what) else 0.5 if what else 0.0
    weight += 1.0 if _AGREED.search(what + after) else 0.0
    weight += 1.0 if _BODY.search(before) else 0.0
    return weight - (4.0 if _DONE.search(what + after[:14]) or _was_done(before) else 0.0)


def _is_proposed_by_all(reading: Reading, lead: Span) -> bool:
    """Whether the words before a list say that it was proposed, and name nobody who did."""
    folded = reading.source.folded
    block = reading.source.block_of(lead)
    before = Span(folded.rfind("。", block.start, max(block.start, lead.start - 1)) + 1, lead.end)
    before = before if before.start > block.start else Span(block.start, lead.end)
    if not _PROPOSED.search(folded, *before):
        return False
    names = (s for o in reading.officials for s in o.name.spans)
    called = {s.of(folded) for s in names}
    return not any(name in before.of(folded) for name in called)


def _was_done(before: str) -> bool:
    """总结了去年以来工作，围绕…: what an earlier clause did is not the list's; 去年以来，… is."""
    *clauses, last = before[-16:].split("，")
    if _HAVE_DONE.search(last):
        return True
    return bool(_DONE.search(last)) or bool(clauses and _TIME_OVER.search(clauses[-1]))


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


def _lead(folded: str, sentence: Span, clause: Span, mark: int) -> _Lead | None:
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
    if cues and _GOVERNED.search(folded, mark, min(clause.end, mark + _LONGEST)):
        return cues[-1].end(), "deepen", None
    before = folded[max(sentence.start, clause.start - 1) : clause.start]
    return (clause.start, "bare", None) if before == "：" else None


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


def _split(folded: str, inner: Span | None) -> Iterator[Span]:
    if inner is None:
        return
    start = inner.start
    for mark in _MARK.finditer(folded, *inner):
        yield from _two(folded, _bare(folded, Span(start, mark.start())))
        start = mark.end()
    yield from _two(folded, _bare(folded, Span(start, inner.end)))


def _two(folded: str, item: Span) -> Iterator[Span]:
    """工业、农业及文化、体育: 及 parts two short labels in the midst of a list."""
    pair = _PAIR.fullmatch(folded, *item)
    yield from (Span(*pair.span(1)), Span(*pair.span(2))) if pair else (item,)


def _last(folded: str, inner: Span) -> Iterator[Span]:
    """The last piece, parted at 和, 与 or 以及: C和D, but 建立和完善机制 has two verbs."""
    end = max(inner.start + 2, inner.end - 1)
    mark = _LAST.search(folded, inner.start + 2, end)
    if mark and _TWO_VERBS.match(folded, inner.start, mark.start()):
        mark = _LAST.search(folded, mark.end(), end)
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


def _points(reading: Reading, block: Span) -> _List | None:
    """一是…二是…, where the meeting or all cities say so, not one person."""
    folded = reading.source.folded
    points = list(_POINT.finditer(folded, *block))
    if len(points) < 2 or is_personal(reading, block, points[0].start()):
        return None
    lead = folded[block.start : points[0].start()][-50:]
    if not (_BODY.search(lead) and _AGREED.search(lead)) or _DONE.search(lead):
        return None
    items = tuple(Span(*p.span("point")) for p in points)
    return _List(items, block, points[-1].end(), 3.0)


def _with_items(reading: Reading, best: _List, rest: list[_List]) -> Iterator[AreaRead]:
    """The areas, each with the work that later lists name under it; work of no area last."""
    text, folded = reading.source.text, reading.source.folded
    under: dict[Span | None, list[Span]] = {}
    for listed in rest:
        if listed.weight < 1 or {i.of(folded) for i in listed.items} & {
            i.of(folded) for i in best.items
        }:
            continue
        area = _area_of(folded, best, listed)
        if area or _ARRANGED.search(folded[listed.items[-1].end : listed.end + 12]):
            items = [*listed.items, *_more(folded, listed)]
            under.setdefault(area, []).extend(items)
    for item in (*best.items, None):
        work = tuple(Fact(w.of(text), (w,), "area-items") for w in under.get(item, ()))
        if item:
            yield AreaRead(Fact(item.of(text), (item,), "areas"), work)
        elif work:
            yield AreaRead(None, work)


def _area_of(folded: str, best: _List, listed: _List) -> Span | None:
    """The area that the words right before a list name: 突出民生领域的共建共享。围绕…"""
    start = listed.items[0].start
    lead = folded[max(best.end, start - 24) : start]
    for item in best.items:
        label = item.of(folded)
        stem = label[:2] if len(label) > 3 else label
        if re.search(rf"{re.escape(stem)}\S{{0,4}}(?:领域|方面|上)", lead):
            return item
    return None


def _more(folded: str, listed: _List) -> Iterator[Span]:
    """What a sentence goes on with after its list: …等铺排一系列合作事项,并召开…,推介…"""
    end = re.compile("[；。]").search(folded, listed.end, listed.sentence.end)
    stop = end.start() if end else listed.sentence.end
    if "事项" not in folded[listed.end : listed.end + 12]:
        return
    for found in _MORE.finditer(folded, listed.end, stop):
        yield Span(*found.span("item"))
