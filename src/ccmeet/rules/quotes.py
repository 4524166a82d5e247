"""Speech: who said what, in whose words.

Words in quotation marks that fill a sentence are direct speech; what follows X表示， without marks
is the paper's paraphrase, and runs on to the paragraph's end or until someone else takes over.

Rules, as evidence names them: `speech:after-verb` (X表示，…), `speech:before-verb` (“…”X说),
`speech:pronoun` (他说), `speech:run-on` (并强调，…, or further quotations of the same speaker).
"""

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from ccmeet.lexicon.attributions import find_attributions
from ccmeet.lexicon.verbs import Verbs, load_verbs
from ccmeet.model.article import Article, Block
from ccmeet.model.fact import Fact
from ccmeet.model.reading import Mode, OfficialRead, QuoteRead, Reading
from ccmeet.text import HAN, Span

RULES = ("speech:after-verb", "speech:before-verb", "speech:pronoun", "speech:run-on")
"""Every rule name that evidence of this file carries."""

NOBODY = ""
"""The speaker of collective speech (会议指出): it belongs to no official."""

_SENTENCE_END = re.compile(r"[。！？]|……")
_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]是|第[一二三四五六七八九十][，、]|其[一二三四五六][，、])"
)
_MARK = "，：:"
_END = "。！？…"
_PRONOUN = re.compile(r"(?:^|[，。；”\s])(?:同时|此外|接着|最后|随后)?，?([他她])(?![们人市国])")
_SUBJECTLESS = re.compile(
    r"^[”\s]*(?:并|还|又|也|同时|另外|此外|最后|此后|随后|接着|继而|并且|进而|因此)?[，]?(?:再次|进一步|特别|着重|同时|还|也|又)*$"
)
_SIGNING = re.compile(r"[^，。“”]{2,24}(?:签署|签订|签约|发布|通过)了?《")


class Said(NamedTuple):
    """One stretch of speech: the speaker's name (`NOBODY` for a meeting), its words and its verb.

    `parts` are the stretches of text, more than one where a quotation runs over paragraphs.
    """

    speaker: str
    verb: Span
    text: Span
    mode: Mode
    rule: str


class _Turn(NamedTuple):
    """A place where a speaker is named with a verb of speech: subject, verb, what comes after."""

    speaker: str
    start: int
    verb: Span
    content: int
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
    reader = _Reader(source, names)
    return tuple(one for one in reader.run() if one.speaker != NOBODY)


