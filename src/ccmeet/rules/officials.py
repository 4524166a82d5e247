"""Officials: who is named with a post in an article, which posts, of which city, doing what.

Rules, as evidence names them: `post+name`, `name+post` (张三副市长, 张三(某市市长)), `listed`
(省领导A、B), `shared-body` (a second post of the same body), `body-place` (the city in a body's
name), `inherited-place` (a bare 市长: the city comes from the context), `act` (出席, 签署 …).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from ccmeet.lexicon.attributions import Attribution, find_attributions
from ccmeet.lexicon.homes import (
    level_of,
    place_from_context,
    place_of_publisher,
    province_of_chain,
)
from ccmeet.lexicon.offices import Post, PostKind, city_in, district_in, places_listed
from ccmeet.lexicon.reasons import reason
from ccmeet.lexicon.verbs import Predicate, load_verbs
from ccmeet.model.article import Article
from ccmeet.model.fact import Fact
from ccmeet.model.reading import OfficialRead, PostRead, Reading
from ccmeet.text import HAN, Span, words_in

RULES = ("post+name", "name+post", "listed", "shared-body", "body-place", "inherited-place", "act")
"""Every rule name that evidence of this file carries."""

_FORMS = {"post+name": "post+name", "name+post": "name+post", "list": "listed"}
_OF_OFFICE: frozenset[PostKind] = frozenset(("office", "body"))
_READ_IN = ("dateline", "heading", "paragraph", "caption")
_WEAK = frozenset(("代表", "观察员", "秘书", "成员", "发言人", "召集人", "法官", "检察官", "警官"))
_JOIN = r"(?:[，、；和与及暨]|以及) ?"
# Between two people of a list others may be told whom nobody names: 省直有关部门负责同志.
_JOINS = re.compile(
    rf"）?(?:（[^）\n]{{1,8}}）)?(?:{_JOIN}(?:[^，、；。！？\n]{{2,24}}"
    rf"(?:负责同志|负责人|领导|代表|嘉宾|人员)等?{_JOIN})?| )"
)
_PRESENT = re.compile(
    r"(?P<verb>出席|参加|列席|参与|陪同(?:考察|调研|参观)?)[^，。；\n]{0,14}的"
    r"(?:领导|嘉宾)?(?:还|主要)?(?:有[：，]?)?$"
)
_ARE = ("有", "有：", "有，")
_PRESENCE = frozenset(("出席", "参加", "列席", "参会", "与会", "陪同", "参与"))
_COMES = re.compile(
    r"(?:(?:出席|参加|列席|参会|与会|参与|陪同)?(?:学习|交流)?(?:考察|访问|调研|参观|走访)?(?:学习|交流)?[，并、]*)+"
)
"""学习考察, 陪同考察，并出席: being there, beside which 讲话 and 介绍 tell more."""
_OFFICERS = re.compile("首席|董事长|总经理|总裁|理事长|会长|院长|校长|行长")
_FIRM = re.compile(rf"[{HAN}A-Za-z]{{2,10}}$")
"""A firm that no word shows to be one, before its officer's title: 江港航首席运营官."""
_NEIGHBOURS = 12
_HEAD = re.compile("[市州区县]委书记|代?[市州区县]长|政协主席|人大常委会主任")
_HEAD_OF = {"书记": 2, "主席": 2, "主任": 5}
"""How many characters before a title tell whether a place has but one: (市委)书记, (政协)主席."""
_SEVERAL = re.compile(r"[两二三四五六七八九十各]")
_BODY_PLACE = re.compile(r".{1,14}?(?:自治区|自治州|新区|[市省州县区旗盟])(?=[委政人纪党团]|$)")
_HEADS = frozenset(("市长", "省长", "州长", "县长", "区长", "旗长", "盟长", "主席"))
_SCOPES = {
    "自治区": "region", "省": "province", "市": "city", "州": "prefecture", "区": "county",
    "县": "county", "旗": "county",
}  # fmt: skip
_LEVELS = {"region": "province", "prefecture": "city"}
_OWN_BODY = re.compile(r"(?:中共)?[我本全该]?(自治区|[省市州区县旗])")
_OWN_TITLE = re.compile(r"(自治区|(?<!新)[省市州区县旗])(?:[长委]|领导|政府)")
_CITED = re.compile(r"(?:贯彻|落实|学习|按照|遵循|牢记|围绕|根据|领会)[^。；]{0,24}$")
# 宣传部, 办公厅: bodies that every party committee and government has.
_OFFICE = re.compile(
    r"(?:宣传|组织|统战|统一战线工作|政法|办公|政策研究|改革)?(?:部|委|室|厅|办)|管委会|党工委|党组|"
    r"政法委|纪委|纪委监委|监委|政研室|办公室|办公厅|机关工委"
)
_OURS = re.compile(r"(?:我|本|该)(省|市|州)")
_HE_SPEAKS = re.compile(r"[^。；\n]{0,20}，[他她][^，。；\n]{0,6}(?:说|表示|回忆|介绍|认为)")
"""时任市长的张三如今已退休，他回忆说：“…”"""

