"""What a sentence says was done with a document: the verb that governs its title, and when.

All of it goes by the sentence's own build. Titles are blanked first (`blank_titles`), so that no
word inside one counts. A verb behind the titles governs them (《…》由四市签署, 对《…》进行审议);
else the nearest verb before them that reaches them. A verb in an attribute (四市编制的《…》)
yields to the main verb. Words of time in the verb's own stretch date the deed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from ccmeet.lexicon.documents import DocumentWords, load_document_words
from ccmeet.model.reading import Action
from ccmeet.text import Span

BLANK = "\ue000"
"""Stands for each sign of a title."""

RANK: tuple[Action, ...] = (
    "cited", "drafted", "deliberated", "adopted", "planned", "signed", "witnessed",
)  # fmt: skip
SIDE_BY_SIDE = re.compile(
    r"(?:[了、]|，?并且?|和|与|后|及|再|又|还|共同|一致|联合|原则|表决|分别|现场|正式|同意|集中|予以|依次|逐项|认真|最终|最后|全票|会议|"
    r"以[^，。；]{2,8}(?:方式|形式))*"
)
_LISTED = re.compile(
    r"[^；]*[，：](?:其中|主要|具体|它们)*(?:包括|分别是|分别为|即|有|为|是|涉及|涵盖|含|如)?(?:了|：|“)*(?:关于)?"
)
_CLOSE = re.compile(r"[^，；：。]{0,16}")
_ATTRIBUTE = re.compile(r"[了过]?(?:并[^，；。]{2,8}|、[^，；。]{2,8})?的")
_NOUN = (
    r"(?:(?:等|及|和)?(?:[两二三四五六七八九十\d多]*[个项份部]?|一(?:批|系列|揽子)|若干)(?:重要|相关|专项|合作|成果)*"
    r"(?:文件|协议书?|方案|文本|制度|材料|成果|文书|备忘录|计划|章程|草案|意见|"
    rf"（[^（）{BLANK}]*）)*(?:等)?)"
)
_ADVERB = (
    r"(?:已|均|也|都|又|则|[还仍尚正]在?|目前|[留待]?[到待](?:下[一]?[届次]|会后|年[内底])(?:会议|会商会|会)?|再|继续|将|拟|正式|同步|顺利|成功|分别|共同|一并|现场|随后|双双|相继|陆续|先后|集体|联合|即将|有望|年内|年底前|明年|尽快|择机|适时|近期|计划|预计|力争|准备|今天|今日|当天|当场|"
    r"[昨今当]日|昨天|，|并|后|被|获得?|得到|得以|予以|进行|进行了|一致|原则|全票|首次|同时|最终|于\S{0,8}?(?:[日午时]|年底前?|年内)|"
    r"\d{1,2}月\d{1,2}日|\d{1,2}日|"
    r"在[^，。；]{1,16}?|下半年|上半年|[今明]年底?|会上|会议期间|经[^，。；]{0,20}?|由[^。；]{1,60}?|提交[^，。；]{0,8}?|提请[^，。；]{0,8}?)*"
)
_BEHIND = re.compile(rf"{_NOUN}(?P<lead>{_ADVERB}?)$")
_TAKEN = re.compile(
    r"(?:^|[，；：。、\s]|并|还|又|拟|将|会议|会上|先后|分别|共同)(?:对|就|将|把|围绕|针对|以及|为|向大会提交)(?:了)?$|(?:对|就|围绕|针对)(?:[^，；。：]{0,12})$"
)
_PASSIVE_END = re.compile(r"[了]?(?:[。；，！\n]|$|仪式|生效|实施|落地|，)")
_CEREMONY = re.compile(
    rf"{_NOUN}的?(?P<verb>签署|签约|签订|签字|发布|通过|出台|印发|起草|编制|修订)(?:仪式|活动|工作|，|。|$)"
)
_YEAR = re.compile(r"(?:的|\d{4}年度?|年度)*(?=[落执推实进完贯履])")
_DRAFT = re.compile(
    r"了?(?:初稿|草案|征求意见稿|讨论稿|初步)|》?（(?:初稿|草案|征求意见稿|讨论稿|送审稿)）"
)
_AS_NOUN = re.compile("仪式|活动(?!中)|现场[^，]|部署")
_BY_MEANS = re.compile("[^，。；《]{0,10}(?:方式|形式|渠道|平台|机制|手段)")
_IN_MARKS = re.compile("”的?(?:方式|形式|办法)")
"""以“云签约”的方式共同签署: how, not what was done."""
BREAK = re.compile(r"[，；：。！？\n]")
_DONE_LATER = re.compile(r"以来|之后|后的|后，|[一两二三四五六七八九十\d]+周?年|至今")


_REACH = 400
"""Characters: how far from a title its verb is looked for."""
_BESIDE = re.compile(r"(?:基础上|之际|基础之上|背景下)$")
_SINCE = re.compile(r"(?:后|以来)$")
_ANEW = re.compile(r"会上|会议|此次|本次|本届|又|今天|今日|现场|再次|再度")


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done, by which verb; `behind` if it stands after the titles.

    `floor` is where the words end that belong to another deed before it. `tense` is "future" or
    "earlier" where a word at `said_at` says so, "perhaps_earlier" or "now" where it hints at it.
    """

    action: Action
    verb: Span
    floor: int
    tense: str = ""
    said_at: int = -1
    behind: bool = False


