"""Posts as they are printed: where a title stands, which body it belongs to, and which city."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from ccmeet.codec import load_data
from ccmeet.lexicon.places import load_places
from ccmeet.lexicon.words import Sought, one_here, one_of, sought
from ccmeet.text import HAN, Span

PostKind = Literal["office", "body", "press", "person"]

LONGEST_BODY = 40
"""Characters: how far left of a title the body's name is looked for."""

LONGEST_CHAINED = 24
"""Characters: how long a body may be that no word betrays, between 、 and a title."""

_HAN = re.compile(f"[{HAN}]")
_BREAK = re.compile(rf"[^{HAN}0-9A-Za-z·〇\-]")
_DISTRICT = re.compile(
    rf"(?:中共)?(?P<whole>(?P<short>(?!新区|自治|副|正|原|代)[{HAN}]{{1,3}}?(?<![新园景社辖特])|[{HAN}]{{2,4}}(?=自治))"
    r"(?:(?:综合[实试]验)?[区县旗]|(?:[一-龥]{1,8}族)?自治[县旗]))(?=[委政人纪党监常长副领]|[区县旗](?:长|委)|$)"
)
_NEW_AREA = re.compile(
    rf"(?:中共)?(?P<short>(?![我本各全该]|城市)[{HAN}]{{2,10}}(?:(?<![城高])新区|(?<=[前中后左右合])旗))(?=管委会|管理委员会|党工委|工委|[委党纪]|领导|$)"
)
"""湖南青山新区党工委: an area of its own, of no city that the words tell; 某某右翼前旗."""
_OF_BANNER = re.compile("[前中后]旗")
"""某某右翼前旗: 前 is of the name."""
_LAST_BREAK = re.compile(f".*{_BREAK.pattern}", re.DOTALL)
_DISTRICT_S = re.compile(
    rf"(?P<whole>(?P<short>[{HAN}]{{2,3}}?)(?<!开发|高新|经开|示范|保税|自贸|合作|产业|工业|度假)"
    rf"(?<![新景园社小地特老城灾山湖库片校战军林牧矿])[区县])(?![域块间])[{HAN}]{{1,10}}[局办委院馆队]"
)
"""江东区水务局: a district's office."""

_GENERIC_PLACE = re.compile(
    rf"(?!民[建革盟进]|农工|致公|九三|台盟|共青|工商|[两二三四五六七八九十各]+[市省地州县])([{HAN}]{{2,4}}?)(?<![两三四五六七八九十个])(市|省|自治区|自治州|州|盟)(?!场|民)"
)
_UNKNOWN_PLACE = re.compile(
    rf"(?:[由与和及向对在暨请据]|经(?!济|贸|开|信|营))(?=([{HAN}]{{2,3}}(?<!城)[市省县州](?![场民])))"
)
# 江州、临江、南浦三市: the body of a title that several people share, one place each.
_COUNTED = re.compile(r"[两二三四五六七八九十各][市省地州县]$")
_LISTED = re.compile(rf"(?:(?<![{HAN}])[{HAN}]{{2,4}}[、和与])(?:[{HAN}]{{2,4}}[、和与])*$")
# 江州、临江等市政协: the same, named but for those that 等 leaves out.
_LISTED_ETC = re.compile(rf"(?<![{HAN}])[{HAN}]{{2,4}}(?:[、和与][{HAN}]{{2,4}})+$")
_SEATS = tuple("市省州县")
# Heads that end the name of a place as well: 西洲自治区.
_BARE_HEADS = frozenset(("省", "市", "自治区", "县", "区", "州", "旗", "团"))
# 三地政协, 四城市: several at once, as a body's head.
_SEVERAL_PLACES = re.compile(r"[两二三四五六七八九十]+(?:省市|省区|城市|[省市地州县区方])")
# 第十三届全国政协: the term stands before the head.
_TERM = re.compile(r"第?[一二三四五六七八九十]{1,3}届")
_TERM_LAST = re.compile(f"{_TERM.pattern}$")
_HEADS_OF = re.compile(r"[市省县州区]长|[市省县区州旗]领导")
# 我市市委常委: the committee is 市委, 我市 says whose it is.
_OWN_LEAD = re.compile(r"(?:我|本|该)[省市州区县旗](?=[省市州区县旗](?:[委政人纪]|$))")
_JOINT = re.compile("(?<=成员)(?:还?有|为|是|包含)|(?:以及|和|与|及|暨)")
"""局长方大同和港务及房屋局副局长A; 代表团成员有科技及创新局局长A."""
_OWN = re.compile(r"[我本该全]?(?:省|市|自治区|区|县|州)")
_PLACE_OF_BODY = re.compile(rf"([{HAN}]{{2,4}}?)等?[市省州]")
_PLACES_LISTED = re.compile(rf"(?:(?<![{HAN}])[{HAN}]{{2,3}}[、和与])+$")
_QUOTED = {"”": "“", "）": "（"}


