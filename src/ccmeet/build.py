"""Both pipelines, written out as straight lines: articles → records, records → site."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from ccmeet.errors import ContentError, Problem, SourceError, UsageError, raise_if_any
from ccmeet.model.archive import Archive, Extracted
from ccmeet.model.reading import Reading
from ccmeet.model.records import TYPES
from ccmeet.reading.differences import Difference
from ccmeet.reading.merge import Conflict, Keep

ARTICLE_SUFFIXES = (".txt", ".html", ".htm")
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Parsed:
    """What `parse_articles` did. `written` and `unchanged` count files."""

    articles: int
    written: int
    unchanged: int
    conflicts: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """What `build_site` did: the folder, its pages, and the files written there."""

    out: Path
    pages: int
    written: int
    removed: int
    unchanged: int
    problems: tuple[Problem, ...]


# ---------- articles → records ----------


def source_files(root: Path) -> list[Path]:
    """The article files of a project, by name. Raises ContentError for one that can't serve."""
    folder = root / "content" / "articles"
    found: dict[str, Path] = {}
    problems = []
    for file in sorted(folder.glob("*")) if folder.is_dir() else ():
        if file.name.startswith("."):
            continue
        name = _relative(root, file)
        if file.is_symlink() or not file.is_file():
            problems.append(
                Problem("error", "not a plain file", name, hint="copy the article itself here")
            )
        elif file.suffix.lower() not in ARTICLE_SUFFIXES:
            problems.append(
                Problem(
                    "error",
                    f"an article is {', '.join(ARTICLE_SUFFIXES)}, not {file.suffix or 'nameless'}",
                    name,
                    hint="save the page as .html, or paste its text into a .txt file",
                )
            )
        elif file.stem in found:
            problems.append(
                Problem(
                    "error",
                    f"the same id as {found[file.stem].name}",
                    name,
                    hint="an article's id is its file's name without the ending; rename one",
                )
            )
        else:
            found[file.stem] = file
    raise_if_any(ContentError, problems)
    return list(found.values())


def read_file(file: Path, name: str) -> Reading:
    """Read one source file; `name` is how messages and records call it.

    Raises SourceError for a file that can't be read or holds no article.
    """
    from ccmeet.ingest import read_source
    from ccmeet.rules import read_article

    try:
        data = file.read_bytes()
    except OSError as error:
        raise SourceError(
            Problem("error", f"can't be read: {error.strerror}", name, hint="check the file's name")
        ) from error
    try:
        return read_article(read_source(data, name))
    except SourceError as error:
        # The reader of bytes says what is wrong, the one who named the file where.
        raise SourceError(*(replace(p, path=p.path or name) for p in error.problems)) from error


def read_json(file: Path) -> tuple[str, bool]:
    """One line of `parse --json` for a file, and whether it failed."""
    from ccmeet.reading.contract import as_json

    try:
        return json.dumps(as_json(read_file(file, file.as_posix())), ensure_ascii=False), False
    except SourceError as error:
        problems = [
            {"severity": p.severity, "message": p.message, "hint": p.hint} for p in error.problems
        ]
        told = {"source": file.as_posix(), "problems": problems}
        return json.dumps(told, ensure_ascii=False), True


def explain_file(file: Path, *, as_html: bool, colour: bool) -> str:
    """One article with every fact marked: for the terminal, or as a page of its own."""
    from ccmeet.reading.explain import explain_html, explain_text

    reading = read_file(file, file.as_posix())
    return explain_html(reading) if as_html else explain_text(reading, colour=colour)


def _read_all(root: Path, files: Sequence[Path], say: Say) -> list[Reading]:
    readings: list[Reading] = []
    problems: list[Problem] = []
    for number, file in enumerate(files, 1):
        if number % 200 == 0:
            say(f"read {number} of {len(files)} articles")
        try:
            readings.append(read_file(file, _relative(root, file)))
        except SourceError as error:
            problems += error.problems
    # All or nothing: a record made without one of its articles would lose what that one said.
    raise_if_any(SourceError, problems)
    return readings


