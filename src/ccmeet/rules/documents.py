"""Documents: titles, what the meeting did with them, and their short forms.

A title stands in 《》, or without marks where a verb and a kind of document fix its ends. A short
form (《行动方案》) belongs to the full title it abbreviates. What was done is told by the verb that
governs the whole chain of titles; what an earlier meeting signed is only cited now, what is still
to come is planned. Newspapers, books and songs in 《》 are no documents.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from ccmeet.lexicon.deeds import RANK, Deed, blank_titles, find_deed, leads_to
from ccmeet.lexicon.documents import load_document_words
from ccmeet.lexicon.reasons import reason
from ccmeet.lexicon.titles import find_unmarked, is_common
from ccmeet.model.article import Block
from ccmeet.model.fact import Fact
from ccmeet.model.reading import Action, DateSeen, DocumentRead, Reading
from ccmeet.numerals import NUMERAL, read_number
from ccmeet.text import Span, pairs, sentences

_NEXT = re.compile(r"(?:等|和|与|及|以及|、|，|\s|[及和与]?《|（[^《》（）]{1,16}）)*")
_REACH = 600
"""Characters: as far as a sentence is followed to either side of its titles."""
_MANY = 300
"""Titles: each is held against each, and no article names so many."""
_ABBREVIATED = re.compile(r"（?[，,]?(?:以下|下称|下文)?(?:统|简)?称(?:为|作)?[：:“]?$")
_CALLED = re.compile(
    r"》?（(?:以下|下文)?(?:统|简)?称(?:为|作)?[：]?“(?P<short>[^“”《》（）]{2,20})”）"
)
_LEADS_A_CLAUSE = re.compile(r"(?:今年|去年|当年|同年|前年|早在|其中|自|从|于|在|据悉|会议|截至)?")
_THAT_ONE = re.compile("[该那当][次届](?:会议|联席会|会商会|会)")
_ISSUED = re.compile(r"(?:已|共同|联合|正式|审议)*(?:出台|印发|发布|签署|签订|通过|制定|编制)的")
_THERE = re.compile(r"会上|会期|会议上|会议期间|会后|会间|当时|那次")
_HELD = re.compile(r"召开|举行|举办|开会|开幕")
_PERFECT = re.compile("(?:审议|通过|签署|签订|签约|讨论|发布|见证|听取)了")
_ORDINAL = re.compile(rf"第(?P<n>{NUMERAL})[届次]")
_BRACKET = re.compile("（[^（）]*）$")
_OF_A_DOCUMENT = re.compile(r"度?(?:重点|工作|合作|行动|计划|项目|任务|事项|建设|推进|以来的?工作)")


_COMES_OUT = frozenset(("出台", "印发", "公布", "下发", "颁布"))
_NEVER_SIGNED = re.compile("(?:共识|倡议|决议|纪要)(?:（[^（）]*）)?$")
"""达成《…共识》: what is agreed by its very name needs no signature, as 达成《…协议》 has."""


class _Title(NamedTuple):
    """One printed title, its sentence (as far as it counts), and the chain of titles around it."""

    span: Span
    sentence: Span
    chain: Span
    marked: bool = True


class _Told(NamedTuple):
    """What one sentence says was done with a title; no verb where it is only mentioned."""

    title: _Title
    action: Action
    verb: Span | None


def read_documents(reading: Reading) -> Reading:
    """Complete the article's own meeting with the documents that the text names."""
    if not reading.meetings:
        return reading
    meeting, *others = reading.meetings
    titles = list(_titles(reading))
    if not titles:
        return reading
    blanked = blank_titles(reading.source.folded, (t.span for t in titles))
    heads = [b.span for b in reading.source.blocks if b.kind == "headline"]
    shorts = dict(_shorts(reading.source.folded, titles, heads))
    told = [_told(reading, blanked, t) for t in titles if t not in shorts]
    told = [t for t in told if not _is_nameless(reading.source.folded, t, told)]
    told = [t for t in told if not _is_headline_s(reading, t, told)]
    documents = tuple(_documents(reading, told, shorts))
    return replace(reading, meetings=(replace(meeting, documents=documents), *others))


