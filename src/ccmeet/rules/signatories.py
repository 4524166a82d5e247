"""Who signed each document: persons, cities one by one, bodies, or a group as printed.

They stand before the verb that signs, or after 由 where the title stands first. Where a clause
opens with its verb (…深入交流，并签署…) its subject is that of the clause before. What the press
prints as one (四市公安部门, 黄石、岳阳等观察员城市) stays one.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from ccmeet.lexicon.reasons import reason
from ccmeet.model.fact import Fact
from ccmeet.model.reading import DocumentRead, OfficialRead, PlaceList, Reading
from ccmeet.numerals import NUMERAL
from ccmeet.text import HAN, Span, places_of, sentences

Signers = tuple[Fact[str], ...]

_REACH = 600
"""Characters: as far as a sentence is followed to either side."""
_SIGNS = re.compile("签|联署|合署|达成|缔结|订立")
_ADVERB = re.compile(
    r"(?:(?:通过|以|采用)[^，。；、《]{2,10}(?:方式|形式)|共同|联合|联名|联袂|集中|分别|随后|当时|此前|早先|曾经?|就|于(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?|在[^，。；、《]{0,8}(?:会议?|论坛|仪式)上|陆续|先后|现场|(?:参会|与会|到会|到场|出席会议)并|正式|共|还|又|也|另外?|则|并|再|已|均|都|将|拟|一起|一同|携手|现|双双|两两|分别就|相继|会上|在会上|昨[日天]|今[日天]|"
    r"当[日天场]|近日|日前|\d{1,2}日|\d{1,2}月\d{1,2}日|成功|了|首次|同时|一致|在签约仪式上|在现场|有望|即将|计划|继续|再次|同步|缔结友好[^，。；、]{0,4}|"
    r"在[^，。；、《]{2,5}(?<![上下中里内间])|(?<=日)在[^，。；、《]{2,6}[上里](?![海饶])|(?:审议|讨论|审定|通过|研究|起草|形成|制定|制订|拟定|编制|协商|联合发布)+(?:并|和|、|后)|，并|、|"
    r"代表(?![共联正集]|分别|先后|现场|一[同起]|依次|[讨审协商通]|[在经就于均都已还并再])[\u4e00-\u9fff]{2,4}|代表(?:各自|各市|[两双三四五六七八九各本]?[市方地省城县区]|[^，。；]{0,24}?(?:政府|单位|城市|企业))(?:政府|单位|人民政府)?，?)+$"
)
_LEAD = re.compile(
    r"(?:、|会上|会议上|会议期间|会后|会前|会间|当天|当日|随后|其后|其间|期间|最后|此外|同时|活动现场|活动中|现场|会议|大会|仪式上|论坛上|签约仪式上|会商期间|"
    r"\d{1,2}日|\d{1,2}月\d{1,2}日|(?:\d{4}年)?\d{1,2}月|\d{4}年|审议并?|见证了?|并|还|以来|此次|本次|由|其中|据悉|"
    r"在[^，。；、]{1,24}?(?:见证下|仪式上|会议上|会上|期间|现场|之际|框架下|推动下|活动中|上(?![海饶])|下)|[上下][午]|晚|，)+"
)
_BODY = (
    r"(?:政协|人大|工商联|总工会|妇联|文联|侨联|局|委|厅|委员会|办公室|部门|公司|集团|大学|学院|学校|医院|政府|银行|协会|商会|联合会|学会|机构|院校|院所|研究院|研究所|中心|联盟|企业|"
    r"园区|开发区|高新区|经开区|新区|管委会|法院|检察院|支队|总队|海关|海事局|机场|港口|港务|港|图书馆|博物馆|报业|电视台|景区|馆|办|区|县|部|分行|支行|股份)"
)
_GROUP = (
    r"(?:城市|双方|各方|三方|四方|五方|六方|多方|代表|市长|州长|县长|区长|书记|负责人|负责同志|领导|各地|各市|三地|两地|四地|五地|六地|[两二三四五六七八九十\d]+(?:市|省|州|县|区|地|城|方|省市|市州)|"
    r"成员(?:单位|城市|市州|[市州省县])|各(?:城市|市州|省市|州市)|单位|嘉宾|一方|所在地|轮值方)"
)
_ONE_GROUP = re.compile(
    rf"(?:各|全体|与会)?(?:{NUMERAL}[个座家]?)?(?:省会|成员|会员|观察员|东道主|兄弟|沿江|周边)?"
    r"(?:城市|单位|市州|[省市县区州方])"
)
"""四市和观察员城市签署: two groups, neither of them listed."""
_AS_SHOWN = re.compile("（[^（），。]{0,4}[左右][^（）。]{0,8}）")
"""甲、乙（自左至右）签署: where a picture shows them."""
_WHERE = re.compile(rf"[{HAN}\-—]{{2,16}}(?:沿线|区内|省内|流域|沿江|境内)[{HAN}]{{0,4}}")
"""某江沿线省内 of 某江沿线省内11市: which of them signed."""
_WHOLE = re.compile(rf"[{HAN}A-Za-z\d“”、（）]{{0,40}}?(?:{_BODY}|{_GROUP})")
_ONE_BODY = re.compile(rf"[{HAN}A-Za-z\d“”（）·]{{2,30}}?{_BODY}")
_ONE_PLACE = re.compile(rf"[{HAN}]{{2,9}}[市州省旗]")
"""A city that no list holds, beside others: 临江市与乌兰乌德市签署."""
_SUBJECT = re.compile(
    r"(?P<who>[^，。；]{2,64}?)(?=分别|先后|共同|依次|逐一|(?<![合工协])作(?=了|交流|主题|典型|表态|总结|报告|发言|情况)|做了|进行|围绕|就|出席|参加|深入|坐[到在下]|围坐|聚[到在首]|相聚|会聚|汇聚|来到|召开|在|展开|举行|开展|达成|致辞|"
    r"发言|讲话|代表|齐聚|商定|约定|一致|审议|通过|听取|讨论|发布|研究|总结|回顾|通报|签署(?=《)|签订(?=《))"
)
_GOES_ON = re.compile(
    "(?:并?(?:按照|根据|依据|本着|遵循|秉承|秉持)|召开|举行|举办|参加|出席|共[商谋话叙绘享]|围绕|就[^业近地职]|深入|充分|总结|回顾|分析|研究|听取|交流|讨论|审议|探讨|达成|商定|形成|通报|共同|分别)"
)
"""甲、乙两市市长齐聚，共商大计，并签署…: a clause that carries its subject on."""
_A_MEETING = re.compile(r"(?:会商会|联席会|座谈会|协调会|论坛|峰会|会议|大会)$|^会议")
_TOGETHER = re.compile(r"(?:又|还|再|并|同时)*(?:与(?!会)|同(?!时)|和|协同|会同|携手)")
_PARTED = re.compile(r"、|与(?!会)|和|及|以及|同(?!时|济|仁)|协同|会同|携手")
_BY = re.compile(
    r"，(?P<each>分别|各自)?由(?P<who>[^，。；《》]{2,80}?)(?:代表)?(?:共同|分别|各自|联合)*(?:签订|签署|签约|签)"
)
_TITLE = re.compile("《[^《》]+》")
_IS_NEXT = re.compile("》(?:[^，。；]|，(?=《))*")
"""From a title to a place: titles beside it and what is said of them, no other clause."""
_DAY = re.compile(r"\d{1,2}[日月]|[昨今当]日|昨天|今天|日前|近日")
_ACTS = re.compile("了|通过|审议|听取|讨论|发布|签|介绍|通报|汇报")
_PARTIES = re.compile(rf"(?:{_BODY}|{_GROUP})$")
_AGREED = re.compile(
    r"(?P<who>[^，。；《》]{2,40}?)(?:又|还|也|共同|联合|已)*(?:敲定|商定|拟定|形成|达成|议定)了?《$"
)
_AHEAD = re.compile(r"(?:将|拟|即将|有望|计划|预计|准备|力争|争取)(?![军领])[^，]{0,8}$")
_TOGETHER_ARE = re.compile(
    r"^等?(?:[两二三四五六七八九十\d]{1,2}[位名个市地](?:[省市县区州局厅]长|书记|主席|主任|领导|负责人|同志|代表))?"
)
"""甲、乙、丙三位市长代表各自城市签署."""
_WITH = re.compile(
    r"(?:[^，。；、《]{0,16}(?:并|，))?代表[^，。；、《]{2,16}(?:与|同|和)(?P<posts>[^，。；《]{2,24})"
)
"""甲主持会议并代表临江市与南浦市市长乙签署…: both sign."""
_FOR_SIDES = re.compile(r"(?:分别|共同)?代表[^，。；《》]{1,16}(?:签字|签约|签署)(?=[，。；]|$)")
_LOOKED_ON = re.compile("见证(?:下|了)?|组织|邀请|促成")
_BY_OFFICE = re.compile(
    "(?:[、，和与及]|以及)(?P<who>[^，。；《》]{2,20}?(?:负责人|负责同志|代表(?=代表)|领导))"
)
_ALSO = re.compile(
    r"(?:分别|先后|共同|依次)*(?:出席|参加|致辞|讲话|发言|作了?(?:交流|汇报|表态|主题)*发言|交流)[^。；，《]{0,10}(?:，?并|并|，)"
    r"|(?:互换|交换)[^，。；《]{0,8}文本，(?:并|共同)*"
    r"|代表[^，。；《]{1,16}(?:签约|签字)，(?:现场|共同|分别)*"
    r"|(?:分别|先后|依次)*(?:介绍|通报|汇报)了?[^。；，《]{1,40}?(?:，(?:并|(?=代表|共同|联合))|并)(?:共同|分别)*"
)
"""甲、乙分别介绍两市合作情况，代表双方签署…: what those who sign did before."""


def read_signatories(reading: Reading) -> Reading:
    """Complete the documents of the article's own meeting with who signed them."""
    if not reading.meetings:
        return reading
    meeting, *others = reading.meetings
    if not meeting.documents:
        return reading
    documents = tuple(replace(d, signatories=_of(reading, d)) for d in meeting.documents)
    return replace(reading, meetings=(replace(meeting, documents=documents), *others))