_RECEPTION = re.compile(r"会见|接见|看望")
_ASIDE = re.compile("（[^（）\n]{1,30}）")


class _Seen(NamedTuple):
    """One person with posts, the list that the person stands in, who is named before, and all."""

    person: Attribution
    group: tuple[Attribution, ...]
    before: tuple[Attribution, ...]
    found: tuple[Attribution, ...]


def read_officials(reading: Reading) -> Reading:
    """Fill `officials`, in the order in which the article first names them with a post."""
    found = tuple(_in_blocks(reading.source))
    if not found:
        return reading
    people: dict[str, list[_Seen]] = {}
    for seen in _in_company(reading.source, found):
        name = _plain(seen.person.name.of(reading.source.folded))
        people.setdefault(name, []).append(seen)
    later = _later_mentions(reading.source, people)
    officials = (_official(reading, seen, later[name]) for name, seen in people.items())
    return replace(reading, officials=tuple(o for o in officials if o is not None))


def _in_blocks(source: Article) -> Iterator[Attribution]:
    """People with posts in the running text and captions; bylines and mere ranks are left out."""
    for block in source.blocks:
        if block.kind not in _READ_IN:
            continue
        for person in find_attributions(source.folded, block.span):
            kinds = person.kinds
            if (
                person.form != "byline"
                and "press" not in kinds
                and not _OF_OFFICE.isdisjoint(kinds)
            ):
                yield person


def _in_company(source: Article, found: tuple[Attribution, ...]) -> Iterator[_Seen]:
    """Each person with the list that the person stands in: A、B，C共同签署 is one list."""
    start = 0
    for index, person in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        gap = source.folded[person.end : following.start] if following else "。"
        if following and person.end <= following.start and _is_joint(source, gap, following):
            continue
        group = found[start : index + 1]
        for place, member in enumerate(group, start):
            yield _Seen(member, group, found[max(0, place - _NEIGHBOURS) : place], found)
        start = index + 1


def _is_joint(source: Article, gap: str, following: Attribution) -> bool:
    """Whether nothing parts two people of a list, but the name of a firm whose officer follows."""
    if _JOINS.fullmatch(gap):
        return True
    post = following.posts[0]
    if post.organization.start < post.organization.end:
        return False
    firm = _FIRM.search(gap) if _OFFICERS.match(post.title.of(source.folded)) else None
    return bool(firm and _JOINS.fullmatch(gap[: firm.start()]))


def _official(reading: Reading, seen: list[_Seen], later: list[int]) -> OfficialRead | None:
    source = reading.source
    predicates = list(_predicates(source, seen, later))
    acts = bool(predicates) or any(
        _HE_SPEAKS.match(source.folded, one.person.end, _block_end(source, one.person.end))
        for one in seen
    )
    if not _takes_part(source, [one.person for one in seen], acts):
        return None
    best = seen[0] if len(seen) == 1 else max(seen, key=lambda one: _fullness(one.person))
    main = best.person
    rule = _FORMS[main.form]
    posts = _posts(reading, best)
    return OfficialRead(
        name=Fact(_plain(main.name.of(source.text)), (main.name,), rule),
        attribution_text=Fact(_joined(source, main.parts), main.parts, rule),
        city=_city_of(posts) or _former_city(source, main),
        posts=posts,
        verb=_act(source, predicates),
    )


