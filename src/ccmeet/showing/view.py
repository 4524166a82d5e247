"""What pages are made from: records by their names and links, and values with their marks.

A mark is worked out by comparing the record with what was extracted for it; a value that no
source says is never shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from ccmeet.lexicon.reasons import Reason, understand
from ccmeet.model.archive import Archive, Candidate, Extracted
from ccmeet.model.fact import Evidence
from ccmeet.model.records import (
    ArticleRecord,
    MeetingRecord,
    Record,
    Source,
    join_path,
    leaves,
)
from ccmeet.showing.addresses import name_of, page_of, web_address
from ccmeet.showing.links import root_of, text_fragment
from ccmeet.showing.relations import Relations
from ccmeet.showing.shown import Link, Origin, Proof, Shown
from ccmeet.showing.typeset import full_width
from ccmeet.showing.words import Words
from ccmeet.text import Span, sentences

# Which type of record a field's value names, by the field's name (the `ref` of RECORDS.md).
REFERS = {
    "series": "series",
    "members": "cities",
    "city": "cities",
    "location": "cities",
    "area": "areas",
    "broader": "areas",
    "document": "documents",
    "previous": "documents",
    "official": "officials",
    "meeting": "meetings",
    "article": "articles",
}
CHOICES = frozenset({"role", "state", "format", "action", "mode"})
"""Fields whose values are words of the program; the catalogue says them in the reader's tongue."""

_AROUND = 40
"""At most so many characters of the sentence stand on either side of a value's words."""
_TOLD = 3
"""Of the sources that a value may be from, so many are named at its mark."""


