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
from ccmeet.lexicon.offices import Post, PostKind, city_in, district_in, places_listed
from ccmeet.lexicon.places import Place, load_places
from ccmeet.lexicon.reasons import reason
from ccmeet.lexicon.verbs import Predicate, load_verbs
from ccmeet.model.article import Article
from ccmeet.model.fact import Fact
from ccmeet.model.reading import OfficialRead, PostRead, Reading
from ccmeet.text import Span, places_of, words_in

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
    r"(?P<verb>出席|参加|列席|参与)[^，。；\n]{0,14}的(?:领导|嘉宾)?(?:还)?有[：，]?$"
)
_PRESENCE = frozenset(("出席", "参加", "列席", "参会", "与会", "陪同", "参与"))
_NEIGHBOURS = 12
_HEAD = re.compile("[市州区县]委书记|代?[市州区县]长")
_SEVERAL = re.compile(r"[两二三四五六七八九十各]")
_BODY_PLACE = re.compile(r".{1,14}?(?:自治区|自治州|新区|[市省州县区旗盟])(?=[委政人纪党团]|$)")
_HEADS = frozenset(("市长", "省长", "州长", "县长", "区长", "旗长", "盟长", "主席"))
_SCOPES = {
    "自治区": "province", "省": "province", "市": "city", "州": "city", "区": "county",
    "县": "county", "旗": "county",
}  # fmt: skip
_OWN_BODY = re.compile(r"(?:中共)?[我本全该]?(自治区|[省市州区县旗])")
_OWN_TITLE = re.compile(r"(自治区|[省市州区县旗])(?:[长委]|领导|政府)")
_CITED = re.compile(r"(?:贯彻|落实|学习|按照|遵循|牢记|围绕|根据|领会)[^。；]{0,24}$")
_DATELINE = re.compile(r"\s*[^\s，。；：（）]{2,20}?\d{1,2}月\d{1,2}日[讯电]")
# 宣传部, 办公厅: bodies that every party committee and government has.
_OFFICE = re.compile(
    r"(?:宣传|组织|统战|统一战线工作|政法|办公|政策研究|改革)?(?:部|委|室|厅|办)|管委会|党工委|党组|"
    r"政法委|纪委|纪委监委|监委|政研室|办公室|办公厅|机关工委"
)
_GUEST = re.compile(
    r"[^。；\n]{0,24}?(?:率(?:我[市省]|[^，。；\n]{0,12}代表团)[^，。；\n]{0,8}?[赴来到]|赴|前往|在)"
    r"(?P<place>[^，。；\n]{2,8}?)(?:参加|出席|进行|学习|考察|拜访|访问|列席)"
)
# 市委书记…率我市代表团赴南昌: the paper's own city is not the one that it reports from.
_OUR_TEAM = re.compile(
    r"我[市州][^。；，\n]{0,12}(?:代表团|考察团)[^。；，\n]{0,6}[赴抵](?P<place>[^。；，\n]{2,8})"
)
# 会见开封市委书记张三一行: the guest's city is not the host's.
_GUESTS = re.compile(r"(?:会见|接见|会晤|欢迎)了?([^。；，\n]{2,40}?)(?:一行|客人|代表团|来宾|$)")
_OURS = re.compile(r"(?:我|本|该)(省|市|州)")
_AWAY = re.compile(
    r"率(?:领|队)?我[市州县区]|我[市州县区](?:参加|出席|赴)|我[市州县区][^。；，\n]{0,12}(?:代表团|考察团)(?!.{0,4}来)|我市(?:市委|副?市长|领导)"
)
_HE_SPEAKS = re.compile(r"[^。；\n]{0,20}，[他她][^，。；\n]{0,6}(?:说|表示|回忆|介绍|认为)")
"""时任市长的张三如今已退休，他回忆说：“…”"""

_SPEAKS = re.compile(r"(?:表示|说|指出|强调|认为|介绍|希望|提出|建议)(?=[，：])")
_SAYS = re.compile(rf"[^。；！？\n]{{0,14}}?{_SPEAKS.pattern}[，：]“?")
_SPEAKS_FOR = re.compile(
    r"(?:^|(?<=[，。；：“]))(?P<place>[\u4e00-\u9fff]{2,5}?)[市州区县]?"
    r"(?P<verb>将|愿|要|会|正(?!式)|抓住|抓紧|始终|积极|坚持|高度|同(?=[^，。]{0,8}各))"
)
"""一年来，临江市抓住…, 下一步，临江将…: the speaker's own."""

_SPEAKS_OF = re.compile(
    r"(?:^|(?<=[，。；：“]))(?P<place>[\u4e00-\u9fff]{2,5}?)[市州区县]?(?P<verb>是|地处|位于)"
)
"""A guest's 临江是三省的通衢: who travels tells of home."""

_TEAM = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,4}?)市?(?:党政|政府)?代表团(?:赴|参加|出席|前往|到|在)"
)
"""岳阳市党政代表团参加…: the city that a report follows."""

