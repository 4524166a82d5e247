"""People told with their posts (临江市市长于海洋), in all the orders that the press uses."""

from collections.abc import Collection, Iterator
from typing import Literal, NamedTuple

from ccmeet.lexicon.offices import Offices, Post, PostKind, load_offices
from ccmeet.lexicon.people import ENOUGH, SURE, People, load_people
from ccmeet.text import Span

Form = Literal["post+name", "name+post", "list", "byline"]

_JOINS = frozenset(
    (
        "",
        "、",
        "，",
        "；",
        " ",
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
_VERBS_TOO = frozenset(("代表", "编辑", "摄影", "校对", "审核", "总监理", "主演", "解说", "代办"))
_INTRODUCES = frozenset(
    ("的", "由", "请", "被", "对", "与", "和", "经", "向", "邀请", "有请", "如", "问")
)
_UNNAMED = ("负责人", "负责同志", "领导", "代表")
_OPENS = "。！？；，、\n （(“：）)”"


class Attribution(NamedTuple):
    """One person and the posts printed with the name. `words` spans the posts, first to last."""

    name: Span
    posts: tuple[Post, ...]
    form: Form

    @property
    def words(self) -> Span:
        return Span(self.posts[0].start, self.posts[-1].end)

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
        self.folded, self.area, self.offices, self.people = folded, area, offices, people
        self.floor = [area.start]
        self.chain: list[Post] = []

    def run(self) -> Iterator[Attribution]:
        for post in self.offices.posts(self.folded, self.area.start, self.area.end, self.floor):
            if self.chain and not self._joins(post):
                yield from self._name_first()
            self.chain.append(post)
            self.floor[0] = post.end
            yield from self._name_after(post)
        yield from self._name_first()

    def _joins(self, post: Post) -> bool:
        """Whether nothing but a mark or 兼 stands between this post and the one before.

        An unnamed company (有关负责人，临江市市长…) is no post of the person named next.
        """
        before = self.chain[-1]
        if before.title.of(self.folded).endswith(_UNNAMED):
            return False
        return self.folded[before.end : post.start] in _JOINS

    def _name_after(self, post: Post) -> Iterator[Attribution]:
        name = self._run_on(post) or self._name_at(post)
        if name is None:
            name = self._glued_before(post)
            if name:
                yield self._take(name, "name+post")
            return
        form: Form = "byline" if post.kind == "press" else "post+name"
        posts = tuple(self.chain)
        yield self._take(name, form)
        for other in self._listed_after(name, form):
            self.floor[0] = max(self.floor[0], other.end)
            yield Attribution(other, posts, "list" if form == "post+name" else form)

    def _run_on(self, post: Post) -> Span | None:
        if post.kind != "press":
            return None
        guess = self.people.names_run_on(self.folded, post.end, self.area.end)
        plain = self.people.name_at(self.folded, post.end, self.area.end)
        if guess is None or (plain and self.people.ends_at(self.folded, plain.span.end) > 0):
            return None
        return guess.span

    def _take(self, name: Span, form: Form) -> Attribution:
        posts, self.chain = tuple(self.chain), []
        self.floor[0] = max(name.end, posts[-1].end)
        return Attribution(name, posts, form)

    def _name_at(self, post: Post) -> Span | None:
        place = start = post.end
        while start < self.area.end and self.folded[start] == " " and start < place + 3:
            start += 1
        if self.folded[start : start + 1] == "的":
            guess = self.people.name_at(self.folded, start + 1, self.area.end, SURE)
            return guess.span if guess else None
        enough = ENOUGH - 0.7 if post.kind == "person" else ENOUGH
        guess = self.people.name_at(self.folded, start, self.area.end, enough)
        return guess.span if guess else None

    def _glued_before(self, post: Post) -> Span | None:
        """The name in 颜鲲副局长: right before the title, after the body or a clause's start."""
        if len(self.chain) > 1 or post.title.of(self.folded) in _VERBS_TOO:
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
            body = Span(post.title.start, post.title.start)
        self.chain = [post._replace(organization=body)]
        return guess.span

    def _left(self, post: Post) -> int:
        return max(self.area.start, post.title.start - 40)

    def _name_first(self) -> Iterator[Attribution]:
        """张三(某市市长) and 张三，某市市长，: a name, a mark, posts with no name after them."""
        if not self.chain:
            return
        start, end = self.chain[0].start, self.chain[-1].end
        mark, closing = self.folded[start - 1 : start], self.folded[end : end + 1]
        if start - 1 > self.area.start and (mark, closing) in _ASIDES:
            guess = self.people.name_before(self.folded, start - 1, self.area.start)
            if guess and self._opens_clause(guess.span.start):
                yield self._take(guess.span, "name+post")
        if self.chain:
            name = self._name_inside(self.chain[0].organization)
            if name:
                first = self.chain[0]
                self.chain[0] = first._replace(organization=Span(name.end, first.organization.end))
                yield self._take(name, "name+post")
        self.chain = []

    def _name_inside(self, body: Span) -> Span | None:
        """The name that the body's words open with: 冯志明乌审旗建设局局长."""
        opens = self._opens_clause(body.start) and not self.offices.head.match(
            self.folded, body.start
        )
        if not opens or body.end - body.start < 6:
            return None
        guess = self.people.name_before(self.folded, body.start + 3, body.start)
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

    def _listed_after(self, name: Span, form: Form) -> Iterator[Span]:
        """The further names of a list that shares its post: 省领导A、B、C."""
        place = name.end
        if form == "byline":
            guess = self.people.name_at(self.folded, place, self.area.end, SURE)
            if guess:
                yield guess.span
                place = guess.span.end
        while self.folded[place : place + 1] in ("、", "和", "与", " ") and place < self.area.end:
            start = place + 1
            if self.folded[place] == " " and self.folded[place + 1 : place + 2] == " ":
                return
            if self.offices.head.match(self.folded, start):
                return
            guess = self.people.name_at(self.folded, start, self.area.end)
            listed = self.folded[place] == "、" and form != "byline"
            if guess is None or guess.weight < (ENOUGH + 0.4 if listed else SURE):
                return
            if self.people.ends_at(self.folded, guess.span.end) < 2.0:
                return
            yield guess.span
            place = guess.span.end


_ASIDES: Collection[tuple[str, str]] = frozenset(
    (mark, closing) for mark, closings in (("（", "），、"), ("，", "，。")) for closing in closings
)
