"""Every value that a page shows leads to its evidence: no page of a built site shows one bare.

Each value of an archive is stained before the site is made: texts stand in marks of their own,
years, editions and counts are moved to where no other number lies. Whatever stained words a page
then shows must be a link to their evidence, have one after them in the same line, cell or
heading, or be the name of the record whose page they lead to.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from archives import ARCHIVE
from ccmeet.model.archive import Archive, Candidate, Extracted
from ccmeet.model.records import TYPES, MeetingRecord, Record, Source, leaves
from ccmeet.partialdate import PartialDate
from ccmeet.reading.store import load_archive
from ccmeet.showing.render import default_theme, load_theme
from ccmeet.showing.site import make_site
from ccmeet.showing.typeset import full_width

HERE = Path(__file__).parent
OPEN, SHUT = "\ue000", "\ue001"
YEARS, EDITIONS, COUNTS = -200, 7000, 9000
"""How far dates, editions and counts are moved: to the 19th century, above 7000 and 9000."""
STAINED = re.compile(rf"{OPEN}([^{SHUT}]*){SHUT}|\b1[78]\d\d\b|\b\d\d\.\d\d\b|[79]0\d\d")
IDS = {"id", "aliases", "status", "sources", "source", "url", "note", "images", "notice", "schema"}


def stain(value: Any, name: str = "") -> Any:
    """A record, or a part or value of one, with everything that a reader could see of it stained.

    Ids and choices stay: what pages show for them is another record's name, or the catalogue's.
    """
    if isinstance(value, PartialDate):
        return replace(value, year=value.year + YEARS)
    if name in ("edition", "count") and isinstance(value, int):
        return value + (EDITIONS if name == "edition" else COUNTS)
    if isinstance(value, str):
        return f"{OPEN}{value}{SHUT}"
    if not is_dataclass(value) or isinstance(value, Source):
        return value
    changes: dict[str, Any] = {}
    for spec in fields(value):
        old = getattr(value, spec.name)
        if spec.name in IDS or "ref" in spec.metadata or "choices" in spec.metadata:
            continue
        if isinstance(old, tuple):
            changes[spec.name] = tuple(stain(item, spec.name) for item in old)
        elif old is not None:
            changes[spec.name] = stain(old, spec.name)
    return replace(value, **changes)  # type: ignore[type-var]


def stain_reading(read: Extracted) -> Extracted:
    """The same for what was read; evidence stays where it is, at the stained values' paths."""
    record = stain(read.record)
    paths = {
        old: new for (old, _), (new, _) in zip(leaves(read.record), leaves(record), strict=True)
    }
    return replace(
        read,
        record=record,
        evidence={paths.get(path, path): found for path, found in read.evidence.items()},
        candidates={
            paths.get(path, path): tuple(
                Candidate(stain(one.value, path.split("/")[-1]), one.evidence) for one in found
            )
            for path, found in read.candidates.items()
        },
    )


def stained(archive: Archive) -> Archive:
    """An archive whose every value can be told on a page."""
    records = {
        kind: {id: stain(record) for id, record in archive.of(kind).items()} for kind in TYPES
    }
    extracted = {
        kind: {id: stain_reading(read) for id, read in every.items()}
        for kind, every in archive.extracted.items()
    }
    return replace(archive, extracted=extracted, **records)