def _of(reading: Reading, document: DocumentRead) -> Signers:
    """The fullest list that a sentence gives; of what was adopted, only those it is told of."""
    if document.action.value in ("deliberated", "drafted"):
        return ()
    if document.action.value == "adopted":
        return next(filter(None, (_adopting(reading, v) for v in document.action.spans)), ())
    verbs = [s for s in document.action.spans if s not in document.title.spans]
    verbs = [v for v in verbs if _SIGNS.search(v.of(reading.source.folded))]
    heads = [b.span for b in reading.source.blocks if b.kind == "headline"]
    verbs.sort(key=lambda verb: any(head.holds(verb) for head in heads))
    told = [_told(reading, document, verb) for verb in verbs] or [_after(reading, document)]
    fullest = max(told, key=len, default=())
    if document.action.value == "signed" and len(fullest) < 2:
        fullest = _for_both(reading, document) or fullest
    return fullest


def _adopting(reading: Reading, verb: Span) -> Signers:
    """四市共同发布《…》, 与会各方达成了《…》: who adopts a paper, right before the verb. Of the
    meeting itself (会议通过) nobody is told."""
    folded = reading.source.folded
    floor = _floor(folded, reading.source.sentence_of(verb), verb)
    start = max(floor, *(folded.rfind(mark, floor, verb.start) + 1 for mark in "，：》"))
    own = _trimmed(reading, Span(start, verb.start))
    if _PARTIES.search(folded, *own):
        return _named(reading, own, floor)
    persons = _persons(reading, floor, verb.start)
    return persons if len(persons) > 1 else ()


