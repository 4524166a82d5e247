"""The bodies and places of a person's posts: what a post leaves out, another one gives.

The place stands in the body's name, or comes from the post before, the list that the person stands
in, elsewhere in the article, or the context (lexicon/homes.py).
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ccmeet.lexicon.attributions import Attribution
from ccmeet.lexicon.homes import (
    level_of,
    place_from_context,
    place_of_publisher,
    province_of_chain,
    region_of_department,
)
from ccmeet.lexicon.offices import Post, city_in, district_in, places_listed
from ccmeet.lexicon.places import load_places
from ccmeet.lexicon.reasons import reason
from ccmeet.model.article import Article
from ccmeet.model.fact import Fact
from ccmeet.model.reading import PlaceSeen, PostRead, Reading
from ccmeet.text import HAN, Span, fold

FORMS = {"post+name": "post+name", "name+post": "name+post", "list": "listed"}
"""The rule that evidence names, by how a person is told."""

COME_FROM = re.compile(
    rf"[；，、]?(?:以及)?来自(?P<place>[{HAN}]{{2,8}}?)的"
    rf"|(?:(?<=[。；，])|^)(?P<side>[{HAN}]{{2,8}}?)方?(?:出席|参加|参会|与会|列席)(?:会议|座谈)?的?"
    "(?:官员|领导|代表|人员|成员)(?:还|主要)?(?:包括|有)：?"
)
"""来自临江的副市长A、商务局局长B；来自南浦的副市长C; 云山省出席官员包括副省长D: where each of a
list is from."""
_NEIGHBOURS = 12
"""People: how many are asked whom the paper leaves the place out of."""

_HEAD = re.compile("[省市州区县]委书记|代?[省市州区县]长|政协主席|人大常委会主任")
_HEAD_OF = {"书记": 2, "主席": 2, "主任": 5}
"""How many characters before a title tell whether a place has but one: (市委)书记, (政协)主席."""
_IS_SEAT = re.compile("常委$|委员$")
_IS_HEAD = re.compile("[^区]+[市县](?:委/书记|/代?[市县]长)")
_SEVERAL = re.compile(r"[两二三四五六七八九十各]")
_BODY_PLACE = re.compile(r".{1,14}?(?:自治区|自治州|新区|[市省州县区旗盟])(?=[委政人纪党团]|$)")
_HEADS = frozenset(("市长", "省长", "州长", "县长", "区长", "旗长", "盟长", "主席"))
_SCOPES = {
    "自治区": "region", "区党委": "region", "省": "province", "市": "city", "州": "prefecture",
    "区": "county", "县": "county", "旗": "county",
}  # fmt: skip
_LEVELS = {"region": "province", "prefecture": "city"}
_OWN_BODY = re.compile(r"(?:中共)?[我本全该]?(自治区|区党委|[省市州区县旗])")
_OWN_TITLE = re.compile(r"(自治区|(?<!新)[省市州区县旗])(?:[长委]|领导|政府)")
# 宣传部, 办公厅: bodies that every party committee and government has.
_OFFICE = re.compile(
    r"(?:宣传|组织|统战|统一战线工作|政法|办公|政策研究|改革)?(?:部|委|室|厅|办)|管委会|党工委|党组|"
    r"政法委|纪委|纪委监委|监委|政研室|办公室|办公厅|机关工委"
)
_UP_TO_PLACE = re.compile("^.*[市省州县区盟旗]")
_FOR_OURS = re.compile("(?:分别)?代表我[市州县区省]")
_LEADERS = re.compile("[省市州县区]领导")
_OF_SAME_BODY = re.compile("(?:副主席|副主任|副会长|副理事长|(?:副)?秘书长)")
_COUNCIL = re.compile(
    "(?:[省市州县区]委|政协|人大|人大常委会|委员会|联合会|商会|协会|理事会|政府)$"
)
_JOINT = re.compile("[、和与及]|以及")
_OURS = re.compile(r"(?:我|本|该)(省|市|州)")


class Seen(NamedTuple):
    """One person with posts, the list that the person stands in, who is named before, and all."""

    person: Attribution
    group: tuple[Attribution, ...]
    before: tuple[Attribution, ...]
    found: tuple[Attribution, ...]


def _neighbours(source: Article, seen: Seen) -> dict[str, Fact[str]]:
    """The nearest city and province named before in the sentence: 临江市委书记A、市长B."""
    found: dict[str, Fact[str]] = {}
    place, heads = seen.person.start, _heads_of(source, seen.person)
    chains = {_kinds_of(source, seen.person): seen.person.posts}
    if _FOR_OURS.match(source.folded, seen.person.end):
        return {}  # 市长A代表我市签署
    for other in reversed(seen.before):
        between = source.folded[other.end : place]
        if other.end > place or len(between) > 40 or re.search(r"[。；！？\n]", between):
            break
        # 南浦市委书记A，市委书记B、市长C: one city has no two secretaries.
        if heads & (others := _heads_of(source, other)):
            break
        # 南浦市副市长A，副市长B: of one city the two would share the title.
        if chains.setdefault(_kinds_of(source, other), other.posts) != other.posts:
            break
        heads |= others
        place = other.start
        for post in reversed(other.posts):
            if told := _printed_in(source, post.organization):
                value = told[0].of(source.text)
                why = reason("post.sentence", name=other.name.of(source.text), place=value)
                fact = Fact(value, (told[0],), "inherited-place", "inferred", why)
                found.setdefault(told[1], fact)
    return found


def _printed_in(source: Article, body: Span) -> tuple[Span, str] | None:
    """The place that a body's words name, and its rank: city, county (or new area), province."""
    span, is_city = city_in(source.folded, body) or (None, False)
    if span and is_city:
        return span, "city"
    if small := district_in(source.folded, body):
        return small, "county"
    return (span, "province") if span else None