class Post(NamedTuple):
    """One post: the body's words (empty where none are printed) and the title's.

    `former` is the 原 or 时任 printed with it, empty for a post that is held.
    """

    organization: Span
    title: Span
    kind: PostKind
    former: Span

    @property
    def start(self) -> int:
        if self.former.start < self.former.end:
            return min(self.organization.start, self.former.start)
        return self.organization.start

    @property
    def end(self) -> int:
        return self.title.end

    @property
    def is_former(self) -> bool:
        return self.former.start < self.former.end


@dataclass(slots=True)
class Reach:
    """How far left the next post may reach: to where the last thing read ended.

    `in_chain` says that this was a post whose name is still to come.
    """

    floor: int
    in_chain: bool = False


@dataclass(frozen=True, slots=True)
class Offices:
    """The grammar of posts. All patterns are for folded texts."""

    titles: Sought
    kinds: dict[str, PostKind]
    before: frozenset[str]
    former: frozenset[str]
    leads: frozenset[str]
    """The last characters of `before` and `former`: where none stands there is neither."""
    not_before: re.Pattern[str]
    head: re.Pattern[str]
    tail: re.Pattern[str]
    cuts: re.Pattern[str]
    compounds: re.Pattern[str]
    soft_cuts: frozenset[str]
    no_places: re.Pattern[str]
    abroad: re.Pattern[str]
    """A country and the name of a city or a part of it: 意大利佛罗伦萨市."""

    def posts(self, folded: str, start: int, end: int, reach: Reach) -> Iterator[Post]:
        """The posts whose titles stand in [start, end), in order.

        The caller moves `reach` on past each name, and no post reaches left of its floor.
        """
        for found in self.titles.finditer(folded, start, end):
            if found.start() < reach.floor or self.not_before.match(folded, found.end()):
                continue
            if not folded.startswith("银行长", found.start() - 1):  # 人民银行长沙中心支行
                yield self.post_at(folded, Span(*found.span()), reach)

    def post_at(self, folded: str, core: Span, reach: Reach) -> Post:
        """The post whose title's core stands at `core`: 副, 常务 and the body are added."""
        floor = reach.floor
        title = self._widen(folded, core, floor)
        former = self._former_before(folded, title.start, floor)
        body = self.body_before(folded, former.start, floor)
        if reach.in_chain:
            body = self._whole_body(folded, body, former.start, floor)
        if body.start == body.end:
            body = self._bare_place(folded, title, former.start, floor)
        if former.start == former.end:
            former = self._former_before(folded, body.start, floor)
        elif body.start == body.end:
            body = Span(title.start, title.start)
        return Post(body, title, self.kinds[core.of(folded)], former)

    def _whole_body(self, folded: str, body: Span, place: int, floor: int) -> Span:
        """All that stands between a chain's last post and this title, if it may be a body.

        市委书记、江淮协同发展区联席会议召集人: after 、 nothing but the body comes.
        """
        start = floor + (2 if folded[floor : floor + 2] == "、兼" else 1)
        if folded[floor : floor + 1] != "、" or not start < place or body.start <= start:
            return body
        words = folded[start:place]
        if words.startswith(tuple(self.former)):
            return body
        if len(words) > LONGEST_CHAINED or _BREAK.search(words) or self._cut(folded, start, place):
            return body
        return Span(start, place)

    def _bare_place(self, folded: str, title: Span, place: int, floor: int) -> Span:
        """The city in 临江市长, where no gazetteer knows it: two or three characters alone."""
        none = Span(place, place)
        if not _HEADS_OF.match(folded, title.start):
            return none
        left = max(floor, place - 4)
        start = place
        if folded[place - 1 : place] == "是":
            return none
        while start > left and _HAN.match(folded, start - 1):
            start -= 1
        if place - start > 2 and folded[start] in "和与及由":
            start += 1
        words = folded[start:place]
        known = load_places().by_name
        for length in (4, 3, 2):
            if words[-length:] in known and len(words) >= length:
                return Span(place - length, place)
        if len(words) not in (2, 3) or self.no_places.search(words):
            return none
        return Span(start, place)

    def _cut(self, folded: str, start: int, stop: int) -> int:
        """Where the last word ends in [start, stop) that belongs to no body; 0 where none does."""
        last = 0
        for cut in self.cuts.finditer(folded, start, stop):
            if not self.compounds.match(folded, cut.start()):
                last = cut.end()
        return last

    def _former_before(self, folded: str, place: int, floor: int) -> Span:
        if folded[place - 1 : place] not in self.leads:
            return Span(place, place)
        for length in (2, 1):
            if place - length >= floor and folded[place - length : place] in self.former:
                return Span(place - length, place)
        return Span(place, place)

    def _widen(self, folded: str, core: Span, floor: int) -> Span:
        start = core.start
        while folded[start - 1 : start] in self.leads:
            for length in (6, 5, 4, 3, 2, 1):
                if start - length >= floor and folded[start - length : start] in self.before:
                    start -= length
                    break
            else:
                break
        return Span(start, core.end)

    def body_before(self, folded: str, place: int, floor: int) -> Span:
        """The body whose name ends at `place`; an empty span at `place` where there is none."""
        left = max(floor, place - LONGEST_BODY)
        stop = place
        if place > left and folded[place - 1] in _QUOTED:
            opener = folded.rfind(_QUOTED[folded[place - 1]], left, place)
            if opener > left and folded[place - 1] == "）":
                stop = opener
        broken = _LAST_BREAK.match(folded, left, stop)
        start = broken.end() if broken else left
        start = max(start, self._cut(folded, start, stop))
        if start == stop or folded[stop - 1] == "是":  # 临江是市长方大同
            return Span(place, place)
        start = self._after_soft_cuts(folded, start, stop)
        own = _OWN_LEAD.match(folded, start, stop) or self._joint(folded, start, stop)
        start = own.end() if own else start
        if not self._is_body(folded, start, stop):
            return Span(place, place)
        if folded[start - 1 : start] == "等" and folded[start : start + 1] in _SEATS:
            listed = _LISTED_ETC.search(folded, left, start - 1)
            start = listed.start() if listed else start
        if folded[start - 1 : start] in ("、", "和", "与") and _COUNTED.search(folded, start, stop):
            listed = _LISTED.search(folded, left, start)
            start = listed.start() if listed else start
        return Span(start, stop)

    def _joint(self, folded: str, start: int, stop: int) -> re.Match[str] | None:
        """What joins a body to the name or title right before it, and is no part of it."""
        joint = _JOINT.match(folded, start, stop)
        if not joint or not _HAN.match(folded, start - 1) or self.head.match(folded, start, stop):
            return None
        return joint

    def _after_soft_cuts(self, folded: str, start: int, stop: int) -> int:
        """Past 由, 与 and the like where a body opens after them, and past what leads up to one."""
        heads = [Span(*found.span()) for found in self.head.finditer(folded, start, stop)]
        begin = start
        for head in heads:
            cuts = head.start > begin and folded[head.start - 1] in self.soft_cuts
            cuts = cuts and not folded.startswith("集中", head.start - 2)  # 某某集中区
            cuts = cuts and not folded.startswith("区域", head.start)  # 研究和区域发展局
            cuts = cuts and not _OF_BANNER.match(folded, head.start - 1)
            if cuts and not any(other.end == head.start for other in heads):
                begin = head.start
        for unknown in _UNKNOWN_PLACE.finditer(folded, begin, stop):
            if not any(head.holds(Span(*unknown.span())) for head in heads):
                begin = unknown.start(1)
        following = [head for head in heads if head.start >= begin]
        if following and _SEVERAL_PLACES.match(folded, following[0].start):
            return begin  # 宁镇扬三市: what is counted belongs to the body
        opener = following[0].of(folded) if following else ""
        if following and following[0].start > begin and opener not in _BARE_HEADS:
            prefix = folded[begin : following[0].start]
            term = _TERM_LAST.search(prefix)
            if term or not self.tail.search(prefix):
                begin = begin + term.start() if term else following[0].start
        return begin

    def _is_body(self, folded: str, start: int, stop: int) -> bool:
        term = _TERM.match(folded, start, stop)
        opens = term.end() if term else start
        return bool(self.head.match(folded, opens, stop) or self.tail.search(folded, start, stop))


