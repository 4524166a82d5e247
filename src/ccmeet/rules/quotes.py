"""Speech: who said what, in whose words.

Words in quotation marks that fill a sentence are direct speech; what follows X表示， without marks
is the paper's paraphrase, and runs on to the paragraph's end or until someone else takes over.

Rules, as evidence names them: `speech:after-verb` (X表示，…), `speech:before-verb` (“…”X说),
`speech:pronoun` (他说), `speech:run-on` (并强调，…, or further quotations of the same speaker).
"""

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import NamedTuple

from ccmeet.lexicon.attributions import find_attributions
from ccmeet.lexicon.quotations import SENTENCE_ENDS, Quotations
from ccmeet.lexicon.turns import NOBODY, Turn, TurnFinder
from ccmeet.lexicon.verbs import Verbs, load_verbs
from ccmeet.lexicon.words import one_of
from ccmeet.model.article import Article, Block
from ccmeet.model.fact import Fact
from ccmeet.model.reading import Mode, OfficialRead, QuoteRead, Reading
from ccmeet.text import HAN, Span

RULES = ("speech:after-verb", "speech:before-verb", "speech:pronoun", "speech:run-on")
"""Every rule name that evidence of this file carries."""

_SENTENCE_END = re.compile(r"[。！？]|……")
_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]是|第[一二三四五六七八九十][，、]|其[一二三四五六][，、])"
)
_SIGNING = re.compile(r"[^，。“”]{2,24}(?:签署|签订|签约|发布|通过)了?《")
_BYLINE = re.compile(r"（[^（）\n]{0,30}(?:记者|通讯员|来源|编辑|摄|文/|图/)[^（）\n]{0,30}）\s*$")
_HAN = re.compile(f"[{HAN}]")


class Said(NamedTuple):
    """One stretch of speech: the speaker's name (`NOBODY` for a meeting), its verb, its words."""

    speaker: str
    verb: Span
    text: Span
    mode: Mode
    rule: str


def read_quotes(reading: Reading) -> Reading:
    """Give each official the speech that the article reports; who speaks has no other `verb`."""
    if not reading.officials:
        return reading
    source = reading.source
    names = tuple(re.sub(r"\s", "", o.name.spans[0].of(source.folded)) for o in reading.officials)
    said: dict[str, list[QuoteRead]] = {}
    for one in find_speech(source, names):
        said.setdefault(one.speaker, []).append(_quote(source, one))
    officials = (
        _with_quotes(official, said.get(name, []))
        for name, official in zip(names, reading.officials, strict=True)
    )
    return replace(reading, officials=tuple(officials))


def _with_quotes(official: OfficialRead, quotes: list[QuoteRead]) -> OfficialRead:
    return replace(official, quotes=tuple(quotes), verb=None) if quotes else official


def _quote(source: Article, one: Said) -> QuoteRead:
    text = Fact(one.text.of(source.text), (one.text,), one.rule)
    verb = Fact(one.verb.of(source.text), (one.verb,), one.rule)
    mode: Fact[Mode] = Fact(one.mode, (one.text,), one.rule)
    return QuoteRead(mode, verb, text)


def find_speech(source: Article, names: tuple[str, ...]) -> tuple[Said, ...]:
    """All speech of the people called `names` (folded, without spaces), in text order."""
    if not names:
        return ()
    reader = _Reader(source, re.compile(one_of(names)))
    return tuple(one for one in reader.run() if one.speaker != NOBODY)


