"""Whether a build would change nothing, told from the files' stamps before anything is imported.

A build leaves a list of what it read (articles, records, theme, the program itself) and of what
it wrote, each with time and size. Where the same command finds all of it as it was, the site is
up to date; a file that was only touched is recognised by its content. Importing the rest of
ccmeet takes longer than this look at a small archive.
"""

import marshal
import os
import sys
import time

Stamp = tuple[int, int]
"""When a file last changed, in nanoseconds since 1970, and its size in bytes."""
Inputs = dict[str, tuple[Stamp, bytes]]
"""Files by path: the stamp, and a hash of what the file said when it was stamped."""

BUILT = ".ccmeet/built"
_FORM = 1
_LIBRARIES = ("jinja2", "lxml", "markdown_it", "markupsafe", "pypinyin", "yaml")
_TICK = 20_000_000
"""Nanoseconds within which two changes of a file may bear one stamp (Linux: up to 10 ms)."""


def told_fresh(argv: list[str]) -> str:
    """What `remember` was given for the same call, where it would change nothing now; else ""."""
    root = _root_of(argv) if "build" in argv else ""
    try:
        with open(f"{root}/{BUILT}", "rb") as file:
            form, call, out, inputs, outputs, said = marshal.load(file)
    except (OSError, ValueError, EOFError, TypeError):
        return ""
    if form != _FORM or call != _call(argv) or os.path.lexists(f"{root}/.ccmeet/unfinished.json"):
        return ""
    if _stamps_in(out, outputs) != outputs or not _are_same(inputs, _stamps(root)):
        return ""
    return str(said)


def read_inputs(root: str) -> Inputs:
    """Everything that a build depends on, as it is now: the project, the program, its libraries."""
    now = time.time_ns()
    found: Inputs = {}
    for path, stamp in _stamps(root).items():
        # A file changed within the same tick as it is read may change again unseen.
        found[path] = ((0, 0) if abs(now - stamp[0]) < _TICK else stamp, _hash(path))
    return found


def remember(
    argv: list[str], root: str, out: str, inputs: Inputs, files: list[str], said: str
) -> None:
    """Note what a build read (`read_inputs` from before it began) and the files it left in `out`.

    `said` is what an identical call is to print. A disk that can't take the note costs the next
    build its time, nothing else.
    """
    outputs = _stamps_in(out, dict.fromkeys(files, (0, 0)))
    part = f"{root}/{BUILT}.part"
    try:
        os.makedirs(f"{root}/.ccmeet", exist_ok=True)
        with open(part, "wb") as file:
            marshal.dump((_FORM, _call(argv), out, inputs, outputs, said), file)
        os.replace(part, f"{root}/{BUILT}")
    except OSError:
        return


def _root_of(argv: list[str]) -> str:
    """The project's folder, as the command line finds it; any folder where there is none."""
    for place, word in enumerate(argv):
        if word == "--root":
            return argv[place + 1] if place + 1 < len(argv) else ""
        if word.startswith("--root="):
            return word.partition("=")[2]
    folder = os.getcwd()
    while not os.path.isdir(f"{folder}/content") and folder != os.path.dirname(folder):
        folder = os.path.dirname(folder)
    return folder


def _stamps(root: str) -> dict[str, Stamp]:
    own = os.path.dirname(os.path.abspath(__file__))
    found: dict[str, Stamp] = {}
    for folder in (f"{root}/content", f"{root}/templates", own, f"{own}/../../templates"):
        _walk(folder, found)
    for folder in sys.path:
        for library in _LIBRARIES:
            file = f"{folder}/{library}/__init__.py"
            if os.path.isfile(file):
                found[file] = _stamp(os.stat(file))
    return found


def _stamps_in(folder: str, paths: dict[str, Stamp]) -> dict[str, Stamp]:
    """The stamps of files in a folder, up to the first that is missing."""
    found: dict[str, Stamp] = {}
    for path in paths:
        try:
            found[path] = _stamp(os.lstat(f"{folder}/{path}"))
        except OSError:
            break
    return found


def _are_same(before: Inputs, now: dict[str, Stamp]) -> bool:
    """Whether the same files say the same, however they are stamped."""
    if before.keys() != now.keys():
        return False
    changed = [path for path, stamp in now.items() if stamp != before[path][0]]
    return all(_hash(path) == before[path][1] for path in changed)


def _walk(folder: str, found: dict[str, Stamp]) -> None:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name == "__pycache__":
            continue
        if entry.is_dir(follow_symlinks=False):
            _walk(entry.path, found)
        else:
            found[entry.path] = _stamp(entry.stat(follow_symlinks=False))


def _stamp(stat: os.stat_result) -> Stamp:
    return stat.st_mtime_ns, stat.st_size


def _hash(path: str) -> bytes:
    """A file's content as 8 bytes; empty where it can't be read."""
    from _blake2 import blake2b  # as hashlib's, without importing the rest of it

    try:
        with open(path, "rb") as file:
            return blake2b(file.read(), digest_size=8).digest()
    except OSError:
        return b""


def _call(argv: list[str]) -> tuple[str, ...]:
    """What a build's result depends on beside files."""
    return (sys.version, os.getcwd(), *argv)