def places_listed(folded: str, body: Span) -> tuple[Span, ...]:
    """The places of 江州、临江、南浦三市, in order; none where a body belongs to one place."""
    counted = _COUNTED.search(folded, body.start, body.end)
    listed = folded[body.start : counted.start() if counted else body.end]
    if counted is None and "、" not in listed:
        return ()
    words = [Span(*word.span()).shifted(body.start) for word in re.finditer(rf"[{HAN}]+", listed)]
    if counted is None:
        last = _PLACE_OF_BODY.match(folded, words[-1].start, body.end + 1)
        words[-1] = Span(*last.span(1)) if last else words[-1]
    return tuple(words)


def places_before(folded: str, body: Span, floor: int) -> tuple[Span, ...]:
    """The places listed right before a body that is one place's: 江州、临江、(南浦市委)."""
    if not _PLACE_OF_BODY.match(folded, body.start, body.end + 1):
        return ()
    left = max(floor, body.start - LONGEST_BODY)
    listed = _PLACES_LISTED.search(folded, left, body.start)
    if listed is None:
        return ()
    words = re.finditer(rf"[{HAN}]+", listed[0])
    return tuple(Span(*word.span()).shifted(listed.start()) for word in words)


def city_in(folded: str, body: Span) -> tuple[Span, bool] | None:
    """The place that a body belongs to, by its short name (长沙, 湖南), and whether it is a city.

    A city wins over the province before it. None where the body names no place.
    """
    if _COUNTED.search(folded, body.start, body.end):
        return None
    province: Span | None = None
    if folded[body.end : body.end + 1] in ("市", "省", "州"):
        body = Span(body.start, body.end + 1)  # 三明 in 三明市长
    if abroad := load_offices().abroad.match(folded, body.start, body.end):
        return Span(*abroad.span(1)), abroad[2] != "省"
    words = body.of(folded)
    for place, known in load_places().find(words):
        bare = known.short in load_places().homographs and place.of(words) == known.short
        if bare and not words.startswith("示范区", place.end):
            continue
        start = body.start + place.start
        short = Span(start, start + len(known.short))
        if known.level != "province":
            return short, True
        province = province or short
    if province:
        return province, False
    start = body.start + (2 if folded.startswith("中共", body.start) else 0)
    named = _GENERIC_PLACE.match(folded, start, body.end)
    if named and not _OWN.match(folded, body.start, body.end) and named[1][-1] != "城":
        return Span(*named.span(1)), named[2] != "省"
    return None


