"""A saved HTML page to an article: which of its runs are kept, and in which order they stand."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ccmeet.errors import SourceError
from ccmeet.ingest import lines as look
from ccmeet.ingest.credits import Credit, Role
from ccmeet.ingest.density import Run, choose_body, tightened
from ccmeet.ingest.facts import blocks_of, facts_of, with_address_date
from ccmeet.ingest.glosses import without_glosses
from ccmeet.ingest.heads import read_heads, read_site, read_value
from ccmeet.ingest.html import Page, parse_page
from ccmeet.ingest.layout import read_line, read_rows
from ccmeet.ingest.rows import Kind, Line, Row, plain
from ccmeet.ingest.titles import find_title
from ccmeet.model.article import Article
from ccmeet.text import Span, fold, with_listing_marks

_GAP = "\n\n"
_AROUND = 15  # runs before and after the body that may hold its credits


class _Draft:
    """The article's text as it grows, and its lines."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.lines: list[Line] = []

    @property
    def text(self) -> str:
        return _GAP.join(self.words)

    def add(
        self, words: str, hint: Kind | None = None, outside: bool = False, as_text: bool = False
    ) -> None:
        """A line of the page."""
        start = self.lines[-1].span.end + len(_GAP) if self.lines else 0
        self.words.append(words)
        place = Span(start, start + len(words))
        self.lines.append(Line(place, hint, outside=outside, as_text=as_text))

    def add_outside(self, runs: Sequence[Run]) -> None:
        """Lines beside the body: those of credit, notices, and captions below pictures."""
        for above, run in zip((None, *runs), runs, strict=False):
            if run.mark == "caption" and above and above.mark == "image":
                if above.words:
                    self.add(above.words, "image")
                self.add(run.words, "caption")
            elif read_line(run.words) or look.is_notice(fold(run.words)):
                self.add(run.words, outside=True)

    def add_credit(self, words: str, *credits: Credit) -> None:
        """A line of credit; the credits' places count from the line's start."""
        self.add(words, "credit")
        shifted = tuple(Credit(c.role, c.value.shifted(self.lines[-1].span.start)) for c in credits)
        self.lines[-1] = self.lines[-1]._replace(credits=shifted)

    def roles(self) -> set[Role]:
        """What the lines of credit tell so far."""
        told = {c.role for line in self.lines for c in line.credits}
        unread = (w for w, line in zip(self.words, self.lines, strict=True) if not line.hint)
        return told | {c.role for words in unread for c in read_line(words)}


def read_html(text: str, id: str, file: str, sha256: str) -> Article:
    """The article of an HTML page. Raises SourceError where it holds none."""
    page = parse_page(without_glosses(text))
    first, last = _body_range(page)
    title, headline = find_title(page, first, last)
    start = max(0, first - _AROUND)
    below_title = start if title is None or title >= first else max(start, title + 1)
    before, after = page.runs[below_title:first], list(_until_stop(page.runs[last:]))
    draft = _Draft()
    if headline:
        draft.add(headline, "headline")
    _add_template_credits(draft, page, [run.words for run in (*before, *after)])
    draft.add_outside(before)
    _add_body(draft, page.runs[first:last], plain(headline))
    if page.body_text:
        draft.add(page.body_text)
    draft.add_outside(after)
    _add_heads(draft, page)
    # Above the title a site prints the day it is, but a newspaper's page the day of the issue.
    is_issue = any(map(_ISSUE.search, (run.words for run in page.runs)))
    for run in page.runs[start:below_title] if is_issue else ():
        stamps = [c for c in read_line(run.words) if c.role == "date"]
        if stamps and "date" not in draft.roles():
            draft.add_credit(run.words, stamps[0])
    whole = draft.text
    text, rows = _joined(whole, read_rows(fold(whole), draft.lines))
    folded = fold(text)
    facts = with_address_date(facts_of(text, folded, rows))
    return Article(
        id, file, sha256, text, blocks_of(rows), facts, page.outlet, with_listing_marks(folded)
    )


def _joined(text: str, rows: Sequence[Row]) -> tuple[str, list[Row]]:
    """The text of the rows that were kept, blank lines between, and the rows in it."""
    parts: list[str] = []
    moved: list[Row] = []
    start = 0
    for row in rows:
        parts.append(row.span.of(text))
        by = start - row.span.start
        credits = tuple(Credit(c.role, c.value.shifted(by)) for c in row.credits)
        moved.append(replace(row, span=row.span.shifted(by), credits=credits))
        start += len(parts[-1]) + len(_GAP)
    return _GAP.join(parts), moved


# --- which runs --------------------------------------------------------------------------------


