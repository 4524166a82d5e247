"""A saved HTML page to an article: which of its runs are kept, and in which order they stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ccmeet.errors import SourceError
from ccmeet.ingest import lines as look
from ccmeet.ingest.credits import Credit, Role
from ccmeet.ingest.density import Run, choose_body
from ccmeet.ingest.facts import blocks_of, facts_of, with_address_date
from ccmeet.ingest.html import Page, parse_page
from ccmeet.ingest.layout import Kind, Line, Row, is_headline, plain, read_line, read_rows
from ccmeet.ingest.stamps import find_stamps
from ccmeet.model.article import Article
from ccmeet.text import HAN, Span, fold

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

    def add(self, words: str, hint: Kind | None = None, outside: bool = False) -> None:
        """A line of the page."""
        start = self.lines[-1].span.end + len(_GAP) if self.lines else 0
        self.words.append(words)
        self.lines.append(Line(Span(start, start + len(words)), hint, outside=outside))

    def add_outside(self, words: str) -> None:
        """A line beside the body, if it is one of credit or a notice."""
        if read_line(words) or look.is_notice(fold(words)):
            self.add(words, outside=True)

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
    page = parse_page(_without_glosses(text))
    first, last = _body_range(page)
    before = page.runs[max(0, first - _AROUND) : first]
    after = list(_until_stop(page.runs[last : last + _AROUND]))
    headline = _headline(page)
    draft = _Draft()
    if headline:
        draft.add(headline, "headline")
    _add_template_credits(draft, page, [run.words for run in (*before, *after)])
    for run in before:
        draft.add_outside(run.words)
    for run in page.runs[first:last]:
        _add_run(draft, run)
    if page.body_text:
        draft.add(page.body_text)
    for run in after:
        draft.add_outside(run.words)
    _add_metas(draft, page)
    whole = draft.text
    text, rows = _joined(whole, read_rows(fold(whole), draft.lines))
    facts = with_address_date(facts_of(text, fold(text), rows))
    return Article(id, file, sha256, text, blocks_of(rows), facts, page.outlet)


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
    inside = [i for i, run in enumerate(page.runs) if body in run.path]
    return inside[0], inside[-1] + 1


def _until_stop(runs: Sequence[Run]) -> Iterator[Run]:
    for run in runs:
        if look.is_stop(run.words):
            return
        yield run


def _add_run(draft: _Draft, run: Run) -> None:
    """A paragraph of the body; lists of links are none of it."""
    if run.mark == "title" or (run.is_link and not look.is_prose(run.words)):
        return
    hint: Kind | None = None
    if run.mark == "image":
        hint = "image"
    elif not (look.is_stop(run.words) or look.is_chrome(run.words) or read_line(run.words)):
        if run.mark == "caption":
            hint = "caption"
        elif run.mark == "heading" and len(run.words) < look.LONG:
            hint = "heading"
    draft.add(run.words, hint)


# --- the title ---------------------------------------------------------------------------------

_SITE = (
    r"[^_|｜\-–—]{0,14}(?:网|网站|门户|频道|在线|新闻|客户端|报|电视台|传媒|社|要闻|时政|资讯|中心|平台"
    r"|The Paper)"
)
_TAIL = re.compile(r"\s*(?:[_|｜]+|-{1,2}|\s[–—]|——)\s*(?P<tail>[^_|｜–—-]{1,16})$")


def _headline(page: Page) -> str:
    """The title as the page shows it: template, <h1>, og:title, <title>; "" where none is one."""
    named = [m.content for m in page.metas if m.name in ("og:title", "headline", "ArticleTitle")]
    heads = [t for t in (*named, page.head_title) if t]
    if page.title:
        return _cleaned(page.title)
    shown = [r.words for r in page.runs if r.mark == "title" and is_headline(r.words)]
    agreed = [t for t in shown if any(plain(t) in plain(head) for head in heads)]
    if shown:
        return (agreed or shown)[0]
    cleaned = [c for c in map(_cleaned, heads) if is_headline(c)]
    return cleaned[0] if cleaned else ""


def _cleaned(title: str) -> str:
    """Without the names of site and channel after it."""
    while (tail := _TAIL.search(title)) and look.count_han(title[: tail.start()]) >= 6:
        if not re.fullmatch(_SITE, tail["tail"].strip()) and look.count_han(tail["tail"]) > 6:
            break
        title = title[: tail.start()].rstrip()
    return title


# --- credits that no run shows -----------------------------------------------------------------

_ROLE_OF: dict[str, Role] = {
    "source": "publisher", "author": "author", "editor": "editor", "date": "date",
}  # fmt: skip


def _add_template_credits(draft: _Draft, page: Page, shown: Sequence[str]) -> None:
    """What the template points at, unless a line beside the body says the same."""
    known = {c.value.of(words) for words in shown for c in read_line(words)}
    for key, (name, content) in page.credits:
        said = read_line(content) or _said(_ROLE_OF[key], content)
        if all(credit.value.of(content) in known for credit in said):
            continue
        known.update(credit.value.of(content) for credit in said)
        lead = f"{name}: " if name else ""
        draft.add_credit(lead + content, *(Credit(r, v.shifted(len(lead))) for r, v in said))


def _said(role: Role, content: str) -> tuple[Credit, ...]:
    stamps = list(find_stamps(fold(content), Span(0, len(content))))
    if stamps:
        return (Credit("date", stamps[0].whole),)
    return (Credit(role, Span(0, len(content))),) if role != "date" else ()


_DATE_METAS = (
    "article:published_time", "og:article:published_time", "publishdate", "pubdate", "publish_date",
    "published_time", "publish_time", "publishtime", "og:release_date", "datepublished",
    "weibo:article:create_at", "article:create_at", "_pubtime", "date", "dc.date", "time datetime",
)  # fmt: skip
_SOURCE_METAS = ("source", "contentsource", "og:article:source", "mediaid")
_METAS: tuple[tuple[Role, tuple[str, ...]], ...] = (
    ("date", _DATE_METAS), ("publisher", _SOURCE_METAS), ("author", ("author",)),
)  # fmt: skip
_PERSON = re.compile(rf"[{HAN}]{{2,4}}")


def _add_metas(draft: _Draft, page: Page) -> None:
    """Values that the page's head alone holds, each in a line of its own: name, colon, content."""
    told = draft.roles()
    if page.video:
        draft.add_credit(f"video: {page.video}")
    by_name = {m.name.lower(): m for m in reversed(page.metas)}
    for role, names in _METAS:
        found = (by_name[n] for n in names if n in by_name)
        meta = next((m for m in found if _is_usable(role, m.content)), None)
        if meta and role not in told:
            lead = f"{meta.name}: "
            place = Span(len(lead), len(lead) + len(meta.content))
            draft.add_credit(lead + meta.content, Credit(role, place))
    if page.url and "url" not in told:
        lead = f"{page.url.name}: "
        place = Span(len(lead), len(lead) + len(page.url.content))
        draft.add_credit(lead + page.url.content, Credit("url", place))


def _is_usable(role: Role, content: str) -> bool:
    if role == "date":
        return any(True for _ in find_stamps(fold(content), Span(0, len(content))))
    if role == "author":
        return _PERSON.fullmatch(content) is not None and not re.search(
            r"[网报社台站]|编辑|管理", content
        )
    return 2 <= len(content) <= 30 and "://" not in content


# --- mirrors -----------------------------------------------------------------------------------

_TONED = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹḿ"
_GLOSS = re.compile(
    rf"(?<=[{HAN}])(?:[（(][a-zɡü{_TONED}]{{0,5}}[{_TONED}][a-zɡü{_TONED}]{{0,5}}[)）])+"
)
_TONELESS = re.compile(rf"(?<=[{HAN}])[（(][a-z]{{1,6}}[)）]")
_DOUBLED = re.compile(r"([，、,])\1+")


def _without_glosses(text: str) -> str:
    """Without the pinyin that mirrors set after characters, 長(zhǎng), and with single commas."""
    bare, glosses = _GLOSS.subn("", text)
    if glosses >= 3:  # the neutral tone (de, le) is written without a mark
        bare = _TONELESS.sub("", bare)
    return _DOUBLED.sub(r"\1", bare)