def _for_both(reading: Reading, document: DocumentRead) -> Signers:
    """双方签署《…》，甲、乙代表两市签字: the persons who sign for the sides, told right after."""
    folded = reading.source.folded
    for title in document.title.spans:
        block = reading.source.block_of(title)
        zone = Span(title.end, min(block.end, title.end + _REACH))
        near = list(sentences(folded, zone))[:2]
        said = _FOR_SIDES.search(folded, title.end, near[-1].end) if near else None
        if said and "《" not in folded[title.end : said.end()]:
            return _persons(reading, title.end, said.start())
    return ()


def _after(reading: Reading, document: DocumentRead) -> Signers:
    """Whom a clause behind the titles names: 见证了《…》《…》的签约，分别由甲局、乙局签订."""
    folded, text = reading.source.folded, reading.source.text
    for title in document.title.spans:
        sentence = reading.source.sentence_of(title)
        by = _BY.search(folded, title.end, sentence.end)
        if not by:
            continue
        ends = [m.end() - 1 for m in _TITLE.finditer(folded, sentence.start, by.start())]
        chain = [end for end in ends if _IS_NEXT.fullmatch(folded, end, by.start())]
        if title.end not in chain:
            continue
        who = Span(*by.span("who"))
        bodies = _bodies(folded, who)
        if by["each"] and len(bodies) == len(chain):
            own = bodies[chain.index(title.end)]
            return (Fact(own.of(text), (own,), "signatories"),)
        return _named(reading, who, sentence.start)
    return ()


