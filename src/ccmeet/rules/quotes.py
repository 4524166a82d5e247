"""Speech: who said what, in whose words.

Words in quotation marks that fill a sentence are direct speech; what follows X表示， without marks
is the paper's paraphrase, and runs on to the paragraph's end or until someone else takes over.

Rules, as evidence names them: `speech:after-verb` (X表示，…), `speech:before-verb` (“…”X说),
`speech:pronoun` (他说), `speech:run-on` (并强调，…, or further quotations of the same speaker).
"""

import re
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import NamedTuple

from ccmeet.lexicon.attributions import find_attributions
from ccmeet.lexicon.calls import Cast, called_by_part, called_by_title, cast_of
from ccmeet.lexicon.quotations import SENTENCE_ENDS, Quotations
from ccmeet.lexicon.turns import NOBODY, Speakers, Turn, TurnFinder
from ccmeet.lexicon.verbs import Verbs, load_verbs
from ccmeet.model.article import Article, Block
from ccmeet.model.fact import Fact
from ccmeet.model.reading import Mode, OfficialRead, QuoteRead, Reading
from ccmeet.text import HAN, Span

RULES = ("speech:after-verb", "speech:before-verb", "speech:pronoun", "speech:run-on")
"""Every rule name that evidence of this file carries."""

_SENTENCE_END = re.compile(r"[。！？]|……")
_SPEECH_END = re.compile(r"[。！？；]|……")
_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]是|第[一二三四五六七八九十][，、]|其[一二三四五六][，、])"
)
# In paragraphs of their own after 方大同表示：, these end what he said.
_SCENE = re.compile(
    r"(?:[在到抵赴](?![^，。]{0,14}(?:方面|领域|上，))[^，。；]{1,14}[，期]|[^，。；]{0,16}(?:代表团|考察团|考察组|调研组|一行)(?!来)"
    r"|(?:\d+月)?\d+日|[昨今当]天|[昨今当]日|[上下]午|座谈会?[前后]|会谈[前后])"
)
# 此次签订《…》，力气会更足 goes on with the speech: nobody is named who signs.
_SIGNING = re.compile(
    r"(?![此这本]次(?:共同|正式)?[签发通])[^，。“”]{2,24}(?:签署|签订|签约|发布|通过)(?:了|《)"
    r"|(?:[^，。“”]|“[^，。“”]{1,12}”){2,30}(?:揭牌|揭幕|授牌)。"
)
# What stands in brackets after a paragraph's last sentence is a credit: （完）, （据江城日报）.
_BYLINE = re.compile(
    r"（[^（）\n]{0,30}(?:记者|通讯员|来源|编辑|摄|文/|图/)[^（）\n]{0,30}）\s*$"
    r"|(?<=[。！？”])\s*（[^（）。！？\n]{1,30}）\s*$"
)
_LEADS = ("", "）", "讯", "电", "。", "！", "？")
_THREE = re.compile(rf"(?:[^{HAN}]*[{HAN}]){{3}}")
_GOES_ON = re.compile(r"\s*(?:我们)?(?:要|必须|希望|我们|愿)")
_ATTENDING = re.compile(
    r"[^。！？；“”\n]{2,160}?(?:参加|出席|列席|陪同|参会|与会)(?:了)?"
    r"(?:会议|大会|活动|会见|座谈会?|调研|考察|签约仪式|仪式|论坛|上述活动|相关活动)?。"
)
_OTHERS_SAY = re.compile(
    rf"[{HAN}]{{2,10}}?(?:代表|负责人|嘉宾|企业家|专家|客人|市民)[^，。；]{{0,6}}?(?:表示|认为|说|称|指出)"
)
_OTHERS_WISH = re.compile(
    r"[^。！？；“”\n]{2,40}?(?:城市|[市县地方]|代表|嘉宾|企业|专家)则[也还更]?"
    r"(?:盼望|期盼|期待|希望|表示|认为|呼吁|建议|提出)"
)
"""云州南浦、北川等山区城市则盼望…: then the paper tells what others want."""
# 他的这句比喻让会场都笑了, 他特别提到一所学校: a sentence of the paper's about him.
_OF_HIM = re.compile("[他她](?![们人市国山乡日])")
_TELLING = (_OTHERS_SAY, _OF_HIM)
_WILLS = re.compile(r"[要将愿]|希望|我们|应当|必须")