def _kinds_of(source: Article, person: Attribution) -> tuple[str, ...]:
    """The posts of a person without the places of their bodies: 政协副主席."""
    return tuple(
        _UP_TO_PLACE.sub("", post.organization.of(source.folded)) + post.title.of(source.folded)
        for post in person.posts
    )


def _heads_of(source: Article, person: Attribution) -> frozenset[str]:
    """The posts of a person that a place has but once: 市委书记, 市长, 政协主席."""
    titles = [post.title for post in person.posts]
    words = (
        source.folded[max(0, title.start - _HEAD_OF.get(title.of(source.folded), 0)) : title.end]
        for title in titles
    )
    return frozenset(word.removeprefix("代") for word in words if _HEAD.fullmatch(word))


def is_lent(source: Article, person: Attribution) -> bool:
    """Whether a post is but that of the first of a list: 临江市市长A和B代表两地签署 makes no mayor
    of B, if the article tells B's own post too."""
    return person.form == "list" and bool(_heads_of(source, person))


def posts_of(reading: Reading, seen: Seen) -> tuple[PostRead, ...]:
    """The posts with their bodies and places; what one post leaves out the one before it gives.

    A post that is told as a former one is in the attribution's words, but is none of the posts.
    """
    source, person = reading.source, seen.person
    shared = _share(reading, seen)
    body = _body_beside(source, seen)
    city: Fact[str] | None = None
    posts = []
    for post in person.posts:
        if post.is_former:
            continue
        body = _body(source, post, body)
        city = shared or _place_of(reading, seen, post, body, city)
        title = Fact(post.title.of(source.text), (post.title,), FORMS[person.form])
        posts.append(PostRead(title, body, city))
    return tuple(posts)


def _body_beside(source: Article, seen: Seen) -> Fact[str] | None:
    """临江市政协副主席A、秘书长B: the body that the one right before in the list gives."""
    place = seen.group.index(seen.person)
    while place and _OF_SAME_BODY.fullmatch(_title_of(source, seen.group[place])):
        one, before = seen.group[place], seen.group[place - 1]
        body = before.posts[-1].organization
        if one.posts[0].organization.of(source.folded) or not _JOINT.fullmatch(
            source.folded, before.end, one.start
        ):
            return None
        if words := body.of(source.folded):
            is_one = _COUNCIL.search(words) is not None
            return Fact(body.of(source.text), (body,), "shared-body") if is_one else None
        place -= 1
    return None


def _title_of(source: Article, person: Attribution) -> str:
    return person.posts[0].title.of(source.folded)


