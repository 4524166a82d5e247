"""The data page: files to take away, and what every field means."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from ccmeet.model.records import TYPES
from ccmeet.showing.data import SCHEMAS, Download, dictionary
from ccmeet.showing.jsonld import dataset_data, script_json
from ccmeet.showing.links import list_path
from ccmeet.showing.pages.frame import Frame, make_frame, make_head
from ccmeet.showing.shown import Link
from ccmeet.showing.view import View


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file to take away: its link, what it is (JSON, CSV …), its size in words (12 KB)."""

    link: Link
    form: str
    size: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A line of the data dictionary: the field's dotted name, what it holds, what it means."""

    name: str
    holds: str
    doc: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TypeSection:
    """One record type: its id (the section's anchor), name, number of records, files, fields."""

    id: str
    title: str
    count: int
    files: tuple[FileRow, ...]
    fields: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class DataPage:
    """`whole` are the files that hold every type."""

    TEMPLATE: ClassVar[str] = "data.html"
    path: str
    frame: Frame
    title: str
    whole: tuple[FileRow, ...]
    sections: tuple[TypeSection, ...]


def data_page(view: View, downloads: Iterable[Download]) -> DataPage:
    """The data page; `downloads` as `data.downloads` lists them."""
    path = list_path("data")
    view = view.at(path)
    words, files = view.words, list(downloads)
    title = words("data.title")
    crumbs = ((view.archive.site.title, "index.html"), (title, path))
    told = dataset_data(
        view.archive, path, f"{view.archive.site.title}：{title}",
        [(file.path, file.media) for file in files], crumbs,
    )  # fmt: skip
    head = make_head(view, path, title, words("data.lead"), jsonld=script_json(told))
    return DataPage(
        path=path,
        frame=make_frame(view, head, "data"),
        title=title,
        whole=tuple(_file(view, file) for file in files if not file.kind),
        sections=tuple(_section(view, kind, files) for kind in TYPES),
    )


def _section(view: View, kind: str, files: list[Download]) -> TypeSection:
    words = view.words
    fields = tuple(
        FieldRow(row.name, _holds(view, row.holds, row.is_list, row.refs), row.doc, row.choices)
        for row in dictionary(kind)
    )
    own = tuple(_file(view, file) for file in files if file.kind == kind)
    return TypeSection(kind, words(f"nav.{kind}"), len(view.archive.of(kind)), own, fields)


def _holds(view: View, kind: str, is_list: bool, refs: tuple[str, ...]) -> str:
    words = view.words
    if refs:
        return words("data.refers", types=words.join(tuple(words(f"nav.{ref}") for ref in refs)))
    said = words(f"data.holds.{kind}")
    return words("data.list_of", one=said) if is_list else said


def _file(view: View, file: Download) -> FileRow:
    name = file.path.removeprefix("data/")
    form = "JSON Schema" if file.path.startswith(SCHEMAS) else _ending(file.path).upper()
    return FileRow(Link(name, view.to(file.path)), form, _size(file.size))


def _ending(path: str) -> str:
    return path.rpartition(".")[2]


def _size(size: int) -> str:
    """In powers of 1000, as download pages say it: 812 B, 12 KB, 3.4 MB."""
    if size < 1000:
        return f"{size} B"
    if size < 1_000_000:
        return f"{size / 1000:.0f} KB"
    return f"{size / 1_000_000:.1f} MB"