class Said(NamedTuple):
    """One stretch of speech: the speakers' names (`NOBODY` for a meeting), its verb, its words."""

    speakers: Speakers
    verb: Span | None
    text: Span
    mode: Mode
    rule: str


_NUMBER_OF = re.compile(
    r"\s*[（(]\d{1,3}/\d{1,3}[）)]\s*|\s*图[一二三四五六七八九十\d]{0,2}[：:为]"
)
_CREDIT = re.compile(
    r"(?<=[。！？”])\s*[^。！？”\n]{0,30}(?:摄|摄影|供图|制图|提供|/图|摄影报道)[）\s]*$"
)
"""Whose picture it is, after the words of a caption: …。本报记者 方大同 摄"""


def read_quotes(reading: Reading) -> Reading:
    """Give each official the speech that the article reports; who speaks has no other `verb`."""
    if not reading.officials:
        return reading
    source = reading.source
    names = tuple("".join(o.name.spans[0].of(source.folded).split()) for o in reading.officials)
    said: dict[str, list[QuoteRead]] = {}
    for one in find_speech(source, _calls(source, names, reading.officials)):
        for speaker in one.speakers:
            said.setdefault(speaker, []).append(_quote(source, one))
    officials = (
        _with_quotes(official, said.get(name, []))
        for name, official in zip(names, reading.officials, strict=True)
    )
    return replace(reading, officials=tuple(officials))


def _calls(
    source: Article, names: tuple[str, ...], officials: tuple[OfficialRead, ...]
) -> dict[str, str]:
    """What each official is called, and by it the name: 方大同, 方书记, 阿不都."""
    titles = ([p.title.spans[0].of(source.folded) for p in one.posts] for one in officials)
    by_title = called_by_title(zip(names, titles, strict=True))
    return by_title | called_by_part(names) | {name: name for name in names}


def _with_quotes(official: OfficialRead, quotes: list[QuoteRead]) -> OfficialRead:
    return replace(official, quotes=tuple(quotes), verb=None) if quotes else official


def _quote(source: Article, one: Said) -> QuoteRead:
    text = Fact(one.text.of(source.text), (one.text,), one.rule)
    verb = Fact(one.verb.of(source.text), (one.verb,), one.rule) if one.verb else None
    mode: Fact[Mode] = Fact(one.mode, (one.text,), one.rule)
    return QuoteRead(mode, verb, text)


def find_speech(source: Article, calls: Mapping[str, str]) -> tuple[Said, ...]:
    """All speech of the people in `calls` (folded call to name), in text order."""
    if not calls:
        return ()
    cast = cast_of(source.folded, calls)
    told = [one for one in _Reader(source, cast).run() if one.speakers != NOBODY]
    known = [(one.speakers, one.text.of(source.folded)) for one in told]
    for one in _in_captions(source, cast):
        words = one.text.of(source.folded)
        if not any(who == one.speakers and words in said for who, said in known):
            told.append(one)
    return tuple(sorted(told, key=lambda one: one.text))


def _in_captions(source: Article, cast: Cast) -> Iterator[Said]:
    """What captions tell that people said (组图 are all captions); each stands alone."""
    for block in (b for b in source.blocks if b.kind == "caption"):
        number = _NUMBER_OF.match(source.folded, *block.span)
        credit = _CREDIT.search(source.folded, *block.span)
        start = number.end() if number else block.start
        end = credit.start() if credit and credit.start() > start else block.end
        paragraph = _Paragraph(source.folded, Span(start, end), cast, load_verbs())
        told = paragraph.speech(None, None, False, [])
        yield from (one for one in told if one.speakers != NOBODY)


