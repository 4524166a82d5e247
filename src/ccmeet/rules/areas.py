"""Areas of cooperation: the list that a meeting agreed on, and the work printed under each.

在A、B、C等方面 · 六大行动：A、B… · 重点围绕A、B以及C · 议题为A、B · 一是A；二是B. What was achieved
so far and what one person says is no agreement. Of several lists the one is taken that most
speaks for being agreed; a number beside it (六个方面) checks it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from ccmeet.lexicon.enumerations import MARK, Lead, lead_of, read_list
from ccmeet.lexicon.labels import is_label
from ccmeet.lexicon.undertakings import is_personal, is_proposed, is_summing_up
from ccmeet.lexicon.words import sought
from ccmeet.model.fact import Fact
from ccmeet.model.reading import AreaRead, Reading
from ccmeet.numerals import read_number
from ccmeet.text import Span, clauses, sentences

_ENUMERATES = re.compile("[、和与及]|”“|等[方领范]")
_WEIGHTS = {"topic": 3.5, "about": 2.0, "deepen": 2.0, "bare": 1.0}
_POINT = sought(
    r"(?:[一二三四五六七八九十]是|(?<=[：；。\n])(?:[一二三四五六七八九十]|\d)、|（[一二三四五六七八九十]）|(?<!\d)\d[.．](?!\d)|(?:首先|其次|再次)(?:是)?，?)(?:要)?"
    # 四是两市根据各自优势，协商制定…: the area is what they do, not by what
    r"(?:(?:双方|各方|各市|[两三四五六]市)?(?:根据|按照|依托|立足|本着|结合|遵循|凭借)[^。；，：\n]{2,24}，)?"
    r"(?P<point>[^。；，：\n]{2,40})",
    (
        *(n + mark for n in "一二三四五六七八九十" for mark in "是、"),
        *(f"{n}、" for n in range(10)),
        *"（0123456789",
        "首先",
        "其次",
        "再次",
    ),
)
_FIRMS = re.compile("企业(?:之间|代表)?(?:还|也|分别)?(?:就|围绕|在)$")
_AIM = re.compile(
    "(?:.{2,12}(?:城市群|都市圈|经济[区圈带]|区域|地区|[市地方省]))?"
    "(?:互联互通|(?:协同|共同|协调|一体化|高质量|融合)发展|优势互补|互利共赢|合作共赢)"
    "|(?:深化|加强|推动|推进|促进|扩大|拓展)(?:区域|城市|省际|地区|双边|务实|全面|友好|之间|间)*(?:合作|协作)"
    "|实现(?:互利|互惠|合作|优势)?(?:共赢|互补)"
)
"""推动某城市群互联互通、协同发展: what all work is for is no area."""
_PURPOSE = re.compile("为(?:了|进一步|深入|加快|推动|深化|更好|贯彻|落实)")
_DONE = re.compile(
    r"进展|成效|成果|取得(?!新?突破|更大)|以来|已[^有]|成绩|得到了|都有|不断|优势(?!互补)|介绍了|一年来|经验|做法"
)
_HAVE_DONE = re.compile("(?:相继|先后|陆续|已经?)[^，。；]{0,4}(?:开展|举办|实施|推出|组织)了")
_TIME_OVER = re.compile("(?:以来|[年月]来|过去[^，]{0,6}|去年|上年)$")
_AGREED = re.compile(
    r"合作|协同|联动|共建|共同|携手|联手|协作|深化|商定|达成|共识|讨论|审议|会商|未来|一体化|共享|发力|互动|对接|铺排|协商"
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
_PROPOSED = re.compile(
    r"提出(?:了)?[^，。；]{0,8}(?:建议|意见|倡议|举措|设想|思路|主张)[，。；：]"
    r"(?:其中|主要|具体)*(?:包括|涉及|涵盖|有|是|为)(?:了)?：?$"
)
"""四市代表提出了许多建议。其中包括：…: what all proposed."""

_REACH = 80
"""Characters: how far before a sentence another one may say what its list is."""

_THINGS = re.compile("的?(?:行业|产品|企业|品牌|部门|机构|单位|国家)(?![合协联])")
"""汽车、船舶等行业: what is made is no area of work."""

_REPORTED = re.compile("(?:工作|建设|推进|落实|进展|开展)*(?:情况)?的?(?:汇报|报告|通报|说明)")
"""听取关于通道建设、旅游通航工作的汇报: what was reported on is not what was agreed."""

_TAKEN = re.compile("[、，]?把(?P<what>[^，、。；：“”把]{2,10}起来)(?=[、，。；]|$)")
"""四市商定，把港口联起来、把产业合起来: each is one."""
_WILLS = re.compile("商定|明确|决定|同意|约定|提出|[将要]|今后|明年|下一步")


class _List(NamedTuple):
    """A printed enumeration: its items, what stands before and after, how much speaks for it."""

    items: tuple[Span, ...]
    sentence: Span
    end: int
    weight: float
    proposed: bool = False
    """Whether it is but what a speaker asks for: told where nothing agreed on is."""


def read_areas(reading: Reading) -> Reading:
    """Complete the article's own meeting with its areas of cooperation."""
    if not reading.meetings:
        return reading
    meeting, *others = reading.meetings
    if meeting.areas:
        return reading  # told in numbered paragraphs (rules/programmes.py)
    lists = list(_lists(reading))
    agreed = [x for x in lists if not x.proposed]
    told = [x for x in agreed if x.weight >= 3] or [x for x in lists if x.proposed]
    best = max(told, key=lambda x: (x.weight, -x.end), default=None)
    if best is None:
        return reading
    best = _with_other_papers(reading.source.folded, best, agreed)
    rest = [x for x in agreed if x is not best and x.items[0].start > best.end]
    areas = tuple(_with_items(reading, best, rest))
    return replace(reading, meetings=(replace(meeting, areas=areas), *others))


