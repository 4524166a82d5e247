"""An article's evidence, numbered: which stretches are marked, and which values stand on each.

Marks that touch and speak of one thing (the names in a row, a person's posts and verb) share a
number, and so does a mark inside another; `e-6` is the anchor of the first, `e-6-2` of the next.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ccmeet.model.article import Block, BlockKind
from ccmeet.model.fact import Evidence
from ccmeet.text import Span

_JOINERS = frozenset(" \t,，、和与及以及《》“”‘’()（）:：的了\u3000")
_NEAR, _CLAUSE = 4, 14
"""Marks further apart than this many characters never share a number: in a row, and between a
person's name and the verb (喻志军接受采访时表示)."""
_SPOKEN = "spoken"
"""What a person said is a note of its own, apart from who they are."""
_LONG = 60
"""A mark longer than this is a passage: what stands inside it has numbers of its own."""


@dataclass(frozen=True, slots=True)
class Use:
    """One value that was read from an article: record type, id, field path, and the evidence."""

    kind: str
    id: str
    path: str
    evidence: Evidence

    @property
    def topic(self) -> tuple[str, str, str]:
        """What marks in a row must share to share a number: the record, and its field or item."""
        segments = self.path.split("/")
        if self.kind == "officials":
            return self.kind, self.id, _SPOKEN if segments[0] + segments[-1] == "quotestext" else ""
        return self.kind, self.id, segments[0]


@dataclass(frozen=True, slots=True)
class Spot:
    """One marked stretch of an article: its number, its anchor, the values that stand on it."""

    number: int
    part: int
    span: Span
    uses: tuple[Use, ...]

    @property
    def ways(self) -> tuple[tuple[str, str], ...]:
        """How values were read from these words: each rule with each reason, once."""
        return tuple(dict.fromkeys((use.evidence.rule, use.evidence.why) for use in self.uses))

    @property
    def anchor(self) -> str:
        return f"e-{self.number}" if self.part == 1 else f"e-{self.number}-{self.part}"


@dataclass(frozen=True, slots=True)
class Marking:
    """All marks of one article, in the text's order."""

    spots: tuple[Spot, ...] = ()
    by_span: Mapping[Span, Spot] = field(default_factory=dict)


def mark_article(text: str, uses: Iterable[Use]) -> Marking:
    """Number the marks of an article. Evidence outside the text is left out."""
    found: dict[Span, list[Use]] = {}
    for use in uses:
        span = Span(use.evidence.start, use.evidence.end)
        if 0 <= span.start < span.end <= len(text):
            found.setdefault(span, []).append(use)
    spots: list[Spot] = []
    number, part, reach = 0, 0, Span(0, 0)
    topics: set[tuple[str, str, str]] = set()
    for span in sorted(found, key=lambda place: (place.start, -place.end)):
        here = {use.topic for use in found[span]}
        here = {topic for topic in here if topic[2] == _SPOKEN} or here
        if _is_inside(span, reach) or _touches(text, reach.end, span.start, topics & here):
            part, topics = part + 1, topics | here
        else:
            number, part, topics, reach = number + 1, 1, here, span
        if span.end > reach.end:
            reach = span
        spots.append(Spot(number, part, span, tuple(found[span])))
    return Marking(tuple(spots), {spot.span: spot for spot in spots})


def _is_inside(span: Span, reach: Span) -> bool:
    return reach.holds(span) and reach.end - reach.start <= _LONG


def _touches(text: str, end: int, start: int, shared: set[tuple[str, str, str]]) -> bool:
    between = text[end:start]
    if any(kind == "officials" for kind, _, _ in shared):
        return len(between) <= _CLAUSE and not set(between) & set("\n。；;")
    return bool(shared) and len(between) <= _NEAR and _JOINERS.issuperset(between)


@dataclass(frozen=True, slots=True)
class Piece:
    """A step through a marked text: words to print, or a mark that opens or closes.

    `opens` and `closes` are the spot; `last` says that it closes for good: its number may follow.
    """

    text: str = ""
    opens: Spot | None = None
    closes: Spot | None = None
    last: bool = False


def cut(text: str, block: Span, spots: Sequence[Spot]) -> tuple[Piece, ...]:
    """A block as pieces, marks properly nested; `text` is the article as printed on the page.

    Where two marks cross, the one that began later is closed and opened again.
    """
    inside = [spot for spot in spots if spot.span.meets(block)]
    starts: dict[int, list[Spot]] = {}
    ends: dict[int, list[Spot]] = {}
    for spot in inside:
        starts.setdefault(max(spot.span.start, block.start), []).append(spot)
        ends.setdefault(min(spot.span.end, block.end), []).append(spot)
    pieces: list[Piece] = []
    stack: list[Spot] = []
    at = block.start
    for place in sorted({*starts, *ends, block.end}):
        if place > at:
            pieces.append(Piece(text[at:place]))
            at = place
        _close(pieces, stack, ends.get(place, ()), block)
        for spot in sorted(starts.get(place, ()), key=lambda one: -one.span.end):
            if spot.span.end > place:
                pieces.append(Piece(opens=spot))
                stack.append(spot)
    return tuple(pieces)


def _close(pieces: list[Piece], stack: list[Spot], ending: Iterable[Spot], block: Span) -> None:
    done_here = {id(spot) for spot in ending}
    if not done_here:
        return
    deepest = next((n for n, spot in enumerate(stack) if id(spot) in done_here), len(stack))
    closed = stack[deepest:]
    del stack[deepest:]
    for spot in reversed(closed):
        done = id(spot) in done_here and spot.span.end <= block.end
        pieces.append(Piece(closes=spot, last=done))
    for spot in closed:
        if id(spot) not in done_here:
            pieces.append(Piece(opens=spot))
            stack.append(spot)


def shown_blocks(text: str, blocks: Sequence[Block], spots: Sequence[Spot]) -> tuple[Block, ...]:
    """The article's blocks, and one more for each line with evidence that lies in none: a
    picture's name among the paragraphs, page data after them."""
    running = [block.end for block in blocks if block.kind in ("dateline", "paragraph")]
    last = max(running, default=0)
    extra: dict[int, Block] = {}
    for spot in spots:
        if not any(block.span.meets(spot.span) for block in blocks):
            start = text.rfind("\n", 0, spot.span.start) + 1
            end = text.find("\n", spot.span.end)
            kind: BlockKind = "caption" if start < last else "credit"
            extra[start] = Block(kind, start, len(text) if end < 0 else end)
    return tuple(sorted((*blocks, *extra.values()), key=lambda block: block.start))
