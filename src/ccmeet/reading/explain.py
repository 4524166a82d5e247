"""What the parser did with an article, laid out to be seen in a minute.

Facts in rows, grouped by the record they go to; the article's text in pieces, each with the rows
that were read from it; the sentences that nothing was read from. `explain_text` shows it in a
terminal, `explain_html` as a page.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any, Literal

from ccmeet.model.article import Article
from ccmeet.model.fact import Fact
from ccmeet.model.reading import Reading
from ccmeet.reading.contract import Found, facts
from ccmeet.text import Span, sentences

Kind = Literal["article", "meeting", "city", "area", "document", "person", "speech"]
Place = Literal["outside", "article", "unused"]
_PLACES: tuple[Place, ...] = ("outside", "article", "unused")

_KINDS: dict[str, Kind] = {
    "participants": "city", "location": "city", "areas": "area", "progress": "area",
    "documents": "document", "quotes": "speech",
}  # fmt: skip
_OF_RECORD: dict[str, Kind] = {"article": "article", "meetings": "meeting", "officials": "person"}
_TITLES = {"article": "Article", "meetings": "Meeting", "officials": "Official"}


@dataclass(frozen=True, slots=True)
class Row:
    """A field or an item of a list with all its facts. `number` counts from 1 over all groups."""

    number: int
    label: str
    kind: Kind
    value: str
    facts: tuple[Fact[Any], ...]

    @property
    def rules(self) -> str:
        return ", ".join(dict.fromkeys(fact.rule for fact in self.facts))

    @property
    def whys(self) -> tuple[str, ...]:
        """How what is not printed was concluded; empty where all is stated."""
        return tuple(dict.fromkeys(fact.why for fact in self.facts if fact.basis == "inferred"))

    @property
    def others(self) -> tuple[str, ...]:
        """What else the words allow."""
        return tuple(str(other) for fact in self.facts for other in fact.others)

    def words(self, text: str) -> tuple[str, ...]:
        """The words that values were read from where they are others than the values."""
        read = (fact.spans[0].of(text) for fact in self.facts)
        return tuple(dict.fromkeys(words for words in read if words not in self.value))


@dataclass(frozen=True, slots=True)
class Group:
    """What goes to one record: its title, and its rows."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is marked alike throughout.

    `rows` are those read here, the most telling (of the shortest words) first; `ends` those
    whose words end with it for the first time. `place`: in no block of the article, in one, or
    in a sentence that nothing was read from. `block` numbers the block, from 0.
    """

    words: str
    rows: tuple[Row, ...]
    ends: tuple[Row, ...]
    place: Place
    block: int | None


# --- rows ----------------------------------------------------------------------------------


def groups(reading: Reading) -> tuple[Group, ...]:
    """All facts in rows, grouped by record, in the order of the printed object."""
    found: list[Group] = []
    number = 1
    for record, of_record in groupby(facts(reading), key=lambda each: _record(each.pointer)):
        rows = []
        for _, of_row in groupby(of_record, key=lambda each: _row_key(each.pointer)):
            rows.append(_row(number, list(of_row)))
            number += 1
        found.append(Group(_title(record, rows), tuple(rows)))
    return tuple(found)


def _record(pointer: str) -> tuple[str, ...]:
    parts = pointer.split("/")[1:]
    return tuple(parts[:1] if parts[0] == "article" else parts[:2])


def _row_key(pointer: str) -> str:
    """Authors go in one row, and so do all facts of one participant, document, quote."""
    names = pointer.split("/")[1 + len(_record(pointer)) :]
    return names[0] if len(names) < 3 else "/".join(names[:2])


def _row(number: int, found: Sequence[Found]) -> Row:
    record = found[0].pointer.split("/")[1]
    names = found[0].pointer.split("/")[1 + len(_record(found[0].pointer)) :]
    leaves = [(_leaf(each.pointer), str(each.fact.value)) for each in found]
    kind = _KINDS.get(names[0], _OF_RECORD[record])
    told = _told(names[0], leaves)
    return Row(number, names[0].replace("_", " "), kind, told, tuple(each.fact for each in found))


def _leaf(pointer: str) -> str:
    return next(part for part in reversed(pointer.split("/")) if not part.isdecimal())


def _told(field: str, leaves: Sequence[tuple[str, str]]) -> str:
    """The values of a row as one line."""
    values: dict[str, list[str]] = {}
    for name, value in leaves:
        values.setdefault(name, []).append(value)

    def first(name: str) -> str:
        return next(iter(values.get(name, ())), "")

    listed = {name: "、".join(some) for name, some in values.items()}
    if field == "participants":
        return _parted(first("city") or f"{first('count')}, unnamed", first("role"))
    if field == "areas":
        items = "; ".join(values.get("items", ()))
        return f"{first('label') or '(no area named)'}{': ' if items else ''}{items}"
    if field == "documents":
        signed = f"by {listed['signatories']}" if "signatories" in listed else ""
        short = f"short: {listed['short_names']}" if "short_names" in listed else ""
        return _parted(f"《{first('title')}》", first("action"), signed, short)
    if field == "progress":
        return f"{first('label')}: {first('text')}"
    if field == "posts":
        return _parted(f"{first('organization')} {first('title')}".strip(), first("city"))
    if field == "quotes":
        return f"{first('mode')}, {first('verb') or 'no verb'}: {first('text')}"
    return (
        "、".join(value for _, value in leaves) if field != "images" else _parted(*listed.values())
    )


def _parted(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _title(record: Sequence[str], rows: Iterable[Row]) -> str:
    number = f" {int(record[1]) + 1}" if len(record) > 1 else ""
    name = next((row.value for row in rows if row.label == "name"), "")
    return f"{_TITLES[record[0]]}{number}{' ' if name else ''}{name}"


# --- text ----------------------------------------------------------------------------------


def unused(article: Article, rows: Iterable[Row]) -> list[Span]:
    """The sentences of the article's running text that hold no evidence of any fact."""
    used = bytearray(len(article.text))
    for row in rows:
        for fact in row.facts:
            for start, end in fact.spans:
                used[start:end] = b"\1" * (end - start)
    return [span for span in body_sentences(article) if not any(used[span.start : span.end])]


