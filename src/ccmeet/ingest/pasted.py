"""A pasted text: its own text, offsets the file's; what is no article lies in no block.

Only what a machine put between the words (pinyin after characters, doubled commas) is taken out
first: then the offsets are those of the cleaned text, and the file's bytes stay the evidence.
"""

import re
from dataclasses import replace

from ccmeet.ingest.facts import BYLINE, blocks_of, facts_of, with_address_date
from ccmeet.ingest.frontmatter import read_front_matter
from ccmeet.ingest.glosses import without_glosses
from ccmeet.ingest.layout import read_rows
from ccmeet.ingest.lines import LONG, trimmed
from ccmeet.ingest.names import find_names
from ccmeet.ingest.rows import Line
from ccmeet.ingest.stamps import find_stamps
from ccmeet.model.article import Article, ArticleFacts
from ccmeet.model.fact import Fact
from ccmeet.partialdate import PartialDate
from ccmeet.text import Span, fold, with_listing_marks

_LINE = re.compile(r"[^\r\n]+")
_INDENTS = "\u3000\u00a0 \t"
_TITLE_MARK = re.compile(r"#{1,6}[ \t]+|\*\*")


def read_pasted(text: str, id: str, file: str, sha256: str) -> Article:
    """The article in a pasted text. Raises SourceError where it holds none."""
    text = without_glosses(text)
    folded = fold(text)
    start, note = read_front_matter(text)
    rows = read_rows(folded, _lines(text, start))
    page = _with_note(text, folded, facts_of(text, folded, rows), note)
    blocks = blocks_of(rows)
    return Article(
        id, file, sha256, text, blocks, with_address_date(page), folded=with_listing_marks(folded)
    )


def _lines(text: str, start: int) -> list[Line]:
    spans = (trimmed(text, *found.span()) for found in _LINE.finditer(text, start))
    lines = [Line(_unmarked(text, span)) for span in spans if span.start < span.end]
    long = [line for line in lines if line.span.end - line.span.start > LONG]
    if 2 * sum(_is_indented(text, line) for line in long) <= len(long):
        return lines
    # Where paragraphs are indented, an indented line below a picture is one, no caption.
    return [line._replace(as_text=_is_indented(text, line)) for line in lines]


def _is_indented(text: str, line: Line) -> bool:
    before = text[max(0, line.span.start - 2) : line.span.start]
    return len(before) == 2 and before.strip(_INDENTS) == ""


def _unmarked(text: str, span: Span) -> Span:
    """Without the marks that Markdown sets around a title."""
    mark = _TITLE_MARK.match(text, *span)
    if not mark:
        return span
    end = span.end - 2 if text.endswith("**", mark.end(), span.end) else span.end
    return Span(mark.end(), end) if mark.end() < end else span


def _with_note(
    text: str, folded: str, page: ArticleFacts, note: dict[str, tuple[Span, ...]]
) -> ArticleFacts:
    """The facts with what a person noted in the front matter, where the page itself is silent."""
    if not note:
        return page

    def noted(*keys: str) -> Fact[str] | None:
        place = next((note[key][0] for key in keys if key in note), None)
        return Fact(place.of(text), (place,), "front-matter") if place else None

    def names(*keys: str) -> tuple[Fact[str], ...]:
        places = [p for k in keys for value in note.get(k, ()) for p in find_names(folded, value)]
        return tuple(Fact(p.of(text), (p,), "front-matter") for p in places)

    by_label = page.publisher if page.publisher and page.publisher.rule != BYLINE else None
    return replace(
        page,
        headline=page.headline or noted("headline", "title"),
        url=noted("url", "link") or page.url,
        publisher=by_label or noted("publisher", "source") or page.publisher,
        section=page.section or noted("section"),
        author=page.author or names("author", "authors"),
        editor=page.editor or names("editor", "editors"),
        date_published=page.date_published or _noted_date(folded, note),
    )


def _noted_date(folded: str, note: dict[str, tuple[Span, ...]]) -> Fact[PartialDate] | None:
    """A publishing date in the front matter; `date_saved` is none."""
    for key in ("date_published", "published", "date"):
        for place in note.get(key, ())[:1]:
            for stamp in find_stamps(folded, place):
                return Fact(stamp.date, (stamp.span,), "front-matter")
    return None