def parse_articles(
    root: Path, only: Sequence[Path] = (), *, keep: Keep | None = None, say: Say
) -> Parsed:
    """Read the project's articles and merge what they say into its records.

    `only` limits what is written to the records that name those articles as sources; all are
    read, since a record joins what several articles say. `keep` settles conflicts one way.
    Raises the CcmeetError family.
    """
    from ccmeet.codec import encode_extracted, encode_record
    from ccmeet.reading.assemble import assemble
    from ccmeet.reading.merge import merge_record
    from ccmeet.reading.store import (
        extracted_file,
        read_standing,
        record_file,
        write_content,
    )
    from ccmeet.schema import schema_files

    archive = _sound_archive(root)
    articles = source_files(root)
    wanted = _named(articles, only)
    assembled = assemble(_read_all(root, articles, say), archive)
    files: dict[str, str | None] = dict(schema_files())
    conflicts: list[Problem] = []
    for kind in TYPES:
        old, new = archive.extracted.get(kind, {}), assembled.get(kind, {})
        for id in sorted({*old, *new}):
            was, read, file = old.get(id), new.get(id), record_file(kind, id)
            if only and not _names_any(wanted, was, read):
                continue
            merged = merge_record(
                was.record if was else None,
                archive.of(kind).get(id),
                read.record if read else None,
                was.overruled if was else {},
                keep,
            )
            conflicts += _told(archive, kind, id, read, merged.conflicts)
            record = merged.record
            files[file] = encode_record(kind, record, read_standing(root, file)) if record else None
            remembered = replace(read, overruled=merged.overruled) if read else None
            files[extracted_file(kind, id)] = (
                encode_extracted(kind, remembered) if remembered else None
            )
    changed = write_content(root, files)
    return Parsed(len(articles), len(changed), len(files) - len(changed), tuple(conflicts))


def _names_any(wanted: set[str], *sides: Extracted | None) -> bool:
    """Whether a record, before or now, names one of the wanted articles as a source."""
    return any(
        side and (side.record.id in wanted or wanted & set(map(str, side.record.sources)))
        for side in sides
    )


def _told(
    archive: Archive, kind: str, id: str, read: Extracted | None, conflicts: Sequence[Conflict]
) -> Iterator[Problem]:
    """Conflicts as problems: the file and field, both values, and where the new one is printed."""
    file, lines = archive.places.get((kind, id), ("", {}))
    for conflict in conflicts:
        evidence = read.evidence.get(conflict.path, ()) if read else ()
        printed = "; ".join(f"{e.article} {e.start}-{e.end}: {e.exact}" for e in evidence)
        yield Problem(
            "conflict",
            f"the record says {conflict.kept!r}, the parser now reads {conflict.read!r} "
            f"({printed or 'concluded, not printed'}); it read {conflict.before!r} before",
            file,
            lines.get(conflict.path),
            conflict.path,
            "write the value that is right into the record, or settle all at once: "
            "ccmeet parse --keep mine (or theirs)",
        )


# ---------- records, changed on purpose ----------


def differences(root: Path) -> tuple[Difference, ...]:
    """What people changed against what the parser read, for `ccmeet diff`."""
    from ccmeet.reading.differences import diff_archive

    return diff_archive(_sound_archive(root))


def rename_record(root: Path, old: str, new: str) -> tuple[str, ...]:
    """Give a record another id everywhere; its old one becomes an alias. Returns changed files."""
    from ccmeet.reading.identity import rename

    archive = _sound_archive(root)
    return _rewrite(root, archive, rename(archive, old, new))


def merge_records(root: Path, keep: str, gone: str) -> tuple[str, ...]:
    """Join the record `gone` into `keep` everywhere. Returns the files that changed."""
    from ccmeet.reading.identity import merge

    archive = _sound_archive(root)
    return _rewrite(root, archive, merge(archive, keep, gone))


def _sound_archive(root: Path) -> Archive:
    from ccmeet.reading.store import load_archive

    archive, problems = load_archive(root)
    raise_if_any(ContentError, problems)
    return archive