@dataclass(frozen=True, slots=True)
class View:
    """What every page is made from, seen from where the page lies.

    `root` is the way up to the site's root; every `href` made here starts with it.
    """

    archive: Archive
    relations: Relations
    words: Words
    root: str = ""

    def at(self, path: str) -> "View":
        """The same, seen from the page at `path`."""
        root = root_of(path)
        return self if root == self.root else replace(self, root=root)

    def to(self, path: str) -> str:
        """The way to a file of the site."""
        return self.root + path

    def find(self, kind: str, id: str | None) -> Record | None:
        """A record by its type and id."""
        return self.archive.of(kind).get(id) if id else None

    def link(self, kind: str, id: str | None, text: str = "") -> Link:
        """A link to a record by its name (or other words); without a page, only the words."""
        record = self.find(kind, id)
        if record is None:
            return Link(text or id or "")
        return Link(text or self.name(kind, id), self.to(page_of(kind, record.id)))

    def name(self, kind: str, id: str | None) -> str:
        """What a record is called; its id where it has no name or there is no such record."""
        record = self.find(kind, id)
        return full_width(name_of(record)) if record else id or ""

    def short_city(self, id: str | None) -> str:
        """A city as people say it: 长沙 rather than 长沙市."""
        city = self.archive.cities.get(id) if id else None
        if city is None:
            return id or ""
        shorter = [name for name in city.other_names if name and (city.name or "").startswith(name)]
        return min(shorter, key=len) if shorter else city.name or city.id

    def meeting_name(self, meeting: MeetingRecord, series: str | None = None) -> str:
        """A meeting in a line: its edition where the reader is in its `series`, else its name."""
        if meeting.edition and meeting.series == series:
            return self.words.edition(meeting.edition)
        return full_width(meeting.name or meeting.id)

    def values(self, kind: str, record: Record) -> "Values":
        """The values of a record, ready to be shown."""
        read = self.archive.extracted.get(kind, {}).get(record.id)
        return Values(
            self,
            kind,
            record,
            read,
            self.relations.read.get((kind, record.id), {}),
        )

    def text_of(self, path: str, value: object) -> str:
        """A value as text: names for ids, the catalogue's words for choices."""
        field_name = _field_names(path)[-1]
        if field_name in CHOICES:
            return self.words.get(f"values.{field_name}.{value}") or str(value)
        if field_name == "refers_to":
            return self.name(
                "meetings" if self.find("meetings", str(value)) else "documents", str(value)
            )
        if field_name in REFERS and isinstance(value, str):
            kind = REFERS[field_name]
            return self.short_city(value) if kind == "cities" else self.name(kind, value)
        return full_width(str(value))

    def field_label(self, kind: str, path: str) -> str:
        """What a field is called: 会商 · 参加 · 角色."""
        names, words = _field_names(path), self.words
        key = ("field", kind, *names)
        if key not in words.said:
            label = words.get(f"fields.{kind}.{'.'.join(names)}", f"fields.{kind}.{names[0]}")
            words.said[key] = label or " ".join(names)
        return words.said[key]

    def rule(self, name: str) -> str:
        """A rule's name in words; a rule without words of its own is called by its family
        (`speech` of `speech:after-verb`), one without those by its bare name."""
        return self.words.get(f"rules.{name}", f"rules.{name.split(':')[0]}") or name

    def why(self, sentence: str) -> str:
        """Why a value was concluded, in the interface's language; as written where a person gave
        a reason of their own, or where the catalogue has no words for one."""
        if self.words.lang == "zh-CN":
            return sentence
        told = [self._reason(one) for one in understand(sentence)]
        return self.words("list.clause").join(told) if told and all(told) else sentence

    def _reason(self, one: Reason) -> str:
        key = f"whys.{one.key}"
        slots = {n: v if isinstance(v, str) else self._reason(v) for n, v in one.slots.items()}
        return self.words(key, **slots) if self.words.get(key) else ""

    def origins(self, articles: Iterable[str]) -> tuple[Origin, ...]:
        """The articles whose words a page shows, each once, in the order given."""
        found = []
        for id in dict.fromkeys(articles):
            article = self.archive.articles.get(id)
            if article is not None:
                found.append(self._origin(article))
        return tuple(found)

    def _origin(self, article: ArticleRecord) -> Origin:
        return Origin(
            self.link("articles", article.id),
            article.publisher or "",
            article.author,
            str(article.date_published or ""),
            full_width(article.notice or ""),
            web_address(article.url),
        )

    def cited(self, article: ArticleRecord) -> str:
        """An article in a line: publisher and date."""
        parts = (article.publisher, str(article.date_published or ""))
        return self.words("list.comma").join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Values:
    """A record's values beside what the parser read for it; `read` runs from path to value."""

    view: View
    kind: str
    record: Record
    extracted: Extracted | None
    read: Mapping[str, object] = field(default_factory=dict)

    def shown(
        self, path: tuple[str, ...], value: object, text: str = "", href: str | None = None
    ) -> Shown | None:
        """The value at a path with its mark; None where the record says nothing."""
        if value is None or value == "":
            return None
        place = join_path(*path)
        words = text or self.view.text_of(place, value)
        return Shown(words, href, self.proof(place, value, words))

    def refers(self, path: tuple[str, ...], id: str | None, text: str = "") -> Shown | None:
        """A value that names another record, linked to its page."""
        if not id:
            return None
        kind = REFERS[_field_names(join_path(*path))[-1]]
        link = self.view.link(kind, id, text or self.view.text_of(join_path(*path), id))
        return self.shown(path, id, link.text, link.href)

    def proof(self, path: str, value: object, words: str) -> Proof:
        """How the archive came by a value."""
        about = self.view.field_label(self.kind, path)
        candidates = self.extracted.candidates.get(path, ()) if self.extracted else ()
        evidence = best(self.extracted.evidence.get(path, ())) if self.extracted else None
        if path in self.read and evidence:
            proof = self.told(evidence, about, words)
            if self.read[path] != value:
                was = self.view.text_of(path, self.read[path])
                return replace(proof, mark="corrected", was=was)
            if candidates:
                others = (self.view.text_of(path, each.value) for each in candidates)
                return replace(
                    self.quoted(proof, evidence), mark="disputed", href=self.dispute_href(path),
                    others=self.view.words("list.clause").join(others),
                )  # fmt: skip
            return proof
        place = self.source_place(path)
        sign = f"S{place}" if place else ""
        from_ = self.record.sources[place - 1 : place] or self.record.sources[:_TOLD]
        source = self.view.words("list.clause").join(source_line(self.view, s) for s in from_)
        return Proof("entered", self.source_href(path), about, words, sign=sign, source=source)

    def told(self, evidence: Evidence, about: str, words: str) -> Proof:
        """The mark of a value that was read from an article: its field, and its words."""
        view = self.view
        marking = view.relations.markings.get(evidence.article)
        spot = marking.by_span.get(Span(evidence.start, evidence.end)) if marking else None
        page = view.to(page_of("articles", evidence.article))
        proof = Proof(
            mark="inferred" if evidence.basis == "inferred" else "stated",
            href=f"{page}#{spot.anchor}" if spot else self.source_href(),
            about=about,
            of=words,
            number=spot.number if spot else 0,
            sign=str(spot.number) if spot else "",
        )
        ways = spot.ways if spot else ()
        if (read := (evidence.rule, evidence.why)) in ways:
            return replace(proof, way=ways.index(read))
        return self.quoted(proof, evidence)

    def quoted(self, proof: Proof, evidence: Evidence) -> Proof:
        """A mark with the sentence it stands for."""
        view = self.view
        article = view.archive.articles.get(evidence.article)
        read = view.archive.extracted.get("articles", {}).get(evidence.article)
        before, after = sentence_around(read.text, evidence) if read else ("", "")
        url = web_address(article.url) if article else ""
        return replace(
            proof,
            before=full_width(before),
            exact=full_width(evidence.exact),
            after=full_width(after),
            rule=view.rule(evidence.rule),
            why=view.why(evidence.why),
            source=view.cited(article) if article else "",
            live=text_fragment(url, evidence.exact, evidence.prefix) if url else "",
        )

    def source_href(self, path: str = "") -> str:
        """Where the source of a value is named: the one source of the record, or their list.

        An article is its own source: its page names it in the byline. So it does for a post or a
        quote that names an article which the record's sources leave out.
        """
        place, article = self.source_place(path), self._article_of(path)
        if article and not place:
            return f"{self.view.to(page_of('articles', article))}#src"
        page = self.view.to(page_of(self.kind, self.record.id))
        return f"{page}#s-{place}" if place else f"{page}#src"

    def source_place(self, path: str = "") -> int:
        """Which of the record's sources a value entered by hand is from, counted from 1: the
        article that its post or quote names, or else the one page that is only cited, since held
        articles are read by the parser. 0 where that is open.
        """
        if self.kind == "articles":
            return 0
        sources = self.record.sources
        if article := self._article_of(path):
            return sources.index(article) + 1 if article in sources else 0
        cited = [n for n, source in enumerate(sources, 1) if isinstance(source, Source)]
        places = cited or list(range(1, len(sources) + 1))
        return places[0] if len(places) == 1 else 0

    def _article_of(self, path: str) -> str:
        """The article that the item on a path names as its own, if the archive has it."""
        name, *rest = path.split("/")
        if name not in ("posts", "quotes") or not rest:
            return ""
        id = str(self.standing().get(f"{name}/{rest[0]}/article", ""))
        return id if id in self.view.archive.articles else ""

    def dispute_href(self, path: str) -> str:
        page = self.view.to(page_of(self.kind, self.record.id))
        return f"{page}#d-{self.disputes().index(path) + 1}"

    def standing(self) -> Mapping[str, object]:
        """What the record holds, by path."""
        if self.extracted and self.extracted.record == self.record:
            return self.read
        return dict(leaves(self.record))

    def disputes(self) -> tuple[str, ...]:
        """The paths on which sources differ and that the record still has a value for."""
        found = self.extracted.candidates if self.extracted else {}
        standing = self.standing() if found else {}
        return tuple(path for path, others in found.items() if others and path in standing)

    def candidates(self, path: str) -> tuple[Candidate, ...]:
        return tuple(self.extracted.candidates.get(path, ())) if self.extracted else ()


