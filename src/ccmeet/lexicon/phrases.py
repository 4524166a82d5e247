"""Phrases that stand right after a post and open with a surname's sign, but name nobody."""

import re

from ccmeet.lexicon.places import load_places
from ccmeet.text import HAN

_COMES = re.compile(f"来[{HAN}](?=调研|考察|出席|参加|参会|学习|访问|走访|交流|洽谈|对接)")
"""市长张三与来岳调研的李四: 来 comes to a place of one sign."""
_GIVES = re.compile(
    f"[{HAN}][作做致]了?(?:年度|工作|总结|述职|专题|主题|主旨|情况|交流|大会|重点|经验|财务|欢迎|开幕|闭幕)"
)
"""执行主席方作工作报告."""
_BY = re.compile(
    r"[由归](?:[省市县区州副党各上本该东]|[^，。；：\n]{1,20}?(?:担任|兼任|出任|接任|充任|轮流|轮值))"
)
"""执行主席由南浦市市长担任: whoever it falls to."""
_TO_A_PLACE = frozenset("由归经从应向对同和与当")
"""主席归南通, 秘书长应张家界市之邀: everyday signs that a place follows."""
_OF_A_PLACE = re.compile("[省市县区州旗方等之的、]|担任|邀请")


def opens_a_phrase(folded: str, place: int, end: int) -> bool:
    """Whether what begins at `place` tells what a post's holder does, or whom the post falls to."""
    if _COMES.match(folded, place, end) or _GIVES.match(folded, place, end):
        return True
    sign = folded[place : place + 1]
    if sign not in _TO_A_PLACE:
        return False
    if _BY.match(folded, place, end):
        return True
    known = load_places().by_name
    stops = (place + 1 + n for n in (4, 3, 2) if folded[place + 1 : place + 1 + n] in known)
    return any(sign in "由归" or _OF_A_PLACE.match(folded, stop) for stop in stops)