_RECEPTION = re.compile(r"会见|接见|看望")


class _Seen(NamedTuple):
    """One person with posts, the list that the person stands in, and who is named before."""

    person: Attribution
    group: tuple[Attribution, ...]
    before: tuple[Attribution, ...]


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
        if following and person.end <= following.start and _JOINS.fullmatch(gap):
            continue
        group = found[start : index + 1]
        for place, member in enumerate(group, start):
            yield _Seen(member, group, found[max(0, place - _NEIGHBOURS) : place])
        start = index + 1


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
    after = source.folded[person.end : person.end + 30].split("。")[0]
    return bool(_CITED.search(before) or load_verbs().guidance.search(after))


# --- what they did ---


def _predicates(source: Article, seen: list[_Seen], later: list[int]) -> Iterator[Predicate]:
    """What a person does, where first named with a post, then where named alone."""
    verbs = load_verbs()
    for one in seen:
        opens = one.group[0].start
        if not source.folded.endswith(("有", "有：", "有，"), 0, opens):
            continue
        if ahead := _PRESENT.search(source.folded, max(0, opens - 30), opens):
            yield Predicate((Span(*ahead.span("verb")),), False)
    for place in (*(_past_aside(source, one.group[-1]) for one in seen), *later):
        found = verbs.after(source.folded, place, _block_end(source, place))
        if found and not _is_reception(source, found):
            yield found


def _past_aside(source: Article, person: Attribution) -> int:
    """Where the predicate may begin: past the mark that closes posts told after the name."""
    closes = person.form == "name+post" and source.folded[person.end : person.end + 1] in "），"
    return person.end + (1 if closes else 0)


def _later_mentions(source: Article, names: Mapping[str, list[_Seen]]) -> dict[str, list[int]]:
    """Where the lists end in which each name stands alone, without its posts."""
    titled = {one.person.name.start for seen in names.values() for one in seen}
    later: dict[str, list[int]] = {name: [] for name in names}
    told = words_in(source.folded, names, Span(0, len(source.folded)))
    body = [mention for block in source.body() for mention in told if block.span.holds(mention)]
    for mention in _runs(source.folded, body):
        for one in mention:
            if one.start not in titled:
                later[one.of(source.folded)].append(mention[-1].end)
    return later


