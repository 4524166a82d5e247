"""People told with their posts (临江市市长于海洋), in all the orders that the press uses."""

import re
from collections.abc import Collection, Iterator
from typing import Literal, NamedTuple

from ccmeet.lexicon.offices import Offices, Post, PostKind, Reach, load_offices, places_before
from ccmeet.lexicon.people import ENOUGH, SURE, People, load_people
from ccmeet.lexicon.places import load_places
from ccmeet.text import HAN, Span

Form = Literal["post+name", "name+post", "list", "byline"]

_JOINS = frozenset(
    (
        "",
        "、",
        "，",
        "；",
        "（",
        "兼",
        "、兼",
        "，兼",
        "和",
        "及",
        "暨",
        "与",
        "并兼",
        "兼任",
        "，兼任",
    )
)
_VERBS_TOO = frozenset(("代表", "编辑", "摄影", "校对", "审核", "总监理", "主演", "解说", "代办"))
_INTRODUCES = frozenset(
    ("的", "由", "请", "被", "对", "与", "和", "经", "向", "邀请", "有请", "如", "问")
)
_UNNAMED = ("负责人", "负责同志", "领导", "代表")
_OF_ONE_PLACE = ("行政长官", "特首")
"""Titles that tell their place without a body."""
_PLURAL = ("领导", "主席", "代表", "负责人", "负责同志", "委员")
_ASIDE = re.compile(r"（[^（）\n]{1,12}）")
_TERM = re.compile(r"^（[^（）\n]{1,8}）")
"""副市长（挂职）、某新区党工委书记: what a bracket adds to a post parts no chain."""
_ARE = re.compile("(?:同志)?(?:还|主要|另|另外)?(?:有|包括)：?")
"""出席座谈会的临江市领导还有：A、B: between a title of several and their names."""
_HONOUR = re.compile(
    "(?:教授|博士|院士|先生|女士|(?:太平绅|爵)士|(?:资深)?(?:大律师|律师|医生))(?=[、，。；）和与及暨\n]|以及|$)"
)
"""局长方大同教授、局长于海洋博士: what a person is called by beside the post."""
_ONE_NAME = re.compile(f"[{HAN}]{{2,4}}")
_NAMES_THEN = re.compile(
    rf"(?:^|(?<=[。！？；，：\s]))(?P<names>[{HAN}]{{2,4}}(?:、[{HAN}]{{2,4}})+)等$"
)
_THIS = ("这位", "这名")
_THIS_ONE = re.compile("[。，](?:这[位名]|身为|作为)(?:来自)?$")
_SHOWN = re.compile(
    "(?:坐|站|开口|开腔|发言|说话|讲话|登台|上台|登场|出场|主持|接话|接棒|接过|带队|领队|落座|压轴|打头|挨|邻座"
    "|迎|话筒|递|传)[^，。；！？“”]{0,8}(?:是|着|给|叫)$|轮到$"
)
"""坐在对面的是方大同, 话筒递给方大同: a clause that shows who is told of next."""
_OPENS = "。！？；，、\n （(“：）)”"


class Attribution(NamedTuple):
    """One person and the posts printed with the name.

    `words` spans the posts, first to last, with a bracket that closes them: 副市长（挂职）.
    """

    name: Span
    posts: tuple[Post, ...]
    form: Form
    words: Span

    @property
    def parts(self) -> tuple[Span, ...]:
        """The posts' words without the name: two stretches where the name stands among them."""
        words = self.words
        if not words.holds(self.name):
            return (words,)
        return Span(words.start, self.name.start), Span(self.name.end, words.end)

    @property
    def kinds(self) -> frozenset[PostKind]:
        return frozenset(post.kind for post in self.posts)

    @property
    def start(self) -> int:
        return self.name.start if self.form == "list" else min(self.name.start, self.words.start)

    @property
    def end(self) -> int:
        return max(self.name.end, self.words.end)


def find_attributions(folded: str, area: Span) -> tuple[Attribution, ...]:
    """Every person told with a post in `area` of a folded text, in order."""
    return tuple(_Finder(folded, area, load_offices(), load_people()).run())