class Verb(NamedTuple):
    span: Span
    action: Action
    strong: bool


def blank_titles(folded: str, titles: Iterable[Span]) -> str:
    """The text, of the same length, with the signs of the titles blanked."""
    parts, end = [], 0
    for title in sorted(titles):
        start = max(end, title.start)
        parts += [folded[end:start], BLANK * (title.end - start)]
        end = max(end, title.end)
    return "".join(parts) + folded[end:]


def find_deed(blanked: str, sentence: Span, chain: Span) -> Deed | None:
    """What the sentence says was done with the titles of `chain` (marks included); None if
    nothing. `cited` where a verb only refers to them.
    """
    words = load_document_words()
    reach = Span(chain.start - _REACH, chain.end + _REACH)
    sentence = Span(max(sentence.start, reach.start), min(sentence.end, reach.end))
    noun = _as_noun(blanked, sentence, chain)
    if noun and noun.action == "drafted":
        return noun
    behind = noun or _behind(blanked, sentence, chain)
    before = _before(blanked, sentence, chain.start)
    head = words.head.match(blanked, _after_year(blanked, chain.end), sentence.end)
    if head and not (before and before.action in ("signed", "witnessed", "adopted")):
        return replace(before, action="cited") if before else None
    of_past = before and _ATTRIBUTE.fullmatch(blanked[before.verb.end : chain.start].rstrip("《"))
    signed = before and before.action in ("signed", "witnessed")
    if of_past and before and signed and _CARRIED_OUT.match(blanked, chain.end, sentence.end):
        return replace(before, action="cited")
    since = before and _SINCE_THEN.match(blanked, chain.end, sentence.end)
    if since and before and _FROM.search(blanked, before.floor, before.verb.start):
        return replace(before, action="cited")
    close = before if before and chain.start - before.verb.end < 3 else None
    if close and close.verb.of(blanked) in words.carrying_out:
        return close
    behind, before = _as_draft(blanked, chain, behind), _as_draft(blanked, chain, before)
    if behind and (
        before is None or before.action in ("cited", "drafted") or _takes(blanked, sentence, chain)
    ):
        return behind
    # 《甲》由四市签署，《乙》拟年底前签署: what opens its clause is the subject of the verb behind
    if behind and blanked[chain.start - 1 : chain.start] in ("，", "；"):
        return behind
    if behind and before and RANK.index(behind.action) > RANK.index(before.action):
        return behind
    return before


_FROM = re.compile("自从?[^，。；]{0,24}$")
_SINCE_THEN = re.compile("[^，。；《]{0,2}以来")
"""自签订《…》以来: what was signed once."""


def _as_draft(blanked: str, chain: Span, deed: Deed | None) -> Deed | None:
    """形成《…》（征求意见稿）, 《…》已形成初稿: what was formed is a draft."""
    if deed is None or deed.verb.of(blanked) != "形成":
        return deed
    said = _DRAFT.match(blanked, deed.verb.end if deed.behind else chain.end)
    return replace(deed, action="drafted") if said else deed


def _after_year(blanked: str, place: int) -> int:
    """《…》2023年度执行情况: what the head speaks of may be a year's."""
    year = _YEAR.match(blanked, place)
    return year.end() if year else place


def find_verbs(blanked: str, zone: Span) -> Iterator[Verb]:
    words = load_document_words()
    for found in words.verb.finditer(blanked, zone.start, zone.end):
        action = words.actions.get(found[0])
        if action and not _is_noun(blanked, found):
            yield Verb(Span(*found.span()), action, found[0] in words.strong)


_SIGNED_BEFORE = re.compile("签(?:署|订|下)?了?(?:关于)?$")


