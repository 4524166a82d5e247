"""Whether what a speaker lists is undertaken by all who meet, or is his own.

江州将聚焦… is one person's. What the meeting itself is about (会商会将聚焦…), what all will do
(四市还要在…方面开展合作) and what the chair sums up are told of all, whoever says it.
"""

import re

from ccmeet.model.reading import Reading
from ccmeet.text import Span

_REACH = 300
"""Characters: how far before a list its subject is looked for."""

_SAYS = re.compile(
    r"(?:表示|指出|(?<![来据以该是])说|强调|介绍|认为|提出|(?<![列条项多些的])(?:倡议|建议)|坦言|谈到|透露|希望)(?:，|：|“|$)"
)
# What a host hopes that both do is what a visit agrees on.
_OF_BOTH = re.compile("(?:希望|(?:建议|提议)，?)(?:双方|两[地市省县区州])")
_OF_MEETING = re.compile(
    r"(?:会商会|联席会议?|协调会|圆桌会议?|座谈会|论坛|峰会|年会|大会|会议|议程|》|协议|清单|备忘录|(?:此|本)[次届])"
    r"(?:共?有?\d+[项条个][^，。；]{0,4}，|共|还|也)?(?:将|拟|主要|重点|集中|分别|共同)*"
    r"(?:聚焦|围绕|涉及|涵盖|包括|覆盖|设置?|安排|就|研究|讨论|审议|商讨|(?<=将)在|(?<=将重点)在)(?:了)?$"
)
"""圆桌会将聚焦…: what the meeting itself is about, whoever tells it."""
_SETTLED = re.compile("(?:商定|约定|议定|敲定|达成共识|一致同意)，?(?:将|要|先)?(?:在|围绕|就|从)$")
"""四市部门初步商定在…三个方面各推出一批项目: what was settled, whoever tells it."""
_TAKE_UP = ("在", "围绕", "聚焦", "就", "从")
_TAKES = "|".join(_TAKE_UP)
_OF_ALL = re.compile(
    r"(?:^|[，：；。“])(?:下一步|今后|未来|接下来)?"
    r"(?:[两二三四五六七八九十\d]+个?(?:省市|市县|城市|[市省地方县])|双方|各方|各城市|各成员城市)"
    rf"(?:政府|都|也|还|将|会|要|应当?|可以?|愿|需|共同|重点|进一步|继续)+"
    rf"(?:加强|深化|开展|推进|扩大|拓展|密切)?(?:{_TAKES})$"
    r"|(?:^|[，：；。“])(?:本届|本次|此次|这次)(?:会商会|联席会议?|会议|论坛|峰会|年会|座谈会)"
    rf"[^。；“”]*(?:“[^“”]*”[^。；“”]*)*，(?:将|拟)(?:{_TAKES})$"
)
_JOINTLY = re.compile(
    "(?:领域|方面|[事议]项|环节).{0,10}?(?:合作|协作|协同|联动|对接|联手|携手|先行先试)"
)
"""四市还要在…等方面开展合作, 本届会商会…，将在…方面推出合作事项: of all, whoever says it."""

_URGES = re.compile("指出|强调|要求|希望|建议|呼吁|认为|倡议|提出")
_PROPOSES = re.compile("希望|建议|呼吁|倡议|提议|期待|期盼|盼望")
_FROM_NOW_ON = re.compile(
    r"(?:^|[，：；。“])(?:下一步|下一阶段|今后|往后|未来|接下来)，?(?:还|都|也|更)?(?:要|应当?|须)"
    rf"(?:继续|进一步|重点|共同)*(?:{_TAKES})$"
)
"""今后要在…等方面多想办法: with no subject, of those who sit together."""
_TO_ALL = re.compile(
    r"(?:[两二三四五六七八九十\d]+[省市地方城]|各[省市地方]|各城市|双方|大家|会商会|今后|下一步|接下来)*(?:要|应当?|须)[^，。；]{0,10}$"
)
_NOBODY = re.compile(
    r"(?:会议|大会|嘉宾|各方|双方|代表们?|与会(?:者|人员|代表|城市)|[三四两]地|[三四两]市|各市|活动|(?:行动|计划|方案|协议|清单|宣言|纲要|共识|文件|意见|倡议)”?|》)"
    r"[^，。]{0,4}$"
)


def is_personal(reading: Reading, sentence: Span, place: int) -> bool:
    """Whether the words at `place` are one named person's own, not told of all who meet."""
    folded = reading.source.folded
    near = Span(max(sentence.start, place - _REACH), sentence.end)
    told = (_OF_BOTH, _OF_MEETING, _SETTLED)
    if any(pattern.search(folded, near.start, place) for pattern in told):
        return False
    if _is_told_of_all(folded, near, place):
        return False
    if any(s.start <= place < s.end for s in reading.speech):
        return True
    lead = folded[sentence.start : place]
    says = _SAYS.search(lead)
    return bool(says and not _NOBODY.search(lead[: says.start()]))


def is_proposed(folded: str, sentence: Span, place: int) -> bool:
    """Whether a speaker asks for what is to be done together: 希望江州在…等方面与南浦开展合作."""
    if not folded.endswith(_TAKE_UP, sentence.start, place):
        return False
    near = max(sentence.start, place - _REACH)
    if _FROM_NOW_ON.search(folded, near, place):
        return True
    clause = re.split("[，。；]", folded[place : min(sentence.end, place + _REACH)])[0]
    return bool(_PROPOSES.search(folded, near, place) and _JOINTLY.search(clause))


def _is_told_of_all(folded: str, sentence: Span, place: int) -> bool:
    """Whether a speaker tells what all will do together, and doesn't urge them to (强调，要…)."""
    if not folded.endswith(_TAKE_UP, sentence.start, place):
        return False
    of_all = _OF_ALL.search(folded, sentence.start, place)
    if not of_all or not _JOINTLY.search(re.split("[，。；]", folded[place : place + _REACH])[0]):
        return False
    urges = _URGES.search(folded, sentence.start, of_all.start() + 1)
    return not urges or "将" in of_all[0]


def is_summing_up(reading: Reading, sentence: Span, place: int) -> bool:
    """Whether the chair tells all who met what to do: 方大同主持会议。方大同强调，要聚焦…三件事."""
    folded = reading.source.folded
    clause = max(folded.rfind(mark, sentence.start, place) + 1 for mark in "，；：“")
    if not _TO_ALL.match(folded, max(clause, sentence.start), place):
        return False
    chairs = (
        o.name.value
        for o in reading.officials
        for q in o.quotes
        for s in q.text.spans
        if s.start <= place < s.end
    )
    return any(re.search(rf"{re.escape(name)}(?:出席(?:会议)?并)?主持", folded) for name in chairs)
