"""Places that the gazetteer does not hold, known by where they stand.

A list with its right number (江津、永川、荣昌三区) names places, whatever their names; 区 or 县
ends a name beside other places or before the post of a head (合江县县长).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ccmeet.lexicon.offices import load_offices
from ccmeet.lexicon.places import Level, Place, load_places
from ccmeet.numerals import read_number
from ccmeet.text import HAN, Span

_NUMBERED = re.compile(
    r"(?P<count>[两二三四五六七八九十\d](?:(?<=\d)\d?|(?<!\d)[两二三四五六七八九十]{0,2}))[个座家]?"
    r"(?P<unit>市州|市地|区县|市县|市|县|区|州|省|地|城|方)"
)
_PARTED = re.compile("、|以及|和|与|及")
_HAN = re.compile(f"[{HAN}]")
_NAME = re.compile(f"[{HAN}]{{2,5}}")
_NO_LISTED = re.compile("代表|分别|共同|联合|先后|一同|出席|参加|牵头|签")
"""方大同、于海洋代表两市签约: people, not places."""
_GOES_ON = re.compile(rf"[{HAN}A-Za-z\d“]")
_JOINED = re.compile(f"{_PARTED.pattern}|·|—+|-")
_SMALL = "由与和及同在为是邀请含省市暨自"
# Each begins with the unit's first sign, so that a search goes from one to the next.
_UNITS = "|".join(
    f"{unit[0]}(?<=[一-龥].){unit[1:]}" for unit in ("新区", "示范区", "自治县", "区", "县", "旗")
)
_UNIT = re.compile(
    rf"(?:{_UNITS})(?=$|[、，。；）和与及等委签将共均的·—两二三四五六七八九十]|[区县]长|副[区县]长|政府|人民政府|"
    r"人大|政协|代表|负责|管委会|党工委|出席|参加|作为|以观察员|以嘉宾|受邀|应邀|列席|派[代员团]|参会|与会|也|还)"
)
_GENERIC = re.compile(
    r".*[地社园景片库辖特]区|[城山郊市灾小校厂林牧湖矿防商老新郡全各本我该赛考展战疫禁街馆]区|"
    r"治区|.*(?:合作|示范|先行|开发|发展|高新|保税|经开|自贸|产业|工业|功能|度假|风景|保护|试验|集中|协作|经济|自治|实验|综合|中心城|毗邻地)区|"
    r"[各全本我该郊]县|[两二三四五六七八九十]+[区县]|.*(?:会议|等|与会|代表).*"
)
_AREA = re.compile("(?:新|示范)区$|自治县$")
_HEADED = re.compile(r"委|[区县]长|副[区县]长|(?:人民)?政府|人大|政协|管委会|党工委")


_NO_LIST = re.compile(
    "核心|缓冲|实验|示范|[老新主港]城|高新|经开|保税|自贸|[东西南北中]部|生产|生活|生态|教育|科技|人社|文旅|文化|"
    "交通|旅游|环保|工业|农业|商贸|金融|卫生|园林|文明|智慧|绿色|人文|宜.|城[东西南北]"
)
"""核心、缓冲、实验三区: kinds of areas, and no list of places."""


def find_numbered(text: str) -> Iterator[tuple[Span, Place]]:
    """Each name of a list that its number counts; places of the gazetteer as it has them."""
    by_name = load_places().by_name
    for number in _NUMBERED.finditer(text):
        names = _names_before(text, number.start(), read_number(number["count"]) or 0)
        if not names:
            continue
        kinds = [by_name.get(n.of(text)) for n in names]
        known = any(k and k.level != "province" for k in kinds)
        is_list = len(names) > 2 and number["unit"] not in "方地省城"
        if not known and any(_NO_LIST.fullmatch(text, *name) for name in names):
            continue
        if known or is_list or number["unit"] in "区县":
            level: Level = "district" if number["unit"][0] in "区县" else "prefecture"
            for name, kind in zip(names, kinds, strict=True):
                yield name, kind or _unknown(name.of(text), level)


def _names_before(text: str, end: int, count: int) -> list[Span]:
    """The `count` names right before a number, joined by 、 or 和; none if it has no such list."""
    if not 2 <= count <= 30 or ("、" not in text[max(0, end - 16) : end] and count > 2):
        return []
    start = max(0, end - 8 * count)
    marks = list(_PARTED.finditer(text, start, end))[1 - count :]
    if len(marks) != count - 1:
        return []
    ends = [*(m.start() for m in marks[1:]), end]
    first = _first_name(text, marks[0].start())
    names = [_bare(text, Span(m.end(), e)) for m, e in zip(marks, ends, strict=True)]
    if first is None or not all(_NAME.fullmatch(text, *name) for name in names):
        return []
    if any(_NO_LISTED.search(text, *name) for name in names):
        return []
    return [first, *names]


def _bare(text: str, name: Span) -> Span:
    """Without 市, 区 or 县, but for a name of two signs."""
    longer = name.end - name.start > 2 and text[name.end - 1] in "市区县"
    longer = longer and not _AREA.search(text, *name)
    return Span(name.start, name.end - longer)


def _first_name(text: str, end: int) -> Span | None:
    """The name that ends here and opens a list: after a mark or a small word."""
    by_name = load_places().by_name
    if text.endswith("新区", 0, end):  # 青山新区、江州市、临江市三地
        begins = [at for at in (end - 4, end - 5, end - 6) if at >= 0 and _opens(text, at)]
        return next((Span(at, end) for at in begins if _HAN.match(text, at)), None)
    end -= text[max(0, end - 1) : end] in ("市", "区", "县")
    for length in range(min(5, end), 1, -1):
        if text[end - length : end] in by_name:
            return Span(end - length, end)
    for opens in (end - 2, end - 3):
        is_name = opens >= 0 and re.fullmatch(f"[{HAN}]+", text[opens:end])
        if is_name and _opens(text, opens):
            return Span(opens, end)
    return None


def _opens(text: str, place: int) -> bool:
    """Whether a name may begin at `place`."""
    before = text[place - 1 : place]
    return not _GOES_ON.match(before) or before in _SMALL


def _unknown(name: str, level: Level) -> Place:
    return Place(name, name, "", level, "")


_CITY = re.compile(
    r"市(?=市长|委书记|委副书记|委常委|委、|代市长|副市长|政府|人民政府|人大|政协|举行|召开|承办|主办|发展改革委|发改委)"
)
_NO_NAMES = """
    记者 获悉
    根据 按照 遵照 依据 贯彻 落实 传达 代表 汇报 报经 经过 通过 提请 提交 围绕 响应
    执行 牢记 聚焦 邀请 陪同 配合 协助 支持 感谢 接受 要求 强调 指出 报告 随同 受到
    学习 紧跟 服从 听取 宣读 转达 转发 印发 征求 组织 召集 列席 主持 参加 出席 推动
    推进 加强 服务 对接 联系 联合 会见 慰问 看望 考察 调研 走访 部署 研究 审议 批准
    同意 任命 担任 时任 现任 兼任 当选 来自 来到 前往 访问 位于 关心 关注 重视 率领
    带领 主要 有关 相关 常务 全体 部分 其他 其余 同时 随后 近日 日前 今天 昨天 今日
    昨日 上午 下午 介绍 表示 认为 希望 建议 提出 通报 汇总 开展 做好 抓好 积极 认真
    坚决 切实 友好 卫星 姊妹 百强 开放 枢纽 节点
