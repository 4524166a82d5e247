"""What was reported done since the last edition, by area.

A paragraph that tells of the time 第九届会商会以来 in parts, each opening with an area: one that
the meeting's own report of progress lists (交通网络化、产业协同化…等方面的显著进展), or one that is
followed by 方面 or by the words of a heading (…布局加快落实。).
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from ccmeet.model.fact import Fact
from ccmeet.model.reading import ProgressRead, Reading
from ccmeet.text import HAN, Span

_REPORTED = re.compile(
    rf"以来[，]?(?:[^。；\n]{{0,20}}?(?:在|，))?(?P<list>[{HAN}、“”]{{6,90}}?)(?:建设)?(?:等)?"
    r"(?:[两二三四五六七八九十\d]+[个大项])?(?:方面|领域|工作)?(?:的)?(?:合作|工作)?"
    r"(?:显著|积极|明显|重要|新)*(?:进展|成效|成果)"
)
_SINCE = re.compile(
    r"以来|去年|上年|一年来|过去一年|近年来|上届|工作进展|推进情况|工作情况|进展情况"
)
_DONE = re.compile(r"成效|进展|取得|扎实推进|落实|完成|推进|提升|明显")
_PARTED = re.compile(r"、|及(?![时其])|以及|和(?![谐平])")
_ENDS = re.compile("[；。：]")
_LABELLED = re.compile(rf"(?:在)?(?P<label>[{HAN}]{{2,10}}?)(?:方面|领域)[，：]")


def read_progress(reading: Reading) -> Reading:
    """Complete the article's own meeting with what was reported done."""
    if not reading.meetings or not _SINCE.search(reading.source.folded):
        return reading
    meeting, *others = reading.meetings
    labels = _labels(reading)
    parts = tuple(_parts(reading, labels))
    return replace(reading, meetings=(replace(meeting, progress=parts), *others))


def _labels(reading: Reading) -> tuple[str, ...]:
    """The areas that the report of progress lists."""
    folded = reading.source.folded
    for block in reading.source.body():
        found = _REPORTED.search(folded, block.start, block.end)
        if found and "、" in found["list"]:
            words = (w.strip("“”") for w in _PARTED.split(found["list"]))
            return tuple(w for w in words if 2 <= len(w) <= 16)
    return ()


def _parts(reading: Reading, labels: tuple[str, ...]) -> Iterator[ProgressRead]:
    folded, text = reading.source.folded, reading.source.text
    told: set[str] = set()
    lead = ""
    for block in reading.source.body():
        found = list(_openings(folded, block.span, labels))
        since = _SINCE.search(lead[-160:]) and _DONE.search(lead[-160:])
        inside = _SINCE.search(folded, block.start, found[0][0]) if found else None
        quoted = any(s.meets(block.span) for s in reading.speech)
        if len(found) > 1 and (since or inside) and not quoted:
            ends = [start for start, _ in found[1:]] + [block.end]
            for (start, label), end in zip(found, ends, strict=True):
                part = Span(start, _stop(folded, label, end))
                if label.of(folded) not in told:
                    told.add(label.of(folded))
                    yield ProgressRead(
                        Fact(label.of(text), (label,), "progress-area"),
                        Fact(part.of(text), (part,), "progress"),
                    )
        lead = block.span.of(folded) if block.kind != "heading" else lead + block.span.of(folded)


def _openings(folded: str, block: Span, labels: tuple[str, ...]) -> Iterator[tuple[int, Span]]:
    """Where a part opens, and its area: at the block's start or after a mark that ends a part."""
    for start in (block.start, *(m.end() for m in _ENDS.finditer(folded, *block))):
        label = next((w for w in labels if folded.startswith(w, start)), None)
        if label:
            yield start, Span(start, start + len(label))
        elif found := _LABELLED.match(folded, start, block.end):
            yield start, Span(*found.span("label"))


def _stop(folded: str, label: Span, end: int) -> int:
    """The end of a part without the mark that ends it."""
    while end > label.end and folded[end - 1] in "；。，\n ":
        end -= 1
    return end
