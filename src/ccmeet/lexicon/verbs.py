"""Verbs of speech and of acting at a meeting, and the way from a subject to its verb."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from ccmeet.codec import load_data
from ccmeet.lexicon.places import load_places
from ccmeet.lexicon.words import Sought, one_here, one_of, sought
from ccmeet.text import HAN, Span

_STEPS = 8
"""How many adverbials may stand between a subject and its verb."""

_COMPANIES = 6
"""How many groups may be told between a subject and its verb."""

_ASIDE = re.compile(r"（[^）\n]{1,8}）")
_CLAUSE = re.compile(
    r"会议|大会|活动[由将]|仪式|出席|主持|参加|讲话|发言|致辞|签署|签约|会见|表示|指出|强调|介绍"
)

_OBJECTS = (
    r"(?:会议|大会|会商会|联席会议|会商会议|座谈会|推进会|本次会议|此次会议|活动|仪式|论坛|"
    r"签约仪式|开幕式|会见)"
)


class Predicate(NamedTuple):
    """A verb found after a subject: its words, in one or two places (出席…并致辞), and its kind."""

    spans: tuple[Span, ...]
    speaks: bool


@dataclass(frozen=True, slots=True)
class Verbs:
    """Patterns over folded texts."""

    speech: Sought
    act: re.Pattern[str]
    done: re.Pattern[str]
    adverbial: re.Pattern[str]
    company: re.Pattern[str]
    guidance: re.Pattern[str]
    narrator: re.Pattern[str]
    collective: re.Pattern[str]
    others: re.Pattern[str]

    def after(self, folded: str, place: int, end: int) -> Predicate | None:
        """The verb of the subject that ends at `place`, adverbials between them passed over.

        A subject's company is passed over too: A、B，各市有关负责同志参加.
        """
        aside = _ASIDE.match(folded, place, end)
        place = aside.end() if aside else place
        for _ in range(_COMPANIES):
            found = self._verb_at(folded, place, end)
            company = None if found else self.company.match(folded, place, end)
            if found or company is None or self._acts_in(folded, Span(*company.span())):
                return found
            place = company.end()
        return None

    def _verb_at(self, folded: str, place: int, end: int) -> Predicate | None:
        for _ in range(_STEPS):
            spoken = self.speech.match(folded, place, end)
            if spoken:
                return Predicate((Span(*spoken.span(spoken.lastindex or 0)),), True)
            acted = self._act_at(folded, place, end)
            if acted:
                return acted
            step = self.adverbial.match(folded, place, end)
            if step is None or step.end() == place:
                return None
            place = step.end()
        return None

    def _acts_in(self, folded: str, company: Span) -> bool:
        """Whether someone else acts in what looks like company: A，会议由各市代表…."""
        return bool(_CLAUSE.search(folded, company.start, company.end))

    def _act_at(self, folded: str, place: int, end: int) -> Predicate | None:
        done = self.done.match(folded, place, end)
        if done:
            return Predicate((Span(*done.span(done.lastindex or 0)),), False)
        act = self.act.match(folded, place, end)
        if act is None or folded[act.end() : act.end() + 1] in ("时", "中"):
            return None
        if act["far"]:
            return Predicate((Span(*act.span("first")), Span(*act.span("far"))), False)
        if act["near"]:
            return Predicate((Span(act.start("first"), act.end("near")),), False)
        return Predicate((Span(*act.span("first")),), False)


_APART = ("回应说", "补充说")
"""Here 说 alone is the verb, and what stands before tells how it was said."""


def words_of_speech(data: Mapping[str, Sequence[str]]) -> list[str]:
    """The verbs that carry speech before a comma: 介绍, and 介绍说, 评价道, with 说 in them."""
    stems = [*data["told"], *(word for word in data["speech"] if len(word) == 2)]
    joined = [stem + said for stem in stems for said in "说道称"]
    return [*data["speech"], *(word for word in joined if word not in _APART)]


@cache
def load_verbs() -> Verbs:
    """The lexicon of verbs: verbs.yaml."""
    data = load_data((files("ccmeet.lexicon") / "verbs.yaml").read_text("utf-8"))
    acts, adverbs = one_of(data["acts"]), one_of(data["adverbs"])
    says = [*words_of_speech(data), *data["weak_speech"]]
    talks = one_of([*data["reports"], *_TALKS])
    follows = one_of([*says, *data["acts"], *data["adverbs"], *data["leads_on"]])
    return Verbs(
        speech=_speech(data),
        act=re.compile(
            rf"(?P<first>{one_here(data['acts'])})(?:了|{_OBJECTS})?"
            rf"(?:(?P<near>{_OBJECTS}?(?:(?:并|，并)(?:分别|先后|依次|现场)?(?:{acts})|[和、](?:{acts})(?!仪式|大?会|活动)))"
            rf"|[^，。；！？\n]{{0,40}}?(?P<far>并(?:{acts})))?"
        ),
        done=re.compile(
            rf"(?:(?:[做作就]|发表)[^，。；！？\n]{{0,30}}?({one_of(data['reports'])})"
            # 举行会谈, 进行了深入交流
            rf"|(?:进行|开展|举行|展开)了?[^，。；！？\n]{{0,12}}?({talks})"
            r"|(提出)了?[^，。；：！？\n]{0,12}(?:建议|意见|看法|设想|倡议))(?=[，。；]|$)"
        ),
        adverbial=re.compile(
            rf"(?:{_behalf(acts)}|{_TIME}|{adverbs}|{_place(follows)}|{_ALL_OF_THEM}| )"
        ),
        company=re.compile(_COMPANY),
        guidance=re.compile(one_of(data["guidance"])),
        # 会议拟审议…: one who announces a meeting goes on speaking of it.
        narrator=re.compile(f"{one_of(data['narrator'])}(?!拟|将|定于|主题)"),
        collective=re.compile(one_of(data["collective"])),
        others=re.compile(
            f"(?<![对向与同给跟为]){one_of(data['others'])}|[，；](?:会议|大会|论坛)"
        ),
    )


_TALKS = ("座谈", "会谈", "洽谈", "商谈", "对话", "对接", "考察", "调研", "主持")
"""What two may hold (进行座谈)."""

_POINTS = "[一二两三四五六七八九十几][点条]"
_FIRSTLY = "一是|一要|第一|首先|其一"
"""讲了三点：一要…, 谈了四点体会，一是…."""

_PHRASES = (
    "讲 问 介绍 通报 汇报 阐述 分析 回顾 总结 分享 谈 提 发出 作出 给出 作了 明确 这样 如此 这么 据"
)


def _speech(data: Mapping[str, Sequence[str]]) -> Sought:
    """A verb of speech as a group; the match ends where the words that were said begin.

    Groups: 1 提出三点建议：, 2 表示，, 3 这样形容…, 4 希望各市…, 5 表示将…, 6 介绍了做法：一是…,
    7 说得更细：, 8 告诉来宾，, 9 提醒大家，, 10 据张三通报，….
    """
    openings = f"(?:{one_of([*data['openings'], *load_places().by_name])}|会(?![议上商后前]))"
    # 的建议, 三项要求, 寄予期望, 表示感谢: nouns; 访问, 慰问, 顾问.
    verb = (
        r"(?<![的项条点些份该])(?<!寄予|给予|充满|满怀|不负)(?<!这一)(?<!统一)(?<!表示)"
        r"(?!(?<=[访慰顾疑学查拷])问)(?!(?<=记者|回答)提问)(?!(?<=边)说，)"
    )
    nouns = one_of(data["proposals"])
    few = r"(?!的)(?=[^，。；：！？“”\n]{0,10}"
    kinds = ("weak_speech", "bare_speech", "open_speech")
    said = words_of_speech(data)
    pattern = (
        rf"((?:提出|提(?!出)|发出|作出){few}{nouns}(?:[：，]|。(?:一是|一、|第一|首先|其一)))"
        rf"|(?:给出|谈|讲|说|提(?!出)|强调|作了|分享|明确){few}(?:{nouns}|{_POINTS})(?:：|，(?={_FIRSTLY})))"
        r")[^：，。]*[：，。]"
        rf"|{verb}({one_of(said)}(?=[，：:,“。！？」”\n]|$)"
        rf"|{one_of(data['weak_speech'])}(?=[：:“])|问(?=[：:。]))"
        rf"|(?:这样|如此|这么)({one_of(data['describing'])})(?![说道])(?=[{HAN}])"
        rf"|{verb}({one_of(data['bare_speech'])})(?=[{HAN}]{{3}}|在\d)"
        rf"|{verb}({one_of(data['open_speech'])})(?={openings})"
        # 张三介绍了临江的做法：一是…
        rf"|(介绍|通报|汇报|阐述|分析|回顾|总结|分享|谈)了[^，。；：“”\n]{{2,16}}(?=：(?:一是|第一|首先|其一))"
        # 张三说得更细：…
        rf"|{verb}(说)得[^，。；：“”\n]{{1,6}}(?=：)"
        # 张三告诉来宾，…; 提醒大家注意汛期，… tells at once what of
        rf"|{verb}(告诉)[^，。；：“”\n]{{2,12}}(?=[，：])"
        rf"|{verb}({one_of(data['told_to'])})[^，。；：“”\n]{{0,6}}{one_of(data['hearers'])}(?=[，：])"
        # 据市发改委副主任张三通报，…: an act elsewhere
        rf"|据{_WORDS}{{2,40}}?(通报|汇报|反映)(?=，)"
    )
    words = (word for kind in kinds for word in data[kind])
    return sought(pattern, [*_PHRASES.split(), *data["told_to"], *said, *words])


_ALL_OF_THEM = "[两二三四五六七八九十][位名](?:[省市县区州局厅]长|书记|主席|主任|领导|负责人)"
"""甲、乙、丙三位市长代表各自城市，签署: told of those named before it."""

_TIME = (
    r"，?[前昨今][天日]?（(?:\d{1,2}日?|[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日)）"
    r"日?(?:上午|下午|晚上|晚)?"
    r"|(?:\d{1,4}年)?(?:\d{1,2}月)?\d{1,2}日(?:上午|下午|晚上|晚间|晚)?"
)


def _place(follows: str) -> str:
    """Where, when and about what someone speaks: what may follow decides where the words end.

    在长江中游城市群会商会上: the first 中 does not end it; 在“云九”城市群联席会上 names one.
    """
    return (
        r"(?:同|与|跟|和)[^，。；！？\n“”]{1,24}?(?:座谈|会谈|交流|交谈|见面|会面|连线|谈话)(?:时|后|中)[，]?"
        r"|(?:在|于|就|接受|面对|围绕|针对|谈及|谈到|当|结合)(?:[^。；！？\n“”]|“[^”。，\n]{1,8}”){1,40}?"
        r"(?:上|时|中|后|间隙|期间|现场|之际|之前|前|下|问题|话题|方面|情况)"
        rf"(?:，|(?={follows}))"
        r"|在[^，。；！？\n“”]{2,6}(?=出席|会见|主持|参加|签署|致辞)"
        r"|(?:作|做|发表)?[^，。；！？\n“”]{0,6}?"
        r"(?:会见|讲话|致辞|致词|发言|总结|通报|介绍|会议|活动|演讲|点评|调研|报告)(?:时|中)[，]?"
    )


_WORDS = r"[^，。；！？\n“”]"


def _behalf(acts: str) -> str:
    """For whom, with whom, how and before whom someone acts; an act or a word of speech follows."""
    told = r"表示|介绍|说|坦言|透露|指出|强调|称|提出|通报|解释|谈|建议"
    done = rf"{acts}|作|做|发表|致|在|对|向"
    return (
        rf"，?代表{_WORDS}{{1,30}}?，?(?={done})"
        rf"|(?:向|对){_WORDS}{{1,16}}?(?={told}|致|作|做|发表|汇报|说明|宣读)"
        rf"|(?:同|与|跟){_WORDS}{{1,12}}?(?=一同|一起|共同|致|作|做|座谈|交流|会谈)"
        rf"|(?:就|围绕|针对|结合|关于){_WORDS}{{1,24}}?(?={told}|作|做|发言|交流)"
        rf"|(?:率|带领)(?:领|队|团)?{_WORDS}{{0,16}}?，?(?:(?:前往|[来赴到抵在]){_WORDS}{{1,12}}?)?"
        r"(?=出席|参加|考察|学习考察|调研|访问|列席|与会|参会)"
        rf"|带(?:队|领){_WORDS}{{0,16}}?(?=出席|参加|考察|学习考察|调研|访问|列席)"
        rf"|(?:以|通过){_WORDS}{{0,8}}(?:视频|网络|书面|线上|连线){_WORDS}{{0,4}}?(?={acts})"
        rf"|为{_WORDS}{{1,20}}?(?=揭牌|揭幕|授牌|授旗|颁奖|颁发|剪彩)"
        rf"|以{_WORDS}{{1,20}}为(?:题|主题)[，]?"
    )


_GROUP = (
    r"(?:(?:部门|单位|机构)?(?:的?主要|有关|相关)?(?:负责人|负责同志|领导同志|领导|代表团|代表|嘉宾|同志|干部|"
    r"人士|专家|学者|企业家|客人|来宾|人员|委员(?!会)|[市州县区]长|书记|主席|主任|局长|秘书长|一行|记者)|部门|单位)"
)
_COMPANY = (
    # 以及“三市一区”相关领导
    rf"(?:[，、和与及]|以及|还有|等)(?:[^。；！？“”\n]|“[^“”\n]{{1,8}}”){{0,90}}?{_GROUP}(?:等)?"
    r"|等[^，。；！？“”\n]{0,16}?(?=出席|参加|主持|会见|签署|共同|分别|先后|致辞|陪同|在|，|。|一同|一起|应邀|见证)"
)