"""
"""Words before 市委, 县政府 and the like that are no place's name."""

_NO_NAME = "|".join(_NO_NAMES.split())
_NO_CITY = re.compile(
    rf"[两二三四五六七八九十几多各市省县区的了和与及在由我全本该]|[这那][位名]|成员|兄弟|观察员|地级|城|会|{_NO_NAME}"
)
_NO_DISTRICT = re.compile(
    rf"[各率]|[这那][位名]|[两二三四五六七八九十](?=[个大座]?[市区县]?$)|(?<=自)治$|主城|中心|核心|拓展|毗邻|边界|沿线|所辖|{_NO_NAME}"
)


def find_cities(text: str, places: Sequence[Span]) -> Iterator[tuple[Span, Place]]:
    """临川市, where a post or a verb of holding says that it is one, and its name elsewhere."""
    units = list(_CITY.finditer(text))
    if not units:
        return
    taken = {at for s in places for at in range(*s)}
    names: set[str] = set()
    ends = {s.end for s in places}
    for unit in units:
        if abroad := _abroad(text, unit.end()):
            names.add(abroad)
            continue
        span = None if unit.start() in taken else _district(text, unit, ends)
        if span is None or not taken.isdisjoint(range(*span)) or span.end - span.start < 3:
            continue
        name = Span(span.start, span.end - 1)
        if not _NO_CITY.search(name.of(text)):
            names.add(name.of(text))
    for word in names:
        for found in re.finditer(re.escape(word), text):
            if taken.isdisjoint(range(*found.span())):
                yield Span(*found.span()), _unknown(word, "prefecture")