def _with_other_papers(folded: str, best: _List, lists: list[_List]) -> _List:
    """《甲协议》在…达成共识。《乙协议》对…达成共识: areas of papers told one after another."""
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
            if taken := _taken(reading, sentence):
                yield taken
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
    marks = [m.start() for m in MARK.finditer(folded, *clause)]
    found: list[_List] = []
    floor = clause.start
    for mark in marks or [clause.end]:
        lead = lead_of(folded, sentence, Span(floor, clause.end), mark)
        # 围绕甲、推广乙、强化丙: a verb within a list opens no list of its own.
        if lead and not (found and lead[0] < found[-1].end):
            zone = Span(lead[0], clause.end)
            listed = _from_lead(reading, places, sentence, zone, lead)
            found += [listed] if listed else []
        floor = mark + 1
    return max(found, key=lambda x: x.weight, default=None)


def _from_lead(
    reading: Reading, places: frozenset[int], sentence: Span, zone: Span, lead: Lead
) -> _List | None:
    """The enumeration that begins with `zone`, if it may be one of areas."""
    folded = reading.source.folded
    listed = read_list(folded, zone, lead)
    if listed is None:
        return None
    items, start, closed = listed
    _, kind, count = lead
    alone = len(items) == 1 and re.match("等方面|等领域", closed[0])
    if len(items) < (1 if alone else 2) or not all(is_label(i.of(folded)) for i in items):
        return None
    if _PURPOSE.match(re.split("[，；：。]", folded[sentence.start : start])[-1]):
        return None
    if closed[0] == "等" and _THINGS.match(folded, closed.end()):
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
    if _names_places(places, items) or _names_people(reading, items):
        return None
    own = is_personal(reading, sentence, start) and not (
        count == len(items) and is_summing_up(reading, sentence, start)
    )
    if own and not is_proposed(folded, sentence, start):
        return None
    what = closed["what"] or closed["what2"] or ""
    weight = _WEIGHTS[kind] + _weight(folded, sentence, Span(start, closed.end()), what)
    weight += 2.0 if _is_proposed_by_all(reading, Span(sentence.start, items[0].start)) else 0.0
    weight += 3.0 if count == len(items) else -2.0 if count and count > 1 else 0.0
    weight += 0.5 if not what and closed["etc"] else 0.0
    weight += min(len(items) - 2, 4) * 0.3
    return _List(items, sentence, closed.end(), weight, own)


def _names_places(places: frozenset[int], items: Iterable[Span]) -> bool:
    """长春和大连: a list of places is none of areas."""
    return any(at in places for i in items if i.end - i.start < 6 for at in range(*i))


def _names_people(reading: Reading, items: Iterable[Span]) -> bool:
    """代表团成员有科技局局长A、港务局局长B: nor is one of people."""
    names = [s for o in reading.officials for s in o.name.spans]
    return any(item.holds(name) for item in items for name in names)


def _weight(folded: str, sentence: Span, listed: Span, what: str) -> float:
    """What the words around an enumeration say for its being agreed on."""
    after = folded[listed.end : sentence.end][:30]
    before = folded[sentence.start : listed.start][-40:]
    weight = 1.5 if re.search("方面|领域|范畴|议题|行动", what) else 0.5 if what else 0.0
    weight += 1.0 if _AGREED.search(what + after) else 0.0
    weight += 1.0 if _BODY.search(before) else 0.0
    return weight - (4.0 if _DONE.search(what + after[:14]) or _was_done(before) else 0.0)


def _is_proposed_by_all(reading: Reading, lead: Span) -> bool:
    """Whether the words before a list say that it was proposed, and name nobody who did."""
    folded = reading.source.folded
    if folded.find("提出", max(0, lead.start - _REACH), lead.end) < 0:
        return False
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


def _points(reading: Reading, block: Span) -> _List | None:
    """一是…二是…, where the meeting or all cities say so, not one person."""
    folded = reading.source.folded
    points = list(_POINT.finditer(folded, *block))
    if len(points) < 2 or is_personal(reading, block, points[0].start()):
        return None
    lead = folded[block.start : points[0].start()][-50:]
    if not (_BODY.search(lead) and _AGREED.search(lead)) or _DONE.search(lead):
        return None
    ends = (p.end("point") - folded.endswith("等", 0, p.end("point")) for p in points)
    items = tuple(Span(p.start("point"), end) for p, end in zip(points, ends, strict=True))
    return _List(items, block, points[-1].end(), 3.0)


def _taken(reading: Reading, sentence: Span) -> _List | None:
    """把A联起来、把B合起来, where the meeting or all cities say so, not one person."""
    folded = reading.source.folded
    if folded.find("起来", *sentence) < 0:
        return None
    found = list(_TAKEN.finditer(folded, *sentence))
    if len(found) < 2 or any(one.end() != other.start() for one, other in pairwise(found)):
        return None
    start = found[0].start("what")
    lead = folded[sentence.start : start]
    if not (_BODY.search(lead) and _WILLS.search(lead)) or is_personal(reading, sentence, start):
        return None
    items = tuple(Span(*one.span("what")) for one in found)
    return _List(items, sentence, found[-1].end(), 3.0)


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
