"""Content on disk: the archive loaded whole, and files written so that none is ever half there.

Order and result depend on names alone, never on how the disk lists them. Symbolic links are
refused both ways: what lies outside the project is neither read nor overwritten.
"""

import errno
import os
import unicodedata
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Any

from ccmeet.codec import decode_extracted, decode_record, decode_site
from ccmeet.errors import ContentError, Problem
from ccmeet.model.archive import Archive, Extracted, Site
from ccmeet.model.records import TYPES, Record

RECORDS = "content/records"
EXTRACTED = "content/extracted"
PAGES = "content/pages"
SITE = "content/site.yaml"

_TEMPORARY = ".ccmeet-tmp"
_FEW = 64


def record_file(kind: str, id: str) -> str:
    """Where a record lies, from the project's root."""
    return f"{RECORDS}/{kind}/{id}.yaml"


def extracted_file(kind: str, id: str) -> str:
    """Where lies what the parser read for a record, from the project's root."""
    return f"{EXTRACTED}/{kind}/{id}.json"


def load_archive(root: Path) -> tuple[Archive, tuple[Problem, ...]]:
    """Read everything under `root`/content but the articles themselves.

    A file with problems is left out of the archive and its problems are returned; a folder that
    isn't there is an empty one. Raises nothing for bad content.
    """
    problems: list[Problem] = []
    records: dict[str, dict[str, Record]] = {kind: {} for kind in TYPES}
    extracted: dict[str, dict[str, Extracted]] = {kind: {} for kind in TYPES}
    places: dict[tuple[str, str], tuple[str, Mapping[str, int]]] = {}
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
                extracted[kind][PurePosixPath(file).stem] = decode_extracted(kind, text, file)
            except ContentError as error:
                problems += error.problems
    pages = {PurePosixPath(file).stem: text for file, text in _texts(root, PAGES, ".md", problems)}
    site = _site(root, problems)
    typed: dict[str, Any] = records
    archive = Archive(site=site, extracted=extracted, places=places, pages=pages, **typed)
    return archive, tuple(problems)


def read_standing(root: Path, file: str) -> str | None:
    """The text of a content file, None where there is none. Raises ContentError."""
    problems: list[Problem] = []
    text = _text(root, file, problems) if (root / file).exists() else None
    if problems:
        raise ContentError(*problems)
    return text


def write_content(root: Path, files: Mapping[str, str | None]) -> tuple[str, ...]:
    """Make each file (path from `root`, with slashes) hold its text; None removes it.

    Returns the paths that changed, in the given order. All new texts are on disk, under other
    names, before the first file is replaced, so that a full disk changes nothing; a kill between
    two files leaves each of them old or new, and the same call again finishes the work. Raises
    ContentError.
    """
    staged: list[tuple[str, Path | None]] = []
    try:
        for file, text in files.items():
            target = _target(root, file)
            if text is None:
                if target.exists():
                    staged.append((file, None))
            elif not _holds(target, text.encode()):
                target.parent.mkdir(parents=True, exist_ok=True)
                staged.append((file, _stage(target, text.encode())))
        _flush([name for _, name in staged if name])
        for file, name in staged:
            if name is None:
                (root / file).unlink(missing_ok=True)
            else:
                name.replace(root / file)
    except OSError as error:
        raise ContentError(_told(error, root)) from error
    finally:
        for _, name in staged:
            if name:
                name.unlink(missing_ok=True)
    _sweep({(root / file).parent for file in files})
    return tuple(file for file, _ in staged)


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
        if any((root / part).is_symlink() for part in _ways(folder)):
            problems.append(_link(folder))
            return []
        paths = [path for path in (root / folder).iterdir() if not path.name.startswith(".")]
        return [path.name for path in sorted(paths, key=lambda path: (path.stem, path.name))]
    except FileNotFoundError:
        return []
    except OSError as error:
        problems.append(Problem("error", f"can't be read: {error.strerror}", folder))
        return []


def _ways(path: str) -> list[PurePosixPath]:
    """A path from the root and the folders it leads through."""
    whole = PurePosixPath(path)
    return [whole, *(each for each in whole.parents if each.name)]


def _text(root: Path, file: str, problems: list[Problem]) -> str | None:
    path = root / file
    if path.is_symlink():
        problems.append(_link(file))
        return None
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        hint = "Save the file as UTF-8."
        problems.append(Problem("error", "not UTF-8", file, line, hint=hint))
    except OSError as error:
        hint = "A file with that name and ending is expected here."
        problems.append(Problem("error", f"can't be read: {error.strerror}", file, hint=hint))
    return None


def _link(file: str) -> Problem:
    return Problem(
        "error", "a symbolic link is not followed", file, hint="Put the file itself here."
    )


def _target(root: Path, file: str) -> Path:
    """The path to write to. Raises ContentError for one that leads out of the project."""
    parts = file.split("/")
    if any(part in ("", ".", "..") or set(part) & set('\\:\0<>"|?*') for part in parts):
        raise ContentError(Problem("error", "not a path to write to", repr(file)))
    for part in _ways(file):
        if (root / part).is_symlink():
            raise ContentError(_link(str(part)))
    return root / file


def _holds(target: Path, data: bytes) -> bool:
    try:
        return target.read_bytes() == data
    except FileNotFoundError:
        return False


def _stage(target: Path, data: bytes) -> Path:
    """Write `data` beside its target; a failed write leaves nothing. Returns the staged file."""
    staged = target.with_name(f".{target.name}.{os.getpid()}{_TEMPORARY}")
    try:
        staged.write_bytes(data)
        if target.exists():
            staged.chmod(target.stat().st_mode & 0o777)
    except OSError:
        staged.unlink(missing_ok=True)
        raise
    return staged


def _flush(names: list[Path]) -> None:
    """Bring staged files to the disk before their names change: few one by one, many at once."""
    if len(names) > _FEW and hasattr(os, "sync"):
        os.sync()
        return
    for name in names:
        with name.open("rb+") as file:
            os.fsync(file.fileno())


def _sweep(folders: set[Path]) -> None:
    """Remove what an earlier, killed write left beside its targets."""
    for folder in folders:
        for rest in folder.glob(f".*{_TEMPORARY}"):
            rest.unlink(missing_ok=True)


def _told(error: OSError, root: Path) -> Problem:
    name = Path(str(error.filename)) if error.filename else root
    file = name.relative_to(root).as_posix() if name.is_relative_to(root) else str(name)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        hint = "Make room and run the command again; every file is as it was or complete."
        return Problem("error", "the disk is full", file, hint=hint)
    hint = "Check the folder's permissions and run the command again."
    return Problem("error", f"can't be written: {error.strerror}", file, hint=hint)