_FARTHEST = 16
"""Characters: how far before 市 a country is looked for."""


def _abroad(text: str, end: int) -> str | None:
    """The city's name in 瑞士洛桑市, told with its country."""
    for start in range(max(0, end - _FARTHEST), end - 4):
        found = load_offices().abroad.match(text, start, end)
        if found and found.end() == end:
            return found[1]
    return None


_TEAM = re.compile(
    rf"(?<![{HAN}])(?P<name>[{HAN}]{{2}})(?=(?:党政|政府|政协|人大)(?:代表团|考察团))"
)
_NO_TEAM = re.compile(
    "[我本该各两三四五六七双][省市县区州地方]|[省市县区州]|由|率|随|一[行次]|地方|有关|友好|当地"
)


def find_teams(text: str, places: Sequence[Span]) -> Iterator[tuple[Span, Place]]:
    """临川党政代表团: whose team it is."""
    taken = {at for s in places for at in range(*s)}
    for team in _TEAM.finditer(text):
        if taken.isdisjoint(range(*team.span("name"))) and not _NO_TEAM.search(team["name"]):
            yield Span(*team.span("name")), _unknown(team["name"], "district")


_AMID = re.compile(rf"[市州]?、((?:[{HAN}]{{2,4}}[市州]?、)+)")
_NARROW = 3
"""Signs between two places that hold no third: 、 to either side of two."""
_TWO_MORE = re.compile(rf"(?:[市州]?、[{HAN}]{{2,5}}){{2}}")
_REGION = re.compile("三角|[圈群带湾岛国]$|新加坡")
_MANY = r"(?:\d{1,2}|[两二三四五六七八九十]{1,3})[个座]?"
_LIST_GOES_ON = re.compile(
    rf"[市州]?(?:[、和与及][{HAN}]{{2,5}}){{0,30}}?"
    rf"(?:等(?:{_MANY})?(?:成员|兄弟|观察员)*(?:城市|市州|地市|市)"
    rf"|{_MANY}(?:成员|观察员|兄弟|核心区|协作)*(?:城市|市州|地市|市(?![委政长])))"
)


def find_amid(text: str, places: Sequence[Span]) -> Iterator[tuple[Span, Place]]:
    """What stands between known places in a list of cities: 吉首、铜仁、黔江、桂林等城市."""
    apart = ((a, b) for a, b in pairwise(sorted(places)) if b.start - a.end > _NARROW)
    for one, other in apart:
        gap = _AMID.fullmatch(text, one.end, other.start)
        if not gap or not _LIST_GOES_ON.match(text, other.end):
            continue
        for part in re.finditer(rf"[{HAN}]+", gap[1]):
            name = _bare(text, Span(*part.span()).shifted(gap.start(1)))
            if not _NO_CITY.search(name.of(text)) and not _REGION.search(name.of(text)):
                yield name, _unknown(name.of(text), "prefecture")