def _share(reading: Reading, seen: Seen) -> Fact[str] | None:
    """江州、临江、南浦三市市长A、B、C, 江临南三市市长A、B、C: to each the place of the same rank
    in the list."""
    source, body = reading.source, seen.person.posts[0].organization
    places = places_listed(source.folded, body)
    same = [one for one in seen.group if one.posts == seen.person.posts]
    if len(same) < 2:
        return None
    rank = same.index(seen.person)
    if len(places) == len(same):
        return Fact(places[rank].of(source.text), (places[rank],), "body-place")
    listed = _counted_before(reading, seen, len(same))
    if listed:
        told = listed[rank].span
        value = listed[rank].short if told.meets(listed[rank - 1].span) else told.of(source.text)
        why = reason("post.rank", words=body.of(source.text), place=value)
        return Fact(value, (told,), "inherited-place", "inferred", why)
    if not places:
        return None
    signs = [
        p
        for p in reading.mentions.places
        if body.holds(p.span) and len(p.span.of(source.text)) == 1
    ]
    if len(signs) != len(same):
        return None
    sign = signs[rank]
    full = (p.span.of(source.text) for p in reading.mentions.places if p.short == sign.short)
    place = next((words for words in full if len(words) > 1), sign.short)
    why = reason("place.short", words=sign.span.of(source.text), place=place)
    return Fact(place, (sign.span,), "body-place", "inferred", why)


def _counted_before(reading: Reading, seen: Seen, people: int) -> tuple[PlaceSeen, ...]:
    """甲、乙、丙三省在…，三省省长A、B、C签署: the list in the same sentence that the number of the
    body stands for."""
    body, folded = seen.person.posts[0].organization, reading.source.folded
    if not _SEVERAL.match(folded, *body):
        return ()
    sentence = reading.source.sentence_of(body)
    before = Span(sentence.start, body.start)
    lists = [x for x in reading.mentions.lists if before.holds(x.span) and x.places]
    if lists:
        return lists[-1].places if len(lists[-1].places) == people else ()
    return next((r for r in _regions_of(reading) if len(r) == people), ())


def _regions_of(reading: Reading) -> Iterator[tuple[PlaceSeen, ...]]:
    """The cities of the region that the article's own meeting is named by: 长株潭….会议."""
    for meeting in reading.meetings[:1]:
        for name in meeting.name.spans:
            for span, cities in load_places().regions_in(reading.source.folded, name):
                yield tuple(PlaceSeen(span, span, city.short, city.level) for city in cities)


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
    reading: Reading, seen: Seen, post: Post, body: Fact[str] | None, before: Fact[str] | None
) -> Fact[str] | None:
    source = reading.source
    if body and (printed := _printed_in(source, body.spans[0])):
        return Fact(printed[0].of(source.text), (printed[0],), "body-place")
    opens = seen.person.words.start
    ours = _OURS.search(source.folded, max(0, opens - 2), opens + 2)
    if ours:
        return place_of_publisher(reading, _SCOPES[ours[1]])
    if came := _comes_from(reading, seen):
        return came
    words = (body.spans[0].of(source.folded) if body else "") + post.title.of(source.folded)
    if _SEVERAL.match(words):
        return None
    start = body.spans[0].start if body else post.title.start
    if region := region_of_department(source, Span(start, post.title.end)):
        return region
    mark = (_OWN_BODY.match if body else _OWN_TITLE.search)(words)
    if mark is None:
        return _of_one_house(source, seen, post, before)
    scope = _SCOPES[mark[1]]
    if before and level_of(before.value) == _LEVELS.get(scope, scope):
        if before.basis == "inferred":
            return before
        why = reason("post.before", place=before.value)
        return Fact(before.value, before.spans, "inherited-place", "inferred", why)
    near = _neighbours(source, seen).get(_LEVELS.get(scope, scope))
    if near and mark[1] in "区县旗" and not _is_of_unit(source, near, mark[1]):
        near = None  # 江东区区长A及县领导B
    # 市领导A陪同 after what a guest from another city did: the paper's own, not the guest's
    is_apart = near and _LEADERS.match(words) and not _is_beside(seen)
    return (
        province_of_chain(source, scope, seen.person.posts)
        or (None if is_apart else near)
        or _told_elsewhere(source, scope, seen)
        or place_from_context(
            reading,
            scope,
            seen.person,
            seen.group[-1].end,
            _taken(source, seen),
            _of_the_paper_s_own(source, seen),
        )
        or near
    )


