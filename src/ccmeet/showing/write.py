"""Writing the site: only what changed, each file whole or not at all, what is stale removed.

A folder that ccmeet writes holds a file that says so and lists what was written there; nothing
else is ever removed, and a folder with other files in it and no such list is refused.
"""

import errno
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ccmeet.errors import ContentError, Problem, UsageError

MANIFEST = ".ccmeet-output"
"""The list of what was written, in the output folder: one path a line under a heading."""
_HEADING = "# Written by ccmeet; files listed here are removed when the site no longer has them.\n"
_TEMPORARY = ".ccmeet-part"
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}
)
_LONGEST = 255
"""Bytes in a file's name, on the common file systems."""


@dataclass(frozen=True, slots=True)
class Written:
    """What writing did; each counts files."""

    written: int
    removed: int
    unchanged: int


def write_site(out: Path, files: Mapping[str, bytes]) -> Written:
    """Make a folder hold exactly these files, paths with `/` inside it.

    Raises UsageError for a folder that is not ccmeet's to write, ContentError for paths that no
    folder can hold side by side, and for a full disk: what was there is then still whole, and
    the next call finishes the work.
    """
    _check_paths(files)
    before = _claim(out)
    try:
        # All that may lie here, before and after, is listed first: should the work be cut off,
        # the next build still knows what is ccmeet's.
        _write(out, MANIFEST, _listed({*before, *files}))
        written = 0
        for path in sorted(files):
            written += _write(out, path, files[path])
        stale = sorted(set(before) - set(files))
        removed = sum(_remove(out, path) for path in stale)
        _write(out, MANIFEST, _listed(files))
    except OSError as error:
        raise _told(out, error) from error
    return Written(written, removed, len(files) - written)


def _check_paths(files: Mapping[str, bytes]) -> None:
    """Refuse paths that lead out of the folder, or that some disk takes for one another."""
    problems = []
    seen: dict[str, str] = {}
    for path in sorted(files):
        parts = PurePosixPath(path).parts
        odd = "\\" in path or "\0" in path or path.startswith("/") or not parts
        odd = odd or path != "/".join(parts) or ".." in parts
        if odd or any(_is_bad(part) for part in parts) or parts[-1] == MANIFEST:
            hint = "rename the record or the page it is made from"
            problems.append(Problem("error", "no file of a site can be called so", path, hint=hint))
        twin = seen.setdefault(path.casefold(), path)
        if twin != path:
            told = f"differs from {twin} in case alone"
            hint = "rename one: many disks take them for one file"
            problems.append(Problem("error", told, path, hint=hint))
    folders = {parent.as_posix() for path in files for parent in PurePosixPath(path).parents}
    problems += [
        Problem("error", "is a file and a folder at once", path)
        for path in files
        if path in folders
    ]
    if problems:
        raise ContentError(*problems)


def _is_bad(part: str) -> bool:
    stem = part.split(".")[0].casefold()
    return stem in _RESERVED or part.endswith((".", " ")) or len(part.encode()) > _LONGEST


def _claim(out: Path) -> frozenset[str]:
    """Make the folder ours: what it holds of ours. Raises UsageError where it is another's."""
    for folder in (out, *out.parents):
        if folder == out and folder.is_symlink():
            raise UsageError(f"{out} is a symbolic link", hint="give the folder itself")
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file", hint="give a folder, or remove the file")
    manifest = out / MANIFEST
    if manifest.is_file() and not manifest.is_symlink():
        lines = manifest.read_text("utf-8").splitlines()
        return frozenset(line for line in lines if line and not line.startswith("#"))
    if out.is_dir() and any(out.iterdir()):
        raise UsageError(
            f"{out} holds files that ccmeet did not write",
            hint="give an empty folder, or empty this one yourself",
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _told(out, error) from error
    return frozenset()


def _listed(paths: Mapping[str, bytes] | set[str]) -> bytes:
    return (_HEADING + "".join(f"{path}\n" for path in sorted(paths))).encode()


def _write(out: Path, path: str, content: bytes) -> bool:
    """Write one file, through a temporary one; whether there was anything to write."""
    file = out / path
    _refuse_links(out, file)
    try:
        if file.stat().st_size == len(content) and file.read_bytes() == content:
            return False
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(file.name[:200] + _TEMPORARY)
    try:
        part.write_bytes(content)
        os.replace(part, file)  # noqa: PTH105 (the tests cut in here)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    return True


def _remove(out: Path, path: str) -> bool:
    """Remove a file of ours, and the folders that it leaves empty."""
    if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        return False  # not from our hand: someone edited the list
    file = out / path
    _refuse_links(out, file)
    if not file.is_file():
        return False
    file.unlink()
    for folder in file.parents:
        if folder == out or any(folder.iterdir()):
            break
        folder.rmdir()
    return True


def _refuse_links(out: Path, file: Path) -> None:
    """No symbolic link on the way: it would lead our hand out of the folder."""
    for step in (file, *file.parents):
        if step == out:
            return
        if step.is_symlink():
            raise UsageError(f"{step} is a symbolic link", hint="remove it: a site holds none")


def _told(out: Path, error: OSError) -> ContentError:
    hint = "make room and build again: what was there is still whole"
    if error.errno not in (errno.ENOSPC, errno.EDQUOT):
        hint = "see to the folder's rights and build again"
    return ContentError(f"{out} can't be written: {error.strerror}", hint=hint)
