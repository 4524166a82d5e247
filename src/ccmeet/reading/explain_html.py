"""An explained article as one page that opens from disk: marked text beside the records.

No script, no request, no inline style: the page's policy allows its own style sheet alone.
Everything from the source is escaped.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape

from ccmeet.errors import Problem
from ccmeet.model.reading import Reading
from ccmeet.reading.explain import (
    Group,
    Kind,
    Piece,
    Row,
    Sums,
    all_rows,
    groups,
    pieces,
    sums,
    unused,
)
from ccmeet.text import Span

_STYLE = """
:root { color-scheme: light dark; --ink: #1c1b19; --soft: #615d55; --paper: #fdfcf9;
  --line: #dcd6c9; --card: #f6f3ec; --link: #0b5a7a; --why: #7a4b00;
  --article: #e3e4e6; --meeting: #c9e6e3; --city: #d3ebc9; --area: #e6daf2; --document: #f6e2b5;
  --person: #f9d6d1; --speech: #dbe8f8; --left: #b3261e }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e4da; --soft: #a8a297; --paper: #141617;
  --line: #3a3d3f; --card: #1c1f21; --link: #8cc8e6; --why: #f0bf6c;
  --article: #3a3f45; --meeting: #1d4a47; --city: #2c4a22; --area: #45325c; --document: #584312;
  --person: #5e2f2a; --speech: #243f5f; --left: #ff9d94 } }
* { box-sizing: border-box }
html { scroll-padding-top: 4rem }
body { margin: 0 auto; padding: 1.25rem 1rem 4rem; max-width: 80rem; color: var(--ink);
  background: var(--paper); font: 16px/1.7 system-ui, "PingFang SC", "Microsoft YaHei",
  "Noto Sans CJK SC", sans-serif; overflow-wrap: anywhere }
a { color: var(--link) }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
h1, .text { font-family: "Songti SC", SimSun, "Noto Serif CJK SC", serif }
h1 { margin: .2rem 0 .4rem; font-size: 1.6rem; line-height: 1.35; text-wrap: balance }
h2 { margin: 2rem 0 .6rem; font-size: 1rem }
.file { margin: 0; color: var(--soft); font-size: .85rem }
.sums { display: flex; flex-wrap: wrap; gap: .4rem 2rem; margin: 1rem 0; padding: 0;
  list-style: none; font-size: .85rem; color: var(--soft) }
.sums strong { display: block; color: var(--ink); font-size: 1.5rem; line-height: 1.2;
  font-variant-numeric: tabular-nums }
.bar { display: block; width: 100%; max-width: 30rem; height: .6rem }
.bar .used { fill: var(--link) } .bar .rest { fill: var(--line) }
nav { margin-top: .6rem }
nav, .legend { display: flex; flex-wrap: wrap; gap: .35rem .9rem; font-size: .85rem }
.legend { margin: .8rem 0 1rem; padding: .6rem 0; border: solid var(--line); border-width: 1px 0;
  background: var(--paper) }
.mark { color: inherit; text-decoration: none; border-radius: .15em; padding: .08em 0;
  border-bottom: 1px solid var(--soft) }
.mark:hover { border-bottom-color: currentColor }
.article { background: var(--article) } .meeting { background: var(--meeting) }
.city { background: var(--city) } .area { background: var(--area) }
.document { background: var(--document) } .person { background: var(--person) }
.speech { background: var(--speech) }
.inferred { border-bottom: 2px dashed var(--why) }
.unused { text-decoration: underline wavy 1px var(--left); text-underline-offset: .3em }
.text p { margin: 0 0 .9em; max-width: 42em; line-height: 1.95; white-space: pre-line }
.text .headline { font-size: 1.25em; font-weight: 700; line-height: 1.6 }
.text .heading { font-weight: 700 }
.text .credit, .text .notice, .text .caption, .text .outside {
  font: .85rem/1.7 system-ui, sans-serif; margin-bottom: .5em }
.text .outside { color: var(--soft); text-decoration: line-through }
section.record { margin: 0 0 1.4rem; padding: .8rem 1rem 1rem; background: var(--card);
  border: 1px solid var(--line); border-radius: .4rem }
section.record h2 { margin: 0 0 .5rem; font-size: 1rem; line-height: 1.5 }
.row { display: grid; grid-template-columns: 6.4rem 1fr; gap: 0 .8rem; padding: .3rem 0;
  border-top: 1px solid var(--line) }
.row > span:first-child { color: var(--soft); font-size: .8rem; padding-top: .15rem }
.row > div { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .8rem }
.row p { margin: 0; font-size: .92rem; line-height: 1.6 }
.row p a { color: inherit; text-decoration: none; border-radius: .15em; padding: .08em .15em;
  margin: 0 -.15em }
.row p a:hover { text-decoration: underline }
.row .how { color: var(--soft); font-size: .78rem; margin-left: auto }
.row .why { color: var(--why); font-size: .82rem; flex: 1 0 100% }
:target { outline: 2px solid var(--link); outline-offset: 2px; scroll-margin: 30vh 0 }
ol.unused-list { padding-left: 1.6rem; max-width: 46em } ol.unused-list li { margin: .3rem 0 }
@media (min-width: 60rem) {
  .legend { position: sticky; top: 0; z-index: 1 }
  .both { display: grid; grid-template-columns: minmax(0, 1.25fr) minmax(0, 1fr); gap: 2.5rem }
  .records { position: sticky; top: 3.6rem; max-height: calc(100vh - 4.4rem); overflow-y: auto;
    padding-right: .4rem; align-self: start } }
@media print { .legend, .records { position: static; max-height: none } }
"""

_LEGEND: dict[Kind, str] = {
    "article": "article", "meeting": "meeting", "city": "places and participants",
    "area": "areas and progress", "document": "documents", "person": "officials",
    "speech": "speech",
}  # fmt: skip


def explain_html(reading: Reading) -> str:
    """The page: figures, legend, the marked text, the records by row, what is left unused."""
    told = groups(reading)
    rows = all_rows(told)
    digest = b64encode(sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    headline = reading.article.headline
    title = escape(str(headline.value) if headline else reading.source.id)
    left = unused(reading.source, rows)
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
<header>
<p class="file">ccmeet explain · {escape(reading.source.file)}</p>
<h1>{title}</h1>
{_figures(sums(reading, rows))}
<nav lang="en" aria-label="Page"><a href="#text">Text</a> <a href="#records">Records</a>
<a href="#unused">Unused sentences</a>
{'<a href="#problems">Problems</a>' if reading.problems else ""}</nav>
</header>
<main>
{_legend(rows)}
<div class="both">
<div id="text" class="text">
{"".join(_paragraphs(reading, rows))}</div>
<div id="records" class="records" role="region" aria-label="Records" tabindex="0">
{"".join(_group(group, reading.source.text) for group in told)}</div>
</div>
{_unused(left, reading.source.text)}{_problems(reading.problems)}</main>
</body>
</html>
"""


def _figures(told: Sums) -> str:
    used = 100 - told.percent
    return f"""<ul class="sums" lang="en">
<li><strong>{told.facts}</strong> facts read</li>
<li><strong>{told.inferred}</strong> of them inferred</li>
<li><strong>{told.sentences - told.unused} of {told.sentences}</strong> sentences used</li>
<li><strong>{told.percent} %</strong> of the running text unused</li>
</ul>
<svg class="bar" viewBox="0 0 100 2" preserveAspectRatio="none" role="img" \
aria-label="{used} % of the running text used"><rect class="rest" width="100" height="2"/>\
<rect class="used" width="{used}" height="2"/></svg>
"""


def _legend(rows: Sequence[Row]) -> str:
    present = {row.kind for row in rows}
    kinds = " ".join(
        f'<span><span class="mark {kind}">{words}</span></span>'
        for kind, words in _LEGEND.items()
        if kind in present
    )
    return (
        f'<p class="legend" lang="en">{kinds} <span class="mark inferred">inferred</span> '
        '<span class="unused">unused</span></p>'
    )


# --- the text ------------------------------------------------------------------------------


def _paragraphs(reading: Reading, rows: Sequence[Row]) -> Iterator[str]:
    """The text's blocks as paragraphs, what lies between them struck through."""
    block: int | None = None
    told: list[str] = []
    for piece in pieces(reading.source, rows):
        if piece.block is None and not piece.words.strip():
            continue
        if piece.block != block and told:
            yield _paragraph(reading, block, told)
            told = []
        block = piece.block
        told.append(_piece(piece))
    if told:
        yield _paragraph(reading, block, told)


def _paragraph(reading: Reading, block: int | None, told: Sequence[str]) -> str:
    kind = "outside" if block is None else reading.source.blocks[block].kind
    return f'<p class="{kind}">{"".join(told).strip()}</p>\n'


def _piece(piece: Piece) -> str:
    words = escape(piece.words)
    if not piece.rows:
        return f'<span class="unused">{words}</span>' if piece.place == "unused" else words
    row = piece.rows[0]
    inferred = all(fact.basis == "inferred" for r in piece.rows for fact in r.facts)
    ends = [r for r in piece.ends if r != row]
    id = f' id="m{row.number}"' if row in piece.ends else ""
    more = "".join(f'<span id="m{r.number}"></span>' for r in ends)
    told = "; ".join(f"{r.label}: {_short(r.value)}" for r in piece.rows[:6])
    return (
        f'{more}<a class="mark {row.kind}{" inferred" if inferred else ""}"{id} '
        f'href="#f{row.number}" title="{escape(told)}">{words}</a>'
    )


_LONGEST = 60  # code points of a value in a tip


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"


# --- the records ---------------------------------------------------------------------------


def _group(group: Group, text: str) -> str:
    before, told = "", []
    for row in group.rows:
        told.append(_row(row, text, is_again=row.label == before))
        before = row.label
    rows = "".join(told)
    return f'<section class="record"><h2>{escape(group.title)}</h2>\n{rows}</section>\n'


def _row(row: Row, text: str, *, is_again: bool) -> str:
    words = " + ".join(row.words(text)[:3])
    how = f"{row.rules}{' ← ' if words else ''}{words}"
    whys = "".join(f'<p class="why">inferred: {escape(why)}</p>' for why in row.whys)
    others = f'<p class="why">or: {escape(" / ".join(row.others))}</p>' if row.others else ""
    value = f'<a class="{row.kind}" href="#m{row.number}">{escape(row.value)}</a>'
    how = f'<p class="how">{escape(how)}</p>'
    return (
        f'<div class="row" id="f{row.number}"><span>{"" if is_again else escape(row.label)}</span>'
        f"<div><p>{value}</p>{how}{whys}{others}</div></div>\n"
    )


def _unused(left: Sequence[Span], text: str) -> str:
    items = "".join(f"<li>{escape(span.of(text))}</li>\n" for span in left)
    told = f'<ol class="unused-list">\n{items}</ol>' if left else "<p>None.</p>"
    return f'<h2 id="unused" lang="en">Unused sentences</h2>\n{told}\n'


def _problems(problems: Sequence[Problem]) -> str:
    items = "".join(f"<li>{escape(str(each))}</li>\n" for each in problems)
    return f'<h2 id="problems" lang="en">Problems</h2>\n<ul>{items}</ul>\n' if problems else ""
