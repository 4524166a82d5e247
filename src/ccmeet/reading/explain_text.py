"""An explained article in a terminal: what was read by record, the marked text, what is unused."""

import re
from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from ccmeet.model.reading import Reading
from ccmeet.reading.explain import Kind, Piece, Row, Sums, all_rows, groups, pieces, sums, unused

_NARROWEST, _WIDEST = 40, 120  # columns
_LABEL = 21  # columns of a row's number and label
_GAP = 3  # columns at least between a value and how it was read
_INKS: dict[Kind, str] = {
    "article": "36", "meeting": "32", "city": "92", "area": "35", "document": "33",
    "person": "31", "speech": "34",
}  # fmt: skip


def explain_text(reading: Reading, *, colour: bool, width: int = 80) -> str:
    """The records, the marked text and the unused sentences, `width` columns wide.

    Without colour, marks are «stated» and ‹inferred›. Control characters of the source are shown
    as ␛ and the like, never sent to the terminal.
    """
    told, ink = groups(reading), _Ink(colour)
    rows = all_rows(told)
    width = max(_NARROWEST, min(width, _WIDEST))
    left = unused(reading.source, rows)
    lines = [
        ink.bold(_shown(reading.source.file)),
        *_wrapped(_figures(sums(reading, rows)), width, ""),
    ]
    for group in told:
        lines += ["", ink.bold(_shown(group.title))]
        lines += _table(group.rows, reading.source.text, width, ink)
    lines += ["", ink.bold("Text"), ""]
    for paragraph in _paragraphs(reading, rows, ink):
        lines += [*_wrapped(paragraph, width, ""), ""]
    lines.append(ink.bold(f"Unused: {len(left)}" if left else "No sentence is unused."))
    for span in left:
        lines += _wrapped("· " + _shown(span.of(reading.source.text)), width, "  ")
    for problem in reading.problems:
        lines += ["", *_wrapped(f"{problem.severity}: {_shown(str(problem))}", width, "  ")]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _figures(told: Sums) -> str:
    return (
        f"{told.facts} facts, {told.inferred} inferred; unused: {told.unused} of "
        f"{told.sentences} sentences, {told.percent} % of the running text"
    )


class _Ink:
    """The terminal's colours, or none."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def _set(self, code: str, words: str) -> str:
        return f"\x1b[{code}m{words}\x1b[0m" if self._colour and words else words

    def bold(self, words: str) -> str:
        return self._set("1", words)

    def dim(self, words: str) -> str:
        return self._set("2", words)

    def mark(self, words: str, row: Row, is_inferred: bool) -> str:
        """Words that something was read from; concluded ones are slanted."""
        if not self._colour:
            return f"‹{words}›" if is_inferred else f"«{words}»"
        return self._set(f"{'3;4' if is_inferred else '4'};{_INKS[row.kind]}", words)

    def label(self, words: str, row: Row) -> str:
        return self._set(_INKS[row.kind], words)


# --- rows ----------------------------------------------------------------------------------


def _table(rows: Sequence[Row], text: str, width: int, ink: _Ink) -> Iterator[str]:
    """A row a fact or list item: number, label, value, and at the right, dim, how it was read."""
    before = ""
    for row in rows:
        label = "" if row.label == before else row.label
        before = row.label
        head = f"{row.number:>4} {label}".ljust(_LABEL) + " "
        value = _wrapped(_shown(row.value), width, " " * len(head), first=head)
        words = " + ".join(row.words(text)[:3])
        how = _shown(f"{row.rules}{' ← ' if words else ''}{words}")
        gap = width - _columns(value[-1]) - _columns(how)
        fits = gap >= _GAP
        value[-1] += " " * gap + ink.dim(how) if fits else ""
        yield ink.dim(head[:5]) + ink.label(head[5:], row) + value[0][len(head) :]
        yield from value[1:]
        indent = " " * len(head)
        for line in (*(() if fits else (how,)), *_doubts(row)):
            yield from map(ink.dim, _wrapped(_shown(line), width, indent, first=indent))


def _doubts(row: Row) -> Iterator[str]:
    yield from (f"~ inferred: {why}" for why in row.whys)
    if row.others:
        yield f"? or {' / '.join(row.others)}"


# --- text ----------------------------------------------------------------------------------


def _paragraphs(reading: Reading, rows: Sequence[Row], ink: _Ink) -> Iterator[str]:
    block: int | None = None
    told: list[str] = []
    for piece in pieces(reading.source, rows):
        if piece.block is None:
            continue
        if piece.block != block and told:
            yield "".join(told)
            told = []
        block = piece.block
        told.append(_piece(piece, ink))
    if told:
        yield "".join(told)


def _piece(piece: Piece, ink: _Ink) -> str:
    words = _shown(piece.words).replace("\n", " ")
    if piece.rows:
        inferred = all(fact.basis == "inferred" for row in piece.rows for fact in row.facts)
        words = ink.mark(words, piece.rows[0], inferred)
    elif piece.place == "unused":
        words = ink.dim(words)
    numbers = ",".join(str(row.number) for row in piece.ends)
    return words + (ink.dim(f"[{numbers}]") if numbers else "")


def _shown(text: str) -> str:
    """Text that can't steer a terminal: control characters by their pictures, line ends kept."""
    return "".join(
        chr(0x2400 + ord(c)) if c < " " and c != "\n" else "␡" if "\x7f" <= c < "\xa0" else c
        for c in text
    )


# --- lines of a width in which a Chinese character takes two columns -------------------------

_SGR = re.compile(r"\x1b\[[\d;]*m")
_UNIT = re.compile(r"(?:\x1b\[[\d;]*m)+|[!-~]{1,20}|.", re.DOTALL)


def _columns(words: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in _SGR.sub("", words))


def _wrapped(words: str, width: int, indent: str, first: str = "") -> list[str]:
    """The words in lines of at most `width` columns; no mark that closes opens a line."""
    lines, line, used = [], first, _columns(first)
    for unit in _UNIT.findall(words.replace("\n", " ")):
        size = _columns(unit)
        if used + size > width and unit not in _CLOSERS and line.strip():
            lines.append(line)
            line, used = indent, len(indent)
            if unit == " ":
                continue
        line, used = line + unit, used + size
    return [*lines, line]


_CLOSERS = frozenset("，。、；：！？”’》）】」』›»,.;:!?)]")
