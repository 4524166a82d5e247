"""The part that the places of a printed list took, by the words around it."""

import re

from ccmeet.model.reading import PlaceList, Role
from ccmeet.numerals import NUMERAL, read_number
from ccmeet.text import Span

_TAKES_PART = re.compile(
    r"签署|签订|签约|签下|签字|共签|议定|商定|围坐|坐到|碰头|碰面|赴会|到场|结盟|牵手|联手|握手|共聚|齐聚|相聚|聚首|出席|参加|参会|与会|到会|会商|组成|成员|东道主|轮值|主要领导|"
    r"主要负责|负责同志|负责人|代表|嘉宾|客人|市长|市委书记|党政|参与|加入|省会|联席|来自|携手|共商|派员|达成|签过|发言|致辞|(?:视频|线上|云端|连线)(?:接入|连线|入会)|主会场|分会场|协商一致|则[也还]?(?:盼望|期盼|期待|希望|表示|认为)|(?:共同|联合)(?:主办|承办|举办)"
)
_NO_PART = re.compile(
    r"铁路|高铁|高速公路|公路|航线|动车|城际|班列|通道|机场|直达|学习|借鉴|对标|经验|相比|赶超|高于|低于|考察|"
    r"调研|户籍|籍|企业来自|游客|等都市圈|城市群和|港口|段|有意|申请"
)
_OF_FIRMS = re.compile("[^，。；、]{0,8}?(?:商会|联合会|促进会|协会|集团|公司|银行)")
"""北京甘肃企业联合会: whose firms, not who came."""

_COME_ALONG = re.compile(r"企业|客商|游客|学生|专家|媒体|记者|选手|市民|商户|院士|教授")
BODIES = re.compile(r"的?\S{0,8}?(?:部门|局|委|政府|领导|负责人|代表|书记|[市省州区县]长)(?!长)")
_CITIES = re.compile(
    r"(?:的)?[一二两三四五六七八九十\d]+[个座]?(?:省辖)?(?:市|城市|地市)|(?:省际)?(?:边界|毗邻|交界|边际)"
)
_MEMBERS = re.compile(
    r"(?:市|等)?\d{0,2}[个座]?[^，、和与及观]{0,12}成员(?:城市|单位|市)(?=[和与及、以])"
)
_NUMBERED = re.compile(
    rf"(?P<n>{NUMERAL})[个座]?(?:市州|城市|地市|市|地|城)”?(?:包括|即|分别是|分别为|指|是|为)：?$"
)
_THEN_GUESTS = re.compile(
    r"(?P<own>[^，。；、和与及]{0,12})(?:和|与|及|以及|还有|、)(?:来自)?(?:特邀|受邀|应邀|邀请|特别邀请)"
)
"""九江、黄石等城市以及特邀城市株洲派代表参会: who is invited comes after the list."""
GUEST = re.compile(r"应邀|特邀|邀请|受邀|列席|观摩|特别嘉宾")
OTHER_TIME = re.compile(
    r"[上下]一?(?:[届次轮回站场]|年度?)|[前历往][一两三四五几]?[届次]|(?P<first>首)[届次]|明年|去年"
    r"|第(?P<n>[一二三四五六七八九十\d]+)[届次]"
)
_TITLE = re.compile("《[^《》]*》?")
_SIDES = re.compile(rf"(?P<n>{NUMERAL})[个座]?(?:省会城市|城市|市州|地市|[市州地城县区])")
_OBSERVER = re.compile(r"观察员")
_LISTS_OBSERVERS = re.compile(
    r"观察员(?:城市|市|单位)?(?:包括|有|为|是|分别是|分别为|：|（|——)?(?:是)?$"
)

_COME_AS = re.compile(
    rf"[^，。；]{{0,12}}[，。；：](?:(?P<n>{NUMERAL})[个座]?(?:城市|地市|[市地州方家])|[他它]们|这些城市|后者)?"
    "(?:代表团?)?(?:均|都|皆|也|则|全)?(?:是|(?:作为|以|为)[^，。；、]{0,4})(?P<part>观察员|成员)"
)
"""…坐着甲、乙两市的客人，以观察员身份列席; 多了甲、乙，两市均为观察员: as what they came."""


