"""Both pipelines, written out as straight lines: articles → records, records → site."""

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from ccmeet.errors import ContentError, Problem, SourceError, UsageError, raise_if_any
from ccmeet.fresh import Inputs, read_inputs
from ccmeet.model.archive import Archive, Extracted
from ccmeet.model.reading import Reading
from ccmeet.model.records import ArticleRecord

if TYPE_CHECKING:  # what only annotations name isn't loaded to print a page's facts
    from ccmeet.reading.differences import Difference
    from ccmeet.reading.merge import Keep

ARTICLE_SUFFIXES = (".txt", ".html", ".htm")
Say = Callable[[str], None]
_ALONE = 20
"""Up to so many pages one process prints as fast as several do."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What `parse_articles` did: how many articles were read, how many files written.

    `problems` are those of articles that couldn't be read.
    """

    articles: int
    written: int
    problems: tuple[Problem, ...]
    conflicts: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """What `build_site` did: the folder, its pages, and the files written there.

    `inputs` is everything that the site was made from, `files` every path in the folder.
    """

    out: Path
    pages: int
    written: int
    removed: int
    unchanged: int
    problems: tuple[Problem, ...]
    inputs: Inputs
    files: tuple[str, ...]


# ---------- articles → records ----------


def source_files(root: Path) -> list[Path]:
    """The article files of a project, by name. Raises ContentError for one that can't serve."""
    files, problems = _sources(root)
    raise_if_any(ContentError, problems)
    return files


def _sources(root: Path) -> tuple[list[Path], tuple[Problem, ...]]:
    """The article files of a project, by name, and what lies there that can't serve as one."""
    folder = root / "content" / "articles"
    found: dict[str, Path] = {}
    problems = []
    linked = [part for part in (folder, folder.parent) if part.is_symlink()]
    if linked:
        message, hint = "a symbolic link is not followed", "Put the folder itself here."
        return [], (Problem("error", message, _relative(root, linked[0]), hint=hint),)
    for file in sorted(folder.glob("*")) if folder.is_dir() else ():
        if file.name.startswith("."):
            continue
        alike = unicodedata.normalize("NFC", file.stem).casefold()
        if file.is_symlink() or not file.is_file():
            message, hint = "not a plain file", "Copy the article itself here."
        elif file.suffix.lower() not in ARTICLE_SUFFIXES:
            endings = ", ".join(ARTICLE_SUFFIXES)
            message = f"an article is {endings}, not {file.suffix or 'nameless'}"
            hint = "Save the page as .html, or paste its text into a .txt file."
        elif alike in found:
            message = f"the same id as {found[alike].name}"
            hint = "An article's id is its file's name without the ending; rename one."
        else:
            found[alike] = file
            continue
        problems.append(Problem("error", message, _relative(root, file), hint=hint))
    return list(found.values()), tuple(problems)


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


def explain_file(file: Path, *, as_html: bool, colour: bool, width: int = 80) -> str:
    """One article with every fact marked: for a terminal of `width` columns, or as a page."""
    from ccmeet.reading.explain_html import explain_html
    from ccmeet.reading.explain_text import explain_text

    reading = read_file(file, file.as_posix())
    if as_html:
        return explain_html(reading)
    return explain_text(reading, colour=colour, width=width)


def _read_all(
    root: Path, files: Sequence[Path], say: Say
) -> tuple[list[Reading], tuple[Problem, ...]]:
    """What could be read, and why the rest couldn't."""
    readings: list[Reading] = []
    problems: list[Problem] = []
    told = monotonic()
    for number, file in enumerate(files):
        if monotonic() - told > 1:
            told = monotonic()
            say(f"read {number} of {len(files)} articles")
        try:
            readings.append(read_file(file, _relative(root, file)))
        except SourceError as error:
            problems += error.problems
    return readings, tuple(problems)