@dataclass(slots=True)
class _Reader:
    """One walk over an article's paragraphs; the last speaker is remembered for 他说."""

    source: Article
    names: re.Pattern[str]
    last: str = NOBODY
    verb: Span | None = None

    def run(self) -> Iterator[Said]:
        blocks = [b for b in self.source.blocks if b.kind in ("dateline", "paragraph")]
        speaking, read_to = False, -1
        held: Said | None = None
        for index, block in enumerate(blocks):
            if block.start < read_to:
                continue
            paragraph = _Paragraph(self.source.folded, block.span, self.names, load_verbs())
            carried = self.verb if speaking and self._carries_on(block) else None
            said = list(paragraph.speech(self.last, carried, blocks[index + 1 : index + 40]))
            held = yield from self._all_but_last(held, said, carried is not None)
            if paragraph.spoke:
                self.last, self.verb = paragraph.spoke.speaker, paragraph.spoke.verb
            read_to = max((one.text.end for one in said), default=read_to)
            speaking = bool(said) and said[-1].text.end >= block.end - 2
        if held:
            yield held

    def _all_but_last(
        self, held: Said | None, said: list[Said], carried: bool
    ) -> Generator[Said, None, Said | None]:
        """Pass speech on, the last one held back: numbered paragraphs may go on with it."""
        for one in said:
            joins = carried and one is said[0] and one.rule == "speech:run-on"
            if joins and held and held.mode == one.mode == "indirect":
                held = held._replace(text=Span(held.text.start, one.text.end))
                continue
            if held:
                yield held
            held = one
        return held

    def _carries_on(self, block: Block) -> bool:
        """Whether a paragraph goes on with the speech before it: 二是…, or a reopened quotation."""
        opening = self.source.folded[block.start : block.start + 8]
        return bool(_NUMBERED.match(opening)) or opening.lstrip().startswith("“")