def _told(reading: Reading, document: DocumentRead, verb: Span) -> Signers:
    """Whom one sentence names as those who sign."""
    folded = reading.source.folded
    sentence = reading.source.sentence_of(verb)
    floor = _floor(folded, sentence, verb)
    before = [t.end for t in document.title.spans if floor <= t.start and t.end <= verb.start]
    if before and folded.startswith("》上", max(before)):
        at = folded.rfind("在《", floor, max(before))
        at -= at > 0 and folded[at - 1] == "，"
        return (
            _persons(reading, floor, at) or _named(reading, Span(floor, at), floor)
            if at > 0
            else ()
        )
    if before:
        by = max(folded.rfind(word, max(before), verb.start) for word in "由经，")
        named = Span(by + 1, verb.start)
        told = (_persons(reading, *named) or _named(reading, named, floor)) if by >= 0 else ()
        return told or _who_agreed(
            reading, floor, min(t.start for t in document.title.spans if floor <= t.start)
        )
    if persons := _persons(reading, floor, verb.start):
        return persons
    start = max(floor, *(folded.rfind(mark, floor, verb.start) + 1 for mark in "，：》"))
    own = _trimmed(reading, Span(start, verb.start))
    if own.of(folded):
        return _named(reading, own, floor)
    return _carried(reading, floor, start) or _set_apart(reading, floor, Span(start, verb.start))


def _who_agreed(reading: Reading, floor: int, title: int) -> Signers:
    """甲区与乙区敲定《…》，昨日正式签署: those who agreed on it."""
    folded = reading.source.folded
    start = max(floor, *(folded.rfind(m, floor, title) + 1 for m in "，；："))
    agreed = _AGREED.match(folded, start, title)
    return _named(reading, Span(*agreed.span("who")), floor) if agreed else ()


def _floor(folded: str, sentence: Span, verb: Span) -> int:
    """Where the words begin that may name who signs: after ；, and after those who look on."""
    floor = max(folded.rfind("；", sentence.start, verb.start) + 1, sentence.start)
    seen = [m.end() for m in _LOOKED_ON.finditer(folded, floor, verb.start)]
    return max([floor, *seen])


