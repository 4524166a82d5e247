"""Meetings by name: the one the article is about and others it mentions, series and edition.

A name ends in a word for a meeting (lexicon/series.yaml) and begins where a verb, a mark or a
date ends. Its ordinal may stand before (首届…会商会), inside (…第十届会商会) or after it
(…联席会议第五次会议); the series is the name without it. 第九届会商会 alone belongs to the series
the article is about.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ccmeet.lexicon.places import load_places
from ccmeet.lexicon.series import SeriesWords, load_series_words
from ccmeet.model.fact import Fact
from ccmeet.model.reading import MeetingRead, Reading, State
from ccmeet.numerals import NUMERAL, read_number
from ccmeet.text import HAN, Span

_ORDINAL = re.compile(rf"第(?P<n>{NUMERAL})[届次轮回]|(?P<first>首届|首次|首轮)")
_TAIL = re.compile(
    rf"(?:（)?第(?P<n>{NUMERAL})次(?:(?:全体|工作|正式|专题)?会议|）)|首次(?:全体)?会议"
)
_YEAR = re.compile(r"(?P<y>20\d\d)(?:年度|年|[·.])?")
_RUN = re.compile(rf"[{HAN}\dA-Za-z·“”+—-]{{1,44}}$")
_NO_MEETING = re.compile(r"制度|机制|办公室|成员|领导小组|平台|纪要|精神|议定|章程|秘书处|由|确定")
_HELD = re.compile(r"[^，。；\n《]{0,24}?(?:召开|举行|举办|开会|开幕|启幕|落幕|闭幕|拉开|举)")
_PAST = re.compile(r"以来|之后|后，|曾|时")


@dataclass(frozen=True, slots=True)
class _Name:
    """One printed name of a meeting, divided."""

    span: Span
    stem: tuple[Span, ...]
    ordinal: Span | None
    edition: int | None
    noun: str

    def series(self, text: str) -> str:
        return "".join(part.of(text) for part in self.stem)

    def is_short(self, text: str) -> bool:
        """第九届会商会: an ordinal and what such a meeting is called, no more."""
        return self.series(text) == self.noun


def read_meetings(reading: Reading) -> Reading:
    """Name, series and edition of every meeting; the article's own first, others `mentioned`."""
    folded, text = reading.source.folded, reading.source.text
    names = [
        n
        for b in reading.source.blocks
        if b.kind not in ("credit", "notice")
        for n in _find(folded, b.span)
    ]
    full = [n for n in names if not n.is_short(folded)]
    if not full:
        return reading
    main = max(full, key=lambda n: (_weight(reading, n, names), -n.span.start))
    if _weight(reading, main, names) < 3:
        return reading
    same = [n for n in names if _same(folded, n, main)]
    best = max(same, key=lambda n: (n.ordinal is not None, len(n.series(folded)), -n.span.start))
    first = _meeting(text, best, same, "held")
    others = _others(reading, names, best, first)
    return replace(reading, meetings=(first, *others))


def _find(folded: str, zone: Span) -> Iterator[_Name]:
    words, floor = load_series_words(), zone.start
    held: _Name | None = None
    for noun in words.noun.finditer(folded, zone.start, zone.end):
        if noun.start() < floor or _NO_MEETING.match(folded, noun.end()):
            continue
        start = _left(folded, Span(max(floor, noun.start() - 44), noun.start()), words)
        if held and held.span.end == start and held.ordinal is None:
            # 经济协调会第十九届市长联席会议: a body's name opens its meeting's name.
            start, held = held.span.start, None
        tail = _TAIL.match(folded, noun.end(), zone.end)
        name = _divide(folded, Span(start, noun.end()), tail, noun)
        if name and not words.other.search(folded, name.span.start, name.span.end):
            floor = name.span.end
            if held:
                yield held
            held = name
    if held:
        yield held


def _left(folded: str, before: Span, words: SeriesWords) -> int:
    """Where a name begins that ends at `before.end`."""
    run = _RUN.search(folded, before.start, before.end)
    start = run.start() if run else before.end
    for found in words.breaks.finditer(folded, start, before.end):
        if not found["keep"]:
            start = found.end()
    while folded[start : start + 1] in ("”", "·", "—", "-", "+"):
        start += 1
    quoted = folded[start : before.end]
    if quoted.count("”") > quoted.count("“"):
        start += quoted.rindex("”") + 1
    elif quoted.startswith("“") and "”" not in quoted:
        start += 1
    return start