def _titles(reading: Reading) -> Iterator[_Title]:
    folded = reading.source.folded
    blocks = [b for b in reading.source.blocks if b.kind not in ("credit", "notice")]
    stands = [s for b in blocks for s in _sentences(folded, b)]
    marked = [_marked(folded, sentence) for sentence in stands]
    blanked = blank_titles(folded, (span for spans in marked for span in spans))
    for sentence, found in zip(stands, marked, strict=True):
        bare = find_unmarked(blanked, sentence)
        if not found and not bare:
            continue
        for chain in _chains(folded, sorted((*found, *bare)), frozenset(found)):
            yield from _documents_of(folded, sentence, chain, frozenset(found))


def _marked(folded: str, sentence: Span) -> list[Span]:
    if folded.find("《", *sentence) < 0:
        return []
    return [Span(pair.start + 1, pair.end - 1) for pair in pairs(folded, "《", sentence)]


def _documents_of(
    folded: str, sentence: Span, chain: list[Span], marked: frozenset[Span]
) -> Iterator[_Title]:
    """The titles of a chain, without works; a chain of songs has none."""
    words = load_document_words()
    first, last = chain[0], chain[-1]
    whole = Span(first.start - (first in marked), last.end + (last in marked))
    before = folded[max(sentence.start, whole.start - 10) : whole.start]
    after = folded[whole.end : min(sentence.end, whole.end + 8)]
    near = Span(max(sentence.start, whole.start - _REACH), min(sentence.end, whole.end + _REACH))
    for span in chain:
        title = span.of(folded).strip()
        if title and not words.is_work(title, before, after):
            yield _Title(span, near, whole, span in marked)


def _sentences(folded: str, block: Block) -> Iterator[Span]:
    """The block's sentences; marks inside 《》 end none."""
    if folded.find("《", *block.span) < 0:
        yield from sentences(folded, block.span)
        return
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


def _chains(folded: str, spans: list[Span], marked: frozenset[Span]) -> Iterator[list[Span]]:
    """Titles of one enumeration: 《…》《…》, 《…》、《…》和《…》."""
    chain: list[Span] = []
    for span in spans:
        if chain:
            end = chain[-1].end + (chain[-1] in marked)
            if not _NEXT.fullmatch(folded, end, span.start):
                yield chain
                chain = []
        chain.append(span)
    if chain:
        yield chain


def _shorts(
    folded: str, titles: list[_Title], heads: list[Span]
) -> Iterator[tuple[_Title, _Title]]:
    """Titles that abbreviate another, each with the full title it stands for; a headline may
    print but the end of one."""
    titles = titles[:_MANY]
    for title in titles:
        words = title.span.of(folded)
        in_head = any(head.holds(title.span) for head in heads)
        before = [t for t in titles if t.span.end < title.span.start]
        rest = [t for t in titles if t.span.start > title.span.end]
        for full in (*reversed(before), *rest):
            between = folded[full.span.end + 1 : title.span.start - 1]
            said = full in before and len(between) < 14 and _ABBREVIATED.search(between)
            longer = full.span.of(folded)
            cut = in_head and full in rest and longer != words and longer.endswith(words)
            if said or cut or _abbreviates(title, words, full.span.of(folded), full in before):
                yield title, full
                break


def _abbreviates(title: _Title, short: str, full: str, follows: bool) -> bool:
    """《计划》 or 《合作事项》 for a longer title of the same kind, which as a rule stands before.

    Without marks (a headline's 签署旅游一卡通协议) it may leave out what it will.
    """
    bare = _BRACKET.sub("", full)
    if not title.marked and full == short + "书":
        return True  # 合作协议 of a headline, 合作协议书 below
    if follows and short == full + full[-2:]:
        return True  # 《某某协议协议》: a misprint
    if len(short) >= len(bare) or short == bare:
        return False
    if bare.endswith(short) and (follows or len(short) <= 6):
        return True
    kind = load_document_words().classify(short)
    if not kind or not bare.endswith(kind[-2:]):
        return False
    if title.marked and (not follows or len(short) > 0.7 * len(bare)):
        return False
    rest = iter(bare)
    return all(char in rest for char in short)


def _told(reading: Reading, blanked: str, title: _Title) -> _Told:
    """The action that the title's own sentence tells of it."""
    deed = find_deed(blanked, title.sentence, title.chain)
    if deed is None:
        return _Told(title, "cited", None)
    if deed.verb.of(blanked) == "达成" and _NEVER_SIGNED.search(reading.source.folded, *title.span):
        deed = replace(deed, action="adopted")
    return _Told(title, _timed(reading, blanked, title, deed), deed.verb)


