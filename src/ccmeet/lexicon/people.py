"""Names of people as they stand beside a post: where a name begins, and above all where it ends.

No dictionary holds people's names, so a stretch of two to four characters is weighed: is the
first a surname, do parents choose the others, and does what follows read on if the name ends
here? Weights were set by hand on invented sentences and checked on real ones.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import attrgetter
from typing import NamedTuple

from ccmeet.codec import load_data
from ccmeet.lexicon.phrases import opens_a_phrase
from ccmeet.lexicon.places import load_places
from ccmeet.lexicon.verbs import words_of_speech
from ccmeet.lexicon.words import one_here, one_of
from ccmeet.text import HAN, Span

ENOUGH = 3.0
"""The weight from which a stretch is taken for a name beside a post."""

SURE = 5.0
"""The weight from which it is taken for a name with nothing but its surroundings to say so."""

_STOPS = frozenset(
    "的了说称等在是这那不也就都还对与及被把给吗呢将已曾此各每该昨今月日时表示席委局部厅处区县市省院"
)
_NO_SIGNS = _STOPS | frozenset("向同由并为于让")
"""Characters that no sign of a name put into Chinese by sound is."""

_SAYS = re.compile("[说称问指][：，]")
_MARKS = "、，；。）： \n"
_PLAIN = 6.5
"""The weight from which no more is asked about where a name ends."""

_NEAR = 4000
"""Characters: how far around a name it is looked for again."""

_HAN = re.compile(f"[{HAN}]")
_GIVEN = re.compile(f"[{HAN}]{{1,2}}")
_DOTTED = re.compile(rf"[{HAN}]{{1,8}}(?:[·．-][{HAN}]{{1,9}}){{1,4}}")
_COURTESIES = frozenset(("女士", "先生", "小姐", "同志", "老师"))
JOINTS = re.compile("[·．-]")
"""玉素甫·阿不都, which pages also print 玉素甫-阿不都."""
_DID = re.compile(f"[{HAN}]{{1,2}}(?:了(?![解结却不])|着(?![力重手眼陆]))")
"""定了调子, 摆着手: a verb that no list of what follows names holds."""
_SPACED = re.compile(rf"([{HAN}]) {{1,3}}([{HAN}])")


def _and_a_place(folded: str, place: int) -> float:
    """What speaks for a name's end before 与 and a place: 林郑月娥 + 与 + 广东省省长."""
    if folded[place : place + 1] not in ("与", "和", "及", "同"):
        return 0.0
    known = load_places().by_name
    return 1.0 if any(folded[place + 1 : place + 1 + n] in known for n in (2, 3)) else 0.0


class Guess(NamedTuple):
    """A stretch that may be a name, and how much speaks for it."""

    span: Span
    weight: float


_weight_of = attrgetter("weight")