def best(evidence: Iterable[Evidence]) -> Evidence | None:
    """The place to show for a value: one that states it before one it was inferred from."""
    return min(evidence, key=lambda e: e.basis != "stated", default=None)


def sentence_around(text: str, evidence: Evidence) -> tuple[str, str]:
    """What stands before and after a value's words in its sentence, cut to a readable length."""
    start = max(text.rfind("\n", 0, evidence.start) + 1, evidence.start - 400)
    end = text.find("\n", evidence.end)
    end = min(len(text) if end < 0 else end, evidence.end + 400)
    before, after = start, end
    for span in sentences(full_width(text[start:end])):
        if span.start + start <= evidence.start:
            before = span.start + start
        if span.end + start >= evidence.end:
            after = span.end + start
            break
    left, right = text[before : evidence.start], text[evidence.end : after]
    return (
        ("…" + left[-_AROUND:]) if len(left) > _AROUND else left,
        (right[:_AROUND] + "…") if len(right) > _AROUND else right,
    )


def _field_names(path: str) -> list[str]:
    """The names of the fields on a path, without the keys of the items between them."""
    return path.split("/")[::2]


def source_line(view: View, source: str | Source) -> str:
    """A source by its title, publisher and date."""
    by, title = source_label(view, source), source_title(view, source)
    return title if by in title else view.words("list.comma").join((title, by))


def source_title(view: View, source: str | Source) -> str:
    """What a source is called: an article by its headline, a page by its title or its publisher."""
    if isinstance(source, str):
        return view.name("articles", source)
    untitled = view.words("sources.untitled", by=source_label(view, source))
    return full_width(source.title or "") or untitled


def source_label(view: View, source: str | Source) -> str:
    """A source in a line, for lists: an article's publisher and date, or a cited page's; its site
    where neither is known."""
    if isinstance(source, str):
        article = view.archive.articles.get(source)
        return view.cited(article) if article else source
    parts = [part for part in (source.publisher, str(source.date or "")) if part]
    site = urlsplit(web_address(source.url)).hostname or ""
    return view.words("list.comma").join(parts or [site])
