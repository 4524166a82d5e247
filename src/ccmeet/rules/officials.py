"""Officials: who is named with a post in an article, which posts, of which city, doing what.

Rules, as evidence names them: `post+name`, `name+post` (张三副市长, 张三(某市市长)), `listed`
(省领导A、B), `shared-body` (a second post of the same body), `body-place` (the city in a body's
name), `inherited-place` (a bare 市长: the city comes from the context), `act` (出席, 签署 …).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ccmeet.lexicon.attributions import Attribution, find_attributions
from ccmeet.lexicon.calls import called_by_part
from ccmeet.lexicon.offices import PostKind
from ccmeet.lexicon.seats import COME_FROM, FORMS, Seen, city_of, former_city, is_lent, posts_of
from ccmeet.lexicon.verbs import Predicate, load_verbs
from ccmeet.model.article import Article
from ccmeet.model.fact import Fact
from ccmeet.model.reading import OfficialRead, Reading
from ccmeet.text import HAN, Span, words_in

RULES = ("post+name", "name+post", "listed", "shared-body", "body-place", "inherited-place", "act")
"""Every rule name that evidence of this file carries."""

_OF_OFFICE: frozenset[PostKind] = frozenset(("office", "body"))
_READ_IN = ("dateline", "heading", "paragraph", "caption")
_WEAK = frozenset(("代表", "观察员", "秘书", "成员", "发言人", "召集人", "法官", "检察官", "警官"))
_JOIN = r"(?:[，、；和与及暨]|以及) ?"
# Between two people of a list others may be told whom nobody names: 省直有关部门负责同志.
_JOINS = re.compile(
    rf"）?(?:（[^）\n]{{1,8}}）)?(?:在[^，、。；！？\n]{{2,10}}(?=、))?(?:{_JOIN}(?:[^，、；。！？\n]{{2,24}}"
    rf"(?:负责同志|负责人|领导|代表|嘉宾|人员)等?{_JOIN})?| )"
)
_PRESENT = re.compile(
    r"(?P<verb>出席|参加|列席|参与|陪同(?:考察|调研|参观)?|(?:作交流)?发言|致辞|讲话)"
    r"(?:[^，。；\n]{0,14}的(?:领导|嘉宾)?|(?:官员|领导|代表|人员|成员))"
    r"(?:还|主要)?(?:(?:有|包括)[：，]?)?$"
)
_ARE = ("有", "有：", "有，", "包括", "包括：")
_PRESENCE = frozenset(("出席", "参加", "列席", "参会", "与会", "陪同", "参与"))
_COMES = re.compile(
    r"(?:(?:出席|参加|列席|参会|与会|参与|陪同)?(?:学习|交流)?(?:考察|访问|调研|参观|走访)?(?:学习|交流)?[，并、]*)+"
)
"""学习考察, 陪同考察，并出席: being there, beside which 讲话 and 介绍 tell more."""
_OFFICERS = re.compile("首席|董事长|总经理|总裁|理事长|会长|院长|校长|行长")
_FIRM = re.compile(rf"[{HAN}A-Za-z]{{2,10}}$")
"""A firm that no word shows to be one, before its officer's title: 江港航首席运营官."""
_NEIGHBOURS = 12
_CITED = re.compile(r"(?:贯彻|落实|学习|按照|遵循|牢记|围绕|根据|领会)[^。；]{0,24}$")
_HE_SPEAKS = re.compile(r"[^。；\n]{0,20}，[他她][^，。；\n]{0,6}(?:说|表示|回忆|介绍|认为)")
"""时任市长的张三如今已退休，他回忆说：“…”"""

_RECEPTION = re.compile(r"会见|接见|看望")
_ALL_OF_THEM = re.compile("，(?=(?:一并|一同|一起|悉数|均|都|分别|先后|相继|依次|联袂)[^，。；])")
"""临江市市长A、南浦市市长B，一同出席: a comma between a list and what all of it did."""
_OURS = re.compile("(?<=[，、；和与及])我[省市州县区]$")
"""临江市市长A，我市市委书记B出席: one list."""
_EACH = re.compile("(?:分别|先后|依次|相继|共同|一同|一起|均|都)[^，。；]")
_ASIDE = re.compile("（[^（）\n]{1,30}）")


def read_officials(reading: Reading) -> Reading:
    """Fill `officials`, in the order in which the article first names them with a post."""
    found = tuple(_in_blocks(reading.source))
    if not found:
        return reading
    people: dict[str, list[Seen]] = {}
    for seen in _in_company(reading.source, found):
        name = _plain(seen.person.name.of(reading.source.folded))
        people.setdefault(name, []).append(seen)
    for part, name in called_by_part(people).items():
        people[name] += people.pop(part, [])  # 南浦市市长阿不都: who was told as 玉素甫·阿不都
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