def _is_noun(blanked: str, found: re.Match[str]) -> bool:
    """签署仪式, 研究部署 and 通过视频会议形式 hold a verb but no deed."""
    if _AS_NOUN.match(blanked, found.end()):
        return True
    if _IN_MARKS.match(blanked, found.end()):
        return True
    near = max(0, found.start() - 6)
    if found[0] == "缔结" and _SIGNED_BEFORE.search(blanked, near, found.start()):
        return True  # 签署缔结友好城市协议
    return found[0] == "通过" and bool(_BY_MEANS.match(blanked, found.end(), found.end() + 12))


def _takes(blanked: str, sentence: Span, chain: Span) -> bool:
    """Whether a word before the titles hands them to a verb behind: 对《…》进行审议."""
    return bool(_TAKEN.search(blanked, max(sentence.start, chain.start - 14), chain.start))


def _as_noun(blanked: str, sentence: Span, chain: Span) -> Deed | None:
    """《…》签约仪式, 《…》的起草, 《…》编制工作: the deed itself is spoken of."""
    found = _CEREMONY.match(blanked, chain.end, sentence.end)
    if not found or blanked[chain.end] in "。，；":
        return None
    at, tense = _tense(blanked, sentence, Span(sentence.start, chain.start))
    action = load_document_words().actions[found["verb"]]
    return Deed(action, Span(*found.span("verb")), chain.end, tense, at, behind=True)


def _behind(blanked: str, sentence: Span, chain: Span) -> Deed | None:
    """The verb after the titles whose object or subject they are."""
    taken = _takes(blanked, sentence, chain)
    on_it = blanked.startswith("上签", chain.end)
    for verb in find_verbs(blanked, Span(chain.end, sentence.end)):
        gap = blanked[chain.end : verb.span.start]
        if BLANK in gap or len(gap) > 90:
            return None
        after = blanked[verb.span.end : sentence.end]
        if verb.action == "cited" or _ATTRIBUTE.match(after):
            return None
        fits = on_it or (not re.search("[；。]", gap) if taken else _BEHIND.match(gap))
        if not fits:
            return None
        if _DONE_LATER.match(after):
            return Deed("cited", verb.span, verb.span.start)
        group = _group_after(blanked, verb, Span(chain.end, sentence.end))
        last = group[-1]
        # …》，并签署《…》 has an object of its own.
        if BLANK in re.split("[，；。]", blanked[last.span.end : last.span.end + 6])[0]:
            return None
        if gap.startswith(("，", "，并")) and not _PASSIVE_END.match(blanked, last.span.end):
            return None
        best = max(group, key=lambda v: RANK.index(v.action))
        at, tense = _tense(blanked, sentence, Span(chain.end, best.span.start))
        if not tense:
            at, tense = _tense(blanked, sentence, Span(sentence.start, chain.start))
        return Deed(best.action, best.span, chain.end, tense, at, behind=True)
    return None


def _group_after(blanked: str, first: Verb, zone: Span) -> list[Verb]:
    group = [first]
    for verb in find_verbs(blanked, Span(first.span.end, zone.end)):
        if not SIDE_BY_SIDE.fullmatch(blanked, group[-1].span.end, verb.span.start):
            break
        group.append(verb)
    return group


def _before(blanked: str, sentence: Span, start: int) -> Deed | None:
    """The nearest verb that reaches titles at `start`, or the main verb it is an attribute to."""
    verbs = list(find_verbs(blanked, Span(sentence.start, start)))
    for index in range(len(verbs) - 1, -1, -1):
        verb = verbs[index]
        if not _reaches(blanked, verb, start):
            # 通过五市推进的重点事项，其中有《…》: what an attribute speaks of ends no search.
            inside = verb.action == "cited" and _IN_ATTRIBUTE.match(blanked, verb.span.end, start)
            if not inside and BREAK.search(blanked, verb.span.end, start):
                return None
            continue
        if _qualifies(blanked, verbs[: index + 1], start):
            continue
        group, rest = _group_before(blanked, verbs[: index + 1])
        deed = _deed(blanked, sentence, group, rest)
        if not _ATTRIBUTE.match(blanked, verb.span.end, start):
            return _by_witness(blanked, deed, rest)
        return _in_attribute(blanked, sentence, deed, rest, start)
    return None


def _qualifies(blanked: str, verbs: list[Verb], start: int) -> bool:
    """Whether the last verb only says what the titles are about: 签署旨在推进合作的《…》."""
    last, before = verbs[-1], verbs[:-1]
    gap = blanked[last.span.end : start].rstrip("《")
    if last.action != "cited" or not gap.endswith("的") or not before:
        return False
    main = before[-1]
    return main.action != "cited" and not BREAK.search(blanked, main.span.end, start)