def _fullness(person: Attribution) -> tuple[int, int]:
    """How much is told of a person in one place: posts, and characters that tell them."""
    return len(person.posts), sum(part.end - part.start for part in person.parts)


def _takes_part(source: Article, seen: list[Attribution], acts: bool) -> bool:
    """Whether this is an official of the article and no one whose guidance is only cited.

    People of firms and schools, delegates, and former holders count only if they act or speak.
    """
    if acts:
        return True
    first = seen[0]
    if all(person.posts[-1].is_former or _is_cited(source, person) for person in seen):
        return False
    titles = {post.title.of(source.folded) for post in first.posts}
    return "office" in first.kinds and not titles <= _WEAK


def _is_cited(source: Article, person: Attribution) -> bool:
    before = source.folded[max(0, person.start - 40) : person.start]
    after = re.split("[，。]", source.folded[person.end : person.end + 30])[0]
    return bool(_CITED.search(before) or load_verbs().guidance.search(after))


# --- what they did ---


def _predicates(source: Article, seen: list[_Seen], later: list[int]) -> Iterator[Predicate]:
    """What a person does, where first named with a post, then where named alone."""
    verbs = load_verbs()
    for one in seen:
        opens = one.group[0].start
        listed = one.group[0].words.end < one.group[0].name.start
        if not source.folded.endswith(("有", "有：", "有，", "的") if listed else _ARE, 0, opens):
            continue
        if ahead := _PRESENT.search(source.folded, max(0, opens - 30), opens):
            yield Predicate((Span(*ahead.span("verb")),), False)
    for place in (*(_past_aside(source, one.group[-1]) for one in seen), *later):
        found = verbs.after(source.folded, place, _block_end(source, place))
        if found and not _is_reception(source, found):
            yield found


def _past_aside(source: Article, person: Attribution) -> int:
    """Where the predicate may begin: past the mark that closes posts told after the name, and
    past what a bracket adds: 南浦市副市长高飞（代表南浦、西丘两市）出席."""
    if person.form == "name+post" and source.folded[person.end : person.end + 1] in "），":
        return person.end + 1
    aside = _ASIDE.match(source.folded, person.end)
    return aside.end() if aside else person.end


def _later_mentions(source: Article, names: Mapping[str, list[_Seen]]) -> dict[str, list[int]]:
    """Where the lists end in which each name stands alone, without its posts."""
    titled = {one.person.name.start: one.person for seen in names.values() for one in seen}
    later: dict[str, list[int]] = {name: [] for name in names}
    told = words_in(source.folded, names, Span(0, len(source.folded)))
    body = [mention for block in source.body() for mention in told if block.span.holds(mention)]
    opens = {start: person.start for start, person in titled.items()}
    for mention in _runs(source.folded, body, opens):
        for one in mention:
            if one.start not in titled:
                later[one.of(source.folded)].append(mention[-1].end)
    return later


def _runs(folded: str, mentions: Iterable[Span], opens: Mapping[int, int]) -> Iterator[list[Span]]:
    """Mentions in lists: what A、B、C先后发言 says of the last it says of each. `opens` is where
    those told with posts begin: A和临江市市长B分别介绍."""
    run: list[Span] = []
    for mention in mentions:
        start = opens.get(mention.start, mention.start)
        if run and folded[run[-1].end : start] not in ("、", "和", "与"):
            yield run
            run = []
        run.append(mention)
    if run:
        yield run


def _is_reception(source: Article, found: Predicate) -> bool:
    """参加 of a reception for guests (参加会见) is no act at the meeting."""
    verb = found.spans[0]
    if verb.of(source.folded) not in ("参加", "陪同", "列席"):
        return False
    after = source.folded[verb.end : verb.end + 4]
    start = max((b.start for b in source.blocks if b.end <= verb.start), default=0)
    bare = after[:1] in ("。", "")
    return bool(
        _RECEPTION.match(after) or (bare and _RECEPTION.search(source.folded, start, verb.start))
    )


def _act(source: Article, predicates: list[Predicate]) -> Fact[str] | None:
    """What the person did: the first act that is more than being there, else the first."""
    acts = [found for found in predicates if not found.speaks]
    if not acts:
        return None
    words = ["".join(span.of(source.folded) for span in a.spans) for a in acts]
    telling = (a for a, told in zip(acts, words, strict=True) if not _COMES.fullmatch(told))
    came = (a for a, told in zip(acts, words, strict=True) if told not in _PRESENCE)
    spans = next(telling, next(came, acts[0])).spans
    return Fact(_joined(source, spans), spans, "act")


