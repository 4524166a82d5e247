"""Documents: titles, what the meeting did with them, who signed, and their short forms.

A title stands in 《》, or without marks where a verb and a kind of document fix its ends. A short
form (《行动方案》) belongs to the full title it abbreviates. What was done is told by the verb that
governs the whole chain of titles; what an earlier meeting signed is only cited now.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ccmeet.lexicon.documents import load_document_words
from ccmeet.model.article import Block
from ccmeet.model.fact import Fact
from ccmeet.model.reading import Action, DocumentRead, PlaceList, Reading
from ccmeet.numerals import NUMERAL
from ccmeet.text import HAN, Span, is_inside, pairs, sentences

_NEXT = re.compile(r"(?:等|和|与|及|以及|、|，|\s|[及和与]?《)*")
_WITH_YEARS = re.compile(
    rf"(?:围绕|落实|按照|根据|签署|签订|审议|通过|发布|印发|实施|推进|《[^《》]*》[、和与及])了?"
    rf"(?P<t>[{HAN}\d“”]{{2,36}}?(?:计划|方案|规划|纲要|协议|意见)（\d{{4}}\s?[-—－–~～至]\s?\d{{4}}年?）)"
)
_COUNTED = re.compile(
    rf"(?:签署|签订|审议并通过|审议通过|审议|通过|发布|研究|讨论|见证)了?"
    rf"(?P<t>[{HAN}\d“”]{{4,36}}?等(?:{NUMERAL})?[个项份](?:合作)?(?:文件|协议|方案|文本|材料))"
)
_BARE = re.compile(
    rf"(?:签署|签订)了?(?P<t>[{HAN}“”]{{4,30}}?(?:框架协议|合作协议|协议书|备忘录|宣言|意向书))(?![书的])"
)
_AFTER = re.compile(
    r"(?:正式|成功|已|均|也|等|文件|被|获|得到|由[^，。；《]{2,20}|在会上|会上|先后|\d+[个项份]|[、和及])*"
    r"(?P<verb>审议通过|签署|签订|通过|发布|印发|出台|审议)"
)
_ABBREVIATED = re.compile(r"（?[，,]?(?:以下)?简?称(?:为)?[：:“]?$")
_WEAK = re.compile(r"通过|形成|确定|研究|讨论|介绍|推进|提出|明确|实施|完成|公布|按|据|依|签|发布")
_ADVERB = re.compile(
    r"(?:共同|联合|集中|分别|随后|陆续|先后|现场|正式|共|还|又|也|并|再|已|将|拟|一起|一同|携手|现|"
    r"昨[日天]|今[日天]|当[日天]|近日|日前|\d{1,2}日|\d{1,2}月\d{1,2}日|代表|成功|了)+$"
)
_LEAD = re.compile(
    r"^(?:会上|会议上|会议期间|会后|会前|当天|当日|随后|其后|其间|期间|最后|此外|同时|活动现场|现场|会议|大会|"
    r"\d{1,2}日|\d{1,2}月\d{1,2}日|审议并?|见证了?|并|以来|此次|本次|由)+"
)
_GROUP_NAME = re.compile(
    rf"[{HAN}“”、]{{0,14}}(?:城市|双方|各方|三方|四方|多方|部门|局|委|单位|企业|代表|政府|公司|协会|医院|大学|"
    r"市长|书记|机构|商会|院校|银行|负责人|中心|联盟|各地|三地|两地|四地)"
)
_TOGETHER = re.compile(r"^(?:又|还|再|并|同时)*(?:与(?!会)|同|和|协同|会同|携手)")
_AT_IT = re.compile(r"(?:上|期间|时|以来|后|中)?，?[^，]*")
_RANK: dict[Action, int] = {
    "cited": 0,
    "drafted": 1,
    "deliberated": 2,
    "planned": 3,
    "adopted": 4,
    "signed": 5,
    "witnessed": 6,
}


@dataclass(frozen=True, slots=True)
class _Title:
    """One printed title and the sentence it stands in."""

    span: Span
    sentence: Span
    marked: bool = True


@dataclass(frozen=True, slots=True)
class _Done:
    """What one sentence says was done with a title, by which word, and by whom."""

    title: _Title
    action: Fact[Action]
    signatories: tuple[Fact[str], ...]


def read_documents(reading: Reading) -> Reading:
    """Complete the article's own meeting with the documents that the text names."""
    if not reading.meetings:
        return reading
    meeting, *others = reading.meetings
    titles = list(_titles(reading))
    shorts = dict(_shorts(reading.source.folded, titles))
    told = [_done(reading, t, titles) for t in titles if t not in shorts]
    documents = tuple(_documents(reading, told, shorts))
    return replace(reading, meetings=(replace(meeting, documents=documents), *others))