@dataclass(frozen=True, slots=True)
class People:
    """What is known of names. All words are in simplified script, as folded texts are."""

    common: frozenset[str]
    wordlike: frozenset[str]
    compound: frozenset[str]
    japanese: re.Pattern[str]
    given: frozenset[str]
    weights: Mapping[str, float]
    foreign: frozenset[str]
    wordy: frozenset[str]
    """Everyday words that look like names; `words` is their pattern."""
    words: re.Pattern[str]
    adverbs: re.Pattern[str]
    parts: re.Pattern[str]
    after: re.Pattern[str]
    following: frozenset[str]
    """What may follow a name; `verbs` is its pattern, `after` knows the names of places too."""
    verbs: re.Pattern[str]
    acts: re.Pattern[str]

    def name_at(
        self, folded: str, place: int, end: int, enough: float = ENOUGH, cornered: bool = False
    ) -> Guess | None:
        """The likeliest name that begins at `place` and ends by `end`; None if none is likely.

        `cornered` says that a title with its body stands right before: then even an everyday
        word is a name if a mark or a strong verb follows (临江市委书记方面出席).
        """
        if opens_a_phrase(folded, place, end):
            return None
        guesses = list(self._guesses(folded, place, end))
        best = max(guesses, key=_weight_of, default=None)
        if cornered and (best is None or best.weight < _PLAIN):
            guesses += self._cornered(folded, place, end)
            best = max(guesses, key=_weight_of, default=None)
        if best and best.weight < _PLAIN and len(guesses) > 1:
            best = max(
                guesses, key=lambda guess: guess.weight + _told_again(folded, guess, guesses)
            )
        return best if best and best.weight >= enough else None

    def name_before(self, folded: str, place: int, floor: int, enough: float = 2.5) -> Guess | None:
        """The likeliest name that ends at `place` and begins at or after `floor`.

        What stands to its left is for the caller to judge.
        """
        best: Guess | None = None
        by_sound = folded[place - 1 : place] in self.foreign
        for length in range(2, 9):
            start = place - length
            if start < floor or (length > 4 and not by_sound):
                break
            weight = self._weight(folded[start:place]) if length < 5 else -10.0
            by_sound = by_sound and folded[start] in self.foreign
            if by_sound:
                weight = max(weight, 3.0 + 0.2 * length)
            if weight < enough or (best and weight <= best.weight):
                continue
            if not self.words.match(folded, start, place):
                best = Guess(Span(start, place), weight)
        return best

    def surname_of(self, name: str) -> str:
        """The surname that a name opens with: 上官, 田中, 方."""
        family = self.japanese.match(name)
        if family and len(name) > family.end():
            return family[0]
        return name[:2] if name[:2] in self.compound and len(name) > 2 else name[:1]

    def surname_is_sure(self, name: str) -> bool:
        """Whether the surname is one that is seldom anything else."""
        return name[0] in self.common or name[:2] in self.compound

    def ends_at(self, folded: str, place: int) -> float:
        """How well a name ends at `place`: what follows is a mark, a verb, a conjunction …"""
        following = folded[place : place + 1]
        if following in ("·", "．"):
            return -5.0
        if not ("\u4e00" <= following <= "\u9fff" or _HAN.match(following)):
            return 3.0
        found = self.after.match(folded, place)
        if found is None:
            return 2.0 if _DID.match(folded, place) else -1.0
        return 3.0 if found.end() - place > 1 else 2.0

    def _splits_word(self, folded: str, place: int) -> float:
        """What speaks against a name whose last character opens a word (石开 + 接受), or says what
        follows: 石开 + 说：."""
        if _SAYS.match(folded, place):
            return 4.0
        word = self.verbs.match(folded, place)
        if word is None or word.end() - place < 2:
            return 0.0
        # 石开发 + 出席会议: a verb that begins later and ends later is the one meant
        later = self.acts.match(folded, place + 1)
        return 0.0 if later and later.end() > word.end() else 1.5

    def _joins_place(self, folded: str, place: int) -> float:
        """What speaks against a name that ends in 和 before a place (石军 + 和 + 岳阳市副市长), or
        that is an everyday sign before one: 常任主席方 + 上海."""
        named = load_places().by_name.get(folded[place - 2 : place])
        is_region = named is not None and named.level in ("municipality", "province")
        if is_region and folded[place - 3 : place - 2] in self.wordlike:
            return 3.0
        if folded[place - 1] not in "和与及同":
            return 0.0
        known = load_places().by_name
        return 3.0 if any(folded[place : place + n] in known for n in (2, 3)) else 0.0

    def names_run_on(self, folded: str, place: int, end: int) -> Guess | None:
        """The first of names printed without marks between: 杨晴川王薇."""
        if self.words.match(folded, place):
            return None
        for length in (3, 2):
            first = Span(place, place + length)
            if first.end >= end or self._weight(first.of(folded)) < 3.0:
                continue
            second = self.name_at(folded, first.end, end, SURE)
            if second and self.ends_at(folded, second.span.end) >= 3.0:
                return Guess(first, SURE)
        return None

    def _guesses(self, folded: str, place: int, end: int) -> Iterator[Guess]:
        if folded[place + 1 : place + 2] == " ":
            spaced = _SPACED.match(folded, place, min(end, place + 8))
            if spaced and self._is_surname(spaced[1]) and self.ends_at(folded, spaced.end()) >= 2.0:
                yield Guess(Span(place, spaced.end()), 6.0)
        if JOINTS.search(folded, place, place + 9):
            dotted = _DOTTED.match(folded, place, min(end, place + 40))
            if dotted and ("·" in dotted[0] or self._is_by_sound(dotted[0])):
                yield self._dotted(folded, dotted)
                return
        if folded[place : place + 2] not in self.compound and self.words.match(folded, place):
            return
        best = 0.0
        for length in self._lengths(folded, place):
            stop = place + length
            weight = self._weight(folded[place:stop]) if stop <= end else -10.0
            if weight > -9:
                weight += self.ends_at(folded, stop) - self._splits_word(folded, stop - 1)
                weight -= self._joins_place(folded, stop)
                best = max(best, weight)
                yield Guess(Span(place, stop), weight)
        if family := self.japanese.match(folded, place, end):
            yield from self._japanese(folded, Span(*family.span()), end)
        if made := self.parts.match(folded, place, end):
            yield from self._of_parts(folded, Span(*made.span()), end)
        if best < _PLAIN:
            yield from self._foreign(folded, place, end)

    def _japanese(self, folded: str, family: Span, end: int) -> Iterator[Guess]:
        """田中健一, 长谷川百合子: a given name of one to three signs, where it plainly ends."""
        for length in (1, 2, 3):
            stop = family.end + length
            given = folded[family.end : stop]
            if stop > end or not all(map(_HAN.match, given)) or not _STOPS.isdisjoint(given):
                return
            if given in self.following or self.verbs.match(folded, family.end):
                return
            if (ending := self.ends_at(folded, stop)) >= 2.0:
                yield Guess(Span(family.start, stop), 3.0 + (0.5 if length == 2 else 0.0) + ending)

    def _of_parts(self, folded: str, made: Span, end: int) -> Iterator[Guess]:
        """扎西平措, and 尕玛 + 朋毛: where a name can't end after its known parts, one or two
        signs that are no words may go on with it, up to where it plainly ends."""
        ending = self.ends_at(folded, made.end)
        yield Guess(made, 3.0 + 0.5 * (made.end - made.start) + ending)
        for length in (2, 1) if ending < 0 else ():
            more = folded[made.end : min(end, made.end + length)]
            signs = re.fullmatch(f"[{HAN}]{{{length}}}", more) and _NO_SIGNS.isdisjoint(more)
            words = (self.verbs.match(folded, made.end + n) for n in range(length))
            if not signs or any(words) or self.words.match(folded, made.end):
                continue
            if self.ends_at(folded, made.end + length) >= (2.0 if length > 1 else 3.0):
                yield Guess(Span(made.start, made.end + length), 5.5 + 0.5 * length)
                return

    def _lengths(self, folded: str, place: int) -> tuple[int, ...]:
        """How long a name may be that opens with the surname at `place`; none where it is none."""
        if folded[place : place + 2] in self.compound:
            return (2, 3, 4)
        return (2, 3) if self._is_surname(folded[place : place + 1]) else ()

    def _cornered(self, folded: str, place: int, end: int) -> Iterator[Guess]:
        """What a title with its body lets pass for a name, where the name's end is plain."""
        if not self._is_surname(folded[place : place + 1]):
            return
        wordy = self.words.match(folded, place)
        for length in (2, 3):
            stop = place + length
            given = _GIVEN.fullmatch(folded, place + 1, stop) if stop <= end else None
            if given is None or given[0] in _COURTESIES:
                return  # 马女士
            if length == 3 and given[0] in self.following:
                return  # 三市市长都表示
            if _SAYS.match(folded, stop - 1):
                return
            marked = folded[stop : stop + 1] in _MARKS or _SAYS.match(folded, stop)
            if marked and (wordy is None or wordy.end() == stop):
                yield Guess(Span(place, stop), 3.2)
            elif self.acts.match(folded, stop) and not self.adverbs.match(folded, place):
                yield Guess(Span(place, stop), 3.1)
        # 林郑月娥: two surnames, or a longer given name, unless a verb stands in it.
        name, stop = folded[place : place + 4], place + 4
        if stop > end or wordy or name[:2] in self.compound:
            return
        if name[3] not in self.given and name[1] not in self.common:
            return
        if self.acts.match(folded, place):
            return  # 市长呼吁大家“…”
        ends, sooner = self.ends_at(folded, stop), self.ends_at(folded, stop - 1)
        ends += _and_a_place(folded, stop)
        if ends < 2.0 or sooner > 0 or self.verbs.match(folded, place + 2):
            return
        short = self._weight(name[:3])
        if short > 2.0 and name[3] in self.given:
            yield Guess(Span(place, stop), short + 0.5 + ends)
        elif name[0] in self.common and name[1] in self.common and ends >= 3.0:
            yield Guess(Span(place, stop), 3.3)

    def _weight(self, name: str) -> float:
        """How much a stretch looks like surname and given name; -10 where it can't be one."""
        if name[:2] in self.compound and len(name) > 2:
            surname, given = 3.0, name[2:]
        elif name[0] in self.common:
            surname, given = 2.0, name[1:]
        elif name[0] in self.wordlike:
            surname, given = 1.0, name[1:]
        else:
            return -10.0
        is_double = len(given) == 2
        if not _GIVEN.fullmatch(given) or (is_double and given in self.following):
            return -10.0
        told = self.weights.get(given[0], 0.0)
        told += self.weights.get(given[1], 0.0) if is_double else 0.0
        weight = surname + (0.5 if is_double else 0.0) + told
        # 和客人, 相关人: what opens with an everyday character needs a character that is chosen.
        plain = surname == 1.0 and is_double and self.given.isdisjoint(given)
        return weight - 1.5 if plain else weight

    def _is_surname(self, char: str) -> bool:
        return char in self.common or char in self.wordlike

    def _foreign(self, folded: str, place: int, end: int) -> Iterator[Guess]:
        """Names put into Chinese by sound: 梅德韦杰夫. Two characters need a mark after them."""
        stop = place
        while stop < min(end, place + 9) and folded[stop] in self.foreign:
            stop += 1
        word = self.after.match(folded, place) if stop > place + 1 else None
        if word and word.end() - place > 1:
            return
        for until in range(place + 2, stop + 1):
            length, ending = until - place, self.ends_at(folded, until)
            weight = 0.6 + 0.45 * length if length > 3 else 1.0 if length == 3 else 0.3
            yield Guess(Span(place, until), weight + ending)

    def _is_by_sound(self, name: str) -> bool:
        """Whether every part of a name that a stroke joins opens with signs used for sounds."""
        parts = JOINTS.split(name)
        return all(self.parts.match(part) or self.foreign.issuperset(part[:2]) for part in parts)

    def _dotted(self, folded: str, dotted: re.Match[str]) -> Guess:
        """A name with dots in it: its last part ends at the first place where a name may end."""
        last = [joint.end() for joint in JOINTS.finditer(folded, *dotted.span())][-1]
        known = self.parts.match(folded, last, dotted.end())  # 阿不都, though 不 may follow a name
        for until in range(known.end() if known else last + 1, dotted.end()):
            if self.ends_at(folded, until) >= 2.0 and not self._goes_on(folded, until):
                return Guess(Span(dotted.start(), until), 8.0)
        return Guess(Span(dotted.start(), dotted.end()), 7.0)

    def _goes_on(self, folded: str, place: int) -> bool:
        """Whether a one-character word after a name is rather the name's next character."""
        if folded[place] not in self.foreign:
            return False
        found, word = (self.after.match(folded, place), self.verbs.match(folded, place + 1))
        if word and word.end() - place > 2:
            return True  # 买买提|出席, not 买买|提出
        short = found is not None and found.end() - place == 1
        return short and self.ends_at(folded, place + 1) > 0