@dataclass(slots=True)
class _Reader:
    """One walk over an article's paragraphs; the last speaker is remembered for 他说."""

    source: Article
    names: tuple[str, ...]
    last: str = NOBODY
    verb: Span = Span(0, 0)
    open_until: int = -1

    def run(self) -> Iterator[Said]:
        blocks = [b for b in self.source.blocks if b.kind in ("dateline", "paragraph")]
        speaking = False
        held: Said | None = None
        for index, block in enumerate(blocks):
            if block.start < self.open_until:
                continue
            paragraph = _Paragraph(self.source.folded, block.span, self.names, self.last)
            carried = speaking and self._carries_on(block)
            said = list(paragraph.speech(blocks[index + 1 :], self.verb if carried else None))
            held = yield from self._all_but_last(held, said, carried)
            self.open_until = max((one.text.end for one in said), default=self.open_until)
            self.last, self.verb = paragraph.last, paragraph.verb or self.verb
            speaking = bool(said) and said[-1].text.end >= block.end - 2
        if held:
            yield held

    def _all_but_last(
        self, held: Said | None, said: list[Said], carried: bool
    ) -> Generator[Said, None, Said | None]:
        """Pass speech on, the last one held back: numbered paragraphs may go on with it."""
        for one in said:
            joins = carried and held and one is said[0] and one.rule == "speech:run-on"
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

    def __init__(self, folded: str, span: Span, names: tuple[str, ...], last: str) -> None:
        self.folded, self.names, self.last = folded, names, last
        self.span = _trimmed(folded, span)
        self.verb: Span | None = None
        self.verbs: Verbs = load_verbs()
        self.quotes = tuple(_quotations(folded, self.span))

    def speech(self, following: list[Block], carried: Span | None) -> Iterator[Said]:
        turns = list(self._turns())
        done = self.span.start
        if carried and (not turns or turns[0].start > self.span.start):
            end = turns[0].start if turns else self.span.end
            yield from self._stretch(self.last, carried, Span(done, end), "speech:run-on")
            done = end
        for index, turn in enumerate(turns):
            limit = self.span.end
            if index + 1 < len(turns):
                limit = self._quoted_from(turns[index + 1].start, turn.content)
            before = self._said_before(turn, done)
            yield from before
            content = Span(turn.content, max(turn.content, self._until(turn.content, limit)))
            after = self._said_after(turn, content, following)
            yield from after
            done = max([turn.content, *(one.text.end for one in (*before, *after))])
            if turn.speaker != NOBODY:
                self.last, self.verb = turn.speaker, turn.verb

    # --- turns ---

    def _turns(self) -> Iterator[_Turn]:
        """Each place where someone is said to speak, in order; quoted words are passed over."""
        speaker = self.last
        floor = self.span.start
        for verb in self.verbs.speech.finditer(self.folded, self.span.start, self.span.end):
            place = Span(*verb.span(1))
            if place.start < floor or self._in_quotation(place.start):
                continue
            subject = self._subject(place, floor, speaker)
            if subject is None:
                continue
            who, start, rule = subject
            content = place.end
            while content < self.span.end and self.folded[content] in _MARK:
                content += 1
            yield _Turn(who, start, place, content, rule)
            speaker = who or speaker
            floor = content

    def _subject(self, verb: Span, floor: int, speaker: str) -> tuple[str, int, str] | None:
        """Who speaks, where that clause begins, by which rule; None where it can't be told."""
        start = self._sentence_start(verb.start, floor)
        words = self.folded[start : verb.start]
        named = self._named_in(words)
        if named:
            name, at = named
            if self._reaches(start + at, verb):
                return name, start, "speech:after-verb"
        pronoun = None
        for pronoun in _PRONOUN.finditer(words):
            pass
        if pronoun and self._reaches(start + pronoun.end(1), verb):
            who = self._mentioned_before(start) or speaker
            return (who, start, "speech:pronoun") if who else None
        if _SUBJECTLESS.match(words) and speaker != NOBODY and start > self.span.start:
            return speaker, start, "speech:run-on"
        clause = re.split(r"[，；：”]", words)[-1]
        if clause and (
            self.verbs.collective.search(clause) or find_attributions(clause, Span(0, len(clause)))
        ):
            return NOBODY, start, "speech:after-verb"
        return None

    def _reaches(self, place: int, verb: Span) -> bool:
        """Whether adverbials alone stand between a subject's end and the verb."""
        if place == verb.start:
            return True
        found = self.verbs.after(self.folded, place, self.span.end)
        if found and found.spans[0].start == verb.start:
            return True
        between = self.folded[place : verb.start]
        return len(between) <= 30 and not re.search(r"[。；！？“”]", between) and not found

    def _named_in(self, words: str) -> tuple[str, int] | None:
        """The last known name in `words` and where it ends."""
        best: tuple[str, int] | None = None
        for name in self.names:
            at = words.rfind(name)
            if at >= 0 and (best is None or at + len(name) > best[1]):
                best = (name, at + len(name))
        return best

    def _mentioned_before(self, place: int) -> str | None:
        """The person who opened the sentence before: X 代表省政府致意。他说."""
        named = [
            (self.folded.rfind(name, self.span.start, place), name)
            for name in self.names
            if name in self.folded[self.span.start : place]
        ]
        named = [(at, name) for at, name in named if not self._in_quotation(at)]
        openers = [(at, name) for at, name in named if self._opens(at)]
        return max(openers or named)[1] if named else None

    def _opens(self, place: int) -> bool:
        return place == self.span.start or self.folded[place - 1] in "。！？”\n 长记任员席"

    def _sentence_start(self, place: int, floor: int) -> int:
        """Where the sentence begins that holds `place`: after an end mark or a quotation's end."""
        start = floor
        for quote in self.quotes:
            if floor <= quote.end <= place and self._is_speech(quote):
                start = max(start, quote.end)
        for mark in _SENTENCE_END.finditer(self.folded, start, place):
            if not self._in_quotation(mark.start()):
                start = mark.end()
        while start < place and self.folded[start] in "，” ":
            start += 1
        return start

    # --- what was said ---

    def _said_before(self, turn: _Turn, done: int) -> list[Said]:
        """“…”X说: the quotations right before the subject; …，X说。: the clauses before it."""
        if turn.speaker == NOBODY:
            return []
        quotes: list[Span] = []
        edge = turn.start
        for quote in reversed(self.quotes):
            gap = self.folded[quote.end : edge] if quote.end <= edge else None
            if (
                gap is None
                or quote.start < done
                or gap.strip("，。 ")
                or not self._is_speech(quote)
            ):
                continue
            quotes.insert(0, quote)
            edge = quote.start
        if turn.rule == "speech:run-on" and not quotes:
            return []
        return [self._direct(turn, quote, "speech:before-verb") for quote in quotes]

    def _quoted_from(self, place: int, floor: int) -> int:
        """Where the quotations begin that end right at `place`, unless they open at `floor`."""
        edge = place
        for quote in reversed(self.quotes):
            if floor < quote.start and quote.end <= edge and self._is_speech(quote):
                if self.folded[quote.end : edge].strip("，。 "):
                    break
                edge = quote.start
        return edge

    def _said_after(self, turn: _Turn, content: Span, following: list[Block]) -> list[Said]:
        if turn.speaker == NOBODY or self._ends_here(turn):
            return []
        if self._opens_quotation(content.start) and not self._quote_at(content.start):
            closed = self._runs_over(content.start, following)
            return [Said(turn.speaker, turn.verb, closed, "direct", turn.rule)]
        return list(self._stretch(turn.speaker, turn.verb, content, turn.rule))

    def _ends_here(self, turn: _Turn) -> bool:
        """Whether nothing follows the verb: …，X说。"""
        return self.folded[turn.verb.end : turn.verb.end + 1] in (*_END, "")

    def _stretch(self, speaker: str, verb: Span, area: Span, rule: str) -> Iterator[Said]:
        """The speech in `area`: whole quotations as direct, what lies between as indirect."""
        place = area.start
        turn = _Turn(speaker, area.start, verb, area.start, rule)
        for quote in self.quotes:
            if quote.start < place or quote.end > area.end or not self._is_speech(quote):
                continue
            yield from self._indirect(turn, Span(place, quote.start))
            yield self._direct(turn, quote, rule if quote.start == area.start else "speech:run-on")
            place = quote.end
        yield from self._indirect(turn, Span(place, area.end))

    def _indirect(self, turn: _Turn, span: Span) -> Iterator[Said]:
        span = _trimmed(self.folded, span, "，。：； ")
        if len(re.findall(f"[{HAN}]", span.of(self.folded))) > 2:
            yield Said(turn.speaker, turn.verb, span, "indirect", turn.rule)

    def _direct(self, turn: _Turn, quote: Span, rule: str) -> Said:
        inside = Span(quote.start + 1, quote.end - 1)
        return Said(turn.speaker, turn.verb, inside, "direct", rule)

    def _until(self, start: int, limit: int) -> int:
        """Where the speech from `start` ends: before the sentence in which the paper speaks again."""
        for mark in _SENTENCE_END.finditer(self.folded, start, limit):
            place = mark.end()
            if place < limit and not self._in_quotation(mark.start()) and self._narrates(place):
                return place
        return limit

    def _narrates(self, place: int) -> bool:
        start = place
        while start < self.span.end and self.folded[start] in "” ":
            start += 1
        if self.verbs.narrator.match(self.folded, start) or _SIGNING.match(self.folded, start):
            return True
        end = self.folded.find("。", start, self.span.end)
        end = end if end >= 0 else self.span.end
        opening = self.folded[start : min(end, start + 60)]
        titled = find_attributions(opening, Span(0, len(opening)))
        return any(opening.startswith(name) for name in self.names) or bool(
            titled and titled[0].start <= 2 and titled[0].form == "post+name"
        )

    # --- quotation marks ---

    def _is_speech(self, quote: Span) -> bool:
        """Whether a quotation is speech and no “朋友圈”: it fills a clause up to a sentence's end."""
        inside = self.folded[quote.start + 1 : quote.end - 1]
        before = self.folded[quote.start - 1 : quote.start] if quote.start > self.span.start else ""
        after = self.folded[quote.end : quote.end + 1]
        if before and before not in "，：:。！？”；\n ":
            return bool(
                self.verbs.speech.search(self.folded, quote.start - 4, quote.start + 1)
            ) and (inside[-1:] in _END)
        if inside[-1:] in _END or (inside[-1:] == "，" and not before):
            return True
        spoken = len(inside) >= 6 and after in ("。", "，", "！", "？", "")
        return spoken and before in ("：", ":", "，") and self._follows_verb(quote.start)

    def _follows_verb(self, place: int) -> bool:
        left = max(self.span.start, place - 6)
        return any(
            self.folded[found.end(1) : place].strip(_MARK) == ""
            for found in self.verbs.speech.finditer(self.folded, left, place + 1)
        )

    def _in_quotation(self, place: int) -> bool:
        return any(quote.start < place < quote.end - 1 for quote in self.quotes) or (
            any(quote.start < place == quote.end - 1 for quote in self.quotes)
        )

    def _opens_quotation(self, place: int) -> bool:
        return self.folded[place : place + 1] == "“"

    def _quote_at(self, place: int) -> Span | None:
        return next((quote for quote in self.quotes if quote.start == place), None)

    def _runs_over(self, opener: int, following: list[Block]) -> Span:
        """A quotation that no mark closes in its paragraph: it ends in a later one that reopens it."""
        end = self.span.end
        for block in following:
            words = self.folded[block.start : block.end].strip()
            if not words.startswith("“"):
                break
            close = self.folded.find("”", block.start, block.end)
            end = (
                close
                if close >= 0
                else block.start + len(self.folded[block.start : block.end].rstrip())
            )
            if close >= 0:
                break
        return Span(opener + 1, end)


def _quotations(folded: str, area: Span) -> Iterator[Span]:
    """The outermost “…” in `area`, marks included; straight quotes are paired in order."""
    depth, start = 0, 0
    for mark in re.finditer('[“”"]', folded[area.start : area.end]):
        place = area.start + mark.start()
        opens = mark[0] == "“" or (mark[0] == '"' and depth == 0)
        if opens:
            start, depth = (place if depth == 0 else start), depth + 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield Span(start, place + 1)


def _trimmed(folded: str, span: Span, left: str = " \n\t") -> Span:
    start, end = span
    while start < end and (folded[start] in left or folded[start].isspace()):
        start += 1
    while end > start and (folded[end - 1].isspace() or folded[end - 1] in "“："):
        end -= 1
    return Span(start, end)
