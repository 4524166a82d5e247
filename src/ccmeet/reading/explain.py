"""What the parser did with an article, to be seen in a minute: every fact marked where it was
read, with its rule, and the sentences that nothing was read from.

`explain_text` is for a terminal, `explain_html` one page that needs no other file.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from itertools import pairwise
from typing import Any, Literal

from ccmeet.model.article import Article
from ccmeet.model.fact import Fact
from ccmeet.model.reading import Reading
from ccmeet.reading.contract import Found, facts
from ccmeet.text import Span, sentences

Place = Literal["outside", "article", "unused"]
_PLACES: tuple[Place, ...] = ("outside", "article", "unused")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is marked alike throughout.

    `marks` are the numbers (from 1) of the facts read here, `ends` those whose words end with it.
    `place`: in no block of the article, in one, or in a sentence that nothing was read from.
    """

    words: str
    marks: tuple[int, ...]
    ends: tuple[int, ...]
    place: Place


def unused(article: Article, found: Sequence[Found]) -> list[Span]:
    """The sentences of the article's running text that hold no evidence of any fact."""
    used = bytearray(len(article.text))
    for each in found:
        for start, end in each.fact.spans:
            used[start:end] = b"\1" * (end - start)
    spans = (span for block in article.body() for span in sentences(article.folded, block.span))
    return [span for span in spans if not any(used[span.start : span.end])]


def pieces(article: Article, found: Sequence[Found]) -> Iterator[Piece]:
    """The article's whole text in order, cut wherever a mark begins or ends."""
    places = bytearray(len(article.text))
    for block in article.blocks:
        places[block.start : block.end] = b"\1" * (block.end - block.start)
    for start, end in unused(article, found):
        places[start:end] = b"\2" * (end - start)
    starts: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for number, each in enumerate(found, 1):
        for span in each.fact.spans:
            starts.setdefault(span.start, []).append(number)
            ends.setdefault(span.end, []).append(number)
    turns = (n for n in range(1, len(places)) if places[n] != places[n - 1])
    cuts = sorted({0, len(places), *starts, *ends, *turns})
    marks: list[int] = []
    for start, end in pairwise(cuts):
        for number in ends.get(start, ()):
            marks.remove(number)
        marks += starts.get(start, ())
        yield Piece(
            article.text[start:end],
            tuple(sorted(set(marks))),
            tuple(sorted(set(ends.get(end, ())))),
            _PLACES[places[start]],
        )


def _summary(reading: Reading, found: Sequence[Found]) -> str:
    left, body = unused(reading.source, found), sum(b.end - b.start for b in reading.source.body())
    share = 100 * sum(end - start for start, end in left) // body if body else 0
    inferred = sum(each.fact.basis == "inferred" for each in found)
    return (
        f"{len(found)} facts ({inferred} inferred); "
        f"unused sentences: {len(left)}, {share} % of the running text"
    )


def _others(fact: Fact[Any]) -> str:
    return " / ".join(map(str, fact.others))


# ---------- terminal ----------

_PLAIN = {"stated": ("«", "»"), "inferred": ("‹", "›"), "unused": ("", ""), "dim": ("", "")}
_ANSI = {
    "stated": ("\x1b[4;32m", "\x1b[0m"),
    "inferred": ("\x1b[4;33m", "\x1b[0m"),
    "unused": ("\x1b[2m", "\x1b[0m"),
    "dim": ("\x1b[2m", "\x1b[0m"),
}


def explain_text(reading: Reading, *, colour: bool) -> str:
    """The marked article, its facts by number, and the unused sentences, for a terminal.

    Control characters of the source are shown as ␛ and the like, never sent to the terminal.
    """
    found, style = list(facts(reading)), _ANSI if colour else _PLAIN
    lines = [f"{_shown(reading.source.file)}: {_summary(reading, found)}", ""]
    lines += _blank_lines_once(_marked(reading, found, style))
    lines += ["", "Facts"]
    for number, (pointer, fact) in enumerate(found, 1):
        lines.append(f"{number:>4}  {pointer} = {_shown(str(fact.value))}")
        why = f" ({_shown(fact.why)})" if fact.why else ""
        other = f"; or {_shown(_others(fact))}" if fact.others else ""
        opening, closing = style["dim"]
        lines.append(f"      {opening}{fact.rule}, {fact.basis}{why}{other}{closing}")
    left = unused(reading.source, found)
    lines += ["", "Unused" if left else "No sentence is unused."]
    lines += [f"      {_shown(span.of(reading.source.text))}" for span in left]
    lines += [f"{p.severity}: {_shown(str(p))}" for p in reading.problems]
    return "\n".join(lines) + "\n"


def _marked(reading: Reading, found: Sequence[Found], style: dict[str, tuple[str, str]]) -> str:
    told = []
    for piece in pieces(reading.source, found):
        if piece.place == "outside":
            told.append("\n" * piece.words.count("\n"))
            continue
        kind = _kind(piece, found)
        opening, closing = style.get(kind, ("", ""))
        told.append(f"{opening}{_shown(piece.words)}{closing}")
        if piece.ends:
            dim, plain = style["dim"]
            told.append(f"{dim}[{','.join(map(str, piece.ends))}]{plain}")
    return "".join(told)