def _titles(reading: Reading) -> Iterator[_Title]:
    folded, words = reading.source.folded, load_document_words()
    for block in reading.source.blocks:
        if block.kind in ("credit", "notice"):
            continue
        for sentence in _sentences(folded, block):
            found = [Span(p.start + 1, p.end - 1) for p in pairs(folded, "《", sentence)]
            bare = [s for s in _unmarked(folded, sentence) if not any(s.meets(f) for f in found)]
            for span in sorted((*found, *bare)):
                title = span.of(folded).strip()
                if title and not words.work.search(title):
                    yield _Title(span, sentence, span in found)


def _sentences(folded: str, block: Block) -> Iterator[Span]:
    """The block's sentences; marks inside 《》 end none."""
    start = None
    for sentence in sentences(folded, block.span):
        begin = sentence.start if start is None else start
        if folded.count("《", begin, sentence.end) > folded.count("》", begin, sentence.end):
            start = begin
            continue
        start = None
        yield Span(begin, sentence.end)
    if start is not None:
        yield Span(start, block.end)


def _unmarked(folded: str, sentence: Span) -> Iterator[Span]:
    taken: list[Span] = []
    for pattern in (_WITH_YEARS, _COUNTED, _BARE):
        for found in pattern.finditer(folded, *sentence):
            span = Span(*found.span("t"))
            if "《" not in span.of(folded) and not any(span.meets(t) for t in taken):
                taken.append(span)
                yield span


def _shorts(folded: str, titles: list[_Title]) -> Iterator[tuple[_Title, _Title]]:
    """Titles that abbreviate another, each with the full title it stands for."""
    for title in titles:
        words = title.span.of(folded)
        before = [t for t in titles if t.span.end < title.span.start]
        rest = [t for t in titles if t.span.start > title.span.end]
        for full in (*reversed(before), *rest):
            between = folded[full.span.end + 1 : title.span.start - 1]
            said = full in before and len(between) < 14 and _ABBREVIATED.search(between)
            if said or _abbreviates(words, full.span.of(folded), full in before):
                yield title, full
                break


def _abbreviates(short: str, full: str, follows: bool) -> bool:
    """《计划》 or 《合作事项》 for a longer title of the same kind."""
    bare = re.sub(r"（[^（）]*）$", "", full)
    if len(short) >= len(bare) or short == bare:
        return False
    if bare.endswith(short) and (follows or len(short) <= 6):
        return True
    kind = load_document_words().classify(short)
    if not follows or not kind or not bare.endswith(kind[-2:]) or len(short) > 0.7 * len(bare):
        return False
    rest = iter(bare)
    return all(char in rest for char in short)