def _body_range(page: Page) -> tuple[int, int]:
    """The runs that may be running text, as a half-open range; the template's, or the densest."""
    if page.body is not None:
        inside = [i for i, run in enumerate(page.runs) if page.body in run.path]
        if any(look.is_prose(page.runs[i].words) for i in inside):
            return inside[0], inside[-1] + 1
    if page.body_text:
        titles = [i + 1 for i, run in enumerate(page.runs) if run.mark == "title"]
        return (titles[0], titles[0]) if titles else (0, 0)
    body = choose_body(page.runs)
    if body is None:
        raise SourceError(
            "no article in it: no running text was found on the page",
            hint="Save the article's own page, after it has loaded, or paste its text.",
        )
    first, last = tightened(page.runs, body)
    _check_is_no_list(page.runs[first:last])
    return first, last


_SHARE_OF_TEASERS = 0.7


def _check_is_no_list(runs: Sequence[Run]) -> None:
    """Raise SourceError for a list of other articles, each with its link and first words."""
    prose = [i for i, run in enumerate(runs) if look.is_prose(run.words) and not run.is_link]
    teasers = [
        i for i in prose if i and runs[i - 1].is_link and not look.is_chrome(runs[i - 1].words)
    ]
    if len(teasers) >= 3 and len(teasers) >= _SHARE_OF_TEASERS * len(prose):
        raise SourceError(
            "no article in it: this is a list of articles, with their first words",
            hint="Open the article that is meant, and save its own page.",
        )


_ISSUE = re.compile(r"第\s?[A-Z]?\d{1,3}\s?版|[上下]一版|数字报|电子报|版面导航")


def _until_stop(runs: Sequence[Run]) -> Iterator[Run]:
    for run in runs[:_AROUND]:
        if look.is_stop(fold(run.words)):
            return
        yield run


_SAME_LOOK = 0.6  # of the running text: so much of it looks alike, if any look is the text's


def _add_body(draft: _Draft, runs: Sequence[Run], title: str) -> None:
    """The paragraphs of the body; lists of links are none of it, its `title` no paragraph."""
    looks: Counter[str] = Counter()
    for run in runs:
        if look.is_prose(run.words) and not run.is_link:
            looks[run.look] += look.count_han(run.words)
    usual = next(
        (k for k, n in looks.most_common(1) if n >= _SAME_LOOK * looks.total() and len(looks) > 1),
        None,
    )
    seen: set[str] = set()
    above: Run | None = None
    for run in runs:
        if run.mark == "image":
            if run.words:
                draft.add(run.words, "image")
        elif run.mark != "title" and not (run.is_link and not look.is_prose(run.words)):
            # A page for two kinds of screen may hold its text twice.
            if not (len(run.words) >= _REPEATED and run.words in seen):
                is_title = title and plain(run.words) == title
                hint = "headline" if is_title else _hint(run, above, usual)
                draft.add(run.words, hint, as_text=hint is None)
            seen.add(run.words)
        above = run


_REPEATED = 20  # code points; shorter lines may come again
_UNDER_PICTURE = 70  # code points that a caption seldom exceeds


def _hint(run: Run, above: Run | None, usual: str | None) -> Kind | None:
    """What the page's marks and looks say of a run."""
    words = fold(run.words)
    if look.is_stop(words) or look.is_chrome(words) or read_line(run.words):
        return None
    below_picture = above is not None and above.mark == "image"
    if run.mark == "caption":
        return "caption" if len(words) <= look.LONG else None
    if look.is_caption(words):
        return None
    if run.mark == "heading" and len(words) < look.LONG:
        return "heading"
    if not below_picture or len(words) > _UNDER_PICTURE or look.is_item(words):
        return None
    is_apart = usual is not None and run.look != usual
    return "caption" if is_apart or not look.is_prose(words) else None


# --- credits that no run shows -----------------------------------------------------------------


def _add_template_credits(draft: _Draft, page: Page, shown: Sequence[str]) -> None:
    """What the template points at, unless a line beside the body says the same."""
    known = {c.value.of(words) for words in shown for c in read_line(words)}
    for key, (name, content) in page.credits:
        said = read_line(content) or read_value(key, content)
        if all(credit.value.of(content) in known for credit in said):
            continue
        known.update(credit.value.of(content) for credit in said)
        lead = f"{name}: " if name else ""
        draft.add_credit(lead + content, *(Credit(r, v.shifted(len(lead))) for r, v in said))


def _add_heads(draft: _Draft, page: Page) -> None:
    """Values that the page's head alone holds, each in a line of its own: name, colon, content."""
    if page.video:
        draft.add_credit(f"video: {page.video}")
    for role, name, content in read_heads(page, draft.roles()):
        lead = f"{name}: "
        draft.add_credit(lead + content, Credit(role, Span(len(lead), len(lead) + len(content))))
    site = None if "publisher" in draft.roles() else read_site(page)
    if site:
        name, content, place = site
        draft.add_credit(f"{name}: {content}", Credit("site", place.shifted(len(name) + 2)))
