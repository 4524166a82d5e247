"""Areas in numbered paragraphs beneath words that announce them, each with its work.

议定以下十项合作事项：/一、畅通通道。（1）…；（2）…。/二、…
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from ccmeet.lexicon.undertakings import is_personal
from ccmeet.model.article import Block
from ccmeet.model.fact import Fact
from ccmeet.model.reading import AreaRead, Reading
from ccmeet.numerals import NUMERAL, read_number
from ccmeet.text import HAN, Span, sentences

_ANNOUNCES = re.compile(
    r"(?:商定|议定|约定|确定|明确|达成|提出|合作|重点|任务|行动|共识|倡议|内容)[^。；]{0,24}(?:以下|如下|：)[^。；]{0,16}[：。]?$"
)
_NUMBER_OPENS = re.compile(
    r"\s*（?(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})(?:[）、.．]|(?<=[一二三四五六七八九十])是)\s*(?P<label>[^，。：；（\n]{2,24})[。：]?"
)
_NO_AREA = re.compile("[《》？！]|^(?:会议|参会|与会)|议程|时间|地点|主题")
_COUNTS = re.compile(
    rf"(?P<n>{NUMERAL})(?:个方面|方面|大|项)的?(?:重点)?(?:工作|任务|内容|行动|事项|合作|举措)[^，。；]{{0,6}}[。：]$"
)
_HEAD_OPENS = re.compile(rf"\s*(?P<label>[{HAN}“”]{{4,14}})。(?=.)")
_PARTS = re.compile(r"(?:（\d{1,2}）|[①-⑳]|\d[.．](?!\d))?(?P<part>[^；。\n]+)")


def read_programmes(reading: Reading) -> Reading:
    """Complete the article's own meeting with the areas that numbered paragraphs tell."""
    if not reading.meetings:
        return reading
    meeting, *others = reading.meetings
    areas = tuple(_numbered(reading))
    if not areas:
        return reading
    return replace(reading, meetings=(replace(meeting, areas=areas), *others))


def _numbered(reading: Reading) -> Iterator[AreaRead]:
    folded, text, body = reading.source.folded, reading.source.text, reading.source.body()
    for index, block in enumerate(body[:-1]):
        lead = list(sentences(folded, block.span))[-1:]
        if not lead:
            continue
        found: list[tuple[Span, int, Block]] = []
        if _ANNOUNCES.search(folded, *lead[0]):
            found = list(_opened(folded, body[index + 1 :]))
        elif counted := _COUNTS.search(folded, *lead[0]):
            found = list(_headed(folded, body[index + 1 :], read_number(counted["n"]) or 0))
        if len(found) < 2 or any(_NO_AREA.search(label.of(folded)) for label, _, _ in found):
            continue
        if is_personal(reading, lead[0], lead[0].end - 1):
            continue
        for label, end, part in found:
            work = tuple(Fact(i.of(text), (i,), "area-items") for i in _work(folded, end, part.end))
            yield AreaRead(Fact(label.of(text), (label,), "areas"), work)
        return


def _opened(folded: str, body: tuple[Block, ...]) -> Iterator[tuple[Span, int, Block]]:
    """The label of each paragraph, where its work begins, and the paragraph; numbered from one."""
    in_figures: bool | None = None
    for number, part in enumerate(body, 1):
        opening = _NUMBER_OPENS.match(folded, part.start, part.end)
        if not opening or read_number(opening["n"]) != number:
            return
        if in_figures not in (None, opening["n"].isdecimal()):
            return  # 1. 2. and then the 三、 of the notice itself
        in_figures = opening["n"].isdecimal()
        yield Span(*opening.span("label")), opening.end(), part


def _headed(folded: str, body: tuple[Block, ...], count: int) -> Iterator[tuple[Span, int, Block]]:
    """The same of just `count` paragraphs that open with a short sentence: 共促科教融合。…"""
    opened = [_HEAD_OPENS.match(folded, part.start, part.end) for part in body[: count + 1]]
    if all(opened[:count]) and not any(opened[count:]):
        for opening, part in zip(opened[:count], body, strict=False):
            if opening:
                yield Span(*opening.span("label")), opening.end(), part


def _work(folded: str, start: int, end: int) -> Iterator[Span]:
    """The work told beneath a label: numbered or parted by ；, without marks."""
    for piece in _PARTS.finditer(folded, start, end):
        part = Span(*piece.span("part"))
        if part.end - part.start > 3:
            yield part