def _block_end(source: Article, place: int) -> int:
    for block in source.blocks:
        if block.start <= place <= block.end:
            return block.end
    return len(source.text)


# --- posts, bodies, cities ---


def _neighbours(source: Article, seen: _Seen) -> dict[str, Fact[str]]:
    """The nearest city and province named before in the sentence: 临江市委书记A、市长B."""
    found: dict[str, Fact[str]] = {}
    place, heads = seen.person.start, _heads_of(source, seen.person)
    for other in reversed(seen.before):
        between = source.folded[other.end : place]
        if other.end > place or len(between) > 40 or re.search(r"[。；！？\n]", between):
            break
        # 南浦市委书记A，市委书记B、市长C: one city has no two secretaries.
        if heads & (others := _heads_of(source, other)):
            break
        heads |= others
        place = other.start
        for post in reversed(other.posts):
            span, is_city = city_in(source.folded, post.organization) or (None, False)
            if span:
                city = span.of(source.text)
                why = reason("post.sentence", name=other.name.of(source.text), place=city)
                fact = Fact(city, (span,), "inherited-place", "inferred", why)
                found.setdefault("city" if is_city else "province", fact)
            elif span := district_in(source.folded, post.organization):
                county = span.of(source.text)
                why = reason("post.sentence", name=other.name.of(source.text), place=county)
                fact = Fact(county, (span,), "inherited-place", "inferred", why)
                found.setdefault("county", fact)
    return found


def _heads_of(source: Article, person: Attribution) -> frozenset[str]:
    """The posts of a person that a place has but once: 市委书记, 市长, 政协主席."""
    titles = [post.title for post in person.posts]
    words = (
        source.folded[max(0, title.start - _HEAD_OF.get(title.of(source.folded), 0)) : title.end]
        for title in titles
    )
    return frozenset(word for word in words if _HEAD.fullmatch(word))


def _posts(reading: Reading, seen: _Seen) -> tuple[PostRead, ...]:
    """The posts with their bodies and places; what one post leaves out the one before it gives.

    A post that is told as a former one is in the attribution's words, but is none of the posts.
    """
    source, person = reading.source, seen.person
    shared = _share(source, seen)
    body: Fact[str] | None = None
    city: Fact[str] | None = None
    posts = []
    for post in person.posts:
        if post.is_former:
            continue
        body = _body(source, post, body)
        city = shared or _place_of(reading, seen, post, body, city)
        title = Fact(post.title.of(source.text), (post.title,), _FORMS[person.form])
        posts.append(PostRead(title, body, city))
    return tuple(posts)


def _share(source: Article, seen: _Seen) -> Fact[str] | None:
    """江州、临江、南浦三市市长A、B、C: to each the place of the same rank in the list."""
    places = places_listed(source.folded, seen.person.posts[0].organization)
    if not places:
        return None
    same = [one for one in seen.group if one.posts == seen.person.posts]
    if len(places) != len(same) or len(same) < 2:
        return None
    place = places[same.index(seen.person)]
    return Fact(place.of(source.text), (place,), "body-place")


def _body(source: Article, post: Post, before: Fact[str] | None) -> Fact[str] | None:
    if post.organization.start < post.organization.end:
        return Fact(post.organization.of(source.text), (post.organization,), "post+name")
    if before is None:
        return None
    if _head_of(source, post):
        # 长沙市委副书记、市长: the mayor's body is the city, not its party committee.
        place = _BODY_PLACE.match(source.folded, before.spans[0].start, before.spans[0].end)
        if place is None or place.end() - place.start() < 3:
            return None
        span = Span(*place.span())
        return Fact(span.of(source.text), (span,), "shared-body")
    return Fact(before.value, before.spans, "shared-body")


def _head_of(source: Article, post: Post) -> bool:
    return post.title.of(source.folded)[-2:] in _HEADS