def _named(reading: Reading, subject: Span, floor: int) -> Signers:
    """Those whom a subject names, each alone where the press names each."""
    folded, text = reading.source.folded, reading.source.text
    subject = _trimmed(reading, subject)
    together = _TOGETHER.match(subject.of(folded))
    found: list[Fact[str]] = []
    # 福建龙岩、漳州，江西赣州、抚州四地市代表: a list that commas part too
    over = (x.span for x in reading.mentions.lists if x.span.start < subject.start < x.span.end)
    subject = Span(min((span.start for span in over), default=subject.start), subject.end)
    if together:
        found += _group_before(reading, floor)
        subject = Span(subject.start + together.end(), subject.end)
    lists = [x for x in reading.mentions.lists if subject.holds(x.span)]
    if len(lists) > 1 and folded[lists[-1].span.start - 1] in "在于":
        *lists, _ = lists  # 四城市曾在武汉、长沙签署
        subject = _trimmed(reading, Span(subject.start, lists[-1].span.end))
    rest = folded[lists[-1].span.end : subject.end].strip("”") if lists else ""
    rest = "" if lists and lists[-1].places and rest in ("政府", "人民政府") else rest
    if _are_of_provinces(lists):  # 赣粤闽三省五市
        return (*found, Fact(subject.of(text), (subject,), "signatories"))
    is_number = len(lists) == 1 and not lists[0].places and not rest
    if is_number and _WHERE.fullmatch(folded, subject.start, lists[0].span.start):
        return (*found, Fact(subject.of(text), (subject,), "signatories"))
    if lists and not rest:
        return (*found, *(fact for listed in lists for fact in _each(folded, text, listed)))
    if len(lists) == 2 and not lists[0].places and rest == "代表":
        first, last = lists[0].span, Span(lists[1].span.start, subject.end)
        if _PARTED.fullmatch(folded, first.end, last.start):  # 四市与黄石等14个城市代表
            both = (Fact(s.of(text), (s,), "signatories") for s in (first, last))
            return (*found, *both)
    together = re.search(
        "(?<=[局委厅司团学院府行])(?:[双两三四五六七八]方|各方)$", subject.of(folded)
    )
    bodies = _bodies(
        folded, Span(subject.start, subject.start + together.start()) if together else subject
    )
    if bodies:
        return (*found, *(Fact(b.of(text), (b,), "signatories") for b in bodies))
    place = next((p for p in reading.mentions.places if p.whole == subject), None)
    if _A_MEETING.search(subject.of(folded)):
        return tuple(found)
    acts = lists and _ACTS.search(folded, subject.start, lists[0].span.start)
    if place or (lists and not acts) or _WHOLE.fullmatch(subject.of(folded)):
        found.append(Fact(subject.of(text), (subject,), "signatories"))
    return tuple(found)


def _are_of_provinces(lists: list[PlaceList]) -> bool:
    """Whether a list of provinces only says where the cities lie that are counted after it."""
    if len(lists) != 2 or lists[0].span.end != lists[1].span.start or lists[1].places:
        return False
    return all(place.level in ("province", "municipality") for place in lists[0].places)


def _trimmed(reading: Reading, clause: Span) -> Span:
    """The clause without what stands around its subject: when, where, how."""
    folded = reading.source.folded
    start, end = clause
    day = next((d.span for d in reading.mentions.dates if d.span.start == start), None)
    start = day.end if day and day.end <= end else start
    if lead := _LEAD.match(folded, start, end):
        start = lead.end()
    if still := _AHEAD.search(folded, start, end):
        end = still.start()
    if tail := _ADVERB.search(folded, start, end):
        end = tail.start()
    words = folded[start:end]
    if words.startswith("“") and words.find("”") == len(words) - 1:
        return Span(start + 1, end - 1)  # “四市一区”签署
    return Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))


def _each(folded: str, text: str, listed: PlaceList) -> Iterator[Fact[str]]:
    tail = listed.tail.of(folded)
    if not listed.places:
        yield Fact(listed.span.of(text), (listed.span,), "signatories")
    elif "观察员" in tail and listed.count:
        yield Fact(listed.tail.of(text), (listed.tail,), "signatories")
    elif "等" in tail:
        yield Fact(listed.span.of(text), (listed.span,), "signatories")
    else:
        for place in listed.places:
            yield Fact(place.whole.of(text), (place.whole,), "signatories")


def _bodies(folded: str, subject: Span) -> tuple[Span, ...]:
    """临江市公安局、南浦市公安局, or cities or groups alone: each part is one of its own; else
    none."""
    kinds = (_ONE_BODY, _ONE_PLACE, _ONE_GROUP)
    return next(filter(None, (_parts(folded, subject, kind) for kind in kinds)), ())


def _parts(folded: str, subject: Span, one: re.Pattern[str]) -> tuple[Span, ...]:
    ends = [*(m.start() for m in _PARTED.finditer(folded, *subject)), subject.end]
    parts, start = [], subject.start
    for end in ends:
        part = Span(start, end)
        if one.fullmatch(part.of(folded)):
            parts.append(part)
            following = _PARTED.match(folded, end, subject.end)
            start = following.end() if following else subject.end
    return tuple(parts) if len(parts) > 1 and start == subject.end else ()