def _rewrite(root: Path, before: Archive, after: Archive) -> tuple[str, ...]:
    """Write what differs between two archives; comments of hand-edited files stay."""
    from ccmeet.codec import encode_extracted, encode_record
    from ccmeet.reading.store import extracted_file, read_standing, record_file, write_content

    files: dict[str, str | None] = {}
    for kind in TYPES:
        now, was = after.of(kind), before.of(kind)
        for id in sorted({*now, *was}):
            if now.get(id) != was.get(id):
                file = record_file(kind, id)
                standing = read_standing(root, file)
                files[file] = encode_record(kind, now[id], standing) if id in now else None
        read, had = after.extracted.get(kind, {}), before.extracted.get(kind, {})
        for id in sorted({*read, *had}):
            if read.get(id) != had.get(id):
                text = encode_extracted(kind, read[id]) if id in read else None
                files[extracted_file(kind, id)] = text
    return write_content(root, files)


# ---------- records → site ----------


def build_site(
    root: Path, out: Path, *, frozen: bool = False, base_url: str | None = None, say: Say
) -> Built:
    """Parse articles that have no records yet, then make the site in `out`.

    `base_url` is where it will be published, for a `site.yaml` that doesn't say.
    With `frozen` nothing is parsed: an article without records is an error. Raises the
    CcmeetError family; the old site stays whole where anything is wrong.
    """
    from ccmeet.reading.lint import lint
    from ccmeet.showing.site import make_site
    from ccmeet.showing.write import write_site

    archive = _sound_archive(root)
    unread = [f for f in source_files(root) if f.stem not in _read_articles(archive)]
    if unread and frozen:
        raise ContentError(
            *(
                Problem(
                    "error",
                    "has no records, and --frozen parses nothing",
                    _relative(root, file),
                    hint="run ccmeet build (or parse) here, and commit what it writes",
                )
                for file in unread
            )
        )
    if unread:
        names = ", ".join(file.name for file in unread[:3])
        more = f" and {len(unread) - 3} more" if len(unread) > 3 else ""
        say(f"new: {names}{more}; reading")
        parsed = parse_articles(root, say=say)
        say(f"{parsed.written} files written in content/")
        raise_if_any(ContentError, parsed.conflicts)
        archive = _sound_archive(root)
    found = lint(archive, source_hashes(root))
    raise_if_any(ContentError, found)
    site = replace(archive.site, base_url=archive.site.base_url or base_url)
    files = make_site(replace(archive, site=site), root / "templates")
    done = write_site(out, files)
    pages = sum(path.endswith(".html") for path in files)
    return Built(out, pages, done.written, done.removed, done.unchanged, found)


def _read_articles(archive: Archive) -> set[str]:
    """The stems of the article files that the parser has read; a renamed record keeps its file."""
    records = (each.record for each in archive.extracted.get("articles", {}).values())
    files = (getattr(record, "source", None) for record in records)
    return {PurePosixPath(source.file).stem for source in files if source and source.file}


def source_hashes(root: Path) -> dict[str, str]:
    """SHA-256 of each article file, hexadecimal, by its path from the root."""
    return {
        _relative(root, file): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in source_files(root)
    }


def check_content(root: Path) -> tuple[Problem, ...]:
    """Everything that is wrong or odd in the content, as `ccmeet check` lists it."""
    from ccmeet.reading.lint import lint
    from ccmeet.reading.store import load_archive

    archive, problems = load_archive(root)
    return (*problems, *lint(archive, source_hashes(root)))


def _named(files: Sequence[Path], only: Sequence[Path]) -> set[str]:
    """The ids of the articles asked for, all where none is named."""
    known = {file.resolve(): file.stem for file in files}
    for file in only:
        if file.resolve() not in known:
            raise UsageError(
                f"{file} is no article of this project",
                hint="copy it into content/articles/ first, or read it with --json",
            )
    return {known[file.resolve()] for file in only} if only else set(known.values())


def _relative(root: Path, file: Path) -> str:
    return file.relative_to(root).as_posix()
