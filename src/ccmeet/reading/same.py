"""When two mentions are of one thing: meetings, documents and people across articles.

Nothing is joined on likeness alone. Two names, or two numbers, that could be one thing but need
not be stay two until a standing record says otherwise.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from ccmeet.partialdate import PartialDate
from ccmeet.reading.claims import is_fuller
from ccmeet.reading.names import kind_of, years_of

Place = tuple[str, int, int]
"""An article's id and a span of its text: what stood there once is the same thing later."""

NEVER, NO, MAYBE, YES, HERE, SURE = range(-1, 5)
"""How alike two mentions are. MAYBE counts where there is one choice only. HERE is what the
archive read at this very place before: it stays what it was, though it may be called otherwise
now and be like another thing too. SURE is both, or like a record that people have just made."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A mention of a meeting. `series` is an id, `name` a key."""

    name: str
    article: str = ""
    series: str = ""
    edition: int | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None
    places: frozenset[Place] = frozenset()

    def drawers(self) -> Iterable[object]:
        yield from self.places
        yield (self.series, self.edition) if self.series and self.edition else self.name
        for day in {self.start, self.end} - {None}:
            yield (self.series or self.name, day and day.year, "year")


def same_meeting(one: Meeting, other: Meeting) -> int:
    """One series and one edition; without an edition, one series (or name) and one date."""
    if one.series and one.series == other.series and one.edition and other.edition:
        # What is another edition now was read wrongly before.
        return _here(one, other, YES) if one.edition == other.edition else NEVER
    return _here(one, other, _same_days(one, other))


def _same_days(one: Meeting, other: Meeting) -> int:
    if one.series != other.series or (not one.series and one.name != other.name):
        return NO
    if not one.start or not other.start or not _meet(one, other):
        return NO
    return YES if all(day.day for day in (one.start, other.start)) else MAYBE


def _meet(one: Meeting, other: Meeting) -> bool:
    a, b = (one.start, one.end or one.start), (other.start, other.end or other.start)
    if a[0] is None or a[1] is None or b[0] is None or b[1] is None:
        return False
    if a[0].covers(b[0]) or b[0].covers(a[0]):
        return True
    return a[0] <= b[1] and b[0] <= a[1] and all(day.day for day in (*a, *b) if day)


@dataclass(frozen=True, slots=True)
class Document:
    """A mention of a document. `key` and `short` are keys of its title and short forms."""

    title: str
    key: str
    article: str = ""
    series: str = ""
    meeting: str = ""
    short: frozenset[str] = frozenset()
    places: frozenset[Place] = frozenset()

    def drawers(self) -> Iterable[object]:
        yield from self.places
        yield from {self.key, *self.short}
        if self.series and years_of(self.title):
            yield (self.series, years_of(self.title))


OWN_NAME = 12
"""Characters from which a title tells a document from all others: 战略合作框架协议 does not."""


def same_document(one: Document, other: Document) -> int:
    """One title that says whose it is; or a shorter form of it, of one series, years and kind."""
    return _here(one, other, _same_title(one, other))


def _same_title(one: Document, other: Document) -> int:
    together = bool(one.article) and one.article == other.article
    related = (
        together
        or (one.series and one.series == other.series)
        or (one.meeting and one.meeting == other.meeting)
    )
    if one.key == other.key:
        return YES if related or len(one.key) >= OWN_NAME else NO
    if related and (one.key in other.short or other.key in one.short):
        return YES
    if related and _is_short_form(one, other, together):
        return MAYBE
    # An article that prints two titles means two documents, and so do two lists of one year.
    apart = related and years_of(one.title) and years_of(one.title) == years_of(other.title)
    return NEVER if together or apart else NO


def _is_short_form(one: Document, other: Document, together: bool) -> bool:
    short, full = sorted((one, other), key=lambda d: len(d.key))
    if together:
        return full.key.endswith(short.key)
    years = years_of(full.title)
    return (
        years is not None
        and years == years_of(short.title)
        and is_fuller(full.title, short.title)
        and kind_of(full.title) == kind_of(short.title)
    )


@dataclass(frozen=True, slots=True)
class Official:
    """A mention of a person in office. `cities` and `bodies` are keys of all posts."""

    name: str
    article: str = ""
    cities: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    meetings: frozenset[str] = frozenset()
    places: frozenset[Place] = frozenset()

    def drawers(self) -> Iterable[object]:
        yield from self.places
        yield self.name


def same_official(one: Official, other: Official) -> int:
    """One name and one city or body; a name alone only where both speak of one meeting."""
    return _here(one, other, _same_person(one, other))


def _same_person(one: Official, other: Official) -> int:
    if one.name != other.name:
        return NO
    if one.cities & other.cities or one.bodies & other.bodies:
        return YES
    if one.cities and other.cities:
        return NEVER
    near = one.meetings & other.meetings or (one.article and one.article == other.article)
    return MAYBE if near else NO


