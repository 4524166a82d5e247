"""What a build left for the next one: each job's files, and what they were made from.

The list lies in `.ccmeet/` beside the content, not with the site. Losing it costs time alone.
"""

import marshal
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from ccmeet.showing.linkcheck import PageLinks
from ccmeet.showing.noted import Place

LEFT = ".ccmeet/left"
_FORM = 1


class LeftFile(NamedTuple):
    """A file that a job made; for a page, whether the sitemap lists it, and its links."""

    path: str
    listed: bool = False
    links: PageLinks | None = None


class Left(NamedTuple):
    """What a job left: the places it looked at, their digest then, and its files."""

    places: tuple[Place, ...]
    digest: bytes
    files: tuple[LeftFile, ...]


def read_left(root: Path, out: Path, settings: bytes) -> dict[str, Left]:
    """What the last build left by job, as far as all of a job's files stand in `out` untouched.

    Nothing where it was another site's: `settings` tells theme, program and settings apart.
    """
    try:
        form, where, same, stamps, jobs = marshal.loads((root / LEFT).read_bytes())
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    if form != _FORM or where != str(out) or same != settings:
        return {}
    standing = {path for path, stamp in stamps.items() if stamp == _stamp(out, path)}
    return {
        name: Left(places, digest, tuple(_file(*file) for file in files))
        for name, (places, digest, files) in jobs.items()
        if all(file[0] in standing for file in files)
    }


def write_left(root: Path, out: Path, settings: bytes, jobs: Mapping[str, Left]) -> None:
    """Note what a build left in `out`. A disk that can't take it costs the next build its time."""
    told = {
        name: (
            left.places,
            left.digest,
            tuple((f.path, f.listed, tuple(f.links) if f.links else None) for f in left.files),
        )
        for name, left in jobs.items()
    }
    paths = (file.path for left in jobs.values() for file in left.files)
    stamps = {path: _stamp(out, path) for path in paths}
    part = root / f"{LEFT}.part"
    try:
        part.parent.mkdir(exist_ok=True)
        part.write_bytes(marshal.dumps((_FORM, str(out), settings, stamps, told)))
        part.replace(root / LEFT)
    except OSError:
        return


def _file(path: str, listed: bool, links: tuple[tuple[str, ...], ...] | None) -> LeftFile:
    return LeftFile(path, listed, PageLinks(*links) if links else None)  # type: ignore[arg-type]


def _stamp(out: Path, path: str) -> tuple[int, int]:
    try:
        stat = os.lstat(f"{out}/{path}")
    except OSError:
        return 0, 0
    return stat.st_mtime_ns, stat.st_size
