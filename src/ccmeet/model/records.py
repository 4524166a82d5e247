"""The records, field by field: what the archive holds, as people edit it.

One frozen class a type; the codec, the JSON Schemas, the data dictionary and the merge all read
these classes, so a field is added here and nowhere else. Every field's meaning stands in its
`doc`; a list whose items have an identity names the field that is their `key`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Literal

from ccmeet.model.reading import Action, Format, Mode, Role
from ccmeet.partialdate import PartialDate

Status = Literal["published", "draft", "withdrawn"]
MeetingState = Literal["announced", "held", "postponed"]


def _one(doc: str, **more: Any) -> Any:
    return field(default=None, metadata={"doc": doc, **more})


def _many(doc: str, **more: Any) -> Any:
    return field(default=(), metadata={"doc": doc, **more})


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A page that is only cited: the archive doesn't hold its text."""

    url: str | None = _one("its address", form="url")
    title: str | None = _one("its title")
    publisher: str | None = _one("who published it")
    date: PartialDate | None = _one("when it was published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has."""

    id: str = field(
        metadata={"doc": "ASCII, lower-case, the file's stem; minted once", "form": "id"}
    )
    aliases: tuple[str, ...] = _many("former ids; the site redirects them", form="id")
    note: str | None = _one("a person's words, Markdown")
    sources: tuple[str | Source, ...] = _many(
        "article ids, or pages that are only cited", key="url|title"
    )
    status: Status = field(
        default="published",
        metadata={
            "doc": "a draft is kept but not shown on the site; of a withdrawn record a page says so"
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageRecord:
    name: str | None = _one("the picture's file name as printed")
    caption: str | None = _one("the caption as printed")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    file: str | None = _one("the article's file, from the project's root")
    sha256: str | None = _one("SHA-256 of its bytes, hexadecimal", form="sha256")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord(Record):
    """A news article (schema.org NewsArticle)."""

    headline: str | None = _one("the headline as printed")
    url: str | None = _one("where it was published", form="url")
    publisher: str | None = _one("the outlet")
    section: str | None = _one("the outlet's section or station")
    author: tuple[str, ...] = _many("reporters, in print order")
    editor: tuple[str, ...] = _many("editors, in print order")
    date_published: PartialDate | None = _one("day of publication")
    notice: str | None = _one("the reprint statement as printed")
    images: tuple[ImageRecord, ...] = _many("pictures the page shows", key="name")
    source: SourceFile | None = _one("the saved file; absent for an article that is only cited")


@dataclass(frozen=True, slots=True, kw_only=True)
class Observer:
    city: str | None = _one("the city's id", ref="cities")
    since: PartialDate | None = _one("day of the first edition known to name it as observer")
    until: PartialDate | None = _one("day of the last edition to name it, once it no longer is one")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRecord(Record):
    """A series of meetings (schema.org EventSeries)."""

    name: str | None = _one("the series' name, without edition")
    other_names: tuple[str, ...] = _many("other printed names")
    members: tuple[str, ...] = _many("member cities", ref="cities")
    observers: tuple[Observer, ...] = _many("observer cities", key="city")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantRecord:
    city: str | None = _one("the city's id; absent where only a number was printed", ref="cities")
    role: Role | None = _one("part taken")
    count: int | None = _one("how many, where only a number was printed")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingArea:
    area: str | None = _one("the area's id; absent for items of no stated area", ref="areas")
    label: str | None = _one("the area's label as printed")
    items: tuple[str, ...] = _many("the agreed work as printed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    name: str | None = _one("as printed: a person, a city, an office or a group")
    city: str | None = _one("the city signed for", ref="cities")
    official: str | None = _one("the person who signed", ref="officials")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDocument:
    document: str | None = _one("the document's id", ref="documents")
    action: Action | None = _one("what the meeting did with it")
    signatories: tuple[Signatory, ...] = _many("who signed", key="name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    area: str | None = _one("the area's id", ref="areas")
    label: str | None = _one("the area's label as printed")
    text: str | None = _one("what was reported done since the last edition")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRecord(Record):
    """A meeting (Popolo Event)."""

    name: str | None = _one("the meeting's name as printed")
    series: str | None = _one("the series it belongs to", ref="series")
    edition: int | None = _one("its number in the series")
    start_date: PartialDate | None = _one("first day")
    end_date: PartialDate | None = _one("last day")
    location: str | None = _one("the host city's id", ref="cities")
    venue: str | None = _one("the building or hall")
    format: Format | None = _one("in person or by video")
    state: MeetingState | None = _one("announced, held or postponed")
    theme: str | None = _one("the theme as printed")
    participants: tuple[ParticipantRecord, ...] = _many("who took part", key="city|role")
    areas: tuple[MeetingArea, ...] = _many("cooperation areas", key="area|label")
    documents: tuple[MeetingDocument, ...] = _many("documents", key="document")
    progress: tuple[Progress, ...] = _many("reported progress", key="area|label")
    refers_to: tuple[str, ...] = _many(
        "earlier meetings or documents it refers to", ref="meetings|documents"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    longitude: float | None = _one("degrees east, one decimal")
    latitude: float | None = _one("degrees north, one decimal")


@dataclass(frozen=True, slots=True, kw_only=True)
class CityRecord(Record):
    """A city or province (Popolo Area)."""

    name: str | None = _one("full name: 长沙市")
    other_names: tuple[str, ...] = _many("other printed names: 长沙")
    identifier: str | None = _one("six-digit code of GB/T 2260")
    province: str | None = _one("the province it lies in")
    pinyin: str | None = _one("romanised name, for search")
    position: Position | None = _one("schematic position")
    metro_area: str | None = _one("the metropolitan area it belongs to")


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRecord(Record):
    """A cooperation area (SKOS Concept)."""

    label: str | None = _one("preferred label")
    other_labels: tuple[str, ...] = _many("labels printed elsewhere for the same area")
    broader: str | None = _one("a wider area", ref="areas")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord(Record):
    """A document (schema.org CreativeWork)."""

    name: str | None = _one("title without 《》")
    short_names: tuple[str, ...] = _many("short forms used in print")
    classification: str | None = _one("kind: 协议, 计划, 事项, 纲要, 宣言, 共识 …")
    period: str | None = _one("the years it covers: 2024, 2023/2025")
    date: PartialDate | None = _one("when it was signed or adopted")
    meeting: str | None = _one("the meeting that signed or adopted it", ref="meetings")
    previous: str | None = _one("the same list a year earlier", ref="documents")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    organization: str | None = _one("the body, as printed")
    title: str | None = _one("the post, as printed")
    city: str | None = _one("the city (or province) it serves", ref="cities")
    as_of: PartialDate | None = _one("date of the report that names it")
    article: str | None = _one("the article that names it", ref="articles")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    id: str | None = _one("anchor of the quote on the official's page")
    meeting: str | None = _one("said at or about this meeting", ref="meetings")
    article: str | None = _one("the article that reports it", ref="articles")
    mode: Mode | None = _one("direct: the words in marks; indirect: the paper's paraphrase")
    verb: str | None = _one("表示, 指出 …")
    attribution_text: str | None = _one("the posts as printed before the name")
    text: str | None = _one("what was said; never in marks where indirect")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialRecord(Record):
    """A person in office (Popolo Person)."""

    name: str | None = _one("name as printed")
    other_names: tuple[str, ...] = _many("other printed forms")
    posts: tuple[Post, ...] = _many("posts held", key="organization+title")
    quotes: tuple[Quote, ...] = _many("what was said", key="id")


TYPES: dict[str, type[Record]] = {
    "articles": ArticleRecord,
    "series": SeriesRecord,
    "meetings": MeetingRecord,
    "cities": CityRecord,
    "areas": AreaRecord,
    "documents": DocumentRecord,
    "officials": OfficialRecord,
}
"""Record types by the folder that holds them, in the order they are loaded and listed."""


def key_of(spec: str, item: object) -> str:
    """The identity of a list's item: by it, not by position, edits and evidence find the item.

    `spec` is the field's `key`: "city|role" is the first of the two that is there,
    "organization+title" both joined by a blank. A scalar item is its own key.
    """
    if isinstance(item, str | int):
        return str(item)
    if "+" in spec:
        return " ".join(str(getattr(item, name) or "") for name in spec.split("+")).strip()
    values = (getattr(item, name) for name in spec.split("|")) if spec else ()
    return next((str(value) for value in values if value is not None), "")


def join_path(*segments: str) -> str:
    """A field's path: names and item keys, escaped as in JSON Pointer (RFC 6901), no first slash.

    `participants/changsha/role`, `areas/jiaotong-hutong/items/强化产学研协同`.
    """
    return "/".join(part.replace("~", "~0").replace("/", "~1") for part in segments)


def keyed(spec: str, items: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    """A list's items with the keys that stand for them in paths; `spec` is the field's `key`.

    A key that comes again is numbered ("wuhan#2"), as is an item without a key ("#1", "#2").
    Counting only the items of one key keeps all other paths when an item comes or goes.
    """
    counts: dict[str, int] = {}
    for item in items:
        key = key_of(spec, item)
        counts[key] = counts.get(key, 0) + 1
        yield (key if key and counts[key] == 1 else f"{key}#{counts[key]}"), item


def is_part(value: object) -> bool:
    """Whether a value is made of fields of its own. A date is not: it is one value."""
    return is_dataclass(value) and not isinstance(value, PartialDate)


def leaves(record: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, object]]:
    """Each leaf of a record that holds a value, as (path, value), in the fields' order."""
    for spec in fields(record):  # type: ignore[arg-type]
        value = getattr(record, spec.name)
        here = (*path, spec.name)
        if isinstance(value, tuple):
            for key, item in keyed(spec.metadata.get("key", ""), value):
                if is_part(item):
                    yield from leaves(item, (*here, key))
                else:
                    yield join_path(*here, key), item
        elif is_part(value):
            yield from leaves(value, here)
        elif value is not None:
            yield join_path(*here), value