Sighting = Meeting | Document | Official
"""One mention of a thing, or a record of it (then without an article). `drawers` says where its
like is looked for: two mentions that may be of one thing share a drawer."""

S = TypeVar("S", bound=Sighting)


def _here(one: Sighting, other: Sighting, likeness: int) -> int:
    """A likeness, where the archive's earlier reading and this one may stand at one place; two
    things of one reading are two."""
    if "" not in (one.article, other.article) or not one.places & other.places:
        return likeness
    return SURE if likeness == YES else HERE


@dataclass(slots=True, eq=False)
class Group(Generic[S]):
    """Mentions of one thing; `id` is that of its standing record, or "" until one is minted."""

    id: str
    known: list[S] = field(default_factory=list)
    """What the standing record says of it."""
    members: dict[S, S] = field(default_factory=dict)
    """Each different mention once: what a hundred reports say alike is not weighed again."""
    by_article: dict[str, list[S]] = field(default_factory=dict)

    def put(self, member: S) -> None:
        if not member.article:
            self.known.append(member)
            return
        core = replace(member, article="", places=frozenset())
        self.members.setdefault(core, member)
        self.by_article.setdefault(member.article, []).append(member)

    def rate(self, member: S, alike: Callable[[S, S], int]) -> int:
        """How well a mention fits here: by the standing record if that settles it, else by what
        else is here. One that can't be the same forbids it, unless another surely is."""
        known = [_known(alike(member, each), each) for each in self.known]
        best = max(known, default=NO)
        if best >= YES:
            return best
        beside = [alike(member, other) for other in self.by_article.get(member.article, ())]
        if NEVER in beside:
            return NEVER
        worst = min((*known, *beside), default=NO)
        best = max(best, *beside, NO)
        for other in self.members.values():
            if best >= YES:
                return best
            rate = alike(member, other)
            best, worst = max(best, rate), min(worst, rate)
        return best if best >= YES or worst > NEVER else NEVER

    def rate_all(self, other: "Group[S]", alike: Callable[[S, S], int]) -> int:
        """The same for all mentions of another group."""
        rates = {self.rate(each, alike) for group in other.by_article.values() for each in group}
        return NEVER if NEVER in rates else max(rates, default=NO)


def _known(likeness: int, record: Sighting) -> int:
    return SURE if likeness == YES and not record.places else likeness


def group(
    known: Iterable[tuple[str, S]], found: Sequence[S], alike: Callable[[S, S], int]
) -> tuple[list[Group[S]], list[Group[S]]]:
    """Join mentions into things: all groups, and for each of `found` the one it is in.

    `found` runs from the plainest mention to the vaguest. Each known record is a group of its
    own, whatever they have in common: two that people keep apart stay apart. A mention goes
    where it surely belongs; what belongs nowhere for sure, where alone it may belong.
    """
    table = _Table[S]()
    groups: dict[str, Group[S]] = {}
    for id, member in known:
        table.put(groups.setdefault(id, Group(id)), member)
    homes: list[Group[S]] = []
    for member in found:
        rated = [(each.rate(member, alike), each) for each in table.near([member])]
        best = max((rate for rate, _ in rated), default=NO)
        home = next((each for rate, each in rated if rate == best >= YES), None) or Group("")
        table.put(home, member)
        homes.append(home)
    moved: dict[Group[S], Group[S]] = {}
    order = list(dict.fromkeys((*groups.values(), *homes)))
    rank = {each: number for number, each in enumerate(order)}
    for each in order[len(groups) :]:
        mentions = [member for several in each.by_article.values() for member in several]
        before = {moved.get(o, o): 0 for o in table.near(mentions) if rank[o] < rank[each]}
        fitting = [other for other in before if other.rate_all(each, alike) >= MAYBE]
        if len(fitting) == 1:
            moved[each] = fitting[0]
            for member in mentions:
                table.put(fitting[0], member)
    return [e for e in order if e not in moved], [moved.get(home, home) for home in homes]


class _Table(Generic[S]):
    """Groups by what their mentions are looked for under, in the order they were put there."""

    def __init__(self) -> None:
        self.drawers: dict[object, dict[Group[S], None]] = {}

    def put(self, into: Group[S], member: S) -> None:
        into.put(member)
        for drawer in member.drawers():
            self.drawers.setdefault(drawer, {})[into] = None

    def near(self, members: Iterable[S]) -> list[Group[S]]:
        """The groups that may hold something like one of these."""
        drawers = dict.fromkeys(drawer for member in members for drawer in member.drawers())
        return list(dict.fromkeys(g for drawer in drawers for g in self.drawers.get(drawer, ())))
