"""How a meeting was held: on screens or in person, by the words around it."""

import re
from collections.abc import Iterator

from ccmeet.lexicon.reasons import reason
from ccmeet.model.fact import Fact
from ccmeet.model.reading import Format, MeetingRead, Reading
from ccmeet.text import Span, fold, sentences

_HELD = re.compile(r"召开|举行|举办|开幕|闭幕|落幕")
_SCREEN = re.compile(
    r"(?:网络)?视频(?:会议|连线|会商|会|方式|形式)|线上(?!线下|[和、与及]线下|签|观看|参)|云端|云上|电视电话会议|"
    r"腾讯会议"
)
_ON_SCREENS = re.compile("视频|连线|[线云]上|云端|网络|电视电话|腾讯")
"""A word of every meeting on screens: where none stands there is no need to look closer."""
_MIXED = re.compile(
    r"线上[、和与及+]?线下|线下[、和与及+]?线上|线下|主会场(?![^。]*分会场)|实地|现场"
)
_GUEST_ON_SCREEN = re.compile(r"致辞|致贺|祝贺|发言|讲话|寄语|签署|签约|参会|出席|播放")
_HELD_ON_SCREEN = re.compile(
    "(?:视频|连线|线上|网络)(?:会议|连线|会商)?(?:的)?(?:方式|形式)"
    "(?:共同|正式)?(?:召开|举行|举办|签署|签约|签订|会商|协商|座谈)"
)
_GATHER = re.compile(
    r"座谈(?=[时中])|坐下来|坐[到在]了?一|面对面|齐聚|共聚|相聚|聚首|会聚|汇聚|东道主|与会|出席|发言|参会|围坐|(?:会议?|论坛)上(?=说|表示|指出|强调|介绍|提出|建议|致辞|讲话|发言)|"
    # 两市领导进行座谈, 对考察团来临表示欢迎
    r"(?:进行|举行|开展)[^，。；“”]{0,8}(?:座谈(?!会)|会谈|商谈)|在座谈时|主持(?:会议|座谈会)|(?:考察团|代表团|一行)来"
)


def format_of(reading: Reading, meeting: MeetingRead) -> Fact[Format] | None:
    """On screens where the words say so; in person where a place or a gathering is told."""
    folded, holdings = reading.source.folded, reading.mentions.holdings
    on_screens = _ON_SCREENS.search(folded)
    for zone in (*(h.sentence for h in holdings), *_of_own(reading)) if on_screens else ():
        if screen := _screen(folded, zone):
            return Fact("video", (screen,), "format")
    if meeting.location:
        why = reason("format.place", place=meeting.location.value)
        return Fact("in-person", meeting.location.spans, "format", "inferred", why)
    for block in reading.source.blocks:
        found = _GATHER.search(folded, block.start, block.end) if holdings else None
        if found and block.kind not in ("credit", "notice"):
            why = reason("format.words", words=found[0])
            return Fact("in-person", (Span(*found.span()),), "format", "inferred", why)
    return None


def has_main_hall(reading: Reading, city: Fact[str]) -> bool:
    """Whether a meeting on screens has its main hall in this city: 南京设主会场."""
    folded = reading.source.folded
    named = [p.span for p in reading.mentions.places if p.short == fold(city.value)]
    near = (folded[max(0, s.start - 8) : s.end + 8] for s in (*city.spans, *named))
    if any("主会场" in words for words in near):
        return True
    # 以视频形式在南京召开, 镇江在分会场参加: where it is held is the main one
    branch = folded.find("分会场")
    return branch >= 0 and "分会场" not in folded[city.spans[0].start : city.spans[0].end + 12]


def _of_own(reading: Reading) -> Iterator[Span]:
    """The sentences of the first paragraphs, but for those on another edition: 第八届以视频举行."""
    own, names = set(reading.mentions.own), reading.mentions.names
    others = [n.span for n in names if n.ordinal and n.span not in own]
    for block in reading.source.body()[:2]:
        for sentence in sentences(reading.source.folded, block.span):
            if not any(sentence.holds(s) for s in others):
                yield sentence


def _screen(folded: str, zone: Span) -> Span | None:
    """Words that say a meeting was held on screens; a guest's greeting by video says not."""
    told = _HELD_ON_SCREEN.search(folded, *zone)
    if told and "线下" not in zone.of(folded):
        return Span(*told.span())  # 以视频方式召开，主会场设在岳阳
    if _MIXED.search(folded, *zone):
        return None
    for found in _SCREEN.finditer(folded, *zone):
        rest = re.split("[，。；]", folded[found.end() : zone.end])[0]
        if _HELD.search(rest) or not _GUEST_ON_SCREEN.search(rest):
            return Span(*found.span())
    return None