def _done(reading: Reading, title: _Title, titles: list[_Title]) -> _Done:
    """The action that the title's own sentence tells of it."""
    folded = reading.source.folded
    chain = _chain(folded, title, titles)
    first, last = chain[0].span.start, chain[-1].span.end
    verb = _verb_before(folded, title.sentence.start, first)
    words = load_document_words().actions
    if after := _AFTER.match(folded, last + 1, title.sentence.end):
        span = Span(*after.span("verb"))
        if verb is None or words[verb.of(folded)] == "cited":
            verb = span
    action = words[verb.of(folded)] if verb else "cited"
    if verb and action == "signed" and _witnessed(folded, title.sentence, verb):
        action = "witnessed"
    action = _timed(reading, title, verb, action)
    spans = (verb, title.span) if verb else (title.span,)
    told: Fact[Action] = Fact(action, spans, "document-action")
    if not verb:
        why = "文中只提到其名，未说会议对它做了什么"
        told = Fact(action, spans, "document-action", "inferred", why)
    signs = verb and re.search("签|达成|缔结", verb.of(folded))
    signers = _signatories(reading, title.sentence, verb) if signs and verb else ()
    if action == "cited":
        signers = signers if len(signers) > 1 else ()
    return _Done(title, told, signers)


def _chain(folded: str, title: _Title, titles: list[_Title]) -> list[_Title]:
    """The titles of one enumeration: 《…》《…》, 《…》、《…》和《…》."""
    mine = [t for t in titles if t.sentence == title.sentence]
    chain: list[_Title] = []
    for other in mine:
        close = chain and _NEXT.fullmatch(
            folded, chain[-1].span.end + chain[-1].marked, other.span.start
        )
        if chain and not close:
            if title in chain:
                break
            chain = []
        chain.append(other)
    return chain


def _verb_before(folded: str, start: int, first: int) -> Span | None:
    """The last word before the titles that says what was done with them."""
    words = load_document_words()
    floor = max(folded.rfind("；", start, first) + 1, start)
    found = None
    for match in words.action.finditer(folded, floor, first):
        if is_inside(folded, match.start(), "《", floor) or folded.startswith("仪式", match.end()):
            continue
        gap = folded[match.end() : first]
        weak = _WEAK.fullmatch(match[0])
        if weak and (len(gap) > 14 or re.search("[，。；：]", gap)):
            continue
        found = Span(*match.span())
    return found


def _witnessed(folded: str, sentence: Span, verb: Span) -> bool:
    clause = folded.rfind("，", sentence.start, verb.start) + 1
    return "见证" in folded[max(clause, sentence.start) : verb.start]


def _timed(reading: Reading, title: _Title, verb: Span | None, action: Action) -> Action:
    """The action as it is now: signed by an earlier meeting is cited, before a meeting planned."""
    if not verb or action in ("cited", "planned"):
        return action
    folded, start = reading.source.folded, title.sentence.start
    lead = folded[start : title.span.start]
    earlier = list(load_document_words().earlier.finditer(lead))
    if earlier and "，旨在" not in lead:
        return "cited"
    others = [s for m in reading.meetings[1:] for s in m.name.spans]
    mine = reading.meetings[0].name.spans
    named = [s for s in (*others, *mine) if start <= s.start and s.end <= verb.start]
    if named and max(named) in others and _AT_IT.fullmatch(folded, max(named).end, verb.start):
        return "cited"
    when = reading.meetings[0].start_date or reading.article.date_published
    years = [
        d.start.year
        for d in reading.mentions.dates
        if start <= d.span.start and d.span.end <= verb.start
    ]
    if when and years and max(years) < when.value.year:
        return "cited"
    announced = reading.meetings[0].state.value in ("announced", "postponed")
    return "planned" if announced and action != "drafted" else action