def _in_company(source: Article, found: tuple[Attribution, ...]) -> Iterator[Seen]:
    """Each person with the list that the person stands in: A、B，C共同签署 is one list."""
    start = 0
    for index, person in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        gap = source.folded[person.end : following.start] if following else "。"
        if following and person.end <= following.start and _is_joint(source, gap, following):
            continue
        group = found[start : index + 1]
        for place, member in enumerate(group, start):
            yield Seen(member, group, found[max(0, place - _NEIGHBOURS) : place], found)
        start = index + 1


def _is_joint(source: Article, gap: str, following: Attribution) -> bool:
    """Whether nothing parts two people of a list, but the name of a firm whose officer follows."""
    gap = _OURS.sub("", gap)
    if _JOINS.fullmatch(gap.removeprefix("）")) or COME_FROM.fullmatch(gap):
        return True
    post = following.posts[0]
    if post.organization.start < post.organization.end:
        return False
    firm = _FIRM.search(gap) if _OFFICERS.match(post.title.of(source.folded)) else None
    return bool(firm and _JOINS.fullmatch(gap[: firm.start()]))


def _official(reading: Reading, seen: list[Seen], later: list[int]) -> OfficialRead | None:
    source = reading.source
    predicates = list(_predicates(source, seen, later))
    acts = bool(predicates) or any(
        _HE_SPEAKS.match(source.folded, one.person.end, _block_end(source, one.person.end))
        for one in seen
    )
    if not _takes_part(source, [one.person for one in seen], acts):
        return None
    own = [one for one in seen if not is_lent(source, one.person)] or seen
    best = own[0] if len(own) == 1 else max(own, key=lambda one: _fullness(source, one.person))
    main = best.person
    rule = FORMS[main.form]
    posts = posts_of(reading, best)
    return OfficialRead(
        name=Fact(_plain(main.name.of(source.text)), (main.name,), rule),
        attribution_text=Fact(_joined(source, main.parts), main.parts, rule),
        city=city_of(posts) or former_city(source, main),
        posts=posts,
        verb=_act(source, predicates),
    )


def _fullness(source: Article, person: Attribution) -> tuple[int, int]:
    """How much is told of a person in one place: posts, and characters that tell them; that a
    party committee is 中共's tells nothing more."""
    words = sum(part.end - part.start for part in person.parts)
    return len(person.posts), words - 2 * source.folded.startswith("中共", person.words.start)


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


def _predicates(source: Article, seen: list[Seen], later: list[int]) -> Iterator[Predicate]:
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
    end = aside.end() if aside else person.end
    return end + 1 if _ALL_OF_THEM.match(source.folded, end) else end


def _later_mentions(source: Article, names: Mapping[str, list[Seen]]) -> dict[str, list[int]]:
    """Where the lists end in which each name stands alone, without its posts."""
    titled = {one.person.name.start: one.person for seen in names.values() for one in seen}
    later: dict[str, list[int]] = {name: [] for name in names}
    calls = called_by_part(names) | {name: name for name in names}
    told = words_in(source.folded, calls, Span(0, len(source.folded)))
    body = [mention for block in source.body() for mention in told if block.span.holds(mention)]
    opens = {start: person.start for start, person in titled.items()}
    for mention in _runs(source.folded, body, opens):
        # 市长A，B分别讲话: what is said at the end of those told without posts is said of A too
        is_bare = mention[-1].start not in titled
        for one in mention:
            if one.start not in titled or (is_bare and one is not mention[-1]):
                later[calls[one.of(source.folded)]].append(mention[-1].end)
    return later


def _runs(folded: str, mentions: Iterable[Span], opens: Mapping[int, int]) -> Iterator[list[Span]]:
    """Mentions in lists: what A、B、C先后发言 says of the last it says of each. `opens` is where
    those told with posts begin: A和临江市市长B分别介绍."""
    run: list[Span] = []
    for mention in mentions:
        start = opens.get(mention.start, mention.start)
        gap = folded[run[-1].end : start] if run else ""
        if gap == "，" and _EACH.match(folded, mention.end):
            gap = "、"
        if run and gap not in ("、", "和", "与"):
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


def _joined(source: Article, spans: Iterable[Span]) -> str:
    return "".join(span.of(source.text) for span in spans)


def _plain(name: str) -> str:
    """A name without the spaces that set it to three characters' width: 刘  爽."""
    return "".join(name.split())