def _place_of(
    reading: Reading, seen: _Seen, post: Post, body: Fact[str] | None, before: Fact[str] | None
) -> Fact[str] | None:
    source = reading.source
    printed = city_in(source.folded, body.spans[0]) if body else None
    if printed:
        return Fact(printed[0].of(source.text), (printed[0],), "body-place")
    if body and (district := district_in(source.folded, body.spans[0])):
        return Fact(district.of(source.text), (district,), "body-place")
    opens = seen.person.words.start
    ours = _OURS.search(source.folded, max(0, opens - 2), opens + 2)
    if ours:
        return place_of_publisher(reading, _SCOPES[ours[1]])
    words = (body.spans[0].of(source.folded) if body else "") + post.title.of(source.folded)
    if _SEVERAL.match(words):
        return None
    mark = (_OWN_BODY.match if body else _OWN_TITLE.search)(words)
    if mark is None:
        return _of_one_house(source, seen, post, before)
    scope = _SCOPES[mark[1]]
    if before and level_of(before.value) == _LEVELS.get(scope, scope):
        if before.basis == "inferred":
            return before
        why = reason("post.before", place=before.value)
        return Fact(before.value, before.spans, "inherited-place", "inferred", why)
    return (
        province_of_chain(source, scope, seen.person.posts)
        or _neighbours(source, seen).get(_LEVELS.get(scope, scope))
        or _told_elsewhere(source, scope, seen)
        or place_from_context(reading, scope, seen.person, seen.group[-1].end, _taken(source, seen))
    )


def _taken(source: Article, seen: _Seen) -> str:
    """The places whose head another person is: beside 临江市委书记A no 市委书记B is of 临江."""
    heads, name = _heads_of(source, seen.person), seen.person.name.of(source.folded)
    taken = ""
    for other in seen.found if heads else ():
        if other.name.of(source.folded) == name or not heads & _heads_of(source, other):
            continue
        found = city_in(source.folded, other.posts[0].organization)
        taken += found[0].of(source.folded) + " " if found else ""
    return taken


def _told_elsewhere(source: Article, scope: str, seen: _Seen) -> Fact[str] | None:
    """The place that the article prints elsewhere for the person, or for one of the same list
    with a bare title too: 省委书记A、省长B…. 云山省委书记A说."""
    level, heads = _LEVELS.get(scope, scope), _heads_of(source, seen.person)
    for one in (seen.person, *seen.group):
        if one is not seen.person and (
            _heads_of(source, one) & heads or city_in(source.folded, one.posts[0].organization)
        ):
            continue
        name = one.name.of(source.folded)
        for other in seen.found:
            if other.name.start == one.name.start or other.name.of(source.folded) != name:
                continue
            for post in other.posts:
                place, _ = city_in(source.folded, post.organization) or (None, False)
                if place and level_of(place.of(source.folded)) == level:
                    value = place.of(source.text)
                    why = reason("post.sentence", name=one.name.of(source.text), place=value)
                    return Fact(value, (place,), "inherited-place", "inferred", why)
    return None


def _of_one_house(
    source: Article, seen: _Seen, post: Post, before: Fact[str] | None
) -> Fact[str] | None:
    """北海市委常委、宣传部部长: a body without a place belongs where the post before it does."""
    words = post.organization.of(source.folded)
    if before is None and words in ("管委会", "党工委"):
        # 某新区党工委书记A、管委会主任B
        return _neighbours(source, seen).get("county")
    if before is None or not words or not _OFFICE.fullmatch(words):
        return None
    why = before.why or reason("post.before", place=before.value)
    return Fact(before.value, before.spans, "inherited-place", "inferred", why)


def _city_of(posts: Iterable[PostRead]) -> Fact[str] | None:
    """The city of the first post that has one; else the province."""
    places = [post.city for post in posts if post.city]
    cities = [place for place in places if level_of(place.value) == "city"]
    return next(iter(cities or places), None)


def _former_city(source: Article, person: Attribution) -> Fact[str] | None:
    """The city of one who is told with former posts alone."""
    for post in person.posts:
        found = city_in(source.folded, post.organization) if post.is_former else None
        if found:
            return Fact(found[0].of(source.text), (found[0],), "body-place")
    return None


def _joined(source: Article, spans: Iterable[Span]) -> str:
    return "".join(span.of(source.text) for span in spans)


def _plain(name: str) -> str:
    """A name without the spaces that set it to three characters' width: 刘  爽."""
    return "".join(name.split())
