"""Content on disk: the archive loaded whole, and the files that a merge changes.

Order and result depend on names alone, never on how the disk lists them. Symbolic links aren't
followed: what lies outside the project is no part of it.
"""

import os
import unicodedata
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Any

from ccmeet.codec import (
    decode_extracted,
    decode_record,
    decode_site,
    encode_extracted,
    encode_record,
    has_comments,
)
from ccmeet.errors import ContentError, Problem
from ccmeet.model.archive import Archive, Extracted, Site
from ccmeet.model.records import TYPES, Record
from ccmeet.reading.merge import MergedArchive
from ccmeet.reading.writer import finish_writes, not_followed, ways, write_content
from ccmeet.schema import schema_files

RECORDS = "content/records"
EXTRACTED = "content/extracted"
PAGES = "content/pages"
SITE = "content/site.yaml"

__all__ = [
    "changed_files",
    "extracted_file",
    "load_archive",
    "merged_files",
    "page_file",
    "read_standing",
    "record_file",
    "write_content",
]


def record_file(kind: str, id: str) -> str:
    """Where a record lies, from the project's root."""
    return f"{RECORDS}/{kind}/{id}.yaml"


def extracted_file(kind: str, id: str) -> str:
    """Where lies what the parser read for a record, from the project's root."""
    return f"{EXTRACTED}/{kind}/{id}.json"


def page_file(stem: str) -> str:
    """Where a page lies that people wrote, from the project's root."""
    return f"{PAGES}/{stem}.md"


def load_archive(root: Path) -> tuple[Archive, tuple[Problem, ...]]:
    """Read everything under `root`/content but the articles themselves.

    A file with problems is left out of the archive and its problems are returned; a folder that
    isn't there is an empty one. A write that was interrupted is finished first. Raises
    ContentError only where that can't be done.
    """
    problems: list[Problem] = []
    records: dict[str, dict[str, Record]] = {kind: {} for kind in TYPES}
    extracted: dict[str, dict[str, Extracted]] = {kind: {} for kind in TYPES}
    places: dict[tuple[str, str], tuple[str, Mapping[str, int]]] = {}
    finish_writes(root)
    _check_folders(root, problems)
    for kind in TYPES:
        for file, text in _texts(root, f"{RECORDS}/{kind}", ".yaml", problems):
            decoded = decode_record(kind, text, file)
            problems += decoded.problems
            if decoded.record:
                records[kind][decoded.record.id] = decoded.record
                places[kind, decoded.record.id] = (file, decoded.lines)
        for file, text in _texts(root, f"{EXTRACTED}/{kind}", ".json", problems):
            try:
                read = decode_extracted(kind, text, file)
                extracted[kind][read.record.id] = read
            except ContentError as error:
                problems += error.problems
    pages = {PurePosixPath(file).stem: text for file, text in _texts(root, PAGES, ".md", problems)}
    site = _site(root, problems)
    typed: dict[str, Any] = records
    archive = Archive(site=site, extracted=extracted, places=places, pages=pages, **typed)
    return archive, tuple(problems)


def read_standing(root: Path, file: str) -> str | None:
    """The text of a content file, byte order mark and all, None where there is none.

    Raises ContentError.
    """
    problems: list[Problem] = []
    text = _text(root, file, problems, "utf-8") if (root / file).exists() else None
    if problems:
        raise ContentError(*problems)
    return text


def merged_files(root: Path, merged: MergedArchive) -> dict[str, str | None]:
    """The files that a merge changes, for `write_content`: a record's text keeps its comments.

    Records come first, then what was extracted, then the schemas that the records point editors
    to. Raises ContentError for a record that can't be read.
    """
    files: dict[str, str | None] = {}
    for (kind, id), record in merged.records.items():
        file = record_file(kind, id)
        standing = read_standing(root, file)
        if record:
            files[file] = encode_record(kind, record, standing)
        elif not has_comments(kind, standing or ""):
            files[file] = None  # with a person's words in it, the file is theirs
    for (kind, id), extracted in merged.extracted.items():
        files[extracted_file(kind, id)] = encode_extracted(kind, extracted) if extracted else None
    return files | schema_files()