_COUNTIES = re.compile(
    rf"[市州]?(?P<rest>(?:、[{HAN}]{{2,4}}){{1,30}})等(?:{_MANY})?"
    r"(?:[州市区县](?:、[州市区县])+|(?:市州|州市|市)?(?:区县|县区|市县|县市))(?=[的政党代主负领相共各参，]|$)"
)


def find_beyond(text: str, places: Sequence[Span]) -> Iterator[tuple[Span, Place]]:
    """What follows cities in a list of cities and counties: 遵义、铜仁、丰南、石江等市、区、县."""
    ordered = sorted(places)
    for index, last in enumerate(ordered[2:], 2):
        rest = _COUNTIES.match(text, last.end)
        known = index + 1 < len(ordered) and rest and ordered[index + 1].start < rest.end("rest")
        if not rest or known or not _TWO_MORE.fullmatch(text, ordered[index - 2].end, last.end):
            continue
        for part in re.finditer(rf"[{HAN}]+", rest["rest"]):
            name = _bare(text, Span(*part.span()).shifted(rest.start("rest")))
            if not _NO_DISTRICT.search(text, *name) and not _REGION.search(name.of(text)):
                yield name, _unknown(name.of(text), "district")


def find_districts(text: str, places: Sequence[Span]) -> Iterator[tuple[Span, Place]]:
    """江津区, 合江县: beside other `places`, or before the post of their head."""
    units = list(_UNIT.finditer(text))
    if not units:
        return
    ends = {s.end + (text[s.end : s.end + 1] in ("市", "省", "州")) for s in places}
    starts = {s.start for s in places}
    taken = {at for s in places for at in range(*s)}
    near: list[tuple[Span, bool]] = []
    for unit in units:
        span = None if unit.start() in taken else _district(text, unit, ends)
        if span is None or not taken.isdisjoint(range(*span)):
            continue
        if _NO_DISTRICT.search(text, span.start, span.end - 1):
            continue
        last = near[-1][0].end if near else -1
        joined = text[span.start - 1 : span.start] in ("、", "和", "与", "及")
        beside = span.start in ends or (joined and span.start - 1 in {*ends, last})
        # 11市和杨凌示范区
        beside = beside or (joined and text[span.start - 2 : span.start - 1] in ("市", "省", "州"))
        after = _JOINED.match(text, span.end)
        beside = beside or bool(after and after.end() in starts)
        near.append((span, beside or bool(_HEADED.match(text, span.end))))
    for index, (span, is_sure) in enumerate(near):
        following = near[index + 1] if index + 1 < len(near) else None
        chained = following and _PARTED.fullmatch(text, span.end, following[0].start)
        if is_sure or (chained and following and following[1]):
            bare = Span(span.start, span.end - 1)
            if bare.end - bare.start > 2 and text[bare.end - 1] in "区县":
                bare = Span(bare.start, bare.end - 1)  # 江东区区委
            known = bare.of(text) in load_places().by_name
            named = (
                span if known or bare.end - bare.start < 2 or _AREA.search(span.of(text)) else bare
            )
            yield named, _unknown(named.of(text), "district")


def _district(text: str, unit: re.Match[str], ends: set[int]) -> Span | None:
    """The name that a unit ends: one to four signs from where a name may begin."""
    for start in range(unit.start() - 1, max(-1, unit.start() - 5), -1):
        if not _HAN.match(text, start):
            return None
        if start in ends or _opens(text, start):
            span = Span(start, unit.end())
            own = unit[0] in ("新区", "示范区") and unit.start() - start > 1
            return span if own or not _GENERIC.fullmatch(span.of(text)) else None
    return None