def _of_the_paper_s_own(source: Article, seen: Seen) -> Iterator[Attribution]:
    """The first of those with bare titles beside whom no place is named: 市委书记A说，临江将…."""
    for index, other in enumerate(seen.found[:_NEIGHBOURS]):
        own = Seen(other, (other,), seen.found[:index], seen.found)
        bodies = [post.organization for post in other.posts]
        bare = all(b.start == b.end or _OWN_BODY.match(b.of(source.folded)) for b in bodies)
        if bare and other is not seen.person and not _neighbours(source, own):
            yield other


def _is_of_unit(source: Article, place: Fact[str], unit: str) -> bool:
    """Whether a place is printed with this unit (区, 县, 旗), or with none of them."""
    *_, last = place.spans
    told = [c for c in source.folded[last.end - 1 : last.end + 1] if c in "区县旗"]
    return not told or unit in told


def _is_beside(seen: Seen) -> bool:
    """Whether another with other posts stands before a person in the same list."""
    first = seen.group[0]
    return first.posts != seen.person.posts and first.start < seen.person.start


def _comes_from(reading: Reading, seen: Seen) -> Fact[str] | None:
    """The place that a list's people are said to come from, the nearest before the person."""
    folded, text = reading.source.folded, reading.source.text
    for one in reversed(seen.group[: seen.group.index(seen.person) + 1]):
        for told in COME_FROM.finditer(folded, max(0, one.start - 24), one.start):
            inside = Span(*told.span("place" if told["place"] else "side"))
            for place in reading.mentions.places_in(inside) if told.end() == one.start else ():
                value = place.span.of(text)
                why = reason("post.from", place=value)
                return Fact(value, (place.span,), "inherited-place", "inferred", why)
    return None


def _taken(source: Article, seen: Seen) -> str:
    """The places whose head another person is: beside 临江市委书记A no 市委书记B is of 临江."""
    heads, name = _heads_of(source, seen.person), seen.person.name.of(source.folded)
    taken = ""
    for other in seen.found if heads else ():
        if other.name.of(source.folded) == name or not heads & _heads_of(source, other):
            continue
        found = city_in(source.folded, other.posts[0].organization)
        taken += found[0].of(source.folded) + " " if found else ""
    return taken


def _told_elsewhere(source: Article, scope: str, seen: Seen) -> Fact[str] | None:
    """The place that the article prints elsewhere for the person, or for one of the same list
    with a bare title too: 省委书记A、省长B…. 云山省委书记A说."""
    level, heads = _LEVELS.get(scope, scope), _heads_of(source, seen.person)
    for one in (seen.person, *seen.group[:_NEIGHBOURS]):
        if one is not seen.person and (
            _heads_of(source, one) & heads or city_in(source.folded, one.posts[0].organization)
        ):
            continue
        name = one.name.of(source.folded)
        for other in seen.found:
            if other.name.start == one.name.start or other.name.of(source.folded) != name:
                continue
            if is_lent(source, other):
                continue
            for post in other.posts:
                place, _ = city_in(source.folded, post.organization) or (None, False)
                if place and level_of(place.of(source.folded)) == level:
                    value = place.of(source.text)
                    why = reason("post.sentence", name=one.name.of(source.text), place=value)
                    return Fact(value, (place,), "inherited-place", "inferred", why)
    return None


def _of_one_house(
    source: Article, seen: Seen, post: Post, before: Fact[str] | None
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


def city_of(posts: Iterable[PostRead]) -> Fact[str] | None:
    """The city of the first post that has one, but for a mere seat in a committee (临江市委常委、
    北川市委书记: he heads 北川); else the province."""
    placed = [(post, post.city) for post in posts if post.city]
    seats = [place for post, place in placed if _IS_SEAT.search(post.title.value)]
    places = [place for _, place in placed]
    cities = [place for place in places if level_of(place.value) == "city"]
    if cities and cities[0] in seats:
        heads = [place for post, place in placed if _is_head(post)]
        cities = [place for place in heads if place in cities] or cities
    return next(iter(cities or places), None)


def _is_head(post: PostRead) -> bool:
    """Whether a post is the first of a city or county: no district, which is its city's."""
    body = post.organization.value if post.organization else ""
    return bool(_IS_HEAD.fullmatch(fold(body + "/" + post.title.value)))


def former_city(source: Article, person: Attribution) -> Fact[str] | None:
    """The city of one who is told with former posts alone."""
    for post in person.posts:
        found = city_in(source.folded, post.organization) if post.is_former else None
        if found:
            return Fact(found[0].of(source.text), (found[0],), "body-place")
    return None
