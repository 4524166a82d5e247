"""Turns of speech: where a paragraph says that someone speaks, and who it is."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ccmeet.lexicon.attributions import find_attributions
from ccmeet.lexicon.calls import Called, Cast
from ccmeet.lexicon.offices import Reach, load_offices
from ccmeet.lexicon.people import SURE, load_people
from ccmeet.lexicon.quotations import SENTENCE_ENDS, Quotations
from ccmeet.lexicon.verbs import Verbs
from ccmeet.text import HAN, Span, clauses

Speakers = tuple[str, ...]

NOBODY: Speakers = ()
"""The speakers of collective speech (会议指出): it belongs to no official."""

_SENTENCE_END = re.compile(r"[。！？]|……")
_MARKS = "，：:"
_PRONOUN = re.compile(r"(?:^|[，。；”\s])(?:同时|此外|接着|最后|随后|在)?，?([他她])(?![们人市国])")
_HE = re.compile("[他她](?![们人市国山乡日])")
_HIS_SAYING = re.compile("的(?:开场白|话|发言|一席话|这番话|这句话|一番话|感慨|心声|提问|回答)")
_OTHER_OPENS = re.compile("[对向代首在致也则就]|随后|接着|同样")
"""After the name of one who is no official of the text: 石军对代表团来访表示欢迎，他说."""
_THEY = re.compile(r"[他她]们|两人|二人|[两三四五][位市](?:市长|书记|领导|主任)|[两三四五]位")
_THIS_ONE = re.compile("这[位名][^，。；“”]{0,20}?(?:[省市县区州局厅]长|书记|主任|主席|秘书长)")
_SUBJECTLESS = re.compile(
    r"^[”\s]*(?:并|还|又|也|同时|另外|此外|最后|此后|随后|接着|继而|并且|进而|因此)?，?"
    r"(?:再次|进一步|特别|着重|同时|还|也|又)*$"
)
_OPENERS = '。！？”"\n 长记任员席'
_AND = re.compile(r"(?:（[^）\n]{1,8}）)?(?:[、和与及]|，(?=.{3}))")
_MEETS = re.compile(r"(?:在|会见|与|同|对|向|听取|陪同|接待)")
_SCARE = re.compile("“[^“”，。；]{1,10}”")
"""用“近、亲、融”概括，并表示…: words in marks that are no speech."""
# 按会议要求，: what someone else said.
_APART = re.compile(r"[。；！？“”]|^(?:按照?|根据|遵照|依照|听取)")
_TOLD_TO = re.compile(rf"[向对给][{HAN}、]{{0,30}}$")
# 张三把话筒交给李四，并说; 张三对李四的提议表示赞同; 张三笑着对李四说
_AND_ALSO = re.compile("[^，。；]{0,12}，(?:并且?|而且|同时|还|又|也)")
_AS_OBJECT = re.compile(
    r"[^，。；！？”\n](?:[对向与同跟给]|会见|陪同|邀请|听取)[^，。；！？“”\n]{2,24}$"
)
_CLAUSE_END = re.compile("[，。；！？”]")
_SAID_TO = re.compile(
    rf"(?:[{HAN}](?:对|向|跟|给|告诉)|^(?:告诉|问))(?:[^，。；、！？“”]{{2,24}}[长记任员席])?$"
)
_TO_TITLE = 8
"""Characters: how much of a title may stand between whom something is said to and the verb."""
_STRANGER = re.compile(
    r"(?:先生|女士|老板|师傅|大姐|大妈|大爷|大叔|阿姨|市民|居民|村民|游客|旅客|乘客|司机|商户|学生|老师|教授|医生|专家|"
    r"企业家|老乡|业主|经理|董事长|总裁|网友|店主)[一-龥]{0,4}(?:坦言|感慨|笑着|高兴地|告诉记者|激动地)*地?$"
)
"""“…”浏阳人何先生说。: one whom no post makes an official."""
_STOP = re.compile(r"[。！？\n]")
_TO_COLON = 16
"""Characters: how much may stand between a speaker and the colon before his words."""

_TURNS_TO_SAY = (
    "话锋一转", "深有感触", "感慨万千", "直言不讳", "脱口而出", "开门见山", "一语道破",
    "语重心长", "斩钉截铁", "掷地有声", "快人快语", "一针见血",
)  # fmt: skip
"""他欢迎大家，然后话锋一转，“…。”"""
_WHILE_SAYING = re.compile("边说，|说着，")
"""他一边说，一边指着地图，“…。”"""
_TITLES = ("主题", "题", "题目", "名为", "口号", "标语", "是", "标题")
_ANSWER = re.compile(
    "(?:答案|回答|看法|观点|建议|提议|主张|态度|想法|感受|体会|评价|结论|办法)(?:就)?是$"
)
_UTTERS = re.compile(
    "[只就便却也还又]{0,2}(?:说|讲|回|答|留下|道出|抛出|送上|用)了?[^，：]{0,8}[句段番话][^，：]{0,4}$"
)
"""方大同话不多，只说了一句：“…”."""
_GESTURES = (
    "算了一笔账", "算了笔账", "打了个比方", "接过话茬", "接过话头", "接过话题",
)  # fmt: skip
"""They lead to words before a colon, but are no verbs of speech."""

_LEAD = 60
"""Characters: how far after a quotation its speaker may be named."""


class Turn(NamedTuple):
    """Who speaks, where that sentence begins, the verb, where the words begin, and the rule.

    `verb` is None where the paper prints none (张三：“…”). `closed` says that the verb ends its
    sentence: what was said stands before it, and only quotations may follow.
    """

    speakers: Speakers
    start: int
    verb: Span | None
    content: int
    rule: str
    closed: bool = False


class TurnFinder:
    """Finds the turns of one paragraph."""

    def __init__(
        self, folded: str, area: Span, cast: Cast, quotes: Quotations, verbs: Verbs
    ) -> None:
        self.folded, self.area, self.cast = folded, area, cast
        self.quotes, self.verbs = quotes, verbs

    def turns(self, last: Speakers, about: str | None) -> Iterator[Turn]:
        """Each turn in order; `last` spoke last before this paragraph, `about` is whom 他 means."""
        floor = self.area.start
        colons = list(self._before_colons(last, about))
        for found in self.verbs.speech.finditer(self.folded, floor, self.area.end):
            while colons and colons[0].content < found.start():
                turn = colons.pop(0)
                if turn.start >= floor:
                    yield turn
                    last, floor = turn.speakers, turn.content
            group = found.lastindex or 0
            verb = Span(*found.span(group))
            if verb.start < floor or self.quotes.hold(verb.start):
                continue
            subject = self._subject(verb, floor, last, about, group)
            if subject is None:
                continue
            who, start, rule = subject
            content = found.end()
            if self.folded.startswith("告诉", verb.start):
                verb = Span(verb.start, verb.start + 2)  # 告诉记者: whom he told is no verb
            gesture = verb.of(self.folded) in _GESTURES
            closed = group == _DESCRIBES or self.folded[content : content + 1] in SENTENCE_ENDS
            if group == _DESCRIBES and (told := self._told_after(content, colons)):
                content, closed = told, False
            while content < self.area.end and self.folded[content] in _MARKS:
                content += 1
            if verb.of(self.folded).startswith("表态") and self.folded[content] == "称":
                content += 1  # 表态，称…
            yield Turn(who, start, None if gesture else verb, content, rule, closed)
            last = who or last
            floor = content
            colons = [turn for turn in colons if turn.content > content]
        yield from (turn for turn in colons if turn.start >= floor)

    def _told_after(self, place: int, colons: list[Turn]) -> int:
        """Where a quotation begins that a colon in the same clause gives: 这样评价两市：“…”."""
        for turn in colons:
            if not _CLAUSE_END.search(self.folded, place, turn.content - 1):
                return turn.content
        return 0

    def after_quotation(self, quote_end: int, before: int, about: str | None) -> Turn | None:
        """Whose a quotation is that no verb attributes: “…”张三接过话题, “…”他说到这里, or who is
        told later in the sentence as the one whose words they are (“…”会上，张三的开场白)."""
        stop = _STOP.search(self.folded, quote_end, min(before, self.area.end))
        end = stop.start() if stop else before
        content = quote_end
        if _HE.match(self.folded, quote_end, end):
            name = self.opener_before(quote_end) or about
        else:
            named = list(self.cast.named(quote_end, end))
            theirs = (n for n in named if _HIS_SAYING.match(self.folded, n.end))
            near = (n for n in named if n.end <= quote_end + _LEAD)
            one = next(theirs, None) or next(near, None)
            if one is None or self.quotes.hold(one.start):
                return None
            name, content = one.name, one.end
        if name is None:
            return None
        while content < self.area.end and self.folded[content] not in "，。！？\n":
            content += 1
        content += self.folded.startswith("，", content)
        return Turn((name,), quote_end, None, content, "speech:before-verb", True)

    def opener_before(self, place: int) -> str | None:
        """Who opens a sentence before in the paragraph (X致意。他说), and is not its object
        (X对Y的提议表示赞同。他说); else who is named last."""
        opener = second = mention = None
        for found in self.cast.named(self.area.start, place):
            if not self.quotes.hold(found.start):
                mention = found.name
                if found.start == self.area.start or self.folded[found.start - 1] in _OPENERS:
                    second = mention
                    if not self._is_object(found):
                        opener = mention
        return opener or second or mention

    def _before_colons(self, last: Speakers, about: str | None) -> Iterator[Turn]:
        """张三：“…”, 张三话锋一转：“…”: speech that a colon gives to who opens the sentence."""
        if told := self._in_transcript():
            yield told
        for quote in self.quotes.speech:
            colon = quote.start - 1
            if colon < self.area.start:
                continue
            start = self._sentence_start(colon, self.area.start)
            is_turn = self.folded.endswith(_TURNS_TO_SAY, start, colon)
            is_turn = is_turn or bool(_WHILE_SAYING.search(self.folded, start, colon))
            if self.folded[colon] != "：" and not is_turn:
                continue
            # 方大同提议…；白若川惦记的是茶：“…”: the first half is another's
            half = self.folded.rfind("；", start, colon) + 1
            start = half if half and not self.quotes.hold(half - 1) else start
            # 方大同话音刚落，白若川便接过话头：“…”
            clause = max(start, self.folded.rfind("，", start, colon) + 1)
            whole = Span(start, colon)
            who, end = self._who_before_colon(whole, start if is_turn else clause, last, about)
            if not who or (colon - end > _TO_COLON and not is_turn):
                continue
            between = self.folded[end:colon]
            if self.verbs.others.search(self.folded[clause:colon]):
                continue
            if between.endswith(_TITLES) and not _ANSWER.search(between):
                continue
            yield Turn(who, start, None, quote.start, "speech:after-verb")

    def _in_transcript(self) -> Turn | None:
        """张三：路要先修。 A paragraph of a transcript in no marks, or 张三： before others."""
        start, end = self.area
        named = next(self.cast.named(start, min(end, start + _LEAD), opens=True), None)
        if named is None or self.folded[named.end : named.end + 1] != "：":
            return None
        content = min(named.end + 1, end)
        if content < end and (
            self.folded[content] == "“" or self.folded[end - 1] not in SENTENCE_ENDS
        ):
            return None
        between = self.folded[start : named.start]
        is_post = find_attributions(self.folded, Span(start, named.end + 1))
        told = not between or (is_post and is_post[0].start == start)
        return Turn((named.name,), start, None, content, "speech:after-verb") if told else None

    def _who_before_colon(
        self, sentence: Span, clause: int, last: Speakers, about: str | None
    ) -> tuple[Speakers, int]:
        """Whom the clause before a colon names, and where that ends: 方大同，他说得实在：“…”."""
        if named := next(self.cast.named(clause, sentence.end), None):
            return (named.name,), named.end
        if _HE.match(self.folded, clause, sentence.end):
            one = self.opener_before(clause) or about
            return (one,) if one else last, clause + 1
        if _UTTERS.match(self.folded, clause, sentence.end):
            named = next(self.cast.named(sentence.start, clause), None)
            return (named.name,) if named else NOBODY, clause
        return NOBODY, clause

    def _subject(
        self, verb: Span, floor: int, last: Speakers, about: str | None, group: int
    ) -> tuple[Speakers, int, str] | None:
        """Who speaks, where that sentence begins, by which rule; None where nothing says."""
        start = self._sentence_start(verb.start, floor)
        words = self.folded[start : verb.start]
        named = list(self.cast.named(start, verb.start, opens=True))
        speaking = self._speaking(named, start, verb)
        if speaking:
            speakers = tuple(dict.fromkeys(one.name for one in speaking))
            if start == floor > self.area.start:
                first = speaking[0].start - start
                start += 1 + max(words.rfind(mark, 0, first) for mark in "；，")
            return speakers, start, "speech:after-verb"
        if this := self._this_one(words, start, verb):
            return this, self._sentence_start(max(floor, start - 1), floor), "speech:pronoun"
        if together := self._together(words, start, verb):
            return together, start, "speech:pronoun"
        pronouns = list(_PRONOUN.finditer(words))
        if pronouns and self._reaches(start + pronouns[-1].end(1), verb):
            sooner = [n.name for n in named if n.end <= start + pronouns[-1].start(1)]
            if not sooner and self._opens_with_stranger(start, start + pronouns[-1].start(1)):
                return NOBODY, start, "speech:pronoun"
            one = sooner[0] if sooner else self.opener_before(start)
            if not one and self._told_of_stranger(start):
                return NOBODY, start, "speech:pronoun"
            one = one or about
            if start == floor > self.area.start:  # 希望两市…，他提议…
                start += 1 + max(words.rfind(mark, 0, pronouns[-1].end()) for mark in "；，")
            who = (one,) if one else last
            return (who, start, "speech:pronoun") if who else None
        if group > _FREE:
            return None
        if self.folded[verb.end : verb.end + 1] in SENTENCE_ENDS:
            after_quote = self.folded[:start].rstrip("，").endswith("”")
            if after_quote and _STRANGER.search(words):
                return NOBODY, start, "speech:before-verb"
            return None  # 共同的期盼。
        if _SUBJECTLESS.match(words) and last != NOBODY and start > self.area.start:
            return last, start, "speech:run-on"
        if start == floor > self.area.start and last != NOBODY:
            return None  # words of what is being said
        clause = re.split(r"[，；：”]", words)[-1][-60:]
        if not clause:
            return None
        if self.verbs.collective.search(clause) or find_attributions(clause, Span(0, len(clause))):
            return NOBODY, start, "speech:after-verb"
        return None

    def _opens_with_stranger(self, start: int, pronoun: int) -> bool:
        """Whether the pronoun's own sentence opens with a name that the text tells no post of."""
        guess = load_people().name_at(self.folded, start, pronoun, enough=SURE)
        return bool(guess and _OTHER_OPENS.match(self.folded, guess.span.end, pronoun))

    def _told_of_stranger(self, end: int) -> bool:
        """Whether someone speaks before in the paragraph who is no official of the text, or the
        paragraph opens with a post whose holder is none."""
        start = self.area.start
        if any(
            p.organization.start == start
            for p in load_offices().posts(self.folded, start, min(end, start + _LEAD), Reach(start))
        ):
            return True
        for clause in clauses(self.folded, Span(self.area.start, end)):
            guess = load_people().name_at(self.folded, clause.start, end, enough=SURE)
            found = guess and self.verbs.after(self.folded, guess.span.end, end)
            if found and found.speaks:
                return True
        return False

    def _this_one(self, words: str, start: int, verb: Span) -> Speakers:
        """Whom 这位副市长 means: who is named last before it in the paragraph."""
        this = _THIS_ONE.match(words)
        if this is None or not self._reaches(start + this.end(), verb):
            return NOBODY
        return tuple(one.name for one in list(self.cast.named(self.area.start, start))[-1:])

    def _together(self, words: str, start: int, verb: Span) -> Speakers:
        """Whom 他们 and 两位市长 mean: those whom the sentence before lists, if several."""
        they = _THEY.match(words)
        if they is None or not self._reaches(start + they.end(), verb):
            return NOBODY
        before = self._sentence_start(max(self.area.start, start - 1), self.area.start)
        listed = list(self.cast.named(before, start))
        for one, other in pairwise(listed):
            if not self._joins(one.end, other.start):
                return NOBODY
        return tuple(one.name for one in listed) if len(listed) > 1 else NOBODY

    def _speaking(self, named: list[Called], start: int, verb: Span) -> list[Called]:
        """Those of the people named before a verb who are its subject, the last one and company."""
        if not named:
            return []
        subject = len(named) - 1
        if len(named) > 1:
            between = self.folded[named[0].end : named[-1].start]
            if _MEETS.match(between) and self._leads_to(named[0].end, verb):
                return named[:1]  # 张三在会见李四时表示
            if _SAID_TO.search(between) and self._ends_at(named[-1].end, verb):
                subject -= 1  # 张三笑着对李四说
            elif _AND_ALSO.match(self.folded, named[-1].end) and self._is_object(named[-1]):
                subject = 0  # 张三把话筒交给李四，并说
        lead = self.folded[start : named[subject].start]
        if _TOLD_TO.search(lead) and self.verbs.others.search(lead):
            return []  # 与会嘉宾向张三建言
        if named[-1] is named[subject] and not self._reaches(named[subject].end, verb):
            return []
        first = subject
        while first and self._joins(named[first - 1].end, named[first].start):
            first -= 1
        return named[first : subject + 1]

    def _is_object(self, called: Called) -> bool:
        near = max(self.area.start, called.start - _LEAD)
        return bool(_AS_OBJECT.search(self.folded, near, called.start))

    def _ends_at(self, place: int, verb: Span) -> bool:
        """Whether a person told right before a verb is whom it is said to: 对李四市长说."""
        return verb.start - place < _TO_TITLE and "，" not in self.folded[place : verb.start]

    def _joins(self, place: int, end: int) -> bool:
        """Whether two people named are one subject: 张三、南浦市市长李四."""
        gap = self.folded[place:end]
        if len(gap) > 40 or not _AND.match(gap):
            return False
        return not (self.verbs.act.search(gap) or self.verbs.speech.search(gap))

    def _leads_to(self, place: int, verb: Span) -> bool:
        found = self.verbs.after(self.folded, place, self.area.end)
        return bool(found and found.speaks and found.spans[0].start == verb.start)

    def _reaches(self, place: int, verb: Span) -> bool:
        """Whether adverbials alone stand between a subject's end and the verb."""
        if place == verb.start:
            return True
        found = self.verbs.after(self.folded, place, self.area.end)
        if found is None:
            return self._is_near(place, verb)
        if found.spans[0].start == verb.start:
            return found.speaks  # 作情况介绍，: an act that is told with a word of speech
        end = found.spans[-1].end
        return not found.speaks and end <= verb.start and self._is_near(end, verb)

    def _is_near(self, place: int, verb: Span) -> bool:
        between = _SCARE.sub("", self.folded[place : verb.start])
        if len(between) > 30 or _APART.search(between):
            return False
        return not self.verbs.others.search(between)

    def _sentence_start(self, place: int, floor: int) -> int:
        start = self.quotes.last_end(place, floor)
        for mark in _SENTENCE_END.finditer(self.folded, start, place):
            if not self.quotes.hold(mark.start()):
                start = mark.end()
        while start < place and self.folded[start] in "，” ":
            start += 1
        return start


_FREE = 3
"""The last group of the speech pattern that needs no subject right before it."""

_DESCRIBES = 3
"""The group of 这样形容: the words stand before, and no mark follows."""
