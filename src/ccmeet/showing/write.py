"""The site on disk: only what changed is written, what is stale goes, nothing else is touched.

All of a site is rendered before the first byte is written here. A folder is the site's once its
marker lies in it; no other folder is ever cleaned. Each file is written beside its place and
moved there, so that a kill leaves each page old or new, and the next build finishes the work.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ccmeet.errors import ContentError, Problem

MARKER = ".ccmeet-site"
_MARK = b"This folder is made by ccmeet build: what lies here is replaced or removed by it.\n"
_TEMPORARY = ".ccmeet-tmp"


@dataclass(frozen=True, slots=True)
class Written:
    """How many files were written, removed, and left as they were."""

    written: int
    removed: int
    unchanged: int


def write_site(out: Path, files: Mapping[str, bytes]) -> Written:
    """Make the folder `out` hold `files` (paths with slashes → bytes) and nothing else.

    Raises ContentError for a folder that isn't a site's, a symbolic link in the way, two paths
    that a disk could take for one, and whatever the disk refuses.
    """
    _refuse_twins(files)
    try:
        _claim(out)
        written = sum(_put(out, path, files[path]) for path in sorted(files))
        removed = _prune(out, files)
        return Written(written, removed, len(files) - written)
    except OSError as error:
        message = f"can't write the site: {error.strerror or error}"
        hint = "free some space or mend the permissions, then build again: it goes on from here"
        raise ContentError(Problem("error", message, str(error.filename or out), hint=hint)) from (
            error
        )


def _refuse_twins(files: Mapping[str, bytes]) -> None:
    """macOS and Windows hold Cities/ and cities/ for one folder; the later would win silently."""
    seen: dict[str, str] = {}
    for path in sorted(files):
        other = seen.setdefault(path.casefold(), path)
        if other != path:
            raise ContentError(
                f"{other} and {path} differ in case only", hint="rename one of the two"
            )


def _claim(out: Path) -> None:
    """Make sure that the folder is ours before anything in it is touched."""
    if out.is_symlink():
        raise ContentError(_link(out))
    if out.exists() and not out.is_dir():
        raise ContentError(f"{out} is no folder", hint="name another: --out DIR")
    out.mkdir(parents=True, exist_ok=True)
    marker = out / MARKER
    if marker.is_symlink():
        raise ContentError(_link(marker))
    if marker.is_file():
        return
    if any(out.iterdir()):
        raise ContentError(
            f"{out} is not empty and was not made by ccmeet",
            hint=f"name another folder (--out DIR), or empty it yourself: {out}",
        )
    marker.write_bytes(_MARK)


def _put(out: Path, path: str, data: bytes) -> bool:
    """Write one file unless it holds these bytes already."""
    target = out / path
    for folder in (target, *target.parents):
        if folder == out:
            break
        if folder.is_symlink():
            raise ContentError(_link(folder))
    if target.is_dir():
        _remove_tree(target)
    elif target.exists() and target.stat().st_size == len(data) and target.read_bytes() == data:
        return False
    for folder in reversed(target.relative_to(out).parents):
        if (out / folder).is_file():
            (out / folder).unlink()
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f"{_TEMPORARY}-{os.getpid()}")
    try:
        beside.write_bytes(data)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return True


def _prune(out: Path, files: Mapping[str, bytes]) -> int:
    """Remove what is no part of the site any more: pages gone, leftovers of a killed build."""
    removed = 0
    for path in _below(out):
        name = path.relative_to(out).as_posix()
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif name not in files and name != MARKER:
            path.unlink()
            removed += 1
    return removed


def _below(folder: Path) -> Iterator[Path]:
    """Everything below a folder, the contents of a folder before itself; links not followed."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            yield from _below(path)
        yield path


def _remove_tree(folder: Path) -> None:
    for path in _below(folder):
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink()
    folder.rmdir()


def _link(path: Path) -> Problem:
    return Problem(
        "error",
        "a symbolic link: the site is written nowhere else",
        str(path),
        hint="remove the link, or name its target: --out DIR",
    )
