"""Whether what the archive says still stands in its articles, and is shown with what it owes."""

import re
from collections.abc import Iterator, Mapping

from ccmeet.codec import scalar
from ccmeet.errors import Problem
from ccmeet.model.archive import Archive, Extracted
from ccmeet.model.fact import Evidence
from ccmeet.model.records import TYPES, ArticleRecord, OfficialRecord, join_path, keyed
from ccmeet.reading.store import extracted_file, page_file
from ccmeet.reading.wording import dotted, problem_at
from ccmeet.text import fold

_PARSE = "Run `ccmeet parse`."
# Fences and code spans first, so that a picture in an example is none.
_PICTURE = re.compile(r"^ {0,3}(```|~~~).*?^ {0,3}\1|`[^`\n]*`|!\[\s*\](?=[(\[])", re.M | re.S)


def check_proof(archive: Archive, files: Mapping[str, str]) -> Iterator[Problem]:
    """Every value whose proof is broken. `files`: article file → SHA-256 of its bytes now."""
    for id, article in archive.articles.items():
        yield from _file(archive, id, article, files)
        yield from _duties(archive, id, article)
    named = {a.source.file for a in archive.articles.values() if a.source}
    removed = {a.record.id for a in archive.extracted.get("articles", {}).values()} - {
        *archive.articles
    }
    for file in sorted(files):
        if file not in named and file.rpartition("/")[2].partition(".")[0] not in removed:
            yield Problem("warning", "an article that was not read yet", file, hint=_PARSE)
    for kind, extracted in archive.extracted.items():
        for id, read in extracted.items():
            if id in archive.of(kind):
                yield from _evidence(archive, kind, id, read)
    for id, official in archive.officials.items():
        yield from _quotes(archive, id, official)
    yield from _pictures(archive)


def _file(
    archive: Archive, id: str, article: ArticleRecord, files: Mapping[str, str]
) -> Iterator[Problem]:
    source = article.source
    if source is None or source.file is None:
        return
    if source.file not in files:
        message = f"the article {source.file} is not there"
        hint = "Put the file back, or delete `source` if the article is only cited."
        yield problem_at(archive, "error", "articles", id, "source/file", message, hint)
    elif source.sha256 != files[source.file]:
        message = f"{source.file} is not the file that was read"
        hint = "Run `ccmeet parse` to read it anew, or put the old file back."
        yield problem_at(archive, "error", "articles", id, "source/sha256", message, hint)


def _duties(archive: Archive, id: str, article: ArticleRecord) -> Iterator[Problem]:
    """The printed reprint notice, and words for pictures."""
    read = archive.extracted.get("articles", {}).get(id)
    printed = None
    if read:
        notices = (read.text[b.start : b.end] for b in read.blocks if b.kind == "notice")
        known = read.record.notice if isinstance(read.record, ArticleRecord) else None
        printed = known or next(notices, None)
    if printed and not article.notice:
        message = "its text is shown without the reprint notice that was printed with it"
        hint = f"Write `notice: {scalar(printed)}`."
        yield problem_at(archive, "error", "articles", id, "notice", message, hint)
    for key, image in keyed("name", article.images):
        if not image.caption:
            message = f"no words for the picture {image.name or key}"
            hint = "Write a `caption`, as printed or saying what the picture shows."
            path = join_path("images", key)
            yield problem_at(archive, "warning", "articles", id, path, message, hint)


def _pictures(archive: Archive) -> Iterator[Problem]:
    """Pictures in Markdown that say nothing to who can't see them."""
    message = "a picture without words"
    hint = "Write between the brackets what it shows: `![…](…)`."
    for stem, text in archive.pages.items():
        for line in _wordless(text):
            yield Problem("warning", message, page_file(stem), line, hint=hint)
    for kind in TYPES:
        for id, record in archive.of(kind).items():
            if record.note and any(_wordless(record.note)):
                yield problem_at(archive, "warning", kind, id, "note", message, hint)


def _wordless(text: str) -> Iterator[int]:
    """The 1-based lines of a Markdown text on which a picture has no words."""
    for found in _PICTURE.finditer(text):
        if found[0].startswith("!"):
            yield text.count("\n", 0, found.start()) + 1


def _evidence(archive: Archive, kind: str, id: str, read: Extracted) -> Iterator[Problem]:
    """The first piece of evidence of a record that is broken, and how many more there are."""
    articles = archive.extracted.get("articles", {})
    others = [(path, each.evidence) for path, found in read.candidates.items() for each in found]
    broken = [
        (path, message)
        for path, places in (*read.evidence.items(), *others)
        for place in places
        if (message := _broken(place, articles))
    ]
    if broken:
        path, message = broken[0]
        more = f" (and {len(broken) - 1} more of this record)" if len(broken) > 1 else ""
        file = extracted_file(kind, id)
        yield Problem("error", message + more, file, None, dotted(path), _PARSE)


def _broken(place: Evidence, articles: Mapping[str, Extracted]) -> str:
    """What is wrong with a piece of evidence; "" if nothing is."""
    article = articles.get(place.article)
    if article is None:
        return f"its evidence is in the article `{place.article}`, which the archive doesn't hold"
    if article.text[place.start : place.end] != place.exact:
        at = f"{place.article} {place.start}-{place.end}"
        return f"its evidence “{place.exact[:40]}” does not stand at {at}"
    if place.basis == "inferred" and not place.why:
        return "an inferred value without its why"
    return ""


def _quotes(archive: Archive, id: str, official: OfficialRecord) -> Iterator[Problem]:
    for key, quote in keyed("id", official.quotes):
        article = archive.extracted.get("articles", {}).get(quote.article or "")
        if quote.mode != "direct" or not quote.text or article is None or not article.text:
            continue
        path = join_path("quotes", key, "text")
        places = archive.evidence("officials", id, path)
        said, printed = _words(quote.text), _words(article.text)
        if said not in printed and said != _words("".join(place.exact for place in places)):
            message = f"these words are not in {quote.article}: “{quote.text[:40]}”"
            hint = "Copy the words exactly, or write `mode: indirect`."
            yield problem_at(archive, "error", "officials", id, path, message, hint)


def _words(text: str) -> str:
    """A text as compared: widths and traditional characters folded, blanks left out."""
    return "".join(fold(text).split())
