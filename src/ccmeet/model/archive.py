"""The archive in memory: all records, what the parser read for each, and the site's settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ccmeet.model.article import Block
from ccmeet.model.fact import Evidence
from ccmeet.model.records import (
    AreaRecord,
    ArticleRecord,
    CityRecord,
    DocumentRecord,
    MeetingRecord,
    OfficialRecord,
    Record,
    SeriesRecord,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that another source, or another reading, gives for a field."""

    value: str | int | float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Overruled:
    """What a person decided against the parser, remembered where the files no longer show it.

    `read` is the parser's value that the person saw, `kept` the person's own; None is "absent".
    Dates stand as text. At a list's path it says that people set the list's order.
    """

    read: str | int | float | None = None
    kept: str | int | float | None = None


@dataclass(frozen=True, slots=True)
class Extracted:
    """What the parser last read for one record: the values, and by field path their evidence.

    Paths are those of `records.leaves`. `text` and `blocks` are an article's alone;
    `overruled` is the merge's own memory.
    """

    record: Record
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    candidates: Mapping[str, tuple[Candidate, ...]] = field(default_factory=dict)
    text: str = ""
    blocks: tuple[Block, ...] = ()
    overruled: Mapping[str, Overruled] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """`content/site.yaml`: what people set for the whole site."""

    title: str = field(default="城市会商档案", metadata={"doc": "the site's name"})
    description: str | None = field(default=None, metadata={"doc": "one sentence on the archive"})
    base_url: str | None = field(
        default=None,
        metadata={
            "doc": "where it will be published; sets canonical links and feeds",
            "form": "url",
        },
    )
    publisher: str | None = field(default=None, metadata={"doc": "who keeps this archive"})
    contact: str | None = field(default=None, metadata={"doc": "address for corrections"})
    interface: Literal["zh-CN", "en"] = field(
        default="zh-CN", metadata={"doc": "language of the interface"}
    )
    excerpts_only: bool = field(
        default=False, metadata={"doc": "show only the sentences that carry evidence"}
    )


@dataclass(frozen=True, slots=True)
class Archive:
    """Everything a site is made from. Mappings run from id to record, ids in order.

    `extracted` is by record type, then id; `places` says where a value stands for messages:
    (type, id) → (file, {path: 1-based line}).
    """

    site: Site = Site()
    articles: Mapping[str, ArticleRecord] = field(default_factory=dict)
    series: Mapping[str, SeriesRecord] = field(default_factory=dict)
    meetings: Mapping[str, MeetingRecord] = field(default_factory=dict)
    cities: Mapping[str, CityRecord] = field(default_factory=dict)
    areas: Mapping[str, AreaRecord] = field(default_factory=dict)
    documents: Mapping[str, DocumentRecord] = field(default_factory=dict)
    officials: Mapping[str, OfficialRecord] = field(default_factory=dict)
    extracted: Mapping[str, Mapping[str, Extracted]] = field(default_factory=dict)
    places: Mapping[tuple[str, str], tuple[str, Mapping[str, int]]] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)
    """`content/pages/*.md`: stem → Markdown."""

    def of(self, kind: str) -> Mapping[str, Record]:
        """The records of one type, by the name of its folder."""
        records: Mapping[str, Record] = getattr(self, kind)
        return records

    def evidence(self, kind: str, id: str, path: str) -> tuple[Evidence, ...]:
        """Where the value at `path` of a record was read; empty where no parser read it."""
        found = self.extracted.get(kind, {}).get(id)
        return found.evidence.get(path, ()) if found else ()