def _runs(folded: str, mentions: Iterable[Span]) -> Iterator[list[Span]]:
    """Mentions in lists: what A、B、C先后发言 says of the last it says of each."""
    run: list[Span] = []
    for mention in mentions:
        if run and folded[run[-1].end : mention.start] not in ("、", "和", "与"):
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
    telling = (a for a in acts if len(a.spans) > 1 or a.spans[0].of(source.folded) not in _PRESENCE)
    spans = next(telling, acts[0]).spans
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
    """The posts of a person that a place has but once: 市委书记, 市长."""
    words = (
        source.folded[max(0, post.title.start - 2) : post.title.end]
        if post.title.of(source.folded) == "书记"
        else post.title.of(source.folded)
        for post in person.posts
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
        return _from_publisher(reading, _SCOPES[ours[1]])
    words = (body.spans[0].of(source.folded) if body else "") + post.title.of(source.folded)
    if _SEVERAL.match(words):
        return None
    mark = (_OWN_BODY.match if body else _OWN_TITLE.search)(words)
    if mark is None:
        return _of_one_house(source, post, before)
    scope = _SCOPES[mark[1]]
    if before and _level(before.value) == scope:
        if before.basis == "inferred":
            return before
        why = reason("post.before", place=before.value)
        return Fact(before.value, before.spans, "inherited-place", "inferred", why)
    return (
        _from_chain(source, scope, seen.person.posts)
        or _neighbours(source, seen).get(scope)
        or _from_context(reading, scope, seen)
    )


def _of_one_house(source: Article, post: Post, before: Fact[str] | None) -> Fact[str] | None:
    """北海市委常委、宣传部部长: a body without a place belongs where the post before it does."""
    words = post.organization.of(source.folded)
    if before is None or not words or not _OFFICE.fullmatch(words):
        return None
    why = before.why or reason("post.before", place=before.value)
    return Fact(before.value, before.spans, "inherited-place", "inferred", why)


def _visited(source: Article, seen: _Seen) -> str:
    """Where a person went as a guest: no place that a bare title may be of."""
    own = _GUEST.match(source.folded, seen.group[-1].end)
    ours = _OUR_TEAM.search(source.folded)
    guests = "".join(guest[1] for guest in _GUESTS.finditer(source.folded))
    return (own["place"] if own else "") + (ours["place"] if ours else "") + guests


def _from_chain(source: Article, scope: str, chain: tuple[Post, ...]) -> Fact[str] | None:
    """省委常委、长沙市委书记: the province is that of the city in a later post."""
    for post in chain:
        found = city_in(source.folded, post.organization)
        place = found and _known(found[0].of(source.folded))
        if place and scope == "province" and place.province:
            value, city = (_short(place.province), found[0].of(source.text) if found else "")
            spans = (found[0],) if found else ()
            why = reason("post.province", city=city, place=value)
            return Fact(value, spans, "inherited-place", "inferred", why)
    return None


def _from_context(reading: Reading, scope: str, seen: _Seen) -> Fact[str] | None:
    """The place that a bare 市长 means: the outlet's own, the speaker's (临江将…), the host's,
    the dateline's."""
    visited = _visited(reading.source, seen)
    grounds = (*_publisher(reading), *_own_words(reading, seen), *_context(reading, scope))
    for span, ground in grounds:
        found = _at_scope(reading, span, ground, scope, visited)
        if found:
            return found
    return None


def _own_words(reading: Reading, seen: _Seen) -> Iterator[tuple[Span, str]]:
    """The place that a person speaks for: 张三表示，…临江将…."""
    folded, name = reading.source.folded, seen.person.name.of(reading.source.folded)
    for block in reading.source.body():
        for told in places_of(folded, name, block.span):
            says = _SAYS.match(folded, told.end, block.end)
            if not says:
                continue
            following = _SPEAKS.search(folded, says.end(), block.end)
            said = Span(says.end(), following.start() if following else block.end)
            for speaks in (_SPEAKS_FOR, _SPEAKS_OF)[: 1 + bool(_visited(reading.source, seen))]:
                for own in speaks.finditer(folded, *said):
                    words = own["place"] + own["verb"]
                    yield Span(*own.span("place")), reason("ground.speech", words=words)


def _at_scope(
    reading: Reading, span: Span, ground: str, scope: str, visited: str
) -> Fact[str] | None:
    """The first place in a span that is of the rank that a title means, guests' places not."""
    for where, place in load_places().find(span.of(reading.source.folded)):
        value = _at_level(place, scope)
        if value and place.short not in visited:
            stands = where.shifted(span.start)
            why = reason("post.ground", ground=ground)
            return Fact(value, (stands,), "inherited-place", "inferred", why)
    if scope == "county":  # a district that no gazetteer holds
        for seen in reading.mentions.places:
            if seen.level == "district" and span.holds(seen.span) and seen.short not in visited:
                why = reason("post.ground", ground=ground)
                return Fact(seen.short, (seen.span,), "inherited-place", "inferred", why)
    return None


def _from_publisher(reading: Reading, scope: str) -> Fact[str] | None:
    """The place that 我市 means: the paper's own, whatever city it reports from."""
    for span, ground in _publisher(reading):
        found = _at_scope(reading, span, ground, scope, "")
        if found:
            return found
    return None


def _publisher(reading: Reading) -> Iterator[tuple[Span, str]]:
    publisher = reading.article.publisher or reading.source.page.publisher
    if publisher:
        yield publisher.spans[0], reason("ground.publisher", publisher=publisher.value)
    section = reading.article.section
    if section and section.value.endswith("站"):  # an outlet's house for one city: 岳阳站
        yield section.spans[0], reason("ground.publisher", publisher=section.value)


def _context(reading: Reading, scope: str) -> Iterator[tuple[Span, str]]:
    for block in (b for b in reading.source.blocks if b.kind == "headline"):
        if team := _TEAM.search(reading.source.folded, *block.span):
            yield Span(*team.span("place")), reason("ground.headline")
    if scope != "province" and _AWAY.search(reading.source.folded):
        return  # what the paper calls its own city is not where it reports from
    for meeting in reading.meetings[:1]:
        if meeting.location:
            yield meeting.location.spans[0], reason("ground.place", place=meeting.location.value)
    for block in reading.source.blocks:
        dateline = _DATELINE.match(reading.source.folded, block.start, block.end)
        if block.kind in ("dateline", "paragraph") and dateline:
            yield Span(*dateline.span()), reason("ground.opening", words=dateline[0].strip())
    for block in reading.source.blocks:
        if block.kind == "headline":
            yield block.span, reason("ground.headline")


def _at_level(place: Place, scope: str) -> str | None:
    if scope == "county":
        return place.short if place.level == "county" else None
    if scope == "province":
        name = place.province or (place.name if place.level == "province" else "")
        return _short(name) if name.endswith(("省", "自治区")) else None
    return place.short if place.level in ("prefecture", "municipality") else None


def _level(short: str) -> str:
    place = _known(short)
    return "province" if place is not None and place.level == "province" else "city"


def _known(short: str) -> Place | None:
    return load_places().by_name.get(short)


def _short(province: str) -> str:
    place = _known(province)
    return place.short if place else province


def _city_of(posts: Iterable[PostRead]) -> Fact[str] | None:
    """The city of the first post that has one; else the province."""
    places = [post.city for post in posts if post.city]
    cities = [place for place in places if _level(place.value) == "city"]
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