def _is_nameless(folded: str, each: _Told, told: list[_Told]) -> bool:
    """签署合作协议 where another title says which one, or where it is only mentioned."""
    if each.title.marked or not is_common(each.title.span.of(folded)):
        return False
    done = ("signed", "witnessed", "planned")
    named = [t for t in told if not is_common(t.title.span.of(folded))]
    return each.action not in done or any(t.action in done for t in named)


def _is_headline_s(reading: Reading, each: _Told, told: list[_Told]) -> bool:
    """敲定年度清单 of a headline, where the text prints in marks what was adopted or signed."""
    heads = (b.span for b in reading.source.blocks if b.kind == "headline")
    if each.title.marked or not any(h.holds(each.title.span) for h in heads):
        return False
    return any(t.title.marked and t.action in ("adopted", "signed", "witnessed") for t in told)


def _timed(reading: Reading, blanked: str, title: _Title, deed: Deed) -> Action:
    """The action as it is now: signed by an earlier meeting is cited, before a meeting planned."""
    if deed.action == "cited":
        return "cited"
    if deed.action in ("adopted", "drafted") and _is_issued_outside(blanked, title, deed):
        return "cited"
    if deed.tense == "future":
        return "planned"
    if _is_out_elsewhere(blanked, title, deed):
        return "cited"
    at, is_past = _last_event(reading, blanked, title.sentence, deed.verb.start)
    if deed.tense == "earlier" and deed.said_at > at:
        return "cited"
    # 四市已起草《…》: a draft is made before the meeting as it is.
    if at < 0 and deed.tense == "perhaps_earlier" and not deed.behind and deed.action != "drafted":
        return "cited"
    if is_past and not (deed.tense == "now" and deed.said_at > at):
        return "cited"
    done = deed.action == "drafted" or _is_over(reading, blanked)
    return deed.action if done else "planned"


def _is_over(reading: Reading, blanked: str) -> bool:
    """Whether the meeting took place: it is not announced, or 审议了《…》 says that it did."""
    announced = reading.meetings[0].state.value in ("announced", "postponed")
    return not announced or bool(_PERFECT.search(blanked))


def _is_issued_outside(blanked: str, title: _Title, deed: Deed) -> bool:
    """国务院印发《…》: what others issue is no deed of the meeting."""
    clause = max(blanked.rfind(m, title.sentence.start, deed.verb.start) + 1 for m in "，；：")
    lead = Span(max(clause, title.sentence.start), deed.verb.start)
    return bool(load_document_words().outside.search(blanked, *lead))


def _is_out_elsewhere(blanked: str, title: _Title, deed: Deed) -> bool:
    """《…》出台, told without a meeting or anyone who decides: what others have put out."""
    told = deed.behind and deed.verb.of(blanked) in _COMES_OUT
    lead = Span(title.sentence.start, deed.verb.start)
    return bool(told and not re.search("会|[市省方地州县]", lead.of(blanked)))


def _last_event(reading: Reading, blanked: str, sentence: Span, place: int) -> tuple[int, bool]:
    """The last meeting or day named before a verb, and whether it is an earlier one.

    A sentence that names none and opens with 会上 goes on with the meeting of the one before.
    """
    events = sorted(_events(reading, blanked, sentence, place))
    if events:
        return events[-1]
    block = next((b for b in reading.source.blocks if b.span.holds(sentence)), None)
    refers = _THAT_ONE.match(reading.source.folded, *sentence)
    if block and (refers or _THERE.match(reading.source.folded, *sentence)):
        zone = Span(max(block.start, sentence.start - 600), sentence.start)
        before = list(sentences(reading.source.folded, zone))
        earlier = sorted(_events(reading, blanked, before[-1], before[-1].end)) if before else []
        folded = reading.source.folded
        held = refers or (earlier and _HELD.search(folded, earlier[-1][0], before[-1].end))
        if held and earlier and earlier[-1][1]:
            return sentence.start, True
    return -1, False


