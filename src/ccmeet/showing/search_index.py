"""The search index: classic scripts that a page loads one by one, so that file:// works too.

Documents are parted into segments by a hash of their id, so that one edited record touches one
segment. A segment has a head (types, dates, where texts are), shards (character → documents) and
texts (the passages, by which every hit is verified). Each script calls `ccmeetIndex(name, data)`.

Keys of the shards, all in folded text, which has no capitals: a character; two characters;
`T` + two characters of a title; `P` + the start of a romanised name; `F` + a facet.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import pairwise
from operator import add
from zlib import crc32

from ccmeet.partialdate import PartialDate
from ccmeet.text import fold

ROOT = "search/root.js"
FOLD = "search/fold.js"

# Weighed so that, at 10,000 articles of 1,500 characters, a query of six characters loads some
# 60 scripts and 200 KB, and an edit rewrites an eighth of the index (tests/benchmarks/search.py).
_SEGMENT_DOCUMENTS = 4096
_SHARD_BYTES = 4096
_TEXT_BYTES = 8_000
_PREFIX = 6
"""Starts of romanised names are indexed up to this length; longer ones are told from the text."""

# Numbers in base 46: a last digit and the digits before it have alphabets of their own.
_DIGITS = "".join(chr(code) for code in range(33, 127) if chr(code) not in '"\\')
_LAST, _BEFORE = _DIGITS[:46], _DIGITS[46:]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a page that can be found: where it is (`anchor`), what it is, its words."""

    anchor: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A page that can be found. `rank` orders types, `roman` are names in Latin letters.

    `facets` are filters that it falls under: `y:2024`, `c:changsha`, `a:jiaotong`.
    """

    id: str
    rank: int
    url: str
    title: str
    about: str
    date: PartialDate | None
    passages: tuple[Passage, ...]
    roman: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()


def search_fold(text: str) -> str:
    """The text as it is searched, of the same length: script, width, marks and case made one.

    Unlike `text.fold` it looks at no character's neighbours, so that every part of a text folds
    as the text does.
    """
    return text.translate(_folding())


# Marks that the press and its readers type either way: all full-width ones, and these.
_MARKS = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_MARKS |= {ord(mark): plain for mark, plain in zip("“”‘’。", "\"\"''.", strict=True)}
_CASED = 0x590  # Latin, Greek, Cyrillic and Armenian lie below


@cache
def _folding() -> dict[int, str]:
    every = "".join(map(chr, (*range(0x20, 0xD800), *range(0xE000, 0x30000))))
    table = {}
    for char, folded in zip(every, fold(every), strict=True):
        one = folded.translate(_MARKS)
        if ord(one) < _CASED and len(one.lower()) == 1:
            one = one.lower()
        if one != char:
            table[ord(char)] = one
    return table


def fold_script() -> bytes:
    """The folding table for the browser: two texts of the same number of characters."""
    table = _folding()
    return _script("fold", ["".join(map(chr, table)), "".join(table.values())])


def segment_count(documents: int) -> int:
    """A power of two, so that segments change only when the archive doubles."""
    return _power_of_two(-(-documents // _SEGMENT_DOCUMENTS))


def segments_of(documents: Iterable[Document]) -> dict[int, list[Document]]:
    """The documents of each segment, in the order that numbers them."""
    every = list(documents)
    count = segment_count(len(every))
    segments: dict[int, list[Document]] = {number: [] for number in range(count)}
    for document in every:
        segments[crc32(document.url.encode()) % count].append(document)
    for inside in segments.values():
        inside.sort(key=lambda d: (d.rank, -_day(d.date), d.url))
    return segments


def index_files(documents: Iterable[Document], facets: Mapping[str, object]) -> dict[str, bytes]:
    """The whole index, by path. `facets` are what the page may filter by (JSON values)."""
    files = {FOLD: fold_script()}
    segments: list[tuple[str, int]] = []
    for number, inside in segments_of(documents).items():
        shards, own = segment_files(number, inside)
        segments.append((version_of(own), shards))
        files |= own
    files[ROOT] = _script("root", {"segments": segments, **facets})
    return files


def version_of(files: Mapping[str, bytes]) -> str:
    """A short mark of a segment's bytes; in its scripts' addresses, against stale caches."""
    digest = sha256()
    for path in sorted(files):
        digest.update(path.encode() + b"\0" + files[path])
    return digest.hexdigest()[:10]


def segment_files(number: int, documents: Sequence[Document]) -> tuple[int, dict[str, bytes]]:
    """One segment: how many shards it has, and its scripts by path.

    `documents` are in the order of `segments_of`.
    """
    folder = f"search/{number:02x}"
    postings: dict[str, list[int]] = defaultdict(list)
    for place, document in enumerate(documents):
        for key in _keys(document):
            postings[key].append(place)
    lines = {key: f"\n{key}\t{_posting(places)}" for key, places in postings.items()}
    size = sum(map(len, lines.values())) + 2 * len(lines)
    count = _power_of_two(size // _SHARD_BYTES)
    shards: list[list[str]] = [[] for _ in range(count)]
    for key in sorted(lines):
        shards[_hash(key) % count].append(lines[key])
    chunks = _chunks(documents)
    head = [list(_days_by_rank(documents)), _posting([start for start, _ in chunks])]
    files = {f"{folder}/head.js": _script(f"{number:02x}/head", head)}
    for place, shard in enumerate(shards):
        files[f"{folder}/i{place}.js"] = _script(f"{number:02x}/i{place}", "".join(shard) + "\n")
    for place, (_, chunk) in enumerate(chunks):
        files[f"{folder}/t{place}.js"] = _script(f"{number:02x}/t{place}", chunk)
    return count, files


def _days_by_rank(documents: Sequence[Document]) -> Iterator[str]:
    """For each rank the days of its documents, which are the latest first: how far each lies
    before the one before it, and the first before `_LAST_DAY`."""
    for rank in range(documents[-1].rank + 1 if documents else 0):
        days = [_day(document.date) for document in documents if document.rank == rank]
        yield "".join(_number(before - day) for before, day in pairwise((_LAST_DAY, *days)))


def _keys(document: Document) -> set[str]:
    keys: set[str] = set()
    for passage in document.passages:
        text = search_fold(passage.text)
        keys.update(text)
        keys.update(map(add, text, text[1:]))
    title = search_fold(document.title)
    keys.update(title)
    keys.update(map(add, title, title[1:]))
    keys = {key for key in keys if " " not in key}
    keys.update(f"T{key}" for key in (*title, *map(add, title, title[1:])) if " " not in key)
    for name in document.roman:
        keys.update(f"P{name[:length]}" for length in range(2, min(len(name), _PREFIX) + 1))
    keys.update(f"F{facet}" for facet in document.facets)
    return keys


def _chunks(documents: Sequence[Document]) -> list[tuple[int, list[object]]]:
    """The texts in files of about 12 kB: (number of the first document, documents)."""
    chunks: list[tuple[int, list[object]]] = []
    size = 0
    for place, document in enumerate(documents):
        data = [
            document.url,
            document.title,
            document.about,
            [[p.anchor, p.label, p.text] for p in document.passages],
            list(document.roman),
        ]
        own = 3 * sum(len(p.text) for p in document.passages) + 200
        if not chunks or size + own > _TEXT_BYTES:
            chunks.append((place, []))
            size = 0
        chunks[-1][1].append(data)
        size += own
    return chunks


def _posting(places: Sequence[int]) -> str:
    """Ascending numbers as the gaps between them."""
    return "".join([_number(b - a - 1) for a, b in pairwise((-1, *places))])


@cache
def _number(value: int) -> str:
    last = _LAST[value % 46]
    value //= 46
    before = ""
    while value:
        before = _BEFORE[value % 46] + before
        value //= 46
    return before + last


_LAST_DAY = 10_000 * 13 * 32


def _day(date: PartialDate | None) -> int:
    """A date as a number below `_LAST_DAY` that orders as dates do; 0 is none."""
    return (date.year * 13 + date.month) * 32 + date.day if date else 0


def _hash(key: str) -> int:
    """A key's shard; a title's key lies beside the same characters' own."""
    value = 0
    for char in key.removeprefix("T"):
        value = (value * 31 + ord(char)) & 0xFFFFFFFF
    return value


def _power_of_two(least: int) -> int:
    return 1 << max(0, least - 1).bit_length()


def _script(name: str, data: object) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f'ccmeetIndex("{name}",{text});\n'.encode("utf-8", "replace")