def _reaches(blanked: str, verb: Verb, start: int) -> bool:
    gap = blanked[verb.span.end : start]
    if verb.action == "witnessed" and gap.startswith(("下", "之下")):
        return False  # 在嘉宾见证下，《…》正式签署
    if verb.action == "cited" and len(verb.span) and not _CLOSE.fullmatch(gap.rstrip("《")):
        return False
    if not BREAK.search(gap):
        return verb.strong or len(gap) <= 18
    if BLANK in gap:
        # 签署《…》，以及…的《…》 goes on; 签署《…》，《…》则… does not.
        return bool(_ONE_MORE.fullmatch(gap))
    return bool(_LISTED.fullmatch(gap.removesuffix("《"))) and len(gap) < 50


def _group_before(blanked: str, verbs: list[Verb]) -> tuple[list[Verb], list[Verb]]:
    """The last verb with those right beside it, and the verbs that stand before them."""
    group = [verbs[-1]]
    rest = verbs[:-1]
    while rest and SIDE_BY_SIDE.fullmatch(blanked, rest[-1].span.end, group[0].span.start):
        group.insert(0, rest.pop())
    return group, rest


def _deed(blanked: str, sentence: Span, group: list[Verb], rest: list[Verb]) -> Deed:
    best = max(group, key=lambda v: (RANK.index(v.action), v.span))
    floor = max([sentence.start, *(v.span.end for v in rest)])
    at, tense = _tense(blanked, sentence, Span(sentence.start, group[0].span.start))
    return Deed(best.action, best.span, floor, tense, at)


_BY_OTHERS = re.compile(
    r"[，；、》](?:[^，；。》]*?)(?:局|委|厅|部门|公司|集团|企业|大学|学院|医院|银行|机构|协会|商会|中心|园区|研究院|景区|港|支队)"
    r"(?:主要)?(?:负责人|代表)?(?:[双两三四五六]方|分别|共同|现场|联合|正式|成功|还|又|也|并|集中|就)*$"
)
"""在与会代表见证下，甲集团与乙集团签署: those who sign are none of those who meet."""


def _by_witness(blanked: str, deed: Deed, rest: list[Verb]) -> Deed:
    """见证四市签署: what others sign before the meeting's eyes."""
    if deed.action != "signed":
        return deed
    # 见证甲签署《…》、乙签署《…》: the second is witnessed too.
    onlookers = [v for v in rest if v.action != "signed"]
    if onlookers and onlookers[-1].action == "witnessed":
        between = blanked[onlookers[-1].span.end : deed.verb.start]
        if not re.search("[，；]", between) and not between.startswith(("下", "之下")):
            return replace(deed, action="witnessed")
        if between.startswith(("下", "之下")) and _BY_OTHERS.search(between):
            return replace(deed, action="witnessed")
    return deed


def _in_attribute(blanked: str, sentence: Span, inner: Deed, rest: list[Verb], start: int) -> Deed:
    """The deed of 审议四市编制的《…》 or 根据会上签署的《…》."""
    clause = max(blanked.rfind(mark, sentence.start, inner.verb.start) + 1 for mark in "，；：")
    around = [v for v in reversed(rest) if v.span.start >= clause]
    # 通过由甲起草、由乙修改的《…》: of several attributes none is the main verb.
    told = [v for v in around if v.action not in ("drafted", "cited")] or around
    outer = told[0] if told else None
    if outer is None or not (
        outer.strong or outer.action != "cited" or len(blanked[outer.span.end : start]) < 24
    ):
        return inner
    if outer.action == "witnessed":
        return replace(inner, action="witnessed") if inner.action == "signed" else inner
    group, before = _group_before(blanked, rest[: rest.index(outer) + 1])
    deed = _deed(blanked, sentence, group, before)
    if any(v.action == "witnessed" for v in group) and inner.action == "signed":
        return replace(inner, action="witnessed")
    if deed.action != "cited":
        return deed
    refers = blanked[outer.span.start : outer.span.end] in _REFERS
    return inner if inner.tense != "earlier" and (refers or inner.tense == "now") else deed


_AT_IT = re.compile(
    "[在到]?(?:上台|登台|发言|讲话|致辞|推介|介绍|作了?|做了?|交流|参观|考察|观看|走进|来到|实地|汇报|通报|亮相|宣读)"
)
"""五市负责人先后上台推介，并签署《…》: one after the other at the meeting itself."""