def _divide(
    folded: str, span: Span, tail: re.Match[str] | None, noun: re.Match[str]
) -> _Name | None:
    ordinal = tail or next(iter(reversed(list(_ORDINAL.finditer(folded, *span)))), None)
    stem: tuple[Span, ...]
    year = _YEAR.match(folded, *span)
    start = year.end() if year else span.start
    if ordinal:
        number = read_number(ordinal["n"]) if ordinal["n"] else 1
        where = Span(*ordinal.span())
        if where.start < start:
            return None
        before = folded[start : where.start]
        if len(before) <= 4 and not _speaks_of_places(before):
            start, stem = where.start, (Span(where.end, span.end),)
        elif tail:
            stem = (Span(start, span.end),)
        else:
            stem = (Span(start, where.start), Span(where.end, span.end))
        stem = tuple(part for part in stem if part.start < part.end)
        whole = Span(start, max(span.end, where.end))
        return _Name(whole, stem, where, number, noun[0]) if number and stem else None
    if not year:
        return _Name(span, (span,), None, None, noun[0]) if span.end > span.start else None
    where = Span(*year.span("y"))
    return _Name(span, (Span(start, span.end),), where, int(year["y"]), noun[0])


def _weight(reading: Reading, name: _Name, names: list[_Name]) -> float:
    """How much speaks for a name being that of the meeting the article is about."""
    folded, words = reading.source.folded, load_series_words()
    block = next(b for b in reading.source.blocks if b.span.holds(name.span))
    body = reading.source.body()
    weight = 3.0 if block.kind == "headline" else 0.0
    weight += 2.0 if body and block == body[0] else 0.0
    weight += 3.0 if _HELD.match(folded, name.span.end, block.end) else 0.0
    weight += 2.0 if words.strong.search(name.noun) else 0.0
    weight += 2.0 if name.ordinal else 0.0
    weight -= 4.0 if _PAST.match(folded, name.span.end) else 0.0
    weight -= 4.0 if name.edition == 1 and _earlier(folded, name) else 0.0
    weight -= 0.0 if _is_ours(folded, name) else 6.0
    same = sum(1 for n in names if n.edition == name.edition and _same(folded, n, name))
    return weight + min(same - 1, 3) * 0.5


def _earlier(folded: str, name: _Name) -> bool:
    return bool(re.search(r"(?:19|20)\d\d年[^，。；\n]{0,8}$|自$", folded[: name.span.start][-14:]))


def _is_ours(folded: str, name: _Name) -> bool:
    """Whether a name speaks of cities or provinces at all."""
    return _speaks_of_places(name.span.of(folded))


def _speaks_of_places(words: str) -> bool:
    subject = load_series_words().subject
    return bool(subject.search(words)) or any(load_places().find(words))


def _same(folded: str, name: _Name, main: _Name) -> bool:
    """Whether two names mean one meeting: same edition, and one series may stand for the other."""
    if name.edition is not None and main.edition is not None and name.edition != main.edition:
        return False
    return _same_series(folded, name, main)


def _same_series(folded: str, name: _Name, main: _Name) -> bool:
    short, full = sorted((name.series(folded), main.series(folded)), key=len)
    return (
        full.endswith(short)
        or (_stem(short) in full and short[:4] == full[:4])
        or (short == name.noun and _stem(full).endswith(_stem(short)))
    )


def _stem(series: str) -> str:
    """A series without the last sign: 联席会 beside 联席会议."""
    return series.removesuffix("议")


def _meeting(text: str, name: _Name, same: list[_Name], state: State) -> MeetingRead:
    printed = name.span.of(text)
    spans = tuple(n.span for n in same if n.span.of(text) == printed)
    ordinals = tuple(n.ordinal for n in same if n.ordinal and n.edition == name.edition)
    return MeetingRead(
        name=Fact(printed, spans, "meeting-name"),
        state=Fact(state, spans, "state"),
        series=Fact(name.series(text), name.stem, "series"),
        edition=Fact(name.edition, ordinals, "edition") if name.edition is not None else None,
    )


def _others(
    reading: Reading, names: list[_Name], main: _Name, first: MeetingRead
) -> Iterator[MeetingRead]:
    """Other editions and other series that the text names with an ordinal, each once."""
    folded, text = reading.source.folded, reading.source.text
    told: set[tuple[str, int | None]] = set()
    for name in names:
        ours = _same_series(folded, name, main)
        if not name.ordinal or (ours and name.edition == main.edition):
            continue
        key = (_stem(main.series(folded)) if ours else name.series(folded), name.edition)
        if key in told or not (ours or _is_ours(folded, name)):
            continue
        told.add(key)
        same = [
            n
            for n in names
            if (n.edition == name.edition and _same_series(folded, n, name) == ours) or n == name
        ]
        meeting = _meeting(text, name, same, "mentioned")
        if ours and name.is_short(folded) and first.series:
            why = f"“{meeting.name.value}”承上文，指{first.series.value}"
            spans = (name.span, *first.series.spans)
            series = Fact(first.series.value, spans, "series", "inferred", why)
            meeting = replace(meeting, series=series)
        yield meeting