@dataclass(slots=True)
class _Reader:
    """One walk over an article's paragraphs; the last speaker is remembered for 他说."""

    source: Article
    cast: Cast
    last: Turn | None = None
    about: str | None = None

    def run(self) -> Iterator[Said]:
        blocks = [b for b in self.source.blocks if b.kind in ("dateline", "paragraph")]
        speaking, read_to = False, -1
        led = opens = False
        held: Said | None = None
        for index, block in enumerate(blocks):
            if block.start < read_to:
                continue
            paragraph = _Paragraph(self.source.folded, block.span, self.cast, load_verbs())
            led = led and self._is_next(blocks[index - 1], block) and not paragraph.sets_scene()
            goes_on = led or (speaking and self._carries_on(block, held))
            following = blocks[index + 1 : index + 40]
            said = list(paragraph.speech(self.last, self.about, goes_on, following))
            held = yield from self._all_but_last(held, said, goes_on and not opens)
            spoke, opens = paragraph.spoke, paragraph.leads_on
            if spoke:
                self.last = spoke
                self.about = spoke.speakers[0]
            elif named := paragraph.finder.opener_before(block.end):
                self.about = named
            read_to = max((one.text.end for one in said), default=read_to)
            to_end = bool(said) and said[-1].text.end >= block.end - 2
            speaking = to_end and self.last is not None and self.last.verb is not None
            led = opens or (led and to_end and spoke is None)
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

    def _is_next(self, before: Block, block: Block) -> bool:
        """Whether no heading or caption parts two paragraphs."""
        return not self.source.folded[before.end : block.start].strip()

    def _carries_on(self, block: Block, held: Said | None) -> bool:
        """Whether a paragraph goes on with the speech before it: 二是…, 要…, or a quotation."""
        opening = self.source.folded[block.start : block.start + 8]
        if _NUMBERED.match(opening) or opening.lstrip().startswith("“"):
            return True
        return held is not None and held.mode == "indirect" and bool(_GOES_ON.match(opening))