_REFERS = frozenset(("根据", "按照", "依据", "按", "据", "纵观", "打开", "翻开", "依照"))


def _tense(blanked: str, sentence: Span, lead: Span) -> tuple[int, str]:
    """What the words before a verb say of its time, and where: the nearest that has a say."""
    words = load_document_words()
    for found in reversed(list(words.times.finditer(blanked, *lead))):
        kind = words.dates[found[0]]
        if kind == "future" and not _goes_on(blanked, found, lead.end):
            continue
        if kind == "earlier" and not leads_to(blanked, sentence, found.start(), lead.end):
            continue
        if kind == "perhaps_earlier" and _AT_IT.match(blanked, found.end()):
            continue
        if kind == "perhaps_earlier" and _has(words, blanked, Span(sentence.start, found.start())):
            continue
        if kind and kind != "there":
            return found.start(), kind
    return -1, ""


def leads_to(blanked: str, sentence: Span, place: int, verb: int) -> bool:
    """Whether what stands at `place` dates the deed of a verb after it.

    It does in the verb's own stretch, and where it leads a clause before (去年四市开会，签署《…》);
    it does not as part of what another verb speaks of (通报上届会议以来的工作，审议《…》).
    """
    clause = max(blanked.rfind(mark, sentence.start, place) + 1 for mark in "，；：。")
    start = max(clause, sentence.start)
    stop = BREAK.search(blanked, place, verb)
    # 继去年签署《…》后，会上又签署《…》: the time is that of the words before the comma.
    if stop and _BESIDE.search(blanked, place, stop.start()):
        return False
    since = stop and _SINCE.search(blanked, place, stop.start())
    if stop and since and _ANEW.search(blanked, stop.end(), verb):
        return False
    if any(find_verbs(blanked, Span(start, place))):
        return not re.search("[，；：]|并|还", blanked[place:verb])
    return True


def _has(words: DocumentWords, blanked: str, zone: Span) -> bool:
    """Whether something before says that it is of this meeting or at one."""
    return any(words.dates[m[0]] in ("now", "there") for m in words.times.finditer(blanked, *zone))


_ONE_MORE = re.compile(
    r".*》[^，。；：]*[，、](?:以及|和|及|与)[^，。；：]*《?"
    r"|.*》[^，。；：]{2,16}(?:方案|办法|计划|细则|意见|规划|清单|报告|草案|纲要)、《?"
)
"""签署《…》，以及…的《…》; 审议《…规划纲要》两省市联合实施方案、《…》."""
_CARRIED_OUT = re.compile(
    "(?:已|已经|均|均已|全部|如期|顺利|圆满|基本)*(?:执行|落实|完成|到期|收官|实施)"
)
"""四市签订的《…》已执行完毕: it was signed before."""

_IN_ATTRIBUTE = re.compile("[^，；：。]{0,6}的")
_NO_TIME = re.compile("(?:的)?(?:工作|任务|重点|打算|安排|计划|合作)|”")
"""部署下一步工作，并通过《…》: the future is that of the work."""

_DONE = re.compile(
    r"(?:进行|开展|展开|作|做|听取|交流|讨论|研讨|协商|总结|回顾|达成|形成)了|(?:交流|研讨|协商|磋商)$"
)


def _goes_on(blanked: str, found: re.Match[str], end: int) -> bool:
    """Whether 将 and its kin still hold at `end`: 将听取…，审议… but not 将按…办，四市签署…."""
    if found[0] == "将" and blanked.startswith("《", found.end()):
        return False
    if found[0] != "将" and _NO_TIME.match(blanked, found.end(), end):
        return False
    pieces = re.split("[，；：]", blanked[found.end() : end])
    words = load_document_words()
    # 就加快…进行了交流，审议了《…》: what has been done before ends all that is to come.
    if any(_DONE.search(piece) for piece in pieces[:-1]):
        return False
    for piece in pieces[1:-1]:
        if not (words.verb.match(piece) or re.match("并|还|同时|以及|再", piece)):
            return False
    last = pieces[-1]
    if len(pieces) == 1:
        return not re.search("的$|的《", last) and not _has_deed(blanked, found.end(), end)
    return bool(re.fullmatch("(?:并|还|同时|以及|再|共同|拟|联合|集中|现场|会上|分别|正式)*", last))


def _has_deed(blanked: str, start: int, end: int) -> bool:
    """Whether another deed took the 将 for itself: 将落实四市签署的…."""
    verbs = list(find_verbs(blanked, Span(start, end)))
    return any(not SIDE_BY_SIDE.fullmatch(blanked, v.span.end, end) for v in verbs)
