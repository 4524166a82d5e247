"""Whether two printed names mean one meeting, or one series.

A series is printed in shorter and other forms (四川重庆… for 重庆四川…, 联席会 for 联席会议), a
headline names it freely, and an edition by its number or its year.
"""

import re
from functools import lru_cache

from ccmeet.model.reading import MeetingName, Reading
from ccmeet.numerals import NUMERAL

_JOINTS = re.compile("[“”·—+及-]")
_SIDES = re.compile(rf"{NUMERAL}个?(?:省会城市|省市|城市|市州|[省市地方城])")
_OFFICE = re.compile("秘书处|办公室|工作会|筹备|预备|部门")
_KINDS = ("党政联席", "市长联席", "省长联席", "书记联席", "行政首长联席", "政协主席", "主要领导")
"""Who sits together at a meeting: two names of one number that say it are one meeting's."""
_BRACKET = re.compile("（[^（）]*）")
_YEARS = range(1950, 2100)
_MOST = 40
"""Series kept at hand: each name of an article is held against each."""


def number_rank(name: MeetingName) -> int:
    """2 for an ordinal, 1 for a year that stands for it, 0 for neither."""
    return 0 if name.edition is None else 1 if name.edition in _YEARS else 2


def is_same_meeting(name: MeetingName, main: MeetingName) -> bool:
    """Whether two names mean one meeting: no two numbers, and series that may be one. A year
    and an ordinal may be one meeting's (2023年…会议 is 第三届…会议), but no first edition's."""
    kinds = {number_rank(name), number_rank(main)}
    if name.edition != main.edition and len(kinds - {0}) == 1 and 0 not in kinds:
        return False
    if kinds == {1, 2} and 1 in (name.edition, main.edition):
        return False
    return is_same_series(name, main)


def retells(reading: Reading, name: MeetingName, main: MeetingName) -> bool:
    """Whether one is a headline's free name of the other: of one kind, without two numbers, and
    four signs in common, those of the kind among them where the number is the same.

    半岛省会圈市长联席会议 for 省会圈第三次市长联席会议, 川渝党政联席会议第四次会议 for
    …四川重庆党政联席会议第四次会议.
    """
    heads = [b.span for b in reading.source.blocks if b.kind == "headline"]
    if not any(h.holds(n.span) for n in (name, main) for h in heads):
        return False
    if name.noun != main.noun or (name.edition != main.edition and name.ordinal and main.ordinal):
        return False
    if name.ordinal and main.ordinal:
        return any(word in series_key(name) and word in series_key(main) for word in _KINDS)
    short, full = (series_key(n).removesuffix(name.noun.removesuffix("议")) for n in (name, main))
    short = short.replace("工作", "")
    if len(short) == 3:
        return short in full  # 同城化工作座谈会
    return any(short[i : i + 4] in full for i in range(len(short) - 3))


def is_same_series(name: MeetingName, main: MeetingName) -> bool:
    """Whether one series may be a shorter or other form of the other: 联席会 for 联席会议,
    四川重庆… for 重庆四川…, 云江五市… for 云江五市协同发展区…"""
    own, key = series_key(name), series_key(main)
    short, full = sorted((own, key), key=len)
    if full.endswith(short) or sorted(short) == sorted(full):
        return True
    if name.is_general or main.is_general:
        noun = min((name.noun, main.noun), key=len).removesuffix("议")
        other = max((own, key), key=len)
        # …协作会议第三届年会 and 第二届年会
        return other.endswith(noun) or name.noun == main.noun
    sides = {tuple(_SIDES.findall(n.series)) for n in (name, main)}
    if len(sides) == 1 and any(sides) and name.noun == main.noun and name.edition == main.edition:
        return True  # 甲、乙、丙三市…市长峰会 of 大江三市市长峰会
    if full.startswith(short) and _OFFICE.search(full, len(short)):
        return False  # 会商会秘书处工作会议 is no 会商会
    return short[0] == full[0] and _is_within(short, full)


def series_key(name: MeetingName) -> str:
    """What the names of one series have in common."""
    return _bare_series(name.series)


@lru_cache(maxsize=_MOST)
def _bare_series(series: str) -> str:
    """A series without marks, brackets and 及, the number of sides and the last sign of 会议."""
    words = _JOINTS.sub("", _BRACKET.sub("", series)).removesuffix("议")
    return _SIDES.sub("", words)


def _is_within(short: str, full: str) -> bool:
    """Whether the signs of `short` stand in `full` in this order."""
    rest = iter(full)
    return all(sign in rest for sign in short)
