"""Titles printed without 《》: a verb opens them, a kind of document ends them.

审议三省行动计划等8个文件, 签署警务合作框架协议, 围绕合作计划（2023-2025年）. What is only counted
(签署多项协议) or of no name of its own (通过工作计划) has no title; 签署框架协议 has, for want of
a better one (`is_common`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ccmeet.codec import load_data
from ccmeet.lexicon.deeds import BREAK, SIDE_BY_SIDE, Verb, find_verbs
from ccmeet.lexicon.words import one_of
from ccmeet.model.reading import Action
from ccmeet.numerals import NUMERAL
from ccmeet.text import HAN, Span

_NAMED = rf"[{HAN}A-Za-z\d“”\"·—+-]{{0,40}}?"
_YEARS = (
    r"(?:（(?:\d{4}年?\s?[-—－–~～至]+\s?\d{4}年?|"
    r"送审稿|审议稿|讨论稿|征求意见稿|草案|试行|修订稿|修订版)）)"
)
"""What may stand in brackets behind a title and belongs to it."""
_ENDS = r"(?=$|等|[、和与及（，；。]|《|以及)"
_REACH = 200
"""Characters: how far from its verb an object is followed."""
_QUOTED = re.compile("“(?P<t>[^“”，。；]{4,40})”")
_MARKED = re.compile(r"(?:《[^《》]*》(?:、|和|与|及|以及))+")
"""Titles in marks that an enumeration opens with; one without marks may come after them."""
_JOINED = re.compile("、|和|与|及|以及")
_IS_COUNTED = re.compile(r"(?:共|等)?[\d一二两三四五六七八九十多]+[项份个]")
_IS_COUNTED_AFTER_MARKED = re.compile(r"共?[\d一二两三四五六七八九十多]+[项份个]")
"""《…》、线网规划等13项议题: what 等 counts are all of them, and the last is named."""


@dataclass(frozen=True, slots=True)
class _Patterns:
    plain: dict[Action, re.Pattern[str]]
    """By what is done the titles that may follow: 签署 goes with other kinds than 审议."""
    counted: re.Pattern[str]
    framed: re.Pattern[str]
    """合作框架等5个合作协议: what is counted names its first by its matter."""
    dated: re.Pattern[str]
    vague: re.Pattern[str]
    common: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """The patterns of documents.yaml."""
    words = load_data((files("ccmeet.lexicon") / "documents.yaml").read_text("utf-8"))["unmarked"]
    drawn_up = one_of(words["drawn_up"])
    any_kind = one_of((*words["agreed"], *words["drawn_up"]))
    signed = re.compile(rf"(?P<t>{_NAMED}{any_kind}{_YEARS}?){_ENDS}")
    passed = re.compile(rf"(?P<t>{_NAMED}{drawn_up}{_YEARS}?){_ENDS}")
    nouns = r"(?:重要|专项|合作|成果)*(?:文件|协议|方案|文本|材料)"
    return _Patterns(
        plain={"signed": signed, "adopted": passed, "deliberated": passed},
        counted=re.compile(
            rf"(?P<t>[{HAN}\d“”（）]{{2,40}}?{any_kind}{_YEARS}?等(?:{NUMERAL})?[个项份]{nouns})"
        ),
        framed=re.compile(
            rf"(?P<t>[{HAN}\d“”（）]{{4,60}}?(?:框架|机制|建设|规划|共建)等(?:{NUMERAL})[个项份]{nouns})"
        ),
        dated=re.compile(rf"(?P<t>[{HAN}\d“”]{{2,36}}?{any_kind}{_YEARS})"),
        vague=re.compile(
            rf"^(?:[一二两三四五六七八九十百余多\d]+[份项个批条件宗次]|{one_of(words['some'])})|"
            rf"(?:的|[项份个](?:重点|重大|主要|具体|专项)*){any_kind}$|^.{{2}}$|并签|"
            r"“\d+(?:\+\d+){2,}”|"  # “1+1+3+10”合作协议 sums up how many there are
            r"^(?:以及|并|或)|[纳列]入"
        ),
        common=re.compile(rf"(?:{one_of(words['common'])})*{any_kind}"),
    )


def find_unmarked(blanked: str, sentence: Span) -> list[Span]:
    """The titles without marks in a sentence whose marked titles are blanked."""
    found: list[Span] = []
    verbs = list(find_verbs(blanked, sentence))
    for index, verb in enumerate(verbs):
        following = verbs[index + 1] if index + 1 < len(verbs) else None
        # 讨论通过章程 has one object, 签署共同推进合作的协议 is no pair of verbs.
        is_pair = following and SIDE_BY_SIDE.fullmatch(blanked, verb.span.end, following.span.start)
        if following and is_pair and following.action != "cited":
            continue
        for span in _objects(blanked, verb, sentence):
            if blanked.startswith("的", span.start):
                continue  # 确定的44项合作事项
            if not found or found[-1].end <= span.start:
                found.append(span)
    return found


def is_common(title: str) -> bool:
    """Whether a title names no matter of its own: 战略合作框架协议."""
    return bool(_patterns().common.fullmatch(title))


def _objects(blanked: str, verb: Verb, sentence: Span) -> Iterator[Span]:
    patterns = _patterns()
    if verb.span.of(blanked) == "征求":
        return  # 征求各方意见: what is asked for is no document
    plain = patterns.plain.get(verb.action)
    start = verb.span.end + (blanked[verb.span.end : verb.span.end + 1] in ("了", "过"))
    stop = BREAK.search(blanked, start, sentence.end)
    end = min(stop.start() if stop else sentence.end, start + _REACH)
    whole = plain and patterns.counted.match(blanked, start, end)
    if verb.action == "signed":
        whole = whole or patterns.framed.match(blanked, start, end)
    if whole := whole or patterns.dated.match(blanked, start, end):
        yield Span(*whole.span("t"))
        return
    quoted = plain and _QUOTED.match(blanked, start, sentence.end)
    if quoted and plain and plain.fullmatch(quoted["t"]):
        yield Span(*quoted.span("t"))
        return
    if named := _MARKED.match(blanked, start, end):
        start = named.end()
    counted = _IS_COUNTED_AFTER_MARKED if named else _IS_COUNTED
    # 签 alone is too short a word to go by.
    while plain and len(verb.span.of(blanked)) > 1:
        piece = plain.match(blanked, start, end)
        if not piece or patterns.vague.search(piece["t"]) or "的" in piece["t"][-8:]:
            return
        if verb.action != "signed" and patterns.common.fullmatch(piece["t"]):
            return
        if counted.match(blanked, piece.end(), end):
            return
        yield Span(*piece.span("t"))
        joined = _JOINED.match(blanked, piece.end(), end)
        if not joined:
            return
        start = joined.end()