def body_sentences(article: Article) -> list[Span]:
    """The sentences of the article's running text, headings included."""
    return [span for block in article.body() for span in sentences(article.folded, block.span)]


def pieces(article: Article, rows: Sequence[Row]) -> Iterator[Piece]:
    """The article's whole text in order, cut wherever a mark or a block begins or ends."""
    places, blocks = bytearray(len(article.text)), [-1] * len(article.text)
    for number, block in enumerate(article.blocks):
        size = block.end - block.start
        places[block.start : block.end] = b"\1" * size
        blocks[block.start : block.end] = [number] * size
    for start, end in unused(article, rows):
        places[start:end] = b"\2" * (end - start)
    marks = sorted({(span, row.number) for row in rows for f in row.facts for span in f.spans})
    edges = {edge for span, _ in marks for edge in span}
    turns = {
        n for n in range(1, len(places)) if (places[n], blocks[n]) != (places[n - 1], blocks[n - 1])
    }
    seen: set[int] = set()
    for start, end, here in _between(sorted({0, len(places)} | edges | turns), marks):
        ending = {number for span, number in here if span.end == end} - seen
        seen |= ending
        here.sort(key=lambda mark: (mark[0].end - mark[0].start, mark[1]))
        yield Piece(
            article.text[start:end],
            tuple(rows[n - 1] for n in dict.fromkeys(number for _, number in here)),
            tuple(rows[n - 1] for n in sorted(ending)),
            _PLACES[places[start]],
            blocks[start] if blocks[start] >= 0 else None,
        )


def _between(
    cuts: Sequence[int], marks: Sequence[tuple[Span, int]]
) -> Iterator[tuple[int, int, list[tuple[Span, int]]]]:
    """Each stretch between two cuts, with the marks that cover it."""
    waiting = list(reversed(marks))
    here: list[tuple[Span, int]] = []
    for start, end in pairwise(cuts):
        here = [mark for mark in here if mark[0].end > start]
        while waiting and waiting[-1][0].start <= start:
            here.append(waiting.pop())
        yield start, end, list(here)


def all_rows(told: Iterable[Group]) -> tuple[Row, ...]:
    """The rows of all groups, in the order of their numbers."""
    return tuple(row for group in told for row in group.rows)


@dataclass(frozen=True, slots=True)
class Sums:
    """How much was read: facts and those inferred; sentences, those unused, and their share."""

    facts: int
    inferred: int
    sentences: int
    unused: int
    percent: int


def sums(reading: Reading, rows: Sequence[Row]) -> Sums:
    """The figures of a reading; `percent` of the running text's characters is unused."""
    told = [fact for row in rows for fact in row.facts]
    left = unused(reading.source, rows)
    body = sum(block.end - block.start for block in reading.source.body())
    percent = round(100 * sum(end - start for start, end in left) / body) if body else 0
    inferred = sum(fact.basis == "inferred" for fact in told)
    return Sums(len(told), inferred, len(body_sentences(reading.source)), len(left), percent)
