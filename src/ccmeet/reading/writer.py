"""Files written so that none is ever half there, and all of one call or, next time, the rest.

New texts are staged beside their targets and brought to the disk; a journal names them; then
they take their targets' places. A full disk stops this before the first file changes; a kill
later leaves the journal, from which the next run finishes. A file that a person edited between
is left to the person. Of two commands on one project the second waits for the first.
"""

import errno
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ccmeet.errors import ContentError, Problem

try:
    import fcntl
except ImportError:  # Windows knows no such locks; there the journal alone keeps order
    fcntl = None  # type: ignore[assignment]

JOURNAL = ".ccmeet/unfinished.json"

_TEMPORARY = ".ccmeet-tmp"
_FEW = 64


@dataclass(frozen=True, slots=True)
class _Step:
    """A file to be replaced by `staged` (removed if None), which was `before` (its SHA-256)."""

    file: str
    staged: str | None
    before: str | None


@contextmanager
def alone(root: Path, say: Callable[[str], None]) -> Iterator[None]:
    """While this lasts, no other command works on the project; `say` tells that one is waited for.

    The lock is the system's, on the folder itself: it leaves no file and ends with its process,
    even a killed one. Where a disk knows no locks, there is none.
    """
    if fcntl is None:
        yield
        return
    folder = os.open(root / "content", os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another ccmeet is at work on this project; waiting for it to end")
            fcntl.flock(folder, fcntl.LOCK_EX)
        except OSError:
            pass
        yield
    finally:
        os.close(folder)


def write_content(root: Path, files: Mapping[str, str | None]) -> tuple[str, ...]:
    """Make each file (path from `root`, with slashes) hold its text; None removes it.

    Returns the paths that changed, in the given order. Raises ContentError, with every file as
    it was, for a full disk, a path out of the project or a symbolic link.
    """
    finish_writes(root)
    steps: list[_Step] = []
    try:
        for file, text in files.items():
            if step := _stage(root, file, text):
                steps.append(step)
        _flush([root / step.staged for step in steps if step.staged])
        if len(steps) > 1:
            _write_journal(root, steps)
        for step in steps:
            _take(root, step)
        (root / JOURNAL).unlink(missing_ok=True)
    except OSError as error:
        if not (root / JOURNAL).exists():
            for step in steps:
                (root / (step.staged or JOURNAL)).unlink(missing_ok=True)
        raise ContentError(_told(error, root)) from error
    _sweep({(root / file).parent for file in files})
    return tuple(step.file for step in steps)


def finish_writes(root: Path) -> None:
    """Finish what an interrupted `write_content` left. Raises ContentError."""
    try:
        steps = [_Step(*each) for each in json.loads((root / JOURNAL).read_bytes())]
    except (FileNotFoundError, NotADirectoryError):
        return
    except (OSError, ValueError, TypeError) as error:
        hint = "Delete the file."
        raise ContentError(Problem("error", "not a journal", JOURNAL, hint=hint)) from error
    try:
        for step in steps:
            if _digest(_target(root, step.file)) == step.before:
                _take(root, step)
            elif step.staged:
                _target(root, step.staged).unlink(missing_ok=True)
        (root / JOURNAL).unlink(missing_ok=True)
    except OSError as error:
        raise ContentError(_told(error, root)) from error


def _stage(root: Path, file: str, text: str | None) -> _Step | None:
    """Write the new text beside its target; None if the target is as it should be."""
    target = _target(root, file)
    before = _digest(target)
    if text is None:
        return _Step(file, None, before) if before else None
    data = text.encode()
    if before == hashlib.sha256(data).hexdigest():
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    staged = target.with_name(f".{target.name}.{os.getpid()}{_TEMPORARY}")
    _write(staged, data)
    if before:
        staged.chmod(target.stat().st_mode & 0o777)
    return _Step(file, staged.relative_to(root).as_posix(), before)


def _take(root: Path, step: _Step) -> None:
    """Put the staged file in its target's place; done already if it isn't there any more."""
    target = _target(root, step.file)
    if step.staged is None:
        target.unlink(missing_ok=True)
    elif (staged := _target(root, step.staged)).exists():
        staged.replace(target)


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _write_journal(root: Path, steps: list[_Step]) -> None:
    journal = _target(root, JOURNAL)
    journal.parent.mkdir(exist_ok=True)
    staged = journal.with_name(f".{journal.name}{_TEMPORARY}")
    rows = [(step.file, step.staged, step.before) for step in steps]
    _write(staged, json.dumps(rows).encode())
    _flush([staged])
    staged.replace(journal)


def _digest(target: Path) -> str | None:
    try:
        return hashlib.sha256(target.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


def _target(root: Path, file: str) -> Path:
    """The path to write to. Raises ContentError for one that leads out of the project."""
    parts = file.split("/")
    if any(part in ("", ".", "..") or set(part) & set('\\:\0<>"|?*') for part in parts):
        raise ContentError(Problem("error", "not a path to write to", repr(file)))
    for part in ways(file):
        if (root / part).is_symlink():
            raise ContentError(not_followed(str(part)))
    return root / file


def ways(path: str) -> list[PurePosixPath]:
    """A path from the root and the folders it leads through."""
    whole = PurePosixPath(path)
    return [whole, *(each for each in whole.parents if each.name)]


def not_followed(file: str) -> Problem:
    return Problem(
        "error", "a symbolic link is not followed", file, hint="Put the file itself here."
    )


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
