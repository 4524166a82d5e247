"""What one article says, before ids: the shape that `ccmeet parse --json` prints.

Each leaf is a `Fact`, so its evidence can't be lost on the way; `None` or an empty tuple is
what the article does not say. Values are as printed (a traditional page stays traditional).
"""

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ccmeet.errors import Problem
from ccmeet.model.article import Article, ArticleFacts
from ccmeet.model.fact import Fact
from ccmeet.partialdate import PartialDate
from ccmeet.text import Span

Role = Literal["host", "member", "observer", "guest"]
State = Literal["announced", "held", "postponed", "mentioned"]
Format = Literal["in-person", "video"]
Action = Literal["planned", "drafted", "deliberated", "adopted", "signed", "witnessed", "cited"]
Mode = Literal["direct", "indirect"]


@dataclass(frozen=True, slots=True)
class Participant:
    """A city (or province) that took part; only a `count` where the names were not printed."""

    role: Fact[Role]
    city: Fact[str] | None = None
    count: Fact[int] | None = None


@dataclass(frozen=True, slots=True)
class AreaRead:
    """A cooperation area as labelled, with the agreed work printed under it.

    `label` is None for items that the article lists without saying which area they belong to.
    """

    label: Fact[str] | None
    items: tuple[Fact[str], ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRead:
    """A document, its title without 《》, what was done with it, and who signed, as printed."""

    title: Fact[str]
    action: Fact[Action]
    signatories: tuple[Fact[str], ...] = ()
    short_names: tuple[Fact[str], ...] = ()


@dataclass(frozen=True, slots=True)
class ProgressRead:
    """What was reported done since the last edition, under the area's name as printed."""

    label: Fact[str]
    text: Fact[str]


@dataclass(frozen=True, slots=True)
class MeetingRead:
    """A meeting: the one the article is about stands first; others are `mentioned`."""

    name: Fact[str]
    state: Fact[State]
    series: Fact[str] | None = None
    edition: Fact[int] | None = None
    start_date: Fact[PartialDate] | None = None
    end_date: Fact[PartialDate] | None = None
    location: Fact[str] | None = None
    venue: Fact[str] | None = None
    format: Fact[Format] | None = None
    theme: Fact[str] | None = None
    participants: tuple[Participant, ...] = ()
    areas: tuple[AreaRead, ...] = ()
    documents: tuple[DocumentRead, ...] = ()
    progress: tuple[ProgressRead, ...] = ()


@dataclass(frozen=True, slots=True)
class PostRead:
    """One post: 长沙市发展和改革委员会 / 党组书记. `organization` is absent for a bare 市长."""

    title: Fact[str]
    organization: Fact[str] | None = None
    city: Fact[str] | None = None


@dataclass(frozen=True, slots=True)
class QuoteRead:
    """What was said: the words (without outer marks), direct or as the paper paraphrased it.

    `verb` is absent where the paper prints none (张三：“…”).
    """

    mode: Fact[Mode]
    verb: Fact[str] | None
    text: Fact[str]


@dataclass(frozen=True, slots=True)
class OfficialRead:
    """A person in office, with the words that attribute (posts, without the name), as printed.

    `verb` is the act of one who speaks no quoted words: 出席, 主持, 签署 …
    """

    name: Fact[str]
    attribution_text: Fact[str] | None = None
    city: Fact[str] | None = None
    posts: tuple[PostRead, ...] = ()
    quotes: tuple[QuoteRead, ...] = ()
    verb: Fact[str] | None = None


class DateSeen(NamedTuple):
    """A day or stretch of days that the text names, as full as it can be concluded.

    `why` is empty where all of it is printed; `witness` are the words a missing year or month
    was concluded from, if they stand in the text.
    """

    span: Span
    start: PartialDate
    end: PartialDate
    why: str = ""
    witness: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day (or month, or year) that other dates are reckoned from, and how it is known."""

    date: PartialDate
    why: str
    witness: tuple[Span, ...] = ()
    is_title: bool = False
    """The year is that of a document's title: in November and December, of next year's work."""


class MeetingName(NamedTuple):
    """One printed name of a meeting, divided: `stem` is its series, without ordinal or year.

    `edition` is the ordinal, or the year where the name has no other number; `noun` the word
    for a meeting that it ends in; `series` the stem's words, folded. `is_general` says that they
    don't tell whose meeting it is: 第九届会商会, 八市市长会议.
    """

    span: Span
    stem: tuple[Span, ...]
    ordinal: Span | None
    edition: int | None
    noun: str
    series: str
    is_general: bool


class Holding(NamedTuple):
    """A sentence that says that the article's own meeting was or will be held, and its verb."""

    sentence: Span
    verb: Span
    headline: bool = False


class PlaceSeen(NamedTuple):
    """A place that the text names. `span` is the short name (长沙), `whole` with 市 (长沙市)."""

    span: Span
    whole: Span
    short: str
    level: str


@dataclass(frozen=True, slots=True)
class PlaceList:
    """Places named one after the other, or only counted (12个观察员城市): then none is named.

    `span` runs from the first place to the end of `tail`, the words that say what they are
    (四市, 等观察员城市), with `count` the number printed there.
    """

    span: Span
    places: tuple[PlaceSeen, ...]
    tail: Span
    count: int | None = None


class Came(NamedTuple):
    """A place with the part it took; `sure` from a list, else from a person's post."""

    place: PlaceSeen
    role: Role
    sure: bool
    listed: bool = False
    """Whether it stands in one list with cities."""

    invited: bool = False
    """Whether it is a guest for no other word than 应邀."""


class Mentions(NamedTuple):
    """What rules found on the way and later rules build on; no part of what is printed."""

    dateline: Span | None = None
    anchor: Anchor | None = None
    dates: tuple[DateSeen, ...] = ()
    places: tuple[PlaceSeen, ...] = ()
    lists: tuple[PlaceList, ...] = ()
    names: tuple[MeetingName, ...] = ()
    own: tuple[Span, ...] = ()
    """Where the text names the article's own meeting, in whatever form."""

    holdings: tuple[Holding, ...] = ()
    came: tuple[Came, ...] = ()

    def places_in(self, within: Span) -> list[PlaceSeen]:
        """The places whose names stand in a stretch, in order."""
        first = bisect_left(self.places, ((within.start, 0),))
        last = bisect_left(self.places, ((within.end, 0),))
        return [p for p in self.places[first:last] if p.span.end <= within.end]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one article."""

    source: Article
    article: ArticleFacts = field(default_factory=ArticleFacts)
    meetings: tuple[MeetingRead, ...] = ()
    officials: tuple[OfficialRead, ...] = ()
    problems: tuple[Problem, ...] = ()
    mentions: Mentions = field(default_factory=Mentions)

    @property
    def speech(self) -> tuple[Span, ...]:
        """Where the words of all speakers stand."""
        return tuple(s for o in self.officials for q in o.quotes for s in q.text.spans)