def _kind(piece: Piece, found: Sequence[Found]) -> str:
    if not piece.marks:
        return piece.place
    bases = {found[number - 1].fact.basis for number in piece.marks}
    return "stated" if "stated" in bases else "inferred"


def _shown(text: str) -> str:
    """Text that can't steer a terminal: control characters by their pictures, line ends kept."""
    return "".join(
        chr(0x2400 + ord(c)) if c < " " and c != "\n" else "␡" if "\x7f" <= c < "\xa0" else c
        for c in text
    )


def _blank_lines_once(text: str) -> list[str]:
    lines = [line.rstrip() for line in text.strip("\n").split("\n")]
    return [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]


# ---------- page ----------

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fffdf8; --line: #cfc8ba;
  --stated: #dcefe2; --inferred: #fbe8bd; --link: #0b5a7a }
@media (prefers-color-scheme: dark) { :root { --ink: #e9e5dc; --paper: #16181a; --line: #45484a;
  --stated: #1f4a33; --inferred: #5a4312; --link: #8cc8e6 } }
body { margin: 0 auto; padding: 1rem; max-width: 72rem; color: var(--ink);
  background: var(--paper); font: 16px/1.8 system-ui, sans-serif;
  overflow-wrap: anywhere }
a { color: var(--link) }
.text { max-width: 42em; white-space: pre-wrap }
mark { color: inherit; background: var(--stated); border-bottom: 2px solid currentColor }
mark.inferred { background: var(--inferred); border-bottom-style: dashed }
.unused { border-bottom: 1px dotted; opacity: .75 } .outside { opacity: .6; font-size: .8em }
sup { line-height: 1; font-size: .65em } sup a { text-decoration: none; padding: 0 .1em }
.wide { overflow-x: auto } table { border-collapse: collapse; font-size: .9rem }
td, th { text-align: left; vertical-align: top; padding: .2rem .6rem;
  border-bottom: 1px solid var(--line) } :target { outline: 2px solid }
"""

_HEADS = ("No.", "Where it goes", "Value", "Rule", "Basis")


def explain_html(reading: Reading) -> str:
    """The same as one page: marks lead to the table of facts and back; no script, no request.

    Everything from the source is escaped, and the page's policy allows its own style alone.
    """
    found = list(facts(reading))
    digest = b64encode(sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    headline = reading.article.headline
    title = escape(str(headline.value) if headline else reading.source.id)
    left = unused(reading.source, found)
    items = "".join(f"<li>{escape(span.of(reading.source.text))}</li>\n" for span in left)
    problems = "".join(f"<li>{escape(str(each))}</li>\n" for each in reading.problems)
    return f"""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · ccmeet explain</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{escape(reading.source.file)}: {_summary(reading, found)}.
<mark>Stated</mark>, <mark class="inferred">inferred</mark>, <span class="unused">unused</span>.
Numbers lead to the <a href="#facts">facts</a>.</p>
<div class="text">{"".join(_html_piece(*each, found) for each in _numbered(reading, found))}</div>
<h2 id="facts">Facts</h2>
<div class="wide" role="region" tabindex="0" aria-labelledby="facts"><table>
<thead><tr>{"".join(f'<th scope="col">{head}</th>' for head in _HEADS)}</tr></thead>
<tbody>
{"".join(_row(number, each) for number, each in enumerate(found, 1))}</tbody>
</table></div>
<h2>Unused</h2>
<ul>
{items or "<li>No sentence.</li>"}</ul>
{f"<h2>Problems</h2><ul>{problems}</ul>" if problems else ""}
</main>
</body>
</html>
"""


def _numbered(reading: Reading, found: Sequence[Found]) -> Iterator[tuple[Piece, frozenset[int]]]:
    """The pieces, each with the facts whose words end here for the first time."""
    seen: set[int] = set()
    for piece in pieces(reading.source, found):
        first = frozenset(piece.ends) - seen
        seen |= first
        yield piece, first


def _html_piece(piece: Piece, first: frozenset[int], found: Sequence[Found]) -> str:
    words, kind = escape(piece.words), _kind(piece, found)
    if piece.marks:
        told = "; ".join(f"{n} {found[n - 1].pointer}" for n in piece.marks[:8])
        words = f'<mark class="{kind}" title="{escape(told)}">{words}</mark>'
    elif kind != "article":
        words = f'<span class="{kind}">{words}</span>'
    links = "".join(
        f'<a href="#f{n}"{f" id={chr(34)}m{n}{chr(34)}" if n in first else ""}>{n}</a> '
        for n in piece.ends
    )
    return f"{words}<sup>{links.strip()}</sup>" if links else words


def _row(number: int, found: Found) -> str:
    fact = found.fact
    value = escape(str(fact.value)) + (f"<br>or {escape(_others(fact))}" if fact.others else "")
    basis = fact.basis + (f"<br>{escape(fact.why)}" if fact.why else "")
    return (
        f'<tr id="f{number}"><td><a href="#m{number}">{number}</a></td>'
        f"<td>{escape(found.pointer)}</td><td>{value}</td><td>{escape(fact.rule)}</td>"
        f"<td>{basis}</td></tr>\n"
    )