class _Finder:
    """One walk over a text: posts gather until the name comes that they belong to."""

    def __init__(self, folded: str, area: Span, offices: Offices, people: People) -> None:
        self.folded, self.area, self.offices, self.people = (folded, area, offices, people)
        self.reach = Reach(area.start)
        self.chain: list[Post] = []
        self.aside = 0
        self.behind = area.start

    def run(self) -> Iterator[Attribution]:
        for post in self.offices.posts(self.folded, self.area.start, self.area.end, self.reach):
            if self.chain and not self._joins(post):
                yield from self._name_first()
            self.chain.append(post)
            self.behind = self.reach.floor
            self.reach.floor, self.reach.in_chain, self.aside = post.end, True, 0
            yield from self._name_after(post)
            honour = None if self.chain else _HONOUR.match(self.folded, self.reach.floor)
            self.reach.floor = honour.end() if honour else self.reach.floor
            self.reach.in_chain = bool(self.chain)
        yield from self._name_first()

    def _joins(self, post: Post) -> bool:
        """Whether nothing but a mark or 兼 stands between this post and the one before.

        An unnamed company (有关负责人，临江市市长…) is no post of the person named next.
        """
        before = self.chain[-1]
        title = before.title.of(self.folded)
        if title.endswith(_UNNAMED) and title != "人大代表":
            return False
        gap = self.folded[before.end : post.start].strip(" ")
        return gap in _JOINS or _TERM.sub("", gap, count=1) in ("、", "，", "；", "兼")

    def _name_after(self, post: Post) -> Iterator[Attribution]:
        name = self._run_on(post) or self._name_at(post)
        if name is None:
            name = self._glued_before(post)
            if name:
                yield self._take(name, "name+post")
            elif others := self._listed_before(post):
                first = self._take(others[0], "list")
                yield from (first._replace(name=other) for other in others)
            return
        form: Form = "byline" if post.kind == "press" else "post+name"
        posts = tuple(self.chain)
        first = self._take(name, form)
        others = list(self._listed_after(name, posts, form))
        first = self._shared(first, 1 + len(others))
        yield first
        for other in others:
            self.reach.floor = max(self.reach.floor, other.end)
            yield first._replace(name=other, form="list" if form == "post+name" else form)

    def _shared(self, person: Attribution, people: int) -> Attribution:
        """江州、临江、南浦市市长 of three: the places listed before the body belong to it."""
        body = person.posts[0].organization
        places = places_before(self.folded, body, self.area.start) if people > 1 else ()
        if not places or len(places) + 1 != people:
            return person
        post = person.posts[0]._replace(organization=Span(places[0].start, body.end))
        words = Span(places[0].start, person.words.end)
        return person._replace(posts=(post, *person.posts[1:]), words=words)

    def _run_on(self, post: Post) -> Span | None:
        if post.kind != "press":
            return None
        guess = self.people.names_run_on(self.folded, post.end, self.area.end)
        plain = guess and self.people.name_at(self.folded, post.end, self.area.end)
        if guess is None or (plain and self.people.ends_at(self.folded, plain.span.end) > 0):
            return None
        return guess.span

    def _take(self, name: Span, form: Form) -> Attribution:
        posts, self.chain = tuple(self.chain), []
        self.reach.floor = max(name.end, posts[-1].end)
        words = Span(posts[0].start, max(posts[-1].end, self.aside))
        return Attribution(name, posts, form, words)

    def _name_at(self, post: Post) -> Span | None:
        place = start = self._past_aside(post)
        if post.title.of(self.folded).endswith(_PLURAL):
            are = _ARE.match(self.folded, start, self.area.end)
            place = start = are.end() if are else start
        while start < self.area.end and self.folded[start] == " " and start < place + 3:
            start += 1
        if self.folded[start : start + 1] == "的":
            guess = self.people.name_at(self.folded, start + 1, self.area.end, SURE)
            return guess.span if guess else None
        if self._leads_on(start):
            return None
        bodied = post.organization.start < post.organization.end or len(self.chain) > 1
        bodied = bodied or post.title.of(self.folded).endswith(_OF_ONE_PLACE)
        cornered = bodied and post.kind in ("office", "body")
        enough = ENOUGH - 0.7 if cornered or post.kind == "person" else ENOUGH
        guess = self.people.name_at(self.folded, start, self.area.end, enough, cornered)
        if guess and post.title.of(self.folded) == "代表":
            known = guess.span.of(self.folded) in load_places().by_name
            return None if known else guess.span  # 代表岳阳签署
        return guess.span if guess else None

    def _leads_on(self, place: int) -> bool:
        """Whether a surname here is a word that leads to a body or a title: 市长任组长."""
        if self.folded[place : place + 1] not in ("和", "任", "同", "于", "向"):
            return False
        after = place + 1 + (self.folded[place + 1 : place + 2] in ("双", "副"))
        found = self.offices.titles.match(self.folded, after)
        return bool(found or self.offices.head.match(self.folded, place + 1))

    def _past_aside(self, post: Post) -> int:
        """Past 副市长（挂职） and 主任（市能源局局长）, which a name may follow."""
        if self.folded[self.chain[0].end : post.start].endswith("（"):
            closes = self.folded[post.end : post.end + 1] == "）"
            self.aside = post.end + 1 if closes else 0
            return max(post.end, self.aside)
        aside = _ASIDE.match(self.folded, post.end, self.area.end)
        if aside and self.people.name_at(self.folded, aside.end(), self.area.end, cornered=True):
            self.aside = aside.end()
        return max(post.end, self.aside)

    def _glued_before(self, post: Post) -> Span | None:
        """The name in 颜鲲副局长: right before the title, after the body or a clause's start."""
        if post.title.of(self.folded) in _VERBS_TOO:
            return None
        guess = self.people.name_before(self.folded, post.title.start, self._left(post))
        if guess is None:
            return None
        if self.offices.tail.search(guess.span.of(self.folded)):
            return None
        body = self.offices.body_before(self.folded, guess.span.start, self._left(post))
        if not self._may_be_glued(guess.span, body, post):
            return None
        if body.start == body.end:
            if len(self.chain) > 1:
                return None
            body = Span(post.title.start, post.title.start)
        self.chain[-1] = post._replace(organization=body)
        return guess.span

    def _listed_before(self, post: Post) -> list[Span]:
        """The names of 张三、李四等市领导, two or more of them."""
        if not post.title.of(self.folded).endswith("领导") or len(self.chain) > 1:
            return []
        listed = _NAMES_THEN.search(self.folded, self._left(post), post.start)
        if listed is None:
            return []
        parts = _ONE_NAME.finditer(listed["names"])
        names = [Span(*part.span()).shifted(listed.start("names")) for part in parts]
        guesses = [self.people.name_at(self.folded, *name, cornered=True) for name in names]
        weight = sum(g.weight for g, n in zip(guesses, names, strict=True) if g and g.span == n)
        return names if weight >= SURE * len(names) else []

    def _left(self, post: Post) -> int:
        return max(self.area.start, self.behind, post.title.start - 40)

    def _name_first(self) -> Iterator[Attribution]:
        """张三(某市市长) and 张三，某市市长，: a name, a mark, posts with no name after them."""
        if not self.chain:
            return
        start, end = self.chain[0].start, self.chain[-1].end
        mark, closing = self.folded[start - 1 : start], self.folded[end : end + 1]
        if start - 1 > self.area.start and (mark, closing) in _ASIDES:
            # A（临江市副市长）、石军（南浦市秘书长）: between mark and bracket only a name fits
            is_listed = mark == "（" and self.folded[start - 4 : start - 3] in ("、", "有")
            enough = 1.5 if is_listed else 2.5
            guess = self.people.name_before(self.folded, start - 1, self.area.start, enough)
            lead = guess and self.folded[guess.span.start - 1 : guess.span.start]
            if guess and (self._opens_clause(guess.span.start) or lead in ("有", "是", "和", "由")):
                yield self._take(guess.span, "name+post")
        if self.chain and (name := self._told_before()):
            yield self._take(name, "name+post")
        if self.chain:
            name = self._name_inside(self.chain[0].organization)
            if name:
                first = self.chain[0]
                self.chain[0] = first._replace(organization=Span(name.end, first.organization.end))
                yield self._take(name, "name+post")
        self.chain = []

    def _told_before(self) -> Span | None:
        """The name that the clause before ends with: 最先开口的是方大同。这位临江市副市长说."""
        first = self.chain[0]
        own = 2 * self.folded.startswith(_THIS, first.start)  # a body that no list knows
        this = _THIS_ONE.search(
            self.folded, max(self.area.start, first.start - 8), first.start + own
        )
        if this is None:
            return None
        guess = self.people.name_before(self.folded, this.start(), self.area.start, ENOUGH)
        if guess is None or not _SHOWN.search(self.folded, self.area.start, guess.span.start):
            return None
        body = first.organization
        self.chain[0] = first._replace(organization=Span(body.start + own, body.end))
        return guess.span

    def _name_inside(self, body: Span) -> Span | None:
        """The name that the body's words open with: 冯志明乌审旗建设局局长."""
        opens = self._opens_clause(body.start) and not self.offices.head.match(
            self.folded, body.start
        )
        if not opens or body.end - body.start < 6:
            return None
        guess = self.people.name_before(self.folded, body.start + 3, body.start)
        if self.offices.head.match(self.folded, body.start + 3, body.end):
            return None  # 宁镇扬三市
        if guess is None or guess.weight < 4.0 or guess.span.start != body.start:
            return None
        return guess.span if self.people.surname_is_sure(guess.span.of(self.folded)) else None

    def _may_be_glued(self, name: Span, body: Span, post: Post) -> bool:
        words = name.of(self.folded)
        if len(words) == 2 and not self.people.surname_is_sure(words):
            if post.kind != "person":
                return False
            return self._opens_clause(name.start) or self.folded[name.start - 1] == "的"
        if self._opens_clause(name.start) or self._is_named_here(name.start):
            return True
        return self.offices.tail.search(self.folded, body.start, body.end) is not None

    def _is_named_here(self, place: int) -> bool:
        """Whether the words before `place` may be followed by a name: 的希尔顿将军, 由张三局长."""
        before = self.folded[max(self.area.start, place - 2) : place]
        return before[-1:] in _INTRODUCES or before in _INTRODUCES

    def _opens_clause(self, place: int) -> bool:
        return place <= self.area.start or self.folded[place - 1] in _OPENS

    def _listed_after(self, name: Span, posts: tuple[Post, ...], form: Form) -> Iterator[Span]:
        """The further names of a list that shares its post: 省领导A、B、C."""
        place = name.end
        title = posts[-1].title.of(self.folded)
        several = form != "byline" and title.endswith(_PLURAL) and len(posts) == 1
        marks = "、和与及以 ，" if several and title.endswith("领导") else "、和与及以 "
        if form == "byline":
            guess = self.people.name_at(self.folded, place, self.area.end, SURE)
            if guess:
                yield guess.span
                place = guess.span.end
        while place < self.area.end and self.folded[place] in marks:
            start = place + 1
            if self.folded[place : place + 2] in ("以及", "， "):
                start += 1
            elif self.folded[place] == "以":
                return
            if self.folded[place : place + 2] == "  " or self.offices.head.match(
                self.folded, start
            ):
                return
            guess = self.people.name_at(self.folded, start, self.area.end, cornered=several)
            listed = self.folded[place] == "、" and form != "byline"
            enough = ENOUGH if several else ENOUGH + 0.4 if listed else SURE
            if guess is None or guess.weight < enough:
                return
            if self.people.ends_at(self.folded, guess.span.end) < 2.0:
                return
            if self.folded[place] == "，" and not self._is_listed(guess.span):
                return
            yield guess.span
            place = guess.span.end

    def _is_listed(self, name: Span) -> bool:
        """Whether a name after ， stands in a list: a mark or an act follows it."""
        after = self.folded[name.end : name.end + 1]
        return after in "、，等" or bool(self.people.acts.match(self.folded, name.end))


_ASIDES: Collection[tuple[str, str]] = frozenset(
    (mark, closing) for mark, closings in (("（", "），、"), ("，", "，。")) for closing in closings
)
