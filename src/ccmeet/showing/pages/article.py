"""An article's page: the text set for reading, each value marked in it, a note beside each mark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from ccmeet.model.article import Block, BlockKind
from ccmeet.model.records import ArticleRecord, keyed
from ccmeet.showing.addresses import block_anchors, page_of, web_address
from ccmeet.showing.citation import Citation, cite_article
from ccmeet.showing.links import text_fragment
from ccmeet.showing.markdown import Html, to_html
from ccmeet.showing.marks import Marking, Piece, Spot, Use, cut, shown_blocks
from ccmeet.showing.pages.frame import Entry, Frame, make_frame, make_head
from ccmeet.showing.shown import Link, Mark, Shown, gather
from ccmeet.showing.typeset import full_width, phrases
from ccmeet.showing.view import Values, View
from ccmeet.text import Span, sentences


@dataclass(frozen=True, slots=True)
class Step:
    """A piece of a paragraph: words, or a mark opening or closing.

    `anchor` is set where a mark opens for the first time, `number` where one closes for good
    and is the last of its note.
    """

    text: str = ""
    opens: bool = False
    closes: bool = False
    mark: Mark = "stated"
    anchor: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class NoteLine:
    """Values of one field read from a marked stretch: field, values, mark, rule, why; `was` is
    the parser's value where a person corrected it. `short` is the field without its record."""

    label: str
    value: str
    mark: Mark
    rule: str
    why: str
    was: str

    @property
    def short(self) -> str:
        return self.label.rsplit(" · ", 1)[-1]


@dataclass(frozen=True, slots=True)
class Note:
    """A margin note: all values of one number, those that name other records folded in `more`.
    `page` is where they are used, if elsewhere; `live` is the place on the publisher's page."""

    number: int
    anchor: str
    mark: Mark
    lines: tuple[NoteLine, ...]
    more: tuple[NoteLine, ...]
    page: Link
    live: str