def parse_articles(
    root: Path, only: Sequence[Path] = (), *, keep: "Keep | None" = None, say: Say
) -> Parsed:
    """Read the project's articles and merge what they say into its records.

    `only` limits what is written to the records that name those articles as sources; all are
    read, since a record joins what several articles say. An article that can't be read is told
    and leaves the records that it speaks of as they are. `keep` settles conflicts one way.
    Raises the CcmeetError family.
    """
    from ccmeet.reading.writer import alone

    with alone(root, say):
        return _parse_articles(root, only, keep, say)


def _parse_articles(root: Path, only: Sequence[Path], keep: "Keep | None", say: Say) -> Parsed:
    from ccmeet.reading.assemble import assemble
    from ccmeet.reading.merge import merge_archive
    from ccmeet.reading.store import merged_files, write_content

    archive = _sound_archive(root)
    articles = source_files(root)
    wanted = _named(root, articles, only)
    readings, problems = _read_all(root, articles, say)
    found = assemble(readings, archive)
    read = {reading.source.file for reading in readings}
    ids = {**_article_ids(archive.extracted), **_article_ids(found)}
    merged = merge_archive(
        archive,
        found,
        keep,
        only={ids[file] for file in wanted if file in ids} if only else None,
        # A record made without one of its articles would lose what that one said.
        but={id for file, id in ids.items() if file not in read and (root / file).exists()},
    )
    changed = write_content(root, merged_files(root, merged))
    return Parsed(len(readings), len(changed), problems, merged.conflicts)


def _article_ids(extracted: Mapping[str, Mapping[str, Extracted]]) -> dict[str, str]:
    """The record's id of each article file that was read; a renamed record keeps its file."""
    records = [(id, each.record) for id, each in extracted.get("articles", {}).items()]
    files = [(id, record.source) for id, record in records if isinstance(record, ArticleRecord)]
    return {source.file: id for id, source in files if source and source.file}


# ---------- records, changed on purpose ----------


def differences(root: Path, say: Say) -> "tuple[Difference, ...]":
    """What people changed against what the parser read, for `ccmeet diff`."""
    from ccmeet.reading.differences import diff_archive
    from ccmeet.reading.writer import alone

    with alone(root, say):
        return diff_archive(_sound_archive(root))


def rename_record(root: Path, old: str, new: str, *, dry: bool, say: Say) -> tuple[str, ...]:
    """Give a record another id everywhere; its old one becomes an alias.

    Returns the files that changed; with `dry`, those that would.
    """
    from ccmeet.reading.identity import rename
    from ccmeet.reading.writer import alone

    with alone(root, say):
        archive = _sound_archive(root)
        return _rewrite(root, archive, rename(archive, old, new), dry)


def merge_records(root: Path, keep: str, gone: str, *, dry: bool, say: Say) -> tuple[str, ...]:
    """Join the record `gone` into `keep` everywhere; returns files as `rename_record` does."""
    from ccmeet.reading.identity import merge
    from ccmeet.reading.writer import alone

    with alone(root, say):
        archive = _sound_archive(root)
        return _rewrite(root, archive, merge(archive, keep, gone), dry)


def _sound_archive(root: Path) -> Archive:
    from ccmeet.reading.store import load_archive

    archive, problems = load_archive(root)
    raise_if_any(ContentError, problems)
    return archive


def _rewrite(root: Path, before: Archive, after: Archive, dry: bool) -> tuple[str, ...]:
    from ccmeet.reading.store import changed_files, write_content

    files = changed_files(root, before, after)
    return tuple(files) if dry else write_content(root, files)


# ---------- records → site ----------


def build_site(
    root: Path, out: Path, *, frozen: bool = False, base_url: str | None = None, say: Say
) -> Built:
    """Parse articles that have no records yet, then make the site in `out`.

    `base_url` is where it will be published, for a `site.yaml` that doesn't say.
    With `frozen` nothing is parsed: an article without records is an error. Raises the
    CcmeetError family; the old site stays whole where anything is wrong.
    """
    from ccmeet.reading.writer import alone

    with alone(root, say):
        return _build_site(root, out, frozen, base_url, say)


