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
_FORM = 2


class LeftFile(NamedTuple):
    """A file that a job made; for a page, whether the sitemap lists it, and its links."""

    path: str
    listed: bool = False
    links: PageLinks | None = None


class Left(NamedTuple):
    """What a job left: what it was given, the places it looked at, and its files."""

    about: str
    places: tuple[Place, ...]
    files: tuple[LeftFile, ...]


class Before(NamedTuple):
    """What the last build left by job, and the digest that each place had then."""

    jobs: Mapping[str, Left] = {}
    digests: Mapping[Place, bytes] = {}


NOTHING = Before()


def read_left(root: Path, out: Path, settings: bytes) -> Before:
    """What the last build left, as far as all of a job's files stand in `out` untouched.

    Nothing where it was another site's: `settings` tells theme, program and settings apart.
    """
    try:
        form, where, same, stamps, digests, jobs = marshal.loads((root / LEFT).read_bytes())
    except (OSError, ValueError, EOFError, TypeError):
        return NOTHING
    if form != _FORM or where != str(out) or same != settings:
        return NOTHING
    standing = {path for path, stamp in stamps.items() if stamp == _stamp(out, path)}
    places = list(digests)
    found = {
        name: Left(about, tuple([places[n] for n in looked]), tuple(_file(*file) for file in files))
        for name, (about, looked, files) in jobs.items()
        if all(file[0] in standing for file in files)
    }
    return Before(found, digests)


def write_left(
    root: Path, out: Path, settings: bytes, jobs: Mapping[str, Left], digests: Mapping[Place, bytes]
) -> None:
    """Note what a build left in `out`, and the digest of each place that its jobs looked at.

    A disk that can't take it costs the next build its time.
    """
    numbers = {place: number for number, place in enumerate(digests)}
    told = {
        name: (
            left.about,
            [numbers[place] for place in left.places],
            [(f.path, f.listed, tuple(f.links) if f.links else None) for f in left.files],
        )
        for name, left in jobs.items()
    }
    paths = (file.path for left in jobs.values() for file in left.files)
    stamps = {path: _stamp(out, path) for path in paths}
    part = root / f"{LEFT}.part"
    try:
        part.parent.mkdir(exist_ok=True)
        part.write_bytes(marshal.dumps((_FORM, str(out), settings, stamps, dict(digests), told)))
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