def district_in(folded: str, body: Span) -> Span | None:
    """The district or county that a body belongs to (通州 of 通州区委), by its short name."""
    named = _DISTRICT.match(folded, body.start, min(len(folded), body.end + 2))
    named = named or _DISTRICT_S.fullmatch(folded, *body) or _NEW_AREA.match(folded, *body)
    if named is None or _OWN.match(folded, body.start, body.end):
        return None
    # 黔县 has but one sign without 县.
    return Span(*named.span("short")) if len(named["short"]) > 1 else Span(*named.span("whole"))


@cache
def load_offices() -> Offices:
    """The lexicon of posts and bodies: posts.yaml, organisations.yaml and the places."""
    posts = load_data((files("ccmeet.lexicon") / "posts.yaml").read_text("utf-8"))
    bodies = load_data((files("ccmeet.lexicon") / "organisations.yaml").read_text("utf-8"))
    kinds: dict[str, PostKind] = {}
    for kind in ("person", "press", "body", "office"):
        kinds |= dict.fromkeys(posts[kind], kind)
    places = [name for name in load_places().by_name if name not in load_places().homographs]
    heads = one_here([*bodies["heads"], *bodies["countries"], *places])
    return Offices(
        titles=sought(one_of(kinds), kinds),
        kinds=kinds,
        before=frozenset(posts["before"]),
        former=frozenset(posts["former"]),
        leads=frozenset(word[-1] for word in (*posts["before"], *posts["former"])),
        not_before=re.compile(one_here(posts["not_before"])),
        head=re.compile(f"{heads}|{_SEVERAL_PLACES.pattern}"),
        tail=re.compile(f"{one_of(bodies['tails'])}$"),
        cuts=re.compile(one_of(bodies["cuts"])),
        compounds=re.compile(one_here(bodies["compounds"])),
        soft_cuts=frozenset(bodies["soft_cuts"]),
        no_places=re.compile(one_of(bodies["no_places"])),
        # 日本滋贺县大津市
        abroad=re.compile(
            rf"{one_here(bodies['countries'])}(?:[{HAN}]{{2,7}}?[省州县府道])?"
            rf"((?:(?![的和与及在])[{HAN}]){{2,9}}?)((?:广域|特别)?市|州|省)(?![场民])"
        ),
    )