def _build_site(root: Path, out: Path, frozen: bool, base_url: str | None, say: Say) -> Built:
    from ccmeet.forks import cores, spread
    from ccmeet.reading.lint import lint
    from ccmeet.showing.left import read_left, write_left
    from ccmeet.showing.site import digests_of, finish_site, plan_site, print_share
    from ccmeet.showing.write import open_output

    inputs = read_inputs(str(root))
    archive = _sound_archive(root)
    known = _article_ids(archive.extracted)
    unread = [file for file in source_files(root) if _relative(root, file) not in known]
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
        parsed = _parse_articles(root, (), None, say)
        say(f"{parsed.written} files written in content/")
        raise_if_any(SourceError, parsed.problems)
        inputs = read_inputs(str(root))
        archive = _sound_archive(root)
    found = lint(archive, source_hashes(root))
    raise_if_any(ContentError, found)
    site = replace(archive.site, base_url=archive.site.base_url or base_url)
    settings, stamps = _stamps(root, inputs, archive, repr(site))
    before = read_left(root, out, settings)
    plan = plan_site(replace(archive, site=site), root / "templates", before, stamps)
    shares = cores() if len(plan.todo) > _ALONE else 1
    with open_output(out) as output:
        made = finish_site(
            plan, output.stage, spread(partial(print_share, plan, output.stage), shares)
        )
        done = output.publish(made.files)
    write_left(root, out, settings, made.jobs, digests_of(plan, made.jobs))
    pages = sum(path.endswith(".html") for path in made.files)
    return Built(
        out, pages, done.written, done.removed, done.unchanged, found, inputs, tuple(made.files)
    )


def _stamps(
    root: Path, inputs: Inputs, archive: Archive, settings: str
) -> tuple[bytes, dict[tuple[str, object], bytes]]:
    """A hash of what all pages are made from, and those of the records' own files by place."""
    from ccmeet.reading.store import extracted_file, record_file
    from ccmeet.showing.noted import READ

    own = {path.removeprefix(f"{root}/"): told for path, (_, told) in inputs.items()}
    stamps: dict[tuple[str, object], bytes] = {}
    for kind in archive.extracted:
        for id in archive.of(kind):
            stamps[kind, id] = own.pop(record_file(kind, id), b"")
        for id in archive.extracted[kind]:
            stamps[READ + kind, id] = own.pop(extracted_file(kind, id), b"")
    for path in [path for path in own if path.startswith("content/articles/")]:
        del own[path]
    common = repr((sorted(own.items()), settings)).encode()
    return hashlib.blake2b(common, digest_size=16).digest(), stamps


def source_hashes(root: Path) -> dict[str, str]:
    """SHA-256 of each article file, hexadecimal, by its path from the root."""
    return _hashes(root, source_files(root))


def _hashes(root: Path, files: Iterable[Path]) -> dict[str, str]:
    return {_relative(root, file): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def check_content(root: Path, say: Say) -> tuple[Problem, ...]:
    """Everything that is wrong or odd in the content, as `ccmeet check` lists it."""
    from ccmeet.reading.lint import lint
    from ccmeet.reading.store import load_archive
    from ccmeet.reading.writer import alone

    with alone(root, say):
        archive, problems = load_archive(root)
        files, odd = _sources(root)
        unread = {problem.path for problem in problems}
        return (*problems, *odd, *lint(archive, _hashes(root, files), unread))


def _named(root: Path, files: Sequence[Path], only: Sequence[Path]) -> set[str]:
    """The articles asked for, as the records call their files. Raises UsageError."""
    known = {file.resolve(): _relative(root, file) for file in files}
    for file in only:
        if file.resolve() not in known:
            raise UsageError(
                f"{file} is no article of this project",
                hint="copy it into content/articles/ first, or read it with --json",
            )
    return {known[file.resolve()] for file in only}


def _relative(root: Path, file: Path) -> str:
    return file.relative_to(root).as_posix()