class _Paragraph:
    """One paragraph: its turns in order, and the speech that belongs to each."""

    def __init__(self, folded: str, block: Span, names: re.Pattern[str], verbs: Verbs) -> None:
        self.folded, self.names, self.verbs = folded, names, verbs
        byline = _BYLINE.search(folded, max(block.start, block.end - 80), block.end)
        self.span = _trimmed(folded, Span(block.start, byline.start() if byline else block.end))
        self.quotes = Quotations(folded, self.span, verbs)
        self.finder = TurnFinder(folded, self.span, names, self.quotes, verbs)
        self.spoke: Turn | None = None

    def speech(self, last: str, carried: Span | None, following: list[Block]) -> Iterator[Said]:
        """What is said here. `carried` is the verb of a speech that this paragraph may go on with;
        `following` are the paragraphs into which an unclosed quotation may run."""
        turns = list(self.finder.turns(last))
        done = self.span.start
        if carried:
            first = turns[0].start if turns else self.span.end
            limit = self._quoted_from(first, done - 1) if turns else first
            before = Turn(last, done, carried, done, "speech:run-on")
            yield from self._stretch(before, Span(done, self._until(done, limit)))
            done = limit
        for turn, after in zip_longest(turns, turns[1:]):
            limit = self._quoted_from(after.start, turn.content) if after else self.span.end
            for one in (*self._said_before(turn, done), *self._said_after(turn, limit, following)):
                done = one.text.end
                yield one
            done = max(done, turn.content)
            if turn.speaker != NOBODY:
                self.spoke = turn

    def _said_before(self, turn: Turn, done: int) -> tuple[Said, ...]:
        """“…”X说: the quotations right before the subject."""
        if turn.speaker == NOBODY:
            return ()
        quotes = self.quotes.right_before(turn.start, done)
        return tuple(_direct(turn, quote, "speech:before-verb") for quote in quotes)

    def _quoted_from(self, place: int, floor: int) -> int:
        """Where the quotations begin that end right at `place`, unless they open at `floor`."""
        quotes = self.quotes.right_before(place, floor + 1)
        return quotes[0].start if quotes else place

    def _said_after(self, turn: Turn, limit: int, following: list[Block]) -> Iterator[Said]:
        if turn.speaker == NOBODY:
            return
        if self.quotes.open_at(turn.content):
            closed = self._runs_over(turn.content, following)
            if closed.of(self.folded).strip():
                yield Said(turn.speaker, turn.verb, closed, "direct", turn.rule)
            return
        if self.folded[turn.verb.end : turn.verb.end + 1] in SENTENCE_ENDS:
            # …，X说。“…”: what was said stands before; quotations may still follow.
            yield from self._quotations_from(turn, turn.verb.end + 1, limit)
            return
        yield from self._stretch(turn, Span(turn.content, self._until(turn.content, limit)))

    def _stretch(self, turn: Turn, area: Span) -> Iterator[Said]:
        """The speech in `area`: quotations as direct, what lies between as indirect.

        Where it opens with a quotation that ends its sentence, only quotations go on with it.
        """
        first = next(self.quotes.speech_in(area), None)
        ends = first and self.folded[first.end - 2] in SENTENCE_ENDS
        if first and ends and first.start == area.start:
            yield from self._quotations_from(turn, area.start, area.end)
            return
        place = area.start
        for quote in self.quotes.speech_in(area):
            yield from self._indirect(turn, Span(place, quote.start))
            yield _direct(turn, quote, turn.rule if quote.start == area.start else "speech:run-on")
            place = quote.end
        yield from self._indirect(turn, Span(place, area.end))

    def _quotations_from(self, turn: Turn, place: int, limit: int) -> Iterator[Said]:
        """Quotations that follow each other from `place` on."""
        for quote in self.quotes.speech_in(Span(place, limit)):
            if self.folded[place : quote.start].strip("，。 "):
                return
            yield _direct(
                turn, quote, turn.rule if quote.start == turn.content else "speech:run-on"
            )
            place = quote.end

    def _indirect(self, turn: Turn, span: Span) -> Iterator[Said]:
        span = _trimmed(self.folded, span, "，。：； ")
        if len(_HAN.findall(span.of(self.folded))) > 2:
            yield Said(turn.speaker, turn.verb, span, "indirect", turn.rule)

    def _until(self, start: int, limit: int) -> int:
        """Where the speech from `start` ends: before the paper speaks again in its own voice."""
        for mark in _SENTENCE_END.finditer(self.folded, start, limit):
            place = mark.end()
            if self.quotes.hold(mark.start()):
                if self.folded[place : place + 1] != "”":
                    continue
                place += 1
            if place < limit and self._narrates(place):
                return place
        return limit

    def _narrates(self, place: int) -> bool:
        start = place
        while start < self.span.end and self.folded[start] in "” ":
            start += 1
        if self.verbs.narrator.match(self.folded, start) or _SIGNING.match(self.folded, start):
            return True
        if self.names.match(self.folded, start):
            return True
        end = self.folded.find("。", start, min(self.span.end, start + 60))
        opening = self.folded[start : end if end >= 0 else min(self.span.end, start + 60)]
        titled = find_attributions(opening, Span(0, len(opening)))
        return bool(titled) and titled[0].start <= 2 and titled[0].form == "post+name"

    def _runs_over(self, opener: int, following: list[Block]) -> Span:
        """A quotation that no mark closes in its paragraph ends in a later one that reopens it."""
        end = self.span.end
        for block in following:
            inside = _trimmed(self.folded, block.span)
            words = inside.of(self.folded)
            if not words.startswith("“"):
                break
            end = inside.end
            if words.count("”") >= words.count("“"):
                end = inside.start + words.rindex("”")
                break
        return Span(opener + 1, end)


def _direct(turn: Turn, quote: Span, rule: str) -> Said:
    inside = Span(quote.start + 1, quote.end - 1)
    return Said(turn.speaker, turn.verb, inside, "direct", rule)


def _trimmed(folded: str, span: Span, left: str = " \n\t") -> Span:
    start, end = span
    while start < end and (folded[start] in left or folded[start].isspace()):
        start += 1
    while end > start and (folded[end - 1].isspace() or folded[end - 1] in "“："):
        end -= 1
    return Span(start, end)
