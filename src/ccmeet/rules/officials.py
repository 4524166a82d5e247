"""Officials: who is named with a post in an article, which posts, of which city, doing what.

Rules, as evidence names them: `post+name`, `name+post` (张三副市长, 张三(某市市长)), `listed` (省领导
A、B), `shared-body` (a second post of the same body), `body-place` (the city in a body's name),
`inherited-place` (a bare 市长: the city comes from the context), `act` (出席, 签署 …).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ccmeet.lexicon.attributions import Attribution, find_attributions
from ccmeet.lexicon.offices import Post, city_in
from ccmeet.lexicon.places import Place, load_places
from ccmeet.lexicon.verbs import Predicate, Verbs, load_verbs
from ccmeet.model.article import Article
from ccmeet.model.fact import Fact
from ccmeet.model.reading import OfficialRead, PostRead, Reading
from ccmeet.text import Span

RULES = ("post+name", "name+post", "listed", "shared-body", "body-place", "inherited-place", "act")
"""Every rule name that evidence of this file carries."""

_FORMS = {"post+name": "post+name", "name+post": "name+post", "list": "listed"}
_READ_IN = ("dateline", "heading", "paragraph", "caption")
_WEAK = frozenset(("代表", "观察员", "秘书", "成员", "发言人", "召集人", "法官", "检察官", "警官"))
_JOINS = frozenset("，、；") | {"和", "与", "及", "，与", "，和"}
_BODY_PLACE = re.compile(r".{1,14}?(?:自治区|自治州|新区|[市省州县区旗盟])(?=[委政人纪党团]|$)")
_HEADS = frozenset(("市长", "省长", "州长", "县长", "区长", "旗长", "盟长", "主席"))
_SCOPES = (("自治区", "province"), ("省", "province"), ("市", "city"), ("州", "city"))
_CITED = re.compile(r"(?:贯彻|落实|学习|按照|遵循|牢记|围绕|根据|领会)[^。；]{0,24}$")
_DATELINE = re.compile(r"\s*[^\s，。；：（）]{2,20}?\d{1,2}月\d{1,2}日[讯电]")
_RECEPTION = re.compile(r"会见|接见|看望")


def read_officials(reading: Reading) -> Reading:
    """Fill `officials`, in the order in which the article first names them with a post."""
    found = tuple(_in_blocks(reading.source))
    people: dict[str, list[Attribution]] = {}
    for person in found:
        name = _plain(person.name.of(reading.source.folded))
        people.setdefault(name, []).append(person)
    verbs = load_verbs()
    officials = (_official(reading, name, seen, found, verbs) for name, seen in people.items())
    return replace(reading, officials=tuple(o for o in officials if o is not None))


def _in_blocks(source: Article) -> Iterator[Attribution]:
    """People with posts in the running text and captions; bylines and mere ranks are left out."""
    for block in source.blocks:
        if block.kind not in _READ_IN:
            continue
        for person in find_attributions(source.folded, block.span):
            of_office = person.kinds & {"office", "body"}
            if of_office and "press" not in person.kinds and person.form != "byline":
                yield person


def _official(
    reading: Reading,
    name: str,
    seen: list[Attribution],
    everyone: tuple[Attribution, ...],
    verbs: Verbs,
) -> OfficialRead | None:
    source = reading.source
    main = max(seen, key=lambda person: (len(person.posts), person.words.end - person.words.start))
    predicates = [
        found for person in seen if (found := _predicate(source, person, everyone, verbs))
    ]
    later = list(_later_predicates(source, name, seen, verbs))
    if not _takes_part(source, seen, bool(predicates or later)):
        return None
    rule = _FORMS[main.form]
    posts = _posts(reading, main, _neighbour(reading, main, everyone))
    acts = [found for found in (*predicates, *later) if not found.speaks]
    return OfficialRead(
        name=Fact(_plain(main.name.of(source.text)), (main.name,), rule),
        attribution_text=Fact(_joined(source, main.parts), main.parts, rule),
        city=_city_of(posts),
        posts=posts,
        verb=_act(source, acts),
    )


def _takes_part(source: Article, seen: list[Attribution], acts: bool) -> bool:
    """Whether this is an official of the article and no one whose guidance is only cited.

    People of firms and schools, delegates, and former holders count only if they act or speak.
    """
    if acts:
        return True
    first = seen[0]
    if all(person.posts[0].former or _is_cited(source, person) for person in seen):
        return False
    titles = {post.title.of(source.folded) for post in first.posts}
    return "office" in first.kinds and not titles <= _WEAK


def _is_cited(source: Article, person: Attribution) -> bool:
    before = source.folded[max(0, person.start - 40) : person.start]
    after = source.folded[person.end : person.end + 30].split("。")[0]
    return bool(_CITED.search(before) or load_verbs().guidance.search(after))


# --- what they did ---


def _predicate(
    source: Article, person: Attribution, everyone: tuple[Attribution, ...], verbs: Verbs
) -> Predicate | None:
    """The verb after a person, or after the last of the list that the person stands in."""
    last = person
    for other in everyone:
        if other.start >= last.end and source.folded[last.end : other.start] in _JOINS:
            last = other
    end = _block_end(source, last.end)
    found = verbs.after(source.folded, last.end, end)
    return found if found and not _is_reception(source, found) else None


def _later_predicates(
    source: Article, name: str, seen: list[Attribution], verbs: Verbs
) -> Iterator[Predicate]:
    """The verbs of later mentions by the name alone, in the running text."""
    titled = {person.name.start for person in seen}
    for block in source.body():
        for mention in re.finditer(re.escape(name), source.folded[block.start : block.end]):
            place = block.start + mention.start()
            if place not in titled:
                found = verbs.after(source.folded, place + len(name), block.end)
                if found and not _is_reception(source, found):
                    yield found


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


def _act(source: Article, acts: list[Predicate]) -> Fact[str] | None:
    if not acts:
        return None
    spans = acts[0].spans
    return Fact(_joined(source, spans), spans, "act")


def _block_end(source: Article, place: int) -> int:
    return next((b.end for b in source.blocks if b.start <= place <= b.end), len(source.text))


# --- posts, bodies, cities ---


def _neighbour(
    reading: Reading, person: Attribution, everyone: tuple[Attribution, ...]
) -> Fact[str] | None:
    """The city of the person named right before in the sentence: 临江市委书记A、市长B."""
    source = reading.source
    for other in reversed([o for o in everyone if o.end <= person.start]):
        between = source.folded[other.end : person.start]
        if len(between) > 30 or re.search(r"[。；！？\n]", between):
            return None
        city = _city_of(_posts(reading, other, None))
        if city and city.basis == "stated":
            why = f"与同句的{other.name.of(source.text)}同属{city.value}"
            return Fact(city.value, city.spans, "inherited-place", "inferred", why)
    return None


def _posts(
    reading: Reading, person: Attribution, neighbour: Fact[str] | None
) -> tuple[PostRead, ...]:
    """The posts with their bodies and places; what one post leaves out the one before it gives."""
    source, posts = reading.source, []
    body: Fact[str] | None = None
    city: Fact[str] | None = None
    for post in person.posts:
        body = _body(source, post, body)
        city = _place_of(reading, post, body, city or neighbour, person.posts)
        title = Fact(post.title.of(source.text), (post.title,), _FORMS[person.form])
        posts.append(PostRead(title, body, city))
    return tuple(posts)


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
    reading: Reading,
    post: Post,
    body: Fact[str] | None,
    before: Fact[str] | None,
    chain: tuple[Post, ...],
) -> Fact[str] | None:
    source = reading.source
    printed = city_in(source.folded, body.spans[0]) if body else None
    if printed:
        return Fact(printed[0].of(source.text), (printed[0],), "body-place")
    words = (body.value if body else "") + post.title.of(source.folded)
    scope = next((level for mark, level in _SCOPES if mark in words[:4]), "")
    if not scope:
        return None
    if before and _level(before.value) == scope:
        if before.basis == "inferred":
            return before
        why = f"与前一职务同属{before.value}"
        return Fact(before.value, before.spans, "inherited-place", "inferred", why)
    return _from_chain(source, scope, chain) or _from_context(reading, scope)


def _from_chain(source: Article, scope: str, chain: tuple[Post, ...]) -> Fact[str] | None:
    """省委常委、长沙市委书记: the province is that of the city in a later post."""
    for post in chain:
        found = city_in(source.folded, post.organization)
        place = found and _known(found[0].of(source.folded))
        if place and scope == "province" and place.province:
            value, city = _short(place.province), found[0].of(source.text) if found else ""
            spans = (found[0],) if found else ()
            return Fact(value, spans, "inherited-place", "inferred", f"{city}属{value}")
    return None


def _from_context(reading: Reading, scope: str) -> Fact[str] | None:
    """The place that a bare 市长 or 省委书记 means: the outlet's own, the host's, the dateline's."""
    for span, reason in _context(reading):
        for where, place in load_places().find(span.of(reading.source.folded)):
            value = _at_level(place, scope)
            if value:
                stands = where.shifted(span.start)
                why = f"文中未写所属，据{reason}推定"
                return Fact(value, (stands,), "inherited-place", "inferred", why)
    return None


def _context(reading: Reading) -> Iterator[tuple[Span, str]]:
    publisher = reading.article.publisher or reading.source.page.publisher
    if publisher:
        yield publisher.spans[0], f"发布者“{publisher.value}”"
    for meeting in reading.meetings[:1]:
        if meeting.location:
            yield meeting.location.spans[0], f"会议地点“{meeting.location.value}”"
    for block in reading.source.blocks:
        dateline = _DATELINE.match(reading.source.folded, block.start, block.end)
        if block.kind in ("dateline", "paragraph") and dateline:
            yield Span(*dateline.span()), f"电头“{dateline[0].strip()}”"
    for block in reading.source.blocks:
        if block.kind == "headline":
            yield block.span, "标题"


def _at_level(place: Place, scope: str) -> str | None:
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


def _joined(source: Article, spans: Iterable[Span]) -> str:
    return "".join(span.of(source.text) for span in spans)


def _plain(name: str) -> str:
    """A name without the spaces that set it to three characters' width: 刘  爽."""
    return re.sub(r"\s+", "", name)