def _events(
    reading: Reading, blanked: str, sentence: Span, place: int
) -> Iterator[tuple[int, bool]]:
    first, *others = reading.meetings
    for meetings, is_past in (((first,), False), (others, True)):
        for span in (s for m in meetings for s in m.name.spans):
            before = sentence.start <= span.start and span.end <= place
            if before and (not is_past or leads_to(blanked, sentence, span.start, place)):
                yield span.start, is_past
    own = first.edition.value if first.edition else 0
    for found in _ORDINAL.finditer(reading.source.folded, sentence.start, place):
        is_past = 0 < (read_number(found["n"]) or 0) < own < 1000
        if is_past and leads_to(blanked, sentence, found.start(), place):
            yield found.start(), True
    for seen in reading.mentions.dates:
        if sentence.start <= seen.span.start and seen.span.end <= place:
            past = _is_past(reading, seen)
            if past is None or not _dates_a_deed(reading, sentence, seen):
                continue
            if not past or leads_to(blanked, sentence, seen.span.start, place):
                yield seen.span.start, past


def _is_past(reading: Reading, seen: DateSeen) -> bool | None:
    """Whether a day lies well before the meeting; None where nothing tells."""
    when = reading.meetings[0].start_date or reading.article.date_published
    if when is None:
        return None
    months = 12 * (when.value.year - seen.start.year)
    if when.value.month and seen.start.month:
        return months + when.value.month - seen.start.month > 1
    return months > 0


def _dates_a_deed(reading: Reading, sentence: Span, seen: DateSeen) -> bool:
    """Whether a date leads its clause: 2013年，四市签署… but not 通报2023年工作."""
    folded = reading.source.folded
    clause = max(folded.rfind(m, sentence.start, seen.span.start) + 1 for m in "，；：。（、")
    lead = folded[max(clause, sentence.start) : seen.span.start]
    if _OF_A_DOCUMENT.match(folded, seen.span.end):
        return False
    if len(lead) <= 14 and lead.endswith(("于", "在", "已", "就", "市", "省", "地", "方")):
        return True
    if _ISSUED.match(folded, seen.span.end):
        return True  # 2021年出台的《…》
    return bool(_LEADS_A_CLAUSE.fullmatch(lead))


def _documents(
    reading: Reading, told: list[_Told], shorts: dict[_Title, _Title]
) -> Iterator[DocumentRead]:
    """Each title once, with the strongest action that the text tells of it."""
    folded, text = reading.source.folded, reading.source.text
    by_title: dict[str, list[_Told]] = {}
    for each in told:
        by_title.setdefault(each.title.span.of(folded).strip(), []).append(each)
    kinds = load_document_words()
    for title, mentions in by_title.items():
        actions = {m.action for m in mentions}
        # 共同见证《…》签署…. 甲、乙签署《…》: told twice, it was signed, and others looked on.
        actions -= {"witnessed"} if "signed" in actions else set()
        action = max(actions, key=RANK.index)
        if action == "cited" and not kinds.classify(title):
            continue
        spans = tuple(m.title.span for m in mentions)
        yield DocumentRead(
            title=Fact(spans[0].of(text), spans, "document-title"),
            action=_action(action, mentions),
            short_names=tuple(_short_names(reading, title, spans, shorts)),
        )


def _action(action: Action, mentions: list[_Told]) -> Fact[Action]:
    """The action, shown by each verb that tells it, with its title."""
    telling = [m for m in mentions if m.action == action and m.verb]
    spans = tuple(s for m in telling for s in (m.verb, m.title.span) if s)
    if spans:
        return Fact(action, spans, "document-action")
    why = reason("document.mentioned")
    return Fact(action, (mentions[0].title.span,), "document-action", "inferred", why)


def _short_names(
    reading: Reading, title: str, spans: tuple[Span, ...], shorts: dict[_Title, _Title]
) -> Iterator[Fact[str]]:
    folded, text = reading.source.folded, reading.source.text
    names: dict[str, list[Span]] = {}
    for short, full in shorts.items():
        while full in shorts:
            full = shorts[full]
        if full.span.of(folded).strip() == title and short.span.of(text) != spans[0].of(text):
            names.setdefault(short.span.of(text), []).append(short.span)
    for span in spans:
        if called := _CALLED.match(folded, span.end):
            where = Span(*called.span("short"))
            names.setdefault(where.of(text), []).append(where)
    for name, places in names.items():
        yield Fact(name, tuple(places), "short-name")