def _persons(reading: Reading, floor: int, verb: int) -> Signers:
    """Officials named one after the other right before the verb, and who is told among them by
    office alone: 南浦市市长方大同和北川市政府负责人."""
    folded, text = reading.source.folded, reading.source.text
    names = sorted(
        (
            (span, o.name)
            for o in reading.officials
            for span in _mentions(folded, o, Span(floor, verb))
        ),
        key=lambda pair: pair[0],
    )
    chain: list[Fact[str]] = []
    end = verb
    for span, name in reversed(names):
        unnamed = _unnamed(folded, Span(span.end, end))
        if chain and unnamed and unnamed[-1].end == end:
            unnamed.pop()  # 和南浦市领导于海洋: his office
        gap = folded[unnamed[-1].end if unnamed else span.end : end]
        if chain:
            with_him = _WITH.fullmatch(gap)
            gap = with_him["posts"] if with_him else gap
            close = len(gap) <= 40 and not re.search("[。；》]|签|出席|主持|表示", gap)
        else:
            gap = _TOGETHER_ARE.sub("", _AS_SHOWN.sub("", gap, count=1), count=1)
            also = _ALSO.match(gap)
            gap = gap[also.end() :] if also else gap
            close = not gap or bool(_ADVERB.fullmatch(gap))
        if not close:
            break
        chain += reversed([Fact(who.of(text), (who,), "signatories") for who in unnamed])
        chain.append(Fact(name.value, (span,), "signatories"))
        end = span.start
    return tuple(reversed(chain))


def _unnamed(folded: str, after: Span) -> list[Span]:
    found: list[Span] = []
    start = after.start
    while who := _BY_OFFICE.match(folded, start, after.end):
        found.append(Span(*who.span("who")))
        start = who.end()
    return found


def _mentions(folded: str, official: OfficialRead, within: Span) -> Iterator[Span]:
    """Where an official is named, with or without posts; a name may hold a blank."""
    name = "".join(official.name.spans[0].of(folded).split())
    return places_of(folded, name, within, blanks=_REACH)


def _carried(reading: Reading, floor: int, start: int) -> Signers:
    """The subject of the clause before, where that says of it what it did."""
    folded = reading.source.folded
    while start > floor:
        begin = max(floor, *(folded.rfind(m, floor, start - 1) + 1 for m in "，："))
        clause = _trimmed(reading, Span(begin, start - 1))
        goes_on = _GOES_ON.match(folded, *clause)
        subject = None if goes_on else _SUBJECT.match(folded, *clause)
        if subject:
            return _named(reading, Span(*subject.span("who")), floor)
        if clause.of(folded) and not goes_on:
            return ()
        start = begin
    return ()


def _set_apart(reading: Reading, floor: int, clause: Span) -> Signers:
    """A subject that a comma sets apart from when and where: 四市市长，29日在岳阳共同签署."""
    folded = reading.source.folded
    if not _DAY.match(folded, *clause) or folded[clause.start - 1 : clause.start] != "，":
        return ()
    begin = max(floor, *(folded.rfind(m, floor, clause.start - 1) + 1 for m in "，："))
    subject = _trimmed(reading, Span(begin, clause.start - 1))
    lists = [x for x in reading.mentions.lists if subject.holds(x.span)]
    if lists and folded[lists[0].span.start - 1] == "的":
        subject = Span(lists[0].span.start, subject.end)
    is_party = _PARTIES.search(folded, *subject)
    return _named(reading, subject, floor) if is_party else ()


def _group_before(reading: Reading, floor: int) -> Iterator[Fact[str]]:
    """又与…签署 leaves out who signed before: the group as the text calls it (四市)."""
    folded, text = reading.source.folded, reading.source.text
    groups = [
        x for x in reading.mentions.lists if not x.places and "观察员" not in x.tail.of(folded)
    ]
    named = [x for x in reading.mentions.lists if x.places and x.count and x.count == len(x.places)]
    for listed in (*groups, *named):
        words = listed.tail.of(text)
        why = reason("signatories.subject", words=words)
        yield Fact(words, (listed.tail,), "signatories", "inferred", why)
        return