def names_other(folded: str, clause: Span, edition: int | None) -> bool:
    """Whether a clause tells of another meeting than that of `edition`: 下届, 第十届."""
    for told in OTHER_TIME.finditer(folded, *clause):
        number = 1 if told["first"] else read_number(told["n"] or "")
        if number is None or number != edition:
            return True
    return False


_HOLD_IT = re.compile(
    r"(?:等?[两二三四五六七八九十\d]+[市省地州]){0,2}(?:代表|领导)?(?:共同|联合)?在[^，。；]{2,16}?(?:召开|举行|举办)"
)
"""甲市、乙市等两省七市在丙市召开论坛: those who hold it."""


def part_of_list(
    folded: str, listed: PlaceList, sentence: Span, edition: int | None, is_whole: bool = False
) -> Role | None:
    """The part that a list's places took at the meeting of `edition`, None if the list is no list
    of participants. `sentence` is without a dateline, whose reporters take no part. `is_whole`
    says that the list has as many places as the meeting's name counts: 云江五市….
    """
    tail = listed.tail.of(folded)
    before = folded[sentence.start : listed.span.start]
    clause_end = re.compile("[，。；]").search(folded, listed.span.end, sentence.end)
    stop = clause_end.start() if clause_end else sentence.end
    clause = folded[listed.span.end : stop]
    around = re.split("[，。；]", before)[-1] + clause
    if _OF_FIRMS.match(clause):
        return None
    if _NO_PART.search(_TITLE.sub("", clause)[:12]) or re.search(
        r"[至通]$|学习|借鉴|对标", before[-6:]
    ):
        return None
    # 苏鲁豫皖四省十市代表: the cities came, the provinces only say whence.
    if _CITIES.match(clause) and all(p.level == "province" for p in listed.places):
        return None
    if _OBSERVER.search(tail) or _LISTS_OBSERVERS.search(before[-12:]):
        return "observer"
    if re.search(r"(?:作为|为|以)\S{0,6}观察员", clause):
        return "observer"
    if came := _COME_AS.match(folded, listed.span.end, sentence.end):
        number = read_number(came["n"]) if came["n"] else None
        if number in (None, len(listed.places)):
            return "observer" if came["part"] == "观察员" else "member"
    # 甲、乙等14个某组织成员城市及丙、丁等特邀城市: who is invited comes after
    if _MEMBERS.match(clause):
        return "member"
    if "成员" in tail:
        return "member"  # 7个成员单位应邀参会
    others = _THEN_GUESTS.match(clause)
    if GUEST.search(around[: len(around) - len(clause) + others.end("own")] if others else around):
        return "guest"
    if re.match(r"等?(?:铁路|高铁|高速|航线)", clause) or re.search(r"铁路|高速", clause):
        return None
    if len(listed.places) > 1 and _HOLD_IT.match(clause):
        return "member"
    counted = len(listed.places) == listed.count and len(listed.places) > 1
    named = None if _NO_PART.search(before[-24:]) else _NUMBERED.search(before[-12:])
    if named and (read_number(named["n"]) or 0) == len(listed.places):
        return "member"  # “六市”包括甲、乙…
    if counted and BODIES.match(clause):
        return "member"
    if "来自" in around and _COME_ALONG.search(around):
        return None
    whole = Span(stop - len(around) - (listed.span.end - listed.span.start), stop)
    if re.search("承办|举办|举行|召开", around) and names_other(folded, whole, edition):
        return None
    takes = _TAKES_PART.search(folded, sentence.start, sentence.end)
    if takes and BODIES.match(clause):
        return "member"
    return "member" if is_whole or (takes and (counted or _TAKES_PART.search(around))) else None


def sides_counted(name: str) -> int | None:
    """How many sides a meeting's name counts: five in 云江五市商务合作例会."""
    found = _SIDES.search(name)
    return read_number(found["n"]) if found else None