@dataclass(frozen=True, slots=True)
class Para:
    """A block of the article: its kind, its anchor, its number among the paragraphs, its words,
    and the notes on marks that begin in it."""

    kind: BlockKind
    anchor: str
    number: int
    steps: tuple[Step, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class UserGroup:
    """Pages of one type that use the article."""

    label: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """`held` is false for an article that is only cited; `excerpts` that only sentences with
    evidence are shown. `headline` is empty where no mark stands in it;
    `subheads` are the lines printed under it. `total` is the number of
    notes, `counts` of values by mark; `users` are the pages that cite the article; `original`
    leads to the headline on the publisher's page.
    """

    TEMPLATE: ClassVar[str] = "article.html"
    path: str
    frame: Frame
    title: tuple[tuple[str, bool], ...]
    headline: tuple[Step, ...]
    subheads: tuple[tuple[Step, ...], ...]
    headline_notes: tuple[Note, ...]
    publisher: Shown | None
    section: Shown | None
    date: Shown | None
    authors: tuple[Shown, ...]
    editors: tuple[Shown, ...]
    original: str
    paragraphs: tuple[Para, ...]
    credits: tuple[Para, ...]
    credit_notes: tuple[Note, ...]
    total: int
    counts: tuple[tuple[Mark, int], ...]
    held: bool
    excerpts: bool
    users: tuple[UserGroup, ...]
    note: Html
    citation: Citation
    toc: tuple[Entry, ...]


_RUNNING = ("dateline", "heading", "paragraph", "caption")
_MARKS: tuple[Mark, ...] = ("stated", "inferred", "corrected", "entered", "disputed")


def article_page(view: View, article: ArticleRecord, jsonld: str | None = None) -> ArticlePage:
    """The page of one article."""
    path = page_of("articles", article.id)
    view = view.at(path)
    read = view.archive.extracted.get("articles", {}).get(article.id)
    text = read.text if read else ""
    marking = view.relations.markings.get(article.id, Marking())
    notes, marks = _notes(view, article, marking)
    paras = _with_notes(_paragraphs(view, text, read.blocks if read else (), marking, marks), notes)
    values = view.values("articles", article)
    title = view.name("articles", article.id)
    citation = cite_article(article, view.archive.site, path)
    head = make_head(
        view, path, title, view.words("article.about", by=view.cited(article), n=len(notes)),
        citation=citation, jsonld=jsonld,
    )  # fmt: skip
    url = web_address(article.url)
    headlines = tuple(p for p in paras if p.kind == "headline")
    headline = next(iter(headlines), None)
    credits = tuple(p for p in paras if p.kind in ("credit", "notice"))
    return ArticlePage(
        path=path,
        frame=make_frame(view, head, "articles", [article.id]),
        title=phrases(title),
        headline=headline.steps if headline and _is_marked(headline) else (),
        subheads=tuple(para.steps for para in headlines[1:]),
        headline_notes=_notes_of(headlines),
        publisher=values.shown(("publisher",), article.publisher),
        section=values.shown(("section",), article.section),
        date=values.shown(("date_published",), article.date_published),
        authors=gather(values.shown(("author", k), name) for k, name in keyed("", article.author)),
        editors=gather(values.shown(("editor", k), name) for k, name in keyed("", article.editor)),
        original=text_fragment(url, article.headline or "") if url else "",
        paragraphs=tuple(p for p in paras if p.kind in _RUNNING),
        credits=credits,
        credit_notes=_notes_of(credits),
        total=len(notes),
        counts=_counts(notes),
        held=bool(text),
        excerpts=view.archive.site.excerpts_only,
        users=_users(view, article),
        note=to_html(article.note or "", view.root),
        citation=citation,
        toc=(),
    )


def _is_marked(para: Para) -> bool:
    return any(step.opens for step in para.steps)


def _counts(notes: tuple[Note, ...]) -> tuple[tuple[Mark, int], ...]:
    lines = [line.mark for note in notes for line in (*note.lines, *note.more)]
    return tuple((mark, lines.count(mark)) for mark in _MARKS if mark in lines)


def _users(view: View, article: ArticleRecord) -> tuple[UserGroup, ...]:
    """The pages that use the article: meetings first, then people, documents and the rest."""
    users = view.relations.article_users.get(article.id, ())
    groups = (
        (kind, tuple(view.link(kind, id) for of, id in users if of == kind))
        for kind in ("meetings", "officials", "documents", "cities", "series", "areas")
    )
    return tuple(UserGroup(view.words(f"nav.{kind}"), links) for kind, links in groups if links)


def _with_notes(paras: tuple[Para, ...], notes: tuple[Note, ...]) -> tuple[Para, ...]:
    """Each note beside the block in which its first mark opens; one without a block at the end."""
    left = {note.anchor: note for note in notes}
    told = [
        replace(para, notes=tuple(left.pop(s.anchor) for s in para.steps if s.anchor in left))
        for para in paras
    ]
    if told and left:
        told[-1] = replace(told[-1], notes=(*told[-1].notes, *left.values()))
    return tuple(told)


def _notes_of(paras: tuple[Para, ...]) -> tuple[Note, ...]:
    return tuple(note for para in paras for note in para.notes)


def _notes(
    view: View, article: ArticleRecord, marking: Marking
) -> tuple[tuple[Note, ...], dict[Span, Mark]]:
    """The notes of an article, and the mark each stretch is drawn with."""
    found: dict[int, list[Spot]] = {}
    for spot in marking.spots:
        found.setdefault(spot.number, []).append(spot)
    records: dict[tuple[str, str], tuple[Values, Mapping[str, object]]] = {}
    url = web_address(article.url)
    notes, marks = [], {}
    for number, spots in found.items():
        lines: dict[NoteLine, Use] = {}
        uses = [use for spot in spots for use in spot.uses]
        for spot in spots:
            own = {_line(view, use, records): use for use in spot.uses}
            marks[spot.span] = _strongest(line.mark for line in own)
            for line, use in own.items():
                lines.setdefault(line, use)
        told = {
            line: use.kind in _TOLD
            for line, use in sorted(lines.items(), key=lambda item: item[1].path != "name")
        }
        use = next((use for use in uses if use.kind in _TOLD), uses[0])
        live = text_fragment(url, use.evidence.exact, use.evidence.prefix) if url else ""
        mark = _strongest(line.mark for line in lines)
        page = (
            Link("")
            if use.kind == "articles"
            else view.link(use.kind, use.id, view.words(f"kind.{use.kind}"))
        )
        shown = _joined(view, [line for line, first in told.items() if first] or list(told))
        named = _joined(view, [line for line, first in told.items() if not first])
        first = shown[:_SHOWN] if any(told.values()) else shown[:1]
        more = (*shown[len(first) :], *(named if any(told.values()) else ()))
        notes.append(Note(number, spots[0].anchor, mark, first, more, page, live))
    return tuple(notes), marks


_TOLD = ("meetings", "officials", "articles")
"""Records whose values a note tells first, their names before all; a city's or a document's own
name is folded away."""
_SHOWN = 2
_LONG = 30
"""A value longer than this is cut in its note: it stands in full beside it."""


def _joined(view: View, lines: list[NoteLine]) -> tuple[NoteLine, ...]:
    """Lines that differ in their value alone as one: the names in a row, each once.

    Of the ways in which one value was read here, the one that needs least explaining stands.
    """
    best: dict[tuple[str, str], NoteLine] = {}
    for line in lines:
        key = line.label, line.value
        if key not in best or (line.mark == "stated" and best[key].mark == "inferred"):
            best[key] = line
    rows: dict[tuple[str, ...], list[NoteLine]] = {}
    for line in best.values():
        rows.setdefault((line.label, line.mark, line.rule, line.why, line.was), []).append(line)
    return tuple(
        replace(row[0], value=view.words.join(tuple(_cut(line.value) for line in row)))
        for row in rows.values()
    )


def _cut(value: str) -> str:
    return value if len(value) <= _LONG else f"{value[: _LONG - 8]}…"


def _strongest(marks: object) -> Mark:
    """The mark that most needs saying, for a stretch that carries several."""
    order: dict[str, int] = {
        "stated": 0,
        "entered": 1,
        "inferred": 2,
        "corrected": 3,
        "disputed": 4,
    }
    return max(marks, key=lambda mark: order[mark])  # type: ignore[call-overload, no-any-return]


def _line(
    view: View, use: Use, records: dict[tuple[str, str], tuple[Values, Mapping[str, object]]]
) -> NoteLine:
    record = view.archive.of(use.kind)[use.id]
    if (use.kind, use.id) not in records:
        values = view.values(use.kind, record)
        records[use.kind, use.id] = values, values.standing()
    values, standing = records[use.kind, use.id]
    label = view.field_label(use.kind, use.path)
    evidence = use.evidence
    read, rule = values.read.get(use.path), view.rule(use.evidence.rule)
    if use.path not in standing:
        value = view.text_of(use.path, read) if read is not None else full_width(evidence.exact)
        if any(evidence in c.evidence for c in values.candidates(use.path)):
            return NoteLine(label, value, "disputed", rule, view.why(evidence.why), "")
        return NoteLine(label, value, "corrected", rule, view.words("note.removed"), "")
    own = standing[use.path]
    value = view.text_of(use.path, own)
    for other in values.candidates(use.path):
        if evidence in other.evidence:
            value = view.text_of(use.path, other.value)
            return NoteLine(label, value, "disputed", rule, view.why(evidence.why), "")
    if read is not None and read != own:
        was = view.text_of(use.path, read)
        return NoteLine(label, value, "corrected", rule, view.why(evidence.why), was)
    mark: Mark = (
        "disputed" if values.candidates(use.path)
        else "inferred" if evidence.basis == "inferred"
        else "stated"
    )  # fmt: skip
    return NoteLine(label, value, mark, rule, view.why(evidence.why), "")


def _paragraphs(
    view: View,
    text: str,
    blocks: Sequence[Block],
    marking: Marking,
    marks: dict[Span, Mark],
) -> tuple[Para, ...]:
    printed = full_width(text)
    last_of = {spot.number: spot for spot in marking.spots}
    paras: list[Para] = []
    seen: set[str] = set()
    opened: set[str] = set()
    places = shown_blocks(text, blocks, marking.spots)
    numbers = dict(zip((b.start for b in blocks), block_anchors(blocks), strict=True))
    for block in places:
        anchor = numbers.get(block.start, "credits")
        number = int(anchor[1:]) if anchor[0] == "p" and anchor[1:].isdigit() else 0
        spots = [spot for spot in marking.spots if spot.span.meets(block.span)]
        stretches = _stretches(view, printed, block, spots)
        steps: list[Step] = []
        for place, stretch in enumerate(stretches):
            if stretch.start > (stretches[place - 1].end if place else block.start):
                steps.append(Step("…"))
            steps += (_step(p, marks, last_of, opened) for p in cut(printed, stretch, spots))
        if stretches and stretches[-1].end < block.end:
            steps.append(Step("…"))
        if steps:
            once = "" if anchor in seen else anchor
            seen.add(anchor)
            paras.append(Para(block.kind, once, number, tuple(steps)))
    return tuple(paras)


def _stretches(view: View, printed: str, block: Block, spots: Sequence[Spot]) -> list[Span]:
    """What of a block is shown: all of it, or only its sentences that carry evidence."""
    if not view.archive.site.excerpts_only or block.kind in ("headline", "credit", "notice"):
        return [block.span]
    shown: list[Span] = []
    for sentence in sentences(printed, block.span):
        if any(spot.span.meets(sentence) for spot in spots):
            if shown and shown[-1].end == sentence.start:
                shown[-1] = Span(shown[-1].start, sentence.end)
            else:
                shown.append(sentence)
    return shown


def _step(
    piece: Piece, marks: dict[Span, Mark], last_of: dict[int, Spot], opened: set[str]
) -> Step:
    """A piece of the page; `opened` are the anchors that stand already, and gets this one's."""
    if spot := piece.opens:
        anchor = spot.anchor if spot.anchor not in opened else ""
        opened.add(spot.anchor)
        return Step(opens=True, mark=marks[spot.span], anchor=anchor)
    if spot := piece.closes:
        ends = piece.last and last_of[spot.number] is spot
        return Step(closes=True, mark=marks[spot.span], number=spot.number if ends else 0)
    return Step(piece.text)