def changed_files(root: Path, before: Archive, after: Archive) -> dict[str, str | None]:
    """The files in which two states of an archive differ, for `write_content`.

    A record that took another id, or took in another record, keeps the comments of both files.
    """
    files: dict[str, str | None] = {}
    for kind in TYPES:
        was, now = before.of(kind), after.of(kind)
        for id in sorted({*now, *was}):
            if now.get(id) != was.get(id):
                record = now.get(id)
                text = _text_of(root, kind, record, was, now) if record else None
                files[record_file(kind, id)] = text
        had, read = before.extracted.get(kind, {}), after.extracted.get(kind, {})
        for id in sorted({*read, *had}):
            if read.get(id) != had.get(id):
                found = encode_extracted(kind, read[id]) if id in read else None
                files[extracted_file(kind, id)] = found
    for stem, page in after.pages.items():
        if page != before.pages.get(stem):
            files[page_file(stem)] = page
    return files


def _text_of(
    root: Path, kind: str, record: Record, was: Mapping[str, Record], now: Mapping[str, Record]
) -> str:
    """A record's text; it grows out of its own file and those of the ids that it newly took.

    An old id that another record bears by now is not taken from it.
    """
    own = [record.id] if record.id in was else []
    taken = own + [id for id in record.aliases if id in was and id not in now]
    standing, *gone = [read_standing(root, record_file(kind, id)) for id in taken] or [None]
    return encode_record(kind, record, standing, [text for text in gone if text])


def _site(root: Path, problems: list[Problem]) -> Site:
    if not os.path.lexists(root / SITE):
        return Site()
    text = _text(root, SITE, problems)
    if text is None:
        return Site()
    site, found = decode_site(text, SITE)
    problems += found
    return site


def _check_folders(root: Path, problems: list[Problem]) -> None:
    for base in (RECORDS, EXTRACTED):
        for name in _names(root, base, problems):
            if name in TYPES:
                continue
            close = get_close_matches(name, TYPES, 1)
            hint = f"Did you mean `{close[0]}`?" if close else f"Known: {', '.join(TYPES)}."
            message = "not a record type"
            problems.append(Problem("error", message, f"{base}/{name}", hint=hint))


def _texts(
    root: Path, folder: str, ending: str, problems: list[Problem]
) -> Iterator[tuple[str, str]]:
    """(path, text) of each file of a folder that has this ending, by name."""
    seen: dict[str, str] = {}
    for name in _names(root, folder, problems):
        file = f"{folder}/{name}"
        if not name.endswith(ending):
            hint = f"Files here end in {ending}; rename it or move it away."
            problems.append(Problem("error", f"not a {ending} file", file, hint=hint))
            continue
        alike = unicodedata.normalize("NFC", name).casefold()
        if alike in seen:
            message = f"the same name as {seen[alike]} on systems that ignore case"
            problems.append(Problem("error", message, file, hint="Rename or delete one of them."))
            continue
        seen[alike] = name
        text = _text(root, file, problems)
        if text is not None:
            yield file, text


def _names(root: Path, folder: str, problems: list[Problem]) -> list[str]:
    """What a folder holds, sorted, without hidden files (an editor's, an interrupted write's)."""
    try:
        if any((root / part).is_symlink() for part in ways(folder)):
            problems.append(not_followed(folder))
            return []
        paths = [path for path in (root / folder).iterdir() if not path.name.startswith(".")]
        return [path.name for path in sorted(paths, key=lambda path: (path.stem, path.name))]
    except FileNotFoundError:
        return []
    except OSError as error:
        problems.append(Problem("error", f"can't be read: {error.strerror}", folder))
        return []


def _text(
    root: Path, file: str, problems: list[Problem], encoding: str = "utf-8-sig"
) -> str | None:
    path = root / file
    if path.is_symlink():
        problems.append(not_followed(file))
        return None
    try:
        return path.read_bytes().decode(encoding)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        hint = "Save the file as UTF-8."
        problems.append(Problem("error", "not UTF-8", file, line, hint=hint))
    except OSError as error:
        hint = "A file with that name and ending is expected here."
        problems.append(Problem("error", f"can't be read: {error.strerror}", file, hint=hint))
    return None