@pytest.fixture(scope="module")
def theme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A theme whose words for choices (signed, held, observer) are stained as well."""
    folder = tmp_path_factory.mktemp("theme")
    (folder / "interface").mkdir()
    texts = load_theme(None, "zh-CN").words.texts
    lines = [
        f'"{key}": "{OPEN}{text}{SHUT}"\n'
        for key, text in texts.items()
        if key.startswith("values.")
    ]
    (folder / "interface" / "zh-CN.yaml").write_text("".join(lines), "utf-8")
    return folder


LINES = frozenset({"li", "td", "th", "dd", "p", "h1", "h2", "h3", "caption", "figcaption"})
"""The elements within which a value and its mark stand."""
EVIDENCE = {
    "art", "cite__txt", "src", "kwic",  # the words themselves, and what names their source
    "colophon", "masthead", "editor", "users",  # the frame, people's notes, links by name
    "folio", "tl-yr", "ed__no", "jumps",  # ornaments, scales, ways to what stands beside them
}  # fmt: skip
VOID = frozenset({"meta", "link", "br", "input", "img", "hr"})


class Reader(HTMLParser):
    """Reads a page, and notes stained words that lead nowhere."""

    def __init__(self, path: str, archive: Archive) -> None:
        super().__init__()
        self.path, self.names = path, partial(names_of, archive)
        held = archive.meetings.values()
        own = archive.meetings.get(path.split("/")[1]) if path.startswith("meetings/") else None
        self.editions = {str(m.edition) for m in held if not own or m.series == own.series}
        self.stack: list[tuple[str, dict[str, str]]] = []
        self.waiting: list[list[str]] = [[]]
        self.bare: list[str] = []
        self.seen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "ev" in given.get("class", "").split():
            self.waiting[-1].clear()
        self.stack.append((tag, given))
        if tag in LINES:
            self.waiting.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        while self.stack and self.stack.pop()[0] != tag:
            pass
        if tag in LINES:
            self.bare += self.waiting.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An SVG shape: it holds no words."""

    def handle_data(self, data: str) -> None:
        if not any(tag == "body" for tag, _ in self.stack) or self.is_evidence():
            return
        for found in STAINED.finditer(data):
            if found[0][0] == "7" and found[0] not in self.editions:
                continue  # an edition that no record tells of
            self.seen += 1
            if not self.leads_on(found):
                self.waiting[-1].append(f"{self.path}: {found[0]!r} in {data.strip()[:60]!r}")

    def is_evidence(self) -> bool:
        for tag, attrs in self.stack:
            if tag == "script" or attrs.get("id") == "headline" or attrs.get("aria-hidden"):
                return True
            if EVIDENCE & set(attrs.get("class", "").split()):
                return True
        return False

    def leads_on(self, found: re.Match[str]) -> bool:
        """Whether the words are a link to their evidence, or the name of the page it leads to."""
        link = next((attrs for tag, attrs in reversed(self.stack) if tag == "a"), None)
        if link is None:
            return False
        if {"q", "ev"} & set(link.get("class", "").split()):
            return True
        target = posixpath.normpath(
            posixpath.join(posixpath.dirname(self.path), link["href"].partition("#")[0])
        )
        return found[0].strip(OPEN + SHUT) in self.names(target)


def names_of(archive: Archive, path: str) -> set[str]:
    """What the record of a page is called: its names, labels, headline, edition."""
    kind, _, rest = path.partition("/")
    record: Record | None = archive.of(kind).get(rest.partition("/")[0]) if kind in TYPES else None
    if record is None:
        return set()
    names = {getattr(record, name, None) for name in ("name", "label", "headline")}
    names |= {str(getattr(record, "edition", None)), *getattr(record, "other_names", ())}
    if isinstance(record, MeetingRecord) and record.series and not record.name:
        names.add(archive.series[record.series].name)  # 第七届 and the name of its series
    return {full_width(str(name).strip(OPEN + SHUT)) for name in names if name}


def bare_values(archive: Archive, theme: Path) -> Iterator[tuple[list[str], int]]:
    """Each page's bare values, and how many values it shows."""
    told = stained(archive)
    for path, content in make_site(told, theme).items():
        if path.endswith(".html"):
            reader = Reader(path, told)
            reader.feed(content.decode())
            yield reader.bare + reader.waiting[0], reader.seen


@pytest.mark.parametrize("name", ["invented", "minimal", "own"])
def test_every_value_shown_leads_to_its_evidence(name: str, theme: Path) -> None:
    folders = {"minimal": HERE / "sites" / "minimal", "own": HERE.parent}
    archive = load_archive(folders[name])[0] if name in folders else ARCHIVE
    pages = [*bare_values(archive, theme)]
    assert [told for bare, _ in pages for told in bare] == []
    assert sum(seen for _, seen in pages) > 100


def test_a_bare_value_is_found(theme: Path) -> None:
    template = (default_theme() / "city.html").read_text("utf-8")
    broken = template.replace("{{ hushed(one.post) }}", "{{ one.post[0].text }}")
    assert broken != template
    (theme / "city.html").write_text(broken, "utf-8")
    try:
        bare = [told for bare, _ in bare_values(ARCHIVE, theme) for told in bare]
    finally:
        (theme / "city.html").unlink()
    assert bare
    assert all(told.startswith("cities/") for told in bare)