class _Paragraph:
    """One paragraph: its turns in order, and the speech that belongs to each."""

    def __init__(self, folded: str, block: Span, cast: Cast, verbs: Verbs) -> None:
        self.folded, self.cast, self.verbs = folded, cast, verbs
        near = max(block.start, block.end - 80)
        ends = folded.rfind("）", near, block.end) >= 0
        byline = _BYLINE.search(folded, near, block.end) if ends else None
        self.span = _trimmed(folded, Span(block.start, byline.start() if byline else block.end))
        self.quotes = Quotations(folded, self.span, verbs)
        self.finder = TurnFinder(folded, self.span, cast, self.quotes, verbs)
        self.spoke: Turn | None = None
        self.leads_on = False
        """Whether the paragraph ends with 方大同表示：, and what he said fills those after it."""

    def sets_scene(self) -> bool:
        """Whether the paper itself speaks where the paragraph opens."""
        return self._narrates(self.span.start) or bool(_SCENE.match(self.folded, *self.span))

    def speech(
        self, last: Turn | None, about: str | None, goes_on: bool, following: list[Block]
    ) -> Iterator[Said]:
        """What is said here. `goes_on` says that the paragraph may go on with the `last` speech;
        `following` are the paragraphs into which an unclosed quotation may run."""
        turns = list(self.finder.turns(last.speakers if last else NOBODY, about))
        opened = self._opened_by_quotation(turns, about)
        if opened:
            turns = [opened, *turns]
        done = self.span.start
        if goes_on and last and not opened:
            first = turns[0].start if turns else self.span.end
            limit = self._quoted_from(first, done - 1) if turns else first
            before = Turn(last.speakers, done, last.verb, done, "speech:run-on")
            yield from self._stretch(before, Span(done, self._until(done, limit)))
            done = limit
        for turn, after in zip_longest(turns, turns[1:]):
            limit = self._quoted_from(after.start, turn.content) if after else self.span.end
            for one in (*self._said_before(turn, done), *self._said_after(turn, limit, following)):
                done = one.text.end
                yield one
            done = max(done, turn.content)
            if turn.speakers != NOBODY:
                self.spoke = turn
                self.leads_on = self._ends_with_colon(turn)

    def _ends_with_colon(self, turn: Turn) -> bool:
        end = self.span.end  # the mark is trimmed off
        return turn.content >= end and self.folded[end : end + 1] == "："

    def _opened_by_quotation(self, turns: list[Turn], about: str | None) -> Turn | None:
        """The turn of a quotation that no verb attributes: it opens the paragraph, or a sentence
        before anyone speaks (代表们轮番登台。“…。”方大同讲起家乡的古港如数家珍)."""
        opening = next(self.quotes.speech_in(self.span), None)
        if opening is None:
            return None
        lead = self.folded[self.span.start : opening.start].rstrip()
        if lead[-1:] not in _LEADS:
            return None
        first = turns[0].start if turns else self.span.end
        if first <= opening.end:
            return None
        return self.finder.after_quotation(opening.end, first, about)

    def _said_before(self, turn: Turn, done: int) -> tuple[Said, ...]:
        """“…”X说: the quotations right before the subject."""
        if turn.speakers == NOBODY:
            return ()
        quotes = self.quotes.right_before(turn.start, done)
        return tuple(_direct(turn, quote, "speech:before-verb") for quote in quotes)

    def _quoted_from(self, place: int, floor: int) -> int:
        """Where the quotations begin that end right at `place`, unless they open at `floor`."""
        quotes = self.quotes.right_before(place, floor + 1)
        return quotes[0].start if quotes else place

    def _said_after(self, turn: Turn, limit: int, following: list[Block]) -> Iterator[Said]:
        if turn.speakers == NOBODY:
            return
        if self.quotes.open_at(turn.content):
            closed = self._runs_over(turn.content, following)
            if closed.of(self.folded).strip():
                yield Said(turn.speakers, turn.verb, closed, "direct", turn.rule)
            return
        if turn.closed:
            # …，X说。“…”: what was said stands before; quotations may still follow.
            place = turn.content
            if self.folded[place : place + 1] in SENTENCE_ENDS:
                place += 1
            yield from self._quotations_from(turn, place, limit)
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
        if _THREE.match(self.folded, *span):
            yield Said(turn.speakers, turn.verb, span, "indirect", turn.rule)

    def _until(self, start: int, limit: int) -> int:
        """Where the speech from `start` ends: before the paper speaks again in its own voice."""
        for mark in _SPEECH_END.finditer(self.folded, start, limit):
            place = mark.end()
            if mark[0] == "；":
                # …；南浦市市长B没有发言: another with his post, whatever he did
                if place < limit and not self.quotes.hold(mark.start()) and self._opens_with(place):
                    return place
                continue
            if self.quotes.hold(mark.start()):
                if self.folded[place : place + 1] != "”":
                    continue
                place += 1
            if place < limit and self._narrates(place):
                return place
        return limit

    def _opens_with(self, place: int) -> bool:
        """Whether a clause opens with the post and name of one of the cast, and no 要 or 将."""
        end = min(self.span.end, place + 60)
        named = next(self.cast.named(place, end), None)
        if named is None or _WILLS.search(self.folded, named.end, named.end + 2):
            return False
        opening = self.folded[place : named.end + 8]
        titled = find_attributions(opening, Span(0, len(opening)))
        return bool(titled) and titled[0].start == 0 and titled[0].form == "post+name"

    def _narrates(self, place: int) -> bool:
        start = place
        while start < self.span.end and self.folded[start] in "” ":
            start += 1
        if self.verbs.narrator.match(self.folded, start) or _SIGNING.match(self.folded, start):
            return True
        if any(p.match(self.folded, start, self.span.end) for p in _TELLING):
            return True
        if self.folded.find("则", start, start + 48) >= 0 and _OTHERS_WISH.match(
            self.folded, start
        ):
            return True
        attending = _ATTENDING.match(self.folded, start, self.span.end)
        if attending and not _WILLS.search(attending[0]):
            return True
        named = next(self.cast.named(start, min(self.span.end, start + 60)), None)
        if named is None or named.start == start:
            return named is not None
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
            closes = words.find("”")
            if not words.startswith("“"):
                if 0 <= closes < (words.find("“") if "“" in words else len(words)):
                    end = inside.start + closes
                break
            end = inside.end
            if words.count("”") >= words.count("“"):
                end = inside.start + words.rindex("”")
                break
        return Span(opener + 1, end)


def _direct(turn: Turn, quote: Span, rule: str) -> Said:
    inside = Span(quote.start + 1, quote.end - 1)
    return Said(turn.speakers, turn.verb, inside, "direct", rule)


def _trimmed(folded: str, span: Span, left: str = " \n\t") -> Span:
    start, end = span
    while start < end and (folded[start] in left or folded[start].isspace()):
        start += 1
    while end > start and (folded[end - 1].isspace() or folded[end - 1] in "“：；，"):
        end -= 1
    return Span(start, end)
