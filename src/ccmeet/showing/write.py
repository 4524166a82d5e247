"""Writing the site: only what changed, each file whole or not at all, what is stale removed.

A folder that ccmeet writes holds a file that says so and lists what was written there; nothing
else is ever removed, and a folder with other files in it and no such list is refused.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ccmeet.errors import ContentError, Problem, UsageError

MANIFEST = ".ccmeet-output"
"""The list of what was written, in the output folder: one path a line under a heading."""
_HEADING = "# Written by ccmeet; files listed here are removed when the site no longer has them.\n"
_TEMPORARY = ".ccmeet-part"
_STAGE = ".ccmeet-stage"
"""A folder in the output folder: files that wait to be published all at once."""
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
    """Make a folder hold exactly these files, paths with `/` inside it. Raises as `Output`."""
    check_paths(files)
    with open_output(out) as output:
        return output.publish({path: output.stage(path, files[path]) for path in sorted(files)})


@contextmanager
def open_output(out: Path) -> Iterator["Output"]:
    """The folder of a site, claimed for writing; what was staged and not published goes.

    Raises UsageError for a folder that is not ccmeet's to write, ContentError for a full disk:
    what was there is then still whole, and the next call finishes the work.
    """
    is_new = not out.exists()
    before = _claim(out)
    stage = out / _STAGE
    if stage.is_symlink():
        raise UsageError(f"{stage} is a symbolic link", hint="remove it: a site holds none")
    try:
        shutil.rmtree(stage, ignore_errors=True)
        yield Output(out, before)
    except OSError as error:
        raise _told(out, error) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        if is_new and not any(out.iterdir()):
            out.rmdir()


@dataclass(frozen=True, slots=True)
class Output:
    """A claimed folder. `before` are the paths that an earlier build wrote there."""

    out: Path
    before: frozenset[str]

    def stage(self, path: str, content: bytes) -> str:
        """Lay a file ready beside the site, if it is not there already as it should be.

        Returns what `publish` is to be told of it. Processes may stage at the same time, each
        path once. Raises OSError; UsageError for a symbolic link on the way.
        """
        file = self.out / path
        _refuse_links(self.out, file)
        with suppress(FileNotFoundError):
            if file.stat().st_size == len(content) and file.read_bytes() == content:
                return ""
        name = hashlib.blake2b(path.encode(), digest_size=16).hexdigest()
        stage = self.out / _STAGE
        stage.mkdir(exist_ok=True)
        (stage / name).write_bytes(content)
        return name

    def publish(self, staged: Mapping[str, str]) -> Written:
        """Make the folder hold exactly these paths, from what `stage` returned for each.

        Raises ContentError for paths that no folder can hold side by side; OSError.
        """
        check_paths(staged)
        # All that may lie here, before and after, is listed first: should the work be cut off,
        # the next build still knows what is ccmeet's.
        _write(self.out, MANIFEST, _listed({*self.before, *staged}))
        changed = [path for path, name in sorted(staged.items()) if name]
        for path in changed:
            file = self.out / path
            file.parent.mkdir(parents=True, exist_ok=True)
            os.replace(self.out / _STAGE / staged[path], file)  # noqa: PTH105 (tests cut in here)
        stale = sorted(self.before - set(staged))
        removed = sum(_remove(self.out, path) for path in stale)
        _write(self.out, MANIFEST, _listed(staged))
        return Written(len(changed), removed, len(staged) - len(changed))


def check_paths(files: Iterable[str]) -> None:
    """Refuse paths that lead out of the folder, or that some disk takes for one another.

    Raises ContentError.
    """
    paths = sorted(files)
    problems = []
    seen: dict[str, str] = {}
    for path in paths:
        parts = path.split("/")
        odd = "\\" in path or "\0" in path or bool({"", ".", ".."} & set(parts))
        if odd or any(_is_bad(part) for part in parts) or parts[-1] == MANIFEST:
            hint = "rename the record or the page it is made from"
            problems.append(Problem("error", "no file of a site can be called so", path, hint=hint))
        twin = seen.setdefault(path.casefold(), path)
        if twin != path:
            told = f"differs from {twin} in case alone"
            hint = "rename one: many disks take them for one file"
            problems.append(Problem("error", told, path, hint=hint))
    folders = {folder for path in paths for folder in _folders(path)}
    problems += [
        Problem("error", "is a file and a folder at once", path)
        for path in paths
        if path in folders
    ]
    if problems:
        raise ContentError(*problems)


def _folders(path: str) -> Iterator[str]:
    """The folders that a path lies in, the nearest first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


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
    # A first build that was killed leaves its stage alone behind.
    if out.is_dir() and any(file.name != _STAGE for file in out.iterdir()):
        raise UsageError(
            f"{out} holds files that ccmeet did not write",
            hint="give an empty folder, or empty this one yourself",
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _told(out, error) from error
    return frozenset()


def _listed(paths: Iterable[str]) -> bytes:
    return (_HEADING + "".join(f"{path}\n" for path in sorted(paths))).encode()


def _write(out: Path, path: str, content: bytes) -> None:
    """Write one file whole or not at all, through a temporary one."""
    file = out / path
    _refuse_links(out, file)
    part = file.with_name(file.name + _TEMPORARY)
    try:
        part.write_bytes(content)
        os.replace(part, file)  # noqa: PTH105
    except OSError:
        part.unlink(missing_ok=True)
        raise


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
