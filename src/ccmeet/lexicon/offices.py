"""Posts as they are printed: where a title stands, which body it belongs to, and which city."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from ccmeet.codec import load_data
from ccmeet.lexicon.places import load_places
from ccmeet.lexicon.words import one_of
from ccmeet.text import HAN, Span

PostKind = Literal["office", "body", "press", "person"]

LONGEST_BODY = 40
"""Characters: how far left of a title the body's name is looked for."""

_BREAK = re.compile(rf"[^{HAN}0-9A-Za-z·〇\-]")
_GENERIC_PLACE = re.compile(
    rf"([{HAN}]{{2,4}}?)(?<![两三四五六七八九十个])(市|省|自治州|州|盟)(?!场|民)"
)
_UNKNOWN_PLACE = re.compile(rf"[由与和及向对经在暨请据](?=([{HAN}]{{2,3}}[市省县州](?![场民])))")
# 江州、临江、南浦三市: the body of a title that several people share, one place each.
_COUNTED = re.compile(r"[两二三四五六七八九十][市省地州县]$")
_LISTED = re.compile(rf"(?:(?<![{HAN}])[{HAN}]{{2,4}}[、和与])(?:[{HAN}]{{2,4}}[、和与])*$")
_OWN = re.compile(r"[我本该全]?(?:省|市|自治区|区|县|州)")
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


@dataclass(frozen=True, slots=True)
class Offices:
    """The grammar of posts. All patterns are for folded texts."""

    titles: re.Pattern[str]
    kinds: dict[str, PostKind]
    before: frozenset[str]
    former: frozenset[str]
    not_before: re.Pattern[str]
    head: re.Pattern[str]
    tail: re.Pattern[str]
    cuts: re.Pattern[str]
    soft_cuts: frozenset[str]

    def posts(self, folded: str, start: int, end: int, floor: list[int]) -> Iterator[Post]:
        """The posts whose titles stand in [start, end), in order.

        `floor[0]` is where the last thing read ended: the caller moves it on past each name,
        and no post reaches left of it.
        """
        for found in self.titles.finditer(folded, start, end):
            if found.start() >= floor[0] and not self.not_before.match(folded, found.end()):
                yield self.post_at(folded, Span(*found.span()), floor[0])

    def post_at(self, folded: str, core: Span, floor: int) -> Post:
        """The post whose title's core stands at `core`: 副, 常务 and the body are added."""
        title = self._widen(folded, core, floor)
        former = self._former_before(folded, title.start, floor)
        body = self.body_before(folded, former.start, floor)
        if former.start == former.end:
            former = self._former_before(folded, body.start, floor)
        elif body.start == body.end:
            body = Span(title.start, title.start)
        return Post(body, title, self.kinds[core.of(folded)], former)

    def _former_before(self, folded: str, place: int, floor: int) -> Span:
        for length in (2, 1):
            if place - length >= floor and folded[place - length : place] in self.former:
                return Span(place - length, place)
        return Span(place, place)

    def _widen(self, folded: str, core: Span, floor: int) -> Span:
        start = core.start
        while True:
            for length in (6, 5, 4, 3, 2, 1):
                if start - length >= floor and folded[start - length : start] in self.before:
                    start -= length
                    break
            else:
                return Span(start, core.end)

    def body_before(self, folded: str, place: int, floor: int) -> Span:
        """The body whose name ends at `place`; an empty span at `place` where there is none."""
        left = max(floor, place - LONGEST_BODY)
        stop = place
        if place > left and folded[place - 1] in _QUOTED:
            opener = folded.rfind(_QUOTED[folded[place - 1]], left, place)
            if opener > left and folded[place - 1] == "）":
                stop = opener
        start = left
        for mark in _BREAK.finditer(folded, left, stop):
            start = mark.end()
        for cut in self.cuts.finditer(folded, start, stop):
            start = cut.end()
        start = self._after_soft_cuts(folded, start, stop)
        if stop < place and start == stop:
            return Span(place, place)
        if not self._is_body(folded, start, stop):
            return Span(place, place)
        if folded[start - 1 : start] in ("、", "和", "与") and _COUNTED.search(folded, start, stop):
            listed = _LISTED.search(folded, left, start)
            start = listed.start() if listed else start
        return Span(start, stop)

    def _after_soft_cuts(self, folded: str, start: int, stop: int) -> int:
        """Past 由, 与 and the like where a body opens after them, and past what leads up to one."""
        heads = [Span(*found.span()) for found in self.head.finditer(folded, start, stop)]
        ends = {head.end for head in heads}
        begin = start
        for head in heads:
            cuts = head.start > begin and folded[head.start - 1] in self.soft_cuts
            if cuts and head.start not in ends:
                begin = head.start
        for unknown in _UNKNOWN_PLACE.finditer(folded, begin, stop):
            begin = unknown.start(1)
        following = [head for head in heads if head.start >= begin]
        if following and following[0].start > begin and len(following[0].of(folded)) > 1:
            prefix = folded[begin : following[0].start]
            if not self.tail.search(prefix):
                begin = following[0].start
        return begin

    def _is_body(self, folded: str, start: int, stop: int) -> bool:
        if stop - start < 1:
            return False
        return bool(self.head.match(folded, start, stop) or self.tail.search(folded, start, stop))


def places_listed(folded: str, body: Span) -> tuple[Span, ...]:
    """The places of 江州、临江、南浦三市, in order; none where a body belongs to one place."""
    counted = _COUNTED.search(folded, body.start, body.end)
    if counted is None:
        return ()
    words = re.finditer(rf"[{HAN}]+", folded[body.start : counted.start()])
    return tuple(Span(*word.span()).shifted(body.start) for word in words)


def city_in(folded: str, body: Span) -> tuple[Span, bool] | None:
    """The place that a body belongs to, by its short name (长沙, 湖南), and whether it is a city.

    A city wins over the province before it. None where the body names no place.
    """
    if _COUNTED.search(folded, body.start, body.end):
        return None
    province: Span | None = None
    for place, known in load_places().find(body.of(folded)):
        words = place.of(body.of(folded))
        if known.short in load_places().homographs and words == known.short:
            continue
        short = Span(place.start, place.start + len(known.short)).shifted(body.start)
        if known.level != "province":
            return short, True
        province = province or short
    if province:
        return province, False
    start = body.start + (2 if folded.startswith("中共", body.start) else 0)
    named = _GENERIC_PLACE.match(folded, start, body.end)
    if named and not _OWN.match(folded, body.start, body.end):
        return Span(*named.span(1)), named[2] != "省"
    return None


@cache
def load_offices() -> Offices:
    """The lexicon of posts and bodies: posts.yaml, organisations.yaml and the places."""
    posts = load_data((files("ccmeet.lexicon") / "posts.yaml").read_text("utf-8"))
    bodies = load_data((files("ccmeet.lexicon") / "organisations.yaml").read_text("utf-8"))
    kinds: dict[str, PostKind] = {}
    for kind in ("person", "press", "body", "office"):
        kinds |= dict.fromkeys(posts[kind], kind)
    places = [name for name in load_places().by_name if name not in load_places().homographs]
    return Offices(
        titles=re.compile(one_of(kinds)),
        kinds=kinds,
        before=frozenset(posts["before"]),
        former=frozenset(posts["former"]),
        not_before=re.compile(one_of(posts["not_before"])),
        head=re.compile(one_of([*bodies["heads"], *places])),
        tail=re.compile(f"{one_of(bodies['tails'])}$"),
        cuts=re.compile(one_of(bodies["cuts"])),
        soft_cuts=frozenset(bodies["soft_cuts"]),
    )