def _told_again(folded: str, guess: Guess, guesses: Sequence[Guess]) -> float:
    """What speaks for a name whose end is in doubt: it stands elsewhere too, and no longer one.

    令狐远围坐一圈 … 令狐远表示: 令狐远 is told twice, 令狐远围 once.
    """
    name, near = guess.span.of(folded), (max(0, guess.span.start - _NEAR), guess.span.end + _NEAR)
    times = folded.count(name, *near)
    if times < 2:
        return 0.0
    if guess.span.end - guess.span.start > 2 and name[-1] in _STOPS:
        return 0.0
    longer = (g for g in guesses if g.span.end > guess.span.end and g.weight > 0)
    return 2.0 if all(folded.count(g.span.of(folded), *near) < times for g in longer) else 0.0


@cache
def load_people() -> People:
    """The lexicon of names: surnames.yaml, given_names.txt, name_parts.yaml …"""
    surnames = load_data(_read("surnames.yaml"))
    parts = [part for some in load_data(_read("name_parts.yaml")).values() for part in some]
    verbs = load_data(_read("verbs.yaml"))
    speech = (*words_of_speech(verbs), *verbs["weak_speech"])
    acts = [word for word in (*speech, *verbs["acts"]) if len(word) > 1]
    following = [*verbs["after_name"], *speech, *verbs["acts"]]
    following += [word for word in verbs["adverbs"] if len(word) > 1]
    following.remove("与会")  # 刘伟向与会者: 与 alone ends a name well enough.
    places = load_places().by_name
    given, after = (_characters("given_names.txt"), re.compile(one_here([*following, *places])))
    return People(
        common=frozenset("".join(surnames["common"].split())),
        wordlike=frozenset("".join(surnames["wordlike"].split())),
        compound=frozenset(surnames["compound"]),
        japanese=re.compile(one_here(surnames["japanese"])),
        given=given,
        weights=_weights(given, frozenset(word for word in following if len(word) == 1)),
        foreign=_characters("foreign_names.txt"),
        wordy=frozenset(surnames["words"]),
        words=re.compile(one_here(surnames["words"])),
        adverbs=re.compile(one_here(surnames["adverbs"])),
        parts=re.compile(f"{one_of(parts)}{{1,3}}"),
        after=after,
        following=frozenset(following),
        verbs=re.compile(one_here(following)),
        acts=re.compile(
            one_here(["说", *acts, *surnames["acting"]])
            + f"|率(?=[{HAN}]{{2,12}}(?:[团队]|一行|负责))"
        ),
    )


def _weights(given: frozenset[str], words: frozenset[str]) -> dict[str, float]:
    """What a character in a given name speaks for: chosen ones for, words of their own against."""
    weights = {char: 0.6 if char in words else 1.0 for char in given}
    weights |= dict.fromkeys(words - given, -1.0)
    return weights | dict.fromkeys(_STOPS, -3.0)


def _characters(file: str) -> frozenset[str]:
    lines = (line for line in _read(file).splitlines() if not line.startswith("#"))
    return frozenset("".join("".join(lines).split()))


def _read(file: str) -> str:
    return (files("ccmeet.lexicon") / file).read_text("utf-8")