def _signatories(reading: Reading, sentence: Span, verb: Span) -> tuple[Fact[str], ...]:
    """Who stands before the verb: persons, cities one by one, or a group as printed."""
    folded, text = reading.source.folded, reading.source.text
    floor = max(folded.rfind("；", sentence.start, verb.start) + 1, sentence.start)
    if persons := _persons(reading, floor, verb.start):
        return persons
    start = max(folded.rfind(m, floor, verb.start) + 1 for m in "，：》")
    subject = _trimmed(folded, Span(max(start, floor), verb.start))
    together = _TOGETHER.match(subject.of(folded))
    found: list[Fact[str]] = []
    if together:
        found += _group_before(reading, floor)
        subject = Span(subject.start + together.end(), subject.end)
    lists = [x for x in reading.mentions.lists if subject.holds(x.span)]
    rest = folded[lists[-1].span.end : subject.end].strip("”") if lists else ""
    if lists and rest:
        span = Span(lists[0].span.start, subject.end)
        return (*found, Fact(span.of(text), (span,), "signatories"))
    for listed in lists:
        found += _each(folded, text, listed)
    if not found and _GROUP_NAME.fullmatch(subject.of(folded)):
        found.append(Fact(subject.of(text), (subject,), "signatories"))
    return tuple(found)


def _trimmed(folded: str, clause: Span) -> Span:
    lead = _LEAD.match(clause.of(folded))
    start = clause.start + (lead.end() if lead else 0)
    tail = _ADVERB.search(folded[start : clause.end])
    end = start + tail.start() if tail else clause.end
    blank = len(folded[start:end]) - len(folded[start:end].lstrip())
    return Span(start + blank, end)


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
            yield Fact(place.span.of(text), (place.span,), "signatories")


def _persons(reading: Reading, floor: int, verb: int) -> tuple[Fact[str], ...]:
    """Officials named one after the other right before the verb."""
    folded = reading.source.folded
    names = sorted(
        (span, o.name)
        for o in reading.officials
        for span in o.name.spans
        if floor <= span.start and span.end <= verb
    )
    chain: list[Fact[str]] = []
    end = verb
    for span, name in reversed(names):
        gap = folded[span.end : end]
        close = _ADVERB.fullmatch(gap) or not gap or gap == "等"
        if chain:
            close = len(gap) <= 30 and not re.search("[。；》]|签|出席|主持", gap)
        if not close:
            break
        chain.append(Fact(name.value, (span,), "signatories"))
        end = span.start
    return tuple(reversed(chain))


def _group_before(reading: Reading, floor: int) -> Iterator[Fact[str]]:
    """又与…签署 leaves out who signed before: the group as the text calls it (四市)."""
    folded, text = reading.source.folded, reading.source.text
    groups = [
        x for x in reading.mentions.lists if not x.places and "观察员" not in x.tail.of(folded)
    ]
    named = [x for x in reading.mentions.lists if x.places and x.count and x.count == len(x.places)]
    for listed in (*groups, *named):
        words = listed.tail.of(text)
        why = f"原句承前省略主语，文中称“{words}”"
        yield Fact(words, (listed.tail,), "signatories", "inferred", why)
        return


def _documents(
    reading: Reading, told: list[_Done], shorts: dict[_Title, _Title]
) -> Iterator[DocumentRead]:
    """Each title once, with the strongest action and the fullest list of who signed."""
    folded, text = reading.source.folded, reading.source.text
    by_title: dict[str, list[_Done]] = {}
    for done in told:
        by_title.setdefault(done.title.span.of(folded).strip(), []).append(done)
    for title, dones in by_title.items():
        best = max(dones, key=lambda d: (_RANK[d.action.value], -d.title.span.start))
        signers = (
            max((d.signatories for d in dones), key=len)
            if best.action.value != "cited"
            else best.signatories
        )
        spans = tuple(d.title.span for d in dones)
        names: dict[str, list[Span]] = {}
        for short, full in shorts.items():
            while full in shorts:
                full = shorts[full]
            words = short.span.of(text)
            if full.span.of(folded).strip() == title and words != spans[0].of(text):
                names.setdefault(words, []).append(short.span)
        yield DocumentRead(
            title=Fact(spans[0].of(text), spans, "document-title"),
            action=best.action,
            signatories=signers,
            short_names=tuple(Fact(n, tuple(s), "short-name") for n, s in names.items()),
        )
